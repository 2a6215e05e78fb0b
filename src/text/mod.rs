//! String tools that know nothing of news.

pub mod fold;
pub mod gazetteer;
pub mod ideographs;
pub mod languages;
pub mod legal_forms;
pub mod months;
pub mod table;
pub mod tokens;
pub mod vocabulary;
pub mod words;
