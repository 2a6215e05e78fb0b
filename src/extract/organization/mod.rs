//! Institutions, agencies and companies that the text names: by a list of names (`organization.tsv`) and by the forms of
//! names (`form`): companies by their suffix, ministries and departments, bodies by their head noun. Needs the countries, to
//! tell whose ministry it is.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::known::{Marking, marks};
use super::list_lines::ListLines;
use super::{Extractor, Reading, country, each, instrument, person};
use crate::article::{Findings, Line, Mention, Value};
use crate::field::{Field, Kind, no_groups};
use crate::text::fold::fold;
use crate::text::gazetteer::{Gazetteer, Spelling, dotted, variants};
use crate::text::table::{self, Table};
use crate::text::tokens::{Case, Kind as TokenKind, Text};
use crate::text::vocabulary::Marks;
use crate::text::words::{Words, one_of};

mod context;
mod form;
mod short;

use form::{Form, Found};
use short::{Full, ShortName, Use};

pub(super) use form::is_common;

pub static FIELD: Field = Field {
    name: "organization",
    key: "organizations",
    kind: Kind::Facet,
    help: "institutions, agencies and companies",
    resolve,
    groups: no_groups,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &["country", "person", "instrument"],
    extract: |readings, findings| each(readings, findings, extract),
    lines,
};

fn lines(mention: &Mention, words: &str) -> Vec<Line> {
    LISTED.lines(words, |row| row.cell(0) == mention.value)
}

static LISTED: LazyLock<ListLines> = LazyLock::new(|| ListLines::new(&[(TABLE, &[0, 1])]));

/// A row of the list.
#[derive(Debug)]
struct Organization {
    value: &'static str,
    names: &'static str,
    /// The country of a national body whose names other countries' bodies bear as well.
    country: &'static str,
}

/// What a listed name stands for.
#[derive(Debug, Clone, Copy)]
enum Listed {
    Organization(usize),
    /// A word of many meanings: an organization where the article gives another name of it, too.
    Perhaps(usize),
    /// A name that several organizations bear: the number of it in `SHARED`.
    Shared(usize),
    /// No organization: hides the names in it.
    Nothing,
}

/// Phrases that contain a listed name and are none.
const NO_NAMES: &[&str] = &[
    "Exchange Rate Mechanism",
    "GM canola",
    "GM corn",
    "GM cotton",
    "GM crop",
    "GM crops",
    "GM food",
    "GM foods",
    "GM free",
    "GM grain",
    "GM maize",
    "GM seed",
    "GM seeds",
    "GM soy",
    "GM soya",
    "GM soybeans",
    "GM varieties",
    "GM wheat",
    "Fed by",
    "Fed on",
    "Fed up",
    "Ford Foundation",
    "Jaguar car",
    "Jaguar cars",
    "Mercedes car",
    "Paris Club of",
    "Target date",
    "Target price",
    "Trades Union",
    "White House Correspondents",
];

const TABLE: Table = Table::new(
    "organization/organization.tsv",
    include_str!("organization.tsv"),
);

static ORGANIZATIONS: LazyLock<Vec<Organization>> = LazyLock::new(|| {
    let organization = |[value, names, country]: [_; 3]| Organization {
        value,
        names,
        country,
    };
    TABLE.cells().map(organization).collect()
});

/// The names of a row with what they stand for. A value is a name of its own unless a tentative name is the same word.
fn names(row_idx: usize) -> impl Iterator<Item = (&'static str, Listed)> {
    let row = &ORGANIZATIONS[row_idx];
    let further = table::names(row.names);
    let tentative = further
        .clone()
        .any(|name| name.strip_prefix('~') == Some(row.value));
    let value = (!tentative).then_some((row.value, Listed::Organization(row_idx)));
    value
        .into_iter()
        .chain(further.map(move |name| match name.strip_prefix('~') {
            Some(name) => (name, Listed::Perhaps(row_idx)),
            None => (name, Listed::Organization(row_idx)),
        }))
}

/// Names that several organizations bear, each with words that tell it. An article that gives another name of one means that
/// one; else the words around decide, and where they do not, it is the first.
const SHARED: &[(&str, &[(&str, &str)])] = &[(
    "BIS",
    &[
        (
            "Bank for International Settlements",
            "bank bankers banking banks basel basle currencies currency lending monetary reserves",
        ),
        (
            "Bureau of Industry and Security",
            "chip chips commerce controls ear entity export exporter exporters exports licence licences license licenses \
             licensing semiconductor semiconductors",
        ),
    ],
)];

/// The same by the numbers of rows.
static BEARERS: LazyLock<Vec<Vec<(usize, Words)>>> = LazyLock::new(|| {
    let bearer = |(value, words): &(&str, &str)| {
        let row_idx = ORGANIZATIONS.iter().position(|row| row.value == *value)?;
        Some((row_idx, Words::new(words.split_whitespace())))
    };
    let bearers = SHARED
        .iter()
        .map(|(_, bearers)| bearers.iter().filter_map(bearer).collect());
    bearers.collect()
});

/// Parliaments and courts that many countries have, by names that are those of the United States where nothing else is told.
const BODIES_OF_MANY: &[&str] = &[
    "Congress",
    "House of Representatives",
    "Senate",
    "Supreme Court",
];

/// Countries whose parliament is called a Congress, and those in which a Congress is something else.
const CONGRESSES: &[&str] = &[
    "Argentina",
    "Bolivia",
    "Brazil",
    "Chile",
    "China",
    "Colombia",
    "Costa Rica",
    "Dominican Republic",
    "Ecuador",
    "Guatemala",
    "Honduras",
    "India",
    "Mexico",
    "Paraguay",
    "Peru",
    "Philippines",
    "Venezuela",
];

/// Words that tell of the United States without naming them.
static AMERICAN_WORDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "biden bush carter clinton congressman congresswoman democrat democrats gop nixon obama reagan republican republicans \
         trump"
            .split_whitespace(),
    )
});

/// Countries from which much is reported and that have no Congress, Senate or House of Representatives.
const WITHOUT_SENATE: &[&str] = &[
    "China",
    "Denmark",
    "Finland",
    "Norway",
    "Portugal",
    "Singapore",
    "South Korea",
    "Sweden",
    "Taiwan",
    "Turkey",
    "United Kingdom",
    "Vietnam",
];

/// Whether a name that stands for an American body where nothing else is told is one that other countries' bodies have, too.
fn is_of_many(row_idx: usize, words: &str) -> bool {
    BODIES_OF_MANY.contains(&words) || is_american_department(row_idx, words)
}

/// `Department of Agriculture`, `Agriculture Department`
fn is_american_department(row_idx: usize, words: &str) -> bool {
    ORGANIZATIONS[row_idx].country == "United States"
        && (words.starts_with("Department of ") || words.ends_with(" Department"))
}

/// The name of a department that the departments of other countries have: `Department of Agriculture`.
fn department(row_idx: usize, words: String) -> String {
    let portfolio = words.strip_suffix(" Department");
    match portfolio.filter(|_| is_american_department(row_idx, &words)) {
        Some(portfolio) => format!("Department of {portfolio}"),
        None => words,
    }
}

/// Whether a country may have a body of that name.
fn has_body(country: &str, row_idx: usize, words: &str) -> bool {
    is_of_many(row_idx, words)
        && match words {
            "Congress" => CONGRESSES.contains(&country),
            "House of Representatives" | "Senate" => !WITHOUT_SENATE.contains(&country),
            _ => true,
        }
}

/// The value of a body of one of them: India's Congress is a party.
fn body_of(kind: &str, country: &str) -> String {
    match (kind, country) {
        ("Congress", "China") => "National People's Congress".to_string(),
        ("Congress", "India") => "Indian National Congress".to_string(),
        _ => format!("{kind} ({country})"),
    }
}

/// Organizations that go with another, so that a word of many meanings stands for that one where the article names them.
const TOLD_BY: &[(&str, &[&str])] = &[
    ("Advanced Micro-Fabrication Equipment", MAKERS_OF_TOOLS),
    ("Albemarle", MINERS),
    ("Antofagasta", MINERS),
    ("Evergreen Marine", LINES),
    ("KLA", MAKERS_OF_TOOLS),
    ("Mediterranean Shipping Company", LINES),
    ("Ocean Network Express", LINES),
    ("Steel Authority of India", &["JSW Steel", "Tata Steel"]),
    (
        "United States House of Representatives",
        &["United States Congress", "United States Senate"],
    ),
    ("Vale", MINERS),
    ("Yang Ming Marine Transport", LINES),
    ("ZIM Integrated Shipping Services", LINES),
];

/// Firms beside which others of their trade are named.
const LINES: &[&str] = &[
    "A.P. Moller-Maersk",
    "CMA CGM",
    "COSCO",
    "HMM",
    "Hapag-Lloyd",
];
const MAKERS_OF_TOOLS: &[&str] = &[
    "ASML",
    "Applied Materials",
    "Lam Research",
    "Tokyo Electron",
];
const MINERS: &[&str] = &[
    "Anglo American",
    "BHP",
    "Codelco",
    "Freeport-McMoRan",
    "Glencore",
    "Rio Tinto",
];

