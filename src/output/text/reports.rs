//! What the commands report that do not search.

use std::io;

use anstyle::Style;

use super::counts;
use super::screen::Screen;
use super::styled::Styled;
use crate::lists::Counts;
use crate::output::numbers::{counted, duration, grouped, size};
use crate::report::{CheckReport, IndexReport, Problem, Stats};

pub(super) fn stats(stats: &Stats, screen: &mut Screen) -> io::Result<()> {
    let published = match (stats.first, stats.last) {
        (Some(first), Some(last)) => format!("{} to {}", first.date, last.date),
        _ => "no dates".to_owned(),
    };
    let segments = counted(stats.n_segments as u64, "segment");
    let lists = stats.lists.as_ref().map(|lists| {
        let short_hash = lists.hash.get(..8).unwrap_or(&lists.hash);
        let text = format!("{}: {}; {short_hash}", lists.path, said(&lists.counts));
        ("lists", text)
    });
    let others = (stats.n_with_other_lists > 0).then(|| {
        let others = counted(stats.n_with_other_lists, "source");
        ("", format!("{others} with other lists, or none"))
    });
    let rows = [
        ("index", stats.index.clone()),
        ("built", format!("{} by {}", stats.built, stats.program)),
        ("size", format!("{} in {segments}", size(stats.bytes))),
        ("sources", grouped(stats.n_sources)),
        ("articles", grouped(stats.n_articles)),
        ("paragraphs", grouped(stats.n_paragraphs)),
        ("words", grouped(stats.n_words)),
        ("published", published),
    ];
    for (name, value) in rows.into_iter().chain(lists).chain(others) {
        let mut label = Styled::new(name, screen.looks.dim);
        label.pad("paragraphs  ".len());
        screen.wrapped(&label, &Styled::plain(&value))?;
    }
    counts::facets(&stats.facets, screen)
}

pub(super) fn check(report: &CheckReport, screen: &mut Screen) -> io::Result<()> {
    let looks = screen.looks;
    let index = format!("`{}` ", report.index);
    let mut summary = Styled::plain(&index);
    if report.problems.is_empty() {
        summary.push("is whole", looks.good);
    } else {
        let problems = counted(report.problems.len() as u64, "problem");
        summary.push(&format!("has {problems}"), looks.bad);
    }
    summary.push_plain(&format!(
        ": {} of {}, {}; {} read",
        counted(report.n_paragraphs, "paragraph"),
        counted(report.n_articles, "article"),
        counted(report.n_sources, "source"),
        counted(report.n_files as u64, "file"),
    ));
    screen.indented(0, &summary)?;
    problems(&report.problems, screen)?;
    let Some(deep) = &report.deep else {
        return Ok(());
    };
    let mut summary = Styled::plain(&format!(
        "{} of {} extracted again: ",
        counted(deep.n_paragraphs, "paragraph"),
        counted(deep.n_sources, "source"),
    ));
    if deep.differences.is_empty() {
        summary.push("nothing differs", looks.good);
    } else {
        let differences = counted(deep.differences.len() as u64, "difference");
        summary.push(&differences, looks.bad);
    }
    screen.indented(0, &summary)?;
    problems(&deep.differences, screen)
}

fn problems(problems: &[Problem], screen: &mut Screen) -> io::Result<()> {
    let looks = screen.looks;
    for problem in problems {
        screen.blank()?;
        screen.indented(0, &Styled::plain(&problem.what))?;
        screen.indented(2, &Styled::new(&problem.advice, looks.dim))?;
    }
    Ok(())
}

pub(super) fn indexed(report: &IndexReport, screen: &mut Screen) -> io::Result<()> {
    let looks = screen.looks;
    if report.lists.is_some() || report.lists_changed {
        screen.indented(0, &lists_line(report, looks.dim))?;
    }
    let mut sources = Styled::plain(&format!(
        "sources: {} added, {} changed, {} unchanged, {} removed, ",
        grouped(report.n_added),
        grouped(report.n_changed),
        grouped(report.n_unchanged),
        grouped(report.n_removed),
    ));
    let skipped = format!("{} skipped", grouped(report.n_skipped));
    if report.n_skipped > 0 {
        sources.push(&skipped, looks.bad);
    } else {
        sources.push_plain(&skipped);
    }
    sources.push(&format!(" ({})", duration(report.seconds)), looks.dim);
    screen.indented(0, &sources)?;
    if report.n_parts_skipped > 0 {
        let parts = counted(report.n_parts_skipped, "part");
        let line = format!("{parts} of other sources skipped");
        screen.indented(0, &Styled::new(&line, looks.bad))?;
    }
    let undated = match report.n_undated {
        0 => String::new(),
        n => format!(", {} without a date", grouped(n)),
    };
    let holds = format!(
        "`{}` holds {} of {}{undated}",
        report.index,
        counted(report.n_paragraphs, "paragraph"),
        counted(report.n_articles, "article"),
    );
    screen.indented(0, &Styled::plain(&holds))?;
    if report.n_with_other_lists > 0 {
        let others = counted(report.n_with_other_lists, "source");
        let warning =
            format!("{others} elsewhere stayed with the lists of before: index their folders, too");
        screen.indented(0, &Styled::new(&warning, looks.bad))?;
    }
    Ok(())
}

/// Which lists were applied, and whether they are others than before.
fn lists_line(report: &IndexReport, dim: Style) -> Styled {
    let mut line = Styled::plain("lists");
    if report.lists_changed {
        line.push_plain(" changed");
    }
    match &report.lists {
        Some(lists) => line.push_plain(&format!(": `{}`, {}", lists.path, said(&lists.counts))),
        None => line.push_plain(": none any more"),
    }
    if report.lists_changed {
        line.push("; all was extracted anew", dim);
    }
    line
}

/// How much lists say: `2 people, 1 topic, 3 hidden`.
fn said(counts: &Counts) -> String {
    let plural = |n: usize, one: &str, many: &str| {
        let noun = if n == 1 { one } else { many };
        (n > 0).then(|| format!("{} {noun}", grouped(n as u64)))
    };
    let parts = [
        plural(counts.people, "person", "people"),
        plural(counts.organizations, "organization", "organizations"),
        plural(counts.instruments, "instrument", "instruments"),
        plural(counts.topics, "topic", "topics"),
        plural(counts.hidden, "hidden", "hidden"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.is_empty() {
        true => "nothing in it".to_owned(),
        false => parts.join(", "),
    }
}
