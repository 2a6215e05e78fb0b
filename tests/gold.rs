//! Scores the extractors on the texts in `tests/gold` (the format is told in its README): precision and recall of each
//! field and the list of errors are snapshots, so that a change of quality shows in review. After a change,
//! `INSTA_UPDATE=always cargo test gold` writes both anew, and `git diff tests/snapshots` tells what it did.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tradewire::article::{Article, Findings};
use tradewire::{extract, schema, source};

use crate::root;

/// The files of `tests/gold`, in the order of the report.
const FILES: &[&str] = &[
    "countries",
    "people",
    "speakers",
    "wire",
    "modern",
    "politics",
    "everyday",
    "reports",
    "ambiguity",
    "registers",
    "voices",
    "reported",
    "breadth",
    "newsrooms",
    "attribution",
    "desks",
    "eras",
    "names",
    "places",
    "press",
    "dispatches",
    "bulletins",
    "cases",
    "dailies",
    "portraits",
    "longreads",
    "tradedesk",
    "exchanges",
    "trail",
    "snippets",
    "annals",
    "agencies",
];

/// The fields of a paragraph, and those of an article.
const OF_PARAGRAPHS: &[&str] = &["country", "person", "speaker"];
const OF_ARTICLES: &[&str] = &["topic", "instrument", "organization"];

/// An article or a single case.
#[derive(Default)]
struct Record {
    line: usize,
    is_article: bool,
    /// The headline, or the subject of the case.
    heading: String,
    labels: Labels,
    paragraphs: Vec<(String, Labels)>,
}

/// What is to be found, by field.
type Labels = BTreeMap<String, Vec<Label>>;

#[derive(Clone)]
struct Label {
    /// All right; the first is the best.
    forms: Vec<String>,
    is_optional: bool,
}

#[derive(Default, Clone, Copy)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
}

#[test]
fn scores_and_errors() {
    let mut scores: BTreeMap<(&str, &str), Score> = BTreeMap::new();
    let mut errors = String::new();
    // Of each rule how many values were right, and how many there were.
    let mut rules: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for &file in FILES {
        for record in read(file) {
            let (article, findings) = found(&record);
            let place = |paragraph: usize| format!("{file}:{} ¶{paragraph}", record.line);
            for (paragraph, (text, labels)) in record.paragraphs.iter().enumerate() {
                let labels = with_speakers_as_persons(text, labels);
                for &field in OF_PARAGRAPHS {
                    let values = values(&findings, field, Some(paragraph));
                    let score = scores.entry((field, file)).or_default();
                    let faults = compare(&values, labels.get(field), score);
                    write_faults(&mut errors, field, &place(paragraph), &faults);
                    count_rules(&findings, field, paragraph, &faults, &mut rules);
                }
            }
            for &field in OF_ARTICLES.iter().filter(|_| record.is_article) {
                let mut values = values(&findings, field, None);
                match field {
                    "topic" => {
                        values.retain(|value| value.starts_with("trade"));
                        values.truncate(1);
                        values.iter_mut().for_each(|value| *value = "trade".into());
                    }
                    "organization" => values.retain(|value| {
                        let labels = record.labels.get(field).into_iter().flatten();
                        labels
                            .flat_map(|label| &label.forms)
                            .any(|form| form == value)
                    }),
                    _ => {}
                }
                let score = scores.entry((field, file)).or_default();
                let faults = compare(&values, record.labels.get(field), score);
                write_faults(
                    &mut errors,
                    field,
                    &place(article.paragraphs.len()),
                    &faults,
                );
            }
        }
    }
    let report = report(&scores);
    let rules = rules.iter().map(|(rule, (n_right, n_values))| {
        let name = rule.as_str();
        format!("{name:<34}{n_right:>6}{n_values:>6}")
    });
    let rules: Vec<String> = rules.collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("gold_scores", report);
        insta::assert_snapshot!("gold_errors", errors);
        insta::assert_snapshot!("gold_rules", rules.join("\n"));
    });
}

