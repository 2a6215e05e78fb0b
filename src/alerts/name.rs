//! Names of alerts: such as every file system takes for the name of a file, and no shell for anything else.

use std::fmt;

use super::Error;
use crate::limits::alerts::NAME_CHARS;

/// Windows takes these for devices, whatever stands behind a dot.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];

/// The name of an alert: up to 64 of a-z, 0-9, `-`, `_`, `.`, the first and last of them a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// Reads a name.
    ///
    /// # Errors
    ///
    /// When it has other characters, too many of them, or is that of a device.
    pub fn parse(text: &str) -> Result<Name, Error> {
        let bad = |reason| Error::Name {
            name: text.chars().take(NAME_CHARS).collect(),
            reason,
        };
        if text.is_empty() {
            return Err(bad("it is empty"));
        }
        if text.len() > NAME_CHARS {
            return Err(bad("it is longer than 64 characters"));
        }
        let is_solid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if !text
            .chars()
            .all(|c| is_solid(c) || matches!(c, '-' | '_' | '.'))
        {
            return Err(bad("it has other characters than a-z, 0-9, `-`, `_`, `.`"));
        }
        if !(text.starts_with(is_solid) && text.ends_with(is_solid)) {
            return Err(bad("it does not begin and end with a letter or digit"));
        }
        let stem = text.split('.').next().unwrap_or_default();
        let numbered = stem.strip_suffix(|c: char| c.is_ascii_digit());
        if DEVICES.contains(&stem) || numbered.is_some_and(|stem| NUMBERED_DEVICES.contains(&stem))
        {
            return Err(bad("some systems take it for a device"));
        }
        Ok(Name(text.to_string()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
