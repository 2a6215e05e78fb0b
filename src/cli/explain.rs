//! `tradewire explain`

use clap::Args;

use super::answer::{self, FormatFlag};
use super::lists::Named;
use super::{Exit, IndexFlag, Stop, Streams, articles};
use crate::article::{Line, Mention, Paragraph, Quote};
use crate::extract::{self, organization, person, speaker};
use crate::field::Field;
use crate::index::Index;
use crate::output::Answer;
use crate::report::{Explanation, InFull, Reason};

/// Say why a paragraph has its values: the words, the rule, the lines of lists and how often the rule is right
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A paragraph's id (`2018/japan-us-talks#3`), or an article's id or path for all of its paragraphs
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    format: FormatFlag,
}

const EXAMPLES: &str = "\
Examples:
  tradewire explain 2018/japan-us-talks#3
  tradewire explain 2018/japan-us-talks#3 --format json
  tradewire explain 2018/japan-us-talks --format csv";

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let index = Index::open(&arguments.index.dir)?;
    let own = Named::of(&index)?;
    let (articles, focus) = articles::find(&index, &arguments.id)?;
    let explanations: Vec<Explanation> = articles
        .iter()
        .flat_map(|paragraphs| {
            let asked = paragraphs.iter();
            asked
                .filter(|paragraph| focus.is_none_or(|focus| focus == paragraph.ordinal))
                .map(|paragraph| explain(paragraph, paragraphs, &own))
        })
        .collect();
    answer::show(
        arguments.format.format,
        &Answer::Explained(&explanations),
        streams,
    )?;
    Ok(Exit::Yes)
}

fn explain(paragraph: &Paragraph, article: &[Paragraph], own: &Named) -> Explanation {
    let mention = |mention: &Mention| {
        let words = paragraph.text.get(mention.span.clone()).unwrap_or_default();
        let mut lines = own.lines(mention, words);
        lines.extend(extract::lines(mention, words));
        Reason {
            in_full: in_full(mention, words, article),
            ..reason(mention.field, mention.rule, lines)
        }
    };
    let quote = |quote: &Quote| {
        let cue = quote.cue.clone().and_then(|cue| paragraph.text.get(cue));
        let lines = speaker::cue_lines(cue.unwrap_or_default());
        reason(&speaker::FIELD, quote.rule, lines)
    };
    Explanation {
        mentions: paragraph.mentions.iter().map(mention).collect(),
        quotes: paragraph.quotes.iter().map(quote).collect(),
        paragraph: paragraph.clone(),
    }
}

fn reason(field: &Field, rule: &str, lines: Vec<Line>) -> Reason {
    let rule = extract::rule(field, rule);
    Reason {
        help: rule.map(|rule| rule.help),
        confidence: rule.and_then(|rule| rule.confidence),
        lines,
        in_full: None,
    }
}

/// Where the article first names the value in more words than these, if they are not the value itself.
fn in_full(mention: &Mention, words: &str, article: &[Paragraph]) -> Option<InFull> {
    let is_named_in_full = NAMED_IN_FULL.contains(&mention.field);
    if !is_named_in_full || words == mention.value {
        return None;
    }
    let n_words = words.split_whitespace().count();
    article.iter().find_map(|paragraph| {
        let same = |other: &&Mention| other.value == mention.value && other.field == mention.field;
        let spans = paragraph.mentions.iter().filter(same);
        let mut texts = spans.filter_map(|other| paragraph.text.get(other.span.clone()));
        let longer = texts.find(|text| text.split_whitespace().count() > n_words)?;
        Some(InFull {
            ordinal: paragraph.ordinal,
            words: longer.to_string(),
        })
    })
}

/// The fields whose values articles give in full once, and shorter or by a pronoun afterwards.
static NAMED_IN_FULL: &[&Field] = &[&person::FIELD, &speaker::FIELD, &organization::FIELD];
