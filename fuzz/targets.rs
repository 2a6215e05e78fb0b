//! What is done with any bytes, and what must hold afterwards: the bodies of the fuzz targets. Panics where it does not.
//!
//! Two use this file: the targets of cargo-fuzz beside it, and `tests/fuzz.rs`, which goes through what fuzzing has kept.

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tradewire::article::Paragraph;
use tradewire::extract::{self, EXTRACTORS, Own};
use tradewire::field::Field;
use tradewire::index::{self, Index};
use tradewire::ingest::{self, Choice, Settings};
use tradewire::lists;
use tradewire::query::{self, Query, QueryError, Synonyms, Syntax, Unresolved};
use tradewire::search::{Request, Results};
use tradewire::source::formats::FORMATS;
use tradewire::source::{Fault, Piece, Source};

/// A target: its name, which is that of its file and of its folder of seeds, and what it does.
pub(crate) type Target = (&'static str, fn(&[u8]));

#[allow(
    dead_code,
    reason = "the targets of cargo-fuzz name their functions themselves"
)]
pub(crate) static TARGETS: &[Target] = &[
    ("query", query),
    ("lexis", lexis),
    ("factiva", factiva),
    ("highlight", highlight),
    ("plain", plain),
    ("html", html),
    ("markdown", markdown),
    ("json", json),
    ("jsonl", jsonl),
    ("docx", docx),
    ("rtf", rtf),
    ("email", email),
    ("feed", feed),
    ("lists", lists),
    ("damage", damage),
];

/// Our own language.
pub(crate) fn query(bytes: &[u8]) {
    read_query(bytes, Syntax::Tradewire);
}

pub(crate) fn lexis(bytes: &[u8]) {
    read_query(bytes, Syntax::Lexis);
}

pub(crate) fn factiva(bytes: &[u8]) {
    read_query(bytes, Syntax::Factiva);
}

fn read_query(bytes: &[u8], syntax: Syntax) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match query::parse(text, syntax, &resolve) {
        Ok(tree) => {
            let ours = tree.to_string();
            let again = query::parse(&ours, Syntax::Tradewire, &resolve);
            // What is written out may be longer than what may be read.
            if !matches!(&again, Err(error) if error.message.contains("the most is")) {
                assert_eq!(again.as_ref(), Ok(&tree), "{text:?} is {ours:?}");
            }
            let relaxed = tree.relaxed();
            assert_ne!(relaxed.as_ref(), Some(&tree), "{text:?}");
            let synonyms = Synonyms::ours();
            let _ = synonyms.widen(&tree, true, &|_| false);
        }
        Err(error) => {
            check_place(&error, text);
        }
    }
}

/// The place of an error is one in the text, and a terminal of 80 columns shows it.
fn check_place(error: &QueryError, text: &str) {
    assert!(text.get(error.span.clone()).is_some(), "{error:?} {text:?}");
    assert!(!error.message.is_empty() && !error.message.ends_with('.'));
    let shown = error.render(text);
    let places: Vec<&str> = shown.lines().skip(1).take(2).collect();
    assert_eq!(places.len(), 2, "{shown}");
    assert!(places[1].trim_start().bytes().all(|byte| byte == b'^'));
}

/// Knows some names, several for one and none for another.
fn resolve(_: &'static Field, name: &str) -> Result<Vec<String>, Unresolved> {
    match name.to_lowercase().as_str() {
        "korea" => Ok(vec!["South Korea".into(), "North Korea".into()]),
        "japan" => Ok(vec!["Japan".into()]),
        "nowhere" => Err(Unresolved {
            message: format!("no such name: `{name}`"),
            hint: None,
            may_come: false,
            is_known: false,
        }),
        _ => Ok(vec![name.to_string()]),
    }
}

/// Queries, a line each, up to an empty line; behind it the text of an article. An index of it is asked for them.
pub(crate) fn highlight(bytes: &[u8]) {
    const MOST_QUERIES: usize = 8;
    const MOST_BYTES: usize = 4_000;
    let Ok(input) = std::str::from_utf8(bytes) else {
        return;
    };
    let (queries, text) = input.split_once("\n\n").unwrap_or((input, ""));
    if text.len() > MOST_BYTES {
        return;
    }
    let text = text.trim();
    with_index_of(text, |index| {
        for line in queries.lines().take(MOST_QUERIES) {
            for syntax in [Syntax::Tradewire, Syntax::Lexis, Syntax::Factiva] {
                if let Ok(tree) = query::parse(line, syntax, &resolve) {
                    check_answer(index, &tree, line);
                }
            }
        }
    });
}

