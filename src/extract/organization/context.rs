//! Firms that no form tells, by the words beside their names: a ticker (`Roe (NYSE: ROE)`), their shares, an office in them, the
//! noun for what they are. A word that is anything else in the lists makes no firm by itself.

use std::ops::Range;
use std::sync::LazyLock;

use super::form::{self, is_capital};
use super::{Earlier, Place, country};
use crate::extract::known::marks;
use crate::extract::person;
use crate::text::fold::hash;
use crate::text::table::{self, Table};
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::{WordTable, one_of};

pub(super) const CONTEXTS: Table =
    Table::new("organization/context.tsv", include_str!("context.tsv"));

/// What a word does to the name beside it; one word may do several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Uses(u16);

impl Uses {
    const ADVISER: Uses = Uses(1);
    const EXCHANGE: Uses = Uses(1 << 1);
    const FIRM: Uses = Uses(1 << 2);
    const HOLDING: Uses = Uses(1 << 3);
    const KIND: Uses = Uses(1 << 4);
    const MOVE: Uses = Uses(1 << 5);
    const OFFICE: Uses = Uses(1 << 6);
    /// Makes no name: `Presidential`.
    const NONE: Uses = Uses(1 << 7);
    const VOICE: Uses = Uses(1 << 8);

    fn of(name: &str) -> Uses {
        match name {
            "adviser" => Uses::ADVISER,
            "exchange" => Uses::EXCHANGE,
            "firm" => Uses::FIRM,
            "holding" => Uses::HOLDING,
            "kind" => Uses::KIND,
            "move" => Uses::MOVE,
            "none" => Uses::NONE,
            "office" => Uses::OFFICE,
            "voice" => Uses::VOICE,
            _ => Uses(0),
        }
    }

    fn any(self, other: Uses) -> bool {
        self.0 & other.0 != 0
    }
}

static USES: LazyLock<WordTable<Uses>> = LazyLock::new(|| {
    let mut all: Vec<(u64, Uses)> = Vec::new();
    for [used, words] in CONTEXTS.cells() {
        for word in table::names(words) {
            let (fold, uses) = (hash(word.as_bytes()), Uses::of(used));
            match all.iter_mut().find(|(known, _)| *known == fold) {
                Some((_, known)) => known.0 |= uses.0,
                None => all.push((fold, uses)),
            }
        }
    }
    all.into_iter().collect()
});

/// The words that tell names, without those that only stand beside one that does.
pub(super) fn cues() -> impl Iterator<Item = u64> {
    let words = USES.iter();
    words.filter_map(|(fold, uses)| (*uses != Uses::MOVE && *uses != Uses::NONE).then_some(fold))
}

fn uses(text: &Text, token_idx: usize) -> Uses {
    let token = text.tokens.get(token_idx);
    let known = token.and_then(|token| USES.get(token.fold).copied());
    known.unwrap_or(Uses(0))
}

/// Whether a word may tell the name beside it.
pub(super) fn is_cue(text: &Text, token_idx: usize) -> bool {
    text.tokens[token_idx].kind == Kind::Word && uses(text, token_idx) != Uses(0)
}

/// The firm that a word tells: the paragraph, the word's token; the tokens of the name.
type Tell = fn(&Place, usize) -> Option<Range<usize>>;

/// The tokens of the firms that the word at a token tells, none of which is named otherwise.
pub(super) fn firms(place: &Place, token_idx: usize) -> impl Iterator<Item = Range<usize>> {
    let uses = uses(place.text, token_idx);
    let found =
        |wanted: Uses, tell: Tell| uses.any(wanted).then(|| tell(place, token_idx)).flatten();
    let told = |wanted: Uses, tell: Tell| {
        found(wanted, tell).filter(|tokens| is_unknown(place.text, tokens))
    };
    [
        // What has a ticker is a firm, whatever else its name may be.
        found(Uses::EXCHANGE, before_ticker),
        told(Uses::HOLDING, of_shares),
        told(Uses::HOLDING, before_shares),
        told(Uses::FIRM, behind_noun),
        told(Uses::KIND, behind_kind),
        told(Uses::KIND, behind_comma),
        told(Uses(Uses::FIRM.0 | Uses::KIND.0), before_apposition),
        told(Uses(Uses::OFFICE.0 | Uses::VOICE.0), before_office),
        told(Uses(Uses::OFFICE.0 | Uses::VOICE.0), behind_office),
        told(Uses::ADVISER, behind_adviser),
    ]
    .into_iter()
    .flatten()
}

