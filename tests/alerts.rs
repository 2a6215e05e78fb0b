//! Searches that are kept: what is new is printed once, whatever happens to the index, the run or the file.

use std::process::Stdio;
use std::time::Duration;

use crate::sandbox::{Outcome, Sandbox};

/// Two articles on steel and one that is not, indexed.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    article(&sandbox, "one", &["Japan taxes steel.", "Nobody objected."]);
    article(&sandbox, "two", &["Steel from Canada is dear."]);
    article(&sandbox, "three", &["Cheese is cheap."]);
    index(&sandbox);
    sandbox
}

/// Articles change in size, so that a change within the same moment is noticed.
fn article(sandbox: &Sandbox, name: &str, paragraphs: &[&str]) {
    let text = format!("About {name}\n\n{}\n", paragraphs.join("\n\n"));
    sandbox.write(&format!("corpus/{name}.txt"), text);
}

#[track_caller]
fn index(sandbox: &Sandbox) {
    let outcome = sandbox.run(&["index", "[TMP]/corpus"]);
    assert_eq!(outcome.code, 0, "{outcome}");
}

#[track_caller]
fn add(sandbox: &Sandbox, arguments: &[&str]) {
    let outcome = sandbox.run(&[&["alert", "add"], arguments].concat());
    assert_eq!(outcome.code, 0, "{outcome}");
}

/// The texts that a run prints, in order, and its exit code.
#[track_caller]
fn run(sandbox: &Sandbox, names: &[&str]) -> (Vec<String>, i32) {
    let arguments = [&["alert", "run", "--format", "jsonl"], names].concat();
    let outcome = sandbox.run(&arguments);
    assert_eq!(outcome.stderr, "", "{outcome}");
    (texts(&outcome), outcome.code)
}

fn texts(outcome: &Outcome) -> Vec<String> {
    let text = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
        let member = |name: &str| line[name].as_str().expect("it has that").to_string();
        format!("{}: {}", member("alert"), member("text"))
    };
    let mut texts: Vec<String> = outcome.stdout.lines().map(text).collect();
    texts.sort();
    texts
}

fn nothing() -> (Vec<String>, i32) {
    (Vec::new(), 1)
}

fn something(texts: &[&str]) -> (Vec<String>, i32) {
    (texts.iter().map(|text| text.to_string()).collect(), 0)
}

fn state(sandbox: &Sandbox, name: &str) -> Vec<u8> {
    std::fs::read(sandbox.path(&format!("index.alerts/{name}.alert"))).expect("it is there")
}

#[test]
fn what_is_new_is_printed_once() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel"]);
    assert_eq!(run(&sandbox, &[]), nothing());
    article(&sandbox, "four", &["Steel again.", "And wheat."]);
    index(&sandbox);
    assert_eq!(run(&sandbox, &[]), something(&["steel: Steel again."]));
    assert_eq!(run(&sandbox, &[]), nothing());
    // The index changes, the answer does not.
    article(&sandbox, "five", &["More wheat."]);
    index(&sandbox);
    assert_eq!(run(&sandbox, &["steel"]), nothing());
}

#[test]
fn the_first_run_may_print_what_is_there() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel", "--all"]);
    let all = [
        "steel: Japan taxes steel.",
        "steel: Steel from Canada is dear.",
    ];
    assert_eq!(run(&sandbox, &[]), something(&all));
    assert_eq!(run(&sandbox, &[]), nothing());
}

#[test]
fn changed_words_are_new_and_moved_ones_are_not() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel"]);
    article(
        &sandbox,
        "one",
        &[
            "A first paragraph.",
            "Japan taxes steel.",
            "Nobody objected.",
        ],
    );
    index(&sandbox);
    assert_eq!(run(&sandbox, &[]), nothing());
    article(
        &sandbox,
        "one",
        &["Japan no longer taxes steel.", "Nobody objected."],
    );
    index(&sandbox);
    let changed = something(&["steel: Japan no longer taxes steel."]);
    assert_eq!(run(&sandbox, &[]), changed);
    assert_eq!(run(&sandbox, &[]), nothing());
}

