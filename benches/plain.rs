//! tradewire beside plain tantivy, which indexes the same paragraphs with facets that somebody else has found: what extraction,
//! the language and the answers cost on top of the engine.
//!
//! `cargo bench --bench plain -- [ARTICLES [ROUNDS]]` makes up a corpus (18,000 articles without a number), runs both in turn,
//! and prints a table. Only ratios of one run mean anything; machines differ, and so do their days. CPU and memory are known on
//! Linux only.
#![expect(clippy::print_stdout, reason = "a table is what this program is for")]

mod made;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tantivy::aggregation::AggregationCollector;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query as Engine, TermQuery,
};
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::{DateTime, TantivyDocument, Term};
use tradewire::index::Index;
use tradewire::ingest::{Choice, Settings, ingest};
use tradewire::query::{self, Syntax};
use tradewire::schema;
use tradewire::search::{Interval, Request};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How the words of a query belong together, and the words: rare and frequent ones.
const QUERIES: [(Kind, &str); 20] = [
    (Kind::Any, "tariffs"),
    (Kind::Any, "trade"),
    (Kind::Any, "said"),
    (Kind::Any, "safeguard"),
    (Kind::Any, "semiconductors"),
    (Kind::Any, "retaliation"),
    (Kind::Any, "steel aluminium duties"),
    (Kind::Any, "export controls licence technology"),
    (Kind::Any, "grain black sea shipment"),
    (Kind::All, "steel tariffs"),
    (Kind::All, "panel dispute ruling"),
    (Kind::All, "european union"),
    (Kind::All, "dumping duties imports"),
    (Kind::Phrase, "free trade"),
    (Kind::Phrase, "world trade organization"),
    (Kind::Phrase, "rules of origin"),
    (Kind::Phrase, "most favoured nation"),
    (Kind::Prefix, "tarif"),
    (Kind::Prefix, "negotiat"),
    (Kind::Prefix, "subsid"),
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Any,
    All,
    Phrase,
    Prefix,
}

/// The facets that both count; plain tantivy gets them ready-made.
const FACETS: [&str; 3] = ["country", "topic", "person"];

/// How often each query is asked; its median counts.
const N_TIMES: usize = 15;

/// What a part of the comparison took.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Taken {
    seconds: f64,
    /// None where the system does not tell.
    cpu_seconds: Option<f64>,
    peak_mib: Option<f64>,
    index_bytes: u64,
    /// Microseconds a query, medians in the order of the queries.
    queries: Vec<f64>,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["part", which, folder] => part(which, Path::new(folder)),
        [] => compare(18_000, 3),
        [n_articles] => compare(n_articles.parse()?, 3),
        [n_articles, n_rounds, ..] => compare(n_articles.parse()?, n_rounds.parse()?),
    }
}

/// Runs both in turn, each in a process of its own.
fn compare(n_articles: usize, n_rounds: usize) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let n_bytes = made::articles(&folder.path().join("made.jsonl"), n_articles)?;
    println!(
        "{n_articles} articles, {:.1} MB of text, {n_rounds} rounds",
        n_bytes as f64 / 1e6
    );
    // What tradewire finds is what plain tantivy gets.
    run("tradewire", folder.path())?;
    run("facets", folder.path())?;
    let mut rounds: Vec<[Taken; 2]> = Vec::new();
    for _ in 0..n_rounds {
        rounds.push([
            run("plain", folder.path())?,
            run("tradewire", folder.path())?,
        ]);
    }
    println!(
        "{:<34} {:>9} {:>10} {:>16}",
        "", "plain", "tradewire", "ratio (range)"
    );
    type Figure = (&'static str, f64, fn(&Taken) -> Option<f64>);
    let figures: [Figure; 7] = [
        ("index, wall (s)", 1.0, |taken| Some(taken.seconds)),
        ("index, CPU (s)", 1.0, |taken| taken.cpu_seconds),
        ("index, peak memory (MiB)", 1.0, |taken| taken.peak_mib),
        ("index, bytes on disk (MB)", 1e6, |taken| {
            Some(taken.index_bytes as f64)
        }),
        ("warm faceted query, p50 (us)", 1.0, |taken| {
            Some(share(&taken.queries, 0.5))
        }),
        ("warm faceted query, p95 (us)", 1.0, |taken| {
            Some(share(&taken.queries, 0.95))
        }),
        ("warm faceted query, slowest (us)", 1.0, |taken| {
            Some(share(&taken.queries, 1.0))
        }),
    ];
    for (name, unit, figure) in figures {
        let known = |taken: &Taken| figure(taken).unwrap_or(f64::NAN) / unit;
        let of = |side: usize| {
            share(
                &rounds
                    .iter()
                    .map(|round| known(&round[side]))
                    .collect::<Vec<_>>(),
                0.5,
            )
        };
        let ratios: Vec<f64> = rounds
            .iter()
            .map(|round| known(&round[1]) / known(&round[0]))
            .collect();
        println!(
            "{name:<34} {:>9.2} {:>10.2} {:>6.2} ({:.2}-{:.2})",
            of(0),
            of(1),
            share(&ratios, 0.5),
            share(&ratios, 0.0),
            share(&ratios, 1.0),
        );
    }
    Ok(())
}

