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
//! - [`article`]: an article, and what is found in it; plain data
//! - [`field`]: a named slot of a paragraph document; plain data
//! - [`source`]: files to articles
//! - [`extract`]: articles to mentions and quotes
//! - [`schema`]: the list of all fields
//! - [`search`], [`report`]: what is asked and answered; plain data
//! - [`output`]: answers to text, JSON, JSON Lines, CSV

pub mod article;
pub mod extract;
pub mod field;
pub mod output;
pub mod query;
pub mod report;
pub mod schema;
pub mod search;
pub mod source;
pub mod text;
