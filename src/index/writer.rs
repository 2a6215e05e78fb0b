//! Writes an index: replaces sources whole, in one commit.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use crossbeam_channel::{Receiver, Sender};
use rustc_hash::FxHashSet;
use tantivy::index::IndexBuilder;
use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexSettings, IndexWriter, Term};

use super::document::{self, Document, Documents, Permit, Rooms};
use super::error::{not_as_written, plain, reading, writing};
use super::files::{self, Access};
use super::layout::{DocumentKind, Layout};
use super::merging::{Merging, Met};
use super::stored::Codec;
use super::{
    Error, FORMAT, Index, Info, ListsRecord, Root, SourceRecord, analysis, folder, info,
    other_format, vouched,
};
use crate::article::Paragraph;
use crate::lists::Lists;

/// Bytes of text and terms that all indexing threads gather before they write out a segment.
const HEAP: usize = 128 << 20;

/// Threads that extract for each that indexes: an article takes about as long to index as to extract, and on two cores one
/// thread that indexes leaves more of the caches to both.
const N_EXTRACTING: usize = 2;

/// More threads that index would each write small segments, which are merged again: with four of them an index of 180,000
/// articles took a third more of CPU.
const MOST_INDEXING: usize = 2;

/// How many documents make a batch: a hand-over for each article would cost more than the article.
const N_OF_BATCH: usize = 500;

/// How many batches may wait for the indexing thread: enough to keep it busy, too few to fill the memory.
const N_WAITING: usize = 16;

/// Turns paragraphs into documents; shared by all threads.
#[derive(Clone)]
pub struct Preparer(Arc<Preparing>);

struct Preparing {
    layout: Layout,
    codec: Codec,
    rooms: Rooms,
}

/// The documents of articles that were read together, whatever sources they are of.
pub struct Prepared(Documents);

impl Preparer {
    /// No articles yet.
    pub fn begin(&self) -> Prepared {
        Prepared(self.0.rooms.take())
    }

    /// Adds the documents of an article of a source, out of all its paragraphs; returns how many words they have.
    pub fn add_article(
        &self,
        Prepared(documents): &mut Prepared,
        path: &str,
        paragraphs: &[Paragraph],
    ) -> u64 {
        let Preparing { layout, codec, .. } = &*self.0;
        let Some(first) = paragraphs.first() else {
            return 0;
        };
        let (source, key) = (source_key(path), article_key(&first.head.id));
        documents.add_head(layout, &first.head, source, key, paragraphs.len());
        let n_words = paragraphs
            .iter()
            .map(|paragraph| documents.add_paragraph(layout, codec, paragraph, source));
        n_words.sum()
    }
}

/// The key that all documents of a source carry.
pub(super) fn source_key(path: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(path.as_bytes())
}

/// Orders the articles of an index by nothing but their ids.
fn article_key(id: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(id.as_bytes())
}

/// Writes an index. Nothing that it does is seen before `commit`.
pub struct Writer {
    dir: PathBuf,
    engine: IndexWriter<Document>,
    preparer: Preparer,
    info: Info,
    sources: Vec<SourceRecord>,
    /// Whether what was there before could not be read, not even whether it had lists of the user.
    is_forgetful: bool,
    /// The user's lists as they are stored; none without, or when they must be stored anew.
    lists: Option<Lists>,
    /// Documents that go to the indexing thread together, those of sources, and how many they all are.
    batch: Vec<Documents>,
    records: Documents,
    n_of_batch: usize,
    permits: (Sender<()>, Receiver<()>),
    /// A file of the last commit that is not as it was written, if one was met.
    damaged: Met,
    /// The files of the last commit.
    before: FxHashSet<PathBuf>,
    is_anew: bool,
    is_changed: bool,
}

/// Returned to the writer when the batch that holds it has been indexed.
struct Returned(Receiver<()>);

impl Drop for Returned {
    fn drop(&mut self) {
        // Nothing waits there when the writer itself has gone.
        let _ = self.0.try_recv();
    }
}

