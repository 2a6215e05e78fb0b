//! The forms of names: companies by their suffix, ministries by their portfolio, bodies by their head noun. Looks at one text
//! around one token, never further than `LONGEST` tokens.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Place, context, country};
use crate::extract::known::marks;
use crate::extract::person;
use crate::text::fold::{fold, hash, hash_of};
use crate::text::legal_forms;
use crate::text::table::Table;
use crate::text::tokens::{Case, Kind, Text, Token};
use crate::text::words::{WordTable, Words, one_of};

/// A name that was told by its form.
#[derive(Debug)]
pub(super) enum Form {
    /// `Acme Corporation`: short `Acme`, value `Acme Corp`.
    Company { short: String, value: String },
    /// `Chinese Commerce Ministry`: kind `Ministry of Commerce`, country `China`.
    National {
        kind: String,
        country: Option<String>,
        /// Whether it is a name even where its country stays unknown.
        sure: bool,
    },
    /// `Yokohama Chamber of Commerce`
    Body(String),
}

#[derive(Debug)]
pub(super) struct Found {
    pub(super) tokens: Range<usize>,
    pub(super) form: Form,
}

/// Tokens of a name before or after the word that tells it.
const LONGEST: usize = 8;

/// Head nouns of bodies, with the words that a name must have before them when none follows ("of …").
const HEADS: &[(&str, usize)] = &[
    ("academy", 1),
    ("administration", 2),
    ("agency", 1),
    ("alliance", 1),
    ("assembly", 1),
    ("association", 1),
    ("authority", 1),
    ("bank", 1),
    ("board", 1),
    ("bureau", 1),
    ("center", 2),
    ("centre", 2),
    ("chamber", 2),
    ("coalition", 1),
    ("college", 1),
    ("commission", 1),
    ("committee", 1),
    ("confederation", 1),
    ("council", 1),
    ("court", 2),
    ("exchange", 2),
    ("federation", 1),
    ("forum", 1),
    ("foundation", 1),
    ("fund", 2),
    ("group", 1),
    ("institute", 1),
    ("institution", 1),
    ("league", 1),
    ("museum", 1),
    ("office", 2),
    ("organisation", 1),
    ("organization", 1),
    ("party", 1),
    ("secretariat", 1),
    ("service", 2),
    ("society", 1),
    ("tribunal", 1),
    ("union", 1),
    ("university", 1),
];

#[derive(Debug, Clone, Copy)]
enum Cue {
    /// Begins a legal form.
    LegalForm,
    CompanyNoun,
    /// Ends the name of a company, and other phrases as well.
    FirmNoun,
    /// Ends the name of a company behind `&`.
    Kin,
    Head(usize),
    /// Ends the name of a company behind a word that is in no list.
    Trade,
    /// Begins the name of a body in another language: `Banco`.
    Leading,
    Ministry,
}

static CUES: LazyLock<WordTable<Cue>> = LazyLock::new(|| {
    let forms = legal_forms::firsts().map(|(fold, _)| (fold, Cue::LegalForm));
    let nouns = listed("company-noun").map(|word| (word, Cue::CompanyNoun));
    let kin = ["brothers", "bros", "sons"].map(|word| (word, Cue::Kin));
    let firms = listed("firm-noun").map(|word| (word, Cue::FirmNoun));
    let heads = HEADS
        .iter()
        .map(|(word, before)| (*word, Cue::Head(*before)));
    let ministries = ["ministry", "department", "dept"].map(|word| (word, Cue::Ministry));
    let leading = listed("leading-noun").map(|word| (word, Cue::Leading));
    let trades = listed("trade").map(|word| (word, Cue::Trade));
    let words = trades
        .chain(leading)
        .chain(nouns)
        .chain(firms)
        .chain(kin)
        .chain(heads);
    words
        .chain(ministries)
        .map(|(word, cue)| (hash(word.as_bytes()), cue))
        .chain(forms)
        .collect()
});

pub(super) const FORMS: Table = Table::new("organization/form.tsv", include_str!("form.tsv"));

