//! Bad files, bad indexes, bad queries: each gets a message that says what, where and what to do, the right exit code,
//! and costs nothing else.

use std::fs;
use std::path::Path;

use crate::sandbox::{Outcome, Sandbox};

/// Indexes `corpus` with one good article beside whatever the test has put there, and returns the messages and the exit
/// code. The good article must be found afterwards.
#[track_caller]
fn index_beside_good(sandbox: &Sandbox) -> String {
    sandbox.write("corpus/z-good.txt", "The tariffs on umbrellas stay.");
    let outcome = sandbox.run(&["index", "[TMP]/corpus", "--format", "json"]);
    assert_good_is_found(sandbox);
    messages(&outcome)
}

#[track_caller]
fn assert_good_is_found(sandbox: &Sandbox) {
    let found = sandbox.run(&["search", "umbrellas", "--format", "jsonl"]);
    assert!(found.stdout.contains("\"z-good#0\""), "{found}");
    let check = sandbox.run(&["check", "--format", "json"]);
    assert_eq!(check.code, 0, "{check}");
}

fn messages(outcome: &Outcome) -> String {
    format!("{}exit {}", outcome.stderr, outcome.code)
}

/// The ids of all paragraphs in the index.
fn ids(sandbox: &Sandbox) -> Vec<String> {
    let all = sandbox.run(&["search", "--limit", "all", "--format", "jsonl"]);
    let id = |line: &str| -> String {
        let paragraph: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        paragraph["id"].as_str().unwrap_or_default().to_string()
    };
    let mut ids: Vec<String> = all.stdout.lines().map(id).collect();
    ids.sort();
    ids
}

/// Three hundred pictures are three hundred lines, not six hundred; lines of a file with one reason are one.
#[test]
fn hints_are_said_once() {
    let sandbox = Sandbox::new();
    for number in 0..300 {
        sandbox.write(&format!("corpus/{number}.png"), "picture");
    }
    sandbox.write(
        "corpus/lines.jsonl",
        "{\"title\": 1}\n{\"title\": 2}\n[1,2]\n",
    );
    let said = index_beside_good(&sandbox);
    let n_lines = |start: &str| said.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!(n_lines("skipped "), 300 + 2, "{said}");
    assert_eq!(n_lines("   hint: "), 2, "{said}");
    let mut lines = said.lines();
    assert!(
        lines
            .nth(1)
            .is_some_and(|line| line.starts_with("   hint: readable are "))
    );
}

#[test]
fn empty_and_blank_files() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/empty.txt", "");
    sandbox.write("corpus/blank.md", " \n\n\t\n");
    sandbox.write("corpus/empty.json", "");
    sandbox.write("corpus/empty.jsonl", "");
    sandbox.write("corpus/empty.html", "<html><body></body></html>");
    insta::assert_snapshot!(index_beside_good(&sandbox), @r#"
skipped [TMP]/corpus/blank.md: no text in it
skipped [TMP]/corpus/empty.html: no text in it
skipped [TMP]/corpus/empty.json: empty file
skipped [TMP]/corpus/empty.jsonl: empty file
skipped [TMP]/corpus/empty.txt: empty file
exit 1
"#);
}

