//! What can go wrong with an index, and what to do about it.

use std::path::PathBuf;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError};

/// Why an index could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no index in `{}`", dir.display())]
    Missing { dir: PathBuf },
    #[error("the index in `{}` was made by another version of tradewire (index format {found}, this version has {ours})", dir.display())]
    OtherVersion { dir: PathBuf, found: u32, ours: u32 },
    #[error("the index in `{}` is being written by another tradewire", dir.display())]
    Busy { dir: PathBuf },
    #[error("the index in `{}` is damaged: {what}", dir.display())]
    Damaged { dir: PathBuf, what: String },
    #[error("cannot write the index in `{}`: {reason}", dir.display())]
    Write { dir: PathBuf, reason: String },
    #[error("cannot read the index in `{}`: {reason}", dir.display())]
    Read { dir: PathBuf, reason: String },
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Error::Missing { dir } => format!("build it with `tradewire index --index {} PATH`", dir.display()),
            Error::OtherVersion { dir, .. } | Error::Damaged { dir, .. } => {
                format!("build it anew with `tradewire index --rebuild --index {} PATH`", dir.display())
            }
            Error::Busy { .. } => "wait for it to finish; searching goes on meanwhile".to_string(),
            Error::Write { .. } => {
                "the last commit is intact; make room or mend the permissions, and run the command again".to_string()
            }
            Error::Read { .. } => "check the permissions of the folder and of the files in it".to_string(),
        }
    }
}

/// Bytes in the index that are not what was written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Damage;

/// Puts an engine's error into words, for reading.
pub(super) fn reading(dir: &std::path::Path, error: TantivyError) -> Error {
    let dir = dir.to_path_buf();
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => Error::Busy { dir },
        TantivyError::IoError(error) => Error::Read {
            dir,
            reason: error.to_string(),
        },
        TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => {
            Error::Missing { dir }
        }
        other => Error::Damaged {
            dir,
            what: other.to_string(),
        },
    }
}

/// Puts an engine's error into words, for writing.
pub(super) fn writing(dir: &std::path::Path, error: TantivyError) -> Error {
    let dir = dir.to_path_buf();
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => Error::Busy { dir },
        TantivyError::LockFailure(LockError::IoError(error), _) => Error::Write {
            dir,
            reason: error.to_string(),
        },
        TantivyError::IoError(error) => Error::Write {
            dir,
            reason: error.to_string(),
        },
        other => Error::Write {
            dir,
            reason: other.to_string(),
        },
    }
}
