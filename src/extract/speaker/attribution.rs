//! Paragraphs to quotes and speaker mentions, read in order: who speaks at each cue, and whose words go on without one.

use std::ops::Range;

use super::FIELD;
use super::chunks::{self, Article, Chunk, Name, Noun, Pronoun, Verb, What};
use super::content::{Content, content};
use super::lexicon::Takes;
use super::paragraph::{Paragraph, gender_of_title};
use super::people::{Office, Party, People, Place, Reach, Recent, Weight};
use super::quotation;
use super::source::{Clauses, Source};
use crate::article::{Findings, Mention, Quote};
use crate::extract::person::{self, Gender};
use crate::text::tokens::Text;

/// Adds the speakers of all paragraphs to the findings.
pub(super) fn attribute(paragraphs: &[Paragraph], people: People, findings: &mut Findings) {
    let mut article = Listener {
        people,
        findings,
        n_sentences: 0,
        carried: None,
    };
    for (ordinal, paragraph) in paragraphs.iter().enumerate() {
        article.paragraph(ordinal, paragraph);
    }
}

/// The article up to the paragraph that is being read.
struct Listener<'a> {
    people: People,
    findings: &'a mut Findings,
    n_sentences: usize,
    /// Whose words go on where a paragraph is a quotation and names no source.
    carried: Option<usize>,
}

/// Somebody who speaks in a paragraph: the phrase that tells and the person.
struct Speaker {
    person: usize,
    tokens: Range<usize>,
    rule: &'static str,
}

/// What a paragraph has told so far.
#[derive(Default)]
struct Heard {
    /// Whether anybody spoke, known or not.
    any: bool,
    /// Who spoke last.
    last: Option<usize>,
    /// By quotation: whether it has a source.
    used: Vec<bool>,
    /// Mentions of the paragraph, each once.
    speakers: Vec<(usize, Range<usize>)>,
    /// People whom the paragraph names, sorted; gathered when somebody speaks.
    named: Option<Vec<usize>>,
}

