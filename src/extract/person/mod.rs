//! People that the text names.
//!
//! Article in, person mentions out. Capitalised sequences become candidates ([`scan`]), the words in and beside them are weighed
//! over the whole article ([`evidence`], with the lists of [`lexicon`] and [`authority`]), and those that pass become people whose
//! surnames are carried on ([`people`]). What the speaker extractor needs to know of a person is in [`roster`](roster()).

use std::ops::Range;

use crate::article::{Findings, Mention};
use crate::extract::{Extractor, Reading, country};
use crate::field::{Field, Kind, no_spellings};
use crate::text::tokens::Text;

mod authority;
mod evidence;
mod lexicon;
mod people;
mod roster;
mod scan;

pub use authority::{Holder, Term, holder};
pub use roster::{Gender, Person, roster};

pub static FIELD: Field = Field {
    name: "person",
    key: "people",
    kind: Kind::Facet,
    help: "people that the paragraph names, by full name",
    resolve: no_spellings,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &["country"],
    extract,
};

fn extract(reading: &Reading, findings: &mut Findings) {
    let texts: Vec<&Text> = std::iter::once(&reading.title)
        .chain(&reading.paragraphs)
        .collect();
    let countries = countries(findings, texts.len());
    let words = scan::Words {
        lower: &scan::LowerWords::of(&texts),
        countries: &countries,
    };
    let mut found = scan::Scan::default();
    for (text_idx, text) in texts.iter().enumerate() {
        let dateline = reading.article.dateline.as_ref().filter(|_| text_idx == 1);
        let from = dateline.map_or(0, |dateline| text.token_at(dateline.end));
        scan::scan(text, text_idx, from, &words, &mut found);
    }
    if found.candidates.is_empty() {
        return;
    }
    let setting = people::Setting {
        texts: &texts,
        year: reading
            .article
            .published
            .map(|published| published.date.year()),
        countries: &countries,
    };
    let (values, namings) = people::people(&setting, &found);
    for naming in namings {
        // Mentions are of paragraphs; the title has none.
        let Some(paragraph) = naming.text.checked_sub(1) else {
            continue;
        };
        findings.mentions.push(Mention {
            field: &FIELD,
            value: values[naming.person].clone(),
            paragraph,
            span: texts[naming.text].span(naming.tokens),
            rule: naming.rule,
        });
    }
}

/// The places of country mentions, by text (0 is the title), sorted.
fn countries(findings: &Findings, n_texts: usize) -> Vec<Vec<Range<usize>>> {
    let mut out = vec![Vec::new(); n_texts];
    for mention in &findings.mentions {
        if mention.field == &country::FIELD
            && let Some(spans) = out.get_mut(mention.paragraph + 1)
        {
            spans.push(mention.span.clone());
        }
    }
    for spans in &mut out {
        spans.sort_by_key(|span| (span.end, span.start));
    }
    out
}
