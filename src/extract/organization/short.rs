//! Short names that stand for what an article names in full: a firm without its legal form, the first word of a firm's name, an
//! abbreviation that the article defines (`Roe Growers Association (RGA)`), and the last word of a body (`the Commission`).

use std::ops::Range;

use super::form::{self, is_capital};
use crate::extract::known::marks;
use crate::extract::{Own, person};
use crate::text::fold::{fold, hash_of};
use crate::text::tokens::{Case, Kind, Text, Token, tokens_of};
use crate::text::words::one_of;

/// How a short name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A firm's whole name; a person who is named by that word alone may be meant as well.
    Firm,
    /// An abbreviation.
    Letters,
    /// The first word of a firm's name, which stands alone.
    First,
    /// The noun of a body: "the Commission", "a Commission spokesman".
    Head,
}

/// A name that is shorter than the one whose value it has.
#[derive(Debug)]
pub(super) struct ShortName {
    pub(super) short: String,
    /// Whom it stands for.
    pub(super) value: String,
    /// Of `short`.
    pub(super) tokens: Vec<Token>,
    pub(super) is_used: Use,
}

impl ShortName {
    pub(super) fn new(short: &str, value: &str, is_used: Use) -> ShortName {
        ShortName {
            short: short.to_string(),
            value: value.to_string(),
            tokens: tokens_of(short),
            is_used,
        }
    }

    pub(super) fn first(&self) -> u64 {
        self.tokens.first().map_or(0, |token| token.fold)
    }

    /// The folded word of a firm's name that has no other.
    pub(super) fn single(&self) -> Option<u64> {
        let may_be_common =
            !self.short.contains(' ') && matches!(self.is_used, Use::Firm | Use::First);
        may_be_common.then(|| hash_of(&self.short))
    }

    /// Whether the name stands at a token as it is written.
    pub(super) fn is_at(&self, text: &Text, token_idx: usize) -> bool {
        let end = token_idx + self.tokens.len();
        let there = text.tokens.get(token_idx..end);
        let is_written = there.is_some_and(|there| {
            let mut pairs = there.iter().zip(&self.tokens);
            pairs.all(|(token, own)| {
                token.fold == own.fold && token.word(text.source) == own.word(&self.short)
            })
        });
        is_written
            && match self.is_used {
                Use::Firm | Use::Letters => true,
                Use::First => stands_alone(text, token_idx),
                Use::Head => stands_alone(text, token_idx) && is_definite(text, token_idx),
            }
    }
}

/// Whether a word with a capital is no part of a longer name.
fn stands_alone(text: &Text, token_idx: usize) -> bool {
    let is_part = |at: usize| {
        is_capital(text, at) || text.is(at, "-") || text.is(at, "&") || text.is(at, ".")
    };
    let led = token_idx.checked_sub(1).is_some_and(|before| {
        !text.opens_sentence(token_idx) && is_part(before) && !form::is_outside(text, before)
    });
    let next = token_idx + 1;
    let leads = !text.opens_sentence(next)
        && (is_capital(text, next)
            || text.is(next, "&")
            || text.is(next, "-") && text.glued(token_idx));
    !led && !leads
}

/// Whether the noun of a body speaks of one that is known: "the Commission", "Commission officials".
fn is_definite(text: &Text, token_idx: usize) -> bool {
    let next = text.fold(token_idx + 1);
    if one_of!(next, "of" | "for" | "on" | "to") {
        return false;
    }
    let led = token_idx
        .checked_sub(1)
        .is_some_and(|before| one_of!(text.fold(before), "the"));
    led || one_of!(
        next,
        "official"
            | "officials"
            | "president"
            | "proposal"
            | "spokesman"
            | "spokesperson"
            | "spokeswoman"
    )
}

/// A name in full, as the text has it.
pub(super) struct Full<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) tokens: Range<usize>,
    pub(super) is_firm: bool,
}

/// The short names that an article defines while it names somebody in full.
#[derive(Debug, Default)]
pub(super) struct Defined {
    names: Vec<ShortName>,
    /// The nouns of bodies, each with the value of the only one that has it.
    heads: Vec<(u64, String, Option<String>)>,
}

/// More than any article defines; each further one is compared with all before it.
const MOST: usize = 100;