/// The words of a use in the list.
fn listed(wanted: &'static str) -> impl Iterator<Item = &'static str> {
    FORMS
        .cells()
        .filter(move |[used, _]| *used == wanted)
        .flat_map(|[_, words]| words.split('|'))
}

fn words(wanted: &'static str) -> Words {
    Words::new(listed(wanted))
}

static COMMON_WORDS: LazyLock<Words> = LazyLock::new(|| words("common"));
static GENERIC_WORDS: LazyLock<Words> = LazyLock::new(|| words("generic"));
static GOODS: LazyLock<Words> = LazyLock::new(|| words("good"));
static JOINING_WORDS: LazyLock<Words> = LazyLock::new(|| words("joining"));
static MEMBER_WORDS: LazyLock<Words> = LazyLock::new(|| words("member"));
static OPENING_WORDS: LazyLock<Words> = LazyLock::new(|| words("opening"));
static OUTSIDE_WORDS: LazyLock<Words> = LazyLock::new(|| words("outside"));
static OWNER_WORDS: LazyLock<Words> = LazyLock::new(|| words("owner"));
static PARTICLE_WORDS: LazyLock<Words> = LazyLock::new(|| words("particle"));
static PORTFOLIO_WORDS: LazyLock<Words> = LazyLock::new(|| words("portfolio"));
static SECOND_WORDS: LazyLock<Words> = LazyLock::new(|| words("second"));

/// Whether a token may tell a name that goes with it; told fast, since most do not.
pub(super) fn may_tell(text: &Text, token_idx: usize) -> bool {
    text.is_marked(token_idx, marks::ORGANIZATION_CUE) && text.tokens[token_idx].kind == Kind::Word
}

/// The words that tell names, and whether they do so without a capital.
pub(super) fn cues() -> impl Iterator<Item = (u64, bool)> {
    let words = CUES
        .iter()
        .filter(|(_, cue)| !matches!(cue, Cue::LegalForm));
    words
        .map(|(fold, cue)| (fold, matches!(cue, Cue::Ministry)))
        .chain(legal_forms::firsts())
        .chain(context::cues().map(|fold| (fold, true)))
}

/// The name that the word at a token tells: the last word of a company, the head noun of a body. It begins at `from` or later.
pub(super) fn at(place: &Place, token_idx: usize, from: usize) -> Option<Found> {
    let text = place.text;
    let token = text.tokens[token_idx];
    if token.kind != Kind::Word {
        return None;
    }
    match CUES.get(token.fold)? {
        Cue::LegalForm => match before_legal_form(text, token_idx) {
            Before::Name => company(text, token_idx, from),
            Before::Mark => {
                company_behind(text, token_idx).or_else(|| company(text, token_idx, from))
            }
            Before::Nothing => company_behind(text, token_idx),
        },
        Cue::CompanyNoun if token.case != Case::Lower => company_noun(text, token_idx, from),
        // "Dalgleish & Sons"
        Cue::Kin if token.case != Case::Lower && token_idx > 0 && text.is(token_idx - 1, "&") => {
            company_noun(text, token_idx, from)
        }
        Cue::Trade
            if token.case != Case::Lower
                && is_proper(text, token_idx)
                && !person::is_language(&text.tokens[token_idx - 1]) =>
        {
            company_noun(text, token_idx, from)
        }
        Cue::FirmNoun if token.case != Case::Lower && is_proper(text, token_idx) => {
            company_noun(text, token_idx, from)
        }
        Cue::Head(n_before) if token.case != Case::Lower => body(text, token_idx, *n_before, from),
        Cue::Leading if token.case == Case::Capital => body_behind(text, token_idx, from),
        Cue::Ministry => ministry(place, token_idx, from),
        _ => None,
    }
}

/// Whether the words of a firm's name stand for a country's goods or firms: `American airlines`, `British steel`.
pub(super) fn is_of_goods(text: &Text, tokens: &Range<usize>) -> bool {
    let last = tokens.end - 1;
    tokens.len() == 2
        && text.tokens[last].case == Case::Lower
        && GOODS.has(text, last)
        && (text.is_marked(tokens.start, marks::COUNTRY) || COMMON_WORDS.has(text, tokens.start))
}

/// Whether a name ends as those of associations do, which countries have of one kind each, and tells of no place itself.
pub(super) fn is_association(text: &Text, tokens: &Range<usize>) -> bool {
    let is_of_world = |words: &Words| words.has(text, tokens.start);
    one_of!(
        text.fold(tokens.end - 1),
        "alliance" | "association" | "council" | "federation" | "institute" | "society" | "union"
    ) && !text.is_marked(tokens.start, marks::COUNTRY)
        && !is_of_world(&COMMON_WORDS)
        && !is_of_world(&GENERIC_WORDS)
}

/// Whether a name is that of a department ("Commerce Department", "Department of Labor").
pub(super) fn is_department(text: &Text, tokens: Range<usize>) -> bool {
    let is = |token_idx: usize| {
        let word = text.word(token_idx);
        word == "Department" || word == "Dept"
    };
    is(tokens.start) || is(tokens.end - 1)
}

/// The token after the legal forms that follow a name: `Inc`, `, Inc.`, `Co., Ltd.`
pub(super) fn after_suffixes(text: &Text, end: usize) -> usize {
    legal_forms::after_name(text, end).map_or(end, |(after, _)| after)
}

/// Whether a legal form stands at a token.
fn is_suffix(text: &Text, token_idx: usize) -> bool {
    legal_forms::behind(text, token_idx).is_some()
}

/// Whether a token is the comma of `Acme, Inc.`; of "to the U.S., Company officials" it is not.
fn closes_with_comma(text: &Text, token_idx: usize) -> bool {
    text.is(token_idx, ",") && legal_forms::after_name(text, token_idx).is_some()
}

/// What stands right before a legal form.
enum Before {
    /// A word with a capital, which tells no country: "the Russian OOO Roe".
    Name,
    /// A comma, a bracket, a quotation mark, a number, "and".
    Mark,
    /// Another small word, or nothing.
    Nothing,
}

fn before_legal_form(text: &Text, token_idx: usize) -> Before {
    let Some(before) = token_idx.checked_sub(1) else {
        return Before::Nothing;
    };
    let token = &text.tokens[before];
    match (token.kind, token.case) {
        // `Roe and Co`
        (Kind::Word, Case::Lower) if !one_of!(token.fold, "and") => Before::Nothing,
        (Kind::Word, Case::Capital | Case::Upper) if !text.is_marked(before, marks::COUNTRY) => {
            Before::Name
        }
        _ => Before::Mark,
    }
}

/// The company whose legal form stands at a token, behind its name.
fn company(text: &Text, token_idx: usize, from: usize) -> Option<Found> {
    let (end, form) = legal_forms::after_name(text, token_idx)?;
    let mut last = token_idx;
    // `Acme (Pte) Ltd`, `Acme, Inc.`, `"Acme" Ltd`
    let in_bracket = last > from && text.is(last - 1, "(");
    if in_bracket && !legal_forms::may_be_bracketed(form) {
        return None;
    }
    last -= usize::from(in_bracket);
    last -= usize::from(last > from && closes_with_comma(text, last - 1));
    let is_quoted = last > from && text.tokens[last - 1].kind == Kind::Quote;
    last -= usize::from(is_quoted);
    let mut start = name_start(text, last, from);
    // `Bank of China (Hong Kong) Ltd`
    if let Some(open) = start.checked_sub(1).and_then(|at| opening(text, at, from)) {
        start = name_start(text, open, from);
        if start == open {
            return None;
        }
    }
    // `Kidder, Peabody & Co`
    let is_and_co = form_is_kin(text, token_idx) && last > start + 1;
    if is_and_co {
        while start >= from + 2
            && text.is(start - 1, ",")
            && is_capital(text, start - 2)
            && !OUTSIDE_WORDS.has(text, start - 2)
            && !is_suffix(text, start - 2)
            && start + LONGEST > last
        {
            start -= 2;
        }
    }
    if start == last {
        return None;
    }
    let mut stem_end = last;
    while stem_end > start
        && (is_suffix(text, stem_end - 1) || one_of!(text.small(stem_end - 1), "." | ","))
        && !is_initial(text, stem_end - 1)
    {
        stem_end -= 1;
    }
    if stem_end == start || !has_proper_word(text, start..stem_end) {
        return None;
    }
    // `Food Corporation of India`
    if matches!(text.word(token_idx), "Corporation" | "Company") {
        let after = after_of(text, token_idx + 1);
        if after > token_idx + 1 {
            return Some(Found {
                tokens: start..after,
                form: Form::Body(joined(text, start..after)),
            });
        }
    }
    let mut short = joined(text, start..stem_end);
    if is_and_co {
        short.push_str(" Co");
    }
    let value = match form {
        "Co" if is_and_co => short.clone(),
        "Co KG" if is_and_co => [&short, "KG"].join(" "),
        // `Roe Corp Ltd`, whom nobody calls Roe Ltd
        _ => match corporate(text, token_idx).filter(|first| *first != form) {
            Some(first) => [&short, first, form].join(" "),
            None => [&short, form].join(" "),
        },
    };
    Some(Found {
        tokens: start..end,
        form: Form::Company { short, value },
    })
}

/// The legal form at a token, if it stays in a name that has another behind it.
fn corporate(text: &Text, token_idx: usize) -> Option<&'static str> {
    let fold = text.fold(token_idx);
    if one_of!(fold, "corp" | "corporation") {
        return Some("Corp");
    }
    one_of!(fold, "cos" | "companies").then_some("Cos")
}

