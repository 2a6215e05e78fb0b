//! Articles by what a person calls them.

use super::{Failure, Stop};
use crate::article::Paragraph;
use crate::index::Index;
use crate::ingest;
use crate::lists::Lists;
use crate::names;
use crate::schema;

/// The paragraphs of each article; several articles may have one id.
pub(super) type Articles = Vec<Vec<Paragraph>>;

/// The articles of an id, or else of a path, and which paragraph it names; an error when there is none. An id may itself hold
/// a `#`.
pub(super) fn find(index: &Index, id: &str) -> Result<(Articles, Option<usize>), Stop> {
    let (articles, focus) = look_up(index, id)?;
    if articles.is_empty() {
        return Err(Stop::Failed(unknown(index, id)?));
    }
    for paragraphs in &articles {
        if focus.is_some_and(|ordinal| ordinal >= paragraphs.len()) {
            let last = paragraphs.len().saturating_sub(1);
            let message = match paragraphs.first() {
                Some(first) => format!("`{}` has only the paragraphs 0 to {last}", first.head.id),
                None => format!("`{id}` has no paragraphs"),
            };
            return Err(Stop::Failed(Failure {
                message,
                hint: None,
            }));
        }
    }
    Ok((articles, focus))
}

fn look_up(index: &Index, id: &str) -> Result<(Articles, Option<usize>), Stop> {
    let articles = named(index, id)?;
    if articles.is_empty()
        && let Some((article, ordinal)) = id.rsplit_once('#')
        && let Ok(ordinal) = ordinal.parse()
    {
        return Ok((named(index, article)?, Some(ordinal)));
    }
    Ok((articles, None))
}

fn named(index: &Index, name: &str) -> Result<Articles, Stop> {
    let path = ingest::known_path(index, name);
    for (field, value) in [("article", name), ("path", &path)] {
        let articles = schema::field(field).map(|field| index.articles(field, value));
        let articles = articles.transpose()?.unwrap_or_default();
        if !articles.is_empty() {
            return Ok(articles);
        }
    }
    Ok(Vec::new())
}

fn unknown(index: &Index, id: &str) -> Result<Failure, Stop> {
    if let Some((article, ordinal)) = id.rsplit_once('#')
        && let Some(paragraphs) = named(index, article)?.first()
    {
        return Ok(Failure {
            message: format!("`{ordinal}` is not the number of a paragraph"),
            hint: Some(format!(
                "`{article}` has those from 0 to {}",
                paragraphs.len().saturating_sub(1)
            )),
        });
    }
    let article = id.split('#').next().unwrap_or(id);
    let hint = match schema::field("article") {
        Some(field) => {
            match names::resolve(field, article, &index.values(field)?, &Lists::default()) {
                Ok(alike) => alike
                    .values
                    .first()
                    .map(|id| format!("did you mean `{id}`?")),
                Err(unresolved) => unresolved.hint,
            }
        }
        None => None,
    };
    Ok(Failure {
        message: format!("no article has the id `{article}`"),
        hint: Some(
            hint.unwrap_or_else(|| {
                "ids are shown with every hit of `tradewire search`".to_string()
            }),
        ),
    })
}
