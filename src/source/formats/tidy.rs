//! Markup brought into the shape in which its text is read whole: what stands for something else is written out (`<q>`,
//! `<pre>`), what readers do not see or do not read as text is left out (marks of notes, hidden lines), parts of the story
//! that look like parts of the page are called by what they are, paragraphs that have no element of their own get one, and
//! tables are either rows of cells or, where they only lay out the page, no tables.
//! Goes by tokens, in linear time.

use std::borrow::Cow;

use super::markup::{self, Token};
use crate::source::paragraphs;

/// The longest mark of a note that is told by its form, in bytes.
const MARK_BYTES: usize = 12;

/// Words before a small raised number that make it a power.
const UNITS: &[&str] = &[
    "mm", "cm", "dm", "m", "km", "ft", "in", "yd", "mi", "s", "sec", "10",
];

/// Elements of one line, which are left out when they are hidden. Of larger ones all may be shown later by a script.
const LINES: &[&str] = &[
    "p", "span", "li", "a", "h2", "h3", "h4", "h5", "h6", "small",
];

/// Parts of the names by which pages call boxes that are no part of the story.
const BOXES: &[&str] = &[
    "ad-",
    "ads",
    "advert",
    "author",
    "banner",
    "bio",
    "comment",
    "cookie",
    "donat",
    "follow",
    "latest",
    "menu",
    "more",
    "most",
    "nav",
    "newsletter",
    "paywall",
    "popular",
    "promo",
    "pull",
    "read",
    "recirc",
    "recommend",
    "related",
    "share",
    "sidebar",
    "sign",
    "social",
    "sponsor",
    "subscri",
    "tag",
    "teaser",
    "toc",
    "topics",
    "trending",
    "video",
    "widget",
];

/// How lines begin that introduce other stories.
const OTHERS: &[&str] = &[
    "also read",
    "also on",
    "for more",
    "further reading",
    "latest",
    "more ",
    "most ",
    "other stor",
    "popular",
    "read ",
    "recommended",
    "related",
    "see also",
    "sign up",
    "subscribe",
    "trending",
    "you may",
    "you might",
];

/// Elements whose end tells that text without an element of its own may follow, as a paragraph beside them.
const PARAGRAPHS: &[&str] = &["p", "h1", "h2", "h3", "h4", "h5", "h6"];

/// Elements whose text is theirs.
const HOLDERS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "dt",
    "dd",
    "pre",
    "figcaption",
    "option",
    "title",
    "summary",
    "legend",
    "address",
    "caption",
    "head",
    "select",
];

/// Characters of a paragraph that is more than a teaser.
const PARAGRAPH_CHARS: usize = 40;

/// Words of a line that introduces a list of the story.
const LIST_WORDS: usize = 5;

/// What stands in place of two line breaks within a paragraph.
const NEXT_PARAGRAPH: &str = "</p><p>";

/// Rows of several cells from which on a table is one, whatever its cells hold.
const TABLE_ROWS: usize = 3;

/// Tables within each other that are looked at.
const TABLES_DEEP: usize = 50;

/// Bytes of the tag of a line break.
const BREAK_BYTES: usize = 40;

/// Bytes of it that are looked at.
const LINE_BYTES: usize = 400;

/// The markup, rewritten where it has to be.
pub(super) fn tidied(html: &str) -> Cow<'_, str> {
    if !may_need(html) {
        return Cow::Borrowed(html);
    }
    let mut tidy = Tidy::default();
    let mut tokens = markup::tokens(html);
    while let (start, Some(token)) = (html.len() - tokens.rest().len(), tokens.next()) {
        let end = html.len() - tokens.rest().len();
        tidy.token(token, start, end);
    }
    tidy.finish(html.len());
    tidy.written(html)
}

/// Whether there is anything of what is rewritten; most markup in exports has nothing of it.
fn may_need(html: &str) -> bool {
    const NAMES: &[&str] = &["sup", "q", "pre", "aside", "article", "table"];
    let bytes = html.as_bytes();
    let has_element = || {
        memchr::memchr_iter(b'<', bytes).any(|at| {
            let rest = &bytes[at + 1..bytes.len().min(at + 10)];
            let length = rest
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric())
                .count();
            NAMES
                .iter()
                .any(|name| name.as_bytes().eq_ignore_ascii_case(&rest[..length]))
        })
    };
    let has = |text: &str| memchr::memmem::find(bytes, text.as_bytes()).is_some();
    has_element()
        || has_double_break(bytes)
        || has("hidden")
        || has("display")
        || has("</a></li>")
        || has_loose(bytes)
}

/// Whether two line breaks may stand beside each other.
fn has_double_break(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b"<br").any(|at| {
        let rest = &bytes[at + 1..];
        let end = memchr::memchr(b'>', &rest[..rest.len().min(BREAK_BYTES)]);
        end.is_some_and(|end| {
            let behind = rest[end + 1..].trim_ascii_start();
            behind.len() >= 3 && behind[..3].eq_ignore_ascii_case(b"<br")
        })
    })
}

