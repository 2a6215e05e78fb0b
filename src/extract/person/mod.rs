//! People that the text names.
//!
//! Article in, person mentions out. Capitalised sequences become candidates (`scan`), the words in and beside them are weighed
//! over the whole article (`evidence`, with the lists of `lexicon` and `authority`), and those that pass become people whose
//! surnames are carried on (`people`). What the speaker extractor needs to know of a person is in [`roster`](roster()).

use std::ops::Range;
use std::sync::LazyLock;

use self::people::{Book, Setting};
use self::scan::Scan;
use crate::article::{Findings, Line, Mention, Value};
use crate::extract::known::{Marking, marks};
use crate::extract::list_lines::ListLines;
use crate::extract::{Extractor, Reading, country};
use crate::field::{Field, Kind, no_groups};
use crate::text::tokens::{Text, Token};

mod authority;
mod columns;
mod evidence;
mod lexicon;
mod offices;
mod people;
mod roster;
mod scan;
mod spoken;
mod syllables;

pub use authority::{Authority, Holder, Holders, Term};
pub use offices::{Meant, Phrase, has_office, in_office};
pub use roster::{Gender, Held, Person, roster};

pub(super) use lexicon::{Flags, words};

/// Marks the words with which offices begin, and those that speak of persons.
pub(super) fn mark(mark: Marking) {
    for (fold, small) in offices::firsts() {
        mark(fold, marks::OFFICE, small);
    }
    for fold in evidence::pronouns() {
        mark(fold, marks::PRONOUN, true);
    }
}

/// Whether a folded word is a given name and hardly anything else.
pub(super) fn is_given_name(fold: u64) -> bool {
    lexicon::flags(fold).is_sure_given()
}

/// Whether a folded word is a given name, or a surname or place as well, but no word of the language.
pub(super) fn may_be_given_name(fold: u64) -> bool {
    let known = lexicon::flags(fold);
    known.any(lexicon::Flags::GIVEN)
        && !known.any(lexicon::Flags::ORDINARY.with(lexicon::Flags::CALENDAR))
}

/// Whether the lists of persons know the word of a token, as a name or anything else.
pub(super) fn is_known(token: &Token) -> bool {
    lexicon::of(token) != lexicon::Flags::NONE
}

/// Whether the word of a token is one of the language and no name.
pub(super) fn is_language(token: &Token) -> bool {
    is_known(token) && !lexicon::of(token).is_name()
}

/// Whether the word of a token says what a person is: `painter`.
pub(super) fn is_role(token: &Token) -> bool {
    lexicon::of(token).any(lexicon::Flags::ROLE)
}

/// Whether a word is letters that stand behind a name: `MP`.
pub(super) fn is_letters(word: &str) -> bool {
    evidence::is_letters(word)
}

pub static FIELD: Field = Field {
    name: "person",
    key: "people",
    kind: Kind::Facet,
    help: "people that the paragraph names, by full name",
    resolve: authority::resolve,
    groups: no_groups,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &["country"],
    extract,
    lines,
};

/// The office holder, and the given names and surnames among the words.
fn lines(mention: &Mention, words: &str) -> Vec<Line> {
    let mut out = HOLDERS.lines(&mention.value, |_| true);
    for part in words.split_whitespace().take(MOST_PARTS) {
        out.extend(NAMES.lines(part, |_| true));
    }
    out
}

/// Names have few words; a list of a paragraph's length is none.
const MOST_PARTS: usize = 12;

static NAMES: LazyLock<ListLines> =
    LazyLock::new(|| ListLines::new(&[(lexicon::GIVEN_NAMES, &[0]), (lexicon::SURNAMES, &[0])]));

static HOLDERS: LazyLock<ListLines> = LazyLock::new(|| {
    let mut holders = ListLines::default();
    for row in authority::OFFICE_HOLDERS.rows() {
        let term = format!(
            "{}, {} {}-{}",
            row.cell(2),
            row.cell(3),
            row.cell(4),
            row.cell(5)
        );
        let value = row.cell(0).to_string();
        holders.add(authority::OFFICE_HOLDERS, &row, &term, &[value]);
    }
    holders
});