/// The same by the numbers of rows.
static COMPANIONS: LazyLock<FxHashMap<usize, Vec<usize>>> = LazyLock::new(|| {
    let row = |value: &str| ORGANIZATIONS.iter().position(|row| row.value == value);
    let told = TOLD_BY.iter().filter_map(|(value, others)| {
        Some((
            row(value)?,
            others.iter().filter_map(|other| row(other)).collect(),
        ))
    });
    told.collect()
});

/// All listed names that mean an organization wherever they stand.
pub(super) fn sure_names() -> impl Iterator<Item = &'static str> {
    let names = (0..ORGANIZATIONS.len()).flat_map(names);
    names.filter_map(|(name, listed)| matches!(listed, Listed::Organization(_)).then_some(name))
}

static NAMES: LazyLock<Gazetteer<Listed>> = LazyLock::new(|| {
    let listed: Vec<(String, Listed)> = (0..ORGANIZATIONS.len())
        .flat_map(names)
        .chain(NO_NAMES.iter().map(|name| (*name, Listed::Nothing)))
        .chain(
            (0..SHARED.len()).map(|shared_idx| (SHARED[shared_idx].0, Listed::Shared(shared_idx))),
        )
        .flat_map(|(name, listed)| {
            variants(name)
                .into_iter()
                .chain(dotted(name))
                .map(move |variant| (variant, listed))
        })
        .collect();
    Gazetteer::new(
        listed
            .iter()
            .map(|(name, listed)| (name.as_str(), Spelling::of(name), *listed)),
    )
});

/// Marks the words with which names begin, and those that tell names.
pub(super) fn mark(mark: Marking) {
    for (fold, small) in NAMES.firsts() {
        mark(fold, marks::ORGANIZATION, small);
    }
    for (fold, may_be_small) in form::cues() {
        mark(fold, marks::ORGANIZATION_CUE, may_be_small);
    }
}

/// A name in a paragraph; what it stands for may depend on the rest of the article.
#[derive(Debug)]
struct Candidate {
    paragraph: usize,
    tokens: Range<usize>,
    /// The same in bytes.
    start: usize,
    end: usize,
    name: Name,
}

#[derive(Debug)]
enum Name {
    Listed(usize),
    Perhaps(usize),
    Shared(usize),
    /// A name that the bodies of several countries bear, as the text has it: `Supreme Court`.
    National(usize, String),
    Form(Form),
    /// A firm that the words beside it tell.
    Told(String),
}

fn extract(reading: &Reading, findings: &mut Findings) {
    let earlier = Earlier::new(findings);
    let mut candidates = Vec::new();
    let mut told = Vec::new();
    for (paragraph, text) in reading.paragraphs.iter().enumerate() {
        let from = match &reading.article.dateline {
            Some(dateline) if paragraph == 0 => text.token_at(dateline.end),
            _ => 0,
        };
        let place = Place {
            text,
            paragraph,
            from,
            earlier: &earlier,
        };
        let n_before = candidates.len();
        let cues = names_in(&place, &mut candidates);
        told_in(&place, &cues, &candidates[n_before..], &mut told);
    }
    if !told.is_empty() {
        candidates.append(&mut told);
        candidates.sort_by_key(|candidate| (candidate.paragraph, candidate.start));
    }
    if candidates.is_empty() {
        return;
    }
    explain(reading, &mut candidates);
    let mut known = Known::new(&candidates);
    known.home = home(findings);
    known.abroad = known.abroad(reading, findings, &candidates);
    known.bearers = known.bearers(reading, &candidates);
    let n_before = findings.mentions.len();
    let mut defined = short::Defined::default();
    for mut candidate in candidates {
        if let Name::Told(words) = &mut candidate.name
            && let Some(value) = defined.letters(words)
        {
            *words = value.to_string();
        }
        let full = Full {
            text: &reading.paragraphs[candidate.paragraph],
            tokens: candidate.tokens.clone(),
            is_firm: matches!(
                candidate.name,
                Name::Told(_) | Name::Form(Form::Company { .. })
            ),
        };
        if let Some(mention) = known.mention(candidate) {
            defined.read(&full, &mention.value, reading.own);
            findings.mentions.push(mention);
        }
    }
    known.add_defined(defined);
    known.forget_common_words(reading);
    if !known.short_names.is_empty() {
        let mut taken: Vec<&Mention> = findings.mentions[n_before..].iter().collect();
        let others = findings.mentions[..n_before].iter();
        taken.extend(others.filter(|mention| mention.field == &person::FIELD));
        taken.sort_by_key(|mention| (mention.paragraph, mention.span.start));
        let short = known.short_mentions(reading, &taken);
        findings.mentions.extend(short);
        findings.mentions[n_before..]
            .sort_by_key(|mention| (mention.paragraph, mention.span.start));
    }
}

/// Gives acronyms the meaning that the article explains them with: `Consumers of Iberian Steel (CIS)`.
fn explain(reading: &Reading, candidates: &mut [Candidate]) {
    let mut explained: FxHashMap<&str, Explained> = FxHashMap::default();
    for pair in candidates.windows(2) {
        let [name, acronym] = pair else { continue };
        if name.paragraph != acronym.paragraph || acronym.start != name.end + 2 {
            continue;
        }
        let source = reading.paragraphs[name.paragraph].source;
        let letters = &source[acronym.start..acronym.end];
        let is_bracketed = &source[name.end..acronym.start] == " ("
            && source[acronym.end..].starts_with(')')
            && is_acronym_of(letters, &source[name.start..name.end]);
        let is_other = || match acronym.name {
            Name::Listed(row_idx) => {
                !is_nearly(&source[name.start..name.end], ORGANIZATIONS[row_idx].value)
            }
            _ => true,
        };
        let meaning = (is_bracketed && is_other())
            .then(|| Explained::of(&name.name))
            .flatten();
        if let Some(meaning) = meaning {
            explained.entry(letters).or_insert(meaning);
        }
    }
    if explained.is_empty() {
        return;
    }
    for candidate in candidates {
        if !matches!(candidate.name, Name::Listed(_) | Name::Shared(_)) {
            continue;
        }
        let source = reading.paragraphs[candidate.paragraph].source;
        let words = &source[candidate.start..candidate.end];
        if let Some(meaning) = explained.get(words) {
            candidate.name = meaning.name();
        }
    }
}

/// What an acronym is explained with.
enum Explained {
    Listed(usize),
    Body(String),
}

impl Explained {
    fn of(name: &Name) -> Option<Explained> {
        match name {
            Name::Listed(row_idx) => Some(Explained::Listed(*row_idx)),
            Name::Form(Form::Body(value) | Form::Company { value, .. }) => {
                Some(Explained::Body(value.clone()))
            }
            _ => None,
        }
    }

    fn name(&self) -> Name {
        match self {
            Explained::Listed(row_idx) => Name::Listed(*row_idx),
            Explained::Body(value) => Name::Form(Form::Body(value.clone())),
        }
    }
}

/// Whether two names differ in the ends of words alone: `Free Democrat Party`, `Free Democratic Party`.
fn is_nearly(name: &str, other: &str) -> bool {
    const STEM: usize = 4;
    let stem = |word: &str| -> String { fold(word).chars().take(STEM).collect() };
    let stems = name.split([' ', '-']).map(stem);
    stems.eq(other.split([' ', '-']).map(stem))
}

/// Whether letters are the first ones of the words of a name that have capitals.
fn is_acronym_of(letters: &str, name: &str) -> bool {
    let firsts = name
        .split([' ', '-'])
        .filter_map(|word| word.chars().next());
    letters.len() > 1
        && firsts
            .filter(|first| first.is_uppercase())
            .eq(letters.chars())
}

/// Countries from whose cities much is reported of others, and one that has no ministries.
const SEATS_OF_NEWS: &[&str] = &[
    "Austria",
    "Belgium",
    "Switzerland",
    "United Kingdom",
    "United States",
];

/// The country of the place line, if the article names no other as often.
fn home(findings: &Findings) -> Option<Value> {
    let countries = || {
        let mentions = findings.mentions.iter();
        mentions.filter(|mention| mention.field == &country::FIELD)
    };
    let home = &countries()
        .find(|mention| mention.rule == "dateline")?
        .value;
    if SEATS_OF_NEWS.contains(&home.as_ref()) {
        return None;
    }
    // There are no more countries than the list has.
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for mention in countries().filter(|mention| mention.rule != "dateline") {
        match counts.iter_mut().find(|(value, _)| *value == mention.value) {
            Some((_, count)) => *count += 1,
            None => counts.push((&mention.value, 1)),
        }
    }
    let of_home = counts.iter().find(|(value, _)| value == home);
    let n_home = of_home.map_or(0, |(_, count)| *count);
    let is_first = counts.iter().all(|(_, count)| *count <= n_home);
    is_first.then(|| home.clone())
}

/// Adds the firms of a paragraph that words beside them tell and that are not named otherwise.
fn told_in(place: &Place, cues: &[usize], named: &[Candidate], out: &mut Vec<Candidate>) {
    for tokens in cues.iter().flat_map(|&cue| context::firms(place, cue)) {
        let overlaps = |candidate: &Candidate| {
            candidate.tokens.start < tokens.end && tokens.start < candidate.tokens.end
        };
        let after = named.partition_point(|candidate| candidate.tokens.end <= tokens.start);
        let told_before = out.last().is_some_and(|last| {
            last.paragraph == place.paragraph && last.tokens.end > tokens.start
        });
        if named.get(after).is_some_and(overlaps) || told_before {
            continue;
        }
        let span = place.text.span(tokens.clone());
        out.push(Candidate {
            paragraph: place.paragraph,
            start: span.start,
            end: span.end,
            name: Name::Told(form::joined(place.text, tokens.clone())),
            tokens,
        });
    }
}

