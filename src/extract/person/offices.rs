//! Offices in place of names: whom `the U.S. trade representative` of a year means, by the authority file or the user's lists.

use std::ops::Range;
use std::sync::LazyLock;

use super::authority::{Holder, Holders};
use crate::extract::known::marks;
use crate::extract::{country, organization};
use crate::text::gazetteer::{Gazetteer, Spelling};
use crate::text::tokens::{Kind, Text};

/// Whom a phrase means that may name an office.
#[derive(Debug, Clone, Copy)]
pub enum Meant<'a> {
    /// The phrase names no office together with its country or institution.
    NoOffice,
    /// It does, but for another time, or the file knows several holders of that year, or none.
    Somebody,
    Holder(&'a Holder),
}

/// A noun phrase that may name an office.
#[derive(Debug, Clone)]
pub struct Phrase<'a> {
    pub text: &'a Text<'a>,
    /// The article, what describes, and the noun.
    pub tokens: Range<usize>,
    /// The noun that the phrase is about: `minister` in `the minister of trade`.
    pub head: usize,
    /// The end of the phrase with what follows it after `of`.
    pub end: usize,
}

/// Who held, in a year, the office that a phrase names together with its country or institution: `the Japanese prime
/// minister`, `the WTO director-general`, `the president of Brazil`.
pub fn in_office<'a>(phrase: &Phrase, year: Option<i16>, holders: Holders<'a>) -> Meant<'a> {
    let text = phrase.text;
    let last = phrase.end.min(text.tokens.len());
    let found = (phrase.tokens.start..last.min(phrase.head + 1)).find_map(|token_idx| {
        let (end, offices) = OFFICES.longest(text, token_idx)?;
        (phrase.head < end && end <= last).then_some((token_idx, end, *offices))
    });
    let Some((start, end, offices)) = found else {
        return Meant::NoOffice;
    };
    let before = phrase.tokens.start..start;
    let place = place_before(text, before.clone()).or_else(|| place_after(text, end, last));
    let Some(place) = place else {
        return Meant::NoOffice;
    };
    let is_other = before
        .into_iter()
        .any(|token_idx| is_other(text, token_idx));
    let Some(year) = year.filter(|_| !is_other) else {
        return Meant::Somebody;
    };
    let mut meant = None;
    for office in offices {
        for holder in holders.in_office(&place, office, year) {
            let first = *meant.get_or_insert(holder);
            if first.value != holder.value {
                return Meant::Somebody;
            }
        }
    }
    meant.map_or(Meant::Somebody, Meant::Holder)
}

/// The folds of the words with which offices begin, and whether they may be written small.
pub(super) fn firsts() -> impl Iterator<Item = (u64, bool)> {
    OFFICES.firsts()
}

/// Whether a text speaks of any such office.
pub fn has_office(text: &Text) -> bool {
    let mut next = 0;
    while let Some(token_idx) = text.next_marked(next, marks::OFFICE) {
        if OFFICES.longest(text, token_idx).is_some() {
            return true;
        }
        next = token_idx + 1;
    }
    false
}

/// The offices that a phrase can mean, as the authority file calls them.
type Offices = &'static [&'static str];

/// Phrases for offices of which a country or institution has one.
const PHRASES: &[(&str, Offices)] = &[
    ("agriculture secretary", &["agriculture secretary"]),
    ("central bank chief", &["central bank governor"]),
    ("central bank governor", &["central bank governor"]),
    ("chancellor", &["chancellor"]),
    ("chancellor of the exchequer", &["finance minister"]),
    ("commerce minister", &["trade minister"]),
    ("commerce secretary", &["commerce secretary"]),
    ("commission president", &["commission president"]),
    ("defense secretary", &["defense secretary"]),
    ("director general", &["director-general"]),
    ("director-general", &["director-general"]),
    ("economy minister", &["economy minister"]),
    ("external affairs minister", &["foreign minister"]),
    ("finance minister", &["finance minister"]),
    ("foreign affairs minister", &["foreign minister"]),
    ("foreign minister", &["foreign minister"]),
    ("foreign policy chief", &["foreign policy chief"]),
    ("foreign secretary", &["foreign minister"]),
    ("international trade minister", &["trade minister"]),
    ("managing director", &["managing director"]),
    ("minister for trade", &["trade minister"]),
    ("minister of commerce", &["trade minister"]),
    ("minister of economy", &["economy minister"]),
    ("minister of finance", &["finance minister"]),
    ("minister of foreign affairs", &["foreign minister"]),
    ("minister of trade", &["trade minister"]),
    ("premier", &["premier", "prime minister"]),
    ("president", &["president"]),
    ("prime minister", &["prime minister"]),
    ("secretary of state", &["secretary of state"]),
    ("secretary-general", &["secretary-general"]),
    ("trade chief", &["trade commissioner"]),
    ("trade commissioner", &["trade commissioner"]),
    ("trade minister", &["trade minister"]),
    ("trade representative", &["trade representative"]),
    ("treasury secretary", &["treasury secretary"]),
    ("vice premier", &["vice premier"]),
    ("vice president", &["vice president"]),
];

