//! Pages: the main text without navigation and advertising, and what their head says about it.
//!
//! The head is read here, from tokens; the main text is what the crate `trafilatura` finds. It builds a tree, so that
//! pages which are too large or too deep for one are read as tokens, too, and then whole.

use encoding_rs::Encoding;
use trafilatura::{HtmlDateMode, Options};

use super::markup::{self, Content, Token};
use super::{Format, Reading, json, order, plain, tidy};
use crate::article::Published;
use crate::limits::source as limits;
use crate::source::paragraphs::Layout;
use crate::source::story::{Document, Facts};
use crate::source::{Fault, Piece, beginning, boilerplate, date, decode, paragraphs, prints, wire};

pub(super) const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    sniff: is_page,
    misnamed: None,
    reading: Reading::Whole,
    help: "web pages: the main text, with headline, byline and date from the page",
    documents,
};

/// Bytes within which a page names its charset.
const CHARSET_BYTES: usize = 4096;

/// The longest byline in the text of a page, in bytes.
const BYLINE_BYTES: usize = 150;

/// Bytes of the page after its main heading, or after the beginning of its main part, in which the day may stand. Further down
/// are the days of other stories, and above it that of today.
const HEAD_BYTES: usize = 4096;

/// The paragraphs among which they are printed.
const HEAD_PARAGRAPHS: usize = 6;

/// Classes of elements that hold the byline and nothing else.
const BYLINE_CLASSES: &[&str] = &[
    "byline",
    "author",
    "authors",
    "auteur",
    "auteurs",
    "autor",
    "autore",
    "article-author",
    "article__author",
    "article__byline",
    "author-name",
    "byline__name",
    "entry-author",
    "post-author",
];

/// Classes of elements that hold the day, or the byline and the day.
const CREDIT_CLASSES: &[&str] = &[
    "meta",
    "article-meta",
    "article__meta",
    "entry-meta",
    "post-meta",
    "post__meta",
    "story-meta",
    "date",
    "datum",
    "fecha",
    "article-date",
    "article__date",
    "entry-date",
    "pubdate",
    "publish-date",
    "published",
    "published-date",
    "post-date",
    "posted-on",
    "timestamp",
];

/// What stands between the headline and the name of the site in a page's title.
const SITE_MARKS: &[&str] = &[
    " | ", " · ", " • ", " – ", " — ", " - ", " :: ", " « ", ": ",
];

/// What stands at the place of the site and is none.
const SECTIONS: &[&str] = &[
    "analysis", "business", "economy", "features", "home", "latest", "live", "markets", "news",
    "opinion", "politics", "trade", "video", "world",
];

/// Of so many authors at most the names are looked up.
const NAMES_RESOLVED: usize = 20;

/// The longest name of a site, in bytes.
const SITE_BYTES: usize = 40;

/// Where a page may state a fact, best first: attributes `name`, `property` or `itemprop` of `<meta>`.
const TITLES: &[&str] = &[
    "og:title",
    "headline",
    "twitter:title",
    "dc.title",
    "parsely-title",
];
const AUTHORS: &[&str] = &[
    "author",
    "byl",
    "byline",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "twitter:creator",
];
const DATES: &[&str] = &[
    "article:published_time",
    "datepublished",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "date",
];
const PUBLISHERS: &[&str] = &[
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
];
const URLS: &[&str] = &["og:url", "twitter:url"];
const LANGUAGES: &[&str] = &["content-language", "dc.language", "language", "og:locale"];

/// Types of JSON-LD that are articles.
const ARTICLE_TYPES: &[&str] = &[
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "TechArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
];

pub(super) fn is_page(sample: &[u8]) -> bool {
    let root = root(sample);
    ["<!doctype html", "<html", "<head", "<body", "<article"]
        .iter()
        .any(|start| root.starts_with(start))
}

/// How a file begins after declarations and comments, in lower case.
pub(super) fn root(sample: &[u8]) -> String {
    let head = &sample[..sample.len().min(CHARSET_BYTES)];
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut text = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(rest) = text
        .strip_prefix("<?")
        .or_else(|| text.strip_prefix("<!--"))
    {
        text = rest
            .split_once('>')
            .map_or("", |(_, rest)| rest.trim_start());
    }
    text.to_string()
}

fn documents(piece: &Piece) -> Vec<Result<Document, Fault>> {
    let text = match decode::text(&piece.bytes, charset(&piece.bytes)) {
        Ok(text) => text,
        Err(reason) => return vec![Err(Fault::new(&piece.source.path, reason))],
    };
    match print(&text) {
        Some(documents) => plain::documents_of(piece, documents),
        None => vec![document(piece, &text)],
    }
}

/// The articles of a page that is a print of a database.
fn print(html: &str) -> Option<Vec<Document>> {
    // Each has the line "812 words" or "1 of 2 DOCUMENTS" among its first: other pages are not read twice.
    let head = beginning(html, limits::SNIFF_BYTES).as_bytes();
    let is_line = |end: &str| {
        memchr::memmem::find_iter(head, end.as_bytes())
            .any(|at| at > 0 && head[at - 1].is_ascii_digit())
    };
    if !is_line(" words<") && !is_line(" DOCUMENTS<") {
        return None;
    }
    let lines = layout(html).paragraphs;
    prints::documents(&lines.join("\n\n"))
}

