//! `--format`: how an answer is written.

use clap::Args;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;

use super::{Stop, Streams, written};
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

/// Writes an answer.
pub(super) fn write(format: &Output, answer: &Answer, streams: &mut Streams) -> Result<(), Stop> {
    let style = Style {
        colour: streams.terminal.colour,
        width: streams.terminal.width,
    };
    written((format.write)(answer, &style, streams.out))
}
