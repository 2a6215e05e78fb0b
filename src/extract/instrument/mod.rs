//! Laws, agreements and cases that the text names: by a list of names (`instrument.tsv`), by the forms of citations
//! (`citation`), and by the countries that they are between (`parties`).

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::known::{Marking, marks};
use super::list_lines::ListLines;
use super::{Extractor, Reading, country, each, person};
use crate::article::{Findings, Line, Mention, Value};
use crate::field::{Field, Kind, no_groups};
use crate::text::fold::fold;
use crate::text::gazetteer::{Gazetteer, Spelling, variants};
use crate::text::table::{self, Table};
use crate::text::tokens::{Case, Kind as TokenKind, Text};
use crate::text::words::one_of;

mod act;
mod citation;
mod parties;

use citation::Citation;
use parties::Party;

pub static FIELD: Field = Field {
    name: "instrument",
    key: "instruments",
    kind: Kind::Facet,
    help: "laws, agreements and cases",
    resolve,
    groups: no_groups,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &["country"],
    extract: |readings, findings| each(readings, findings, extract),
    lines,
};

fn lines(mention: &Mention, words: &str) -> Vec<Line> {
    LISTED.lines(words, |row| row.cell(0) == mention.value)
}

static LISTED: LazyLock<ListLines> = LazyLock::new(|| ListLines::new(&[(TABLE, &[1])]));

/// A row of the list.
#[derive(Debug)]
struct Instrument {
    value: &'static str,
    names: &'static str,
    queries: &'static str,
}

const TABLE: Table = Table::new("instrument/instrument.tsv", include_str!("instrument.tsv"));

static INSTRUMENTS: LazyLock<Vec<Instrument>> = LazyLock::new(|| {
    let instrument = |[value, names, queries]: [_; 3]| Instrument {
        value,
        names,
        queries,
    };
    TABLE.cells().map(instrument).collect()
});

/// What a name stands for.
#[derive(Debug)]
struct Named {
    value: &'static str,
    /// Whether its last word must have a capital, too: the `Paris Agreement` is a treaty, a "Paris agreement" any other.
    title_case: bool,
    /// Whether it is one word of capitals.
    is_acronym: bool,
}

/// All listed names, each with its value.
pub(super) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = INSTRUMENTS.iter();
    rows.flat_map(|row| table::names(row.names).map(|name| (name, row.value)))
}

static NAMES: LazyLock<Gazetteer<Named>> = LazyLock::new(|| {
    let names: Vec<(String, &'static str, bool)> = names()
        .flat_map(|(name, value)| {
            let is_acronym = name.bytes().all(|byte| byte.is_ascii_uppercase());
            variants(name)
                .into_iter()
                .map(move |variant| (variant, value, is_acronym))
        })
        .collect();
    Gazetteer::new(names.iter().map(|(name, value, is_acronym)| {
        let last = name.rsplit(' ').next().unwrap_or(name);
        let named = Named {
            value,
            is_acronym: *is_acronym,
            title_case: last.starts_with(char::is_uppercase),
        };
        (name.as_str(), Spelling::of(name), named)
    }))
});

/// The longest name that begins at a token.
fn name_at<'a>(text: &'a Text, token_idx: usize) -> Option<(usize, &'a Named)> {
    NAMES.matches(text, token_idx).find(|(end, named)| {
        let last = text.tokens[end - 1];
        let is_written =
            !named.title_case || last.kind != TokenKind::Word || last.case != Case::Lower;
        is_written && !(named.is_acronym && is_somebody(text, token_idx..*end))
    })
}

/// Whether an acronym that is written as a word is part of a longer name or is said to be a person: `Ceta Ltd`, `Ana Gatt`,
/// `Gatt, a painter,`.
fn is_somebody(text: &Text, tokens: Range<usize>) -> bool {
    if tokens.len() > 1 || text.tokens[tokens.start].case != Case::Capital {
        return false;
    }
    let is_capital = |at: usize| {
        let token = text.tokens.get(at);
        token.is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Capital)
    };
    let led = tokens.start.checked_sub(1);
    let role = || {
        text.is(tokens.end, ",")
            && matches!(text.word(tokens.end + 1), "a" | "an")
            && text.tokens.get(tokens.end + 2).is_some_and(person::is_role)
    };
    // `Sima Lin-wen`
    let leads_name = || {
        is_capital(tokens.end)
            && text.is(tokens.end + 1, "-")
            && text.glued(tokens.end)
            && text.glued(tokens.end + 1)
            && person::may_be_given_name(text.fold(tokens.end))
    };
    led.is_some_and(|before| is_capital(before) && !text.opens_sentence(before))
        || leads_name()
        || FIRM_WORDS.contains(&text.word(tokens.end))
        || role()
}