fn document(piece: &Piece, text: &str) -> Result<Document, Fault> {
    let path = &piece.source.path;
    let text = tidy::tidied(text);
    let page = Page::read(&text);
    let mut layout = page.more(main_text(&text, &page));
    page.take_printed(&mut layout);
    // "You need to enable JavaScript to run this app."
    let is_notice = |paragraph: &String| boilerplate::is_one(paragraph);
    if layout.paragraphs.iter().all(is_notice) {
        let fault = Fault::new(path, "no text in it");
        return Err(match page.without_scripts.len() < text.len() {
            true => fault.hint(
                "scripts fill this page: save it from a browser that shows it, complete or as text",
            ),
            false => fault,
        });
    }
    Ok(Document {
        facts: page.facts(),
        body: layout,
        ..Document::default()
    })
}

/// The charset that a page names: `<meta charset="...">`, `content="text/html; charset=..."`, `encoding="..."`.
pub(super) fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head =
        String::from_utf8_lossy(&bytes[..bytes.len().min(CHARSET_BYTES)]).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let (_, value) = head.split_once(key)?;
        let value = value.trim_start_matches(['"', '\'', ' ']);
        let length = value
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')))
            .unwrap_or(value.len());
        Encoding::for_label(&value.as_bytes()[..length])
    })
}

/// The main text. Where the crate finds none, that of the element that should hold it; where that is missing, all of it.
fn main_text(html: &str, page: &Page) -> Layout {
    let fits = page.without_scripts.len() <= limits::PAGE_BYTES
        && page.depth <= limits::PAGE_DEPTH
        && page.n_tags <= limits::PAGE_TAGS
        && page.work <= limits::PAGE_WORK;
    if fits {
        let options = Options::default()
            .with_fallback(true)
            .with_exclude_comments(true)
            .with_html_date_mode(HtmlDateMode::Disabled);
        if let Ok(found) = trafilatura::extract(&page.without_scripts, &options) {
            let mut found = layout(&found.content_html);
            found.paragraphs = order::as_on_page(found.paragraphs, &layout(html).paragraphs, html);
            if !found.paragraphs.is_empty() {
                return found;
            }
        }
    }
    layout(main_element(html, page).unwrap_or(html))
}

/// The characters of the element that the page itself calls its main part.
fn main_element<'a>(html: &'a str, page: &Page) -> Option<&'a str> {
    let (start, end) = page.main?;
    html.get(start..end.min(html.len()))
}

fn layout(html: &str) -> Layout {
    match markup::content(html) {
        Content::Paragraphs(paragraphs) => paragraphs::separated(
            paragraphs
                .into_iter()
                .map(|paragraph| decode::clean(paragraph.into()).into_owned()),
        ),
        Content::Text(text) => paragraphs::split(&decode::clean(text.into())),
    }
}

/// What a page says about itself, and how it is built.
#[derive(Debug, Default)]
struct Page<'a> {
    /// Of the element `<title>`.
    title: Option<String>,
    heading: Option<String>,
    language: Option<String>,
    canonical: Option<String>,
    /// Name and content of `<meta>`, in order.
    metas: Vec<(String, String)>,
    /// Of JSON-LD.
    stated: Facts,
    /// The text that JSON-LD states.
    stated_text: Option<String>,
    time: Option<Published>,
    /// The day that stands near the headline.
    day: Option<Published>,
    /// Where the main heading or the main part was met last.
    head: Option<usize>,
    byline: Option<String>,
    /// The lines from which byline and day were taken.
    printed: Vec<String>,
    /// Where `<article>` or `<main>` begins and ends.
    main: Option<(usize, usize)>,
    without_scripts: String,
    /// How many elements are open within each other.
    depth: usize,
    n_tags: usize,
    /// Sum over the tags of the elements that are open, and of the pairs of attributes.
    work: usize,
    /// The text that is being taken, and for what.
    taking: Option<(Taking, &'a str, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taking {
    Heading,
    Byline,
    Time,
    /// The day, or byline and day.
    Credit,
}