/// Whether an exchange is named at a token for the sake of a ticker alone: `(NYSE: ROE)`.
pub(super) fn leads_ticker(text: &Text, token_idx: usize) -> bool {
    text.tokens[token_idx].case == Case::Upper
        && text.is(token_idx + 1, ":")
        && token_idx > 0
        && text.is(token_idx - 1, "(")
        && uses(text, token_idx).any(Uses::EXCHANGE)
}

/// `Roe (NYSE: ROE)`
fn before_ticker(place: &Place, token_idx: usize) -> Option<Range<usize>> {
    let is_ticker = leads_ticker(place.text, token_idx);
    let tokens = is_ticker.then(|| before(place, token_idx - 1)).flatten()?;
    (!is_language(place.text, &tokens)).then_some(tokens)
}

/// `shares of Roe`, `a stake in Roe`
fn of_shares(place: &Place, token_idx: usize) -> Option<Range<usize>> {
    let text = place.text;
    if !one_of!(text.fold(token_idx + 1), "of" | "in")
        || is_capital(text, token_idx) && !text.opens_sentence(token_idx)
    {
        return None;
    }
    behind(place, token_idx + 2)
}

/// `Roe shares fell`
fn before_shares(place: &Place, token_idx: usize) -> Option<Range<usize>> {
    let text = place.text;
    if !text.is(token_idx, "shares") || !uses(text, token_idx + 1).any(Uses::MOVE) {
        return None;
    }
    before(place, token_idx)
}

/// `carmaker Roe`
fn behind_noun(place: &Place, token_idx: usize) -> Option<Range<usize>> {
    let text = place.text;
    if is_capital(text, token_idx) && !text.opens_sentence(token_idx) {
        return None;
    }
    behind(place, token_idx + 1)
}

/// `pulp maker Roe`, `shipping line Roe`, `law firm Roe Doe`
fn behind_kind(place: &Place, token_idx: usize) -> Option<Range<usize>> {
    let text = place.text;
    let before = token_idx.checked_sub(1)?;
    let is_led = text.tokens[token_idx].case == Case::Lower
        && text.tokens[before].kind == Kind::Word
        && !is_small_word(text, before)
        && (text.tokens[before].case == Case::Lower || text.opens_sentence(before));
    is_led.then(|| behind(place, token_idx + 1)).flatten()
}

/// `his company, Roe Doe,`
fn behind_comma(place: &Place, token_idx: usize) -> Option<Range<usize>> {
    let text = place.text;
    let is_owned = token_idx.checked_sub(1).is_some_and(|before| {
        one_of!(
            text.fold(before),
            "her" | "his" | "my" | "our" | "their" | "whose"
        )
    });
    if !is_owned || !text.is(token_idx + 1, ",") {
        return None;
    }
    let tokens = behind(place, token_idx + 2)?;
    text.is(tokens.end, ",").then_some(tokens)
}

/// `Roe, the Danish shipping group,`
fn before_apposition(place: &Place, token_idx: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 5;
    let text = place.text;
    let is_closed = one_of!(text.fold(token_idx + 1), "," | "that" | "which" | "based")
        || text.is(token_idx + 1, ".");
    if text.tokens[token_idx].case != Case::Lower || !is_closed {
        return None;
    }
    let reach = (token_idx.saturating_sub(LONGEST)..token_idx).rev();
    let article = reach
        .take_while(|&at| text.tokens[at].kind == Kind::Word || text.is(at, "-"))
        .find(|&at| one_of!(text.fold(at), "a" | "an" | "the"))?;
    // "X, the firm," speaks of one that was named before, and "the company" of the article's.
    if article + 1 == token_idx {
        return None;
    }
    let comma = article.checked_sub(1).filter(|&at| text.is(at, ","))?;
    before(place, comma)
}

