//! The bounds of the program: users are told of each as it is, and each holds on both sides. Those of queries are tried in
//! `src/query/tests.rs`, those of work in `src/index/work.rs`, of what is shown in `src/output/text/hits.rs` and `src/search.rs`.

use std::io::Cursor;

use tradewire::limits::{alerts, index, lists, output, query, source};
use tradewire::source::{articles, standard_input};

use crate::root;
use crate::sandbox::Sandbox;

/// Bounds that nobody meets.
const UNTOLD: &[&str] = &["PIECE_BYTES"];

/// The name of each bound in `src/limits.rs`, and its row in `docs/limits.md`: what is bounded, and how.
fn told() -> Vec<(&'static str, &'static str, String)> {
    vec![
        (
            "FILE_BYTES",
            "a file, other than JSON Lines; a document of Word, unpacked",
            bytes(source::FILE_BYTES),
        ),
        (
            "LINE_BYTES",
            "a line of JSON Lines",
            bytes(source::LINE_BYTES as u64),
        ),
        (
            "PARAGRAPHS",
            "paragraphs of an article",
            number(source::PARAGRAPHS as u64),
        ),
        (
            "PARAGRAPH_BYTES",
            "a paragraph",
            bytes(source::PARAGRAPH_BYTES as u64),
        ),
        (
            "NESTING",
            "articles within articles, in JSON; messages attached to messages",
            levels(source::NESTING),
        ),
        (
            "PARTS",
            "parts of a message, in whatever depth",
            number(source::PARTS as u64),
        ),
        (
            "FEED_FAULTS",
            "places of a feed where its XML breaks off and the next item is looked for",
            number(source::FEED_FAULTS as u64),
        ),
        (
            "GROUPS",
            "groups of rich text within each other",
            levels(source::GROUPS),
        ),
        (
            "PAGE_BYTES",
            "a web page of which the main text is looked for",
            bytes(source::PAGE_BYTES as u64),
        ),
        (
            "PAGE_TAGS",
            "tags of such a page",
            number(source::PAGE_TAGS as u64),
        ),
        (
            "PAGE_DEPTH",
            "elements of such a page within each other",
            levels(source::PAGE_DEPTH),
        ),
        (
            "PAGE_WORK",
            "open elements of such a page, summed up over its tags",
            number(source::PAGE_WORK as u64),
        ),
        (
            "SNIFF_BYTES",
            "the start of an unnamed stream that tells its format",
            bytes(source::SNIFF_BYTES as u64),
        ),
        ("MAX_BYTES", "a query", bytes(query::MAX_BYTES as u64)),
        (
            "MAX_DEPTH",
            "parentheses and *not*s within each other",
            levels(query::MAX_DEPTH),
        ),
        (
            "MAX_CLAUSES",
            "words, phrases, names and ranges",
            number(query::MAX_CLAUSES as u64),
        ),
        (
            "MAX_COMPARED",
            "words compared with every word of the index (`word~`, `/word/`, `*word`)",
            number(query::MAX_COMPARED as u64),
        ),
        (
            "MAX_FUZZY_CHARS",
            "characters of a word with misspellings (`word~`)",
            number(query::MAX_FUZZY_CHARS as u64),
        ),
        (
            "MAX_REACH",
            "words between two things (`W/5`)",
            number(query::MAX_REACH.into()),
        ),
        (
            "MAX_TIMES",
            "times in an article (`ATLEAST5`)",
            number(query::MAX_TIMES.into()),
        ),
        (
            "MAX_REGEX_BYTES",
            "a regular expression",
            bytes(query::MAX_REGEX_BYTES as u64),
        ),
        (
            "MAX_REGEX_SIZE",
            "what a regular expression is compiled to",
            bytes(query::MAX_REGEX_SIZE as u64),
        ),
        (
            "MAX_SYNONYMS_BYTES",
            "a file of synonyms",
            bytes(query::MAX_SYNONYMS_BYTES),
        ),
        (
            "STEPS_OF_PARAGRAPH",
            "steps of work, for each paragraph of the index",
            number(index::STEPS_OF_PARAGRAPH),
        ),
        (
            "STEPS_NEVER_TOO_MUCH",
            "steps of work that are never too much",
            number(index::STEPS_NEVER_TOO_MUCH),
        ),
        (
            "SUGGESTION_COMPARISONS",
            "words compared for *did you mean*",
            number(index::SUGGESTION_COMPARISONS),
        ),
        ("MAX_FILE_BYTES", "a file", bytes(lists::MAX_FILE_BYTES)),
        ("MAX_BYTES", "all files together", bytes(lists::MAX_BYTES)),
        (
            "MAX_FILES",
            "files in a folder",
            number(lists::MAX_FILES as u64),
        ),
        (
            "MAX_WALKED",
            "all that the folder holds, lists or not",
            number(lists::MAX_WALKED as u64),
        ),
        (
            "MAX_DEPTH",
            "folders within each other",
            levels(lists::MAX_DEPTH),
        ),
        (
            "MAX_CHARS",
            "characters of a name, alias, term, label or path",
            number(lists::MAX_CHARS as u64),
        ),
        (
            "MAX_PARTS",
            "parts of a topic's path",
            number(lists::MAX_PARTS as u64),
        ),
        (
            "MAX_FAULTS",
            "faults that are named",
            number(lists::MAX_FAULTS as u64),
        ),
        (
            "YEARS",
            "the year of an office, the first",
            lists::YEARS.start().to_string(),
        ),
        (
            "YEARS",
            "the year of an office, the last",
            lists::YEARS.end().to_string(),
        ),
        ("WORD_BYTES", "a word", bytes(index::WORD_BYTES as u64)),
        (
            "FAULTS_REMEMBERED",
            "faults of a file that are named again when it is unchanged",
            number(index::FAULTS_REMEMBERED as u64),
        ),
        (
            "NAME_CHARS",
            "characters of an alert's name",
            number(alerts::NAME_CHARS as u64),
        ),
        (
            "HEAD_BYTES",
            "the query and flags of an alert, as kept",
            bytes(alerts::HEAD_BYTES),
        ),
        (
            "SHOWN_BYTES",
            "a paragraph as `search` shows it as text",
            bytes(output::SHOWN_BYTES as u64),
        ),
        (
            "INTERVALS_FILLED",
            "times without paragraphs before what was found, and behind it, in tables by time",
            number(output::INTERVALS_FILLED as u64),
        ),
    ]
}

fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn bytes(n: u64) -> String {
    match (n % (1 << 20), n % (1 << 10)) {
        (0, _) => format!("{} MB", number(n >> 20)),
        (_, 0) => format!("{} KB", number(n >> 10)),
        _ => format!("{} bytes", number(n)),
    }
}

fn levels(n: usize) -> String {
    format!("{} levels", number(n as u64))
}

fn file(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("it can be read")
}

#[test]
fn users_are_told_of_every_bound() {
    let docs = file("docs/limits.md");
    let rows = docs
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| what | most |"));
    let rows: Vec<(String, String)> = rows
        .map(|row| {
            let mut cells = row
                .split(" | ")
                .map(|cell| cell.trim_matches(['|', ' ']).to_string());
            let row = (
                cells.next().unwrap_or_default(),
                cells.next().unwrap_or_default(),
            );
            assert!(
                cells.filter(|cell| !cell.is_empty()).count() == 2,
                "{row:?}"
            );
            row
        })
        .collect();
    let told = told();
    let expected: Vec<(String, String)> = told
        .iter()
        .map(|(_, what, most)| (what.to_string(), most.clone()))
        .collect();
    assert_eq!(rows, expected);
    for line in file("src/limits.rs").lines() {
        let Some((name, _)) = line
            .trim()
            .strip_prefix("pub const ")
            .and_then(|rest| rest.split_once(':'))
        else {
            continue;
        };
        let is_told = told.iter().any(|(told, ..)| *told == name) || UNTOLD.contains(&name);
        assert!(is_told, "`{name}` is not in docs/limits.md");
    }
}

/// How many articles a stream gives, and the first thing that is wrong with it.
fn read(stream: Vec<u8>) -> (usize, Option<String>) {
    let (mut n_articles, mut fault) = (0, None);
    for piece in standard_input(Cursor::new(stream)) {
        let found = match piece {
            Ok(piece) => articles(&piece),
            Err(found) => vec![Err(found)],
        };
        for article in found {
            match article {
                Ok(_) => n_articles += 1,
                Err(found) => fault = fault.or(Some(found.reason)),
            }
        }
    }
    (n_articles, fault)
}

