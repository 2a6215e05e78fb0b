//! Pages: the main text without navigation and advertising, and what their head says about it.
//!
//! The head is read here, from tokens; the main text is what the crate `trafilatura` finds. It builds a tree, so that
//! pages which are too large or too deep for one are read as tokens, too, and then whole.

use encoding_rs::Encoding;
use trafilatura::{HtmlDateMode, Options};

use super::markup::{self, Content, Token};
use super::{Format, Reading, json};
use crate::article::{Article, Published};
use crate::limits::source as limits;
use crate::source::paragraphs::Layout;
use crate::source::story::Facts;
use crate::source::{Fault, Piece, date, decode, paragraphs, story, wire};

pub(super) const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    sniff: is_page,
    reading: Reading::Whole,
    help: "web pages: the main text, with headline, byline and date from the page",
    articles,
};

/// Bytes within which a page names its charset.
const CHARSET_BYTES: usize = 4096;

/// The longest byline in the text of a page, in bytes.
const BYLINE_BYTES: usize = 150;

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

/// Elements whose end tags may be left out: they close each other and nest no deeper.
const CLOSED_BY_NEXT: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody", "thead", "tfoot",
];

fn is_page(sample: &[u8]) -> bool {
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
    ["<!doctype html", "<html", "<head", "<body", "<article"]
        .iter()
        .any(|start| text.starts_with(start))
}

fn articles(piece: &Piece) -> Vec<Result<Article, Fault>> {
    vec![article(piece)]
}

fn article(piece: &Piece) -> Result<Article, Fault> {
    let path = &piece.source.path;
    let text = decode::text(&piece.bytes, charset(&piece.bytes))
        .map_err(|reason| Fault::new(path, reason))?;
    let page = Page::read(&text);
    let layout = main_text(&text, &page);
    let facts = page.facts();
    let read = wire::read(layout, facts.title.as_deref());
    story::article(&piece.source, facts, read)
}

/// The charset that a page names: `<meta charset="...">`, `content="text/html; charset=..."`, `encoding="..."`.
fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
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
            let found = layout(&found.content_html);
            if !found.paragraphs.is_empty() && !is_glued(&found, html, page) {
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

/// Whether the paragraphs of the main part were run together: of short pages the crate returns one block of text, with no
/// space where a paragraph ended.
fn is_glued(found: &Layout, html: &str, page: &Page) -> bool {
    let [single] = found.paragraphs.as_slice() else {
        return false;
    };
    let main = layout(main_element(html, page).unwrap_or(html));
    let n_chars = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let n_of_main: usize = main
        .paragraphs
        .iter()
        .map(|paragraph| n_chars(paragraph))
        .sum();
    main.paragraphs.len() > 1 && n_of_main <= n_chars(single) + n_chars(single) / 4
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
    time: Option<Published>,
    byline: Option<String>,
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
                        && !markup::is_one_of(name, CLOSED_BY_NEXT);
                    depth += usize::from(nests);
                    page.depth = page.depth.max(depth);
                    page.n_tags += 1;
                    page.work += depth + attributes.matches('=').count().pow(2);
                    page.open(name, attributes, start);
                }
                Token::Close(name) => {
                    page.n_tags += 1;
                    page.close(name, html.len() - tokens.rest().len());
                    if !markup::is_one_of(name, CLOSED_BY_NEXT) {
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
                let from = self.main.map_or(start, |(start, _)| start);
                self.main = Some((from, usize::MAX));
            }
            "h1" if self.heading.is_none() && self.taking.is_none() => {
                self.take(Taking::Heading, name)
            }
            "time" if self.time.is_none() => {
                self.time = attribute("datetime").and_then(|text| date::parse(&text));
                if self.time.is_none() && self.taking.is_none() {
                    self.take(Taking::Time, name);
                }
            }
            _ if self.byline.is_none() && self.taking.is_none() => {
                let says = |key: &str, words: &[&str]| {
                    attribute(key).is_some_and(|value| {
                        value
                            .split_whitespace()
                            .any(|word| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
                    })
                };
                if says(
                    "class",
                    &[
                        "byline",
                        "author",
                        "article-author",
                        "article__byline",
                        "byline__name",
                    ],
                ) || says("rel", &["author"])
                    || says("itemprop", &["author"])
                {
                    self.take(Taking::Byline, name);
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
                let byline = wire::byline(&text).or_else(|| wire::byline(&format!("By {text}")));
                self.byline = byline;
            }
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
            let stated = json::facts(&object.to_string());
            if self.stated == Facts::default() {
                self.stated = stated;
            }
        }
    }

    fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.metas.iter().find(|(key, _)| key == name);
            found.map(|(_, content)| content.as_str())
        })
    }

    fn facts(self) -> Facts {
        let line = |text: Option<&str>| text.map(json::one_line).filter(|text| !text.is_empty());
        let meta = |names| line(self.meta(names));
        let stated = |text: &Option<String>| {
            text.as_deref()
                .map(|text| json::one_line(&markup::decoded(text)))
        };
        let publisher = stated(&self.stated.publisher).or_else(|| meta(PUBLISHERS));
        let title = stated(&self.stated.title)
            .or_else(|| meta(TITLES))
            .or_else(|| self.heading.clone())
            .or_else(|| {
                self.title
                    .as_deref()
                    .map(|title| without_site(title, publisher.as_deref()))
            })
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
            .or(self.time);
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

/// A page's title without the name of the site at its end.
fn without_site(title: &str, site: Option<&str>) -> String {
    for separator in [" | ", " – ", " — ", " - ", " :: ", " « "] {
        if let Some((before, last)) = title.rsplit_once(separator) {
            let is_site = site.is_some_and(|site| last.trim().eq_ignore_ascii_case(site));
            // A bar separates nothing else; a dash may belong to the headline.
            if is_site || separator == " | " && !before.trim().is_empty() {
                return before.trim().to_string();
            }
        }
    }
    title.to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
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
        let paragraph = "<p>The duty on steel will rise to 25 percent in the spring, the minister said on Monday.</p>";
        let bold: String = (0..150).map(|id| format!("<b id={id}>")).collect();
        let attributes: String = (0..50_000).map(|id| format!(" a{id}=1")).collect();
        for html in [
            format!("<html>{}steel", "<div>".repeat(500_000)),
            format!("<html>{}{paragraph}", "<div>".repeat(190)),
            format!("<html>{bold}{}", paragraph.repeat(20_000)),
            format!("<html><div{attributes}>{paragraph}"),
            format!("<html>{}", paragraph.repeat(60_000)),
            format!("<html>{}", "<table><tr><td>".repeat(20_000)),
            format!("<html>{}steel", "<ul><li>".repeat(90)),
            format!(
                "<html><script type='application/ld+json'>{}</script>{paragraph}",
                "[".repeat(500_000)
            ),
        ] {
            let started = std::time::Instant::now();
            let piece = standard_input(html.as_bytes()).next().unwrap().unwrap();
            let _ = articles(&piece);
            assert!(started.elapsed().as_secs() < 20, "{}", &html[..60]);
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
