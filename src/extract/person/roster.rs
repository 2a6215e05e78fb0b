//! The people of an article, for those who must tell whom "she", "the minister" or "the president" means: each person with
//! gender, titles and offices.

use rustc_hash::FxHashMap;

use super::FIELD;
use super::authority::Term;
use super::lexicon::{self, Flags, flags, name_keys};
use crate::article::{Findings, Mention, Value};
use crate::extract::Reading;
use crate::text::fold::fold;
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::one_of;

/// Whether "he" or "she" can mean a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    Female,
    Male,
}

impl Gender {
    /// Reads `f` and `m`.
    pub(super) fn from_letter(letter: &str) -> Option<Gender> {
        match letter {
            "f" => Some(Gender::Female),
            "m" => Some(Gender::Male),
            _ => None,
        }
    }
}

/// A person whom an article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// As in the mentions.
    pub value: String,
    pub gender: Option<Gender>,
    /// Folded nouns that the article sets beside the name, each once, in order: `president`, `trade representative`, `economist`.
    pub titles: Vec<String>,
    /// Offices that the authority file knows, held in the year of the article where that is known.
    pub offices: Vec<Held>,
    /// The numbers of the person's mentions in `Findings::mentions`.
    pub mentions: Vec<usize>,
}

/// An office that somebody held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// `trade representative`
    pub office: Value,
    /// Whether the article speaks of one in office: it was not the last year.
    pub stays: bool,
}

/// The people whom the mentions name, in order of first mention.
pub fn roster(reading: &Reading, findings: &Findings) -> Vec<Person> {
    let year = reading
        .article
        .published
        .map(|published| published.date.year());
    let mut people: Vec<Person> = Vec::new();
    let mut by_value: FxHashMap<&str, usize> = FxHashMap::default();
    let mut courtesies: Vec<Option<Gender>> = Vec::new();
    for (mention_idx, mention) in findings.mentions.iter().enumerate() {
        if mention.field != &FIELD {
            continue;
        }
        let Some(text) = reading.paragraphs.get(mention.paragraph) else {
            continue;
        };
        let person_idx = *by_value.entry(&mention.value).or_insert_with(|| {
            people.push(Person {
                value: mention.value.to_string(),
                gender: None,
                titles: Vec::new(),
                offices: Vec::new(),
                mentions: Vec::new(),
            });
            courtesies.push(None);
            people.len() - 1
        });
        let person = &mut people[person_idx];
        person.mentions.push(mention_idx);
        if let Some(gender) = around(text, mention, &mut person.titles) {
            courtesies[person_idx] = Some(gender);
        }
    }
    for (person, courtesy) in people.iter_mut().zip(courtesies) {
        let holder = reading.own.holders().holder(&person.value);
        person.gender = holder
            .and_then(|holder| holder.gender)
            .or(courtesy)
            .or_else(|| gender_of_name(&person.value));
        if let Some(holder) = holder {
            let held = |term: &&Term| year.is_none_or(|year| term.holds(year));
            for term in holder.terms.iter().filter(held) {
                if person.offices.iter().any(|held| held.office == term.office) {
                    continue;
                }
                person.offices.push(Held {
                    office: term.office.clone(),
                    stays: year.is_some_and(|year| term.holds(year + 1)),
                });
            }
        }
    }
    people
}

/// The gender that the given names of a full name tell.
fn gender_of_name(value: &str) -> Option<Gender> {
    let keys = name_keys(value);
    let (_, given) = keys.split_last()?;
    given.iter().find_map(|&key| {
        let known = flags(key);
        if known.any(Flags::FEMALE) {
            Some(Gender::Female)
        } else if known.any(Flags::MALE) {
            Some(Gender::Male)
        } else {
            None
        }
    })
}

/// How many words of titles are read on either side.
const REACH: usize = 8;