/// `Roe chief executive Ana Quillby`, `a Roe spokeswoman said`
fn before_office(place: &Place, token_idx: usize) -> Option<Range<usize>> {
    let text = place.text;
    let mut end = token_idx;
    if one_of!(
        text.fold(token_idx),
        "executive" | "economist" | "strategist"
    ) {
        end = token_idx
            .checked_sub(1)
            .filter(|&at| text.is(at, "chief"))?;
    }
    let is_small = |at: usize| text.tokens[at].case == Case::Lower;
    let is_letters = text.tokens[token_idx].case == Case::Upper;
    let next = token_idx + 1;
    let is_named = is_capital(text, next) && !text.opens_sentence(next);
    let speaks = uses(text, token_idx).any(Uses::VOICE)
        && one_of!(
            text.fold(next),
            "said" | "told" | "declined" | "confirmed" | "added" | "says"
        );
    if !(is_letters || is_small(token_idx)) || !(is_named || speaks) {
        return None;
    }
    before(place, end)
}

/// `chief executive of Roe`, `a spokesman for Roe`
fn behind_office(place: &Place, token_idx: usize) -> Option<Range<usize>> {
    let text = place.text;
    let uses = uses(text, token_idx);
    let mut of = token_idx + 1;
    if one_of!(text.fold(of), "officer") {
        of += 1;
    }
    let joins = match uses.any(Uses::VOICE) {
        true => one_of!(text.fold(of), "for"),
        // Countries, parties and committees have chairmen, too.
        false => {
            one_of!(text.fold(of), "of" | "at")
                && !one_of!(text.fold(token_idx), "chairman" | "chairwoman" | "founder")
        }
    };
    joins.then(|| behind(place, of + 1)).flatten()
}

/// `an analyst at Roe`, `an export-control lawyer at Roe & Doe`
fn behind_adviser(place: &Place, token_idx: usize) -> Option<Range<usize>> {
    let text = place.text;
    let is_at = |at: usize| one_of!(text.fold(at), "at");
    let is_with = |at: usize| {
        one_of!(text.fold(at), "with")
            && one_of!(
                text.fold(token_idx),
                "analyst" | "broker" | "trader" | "economist"
            )
    };
    let at = token_idx + 1;
    if !is_at(at) && !is_with(at) {
        return None;
    }
    behind(place, at + 1)
}

/// The name that ends before a token.
fn before(place: &Place, end: usize) -> Option<Range<usize>> {
    let text = place.text;
    let mut start = form::name_start(text, end, place.from);
    // "Meanwhile Roe", "Rival Roe", "Brazilian Roe"
    while start + 1 < end
        && (text.opens_sentence(start) && person::is_language(&text.tokens[start])
            || is_demonym(place, start))
    {
        start += 1;
    }
    // "Roe-Doe": a part of a longer name.
    let is_cut = start
        .checked_sub(1)
        .is_some_and(|at| text.is(at, "-") && text.glued(at));
    (!is_cut)
        .then_some(start..end)
        .filter(|tokens| is_free(place, tokens))
}

/// The name that begins at a token, or behind "the consultancy", "Kazakhstan's", "London-based".
fn behind(place: &Place, token_idx: usize) -> Option<Range<usize>> {
    let text = place.text;
    let mut start = token_idx;
    if text
        .tokens
        .get(start + 1)
        .is_some_and(|next| next.kind == Kind::Possessive)
        && place.country_at(start).is_some()
    {
        start += 2;
    } else if text.is(start + 1, "-") && text.is(start + 2, "based") {
        start += 3;
    }
    let end = name_end(text, start);
    if end == start {
        return None;
    }
    // "shares of Quillby's firm": whose they are.
    let is_owner = text
        .tokens
        .get(end)
        .is_some_and(|next| next.kind == Kind::Possessive);
    (!is_owner)
        .then_some(start..end)
        .filter(|tokens| is_free(place, tokens))
}

