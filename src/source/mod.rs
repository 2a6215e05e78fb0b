//! Files to articles: which files, their characters, their formats. Knows nothing of facets or the index.

use std::path::PathBuf;
use std::time::SystemTime;

use crate::article::Article;

/// A file on disk that may hold articles.
#[derive(Debug, Clone)]
pub struct Source {
    /// As the user named it, or below the folder that the user named; with `/`, without `./`.
    pub path: PathBuf,
    /// The path below the folder that the user named, without extension: the id of an article that has none of its own.
    pub stem: String,
    /// Bytes on disk.
    pub size: u64,
    pub modified: Option<SystemTime>,
}

/// What can be read at once: one file, or some whole records of a file that is a stream of them.
#[derive(Debug, Clone)]
pub struct Piece {
    pub source: Source,
    /// The line of the file, from 1, on which the piece begins.
    pub line: usize,
    pub bytes: Vec<u8>,
}

/// Why a file, or a part of it, gives no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct Fault {
    pub path: String,
    /// From 1.
    pub line: Option<usize>,
    pub reason: String,
}

/// Reads the articles of a piece.
pub fn articles(_piece: &Piece) -> Vec<Result<Article, Fault>> {
    Vec::new()
}
