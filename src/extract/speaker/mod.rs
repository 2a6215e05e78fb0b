//! People whose words the text reports, and the words: article and its people to quotes and speaker mentions.
//!
//! Each paragraph is cut into quotations and chunks; each cue of speech asks for its source (the subject of the verb,
//! the name after it, `according to X`); pronouns and offices are resolved to the people of the article.
//! Where the source cannot be told, or is no person, nobody speaks.

use std::ops::Range;

use super::person::{self, Gender};
use super::{Extractor, Reading};
use crate::article::{Findings, Mention, Quote, Value};
use crate::field::{Field, Kind, no_spellings};
use crate::text::tokens::Text;

mod chunks;
mod content;
mod lexicon;
mod people;
mod quotation;
mod source;

use chunks::{Article, Chunk, Name, Noun, Pronoun, Verb, What};
use content::Content;
use lexicon::Takes;
use people::{Office, Party, People, Place, Reach, Recent, Weight};
use quotation::Quotation;
use source::{Clauses, Source};

pub static FIELD: Field = Field {
    name: "speaker",
    key: "speakers",
    kind: Kind::Facet,
    help: "people whose words the paragraph reports",
    resolve: no_spellings,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &["person"],
    extract,
};

/// A paragraph, read.
struct Paragraph<'a> {
    text: &'a Text<'a>,
    names: Vec<Name>,
    quotations: Vec<Quotation>,
    chunks: Vec<Chunk>,
}

fn extract(reading: &Reading, findings: &mut Findings) {
    let mut people = People::default();
    let paragraphs = read(reading, findings, &mut people);
    if people.persons.is_empty() {
        return;
    }
    for known in person::roster(reading, findings) {
        let person = people.number(&Value::Owned(known.value));
        people.persons[person].gender = known.gender;
    }
    for paragraph in &paragraphs {
        learn_offices(paragraph, &mut people);
    }
    let mut run = Run {
        people,
        findings,
        sentence: 0,
        carried: None,
    };
    for (ordinal, paragraph) in paragraphs.iter().enumerate() {
        run.paragraph(ordinal, paragraph);
    }
}

fn read<'a>(reading: &'a Reading, findings: &Findings, people: &mut People) -> Vec<Paragraph<'a>> {
    let mut names: Vec<Vec<Name>> = vec![Vec::new(); reading.paragraphs.len()];
    for mention in &findings.mentions {
        if mention.field != &person::FIELD {
            continue;
        }
        let Some(text) = reading.paragraphs.get(mention.paragraph) else {
            continue;
        };
        let tokens = text.token_at(mention.span.start)..text.token_at(mention.span.end);
        if !tokens.is_empty() {
            let person = people.number(&mention.value);
            names[mention.paragraph].push(Name { tokens, person });
        }
    }
    let paragraphs = reading.paragraphs.iter().zip(names);
    paragraphs
        .map(|(text, mut names)| {
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
        })
        .collect()
}