/// Whether text stands before or behind a paragraph that is in no element of its own.
fn has_loose(bytes: &[u8]) -> bool {
    let is_text = |byte: Option<&u8>, tag: u8| byte.is_some_and(|byte| *byte != tag);
    let is_seen = |byte: &&u8| !byte.is_ascii_whitespace();
    let ends = memchr::memmem::find_iter(bytes, "</p>");
    let mut behind = ends.map(|at| bytes[at + 4..].iter().find(is_seen));
    let starts = memchr::memmem::find_iter(bytes, "<p>");
    let mut before = starts.map(|at| bytes[..at].iter().rev().find(is_seen));
    behind.any(|byte| is_text(byte, b'<')) || before.any(|byte| is_text(byte, b'>'))
}

#[derive(Debug, Default)]
struct Tidy<'a> {
    edits: Vec<Edit>,
    /// How many elements are open, as far as end tags are written.
    depth: usize,
    /// How many links are open.
    n_links: usize,
    /// The text of the line so far, up to a bound.
    line: String,
    /// Whether a line begins with the next text.
    line_ended: bool,
    mark: Option<Mark>,
    /// For each open quotation whether its marks are to be written.
    quotations: Vec<bool>,
    /// Where a quotation was opened of which no text was met yet.
    opened: Option<(usize, usize)>,
    preformatted: Option<(usize, String)>,
    /// The text since the last block, where it is in no element of its own.
    loose: Option<Loose>,
    /// Whether a paragraph is open.
    in_paragraph: bool,
    /// The line break behind which no text was met yet.
    line_break: Option<(usize, usize)>,
    /// Tables that are open, one in the other.
    tables: Vec<Table>,
    /// Whether a table was just closed that laid out several paragraphs.
    story_ended: bool,
    /// Tables in the innermost of them that are left as they are.
    n_deeper: usize,
    hidden: Option<(&'a str, usize)>,
    aside: Option<Aside>,
    /// The list whose links are text: how many lists are open in it.
    list: Option<usize>,
    articles: Vec<Part>,
    n_articles: usize,
    n_mains: usize,
    /// The least depth since the last article came to its end.
    least_depth: usize,
    /// Whether an item of a list came to its end since then.
    item_ended: bool,
}

/// Text beside paragraphs.
#[derive(Debug)]
struct Loose {
    from: usize,
    follows_paragraph: bool,
    n_chars: usize,
    n_linked: usize,
    /// Line breaks that separate paragraphs.
    breaks: Vec<(usize, usize)>,
}

/// A table that is open.
#[derive(Debug, Default)]
struct Table {
    /// Its tags, with what takes their place where it only lays out the page.
    tags: Vec<((usize, usize), &'static str)>,
    /// Tags of paragraphs in its cells.
    blocks: Vec<(usize, usize)>,
    /// Line breaks that separate parts of a paragraph in its cells.
    breaks: Vec<(usize, usize)>,
    cell: Option<Cell>,
    /// Cells of the row that have text.
    n_cells: usize,
    /// Rows of several such cells.
    n_rows: usize,
    /// Whether a cell holds another table.
    has_table: bool,
    /// Whether a cell holds several paragraphs.
    has_story: bool,
}

#[derive(Debug, Default)]
struct Cell {
    has_text: bool,
    n_paragraphs: usize,
}

impl Table {
    /// Its tag is rewritten up to the end of the name, which is as long as that of all cells.
    fn open_cell(&mut self, start: usize) {
        let text = match self.end_cell() {
            true => "</div><div",
            false => "<div",
        };
        self.tags.push(((start, start + "<td".len()), text));
        self.cell = Some(Cell::default());
    }

    /// Goes over a tag that stands between cells: of a row, or the end of a cell or of the table.
    fn close_cell(&mut self, tag: (usize, usize)) {
        let is_open = self.end_cell();
        self.tags.push((tag, if is_open { "</div>" } else { "" }));
    }

    /// Ends the cell, whose end tag may be missing; says whether one was open.
    fn end_cell(&mut self) -> bool {
        let Some(cell) = self.cell.take() else {
            return false;
        };
        self.n_cells += usize::from(cell.has_text);
        self.has_story |= cell.n_paragraphs > 1;
        true
    }

    fn end_row(&mut self) {
        self.n_rows += usize::from(self.n_cells > 1);
        self.n_cells = 0;
    }

    fn lays_out(&self) -> bool {
        self.has_table || self.n_rows == 0 || self.has_story && self.n_rows < TABLE_ROWS
    }
}

/// A place to be rewritten.
#[derive(Debug)]
struct Edit {
    start: usize,
    end: usize,
    text: Cow<'static, str>,
}

/// A raised text.
#[derive(Debug)]
struct Mark {
    start: usize,
    text: String,
    is_linked: bool,
}

#[derive(Debug)]
struct Aside {
    tag: (usize, usize),
    /// Asides that are open in it.
    n_inner: usize,
    is_box: bool,
    n_chars: usize,
    n_linked: usize,
    has_paragraph: bool,
}

/// An article that stands in no other.
#[derive(Debug)]
struct Part {
    open: (usize, usize),
    close: (usize, usize),
    /// Which of its neighbours stand beside it, in one element.
    group: usize,
    /// Whether the one before it stands in an element of its own.
    is_apart: bool,
    depth: usize,
    n_paragraphs: usize,
    has_links: bool,
    has_heading: bool,
    is_comment: bool,
}

impl<'a> Tidy<'a> {
    fn edit(&mut self, (start, end): (usize, usize), text: impl Into<Cow<'static, str>>) {
        let text = text.into();
        self.edits.push(Edit { start, end, text });
    }

