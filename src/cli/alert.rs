//! `tradewire alert`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::answer::{self, FormatFlag};
use super::narrow::{self, Absent, NarrowFlags};
use super::{Exit, Failure, IndexFlag, Stop, Streams, index, written};
use crate::alerts::{Alert, Alerts, Error, Name, Seen};
use crate::index::Index;
use crate::ingest::{Choice, Event, Settings};
use crate::output::{Answer, Output};
use crate::report::AlertReport;
use crate::search::{Hit, Request, Sort};

/// Keep searches, and say what is new for them
///
/// Alerts lie in a folder beside that of the index (`index.alerts`), and outlast it: an index may be built anew or removed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  tradewire alert add steel \"Section 232 steel\" --country japan
  tradewire alert run
  tradewire alert list
  tradewire alert remove steel";

/// More words are not proposed as those that a paragraph must have.
const N_OF_SUBJECTS: usize = 5;

#[derive(Debug, Subcommand)]
enum Command {
    Add(Box<AddArguments>),
    List(ListArguments),
    Run(RunArguments),
    Remove(RemoveArguments),
}

/// Keep a search
///
/// The paragraphs that match now count as seen. A search that is kept finds what has all that it asks for, never less; a question of six
/// words and more is refused.
#[derive(Debug, Args)]
#[command(after_help = ADD_EXAMPLES)]
struct AddArguments {
    /// What to call it: a-z, 0-9, `-`, `_` and `.`, at most 64 of them
    #[arg(value_name = "NAME")]
    name: String,
    /// What to look for; everything without it
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Why it is kept; shown with what is new
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Have the first run print what matches already
    #[arg(long)]
    all: bool,
    /// Put it in the place of an alert of this name
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    narrow: NarrowFlags,
    #[command(flatten)]
    format: FormatFlag,
}

const ADD_EXAMPLES: &str = "\
Examples:
  tradewire alert add steel \"Section 232 steel\" --country japan --note \"for the Tokyo desk\"
  tradewire alert add retaliation 'retaliat* W/10 country:china' --all
  tradewire alert add steel 'steel OR alumin*' --replace";

/// Name the searches that are kept, with their notes and dates
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  tradewire alert list\n  tradewire alert list steel --format json"
)]
struct ListArguments {
    /// Only these
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    format: FormatFlag,
}

/// Print what is new since the last run, newest first
///
/// New is a paragraph whose article had no such words in any run before: one that was changed is new, one that was removed and
/// is back is not. A run that is cut short loses nothing: the next prints it again. Of what --in cannot read, only what is new is
/// named, too.
#[derive(Debug, Args)]
#[command(after_help = RUN_EXAMPLES)]
struct RunArguments {
    /// Only these alerts; all without it
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    index: IndexFlag,
    /// Bring the index up to date with these files and folders first; what cannot be read is named once, until it changes
    #[arg(long = "in", value_name = "PATH")]
    refresh: Vec<PathBuf>,
    #[command(flatten)]
    format: FormatFlag,
}

const RUN_EXAMPLES: &str = "\
Examples:
  tradewire alert run
  tradewire alert run steel --in corpus --format jsonl >> steel.jsonl

A line for cron, which sends as mail what is printed, and nothing when nothing is:
  0 7 * * *  cd /srv/news && tradewire alert run --in corpus

Exit status: 0 something is new, 1 nothing is, 2 an alert could not be run; the others were.";

/// Stop keeping a search
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  tradewire alert remove steel")]
struct RemoveArguments {
    /// Which
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    #[command(flatten)]
    index: IndexFlag,
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    match &arguments.command {
        Command::Add(arguments) => add(arguments, streams),
        Command::List(arguments) => list(arguments, streams),
        Command::Run(arguments) => run_alerts(arguments, streams),
        Command::Remove(arguments) => remove(arguments, streams),
    }
}

