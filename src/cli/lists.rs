//! `--lists`: the user's own lists, and where they are.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, Stop, Streams};
use crate::article::{Line, Mention};
use crate::extract::{self, Own};
use crate::index::{self, Index, Info};
use crate::ingest;
use crate::lists::{self, Hidden, Lists, Place};
use crate::names;
use crate::report::ListsReport;
use crate::schema;

/// Own lists to apply.
#[derive(Debug, Clone, Args)]
pub(super) struct ListsFlag {
    /// Your own lists: a TOML file, or a folder of them, with names to find and values to hide
    #[arg(long = "lists", value_name = "PATH", env = "TRADEWIRE_LISTS")]
    pub(super) path: Option<PathBuf>,
}

impl ListsFlag {
    /// The names of the lists, ready to be found.
    pub(super) fn own(&self) -> Result<Own, Failure> {
        let Some(path) = &self.path else {
            return Ok(Own::new(Lists::default()));
        };
        let lists = lists::read(path, &extract::resolve).map_err(|faults| Failure {
            message: ingest::wrong(&faults),
            hint: Some("mend the lists and run the command again".to_string()),
        })?;
        Ok(Own::new(lists))
    }
}

/// What an index says of its lists.
pub(super) fn report(dir: &Path, info: &Info) -> Option<ListsReport> {
    info.lists.as_ref().map(|record| ListsReport {
        path: shown(&index::kept_at(dir, &record.path)),
        hash: format!("{:032x}", record.hash),
        counts: record.counts,
    })
}

/// How many sources have something else applied to them than the lists of their index.
pub(super) fn n_others(index: &Index) -> Result<u64, index::Error> {
    let hash = index.info().lists_hash();
    let sources = index.sources()?;
    let others = sources.iter().filter(|record| record.lists != hash);
    Ok(others.count() as u64)
}

/// The lists of an index, with where they are.
pub(super) struct Named {
    lists: Lists,
    path: PathBuf,
}

impl Named {
    pub(super) fn of(index: &Index) -> Result<Named, index::Error> {
        let record = index.info().lists.as_ref();
        let path = record.map(|record| index::kept_at(index.dir(), &record.path));
        Ok(Named {
            lists: index.lists()?,
            path: path.unwrap_or_default(),
        })
    }

    /// The line of the lists that speaks for a mention of these words.
    pub(super) fn lines(&self, mention: &Mention, words: &str) -> Vec<Line> {
        let spelling = self
            .lists
            .speaks_for(mention.field.name, &mention.value, words);
        let line = spelling.and_then(|spelling| {
            Some(Line {
                list: self.file(spelling.place)?.into(),
                number: spelling.place.line as usize,
                entry: spelling.text.clone(),
            })
        });
        line.into_iter().collect()
    }

    /// The file that a place is in.
    fn file(&self, place: Place) -> Option<String> {
        let file = self.lists.files.get(place.file as usize)?;
        let path = match file.is_empty() {
            true => self.path.clone(),
            false => self.path.join(file),
        };
        Some(shown(&path))
    }
}

/// Warns of names to hide of which the sources have none, where another seems to be meant.
pub(super) fn say_idle(dir: &Path, idle: &[Hidden], streams: &mut Streams) -> Result<(), Stop> {
    if idle.is_empty() {
        return Ok(());
    }
    let index = Index::open(dir)?;
    let named = Named::of(&index)?;
    for hidden in idle {
        let Some(field) = schema::field(&hidden.field) else {
            continue;
        };
        let meant = names::meant(field, &hidden.value, &index.values(field)?);
        if meant.is_empty() {
            continue;
        }
        let file = named.file(hidden.place).unwrap_or_default();
        streams.say(&format!(
            "warning: {file}:{}: nothing is hidden by the {} `{}`, which these sources do not have\n   hint: did you mean {}?",
            hidden.place.line,
            hidden.field,
            hidden.value,
            names::listed_counts(&meant)
        ));
    }
    Ok(())
}

/// A path as seen from the working directory where it lies below.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    let below = below.filter(|below| !below.as_os_str().is_empty());
    below.as_deref().unwrap_or(path).display().to_string()
}
