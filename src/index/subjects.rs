//! Which words of a question an article would be about: those that come back in the articles that have them (*soybeans*) rather
//! than those that stand here and there (*efforts*, *concerning*). In the score of articles the former weigh more, the latter
//! less.
//!
//! How much more is the residual inverse document frequency of Church and Gale (Inverse Document Frequency: A Measure of
//! Deviations from Poisson, 1995): by how much a word stands in fewer articles than if all its places were strewn at random.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Score, TERMINATED};

use super::lower::Context;
use super::question::Clause;
use super::words::Words;

/// Sets what the words of a question weigh in articles. All together they weigh there what they did.
pub(super) fn weigh(context: &Context, clauses: &mut [Clause]) -> tantivy::Result<()> {
    let n_articles = context.statistics.n_articles();
    let (mut before, mut after) = (0.0, 0.0);
    for clause in clauses.iter_mut() {
        let spread = Spread::of(context, &clause.text)?;
        let idf = clause.text.idf;
        if idf > 0.0 {
            clause.of_article = 1.0 + spread.residual_idf(n_articles) / idf;
        }
        before += idf;
        after += clause.of_article * idf;
    }
    if after > 0.0 {
        for clause in clauses {
            clause.of_article *= before / after;
        }
    }
    Ok(())
}

/// Where a word stands.
#[derive(Debug, Default)]
struct Spread {
    n_places: u64,
    /// How many articles have it.
    n_articles: u64,
}

impl Spread {
    /// Counted over what is in the index now, not over what was replaced.
    fn of(context: &Context, words: &Words) -> tantivy::Result<Spread> {
        let mut spread = Spread::default();
        for reader in context.searcher.segment_readers() {
            let families = context.families.of(reader)?;
            let mut matches = words.matches(reader, IndexRecordOption::WithFreqs)?;
            let mut last = None;
            while let Some(matches) = matches.as_mut().filter(|found| found.doc() != TERMINATED) {
                let doc = matches.doc();
                if !reader.is_deleted(doc) {
                    let family = families.next(last, doc);
                    spread.n_places += u64::from(matches.frequency());
                    spread.n_articles += u64::from(family != last);
                    last = family;
                }
                matches.advance();
            }
        }
        Ok(spread)
    }

    fn residual_idf(&self, n_articles: u64) -> Score {
        if self.n_articles == 0 {
            return 0.0;
        }
        let n_all = n_articles.max(self.n_articles) as f64;
        let at_random = n_all * -(-(self.n_places as f64) / n_all).exp_m1();
        (at_random / self.n_articles as f64).ln().max(0.0) as Score
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_is_a_subject() {
        let residual = |n_places, n_articles| {
            let spread = Spread {
                n_places,
                n_articles,
            };
            (100.0 * spread.residual_idf(1000)).round()
        };
        // Nowhere, here and there, ever again, almost everywhere.
        assert_eq!(residual(0, 0), 0.0);
        assert_eq!(residual(20, 20), 0.0);
        assert_eq!(residual(80, 20), 135.0);
        assert_eq!(residual(4000, 950), 3.0);
    }
}
