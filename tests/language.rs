//! Every operator of the query language, against a reader who takes the output of `extract` and tries all pairs of places.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;

use crate::properties::{config, ids, search, values};
use crate::sandbox::Sandbox;

/// Words with their forms: those of a row have one stem, those of different rows have not.
const WORDS: &[&[&str]] = &[
    &["tariff", "tariffs", "TARIFFS", "Tariff"],
    &["duty", "duties", "Duties"],
    &["impose", "imposed", "imposing"],
    &["steel", "Steel"],
    &["quota", "quotas"],
    &["ad", "AD"],
    &["on"],
    &["25"],
];

/// Names that the extractors know.
const NAMES: &[&str] = &[
    "Japan",
    "China",
    "the European Union",
    "Section 232",
    "Shinzo Abe said",
    "Robert Lighthizer told reporters",
];

/// What a passage asks for.
#[derive(Debug, Clone)]
enum Text {
    Stem(&'static str),
    Exact(&'static str),
    /// As typed, and the letters that it stands for: `*` any, `?` one.
    Wild(&'static str),
    Cased(&'static str, &'static str),
    /// Words of a phrase: stems, or wildcards.
    Phrase(Vec<&'static str>),
    /// The field, as typed, and the value.
    Mention(&'static str, &'static str, &'static str),
    AnyMention(&'static str),
    Or(Vec<Text>),
    Near(Box<Text>, Near, Box<Text>),
}

#[derive(Debug, Clone, Copy)]
struct Near {
    negated: bool,
    ordered: bool,
    reach: Reach,
}

#[derive(Debug, Clone, Copy)]
enum Reach {
    Words(usize),
    Sentence,
    Paragraph,
}

/// What a query asks for.
#[derive(Debug, Clone)]
enum Ask {
    Text(Text),
    Value(&'static str, &'static str, &'static str),
    Any(&'static str),
    Lead(Text),
    Title(&'static str),
    AtLeast(usize, Text),
    Article(Box<Ask>),
    And(Vec<Ask>),
    Or(Vec<Ask>),
    Not(Box<Ask>),
}

fn stories() -> impl Strategy<Value = Vec<Vec<String>>> {
    let word = prop::sample::select(WORDS.concat()).prop_map(str::to_string);
    let name = prop::sample::select(NAMES).prop_map(str::to_string);
    // So many words that one wildcard stands for more of them than are looked at side by side.
    let ware = (0..40usize).prop_map(|number| format!("ware{number:02}"));
    let space = prop::sample::select(&[" ", " ", " ", ", ", ". It was ", "-"][..]);
    let part = (prop_oneof![6 => word, 2 => name, 4 => ware], space);
    let paragraph = prop::collection::vec(part, 1..16).prop_map(|parts| {
        let mut text = String::from("It");
        for (part, space) in parts {
            text += space;
            text += &part;
        }
        text + "."
    });
    prop::collection::vec(prop::collection::vec(paragraph, 1..5), 2..10)
}

const VALUES: &[(&str, &str, &str)] = &[
    ("country", "japan", "Japan"),
    ("country", "cn", "China"),
    ("country", "eu", "European Union"),
    ("instrument", "\"section 232\"", "Section 232"),
    ("speaker", "\"shinzo abe\"", "Shinzo Abe"),
    ("person", "\"robert lighthizer\"", "Robert Lighthizer"),
    ("topic", "trade-remedies", "trade-remedies"),
];

fn any_text() -> impl Strategy<Value = Text> {
    let word = || prop::sample::select(WORDS.concat());
    let mention = prop::sample::select(VALUES);
    let facet = prop::sample::select(&["country", "person", "speaker", "topic", "instrument"][..]);
    let case = prop::sample::select(&["ALLCAPS", "CAPS", "NOCAPS"][..]);
    let wild = || {
        prop::sample::select(
            &[
                "tar*", "*ties", "du*y", "quo?a", "im*", "*ee*", "st??l", "ware*", "*re?5", "wa*",
            ][..],
        )
    };
    let in_phrase = prop_oneof![4 => word(), 1 => wild()];
    let leaf = prop_oneof![
        6 => word().prop_map(Text::Stem),
        2 => word().prop_map(Text::Exact),
        2 => wild().prop_map(Text::Wild),
        2 => (case, word()).prop_map(|(case, word)| Text::Cased(case, word)),
        2 => prop::collection::vec(in_phrase, 2..4).prop_map(Text::Phrase),
        2 => mention.prop_map(|(facet, typed, value)| Text::Mention(facet, typed, value)),
        1 => facet.prop_map(Text::AnyMention),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        let reach = prop_oneof![
            3 => (0..12usize).prop_map(Reach::Words),
            1 => Just(Reach::Sentence),
            1 => Just(Reach::Paragraph),
        ];
        let near =
            (any::<bool>(), any::<bool>(), reach).prop_map(|(negated, ordered, reach)| Near {
                negated,
                ordered,
                reach,
            });
        prop_oneof![
            3 => (inner.clone(), near, inner.clone())
                .prop_map(|(left, near, right)| Text::Near(Box::new(left), near, Box::new(right))),
            1 => prop::collection::vec(inner, 2..4).prop_map(Text::Or),
        ]
    })
}

fn any_ask() -> impl Strategy<Value = Ask> {
    let value = prop::sample::select(VALUES);
    let facet = prop::sample::select(&["country", "person", "speaker", "topic", "publisher"][..]);
    let leaf = prop_oneof![
        8 => any_text().prop_map(Ask::Text),
        2 => value.prop_map(|(facet, typed, value)| Ask::Value(facet, typed, value)),
        1 => facet.prop_map(Ask::Any),
        1 => any_text().prop_map(Ask::Lead),
        1 => prop::sample::select(&["odd", "even", "third"][..]).prop_map(Ask::Title),
        2 => (1..6usize, any_text()).prop_map(|(n_times, text)| Ask::AtLeast(n_times, text)),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 2..4).prop_map(Ask::And),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(Ask::Or),
            1 => inner.clone().prop_map(|inner| Ask::Not(Box::new(inner))),
            1 => inner.prop_map(|inner| Ask::Article(Box::new(inner))),
        ]
    })
}

fn joined<T>(parts: &[T], typed: impl Fn(&T) -> String, word: &str) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| format!("({})", typed(part)))
        .collect();
    parts.join(word)
}

impl Text {
    fn typed(&self) -> String {
        match self {
            Text::Stem(word) | Text::Wild(word) => word.to_string(),
            Text::Exact(word) => format!("={word}"),
            Text::Cased(case, word) => format!("{case}({word})"),
            Text::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Text::Mention(facet, typed, _) => format!("{facet}:{typed}"),
            Text::AnyMention(facet) => format!("{facet}:*"),
            Text::Or(parts) => joined(parts, Text::typed, " OR "),
            Text::Near(left, near, right) => {
                let not = if near.negated { "NOT " } else { "" };
                let name = if near.ordered { "PRE" } else { "W" };
                let reach = match near.reach {
                    Reach::Words(n_words) => n_words.to_string(),
                    Reach::Sentence => "S".to_string(),
                    Reach::Paragraph => "P".to_string(),
                };
                format!("({}) {not}{name}/{reach} ({})", left.typed(), right.typed())
            }
        }
    }

    /// The places in a paragraph: each the first and the last word.
    fn places(&self, page: &Page) -> BTreeSet<(usize, usize)> {
        match self {
            Text::Stem(_) | Text::Exact(_) | Text::Wild(_) | Text::Cased(..) => {
                let words = page.words.iter().enumerate();
                words
                    .filter(|(_, word)| self.fits(word))
                    .map(|(number, _)| (number, number))
                    .collect()
            }
            Text::Phrase(words) => {
                let windows = page.words.windows(words.len()).enumerate();
                windows
                    .filter(|(_, window)| {
                        window.iter().zip(words).all(|(held, word)| {
                            match word.contains(['*', '?']) {
                                true => Text::Wild(word).fits(held),
                                false => Text::Stem(word).fits(held),
                            }
                        })
                    })
                    .map(|(start, window)| (start, start + window.len() - 1))
                    .collect()
            }
            Text::Mention(facet, _, value) => page.places_of(facet, Some(value)),
            Text::AnyMention(facet) => page.places_of(facet, None),
            Text::Or(parts) => parts.iter().flat_map(|part| part.places(page)).collect(),
            Text::Near(left, near, right) => {
                let (left, right) = (left.places(page), right.places(page));
                let mut found = BTreeSet::new();
                for a in &left {
                    let partners: Vec<_> = right
                        .iter()
                        .filter(|b| near.holds(*a, **b, page))
                        .copied()
                        .collect();
                    if near.negated == partners.is_empty() {
                        found.insert(*a);
                    }
                    if !near.negated {
                        found.extend(partners);
                    }
                }
                found
            }
        }
    }

    /// The places that are marked: of those near each other none around another.
    fn marked(&self, page: &Page) -> BTreeSet<(usize, usize)> {
        let places = self.places(page);
        let holds = |(first, last): (usize, usize), other: (usize, usize)| {
            (first, last) != other && first <= other.0 && other.1 <= last
        };
        match self {
            Text::Or(parts) => parts.iter().flat_map(|part| part.marked(page)).collect(),
            Text::Near(_, near, _) if !near.negated => {
                let inner =
                    |place: &&(usize, usize)| !places.iter().any(|other| holds(**place, *other));
                places.iter().filter(inner).copied().collect()
            }
            _ => places,
        }
    }

    fn is_filter(&self) -> bool {
        match self {
            Text::Mention(..) | Text::AnyMention(_) => true,
            Text::Or(parts) => parts.iter().any(Text::is_filter),
            _ => false,
        }
    }

    fn fits(&self, held: &str) -> bool {
        let lower = held.to_lowercase();
        match self {
            Text::Stem(word) => {
                let row = |word: &str| {
                    let word = word.to_lowercase();
                    let is_form = |form: &&str| form.to_lowercase() == word;
                    WORDS.iter().position(|forms| forms.iter().any(is_form))
                };
                row(word).is_some() && row(word) == row(held)
            }
            Text::Exact(word) => word.to_lowercase() == lower,
            Text::Wild(pattern) => stands_for(pattern.as_bytes(), lower.as_bytes()),
            Text::Cased(case, word) => {
                let upper = held.chars().any(char::is_uppercase);
                let fits = match *case {
                    _ if !word.contains(char::is_alphabetic) => true,
                    "ALLCAPS" => upper && held.to_uppercase() == held,
                    "CAPS" => upper,
                    _ => !upper,
                };
                fits && word.to_lowercase() == lower
            }
            _ => false,
        }
    }
}

/// Whether a wildcard stands for a word.
fn stands_for(pattern: &[u8], word: &[u8]) -> bool {
    match (pattern, word) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => {
            (0..=word.len()).any(|n_letters| stands_for(rest, &word[n_letters..]))
        }
        ([b'?', rest @ ..], [_, others @ ..]) => stands_for(rest, others),
        ([letter, rest @ ..], [other, others @ ..]) => letter == other && stands_for(rest, others),
        _ => false,
    }
}

impl Near {
    fn holds(&self, a: (usize, usize), b: (usize, usize), page: &Page) -> bool {
        if a == b || self.ordered && a.1 >= b.0 {
            return false;
        }
        match self.reach {
            Reach::Words(n_words) => {
                let gap = match () {
                    () if a.1 < b.0 => b.0 - a.1,
                    () if b.1 < a.0 => a.0 - b.1,
                    () => 0,
                };
                gap <= n_words
            }
            Reach::Sentence => {
                let sentences = |place: (usize, usize)| -> BTreeSet<usize> {
                    (place.0..=place.1)
                        .map(|word| page.sentences[word])
                        .collect()
                };
                !sentences(a).is_disjoint(&sentences(b))
            }
            Reach::Paragraph => true,
        }
    }
}

/// A paragraph of the output of `extract`, read.
struct Page<'a> {
    json: &'a Value,
    words: Vec<String>,
    /// The number of the sentence of each word.
    sentences: Vec<usize>,
    /// Where each word begins and ends, in characters.
    ranges: Vec<(usize, usize)>,
}

impl<'a> Page<'a> {
    fn new(json: &'a Value) -> Page<'a> {
        let text: Vec<char> = json["text"].as_str().unwrap_or_default().chars().collect();
        let mut page = Page {
            json,
            words: Vec::new(),
            sentences: Vec::new(),
            ranges: Vec::new(),
        };
        let mut sentence = 0;
        let mut at = 0;
        while at < text.len() {
            if !text[at].is_alphanumeric() {
                // The stories' sentences begin so and no other way.
                if text[at..].starts_with(&['.', ' ', 'I', 't', ' ', 'w']) {
                    sentence += 1;
                }
                at += 1;
                continue;
            }
            let length = text[at..]
                .iter()
                .take_while(|c| c.is_alphanumeric())
                .count();
            page.words.push(text[at..at + length].iter().collect());
            page.sentences.push(sentence);
            page.ranges.push((at, at + length));
            at += length;
        }
        page
    }

    /// The places of mentions, and of what speakers are quoted with; those of one value, or of all together, that overlap
    /// are one.
    fn places_of(&self, facet: &str, value: Option<&str>) -> BTreeSet<(usize, usize)> {
        let list = |key: &str| self.json[key].as_array().cloned().unwrap_or_default();
        let mut spans: Vec<(usize, usize)> = Vec::new();
        let mut add = |named: &str, object: &Value| {
            let is_asked = value.is_none_or(|value| {
                named == value || facet == "topic" && named.starts_with(&format!("{value}/"))
            });
            let end = |key: &str| object[key].as_u64().unwrap_or_default() as usize;
            let (start, end) = (end("start"), end("end"));
            let words: Vec<usize> = (0..self.words.len())
                .filter(|word| self.ranges[*word].1 > start && self.ranges[*word].0 < end)
                .collect();
            if let (true, Some(first), Some(last)) = (is_asked, words.first(), words.last()) {
                spans.push((*first, *last));
            }
        };
        for mention in list("mentions") {
            if mention["facet"] == facet {
                add(mention["value"].as_str().unwrap_or_default(), &mention);
            }
        }
        if facet == "speaker" {
            for quote in list("quotes") {
                add(quote["speaker"].as_str().unwrap_or_default(), &quote);
            }
        }
        spans.sort_unstable();
        let mut merged: Vec<(usize, usize)> = Vec::new();
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
                _ => merged.push(span),
            }
        }
        merged.into_iter().collect()
    }
}

