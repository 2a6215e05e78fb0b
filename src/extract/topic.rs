//! Topics of trade news, by the terms of a taxonomy (`topic.tsv`). Reads the title and the paragraphs; needs no other
//! extractor.
//!
//! A paragraph has a topic when the terms in it weigh enough. What weighs too little by itself counts when the title or the
//! other paragraphs speak of the same topic; but each value has a term of its own in the paragraph.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::known::{self, Marking, marks};
use super::list_lines::ListLines;
use super::{Extractor, Reading, each};
use crate::article::{Findings, Line, Mention};
use crate::field::{Field, Kind, no_groups};
use crate::text::fold::{fold, hash_of};
use crate::text::gazetteer::{Gazetteer, Spelling, variants};
use crate::text::table::{Table, names};
use crate::text::tokens::{Kind as TokenKind, Text};

pub static FIELD: Field = Field {
    name: "topic",
    key: "topics",
    kind: Kind::Tree,
    help: "topics, as a path",
    resolve,
    groups: no_groups,
};

pub static EXTRACTOR: Extractor = Extractor {
    fields: &[&FIELD],
    needs: &[],
    extract: |readings, findings| each(readings, findings, extract),
    lines,
};

/// A term of the topic, or for the topic of trade itself of one that speaks for it.
fn lines(mention: &Mention, words: &str) -> Vec<Line> {
    LISTED.lines(words, |row| {
        let path = row.cell(0);
        path == mention.value || mention.value == TRADE && path.starts_with("trade-")
    })
}

static LISTED: LazyLock<ListLines> = LazyLock::new(|| ListLines::new(&[(TABLE, &[3])]));

/// What a paragraph's terms must weigh, with what title and other paragraphs lend.
const ENOUGH: i32 = 2;

/// What the title lends to a paragraph when it has a term of the topic.
const TITLE_LENDS: i32 = 1;

/// What the other paragraphs lend when their terms weigh `OTHERS_NEED` or more.
const OTHERS_LEND: i32 = 1;
const OTHERS_NEED: i32 = 4;

/// The topic whose words are plainly that matter in an article about trade, and elsewhere speak of war: "they will retaliate".
const RETALIATION: &str = "trade-disputes/retaliation";

/// What an article about trade lends to it.
const TRADE_LENDS: i32 = 1;

/// The topic of stories that are about trade between countries; the terms of all `trade-…` topics speak for it.
const TRADE: &str = "trade";

/// Topics of trade policy that stories of one company or one shipment often touch (a credit, a licence, a subsidy): their
/// terms speak for `TRADE` with half their weight.
const HALF_FOR_TRADE: &[&str] = &[
    "trade-policy/countertrade",
    "trade-policy/currency-manipulation",
    "trade-policy/customs",
    "trade-policy/export-controls",
    "trade-policy/export-credits",
    "trade-policy/export-promotion",
    "trade-policy/export-restrictions",
    "trade-policy/industrial-policy",
    "trade-policy/investment-screening",
    "trade-policy/quotas",
    "trade-policy/sanctions",
    "trade-policy/state-trading",
    "trade-policy/subsidies",
    "trade-policy/supply-chains",
    "trade-policy/transshipment",
];

/// A row of the taxonomy.
#[derive(Debug)]
struct Topic {
    path: &'static str,
    label: &'static str,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for exports that speak IPTC codes")
    )]
    media_topic: &'static str,
    terms: &'static str,
    hiding: &'static str,
}

/// A term's part in one topic; weight 0 only hides the words in it from that topic.
#[derive(Debug, Clone, Copy)]
struct Vote {
    topic_idx: usize,
    weight: i32,
}

const TABLE: Table = Table::new("topic.tsv", include_str!("topic.tsv"));

static TOPICS: LazyLock<Vec<Topic>> = LazyLock::new(|| {
    let topic = |[path, label, media_topic, terms, hiding]: [_; 5]| Topic {
        path,
        label,
        media_topic,
        terms,
        hiding,
    };
    TABLE.cells().map(topic).collect()
});

/// The number of the topic `TRADE`.
static TRADE_IDX: LazyLock<Option<usize>> =
    LazyLock::new(|| TOPICS.iter().position(|topic| topic.path == TRADE));

