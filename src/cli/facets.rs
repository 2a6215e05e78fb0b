//! `tradewire facets`

use std::fmt;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgMatches, Args};

use super::answer::{self, FormatFlag};
use super::narrow::{self, Absent, Limit, NarrowFlags, all_facets, facets_named};
use super::{Exit, Failure, Stop, Streams};
use crate::field::{Field, Kind};
use crate::index::Index;
use crate::names;
use crate::output::Answer;
use crate::search::{Axis, Cross, Filter, Interval, Request, Results};

/// How many values are shown unless told otherwise.
const N_VALUES: Limit = Limit(Some(20));

/// How many columns of a cross are shown to people unless told otherwise.
const N_COLUMNS: Limit = Limit(Some(10));

/// Count the values of a facet within an answer, two facets together, what was published when, or a facet by time
///
/// The counts of a facet are not narrowed by its own flag, so that its other values stay in sight; those of --cross, --by and
/// --significant are.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The facet: country, person, speaker, topic, instrument, organization, publisher; several with commas, or `all`. None with
    /// --cross and --by
    #[arg(value_name = "FACET")]
    facet: Option<String>,
    /// What to look for; everything without it
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Only values with these words or parts of words, or of which this is a spelling; given twice, with either. With --cross those
    /// are the columns, or the rows where the columns are time
    #[arg(long = "match", value_name = "TEXT", conflicts_with = "under")]
    matching: Vec<String>,
    /// Of a tree only what is below this value: `facets topic --under sectors`
    #[arg(long, value_name = "VALUE")]
    under: Option<String>,
    /// Of a tree only so many levels; 1 for the topmost, or with --under for those right below
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), conflicts_with = "matching")]
    depth: Option<u16>,
    /// Instead of the most frequent values those that are unusually frequent, against the whole index
    #[arg(long)]
    significant: bool,
    /// Count two facets together, or one by time: `--cross speaker,country`, `--cross month,country`
    #[arg(long, value_name = "ROWS,COLUMNS", conflicts_with_all = ["under", "depth", "significant"])]
    cross: Option<String>,
    /// How many columns of a cross to show; `all` for all. 10 without it, in JSON, JSON Lines and CSV all
    #[arg(long, value_name = "N", value_parser = narrow::limit, allow_negative_numbers = true, requires = "cross")]
    columns: Option<Limit>,
    /// Count by date of publication
    #[arg(long, value_parser = intervals(), conflicts_with_all = ["matching", "under", "depth", "significant", "cross"])]
    by: Option<Interval>,
    #[command(flatten)]
    narrow: NarrowFlags,
    /// How many values to show; `all` for all. 20 without it, of a cross in JSON, JSON Lines and CSV all
    #[arg(long, value_name = "N", value_parser = narrow::limit, allow_negative_numbers = true)]
    limit: Option<Limit>,
    #[command(flatten)]
    format: FormatFlag,
    /// Whether the first word stands before --cross and --by, where without them a facet stands.
    #[arg(skip)]
    is_facet_first: bool,
}

impl Arguments {
    /// Takes note of the order in which they were given.
    pub(super) fn note_order(&mut self, matches: &ArgMatches) {
        let other = matches.index_of("cross").or(matches.index_of("by"));
        self.is_facet_first = matches.index_of("facet") < other;
    }
}

const EXAMPLES: &str = "\
Examples:
  tradewire facets country                              every country, most frequent first
  tradewire facets speaker \"Section 232\"                who speaks of it
  tradewire facets topic,instrument --country japan     two facets at once
  tradewire facets topic --under sectors steel          the tree below a value
  tradewire facets speaker --match malm                 search among values
  tradewire facets all --significant --speaker abe      what is unusual in it
  tradewire facets --cross speaker,country steel        who names which countries
  tradewire facets --cross country,country retaliation  which countries are named together
  tradewire facets --by month tariffs --after 2018      how much was published when
  tradewire facets --cross month,country tariffs        the same for each country
  tradewire facets --cross year,country --match japan --match china
                                                        these two side by side
  tradewire facets organization --limit all --format csv

A value higher in a tree counts the paragraphs of all below it.
Significant values are ordered by the log-likelihood ratio (G²) of the answer against the rest of
the index; shown are those above 3.84, which chance alone exceeds in one of twenty cases.
Weeks are those of ISO 8601.";

