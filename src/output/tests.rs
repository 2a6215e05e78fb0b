//! Every answer in every format, over one small set of articles known by heart.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::Value as Json;

use super::*;
use crate::article::{Head, Mention, Published, Quote};
use crate::lists::Counts;
use crate::report::{DeepReport, ListsReport, Problem};
use crate::search::{
    AxisCounts, Context, CrossCounts, Expansion, FacetCounts, Group, Grouping, Histogram, Hit,
    Interval, Significant, SignificantValue, SignificantValues, Typed,
};

const PLAIN: Style = Style {
    colour: false,
    width: 80,
};
const COLOUR: Style = Style {
    colour: true,
    width: 80,
};
const WIDE: Style = Style {
    colour: false,
    width: 200,
};

#[test]
fn search() {
    check_all("search", &sample_search(&hits(), Page::default()));
}

#[test]
fn search_page() {
    let mut results = hits();
    results.n_paragraphs = 1204;
    results.facets.clear();
    let page = Page {
        offset: 20,
        limit: Some(2),
        group: None,
    };
    check_all("search_page", &sample_search(&results, page));
}

#[test]
fn search_grouped() {
    let page = Page {
        offset: 0,
        limit: Some(2),
        group: Some(Grouping::Article),
    };
    check_all("search_grouped", &sample_search(&groups(), page));
}

#[test]
fn search_grouped_by_speaker() {
    let mut results = groups();
    results.groups[0].value = Some("Shinzo Abe".to_owned());
    results.groups[1].value = Some("=Ada\r\nWriter\x1b[2J".to_owned());
    results.n_groups = 12;
    results.n_without_group = 1204;
    let page = Page {
        offset: 0,
        limit: Some(2),
        group: Some(Grouping::Facet(field("speaker"))),
    };
    check_all("search_grouped_by_speaker", &sample_search(&results, page));
}

#[test]
fn search_with_context() {
    // Of one article #1, #4 and #6 match: the first two of them with what is around, the last adjoins.
    let head = &talks()[0].head;
    let around = |ordinal| paragraph(head, ordinal, "Nobody spoke of\x1b[31m duties.");
    let hit = |ordinal, before: &[usize], after: &[usize]| Hit {
        context: Some(Context {
            before: before.iter().map(|ordinal| around(*ordinal)).collect(),
            after: after.iter().map(|ordinal| around(*ordinal)).collect(),
        }),
        ..hit(paragraph(head, ordinal, "They spoke of steel."), 1.0)
    };
    let other = Hit {
        context: Some(Context::default()),
        ..self::hit(duties(), 0.5)
    };
    let hits = [
        hit(4, &[3], &[5]),
        other,
        hit(1, &[0], &[2]),
        hit(8, &[7], &[9]),
        hit(6, &[5], &[7]),
    ];
    let groups = hits.iter().map(|hit| Group {
        head: Arc::clone(&hit.paragraph.head),
        value: None,
        n_paragraphs: 1,
        hits: vec![hit.clone()],
    });
    let mut results = Results {
        n_paragraphs: 5,
        n_articles: 2,
        groups: groups.collect(),
        ..Results::default()
    };
    check_all(
        "search_with_context",
        &sample_search(&results, Page::default()),
    );
    let [first, other, second, ..] = hits;
    let third = hit(8, &[7], &[9]);
    results.groups = vec![
        Group {
            hits: vec![first, third, second],
            n_paragraphs: 3,
            ..results.groups[0].clone()
        },
        Group {
            hits: vec![other],
            ..results.groups[1].clone()
        },
    ];
    results.n_groups = 2;
    let page = Page {
        group: Some(Grouping::Article),
        ..Page::default()
    };
    check_all("groups_with_context", &sample_search(&results, page));
}

#[test]
fn quotes() {
    let mut hostile = duties();
    hostile.quotes.push(quote(
        &hostile,
        "=Ada\r\nWriter\x1b[2J",
        None,
        "tariffs\tof 25 %",
        true,
    ));
    let mut results = hits();
    results.groups[1].hits[0].paragraph = hostile;
    results.n_paragraphs = 9;
    let answer = |speakers| Answer::Quotes {
        query: "steel",
        expansions: &[],
        results: &results,
        page: Page {
            limit: Some(2),
            ..Page::default()
        },
        speakers,
    };
    check_all("quotes", &answer(&[]));
    check_all("quotes_of_one", &answer(&["Shinzo Abe".to_owned()]));
}

