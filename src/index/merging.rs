//! Which segments are merged: those that tantivy would, but for damaged ones. What is merged gets new checksums, under which
//! no check would find the damage any more.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};
use tantivy::{Index, SegmentMeta};

use super::check::is_damaged;

/// Fewer equal segments than this are left alone.
const N_MERGED: usize = 6;

/// A damaged file that was met, if one was.
pub(super) type Met = Arc<Mutex<Option<PathBuf>>>;

#[derive(Debug)]
pub(super) struct Merging {
    usual: LogMergePolicy,
    engine: Index,
    met: Met,
}

impl Merging {
    pub(super) fn new(engine: &Index) -> Merging {
        let mut usual = LogMergePolicy::default();
        usual.set_min_num_segments(N_MERGED);
        Merging {
            usual,
            engine: engine.clone(),
            met: Met::default(),
        }
    }

    pub(super) fn met(&self) -> Met {
        Arc::clone(&self.met)
    }

    /// A damaged file of these segments. Segments that are not committed yet have just been written.
    fn damaged(&self, candidate: &MergeCandidate) -> Option<PathBuf> {
        let files = self.engine.load_metas().ok()?.list_segment_files();
        let files: BTreeSet<PathBuf> = files.into_iter().collect();
        let names: Vec<String> = candidate.0.iter().map(|id| id.uuid_string()).collect();
        let is_of_segment = |file: &PathBuf| {
            let name = file.to_string_lossy();
            names.iter().any(|id| name.starts_with(id.as_str()))
        };
        // What cannot be read at all stops the merge itself.
        let is_damaged = |file: &PathBuf| is_damaged(&self.engine, file).unwrap_or(false);
        files
            .into_iter()
            .find(|file| is_of_segment(file) && is_damaged(file))
    }
}

impl MergePolicy for Merging {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut candidates = self.usual.compute_merge_candidates(segments);
        candidates.retain(|candidate| {
            let damaged = self.damaged(candidate);
            let is_whole = damaged.is_none();
            if !is_whole {
                *self.met.lock().unwrap_or_else(PoisonError::into_inner) = damaged;
            }
            is_whole
        });
        candidates
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rustc_hash::FxHashSet;

    use crate::index::{Error, Index, check, folder, open_engine, vouched};
    use crate::ingest::{self, Choice, Settings, ingest};

    fn refresh(dir: &Path, corpus: &Path, number: usize) -> Result<(), ingest::Error> {
        let text = format!("Steel and zinc, number {number}.");
        std::fs::write(corpus.join(format!("{number}.txt")), text).unwrap();
        let settings = Settings {
            n_threads: 1,
            anew: false,
            forgets: true,
            lists: Choice::Nothing,
        };
        ingest(dir, &[corpus.to_path_buf()], settings, &mut |_| {}).map(|_| ())
    }

    #[test]
    fn damage_is_not_merged_away() {
        let temporary = tempfile::tempdir().unwrap();
        let (dir, corpus) = (temporary.path().join("index"), temporary.path().join("a"));
        std::fs::create_dir(&corpus).unwrap();
        // As many commits as leave segments that the next one merges.
        for number in 0..super::N_MERGED - 1 {
            refresh(&dir, &corpus, number).unwrap();
        }
        let n_segments = || Index::open_as_is(&dir).unwrap().n_segments();
        let files = std::fs::read_dir(folder(&dir)).unwrap();
        let mut files = files.map(|entry| entry.unwrap().path());
        let is_store = |path: &std::path::PathBuf| path.extension().is_some_and(|e| e == "store");
        let store = files.find(is_store).unwrap();
        let whole = std::fs::read(&store).unwrap();
        let mut bytes = whole.clone();
        bytes[whole.len() / 3] ^= 1;
        std::fs::write(&store, bytes).unwrap();
        // As if its times were those of before, as a failing disk leaves them: else no run begins.
        let (engine, _) = open_engine(&dir).unwrap();
        vouched::note(&dir, &engine, &FxHashSet::default());
        for number in super::N_MERGED..super::N_MERGED + 2 {
            let refused = refresh(&dir, &corpus, number);
            assert!(
                matches!(&refused, Err(ingest::Error::Index(Error::Damaged { what, .. })) if what.contains(".store")),
                "{refused:?}"
            );
            assert_eq!(check(&dir).unwrap().problems.len(), 1);
        }
        assert_eq!(n_segments(), super::N_MERGED + 1);
        // What was added is there all the same, and what is whole is merged.
        std::fs::write(&store, whole).unwrap();
        refresh(&dir, &corpus, 100).unwrap();
        assert!(n_segments() <= 2, "{}", n_segments());
        let checked = check(&dir).unwrap();
        assert_eq!((checked.problems.len(), checked.info.n_articles), (0, 8));
    }
}
