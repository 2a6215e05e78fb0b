//! The rooms of the program and which of them may use which: a law that is a test needs no reviewer.
//!
//! A room is a file or folder right in `src/`. It names the others by paths that begin with `crate::`, so that they are
//! seen here. Code for tests (from the first `#[cfg(test)]` to the end of a file, and files called `tests.rs`) may use all.

use std::path::Path;

use crate::{root, source_files};

/// Each room and those that it may use, in reading order: none of them uses a later one but by its row.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("limits", &[]),
    ("field", &[]),
    ("article", &["field"]),
    ("source", &["limits", "article", "text", "growth"]),
    ("lists", &["limits", "text"]),
    ("parallel", &[]),
    ("contain", &[]),
    ("growth", &[]),
    (
        "extract",
        &["text", "article", "field", "lists", "parallel", "growth"],
    ),
    ("schema", &["field", "extract", "text"]),
    ("query", &["limits", "field", "schema", "text"]),
    ("names", &["field", "lists", "query", "text"]),
    ("search", &["limits", "article", "field", "query"]),
    ("alerts", &["limits", "search"]),
    ("report", &["article", "lists", "search"]),
    (
        "index",
        &[
            "limits", "article", "field", "lists", "schema", "query", "search", "text",
        ],
    ),
    (
        "ingest",
        &[
            "limits", "source", "article", "lists", "extract", "index", "parallel", "contain",
        ],
    ),
    (
        "output",
        &[
            "limits", "article", "field", "lists", "schema", "search", "report", "query",
        ],
    ),
    (
        "cli",
        &[
            "limits", "text", "field", "article", "source", "lists", "extract", "schema", "query",
            "names", "search", "alerts", "report", "index", "parallel", "ingest", "output",
        ],
    ),
    ("lib", &[]),
    ("main", &["cli", "contain"]),
];

/// Dependencies that one room alone knows.
const OWNED: &[(&str, &str)] = &[
    ("tantivy", "index"),
    ("clap", "cli"),
    ("indicatif", "cli"),
    ("trafilatura", "source"),
    ("csv", "output"),
];