/// Adds the names in one paragraph, in order, without overlaps; returns the words that may tell other names beside them.
fn names_in(place: &Place, out: &mut Vec<Candidate>) -> Vec<usize> {
    let (text, paragraph, from) = (place.text, place.paragraph, place.from);
    let mut cues = Vec::new();
    // In a text that is all capitals, capitals tell no names.
    let shouted = !text
        .tokens
        .iter()
        .any(|token| token.kind == TokenKind::Word && token.case == Case::Lower);
    let candidate = |tokens: Range<usize>, name: Name| {
        let span = text.span(tokens.clone());
        Candidate {
            paragraph,
            tokens,
            start: span.start,
            end: span.end,
            name,
        }
    };
    // Drops the names of the paragraph that reach beyond a token.
    let drop_beyond = |out: &mut Vec<Candidate>, start: usize| {
        while out
            .last()
            .is_some_and(|last| last.paragraph == paragraph && last.tokens.end > start)
        {
            out.pop();
        }
    };
    let mut next = from;
    let mut listed_end = from;
    let names = &*NAMES;
    let telling = marks::ORGANIZATION.with(marks::ORGANIZATION_CUE);
    let mut at = from;
    while let Some(token_idx) = text.next_marked(at, telling) {
        at = token_idx + 1;
        if context::leads_ticker(text, token_idx) {
            cues.extend((!shouted).then_some(token_idx));
            continue;
        }
        if token_idx >= next
            && text.is_marked(token_idx, marks::ORGANIZATION)
            && let Some((mut end, listed)) = names.longest(text, token_idx)
        {
            let claim = match listed {
                _ if place.is_of_person(&(token_idx..end)) => Claim::LeftToForm,
                // "Commerce Secretary", "Blair House": a part of another name
                Listed::Perhaps(_) if place.is_part(&(token_idx..end)) => Claim::LeftToForm,
                _ if place
                    .earlier
                    .is_in_citation(paragraph, &text.span(token_idx..end)) =>
                {
                    Claim::LeftToForm
                }
                _ => {
                    end = form::after_suffixes(text, end);
                    place.listed(*listed, token_idx..end)
                }
            };
            match claim {
                Claim::Name(name) => {
                    out.push(candidate(token_idx..end, name));
                    next = end;
                    listed_end = end;
                }
                Claim::Wider(start, name) => {
                    drop_beyond(out, start);
                    out.push(candidate(start..end, name));
                    next = end;
                    listed_end = end;
                }
                Claim::Nothing => next = end,
                Claim::LeftToForm => {}
            }
        }
        // A word inside a listed name tells no other name: "U.S. Federal Reserve Board".
        let listed = token_idx < listed_end;
        if listed || shouted || !form::may_tell(text, token_idx) {
            continue;
        }
        if context::is_cue(text, token_idx) {
            cues.push(token_idx);
        }
        if let Some(Found { tokens, form }) = form::at(place, token_idx, from) {
            let adds_nothing = out.last().is_some_and(|last| {
                last.paragraph == paragraph
                    && last.tokens.start <= tokens.start
                    && tokens.end <= last.tokens.end
            });
            if !adds_nothing && !place.is_otherwise(&tokens) {
                drop_beyond(out, tokens.start);
                next = next.max(tokens.end);
                out.push(candidate(tokens, Name::Form(form)));
            }
        }
    }
    cues
}

/// What a listed name makes of the words that it stands for.
enum Claim {
    Name(Name),
    /// A name that begins earlier: `Texas Senate`.
    Wider(usize, Name),
    /// They are no name.
    Nothing,
    /// They are told by their form instead.
    LeftToForm,
}

/// A paragraph with what else is named in it.
struct Place<'a> {
    text: &'a Text<'a>,
    paragraph: usize,
    /// The first token behind the place line.
    from: usize,
    earlier: &'a Earlier<'a>,
}

impl Place<'_> {
    /// What a listed name at some tokens stands for: another country's body where that country is named beside it.
    fn listed(&self, listed: Listed, tokens: Range<usize>) -> Claim {
        let row_idx = match listed {
            Listed::Nothing => return Claim::Nothing,
            Listed::Perhaps(row_idx) => return Claim::Name(Name::Perhaps(row_idx)),
            Listed::Shared(shared_idx) => return Claim::Name(Name::Shared(shared_idx)),
            Listed::Organization(row_idx) => row_idx,
        };
        // "90 Fed. Reg. 15041" cites the Federal Register.
        let after = tokens.end + usize::from(self.text.is(tokens.end, "."));
        if matches!(self.text.word(after), "Reg" | "Cir" | "R" | "Cl" | "Cas")
            && self.text.is(after - 1, ".")
        {
            return Claim::Nothing;
        }
        if form::is_of_goods(self.text, &tokens)
            || self.is_cited(row_idx, &tokens)
            || self.is_number_of_ship(&tokens)
        {
            return Claim::Nothing;
        }
        let home = ORGANIZATIONS[row_idx].country;
        if home.is_empty() {
            return match self.is_of_longer_name(row_idx, &tokens) {
                true => Claim::LeftToForm,
                false => Claim::Name(Name::Listed(row_idx)),
            };
        }
        let words = form::joined(self.text, tokens.clone());
        let country = self
            .country_before(tokens.start)
            .or_else(|| self.country_after_of(tokens.end))
            .or_else(|| form::seat_beside(self.text, tokens.clone()))
            .filter(|country| *country != home);
        if country.is_none() && self.text.is(tokens.start.wrapping_sub(1), "state") {
            return Claim::Nothing;
        }
        match country {
            None => match country::place_before(self.text, tokens.start) {
                Some(start) => {
                    let name = form::joined(self.text, start..tokens.end);
                    Claim::Wider(start, Name::Form(Form::Body(name)))
                }
                None => Claim::Name(Name::National(row_idx, words)),
            },
            Some(_) if form::is_department(self.text, tokens) => Claim::LeftToForm,
            // "the EU-Vietnam EPA" is an agreement.
            Some(_) if words == "EPA" => Claim::Nothing,
            Some(country) => Claim::Name(Name::Form(Form::National {
                kind: words,
                country: Some(country.to_string()),
                sure: true,
            })),
        }
    }

    /// Whether a country's word before a listed name makes it another body's: `Ruritania Semiconductor Industry Association`.
    fn is_of_longer_name(&self, row_idx: usize, tokens: &Range<usize>) -> bool {
        let is_led = tokens.start.checked_sub(1).is_some_and(|before| {
            self.text.tokens[before].kind == TokenKind::Word
                && self.text.tokens[before].case != Case::Lower
        });
        is_led
            && tokens.len() > 2
            && form::is_association(self.text, tokens)
            && self.country_before(tokens.start).is_some_and(|country| {
                let value = ORGANIZATIONS[row_idx].value;
                country != "United States" && !value.contains(country)
            })
    }

    /// Whether the words stand for an agreement that is cited: `Article XX of the GATT`, `GATT 1994`.
    fn is_cited(&self, row_idx: usize, tokens: &Range<usize>) -> bool {
        const REACH: usize = 14;
        let text = self.text;
        if ORGANIZATIONS[row_idx].value != "General Agreement on Tariffs and Trade" {
            return false;
        }
        let is_article =
            |at: usize| one_of!(text.fold(at), "art" | "arts" | "article" | "articles");
        if is_article(tokens.end) || one_of!(text.fold(tokens.end), "1947" | "1994") {
            return true;
        }
        let mut of = tokens.start.wrapping_sub(1);
        of = of.wrapping_sub(usize::from(text.is(of, "the")));
        let sentence = text.sentence_of(tokens.start);
        text.is(of, "of")
            && (of.saturating_sub(REACH)..of)
                .any(|at| is_article(at) && text.sentence_of(at) == sentence)
    }

    /// Whether the letters lead the number of a ship: `IMO 9123456`, `IMO No. 9123456`.
    fn is_number_of_ship(&self, tokens: &Range<usize>) -> bool {
        const N_DIGITS: usize = 7;
        const MOST_BETWEEN: usize = 3;
        if tokens.len() > 1 || !self.text.is(tokens.start, "IMO") {
            return false;
        }
        let between = |at: &usize| {
            one_of!(
                self.text.fold(*at),
                "no" | "nos" | "number" | "numbers" | "." | ":" | "#" | "("
            )
        };
        let mut number = tokens.end;
        while number < tokens.end + MOST_BETWEEN && between(&number) {
            number += 1;
        }
        let word = self.text.word(number);
        word.len() == N_DIGITS && word.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether a word with a capital stands before a name, or behind one of a single word, in the same sentence, so that both
    /// are one name.
    fn is_part(&self, tokens: &Range<usize>) -> bool {
        let text = self.text;
        let led = tokens.start.checked_sub(1).is_some_and(|before| {
            form::is_capital(text, before)
                && !text.opens_sentence(before)
                && self.country_before(tokens.start).is_none()
        });
        let leads = || {
            form::is_capital(text, tokens.end)
                && !text.opens_sentence(tokens.end)
                && form::after_suffixes(text, tokens.end) == tokens.end
        };
        led || tokens.len() == 1 && leads()
    }

    /// The country that is named right before a token: `Chinese`, `China's`.
    fn country_before(&self, token_idx: usize) -> Option<&str> {
        let mut before = token_idx.checked_sub(1)?;
        let possessive = self.text.tokens[before].kind == TokenKind::Possessive;
        let end = self.text.tokens[before].end as usize;
        if let Some(country) = self.earlier.ending(self.paragraph, end) {
            return Some(country);
        }
        if possessive {
            before = before.checked_sub(1)?;
        }
        self.earlier
            .ending(self.paragraph, self.text.tokens[before].end as usize)
    }

    /// The country that follows as in "Supreme Court of India", "Ministry of Trade of the Netherlands".
    fn country_after_of(&self, token_idx: usize) -> Option<&str> {
        if !self.text.is(token_idx, "of") {
            return None;
        }
        let the = usize::from(self.text.is(token_idx + 1, "the"));
        self.country_at(token_idx + 1 + the)
    }

    /// The country whose name begins at a token.
    fn country_at(&self, token_idx: usize) -> Option<&str> {
        let start = self.text.tokens.get(token_idx)?.start as usize;
        self.earlier.starting(self.paragraph, start)
    }

    /// Whether the tokens are a person's surname, behind a particle or a given name: `Pieter van den Bosch`, `Shunichi Suzuki`.
    /// Behind initials firms have their names, too.
    fn is_of_person(&self, tokens: &Range<usize>) -> bool {
        let text = self.text;
        let led = tokens.start.checked_sub(1).is_some_and(|before| {
            let token = &text.tokens[before];
            let is_word = token.kind == TokenKind::Word
                && (token.case == Case::Lower || person::is_given_name(token.fold));
            is_word || text.is(before, "-") && text.glued(before)
        });
        // "Anna Roe-Dietrich", "Dietrich Roe-Anders"
        let leads = text.is(tokens.end, "-") && text.glued(tokens.end - 1);
        if !led && !leads {
            return false;
        }
        let span = self.text.span(tokens.clone());
        let persons = &self.earlier.persons;
        let next =
            persons.partition_point(|person| *person <= (self.paragraph, span.start, usize::MAX));
        next.checked_sub(1).is_some_and(|at| {
            let (paragraph, start, end) = persons[at];
            paragraph == self.paragraph && start < span.start && span.end <= end
        })
    }

    /// Whether the tokens name a country or an instrument: `Soviet Union`, `Trade Promotion Authority`.
    fn is_otherwise(&self, tokens: &Range<usize>) -> bool {
        let span = self.text.span(tokens.clone());
        self.earlier.is_otherwise(self.paragraph, &span)
    }
}