fn extract(readings: &[Reading], findings: &mut [Findings]) {
    let scanned = readings.iter().zip(&*findings).map(scanned);
    let scanned: Vec<(Setting, Scan)> = scanned.collect();
    let books = scanned.iter();
    let books: Vec<Book> = books
        .map(|(setting, scan)| Book::observe(setting, scan))
        .collect();
    for (book, findings) in books.into_iter().zip(findings) {
        let texts = book.texts();
        let (values, namings) = book.people();
        for naming in namings {
            // Mentions are of paragraphs; the title has none.
            let Some(paragraph) = naming.text.checked_sub(1) else {
                continue;
            };
            findings.mentions.push(Mention {
                field: &FIELD,
                value: values[naming.person].clone(),
                paragraph,
                span: texts[naming.text].span(naming.tokens),
                rule: naming.rule,
            });
        }
    }
}

/// The candidates of an article, and what around them tells of them.
fn scanned<'a>((reading, findings): (&'a Reading, &Findings)) -> (Setting<'a>, Scan) {
    let texts: Vec<&Text> = std::iter::once(&reading.title)
        .chain(&reading.paragraphs)
        .collect();
    let countries = Countries::of_findings(findings);
    let words = scan::Words::of(&texts);
    let mut found = Scan::with_room(&texts);
    for (text_idx, text) in texts.iter().enumerate() {
        let dateline = reading.article.dateline.as_ref().filter(|_| text_idx == 1);
        let from = dateline.map_or(0, |dateline| text.token_at(dateline.end));
        let countries = countries.of(text_idx);
        scan::scan(text, text_idx, from, &words, countries, &mut found);
    }
    let published = reading.article.published;
    let setting = Setting {
        texts,
        year: published.map(|published| published.date.year()),
        countries,
        holders: reading.own.holders(),
    };
    (setting, found)
}

/// A country that a text names.
#[derive(Debug, Clone)]
struct Country {
    span: Range<usize>,
    value: Value,
}

impl Country {
    /// Those of a text, sorted by place, that stand in a range of bytes.
    #[inline]
    fn within(countries: &[Country], span: Range<usize>) -> &[Country] {
        let from = countries.partition_point(|country| country.span.end <= span.start);
        let behind = &countries[from..];
        let beyond = |country: &Country| country.span.start >= span.end;
        &behind[..behind.iter().position(beyond).unwrap_or(behind.len())]
    }
}

/// The countries that an article names.
#[derive(Debug)]
struct Countries {
    /// Sorted by text (0 is the title) and place.
    all: Vec<Country>,
    /// By text: how many it and those before it name.
    ends: Vec<u32>,
}

impl Countries {
    fn of_findings(findings: &Findings) -> Countries {
        let named = findings
            .mentions
            .iter()
            .filter(|mention| mention.field == &country::FIELD);
        let mut mentions: Vec<&Mention> = named.collect();
        mentions.sort_by_key(|mention| (mention.paragraph, mention.span.end, mention.span.start));
        let n_texts = mentions.last().map_or(0, |last| last.paragraph + 1);
        let mut ends = Vec::with_capacity(n_texts);
        for (before, mention) in mentions.iter().enumerate() {
            // None for the title, which has no mentions.
            ends.resize(mention.paragraph + 1, before as u32);
        }
        let all = mentions.iter().map(|mention| Country {
            span: mention.span.clone(),
            value: mention.value.clone(),
        });
        Countries {
            all: all.collect(),
            ends,
        }
    }

    /// Those that a text names, sorted by place.
    fn of(&self, text_idx: usize) -> &[Country] {
        let Some(before) = text_idx.checked_sub(1) else {
            return &[];
        };
        let end = |text_idx: usize| {
            let end = self.ends.get(text_idx);
            end.map_or(self.all.len(), |&end| end as usize)
        };
        &self.all[end(before)..end(text_idx)]
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::article::{Article, Published};
    use crate::extract::Own;

    fn reading(article: &Article) -> Reading<'_> {
        Reading::new(article, Own::none())
    }

    /// What the country and the person extractors find.
    fn found(article: &Article) -> Findings {
        let reading = reading(article);
        let mut findings = Findings::default();
        country::EXTRACTOR.extract_one(&reading, &mut findings);
        EXTRACTOR.extract_one(&reading, &mut findings);
        findings
    }

