//! A folder with a corpus and an index of its own, and commands run in it. In arguments and in what is shown `[TMP]`
//! stands for that folder; commands that need an index get the one in `[TMP]/index` unless they name another.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use tradewire::cli::{Exit, Terminal, run};

use crate::root;

pub(crate) struct Sandbox(TempDir);

/// What a command left: its messages, its answer and its exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    command: String,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

/// Commands that take no `--index`.
const WITHOUT_INDEX: &[&str] = &[
    "extract",
    "completions",
    "man",
    "help",
    "--help",
    "--version",
];

impl Sandbox {
    /// An empty folder.
    pub(crate) fn new() -> Sandbox {
        Sandbox(tempfile::tempdir().expect("a temporary folder can be made"))
    }

    /// With the articles of `tests/corpus`, not yet indexed.
    pub(crate) fn with_corpus() -> Sandbox {
        let sandbox = Sandbox::new();
        let files = std::fs::read_dir(root().join("tests/corpus")).expect("the corpus is there");
        for file in files {
            let file = file.expect("the corpus can be read");
            let bytes = std::fs::read(file.path()).expect("the corpus can be read");
            let name = file.file_name().into_string().expect("names are plain");
            sandbox.write(&format!("corpus/{name}"), bytes);
        }
        sandbox
    }

    /// With the articles of `tests/corpus`, indexed.
    pub(crate) fn indexed() -> Sandbox {
        let sandbox = Sandbox::with_corpus();
        let outcome = sandbox.run(&["index", "[TMP]/corpus"]);
        assert_eq!(outcome.code, 0, "{outcome}");
        sandbox
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file; its time of change lies an hour back, so that it is trusted.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        self.write_at(name, content, 3_600);
    }

    /// Writes a file with a time of change so many seconds ago.
    pub(crate) fn write_at(&self, name: &str, content: impl AsRef<[u8]>, seconds_ago: u64) {
        let path = self.path(name);
        let folder = path.parent().expect("files lie in the folder");
        std::fs::create_dir_all(folder).expect("folders can be made");
        std::fs::write(&path, content).expect("files can be written");
        let time = std::time::SystemTime::now() - std::time::Duration::from_secs(seconds_ago);
        let file = std::fs::File::options().write(true).open(&path);
        let set = file.and_then(|file| file.set_modified(time));
        set.expect("times can be set");
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path(name)).expect("files can be removed");
    }

    /// Runs a command in this process, as in a pipe.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let exit = run(
            self.arguments(arguments),
            Terminal::plain(),
            &mut stdout,
            &mut stderr,
        );
        let code = match exit {
            Exit::Yes => 0,
            Exit::No => 1,
            Exit::Failed => 2,
        };
        self.outcome(arguments, &stdout, &stderr, code)
    }

    /// The binary with these arguments, not yet started, in the folder.
    pub(crate) fn process(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command
            .args(&self.arguments(arguments)[1..])
            .current_dir(self.0.path())
            .env_remove("TRADEWIRE_INDEX")
            .env_remove("TRADEWIRE_LISTS")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command in a process of its own that may take only so much memory, whatever a damaged file makes it ask for.
    pub(crate) fn spawn(&self, arguments: &[&str]) -> Outcome {
        let output = Command::new("sh")
            .args(["-c", "ulimit -v 8000000; exec \"$0\" \"$@\""])
            .arg(binary())
            .args(&self.arguments(arguments)[1..])
            .current_dir(self.0.path())
            .env_remove("TRADEWIRE_INDEX")
            .env_remove("TRADEWIRE_LISTS")
            .stdin(Stdio::null())
            .output()
            .expect("there is a shell");
        let code = output.status.code().unwrap_or(-1);
        self.outcome(arguments, &output.stdout, &output.stderr, code)
    }

    /// Runs a script of the shell in the folder, where `$tradewire` is the binary.
    pub(crate) fn shell(&self, script: &str) -> Outcome {
        let output = Command::new("sh")
            .args(["-c", script])
            .current_dir(self.0.path())
            .env("tradewire", binary())
            .env_remove("TRADEWIRE_INDEX")
            .env_remove("TRADEWIRE_LISTS")
            .stdin(Stdio::null())
            .output()
            .expect("there is a shell");
        let code = output.status.code().unwrap_or(-1);
        let mut outcome = self.outcome(&[], &output.stdout, &output.stderr, code);
        outcome.command = format!("$ {script}");
        outcome
    }

    fn arguments(&self, arguments: &[&str]) -> Vec<OsString> {
        let mut all = vec!["tradewire".to_string()];
        let folder = self.0.path().display().to_string();
        all.extend(
            arguments
                .iter()
                .map(|argument| argument.replace("[TMP]", &folder)),
        );
        let has = |name: &str| arguments.contains(&name);
        let is_without = WITHOUT_INDEX.iter().any(|name| has(name));
        if !is_without && !has("--index") && !arguments.is_empty() {
            // In front, where no `--` can hide it.
            let index = self.path("index").display().to_string();
            let at = if arguments[0] == "alert" { 3 } else { 2 }.min(all.len());
            all.splice(at..at, ["--index".to_string(), index]);
        }
        all.into_iter().map(OsString::from).collect()
    }

    fn outcome(&self, arguments: &[&str], stdout: &[u8], stderr: &[u8], code: i32) -> Outcome {
        let quoted = arguments.iter().map(|argument| {
            if argument.contains([' ', '"', '*', '|', '(', '<', '>', '~']) {
                format!("'{argument}'")
            } else {
                argument.to_string()
            }
        });
        let quoted: Vec<String> = quoted.collect();
        Outcome {
            command: format!("$ tradewire {}", quoted.join(" ")),
            stdout: self.shown(stdout),
            stderr: self.shown(stderr),
            code,
        }
    }

    /// Without what differs from run to run.
    fn shown(&self, bytes: &[u8]) -> String {
        let text = std::str::from_utf8(bytes).expect("all that is written is UTF-8");
        let mut text = text.replace(&self.0.path().display().to_string(), "[TMP]");
        let version = concat!("tradewire ", env!("CARGO_PKG_VERSION"));
        text = text.replace(version, "tradewire [VERSION]");
        for (before, after, name) in VARYING {
            text = masked(&text, before, after, name);
        }
        text
    }
}