static TERMS: LazyLock<Gazetteer<Box<[Vote]>>> = LazyLock::new(|| {
    let mut votes: Vec<(u64, String, Vote)> = Vec::with_capacity(10_000);
    for (topic_idx, topic) in TOPICS.iter().enumerate() {
        let share = if HALF_FOR_TRADE.contains(&topic.path) {
            2
        } else {
            1
        };
        let trade_idx = TRADE_IDX.filter(|_| topic.path.starts_with("trade-"));
        let weighted = terms(topic.terms).chain(names(topic.hiding).map(|name| (name, 0)));
        for (term, weight) in weighted {
            for variant in variants(term) {
                let for_trade = trade_idx.map(|topic_idx| Vote {
                    topic_idx,
                    weight: weight / share,
                });
                let hash = hash_of(&variant);
                votes.extend(for_trade.map(|vote| (hash, variant.clone(), vote)));
                votes.push((hash, variant, Vote { topic_idx, weight }));
            }
        }
    }
    // One entry for a term with all its topics, each topic once, the heaviest first: a term outweighs its own hiding. Most
    // terms are told apart by their hashes, which is faster.
    votes.sort_unstable_by(|(hash, term, vote), (other_hash, other_term, other)| {
        let terms = (hash, term).cmp(&(other_hash, other_term));
        terms.then_with(|| (vote.topic_idx, -vote.weight).cmp(&(other.topic_idx, -other.weight)))
    });
    votes.dedup_by(|(_, term, vote), (_, kept_term, kept)| {
        vote.topic_idx == kept.topic_idx && term == kept_term
    });
    let by_term = votes.chunk_by(|(_, term, _), (_, other, _)| term == other);
    Gazetteer::new(by_term.map(|chunk: &[(u64, String, Vote)]| {
        let term = chunk[0].1.as_str();
        let votes = chunk.iter().map(|(.., vote)| *vote).collect();
        (term, Spelling::of(term), votes)
    }))
});

/// Marks the words that tell where terms may begin.
pub(super) fn mark(mark: Marking) {
    for (fold, small) in TERMS.telling() {
        mark(fold, marks::TOPIC, small);
    }
}

/// The terms of a cell with their weights.
fn terms(cell: &'static str) -> impl Iterator<Item = (&'static str, i32)> {
    names(cell).map(|term| match term.split_once('^') {
        Some((term, weight)) => (term, weight.parse().unwrap_or(1)),
        None => (term, 1),
    })
}

/// A term in the text that speaks for a topic.
#[derive(Debug, Clone, Copy)]
struct Hit {
    topic_idx: usize,
    weight: i32,
    start: usize,
    end: usize,
}

fn extract(reading: &Reading, findings: &mut Findings) {
    let mut finder = Finder::new();
    // As many as most articles have.
    let mut hits = Vec::with_capacity(64);
    finder.find(&reading.title, 0, &mut hits);
    let n_of_title = hits.len();
    let first = reading
        .article
        .dateline
        .as_ref()
        .map_or(0, |dateline| dateline.end);
    // The number of the paragraph's first hit.
    let mut starts = Vec::with_capacity(reading.paragraphs.len() + 1);
    for (paragraph, text) in reading.paragraphs.iter().enumerate() {
        starts.push(hits.len());
        finder.find(text, if paragraph == 0 { first } else { 0 }, &mut hits);
    }
    if hits.len() == n_of_title {
        return;
    }
    starts.push(hits.len());
    let title = weigh(&hits[..n_of_title]);
    let article = weigh(&hits[n_of_title..]);
    let (topics, trade_idx) = (&*TOPICS, *TRADE_IDX);
    let about_trade = trade_idx.is_some_and(|trade_idx| {
        let n_lead = starts[2.min(reading.paragraphs.len())] - n_of_title;
        is_about_trade(
            reading,
            title[trade_idx],
            &hits[n_of_title..],
            n_lead,
            trade_idx,
        )
    });
    // Of one paragraph at a time.
    let mut own = vec![0; TOPICS.len()];
    for (paragraph, ends) in starts.windows(2).enumerate() {
        let hits = &hits[ends[0]..ends[1]];
        for hit in hits {
            own[hit.topic_idx] += hit.weight;
        }
        let mut trade_told = false;
        for hit in hits {
            let idx = hit.topic_idx;
            let path = topics[idx].path;
            let is_trade = Some(idx) == trade_idx;
            let given = if is_trade {
                about_trade && !trade_told
            } else {
                let by_title = if title[idx] > 0 { TITLE_LENDS } else { 0 };
                let spoken_of = article[idx] - own[idx] >= OTHERS_NEED;
                let by_others = if spoken_of { OTHERS_LEND } else { 0 };
                let by_trade = match about_trade && path == RETALIATION {
                    true => TRADE_LENDS,
                    false => 0,
                };
                own[idx] + by_title + by_others + by_trade >= ENOUGH
            };
            if !given {
                continue;
            }
            trade_told |= is_trade;
            findings.mentions.push(Mention {
                field: &FIELD,
                value: path.into(),
                paragraph,
                span: hit.start..hit.end,
                rule: "topic-term",
            });
        }
        for hit in hits {
            own[hit.topic_idx] = 0;
        }
    }
}