#[test]
fn binary_files() {
    let sandbox = Sandbox::new();
    let bytes: Vec<u8> = (0..4_000u32)
        .map(|number| (number * 37 % 251) as u8)
        .collect();
    sandbox.write("corpus/a.txt", &bytes);
    sandbox.write("corpus/b.html", &bytes);
    sandbox.write("corpus/c.json", &bytes);
    sandbox.write("corpus/d.jsonl", &bytes);
    sandbox.write("corpus/e.md", b"\x7fELF\x02\x01\x01\0\0\0\0\0");
    insta::assert_snapshot!(index_beside_good(&sandbox), @r#"
skipped [TMP]/corpus/a.txt: binary file
skipped [TMP]/corpus/b.html: binary file
skipped [TMP]/corpus/c.json: binary file
skipped [TMP]/corpus/d.jsonl:1: binary file (and 16 more lines)
skipped [TMP]/corpus/e.md: binary file
exit 1
"#);
}

/// What can be read of a text that ends in the middle is read; JSON that does is named.
#[test]
fn truncated_files() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "corpus/a.txt",
        &"Zölle auf Stahl: Malmströ".as_bytes()[..26],
    );
    sandbox.write(
        "corpus/b.html",
        "<html><body><article><p>The tariffs on pipes stay.</p><p>And the tar",
    );
    sandbox.write(
        "corpus/c.json",
        "{\"title\": \"Pipes\", \"text\": \"The tariffs on pi",
    );
    sandbox.write(
        "corpus/d.jsonl",
        "{\"id\": \"whole\", \"text\": \"The tariffs on bolts stay.\"}\n{\"id\": \"cut\", \"te",
    );
    insta::assert_snapshot!(index_beside_good(&sandbox), @r#"
skipped [TMP]/corpus/c.json:1: broken JSON at column 45: EOF while parsing a string
   hint: articles before and after it are kept; repair the record to have it as well
skipped [TMP]/corpus/d.jsonl:2: broken JSON at column 17: EOF while parsing a string
exit 1
"#);
    insta::assert_snapshot!(ids(&sandbox).join(" "), @r#"a#0 b#0 b#1 whole#0 z-good#0"#);
}

/// Of a feed that is broken in one place the other items are read; what is no feed is called by what it is.
#[test]
fn feeds_and_other_xml() {
    let sandbox = Sandbox::new();
    let item = |id: &str, text: &str| {
        format!("<item><guid>{id}</guid><description>{text}</description></item>\n")
    };
    let feed = |items: &[String]| format!("<rss><channel>\n{}</channel></rss>", items.concat());
    let broken = item("broken", "The tariffs on").replace("</description>", "");
    let pipes = item("pipes", "&lt;p&gt;The tariffs on pipes stay.&lt;/p&gt;");
    let bolts = item("bolts", "The tariffs on bolts stay.");
    sandbox.write("corpus/a.xml", feed(&[pipes, broken, bolts]));
    sandbox.write("corpus/b.rss", &feed(&[item("zinc", "Zinc.")])[..60]);
    sandbox.write("corpus/c.atom", "<feed></feed>");
    sandbox.write(
        "corpus/d.xml",
        "<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><body/></opml>",
    );
    sandbox.write("corpus/e.xml", "<invoice><sum>5</sum></invoice>");
    let twice = item("zinc", "The tariffs on zinc stay.");
    sandbox.write("corpus/f.xml", feed(&[twice.clone(), twice]));
    sandbox.write(
        "corpus/g.xml",
        "<?xml version=\"1.0\"?><html><body><p>The tariffs on nuts stay.</p></body></html>",
    );
    sandbox.write("corpus/h.xml", "The tariffs on nails stay.");
    insta::assert_snapshot!(index_beside_good(&sandbox), @r#"
skipped [TMP]/corpus/a.xml:3: broken XML: `</item>` within `<description>`
   hint: the other items are kept; repair this place to have all
skipped [TMP]/corpus/b.rss:2: broken XML: tag not closed: `>` not found before end of input
skipped [TMP]/corpus/c.atom: no article in it
skipped [TMP]/corpus/d.xml: a list of feeds (OPML), no feed
   hint: of XML, feeds (RSS, Atom) are read; save its texts as HTML, as plain text or as JSON Lines
skipped [TMP]/corpus/e.xml: XML that is no feed: its first element is `invoice`
warning: `[TMP]/corpus/f.xml` gives two articles with the id `zinc`
   hint: if one is a later version of the other, remove one of them: both are found, under one id; else give them ids of their own
exit 1
"#);
    insta::assert_snapshot!(ids(&sandbox).join(" "), @"bolts#0 g#0 h#0 pipes#0 z-good#0 zinc#0 zinc#0");
}

#[test]
fn absurdly_long_files_and_lines() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/lines.jsonl", format!("{{\"id\": \"before\", \"text\": \"One.\"}}\n{{\"text\": \"{}\"}}\n{{\"id\": \"after\", \"text\": \"Two.\"}}\n", "tariff ".repeat(3_000_000)));
    sandbox.write("corpus/line.txt", "x".repeat(17_000_000));
    sandbox.write("corpus/large.txt", "Large.");
    let large = fs::File::options()
        .write(true)
        .open(sandbox.path("corpus/large.txt"));
    large
        .and_then(|file| file.set_len(5 << 30))
        .expect("sparse files can be made");
    insta::assert_snapshot!(index_beside_good(&sandbox), @r#"
skipped [TMP]/corpus/large.txt: larger than 64 MB
   hint: split it, or turn it into JSON Lines, which may be of any size
skipped [TMP]/corpus/line.txt: a paragraph of 16 MB
   hint: separate its paragraphs by blank lines
skipped [TMP]/corpus/lines.jsonl:2: a line of more than 16 MB
   hint: each line is to hold one article
exit 1
"#);
    insta::assert_snapshot!(ids(&sandbox).join(" "), @r#"after#0 before#0 z-good#0"#);
}

#[test]
fn broken_json_on_line_412() {
    let sandbox = Sandbox::new();
    let line = |number: usize| match number {
        412 => "{\"id\": \"note-412\", \"text\": \"The tariffs on}\n".to_string(),
        _ => {
            format!("{{\"id\": \"note-{number}\", \"text\": \"The tariffs on item {number}.\"}}\n")
        }
    };
    sandbox.write(
        "corpus/notes.jsonl",
        (1..=500).map(line).collect::<String>(),
    );
    insta::assert_snapshot!(index_beside_good(&sandbox), @r#"
skipped [TMP]/corpus/notes.jsonl:412: broken JSON at column 43: EOF while parsing a string
   hint: articles before and after it are kept; repair the record to have it as well
exit 1
"#);
    assert_eq!(ids(&sandbox).len(), 500);
    // It is said again although the file is not read again.
    insta::assert_snapshot!(index_beside_good(&sandbox), @r#"
skipped [TMP]/corpus/notes.jsonl:412: broken JSON at column 43: EOF while parsing a string
exit 1
"#);
}

#[cfg(unix)]
#[test]
fn links_pipes_and_names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let sandbox = Sandbox::new();
    sandbox.write("corpus/below/a.txt", "The tariffs on ropes stay.");
    symlink(sandbox.path("corpus"), sandbox.path("corpus/below/loop")).expect("links can be made");
    symlink("nowhere.txt", sandbox.path("corpus/dangling.txt")).expect("links can be made");
    let pipe = std::process::Command::new("mkfifo")
        .arg(sandbox.path("corpus/pipe.txt"))
        .status();
    assert!(
        pipe.is_ok_and(|status| status.success()),
        "pipes can be made"
    );
    let name = std::ffi::OsStr::from_bytes(b"w\xffrong.txt");
    fs::write(
        sandbox.path("corpus").join(name),
        "The tariffs on cables stay.",
    )
    .expect("any name is allowed");
    insta::assert_snapshot!(index_beside_good(&sandbox), @r#"
skipped [TMP]/corpus/below/loop: a link that leads back to `[TMP]/corpus`, which holds it
   hint: remove the link; what it leads to is read once
skipped [TMP]/corpus/dangling.txt: a link that leads nowhere
   hint: remove the link, or restore what it leads to
skipped [TMP]/corpus/pipe.txt: neither a file nor a folder
   hint: write a stream to a file first; `tradewire extract -` reads one from standard input
exit 1
"#);
    insta::assert_snapshot!(ids(&sandbox).join(" "), @r#"below/a#0 w�rong#0 z-good#0"#);
}

/// Permissions do not hold for root, which may run the tests: then a file that the system itself does not give out.
#[cfg(target_os = "linux")]
#[test]
fn unreadable_files_keep_what_the_index_has_of_them() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let sandbox = Sandbox::new();
    sandbox.write("corpus/secret.txt", "The tariffs on locks stay.");
    index_beside_good(&sandbox);
    assert_eq!(ids(&sandbox).len(), 2);
    let secret = sandbox.path("corpus/secret.txt");
    sandbox.write("corpus/secret.txt", "The tariffs on locks fall away.");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000))
        .expect("permissions can be set");
    if fs::read(&secret).is_ok() {
        fs::remove_file(&secret).expect("files can be removed");
        symlink("/proc/self/mem", &secret).expect("links can be made");
    }
    let outcome = sandbox.run(&["index", "[TMP]/corpus", "--format", "json"]);
    assert_eq!(outcome.code, 1, "{outcome}");
    assert!(
        outcome
            .stderr
            .starts_with("skipped [TMP]/corpus/secret.txt: "),
        "{outcome}"
    );
    assert_eq!(ids(&sandbox).len(), 2);
    assert_good_is_found(&sandbox);
}

#[test]
fn a_corpus_that_is_not_there() {
    let sandbox = Sandbox::indexed();
    let before = ids(&sandbox);
    let moved = fs::rename(sandbox.path("corpus"), sandbox.path("elsewhere"));
    moved.expect("folders can be moved");
    insta::assert_snapshot!(messages(&sandbox.run(&["index", "[TMP]/corpus", "--format", "json"])), @r#"
error: [TMP]/corpus: no such file or folder
hint: check the spelling; paths are relative to the current folder
exit 2
"#);
    assert_eq!(ids(&sandbox), before);
    let outcome = sandbox.run(&["search", "steel", "--in", "[TMP]/corpus"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""));
    let outcome = sandbox.run(&["index", "nowhere", "--index", "[TMP]/new"]);
    assert_eq!(outcome.code, 2);
    assert!(!sandbox.path("new").exists());
}

#[test]
fn no_index() {
    let sandbox = Sandbox::new();
    for arguments in [
        &["search", "steel"][..],
        &["search"],
        &["facets", "country"],
        &["show", "a"],
        &["stats"],
        &["check"],
    ] {
        let outcome = sandbox.run(arguments);
        assert_eq!(
            messages(&outcome),
            "error: there is no index in `[TMP]/index`\nhint: build it with `tradewire index --index [TMP]/index PATH`\nexit 2"
        );
        assert!(outcome.stdout.is_empty());
    }
    assert!(!sandbox.path("index").exists());
}

#[test]
fn an_index_that_is_a_file_or_lies_where_none_can_be() {
    let sandbox = Sandbox::with_corpus();
    sandbox.write("index", "no folder");
    insta::assert_snapshot!(messages(&sandbox.run(&["stats"])), @r#"
error: cannot read the index in `[TMP]/index`: not a folder
hint: check that it is a folder, and its permissions and those of the files in it
exit 2
"#);
    insta::assert_snapshot!(messages(&sandbox.run(&["index", "[TMP]/corpus"])), @r#"
error: cannot write the index in `[TMP]/index`: not a directory
hint: the last commit is intact; make room or mend the permissions, and run the command again
exit 2
"#);
    insta::assert_snapshot!(messages(&sandbox.run(&["index", "--index", "/proc/index", "[TMP]/corpus"])), @r#"
error: cannot write the index in `/proc/index`: no such file or directory
hint: the last commit is intact; make room or mend the permissions, and run the command again
exit 2
"#);
}

#[test]
fn an_index_of_another_version() {
    let sandbox = Sandbox::indexed();
    let before = ids(&sandbox);
    fs::rename(
        sandbox.path("index/format-6"),
        sandbox.path("index/format-9"),
    )
    .expect("folders can be moved");
    let other = "error: the index in `[TMP]/index` was made by another version of tradewire (index format 9, this version has 6)\nhint: build it anew with `tradewire index --rebuild --index [TMP]/index PATH`\nexit 2";
    for arguments in [
        &["search", "steel"][..],
        &["stats"],
        &["check"],
        &["index", "[TMP]/corpus"],
    ] {
        assert_eq!(messages(&sandbox.run(arguments)), other);
    }
    assert!(sandbox.path("index/format-9/meta.json").exists());
    let rebuilt = sandbox.run(&["index", "--rebuild", "[TMP]/corpus"]);
    assert_eq!(rebuilt.code, 0, "{rebuilt}");
    insta::assert_snapshot!(rebuilt.stderr, @"the index before cannot be read: if it had lists of yours, name them again with `--lists`");
    assert_eq!(ids(&sandbox), before);
    assert!(!sandbox.path("index/format-9").exists());
}

/// Replaces something in the list of contents, and takes the seal away, as if somebody had written it so.
fn rewrite_contents(sandbox: &Sandbox, from: &str, to: &str) {
    let path = sandbox.path("index/format-6/meta.json");
    let text = fs::read_to_string(&path).expect("the index has its lists");
    let (list, _) = text.split_once(",\n  \"checksum\"").expect("it has a seal");
    let list = format!("{list}\n}}\n").replace(from, to);
    fs::write(&path, list).expect("files can be written");
}

#[test]
fn an_index_with_other_fields() {
    let sandbox = Sandbox::indexed();
    rewrite_contents(&sandbox, "\"speaker\"", "\"orator\"");
    insta::assert_snapshot!(messages(&sandbox.run(&["search", "steel"])), @r#"
error: the index in `[TMP]/index` was made by another version of tradewire: it has other fields
hint: build it anew with `tradewire index --rebuild --index [TMP]/index PATH`
exit 2
"#);
    insta::assert_snapshot!(messages(&sandbox.run(&["index", "[TMP]/corpus"])), @r#"
error: the index in `[TMP]/index` was made by another version of tradewire: it has other fields
hint: build it anew with `tradewire index --rebuild --index [TMP]/index PATH`
exit 2
"#);
    let rebuilt = sandbox.run(&["index", "--rebuild", "[TMP]/corpus"]);
    assert_eq!(rebuilt.code, 0, "{rebuilt}");
    assert_eq!(sandbox.run(&["check"]).code, 0);
}

#[test]
fn an_index_that_says_nonsense_of_itself() {
    let sandbox = Sandbox::indexed();
    let meta = sandbox.path("index/format-6/meta.json");
    rewrite_contents(&sandbox, "n_articles", "n_particles");
    insta::assert_snapshot!(messages(&sandbox.run(&["search", "steel"])), @r#"
error: the index in `[TMP]/index` is damaged: it does not say what it holds
hint: build it anew with `tradewire index --rebuild --index [TMP]/index PATH`
exit 2
"#);
    fs::write(&meta, "{").expect("files can be written");
    insta::assert_snapshot!(messages(&sandbox.run(&["search", "steel"])), @r#"
error: the index in `[TMP]/index` is damaged: `meta.json` cannot be read
hint: build it anew with `tradewire index --rebuild --index [TMP]/index PATH`
exit 2
"#);
    insta::assert_snapshot!(messages(&sandbox.run(&["index", "[TMP]/corpus"])), @r#"
error: the index in `[TMP]/index` is damaged: `meta.json` cannot be read
hint: build it anew with `tradewire index --rebuild --index [TMP]/index PATH`
exit 2
"#);
    let rebuilt = sandbox.run(&["index", "--rebuild", "[TMP]/corpus"]);
    assert_eq!(rebuilt.code, 0, "{rebuilt}");
}

/// Each file of the index is cut, emptied, overwritten and removed: every command says so or gives an answer, and `check`
/// never calls the index whole.
#[test]
fn damaged_files() {
    let sandbox = Sandbox::indexed();
    let folder = sandbox.path("index/format-6");
    let mut files: Vec<String> = fs::read_dir(&folder)
        .expect("the index is there")
        .map(|entry| {
            entry
                .expect("it can be read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        // A note that is gone or makes no sense is written again.
        .filter(|name| !name.starts_with('.') && name != "meta.json" && name != "vouched.json")
        .collect();
    files.sort();
    assert!(files.len() >= 5, "{files:?}");
    for file in &files {
        let path = folder.join(file);
        let whole = fs::read(&path).expect("it can be read");
        for (what, damaged) in damages(&whole) {
            match damaged {
                Some(bytes) => fs::write(&path, bytes),
                None => fs::remove_file(&path),
            }
            .expect("it can be damaged");
            // In a process of its own: what the engine makes of such bytes must not end the tests.
            let check = sandbox.spawn(&["check", "--format", "json"]);
            assert_eq!(check.code, 2, "{file}, {what}: {check}");
            let is_said = check.stdout.contains("not as it was written")
                || check
                    .stderr
                    .starts_with("error: the index in `[TMP]/index` is damaged: ")
                || check
                    .stderr
                    .starts_with("error: cannot read the index in `[TMP]/index`");
            assert!(is_said, "{file}, {what}: {check}");
            for arguments in USES {
                let outcome = sandbox.spawn(arguments);
                let is_answer = (0..2).contains(&outcome.code);
                let is_error = outcome.code == 2 && outcome.stderr.starts_with("error: ");
                assert!(is_answer || is_error, "{file}, {what}: {outcome}");
            }
            fs::write(&path, &whole).expect("it can be mended");
        }
    }
    assert_eq!(sandbox.run(&["check", "--format", "json"]).code, 0);
}

/// Commands that together read every file of an index.
const USES: &[&[&str]] = &[
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
        "facets",
        "country,topic",
        "title:pipe OR published:2018 OR ordinal:0",
        "--speaker",
        "kitano",
        "--format",
        "csv",
    ],
];

/// Ways to damage a file; none for removing it.
fn damages(whole: &[u8]) -> Vec<(String, Option<Vec<u8>>)> {
    let mut damages = vec![
        ("removed".to_string(), None),
        ("emptied".to_string(), Some(Vec::new())),
        (
            "cut in half".to_string(),
            Some(whole[..whole.len() / 2].to_vec()),
        ),
        (
            "cut at the end".to_string(),
            Some(whole[..whole.len() - 1].to_vec()),
        ),
        ("zeroed".to_string(), Some(vec![0; whole.len()])),
    ];
    for step in 0..12 {
        let at = whole.len() * step / 12;
        let mut flipped = whole.to_vec();
        flipped[at] ^= 0x55;
        damages.push((format!("byte {at} flipped"), Some(flipped)));
    }
    damages
}

#[test]
fn a_second_writer() {
    let sandbox = Sandbox::indexed();
    let before = ids(&sandbox);
    let writer = tradewire::index::Writer::open(&sandbox.path("index"), false, 1);
    let writer = writer.expect("the first writer gets the index");
    let busy = "error: the index in `[TMP]/index` is being written by another tradewire\nhint: wait for it to finish; searching goes on meanwhile\nexit 2";
    assert_eq!(messages(&sandbox.run(&["index", "[TMP]/corpus"])), busy);
    assert_eq!(
        messages(&sandbox.run(&["index", "--rebuild", "[TMP]/corpus"])),
        busy
    );
    assert_eq!(
        messages(&sandbox.run(&["search", "--in", "[TMP]/corpus", "steel"])),
        busy
    );
    assert_eq!(ids(&sandbox), before);
    drop(writer);
    assert_eq!(sandbox.run(&["index", "[TMP]/corpus"]).code, 0);
}

/// The size of files is limited instead of the disk; the error comes by the same way.
#[cfg(unix)]
#[test]
fn a_full_disk() {
    let sandbox = Sandbox::indexed();
    let before = ids(&sandbox);
    let text = (0..10_000).fold(String::new(), |text, number| {
        text + &format!(
            "The tariff on item {number} is {}.\n\n",
            number * 7_919 % 10_007
        )
    });
    sandbox.write("corpus/large.txt", text);
    let full =
        sandbox.shell("trap '' XFSZ; ulimit -f 64; \"$tradewire\" index --index index corpus");
    insta::assert_snapshot!(messages(&full), @r#"
error: cannot write the index in `index`: file too large
hint: the last commit is intact; make room or mend the permissions, and run the command again
exit 2
"#);
    assert_eq!(ids(&sandbox), before);
    assert_eq!(sandbox.run(&["check"]).code, 0);
    let enough = sandbox.shell("\"$tradewire\" index --index index corpus --format json");
    assert_eq!(enough.code, 0, "{enough}");
    assert!(ids(&sandbox).len() > before.len());
    assert_eq!(sandbox.run(&["check"]).code, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn answers_that_cannot_be_written() {
    let sandbox = Sandbox::indexed();
    let full =
        sandbox.shell("\"$tradewire\" search --index index --limit all --format jsonl > /dev/full");
    insta::assert_snapshot!(messages(&full), @r#"
error: cannot write the answer: no space left on device
exit 2
"#);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let sandbox = Sandbox::indexed();
    let text = (0..4_000).fold(String::new(), |text, number| {
        text + &format!("Japan raised the tariff on item {number}.\n\n")
    });
    sandbox.write("corpus/large.txt", text);
    let extract = sandbox.shell(
        "{ \"$tradewire\" extract corpus; echo \"exit $?\" >&2; } | head -n 1 | cut -c 1-20",
    );
    assert_eq!(messages(&extract), "exit 0\nexit 0");
    assert_eq!(extract.stdout.lines().count(), 1);
    assert_eq!(sandbox.run(&["index", "[TMP]/corpus"]).code, 0);
    for format in ["json", "jsonl", "csv", "text"] {
        let search = sandbox.shell(&format!("{{ \"$tradewire\" search --index index --limit all --format {format}; echo \"exit $?\" >&2; }} | true"));
        assert_eq!(messages(&search), "exit 0\nexit 0");
    }
    let facets = sandbox.shell("{ \"$tradewire\" --help; echo \"exit $?\" >&2; } | true");
    assert_eq!(messages(&facets), "exit 0\nexit 0");
}

#[test]
fn bad_queries() {
    let sandbox = Sandbox::indexed();
    let mut shown = String::new();
    for query in [
        "steel AND",
        "AND steel",
        "(steel OR aluminum",
        "steel)",
        "()",
        "\"steel tariffs",
        "steel %",
        "contry:japan",
        "country:",
        "country: japan",
        "country:jpan",
        "speaker:nobody",
        "published:tomorrow",
        "published:2018-13",
        "published:[2019 TO 2018]",
        "ordinal:first",
        "t*",
        "steel~9",
        "steel W/5",
        "steel W/5 (tariff quota)",
        "\"trade * war\"",
        "ATLEAST5(steel tariff)",
        "steel^2",
    ] {
        let outcome = sandbox.run(&["search", query]);
        assert!(outcome.stdout.is_empty(), "{outcome}");
        shown += &format!("# {query}\n{}\n\n", messages(&outcome));
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("bad_queries", shown);
    });
}

#[test]
fn unknown_and_ambiguous_names() {
    let sandbox = Sandbox::with_corpus();
    sandbox.write("corpus/more.txt", "Trade minister Aiko Kitano said the talks went well.\n\nJapan and the United Kingdom, with Prime Minister Tomas Weber, agreed.");
    assert_eq!(sandbox.run(&["index", "[TMP]/corpus"]).code, 0);
    let mut shown = String::new();
    for arguments in [
        &["search", "--country", "jpan"][..],
        &["search", "--country", "atlantis"],
        &["search", "--country", "france"],
        &["search", "--country", ""],
        &["search", "--country", "united"],
        &["search", "--speaker", "kitano"],
        &["search", "--speaker", "kitnao"],
        &["search", "--person", "abe"],
        &["search", "--topic", "stel"],
        &["search", "--instrument", "section 301"],
        &["search", "--publisher", "gazete"],
        &["search", "--exclude", "speaker=kitano"],
        &["search", "speaker:kitano"],
        &["facets", "contry"],
        &["facets", "contry,speaker"],
        &["facets", "text"],
        &["facets", ""],
        &["search", "--facets", "speakr", "steel"],
        &["show", "note-3"],
        &["show", "note-1#7"],
        &["show", "note-1#x"],
        &["show", ""],
    ] {
        let outcome = sandbox.run(arguments);
        shown += &format!("# {}\n{}\n\n", arguments.join(" "), messages(&outcome));
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("unknown_names", shown);
    });
}

#[test]
fn no_match() {
    let sandbox = Sandbox::indexed();
    for format in ["json", "jsonl", "csv", "text"] {
        let outcome = sandbox.run(&["search", "xylophone", "--format", format]);
        assert_eq!(outcome.code, 1, "{outcome}");
        assert_eq!(
            sandbox
                .run(&["facets", "country", "xylophone", "--format", format])
                .code,
            1
        );
    }
    // Filters alone are no failure, and what is beyond the last page was found all the same.
    assert_eq!(
        sandbox
            .run(&["search", "--country", "japan", "--format", "jsonl"])
            .code,
        0
    );
    assert_eq!(
        sandbox
            .run(&["search", "steel", "--offset", "1000", "--format", "jsonl"])
            .code,
        0
    );
}

/// Whatever is asked, there is an answer or an error.
#[test]
fn hostile_queries() {
    let sandbox = Sandbox::indexed();
    let long = "a".repeat(100_000);
    let many = "steel ".repeat(20_000);
    let deep = "(".repeat(5_000);
    let nots = "not ".repeat(5_000);
    for query in [
        &long,
        &many,
        &deep,
        &nots,
        "\0",
        "\u{202e}\u{feff}",
        "\u{1F6A2}*",
        "*",
        "**",
        "~",
        "\"\"",
        "-",
        "--",
        "a:b:c",
        "text:",
        "text:*",
        "published:0000",
        "published:9999",
        "published:-9999",
        "ordinal:99999999999999999999",
        "ordinal:[0 TO 18446744073709551615]",
    ] {
        let outcome = sandbox.run(&["search", "--format", "jsonl", "--", query]);
        assert!(outcome.code <= 2);
        if outcome.code == 2 {
            assert!(outcome.stderr.starts_with("error: "), "{outcome}");
        }
    }
    for number in ["0", "18446744073709551615"] {
        for flag in ["--limit", "--offset"] {
            let outcome = sandbox.run(&[
                "search", "steel", flag, number, "--group", "article", "--format", "json",
            ]);
            assert_eq!(outcome.code, 0, "{outcome}");
            let outcome = sandbox.run(&[
                "search", "steel", "--limit", number, "--offset", number, "--format", "json",
            ]);
            assert_eq!(outcome.code, 0, "{outcome}");
        }
    }
    for (flag, date) in [
        ("--after", "-9999"),
        ("--before", "9999"),
        ("--after", "9999-12-31"),
        ("--before", "0001"),
    ] {
        let flag = format!("{flag}={date}");
        let outcome = sandbox.run(&["search", "steel", &flag, "--format", "json"]);
        assert!(outcome.code <= 2, "{outcome}");
    }
}

/// What is in the index's folder beside the index is nobody's business.
#[test]
fn other_files_in_the_folder_of_the_index_stay() {
    let sandbox = Sandbox::indexed();
    sandbox.write("index/.gitignore", "*\n");
    sandbox.write("index/format-notes.txt", "mine");
    assert_eq!(sandbox.run(&["index", "--rebuild", "[TMP]/corpus"]).code, 0);
    assert!(Path::new(&sandbox.path("index/.gitignore")).exists());
    assert!(Path::new(&sandbox.path("index/format-notes.txt")).exists());
}

/// Five hundred operators between words that stand in every paragraph; nothing of the kind comes from people.
#[test]
fn a_query_that_is_too_much_work_is_refused() {
    let sandbox = Sandbox::new();
    let article =
        |number: usize| format!("{{\"id\": \"{number}\", \"body\": \"Steel and more steel.\"}}\n");
    sandbox.write(
        "corpus/a.jsonl",
        (0..2_500).map(article).collect::<String>(),
    );
    assert_eq!(sandbox.run(&["index", "[TMP]/corpus"]).code, 0);
    let query = |n_times: usize| vec!["steel W/5 more"; n_times].join(" OR ");
    assert_eq!(sandbox.run(&["search", &query(20), "--limit", "1"]).code, 0);
    let refused = sandbox.run(&["search", &query(500)]);
    assert_eq!(refused.code, 2);
    insta::assert_snapshot!(refused.stderr, @"
    error: the query is too much work, most of it `steel W/5 more`
    hint: leave out words that stand nearly everywhere and wildcards for thousands of words, or ask in several queries
    ");
}
