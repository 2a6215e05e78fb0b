//! What all lists know of words, in one table: each word of a text is looked up once, and its token leads to all that is
//! known of it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::person::Flags;
use super::{country, instrument, organization, person, speaker, topic};
use crate::text::tokens::{Text, Token};
use crate::text::vocabulary::{Entry, Marks, Vocabulary};

/// What a word may begin or tell. Most words of a text do nothing of the kind.
pub(super) mod marks {
    use super::Marks;

    /// The first word of a country's or place's name, or of a fixed expression with one.
    pub(in crate::extract) const COUNTRY: Marks = Marks::bit(0);
    /// A small word that has no capital in a title.
    pub(in crate::extract) const TITLE_SMALL: Marks = Marks::bit(1);
    /// The first word of a term of a topic.
    pub(in crate::extract) const TOPIC: Marks = Marks::bit(2);
    /// The first word of the name of an instrument or of a citation.
    pub(in crate::extract) const INSTRUMENT: Marks = Marks::bit(3);
    /// The last word of the name of an act.
    pub(in crate::extract) const ACT: Marks = Marks::bit(4);
    /// The first word of the name of an organization.
    pub(in crate::extract) const ORGANIZATION: Marks = Marks::bit(5);
    /// A word that tells that of which it is part for the name of an organization.
    pub(in crate::extract) const ORGANIZATION_CUE: Marks = Marks::bit(6);
    /// The first word of an office.
    pub(in crate::extract) const OFFICE: Marks = Marks::bit(7);
    /// What may stand behind the first number of a citation.
    pub(in crate::extract) const AFTER_NUMBER: Marks = Marks::bit(8);
    /// What may stand for a speaker: a pronoun, a noun for people.
    pub(in crate::extract) const SPEAKER: Marks = Marks::bit(10);
    /// What speaks of a person who was named before.
    pub(in crate::extract) const PRONOUN: Marks = Marks::bit(9);
}

/// What is known of a word.
#[derive(Debug, Default, Clone)]
pub(super) struct Known {
    pub(super) flags: Flags,
    pub(super) speaker: Option<&'static speaker::Word>,
}

struct Table {
    vocabulary: Vocabulary,
    /// By the number of the word; the first is that of unknown words.
    known: Box<[Known]>,
}

static TABLE: LazyLock<Table> = LazyLock::new(table);

/// Takes the fold of a word, a mark, and whether the word has it without a capital, too.
pub(super) type Marking<'a> = &'a mut dyn FnMut(u64, Marks, bool);

#[expect(
    clippy::iter_over_hash_type,
    reason = "words go into a map, and are sorted at the end"
)]
fn table() -> Table {
    let mut words: FxHashMap<u64, (Known, Marks, Marks)> = FxHashMap::default();
    for (fold, flags) in person::words() {
        words.entry(fold).or_default().0.flags = flags;
    }
    for (fold, word) in speaker::words() {
        words.entry(fold).or_default().0.speaker = Some(word);
    }
    let mut mark = |fold: u64, mark: Marks, may_be_small: bool| {
        let (_, marks, small) = words.entry(fold).or_default();
        *marks = marks.with(mark);
        if may_be_small {
            *small = small.with(mark);
        }
    };
    country::mark(&mut mark);
    topic::mark(&mut mark);
    instrument::mark(&mut mark);
    organization::mark(&mut mark);
    person::mark(&mut mark);
    speaker::mark(&mut mark);
    // In an order that is the same in each run, since the words came in one that is.
    let words: Vec<_> = words.into_iter().collect();
    let entries = words.iter().enumerate();
    let entries = entries.map(|(word_idx, &(fold, (_, marks, small)))| {
        let number = word_idx as u32 + 1;
        (
            fold,
            Entry {
                number,
                marks,
                small,
            },
        )
    });
    let vocabulary = Vocabulary::new(entries);
    let known = words.into_iter().map(|(_, (known, ..))| known);
    Table {
        vocabulary,
        known: std::iter::once(Known::default()).chain(known).collect(),
    }
}

/// Cuts a text for the extractors.
pub(super) fn read(source: &str) -> Text<'_> {
    Text::with(source, &TABLE.vocabulary)
}

/// What is known of a token's word.
#[inline]
pub(super) fn of(token: &Token) -> &'static Known {
    if token.number == Entry::UNREAD.number {
        return of_fold(token.fold);
    }
    &TABLE.known[token.number as usize]
}

/// What is known of a word by its fold, or by the key of several words together.
pub(super) fn of_fold(fold: u64) -> &'static Known {
    &TABLE.known[TABLE.vocabulary.entry(fold).number as usize]
}