/// The value below which that share of the values lies.
fn share(values: &[f64], share: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let at = (values.len().saturating_sub(1)) as f64 * share;
    values.get(at.round() as usize).copied().unwrap_or(f64::NAN)
}

/// Runs one part in a process of its own, which says what it took.
fn run(which: &str, folder: &Path) -> Outcome<Taken> {
    let output = Command::new(std::env::current_exe()?)
        .args(["part", which])
        .arg(folder)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn part(which: &str, folder: &Path) -> Outcome<()> {
    let dir = folder.join(which);
    let _ = fs::remove_dir_all(&dir);
    let started = Instant::now();
    match which {
        "tradewire" => index_tradewire(folder, &dir)?,
        "plain" => index_plain(folder, &dir)?,
        _ => write_facets(folder)?,
    }
    let mut taken = Taken {
        seconds: started.elapsed().as_secs_f64(),
        cpu_seconds: cpu_seconds(),
        peak_mib: peak_mib(),
        index_bytes: bytes_below(&dir)?,
        queries: Vec::new(),
    };
    taken.queries = match which {
        "tradewire" => ask_tradewire(&dir)?,
        "plain" => ask_plain(&dir)?,
        _ => Vec::new(),
    };
    println!("{}", serde_json::to_string(&taken)?);
    Ok(())
}

fn index_tradewire(folder: &Path, dir: &Path) -> Outcome<()> {
    let settings = Settings {
        n_threads: std::thread::available_parallelism()?.get(),
        anew: true,
        forgets: true,
        lists: Choice::Nothing,
    };
    ingest(dir, &[folder.join("made.jsonl")], settings, &mut |_| {})?;
    Ok(())
}

/// A paragraph as plain tantivy gets it.
#[derive(Serialize, Deserialize)]
struct Ready {
    text: String,
    title: String,
    article: String,
    ordinal: u64,
    published: i64,
    /// In the order of `FACETS`.
    values: Vec<Vec<String>>,
}

/// Reads what tradewire has found out of its index.
fn write_facets(folder: &Path) -> Outcome<()> {
    let index = Index::open(&folder.join("tradewire"))?;
    let facets: Vec<_> = FACETS
        .iter()
        .filter_map(|name| schema::field(name))
        .collect();
    let everything = Request::new(query::Query::All);
    let mut out = Vec::new();
    index.stream(
        &everything,
        |_| Ok(()),
        |hits| {
            for hit in hits {
                let paragraph = &hit.paragraph;
                let values = facets.iter().map(|facet| {
                    let values = paragraph.values(facet).into_iter();
                    values.map(str::to_string).collect()
                });
                let ready = Ready {
                    text: paragraph.text.clone(),
                    title: paragraph.head.title.clone(),
                    article: paragraph.head.id.clone(),
                    ordinal: paragraph.ordinal as u64,
                    published: paragraph
                        .head
                        .published
                        .map_or(0, |published| published.timestamp()),
                    values: values.collect(),
                };
                serde_json::to_writer(&mut out, &ready)?;
                out.push(b'\n');
            }
            Ok::<(), Box<dyn Error>>(())
        },
    )?;
    fs::write(folder.join("ready.jsonl"), out)?;
    Ok(())
}

fn index_plain(folder: &Path, dir: &Path) -> Outcome<()> {
    fs::create_dir_all(dir)?;
    let mut builder = Schema::builder();
    let stemmed = || {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default()
            .set_indexing_options(indexing)
            .set_stored()
    };
    let text = builder.add_text_field("text", stemmed());
    let title = builder.add_text_field("title", stemmed());
    let article = builder.add_text_field("article", STRING | STORED);
    let ordinal = builder.add_u64_field("ordinal", FAST | STORED);
    let published = builder.add_date_field("published", FAST | STORED);
    let facets = FACETS.map(|name| builder.add_text_field(name, STRING | FAST));
    let index = tantivy::Index::create_in_dir(dir, builder.build())?;
    let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(1, 200_000_000)?;
    let file = std::io::BufReader::new(fs::File::open(folder.join("ready.jsonl"))?);
    for line in std::io::BufRead::lines(file) {
        let ready: Ready = serde_json::from_str(&line?)?;
        let mut document = TantivyDocument::default();
        document.add_text(text, ready.text);
        document.add_text(title, ready.title);
        document.add_text(article, ready.article);
        document.add_u64(ordinal, ready.ordinal);
        document.add_date(published, DateTime::from_timestamp_secs(ready.published));
        for (facet, values) in facets.iter().zip(ready.values) {
            values
                .into_iter()
                .for_each(|value| document.add_text(*facet, value));
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn ask_tradewire(dir: &Path) -> Outcome<Vec<f64>> {
    let index = Index::open(dir)?;
    let mut medians = Vec::new();
    for (kind, words) in QUERIES {
        let text = match kind {
            Kind::Any => words.replace(' ', " OR "),
            Kind::All => words.replace(' ', " AND "),
            Kind::Phrase => format!("\"{words}\""),
            Kind::Prefix => format!("{words}*"),
        };
        let query = query::parse(&text, Syntax::default(), &|_, _| Ok(Vec::new()))?;
        let request = Request {
            facets: FACETS
                .iter()
                .filter_map(|name| schema::field(name))
                .collect(),
            histogram: Some(Interval::Month),
            ..Request::new(query)
        };
        medians.push(median_us(|| {
            Ok(index.search(&request)?.n_paragraphs as usize)
        })?);
    }
    Ok(medians)
}

fn ask_plain(dir: &Path) -> Outcome<Vec<f64>> {
    let index = tantivy::Index::open_in_dir(dir)?;
    let searcher = index.reader()?.searcher();
    let text = index.schema().get_field("text")?;
    let mut wanted = serde_json::Map::new();
    for facet in FACETS {
        let terms = serde_json::json!({"terms": {"field": facet, "size": 10, "segment_size": 10}});
        wanted.insert(facet.to_string(), terms);
    }
    let months =
        serde_json::json!({"date_histogram": {"field": "published", "fixed_interval": "30d"}});
    wanted.insert("months".to_string(), months);
    let wanted: Aggregations = serde_json::from_value(Json::Object(wanted))?;
    let mut medians = Vec::new();
    for (kind, words) in QUERIES {
        let query = plain_query(&index, text, kind, words)?;
        medians.push(median_us(|| {
            let counts = AggregationCollector::from_aggs(wanted.clone(), Default::default());
            let best = TopDocs::with_limit(10).order_by_score();
            let (best, n_found, _) = searcher.search(&*query, &(best, Count, counts))?;
            let snippets = SnippetGenerator::create(&searcher, &*query, text)?;
            for (_, address) in best {
                let document: TantivyDocument = searcher.doc(address)?;
                let text = document
                    .get_first(text)
                    .and_then(|value| value.as_str())
                    .unwrap_or("");
                std::hint::black_box(snippets.snippet(text).to_html());
            }
            Ok(n_found)
        })?);
    }
    Ok(medians)
}

fn plain_query(
    index: &tantivy::Index,
    field: Field,
    kind: Kind,
    words: &str,
) -> Outcome<Box<dyn Engine>> {
    let mut analyzer = index.tokenizer_for_field(field)?;
    let mut terms = Vec::new();
    analyzer
        .token_stream(words)
        .process(&mut |token| terms.push(Term::from_field_text(field, &token.text)));
    let each = |occur: Occur| -> Box<dyn Engine> {
        let clauses = terms.iter().map(|term| {
            let query: Box<dyn Engine> =
                Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs));
            (occur, query)
        });
        Box::new(BooleanQuery::new(clauses.collect()))
    };
    Ok(match kind {
        Kind::Any => each(Occur::Should),
        Kind::All => each(Occur::Must),
        Kind::Phrase => Box::new(PhraseQuery::new(terms)),
        Kind::Prefix => Box::new(FuzzyTermQuery::new_prefix(
            Term::from_field_text(field, words),
            0,
            true,
        )),
    })
}

/// The median time of many calls, in microseconds.
fn median_us(mut call: impl FnMut() -> Outcome<usize>) -> Outcome<f64> {
    let mut times = Vec::new();
    for _ in 0..N_TIMES {
        let started = Instant::now();
        std::hint::black_box(call()?);
        times.push(started.elapsed().as_secs_f64() * 1e6);
    }
    Ok(share(&times, 0.5))
}

fn bytes_below(dir: &Path) -> Outcome<u64> {
    let mut n_bytes = 0;
    let mut folders: Vec<PathBuf> = dir
        .exists()
        .then(|| dir.to_path_buf())
        .into_iter()
        .collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => folders.push(entry.path()),
                false => n_bytes += entry.metadata()?.len(),
            }
        }
    }
    Ok(n_bytes)
}

/// What this process has used so far: user and system time, in ticks of a hundredth of a second (proc(5)).
fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit(')').next()?;
    let mut fields = after_name.split_whitespace().skip(11);
    let ticks = fields.next()?.parse::<f64>().ok()? + fields.next()?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}

fn peak_mib() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
