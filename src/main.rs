//! The binary: runs the command line on the process's own arguments and streams.

use std::io::{BufWriter, stderr, stdout};
use std::process::ExitCode;

use tradewire::cli::{Terminal, run};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut out = BufWriter::with_capacity(1 << 16, stdout());
    run(
        std::env::args_os(),
        Terminal::of_process(),
        &mut out,
        &mut stderr(),
    )
    .into()
}
