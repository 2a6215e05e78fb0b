//! What must hold for any corpus and any question: the engine agrees with a reader who goes through all paragraphs one by
//! one and knows nothing of it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;
use tradewire::article::Article;
use tradewire::extract;
use tradewire::schema;

use crate::sandbox::Sandbox;

/// Words with their forms: those of a row have one stem, those of different rows have not.
const WORDS: &[&[&str]] = &[
    &["tariff", "tariffs"],
    &["duty", "duties"],
    &["impose", "imposed", "imposes", "imposing"],
    &["retaliate", "retaliated", "retaliation"],
    &["negotiation", "negotiations", "negotiate"],
    &["steel"],
    &["cheese"],
    &["quota", "quotas"],
    &["export", "exports", "exported", "exporter"],
    &["agree", "agreed", "agrees"],
    &["café", "cafe", "CAFÉ"],
    &["the"],
    &["on"],
    &["of"],
    &["25"],
    &["zölle", "Zolle"],
];

/// Names that the extractors know.
const NAMES: &[&str] = &[
    "Japan",
    "Canada",
    "China",
    "Mexico",
    "the European Union",
    "Section 232",
    "Section 301",
    "NAFTA",
    "the World Trade Organization",
    "Shinzo Abe said",
    "Robert Lighthizer told reporters",
    "aluminum",
];

#[derive(Debug, Clone)]
pub(crate) struct Story {
    published: Option<(u32, u32)>,
    publisher: Option<&'static str>,
    paragraphs: Vec<String>,
}

pub(crate) fn word() -> impl Strategy<Value = &'static str> {
    let forms: Vec<&'static str> = WORDS.concat();
    prop::sample::select(forms)
}

fn paragraph() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        8 => word().prop_map(str::to_string),
        3 => prop::sample::select(NAMES).prop_map(str::to_string),
    ];
    prop::collection::vec(
        (
            part,
            prop::sample::select(&[" ", " ", " ", ", ", "-", "; "][..]),
        ),
        2..14,
    )
    .prop_map(|parts| {
        let mut text = String::from("It");
        for (part, space) in parts {
            text += space;
            text += &part;
        }
        text + "."
    })
}

pub(crate) fn stories() -> impl Strategy<Value = Vec<Story>> {
    let story = (
        prop::option::of((2017..2020u32, 1..13u32)),
        prop::option::of(prop::sample::select(&["Gazette", "Ledger"][..])),
        prop::collection::vec(paragraph(), 1..5),
    );
    let story = story.prop_map(|(published, publisher, paragraphs)| Story {
        published,
        publisher,
        paragraphs,
    });
    prop::collection::vec(story, 1..12)
}

/// A question, and how it is asked.
#[derive(Debug, Clone)]
enum Question {
    Word(&'static str),
    Phrase(Vec<&'static str>),
    Prefix(String),
    Value(&'static str, &'static str, &'static str),
    Published(u32, u32),
    And(Vec<Question>),
    Or(Vec<Question>),
    Not(Box<Question>),
}

fn question() -> impl Strategy<Value = Question> {
    let values = &[
        ("country", "japan", "Japan"),
        ("country", "cn", "China"),
        ("country", "eu", "European Union"),
        ("instrument", "\"section 232\"", "Section 232"),
        ("speaker", "\"shinzo abe\"", "Shinzo Abe"),
        ("topic", "trade-remedies", "trade-remedies"),
        ("publisher", "ledger", "Ledger"),
    ][..];
    let leaf = prop_oneof![
        6 => word().prop_map(Question::Word),
        3 => prop::collection::vec(word(), 2..4).prop_map(Question::Phrase),
        2 => prop::sample::select(&["ta", "dut", "re", "ex", "caf", "im"][..]).prop_map(|prefix| Question::Prefix(prefix.to_string())),
        3 => prop::sample::select(values).prop_map(|(field, typed, value)| Question::Value(field, typed, value)),
        1 => (2016..2021u32, 0..4u32).prop_map(|(from, more)| Question::Published(from, from + more)),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 2..4).prop_map(Question::And),
            2 => prop::collection::vec(inner.clone(), 2..4).prop_map(Question::Or),
            1 => inner.prop_map(|inner| Question::Not(Box::new(inner))),
        ]
    })
}