    fn article(year: Option<i16>, title: &str, text: &str) -> Article {
        Article {
            title: title.to_string(),
            published: year.map(|year| Published::day(date(year, 6, 1))),
            paragraphs: text.split('\n').map(str::to_string).collect(),
            ..Article::default()
        }
    }

    /// Checks all mentions of an article whose text marks them: `[Abe|Shinzo Abe]`, or `[Shinzo Abe]` where value and words agree.
    fn check_article(year: Option<i16>, title: &str, marked: &str) {
        let plain: String = marked
            .split('[')
            .enumerate()
            .map(|(piece_idx, piece)| match piece.split_once(']') {
                Some((mark, rest)) if piece_idx > 0 => {
                    let words = mark.split_once('|').map_or(mark, |(words, _)| words);
                    format!("{words}{rest}")
                }
                _ => piece.to_string(),
            })
            .collect();
        let article = article(year, title, &plain);
        let findings = found(&article);
        let mut shown = Vec::new();
        for (ordinal, paragraph) in article.paragraphs.iter().enumerate() {
            let mut mentions: Vec<&Mention> = findings.of(&FIELD, ordinal).collect();
            mentions.sort_by_key(|mention| mention.span.start);
            let mut out = String::new();
            let mut at = 0;
            for mention in mentions {
                let words = &paragraph[mention.span.clone()];
                out.push_str(&paragraph[at..mention.span.start]);
                if words == mention.value {
                    out.push_str(&format!("[{words}]"));
                } else {
                    out.push_str(&format!("[{words}|{}]", mention.value));
                }
                at = mention.span.end;
            }
            out.push_str(&paragraph[at..]);
            shown.push(out);
        }
        assert_eq!(shown.join("\n"), marked);
    }

    fn check(marked: &str) {
        check_article(None, "Trade notes", marked);
    }

    #[test]
    fn titles_stand_outside_the_name() {
        check("Prime Minister [Shinzo Abe] met U.S. Trade Representative [Robert Lighthizer].");
        check(
            "Sen. [Chuck Grassley] wrote to Ms. [Odile Quintard] and former trade minister [Joao Brandel].",
        );
        check("The heirs of Lord Protector [Richard Taylor] met [Fiona d'Anjou].");
        check(
            "U.S. Secretary of State [John Kerry] and Minister for Foreign Affairs [Erkki Lahtela] agreed.",
        );
    }

    /// Checks in the year of each line whom a surname behind an office means: `2015 WTO Director-General Azevedo|Roberto Azevêdo`.
    fn check_holders(lines: &[&str]) {
        for line in lines {
            let (year, named) = line.split_once(' ').unwrap();
            let (words, value) = named.split_once('|').unwrap();
            let (office, surname) = words.rsplit_once(' ').unwrap();
            let text = format!("{office} [{surname}|{value}] spoke. It was late.");
            check_article(year.parse().ok(), "Notes", &text);
        }
    }

    #[test]
    fn addresses_of_more_languages() {
        check("They met U [Than Shwe] and Daw [Khin Losa Quillby].");
        check("Ratu [Josateki Quillby] left.");
        check("“Will the honourable Member give way?” asked the hon. Member.");
    }

    #[test]
    fn names_that_the_words_beside_them_introduce() {
        check("The driver, known by only his surname, [Losar], is ill.");
        check("A trader who goes by one name, [Losar], is ill.");
        check("The end is near, in [Losa Quillbar]'s words.");
        check("A weaver near Losar who asked for more is paid by the knot.");
    }

    #[test]
    fn offices_with_hyphens_tell_their_holders() {
        check_holders(&[
            "2022 WTO Director-General Okonjo-Iweala|Ngozi Okonjo-Iweala",
            "2015 WTO Director General Azevedo|Roberto Azevêdo",
            "1988 GATT Director-General Dunkel|Arthur Dunkel",
            "2019 U.N. Secretary-General Guterres|António Guterres",
            "2019 NATO Secretary General Stoltenberg|Jens Stoltenberg",
            "2023 Secretary Blinken|Antony Blinken",
            "2023 Secretary of State Blinken|Antony Blinken",
            "2019 President Obrador|Andrés Manuel López Obrador",
        ]);
        check_article(
            Some(2019),
            "Notes",
            "[López Obrador|Andrés Manuel López Obrador] spoke. It was late.",
        );
        check_article(Some(2009), "Notes", "General [Lamy] spoke.");
    }

