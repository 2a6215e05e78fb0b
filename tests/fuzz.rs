//! What fuzzing has kept, gone through again without its tools; `fuzz/` holds the targets.

#[path = "../fuzz/targets.rs"]
mod targets;

use crate::root;

/// Each input that `fuzz/seeds` keeps reaches something that no other does, or has once been a fault.
#[test]
fn what_fuzzing_kept_holds() {
    for (name, check) in targets::TARGETS {
        let folder = root().join("fuzz/seeds").join(name);
        let mut seeds: Vec<_> = std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
            .map(|file| file.expect("the folder can be read").path())
            .collect();
        seeds.sort();
        assert!(!seeds.is_empty(), "{} is empty", folder.display());
        for seed in seeds {
            let bytes = std::fs::read(&seed).expect("the file can be read");
            let checked = std::panic::catch_unwind(|| check(&bytes));
            assert!(checked.is_ok(), "{} fails", seed.display());
        }
    }
}

/// A target that cargo-fuzz does not know would never be fuzzed.
#[test]
fn every_target_is_one_of_cargo_fuzz() {
    let manifest = include_str!("../fuzz/Cargo.toml");
    for (name, _) in targets::TARGETS {
        let file = format!("fuzz_targets/{name}.rs");
        assert!(manifest.contains(&format!("path = \"{file}\"")), "{name}");
        let body = std::fs::read_to_string(root().join("fuzz").join(&file));
        let body = body.expect("the target has its file");
        assert!(body.contains(&format!("targets::{name}(bytes)")), "{name}");
    }
}