impl Question {
    fn asked(&self) -> String {
        let joined = |parts: &[Question], word: &str| {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| format!("({})", part.asked()))
                .collect();
            parts.join(word)
        };
        match self {
            Question::Word(word) => word.to_string(),
            Question::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Question::Prefix(prefix) => format!("{prefix}*"),
            Question::Value(field, typed, _) => format!("{field}:{typed}"),
            Question::Published(from, to) => format!("published:[{from} TO {to}]"),
            Question::And(parts) => joined(parts, " AND "),
            Question::Or(parts) => joined(parts, " OR "),
            Question::Not(part) => format!("NOT ({})", part.asked()),
        }
    }

    fn is_met(&self, paragraph: &Value) -> bool {
        match self {
            Question::Word(word) => has_phrase(paragraph, &[word]),
            Question::Phrase(words) => has_phrase(paragraph, words),
            Question::Prefix(prefix) => tokens(paragraph)
                .iter()
                .any(|token| token.starts_with(prefix)),
            Question::Value(field, _, value) => values(paragraph, field).contains(*value),
            Question::Published(from, to) => paragraph["published"]
                .as_str()
                .and_then(|date| date[..4].parse::<u32>().ok())
                .is_some_and(|year| (*from..=*to).contains(&year)),
            Question::And(parts) => parts.iter().all(|part| part.is_met(paragraph)),
            Question::Or(parts) => parts.iter().any(|part| part.is_met(paragraph)),
            Question::Not(part) => !part.is_met(paragraph),
        }
    }

    /// Whether the index may not know a name in it, which is an error.
    fn names(&self) -> Vec<(&'static str, &'static str)> {
        match self {
            Question::Value(field, _, value) => vec![(field, value)],
            Question::And(parts) | Question::Or(parts) => {
                parts.iter().flat_map(Question::names).collect()
            }
            Question::Not(part) => part.names(),
            _ => Vec::new(),
        }
    }
}

/// The words of a paragraph: runs of letters and digits, in lower case, without the accents that stand in `WORDS`.
fn tokens(paragraph: &Value) -> Vec<String> {
    let text = paragraph["text"].as_str().unwrap_or_default();
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .map(folded)
        .collect()
}

fn folded(word: &str) -> String {
    word.to_lowercase().replace('é', "e").replace('ö', "o")
}

/// The row of a word in `WORDS`, or else the word itself.
fn stem(token: &str) -> String {
    let row = WORDS
        .iter()
        .position(|forms| forms.iter().any(|form| folded(form) == token));
    row.map_or_else(|| token.to_string(), |row| row.to_string())
}

pub(crate) fn has_phrase(paragraph: &Value, words: &[&str]) -> bool {
    let wanted: Vec<String> = words.iter().map(|word| stem(&folded(word))).collect();
    let held: Vec<String> = tokens(paragraph).iter().map(|token| stem(token)).collect();
    held.windows(wanted.len()).any(|window| window == wanted)
}

/// The values of a facet in a paragraph; of topics those above them, too.
pub(crate) fn values(paragraph: &Value, facet: &str) -> BTreeSet<String> {
    let field = schema::field(facet).expect("the facet is known");
    let held = match &paragraph[field.key] {
        Value::Array(values) => values
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_string)
            .collect(),
        Value::String(value) => vec![value.clone()],
        _ => Vec::new(),
    };
    let with_those_above = held.into_iter().flat_map(|value| {
        let above: Vec<String> = match facet {
            "topic" => value
                .match_indices('/')
                .map(|(at, _)| value[..at].to_string())
                .collect(),
            _ => Vec::new(),
        };
        above.into_iter().chain([value])
    });
    with_those_above.collect()
}