/// Notes the offices that stand before a name or after it between commas, and what they tell of gender.
fn learn_offices(paragraph: &Paragraph, people: &mut People) {
    let text = paragraph.text;
    for (idx, chunk) in paragraph.chunks.iter().enumerate() {
        let What::Person(name_idx) = chunk.what else {
            continue;
        };
        let name = &paragraph.names[name_idx];
        let before = chunk.tokens.start..name.tokens.start;
        let after = match (
            paragraph.chunks.get(idx + 1).map(|c| c.what),
            paragraph.chunks.get(idx + 2),
        ) {
            (
                Some(What::Comma),
                Some(Chunk {
                    what: What::Noun(_),
                    tokens,
                }),
            ) => tokens.clone(),
            _ => 0..0,
        };
        let ahead = match (
            idx.checked_sub(1).map(|i| paragraph.chunks[i].what),
            idx.checked_sub(2).map(|i| &paragraph.chunks[i]),
        ) {
            (
                Some(What::Comma),
                Some(Chunk {
                    what: What::Noun(_),
                    tokens,
                }),
            ) if before.is_empty() => tokens.clone(),
            _ => 0..0,
        };
        let bracket = match (paragraph.chunks.get(idx + 1), paragraph.chunks.get(idx + 2)) {
            (
                Some(Chunk {
                    what: What::Open, ..
                }),
                Some(chunk),
            ) => chunk.tokens.start..chunk.tokens.start + 1,
            _ => 0..0,
        };
        let person = &mut people.persons[name.person];
        for token_idx in before.chain(after).chain(ahead).chain(bracket) {
            if let Some(party) = Party::of(text.word(token_idx)) {
                person.party.get_or_insert(party);
            }
            match text.word(token_idx) {
                "Mr" | "Sir" | "Lord" | "congressman" | "Congressman" | "businessman"
                | "spokesman" | "chairman" => {
                    person.gender.get_or_insert(Gender::Male);
                }
                "Mrs" | "Ms" | "Miss" | "Lady" | "Dame" | "congresswoman" | "Congresswoman"
                | "spokeswoman" | "chairwoman" => {
                    person.gender.get_or_insert(Gender::Female);
                }
                _ => {}
            }
            let fold = text.tokens[token_idx].fold;
            match lexicon::LEXICON.get(fold) {
                Some(word) if !word.roles.is_empty() => {
                    for role in &word.roles {
                        if !person.roles.contains(role) {
                            person.roles.push(*role);
                        }
                    }
                }
                Some(word) if word.class.is_some() => {}
                _ if !person.modifiers.contains(&fold) => person.modifiers.push(fold),
                _ => {}
            }
        }
    }
}

/// The article as it is read from the first paragraph to the last.
struct Run<'a> {
    people: People,
    findings: &'a mut Findings,
    sentence: usize,
    /// Whose words go on where a paragraph is a quotation and names no source.
    carried: Option<usize>,
}

/// Somebody who speaks in a paragraph: the phrase that tells and the person.
struct Speaker {
    person: usize,
    tokens: Range<usize>,
    rule: &'static str,
}