/// The European act that bears the name of an American one, where its words are led by Europe's: `Europe's second Chips Act`.
fn namesake(text: &Text, token_idx: usize, value: &'static str) -> &'static str {
    const REACH: usize = 3;
    if value != "CHIPS and Science Act" {
        return value;
    }
    let mut before = (token_idx.saturating_sub(REACH)..token_idx).rev();
    let is_european = before.any(|at| {
        one_of!(text.fold(at), "brussels" | "eu" | "europe" | "european")
            && text.sentence_of(at) == text.sentence_of(token_idx)
    });
    match is_european {
        true => "European Chips Act",
        false => value,
    }
}

/// What makes an acronym before it the name of a firm: `Ceta Ltd`, not `Gatt Secretary`.
const FIRM_WORDS: &[&str] = &[
    "Bank", "Co", "Corp", "Group", "Holdings", "Inc", "Ltd", "Plc", "SA",
];

/// Marks the words with which names and citations begin, and with which names of acts end.
pub(super) fn mark(mark: Marking) {
    for (fold, small) in NAMES.firsts() {
        mark(fold, marks::INSTRUMENT, small);
    }
    citation::mark(mark);
    for fold in act::lasts() {
        mark(fold, marks::ACT, false);
    }
}

fn extract(reading: &Reading, findings: &mut Findings) {
    let gatt = OnceCell::new();
    let speaks_of_gatt =
        || *gatt.get_or_init(|| reading.paragraphs.iter().any(citation::speaks_of_gatt));
    let n_before = findings.mentions.len();
    let parties = parties(reading, findings);
    let mut parties = &parties[..];
    // Of one paragraph at a time.
    let (mut starts, mut lasts) = (Vec::new(), Vec::new());
    for (paragraph, text) in reading.paragraphs.iter().enumerate() {
        let is_here = |party: &&Party| party.paragraph == paragraph;
        let (here, later) = parties.split_at(parties.iter().take_while(is_here).count());
        parties = later;
        telling(text, &mut starts, &mut lasts);
        let mut formed = parties::named(text, here);
        formed.extend(act::named(text, here, &lasts));
        if !formed.is_empty() {
            formed.sort_by_key(|citation| citation.tokens.start);
            starts.extend(formed.iter().map(|citation| citation.tokens.start));
            starts.sort_unstable();
        }
        let mut formed = formed.into_iter().peekable();
        let mut next = 0;
        for &token_idx in &starts {
            if token_idx < next || is_mark(text, token_idx) {
                continue;
            }
            next = token_idx + 1;
            while formed
                .next_if(|citation| citation.tokens.start < token_idx)
                .is_some()
            {}
            // The longest reading; of equals, the name that is listed.
            let mut best = citation::at(text, token_idx, &speaks_of_gatt);
            let formed = formed.next_if(|citation| citation.tokens.start == token_idx);
            let named = name_at(text, token_idx).map(|(end, name)| Citation {
                value: namesake(text, token_idx, name.value).into(),
                tokens: token_idx..end,
                rule: "instrument-name",
            });
            for other in formed.into_iter().chain(named) {
                if other.tokens.end >= end_of(&best) {
                    best = vec![other];
                }
            }
            if best.is_empty() {
                continue;
            }
            next = next.max(end_of(&best));
            findings
                .mentions
                .extend(best.into_iter().map(|citation| Mention {
                    field: &FIELD,
                    value: citation.value,
                    paragraph,
                    span: text.span(citation.tokens),
                    rule: citation.rule,
                }));
        }
    }
    if findings.mentions.len() > n_before {
        forget_other_law(findings);
        join_cases(findings);
        join_regulations(findings);
        forget_countries_of_numbers(findings);
    }
}

/// Puts the tokens of a text at which a name or citation may begin, and those with which the name of an act may end.
fn telling(text: &Text, starts: &mut Vec<usize>, lasts: &mut Vec<usize>) {
    starts.clear();
    lasts.clear();
    let telling = citation::TELLING.with(marks::ACT);
    let mut next = 0;
    while let Some(token_idx) = text.next_marked(next, telling) {
        next = token_idx + 1;
        if text.is_marked(token_idx, marks::ACT) {
            lasts.push(token_idx);
        }
        if citation::may_begin(text, token_idx) {
            starts.push(token_idx);
        }
    }
}

/// Drops the countries and blocs that stand in the number of an act: `Regulation (EU) 2023/956`.
fn forget_countries_of_numbers(findings: &mut Findings) {
    let numbers: Vec<(usize, Range<usize>)> = findings
        .mentions
        .iter()
        .filter(|mention| mention.field == &FIELD && mention.rule == "union-act")
        .map(|mention| (mention.paragraph, mention.span.clone()))
        .collect();
    if numbers.is_empty() {
        return;
    }
    let is_in_number = |mention: &Mention| {
        let after = numbers.partition_point(|(paragraph, span)| {
            (*paragraph, span.start) <= (mention.paragraph, mention.span.start)
        });
        let before = after.checked_sub(1).map(|at| &numbers[at]);
        before.is_some_and(|(paragraph, span)| {
            *paragraph == mention.paragraph && mention.span.end <= span.end
        })
    };
    findings
        .mentions
        .retain(|mention| mention.field != &country::FIELD || !is_in_number(mention));
}

/// Gives one value to the cases between the same parties, that by which the article names them first: an appeal turns the
/// parties round.
fn join_cases(findings: &mut Findings) {
    let mut values: FxHashMap<[String; 2], Value> = FxHashMap::default();
    for mention in &mut findings.mentions {
        let is_case = mention.field == &FIELD && mention.rule == "court-case";
        if let Some(parties) = is_case
            .then(|| citation::parties_of(&mention.value))
            .flatten()
        {
            let first = values
                .entry(parties)
                .or_insert_with(|| mention.value.clone());
            mention.value = first.clone();
        }
    }
}

/// Gives regulations that the article cites by their number alone the value with which it cites them elsewhere.
fn join_regulations(findings: &mut Findings) {
    let number = |value: &str| {
        Some(
            value
                .strip_prefix("Regulation ")?
                .rsplit(' ')
                .next()?
                .to_string(),
        )
    };
    let is_bare = |value: &str| !value.contains('(') && !value.contains(" No ");
    let mut values: FxHashMap<String, Value> = FxHashMap::default();
    let is_act = |mention: &Mention| mention.field == &FIELD && mention.rule == "union-act";
    for mention in findings.mentions.iter().filter(|mention| is_act(mention)) {
        if let Some(number) = number(&mention.value).filter(|_| !is_bare(&mention.value)) {
            values
                .entry(number)
                .or_insert_with(|| mention.value.clone());
        }
    }
    if values.is_empty() {
        return;
    }
    for mention in &mut findings.mentions {
        if is_act(mention)
            && is_bare(&mention.value)
            && let Some(value) = number(&mention.value).and_then(|number| values.get(&number))
        {
            mention.value = value.clone();
        }
    }
}

/// Drops acts that do not speak of trade where nothing else that is named is trade law.
fn forget_other_law(findings: &mut Findings) {
    let is_other = |mention: &Mention| mention.rule == act::BESIDE;
    let instruments = || {
        let mentions = findings.mentions.iter();
        mentions.filter(|mention| mention.field == &FIELD)
    };
    if instruments().any(is_other) && instruments().all(is_other) {
        findings
            .mentions
            .retain(|mention| mention.field != &FIELD || !is_other(mention));
    }
}

/// The token after the last citation.
fn end_of(citations: &[Citation]) -> usize {
    citations.last().map_or(0, |citation| citation.tokens.end)
}

/// The countries that each paragraph names in one place, without those of the place line, which have none.
fn parties(reading: &Reading, findings: &Findings) -> Vec<Party> {
    let mut out = Vec::new();
    for mention in &findings.mentions {
        if mention.field != &country::FIELD || mention.span.is_empty() {
            continue;
        }
        let Some(text) = reading.paragraphs.get(mention.paragraph) else {
            continue;
        };
        let start = text.token_at(mention.span.start);
        let rest = text.tokens[start..].iter();
        let n_tokens = rest
            .take_while(|token| (token.start as usize) < mention.span.end)
            .count();
        if n_tokens > 0 {
            out.push(Party {
                paragraph: mention.paragraph,
                tokens: start..start + n_tokens,
                value: mention.value.clone(),
            });
        }
    }
    out.sort_by_key(|party| party.paragraph);
    // Of several values at a place the first.
    out.dedup_by(|party, before| {
        party.paragraph == before.paragraph && party.tokens.start < before.tokens.end
    });
    out
}

/// Whether no instrument begins at a token: a mark other than "§".
fn is_mark(text: &Text, token_idx: usize) -> bool {
    match text.tokens[token_idx].kind {
        TokenKind::Word | TokenKind::Number => false,
        TokenKind::Punct => !text.is(token_idx, "§"),
        TokenKind::Possessive | TokenKind::Quote => true,
    }
}

/// Values by the spellings that a person would type.
static SPELLINGS: LazyLock<FxHashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut out: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
    let mut add = |spelling: &str, value: &'static str| {
        let values = out.entry(key(spelling)).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
    };
    for row in INSTRUMENTS.iter() {
        add(row.value, row.value);
        let spellings = table::pieces(row.names, b'|').chain(table::pieces(row.queries, b'|'));
        for spelling in spellings.filter(|spelling| !spelling.is_empty()) {
            add(spelling, row.value);
        }
    }
    for (number, value) in citation::KNOWN_SECTIONS {
        add(value, value);
        add(&format!("sec {number}"), value);
        add(&format!("s {number}"), value);
        add(number, value);
    }
    out
});

