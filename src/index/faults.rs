//! Disks that fail: the files of an index, of which the n-th operation, or that one and all that follow, does not succeed.

#![cfg(test)]

use std::collections::BTreeMap;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// Which operations fail: those whose numbers, counted from 0, this says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failing {
    Never,
    Once(i64),
    /// As on a full disk.
    From(i64),
}

/// What is to happen in a folder, and how many operations there were.
#[derive(Debug)]
struct Plan {
    failing: Failing,
    n_operations: AtomicI64,
}

impl Plan {
    fn step(&self) -> io::Result<()> {
        let number = self.n_operations.fetch_add(1, Ordering::SeqCst);
        let fails = match self.failing {
            Failing::Never => false,
            Failing::Once(failing) => number == failing,
            Failing::From(first) => number >= first,
        };
        match fails {
            true => Err(io::Error::from(ErrorKind::StorageFull)),
            false => Ok(()),
        }
    }
}

static PLANS: Mutex<BTreeMap<PathBuf, Arc<Plan>>> = Mutex::new(BTreeMap::new());

/// The files of a folder for which something is planned.
pub(super) fn planned(dir: &Path, files: Box<dyn Directory>) -> Option<Box<dyn Directory>> {
    let plans = PLANS.lock().unwrap_or_else(PoisonError::into_inner);
    let plan = Arc::clone(plans.get(dir)?);
    Some(Box::new(Failable { files, plan }))
}

#[derive(Debug, Clone)]
struct Failable {
    files: Box<dyn Directory>,
    plan: Arc<Plan>,
}

impl Failable {
    fn read(&self, path: &Path) -> Result<(), OpenReadError> {
        let step = self.plan.step();
        step.map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))
    }
}

impl Directory for Failable {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.read(path)?;
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.plan.step().map_err(|error| DeleteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_path_buf(),
        })?;
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.read(path)?;
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let step = self.plan.step();
        step.map_err(|error| OpenWriteError::wrap_io_error(error, path.to_path_buf()))?;
        Ok(BufWriter::new(Box::new(FailableFile {
            file: self.files.open_write(path)?,
            plan: Arc::clone(&self.plan),
        })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.read(path)?;
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.plan.step()?;
        self.files.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.plan.step()?;
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.plan.step().map_err(LockError::wrap_io_error)?;
        self.files.acquire_lock(lock)
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(watch_callback)
    }
}

struct FailableFile {
    file: WritePtr,
    plan: Arc<Plan>,
}

impl Write for FailableFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.plan.step()?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.plan.step()?;
        self.file.flush()
    }
}

impl TerminatingWrite for FailableFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.plan.step()?;
        self.file.terminate_ref(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Error, Index, check, folder};
    use crate::ingest::{self, Choice, Settings, ingest};
    use crate::query::{Syntax, parse};
    use crate::search::Request;

    /// Brings an index up to date with a corpus while what is planned happens, and says how many operations there were.
    fn refresh(dir: &Path, corpus: &Path, failing: Failing) -> (Result<(), ingest::Error>, i64) {
        let plan = Arc::new(Plan {
            failing,
            n_operations: AtomicI64::new(0),
        });
        let plans = || PLANS.lock().unwrap_or_else(PoisonError::into_inner);
        plans().insert(folder(dir), Arc::clone(&plan));
        let settings = Settings {
            n_threads: 1,
            anew: false,
            forgets: true,
            lists: Choice::Recorded,
        };
        let done = ingest(dir, &[corpus.to_path_buf()], settings, &mut |_| {});
        plans().remove(&folder(dir));
        (done.map(|_| ()), plan.n_operations.load(Ordering::SeqCst))
    }

    /// All paragraphs of an index, which must be whole.
    fn content(dir: &Path, what: &str) -> Vec<String> {
        let checked = check(dir).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(
            checked.problems.is_empty(),
            "{what}: {:?}",
            checked.problems
        );
        let query = parse("steel OR zinc", Syntax::default(), &|_, _| Ok(Vec::new())).unwrap();
        let request = Request {
            limit: None,
            ..Request::new(query)
        };
        let found = Index::open(dir).unwrap().search(&request).unwrap();
        let mut found: Vec<String> = found
            .hits()
            .map(|hit| format!("{} {}", hit.paragraph.id(), hit.paragraph.text))
            .collect();
        found.sort();
        found
    }

    fn write(corpus: &Path, number: usize, text: &str) {
        std::fs::create_dir_all(corpus).unwrap();
        std::fs::write(corpus.join(format!("{number}.txt")), text).unwrap();
    }

    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let to = to.join(entry.file_name());
            match entry.file_type().unwrap().is_dir() {
                true => copy(&entry.path(), &to),
                false => drop(std::fs::copy(entry.path(), to).unwrap()),
            }
        }
    }

    /// Wherever the disk fails, once or for good: an error or success, the old content or the new, and the next run completes
    /// the work.
    #[test]
    fn whatever_operation_fails_the_index_is_whole() {
        let temporary = tempfile::tempdir().unwrap();
        let path = |name: &str| temporary.path().join(name);
        let corpus = path("corpus");
        // As many commits as leave segments that the next one merges.
        for number in 0..6 {
            write(
                &corpus,
                number,
                &format!("Steel {number}.\n\nZinc {number}."),
            );
            let (done, _) = refresh(&path("before"), &corpus, Failing::Never);
            done.unwrap();
        }
        let old = content(&path("before"), "before");
        assert_eq!(old.len(), 12);
        write(&corpus, 0, "Steel has changed its number.");
        write(&corpus, 7, "Steel 7.");
        std::fs::remove_file(corpus.join("1.txt")).unwrap();
        copy(&path("before"), &path("after"));
        let (done, n_operations) = refresh(&path("after"), &corpus, Failing::Never);
        done.unwrap();
        let new = content(&path("after"), "after");
        assert_ne!(old, new);
        assert!(n_operations > 50, "only {n_operations} operations");

        let (mut n_old, mut n_new) = (0, 0);
        // What the threads of the engine do and when it merges differs from run to run: those that come later may be more.
        for number in 0..n_operations + 5 {
            for failing in [Failing::Once(number), Failing::From(number)] {
                let what = format!("{failing:?} of {n_operations}");
                let dir = path(&format!("{number}-{}", matches!(failing, Failing::Once(_))));
                copy(&path("before"), &dir);
                let (done, _) = refresh(&dir, &corpus, failing);
                let found = content(&dir, &what);
                n_old += u32::from(found == old);
                n_new += u32::from(found == new);
                assert!(found == old || found == new, "{what}: {found:?}");
                match done {
                    Ok(()) => assert_eq!(found, new, "{what}: done, it says"),
                    Err(ingest::Error::Index(
                        error @ (Error::Write { .. } | Error::Read { .. }),
                    )) => {
                        let error = error.to_string();
                        assert!(!error.contains("thread"), "{what}: {error}");
                    }
                    Err(other) => panic!("{what}: {other}"),
                }
                let (done, _) = refresh(&dir, &corpus, Failing::Never);
                done.unwrap_or_else(|error| panic!("{what}, the run after it: {error}"));
                assert_eq!(content(&dir, &what), new, "{what}, the run after it");
                std::fs::remove_dir_all(&dir).unwrap();
            }
        }
        assert!(n_old > 50 && n_new > 5, "{n_old} old, {n_new} new");
    }
}
