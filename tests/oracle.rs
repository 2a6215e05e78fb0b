//! Nothing loses data: files come, change, move and go, runs are killed, lists change, the index is built anew; after each
//! step a plain map says what must be in the index, to the last paragraph.
//!
//! `ORACLE_STEPS=2000 cargo test oracle` takes more steps, `ORACLE_SEED=7` others.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use crate::durability::Numbers;
use crate::sandbox::{Outcome, Sandbox};

/// A paragraph: the path of its source, the id of its article, its ordinal, its text, whether the list's name is found in it.
type Paragraph = (String, String, u64, String, bool);

const STEPS: u64 = 40;

/// What the list's organization is called in texts, and by the list.
const ALIAS: &str = "QZV";
const NAME: &str = "Quartz Vendors";

#[derive(Debug, Clone, PartialEq)]
struct File {
    /// The ids that its articles have of their own; none where they are called by their path.
    ids: Vec<Option<String>>,
    /// The paragraphs of each.
    articles: Vec<Vec<String>>,
}

struct Model {
    files: BTreeMap<String, File>,
    lists: bool,
    numbers: Numbers,
    n_articles: u64,
}

impl Model {
    fn paragraphs(&self) -> Vec<Paragraph> {
        let mut paragraphs = Vec::new();
        for (path, file) in &self.files {
            let below = path
                .strip_prefix("corpus/")
                .expect("files lie in the corpus");
            let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
            for (id, article) in file.ids.iter().zip(&file.articles) {
                let id = id.as_deref().unwrap_or(stem);
                for (ordinal, text) in article.iter().enumerate() {
                    let is_listed = self.lists && text.contains(ALIAS);
                    paragraphs.push((
                        format!("[TMP]/{path}"),
                        id.to_string(),
                        ordinal as u64,
                        text.clone(),
                        is_listed,
                    ));
                }
            }
        }
        paragraphs.sort();
        paragraphs
    }

    fn name(&mut self) -> String {
        let folder = self.numbers.one_of(&["", "2017/", "2018/wire/"]);
        let format = self.numbers.one_of(&["txt", "md", "html", "json", "jsonl"]);
        format!("corpus/{folder}{}.{format}", self.numbers.below(12))
    }

    fn article(&mut self) -> Vec<String> {
        self.n_articles += 1;
        let n = 1 + self.numbers.below(4);
        let paragraph = |place| {
            let (number, numbers) = (self.n_articles, &mut self.numbers);
            format!(
                "In report {number}, part {place}, {} raised the duty on {} to {} percent, and {} did not answer.",
                numbers.one_of(&["Japan", "Canada", "China"]),
                numbers.one_of(&["steel", "cheese", "solar panels"]),
                numbers.below(90),
                numbers.one_of(&["the ministry", ALIAS, "Shinzo Abe"]),
            )
        };
        (0..n).map(paragraph).collect()
    }

    /// A file for this name, and what it says.
    fn file(&mut self, name: &str) -> (File, String) {
        let is_many = name.ends_with(".jsonl");
        let n = if is_many {
            1 + self.numbers.below(3)
        } else {
            1
        };
        let articles: Vec<Vec<String>> = (0..n).map(|_| self.article()).collect();
        let has_ids = name.ends_with(".json") || is_many;
        let mut number = self.n_articles - n;
        let ids = articles.iter().map(|_| {
            number += 1;
            has_ids.then(|| format!("wire-{number}"))
        });
        let file = File {
            ids: ids.collect(),
            articles,
        };
        let text = written(name, &file);
        (file, text)
    }
}

fn written(name: &str, file: &File) -> String {
    let article = &file.articles[0];
    match name.rsplit_once('.').map_or("", |(_, format)| format) {
        "txt" => format!("Duties go up again\n\n{}\n", article.join("\n\n")),
        "md" => format!(
            "---\ntitle: Duties go up again\n---\n\n{}\n",
            article.join("\n\n")
        ),
        "html" => {
            let paragraphs: String = article
                .iter()
                .map(|text| format!("<p>{text}</p>\n"))
                .collect();
            format!(
                "<html><head><title>Duties go up again</title></head><body><article><h1>Duties go up again</h1>\n{paragraphs}</article></body></html>"
            )
        }
        _ => {
            let mut lines = String::new();
            for (id, article) in file.ids.iter().zip(&file.articles) {
                let object = serde_json::json!({"id": id, "title": "Duties go up again", "text": article.join("\n\n")});
                writeln!(lines, "{object}").expect("strings take all");
            }
            lines
        }
    }
}

/// What is in the index.
fn found(sandbox: &Sandbox) -> Vec<Paragraph> {
    let export = sandbox.run(&["export", "--no-head"]);
    assert!(export.code < 2, "{export}");
    let paragraph = |line: &str| -> Paragraph {
        let object: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        let string = |key: &str| object[key].as_str().unwrap_or_default().to_string();
        let ordinal = object["ordinal"].as_u64().expect("it has one");
        let organizations = object["organizations"].as_array().expect("it is a list");
        let is_listed = organizations.iter().any(|name| name == NAME);
        (
            string("path"),
            string("article"),
            ordinal,
            string("text"),
            is_listed,
        )
    };
    let mut paragraphs: Vec<Paragraph> = export.stdout.lines().map(paragraph).collect();
    paragraphs.sort();
    paragraphs
}

