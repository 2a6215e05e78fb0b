//! The words that the speaker extractor knows: cues of speech, words that build clauses, and nouns for people.
//! A folded word goes in (its hash), what it can be comes out.

use std::sync::LazyLock;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::extract::known::{self, Marking, marks};
use crate::extract::list_lines::ListLines;
use crate::text::fold::hash;
use crate::text::table::{self, Table};
use crate::text::tokens::{Case, Text, Token};

/// What a word does in a clause, where its form alone tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Adverb,
    And,
    Be,
    BeNot,
    Determiner,
    Do,
    DoNot,
    Have,
    HaveNot,
    He,
    Modal,
    ModalNot,
    Not,
    /// A word that looks like a verb (`meeting`) or another class and is a noun.
    Noun,
    /// `I`, `it`, `everyone`, `himself`: never a source that can be told.
    OtherPronoun,
    /// The past of an irregular verb.
    Past,
    Preposition,
    /// The third person of a verb.
    Present,
    She,
    Subordinator,
    That,
    They,
    Time,
    /// A noun that tells a time after another word: `last week`.
    TimeNoun,
    To,
    Who,
}

impl Class {
    fn named(name: &str) -> Option<Class> {
        Some(match name {
            "adverb" => Class::Adverb,
            "and" => Class::And,
            "be" => Class::Be,
            "be-not" => Class::BeNot,
            "determiner" => Class::Determiner,
            "do" => Class::Do,
            "do-not" => Class::DoNot,
            "have" => Class::Have,
            "have-not" => Class::HaveNot,
            "he" => Class::He,
            "modal" => Class::Modal,
            "modal-not" => Class::ModalNot,
            "not" => Class::Not,
            "noun" => Class::Noun,
            "other-pronoun" => Class::OtherPronoun,
            "past" => Class::Past,
            "preposition" => Class::Preposition,
            "present" => Class::Present,
            "she" => Class::She,
            "subordinator" => Class::Subordinator,
            "that" => Class::That,
            "they" => Class::They,
            "time" => Class::Time,
            "time-noun" => Class::TimeNoun,
            "to" => Class::To,
            "who" => Class::Who,
            _ => return None,
        })
    }
}

/// What a word does where somebody says what something is, whatever its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judging {
    /// An adjective that judges, which its ending does not tell: `absurd`.
    Verdict,
    /// A verb that gives a name: `call`.
    Naming,
    /// A verb for seeing or showing something so, which need not be said: `portray`.
    Picturing,
}

impl Judging {
    fn named(name: &str) -> Option<Judging> {
        Some(match name {
            "verdict" => Judging::Verdict,
            "naming" => Judging::Naming,
            "picturing" => Judging::Picturing,
            _ => return None,
        })
    }
}

/// What must go with a cue for it to report speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Takes {
    Anything,
    /// A clause, or words in quotation marks.
    Clause,
    Quotation,
}

/// The form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Base,
    Third,
    /// The past; of regular verbs also the participle.
    Past,
    Participle,
    Gerund,
}

/// A cue that begins with a word.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    pub(super) form: Form,
    pub(super) takes: Takes,
    /// Whether a name after the verb is the one spoken to or of.
    pub(super) addresses: bool,
    /// The words that must follow, by their hashes.
    pub(super) rest: Box<[u64]>,
}

/// A noun for people: the number of its row in the table of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Role(pub(super) u8);

/// What is known of a word.
#[derive(Debug, Default)]
pub(in crate::extract) struct Word {
    pub(super) class: Option<Class>,
    /// The longest first.
    pub(super) cues: Vec<Cue>,
    /// The offices that the noun may stand for.
    pub(super) roles: Vec<Role>,
    /// Whether a text calls people so without having told that they are.
    pub(super) familiar: bool,
    /// Whether a text may call several people so, each as if he were the only one.
    pub(super) several: bool,
    /// A noun for people of no office.
    pub(super) unnamed: bool,
    pub(super) judging: Option<Judging>,
    /// A noun for words that somebody says or writes.
    pub(super) words: bool,
    /// A verb of speech whose object without a clause is only what is spoken of: `announce the plan`.
    pub(super) takes_object: bool,
    /// A verb of speech whose object is who hears it: `warn Abe that`.
    pub(super) has_hearer: bool,
    /// The words that must follow for a phrase like `according to`.
    pub(super) according: Vec<Box<[u64]>>,
}

/// What the word of a token does where somebody judges.
pub(super) fn judging(token: &Token) -> Option<Judging> {
    of(token)?.judging
}

/// Whether a word is an adjective with which somebody judges: `absurd`, `unacceptable`.
pub(super) fn is_verdict(text: &Text, token_idx: usize) -> bool {
    let token = &text.tokens[token_idx];
    let word = text.word(token_idx);
    let ends = ["able", "ible", "ous", "less", "ful", "istic"];
    token.case == Case::Lower
        && (word.len() > 5 && ends.iter().any(|end| word.ends_with(end))
            || judging(token) == Some(Judging::Verdict))
}

