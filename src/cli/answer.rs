//! `--format`: how an answer is written.

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;

use super::pager;
use super::{Stop, Streams, written};
use crate::output::notes::notes;
use crate::output::{Answer, OUTPUTS, Output, Style};

/// The format of the answer.
#[derive(Debug, Clone, Args)]
pub(super) struct FormatFlag {
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats())]
    pub(super) format: &'static Output,
}

/// The names of the formats, with their help, as clap knows them.
pub(super) fn formats() -> impl TypedValueParser<Value = &'static Output> {
    let values = OUTPUTS
        .iter()
        .map(|output| clap::builder::PossibleValue::new(output.name).help(output.help));
    PossibleValuesParser::new(values).map(|name| {
        OUTPUTS
            .iter()
            .find(|output| output.name == name)
            .unwrap_or(&OUTPUTS[0])
    })
}

/// How text looks on the terminal.
pub(super) fn style(streams: &Streams) -> Style {
    Style {
        colour: streams.terminal.colour,
        width: streams.terminal.width,
    }
}

/// Writes an answer.
pub(super) fn write(format: &Output, answer: &Answer, streams: &mut Streams) -> Result<(), Stop> {
    written((format.write)(answer, &style(streams), streams.out))
}

/// Writes an answer to read, through the pager where it does not fit on the screen. What the format does not say of it is said
/// as messages.
pub(super) fn show(format: &Output, answer: &Answer, streams: &mut Streams) -> Result<(), Stop> {
    put(format, answer, streams)?;
    if !format.is_for_people {
        for note in notes(answer) {
            streams.say(&note);
        }
    }
    Ok(())
}

fn put(format: &Output, answer: &Answer, streams: &mut Streams) -> Result<(), Stop> {
    let Some(command) = streams.terminal.pager else {
        return write(format, answer, streams);
    };
    let mut text = Vec::new();
    written((format.write)(answer, &style(streams), &mut text))?;
    let n_lines = text.iter().filter(|byte| **byte == b'\n').count();
    if n_lines >= streams.terminal.height && pager::show(command, &text) {
        return Ok(());
    }
    written(streams.out.write_all(&text))
}
