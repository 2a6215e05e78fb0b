//! An index is always whole: killed at any moment, refreshed in any order, written by any number of threads.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::properties::config;
use crate::sandbox::Sandbox;

/// A small generator of numbers, the same in every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        // Steele and others, "Fast splittable pseudorandom number generators" (2014).
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (number ^ (number >> 31)) % n
    }

    pub(crate) fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

/// An article that depends on its number alone.
fn article(number: u64) -> String {
    let mut numbers = Numbers(number);
    let mut text = format!("Story {number} of trade\n\n");
    for _ in 0..1 + numbers.below(6) {
        for _ in 0..1 + numbers.below(3) {
            text += &format!(
                "{} {} the {} on {} from {}, {} said. ",
                numbers.one_of(&["Japan", "Canada", "The European Union", "China", "Mexico"]),
                numbers.one_of(&["raised", "dropped", "imposed", "defended"]),
                numbers.one_of(&["tariff", "tariffs", "quota", "anti-dumping duties"]),
                numbers.one_of(&["steel", "aluminum", "cheese", "wheat", "solar panels"]),
                numbers.one_of(&["Brazil", "India", "the United States", "Vietnam"]),
                numbers.one_of(&[
                    "Shinzo Abe",
                    "Robert Lighthizer",
                    "officials",
                    "Cecilia Malmstrom"
                ]),
            );
        }
        text += "\n\n";
    }
    text
}

/// All that can be seen of an index: answers with scores, and counts.
const QUESTIONS: &[&[&str]] = &[
    &["search", "--limit", "all", "--format", "jsonl"],
    &[
        "search",
        "--limit",
        "all",
        "--format",
        "jsonl",
        "tariffs steel",
    ],
    &[
        "search",
        "--limit",
        "all",
        "--format",
        "jsonl",
        "\"tariffs on\" OR quota* OR title:trade",
    ],
    &[
        "search",
        "--limit",
        "all",
        "--format",
        "jsonl",
        "cheese -japan",
        "--sort",
        "newest",
    ],
    &[
        "search",
        "--limit",
        "7",
        "--offset",
        "2",
        "--group",
        "article",
        "--format",
        "json",
        "said duties",
    ],
    // What weighs along with its words is read from the best articles.
    &[
        "search",
        "--limit",
        "all",
        "--format",
        "json",
        "what did they say of the duties on steel and on cheese",
    ],
    &[
        "facets",
        "country,speaker,topic,instrument",
        "--limit",
        "all",
        "--format",
        "csv",
        "raised",
    ],
];

/// Beside them is said how much was found with what, nothing else.
fn answers(sandbox: &Sandbox) -> Vec<String> {
    QUESTIONS
        .iter()
        .map(|question| {
            let outcome = sandbox.run(question);
            let is_note = |line: &str| {
                let kinds = ["paragraph", "article"];
                kinds.iter().any(|kind| line.contains(kind)) || line.ends_with(": none")
            };
            let are_notes = outcome.stderr.lines().all(is_note);
            assert!(are_notes && outcome.code < 2, "{outcome}");
            outcome.stdout
        })
        .collect()
}

/// The paragraphs of an index; none without one.
fn content(sandbox: &Sandbox) -> Option<String> {
    let outcome = sandbox.run(QUESTIONS[0]);
    if outcome.code == 2 {
        assert!(
            outcome.stderr.starts_with("error: there is no index in"),
            "{outcome}"
        );
        return None;
    }
    Some(outcome.stdout)
}

/// Whether two answers are the same; their texts would fill the screen.
#[track_caller]
fn assert_same(found: &[String], expected: &[String], what: &str) {
    for ((question, found), expected) in QUESTIONS.iter().zip(found).zip(expected) {
        if found != expected {
            let differing = found
                .lines()
                .zip(expected.lines())
                .find(|(line, other)| line != other);
            panic!(
                "{what}: {question:?} gives {} bytes instead of {}: {differing:?}",
                found.len(),
                expected.len()
            );
        }
    }
}

#[track_caller]
fn assert_whole(sandbox: &Sandbox, what: &str) {
    let check = sandbox.run(&["check", "--format", "json"]);
    assert_eq!(check.code, 0, "{what}: {check}");
}

fn first_corpus(sandbox: &Sandbox) {
    for number in 0..60 {
        sandbox.write(&format!("corpus/{number:03}.txt"), article(number));
    }
}

