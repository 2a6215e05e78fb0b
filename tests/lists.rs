//! Users' own lists from the command line: applied, kept in mind by the index, re-read, changed, forgotten, gone.

use crate::sandbox::Sandbox;

const LISTS: &str = r#"
[[person]]
name = "Haruto Ken Kitano"
aliases = ["Haruto Kitano", "the pipe prince"]

[[organization]]
name = "Pipe Guild of Osaka"
aliases = ["PGO"]

[[topic]]
path = "matters/pipes"
label = "Our pipe case"
terms = ["steel pipe"]

[hide]
person = ["Elin Vass"]
country = ["ca"]
"#;

/// All that is shown of commands.
fn shown(sandbox: &Sandbox, commands: &[&[&str]]) -> String {
    let outcomes = commands.iter();
    let outcomes = outcomes.map(|arguments| sandbox.run(arguments).to_string());
    outcomes.collect::<Vec<_>>().join("\n\n")
}

const BUILD: &[&str] = &["index", "[TMP]/corpus"];
const WITH_LISTS: &[&str] = &["index", "[TMP]/corpus", "--lists", "[TMP]/lists"];

/// The values of all facets, and who is quoted.
fn content(sandbox: &Sandbox) -> String {
    let outcome = sandbox.run(&["search", "--limit", "all", "--format", "jsonl"]);
    assert_eq!(outcome.code, 0, "{outcome}");
    outcome.stdout
}