/// What was found in an article before its organizations.
struct Earlier<'a> {
    /// Countries, sorted; they do not overlap.
    countries: Vec<(Span, &'a str)>,
    /// Where instruments stand, sorted: court cases, and the others, inside of which what is named is the instrument's.
    cases: Vec<Span>,
    citations: Vec<Span>,
    /// Where persons are named, sorted.
    persons: Vec<Span>,
}

/// A paragraph and bytes of it: the first, and the one after the last.
type Span = (usize, usize, usize);

impl Earlier<'_> {
    fn new(findings: &Findings) -> Earlier<'_> {
        let n_mentions = findings.mentions.len();
        let mut countries = Vec::with_capacity(n_mentions);
        let mut persons = Vec::with_capacity(n_mentions);
        let (mut cases, mut citations) = (Vec::new(), Vec::new());
        for mention in &findings.mentions {
            let place = (mention.paragraph, mention.span.start, mention.span.end);
            if mention.field == &country::FIELD {
                countries.push((place, mention.value.as_ref()));
            } else if mention.field == &instrument::FIELD {
                match mention.rule {
                    "court-case" => cases.push(place),
                    _ => citations.push(place),
                }
            } else if mention.field == &person::FIELD && mention.rule != "speaker" {
                // Who only is meant by a pronoun or by all of a quotation has no name there.
                persons.push(place);
            }
        }
        // Stable, so that of several values at a place the last stays so.
        countries.sort_by_key(|(place, _)| *place);
        cases.sort_unstable();
        citations.sort_unstable();
        persons.sort_unstable();
        Earlier {
            countries,
            cases,
            citations,
            persons,
        }
    }

    /// Whether some words are those of a country or an instrument.
    fn is_otherwise(&self, paragraph: usize, span: &Range<usize>) -> bool {
        let place = (paragraph, span.start, span.end);
        let mut instruments = [&self.cases, &self.citations].into_iter();
        instruments.any(|places| places.binary_search(&place).is_ok())
            || self
                .countries
                .binary_search_by_key(&place, |(place, _)| *place)
                .is_ok()
    }

    /// Whether some words are a part of an instrument's, which do not overlap.
    fn is_in_citation(&self, paragraph: usize, span: &Range<usize>) -> bool {
        let after = self
            .citations
            .partition_point(|citation| *citation < (paragraph, span.start + 1, 0));
        let before = after.checked_sub(1).map(|at| self.citations[at]);
        before.is_some_and(|(cited, start, end)| {
            cited == paragraph && span.end <= end && span.len() < end - start
        })
    }

    /// The country whose name ends at a byte; of several the last.
    fn ending(&self, paragraph: usize, end: usize) -> Option<&str> {
        self.last_country(|(other, _, other_end)| (other, other_end).cmp(&(paragraph, end)))
    }

    /// The same of one whose name starts there.
    fn starting(&self, paragraph: usize, start: usize) -> Option<&str> {
        self.last_country(|(other, other_start, _)| (other, other_start).cmp(&(paragraph, start)))
    }

    /// The last country of those at a place; `compare` says how another is to it.
    fn last_country(&self, compare: impl Fn(Span) -> Ordering) -> Option<&str> {
        let is_past = |place: Span| compare(place) == Ordering::Greater;
        let end = self
            .countries
            .partition_point(|(place, _)| !is_past(*place));
        let (place, value) = self.countries[..end].last()?;
        (compare(*place) == Ordering::Equal).then_some(*value)
    }
}

/// Blocs that have no parliament or court of the kind.
const BLOCS: &[&str] = &[
    "ASEAN",
    "African Union",
    "European Union",
    "Eurozone",
    "Mercosur",
];

/// The one body other than a country's parliament whose name ends in "Congress"; none where there are two.
fn other_congress(candidates: &[Candidate]) -> Option<Value> {
    let mut named = candidates.iter().filter_map(|candidate| {
        let value: Value = match &candidate.name {
            Name::Listed(row_idx) => ORGANIZATIONS[*row_idx].value.into(),
            Name::Form(Form::Body(value)) => value.clone().into(),
            _ => return None,
        };
        value.ends_with(" Congress").then_some(value)
    });
    let first = named.next()?;
    named.all(|value| value == first).then_some(first)
}

/// What the article as a whole tells about the names in it.
struct Known {
    /// Listed organizations that are named beyond doubt, sorted.
    rows: Vec<usize>,
    /// The country of each kind of ministry or court, none where the article has two of the kind.
    national: FxHashMap<String, Option<String>>,
    /// Companies by their names without suffix.
    short_names: Vec<ShortName>,
    /// The country in which the story plays; none where it is not clear.
    home: Option<Value>,
    /// The country whose parliament and court are meant; none where it is the United States, or not clear.
    abroad: Option<Value>,
    /// The same for the first paragraph alone: the country of its place line.
    first: Option<Value>,
    /// The other body that the article calls its Congress.
    congress: Option<Value>,
    /// By the numbers of shared names: the row of who bears it here.
    bearers: Vec<Option<usize>>,
}

impl Known {
    fn new(candidates: &[Candidate]) -> Known {
        let mut out = Known {
            rows: Vec::new(),
            national: FxHashMap::default(),
            short_names: Vec::new(),
            home: None,
            abroad: None,
            first: None,
            congress: None,
            bearers: Vec::new(),
        };
        for candidate in candidates {
            match &candidate.name {
                Name::National(row_idx, _) => out.rows.push(*row_idx),
                Name::Listed(row_idx) => {
                    out.rows.push(*row_idx);
                    // `Ministry of Commerce (China)`
                    let value = ORGANIZATIONS[*row_idx].value;
                    if let Some((kind, country)) = value
                        .strip_suffix(')')
                        .and_then(|value| value.split_once(" ("))
                    {
                        out.add_national(kind, country);
                    }
                }
                Name::Form(Form::National {
                    kind,
                    country: Some(country),
                    ..
                }) => out.add_national(kind, country),
                Name::Form(Form::Company { short, value }) => out.add_short(short, value),
                Name::Told(value) => out.add_short(value, value),
                _ => {}
            }
        }
        out.rows.sort_unstable();
        out
    }

    fn add_short(&mut self, short: &str, value: &str) {
        const MOST: usize = 100;
        let is_new = |known: &ShortName| known.value != value || known.short != short;
        if self.short_names.len() < MOST
            && self.short_names.iter().all(is_new)
            && form::is_telling(short)
        {
            self.short_names
                .push(ShortName::new(short, value, Use::Firm));
        }
    }

