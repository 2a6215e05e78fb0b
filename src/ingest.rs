//! Corpus to index: finds what changed, reads and extracts it on all cores, writes it in one commit, reports.
//!
//! One thread reads files, several extract, one writes. What they pass on is numbered, and written in the order of the
//! numbers: an index is the same for any number of threads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crossbeam_channel::{Receiver, Sender};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{self, Article};
use crate::extract;
use crate::index::{Error, Info, Prepared, Preparer, SourceRecord, Writer};
use crate::source::{self, Fault, Piece, Source};

/// How many pieces may be under way at once: some for each thread, so that a slow one does not stop the others.
const N_UNDER_WAY: usize = 8;

/// A file changed this shortly before it was read may change again without a new time; its time is not trusted.
const FRESH: Duration = Duration::from_secs(2);

/// How many faults of a source the index remembers, to name them again when it is unchanged.
const N_REMEMBERED: usize = 100;

/// How to ingest.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Threads that extract.
    pub n_threads: usize,
    /// Whether to drop what the index holds.
    pub anew: bool,
}

/// What happens meanwhile, for those who show it.
#[derive(Debug)]
pub enum Event<'a> {
    /// Something could not be read, and what to do about it.
    Fault {
        message: &'a str,
        hint: Option<&'a str>,
    },
    /// So many sources are done.
    Progress { n_sources: u64, n_paragraphs: u64 },
}

/// What was done. The counts are of sources; every source met is counted in one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub n_added: u64,
    pub n_changed: u64,
    pub n_unchanged: u64,
    pub n_removed: u64,
    /// Sources that gave no article.
    pub n_skipped: u64,
    /// All that could not be read: sources, and parts of sources.
    pub n_faults: u64,
    /// What the index holds now.
    pub info: Info,
}

/// Brings the index in `dir` up to date with what lies below `roots`; sources elsewhere are left alone.
///
/// # Errors
///
/// When the index cannot be written; it then holds what it held before.
pub fn ingest(
    dir: &Path,
    roots: &[PathBuf],
    settings: Settings,
    on_event: &mut dyn FnMut(Event),
) -> Result<Report, Error> {
    let mut writer = Writer::open(dir, settings.anew)?;
    let known: FxHashMap<String, SourceRecord> = writer
        .sources()
        .iter()
        .map(|record| (record.path.clone(), record.clone()))
        .collect();
    let preparer = writer.preparer();
    let (steps, outcome) = crossbeam_channel::unbounded();
    let (work, pieces) = crossbeam_channel::unbounded();
    // A place for each piece under way: taken by the reader, given back by the writer.
    let (taken, places) = crossbeam_channel::bounded(N_UNDER_WAY * settings.n_threads.max(1));
    std::thread::scope(|scope| {
        for _ in 0..settings.n_threads.max(1) {
            let (pieces, steps, preparer) = (pieces.clone(), steps.clone(), preparer.clone());
            scope.spawn(move || extract_pieces(&pieces, &steps, &preparer));
        }
        let reader = Reader {
            known: &known,
            steps,
            work,
            taken,
            n_steps: 0,
            started: SystemTime::now(),
        };
        scope.spawn(move || reader.read(roots));
        drop(pieces);
        let written = write(&mut writer, &known, &outcome, &places, on_event);
        // Dropped so that the other threads stop, too, when writing failed.
        drop((outcome, places));
        written
    })
    .and_then(|mut report| {
        let built = jiff::Timestamp::now()
            .round(jiff::Unit::Second)
            .map_or_else(|_| String::new(), |now| now.to_string());
        report.info = writer.commit(built)?;
        Ok(report)
    })
}

/// A part of the work, in the order of the sources.
enum Step {
    /// Something cannot be read at all; what the index has of it stays.
    Fault(Fault),
    Unchanged(String),
    /// The source is the same although its time changed.
    Touched(SourceRecord),
    /// The articles of this source follow.
    Begin(String),
    Articles {
        prepared: Vec<Prepared>,
        faults: Vec<Fault>,
    },
    /// The source is read to its end; the counts of the record are still open.
    End(SourceRecord),
    /// The index has it, the disk has not.
    Vanished(String),
}

type Numbered<T> = (u64, T);

/// Walks and reads.
struct Reader<'a> {
    known: &'a FxHashMap<String, SourceRecord>,
    steps: Sender<Numbered<Step>>,
    work: Sender<Numbered<Piece>>,
    taken: Sender<()>,
    n_steps: u64,
    started: SystemTime,
}

