//! Finds articles of one id: who asks for the id cannot tell which of them is meant.

use tantivy::DocAddress;

use super::error::Damage;
use super::layout::DocumentKind;
use super::{Error, Index, stored};
use crate::article::Head;

/// Two articles of one id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twins {
    pub id: String,
    /// Of their sources, in order; one source may give both.
    pub paths: [String; 2],
}

impl Index {
    /// Ids that several articles have, so many at most.
    ///
    /// # Errors
    ///
    /// When the index is damaged or cannot be read.
    pub fn twins(&self, n_most: usize) -> Result<Vec<Twins>, Error> {
        let mut heads = self.heads_by_id()?;
        heads.sort_unstable();
        let mut found: Vec<Twins> = Vec::new();
        for pair in heads.windows(2) {
            let [(key, address), (other_key, other_address)] = pair else {
                continue;
            };
            if key != other_key {
                continue;
            }
            if found.len() == n_most {
                break;
            }
            let (head, other) = (self.head(*address)?, self.head(*other_address)?);
            let is_named = found.last().is_some_and(|last| last.id == head.id);
            if head.id == other.id && !is_named {
                let mut paths = [head.path, other.path];
                paths.sort();
                found.push(Twins { id: head.id, paths });
            }
        }
        Ok(found)
    }

    /// The heads of all articles, each with the key of its id.
    fn heads_by_id(&self) -> Result<Vec<(u64, DocAddress)>, Error> {
        let mut heads = Vec::new();
        for (segment_idx, segment) in self.searcher.segment_readers().iter().enumerate() {
            let keys = segment.fast_fields().u64("_key");
            let keys = keys.map_err(|error| self.failed(error))?;
            let docs = self.documents(segment, DocumentKind::Head);
            let docs = docs.map_err(|error| self.failed(error))?;
            heads.extend(docs.into_iter().map(|doc| {
                let address = DocAddress::new(segment_idx as u32, doc);
                (keys.first(doc).unwrap_or_default(), address)
            }));
        }
        Ok(heads)
    }

    fn head(&self, address: DocAddress) -> Result<Head, Error> {
        stored::head(&self.stored(address)?).map_err(|Damage| self.damaged("a head cannot be read"))
    }
}
