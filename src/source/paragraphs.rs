//! Text to paragraphs as a reader sees them. What separates them is decided by the text's own evidence:
//!
//! - lines that are not filled up to a common margin are paragraphs themselves, with or without blank lines between
//! - filled ("hard-wrapped") lines belong together up to a blank line, or up to a line whose beginning is indented
//! - filled lines with neither: a paragraph ends where a sentence ends on a line that had room for the next word
//!
//! Time is linear in the length of the text.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::wire;

/// The paragraphs of a text, and what signs it off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// The headline and lines like bylines are among them, each by itself.
    pub paragraphs: Vec<String>,
    /// Lines at the end that only name the agency or say that this is the end.
    pub sign_offs: Vec<String>,
}

/// The widest margin up to which lines are filled by hand or machine; longer lines are paragraphs.
const WIDEST_MARGIN: usize = 160;

/// Shorter lines are items of a list rather than filled.
const NARROWEST_MARGIN: usize = 25;

/// The columns by which the first line of a paragraph is indented at least.
const INDENT: usize = 2;

/// The lines at the head among which headline, byline and place line may stand without a blank line between.
const HEAD_LINES: usize = 8;

#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    /// Without space around it; never empty.
    text: &'a str,
    /// Columns before the text.
    indent: usize,
    /// Columns up to the end of the text.
    width: usize,
    /// Blank lines before it.
    gap: usize,
    /// Whether words of it may stand apart by more than one space.
    is_spaced: bool,
}

static TWO_SPACES: LazyLock<Finder> = LazyLock::new(|| Finder::new("  "));
static THREE_SPACES: LazyLock<Finder> = LazyLock::new(|| Finder::new("   "));

/// Cuts a text into paragraphs. The text is expected as `decode` gives it.
pub(super) fn split(text: &str) -> Layout {
    let mut lines = lines(text);
    let sign_offs = take_sign_offs(&mut lines);
    let starts = starts(&mut lines);
    let n_paragraphs = starts.iter().filter(|start| **start).count();
    let mut paragraphs: Vec<String> = Vec::with_capacity(n_paragraphs);
    for (line_idx, line) in lines.iter().enumerate() {
        match paragraphs.last_mut() {
            Some(paragraph) if !starts[line_idx] => join(paragraph, line),
            _ if line.is_spaced => {
                let mut paragraph = String::with_capacity(line.text.len());
                push_words(&mut paragraph, line.text);
                paragraphs.push(paragraph);
            }
            _ => paragraphs.push(line.text.to_string()),
        }
    }
    Layout {
        paragraphs,
        sign_offs,
    }
}

/// Puts paragraphs that a format has separated itself into one form, and takes sign-offs from their end.
pub(super) fn separated(paragraphs: impl IntoIterator<Item = String>) -> Layout {
    let mut paragraphs: Vec<String> = paragraphs
        .into_iter()
        .filter_map(|paragraph| {
            let mut out = String::with_capacity(paragraph.len());
            push_words(&mut out, &paragraph);
            (!out.is_empty()).then_some(out)
        })
        .collect();
    let mut sign_offs = Vec::new();
    while paragraphs.len() > 1
        && let Some(last) = paragraphs.pop_if(|last| wire::sign_off(last).is_some())
    {
        sign_offs.insert(0, last);
    }
    Layout {
        paragraphs,
        sign_offs,
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    // As many as most articles have.
    let mut lines = Vec::with_capacity(16);
    let is_spaced = is_spaced(text);
    let mut gap = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let mut start = 0;
    for end in ends {
        let raw = &text[start..end];
        start = end + 1;
        let without_start = raw.trim_start();
        let line = without_start.trim_end();
        if line.is_empty() {
            gap += 1;
            continue;
        }
        let space = &raw[..raw.len() - without_start.len()];
        let indent = space.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        lines.push(Line {
            text: line,
            indent,
            width: indent + columns(line),
            gap: std::mem::take(&mut gap),
            is_spaced: is_spaced && self::is_spaced(line),
        });
    }
    lines
}

/// Whether words may stand apart by more than one space.
fn is_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr(b'\t', bytes).is_some() || TWO_SPACES.find(bytes).is_some()
}

fn columns(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}