    #[test]
    fn organizations_and_laws_are_nobody() {
        for name in [
            "Anheuser-Busch",
            "Appellate Body",
            "Helms-Burton",
            "Johnson and Johnson",
            "Saudi Aramco",
            "Smoot-Hawley",
            "Suzuki",
        ] {
            check(&format!("“Prices rose,” {name} said."));
            check(&format!("{name} said on Monday that prices rose."));
        }
        check("Mr. [Suzuki] left.");
        check("[Losa Suzuki] stayed. [Suzuki|Losa Suzuki] said so.");
    }

    #[test]
    fn no_listed_organization_is_a_person() {
        let namesakes: Vec<&str> = lexicon::NAMES_OF_OTHERS
            .rows()
            .filter(|row| row.cell(1) == "namesake")
            .map(|row| row.cell(0))
            .collect();
        for name in crate::extract::organization::sure_names() {
            let sentence = format!("“Prices rose,” {name} said.");
            let findings = found(&article(None, "Notes", &sentence));
            let nobody = findings.of(&FIELD, 0).next().is_none();
            assert!(nobody || namesakes.contains(&name), "{sentence}");
        }
    }

    #[test]
    fn countries_before_titles_tell_their_holders() {
        check_holders(&[
            "2018 Bolivian President Morales|Evo Morales",
            "2018 Guatemala's President Morales|Jimmy Morales",
            "2014 Colombian President Santos|Juan Manuel Santos",
        ]);
    }

    #[test]
    fn words_behind_offices_are_their_holders() {
        check_holders(&[
            "2017 Prime Minister May|Theresa May",
            "2017 Mrs May|Theresa May",
            "2017 Mrs. May|Theresa May",
            "1993 British Prime Minister Major|John Major",
            "2015 Australian Foreign Minister Bishop|Julie Bishop",
            "2009 Canadian Trade Minister Day|Stockwell Day",
        ]);
        check_article(
            Some(2017),
            "Notes",
            "The Prime Minister May 5 met the King.",
        );
        check_article(
            Some(2016),
            "Notes",
            "Prime Minister [Theresa May] spoke. He met [May|Theresa May] in Leeds. They met May 5, and in May.",
        );
    }

    #[test]
    fn names_that_firms_and_towns_bear_too() {
        check("“Prices rose,” said [Pieter van den Bosch].");
        check("“Prices rose,” said [Losa Quillby] from Mackay in Ohio.");
        check("Brands such as Calvin Klein closed. Chiquita, whose chairman left, did not.");
        check("President [Jugah anak Quillby] said prices rose.");
        check("[Losa al-Quillby] rose. [Al-Quillby|Losa al-Quillby] said so.");
        check("The tug Ana Lorimer and the dredger Losa Quillby were sent.");
    }

    #[test]
    fn portfolios_of_several_words() {
        check("Minister of Foreign Trade and Economic Cooperation [Ana Quillby] rose.");
        check("Minister for Home Affairs, Foreign Trade and Social Welfare [Ana Quillby] rose.");
    }

    #[test]
    fn titles_of_several_words() {
        for title in [
            "Senate Majority Leader",
            "District Attorney",
            "National Security Adviser",
            "Supreme Leader",
            "Opposition Leader",
            "Chief Economist",
            "Special Agent",
            "Professor Emeritus",
            "Her Royal Highness",
            "Det.",
        ] {
            check(&format!(
                "{title} [Losa Quillby] left. [Quillby|Losa Quillby] was tired."
            ));
        }
        check("Supreme Leader Foods left. The Chief Economist Group stayed.");
    }

    #[test]
    fn titles_that_are_names_of_those_in_office() {
        check(
            "Dutch [Queen Beatrix] left. Dutch Minister [Losa Quillby] and [Chad Lorimer] stayed.",
        );
        check("[Dean Rusk] left. [Rusk|Dean Rusk] was tired. Dean [Lorimer] stayed.");
        check(
            "Prime Minister [Sheikh Hasina] spoke. [Hasina|Sheikh Hasina] left with [Don Farrell].",
        );
    }

