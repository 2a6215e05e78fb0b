//! Every command with its flags, as people see it: the command line, the answer, the messages, the exit code.

use crate::sandbox::Sandbox;

/// Runs commands one after the other and compares all that they show with the snapshot of that name.
#[track_caller]
fn check(name: &str, sandbox: &Sandbox, commands: &[&[&str]]) {
    let outcomes: Vec<String> = commands
        .iter()
        .map(|arguments| sandbox.run(arguments).to_string())
        .collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, outcomes.join("\n\n"));
    });
}

#[test]
fn index() {
    let sandbox = Sandbox::with_corpus();
    let run = |name: &str, arguments: &[&str]| check(name, &sandbox, &[arguments]);
    run("index_first", &["index", "[TMP]/corpus"]);
    run("index_unchanged", &["index", "[TMP]/corpus"]);
    sandbox.write_at(
        "corpus/talks.txt",
        "A new text.\n\nWith two paragraphs.",
        60,
    );
    sandbox.write("corpus/more.txt", "Tariffs on paper.");
    sandbox.remove("corpus/cheese.json");
    run("index_changed", &["index", "[TMP]/corpus"]);
    run(
        "index_rebuild",
        &["index", "[TMP]/corpus", "--rebuild", "--threads", "1"],
    );
    run("index_json", &["index", "[TMP]/corpus", "--format", "json"]);
    run("index_csv", &["index", "[TMP]/corpus", "--format", "csv"]);
    sandbox.write("corpus/scan.pdf", "%PDF");
    run(
        "index_skipped",
        &["index", "[TMP]/corpus", "[TMP]/elsewhere"],
    );
    run(
        "index_skipped_json",
        &["index", "[TMP]/corpus", "--format", "json"],
    );
}

#[test]
fn search_formats() {
    let sandbox = Sandbox::indexed();
    for format in ["json", "jsonl", "csv"] {
        let arguments = ["search", "kitano", "--limit", "2", "--format", format];
        check(&format!("search_{format}"), &sandbox, &[&arguments]);
    }
}

#[test]
fn texts_for_people() {
    let sandbox = Sandbox::indexed();
    check(
        "text_search",
        &sandbox,
        &[
            &["search", "steel tariffs"],
            &["search", "steel", "--country", "china", "--facets", "none"],
            &["search", "steel xylophone"],
            &["search", "xylophone"],
            &[
                "search", "--limit", "1", "--sort", "newest", "--facets", "all",
            ],
            &[
                "search", "steel", "--group", "article", "--limit", "2", "--facets", "none",
            ],
            &[
                "search", "steel", "--limit", "2", "--offset", "2", "--facets", "none",
            ],
            &["search", "steel", "--offset", "99"],
            &["search", "steel", "--limit", "0"],
        ],
    );
    check(
        "text_facets",
        &sandbox,
        &[
            &["facets", "country"],
            &["facets", "topic", "steel", "--limit", "3"],
            &["facets", "speaker,publisher", "--country", "japan"],
            &["facets", "speaker", "xylophone"],
        ],
    );
    check(
        "text_show",
        &sandbox,
        &[&["show", "talks"], &["show", "note-1#1"]],
    );
    check(
        "text_extract",
        &sandbox,
        &[&["extract", "[TMP]/corpus/notes.jsonl", "--format", "text"]],
    );
    check("text_stats_and_check", &sandbox, &[&["stats"], &["check"]]);
    let damaged = std::fs::read_dir(sandbox.path("index/format-6")).expect("the index is there");
    let damaged = damaged.map(|entry| entry.expect("it can be read").path());
    let store = damaged.filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "store")
    });
    for path in store {
        let mut bytes = std::fs::read(&path).expect("it can be read");
        bytes[0] ^= 0x55;
        std::fs::write(&path, bytes).expect("it can be written");
    }
    let outcome = sandbox.run(&["check"]);
    assert_eq!(outcome.code, 2, "{outcome}");
    assert!(
        outcome.stdout.contains(".store` is not as it was written"),
        "{outcome}"
    );
}

/// What is found, in short: with the ids and scores of the hits and the words that are marked.
#[test]
fn search_finds() {
    let sandbox = Sandbox::indexed();
    let queries: &[&[&str]] = &[
        &["tariffs"],
        &["tariff steel"],
        &["\"tariffs on steel\""],
        &["\"steel duties\""],
        &["cheese OR wheat"],
        &["steel AND NOT japan"],
        &["steel -aluminum"],
        &["steel", "-aluminum", "-country:japan"],
        &["-steel", "tariffs"],
        &["(cheese or wheat) and tariffs"],
        &["tarif*"],
        &["tarrif~"],
        &["kitnao~1"],
        &["title:pipe"],
        &["byline:weber country:canada"],
        &["country:japan"],
        &["country:(us OR eu)"],
        &["speaker:kitano"],
        &["topic:trade-remedies"],
        &["published:2018"],
        &["published:[2019-06 TO 2020-12]"],
        &["ordinal:0"],
        &["article:note-1"],
        &["steel", "--country", "china"],
        &["--country", "canada", "--country", "vietnam"],
        &[
            "--country",
            "canada",
            "--country",
            "vietnam",
            "--publisher",
            "ledger",
        ],
        &["--country", "canada", "--person", "marchand"],
        &["--instrument", "section 232"],
        &["--organization", "wto"],
        &["--topic", "agriculture"],
        &["steel", "--exclude", "country=japan"],
        &[
            "steel",
            "--exclude",
            "country=japan",
            "--exclude",
            "publisher=ledger",
        ],
        &["--after", "2020"],
        &["--after", "2018-03-05", "--before", "2019"],
        &["steel", "--sort", "newest"],
        &["steel", "--sort", "oldest"],
        &["--limit", "2", "--offset", "1", "steel"],
        &["--limit", "all", "--sort", "newest"],
        &["steel", "--group", "article"],
        &["steel", "--limit", "0"],
        &["steel", "--offset", "99"],
    ];
    let mut shown = Vec::new();
    for query in queries {
        let arguments = [&["search", "--format", "json", "--facets", "none"], *query].concat();
        let outcome = sandbox.run(&arguments);
        shown.push(format!("search {}\n{}", query.join(" "), summary(&outcome)));
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("search_finds", shown.join("\n\n"));
    });
}