/// The names of intervals, as clap knows them.
fn intervals() -> impl TypedValueParser<Value = Interval> {
    let names = PossibleValuesParser::new(Interval::ALL.map(Interval::name));
    names.map(|name| Interval::named(&name).unwrap_or(Interval::Day))
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let other = other(arguments);
    let cross = arguments
        .cross
        .as_deref()
        .map(|names| crossed(names, arguments));
    let cross = cross.transpose()?;
    if let Some(other) = &other {
        refuse_limits(arguments, cross, other)?;
        refuse_facets(arguments, cross, other, streams)?;
    }
    let names_facet = other.is_none();
    let (facet, first_word) = match names_facet {
        true => (&arguments.facet, &None),
        false => (&None, &arguments.facet),
    };
    let facets = match facet {
        Some(facet) => facets_named(std::slice::from_ref(facet))?,
        None => Vec::new(),
    };
    if names_facet && facets.is_empty() {
        return Err(Stop::Failed(Failure {
            message: "no facet is named".to_string(),
            hint: Some(all_facets()),
        }));
    }
    let index = narrow::open(&arguments.narrow, streams)?;
    let words: Vec<String> = first_word.iter().chain(&arguments.query).cloned().collect();
    let typed = narrow::typed(&words);
    let asked = narrow::asked(&index, &typed, &arguments.narrow, Absent::Refused)?;
    let named = cross.and_then(named_axis);
    if cross.is_some() && named.is_none() && !arguments.matching.is_empty() {
        return Err(Stop::Failed(Failure {
            message: "`--match` is for values of facets, and both axes are time".to_string(),
            hint: Some("narrow the time with `--after` and `--before`".to_string()),
        }));
    }
    let chosen = named.filter(|_| !arguments.matching.is_empty());
    let chosen = match cross {
        Some(_) => chosen.into_iter().collect(),
        None => facets.clone(),
    };
    let request = Request {
        limit: Some(0),
        only: only(&index, &chosen, arguments)?,
        facets,
        n_values: arguments.limit.unwrap_or(N_VALUES).0,
        significant: arguments.significant,
        cross,
        histogram: arguments.by,
        ..asked.request
    };
    let results = index.search(&request)?;
    answer::show(
        arguments.format.format,
        &Answer::Facets {
            query: &typed,
            expansions: &asked.expansions,
            results: &results,
        },
        streams,
    )?;
    narrow::say_expansions(arguments.format.format, &asked.expansions, streams);
    narrow::say_hints(&asked.hints, streams);
    narrow::say_more(&index, request, &results, streams)?;
    Ok(found(arguments, &results))
}

/// The facet of a cross of which some values may be named: that of the columns, or of the rows where the columns are time.
fn named_axis(cross: Cross) -> Option<&'static Field> {
    cross.columns.facet().or(cross.rows.facet())
}

/// What is counted instead of the values of facets.
struct Other {
    /// The flag that says so.
    flag: &'static str,
    value: String,
}

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "--{} {}", self.flag, self.value)
    }
}

fn other(arguments: &Arguments) -> Option<Other> {
    let cross = arguments.cross.as_ref().map(|names| Other {
        flag: "cross",
        value: names.clone(),
    });
    let by = arguments.by.map(|interval| Other {
        flag: "by",
        value: interval.name().to_string(),
    });
    cross.or(by)
}

/// Every day, month or year between first and last is counted.
fn refuse_limits(arguments: &Arguments, cross: Option<Cross>, other: &Other) -> Result<(), Stop> {
    let is_time = |axis: Axis| axis.facet().is_none();
    let rows_are_time = cross.map_or(arguments.by.is_some(), |cross| is_time(cross.rows));
    let columns_are_time = cross.is_some_and(|cross| is_time(cross.columns));
    let flag = match () {
        () if rows_are_time && arguments.limit.is_some() => "--limit",
        () if columns_are_time && arguments.columns.is_some() => "--columns",
        () => return Ok(()),
    };
    Err(Stop::Failed(Failure {
        message: format!("`{other}` counts all that is between first and last: no `{flag}`"),
        hint: Some("narrow the time with `--after` and `--before`".to_string()),
    }))
}

/// Refuses facets in the place where they stand without such a flag: with it they are words of the query, which nobody means
/// who gives one before the flag, several of them, nothing else, or one that is counted anyway. `--by year country of origin`
/// may ask for words.
fn refuse_facets(
    arguments: &Arguments,
    cross: Option<Cross>,
    other: &Other,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let Some(first) = &arguments.facet else {
        return Ok(());
    };
    let named = |names: &String| facets_named(std::slice::from_ref(names)).unwrap_or_default();
    let facets = named(first);
    let is_list = first.contains(',');
    let is_crossed = facets.iter().any(|facet| {
        let axes = cross.map(|cross| [cross.rows, cross.columns]);
        axes.is_some_and(|axes| axes.contains(&Axis::Facet(facet)))
    });
    // What a facet and an interval are together.
    let both = match (arguments.by, facets.as_slice()) {
        (Some(interval), [facet]) => Some(format!("--cross {},{}", interval.name(), facet.name)),
        _ => None,
    };
    if facets.is_empty() {
        return Ok(());
    }
    let is_meant = is_list || is_crossed || arguments.is_facet_first;
    if !is_meant && !arguments.query.is_empty() {
        let instead = both.map_or(String::new(), |both| format!("; `{both}` counts both"));
        streams.say(&format!(
            "hint: `{first}` is taken for a word: with `--{}` no facet stands before the query{instead}",
            other.flag
        ));
        return Ok(());
    }
    let typed = arguments.narrow.typed(&narrow::typed(&arguments.query));
    let command = |first: &dyn fmt::Display| {
        let command = format!("tradewire facets {first} {typed}");
        command.trim_end().to_string()
    };
    let both = both.map(|both| format!("`{}` for both together, ", command(&both)));
    let (both, with, without) = (both.unwrap_or_default(), command(other), command(first));
    Err(Stop::Failed(Failure {
        message: format!("`{first}` names what is counted, and so does `{other}`"),
        hint: Some(format!(
            "write {both}`{with}`, or `{without}`; a word to look for goes between quotation marks: `'\"{first}\"'`"
        )),
    }))
}

