//! Which files: a file or folder that the user names, to the sources in it.
//!
//! Left out by rule, without a word: hidden files and folders, files named README or LICENSE, and what the program itself
//! keeps beside a corpus, or in it: indexes and alerts. Every other file that cannot be read gives a fault.

use std::ffi::OsStr;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::formats::{self, Format};
use super::{Fault, Source, shown};

/// Walks a file or folder in the order of file names, following links.
pub fn walk(root: &Path) -> impl Iterator<Item = Result<Source, Fault>> {
    let root = root.to_path_buf();
    WalkDir::new(&root)
        .follow_links(true)
        // What stands before the names is the same in a folder, and taking a path apart costs more than comparing it.
        .sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()))
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_left_out(entry))
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => Some(source(&root, &entry)),
            Err(error) => Some(Err(fault(&root, &error))),
        })
}

fn is_left_out(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    let stem = name.split(|byte| *byte == b'.').next().unwrap_or_default();
    let begins = |word: &[u8]| {
        let start = stem.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    match entry.file_type().is_dir() {
        true => name.starts_with(b".") || is_kept(entry.path()),
        false => {
            name.starts_with(b".")
                || stem.eq_ignore_ascii_case(b"readme")
                || begins(b"license")
                || begins(b"licence")
        }
    }
}

/// Whether the program keeps something in a folder: the files of an index, of whatever version, or alerts. Not by its name
/// alone: news may lie in a folder of that name.
fn is_kept(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    if let Some(version) = name.strip_prefix("format-") {
        return version.parse::<u32>().is_ok() && folder.join("meta.json").is_file();
    }
    name.ends_with(".alerts") && {
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        let mut paths = entries.flatten().map(|entry| entry.path());
        paths.any(|path| path.extension().is_some_and(|kind| kind == "alert"))
    }
}

fn source(root: &Path, entry: &DirEntry) -> Result<Source, Fault> {
    let path = clean(entry.path());
    let named = entry.depth() == 0;
    if !entry.file_type().is_file() {
        return Err(Fault::new(&path, "neither a file nor a folder").hint(
            "write a stream to a file first; `tradewire extract -` reads one from standard input",
        ));
    }
    let extension = path.extension();
    let format = match (extension, extension.and_then(formats::by_extension)) {
        (_, Some(format)) => Some(format),
        // Without an extension, or because the user insists: its content tells.
        (None, None) => None,
        (Some(_), None) if named => None,
        (Some(extension), None) => return Err(unknown_format(&path, extension)),
    };
    let metadata = entry.metadata().map_err(|error| fault(root, &error))?;
    let below = if named {
        Path::new(entry.file_name())
    } else {
        entry.path().strip_prefix(root).unwrap_or(entry.path())
    };
    Ok(Source {
        stem: stem(&clean(below), format),
        size: metadata.len(),
        modified: metadata.modified().ok(),
        format,
        path,
        at: None,
    })
}

impl Source {
    /// The same source, called by a path below another folder.
    pub fn called(self, below: &Path) -> Source {
        Source {
            stem: stem(below, self.format),
            ..self
        }
    }
}

/// The path without the extension that named the format; others stay (`no.5` is not `no`).
fn stem(below: &Path, format: Option<&Format>) -> String {
    let mut stem = shown(below);
    if let (Some(_), Some(extension)) = (format, below.extension()) {
        // The names of formats are ASCII, so that the extension is as long as it is shown.
        stem.truncate(stem.len() - 1 - extension.len());
    }
    stem
}

fn unknown_format(path: &Path, extension: &OsStr) -> Fault {
    let known: Vec<String> = formats::FORMATS
        .iter()
        .flat_map(|format| format.extensions)
        .map(|extension| format!(".{extension}"))
        .collect();
    let extension = extension.to_string_lossy();
    Fault::new(path, format!("no format is known for `.{extension}`")).hint(format!(
        "readable are {}; any text can be read by naming its file",
        known.join(", ")
    ))
}

fn fault(root: &Path, error: &walkdir::Error) -> Fault {
    let path = clean(error.path().unwrap_or(root));
    if let Some(ancestor) = error.loop_ancestor() {
        let ancestor = shown(&clean(ancestor));
        return Fault::new(
            &path,
            format!("a link that leads back to `{ancestor}`, which holds it"),
        )
        .hint("remove the link; what it leads to is read once");
    }
    let dangling = error.path().is_some_and(Path::is_symlink);
    match error.io_error() {
        Some(error) if dangling && error.kind() == std::io::ErrorKind::NotFound => {
            Fault::new(&path, "a link that leads nowhere")
                .hint("remove the link, or restore what it leads to")
        }
        Some(error) => {
            let fault = Fault::io(&path, error);
            if error.kind() == std::io::ErrorKind::NotFound {
                fault.hint("check the spelling; paths are relative to the current folder")
            } else {
                fault
            }
        }
        None => Fault::new(&path, "cannot be read"),
    }
}

/// Returns a path as sources have it: without `./` and a trailing `/`; `..` stays, because links make its meaning uncertain.
pub fn clean(path: &Path) -> PathBuf {
    if is_clean(path) {
        return path.to_path_buf();
    }
    let cleaned: PathBuf = path
        .components()
        .filter(|component| !matches!(component, Component::CurDir))
        .collect();
    if cleaned.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        cleaned
    }
}