fn add(arguments: &AddArguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let name = Name::parse(&arguments.name)?;
    let narrow = arguments.narrow.clone().with_whole_paths()?;
    let alerts = Alerts::of(narrow.dir())?;
    let refuse_another = || match alerts.has(&name) && !arguments.replace {
        true => Err(Error::Exists {
            name: name.to_string(),
        }),
        false => Ok(()),
    };
    refuse_another()?;
    let index = narrow::open(&narrow, streams)?;
    let query = narrow::typed(&arguments.query);
    let time = now();
    let state = state(&index, &time);
    let asked = narrow::asked(&index, &query, &narrow, Absent::Awaited)?;
    refuse_question(&query, &asked.request)?;
    narrow::say_expansions(arguments.format.format, &asked.expansions, streams);
    narrow::say_hints(&asked.hints, streams);
    let request = kept(asked.request);
    let mut keys = Vec::new();
    let results = match arguments.all {
        true => index.search(&Request {
            limit: Some(0),
            ..request
        })?,
        false => index.stream(
            &request,
            |_| Ok(()),
            |hits| {
                keys.extend(hits.iter().map(Seen::key));
                Ok::<(), Stop>(())
            },
        )?,
    };
    let mut seen = Seen::default();
    seen.extend(keys);
    let alert = Alert {
        typed: narrow.typed_for_any_day(&query),
        note: arguments.note.clone(),
        created: time,
        last_run: None,
        checked: (!arguments.all).then_some(state),
        seen,
    };
    alerts.create()?;
    let _lock = alerts.lock()?;
    refuse_another()?;
    alerts.write(&name, &alert)?;
    if results.n_paragraphs == 0 {
        streams.say("hint: no paragraph matches now");
    }
    for suggestion in &results.suggestions {
        streams.say(&format!(
            "hint: no paragraph has the word `{}`; did you mean `{}`?",
            suggestion.typed, suggestion.known
        ));
    }
    let reports = [report(&name, &alert)];
    answer::write(arguments.format.format, &Answer::Alerts(&reports), streams)?;
    Ok(Exit::Yes)
}

/// Refuses a question: an alert would want its `what`, `did` and `about` in the paragraph, too.
fn refuse_question(typed: &str, request: &Request) -> Result<(), Stop> {
    let query = request.as_typed.as_ref().unwrap_or(&request.query);
    let Some(question) = query.question().filter(|question| question.is_whole) else {
        return Ok(());
    };
    if request.strict {
        return Ok(());
    }
    let subjects = question.subjects();
    let instead = match subjects.join(" ") {
        few if few != typed && subjects.len() <= N_OF_SUBJECTS => format!(", as `{few}`"),
        _ => String::new(),
    };
    Err(Stop::Failed(Failure {
        message: format!("`{typed}` is a question, and an alert takes what has all words"),
        hint: Some(format!(
            "write the words that a paragraph must have{instead}; `AND` between words demands all of them"
        )),
    }))
}

fn list(arguments: &ListArguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let alerts = Alerts::of(&arguments.index.dir)?;
    let mut has_failed = false;
    let mut reports = Vec::new();
    for name in names(&alerts, &arguments.names)? {
        match name.and_then(|name| Ok(report(&name, &alerts.read(&name)?))) {
            Ok(report) => reports.push(report),
            Err(error) => {
                say_failed(error.into(), streams);
                has_failed = true;
            }
        }
    }
    answer::show(arguments.format.format, &Answer::Alerts(&reports), streams)?;
    match (has_failed, reports.is_empty()) {
        (true, _) => Ok(Exit::Failed),
        (false, true) => {
            say_that_there_are_none(streams);
            Ok(Exit::No)
        }
        (false, false) => Ok(Exit::Yes),
    }
}

fn remove(arguments: &RemoveArguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let alerts = Alerts::of(&arguments.index.dir)?;
    let _lock = alerts.lock()?;
    let mut exit = Exit::Yes;
    for name in names(&alerts, &arguments.names)? {
        let removed = name.and_then(|name| alerts.remove(&name));
        if let Err(error) = removed {
            say_failed(error.into(), streams);
            exit = Exit::Failed;
        }
    }
    Ok(exit)
}

fn run_alerts(arguments: &RunArguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let alerts = Alerts::of(&arguments.index.dir)?;
    let _lock = alerts.lock()?;
    let mut has_failed = false;
    if !arguments.refresh.is_empty() {
        let settings = Settings {
            n_threads: streams.terminal.n_threads,
            anew: false,
            forgets: false,
            lists: Choice::Recorded,
        };
        // What was done is not worth a mail; what could not be read is, once.
        let mut faults = alerts.faults(&arguments.refresh);
        index::refresh(
            &arguments.index.dir,
            &arguments.refresh,
            settings,
            &mut |event| match event {
                Event::Fault { path, file, .. } => faults.is_new(path, *file),
                Event::Twins { is_new, .. } => *is_new,
                _ => true,
            },
            streams,
        )?;
        if let Err(error) = alerts.keep_faults(faults) {
            say_failed(error.into(), streams);
            has_failed = true;
        }
    }
    let index = Index::open(&arguments.index.dir)?;
    let names = names(&alerts, &arguments.names)?;
    if names.is_empty() {
        say_that_there_are_none(streams);
    }
    let (mut n_hits, mut n_run) = (0, 0);
    let format = arguments.format.format;
    for name in names {
        let done = name.and_then(|name| Ok((alerts.read(&name)?, name)));
        let done = done.map_err(Stop::from).and_then(|(alert, name)| {
            let run = run_alert(alert, &name, &index, &alerts, format, &mut n_hits, streams);
            run.map_err(|stop| match stop {
                Stop::Failed(failure) => Stop::Failed(Failure {
                    message: format!("alert `{name}`: {}", failure.message),
                    ..failure
                }),
                Stop::Closed => Stop::Closed,
            })
        });
        match done {
            Ok(()) => n_run += 1,
            Err(Stop::Closed) => return Err(Stop::Closed),
            Err(Stop::Failed(failure)) => {
                say_failed(failure, streams);
                has_failed = true;
            }
        }
    }
    answer::write(format, &Answer::NewsEnd { n_hits }, streams)?;
    // Not to cron, which would send a mail of it.
    if n_hits == 0 && n_run > 0 && streams.terminal.is_terminal_err {
        streams.say("nothing is new");
    }
    Ok(match (has_failed, n_hits) {
        (true, _) => Exit::Failed,
        (false, 0) => Exit::No,
        (false, _) => Exit::Yes,
    })
}

