//! Countries that give way to persons who bear their names: Chad Ellerby, Colin Ireland.

use super::FIELD;
use super::context::owns_nation;
use crate::article::{Findings, Mention};
use crate::extract::{Extractor, Reading, each, person};
use crate::text::tokens::{Case, Kind, Text, Token};
use crate::text::words::one_of;

/// Takes away the countries whose words stand in the name of a person, or for a person whom the article names in full.
pub(in crate::extract) static EXTRACTOR: Extractor = Extractor {
    fields: &[],
    needs: &["country", "person"],
    extract: |readings, findings| each(readings, findings, give_way),
    lines: |_, _| Vec::new(),
};

fn give_way(reading: &Reading, findings: &mut Findings) {
    let is_country = |mention: &Mention| mention.field == &FIELD;
    if !findings.mentions.iter().any(is_country) {
        return;
    }
    let mut persons: Vec<(usize, usize, usize)> = Vec::new();
    let (mut given_names, mut surnames) = (Vec::new(), Vec::new());
    for mention in &findings.mentions {
        if mention.field != &person::FIELD {
            continue;
        }
        persons.push((mention.paragraph, mention.span.start, mention.span.end));
        let Some(text) = reading.paragraphs.get(mention.paragraph) else {
            continue;
        };
        let first = text.token_at(mention.span.start);
        let name = tokens_until(text, first, mention.span.end);
        if let [given_name, .., surname] = name {
            given_names.push(given_name.fold);
            surnames.push(surname.fold);
        }
    }
    if persons.is_empty() {
        return;
    }
    persons.sort_unstable();
    given_names.sort_unstable();
    surnames.sort_unstable();
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
        if mention.rule != "name" || surnames.is_empty() {
            return false;
        }
        let Some(text) = reading.paragraphs.get(mention.paragraph) else {
            return false;
        };
        let at = text.token_at(mention.span.start);
        let [token] = tokens_until(text, at, mention.span.end) else {
            return false;
        };
        let is_surname = surnames.binary_search(&token.fold).is_ok();
        let is_given_name = given_names.binary_search(&token.fold).is_ok();
        (is_surname || is_given_name)
            && opens_clause(text, at)
            && !owns_nation(text, at + 1)
            && (is_surname && !is_listed(text, at) || is_given_name && is_told(text, at + 1))
    };
    findings.mentions.retain(|mention| {
        !is_country(mention) || !(is_within(mention) || stands_for_person(mention))
    });
}

/// The tokens from a place on that start before a byte.
fn tokens_until<'a>(text: &'a Text, first: usize, end: usize) -> &'a [Token] {
    let tokens = &text.tokens[first..];
    let n_tokens = tokens
        .iter()
        .take_while(|token| (token.start as usize) < end)
        .count();
    &tokens[..n_tokens]
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
