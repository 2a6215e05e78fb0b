//! An article, and what is found in it: plain data that passes between rooms.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use rustc_hash::FxHashSet;

use crate::field::Field;

/// One published text, cut into paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// The source's own id or URL, or else its path below the indexed folder without extension; stable between runs.
    pub id: String,
    /// The path of the source, as the user named it.
    pub path: String,
    /// The headline; where the text has none, made from the first paragraph.
    pub title: String,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<Published>,
    pub url: Option<String>,
    /// The BCP 47 tag that the source states; none is guessed.
    pub language: Option<String>,
    pub dateline: Option<Dateline>,
    /// The paragraphs as a reader sees them, none of them empty; the place in this list is the ordinal.
    pub paragraphs: Vec<String>,
}

/// The place line at the head of a wire story ("WASHINGTON, Sept 26 (AFP) -").
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dateline {
    /// The place as printed, without date and agency ("WASHINGTON").
    pub place: String,
    /// Where the text proper begins in the first paragraph, in bytes; 0 when the place line stood apart.
    pub end: usize,
}

/// When an article was published: a day, with the time in UTC where the source states one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Published {
    pub date: Date,
    /// Seconds since midnight UTC.
    pub second_of_day: Option<u32>,
}

impl Published {
    /// A day without a time.
    pub fn day(date: Date) -> Published {
        Published {
            date,
            second_of_day: None,
        }
    }

    /// Seconds since 1970-01-01 UTC; midnight when no time is known.
    pub fn timestamp(self) -> i64 {
        let days = i64::from((self.date - jiff::civil::date(1970, 1, 1)).get_days());
        days * 86_400 + i64::from(self.second_of_day.unwrap_or(0))
    }
}

/// `2018-09-27`, or `2018-09-27T14:05:00Z` where a time is known.
impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = *b"0000-00-00T00:00:00Z";
        let mut put = |last: usize, n_digits: usize, mut number: u32| {
            for digit in out[..last].iter_mut().rev().take(n_digits) {
                *digit += (number % 10) as u8;
                number /= 10;
            }
        };
        put(4, 4, self.date.year().unsigned_abs().into());
        put(7, 2, self.date.month().unsigned_abs().into());
        put(10, 2, self.date.day().unsigned_abs().into());
        let second = self.second_of_day.unwrap_or(0);
        put(13, 2, second / 3600);
        put(16, 2, second / 60 % 60);
        put(19, 2, second % 60);
        let length = if self.second_of_day.is_some() { 20 } else { 10 };
        f.write_str(std::str::from_utf8(&out[..length]).unwrap_or_default())
    }
}

/// Reads what `Display` writes.
impl FromStr for Published {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Published, jiff::Error> {
        match text.strip_suffix('Z') {
            Some(instant) => {
                let instant: DateTime = instant.parse()?;
                let (hour, minute, second) = (
                    instant.hour() as u32,
                    instant.minute() as u32,
                    instant.second() as u32,
                );
                Ok(Published {
                    date: instant.date(),
                    second_of_day: Some(hour * 3600 + minute * 60 + second),
                })
            }
            None => Ok(Published::day(text.parse()?)),
        }
    }
}

/// A facet value: of our own lists, or a name out of the text.
pub type Value = Cow<'static, str>;

/// A place in a paragraph that names something. One of no bytes at its beginning is named by a place line that stands apart,
/// by no words of the paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub field: &'static Field,
    /// The normal form.
    pub value: Value,
    /// The ordinal of the paragraph.
    pub paragraph: usize,
    /// Bytes of the paragraph's text, on character boundaries.
    pub span: Range<usize>,
    /// Which rule found it, by the name that the table of rules has for it.
    pub rule: &'static str,
}

/// A line of a list that speaks for a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The file: of our own lists `country/places.tsv`, of the user's as he named it.
    pub list: Cow<'static, str>,
    /// From 1.
    pub number: usize,
    /// The name in the line that counts.
    pub entry: String,
}

/// Words that a paragraph reports of a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub speaker: Value,
    pub paragraph: usize,
    /// The reporting verb or phrase ("said"); none where a quotation runs on from the paragraph before.
    pub cue: Option<Range<usize>>,
    /// The words, without the quotation marks around them.
    pub content: Range<usize>,
    /// Whether the words stand in quotation marks.
    pub direct: bool,
    pub rule: &'static str,
}

