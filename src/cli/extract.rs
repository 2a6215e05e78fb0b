//! `tradewire extract`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::answer::{self, formats};
use super::{Exit, Stop, Streams};
use crate::article::Paragraph;
use crate::ingest;
use crate::output::{Answer, Output};
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
}

const EXAMPLES: &str = "\
Examples:
  tradewire extract corpus > paragraphs.jsonl
  tradewire extract page.html --format text
  curl -s https://www.example.org/story.html | tradewire extract -";

/// How many pieces may be under way at once for each thread.
const N_UNDER_WAY: usize = 8;

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let n_threads = arguments
        .threads
        .map_or(streams.terminal.n_threads, usize::from);
    let (work, pieces) = crossbeam_channel::bounded::<(u64, Result<Piece, Fault>)>(n_threads);
    let (done, outcomes) = crossbeam_channel::unbounded();
    let (taken, places) = crossbeam_channel::bounded(N_UNDER_WAY * n_threads);
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            let (pieces, done) = (pieces.clone(), done.clone());
            scope.spawn(move || {
                for (number, piece) in pieces {
                    let articles = match piece {
                        Ok(piece) => source::articles(&piece),
                        Err(fault) => vec![Err(fault)],
                    };
                    let read: Vec<_> = articles
                        .into_iter()
                        .map(|article| article.map(ingest::read))
                        .collect();
                    if done.send((number, read)).is_err() {
                        return;
                    }
                }
            });
        }
        drop((pieces, done));
        let paths = &arguments.paths;
        scope.spawn(move || {
            // Sending fails when nobody reads the answer any more.
            let mut number = 0;
            for path in paths {
                let stopped = each_piece(path, &mut |piece| {
                    number += 1;
                    taken.send(()).is_ok() && work.send((number - 1, piece)).is_ok()
                });
                if stopped {
                    return;
                }
            }
        });
        let mut early: BTreeMap<u64, Vec<Result<Vec<Paragraph>, Fault>>> = BTreeMap::new();
        let (mut next, mut n_before, mut exit) = (0, 0, Exit::Yes);
        for (number, read) in outcomes {
            early.insert(number, read);
            while let Some(read) = early.remove(&next) {
                next += 1;
                let _ = places.recv();
                let mut paragraphs = Vec::new();
                for article in read {
                    match article {
                        Ok(article) => paragraphs.extend(article),
                        Err(fault) => {
                            exit = Exit::No;
                            streams.say(&format!("skipped {fault}"));
                        }
                    }
                }
                let answer = Answer::Paragraphs {
                    paragraphs: &paragraphs,
                    n_before,
                    is_last: false,
                };
                answer::write(arguments.format, &answer, streams)?;
                n_before += paragraphs.len() as u64;
            }
        }
        let end = Answer::Paragraphs {
            paragraphs: &[],
            n_before,
            is_last: true,
        };
        answer::write(arguments.format, &end, streams)?;
        Ok(exit)
    })
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
