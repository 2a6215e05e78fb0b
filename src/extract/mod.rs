//! Articles to findings: mentions and quotes. Knows no files, no clock, no index; it cannot fail.

use crate::article::{Article, Findings, Line, Mention};
use crate::field::Field;
use crate::text::tokens::Text;

pub mod country;
#[cfg(test)]
mod hostile;
pub mod instrument;
mod known;
mod list_lines;
pub mod organization;
pub mod own;
pub mod person;
mod rules;
pub mod speaker;
pub mod topic;

pub use own::Own;
pub use rules::{Rule, rule, rules};

/// An article as the extractors see it: cut into tokens and sentences once.
#[derive(Debug)]
pub struct Reading<'a> {
    pub article: &'a Article,
    pub title: Text<'a>,
    /// One for each paragraph.
    pub paragraphs: Vec<Text<'a>>,
    /// What the user's lists have to be found.
    pub own: &'a Own,
}

impl<'a> Reading<'a> {
    pub fn new(article: &'a Article, own: &'a Own) -> Reading<'a> {
        let paragraphs = article.paragraphs.iter();
        Reading {
            article,
            title: known::read(&article.title),
            paragraphs: paragraphs.map(|paragraph| known::read(paragraph)).collect(),
            own,
        }
    }

    /// The first token of a paragraph's text proper: behind the place line.
    fn first_token(&self, paragraph: usize) -> usize {
        match (&self.article.dateline, self.paragraphs.get(paragraph)) {
            (Some(dateline), Some(text)) if paragraph == 0 => text.token_at(dateline.end),
            _ => 0,
        }
    }
}

/// Finds one kind of thing in an article.
pub struct Extractor {
    /// The fields that it fills.
    pub fields: &'static [&'static Field],
    /// Names of fields that extractors before it must have filled.
    pub needs: &'static [&'static str],
    /// Adds what it finds in each article to what the extractors before it found there. One step goes through all of them
    /// before the next does, so that its code and lists stay in the caches.
    pub extract: fn(&[Reading], &mut [Findings]),
    /// The lines of its lists that speak for a mention of these words; none where a form or the article tells it.
    pub lines: fn(&Mention, &str) -> Vec<Line>,
}

#[cfg(test)]
impl Extractor {
    /// Adds what it finds in one article.
    fn extract_one(&self, reading: &Reading, findings: &mut Findings) {
        (self.extract)(
            std::slice::from_ref(reading),
            std::slice::from_mut(findings),
        );
    }
}

/// Every extractor, in the order in which they run. To add one, write its file and name it here.
pub static EXTRACTORS: &[&Extractor] = &[
    &country::EXTRACTOR,
    &person::EXTRACTOR,
    &own::PEOPLE,
    &country::NAMESAKES,
    &speaker::EXTRACTOR,
    &topic::EXTRACTOR,
    &instrument::EXTRACTOR,
    &organization::EXTRACTOR,
    &own::EXTRACTOR,
];

/// Finds all that the extractors know in an article, with the user's own names: mentions by paragraph and place, quotes by
/// paragraph and content, and where sentences begin.
pub fn extract(article: &Article, own: &Own) -> Findings {
    extract_all([article], own).pop().unwrap_or_default()
}

/// The same for each of several articles: faster for some together, and slower again for very many.
pub fn extract_all<'a>(
    articles: impl IntoIterator<Item = &'a Article>,
    own: &Own,
) -> Vec<Findings> {
    let articles = articles.into_iter();
    let readings: Vec<Reading> = articles.map(|article| Reading::new(article, own)).collect();
    let findings = readings.iter().map(|reading| Findings {
        // Room for most, so that they need not move while they grow.
        mentions: Vec::with_capacity(4 * reading.paragraphs.len()),
        quotes: Vec::new(),
        sentences: reading.paragraphs.iter().map(sentences).collect(),
    });
    let mut findings: Vec<Findings> = findings.collect();
    for extractor in EXTRACTORS {
        (extractor.extract)(&readings, &mut findings);
    }
    for findings in &mut findings {
        sort(findings);
    }
    findings
}

/// Runs an extractor of a single step.
fn each(
    readings: &[Reading],
    findings: &mut [Findings],
    extract: impl Fn(&Reading, &mut Findings),
) {
    for (reading, findings) in readings.iter().zip(findings) {
        extract(reading, findings);
    }
}

/// Where the sentences of a text begin, without the first.
fn sentences(text: &Text) -> Vec<usize> {
    let sentences = text.sentences.iter().skip(1);
    sentences
        .map(|sentence| text.span(sentence.clone()).start)
        .collect()
}

fn sort(findings: &mut Findings) {
    // Stable, so that of mentions at one place those of earlier extractors stay first.
    findings
        .mentions
        .sort_by_key(|mention| (mention.paragraph, mention.span.start, mention.span.end));
    findings
        .quotes
        .sort_by_key(|quote| (quote.paragraph, quote.content.start, quote.content.end));
}

/// The values that a spelling stands for in a field, as far as the extractors know it; what lists are checked against.
pub fn resolve(field: &str, spelling: &str) -> Vec<&'static str> {
    let mut fields = EXTRACTORS.iter().flat_map(|extractor| extractor.fields);
    fields
        .find(|known| known.name == field)
        .map_or_else(Vec::new, |known| (known.resolve)(spelling))
}

/// The lines of our lists that speak for a mention of these words.
pub fn lines(mention: &Mention, words: &str) -> Vec<Line> {
    let mut extractors = EXTRACTORS.iter();
    let extractor = extractors.find(|extractor| extractor.fields.contains(&mention.field));
    extractor.map_or_else(Vec::new, |extractor| (extractor.lines)(mention, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_are_met_by_extractors_before() {
        for (extractor_idx, extractor) in EXTRACTORS.iter().enumerate() {
            let earlier: Vec<&str> = EXTRACTORS[..extractor_idx]
                .iter()
                .flat_map(|e| e.fields.iter().map(|f| f.name))
                .collect();
            assert!(
                extractor.needs.iter().all(|need| earlier.contains(need)),
                "{:?}",
                extractor.fields
            );
        }
    }
}
