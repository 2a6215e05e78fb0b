//! The folders by which an index was made, its roots. An article without an id of its own is called by its path below the
//! root, so that a part of a root, named by itself, has to give the ids that the whole gives.

use std::path::{Path, PathBuf};

use super::{is_below, shown};
use crate::index::{self, Info, Root};
use crate::source::{self, Source};

/// The roots of an index, and those that a run adds. None added lies in one before it, so that of those that hold a path the
/// first is the innermost.
pub(super) struct Roots {
    roots: Vec<Root>,
    /// How many the index had; none where an earlier version made it, which kept none.
    n_before: Option<usize>,
    /// What the index has under another path than that by which it is reached now: how the one begins, and the other.
    others: Vec<(String, String)>,
}

impl Roots {
    /// Those that an index has.
    pub(super) fn of(info: &Info) -> Roots {
        Roots {
            roots: info.roots.clone().unwrap_or_default(),
            n_before: info.roots.as_ref().map(Vec::len),
            others: Vec::new(),
        }
    }

    /// With the folders among those given that lie in no root. A file is no root: it is called by its name.
    ///
    /// A root that is given by another path than before, or a part of it, or what holds it, is recognised by where it lies.
    /// Only given paths are looked up, no files below them; what begins as the path of a root is taken for it as it stands.
    pub(super) fn with(mut self, dir: &Path, given: &[PathBuf]) -> Roots {
        let mut places = Vec::new();
        for given in given {
            let path = shown(&source::clean(given));
            if self.holding(&path).is_some() || self.roots.is_empty() && !given.is_dir() {
                continue;
            }
            let Ok(place) = given.canonicalize() else {
                continue;
            };
            let unseen = self.roots[places.len()..].iter();
            places.extend(unseen.map(|root| canonical(dir, root)));
            let other = places.iter().zip(&self.roots).filter_map(|(there, root)| {
                let (walked, kept) = other_path(&path, &place, root, there.as_deref()?)?;
                (walked != kept).then_some((walked, kept))
            });
            self.others.extend(other.collect::<Vec<_>>());
            if given.is_dir() && self.holding(&self.named(&path)).is_none() {
                self.roots.push(Root {
                    path,
                    place: index::kept_path(dir, &place),
                });
            }
        }
        self
    }

    /// A path as the index has it.
    pub(super) fn named(&self, path: &str) -> String {
        let mut others = self.others.iter();
        match others.find(|(walked, _)| is_below(path, walked)) {
            Some((walked, kept)) => joined(kept, Path::new(below(path, walked))),
            None => path.to_string(),
        }
    }

    /// A source under the path that the index has for it.
    pub(super) fn found(&self, source: Source) -> Source {
        // Mostly there are none, and each file asks.
        if self.others.is_empty() {
            return source;
        }
        let path = shown(&source.path);
        let named = self.named(&path);
        match named == path {
            true => source,
            false => Source {
                at: Some(source.path),
                path: PathBuf::from(named),
                ..source
            },
        }
    }

    /// How the paths of all begin, in the index, that lies below what is given.
    pub(super) fn beginnings(&self, given: &[PathBuf]) -> Vec<String> {
        let given = given
            .iter()
            .map(|given| self.named(&shown(&source::clean(given))));
        let kept = self.others.iter().map(|(_, kept)| kept.clone());
        given.chain(kept).collect()
    }

    /// Whether a path lies in a root other than itself that is there.
    pub(super) fn is_held(&self, dir: &Path, path: &str) -> bool {
        let root = self.holding(path).filter(|root| root.path != path);
        root.is_some_and(|root| reachable(dir, root).is_dir())
    }