    fn token(&mut self, token: Token<'a>, start: usize, end: usize) {
        match token {
            Token::Text(text) => self.text(text),
            Token::Raw(_) => {}
            Token::Open {
                name,
                attributes,
                closed,
            } => {
                let is_bound = bounds(name);
                let is_break = !is_bound && name.eq_ignore_ascii_case("br");
                if is_bound || is_break {
                    self.end_line(start);
                }
                if is_break {
                    self.break_line((start, end));
                }
                if is_bound {
                    self.line_break = None;
                    self.in_paragraph = name.eq_ignore_ascii_case("p");
                    self.end_loose(start, markup::is_one_of(name, PARAGRAPHS));
                    let is_held = markup::is_one_of(name, HOLDERS);
                    self.begin_loose(end, !is_held, false);
                }
                let nests = !closed && !markup::is_one_of(name, markup::VOID);
                self.depth +=
                    usize::from(nests && !markup::is_one_of(name, markup::CLOSED_BY_NEXT));
                if nests {
                    self.open(name, attributes, (start, end));
                }
            }
            Token::Close(name) => {
                self.close(name, (start, end));
                if !markup::is_one_of(name, markup::CLOSED_BY_NEXT) {
                    self.depth = self.depth.saturating_sub(1);
                    self.least_depth = self.least_depth.min(self.depth);
                }
                if bounds(name) {
                    self.end_line(start);
                    self.line_break = None;
                    self.in_paragraph = false;
                    self.end_loose(start, false);
                    let is_paragraph = markup::is_one_of(name, PARAGRAPHS);
                    let is_held = markup::is_one_of(name, HOLDERS) && !is_paragraph;
                    let follows_story = std::mem::take(&mut self.story_ended);
                    self.begin_loose(end, !is_held, is_paragraph || follows_story);
                }
            }
        }
    }

    fn begin_loose(&mut self, from: usize, may_be: bool, follows_paragraph: bool) {
        self.loose = may_be.then_some(Loose {
            from,
            follows_paragraph,
            n_chars: 0,
            n_linked: 0,
            breaks: Vec::new(),
        });
    }

    /// Ends the text since the last block. Beside a paragraph it is one, unless it is a menu.
    fn end_loose(&mut self, start: usize, precedes_paragraph: bool) {
        let Some(loose) = self.loose.take() else {
            return;
        };
        let is_beside = loose.follows_paragraph || precedes_paragraph;
        let is_text = loose.n_chars >= PARAGRAPH_CHARS && loose.n_linked * 2 < loose.n_chars;
        if is_beside && is_text && self.preformatted.is_none() {
            self.edit((loose.from, loose.from), "<p>");
            for tags in loose.breaks {
                self.edit(tags, NEXT_PARAGRAPH);
            }
            self.edit((start, start), "</p>");
        }
    }

    /// Goes over a line break. Two beside each other separate paragraphs.
    fn break_line(&mut self, tag: (usize, usize)) {
        let Some((start, _)) = self.line_break.take() else {
            self.line_break = Some(tag);
            return;
        };
        let tags = (start, tag.1);
        if self.preformatted.is_some() {
            return;
        }
        let table = self.tables.last_mut();
        if !self.in_paragraph {
            if let Some(loose) = &mut self.loose {
                loose.breaks.push(tags);
            }
        } else if let Some(table) = table.filter(|table| table.cell.is_some()) {
            table.breaks.push(tags);
        } else {
            self.edit(tags, NEXT_PARAGRAPH);
        }
    }

    fn text(&mut self, text: &str) {
        let is_seen = !text.trim().is_empty();
        if self.line_ended && is_seen {
            self.line.clear();
            self.line_ended = false;
        }
        if is_seen {
            self.line_break = None;
            let cell = self.tables.last_mut().and_then(|table| table.cell.as_mut());
            if let Some(cell) = cell {
                cell.has_text = true;
            }
        }
        if let Some(mark) = &mut self.mark {
            if mark.text.len() + text.len() <= MARK_BYTES * 2 {
                mark.text.push_str(text);
            } else {
                self.mark = None;
            }
        } else if self.line.len() + text.len() <= LINE_BYTES {
            self.line.push_str(text);
        } else {
            // The end of a line tells more than its beginning.
            let mut from = text.len().saturating_sub(LINE_BYTES);
            while !text.is_char_boundary(from) {
                from += 1;
            }
            self.line.clear();
            self.line.push_str(&text[from..]);
        }
        if let Some(loose) = &mut self.loose {
            let n_chars = text.trim().len();
            loose.n_chars += n_chars;
            loose.n_linked += if self.n_links > 0 { n_chars } else { 0 };
        }
        if let Some((_, content)) = &mut self.preformatted {
            content.push_str(&markup::decoded(text));
        }
        if let Some(aside) = &mut self.aside {
            let n_chars = text.trim().len();
            aside.n_chars += n_chars;
            aside.n_linked += if self.n_links > 0 { n_chars } else { 0 };
        }
        if let Some(tag) = self.opened.take_if(|_| !text.trim().is_empty()) {
            // Some write the marks themselves, too.
            let is_marked =
                markup::decoded(text.trim_start()).starts_with(['"', '“', '‘', '«', '„']);
            if let Some(last) = self.quotations.last_mut() {
                *last = !is_marked;
            }
            let depth = self.quotations.len();
            let mark = if depth % 2 == 1 { "“" } else { "‘" };
            self.edit(tag, if is_marked { "" } else { mark });
        }
    }

