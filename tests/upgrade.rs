//! Indexes that earlier versions made, as they lie in `tests/indexes`: each with the corpus that it was made of. They are
//! read, or refused with the command that builds them anew; never read wrongly, never overwritten unasked.
//!
//! To add that of a version: run its `tradewire index corpus` in a new folder of `tests/indexes`, and remove the lock files
//! (`.tantivy-*.lock`).

use std::fs;
use std::path::PathBuf;

use crate::root;
use crate::sandbox::copy;
use crate::sandbox::{Outcome, Sandbox};

/// What each paragraph is called and says.
fn content(export: &Outcome) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in export.stdout.lines() {
        let paragraph: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        lines.push(format!("{} {}", paragraph["id"], paragraph["text"]));
    }
    lines.sort();
    lines.join("\n")
}

#[test]
fn indexes_of_earlier_versions() {
    let mut shown = String::new();
    let versions = fs::read_dir(root().join("tests/indexes")).expect("it can be read");
    let versions = versions.map(|version| version.expect("it can be read").path());
    let mut versions: Vec<PathBuf> = versions.collect();
    versions.sort();
    for version in versions {
        let name = version
            .file_name()
            .expect("it has a name")
            .to_string_lossy()
            .into_owned();
        let sandbox = Sandbox::new();
        copy(&version, &sandbox.path(""));
        let expected = {
            let corpus = sandbox.shell("\"$tradewire\" extract corpus");
            assert_eq!(corpus.code, 0, "{corpus}");
            content(&corpus)
        };
        let export = sandbox.shell("\"$tradewire\" export --index index --no-head");
        let refresh = || sandbox.shell("\"$tradewire\" index --index index corpus --format json");
        if export.code == 0 {
            shown += &format!("# {name} is read\n{}\n", content(&export));
            let check = sandbox.run(&["check", "--format", "json"]);
            assert_eq!(check.code, 0, "{check}");
            assert_eq!(refresh().code, 0);
        } else {
            shown += &format!("# {name} is refused\n{}", export.stderr);
            assert_eq!(export.code, 2, "{export}");
            assert!(
                export.stderr.contains("was made by another version"),
                "{export}"
            );
            assert_eq!(refresh().stderr, export.stderr);
            let rebuild = sandbox.shell("\"$tradewire\" index --rebuild --index index corpus");
            assert_eq!(rebuild.code, 0, "{rebuild}");
        }
        assert_eq!(content(&sandbox.run(&["export", "--no-head"])), expected);
        assert_eq!(sandbox.run(&["check", "--format", "json"]).code, 0);
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("indexes_of_earlier_versions", shown);
    });
}