/// What varies: it stands between these.
const VARYING: &[(&str, &str, &str)] = &[
    ("\"seconds\":", "}", "[SECONDS]"),
    ("\r\nseconds,", "\r\n", "[SECONDS]"),
    ("\"built\":\"", "\"", "[TIME]"),
    ("\r\nbuilt,", "\r\n", "[TIME]"),
    ("\"bytes\":", ",", "[BYTES]"),
    ("\r\nbytes,", "\r\n", "[BYTES]"),
    ("index of ", "Z", "[TIME]"),
    (" skipped (", " s)", "[SECONDS]"),
    ("\"created\":\"", "\"", "[TIME]"),
    ("\"last_run\":\"", "\"", "[TIME]"),
    ("\n  added ", "Z", "[TIME]"),
    (", last run ", "Z", "[TIME]"),
    (", new since ", "Z", "[TIME]"),
    ("\nbuilt       ", " by", "[TIME]"),
    ("\nsize        ", " in ", "[BYTES]"),
];

fn masked(text: &str, before: &str, after: &str, name: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(before) {
        let (head, tail) = rest.split_at(at + before.len());
        out.push_str(head);
        out.push_str(name);
        rest = &tail[tail.find(after).unwrap_or(tail.len())..];
    }
    out + rest
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.command)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "--- {name} ---")?;
                f.write_str(&text.replace('\r', "␍"))?;
                if !text.ends_with('\n') {
                    writeln!(f, "[no newline at the end]")?;
                }
            }
        }
        write!(f, "--- exit {} ---", self.code)
    }
}

/// The program as it was built for these tests.
pub(crate) fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_tradewire"))
}

/// Copies all that is in a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("the folder can be read");
        let below = entry.path().strip_prefix(from).expect("it lies below");
        match entry.file_type().is_dir() {
            true => std::fs::create_dir_all(to.join(below)).expect("folders can be made"),
            false => {
                std::fs::copy(entry.path(), to.join(below)).expect("files can be copied");
            }
        }
    }
}