#[test]
fn search_relaxed() {
    let results = Results {
        relaxed: true,
        n_whole: 0,
        facets: Vec::new(),
        ..hits()
    };
    check_all("search_relaxed", &sample_search(&results, Page::default()));
}

#[test]
fn search_empty() {
    let results = Results::default();
    check_all("search_empty", &sample_search(&results, Page::default()));
}

#[test]
fn search_beyond_the_last() {
    let page = Page {
        offset: 50,
        limit: Some(10),
        group: None,
    };
    let results = Results {
        n_paragraphs: 3,
        n_articles: 2,
        ..Results::default()
    };
    check_all("search_beyond_the_last", &sample_search(&results, page));
}

#[test]
fn facets() {
    let mut results = Results {
        groups: Vec::new(),
        ..hits()
    };
    // As where its own flag is given.
    results.facets[0].is_narrowed = false;
    let answer = Answer::Facets {
        query: "tariffs",
        expansions: &[],
        results: &results,
    };
    check_all("facets", &answer);
}

/// Values as texts that are not ours have them.
fn hostile_counts(name: &str) -> FacetCounts {
    let values = [
        ("=HYPERLINK(\"http://example.org\")".to_owned(), 1204),
        ("Ada\r\nWriter\x1b[2J".to_owned(), 31),
        (format!("Committee {}", "of committees ".repeat(40)), 7),
        ("x".repeat(300), 2),
        ("世界貿易機関".to_owned(), 1),
    ];
    FacetCounts {
        field: field(name),
        values: values.to_vec(),
        n_values: 6,
        is_narrowed: true,
    }
}

#[test]
fn facets_crossed() {
    let cross = CrossCounts {
        rows: AxisCounts::Facet(hostile_counts("speaker")),
        columns: AxisCounts::Facet(FacetCounts {
            values: [
                facet_counts().remove(0).values,
                hostile_counts("country").values,
            ]
            .concat(),
            n_values: 34,
            ..facet_counts().remove(0)
        }),
        cells: vec![
            vec![(0, 1000), (2, 3), (3, 204)],
            vec![(1, 31)],
            vec![],
            vec![(7, 2)],
            vec![(0, 1)],
        ],
    };
    let mut results = Results {
        n_paragraphs: 1204,
        n_articles: 40,
        cross: Some(cross),
        ..Results::default()
    };
    check_all("facets_crossed", &sample_facets(&results));
    let topics = AxisCounts::Facet(facet_counts().remove(1));
    results.cross = Some(CrossCounts {
        rows: topics.clone(),
        columns: topics,
        cells: vec![
            vec![(0, 40), (3, 22)],
            vec![(1, 31), (2, 30)],
            vec![],
            vec![],
        ],
    });
    check_all("topics_crossed", &sample_facets(&results));
    let none = AxisCounts::Facet(facet_counts().remove(2));
    results.cross = Some(CrossCounts {
        rows: none.clone(),
        columns: none,
        cells: Vec::new(),
    });
    check_all("nothing_crossed", &sample_facets(&results));
}

#[test]
fn facets_crossed_with_time() {
    let months = |n_undated| {
        AxisCounts::Intervals(Histogram {
            interval: Interval::Month,
            counts: vec![
                (date(2017, 11, 1), 40),
                (date(2018, 2, 1), 1204),
                (date(2020, 1, 1), 3),
            ],
            n_undated,
            asked: (None, None),
        })
    };
    let speakers = AxisCounts::Facet(hostile_counts("speaker"));
    let mut results = Results {
        n_paragraphs: 1204,
        n_articles: 40,
        ..Results::default()
    };
    results.cross = Some(CrossCounts {
        rows: months(1240),
        columns: speakers.clone(),
        cells: vec![
            vec![(0, 40)],
            vec![(0, 1000), (3, 2)],
            vec![],
            vec![(1, 31), (2, 7)],
        ],
    });
    check_all("time_crossed", &sample_facets(&results));
    results.cross = Some(CrossCounts {
        rows: speakers,
        columns: months(0),
        cells: vec![
            vec![(0, 40), (1, 1000)],
            vec![],
            vec![(2, 3)],
            vec![],
            vec![],
        ],
    });
    check_all("crossed_with_time", &sample_facets(&results));
}

