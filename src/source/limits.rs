//! How much of anything the room takes. What is beyond a limit gives a fault or another, simpler reading; nothing is
//! cut without a word.

/// Bytes of a file that is read as a whole.
pub(super) const FILE_BYTES: u64 = 64 << 20;

/// Bytes of one line of a format that is read by lines.
pub(super) const LINE_BYTES: usize = 16 << 20;

/// Bytes after which a piece of a format that is read by lines is full.
pub(super) const PIECE_BYTES: usize = 64 << 10;

/// Bytes from which the format of an unnamed stream is told.
pub(super) const SNIFF_BYTES: usize = 256 << 10;

/// Paragraphs of one article.
pub(super) const PARAGRAPHS: usize = 100_000;

/// Bytes of one paragraph: tokens keep their places in 32 bits, and a longer one is no paragraph.
pub(super) const PARAGRAPH_BYTES: usize = 16 << 20;

/// Articles within articles, in JSON (`{"articles": [...]}`).
pub(super) const NESTING: usize = 4;

/// Bytes of a page, without scripts, in which the main text is looked for; of larger ones all text is taken.
pub(super) const PAGE_BYTES: usize = 2 << 20;

/// Tags of such a page; long articles have some ten thousand, and each costs the search up to 40 microseconds.
pub(super) const PAGE_TAGS: usize = 100_000;

/// Open elements within each other up to which a page is parsed as a tree; pages of newspapers have some 30.
pub(super) const PAGE_DEPTH: usize = 200;

/// Sum over all tags of a page of the elements that are open there, and of the pairs of attributes: what a parser of
/// trees may have to compare.
pub(super) const PAGE_WORK: usize = 3_000_000;