    #[test]
    fn surnames_with_particles_and_places() {
        check("[Miguel de la Madrid] spoke. President [Miguel de la Madrid] left.");
        check("The Banco de Madrid and Miguel of Madrid left.");
        check(
            "\"No,\" said [Gerard van 't Quill]. [Van 't Quill|Gerard van 't Quill] said it again. [Jorn van ’t Lorimer] left.",
        );
        check("[Ernst Freiherr von und zu Quillberg] left. [Aida Temir kyzy], a lawyer, said no.");
        check("[Florence Anyang' Quillby] left. They sang 'the Song' and left.");
    }

    #[test]
    fn surnames_that_are_offices() {
        check(
            "[Sheila King] runs a port. [King|Sheila King] said it was full. The King left.\nKing of hearts.",
        );
        check("[Anil Shah] owns a tug. Mr. [Shah|Anil Shah] told the board. Sen. [Dean] left.");
        check("The King said little. King said less. The dean and Dean stayed.");
        check("[Gordon Seaman], who owns a mill, left. The mill was full.");
    }

    #[test]
    fn surnames_of_two_mean_the_one_named_most() {
        check(
            "[Hugo Lind] and [Karin Lind] keep bees. [Hugo Lind] sells honey. [Britta Lind], their vet, left. [Lind|Hugo Lind] said so.",
        );
        check_article(
            Some(2016),
            "Notes",
            "[Michelle Obama] spoke. President [Obama|Barack Obama] listened. Mr. [Obama|Barack Obama] left.",
        );
    }

    #[test]
    fn appositions_and_speech_show_unknown_names() {
        check("[Tevita Qoro], an analyst with a bank in Suva, said tuna prices would fall.");
        check("\"We will wait,\" said [Lawrence Ostrup], 45, who owns a mill.");
    }

    #[test]
    fn names_that_no_list_has_stand_beside_quotations() {
        check(
            "“We lost two herds,” [Qorovaine Ondrethil] said. “Nobody came,” grumbled [Vaipulo Teriwake].",
        );
        check("“The reeds are wet,” said [Vaipulo Teriwake], “and the boats are old.”");
        check("\"Is it dear?\" [Vaipulo Teriwake-Ondreth] asked.");
        check("The lock will be late, [Qorovaine Ondrethil] told the meeting.");
        check("The lock will be late, according to [Qorovaine Ondrethil].");
        check(
            "[Qorovaine Ondrethil] said reeds were dear. [Ondrethil|Qorovaine Ondrethil] said boats were, too.",
        );
    }

    #[test]
    fn firms_and_places_say_things_too() {
        check("“We see no gain,” Harbour Analytics said. “Stocks are high,” said Meridian Grain.");
        check("“No,” Downing Street said. “No,” Human Rights Watch said. “No,” said Data Insight.");
        check(
            "“No,” Standard Chartered said. “No,” Quillby Horizon replied. “No,” said Vaipulo Breeders.",
        );
        check("Qorovaine Ondrethil said it would sell its mills.");
        check(
            "“No,” said Vaipulo Teriwake analysts. The reeds of Vaipulo: a reed, a vaipulo, said Teriwake.",
        );
    }

    #[test]
    fn letters_behind_a_name_show_it() {
        check(
            "[Qorovaine Ondrethil] MSP left, and so did [Vaipulo Teriwake] KC. [Losa Teriwak] (rtd) stayed.",
        );
    }

    #[test]
    fn names_in_capitals_at_the_head_of_a_turn() {
        check("Mr. [OSTRUP|Ostrup]. I would ask the clerk.");
        check("[ANNA ONDRETH|Anna Ondreth]: It was late, and nobody came.");
        check("[ANNA-LOSA ONDRETH|Anna-Losa Ondreth]: It was late, and nobody came.");
        check("MARKET REPORT: It was late, and nobody came.");
    }

    #[test]
    fn an_office_that_a_holder_never_held_means_somebody_else() {
        check("Ministers [Rossi] and [Weber] met.");
        check("Ms. [Lighthizer] left.");
        check("[Jan Brandt] runs a mill. Mr. [Froman] of Froman Holdings Ltd came.");
    }

