//! Searches that are kept and asked again: what is in them, and their files. An alert is a file of its own in a folder beside
//! that of the index, so that an index may be built anew or removed without a word of them being lost. Does not know how
//! anything is searched or shown.

use std::path::Path;

use xxhash_rust::xxh3::xxh3_128;

use crate::search::{Hit, Typed};

mod error;
mod faults;
mod file;
mod folder;
mod name;
#[cfg(test)]
mod tests;

pub use error::Error;
pub use faults::Faults;
pub use folder::{Alerts, Lock};
pub use name::Name;

/// A search that is kept, and what it has found so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub typed: Typed,
    /// Why it is kept, in the user's words.
    pub note: Option<String>,
    /// When it was added, RFC 3339.
    pub created: String,
    /// When it was last run, RFC 3339.
    pub last_run: Option<String>,
    /// The state of all that the answer depends on, when it was last run: nothing is new while that is the same.
    pub checked: Option<String>,
    pub seen: Seen,
}

/// The paragraphs that need not be reported any more: 16 bytes for each.
///
/// A paragraph is known by its article and its words. So one that was changed is new; one that only moved, because another was
/// put before it, is not; nor is one that was removed and is back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// In order, none twice.
    keys: Vec<u128>,
}

impl Seen {
    /// The key of a paragraph.
    pub fn key(hit: &Hit) -> u128 {
        key(&hit.paragraph.head.id, &hit.paragraph.text)
    }

    pub fn contains(&self, key: u128) -> bool {
        self.keys.binary_search(&key).is_ok()
    }

    /// Adds keys, in any order.
    pub fn extend(&mut self, keys: Vec<u128>) {
        self.keys.extend(keys);
        // Mostly one long run that is in order, and a short one.
        self.keys.sort();
        self.keys.dedup();
    }

    /// How many there are.
    pub fn n(&self) -> u64 {
        self.keys.len() as u64
    }
}

fn key(article: &str, text: &str) -> u128 {
    let mut bytes = Vec::with_capacity(8 + article.len() + text.len());
    // Its length, so that no article's end can pass for a beginning of the text.
    bytes.extend((article.len() as u64).to_le_bytes());
    bytes.extend(article.as_bytes());
    bytes.extend(text.as_bytes());
    xxh3_128(&bytes)
}

/// A system's error in its own words, without what helps no reader: "File too large (os error 27)" is "file too large".
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_lowercase);
    first.chain(chars).collect()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
