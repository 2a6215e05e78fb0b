//! What is counted in an answer: the engine agrees with a reader who goes through all that `extract` prints, one paragraph by
//! one, and knows nothing of it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;
use tradewire::schema;

use crate::properties::{config, has_phrase, indexed, stories, values, word};
use crate::sandbox::Sandbox;

/// Flags that narrow, each a facet with some of its values.
#[derive(Debug, Clone, Default)]
struct Narrowing {
    filters: Vec<(&'static str, Vec<&'static str>)>,
    exclude: Option<(&'static str, &'static str)>,
    after: Option<u32>,
}

const NARROWED_BY: &[(&str, &[&str])] = &[
    ("country", &["Japan", "Canada", "China"]),
    ("speaker", &["Shinzo Abe", "Robert Lighthizer"]),
    ("publisher", &["Gazette", "Ledger"]),
    ("topic", &["trade-remedies", "sectors/metals"]),
];

fn narrowing() -> impl Strategy<Value = Narrowing> {
    let filter = prop::sample::select(NARROWED_BY).prop_flat_map(|(facet, values)| {
        let values = prop::sample::subsequence(values.to_vec(), 1..=values.len());
        values.prop_map(move |values| (facet, values))
    });
    let exclusion = prop::sample::select(&[("country", "Mexico"), ("country", "Japan")][..]);
    let filters = prop::collection::vec(filter, 0..3);
    let parts = (
        filters,
        prop::option::of(exclusion),
        prop::option::of(2017..2020u32),
    );
    parts.prop_map(|(mut filters, exclude, after)| {
        filters.sort();
        filters.dedup_by_key(|(facet, _)| *facet);
        Narrowing {
            filters,
            exclude,
            after,
        }
    })
}

impl Narrowing {
    /// Without what no paragraph has: naming that is an error.
    fn known(mut self, paragraphs: &BTreeMap<String, Value>) -> Narrowing {
        let is_known = |facet: &str, value: &str| {
            paragraphs
                .values()
                .any(|paragraph| values(paragraph, facet).contains(value))
        };
        for (facet, values) in &mut self.filters {
            values.retain(|value| is_known(facet, value));
        }
        self.filters.retain(|(_, values)| !values.is_empty());
        self.exclude = self.exclude.filter(|(facet, value)| is_known(facet, value));
        self
    }

    fn flags(&self) -> Vec<String> {
        let mut flags = Vec::new();
        for (facet, values) in &self.filters {
            flags.extend(values.iter().map(|value| format!("--{facet}={value}")));
        }
        flags.extend(
            self.exclude
                .map(|(facet, value)| format!("--exclude={facet}={value}")),
        );
        flags.extend(self.after.map(|year| format!("--after={year}")));
        flags
    }

    /// Whether a paragraph meets it; the filter of one facet may be left out of account.
    fn is_met(&self, paragraph: &Value, but: Option<&str>) -> bool {
        let mut filters = self.filters.iter().filter(|(facet, _)| Some(*facet) != but);
        let is_in = filters.all(|(facet, wanted)| {
            let held = values(paragraph, facet);
            wanted.iter().any(|value| held.contains(*value))
        });
        let is_out = self
            .exclude
            .is_some_and(|(facet, value)| values(paragraph, facet).contains(value));
        let is_late = self.after.is_none_or(|after| {
            let year = paragraph["published"]
                .as_str()
                .map(|date| date[..4].parse::<u32>());
            year.is_some_and(|year| year.is_ok_and(|year| year >= after))
        });
        is_in && !is_out && is_late
    }
}

fn counted<'a>(
    paragraphs: impl IntoIterator<Item = &'a Value>,
    facet: &str,
) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for paragraph in paragraphs {
        for value in values(paragraph, facet) {
            *counts.entry(value).or_default() += 1;
        }
    }
    counts
}

fn facets(sandbox: &Sandbox, arguments: &[&str], query: &str, flags: &[String]) -> Value {
    let mut all = vec!["facets", "--format", "json"];
    all.extend(arguments);
    all.extend(flags.iter().map(String::as_str));
    all.extend(["--", query]);
    // What names the facet stands before the query, on its side of the flags.
    if let Some(at) = all.iter().position(|argument| *argument == "FACET") {
        let facet = all.remove(at + 1);
        all.remove(at);
        let last = all.len() - 1;
        all.insert(last, facet);
    }
    let outcome = sandbox.run(&all);
    assert!(outcome.code < 2, "{outcome}");
    serde_json::from_str(&outcome.stdout).expect("the answer is JSON")
}