#[test]
fn what_is_unusual() {
    let counts = hostile_counts("speaker");
    let value = |(value, count): &(String, u64)| SignificantValue {
        value: value.clone(),
        count: *count,
        count_all: 3 * count,
        ratio: 12.345_678,
        score: 12_345.678_9 / (10 * *count) as f64,
    };
    let values = |field, values: Vec<SignificantValue>| SignificantValues {
        field,
        n_paragraphs: 1204,
        n_values: values.len() * 2,
        values,
    };
    let results = Results {
        n_paragraphs: 1204,
        n_articles: 40,
        significant: Some(Significant {
            n_all: 56_012,
            facets: vec![
                values(counts.field, counts.values.iter().map(value).collect()),
                values(field("country"), Vec::new()),
            ],
        }),
        ..Results::default()
    };
    check_all("what_is_unusual", &sample_facets(&results));
}

#[test]
fn histograms() {
    let mut results = Results {
        n_paragraphs: 1240,
        n_articles: 40,
        ..Results::default()
    };
    let mut check = |name, interval, counts: &[(Date, u64)], n_undated| {
        results.histogram = Some(Histogram {
            interval,
            counts: counts.to_vec(),
            n_undated,
            asked: (None, None),
        });
        check_all(name, &sample_facets(&results));
    };
    let weeks = [
        (date(2020, 12, 21), 3),
        (date(2020, 12, 28), 1),
        (date(2021, 1, 11), 1204),
    ];
    check("histogram_by_week", Interval::Week, &weeks, 32);
    let years = [(date(1987, 1, 1), 40), (date(2018, 1, 1), 1200)];
    check("histogram_by_year", Interval::Year, &years, 0);
    check("histogram_without_dates", Interval::Day, &[], 1240);
}

fn sample_facets(results: &Results) -> Answer<'_> {
    Answer::Facets {
        query: "steel",
        expansions: &[],
        results,
    }
}

#[test]
fn groups_are_named_with_their_members() {
    let results = Results {
        groups: Vec::new(),
        ..hits()
    };
    let field = field("country");
    let expansion = Expansion::Name {
        field,
        name: "USMCA".to_string(),
        values: ["Canada", "Mexico", "United States"]
            .map(str::to_string)
            .to_vec(),
    };
    let expansions = [expansion];
    let answer = Answer::Facets {
        query: "tariffs",
        expansions: &expansions,
        results: &results,
    };
    check_all("facets_of_a_group", &answer);
}

#[test]
fn paragraphs() {
    let paragraphs = [talks(), vec![duties()]].concat();
    let answer = Answer::Paragraphs {
        paragraphs: &paragraphs,
        n_before: 0,
        is_last: true,
    };
    check_all("paragraphs", &answer);
}

#[test]
fn article() {
    let answer = Answer::Article {
        paragraphs: &talks(),
        focus: None,
    };
    check_all("article", &answer);
}

#[test]
fn article_in_focus() {
    let answer = Answer::Article {
        paragraphs: &talks(),
        focus: Some(1),
    };
    check_all("article_in_focus", &answer);
}

fn lists() -> ListsReport {
    ListsReport {
        path: "lists/trade.toml".to_owned(),
        hash: "00c0ffee00c0ffee00c0ffee00c0ffee".to_owned(),
        counts: Counts {
            files: 1,
            people: 2,
            organizations: 1,
            instruments: 0,
            topics: 1,
            hidden: 1204,
        },
    }
}

#[test]
fn stats() {
    let stats = Stats {
        lists: Some(lists()),
        n_with_other_lists: 3,
        index: "index".to_owned(),
        built: "2025-03-01T08:30:00Z".to_owned(),
        program: "tradewire 0.1.0".to_owned(),
        n_sources: 2,
        n_articles: 2,
        n_paragraphs: 1204,
        n_words: 56_012,
        bytes: 12_345_678,
        n_segments: 1,
        first: Some(Published::day(date(2018, 9, 27))),
        last: Some(Published::day(date(2021, 6, 1))),
        facets: facet_counts(),
    };
    check_all("stats", &Answer::Stats(&stats));
}