/// Whether the legal form at a token is the "Co" of `Roe & Co`.
fn form_is_kin(text: &Text, token_idx: usize) -> bool {
    matches!(text.word(token_idx), "Co" | "Company")
        && token_idx > 0
        && one_of!(text.small(token_idx - 1), "&" | "and")
}

/// The opening bracket of one that closes at a token and holds a few words with capitals: `(Hong Kong)`.
fn opening(text: &Text, token_idx: usize, from: usize) -> Option<usize> {
    const MOST_WORDS: usize = 3;
    if !text.is(token_idx, ")") {
        return None;
    }
    let mut open = token_idx;
    while open > from && open + MOST_WORDS > token_idx && is_capital(text, open - 1) {
        open -= 1;
    }
    let open = open.checked_sub(1)?;
    (open >= from && open + 1 < token_idx && text.is(open, "(")).then_some(open)
}

/// The company whose legal form stands at a token, before its name: `OOO Roe`, `PT Roe Tbk`, `SIA "Roe"`.
fn company_behind(text: &Text, token_idx: usize) -> Option<Found> {
    let (first, form) = legal_forms::before(text, token_idx)?;
    let is_quote = |at: usize| {
        text.tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Quote)
    };
    let mut reach = first..text.tokens.len().min(first + LONGEST);
    let (stem_end, end) = if is_quote(first - 1) {
        let close = reach.find(|&at| is_quote(at))?;
        (close, close + 1)
    } else {
        let belongs = |at: usize| {
            is_capital(text, at) && !OUTSIDE_WORDS.has(text, at) && !is_suffix(text, at)
                || text.is(at, "-") && text.glued(at) && is_capital(text, at + 1)
                || text.is(at, "&") && is_capital(text, at + 1)
        };
        let end = reach.find(|&at| !belongs(at)).unwrap_or(reach.end);
        (end, end)
    };
    if stem_end == first || !has_proper_word(text, first..stem_end) {
        return None;
    }
    let short = joined(text, first..stem_end);
    let (end, value) = match legal_forms::after_name(text, end) {
        Some((end, form)) => (end, [&short, form].join(" ")),
        // Nobody writes it behind.
        None if form == "PT" => (end, [form, &short].join(" ")),
        None => (end, [&short, form].join(" ")),
    };
    Some(Found {
        tokens: token_idx..end,
        form: Form::Company { short, value },
    })
}