/// Changes a third of the files, removes some, adds some.
fn second_corpus(sandbox: &Sandbox) {
    for number in 0..60 {
        let name = format!("corpus/{number:03}.txt");
        match number % 6 {
            0 | 1 => sandbox.write_at(&name, article(number + 1_000), 60),
            2 => sandbox.remove(&name),
            _ => {}
        }
        if number % 4 == 0 {
            sandbox.write(&format!("corpus/n{number:03}.txt"), article(number + 2_000));
        }
    }
}

/// Undoes what `second_corpus` did.
fn back_to_first(sandbox: &Sandbox) {
    first_corpus(sandbox);
    for number in (0..60).step_by(4) {
        sandbox.remove(&format!("corpus/n{number:03}.txt"));
    }
}

/// How long a run takes that nobody kills.
fn time_of(sandbox: &Sandbox, arguments: &[&str]) -> Duration {
    let started = Instant::now();
    let outcome = sandbox.spawn(arguments);
    assert_eq!(outcome.code, 0, "{outcome}");
    started.elapsed()
}

/// Starts a run and kills it; says whether it was still running.
pub(crate) fn kill_after(sandbox: &Sandbox, arguments: &[&str], delay: Duration) -> bool {
    let mut process = sandbox
        .process(arguments)
        .spawn()
        .expect("the program can be started");
    std::thread::sleep(delay);
    let is_over = process.try_wait().expect("it can be asked").is_some();
    process.kill().expect("it can be killed");
    process.wait().expect("it ends");
    !is_over
}

/// So many kills, or so many times as many as the variable `KILLS` says: `KILLS=8 cargo test killed`.
fn n_kills(usual: u32) -> u32 {
    let times = std::env::var("KILLS").ok();
    usual * times.map_or(1, |times| times.parse().expect("`KILLS` is a number"))
}

const BUILD: &[&str] = &["index", "[TMP]/corpus", "--format", "json"];
/// With two threads that index.
const REBUILD: &[&str] = &[
    "index",
    "[TMP]/corpus",
    "--rebuild",
    "--threads",
    "4",
    "--format",
    "json",
];

#[test]
fn killed_at_any_moment() {
    // What there is to be seen before and after, from runs that nobody killed.
    let unharmed = Sandbox::new();
    first_corpus(&unharmed);
    let time_to_build = time_of(&unharmed, BUILD);
    let old = content(&unharmed).expect("there is an index");
    second_corpus(&unharmed);
    let time_to_refresh = time_of(&unharmed, BUILD);
    let new = content(&unharmed).expect("there is an index");
    let expected = answers(&unharmed);
    assert_ne!(old, new);

    let mut numbers = Numbers(7);
    let mut n_killed = 0;
    // Each round goes on with what the one before has left, as people would.
    let sandbox = Sandbox::new();
    first_corpus(&sandbox);
    let paths_differ = |text: &str| text.replace(&unharmed.path("").display().to_string(), "");
    let (old, new) = (paths_differ(&old), paths_differ(&new));
    // Kills a run at a moment of its time, spread over all of it, the end of which is the most dangerous.
    let mut kill = |arguments: &[&str], time: Duration, round: u32, rounds: u32| {
        let share = (f64::from(round) + numbers.below(100) as f64 / 100.0) / f64::from(rounds);
        n_killed += u32::from(kill_after(&sandbox, arguments, time.mul_f64(share * 1.1)));
        let found = content(&sandbox);
        if found.is_some() {
            assert_whole(&sandbox, &format!("{arguments:?}, killed at {share:.2}"));
        }
        let is_expected = [None, Some(&*old), Some(&*new)].contains(&found.as_deref());
        assert!(
            is_expected,
            "{arguments:?}, killed at {share:.2} of its time, leaves neither the old nor the new"
        );
        found
    };
    let rounds = n_kills(10);
    for round in 0..rounds {
        let found = kill(BUILD, time_to_build, round, rounds);
        assert_ne!(found.as_deref(), Some(&*new));
        if found.is_some() {
            // There is an index from now on; the next round begins without one.
            std::fs::remove_dir_all(sandbox.path("index")).expect("it can be removed");
        }
    }
    let outcome = sandbox.run(BUILD);
    assert_eq!(outcome.code, 0, "{outcome}");
    assert_eq!(content(&sandbox).as_deref(), Some(&*old));
    second_corpus(&sandbox);
    let mut is_second = true;
    let rounds = n_kills(10);
    for round in 0..rounds {
        let found = kill(BUILD, time_to_refresh, round, rounds);
        assert!(found.is_some(), "a refresh never leaves nothing");
        // What came to its end leaves nothing to do: the corpus changes back, so that the next run has something to kill.
        let wanted = if is_second { &new } else { &old };
        if found.as_ref() == Some(wanted) {
            is_second = !is_second;
            match is_second {
                true => second_corpus(&sandbox),
                false => back_to_first(&sandbox),
            }
        }
    }
    if !is_second {
        second_corpus(&sandbox);
    }
    let rounds = n_kills(8);
    for round in 0..rounds {
        assert!(kill(REBUILD, time_to_build, round, rounds).is_some());
    }
    let outcome = sandbox.run(BUILD);
    assert_eq!(outcome.code, 0, "{outcome}");
    assert_whole(&sandbox, "at the end");
    assert_same(&answers(&sandbox), &expected, "after all kills");
    assert!(
        n_killed >= 10,
        "only {n_killed} runs were still running when they were killed"
    );
}