fn rows(list: &Value) -> BTreeMap<String, u64> {
    let rows = list.as_array().expect("there is a list");
    rows.iter()
        .map(|row| {
            let value = row["value"].as_str().unwrap_or_default().to_string();
            (value, row["count"].as_u64().unwrap_or_default())
        })
        .collect()
}

proptest! {
    #![proptest_config(config(10))]

    #[test]
    fn counts_are_those_of_a_reader(
        stories in stories(),
        asked in prop::collection::vec((word(), narrowing()), 4),
    ) {
        let (sandbox, paragraphs) = indexed(&stories);
        for (word, narrowing) in asked {
            let narrowing = narrowing.known(&paragraphs);
            let flags = narrowing.flags();
            for query in ["", word] {
                let has_word = |paragraph: &&Value| query.is_empty() || has_phrase(paragraph, &[query]);
                let matching = |but: Option<&str>| -> Vec<&Value> {
                    let all = paragraphs.values().filter(has_word);
                    all.filter(|paragraph| narrowing.is_met(paragraph, but)).collect()
                };
                let answer = matching(None);
                for facet in schema::facets() {
                    let all = ["--limit", "all", "FACET", facet.name];
                    let found = facets(&sandbox, &all, query, &flags);
                    prop_assert_eq!(found["total"].as_u64(), Some(answer.len() as u64), "{:?} {}", &flags, query);
                    let own = matching(Some(facet.name));
                    let expected = counted(own.iter().copied(), facet.name);
                    prop_assert_eq!(rows(&found["facets"][facet.name]["values"]), expected.clone(), "{} {:?} {}", facet.name, &flags, query);

                    let found = facets(&sandbox, &["--match", "an", "--limit", "all", "FACET", facet.name], query, &flags);
                    let with = expected.iter().filter(|(value, _)| value.to_lowercase().contains("an"));
                    let with: BTreeMap<String, u64> = with.map(|(value, count)| (value.clone(), *count)).collect();
                    prop_assert_eq!(rows(&found["facets"][facet.name]["values"]), with);

                    let found = facets(&sandbox, &["--significant", "--limit", "all", "FACET", facet.name], query, &flags);
                    let behind = counted(paragraphs.values(), facet.name);
                    let of_facet = &found["significant"]["facets"][facet.name];
                    prop_assert_eq!(of_facet["paragraphs"].as_u64(), Some(answer.len() as u64));
                    let expected = counted(answer.iter().copied(), facet.name);
                    let (n_own, n_all) = (answer.len() as f64, paragraphs.len() as f64);
                    let unusual = expected.iter().filter_map(|(value, count)| {
                        let (inside, all) = (*count as f64, behind[value] as f64);
                        let table = [(inside, n_own, all), (n_own - inside, n_own, n_all - all), (all - inside, n_all - n_own, all), (n_all - n_own - all + inside, n_all - n_own, n_all - all)];
                        let parts = table.iter().filter(|(observed, ..)| *observed > 0.0);
                        let score = 2.0 * parts.map(|(observed, row, column)| observed * (observed * n_all / row / column).ln()).sum::<f64>();
                        (inside / n_own > all / n_all && score >= 3.84).then_some((value.clone(), (*count, behind[value], (score * 100.0).round())))
                    });
                    let unusual: BTreeMap<String, (u64, u64, f64)> = unusual.collect();
                    let listed = of_facet["values"].as_array().expect("there is a list");
                    let scores: Vec<f64> = listed.iter().filter_map(|row| row["score"].as_f64()).collect();
                    prop_assert!(scores.is_sorted_by(|left, right| left >= right));
                    let listed: BTreeMap<String, (u64, u64, f64)> = listed.iter().map(|row| {
                        let number = |key: &str| row[key].as_u64().unwrap_or_default();
                        let score = row["score"].as_f64().unwrap_or_default();
                        (row["value"].as_str().unwrap_or_default().to_string(), (number("count"), number("count_all"), (score * 100.0).round()))
                    }).collect();
                    prop_assert_eq!(listed.keys().collect::<Vec<_>>(), unusual.keys().collect::<Vec<_>>());
                    for (value, (count, behind, score)) in &listed {
                        prop_assert_eq!((count, behind), (&unusual[value].0, &unusual[value].1));
                        prop_assert!((score - unusual[value].2).abs() <= 1.0, "{} {}", value, score);
                    }
                }
                for crossed in ["speaker,country", "country,country", "topic,publisher"] {
                    let found = facets(&sandbox, &["--cross", crossed, "--limit", "all", "--columns", "all"], query, &flags);
                    let (row_facet, column_facet) = crossed.split_once(',').expect("there are two");
                    let cross = &found["cross"];
                    prop_assert_eq!(rows(&cross["rows"]["values"]), counted(answer.iter().copied(), row_facet));
                    prop_assert_eq!(rows(&cross["columns"]["values"]), counted(answer.iter().copied(), column_facet));
                    for row in cross["rows"]["values"].as_array().expect("there are rows") {
                        let value = row["value"].as_str().unwrap_or_default();
                        let with = answer.iter().copied().filter(|paragraph| values(paragraph, row_facet).contains(value));
                        prop_assert_eq!(rows(&row["cells"]), counted(with, column_facet));
                    }
                }
                for (interval, length) in [("year", 4), ("month", 7), ("day", 10)] {
                    let found = facets(&sandbox, &["--by", interval], query, &flags);
                    let mut expected: BTreeMap<&str, u64> = BTreeMap::new();
                    let dates = answer.iter().filter_map(|paragraph| paragraph["published"].as_str());
                    for date in dates {
                        *expected.entry(&date[..length]).or_default() += 1;
                    }
                    let n_dated: u64 = expected.values().sum();
                    let histogram = &found["histogram"];
                    prop_assert_eq!(histogram["undated"].as_u64(), Some(answer.len() as u64 - n_dated));
                    let buckets = histogram["buckets"].as_array().expect("there is a list");
                    let labels: Vec<&str> = buckets.iter().filter_map(|bucket| bucket["bucket"].as_str()).collect();
                    prop_assert!(labels.is_sorted());
                    prop_assert_eq!(labels.iter().collect::<BTreeSet<_>>().len(), labels.len());
                    // From the time on that was asked for.
                    let asked = narrowing.after.map(|year| format!("{year}-01-01")[..length].to_string());
                    let asked = asked.as_deref().filter(|_| !expected.is_empty());
                    prop_assert_eq!(labels.first(), asked.as_ref().or(expected.keys().next()));
                    prop_assert_eq!(labels.last(), expected.keys().last());
                    for bucket in buckets {
                        let label = bucket["bucket"].as_str().unwrap_or_default();
                        prop_assert_eq!(bucket["count"].as_u64(), Some(expected.get(label).copied().unwrap_or(0)), "{}", label);
                    }

                    let found = facets(&sandbox, &["--cross", &format!("{interval},speaker")], query, &flags);
                    let rows_found = found["cross"]["rows"]["values"].as_array().expect("there are rows");
                    let dated = rows_found.iter().filter(|row| row["value"].is_string());
                    let dated: Vec<(&str, Option<u64>)> = dated.map(|row| (row["value"].as_str().unwrap_or_default(), row["count"].as_u64())).collect();
                    let same = buckets.iter().map(|bucket| (bucket["bucket"].as_str().unwrap_or_default(), bucket["count"].as_u64()));
                    prop_assert_eq!(dated, same.collect::<Vec<_>>());
                    let turned = facets(&sandbox, &["--cross", &format!("speaker,{interval}")], query, &flags);
                    for row in rows_found {
                        let of_row = |paragraph: &&Value| paragraph["published"].as_str().map(|date| &date[..length]) == row["value"].as_str();
                        let with: Vec<&Value> = answer.iter().copied().filter(of_row).collect();
                        prop_assert_eq!(row["count"].as_u64(), Some(with.len() as u64));
                        prop_assert_eq!(rows(&row["cells"]), counted(with.iter().copied(), "speaker"));
                        // The other way round it is the same.
                        for speaker in turned["cross"]["rows"]["values"].as_array().expect("there are rows") {
                            let cells = speaker["cells"].as_array().expect("there are cells").iter();
                            let cell = cells.filter(|cell| cell["value"] == row["value"]).find_map(|cell| cell["count"].as_u64());
                            let name = speaker["value"].as_str().unwrap_or_default();
                            let cells = rows(&row["cells"]);
                            prop_assert_eq!(cell, cells.get(name).copied());
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn groups_quotes_and_context_are_those_of_a_reader(
        stories in stories(),
        asked in prop::collection::vec((word(), narrowing()), 3),
        around in 0..3usize,
    ) {
        let (sandbox, paragraphs) = indexed(&stories);
        for (word, narrowing) in asked {
            let narrowing = narrowing.known(&paragraphs);
            let flags = narrowing.flags();
            for query in ["", word] {
                let matching: Vec<(&String, &Value)> = paragraphs.iter().filter(|(_, paragraph)| {
                    (query.is_empty() || has_phrase(paragraph, &[query])) && narrowing.is_met(paragraph, None)
                }).collect();
                let search = |arguments: &[&str]| -> Value {
                    let mut all = vec!["search", "--format", "json", "--facets", "none"];
                    all.extend(arguments);
                    all.extend(flags.iter().map(String::as_str));
                    all.extend(["--", query]);
                    let outcome = sandbox.run(&all);
                    assert!(outcome.code < 2, "{outcome}");
                    serde_json::from_str(&outcome.stdout).expect("the answer is JSON")
                };
                for facet in ["speaker", "country"] {
                    let only = narrowing.filters.iter().find(|(name, _)| *name == facet);
                    let is_wanted = |value: &String| only.is_none_or(|(_, values)| values.contains(&value.as_str()));
                    let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
                    for (id, paragraph) in &matching {
                        for value in values(paragraph, facet).into_iter().filter(is_wanted) {
                            expected.entry(value).or_default().insert(id.to_string());
                        }
                    }
                    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
                    // Page by page: nothing is lost or comes twice.
                    for page in 0..=expected.len() / 2 {
                        let offset = (2 * page).to_string();
                        let answer = search(&["--group", facet, "--per-group", "all", "--limit", "2", "--offset", &offset]);
                        prop_assert_eq!(answer["total"].as_u64(), Some(matching.len() as u64));
                        for group in answer["groups"].as_array().expect("there is a list") {
                            let hits = group["hits"].as_array().expect("there is a list");
                            prop_assert_eq!(group["total"].as_u64(), Some(hits.len() as u64));
                            let ids = hits.iter().filter_map(|id| id.as_str().map(str::to_string)).collect();
                            found.push((group["value"].as_str().unwrap_or_default().to_string(), ids));
                        }
                    }
                    prop_assert_eq!(found.len(), expected.len());
                    prop_assert_eq!(found.into_iter().collect::<BTreeMap<_, _>>(), expected);
                }

                let answer = search(&["--quotes", "--limit", "all"]);
                let speakers: Vec<&str> = narrowing.filters.iter().filter(|(facet, _)| *facet == "speaker").flat_map(|(_, values)| values.clone()).collect();
                let quotes = matching.iter().flat_map(|(id, paragraph)| {
                    let quotes = paragraph["quotes"].as_array().expect("there is a list").iter();
                    quotes.map(|quote| (id.to_string(), quote["start"].as_u64(), quote["speaker"].as_str().unwrap_or_default()))
                });
                let mut expected: Vec<_> = quotes.filter(|(.., speaker)| speakers.is_empty() || speakers.contains(speaker)).collect();
                let found = answer["quotes"].as_array().expect("there is a list").iter();
                let mut found: Vec<_> = found.map(|quote| (quote["id"].as_str().unwrap_or_default().to_string(), quote["quote"]["start"].as_u64(), quote["quote"]["speaker"].as_str().unwrap_or_default())).collect();
                expected.sort();
                found.sort();
                prop_assert_eq!(found, expected);

                let number = around.to_string();
                let answer = search(&["-C", &number, "--limit", "all"]);
                for hit in answer["hits"].as_array().expect("there is a list") {
                    let (article, ordinal) = (hit["article"].as_str().unwrap_or_default(), hit["ordinal"].as_u64().unwrap_or_default());
                    let id = |ordinal: u64| format!("{article}#{ordinal}");
                    let before: Vec<&Value> = (ordinal.saturating_sub(around as u64)..ordinal).map(|ordinal| &paragraphs[&id(ordinal)]).collect();
                    let after: Vec<&Value> = (ordinal + 1..=ordinal + around as u64).filter_map(|ordinal| paragraphs.get(&id(ordinal))).collect();
                    prop_assert_eq!(&hit["before"], &serde_json::json!(before));
                    prop_assert_eq!(&hit["after"], &serde_json::json!(after));
                }
            }
        }
    }
}