    /// Ends a line of text at a block.
    fn end_line(&mut self, start: usize) {
        if let Some((_, from)) = self.hidden.take() {
            self.edit((from, start), "");
        }
        self.mark = None;
        let is_paragraph = self.n_links == 0 && self.line.trim().len() >= PARAGRAPH_CHARS;
        if is_paragraph && !self.line_ended {
            let cell = self.tables.last_mut().and_then(|table| table.cell.as_mut());
            if let Some(cell) = cell {
                cell.n_paragraphs += 1;
            }
            if let Some(aside) = &mut self.aside {
                aside.has_paragraph = true;
            }
            if self.n_articles > 0
                && let Some(part) = self.articles.last_mut()
            {
                part.n_paragraphs += 1;
            }
        }
        self.line_ended = true;
    }

    fn open(&mut self, name: &'a str, attributes: &str, tag: (usize, usize)) {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if self.hidden.is_none() && markup::is_one_of(name, LINES) && is_hidden(attributes) {
            self.hidden = Some((name, tag.0));
        }
        self.note_table(name, tag, true);
        match name.len() {
            1 if is("a") => self.open_link(tag),
            1 if is("q") => {
                self.quotations.push(false);
                self.opened = Some(tag);
            }
            2 if is("ul") || is("ol") => self.open_list(),
            2 if is("h1") => {
                if self.n_articles > 0
                    && let Some(part) = self.articles.last_mut()
                {
                    part.has_heading = true;
                }
            }
            3 if is("sup") => {
                let is_linked = self.n_links > 0 || names_note(attributes);
                self.mark = Some(Mark {
                    start: tag.0,
                    text: String::new(),
                    is_linked,
                });
            }
            3 if is("pre") => self.preformatted = Some((tag.0, String::new())),
            4 if is("code") => self.preformatted = None,
            4 if is("main") => self.n_mains += 1,
            5 if is("aside") => self.open_aside(attributes, tag),
            7 if is("article") => self.open_article(attributes, tag),
            _ => {}
        }
    }

    fn open_link(&mut self, tag: (usize, usize)) {
        self.n_links += 1;
        if self.n_articles > 0
            && let Some(part) = self.articles.last_mut()
        {
            part.has_links = true;
        }
        if let Some(mark) = &mut self.mark {
            mark.is_linked = true;
        }
        if self.list.is_some() {
            self.edit(tag, "");
        }
    }

    /// A list of links that a sentence of the story introduces belongs to it.
    fn open_list(&mut self) {
        if let Some(n_lists) = &mut self.list {
            *n_lists += 1;
            return;
        }
        let line = self.line.trim();
        let is_story = (self.n_articles > 0 || self.n_mains > 0) && self.aside.is_none();
        let introduces = line.ends_with(':')
            && line.split_whitespace().nth(LIST_WORDS - 1).is_some()
            && !introduces_others(line);
        if is_story && introduces {
            self.list = Some(1);
        }
    }

    fn open_aside(&mut self, attributes: &str, tag: (usize, usize)) {
        match &mut self.aside {
            Some(aside) => aside.n_inner += 1,
            None if self.n_articles > 0 || self.n_mains > 0 => {
                self.aside = Some(Aside {
                    tag,
                    n_inner: 0,
                    is_box: names_box(attributes),
                    n_chars: 0,
                    n_linked: 0,
                    has_paragraph: false,
                });
            }
            None => {}
        }
    }

    fn open_article(&mut self, attributes: &str, tag: (usize, usize)) {
        self.n_articles += 1;
        if self.n_articles > 1 {
            return;
        }
        let before = self.articles.last();
        let is_apart = self.item_ended || self.least_depth + 1 < self.depth;
        let group = before.map_or(0, |before| {
            // What is taken for the text without an article around it is the main part.
            let is_beside = before.depth == self.depth
                && (!is_apart || self.n_mains > 0 && self.least_depth + 2 >= self.depth);
            before.group + usize::from(!is_beside)
        });
        self.articles.push(Part {
            open: tag,
            close: tag,
            group,
            is_apart,
            depth: self.depth,
            n_paragraphs: 0,
            has_links: false,
            has_heading: false,
            is_comment: attributes.to_ascii_lowercase().contains("comment"),
        });
    }

