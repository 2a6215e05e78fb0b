//! The command line: arguments to requests, answers to the terminal. One file per command.

mod alert;
mod answer;
mod articles;
mod check;
mod explain;
mod export;
mod extract;
mod facets;
mod generate;
mod index;
mod lists;
mod narrow;
mod pager;
mod search;
mod show;
mod skipped;
mod stats;
mod terminal;
mod tips;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::PathBuf;

use clap::builder::Resettable;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use terminal::Terminal;

use crate::index as engine;

/// What a run comes to, as with grep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Found, or done.
    Yes,
    /// Nothing found, or some sources could not be read.
    No,
    Failed,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> std::process::ExitCode {
        match exit {
            Exit::Yes => 0.into(),
            Exit::No => 1.into(),
            Exit::Failed => 2.into(),
        }
    }
}

/// Full-text search over trade news.
///
/// Splits articles into paragraphs, finds the countries, people, speakers, topics, legal instruments and organizations in
/// each, and searches them together.
#[derive(Debug, Parser)]
#[command(name = "tradewire", version, max_term_width = 100, after_help = EXAMPLES, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  tradewire index corpus                                  index a folder, or bring its index up to date
  tradewire search \"Section 232 tariffs\"                  search it
  tradewire search tariffs --country japan --speaker abe  narrow the answer
  tradewire facets speaker steel                          who speaks of steel, and how often
  tradewire export \"Section 232\" > exhibit.jsonl         write out all of an answer
  tradewire alert add steel \"Section 232 steel\"          keep a search: `alert run` says what is new
  tradewire show 2018/japan-us-talks                      read an article with its mentions marked
  tradewire explain 2018/japan-us-talks#3                 why a paragraph has its values

Exit status: 0 found or done, 1 nothing found or some sources skipped, 2 failed.
In a terminal, long answers go through PAGER (empty: not), and NO_COLOR is honoured.";

#[derive(Debug, Subcommand)]
enum Command {
    Index(index::Arguments),
    Search(search::Arguments),
    Facets(facets::Arguments),
    Export(export::Arguments),
    Alert(alert::Arguments),
    Show(show::Arguments),
    Explain(explain::Arguments),
    Extract(extract::Arguments),
    Stats(stats::Arguments),
    Check(check::Arguments),
    Completions(generate::CompletionsArguments),
    Man(generate::ManArguments),
}

/// Which index.
#[derive(Debug, Clone, Args)]
struct IndexFlag {
    /// The folder of the index
    #[arg(
        long = "index",
        value_name = "DIR",
        env = "TRADEWIRE_INDEX",
        default_value = "index"
    )]
    dir: PathBuf,
}

/// Why a command failed: what, and what to do about it.
#[derive(Debug)]
struct Failure {
    message: String,
    hint: Option<String>,
}

impl From<engine::Error> for Failure {
    fn from(error: engine::Error) -> Failure {
        Failure {
            hint: Some(error.hint()),
            message: error.to_string(),
        }
    }
}

impl From<crate::alerts::Error> for Failure {
    fn from(error: crate::alerts::Error) -> Failure {
        Failure {
            hint: Some(error.hint()),
            message: error.to_string(),
        }
    }
}

impl From<crate::ingest::Error> for Failure {
    fn from(error: crate::ingest::Error) -> Failure {
        Failure {
            hint: Some(error.hint()),
            message: error.to_string(),
        }
    }
}

/// How a command ends early.
#[derive(Debug)]
enum Stop {
    Failed(Failure),
    /// Nobody reads the answer any more.
    Closed,
}

impl<T: Into<Failure>> From<T> for Stop {
    fn from(failure: T) -> Stop {
        Stop::Failed(failure.into())
    }
}

/// An error of the stream that answers go to.
fn written(result: io::Result<()>) -> Result<(), Stop> {
    result.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::Closed,
        _ => Stop::Failed(Failure {
            message: format!("cannot write the answer: {}", reason(&error)),
            hint: None,
        }),
    })
}

/// A system's error without what helps no reader: "No space left on device (os error 28)" is "no space left on device".
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    text.to_lowercase()
}

/// Where answers and messages go.
struct Streams<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    terminal: Terminal,
    /// What was said to do about sources that could not be read: once is enough for all of a kind.
    hints: BTreeSet<String>,
}

/// What begins the line below a source that could not be read.
const HINT: &str = "   hint: ";

impl<'a> Streams<'a> {
    fn new(out: &'a mut dyn Write, err: &'a mut dyn Write, terminal: Terminal) -> Streams<'a> {
        Streams {
            out,
            err,
            terminal,
            hints: BTreeSet::new(),
        }
    }

    /// Names what could not be read, and what to do about it where that was not said before.
    fn skipped(&mut self, message: &str, hint: Option<&str>) {
        self.say(&format!("skipped {}", message.replace('\n', " ")));
        if let Some(hint) = hint
            && self.hints.insert(hint.to_string())
        {
            self.say(&format!("{HINT}{hint}"));
        }
    }

    /// Says something that is no answer. That the messages cannot be written stops nothing.
    fn say(&mut self, message: &str) {
        let message = harmless(message);
        let _ = match self.terminal.is_terminal_err {
            true => writeln!(self.err, "{}", wrapped(&message, self.terminal.width_err)),
            false => writeln!(self.err, "{message}"),
        };
    }
}

