//! The files of an index as tantivy sees them. They differ from tantivy's own in two ways, so that one may write an index
//! and others search it: what may only be read can be read, and the lists are as readable as the other files. Two more are
//! for damage: the list of contents is sealed, and a file that is too short is no reason to panic. The last is for memory: who
//! writes an index reads its files piece by piece.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tantivy::HasLen;
use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, OwnedBytes,
    WatchCallback, WatchHandle, WritePtr,
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

/// How files are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// By who searches: a file is mapped into memory for as long as it is open.
    Mapped,
    /// By who merges, and so reads each file from its beginning to its end: what has been read does not stay in memory.
    InPieces,
}

/// A folder of files.
#[derive(Debug, Clone)]
struct Files {
    dir: PathBuf,
    mapped: MmapDirectory,
    access: Access,
}

/// The files in a folder.
pub(super) fn open(dir: &Path, access: Access) -> Result<Box<dyn Directory>, OpenDirectoryError> {
    let files = Box::new(Files::open(dir, access)?);
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
    fn open(dir: &Path, access: Access) -> Result<Files, OpenDirectoryError> {
        Ok(Files {
            dir: dir.to_path_buf(),
            mapped: MmapDirectory::open(dir)?,
            access,
        })
    }
}

/// A file that is read piece by piece. It stays open, so that it can be read to its end even when it is removed meanwhile.
#[derive(Debug)]
struct InPieces {
    file: Mutex<File>,
    n_bytes: usize,
}

impl InPieces {
    fn open(path: &Path) -> io::Result<InPieces> {
        let file = File::open(path)?;
        let n_bytes = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        Ok(InPieces {
            file: Mutex::new(file),
            n_bytes,
        })
    }
}

impl HasLen for InPieces {
    fn len(&self) -> usize {
        self.n_bytes
    }
}

impl FileHandle for InPieces {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(range.start as u64))?;
        file.read_exact(&mut bytes)?;
        Ok(OwnedBytes::new(bytes))
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
        let failed = |error: io::Error| match error.kind() {
            ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_path_buf()),
            _ => OpenReadError::wrap_io_error(error, path.to_path_buf()),
        };
        let file: Arc<dyn FileHandle> = match self.access {
            Access::Mapped => self.mapped.get_file_handle(path)?,
            Access::InPieces => Arc::new(InPieces::open(&self.dir.join(path)).map_err(failed)?),
        };
        match file.len() < LEAST_BYTES {
            false => Ok(file),
            true => Err(failed(ErrorKind::UnexpectedEof.into())),
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
    fn files_read_the_same_in_pieces_even_once_they_are_removed() {
        let dir = tempfile::tempdir().unwrap();
        let path = Path::new("some.idx");
        let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
        fs::write(dir.path().join(path), &bytes).unwrap();
        for access in [Access::Mapped, Access::InPieces] {
            let files = Files::open(dir.path(), access).unwrap();
            let file = files.get_file_handle(path).unwrap();
            assert_eq!(file.len(), bytes.len());
            if access == Access::InPieces {
                files.delete(path).unwrap();
            }
            for range in [0..bytes.len(), 99_999..100_000, 7..7, 300..70_000] {
                assert_eq!(
                    file.read_bytes(range.clone()).unwrap().as_slice(),
                    &bytes[range]
                );
            }
        }
        let gone = Files::open(dir.path(), Access::InPieces).unwrap();
        assert!(matches!(
            gone.get_file_handle(path),
            Err(OpenReadError::FileDoesNotExist(_))
        ));
    }

    #[test]
    fn lists_are_replaced_whole_and_as_readable_as_other_files() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(dir.path(), Access::Mapped).unwrap();
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
