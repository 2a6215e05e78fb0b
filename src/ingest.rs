//! Corpus to index: finds what changed, reads and extracts it on all cores, writes it in one commit, reports.
//!
//! One thread reads files, several extract, one writes, in the order of the files: an index is the same for any number of
//! threads.

mod roots;

use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{self, Article, Paragraph};
use crate::contain::contain;
use crate::extract::{self, Own};
use crate::index::{
    self, Index, Info, ListsRecord, Prepared, Preparer, SourceRecord, Twins, Writer,
};
use crate::limits::index::FAULTS_REMEMBERED;
use crate::lists::{self, Faults, Hidden, Lists};
use crate::parallel;
use crate::source::{self, Fault, Piece, Source};

use roots::Roots;

/// A file changed this shortly before it was read may change again without a new time; its time is not trusted.
const FRESH: Duration = Duration::from_secs(2);

/// How to ingest.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// Threads that extract.
    pub n_threads: usize,
    /// Whether to drop what the index holds.
    pub anew: bool,
    /// Whether what is named and gone is taken out of the index.
    pub forgets: bool,
    pub lists: Choice<'a>,
}

/// Which lists of the user to apply.
#[derive(Debug, Clone, Copy)]
pub enum Choice<'a> {
    /// Those that the index was made with, read again; none if there were none.
    Recorded,
    /// A file or folder.
    At(&'a Path),
    /// None from now on.
    Nothing,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Index(#[from] index::Error),
    #[error("the lists of this index are gone: there is no `{}`", path.display())]
    ListsGone { path: PathBuf },
    #[error("{}", wrong(faults))]
    Lists { faults: Faults },
    #[error("the path `{}` is no Unicode, so that the index cannot keep it", path.display())]
    ListsPath { path: PathBuf },
    /// There is nothing to read, or to compare with.
    #[error("{0}")]
    Root(Fault),
    #[error("`{}` is no index, and what is to be indexed lies there", dir.display())]
    AmongSources { dir: PathBuf },
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Error::Index(error) => error.hint(),
            Error::ListsGone { .. } => "say with `--lists PATH` where they are now, or go on without them with `tradewire index --no-lists`".to_string(),
            Error::Lists { .. } => "nothing was changed; mend the lists and run the command again".to_string(),
            Error::ListsPath { .. } => "rename the file or folder".to_string(),
            Error::Root(fault) => fault
                .hint
                .clone()
                .unwrap_or_else(|| "name what was indexed".to_string()),
            Error::AmongSources { dir } => format!(
                "give the index a folder of its own, such as `--index {}`: among sources it is left out when they are read",
                dir.join("index").display()
            ),
        }
    }
}

/// What is wrong with lists, a line for each fault.
pub fn wrong(faults: &Faults) -> String {
    let lines = faults.to_string().replace('\n', "\n  ");
    match faults.n_faults {
        1 => format!("the lists have a fault:\n  {lines}"),
        n_faults => format!("the lists have {n_faults} faults:\n  {lines}"),
    }
}

