//! Scores the ranking of questions on `tests/gold/questions.tsv` over the articles of `corpus`: for each question the first
//! answer's place, nDCG@10 (an answer gains three times what a paragraph around it does) and average precision. The figures
//! are a snapshot, so that a change of the ranking shows in review; `INSTA_UPDATE=always cargo test questions` writes it anew.

use std::fmt::Write as _;

use serde_json::Value;

use crate::root;
use crate::sandbox::Sandbox;

const ANSWERS: u32 = 2;
const TELLS: u32 = 1;

struct Question {
    asked: String,
    /// Paragraphs by the ends of their ids.
    judged: Vec<(String, u32)>,
}

fn questions() -> Vec<Question> {
    let file = root().join("tests/gold/questions.tsv");
    let text = std::fs::read_to_string(file).expect("the questions can be read");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let questions = lines.map(|line| {
        let [asked, answers, others] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not three columns: {line}");
        };
        let judged = |names: &str, grade| {
            let names = names.split(' ').map(str::to_owned);
            names.map(|name| (name, grade)).collect::<Vec<_>>()
        };
        Question {
            asked: asked.to_owned(),
            judged: [judged(answers, ANSWERS), judged(others, TELLS)].concat(),
        }
    });
    questions.collect()
}

fn gain(grade: u32, place: usize) -> f64 {
    f64::from(2u32.pow(grade) - 1) / (place as f64 + 2.0).log2()
}

/// What all that was found is worth, in order: the place of the first answer, nDCG@10, average precision.
fn scores(question: &Question, found: &[String]) -> (Option<usize>, f64, f64) {
    let grade = |id: &String| {
        let mut judged = question.judged.iter();
        let judged = judged.find(|(name, _)| *id == *name || id.ends_with(&format!("/{name}")));
        judged.map_or(0, |(_, grade)| *grade)
    };
    let grades: Vec<u32> = found.iter().map(grade).collect();
    let mut best: Vec<u32> = question.judged.iter().map(|(_, grade)| *grade).collect();
    best.sort_unstable_by_key(|grade| std::cmp::Reverse(*grade));
    let gained = |grades: &[u32]| -> f64 {
        let first = grades.iter().take(10).enumerate();
        first.map(|(place, grade)| gain(*grade, place)).sum()
    };
    let relevant = (0..grades.len()).filter(|place| grades[*place] > 0);
    let precisions = (1..)
        .zip(relevant)
        .map(|(n_before, place)| f64::from(n_before) / (place + 1) as f64);
    let precision = precisions.sum::<f64>() / best.len() as f64;
    let answer = grades.iter().position(|grade| *grade == ANSWERS);
    (answer, gained(&grades) / gained(&best), precision)
}

#[test]
fn ranking_of_questions() {
    let sandbox = Sandbox::new();
    let corpus = root().join("corpus");
    let outcome = sandbox.run(&["index", corpus.to_str().expect("the path is plain")]);
    assert_eq!(outcome.code, 0, "{outcome}");
    let mut table = String::from("first  nDCG@10     AP\n");
    let mut sums = [0.0; 3];
    let questions = questions();
    for question in &questions {
        let arguments = [
            "search",
            "--limit",
            "all",
            "--facets",
            "none",
            "--format",
            "json",
            &question.asked,
        ];
        let outcome = sandbox.run(&arguments);
        let answer: Value = serde_json::from_str(&outcome.stdout).expect("the answer is JSON");
        let hits = answer["hits"].as_array().expect("there are hits").iter();
        let found: Vec<String> = hits
            .map(|hit| hit["id"].as_str().unwrap_or_default().to_owned())
            .collect();
        let (first, gained, precision) = scores(question, &found);
        let place = first.map_or("none".to_owned(), |first| (first + 1).to_string());
        let asked = &question.asked;
        writeln!(
            table,
            "{place:>5}     {gained:.2}   {precision:.2}  {asked}"
        )
        .expect("strings take all");
        let reciprocal = first.map_or(0.0, |first| 1.0 / (first + 1) as f64);
        for (sum, score) in sums.iter_mut().zip([gained, precision, reciprocal]) {
            *sum += score / questions.len() as f64;
        }
    }
    let [gained, precision, reciprocal] = sums;
    let means =
        format!("means: nDCG@10 {gained:.3}, AP {precision:.3}, 1/first {reciprocal:.3}\n\n");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("questions", means + &table);
    });
}

#[test]
fn judged_paragraphs_are_there() {
    let sandbox = Sandbox::new();
    let corpus = root().join("corpus");
    sandbox.run(&["index", corpus.to_str().expect("the path is plain")]);
    let outcome = sandbox.run(&["search", "", "--limit", "all", "--format", "jsonl"]);
    let ids: Vec<String> = outcome
        .stdout
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("lines are JSON")["id"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    for question in questions() {
        for (name, _) in &question.judged {
            let named = ids
                .iter()
                .filter(|id| *id == name || id.ends_with(&format!("/{name}")));
            assert_eq!(named.count(), 1, "{name} of `{}`", question.asked);
        }
    }
}