fn company_noun(text: &Text, token_idx: usize, from: usize) -> Option<Found> {
    let start = name_start(text, token_idx, from);
    // With a legal suffix behind it, that one tells the name.
    if start == token_idx
        || is_suffix(text, token_idx + 1)
        || !has_proper_word(text, start..token_idx)
    {
        return None;
    }
    let value = joined(text, start..token_idx + 1);
    Some(Found {
        tokens: start..token_idx + 1,
        form: Form::Company {
            short: value.clone(),
            value,
        },
    })
}

/// Whether the word before a token is a name and no word of the language or of a country: "Liffey Capital", not "Human
/// Capital", "European Partners", "Foreign Investments".
fn is_proper(text: &Text, token_idx: usize) -> bool {
    let Some(before) = token_idx.checked_sub(1) else {
        return false;
    };
    let other = [
        &COMMON_WORDS,
        &GENERIC_WORDS,
        &OUTSIDE_WORDS,
        &PORTFOLIO_WORDS,
    ];
    text.tokens[before].case == Case::Capital
        && text.tokens[token_idx].case == Case::Capital
        && !text.is_marked(before, marks::COUNTRY.with(marks::ORGANIZATION_CUE))
        && !other.iter().any(|words| words.has(text, before))
        && !is_capital(text, token_idx + 1)
        && !one_of!(
            text.fold(before),
            "business"
                | "dear"
                | "global"
                | "growth"
                | "human"
                | "social"
                | "strategic"
                | "trading"
                | "venture"
                | "working"
        )
}

