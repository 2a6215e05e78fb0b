//! Feeds (RSS, Atom): each item is an article. What the feed says of itself holds for items that say nothing of it.
//!
//! An element of an item reaches up to its end tag, whatever stands between: markup that is not escaped there is that of a page,
//! closed or not. So what is broken costs the item in which it stands, and the others are kept. Nothing is put in for the
//! entities that a file declares. Time and memory are linear in the length of the file.

use std::path::Path;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};

use super::{Format, Reading, html, json, markup};
use crate::limits::source as limits;
use crate::source::paragraphs::Layout;
use crate::source::story::{Document, Facts};
use crate::source::{Fault, Piece, date, decode};

pub(super) const FORMAT: Format = Format {
    name: "feed",
    extensions: &["xml", "rss", "atom"],
    sniff: is_xml,
    // Pages are XML, too, and some texts are only called so.
    misnamed: Some(|sample| html::is_page(sample) || !html::root(sample).starts_with('<')),
    reading: Reading::Whole,
    help: "feeds (RSS, Atom): each item an article, with headline, author, date and address",
    documents,
};

/// The elements in which items stand, without the prefix of the feed's own.
const CONTAINERS: &[&str] = &["rss", "RDF", "feed", "channel"];

const ITEMS: &[&str] = &["item", "entry"];

/// Other files of XML that people have, by their first element.
const OTHERS: &[(&str, &str)] = &[
    ("NewsML", "news in NewsML"),
    ("newsItem", "news in NewsML-G2"),
    ("newsMessage", "news in NewsML-G2"),
    ("nitf", "news in NITF"),
    ("opml", "a list of feeds (OPML)"),
    ("sitemapindex", "a map of a site"),
    ("svg", "a picture (SVG)"),
    ("urlset", "a map of a site"),
];

const NO_FEED: &str =
    "of XML, feeds (RSS, Atom) are read; save its texts as HTML, as plain text or as JSON Lines";

const REPAIR: &str = "the other items are kept; repair this place to have all";

const UNREAD: &str =
    "the items before it are kept, and those after it were not read; repair the file to have all";

/// What an element says of an article; of several with the same meaning the first in this list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Id,
    Title,
    Text,
    Published,
    Byline,
    Publisher,
    Url,
    Language,
}

/// Names of elements as they are usual, best first, in any case.
const NAMES: &[(Name, &[&str])] = &[
    (Name::Id, &["guid", "id"]),
    (Name::Title, &["title", "dc:title"]),
    (
        Name::Text,
        &[
            "content:encoded",
            "content",
            "body",
            "xhtml:body",
            "fulltext",
            "description",
            "summary",
            "dc:description",
            "media:description",
            "itunes:summary",
        ],
    ),
    (
        Name::Published,
        &[
            "pubDate",
            "published",
            "atom:published",
            "dc:date",
            "dcterms:issued",
            "dcterms:created",
            "issued",
            "created",
            "date",
            "updated",
            "atom:updated",
            "modified",
            "dcterms:modified",
        ],
    ),
    (
        Name::Byline,
        &["dc:creator", "author", "atom:author", "itunes:author"],
    ),
    (Name::Publisher, &["source", "dc:publisher"]),
    (Name::Url, &["feedburner:origLink", "link"]),
    (Name::Language, &["dc:language", "language"]),
];

/// What the name of an element means, and its place among those that mean the same.
fn meaning(name: &str) -> Option<(Name, usize)> {
    NAMES.iter().find_map(|(meaning, names)| {
        let is_it = |known: &&str| known.eq_ignore_ascii_case(name);
        Some((*meaning, names.iter().position(is_it)?))
    })
}

/// Whether a file is XML: it says so, or begins as a feed does.
fn is_xml(sample: &[u8]) -> bool {
    let text = sample.strip_prefix("\u{feff}".as_bytes());
    let text = text.unwrap_or(sample).trim_ascii_start();
    let root = html::root(sample);
    text.starts_with(b"<?xml")
        || ["<rss", "<feed", "<rdf:rdf"]
            .iter()
            .any(|start| root.starts_with(start))
}