/// Adds the titles beside a mention, and returns the gender that they tell.
fn around(text: &Text, mention: &Mention, titles: &mut Vec<String>) -> Option<Gender> {
    let start = text.token_at(mention.span.start);
    // A name has few words.
    let rest = &text.tokens[start..];
    let words = rest
        .iter()
        .take_while(|token| (token.start as usize) < mention.span.end);
    let end = start + words.count();
    let mut gender = None;
    // Before: capitalised and lower-case words back to the first mark.
    let mut first = start;
    for at in (start.saturating_sub(REACH)..start).rev() {
        let joins = match text.tokens[at].kind {
            Kind::Punct => {
                text.is(at, ".") && at > 0 && word_flags(text, at - 1).any(TITLES)
                    || text.is(at, ",") && at + 1 == start
                    || text.is(at, "-") && first < start
            }
            _ => first < start && one_of!(text.small(at), "of" | "for"),
        };
        if joins {
            continue;
        }
        let known = word_flags(text, at);
        let titled = known.any(TITLES.with(Flags::ROLE));
        if !titled
            && (first == start
                || text.tokens[at].kind != Kind::Word
                || text.tokens[at].case == Case::Lower && known.any(Flags::ORDINARY))
        {
            break;
        }
        first = at;
        if known.any(Flags::COURTESY_FEMALE) {
            gender = Some(Gender::Female);
        } else if known.any(Flags::COURTESY_MALE) {
            gender = Some(Gender::Male);
        }
    }
    push_titles(text, first, start, titles);
    // After: ", the trade minister of Japan,".
    if text.is(end, ",") {
        let last = (end + 1..(end + 1 + 2 * REACH).min(text.tokens.len()))
            .find(|&at| {
                matches!(text.tokens[at].kind, Kind::Punct | Kind::Quote) && !text.is(at, "-")
                    || word_flags(text, at).any(Flags::SPEECH)
                    || one_of!(
                        text.small(at),
                        "who" | "which" | "and" | "but" | "with" | "at"
                    )
            })
            .unwrap_or(text.tokens.len().min(end + 1 + 2 * REACH));
        push_titles(text, end + 1, last, titles);
    }
    gender
}

const TITLES: Flags = Flags::TITLE.with(Flags::COURTESY);

fn word_flags(text: &Text, at: usize) -> Flags {
    text.tokens
        .get(at)
        .filter(|token| token.kind == Kind::Word)
        .map_or(Flags::NONE, lexicon::of)
}

/// Adds each noun of office or role in a range of tokens, by itself and with the word before it.
fn push_titles(text: &Text, from: usize, to: usize, titles: &mut Vec<String>) {
    const MOST: usize = 16;
    for at in from..to {
        if !word_flags(text, at).any(Flags::TITLE.with(Flags::ROLE)) {
            continue;
        }
        let noun = fold(text.word(at));
        let noun = FULL_FORMS
            .iter()
            .find(|(short, _)| *short == noun)
            .map_or(noun.as_str(), |(_, full)| full);
        if at > from && text.tokens[at - 1].kind == Kind::Word {
            let pair = [&fold(text.word(at - 1)), " ", noun].concat();
            push_once(&pair, MOST, titles);
        }
        push_once(noun, MOST, titles);
    }
}

fn push_once(title: &str, most: usize, titles: &mut Vec<String>) {
    if titles.len() < most && !titles.iter().any(|known| known == title) {
        titles.push(title.to_string());
    }
}

const FULL_FORMS: &[(&str, &str)] = &[
    ("adm", "admiral"),
    ("capt", "captain"),
    ("col", "colonel"),
    ("congressman", "representative"),
    ("congresswoman", "representative"),
    ("gen", "general"),
    ("gov", "governor"),
    ("lt", "lieutenant"),
    ("maj", "major"),
    ("premier", "prime minister"),
    ("pres", "president"),
    ("prof", "professor"),
    ("rep", "representative"),
    ("rev", "reverend"),
    ("sec", "secretary"),
    ("sen", "senator"),
    ("sgt", "sergeant"),
];
