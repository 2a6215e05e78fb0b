//! Which files of an index are known to be as they were written: a note beside them has the size and the times of each. A
//! file that differs from the note is compared with its checksum before anything is read from it, so that what was changed,
//! cut or copied since is noticed by the next search or update, and what was not costs a look at its times. Damage that leaves the
//! times as they were, as a failing disk does, is found by `check`.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;

use super::check::is_damaged;
use super::error::{not_as_written, reading};
use super::{Error, files, folder};

/// The name of the note.
const NOTE: &str = "vouched.json";

/// What a file was like when it was known to be whole.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    name: String,
    size: u64,
    /// Nanoseconds since 1970.
    modified: Option<u64>,
    /// The same, of the last change to the file in any respect, which no program can set.
    changed: Option<i128>,
}

impl Entry {
    fn new(name: String, metadata: &Metadata) -> Entry {
        let modified = metadata.modified().ok();
        let since = modified.and_then(|modified| modified.duration_since(UNIX_EPOCH).ok());
        Entry {
            name,
            size: metadata.len(),
            modified: since.and_then(|since| u64::try_from(since.as_nanos()).ok()),
            changed: changed(metadata),
        }
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> Option<i128> {
    use std::os::unix::fs::MetadataExt;
    Some(i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec()))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<i128> {
    None
}

/// Notes the files of the last commit that were not among those of `before`: they have just been written. A note that cannot
/// be written only makes the next search compare checksums.
pub(super) fn note(dir: &Path, engine: &tantivy::Index, before: &FxHashSet<PathBuf>) {
    let Ok(mut entries) = entries(dir, engine) else {
        return;
    };
    let noted = read(dir);
    entries.retain(|entry| !before.contains(Path::new(&entry.name)) || noted.contains(entry));
    let _ = write(dir, &entries);
}

/// The names of the files of the last commit; none where it cannot be read.
pub(super) fn names(engine: &tantivy::Index) -> FxHashSet<PathBuf> {
    let metas = engine.load_metas().ok();
    let files = metas.map(|metas| metas.list_segment_files());
    files.into_iter().flatten().collect()
}

/// Compares those files of the last commit with their checksums that are not as noted, and notes them. Where nothing may be
/// written, nothing is compared: it would be again for every search.
///
/// # Errors
///
/// When a file is not as it was written, or cannot be read.
pub(super) fn verify(dir: &Path, engine: &tantivy::Index) -> Result<(), Error> {
    let entries = entries(dir, engine)?;
    let noted = read(dir);
    let (known, unknown): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| noted.contains(entry));
    // The note is tried first, without those that are to be compared.
    if unknown.is_empty() || write(dir, &known).is_err() {
        return Ok(());
    }
    for entry in unknown {
        match is_damaged(engine, Path::new(&entry.name)) {
            Ok(false) => {}
            Ok(true) => {
                return Err(Error::Damaged {
                    dir: dir.to_path_buf(),
                    what: not_as_written(&folder(dir).join(&entry.name)),
                });
            }
            // Another run has just replaced it.
            Err(TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_))) => {}
            Err(error) => return Err(reading(dir, error)),
        }
    }
    let _ = write(dir, &entries);
    Ok(())
}

/// The files of the last commit that there are, in order.
fn entries(dir: &Path, engine: &tantivy::Index) -> Result<Vec<Entry>, Error> {
    let metas = engine.load_metas().map_err(|error| reading(dir, error))?;
    let mut files: Vec<PathBuf> = metas.list_segment_files().into_iter().collect();
    files.sort();
    let entry = |file: PathBuf| {
        let metadata = fs::metadata(folder(dir).join(&file)).ok()?;
        let name = file.to_str()?.to_string();
        Some(Entry::new(name, &metadata))
    };
    Ok(files.into_iter().filter_map(entry).collect())
}

/// What is noted; nothing where there is no note that can be read.
fn read(dir: &Path) -> Vec<Entry> {
    let note = fs::read(folder(dir).join(NOTE)).unwrap_or_default();
    serde_json::from_slice(&note).unwrap_or_default()
}

fn write(dir: &Path, entries: &impl Serialize) -> std::io::Result<()> {
    let note = serde_json::to_vec(entries)?;
    // Runs at the same time write the same, each on its own.
    let new = folder(dir).join(format!("{NOTE}.{}", std::process::id()));
    files::replace(&folder(dir).join(NOTE), &new, &note)
}