    fn close(&mut self, name: &str, tag: (usize, usize)) {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if let Some((_, from)) = self
            .hidden
            .take_if(|(hidden, _)| hidden.eq_ignore_ascii_case(name))
        {
            self.edit((from, tag.1), "");
        }
        self.note_table(name, tag, false);
        match name.len() {
            1 if is("a") => {
                if self.list.is_some() && self.n_links > 0 {
                    self.edit(tag, "");
                }
                self.n_links = self.n_links.saturating_sub(1);
            }
            1 if is("q") => {
                self.opened = None;
                let depth = self.quotations.len();
                if let Some(is_unmarked) = self.quotations.pop() {
                    let mark = if depth % 2 == 1 { "”" } else { "’" };
                    self.edit(tag, if is_unmarked { mark } else { "" });
                }
            }
            2 if is("li") => self.item_ended = true,
            2 if is("ul") || is("ol") => {
                self.list = self.list.and_then(|n_lists| match n_lists {
                    1 => None,
                    _ => Some(n_lists - 1),
                });
            }
            3 if is("sup") => {
                if let Some(mark) = self.mark.take()
                    && is_note(&mark, &self.line)
                {
                    self.edit((mark.start, tag.1), "");
                }
            }
            3 if is("pre") => {
                if let Some((from, text)) = self.preformatted.take() {
                    self.close_preformatted((from, tag.1), &text);
                }
            }
            4 if is("main") => self.n_mains = self.n_mains.saturating_sub(1),
            5 if is("aside") => self.close_aside(tag),
            7 if is("article") => {
                self.n_articles = self.n_articles.saturating_sub(1);
                if self.n_articles == 0
                    && let Some(part) = self.articles.last_mut()
                {
                    part.close = tag;
                    self.least_depth = self.depth;
                    self.item_ended = false;
                }
            }
            _ => {}
        }
    }

    /// Goes over a tag as far as tables are concerned.
    fn note_table(&mut self, name: &str, tag: (usize, usize), opens: bool) {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        let is_table = is("table");
        if is_table && opens && self.tables.len() == TABLES_DEEP {
            self.n_deeper += 1;
            return;
        }
        if self.n_deeper > 0 {
            self.n_deeper -= usize::from(is_table && !opens);
            return;
        }
        if is_table && opens {
            if let Some(table) = self.tables.last_mut() {
                table.has_table = true;
            }
            let mut table = Table::default();
            table.tags.push(((tag.0, tag.0 + "<table".len()), "<div"));
            self.tables.push(table);
            return;
        }
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let is_cell = is("td") || is("th");
        if is_cell && opens {
            table.open_cell(tag.0);
        } else if is_cell || is("caption") {
            table.close_cell(tag);
        } else if is("tr") || markup::is_one_of(name, &["thead", "tbody", "tfoot"]) {
            table.close_cell(tag);
            table.end_row();
        } else if is_table {
            self.close_table(tag);
        } else if markup::is_one_of(name, &["p", "div", "center"]) && table.cell.is_some() {
            table.blocks.push(tag);
        }
    }

    fn close_table(&mut self, tag: (usize, usize)) {
        let Some(mut table) = self.tables.pop() else {
            return;
        };
        let has_open_cell = table.end_cell();
        table.end_row();
        table.tags.push((
            tag,
            if has_open_cell {
                "</div></div>"
            } else {
                "</div>"
            },
        ));
        if table.lays_out() {
            self.story_ended = table.has_story;
            for (tag, text) in table.tags {
                self.edit(tag, text);
            }
            for tags in table.breaks {
                self.edit(tags, NEXT_PARAGRAPH);
            }
        } else {
            for tag in table.blocks {
                self.edit(tag, " ");
            }
        }
    }

    /// Text whose line ends and blank lines are its layout is read as plain text is.
    fn close_preformatted(&mut self, tag: (usize, usize), text: &str) {
        let mut blank = text.trim().lines().map(|line| line.trim().is_empty());
        if !blank.any(|is_blank| is_blank) {
            return;
        }
        let layout = paragraphs::split(text);
        let mut markup = String::with_capacity(text.len() + 7 * layout.paragraphs.len());
        for paragraph in layout.paragraphs.iter().chain(&layout.sign_offs) {
            markup.push_str("<p>");
            markup::push_escaped(&mut markup, paragraph);
            markup.push_str("</p>\n");
        }
        // What was found inside of it is replaced with it.
        self.edits.retain(|edit| edit.start < tag.0);
        self.edit(tag, markup);
    }

    fn close_aside(&mut self, tag: (usize, usize)) {
        let Some(aside) = &mut self.aside else {
            return;
        };
        if aside.n_inner > 0 {
            aside.n_inner -= 1;
            return;
        }
        let belongs = !aside.is_box && aside.has_paragraph && aside.n_linked * 3 <= aside.n_chars;
        let open = aside.tag;
        self.aside = None;
        if belongs {
            self.edit(open, "<div>");
            self.edit(tag, "</div>");
        }
    }

    fn finish(&mut self, end: usize) {
        if let Some((from, text)) = self.preformatted.take() {
            self.close_preformatted((from, end), &text);
        }
        while !self.tables.is_empty() {
            self.close_table((end, end));
        }
        self.join_parts();
    }

