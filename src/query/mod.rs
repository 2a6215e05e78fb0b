//! Text to a checked tree of what was asked. Knows no engine.

pub mod ast;

pub use ast::Query;
