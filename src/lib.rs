//! tradewire: full-text search over trade news.
//!
//! Text flows one way:
//!
//! ```text
//! files --source--> Article --extract--> Findings --index--> documents, one per paragraph
//! text  --query---> Query --index--> Results --output--> bytes
//! ```
//!
//! The rooms in reading order:
//!
//! - [`text`]: string tools that know nothing of news: tokens, sentences, folding, gazetteers
//! - [`limits`]: every bound of the program
//! - [`article`]: an article, and what is found in it; plain data
//! - [`field`]: a named slot of a paragraph document; plain data
//! - [`source`]: files to articles
//! - [`lists`]: users' own names, topics and values to hide, from TOML
//! - [`parallel`]: work on all cores, results in order
//! - [`contain`]: a panic over one file ends the work on that file alone
//! - [`extract`]: articles to mentions and quotes
//! - [`schema`]: the list of all fields
//! - [`query`]: what a person asks, from text to a checked tree
//! - [`names`]: names as people type them to the values of an index
//! - [`search`]: one search and its answer; plain data
//! - [`alerts`]: searches that are kept, and what they have found so far
//! - [`report`]: what the commands that do not search have to say; plain data
//! - [`index`]: paragraphs on disk, found by words and values
//! - [`ingest`]: corpus to index, on all cores, in one commit
//! - [`output`]: answers to bytes
//! - [`cli`]: the command line; one file per command

pub mod alerts;
pub mod article;
pub mod cli;
pub mod contain;
pub mod extract;
pub mod field;
#[cfg(test)]
mod growth;
pub mod index;
pub mod ingest;
pub mod limits;
pub mod lists;
pub mod names;
pub mod output;
pub mod parallel;
pub mod query;
pub mod report;
pub mod schema;
pub mod search;
pub mod source;
pub mod text;