#[test]
fn what_was_removed_and_is_back_is_not_new() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel"]);
    sandbox.remove("corpus/two.txt");
    index(&sandbox);
    assert_eq!(run(&sandbox, &[]), nothing());
    article(&sandbox, "two", &["Steel from Canada is dear."]);
    index(&sandbox);
    assert_eq!(run(&sandbox, &[]), nothing());
}

#[test]
fn names_that_are_not_there_yet_are_waited_for() {
    let sandbox = Sandbox::new();
    article(
        &sandbox,
        "steel",
        &["Ana Quillby said that steel was dear."],
    );
    index(&sandbox);
    let waiting = sandbox.run(&["alert", "add", "robert", "--speaker", "Robert Quillby"]);
    assert_eq!(waiting.code, 0, "{waiting}");
    assert!(waiting.stderr.contains("no such speaker"), "{waiting}");
    add(&sandbox, &["peru", "--country", "peru"]);
    let misspelled = sandbox.run(&["alert", "add", "typo", "--country", "jaapan"]);
    assert_eq!(misspelled.code, 2, "{misspelled}");
    assert_eq!(run(&sandbox, &["robert", "peru"]), nothing());
    article(
        &sandbox,
        "zinc",
        &["Robert Quillby said that zinc of Peru was dear."],
    );
    index(&sandbox);
    let text = "Robert Quillby said that zinc of Peru was dear.";
    assert_eq!(
        run(&sandbox, &["robert", "peru"]),
        something(&[&format!("peru: {text}"), &format!("robert: {text}")])
    );
}

#[test]
fn alerts_outlast_the_index() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel"]);
    let outcome = sandbox.run(&["index", "[TMP]/corpus", "--rebuild"]);
    assert_eq!(outcome.code, 0, "{outcome}");
    assert_eq!(run(&sandbox, &[]), nothing());
    std::fs::remove_dir_all(sandbox.path("index")).expect("it can be removed");
    let outcome = sandbox.run(&["alert", "run"]);
    assert_eq!(outcome.code, 2, "{outcome}");
    assert!(outcome.stderr.contains("there is no index"), "{outcome}");
    article(&sandbox, "four", &["Steel again."]);
    index(&sandbox);
    assert_eq!(run(&sandbox, &[]), something(&["steel: Steel again."]));
}

#[test]
fn a_run_may_bring_the_index_up_to_date() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel"]);
    article(&sandbox, "four", &["Steel again."]);
    let new = run(&sandbox, &["steel", "--in", "[TMP]/corpus"]);
    assert_eq!(new, something(&["steel: Steel again."]));
}

