//! Why paragraphs have their values: the text, then each value with the words, the rule and the lines of lists behind it.

use std::io;

use super::looks::Looks;
use super::screen::Screen;
use super::styled::Styled;
use crate::article::{Mention, Paragraph, Quote};
use crate::output::OWN_FACETS;
use crate::report::{Explanation, Reason};

const INDENT: usize = 2;

pub(super) fn explained(explanations: &[Explanation], screen: &mut Screen) -> io::Result<()> {
    for (explanation_idx, explanation) in explanations.iter().enumerate() {
        if explanation_idx > 0 {
            screen.blank()?;
        }
        put(explanation, screen)?;
    }
    Ok(())
}

fn put(explanation: &Explanation, screen: &mut Screen) -> io::Result<()> {
    let looks = screen.looks;
    let paragraph = &explanation.paragraph;
    screen.line(&Styled::new(&paragraph.id(), looks.title))?;
    screen.indented(INDENT, &Styled::plain(&paragraph.text))?;
    let mentions = || paragraph.mentions.iter().zip(&explanation.mentions);
    for field in OWN_FACETS.iter() {
        let mut of_field = mentions().filter(|(mention, _)| mention.field == *field);
        if let Some(first) = of_field.next() {
            screen.blank()?;
            screen.line(&Styled::new(field.name, looks.facet(field)))?;
            for (mention, reason) in std::iter::once(first).chain(of_field) {
                put_mention(mention, reason, paragraph, screen)?;
            }
        }
    }
    if !paragraph.quotes.is_empty() {
        screen.blank()?;
        screen.line(&Styled::new("quotes", looks.title))?;
    }
    for (quote, reason) in paragraph.quotes.iter().zip(&explanation.quotes) {
        put_quote(quote, reason, paragraph, screen)?;
    }
    if paragraph.mentions.is_empty() && paragraph.quotes.is_empty() {
        screen.blank()?;
        screen.line(&Styled::new("nothing was found", looks.dim))?;
    }
    Ok(())
}

/// The value and the words that name it, then why.
fn put_mention(
    mention: &Mention,
    reason: &Reason,
    paragraph: &Paragraph,
    screen: &mut Screen,
) -> io::Result<()> {
    let looks = screen.looks;
    let words = paragraph.text.get(mention.span.clone());
    let place = match words.filter(|words| !words.is_empty()) {
        Some(words) => format!("“{words}”"),
        None => "the place line".to_string(),
    };
    let line = [
        Styled::plain(&mention.value),
        Styled::new(&place, looks.matched),
    ];
    screen.items(INDENT, &line)?;
    put_reason(mention.rule, reason, screen)
}

fn put_quote(
    quote: &Quote,
    reason: &Reason,
    paragraph: &Paragraph,
    screen: &mut Screen,
) -> io::Result<()> {
    let looks = screen.looks;
    let text = |place: &std::ops::Range<usize>| paragraph.text.get(place.clone());
    let mut line = vec![Styled::plain(&quote.speaker)];
    let cue = quote.cue.as_ref().and_then(text);
    line.extend(cue.map(|cue| Styled::new(&format!("“{cue}”"), looks.matched)));
    line.push(Styled::plain(if quote.direct {
        "direct"
    } else {
        "indirect"
    }));
    screen.items(INDENT, &line)?;
    let content = text(&quote.content).unwrap_or_default();
    screen.indented(2 * INDENT, &Styled::plain(&shortened(content)))?;
    put_reason(quote.rule, reason, screen)
}

/// The ends of a long quotation tell which one it is.
fn shortened(content: &str) -> String {
    const MOST_WORDS: usize = 16;
    let words: Vec<&str> = content.split_whitespace().collect();
    if words.len() <= MOST_WORDS {
        return words.join(" ");
    }
    let (first, last) = (
        &words[..MOST_WORDS / 2],
        &words[words.len() - MOST_WORDS / 2..],
    );
    format!("{} … {}", first.join(" "), last.join(" "))
}

fn put_reason(rule: &str, reason: &Reason, screen: &mut Screen) -> io::Result<()> {
    let looks = screen.looks;
    let mut line = Styled::plain(rule);
    match reason.confidence {
        Some(confidence) => line.push(&format!(", right in {confidence} of 100"), looks.good),
        None => line.push(", not measured", looks.dim),
    }
    let help = reason
        .help
        .unwrap_or("a rule of another version of this program");
    line.push_plain(&format!(": {help}"));
    screen.indented(2 * INDENT, &line)?;
    if let Some(in_full) = &reason.in_full {
        let line = format!("in full in #{}: “{}”", in_full.ordinal, in_full.words);
        put_dim(&line, looks, screen)?;
    }
    for line in &reason.lines {
        put_dim(
            &format!("{}:{}  {}", line.list, line.number, line.entry),
            looks,
            screen,
        )?;
    }
    Ok(())
}

fn put_dim(line: &str, looks: Looks, screen: &mut Screen) -> io::Result<()> {
    screen.indented(2 * INDENT, &Styled::new(line, looks.dim))
}
