//! A paragraph with its names, quotations and chunks, and what paragraphs tell of the people they name.

use smallvec::SmallVec;

use super::chunks::{self, Chunk, Name, What};
use super::lexicon;
use super::people::{Party, People};
use super::quotation::{self, Quotation};
use super::turn;
use crate::article::{Findings, Mention};
use crate::extract::known::marks;
use crate::extract::person::{self, Gender};
use crate::extract::{Reading, country};
use crate::text::fold::hash;
use crate::text::tokens::{Kind, Text, Token};
use crate::text::vocabulary::Marks;
use crate::text::words::one_of;

/// Most paragraphs have few.
type Names = SmallVec<[Name; 2]>;

/// A paragraph, read.
pub(super) struct Paragraph<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) names: Names,
    pub(super) quotations: Vec<Quotation>,
    pub(super) chunks: Vec<Chunk>,
    /// Whether the next paragraph begins with a quotation.
    pub(super) leads_on: bool,
}

impl<'a> Paragraph<'a> {
    /// A paragraph in which nobody can speak, nor be spoken of.
    fn silent(text: &'a Text<'a>) -> Paragraph<'a> {
        Paragraph {
            text,
            names: Names::new(),
            quotations: Vec::new(),
            chunks: Vec::new(),
            leads_on: false,
        }
    }

    /// Whether the paragraph ends with a colon, so that the next may be what somebody says.
    pub(super) fn announces(&self) -> bool {
        self.chunks
            .last()
            .is_some_and(|chunk| chunk.what == What::Colon)
    }

    fn opens_quoted(&self) -> bool {
        matches!(
            self.chunks.first().map(|chunk| chunk.what),
            Some(What::Quote(quotation)) if quotation::is_double(self.text, &self.quotations[quotation])
        )
    }
}

/// Reads the paragraphs of an article, and gathers its people with what is known of them.
pub(super) fn read<'a>(reading: &'a Reading, findings: &Findings) -> (Vec<Paragraph<'a>>, People) {
    let mut people = People::default();
    let mut names = vec![Names::new(); reading.paragraphs.len()];
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
        let is_own = reading.own.has_person(known.value);
        let person = people.number(known.value);
        people.learn_gender(person, known.gender);
        people.guess_gender(person, known.gender_of_name);
        // Without a date nobody knows which of the offices a person holds; what a user says of a person is meant.
        if is_own || reading.article.published.is_some() {
            for held in &known.offices {
                learn_office(person, held, &mut people);
            }
        }
    }
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(reading.paragraphs.len());
    let mut within = false;
    for (ordinal, (text, names)) in reading.paragraphs.iter().zip(names).enumerate() {
        let dateline = reading.article.dateline.as_ref().filter(|_| ordinal == 0);
        let start = dateline.map_or(0, |dateline| text.token_at(dateline.end));
        let is_announced = paragraphs.last().is_some_and(Paragraph::announces);
        let paragraph = match within || is_announced || may_speak(text, &names) {
            true => paragraph(text, names, start, within),
            false => Paragraph::silent(text),
        };
        within = quotation::ends_within(text, &paragraph.quotations);
        if let Some(before) = paragraphs.last_mut() {
            before.leads_on = paragraph.opens_quoted();
        }
        paragraphs.push(paragraph);
    }
    for paragraph in &paragraphs {
        learn_offices(paragraph, &mut people);
    }
    (paragraphs, people)
}

/// Whether somebody may speak in a paragraph or be spoken of: told fast, since many paragraphs are of things alone.
fn may_speak(text: &Text, names: &[Name]) -> bool {
    let telling = marks::SPEAKER.with(Marks::QUOTE);
    !names.is_empty()
        || text.next_marked(0, telling).is_some()
        || turn::part(text).is_some()
        || turn::has_initials(text)
}

/// Notes an office that a list tells: `foreign minister`, `secretary of state`.
fn learn_office(person: usize, held: &person::Held, people: &mut People) {
    let office: &str = &held.office;
    let title = office.split_once(" of ").map_or(office, |(title, _)| title);
    let words: Vec<&str> = title.split(' ').collect();
    let Some((head, modifiers)) = words.split_last() else {
        return;
    };
    // A vice president is not `the president`, a trade representative none of the House, a general secretary no minister.
    let is_other = |word: &&str| match *word {
        "vice" | "deputy" | "general" => true,
        "trade" => *head == "representative",
        _ => false,
    };
    if modifiers.iter().any(is_other) {
        return;
    }
    if let Some(word) = lexicon::of_fold(hash(head.as_bytes())) {
        // The last is the office itself: a president of a country is no `chief`.
        let own = word.roles.len().saturating_sub(1);
        people.learn_roles(person, &word.roles[own..]);
        if held.stays {
            people.learn_incumbency(person, &word.roles[own..]);
        }
    }
    for word in modifiers {
        people.learn_modifier(person, hash(word.as_bytes()));
    }
}

fn name(text: &Text, mention: &Mention, people: &mut People) -> Option<Name> {
    let start = text.token_at(mention.span.start);
    // A name has few words.
    let rest = &text.tokens[start..];
    let words = rest
        .iter()
        .take_while(|token| (token.start as usize) < mention.span.end);
    let end = start + words.count();
    (start < end).then(|| Name {
        tokens: start..end,
        person: people.number(&mention.value),
    })
}

fn paragraph<'a>(
    text: &'a Text<'a>,
    mut names: Names,
    start: usize,
    within: bool,
) -> Paragraph<'a> {
    names.sort_by_key(|name| (name.tokens.start, std::cmp::Reverse(name.tokens.end)));
    names.dedup_by(|later, earlier| later.tokens.start < earlier.tokens.end);
    let quotations = quotation::quotations(text, within);
    let chunks = chunks::chunks(text, &quotations, &names, start);
    Paragraph {
        text,
        names,
        quotations,
        chunks,
        leads_on: false,
    }
}

