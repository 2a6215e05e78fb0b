//! What the program runs in: handed in by `main`, so that the commands can be run without it.

/// The streams as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Whether answers may have colours.
    pub colour: bool,
    /// Whether messages may have colours.
    pub colour_err: bool,
    /// Whether answers go to a terminal.
    pub is_terminal: bool,
    /// Whether messages go to a terminal, so that progress can be shown.
    pub is_terminal_err: bool,
    /// Columns.
    pub width: usize,
    /// How many threads to use.
    pub n_threads: usize,
}

/// Lines of text for people who read it in a file or a pipe.
const PLAIN_WIDTH: usize = 100;

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 120;

impl Terminal {
    /// Neither colours nor progress, as in a pipe.
    pub fn plain() -> Terminal {
        Terminal {
            colour: false,
            colour_err: false,
            is_terminal: false,
            is_terminal_err: false,
            width: PLAIN_WIDTH,
            n_threads: 2,
        }
    }

    /// Looks at this process's streams and environment.
    pub fn of_process() -> Terminal {
        use std::io::IsTerminal;
        let is_terminal = std::io::stdout().is_terminal();
        let is_terminal_err = std::io::stderr().is_terminal();
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let colours =
            !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let width =
            terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0));
        Terminal {
            colour: is_terminal && colours,
            colour_err: is_terminal_err && colours,
            is_terminal,
            is_terminal_err,
            width: if is_terminal {
                width.clamp(40, WIDEST)
            } else {
                PLAIN_WIDTH
            },
            n_threads: std::thread::available_parallelism().map_or(2, usize::from),
        }
    }
}