/// Where only some values were asked for and there are none, nothing was found.
fn found(arguments: &Arguments, results: &Results) -> Exit {
    let is_choosy =
        !arguments.matching.is_empty() || arguments.under.is_some() || arguments.significant;
    let significant = results
        .significant
        .iter()
        .flat_map(|significant| &significant.facets);
    let crossed = results.cross.iter();
    let crossed = crossed.map(|cross| cross.rows.n_places().min(cross.columns.n_places()));
    let n_values = crossed.sum::<usize>()
        + results
            .facets
            .iter()
            .map(|counts| counts.n_values)
            .sum::<usize>()
        + significant.map(|values| values.n_values).sum::<usize>();
    match is_choosy && n_values == 0 {
        true => Exit::No,
        false => narrow::found(results),
    }
}

fn crossed(names: &str, arguments: &Arguments) -> Result<Cross, Stop> {
    let names: Vec<&str> = names.split(',').collect();
    let &[rows, columns] = names.as_slice() else {
        return Err(Stop::Failed(Failure {
            message: format!("`--cross {}` does not name two facets", names.join(",")),
            hint: Some(
                "write it as `--cross speaker,country` or `--cross month,country`".to_string(),
            ),
        }));
    };
    // A table for a program is whole: nothing in it tells that something was cut off.
    let shown = |flag: Option<Limit>, to_people: Limit| match arguments.format.format.is_for_people
    {
        true => flag.unwrap_or(to_people).0,
        false => flag.unwrap_or(Limit(None)).0,
    };
    Ok(Cross {
        rows: axis_named(rows)?,
        columns: axis_named(columns)?,
        n_rows: shown(arguments.limit, N_VALUES),
        n_columns: shown(arguments.columns, N_COLUMNS),
    })
}

/// The facet, or else the interval, of that name, in the singular or plural.
fn axis_named(name: &str) -> Result<Axis, Stop> {
    let wanted = name.trim().to_lowercase();
    match Interval::named(wanted.strip_suffix('s').unwrap_or(&wanted)) {
        Some(interval) => Ok(Axis::Interval(interval)),
        None => {
            let facet = narrow::facet(name).map(Axis::Facet);
            let intervals = Interval::ALL.map(Interval::name);
            facet.ok_or_else(|| narrow::unknown_facet(name, &intervals))
        }
    }
}

/// The facets of which only some values were asked for, and these.
fn only(
    index: &Index,
    facets: &[&'static Field],
    arguments: &Arguments,
) -> Result<Vec<Filter>, Stop> {
    let mut only = Vec::new();
    for &field in facets {
        let is_tree = field.kind == Kind::Tree;
        if !is_tree && (arguments.under.is_some() || arguments.depth.is_some()) {
            return Err(Stop::Failed(Failure {
                message: format!(
                    "the values of `{}` do not stand below one another",
                    field.name
                ),
                hint: Some("`--under` and `--depth` are for `topic`".to_string()),
            }));
        }
        if !arguments.matching.is_empty() {
            let (all, lists) = (index.values(field)?, index.lists()?);
            let texts = arguments.matching.iter();
            let values = texts.flat_map(|text| names::matching(field, text, &all, &lists));
            let values = values.collect();
            only.push(Filter { field, values });
        } else if arguments.under.is_some() || arguments.depth.is_some() {
            let roots = match &arguments.under {
                Some(name) => narrow::values(index, field, name)?,
                None => vec![String::new()],
            };
            let values = index.values(field)?.into_iter().map(|(value, _)| value);
            let is_wanted = |value: &String| {
                let n_below = roots
                    .iter()
                    .filter_map(|root| n_levels_below(value, root))
                    .min();
                n_below.is_some_and(|n| arguments.depth.is_none_or(|depth| n <= usize::from(depth)))
            };
            let values = values.filter(is_wanted).collect();
            only.push(Filter { field, values });
        }
    }
    Ok(only)
}

/// How many levels a path lies below another; below nothing all of them. None where it does not.
fn n_levels_below(path: &str, root: &str) -> Option<usize> {
    let below = match root {
        "" => path,
        _ => path.strip_prefix(root)?.strip_prefix('/')?,
    };
    Some(below.split('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_counted_from_the_root() {
        assert_eq!(n_levels_below("sectors/metals/steel", ""), Some(3));
        assert_eq!(n_levels_below("sectors/metals/steel", "sectors"), Some(2));
        assert_eq!(n_levels_below("sectors", "sectors"), None);
        assert_eq!(n_levels_below("sectors-of-old/steel", "sectors"), None);
    }
}