#[test]
fn lists_are_applied_kept_in_mind_and_forgotten() {
    let sandbox = Sandbox::indexed();
    let before = content(&sandbox);
    sandbox.write("lists/trade.toml", LISTS);
    insta::assert_snapshot!(shown(&sandbox, &[
        WITH_LISTS,
        BUILD,
        &["stats", "--format", "csv"],
        &["facets", "person,speaker", "--person", "pipe prince"],
        &["facets", "topic", "--topic", "our pipe case", "--limit", "2"],
        &["search", "speaker:\"the Pipe Prince\"", "--facets", "none", "--limit", "1"],
        &["explain", "talks#1"],
        &["search", "--speaker", "elin vass"],
        &["search", "--country", "canada"],
        &["search", "--organization", "pgo"],
        &["check"],
    ]), @r#"
        $ tradewire index [TMP]/corpus --lists [TMP]/lists
        --- stdout ---
        lists changed: `[TMP]/lists`, 1 person, 1 organization, 1 topic, 2 hidden; all was
        extracted anew
        sources: 0 added, 5 changed, 0 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 16 paragraphs of 6 articles, 1 without a date
        --- exit 0 ---

        $ tradewire index [TMP]/corpus
        --- stdout ---
        lists: `[TMP]/lists`, 1 person, 1 organization, 1 topic, 2 hidden
        sources: 0 added, 0 changed, 5 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 16 paragraphs of 6 articles, 1 without a date
        --- exit 0 ---

        $ tradewire stats --format csv
        --- stdout ---
        name,value␍
        index,[TMP]/index␍
        built,[TIME]␍
        program,tradewire [VERSION]␍
        sources,5␍
        articles,6␍
        paragraphs,16␍
        words,263␍
        bytes,[BYTES]␍
        segments,1␍
        lists,[TMP]/lists␍
        lists_hash,03733ecef35fed683a0359eea45c6399␍
        sources_with_other_lists,0␍
        first,2018-03-05␍
        last,2022-10-07␍
        countries,8␍
        people,3␍
        speakers,3␍
        topics,23␍
        instruments,4␍
        organizations,4␍
        publisher,3␍
        --- exit 0 ---

        $ tradewire facets person,speaker --person 'pipe prince'
        --- stdout ---
        2 paragraphs in 1 article
        person: pipe prince = Haruto Ken Kitano

        person (3; not narrowed by --person)
          Haruto Ken Kitano  2  ████████████████████
          Lin Qiao           1  ██████████
          Odile Marchand     1  ██████████

        speaker (1)
          Haruto Ken Kitano  2  ████████████████████
        --- exit 0 ---

        $ tradewire facets topic --topic 'our pipe case' --limit 2
        --- stdout ---
        1 paragraph in 1 article
        topic: our pipe case = matters/pipes

        topic (2 of 23; not narrowed by --topic)
          sectors  10  ████████████████████
          trade    10  ████████████████████
        --- exit 0 ---

        $ tradewire search 'speaker:"the Pipe Prince"' --facets none --limit 1
        --- stdout ---
        2 paragraphs in 1 article
        speaker: the Pipe Prince = Haruto Ken Kitano

        Kitano presses Norland on steel duties
        2018-03-05 · talks#1
            "We are an ally and a reliable supplier," Economy Minister Haruto Kitano told reporters after
            the talks.
            speaker: Haruto Ken Kitano

        1-1 of 2 paragraphs; next page: --offset 1
        --- exit 0 ---

        $ tradewire explain talks#1
        --- stdout ---
        talks#1
          "We are an ally and a reliable supplier," Economy Minister Haruto Kitano told reporters after the
          talks.

        person
          Haruto Ken Kitano · “Haruto Kitano”
            own list, not measured: a name of your lists
            [TMP]/lists/trade.toml:4  Haruto Kitano
            person/surnames.tsv:7741  Kitano

        speaker
          Haruto Ken Kitano · “Haruto Kitano”
            subject before, right in 97 of 100: the speaker's name is the subject of a verb of saying
            [TMP]/lists/trade.toml:4  Haruto Kitano

        quotes
          Haruto Ken Kitano · “told” · direct
            We are an ally and a reliable supplier,
            subject before, right in 97 of 100: the speaker's name is the subject of a verb of saying
            speaker/cues.tsv:404  tell
        --- exit 0 ---

        $ tradewire search --speaker 'elin vass'
        --- stderr ---
        error: the speaker `Elin Vass` is hidden by your lists
        hint: `tradewire facets speaker` lists those that are there
        --- exit 2 ---

        $ tradewire search --country canada
        --- stderr ---
        error: the country `Canada` is hidden by your lists
        hint: `tradewire facets country` lists those that are there
        --- exit 2 ---

        $ tradewire search --organization pgo
        --- stdout ---
        no paragraph matches
        --- stderr ---
        hint: no paragraph has the organization `Pipe Guild of Osaka`; `tradewire facets organization` lists those that are there
        hint: without the flags that narrow, 16 paragraphs match
        --- exit 1 ---

        $ tradewire check
        --- stdout ---
        `[TMP]/index` is whole: 16 paragraphs of 6 articles, 5 sources; 7 files read
        --- exit 0 ---
        "#);
    // The lists are read again without being named.
    sandbox.write("lists/trade.toml", LISTS.replace("steel pipe", "pipe"));
    sandbox.write("lists/more.toml", "# Nothing yet.\n");
    insta::assert_snapshot!(shown(&sandbox, &[BUILD, BUILD]), @r"
        $ tradewire index [TMP]/corpus
        --- stdout ---
        lists changed: `[TMP]/lists`, 1 person, 1 organization, 1 topic, 2 hidden; all was
        extracted anew
        sources: 0 added, 5 changed, 0 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 16 paragraphs of 6 articles, 1 without a date
        --- exit 0 ---

        $ tradewire index [TMP]/corpus
        --- stdout ---
        lists: `[TMP]/lists`, 1 person, 1 organization, 1 topic, 2 hidden
        sources: 0 added, 0 changed, 5 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 16 paragraphs of 6 articles, 1 without a date
        --- exit 0 ---
        ");
    // Where things are said is no matter; that they are said elsewhere is still written down.
    sandbox.write(
        "lists/trade.toml",
        format!("# Ours.\n{}", LISTS.replace("steel pipe", "pipe")),
    );
    insta::assert_snapshot!(shown(&sandbox, &[BUILD]), @r"
        $ tradewire index [TMP]/corpus
        --- stdout ---
        lists: `[TMP]/lists`, 1 person, 1 organization, 1 topic, 2 hidden
        sources: 0 added, 0 changed, 5 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 16 paragraphs of 6 articles, 1 without a date
        --- exit 0 ---
        ");
    // To build anew is not to forget.
    let rebuild = &["index", "[TMP]/corpus", "--rebuild"];
    insta::assert_snapshot!(shown(&sandbox, &[rebuild, &["index", "[TMP]/corpus", "--no-lists"], BUILD]), @r"
        $ tradewire index [TMP]/corpus --rebuild
        --- stdout ---
        lists: `[TMP]/lists`, 1 person, 1 organization, 1 topic, 2 hidden
        sources: 5 added, 0 changed, 0 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 16 paragraphs of 6 articles, 1 without a date
        --- exit 0 ---

        $ tradewire index [TMP]/corpus --no-lists
        --- stdout ---
        lists changed: none any more; all was extracted anew
        sources: 0 added, 5 changed, 0 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 16 paragraphs of 6 articles, 1 without a date
        --- exit 0 ---

        $ tradewire index [TMP]/corpus
        --- stdout ---
        sources: 0 added, 0 changed, 5 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 16 paragraphs of 6 articles, 1 without a date
        --- exit 0 ---
        ");
    assert_eq!(content(&sandbox), before);
}

#[test]
fn a_search_refreshes_with_the_lists() {
    let sandbox = Sandbox::with_corpus();
    sandbox.write("lists/trade.toml", LISTS);
    sandbox.run(WITH_LISTS);
    let search = &[
        "search",
        "--in",
        "[TMP]/corpus",
        "--topic",
        "matters",
        "--format",
        "csv",
        "--limit",
        "1",
    ];
    assert!(sandbox.run(search).stdout.contains("matters/pipes"));
    sandbox.write("lists/trade.toml", "");
    let outcome = sandbox.run(search);
    insta::assert_snapshot!(outcome.to_string(), @r"
        $ tradewire search --in [TMP]/corpus --topic matters --format csv --limit 1
        --- stderr ---
        lists changed: `[TMP]/lists`, nothing in it; all was extracted anew
        sources: 0 added, 5 changed, 0 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 16 paragraphs of 6 articles, 1 without a date
        error: no such topic: `matters`
        hint: `tradewire facets topic` lists those that are there
        --- exit 2 ---
        ");
}

#[test]
fn lists_with_faults_change_nothing() {
    let sandbox = Sandbox::indexed();
    let before = content(&sandbox);
    sandbox.write("lists/a.toml", "[[person]]\nnmae = \"Jane Roe\"\n");
    sandbox.write(
        "lists/b.toml",
        "[[organization]]\nname = \"\"\n[hide]\ncountry = [\"Ruritania\"]\n",
    );
    insta::assert_snapshot!(shown(&sandbox, &[
        WITH_LISTS,
        &["extract", "[TMP]/corpus", "--lists", "[TMP]/lists"],
        &["index", "[TMP]/corpus", "--lists", "[TMP]/nowhere"],
    ]), @r#"
        $ tradewire index [TMP]/corpus --lists [TMP]/lists
        --- stderr ---
        error: the lists have 4 faults:
          [TMP]/lists/a.toml:1: this person has no `name`; write `name = "…"`, the value of the facet
          [TMP]/lists/a.toml:2: no key is called `nmae`; did you mean `name`?
          [TMP]/lists/b.toml:2: the name is empty; write it, or take it out
          [TMP]/lists/b.toml:4: no country is called `Ruritania`; write its English name, or its code of two letters
        hint: nothing was changed; mend the lists and run the command again
        --- exit 2 ---

        $ tradewire extract [TMP]/corpus --lists [TMP]/lists
        --- stderr ---
        error: the lists have 4 faults:
          [TMP]/lists/a.toml:1: this person has no `name`; write `name = "…"`, the value of the facet
          [TMP]/lists/a.toml:2: no key is called `nmae`; did you mean `name`?
          [TMP]/lists/b.toml:2: the name is empty; write it, or take it out
          [TMP]/lists/b.toml:4: no country is called `Ruritania`; write its English name, or its code of two letters
        hint: mend the lists and run the command again
        --- exit 2 ---

        $ tradewire index [TMP]/corpus --lists [TMP]/nowhere
        --- stderr ---
        error: the lists have a fault:
          [TMP]/nowhere: no such file or folder; check how it is written
        hint: nothing was changed; mend the lists and run the command again
        --- exit 2 ---
        "#);
    assert_eq!(content(&sandbox), before);
    assert!(
        sandbox
            .run(&["stats", "--format", "json"])
            .stdout
            .contains("\"lists\":null")
    );
    // Lists that were fine and no longer are.
    sandbox.remove("lists/b.toml");
    sandbox.write("lists/a.toml", LISTS);
    assert_eq!(sandbox.run(WITH_LISTS).code, 0);
    let with_lists = content(&sandbox);
    sandbox.write("lists/a.toml", "[[person]\n");
    insta::assert_snapshot!(shown(&sandbox, &[BUILD]), @r"
        $ tradewire index [TMP]/corpus
        --- stderr ---
        error: the lists have a fault:
          [TMP]/lists/a.toml:1: unclosed array table, expected `]`; https://toml.io shows how TOML is written
        hint: nothing was changed; mend the lists and run the command again
        --- exit 2 ---
        ");
    sandbox.remove("lists/a.toml");
    std::fs::remove_dir(sandbox.path("lists")).expect("it is empty");
    insta::assert_snapshot!(shown(&sandbox, &[BUILD]), @r"
        $ tradewire index [TMP]/corpus
        --- stderr ---
        error: the lists of this index are gone: there is no `[TMP]/lists`
        hint: say with `--lists PATH` where they are now, or go on without them with `tradewire index --no-lists`
        --- exit 2 ---
        ");
    assert_eq!(content(&sandbox), with_lists);
    // Both ways out.
    sandbox.write("elsewhere/a.toml", LISTS);
    let moved = sandbox.run(&["index", "[TMP]/corpus", "--lists", "[TMP]/elsewhere"]);
    assert!(moved.stdout.contains(" 5 unchanged"), "{moved}");
    let without = sandbox.run(&["index", "[TMP]/corpus", "--no-lists"]);
    assert_eq!(without.code, 0, "{without}");
    assert_eq!(content(&sandbox), before);
}

/// What is not hidden although it was to be is the dangerous case.
#[test]
fn names_to_hide_that_hide_nothing_are_named() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "corpus/one.txt",
        "Mills reopen\n\nOSLO, Jan. 5, 2021 - Trade Minister Paula Quillby said on Tuesday that the mills would open.\n",
    );
    sandbox.write(
        "lists.toml",
        "[hide]\nperson = [\"Paula Quilby\", \"Quillby\", \"Jan Roe\"]\n",
    );
    let index = ["index", "[TMP]/corpus", "--lists", "[TMP]/lists.toml"];
    let mut outcomes = vec![sandbox.run(&index)];
    // Nothing was read, so that nobody knows.
    outcomes.push(sandbox.run(&index));
    sandbox.write("lists.toml", "[hide]\nperson = [\"Paula Quillby\"]\n");
    outcomes.push(sandbox.run(&index));
    let warnings: Vec<&str> = outcomes
        .iter()
        .map(|outcome| outcome.stderr.as_str())
        .collect();
    insta::assert_snapshot!(warnings.join("---\n"), @r#"
    warning: [TMP]/lists.toml:2: nothing is hidden by the person `Paula Quilby`, which these sources do not have
       hint: did you mean `Paula Quillby` (1)?
    warning: [TMP]/lists.toml:2: nothing is hidden by the person `Quillby`, which these sources do not have
       hint: did you mean `Paula Quillby` (1)?
    ---
    ---
    "#);
    let hidden = sandbox.run(&["search", "--speaker", "quillby"]);
    insta::assert_snapshot!(hidden.stderr, @r#"
    error: the speaker `Paula Quillby` is hidden by your lists
    hint: `tradewire facets speaker` lists those that are there
    "#);
}

#[test]
fn the_environment_may_name_the_lists() {
    let sandbox = Sandbox::with_corpus();
    sandbox.write("lists.toml", LISTS);
    let run = |arguments: &[&str]| {
        let mut process = sandbox.process(arguments);
        let process = process.env("TRADEWIRE_LISTS", sandbox.path("lists.toml"));
        let output = process.output().expect("the program can be started");
        String::from_utf8(output.stdout).expect("it writes UTF-8")
    };
    assert!(run(BUILD).starts_with("lists: "));
    assert!(run(&["extract", "[TMP]/corpus"]).contains("\"Haruto Ken Kitano\""));
    assert!(
        run(&["index", "[TMP]/corpus", "--no-lists"]).starts_with("lists changed: none any more")
    );
}

/// A folder with corpus, lists and index may be moved as a whole.
#[test]
fn lists_beside_the_index_may_be_moved_with_it() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "case/corpus/a.txt",
        "Steel\n\nThe PGO sued over steel pipe.",
    );
    sandbox.write("case/lists.toml", LISTS);
    let run = |case: &str, more: &[&str]| {
        let (corpus, index) = (
            format!("[TMP]/{case}/corpus"),
            format!("[TMP]/{case}/index"),
        );
        let mut arguments = vec!["index", &corpus, "--index", &index];
        arguments.extend(more);
        sandbox.run(&arguments)
    };
    assert_eq!(run("case", &["--lists", "[TMP]/case/lists.toml"]).code, 0);
    std::fs::rename(sandbox.path("case"), sandbox.path("moved")).expect("it can be moved");
    let outcome = run("moved", &[]);
    assert!(
        outcome
            .stdout
            .starts_with("lists: `[TMP]/moved/lists.toml`"),
        "{outcome}"
    );
}

/// Sources that a run does not look at keep what was found in them, and that is said.
#[test]
fn sources_elsewhere_keep_their_lists_until_they_are_indexed() {
    let sandbox = Sandbox::indexed();
    sandbox.write("other/b.txt", "Steel\n\nThe PGO sued over steel pipe.");
    sandbox.write("lists/trade.toml", LISTS);
    let other = &["index", "[TMP]/other", "--lists", "[TMP]/lists"];
    insta::assert_snapshot!(shown(&sandbox, &[other, &["index", "[TMP]/other"], BUILD, BUILD]), @r"
        $ tradewire index [TMP]/other --lists [TMP]/lists
        --- stdout ---
        lists changed: `[TMP]/lists`, 1 person, 1 organization, 1 topic, 2 hidden; all was
        extracted anew
        sources: 1 added, 0 changed, 0 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 17 paragraphs of 7 articles, 2 without a date
        5 sources elsewhere stayed with the lists of before: index their folders, too
        --- exit 0 ---

        $ tradewire index [TMP]/other
        --- stdout ---
        lists: `[TMP]/lists`, 1 person, 1 organization, 1 topic, 2 hidden
        sources: 0 added, 0 changed, 1 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 17 paragraphs of 7 articles, 2 without a date
        5 sources elsewhere stayed with the lists of before: index their folders, too
        --- exit 0 ---

        $ tradewire index [TMP]/corpus
        --- stdout ---
        lists: `[TMP]/lists`, 1 person, 1 organization, 1 topic, 2 hidden
        sources: 0 added, 5 changed, 0 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 17 paragraphs of 7 articles, 2 without a date
        --- exit 0 ---

        $ tradewire index [TMP]/corpus
        --- stdout ---
        lists: `[TMP]/lists`, 1 person, 1 organization, 1 topic, 2 hidden
        sources: 0 added, 0 changed, 5 unchanged, 0 removed, 0 skipped ([SECONDS] s)
        `[TMP]/index` holds 17 paragraphs of 7 articles, 2 without a date
        --- exit 0 ---
        ");
}

#[test]
fn extract_takes_lists() {
    let sandbox = Sandbox::with_corpus();
    sandbox.write("lists.toml", LISTS);
    let outcome = sandbox.run(&[
        "extract",
        "[TMP]/corpus",
        "--lists",
        "[TMP]/lists.toml",
        "--format",
        "jsonl",
    ]);
    assert_eq!(outcome.code, 0, "{outcome}");
    assert!(outcome.stdout.contains("\"Haruto Ken Kitano\""));
    assert!(!outcome.stdout.contains("\"Elin Vass\"") && !outcome.stdout.contains("\"Canada\""));
}

/// The lists that come with the program as an example are fine, and find something.
#[test]
fn the_example_holds() {
    let example = crate::root().join("tests/lists/example.toml");
    let example = example.display().to_string();
    let corpus = crate::root().join("corpus").display().to_string();
    let sandbox = Sandbox::new();
    let outcome = sandbox.run(&["index", &corpus, "--lists", &example]);
    assert_eq!(outcome.code, 0, "{outcome}");
    let facets = sandbox.run(&[
        "facets",
        "speaker",
        "--speaker",
        "the trade hawk",
        "--format",
        "csv",
    ]);
    assert!(
        facets.stdout.contains("Robert Emmet Lighthizer"),
        "{facets}"
    );
}