fn assert_found(found: &[Paragraph], expected: &[Paragraph], what: &str) {
    let lost: Vec<_> = expected
        .iter()
        .filter(|paragraph| !found.contains(paragraph))
        .collect();
    let left: Vec<_> = found
        .iter()
        .filter(|paragraph| !expected.contains(paragraph))
        .collect();
    assert!(
        lost.is_empty() && left.is_empty(),
        "{what}:\nlost: {lost:#?}\nleft over: {left:#?}"
    );
    assert_eq!(found.len(), expected.len(), "{what}: some are there twice");
}

#[test]
fn the_index_has_what_the_oracle_says() {
    let number_of = |name: &str| {
        let value = std::env::var(name).ok();
        value.map(|value| value.parse().expect("it is a number"))
    };
    let n_steps: u64 = number_of("ORACLE_STEPS").unwrap_or(STEPS);
    let sandbox = Sandbox::new();
    sandbox.write(
        "lists.toml",
        format!("[[organization]]\nname = \"{NAME}\"\naliases = [\"{ALIAS}\"]\n"),
    );
    let mut model = Model {
        files: BTreeMap::new(),
        lists: false,
        numbers: Numbers(number_of("ORACLE_SEED").unwrap_or(1)),
        n_articles: 0,
    };
    // Each change has a later time than those before, but for those that come from elsewhere with an old one.
    let mut age = 10_000_000;
    let mut n_killed = 0;
    let mut kinds = [0; 8];
    for step in 0..n_steps {
        let before = model.paragraphs();
        let mut said = String::new();
        for _ in 0..1 + model.numbers.below(4) {
            age -= 10;
            let kind = model.numbers.below(8) as usize;
            kinds[kind] += 1;
            let n_files = model.files.len() as u64;
            let any = (n_files > 0).then(|| model.numbers.below(n_files) as usize);
            let any = any.and_then(|number| model.files.keys().nth(number).cloned());
            match (kind, any) {
                // Changed, touched, moved or renamed, removed, replaced by something older.
                (3, Some(name)) => {
                    let file = model.files[&name].clone();
                    sandbox.write_at(&name, written(&name, &file), age);
                    said += &format!("touch {name}; ");
                }
                (4, Some(name)) => {
                    let to = model.name();
                    let format =
                        |name: &str| name.rsplit_once('.').map(|(_, format)| format.to_string());
                    if format(&to) == format(&name) && to != name {
                        let folder = sandbox.path(&to);
                        std::fs::create_dir_all(folder.parent().expect("it has one"))
                            .expect("folders can be made");
                        std::fs::rename(sandbox.path(&name), sandbox.path(&to))
                            .expect("files can be moved");
                        let file = model.files.remove(&name).expect("it is there");
                        model.files.insert(to.clone(), file);
                        said += &format!("move {name} to {to}; ");
                    }
                }
                (5, Some(name)) => {
                    sandbox.remove(&name);
                    model.files.remove(&name);
                    said += &format!("remove {name}; ");
                }
                (6, Some(name)) => {
                    let (file, text) = model.file(&name);
                    sandbox.write_at(&name, text, 20_000_000 - age);
                    model.files.insert(name.clone(), file);
                    said += &format!("replace {name}; ");
                }
                (7, _) => {
                    model.lists = !model.lists;
                    said += &format!("lists: {}; ", model.lists);
                }
                _ => {
                    let name = model.name();
                    let (file, text) = model.file(&name);
                    sandbox.write_at(&name, text, age);
                    said += &format!("write {name}; ");
                    model.files.insert(name, file);
                }
            }
        }
        let mut arguments = vec!["index", "[TMP]/corpus", "--format", "json"];
        match model.lists {
            true => arguments.extend(["--lists", "[TMP]/lists.toml"]),
            false => arguments.push("--no-lists"),
        }
        if model.numbers.below(6) == 0 {
            arguments.push("--rebuild");
        }
        // Empty folders are no corpus that is gone.
        std::fs::create_dir_all(sandbox.path("corpus")).expect("folders can be made");
        let what = format!("step {step}: {said}{}", arguments.join(" "));
        let expected = model.paragraphs();
        if step > 0 && model.numbers.below(4) == 0 {
            let delay = Duration::from_millis(model.numbers.below(120));
            n_killed += u32::from(crate::durability::kill_after(&sandbox, &arguments, delay));
            let found = found(&sandbox);
            if found != before {
                assert_found(&found, &expected, &format!("{what}, killed"));
            }
        }
        let outcome: Outcome = sandbox.run(&arguments);
        assert_eq!(outcome.code, 0, "{what}: {outcome}");
        assert_found(&found(&sandbox), &expected, &what);
        if step % 4 == 0 {
            let check = sandbox.run(&["check", "--deep", "[TMP]/corpus", "--format", "json"]);
            assert_eq!(check.code, 0, "{what}: {check}");
        }
    }
    if n_steps >= STEPS {
        assert!(
            kinds.iter().all(|n| *n > 3) && n_killed > 2,
            "{kinds:?}, {n_killed} killed"
        );
    }
}
