//! What runs of the alerts could not read, so that each says only what the one before it did not say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_128;

use super::key;

/// The keys of files with faults, by what was to be read: runs that read other files do not speak for these.
pub(super) type Kept = BTreeMap<u128, BTreeSet<u128>>;

/// What a run cannot read, beside what the last run that read the same could not.
#[derive(Debug)]
pub struct Faults {
    kept: Kept,
    run: u128,
    met: BTreeSet<u128>,
}

impl Faults {
    pub(super) fn new(kept: Kept, paths: &[PathBuf]) -> Faults {
        let mut bytes = Vec::new();
        for path in paths {
            bytes.extend(path.as_os_str().as_encoded_bytes());
            // No path has it.
            bytes.push(0);
        }
        Faults {
            kept,
            run: xxh3_128(&bytes),
            met: BTreeSet::new(),
        }
    }

    /// Takes note of a fault of a file; whether the last run met none of it, or the file has changed since, as its fingerprint
    /// tells.
    pub fn is_new(&mut self, path: &str, file: u128) -> bool {
        let key = key(path, &file.to_string());
        self.met.insert(key);
        let before = self.kept.get(&self.run);
        !before.is_some_and(|before| before.contains(&key))
    }

    /// What the next run is to know.
    pub(super) fn into_kept(mut self) -> Kept {
        match self.met.is_empty() {
            true => self.kept.remove(&self.run),
            false => self.kept.insert(self.run, self.met),
        };
        self.kept
    }
}