/// Notes the offices that stand before a name, or beside it between commas, and the party in brackets after it.
fn learn_offices(paragraph: &Paragraph, people: &mut People) {
    if paragraph.names.is_empty() {
        return;
    }
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
    // `Gov. Abe's plan`
    for (name_idx, name) in paragraph.names.iter().enumerate() {
        let start = name.tokens.start;
        let is_owner = |next: &Token| next.kind == Kind::Possessive;
        if !text.tokens.get(name.tokens.end).is_some_and(is_owner) {
            continue;
        }
        let behind = paragraph
            .chunks
            .partition_point(|chunk| chunk.tokens.start <= start);
        let holds_it = |chunk: &&Chunk| {
            // Of several names the first.
            let before = name_idx.checked_sub(1).map(|idx| &paragraph.names[idx]);
            matches!(chunk.what, What::Noun(_))
                && name.tokens.end < chunk.tokens.end
                && before.is_none_or(|before| before.tokens.start < chunk.tokens.start)
        };
        let Some(Chunk { tokens, .. }) = behind.checked_sub(1).and_then(chunk).filter(holds_it)
        else {
            continue;
        };
        for token_idx in tokens.start..start {
            if let Some(word) = lexicon::of(&text.tokens[token_idx])
                && !word.roles.is_empty()
            {
                people.learn_roles(name.person, &word.roles);
            }
        }
    }
    for (idx, Chunk { what, tokens }) in paragraph.chunks.iter().enumerate() {
        let What::Person(name) = *what else { continue };
        let name = &paragraph.names[name];
        let title = tokens.start..name.tokens.start;
        let behind = if is(idx + 1, What::Comma) {
            noun(idx + 2)
        } else {
            0..0
        };
        // `A trader, Mrs Abe, asked`
        let is_address = |token_idx: usize| {
            matches!(
                text.word(token_idx),
                "." | "Dame" | "Dr" | "Lady" | "Miss" | "Mr" | "Mrs" | "Ms" | "Prof" | "Sir"
            )
        };
        let unnamed = title.clone().all(is_address);
        let ahead = if idx >= 2 && unnamed && is(idx - 1, What::Comma) {
            noun(idx - 2)
        } else {
            0..0
        };
        let bracket = match chunk(idx + 2) {
            Some(first) if is(idx + 1, What::Open) => first.tokens.start..first.tokens.start + 1,
            _ => 0..0,
        };
        // `Smith, 64, said`
        let age = match chunk(idx + 2) {
            Some(Chunk {
                what: What::Noun(_),
                tokens,
            }) if is(idx + 1, What::Comma) && tokens.len() == 1 => tokens.clone(),
            _ => 0..0,
        };
        let described = title.clone().chain(behind).chain(ahead.clone());
        // `his wife Ann`
        if let Some(kin) = name
            .tokens
            .start
            .checked_sub(1)
            .filter(|kin| title.contains(kin))
        {
            people.learn_gender(name.person, gender_of_noun(text.word(kin)));
        }
        // `his wife, Ann Lorimer,`
        if let Some(kin) = ahead.clone().last() {
            people.learn_gender(name.person, gender_of_noun(text.word(kin)));
        }
        let former = described.clone().any(|token_idx| {
            one_of!(text.fold(token_idx), "former" | "ex" | "late" | "then")
                && matches!(
                    text.word(token_idx),
                    "former" | "Former" | "ex" | "Ex" | "late" | "Late" | "then" | "Then"
                )
        });
        for token_idx in described.clone() {
            if let Some(state) = state(text, token_idx) {
                people.learn_state(name.person, state);
            }
        }
        for token_idx in described.chain(bracket).chain(age) {
            let word = text.word(token_idx);
            if let Some(party) = Party::of(word) {
                people.learn_party(name.person, party);
            }
            people.learn_gender(name.person, gender_of_title(word));
            let token = text.tokens.get(token_idx);
            let fold = token.map_or(0, |token| token.fold);
            match token.and_then(lexicon::of) {
                Some(word) if !word.roles.is_empty() && former => {
                    people.learn_former_roles(name.person, &word.roles)
                }
                Some(word) if !word.roles.is_empty() => {
                    people.learn_roles(name.person, &word.roles)
                }
                Some(word) if word.class.is_some() => {}
                _ => people.learn_modifier(name.person, fold),
            }
        }
    }
}

/// The state of which a word speaks, alone or with the one behind it: `Ugandan`, `Uganda`, `South Korean`.
pub(super) fn state(text: &Text, token_idx: usize) -> Option<&'static str> {
    if !text.is_marked(token_idx, marks::COUNTRY) {
        return None;
    }
    let several = token_idx..(token_idx + 2).min(text.tokens.len());
    country::state(text.words(several)).or_else(|| country::state(text.word(token_idx)))
}

/// The gender that a noun for somebody tells: `a woman`.
pub(super) fn gender_of_noun(word: &str) -> Option<Gender> {
    match word {
        "man" | "boy" | "father" | "husband" | "son" | "brother" | "uncle" | "nephew"
        | "grandfather" | "gentleman" | "salesman" | "fisherman" | "policeman" => {
            Some(Gender::Male)
        }
        "woman" | "girl" | "mother" | "wife" | "daughter" | "sister" | "aunt" | "niece"
        | "grandmother" | "widow" | "lady" | "saleswoman" | "policewoman" => Some(Gender::Female),
        _ => gender_of_title(word),
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
