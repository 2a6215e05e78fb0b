//! Instruments that are named by countries: agreements by their parties (`China-New Zealand FTA`), disputes of the WTO by
//! the country complained of (`EC – Bananas III`). Needs the countries that were found in the text.

use std::ops::Range;
use std::sync::LazyLock;

use super::citation::Citation;
use crate::article::Value;
use crate::text::fold::fold;
use crate::text::gazetteer::{Gazetteer, Spelling, variants};
use crate::text::table::{self, Table};
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::one_of;

/// A country or bloc that the text names.
#[derive(Debug, Clone)]
pub(super) struct Party {
    pub(super) paragraph: usize,
    pub(super) tokens: Range<usize>,
    pub(super) value: Value,
}

pub(super) const KINDS: Table =
    Table::new("instrument/agreement.tsv", include_str!("agreement.tsv"));

/// Kinds of agreements by their names.
static KIND_NAMES: LazyLock<Gazetteer<&'static str>> = LazyLock::new(|| {
    let names: Vec<(String, &'static str)> = KINDS
        .cells()
        .flat_map(|[kind, names]| {
            let names = table::names(names).flat_map(variants);
            names.map(move |name| (name, kind))
        })
        .collect();
    Gazetteer::new(
        names
            .iter()
            .map(|(name, kind)| (name.as_str(), Spelling::of(name), *kind)),
    )
});

/// The most parties that an agreement is named by.
const MOST_PARTIES: usize = 5;

/// Words that may stand between the parties and the kind: `the U.S.-Kenya interim trade deal`.
const QUALIFIERS: &[&str] = &[
    "2018",
    "bilateral",
    "comprehensive",
    "draft",
    "existing",
    "interim",
    "landmark",
    "modernised",
    "modernized",
    "new",
    "planned",
    "proposed",
    "recent",
    "reciprocal",
    "renegotiated",
    "revised",
    "updated",
];

/// Words before the title of a dispute. Elsewhere a country and a dash are a headline's.
const BEFORE_TITLE: &[&str] = &[
    "and", "as", "by", "case", "dispute", "disputes", "from", "in", "like", "of", "on", "ruling",
    "see", "the", "under", "with",
];

/// Whether a word is one of which texts about disputes have one, by its fold.
fn tells_dispute(fold: u64) -> bool {
    one_of!(
        fold,
        "appellate" | "complaint" | "dispute" | "disputes" | "dsb" | "panel" | "panels" | "wto"
    )
}

/// The longest title of a dispute, in tokens.
const TITLE_TOKENS: usize = 12;

/// What is named by the countries of a text, in order of place.
pub(super) fn named(text: &Text, parties: &[Party]) -> Vec<Citation> {
    let mut out: Vec<Citation> = Vec::new();
    let mut party_idx = 0;
    while let Some(party) = parties.get(party_idx) {
        let n_chained = chained(text, &parties[party_idx..]);
        let citation = if n_chained > 1 {
            agreement(text, &parties[party_idx..party_idx + n_chained])
                .or_else(|| agreement_between(text, parties, party_idx))
        } else {
            agreement_between(text, parties, party_idx)
                .or_else(|| dispute(text, party, parties.get(party_idx + 1)))
        };
        let end = citation
            .as_ref()
            .map_or(party.tokens.end, |citation| citation.tokens.end);
        let is_free = out.last().is_none_or(|before| {
            citation
                .as_ref()
                .is_some_and(|citation| before.tokens.end <= citation.tokens.start)
        });
        out.extend(citation.filter(|_| is_free));
        party_idx += n_chained;
        while parties
            .get(party_idx)
            .is_some_and(|party| party.tokens.start < end)
        {
            party_idx += 1;
        }
    }
    out
}

/// How many of the parties from the first on stand together: `China-Japan-South Korea`.
fn chained(text: &Text, parties: &[Party]) -> usize {
    let n_joined = parties
        .windows(2)
        .take(MOST_PARTIES - 1)
        .take_while(|pair| {
            let mark = pair[0].tokens.end;
            (is_dash(text, mark) || text.is(mark, "/")) && pair[1].tokens.start == mark + 1
        })
        .count();
    n_joined + 1
}

fn is_dash(text: &Text, token_idx: usize) -> bool {
    // As which all dashes are folded.
    one_of!(text.fold(token_idx), "-")
}

/// The kind of agreement that is named at a token, if there is one, and the token after its name.
fn kind_at(text: &Text, token_idx: usize) -> Option<(usize, &'static str)> {
    text.tokens.get(token_idx)?;
    let (end, kind) = KIND_NAMES.longest(text, token_idx)?;
    Some((end, kind))
}

/// `China-New Zealand FTA`
fn agreement(text: &Text, parties: &[Party]) -> Option<Citation> {
    let (first, last) = (parties.first()?, parties.last()?);
    let mut at = last.tokens.end;
    for _ in 0..2 {
        if QUALIFIERS.contains(&fold(text.word(at)).as_str()) && kind_at(text, at).is_none() {
            at += 1;
        }
    }
    let (end, kind) = kind_at(text, at)?;
    Some(Citation {
        value: normal_form(parties.iter(), kind)?,
        tokens: first.tokens.start..end,
        rule: "agreement-of-parties",
    })
}