    /// Adds the short names that the article gives those whom it names in full, unless they stand for something else already.
    fn add_defined(&mut self, defined: short::Defined) {
        for name in defined.names() {
            let mut known = self.short_names.iter_mut();
            match known.find(|known| known.short == name.short) {
                // A firm of that name is who the letters are said to stand for.
                Some(known) if name.is_used == Use::Letters => *known = name,
                Some(_) => {}
                None => self.short_names.push(name),
            }
        }
    }

    fn has_row(&self, row_idx: usize) -> bool {
        self.rows.binary_search(&row_idx).is_ok()
    }

    fn add_national(&mut self, kind: &str, country: &str) {
        self.national
            .entry(kind.to_string())
            .and_modify(|known| {
                if known.as_deref() != Some(country) {
                    *known = None;
                }
            })
            .or_insert_with(|| Some(country.to_string()));
    }

    /// The country whose parliament and court an article means that names none: the one in which it plays, or the only one of
    /// which it speaks, if nothing in it speaks of the United States.
    fn abroad(
        &mut self,
        reading: &Reading,
        findings: &Findings,
        candidates: &[Candidate],
    ) -> Option<Value> {
        let is_bare = |candidate: &Candidate| match &candidate.name {
            Name::National(row_idx, words) => is_of_many(*row_idx, words),
            _ => false,
        };
        if !candidates.iter().any(is_bare) {
            return None;
        }
        let is_american = |candidate: &Candidate| match &candidate.name {
            Name::National(row_idx, words) => {
                ORGANIZATIONS[*row_idx].country == "United States" && words != "Congress"
            }
            _ => false,
        };
        if !candidates.iter().any(is_american) {
            self.congress = other_congress(candidates);
        }
        let countries = || {
            let mentions = findings.mentions.iter();
            mentions.filter(|mention| mention.field == &country::FIELD)
        };
        let of_place_line = countries()
            .find(|mention| mention.rule == "dateline")
            .map(|mention| &mention.value)
            .filter(|country| !BLOCS.contains(&country.as_ref()));
        let americas = || countries().filter(|mention| mention.value == "United States");
        if americas().next().is_some() {
            let is_told = americas().all(|mention| mention.paragraph > 0);
            self.first = of_place_line.filter(|_| is_told).cloned();
            return None;
        }
        if self.home.is_some() {
            return self.home.clone();
        }
        let speaks_of_america = || {
            let mut texts = reading.paragraphs.iter();
            texts.any(|text| AMERICAN_WORDS.count(text) > 0)
        };
        if of_place_line.is_some() {
            return of_place_line.filter(|_| !speaks_of_america()).cloned();
        }
        let mut countries = countries().filter(|mention| !BLOCS.contains(&mention.value.as_ref()));
        let first = countries.next()?;
        let mut n_named = 1 + usize::from(first.rule == "government office");
        for mention in countries {
            if mention.value != first.value {
                return None;
            }
            n_named += 1;
        }
        let is_told = n_named > 1 && !speaks_of_america();
        is_told.then(|| first.value.clone())
    }

    /// Who bears the shared names in an article.
    fn bearers(&self, reading: &Reading, candidates: &[Candidate]) -> Vec<Option<usize>> {
        let is_shared = |candidate: &Candidate| matches!(candidate.name, Name::Shared(_));
        if !candidates.iter().any(is_shared) {
            return Vec::new();
        }
        let count = |words: &Words| -> usize {
            let texts = reading.paragraphs.iter();
            texts.map(|text| words.count(text)).sum()
        };
        let bearer = |bearers: &Vec<(usize, Words)>| {
            let rank = |(row_idx, words): &(usize, Words)| (self.has_row(*row_idx), count(words));
            // Of equals the first.
            let best = bearers.iter().rev().max_by_key(|bearer| rank(bearer));
            best.map(|(row_idx, _)| *row_idx)
        };
        BEARERS.iter().map(bearer).collect()
    }

    fn mention(&self, candidate: Candidate) -> Option<Mention> {
        let (value, rule): (Value, &'static str) = match candidate.name {
            Name::Listed(row_idx) => (ORGANIZATIONS[row_idx].value.into(), "organization-name"),
            Name::National(row_idx, words) => {
                let row = &ORGANIZATIONS[row_idx];
                // "the Supreme Court" in a story of India's.
                let words = department(row_idx, words);
                let known = self.national.get(&words).and_then(Option::as_deref);
                let first = self.first.as_ref().filter(|_| candidate.paragraph == 0);
                let told = self.abroad.as_ref().or(first).map(Value::as_ref);
                let has_one = |country: &str| has_body(country, row_idx, &words);
                let congress = self.congress.as_ref().filter(|_| words == "Congress");
                match known.or(told.filter(|country| has_one(country))) {
                    _ if congress.is_some() => (congress?.clone(), "organization-name"),
                    Some(country) if country != row.country => {
                        (body_of(&words, country).into(), "national-body")
                    }
                    _ => (row.value.into(), "organization-name"),
                }
            }
            Name::Shared(shared_idx) => {
                let row_idx = self.bearers.get(shared_idx).copied().flatten()?;
                (ORGANIZATIONS[row_idx].value.into(), "organization-name")
            }
            Name::Perhaps(row_idx) => {
                let companions = COMPANIONS.get(&row_idx);
                let is_known = self.has_row(row_idx)
                    || companions.is_some_and(|rows| rows.iter().any(|row| self.has_row(*row)));
                if !is_known {
                    return None;
                }
                (ORGANIZATIONS[row_idx].value.into(), "organization-name")
            }
            Name::Form(Form::Company { short, value }) => {
                (self.told(&short, value).into(), "company-suffix")
            }
            Name::Told(value) => (self.told(&value.clone(), value).into(), "company-context"),
            Name::Form(Form::Body(value)) => (value.into(), "body-noun"),
            Name::Form(Form::National {
                kind,
                country,
                sure,
            }) => {
                let country = country.or_else(|| match self.national.get(&kind) {
                    Some(known) => known.clone(),
                    None if kind.starts_with("Ministry") => {
                        self.home.as_ref().map(Value::to_string)
                    }
                    None => None,
                });
                match country {
                    Some(country) => (body_of(&kind, &country).into(), "national-body"),
                    None if sure => (kind.into(), "national-body"),
                    None => return None,
                }
            }
        };
        Some(Mention {
            field: &FIELD,
            value,
            paragraph: candidate.paragraph,
            span: candidate.start..candidate.end,
            rule,
        })
    }

    /// The value of a company whose name has no legal form, or no other than "Co", by the one that the article gives it elsewhere.
    fn told(&self, short: &str, value: String) -> String {
        let is_vague = |value: &str| {
            let form = value.strip_prefix(short);
            form.is_some_and(|form| matches!(form, "" | " Co"))
        };
        if !is_vague(&value) {
            return value;
        }
        let mut names = self.short_names.iter().filter(|name| name.short == short);
        let told = names.find(|name| !is_vague(&name.value));
        told.map_or(value, |name| name.value.clone())
    }

    /// Drops short names that the article also writes small: "Acme Center Inc" makes no "center" a company.
    fn forget_common_words(&mut self, reading: &Reading) {
        let single = self.short_names.iter().filter_map(ShortName::single);
        let mut single: Vec<u64> = single.collect();
        if single.is_empty() {
            return;
        }
        single.sort_unstable();
        let bits = bits_of(single.iter().copied());
        let mut common = Vec::new();
        for text in &reading.paragraphs {
            for token in &text.tokens {
                if bits & bit(token.fold) != 0
                    && token.case == Case::Lower
                    && single.binary_search(&token.fold).is_ok()
                    && !common.contains(&token.fold)
                {
                    common.push(token.fold);
                }
            }
        }
        self.short_names
            .retain(|name| name.single().is_none_or(|fold| !common.contains(&fold)));
    }

    /// Mentions of companies by their names without suffix ("Acme" after "Acme Inc").
    fn short_mentions(&mut self, reading: &Reading, taken: &[&Mention]) -> Vec<Mention> {
        // Stable, so that of equals the first stays; the longest comes first.
        self.short_names
            .sort_by_key(|name| (name.first(), Reverse(name.tokens.len())));
        let bits = bits_of(self.short_names.iter().map(ShortName::first));
        let mut taken = taken.iter().peekable();
        let mut out = Vec::new();
        for (paragraph, text) in reading.paragraphs.iter().enumerate() {
            let mut next = 0;
            while let Some(token_idx) = text.next_marked(next, Marks::CAPITAL) {
                next = token_idx + 1;
                if bits & bit(text.tokens[token_idx].fold) == 0 {
                    continue;
                }
                let Some(name) = self.short_name_at(text, token_idx) else {
                    continue;
                };
                let end = token_idx + name.tokens.len();
                let span = text.span(token_idx..end);
                while taken
                    .next_if(|mention| {
                        (mention.paragraph, mention.span.end) <= (paragraph, span.start)
                    })
                    .is_some()
                {}
                let mut overlapping = taken.clone().take_while(|mention| {
                    mention.paragraph == paragraph && mention.span.start < span.end
                });
                // Jane Quillby is no Quillby Inc; a name alone may be either.
                let overlaps = overlapping.any(|mention| {
                    mention.field != &person::FIELD
                        || mention.span != span
                        || name.is_used != Use::Firm
                });
                if !overlaps {
                    out.push(Mention {
                        field: &FIELD,
                        value: name.value.clone().into(),
                        paragraph,
                        span,
                        rule: "company-short",
                    });
                }
                next = end;
            }
        }
        out
    }

