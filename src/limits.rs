//! Every bound of the program, by the room that keeps it: its unit, what happens beyond it, and why it is there. What is
//! beyond a bound is named, refused or read in a simpler way; nothing is cut without a word.
//!
//! `docs/limits.md` tells users the same; `tests/limits.rs` compares the two, and tries each bound from both sides.

/// Files to articles.
pub mod source {
    /// Bytes of a file that is read as a whole: all but JSON Lines. A larger one is skipped. It is in memory several times
    /// while it is read, and no article has as much.
    pub const FILE_BYTES: u64 = 64 << 20;

    /// Bytes of one line of JSON Lines. A longer one is skipped, the others are read. A line is to hold one article.
    pub const LINE_BYTES: usize = 16 << 20;

    /// Bytes after which a piece of a file that is read by lines is full; of no consequence but for speed.
    pub const PIECE_BYTES: usize = 64 << 10;

    /// Bytes from which the format of an unnamed stream is told. What comes later is not looked at for that.
    pub const SNIFF_BYTES: usize = 256 << 10;

    /// Paragraphs of one article. One with more is skipped. The longest reports have some ten thousand.
    pub const PARAGRAPHS: usize = 100_000;

    /// Bytes of one paragraph. An article with a longer one is skipped: tokens keep their places in 32 bits, and a longer
    /// one is no paragraph.
    pub const PARAGRAPH_BYTES: usize = 16 << 20;

    /// Articles within articles, in JSON (`{"articles": [...]}`), lists within lists for a name, and messages attached to
    /// messages. What is deeper is no article. Exports of services have two.
    pub const NESTING: usize = 4;

    /// Parts of a message that say of what type they are, in whatever depth. A file with more is skipped: a part may be a
    /// message, and the parser of messages calls itself for each that is within another. Messages of mailing lists have ten.
    pub const PARTS: usize = 1_000;

    /// Places of a feed at which its XML breaks off (a quotation mark, a section without end) and after which it is read on,
    /// from the next item. After more, what comes then is not read: each costs a look at all that follows.
    pub const FEED_FAULTS: usize = 100;

    /// Groups of rich text within each other. A file with more is skipped: each keeps what was set in it. Word
    /// processors write some 20.
    pub const GROUPS: usize = 1_000;

    /// Bytes of a page, without scripts, in which the main text is looked for. Of a larger one what it calls
    /// its main part is taken, else all.
    pub const PAGE_BYTES: usize = 2 << 20;

    /// Tags of such a page. Of one with more the same. Long articles have some ten thousand, and each costs the
    /// search up to 40 microseconds.
    pub const PAGE_TAGS: usize = 100_000;

    /// Open elements within each other up to which a page is parsed as a tree. Of a deeper one the same. Pages of
    /// newspapers have some 30.
    pub const PAGE_DEPTH: usize = 200;

    /// Sum over all tags of a page of the elements that are open there, and of the pairs of attributes: what a parser of
    /// trees may have to compare. Of a page with more the same.
    pub const PAGE_WORK: usize = 3_000_000;
}

/// Users' lists. Lists that people keep stay far below; what is beyond is refused with the number that it must stay under.
pub mod lists {
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
}

/// Queries. Those of people stay far below; what is beyond comes from programs and is refused with the number that it must
/// stay under.
pub mod query {
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

    /// Bytes of a regular expression.
    pub const MAX_REGEX_BYTES: usize = 1000;

    /// Bytes of what a regular expression is compiled to.
    pub const MAX_REGEX_SIZE: usize = 1 << 20;

    /// Bytes of a file of synonyms.
    pub const MAX_SYNONYMS_BYTES: u64 = 8 << 20;
}

/// The index.
pub mod index {
    /// Bytes of a word. Longer runs of letters and digits are no words (they are codes, keys, pictures in text): they are
    /// kept and shown, and a query for one is refused.
    pub const WORD_BYTES: usize = 64;

    /// Steps of work of a query for each paragraph of the index. One with more is refused with the part that is the most: for
    /// a million paragraphs these take about a second.
    pub const STEPS_OF_PARAGRAPH: u64 = 40;

    /// Steps of work that are never too much. Small indexes have many words for their paragraphs.
    pub const STEPS_NEVER_TOO_MUCH: u64 = 20_000_000;

    /// Words of the index that are compared with misspelled words of a query. Beyond it the other words of the query bring no
    /// suggestion: a thousand words that nobody knows are no misspellings.
    pub const SUGGESTION_COMPARISONS: u64 = 3_000_000;

    /// Faults of one source that the index remembers, to name them again when it is unchanged. All are named when it is read.
    pub const FAULTS_REMEMBERED: usize = 100;
}

/// Searches that are kept.
pub mod alerts {
    /// Characters of a name. A longer one is refused. All file systems take it.
    pub const NAME_CHARS: usize = 64;

    /// Bytes of the line of an alert's file that says what is asked. A file with more is damaged: no command line is as long.
    pub const HEAD_BYTES: u64 = 16 << 20;
}

/// Answers.
pub mod output {
    /// Bytes of a paragraph that `search` shows as text. Of a longer one the part around the first match is shown, with `…`
    /// for the rest; other formats have all of it.
    pub const SHOWN_BYTES: usize = 3_000;

    /// Intervals without paragraphs that are filled in before what was found, and behind it, where `--after` and `--before` ask
    /// for them: ten years of days. Beyond it those that were asked for are not filled.
    pub const INTERVALS_FILLED: usize = 4_000;
}
