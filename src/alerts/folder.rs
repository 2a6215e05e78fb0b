//! The folder of the alerts of an index: `index.alerts` beside `index`. A file is replaced whole or not at all, and one program
//! at a time works on them.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufReader, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::file::{self, FORMAT, Fault};
use super::{Alert, Error, Faults, Name, plain, shown};

const EXTENSION: &str = "alert";

/// Names that no alert can have.
const LOCK: &str = ".lock";
const FAULTS: &str = ".faults";

/// The lock of a program that has just ended may outlive it by a moment, in a process that was being started meanwhile.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// The alerts of an index.
#[derive(Debug, Clone)]
pub struct Alerts {
    pub(super) folder: PathBuf,
}

/// While it lives no other program works on the alerts.
#[derive(Debug)]
pub struct Lock {
    _file: Option<File>,
}

impl Alerts {
    /// Those of the index in a folder, whether it is there or not.
    ///
    /// # Errors
    ///
    /// When the folder has no name, so that nothing can lie beside it.
    pub fn of(index: &Path) -> Result<Alerts, Error> {
        // `.` and `..` have a name, too; a link keeps its own, so that it may lead to another index tomorrow.
        let named = match index.file_name() {
            Some(_) => index.to_path_buf(),
            None => fs::canonicalize(index).unwrap_or_else(|_| index.to_path_buf()),
        };
        let name = named.file_name().ok_or_else(|| Error::Read {
            path: shown(index),
            reason: "nothing can lie beside this folder".to_string(),
        })?;
        let mut name = OsString::from(name);
        name.push(".alerts");
        Ok(Alerts {
            folder: named.with_file_name(name),
        })
    }

    /// Their names, in order.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read; one that is not there has none.
    pub fn names(&self) -> Result<Vec<Name>, Error> {
        let failed = |error: io::Error| Error::Read {
            path: shown(&self.folder),
            reason: plain(&error),
        };
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let path = PathBuf::from(entry.map_err(failed)?.file_name());
            let is_alert = path
                .extension()
                .is_some_and(|extension| extension == EXTENSION);
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            names.extend(
                stem.filter(|_| is_alert)
                    .and_then(|stem| Name::parse(stem).ok()),
            );
        }
        names.sort();
        Ok(names)
    }

    /// Whether there is an alert of that name, in whatever state.
    pub fn has(&self, name: &Name) -> bool {
        fs::symlink_metadata(self.path(name)).is_ok()
    }

    /// Reads an alert.
    ///
    /// # Errors
    ///
    /// When there is none of that name, or it cannot be read, or was damaged.
    pub fn read(&self, name: &Name) -> Result<Alert, Error> {
        let path = self.path(name);
        let file = File::open(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Error::Missing {
                name: name.to_string(),
            },
            _ => self.unreadable(name, Fault::Io(error)),
        })?;
        let mut file = BufReader::with_capacity(1 << 16, file);
        file::read(&mut file).map_err(|fault| self.unreadable(name, fault))
    }

    /// Keeps an alert: the file is the new one or, whatever happens, the one before.
    ///
    /// # Errors
    ///
    /// When the disk is full or the folder cannot be written.
    pub fn write(&self, name: &Name, alert: &Alert) -> Result<(), Error> {
        self.replace(&self.path(name), |out| file::write(alert, out))
    }

    /// What the last runs could not read, for a run that reads these files and folders. Where nothing is known of it, as
    /// when the file was damaged, all is new.
    pub fn faults(&self, paths: &[PathBuf]) -> Faults {
        let kept = fs::read(self.folder.join(FAULTS)).unwrap_or_default();
        Faults::new(serde_json::from_slice(&kept).unwrap_or_default(), paths)
    }

    /// Keeps what a run could not read.
    ///
    /// # Errors
    ///
    /// When the disk is full or the folder cannot be written.
    pub fn keep_faults(&self, faults: Faults) -> Result<(), Error> {
        // Without the folder there are no alerts.
        if !self.folder.exists() {
            return Ok(());
        }
        let kept = faults.into_kept();
        self.replace(&self.folder.join(FAULTS), |out| {
            Ok(serde_json::to_writer(out, &kept)?)
        })
    }

    fn replace(
        &self,
        path: &Path,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), Error> {
        let mut new = path.to_path_buf().into_os_string();
        new.push(".new");
        let written = File::create(&new).and_then(|file| {
            let mut out = BufWriter::with_capacity(1 << 16, file);
            write(&mut out)?;
            out.flush()?;
            out.get_ref().sync_all()
        });
        let replaced = written.and_then(|()| fs::rename(&new, path));
        replaced.map_err(|error| {
            let _ = fs::remove_file(&new);
            Error::Write {
                path: shown(path),
                reason: plain(&error),
            }
        })?;
        // That the name leads to the new file must last, too; some systems cannot promise it.
        let _ = File::open(&self.folder).and_then(|folder| folder.sync_all());
        Ok(())
    }

    /// Removes an alert.
    ///
    /// # Errors
    ///
    /// When there is none of that name, or its file cannot be removed.
    pub fn remove(&self, name: &Name) -> Result<(), Error> {
        let path = self.path(name);
        fs::remove_file(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Error::Missing {
                name: name.to_string(),
            },
            _ => Error::Write {
                path: shown(&path),
                reason: plain(&error),
            },
        })
    }

    /// Makes the folder where it is not there.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn create(&self) -> Result<(), Error> {
        fs::create_dir_all(&self.folder).map_err(|error| Error::Write {
            path: shown(&self.folder),
            reason: plain(&error),
        })
    }

    /// Keeps other programs off until the lock is dropped, or the program ends in whatever way.
    ///
    /// # Errors
    ///
    /// When another program has the lock, or the folder cannot be written.
    pub fn lock(&self) -> Result<Lock, Error> {
        let failed = |error: io::Error| Error::Write {
            path: shown(&self.folder),
            reason: plain(&error),
        };
        let open = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(self.folder.join(LOCK));
        let file = match open {
            Ok(file) => file,
            // Without the folder there is nothing to lock.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Lock { _file: None }),
            Err(error) => return Err(failed(error)),
        };
        for _ in 0..LOCK_TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Lock { _file: Some(file) }),
                Err(TryLockError::WouldBlock) => thread::sleep(LOCK_PAUSE),
                // Some file systems know no locks.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                    return Ok(Lock { _file: None });
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
        Err(Error::Busy {
            path: shown(&self.folder),
        })
    }

    fn path(&self, name: &Name) -> PathBuf {
        self.folder.join(format!("{name}.{EXTENSION}"))
    }

    fn unreadable(&self, name: &Name, fault: Fault) -> Error {
        let path = shown(&self.path(name));
        match fault {
            Fault::Io(error) => Error::Read {
                path,
                reason: plain(&error),
            },
            Fault::OtherVersion(found) => Error::OtherVersion {
                path,
                found,
                ours: FORMAT,
            },
            Fault::Damaged(what) => Error::Damaged {
                name: name.to_string(),
                path,
                what,
            },
        }
    }
}