#[test]
fn check() {
    let mut report = CheckReport {
        index: "index".to_owned(),
        n_files: 14,
        n_sources: 2,
        n_articles: 2,
        n_paragraphs: 1204,
        problems: Vec::new(),
        deep: None,
    };
    check_all("check_whole", &Answer::Check(&report));
    report.problems.push(Problem {
        what: "`index/0a1b.store` differs from its checksum".to_owned(),
        advice: "build the index again: `tradewire index --rebuild`".to_owned(),
    });
    check_all("check_problems", &Answer::Check(&report));
    report.problems.clear();
    let mut deep = DeepReport {
        n_sources: 2,
        n_paragraphs: 1204,
        differences: Vec::new(),
    };
    report.deep = Some(deep.clone());
    check_all("check_deep", &Answer::Check(&report));
    deep.differences.push(Problem {
        what: "`corpus/talks.txt` has changed since it was indexed".to_owned(),
        advice: "bring the index up to date with `tradewire index corpus`".to_owned(),
    });
    report.deep = Some(deep);
    check_all("check_differences", &Answer::Check(&report));
}

#[test]
fn indexed() {
    let report = IndexReport {
        lists: Some(lists()),
        lists_changed: true,
        n_with_other_lists: 1,
        index: "index".to_owned(),
        n_added: 1204,
        n_changed: 1,
        n_unchanged: 60,
        n_removed: 0,
        n_skipped: 1,
        n_parts_skipped: 1023,
        n_articles: 1265,
        n_undated: 12,
        n_paragraphs: 14_810,
        faults: vec!["corpus/broken.json: ends within a string".to_owned()],
        seconds: 1.26,
    };
    check_all("indexed", &Answer::Indexed(&report));
}

#[test]
fn formats_have_one_name_each_and_help() {
    let mut names: Vec<&str> = OUTPUTS.iter().map(|output| output.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), OUTPUTS.len());
    assert!(OUTPUTS.iter().all(|output| !output.help.is_empty()));
    assert!(output("json").is_some_and(|output| output.name == "json"));
    assert!(output("xml").is_none());
}

#[test]
fn batches_make_one_answer() {
    let paragraphs = [talks(), vec![duties()]].concat();
    for output in OUTPUTS.iter().filter(|output| output.name != "text") {
        let whole = Answer::Paragraphs {
            paragraphs: &paragraphs,
            n_before: 0,
            is_last: true,
        };
        let whole = written(output, &whole, PLAIN);
        // Batches may be empty, the first and the last as well.
        let mut parts = String::new();
        let mut n_before = 0;
        for batch in [&paragraphs[..0], &paragraphs[..1], &[], &paragraphs[1..]] {
            let part = Answer::Paragraphs {
                paragraphs: batch,
                n_before,
                is_last: false,
            };
            parts += &written(output, &part, PLAIN);
            n_before += batch.len() as u64;
        }
        let end = Answer::Paragraphs {
            paragraphs: &[],
            n_before,
            is_last: true,
        };
        parts += &written(output, &end, PLAIN);
        assert_eq!(parts, whole, "{}", output.name);
    }
}

#[test]
fn no_paragraphs_are_an_empty_document() {
    let nothing = Answer::Paragraphs {
        paragraphs: &[],
        n_before: 0,
        is_last: true,
    };
    let all = OUTPUTS
        .iter()
        .map(|output| written(output, &nothing, PLAIN));
    let header = "id,article,ordinal,title,byline,publisher,published,url,path,language,\
        countries,people,speakers,topics,instruments,organizations,text,score\r\n";
    assert_eq!(all.collect::<Vec<_>>(), ["", "[]\n", "", header]);
}

#[test]
fn tables_have_no_formulas() {
    let mut paragraph = duties();
    paragraph.text = "=HYPERLINK(\"http://example.org\"; \"duties\")".to_owned();
    let table = written(
        output("csv").expect("there is a format csv"),
        &Answer::Paragraphs {
            paragraphs: &[paragraph],
            n_before: 1,
            is_last: true,
        },
        PLAIN,
    );
    assert!(
        table.ends_with(",\"'=HYPERLINK(\"\"http://example.org\"\"; \"\"duties\"\")\",\r\n"),
        "{table}"
    );
}