impl Run<'_> {
    fn paragraph(&mut self, ordinal: usize, paragraph: &Paragraph) {
        let clauses = Clauses {
            text: paragraph.text,
            chunks: &paragraph.chunks,
        };
        self.sentence += 1;
        let mut spoke = None;
        let mut any_source = false;
        let mut used = vec![false; paragraph.quotations.len()];
        for (idx, chunk) in paragraph.chunks.iter().enumerate() {
            let place = Place {
                paragraph: ordinal,
                sentence: self.sentence,
            };
            let source = match chunk.what {
                What::Stop => {
                    self.sentence += 1;
                    continue;
                }
                What::Person(name) => {
                    self.people.note(Recent {
                        person: Some(paragraph.names[name].person),
                        place,
                        weight: weight(&paragraph.chunks, idx),
                    });
                    continue;
                }
                What::Noun(noun) => {
                    for name in names_within(&paragraph.names, &chunk.tokens) {
                        self.people.note(Recent {
                            person: Some(name.person),
                            place,
                            weight: Weight::Other,
                        });
                    }
                    if chunks::unnamed(paragraph.text, noun)
                        && weight(&paragraph.chunks, idx) >= Weight::Embedded
                    {
                        self.people.note(Recent {
                            person: None,
                            place,
                            weight: weight(&paragraph.chunks, idx),
                        });
                    }
                    continue;
                }
                What::Pronoun(pronoun) => {
                    if weight(&paragraph.chunks, idx) >= Weight::Embedded
                        && let Some(person) = self.pronoun(pronoun, place, Reach::SameSentence)
                    {
                        self.people.note(Recent {
                            person: Some(person),
                            place,
                            weight: weight(&paragraph.chunks, idx),
                        });
                    }
                    continue;
                }
                What::Verb(verb) if verb.cue.is_some() => clauses.of_verb(idx, verb),
                What::Verb(verb) if frames_quotation(&paragraph.chunks, idx, verb) => {
                    clauses.of_verb(idx, verb)
                }
                What::According => clauses.of_according(idx),
                What::Colon if idx == 1 || idx == 2 && paragraph.chunks[1].what == What::Close => {
                    match paragraph.chunks[0].what {
                        What::Person(_) => Some(Source {
                            members: vec![0],
                            rule: "colon",
                        }),
                        _ => None,
                    }
                }
                What::Dash => signature(&paragraph.chunks, idx),
                _ => None,
            };
            let Some(source) = source else { continue };
            let takes = match chunk.what {
                What::Verb(verb) => verb.cue.unwrap_or(Takes::Quotation),
                _ => Takes::Anything,
            };
            let Some(contents) = content::content(
                &paragraph.chunks,
                &paragraph.quotations,
                idx,
                &source.members,
                takes,
            ) else {
                continue;
            };
            any_source = true;
            spoke = None;
            let reach = match contents.first() {
                Some(Content::Indirect(tokens)) if tokens.end <= chunk.tokens.start => {
                    Reach::SentencesBefore
                }
                Some(Content::Direct(quotation))
                    if paragraph.quotations[*quotation].tokens.end <= chunk.tokens.start =>
                {
                    Reach::Dialogue
                }
                _ => Reach::SameSentence,
            };
            for content in &contents {
                if let Content::Direct(quotation) = content {
                    used[*quotation] = true;
                }
            }
            for &member in &source.members {
                let Some(speaker) = self.resolve(paragraph, member, place, reach, source.rule)
                else {
                    if let What::Noun(noun) = paragraph.chunks[member].what
                        && is_human(paragraph.text, noun)
                    {
                        self.people.note(Recent {
                            person: None,
                            place,
                            weight: Weight::Speaker,
                        });
                    }
                    continue;
                };
                self.people.note(Recent {
                    person: Some(speaker.person),
                    place,
                    weight: Weight::Speaker,
                });
                spoke = Some(speaker.person);
                let cue = (!matches!(chunk.what, What::Colon | What::Dash))
                    .then(|| paragraph.text.span(chunk.tokens.clone()));
                self.mention(ordinal, paragraph, &speaker);
                self.quotes(ordinal, paragraph, &speaker, &contents, cue);
            }
        }
        self.rest(ordinal, paragraph, any_source, spoke, &used);
    }

    fn pronoun(&self, pronoun: Pronoun, place: Place, reach: Reach) -> Option<usize> {
        match pronoun {
            Pronoun::He => self.people.of_pronoun(Gender::Male, place, reach),
            Pronoun::She => self.people.of_pronoun(Gender::Female, place, reach),
            Pronoun::They | Pronoun::Other => None,
        }
    }

    fn resolve(
        &self,
        paragraph: &Paragraph,
        chunk_idx: usize,
        place: Place,
        reach: Reach,
        rule: &'static str,
    ) -> Option<Speaker> {
        let chunk = &paragraph.chunks[chunk_idx];
        match chunk.what {
            What::Person(name) => {
                let name = &paragraph.names[name];
                Some(Speaker {
                    person: name.person,
                    tokens: name.tokens.clone(),
                    rule,
                })
            }
            What::Pronoun(pronoun) => Some(Speaker {
                person: self.pronoun(pronoun, place, reach)?,
                tokens: chunk.tokens.clone(),
                rule: "pronoun",
            }),
            What::Noun(noun) => Some(Speaker {
                person: self.office(paragraph, chunk_idx, noun, place, reach)?,
                tokens: chunk.tokens.clone(),
                rule: "title",
            }),
            _ => None,
        }
    }

    fn office(
        &self,
        paragraph: &Paragraph,
        chunk_idx: usize,
        noun: Noun,
        place: Place,
        reach: Reach,
    ) -> Option<usize> {
        let text = paragraph.text;
        let chunk = &paragraph.chunks[chunk_idx];
        let roles = chunks::roles(text, noun);
        if noun.article != Article::Definite || roles.is_empty() {
            return None;
        }
        let words = || {
            chunk
                .tokens
                .clone()
                .filter(|&token_idx| token_idx != noun.head)
        };
        let of = paragraph
            .chunks
            .get(chunk_idx + 1)
            .is_some_and(|next| next.what == What::Preposition && text.is(next.tokens.start, "of"));
        let office = Office {
            roles: roles.to_vec(),
            gender: match text.word(noun.head) {
                "congresswoman" | "businesswoman" | "chairwoman" | "actress" | "queen"
                | "princess" => Some(Gender::Female),
                "congressman" | "businessman" | "king" | "prince" => Some(Gender::Male),
                _ => None,
            },
            party: chunk
                .tokens
                .clone()
                .find_map(|token_idx| Party::of(text.word(token_idx))),
            modifiers: words()
                .map(|token_idx| text.tokens[token_idx].fold)
                .collect(),
            complete: of,
        };
        self.people.of_office(&office, place, reach)
    }

    /// Notes a speaker, and the person at the same place when the paragraph does not name him otherwise.
    fn mention(&mut self, ordinal: usize, paragraph: &Paragraph, speaker: &Speaker) {
        let value = self.people.persons[speaker.person].value.clone();
        let span = paragraph.text.span(speaker.tokens.clone());
        let named = self
            .findings
            .of(&person::FIELD, ordinal)
            .any(|mention| mention.value == value);
        let mut fields = vec![&FIELD];
        if !named {
            fields.push(&person::FIELD);
        }
        for field in fields {
            let mention = Mention {
                field,
                value: value.clone(),
                paragraph: ordinal,
                span: span.clone(),
                rule: speaker.rule,
            };
            if !self.findings.mentions.contains(&mention) {
                self.findings.mentions.push(mention);
            }
        }
    }

    fn quotes(
        &mut self,
        ordinal: usize,
        paragraph: &Paragraph,
        speaker: &Speaker,
        contents: &[Content],
        cue: Option<Range<usize>>,
    ) {
        for content in contents {
            let (tokens, direct) = match content {
                Content::Direct(quotation) => {
                    (paragraph.quotations[*quotation].inner.clone(), true)
                }
                Content::Indirect(tokens) => (tokens.clone(), false),
            };
            if tokens.is_empty() {
                continue;
            }
            self.findings.quotes.push(Quote {
                speaker: self.people.persons[speaker.person].value.clone(),
                paragraph: ordinal,
                cue: cue.clone(),
                content: paragraph.text.span(tokens),
                direct,
                rule: speaker.rule,
            });
        }
    }

    /// Gives the quotations without a source of their own to the one who spoke before.
    fn rest(
        &mut self,
        ordinal: usize,
        paragraph: &Paragraph,
        any_source: bool,
        spoke: Option<usize>,
        used: &[bool],
    ) {
        let only_quotations = !paragraph.quotations.is_empty()
            && paragraph
                .chunks
                .iter()
                .all(|chunk| matches!(chunk.what, What::Quote(_) | What::Stop));
        if any_source {
            self.carried = spoke;
            let Some(person) = spoke else { return };
            for (idx, chunk) in paragraph.chunks.iter().enumerate() {
                if let What::Quote(quotation) = chunk.what
                    && !used[quotation]
                    && stands_alone(&paragraph.chunks, idx)
                {
                    let speaker = Speaker {
                        person,
                        tokens: chunk.tokens.clone(),
                        rule: "continued",
                    };
                    self.quotes(
                        ordinal,
                        paragraph,
                        &speaker,
                        &[Content::Direct(quotation)],
                        None,
                    );
                }
            }
            return;
        }
        let Some(person) = self.carried else { return };
        let marked = paragraph
            .quotations
            .first()
            .is_some_and(|quotation| quotation::is_double(paragraph.text, quotation));
        if !only_quotations || !marked {
            self.carried = None;
            return;
        }
        for quotation in 0..paragraph.quotations.len() {
            let speaker = Speaker {
                person,
                tokens: paragraph.quotations[quotation].inner.clone(),
                rule: "carried",
            };
            if speaker.tokens.is_empty() {
                continue;
            }
            if quotation == 0 {
                self.mention(ordinal, paragraph, &speaker);
            }
            self.quotes(
                ordinal,
                paragraph,
                &speaker,
                &[Content::Direct(quotation)],
                None,
            );
        }
    }
}

