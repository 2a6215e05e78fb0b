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