/// Whether a company's short name tells it in the rest of the article: not `National`, not `AB`.
pub(super) fn is_telling(short: &str) -> bool {
    short.contains(' ') || short.chars().count() >= 4 && !is_common(hash_of(short))
}

/// Whether a word makes no name by itself.
pub(in crate::extract) fn is_common(fold: u64) -> bool {
    let many = [
        &COMMON_WORDS,
        &GENERIC_WORDS,
        &OUTSIDE_WORDS,
        &PORTFOLIO_WORDS,
    ];
    many.iter().any(|words| words.has_fold(fold))
}

/// Whether a word begins a sentence, gives a rank or a date, and is part of no name.
pub(super) fn is_outside(text: &Text, token_idx: usize) -> bool {
    OUTSIDE_WORDS.has(text, token_idx)
}

/// Whether a token is a small word inside names abroad: `de`.
pub(super) fn is_particle(text: &Text, token_idx: usize) -> bool {
    text.tokens[token_idx].case == Case::Lower && PARTICLE_WORDS.has(text, token_idx)
}

/// Whether a word is what the name of a body ends with: `Commission`.
pub(super) fn is_head(fold: u64) -> bool {
    matches!(CUES.get(fold), Some(Cue::Head(_) | Cue::Ministry))
}

fn body(text: &Text, token_idx: usize, n_before: usize, from: usize) -> Option<Found> {
    let start = name_start(text, token_idx, from);
    let mut end = after_of(text, token_idx + 1);
    // "University College Dublin"
    let college = start + 1 == token_idx
        && text.is(token_idx, "College")
        && matches!(text.word(start), "Imperial" | "Trinity" | "University")
        && is_capital(text, token_idx + 1);
    end += usize::from(college && end == token_idx + 1);
    let told_by_end = end > token_idx + 1;
    let n_words = (start..token_idx)
        .filter(|&at| text.tokens[at].kind == Kind::Word)
        .count();
    let proper = has_proper_word(text, start..token_idx);
    let is_name = match (told_by_end, n_words) {
        (true, 0) => true,
        (true, _) => true,
        (false, 0) => false,
        (false, n_words) => proper && n_words >= n_before,
    };
    if !is_name {
        return None;
    }
    Some(Found {
        tokens: start..end,
        form: Form::Body(joined(text, start..end)),
    })
}

/// The body whose name begins with its noun: `Banco Roe del Sur`, `Compagnie Roe pour le Coton`.
fn body_behind(text: &Text, token_idx: usize, from: usize) -> Option<Found> {
    /// "pour le", "et de la"
    const MOST_SMALL: usize = 3;
    let is_small =
        |at: usize| JOINING_WORDS.has(text, at) || matches!(text.word(at), "'" | "’" | "&");
    let belongs = |at: usize| is_capital(text, at) && !OUTSIDE_WORDS.has(text, at);
    let mut end = token_idx + 1;
    while end < (token_idx + 2 * LONGEST).min(text.tokens.len())
        && text.sentence_of(end) == text.sentence_of(token_idx)
    {
        let is_joined = text.is(end, "-") && text.glued(end) && text.glued(end - 1);
        let first = end + usize::from(is_joined);
        let reach = first..(first + 1 + MOST_SMALL).min(text.tokens.len());
        let next = reach.clone().find(|&at| !is_small(at) || belongs(at));
        match next.filter(|&at| belongs(at)) {
            Some(at) => end = at + 1,
            None => break,
        }
    }
    // `Roe Compañía Minera`
    let start = match token_idx.checked_sub(1) {
        Some(before) if !text.is_marked(before, marks::COUNTRY) => {
            name_start(text, token_idx, from)
        }
        _ => token_idx,
    };
    let is_name = end > token_idx + 1 && !is_suffix(text, end - 1);
    is_name.then(|| Found {
        tokens: start..end,
        form: Form::Body(joined(text, start..end)),
    })
}