/// An article: its title and its paragraphs.
struct Story<'a> {
    title: &'a str,
    pages: Vec<Page<'a>>,
}

impl Ask {
    fn typed(&self) -> String {
        match self {
            Ask::Text(text) => text.typed(),
            Ask::Value(facet, typed, _) => format!("{facet}:{typed}"),
            Ask::Any(facet) => format!("{facet}:*"),
            Ask::Lead(text) => format!("lead:({})", text.typed()),
            Ask::Title(word) => format!("title:{word}"),
            Ask::AtLeast(n_times, text) => format!("ATLEAST{n_times}({})", text.typed()),
            Ask::Article(ask) => format!("article:({})", ask.typed()),
            Ask::And(parts) => joined(parts, Ask::typed, " AND "),
            Ask::Or(parts) => joined(parts, Ask::typed, " OR "),
            Ask::Not(part) => format!("NOT ({})", part.typed()),
        }
    }

    fn is_met(&self, story: &Story, page: &Page) -> bool {
        match self {
            Ask::Text(text) => !text.places(page).is_empty(),
            Ask::Value(facet, _, value) => values(page.json, facet).contains(*value),
            Ask::Any(facet) => !values(page.json, facet).is_empty(),
            Ask::Lead(text) => {
                !text.places(page).is_empty() && page.json["ordinal"].as_u64() < Some(2)
            }
            Ask::Title(word) => story.title.contains(word),
            Ask::AtLeast(n_times, text) => {
                let n_places: usize = story.pages.iter().map(|page| text.places(page).len()).sum();
                n_places >= *n_times
            }
            Ask::Article(ask) => ask.is_met_by(story),
            Ask::And(parts) => parts.iter().all(|part| part.is_met(story, page)),
            Ask::Or(parts) => parts.iter().any(|part| part.is_met(story, page)),
            Ask::Not(part) => !part.is_met(story, page),
        }
    }