/// Lets readers end when the writer does, were it by a failed assertion.
struct Ends<'a>(&'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// Whoever searches while an index is refreshed, built anew and merged gets one commit's content or another's.
#[test]
fn readers_go_on_while_a_writer_writes() {
    const N_RUNS: usize = 16;
    let sandbox = Sandbox::new();
    first_corpus(&sandbox);
    assert_eq!(sandbox.run(BUILD).code, 0);
    let old = content(&sandbox).expect("there is an index");
    second_corpus(&sandbox);
    assert_eq!(sandbox.run(BUILD).code, 0);
    let new = content(&sandbox).expect("there is an index");
    assert_ne!(old, new);
    let is_writing = AtomicBool::new(true);
    let read = || {
        let mut n_read = [0, 0];
        while is_writing.load(Ordering::Relaxed) {
            let found = content(&sandbox).expect("there always is an index");
            assert!(found == old || found == new, "neither the old nor the new");
            n_read[usize::from(found == new)] += 1;
        }
        n_read
    };
    std::thread::scope(|scope| {
        let readers = [scope.spawn(read), scope.spawn(read)];
        let written = Ends(&is_writing);
        for run in 0..N_RUNS {
            match run % 2 {
                0 => back_to_first(&sandbox),
                _ => second_corpus(&sandbox),
            }
            let outcome = sandbox.run(if run % 5 == 4 { REBUILD } else { BUILD });
            assert_eq!(outcome.code, 0, "{outcome}");
        }
        drop(written);
        for reader in readers {
            let [n_old, n_new] = reader.join().expect("readers are not disturbed");
            assert!(n_old > 0 && n_new > 0, "{n_old} old, {n_new} new");
        }
    });
    assert_eq!(content(&sandbox), Some(new));
    assert_whole(&sandbox, "at the end");
}

/// A writer is stopped in the middle, another comes, and the first is killed.
#[cfg(unix)]
#[test]
fn a_second_writer_is_refused_until_the_first_is_gone() {
    let sandbox = Sandbox::new();
    first_corpus(&sandbox);
    assert_eq!(sandbox.run(BUILD).code, 0);
    let old = content(&sandbox);
    let lines = (0..2_000).map(|number| {
        let object = serde_json::json!({"id": format!("line-{number}"), "text": article(number)});
        format!("{object}\n")
    });
    sandbox.write("corpus/lines.jsonl", lines.collect::<String>());
    let mut first = sandbox
        .process(BUILD)
        .spawn()
        .expect("the program can be started");
    let id = first.id().to_string();
    let signal = |name: &str| {
        let sent = std::process::Command::new("kill")
            .args([name, &id])
            .status();
        assert!(sent.is_ok_and(|status| status.success()), "kill {name}");
    };
    // It has the index when it writes a file of it.
    let n_files = || {
        let files = std::fs::read_dir(sandbox.path("index/format-6"));
        files.expect("it can be read").count()
    };
    let n_before = n_files();
    while n_files() == n_before {
        let ended = first.try_wait().expect("it can be asked");
        assert_eq!(ended, None, "it ended before it wrote");
        std::thread::yield_now();
    }
    signal("-STOP");
    for arguments in [BUILD, REBUILD] {
        let second = sandbox.spawn(arguments);
        assert_eq!(second.code, 2, "{second}");
        assert_eq!(
            second.stderr,
            "error: the index in `[TMP]/index` is being written by another tradewire\nhint: wait for it to finish; searching goes on meanwhile\n"
        );
    }
    assert_eq!(content(&sandbox), old);
    assert_whole(&sandbox, "while a writer is stopped");
    first.kill().expect("it can be killed");
    first.wait().expect("it ends");
    assert_eq!(content(&sandbox), old);
    let second = sandbox.spawn(BUILD);
    assert_eq!(second.code, 0, "{second}");
    assert!(content(&sandbox) > old);
    assert_whole(&sandbox, "after the second writer");
}