/// Whether a verb that is no cue has a quotation beside it: `He thundered: "…"`, `"…," he gloated.`
fn frames_quotation(chunks: &[Chunk], idx: usize, verb: Verb) -> bool {
    let what = |idx: usize| chunks.get(idx).map(|chunk| chunk.what);
    if !verb.finite() || verb.passive {
        return false;
    }
    let before =
        matches!(what(idx + 1), Some(What::Colon)) && matches!(what(idx + 2), Some(What::Quote(_)));
    let named = idx >= 2
        && matches!(
            what(idx - 1),
            Some(What::Person(_) | What::Pronoun(Pronoun::He | Pronoun::She))
        );
    let ends = matches!(
        what(idx + 1),
        None | Some(What::Stop | What::Time | What::Comma)
    );
    before || named && ends && matches!(what(idx - 2), Some(What::Quote(_)))
}

/// `"…" - John Smith` at the end of a paragraph.
fn signature(chunks: &[Chunk], dash_idx: usize) -> Option<Source> {
    let quoted = chunks[..dash_idx]
        .iter()
        .rev()
        .find(|chunk| chunk.what != What::Stop)
        .is_some_and(|chunk| matches!(chunk.what, What::Quote(_)));
    let named = matches!(
        chunks.get(dash_idx + 1).map(|chunk| chunk.what),
        Some(What::Person(_))
    );
    let after = chunks.get(dash_idx + 2).map(|chunk| chunk.what);
    let ends = matches!(after, None | Some(What::Comma | What::Open))
        && !chunks[dash_idx..]
            .iter()
            .any(|chunk| matches!(chunk.what, What::Verb(_) | What::Stop));
    (quoted && named && ends).then(|| Source {
        members: vec![dash_idx + 1],
        rule: "signature",
    })
}

