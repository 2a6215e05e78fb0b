//! Countries and blocs that the text names: by name, by adjective, by the capital that stands for the government, or in
//! the place line. A country's word in a fixed expression, a company, a person or a namesake names no country.

use std::ops::Range;
use std::sync::LazyLock;

use super::known::{self, marks};
use super::list_lines::ListLines;
use super::{Extractor, Reading, each};
use crate::article::{Findings, Line, Mention};
use crate::extract::person::may_be_given_name;
use crate::field::{Field, Kind};
use crate::text::tokens::{Case, Kind as TokenKind, Text};

mod context;
mod groups;
mod lists;
mod namesakes;
mod words;

pub(super) use lists::mark;

use context::{Clues, Context, Style};
use lists::{Entry, Sense};
use words::{AMERICAN_SOUTH, CAUCASUS, PERSONAL, PLACE_NOUNS, SURNAMES, Words};

pub static FIELD: Field = Field {
    name: "country",
    key: "countries",
    kind: Kind::Facet,
    help: "countries and blocs that the paragraph names",
    resolve: lists::resolve,
    groups: groups::all,
};

pub(super) use namesakes::EXTRACTOR as NAMESAKES;
pub(super) use words::{SHIPS, STREETS};

/// The state that a spelling names; none where it names several, or a bloc.
pub(super) fn state(spelling: &str) -> Option<&'static str> {
    match lists::resolve(spelling)[..] {
        [value] if !lists::is_bloc(value) => Some(value),
        _ => None,
    }
}

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &[],
    extract: |readings, findings| each(readings, findings, extract),
    lines,
};

/// The country's own names, or a place, or a fixed expression that names it.
fn lines(mention: &Mention, words: &str) -> Vec<Line> {
    LISTED.lines(words, |row| {
        row.cell(0) == mention.value || row.names(2).any(|name| name == mention.value)
    })
}

static LISTED: LazyLock<ListLines> = LazyLock::new(|| {
    ListLines::new(&[
        (lists::COUNTRIES, &[0, 3, 4, 5, 6]),
        (lists::PLACES, &[0]),
        (lists::FIXED_EXPRESSIONS, &[0]),
    ])
});

/// An entry of the lists, found in a paragraph.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    /// Tokens: the first, and the one after the last.
    start: usize,
    end: usize,
    entry: &'static Entry,
}

/// The entries that an article has.
struct Candidates<'a> {
    reading: &'a Reading<'a>,
    all: Vec<Candidate>,
    /// For each paragraph the end of its own.
    ends: Vec<usize>,
}

impl Candidates<'_> {
    fn new<'a>(reading: &'a Reading) -> Candidates<'a> {
        let mut all = Vec::new();
        let ends = reading.paragraphs.iter().map(|text| {
            push_candidates(text, &mut all);
            all.len()
        });
        Candidates {
            reading,
            ends: ends.collect(),
            all,
        }
    }

    /// The paragraphs with their candidates.
    fn paragraphs(&self) -> impl Iterator<Item = (&Text<'_>, &[Candidate])> {
        let mut start = 0;
        let texts = self.reading.paragraphs.iter();
        texts.zip(&self.ends).map(move |(text, &end)| {
            let found = &self.all[start..end];
            start = end;
            (text, found)
        })
    }
}