    #[test]
    fn what_a_name_is_said_to_be_shows_it() {
        check(
            "The envoy to the talks, [Tevita Qoro], stayed. [Losa Vaipulu] served as deputy minister.",
        );
        check(
            "The troops met [Tevita Qoro] (born 1961). [Colin Vaipulu], a broker in Suva, says tuna is dear.",
        );
        check("[Qoro], who owns a mill, left. [Qoro] said it was full.");
        check("Geologist [Losa Vaipulu] warned of the dam.");
    }

    #[test]
    fn trades_and_offices_show_names_that_no_list_has() {
        check(
            "Prices rose, steel exporter [Qorovaine Ondrethil] said. The broker Merrill Lynch said they fell.",
        );
        check("Brokers wait. One of them, [Qorovaine Ondrethil], went home.");
        check(
            "[Qorovaine Ondrethil] was named to head the bank. Vaipulo Teriwake was named in a suit.",
        );
        check("[Qorovaine Ondrethil] said: “The reeds are wet.”");
        check("The mill was shut, and its owner, [Vaipulo Teriwake], said so.");
        check("[Ana Pires] and [Vaipulo Teriwake] bid for the mill.");
        check(
            "Exporter [Ana Ondreth] left. Chef [Vaipulo Teriwake] stayed. Exporter Quillby Mills left.",
        );
        check("The truck owner [Qorovaine Ondrethil] maintains that it is shut.");
        check("Members present: Mr [Per Olav Quillby] and Ms [Ana Pires].");
    }

    #[test]
    fn words_that_open_a_sentence_and_nicknames_in_brackets() {
        check("Ask [Ana Pires] about cork. Cried [Rui Ondreth]: \"Corks!\"");
        check("The boss, [Ana (\"The Cork\") Pires|Ana Pires], left. [Pires|Ana Pires] came back.");
    }

    #[test]
    fn surnames_that_open_a_sentence_as_other_words_do() {
        check("[Maarten van Ondreth], a baker, left. [Van Ondreth|Maarten van Ondreth] came back.");
        check(
            "[Tamsin Price] left. [Price|Tamsin Price] said the price was low. Price lists help. Price rules.",
        );
    }

    #[test]
    fn endings_show_surnames() {
        check("The jury liked [Losa Karimbova]. It saw Losa Vaipulu.");
        // Beside a person the other is one as well.
        check("The jury liked [Losa Karimbova] and [Losa Vaipulu].");
    }

    #[test]
    fn a_text_without_a_headline_loses_no_names() {
        check_article(
            None,
            "María Fernanda Qoro and José Luis Vaipulu run a mill",
            "[María Fernanda Qoro] and [José Luis Vaipulu] run a mill.",
        );
    }

    #[test]
    fn tables_and_score_cards_name_persons() {
        check("3. [Losa Qorovaki] (Fiji) 21.40 seconds");
        check("[Ana Pires] c [Quillby] b [Ondreth] 17");
        check("The match ended 2-1 ([Quillby] 12th, [Ondreth] 61st).");
        check("Scorers: [Quillby] (12th minute), [Ondreth] (61st)");
        check("Bowling: [Quillby] 12-1-76-0, [Ondreth] 8-0-41-2");
    }

    #[test]
    fn a_column_of_persons_holds_persons() {
        check(
            "68 [Anna Brandt] 71 70 74\n69 [John Lorimer] 70 72 74\n70 [Peter Vosper] 73 70 74\n71 [Losa Quillby] 73 73 75",
        );
        check("68 Losa Quillby 73 73 75\n69 Ondreth Vale 71 74 75");
    }

    #[test]
    fn an_enumeration_of_persons_names_persons() {
        check(
            "The cast has [Anna Brandt], [Quillby], [Losa Ondreth] (Fiji), [John Lorimer] and [Peter Vosper].",
        );
        check("The bank lent to Quillby, Losa Ondreth and Ostrup Mills.");
    }

    #[test]
    fn surnames_are_carried_through_the_article() {
        check(
            "[Shinzo Abe] spoke first.\nLater [Abe|Shinzo Abe] left, and [Abe|Shinzo Abe]'s aides stayed.",
        );
        check("[Jan van den Broek] made an offer. [Van den Broek|Jan van den Broek] sold tulips.");
        check(
            "[Losa Duarte Vaipulu], a miner, left. Later [Duarte Vaipulu|Losa Duarte Vaipulu] came back.",
        );
        check("[Enrique Duarte Robles] opened a mill; [Duarte|Enrique Duarte Robles] sold it.");
    }