impl<'a> Page<'a> {
    fn read(html: &'a str) -> Page<'a> {
        let mut page = Page::default();
        let mut depth = 0;
        let mut raw = ("", "");
        let mut copied = 0;
        let mut tokens = markup::tokens(html);
        while let (start, Some(token)) = (html.len() - tokens.rest().len(), tokens.next()) {
            match token {
                Token::Open {
                    name,
                    attributes,
                    closed,
                } => {
                    raw = (name, attributes);
                    let nests = !closed
                        && !markup::is_one_of(name, markup::VOID)
                        && !markup::is_one_of(name, markup::CLOSED_BY_NEXT);
                    depth += usize::from(nests);
                    page.depth = page.depth.max(depth);
                    page.n_tags += 1;
                    if let Some((Taking::Credit, _, taken)) = &mut page.taking {
                        taken.push(' ');
                    }
                    page.work += depth + attributes.matches('=').count().pow(2);
                    page.open(name, attributes, start);
                }
                Token::Close(name) => {
                    page.n_tags += 1;
                    page.close(name, html.len() - tokens.rest().len());
                    if !markup::is_one_of(name, markup::CLOSED_BY_NEXT) {
                        depth = depth.saturating_sub(1);
                    }
                }
                Token::Text(text) => {
                    if let Some((_, _, taken)) = &mut page.taking
                        && taken.len() <= BYLINE_BYTES * 4
                    {
                        taken.push_str(&markup::decoded(text));
                    }
                }
                Token::Raw(text) => {
                    page.raw(raw.0, raw.1, text);
                    if markup::is_one_of(raw.0, &["script", "style"]) {
                        page.without_scripts.push_str(&html[copied..start]);
                        copied = html.len() - tokens.rest().len();
                    }
                }
            }
        }
        page.without_scripts.push_str(&html[copied..]);
        page
    }

    fn open(&mut self, name: &'a str, attributes: &str, start: usize) {
        let attribute =
            |key: &str| markup::attribute(attributes, key).map(|value| value.trim().to_string());
        match name.to_ascii_lowercase().as_str() {
            "html" => self.language = attribute("lang").or_else(|| attribute("xml:lang")),
            "meta" => {
                let key = ["property", "name", "itemprop", "http-equiv"]
                    .iter()
                    .find_map(|key| attribute(key));
                if let (Some(key), Some(content)) = (key, attribute("content"))
                    && !content.is_empty()
                {
                    self.metas.push((key.to_ascii_lowercase(), content));
                }
            }
            "link" if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| attribute("href"));
            }
            "article" | "main" => {
                self.head = self.head.or(Some(start));
                let from = self.main.map_or(start, |(start, _)| start);
                self.main = Some((from, usize::MAX));
            }
            "h1" if self.heading.is_none() && self.taking.is_none() => {
                self.head = Some(start);
                self.take(Taking::Heading, name)
            }
            "time" if self.time.is_none() => {
                self.time = attribute("datetime").and_then(|text| date::parse(&text));
                if self.time.is_none() && self.taking.is_none() {
                    self.take(Taking::Time, name);
                }
            }
            // Within a line that may hold byline and day, an element may say what it is.
            _ if matches!(self.taking, None | Some((Taking::Credit, ..))) => {
                let says = |key: &str, words: &[&str]| {
                    markup::attribute(attributes, key).is_some_and(|value| {
                        value
                            .split_whitespace()
                            .any(|word| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
                    })
                };
                let is_byline = || {
                    says("class", BYLINE_CLASSES)
                        || says("rel", &["author"])
                        || says("itemprop", &["author"])
                };
                if self.day.is_none() && says("itemprop", &["datePublished"]) {
                    let value = attribute("content").or_else(|| attribute("datetime"));
                    self.day = value.and_then(|value| date::parse(&value));
                }
                let is_near = self
                    .head
                    .is_some_and(|head| start <= head.saturating_add(HEAD_BYTES));
                if self.byline.is_none() && self.taking.is_none() && is_byline() {
                    self.take(Taking::Byline, name);
                } else if self.day.is_none()
                    && is_near
                    && self.taking.is_none()
                    && (says("class", CREDIT_CLASSES) || says("itemprop", &["datePublished"]))
                {
                    self.take(Taking::Credit, name);
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, what: Taking, name: &'a str) {
        self.taking = Some((what, name, String::new()));
    }

    fn close(&mut self, name: &str, end: usize) {
        if name.eq_ignore_ascii_case("article") || name.eq_ignore_ascii_case("main") {
            self.main = self.main.map(|(start, _)| (start, end));
        }
        let Some((what, _, text)) = self
            .taking
            .take_if(|(_, taken, _)| taken.eq_ignore_ascii_case(name))
        else {
            return;
        };
        let text = json::one_line(&text);
        if text.is_empty() || text.len() > BYLINE_BYTES * 2 {
            return;
        }
        match what {
            Taking::Heading => self.heading = Some(text),
            Taking::Time => self.time = date::parse(&text),
            Taking::Byline => {
                let bare = text.strip_prefix("Authors: ").unwrap_or(&text);
                self.byline = wire::byline(bare).or_else(|| wire::byline(&format!("By {bare}")));
                match self.byline {
                    Some(_) => self.printed.push(text),
                    None => self.credit(text),
                }
            }
            Taking::Credit => self.credit(text),
        }
    }

    fn credit(&mut self, text: String) {
        if let Some((byline, day)) = wire::credit(&text) {
            self.byline = self.byline.take().or(byline);
            self.day = self.day.or(day);
            self.printed.push(text);
        }
    }

    /// Takes the byline and the day from the head of the text, where the page has told them apart.
    fn take_printed(&self, layout: &mut Layout) {
        let mut n_seen = 0;
        layout.paragraphs.retain(|paragraph| {
            n_seen += 1;
            n_seen > HEAD_PARAGRAPHS || !self.printed.contains(paragraph)
        });
    }

    /// The text that the page states of itself where it prints much less; else that which was found.
    fn more(&self, found: Layout) -> Layout {
        let n_bytes: usize = found.paragraphs.iter().map(String::len).sum();
        match &self.stated_text {
            Some(text) if text.len() > n_bytes * 2 => json::layout(text),
            _ => found,
        }
    }

    fn raw(&mut self, name: &str, attributes: &str, text: &str) {
        if name.eq_ignore_ascii_case("title") {
            self.title = self
                .title
                .take()
                .or_else(|| Some(json::one_line(&markup::decoded(text))));
        } else if name.eq_ignore_ascii_case("script")
            && markup::attribute(attributes, "type")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
            && let Ok(value) = serde_json::from_str::<serde_json::Value>(text)
            && let Some(object) = article_object(&value)
        {
            let stated = json::facts(&resolved(object, &value).to_string());
            if self.stated == Facts::default() {
                self.stated = stated;
            }
            self.stated_text = self.stated_text.take().or_else(|| stated_text(object));
        }
    }

    /// Takes the name of the site from the title of the page.
    fn site(&mut self) -> Option<String> {
        let title = self.title.take()?;
        let stated = self
            .stated
            .publisher
            .as_deref()
            .or_else(|| self.meta(PUBLISHERS));
        let url = self.canonical.as_deref().or_else(|| self.meta(URLS));
        let names: Vec<String> = [stated.map(letters), url.and_then(name_in_url)]
            .into_iter()
            .flatten()
            .collect();
        let headline = self.stated.title.as_deref().or_else(|| self.meta(TITLES));
        let headline = headline.or(self.heading.as_deref());
        let found = parted(&title, headline, &names);
        let site = found.and_then(|(_, site)| {
            let is_capital = |word: &str| word.len() <= 3 || !word.starts_with(char::is_lowercase);
            let is_name = site.len() <= SITE_BYTES
                && site.split(' ').all(is_capital)
                && site.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                && !SECTIONS.contains(&site.to_lowercase().as_str());
            is_name.then(|| site.to_string())
        });
        self.title = Some(
            found
                .map_or(title.as_str(), |(headline, _)| headline)
                .to_string(),
        );
        site
    }

    fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.metas.iter().find(|(key, _)| key == name);
            found.map(|(_, content)| content.as_str())
        })
    }

