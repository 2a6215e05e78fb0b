//! `tradewire extract`

use std::path::{Path, PathBuf};

use clap::Args;

use super::answer::{self, formats};
use super::lists::ListsFlag;
use super::{Exit, Stop, Streams};
use crate::article::Paragraph;
use crate::ingest;
use crate::output::{Answer, Output};
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
    let (mut n_before, mut exit) = (0, Exit::Yes);
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
        |piece| match piece {
            Ok(piece) => {
                let articles = source::articles(&piece).into_iter();
                articles
                    .map(|article| article.map(|article| ingest::read(article, &own)))
                    .collect()
            }
            Err(fault) => vec![Err(fault)],
        },
        |articles: Vec<Result<Vec<Paragraph>, Fault>>| {
            let mut paragraphs = Vec::new();
            for article in articles {
                match article {
                    Ok(article) => paragraphs.extend(article),
                    Err(fault) => {
                        exit = Exit::No;
                        streams.skipped(&fault.to_string(), fault.hint.as_deref());
                    }
                }
            }
            let answer = Answer::Paragraphs {
                paragraphs: &paragraphs,
                n_before,
                is_last: false,
            };
            n_before += paragraphs.len() as u64;
            answer::write(arguments.format, &answer, streams)
        },
    )?;
    let end = Answer::Paragraphs {
        paragraphs: &[],
        n_before,
        is_last: true,
    };
    answer::write(arguments.format, &end, streams)?;
    Ok(exit)
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