/// The names that stand in a noun phrase: `Trump's plan`.
fn names_within<'a>(names: &'a [Name], tokens: &Range<usize>) -> impl Iterator<Item = &'a Name> {
    let first = names.partition_point(|name| name.tokens.start < tokens.start);
    let end = tokens.end;
    names[first..]
        .iter()
        .take_while(move |name| name.tokens.end <= end)
}

/// Whether a noun is one for a person.
fn is_human(text: &Text, noun: Noun) -> bool {
    chunks::unnamed(text, noun) || !chunks::roles(text, noun).is_empty()
}

/// Whether a quotation is a sentence by itself.
fn stands_alone(chunks: &[Chunk], idx: usize) -> bool {
    let edge = |chunk: Option<&Chunk>| {
        chunk.is_none_or(|chunk| matches!(chunk.what, What::Stop | What::Quote(_)))
    };
    edge(idx.checked_sub(1).and_then(|before| chunks.get(before))) && edge(chunks.get(idx + 1))
}

/// Whether a name, pronoun or noun is the subject of a verb.
fn weight(chunks: &[Chunk], idx: usize) -> Weight {
    let before = idx.checked_sub(1).map(|before| chunks[before].what);
    if matches!(before, Some(What::Preposition | What::According)) {
        return Weight::Other;
    }
    let next = chunks.get(idx + 1).map(|chunk| chunk.what);
    let subject = match next {
        Some(What::Verb(verb)) => verb.finite(),
        Some(What::Comma | What::Who | What::Open | What::And | What::Time | What::Dash) => {
            !matches!(before, Some(What::Verb(verb)) if verb.cue.is_none())
        }
        _ => false,
    };
    let verb_before = chunks[..idx]
        .iter()
        .rev()
        .take(CLAUSE)
        .take_while(|chunk| chunk.what != What::Stop)
        .any(|chunk| matches!(chunk.what, What::Verb(verb) if verb.finite()));
    match (subject, verb_before) {
        (false, _) => Weight::Other,
        (true, true) => Weight::Embedded,
        (true, false) => Weight::Subject,
    }
}

/// How many chunks before a subject are looked at for a verb.
const CLAUSE: usize = 24;
