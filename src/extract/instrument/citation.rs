//! The forms of citations in trade law: sections, disputes, registers, codes, orders, regulations, headings, articles, court
//! cases. Looks at one text around one token, never further than `REACH` tokens.

use std::ops::Range;
use std::sync::LazyLock;

use crate::article::Value;
use crate::extract::known::{Marking, marks};
use crate::text::fold::{fold, hash};
use crate::text::months::MONTHS;
use crate::text::tokens::{Case, Kind, Text};
use crate::text::vocabulary::Marks;
use crate::text::words::{WordTable, one_of};

/// A citation in a text.
#[derive(Debug)]
pub(super) struct Citation {
    pub(super) value: Value,
    pub(super) tokens: Range<usize>,
    pub(super) rule: &'static str,
}

/// How many tokens around a citation may tell what it is.
const REACH: usize = 40;

/// Numbers in one citation ("Sections 201, 232 and 301"); more than a writer ever strings together.
const MOST_NUMBERS: usize = 12;

/// Sections that trade news cites by number alone or with a trade word near by.
pub(super) static KNOWN_SECTIONS: &[(&str, &str)] = &[
    ("122", "Section 122"),
    ("201", "Section 201"),
    ("232", "Section 232"),
    ("301", "Section 301"),
    ("307", "Section 307"),
    ("321", "Section 321"),
    ("337", "Section 337"),
    ("338", "Section 338"),
    ("406", "Section 406"),
    ("421", "Section 421"),
    ("701", "Section 701"),
    ("731", "Section 731"),
];

/// Of those, the ones that need no other word.
const PLAIN_SECTIONS: &[&str] = &["201", "232", "301", "337"];

/// Words of which one near by makes a section one of trade law.
const TRADE_WORDS: &[&str] = &[
    "antidumping",
    "countervailing",
    "customs",
    "dumping",
    "duties",
    "duty",
    "import",
    "imports",
    "surcharge",
    "tariff",
    "tariffs",
    "trade",
    "ustr",
];

/// Words that follow the number of a section when no word "Section" stands before it.
const AFTER_NUMBER: &[&str] = &[
    "action",
    "authority",
    "case",
    "duties",
    "exclusion",
    "exclusions",
    "investigation",
    "petition",
    "probe",
    "process",
    "remedy",
    "tariff",
    "tariffs",
];

/// The first words of registers and codes, which stand behind the number of a volume or title.
const REGISTERS: &[&str] = &[
    "FR", "Fed", "Federal", "U.S.C.", "U.S.", "US", "USC", "CFR", "C.F.R.",
];

/// Gets the text, the token, and whether the article speaks of the GATT, which is asked seldom.
type Find = fn(&Text, usize, &dyn Fn() -> bool) -> Vec<Citation>;

/// The words at which a citation begins (of a court case: its middle), and what reads on from there.
static FORMS: &[(&[&str], Find)] = &[
    (&["section", "sections", "sec", "sect", "§"], section),
    (&["ds"], dispute_spaced),
    (&["wt"], dispute_full),
    (&["executive", "e.o.", "eo"], executive_order),
    (&["proclamation", "proclamations"], proclamation),
    (&["public", "pub", "p.l."], public_law),
    (
        &[
            "regulation",
            "regulations",
            "directive",
            "directives",
            "decision",
        ],
        union_act,
    ),
    (
        &[
            "hts",
            "htsus",
            "hs",
            "heading",
            "subheading",
            "headings",
            "subheadings",
        ],
        heading,
    ),
    (&["article", "articles"], article),
    (&["general"], general_license),
    (&["h.r."], house_bill),
    (&["si", "s.i.", "sor"], statutory_instrument),
    (&["announcement"], announcement),
    (&["resolution", "unscr"], resolution),
    (&["s", "ss"], letter_s),
    (&["v"], court_case),
];

/// The same words where they begin one with a capital only.
static CAPITAL_FORMS: &[(&[&str], Find)] = &[
    (&["a", "c", "t"], numbered_case),
    (&["annex", "chapter"], chapter),
    (&["art", "arts"], article),
    (&["cn"], heading),
    (&["eccn", "eccns"], control_number),
    (&["gl", "gls"], general_license),
    (&["hq", "ny"], customs_ruling),
    (&["icsid"], arbitration),
    (&["inquiry"], inquiry),
    (&["list", "lists"], list_of_duties),
    (&["slip"], slip_opinion),
    (&["usa"], regional_dispute),
];

static FORM_BY_WORD: LazyLock<WordTable<Find>> = LazyLock::new(|| {
    let forms = FORMS.iter().chain(CAPITAL_FORMS);
    forms
        .flat_map(|(words, find)| words.iter().map(|word| (hash(word.as_bytes()), *find)))
        .collect()
});

/// The folds of words that make a text one about GATT law.
static GATT_WORDS: LazyLock<[u64; 3]> =
    LazyLock::new(|| ["gatt", "wto", "gats"].map(|word| hash(word.as_bytes())));

/// Whether a text names the GATT or the WTO, so that a bare "Article XXI" is the GATT's.
pub(super) fn speaks_of_gatt(text: &Text) -> bool {
    text.tokens
        .iter()
        .any(|token| token.case == Case::Upper && GATT_WORDS.contains(&token.fold))
        || text.source.contains("World Trade Organization")
        || text.source.contains("World Trade Organisation")
}

/// Marks the words with which citations begin, and those behind their first number.
pub(super) fn mark(mark: Marking) {
    for (forms, may_be_small) in [(FORMS, true), (CAPITAL_FORMS, false)] {
        for word in forms.iter().flat_map(|(words, _)| *words) {
            mark(hash(word.as_bytes()), marks::INSTRUMENT, may_be_small);
        }
    }
    for word in REGISTERS.iter().chain(AFTER_NUMBER).chain(DASHES) {
        mark(hash(fold(word).as_bytes()), marks::AFTER_NUMBER, true);
    }
}

/// The marks of which each token has one at which a name or citation may begin.
pub(super) const TELLING: Marks = marks::INSTRUMENT.with(Marks::NUMBER).with(Marks::UPPER);

/// Whether a name or citation may begin at a token that has such a mark; told fast, since most begin none.
pub(super) fn may_begin(text: &Text, token_idx: usize) -> bool {
    text.is_marked(token_idx, marks::INSTRUMENT)
        || text.is_marked(token_idx, Marks::NUMBER)
            && text.is_marked(token_idx + 1, marks::AFTER_NUMBER)
        || text.word(token_idx).starts_with("DS")
}