    /// Leaves out a folder that is gone, and those in it.
    pub(super) fn forget(&mut self, path: &str) {
        let n_before = self.n_before.unwrap_or(0).min(self.roots.len());
        let is_gone = |root: &&Root| is_below(&root.path, path);
        let n_gone = self.roots[..n_before].iter().filter(is_gone).count();
        self.roots.retain(|root| !is_below(&root.path, path));
        self.n_before = self.n_before.map(|_| n_before - n_gone);
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

    /// The same of a source that the index knows: outside all its roots it was named by itself.
    pub(super) fn called_before(&self, source: Source, path: &str) -> Source {
        let Some(n_before) = self.n_before else {
            return self.called(source, path);
        };
        let mut before = self.roots[..n_before].iter();
        let root = before.find(|root| is_below(path, &root.path));
        match (root, Path::new(path).file_name()) {
            (Some(root), _) => source.called(Path::new(below(path, &root.path))),
            (None, Some(name)) => source.called(Path::new(name)),
            (None, None) => source,
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

/// Where a path lies that begins as one of the roots of an index, by where the root lies.
pub(super) fn place_of(dir: &Path, roots: &[Root], path: &str) -> Option<PathBuf> {
    let root = roots.iter().find(|root| is_below(path, &root.path))?;
    let place = index::kept_at(dir, root.place.as_ref()?);
    Some(match below(path, &root.path) {
        "" => place,
        rest => place.join(rest),
    })
}

/// The path by which a root is reached: the one that was named, if that leads there from where one stands.
pub(super) fn reachable(dir: &Path, root: &Root) -> PathBuf {
    let named = PathBuf::from(&root.path);
    let Some(place) = &root.place else {
        return named;
    };
    let place = index::kept_at(dir, place);
    let leads_there = match (named.canonicalize(), place.canonicalize()) {
        (Ok(named), Ok(place)) => named == place,
        (_, there) => there.is_err(),
    };
    if leads_there { named } else { place }
}

/// Where a root lies now; none where there is nothing any more.
fn canonical(dir: &Path, root: &Root) -> Option<PathBuf> {
    let place = root.place.as_ref()?;
    index::kept_at(dir, place).canonicalize().ok()
}

/// How paths begin that are walked from a given path and lie in a root, and how the index has them; none where the two have
/// nothing in common. `place` and `there` are where the given path and the root lie.
fn other_path(path: &str, place: &Path, root: &Root, there: &Path) -> Option<(String, String)> {
    match (place.strip_prefix(there), there.strip_prefix(place)) {
        (Ok(below), _) => Some((path.to_string(), joined(&root.path, below))),
        (_, Ok(below)) => Some((joined(path, below), root.path.clone())),
        _ => None,
    }
}

fn joined(path: &str, below: &Path) -> String {
    shown(&source::clean(&Path::new(path).join(below)))
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
        Roots {
            roots: roots.map(|path| root(path)).collect(),
            n_before: Some(before.len()),
            others: Vec::new(),
        }
    }

    fn root(path: &str) -> Root {
        Root {
            path: path.to_string(),
            place: None,
        }
    }

    #[test]
    fn a_root_is_recognised_in_what_is_walked() {
        for (path, place, root_path, there, expected) in [
            (
                "/w/corpus",
                "/w/corpus",
                "corpus",
                "/w/corpus",
                Some(("/w/corpus", "corpus")),
            ),
            (
                "/w/corpus/2018",
                "/w/corpus/2018",
                "corpus",
                "/w/corpus",
                Some(("/w/corpus/2018", "corpus/2018")),
            ),
            (
                "/w",
                "/w",
                "corpus",
                "/w/corpus",
                Some(("/w/corpus", "corpus")),
            ),
            (
                ".",
                "/w",
                "/w/corpus",
                "/w/corpus",
                Some(("corpus", "/w/corpus")),
            ),
            ("corpus", "/w/corpus", ".", "/w", Some(("corpus", "corpus"))),
            ("/w/corpus-2", "/w/corpus-2", "corpus", "/w/corpus", None),
        ] {
            let found = other_path(path, Path::new(place), &root(root_path), Path::new(there));
            let expected = expected.map(|(walked, kept)| (walked.to_string(), kept.to_string()));
            assert_eq!(found, expected, "{path}, {root_path}");
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
            others: Vec::new(),
        };
        let corpus = vec![root("corpus")];
        let known = ["corpus/a.txt".to_string(), "news/b.txt".to_string()];
        assert_eq!(info(corpus.clone()).kept(known.iter()), None);
        assert_eq!(info(corpus.clone()).kept(known[..1].iter()), Some(corpus));
    }
}