#[test]
fn a_closed_pipe_is_known_as_one() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    // More than any buffer holds.
    let paragraphs = vec![duties(); 1000];
    let answer = Answer::Paragraphs {
        paragraphs: &paragraphs,
        n_before: 0,
        is_last: true,
    };
    for output in OUTPUTS {
        let error = (output.write)(&answer, &PLAIN, &mut Closed).expect_err("the pipe is closed");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{}", output.name);
    }
}

proptest! {
    #[test]
    fn json_gives_back_the_same_places(paragraph in any_paragraph()) {
        let answer = Answer::Paragraphs { paragraphs: std::slice::from_ref(&paragraph), n_before: 0, is_last: true };
        let line = written(output("jsonl").expect("there is a format jsonl"), &answer, PLAIN);
        prop_assert_eq!(line.lines().count(), 1);
        let json: Json = serde_json::from_str(&line).expect("the line is JSON");
        prop_assert_eq!(&json["text"], &paragraph.text);
        prop_assert_eq!(&json["id"], &paragraph.id());
        let characters: Vec<char> = paragraph.text.chars().collect();
        let words = |object: &Json| -> String {
            let place = |key| object[key].as_u64().expect("places are numbers") as usize;
            characters[place("start")..place("end")].iter().collect()
        };
        for (mention_idx, mention) in paragraph.mentions.iter().enumerate() {
            let object = &json["mentions"][mention_idx];
            prop_assert_eq!(&object["facet"], mention.field.name);
            prop_assert_eq!(&object["value"], &*mention.value);
            prop_assert_eq!(words(object), &paragraph.text[mention.span.clone()]);
        }
        for (quote_idx, quote) in paragraph.quotes.iter().enumerate() {
            let object = &json["quotes"][quote_idx];
            prop_assert_eq!(words(object), &paragraph.text[quote.content.clone()]);
            prop_assert_eq!(object["cue"].as_str(), quote.cue.clone().map(|cue| &paragraph.text[cue]));
        }
    }

    #[test]
    fn text_controls_no_terminal(
        paragraph in any_paragraph(),
        query in any::<String>(),
        width in prop_oneof![0..300_usize, Just(usize::MAX)],
        group in prop::sample::select(vec![None, Some(Grouping::Article), Some(Grouping::Facet(field("speaker")))]),
        has_context in any::<bool>(),
    ) {
        let hit = Hit {
            highlights: paragraph.mentions.iter().map(|mention| mention.span.clone()).collect(),
            paragraph: paragraph.clone(),
            score: 1.0,
            context: has_context.then(|| Context { before: vec![paragraph.clone()], after: vec![Paragraph { ordinal: 1, ..paragraph.clone() }] }),
            parts: vec![(0, 1.0)],
        };
        let value = matches!(group, Some(Grouping::Facet(_))).then(|| query.clone());
        let counts = FacetCounts {
            field: field("topic"),
            values: paragraph.mentions.iter().map(|mention| (mention.value.to_string(), 1)).collect(),
            n_values: paragraph.mentions.len(), is_narrowed: true, };
        let unusual = counts.values.iter().map(|(value, _)| SignificantValue { value: value.clone(), count: 1, count_all: 1, ratio: 1.0, score: 1.0 });
        let unusual = SignificantValues { field: counts.field, n_paragraphs: 1, values: unusual.collect(), n_values: 1 };
        let results = Results {
            n_paragraphs: 1,
            n_articles: 1,
            relaxed: false,
            n_whole: 0,
            groups: vec![Group { head: Arc::clone(&paragraph.head), value, n_paragraphs: 1, hits: vec![hit] }],
            cross: Some(CrossCounts { rows: AxisCounts::Facet(counts.clone()), columns: AxisCounts::Facet(counts.clone()), cells: vec![vec![(0, 1)]; counts.values.len()] }),
            significant: Some(Significant { n_all: 1, facets: vec![unusual] }),
            facets: vec![counts],
            ..Results::default()
        };
        let problem = Problem { what: query.clone(), advice: query.clone() };
        let report = CheckReport { index: query.clone(), problems: vec![problem], ..CheckReport::default() };
        let indexed = IndexReport { index: query.clone(), ..IndexReport::default() };
        let stats = Stats { index: query.clone(), built: query.clone(), ..Stats::default() };
        let paragraphs = std::slice::from_ref(&paragraph);
        let typed = Typed { query: query.clone(), flags: vec![(query.clone(), query.clone())] };
        let alert = AlertReport { name: query.clone(), typed, note: Some(query.clone()), ..AlertReport::default() };
        let news = &results.groups[0].hits;
        let lines = written(output("jsonl").expect("there is a format jsonl"), &Answer::News { alert: &alert, hits: news, n_before: 0, n_before_all: 0 }, PLAIN);
        let line: serde_json::Value = serde_json::from_str(&lines).expect("it is JSON");
        prop_assert_eq!(line["alert"].as_str(), Some(&*query));
        let answers = [
            Answer::Search { query: &query, expansions: &[], results: &results, page: Page { group, ..Page::default() } },
            Answer::Search { query: &query, expansions: &[], results: &Results::default(), page: Page::default() },
            Answer::Facets { query: &query, expansions: &[], results: &results },
            Answer::Quotes { query: &query, expansions: &[], results: &results, page: Page::default(), speakers: &[] },
            Answer::Paragraphs { paragraphs, n_before: 0, is_last: true },
            Answer::Article { paragraphs, focus: None },
            Answer::Article { paragraphs, focus: Some(0) },
            Answer::Stats(&stats),
            Answer::Check(&report),
            Answer::Indexed(&indexed),
            Answer::Alerts(std::slice::from_ref(&alert)),
            Answer::News { alert: &alert, hits: news, n_before: 0, n_before_all: 0 },
            Answer::NewsEnd { n_hits: 0 },
        ];
        for answer in &answers {
            let table = written(output("csv").expect("there is a format csv"), answer, PLAIN);
            prop_assert!(!table.chars().any(|c| c.is_control() && !matches!(c, '\r' | '\n' | '\t')), "{:?}", table);
            let text = written(&OUTPUTS[0], answer, Style { colour: false, width });
            prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{:?}", text);
            let text = without_our_codes(&written(&OUTPUTS[0], answer, Style { colour: true, width }));
            prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{:?}", text);
        }
    }
}

