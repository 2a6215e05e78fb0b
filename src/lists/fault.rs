//! What is wrong with lists, where, and what to do about it.

use std::fmt;

use crate::limits::lists as limits;

/// Something wrong in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file or folder, as the user may open it.
    pub path: String,
    /// From 1; none where the whole is meant.
    pub line: Option<u32>,
    pub what: String,
    /// What to do about it.
    pub advice: String,
}

/// `lists/trade.toml:12: the name is empty; write it, or take the entry out`
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}; {}", self.what, self.advice)
    }
}

/// All that is wrong with lists, of all files, by file and line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// The first of them, at most `limits::MAX_FAULTS`.
    pub faults: Vec<Fault>,
    pub n_faults: usize,
    /// Whether what the user named is not there at all.
    pub is_missing: bool,
}

impl Faults {
    pub(super) fn add(&mut self, fault: Fault) {
        self.n_faults += 1;
        if self.faults.len() < limits::MAX_FAULTS {
            self.faults.push(fault);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.n_faults == 0
    }

    pub(super) fn sorted(mut self) -> Faults {
        self.faults
            .sort_by(|fault, other| (&fault.path, fault.line).cmp(&(&other.path, other.line)));
        self
    }
}

/// A line for each.
impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (fault_idx, fault) in self.faults.iter().enumerate() {
            if fault_idx > 0 {
                writeln!(f)?;
            }
            write!(f, "{fault}")?;
        }
        match self.n_faults - self.faults.len() {
            0 => Ok(()),
            n_more => write!(f, "\n… and {n_more} more"),
        }
    }
}
