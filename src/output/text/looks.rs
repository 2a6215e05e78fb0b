//! How things look. Without colour every look is plain, so that those who write need not know.

use anstyle::{AnsiColor, Style};

use crate::field::Field;
use crate::schema;

/// The looks of what is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looks {
    pub(super) colour: bool,
    pub(super) plain: Style,
    pub(super) title: Style,
    /// A value that hits are grouped by.
    pub(super) value: Style,
    /// What is there when needed and else not in the way: ids, labels.
    pub(super) dim: Style,
    /// Words that match, as grep shows them.
    pub(super) matched: Style,
    pub(super) good: Style,
    pub(super) bad: Style,
    pub(super) bar: Style,
}

impl Looks {
    pub(super) fn new(colour: bool) -> Looks {
        let look = |style: Style| if colour { style } else { Style::new() };
        Looks {
            colour,
            plain: Style::new(),
            value: look(Style::new().bold().underline()),
            title: look(Style::new().bold()),
            dim: look(Style::new().dimmed()),
            matched: look(AnsiColor::Red.on_default().bold()),
            good: look(AnsiColor::Green.on_default()),
            bad: look(AnsiColor::Yellow.on_default()),
            bar: look(AnsiColor::Cyan.on_default()),
        }
    }

    /// The facet's own colour.
    pub(super) fn facet(&self, field: &Field) -> Style {
        if !self.colour {
            return Style::new();
        }
        let facet_idx = facet_idx(field);
        FACET_COLOURS[facet_idx % FACET_COLOURS.len()].on_default()
    }
}

/// The place of a facet among all of them: of two that name the same words, the later is the more telling
/// (a speaker is always a person, too).
pub(super) fn facet_idx(field: &Field) -> usize {
    schema::facets()
        .position(|facet| facet == field)
        .unwrap_or_default()
}

/// In the order of the facets. All are legible on light and dark grounds alike, as far as 16 colours can be.
const FACET_COLOURS: &[AnsiColor] = &[
    AnsiColor::Green,
    AnsiColor::Cyan,
    AnsiColor::Magenta,
    AnsiColor::Yellow,
    AnsiColor::BrightBlue,
    AnsiColor::BrightRed,
    AnsiColor::BrightGreen,
    AnsiColor::BrightMagenta,
];