/// What cron sends by mail: a fault is no news while its file stays as it is.
#[test]
fn what_cannot_be_read_is_named_once() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel"]);
    sandbox.write("other/four.txt", "Four\n\nWheat.");
    let said = |path: &str| {
        let outcome = sandbox.run(&["alert", "run", "--in", path]);
        assert_eq!(outcome.code, 1, "{outcome}");
        let skipped = |line: &str| Some(line.strip_prefix("skipped [TMP]/")?.to_string());
        let lines: Vec<String> = outcome.stderr.lines().filter_map(skipped).collect();
        lines.join("\n")
    };
    sandbox.write("corpus/empty.txt", "");
    sandbox.write("corpus/figures.xyz", "1");
    let broken = "{\"text\": \"Wheat.\"}\n{\n";
    sandbox.write("corpus/lines.jsonl", broken.repeat(101));
    let first = said("[TMP]/corpus");
    // Lines of one reason are named in one.
    assert_eq!(first.lines().count(), 3, "{first}");
    assert!(first.contains("(and 100 more lines)"), "{first}");
    assert!(first.contains("corpus/empty.txt: empty file"), "{first}");
    assert!(first.contains("corpus/figures.xyz: no format"), "{first}");
    assert_eq!(said("[TMP]/corpus"), "");
    assert_eq!(said("[TMP]/other"), "");
    assert_eq!(said("[TMP]/corpus"), "");
    // Neither does another command make it news, nor an index that is built anew.
    let outcome = sandbox.run(&["index", "[TMP]/corpus", "--rebuild"]);
    assert_eq!(outcome.stderr.matches("skipped ").count(), 3, "{outcome}");
    assert_eq!(said("[TMP]/corpus"), "");
    let outcome = sandbox.run(&["index", "[TMP]/corpus"]);
    assert!(outcome.stderr.contains("empty.txt"), "{outcome}");

    // What changes is named again, and what is mended and comes back.
    sandbox.write("corpus/figures.xyz", "12");
    assert_eq!(
        said("[TMP]/corpus"),
        "corpus/figures.xyz: no format is known for `.xyz`"
    );
    sandbox.remove("corpus/empty.txt");
    assert_eq!(said("[TMP]/corpus"), "");
    sandbox.write("corpus/empty.txt", "");
    assert_eq!(said("[TMP]/corpus"), "corpus/empty.txt: empty file");
    sandbox.write("index.alerts/.faults", "{\"1\": [");
    // Of the lines the index remembers a hundred, and how many more there are.
    assert_eq!(said("[TMP]/corpus").lines().count(), 4);
    assert_eq!(said("[TMP]/corpus"), "");
}

#[test]
fn articles_of_one_id_are_named_once() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel"]);
    let twin = "{\"id\": \"twin\", \"text\": \"Wheat.\"}";
    let warned = || {
        let outcome = sandbox.run(&["alert", "run", "--in", "[TMP]/corpus"]);
        outcome.stderr.contains("with the id `twin`")
    };
    sandbox.write("corpus/a.json", twin);
    sandbox.write("corpus/b.json", twin);
    assert!(warned());
    article(&sandbox, "four", &["Wheat again."]);
    assert!(!warned());
}

#[test]
fn nothing_is_given_for_something_else() {
    let sandbox = sandbox();
    add(&sandbox, &["both", "steel wheat", "--all"]);
    assert_eq!(run(&sandbox, &[]), nothing());
}

/// It would want its *what* and *did* in the paragraph, and never find it.
#[test]
fn questions_are_refused() {
    let sandbox = sandbox();
    let question = "what did the mills say about steel";
    let outcome = sandbox.run(&["alert", "add", "q", question]);
    insta::assert_snapshot!(outcome.stderr, @r#"
    error: `what did the mills say about steel` is a question, and an alert takes what has all words
    hint: write the words that a paragraph must have, as `mills steel`; `AND` between words demands all of them
    "#);
    assert_eq!(outcome.code, 2);
    add(
        &sandbox,
        &["all", "steel AND mills AND ore AND coal AND coke AND slag"],
    );
}

/// A run that ends between its answer and its state leaves the state of before.
#[test]
fn what_is_cut_short_is_printed_again() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel"]);
    article(&sandbox, "four", &["Steel again."]);
    index(&sandbox);
    let before = state(&sandbox, "steel");
    let new = something(&["steel: Steel again."]);
    assert_eq!(run(&sandbox, &[]), new);
    sandbox.write("index.alerts/steel.alert", &before);
    sandbox.write("index.alerts/steel.alert.new", &before[..before.len() / 2]);
    assert_eq!(run(&sandbox, &[]), new);
    assert_eq!(run(&sandbox, &[]), nothing());
}

#[test]
fn what_nobody_read_is_printed_again() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel", "--all"]);
    let before = state(&sandbox, "steel");
    let mut process = sandbox.process(&["alert", "run"]);
    let mut process = process.spawn().expect("it can be run");
    drop(process.stdout.take());
    assert!(process.wait().expect("it ends").success());
    assert_eq!(state(&sandbox, "steel"), before);
    assert_eq!(run(&sandbox, &[]).0.len(), 2);
}