/// Two articles have as many words of the question. One of them has others that the best article has as well.
#[test]
fn what_weighs_along_with_a_question_is_named() {
    let sandbox = Sandbox::new();
    let articles = [
        serde_json::json!({"id": "ban", "title": "Norland bans imports of cheese", "paragraphs": [
            "Norland banned imports of cheese on Monday, and dairies in the valley of Elm went on strike.",
            "The minister of farms, Ida Horn, said that dairies had asked for the embargo.",
            "The strike closed all dairies of Elm. No country had known such an embargo.",
        ]}),
        serde_json::json!({"id": "prize", "title": "A prize", "paragraphs": [
            "A prize for cheese went to a school in Norland.",
            "Ida Horn visited the school and bought cheese.",
        ]}),
        serde_json::json!({"id": "strike", "title": "A strike", "paragraphs": [
            "Dairies on strike sold no cheese to Norland.",
            "The embargo was lifted in a week.",
        ]}),
    ];
    sandbox.write(
        "corpus/a.jsonl",
        articles.map(|article| format!("{article}\n")).concat(),
    );
    sandbox.run(&["index", "[TMP]/corpus"]);
    let mut shown = Vec::new();
    for arguments in [
        vec!["why has norland banned the imports of cheese"],
        vec!["what did horn say about cheese from norland"],
        vec!["--explain", "what did horn say about cheese from norland"],
        vec![
            "--format",
            "json",
            "what did horn say about cheese from norland",
        ],
        // Of fewer words there is nothing to say.
        vec!["imports of cheese to elm"],
    ] {
        let outcome =
            sandbox.run(&[&["search", "--facets", "none"], arguments.as_slice()].concat());
        shown.push(format!("search {}\n{outcome}", arguments.join(" ")));
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("question_weighed", shown.join("\n\n"));
    });
}

#[test]
fn questions_are_answered_by_what_is_about_them() {
    let sandbox = Sandbox::new();
    let articles = [
        serde_json::json!({"id": "cheese", "title": "Norland to suppress cheese exports", "paragraphs": [
            "The minister of Norland spoke to farmers on Monday.",
            "He said that the suppression would last for a year.",
        ]}),
        serde_json::json!({"id": "fair", "title": "A fair opens", "paragraphs": [
            "The minister said nothing of the kind, and the farmers of the valley sold apples.",
            "Visitors came for a year to see it.",
        ]}),
    ];
    sandbox.write(
        "corpus/a.jsonl",
        articles.map(|article| format!("{article}\n")).concat(),
    );
    sandbox.run(&["index", "[TMP]/corpus"]);
    let mut shown = Vec::new();
    for question in [
        "why does the minister of norland not suppress exports or farmers",
        "which cheese does the minister like best of all",
        "did the minister say so to the farmers of the valley",
        "norland apples",
    ] {
        let arguments = ["search", "--format", "json", "--facets", "none", question];
        let answer = summary(&sandbox.run(&arguments));
        shown.push(format!("{question}\n{answer}"));
    }
    insta::assert_snapshot!(shown.join("\n\n"), @"
    why does the minister of norland not suppress exports or farmers
        3 paragraphs in 2 articles, relaxed, exit 0
        7.05  cheese#0  minister Norland farmers
        6.53  cheese#1  suppression
        1.11  fair#0  minister farmers

    which cheese does the minister like best of all
        2 paragraphs in 2 articles, relaxed, exit 0
        3.87  cheese#0  minister
        0.60  fair#0  minister

    did the minister say so to the farmers of the valley
        2 paragraphs in 2 articles, relaxed, exit 0
        3.80  fair#0  minister farmers valley
        1.04  cheese#0  minister farmers

    norland apples
        2 paragraphs in 2 articles, relaxed, exit 0
        1.51  cheese#0  Norland
        0.91  fair#0  apples
    ");
    let outcome = sandbox.run(&[
        "search",
        "--facets",
        "none",
        "minister said nothing of the kind",
    ]);
    let first = outcome.stdout.lines().next().unwrap_or_default();
    insta::assert_snapshot!(first, @"1 paragraph has all of these words; 3 paragraphs in 2 articles have some");
}

/// The answer to a search in few words.
fn summary(outcome: &crate::sandbox::Outcome) -> String {
    let Ok(answer) = serde_json::from_str::<serde_json::Value>(&outcome.stdout) else {
        return outcome.to_string();
    };
    let mut lines = vec![format!(
        "    {} paragraphs in {} articles{}, exit {}",
        answer["total"],
        answer["articles"],
        if answer["relaxed"] == true {
            ", relaxed"
        } else {
            ""
        },
        outcome.code,
    )];
    for hit in answer["hits"].as_array().into_iter().flatten() {
        let text: Vec<char> = hit["text"].as_str().unwrap_or_default().chars().collect();
        let place = |place: &serde_json::Value| place.as_u64().unwrap_or_default() as usize;
        let marked: Vec<String> = hit["highlights"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|span| text[place(&span[0])..place(&span[1])].iter().collect())
            .collect();
        lines.push(format!(
            "    {:.2}  {}  {}",
            hit["score"].as_f64().unwrap_or_default(),
            hit["id"].as_str().unwrap_or_default(),
            marked.join(" ")
        ));
    }
    for group in answer["groups"].as_array().into_iter().flatten() {
        lines.push(format!("    group {group}"));
    }
    lines.join("\n")
}

#[test]
fn search_in_refreshes_first() {
    let sandbox = Sandbox::with_corpus();
    let arguments: &[&str] = &[
        "search",
        "--in",
        "[TMP]/corpus",
        "milk powder",
        "--format",
        "csv",
    ];
    check("search_in", &sandbox, &[arguments, arguments]);
}

#[test]
fn facets() {
    let sandbox = Sandbox::indexed();
    check(
        "facets_csv",
        &sandbox,
        &[
            &["facets", "country", "--format", "csv"],
            &["facets", "topic", "--format", "csv", "--limit", "all"],
            &["facets", "speaker,publisher", "steel", "--format", "csv"],
            &[
                "facets",
                "country",
                "--country",
                "japan",
                "--limit",
                "3",
                "--format",
                "csv",
            ],
            &["facets", "speaker", "--country", "japan", "--format", "csv"],
        ],
    );
    check(
        "facets_json",
        &sandbox,
        &[
            &["facets", "instruments", "--format", "json"],
            &["facets", "organization", "--format", "jsonl"],
            &["facets", "person", "nothingsuch", "--format", "json"],
        ],
    );
}

/// What the text has above and below the rows is said beside them, and nothing where they are the whole answer.
#[test]
fn notes_beside_rows() {
    let sandbox = Sandbox::indexed();
    let queries: &[&[&str]] = &[
        &["search", "steel xylophone"],
        &["search", "xylophone"],
        &["search", "xylophone tarrifs"],
        &["search", "steel", "--country", "japan", "--after", "2100"],
        &["search", "steel", "--limit", "2", "--offset", "1"],
        &["search", "steel", "--offset", "99"],
        &["search", "steel", "--limit", "0"],
        &["search", "steel", "--limit", "all"],
        &[
            "search",
            "--group",
            "speaker",
            "--limit",
            "1",
            "--per-group",
            "1",
        ],
        &["search", "tariffs", "--quotes", "--limit", "1"],
        &["facets", "speaker,country", "--limit", "2"],
        &["facets", "instrument", "cheese"],
        &["facets", "country", "--significant", "--limit", "1"],
        &["facets", "country", "xylophone"],
        &["export", "steel xylophone"],
        &["export", "tarrifs"],
    ];
    let mut shown = Vec::new();
    for query in queries {
        let said = |format: &str| {
            let outcome = sandbox.run(&[*query, &["--format", format]].concat());
            format!("{}exit {}", outcome.stderr, outcome.code)
        };
        let notes = said("csv");
        assert_eq!(notes, said("jsonl"));
        if query[0] != "export" {
            assert_eq!(notes, said("json"));
        }
        shown.push(format!("$ {}\n{notes}", query.join(" ")));
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("notes_beside_rows", shown.join("\n\n"));
    });
}

