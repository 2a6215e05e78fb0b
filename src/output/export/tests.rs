//! Every format of export over a few paragraphs, some of them with names that are out for mischief.

use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::article::{Head, Paragraph, Published};
use crate::search::Typed;

fn provenance() -> Provenance {
    Provenance {
        typed: Typed {
            query: "=steel\r\n@misc{x, \"tariffs\"".to_owned(),
            flags: vec![("country".to_owned(), "south korea".to_owned())],
        },
        expansions: Vec::new(),
        sort: Sort::Relevance,
        question: "q 1".to_owned(),
        program: "tradewire 0.1.0".to_owned(),
        index: "index".to_owned(),
        built: "2025-03-01T08:30:00Z".to_owned(),
        lists: None,
        n_paragraphs: 3,
        n_articles: 3,
        relaxed: false,
    }
}

fn hits() -> Vec<Hit> {
    let plain = Head {
        id: "2018/tokyo-talks".to_owned(),
        path: "corpus/2018/tokyo-talks.txt".to_owned(),
        title: "Tokyo opens talks".to_owned(),
        byline: Some("By Ada Writer and Ben Editor".to_owned()),
        publisher: Some("Harbour & Wire".to_owned()),
        published: Some(Published::day(date(2018, 9, 27))),
        url: Some("https://example.org/2018/tokyo_talks?a=1&b=%20".to_owned()),
        language: Some("en".to_owned()),
    };
    let hostile = Head {
        id: "a b}\n@misc{é".to_owned(),
        title: "50% of {\\input{x}} \u{2028}\x1b[31m_$^~ “quoted”".to_owned(),
        byline: Some("by ".to_owned()),
        publisher: Some("=HYPERLINK(\"http://example.org\")\r\n".to_owned()),
        url: Some("https://example.org/{a}\\ b".to_owned()),
        ..Head::default()
    };
    let hit = |head: Head, ordinal, score| Hit {
        parts: Vec::new(),
        paragraph: Paragraph {
            head: Arc::new(head),
            ordinal,
            text: "Tariffs\r\nof 25 %.".to_owned(),
            mentions: Vec::new(),
            quotes: Vec::new(),
            sentences: Vec::new(),
        },
        score,
        highlights: Vec::new(),
        context: None,
    };
    vec![
        hit(plain, 3, 7.5),
        hit(hostile, 0, 3.25),
        hit(Head::default(), 0, 0.0),
    ]
}

fn exported(export: &Export, batches: &[&[Hit]]) -> String {
    let mut out = Vec::new();
    let mut n_before = 0;
    let mut put =
        |part: Part| (export.write)(&part, &provenance(), &mut out).expect("a vector takes all");
    put(Part::Head);
    for hits in batches {
        put(Part::Hits { hits, n_before });
        n_before += hits.len() as u64;
    }
    put(Part::End { n_hits: n_before });
    String::from_utf8(out).expect("exports are UTF-8")
}

#[test]
fn every_format() {
    let hits = hits();
    let mut page = String::new();
    for export in EXPORTS {
        let text = exported(export, &[&hits]);
        // In batches it is the same.
        assert_eq!(exported(export, &[&hits[..1], &[], &hits[1..]]), text);
        page += &format!(
            "──── {}\n{}",
            export.name,
            text.replace('\r', "␍").replace('\x1b', "␛")
        );
        page += &format!(
            "──── {}, of nothing\n{}",
            export.name,
            exported(export, &[]).replace('\r', "␍")
        );
    }
    insta::assert_snapshot!(page);
}

#[test]
fn nothing_breaks_a_format() {
    let hits = hits();
    let text = |name: &str| {
        let export = EXPORTS.iter().find(|export| export.name == name);
        exported(export.expect("it is a format"), &[&hits])
    };
    let lines = |name: &str| {
        text(name)
            .lines()
            .map(str::to_owned)
            .collect::<Vec<String>>()
    };
    assert!(
        lines("trec")
            .iter()
            .all(|line| line.split_whitespace().count() == 6)
    );
    assert_eq!(lines("trec").len(), 3);
    assert_eq!(lines("footnotes").len(), 5);
    for line in lines("jsonl") {
        serde_json::from_str::<serde_json::Value>(&line).expect("each line is JSON");
    }
    let items: Vec<serde_json::Value> = serde_json::from_str(&text("csl")).expect("it is JSON");
    assert_eq!(items.len(), 3);
    let bibtex = text("bibtex");
    // Entries begin at the beginnings of lines only, and braces are balanced.
    assert_eq!(
        bibtex.matches('@').count(),
        bibtex
            .lines()
            .filter(|line| line.starts_with("@misc{"))
            .count()
            + 1
    );
    assert_eq!(bibtex.matches('{').count(), bibtex.matches('}').count() + 1);
    let keys: Vec<&str> = bibtex
        .lines()
        .filter_map(|line| line.strip_prefix("@misc{"))
        .collect();
    assert!(
        keys.iter().all(|key| key
            .strip_suffix(',')
            .is_some_and(|key| key.is_ascii() && !key.contains([' ', ',', '{']))),
        "{keys:?}"
    );
}