/// What happens meanwhile, for those who show it.
#[derive(Debug)]
pub enum Event<'a> {
    /// Something could not be read, and what to do about it.
    Fault {
        message: &'a str,
        hint: Option<&'a str>,
        path: &'a str,
        /// The fingerprint of what lies there: as long as it is the same, so are its faults.
        file: u128,
    },
    /// The index that was replaced could not be read, not even whether it had lists of the user.
    ListsUnknown,
    /// A path that was named is no longer there: so many sources that the index has of it are removed.
    Gone { path: &'a str, n_sources: u64 },
    /// Two sources gave articles of one id.
    Twins {
        twins: &'a Twins,
        /// Whether one of them was not there before.
        is_new: bool,
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
    /// Parts that could not be read of sources that gave articles.
    pub n_parts_skipped: u64,
    /// All that could not be read: sources, and parts of sources.
    pub n_faults: u64,
    /// What the index holds now.
    pub info: Info,
    /// Articles of the index that tell no day.
    pub n_undated: u64,
    /// Whether other lists than before were applied, so that everything was extracted anew.
    pub lists_changed: bool,
    /// Sources elsewhere that were left alone with the lists of before.
    pub n_with_other_lists: u64,
    /// The values to hide that nothing in the sources has, where all of them were extracted now.
    pub idle: Vec<Hidden>,
}

/// Brings the index in `dir` up to date with what lies below `roots`; sources elsewhere are left alone. Of a root that is
/// gone the sources are removed where the run forgets and nothing else is named, or where what held it is still there: else a
/// disk may be away.
///
/// # Errors
///
/// When the index cannot be written; it then holds what it held before. When there is nothing at any root, and the index has
/// nothing of it, or nothing else. When a new index would lie among its sources.
pub fn ingest(
    dir: &Path,
    roots: &[PathBuf],
    settings: Settings,
    on_event: &mut dyn FnMut(Event),
) -> Result<Report, Error> {
    let roots = &located(dir, roots);
    expect_anything(dir, roots, settings)?;
    expect_apart(dir, roots)?;
    let mut writer = Writer::open(dir, settings.anew, settings.n_threads)?;
    // Under the lock: another run may just have named others.
    let lists = chosen(dir, settings.lists, writer.info())?;
    if writer.is_forgetful() && matches!(settings.lists, Choice::Recorded) {
        on_event(Event::ListsUnknown);
    }
    let hash_before = writer.info().lists_hash();
    let own = Own::new(
        lists
            .as_ref()
            .map(|(_, lists)| lists.clone())
            .unwrap_or_default(),
    );
    writer.set_lists(lists)?;
    let lists_hash = writer.info().lists_hash();
    let known: FxHashMap<String, SourceRecord> = writer
        .sources()
        .iter()
        .map(|record| (record.path.clone(), record.clone()))
        .collect();
    let mut called = Roots::of(writer.info()).with(dir, roots);
    let (gone, walked) = gone(dir, roots, &called, &known, settings.forgets);
    for (path, n_sources) in &gone {
        called.forget(path);
        on_event(Event::Gone {
            path,
            n_sources: *n_sources,
        });
    }
    writer.set_roots(called.kept(known.keys()));
    let preparer = writer.preparer();
    let mut writing = Writing::new(&mut writer, on_event);
    parallel::ordered(
        settings.n_threads,
        Step::weight,
        |hand_out| {
            let started = SystemTime::now();
            // Stopped means that writing failed, which the writer tells.
            let _ = Reader {
                known: &known,
                called: &called,
                lists_hash,
                hand_out,
                started,
            }
            .read(&walked, roots);
        },
        |steps| extracted(steps, &preparer, &own),
        |step| writing.step(step),
    )?;
    let mut report = writing.report;
    report.lists_changed = hash_before != lists_hash && !known.is_empty();
    let roots = called.beginnings(roots);
    let is_elsewhere = |path: &str| !roots.iter().any(|root| is_below(path, root));
    report.n_with_other_lists = writer
        .sources()
        .iter()
        .filter(|record| record.lists != lists_hash && is_elsewhere(&record.path))
        .count() as u64;
    if report.n_unchanged == 0 && !known.keys().any(|path| is_elsewhere(path)) {
        report.idle = own.idle();
    }
    let built = jiff::Timestamp::now()
        .round(jiff::Unit::Second)
        .map_or_else(|_| String::new(), |now| now.to_string());
    report.info = writer.commit(built)?;
    let index = Index::open(dir)?;
    report.n_undated = index.n_undated()?;
    // A change of a source seldom gives another id, and this looks at all articles.
    if report.n_added > 0 {
        for twins in index.twins(N_NAMED)? {
            let is_new = twins.paths.iter().any(|path| !known.contains_key(path));
            on_event(Event::Twins {
                twins: &twins,
                is_new,
            });
        }
    }
    Ok(report)
}

/// The paths by which an index is brought up to date as it is: its folders, and the files that were named by themselves.
/// None where there is no index, nothing in it, or nothing by which to tell.
pub fn held(dir: &Path) -> Option<Vec<PathBuf>> {
    let index = Index::open(dir).ok()?;
    let sources = index.sources().ok().filter(|sources| !sources.is_empty())?;
    let roots = index.info().roots.as_deref()?;
    let folders = roots.iter().map(|root| roots::reachable(dir, root));
    let is_alone = |path: &&String| !roots.iter().any(|root| is_below(path, &root.path));
    let files = sources.iter().map(|source| &source.path).filter(is_alone);
    Some(folders.chain(files.map(PathBuf::from)).collect())
}

/// That there is nothing at all that is named, neither on the disk nor in the index, is a slip of the pen. And where the index
/// has nothing else, more likely a disk is away than that all is to be forgotten.
fn expect_anything(dir: &Path, roots: &[PathBuf], settings: Settings) -> Result<(), Error> {
    let first = roots.first();
    let Some(first) = first.filter(|_| roots.iter().all(|root| is_missing(root))) else {
        return Ok(());
    };
    // Nothing is forgotten by what builds all anew.
    if settings.forgets
        && !settings.anew
        && let Ok(index) = Index::open(dir)
    {
        let called = Roots::of(index.info()).with(dir, roots);
        let begins = called.beginnings(roots);
        let is_meant = |source: &SourceRecord| {
            let mut begins = begins.iter();
            begins.any(|root| is_below(&source.path, root))
        };
        let sources = index.sources()?;
        let n_meant = sources.iter().filter(|source| is_meant(source)).count();
        if (1..sources.len()).contains(&n_meant) {
            return Ok(());
        }
    }
    match source::walk(first).next() {
        Some(Err(fault)) => Err(Error::Root(fault)),
        // It has come meanwhile.
        _ => Ok(()),
    }
}

/// A new index has a folder of its own: its files would be strewn among the sources.
fn expect_apart(dir: &Path, roots: &[PathBuf]) -> Result<(), Error> {
    let Ok(place) = dir.canonicalize() else {
        return Ok(());
    };
    let is_empty = std::fs::read_dir(&place).is_ok_and(|mut entries| entries.next().is_none());
    if is_empty || index::is_there(&place) {
        return Ok(());
    }
    let holds = |root: &PathBuf| {
        let root = root.canonicalize();
        root.is_ok_and(|root| place.starts_with(root))
    };
    match roots.iter().any(holds) {
        true => Err(Error::AmongSources {
            dir: dir.to_path_buf(),
        }),
        false => Ok(()),
    }
}

/// The roots by the paths that lead to them from where one stands: one that begins as a root of the index, and is not to be
/// found from here, is where the index has it.
fn located(dir: &Path, roots: &[PathBuf]) -> Vec<PathBuf> {
    let is_lost = roots.iter().any(|root| is_missing(root));
    let Some(index) = is_lost.then(|| Index::open(dir).ok()).flatten() else {
        return roots.to_vec();
    };
    let kept = index.info().roots.as_deref().unwrap_or_default();
    let located = |root: &PathBuf| {
        let place =
            is_missing(root).then(|| roots::place_of(dir, kept, &shown(&source::clean(root))));
        let place = place.flatten().filter(|place| !is_missing(place));
        place.unwrap_or_else(|| root.clone())
    };
    roots.iter().map(located).collect()
}

/// Whether there is nothing at a path, not even a link.
pub fn is_missing(path: &Path) -> bool {
    let found = std::fs::symlink_metadata(path);
    found.is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

/// Of the roots those that are gone, as the index calls them, with how many sources it has of each; and the others, which are
/// to be walked. A root of which the index knows nothing is walked, to say that it is not there.
fn gone(
    dir: &Path,
    roots: &[PathBuf],
    called: &Roots,
    known: &FxHashMap<String, SourceRecord>,
    forgets: bool,
) -> (Vec<(String, u64)>, Vec<PathBuf>) {
    let is_all = roots.iter().all(|root| is_missing(root));
    let (mut gone, mut others) = (Vec::new(), Vec::new());
    for root in roots {
        let path = called.named(&shown(&source::clean(root)));
        let is_gone = forgets && is_missing(root) && (is_all || called.is_held(dir, &path));
        let n_sources = match is_gone {
            true => known.keys().filter(|known| is_below(known, &path)).count() as u64,
            false => 0,
        };
        match n_sources {
            0 => others.push(root.clone()),
            _ => gone.push((path, n_sources)),
        }
    }
    (gone, others)
}

/// A path of a source as the index has it, by whatever other path it is given: with `./` or `//`, whole, or from another folder.
pub fn known_path(index: &Index, given: &str) -> String {
    let (roots, given) = reached(index, given);
    roots.named(&shown(&given))
}

/// Those of the paths of an index that a path means, however it is given: a file, or all that lie below a folder.
pub fn below(index: &Index, given: &str, paths: &[(String, u64)]) -> Vec<String> {
    let (roots, given) = reached(index, given);
    let roots = roots.beginnings(&[given]);
    let is_meant = |path: &&String| roots.iter().any(|root| is_below(path, root));
    let paths = paths.iter().map(|(path, _)| path);
    paths.filter(is_meant).cloned().collect()
}

/// The roots of an index with a path that may lead into them.
fn reached(index: &Index, given: &str) -> (Roots, PathBuf) {
    let mut given = source::clean(Path::new(given));
    // Where `..` leads, only the disk knows.
    if given.components().any(|part| part == Component::ParentDir)
        && let Ok(place) = given.canonicalize()
    {
        given = place;
    }
    let given = [given];
    let roots = Roots::of(index.info()).with(index.dir(), &given);
    let [given] = given;
    (roots, given)
}

/// What a comparison of an index with sources found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Sources that were read and extracted again.
    pub n_sources: u64,
    /// Their paragraphs.
    pub n_paragraphs: u64,
    /// Sources of the index that lie elsewhere.
    pub n_elsewhere: u64,
    pub differences: Vec<Difference>,
}

/// How an index differs from a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The index has not seen it.
    New {
        path: String,
    },
    Changed {
        path: String,
    },
    /// The index has it, the disk has not.
    Gone {
        path: String,
    },
    Unreadable(Fault),
    /// It was extracted with other lists of the user than the index has now.
    OtherLists {
        path: String,
    },
    /// It is as it was, but gives other paragraphs than the index has of it.
    Paragraphs {
        path: String,
        /// Paragraphs that it gives and the index has not, and the ids of the first of them.
        n_missing: u64,
        missing: Vec<String>,
        /// Paragraphs that the index has and it does not give.
        n_others: u64,
    },
}