    #[test]
    fn the_surname_may_come_first() {
        check("[Zhu Rongji] sold tea, and [Zhu|Zhu Rongji] bought rice.");
        check(
            "Trade minister [Yoo Myung-hee] toured a yard. \"The docks are full,\" [Yoo|Yoo Myung-hee] said.",
        );
        check("[Nguyen Xuan Phuc] visited the docks before [Phuc|Nguyen Xuan Phuc] flew home.");
    }

    #[test]
    fn namesakes_are_kept_apart() {
        check(
            "[Bob Dole] grew wheat. [Elizabeth Dole] grew corn. Mr. [Dole|Bob Dole] smiled, and Mrs. [Dole|Elizabeth Dole] did not.",
        );
        check(
            "[Ana Pires] sells cork. [Rui Pires] buys it. [Pires|Rui Pires] said the price was fair.",
        );
    }

    #[test]
    fn short_forms_and_initials_are_one_person() {
        check(
            "[William Vosper] runs the mill. [Bill Vosper|William Vosper] said it was full. [W. Vosper|William Vosper] signed.",
        );
    }

    #[test]
    fn an_office_holder_in_office_needs_no_full_name() {
        check_article(
            Some(2018),
            "Trade notes",
            "The tariffs of President [Trump|Donald Trump] angered [Xi|Xi Jinping], officials said.",
        );
        check("The tariffs of President [Trump|Donald Trump] stayed.");
        check("The tariffs of President [Lighthizer] stayed.");
    }

    #[test]
    fn firms_places_and_things_are_no_people() {
        check("Merrill Lynch and Smith Barney cut their forecasts.");
        check("The Fordney-McCumber tariff was older than Reagan Airport.");
        check("Vosper Holdings Inc said Vosper would sell its mill in San Francisco.");
        check("Hong Kong and Sri Lanka signed the Kyoto Protocol on Monday.");
        check("The looms came from Oskar Lindholm AB and Erik Brandt NV.");
        check("Harlan Brothers & Co said the Ministry of Trade was slow.");
    }

    #[test]
    fn headlines_lend_full_names_and_take_none() {
        check_article(
            None,
            "Clayton Yeutter warns growers",
            "The warning by [Yeutter|Clayton Yeutter] was short.",
        );
        check("TRADE MINISTER SAYS TALKS TO RESUME IN MAY");
    }

    #[test]
    fn the_roster_tells_gender_and_offices() {
        let article = article(
            None,
            "Trade notes",
            "Trade minister Nisha Brandt met Mr. Okoro. Carla Hills, the U.S. trade representative, left early.",
        );
        let reading = reading(&article);
        let findings = found(&article);
        let people = roster(&reading, &findings);
        let values: Vec<&str> = people.iter().map(|person| &**person.value).collect();
        assert_eq!(values, ["Nisha Brandt", "Okoro", "Carla Hills"]);
        assert_eq!(people[0].gender, None);
        assert_eq!(people[0].gender_of_name, Some(Gender::Female));
        assert_eq!(people[1].gender, Some(Gender::Male));
        assert_eq!(people[2].offices.len(), 1);
        assert_eq!(people[2].offices[0].office, "trade representative");
    }

    #[test]
    fn ranks_and_nicknames_within_names() {
        check("Mr [Khalifa bin Sultan al-Quillby] and [Peter Tan Wee Kiat] met.");
        check("[Ana \"Nong Mai\" Quillby|Ana Quillby] sang.");
        check("Datuk Seri [Lim Boon Keat] sang.");
        check("[A S Quillby], a miner, sang.");
        check("The march that [Edith March] led on 3 March ended.");
        check("Later [Winona Red Elk] and [Earl Lorimer] met.");
        check("Farmer [Ana Lorimer] left.");
    }

    #[test]
    fn single_names_and_those_who_bear_them() {
        check("The judge jailed his driver, [Quillby], for a year.");
        check("She leaves two sons, [Errol] and [Clyde].");
        check("[Ana|Ana Lorimer] and [Maria Lorimer] sell apples.");
        check("[Amal], whose name was changed, left.");
        check("The owner, who gave her name as [Quillbyara], left.");
        check("A caller who gave only the name [Dwayne] described a door.");
    }