/// Snapshots an answer in every format, and text in its styles as well.
fn check_all(name: &str, answer: &Answer) {
    let mut page = String::new();
    let mut add = |heading: &str, text: &str| {
        page += &format!("──── {heading}\n{text}");
    };
    add("text", &written(&OUTPUTS[0], answer, PLAIN));
    add("text, wide", &written(&OUTPUTS[0], answer, WIDE));
    let coloured = written(&OUTPUTS[0], answer, COLOUR);
    add("text, in colour", &coloured.replace('\x1b', "␛"));
    for output in &OUTPUTS[1..] {
        add(
            output.name,
            &written(output, answer, PLAIN).replace('\r', ""),
        );
    }
    insta::assert_snapshot!(name, page);
}

fn written(output: &Output, answer: &Answer, style: Style) -> String {
    let mut bytes = Vec::new();
    (output.write)(answer, &style, &mut bytes).expect("a vector takes all bytes");
    String::from_utf8(bytes).expect("answers are UTF-8")
}

/// Takes away `ESC [ digits and semicolons m`.
fn without_our_codes(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        clean += rest.strip_prefix('m').unwrap_or("\x1b");
    }
    clean
}

fn sample_search<'a>(results: &'a Results, page: Page) -> Answer<'a> {
    Answer::Search {
        query: "steel tariffs",
        expansions: &[],
        results,
        page,
    }
}

fn field(name: &str) -> &'static Field {
    schema::field(name).expect("the schema has the field")
}

