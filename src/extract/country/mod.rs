//! Countries and blocs that the text names: by name, by adjective, by the capital that stands for the government, or in
//! the place line. A country's word in a fixed expression, a company, a person or a namesake names no country.

use super::{Extractor, Reading};
use crate::article::{Findings, Mention};
use crate::field::{Field, Kind};
use crate::text::tokens::{self, Text};

mod context;
mod lists;
mod words;

use context::{Clues, Context, Style};
use lists::Entry;
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
        let place_line_end = match (&reading.article.dateline, paragraph) {
            (Some(dateline), 0) => text.token_at(dateline.end),
            _ => 0,
        };
        let mut add = |candidate: &Candidate, rule: &'static str| {
            for value in &candidate.entry.values {
                findings.mentions.push(Mention {
                    field: &FIELD,
                    value: (*value).into(),
                    paragraph,
                    span: text.span(candidate.start..candidate.end),
                    rule,
                });
            }
        };
        for (place, is_last) in place_line(text, found, place_line_end) {
            if is_last {
                add(place, "dateline");
            }
        }
        each_context(text, found, |context| {
            let candidate = &found[context.at];
            if candidate.start >= place_line_end
                && let Some(rule) = context.rule(&clues)
            {
                add(candidate, rule);
            }
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

/// The places of the place line, each with whether no closer account of it follows (`LONDON, Ontario`).
fn place_line<'a>(
    text: &'a Text,
    found: &'a [Candidate],
    end: usize,
) -> impl Iterator<Item = (&'a Candidate, bool)> {
    let places = &found[..found.partition_point(|candidate| candidate.end <= end)];
    places.iter().enumerate().map(move |(place_idx, place)| {
        let is_explained = places
            .get(place_idx + 1)
            .is_some_and(|next| text.is(place.end, ",") && next.start == place.end + 1);
        (place, !is_explained)
    })
}