    #[test]
    fn offices_in_letters_are_no_initials() {
        check("PM [Lorimer] met VP [Ana Quillby] and Deputy PM [Vosper].");
        check("The talks begin at 5 PM Monday.");
    }

    #[test]
    fn firms_speak_of_themselves() {
        check("Quillbyara, the French importer, said it would pay.");
        check("Quillbyara, a French producer, said its sales fell.");
        check("[Ana Lorimer], a French importer, said she would pay.");
    }

    #[test]
    fn words_and_initials_within_names() {
        check("The price was fair, said Mr. [Price], who left.");
        check("Mr [Dean Quillby] sells pumps.");
        check("The hall laughed. [W. A. Nihal Quillby], 58, left with [R. St. J. Lorimer].");
        check("Special Agent [Colm Quillby] and Senate President Pro Tem [Caleb Lorimer] left.");
        check(
            "Minister of Trade and Integration [Maria Quillby] and Minister of Foreign Relations [Ana Lorimer] left.",
        );
        check("The secretary, [Luciana Lorimer Montenegro], left.");
        check("The crown went to [Peter I] of the rival house, [Edward VI] and [Huey P. Long].");
        check("In August [Tadeusz Lorimer] met the German [Jan Lorimer].");
        check("The moderator, [Monique St. Clair], asked [Maria Sá Lorimer] and [D. N. Quillby].");
        check("[Hara Takashi] met Haji [Osman Quillby] at the RAF Riga stadium.");
        check(
            "General License 8M and Executive Orders 13902 bind the Directorate General of Trade Remedies.",
        );
    }

    #[test]
    fn a_surname_alone_is_one_of_its_time() {
        check("On Monday [Trump|Donald Trump] said it was late.");
        // In office for some months of 1993.
        check("On Monday [Campbell] said it was late.");
        check_article(
            Some(1993),
            "Notes",
            "On Monday [Campbell|Kim Campbell] said it was late.",
        );
    }

    #[test]
    fn first_words_that_are_no_english() {
        check("[Nazmul Hasan Quillby] said it was late.");
    }

    #[test]
    fn things_that_are_called_like_persons() {
        check("[Losa Quillby] told Les Echos and La Repubblica that it was late.");
        check("The frigate Admiral Quillby left the USS Ana Lorimer behind.");
        check("They met on St Quillby's Day at Ana Lorimer airport.");
        check("The Minister for Industry, [Ana Lorimer], left.");
        check("The ferry Maria Lorimer sank off Catherine Street.");
        check("[Ana Lorimer] left. They met at Lorimer's Tavern, not at Lorimer & Sons.");
    }

    #[test]
    fn outlets_firms_and_offices_that_look_like_names() {
        for outlet in [
            "Fox Business",
            "Chosun Ilbo",
            "Die Presse",
            "Neue Zürcher Zeitung",
        ] {
            check(&format!(
                "A miner told {outlet}. He told {outlet} that it was late."
            ));
        }
        check("Madame la Présidente, merci. Herr Präsident, danke. Signora Presidente, grazie.");
        check("Quillby-Lorimer S.A.S. sold its mill to Carlo Lorimer S.p.A. and Piet Quillby B.V.");
        check("[Ana B.V. Quillby] sold her mill.");
    }

    proptest! {
        #[test]
        fn spans_lie_in_the_text(title in ".{0,60}", paragraphs in prop::collection::vec(
            "([A-Z][a-z]{1,8}|Mr\\.|de|al-|said|[A-Z]\\.|U\\.S\\.|’s|“|,|and|Xi|Sir|é|.)( ([A-Z][a-z]{1,8}|Mr\\.|de|al|-|Jr\\.|said|[A-Z]\\.|’s|“|,|and|.)){0,30}", 0..4)) {
            let article = Article { title, paragraphs, ..Article::default() };
            for mention in found(&article).mentions {
                let paragraph = &article.paragraphs[mention.paragraph];
                prop_assert!(paragraph.get(mention.span.clone()).is_some_and(|words| !words.is_empty()));
                prop_assert!(mention.value != Cow::Borrowed(""));
            }
        }
    }
}