fn beyond(reason: &str) -> (usize, Option<String>) {
    (0, Some(reason.to_string()))
}

#[test]
fn articles_and_their_paragraphs() {
    let paragraphs = |n: usize| {
        read(
            format!(
                "{{\"paragraphs\": [{}\"The duty stays.\"]}}\n",
                "\"The duty stays.\",".repeat(n - 1)
            )
            .into_bytes(),
        )
    };
    assert_eq!(paragraphs(source::PARAGRAPHS), (1, None));
    assert_eq!(
        paragraphs(source::PARAGRAPHS + 1),
        beyond("an article of 100001 paragraphs")
    );

    let paragraph = |n: usize| read(format!("[{{\"text\": \"{}\"}}]", "a".repeat(n)).into_bytes());
    assert_eq!(paragraph(source::PARAGRAPH_BYTES), (1, None));
    assert_eq!(
        paragraph(source::PARAGRAPH_BYTES + 1),
        beyond("a paragraph of 16 MB")
    );

    let nested = |n: usize| {
        read(
            format!(
                "{}{{\"text\": \"Steel.\"}}{}",
                "{\"articles\": [".repeat(n),
                "]}".repeat(n)
            )
            .into_bytes(),
        )
    };
    // Each level is an object and its list.
    assert_eq!(nested(source::NESTING / 2), (1, None));
    assert_eq!(nested(source::NESTING / 2 + 1).0, 0);
    assert!(nested(source::NESTING / 2 + 1).1.is_some());

    let messages = |n: usize| {
        let message = |inner: String, level: usize| {
            format!(
                "Message-ID: <{level}>\r\nContent-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n\r\nSteel.\r\n--b{level}\r\n{inner}--b{level}--\r\n"
            )
        };
        let attached = |inner: String, level| {
            format!(
                "Content-Type: message/rfc822\r\n\r\n{}",
                message(inner, level)
            )
        };
        message((1..n).fold(String::new(), attached), n)
    };
    assert_eq!(
        read(messages(source::NESTING).into_bytes()),
        (source::NESTING, None)
    );
    assert_eq!(
        read(messages(source::NESTING + 1).into_bytes()),
        (
            source::NESTING,
            Some("messages within messages to more than 4 levels".into())
        )
    );

    let attached = |n: usize| {
        let message = "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: Pipes\r\n\r\nSteel.\r\n";
        let head = "Message-ID: <1>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
        read((head.to_string() + &message.repeat(n) + "--b--\r\n").into_bytes())
    };
    // The whole has a type, too.
    let n_most = source::PARTS - 1;
    assert_eq!(attached(n_most), (n_most, None));
    assert_eq!(
        attached(n_most + 1),
        beyond("more than 1000 parts in a message")
    );
    let within = "Message-ID: <1>\r\nContent-Type: \"message\" (a) /rfc822\r\n\r\n".repeat(100_000);
    let digest = |level: usize| {
        format!("Content-Type: Multipart/Digest; boundary=b{level}\r\n\r\n--b{level}\r\n\r\n")
    };
    let digests = "Message-ID: <1>\r\n".to_string() + &(0..50_000).map(digest).collect::<String>();
    for deep in [within, digests] {
        assert_eq!(
            read(deep.into_bytes()),
            beyond("more than 1000 parts in a message")
        );
    }

    // Each item but the last has a section without end.
    let feed = |n: usize| {
        let items = "<item><title><![CDATA[Steel</title></item>".repeat(n);
        let last = "<item><title>Zinc</title></item>";
        read(format!("<rss><channel>{items}{last}</channel></rss>").into_bytes())
    };
    let broken = "broken XML: CDATA not closed: `]]>` not found before end of input";
    assert_eq!(feed(source::FEED_FAULTS), (1, Some(broken.into())));
    assert_eq!(feed(source::FEED_FAULTS + 1), beyond(broken));

    let groups = |n: usize| read([b"{\\rtf1 ", "{".repeat(n - 1).as_bytes(), b"Steel."].concat());
    assert_eq!(groups(source::GROUPS), (1, None));
    assert_eq!(
        groups(source::GROUPS + 1),
        beyond("groups within each other to more than 1000 levels")
    );
}