impl Defined {
    /// Reads what a name defines that has that value.
    pub(super) fn read(&mut self, full: &Full, value: &str, own: &Own) {
        let (text, tokens) = (full.text, &full.tokens);
        if let Some(letters) = letters_behind(text, tokens) {
            self.add(letters, value, Use::Letters);
        }
        // The user's name for it stands before ours.
        if full.is_firm
            && !own.has_word(text, tokens.start)
            && let Some(first) = first_word(text, tokens)
        {
            self.add(first, value, Use::First);
        }
        if !full.is_firm
            && let Some(head) = head(text, tokens)
        {
            self.add_head(text, head, value);
        }
    }

    /// Whom letters have been said to stand for.
    pub(super) fn letters(&self, words: &str) -> Option<&str> {
        let mut names = self.names.iter();
        let name = names.find(|name| name.is_used == Use::Letters && name.short == words);
        name.map(|name| name.value.as_str())
    }

    fn add(&mut self, short: &str, value: &str, is_used: Use) {
        let is_new = self.names.iter().all(|known| known.short != short);
        if is_new && self.names.len() < MOST {
            self.names.push(ShortName::new(short, value, is_used));
        }
    }

    fn add_head(&mut self, text: &Text, token_idx: usize, value: &str) {
        let fold = text.fold(token_idx);
        match self.heads.iter_mut().find(|(known, ..)| *known == fold) {
            Some((_, _, only)) if only.as_deref() != Some(value) => *only = None,
            Some(_) => {}
            None => {
                let word = text.word(token_idx).to_string();
                self.heads.push((fold, word, Some(value.to_string())));
            }
        }
    }

    pub(super) fn names(self) -> impl Iterator<Item = ShortName> {
        let heads = self
            .heads
            .into_iter()
            .filter_map(|(_, word, only)| Some(ShortName::new(&word, &only?, Use::Head)));
        self.names.into_iter().chain(heads)
    }
}

/// The abbreviation in brackets right behind a name: its first letters, or letters of it in their order.
fn letters_behind<'a>(text: &Text<'a>, tokens: &Range<usize>) -> Option<&'a str> {
    const LONGEST: usize = 10;
    let open = tokens.end;
    let at = open + 1;
    let is_bracketed = text.is(open, "(")
        && text.is(open + 2, ")")
        && is_capital(text, at)
        && !text.is_marked(at, marks::COUNTRY);
    let letters = is_bracketed.then(|| text.word(at))?;
    let n_capitals = letters
        .chars()
        .filter(|letter| letter.is_uppercase())
        .count();
    let name = fold(text.words(tokens.clone()));
    let is_telling = n_capitals > 1 || letters.len() > 3 && !person::is_known(&text.tokens[at]);
    (tokens.len() > 1
        && letters.len() <= LONGEST
        && is_telling
        && is_made_of(&fold(letters), &name))
    .then_some(letters)
}

/// Whether letters stand in a name in that order, the first of them first.
fn is_made_of(letters: &str, name: &str) -> bool {
    let mut rest = name.chars();
    letters.chars().next() == name.chars().next()
        && letters
            .chars()
            .all(|letter| rest.any(|other| other == letter))
}

/// The first word of a firm's name of several, where no list knows it.
fn first_word<'a>(text: &Text<'a>, tokens: &Range<usize>) -> Option<&'a str> {
    const SHORTEST: usize = 4;
    let first = tokens.start;
    let word = text.word(first);
    let token = &text.tokens[first];
    let is_own = token.kind == Kind::Word
        && token.case == Case::Capital
        && word.chars().count() >= SHORTEST
        && !person::is_known(token)
        && !text.is_marked(first, marks::COUNTRY)
        && !form::is_common(token.fold);
    (is_own && tokens.len() > 1 && is_capital(text, first + 1)).then_some(word)
}

/// The noun of a body's name: its last word, or the first before "of".
fn head(text: &Text, tokens: &Range<usize>) -> Option<usize> {
    let is_head = |at: usize| text.tokens[at].case == Case::Capital && form::is_head(text.fold(at));
    let last = tokens
        .end
        .checked_sub(1)
        .filter(|&last| tokens.len() > 1 && is_head(last));
    last.or_else(|| {
        let of = tokens
            .clone()
            .find(|&at| one_of!(text.fold(at), "of" | "for"))?;
        of.checked_sub(1)
            .filter(|&at| at >= tokens.start && is_head(at))
    })
}