/// A wire story of two paragraphs, with all that there can be.
fn talks() -> Vec<Paragraph> {
    let head = Arc::new(Head {
        id: "2018/tokyo-talks".to_owned(),
        path: "corpus/2018/tokyo-talks.txt".to_owned(),
        title: "Tokyo opens talks on steel tariffs".to_owned(),
        byline: Some("By Ada Writer".to_owned()),
        publisher: Some("Harbour Wire".to_owned()),
        published: Some(Published {
            date: date(2018, 9, 27),
            second_of_day: Some(14 * 3600 + 5 * 60),
        }),
        url: Some("https://example.org/2018/tokyo-talks".to_owned()),
        language: Some("en".to_owned()),
    });
    let mut first = paragraph(
        &head,
        0,
        "“We will not accept tariffs on steel,” [Prime Minister [Abe|person=Shinzo Abe|speaker=Shinzo Abe]|person=Shinzo Abe] \
         said in [Tokyo|country=Japan] – a day after [Washington|country=United States] opened a \
         [Section 232|instrument=Section 232|topic=trade-remedies/section-232] inquiry into [steel|topic=sectors/steel].",
    );
    first.quotes.push(quote(
        &first,
        "Shinzo Abe",
        Some("said"),
        "We will not accept tariffs on steel,",
        true,
    ));
    let mut second = paragraph(
        &head,
        1,
        "[Abe|person=Shinzo Abe|speaker=Shinzo Abe] told reporters that [Japan|country=Japan] would go to the \
         [World Trade Organization|organization=World Trade Organization] (世界貿易機関) if the tariffs came.",
    );
    second.quotes.push(quote(
        &second,
        "Shinzo Abe",
        Some("told"),
        "Japan would go to the World Trade Organization (世界貿易機関) if the tariffs came",
        false,
    ));
    vec![first, second]
}

/// A paragraph of which hardly anything is known.
fn duties() -> Paragraph {
    let head = Arc::new(Head {
        id: "duties".to_owned(),
        path: "corpus/duties.md".to_owned(),
        title: "Duties, \"quotas\" and a headline that goes on for longer than eighty columns of text can hold"
            .to_owned(),
        ..Head::default()
    });
    paragraph(&head, 7, "Zölle auf Stahl: \x1b[31mtariffs\tof 25 %.")
}

/// A paragraph out of `[words|facet=value|facet=value]`, brackets within brackets allowed.
fn paragraph(head: &Arc<Head>, ordinal: usize, marked: &str) -> Paragraph {
    let mut text = String::new();
    let mut mentions = Vec::new();
    let mut starts = Vec::new();
    let mut rest = marked;
    while let Some(place) = rest.find(['[', '|', ']']) {
        // An escape sequence is no mark.
        if rest[..place].ends_with('\x1b') {
            text.push_str(&rest[..=place]);
            rest = &rest[place + 1..];
            continue;
        }
        text.push_str(&rest[..place]);
        let mark = &rest[place..=place];
        rest = &rest[place + 1..];
        match mark {
            "[" => starts.push(text.len()),
            "]" => drop(starts.pop()),
            _ => {
                let end = rest.find(['|', ']']).expect("a mention ends");
                let (facet, value) = rest[..end].split_once('=').expect("a facet has a value");
                rest = &rest[end..];
                mentions.push(Mention {
                    field: field(facet),
                    value: value.to_owned().into(),
                    paragraph: ordinal,
                    span: *starts.last().expect("a mention begins")..text.len(),
                    rule: "by hand",
                });
            }
        }
    }
    text.push_str(rest);
    mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
    Paragraph {
        sentences: Vec::new(),
        head: Arc::clone(head),
        ordinal,
        text,
        mentions,
        quotes: Vec::new(),
    }
}

fn quote(
    paragraph: &Paragraph,
    speaker: &str,
    cue: Option<&str>,
    content: &str,
    direct: bool,
) -> Quote {
    Quote {
        speaker: speaker.to_owned().into(),
        paragraph: paragraph.ordinal,
        cue: cue.map(|cue| place(paragraph, cue)),
        content: place(paragraph, content),
        direct,
        rule: "by hand",
    }
}

fn place(paragraph: &Paragraph, words: &str) -> Range<usize> {
    let start = paragraph.text.find(words).expect("the words are there");
    start..start + words.len()
}