#[test]
fn hits_put_together() {
    let sandbox = Sandbox::indexed();
    let search = |arguments: &[&'static str]| [&["search", "--facets", "none"], arguments].concat();
    check(
        "hits_put_together",
        &sandbox,
        &[
            &search(&["tariffs", "--group", "speaker"]),
            &search(&[
                "--group",
                "country",
                "--limit",
                "2",
                "--offset",
                "1",
                "--per-group",
                "1",
            ]),
            &search(&[
                "--group",
                "country",
                "--country",
                "japan",
                "--format",
                "json",
                "--per-group",
                "0",
            ]),
            &search(&[
                "steel", "--group", "country", "--limit", "1", "--format", "csv",
            ]),
            &search(&[
                "steel", "--group", "country", "--limit", "1", "--format", "jsonl",
            ]),
            &search(&["--group", "planet"]),
            &search(&["steel", "-C", "1"]),
            &search(&["steel", "-A1", "--group", "article"]),
            &search(&["kitano", "-B", "1", "--limit", "1", "--format", "jsonl"]),
            &search(&["kitano", "-C", "1", "--format", "csv"]),
            &search(&["tariffs", "-C", "all"]),
            &search(&["--quotes"]),
            &search(&["--quotes", "--speaker", "kitano", "--format", "json"]),
            &search(&["--quotes", "tariffs", "--format", "jsonl"]),
            &search(&["--quotes", "tariffs", "--format", "csv"]),
            &search(&[
                "--quotes", "--limit", "1", "--sort", "newest", "--facets", "speaker",
            ]),
            &search(&["--quotes", "xylophone"]),
            &search(&["--quotes", "-C", "1"]),
        ],
    );
}

#[test]
fn export() {
    let sandbox = Sandbox::indexed();
    check(
        "export",
        &sandbox,
        &[
            &["export", "steel", "--country", "canada", "--after", "2018"],
            &["export", "kitano", "--format", "csv", "--sort", "oldest"],
            &["export", "kitano", "--format", "csv", "--no-head"],
            &["export", "tariffs", "--format", "trec", "--qid", "101"],
            &["export", "tariffs", "--format", "trec", "--sort", "newest"],
            &["export", "--format", "footnotes"],
            &["export", "tariffs", "--format", "bibtex"],
            &["export", "kitano", "--format", "csl"],
            &["export", "xylophone", "--format", "csl"],
            &["export", "steel xylophone", "--format", "footnotes"],
            &[
                "export",
                "steel",
                "--country",
                "japan",
                "--exclude",
                "country=us",
            ],
            &["export", "steel", "--format", "pdf"],
        ],
    );
}

/// A program would take what is cut off for nothing; people see in the heading that there is more.
#[test]
fn crosses_are_whole_for_programs() {
    let sandbox = Sandbox::indexed();
    let rows = |flags: &[&str]| {
        let arguments = ["facets", "--cross", "country,topic", "--format", "csv"];
        let outcome = sandbox.run(&[&arguments, flags].concat());
        let lines = outcome.stdout.lines();
        let rows: Vec<Vec<String>> = lines
            .map(|line| line.trim_end().split(',').map(str::to_string).collect())
            .collect();
        (rows, outcome.stderr)
    };
    let (whole, said) = rows(&[]);
    assert_eq!((whole.len(), whole[0].len(), &*said), (1 + 9, 1 + 21, ""));
    let all = ["--limit", "all", "--columns", "all"];
    assert_eq!(rows(&all), (whole, String::new()));
    let (cut, said) = rows(&["--columns", "1"]);
    assert!(cut[1..].iter().all(|row| row[1] != "0"), "{cut:?}");
    assert_eq!(said, "topic: 1 of 21; all: --columns all\n");
}

/// With `--cross` and `--by` the first word is one of the query; who writes a facet there means something else.
#[test]
fn facets_named_twice() {
    let sandbox = Sandbox::indexed();
    check(
        "facets_named_twice",
        &sandbox,
        &[
            &["facets", "speaker", "--cross", "speaker,country"],
            &["facets", "speaker,country", "--by", "year", "steel"],
            &["facets", "countries", "--by", "year", "--country", "japan"],
            &["facets", "countries", "--cross", "speaker,country", "steel"],
            &["facets", "all", "--by", "year"],
            &["facets", "country", "--by", "month", "tariffs"],
            &["facets", "country", "tariffs", "--by", "month"],
            &["facets", "steel", "--by", "year"],
            &["facets", "--by", "year", "country", "of", "tariffs"],
            &["facets", "--by", "year", "\"country\""],
            &["facets", "--by", "month", "--limit", "3"],
            &["facets", "--cross", "month,country", "--limit", "3"],
            &["facets", "--cross", "country,month", "--columns", "3"],
            &["facets", "country", "--cross", "month,country"],
        ],
    );
}

#[test]
fn facets_in_depth() {
    let sandbox = Sandbox::indexed();
    check(
        "facets_in_depth",
        &sandbox,
        &[
            &["facets", "topic", "--under", "sectors"],
            &["facets", "topic", "--depth", "1", "--limit", "3"],
            &[
                "facets",
                "topic",
                "--under",
                "agriculture",
                "--depth",
                "1",
                "--format",
                "json",
            ],
            &["facets", "topic", "--under", "steel"],
            &["facets", "country", "--under", "asia"],
            &["facets", "country", "--match", "usa"],
            &[
                "facets",
                "person,speaker",
                "--match",
                "KIT",
                "--format",
                "csv",
            ],
            &["facets", "country", "--match", "zzz"],
            &["facets", "all", "--significant", "milk"],
            &[
                "facets",
                "country",
                "--significant",
                "cheese",
                "--format",
                "json",
            ],
            &[
                "facets",
                "country",
                "--significant",
                "cheese",
                "--format",
                "jsonl",
            ],
            &[
                "facets",
                "country",
                "--significant",
                "cheese",
                "--format",
                "csv",
            ],
            &["facets", "country", "--significant"],
            &["facets", "country", "--country", "japan", "--limit", "2"],
            &["facets", "--cross", "speaker,country", "tariffs"],
            &[
                "facets",
                "--cross",
                "speaker,country",
                "--match",
                "japan",
                "--match",
                "canada",
            ],
            &["facets", "--cross", "month,year", "--match", "japan"],
            &[
                "facets",
                "--cross",
                "country,country",
                "--limit",
                "3",
                "--columns",
                "2",
                "--format",
                "json",
            ],
            &[
                "facets",
                "--cross",
                "country,topic",
                "--limit",
                "2",
                "--columns",
                "3",
                "--format",
                "csv",
            ],
            &[
                "facets",
                "--cross",
                "person,country",
                "steel",
                "--limit",
                "2",
                "--format",
                "jsonl",
            ],
            &["facets", "--cross", "person,country", "xylophone"],
            &["facets", "--cross", "person"],
            &["facets", "--cross", "person,contry"],
            &["facets", "--by", "month", "tariffs"],
            &[
                "facets",
                "--by",
                "year",
                "--country",
                "japan",
                "--format",
                "json",
            ],
            &[
                "facets", "--by", "week", "--after", "2018-09", "--before", "2018-10", "--format",
                "csv",
            ],
            &["facets", "--by", "year", "cheese", "--format", "jsonl"],
            &["facets", "--by", "quarter", "tariffs"],
            &[
                "facets",
                "--cross",
                "quarter,country",
                "tariffs",
                "--format",
                "csv",
            ],
            &["facets", "--cross", "month,country", "tariffs"],
            &["facets", "--cross", "country,year", "tariffs"],
            &[
                "facets",
                "--cross",
                "year,country",
                "steel",
                "--columns",
                "2",
                "--format",
                "json",
            ],
            &[
                "facets",
                "--cross",
                "year,country",
                "steel",
                "--format",
                "jsonl",
            ],
            &[
                "facets",
                "--cross",
                "year,country",
                "steel",
                "--columns",
                "2",
                "--format",
                "csv",
            ],
            &["facets", "--cross", "decade,country"],
            &["facets", "--cross", "countries,months", "tariffs"],
            &["facets", "published"],
            &["search", "steel", "--facets", "country,year"],
            &["facets", "--by", "decade"],
            &["facets", "--by", "year", "--cross", "speaker,country"],
            &["facets"],
        ],
    );
}

/// A group means any of its members, a bloc itself; either way nothing is taken for something else without a word.
#[test]
fn groups_of_countries() {
    let sandbox = Sandbox::indexed();
    let text = |arguments: &[&'static str]| [&["search", "--facets", "none"], arguments].concat();
    check(
        "groups_of_countries",
        &sandbox,
        &[
            &text(&["--country", "usmca", "--country", "japan", "milk"]),
            &text(&["country:\"gulf states\" wheat"]),
            &text(&["steel", "country:G7", "--exclude", "country=ASEAN members"]),
            &["facets", "speaker", "country:BRICS+", "--format", "json"],
            &["facets", "speaker", "country:G7", "--format", "csv"],
            &["facets", "country", "--country", "eu", "--limit", "2"],
            &["facets", "country", "--country", "asean"],
            &["facets", "country", "--country", "baltics"],
            &["facets", "country", "--country", "G9"],
        ],
    );
}

/// However a path is written, it is that of the file; from another folder, too.
#[test]
fn paths_are_known_however_they_are_written() {
    let sandbox = Sandbox::new();
    sandbox.write("news/2018/talks.txt", "Talks\n\nJapan spoke.\n\nAll left.");
    sandbox.write("news/2019/talks.txt", "More talks\n\nNobody spoke.");
    let whole = sandbox.path("news/2018/talks.txt");
    let show = "\"$tradewire\" show --index";
    let shown = |script: &str| {
        let outcome = sandbox.shell(script);
        assert_eq!(outcome.code, 0, "{outcome}");
        outcome.stdout
    };
    let expected = shown(&format!(
        "\"$tradewire\" index news >&2; {show} index 2018/talks"
    ));
    for (folder, index, path) in [
        (".", "index", "news/2018/talks.txt"),
        (".", "index", "./news/2018/talks.txt"),
        (".", "index", "news//2018/./talks.txt"),
        (".", "index", "news/2018/../2018/talks.txt"),
        (".", "index", "\"$PWD/news/2018/talks.txt\""),
        ("news/2018", "../../index", "talks.txt"),
        ("news/2018", "../../index", "../2018/talks.txt"),
    ] {
        let stdout = shown(&format!("cd {folder}; {show} {index} {path}"));
        assert_eq!(stdout, expected, "{path}");
        let search = format!(
            "cd {folder}; \"$tradewire\" search --index {index} --format jsonl path:{path}"
        );
        assert_eq!(shown(&search).lines().count(), 2, "{path}");
    }
    for (folder, n_lines) in [
        ("news", 3),
        ("news/2018/", 2),
        ("./news/2019", 1),
        (".", 3),
        ("\"$PWD\"", 3),
    ] {
        let search = "\"$tradewire\" search --format jsonl";
        let found = shown(&format!("{search} path:{folder}"));
        assert_eq!(found.lines().count(), n_lines, "{folder}");
    }
    let one = shown(&format!(
        "{show} index ./news/2018/talks.txt#1 --format json"
    ));
    assert!(one.contains("\"focus\":1"), "{one}");
    std::fs::remove_file(whole).expect("it can be removed");
    shown(&format!("{show} index ./news//2018/talks.txt"));
}

/// As `VARIABLE=` in a script takes one back.
#[test]
fn variables_set_to_nothing_are_not_set() {
    let sandbox = Sandbox::with_corpus();
    let variables = ["TRADEWIRE_INDEX", "TRADEWIRE_LISTS", "TRADEWIRE_SYNONYMS"];
    let set = variables.map(|name| format!("{name}=")).join(" ");
    for command in ["index corpus", "search steel", "extract corpus", "stats"] {
        let outcome = sandbox.shell(&format!("{set} \"$tradewire\" {command}"));
        assert_eq!((outcome.code, &*outcome.stderr), (0, ""), "{outcome}");
    }
    assert!(sandbox.path("index").exists());
}

#[test]
fn show() {
    let sandbox = Sandbox::indexed();
    check(
        "show_json",
        &sandbox,
        &[&["show", "cheese-2020", "--format", "json"]],
    );
    check(
        "show_others",
        &sandbox,
        &[
            &["show", "note-2#0", "--format", "json"],
            &["show", "note-2", "--format", "jsonl"],
            &["show", "[TMP]/corpus/talks.txt#1", "--format", "jsonl"],
            &["show", "note-2", "--format", "csv"],
        ],
    );
}

#[test]
fn explain() {
    let sandbox = Sandbox::indexed();
    check(
        "text_explain",
        &sandbox,
        &[
            &["explain", "note-1#1"],
            &["explain", "talks#1"],
            &["explain", "cheese-2020#99"],
            &["explain", "nothing-such"],
        ],
    );
    check(
        "explain_formats",
        &sandbox,
        &[
            &["explain", "talks#1", "--format", "json"],
            &["explain", "talks#1", "--format", "jsonl"],
            &["explain", "talks#1", "--format", "csv"],
        ],
    );
}

#[test]
fn extract() {
    let sandbox = Sandbox::with_corpus();
    check("extract_folder", &sandbox, &[&["extract", "[TMP]/corpus"]]);
    check(
        "extract_file",
        &sandbox,
        &[
            &["extract", "[TMP]/corpus/notes.jsonl", "--format", "csv"],
            &["extract", "[TMP]/corpus/notes.jsonl", "--format", "json"],
        ],
    );
}

#[test]
fn standard_input_is_read() {
    let sandbox = Sandbox::with_corpus();
    let outcome = sandbox.shell("\"$tradewire\" extract - --format csv < corpus/cheese.json");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("extract_standard_input", outcome);
    });
}

