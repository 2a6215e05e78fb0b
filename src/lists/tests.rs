//! What lists may say, what they say together, and each message with its file and line.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::limits::lists as limits;
use crate::schema;

fn ours(field: &str, spelling: &str) -> Vec<&'static str> {
    schema::field(field).map_or_else(Vec::new, |field| (field.resolve)(spelling))
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What is wrong with lists, without the folder that they lie in.
fn faults_at(root: &Path, folder: &Path) -> String {
    let faults = read(root, &ours).expect_err("something is wrong");
    assert_eq!(faults.faults.len(), faults.n_faults);
    faults
        .to_string()
        .replace(&format!("{}/", folder.display()), "")
        .replace(&folder.display().to_string(), ".")
}

fn faults(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    faults_at(folder.path(), folder.path())
}

/// What is wrong with the one file `a.toml`.
fn fault(text: &str) -> String {
    faults(&[("a.toml", text)])
}

fn lists(files: &[(&str, &str)]) -> Lists {
    let folder = folder(files);
    read(folder.path(), &ours).unwrap_or_else(|faults| panic!("{faults}"))
}

/// A place as messages show it.
fn shown(lists: &Lists, place: Place) -> String {
    format!("{}:{}", lists.files[place.file as usize], place.line)
}

const GOOD: &str = r#"
# What we work on.
[[person]]
name = "Jane  Roe"
aliases = ["J. Q. Roe", "the Steel Lady"]
offices = [{ country = "is", office = "Trade Minister", from = 2021, to = 2024 }]

[[organization]]
name = "Northern Steel Guild"
aliases = ["NSG"]

[[instrument]]
name = "North Sea Trade Accord"

[[topic]]
path = "sectors/green-steel"
label = "Green steel"
terms = ["green steel"]

[hide]
person = ["Paris Hilton", "bob lighthizer"]
country = ["uk"]
topic = ["sectors"]
"#;

