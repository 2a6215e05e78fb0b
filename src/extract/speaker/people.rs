//! The people of an article as the text goes on: who was last spoken of, and who holds which office.
//! A pronoun or `the minister` goes in, the person comes out, or nobody.

use rustc_hash::FxHashMap;

use super::lexicon::Role;
use crate::article::Value;
use crate::extract::person::Gender;

/// A person of the article.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) value: Value,
    pub(super) gender: Option<Gender>,
    /// The offices in which the article names the person.
    pub(super) roles: Vec<Role>,
    /// The words that go with them: state, party.
    pub(super) modifiers: Vec<u64>,
}

/// Somebody who was spoken of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recent {
    /// Nobody of a name (`a spokesman`).
    pub(super) person: Option<usize>,
    pub(super) place: Place,
    pub(super) weight: Weight,
}

/// A place in the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) paragraph: usize,
    /// Counted through the article.
    pub(super) sentence: usize,
}

/// How prominent the phrase was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// The object of a verb or preposition, an owner.
    Other,
    Subject,
    Speaker,
}

#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) persons: Vec<Person>,
    by_value: FxHashMap<Value, usize>,
    recent: Vec<Recent>,
}

/// How far back a pronoun is resolved.
const REACH: usize = 24;

impl People {
    /// The number of a person, new or known.
    pub(super) fn number(&mut self, value: &Value) -> usize {
        if let Some(&person) = self.by_value.get(value) {
            return person;
        }
        self.persons.push(Person {
            value: value.clone(),
            gender: None,
            roles: Vec::new(),
            modifiers: Vec::new(),
        });
        self.by_value.insert(value.clone(), self.persons.len() - 1);
        self.persons.len() - 1
    }

    pub(super) fn note(&mut self, recent: Recent) {
        self.recent.push(recent);
    }

    /// The person that `he` or `she` means at a place.
    pub(super) fn of_pronoun(&self, gender: Gender, at: Place) -> Option<usize> {
        self.best(at, |person| match person {
            Some(person) => match self.persons[person].gender {
                Some(known) if known != gender => None,
                Some(_) => Some(0),
                None => Some(-2),
            },
            None => Some(0),
        })
    }

    /// The person who holds an office; of several the one last spoken of.
    pub(super) fn of_office(&self, roles: &[Role], modifiers: &[u64], at: Place) -> Option<usize> {
        let holds = |person: usize| {
            self.persons[person]
                .roles
                .iter()
                .any(|role| roles.contains(role))
        };
        let fits = |person: usize| {
            modifiers
                .iter()
                .filter(|modifier| self.persons[person].modifiers.contains(modifier))
                .count() as i32
        };
        let mut holders = (0..self.persons.len()).filter(|&person| holds(person));
        let first = holders.next()?;
        if holders.next().is_none() {
            return Some(first);
        }
        self.best(at, |person| {
            person
                .filter(|&person| holds(person))
                .map(|person| 6 * fits(person))
        })
    }

    /// The most prominent of those last spoken of, among those to whom `bonus` gives a figure.
    fn best(&self, at: Place, bonus: impl Fn(Option<usize>) -> Option<i32>) -> Option<usize> {
        let mut best: Option<(i32, Option<usize>)> = None;
        for recent in self.recent.iter().rev().take(REACH) {
            let Some(bonus) = bonus(recent.person) else {
                continue;
            };
            let n_sentences = (at.sentence - recent.place.sentence.min(at.sentence)) as i32;
            let n_paragraphs = (at.paragraph - recent.place.paragraph.min(at.paragraph)) as i32;
            if n_paragraphs > 4 {
                break;
            }
            let weight = match recent.weight {
                Weight::Other => 0,
                Weight::Subject => 5,
                Weight::Speaker => 6,
            };
            let score = weight + bonus - 3 * n_sentences.min(6) - n_paragraphs;
            if best.is_none_or(|(other, _)| score > other) {
                best = Some((score, recent.person));
            }
        }
        best.and_then(|(_, person)| person)
    }
}
