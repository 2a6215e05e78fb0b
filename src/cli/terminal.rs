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
    /// Columns of answers.
    pub width: usize,
    /// Columns of messages.
    pub width_err: usize,
    /// Lines.
    pub height: usize,
    /// The command that shows answers longer than that, if they are to be shown page by page.
    pub pager: Option<&'static str>,
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
            width_err: PLAIN_WIDTH,
            height: usize::MAX,
            pager: None,
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
        let size = terminal_size::terminal_size();
        let size = size.map(|(width, height)| (usize::from(width.0), usize::from(height.0)));
        let (width, height) = size.unwrap_or((PLAIN_WIDTH, usize::MAX));
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
            width_err: width.clamp(40, WIDEST),
            height,
            pager: pager().filter(|_| is_terminal && size.is_some()),
            n_threads: std::thread::available_parallelism().map_or(2, usize::from),
        }
    }
}

/// `PAGER`, or `less`; an empty `PAGER` or `cat` turns paging off.
fn pager() -> Option<&'static str> {
    let command = match std::env::var("PAGER") {
        Ok(command) => command,
        Err(_) => "less".to_string(),
    };
    // Once in the life of the process.
    (!matches!(command.trim(), "" | "cat")).then(|| &*command.leak())
}