fn extract(reading: &Reading, findings: &mut Findings) {
    let candidates = Candidates::new(reading);
    let mut clues = clues(&candidates);
    let Clues {
        is_congo_brazzaville,
        names_brazzaville,
        ..
    } = clues;
    for (paragraph, (text, found)) in candidates.paragraphs().enumerate() {
        clues.is_congo_brazzaville =
            is_congo_brazzaville || names_brazzaville && names_brazzaville_alone(found);
        let dateline = reading.article.dateline.as_ref().filter(|_| paragraph == 0);
        let text_start = dateline.map_or(0, |dateline| text.token_at(dateline.end));
        if let Some(dateline) = dateline {
            if dateline.end == 0 {
                // The place line stood apart: its country is that of the first paragraph, but no words there say so.
                let line = known::read(&dateline.place);
                let mut found = Vec::new();
                push_candidates(&line, &mut found);
                for place in places(&line, &found) {
                    push(
                        findings,
                        clues.values(place.entry),
                        paragraph,
                        0..0,
                        "dateline",
                    );
                }
            }
            let in_line = &found[..found.partition_point(|place| place.end <= text_start)];
            for place in places(text, in_line) {
                let span = text.span(place.start..place.end);
                push(
                    findings,
                    clues.values(place.entry),
                    paragraph,
                    span,
                    "dateline",
                );
            }
        }
        let may_name = |candidate: &Candidate| {
            candidate.start >= text_start && candidate.entry.may_name_country()
        };
        each_context(text, found, may_name, |context| {
            let Candidate { start, end, entry } = context.candidate;
            if let Some(rule) = context.rule(&clues) {
                let span = text.span(start..end);
                push(findings, clues.values(entry), paragraph, span, rule);
            }
        });
    }
}

/// Whether entries speak of the Congo of Brazzaville, and none for sure of that of Kinshasa.
fn names_brazzaville_alone(found: &[Candidate]) -> bool {
    let of = |value: &str| {
        let mut named = found.iter().filter(|candidate| !candidate.entry.is_shared);
        named.any(|candidate| *candidate.entry.values == [value])
    };
    of("Republic of the Congo") && !of("Democratic Republic of the Congo")
}

/// Where the name of a city or of a part of a country begins that ends before a token: `Texas` of "Texas Senate".
pub(super) fn place_before(text: &Text, token_idx: usize) -> Option<usize> {
    const LONGEST: usize = 3;
    (token_idx.saturating_sub(LONGEST)..token_idx).find(|&start| {
        text.tokens[start].kind == TokenKind::Word
            && lists::longest(text, start).is_some_and(|(end, entry)| {
                let is_part = matches!(entry.sense, Sense::City | Sense::Region);
                end == token_idx && (is_part || *entry.values == ["Georgia"])
            })
    })
}

/// The country whose capital is named at a token, and the token after it; of Brussels it is Belgium.
pub(super) fn capital_at(text: &Text, token_idx: usize) -> Option<(usize, &'static str)> {
    text.tokens.get(token_idx)?;
    let (end, entry) = lists::longest(text, token_idx)?;
    let is_capital = entry.sense == Sense::Capital;
    let entry = lists::city(text, token_idx..end).unwrap_or(entry);
    entry
        .values
        .first()
        .filter(|_| is_capital)
        .map(|country| (end, *country))
}

