//! Answers for people in a terminal: wrapped to the width, matches and mentions marked, numbers grouped.
//! Texts are not ours: none of their control characters gets through (see `styled`).

use std::io::{self, Write};

use super::{Answer, Output, Style};
use looks::Looks;
use screen::Screen;

mod alerts;
mod article;
mod counts;
mod cross;
mod explained;
mod histogram;
mod hits;
mod looks;
mod quotes;
mod reports;
mod screen;
mod significant;
mod styled;

pub(super) const OUTPUT: Output = Output {
    name: "text",
    help: "for people: wrapped to the width, matches marked",
    has_head: true,
    is_for_people: true,
    write,
};

fn write(answer: &Answer, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut screen = Screen::new(style.width, Looks::new(style.colour), out);
    match *answer {
        Answer::Search {
            query,
            expansions,
            results,
            page,
        } => hits::search(query, expansions, results, page, &mut screen)?,
        Answer::Quotes {
            query,
            expansions,
            results,
            page,
            speakers,
        } => quotes::quotes(query, expansions, results, page, speakers, &mut screen)?,
        Answer::Facets {
            query,
            expansions,
            results,
        } => hits::facets(query, expansions, results, &mut screen)?,
        Answer::Paragraphs { paragraphs, .. } => hits::paragraphs(paragraphs, &mut screen)?,
        Answer::Article { paragraphs, focus } => article::article(paragraphs, focus, &mut screen)?,
        Answer::Explained(explanations) => explained::explained(explanations, &mut screen)?,
        Answer::Stats(stats) => reports::stats(stats, &mut screen)?,
        Answer::Check(report) => reports::check(report, &mut screen)?,
        Answer::Indexed(report) => reports::indexed(report, &mut screen)?,
        Answer::Alerts(reports) => alerts::alerts(reports, &mut screen)?,
        Answer::News {
            alert,
            hits,
            n_before,
            n_before_all,
        } => alerts::news(alert, hits, n_before, n_before_all, &mut screen)?,
        Answer::NewsEnd { .. } => {}
    }
    screen.flush()
}