/// The writer has stopped, so that there is nobody to work for.
struct Stopped;

impl Reader<'_> {
    fn read(mut self, roots: &[PathBuf]) {
        let mut seen = FxHashSet::default();
        let mut unread = Vec::new();
        for root in roots {
            for found in source::walk(root) {
                let step = match found {
                    Ok(source) if !seen.insert(shown(&source.path)) => Ok(()),
                    Ok(source) => self.source(&source),
                    Err(fault) => {
                        unread.push(fault.path.clone());
                        self.send(Step::Fault(fault))
                    }
                };
                if step.is_err() {
                    return;
                }
            }
        }
        let roots: Vec<String> = roots
            .iter()
            .map(|root| shown(&source::clean(root)))
            .collect();
        let mut vanished: Vec<&String> = self
            .known
            .keys()
            .filter(|path| !seen.contains(*path))
            .collect();
        vanished.retain(|path| roots.iter().any(|root| is_below(path, root)));
        // What cannot be looked at has not vanished.
        vanished.retain(|path| !unread.iter().any(|fault| is_below(path, fault)));
        vanished.sort();
        for path in vanished {
            if self.send(Step::Vanished(path.clone())).is_err() {
                return;
            }
        }
    }

    fn send(&mut self, step: Step) -> Result<(), Stopped> {
        self.n_steps += 1;
        self.steps
            .send((self.n_steps - 1, step))
            .map_err(|_| Stopped)
    }

    fn source(&mut self, source: &Source) -> Result<(), Stopped> {
        let path = shown(&source.path);
        let modified = source.modified.and_then(nanoseconds);
        let known = self.known.get(&path);
        if let Some(record) = known
            && record.size == source.size
            && record.modified.is_some()
            && record.modified == modified
        {
            return self.send(Step::Unchanged(path));
        }
        let hash = match source::fingerprint(&source.path) {
            Ok(hash) => hash,
            Err(fault) => return self.send(Step::Fault(fault)),
        };
        let is_fresh = source
            .modified
            .is_none_or(|modified| modified + FRESH > self.started);
        let record = SourceRecord {
            path: path.clone(),
            size: source.size,
            modified: modified.filter(|_| !is_fresh),
            hash,
            ..SourceRecord::default()
        };
        if let Some(known) = known.filter(|known| known.hash == hash && known.size == source.size) {
            if known.modified == record.modified {
                return self.send(Step::Unchanged(path));
            }
            let counts = known.clone();
            return self.send(Step::Touched(SourceRecord {
                modified: record.modified,
                ..counts
            }));
        }
        let pieces = match source::pieces(source) {
            Ok(pieces) => pieces,
            Err(fault) => return self.send(Step::Fault(fault)),
        };
        self.send(Step::Begin(path))?;
        for piece in pieces {
            match piece {
                Ok(piece) => {
                    self.taken.send(()).map_err(|_| Stopped)?;
                    self.n_steps += 1;
                    self.work
                        .send((self.n_steps - 1, piece))
                        .map_err(|_| Stopped)?;
                }
                Err(fault) => self.send(Step::Articles {
                    prepared: Vec::new(),
                    faults: vec![fault],
                })?,
            }
        }
        self.send(Step::End(record))
    }
}

/// The path as it is shown and kept.
fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn is_below(path: &str, root: &str) -> bool {
    root == "." && !path.starts_with('/') && !path.starts_with("../")
        || path
            .strip_prefix(root)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || root.ends_with('/'))
}

fn nanoseconds(time: SystemTime) -> Option<i128> {
    let signed = |duration: Duration| i128::try_from(duration.as_nanos()).ok();
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => signed(since),
        Err(before) => signed(before.duration()).map(|nanoseconds| -nanoseconds),
    }
}

fn extract_pieces(
    pieces: &Receiver<Numbered<Piece>>,
    steps: &Sender<Numbered<Step>>,
    preparer: &Preparer,
) {
    for (number, piece) in pieces {
        let path = shown(&piece.source.path);
        let (mut prepared, mut faults) = (Vec::new(), Vec::new());
        for article in source::articles(&piece) {
            match article {
                Ok(article) => prepared.push(preparer.article(&path, &read(article))),
                Err(fault) => faults.push(fault),
            }
        }
        if steps
            .send((number, Step::Articles { prepared, faults }))
            .is_err()
        {
            return;
        }
    }
}