/// `free trade agreement between Chile and Canada`; the first party is the one of that number.
fn agreement_between(text: &Text, parties: &[Party], party_idx: usize) -> Option<Citation> {
    let first = parties.get(party_idx)?;
    let before = |token_idx: usize| {
        let token_idx = token_idx.checked_sub(1)?;
        match one_of!(text.small(token_idx), "the") && text.is(token_idx, "the") {
            true => token_idx.checked_sub(1),
            false => Some(token_idx),
        }
    };
    let between = before(first.tokens.start)
        .filter(|&at| one_of!(text.small(at), "between") && text.is(at, "between"))?;
    let second = parties.get(party_idx + 1)?;
    let joint = before(second.tokens.start).filter(|&at| text.is(at, "and"))?;
    if joint != first.tokens.end {
        return None;
    }
    // The kind ends where "between" stands; the longest one that does.
    let start = (between.saturating_sub(6)..between).find(|&start| {
        KIND_NAMES
            .matches(text, start)
            .any(|(end, _)| end == between)
    })?;
    let (_, kind) = KIND_NAMES
        .matches(text, start)
        .find(|(end, _)| *end == between)?;
    Some(Citation {
        value: normal_form([first, second].into_iter(), kind)?,
        tokens: start..second.tokens.end,
        rule: "agreement-of-parties",
    })
}

/// The parties in alphabetical order and the kind, or the value under which the list has that agreement.
fn normal_form<'a>(parties: impl Iterator<Item = &'a Party>, kind: &str) -> Option<Value> {
    let mut names: Vec<&str> = parties
        .map(|party| match &*party.value {
            "European Union" => "EU",
            "European Free Trade Association" => "EFTA",
            "Eurasian Economic Union" => "EAEU",
            "Gulf Cooperation Council" => "GCC",
            "Southern African Customs Union" => "SACU",
            value => value,
        })
        .collect();
    names.sort_by_key(|name| fold(name));
    names.dedup();
    if names.len() < 2 {
        return None;
    }
    let name = format!("{} {kind}", names.join("-"));
    Some(match super::resolve(&name).as_slice() {
        [listed] => (*listed).into(),
        _ => name.into(),
    })
}

/// `US – Steel and Aluminium Products (China)`
fn dispute(text: &Text, party: &Party, next: Option<&Party>) -> Option<Citation> {
    let Range { start, end } = party.tokens;
    let dash = end;
    if !is_dash(text, dash) {
        return None;
    }
    let is_spaced = !text.glued(dash.checked_sub(1)?) && !text.glued(dash);
    if !is_spaced && !matches!(text.word(dash), "–" | "—") {
        return None;
    }
    let is_led = start.checked_sub(1).is_some_and(|before| {
        matches!(text.tokens[before].kind, Kind::Quote)
            || one_of!(text.small(before), "," | "(" | ";")
            || BEFORE_TITLE.contains(&fold(text.word(before)).as_str())
    });
    let is_other_country = next.is_some_and(|next| next.tokens.start == dash + 1);
    // "in US — Zeroing": nobody else writes so.
    let is_short = is_spaced && matches!(text.word(start), "EC" | "EU" | "US") && end == start + 1;
    let is_told = || speaks_of_dispute(text, start) || is_short && tells_disputes(text);
    if !is_led || is_other_country || !is_told() {
        return None;
    }
    let mut after = dash + 1;
    for at in dash + 1..(dash + 1 + TITLE_TOKENS).min(text.tokens.len()) {
        let token = text.tokens[at];
        match token.kind {
            Kind::Word if token.case != Case::Lower => after = at + 1,
            Kind::Word
                if one_of!(
                    text.small(at),
                    "and" | "of" | "the" | "in" | "on" | "from" | "for" | "to"
                ) => {}
            Kind::Punct if is_dash(text, at) && text.glued(at) => {}
            _ => break,
        }
    }
    if after == dash + 1 {
        return None;
    }
    let subject = text.words(dash + 1..after);
    // The complainant tells disputes on one subject apart.
    let complainant = next.filter(|next| {
        text.is(after, "(") && next.tokens.start == after + 1 && text.is(next.tokens.end, ")")
    });
    let respondent = match &*party.value {
        "United States" => "US",
        "European Union" if text.is(start, "EC") => "EC",
        "European Union" => "EU",
        value => value,
    };
    let mut value = format!("{respondent} – {subject}");
    if let Some(complainant) = complainant {
        value.push_str(&format!(" ({})", complainant.value));
        after = complainant.tokens.end + 1;
    }
    Some(Citation {
        value: value.into(),
        tokens: start..after,
        rule: "dispute-title",
    })
}

/// Whether a paragraph is about disputes.
fn tells_disputes(text: &Text) -> bool {
    const MOST: usize = 1_000;
    let mut tokens = text.tokens.iter().take(MOST);
    tokens.any(|token| tells_dispute(token.fold))
}

/// Whether the sentence of a token is about a dispute.
fn speaks_of_dispute(text: &Text, token_idx: usize) -> bool {
    const REACH: usize = 40;
    let sentence = text
        .sentences
        .get(text.sentence_of(token_idx))
        .cloned()
        .unwrap_or(0..0);
    let from = sentence.start.max(token_idx.saturating_sub(REACH));
    let to = sentence.end.min(token_idx + REACH);
    (from..to).any(|near| {
        tells_dispute(text.fold(near)) || super::citation::dispute(&fold(text.word(near))).is_some()
    })
}
