//! Countries and blocs that the text names: by name, by adjective, by the capital that stands for the government, or in
//! the place line. A country's word in a fixed expression, a company, a person or a namesake names no country.

use std::ops::Range;

use super::{Extractor, Reading};
use crate::article::{Findings, Mention};
use crate::field::{Field, Kind};
use crate::text::tokens::{self, Text};

mod context;
mod lists;
mod words;

use context::{Clues, Context, Style};
use lists::{Entry, Sense};
use words::{AMERICAN_SOUTH, CAUCASUS, Words};

pub static FIELD: Field = Field {
    name: "country",
    key: "countries",
    kind: Kind::Facet,
    help: "countries and blocs that the paragraph names",
    resolve: lists::resolve,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &[],
    extract,
};

/// An entry of the lists, found in a paragraph.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    /// Tokens: the first, and the one after the last.
    start: usize,
    end: usize,
    entry: &'static Entry,
}

fn extract(reading: &Reading, findings: &mut Findings) {
    let paragraphs: Vec<Vec<Candidate>> = reading.paragraphs.iter().map(candidates).collect();
    let clues = clues(reading, &paragraphs);
    for (paragraph, (text, found)) in reading.paragraphs.iter().zip(&paragraphs).enumerate() {
        let dateline = reading.article.dateline.as_ref().filter(|_| paragraph == 0);
        let text_start = dateline.map_or(0, |dateline| text.token_at(dateline.end));
        if let Some(dateline) = dateline {
            if dateline.end == 0 {
                // The place line stood apart: its country is that of the first paragraph, but no words there say so.
                let line = Text::new(&dateline.place);
                for place in places(&line, &candidates(&line)) {
                    push(findings, place.entry, paragraph, 0..0, "dateline");
                }
            }
            let in_line = &found[..found.partition_point(|place| place.end <= text_start)];
            for place in places(text, in_line) {
                let span = text.span(place.start..place.end);
                push(findings, place.entry, paragraph, span, "dateline");
            }
        }
        each_context(text, found, |context| {
            let Candidate { start, end, entry } = found[context.at];
            if start >= text_start
                && let Some(rule) = context.rule(&clues)
            {
                push(findings, entry, paragraph, text.span(start..end), rule);
            }
        });
    }
}

/// Adds a mention for each value of an entry.
fn push(
    findings: &mut Findings,
    entry: &Entry,
    paragraph: usize,
    span: Range<usize>,
    rule: &'static str,
) {
    for value in &entry.values {
        findings.mentions.push(Mention {
            field: &FIELD,
            value: (*value).into(),
            paragraph,
            span: span.clone(),
            rule,
        });
    }
}

/// Calls `see` with each candidate of a paragraph in its context.
fn each_context<'a>(text: &'a Text, found: &'a [Candidate], mut see: impl FnMut(&Context<'a>)) {
    let mut n_sentences = 0;
    let mut sentence = 0..0;
    let mut style = Style::Mixed;
    for (at, candidate) in found.iter().enumerate() {
        while candidate.start >= sentence.end {
            sentence = text.sentences[n_sentences].clone();
            n_sentences += 1;
            style = Style::Mixed;
            if candidate.start < sentence.end {
                style = context::style(text, &sentence);
            }
        }
        see(&Context {
            text,
            found,
            at,
            sentence: sentence.clone(),
            style,
        });
    }
}

/// What the article as a whole tells about its ambiguous words.
fn clues(reading: &Reading, paragraphs: &[Vec<Candidate>]) -> Clues {
    let mut clues = Clues::default();
    let mut has_georgia = false;
    for (text, found) in reading.paragraphs.iter().zip(paragraphs) {
        each_context(text, found, |context| {
            let candidate = &found[context.at];
            has_georgia |= candidate.entry.values.first() == Some(&"Georgia");
            if context.is_surname() {
                clues.surnames.insert(text.tokens[candidate.start].fold);
            }
        });
    }
    if has_georgia {
        let n_cues = |words: &Words| -> usize {
            reading
                .paragraphs
                .iter()
                .map(|text| words.count(text))
                .sum()
        };
        clues.is_georgia_a_country = n_cues(&CAUCASUS) > n_cues(&AMERICAN_SOUTH);
    }
    clues
}

/// All entries in a text, the longest at each place, none within another.
fn candidates(text: &Text) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        let is_word = text.tokens[at].kind == tokens::Kind::Word;
        match is_word.then(|| lists::longest(text, at)).flatten() {
            Some((end, entry)) => {
                found.push(Candidate {
                    start: at,
                    end,
                    entry,
                });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The places among what was found in a place line; of `LONDON, Ontario` the closer account.
fn places(text: &Text, line: &[Candidate]) -> Vec<Candidate> {
    let is_explained = |place_idx: usize| {
        let place = &line[place_idx];
        line.get(place_idx + 1)
            .is_some_and(|next| text.is(place.end, ",") && next.start == place.end + 1)
    };
    let mut places = Vec::new();
    for (place_idx, place) in line.iter().enumerate() {
        let is_place = !matches!(
            place.entry.sense,
            Sense::Adjective | Sense::Prefix | Sense::Fixed
        );
        if is_place && !is_explained(place_idx) {
            // Brussels acts for the European Union and lies in Belgium.
            let entry = lists::city(text, place.start..place.end).unwrap_or(place.entry);
            places.push(Candidate { entry, ..*place });
        }
    }
    places
}