static OFFICES: LazyLock<Gazetteer<Offices>> = LazyLock::new(|| {
    let phrases = PHRASES.iter();
    Gazetteer::new(phrases.map(|(phrase, offices)| (*phrase, Spelling::Any, *offices)))
});

/// Whether a word before the office makes it that of somebody else, or of no time in particular.
fn is_other(text: &Text, token_idx: usize) -> bool {
    const OTHERS: &[&str] = &[
        "a",
        "acting",
        "an",
        "another",
        "any",
        "assistant",
        "associate",
        "deputy",
        "designate",
        "each",
        "elect",
        "every",
        "ex",
        "former",
        "future",
        "incoming",
        "interim",
        "late",
        "next",
        "no",
        "nominated",
        "of",
        "one",
        "onetime",
        "outgoing",
        "past",
        "previous",
        "retired",
        "several",
        "some",
        "then",
        "three",
        "two",
        "under",
        "vice",
    ];
    let word = text.word(token_idx);
    OTHERS.iter().any(|other| word.eq_ignore_ascii_case(other))
}

/// Longer names of countries stand in no title.
const MOST_WORDS: usize = 4;

/// The country or institution right before an office: `the Japanese`, `Japan's`, `the United States`.
fn place_before(text: &Text, before: Range<usize>) -> Option<String> {
    let mut end = before.end;
    while end > before.start && text.tokens[end - 1].kind == Kind::Possessive {
        end -= 1;
    }
    let first = before.start.max(end.saturating_sub(MOST_WORDS));
    (first..end).find_map(|start| place(text.words(start..end)))
}

/// That after it, up to the end of the phrase: `of Japan`, but not `of the Japan Society`.
fn place_after(text: &Text, end: usize, last: usize) -> Option<String> {
    if !text.is(end, "of") {
        return None;
    }
    let start = end + if text.is(end + 1, "the") { 2 } else { 1 };
    (start < last && last - start <= MOST_WORDS)
        .then(|| place(text.words(start..last)))
        .flatten()
}

/// The country or institution of that name.
fn place(words: &str) -> Option<String> {
    if !words.starts_with(char::is_uppercase) {
        return None;
    }
    [country::FIELD.resolve, organization::FIELD.resolve]
        .iter()
        .find_map(|resolve| match resolve(words)[..] {
            [only] => Some(only.to_string()),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, year: i16, expected: &str) {
        let text = Text::new(phrase);
        let end = text.tokens.len();
        let of = (0..end).find(|&token_idx| text.is(token_idx, "of"));
        let found = in_office(
            &Phrase {
                text: &text,
                tokens: 0..of.unwrap_or(end),
                head: of.unwrap_or(end).saturating_sub(1),
                end,
            },
            Some(year),
            Holders::new(None),
        );
        let found = match found {
            Meant::NoOffice => "-",
            Meant::Somebody => "?",
            Meant::Holder(holder) => &holder.value,
        };
        assert_eq!(found, expected, "{phrase}");
    }

    #[test]
    fn offices_of_a_year_mean_their_holders() {
        check("the US Trade Representative", 2018, "Robert Lighthizer");
        check("US Trade Representative", 2018, "Robert Lighthizer");
        check("The U.S. trade representative", 2014, "Michael Froman");
        check("the Japanese prime minister", 2018, "Shinzo Abe");
        check("Japan's prime minister", 2018, "Shinzo Abe");
        check("the EU trade commissioner", 2018, "Cecilia Malmström");
        check("the president of France", 2019, "Emmanuel Macron");
        check("the WTO director-general", 2016, "Roberto Azevêdo");
        check("the German chancellor", 2010, "Angela Merkel");
    }

    #[test]
    fn nobody_is_better_than_somebody_else() {
        check("the prime minister", 2018, "-");
        check("the former Japanese prime minister", 2018, "?");
        check("a French president", 2018, "?");
        check("the deputy U.S. trade representative", 2018, "?");
        check("the assistant US Trade Representative", 2018, "?");
        // Two held it that year.
        check("the US Trade Representative", 2017, "?");
        check("the Ruritanian president", 2018, "-");
        check("the Japanese president", 2018, "?");
        check("", 2018, "-");
        check("the president of", 2018, "-");
        check("the president of the", 2018, "-");
        check(
            "the president of the Brazilian steel association",
            2018,
            "-",
        );
        check("the French president's adviser", 2018, "-");
    }

    #[test]
    fn phrases_are_sorted_and_name_offices_of_the_file() {
        assert!(PHRASES.is_sorted_by(|(a, _), (b, _)| a < b));
        for office in PHRASES.iter().flat_map(|(_, offices)| *offices) {
            assert!(
                crate::extract::person::authority::has_office(office),
                "{office}"
            );
        }
    }
}
