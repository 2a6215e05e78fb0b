//! How large a query may be. Queries of people stay far below; what is beyond comes from programs and is refused with
//! the number that it must stay under.

/// Bytes of a query.
pub const MAX_BYTES: usize = 64 * 1024;

/// Parentheses and *not*s inside one another. It bounds the recursion of all that reads a query.
pub const MAX_DEPTH: usize = 64;

/// Words, phrases, names and ranges together.
pub const MAX_CLAUSES: usize = 1024;

/// Characters of a word that is searched with misspellings: an engine's work on it grows with its length, and no word of a
/// text is longer.
pub const MAX_FUZZY_CHARS: usize = 64;

/// Words that are compared with every word of an index: near spellings, regular expressions, and those that begin with a
/// wildcard. Each takes some 30 ms for a million paragraphs.
pub const MAX_COMPARED: usize = 32;

/// Words between two places that are near each other.
pub const MAX_REACH: u32 = 1000;

/// How often something can be asked to stand in an article at least.
pub const MAX_TIMES: u32 = 10_000;

/// Bytes of a regular expression, and of what it is compiled to.
pub const MAX_REGEX_BYTES: usize = 1000;
pub const MAX_REGEX_SIZE: usize = 1 << 20;