fn documents(piece: &Piece) -> Vec<Result<Document, Fault>> {
    let path = &piece.source.path;
    let text = match decode::text(&piece.bytes, html::charset(&piece.bytes)) {
        Ok(text) => text,
        Err(reason) => return vec![Err(Fault::new(path, reason))],
    };
    let feed = Feed::read(piece, &text);
    if let Some(root) = feed.other {
        let what = OTHERS.iter().find(|(name, _)| *name == root);
        let reason = match what {
            Some((_, what)) => format!("{what}, no feed"),
            None => format!("XML that is no feed: its first element is `{root}`"),
        };
        return vec![Err(Fault::new(path, reason).hint(NO_FEED))];
    }
    let facts = feed.stated.facts_of_feed();
    let items = feed.items.into_iter().zip(1..);
    let mut documents: Vec<_> = items
        .map(|(item, number)| Ok(document(piece, &facts, item?, number)))
        .collect();
    if documents.is_empty() {
        documents.push(Err(Fault::new(path, "no article in it")));
    }
    documents
}

fn document(piece: &Piece, of_feed: &Facts, mut item: Item, number: usize) -> Document {
    let text = item.stated.take(Name::Text);
    let body = text.map_or_else(Layout::default, |text| layout(&text));
    let facts = item.stated.facts();
    let facts = Facts {
        byline: facts.byline.or_else(|| of_feed.byline.clone()),
        publisher: facts.publisher.or_else(|| of_feed.publisher.clone()),
        language: facts.language.or_else(|| of_feed.language.clone()),
        ..facts
    };
    Document {
        facts,
        stem: Some(format!("{}/{number}", piece.source.stem)),
        body,
        line: Some(item.line),
        ..Document::default()
    }
}

/// The paragraphs of a text, which is that of a page, escaped once or twice.
fn layout(text: &str) -> Layout {
    match markup::is_marked_up(text) {
        true => json::layout(text),
        false => json::layout(&markup::decoded(text)),
    }
}

/// What elements say, and the place of each among those that mean the same.
#[derive(Debug, Default)]
struct Stated([Option<(usize, String)>; NAMES.len()]);

impl Stated {
    /// Keeps a value, unless there is a better one. Authors may be several.
    fn put(&mut self, name: Name, rank: usize, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        match &mut self.0[name as usize] {
            Some((known, all)) if *known == rank && name == Name::Byline => {
                all.push_str(", ");
                all.push_str(value);
            }
            Some((known, _)) if *known <= rank => {}
            slot => *slot = Some((rank, value.to_string())),
        }
    }

    fn take(&mut self, name: Name) -> Option<String> {
        self.0[name as usize].take().map(|(_, value)| value)
    }

    /// A value that is a line.
    fn line(&mut self, name: Name) -> Option<String> {
        let line = self.take(name)?;
        let line = json::one_line(&markup::decoded(&line));
        (!line.is_empty()).then_some(line)
    }

    fn name(&mut self, name: Name) -> Option<String> {
        self.line(name).and_then(|line| json::name(&line))
    }

    fn facts(mut self) -> Facts {
        let published = self.take(Name::Published);
        Facts {
            id: self.take(Name::Id),
            title: self.line(Name::Title),
            byline: self.name(Name::Byline),
            publisher: self.name(Name::Publisher),
            published: published.and_then(|text| date::parse(&text)),
            url: self.take(Name::Url).filter(|url| is_address(url)),
            language: self.line(Name::Language),
        }
    }