    fn facts(mut self) -> Facts {
        let site = self.site();
        let line = |text: Option<&str>| text.map(json::one_line).filter(|text| !text.is_empty());
        let meta = |names| line(self.meta(names));
        let stated = |text: &Option<String>| {
            text.as_deref()
                .map(|text| json::one_line(&markup::decoded(text)))
        };
        let publisher = stated(&self.stated.publisher)
            .or_else(|| meta(PUBLISHERS))
            .or(site);
        let title = stated(&self.stated.title)
            .or_else(|| meta(TITLES))
            .or_else(|| self.heading.clone())
            .or_else(|| self.title.clone())
            .filter(|title| !title.is_empty());
        let published = self
            .stated
            .published
            .or_else(|| {
                DATES
                    .iter()
                    .filter_map(|name| self.meta(&[name]))
                    .find_map(date::parse)
            })
            .or(self.day.or(self.time));
        Facts {
            id: None,
            title,
            byline: stated(&self.stated.byline)
                .or_else(|| meta(AUTHORS).and_then(|author| json::name(&author)))
                .or(self.byline.clone()),
            publisher,
            published,
            url: line(self.canonical.as_deref())
                .or_else(|| meta(URLS))
                .or_else(|| self.stated.url.clone())
                .filter(|url| url.starts_with("http://") || url.starts_with("https://")),
            language: line(self.language.as_deref())
                .or_else(|| self.stated.language.clone())
                .or_else(|| meta(LANGUAGES))
                .map(|language| language.replace('_', "-")),
        }
    }
}

/// The first object of JSON-LD that is an article: itself, in a list, or in a graph.
fn article_object(value: &serde_json::Value) -> Option<&serde_json::Value> {
    let is_article = |value: &serde_json::Value| match &value["@type"] {
        serde_json::Value::String(name) => ARTICLE_TYPES.contains(&name.as_str()),
        serde_json::Value::Array(names) => names.iter().any(|name| {
            name.as_str()
                .is_some_and(|name| ARTICLE_TYPES.contains(&name))
        }),
        _ => false,
    };
    let inner = value.get("@graph").unwrap_or(value);
    match inner {
        _ if is_article(value) => Some(value),
        serde_json::Value::Array(values) => values.iter().find_map(|value| {
            is_article(value)
                .then_some(value)
                .or_else(|| value.get("@graph").and_then(article_object))
        }),
        _ => None,
    }
}

/// The object with the names of those that it only points to: `"author": {"@id": "#jane"}`.
fn resolved(object: &serde_json::Value, whole: &serde_json::Value) -> serde_json::Value {
    let nodes = whole.get("@graph").unwrap_or(whole);
    let name_of = |id: &str| {
        let mut nodes = nodes.as_array()?.iter();
        let node = nodes.find(|node| node["@id"] == id && node["name"].is_string())?;
        Some(node["name"].clone())
    };
    let complete = |value: &mut serde_json::Value| {
        if value.get("name").is_none()
            && let Some(name) = value.get("@id").and_then(|id| name_of(id.as_str()?))
        {
            *value = name;
        }
    };
    let mut object = object.clone();
    for key in ["author", "creator", "publisher"] {
        match object.get_mut(key) {
            Some(serde_json::Value::Array(values)) => {
                values.iter_mut().take(NAMES_RESOLVED).for_each(complete)
            }
            Some(value) => complete(value),
            None => {}
        }
    }
    object
}

/// The text that an object of JSON-LD states, with those of the posts of a live report.
fn stated_text(object: &serde_json::Value) -> Option<String> {
    let mut texts: Vec<&str> = Vec::new();
    let posts = object["liveBlogUpdate"].as_array();
    for part in std::iter::once(object).chain(posts.into_iter().flatten()) {
        let text = part["articleBody"].as_str().unwrap_or("").trim();
        if text.is_empty() {
            continue;
        }
        if !std::ptr::eq(part, object) {
            texts.extend(part["headline"].as_str());
        }
        texts.push(text);
    }
    (!texts.is_empty()).then(|| markup::decoded(&texts.join("\n\n")).into_owned())
}

