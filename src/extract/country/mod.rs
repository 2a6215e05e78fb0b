//! Countries and blocs that the text names: by name, by adjective, by the capital that stands for the government, or in
//! the place line. A country's word in a fixed expression, a company, a person or a namesake names no country.

use super::{Extractor, Reading};
use crate::article::{Findings, Mention};
use crate::field::{Field, Kind};
use crate::text::tokens::{self, Text};

mod lists;

use lists::{Entry, Sense};

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
        for (candidate, is_last) in place_line(text, found, place_line_end) {
            if is_last {
                add(candidate, "dateline");
            }
        }
        for candidate in found.iter().filter(|found| found.start >= place_line_end) {
            match candidate.entry.sense {
                Sense::Name => add(candidate, "name"),
                Sense::Adjective => add(candidate, "adjective"),
                Sense::Office => add(candidate, "government office"),
                Sense::Fixed => add(candidate, "expression"),
                Sense::Prefix if text.is(candidate.end, "-") && text.glued(candidate.end) => {
                    add(candidate, "compound");
                }
                _ => {}
            }
        }
    }
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
