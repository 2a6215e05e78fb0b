//! `tradewire index`

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::answer::{self, FormatFlag};
use super::lists::{self, ListsFlag};
use super::skipped::Skipped;
use super::{Exit, Failure, IndexFlag, Stop, Streams, written};
use crate::index::Twins;
use crate::ingest::{self, Choice, Event, Settings};
use crate::output::{Answer, OUTPUTS, Style, grouped};
use crate::report::IndexReport;

/// Build the index, or bring it up to date
///
/// Files that have not changed are not read again; changed ones are replaced whole, those that are gone are removed. All of
/// it becomes visible at once, at the end. A part of a folder, or the folder by another path, is known for what it is. A path
/// that is gone and named by itself takes what the index has of it along. Without a path all that the index holds is brought up to date; a new
/// index is made of the folder `corpus`.
///
/// Reads plain text and the copy of wires, downloads of Lexis, Nexis and Factiva, documents of Word, rich text, e-mail, Markdown, HTML,
/// JSON and JSON Lines.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Files and folders; without any those that the index holds, or `corpus`
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexFlag,
    /// Start anew: drop what the index holds
    #[arg(long)]
    rebuild: bool,
    /// Threads that read and extract; one more indexes, from four on two do. All cores without it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    #[command(flatten)]
    lists: ListsFlag,
    /// Apply no lists any more, whatever the index or TRADEWIRE_LISTS says
    #[arg(long)]
    no_lists: bool,
    #[command(flatten)]
    format: FormatFlag,
}

const EXAMPLES: &str = "\
Examples:
  tradewire index                            refresh what `index` holds; at first: read `corpus`
  tradewire index news archive/2018.jsonl    a folder and a file
  tradewire index --index ~/trade.idx news   another place for the index
  tradewire index --rebuild news             start anew
  tradewire index --lists my-names.toml      with people, organizations, laws and topics of your own

Lists are kept in mind: the next run reads them again, and extracts everything anew when they have
changed. The README shows what they may say.
Reads plain text, documents of Word (.docx), rich text, messages (.eml), feeds (RSS, Atom),
Markdown with front matter, HTML pages, JSON and JSON Lines, in any charset.
Files named README or LICENSE and hidden ones are left out, and so are indexes and alerts.";

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let n_threads = arguments
        .threads
        .map_or(streams.terminal.n_threads, usize::from);
    let settings = Settings {
        n_threads,
        anew: arguments.rebuild,
        forgets: true,
        lists: match &arguments.lists.path {
            _ if arguments.no_lists => Choice::Nothing,
            Some(path) => Choice::At(path),
            None => Choice::Recorded,
        },
    };
    let dir = &arguments.index.dir;
    let (paths, missing) = match &*arguments.paths {
        [] => without_missing(held_or_corpus(dir), dir),
        paths => (paths.to_vec(), Vec::new()),
    };
    if arguments.rebuild && !missing.is_empty() {
        return Err(Stop::Failed(Failure {
            message: format!("{}: what the index holds of it would be lost", missing[0]),
            hint: Some("restore it, or name the paths to build the index anew from".to_string()),
        }));
    }
    let mut report = refresh(dir, &paths, settings, &mut |_| true, streams)?;
    for missing in missing {
        let hint = "restore it; if it is gone for good, `tradewire index` with this path takes out what the index has of it";
        streams.skipped(&missing, Some(hint));
        report.n_skipped += 1;
        report.faults.push(missing);
    }
    answer::write(arguments.format.format, &Answer::Indexed(&report), streams)?;
    Ok(if report.faults.is_empty() {
        Exit::Yes
    } else {
        Exit::No
    })
}

/// The paths to read where none is named: what the index holds, or else the folder that a new index is made of.
pub(super) fn held_or_corpus(dir: &Path) -> Vec<PathBuf> {
    ingest::held(dir).unwrap_or_else(|| vec![PathBuf::from("corpus")])
}

/// Paths that nobody named, without those that are not there, and what is said of these: a disk may be away for a while, and
/// what the index has of it stays. A new index needs its folder.
fn without_missing(paths: Vec<PathBuf>, dir: &Path) -> (Vec<PathBuf>, Vec<String>) {
    if ingest::held(dir).is_none() {
        return (paths, Vec::new());
    }
    let (there, missing): (Vec<PathBuf>, Vec<PathBuf>) = paths
        .into_iter()
        .partition(|path| path.symlink_metadata().is_ok());
    let missing = missing.iter().map(|path| path.display());
    let missing = missing.map(|path| format!("{path}: no such file or folder"));
    (there, missing.collect())
}

