//! The people of an article, for those who must tell whom "she", "the minister" or "the president" means: each person with
//! gender and offices.

use rustc_hash::FxHashMap;

use super::FIELD;
use super::authority::Term;
use super::lexicon::{self, Flags, flags, name_keys};
use crate::article::{Findings, Mention, Value};
use crate::extract::Reading;
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
pub struct Person<'a> {
    /// As in the mentions.
    pub value: &'a Value,
    /// As the authority file, the article or a title has it.
    pub gender: Option<Gender>,
    /// As the given names have it: only a guess, since some are of both and others of another in another country.
    pub gender_of_name: Option<Gender>,
    /// Offices that the authority file knows, held in the year of the article where that is known.
    pub offices: Vec<Held>,
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
pub fn roster<'a>(reading: &Reading, findings: &'a Findings) -> Vec<Person<'a>> {
    let year = reading
        .article
        .published
        .map(|published| published.date.year());
    let mut people: Vec<Person> = Vec::new();
    let mut by_value: FxHashMap<&str, usize> = FxHashMap::default();
    let mut courtesies: Vec<Option<Gender>> = Vec::new();
    for mention in &findings.mentions {
        if mention.field != &FIELD {
            continue;
        }
        let Some(text) = reading.paragraphs.get(mention.paragraph) else {
            continue;
        };
        let person_idx = *by_value.entry(&mention.value).or_insert_with(|| {
            people.push(Person {
                value: &mention.value,
                gender: None,
                gender_of_name: None,
                offices: Vec::new(),
            });
            courtesies.push(None);
            people.len() - 1
        });
        if let Some(gender) = courtesy(text, mention) {
            courtesies[person_idx] = Some(gender);
        }
    }
    for (person, courtesy) in people.iter_mut().zip(courtesies) {
        let holder = reading.own.holders().holder(person.value);
        person.gender = holder.and_then(|holder| holder.gender).or(courtesy);
        if person.gender.is_none() {
            person.gender_of_name = gender_of_name(person.value);
        }
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

/// How many words of titles are read before a name.
const REACH: usize = 8;

/// The gender that the titles before a mention tell.
fn courtesy(text: &Text, mention: &Mention) -> Option<Gender> {
    let start = text.token_at(mention.span.start);
    let mut gender = None;
    // Words with and without capitals, back to the first mark.
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
    gender
}

const TITLES: Flags = Flags::TITLE.with(Flags::COURTESY);

fn word_flags(text: &Text, at: usize) -> Flags {
    text.tokens
        .get(at)
        .filter(|token| token.kind == Kind::Word)
        .map_or(Flags::NONE, lexicon::of)
}