/// The token after "of Commerce and Industry", "on Foreign Relations"; the same token when nothing of the kind follows.
fn after_of(text: &Text, at: usize) -> usize {
    if !one_of!(text.small(at), "of" | "for" | "on") {
        return at;
    }
    let mut end = at;
    let mut next = at + 1 + usize::from(text.is(at + 1, "the"));
    while next < (at + LONGEST).min(text.tokens.len()) {
        if is_capital(text, next) && !OUTSIDE_WORDS.has(text, next) {
            next += 1;
            end = next;
        } else if end > at
            // "the Council of Europe and NATO" are two.
            && (one_of!(text.small(next), "&" | "of")
                // "the Council on Energy, Environment and Water"
                || text.is(next, ",")
                    && PORTFOLIO_WORDS.has(text, next - 1)
                    && PORTFOLIO_WORDS.has(text, next + 1)
                || text.is(next, "and") && !is_acronym(text, next + 1)
                || text.is(next, "-") && text.glued(next))
            && is_capital(text, next + 1)
        {
            next += 1;
        } else {
            break;
        }
    }
    end
}

fn ministry(place: &Place, token_idx: usize, from: usize) -> Option<Found> {
    let text = place.text;
    let is_ministry = text.word(token_idx).to_ascii_lowercase().starts_with('m');
    let kind = if is_ministry {
        "Ministry"
    } else {
        "Department"
    };
    let capital = text.tokens[token_idx].case != Case::Lower;
    if one_of!(text.small(token_idx + 1), "of" | "for") {
        let (portfolio, end) = portfolio_after(text, token_idx + 2)?;
        let country = place
            .country_before(token_idx)
            .or_else(|| place.country_after_of(end))
            .or_else(|| seat_beside(text, token_idx..end));
        return Some(Found {
            tokens: token_idx..end,
            form: Form::National {
                kind: format!("{kind} of {portfolio}"),
                country: country.map(str::to_string),
                sure: capital,
            },
        });
    }
    let start = portfolio_start(text, token_idx, from);
    if start == token_idx {
        return None;
    }
    let country = place
        .country_before(start)
        .or_else(|| seat_beside(text, start..token_idx + 1));
    let portfolio = portfolio_name(text, start..token_idx);
    Some(Found {
        tokens: start..token_idx + 1,
        form: Form::National {
            kind: format!("{kind} of {portfolio}"),
            country: country.map(str::to_string),
            // "a trade department" is none, "the finance ministry" is one where its country is known.
            sure: capital && text.tokens[start].case != Case::Lower,
        },
    })
}

/// The country of the capital in which a ministry is said to be: `the Ministry of Mines in Lima`, `In Lima, the Ministry of Mines`.
pub(super) fn seat_beside(text: &Text, name: Range<usize>) -> Option<&'static str> {
    const LONGEST: usize = 3;
    if text.is(name.end, "in")
        && let Some((_, country)) = country::capital_at(text, name.end + 1)
    {
        return Some(country);
    }
    let the = usize::from(one_of!(text.fold(name.start.wrapping_sub(1)), "the"));
    let comma = name
        .start
        .checked_sub(1 + the)
        .filter(|&at| text.is(at, ","))?;
    (comma.saturating_sub(LONGEST)..comma)
        .filter(|&start| start > 0 && one_of!(text.fold(start - 1), "in"))
        .filter_map(|start| country::capital_at(text, start))
        .find_map(|(end, country)| (end == comma).then_some(country))
}

/// Where the portfolio before "Ministry" begins: `International Trade and Industry`.
fn portfolio_start(text: &Text, token_idx: usize, from: usize) -> usize {
    let mut start = token_idx;
    let mut at = token_idx;
    while at > from.max(token_idx.saturating_sub(LONGEST)) {
        at -= 1;
        if PORTFOLIO_WORDS.has(text, at) {
            start = at;
        } else if !one_of!(text.small(at), "and" | "&" | ",") || start != at + 1 {
            break;
        }
    }
    start
}