/// Reads the records of a file.
fn read(file: &str) -> Vec<Record> {
    let path = root().join(format!("tests/gold/{file}.txt"));
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let mut records: Vec<Record> = Vec::new();
    for (line_idx, line) in text.lines().enumerate() {
        let line = line.trim();
        let begin = |is_article, heading: &str| Record {
            line: line_idx + 1,
            is_article,
            heading: heading.to_string(),
            ..Record::default()
        };
        if let Some(heading) = line.strip_prefix("## ") {
            records.push(begin(true, heading));
        } else if let Some(subject) = line.strip_prefix("# ") {
            records.push(begin(false, subject));
        } else if !line.is_empty() {
            let record = records.last_mut().expect("a heading comes first");
            match line.strip_prefix('=') {
                None => record.paragraphs.push((line.to_string(), Labels::new())),
                Some(labels) => match record.paragraphs.last_mut() {
                    Some((_, of_paragraph)) => *of_paragraph = parse(labels, OF_PARAGRAPHS),
                    None => record.labels = parse(labels, OF_ARTICLES),
                },
            }
        }
    }
    records
}

/// Reads `field: value, value?; field: value|value`.
fn parse(labels: &str, fields: &[&str]) -> Labels {
    let fields_of = labels
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let field_of = |part: &str| {
        let (field, values) = part.split_once(':').expect("a label has a field");
        assert!(fields.contains(&field), "no label `{field}` here: {labels}");
        let values = values
            .split(',')
            .map(str::trim)
            .filter(|value| *value != "none");
        (field.to_string(), values.map(label).collect())
    };
    fields_of.map(field_of).collect()
}

fn label(value: &str) -> Label {
    let is_optional = value.ends_with('?');
    let forms = value.trim_end_matches('?').split('|').map(str::to_string);
    Label {
        forms: forms.collect(),
        is_optional,
    }
}

/// Adds speakers to the persons: as persons to be found where the text has a part of the name.
fn with_speakers_as_persons(text: &str, labels: &Labels) -> Labels {
    let mut labels = labels.clone();
    let text = text.to_lowercase();
    for speaker in labels.get("speaker").cloned().unwrap_or_default() {
        let persons = labels.entry("person".into()).or_default();
        let is_there = |form: &String| persons.iter().any(|person| person.forms.contains(form));
        if speaker.forms.iter().any(is_there) {
            continue;
        }
        let is_named = speaker.forms.iter().any(|form| {
            let mut words = form.split(' ').filter(|word| word.len() > 2);
            words.any(|word| text.contains(&word.to_lowercase()))
        });
        persons.push(Label {
            is_optional: speaker.is_optional || !is_named,
            ..speaker
        });
    }
    labels
}

/// Reads the record as a user's file would be read, and extracts.
fn found(record: &Record) -> (Article, Findings) {
    let paragraphs: Vec<&String> = record.paragraphs.iter().map(|(text, _)| text).collect();
    let title = record.is_article.then_some(&record.heading);
    let json = serde_json::json!({ "title": title, "paragraphs": paragraphs }).to_string();
    let pieces = source::standard_input(json.as_bytes());
    let piece = pieces.into_iter().next().expect("there is a piece");
    let piece = piece.expect("the piece can be read");
    let article = source::articles(&piece).into_iter().next();
    let article = article
        .expect("there is an article")
        .expect("it can be read");
    assert_eq!(
        article.paragraphs.len(),
        paragraphs.len(),
        "paragraphs of {:?}",
        record.heading
    );
    let findings = extract::extract(&article, extract::Own::none());
    check_rules(&findings);
    (article, findings)
}

/// Every value can say why it is there.
fn check_rules(findings: &Findings) {
    for mention in &findings.mentions {
        let rule = extract::rule(mention.field, mention.rule);
        assert!(rule.is_some(), "{}/{}", mention.field.name, mention.rule);
    }
    for quote in &findings.quotes {
        let rule = extract::rule(&extract::speaker::FIELD, quote.rule);
        assert!(rule.is_some(), "speaker/{}", quote.rule);
    }
}

