//! Acts that are told by their words: a name in capitals that speaks of trade and ends in "Act", "Law" or "Bill"
//! (`Special Import Measures Act`), and others beside them: any act, and regulations, rules and orders with their year
//! (`Modern Slavery Act 2015`, `Export Control Order 2008`), which are of interest where trade law is spoken of.

use std::ops::Range;
use std::sync::LazyLock;

use super::citation::Citation;
use super::parties::Party;
use crate::article::Value;
use crate::extract::known::marks;
use crate::text::tokens::{Case, Kind, Text};
use crate::text::words::{Words, one_of};

/// The rule of acts that speak of trade, and that of others.
const OF_TRADE: &str = "act-of-trade";
pub(super) const BESIDE: &str = "act-beside";

/// The longest name, in tokens.
const REACH: usize = 24;

fn words(list: &str) -> Words {
    Words::new(list.split_whitespace())
}

/// Words of which an act of trade law has one.
static TRADE_WORDS: LazyLock<Words> = LazyLock::new(|| {
    words(
        "antidumping commerce countervailing customs dumping embargo export exports foreign import imports quota reciprocal \
         sanctions sanctioning subsidies subsidy tariff tariffs trade trading",
    )
});

/// Capital words that open a sentence or tell whose the act is, and do not belong to its name.
static BEFORE_NAME: LazyLock<Words> = LazyLock::new(|| {
    words(
        "a an the this that its their his her under in on of by for from with since when while after before as and or but if \
         however both senate house congress president republican republicans democratic democrats new proposed draft \
         bipartisan monday tuesday wednesday thursday friday saturday sunday january february march april may june july \
         august september october november december",
    )
});

static ENDS: LazyLock<Words> = LazyLock::new(|| words("act law bill order regulations rules"));

/// Capital words that stand before "Act" in names of other things: "the Final Act", "the Balancing Act".
static NO_ACTS: LazyLock<Words> = LazyLock::new(|| {
    words("balancing class closing final first fourth last opening second single third warm")
});

/// The words with which names of acts end.
pub(super) fn lasts() -> impl Iterator<Item = u64> {
    ENDS.folds()
}

/// The acts that a text names, in order of place; `lasts` are the tokens with which names may end.
pub(super) fn named(text: &Text, parties: &[Party], lasts: &[usize]) -> Vec<Citation> {
    let mut out = Vec::new();
    let mut from = 0;
    for &last in lasts {
        let token = &text.tokens[last];
        if token.case != Case::Capital || !ENDS.has_fold(token.fold) {
            continue;
        }
        let starts = from.max((last + 1).saturating_sub(REACH))..last;
        let act = starts
            .filter_map(|start| at(text, start, parties))
            .find(|act| act.tokens.contains(&last));
        if let Some(act) = act {
            from = act.tokens.end;
            out.push(act);
        }
    }
    out
}