/// A message in lines of a terminal. What is indented shows a query with its place, and stays as it is, but for hints.
fn wrapped(message: &str, width: usize) -> String {
    let options = textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let below = " ".repeat(HINT.len());
    let of_hint = options.clone().subsequent_indent(&below);
    let lines = message.lines().map(|line| match line {
        _ if line.starts_with(HINT) => textwrap::fill(line, &of_hint),
        _ if line.starts_with("  ") => line.to_string(),
        _ => textwrap::fill(line, &options),
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// A message without what would control the terminal: names of files are not ours.
fn harmless(message: &str) -> Cow<'_, str> {
    let is_control = |c: char| c.is_control() && c != '\n';
    if message.contains(is_control) {
        message.replace(is_control, "\u{FFFD}").into()
    } else {
        message.into()
    }
}

/// Runs the command line on `arguments`, the first of which is the program's name. Answers go to `out`, everything else to
/// `err`.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    terminal: Terminal,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let arguments = with_plain_command(with_help(arguments.into_iter().collect()));
    let arguments = with_words_to_leave_out(arguments);
    let arguments = match parsed(&arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let error = tips::with_tip(error, &arguments);
            return usage(&error, &terminal, out, err);
        }
    };
    let mut streams = Streams::new(out, err, terminal);
    let streams = &mut streams;
    let done = match arguments.command {
        Command::Index(arguments) => index::run(&arguments, streams),
        Command::Search(arguments) => search::run(&arguments, streams),
        Command::Export(arguments) => export::run(&arguments, streams),
        Command::Alert(arguments) => alert::run(&arguments, streams),
        Command::Facets(arguments) => facets::run(&arguments, streams),
        Command::Show(arguments) => show::run(&arguments, streams),
        Command::Explain(arguments) => explain::run(&arguments, streams),
        Command::Extract(arguments) => extract::run(&arguments, streams),
        Command::Stats(arguments) => stats::run(&arguments, streams),
        Command::Check(arguments) => check::run(&arguments, streams),
        Command::Completions(arguments) => generate::completions(&arguments, streams),
        Command::Man(_) => generate::man(streams),
    };
    let flushed = done.and_then(|exit| written(streams.out.flush()).map(|()| exit));
    match flushed {
        Ok(exit) => exit,
        Err(Stop::Closed) => Exit::Yes,
        Err(Stop::Failed(failure)) => {
            streams.say(&format!("error: {}", failure.message));
            if let Some(hint) = failure.hint {
                streams.say(&format!("hint: {hint}"));
            }
            Exit::Failed
        }
    }
}

fn parsed(arguments: &[OsString]) -> Result<Arguments, clap::Error> {
    let mut command = without_empty_variables(Arguments::command());
    let matches = command.try_get_matches_from_mut(arguments)?;
    let parsed = Arguments::from_arg_matches(&matches);
    let mut parsed = parsed.map_err(|error| error.format(&mut command))?;
    if let (Command::Facets(arguments), Some((_, matches))) =
        (&mut parsed.command, matches.subcommand())
    {
        arguments.note_order(matches);
    }
    Ok(parsed)
}

/// A variable of the environment that is set to nothing counts as not set, as with other programs.
fn without_empty_variables(command: clap::Command) -> clap::Command {
    let is_empty = |name: &OsStr| std::env::var_os(name).is_some_and(|value| value.is_empty());
    command
        .mut_args(|flag| match flag.get_env().is_some_and(is_empty) {
            true => flag.env(Resettable::Reset),
            false => flag,
        })
        .mut_subcommands(without_empty_variables)
}

/// `help search` is `search --help`, as with other programs. A command of its own would come with each command once more below
/// it, in the manual and the completions, too.
fn with_help(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|first| first == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    arguments
}

/// Where a folder bears the name of a command, as `index` does, shells and scripts that complete file names make a path of
/// it (`tradewire index/ corpus`). The command is meant: no path can stand there.
fn with_plain_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let Some(first) = arguments.get_mut(1) else {
        return arguments;
    };
    let is_path = first.to_string_lossy().contains(std::path::is_separator);
    let name = std::path::Path::new(&*first)
        .file_name()
        .map(OsString::from);
    if let Some(name) = name
        && is_path
        && Arguments::command().find_subcommand(&name).is_some()
    {
        *first = name;
    }
    arguments
}

/// The commands that take a query.
const WITH_QUERY: &[&[&str]] = &[&["search"], &["facets"], &["export"], &["alert", "add"]];

/// Their flags of which no value follows; all others have one.
const WITHOUT_VALUE: &[&str] = &[
    "--significant",
    "--quotes",
    "--explain",
    "--no-synonyms",
    "--wider",
    "--no-head",
    "--all",
    "--replace",
    "--help",
];