impl Writer {
    /// Opens the index in a folder for writing and creates it if there is none; `anew` drops what it holds. `n_threads` are
    /// the threads that will extract for it.
    ///
    /// # Errors
    ///
    /// When another writer has it, when it is of another version or damaged (unless `anew`), or when the folder cannot be
    /// written.
    pub fn open(dir: &Path, anew: bool, n_threads: usize) -> Result<Writer, Error> {
        if !anew
            && !folder(dir).exists()
            && let Some(found) = other_format(dir)
        {
            return Err(Error::OtherVersion {
                dir: dir.to_path_buf(),
                found,
                ours: FORMAT,
            });
        }
        let mut is_forgetful = !folder(dir).exists() && other_format(dir).is_some();
        let failed = |error: std::io::Error| Error::Write {
            dir: dir.to_path_buf(),
            reason: plain(&error.to_string()),
        };
        std::fs::create_dir_all(folder(dir)).map_err(failed)?;
        let (engine, is_empty) = match open_engine(dir) {
            Err(Error::Damaged { .. } | Error::OtherFields { .. }) if anew => {
                // Not even its lists can be read, so there is no commit to keep.
                is_forgetful = true;
                std::fs::remove_dir_all(folder(dir)).map_err(failed)?;
                std::fs::create_dir_all(folder(dir)).map_err(failed)?;
                open_engine(dir)?
            }
            opened => opened?,
        };
        let n_indexing = (n_threads / N_EXTRACTING).clamp(1, MOST_INDEXING);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(n_indexing)
            .memory_budget_per_thread(HEAP / n_indexing)
            .num_merge_threads(1)
            .build();
        let writer: IndexWriter<Document> = engine
            .writer_with_options(options)
            .map_err(|error| writing(dir, error))?;
        let policy = Merging::new(&engine);
        let damaged = policy.met();
        writer.set_merge_policy(Box::new(policy));
        let before = vouched::names(writer.index());
        // What a run wrote that did not come to its commit would take the room that this one needs.
        let _ = writer.garbage_collect_files().wait();
        let (mut info, mut sources) = (Info::empty(), Vec::new());
        let mut lists = None;
        if anew && !is_empty {
            // That the user has lists is no content: it stays.
            info.lists = super::info(dir, writer.index())
                .ok()
                .flatten()
                .and_then(|info| info.lists);
            writer
                .delete_all_documents()
                .map_err(|error| writing(dir, error))?;
        } else if !is_empty {
            // Opened only now, under the lock: what another writer has just committed is in it. What was damaged since is
            // noticed as by a search, lest a run that changes nothing say that all is well.
            let index = Index::open(dir)?;
            info = index.info().clone();
            sources = index.sources()?;
            lists = info.lists.is_some().then(|| index.lists()).transpose()?;
        }
        info.list_rules();
        Ok(Writer {
            dir: dir.to_path_buf(),
            engine: writer,
            preparer: Preparer(Arc::new(Preparing {
                layout: Layout::new(),
                codec: Codec::new(&info.rules),
                rooms: Rooms::new(),
            })),
            info,
            sources,
            is_forgetful,
            lists,
            batch: Vec::new(),
            records: Documents::default(),
            n_of_batch: 0,
            permits: crossbeam_channel::bounded(N_WAITING),
            damaged,
            before,
            is_anew: anew,
            is_changed: anew || is_empty,
        })
    }

    /// The sources of the last commit, by path.
    pub fn sources(&self) -> &[SourceRecord] {
        &self.sources
    }

    /// What the index says of itself so far.
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// What turns paragraphs into documents for this index.
    pub fn preparer(&self) -> Preparer {
        self.preparer.clone()
    }

    /// Whether what was there before could not be read, not even whether it had lists of the user.
    pub fn is_forgetful(&self) -> bool {
        self.is_forgetful
    }

