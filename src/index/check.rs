//! Is the index whole? Compares what it says of itself with what lies there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use tantivy::directory::error::OpenReadError;
use tantivy::{Directory, DocAddress, TantivyError};

use super::error::{is_of_content, not_as_written, reading};
use super::layout::DocumentKind;
use super::{Error, Index, Info, folder, open_engine};
use crate::article::Paragraph;
use crate::field::Kind;
use crate::schema;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// What the index says of itself.
    pub info: Info,
    /// Files whose checksums were compared.
    pub n_files: usize,
    /// What is wrong, one thing a line.
    pub problems: Vec<String>,
}

/// Reads all of the index in a folder: the checksum of each file, each document, and whether the counts agree. The files
/// come first, and only when they are as they were written is anything made of them.
///
/// # Errors
///
/// When there is no index, or files cannot be read at all.
pub fn check(dir: &Path) -> Result<Findings, Error> {
    let (engine, info) = open_engine(dir)?;
    let files = files(dir, &engine)?;
    let mut problems = Vec::new();
    for file in &files {
        if is_damaged(&engine, file).map_err(|error| reading(dir, error))? {
            problems.push(not_as_written(&folder(dir).join(file)));
        }
    }
    problems.extend(unnamed(dir, &engine, &files));
    if problems.is_empty() {
        Index::open_as_is(dir)?.check_contents(&mut problems)?;
    }
    Ok(Findings {
        info,
        // The list of contents, which was read first, is one more.
        n_files: files.len() + 1,
        problems,
    })
}

/// The files of all segments, in order. The engine names some that a segment may have and some do not: of those that are
/// missed, opening says so.
fn files(dir: &Path, engine: &tantivy::Index) -> Result<Vec<PathBuf>, Error> {
    let failed = |error: TantivyError| reading(dir, error);
    let metas = engine.load_metas().map_err(failed)?;
    let named: BTreeSet<PathBuf> = metas.list_segment_files().into_iter().collect();
    let mut files = Vec::new();
    for file in named {
        let exists = engine.directory().exists(&file);
        if exists.map_err(|error| failed(error.into()))? {
            files.push(file);
        }
    }
    Ok(files)
}

/// Whether a file differs from its checksum.
pub(super) fn is_damaged(engine: &tantivy::Index, file: &Path) -> tantivy::Result<bool> {
    match engine.directory().validate_checksum(file) {
        Ok(is_whole) => Ok(!is_whole),
        Err(OpenReadError::IoError { io_error, .. }) if is_of_content(io_error.kind()) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Files that the list of files does not name; they would never be removed.
fn unnamed(dir: &Path, engine: &tantivy::Index, files: &[PathBuf]) -> Option<String> {
    let named = engine.directory().list_managed_files();
    let n_unnamed = files.iter().filter(|file| !named.contains(*file)).count();
    let list = folder(dir).join(".managed.json");
    (n_unnamed > 0).then(|| {
        format!(
            "`{}` is not as it was written: it does not name {n_unnamed} of {} files",
            list.display(),
            files.len()
        )
    })
}

impl Index {
    fn check_contents(&self, problems: &mut Vec<String>) -> Result<(), Error> {
        let (mut n_articles, mut n_paragraphs) = (0, 0);
        for (segment_idx, segment) in self.searcher.segment_readers().iter().enumerate() {
            let heads = self
                .documents(segment, DocumentKind::Head)
                .map_err(|error| self.failed(error))?;
            let column = segment
                .fast_fields()
                .u64("_paragraphs")
                .map_err(|error| self.failed(error))?;
            let mut known = FxHashMap::default();
            for head in heads {
                n_articles += 1;
                for step in 1..=column.first(head).unwrap_or(0) {
                    let address = DocAddress::new(segment_idx as u32, head + step as u32);
                    match self.paragraph(address, &mut known) {
                        Ok(paragraph) if paragraph.ordinal as u64 + 1 == step => {
                            n_paragraphs += 1;
                            problems.extend(self.misplaced(address, &paragraph)?);
                        }
                        Ok(paragraph) => {
                            problems.push(format!("`{}` stands in the wrong place", paragraph.id()))
                        }
                        Err(error) => problems.push(error.to_string()),
                    }
                }
                known.clear();
            }
        }
        self.lists()?;
        let sources = self.sources()?;
        let recorded = [
            ("sources", self.info.n_sources, sources.len() as u64),
            ("articles", self.info.n_articles, n_articles),
            ("paragraphs", self.info.n_paragraphs, n_paragraphs),
            (
                "articles of all sources",
                sources.iter().map(|record| record.n_articles).sum(),
                n_articles,
            ),
        ];
        for (what, said, found) in recorded {
            if said != found {
                problems.push(format!(
                    "the index says it has {said} {what}, but {found} are there"
                ));
            }
        }
        Ok(())
    }

    /// Facet values that are stored with a paragraph but not counted for it, or the other way round.
    fn misplaced(&self, address: DocAddress, paragraph: &Paragraph) -> Result<Vec<String>, Error> {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let mut problems = Vec::new();
        for field in
            schema::facets().filter(|field| field.kind == Kind::Facet && field.name != "publisher")
        {
            let column = segment
                .fast_fields()
                .str(field.name)
                .map_err(|error| self.failed(error))?;
            let mut counted: Vec<String> = Vec::new();
            if let Some(column) = column {
                for number in column.term_ords(address.doc_id) {
                    let mut value = String::new();
                    if column.ord_to_str(number, &mut value).unwrap_or(false) {
                        counted.push(value);
                    }
                }
            }
            let mut stored = paragraph.values(field);
            stored.sort_unstable();
            counted.sort_unstable();
            if stored != counted {
                problems.push(format!(
                    "`{}`: the values of `{}` do not agree",
                    paragraph.id(),
                    field.name
                ));
            }
        }
        Ok(problems)
    }
}