    fn is_met_by(&self, story: &Story) -> bool {
        match self {
            Ask::And(parts) => parts.iter().all(|part| part.is_met_by(story)),
            Ask::Or(parts) => parts.iter().any(|part| part.is_met_by(story)),
            Ask::Not(part) => !part.is_met_by(story),
            Ask::Article(part) => part.is_met_by(story),
            _ => story.pages.iter().any(|page| self.is_met(story, page)),
        }
    }

    /// The names in it, which the index may not know.
    fn names(&self) -> Vec<(&'static str, &'static str)> {
        fn of_text(text: &Text) -> Vec<(&'static str, &'static str)> {
            match text {
                Text::Mention(facet, _, value) => vec![(facet, value)],
                Text::Or(parts) => parts.iter().flat_map(of_text).collect(),
                Text::Near(left, _, right) => [of_text(left), of_text(right)].concat(),
                _ => Vec::new(),
            }
        }
        match self {
            Ask::Text(text) | Ask::Lead(text) | Ask::AtLeast(_, text) => of_text(text),
            Ask::Value(facet, _, value) => vec![(facet, value)],
            Ask::Article(part) | Ask::Not(part) => part.names(),
            Ask::And(parts) | Ask::Or(parts) => parts.iter().flat_map(Ask::names).collect(),
            Ask::Any(_) | Ask::Title(_) => Vec::new(),
        }
    }
}