/// A corpus with its index, and all its paragraphs by id.
pub(crate) fn indexed(stories: &[Story]) -> (Sandbox, BTreeMap<String, Value>) {
    let sandbox = Sandbox::new();
    let lines = stories.iter().enumerate().map(|(number, story)| {
        let published = story
            .published
            .map(|(year, month)| format!("{year}-{month:02}-15"));
        let line = serde_json::json!({
            "id": format!("story-{number}"),
            "title": format!("Story {number}"),
            "published": published,
            "publisher": story.publisher,
            "paragraphs": story.paragraphs,
        });
        format!("{line}\n")
    });
    sandbox.write("corpus/stories.jsonl", lines.collect::<String>());
    let outcome = sandbox.run(&["index", "[TMP]/corpus"]);
    assert_eq!(outcome.code, 0, "{outcome}");
    let extracted = sandbox.run(&["extract", "[TMP]/corpus"]);
    let paragraphs = extracted.stdout.lines().map(|line| {
        let paragraph: Value = serde_json::from_str(line).expect("a line is JSON");
        (
            paragraph["id"].as_str().expect("it has an id").to_string(),
            paragraph,
        )
    });
    (sandbox, paragraphs.collect())
}

/// The answer to a search as JSON.
pub(crate) fn search(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let outcome = sandbox.run(&[&["search", "--format", "json"], arguments].concat());
    assert!(outcome.code < 2, "{outcome}");
    serde_json::from_str(&outcome.stdout).expect("the answer is JSON")
}

pub(crate) fn ids(answer: &Value) -> Vec<String> {
    let hits = answer["hits"].as_array().expect("there is a list");
    hits.iter()
        .filter_map(|hit| hit["id"].as_str().map(str::to_string))
        .collect()
}

