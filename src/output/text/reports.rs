//! What the commands report that do not search.

use std::io;

use super::counts;
use super::numbers::{counted, duration, grouped, size};
use super::screen::Screen;
use super::styled::Styled;
use crate::report::{CheckReport, IndexReport, Stats};

pub(super) fn stats(stats: &Stats, screen: &mut Screen) -> io::Result<()> {
    let published = match (stats.first, stats.last) {
        (Some(first), Some(last)) => format!("{} to {}", first.date, last.date),
        _ => "no dates".to_owned(),
    };
    let segments = counted(stats.n_segments as u64, "segment");
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
    for (name, value) in rows {
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
    for problem in &report.problems {
        screen.blank()?;
        screen.indented(0, &Styled::plain(&problem.what))?;
        screen.indented(2, &Styled::new(&problem.advice, looks.dim))?;
    }
    Ok(())
}

pub(super) fn indexed(report: &IndexReport, screen: &mut Screen) -> io::Result<()> {
    let looks = screen.looks;
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
    let holds = format!(
        "`{}` holds {} of {}",
        report.index,
        counted(report.n_paragraphs, "paragraph"),
        counted(report.n_articles, "article"),
    );
    screen.indented(0, &Styled::plain(&holds))
}