    /// What a feed says of itself and of its items. Its title is the name of who publishes it.
    fn facts_of_feed(mut self) -> Facts {
        let title = self.name(Name::Title);
        Facts {
            byline: self.name(Name::Byline),
            publisher: self.name(Name::Publisher).or(title),
            language: self.line(Name::Language),
            ..Facts::default()
        }
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// `jane@example.com (Jane Doe)`, as RSS has authors, to the name.
fn without_address(author: &str) -> &str {
    let name = author
        .split_once('(')
        .filter(|(address, _)| address.contains('@'))
        .and_then(|(_, name)| name.trim_end().strip_suffix(')'));
    name.unwrap_or(author)
}

/// An item that was read, or is being read.
#[derive(Debug)]
struct Item {
    /// The line on which it begins.
    line: usize,
    /// Its name as its tags have it.
    tag: String,
    stated: Stated,
}

/// An element of an item, or of the feed itself, that is open.
#[derive(Debug)]
struct Element {
    /// Its name as its tags have it.
    tag: String,
    /// None where nothing is taken from it.
    meaning: Option<(Name, usize)>,
    /// How many of its name are open, one in the other.
    n_open: usize,
    /// Where its content begins.
    start: usize,
    has_elements: bool,
    /// Its text, without references.
    text: String,
    /// The text of those elements in it that say its name.
    named: String,
    is_in_name: bool,
    /// What an attribute says in place of the text.
    address: Option<String>,
    /// It is an address, if it looks like one.
    is_permanent: bool,
}

/// Elements that say the name of what they stand in: an author, a source.
const NAMING: &[&str] = &["name", "title"];

impl Element {
    fn new(tag: &BytesStart, bare: &str, start: usize) -> Element {
        // Atom links to much: comments, pictures, the feed itself.
        let leads_elsewhere = attribute(tag, "rel").is_some_and(|rel| rel != "alternate");
        Element {
            tag: tag.name().0.to_string(),
            meaning: meaning(bare).filter(|(name, _)| *name != Name::Url || !leads_elsewhere),
            n_open: 1,
            start,
            has_elements: false,
            text: String::new(),
            named: String::new(),
            is_in_name: false,
            address: attribute(tag, "href"),
            is_permanent: bare.eq_ignore_ascii_case("guid")
                && attribute(tag, "isPermaLink").is_none_or(|value| value != "false"),
        }
    }

    /// Enters an element within it.
    fn open(&mut self, tag: &str, bare: &str) {
        self.n_open += usize::from(tag == self.tag);
        self.has_elements = true;
        self.is_in_name = markup::is_one_of(bare, NAMING);
        if self.is_in_name && !self.named.is_empty() {
            self.named.push_str(", ");
        }
    }

    fn push(&mut self, text: &str) {
        if self.meaning.is_some() {
            self.text.push_str(text);
        }
        if self.is_in_name {
            self.named.push_str(text);
        }
    }

    /// Tells what it says, its content being this.
    fn state(&self, content: &str, stated: &mut Stated) {
        let Some((name, rank)) = self.meaning else {
            return;
        };
        let text = self.text.as_str();
        let value = match name {
            Name::Url => self.address.as_deref().unwrap_or(text),
            Name::Byline | Name::Publisher if !self.named.is_empty() => &self.named,
            Name::Byline => without_address(text),
            Name::Text | Name::Title if self.has_elements => content,
            _ => text,
        };
        stated.put(name, rank, value);
        if self.is_permanent && is_address(value.trim()) {
            stated.put(Name::Url, usize::MAX, value);
        }
    }
}

/// A feed, as far as it was read.
struct Feed<'a> {
    text: &'a str,
    path: &'a Path,
    /// A place of the text, and its line.
    counted: (usize, usize),
    /// The prefix of the first element, with its colon: `atom:`. Those that have it, too, are called without.
    prefix: Option<String>,
    /// The first element, where it is none of a feed.
    other: Option<String>,
    /// What the feed says of itself.
    stated: Stated,
    items: Vec<Result<Item, Fault>>,
    item: Option<Item>,
    element: Option<Element>,
}

impl<'a> Feed<'a> {
    /// Reads all of it. After a fault of which the parser sees no end, from the next item on.
    fn read(piece: &'a Piece, text: &'a str) -> Feed<'a> {
        let mut feed = Feed {
            text,
            path: &piece.source.path,
            counted: (0, piece.line),
            prefix: None,
            other: None,
            stated: Stated::default(),
            items: Vec::new(),
            item: None,
            element: None,
        };
        let mut start = 0;
        for n_faults in 1.. {
            let Some((at, reason)) = feed.read_from(start) else {
                break;
            };
            (feed.item, feed.element) = (None, None);
            let next = next_item(text, at + 1, feed.prefix.as_deref().unwrap_or(""));
            let next = next.ok_or(REPAIR).and_then(|next| {
                let may_go_on = n_faults <= limits::FEED_FAULTS;
                may_go_on.then_some(next).ok_or(UNREAD)
            });
            feed.fault(at, &reason, next.err().unwrap_or(REPAIR));
            match next {
                Ok(next) => start = next,
                Err(_) => break,
            }
        }
        feed
    }