/// The act whose name begins at a token.
fn at(text: &Text, token_idx: usize, parties: &[Party]) -> Option<Citation> {
    let first = text.tokens.get(token_idx)?;
    let is_capital = first.kind == Kind::Word && first.case != Case::Lower;
    // "Belarus (Sanctions) Regulations 2019" has its country for a name.
    let is_of_country = || {
        let is_led = token_idx > 0 && is_party(parties, token_idx - 1);
        is_party(parties, token_idx) && (is_led || !is_followed_by_bracket(text, token_idx))
    };
    if !is_capital || BEFORE_NAME.has_fold(first.fold) || is_of_country() {
        return None;
    }
    let follows_name = token_idx.checked_sub(1).is_some_and(|before| {
        let token = text.tokens[before];
        token.kind == Kind::Word
            && token.case != Case::Lower
            && !BEFORE_NAME.has_fold(token.fold)
            && !is_party(parties, before)
    });
    if follows_name {
        return None;
    }
    let mut speaks_of_trade = false;
    let (mut n_words, mut n_open) = (0, 0i32);
    let mut end = None;
    for at in token_idx..(token_idx + REACH).min(text.tokens.len()) {
        let token = text.tokens[at];
        match token.kind {
            // "Cross-border"
            Kind::Word
                if token.case == Case::Lower && text.is(at - 1, "-") && text.glued(at - 1) => {}
            Kind::Word if token.case == Case::Lower => {
                let is_of_name = match text.word(at) {
                    // "Tariffs and the House Trade Bill" are two things.
                    "the" => !text.is(at - 1, "and"),
                    word => matches!(
                        word,
                        "and" | "of" | "for" | "on" | "to" | "in" | "against" | "with"
                    ),
                };
                if !is_of_name {
                    break;
                }
            }
            // "the Agreement in the Offset Act", "Exit (EU) March"
            Kind::Word if BEFORE_NAME.has_fold(token.fold) && n_open == 0 => break,
            Kind::Word if text.is(at, "Agreement") => break,
            Kind::Word
                if token.case == Case::Capital && ENDS.has_fold(token.fold) && n_open == 0 =>
            {
                end = (at > token_idx).then_some(at + 1);
                break;
            }
            Kind::Word => {
                n_words += 1;
                speaks_of_trade |= TRADE_WORDS.has_fold(token.fold);
            }
            Kind::Punct if text.is(at, "(") => n_open += 1,
            Kind::Punct if text.is(at, ")") && n_open > 0 => n_open -= 1,
            Kind::Punct if one_of!(text.small(at), "-" | "&") => {}
            Kind::Punct if one_of!(text.small(at), "," | ".") && n_open > 0 => {}
            // "(No. 2)"
            Kind::Number if n_open > 0 => {}
            _ => break,
        }
    }
    let end = end?;
    // "Trade Remedy Law Enforcement Directorate"
    let goes_on = text.tokens.get(end).is_some_and(|next| {
        next.kind == Kind::Word && next.case == Case::Capital && !BEFORE_NAME.has_fold(next.fold)
    }) && text.sentence_of(end) == text.sentence_of(end - 1);
    if goes_on {
        return None;
    }
    // "Act of 1930", "Act, 1975", "Act (1816)", as Britain has it "Act 2002"
    let (year, after) = match (text.word(end), text.word(end + 1)) {
        ("(", year) if is_year(year) && text.is(end + 2, ")") => (Some(year), end + 3),
        ("of" | "," | "(", year) if is_year(year) => (Some(year), end + 2),
        (year, _) if is_year(year) => (Some(year), end + 1),
        _ => (None, end),
    };
    let led = token_idx > 0 && one_of!(text.fold(token_idx - 1), "the");
    let is_name = match text.word(end - 1) {
        "Act" => {
            speaks_of_trade
                || year.is_some()
                || !NO_ACTS.has_fold(text.tokens[end - 2].fold)
                    && (n_words > 1 && !text.opens_sentence(token_idx) || led)
        }
        "Law" | "Bill" => speaks_of_trade,
        // "Rules, 1995" of somebody, "the Order 2008" of nothing
        _ => year.is_some() && n_words > 1 && text.word(end) != "(",
    };
    if !is_name || year.is_none() && is_of_headline(text, token_idx..end) {
        return None;
    }
    let name = text.words(token_idx..end);
    let value = match year {
        Some(year) if after == end + 1 => format!("{name} {year}"),
        Some(year) => format!("{name} of {year}"),
        None => name.to_string(),
    };
    Some(Citation {
        value: listed(&value).map_or_else(|| value.into(), Value::from),
        tokens: token_idx..after,
        rule: if speaks_of_trade { OF_TRADE } else { BESIDE },
    })
}

/// Whether a bracket opens behind a word, or behind the words of a country that it begins.
fn is_followed_by_bracket(text: &Text, token_idx: usize) -> bool {
    const LONGEST: usize = 4;
    let mut after =
        (token_idx + 1..text.tokens.len().min(token_idx + 1 + LONGEST)).skip_while(|&at| {
            text.tokens[at].kind == Kind::Word && text.tokens[at].case != Case::Lower
        });
    after.next().is_some_and(|at| text.is(at, "("))
}

/// Whether a name stands in a headline, whose words have capitals whatever they name: no word but the small ones that titles
/// have is written small, and no period ends it. An act that is all there is stands in a list of acts.
fn is_of_headline(text: &Text, name: Range<usize>) -> bool {
    const LONGEST: usize = 40;
    let sentence = text.sentences[text.sentence_of(name.start)].clone();
    let is_small = |at: usize| {
        let token = &text.tokens[at];
        token.kind == Kind::Word
            && token.case == Case::Lower
            && !text.is_marked(at, marks::TITLE_SMALL)
    };
    let is_alone = name == sentence && text.is(name.end - 1, "Act");
    let closes = matches!(text.word(sentence.end - 1), "." | "?" | "!");
    sentence.len() <= LONGEST && !is_alone && !closes && !sentence.clone().any(is_small)
}

/// The value under which the list has an act, by its name or by that without "Act": `Gramm-Rudman Act`.
fn listed(name: &str) -> Option<&'static str> {
    let only = |name: &str| match super::resolve(name).as_slice() {
        [listed] => Some(*listed),
        _ => None,
    };
    only(name).or_else(|| only(name.strip_suffix(" Act")?))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && matches!(word.parse(), Ok(1800..=2100))
}

/// Whether a country is named at a token: `Canadian Customs Act` is the Customs Act.
fn is_party(parties: &[Party], token_idx: usize) -> bool {
    let next = parties.partition_point(|party| party.tokens.end <= token_idx);
    parties
        .get(next)
        .is_some_and(|party| party.tokens.start <= token_idx)
}
