//! The folders by which an index was made, its roots. An article without an id of its own is called by its path below the
//! root, so that a part of a root, named by itself, has to give the ids that the whole gives.

use std::path::{Path, PathBuf};

use super::{is_below, shown};
use crate::index::{Info, Root};
use crate::source::{self, Source};

/// The roots of an index, and those that a run adds. None added lies in one before it, so that of those that hold a path the
/// first is the innermost.
pub(super) struct Roots {
    roots: Vec<Root>,
    /// How many the index had; none where an earlier version made it, which kept none.
    n_before: Option<usize>,
}

impl Roots {
    /// Those that an index has.
    pub(super) fn of(info: &Info) -> Roots {
        Roots {
            roots: info.roots.clone().unwrap_or_default(),
            n_before: info.roots.as_ref().map(Vec::len),
        }
    }

    /// With the folders among those given that lie in no root. A file is no root: it is called by its name.
    pub(super) fn with(mut self, given: &[PathBuf]) -> Roots {
        for given in given {
            let path = shown(&source::clean(given));
            if self.holding(&path).is_none() && given.is_dir() {
                self.roots.push(Root { path });
            }
        }
        self
    }

    /// What the index has to keep of them. Of an index without roots, they are those of a run that meets all its sources.
    pub(super) fn kept<'a>(
        &self,
        mut known: impl Iterator<Item = &'a String>,
    ) -> Option<Vec<Root>> {
        let is_told = self.n_before.is_some() || known.all(|path| self.holding(path).is_some());
        is_told.then(|| self.roots.clone())
    }

    /// The source as the index calls it.
    pub(super) fn called(&self, source: Source, path: &str) -> Source {
        match self.holding(path) {
            Some(root) => source.called(Path::new(below(path, &root.path))),
            None => source,
        }
    }

    /// The same of a source that the index knows: outside all roots it was named by itself.
    pub(super) fn called_before(&self, source: Source, path: &str) -> Source {
        match (self.holding(path), Path::new(path).file_name()) {
            (None, Some(name)) if self.n_before.is_some() => source.called(Path::new(name)),
            _ => self.called(source, path),
        }
    }

    /// Whether a source that was named by itself is called otherwise now, by its path below a new root.
    pub(super) fn renames(&self, path: &str) -> bool {
        let Some(n_before) = self
            .n_before
            .filter(|n_before| *n_before < self.roots.len())
        else {
            return false;
        };
        let (before, added) = self.roots.split_at(n_before);
        let holds = |root: &&Root| is_below(path, &root.path);
        let added = added.iter().find(holds);
        !before.iter().any(|root| holds(&root))
            && added.is_some_and(|root| below(path, &root.path).contains('/'))
    }

    fn holding(&self, path: &str) -> Option<&Root> {
        self.roots.iter().find(|root| is_below(path, &root.path))
    }
}

/// A path that lies below a root, as seen from there.
fn below<'a>(path: &'a str, root: &str) -> &'a str {
    match path.strip_prefix(root) {
        Some(below) if root != "." => below.trim_start_matches('/'),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roots(before: &[&str], added: &[&str]) -> Roots {
        let roots = before.iter().chain(added);
        let roots = roots.map(|path| Root {
            path: path.to_string(),
        });
        Roots {
            roots: roots.collect(),
            n_before: Some(before.len()),
        }
    }

    #[test]
    fn the_innermost_root_names_what_lies_below() {
        for (before, path, expected) in [
            (&["corpus"][..], "corpus/2018/a.txt", Some("2018/a.txt")),
            (
                &["corpus/2018", "corpus"],
                "corpus/2018/a.txt",
                Some("a.txt"),
            ),
            (
                &["corpus/2018", "corpus"],
                "corpus/2019/a.txt",
                Some("2019/a.txt"),
            ),
            (&["corpus"], "corpus-2/a.txt", None),
            (&["."], "corpus/a.txt", Some("corpus/a.txt")),
            (&["."], "../a.txt", None),
            (&["/"], "/corpus/a.txt", Some("corpus/a.txt")),
        ] {
            let roots = roots(before, &[]);
            let found = roots.holding(path).map(|root| below(path, &root.path));
            assert_eq!(found, expected, "{path} in {before:?}");
        }
    }

    #[test]
    fn only_what_was_named_by_itself_is_renamed_by_a_new_root() {
        let roots = roots(&["corpus/2018"], &["corpus"]);
        assert!(roots.renames("corpus/2019/a.txt"));
        assert!(!roots.renames("corpus/a.txt"));
        assert!(!roots.renames("corpus/2018/a.txt"));
        assert!(!roots.renames("other/2018/a.txt"));
    }

    #[test]
    fn roots_are_told_of_an_older_index_by_a_run_that_meets_all_of_it() {
        let info = |roots| Roots {
            roots,
            n_before: None,
        };
        let corpus = vec![Root {
            path: "corpus".to_string(),
        }];
        let known = ["corpus/a.txt".to_string(), "news/b.txt".to_string()];
        assert_eq!(info(corpus.clone()).kept(known.iter()), None);
        assert_eq!(info(corpus.clone()).kept(known[..1].iter()), Some(corpus));
    }
}
