//! Long answers page by page, as git and man show them.

use std::io::Write;
use std::process::{Command, Stdio};

/// Shows a text with a pager, and waits until its reader is done; tells whether there is such a pager.
///
/// The command is given to the shell, because `PAGER` may hold flags. `less` gets those that git gives it: colours, no second
/// screen, an end where the text ends.
pub(super) fn show(command: &str, text: &[u8]) -> bool {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command);
    shell.stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        shell.env("LESS", "FRX");
    }
    let Ok(mut pager) = shell.spawn() else {
        return false;
    };
    if let Some(mut input) = pager.stdin.take() {
        // A reader who has seen enough closes the pager before the end.
        let _ = input.write_all(text);
    }
    const NOT_RUN: [i32; 2] = [126, 127];
    pager
        .wait()
        .is_ok_and(|status| status.code().is_none_or(|code| !NOT_RUN.contains(&code)))
}