/// In `search steel -china` the last is no flag but a word of the query. A space in front tells them apart; what reads the
/// query takes it away again.
fn with_words_to_leave_out(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let begins_with = |command: &&&[&str]| arguments[1..].iter().take(command.len()).eq(**command);
    let Some(command) = arguments.get(1).and(WITH_QUERY.iter().find(begins_with)) else {
        return arguments;
    };
    let mut is_value = false;
    for argument in &mut arguments[1 + command.len()..] {
        let text = argument.to_string_lossy();
        if text == "--" {
            break;
        }
        let is_word = !is_value
            && !is_context(&text)
            && text
                .strip_prefix('-')
                .is_some_and(|rest| rest.starts_with(|c: char| c != '-') && rest != "h");
        let is_flag = text.starts_with("--") && !text.contains('=');
        let is_short_flag = !is_value && is_context(&text) && text.len() == 2;
        is_value = is_short_flag || is_flag && !WITHOUT_VALUE.contains(&&*text);
        if is_word {
            let mut word = OsString::from(" ");
            word.push(&*argument);
            *argument = word;
        }
    }
    arguments
}

/// Whether it is the flag for the paragraphs around, as with grep: `-C`, `-C2`; `-Canada` is a word.
fn is_context(text: &str) -> bool {
    let number = ["-A", "-B", "-C"]
        .iter()
        .find_map(|flag| text.strip_prefix(flag));
    number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
}

/// Help and the version are answers; all else about arguments is an error.
fn usage(
    error: &clap::Error,
    terminal: &Terminal,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let shown = error.render();
    let (stream, colour): (&mut dyn Write, bool) = if error.use_stderr() {
        (err, terminal.colour_err)
    } else {
        (out, terminal.colour)
    };
    let _ = if colour {
        write!(stream, "{}", shown.ansi())
    } else {
        write!(stream, "{shown}")
    };
    let _ = stream.flush();
    if error.use_stderr() {
        Exit::Failed
    } else {
        Exit::Yes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_may_be_completed_to_the_folder_of_its_name() {
        let check = |first: &str| {
            let arguments = vec!["tradewire".into(), first.into()];
            with_plain_command(arguments)[1]
                .to_string_lossy()
                .into_owned()
        };
        assert_eq!(check("index/"), "index");
        assert_eq!(check("/home/ann/news/index"), "index");
        assert_eq!(check("news/corpus"), "news/corpus");
        assert_eq!(check("search"), "search");
    }

    #[test]
    fn flags_without_a_value_are_known() {
        let command = Arguments::command();
        for names in WITH_QUERY {
            let command = names.iter().fold(&command, |command, name| {
                command.find_subcommand(name).expect("it is a command")
            });
            for flag in command
                .get_arguments()
                .filter(|flag| !flag.get_action().takes_values())
            {
                let long = format!("--{}", flag.get_long().unwrap_or_default());
                assert!(WITHOUT_VALUE.contains(&&*long), "{long}");
            }
        }
        let check = |words: &[&str]| {
            let arguments = ["tradewire"]
                .iter()
                .chain(words)
                .map(OsString::from)
                .collect();
            let arguments = with_words_to_leave_out(arguments).into_iter().skip(3);
            arguments
                .map(|word| word.to_string_lossy().into_owned())
                .collect::<Vec<String>>()
        };
        assert_eq!(
            check(&["search", "steel", "-C", "1", "-Canada"]),
            ["-C", "1", " -Canada"]
        );
        assert_eq!(check(&["search", "steel", "-A2", "-B"]), ["-A2", "-B"]);
        assert_eq!(check(&["search", "steel", "-china"]), [" -china"]);
        assert_eq!(check(&["search", "--sort", "-china"]), ["-china"]);
        assert_eq!(
            check(&["facets", "speaker", "--significant", "-china"]),
            ["--significant", " -china"]
        );
        assert_eq!(
            check(&["alert", "add", "steel", "--replace", "-china"]),
            ["steel", "--replace", " -china"]
        );
        assert_eq!(
            check(&["search", "steel", "--", "-china"]),
            ["--", "-china"]
        );
    }

    #[test]
    fn hints_are_wrapped_below_themselves() {
        let message = "skipped a.pdf: no format is known for `.pdf`\n   hint: readable are .txt, .md and .html";
        assert_eq!(
            wrapped(message, 30),
            "skipped a.pdf: no format is\nknown for `.pdf`\n   hint: readable are .txt,\n         .md and .html"
        );
        assert_eq!(wrapped("  (a OR b) AND c", 10), "  (a OR b) AND c");
    }

    #[test]
    fn messages_do_not_control_the_terminal() {
        let mut out = Vec::new();
        let mut err = Vec::new();
        let mut streams = Streams::new(&mut out, &mut err, Terminal::plain());
        streams.skipped("a\u{1b}[31m\nb\u{9b}: binary file", None);
        assert_eq!(
            String::from_utf8(err).unwrap(),
            "skipped a\u{FFFD}[31m b\u{FFFD}: binary file\n"
        );
    }
}