fn check_answer(index: &Index, tree: &Query, line: &str) {
    let ask = |tree: Query| -> Results {
        let request = Request {
            strict: true,
            explain: true,
            limit: None,
            ..Request::new(tree)
        };
        let results = index.search(&request);
        results.unwrap_or_else(|error| panic!("{line:?}: {error}"))
    };
    let found = ask(tree.clone());
    let others = ask(Query::not(tree.clone()));
    let all = ask(Query::All);
    assert_eq!(
        found.n_paragraphs + others.n_paragraphs,
        all.n_paragraphs,
        "{line:?} and its opposite"
    );
    for hit in found.hits() {
        assert!(hit.score.is_finite(), "{line:?}");
        let mut end = 0;
        for range in &hit.highlights {
            let text = &hit.paragraph.text;
            assert!(
                text.get(range.clone()).is_some_and(|word| !word.is_empty()),
                "{line:?}: {range:?} in {text:?}"
            );
            assert!(range.start >= end, "{line:?}: {range:?} in {text:?}");
            end = range.end;
        }
    }
}

thread_local! {
    /// The last text and its index: most inputs of a run differ in the queries only.
    static LAST: RefCell<Option<(String, TempDir, Index)>> = const { RefCell::new(None) };
}

fn with_index_of(text: &str, ask: impl FnOnce(&Index)) {
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(known, ..)| known != text) {
            *last = None;
            let folder = temporary();
            let index = Index::open(&index_of(text, folder.path()));
            let index = index.expect("what was written can be opened");
            *last = Some((text.to_string(), folder, index));
        }
        if let Some((_, _, index)) = last {
            ask(index);
        }
    });
}

fn temporary() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

/// Makes an index of an article of this text, and of another one, in a folder; gives where it lies.
fn index_of(text: &str, folder: &Path) -> PathBuf {
    let corpus = folder.join("text.jsonl");
    let article = serde_json::json!({"id": "a", "title": "Tariff talks", "published": "2018-09-27", "body": text});
    let other = serde_json::json!({"id": "b", "title": "Other talks", "body": "Tariffs on steel.\n\nShinzo Abe said so."});
    fs::write(&corpus, format!("{article}\n{other}\n")).expect("files can be written");
    let dir = folder.join("index");
    let settings = Settings {
        n_threads: 1,
        anew: true,
        forgets: true,
        lists: Choice::Nothing,
    };
    ingest::ingest(&dir, &[corpus], settings, &mut |_| {}).expect("any text can be indexed");
    dir
}

/// Text without marks: what it is cut into, and what the extractors find in it.
pub(crate) fn plain(bytes: &[u8]) {
    read_articles(bytes, "plain");
}

pub(crate) fn html(bytes: &[u8]) {
    read_articles(bytes, "html");
}

pub(crate) fn markdown(bytes: &[u8]) {
    read_articles(bytes, "markdown");
}

pub(crate) fn json(bytes: &[u8]) {
    read_articles(bytes, "json");
}

pub(crate) fn jsonl(bytes: &[u8]) {
    read_articles(bytes, "jsonl");
}

/// A document of Word; what is no archive is the text of one.
pub(crate) fn docx(bytes: &[u8]) {
    if bytes.starts_with(b"PK") {
        return read_articles(bytes, "docx");
    }
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let written = archive
        .start_file("word/document.xml", stored)
        .and_then(|()| Ok(archive.write_all(bytes)?))
        .and_then(|()| archive.finish());
    read_articles(&written.expect("memory takes all").into_inner(), "docx");
}

pub(crate) fn rtf(bytes: &[u8]) {
    read_articles(bytes, "rtf");
}

pub(crate) fn email(bytes: &[u8]) {
    read_articles(bytes, "email");
}

pub(crate) fn feed(bytes: &[u8]) {
    read_articles(bytes, "feed");
}

fn read_articles(bytes: &[u8], format: &str) {
    let piece = piece_of(bytes, format);
    check_all(ingest::read([&piece], Own::none()).into_iter().flatten());
}

fn check_all(articles: impl Iterator<Item = Result<Vec<Paragraph>, Fault>>) {
    for read in articles {
        match read {
            Ok(paragraphs) => check_paragraphs(&paragraphs),
            Err(fault) => assert!(!fault.reason.is_empty()),
        }
    }
}

/// A source that consists of these bytes.
fn piece_of(bytes: &[u8], format: &str) -> Piece {
    let format = FORMATS.iter().find(|row| row.name == format);
    let format = format.expect("the table has this format");
    Piece {
        source: Source {
            path: PathBuf::from("a/b"),
            at: None,
            stem: "a/b".into(),
            size: bytes.len() as u64,
            modified: None,
            format: Some(format),
        },
        format,
        line: 1,
        bytes: bytes.to_vec(),
    }
}

fn check_paragraphs(paragraphs: &[Paragraph]) {
    let facets: Vec<&Field> = EXTRACTORS
        .iter()
        .flat_map(|extractor| extractor.fields.iter().copied())
        .collect();
    for (ordinal, paragraph) in paragraphs.iter().enumerate() {
        let text = &paragraph.text;
        assert_eq!(paragraph.ordinal, ordinal);
        assert!(!text.trim().is_empty(), "an empty paragraph");
        let is_place =
            |span: &Range<usize>| text.get(span.clone()).is_some_and(|it| !it.is_empty());
        for mention in &paragraph.mentions {
            // A place line that stood apart has no words in the paragraph.
            let stood_apart = mention.rule == "dateline" && mention.span == (0..0);
            assert!(
                stood_apart || is_place(&mention.span),
                "{mention:?} in {text:?}"
            );
            assert!(facets.contains(&mention.field), "{mention:?}");
            assert!(!mention.value.trim().is_empty(), "{mention:?}");
        }
        for quote in &paragraph.quotes {
            assert!(is_place(&quote.content), "{quote:?} in {text:?}");
            assert!(
                quote.cue.as_ref().is_none_or(is_place),
                "{quote:?} in {text:?}"
            );
        }
        let sentences = &paragraph.sentences;
        assert!(sentences.is_sorted() && sentences.iter().all(|at| text.is_char_boundary(*at)));
    }
}