#[test]
fn stats_and_check() {
    let sandbox = Sandbox::indexed();
    check(
        "stats",
        &sandbox,
        &[
            &["stats", "--format", "json"],
            &["stats", "--format", "csv"],
        ],
    );
    check(
        "check",
        &sandbox,
        &[
            &["check", "--format", "json"],
            &["check", "--format", "csv"],
        ],
    );
}

/// Strings of other services find what the same query in ours finds, are not widened, and are refused with the place.
#[test]
fn syntaxes() {
    let sandbox = Sandbox::indexed();
    let found = |syntax: &str, query: &str| {
        let format = ["--format", "jsonl", "--no-synonyms"];
        let mut arguments = vec!["search", "--syntax", syntax, query, "--limit", "all"];
        arguments.extend(format);
        sandbox.run(&arguments).stdout
    };
    for (syntax, theirs, ours) in [
        (
            "lexis",
            "steel and tariff! and not brazil",
            "article:(steel tariff* -brazil)",
        ),
        (
            "lexis",
            "tariff w/10 steel or aluminum",
            "tariff W/10 (steel OR aluminum)",
        ),
        (
            "lexis",
            "hlead(tariff) and steel",
            "(title:tariff OR article:(lead:tariff)) steel",
        ),
        (
            "factiva",
            "hd=steel* and re=jap",
            "title:steel* country:japan",
        ),
        (
            "factiva",
            "tariff$1 near10 cheese and date after 20171231",
            "/tariff.?/ W/10 =cheese published:>=2018",
        ),
    ] {
        let theirs = found(syntax, theirs);
        assert!(!theirs.is_empty(), "{ours}");
        assert_eq!(theirs, found("tradewire", ours), "{ours}");
    }
    check(
        "syntaxes",
        &sandbox,
        &[
            &[
                "search",
                "--syntax",
                "lexis",
                "tpp and tariff!",
                "--limit",
                "1",
                "--facets",
                "none",
            ],
            &[
                "facets",
                "country",
                "--syntax",
                "factiva",
                "hlp=tariff*",
                "--limit",
                "2",
            ],
            &[
                "search",
                "--syntax",
                "lexis",
                "steel w/5 (tariff and quota)",
            ],
            &["search", "--syntax", "factiva", "steel and ns=mcat"],
            &["search", "--syntax", "westlaw", "steel"],
        ],
    );
}

