//! Little to go on with: few open files, little memory. A command is done or says what it lacks, and the index is whole.

#![cfg(target_os = "linux")]

use crate::sandbox::{Outcome, Sandbox};

const COMMANDS: &[&str] = &[
    "index corpus --index index --format json",
    "index corpus --index index --rebuild --format json",
    "search tariffs --index index --format jsonl",
    "search 'what did they say of the tariffs on steel' --index index --format jsonl",
    "facets country,speaker --index index --format csv",
    "export --index index",
    "check --index index --format json",
    "extract corpus",
];

/// Runs all commands within a limit of the shell and says how many were done, failed and died.
#[track_caller]
fn within(sandbox: &Sandbox, limit: &str) -> [usize; 3] {
    let mut counts = [0; 3];
    for (number, command) in COMMANDS.iter().enumerate() {
        let before = sandbox.run(&["export", "--no-head"]).stdout;
        sandbox.write("corpus/one.txt", format!("Duties: {limit}, {number}."));
        let outcome = sandbox.shell(&format!("ulimit {limit}; exec \"$tradewire\" {command}"));
        let how = match outcome.code {
            0 => 0,
            // Files of the corpus cannot be opened either, and are named.
            1 if outcome.stderr.starts_with("skipped ") => 1,
            2 if outcome.stderr.starts_with("error: ") => 1,
            // The system's memory is asked for all over the program: what it does not give is the end.
            -1 if outcome.stderr.starts_with("memory allocation of ") => 2,
            // Not even the libraries of the system.
            127 if !outcome.stderr.contains("tradewire stumbled") => 2,
            _ => panic!("{limit}: {outcome}"),
        };
        assert_clear(limit, &outcome);
        counts[how] += 1;
        let check = sandbox.run(&["check", "--format", "json"]);
        assert_eq!(check.code, 0, "{limit}, {outcome}: {check}");
        let after = sandbox.run(&["export", "--no-head"]).stdout;
        if how > 0 {
            assert_eq!(after, before, "{limit}: {outcome}");
        }
    }
    counts
}

#[track_caller]
fn assert_clear(limit: &str, outcome: &Outcome) {
    for unclear in ["stumbled", "panicked", "Os {", "Error {", "permissions"] {
        assert!(!outcome.stderr.contains(unclear), "{limit}: {outcome}");
    }
}

#[test]
fn few_open_files() {
    let sandbox = Sandbox::indexed();
    let counts: Vec<[usize; 3]> = (4..=14)
        .map(|n| within(&sandbox, &format!("-n {n}")))
        .collect();
    let n_failed: usize = counts.iter().map(|[_, n_failed, _]| n_failed).sum();
    assert!(n_failed > 5, "{counts:?}");
    assert_eq!(counts.last(), Some(&[COMMANDS.len(), 0, 0]), "{counts:?}");
    assert!(counts.iter().all(|[.., n_dead]| *n_dead == 0), "{counts:?}");
}

/// Kilobytes, from what the program needs to begin with to what it gets along with.
#[test]
fn little_memory() {
    let sandbox = Sandbox::indexed();
    let mut kilobytes = 60_000.0;
    let mut n_failed = 0;
    while kilobytes < 4_000_000.0 {
        let [_, failed, dead] = within(&sandbox, &format!("-v {}", kilobytes as u64));
        n_failed += failed + dead;
        kilobytes *= 1.5;
    }
    assert!(n_failed > 5, "only {n_failed} were too little");
    assert_eq!(within(&sandbox, "-v 4000000"), [COMMANDS.len(), 0, 0]);
}
