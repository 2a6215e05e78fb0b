//! A damaged index: whatever byte of it changes, wherever a file of it ends early, whichever is gone, `check` says so and
//! what to do, or every question is answered as before.
//!
//! `DAMAGES=20 cargo test damage` looks at twenty times as many places, `DAMAGE_SEED=7` at others.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::durability::Numbers;
use crate::sandbox::{Outcome, Sandbox, copy};

/// Parts into which a file is divided; a byte of each is changed.
const N_PARTS: usize = 40;

/// So many bytes at the end of a file are changed one by one: where they are too few for a checksum, they are the checksum.
const N_LAST: usize = 12;

/// Questions that together read all that an index has.
const QUESTIONS: &[&[&str]] = &[
    &["export", "--format", "jsonl", "--no-head"],
    &[
        "search",
        "tariffs on steel",
        "--sort",
        "newest",
        "--limit",
        "all",
        "--format",
        "json",
    ],
    &[
        "search",
        "\"steel tariffs\" OR said W/5 tariff* OR title:pipe",
        "--explain",
        "--format",
        "json",
    ],
    &[
        "search",
        "what did they say of the tariffs on steel and pipes",
        "--limit",
        "all",
        "--format",
        "json",
    ],
    &[
        "facets",
        "country,person,speaker,topic,instrument,organization,publisher",
        "--limit",
        "all",
        "--format",
        "csv",
    ],
    &[
        "facets",
        "country,topic",
        "ordinal:0 OR published:2018",
        "--speaker",
        "kitano",
        "--format",
        "csv",
    ],
    &["facets", "--by", "month", "--format", "csv"],
    &["show", "talks", "--format", "json"],
    &["stats", "--format", "json"],
];

const BUILD: &[&str] = &["index", "[TMP]/corpus", "--lists", "[TMP]/lists.toml"];
const REBUILD: &[&str] = &[
    "index",
    "[TMP]/corpus",
    "--lists",
    "[TMP]/lists.toml",
    "--rebuild",
];

#[test]
fn every_damage_is_found_or_does_no_harm() {
    let number_of = |name: &str| {
        let value = std::env::var(name).ok();
        value.map_or(1, |value| value.parse().expect("it is a number"))
    };
    let times = number_of("DAMAGES");
    let mut numbers = Numbers(number_of("DAMAGE_SEED") as u64);
    let sandbox = damageable();
    let whole = answers(&sandbox).expect("the index is whole");
    let (mut n_found, mut n_harmless) = (0, 0);
    let mut questions = QUESTIONS.iter().zip(&whole).cycle();
    for path in files(&sandbox.path("index")) {
        let name = path.file_name().expect("files have names");
        let bytes = fs::read(&path).expect("it can be read");
        // A note that is gone or makes no sense is written again.
        if name == "vouched.json" {
            continue;
        }
        for damage in damages(bytes.len(), N_PARTS * times, &mut numbers) {
            let what = format!("{}, {damage:?}", name.display());
            damage.apply(&path, &bytes);
            let check = run(&sandbox, &["check", "--format", "json"]);
            let check = check.unwrap_or_else(|| panic!("{what}: `check` panics"));
            match check.code {
                0 => {
                    n_harmless += 1;
                    let found = answers(&sandbox).unwrap_or_else(|| panic!("{what}: a panic"));
                    for (found, whole) in found.iter().zip(&whole) {
                        assert_eq!(found, whole, "{what}: not found, and another answer");
                    }
                }
                _ => {
                    n_found += 1;
                    // Nor does a search answer as if nothing were.
                    let (question, whole) = questions.next().expect("they go round");
                    let found = run(&sandbox, question);
                    let found = found.unwrap_or_else(|| panic!("{what}: {question:?} panics"));
                    assert!(
                        found.code > 1 && !found.stderr.is_empty() || found == *whole,
                        "{what}: {question:?} is answered otherwise: {found}"
                    );
                    let said = format!("{}{}", check.stdout, check.stderr);
                    let is_damage = [
                        " is damaged: ",
                        " is not as it was written",
                        "there is no index in",
                    ];
                    assert!(
                        is_damage.iter().any(|words| said.contains(words)),
                        "{what}: {check}"
                    );
                    assert!(said.contains("with `tradewire index "), "{what}: {check}");
                }
            }
            fs::write(&path, &bytes).expect("it can be mended");
        }
    }
    assert_eq!(answers(&sandbox), Some(whole));
    assert!(
        n_found > 500 && n_found > 9 * n_harmless,
        "{n_found} found, {n_harmless} harmless"
    );
}

