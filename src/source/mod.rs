//! Files to articles: which files, their characters, their formats. Knows nothing of facets or the index.
//!
//! ```text
//! walk -> Source -> pieces -> Piece -> articles -> Article
//! ```

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::Xxh3;

use crate::article::Article;

mod boilerplate;
mod date;
mod decode;
pub mod formats;
mod paragraphs;
mod pieces;
mod prints;
mod story;
mod walk;
mod wire;

pub use pieces::{Pieces, fingerprinted, pieces, standard_input};
pub use walk::{clean, walk};

use formats::Format;

/// A file on disk that may hold articles.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// As the user named it, or below the folder that the user named; without `./`.
    pub path: PathBuf,
    /// Where it is read, when that is not its path: it was reached by another.
    pub at: Option<PathBuf>,
    /// The path below the folder that the user named, without extension: the id of an article that has none of its own.
    pub stem: String,
    /// Bytes on disk.
    pub size: u64,
    pub modified: Option<SystemTime>,
    /// Told by the extension; where that says nothing, by the content when it is read.
    pub format: Option<&'static Format>,
}

impl Source {
    /// The path by which it is read.
    pub fn file(&self) -> &Path {
        self.at.as_deref().unwrap_or(&self.path)
    }
}

/// What can be read at once: one file, or some whole records of a file that is a stream of them.
#[derive(Debug, Clone)]
pub struct Piece {
    pub source: Source,
    pub format: &'static Format,
    /// The line of the file, from 1, on which the piece begins.
    pub line: usize,
    pub bytes: Vec<u8>,
}

/// Why a file, or a part of it, gives no article. Printed as `path:line: reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub path: String,
    /// From 1.
    pub line: Option<usize>,
    pub reason: String,
    /// What the user can do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    fn new(path: &Path, reason: impl Into<String>) -> Fault {
        Fault {
            path: shown(path),
            line: None,
            reason: reason.into(),
            hint: None,
        }
    }

    fn at(self, line: usize) -> Fault {
        Fault {
            line: Some(line),
            ..self
        }
    }

    fn hint(self, hint: impl Into<String>) -> Fault {
        Fault {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// The program panicked over a piece, or an article in it.
    pub(crate) fn stumbled(piece: &Piece, panic: &str) -> Fault {
        let reason = format!("tradewire stumbled over it: {panic}");
        let fault = Fault::new(&piece.source.path, reason)
            .hint("this is a bug that we would like to know of; all else is read as usual");
        match piece.line {
            0 | 1 => fault,
            line => fault.at(line),
        }
    }

    /// What the operating system said when `path` was read, in our words where they help.
    fn io(path: &Path, error: &std::io::Error) -> Fault {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Fault::new(path, "no such file or folder"),
            ErrorKind::PermissionDenied => Fault::new(path, "no permission to read it")
                .hint("allow reading, or leave it out by moving it elsewhere"),
            ErrorKind::IsADirectory => Fault::new(path, "a folder, not a file"),
            _ => {
                let text = error.to_string();
                // "Input/output error (os error 5)": the number helps no reader.
                let reason = text.split(" (os error").next().unwrap_or(&text);
                Fault::new(path, format!("cannot be read: {}", reason.to_lowercase()))
            }
        }
    }
}

/// Reads the articles of a piece. Pure: the same piece gives the same articles, on any thread.
pub fn articles(piece: &Piece) -> Vec<Result<Article, Fault>> {
    articles_of([piece]).pop().unwrap_or_default()
}

/// The same for each of several pieces. All documents are read before the first is told apart, so that the code of each step
/// stays in the caches.
pub fn articles_of<'a>(
    pieces: impl IntoIterator<Item = &'a Piece>,
) -> Vec<Vec<Result<Article, Fault>>> {
    let pieces = pieces.into_iter();
    let documents = pieces.map(|piece| (&piece.source, (piece.format.documents)(piece)));
    let documents: Vec<_> = documents.collect();
    let articles = documents.into_iter().map(|(source, documents)| {
        // Neither number in `[1,2]` is an article: a line that says so twice says no more.
        let mut said = FxHashSet::default();
        let articles = documents.into_iter();
        let articles = articles.map(|document| story::article(source, document?));
        articles
            .filter(|article| match article {
                Err(fault) if fault.line.is_some() => said.insert(fault.to_string()),
                _ => true,
            })
            .collect()
    });
    articles.collect()
}

/// Returns the xxh3-128 hash of a file's bytes, by which a changed file is known.
pub fn fingerprint(path: &Path) -> Result<u128, Fault> {
    let mut file = File::open(path).map_err(|error| Fault::io(path, &error))?;
    let mut hash = Xxh3::new();
    let mut buffer = vec![0; 128 << 10];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hash.digest128()),
            Ok(length) => hash.update(&buffer[..length]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Fault::io(path, &error)),
        }
    }
}

/// A path as it is printed everywhere: with `/`, whatever the platform.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// The beginning of a text, of at most so many bytes.
fn beginning(text: &str, n_bytes: usize) -> &str {
    if text.len() <= n_bytes {
        return text;
    }
    let mut end = n_bytes;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_print_path_line_and_reason() {
        let fault = Fault::new(Path::new("a/b.txt"), "empty file");
        assert_eq!(fault.to_string(), "a/b.txt: empty file");
        assert_eq!(fault.at(3).to_string(), "a/b.txt:3: empty file");
    }

    #[test]
    fn fingerprints_tell_files_apart() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&a, "one").unwrap();
        std::fs::write(&b, "two").unwrap();
        assert_eq!(
            fingerprint(&a).unwrap(),
            xxhash_rust::xxh3::xxh3_128(b"one")
        );
        assert_ne!(fingerprint(&a), fingerprint(&b));
        let missing = fingerprint(&folder.path().join("c")).unwrap_err();
        assert_eq!(missing.reason, "no such file or folder");
    }
}