/// How many of the paragraphs are named that an index should have and has not, and of the ids that several articles have.
const N_NAMED: usize = 3;

/// Compares the index in `dir` with all that lies below `roots`, from the bytes of the files to every value and place: each
/// source is read and extracted again. Nothing is written.
///
/// # Errors
///
/// When the index cannot be read, or there is nothing at a root, neither on the disk nor in the index.
pub fn compare(dir: &Path, roots: &[PathBuf], n_threads: usize) -> Result<Comparison, Error> {
    let index = Index::open(dir)?;
    let own = Own::new(index.lists()?);
    let known: FxHashMap<String, SourceRecord> = index
        .sources()?
        .into_iter()
        .map(|record| (record.path.clone(), record))
        .collect();
    let roots = &located(dir, roots);
    let called = Roots::of(index.info()).with(dir, roots);
    expect_something(roots, &called, &known)?;
    // Of what is gone the index has sources, which are compared with nothing.
    let is_known = |root: &PathBuf| {
        let path = called.named(&shown(&source::clean(root)));
        known.keys().any(|known| is_below(known, &path))
    };
    let walked = roots
        .iter()
        .filter(|root| !is_missing(root) || !is_known(root));
    let walked: Vec<&PathBuf> = walked.collect();
    let mut seen = FxHashSet::default();
    let mut comparison = Comparison::default();
    parallel::ordered(
        n_threads,
        |found: &Result<Source, Fault>| found.as_ref().map_or(0, |source| source.size as usize),
        |hand_out| {
            let found = walked.iter().flat_map(|root| source::walk(root));
            let found = found.map(|found| found.map(|source| called.found(source)));
            let path = |found: &Result<Source, Fault>| match found {
                Ok(source) => shown(&source.path),
                Err(fault) => called.named(&fault.path),
            };
            // Roots may lie within each other.
            let mut found = found.filter(|found| seen.insert(path(found)));
            found.all(hand_out);
        },
        |found| {
            let compared = found.into_iter().map(|found| match found {
                Ok(source) => {
                    let path = shown(&source.path);
                    let source = called.called_before(source, &path);
                    compared(&source, known.get(&path), &index, &own)
                }
                // Of what could never be read the index says nothing.
                Err(fault) if !known.contains_key(&called.named(&fault.path)) => {
                    Ok(Compared::default())
                }
                Err(fault) => Ok(Compared::differs(Difference::Unreadable(fault))),
            });
            compared.collect()
        },
        |compared| -> Result<(), index::Error> {
            let compared: Compared = compared?;
            comparison.n_sources += u64::from(compared.is_read);
            comparison.n_paragraphs += compared.n_paragraphs;
            comparison.differences.extend(compared.difference);
            Ok(())
        },
    )?;
    let roots = called.beginnings(roots);
    let (mut vanished, elsewhere): (Vec<&String>, Vec<&String>) = known
        .keys()
        .filter(|path| !seen.contains(*path))
        .partition(|path| roots.iter().any(|root| is_below(path, root)));
    comparison.n_elsewhere = elsewhere.len() as u64;
    vanished.sort();
    let vanished = vanished
        .into_iter()
        .map(|path| Difference::Gone { path: path.clone() });
    comparison.differences.extend(vanished);
    Ok(comparison)
}