    /// The longest of the sorted short names that stands at a token.
    fn short_name_at(&self, text: &Text, token_idx: usize) -> Option<&ShortName> {
        let first = text.tokens[token_idx].fold;
        let start = self
            .short_names
            .partition_point(|name| name.first() < first);
        let mut names = self.short_names[start..]
            .iter()
            .take_while(|name| name.first() == first);
        names.find(|name| name.is_at(text, token_idx))
    }
}

/// The bit of a fold, which tells of most others that they are another.
#[inline]
fn bit(fold: u64) -> u64 {
    1 << (fold & 63)
}

fn bits_of(folds: impl Iterator<Item = u64>) -> u64 {
    folds.fold(0, |bits, fold| bits | bit(fold))
}

/// Values by the spellings that a person would type.
static SPELLINGS: LazyLock<FxHashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut out: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
    for (row_idx, row) in ORGANIZATIONS.iter().enumerate() {
        let shared = SHARED.iter().filter(|(_, bearers)| {
            let mut values = bearers.iter().map(|(value, _)| *value);
            values.any(|value| value == row.value)
        });
        let spellings = names(row_idx).map(|(name, _)| name).chain([row.value]);
        for name in spellings.chain(shared.map(|(name, _)| *name)) {
            let values = out.entry(key(name)).or_default();
            if !values.contains(&row.value) {
                values.push(row.value);
            }
        }
    }
    out
});

/// The form in which spellings are compared: letters and digits, folded, without `the`.
fn key(spelling: &str) -> String {
    let folded = fold(spelling).replace('.', "");
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "the")
        .collect();
    words.join(" ")
}