/// Takes the sign-offs from the end. A word that only may be one counts where the text before it has come to an end.
fn take_sign_offs(lines: &mut Vec<Line>) -> Vec<String> {
    let mut sign_offs = Vec::new();
    while sign_offs.len() < 3
        && let [.., before, last] = lines.as_slice()
        && let Some(found) = wire::sign_off(last.text)
        && (found.sure || last.gap > 0 || ends_sentence(before.text))
    {
        sign_offs.insert(0, last.text.to_string());
        lines.pop();
    }
    // `... in all of 1986.        REUTER`
    if let Some(last) = lines.last_mut()
        && last.is_spaced
        && let Some(at) = last.text.rfind("   ")
        && wire::sign_off(last.text[at..].trim()).is_some_and(|found| found.sure)
    {
        sign_offs.insert(0, last.text[at..].trim().to_string());
        last.text = last.text[..at].trim_end();
        last.width = last.indent + columns(last.text);
    }
    sign_offs
}

/// For each line whether a paragraph begins with it.
fn starts(lines: &mut [Line]) -> Vec<bool> {
    let margin = margin(lines);
    if margin.is_some() && is_double_spaced(lines) {
        for line in lines.iter_mut() {
            line.gap = line.gap.saturating_sub(1);
        }
    }
    let mut starts: Vec<bool> = lines.iter().map(|line| line.gap > 0).collect();
    if let Some(first) = starts.first_mut() {
        *first = true;
    }
    match margin {
        Some(margin) => filled_starts(lines, margin, &mut starts),
        None => {
            for (line_idx, start) in starts.iter_mut().enumerate().skip(1) {
                *start |= !runs_on(lines, line_idx);
            }
        }
    }
    join_tables(lines, &mut starts);
    starts
}

/// Whether an unfilled line is the rest of the one before: that one is open, and this one begins in lower case.
fn runs_on(lines: &[Line], line_idx: usize) -> bool {
    let (before, line) = (lines[line_idx - 1].text, lines[line_idx].text);
    // An indented line is a beginning, whatever it begins with.
    lines[line_idx].indent < INDENT
        && line.starts_with(char::is_lowercase)
        && before.ends_with(|c: char| c.is_lowercase() || c == ',' || c == '-')
        && line_idx > 1
        && !(line_idx < HEAD_LINES && wire::byline(line).is_some())
}

/// The common margin up to which lines are filled, if they are.
fn margin(lines: &[Line]) -> Option<usize> {
    let mut widths: Vec<usize> = lines.iter().map(|line| line.width).collect();
    widths.sort_unstable();
    // A web address or a row of a table may stick out.
    let n_outliers = usize::from(widths.len() >= 8).max(widths.len() / 25);
    let margin = *widths.get(widths.len().checked_sub(1 + n_outliers)?)?;
    if !(NARROWEST_MARGIN..=WIDEST_MARGIN).contains(&margin) {
        return None;
    }
    let (mut n_pairs, mut n_full, mut n_open, mut n_running) = (0, 0, 0, 0);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        let is_pair = next.gap == 0 && next.indent < line.indent + INDENT;
        // Double-spaced lines are pairs as well when the sentence runs on.
        let runs_on = next.gap == 1 && next.text.starts_with(char::is_lowercase);
        // Rows of a table are filled up to no margin.
        if (is_pair || runs_on) && !is_row(next) && !is_row(line) {
            n_pairs += 1;
            n_full += usize::from(!had_room(line, next, margin));
            n_open += usize::from(!ends_sentence(line.text));
            let is_lower = next.text.starts_with(char::is_lowercase);
            n_running += usize::from(is_lower && !ends_sentence(line.text));
        }
    }
    let is_filled = n_full * 2 >= n_pairs && n_open * 3 >= n_pairs || n_running * 3 >= n_pairs;
    (n_pairs > 0 && is_filled).then_some(margin)
}

/// Whether the next line's first word would have fitted.
fn had_room(line: &Line, next: &Line, margin: usize) -> bool {
    let word = next.text.split(' ').next().unwrap_or("");
    line.width + 1 + columns(word) <= margin
}

/// Whether a blank line follows each line, within paragraphs, too.
fn is_double_spaced(lines: &[Line]) -> bool {
    let n_close = lines.iter().skip(1).filter(|line| line.gap == 0).count();
    let n_lower = lines
        .iter()
        .filter(|line| line.gap == 1 && line.text.starts_with(char::is_lowercase))
        .count();
    lines.len() >= 6 && n_close * 10 <= lines.len() && n_lower * 3 >= lines.len()
}