/// The portfolio after "Ministry of": capital words that "and" and commas join.
fn portfolio_after(text: &Text, first: usize) -> Option<(String, usize)> {
    let first = first + usize::from(text.is(first, "the"));
    let mut end = first;
    let mut next = first;
    while next < (first + LONGEST).min(text.tokens.len()) {
        let fits = is_capital(text, next) && !OUTSIDE_WORDS.has(text, next);
        let is_joined = || PORTFOLIO_WORDS.has(text, next) || closes_list(text, first..next - 1);
        if fits && (next == first || end == next || is_joined()) {
            next += 1;
            end = next;
        } else if next > first && (joins_portfolios(text, next) || closes_list(text, first..next)) {
            next += 1;
        } else {
            break;
        }
    }
    // A comma that joined nothing belongs to the sentence.
    (end > first).then(|| (portfolio_name(text, first..end), end))
}

/// Whether a token joins two matters of a ministry: the comma and the "and" of "Economy, Trade, and Industry".
fn joins_portfolios(text: &Text, token_idx: usize) -> bool {
    let mut next = token_idx;
    if text.is(next, ",") {
        next += 1;
    }
    if one_of!(text.small(next), "and" | "&") {
        next += 1;
    }
    next > token_idx && PORTFOLIO_WORDS.has(text, next) && is_capital(text, next)
}

/// Whether "and" and the word behind it end a list of matters: `Trade, Industry and Handicrafts`.
fn closes_list(text: &Text, matters: Range<usize>) -> bool {
    let and = matters.end;
    one_of!(text.small(and), "and" | "&")
        && is_capital(text, and + 1)
        && !is_acronym(text, and + 1)
        && !OUTSIDE_WORDS.has(text, and + 1)
        && matters.into_iter().any(|at| text.is(at, ","))
}

/// The normal form of a portfolio: `foreign` → `Foreign Affairs`, `trade and industry` → `Trade and Industry`.
fn portfolio_name(text: &Text, tokens: Range<usize>) -> String {
    let mut out = String::new();
    for token_idx in tokens.clone() {
        let word = text.word(token_idx);
        let folded = fold(word);
        let word = match folded.as_str() {
            "," => {
                out.push(',');
                continue;
            }
            "and" | "&" => "and".to_string(),
            "defence" => "Defense".to_string(),
            "labour" => "Labor".to_string(),
            "economics" => "Economy".to_string(),
            "foreign" if tokens.len() == 1 => "Foreign Affairs".to_string(),
            _ => capitalized(word),
        };
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word);
    }
    out
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Where the capital words before a token begin; the token itself when there are none.
pub(super) fn name_start(text: &Text, token_idx: usize, from: usize) -> usize {
    let floor = from.max(token_idx.saturating_sub(LONGEST));
    let mut start = token_idx;
    let mut at = token_idx;
    while at > floor {
        at -= 1;
        let token = text.tokens[at];
        let belongs = match token.kind {
            Kind::Word if token.case != Case::Lower => {
                // "All India Roe Association"
                let is_all_of_country = || {
                    text.is(at, "All") && start == at + 1 && text.is_marked(start, marks::COUNTRY)
                };
                if OUTSIDE_WORDS.has(text, at) && !is_initial(text, at + 1) && !is_all_of_country()
                {
                    break;
                }
                start = at;
                true
            }
            // `Bank of Nova Scotia Ltd`
            Kind::Word if text.is(at, "of") => {
                at > floor
                    && matches!(
                        text.word(at - 1),
                        "Bank" | "Company" | "Co" | "House" | "University"
                    )
            }
            // `Roe and Sons Inc`, `Savings and Loan Association`: only words that are known to come second.
            Kind::Word if text.is(at, "and") => {
                let joins_matters = || {
                    at > floor
                        && is_capital(text, at - 1)
                        && PORTFOLIO_WORDS.has(text, at - 1)
                        && PORTFOLIO_WORDS.has(text, start)
                };
                // "Clothing and Textile Workers' Union", but not "the TUC and Textile Workers' Union"
                let joins_workers = || {
                    at > floor
                        && is_capital(text, at - 1)
                        && !is_acronym(text, at - 1)
                        && one_of!(
                            text.fold(start + 1),
                            "employees" | "exporters" | "growers" | "producers" | "workers"
                        )
                        && token_idx > start + 1
                };
                // "Garment Manufacturers and Exporters Association"
                let joins_members = || {
                    at > floor
                        && is_capital(text, at - 1)
                        && MEMBER_WORDS.has(text, at - 1)
                        && MEMBER_WORDS.has(text, start)
                        && token_idx > start
                };
                start == at + 1
                    && (SECOND_WORDS.has(text, start)
                        || joins_matters()
                        || joins_workers()
                        || joins_members())
            }
            Kind::Word => PARTICLE_WORDS.has(text, at) && start == at + 1,
            Kind::Number => {
                let glued = text.word(at).bytes().any(|byte| byte.is_ascii_alphabetic());
                if glued {
                    start = at;
                }
                glued
            }
            // `McDonald's Corp`, `Bankers' Association`, `People's Bank`; but not "the ministry's Bureau of Mines".
            Kind::Possessive => {
                at + 1 == token_idx
                    && at > floor
                    && (is_suffix(text, token_idx)
                        || !text.word(at).ends_with('s')
                        || OWNER_WORDS.has(text, at - 1))
            }
            Kind::Punct => match text.word(at) {
                "&" => true,
                "-" | "/" | "–" => text.glued(at) && at > 0 && text.glued(at - 1),
                "." => {
                    is_initial(text, at)
                        || at > 0 && is_suffix(text, at - 1) && !text.opens_sentence(at + 1)
                }
                "," => closes_with_comma(text, at),
                _ => false,
            },
            Kind::Quote => false,
        };
        if !belongs {
            break;
        }
    }
    // "Consider Roe Ltd"
    let is_order =
        start + 1 < token_idx && OPENING_WORDS.has(text, start) && text.opens_sentence(start);
    start + usize::from(is_order)
}