#[test]
fn check_compares_with_the_sources() {
    let sandbox = Sandbox::indexed();
    let deep: &[&str] = &["check", "--deep", "[TMP]/corpus"];
    check("check_deep", &sandbox, &[deep]);
    sandbox.write("corpus/talks.txt", "Talks go on.");
    sandbox.write("corpus/new.txt", "More talks.");
    sandbox.remove("corpus/wheat.md");
    sandbox.write("corpus/unknown.xyz", "No format is known for this.");
    let outcome = sandbox.run(deep);
    assert_eq!(outcome.code, 1, "{outcome}");
    check(
        "check_deep_differences",
        &sandbox,
        &[
            deep,
            &["check", "--deep", "[TMP]/corpus", "--format", "json"],
        ],
    );
    assert_eq!(sandbox.run(&["index", "[TMP]/corpus"]).code, 1);
    assert_eq!(sandbox.run(deep).code, 0);
    // Nothing is compared with what is damaged, and paths are of no use without sources.
    assert_eq!(sandbox.run(&["check", "[TMP]/corpus"]).code, 2);
}

/// That nothing differs in what is not there would be taken for a good answer.
#[test]
fn check_deep_of_nothing_is_an_error() {
    let sandbox = Sandbox::indexed();
    let outcome = sandbox.run(&["check", "--deep", "[TMP]/nosuch"]);
    assert_eq!((outcome.code, &*outcome.stdout), (2, ""), "{outcome}");
    let message = "[TMP]/nosuch: no such file or folder";
    assert!(outcome.stderr.contains(message), "{outcome}");
    // What is gone, but in the index, is a difference.
    sandbox.remove("corpus/wheat.md");
    let gone = sandbox.run(&["check", "--deep", "[TMP]/corpus/wheat.md"]);
    assert_eq!(gone.code, 1, "{gone}");
}

/// An id is a path below the folder that was indexed: a part of that folder, indexed or compared by itself, keeps it.
#[test]
fn parts_of_a_folder_keep_their_ids() {
    let sandbox = Sandbox::new();
    let succeeds = |arguments: &[&str]| {
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, 0, "{outcome}");
    };
    sandbox.write("corpus/2018/talks.txt", "Talks\n\nJapan spoke.");
    sandbox.write("corpus/2019/talks.txt", "Talks\n\nChina spoke.");
    succeeds(&["index", "[TMP]/corpus"]);
    succeeds(&["check", "--deep", "[TMP]/corpus/2018"]);
    succeeds(&["check", "--deep", "[TMP]/corpus/2018/talks.txt"]);
    sandbox.write_at("corpus/2018/talks.txt", "Talks\n\nJapan left.", 60);
    sandbox.write("corpus/2018/more.txt", "More\n\nKorea spoke.");
    succeeds(&["index", "[TMP]/corpus/2018"]);
    succeeds(&["index", "[TMP]/corpus/2019/talks.txt"]);
    for id in ["2018/talks", "2018/more", "2019/talks"] {
        succeeds(&["show", id]);
    }
    succeeds(&["check", "--deep", "[TMP]/corpus"]);
    succeeds(&["check", "--deep", "[TMP]/corpus/2018"]);
}

