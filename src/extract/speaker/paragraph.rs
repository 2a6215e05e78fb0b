//! A paragraph with its names, quotations and chunks, and what paragraphs tell of the people they name.

use super::chunks::{self, Chunk, Name, What};
use super::lexicon::LEXICON;
use super::people::{Party, People};
use super::quotation::{self, Quotation};
use crate::article::{Findings, Mention, Value};
use crate::extract::Reading;
use crate::extract::person::{self, Gender};
use crate::text::tokens::Text;

/// A paragraph, read.
pub(super) struct Paragraph<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) names: Vec<Name>,
    pub(super) quotations: Vec<Quotation>,
    pub(super) chunks: Vec<Chunk>,
}

/// Reads the paragraphs of an article, and gathers its people with what is known of them.
pub(super) fn read<'a>(reading: &'a Reading, findings: &Findings) -> (Vec<Paragraph<'a>>, People) {
    let mut people = People::default();
    let mut names: Vec<Vec<Name>> = vec![Vec::new(); reading.paragraphs.len()];
    for mention in &findings.mentions {
        if mention.field == &person::FIELD
            && let Some(text) = reading.paragraphs.get(mention.paragraph)
            && let Some(name) = name(text, mention, &mut people)
        {
            names[mention.paragraph].push(name);
        }
    }
    let nobody_speaks = people.is_empty() && !reading.paragraphs.iter().any(person::has_office);
    if nobody_speaks {
        return (Vec::new(), people);
    }
    for known in person::roster(reading, findings) {
        let person = people.number(&Value::Owned(known.value));
        people.learn_gender(person, known.gender);
    }
    let paragraphs: Vec<Paragraph> = reading
        .paragraphs
        .iter()
        .zip(names)
        .map(|(text, names)| paragraph(text, names))
        .collect();
    for paragraph in &paragraphs {
        learn_offices(paragraph, &mut people);
    }
    (paragraphs, people)
}

fn name(text: &Text, mention: &Mention, people: &mut People) -> Option<Name> {
    let tokens = text.token_at(mention.span.start)..text.token_at(mention.span.end);
    (!tokens.is_empty()).then(|| Name {
        tokens,
        person: people.number(&mention.value),
    })
}

fn paragraph<'a>(text: &'a Text<'a>, mut names: Vec<Name>) -> Paragraph<'a> {
    names.sort_by_key(|name| (name.tokens.start, std::cmp::Reverse(name.tokens.end)));
    names.dedup_by(|later, earlier| later.tokens.start < earlier.tokens.end);
    let quotations = quotation::quotations(text);
    let chunks = chunks::chunks(text, &quotations, &names);
    Paragraph {
        text,
        names,
        quotations,
        chunks,
    }
}

/// Notes the offices that stand before a name, or beside it between commas, and the party in brackets after it.
fn learn_offices(paragraph: &Paragraph, people: &mut People) {
    let text = paragraph.text;
    let chunk = |idx: usize| paragraph.chunks.get(idx);
    let noun = |idx: usize| match chunk(idx) {
        Some(Chunk {
            what: What::Noun(_),
            tokens,
        }) => tokens.clone(),
        _ => 0..0,
    };
    let is = |idx: usize, what: What| chunk(idx).is_some_and(|chunk| chunk.what == what);
    for (idx, Chunk { what, tokens }) in paragraph.chunks.iter().enumerate() {
        let What::Person(name) = *what else { continue };
        let name = &paragraph.names[name];
        let title = tokens.start..name.tokens.start;
        let behind = if is(idx + 1, What::Comma) {
            noun(idx + 2)
        } else {
            0..0
        };
        let ahead = if idx >= 2 && title.is_empty() && is(idx - 1, What::Comma) {
            noun(idx - 2)
        } else {
            0..0
        };
        let bracket = match chunk(idx + 2) {
            Some(first) if is(idx + 1, What::Open) => first.tokens.start..first.tokens.start + 1,
            _ => 0..0,
        };
        for token_idx in title.chain(behind).chain(ahead).chain(bracket) {
            if let Some(party) = Party::of(text.word(token_idx)) {
                people.learn_party(name.person, party);
            }
            people.learn_gender(name.person, gender_of_title(text.word(token_idx)));
            let fold = text.tokens.get(token_idx).map_or(0, |token| token.fold);
            match LEXICON.get(fold) {
                Some(word) if !word.roles.is_empty() => {
                    people.learn_roles(name.person, &word.roles)
                }
                Some(word) if word.class.is_some() => {}
                _ => people.learn_modifier(name.person, fold),
            }
        }
    }
}

/// The gender that a title or noun tells.
pub(super) fn gender_of_title(word: &str) -> Option<Gender> {
    match word {
        "Mr" | "Sir" | "Lord" | "congressman" | "Congressman" | "businessman" | "spokesman"
        | "king" | "King" | "prince" | "Prince" => Some(Gender::Male),
        "Mrs" | "Ms" | "Miss" | "Lady" | "Dame" | "congresswoman" | "Congresswoman"
        | "businesswoman" | "spokeswoman" | "chairwoman" | "Chairwoman" | "actress" | "queen"
        | "Queen" | "princess" | "Princess" => Some(Gender::Female),
        _ => None,
    }
}