/// All that the extractors found in an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    pub mentions: Vec<Mention>,
    pub quotes: Vec<Quote>,
    /// For each paragraph where its sentences begin, in bytes of its text, without the first.
    pub sentences: Vec<Vec<usize>>,
}

impl Findings {
    /// The mentions of one field in one paragraph.
    pub fn of<'a>(
        &'a self,
        field: &'static Field,
        paragraph: usize,
    ) -> impl Iterator<Item = &'a Mention> {
        self.mentions
            .iter()
            .filter(move |mention| mention.paragraph == paragraph && mention.field == field)
    }
}

/// What every paragraph of an article shows of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    pub id: String,
    pub path: String,
    pub title: String,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<Published>,
    pub url: Option<String>,
    pub language: Option<String>,
}

/// The unit of search: a paragraph with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    pub head: Arc<Head>,
    pub ordinal: usize,
    pub text: String,
    /// By place.
    pub mentions: Vec<Mention>,
    pub quotes: Vec<Quote>,
    /// Where sentences begin, in bytes of the text, without the first; in order.
    pub sentences: Vec<usize>,
}

impl Paragraph {
    /// The permanent name: `article#ordinal`.
    pub fn id(&self) -> String {
        format!("{}#{}", self.head.id, self.ordinal)
    }

    /// The values of a facet in order of first mention, without repeats.
    pub fn values(&self, field: &Field) -> Vec<&str> {
        let mut values = Vec::new();
        self.each_value(field, |value| values.push(value));
        values
    }

    /// Calls `each` with those values.
    pub fn each_value<'a>(&'a self, field: &Field, mut each: impl FnMut(&'a str)) {
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for (mention_idx, mention) in self.mentions.iter().enumerate() {
            if mention.field != field {
                continue;
            }
            // Looking through the few mentions of a usual paragraph is faster than hashing; a list of all the companies of
            // the world must not take quadratic time.
            let is_new = if self.mentions.len() <= FEW_MENTIONS {
                let mut before = self.mentions[..mention_idx].iter();
                !before.any(|before| before.value == mention.value && before.field == field)
            } else {
                seen.insert(&mention.value)
            };
            if is_new {
                each(&mention.value);
            }
        }
    }
}

/// Of so many mentions at most the values are compared one by one.
const FEW_MENTIONS: usize = 32;

/// Joins an article and what was found in it to paragraphs, in order.
pub fn paragraphs(article: Article, findings: Findings) -> Vec<Paragraph> {
    let head = Arc::new(Head {
        id: article.id,
        path: article.path,
        title: article.title,
        byline: article.byline,
        publisher: article.publisher,
        published: article.published,
        url: article.url,
        language: article.language,
    });
    let mut mentions = findings.mentions.into_iter();
    let mut quotes = findings.quotes.into_iter();
    let mut sentences = findings.sentences.into_iter();
    let paragraph = |(ordinal, text)| {
        let is_here = |mention: &Mention| mention.paragraph <= ordinal;
        let n_mentions = mentions.as_slice().partition_point(is_here);
        let is_here = |quote: &Quote| quote.paragraph <= ordinal;
        let n_quotes = quotes.as_slice().partition_point(is_here);
        Paragraph {
            head: Arc::clone(&head),
            ordinal,
            text,
            mentions: mentions.by_ref().take(n_mentions).collect(),
            quotes: quotes.by_ref().take(n_quotes).collect(),
            sentences: sentences.next().unwrap_or_default(),
        }
    };
    article
        .paragraphs
        .into_iter()
        .enumerate()
        .map(paragraph)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    #[test]
    fn values_come_once_in_order_of_first_mention() {
        for n_values in [0, 1, FEW_MENTIONS - 1, FEW_MENTIONS, FEW_MENTIONS + 1, 1000] {
            let field = schema::field("organization").expect("the schema has organizations");
            let mention = |idx: usize| Mention {
                field,
                value: format!("Company {idx}").into(),
                paragraph: 0,
                span: 0..0,
                rule: "test",
            };
            let paragraph = Paragraph {
                head: Arc::default(),
                ordinal: 0,
                text: String::new(),
                mentions: (0..n_values)
                    .flat_map(|idx| [mention(idx), mention(idx / 2)])
                    .collect(),
                quotes: Vec::new(),
                sentences: Vec::new(),
            };
            let expected: Vec<String> = (0..n_values).map(|idx| format!("Company {idx}")).collect();
            assert_eq!(paragraph.values(field), expected);
        }
    }
}