/// What was named by itself at first gets the id that its folder gives it, as if that had been indexed at once.
#[test]
fn a_file_gets_its_id_from_a_folder_that_is_indexed_later() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/2018/talks.txt", "Talks\n\nJapan spoke.");
    let code = |arguments: &[&str]| sandbox.run(arguments).code;
    assert_eq!(code(&["index", "[TMP]/corpus/2018/talks.txt"]), 0);
    assert_eq!(code(&["show", "talks"]), 0);
    assert_eq!(code(&["check", "--deep", "[TMP]/corpus"]), 0);
    assert_eq!(code(&["index", "[TMP]/corpus"]), 0);
    assert_eq!(code(&["show", "talks"]), 2);
    assert_eq!(code(&["show", "2018/talks"]), 0);
    assert_eq!(code(&["check", "--deep", "[TMP]/corpus"]), 0);
}

/// One folder, whatever path leads to it and wherever one stands, is indexed once.
#[test]
fn a_folder_is_recognised_by_another_path() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/2018/talks.txt", "Talks\n\nJapan spoke.");
    sandbox.write("corpus/gone.txt", "Gone\n\nChina spoke.");
    sandbox.write("elsewhere/other.txt", "Other\n\nKorea spoke.");
    let run = |script: &str| {
        let outcome = sandbox.shell(script);
        assert_eq!(outcome.code, 0, "{outcome}");
        outcome
    };
    run("\"$tradewire\" index corpus");
    for script in [
        "\"$tradewire\" index \"$PWD/corpus\"",
        "\"$tradewire\" index \"$PWD/corpus/2018\" corpus/gone.txt",
        "cd elsewhere && \"$tradewire\" index --index ../index ../corpus",
        "ln -s corpus link && \"$tradewire\" index link",
    ] {
        let said = run(script);
        let expected = "sources: 0 added, 0 changed, 2 unchanged, 0 removed";
        assert!(said.stdout.contains(expected), "{said}");
    }
    // Changes are seen by the other path, and what is indexed keeps its name.
    sandbox.write_at("corpus/2018/talks.txt", "Talks\n\nJapan left.", 60);
    sandbox.remove("corpus/gone.txt");
    let said = run("cd elsewhere && \"$tradewire\" index --index ../index ../corpus");
    let expected = "sources: 0 added, 1 changed, 0 unchanged, 1 removed";
    assert!(said.stdout.contains(expected), "{said}");
    let hit = run("\"$tradewire\" search japan --format csv");
    assert!(hit.stdout.contains("corpus/2018/talks.txt"), "{hit}");
    assert!(!hit.stdout.contains("../corpus"), "{hit}");
    run("cd elsewhere && \"$tradewire\" check --deep --index ../index ../corpus");
    // What holds the folder holds what is not in it, too.
    let said = run("\"$tradewire\" index \"$PWD\" 2>&1 || true");
    assert!(said.stdout.contains(" 1 unchanged, 0 removed"), "{said}");
}

/// What the program itself keeps in a folder is no news, and it keeps nothing among news but in a folder of its own.
#[test]
fn an_index_and_its_alerts_are_no_sources() {
    let sandbox = Sandbox::new();
    sandbox.write("news/talks.txt", "Talks\n\nJapan spoke.");
    let run = |script: &str| sandbox.shell(&format!("cd news && {script}"));
    let said = run("\"$tradewire\" index --index . .");
    assert_eq!(said.code, 2, "{said}");
    assert!(said.stderr.contains("--index ./index"), "{said}");
    assert!(!sandbox.path("news/format-6").exists());
    for (script, expected) in [
        ("\"$tradewire\" index .", "1 added, 0 changed, 0 unchanged"),
        ("\"$tradewire\" alert add japan japan", "japan"),
        ("\"$tradewire\" index .", "0 added, 0 changed, 1 unchanged"),
        (
            "\"$tradewire\" index --index other .",
            "1 added, 0 changed, 0 unchanged",
        ),
        ("\"$tradewire\" check --deep .", "nothing differs"),
        ("\"$tradewire\" extract . --format csv | wc -l", "2"),
    ] {
        let said = run(script);
        assert_eq!((said.code, &*said.stderr), (0, ""), "{said}");
        assert!(said.stdout.contains(expected), "{said}");
    }
}

/// A path that is gone is no slip of the pen if the index has sources of it.
#[test]
fn what_is_gone_is_taken_out_when_it_is_named() {
    let sandbox = Sandbox::new();
    sandbox.write("ca/talks.txt", "Talks\n\nJapan spoke.");
    sandbox.write("cb/more.txt", "More\n\nChina spoke.");
    sandbox.write("cb/rest.txt", "Rest\n\nKorea spoke.");
    assert_eq!(sandbox.shell("\"$tradewire\" index ca cb").code, 0);
    let differs = sandbox.shell("mv cb cc; \"$tradewire\" check --deep ca cb");
    assert_eq!(differs.code, 1, "{differs}");
    let advice = "take it out of the index with `tradewire index --index index cb`";
    assert!(differs.stdout.contains(advice), "{differs}");
    // Beside others it is rather away; a search never takes anything out, nor is anything built anew of what is not there.
    let said = sandbox.shell("\"$tradewire\" index --index index ca cb");
    assert_eq!(said.code, 1, "{said}");
    assert!(said.stdout.contains("1 unchanged, 0 removed"), "{said}");
    for script in [
        "\"$tradewire\" search --in cb spoke",
        "\"$tradewire\" index --rebuild cb",
    ] {
        let said = sandbox.shell(script);
        assert_eq!(said.code, 2, "{said}");
        assert!(said.stderr.contains("cb: no such file or folder"), "{said}");
    }
    let said = sandbox.shell("\"$tradewire\" index --index index cb");
    assert_eq!(said.code, 0, "{said}");
    assert!(said.stdout.contains("2 removed"), "{said}");
    let expected = "removed cb, which is gone, with 2 sources";
    assert!(said.stderr.contains(expected), "{said}");
    // From another folder it is where the index has it.
    let script = "mkdir -p b && cd b && \"$tradewire\" index --index ../index ca";
    let said = sandbox.shell(script);
    assert_eq!(said.code, 0, "{said}");
    assert!(said.stdout.contains("1 unchanged, 0 removed"), "{said}");
    // What is all that the index has is rather away than to be forgotten.
    let said = sandbox.shell("mv ca away; \"$tradewire\" index ca; s=$?; \"$tradewire\" check --deep; mv away ca; exit $s");
    assert_eq!(said.code, 2, "{said}");
    assert!(
        said.stdout
            .contains("or remove `index`: the index holds nothing else"),
        "{said}"
    );
    // Now nothing is known of it any more.
    for script in ["\"$tradewire\" index cb", "\"$tradewire\" index cb nosuch"] {
        let said = sandbox.shell(script);
        assert_eq!(said.code, 2, "{said}");
        assert!(said.stderr.contains("cb: no such file or folder"), "{said}");
    }
    assert_eq!(sandbox.shell("\"$tradewire\" check --deep").code, 0);
    // A file that was named by itself.
    let script =
        "\"$tradewire\" index cc/more.txt && rm cc/more.txt && \"$tradewire\" index cc/more.txt";
    let said = sandbox.shell(script);
    assert_eq!(said.code, 0, "{said}");
    assert!(said.stderr.contains("gone, with 1 source\n"), "{said}");
}

