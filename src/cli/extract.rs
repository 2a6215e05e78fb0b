//! `tradewire extract`

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Args;

use super::answer::{self, formats};
use super::lists::ListsFlag;
use super::skipped::Skipped;
use super::{Exit, Stop, Streams, written};
use crate::article::Paragraph;
use crate::extract::Own;
use crate::ingest;
use crate::output::{Answer, Output, Style};
use crate::parallel;
use crate::source::{self, Fault, Piece};

/// Print what is found in articles, one paragraph a line; needs no index
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Files and folders; `-` reads standard input
    #[arg(value_name = "PATH", default_value = "corpus")]
    paths: Vec<PathBuf>,
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", default_value = "jsonl", value_parser = formats())]
    format: &'static Output,
    /// Threads that read and extract; all cores without it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    #[command(flatten)]
    lists: ListsFlag,
}

const EXAMPLES: &str = "\
Examples:
  tradewire extract corpus > paragraphs.jsonl
  tradewire extract page.html --format text
  tradewire extract --lists my-names.toml page.html
  curl -s https://www.example.org/story.html | tradewire extract -";

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let n_threads = arguments
        .threads
        .map_or(streams.terminal.n_threads, usize::from);
    let own = arguments.lists.own()?;
    let style = answer::style(streams);
    // Also read by the threads that extract: once paragraphs are written, those that follow need not know how many.
    let n_written = AtomicU64::new(0);
    let mut exit = Exit::Yes;
    let mut skipped = Skipped::default();
    parallel::ordered(
        n_threads,
        |piece: &Result<Piece, Fault>| piece.as_ref().map_or(0, |piece| piece.bytes.len()),
        |hand_out| {
            // No path is looked at any more once nobody reads the answer.
            let _ = arguments
                .paths
                .iter()
                .any(|path| each_piece(path, hand_out));
        },
        |pieces| {
            let mut found = Found::of(pieces, &own);
            let n_before = n_written.load(Ordering::Relaxed);
            if n_before > 0 {
                found.write(arguments.format, &style, n_before);
            }
            vec![found]
        },
        |mut found| {
            for fault in &found.faults {
                exit = Exit::No;
                let hint = fault.hint.as_deref();
                skipped.add(&fault.path, &fault.to_string(), hint, streams);
            }
            let n_before = n_written.load(Ordering::Relaxed);
            found.write(arguments.format, &style, n_before);
            n_written.store(n_before + found.n_paragraphs, Ordering::Relaxed);
            written(streams.out.write_all(&found.answer))
        },
    )?;
    skipped.name(streams);
    let end = Answer::Paragraphs {
        paragraphs: &[],
        n_before: n_written.into_inner(),
        is_last: true,
    };
    answer::write(arguments.format, &end, streams)?;
    Ok(exit)
}

/// What was found in pieces.
struct Found {
    n_paragraphs: u64,
    /// Those that are not written to the answer yet.
    paragraphs: Vec<Paragraph>,
    answer: Vec<u8>,
    faults: Vec<Fault>,
}

impl Found {
    fn of(pieces: Vec<Result<Piece, Fault>>, own: &Own) -> Found {
        let read = ingest::read(pieces.iter().flatten(), own);
        let n_paragraphs = read.iter().flatten().flatten().map(Vec::len).sum();
        let (mut paragraphs, mut faults) = (Vec::with_capacity(n_paragraphs), Vec::new());
        let mut read = read.into_iter();
        for piece in pieces {
            let articles = match piece {
                // One for each piece, in their order.
                Ok(_) => read.next().unwrap_or_default(),
                Err(fault) => vec![Err(fault)],
            };
            for article in articles {
                match article {
                    Ok(article) => paragraphs.extend(article),
                    Err(fault) => faults.push(fault),
                }
            }
        }
        Found {
            n_paragraphs: n_paragraphs as u64,
            paragraphs,
            answer: Vec::new(),
            faults,
        }
    }

    /// Writes the paragraphs to the answer. Best where they were made: memory is given back by the thread that took it, and
    /// all cores write.
    fn write(&mut self, format: &Output, style: &Style, n_before: u64) {
        let paragraphs = std::mem::take(&mut self.paragraphs);
        if paragraphs.is_empty() {
            return;
        }
        // Room for most answers, so that they need not move while they grow.
        let n_bytes = |paragraph: &Paragraph| 1024 + 2 * paragraph.text.len();
        self.answer.reserve(paragraphs.iter().map(n_bytes).sum());
        let answer = Answer::Paragraphs {
            paragraphs: &paragraphs,
            n_before,
            is_last: false,
        };
        (format.write)(&answer, style, &mut self.answer).expect("memory takes all that is written");
    }
}

/// Hands on every piece below a path until `each` says no; tells whether it did.
fn each_piece(path: &Path, each: &mut dyn FnMut(Result<Piece, Fault>) -> bool) -> bool {
    if path == Path::new("-") {
        return all_pieces(Ok(source::standard_input(std::io::stdin())), each);
    }
    for found in source::walk(path) {
        let stopped = match found {
            Ok(source) => all_pieces(source::pieces(&source), each),
            Err(fault) => !each(Err(fault)),
        };
        if stopped {
            return true;
        }
    }
    false
}

fn all_pieces(
    pieces: Result<impl Iterator<Item = Result<Piece, Fault>>, Fault>,
    each: &mut dyn FnMut(Result<Piece, Fault>) -> bool,
) -> bool {
    match pieces {
        Ok(mut pieces) => pieces.any(|piece| !each(piece)),
        Err(fault) => !each(Err(fault)),
    }
}