/// Whether a path is known to be as sources have it, which those below a folder are.
fn is_clean(path: &Path) -> bool {
    let mut parts = path
        .as_os_str()
        .as_encoded_bytes()
        .split(|byte| *byte == b'/');
    let first = parts.next().unwrap_or_default();
    let is_name = |part: &[u8]| !part.is_empty() && part != b".";
    // An absolute path begins with nothing before its first `/`.
    MAIN_SEPARATOR == '/' && !path.as_os_str().is_empty() && first != b"." && parts.all(is_name)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A folder with files of the given names; what is found in it, a line each, with the folder's own path as `ROOT`.
    fn check_walk(files: &[&str], expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        assert_eq!(found(folder.path(), folder.path()), expected);
    }

    fn found(folder: &Path, root: &Path) -> Vec<String> {
        walk(root)
            .map(|source| match source {
                Ok(source) => format!("{} = {}", shown(&source.path), source.stem),
                Err(fault) => fault.to_string(),
            })
            .map(|line| line.replace(&shown(folder), "ROOT"))
            .collect()
    }

    #[test]
    fn files_come_in_the_order_of_their_names() {
        check_walk(
            &["b.txt", "a/z.md", "a/no.5.txt", "c.JSONL"],
            &[
                "ROOT/a/no.5.txt = a/no.5",
                "ROOT/a/z.md = a/z",
                "ROOT/b.txt = b",
                "ROOT/c.JSONL = c",
            ],
        );
    }

    #[test]
    fn hidden_files_and_licences_are_left_out() {
        check_walk(
            &[
                ".git/a.txt",
                ".hidden.txt",
                "README.md",
                "readme",
                "LICENSE-MIT",
                "License.txt",
                "wire",
            ],
            &["ROOT/wire = wire"],
        );
    }

    #[test]
    fn indexes_and_alerts_are_left_out() {
        check_walk(
            &[
                "index/format-6/meta.json",
                "index/format-6/a.idx",
                "index.alerts/steel.alert",
                "format-6/a.txt",
                "format-a4/meta.json",
                "news.alerts/a.txt",
            ],
            &[
                "ROOT/format-6/a.txt = format-6/a",
                "ROOT/format-a4/meta.json = format-a4/meta",
                "ROOT/news.alerts/a.txt = news.alerts/a",
            ],
        );
    }

    #[test]
    fn unknown_formats_are_named() {
        check_walk(
            &["scan.pdf", "a.txt"],
            &[
                "ROOT/a.txt = a",
                "ROOT/scan.pdf: no format is known for `.pdf`",
            ],
        );
    }

    #[test]
    fn a_file_may_be_the_root_whatever_its_extension() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cable.wire");
        fs::write(&path, "text").unwrap();
        assert_eq!(
            found(folder.path(), &path),
            ["ROOT/cable.wire = cable.wire"]
        );
    }

    #[test]
    fn a_missing_root_is_named() {
        let faults: Vec<_> = walk(Path::new("no/such/folder/")).collect();
        let fault = faults[0].as_ref().unwrap_err();
        assert_eq!(fault.to_string(), "no/such/folder: no such file or folder");
        assert_eq!(faults.len(), 1);
        assert!(fault.hint.is_some());
    }

    #[test]
    fn paths_are_cleaned() {
        for (path, cleaned) in [
            ("./corpus/", "corpus"),
            ("corpus//a/./b.txt", "corpus/a/b.txt"),
            ("../corpus", "../corpus"),
            ("/corpus/", "/corpus"),
            ("/corpus/a.txt", "/corpus/a.txt"),
            ("corpus/..", "corpus/.."),
            ("corpus/.", "corpus"),
            ("/", "/"),
            ("", "."),
            (".", "."),
        ] {
            assert_eq!(shown(&clean(Path::new(path))), cleaned);
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_bad_ones_named() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/x.txt"), "text").unwrap();
        symlink(folder.path(), folder.path().join("a/loop")).unwrap();
        symlink("nowhere", folder.path().join("b")).unwrap();
        symlink(folder.path().join("a/x.txt"), folder.path().join("c.txt")).unwrap();
        assert_eq!(
            found(folder.path(), folder.path()),
            [
                "ROOT/a/loop: a link that leads back to `ROOT`, which holds it",
                "ROOT/a/x.txt = a/x",
                "ROOT/b: a link that leads nowhere",
                "ROOT/c.txt = c",
            ]
        );
    }
}
