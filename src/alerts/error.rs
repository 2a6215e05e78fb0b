//! What can go wrong with alerts, and what to do about it.

/// Why an alert could not be read, kept or removed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("`{name}` cannot be the name of an alert: {reason}")]
    Name { name: String, reason: &'static str },
    #[error("there is no alert `{name}`")]
    Missing { name: String },
    #[error("there is an alert `{name}` already")]
    Exists { name: String },
    #[error("`{path}` is damaged: {what}")]
    Damaged {
        name: String,
        path: String,
        what: &'static str,
    },
    #[error(
        "`{path}` was written by another version of tradewire (format {found}, this version has {ours})"
    )]
    OtherVersion { path: String, found: u64, ours: u64 },
    #[error("another tradewire is at work on the alerts in `{path}`")]
    Busy { path: String },
    #[error("cannot read `{path}`: {reason}")]
    Read { path: String, reason: String },
    #[error("cannot write `{path}`: {reason}")]
    Write { path: String, reason: String },
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Error::Name { .. } => "a name is such as `steel-japan` or `ds543.panel`".to_string(),
            Error::Missing { .. } => "`tradewire alert list` names those that there are".to_string(),
            Error::Exists { .. } => {
                "`--replace` puts the new one in its place, another name beside it".to_string()
            }
            Error::Damaged { name, .. } => format!(
                "bring the file back from a copy, or add the alert again with `tradewire alert add {name} --replace …`"
            ),
            Error::OtherVersion { .. } => {
                "use that version, or add the alert again with `--replace`".to_string()
            }
            Error::Busy { .. } => "wait for it to finish".to_string(),
            Error::Read { .. } => "check the permissions of the file and of its folder".to_string(),
            Error::Write { .. } => {
                "what was there is intact; make room or mend the permissions, and run the command again".to_string()
            }
        }
    }
}