#[test]
fn a_killed_run_loses_nothing() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel"]);
    for round in 0..8 {
        let new = format!("Steel, the {round}th.");
        article(&sandbox, &format!("new{round}"), &[&new]);
        index(&sandbox);
        let mut process = sandbox.process(&["alert", "run", "--format", "jsonl"]);
        let mut process = process
            .stdout(Stdio::piped())
            .spawn()
            .expect("it can be run");
        std::thread::sleep(Duration::from_millis(5 * round));
        let _ = process.kill();
        let output = process.wait_with_output().expect("it ends");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let after = sandbox.run(&["alert", "run", "--format", "jsonl"]);
        assert_eq!(after.stderr, "", "{after}");
        assert!(
            printed.contains(&new) || after.stdout.contains(&new),
            "{round}"
        );
        assert_eq!(run(&sandbox, &[]), nothing());
    }
}

#[test]
fn names_are_kept_from_doing_harm() {
    let sandbox = sandbox();
    let long = "x".repeat(300);
    for name in ["../x", "", "..", "/x", "a/b", "con", "Steel", "a b", &long] {
        for arguments in [
            vec!["alert", "add", name, "steel"],
            vec!["alert", "run", name],
            vec!["alert", "list", name],
            vec!["alert", "remove", name],
        ] {
            let outcome = sandbox.run(&arguments);
            assert_eq!(outcome.code, 2, "{outcome}");
            assert!(outcome.stderr.contains("cannot be the name"), "{outcome}");
        }
    }
    assert!(!sandbox.path("x.alert").exists());
    assert!(!sandbox.path("index.alerts").exists());
}

#[test]
fn what_cannot_be_run_is_named_and_the_others_are_run() {
    let sandbox = Sandbox::indexed();
    add(&sandbox, &["bad", "steel"]);
    add(&sandbox, &["kitano", "speaker:kitano"]);
    add(&sandbox, &["wheat", "wheat"]);
    let damaged = {
        let mut state = state(&sandbox, "bad");
        state[9] ^= 1;
        state
    };
    sandbox.write("index.alerts/bad.alert", &damaged);
    for name in ["cheese.json", "notes.jsonl", "panel.html", "talks.txt"] {
        sandbox.remove(&format!("corpus/{name}"));
    }
    article(&sandbox, "new", &["Wheat again."]);
    index(&sandbox);
    let outcomes = [
        sandbox.run(&["alert", "run"]),
        sandbox.run(&["alert", "run", "wheat", "nothing"]),
        sandbox.run(&["alert", "list"]),
        sandbox.run(&["alert", "add", "bad", "steel"]),
    ];
    assert_eq!(state(&sandbox, "bad"), damaged);
    check("alerts_that_cannot_be_run", &outcomes);
    add(&sandbox, &["bad", "steel", "--replace"]);
    assert_eq!(run(&sandbox, &["bad"]), nothing());
}

#[test]
fn one_run_at_a_time() {
    let sandbox = sandbox();
    add(&sandbox, &["steel", "steel"]);
    let lock = std::fs::File::open(sandbox.path("index.alerts/.lock")).expect("it is there");
    lock.lock().expect("it can be locked");
    let outcome = sandbox.run(&["alert", "run"]);
    assert_eq!(outcome.code, 2, "{outcome}");
    assert!(
        outcome.stderr.contains("is at work on the alerts"),
        "{outcome}"
    );
    assert_eq!(sandbox.run(&["alert", "list"]).code, 0);
    drop(lock);
    assert_eq!(run(&sandbox, &[]), nothing());
}