    /// Articles beside each other that are parts of one, as the posts of a live report: several of them have more text than a
    /// teaser has, and none a main heading of its own.
    fn join_parts(&mut self) {
        let parts = std::mem::take(&mut self.articles);
        for group in parts.chunk_by(|a, b| a.group == b.group) {
            let is_post = |part: &Part| part.n_paragraphs >= 2;
            let (Some(mut first), Some(mut last)) = (
                group.iter().position(is_post),
                group.iter().rposition(is_post),
            ) else {
                continue;
            };
            // Beside posts a short one is a post as well; a teaser leads to its story.
            let is_short = |part: &Part| part.n_paragraphs == 1 && !part.has_links;
            if first < last {
                first -= group[..first]
                    .iter()
                    .rev()
                    .take_while(|part| is_short(part))
                    .count();
                last += group[last + 1..]
                    .iter()
                    .take_while(|part| is_short(part))
                    .count();
            }
            let group = &group[first..=last];
            let is_report = group.len() >= 2
                && group.iter().all(|part| {
                    !part.has_heading && !part.is_comment && part.close.1 > part.open.1
                });
            if !is_report {
                continue;
            }
            // Elements that stand around each cannot be in one article; then they are in none.
            let is_one = !group[1..].iter().any(|part| part.is_apart);
            for (idx, part) in group.iter().enumerate() {
                let opens = is_one && idx == 0;
                let closes = is_one && idx + 1 == group.len();
                self.edit(part.open, if opens { "<article><div>" } else { "<div>" });
                self.edit(
                    part.close,
                    if closes { "</div></article>" } else { "</div>" },
                );
            }
        }
    }

    fn written(mut self, html: &str) -> Cow<'_, str> {
        if self.edits.is_empty() {
            return Cow::Borrowed(html);
        }
        self.edits.sort_by_key(|edit| edit.start);
        let mut out = String::with_capacity(html.len());
        let mut copied = 0;
        for edit in self.edits {
            // Inside of one that was left out.
            if edit.start < copied {
                continue;
            }
            out.push_str(&html[copied..edit.start]);
            out.push_str(&edit.text);
            copied = edit.end;
        }
        out.push_str(&html[copied..]);
        Cow::Owned(out)
    }
}

/// Whether an element ends the text before it and inside of it.
fn bounds(name: &str) -> bool {
    markup::is_block(name) || markup::is_one_of(name, &["td", "th", "caption"])
}

/// Whether a raised text only points to a note: a symbol, a number that is no power, a letter after a word.
fn is_note(mark: &Mark, line: &str) -> bool {
    let text = markup::decoded(mark.text.trim());
    let text = text.trim();
    let bare = text.trim_matches(['[', ']', '(', ')', ' ']);
    if text.is_empty() || text.len() > MARK_BYTES {
        return false;
    }
    let is_bracketed = bare.len() < text.len();
    let mut parts = bare
        .split([',', ' ', '-', '–'])
        .filter(|part| !part.is_empty());
    let is_part = |part: &str| {
        let is_number = part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_letter = part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_lowercase());
        is_number || is_letter || part.chars().all(|c| "*†‡§¶#‖".contains(c))
    };
    if !parts.all(is_part) {
        return false;
    }
    let word = line
        .trim_end()
        .rsplit([' ', '\u{a0}', '\n'])
        .next()
        .unwrap_or("");
    if bare.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_power = UNITS.contains(&word) || word.chars().count() == 1 && !is_bracketed;
        return mark.is_linked || is_bracketed || !is_power;
    }
    if bare.bytes().all(|byte| byte.is_ascii_lowercase()) {
        // Ordinals end in one: "2e", "1a"; so do titles: "Mr", "No".
        let stem = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_word = stem.len() > 2 && stem.ends_with(char::is_lowercase);
        return mark.is_linked && !stem.ends_with(|c: char| c.is_ascii_digit())
            || is_bracketed
            || is_word;
    }
    true
}

/// Whether the attributes of a raised text say that it is a mark.
fn names_note(attributes: &str) -> bool {
    let names = attributes.to_ascii_lowercase();
    ["note", "ref", "cite"]
        .iter()
        .any(|part| names.contains(part))
}

/// Whether an element is named as a box of the page.
fn names_box(attributes: &str) -> bool {
    ["class", "id", "aria-label", "data-component"]
        .iter()
        .any(|key| {
            markup::attribute(attributes, key).is_some_and(|name| {
                let name = name.to_ascii_lowercase();
                BOXES.iter().any(|part| name.contains(part))
            })
        })
}

/// Whether a line introduces other stories.
fn introduces_others(line: &str) -> bool {
    let line = line.to_lowercase();
    OTHERS.iter().any(|start| line.starts_with(start))
}