/// Of a page that is beyond a bound all text is taken, that of its menus, too.
#[test]
fn web_pages() {
    let text = "<p>The ministry said on Monday that the duties on steel would stay in force until the end of the year.</p>".repeat(4);
    let is_main = |before: &str, inner: &str, after: &str| {
        let menu = "<nav><ul><li>Home and more</li></ul></nav>";
        let page = format!(
            "<html><head><title>Duties</title></head><body>{menu}<div>{before}{inner}{after}</div></body></html>"
        );
        let stream = standard_input(Cursor::new(page.into_bytes()));
        let pieces = stream.map(|piece| piece.expect("it can be read"));
        let found = pieces.flat_map(|piece| articles(&piece));
        let paragraphs = found.flat_map(|article| article.expect("it has text").paragraphs);
        let paragraphs: Vec<String> = paragraphs.collect();
        assert!(
            paragraphs
                .iter()
                .any(|text| text.starts_with("The ministry")),
            "{paragraphs:?}"
        );
        !paragraphs.iter().any(|text| text.contains("Home and more"))
    };
    let nested = |n: usize| is_main(&"<div>".repeat(n), &text, &"</div>".repeat(n));
    // `html`, `body` and the first `div` are open as well.
    assert!(nested(source::PAGE_DEPTH - 3));
    assert!(!nested(source::PAGE_DEPTH - 2));
    // The rest of such a page has less than a thousand bytes.
    let long = |n: usize| is_main("", &text, &format!("<!--{}-->", "a".repeat(n)));
    assert!(long(source::PAGE_BYTES - 1_000));
    assert!(!long(source::PAGE_BYTES));
    let many = |n: usize| is_main("", &text, &"<br>".repeat(n));
    assert!(!many(source::PAGE_TAGS));
}

#[test]
fn own_lists() {
    let sandbox = Sandbox::new();
    let extract = |list: &str| {
        sandbox.write("lists.toml", list);
        sandbox.write("a.txt", "Steel.");
        sandbox
            .run(&["extract", "[TMP]/a.txt", "--lists", "[TMP]/lists.toml"])
            .code
    };
    let name = |n: usize| format!("[[organization]]\nname = \"{}\"\n", "é".repeat(n));
    assert_eq!(extract(&name(lists::MAX_CHARS)), 0);
    assert_eq!(extract(&name(lists::MAX_CHARS + 1)), 2);
    let path = |n: usize| {
        format!(
            "[[topic]]\npath = \"{}a\"\nterms = [\"zinc\"]\n",
            "a/".repeat(n - 1)
        )
    };
    assert_eq!(extract(&path(lists::MAX_PARTS)), 0);
    assert_eq!(extract(&path(lists::MAX_PARTS + 1)), 2);
    let from = |year: i64| {
        format!(
            "[[person]]\nname = \"Jane Roe\"\noffices = [{{ country = \"Japan\", office = \"trade minister\", from = {year} }}]\n"
        )
    };
    let to = |year: i64| from(2000).replace(" }]", &format!(", to = {year} }}]"));
    assert_eq!(extract(&from(*lists::YEARS.start())), 0);
    assert_eq!(extract(&from(lists::YEARS.start() - 1)), 2);
    assert_eq!(extract(&to(*lists::YEARS.end())), 0);
    assert_eq!(extract(&to(lists::YEARS.end() + 1)), 2);
    let comment = |n: u64| format!("#{}", "a".repeat(n as usize - 1));
    assert_eq!(extract(&comment(lists::MAX_FILE_BYTES)), 0);
    assert_eq!(extract(&comment(lists::MAX_FILE_BYTES + 1)), 2);
}