/// What is kept is the search as it was typed, with its flags.
#[test]
fn flags_are_kept() {
    let sandbox = Sandbox::indexed();
    sandbox.write("own.tsv", "same\tsteel|ferrum\n");
    let flags: &[&str] = &[
        "--country",
        "japan",
        "--country",
        "china",
        "--after",
        "2018",
        "--before",
        "2024-06",
        "--exclude",
        "country=canada",
        "--synonyms",
        "[TMP]/own.tsv",
    ];
    let found = sandbox.run(
        &[
            &["search", "steel", "--limit", "all", "--format", "jsonl"],
            flags,
        ]
        .concat(),
    );
    assert!(found.stdout.lines().count() > 0, "{found}");
    add(&sandbox, &[&["steel", "steel", "--all"], flags].concat());
    add(
        &sandbox,
        &["tariffs", "steel", "-china", "--all", "--no-synonyms"],
    );
    let outcome = sandbox.run(&["alert", "run", "steel", "--format", "jsonl"]);
    assert_eq!(
        outcome.stdout.lines().count(),
        found.stdout.lines().count(),
        "{outcome}"
    );
    let found = sandbox.run(&[
        "search", "steel", "-china", "--limit", "all", "--format", "jsonl",
    ]);
    let outcome = sandbox.run(&["alert", "run", "tariffs", "--format", "jsonl"]);
    assert_eq!(
        outcome.stdout.lines().count(),
        found.stdout.lines().count(),
        "{outcome}"
    );
}

#[test]
fn times_are_told_from_the_day_of_the_run() {
    let sandbox = sandbox();
    add(
        &sandbox,
        &[
            "steel",
            "steel",
            "--after",
            "last-30-days",
            "--before",
            "today",
        ],
    );
    let outcome = sandbox.run(&["alert", "list"]);
    let kept = "--after last-30-days --before today steel";
    assert!(outcome.stdout.contains(kept), "{outcome}");
    assert_eq!(run(&sandbox, &[]), nothing());
    let text = "{\"id\": \"now\", \"published\": \"TODAY\", \"text\": \"Steel today.\"}";
    let today = jiff::Timestamp::now().to_string();
    sandbox.write("corpus/now.json", text.replace("TODAY", &today[..10]));
    index(&sandbox);
    assert_eq!(run(&sandbox, &[]), something(&["steel: Steel today."]));
}

#[test]
fn alerts_as_people_see_them() {
    let sandbox = sandbox();
    let none = [
        sandbox.run(&["alert", "run"]),
        sandbox.run(&["alert", "list"]),
    ];
    let add: &[&str] = &[
        "alert",
        "add",
        "steel",
        "steel",
        "--country",
        "japan",
        "--note",
        "for the desk",
    ];
    let mut outcomes = Vec::from(none);
    outcomes.push(sandbox.run(add));
    outcomes.push(sandbox.run(add));
    outcomes.push(sandbox.run(&["alert", "add", "all", "--all"]));
    outcomes.push(sandbox.run(&["alert", "add", "typo", "stele"]));
    outcomes.push(sandbox.run(&["alert", "add", "odd", "contry:japan"]));
    outcomes.push(sandbox.run(&["alert", "run", "steel"]));
    article(&sandbox, "four", &["Steel again, from Japan."]);
    index(&sandbox);
    let before = state(&sandbox, "steel");
    for format in ["csv", "json", "jsonl", "text"] {
        sandbox.write("index.alerts/steel.alert", &before);
        outcomes.push(sandbox.run(&["alert", "run", "steel", "--format", format]));
    }
    outcomes.push(sandbox.run(&["alert", "run"]));
    for format in ["text", "json", "csv"] {
        outcomes.push(sandbox.run(&["alert", "run", "--format", format]));
    }
    for format in ["text", "json", "jsonl"] {
        outcomes.push(sandbox.run(&["alert", "list", "--format", format]));
    }
    outcomes.push(sandbox.run(&["alert", "remove", "steel", "nothing"]));
    outcomes.push(sandbox.run(&["alert", "list", "steel"]));
    check("alerts", &outcomes);
}

#[track_caller]
fn check(name: &str, outcomes: &[Outcome]) {
    let outcomes: Vec<String> = outcomes.iter().map(Outcome::to_string).collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, outcomes.join("\n\n"));
    });
}