/// A root that cannot be read and that the index does not know is a slip of the pen: that nothing differs there is no answer.
fn expect_something(
    roots: &[PathBuf],
    called: &Roots,
    known: &FxHashMap<String, SourceRecord>,
) -> Result<(), Error> {
    for root in roots {
        let shown = shown(&source::clean(root));
        let named = called.named(&shown);
        if known.keys().any(|path| is_below(path, &named)) {
            continue;
        }
        match source::walk(root).next() {
            Some(Err(fault)) if fault.path == shown => return Err(Error::Root(fault)),
            _ => {}
        }
    }
    Ok(())
}

/// What the comparison with one source found.
#[derive(Default)]
struct Compared {
    is_read: bool,
    n_paragraphs: u64,
    difference: Option<Difference>,
}

impl Compared {
    fn differs(difference: Difference) -> Compared {
        Compared {
            difference: Some(difference),
            ..Compared::default()
        }
    }
}

fn compared(
    source: &Source,
    record: Option<&SourceRecord>,
    index: &Index,
    own: &Own,
) -> Result<Compared, index::Error> {
    let path = shown(&source.path);
    let Some(record) = record else {
        return Ok(Compared::differs(Difference::New { path }));
    };
    let unreadable = |fault| Ok(Compared::differs(Difference::Unreadable(fault)));
    match source::fingerprint(source.file()) {
        Err(fault) => return unreadable(fault),
        Ok(hash) if hash != record.hash => {
            return Ok(Compared::differs(Difference::Changed { path }));
        }
        Ok(_) => {}
    }
    if record.lists != index.info().lists_hash() {
        return Ok(Compared::differs(Difference::OtherLists { path }));
    }
    let pieces = match source::pieces(source) {
        Ok(pieces) => pieces,
        Err(fault) => return unreadable(fault),
    };
    let mut kept = index.fingerprints_of(&path)?;
    let (mut n_paragraphs, mut n_missing, mut missing) = (0, 0, Vec::new());
    // What cannot be read in it could not be read when it was indexed, and was said.
    for article in pieces
        .flatten()
        .flat_map(|piece| read([&piece], own))
        .flatten()
        .flatten()
    {
        for paragraph in article {
            n_paragraphs += 1;
            match kept.get_mut(&index.fingerprint(&paragraph)) {
                Some(n_kept) if *n_kept > 0 => *n_kept -= 1,
                _ => {
                    n_missing += 1;
                    if missing.len() < N_NAMED {
                        missing.push(paragraph.id());
                    }
                }
            }
        }
    }
    let n_others = kept.values().sum();
    Ok(Compared {
        is_read: true,
        n_paragraphs,
        difference: (n_missing + n_others > 0).then_some(Difference::Paragraphs {
            path,
            n_missing,
            missing,
            n_others,
        }),
    })
}

