//! What to write instead of flags that are not ours: other programs have them, and those that are spelled alike mean something
//! else. Also the forms of values that could not be read.

use std::error::Error;
use std::ffi::OsString;

use clap::CommandFactory;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Arguments;
use crate::query::date::{FORMS, PeriodError};

/// A tip for some flags.
struct Tip {
    /// As people type them, without dashes.
    typed: &'static [&'static str],
    /// A flag of ours by which the commands are known that it is good for; good for all without it.
    with: Option<&'static str>,
    tip: &'static str,
}

/// Every tip; of several for a flag the first counts that is good for the command.
static TIPS: &[Tip] = &[
    // An export has formats of its own.
    Tip {
        typed: &["json"],
        with: Some("no-head"),
        tip: "write `--format jsonl`, which it is without a flag, too; `--format csl` has citations as JSON",
    },
    Tip {
        typed: &["text", "plain"],
        with: Some("no-head"),
        tip: "write `--format footnotes`, or search with `tradewire search --limit all`",
    },
    Tip {
        typed: &["quotes"],
        with: Some("no-head"),
        tip: "write `tradewire search --quotes --limit all --format csv`",
    },
    Tip {
        typed: &["json"],
        with: Some("format"),
        tip: "write `--format json`, or `--format jsonl` for JSON Lines",
    },
    Tip {
        typed: &["jsonl", "ndjson"],
        with: Some("format"),
        tip: "write `--format jsonl`",
    },
    Tip {
        typed: &["csv", "tsv", "table"],
        with: Some("format"),
        tip: "write `--format csv`",
    },
    Tip {
        typed: &["text", "plain"],
        with: Some("format"),
        tip: "write `--format text`",
    },
    Tip {
        typed: &["output", "out", "file"],
        with: Some("format"),
        tip: "write `> FILE` behind the command",
    },
    Tip {
        typed: &["since", "from"],
        with: Some("after"),
        tip: "write `--after 2018-09`",
    },
    Tip {
        typed: &["until", "till", "to"],
        with: Some("before"),
        tip: "write `--before 2018-09`",
    },
    Tip {
        typed: &["date", "published", "year", "month", "day"],
        with: Some("after"),
        tip: "write `--after 2018-09 --before 2018-09`, or `published:2018-09` in the query",
    },
    Tip {
        typed: &["author", "byline"],
        with: Some("after"),
        tip: "write `byline:weber` in the query",
    },
    Tip {
        typed: &["title", "headline"],
        with: Some("after"),
        tip: "write `title:steel` in the query",
    },
    Tip {
        typed: &["path", "folder", "dir"],
        with: Some("after"),
        tip: "write `path:corpus/2018` in the query",
    },
    Tip {
        typed: &["not", "without"],
        with: Some("exclude"),
        tip: "write `--exclude country=china`, or `-china` in the query",
    },
    Tip {
        typed: &["order", "sort-by", "newest", "latest", "reverse"],
        with: Some("sort"),
        tip: "write `--sort newest` or `--sort oldest`",
    },
    Tip {
        typed: &["count", "total"],
        with: Some("offset"),
        tip: "`--limit 0` tells how many paragraphs match, `tradewire facets` counts values",
    },
    Tip {
        typed: &["page", "skip"],
        with: Some("offset"),
        tip: "write `--offset 10`",
    },
    Tip {
        typed: &["max", "max-results", "size", "top", "head"],
        with: Some("limit"),
        tip: "write `--limit 20`",
    },
    Tip {
        typed: &[
            "limit",
            "offset",
            "max",
            "max-results",
            "size",
            "top",
            "head",
        ],
        with: Some("no-head"),
        tip: "all that matches is exported; a part of it gives `tradewire search --limit 3 --format csv`",
    },
    Tip {
        typed: &["color", "colour", "no-color", "no-colour"],
        with: None,
        tip: "set `NO_COLOR=1` in the environment to be without; in files and pipes there is none",
    },
    Tip {
        typed: &["pager", "no-pager"],
        with: None,
        tip: "set `PAGER` in the environment, to nothing to be without",
    },
];

/// Adds to an error about arguments what to write instead, where that is known.
pub(super) fn with_tip(mut error: clap::Error, arguments: &[OsString]) -> clap::Error {
    let tip = match error.kind() {
        ErrorKind::UnknownArgument => instead(&error, arguments),
        ErrorKind::ValueValidation => {
            let source = error.source();
            let is_period = source.is_some_and(|source| source.is::<PeriodError>());
            is_period.then_some(FORMS)
        }
        _ => None,
    };
    if let Some(tip) = tip {
        // What is spelled alike means something else.
        error.remove(ContextKind::SuggestedArg);
        let tips = ContextValue::StyledStrs(vec![StyledStr::from(tip)]);
        error.insert(ContextKind::Suggested, tips);
    }
    error
}

fn instead(error: &clap::Error, arguments: &[OsString]) -> Option<&'static str> {
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let typed = typed.strip_prefix("--")?;
    let typed = typed.split('=').next().unwrap_or(typed);
    let all = Arguments::command();
    let mut command = &all;
    for name in arguments.iter().skip(1) {
        match command.find_subcommand(name) {
            Some(found) => command = found,
            None => break,
        }
    }
    let has = |flag: &str| {
        command
            .get_arguments()
            .any(|own| own.get_long() == Some(flag))
    };
    let tip = TIPS
        .iter()
        .find(|tip| tip.typed.contains(&typed) && tip.with.is_none_or(has));
    tip.map(|tip| tip.tip)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn tips_are_for_flags_that_are_not_ours() {
        let all = Arguments::command();
        let mut seen = HashSet::new();
        for tip in TIPS {
            let has = |command: &clap::Command, flag: &str| {
                let mut flags = command.get_arguments();
                flags.any(|own| own.get_long() == Some(flag))
            };
            let good_for: Vec<&clap::Command> = all
                .get_subcommands()
                .filter(|command| tip.with.is_none_or(|flag| has(command, flag)))
                .collect();
            assert!(!good_for.is_empty(), "{}", tip.tip);
            for typed in tip.typed {
                assert!(seen.insert((typed, tip.with)), "{typed} stands twice");
                let is_ours = good_for.iter().any(|command| has(command, typed));
                assert!(!is_ours, "{typed}");
            }
        }
    }
}