/// What the extractor knows of the word of a token.
#[inline]
pub(super) fn of(token: &Token) -> Option<&'static Word> {
    known::speaker(token)
}

/// What the extractor knows of a folded word.
pub(super) fn of_fold(fold: u64) -> Option<&'static Word> {
    known::speaker_of_fold(fold)
}

pub(super) const CUES: Table = Table::new("speaker/cues.tsv", include_str!("cues.tsv"));
pub(super) const WORDS: Table = Table::new("speaker/words.tsv", include_str!("words.tsv"));
pub(super) const NOUNS: Table = Table::new("speaker/nouns.tsv", include_str!("nouns.tsv"));
pub(super) const ROLES: Table = Table::new("speaker/roles.tsv", include_str!("roles.tsv"));

/// Phrases after which the source of a whole sentence is named.
const ACCORDING: &[&str] = &[
    "according to",
    "by the account of",
    "by the estimate of",
    "by the reckoning of",
    "in the account of",
    "in the assessment of",
    "in the estimation of",
    "in the eyes of",
    "in the judgment of",
    "in the opinion of",
    "in the phrase of",
    "in the reckoning of",
    "in the summary of",
    "in the telling of",
    "in the view of",
    "in the words of",
    "per",
];

/// Reads all lists: words by their folds, those that texts have most first.
pub(in crate::extract) fn words() -> IndexMap<u64, Word, FxBuildHasher> {
    let mut words: IndexMap<u64, Word, FxBuildHasher> = IndexMap::default();
    for row in WORDS.rows() {
        if let Some(judging) = Judging::named(row[0]) {
            for word in table::pieces(row[1], b'|') {
                words.entry(hash(word.as_bytes())).or_default().judging = Some(judging);
            }
            continue;
        }
        let class =
            Class::named(row[0]).expect("every class is known: a unit test reads the table");
        for word in table::pieces(row[1], b'|') {
            words.entry(hash(word.as_bytes())).or_default().class = Some(class);
        }
    }
    for (row_idx, row) in ROLES.rows().enumerate() {
        let unnamed = row[0] == "unnamed";
        for word in table::pieces(row[1], b'|') {
            let entry = words.entry(hash(word.as_bytes())).or_default();
            if unnamed {
                entry.unnamed = true;
            } else {
                entry.roles.push(Role(row_idx as u8));
                entry.familiar |= row.len() > 2;
                entry.several |= row.get(2) == Some(&"several");
            }
        }
    }
    for row in NOUNS.rows() {
        for word in row.iter().flat_map(|cell| table::pieces(cell, b'|')) {
            let Some(last) = Text::new(word).tokens.last().map(|token| token.fold) else {
                continue;
            };
            words.entry(last).or_default().words = true;
        }
    }
    for phrase in ACCORDING {
        let text = Text::new(phrase);
        if let Some((first, rest)) = text.tokens.split_first() {
            let rest = rest.iter().map(|token| token.fold).collect();
            words.entry(first.fold).or_default().according.push(rest);
        }
    }
    for row in CUES.rows() {
        let (class, objects) = row[1].split_once('+').unwrap_or((row[1], ""));
        let takes = |object: &str| table::pieces(objects, b'+').any(|piece| piece == object);
        let (addresses, takes_object, has_hearer) =
            (takes("person"), takes("object"), takes("hearer"));
        let takes = match class {
            "anything" => Takes::Anything,
            "clause" => Takes::Clause,
            _ => Takes::Quotation,
        };
        for (phrase, form) in forms(row[0], row.get(2).copied()) {
            let text = Text::new(&phrase);
            let Some((first, rest)) = text.tokens.split_first() else {
                continue;
            };
            let word = words.entry(first.fold).or_default();
            // A phrase is another verb than its first word: `call on`.
            if rest.is_empty() {
                word.takes_object |= takes_object;
                word.has_hearer |= has_hearer;
            }
            let cues = &mut word.cues;
            cues.push(Cue {
                form,
                takes,
                addresses: addresses || ends_open(&phrase),
                rest: rest.iter().map(|token| token.fold).collect(),
            });
            cues.sort_by_key(|cue| (std::cmp::Reverse(cue.rest.len()), cue.takes));
        }
    }
    words
}