/// Without a path an index is brought up to date as it is; a new one is made of `corpus`.
#[test]
fn without_a_path_the_index_tells_what_to_read() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/talks.txt", "Talks\n\nJapan spoke.");
    sandbox.write("news/more.txt", "More\n\nChina spoke.");
    sandbox.write("alone/rest.txt", "Rest\n\nKorea spoke.");
    sandbox.write("alone/other.txt", "Other\n\nKorea spoke.");
    let run = |script: &str, code: i32, expected: &str| {
        let said = sandbox.shell(script);
        assert_eq!(said.code, code, "{said}");
        let all = format!("{}{}", said.stdout, said.stderr);
        assert!(all.contains(expected), "{said}");
    };
    run("\"$tradewire\" index", 0, "1 added");
    run("\"$tradewire\" index", 0, "0 added, 0 changed, 1 unchanged");
    run(
        "\"$tradewire\" index --index other news alone/rest.txt",
        0,
        "2 added",
    );
    sandbox.write("news/new.txt", "New\n\nPeru spoke.");
    run(
        "\"$tradewire\" index --index other",
        0,
        "1 added, 0 changed, 2 unchanged",
    );
    run(
        "cd alone && \"$tradewire\" index --index ../other ../news",
        0,
        "2 unchanged",
    );
    run(
        "\"$tradewire\" check --index other --deep",
        0,
        "of 3 sources",
    );
    run("\"$tradewire\" index --index other --rebuild", 0, "3 added");
    // What is away stays until it is named.
    run(
        "mv news away; \"$tradewire\" index --index other",
        1,
        "skipped news: no such file or folder",
    );
    run(
        "\"$tradewire\" index --index other",
        1,
        "holds 3 paragraphs of 3 articles",
    );
    run(
        "\"$tradewire\" index --index other --rebuild",
        2,
        "would be lost",
    );
    run("\"$tradewire\" index --index other news", 0, "2 removed");
    run(
        "\"$tradewire\" index --index other",
        0,
        "1 unchanged, 0 removed",
    );
}

/// A file with a thousand broken lines is named once; programs get them all.
#[test]
fn lines_that_cannot_be_read_are_told_together() {
    let sandbox = Sandbox::new();
    let lines =
        "{\"a\": 1}\n{\"text\": \"Japan spoke.\"}\n".to_string() + &"{\"a\": 1}\n".repeat(1200);
    sandbox.write_at("news/gold.jsonl", &lines, 60);
    sandbox.write("news/scan.pdf", "%PDF");
    let said = sandbox.run(&["index", "[TMP]/news"]);
    assert_eq!(said.code, 1, "{said}");
    let expected = "gold.jsonl:1: an object without text (and 1,200 more lines)\n";
    assert!(said.stderr.contains(expected), "{said}");
    assert_eq!(said.stderr.matches("skipped ").count(), 2, "{said}");
    for said in [said, sandbox.run(&["index", "[TMP]/news"])] {
        assert!(said.stdout.contains("1 skipped"), "{said}");
        let expected = "1,201 parts of other sources skipped";
        assert!(said.stdout.contains(expected), "{said}");
    }
    let said = sandbox.run(&["index", "--rebuild", "[TMP]/news", "--format", "json"]);
    assert_eq!(said.stdout.matches("an object without text").count(), 1201);
    assert!(said.stdout.contains("\"skipped_parts\":1201"), "{said}");
}

#[test]
fn two_sources_of_one_id_are_named() {
    let sandbox = Sandbox::new();
    sandbox.write("2018/talks.txt", "Talks\n\nJapan spoke.");
    sandbox.write("2019/talks.txt", "Talks\n\nChina spoke.");
    let outcome = sandbox.run(&["index", "[TMP]/2018", "[TMP]/2019"]);
    assert_eq!(outcome.code, 0, "{outcome}");
    let warning = "warning: `[TMP]/2018/talks.txt` and `[TMP]/2019/talks.txt` both give an article with the id `talks`";
    assert!(outcome.stderr.contains(warning), "{outcome}");
    let outcome = sandbox.run(&["index", "--rebuild", "[TMP]"]);
    assert!(!outcome.stderr.contains("warning"), "{outcome}");
    let record = "{\"id\": \"7\", \"text\": \"Japan spoke.\"}\n";
    sandbox.write("export.jsonl", record.repeat(2));
    let outcome = sandbox.run(&["index", "[TMP]"]);
    let warning = "warning: `[TMP]/export.jsonl` gives two articles with the id `7`";
    assert!(outcome.stderr.contains(warning), "{outcome}");
}

/// What is demanded is not given up for an answer, and why there is none is said.
#[test]
fn what_is_demanded_holds() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "corpus/pipes.txt",
        "Pipes\n\nGENEVA, March 4, 2018 - Japan raised the duty on pipes.",
    );
    sandbox.write(
        "corpus/wires.txt",
        "Wires\n\nJapan raised the duty on wires.",
    );
    sandbox.run(&["index", "[TMP]/corpus"]);
    let check = |arguments: &[&str], code: i32, said: &str| {
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, code, "{arguments:?} {outcome}");
        assert!(outcome.stderr.contains(said), "{arguments:?} {outcome}");
        outcome.stdout
    };
    let some =
        "hint: 2 paragraphs have some of the words; `OR` between words finds what has any of them";
    assert!(check(&["search", "pipes wires"], 0, "").contains("some"));
    check(&["search", "pipes AND wires"], 1, some);
    check(&["search", "+pipes +wires"], 1, some);
    let lexis = ["search", "--syntax", "lexis", "pipes AND wires"];
    check(&lexis, 1, "");
    let head = check(&["export", "pipes wires", "--format", "footnotes"], 1, some);
    assert!(head.contains("# 0 paragraphs in 0 articles"), "{head}");
    let question = "who has raised the duty on pipes and wires again this year";
    check(&["export", question, "--format", "trec"], 0, "");
    let quotes = "hint: 2 paragraphs match, but none of them reports what somebody said";
    check(&["search", "japan", "--quotes"], 1, quotes);
    let undated = "hint: 1 paragraph matches without a date; leave out --after and --before";
    check(&["search", "duty", "--after", "2018"], 0, undated);
    let absent = "hint: no paragraph has the country `Uzbekistan`";
    let arguments = ["export", "--country", "Uzbekistan", "--format", "footnotes"];
    let head = check(&arguments, 1, absent);
    assert!(head.contains("# 0 paragraphs in 0 articles"), "{head}");
    check(
        &["search", "--country", "Uzbekistn"],
        2,
        "error: no such country",
    );
}