#[test]
fn rooms_use_only_what_they_are_granted() {
    let mut faults = Vec::new();
    for path in source_files(&root().join("src")) {
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let below = path.strip_prefix(root()).expect("it lies below the root");
        faults.extend(faults_of(below, &text));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Crates that talk to a network, by the beginnings of their names.
const OF_NETWORKS: &[&str] = &[
    "async-std",
    "curl",
    "h2",
    "h3",
    "hickory",
    "hyper",
    "isahc",
    "mio",
    "native-tls",
    "openssl",
    "quinn",
    "reqwest",
    "rustls",
    "smol",
    "socket2",
    "surf",
    "tokio",
    "tonic",
    "trust-dns",
    "tungstenite",
    "ureq",
    "zmq",
];

/// What is searched and asked stays on the machine: nothing in the program can open a connection.
#[test]
fn the_program_talks_to_no_network() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("it can be read");
    let lock: toml::Table = lock.parse().expect("it is TOML");
    let crates = lock["package"]
        .as_array()
        .expect("it lists packages")
        .iter();
    let crates: Vec<&str> = crates
        .filter_map(|package| package["name"].as_str())
        .collect();
    assert!(crates.contains(&"tantivy"), "{crates:?}");
    let of_networks: Vec<&str> = crates
        .into_iter()
        .filter(|name| is_of_networks(name))
        .collect();
    assert_eq!(of_networks, [] as [&str; 0]);
    for path in source_files(&root().join("src")) {
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        for name in [
            "std::net",
            "os::unix::net",
            "TcpStream",
            "TcpListener",
            "UdpSocket",
        ] {
            assert!(!text.contains(name), "{} names `{name}`", path.display());
        }
    }
}

fn is_of_networks(name: &str) -> bool {
    OF_NETWORKS.iter().any(|of_network| {
        let rest = name.strip_prefix(of_network);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
    })
}

#[test]
fn faults_are_seen() {
    assert!(is_of_networks("tokio") && is_of_networks("hyper-util"));
    assert!(!is_of_networks("hyperloglogplus"));
    let check = |path: &str, text: &str| faults_of(Path::new(path), text).join("\n");
    insta::assert_snapshot!(check("src/text/a.rs", "\nuse crate::article::Article;\n"), @"src/text/a.rs:2: `text` may not use `article`");
    insta::assert_snapshot!(check("src/article.rs", "use crate::{field::Field, index};"), @"src/article.rs:1: name other rooms by paths such as `crate::text`, so that this test sees them");
    insta::assert_snapshot!(check("src/web/a.rs", ""), @"src/web/a.rs:1: the room `web` is not in the table of tests/layers.rs");
    insta::assert_snapshot!(check("src/article.rs", "fn a() -> crate::web::A {}"), @"src/article.rs:1: `article` may not use `web`");
    insta::assert_snapshot!(check("src/text/mod.rs", "use super::index::Index;"), @"src/text/mod.rs:1: `text` may not use `index`");
    insta::assert_snapshot!(check("src/output/a.rs", "let a = tantivy::Term::new();"), @"src/output/a.rs:1: only `index` may use `tantivy`");
    insta::assert_snapshot!(check("src/main.rs", "use tradewire::index::Index;"), @"src/main.rs:1: `main` may not use `index`");
    // What is said is not used, and tests may use everything.
    insta::assert_snapshot!(check("src/text/a.rs", "//! Unlike crate::index.\n#[cfg(test)]\nuse crate::index;"), @"");
    insta::assert_snapshot!(check("src/query/tests.rs", "use crate::index;"), @"");
    insta::assert_snapshot!(check("src/text/a.rs", "use crate::text::tokens;"), @"");
}

fn faults_of(path: &Path, text: &str) -> Vec<String> {
    let shown = path.display();
    let mut parts = path.components().skip(1);
    let first = parts
        .next()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .unwrap_or_default();
    let room = first.strip_suffix(".rs").unwrap_or(&first);
    let Some((_, granted)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![format!(
            "{shown}:1: the room `{room}` is not in the table of tests/layers.rs"
        )];
    };
    if path.ends_with("tests.rs") {
        return Vec::new();
    }
    // At the door of a room `super` is where all rooms are.
    let is_door = parts.next().is_none_or(|part| part.as_os_str() == "mod.rs");
    let prefixes: &[&str] = if is_door {
        &["crate::", "tradewire::", "super::"]
    } else {
        &["crate::", "tradewire::"]
    };
    let mut faults = Vec::new();
    let code = text
        .lines()
        .enumerate()
        .take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"));
    for (line_idx, line) in code {
        let mut fault = |what: String| faults.push(format!("{shown}:{}: {what}", line_idx + 1));
        for prefix in prefixes {
            for used in names_behind(line, prefix) {
                if used.is_empty() {
                    fault("name other rooms by paths such as `crate::text`, so that this test sees them".to_string());
                } else if used != room && !granted.contains(&used) {
                    fault(format!("`{room}` may not use `{used}`"));
                }
            }
        }
        for (dependency, owner) in OWNED {
            if room != *owner && names_dependency(line, dependency) {
                fault(format!("only `{owner}` may use `{dependency}`"));
            }
        }
    }
    faults
}

/// The names that stand right behind a prefix in a line; empty where something else does.
fn names_behind<'a>(line: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(prefix)
        .filter(|(at, _)| !line[..*at].ends_with(is_of_name))
        .map(move |(at, _)| {
            let rest = &line[at + prefix.len()..];
            &rest[..rest.find(|c| !is_of_name(c)).unwrap_or(rest.len())]
        })
}

fn names_dependency(line: &str, dependency: &str) -> bool {
    let is_used = |used: &str| {
        line.match_indices(used)
            .any(|(at, _)| !line[..at].ends_with(is_of_name) && !line[..at].ends_with("::"))
    };
    is_used(&format!("{dependency}::")) || line.trim() == format!("use {dependency};")
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