/// The citations that a token begins, in order of place: several where one word leads several numbers. Of a court case the
/// token is the "v".
pub(super) fn at(
    text: &Text,
    token_idx: usize,
    speaks_of_gatt: &dyn Fn() -> bool,
) -> Vec<Citation> {
    let token = text.tokens[token_idx];
    match token.kind {
        Kind::Number => by_number(text, token_idx),
        Kind::Word | Kind::Punct => match FORM_BY_WORD.get(token.fold) {
            Some(find) => find(text, token_idx, speaks_of_gatt),
            None if token.case == Case::Upper => dispute_joined(text, token_idx),
            None => Vec::new(),
        },
        Kind::Possessive | Kind::Quote => Vec::new(),
    }
}

/// The value of a WTO dispute by its number in small letters: `ds543`, `wtds543`.
pub(super) fn dispute(spelling: &str) -> Option<&'static str> {
    static DISPUTES: LazyLock<Vec<String>> =
        LazyLock::new(|| (1..1000).map(|number| format!("DS{number}")).collect());
    let digits = spelling.strip_prefix("wt").unwrap_or(spelling);
    let digits = digits.strip_prefix("ds")?;
    let number: usize = digits.parse().ok()?;
    DISPUTES.get(number.checked_sub(1)?).map(String::as_str)
}

fn one(value: impl Into<Value>, tokens: Range<usize>, rule: &'static str) -> Vec<Citation> {
    vec![Citation {
        value: value.into(),
        tokens,
        rule,
    }]
}

/// The token after a period at `at`, if there is one.
fn after_period(text: &Text, at: usize) -> usize {
    at + usize::from(text.is(at, "."))
}

/// The token after "No.", "Number" or "Nos." at `at`, if there is one.
fn after_number_sign(text: &Text, at: usize) -> usize {
    match text.word(at) {
        "No" | "no" | "Nos" | "nos" => after_period(text, at + 1),
        "Number" | "number" | "Numbers" => at + 1,
        _ => at,
    }
}

/// The digits of a number token without commas, when it has nothing else.
fn digits(text: &Text, at: usize) -> Option<String> {
    let token = text.tokens.get(at)?;
    let number: String = text.word(at).chars().filter(|&c| c != ',').collect();
    let plain = token.kind == Kind::Number && number.bytes().all(|byte| byte.is_ascii_digit());
    plain.then_some(number)
}

/// The numbers of a list ("201, 232 and 301"): the token of each, and the token after the last.
fn number_list(
    text: &Text,
    first: usize,
    is_number: impl Fn(usize) -> bool,
) -> (Vec<usize>, usize) {
    let mut out = Vec::new();
    let mut at = first;
    let mut end = first;
    while out.len() < MOST_NUMBERS && is_number(at) {
        out.push(at);
        end = after_subsections(text, at + 1);
        match after_joint(text, end) {
            Some(next) => at = next,
            None => break,
        }
    }
    (out, end)
}

/// The token after the subsections at `at`: `(b)(1)`.
fn after_subsections(text: &Text, at: usize) -> usize {
    const MOST: usize = 6;
    let is_one = |at: usize| text.is(at, "(") && text.is(at + 2, ")");
    let mut end = at;
    while end < at + 3 * MOST && is_one(end) {
        end += 3;
    }
    end
}

/// The token after what joins the parts of a list, if something does: a comma, "and", both.
fn after_joint(text: &Text, at: usize) -> Option<usize> {
    let mut next = at + usize::from(text.is(at, ","));
    next += usize::from(one_of!(text.small(next), "and" | "or" | "&"));
    (next > at).then_some(next)
}

/// Whether a section's number stands at a token: digits, and letters behind them (`8B`, `1677b`), but not `2nd`.
fn is_section_number(text: &Text, at: usize) -> bool {
    let word = text.word(at);
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = text
        .tokens
        .get(at)
        .is_some_and(|token| token.kind == Kind::Number);
    is_number
        && (1..=4).contains(&(word.len() - letters.len()))
        && letters.len() <= 2
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !matches!(letters, "st" | "nd" | "rd" | "th")
}

fn section(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let mut first = token_idx + 1;
    if text.is(first, ".") {
        first += 1;
    } else if text.is(token_idx, "sec") || text.is(token_idx, "sect") {
        return Vec::new();
    }
    // "§§": only the two, or each of many would read on through all that follow.
    if text.is(first, "§") {
        first += 1;
    }
    if text.word(first).contains('.') {
        return export_sections(text, token_idx, first);
    }
    sections_of_trade_law(text, token_idx, first, |number, at| {
        PLAIN_SECTIONS.contains(&number) || is_known(number) && has_trade_word(text, at)
    })
}

/// The value of a section that trade news cites by its number alone.
fn known_section(number: &str) -> Option<&'static str> {
    let known = KNOWN_SECTIONS.iter().find(|(known, _)| *known == number);
    known.map(|(_, value)| *value)
}

fn is_known(number: &str) -> bool {
    known_section(number).is_some()
}

/// The sections of trade law whose numbers begin at `first`; those of a law that is not named are told by `is_told`.
fn sections_of_trade_law(
    text: &Text,
    token_idx: usize,
    first: usize,
    is_told: impl Fn(&str, usize) -> bool,
) -> Vec<Citation> {
    let (numbers, end) = number_list(text, first, |at| is_section_number(text, at));
    let law = law_after(text, end);
    let mut out = Vec::new();
    for (number_idx, &at) in numbers.iter().enumerate() {
        let number = text.word(at);
        let is_trade_law = match law {
            Law::Trade => true,
            Law::Other => false,
            Law::Unnamed => is_told(number, at),
        };
        if is_trade_law {
            let start = if number_idx == 0 { token_idx } else { at };
            let value: Value = match known_section(number) {
                Some(value) => value.into(),
                None => format!("Section {number}").into(),
            };
            out.extend(one(value, start..at + 1, "section"));
        }
    }
    out
}

/// `s.232` as Commonwealth lawyers cite sections, `S. 1241` of the Senate
fn letter_s(text: &Text, token_idx: usize, of_gatt: &dyn Fn() -> bool) -> Vec<Citation> {
    if text.tokens[token_idx].case != Case::Lower {
        return senate_bill(text, token_idx, of_gatt);
    }
    let first = after_period(text, token_idx + 1);
    // The period may end a sentence as well: its words are those before it.
    sections_of_trade_law(text, token_idx, first, |number, _| {
        PLAIN_SECTIONS.contains(&number) && has_trade_word(text, token_idx)
    })
}

