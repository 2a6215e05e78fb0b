//! The one test binary: each file a subject.

mod alerts;
mod answers;
mod bad_input;
mod cli;
mod damage;
mod durability;
mod fuzz;
mod gold;
mod language;
mod layers;
mod limits;
mod lists;
mod oracle;
mod properties;
mod questions;
mod readme;
mod sandbox;
mod scarce;
mod upgrade;

/// A file that is not named above would not be tested, and nobody would notice.
#[test]
fn every_file_of_tests_is_named_here() {
    let named = include_str!("main.rs");
    for path in source_files(&root().join("tests")) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        assert!(
            stem == "main" || named.contains(&format!("mod {stem};")),
            "tests/main.rs does not name {}",
            path.display()
        );
    }
}

/// The folder of the package.
fn root() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files of Rust below a folder, in order.
fn source_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name();
    files
        .into_iter()
        .map(|entry| entry.expect("the folder can be read").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}