/// The paragraphs of filled lines.
fn filled_starts(lines: &[Line], margin: usize, starts: &mut [bool]) {
    head_starts(lines, margin, starts);
    let mut block = 0;
    while block < lines.len() {
        let length = lines[block + 1..]
            .iter()
            .take_while(|line| line.gap == 0)
            .count();
        let end = block + 1 + length;
        let indented = indented_starts(&lines[block..end], &mut starts[block..end]);
        if !indented {
            guessed_starts(&lines[block..end], margin, &mut starts[block..end]);
        }
        block = end;
    }
}

/// Headline, byline and place line at the head may be followed by the text without a blank line.
fn head_starts(lines: &[Line], margin: usize, starts: &mut [bool]) {
    let n_first = 1 + lines[1..]
        .iter()
        .take_while(|line| line.gap == 0 && line.indent < INDENT)
        .count();
    // Up to three lines that end no sentence are a headline, however short they are.
    let is_headline = n_first <= 3 && !ends_sentence(lines[n_first - 1].text);
    for line_idx in 0..lines.len().min(HEAD_LINES) {
        let line = &lines[line_idx];
        let before = line_idx.checked_sub(1).map(|idx| lines[idx].text);
        let stands_alone = wire::stands_alone(line.text, before);
        let next_begins = lines.get(line_idx + 1).is_some_and(|next| {
            // A short first line that ends no sentence is a headline.
            line_idx == 0
                && !is_headline
                && !next.text.starts_with(char::is_lowercase)
                && had_room(line, next, margin)
                && !ends_sentence(line.text)
        });
        starts[line_idx] |= stands_alone || line_idx > 0 && wire::dateline(line.text).is_some();
        if let Some(next) = starts.get_mut(line_idx + 1) {
            *next |= stands_alone || next_begins;
        }
    }
}

/// Marks the indented lines of a block, unless indenting means something else there; says whether it had any.
fn indented_starts(block: &[Line], starts: &mut [bool]) -> bool {
    let least = block.iter().map(|line| line.indent).min().unwrap_or(0);
    let is_indented = |line: &Line| line.indent >= least + INDENT;
    // `- An item whose further lines\n  hang below its text`
    let hangs = block.len() > 1
        && !is_indented(&block[0])
        && begins_item(block[0].text)
        && block[1..]
            .iter()
            .all(|line| is_indented(line) || begins_item(line.text));
    if hangs {
        for (start, line) in starts.iter_mut().zip(block) {
            *start |= !is_indented(line);
        }
        return true;
    }
    let mut any = false;
    for (start, line) in starts.iter_mut().zip(block) {
        *start |= is_indented(line) || begins_item(line.text);
        any |= is_indented(line);
    }
    // All lines of a deep block: each by itself when they are first lines elsewhere, that is in old wire copy.
    if !any && least >= 4 && block.len() > 1 && block.iter().all(|line| line.indent == least) {
        starts.fill(true);
        return true;
    }
    any
}

/// `- item`, `* item`, `• item`
fn begins_item(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(
        chars.next(),
        Some('-' | '*' | '•' | '·' | '▪' | '●' | '–' | '—')
    ) && chars.next() == Some(' ')
}

/// Where nothing else tells: a sentence ended although there was room.
fn guessed_starts(block: &[Line], margin: usize, starts: &mut [bool]) {
    for line_idx in 1..block.len() {
        let (before, line) = (&block[line_idx - 1], &block[line_idx]);
        let opens = line.text.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || wire::is_quotation_mark(c) || c == '$'
        });
        starts[line_idx] |= opens && had_room(before, line, margin) && ends_sentence(before.text);
    }
}

/// Rows of a table stay together: lines whose cells, some of them numbers, stand apart by several spaces.
fn join_tables(lines: &[Line], starts: &mut [bool]) {
    let mut after_row = false;
    for (line, start) in lines.iter().zip(starts) {
        let is_row = is_row(line);
        if is_row && after_row && line.gap == 0 {
            *start = false;
        }
        after_row = is_row;
    }
}

fn is_row(line: &Line) -> bool {
    let text = line.text;
    let spaced = || THREE_SPACES.find(text.as_bytes()).is_some() || text.contains('\t');
    line.is_spaced
        && text.len() <= 200
        && spaced()
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().filter(u8::is_ascii_alphabetic).count() * 2 <= text.len()
}