    /// Reads on from a place up to the end, or up to what the parser cannot read.
    fn read_from(&mut self, from: usize) -> Option<(usize, String)> {
        let mut reader = Reader::from_str(&self.text[from..]);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        while self.other.is_none() {
            let start = from + reader.buffer_position() as usize;
            let event = reader.read_event();
            let end = from + reader.buffer_position() as usize;
            match event {
                Ok(Event::Start(tag)) => self.open(&tag, start, end),
                Ok(Event::End(tag)) => self.close(tag.name().0, start),
                Ok(Event::Text(text)) => self.push(&text),
                Ok(Event::CData(text)) => self.push(&text),
                Ok(Event::GeneralRef(_)) => self.push(&markup::decoded(&self.text[start..end])),
                Ok(Event::Eof) => {
                    self.lose(start, "the end of the file");
                    break;
                }
                Ok(_) | Err(Error::IllFormed(_)) => {}
                Err(error) => {
                    let reason = match error {
                        Error::Syntax(error) => error.to_string(),
                        _ => error.to_string(),
                    };
                    return Some((from + reader.error_position() as usize, reason));
                }
            }
        }
        None
    }

    fn open(&mut self, tag: &BytesStart, start: usize, end: usize) {
        let name = tag.name().0;
        let is_first = self.prefix.is_none();
        let prefix = self.prefix.get_or_insert_with(|| {
            let length = name.find(':').map_or(0, |colon| colon + 1);
            name[..length].to_string()
        });
        let bare = name.strip_prefix(prefix.as_str()).unwrap_or(name);
        let is_item = markup::is_one_of(bare, ITEMS);
        if is_item {
            self.lose(start, &format!("`<{name}>`"));
        }
        if let Some(element) = &mut self.element {
            return element.open(name, bare);
        }
        let is_container = self.item.is_none() && markup::is_one_of(bare, CONTAINERS);
        if is_item {
            self.item = Some(Item {
                line: self.line(start),
                tag: name.to_string(),
                stated: Stated::default(),
            });
        } else if is_first && !is_container {
            self.other = Some(name.to_string());
        } else if !is_container {
            self.element = Some(Element::new(tag, bare, end));
            return;
        }
        let language = attribute(tag, "xml:lang").unwrap_or_default();
        self.stated().put(Name::Language, 0, &language);
    }