fn indexed(stories: &[Vec<String>]) -> (Sandbox, Vec<Value>) {
    let sandbox = Sandbox::new();
    let lines = stories.iter().enumerate().map(|(number, paragraphs)| {
        let title = match (number % 2, number % 3) {
            (0, _) => "An even story",
            (_, 0) => "An odd third story",
            _ => "An odd story",
        };
        let line = serde_json::json!({
            "id": format!("story-{number}"),
            "title": title,
            "publisher": (number % 3 == 0).then_some("Ledger"),
            "paragraphs": paragraphs,
        });
        format!("{line}\n")
    });
    sandbox.write("corpus/stories.jsonl", lines.collect::<String>());
    let outcome = sandbox.run(&["index", "[TMP]/corpus"]);
    assert_eq!(outcome.code, 0, "{outcome}");
    let extracted = sandbox.run(&["extract", "[TMP]/corpus"]);
    let lines = extracted.stdout.lines();
    let paragraphs = lines.map(|line| serde_json::from_str(line).expect("a line is JSON"));
    (sandbox, paragraphs.collect())
}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn the_engine_agrees_with_a_reader_of_places(
        stories in stories(),
        asks in prop::collection::vec(any_ask(), 60),
    ) {
        let (sandbox, paragraphs) = indexed(&stories);
        let mut read: BTreeMap<&str, Story> = BTreeMap::new();
        for json in &paragraphs {
            let story = read.entry(json["article"].as_str().unwrap_or_default()).or_insert_with(|| Story {
                title: json["title"].as_str().unwrap_or_default(),
                pages: Vec::new(),
            });
            story.pages.push(Page::new(json));
        }
        for ask in asks {
            let is_known = ask.names().iter().all(|(facet, value)| {
                paragraphs.iter().any(|paragraph| values(paragraph, facet).contains(*value))
            });
            if !is_known {
                continue;
            }
            let mut expected = BTreeSet::new();
            for story in read.values() {
                let met = story.pages.iter().filter(|page| ask.is_met(story, page));
                expected.extend(met.map(|page| page.json["id"].as_str().unwrap_or_default().to_string()));
            }
            let answer = search(&sandbox, &["--limit", "all", "--facets", "none", "--", &ask.typed()]);
            if answer["relaxed"] == true {
                prop_assert!(expected.is_empty(), "{} was relaxed", ask.typed());
                continue;
            }
            let found: BTreeSet<String> = ids(&answer).into_iter().collect();
            prop_assert_eq!(&found, &expected, "{}", ask.typed());
            // What is marked is what the reader would mark. Values by themselves are filters, and mark nothing.
            if let Ask::Text(text) = &ask
                && !text.is_filter()
            {
                check_marks(&answer, text, &read)?;
            }
        }
    }
}

fn check_marks(
    answer: &Value,
    text: &Text,
    read: &BTreeMap<&str, Story>,
) -> Result<(), TestCaseError> {
    for hit in answer["hits"].as_array().into_iter().flatten() {
        let ordinal = hit["ordinal"].as_u64().unwrap_or_default() as usize;
        let page = &read[hit["article"].as_str().unwrap_or_default()].pages[ordinal];
        let mut expected = BTreeSet::new();
        for (first, last) in text.marked(page) {
            expected.extend(page.ranges[first..=last].iter().copied());
        }
        let marks = hit["highlights"].as_array().into_iter().flatten();
        let found: BTreeSet<(usize, usize)> = marks
            .map(|mark| {
                let end = |at: usize| mark[at].as_u64().unwrap_or_default() as usize;
                (end(0), end(1))
            })
            .collect();
        prop_assert_eq!(
            found,
            expected,
            "{} in {}",
            text.typed(),
            hit["text"].clone()
        );
    }
    Ok(())
}