/// A file of a user's own lists, and what they find in a text that says the same.
pub(crate) fn lists(bytes: &[u8]) {
    let folder = temporary();
    let path = folder.path().join("own.toml");
    fs::write(&path, bytes).expect("files can be written");
    match lists::read(&path, &extract::resolve) {
        Ok(read) => {
            let own = Own::new(read);
            let text = String::from_utf8_lossy(bytes).replace('"', " ");
            let piece = piece_of(text.as_bytes(), "plain");
            check_all(ingest::read([&piece], &own).into_iter().flatten());
        }
        Err(faults) => {
            let n_lines = bytes.split(|byte| *byte == b'\n').count();
            assert!(!faults.faults.is_empty());
            for fault in &faults.faults {
                let is_line = |line: u32| (1..=n_lines).contains(&(line as usize));
                assert!(fault.line.is_none_or(is_line), "{fault:?}");
                assert!(
                    !fault.what.is_empty() && !fault.advice.is_empty(),
                    "{fault:?}"
                );
            }
        }
    }
}

const MOST_DAMAGES: usize = 4;

/// Damages of an index, six bytes each: which file, where, and what is done there. Whatever they are, the check finds
/// them, or questions are answered as if they were not there.
pub(crate) fn damage(bytes: &[u8]) {
    WHOLE.with(|whole| {
        let folder = temporary();
        let dir = folder.path().join("index");
        let mut files = whole.files.clone();
        for damage in bytes.chunks_exact(6).take(MOST_DAMAGES) {
            let n_files = files.len();
            let (_, content) = &mut files[usize::from(damage[0]) % n_files];
            let at = u32::from_le_bytes([damage[1], damage[2], damage[3], 0]) as usize;
            let at = at % (content.len() + 1);
            match (damage[4] % 8, content.get_mut(at)) {
                (0, _) => content.truncate(at),
                (1, _) => content.insert(at, damage[5]),
                (2, Some(_)) => drop(content.remove(at)),
                (_, Some(byte)) => *byte = damage[5],
                (_, None) => content.push(damage[5]),
            }
        }
        for (path, content) in &files {
            let path = dir.join(path);
            let above = path.parent().expect("it lies in the index");
            fs::create_dir_all(above).expect("folders can be made");
            fs::write(path, content).expect("files can be written");
        }
        let found = index::check(&dir).map(|found| found.problems);
        match found {
            Ok(problems) if problems.is_empty() => {
                let index = Index::open(&dir).expect("what is whole can be opened");
                assert_eq!(
                    answers(&index),
                    whole.answers,
                    "an answer differs, and nothing was found"
                );
            }
            Ok(_) => drop(Index::open(&dir).map(|index| answers(&index))),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    });
}

/// An index by its files, and what it answers.
struct Whole {
    files: Vec<(PathBuf, Vec<u8>)>,
    answers: Vec<String>,
}

thread_local! {
    static WHOLE: Whole = Whole::new();
}

impl Whole {
    fn new() -> Whole {
        let folder = temporary();
        let text = "Canada answered the steel tariffs of 2018.\n\n\"We will not wait,\" Chrystia Freeland said.";
        let dir = index_of(text, folder.path());
        let mut files = Vec::new();
        let mut folders = vec![dir.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("the folder can be read") {
                let path = entry.expect("the folder can be read").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let content = fs::read(&path).expect("files can be read");
                let below = path.strip_prefix(&dir).expect("it lies in the index");
                files.push((below.to_path_buf(), content));
            }
        }
        // Names of segments are random: what a seed damages is found by the endings and sizes.
        files.sort_by_key(|(path, content)| (path.extension().map(OsString::from), content.len()));
        let index = Index::open(&dir).expect("what was written can be opened");
        Whole {
            files,
            answers: answers(&index),
        }
    }
}

/// What questions are answered that together read all that an index has.
fn answers(index: &Index) -> Vec<String> {
    [
        "*:*",
        "steel tariffs",
        "\"we will\" OR ordinal:0",
        "person:freeland",
    ]
    .into_iter()
    .map(|line| {
        let tree = query::parse(line, Syntax::Tradewire, &resolve);
        let tree = tree.unwrap_or(Query::All);
        let request = Request {
            explain: true,
            limit: None,
            ..Request::new(tree)
        };
        match index.search(&request) {
            Ok(results) => format!("{:?}", results.hits().collect::<Vec<_>>()),
            Err(error) => error.to_string(),
        }
    })
    .collect()
}