/// Extracts an article into its paragraphs.
pub fn read(article: Article) -> Vec<article::Paragraph> {
    let findings = extract::extract(&article);
    article::paragraphs(article, findings)
}

/// The source whose articles are being written.
#[derive(Default)]
struct Open {
    n_articles: u64,
    n_paragraphs: u64,
    n_words: u64,
    faults: Vec<String>,
    is_known: bool,
}

fn write(
    writer: &mut Writer,
    known: &FxHashMap<String, SourceRecord>,
    steps: &Receiver<Numbered<Step>>,
    places: &Receiver<()>,
    on_event: &mut dyn FnMut(Event),
) -> Result<Report, Error> {
    let mut report = Report {
        n_added: 0,
        n_changed: 0,
        n_unchanged: 0,
        n_removed: 0,
        n_skipped: 0,
        n_faults: 0,
        info: writer.info().clone(),
    };
    let mut early: BTreeMap<u64, Step> = BTreeMap::new();
    let mut next = 0;
    let (mut n_sources, mut n_paragraphs) = (0, 0);
    let mut open = Open::default();
    for (number, step) in steps {
        early.insert(number, step);
        while let Some(step) = early.remove(&next) {
            next += 1;
            match step {
                Step::Fault(fault) => {
                    report.n_skipped += 1;
                    report.n_faults += 1;
                    tell(&fault, on_event);
                }
                Step::Unchanged(path) => {
                    let faults = known.get(&path).map_or(&[][..], |record| &record.faults);
                    repeat_faults(faults, &mut report, on_event);
                    let is_skipped = known
                        .get(&path)
                        .is_some_and(|record| record.n_articles == 0);
                    *if is_skipped {
                        &mut report.n_skipped
                    } else {
                        &mut report.n_unchanged
                    } += 1;
                    n_sources += 1;
                }
                Step::Touched(record) => {
                    repeat_faults(&record.faults, &mut report, on_event);
                    *if record.n_articles == 0 {
                        &mut report.n_skipped
                    } else {
                        &mut report.n_unchanged
                    } += 1;
                    writer.touch(&record)?;
                    n_sources += 1;
                }
                Step::Begin(path) => {
                    open = Open {
                        is_known: known.contains_key(&path),
                        ..Open::default()
                    };
                    if let Some(record) = known.get(&path) {
                        writer.remove(record);
                    }
                }
                Step::Articles { prepared, faults } => {
                    // Pieces take a place; faults of the reader do not, and there may be none to give back.
                    let _ = places.try_recv();
                    for fault in faults {
                        report.n_faults += 1;
                        tell(&fault, on_event);
                        if open.faults.len() < N_REMEMBERED {
                            open.faults.push(fault.to_string());
                        }
                    }
                    for article in &prepared {
                        open.n_articles += u64::from(article.n_paragraphs > 0);
                        open.n_paragraphs += article.n_paragraphs;
                        open.n_words += article.n_words;
                    }
                    n_paragraphs += prepared
                        .iter()
                        .map(|article| article.n_paragraphs)
                        .sum::<u64>();
                    writer.add(prepared)?;
                }
                Step::End(record) => {
                    let open = std::mem::take(&mut open);
                    let count = match (open.n_articles, open.is_known) {
                        (0, _) => &mut report.n_skipped,
                        (_, true) => &mut report.n_changed,
                        (_, false) => &mut report.n_added,
                    };
                    *count += 1;
                    writer.finish_source(&SourceRecord {
                        n_articles: open.n_articles,
                        n_paragraphs: open.n_paragraphs,
                        n_words: open.n_words,
                        faults: open.faults,
                        ..record
                    })?;
                    n_sources += 1;
                }
                Step::Vanished(path) => {
                    if let Some(record) = known.get(&path) {
                        writer.remove(record);
                        report.n_removed += 1;
                    }
                }
            }
            on_event(Event::Progress {
                n_sources,
                n_paragraphs,
            });
        }
    }
    Ok(report)
}

/// What could not be read last time cannot be read now: it is said again.
fn repeat_faults(faults: &[String], report: &mut Report, on_event: &mut dyn FnMut(Event)) {
    for fault in faults {
        report.n_faults += 1;
        on_event(Event::Fault {
            message: fault,
            hint: None,
        });
    }
}

fn tell(fault: &Fault, on_event: &mut dyn FnMut(Event)) {
    on_event(Event::Fault {
        message: &fault.to_string(),
        hint: fault.hint.as_deref(),
    });
}