/// Prints what is new for an alert, and keeps that it was: in this order, so that what is cut short is printed again.
fn run_alert(
    mut alert: Alert,
    name: &Name,
    index: &Index,
    alerts: &Alerts,
    format: &Output,
    n_hits: &mut u64,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let report = report(name, &alert);
    let time = now();
    let state = state(index, &time);
    // Lists of synonyms may have changed where the index has not.
    let has_files = alert.typed.flags.iter().any(|(name, _)| name == "synonyms");
    if has_files || alert.checked.as_ref() != Some(&state) {
        let narrow = NarrowFlags::kept(index.dir(), &alert.typed)?;
        // What the query was taken for was said when the alert was added.
        let asked = narrow::asked(index, &alert.typed.query, &narrow, Absent::Awaited)?;
        let mut keys = Vec::new();
        index.stream(
            &kept(asked.request),
            |_| Ok(()),
            |hits| {
                let is_new = |hit: &&Hit| !alert.seen.contains(Seen::key(hit));
                let hits: Vec<Hit> = hits.iter().filter(is_new).cloned().collect();
                if hits.is_empty() {
                    return Ok(());
                }
                let news = Answer::News {
                    alert: &report,
                    hits: &hits,
                    n_before: keys.len() as u64,
                    n_before_all: *n_hits,
                };
                answer::write(format, &news, streams)?;
                keys.extend(hits.iter().map(Seen::key));
                *n_hits += hits.len() as u64;
                Ok::<(), Stop>(())
            },
        )?;
        written(streams.out.flush())?;
        alert.seen.extend(keys);
    }
    alert.last_run = Some(time);
    alert.checked = Some(state);
    Ok(alerts.write(name, &alert)?)
}

/// A search as alerts ask it: nothing is given for something else, and the newest comes first.
fn kept(request: Request) -> Request {
    Request {
        strict: true,
        sort: Sort::Newest,
        ..request
    }
}

/// The alerts that were named, each once, or all.
fn names(alerts: &Alerts, typed: &[String]) -> Result<Vec<Result<Name, Error>>, Stop> {
    if typed.is_empty() {
        return Ok(alerts.names()?.into_iter().map(Ok).collect());
    }
    let mut names: Vec<&String> = Vec::new();
    for name in typed {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names.into_iter().map(|name| Name::parse(name)).collect())
}

fn report(name: &Name, alert: &Alert) -> AlertReport {
    AlertReport {
        name: name.to_string(),
        typed: alert.typed.clone(),
        note: alert.note.clone(),
        created: alert.created.clone(),
        last_run: alert.last_run.clone(),
        n_seen: alert.seen.n(),
    }
}

fn say_failed(failure: Failure, streams: &mut Streams) {
    streams.say(&format!("error: {}", failure.message));
    if let Some(hint) = failure.hint {
        streams.say(&format!("hint: {hint}"));
    }
}

fn say_that_there_are_none(streams: &mut Streams) {
    streams.say("there are no alerts\nhint: `tradewire alert add NAME QUERY` keeps a search");
}

/// On what an answer depends: the index, and the day, from which times may be told.
fn state(index: &Index, time: &str) -> String {
    let day = time.split('T').next().unwrap_or_default();
    format!("{} {day}", index.state())
}

fn now() -> String {
    jiff::Timestamp::now()
        .round(jiff::Unit::Second)
        .map_or_else(|_| String::new(), |now| now.to_string())
}
