//! What can go wrong with an index, and what to do about it.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// Why an index could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no index in `{}`", dir.display())]
    Missing { dir: PathBuf },
    #[error("the index in `{}` was made by another version of tradewire (index format {found}, this version has {ours})", dir.display())]
    OtherVersion { dir: PathBuf, found: u32, ours: u32 },
    #[error("the index in `{}` was made by another version of tradewire: it has other fields", dir.display())]
    OtherFields { dir: PathBuf },
    #[error("the index in `{}` is being written by another tradewire", dir.display())]
    Busy { dir: PathBuf },
    #[error("the index in `{}` is damaged: {what}", dir.display())]
    Damaged { dir: PathBuf, what: String },
    #[error("cannot write the index in `{}`: {reason}", dir.display())]
    Write { dir: PathBuf, reason: String },
    #[error("cannot read the index in `{}`: {reason}", dir.display())]
    Read { dir: PathBuf, reason: String },
    /// The system gives no more files, memory or threads.
    #[error("cannot go on with the index in `{}`: {reason}", dir.display())]
    Scarce { dir: PathBuf, reason: String },
    #[error("the query is too much work, most of it {}", part(worst))]
    TooMuch { worst: String },
}

/// Characters of a part of a query in a message.
const MAX_PART: usize = 60;

fn part(text: &str) -> String {
    let mut chars = text.chars();
    let mut part: String = chars.by_ref().take(MAX_PART).collect();
    if chars.next().is_some() {
        part.push('…');
    }
    format!("`{part}`")
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Error::Missing { dir } => format!("build it with `tradewire index --index {} PATH`", dir.display()),
            Error::OtherVersion { dir, .. } | Error::OtherFields { dir } | Error::Damaged { dir, .. } => {
                format!("build it anew with `tradewire index --rebuild --index {} PATH`", dir.display())
            }
            Error::Busy { .. } => "wait for it to finish; searching goes on meanwhile".to_string(),
            Error::Write { .. } => {
                "the last commit is intact; make room or mend the permissions, and run the command again".to_string()
            }
            Error::Scarce { .. } => {
                "the last commit is intact; close other programs, or raise the limits that `ulimit -a` shows, and run the command again".to_string()
            }
            Error::TooMuch { .. } => {
                "leave out words that stand nearly everywhere and wildcards for thousands of words, or ask in several queries".to_string()
            }
            Error::Read { .. } => "check that it is a folder, and its permissions and those of the files in it".to_string(),
        }
    }
}

/// Bytes in the index that are not what was written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Damage;

/// Puts an engine's error into words, for reading.
pub(super) fn reading(dir: &Path, error: TantivyError) -> Error {
    let dir = dir.to_path_buf();
    if let Some(reason) = scarcity(&error) {
        return Error::Scarce { dir, reason };
    }
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => Error::Busy { dir },
        TantivyError::IoError(error) => match error.kind() {
            kind if is_of_content(kind) => Error::Damaged {
                dir,
                what: plain(&error.to_string()),
            },
            ErrorKind::NotADirectory => Error::Read {
                dir,
                reason: "not a folder".to_string(),
            },
            _ => Error::Read {
                dir,
                reason: plain(&error.to_string()),
            },
        },
        TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => {
            Error::Missing { dir }
        }
        TantivyError::OpenDirectoryError(OpenDirectoryError::NotADirectory(_)) => Error::Read {
            dir,
            reason: "not a folder".to_string(),
        },
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => Error::Damaged {
            dir,
            what: format!("`{}` is missing", path.display()),
        },
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath })
            if is_of_content(io_error.kind()) =>
        {
            Error::Damaged {
                dir,
                what: not_as_written(&filepath),
            }
        }
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
        | TantivyError::LockFailure(LockError::IoError(io_error), _) => Error::Read {
            dir,
            reason: plain(&io_error.to_string()),
        },
        TantivyError::DataCorruption(damage) => Error::Damaged {
            dir,
            what: corruption(&format!("{damage:?}")),
        },
        other => Error::Damaged {
            dir,
            what: plain(&other.to_string()),
        },
    }
}

const NO_THREADS: &str = "no more threads can be started";

/// What the system gives no more of, if that is why: files, memory or threads.
fn scarcity(error: &TantivyError) -> Option<String> {
    let error: &io::Error = match error {
        TantivyError::IoError(error)
        | TantivyError::LockFailure(LockError::IoError(error), _)
        | TantivyError::OpenReadError(OpenReadError::IoError {
            io_error: error, ..
        })
        | TantivyError::OpenWriteError(OpenWriteError::IoError {
            io_error: error, ..
        })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
            io_error: error, ..
        }) => error,
        // Here the engine does not say why; there are few reasons for which a thread is not started.
        TantivyError::SystemError(text) if text.contains("spawn") => {
            return Some(NO_THREADS.to_string());
        }
        _ => return None,
    };
    match error.kind() {
        ErrorKind::OutOfMemory => Some(plain(&error.to_string())),
        // Nothing of an index is waited for but threads.
        ErrorKind::WouldBlock => Some(NO_THREADS.to_string()),
        // Too many open files of all programs, of this one: these have no kind.
        _ if cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24)) => {
            Some(plain(&error.to_string()))
        }
        _ => None,
    }
}

/// Whether an error comes not from the system, but from what decodes the bytes of a file.
pub(super) fn is_of_content(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof
    )
}

/// Says that a file of the index is damaged.
pub(super) fn not_as_written(file: &Path) -> String {
    format!("`{}` is not as it was written", file.display())
}

/// Puts an engine's error into words, for writing.
pub(super) fn writing(dir: &Path, error: TantivyError) -> Error {
    let dir = dir.to_path_buf();
    if let Some(reason) = scarcity(&error) {
        return Error::Scarce { dir, reason };
    }
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => Error::Busy { dir },
        TantivyError::LockFailure(LockError::IoError(error), _) | TantivyError::IoError(error) => {
            Error::Write {
                dir,
                reason: plain(&error.to_string()),
            }
        }
        // The engine's threads do not say what stopped them.
        TantivyError::ErrorInThread(text) if text.contains("writer was killed") => Error::Write {
            dir,
            reason: "a file could not be written; is the disk full?".to_string(),
        },
        TantivyError::InternalError(text)
        | TantivyError::SystemError(text)
        | TantivyError::ErrorInThread(text) => Error::Write {
            dir,
            reason: plain(&text),
        },
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => Error::Write {
            dir,
            reason: plain(&io_error.to_string()),
        },
        other => Error::Write {
            dir,
            reason: plain(&other.to_string()),
        },
    }
}

/// Puts an operating system's error into words: "File too large (os error 27)" is "file too large".
pub(super) fn plain(text: &str) -> String {
    let text = text.split(" (os error").next().unwrap_or(text);
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_lowercase);
    first.chain(chars).collect()
}

/// Names the file that the engine cannot read; its own words have the content in them.
fn corruption(text: &str) -> String {
    match text.split('"').nth(1) {
        Some(file) if text.contains("(in file") => format!("`{file}` cannot be read"),
        _ => plain(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_for_people() {
        assert_eq!(plain("File too large (os error 27)"), "file too large");
        let text = "Data corruption (in file `\"meta.json\"`): Meta file cannot be deserialized. Content: \"{\".";
        assert_eq!(corruption(text), "`meta.json` cannot be read");
        assert_eq!(
            corruption("Data corruption: footer"),
            "data corruption: footer"
        );
    }
}