impl Listener<'_> {
    fn paragraph(&mut self, ordinal: usize, paragraph: &Paragraph) {
        self.n_sentences += 1;
        let mut heard = Heard {
            used: vec![false; paragraph.quotations.len()],
            ..Heard::default()
        };
        for (idx, chunk) in paragraph.chunks.iter().enumerate() {
            let place = Place {
                paragraph: ordinal,
                sentence: self.n_sentences,
            };
            match chunk.what {
                What::Stop => self.n_sentences += 1,
                What::Person(_) | What::Noun(_) | What::Pronoun(_) => {
                    self.notice(paragraph, idx, place)
                }
                _ => {
                    if let Some(source) = source(paragraph, idx) {
                        self.hear(paragraph, idx, &source, place, &mut heard);
                    }
                }
            }
        }
        self.carry(ordinal, paragraph, &mut heard);
    }

    /// Remembers whom a phrase speaks of.
    fn notice(&mut self, paragraph: &Paragraph, idx: usize, place: Place) {
        let chunk = &paragraph.chunks[idx];
        let weight = weight(&paragraph.chunks, idx);
        let mut note = |person, weight| {
            self.people.note(Recent {
                person,
                place,
                weight,
            })
        };
        match chunk.what {
            What::Person(name) => note(Some(paragraph.names[name].person), weight),
            What::Noun(noun) => {
                for name in names_within(&paragraph.names, &chunk.tokens) {
                    note(Some(name.person), Weight::Other);
                }
                if weight >= Weight::Embedded && chunks::unnamed(paragraph.text, noun) {
                    note(None, weight);
                }
            }
            What::Pronoun(pronoun) if weight >= Weight::Embedded => {
                if let Some(person) = self.pronoun(pronoun, place, Reach::SameSentence) {
                    self.people.note(Recent {
                        person: Some(person),
                        place,
                        weight,
                    });
                }
            }
            _ => {}
        }
    }

    /// Notes what a source says at a cue.
    fn hear(
        &mut self,
        paragraph: &Paragraph,
        cue_idx: usize,
        source: &Source,
        place: Place,
        heard: &mut Heard,
    ) {
        let cue = &paragraph.chunks[cue_idx];
        let takes = match cue.what {
            What::Verb(verb) => verb.cue.unwrap_or(Takes::Quotation),
            _ => Takes::Anything,
        };
        let Some(contents) = content(
            &paragraph.chunks,
            &paragraph.quotations,
            cue_idx,
            &source.members,
            takes,
        ) else {
            return;
        };
        heard.any = true;
        heard.last = None;
        for content in &contents {
            if let Content::Direct(quotation) = content {
                heard.used[*quotation] = true;
            }
        }
        let reach = reach(paragraph, cue, &contents);
        for &member in &source.members {
            let speaker = self.resolve(paragraph, member, place, reach, source.rule);
            // Who is no person at all, as a ministry, does not stand in the way of a later `he`.
            if speaker.is_some() || is_human(paragraph, member) {
                self.people.note(Recent {
                    person: speaker.as_ref().map(|speaker| speaker.person),
                    place,
                    weight: Weight::Speaker,
                });
            }
            let Some(speaker) = speaker else { continue };
            heard.last = Some(speaker.person);
            let marks = matches!(cue.what, What::Colon | What::Dash);
            let cue = (!marks).then(|| paragraph.text.span(cue.tokens.clone()));
            self.mention(place.paragraph, paragraph, &speaker, heard);
            self.quotes(place.paragraph, paragraph, &speaker, &contents, cue);
        }
    }

    fn pronoun(&self, pronoun: Pronoun, place: Place, reach: Reach) -> Option<usize> {
        match pronoun {
            Pronoun::He => self.people.of_pronoun(Gender::Male, place, reach),
            Pronoun::She => self.people.of_pronoun(Gender::Female, place, reach),
            Pronoun::They | Pronoun::Other => None,
        }
    }

    /// The person whom a phrase means.
    fn resolve(
        &self,
        paragraph: &Paragraph,
        idx: usize,
        place: Place,
        reach: Reach,
        rule: &'static str,
    ) -> Option<Speaker> {
        let chunk = &paragraph.chunks[idx];
        let (person, tokens, rule) = match chunk.what {
            What::Person(name) => {
                let name = &paragraph.names[name];
                (name.person, name.tokens.clone(), rule)
            }
            What::Pronoun(pronoun) => (
                self.pronoun(pronoun, place, reach)?,
                chunk.tokens.clone(),
                "pronoun",
            ),
            What::Noun(noun) => {
                let office = office(paragraph, idx, noun)?;
                (
                    self.people.of_office(&office, place, reach)?,
                    chunk.tokens.clone(),
                    "title",
                )
            }
            _ => return None,
        };
        Some(Speaker {
            person,
            tokens,
            rule,
        })
    }

    /// Notes a speaker, and the person at the same place when the paragraph does not name him otherwise.
    fn mention(
        &mut self,
        ordinal: usize,
        paragraph: &Paragraph,
        speaker: &Speaker,
        heard: &mut Heard,
    ) {
        if heard
            .speakers
            .contains(&(speaker.person, speaker.tokens.clone()))
        {
            return;
        }
        let mut push = |field, rule| {
            self.findings.mentions.push(Mention {
                field,
                value: self.people.value(speaker.person).clone(),
                paragraph: ordinal,
                span: paragraph.text.span(speaker.tokens.clone()),
                rule,
            });
        };
        push(&FIELD, speaker.rule);
        let named = heard.named.get_or_insert_with(|| {
            let mut named: Vec<usize> = paragraph.names.iter().map(|name| name.person).collect();
            named.sort_unstable();
            named
        });
        if let Err(at) = named.binary_search(&speaker.person) {
            push(&person::FIELD, "speaker");
            named.insert(at, speaker.person);
        }
        // Only the last few can be met again: by a second verb of the same subject.
        if heard.speakers.len() >= 8 {
            heard.speakers.remove(0);
        }
        heard
            .speakers
            .push((speaker.person, speaker.tokens.clone()));
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
                Content::Indirect(tokens) => (without_marks(paragraph.text, tokens), false),
            };
            if tokens.is_empty() {
                continue;
            }
            self.findings.quotes.push(Quote {
                speaker: self.people.value(speaker.person).clone(),
                paragraph: ordinal,
                cue: cue.clone(),
                content: paragraph.text.span(tokens),
                direct,
                rule: speaker.rule,
            });
        }
    }

    /// Gives the quotations without a source of their own to the one who spoke before them.
    fn carry(&mut self, ordinal: usize, paragraph: &Paragraph, heard: &mut Heard) {
        if heard.any {
            self.carried = heard.last;
        } else if !is_quotation(paragraph) {
            self.carried = None;
        }
        let Some(person) = self.carried else { return };
        for (idx, chunk) in paragraph.chunks.iter().enumerate() {
            let What::Quote(quotation) = chunk.what else {
                continue;
            };
            let tokens = paragraph.quotations[quotation].inner.clone();
            if tokens.is_empty() || heard.used[quotation] || !stands_alone(&paragraph.chunks, idx) {
                continue;
            }
            let speaker = Speaker {
                person,
                tokens,
                rule: if heard.any { "continued" } else { "carried" },
            };
            if !heard.any && heard.speakers.is_empty() {
                self.mention(ordinal, paragraph, &speaker, heard);
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

/// The source that a chunk asks for, if it is a cue.
fn source(paragraph: &Paragraph, idx: usize) -> Option<Source> {
    let chunks = &paragraph.chunks;
    let clauses = Clauses {
        text: paragraph.text,
        chunks,
    };
    match chunks[idx].what {
        What::Verb(verb) if verb.cue.is_some() || frames_quotation(chunks, idx, verb) => {
            clauses.of_verb(idx, verb)
        }
        What::According => clauses.of_according(idx),
        What::Colon => heading(chunks, idx),
        What::Dash => signature(chunks, idx),
        _ => None,
    }
}

/// Whether a verb that is no cue has a quotation beside it: `He thundered: "…"`, `"…," he gloated.`
fn frames_quotation(chunks: &[Chunk], idx: usize, verb: Verb) -> bool {
    let what = |idx: usize| chunks.get(idx).map(|chunk| chunk.what);
    if !verb.finite() || verb.passive || idx == 0 {
        return false;
    }
    let before =
        matches!(what(idx + 1), Some(What::Colon)) && matches!(what(idx + 2), Some(What::Quote(_)));
    let named = matches!(
        what(idx - 1),
        Some(What::Person(_) | What::Pronoun(Pronoun::He | Pronoun::She))
    );
    let quoted = idx >= 2 && matches!(what(idx - 2), Some(What::Quote(_)));
    let ends = matches!(
        what(idx + 1),
        None | Some(What::Stop | What::Time | What::Comma)
    );
    before || named && quoted && ends
}

/// `John Smith: We act` and `John Smith (Acme): "…"` at the head of a paragraph.
fn heading(chunks: &[Chunk], colon_idx: usize) -> Option<Source> {
    let first = matches!(chunks[0].what, What::Person(_));
    let alone = colon_idx == 1
        || (3..=5).contains(&colon_idx)
            && chunks[1].what == What::Open
            && chunks[colon_idx - 1].what == What::Close;
    (first && alone).then(|| Source {
        members: vec![0],
        rule: "colon",
    })
}

/// `"…" - John Smith` at the end of a paragraph.
fn signature(chunks: &[Chunk], dash_idx: usize) -> Option<Source> {
    let rest = &chunks[dash_idx + 1..];
    let quoted = chunks[..dash_idx]
        .iter()
        .rev()
        .take(4)
        .find(|chunk| chunk.what != What::Stop)
        .is_some_and(|chunk| matches!(chunk.what, What::Quote(_)));
    let named = matches!(rest.first()?.what, What::Person(_));
    let described = matches!(
        rest.get(1).map(|chunk| chunk.what),
        None | Some(What::Comma | What::Open)
    );
    let ends = rest.len() < 24
        && !rest
            .iter()
            .any(|chunk| matches!(chunk.what, What::Verb(_) | What::Stop));
    (quoted && named && described && ends).then(|| Source {
        members: vec![dash_idx + 1],
        rule: "signature",
    })
}

/// Where the one whom a pronoun means can stand, by where the reported words do.
fn reach(paragraph: &Paragraph, cue: &Chunk, contents: &[Content]) -> Reach {
    match contents.first() {
        Some(Content::Indirect(tokens)) if tokens.end <= cue.tokens.start => Reach::SentencesBefore,
        Some(Content::Direct(quotation))
            if paragraph.quotations[*quotation].tokens.end <= cue.tokens.start =>
        {
            Reach::Dialogue
        }
        _ => Reach::SameSentence,
    }
}

/// What `the Ohio senator` asks for; nothing where no office is named, or no certain person.
fn office(paragraph: &Paragraph, idx: usize, noun: Noun) -> Option<Office> {
    let text = paragraph.text;
    let roles = chunks::roles(text, noun);
    if noun.article != Article::Definite || roles.is_empty() {
        return None;
    }
    let tokens = || paragraph.chunks[idx].tokens.clone();
    let next = paragraph.chunks.get(idx + 1);
    Some(Office {
        roles,
        modifiers: tokens()
            .filter(|&token_idx| token_idx != noun.head as usize)
            .map(|token_idx| text.tokens[token_idx].fold)
            .collect(),
        gender: gender_of_title(text.word(noun.head as usize)),
        party: tokens().find_map(|token_idx| Party::of(text.word(token_idx))),
        told: !chunks::familiar(text, noun)
            || next.is_some_and(|next| {
                next.what == What::Preposition && text.is(next.tokens.start, "of")
            }),
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

/// Whether a chunk is a noun for a person.
fn is_human(paragraph: &Paragraph, idx: usize) -> bool {
    let text: &Text = paragraph.text;
    match paragraph.chunks[idx].what {
        What::Noun(noun) => chunks::unnamed(text, noun) || !chunks::roles(text, noun).is_empty(),
        _ => false,
    }
}

/// Whether a paragraph is nothing but a quotation; single marks are often those of a heading.
fn is_quotation(paragraph: &Paragraph) -> bool {
    let double = |quotation| quotation::is_double(paragraph.text, quotation);
    paragraph.quotations.first().is_some_and(double)
        && paragraph
            .chunks
            .iter()
            .all(|chunk| matches!(chunk.what, What::Quote(_) | What::Stop))
}

/// Whether a quotation is a sentence by itself.
fn stands_alone(chunks: &[Chunk], idx: usize) -> bool {
    let edge = |chunk: Option<&Chunk>| {
        chunk.is_none_or(|chunk| matches!(chunk.what, What::Stop | What::Quote(_)))
    };
    edge(idx.checked_sub(1).and_then(|before| chunks.get(before))) && edge(chunks.get(idx + 1))
}

/// How many chunks before a subject are looked at for a verb.
const CLAUSE: usize = 24;

/// How prominent a name, pronoun or noun is in its sentence.
fn weight(chunks: &[Chunk], idx: usize) -> Weight {
    let before = idx.checked_sub(1).map(|before| chunks[before].what);
    // `As for Abe, he said`
    if idx >= 2 && before == Some(What::Preposition) && chunks[idx - 2].what == What::Subordinator {
        return Weight::Subject;
    }
    if matches!(before, Some(What::Preposition | What::According)) {
        return Weight::Other;
    }
    let subject = match chunks.get(idx + 1).map(|chunk| chunk.what) {
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

/// Without the commas, colons and dashes that only join the words to their source.
fn without_marks(text: &Text, tokens: &Range<usize>) -> Range<usize> {
    let joins = |token_idx: usize| {
        matches!(
            text.word(token_idx),
            "," | ":" | ";" | "-" | "–" | "—" | ")" | "]"
        )
    };
    let mut tokens = tokens.clone();
    while tokens.start < tokens.end && joins(tokens.start) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end
        && matches!(text.word(tokens.end - 1), "," | ":" | ";" | "-" | "–" | "—")
    {
        tokens.end -= 1;
    }
    tokens
}
