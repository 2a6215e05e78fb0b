//! How large users' lists may be. Lists that people keep stay far below; what is beyond is refused with the number that it
//! must stay under.

/// Bytes of one file.
pub const MAX_FILE_BYTES: u64 = 8 << 20;

/// Bytes of all files together.
pub const MAX_BYTES: u64 = 64 << 20;

/// Files of lists in a folder.
pub const MAX_FILES: usize = 1_000;

/// All that a folder holds, lists or not: a disk named by mistake is not walked to its end.
pub const MAX_WALKED: usize = 100_000;

/// Folders inside one another.
pub const MAX_DEPTH: usize = 16;

/// Characters of a name, alias, term, label or path.
pub const MAX_CHARS: usize = 200;

/// Parts of a topic's path.
pub const MAX_PARTS: usize = 8;

/// Faults that are named; more are counted.
pub const MAX_FAULTS: usize = 100;

/// The years that an office may be held in.
pub const YEARS: std::ops::RangeInclusive<i64> = 1500..=2500;