    fn close(&mut self, name: &str, at: usize) {
        let is_of_item = self.item.as_ref().is_some_and(|item| item.tag == name);
        let bare = name.strip_prefix(self.prefix.as_deref().unwrap_or(""));
        let is_container = || markup::is_one_of(bare.unwrap_or(name), CONTAINERS);
        if let Some(mut element) = self.element.take_if(|element| element.tag == name) {
            element.n_open -= 1;
            match element.n_open {
                0 => element.state(&self.text[element.start..at], self.stated()),
                _ => self.element = Some(element),
            }
        } else if self.element.is_some() && is_of_item || is_container() {
            self.lose(at, &format!("`</{name}>`"));
        } else if let Some(element) = &mut self.element {
            element.is_in_name = false;
        } else if is_of_item {
            self.items.extend(self.item.take().map(Ok));
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(element) = &mut self.element {
            element.push(text);
        }
    }

    /// Where it is kept what is stated here: of the item or of the feed.
    fn stated(&mut self) -> &mut Stated {
        match &mut self.item {
            Some(item) => &mut item.stated,
            None => &mut self.stated,
        }
    }

    /// Gives up what is open where something was found that cannot stand in it.
    fn lose(&mut self, at: usize, found: &str) {
        let element = self.element.take().map(|element| element.tag);
        let item = self.item.take().map(|item| item.tag);
        if let Some(tag) = element.or(item) {
            self.fault(at, &format!("{found} within `<{tag}>`"), REPAIR);
        }
    }

    fn fault(&mut self, at: usize, reason: &str, hint: &str) {
        let fault = Fault::new(self.path, format!("broken XML: {reason}"));
        let fault = fault.at(self.line(at)).hint(hint);
        self.items.push(Err(fault));
    }

    /// The line of a place; none before it is asked for later.
    fn line(&mut self, at: usize) -> usize {
        let (counted, line) = self.counted;
        let passed = &self.text.as_bytes()[counted..at.max(counted)];
        let line = line + memchr::memchr_iter(b'\n', passed).count();
        self.counted = (at.max(counted), line);
        line
    }
}

/// Where the next item begins.
fn next_item(text: &str, from: usize, prefix: &str) -> Option<usize> {
    let rest = &text.as_bytes()[from.min(text.len())..];
    let starts = ITEMS.iter().filter_map(|name| {
        let start = format!("<{prefix}{name}");
        let ends = |at: &usize| {
            let after = rest.get(at + start.len());
            after.is_some_and(|byte| *byte == b'>' || byte.is_ascii_whitespace())
        };
        memmem::find_iter(rest, start.as_bytes()).find(ends)
    });
    starts.min().map(|at| from + at)
}

/// The value of an attribute, without references.
fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    // To compare each with all others takes more than linear time.
    let attributes = attributes.with_checks(false).flatten();
    let mut named = attributes.filter(|attribute| attribute.key.0.eq_ignore_ascii_case(name));
    let value = named.next()?.value;
    Some(markup::decoded(&value).trim().to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::Article;
    use crate::growth::assert_linear;
    use crate::source::{articles, standard_input};

    fn read_bytes(bytes: &[u8]) -> Vec<Result<Article, String>> {
        let piece = standard_input(bytes).next().unwrap().unwrap();
        assert_eq!(piece.format.name, "feed");
        let articles = articles(&piece).into_iter();
        articles
            .map(|article| article.map_err(|fault| fault.to_string()))
            .collect()
    }

    fn read(xml: &str) -> Vec<Result<Article, String>> {
        read_bytes(xml.as_bytes())
    }

    /// Reads a feed whose only item has such elements.
    fn read_item(elements: &str) -> Article {
        let rss = format!("<rss><channel><item>{elements}</item></channel></rss>");
        read(&rss).remove(0).unwrap()
    }

    /// For each item its title, or what is wrong with it.
    fn titles(xml: &str) -> Vec<String> {
        let title = |article: Result<Article, String>| {
            article.map_or_else(|fault| fault, |article| article.title)
        };
        read(xml).into_iter().map(title).collect()
    }

    #[test]
    fn items_of_rss_are_articles() {
        let articles = read(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>Sample Post &amp;#8211; Trade</title>
  <link>https://example.com/</link>
  <atom:link href="https://example.com/feed" rel="self"/>
  <language>en-GB</language>
  <image><title>A picture</title><url>https://example.com/a.png</url></image>
  <item>
    <title>Duty on Smith &amp; Sons&#8217; pipes to rise</title>
    <link>https://example.com/pipes</link>
    <guid isPermaLink="false">post-7</guid>
    <pubDate>Thu, 27 Sep 2018 10:30:00 +0200</pubDate>
    <dc:creator><![CDATA[Ann Doe]]></dc:creator>
    <dc:creator>Bob Roe</dc:creator>
    <media:content url="https://example.com/b.png"><media:title>Another picture</media:title></media:content>
    <description>A short text.</description>
    <content:encoded><![CDATA[<p>The duty on pipes will rise, the <b>minister</b> said.</p><p>Makers were pleased&nbsp;&#8212; for now.</p>]]></content:encoded>
  </item>
  <item>
    <title>The other metals</title>
    <guid>https://example.com/zinc</guid>
    <author>carl@example.com (Carl Poe)</author>
    <source url="https://example.org/">Example Wire</source>
    <description>&lt;p&gt;Zinc is &lt;i&gt;spared&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;So is tin.&lt;/p&gt;</description>
  </item>
</channel>
</rss>"#,
        );
        let [Ok(pipes), Ok(zinc)] = &articles[..] else {
            panic!("{articles:?}");
        };
        assert_eq!(pipes.id, "post-7");
        assert_eq!(pipes.title, "Duty on Smith & Sons’ pipes to rise");
        assert_eq!(pipes.byline.as_deref(), Some("Ann Doe, Bob Roe"));
        assert_eq!(pipes.publisher.as_deref(), Some("Sample Post – Trade"));
        assert_eq!(pipes.published.unwrap().to_string(), "2018-09-27T08:30:00Z");
        assert_eq!(pipes.url.as_deref(), Some("https://example.com/pipes"));
        assert_eq!(pipes.language.as_deref(), Some("en-GB"));
        assert_eq!(
            pipes.paragraphs,
            [
                "The duty on pipes will rise, the minister said.",
                "Makers were pleased — for now."
            ]
        );
        assert_eq!(zinc.id, "https://example.com/zinc");
        assert_eq!(zinc.url.as_deref(), Some("https://example.com/zinc"));
        assert_eq!(zinc.byline.as_deref(), Some("Carl Poe"));
        assert_eq!(zinc.publisher.as_deref(), Some("Example Wire"));
        assert_eq!(zinc.paragraphs, ["Zinc is spared.", "So is tin."]);
    }

    #[test]
    fn entries_of_atom_are_articles() {
        for (prefix, xmlns) in [("", "xmlns"), ("a:", "xmlns:a")] {
            let xml = r#"<?xml version="1.0"?>
<_feed XMLNS="http://www.w3.org/2005/Atom" xml:lang="fr">
  <_title type="text">Exemple</_title>
  <_author><_name>La rédaction</_name></_author>
  <_entry>
    <_id>tag:example.com,2018:1</_id>
    <_title type="html">L&#39;acier &amp;amp; le zinc</_title>
    <_link rel="replies" href="https://example.com/1/comments"/>
    <_link href="https://example.com/1"/>
    <_updated>2018-09-28T00:00:00Z</_updated>
    <_published>2018-09-27T10:30:00Z</_published>
    <_summary>Un résumé.</_summary>
    <_content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Les droits sur l'acier &amp; le zinc <em>montent</em>.</p><p>Rien de plus.</p></div></_content>
  </_entry>
  <_entry xml:lang="en">
    <_title>Steel</_title>
    <_author><_name>Ann Doe</_name><_email>ann@example.com</_email></_author>
    <_author><_name>Bob Roe</_name></_author>
    <_source><_id>x</_id><_title>Sample Post</_title></_source>
    <_content>The duty rose.</_content>
  </_entry>
</_feed>"#;
            let xml = xml.replace('_', prefix).replace("XMLNS", xmlns);
            let articles = read(&xml);
            let [Ok(french), Ok(english)] = &articles[..] else {
                panic!("{articles:?}");
            };
            assert_eq!(french.id, "tag:example.com,2018:1");
            assert_eq!(french.title, "L'acier & le zinc");
            assert_eq!(french.url.as_deref(), Some("https://example.com/1"));
            assert_eq!(
                french.published.unwrap().to_string(),
                "2018-09-27T10:30:00Z"
            );
            assert_eq!(french.byline.as_deref(), Some("La rédaction"));
            assert_eq!(french.publisher.as_deref(), Some("Exemple"));
            assert_eq!(french.language.as_deref(), Some("fr"));
            assert_eq!(
                french.paragraphs,
                ["Les droits sur l'acier & le zinc montent.", "Rien de plus."]
            );
            assert_eq!(english.id, "-/2");
            assert_eq!(english.byline.as_deref(), Some("Ann Doe, Bob Roe"));
            assert_eq!(english.publisher.as_deref(), Some("Sample Post"));
            assert_eq!(english.language.as_deref(), Some("en"));
        }
    }

    #[test]
    fn items_of_rss_1_stand_beside_the_channel() {
        let articles = read(
            r#"<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/" xmlns:dc="d"><channel rdf:about="x"><title>Sample Post</title><items><rdf:Seq><rdf:li resource="1"/></rdf:Seq></items></channel><item rdf:about="1"><title>Steel</title><link>https://example.com/1</link><dc:date>2018-09-27</dc:date><dc:language>de</dc:language><description>Der Zoll steigt.</description></item></rdf:RDF>"#,
        );
        let article = articles[0].as_ref().unwrap();
        assert_eq!(article.id, "https://example.com/1");
        assert_eq!(article.publisher.as_deref(), Some("Sample Post"));
        assert_eq!(article.published.unwrap().to_string(), "2018-09-27");
        assert_eq!(article.language.as_deref(), Some("de"));
    }

    #[test]
    fn markup_that_is_not_escaped_is_read_as_a_page() {
        let article = read_item(
            "<title>Steel</title><description><p>One<br>more & <a href='/x?a=1&b=2'>two</a>.<p>Three &nbsp;&euro;.</description><link>/relative</link>",
        );
        assert_eq!(article.paragraphs, ["One more & two.", "Three €."]);
        assert_eq!(article.url, None);
    }

    #[test]
    fn text_may_be_escaped_twice_or_be_plain() {
        for (text, expected) in [
            (
                "&amp;lt;p&amp;gt;One&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Two&amp;lt;/p&amp;gt;",
                ["One", "Two"],
            ),
            (
                "<![CDATA[<p>One</p>]]>\n<![CDATA[<p>Two</p>]]>",
                ["One", "Two"],
            ),
            ("One\n\nTwo", ["One", "Two"]),
            (
                "&lt;p&gt;A &amp;lt; B&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;",
                ["A < B", "Two"],
            ),
        ] {
            let article = read_item(&format!(
                "<title>x</title><description>{text}</description>"
            ));
            assert_eq!(article.paragraphs, expected, "{text}");
        }
    }

    #[test]
    fn charsets_are_those_that_the_file_names() {
        let xml = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><channel><item><title>Сталь</title></item></channel></rss>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(xml);
        assert_eq!(read_bytes(&bytes)[0].as_ref().unwrap().title, "Сталь");
        let wide: Vec<u8> = xml.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(
            read_bytes(&[&[0xfe, 0xff], &wide[..]].concat())[0]
                .as_ref()
                .unwrap()
                .title,
            "Сталь"
        );
    }

    #[test]
    fn what_is_broken_costs_its_item() {
        let check = |xml: &str, expected: &[&str]| assert_eq!(titles(xml), expected, "{xml}");
        check(
            "<rss><channel>\n<item><title>One</title></item>\n<item><title>Two\n</item>\n<item><title>Three</title></item></channel></rss>",
            &[
                "One",
                "-:4: broken XML: `</item>` within `<title>`",
                "Three",
            ],
        );
        check(
            "<rss><channel>\n<item><title>One</title>\n<item><title>Two</title></item></channel></rss>",
            &["-:3: broken XML: `<item>` within `<item>`", "Two"],
        );
        check(
            "<rss><channel>\n<item><title>One</title></channel></rss>",
            &["-:2: broken XML: `</channel>` within `<item>`"],
        );
        check(
            "<rss><channel><image>\n<item><title>One</title></item></channel></rss>",
            &["-:2: broken XML: `<item>` within `<image>`", "One"],
        );
        check(
            "<rss><channel>\n<item><title>One</title></item>\n<item><title>Tw",
            &[
                "One",
                "-:3: broken XML: the end of the file within `<title>`",
            ],
        );
        check(
            "<rss><channel>\n<item><title>One</title></item>\n<item><description><![CDATA[Two\n</description></item>\n<item><title>Three</title></item></channel></rss>",
            &[
                "One",
                "-:3: broken XML: CDATA not closed: `]]>` not found before end of input",
                "Three",
            ],
        );
        check("<rss></channel></x><rss>", &["-: no article in it"]);
        check(
            "<rss><channel><item></item></channel></rss>",
            &["-:1: no text in it"],
        );
    }

    #[test]
    fn other_xml_is_called_by_what_it_is() {
        for (xml, fault) in [
            (
                "<?xml version='1.0'?><opml><body/></opml>",
                "-: a list of feeds (OPML), no feed",
            ),
            (
                "<?xml version='1.0'?>\n<!-- a --><invoice>5</invoice>",
                "-: XML that is no feed: its first element is `invoice`",
            ),
            ("<?xml version='1.0'?>", "-: no article in it"),
            (
                "<?xml version='1.0'",
                "-:1: broken XML: XML declaration not closed: `?>` not found before end of input",
            ),
        ] {
            assert_eq!(read(xml), [Err(fault.to_string())]);
        }
    }

    #[test]
    fn entities_of_a_file_are_not_put_in() {
        let xml = r#"<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><rss><channel><item><title>Steel &b; &c;</title></item></channel></rss>"#;
        assert_eq!(titles(xml), ["Steel &b; &c;"]);
    }

    #[test]
    fn hostile_feeds_take_linear_time() {
        for (part, n_parts) in [
            ("<item><title>Steel</title></item>", 100_000),
            ("<item>", 60_000),
            ("<item><title>", 60_000),
            ("<item><![CDATA[", 60_000),
            ("<item a=\"", 60_000),
            ("<item><!--", 60_000),
            ("<b>", 200_000),
            ("<title>", 100_000),
            ("</title>", 100_000),
            ("<item a='b' ", 60_000),
            ("&a", 200_000),
            ("&a;", 200_000),
            ("<author><name>A</name>", 60_000),
            ("<!DOCTYPE x [", 60_000),
            ("<?x", 60_000),
            ("<", 200_000),
        ] {
            for head in ["<item>", ""] {
                let feed = |n: usize| {
                    format!(
                        "<?xml version='1.0'?><rss><channel>{head}{}",
                        part.repeat(n)
                    )
                };
                assert_linear(part, n_parts, feed, |feed| assert!(!read(feed).is_empty()));
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_give_articles_or_faults(bytes: Vec<u8>, xml in "(<(/|)(item|title|a:entry|feed|link href='x'|)(/|)>|<!\\[CDATA\\[|\\]\\]>|<!--|-->|&|;|\"|é|\n|[a-z]){0,40}") {
            for content in [bytes, [b"<?xml version='1.0'?>", xml.as_bytes()].concat()] {
                let piece = Piece {
                    format: &FORMAT,
                    ..standard_input(&b"x"[..]).next().unwrap().unwrap()
                };
                let piece = Piece { bytes: content, ..piece };
                prop_assert!(!articles(&piece).is_empty());
            }
        }
    }
}