/// The token after the capital words from a token on.
fn name_end(text: &Text, start: usize) -> usize {
    const LONGEST: usize = 6;
    let mut end = start;
    let mut at = start;
    while at < (start + LONGEST).min(text.tokens.len()) {
        let is_sentence = at > start && text.sentence_of(at) != text.sentence_of(start);
        let is_word = is_capital(text, at)
            && !form::is_outside(text, at)
            && !person::is_role(&text.tokens[at])
            && uses(text, at) == Uses(0);
        if !is_sentence && is_word {
            at += 1;
            end = at;
        } else if end > start && end == at && joins(text, at) && is_capital(text, at + 1) {
            at += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether a mark or small word holds two words of a name together: `Roe & Doe`, `Roe-Doe`, `Casa de Roe`.
fn joins(text: &Text, token_idx: usize) -> bool {
    text.is(token_idx, "&")
        || matches!(text.word(token_idx), "-" | "+")
            && text.glued(token_idx)
            && text.glued(token_idx - 1)
        || form::is_particle(text, token_idx)
}

/// Whether nothing else is known to be named by some tokens: no person, country, place, instrument.
fn is_free(place: &Place, tokens: &Range<usize>) -> bool {
    if tokens.is_empty() {
        return false;
    }
    let text = place.text;
    let span = text.span(tokens.clone());
    let words = &text.tokens[tokens.clone()];
    // "SHARES OF ROE DOE FELL"
    let is_shouted = tokens.len() > 1 && words.iter().all(|token| token.case == Case::Upper);
    !is_shouted
        && !place.earlier.has_person(place.paragraph, &span)
        && !place.earlier.has_country(place.paragraph, &span)
        && !place.is_otherwise(tokens)
        && country::place_before(text, tokens.end).is_none_or(|start| start > tokens.start)
}

/// Whether the words of a name are unknown to the lists, or make a name that is longer than one word and has one that is.
fn is_unknown(text: &Text, tokens: &Range<usize>) -> bool {
    let is_known = |at: usize| {
        person::is_known(&text.tokens[at])
            || uses(text, at).any(Uses::NONE)
            || text.is_marked(at, marks::COUNTRY)
            || form::is_common(text.fold(at))
    };
    match tokens.len() {
        1 => !is_known(tokens.start),
        _ => !is_language(text, tokens) && !person::is_given_name(text.fold(tokens.start)),
    }
}

/// Whether all words of a name are words of the language.
fn is_language(text: &Text, tokens: &Range<usize>) -> bool {
    let mut words = tokens
        .clone()
        .filter(|&at| text.tokens[at].kind == Kind::Word);
    words.all(|at| person::is_language(&text.tokens[at]) || form::is_common(text.fold(at)))
}

/// Whether a word is a country's, other than its name: `Brazilian`.
fn is_demonym(place: &Place, token_idx: usize) -> bool {
    let word = place.text.word(token_idx);
    place
        .country_at(token_idx)
        .is_some_and(|country| country != word)
}

/// Words that make no compound with the noun behind them: "the company", "whose firm".
fn is_small_word(text: &Text, token_idx: usize) -> bool {
    form::is_outside(text, token_idx)
        || one_of!(
            text.fold(token_idx),
            "first" | "same" | "new" | "old" | "your" | "parent" | "sister" | "family" | "big"
        )
}

impl Earlier<'_> {
    /// Whether a person is named in some words.
    fn has_person(&self, paragraph: usize, span: &Range<usize>) -> bool {
        has(&self.persons, |place| *place, paragraph, span)
    }

    /// Whether all of some words is a country or a part of its name.
    fn has_country(&self, paragraph: usize, span: &Range<usize>) -> bool {
        let after = self
            .countries
            .partition_point(|(place, _)| *place < (paragraph, span.start + 1, 0));
        let before = after.checked_sub(1).map(|at| self.countries[at].0);
        before.is_some_and(|(named, start, end)| {
            named == paragraph && start <= span.start && span.end <= end
        })
    }
}

/// Whether one of some sorted places, which do not overlap, shares a byte with a span.
fn has<T>(
    places: &[T],
    place: impl Fn(&T) -> super::Span,
    paragraph: usize,
    span: &Range<usize>,
) -> bool {
    let after = places.partition_point(|other| place(other) < (paragraph, span.end, 0));
    let before = after.checked_sub(1).map(|at| place(&places[at]));
    before.is_some_and(|(named, _, end)| named == paragraph && span.start < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_whole() {
        table::check(CONTEXTS);
        for [used, words] in CONTEXTS.cells::<2>() {
            assert_ne!(Uses::of(used), Uses(0), "{used}");
            let words: Vec<&str> = table::names(words).collect();
            assert!(words.is_sorted_by(|a, b| a < b), "{used}");
        }
    }
}