/// Who has begun to read an index goes on reading it when it is built anew and its files are removed.
#[test]
fn a_reader_is_not_disturbed_by_a_rebuild() {
    let sandbox = Sandbox::new();
    first_corpus(&sandbox);
    assert_eq!(sandbox.run(BUILD).code, 0);
    const EXPORT: &[&str] = &["export", "--no-head"];
    let expected = sandbox.run(EXPORT).stdout;
    // More than what the program and the pipe hold on the way.
    assert!(expected.len() > 3 * (64 << 10), "{}", expected.len());
    let mut reader = sandbox
        .process(EXPORT)
        .spawn()
        .expect("the program can be started");
    let mut stdout = reader.stdout.take().expect("it is a pipe");
    let mut found = vec![0; 1_000];
    stdout.read_exact(&mut found).expect("it has begun");
    let segments = || {
        let files = std::fs::read_dir(sandbox.path("index/format-6")).expect("it can be read");
        let names = files.map(|file| file.expect("it can be read").file_name());
        let names = names.filter(|name| name.to_string_lossy().ends_with(".store"));
        names.collect::<Vec<_>>()
    };
    let before = segments();
    second_corpus(&sandbox);
    assert_eq!(sandbox.run(REBUILD).code, 0);
    assert!(segments().iter().all(|name| !before.contains(name)));
    stdout.read_to_end(&mut found).expect("it goes on");
    assert!(reader.wait().expect("it ends").success());
    let found = String::from_utf8(found).expect("it is text");
    let found = found.replace(&sandbox.path("").display().to_string(), "[TMP]/");
    assert_eq!(found, expected);
    assert_ne!(sandbox.run(EXPORT).stdout, expected);
}

const LISTS: &str = r#"
[[person]]
name = "Robert Emmet Lighthizer"
aliases = ["Robert Lighthizer"]
[[topic]]
path = "matters/cheese"
terms = ["cheese"]
[hide]
country = ["India"]
"#;

/// The paragraphs of an index, and the lists that it says were applied to them.
fn content_and_lists(sandbox: &Sandbox) -> (String, String) {
    let stats = sandbox.run(&["stats", "--format", "csv"]);
    assert!(
        stats.stdout.contains("sources_with_other_lists,0"),
        "{stats}"
    );
    let mut lines = stats.stdout.lines();
    let hash = lines.find(|line| line.starts_with("lists_hash,"));
    let content = content(sandbox).expect("there is an index");
    (content, hash.unwrap_or_default().to_string())
}

/// What was found and the lists by which it was found are committed together.
#[test]
fn killed_while_the_lists_change() {
    const N_KILLED: u32 = 6;
    let sandbox = Sandbox::new();
    first_corpus(&sandbox);
    sandbox.write("lists.toml", LISTS);
    let with_lists: &[&str] = &["index", "[TMP]/corpus", "--lists", "[TMP]/lists.toml"];
    let without: &[&str] = &["index", "[TMP]/corpus", "--no-lists"];
    assert_eq!(sandbox.run(without).code, 0);
    let plain = content_and_lists(&sandbox);
    let time = time_of(&sandbox, with_lists);
    let listed = content_and_lists(&sandbox);
    assert!(plain.0 != listed.0 && plain.1 != listed.1);
    let mut n_killed = 0;
    let mut has_lists = true;
    for round in 0..48 {
        // Machines are uneven: it goes on until enough runs were killed, early and late.
        if round >= 12 && n_killed >= N_KILLED {
            break;
        }
        // Whatever was left by the run before, this one has something to change.
        let arguments = if has_lists { without } else { with_lists };
        let share = 0.1 + f64::from(round % 12) / 14.0;
        n_killed += u32::from(kill_after(&sandbox, arguments, time.mul_f64(share)));
        let found = content_and_lists(&sandbox);
        assert!(
            found == plain || found == listed,
            "{arguments:?}, killed at {share:.2}, leaves neither the old nor the new"
        );
        has_lists = found == listed;
        assert_whole(&sandbox, &format!("{arguments:?}, killed at {share:.2}"));
    }
    assert!(
        n_killed >= N_KILLED,
        "only {n_killed} runs were killed in time"
    );
    // Whatever is left, the next run completes it.
    assert_eq!(sandbox.run(with_lists).code, 0);
    assert_eq!(content_and_lists(&sandbox), listed);
}

