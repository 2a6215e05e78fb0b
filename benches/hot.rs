//! The parts that time goes into, each by itself: `cargo bench --bench hot`.

mod made;

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use tradewire::extract::{Own, extract_all};
use tradewire::index::Index;
use tradewire::ingest::{Choice, Settings, ingest};
use tradewire::lists::Lists;
use tradewire::query::{self, Syntax};
use tradewire::schema;
use tradewire::search::Request;
use tradewire::source;
use tradewire::text::tokens::Text;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const N_ARTICLES: usize = 500;

fn parts(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for the corpus");
    let corpus = folder.path().join("made.jsonl");
    let n_bytes = made::articles(&corpus, N_ARTICLES).expect("a corpus");
    reading_and_extracting(criterion, &corpus, n_bytes);
    indexing(criterion, &corpus, &folder.path().join("again"), n_bytes);
    let dir = folder.path().join("index");
    index(&corpus, &dir);
    searching(criterion, &dir);
}

fn reading_and_extracting(criterion: &mut Criterion, corpus: &Path, n_bytes: u64) {
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(n_bytes)).sample_size(20);
    let pieces: Vec<source::Piece> = source::walk(corpus)
        .flat_map(|source| source::pieces(&source.expect("a source")).expect("a file"))
        .map(|piece| piece.expect("a piece"))
        .collect();
    let read = || {
        pieces
            .iter()
            .flat_map(source::articles)
            .map(|article| article.expect("an article"))
    };
    group.bench_function("read JSON Lines", |bench| bench.iter(|| read().count()));
    let articles: Vec<_> = read().collect();
    let paragraphs: Vec<&str> = articles
        .iter()
        .flat_map(|article| &article.paragraphs)
        .map(String::as_str)
        .collect();
    group.bench_function("cut into words", |bench| {
        bench.iter(|| {
            paragraphs
                .iter()
                .map(|text| black_box(Text::new(text)).tokens.len())
                .sum::<usize>()
        });
    });
    let own = Own::new(Lists::default());
    group.bench_function("extract", |bench| {
        bench.iter(|| {
            articles
                .chunks(16)
                .map(|batch| extract_all(batch.iter(), &own).len())
                .sum::<usize>()
        });
    });
    group.finish();
}

fn index(corpus: &Path, dir: &Path) {
    let settings = Settings {
        n_threads: 1,
        anew: true,
        forgets: true,
        lists: Choice::Nothing,
    };
    ingest(dir, &[corpus.to_path_buf()], settings, &mut |_| {}).expect("an index");
}

fn indexing(criterion: &mut Criterion, corpus: &Path, dir: &Path, n_bytes: u64) {
    let mut group = criterion.benchmark_group("index");
    group.throughput(Throughput::Bytes(n_bytes)).sample_size(10);
    group.bench_function("anew, one thread", |bench| {
        bench.iter_batched(|| (), |()| index(corpus, dir), BatchSize::PerIteration);
    });
    group.finish();
}

fn searching(criterion: &mut Criterion, dir: &Path) {
    let mut group = criterion.benchmark_group("search");
    let opened = Index::open(dir).expect("an index");
    group.bench_function("open", |bench| {
        bench.iter(|| Index::open(dir).expect("an index").n_segments())
    });
    let queries = [
        ("word", "tariffs"),
        ("frequent word", "said"),
        ("phrase", "\"free trade\""),
        ("all of", "steel tariffs"),
        ("any of", "steel OR aluminium OR copper"),
        ("prefix", "negotiat*"),
        ("infix", "*port*"),
        ("near", "(tariff OR dut*) W/5 (steel OR aluminium)"),
        ("same sentence", "tariffs W/S steel"),
        ("near a person", "said W/3 person:"),
        ("in the article", "article:(tariffs AND steel)"),
        ("question", "which countries answered the tariffs on steel"),
    ];
    for (name, text) in queries {
        let parse =
            || query::parse(text, Syntax::default(), &|_, _| Ok(Vec::new())).expect("a query");
        group.bench_function(format!("parse: {name}"), |bench| bench.iter(parse));
        let request = Request {
            facets: schema::facets().collect(),
            ..Request::new(parse())
        };
        group.bench_function(format!("answer with all facets: {name}"), |bench| {
            bench.iter(|| opened.search(&request).expect("an answer").n_paragraphs);
        });
    }
    group.finish();
}

criterion_group!(benches, parts);
criterion_main!(benches);