/// What `check` advises helps, whatever is damaged.
#[test]
fn every_damage_is_mended_by_a_rebuild() {
    let sandbox = damageable();
    let (index, saved) = (sandbox.path("index"), sandbox.path("saved"));
    let content = || sandbox.run(QUESTIONS[0]).stdout;
    let expected = content();
    let is_store = |path: &Path| {
        path.extension()
            .is_some_and(|extension| extension == "store")
    };
    copy(&index, &saved);
    for path in files(&index) {
        let bytes = fs::read(&path).expect("it can be read");
        let middle = bytes.len() / 2;
        let flip = (middle > 0).then_some(Damage::Flip {
            at: middle,
            bits: 1,
        });
        for damage in [Damage::Remove, Damage::Cut { length: middle }]
            .into_iter()
            .chain(flip)
        {
            let what = format!("{}, {damage:?}", path.display());
            damage.apply(&path, &bytes);
            let rebuild = [REBUILD, &["--format", "json"]].concat();
            let outcome = run(&sandbox, &rebuild).unwrap_or_else(|| panic!("{what}: a panic"));
            assert_eq!(outcome.code, 0, "{what}: {outcome}");
            let check = sandbox.run(&["check", "--format", "json"]);
            assert_eq!(check.code, 0, "{what}: {check}");
            assert_eq!(content(), expected, "{what}");
            let n_stores = files(&index).iter().filter(|file| is_store(file)).count();
            assert_eq!(n_stores, 1, "{what}: files of before are left");
            fs::remove_dir_all(&index).expect("it can be removed");
            copy(&saved, &index);
        }
    }
}

/// A run that finds no source changed does not say that all is well with a damaged index.
#[test]
fn every_damage_is_found_by_a_run_without_changes() {
    let sandbox = damageable();
    let index = sandbox.path("index");
    let is_of_segment = |path: &PathBuf| {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy());
        stem.is_some_and(|stem| stem.split('.').next().is_some_and(|stem| stem.len() == 32))
    };
    for path in files(&index).into_iter().filter(is_of_segment) {
        let bytes = fs::read(&path).expect("it can be read");
        // A changed byte of what the engine writes behind the content may do no harm.
        Damage::Flip { at: 0, bits: 1 }.apply(&path, &bytes);
        for command in [BUILD, &["search", "steel"]] {
            let outcome = sandbox.run(command);
            assert_eq!(outcome.code, 2, "{}: {outcome}", path.display());
            let advice = "with `tradewire index --rebuild --index [TMP]/index PATH`";
            assert!(outcome.stderr.contains(" is damaged: "), "{outcome}");
            assert!(outcome.stderr.contains(advice), "{outcome}");
        }
        fs::write(&path, &bytes).expect("it can be mended");
        assert_eq!(sandbox.run(BUILD).code, 0, "{}", path.display());
    }
}

/// An index of several segments, with removed paragraphs and lists.
fn damageable() -> Sandbox {
    let sandbox = Sandbox::with_corpus();
    sandbox.write(
        "lists.toml",
        "[[organization]]\nname = \"Pipe Council\"\naliases = [\"PC\"]\n",
    );
    assert_eq!(sandbox.run(BUILD).code, 0);
    sandbox.write(
        "corpus/new.txt",
        "Kitano said the tariff on pipes stays.\n\nThe PC agreed.",
    );
    sandbox.write_at("corpus/wheat.md", "Wheat\n\nChina buys no wheat.", 60);
    assert_eq!(sandbox.run(BUILD).code, 0);
    let has_removed = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "del");
    assert!(files(&sandbox.path("index")).iter().any(has_removed));
    sandbox
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter();
    let files = files.map(|entry| entry.expect("the folder can be read").into_path());
    files.filter(|path| path.is_file()).collect()
}

/// What all questions are answered; none if one of them ends in a panic.
fn answers(sandbox: &Sandbox) -> Option<Vec<Outcome>> {
    QUESTIONS
        .iter()
        .map(|question| run(sandbox, question))
        .collect()
}

fn run(sandbox: &Sandbox, arguments: &[&str]) -> Option<Outcome> {
    catch_unwind(AssertUnwindSafe(|| sandbox.run(arguments))).ok()
}

#[derive(Debug)]
enum Damage {
    Flip { at: usize, bits: u8 },
    Cut { length: usize },
    Remove,
}

impl Damage {
    fn apply(&self, path: &Path, whole: &[u8]) {
        let mut bytes = whole.to_vec();
        match *self {
            Damage::Flip { at, bits } => bytes[at] ^= bits,
            Damage::Cut { length } => bytes.truncate(length),
            Damage::Remove => return fs::remove_file(path).expect("it can be removed"),
        }
        fs::write(path, bytes).expect("it can be damaged");
    }
}

/// Damages all over a file of so many bytes.
fn damages(length: usize, n_parts: usize, numbers: &mut Numbers) -> Vec<Damage> {
    let mut places: Vec<usize> = (0..n_parts)
        .map(|part| (length * part / n_parts, length * (part + 1) / n_parts))
        .filter(|(start, end)| start < end)
        .map(|(start, end)| start + numbers.below((end - start) as u64) as usize)
        .collect();
    let mut damages = vec![Damage::Remove];
    damages.extend(
        places
            .iter()
            .step_by(4)
            .map(|length| Damage::Cut { length: *length }),
    );
    if let Some(last) = length.checked_sub(1) {
        damages.extend([Damage::Cut { length: last }, Damage::Cut { length: 0 }]);
        places.push(0);
        places.extend(length.saturating_sub(N_LAST)..length);
    }
    let mut flip = |at| {
        let bits = 1 + numbers.below(255) as u8;
        Damage::Flip { at, bits }
    };
    damages.extend(places.into_iter().map(&mut flip));
    damages
}
