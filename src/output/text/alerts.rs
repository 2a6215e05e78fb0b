//! Searches that are kept, and what is new for them.

use std::io;

use super::hits::put_hit;
use super::screen::Screen;
use super::styled::Styled;
use crate::output::numbers::counted;
use crate::report::AlertReport;
use crate::search::Hit;

const INDENT: usize = 2;

pub(super) fn alerts(alerts: &[AlertReport], screen: &mut Screen) -> io::Result<()> {
    for (alert_idx, alert) in alerts.iter().enumerate() {
        if alert_idx > 0 {
            screen.blank()?;
        }
        screen.indented(0, &Styled::new(&alert.name, screen.looks.title))?;
        screen.indented(INDENT, &Styled::plain(&asked(alert)))?;
        put_note(alert, screen)?;
        let run = match &alert.last_run {
            Some(time) => format!("last run {time}"),
            None => "not run yet".to_owned(),
        };
        let seen = counted(alert.n_seen, "paragraph");
        let dates = format!("added {}, {run}, {seen} seen", alert.created);
        screen.indented(INDENT, &Styled::new(&dates, screen.looks.dim))?;
    }
    Ok(())
}

/// New paragraphs, the first of each alert below what it asks.
pub(super) fn news(
    alert: &AlertReport,
    hits: &[Hit],
    n_before: u64,
    n_before_all: u64,
    screen: &mut Screen,
) -> io::Result<()> {
    if n_before == 0 && !hits.is_empty() {
        if n_before_all > 0 {
            screen.blank()?;
        }
        let since = match &alert.last_run {
            Some(time) => format!("new since {time}"),
            None => format!("new since it was added {}", alert.created),
        };
        let mut head = Styled::new(&alert.name, screen.looks.title);
        head.push_plain(&format!(": {}, {since}", asked(alert)));
        screen.indented(0, &head)?;
        put_note(alert, screen)?;
    }
    for hit in hits {
        screen.blank()?;
        put_hit(hit, &[], screen)?;
    }
    Ok(())
}

fn asked(alert: &AlertReport) -> String {
    let asked = alert.typed.to_string();
    match asked.is_empty() {
        true => "everything".to_owned(),
        false => asked,
    }
}

fn put_note(alert: &AlertReport, screen: &mut Screen) -> io::Result<()> {
    match &alert.note {
        Some(note) => screen.indented(INDENT, &Styled::plain(note)),
        None => Ok(()),
    }
}
