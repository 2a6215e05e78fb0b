//! The files of an index as tantivy sees them. They differ from tantivy's own in two ways, so that one may write an index
//! and others search it: what may only be read can be read, and the lists are as readable as the other files. Two more are
//! for damage: the list of contents is sealed, and a file that is too short is no reason to panic.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback,
    WatchHandle, WritePtr,
};

use super::error::Damage;
use super::seal;

/// The list of what the index consists of and what it says of itself.
const CONTENTS: &str = "meta.json";

/// Bytes that end each file of the engine's; it takes for granted that they are there.
const LEAST_BYTES: usize = 8;

/// How often a lock that is held is asked for, and how long it is waited between.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// A folder of files that are mapped into memory.
#[derive(Debug, Clone)]
struct Files {
    dir: PathBuf,
    mapped: MmapDirectory,
}

/// The files in a folder.
pub(super) fn open(dir: &Path) -> Result<Box<dyn Directory>, OpenDirectoryError> {
    let files = Box::new(Files::open(dir)?);
    #[cfg(test)]
    if let Some(failing) = super::faults::planned(dir, files.clone()) {
        return Ok(failing);
    }
    Ok(files)
}

/// Writes a file anew, all of it or nothing, under another name first.
pub(super) fn replace(path: &Path, new: &Path, data: &[u8]) -> io::Result<()> {
    let written = File::create(new).and_then(|mut file| {
        file.write_all(data)?;
        file.sync_data()
    });
    let replaced = written.and_then(|()| fs::rename(new, path));
    replaced.inspect_err(|_| {
        let _ = fs::remove_file(new);
    })
}

impl Files {
    fn open(dir: &Path) -> Result<Files, OpenDirectoryError> {
        Ok(Files {
            dir: dir.to_path_buf(),
            mapped: MmapDirectory::open(dir)?,
        })
    }
}

impl Directory for Files {
    /// Writes a list: all of it or nothing. Tantivy's own way leaves it readable to its owner alone.
    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let data = match path == Path::new(CONTENTS) {
            true => &seal::sealed(data),
            false => data,
        };
        let mut name = path.as_os_str().to_owned();
        name.push(".new");
        replace(&self.dir.join(path), &self.dir.join(name), data)
    }

    /// Readers lock the lists for a moment, lest a writer remove what they are about to open. Where nothing may be written
    /// they go on without: should it happen, they fail and can be run again.
    ///
    /// The lock of a writer that has just ended may outlive it by a moment, in a process that was being started meanwhile; so
    /// a lock that is held is asked for again before another writer is said to be there.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let mut n_tries = 0;
        loop {
            n_tries += 1;
            match self.mapped.acquire_lock(lock) {
                Err(LockError::IoError(error))
                    if lock.filepath == META_LOCK.filepath && is_read_only(error.kind()) =>
                {
                    return Ok(DirectoryLock::from(Box::new(())));
                }
                Err(LockError::LockBusy) if n_tries < LOCK_TRIES => thread::sleep(LOCK_PAUSE),
                acquired => return acquired,
            }
        }
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let file = self.mapped.get_file_handle(path)?;
        match file.len() < LEAST_BYTES {
            false => Ok(file),
            true => {
                let error = io::Error::from(ErrorKind::UnexpectedEof);
                Err(OpenReadError::wrap_io_error(error, path.to_path_buf()))
            }
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let data = self.mapped.atomic_read(path)?;
        if path != Path::new(CONTENTS) {
            return Ok(data);
        }
        seal::unsealed(data).map_err(|Damage| {
            let error = io::Error::new(ErrorKind::InvalidData, "the seal is broken");
            OpenReadError::wrap_io_error(error, path.to_path_buf())
        })
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(watch_callback)
    }
}

fn is_read_only(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_replaced_whole_and_as_readable_as_other_files() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(dir.path()).unwrap();
        let list = Path::new("meta.json");
        files.atomic_write(list, b"{\"n\": 1}").unwrap();
        files.atomic_write(list, b"{\"n\": 2\n}\n").unwrap();
        assert_eq!(files.atomic_read(list).unwrap(), b"{\"n\": 2\n}\n");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        let other = dir.path().join("other");
        fs::write(&other, "").unwrap();
        let permissions = |path: &Path| fs::metadata(path).unwrap().permissions();
        assert_eq!(permissions(&dir.path().join(list)), permissions(&other));
    }
}