fn resolve(spelling: &str) -> Vec<&'static str> {
    SPELLINGS.get(&key(spelling)).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::extract::Own;

    /// Checks the organizations that are marked in the paragraphs: `[words|value]`. Countries are marked `{words|value}` and
    /// given, as the extractor of countries would have found them.
    fn check(marked: &[&str]) {
        let mut article = Article::default();
        let mut findings = Findings::default();
        let mut expected = Vec::new();
        for (paragraph, marked) in marked.iter().enumerate() {
            let mut source = String::new();
            // Where organizations opened; a country may stand inside.
            let mut open = 0;
            let mut country_open = 0;
            let mut chars = marked.chars();
            while let Some(c) = chars.next() {
                match c {
                    '[' => open = source.len(),
                    '{' => country_open = source.len(),
                    '|' => {
                        let end = source.len();
                        let mut name = String::new();
                        for c in chars.by_ref() {
                            if c == ']' {
                                expected.push((paragraph, open..end, name.clone()));
                                break;
                            }
                            if c == '}' {
                                findings.mentions.push(Mention {
                                    field: &country::FIELD,
                                    value: name.clone().into(),
                                    paragraph,
                                    span: country_open..end,
                                    rule: "test",
                                });
                                break;
                            }
                            name.push(c);
                        }
                    }
                    _ => source.push(c),
                }
            }
            article.paragraphs.push(source);
        }
        let reading = Reading::new(&article, Own::none());
        let n_given = findings.mentions.len();
        extract(&reading, &mut findings);
        let found: Vec<_> = findings.mentions[n_given..]
            .iter()
            .map(|mention| {
                (
                    mention.paragraph,
                    mention.span.clone(),
                    mention.value.to_string(),
                )
            })
            .collect();
        assert_eq!(found, expected, "{:?}", article.paragraphs);
    }

    #[test]
    fn every_listed_name_is_found() {
        let listed = (0..ORGANIZATIONS.len()).flat_map(names);
        let listed = listed.filter_map(|(name, listed)| match listed {
            Listed::Organization(row_idx) => Some((name, ORGANIZATIONS[row_idx].value)),
            Listed::Perhaps(_) | Listed::Shared(_) | Listed::Nothing => None,
        });
        let (names, values): (Vec<_>, Vec<_>) = listed.unzip();
        let sentences = names
            .iter()
            .map(|name| format!("They asked {name} in vain."));
        let article = Article {
            paragraphs: sentences.collect(),
            ..Article::default()
        };
        let mut findings = Findings::default();
        extract(&Reading::new(&article, Own::none()), &mut findings);
        for (paragraph, value) in values.into_iter().enumerate() {
            let mut found = findings.of(&FIELD, paragraph);
            let sentence = &article.paragraphs[paragraph];
            assert!(found.any(|mention| mention.value == value), "{sentence}");
        }
    }

    #[test]
    fn rows_are_sorted_and_whole() {
        let values: Vec<&str> = ORGANIZATIONS.iter().map(|row| row.value).collect();
        assert!(
            values.is_sorted_by(|a, b| a < b),
            "{:?}",
            values.windows(2).find(|pair| pair[0] >= pair[1])
        );
        let mut all: Vec<&str> = Vec::new();
        for (row_idx, row) in ORGANIZATIONS.iter().enumerate() {
            assert!(!row.value.trim().is_empty(), "{row:?}");
            assert!(
                row.names.is_empty() || row.names.split('|').all(|name| !name.trim().is_empty()),
                "{row:?}"
            );
            all.extend(names(row_idx).map(|(name, _)| name));
        }
        all.sort_unstable();
        for pair in all.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }

    #[test]
    fn institutions_by_name_and_acronym() {
        check(&[
            "The [WTO|World Trade Organization] and the [I.M.F.|International Monetary Fund] met; who and imf did not.",
        ]);
        check(&[
            "The [Fed|Federal Reserve] moved. Fed up, traders left the [U.S. Chamber of Commerce|US Chamber of Commerce].",
        ]);
        check(&["The [European Commission|European Commission] replied."]);
        check(&["The order is at 90 Fed. Reg. 15041 (Apr. 7, 2025)."]);
    }

    #[test]
    fn firms_are_told_by_the_words_beside_them() {
        check(&[
            "Shares of [Orvandra|Orvandra] fell. [Orvandra|Orvandra] said it would close two mills.",
        ]);
        check(&["[Orvandra|Orvandra] shares slid after the vote."]);
        check(&["[Orvandra|Orvandra] (NYSE: ORV) and carmaker [Velkatra|Velkatra] agreed."]);
        check(&[
            "An analyst at [Velkatra & Osk|Velkatra & Osk] and a trader with [Brunvel|Brunvel] disagreed.",
        ]);
        check(&[
            "[Orvandra|Orvandra] chief executive Ana Quillby resigned; a [Velkatra|Velkatra] spokesman said so.",
        ]);
        check(&["Ana Quillby, chief executive of [Velkatra|Velkatra], agreed."]);
        check(&[
            "She sold her company, [Velkatra Osk|Velkatra Osk], and bought [Brunvel Petrochem|Brunvel Petrochem] instead.",
        ]);
        check(&[
            "[Velkatra|Velkatra], the {Danish|Denmark} shipping group, ordered eight ships from pulp maker [Orvandra|Orvandra].",
        ]);
    }

    #[test]
    fn lists_of_matters_are_whole() {
        check(&[
            "{Uganda|Uganda}'s [Ministry of Trade, Industry and Cooperatives|Ministry of Trade, Industry and Cooperatives (Uganda)] agreed.",
        ]);
        check(&[
            "The [Council on Energy, Environment and Water|Council on Energy, Environment and Water] and the [Coffee and Cocoa Board|Coffee and Cocoa Board] agreed.",
        ]);
        check(&[
            "The [Tobacco Industry and Marketing Board|Tobacco Industry and Marketing Board] agreed, and China did.",
        ]);
    }

    #[test]
    fn what_tells_a_firm_may_open_the_paragraph() {
        let words = [
            "CEO",
            "CFO",
            "NYSE",
            "analyst",
            "carmaker",
            "chairman",
            "firm",
            "shares",
            "spokesman",
        ];
        let frames = |word: &&str| {
            [
                format!("{word} Ana Quillby said so."),
                format!("{word}: ROE)"),
                format!("{word}, the"),
                format!("({word}"),
                word.to_string(),
            ]
        };
        let article = Article {
            paragraphs: words.iter().flat_map(frames).collect(),
            ..Article::default()
        };
        let mut findings = Findings::default();
        extract(&Reading::new(&article, Own::none()), &mut findings);
        let values = findings.mentions.iter().map(|mention| &*mention.value);
        assert!(
            values.eq(["New York Stock Exchange"; 5]),
            "{:?}",
            findings.mentions
        );
    }

    #[test]
    fn firms_of_a_trade_tell_each_other() {
        check(&[
            "[Maersk|A.P. Moller-Maersk] and [MSC|Mediterranean Shipping Company] raised their rates; the dolls sell in one size.",
        ]);
        check(&["MSC students met at Vale."]);
    }

    #[test]
    fn words_beside_other_names_tell_no_firm() {
        check(&[
            "Asian shares fell, and Tuesday shares of the blame rose. {Japan|Japan} shares slid.",
        ]);
        check(&[
            "A Presidential spokesman said so, and a spokesman for Minority Leader Quillby agreed.",
        ]);
        check(&["Steel shares rose. Former chief executive Ana Quillby left the company Monday."]);
        check(&[
            "He has a stake in {Brazil|Brazil} and in the Company. The firm Tuesday closed its mill.",
        ]);
        check(&["Friday, a shipping group, the company said, left; an analyst at Lagos spoke."]);
        check(&["Carlos shares his flat. Velkatra shares her view of trade."]);
    }

    #[test]
    fn the_first_word_of_a_firm_stands_for_it() {
        check(&[
            "[Lomaretk Technology Co., Ltd|Lomaretk Technology Ltd] sued.",
            "[Lomaretk|Lomaretk Technology Ltd] won, and Lomaretk Valley did not.",
        ]);
        check(&["[Golden Roe Ltd|Golden Roe Ltd] sued. Golden days followed."]);
    }

    #[test]
    fn an_article_defines_abbreviations() {
        check(&[
            "The [Northern Tanners Association|Northern Tanners Association] ([NTA|Northern Tanners Association]) wept.",
            "[NTA|Northern Tanners Association] chairman Ana Quillby did not.",
        ]);
        check(&[
            "The [Northern Tanners Association|Northern Tanners Association] (XYZ) wept. XYZ did not.",
        ]);
    }

    #[test]
    fn the_noun_of_a_body_stands_for_the_only_one() {
        check(&[
            "The [European Commission|European Commission] replied.",
            "The [Commission|European Commission] will decide, said [Commission|European Commission] spokesman Ana Quillby. Another Commission would not.",
        ]);
        check(&[
            "The [European Commission|European Commission] and the [African Union Commission|African Union Commission] met. The Commission agreed.",
        ]);
    }

    #[test]
    fn names_of_bodies_may_begin_with_their_noun() {
        check(&[
            "The [Compagnie Roe pour le Coton|Compagnie Roe pour le Coton] and [Banco Quillby del Sur|Banco Quillby del Sur] agreed.",
        ]);
        check(&[
            "The [Garment Manufacturers and Exporters Association|Garment Manufacturers and Exporters Association] met the [All {India|India} Roe Association|All India Roe Association].",
        ]);
        check(&["The Conseil and the Banco agreed."]);
    }

    #[test]
    fn a_national_body_is_that_of_the_city_beside_it() {
        check(&["The [Supreme Court|Supreme Court (Kenya)] in Nairobi ruled."]);
        check(&["The [Supreme Court|Supreme Court of the United States] in Washington ruled."]);
    }

    #[test]
    fn departments_belong_to_the_country_before_them() {
        check(&["The [Commerce Department|United States Department of Commerce] ruled."]);
        check(&[
            "{Philippine|Philippines} [Commerce Department|Department of Commerce (Philippines)] officials came.",
        ]);
        check(&[
            "The [{U.S.|United States} Commerce Department|United States Department of Commerce] ruled.",
        ]);
    }

    #[test]
    fn states_have_bodies_of_their_own() {
        check(&[
            "The [Texas Senate|Texas Senate] passed it, the state Senate of Georgia did not, the [Senate|United States Senate] may.",
        ]);
        check(&["The [Florida Supreme Court|Florida Supreme Court] ruled."]);
    }

    #[test]
    fn commas_and_conjunctions_within_names() {
        check(&[
            "[Kidder, Peabody & Co|Kidder, Peabody & Co] advised; sales to the U.S., Company officials said, rose.",
        ]);
        check(&["The [Energy and Commerce Committee|House Committee on Energy and Commerce] met."]);
        check(&[
            "The [House of Representatives Committee on Science|House of Representatives Committee on Science] met.",
        ]);
        check(&["The [Fisheries and Forestry Committee|Fisheries and Forestry Committee] met."]);
    }

    #[test]
    fn a_ministry_is_that_of_the_place_line_unless_others_are_named_more() {
        let check = |place: &str, rest: &str| {
            let article = Article {
                dateline: Some(crate::article::Dateline {
                    place: place.to_string(),
                    end: place.len(),
                }),
                paragraphs: vec![format!("{place} - {rest}")],
                ..Article::default()
            };
            let findings = crate::extract::extract(&article, crate::extract::Own::none());
            let values: Vec<String> = findings
                .of(&FIELD, 0)
                .map(|mention| mention.value.to_string())
                .collect();
            values.join(", ")
        };
        insta::assert_snapshot!(check("MANILA", "The Agriculture Department and the Supreme Court disagreed."), @"Department of Agriculture (Philippines), Supreme Court (Philippines)");
        insta::assert_snapshot!(check("LONDON", "The Supreme Court sat, and the Senate in Washington did not."), @"Supreme Court (United Kingdom), United States Senate");
        insta::assert_snapshot!(check("TOKYO", "The Finance Ministry said its auction was covered."), @"Ministry of Finance (Japan)");
        insta::assert_snapshot!(check("TOKYO", "China buys less from China, the Trade Ministry said."), @"Ministry of Trade");
        insta::assert_snapshot!(check("GENEVA", "The Trade Ministry said so."), @"Ministry of Trade");
    }

    #[test]
    fn ministries_have_one_form() {
        check(&[
            "{China|China}'s [commerce ministry|Ministry of Commerce (China)] objected.",
            "The [Commerce Ministry|Ministry of Commerce (China)] gave no date.",
        ]);
        check(&[
            "The [Ministry of Economy, Trade and Industry|Ministry of Economy, Trade and Industry (Japan)] spoke, and so did [MITI|Ministry of International Trade and Industry (Japan)].",
        ]);
        check(&[
            "The [Finance Ministry|Ministry of Finance] is silent; a finance ministry is a burden.",
        ]);
        check(&[
            "{Brazilian|Brazil} [Foreign Ministry|Ministry of Foreign Affairs (Brazil)] aides left.",
        ]);
    }

    #[test]
    fn companies_by_suffix() {
        check(&[
            "[Acme Widgets, Inc|Acme Widgets Inc]. sells tools; [Zeta Co., Ltd|Zeta Ltd]. buys.",
            "[Acme Widgets|Acme Widgets Inc] lost money, said [Zeta|Zeta Ltd].",
        ]);
        check(&[
            "But [Toyota Motor Corp|Toyota] and [Toyota Motor Credit Corp|Toyota Motor Credit Corp] rose.",
        ]);
        check(&[
            "Chairman Jane Roe of [Borax AG|Borax AG] met Virginia AG Mark Roe and the Company.",
        ]);
    }

    #[test]
    fn somebody_named_in_full_is_no_firm() {
        let text = "Quillby Inc. sold Quillby tools. Chairman Jane Quillby said so.";
        let article = Article {
            paragraphs: vec![text.to_string()],
            ..Article::default()
        };
        let findings = crate::extract::extract(&article, crate::extract::Own::none());
        let mentions = findings.mentions.iter();
        let firms = mentions.filter(|mention| mention.field == &FIELD);
        let firms: Vec<&str> = firms.map(|mention| &text[mention.span.clone()]).collect();
        assert_eq!(firms, ["Quillby Inc", "Quillby"]);
    }

    #[test]
    fn one_legal_form_is_one_value() {
        check(&[
            "[Quillby Bearing Co., Ltd|Quillby Bearing Ltd]. met [Quillby Bearing Co. Ltd|Quillby Bearing Ltd], [Quillby Bearing Co Ltd|Quillby Bearing Ltd].",
            "[Quillby Bearing Company Limited|Quillby Bearing Ltd] and [Quillby Bearing Co., Limited|Quillby Bearing Ltd] met [Quillby Bearing Limited|Quillby Bearing Ltd].",
            "[QUILLBY BEARING CO., LTD|QUILLBY BEARING Ltd]. sold it to [Kestrel & Co., Ltd|Kestrel & Co Ltd]. in spring.",
        ]);
        check(&[
            "[Losa Land Corp. Ltd|Losa Land Corp Ltd]. and the [Losa Quillby Association|Losa Quillby Association] (ASA) met [QUILLBY Bearing LTD|QUILLBY Bearing Ltd].",
            "[Losa Mining Pte. Ltd|Losa Mining Pte Ltd]. and [Losa Mining (Pte) Limited|Losa Mining Pte Ltd] are [Losa Mining|Losa Mining Pte Ltd].",
            "[OAO Quillbyneft|Quillbyneft OJSC] and [Quillbyneft OJSC|Quillbyneft OJSC] are one.",
        ]);
    }

    #[test]
    fn legal_forms_of_many_countries() {
        check(&[
            "[Stalquill Sp. z o.o.|Stalquill Sp z oo] and [Losa Trading FZE|Losa Trading FZE] paid [Quillby S.p.A.|Quillby SpA] for it.",
            "[Quill and Co|Quill and Co], [Losa, Quill & Co|Losa, Quill & Co] and [Quill & Co. KG|Quill & Co KG] sued the {Russian|Russia} [OOO Quillbyles|Quillbyles LLC] and, later, [PJSC Losaneft|Losaneft PJSC].",
            "[Rohrquill GmbH & Co. KG|Rohrquill GmbH & Co KG] bought [Quillby Seiki K.K.|Quillby Seiki KK] of [PT Quillby Losa Tbk|Quillby Losa Tbk] and [PT Losa Baja|PT Losa Baja].",
            "[SIA \"Quillby\"|Quillby SIA] met [Quillby Losa A/S|Quillby Losa A/S], [Losa Metal A.Ş.|Losa Metal AS] and [Losa d.o.o.|Losa DOO] of late.",
        ]);
        check(&["SIA flies to SE Asia. Prices fell AS Losa left. At 9 a.m. PT Losa spoke too."]);
    }

    #[test]
    fn known_names_inside_longer_names_of_firms() {
        check(&[
            "[Mitsui Quillby K.K.|Mitsui Quillby KK] and [Dassault-Quillby S.A.S.|Dassault-Quillby SAS] own [Vestas Losa A/S|Vestas Losa A/S].",
            "[Losa Precision (HK) Limited|Losa Precision (HK) Ltd] and [Al Losa & Sons Trading FZE|Al Losa & Sons Trading FZE] met.",
            "Consider [Quillby Seiki KK|Quillby Seiki KK]. [Losa Bearing Ltd|Losa Bearing Ltd]. [Hyundai Wia|Hyundai Wia] makes axles, [Hyundai|Hyundai] cars.",
        ]);
        check(&[
            "[Bank of {China|China} ({Hong Kong|Hong Kong}) Ltd|Bank of China (Hong Kong) Ltd] lent it.",
        ]);
    }

    #[test]
    fn numbers_of_ships_name_no_organization() {
        check(&[
            "The tanker Losa (IMO 9123456) and another, IMO No. 9654321, sailed; the [IMO|International Maritime Organization] did not.",
        ]);
    }

    #[test]
    fn a_shared_name_is_told_by_the_article() {
        check(&[
            "The [Bureau of Industry and Security|Bureau of Industry and Security] ([BIS|Bureau of Industry and Security]) fined a bank.",
            "[BIS|Bureau of Industry and Security] was right, bankers said.",
        ]);
        check(&["[BIS|Bureau of Industry and Security] refused the export licence."]);
        check(&["[BIS|Bank for International Settlements] warned banks of lending in Basel."]);
        assert_eq!(resolve("bis").len(), 2);
    }

    #[test]
    fn an_acronym_is_what_the_article_explains_it_with() {
        check(&[
            "The [Coastal Importers Association|Coastal Importers Association] ([CIA|Coastal Importers Association]) objected.",
            "The [CIA|Coastal Importers Association] has members.",
        ]);
        check(&[
            "The [Free Democrat Party|Free Democrat Party] ([FDP|Free Democratic Party]) won.",
        ]);
    }

    #[test]
    fn parliaments_of_other_countries() {
        check(&[
            "The [Congress|Indian National Congress] opposes the bill in {India|India}, {India|India}'s papers say.",
        ]);
        check(&["{Peru|Peru} waits: the [Senate|Senate (Peru)] sits, {Peruvian|Peru} papers say."]);
        check(&[
            "{Peru|Peru} waits: the [Senate|United States Senate] sits, {Peruvian|Peru} Republicans say.",
        ]);
        check(&["The [Senate|United States Senate] may ban goods of {Peru|Peru}."]);
        check(&[
            "{Japan|Japan} fears [Congress|United States Congress], {Japanese|Japan} papers say.",
        ]);
        check(&[
            "{Peru|Peru} asked the [Senate|United States Senate] for help, {Peruvian|Peru} papers in {America|United States} say.",
        ]);
        check(&[
            "The [World Uyghur Congress|World Uyghur Congress] met. Work of the [Congress|World Uyghur Congress] goes on.",
        ]);
    }

    #[test]
    fn names_inside_longer_ones() {
        check(&[
            "The [{Ruritania|Ruritania} Semiconductor Industry Association|Ruritania Semiconductor Industry Association] objected to {Ruritania|Ruritania}'s [Semiconductor Industry Association|Semiconductor Industry Association].",
        ]);
        check(&["[Siemens Gamesa|Siemens Gamesa] builds turbines, [Siemens|Siemens] trains."]);
        check(&[
            "The [Distilled Spirits Council of the {United States|United States}|Distilled Spirits Council of the United States] spoke.",
        ]);
        check(&[
            "The [Ministry of Industry, Trade and Services|Ministry of Industry, Trade and Services] replied.",
        ]);
    }

    #[test]
    fn goods_of_a_country_are_no_firms() {
        check(&[
            "Fares of American airlines rose; [American Airlines|American Airlines] sold British steel to [British Steel|British Steel].",
        ]);
    }

    #[test]
    fn citations_name_no_organizations() {
        let check = |source: &str| {
            let article = Article {
                paragraphs: vec![source.to_string()],
                ..Article::default()
            };
            let findings = crate::extract::extract(&article, Own::none());
            let found = findings.of(&FIELD, 0);
            let values: Vec<&str> = found.map(|mention| &*mention.value).collect();
            values.join(", ")
        };
        insta::assert_snapshot!(check("Regulation (EU) 2019/1021 and the EU-Vietnam FTA apply."), @"");
        insta::assert_snapshot!(check("It breaks Article III:4 of the GATT 1994 and GATT Article XI."), @"");
        insta::assert_snapshot!(check("The EU asked the GATT to rule."), @"European Union, General Agreement on Tariffs and Trade");
        insta::assert_snapshot!(check("Copyright Quillby Gazette Ltd, all rights reserved."), @"Quillby Gazette Ltd");
        insta::assert_snapshot!(check("In Hanoi, the Ministry of Mines spoke to the Ministry of Ports in Lima."), @"Ministry of Mines (Vietnam), Ministry of Ports (Peru)");
    }

    #[test]
    fn words_of_many_meanings_need_another_name() {
        check(&["Apple growers want to target Gap years."]);
        check(&[
            "[Apple Inc|Apple] makes phones.",
            "[Apple|Apple] pays tariffs.",
        ]);
    }

    #[test]
    fn words_of_many_meanings_are_no_part_of_other_names() {
        check(&[
            "The [United States Congress|United States Congress] met. The [House|United States House of Representatives] passed it in Blair House.",
            "The [Commerce Department|United States Department of Commerce] ruled. [Commerce|United States Department of Commerce] said so; Commerce Secretary Losa did not.",
        ]);
        check(&["Nobody in the House heard it. Commerce grew."]);
    }

    #[test]
    fn persons_are_no_firms() {
        let article = Article {
            paragraphs: vec![
                "“Prices rose,” said Pieter van den Bosch. Shunichi Suzuki left. Bosch sold drills."
                    .to_string(),
            ],
            ..Article::default()
        };
        let findings = crate::extract::extract(&article, Own::none());
        let found = findings.of(&FIELD, 0);
        let found: Vec<&str> = found.map(|mention| &*mention.value).collect();
        assert_eq!(found, ["Bosch"]);
    }

    #[test]
    fn firms_by_nouns_that_other_phrases_have_too() {
        check(&[
            "The head of [Liffey Capital|Liffey Capital] and [Kestrel Partners|Kestrel Partners] left. Human Capital is dear, and Trading Partners wait.",
            "[Dalgleish & Sons|Dalgleish & Sons] and [Thackeray Presses|Thackeray Presses] sold out.",
        ]);
    }

    #[test]
    fn acronyms_as_words() {
        check(&[
            "[Apec|Asia-Pacific Economic Cooperation] and [Unctad|UNCTAD] met. The Trips were long.",
        ]);
    }

    #[test]
    fn names_that_go_on_behind_their_noun() {
        check(&[
            "[University College Dublin|University College Dublin] wrote to the [Clothing and Textile Workers' Union|Clothing and Textile Workers' Union].",
            "The [Ohio Fruit and Vegetable Association|Ohio Fruit and Vegetable Association] and the [Quillby Weather Service|Quillby Weather Service] agreed.",
        ]);
    }

    #[test]
    fn bodies_by_head_noun() {
        check(&[
            "The [Yokohama Chamber of Commerce|Yokohama Chamber of Commerce] and the [University of Lagos|University of Lagos] agree.",
        ]);
        check(&[
            "The [Ruritanian Steel Association|Ruritanian Steel Association] asked the Executive Board, the West Bank and the Soviet Union.",
        ]);
    }

    #[test]
    fn spellings_resolve() {
        for (spelling, value) in [
            ("wto", "World Trade Organization"),
            ("W.T.O.", "World Trade Organization"),
            ("ustr", "Office of the United States Trade Representative"),
            ("the fed", "Federal Reserve"),
            (
                "Commerce Department",
                "United States Department of Commerce",
            ),
            ("apple", "Apple"),
        ] {
            assert_eq!(resolve(spelling), [value], "{spelling}");
        }
        assert!(resolve("").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_safe(source in "([A-Z][a-zé]{0,3}|of|at|and|,|\\.|-|’s|&|\\(|:|Inc|Co|AG|Ministry|Bank|Trade|Department|CEO|NYSE|analyst|carmaker|shares|spokesman|a firm|said| |.){0,40}") {
            let article = Article {
                paragraphs: vec![source.clone()],
                ..Article::default()
            };
            let reading = Reading::new(&article, Own::none());
            let mut findings = Findings::default();
            extract(&reading, &mut findings);
            for mention in findings.mentions {
                assert!(source.get(mention.span).is_some_and(|words| !words.is_empty()));
            }
        }
    }
}