/// What an article's trade terms must weigh together for it to be about trade: the title's count fourfold, those of the first
/// two paragraphs twice.
const ABOUT_TRADE: i32 = 5;

/// How many tokens of text one unit of that weight carries: a long article that names trade in passing is about something else.
const TOKENS_PER_WEIGHT: usize = 40;

/// `n_lead` of the hits are in the first two paragraphs.
fn is_about_trade(
    reading: &Reading,
    title: i32,
    hits: &[Hit],
    n_lead: usize,
    trade_idx: usize,
) -> bool {
    let weight_of = |hits: &[Hit]| -> i32 {
        let hits = hits.iter().filter(|hit| hit.topic_idx == trade_idx);
        hits.map(|hit| hit.weight).sum()
    };
    let lead = weight_of(&hits[..n_lead]);
    // Capped, so that no single place decides alone in a long article.
    let weight = 4 * title.min(4) + lead.min(6) + weight_of(hits);
    let n_tokens: usize = reading
        .paragraphs
        .iter()
        .map(|text| text.tokens.len())
        .sum();
    weight >= ABOUT_TRADE && weight.unsigned_abs() as usize * TOKENS_PER_WEIGHT >= n_tokens
}

/// The weights of the topics.
fn weigh(hits: &[Hit]) -> Vec<i32> {
    let mut out = vec![0; TOPICS.len()];
    for hit in hits {
        out[hit.topic_idx] += hit.weight;
    }
    out
}

/// Finds terms in one text after the other.
struct Finder {
    /// Tokens of the texts before.
    n_before: usize,
    /// For each topic the token after its last term, counted through all texts.
    covered: Vec<usize>,
}

impl Finder {
    fn new() -> Finder {
        Finder {
            n_before: 0,
            covered: vec![0; TOPICS.len()],
        }
    }

    /// Adds the terms in a text from a byte on; for each topic they do not overlap.
    fn find(&mut self, text: &Text, from: usize, out: &mut Vec<Hit>) {
        let terms = &*TERMS;
        let first = text.token_at(from);
        let mut next = first;
        while let Some(told_by) = text.next_marked(next, marks::TOPIC) {
            next = told_by + 1;
            let kind = text.tokens[told_by].kind;
            if !matches!(kind, TokenKind::Word | TokenKind::Number) {
                continue;
            }
            let start = *known::starts(text, told_by).start();
            for token_idx in start.max(first)..next {
                for (end, votes) in terms.matches(text, token_idx) {
                    self.vote(text, token_idx..end, votes, out);
                }
            }
        }
        self.n_before += text.tokens.len();
    }

    /// Counts what a term speaks for, unless it overlaps one that has spoken for the same.
    fn vote(&mut self, text: &Text, tokens: Range<usize>, votes: &[Vote], out: &mut Vec<Hit>) {
        for vote in votes {
            let covered = &mut self.covered[vote.topic_idx];
            if *covered > self.n_before + tokens.start {
                continue;
            }
            *covered = self.n_before + tokens.end;
            if vote.weight > 0 {
                let span = text.span(tokens.clone());
                out.push(Hit {
                    topic_idx: vote.topic_idx,
                    weight: vote.weight,
                    start: span.start,
                    end: span.end,
                });
            }
        }
    }
}

/// Paths by the spellings that a person would type: the path, its parts (`steel`, `trade-remedies`), the label, a term.
static SPELLINGS: LazyLock<FxHashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut out: FxHashMap<String, Vec<&'static str>> = FxHashMap::default();
    let mut add = |spelling: &str, path: &'static str| {
        let paths = out.entry(key(spelling)).or_default();
        if !paths.contains(&path) {
            paths.push(path);
        }
    };
    for topic in TOPICS.iter() {
        let ends = topic.path.match_indices('/').map(|(at, _)| at);
        for end in ends.chain([topic.path.len()]) {
            let path = &topic.path[..end];
            add(path, path);
            add(path.rsplit('/').next().unwrap_or(path), path);
        }
        add(topic.label, topic.path);
    }
    out
});