    /// Says which lists of the user are applied from now on, none for no lists.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub fn set_lists(&mut self, lists: Option<(ListsRecord, Lists)>) -> Result<(), Error> {
        let (record, lists) = lists.unzip();
        // Where things are said in lists is kept up to date even when what they say is the same.
        if self.info.lists == record && self.lists == lists {
            return Ok(());
        }
        self.is_changed = true;
        let layout = &self.preparer.0.layout;
        let kind = Term::from_field_u64(layout.kind, DocumentKind::Lists as u64);
        self.engine.delete_term(kind);
        if let Some(lists) = &lists {
            let mut documents = Documents::default();
            documents.add_lists(layout, lists);
            self.run(documents)?;
        }
        self.info.lists = record;
        self.lists = lists;
        Ok(())
    }

    /// Says by which folders the index is made.
    pub fn set_roots(&mut self, roots: Option<Vec<Root>>) {
        self.is_changed |= self.info.roots != roots;
        self.info.roots = roots;
    }

    /// Drops all that a source of the last commit gave.
    pub fn remove(&mut self, record: &SourceRecord) {
        let term = Term::from_field_u64(self.preparer.0.layout.source, source_key(&record.path));
        self.engine.delete_term(term);
        self.info.n_sources -= 1;
        self.info.n_articles -= record.n_articles;
        self.info.n_paragraphs -= record.n_paragraphs;
        self.info.n_words -= record.n_words;
        self.is_changed = true;
    }

    /// Replaces the record of a source whose articles stay as they are.
    ///
    /// # Errors
    ///
    /// When the disk is full or the folder cannot be written.
    pub fn touch(&mut self, record: &SourceRecord) -> Result<(), Error> {
        let layout = &self.preparer.0.layout;
        let key = source_key(&record.path);
        let terms = [
            Term::from_field_u64(layout.source, key),
            Term::from_field_u64(layout.kind, DocumentKind::Source as u64),
        ];
        let clauses = terms.map(|term| -> (Occur, Box<dyn Query>) {
            (
                Occur::Must,
                Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
            )
        });
        let old = Box::new(BooleanQuery::new(clauses.into()));
        self.engine
            .delete_query(old)
            .map_err(|error| writing(&self.dir, error))?;
        self.add_record(record)
    }

    /// Adds articles; waits while too many are on their way. What the index had of their sources must have been removed.
    ///
    /// # Errors
    ///
    /// When the disk is full or the folder cannot be written.
    pub fn add(&mut self, Prepared(documents): Prepared) -> Result<(), Error> {
        match documents.len() {
            0 => Ok(()),
            _ => self.run(documents),
        }
    }

    /// Adds the record of a source whose articles are added as well.
    ///
    /// # Errors
    ///
    /// When the disk is full or the folder cannot be written.
    pub fn finish_source(&mut self, record: &SourceRecord) -> Result<(), Error> {
        self.info.n_sources += 1;
        self.info.n_articles += record.n_articles;
        self.info.n_paragraphs += record.n_paragraphs;
        self.info.n_words += record.n_words;
        self.add_record(record)
    }

    fn add_record(&mut self, record: &SourceRecord) -> Result<(), Error> {
        let source = source_key(&record.path);
        let layout = &self.preparer.0.layout;
        self.records.add_source(layout, record, source);
        self.added(1)
    }

    /// Takes in whole articles: what comes in one call stays together in one segment.
    fn run(&mut self, documents: Documents) -> Result<(), Error> {
        let n_documents = documents.len();
        self.batch.push(documents);
        self.added(n_documents)
    }

    /// Hands over what was added when it is enough.
    fn added(&mut self, n_documents: usize) -> Result<(), Error> {
        self.is_changed = true;
        self.n_of_batch += n_documents;
        if self.n_of_batch < N_OF_BATCH {
            return Ok(());
        }
        self.hand_over()
    }

    fn hand_over(&mut self) -> Result<(), Error> {
        // The indexing thread frees places as it goes; should it have died, `run` below says why.
        while self
            .permits
            .0
            .send_timeout((), std::time::Duration::from_millis(100))
            .is_err()
        {
            if !self.engine_is_alive() {
                break;
            }
        }
        let permit: Permit = Arc::new(Returned(self.permits.1.clone()));
        let rooms = &self.preparer.0.rooms;
        let records = std::mem::replace(&mut self.records, rooms.take());
        let batch = self.batch.drain(..).chain([records]);
        let documents = batch.flat_map(|documents| document::send(documents, rooms, &permit));
        let operations: Vec<_> = documents.map(UserOperation::Add).collect();
        self.n_of_batch = 0;
        self.engine
            .run(operations)
            .map(|_| ())
            .map_err(|error| writing(&self.dir, error))
    }

    fn engine_is_alive(&self) -> bool {
        self.engine.run(std::iter::empty()).is_ok()
    }

    /// Makes all changes since the last commit visible at once; without changes there is no commit. Returns what the index
    /// says of itself.
    ///
    /// # Errors
    ///
    /// When the disk is full or the folder cannot be written; the last commit is intact then. When what was there before is
    /// found to be damaged; the changes are visible all the same.
    pub fn commit(mut self, built: String) -> Result<Info, Error> {
        if self.is_changed {
            self.hand_over()?;
            self.info.built = built;
            self.info.program = env!("CARGO_PKG_VERSION").to_string();
            let failed = |error| writing(&self.dir, error);
            let payload = serde_json::to_string(&self.info).unwrap_or_default();
            let mut prepared = self.engine.prepare_commit().map_err(failed)?;
            prepared.set_payload(&payload);
            prepared.commit().map_err(failed)?;
        }
        if self.is_anew {
            remove_unnamed(&self.dir, self.engine.index());
        }
        let engine = self.engine.index().clone();
        self.engine
            .wait_merging_threads()
            .map_err(|error| writing(&self.dir, error))?;
        let damaged = self.damaged.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = &*damaged {
            return Err(Error::Damaged {
                what: not_as_written(&folder(&self.dir).join(file)),
                dir: self.dir,
            });
        }
        if self.is_changed {
            vouched::note(&self.dir, &engine, &self.before);
        }
        remove_other_formats(&self.dir);
        Ok(self.info)
    }
}