/// The lists to apply, with what the index will say of them.
fn chosen(dir: &Path, choice: Choice, info: &Info) -> Result<Option<(ListsRecord, Lists)>, Error> {
    let (path, kept_as) = match (choice, &info.lists) {
        (Choice::Nothing, _) | (Choice::Recorded, None) => return Ok(None),
        (Choice::Recorded, Some(record)) => {
            (index::kept_at(dir, &record.path), record.path.clone())
        }
        (Choice::At(path), _) => {
            let kept_as = index::kept_path(dir, path);
            let kept_as = kept_as.ok_or_else(|| Error::ListsPath {
                path: path.to_path_buf(),
            })?;
            (path.to_path_buf(), kept_as)
        }
    };
    let lists = lists::read(&path, &extract::resolve).map_err(|faults| match choice {
        Choice::Recorded if faults.is_missing => Error::ListsGone { path },
        _ => Error::Lists { faults },
    })?;
    let record = ListsRecord {
        path: kept_as,
        hash: lists.fingerprint(),
        counts: lists.counts(),
    };
    Ok(Some((record, lists)))
}

/// A part of the work, in the order of the sources.
enum Step<'a> {
    /// Something cannot be read at all; what the index has of it stays.
    Fault {
        fault: Fault,
        file: u128,
    },
    Unchanged(&'a SourceRecord),
    /// The source is the same although its time changed.
    Touched(SourceRecord),
    /// The articles of a source follow; with its record, if the index knows it from before, and its fingerprint now.
    Begin {
        known: Option<&'a SourceRecord>,
        hash: u128,
    },
    /// To be extracted; becomes `Articles`.
    Piece(Piece),
    Articles {
        counts: Counts,
        faults: Vec<Fault>,
    },
    /// The articles of all pieces that were extracted together.
    Prepared(Prepared),
    /// The source is read to its end; the counts of the record are still open.
    End(SourceRecord),
    /// The index has it, the disk has not.
    Vanished(&'a SourceRecord),
}

/// How much a source, or a piece of it, has given.
#[derive(Default)]
struct Counts {
    n_articles: u64,
    n_paragraphs: u64,
    n_words: u64,
}

impl Step<'_> {
    /// Bytes to work through.
    fn weight(&self) -> usize {
        match self {
            Step::Piece(piece) => piece.bytes.len(),
            _ => 0,
        }
    }
}

/// Walks and reads.
struct Reader<'a, 'k> {
    known: &'k FxHashMap<String, SourceRecord>,
    called: &'a Roots,
    /// The fingerprint of the lists that are applied.
    lists_hash: u128,
    hand_out: &'a mut dyn FnMut(Step<'k>) -> bool,
    started: SystemTime,
}

/// The writer has stopped, so that there is nobody to work for.
struct Stopped;