/// Marks the words that may stand for a speaker without a name: pronouns, the owners of words, nouns for people.
pub(in crate::extract) fn mark(mark: Marking) {
    let mut mark_word = |word: &str| mark(hash(word.as_bytes()), marks::SPEAKER, true);
    for row in WORDS
        .rows()
        .filter(|row| matches!(row[0], "he" | "she" | "they"))
    {
        table::pieces(row[1], b'|').for_each(&mut mark_word);
    }
    for word in ROLES.rows().flat_map(|row| table::pieces(row[1], b'|')) {
        mark_word(word);
        mark_word(&format!("{word}s"));
    }
    // `according to him`, `his words`, `the 64-year-old`
    ["her", "him", "his", "old"].into_iter().for_each(mark_word);
}

/// The verbs and phrases by all their forms.
pub(super) static LISTED_CUES: LazyLock<ListLines> = LazyLock::new(|| {
    let mut listed = ListLines::default();
    for row in CUES.rows() {
        let forms = forms(row.cell(0), row.get(2).copied()).into_iter();
        let forms: Vec<String> = forms.map(|(phrase, _)| phrase).collect();
        listed.add(CUES, &row, row.cell(0), &forms);
    }
    listed
});

/// Whether a phrase ends with a preposition, so that what follows is its object.
fn ends_open(phrase: &str) -> bool {
    phrase.rsplit_once(' ').is_some_and(|(_, last)| {
        matches!(
            last,
            "of" | "for" | "about" | "on" | "to" | "upon" | "against" | "with" | "after"
        )
    })
}

/// The forms of a verb or phrase; without irregular ones those that the first word has by rule.
fn forms(base: &str, irregular: Option<&str>) -> Vec<(String, Form)> {
    let mut out = vec![(base.to_string(), Form::Base)];
    if let Some(list) = irregular {
        let kinds = [Form::Third, Form::Past, Form::Gerund, Form::Participle];
        out.extend(list.split('|').map(str::to_string).zip(kinds));
        return out;
    }
    let (verb, rest) = match base.split_once(' ') {
        Some((verb, rest)) => (verb, format!(" {rest}")),
        None => (base, String::new()),
    };
    let consonant_y = verb.ends_with('y')
        && !["ay", "ey", "oy", "uy"]
            .iter()
            .any(|end| verb.ends_with(end));
    let stem = &verb[..verb.len() - 1];
    let (third, past) = if consonant_y {
        (format!("{stem}ies"), format!("{stem}ied"))
    } else if verb.ends_with('e') {
        (format!("{verb}s"), format!("{verb}d"))
    } else if ["s", "sh", "ch", "x", "z"]
        .iter()
        .any(|end| verb.ends_with(end))
    {
        (format!("{verb}es"), format!("{verb}ed"))
    } else {
        (format!("{verb}s"), format!("{verb}ed"))
    };
    let gerund = if verb.ends_with('e') && !verb.ends_with("ee") {
        format!("{stem}ing")
    } else {
        format!("{verb}ing")
    };
    // `labelled` beside `labeled`
    if let Some(stem) = verb.strip_suffix('l')
        && stem.ends_with(['a', 'e', 'o', 'u'])
        && !["ai", "ea", "ee", "ei", "oa", "oo"]
            .iter()
            .any(|pair| stem.ends_with(pair))
    {
        out.push((format!("{verb}led{rest}"), Form::Past));
        out.push((format!("{verb}ling{rest}"), Form::Gerund));
    }
    out.push((third + &rest, Form::Third));
    out.push((past + &rest, Form::Past));
    out.push((gerund + &rest, Form::Gerund));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_whole() {
        for table in [CUES, WORDS, ROLES] {
            for row in table.rows() {
                assert!(row.len() >= 2, "{}: {row:?}", table.name);
                assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
            }
        }
        table::check(CUES);
        table::check(WORDS);
        assert!(
            WORDS
                .rows()
                .all(|row| Judging::named(row[0]).is_some() || Class::named(row[0]).is_some())
        );
        for row in CUES.rows() {
            let mut parts = row[1].split('+');
            assert!(matches!(
                parts.next(),
                Some("anything" | "clause" | "quotation")
            ));
            assert!(parts.all(|part| matches!(part, "hearer" | "object" | "person")));
        }
        assert!(
            CUES.rows()
                .filter_map(|row| row.get(2).copied())
                .all(|forms| matches!(forms.split('|').count(), 3 | 4))
        );
        assert!(ROLES.rows().count() < 200);
    }

    #[test]
    fn regular_forms() {
        for (base, expected) in [
            ("deny", "deny denies denied denying"),
            ("relay", "relay relays relayed relaying"),
            ("argue", "argue argues argued arguing"),
            ("confess", "confess confesses confessed confessing"),
            ("point out", "point out points out pointed out pointing out"),
            ("agree", "agree agrees agreed agreeing"),
        ] {
            let forms: Vec<String> = forms(base, None)
                .into_iter()
                .map(|(form, _)| form)
                .collect();
            assert_eq!(forms.join(" "), expected);
        }
    }
}
