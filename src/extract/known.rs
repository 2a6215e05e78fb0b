//! What all lists know of words, in one table: each word of a text is looked up once, and its token leads to all that is
//! known of it.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::person::Flags;
use super::{country, instrument, organization, person, speaker, topic};
use crate::parallel;
use crate::text::gazetteer::LEADING;
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
    /// A word that leads to the one that tells where a name begins.
    pub(super) const LEADING: Marks = Marks::bit(11);
    /// What may stand for a speaker: a pronoun, a noun for people.
    pub(in crate::extract) const SPEAKER: Marks = Marks::bit(10);
    /// What speaks of a person who was named before.
    pub(in crate::extract) const PRONOUN: Marks = Marks::bit(9);
}

/// What is known of words, by their numbers in the vocabulary. What texts have most comes first and stands together, so that
/// it stays in the nearest cache: the words of speech and grammar, then those of the lists of persons with the names last.
struct Table {
    vocabulary: Vocabulary,
    /// From number 1 on.
    speaker: Box<[speaker::Word]>,
    /// From number 1 on; the words after them have no flags.
    flags: Box<[Flags]>,
}

static TABLE: LazyLock<Table> = LazyLock::new(table);

/// Takes the fold of a word, a mark, and whether the word has it without a capital, too.
pub(super) type Marking<'a> = &'a mut dyn FnMut(u64, Marks, bool);

fn table() -> Table {
    // Names and words are half of the lists each, and a run after one changed file spends most of its time reading them.
    let (marked, (speaker, persons)) =
        parallel::both(marked, || (speaker::words(), person::words()));
    let mut vocabulary = Vocabulary::with_room(speaker.len() + persons.len() + marked.len());
    for fold in speaker.keys() {
        vocabulary.enter(*fold);
    }
    let mut flags = vec![Flags::default(); speaker.len()];
    for (fold, known) in persons {
        let word_idx = vocabulary.enter(fold).number as usize - 1;
        if word_idx == flags.len() {
            flags.push(Flags::default());
        }
        flags[word_idx] = flags[word_idx].with(known);
    }
    for flags in &mut flags {
        *flags = flags.completed();
    }
    for (fold, mark, may_be_small) in marked {
        let entry = vocabulary.enter(fold);
        entry.marks = entry.marks.with(mark);
        if may_be_small {
            entry.small = entry.small.with(mark);
        }
    }
    Table {
        vocabulary,
        speaker: speaker.into_values().collect(),
        flags: flags.into(),
    }
}

/// What the lists mark, in their order: the fold of a word, the mark, and whether the word has it without a capital, too.
fn marked() -> Vec<(u64, Marks, bool)> {
    let mut marked = Vec::new();
    let mut mark =
        |fold: u64, mark: Marks, may_be_small: bool| marked.push((fold, mark, may_be_small));
    for &fold in LEADING {
        mark(fold, marks::LEADING, true);
    }
    country::mark(&mut mark);
    topic::mark(&mut mark);
    instrument::mark(&mut mark);
    organization::mark(&mut mark);
    person::mark(&mut mark);
    speaker::mark(&mut mark);
    marked
}

/// Cuts a text for the extractors.
pub(super) fn read(source: &str) -> Text<'_> {
    Text::with(source, &TABLE.vocabulary)
}

/// The tokens at which a name may begin that a telling word of its list is in: there, or at a word that leads to it.
#[inline]
pub(super) fn starts(text: &Text, token_idx: usize) -> RangeInclusive<usize> {
    let before = token_idx.checked_sub(1);
    let leading = before.filter(|&before| text.is_marked(before, marks::LEADING));
    leading.unwrap_or(token_idx)..=token_idx
}

/// The number of a token's word, from 0.
#[inline]
fn index(token: &Token) -> usize {
    match token.number == Entry::UNREAD.number {
        true => index_of_fold(token.fold),
        false => (token.number as usize).wrapping_sub(1),
    }
}

/// The same of a folded word, or by the key of several words together.
fn index_of_fold(fold: u64) -> usize {
    (TABLE.vocabulary.entry(fold).number as usize).wrapping_sub(1)
}

/// What the lists of persons know of a token's word.
#[inline]
pub(super) fn flags(token: &Token) -> Flags {
    let flags = TABLE.flags.get(index(token));
    flags.copied().unwrap_or_default()
}

/// The same of a folded word, or by the key of several words together.
pub(super) fn flags_of_fold(fold: u64) -> Flags {
    let flags = TABLE.flags.get(index_of_fold(fold));
    flags.copied().unwrap_or_default()
}

/// What a token's word is to the extractor of speakers.
#[inline]
pub(super) fn speaker(token: &Token) -> Option<&'static speaker::Word> {
    TABLE.speaker.get(index(token))
}

/// The same of a folded word.
pub(super) fn speaker_of_fold(fold: u64) -> Option<&'static speaker::Word> {
    TABLE.speaker.get(index_of_fold(fold))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_start_at_a_telling_word_or_at_one_that_leads_to_it() {
        let text = read("The Hague and Peru");
        let starts = |token_idx| starts(&text, token_idx).collect::<Vec<_>>();
        assert_eq!(starts(0), [0]);
        assert_eq!(starts(1), [0, 1]);
        assert_eq!(starts(2), [2]);
        assert_eq!(starts(3), [2, 3]);
    }
}