/// A page's title in two: the headline and the name of the site, which stands at its end or at its beginning. With a
/// `headline` that is known it is told for certain, else by the name of the site or its address; after a bar it is one
/// anyway.
fn parted<'a>(
    title: &'a str,
    headline: Option<&str>,
    names: &[String],
) -> Option<(&'a str, &'a str)> {
    let is_known = |site: &str| {
        let site = letters(site);
        names.iter().any(|name| {
            !site.is_empty() && (*name == site || site.strip_prefix("the") == Some(name))
        })
    };
    let is_headline =
        |text: &str| headline.is_some_and(|headline| letters(headline) == letters(text));
    SITE_MARKS.iter().find_map(|mark| {
        let is_bar = matches!(*mark, " | " | " · " | " • ");
        if let Some((before, site)) = title.rsplit_once(mark)
            && *mark != ": "
            && !before.trim().is_empty()
            && (is_bar || is_known(site) || is_headline(before))
        {
            return Some((before.trim(), site.trim()));
        }
        let (site, after) = title.split_once(mark)?;
        // A colon stands after a subject more often: "Steel: duties rise".
        let is_site = is_known(site) || *mark != ": " && is_headline(after);
        is_site.then_some((after.trim(), site.trim()))
    })
}

/// The letters and numbers of a name, by which names are compared.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The name of a site in its address: `https://www.example.org/a` → `example`.
fn name_in_url(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let name = letters(host.rsplit_once('.').map_or(host, |(name, _)| name));
    (name.len() >= 4).then_some(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::article::Article;
    use crate::growth::assert_linear;
    use crate::source::{articles, standard_input};

    fn read(html: &str) -> Article {
        read_bytes(html.as_bytes())
    }

    fn read_bytes(bytes: &[u8]) -> Article {
        let piece = standard_input(bytes).next().unwrap().unwrap();
        assert_eq!(piece.format.name, "html");
        articles(&piece).remove(0).unwrap()
    }

    const BODY: &str = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/trade'>Trade</a></li></ul></nav>
        <article><h1>Duties on steel rise</h1><p class='byline'>By Jane Doe</p>
        <p>GENEVA, March 8 &mdash; The duty on steel will rise to 25 percent in the spring, the minister said on Monday.</p>
        <p>Makers were pleased with the decision, which they had <em>awaited</em> for a year and prepared with great care.</p>
        <p>Importers said that they would go to court over it, because they had asked for time until the end of the year.</p></article>
        <footer><p>All rights reserved</p></footer>";

    #[test]
    fn paragraphs_of_short_pages_stay_apart() {
        for page in [
            "<html><body><article><p>The duties on pipes stay.</p><p>Those on bolts rise.</p></article></body></html>",
            "<html><body><p>The duties on pipes stay.</p><p>Those on bolts rise.</p></body></html>",
            "<html><body><article><p>The duties on pipes stay.</p><p>Those on bolts rise.",
        ] {
            let article = read(page);
            let expected = ["The duties on pipes stay.", "Those on bolts rise."];
            assert_eq!(article.paragraphs, expected);
        }
    }

    /// Paragraphs that are long enough to be told from menus.
    const LONG: [&str; 4] = [
        "The duty on steel will rise to 25 percent in the spring, the minister said on Monday after the talks.",
        "Makers were pleased with the decision, which they had awaited for a year and prepared with great care.",
        "Importers said that they would go to court over it, because they had asked for time until the autumn.",
        "Talks will resume in October, when the two ministers meet again in Vienna to speak of zinc and of tin.",
    ];

    fn page(body: &str) -> String {
        format!("<html><head><title>Duties rise</title></head><body>{body}</body></html>")
    }

    #[test]
    fn tables_may_lay_out_a_page() {
        let [one, two, three, four] = LONG;
        let menu = "<td width=150><a href='/'>Home</a><br><a href='/t'>Trade</a></td>";
        for body in [
            format!(
                "<table><tr><td><p>{one}</p><p>{two}</p><p>{three}</p><p>{four}</p></td></tr></table>"
            ),
            format!(
                "<table><tr><td><h1>Duties rise</h1>{one}<br><br>{two}<br><br>{three}<br><br>{four}</td></tr></table>"
            ),
            format!(
                "<table><tr><td><table align=right><tr><td><img src=a></td></tr></table>{one}<br><br>{two}<br><br>{three}<br><br>{four}</td></tr></table>"
            ),
            format!(
                "<article><table><tr><td>{one}<tr><td>{two}<p>{three}<p>{four}</table></article>"
            ),
            format!(
                "<main><div id=content><table><tr><td><b>{one}</b><br><br>{two}</td></tr><tr><td>{three}</td></tr><tr><td><div>{four}</div></table></div></main>"
            ),
            format!(
                "<table><tr><td><center>{one}</center><center>{two}</center><center>{three}</center><center>{four}</center></td></tr></table>"
            ),
            format!(
                "<table><tr><td><p>{one}</p><p>{two}</p><p>{three}</p></td></tr></table>{four}"
            ),
            format!(
                "<h1>Duties rise</h1><table><tr><td><p>{one}</p>{two}<p>{three}</td></tr></table>{four}"
            ),
        ] {
            assert_eq!(read(&page(&body)).paragraphs, LONG, "{body}");
        }
        let beside = read(&page(&format!(
            "<table><tr>{menu}<td><p>{one}</p><p>{two}</p><p>{three}</p><p>{four}</p></td></tr></table>"
        )));
        assert!(
            beside.paragraphs.ends_with(&LONG.map(String::from)),
            "{:?}",
            beside.paragraphs
        );
    }

    #[test]
    fn tables_of_figures_are_read_by_rows() {
        let [one, two, three, four] = LONG;
        let article = read(&page(&format!(
            "<article><p>{one}</p><p>{two}</p><table><tr><th>Product</th><th>Duty</th></tr><tr><td><p>Pipes</p></td><td><div>25 percent</div></td></tr><tr><td><p>Zinc<td><p>10 percent</table><p>{three}</p><p>{four}</p></article>"
        )));
        assert_eq!(
            article.paragraphs[2..5],
            ["Product | Duty", "Pipes | 25 percent", "Zinc | 10 percent"]
        );
        assert_eq!(article.paragraphs.len(), 7);
    }

    #[test]
    fn line_breaks_separate_paragraphs() {
        let text = LONG.join("<br><br>\n");
        for body in [
            format!("<article><h1>Duties rise</h1><p>{text}</p></article>"),
            format!("<article><h1>Duties rise</h1>{text}</article>"),
            format!("<article><p><font size=2>{text}</font></p></article>"),
            format!("<div><p>{text}</p></div>"),
        ] {
            assert_eq!(read(&page(&body)).paragraphs, LONG, "{body}");
        }
    }

    #[test]
    fn headings_of_live_reports_stay_with_their_text() {
        let update = |heading: &str, text: &str| format!("{heading}\n<p>{text}</p>");
        let headings = [
            "10:45 Minister speaks",
            "11.10 GMT Makers are pleased",
            "11:32 Importers go to court",
            "12:00",
        ];
        let expected: Vec<&str> = headings
            .iter()
            .zip(LONG)
            .flat_map(|(heading, text)| [*heading, text])
            .collect();
        for element in [
            "<h3>_</h3>",
            "<h2>_</h2>",
            "<h3><time>_</time></h3>",
            "<h3 class=a><span>_</span></h3>",
        ] {
            for around in [
                "<article><h1>Live</h1>_</article>",
                "<main><h1>Live</h1><div class=live>_</div></main>",
                "<div><h1>Live</h1><div id=blog>_</div></div>",
            ] {
                for part in ["_", "<div class=update>_</div>", "<section>_</section>"] {
                    let updates = headings.iter().zip(LONG).map(|(heading, text)| {
                        part.replace('_', &update(&element.replace('_', heading), text))
                    });
                    let body = around.replace('_', &updates.collect::<String>());
                    assert_eq!(read(&page(&body)).paragraphs, expected, "{body}");
                }
            }
        }
        // A time that stands above the heading is kept, too.
        let apart = headings[..3].iter().zip(LONG).map(|(heading, text)| {
            let (time, heading) = heading.split_once(' ').unwrap();
            format!("<div class=post><time>{time}</time><h3>{heading}</h3><p>{text}</p></div>")
        });
        let read = read(&page(&format!(
            "<article><h1>Live</h1>{}</article>",
            apart.collect::<String>()
        )));
        assert_eq!(read.paragraphs[..3], ["10:45", "Minister speaks", LONG[0]]);
        assert_eq!(read.paragraphs.len(), 9);
    }

    #[test]
    fn the_main_text_is_found() {
        let article = read(&format!(
            "<!DOCTYPE html><html lang=en><head><title>Duties on steel rise | The Desk</title></head><body>{BODY}</body></html>"
        ));
        assert_eq!(article.title, "Duties on steel rise");
        assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.dateline.unwrap().place, "GENEVA");
        assert_eq!(article.paragraphs.len(), 3);
        assert!(article.paragraphs[1].contains("had awaited for"));
    }

    #[test]
    fn the_head_states_facts() {
        let article = read(&format!(
            "<html><head><script type='application/ld+json'>{{\"@context\": \"x\", \"@graph\": [{{\"@type\": \"WebSite\"}}, {{\"@type\": [\"NewsArticle\"],
            \"headline\": \"Duties &amp; steel\", \"datePublished\": \"2018-09-26T14:05:00+09:00\", \"author\": [{{\"@id\": \"#1\", \"name\": \"Jane Doe\"}}, {{\"name\": \"John Roe\"}}],
            \"publisher\": {{\"name\": \"The Desk\"}}}}]}}</script>
            <link rel=canonical href='https://example.org/duties'></head><body>{BODY}</body></html>"
        ));
        assert_eq!(article.id, "https://example.org/duties");
        assert_eq!(article.title, "Duties & steel");
        assert_eq!(
            article.published.unwrap().to_string(),
            "2018-09-26T05:05:00Z"
        );
        assert_eq!(article.byline.as_deref(), Some("Jane Doe, John Roe"));
        assert_eq!(article.publisher.as_deref(), Some("The Desk"));

        let article = read(&format!(
            "<html><head><meta property='og:title' content='Duties on steel'><meta property='og:site_name' content='The Desk'>
            <meta name=author content='By John Roe'><meta property='article:published_time' content='2018-09-26'><meta property='og:locale' content='en_GB'>
            <meta property='og:url' content='https://example.org/a'></head><body>{BODY}</body></html>"
        ));
        assert_eq!(article.title, "Duties on steel");
        assert_eq!(article.byline.as_deref(), Some("John Roe"));
        assert_eq!(article.published.unwrap().to_string(), "2018-09-26");
        assert_eq!(article.language.as_deref(), Some("en-GB"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn a_text_that_scripts_fill_is_read_from_what_the_page_states() {
        let text = "The duty on pipes will rise, the minister said. ".repeat(10);
        let page = |object: &str| {
            format!("<html><script type='application/ld+json'>{object}</script><div id=root></div>")
        };
        let article = read(&page(&format!(
            r#"{{"@type": "NewsArticle", "headline": "Duties on pipes", "articleBody": "{text}\n\nBolts &amp; nuts are spared."}}"#
        )));
        assert_eq!(article.title, "Duties on pipes");
        assert_eq!(
            article.paragraphs,
            [text.trim(), "Bolts & nuts are spared."]
        );

        let html = page(r#"{"@type": "NewsArticle", "headline": "Duties on pipes"}"#);
        let notice = "<noscript>You need to enable JavaScript to run this app.</noscript>";
        for html in [html.clone(), format!("{html}{notice}")] {
            let piece = standard_input(html.as_bytes()).next().unwrap().unwrap();
            let fault = articles(&piece).remove(0).unwrap_err();
            assert_eq!(fault.to_string(), "-: no text in it");
            assert!(fault.hint.unwrap().starts_with("scripts fill this page"));
        }
    }

    #[test]
    fn prints_of_databases_hold_articles() {
        let article = "<div class='article'><p>Business</p><span class='headline'><b>Duty on pipes to rise</b></span><div>By Ann Doe</div><div>812 words</div><div>10 September 2018</div><div>Sample News</div><div>SAMP</div><div>English</div><div>(c) 2018 Sample News Ltd</div><p>The duty on pipes will rise, the minister said.</p><p>Makers were pleased.</p><p>Document SAMP000020180910ee9a0012</p></div><br>";
        let html = format!("<html><body>{}</body></html>", article.repeat(2));
        let piece = standard_input(html.as_bytes()).next().unwrap().unwrap();
        let articles: Vec<Article> = articles(&piece).into_iter().map(Result::unwrap).collect();
        assert_eq!(articles.len(), 2);
        let article = &articles[1];
        assert_eq!(
            (article.id.as_str(), article.title.as_str()),
            ("-/2", "Duty on pipes to rise")
        );
        assert_eq!(article.publisher.as_deref(), Some("Sample News"));
        assert_eq!(article.published.unwrap().to_string(), "2018-09-10");
        assert_eq!(article.paragraphs.len(), 2);
    }

    #[test]
    fn names_of_a_graph_are_followed() {
        let article = read(&format!(
            r##"<html><script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "@id": "#a", "author": {{"@id": "#p"}}, "publisher": {{"@id": "#o"}}}},
            {{"@type": "Person", "@id": "#p", "name": "Jane Doe"}}, {{"@type": "Organization", "@id": "#o", "name": "The Desk"}}]}}</script>{}"##,
            BODY.replace("By Jane Doe", "")
        ));
        assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(article.publisher.as_deref(), Some("The Desk"));
        // What is named nowhere has no name.
        let article = read(&format!(
            r##"<html><script type="application/ld+json">{{"@type": "NewsArticle", "author": {{"@id": "#p"}}, "publisher": {{"@id": "https://example.org/#o"}}}}</script>{BODY}"##
        ));
        assert_eq!(
            (article.byline.as_deref(), article.publisher),
            (Some("Jane Doe"), None)
        );
    }

    #[test]
    fn the_title_names_the_site() {
        for (title, url, expected) in [
            (
                "Duties on steel rise | The Sample Post",
                "",
                ("Duties on steel rise", Some("The Sample Post")),
            ),
            (
                "Duties on steel rise · Muestra Digital",
                "",
                ("Duties on steel rise", Some("Muestra Digital")),
            ),
            (
                "Muestra Digital: Duties on steel rise",
                "https://muestradigital.example/a",
                ("Duties on steel rise", Some("Muestra Digital")),
            ),
            (
                "Duties on steel rise - The Sample Post",
                "https://www.samplepost.example/a",
                ("Duties on steel rise", Some("The Sample Post")),
            ),
            (
                "Duties rise - ministers wait",
                "",
                ("Duties rise - ministers wait", None),
            ),
            ("Steel: duties rise", "", ("Steel: duties rise", None)),
            (
                "Duties on steel rise | World",
                "",
                ("Duties on steel rise", None),
            ),
        ] {
            let body = BODY.replace("<h1>Duties on steel rise</h1>", "");
            let article = read(&format!(
                "<html><title>{title}</title><link rel=canonical href='{url}'>{body}"
            ));
            assert_eq!(
                (article.title.as_str(), article.publisher.as_deref()),
                expected,
                "{title}"
            );
        }
        for (title, publisher) in [
            ("Duties on steel rise - Sample Post", Some("Sample Post")),
            ("Duties on steel rise - what we know", None),
            ("Duties on steel rise - Analysis", None),
            ("Metals: Duties on steel rise", None),
        ] {
            let article = read(&format!("<html><title>{title}</title>{BODY}"));
            assert_eq!(article.publisher.as_deref(), publisher, "{title}");
        }
    }

    #[test]
    fn the_day_and_the_author_may_stand_near_the_headline() {
        for (line, byline, day) in [
            (
                "<div class='meta'>By Ann Doe on Nov 5, 2025 at 4:44 pm</div>",
                "Ann Doe",
                "2025-11-05",
            ),
            (
                "<div class='entry-meta'><span>Posted on <a>April 5, 2019</a></span><span>by <a>adoe</a></span></div>",
                "adoe",
                "2019-04-05",
            ),
            (
                "<p class='authors'>Authors: Ann Doe</p><p class='date'>01.14.2025</p>",
                "Ann Doe",
                "2025-01-14",
            ),
            (
                "<p class='auteur'>Par Anne Essai</p><p class='date'>Publié le 15 décembre 2025 à 11h42</p>",
                "Anne Essai",
                "2025-12-15",
            ),
            (
                "<p>By Ann Doe</p><span itemprop='datePublished' content='2025-09-10T08:00:00-06:00'>",
                "Ann Doe",
                "2025-09-10T14:00:00Z",
            ),
            (
                "<p>By Ann Doe</p><p class='meta'>Published September 10, 2025</p>",
                "Ann Doe",
                "2025-09-10",
            ),
            (
                "<p>By Ann Doe</p><span class='date'>29 October 2024</span>",
                "Ann Doe",
                "2024-10-29",
            ),
            (
                "<p>By Ann Doe | September 10, 2025</p>",
                "Ann Doe",
                "2025-09-10",
            ),
            (
                "<p class='dek'>Makers had waited for it.</p><p>By Ann Doe</p><p>March 9, 2023</p>",
                "Ann Doe",
                "2023-03-09",
            ),
        ] {
            let body = BODY
                .replace("<p class='byline'>By Jane Doe</p>", line)
                .replace("GENEVA, March 8 &mdash; ", "");
            let article = read(&format!(
                "<html><p class='date'>Monday, November 30, 2026</p>{body}"
            ));
            assert_eq!(article.byline.as_deref(), Some(byline), "{line}");
            let published = article.published.map(|day| day.to_string());
            assert_eq!(published.as_deref(), Some(day), "{line}");
            let n_expected = 3 + usize::from(line.contains("dek"));
            assert_eq!(article.paragraphs.len(), n_expected, "{line}");
        }
    }

    #[test]
    fn the_declared_charset_is_used() {
        let body = BODY.replace("Makers", "Завод");
        let html = format!(
            "<html><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1251'></head><body>{body}</body></html>"
        );
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&html);
        assert!(read_bytes(&bytes).paragraphs[1].starts_with("Завод were"));
    }

    #[test]
    fn hostile_pages_take_little_time_and_no_stack() {
        const PARAGRAPH: &str = "<p>The duty on steel will rise to 25 percent in the spring, the minister said on Monday.</p>";
        type Page = fn(usize) -> String;
        let pages: [(&str, usize, Page); 8] = [
            ("div", 500_000, |n| format!("{}steel", "<div>".repeat(n))),
            ("deep", 190, |n| format!("{}{PARAGRAPH}", "<div>".repeat(n))),
            ("bold", 20_000, |n| {
                let bold: String = (0..150).map(|id| format!("<b id={id}>")).collect();
                format!("{bold}{}", PARAGRAPH.repeat(n))
            }),
            ("attributes", 50_000, |n| {
                let attributes: String = (0..n).map(|id| format!(" a{id}=1")).collect();
                format!("<div{attributes}>{PARAGRAPH}")
            }),
            ("paragraphs", 60_000, |n| PARAGRAPH.repeat(n)),
            ("tables", 20_000, |n| "<table><tr><td>".repeat(n)),
            ("lists", 90, |n| format!("{}steel", "<ul><li>".repeat(n))),
            ("arrays", 500_000, |n| {
                let arrays = "[".repeat(n);
                format!("<script type='application/ld+json'>{arrays}</script>{PARAGRAPH}")
            }),
        ];
        for (name, n_parts, page) in pages {
            let html = |n: usize| format!("<html>{}", page(n));
            assert_linear(name, n_parts, html, |html| {
                let piece = standard_input(html.as_bytes()).next().unwrap().unwrap();
                articles(&piece).len()
            });
        }
    }

    proptest! {
        #[test]
        fn any_page_gives_an_article_or_a_fault(parts in proptest::collection::vec(prop_oneof![
            Just("<div>"), Just("</div>"), Just("<p>"), Just("</p>"), Just("<b>"), Just("</i>"), Just("<table>"), Just("<td>"), Just("<ul><li>"),
            Just("<article>"), Just("</article>"), Just("<h1>"), Just("<br>"), Just("<svg>"), Just("<select>"), Just("<template>"), Just("<a href=x>"),
            Just("<time>"), Just("<span class=byline>"), Just("</span>"), Just("Steel duties rise, he said. "), Just("&nbsp;é&"), Just("<"), Just("<script>"),
        ], 0..60)) {
            let html = format!("<html>{}", parts.concat());
            let piece = standard_input(html.as_bytes()).next().unwrap().unwrap();
            for article in articles(&piece).into_iter().flatten() {
                prop_assert!(!article.paragraphs.is_empty());
            }
        }
    }
}