impl<'k> Reader<'_, 'k> {
    /// Reads what lies below the roots that are to be walked, of all the roots.
    fn read(mut self, walked: &[PathBuf], roots: &[PathBuf]) -> Result<(), Stopped> {
        let mut seen = FxHashSet::default();
        let mut unread = Vec::new();
        for root in walked {
            for found in source::walk(root) {
                match found {
                    Ok(source) => {
                        let source = self.called.found(source);
                        let path = shown(&source.path);
                        if seen.insert(path.clone()) {
                            self.source(source, path)?;
                        }
                    }
                    Err(fault) => {
                        unread.push(self.called.named(&fault.path));
                        self.unreadable(fault)?;
                    }
                }
            }
        }
        let roots = self.called.beginnings(roots);
        let mut vanished: Vec<&SourceRecord> = self
            .known
            .values()
            .filter(|record| !seen.contains(&record.path))
            .collect();
        vanished.retain(|record| roots.iter().any(|root| is_below(&record.path, root)));
        // What cannot be looked at has not vanished.
        vanished.retain(|record| !unread.iter().any(|fault| is_below(&record.path, fault)));
        vanished.sort_by_key(|record| &record.path);
        for record in vanished {
            self.send(Step::Vanished(record))?;
        }
        Ok(())
    }

    fn send(&mut self, step: Step<'k>) -> Result<(), Stopped> {
        if (self.hand_out)(step) {
            Ok(())
        } else {
            Err(Stopped)
        }
    }

    fn unreadable(&mut self, fault: Fault) -> Result<(), Stopped> {
        let file = fingerprint(&fault);
        self.send(Step::Fault { fault, file })
    }

    fn source(&mut self, source: Source, path: String) -> Result<(), Stopped> {
        let modified = source.modified.and_then(nanoseconds);
        let known = self.known.get(&path);
        // With other lists, other things are found in the same words.
        let extracted = known
            .filter(|known| known.lists == self.lists_hash && !self.called.renames(&known.path));
        if let Some(record) = extracted
            && record.size == source.size
            && record.modified.is_some()
            && record.modified == modified
        {
            return self.send(Step::Unchanged(record));
        }
        let is_fresh = source
            .modified
            .is_none_or(|modified| modified + FRESH > self.started);
        let size = source.size;
        let source = self.called.called(source, &path);
        let (hash, pieces) = match source::fingerprinted(source) {
            Ok(opened) => opened,
            Err(fault) => return self.unreadable(fault),
        };
        let record = SourceRecord {
            path,
            size,
            modified: modified.filter(|_| !is_fresh),
            hash,
            lists: self.lists_hash,
            ..SourceRecord::default()
        };
        if let Some(known) = extracted.filter(|known| known.hash == hash && known.size == size) {
            if known.modified == record.modified {
                return self.send(Step::Unchanged(known));
            }
            let counts = known.clone();
            return self.send(Step::Touched(SourceRecord {
                modified: record.modified,
                ..counts
            }));
        }
        self.send(Step::Begin { known, hash })?;
        for piece in pieces {
            match piece {
                Ok(piece) => self.send(Step::Piece(piece))?,
                Err(fault) => self.send(Step::Articles {
                    counts: Counts::default(),
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

/// The fingerprint of what cannot be read, by the reason and, of a file, by its size and time.
fn fingerprint(fault: &Fault) -> u128 {
    let mut bytes = fault.to_string().into_bytes();
    // A folder has the time of the last file that came or went.
    let metadata = std::fs::metadata(&fault.path).ok();
    if let Some(file) = metadata.filter(std::fs::Metadata::is_file) {
        let modified = file.modified().ok().and_then(nanoseconds);
        bytes.extend(file.len().to_le_bytes());
        bytes.extend(modified.unwrap_or_default().to_le_bytes());
    }
    xxhash_rust::xxh3::xxh3_128(&bytes)
}

fn nanoseconds(time: SystemTime) -> Option<i128> {
    let signed = |duration: Duration| i128::try_from(duration.as_nanos()).ok();
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => signed(since),
        Err(before) => signed(before.duration()).map(|nanoseconds| -nanoseconds),
    }
}

/// The steps with the articles of their pieces, extracted together whatever sources they are of.
fn extracted<'a>(steps: Vec<Step<'a>>, preparer: &Preparer, own: &Own) -> Vec<Step<'a>> {
    let pieces = steps.iter().filter_map(|step| match step {
        Step::Piece(piece) => Some(piece),
        _ => None,
    });
    let mut read = read(pieces, own).into_iter();
    let mut prepared = preparer.begin();
    let steps = steps.into_iter().map(|step| match step {
        Step::Piece(piece) => {
            // One for each piece, in their order.
            let articles = read.next().unwrap_or_default();
            let path = piece.source.path.to_string_lossy();
            let (mut counts, mut faults) = (Counts::default(), Vec::new());
            for article in articles {
                match article {
                    Ok(paragraphs) => {
                        counts.n_articles += 1;
                        counts.n_paragraphs += paragraphs.len() as u64;
                        counts.n_words += preparer.add_article(&mut prepared, &path, &paragraphs);
                    }
                    Err(fault) => faults.push(fault),
                }
            }
            Step::Articles { counts, faults }
        }
        other => other,
    });
    let mut steps: Vec<Step> = steps.collect();
    steps.push(Step::Prepared(prepared));
    steps
}

/// The paragraphs of an article, or why it cannot be read.
pub type ReadArticle = Result<Vec<Paragraph>, Fault>;

/// Articles of so much text at most are extracted together, in bytes: the more, the longer an extractor's code and lists stay
/// in the nearest caches, as long as the tokens of all, which take six times the room of the text, stay in the next one.
const BATCH: usize = 64 << 10;

/// Reads the articles of each piece and extracts them into their paragraphs, with the names of the user's lists; those of
/// small pieces together. What the program stumbles over is a fault.
pub fn read<'a>(
    pieces: impl IntoIterator<Item = &'a Piece> + Clone,
    own: &Own,
) -> Vec<Vec<ReadArticle>> {
    contain(|| read_together(pieces.clone(), own)).unwrap_or_else(|_| {
        let pieces = pieces.into_iter();
        pieces.map(|piece| read_apart(piece, own)).collect()
    })
}

/// The same for one piece, each article by itself.
fn read_apart(piece: &Piece, own: &Own) -> Vec<ReadArticle> {
    let extracted = |article: Article| {
        let findings = extract::extract(&article, own);
        article::paragraphs(article, findings)
    };
    match contain(|| source::articles(piece)) {
        Ok(articles) => articles
            .into_iter()
            .map(|article| {
                contain(|| article.map(extracted))
                    .unwrap_or_else(|panic| Err(Fault::stumbled(piece, &panic)))
            })
            .collect(),
        Err(panic) => vec![Err(Fault::stumbled(piece, &panic))],
    }
}

fn read_together<'a>(
    pieces: impl IntoIterator<Item = &'a Piece>,
    own: &Own,
) -> Vec<Vec<ReadArticle>> {
    let (mut articles, mut n_of_pieces) = (Vec::new(), Vec::new());
    for of_piece in source::articles_of(pieces) {
        n_of_pieces.push(of_piece.len());
        articles.extend(of_piece);
    }
    let mut articles = articles.into_iter();
    let mut read = Vec::with_capacity(articles.len());
    while !articles.as_slice().is_empty() {
        let mut n_bytes = 0;
        let n_together = articles.as_slice().iter().take_while(|article| {
            let fits = n_bytes < BATCH;
            let paragraphs = article.iter().flat_map(|article| &article.paragraphs);
            n_bytes += paragraphs.map(String::len).sum::<usize>();
            fits
        });
        let n_together = n_together.count();
        let batch: Vec<Result<Article, Fault>> = articles.by_ref().take(n_together).collect();
        let mut findings = extract::extract_all(batch.iter().flatten(), own).into_iter();
        let mut paragraphs = |article| {
            // One for each article, in their order.
            article::paragraphs(article, findings.next().unwrap_or_default())
        };
        read.extend(
            batch
                .into_iter()
                .map(|article| article.map(&mut paragraphs)),
        );
    }
    let mut read = read.into_iter();
    let of_pieces = n_of_pieces.into_iter();
    of_pieces
        .map(|n_articles| read.by_ref().take(n_articles).collect())
        .collect()
}