#[test]
fn lists_are_read() {
    let lists = lists(&[("a.toml", GOOD)]);
    let entries: Vec<String> = lists
        .entries
        .iter()
        .map(|entry| {
            let names: Vec<String> = entry
                .spellings
                .iter()
                .map(|name| format!("{} ({})", name.text, shown(&lists, name.place)))
                .collect();
            format!(
                "{} {}: {}",
                entry.kind.name(),
                entry.value,
                names.join(", ")
            )
        })
        .collect();
    insta::assert_snapshot!(entries.join("\n"), @r"
        person Jane Roe: J. Q. Roe (a.toml:5), Jane Roe (a.toml:4), the Steel Lady (a.toml:5)
        organization Northern Steel Guild: NSG (a.toml:10), Northern Steel Guild (a.toml:9)
        instrument North Sea Trade Accord: North Sea Trade Accord (a.toml:13)
        topic sectors/green-steel: green steel (a.toml:18)
        ");
    let hidden: Vec<String> = lists
        .hidden
        .iter()
        .map(|hidden| {
            format!(
                "{} {} ({})",
                hidden.field,
                hidden.value,
                shown(&lists, hidden.place)
            )
        })
        .collect();
    insta::assert_snapshot!(hidden.join("\n"), @r"
        country United Kingdom (a.toml:22)
        person Paris Hilton (a.toml:21)
        person Robert Lighthizer (a.toml:21)
        topic sectors (a.toml:23)
        ");
    let [office] = &lists.entries[0].offices[..] else {
        panic!("one office");
    };
    assert_eq!(
        (
            office.country.as_str(),
            office.office.as_str(),
            office.from,
            office.to
        ),
        ("Iceland", "trade minister", 2021, Some(2024))
    );
}

#[test]
fn typed_names_resolve() {
    let lists = lists(&[("a.toml", GOOD)]);
    for (field, typed, value) in [
        ("person", "steel lady", "Jane Roe"),
        ("speaker", "The Steel-Lady", "Jane Roe"),
        ("person", "j q roe", "Jane Roe"),
        ("organization", "n.s.g.", "Northern Steel Guild"),
        ("topic", "Green Steel", "sectors/green-steel"),
    ] {
        assert_eq!(lists.resolve(field, typed), [value], "{typed}");
    }
    let line = |field: &str, value: &str, words: &str| {
        let spelling = lists.speaks_for(field, value, words);
        spelling.map_or(0, |spelling| spelling.place.line)
    };
    assert_eq!(line("speaker", "Jane Roe", "The STEEL Lady"), 5);
    assert_eq!(line("person", "Jane Roe", "Jane Roe"), 4);
    assert_eq!(line("topic", "sectors/green-steel", "Green Steel"), 18);
    assert_eq!(line("person", "John Roe", "John Roe"), 0);
    assert!(lists.resolve("organization", "steel lady").is_empty());
    assert!(lists.resolve("person", "").is_empty());
    let firms = "[[organization]]\nname = \"АО «Станкоквил-Север»\"\n[[organization]]\nname = \"Quill & Losa Co., Ltd.\"\n[[organization]]\nname = \"Roe AG\"\n[[organization]]\nname = \"Roe Ltd\"";
    let firms = self::lists(&[("a.toml", firms)]);
    for (typed, values) in [
        ("АО Станкоквил-Север", &["АО «Станкоквил-Север»"][..]),
        ("станкоквил север", &["АО «Станкоквил-Север»"]),
        ("quill and losa", &["Quill & Losa Co., Ltd."]),
        ("Quill & Losa Company Limited", &["Quill & Losa Co., Ltd."]),
        ("Roe Limited", &["Roe Ltd"]),
        ("Roe", &["Roe AG", "Roe Ltd"]),
        ("Roe GmbH", &[]),
    ] {
        assert_eq!(firms.resolve("organization", typed), values, "{typed}");
    }
    assert!(lists.resolve("person", "the").is_empty());
}

#[test]
fn files_add_to_one_another() {
    let merged = lists(&[
        (
            "b.toml",
            "[[person]]\nname = \"Jane Roe\"\naliases = [\"the Steel Lady\"]",
        ),
        (
            "sub/a.toml",
            "[[person]]\nname = \"Jane Roe\"\naliases = [\"J. Q. Roe\"]\n[hide]\nperson = [\"A B\"]",
        ),
        ("notes.txt", "no list"),
        (".hidden.toml", "no list"),
    ]);
    assert_eq!(merged.files, ["b.toml", "sub/a.toml"]);
    assert_eq!(merged.counts().people, 1);
    let whole = lists(&[(
        "all.toml",
        "[hide]\nperson = [\"A B\", \"A B\"]\n\n\n[[person]]\naliases = [\"the Steel Lady\", \"J. Q. Roe\", \"J. Q. Roe\"]\nname = \"Jane Roe\"",
    )]);
    // What is said counts, not where.
    assert_eq!(merged.fingerprint(), whole.fingerprint());
    assert_ne!(
        merged.fingerprint(),
        lists(&[("a.toml", GOOD)]).fingerprint()
    );
    assert_eq!(lists(&[("a.toml", "# Nothing yet.")]).fingerprint(), 0);
}

#[test]
fn names_that_cannot_be() {
    insta::assert_snapshot!(fault("[[person]]\nname = \" \""), @"a.toml:2: the name is empty; write it, or take it out");
    insta::assert_snapshot!(fault("[[person]]\nname = 7"), @"a.toml:2: the name is no text; put it in quotation marks");
    insta::assert_snapshot!(fault("[[person]]\nname = \"Jane\\tRoe\""), @"a.toml:2: the name holds an invisible character (U+0009); type it anew");
    insta::assert_snapshot!(fault("[[person]]\nname = \"Jane\\u202ERoe\""), @"a.toml:2: the name holds an invisible character (U+202E); type it anew");
    insta::assert_snapshot!(fault("[[person]]\nname = \"?!\""), @"a.toml:2: the name `?!` has no letter or digit; write it as texts do");
    insta::assert_snapshot!(fault(&format!("[[person]]\nname = \"{}\"", "Roe".repeat(100))), @"a.toml:2: the name is too long; it may have 200 characters");
    insta::assert_snapshot!(fault("[[person]]\naliases = [\"Roe\"]"), @r#"a.toml:1: this person has no `name`; write `name = "…"`, the value of the facet"#);
    insta::assert_snapshot!(fault("[[person]]\nname = \"Jane Roe\"\naliases = [\"Us\", \"X.\", \"Li\"]"), @r"
        a.toml:3: the alias `Us` is an ordinary word, found everywhere; write a longer one, or take it out
        a.toml:3: the alias `X.` is an ordinary word, found everywhere; write a longer one, or take it out
        ");
    insta::assert_snapshot!(fault("[[person]]\nname = \"Jane Roe\"\naliases = \"Roe\""), @r#"a.toml:3: `aliases` is no list; write `aliases = ["…", "…"]`"#);
}

#[test]
fn keys_that_are_not_there() {
    insta::assert_snapshot!(fault("[[person]]\nname = \"Jane Roe\"\nalias = []\nborn = 1970"), @r"
        a.toml:3: no key is called `alias`; did you mean `aliases`?
        a.toml:4: no key is called `born`; a person has `name`, `aliases`, `offices`
        ");
    insta::assert_snapshot!(fault("[[people]]\nname = \"Jane Roe\"\n[xyz]\n[[organisation]]"), @r"
        a.toml:1: no key is called `people`; a list has `person`, `organization`, `instrument`, `topic`, `hide`
        a.toml:3: no key is called `xyz`; a list has `person`, `organization`, `instrument`, `topic`, `hide`
        a.toml:4: no key is called `organisation`; did you mean `organization`?
        ");
    insta::assert_snapshot!(fault("[person]\nname = \"Jane Roe\""), @"a.toml:1: `person` is not a list of entries; write `[[person]]` above each, in two pairs of brackets");
    insta::assert_snapshot!(fault("organization = [\"RSG\"]"), @"a.toml:1: `organization` is not a list of entries; write `[[organization]]` above each, in two pairs of brackets");
    insta::assert_snapshot!(fault("[[topic]]\nname = \"x\""), @r#"
        a.toml:1: this topic has no `path`; write `path = "sectors/green-steel"`
        a.toml:2: no key is called `name`; a topic has `path`, `label`, `terms`
        "#);
    insta::assert_snapshot!(fault("hide = 1"), @r#"a.toml:1: `hide` is no table; write `[hide]`, and below it `person = ["…"]`"#);
    insta::assert_snapshot!(fault("[hide]\npublisher = [\"X\"]\nperson = \"Y\""), @r#"
        a.toml:2: no key is called `publisher`; `hide` has `person`, `speaker`, `country`, `topic`, `instrument`, `organization`
        a.toml:3: `person` is no list; write `person = ["…", "…"]`
        "#);
}

#[test]
fn offices_that_cannot_be() {
    let fault = |office: &str| {
        fault(&format!(
            "[[person]]\nname = \"Jane Roe\"\noffices = [\n{office}\n]"
        ))
    };
    insta::assert_snapshot!(fault("{ country = \"Ruritania\", office = \"trade minister\", from = 2021 }"), @"a.toml:4: no country is called `Ruritania`; write its English name, or its code of two letters");
    insta::assert_snapshot!(fault("{ country = \"Iceland\", office = \"trade minister\", from = 2024, to = 2021 }"), @"a.toml:4: the office ends in 2021, before it begins in 2024; swap the years");
    insta::assert_snapshot!(fault("{ country = \"Iceland\", office = \"\", from = \"2021\" }"), @r"
        a.toml:4: this is no year; write it as four digits, without quotation marks
        a.toml:4: the office is empty; write it, or take it out
        ");
    insta::assert_snapshot!(fault("{ office = \"trade minister\", form = 2021 }"), @r"
        a.toml:4: no key is called `form`; did you mean `from`?
        a.toml:4: this office has no `country`; write it, or take the office out
        a.toml:4: this office has no `from`; write the year in which it began; `to` may be left out
        ");
    insta::assert_snapshot!(fault("\"trade minister\""), @r#"a.toml:4: this is no office; write `offices = [{ country = "…", office = "…", from = 2021, to = 2024 }]`"#);
}

#[test]
fn topics_that_cannot_be() {
    insta::assert_snapshot!(fault("[[topic]]\npath = \"Sectors/Green Steel\"\nterms = [\"green steel\"]"), @"a.toml:2: `Sectors/Green Steel` is no path of a topic; write small letters, digits and hyphens, as `sectors/green-steel`");
    insta::assert_snapshot!(fault("[[topic]]\npath = \"a/b/c/d/e/f/g/h/i\"\nterms = [\"green steel\"]"), @"a.toml:2: `a/b/c/d/e/f/g/h/i` is no path of a topic; it may have 8 parts");
    insta::assert_snapshot!(fault("[[topic]]\npath = \"sectors/green-steel\""), @r#"a.toml:2: the topic `sectors/green-steel` has no terms; write `terms = ["…"]`"#);
}

#[test]
fn values_that_cannot_be_hidden() {
    insta::assert_snapshot!(fault("[hide]\ncountry = [\"Ruritania\"]"), @"a.toml:2: no country is called `Ruritania`; write its English name, or its code of two letters");
    insta::assert_snapshot!(fault("[hide]\nperson = [\"George Bush\"]"), @"a.toml:2: `George Bush` may be `George H.W. Bush` or `George W. Bush`; write which");
    insta::assert_snapshot!(fault("[hide]\ntopic = [\"sectors/stele\"]"), @"a.toml:2: no topic is called `sectors/stele`; write its path, as `tradewire facets topic` shows it");
    insta::assert_snapshot!(fault("[hide]\nperson = [\"jane roe\"]\n[[person]]\nname = \"Jane Roe\""), @"a.toml:2: `jane roe` is hidden here and listed at a.toml:4; take one of them out");
}

#[test]
fn what_does_not_agree() {
    insta::assert_snapshot!(fault("[[person]]\nname = \"Jane Roe\"\n[[person]]\nname = \"Jane Roe\""), @"a.toml:4: `Jane Roe` is listed twice, first at a.toml:2; make one entry of the two");
    insta::assert_snapshot!(fault("[[person]]\nname = \"Jane Roe\"\naliases = [\"Roe\"]\n[[person]]\nname = \"John Roe\"\naliases = [\n\"roe\"]"), @"a.toml:7: `roe` stands for `John Roe` here and for `Jane Roe` at a.toml:3; leave it to one of them");
    insta::assert_snapshot!(faults(&[
        ("a.toml", "[[organization]]\nname = \"Steel Guild\""),
        ("b.toml", "\n[[organization]]\nname = \"Steel guild\""),
    ]), @"b.toml:3: `Steel guild` is `Steel Guild` at a.toml:2; write it alike in both");
    insta::assert_snapshot!(faults(&[
        ("a.toml", "[[topic]]\npath = \"x/y\"\nlabel = \"Y\"\nterms = [\"yttrium\"]"),
        ("b.toml", "[[topic]]\npath = \"x/y\"\nlabel = \"Why\"\nterms = [\"yttrium\"]"),
    ]), @"b.toml:3: `x/y` has the label `Why` here and `Y` at a.toml:3; take one of them out");
    let office = |to: &str| {
        format!(
            "[[person]]\nname = \"Jane Roe\"\noffices = [{{ country = \"Iceland\", office = \"trade minister\", from = 2021{to} }}]"
        )
    };
    insta::assert_snapshot!(faults(&[("a.toml", &office("")), ("b.toml", &office(", to = 2024"))]), @"b.toml:3: `Jane Roe` has other years as `trade minister` at a.toml:3; take one of them out");
}

#[test]
fn all_faults_of_all_files_are_told() {
    insta::assert_snapshot!(faults(&[
        ("a.toml", "[[person]]\nnmae = \"Jane Roe\"\n[hide]\ncountry = [\"Ruritania\"]"),
        ("b.toml", "[[person]\nname = \"Jane Roe\nx = = 1"),
        ("c.toml", "[[person]]\nname = \"\""),
    ]), @r#"
        a.toml:1: this person has no `name`; write `name = "…"`, the value of the facet
        a.toml:2: no key is called `nmae`; did you mean `name`?
        a.toml:4: no country is called `Ruritania`; write its English name, or its code of two letters
        b.toml:1: unclosed array table, expected `]`; https://toml.io shows how TOML is written
        b.toml:3: extra `=`, expected nothing; https://toml.io shows how TOML is written
        b.toml:3: unexpected key or value, expected newline, `#`; https://toml.io shows how TOML is written
        c.toml:2: the name is empty; write it, or take it out
        "#);
    let folder = folder(&[("many.toml", &"[[person]]\n".repeat(limits::MAX_FAULTS + 7))]);
    let faults = read(folder.path(), &ours).expect_err("nobody has a name");
    assert_eq!(faults.faults.len(), limits::MAX_FAULTS);
    assert!(faults.to_string().ends_with("\n… and 7 more"));
}

#[test]
fn files_that_cannot_be_read() {
    let files = folder(&[("notes.txt", "no list"), ("fine.toml", "# Nothing yet.")]);
    let at = |name: &str| faults_at(&files.path().join(name), files.path());
    insta::assert_snapshot!(at("elsewhere"), @"elsewhere: no such file or folder; check how it is written");
    fs::create_dir(files.path().join("empty")).unwrap();
    insta::assert_snapshot!(at("empty"), @"empty: the folder holds no list; the names of lists end in `.toml`; name the file itself if it has another");
    fs::write(
        files.path().join("latin.toml"),
        b"[[person]]\nname = \"Jos\xe9\"",
    )
    .unwrap();
    insta::assert_snapshot!(at("latin.toml"), @"latin.toml:2: the text is not UTF-8; save the file as UTF-8");
    let large = fs::File::create(files.path().join("large.toml")).unwrap();
    large.set_len(limits::MAX_FILE_BYTES + 1).unwrap();
    insta::assert_snapshot!(at("large.toml"), @"large.toml: larger than 8 MiB; split it into several files of one folder");
    // Named itself, a file may have any name.
    insta::assert_snapshot!(at("notes.txt"), @"notes.txt:1: key with no value, expected `=`; https://toml.io shows how TOML is written");
    assert!(read(&files.path().join("fine.toml"), &ours).is_ok());
    fs::write(
        files.path().join("bom.toml"),
        "\u{feff}[[person]]\nname = \"Jane Roe\"",
    )
    .unwrap();
    assert!(read(&files.path().join("bom.toml"), &ours).is_ok());
}

#[cfg(unix)]
#[test]
fn links_and_devices_do_no_harm() {
    let files = folder(&[("fine.toml", "# Nothing yet.")]);
    let at = |name: &str| faults_at(&files.path().join(name), files.path());
    let link = |to: &Path, name: &str| {
        std::os::unix::fs::symlink(to, files.path().join(name)).unwrap();
    };
    fs::create_dir(files.path().join("loop")).unwrap();
    link(&files.path().join("loop"), "loop/again");
    insta::assert_snapshot!(at("loop"), @"loop/again: a link that leads back to `loop`; remove the link");
    fs::create_dir(files.path().join("device")).unwrap();
    link(Path::new("/dev/zero"), "device/zero.toml");
    link(Path::new("nowhere"), "device/gone.toml");
    link(Path::new("self.toml"), "device/self.toml");
    insta::assert_snapshot!(at("device"), @r"
        device/gone.toml: cannot be read: no such file or directory; check its permissions
        device/self.toml: cannot be read: too many levels of symbolic links; check its permissions
        device/zero.toml: no file; name a file, or a folder of them
        ");
    link(Path::new("fine.toml"), "other.toml");
    assert!(read(&files.path().join("other.toml"), &ours).is_ok());
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.toml"), bytes).unwrap();
        let _ = read(folder.path(), &ours);
    }

    #[test]
    fn any_toml_is_read_or_refused(lines in prop::collection::vec(
        "(\\[\\[(person|organization|instrument|topic)\\]\\]|\\[hide\\]|(name|path|label|country|person) = (\"[a-zé. /]{0,6}\"|\\[\"[A-Z]{0,3}\", \"é\"\\]|-?[0-9]{1,20})|(aliases|terms|offices) = \\[(\"[a-z ]{0,4}\"|\\{ (from|to) = [0-9]{1,5} \\}|1)\\]|[\\[\\]{}=\"',#\n]{0,6})", 0..12)) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.toml"), lines.join("\n")).unwrap();
        match read(folder.path(), &ours) {
            Ok(lists) => prop_assert!(lists.resolve("person", "x").len() < 2),
            Err(faults) => prop_assert!(faults.n_faults > 0 && !faults.to_string().is_empty()),
        }
    }
}
