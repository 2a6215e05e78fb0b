//! Countries that give way to persons who bear their names: Chad Ellerby, Colin Ireland.

use rustc_hash::FxHashSet;

use super::FIELD;
use super::context::owns_nation;
use crate::article::{Findings, Mention};
use crate::extract::{Extractor, Reading, person};
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::one_of;

/// Takes away the countries whose words stand in the name of a person, or for a person whom the article names in full.
pub(in crate::extract) static EXTRACTOR: Extractor = Extractor {
    fields: &[],
    needs: &["country", "person"],
    extract: give_way,
    lines: |_, _| Vec::new(),
};

fn give_way(reading: &Reading, findings: &mut Findings) {
    let is_person = |mention: &&Mention| mention.field == &person::FIELD;
    let is_country = |mention: &Mention| mention.field == &FIELD;
    if !findings.mentions.iter().any(is_country) {
        return;
    }
    let mut persons: Vec<(usize, usize, usize)> = Vec::new();
    let (mut given_names, mut surnames) = (FxHashSet::default(), FxHashSet::default());
    for mention in findings.mentions.iter().filter(is_person) {
        persons.push((mention.paragraph, mention.span.start, mention.span.end));
        let Some(text) = reading.paragraphs.get(mention.paragraph) else {
            continue;
        };
        let (first, end) = (
            text.token_at(mention.span.start),
            text.token_at(mention.span.end),
        );
        if end > first + 1 {
            given_names.insert(text.tokens[first].fold);
            surnames.insert(text.tokens[end - 1].fold);
        }
    }
    persons.sort_unstable();
    let is_within = |mention: &Mention| {
        let after = persons.partition_point(|(paragraph, start, _)| {
            (*paragraph, *start) <= (mention.paragraph, mention.span.start)
        });
        let before = after.checked_sub(1).map(|at| persons[at]);
        before.is_some_and(|(paragraph, start, end)| {
            paragraph == mention.paragraph
                && mention.span.end <= end
                && mention.span.len() < end - start
        })
    };
    let stands_for_person = |mention: &Mention| {
        let Some(text) = reading.paragraphs.get(mention.paragraph) else {
            return false;
        };
        let at = text.token_at(mention.span.start);
        let is_one = text.token_at(mention.span.end) == at + 1;
        if !is_one || mention.rule != "name" {
            return false;
        }
        let fold = text.tokens[at].fold;
        opens_clause(text, at)
            && !owns_nation(text, at + 1)
            && (surnames.contains(&fold) && !is_listed(text, at)
                || given_names.contains(&fold) && is_told(text, at + 1))
    };
    findings.mentions.retain(|mention| {
        !is_country(mention) || !(is_within(mention) || stands_for_person(mention))
    });
}

/// Whether a subject may stand at a token, and no object.
fn opens_clause(text: &Text, at: usize) -> bool {
    let sentence = text.sentences.get(text.sentence_of(at));
    let Some(before) = at.checked_sub(1) else {
        return true;
    };
    sentence.is_some_and(|sentence| sentence.start == at)
        || text.tokens[before].kind == Kind::Quote
        || one_of!(
            text.small(before),
            "although" | "as" | "because" | "but" | "if" | "that" | "though" | "when" | "while"
        )
}

/// Whether a word is one of a list, as countries are named: `Jordan, Egypt and Syria`.
fn is_listed(text: &Text, at: usize) -> bool {
    let joins = |token_idx: usize| one_of!(text.small(token_idx), "," | "and" | "or");
    let is_name = |token_idx: usize| {
        text.tokens
            .get(token_idx)
            .is_some_and(|token| token.kind == Kind::Word && token.case != Case::Lower)
    };
    joins(at + 1) && is_name(at + 2) || at > 1 && joins(at - 1) && is_name(at - 2)
}

/// Whether the words at a token say who a person is: `, a student`, `, who`, `, 34,`.
fn is_told(text: &Text, at: usize) -> bool {
    let next = at + 1;
    text.is(at, ",")
        && (one_of!(text.small(next), "a" | "an" | "who" | "whose")
            || text
                .tokens
                .get(next)
                .is_some_and(|token| token.kind == Kind::Number))
}