/// What other versions left is of no use once this one has committed; what cannot be removed does no harm.
fn remove_other_formats(dir: &Path) {
    while let Some(format) = other_format(dir) {
        if std::fs::remove_dir_all(dir.join(format!("format-{format}"))).is_err() {
            break;
        }
    }
}

/// Removes what segments left of which the list of files was lost, when all has been built anew; what cannot be removed does no
/// harm. What is being written is named before it is there.
fn remove_unnamed(dir: &Path, engine: &tantivy::Index) {
    let named = engine.directory().list_managed_files();
    let is_of_segment = |name: &Path| {
        let stem = name.to_string_lossy();
        let stem = stem.split('.').next().unwrap_or_default();
        stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    for entry in std::fs::read_dir(folder(dir))
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = PathBuf::from(entry.file_name());
        if is_of_segment(&name) && !named.contains(&name) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Opens the files of an index or creates them; tells whether nothing was ever committed.
fn open_engine(dir: &Path) -> Result<(tantivy::Index, bool), Error> {
    let directory =
        files::open(&folder(dir), Access::InPieces).map_err(|error| reading(dir, error.into()))?;
    let exists = tantivy::Index::exists(&*directory).map_err(|error| reading(dir, error.into()))?;
    let layout = Layout::new();
    if exists {
        let mut engine = tantivy::Index::open(directory).map_err(|error| reading(dir, error))?;
        engine.set_tokenizers(analysis::tokenizers());
        let info = info(dir, &engine)?;
        if engine.schema() != layout.schema {
            return Err(Error::OtherFields {
                dir: dir.to_path_buf(),
            });
        }
        return Ok((engine, info.is_none()));
    }
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(1),
        }),
        docstore_compress_dedicated_thread: true,
        docstore_blocksize: 32_000,
        ..IndexSettings::default()
    };
    let builder = IndexBuilder::new()
        .schema(layout.schema)
        .tokenizers(analysis::tokenizers())
        .settings(settings);
    let engine = builder
        .open_or_create(directory)
        .map_err(|error| writing(dir, error))?;
    Ok((engine, true))
}