/// Adds a mention for each value.
fn push(
    findings: &mut Findings,
    values: &[&'static str],
    paragraph: usize,
    span: Range<usize>,
    rule: &'static str,
) {
    for value in values {
        findings.mentions.push(Mention {
            field: &FIELD,
            value: (*value).into(),
            paragraph,
            span: span.clone(),
            rule,
        });
    }
}

/// Calls `see` with each candidate of a paragraph that `is_asked` for, in its context.
fn each_context<'a>(
    text: &'a Text,
    found: &'a [Candidate],
    is_asked: impl Fn(&Candidate) -> bool,
    mut see: impl FnMut(&Context<'a>),
) {
    let mut n_sentences = 0;
    let mut sentence = 0..0;
    let mut style = Style::Mixed;
    for (at, candidate) in found.iter().enumerate() {
        if !is_asked(candidate) {
            continue;
        }
        while candidate.start >= sentence.end {
            sentence = text.sentences[n_sentences].clone();
            n_sentences += 1;
            style = Style::Mixed;
            if candidate.start < sentence.end {
                style = context::style(text, &sentence);
            }
        }
        see(&Context {
            text,
            found,
            at,
            candidate: *candidate,
            sentence: sentence.clone(),
            style,
        });
    }
}

/// What the article as a whole tells about its ambiguous words.
fn clues(candidates: &Candidates) -> Clues {
    let mut clues = Clues::default();
    let (mut has_georgia, mut has_surname) = (false, false);
    let (mut is_soviet, mut is_russian) = (false, false);
    let (mut has_brazzaville, mut has_kinshasa) = (false, false);
    for (text, found) in candidates.paragraphs() {
        for candidate in found {
            let entry = candidate.entry;
            let is_seat = matches!(entry.sense, Sense::Capital | Sense::Office);
            match *entry.values {
                ["Georgia"] => has_georgia = true,
                ["Soviet Union"] => is_soviet = true,
                ["Russia"] => is_russian |= !is_seat,
                ["Republic of the Congo"] => has_brazzaville = true,
                ["Democratic Republic of the Congo"] => has_kinshasa |= !entry.is_shared,
                _ => {}
            }
            // `Paul Cuban`
            let is_named = || {
                let before = candidate.start.checked_sub(1).map(|at| text.tokens[at]);
                entry.sense == Sense::Adjective
                    && PERSONAL.has(text, candidate.start)
                    && before.is_some_and(|token| {
                        token.case == Case::Capital && may_be_given_name(token.fold)
                    })
            };
            has_surname |= SURNAMES.has(text, candidate.start) || is_named();
        }
    }
    clues.is_moscow_soviet = is_soviet && !is_russian;
    clues.names_brazzaville = has_brazzaville;
    clues.is_congo_brazzaville = has_brazzaville && !has_kinshasa;
    if has_surname {
        for (text, found) in candidates.paragraphs() {
            each_context(
                text,
                found,
                |_| true,
                |context| {
                    if context.is_surname() {
                        let surname = text.tokens[context.candidate.start].fold;
                        clues.surnames.insert(surname);
                    }
                },
            );
        }
    }
    if has_georgia {
        let n_cues = |words: &Words| -> usize {
            let texts = candidates.reading.paragraphs.iter();
            texts.map(|text| words.count(text)).sum()
        };
        clues.is_georgia_a_country = n_cues(&CAUCASUS) > n_cues(&AMERICAN_SOUTH);
    }
    clues
}

/// Adds all entries in a text, the longest at each place, none within another.
fn push_candidates(text: &Text, out: &mut Vec<Candidate>) {
    let mut from = 0;
    while let Some(told_by) = text.next_marked(from, marks::COUNTRY) {
        let start = *known::starts(text, told_by).start();
        let longest = (start.max(from)..told_by + 1).find_map(|start| {
            if text.tokens[start].kind != TokenKind::Word {
                return None;
            }
            let (end, entry) = lists::longest(text, start)?;
            Some(Candidate { start, end, entry })
        });
        from = told_by + 1;
        if let Some(candidate) = longest {
            from = candidate.end;
            out.push(candidate);
        }
    }
}

/// The places among what was found in a place line; of `LONDON, Ontario` the closer account.
fn places(text: &Text, line: &[Candidate]) -> Vec<Candidate> {
    let is_explained = |place_idx: usize| {
        let place = &line[place_idx];
        line.get(place_idx + 1)
            .is_some_and(|next| text.is(place.end, ",") && next.start == place.end + 1)
    };
    let mut places = Vec::new();
    for (place_idx, place) in line.iter().enumerate() {
        let is_place = !matches!(
            place.entry.sense,
            Sense::Adjective | Sense::Prefix | Sense::Fixed
        );
        // "PARIS HEIGHTS" is a place of its own.
        let is_other = PLACE_NOUNS.has(text, place.end);
        if is_place && !is_other && !is_explained(place_idx) {
            // Brussels acts for the European Union and lies in Belgium.
            let entry = lists::city(text, place.start..place.end).unwrap_or(place.entry);
            places.push(Candidate { entry, ..*place });
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::{Article, Dateline};
    use crate::extract::Own;

    fn findings(article: &Article) -> Findings {
        let reading = Reading::new(article, Own::none());
        let mut findings = Findings::default();
        extract(&reading, &mut findings);
        findings
    }

    /// The text without its marks (`[Beijing|country=China]`), one paragraph a line.
    fn unmarked(marked: &str) -> String {
        let mut out = String::new();
        for (part_idx, part) in marked.split('[').enumerate() {
            match (part_idx, part.split_once(']')) {
                (1.., Some((mark, rest))) => {
                    out.push_str(mark.split('|').next().unwrap_or(mark));
                    out.push_str(rest);
                }
                _ => out.push_str(part),
            }
        }
        out
    }

    fn marked(article: &Article) -> String {
        let findings = findings(article);
        let mut paragraphs = Vec::new();
        for (paragraph, text) in article.paragraphs.iter().enumerate() {
            let mut out = String::new();
            let mut at = 0;
            let mentions: Vec<&Mention> = findings.of(&FIELD, paragraph).collect();
            for same_place in mentions.chunk_by(|a, b| a.span == b.span) {
                let span = same_place[0].span.clone();
                out.push_str(&text[at..span.start]);
                out.push('[');
                out.push_str(&text[span.clone()]);
                for mention in same_place {
                    out.push_str("|country=");
                    out.push_str(&mention.value);
                }
                out.push(']');
                at = span.end;
            }
            out.push_str(&text[at..]);
            paragraphs.push(out);
        }
        paragraphs.join("\n")
    }

    #[track_caller]
    fn check(expected: &str) {
        let article = Article {
            paragraphs: unmarked(expected).lines().map(str::to_string).collect(),
            ..Article::default()
        };
        assert_eq!(marked(&article), expected);
    }

    #[track_caller]
    fn check_dateline(place: &str, end_mark: &str, expected: &str) {
        let paragraph = unmarked(expected);
        let article = Article {
            dateline: Some(Dateline {
                place: place.to_string(),
                end: paragraph.find(end_mark).map_or(0, |at| at + end_mark.len()),
            }),
            paragraphs: vec![paragraph],
            ..Article::default()
        };
        assert_eq!(marked(&article), expected);
    }

    #[test]
    fn names_in_all_their_spellings() {
        check(
            "The [U.S.|country=United States] and the [UK|country=United Kingdom] talk; they told us nothing.",
        );
        check(
            "[America|country=United States]'s farmers, [Ivory Coast|country=Côte d'Ivoire] and [Burma|country=Myanmar] agreed.",
        );
        check(
            "[South Korea|country=South Korea], [Korea|country=South Korea] for short, is not [North Korea|country=North Korea].",
        );
        check(
            "The [DRC|country=Democratic Republic of the Congo] and [São Tomé|country=São Tomé and Príncipe] sell cocoa.",
        );
        check(
            "[USSR|country=Soviet Union] and [East Germany|country=Germany] traded in [West Germany|country=Germany].",
        );
        check(
            "The [Republic of China|country=Taiwan] is not the [People's Republic of China|country=China].",
        );
    }

    #[test]
    fn blocs_are_values_of_their_own() {
        check(
            "The [EU|country=European Union], [ASEAN|country=ASEAN] and [Mercosur|country=Mercosur] met NATO.",
        );
        check(
            "Growth in the [euro zone|country=Eurozone] beat that of the [Gulf Cooperation Council|country=Gulf Cooperation Council].",
        );
    }

    #[test]
    fn adjectives_and_peoples() {
        check(
            "[Chinese|country=China] steel and [Japanese|country=Japan]-owned mills worry the [Dutch|country=Netherlands].",
        );
        check(
            "Two [Swedes|country=Sweden], a [Dane|country=Denmark] and some [Filipinos|country=Philippines] polish brass.",
        );
        check(
            "He answered in French, read a Spanish-language paper and left for [French|country=France] ports.",
        );
        check("Polish the brass, said the [Polish|country=Poland] clerk.");
    }

    #[test]
    fn capitals_that_act_and_are_asked() {
        check(
            "Neither [Jakarta|country=Indonesia] nor [Washington|country=United States] has joined what was set up by [Ottawa|country=Canada].",
        );
        check(
            "After [Washington|country=United States] ended the accord, Tokyo ended the day lower.",
        );
        check(
            "The ministry in [New Delhi|country=India] demanded that [Hanoi|country=Vietnam] open the port.",
        );
        check(
            "The ministry of mines in [Lima|country=Peru] feuded with [Bonn|country=Germany] over a waiver that [Washington|country=United States] ended in March.",
        );
        check(
            "Lorries wait since [Lima|country=Peru] doubled the levy and [Oslo|country=Norway] joined [Rome|country=Italy] in buying grain from [Moscow|country=Russia].",
        );
        check("He flew in from Moscow; since Tokyo opened lower, they waited.");
    }

    #[test]
    fn compounds_name_both() {
        check(
            "The [Sino|country=China]-[Indian|country=India] pact worries [U.S.|country=United States]-[China|country=China] hands.",
        );
        check(
            "A [Franco|country=France]-[German|country=Germany] plan; the Indo-Pacific is another matter.",
        );
    }

    #[test]
    fn firms_currencies_orders_and_lessons() {
        check(
            "Iceland, the frozen-food chain, grows; [Iceland|country=Iceland], the island, waits.",
        );
        check("It pays EC$500, and the [EC|country=European Union] pays more.");
        check("The Dominican friars taught their pupils English.");
    }

    #[test]
    fn persons_who_bear_a_countrys_name() {
        let countries = |paragraph: &str| -> Vec<String> {
            let article = Article {
                paragraphs: vec![paragraph.to_string()],
                ..Article::default()
            };
            let findings = crate::extract::extract(&article, Own::none());
            let countries = findings.of(&FIELD, 0);
            countries.map(|mention| mention.value.to_string()).collect()
        };
        assert_eq!(
            countries("Chad Verbeek left. Chad, a student, stayed."),
            [""; 0]
        );
        assert_eq!(countries("Rufus Germany, a singer, left."), [""; 0]);
        assert_eq!(
            countries("Colin Ireland led. Ireland and his friend won."),
            [""; 0]
        );
        assert_eq!(
            countries("Colin Ireland left for Ireland and France."),
            ["Ireland", "France"]
        );
    }

    #[test]
    fn peoples_streets_and_ships() {
        check("The [Germans|country=Germany] sold to [West Germans|country=Germany].");
        check("The club in Greek Street met the carrier Pacific Jamaica and tanker Kenya Star.");
        check("Barges went down the Niger, and herds drank from the lower Jordan.");
        check(
            "The [Niger|country=Niger]-bound delegation and the [Jordan|country=Jordan] office met.",
        );
        check("The carrier [Jamaica|country=Jamaica] chose sails to [Kenya|country=Kenya].");
    }

    #[test]
    fn capitals_stand_for_governments_that_act_or_speak() {
        check("[Canberra|country=Australia] has protested to [Washington|country=United States].");
        check("[Praia|country=Cape Verde] wonders whether to follow.");
        check("[Seoul|country=South Korea] agreed with [Washington|country=United States].");
        check("[Tokyo|country=Japan] last week threatened to leave. Tokyo last week was wet.");
        check("Ankara lies on a plain.");
        check(
            "If [Brussels|country=European Union] counts, it loses; [Lima|country=Peru] has 30 days to pay. Lima has two parks.",
        );
        check(
            "The blow to [Lima|country=Peru] was aimed at [Quito|country=Ecuador], which balked. He went to Lima.",
        );
        check(
            "[Lima|country=Peru]'s example and [Quito|country=Ecuador]'s line differ; Lima's parks do not.",
        );
        check(
            "It has swap lines with [Beijing|country=China], [Hanoi|country=Vietnam] and [Dhaka|country=Bangladesh].",
        );
        check(
            "[Lima|country=Peru], whose anchovy exporters wait, voiced support for [Quito|country=Ecuador].",
        );
        check(
            "Prices rose as [Lima|country=Peru] struggled, a question nobody in [Quito|country=Ecuador] answers.",
        );
        check(
            "[PNG|country=Papua New Guinea] feared a quarrel between the guild and [Lima|country=Peru].",
        );
        check("Nothing moves before [Ankara|country=Turkey] signs.");
        check("The pact gave [Hanoi|country=Vietnam] normal status.");
        check("Let [Ankara|country=Turkey] do what it will; [Lima|country=Peru] was jubilant.");
        check(
            "The worries of [Nairobi|country=Kenya] and [Lusaka|country=Zambia] about the pact grew.",
        );
        check("[Lima|country=Peru], whose exporters wait, and Lima, whose parks are green.");
        check(
            "[Beijing|country=China] said it would wait, but [Tokyo|country=Japan] has not answered.",
        );
        check(
            "Talks between [Washington|country=United States] and [Brussels|country=European Union] stalled.",
        );
        check(
            "[Paris|country=France] and [Madrid|country=Spain] want more; [Ottawa|country=Canada]'s retaliation hurt.",
        );
        check(
            "She urged [Seoul|country=South Korea] to open its market after sanctions against [Moscow|country=Russia].",
        );
        check(
            "The [White House|country=United States] and the [Kremlin|country=Russia] were silent.",
        );
    }

    #[test]
    fn parliaments_and_palaces_stand_for_governments() {
        check("The [Bundestag|country=Germany] and the [Lok Sabha|country=India] ratified it.");
        check("[Islamabad|country=Pakistan] and [New Delhi|country=India] traded accusations.");
        check(
            "[Riyadh|country=Saudi Arabia] and [Abu Dhabi|country=United Arab Emirates] are in talks.",
        );
    }

    #[test]
    fn capitals_in_front_of_quotations_and_as_objects() {
        check("[Lima|country=Peru] \"should leave the table\", he said.");
        check("[Lima|country=Peru], she said, was \"weighing an offer\".");
        check(
            "The pact must hold [Hanoi|country=Vietnam] to it, a gift to [Bonn|country=Germany]. [Lima|country=Peru] lost the copper case to [Ottawa|country=Canada].",
        );
        check("They held Lima for a week; he lost a bag to Paris.");
        check("In [Hanoi|country=Vietnam], the Ministry of Mines agreed. In Paris, the rain fell.");
    }

    #[test]
    fn languages_are_no_countries() {
        check("She read it out before switching to English, and had it translated back to German.");
        check(
            "He moved to [English|country=United Kingdom] ports and switched to [Thai|country=Thailand]-made nets.",
        );
    }

    #[test]
    fn acts_of_exit_name_no_union() {
        check(
            "The Customs (EU Exit) Order and the Treaty on the Functioning of the European Union stay.",
        );
    }

    #[test]
    fn capitals_are_mere_places_elsewhere() {
        check("Islamabad traded lower; she taught in Oslo, a teacher of English.");
        check("A fair in Paris, a flight to Beijing, a walk near Ottawa and Tokyo's subway.");
        check("The road between Rome and Vienna was closed; London coffee prices slid.");
        check("Jack London wrote of gold, and Mr. Washington said so.");
    }

    #[test]
    fn fixed_expressions_companies_and_seas_name_no_country() {
        check("A Dutch auction of French fries, Brazil nuts, Greenland halibut and turkey.");
        check(
            "American Airlines, Bank of America, Korea Zinc Co and Hyundai Motor India Ltd rose.",
        );
        check("Ships crossed the South China Sea, the Gulf of Mexico and the English Channel.");
        check("It lost US$5 million, or 3 million Canadian dollars, under the Uruguay Round.");
        check("The mill cost 5 billion U.S. dlrs, 2 mln Singapore dollars or some Canadian dlrs.");
        check("North America, Latin American states and Native Americans.");
        check(
            "The Reserve Bank of [Australia|country=Australia] and the Bank of [Japan|country=Japan] agreed.",
        );
        check(
            "The [Australian|country=Australia] Petroleum Exploration Association is no company.",
        );
    }

    #[test]
    fn persons_name_no_country() {
        check(
            "Marlene English and Anatole France-Dubois met at the Malta Building in Kenya Street.",
        );
        check("Chad Mitchell, who grows oats, sells them to [Chad|country=Chad].");
        check("Rep. Dale Jordan of Ohio spoke. Jordan said no.");
        check("[Jordan|country=Jordan] said its phosphate was cheap.");
        check(
            "[Jordan|country=Jordan]'s potash exports fell. Sen. Dale Jordan of Ohio was glad, and Jordan's staff, too.",
        );
        check("Mrs. Holland left [Holland|country=Netherlands] for good.");
    }

    #[test]
    fn namesakes_name_no_country() {
        check("A mill in Cuba, Missouri, and a farm in Lebanon County closed.");
        check(
            "Growers in New Mexico and New Jersey sold to [Mexico|country=Mexico], Texas and [Canada|country=Canada].",
        );
        check("Turkey prices rose in Minnesota; in [Turkey|country=Turkey] they fell.");
    }

    #[test]
    fn georgia_is_told_by_its_company() {
        check(
            "Wine from [Georgia|country=Georgia] reaches [Poland|country=Poland] by way of Batumi.",
        );
        check("[Georgia|country=Georgia] and [Armenia|country=Armenia] signed.");
        check("A mill in Macon, Georgia, closed; the governor of Georgia was sorry.");
        check("The [Georgian|country=Georgia] parliament met in a Georgian house.");
    }

    #[test]
    fn one_word_for_two_countries() {
        check("The [two Koreas|country=North Korea|country=South Korea] spoke.");
        check(
            "[Congo-Brazzaville|country=Republic of the Congo] voted; [Congo|country=Republic of the Congo] has oil.",
        );
        check("[Congo|country=Democratic Republic of the Congo] has cobalt.");
        check(
            "The [Soviet|country=Soviet Union] delegation left before [Moscow|country=Soviet Union] said why.",
        );
    }

    #[test]
    fn capitals_of_letters_tell_nothing_in_headlines() {
        check(
            "[CHINA|country=China] RAISES DUTIES ON [U.S.|country=United States] CORN; ALL OF US PAY",
        );
        check("[WASHINGTON|country=United States] SAID [US|country=United States] FIRMS MUST WAIT");
    }

    #[test]
    fn the_place_line_counts() {
        check_dateline(
            "HOUSTON",
            "- ",
            "[HOUSTON|country=United States], March 19 - A refiner closed.",
        );
        check_dateline(
            "COMMACK, N.Y.",
            "- ",
            "COMMACK, [N.Y.|country=United States], Feb 26 - It paid.",
        );
        check_dateline(
            "LONDON, Ontario",
            "- ",
            "LONDON, [Ontario|country=Canada], May 2 - It paid.",
        );
        check_dateline(
            "BRUSSELS",
            "- ",
            "[BRUSSELS|country=Belgium], May 2 - It paid.",
        );
        check_dateline("GENEVA", "no mark", "[|country=Switzerland]It paid.");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(\\PC|Georgia|China|US|Jordan|Tokyo|, | and |'s |-|\\(|\n){0,60}") {
            let article = Article { paragraphs: vec![text.clone()], ..Article::default() };
            for mention in findings(&article).mentions {
                prop_assert!(text.get(mention.span).is_some_and(|words| !words.is_empty()));
            }
            let _ = (FIELD.resolve)(&text);
        }
    }
}