/// The form in which spellings are compared: letters and digits, folded, without `the`.
fn key(spelling: &str) -> String {
    let folded = fold(spelling);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "the")
        .collect();
    words.join(" ")
}

fn resolve(spelling: &str) -> Vec<&'static str> {
    let wanted = key(spelling);
    if let Some(values) = SPELLINGS.get(&wanted) {
        return values.clone();
    }
    // Acronyms with periods: `u.s.m.c.a.`.
    let joined: String = wanted.split(' ').collect();
    if let Some(values) = SPELLINGS.get(&joined) {
        return values.clone();
    }
    citation::dispute(&joined).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::extract::Own;

    /// Checks the mentions that are marked in the text: `[words|value]`.
    fn check(marked: &str) {
        let mut source = String::new();
        let mut expected = Vec::new();
        let mut rest = marked;
        while let Some((before, after)) = rest.split_once('[') {
            source.push_str(before);
            let (inside, after) = after.split_once(']').expect("closed");
            let (words, value) = inside.split_once('|').expect("a value");
            let start = source.len();
            source.push_str(words);
            expected.push((start..source.len(), value.to_string()));
            rest = after;
        }
        source.push_str(rest);
        let article = Article {
            paragraphs: vec![source.clone()],
            ..Article::default()
        };
        let reading = Reading::new(&article, Own::none());
        let mut findings = Findings::default();
        country::EXTRACTOR.extract_one(&reading, &mut findings);
        extract(&reading, &mut findings);
        let found: Vec<_> = findings
            .mentions
            .into_iter()
            .filter(|mention| mention.field == &FIELD)
            .map(|mention| (mention.span, mention.value.to_string()))
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn every_listed_name_is_found() {
        for (name, value) in names() {
            let article = Article {
                paragraphs: vec![format!("They cited {name} in vain.")],
                ..Article::default()
            };
            let mut findings = Findings::default();
            extract(&Reading::new(&article, Own::none()), &mut findings);
            let mut found = findings.of(&FIELD, 0);
            assert!(found.any(|mention| mention.value == value), "{name}");
        }
    }

    #[test]
    fn rows_are_sorted_and_whole() {
        let values: Vec<&str> = INSTRUMENTS.iter().map(|row| row.value).collect();
        assert!(
            values.is_sorted_by(|a, b| a < b),
            "{:?}",
            values.windows(2).find(|pair| pair[0] >= pair[1])
        );
        let mut names: Vec<&str> = Vec::new();
        for row in INSTRUMENTS.iter() {
            assert!(!row.value.is_empty(), "{row:?}");
            assert!(
                row.names.split('|').all(|name| !name.trim().is_empty()),
                "{row:?}"
            );
            names.extend(row.names.split('|'));
        }
        names.sort_unstable();
        for pair in names.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }

    #[test]
    fn kinds_of_agreements_are_sorted() {
        crate::text::table::check(parties::KINDS);
    }

    #[test]
    fn agreements_by_name_and_acronym() {
        check("Japan joined the [TPP|Trans-Pacific Partnership] in 2013.");
        check(
            "The [CPTPP|Comprehensive and Progressive Agreement for Trans-Pacific Partnership] \
             grew; [USMCA|United States-Mexico-Canada Agreement] is under review.",
        );
        check(
            "The [U.S.–Mexico–Canada Agreement|United States-Mexico-Canada Agreement] replaced \
             [NAFTA|North American Free Trade Agreement].",
        );
        check("Ceta Ltd and Gatt, a painter, are no treaties. Nor is Ana Gatt.");
        check(
            "[Nafta|North American Free Trade Agreement], a pact of three, and [Gatt|General Agreement on Tariffs and Trade] Secretary Losa.",
        );
        check("The [Paris Agreement|Paris Agreement] is no Paris agreement on currencies.");
    }

    #[test]
    fn one_acronym_is_the_agreement_of_the_countries_beside_it() {
        check(
            "The [India-UK CETA|India-United Kingdom Comprehensive Economic and Trade Agreement] \
             is newer than the [EU-Canada CETA|Canada-European Union Comprehensive Economic and Trade Agreement].",
        );
        check(
            "[CETA|Canada-European Union Comprehensive Economic and Trade Agreement] is in force.",
        );
    }

    #[test]
    fn acts_of_one_name_are_told_by_the_continent_before_them() {
        check(
            "Europe's new [Chips Act|European Chips Act] is slower than the [CHIPS Act|CHIPS and Science Act].",
        );
        check("In Europe they studied how the American [CHIPS Act|CHIPS and Science Act] works.");
    }

    #[test]
    fn measures_are_found_in_any_case() {
        check(
            "[Antidumping duties|Anti-dumping duty] may follow [safeguard measures|Safeguard measure].",
        );
    }

    #[test]
    fn sections_of_trade_law() {
        check("[Section 232|Section 232] tariffs bite.");
        check(
            "[Sec. 232|Section 232] of the [Trade Expansion Act of 1962|Trade Expansion Act of 1962] was used.",
        );
        check("[Sections 232|Section 232] and [301|Section 301] were cited.");
        check("[Sections 201|Section 201], [232|Section 232], and [301|Section 301] were cited.");
        check("The [232|Section 232] tariffs and a [301|Section 301] investigation came.");
        check("He filed a [Section 701|Section 701] case against subsidised imports.");
        check(
            "[Section 122|Section 122] of the [Trade Act of 1974|Trade Act of 1974] allows a surcharge.",
        );
        check("[Super 301|Super 301] came back.");
        check(
            "[Sec 232|Section 232], [§ 301|Section 301] and [Section 232|Section 232](b) are spellings; 10 sec 301 is none.",
        );
        check(
            "[Section 201|Section 201] of U.S. trade law and [Section 337|Section 337] of the act differ.",
        );
    }

    #[test]
    fn other_sections_are_no_trade_law() {
        check("Section 8 housing is scarce.");
        check("He sat in Section 232 of the bus.");
        check("Section 301 of the Clean Air Act was struck down.");
        check("Section 122 of the stadium was empty.");
        check("They counted 301 cases of measles and 232 tents.");
    }

    #[test]
    fn citations() {
        check("The panel in [DS543|DS543] and [WT/DS27|DS27] agreed; so did [DS 436|DS436].");
        check("See [83 FR 11625|83 FR 11625] and [83 Fed. Reg. 11,625|83 FR 11625].");
        check(
            "[19 U.S.C. 1862|19 U.S.C. 1862], [19 USC § 2411|19 U.S.C. 2411] and [15 CFR Part 744|15 CFR 744] apply.",
        );
        check(
            "[Executive Order 14257|Executive Order 14257] and [E.O. 14266|Executive Order 14266] were followed by [Proclamation No. 9705|Proclamation 9705].",
        );
        check(
            "[Regulation (EU) 2023/956|Regulation (EU) 2023/956] amends [Directive 2009/28/EC|Directive 2009/28/EC] and [Regulation (EC) No 1234/2007|Regulation (EC) No 1234/2007].",
        );
        check(
            "[Public Law 117-78|Public Law 117-78] and [Pub. L. No. 117–169|Public Law 117-169] passed.",
        );
        check("Goods of [HTS 9903.88.15|HTS 9903.88.15] and [HS code 8541|HS 8541] pay more.");
        check(
            "[Article XXIV|GATT Article XXIV] of the [GATT|General Agreement on Tariffs and Trade] allows it.",
        );
        check("Article II of the Constitution and an Article IV consultation are others.");
    }

    #[test]
    fn agreements_by_their_parties() {
        check(
            "The [China-New Zealand FTA|China-New Zealand Free Trade Agreement] came before the \
             [China–Switzerland free trade agreement|China-Switzerland Free Trade Agreement].",
        );
        check(
            "The [United States–Korea Free Trade Agreement|South Korea-United States Free Trade Agreement] and \
             [KORUS|South Korea-United States Free Trade Agreement] are one.",
        );
        check(
            "A [U.S.-Kenya bilateral investment treaty|Kenya-United States Bilateral Investment Treaty] and the \
             [free trade agreement between Chile and Canada|Canada-Chile Free Trade Agreement] are others.",
        );
        check(
            "The [EU-Indonesia CEPA|EU-Indonesia Comprehensive Economic Partnership Agreement] follows \
             a [trade deal between the European Union and Japan|EU-Japan Economic Partnership Agreement].",
        );
        check(
            "They seek a [China-Japan-South Korea free trade pact|China-Japan-South Korea Free Trade Agreement], \
             not a China-Japan quarrel or an American FTA.",
        );
        check("The U.S.-China trade war and China-U.S. trade talks are no agreements.");
    }

    #[test]
    fn disputes_by_their_titles() {
        check(
            "The panel in [US - Steel and Aluminium Products (China)|US – Steel and Aluminium Products (China)] \
             reported, as in [EC – Bananas III|EC – Bananas III].",
        );
        check("BEIJING - Steel rose, a WTO panel said. China - Steel prices fall, says the panel.");
    }

    #[test]
    fn other_acts_beside_trade_law() {
        check("The Clean Air Act and the Modern Slavery Act 2015 were amended.");
        check(
            "[NAFTA|North American Free Trade Agreement], the [Clean Air Act|Clean Air Act], the \
             [Modern Slavery Act 2015|Modern Slavery Act 2015] and the [Finance Act, 2012|Finance Act of 2012] were read; the Final Act was not.",
        );
        check(
            "Under the [Taxation (Cross-border Trade) Act 2018|Taxation (Cross-border Trade) Act 2018] and the \
             [Trade Remedies (Dumping and Subsidisation) (EU Exit) Regulations 2019|Trade Remedies (Dumping and Subsidisation) (EU Exit) Regulations 2019].",
        );
    }

    #[test]
    fn numbers_of_courts_and_customs() {
        check(
            "[Slip Op. 25-66|Slip Op. 25-66], [ICSID Case No. ARB/12/12|ICSID Case No. ARB/12/12], ruling [HQ H301619|HQ H301619], \
             dispute [USA-MEX-CDA-2022-31-01|USA-MEX-CDA-2022-31-01] and Inquiry No. [NQ-2021-002|NQ-2021-002]; a slip of 25-66, NY 10001.",
        );
    }

    #[test]
    fn articles_and_chapters_of_agreements() {
        check(
            "[Article 2.4.2|ADA Article 2.4.2] of the [Anti-Dumping Agreement|Anti-Dumping Agreement], [Chapter 31|USMCA Chapter 31] of the \
             [USMCA|United States-Mexico-Canada Agreement] and [Article 263|TFEU Article 263] [TFEU|Treaty on the Functioning of the European Union].",
        );
        check(
            "[GATT|General Agreement on Tariffs and Trade] [Article III|GATT Article III]:4 and [Article I|GATT Article I]:1; a chapter of it.",
        );
    }

    #[test]
    fn lists_of_duties() {
        check(
            "Tariffs on [List 1|Section 301 List 1] and [List 4A|Section 301 List 4A] goods fell.",
        );
        check("A List 3 of songs is none, nor is the Trade Remedy Law Enforcement Directorate.");
    }

    #[test]
    fn titles_of_disputes_with_long_dashes() {
        check(
            "The panel went back to it. As in [US — Softwood Lumber V|US – Softwood Lumber V], costs count.",
        );
        check("Farmers read it: US — Steel prices rise.");
    }

    #[test]
    fn acts_that_speak_of_trade() {
        check(
            "The [Special Import Measures Act|Special Import Measures Act] and the \
             [Customs Tariff Act, 1975|Customs Tariff Act of 1975] are older than China's [Foreign Trade Law|Foreign Trade Law].",
        );
        check(
            "The Senate passed the [Reciprocal Trade Act|Reciprocal Trade Act]; Trade Minister Li said it was a bad Act. \
             Customs Tariffs and the House [Trade Bill|Trade Bill] differ.",
        );
        check("A new trade law and an act of trade are none.");
    }

    #[test]
    fn numbers_of_cases_and_rules() {
        check(
            "Orders [A-570-910|A-570-910] and [C-570-911|C-570-911] follow [731-TA-1234|731-TA-1234]; a T-34/85 is a tank.",
        );
        check(
            "The court ruled in Case [C-207/24|C-207/24] P on [SI 2020/1432|SI 2020/1432] and [SOR/2018-152|SOR/2018-152].",
        );
        check(
            "MOFCOM [Announcement No. 61 of 2025|Announcement No. 61 of 2025] and Security Council \
             [Resolution 2397|UN Security Council Resolution 2397]; the bill is [S. 1241|S. 1241].",
        );
        check(
            "Under [Article 21.5|DSU Article 21.5] of the DSU they wait; Article 5 of NATO is another.",
        );
    }

    #[test]
    fn lists_of_citations() {
        check(
            "Duties on [HTSUS 7210.41.0000|HTS 7210.41.0000], [7210.49.0030|HTS 7210.49.0030] and [7212.30.1030|HTS 7212.30.1030] rise, as on \
             [HS 7318|HS 7318], [2009|HS 2009] and [7326|HS 7326] or 2019.",
        );
        check(
            "[Articles III|GATT Article III]:2 and [XI|GATT Article XI]:1(a) of the [GATT|General Agreement on Tariffs and Trade]; \
             [Art. XX|GATT Article XX](g) of [GATT 1994|General Agreement on Tariffs and Trade].",
        );
        check(
            "[15 CFR parts 730|15 CFR 730], [732|15 CFR 732] and [742|15 CFR 742]; [19 U.S.C. §§ 1671|19 U.S.C. 1671] and \
             [1671b|19 U.S.C. 1671b]; [15 CFR 746.2|15 CFR 746.2] and [746.5|15 CFR 746.5] and [19 CFR 351.1|19 CFR 351.1].",
        );
        check("Exporters read [§§ 746.5|15 CFR 746.5] and [746.8|15 CFR 746.8], not § 12.5.");
        check(
            "[Articles 34|TFEU Article 34] and [36|TFEU Article 36] of the \
             [Treaty on the Functioning of the European Union|Treaty on the Functioning of the European Union] and \
             [Article 207|TFEU Article 207] [TFEU|Treaty on the Functioning of the European Union].",
        );
        check(
            "[ECCNs 4A003|ECCN 4A003] and [5A002|ECCN 5A002]; [CN codes 7606 11 10|CN 7606 11 10] and [7607 20 90|CN 7607 20 90]. CN 7606 ran late.",
        );
    }

    #[test]
    fn short_forms_of_citations() {
        check("Tariffs under [Sect. 301|Section 301] stay.");
        check("Tariffs under [s.232|Section 232] stay; a sect of 301 and s. 12 are none.");
        check(
            "The duty under [section 9A|Section 9A] of the [Customs Tariff Act|Customs Tariff Act] fell, not that under section 2nd.",
        );
        check("The panel in [DS8|DS8] ruled. The DS3 is a car.");
        check("[Executive Order (E.O.) 13692|Executive Order 13692] stands.");
    }

    #[test]
    fn statutory_instruments_by_title() {
        check(
            "The [Ruritania (Sanctions) (EU Exit) Regulations 2019|Ruritania (Sanctions) (EU Exit) Regulations 2019] and the \
             [Belarus (Sanctions) (EU Exit) (Amendment) (No. 2) Regulations 2021|Belarus (Sanctions) (EU Exit) (Amendment) (No. 2) Regulations 2021] apply.",
        );
    }

    #[test]
    fn numbers_of_acts_name_no_countries() {
        let article = Article {
            paragraphs: vec!["Under Regulation (EU) 2019/1021 Peru pays the EU.".to_string()],
            ..Article::default()
        };
        let reading = Reading::new(&article, Own::none());
        let mut findings = Findings::default();
        country::EXTRACTOR.extract_one(&reading, &mut findings);
        extract(&reading, &mut findings);
        let countries = findings.of(&country::FIELD, 0);
        let countries: Vec<&str> = countries.map(|mention| &*mention.value).collect();
        assert_eq!(countries, ["Peru", "European Union"]);
    }

    #[test]
    fn one_regulation_has_one_value() {
        check(
            "[Regulation (EU) No 833/2014|Regulation (EU) No 833/2014] is Council [Regulation (EU) No. 833/2014|Regulation (EU) No 833/2014], Council [Regulation 833/2014|Regulation (EU) No 833/2014] and [Regulation (EU) 833/2014|Regulation (EU) No 833/2014]; [Regulation 833/2014|Regulation (EU) No 833/2014] stays.",
        );
        check(
            "Council [Decision (CFSP) 2024/1744|Decision (CFSP) 2024/1744] and [Regulation (EEC) No 2658/87|Regulation (EEC) No 2658/87] stay; Losa's [Regulation No. 8/2014|Regulation No 8/2014] goes, [Regulation (EU) 2019/12|Regulation (EU) 2019/12] too.",
        );
    }

    #[test]
    fn general_licenses() {
        check(
            "OFAC issued [General License 8L|General License 8L], [General License No. 41B|General License 41B] others; a general license is none. [GL 13|General License 13] stays.",
        );
        check("The [general licences 25|General License 25] and [8l|General License 8L] run out.");
        check("The GL 450 drives.");
    }

    #[test]
    fn lists_and_regimes_of_export_control() {
        check(
            "China's [Unreliable Entity List|Unreliable Entity List], the [UFLPA Entity List|UFLPA Entity List], the [Entity List|Entity List] and the [Military End User List|Military End-User List] grew.",
        );
        check(
            "The [Unverified List|Unverified List], the [Affiliates Rule|Affiliates Rule], [Section 1260H|Section 1260H] of the NDAA and [Section 889|Section 889] apply, as does the [FDP rule|Foreign direct product rule].",
        );
        check(
            "The [Australia Group|Australia Group], the [Wassenaar Arrangement|Wassenaar Arrangement] and the [Missile Technology Control Regime|Missile Technology Control Regime] met.",
        );
    }

    #[test]
    fn headlines_name_no_acts() {
        check("Losa Signs Ruritania Trade Bill; Farmers Exult");
    }

    #[test]
    fn hyphens_in_acronyms() {
        check(
            "Japan joined the [CP-TPP|Comprehensive and Progressive Agreement for Trans-Pacific Partnership].",
        );
    }

    #[test]
    fn one_case_has_one_value() {
        check(
            "In [Ellerby Tools, Inc. v. Losa|Ellerby Tools, Inc. v. Losa] it lost; [Losa v. Ellerby Tools|Ellerby Tools, Inc. v. Losa] is the appeal.",
        );
        check(
            "In [R (Ellerby Mills) v National Trade Office|R (Ellerby Mills) v National Trade Office] it won; Leeds (away) v Chelsea is a game.",
        );
    }

    #[test]
    fn court_cases() {
        check(
            "The court decided [V.O.S. Selections v. Trump|V.O.S. Selections v. Trump] on Friday.",
        );
        check(
            "In [Learning Resources, Inc. v. Trump|Learning Resources, Inc. v. Trump], it agreed.",
        );
        check("He prefers strategy v. tactics.");
    }

    #[test]
    fn spellings_resolve() {
        for (spelling, value) in [
            ("tpp", "Trans-Pacific Partnership"),
            ("232", "Section 232"),
            ("section 232", "Section 232"),
            ("Sec. 301", "Section 301"),
            ("ds543", "DS543"),
            ("DS 543", "DS543"),
            ("wt/ds543", "DS543"),
            ("the new nafta", "United States-Mexico-Canada Agreement"),
            ("I.E.E.P.A.", "International Emergency Economic Powers Act"),
            ("t-mec", "United States-Mexico-Canada Agreement"),
        ] {
            assert_eq!(resolve(spelling), [value], "{spelling}");
        }
        for spelling in ["", "ds", "ds0", "ds999999999999999", "§"] {
            assert!(resolve(spelling).is_empty(), "{spelling}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_safe(source in "(Section|Sec\\.|§|232|301|1962| of the |Article|XX|v\\.|DS|WT/|[0-9]{1,4}|U\\.S\\.C\\.|FR|Regulation|\\(|EU|\\)|/|,|and| |Inc\\.|U\\.S\\.|China|EU| – |-|FTA|trade deal|between|and the|Act|Trade|panel|S\\.|C-|731-TA-|No\\.|Announcement|[A-Z][a-zé]{0,3}|.){0,40}") {
            let article = Article {
                paragraphs: vec![source.clone()],
                ..Article::default()
            };
            let reading = Reading::new(&article, Own::none());
            let mut findings = Findings::default();
            country::EXTRACTOR.extract_one(&reading, &mut findings);
            extract(&reading, &mut findings);
            for mention in findings.mentions {
                assert!(source.get(mention.span).is_some_and(|words| !words.is_empty()));
            }
            resolve(&source);
        }
    }
}
