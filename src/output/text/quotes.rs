//! Who said what: a quote after the other, with date, speaker, cue and the paragraph.

use std::io;

use super::hits::{put_paging, put_summary};
use super::screen::Screen;
use super::styled::Styled;
use super::{counts, hits};
use crate::article::{Paragraph, Quote};
use crate::output::Page;
use crate::search::{self, Expansion, Hit, Results};

/// As wide as a date.
const UNDATED: &str = "undated   ";

pub(super) fn quotes(
    query: &str,
    expansions: &[Expansion],
    results: &Results,
    page: Page,
    speakers: &[String],
    screen: &mut Screen,
) -> io::Result<()> {
    put_summary(query, expansions, results, screen)?;
    let mut quotes = search::quotes(results.hits(), speakers).peekable();
    if quotes.peek().is_some() {
        screen.blank()?;
    }
    for (hit, quote) in quotes {
        put_quote(hit, quote, screen)?;
    }
    if !results.facets.is_empty() && results.n_paragraphs > 0 {
        counts::facets(&results.facets, screen)?;
    }
    put_paging(results, page, screen)
}

fn put_quote(hit: &Hit, quote: &Quote, screen: &mut Screen) -> io::Result<()> {
    let looks = screen.looks;
    let paragraph: &Paragraph = &hit.paragraph;
    let published = paragraph.head.published;
    let date = published.map_or(UNDATED.to_owned(), |published| published.date.to_string());
    let mut label = Styled::new(&date, looks.dim);
    label.push_plain("  ");
    let mut line = Styled::new(&quote.speaker, looks.title);
    let cue = quote.cue.clone().and_then(|cue| paragraph.text.get(cue));
    if let Some(cue) = cue {
        line.push_plain(" ");
        line.push_plain(cue);
    }
    line.push_plain(": ");
    line.push_plain(if quote.direct { "“" } else { "" });
    let content = quote.content.clone();
    if paragraph.text.get(content.clone()).is_some() {
        line.append(hits::marked_part(
            &paragraph.text,
            &hit.highlights,
            content,
            looks,
        ));
    }
    line.push_plain(if quote.direct { "”" } else { "" });
    line.push(&format!("  {}", paragraph.id()), looks.dim);
    screen.wrapped(&label, &line)
}