#[test]
fn help() {
    let sandbox = Sandbox::new();
    check("help", &sandbox, &[&["--help"]]);
    for command in [
        "index",
        "search",
        "facets",
        "export",
        "alert",
        "show",
        "explain",
        "extract",
        "stats",
        "check",
        "completions",
        "man",
    ] {
        check(
            &format!("help_{command}"),
            &sandbox,
            &[&[command, "--help"]],
        );
    }
    for command in ["add", "list", "run", "remove"] {
        check(
            &format!("help_alert_{command}"),
            &sandbox,
            &[&["alert", command, "--help"]],
        );
    }
}

#[test]
fn every_command_has_examples() {
    let sandbox = Sandbox::new();
    let help = sandbox.run(&["--help"]).stdout;
    let commands = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty());
    let mut n_commands = 0;
    for command in commands {
        let help = sandbox.run(&[command, "--help"]);
        assert!(help.stdout.contains("\nExamples:\n"), "{command}: {help}");
        n_commands += 1;
    }
    assert!(n_commands >= 9, "{help}");
}

#[test]
fn completions_and_man() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = sandbox.run(&["completions", shell]);
        assert_eq!(script.code, 0);
        for name in ["search", "facets", "--country"] {
            let name = if shell == "fish" {
                name.trim_start_matches('-')
            } else {
                name
            };
            assert!(script.stdout.contains(name), "{shell} lacks {name}");
        }
    }
    let page = sandbox.run(&["man"]);
    assert_eq!(page.code, 0);
    assert!(page.stdout.contains(".TH tradewire 1"), "{page}");
    check("man", &sandbox, &[&["man"]]);
}

#[test]
fn wrong_arguments() {
    let sandbox = Sandbox::indexed();
    check(
        "wrong_arguments",
        &sandbox,
        &[
            &[],
            &["serach", "steel"],
            &["search", "steel", "--contry", "japan"],
            &["search", "steel", "--limit", "many"],
            &["search", "steel", "--format", "xml"],
            &["search", "steel", "--after", "soon"],
            &["search", "steel", "--before", "2018-13"],
            &["search", "steel", "--after", "2019", "--before", "2018"],
            &["search", "steel", "--synonyms", "[TMP]/none.tsv"],
            &["search", "steel", "--sort", "best"],
            &["search", "steel", "--exclude", "japan"],
            &["search", "steel", "--exclude", "contry=japan"],
            &["search", "steel", "--facets", "contries"],
            &["search", "-"],
            &["search", "--steel"],
            &["search", "steel", "--limit", "-5"],
            &["search", "steel", "--offset", "-1"],
            &["facets", "country", "--limit", "-1"],
            &["index", "--threads", "0"],
            &["facets"],
            &["show"],
            &["completions", "tcsh"],
        ],
    );
}

/// Flags of other programs, for which those of ours that are spelled alike would not do.
#[test]
fn flags_of_others() {
    let sandbox = Sandbox::indexed();
    let mut shown = String::new();
    for arguments in [
        &["search", "steel", "--json"][..],
        &["export", "steel", "--csv"],
        &["export", "steel", "--json"],
        &["search", "steel", "--since", "2018"],
        &["search", "steel", "--until=2018"],
        &["search", "steel", "--count"],
        &["search", "steel", "--color", "never"],
        &["man", "--no-color"],
        &["export", "steel", "--limit", "3"],
        &["search", "steel", "--path", "corpus/2018"],
        &["alert", "add", "steel", "steel", "--since", "2018"],
        &["index", "--count"],
        &["search", "steel", "--after", "spring 2018"],
        &["search", "steel", "--after", "05/01/2018"],
    ] {
        let outcome = sandbox.run(arguments);
        let lines = outcome.stderr.lines();
        let said: Vec<&str> = lines
            .take_while(|line| !line.starts_with("Usage") && !line.starts_with("For"))
            .filter(|line| !line.is_empty())
            .collect();
        assert_eq!(outcome.code, 2, "{outcome}");
        shown += &format!("$ {}\n{}\n", arguments.join(" "), said.join("\n"));
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("flags_of_others", shown);
    });
}

#[test]
fn help_is_a_command_too() {
    let sandbox = Sandbox::new();
    for (typed, meant) in [
        (&["help"][..], &["--help"][..]),
        (&["help", "search"], &["search", "--help"]),
        (&["help", "alert", "add"], &["alert", "add", "--help"]),
    ] {
        let (typed, meant) = (sandbox.run(typed), sandbox.run(meant));
        assert_eq!((typed.stdout, typed.code), (meant.stdout, 0));
    }
    assert_eq!(sandbox.run(&["help", "planet"]).code, 2);
}

#[test]
fn version() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run(&["--version"]);
    assert_eq!(outcome.stdout, "tradewire [VERSION]\n");
}

#[test]
fn explained_queries() {
    let sandbox = Sandbox::indexed();
    let queries = [
        "(steel OR alumin*) W/10 country:us -quota",
        "article:(steel tariffs) \"trade dis*\"",
        "(cheese OR TPP) tariffs",
    ];
    let mut shown = String::new();
    for query in queries {
        let flags = ["search", "--explain", "--facets", "none"];
        let text = sandbox.run(&[&flags[..], &["--limit", "1", "--", query]].concat());
        shown += &format!("# {query}\n{}\n", text.stdout);
        let json = sandbox.run(&[&flags[..], &["--format", "json", "--", query]].concat());
        let answer: serde_json::Value =
            serde_json::from_str(&json.stdout).expect("the answer is JSON");
        // What is said of a score adds up to it.
        for hit in answer["hits"].as_array().expect("there is a list") {
            let parts = hit["parts"].as_array().into_iter().flatten();
            let sum: f64 = parts.filter_map(|part| part["score"].as_f64()).sum();
            let score = hit["score"].as_f64().unwrap_or_default();
            assert!(
                (sum - score).abs() < 1e-3 * score.max(1.0),
                "{query}: {hit}"
            );
        }
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("explained_queries", shown);
    });
}
