//! What the README shows is what the program prints: every `console` block of it is run on the shipped corpus.

use std::ffi::OsString;
use std::path::Path;

use tradewire::cli::{Terminal, run};

/// A command as the README shows it, and what it shows below.
struct Shown {
    command: String,
    output: String,
}

fn shown() -> Vec<Shown> {
    let readme = include_str!("../README.md");
    let mut shown: Vec<Shown> = Vec::new();
    let mut is_console = false;
    for line in readme.lines() {
        match (line.strip_prefix("$ "), line) {
            (_, "```console") => is_console = true,
            (_, "```") => is_console = false,
            (Some(command), _) if is_console => shown.push(Shown {
                command: command.to_string(),
                output: String::new(),
            }),
            (None, line) if is_console => {
                let last = shown.last_mut().expect("a block begins with a command");
                last.output.push_str(line);
                last.output.push('\n');
            }
            _ => {}
        }
    }
    shown
}

/// The words of a command, those in quotation marks as one.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = command;
    while let Some(at) = rest.find(['"', '\'']) {
        words.extend(rest[..at].split_whitespace().map(str::to_string));
        let (mark, inside) = rest[at..].split_at(1);
        let (word, behind) = inside.split_once(mark).expect("quotation marks are closed");
        words.push(word.to_string());
        rest = behind;
    }
    words.extend(rest.split_whitespace().map(str::to_string));
    words
}

/// Without what differs from run to run (`(0.2 s)`), and the lines of lists, which every new name moves.
fn timeless(output: &str) -> String {
    let line = |line: &str| {
        if let Some(at) = line.rfind("index of ") {
            return line[..at].to_string();
        }
        if let Some(at) = line.rfind(" (").filter(|_| line.ends_with(" s)")) {
            return line[..at].to_string();
        }
        match line.split_once(".tsv:") {
            Some((list, entry)) => {
                let entry = entry.trim_start_matches(|c: char| c.is_ascii_digit());
                format!("{list}.tsv:{entry}")
            }
            None => line.trim_end().to_string(),
        }
    };
    output
        .lines()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
        .trim_end()
        .to_string()
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let index = folder.path().join("index");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    assert!(corpus.is_dir());
    let shown = shown();
    assert!(shown.len() >= 4, "the README shows the three jobs");
    for Shown { command, output } in shown {
        let mut arguments: Vec<OsString> =
            words(&command).into_iter().map(OsString::from).collect();
        arguments.extend(["--index".into(), index.clone().into_os_string()]);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        run(arguments, Terminal::plain(), &mut out, &mut err);
        let printed = String::from_utf8_lossy(&out).replace(&index.display().to_string(), "index");
        // Exports name it unless it is the usual one.
        let printed = printed.replace(" --index index", "");
        assert_eq!(
            timeless(&printed),
            timeless(&output),
            "{command}\n{}",
            String::from_utf8_lossy(&err)
        );
    }
}

/// F1 of all our own texts, as the record of scores has it.
fn f1_of_all(field: &str) -> f64 {
    let scores = include_str!("snapshots/gold_scores.snap");
    let mut rows = scores
        .lines()
        .map(|row| row.split_whitespace().collect::<Vec<_>>());
    let row = rows.find(|row| row.starts_with(&[field, "all"]));
    let row = row.expect("the record has a row for all");
    row[row.len() - 1].parse::<f64>().expect("F1 is a number") / 100.0
}

#[test]
fn the_readme_tells_the_quality_on_record() {
    let [country, person, speaker] = ["country", "person", "speaker"].map(f1_of_all);
    let told = format!("countries {country:.2}, people {person:.2}, speakers {speaker:.2}");
    let readme = include_str!("../README.md").replace('\n', " ");
    assert!(readme.contains(&told), "README.md does not say `{told}`");
    let quality = include_str!("../docs/quality.md");
    let row = format!("| all of `tests/gold`, now | {country:.2} | {person:.2} | {speaker:.2} |");
    assert!(
        quality.contains(&row),
        "docs/quality.md does not say `{row}`"
    );
}