#[test]
fn rules_of_the_corpus_are_in_the_table() {
    let corpus = crate::root().join("corpus");
    let mut n_articles = 0;
    for found in source::walk(&corpus) {
        let found = found.expect("the corpus can be read");
        let pieces = source::pieces(&found).expect("the file opens");
        let pieces = pieces.map(|piece| piece.expect("the file can be read"));
        for article in pieces.flat_map(|piece| source::articles(&piece)) {
            let article = article.expect("it is an article");
            check_rules(&extract::extract(&article, extract::Own::none()));
            n_articles += 1;
        }
    }
    assert!(n_articles > 50);
}

/// The values of a field in a paragraph or in all, in order, without repeats.
fn values(findings: &Findings, field: &str, paragraph: Option<usize>) -> Vec<String> {
    let field = schema::field(field).expect("the schema has it");
    let mut values: Vec<String> = Vec::new();
    for mention in &findings.mentions {
        let is_here = paragraph.is_none_or(|paragraph| mention.paragraph == paragraph);
        if mention.field == field && is_here && !values.iter().any(|value| *value == mention.value)
        {
            values.push(mention.value.to_string());
        }
    }
    values
}

/// Counts into the score, and returns what was wrong (`+`) and what was missed (`-`).
fn compare(values: &[String], labels: Option<&Vec<Label>>, score: &mut Score) -> Vec<String> {
    let mut open: Vec<&Label> = labels.into_iter().flatten().collect();
    let mut faults = Vec::new();
    for value in values {
        match open.iter().position(|label| label.forms.contains(value)) {
            Some(label_idx) => score.right += usize::from(!open.remove(label_idx).is_optional),
            None => {
                score.wrong += 1;
                faults.push(format!("+{value}"));
            }
        }
    }
    for label in open.iter().filter(|label| !label.is_optional) {
        score.missed += 1;
        faults.push(format!("-{}", label.forms[0]));
    }
    faults
}

/// Counts the values of a paragraph for the rules that found them first.
fn count_rules(
    findings: &Findings,
    field: &str,
    paragraph: usize,
    faults: &[String],
    rules: &mut BTreeMap<String, (usize, usize)>,
) {
    let mut seen: Vec<&str> = Vec::new();
    let field = schema::field(field).expect("the schema has it");
    for mention in findings.of(field, paragraph) {
        if seen.contains(&&*mention.value) {
            continue;
        }
        seen.push(&mention.value);
        let is_right = !faults.contains(&format!("+{}", mention.value));
        let rule = format!("{}/{}", field.name, mention.rule);
        let (n_right, n_values) = rules.entry(rule).or_default();
        *n_right += usize::from(is_right);
        *n_values += 1;
    }
}

fn write_faults(errors: &mut String, field: &str, place: &str, faults: &[String]) {
    if !faults.is_empty() {
        writeln!(errors, "{field} {place}: {}", faults.join(", ")).expect("strings take all");
    }
}

fn report(scores: &BTreeMap<(&str, &str), Score>) -> String {
    let mut report =
        String::from("field        file       right wrong missed  prec.  recall     F1\n");
    for &field in OF_PARAGRAPHS.iter().chain(OF_ARTICLES) {
        let mut all = Score::default();
        for &file in FILES {
            if let Some(score) = scores.get(&(field, file)) {
                all.right += score.right;
                all.wrong += score.wrong;
                all.missed += score.missed;
                write_row(&mut report, field, file, *score);
            }
        }
        write_row(&mut report, field, "all", all);
    }
    report
}

fn write_row(report: &mut String, field: &str, file: &str, score: Score) {
    let Score {
        right,
        wrong,
        missed,
    } = score;
    let share = |whole: usize| 100.0 * right as f64 / whole.max(1) as f64;
    let (precision, recall) = (share(right + wrong), share(right + missed));
    let f1 = 200.0 * right as f64 / (2 * right + wrong + missed).max(1) as f64;
    writeln!(
        report,
        "{field:<12} {file:<10} {right:>5} {wrong:>5} {missed:>6} {precision:>6.1} {recall:>7.1} {f1:>6.1}"
    )
    .expect("strings take all");
}