/// Whether a line ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare =
        text.trim_end_matches(|c: char| wire::is_quotation_mark(c) || matches!(c, ')' | ']'));
    bare.ends_with(['.', '!', '?', '…', ':']) || bare.len() < text.len() && bare.ends_with(',')
}

/// Adds a line to a paragraph; a word that was divided at its hyphen comes together again and keeps it.
fn join(paragraph: &mut String, line: &Line) {
    let mut last = paragraph.chars().rev();
    let divided = last.next() == Some('-')
        && last.next().is_some_and(char::is_alphanumeric)
        && line.text.starts_with(char::is_alphanumeric);
    if !divided && !paragraph.is_empty() {
        paragraph.push(' ');
    }
    match line.is_spaced {
        true => push_words(paragraph, line.text),
        false => paragraph.push_str(line.text),
    }
}

/// Adds text, each run of white space as one space, none at its ends.
pub(super) fn push_words(out: &mut String, text: &str) {
    let text = text.trim();
    if !text.contains('\n') && !is_spaced(text) {
        out.push_str(text);
        return;
    }
    for (word_idx, word) in text.split_whitespace().enumerate() {
        if word_idx > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::assert_linear;

    /// The paragraphs, a line each; below them the sign-offs, each after `~`.
    fn check_split(text: &str, expected: &[&str]) {
        let layout = split(text);
        let mut lines = layout.paragraphs;
        lines.extend(layout.sign_offs.iter().map(|line| format!("~{line}")));
        assert_eq!(lines, expected, "{text}");
    }

    #[test]
    fn blank_lines_separate() {
        check_split(
            "Steel duties rise\n\n\nThe duty on steel will rise, the minister said.\n \t\nZinc is spared.\n",
            &[
                "Steel duties rise",
                "The duty on steel will rise, the minister said.",
                "Zinc is spared.",
            ],
        );
    }

    #[test]
    fn each_line_is_a_paragraph_where_none_is_filled() {
        check_split(
            "Steel duties rise\nThe duty on steel will rise to 25 percent in the spring, the minister said on Monday in the capital, and that on zinc will not.\nMakers were pleased.\nImporters, who had asked for time until the end of the year, said that they would go to court over it.",
            &[
                "Steel duties rise",
                "The duty on steel will rise to 25 percent in the spring, the minister said on Monday in the capital, and that on zinc will not.",
                "Makers were pleased.",
                "Importers, who had asked for time until the end of the year, said that they would go to court over it.",
            ],
        );
    }

    #[test]
    fn filled_lines_belong_together() {
        check_split(
            "Ministers agree on steel duties after a night of talks, leaving\nzinc for later\n\nThe duty on steel will rise to 25 percent in the spring, the\nminister said on Monday, and that on zinc, long a trade-\nrelated matter, will not.\n\nMakers were pleased. Importers said that they would go to court\nover it.\n",
            &[
                "Ministers agree on steel duties after a night of talks, leaving zinc for later",
                "The duty on steel will rise to 25 percent in the spring, the minister said on Monday, and that on zinc, long a trade-related matter, will not.",
                "Makers were pleased. Importers said that they would go to court over it.",
            ],
        );
    }

    #[test]
    fn old_wire_copy_indents_first_lines() {
        check_split(
            "MINISTERS AGREE ON STEEL DUTIES\n    GENEVA, March 8 - The duty on steel will rise to 25 percent\nin the spring, a minister said on Monday, and that on zinc will\nnot.\n    Makers were pleased.\n    Importers said that they would go to court over it, because\nthey had asked for time.\n Reuter\n",
            &[
                "MINISTERS AGREE ON STEEL DUTIES",
                "GENEVA, March 8 - The duty on steel will rise to 25 percent in the spring, a minister said on Monday, and that on zinc will not.",
                "Makers were pleased.",
                "Importers said that they would go to court over it, because they had asked for time.",
                "~Reuter",
            ],
        );
        check_split(
            "MINISTERS AGREE ON STEEL\nDUTIES AFTER A NIGHT OF TALKS\n\tGENEVA, March 8 - The duty on steel will rise to 25 percent\nin the spring, a minister said.        REUTER\n",
            &[
                "MINISTERS AGREE ON STEEL DUTIES AFTER A NIGHT OF TALKS",
                "GENEVA, March 8 - The duty on steel will rise to 25 percent in the spring, a minister said.",
                "~REUTER",
            ],
        );
    }

    #[test]
    fn short_lines_that_end_a_sentence_end_a_paragraph_where_nothing_else_tells() {
        check_split(
            "The duty on steel will rise to 25 percent in the spring, the\nminister said on Monday. That on zinc, however, will not, he\nadded.\nMakers were pleased with the decision, which they had awaited\nfor a year. Importers said that they would go to court over it.\nNo date has been set for a hearing in the matter of the duties\non steel.\n",
            &[
                "The duty on steel will rise to 25 percent in the spring, the minister said on Monday. That on zinc, however, will not, he added.",
                "Makers were pleased with the decision, which they had awaited for a year. Importers said that they would go to court over it. No date has been set for a hearing in the matter of the duties on steel.",
            ],
        );
    }

    #[test]
    fn a_headline_may_stand_right_above_filled_text() {
        check_split(
            "Duties on steel rise\nBy Jane Doe\nThe duty on steel will rise to 25 percent in the spring, the\nminister said on Monday. That on zinc will not.\n\nMakers were pleased with the decision, which they had awaited\nfor a year.\n",
            &[
                "Duties on steel rise",
                "By Jane Doe",
                "The duty on steel will rise to 25 percent in the spring, the minister said on Monday. That on zinc will not.",
                "Makers were pleased with the decision, which they had awaited for a year.",
            ],
        );
    }

    #[test]
    fn double_spaced_lines_belong_together() {
        check_split(
            "The duty on steel will rise to 25 percent in the spring, the\n\nminister said on Monday, and that on zinc, which has been a\n\nmatter of long talks, will not.\n\n\nMakers were pleased with the decision, which they had awaited\n\nfor a year and which their lawyers had prepared with great\n\ncare.\n",
            &[
                "The duty on steel will rise to 25 percent in the spring, the minister said on Monday, and that on zinc, which has been a matter of long talks, will not.",
                "Makers were pleased with the decision, which they had awaited for a year and which their lawyers had prepared with great care.",
            ],
        );
    }

    #[test]
    fn tables_stay_together() {
        check_split(
            "The figures, in millions of tonnes and for the years that ended\nin June of each, are as follows, according to the ministry:\n    Steel    12.5    13.1\n    Zinc      1.5     1.6\n    Tin       0.5     0.4\n    They may be revised in the autumn, when the companies have sent\ntheir reports to the office.\n",
            &[
                "The figures, in millions of tonnes and for the years that ended in June of each, are as follows, according to the ministry:",
                "Steel 12.5 13.1 Zinc 1.5 1.6 Tin 0.5 0.4",
                "They may be revised in the autumn, when the companies have sent their reports to the office.",
            ],
        );
    }

    #[test]
    fn items_are_paragraphs_and_hang_together() {
        check_split(
            "The decision has three parts, which the ministers presented on\nMonday at the end of their meeting in the capital:\n\n- a duty of 25 percent on steel, to be levied from the first day\n  of April\n- a quota for zinc\n\nAll else is left to the talks that are to be held in the autumn\nof the year.\n",
            &[
                "The decision has three parts, which the ministers presented on Monday at the end of their meeting in the capital:",
                "- a duty of 25 percent on steel, to be levied from the first day of April",
                "- a quota for zinc",
                "All else is left to the talks that are to be held in the autumn of the year.",
            ],
        );
    }

    #[test]
    fn a_word_in_capitals_signs_off_after_the_end_only() {
        check_split("Steel rose.\nTSD", &["Steel rose.", "~TSD"]);
        check_split(
            "Steel rose.\n\n(TSD)\n-30-",
            &["Steel rose.", "~(TSD)", "~-30-"],
        );
        check_split("Members of\nNATO", &["Members of", "NATO"]);
        check_split("Reuter", &["Reuter"]);
        check_split("", &[]);
        check_split(" \n\t\n", &[]);
    }

    #[test]
    fn long_texts_take_linear_time() {
        for part in ["a\n", " a", "-\n", "\n", "    a.\n", "By A,\n"] {
            assert_linear(
                part,
                400_000,
                |n| part.repeat(n),
                |text| wire::read(split(text), None),
            );
        }
    }
}