/// The form in which spellings of topics are compared: hyphens, underscores and spaces are one.
fn key(spelling: &str) -> String {
    let folded = fold(spelling.trim().trim_matches('/'));
    folded
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

fn resolve(spelling: &str) -> Vec<&'static str> {
    let wanted = key(spelling);
    let by_name = SPELLINGS.get(&wanted).or_else(|| {
        SPELLINGS
            .get(&format!("{wanted}s"))
            .or_else(|| SPELLINGS.get(wanted.strip_suffix('s')?))
    });
    if let Some(paths) = by_name {
        return paths.clone();
    }
    let text = Text::new(spelling.trim());
    let mut paths = Vec::new();
    if !text.tokens.is_empty() {
        for (end, votes) in TERMS.matches(&text, 0) {
            if end == text.tokens.len() {
                paths.extend(
                    votes
                        .iter()
                        .filter(|vote| vote.weight >= ENOUGH)
                        .map(|vote| TOPICS[vote.topic_idx].path),
                );
            }
        }
    }
    if paths.len() > 1 {
        paths.retain(|&path| path != TRADE);
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::extract::Own;

    /// The topics of each paragraph, in order of mention.
    fn topics(title: &str, paragraphs: &[&str]) -> Vec<Vec<String>> {
        let article = Article {
            title: title.into(),
            paragraphs: paragraphs.iter().map(|&text| text.into()).collect(),
            ..Article::default()
        };
        let reading = Reading::new(&article, Own::none());
        let mut findings = Findings::default();
        extract(&reading, &mut findings);
        let mut out = vec![Vec::new(); paragraphs.len()];
        for mention in findings.mentions {
            let value = mention.value.to_string();
            if !out[mention.paragraph].contains(&value) {
                out[mention.paragraph].push(value);
            }
        }
        out
    }

    fn check(paragraph: &str, expected: &[&str]) {
        let mut found = topics("", &[paragraph]).remove(0);
        found.sort();
        assert_eq!(found, expected, "{paragraph}");
    }

    #[test]
    fn every_term_is_found() {
        for (topic_idx, topic) in TOPICS.iter().enumerate() {
            for (term, weight) in terms(topic.terms) {
                let mut hits = Vec::new();
                Finder::new().find(&known::read(term), 0, &mut hits);
                let mut found = hits.iter().filter(|hit| hit.topic_idx == topic_idx);
                assert!(found.any(|hit| hit.weight >= weight), "{term}");
            }
        }
    }

    #[test]
    fn terms_that_begin_small_keep_their_capitals_further_on() {
        check(
            "Its surplus with Japan grew.",
            &["trade-policy/trade-deficit"],
        );
        check(
            "Its Surplus With Japan grew.",
            &["trade-policy/trade-deficit"],
        );
        check("Its surplus with japan grew.", &[]);
    }

    #[test]
    fn rows_are_sorted_and_whole() {
        let paths: Vec<&str> = TOPICS.iter().map(|topic| topic.path).collect();
        assert!(paths.is_sorted_by(|a, b| a < b), "not sorted, or twice");
        for topic in TOPICS.iter() {
            assert!(!topic.path.is_empty() && !topic.label.is_empty() && !topic.terms.is_empty());
            assert!(
                topic.path.bytes().all(|byte| byte.is_ascii_lowercase()
                    || byte.is_ascii_digit()
                    || matches!(byte, b'-' | b'/')),
                "{}",
                topic.path
            );
            assert!(
                topic.media_topic.is_empty()
                    || topic.media_topic.len() == 8
                        && topic.media_topic.bytes().all(|byte| byte.is_ascii_digit()),
                "{}",
                topic.path
            );
            let mut terms: Vec<&str> = topic
                .terms
                .split('|')
                .map(|term| term.split('^').next().unwrap_or(term))
                .collect();
            assert!(
                terms.iter().all(|term| !term.trim().is_empty()),
                "{}",
                topic.path
            );
            terms.sort_unstable();
            for pair in terms.windows(2) {
                assert_ne!(pair[0], pair[1], "{}", topic.path);
            }
        }
        assert!(TRADE_IDX.is_some());
    }

    #[test]
    fn a_strong_term_is_enough() {
        check(
            "The safeguard measure on solar panels expires in May.",
            &["sectors/energy/solar", "trade-remedies/safeguards"],
        );
    }

    #[test]
    fn sections_without_a_capital() {
        check(
            "The petition under section 301 was filed.",
            &["trade-remedies/section-301"],
        );
        check("Section 12 of the code is old.", &[]);
    }

    #[test]
    fn words_that_tell_their_topic_alone() {
        check("The sanctions hurt.", &["trade-policy/sanctions"]);
        let story = topics(
            "Trade talks fail",
            &["Tariffs on Ruritania's shoes rise.", "It will retaliate."],
        );
        assert!(story[1].contains(&RETALIATION.to_string()));
        check("The army will retaliate within a week.", &[]);
        check(
            "Ruritania's cars will pay the same.",
            &["sectors/automobiles"],
        );
        check(
            "The mill is no longer one of the \"validated end users\" of such tools.",
            &["trade-policy/export-controls"],
        );
        for paragraph in [
            "FIFA sanctions await the club.",
            "The retaliatory strike hit an airfield.",
            "Police cars blocked the road.",
        ] {
            check(paragraph, &[]);
        }
    }

    #[test]
    fn words_of_another_matter() {
        check(
            "Ruritania asked for consultations on USMCA dispute settlement.",
            &["trade-agreements/usmca"],
        );
        check("The design was acquired by the navy.", &[]);
        check("The clause is a poison pill.", &[]);
        check("It is a subsidy in green clothing.", &[]);
        check(
            "No chlorinated chicken will be sold.",
            &[
                "sectors/agriculture/livestock/poultry",
                "trade-policy/sanitary-measures",
            ],
        );
        check(
            "Ruritania lost permanent normal trade relations.",
            &["trade-policy/most-favoured-nation"],
        );
        check(
            "Ruritania may join the CP-TPP.",
            &["trade-agreements/cptpp"],
        );
        check(
            "The Comprehensive and Progressive Agreement for Trans-Pacific Partnership grows.",
            &["trade-agreements/cptpp"],
        );
    }

    #[test]
    fn a_weak_term_needs_company() {
        check("The minister went about his duties.", &[]);
        let found = topics(
            "Brussels ponders retaliation",
            &["Ministers may retaliate soon."],
        );
        assert!(found[0].contains(&"trade-disputes/retaliation".to_string()));
    }

    #[test]
    fn words_that_only_look_like_trade() {
        for paragraph in [
            "The trade union called its members out.",
            "He bought perfume in the duty-free shop.",
            "Shares trade at a premium to those of its rivals.",
            "Blue chips fell.",
            "Condoleezza Rice spoke of her duties.",
            "The electricity tariff will rise in May.",
        ] {
            let found = topics("", &[paragraph]).remove(0);
            let wrong = |topic: &String| topic.starts_with("trade") || topic.starts_with("sectors");
            assert!(!found.iter().any(wrong), "{paragraph} {found:?}");
        }
    }

    #[test]
    fn a_story_about_trade_is_no_story_of_a_shipment() {
        let policy = topics(
            "Minister sees trade deal by May",
            &["The trade talks with Ruritania went well.", "It rained."],
        );
        assert_eq!(policy[0][0], TRADE);
        assert!(policy[1].is_empty());
        let shipment = topics(
            "Mill sells wheat",
            &["A mill sold 20,000 tonnes of wheat to Ruritania, exporters said."],
        );
        assert_eq!(shipment[0], ["sectors/agriculture/grain/wheat"]);
    }

    #[test]
    fn a_term_stands_at_the_deepest_topic_alone() {
        for topic in TOPICS.iter() {
            let below = format!("{}/", topic.path);
            let own: Vec<&str> = terms(topic.terms).map(|(term, _)| term).collect();
            for deeper in TOPICS
                .iter()
                .filter(|deeper| deeper.path.starts_with(&below))
            {
                for (term, _) in terms(deeper.terms) {
                    assert!(
                        !own.contains(&term),
                        "{term} {} {}",
                        topic.path,
                        deeper.path
                    );
                }
            }
        }
        check(
            "Maize and durum were cheap.",
            &[
                "sectors/agriculture/grain/corn",
                "sectors/agriculture/grain/wheat",
            ],
        );
    }

    #[test]
    fn spellings_resolve() {
        for (spelling, path) in [
            ("steel", "sectors/metals/steel"),
            ("trade-remedies", "trade-remedies"),
            ("Trade Remedies", "trade-remedies"),
            ("Section 232", "trade-remedies/section-232"),
            ("tariff", "trade-policy/tariffs"),
            ("/sectors/metals/", "sectors/metals"),
            ("antidumping", "trade-remedies/anti-dumping"),
        ] {
            assert_eq!(resolve(spelling), [path], "{spelling}");
        }
        assert!(resolve("no such thing").is_empty());
        assert!(resolve("").is_empty());
    }
}