#[test]
fn folders_of_lists() {
    let extract = |sandbox: &Sandbox| {
        sandbox.write("a.txt", "Steel.");
        sandbox.run(&["extract", "[TMP]/a.txt", "--lists", "[TMP]/lists"])
    };
    let many = Sandbox::new();
    for number in 0..lists::MAX_FILES {
        many.write(&format!("lists/{number}.toml"), "# Nothing yet.");
    }
    many.write("lists/z-notes.txt", "No list.");
    assert_eq!(extract(&many).code, 0);
    many.write("lists/one-more.toml", "# Nothing yet.");
    let refused = extract(&many);
    assert!(
        refused.code == 2 && refused.stderr.contains("more than 1000 files of lists"),
        "{refused}"
    );

    let deep = Sandbox::new();
    let list = |n: usize| format!("lists/{}a.toml", "b/".repeat(n));
    deep.write(&list(lists::MAX_DEPTH - 1), "# Nothing yet.");
    assert_eq!(extract(&deep).code, 0);
    deep.write(&list(lists::MAX_DEPTH), "# Nothing yet.");
    let refused = extract(&deep);
    assert!(
        refused.code == 2
            && refused
                .stderr
                .contains("lies in 16 folders within each other"),
        "{refused}"
    );

    let large = Sandbox::new();
    let comment = format!("#{}", "a".repeat(lists::MAX_FILE_BYTES as usize - 1));
    for number in 0..lists::MAX_BYTES / lists::MAX_FILE_BYTES {
        large.write(&format!("lists/{number}.toml"), &comment);
    }
    assert_eq!(extract(&large).code, 0);
    large.write("lists/one-more.toml", "#");
    let refused = extract(&large);
    assert!(
        refused.code == 2 && refused.stderr.contains("the lists are larger than 64 MiB"),
        "{refused}"
    );
}

#[test]
fn words_faults_names_and_synonyms() {
    let sandbox = Sandbox::new();
    let word = |n: usize| "x".repeat(n);
    sandbox.write(
        "corpus/a.txt",
        format!(
            "Codes of goods\n\nThe code is {} here.\n\nThe code is {} there.",
            word(index::WORD_BYTES),
            word(index::WORD_BYTES + 1)
        ),
    );
    let broken = "{\n".repeat(index::FAULTS_REMEMBERED);
    sandbox.write(
        "corpus/b.jsonl",
        format!("{{\"text\": \"Steel.\"}}\n{broken}"),
    );
    let faults = || {
        let outcome = sandbox.run(&["index", "[TMP]/corpus", "--format", "json"]);
        outcome.stdout.matches("[TMP]/corpus/b.jsonl:").count()
    };
    assert_eq!(faults(), index::FAULTS_REMEMBERED);
    assert_eq!(faults(), index::FAULTS_REMEMBERED);
    sandbox.write_at(
        "corpus/b.jsonl",
        format!("{{\"text\": \"Steel.\"}}\n{broken}{{\n{{\n"),
        60,
    );
    assert_eq!(faults(), index::FAULTS_REMEMBERED + 2);
    let again = sandbox.run(&["index", "[TMP]/corpus", "--format", "json"]);
    assert!(
        again
            .stderr
            .contains("skipped [TMP]/corpus/b.jsonl: 2 more, named when the file is read\n"),
        "{again}"
    );
    assert_eq!(faults(), index::FAULTS_REMEMBERED + 1);

    let search = |query: &str| sandbox.run(&["search", query, "--format", "jsonl"]);
    let found = search(&word(index::WORD_BYTES));
    assert!(
        found.code == 0 && found.stdout.lines().count() == 1,
        "{found}"
    );
    let found = search(&word(index::WORD_BYTES + 1));
    assert!(
        found.code == 2 && found.stderr.contains("has more than 64 bytes"),
        "{found}"
    );
    assert!(
        search("there")
            .stdout
            .contains(&word(index::WORD_BYTES + 1))
    );

    let add = |n: usize| sandbox.run(&["alert", "add", &"a".repeat(n), "steel"]).code;
    assert_eq!(add(alerts::NAME_CHARS), 0);
    assert_eq!(add(alerts::NAME_CHARS + 1), 2);

    let with_synonyms = |n: u64| {
        sandbox.write("own.tsv", format!("#{}", "a".repeat(n as usize - 1)));
        sandbox.run(&[
            "search",
            "steel",
            "--synonyms",
            "[TMP]/own.tsv",
            "--format",
            "jsonl",
        ])
    };
    assert_eq!(with_synonyms(query::MAX_SYNONYMS_BYTES).code, 0);
    let refused = with_synonyms(query::MAX_SYNONYMS_BYTES + 1);
    assert!(
        refused.code == 2 && refused.stderr.contains("larger than 8 MB"),
        "{refused}"
    );
}