#[test]
fn any_number_of_threads_gives_the_same_index() {
    let mut expected: Option<Vec<String>> = None;
    // Two threads index from four on.
    for n_threads in ["1", "2", "7"] {
        let sandbox = Sandbox::new();
        first_corpus(&sandbox);
        let lines = (0..300).map(|number| {
            let object = serde_json::json!({"id": format!("line-{number}"), "published": format!("2018-{:02}-01", number % 12 + 1), "text": article(number)});
            format!("{object}\n")
        });
        sandbox.write("corpus/lines.jsonl", lines.collect::<String>());
        let outcome = sandbox.run(&["index", "[TMP]/corpus", "--threads", n_threads]);
        assert_eq!(outcome.code, 0, "{outcome}");
        let found = answers(&sandbox);
        match &expected {
            Some(expected) => assert_same(&found, expected, &format!("{n_threads} threads")),
            None => expected = Some(found),
        }
    }
}

/// A change of the corpus.
#[derive(Debug, Clone)]
enum Step {
    Write {
        file: u64,
        article: u64,
    },
    Remove {
        file: u64,
    },
    Touch {
        file: u64,
    },
    /// Several articles in one file.
    WriteLines {
        file: u64,
        articles: Vec<u64>,
    },
}

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let file = 0..9u64;
    let step = prop_oneof![
        4 => (file.clone(), 0..40u64).prop_map(|(file, article)| Step::Write { file, article }),
        2 => file.clone().prop_map(|file| Step::Remove { file }),
        1 => file.clone().prop_map(|file| Step::Touch { file }),
        2 => (file, prop::collection::vec(0..40u64, 1..5)).prop_map(|(file, articles)| Step::WriteLines { file, articles }),
    ];
    prop::collection::vec(prop::collection::vec(step, 1..5), 2..9)
}

proptest! {
    #![proptest_config(config(6))]

    /// However an index came to what it holds: it answers like one built anew, scores included.
    #[test]
    fn history_leaves_no_trace(rounds in steps()) {
        let sandbox = Sandbox::new();
        sandbox.write("corpus/always.txt", article(0));
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let mut age = 100_000;
        for round in &rounds {
            for step in round {
                // Each change has a later time than those before.
                age -= 10;
                let (name, text) = match step {
                    Step::Write { file, article: number } => (format!("corpus/{file}.txt"), Some(article(*number))),
                    Step::WriteLines { file, articles } => {
                        let lines = articles.iter().enumerate().map(|(place, number)| {
                            format!("{}\n", serde_json::json!({"id": format!("{file}-{place}"), "text": article(*number)}))
                        });
                        (format!("corpus/{file}.jsonl"), Some(lines.collect()))
                    }
                    Step::Remove { file } => (format!("corpus/{file}.txt"), None),
                    Step::Touch { file } => {
                        let name = format!("corpus/{file}.txt");
                        let text = files.get(&name).cloned();
                        (name, text)
                    }
                };
                match text {
                    Some(text) => {
                        sandbox.write_at(&name, &text, age);
                        files.insert(name, text);
                    }
                    None => {
                        if files.remove(&name).is_some() {
                            sandbox.remove(&name);
                        }
                    }
                }
            }
            let outcome = sandbox.run(BUILD);
            prop_assert_eq!(outcome.code, 0, "{}", outcome);
        }
        assert_whole(&sandbox, "after its history");
        let found = answers(&sandbox);
        let stats = sandbox.run(&["index", "--index", "[TMP]/fresh", "[TMP]/corpus"]);
        prop_assert_eq!(stats.code, 0);
        let fresh: Vec<String> = QUESTIONS
            .iter()
            .map(|question| sandbox.run(&[*question, &["--index", "[TMP]/fresh"]].concat()).stdout)
            .collect();
        assert_same(&found, &fresh, "after its history");
    }
}