/// The source whose articles are being written.
#[derive(Default)]
struct Open {
    hash: u128,
    counts: Counts,
    faults: Vec<String>,
    /// Faults beyond those.
    n_not_kept: u64,
    is_known: bool,
}

/// What is kept instead of faults beyond those that are.
const MORE: &str = " more, named when the file is read";

/// How many faults a message that was kept stands for.
fn n_told(message: &str) -> u64 {
    let number = message.strip_suffix(MORE).and_then(|message| {
        let (_, number) = message.rsplit_once(": ")?;
        number.parse().ok()
    });
    number.unwrap_or(1)
}

/// Takes the steps in order and does what they say to the index.
struct Writing<'a, 'e> {
    writer: &'a mut Writer,
    on_event: &'a mut (dyn FnMut(Event) + 'e),
    report: Report,
    open: Open,
    n_sources: u64,
    n_paragraphs: u64,
}

impl<'a, 'e> Writing<'a, 'e> {
    fn new(writer: &'a mut Writer, on_event: &'a mut (dyn FnMut(Event) + 'e)) -> Writing<'a, 'e> {
        let report = Report {
            n_added: 0,
            n_changed: 0,
            n_unchanged: 0,
            n_removed: 0,
            n_skipped: 0,
            n_parts_skipped: 0,
            n_faults: 0,
            info: writer.info().clone(),
            n_undated: 0,
            lists_changed: false,
            n_with_other_lists: 0,
            idle: Vec::new(),
        };
        Writing {
            writer,
            on_event,
            report,
            open: Open::default(),
            n_sources: 0,
            n_paragraphs: 0,
        }
    }

    fn step(&mut self, step: Step) -> Result<(), index::Error> {
        match step {
            Step::Fault { fault, file } => {
                self.report.n_skipped += 1;
                self.tell(&fault, file);
            }
            Step::Unchanged(record) => self.same(record),
            Step::Touched(record) => {
                self.same(&record);
                self.writer.touch(&record)?;
            }
            Step::Begin { known, hash } => {
                self.open = Open {
                    hash,
                    is_known: known.is_some(),
                    ..Open::default()
                };
                if let Some(record) = known {
                    self.writer.remove(record);
                }
            }
            Step::Piece(_) => {}
            Step::Articles { counts, faults } => self.articles(&counts, &faults),
            Step::Prepared(prepared) => self.writer.add(prepared)?,
            Step::End(record) => self.end(record)?,
            Step::Vanished(record) => {
                self.writer.remove(record);
                self.report.n_removed += 1;
            }
        }
        (self.on_event)(Event::Progress {
            n_sources: self.n_sources,
            n_paragraphs: self.n_paragraphs,
        });
        Ok(())
    }

    /// A source is as it was; what could not be read last time cannot be read now, and that is said again.
    fn same(&mut self, record: &SourceRecord) {
        self.n_sources += 1;
        match record.n_articles {
            0 => self.report.n_skipped += 1,
            _ => {
                self.report.n_unchanged += 1;
                let n_faults = record.faults.iter().map(|fault| n_told(fault));
                self.report.n_parts_skipped += n_faults.sum::<u64>();
            }
        }
        for message in &record.faults {
            self.report.n_faults += 1;
            (self.on_event)(Event::Fault {
                message,
                hint: None,
                path: &record.path,
                file: record.hash,
            });
        }
    }

    fn articles(&mut self, counts: &Counts, faults: &[Fault]) {
        for fault in faults {
            self.tell(fault, self.open.hash);
            if self.open.faults.len() < FAULTS_REMEMBERED {
                self.open.faults.push(fault.to_string());
            } else {
                self.open.n_not_kept += 1;
            }
        }
        self.open.counts.n_articles += counts.n_articles;
        self.open.counts.n_paragraphs += counts.n_paragraphs;
        self.open.counts.n_words += counts.n_words;
        self.n_paragraphs += counts.n_paragraphs;
    }

    fn end(&mut self, record: SourceRecord) -> Result<(), index::Error> {
        let mut open = std::mem::take(&mut self.open);
        let n_faults = open.faults.len() as u64 + open.n_not_kept;
        if open.n_not_kept > 0 {
            let (path, n) = (&record.path, open.n_not_kept);
            open.faults.push(format!("{path}: {n}{MORE}"));
        }
        let Counts {
            n_articles,
            n_paragraphs,
            n_words,
        } = open.counts;
        match (n_articles, open.is_known) {
            (0, _) => self.report.n_skipped += 1,
            (_, true) => self.report.n_changed += 1,
            (_, false) => self.report.n_added += 1,
        }
        if n_articles > 0 {
            self.report.n_parts_skipped += n_faults;
        }
        self.n_sources += 1;
        self.writer.finish_source(&SourceRecord {
            n_articles,
            n_paragraphs,
            n_words,
            faults: open.faults,
            ..record
        })
    }

    fn tell(&mut self, fault: &Fault, file: u128) {
        self.report.n_faults += 1;
        (self.on_event)(Event::Fault {
            message: &fault.to_string(),
            hint: fault.hint.as_deref(),
            path: &fault.path,
            file,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::formats::STUMBLING;

    fn settings() -> Settings<'static> {
        Settings {
            n_threads: 2,
            anew: false,
            forgets: true,
            lists: Choice::Nothing,
        }
    }

    #[test]
    fn who_stumbles_over_a_file_reads_the_others() {
        let piece = |text: &str| Piece {
            format: &STUMBLING,
            ..source::standard_input(text.as_bytes())
                .next()
                .unwrap()
                .unwrap()
        };
        let pieces = ["Talks\n\nJapan spoke.", "stone", "China spoke."].map(piece);
        let read = read(&pieces, Own::none());
        let n_paragraphs = |articles: &Vec<ReadArticle>| -> Vec<Option<usize>> {
            let articles = articles.iter();
            articles
                .map(|read| Some(read.as_ref().ok()?.len()))
                .collect()
        };
        let n_paragraphs: Vec<_> = read.iter().map(n_paragraphs).collect();
        assert_eq!(n_paragraphs, [[Some(1)], [None], [Some(1)]]);
        let fault = read[1][0].as_ref().unwrap_err();
        assert!(fault.reason.starts_with("tradewire stumbled over it"));
    }

    #[test]
    fn a_source_that_gives_other_paragraphs_is_named_with_them() {
        let temporary = tempfile::tempdir().unwrap();
        let corpus = temporary.path().join("corpus");
        std::fs::create_dir(&corpus).unwrap();
        let file = corpus.join("talks.txt");
        let text = "Talks\n\nJapan spoke.\n\nChina spoke.\n\nChina spoke.\n\nAll left.";
        std::fs::write(&file, text).unwrap();
        let dir = temporary.path().join("index");
        let roots = [corpus];
        ingest(&dir, &roots, settings(), &mut |_| {}).unwrap();
        let whole = compare(&dir, &roots, 2).unwrap();
        assert_eq!((whole.n_sources, whole.n_paragraphs), (1, 4));
        assert_eq!(whole.differences, []);
        let twice = [roots[0].clone(), file.clone()];
        assert_eq!(compare(&dir, &twice, 2).unwrap(), whole);
        let other = [temporary.path().join("other")];
        std::fs::create_dir(&other[0]).unwrap();
        assert_eq!(compare(&dir, &other, 2).unwrap().n_elsewhere, 1);

        // As if the index did not have what the file says: its record is made to fit the new content.
        std::fs::write(
            &file,
            "Talks\n\nJapan spoke.\n\nChina spoke.\n\nKorea left.",
        )
        .unwrap();
        let index = Index::open(&dir).unwrap();
        let record = SourceRecord {
            hash: source::fingerprint(&file).unwrap(),
            ..index.sources().unwrap().remove(0)
        };
        let source = source::walk(&roots[0]).next().unwrap().unwrap();
        let found = compared(&source, Some(&record), &index, Own::none()).unwrap();
        assert_eq!(
            found.difference,
            Some(Difference::Paragraphs {
                path: shown(&file),
                n_missing: 1,
                missing: vec!["talks#2".to_string()],
                n_others: 2,
            })
        );
    }
}
