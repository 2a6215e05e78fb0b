//! `tradewire completions` and `tradewire man`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Arguments, Exit, Stop, Streams, written};

/// Print the completions for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  tradewire completions bash > ~/.local/share/bash-completion/completions/tradewire\n  tradewire completions fish > ~/.config/fish/completions/tradewire.fish"
)]
pub(super) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  tradewire man | man -l -\n  tradewire man > tradewire.1")]
pub(super) struct ManArguments {}

pub(super) fn completions(
    arguments: &CompletionsArguments,
    streams: &mut Streams,
) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Arguments::command(),
        "tradewire",
        &mut script,
    );
    written(streams.out.write_all(&script))?;
    Ok(Exit::Yes)
}

/// The page of the program, then those of the commands.
pub(super) fn man(streams: &mut Streams) -> Result<Exit, Stop> {
    let mut command = Arguments::command();
    command.build();
    written(clap_mangen::Man::new(command.clone()).render(streams.out))?;
    for command in command.get_subcommands() {
        written(clap_mangen::Man::new(command.clone()).render(streams.out))?;
        for command in command.get_subcommands() {
            written(clap_mangen::Man::new(command.clone()).render(streams.out))?;
        }
    }
    Ok(Exit::Yes)
}