/// `§§ 744.6 and 744.21` of the Export Administration Regulations, where the paragraph speaks of them
fn export_sections(text: &Text, token_idx: usize, first: usize) -> Vec<Citation> {
    const MOST: usize = 200;
    let is_cue = |at: usize| {
        one_of!(
            text.fold(at),
            "bis" | "cfr" | "ear" | "eccn" | "export" | "exports" | "exporters"
        )
    };
    let is_section = |at: usize| {
        let part = text.word(at).split_once('.');
        part.is_some_and(|(part, section)| {
            let is_part = matches!(part.parse(), Ok(730..=774));
            is_part && section.len() <= 3 && section.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let (numbers, _) = number_list(text, first, is_section);
    let mut reach = token_idx.saturating_sub(MOST)..(token_idx + MOST).min(text.tokens.len());
    if numbers.is_empty() || !reach.any(is_cue) {
        return Vec::new();
    }
    let value = |at: usize| format!("15 CFR {}", text.word(at));
    listed(token_idx, &numbers, "code", value)
}

/// The citations of a list: the first begins with the word that leads it, the others with their numbers.
fn listed(
    token_idx: usize,
    numbers: &[usize],
    rule: &'static str,
    value: impl Fn(usize) -> String,
) -> Vec<Citation> {
    let citation = |(number_idx, &at): (usize, &usize)| Citation {
        value: value(at).into(),
        tokens: if number_idx == 0 { token_idx } else { at }..at + 1,
        rule,
    };
    numbers.iter().enumerate().map(citation).collect()
}

/// What follows a section's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Law {
    /// "of the Trade Act", "of U.S. trade law"
    Trade,
    /// "of the Clean Air Act", "of the bus"
    Other,
    /// Nothing, or "of the act".
    Unnamed,
}

fn law_after(text: &Text, at: usize) -> Law {
    if !one_of!(text.small(at), "of" | "under") {
        return Law::Unnamed;
    }
    let mut names_law = false;
    for ahead in at + 1..(at + 9).min(text.tokens.len()) {
        if one_of!(text.small(ahead), "." | "," | ";" | ")") {
            break;
        }
        let word = fold(text.word(ahead));
        match word.as_str() {
            "trade" | "tariff" | "1930" | "1962" | "1974" => return Law::Trade,
            "act" | "law" | "statute" | "code" | "treaty" | "constitution" => {
                // "the act", "U.S. law" name none; "the Clean Air Act" does.
                let before = text.word(ahead - 1);
                let unnamed = matches!(before, "the" | "that" | "this" | "of" | "a")
                    || matches!(before, "U.S." | "US" | "American" | "existing" | "federal");
                if !unnamed || word == "code" || word == "constitution" {
                    return Law::Other;
                }
                names_law = true;
            }
            _ => {}
        }
    }
    if names_law { Law::Unnamed } else { Law::Other }
}

/// Whether a trade word stands within reach in the sentence.
fn has_trade_word(text: &Text, at: usize) -> bool {
    has_word_near(text, at, TRADE_WORDS) || text.words(near(text, at)).contains("ubsidi")
}

/// Whether one of the words, in small letters, stands within reach in the sentence.
fn has_word_near(text: &Text, at: usize, words: &[&str]) -> bool {
    near(text, at).any(|near| words.contains(&fold(text.word(near)).as_str()))
}

/// The tokens within reach in the sentence; never none.
fn near(text: &Text, at: usize) -> Range<usize> {
    let sentence = text
        .sentences
        .get(text.sentence_of(at))
        .cloned()
        .unwrap_or(at..at + 1);
    sentence.start.max(at.saturating_sub(REACH))..sentence.end.min(at + REACH)
}

/// Citations that begin with a number: registers, codes, and sections without the word.
fn by_number(text: &Text, token_idx: usize) -> Vec<Citation> {
    let n_digits = text.word(token_idx).bytes().filter(|&byte| byte != b',');
    if n_digits.count() > 3 {
        return Vec::new();
    }
    let next = token_idx + 1;
    if is_dash(text, next) {
        return investigation(text, token_idx).into_iter().collect();
    }
    let Some(number) = digits(text, token_idx) else {
        return Vec::new();
    };
    match text.word(next) {
        "FR" => return register(text, token_idx, &number, next + 1),
        "Fed" => {
            let reg = after_period(text, next + 1);
            if text.is(reg, "Reg") {
                return register(text, token_idx, &number, after_period(text, reg + 1));
            }
        }
        "Federal" if text.is(next + 1, "Register") => {
            return register(text, token_idx, &number, next + 2);
        }
        "U.S.C." => return code(text, token_idx, &number, "U.S.C.", next + 1, 1),
        "U.S." | "US" if text.is(next + 1, "Code") => {
            return code(text, token_idx, &number, "U.S.C.", next + 2, 1);
        }
        // "USC" is a university as well: its scores have small numbers.
        "USC" => return code(text, token_idx, &number, "U.S.C.", next + 1, 3),
        "CFR" | "C.F.R." => return code(text, token_idx, &number, "CFR", next + 1, 1),
        _ => {}
    }
    let known = known_section(&number).filter(|_| number.as_str() <= "338");
    match known {
        Some(value) if AFTER_NUMBER.contains(&fold(text.word(next)).as_str()) => {
            one(value, token_idx..next, "section-number")
        }
        _ => Vec::new(),
    }
}

/// `731-TA-1234`, `337-TA-1366`
fn investigation(text: &Text, token_idx: usize) -> Option<Citation> {
    let dash = |at: usize| is_dash(text, at) && text.glued(at) && text.glued(at - 1);
    if !text.is(token_idx + 2, "TA") || !dash(token_idx + 1) || !dash(token_idx + 3) {
        return None;
    }
    digits(text, token_idx)?;
    let number = digits(text, token_idx + 4).filter(|number| (1..=4).contains(&number.len()))?;
    let law = text.word(token_idx);
    Some(Citation {
        value: format!("{law}-TA-{number}").into(),
        tokens: token_idx..token_idx + 5,
        rule: "investigation",
    })
}

const DASHES: &[&str] = &["-", "–", "‑", "‐"];

fn is_dash(text: &Text, at: usize) -> bool {
    one_of!(text.fold(at), "-") && DASHES.contains(&text.word(at))
}

/// `83 FR 11625`
fn register(text: &Text, token_idx: usize, volume: &str, page_idx: usize) -> Vec<Citation> {
    match digits(text, page_idx).filter(|page| (2..=6).contains(&page.len())) {
        Some(page) => one(
            format!("{volume} FR {page}"),
            token_idx..page_idx + 1,
            "federal-register",
        ),
        None => Vec::new(),
    }
}

/// `19 U.S.C. 1862`, `15 CFR 744.11`, `15 CFR parts 734, 736 and 744`
fn code(
    text: &Text,
    token_idx: usize,
    title: &str,
    name: &str,
    after: usize,
    fewest_digits: usize,
) -> Vec<Citation> {
    let mut first = after;
    let mut fewest_digits = fewest_digits;
    let mut has_several = false;
    for _ in 0..3 {
        match text.word(first) {
            word @ ("§" | "Section" | "section" | "Part" | "part" | "Parts" | "parts" | "Sec"
            | "sec" | "Sections" | "sections" | "Secs" | "Pt" | "Pts") => {
                // "§§" is two tokens.
                has_several |= word.ends_with('s') || word == "§" && fewest_digits == 0;
                first = after_period(text, first + 1);
                fewest_digits = usize::from(word != "§");
            }
            _ => break,
        }
    }
    let is_section = |at: usize| {
        let section = text.word(at).trim_end_matches('.');
        let is_number = text
            .tokens
            .get(at)
            .is_some_and(|token| token.kind == Kind::Number);
        let is_first = at == first;
        is_number
            && section.len() >= fewest_digits
            && section.len() <= 12
            && !section.contains(',')
            // "15 CFR 744.11 and 15 CFR 744.21", "19 U.S.C. 1862 and 3 others"
            && (is_first || has_several || section.contains('.'))
            && (is_first || !REGISTERS.contains(&text.word(at + 1)))
    };
    let (numbers, _) = number_list(text, first, is_section);
    let value = |at: usize| format!("{title} {name} {}", text.word(at).trim_end_matches('.'));
    listed(token_idx, &numbers, "code", value)
}

/// Words of which one near by makes `DS2` a dispute.
const DISPUTE_WORDS: &[&str] = &[
    "complaint",
    "complaints",
    "dispute",
    "disputes",
    "dsb",
    "panel",
    "panels",
    "wto",
];

/// `DS543`
fn dispute_joined(text: &Text, token_idx: usize) -> Vec<Citation> {
    let word = text.word(token_idx);
    let Some(number) = word.strip_prefix("DS") else {
        return Vec::new();
    };
    // The first disputes have one digit, as much else has.
    let plausible = (2..=3).contains(&number.len())
        || number.len() == 1 && has_word_near(text, token_idx, DISPUTE_WORDS);
    match dispute(&fold(word)).filter(|_| plausible) {
        Some(value) => one(value, token_idx..token_idx + 1, "wto-dispute"),
        None => Vec::new(),
    }
}

/// `DS 543`
fn dispute_spaced(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let number = digits(text, token_idx + 1).filter(|number| (2..=3).contains(&number.len()));
    let value = number.and_then(|number| dispute(&format!("ds{number}")));
    match value {
        Some(value) if text.is(token_idx, "DS") => {
            one(value, token_idx..token_idx + 2, "wto-dispute")
        }
        _ => Vec::new(),
    }
}

/// `WT/DS543`
fn dispute_full(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    if !text.is(token_idx, "WT") || !text.is(token_idx + 1, "/") {
        return Vec::new();
    }
    match dispute(&fold(text.word(token_idx + 2))) {
        Some(value) => one(value, token_idx..token_idx + 3, "wto-dispute"),
        None => Vec::new(),
    }
}

/// Numbered acts of the president, each with the token after its name.
fn numbered(
    text: &Text,
    token_idx: usize,
    name: &str,
    first: usize,
    rule: &'static str,
) -> Vec<Citation> {
    let first = after_number_sign(text, first);
    let (numbers, _) = number_list(text, first, |at| digits(text, at).is_some());
    let mut out = Vec::new();
    for (number_idx, &at) in numbers.iter().enumerate() {
        let plausible = |number: &String| (4..=5).contains(&number.len());
        if let Some(number) = digits(text, at).filter(plausible) {
            let start = if number_idx == 0 { token_idx } else { at };
            out.extend(one(format!("{name} {number}"), start..at + 1, rule));
        }
    }
    out
}

fn executive_order(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let next = token_idx + 1;
    let first = match text.word(token_idx) {
        "Executive" | "executive" | "EXECUTIVE"
            if matches!(fold(text.word(next)).as_str(), "order" | "orders") =>
        {
            // "Executive Order (E.O.) 14024"
            let is_shortened = text.is(next + 1, "(")
                && matches!(text.word(next + 2), "E.O." | "EO")
                && text.is(next + 3, ")");
            next + 1 + 3 * usize::from(is_shortened)
        }
        "E.O." | "EO" => next,
        _ => return Vec::new(),
    };
    numbered(text, token_idx, "Executive Order", first, "executive-order")
}

fn proclamation(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    numbered(
        text,
        token_idx,
        "Proclamation",
        token_idx + 1,
        "proclamation",
    )
}

/// `General License 8L`, `General Licenses Nos. 8L and 13`, `GL 8L` of the Treasury's sanctions
fn general_license(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    const MOST: usize = 200;
    let is_cue = |at: usize| {
        one_of!(
            text.fold(at),
            "licence"
                | "licences"
                | "license"
                | "licenses"
                | "ofac"
                | "sanction"
                | "sanctioned"
                | "sanctions"
                | "treasury"
        )
    };
    let mut reach = token_idx.saturating_sub(MOST)..(token_idx + MOST).min(text.tokens.len());
    let next = token_idx + 1;
    let first = match text.word(token_idx) {
        "GL" | "GLs" if reach.any(is_cue) => next,
        "GL" | "GLs" => return Vec::new(),
        _ if one_of!(
            text.fold(next),
            "license" | "licenses" | "licence" | "licences"
        ) =>
        {
            // "General License (GL) 8L"
            let is_shortened = text.is(next + 1, "(") && text.is(next + 3, ")");
            next + 1 + 3 * usize::from(is_shortened && matches!(text.word(next + 2), "GL" | "GLs"))
        }
        _ => return Vec::new(),
    };
    let is_number = |at: usize| is_section_number(text, at) && text.word(at).len() <= 5;
    let (numbers, _) = number_list(text, after_number_sign(text, first), is_number);
    let value = |at: usize| format!("General License {}", text.word(at).to_uppercase());
    listed(token_idx, &numbers, "general-license", value)
}

/// `Public Law 117-78`, `Pub. L. No. 117-78`, `P.L. 117-78`
fn public_law(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let next = token_idx + 1;
    let first = match text.word(token_idx) {
        "Public" | "public" if matches!(text.word(next), "Law" | "law") => next + 1,
        "Pub" => {
            let letter = after_period(text, next);
            if !text.is(letter, "L") {
                return Vec::new();
            }
            after_period(text, letter + 1)
        }
        "P.L." => next,
        _ => return Vec::new(),
    };
    let first = after_number_sign(text, first);
    let dash = matches!(text.word(first + 1), "-" | "–" | "‑" | "—");
    match (digits(text, first), digits(text, first + 2)) {
        (Some(congress), Some(number)) if dash && congress.len() <= 3 && number.len() <= 4 => one(
            format!("Public Law {congress}-{number}"),
            token_idx..first + 3,
            "public-law",
        ),
        _ => Vec::new(),
    }
}

/// `Regulation (EU) 2023/956`, `Regulation (EC) No 1234/2007`, `Directive 2009/28/EC`, `Council Decision (CFSP) 2024/1744`
fn union_act(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let kind = match text.word(token_idx) {
        "Regulation" | "Regulations" => "Regulation",
        "Directive" => "Directive",
        "Decision" => "Decision",
        _ => return Vec::new(),
    };
    let mut at = token_idx + 1;
    let mut bloc = None;
    if text.is(at, "(") && text.is(at + 2, ")") {
        bloc = ["EU", "EC", "EEC", "ECSC", "CFSP", "Euratom"]
            .into_iter()
            .find(|bloc| text.is(at + 1, bloc));
        at += 3 * usize::from(bloc.is_some());
    }
    let number_idx = after_number_sign(text, at);
    let (Some(first), Some(second)) = (digits(text, number_idx), digits(text, number_idx + 2))
    else {
        return Vec::new();
    };
    if !text.is(number_idx + 1, "/") || first.len() > 4 || second.len() > 4 {
        return Vec::new();
    }
    let is_of_union = bloc.is_some() || has_union_before(text, token_idx);
    // Until 2014 the year came second, and "No" before the number.
    let year = year_of(&second).filter(|_| !matches!(first.parse(), Ok(2015..=2099)));
    let has_number_sign = match year.filter(|_| kind == "Regulation" && is_of_union) {
        Some(year) => {
            bloc = bloc.or(Some(bloc_of(year)));
            true
        }
        None => number_idx > at && !is_of_union,
    };
    let mut value = kind.to_string();
    if let Some(bloc) = bloc {
        value.push_str(&format!(" ({bloc})"));
    }
    if has_number_sign {
        value.push_str(" No");
    }
    value.push_str(&format!(" {first}/{second}"));
    let mut end = number_idx + 3;
    let suffix = text.word(end + 1);
    if text.is(end, "/") && matches!(suffix, "EC" | "EU" | "EEC" | "CFSP") {
        value.push_str(&format!("/{suffix}"));
        end += 2;
    }
    one(value, token_idx..end, "union-act")
}

/// Whether the words before an act say that it is one of the European Union: `Council Regulation`, `the EU's Regulation`.
fn has_union_before(text: &Text, token_idx: usize) -> bool {
    let Some(before) = token_idx.checked_sub(1) else {
        return false;
    };
    let owner = before - usize::from(text.tokens[before].kind == Kind::Possessive && before > 0);
    matches!(text.word(owner), "EU" | "European" | "Union")
        || matches!(
            text.word(before),
            "Council" | "Commission" | "Delegated" | "Implementing"
        )
}

/// The year that is the second number of an act: `2658/87`, `833/2014`.
fn year_of(number: &str) -> Option<u16> {
    let year: u16 = number.parse().ok()?;
    let year = if number.len() == 2 { 1900 + year } else { year };
    (1958..=2014).contains(&year).then_some(year)
}

/// How regulations name the community of a year that leave it out.
fn bloc_of(year: u16) -> &'static str {
    match year {
        ..=1993 => "EEC",
        1994..=2009 => "EC",
        2010.. => "EU",
    }
}

/// `HTS 9903.88.15`, `HS code 8541`, `CN code 8703 80 10`, `subheading 9903.88.15`; `HTS 8541 and 8542` are two
fn heading(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let name = match text.word(token_idx) {
        "HTS" | "HTSUS" => Some("HTS"),
        "HS" => Some("HS"),
        "CN" => Some("CN"),
        _ => None,
    };
    let mut first = token_idx + 1;
    for _ in 0..2 {
        let leads = matches!(
            text.word(first),
            "code"
                | "codes"
                | "heading"
                | "headings"
                | "subheading"
                | "subheadings"
                | "number"
                | "numbers"
                | "classification"
                | "line"
                | "lines"
        );
        first += usize::from(leads && name.is_some());
    }
    // "CN" alone is China, or a railway.
    if name == Some("CN") && first == token_idx + 1 {
        return Vec::new();
    }
    let mut out: Vec<Citation> = Vec::new();
    let (mut start, mut at) = (token_idx, first);
    while out.len() < MOST_NUMBERS
        && is_tariff_number(text, at, name.is_some())
        && (at == first || has_form_of(text.word(at), text.word(first)) && !is_year(text.word(at)))
    {
        let end = after_pairs(text, at);
        let number = text.words(at..end);
        let value = format!("{} {number}", name.unwrap_or("HTS"));
        out.extend(one(value, start..end, "tariff-heading"));
        match after_joint(text, end) {
            Some(next) => (start, at) = (next, next),
            None => break,
        }
    }
    out
}

/// Whether a token is a number of digits and periods.
fn is_dotted(text: &Text, at: usize) -> bool {
    let token = text.tokens.get(at);
    token.is_some_and(|token| token.kind == Kind::Number)
        && text
            .word(at)
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether a number of a tariff schedule stands at a token. Without a name only the American eight or ten digits
/// (`9903.88.15`) are safe.
fn is_tariff_number(text: &Text, at: usize, is_named: bool) -> bool {
    let number = text.word(at);
    is_dotted(text, at)
        && match is_named {
            true => (4..=13).contains(&number.len()),
            false => number.len() <= 13 && number.matches('.').count() >= 2,
        }
}

/// Whether four digits are a year rather than a heading, of which the chapters 19 and 20 have few.
fn is_year(number: &str) -> bool {
    matches!(number.parse(), Ok(1906..=1999 | 2010..=2099))
}

/// Whether a number is written as another one: as many digits, the periods at the same places.
fn has_form_of(number: &str, other: &str) -> bool {
    number.len() == other.len()
        && number
            .bytes()
            .zip(other.bytes())
            .all(|(byte, other)| (byte == b'.') == (other == b'.'))
}

/// The token after the pairs of digits that follow four: `8703 80 10`.
fn after_pairs(text: &Text, at: usize) -> usize {
    const MOST: usize = 3;
    let mut end = at + 1;
    while text.word(at).len() == 4
        && end <= at + MOST
        && digits(text, end).is_some_and(|pair| pair.len() == 2 && text.word(end).len() == 2)
    {
        end += 1;
    }
    end
}

/// `ECCN 3A090`: a number of the Commerce Control List
fn control_number(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let is_number = |at: usize| {
        let number = text.word(at).as_bytes();
        matches!(number, [b'0'..=b'9', b'A'..=b'E', rest @ ..]
            if rest.len() == 3 && rest.iter().all(u8::is_ascii_digit))
    };
    let (numbers, _) = number_list(text, token_idx + 1, is_number);
    let value = |at: usize| format!("ECCN {}", text.word(at));
    listed(token_idx, &numbers, "control-number", value)
}

/// Articles of the GATT that trade news cites without its name.
const BARE_ARTICLES: &[&str] = &["XIX", "XX", "XXI", "XXIII", "XXIV", "XXVIII"];

/// `Article XXI`, `Article XXIV of the GATT`, `GATS Article XVI`, `Art. XXI(b)`
fn article(text: &Text, token_idx: usize, speaks_of_gatt: &dyn Fn() -> bool) -> Vec<Citation> {
    if text.tokens[token_idx].case == Case::Lower {
        return Vec::new();
    }
    let is_short = matches!(text.word(token_idx), "Art" | "Arts" | "ART");
    let first = token_idx + 1 + usize::from(is_short && text.is(token_idx + 1, "."));
    let citations = articles_of_agreement(text, token_idx, first);
    if !citations.is_empty() {
        return citations;
    }
    let mut numbers = vec![first];
    let mut end = after_paragraph(text, first + 1);
    while numbers.len() < MOST_NUMBERS
        && let Some(next) = after_joint(text, end)
        && is_roman(text.word(next))
    {
        numbers.push(next);
        end = after_paragraph(text, next + 1);
    }
    let after = match (text.word(end), text.word(end + 1)) {
        ("of" | "under" | "in", "the") => end + 2,
        ("of" | "under" | "in", _) => end + 1,
        _ => end,
    };
    let agreement = |at: usize| match text.word(at) {
        "GATT" => Some("GATT"),
        "GATS" => Some("GATS"),
        "TRIPS" => Some("TRIPS"),
        "General"
            if text
                .words(at..(at + 6).min(text.tokens.len()))
                .contains("Services") =>
        {
            Some("GATS")
        }
        "General" if text.is(at + 1, "Agreement") => Some("GATT"),
        _ => None,
    };
    let named = agreement(after).or_else(|| agreement(token_idx.checked_sub(1)?));
    let elsewhere = after > end && named.is_none();
    let mut out = Vec::new();
    for (number_idx, &at) in numbers.iter().enumerate() {
        let number = text.word(at);
        if !is_roman(number) {
            continue;
        }
        // "Article III:4" is how the GATT is cited.
        let is_paragraph = text.is(at + 1, ":")
            && text.glued(at)
            && text.glued(at + 1)
            && digits(text, at + 2).is_some();
        let bare =
            !elsewhere && (BARE_ARTICLES.contains(&number) || is_paragraph) && speaks_of_gatt();
        let Some(agreement) = named.or(bare.then_some("GATT")) else {
            continue;
        };
        let start = if number_idx == 0 { token_idx } else { at };
        out.extend(one(
            format!("{agreement} Article {number}"),
            start..at + 1,
            "gatt-article",
        ));
    }
    out
}

/// The token after the paragraph of an article that a token follows: `:1(a)`, `(b)`.
fn after_paragraph(text: &Text, at: usize) -> usize {
    let is_numbered = at > 0
        && text.is(at, ":")
        && text.glued(at - 1)
        && text.glued(at)
        && digits(text, at + 1).is_some();
    after_subsections(text, at + 2 * usize::from(is_numbered))
}

/// Agreements of which articles and chapters are cited, by the words with which they are named there, and their short names.
const AGREEMENTS: &[(&[&str], &str)] = &[
    (&["ADA"], "ADA"),
    (&["ASCM"], "ASCM"),
    (&["Agreement", "on", "Agriculture"], "AoA"),
    (&["Agreement", "on", "Safeguards"], "Safeguards Agreement"),
    (&["Anti", "-", "Dumping", "Agreement"], "ADA"),
    (&["CETA"], "CETA"),
    (&["CPTPP"], "CPTPP"),
    (&["CUSMA"], "USMCA"),
    (&["DSU"], "DSU"),
    (&["GATS"], "GATS"),
    (&["GATT"], "GATT"),
    (&["NAFTA"], "NAFTA"),
    (&["Nafta"], "NAFTA"),
    (&["SCM"], "SCM"),
    (&["SPS"], "SPS"),
    (&["Safeguards", "Agreement"], "Safeguards Agreement"),
    (&["TBT"], "TBT"),
    (&["TFEU"], "TFEU"),
    (&["TPP"], "TPP"),
    (&["TRIMs"], "TRIMs"),
    (&["TRIPS"], "TRIPS"),
    (&["Treaty", "on", "the", "Functioning"], "TFEU"),
    (&["USMCA"], "USMCA"),
];

/// The short name of the agreement behind "of the" at a token.
fn agreement_after(text: &Text, of: usize) -> Option<&'static str> {
    if !text.is(of, "of") {
        return None;
    }
    let at = of + 1 + usize::from(text.is(of + 1, "the"));
    let is_named = |words: &[&str]| {
        let mut words = words.iter().enumerate();
        words.all(|(word_idx, word)| text.is(at + word_idx, word))
    };
    AGREEMENTS
        .iter()
        .find(|(words, _)| is_named(words))
        .map(|(_, short)| *short)
}

/// `List 3`, `Lists 1 and 4A`: Chinese goods on which the United States put duties under Section 301
fn list_of_duties(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    const LISTS: &[&str] = &["1", "2", "3", "4", "4A", "4B"];
    const CUES: &[&str] = &[
        "301",
        "duties",
        "duty",
        "exclusion",
        "exclusions",
        "tariff",
        "tariffs",
        "ustr",
    ];
    if text.tokens[token_idx].case != Case::Capital || !has_word_near(text, token_idx, CUES) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let (mut start, mut at) = (token_idx, token_idx + 1);
    while out.len() < MOST_NUMBERS && LISTS.contains(&text.word(at)) {
        let value = format!("Section 301 List {}", text.word(at));
        out.extend(one(value, start..at + 1, "section"));
        at += 1;
        at += usize::from(text.is(at, ","));
        at += usize::from(one_of!(text.small(at), "and" | "or"));
        start = at;
    }
    out
}

/// `Chapter 31 of the USMCA`, `Chapter Nineteen of NAFTA`
fn chapter(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    const NUMBERS: &[(&str, &str)] = &[
        ("Eleven", "11"),
        ("Nineteen", "19"),
        ("Twenty", "20"),
        ("eleven", "11"),
        ("nineteen", "19"),
    ];
    let number = digits(text, token_idx + 1)
        .filter(|number| number.len() <= 4)
        .or_else(|| {
            let word = text.word(token_idx + 1);
            let known = NUMBERS.iter().find(|(known, _)| *known == word)?;
            Some(known.1.to_string())
        });
    match (number, agreement_after(text, token_idx + 2)) {
        (Some(number), Some(agreement)) if text.tokens[token_idx].case != Case::Lower => one(
            format!("{agreement} {} {number}", text.word(token_idx)),
            token_idx..token_idx + 2,
            "article",
        ),
        _ => Vec::new(),
    }
}

/// `Article 21.5 of the DSU`, `Articles 101 and 102 TFEU`
fn articles_of_agreement(text: &Text, token_idx: usize, first: usize) -> Vec<Citation> {
    let is_number = |at: usize| is_dotted(text, at) && text.word(at).len() <= 6;
    let (numbers, after) = number_list(text, first, is_number);
    // "Article 263 TFEU"
    let agreement = match text.word(after) {
        "TFEU" => Some("TFEU"),
        _ => agreement_after(text, after),
    };
    let Some(agreement) = agreement else {
        return Vec::new();
    };
    let value = |at: usize| format!("{agreement} Article {}", text.word(at));
    listed(token_idx, &numbers, "article", value)
}

/// Whether a word is a Roman number as the articles of the GATT have them (I to XXXVIII).
fn is_roman(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 8
        && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// `H.R. 3450`
fn house_bill(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    match digits(text, token_idx + 1).filter(|number| number.len() <= 5) {
        Some(number) => one(format!("H.R. {number}"), token_idx..token_idx + 2, "bill"),
        None => Vec::new(),
    }
}

/// `S. 1241`, where a bill is spoken of
fn senate_bill(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    const CUES: &[&str] = &[
        "act",
        "bill",
        "bills",
        "congress",
        "legislation",
        "senate",
        "h.r.",
    ];
    let number = digits(text, token_idx + 2).filter(|number| number.len() <= 4);
    match number {
        Some(number)
            if text.is(token_idx, "S")
                && text.is(token_idx + 1, ".")
                && has_word_near(text, token_idx, CUES) =>
        {
            one(format!("S. {number}"), token_idx..token_idx + 3, "bill")
        }
        _ => Vec::new(),
    }
}

/// `A-570-910` of the Department of Commerce, `C-207/24` of the Court of Justice
fn numbered_case(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    const COURT_WORDS: &[&str] = &[
        "appeal", "case", "cases", "court", "courts", "judgment", "judges",
    ];
    let letter = text.word(token_idx);
    let is_joined = (token_idx..token_idx + 4).all(|at| text.glued(at));
    if !is_joined || !is_dash(text, token_idx + 1) || text.tokens[token_idx].case == Case::Lower {
        return Vec::new();
    }
    let (Some(first), Some(second)) = (digits(text, token_idx + 2), digits(text, token_idx + 4))
    else {
        return Vec::new();
    };
    let tokens = token_idx..token_idx + 5;
    let mark = token_idx + 3;
    if is_dash(text, mark) && letter != "T" && first.len() == 3 && second.len() == 3 {
        return one(
            format!("{letter}-{first}-{second}"),
            tokens,
            "trade-remedy-case",
        );
    }
    // T-34/85 is a tank.
    let is_court_case = || has_word_near(text, token_idx, COURT_WORDS);
    if text.is(mark, "/") && letter != "A" && second.len() == 2 && is_court_case() {
        return one(
            format!("{letter}-{first}/{second}"),
            tokens,
            "union-court-case",
        );
    }
    Vec::new()
}

/// `S.I. 2020/1432`, `SOR/2018-152`
fn statutory_instrument(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let (name, first, mark) = match text.word(token_idx) {
        "SI" | "S.I." => ("SI ", token_idx + 1, "/"),
        "SOR" if text.is(token_idx + 1, "/") => ("SOR/", token_idx + 2, "-"),
        _ => return Vec::new(),
    };
    match (digits(text, first), digits(text, first + 2)) {
        (Some(year), Some(number))
            if year.len() == 4 && number.len() <= 4 && text.is(first + 1, mark) =>
        {
            one(
                format!("{name}{year}{mark}{number}"),
                token_idx..first + 3,
                "statutory-instrument",
            )
        }
        _ => Vec::new(),
    }
}

/// `Announcement No. 61 of 2025`, as China's ministries number them
fn announcement(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let number_idx = after_number_sign(text, token_idx + 1);
    let number = digits(text, number_idx).filter(|number| number.len() <= 3);
    let (Some(number), true) = (
        number,
        number_idx > token_idx + 1 && text.is(token_idx, "Announcement"),
    ) else {
        return Vec::new();
    };
    let year = digits(text, number_idx + 2).filter(|year| year.len() == 4);
    match (year, text.word(number_idx + 1)) {
        (Some(year), mark @ ("of" | "[" | "(")) => one(
            format!("Announcement No. {number} of {year}"),
            token_idx
                ..number_idx
                    + 3
                    + usize::from(mark != "of" && one_of!(text.small(number_idx + 3), "]" | ")")),
            "announcement",
        ),
        _ => one(
            format!("Announcement No. {number}"),
            token_idx..number_idx + 1,
            "announcement",
        ),
    }
}

/// The token after numbers and letters that dashes or slashes join without a space: `25-66`, `ARB/12/12`, `NQ-2021-002`.
fn joined_end(text: &Text, from: usize) -> usize {
    const MOST_PARTS: usize = 6;
    let mut end = from + 1;
    for _ in 0..MOST_PARTS {
        let joins = end < text.tokens.len()
            && (is_dash(text, end) || text.is(end, "/"))
            && text.glued(end - 1)
            && text.glued(end);
        if !joins {
            break;
        }
        end += 2;
    }
    end
}

/// `Slip Op. 25-66` of the Court of International Trade
fn slip_opinion(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let number_idx = match text.word(token_idx + 1) {
        "Op" | "op" => after_number_sign(text, after_period(text, token_idx + 2)),
        "Opinion" | "opinion" => after_number_sign(text, token_idx + 2),
        _ => return Vec::new(),
    };
    let is_number = digits(text, number_idx).is_some_and(|year| year.len() == 2);
    let end = joined_end(text, number_idx);
    match is_number && end == number_idx + 3 {
        true => one(
            format!("Slip Op. {}", text.words(number_idx..end)),
            token_idx..end,
            "court-number",
        ),
        false => Vec::new(),
    }
}

/// `ICSID Case No. ARB/12/12`
fn arbitration(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let number_idx = after_number_sign(text, token_idx + 2);
    let end = joined_end(text, number_idx);
    let is_case = text.is(token_idx, "ICSID")
        && text.is(token_idx + 1, "Case")
        && text.is(number_idx, "ARB")
        && end == number_idx + 5;
    match is_case {
        true => one(
            format!("ICSID Case No. {}", text.words(number_idx..end)),
            token_idx..end,
            "court-number",
        ),
        false => Vec::new(),
    }
}

/// `HQ H301619`, `NY N303008`: rulings of United States customs
fn customs_ruling(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let number = text.word(token_idx + 1);
    let is_ruling = text.tokens[token_idx].case == Case::Upper
        && number.len() == 7
        && number.starts_with(['H', 'N', 'W'])
        && number[1..].bytes().all(|byte| byte.is_ascii_digit());
    match is_ruling {
        true => one(
            format!("{} {number}", text.word(token_idx)),
            token_idx..token_idx + 2,
            "customs-ruling",
        ),
        false => Vec::new(),
    }
}

/// `USA-MEX-CDA-2022-31-01`: a dispute of the agreement of Canada, Mexico and the United States
fn regional_dispute(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let end = joined_end(text, token_idx);
    let is_case = text.is(token_idx, "USA")
        && matches!(text.word(token_idx + 2), "CDA" | "MEX")
        && end >= token_idx + 9
        && digits(text, end - 1).is_some();
    match is_case {
        true => one(
            text.words(token_idx..end).to_string(),
            token_idx..end,
            "treaty-dispute",
        ),
        false => Vec::new(),
    }
}

/// `Inquiry No. NQ-2021-002` of the Canadian International Trade Tribunal
fn inquiry(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    let number_idx = after_number_sign(text, token_idx + 1);
    let end = joined_end(text, number_idx);
    let is_case = number_idx > token_idx + 1
        && matches!(text.word(number_idx), "GC" | "NQ" | "PI" | "RR")
        && end == number_idx + 5;
    match is_case {
        true => one(
            text.words(number_idx..end).to_string(),
            number_idx..end,
            "trade-remedy-case",
        ),
        false => Vec::new(),
    }
}

/// `UN Security Council Resolution 2397`, `UNSCR 2397`
fn resolution(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    const CUES: &[&str] = &["council", "u.n.", "un"];
    let number = digits(text, token_idx + 1).filter(|number| (3..=4).contains(&number.len()));
    let is_united_nations = text.is(token_idx, "UNSCR") || has_word_near(text, token_idx, CUES);
    match number {
        Some(number) if is_united_nations => one(
            format!("UN Security Council Resolution {number}"),
            token_idx..token_idx + 2,
            "resolution",
        ),
        _ => Vec::new(),
    }
}

/// Words of a party's name at most.
const PARTY_WORDS: usize = 8;

/// Capital words that open a sentence or a reference and belong to no party.
const BEFORE_PARTY: &[&str] = &[
    "a", "after", "although", "and", "as", "at", "because", "both", "but", "by", "citing", "case",
    "compare", "cf", "for", "from", "however", "in", "is", "like", "on", "see", "since", "that",
    "the", "under", "unlike", "when", "while", "with",
];

/// Words at which the name of a party ends, beside the months.
const NO_PARTY_WORDS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "on",
    "in",
    "the",
    "he",
    "she",
    "it",
];

fn is_no_party_word(folded: &str) -> bool {
    NO_PARTY_WORDS.contains(&folded) || MONTHS.contains(&folded)
}

/// `V.O.S. Selections v. Trump`
fn court_case(text: &Text, token_idx: usize, _: &dyn Fn() -> bool) -> Vec<Citation> {
    if !text.is(token_idx, "v") {
        return Vec::new();
    }
    let of_crown = crown_before(text, token_idx);
    let has_period = text.is(token_idx + 1, ".");
    // Without a period, "v" stands between teams as well.
    if !has_period && of_crown.is_none() {
        return Vec::new();
    }
    let mut start = of_crown.unwrap_or(token_idx);
    for _ in 0..if of_crown.is_some() { 0 } else { PARTY_WORDS } {
        let Some(before) = start.checked_sub(1) else {
            break;
        };
        if !in_party(text, before) || BEFORE_PARTY.contains(&fold(text.word(before)).as_str()) {
            break;
        }
        start = before;
    }
    while start < token_idx && text.tokens[start].case == Case::Lower {
        start += 1;
    }
    let first = token_idx + 1 + usize::from(has_period);
    let mut end = first;
    while end < (first + PARTY_WORDS).min(text.tokens.len())
        && in_party(text, end)
        && !is_no_party_word(&fold(text.word(end)))
    {
        end += 1;
    }
    while end > first && text.tokens[end - 1].case == Case::Lower && !closes_suffix(text, end - 1) {
        end -= 1;
    }
    if start == token_idx || end == first {
        return Vec::new();
    }
    let name = text.words(start..end);
    let value: Vec<&str> = name.split_whitespace().collect();
    one(value.join(" "), start..end, "court-case")
}

/// Where the first party begins in which somebody goes to law in the name of the Crown: `R (Ellerby) v`.
fn crown_before(text: &Text, token_idx: usize) -> Option<usize> {
    const LONGEST: usize = 16;
    let close = token_idx.checked_sub(1).filter(|&at| text.is(at, ")"))?;
    let open = (close.saturating_sub(LONGEST)..close)
        .rev()
        .find(|&at| text.is(at, "("))?;
    open.checked_sub(1).filter(|&at| text.is(at, "R"))
}

/// The parties of a case, alike in whatever order and with what suffixes they are named: `Ellerby v. Losa`, `Losa v. Ellerby, Inc.`
pub(super) fn parties_of(case: &str) -> Option<[String; 2]> {
    let (one, other) = case.split_once(" v. ").or_else(|| case.split_once(" v "))?;
    let party = |name: &str| {
        let folded = fold(name);
        let words = folded.split([' ', ',']).filter(|word| {
            let bare = word.trim_end_matches('.');
            !bare.is_empty() && !matches!(bare, "inc" | "corp" | "co" | "ltd" | "llc" | "cos")
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let mut parties = [party(one), party(other)];
    parties.sort_unstable();
    Some(parties)
}

/// Whether a token may stand in the name of a party: a capital word, `&`, `of`, a hyphen between words, `, Inc.`
fn in_party(text: &Text, at: usize) -> bool {
    let Some(token) = text.tokens.get(at) else {
        return false;
    };
    match token.kind {
        Kind::Word => token.case != Case::Lower || text.is(at, "of"),
        Kind::Punct => match text.word(at) {
            "&" => true,
            "-" | "–" => text.glued(at) && at > 0 && text.glued(at - 1),
            "," => is_suffix(text.word(at + 1)),
            "." => closes_suffix(text, at),
            _ => false,
        },
        _ => false,
    }
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Inc" | "Corp" | "Co" | "Ltd" | "LLC" | "Bros" | "Cos")
}

/// Whether the token is the period of `Inc.`
fn closes_suffix(text: &Text, at: usize) -> bool {
    text.is(at, ".") && at > 0 && is_suffix(text.word(at - 1))
}
