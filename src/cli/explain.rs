//! `tradewire explain`

use clap::Args;
use rustc_hash::FxHashMap;

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
            let names = FullNames::of(paragraphs);
            let asked = paragraphs
                .iter()
                .filter(|paragraph| focus.is_none_or(|focus| focus == paragraph.ordinal));
            let explained = asked.map(|paragraph| explain(paragraph, &names, &own));
            explained.collect::<Vec<Explanation>>()
        })
        .collect();
    answer::show(
        arguments.format.format,
        &Answer::Explained(&explanations),
        streams,
    )?;
    Ok(Exit::Yes)
}

fn explain(paragraph: &Paragraph, names: &FullNames, own: &Named) -> Explanation {
    let mention = |mention: &Mention| {
        let words = paragraph.text.get(mention.span.clone()).unwrap_or_default();
        let mut lines = own.lines(mention, words);
        lines.extend(extract::lines(mention, words));
        Reason {
            in_full: names.in_full(mention, words),
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

/// Where an article first names each value in so many words, and where first in more: gathered once, so that an article of
/// any length takes linear time.
#[derive(Default)]
struct FullNames(FxHashMap<(&'static str, String), Vec<(usize, InFull)>>);

impl FullNames {
    fn of(article: &[Paragraph]) -> FullNames {
        let mut names = FullNames::default();
        for paragraph in article {
            let mentions = paragraph.mentions.iter();
            for mention in mentions.filter(|mention| NAMED_IN_FULL.contains(&mention.field)) {
                let words = paragraph.text.get(mention.span.clone()).unwrap_or_default();
                let n_words = words.split_whitespace().count();
                let key = (mention.field.name, mention.value.to_string());
                let longer_and_longer = names.0.entry(key).or_default();
                if longer_and_longer
                    .last()
                    .is_none_or(|(most, _)| *most < n_words)
                {
                    let in_full = InFull {
                        ordinal: paragraph.ordinal,
                        words: words.to_string(),
                    };
                    longer_and_longer.push((n_words, in_full));
                }
            }
        }
        names
    }

    /// Where the article first names the value in more words than these, if they are not the value itself.
    fn in_full(&self, mention: &Mention, words: &str) -> Option<InFull> {
        let n_words = words.split_whitespace().count();
        let key = (mention.field.name, mention.value.to_string());
        let mut longer = self.0.get(&key)?.iter();
        let (_, in_full) = longer.find(|(n_others, _)| *n_others > n_words)?;
        (words != mention.value).then(|| in_full.clone())
    }
}

/// The fields whose values articles give in full once, and shorter or by a pronoun afterwards.
static NAMED_IN_FULL: &[&Field] = &[&person::FIELD, &speaker::FIELD, &organization::FIELD];