/// The same cases in every run, unless `PROPTEST_RNG_SEED` asks for others.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        rng_seed: match usual.rng_seed {
            RngSeed::Random => RngSeed::Fixed(2018),
            seed => seed,
        },
        ..usual
    }
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn the_engine_agrees_with_a_reader(
        stories in stories(),
        questions in prop::collection::vec(question(), 12),
    ) {
        let (sandbox, paragraphs) = indexed(&stories);
        for question in questions {
            let known = question.names().iter().all(|(field, value)| {
                paragraphs.values().any(|paragraph| values(paragraph, field).contains(*value))
            });
            if !known {
                continue;
            }
            let expected: BTreeSet<&String> = paragraphs
                .iter()
                .filter(|(_, paragraph)| question.is_met(paragraph))
                .map(|(id, _)| id)
                .collect();
            let answer = search(&sandbox, &["--limit", "all", "--facets", "none", "--", &question.asked()]);
            if answer["relaxed"] == true {
                prop_assert!(expected.is_empty(), "{} was relaxed", question.asked());
                continue;
            }
            let found = ids(&answer);
            prop_assert_eq!(found.iter().collect::<BTreeSet<_>>(), expected, "{}", question.asked());
            prop_assert_eq!(answer["total"].as_u64(), Some(found.len() as u64));
            // Nothing comes twice.
            prop_assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len());
        }
    }

    #[test]
    fn a_question_finds_what_has_any_of_its_words(
        stories in stories(),
        words in prop::collection::vec(word(), 6..9),
    ) {
        let (sandbox, paragraphs) = indexed(&stories);
        let meaningful: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| !["the", "on", "of"].contains(word))
            .collect();
        let asked: &[&str] = if meaningful.is_empty() { &words } else { &meaningful };
        let met = |is_met: &dyn Fn(&Value) -> bool| -> BTreeSet<String> {
            let met = paragraphs.iter().filter(|(_, paragraph)| is_met(paragraph));
            met.map(|(id, _)| id.clone()).collect()
        };
        let all = met(&|paragraph| words.iter().all(|word| has_phrase(paragraph, &[word])));
        let any = met(&|paragraph| asked.iter().any(|word| has_phrase(paragraph, &[word])));
        let is_relaxed = all.len() < 10 && any.len() > all.len();
        let expected = if is_relaxed { any } else { all };
        let answer = search(&sandbox, &["--limit", "all", "--facets", "country", "--", &words.join(" ")]);
        prop_assert_eq!(answer["relaxed"].as_bool(), Some(is_relaxed));
        let found = ids(&answer);
        prop_assert_eq!(answer["total"].as_u64(), Some(found.len() as u64));
        prop_assert_eq!(&found.into_iter().collect::<BTreeSet<_>>(), &expected, "{}", words.join(" "));
        // What is counted is what is found.
        let countries = expected.iter().map(|id| values(&paragraphs[id], "country").len() as u64);
        let counted = answer["facets"]["country"]["values"].as_array().expect("there is a list");
        let counted = counted.iter().filter_map(|row| row["count"].as_u64());
        prop_assert_eq!(counted.sum::<u64>(), countries.sum::<u64>());
    }

    #[test]
    fn every_value_leads_to_as_many_paragraphs_as_it_says(stories in stories(), word in word()) {
        let (sandbox, paragraphs) = indexed(&stories);
        for query in ["", word] {
            let met: Vec<&Value> = paragraphs
                .values()
                .filter(|paragraph| query.is_empty() || has_phrase(paragraph, &[query]))
                .collect();
            for facet in schema::facets() {
                let outcome = sandbox.run(&["facets", facet.name, query, "--limit", "all", "--format", "json"]);
                let answer: Value = serde_json::from_str(&outcome.stdout).expect("the answer is JSON");
                let counted = answer["facets"][facet.name]["values"].as_array().expect("there is a list");
                let mut expected: BTreeMap<String, u64> = BTreeMap::new();
                for paragraph in &met {
                    for value in values(paragraph, facet.name) {
                        *expected.entry(value).or_default() += 1;
                    }
                }
                let found: BTreeMap<String, u64> = counted
                    .iter()
                    .map(|row| (row["value"].as_str().unwrap_or_default().to_string(), row["count"].as_u64().unwrap_or_default()))
                    .collect();
                prop_assert_eq!(&found, &expected, "{} of `{}`", facet.name, query);
                for (value, count) in found {
                    let flag = format!("--{}={value}", facet.name);
                    let answer = search(&sandbox, &[query, &flag, "--limit", "0", "--facets", "none"]);
                    prop_assert_eq!(answer["total"].as_u64(), Some(count), "{} of `{}`", flag, query);
                }
            }
        }
    }

    #[test]
    fn pages_and_groups_hold_what_the_whole_holds(
        stories in stories(),
        question in question(),
        size in 1..5usize,
        sort in prop::sample::select(&["relevance", "newest", "oldest"][..]),
    ) {
        let (sandbox, paragraphs) = indexed(&stories);
        let known = question.names().iter().all(|(field, value)| {
            paragraphs.values().any(|paragraph| values(paragraph, field).contains(*value))
        });
        let asked = if known { question.asked() } else { String::new() };
        let fixed = ["--facets", "none", "--sort", sort];
        let whole = search(&sandbox, &[&fixed[..], &["--limit", "all", "--", &asked]].concat());
        let mut paged = Vec::new();
        for page in 0..=paragraphs.len() / size {
            let (limit, offset) = (size.to_string(), (page * size).to_string());
            let answer = search(&sandbox, &[&fixed[..], &["--limit", &limit, "--offset", &offset, "--", &asked]].concat());
            prop_assert_eq!(&answer["total"], &whole["total"]);
            paged.extend(ids(&answer));
        }
        prop_assert_eq!(&paged, &ids(&whole), "{}", asked);

        let exported = sandbox.run(&["export", "--no-head", "--sort", sort, "--", &asked]);
        let exported = exported.stdout.lines().map(|line| {
            let hit: Value = serde_json::from_str(line).expect("a line is JSON");
            hit["id"].as_str().unwrap_or_default().to_string()
        });
        prop_assert_eq!(exported.collect::<Vec<_>>(), ids(&whole), "{}", asked);

        let grouped = search(&sandbox, &[&fixed[..], &["--group", "article", "--limit", "all", "--", &asked]].concat());
        prop_assert_eq!(&grouped["total"], &whole["total"]);
        prop_assert_eq!(&grouped["articles"], &whole["articles"]);
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for id in ids(&whole) {
            let article = id.rsplit_once('#').expect("ids have a number").0;
            *counts.entry(article.to_string()).or_default() += 1;
        }
        let groups = grouped["groups"].as_array().expect("there is a list");
        let found: BTreeMap<String, u64> = groups
            .iter()
            .map(|group| (group["article"].as_str().unwrap_or_default().to_string(), group["total"].as_u64().unwrap_or_default()))
            .collect();
        prop_assert_eq!(found, counts);
        // The first paragraphs of the groups are in the order of the whole.
        let firsts: Vec<String> = groups.iter().filter_map(|group| group["hits"][0].as_str().map(str::to_string)).collect();
        let places: Vec<_> = firsts.iter().map(|first| paged.iter().position(|id| id == first)).collect();
        prop_assert!(places.is_sorted(), "{:?} in {:?}", firsts, paged);
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn spans_lie_on_character_boundaries(
        title in ".{0,40}",
        paragraphs in prop::collection::vec(prop_oneof![".{1,120}", paragraph(), strange_news()], 1..5),
    ) {
        let article = Article { title, paragraphs, ..Article::default() };
        let findings = extract::extract(&article, extract::Own::none());
        for mention in &findings.mentions {
            let text = &article.paragraphs[mention.paragraph];
            prop_assert!(text.get(mention.span.clone()).is_some_and(|found| !found.is_empty()), "{:?} in {:?}", mention, text);
        }
        for quote in &findings.quotes {
            let text = &article.paragraphs[quote.paragraph];
            prop_assert!(text.get(quote.content.clone()).is_some(), "{:?} in {:?}", quote, text);
            if let Some(cue) = &quote.cue {
                prop_assert!(text.get(cue.clone()).is_some(), "{:?} in {:?}", quote, text);
            }
            // Whoever speaks is a person of the paragraph.
            let speakers = findings.mentions.iter().filter(|mention| mention.field.name == "speaker" && mention.paragraph == quote.paragraph);
            prop_assert!(speakers.into_iter().any(|mention| mention.value == quote.speaker) || quote.cue.is_none(), "{:?}", quote);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), extension in prop::sample::select(&["txt", "md", "html", "json", "jsonl"][..])) {
        let sandbox = Sandbox::new();
        sandbox.write(&format!("corpus/a.{extension}"), bytes);
        let outcome = sandbox.run(&["extract", "[TMP]/corpus"]);
        prop_assert!(outcome.code < 2, "{}", outcome);
    }
}

/// Text that looks like news, with marks and letters that are longer than a byte.
fn strange_news() -> impl Strategy<Value = String> {
    let part = prop::sample::select(
        &[
            "“",
            "”",
            "‘",
            "’",
            "\"",
            "—",
            "…",
            "é",
            "\u{301}",
            "鉄",
            "🛳",
            "İ",
            "ß",
            "\u{a0}",
            "\u{200b}",
            " said ",
            " told ",
            "Mr. ",
            "Shinzo Abe",
            "Malmström",
            "U.S.",
            "Section 232",
            "Article XXI",
            "Türkiye",
            "Côte d’Ivoire",
            " of ",
            ", ",
            ". ",
            " he ",
            "DS",
            "543",
            "§",
            "19 U.S.C. ",
            "84 Fed. Reg. ",
            "minister ",
            "(WTO)",
            "-",
        ][..],
    );
    prop::collection::vec(part, 1..30).prop_map(|parts| parts.concat() + "x")
}