/// Brings an index up to date, showing progress and naming what cannot be read, as far as it is news.
pub(super) fn refresh(
    dir: &Path,
    roots: &[PathBuf],
    settings: Settings,
    is_news: &mut dyn FnMut(&Event) -> bool,
    streams: &mut Streams,
) -> Result<IndexReport, Stop> {
    if roots.iter().any(|root| root == Path::new("-")) {
        // What has no name cannot be found again when it changes or is gone.
        return Err(Stop::Failed(Failure {
            message: "an index is made of files, not of standard input".to_string(),
            hint: Some(
                "write it to a file first; `tradewire extract -` reads it as it is".to_string(),
            ),
        }));
    }
    let started = Instant::now();
    let progress = progress_bar(streams.terminal.is_terminal_err);
    let mut faults = Vec::new();
    let mut skipped = Skipped::default();
    let report = ingest::ingest(dir, roots, settings, &mut |event| {
        let is_news = is_news(&event);
        if !matches!(event, Event::Fault { .. } | Event::Progress { .. }) {
            progress.suspend(|| skipped.name(streams));
        }
        match event {
        Event::Fault { message, hint, path, .. } => {
            if is_news {
                progress.suspend(|| skipped.add(path, message, hint, streams));
            }
            faults.push(message.to_string());
        }
        Event::Gone { path, n_sources } => {
            let sources = match n_sources {
                1 => "source",
                _ => "sources",
            };
            let n_sources = grouped(n_sources);
            progress.suspend(|| {
                streams.say(&format!("removed {path}, which is gone, with {n_sources} {sources}"));
            });
        }
        Event::ListsUnknown => progress.suspend(|| {
            streams.say(
                "the index before cannot be read: if it had lists of yours, name them again with `--lists`",
            );
        }),
        Event::Twins { twins, .. } if is_news => {
            let [path, other] = &twins.paths;
            let given = match path == other {
                true => format!("`{path}` gives two articles"),
                false => format!("`{path}` and `{other}` both give an article"),
            };
            progress.suspend(|| {
                streams.say(&format!("warning: {given} with the id `{}`", twins.id));
                streams.say(&format!("   hint: {}", advice(twins)));
            });
        }
        Event::Twins { .. } => {}
        // Nobody sees it.
        Event::Progress { .. } if progress.is_hidden() => {}
        Event::Progress {
            n_sources,
            n_paragraphs,
        } => {
            progress.set_position(n_sources);
            progress.set_message(format!("{n_paragraphs} new paragraphs"));
        }
    }
    });
    progress.finish_and_clear();
    skipped.name(streams);
    let report = report?;
    lists::say_idle(dir, &report.idle, streams)?;
    Ok(IndexReport {
        index: dir.display().to_string(),
        n_added: report.n_added,
        n_changed: report.n_changed,
        n_unchanged: report.n_unchanged,
        n_removed: report.n_removed,
        n_skipped: report.n_skipped,
        n_parts_skipped: report.n_parts_skipped,
        n_articles: report.info.n_articles,
        n_paragraphs: report.info.n_paragraphs,
        n_undated: report.n_undated,
        lists: lists::report(dir, &report.info),
        lists_changed: report.lists_changed,
        n_with_other_lists: report.n_with_other_lists,
        faults,
        seconds: started.elapsed().as_secs_f64(),
    })
}

/// The same before a search: what was done is a message, not the answer, and not worth a word when nothing was.
pub(super) fn refresh_quietly(
    dir: &Path,
    roots: &[PathBuf],
    settings: Settings,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let report = refresh(dir, roots, settings, &mut |_| true, streams)?;
    if report.n_added + report.n_changed + report.n_removed + report.n_skipped > 0 {
        let mut message = Vec::new();
        let style = Style {
            colour: streams.terminal.colour_err,
            width: streams.terminal.width,
        };
        written((OUTPUTS[0].write)(
            &Answer::Indexed(&report),
            &style,
            &mut message,
        ))?;
        streams.say(String::from_utf8_lossy(&message).trim_end());
    }
    Ok(())
}

/// What can be done about two sources that give one id.
fn advice(twins: &Twins) -> &'static str {
    let [path, other] = twins.paths.each_ref().map(Path::new);
    // Records of a file are called by its name and their number.
    let is_name = |path: &Path| {
        let id = twins.id.trim_end_matches(|c: char| c.is_ascii_digit());
        let id = Path::new(id.strip_suffix('/').unwrap_or(&twins.id));
        path.with_extension("").ends_with(id) || path.with_extension("").ends_with(&twins.id)
    };
    if path == other {
        "if one is a later version of the other, remove one of them: both are found, under one id; else give them ids of their own"
    } else if !is_name(path) || !is_name(other) {
        "if they are copies of one article, remove one of them: it is found twice; else give them ids of their own"
    } else if path.parent() == other.parent() {
        "articles without ids are called by the names of their files: rename one of them"
    } else {
        "build the index anew (`--rebuild`) by one folder that holds both, or give them ids of their own"
    }
}

fn progress_bar(is_terminal: bool) -> ProgressBar {
    if !is_terminal {
        return ProgressBar::hidden();
    }
    // Drawn a few times a second; a run that ends sooner shows nothing.
    let progress = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
    let style = ProgressStyle::with_template("{spinner} {pos} sources, {msg}, {elapsed}");
    progress.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    progress.enable_steady_tick(Duration::from_millis(200));
    progress
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_for_the_case() {
        for (id, path, other, expected) in [
            ("pipes", "2018/pipes.txt", "2019/pipes.txt", "build"),
            ("pipes/12", "2018/pipes.jsonl", "2019/pipes.jsonl", "build"),
            (
                "a/pipes",
                "x/a/pipes.txt",
                "x/a/pipes.html",
                "articles without ids",
            ),
            (
                "https://example.org/pipes",
                "pipes (1).html",
                "pipes.html",
                "if they are copies",
            ),
            ("12", "a/x.json", "a/y.json", "if they are copies"),
            ("12", "a/x.jsonl", "a/x.jsonl", "if one is a later"),
        ] {
            let twins = Twins {
                id: id.to_string(),
                paths: [path.to_string(), other.to_string()],
            };
            assert!(advice(&twins).starts_with(expected), "{id}");
        }
    }
}
