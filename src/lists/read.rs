//! Files to lists: which files there are, their bytes, and all of it together.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::fault::{Fault, Faults};
use super::{Lists, Resolve, merge, parse};
use crate::limits::lists as limits;

/// Reads a file of lists, or all `*.toml` below a folder in the order of their names. Hidden files are left out.
///
/// # Errors
///
/// With all that is wrong, of all files, not only the first.
pub fn read(root: &Path, resolve: &Resolve) -> Result<Lists, Faults> {
    let mut faults = Faults::default();
    let paths = files(root, &mut faults);
    let mut said = merge::Said::default();
    let mut n_bytes = 0;
    for path in &paths {
        let shown = path.display().to_string();
        let bytes = match bytes_of(path) {
            Ok(bytes) => bytes,
            Err((what, advice)) => {
                faults.add(whole(&shown, &what, advice));
                said.is_partial = true;
                continue;
            }
        };
        n_bytes += bytes.len() as u64;
        if n_bytes > limits::MAX_BYTES {
            let what = format!(
                "with this file the lists are larger than {} MiB",
                limits::MAX_BYTES >> 20
            );
            faults.add(whole(&shown, &what, "name a smaller folder"));
            break;
        }
        let below = path.strip_prefix(root).unwrap_or(path);
        said.begin(below.display().to_string(), shown);
        parse::file(&bytes, resolve, &mut said, &mut faults);
    }
    let lists = merge::merge(said, resolve, &mut faults);
    if faults.is_empty() {
        Ok(lists)
    } else {
        Err(faults.sorted())
    }
}

fn too_many(folder: &str) -> Fault {
    let what = format!(
        "more than {} files of lists, or {} files in all",
        limits::MAX_FILES,
        limits::MAX_WALKED
    );
    whole(folder, &what, "name a folder that holds only lists")
}

fn whole(path: &str, what: &str, advice: &str) -> Fault {
    Fault {
        path: path.to_string(),
        line: None,
        what: what.to_string(),
        advice: advice.to_string(),
    }
}

/// The files of lists, sorted.
fn files(root: &Path, faults: &mut Faults) -> Vec<PathBuf> {
    let shown = root.display().to_string();
    match fs::metadata(root) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return vec![root.to_path_buf()],
        Err(error) => {
            faults.is_missing = error.kind() == io::ErrorKind::NotFound;
            let (what, advice) = match faults.is_missing {
                true => (
                    "no such file or folder".to_string(),
                    "check how it is written",
                ),
                false => unreadable(&error),
            };
            faults.add(whole(&shown, &what, advice));
            return Vec::new();
        }
    }
    let mut files = Vec::new();
    let is_shown = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let walk = WalkDir::new(root)
        .follow_links(true)
        .max_depth(limits::MAX_DEPTH)
        .sort_by_file_name();
    for (entry_idx, entry) in walk.into_iter().filter_entry(is_shown).enumerate() {
        if entry_idx > limits::MAX_WALKED {
            faults.add(too_many(&shown));
            break;
        }
        match entry {
            Ok(entry) if entry.depth() == limits::MAX_DEPTH && entry.file_type().is_dir() => {
                let what = format!("lies in {} folders within each other", limits::MAX_DEPTH);
                let path = entry.path().display().to_string();
                faults.add(whole(&path, &what, "name a folder that holds only lists"));
            }
            Ok(entry) => {
                let is_list = entry
                    .path()
                    .extension()
                    .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
                if is_list && !entry.file_type().is_dir() {
                    files.push(entry.into_path());
                }
                if files.len() > limits::MAX_FILES {
                    faults.add(too_many(&shown));
                    break;
                }
            }
            Err(error) => {
                let path = error.path().unwrap_or(root).display().to_string();
                let (what, advice) = match (error.loop_ancestor(), error.io_error()) {
                    (Some(above), _) => (
                        format!("a link that leads back to `{}`", above.display()),
                        "remove the link",
                    ),
                    (None, Some(error)) => unreadable(error),
                    (None, None) => ("cannot be read".to_string(), CHECK),
                };
                faults.add(whole(&path, &what, advice));
            }
        }
    }
    files.sort();
    if files.is_empty() && faults.is_empty() {
        let advice = "the names of lists end in `.toml`; name the file itself if it has another";
        faults.add(whole(&shown, "the folder holds no list", advice));
    }
    files
}

const CHECK: &str = "check its permissions";

type Problem = (String, &'static str);

fn bytes_of(path: &Path) -> Result<Vec<u8>, Problem> {
    let failed = |error: io::Error| unreadable(&error);
    // Asked before it is opened: a pipe would wait for its writer.
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(("no file".to_string(), "name a file, or a folder of them"));
    }
    let mut bytes = Vec::new();
    let mut file = File::open(path)
        .map_err(failed)?
        .take(limits::MAX_FILE_BYTES + 1);
    file.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limits::MAX_FILE_BYTES {
        let what = format!("larger than {} MiB", limits::MAX_FILE_BYTES >> 20);
        return Err((what, "split it into several files of one folder"));
    }
    Ok(bytes)
}

fn unreadable(error: &io::Error) -> Problem {
    let reason = error.to_string();
    // "Permission denied (os error 13)": the number helps no reader.
    let reason = reason.split(" (os error").next().unwrap_or(&reason);
    (format!("cannot be read: {}", reason.to_lowercase()), CHECK)
}