/// Whether the token is the period of a single letter: `J.`
fn is_initial(text: &Text, token_idx: usize) -> bool {
    text.is(token_idx, ".")
        && token_idx > 0
        && text.glued(token_idx - 1)
        && text.word(token_idx - 1).chars().count() == 1
}

/// Whether a word with a capital stands at a token.
pub(super) fn is_capital(text: &Text, token_idx: usize) -> bool {
    text.tokens
        .get(token_idx)
        .is_some_and(|token| token.kind == Kind::Word && token.case != Case::Lower)
}

fn is_acronym(text: &Text, token_idx: usize) -> bool {
    text.tokens
        .get(token_idx)
        .is_some_and(|token| token.case == Case::Upper)
}

/// Whether one of the words is more than a common noun in capitals.
fn has_proper_word(text: &Text, tokens: Range<usize>) -> bool {
    let mut n_words = 0;
    for token_idx in tokens {
        if is_capital(text, token_idx) {
            n_words += 1;
            if !GENERIC_WORDS.has(text, token_idx) && !OUTSIDE_WORDS.has(text, token_idx) {
                return true;
            }
        }
    }
    // `National Planning Commission`
    n_words >= 2
}

/// The words of a name with single spaces as the text has them.
pub(super) fn joined(text: &Text, tokens: Range<usize>) -> String {
    let is_spaced = |pair: &[Token]| {
        let space = pair[0].end as usize..pair[1].start as usize;
        space.is_empty() || text.source[space] == *" "
    };
    let words = text.words(tokens.clone());
    if text.tokens[tokens].windows(2).all(is_spaced) {
        return words.to_string();
    }
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::table;

    #[test]
    fn rows_are_sorted_and_whole() {
        table::check(FORMS);
        let rows: Vec<(&str, Vec<&str>)> = FORMS
            .rows()
            .map(|row| (row[0], row.names(1).collect()))
            .collect();
        let uses: Vec<&str> = rows.iter().map(|(used, _)| *used).collect();
        let expected = [
            "common",
            "company-noun",
            "firm-noun",
            "generic",
            "good",
            "joining",
            "leading-noun",
            "member",
            "opening",
            "outside",
            "owner",
            "particle",
            "portfolio",
            "second",
            "trade",
        ];
        assert_eq!(uses, expected);
        for (used, words) in rows {
            assert!(words.is_sorted_by(|a, b| a < b), "{used}");
            assert!(words.iter().all(|word| !word.trim().is_empty()), "{used}");
        }
    }
}
