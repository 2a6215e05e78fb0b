//! What is wrong with a query, where, and what to do about it.

use std::ops::Range;

/// Why a text is no query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    pub message: String,
    /// Bytes of the query, on character boundaries; empty where something is missing.
    pub span: Range<usize>,
    pub hint: Option<String>,
}

impl QueryError {
    /// Returns the error as a terminal shows it: message, the query with carets below the place, hint.
    pub fn render(&self, query: &str) -> String {
        format!("error: {}\n  {query}\n", self.message)
    }
}

/// Why a name stands for no value of a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unresolved {
    pub message: String,
    pub hint: Option<String>,
}
