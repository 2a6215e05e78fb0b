//! `tradewire show`

use clap::Args;

use super::answer::{self, FormatFlag};
use super::{Exit, Failure, IndexFlag, Stop, Streams};
use crate::index::Index;
use crate::names;
use crate::output::Answer;
use crate::schema;

/// Show an article, or a paragraph in its article, with its mentions marked
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// An article's id or path, or a paragraph's id: `2018/japan-us-talks`, `corpus/2018/japan-us-talks.txt`,
    /// `2018/japan-us-talks#3`
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    format: FormatFlag,
}

const EXAMPLES: &str = "\
Examples:
  tradewire show 2018/japan-us-talks
  tradewire show 2018/japan-us-talks#3
  tradewire show 2018/japan-us-talks --format json";

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let index = Index::open(&arguments.index.dir)?;
    let (articles, focus) = find(&index, &arguments.id)?;
    if articles.is_empty() {
        return Err(Stop::Failed(unknown(&index, &arguments.id)?));
    }
    for paragraphs in &articles {
        if let Some(ordinal) = focus
            && ordinal >= paragraphs.len()
        {
            let message = format!(
                "`{}` has only the paragraphs 0 to {}",
                paragraphs[0].head.id,
                paragraphs.len().saturating_sub(1)
            );
            return Err(Stop::Failed(Failure {
                message,
                hint: None,
            }));
        }
        answer::show(
            arguments.format.format,
            &Answer::Article { paragraphs, focus },
            streams,
        )?;
    }
    Ok(Exit::Yes)
}

type Articles = Vec<Vec<crate::article::Paragraph>>;

/// The articles of an id, or else of a path, and which paragraph it names. An id may itself hold a `#`.
fn find(index: &Index, id: &str) -> Result<(Articles, Option<usize>), Stop> {
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
    for field in ["article", "path"].into_iter().filter_map(schema::field) {
        let articles = index.articles(field, name)?;
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
        Some(field) => match names::resolve(field, article, &index.values(field)?) {
            Ok(alike) => alike
                .values
                .first()
                .map(|id| format!("did you mean `{id}`?")),
            Err(unresolved) => unresolved.hint,
        },
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
