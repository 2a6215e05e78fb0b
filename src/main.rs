//! The binary: runs the command line on the process's own arguments and streams.

use std::io::{BufWriter, Write, stderr, stdout};
use std::process::ExitCode;

use tradewire::cli::{Terminal, run};
use tradewire::contain;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        if !contain::note(panic) {
            fail(&panic.to_string());
        }
    }));
    let mut out = BufWriter::with_capacity(1 << 16, stdout());
    run(
        std::env::args_os(),
        Terminal::of_process(),
        &mut out,
        &mut stderr(),
    )
    .into()
}

/// Ends the process when something came up that nobody thought of; most likely a file of the index is damaged, which is
/// not looked for on every search.
#[expect(clippy::exit, reason = "only here does the process end early")]
fn fail(panic: &str) {
    let _ = writeln!(
        stderr(),
        "error: tradewire stumbled: {panic}\n\
         hint: `tradewire check` says whether the index is damaged; if it is whole, this is a bug that we would like to know of"
    );
    std::process::exit(2);
}