fn is_hidden(attributes: &str) -> bool {
    if !attributes.contains("hidden") && !attributes.contains("display") {
        return false;
    }
    let style = markup::attribute(attributes, "style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    markup::attribute(attributes, "hidden").is_some() || style.contains("display:none")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::growth::assert_linear;

    #[test]
    fn text_beside_paragraphs_is_one() {
        let long = "The department has amended the licence, it said on Wednesday.";
        assert_eq!(
            tidied(&format!(
                "<div><h1>Licences</h1>\n{long}<p>One.</p><b>Then</b> {long}<br>{long}<p>Two.</p></div>"
            )),
            format!(
                "<div><h1>Licences</h1><p>\n{long}</p><p>One.</p><p><b>Then</b> {long}<br>{long}</p><p>Two.</p></div>"
            ),
        );
        assert_eq!(
            tidied(&format!("<article>{long}<p>One.</p></article>")),
            format!("<article><p>{long}</p><p>One.</p></article>"),
        );
        for same in [
            format!("<div>{long}</div><p>One.</p>"),
            format!("<p>{long}<p>{long}"),
            format!("<ul><li>{long}</li></ul><p>One.</p>"),
            format!("<p>One.</p><a href=x>{long}</a><p>Two.</p>"),
            "<p>One.</p>Short<p>Two.</p>".to_string(),
        ] {
            assert_eq!(tidied(&same), same);
        }
    }

    #[test]
    fn two_line_breaks_end_a_paragraph() {
        for (html, expected) in [
            (
                "<p>One<br><br>Two<BR />\n<br/>Three<br>x",
                "<p>One</p><p>Two</p><p>Three<br>x",
            ),
            ("<p>One<br>Two<br>Three", "<p>One<br>Two<br>Three"),
            ("<pre>One<br><br>Two</pre>", "<pre>One<br><br>Two</pre>"),
            ("<div>One<br><br>Two</div>", "<div>One<br><br>Two</div>"),
        ] {
            assert_eq!(tidied(html), expected, "{html}");
        }
    }

    #[test]
    fn tables_are_rows_or_no_tables() {
        for (html, expected) in [
            (
                "<table class=a><tr><td>One<td class=b>Two</table>",
                "<table class=a><tr><td>One<td class=b>Two</table>",
            ),
            (
                "<table><tr><td><p>One</p></td><th><div>Two</div></th></tr></table>",
                "<table><tr><td> One </td><th> Two </th></tr></table>",
            ),
            (
                "<table class=a><tbody><tr><td class=b>One</td></tr><tr><td>Two</table>",
                "<div class=a><div class=b>One</div><div>Two</div></div>",
            ),
            (
                "<table><tr><td><table><tr><td>One<td>Two</table><td>x</table>",
                "<div><div><table><tr><td>One<td>Two</table></div><div>x</div></div>",
            ),
            ("<table><tr><td>One", "<div><div>One</div></div>"),
            ("<td>One</td></table>", "<td>One</td></table>"),
        ] {
            assert_eq!(tidied(html), expected, "{html}");
        }
    }

    #[test]
    fn marks_of_notes_are_left_out() {
        for (html, expected) in [
            ("Article 12<sup>34</sup> stays", "Article 12 stays"),
            ("the pact.<sup>5</sup> It", "the pact. It"),
            (
                "the pact.<SUP><a href='#n5'>[5]</a></SUP> It",
                "the pact. It",
            ),
            (
                "DS901<sup id='cite-2'>2</sup>, pipes<sup>†</sup>",
                "DS901, pipes",
            ),
            (
                "pipes<sup>1,2</sup> bolts<sup>a</sup> nuts<sup>*</sup>",
                "pipes bolts nuts",
            ),
        ] {
            assert_eq!(tidied(html), expected, "{html}");
        }
        for html in [
            "40 m<sup>2</sup>",
            "40 km<sup>2</sup>",
            "10<sup>6</sup> tonnes",
            "x<sup>2</sup>",
            "the 1<sup>st</sup>",
            "le 2<sup>e</sup>, M<sup>r</sup>",
            "Pipeco<sup>TM</sup>",
            "a<sup>2",
        ] {
            assert_eq!(tidied(html), html);
        }
    }

    #[test]
    fn quotations_have_marks() {
        for (html, expected) in [
            (
                "<q>Pipes are dear</q>, he said",
                "“Pipes are dear”, he said",
            ),
            ("<q>He said <q>dear</q></q>", "“He said ‘dear’”"),
            (
                "<q>“Dear”</q> <q>&quot;Dear&quot;</q>",
                "“Dear” &quot;Dear&quot;",
            ),
            ("<q><b>Dear</b></q>", "“<b>Dear</b>”"),
        ] {
            assert_eq!(tidied(html), expected);
        }
    }

    #[test]
    fn preformatted_text_is_read_by_its_layout() {
        assert_eq!(
            tidied(
                "<pre>Pipes rise\n\nThe duty on pipes &amp; bolts will rise\nin the spring.\n\nEnds</pre>x"
            ),
            "<p>Pipes rise</p>\n<p>The duty on pipes &amp; bolts will rise in the spring.</p>\n<p>Ends</p>\nx"
        );
        for html in [
            "<pre>Pipes 1\nBolts 2</pre>",
            "<pre><code>a\n\nb</code></pre>",
        ] {
            assert_eq!(tidied(html), html);
        }
    }

    #[test]
    fn hidden_lines_are_left_out() {
        for (html, expected) in [
            (
                "<p>Pipes</p><p hidden>Bolts</p><p>Nuts",
                "<p>Pipes</p><p>Nuts",
            ),
            ("<p style='display: none'>Bolts<p>Nuts</p>", "<p>Nuts</p>"),
            (
                "<div hidden><p>Pipes</p></div>",
                "<div hidden><p>Pipes</p></div>",
            ),
            ("<p class=hidden-x>Bolts</p>", "<p class=hidden-x>Bolts</p>"),
        ] {
            assert_eq!(tidied(html), expected);
        }
    }

    const PROSE: &str =
        "<p>The duty on pipes has been in force for a year, and that on bolts for two.</p>";

    #[test]
    fn boxes_of_the_story_stay() {
        let page = |aside: &str| format!("<article><p>Pipes</p>{aside}</article>");
        let aside = page(&format!(
            "<aside class='factbox'><h3>In numbers</h3>{PROSE}</aside>"
        ));
        let expected = page(&format!("<div><h3>In numbers</h3>{PROSE}</div>"));
        assert_eq!(tidied(&aside), expected);
        for aside in [
            page(&format!("<aside class='related-stories'>{PROSE}</aside>")),
            page(
                "<aside><h3>Related</h3><ul><li><a href=x>The duty on pipes has been in force for a year, and so on</a></ul></aside>",
            ),
            format!("<aside>{PROSE}</aside>"),
        ] {
            assert_eq!(tidied(&aside), aside);
        }
    }

    #[test]
    fn lists_that_a_sentence_introduces_are_text() {
        let page = |line: &str, item: &str| {
            format!(
                "<article><p>{line}</p><ul><li>{item}</li></ul><p><a href=x>Pipes</a></p></article>"
            )
        };
        let line = "The ministry put up three notices:";
        let link = "<a href='/1'>Duty on pipes</a>";
        assert_eq!(tidied(&page(line, link)), page(line, "Duty on pipes"));
        for line in [
            "Related stories:",
            "Read more on the duties here:",
            "The ministry put up three notices.",
        ] {
            assert_eq!(tidied(&page(line, link)), page(line, link));
        }
    }

    #[test]
    fn short_posts_stand_beside_others() {
        let post = |n: usize| format!("<article><h2>Pipes</h2>{}</article>", PROSE.repeat(n));
        let part = |n: usize| format!("<div><h2>Pipes</h2>{}</div>", PROSE.repeat(n));
        let teaser = format!("<article><h2><a href=x>Pipes</a></h2>{PROSE}</article>");
        let page = [post(1), post(2), post(2), post(1), teaser.clone()].concat();
        let report = [part(1), part(2), part(2), part(1)].concat();
        assert_eq!(
            tidied(&format!("<main>{page}</main>")),
            format!("<main><article>{report}</article>{teaser}</main>")
        );
    }

    #[test]
    fn posts_of_a_live_report_are_one_article() {
        let post =
            |tag: &str, end: &str, n: usize| format!("{tag}<h2>Pipes</h2>{}{end}", PROSE.repeat(n));
        let page = |posts: &[String]| format!("<main><h1>Live</h1>{}</main>", posts.concat());
        let (open, close) = ("<article class=post>", "</article>");
        let live = page(&[
            post(open, close, 2),
            post(open, close, 1),
            post(open, close, 3),
        ]);
        let expected = page(&[
            post("<article><div>", "</div>", 2),
            post("<div>", "</div>", 1),
            post("<div>", "</div></article>", 3),
        ]);
        assert_eq!(tidied(&live), expected);
        let items = |open: &str, close: &str| {
            let posts = [1, 2].map(|_| format!("<li>{}</li>", post(open, close, 2)));
            page(&["<ul>".to_string(), posts.concat(), "</ul>".to_string()])
        };
        assert_eq!(tidied(&items(open, close)), items("<div>", "</div>"));
        // A story and teasers of others; two stories; a story and what readers say of it.
        let story = format!("<article><h1>Bolts</h1>{PROSE}{PROSE}</article>");
        for page in [
            page(&[
                post(open, close, 2),
                post(open, close, 1),
                post(open, close, 1),
            ]),
            page(&[story.clone(), story]),
            page(&[
                post("<article class=comment>", close, 2),
                post("<article class=comment>", close, 2),
            ]),
            format!(
                "<div>{}</div><div>{}</div>",
                post(open, close, 2),
                post(open, close, 2)
            ),
        ] {
            assert_eq!(tidied(&page), page);
        }
    }

    #[test]
    fn hostile_markup_takes_linear_time() {
        for part in [
            "<sup>",
            "<q>",
            "<pre>\n\n",
            "<aside>",
            "<article>",
            "<p hidden>",
            "x:<ul>",
            "<sup>1</sup>",
            "<article>x</article>",
            "<a>",
            "<table>",
            "<table><tr><td>x",
            "<tr><td>x<td>x",
            "<br><br>",
            "<p>x<br> <br>",
        ] {
            let html = |n: usize| format!("<article>{}", part.repeat(n));
            assert_linear(part, 200_000, html, |html| tidied(html).len());
        }
    }

    proptest! {
        #[test]
        fn any_markup_is_tidied(parts in proptest::collection::vec(prop_oneof![
            Just("<sup>"), Just("</sup>"), Just("1"), Just("<q>"), Just("</q>"), Just("<pre>"), Just("</pre>"), Just("\n\n"), Just("é: "),
            Just("<p hidden>"), Just("</p>"), Just("<aside>"), Just("</aside>"), Just("<article>"), Just("</article>"), Just("<ul>"),
            Just("</ul>"), Just("<a href=x>"), Just("</a>"), Just("a word of a line that is long enough: "), Just("<!-- -->"), Just("<"),
        ], 0..60), wild in "\\PC{0,60}") {
            let _ = (tidied(&parts.concat()), tidied(&wild));
        }
    }
}