fn hit(paragraph: Paragraph, score: f32) -> Hit {
    let words = ["steel", "tariffs"];
    let places = words
        .iter()
        .flat_map(|word| paragraph.text.match_indices(word));
    let mut highlights: Vec<Range<usize>> = places
        .map(|(start, word)| start..start + word.len())
        .collect();
    highlights.sort_by_key(|place| place.start);
    Hit {
        paragraph,
        score,
        highlights,
        context: None,
        parts: Vec::new(),
    }
}

fn hits() -> Results {
    let hits = [hit(talks().remove(0), 7.5), hit(duties(), 3.25)];
    Results {
        n_paragraphs: 2,
        n_articles: 2,
        relaxed: false,
        n_whole: 0,
        groups: hits
            .map(|hit| Group {
                head: Arc::clone(&hit.paragraph.head),
                value: None,
                n_paragraphs: 1,
                hits: vec![hit],
            })
            .to_vec(),
        facets: facet_counts(),
        ..Results::default()
    }
}

fn groups() -> Results {
    let group = |n_paragraphs, hits: Vec<Hit>| Group {
        head: Arc::clone(&hits[0].paragraph.head),
        value: None,
        n_paragraphs,
        hits,
    };
    let talks = talks().into_iter().map(|paragraph| hit(paragraph, 7.5));
    Results {
        n_paragraphs: 9,
        n_articles: 3,
        n_groups: 3,
        relaxed: false,
        n_whole: 0,
        groups: vec![
            group(2, talks.collect()),
            group(6, vec![hit(duties(), 3.25)]),
        ],
        ..Results::default()
    }
}

fn facet_counts() -> Vec<FacetCounts> {
    let counts = |name, n_values, values: &[(&str, u64)]| FacetCounts {
        field: field(name),
        values: values
            .iter()
            .map(|&(value, count)| (value.to_owned(), count))
            .collect(),
        n_values,
        is_narrowed: true,
    };
    vec![
        counts(
            "country",
            34,
            &[
                ("United States", 1204),
                ("Japan", 310),
                ("Côte d’Ivoire", 3),
            ],
        ),
        counts(
            "topic",
            4,
            &[
                ("sectors", 40),
                ("trade-remedies", 31),
                ("trade-remedies/section-232", 30),
                ("sectors/steel", 22),
            ],
        ),
        counts("speaker", 0, &[]),
    ]
}

/// Any text with mentions and quotes anywhere on its character boundaries.
fn any_paragraph() -> impl Strategy<Value = Paragraph> {
    let text = prop_oneof![
        any::<String>(),
        // Long enough that wrapping and counting have work to do.
        proptest::collection::vec("[a-zé鉄\u{1b}\u{9b}\u{202e} \n\\[]{0,9}", 0..60)
            .prop_map(|words| words.join(" ")),
    ];
    let spans = || {
        proptest::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
            0..12,
        )
    };
    (text, any::<[String; 4]>(), spans(), spans()).prop_map(|(text, head, mentions, quotes)| {
        let [id, title, publisher, value] = head;
        let mut bounds: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        bounds.push(text.len());
        let place = |(left, right): &(prop::sample::Index, prop::sample::Index)| {
            let (left, right) = (*left.get(&bounds), *right.get(&bounds));
            left.min(right)..left.max(right)
        };
        let facets: Vec<&'static Field> = schema::facets().collect();
        let mention = |(mention_idx, span)| Mention {
            field: facets[mention_idx % facets.len()],
            value: format!("{value}/{}", mention_idx % 3).into(),
            paragraph: 0,
            span: place(span),
            rule: "any",
        };
        let quote = |(quote_idx, span)| Quote {
            speaker: value.clone().into(),
            paragraph: 0,
            cue: (quote_idx % 2 == 0).then(|| place(span)),
            content: place(span),
            direct: quote_idx % 3 == 0,
            rule: "any",
        };
        let mentions = mentions.iter().enumerate().map(mention).collect();
        let quotes = quotes.iter().enumerate().map(quote).collect();
        let head = Arc::new(Head {
            path: id.clone(),
            byline: Some(title.clone()),
            url: Some(id.clone()),
            language: Some(publisher.clone()),
            id,
            title,
            publisher: Some(publisher),
            published: None,
        });
        Paragraph {
            sentences: Vec::new(),
            head,
            ordinal: 0,
            text,
            mentions,
            quotes,
        }
    })
}
