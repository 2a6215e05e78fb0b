//! The language from outside: queries and what they are read as.

use insta::assert_snapshot;
use jiff::civil::date;
use proptest::prelude::*;

use super::{
    Case, Form, Passage, Proximity, Query, QueryError, Reach, Syntax, Unresolved, Word,
    demands_all, parse,
};
use crate::field::Field;
use crate::limits::index::WORD_BYTES;
use crate::limits::query::{
    MAX_BYTES, MAX_CLAUSES, MAX_COMPARED, MAX_DEPTH, MAX_FUZZY_CHARS, MAX_REACH, MAX_REGEX_BYTES,
    MAX_TIMES,
};
use crate::schema;

/// Knows a few spellings, one name of two people, and one that nobody has; all else stands for itself.
pub(super) fn resolve(field: &'static Field, name: &str) -> Result<Vec<String>, Unresolved> {
    let values: &[&str] = match (field.name, name.to_lowercase().as_str()) {
        ("country", "us" | "usa" | "united states") => &["United States"],
        ("country", "japan") => &["Japan"],
        ("country", "trinidad and tobago") => &["Trinidad and Tobago"],
        ("country", "trinidad" | "trinidad and") => {
            return Err(Unresolved {
                message: format!("no country is called `{name}`"),
                hint: None,
                may_come: false,
                is_known: false,
            });
        }
        ("country", "korea") => &["South Korea", "North Korea"],
        ("country", "jaapan") => {
            return Err(Unresolved {
                message: format!("no country is called `{name}`"),
                hint: Some("did you mean `Japan`?".into()),
                may_come: false,
                is_known: false,
            });
        }
        ("country", "empty") => &[],
        _ => return Ok(vec![name.to_string()]),
    };
    Ok(values.iter().map(|value| value.to_string()).collect())
}

fn read(text: &str) -> Result<Query, QueryError> {
    parse(text, Syntax::Tradewire, &resolve)
}

/// The tree as text, or the error as a terminal shows it.
fn shown(text: &str) -> String {
    match read(text) {
        Ok(query) => {
            let canonical = query.to_string();
            assert_eq!(read(&canonical).as_ref(), Ok(&query), "{canonical}");
            canonical
        }
        Err(error) => error.render(text),
    }
}

/// Each query with what it is read as.
fn table(queries: &[&str]) -> String {
    queries
        .iter()
        .map(|query| format!("{query} → {}\n", shown(query)))
        .collect()
}

/// Each query with its error.
fn errors(queries: &[&str]) -> String {
    queries
        .iter()
        .map(|query| format!("{}\n\n", shown(query)))
        .collect()
}

#[test]
fn words_and_operators() {
    assert_snapshot!(table(&[
        "",
        " \u{a0} ",
        "tariff",
        "steel tariff",
        "steel AND tariff",
        "steel and tariff",
        "steel && tariff",
        "steel&&tariff",
        "steel OR aluminum",
        "steel or aluminum",
        "steel || aluminum",
        "steel|aluminum",
        "steel NOT china",
        "steel not china",
        "steel AND NOT china",
        "steel and not china",
        "steel -china",
        "steel !china",
        "+steel +tariff",
        "NOT china",
        "-china -japan",
        "NOT NOT china",
        "a OR b c",
        "a b OR c d",
        "(a OR b) c",
        "a (b c)",
        "a OR (b OR c)",
        "NOT a OR b",
        "NOT (a OR b) c",
        "-(a b)",
        "((((a))))",
        "a(b c)d",
    ]), @r#"
     → 
        → 
    tariff → tariff
    steel tariff → steel tariff
    steel AND tariff → steel tariff
    steel and tariff → steel tariff
    steel && tariff → steel tariff
    steel&&tariff → steel tariff
    steel OR aluminum → steel OR aluminum
    steel or aluminum → steel OR aluminum
    steel || aluminum → steel OR aluminum
    steel|aluminum → steel OR aluminum
    steel NOT china → steel -china
    steel not china → steel -china
    steel AND NOT china → steel -china
    steel and not china → steel -china
    steel -china → steel -china
    steel !china → steel -china
    +steel +tariff → steel tariff
    NOT china → -china
    -china -japan → -china -japan
    NOT NOT china → china
    a OR b c → a OR b c
    a b OR c d → a b OR c d
    (a OR b) c → (a OR b) c
    a (b c) → a b c
    a OR (b OR c) → a OR b OR c
    NOT a OR b → -(a) OR b
    NOT (a OR b) c → -(a OR b) c
    -(a b) → -(a b)
    ((((a)))) → a
    a(b c)d → a b c d
    "#);
}

#[test]
fn lower_case_operators_are_words_where_they_join_nothing() {
    assert_snapshot!(table(&[
        "and tariffs",
        "tariffs and",
        "or",
        "not",
        "not guilty",
        "(not guilty) verdict",
        "not country:japan",
        "not (a b)",
        "not \"trade war\"",
        "a not",
        "(a or) b",
        "a and and b",
        "a and or b",
        "a not and b",
        "-not",
        "title:not",
        "title:(steel and not china)",
        "title:AND",
        "text:OR",
        "And Or Not",
        "a NOT not b",
    ]), @r#"
    and tariffs → text:and tariffs
    tariffs and → tariffs text:and
    or → text:or
    not → text:not
    not guilty → text:not guilty
    (not guilty) verdict → text:not guilty verdict
    not country:japan → -country:Japan
    not (a b) → -(a b)
    not "trade war" → -"trade war"
    a not → a text:not
    (a or) b → a text:or b
    a and and b → a text:and b
    a and or b → a text:or b
    a not and b → a text:not b
    -not → -text:not
    title:not → title:not
    title:(steel and not china) → title:steel -title:china
    title:AND → title:AND
    text:OR → text:OR
    And Or Not → And Or Not
    a NOT not b → a b
    "#);
}

#[test]
fn phrases_and_typography() {
    assert_snapshot!(table(&[
        "\"trade war\"",
        "“trade war”",
        "„trade war“",
        "«trade   war»",
        "\"AND\"",
        "\"steel\"",
        "steel\"trade war\"tariff",
        "-\"trade war\"",
        "Xi’an O'Neill",
        "'section 232'",
        "US–China 155,221 25% AT&T",
        "U.S. (steel). \"trade war\", tariffs; \"why\"?",
        "South\u{a0}Korea\u{feff}",
        "\"say \\\"no\\\" \\\\ C:\\dir\"",
        "\"25 % – 30 %\"",
        "12:30 https://a.example/b:c?d=e warned: std::x",
        "301(b) XX(g)(i) 1862(c)(1)(A) tariff(china)",
        "what? -5 x+y [sic] >5 C++",
        "日本 貿易",
    ]), @r#"
    "trade war" → "trade war"
    “trade war” → "trade war"
    „trade war“ → "trade war"
    «trade   war» → "trade war"
    "AND" → "AND"
    "steel" → "steel"
    steel"trade war"tariff → steel "trade war" tariff
    -"trade war" → -"trade war"
    Xi’an O'Neill → Xi'an O'Neill
    'section 232' → 'section 232'
    US–China 155,221 25% AT&T → US-China 155,221 25% AT&T
    U.S. (steel). "trade war", tariffs; "why"? → U.S. steel "trade war" tariffs; "why"
    South Korea﻿ → South Korea
    "say \"no\" \\ C:\dir" → "say \"no\" \\ C:\\dir"
    "25 % – 30 %" → "25 % - 30 %"
    12:30 https://a.example/b:c?d=e warned: std::x → 12:30 https://a.example/b:c?d=e warned: std::x
    301(b) XX(g)(i) 1862(c)(1)(A) tariff(china) → 301(b) XX(g)(i) 1862(c)(1)(A) tariff china
    what? -5 x+y [sic] >5 C++ → what? -5 x+y [sic] >5 C++
    日本 貿易 → 日本 貿易
    "#);
}

#[test]
fn prefixes_and_misspellings() {
    assert_snapshot!(table(&[
        "tarif*", "title:tarif*", "-tarif*", "O'Nei*", "lighthiser~", "lighthiser~1", "title:lighthiser~2",
        "title:(tarif* OR steal~)", "us~", "~5 x~y",
    ]), @r#"
    tarif* → tarif*
    title:tarif* → title:tarif*
    -tarif* → -tarif*
    O'Nei* → O'Nei*
    lighthiser~ → lighthiser~
    lighthiser~1 → lighthiser~
    title:lighthiser~2 → title:lighthiser~2
    title:(tarif* OR steal~) → title:tarif* OR title:steal~
    us~ → us~
    ~5 x~y → ~5 x~y
    "#);
}

#[test]
fn forms_of_words() {
    assert_snapshot!(table(&[
        "wom?n",
        "tar*ff *tariff tarif*,",
        "\"tarif* war\"",
        "\"lighthiser~ said\" \"who did it?\"",
        "=tariffs",
        "title:=tariffs",
        "=\"Most Favored Nations\"",
        "title:=\"trade wars\"",
        "\"=steel tariffs\"",
        "ALLCAPS(AD)",
        "allcaps(AD OR CVD)",
        "CAPS(\"trade representative\")",
        "NOCAPS(march china*)",
        "title:(ALLCAPS(AD))",
        "ALLCAPS(title:AD)",
        "/tarif+s?/ title:/a(b|c)/",
        "and/or /usr/bin /x",
        "W/o w/e pre/post",
    ]), @r#"
    wom?n → wom?n
    tar*ff *tariff tarif*, → tar*ff *tariff tarif*
    "tarif* war" → "tarif* war"
    "lighthiser~ said" "who did it?" → "lighthiser~ said" "who did it?"
    =tariffs → =tariffs
    title:=tariffs → title:=tariffs
    ="Most Favored Nations" → "=Most =Favored =Nations"
    title:="trade wars" → title:"=trade =wars"
    "=steel tariffs" → "=steel tariffs"
    ALLCAPS(AD) → ALLCAPS(AD)
    allcaps(AD OR CVD) → ALLCAPS(AD) OR ALLCAPS(CVD)
    CAPS("trade representative") → CAPS("trade representative")
    NOCAPS(march china*) → NOCAPS(march) NOCAPS(china*)
    title:(ALLCAPS(AD)) → ALLCAPS(title:AD)
    ALLCAPS(title:AD) → ALLCAPS(title:AD)
    /tarif+s?/ title:/a(b|c)/ → /tarif+s?/ title:/a(b|c)/
    and/or /usr/bin /x → and/or /usr/bin /x
    W/o w/e pre/post → W/o w/e pre/post
    "#);
}

#[test]
fn proximity() {
    assert_snapshot!(table(&[
        "steel W/5 tariff",
        "steel w/5 tariff",
        "steel NEAR/5 tariff ONEAR/3 quota",
        "steel PRE/3 tariff",
        "steel W/S tariff w/p quota",
        "steel PRE/S tariff",
        "steel NOT W/5 tariff",
        "steel not w/5 tariff",
        "steel NOT PRE/1 tariff",
        "NOT steel W/5 tariff",
        "-steel W/5 tariff",
        "(tariff OR dut*) W/5 (steel OR \"aluminium products\")",
        "(tariff W/5 steel) PRE/10 (quota OR (import W/S ban))",
        "tariff W/5 (steel W/2 mill)",
        "price steel W/5 tariff quota",
        "steel W/5 tariff OR quota AND import W/S ban",
        "title:(steel W/3 tariff)",
        "title:steel W/3 title:tariff",
        "tariff W/8 person:",
        "person: W/8 tariff",
        "tariff W/8 (person: OR organization:)",
        "(person:) NOT W/8 tariff",
        "retaliat* W/10 country:(china OR us)",
        "tariff W/8 speaker:*",
        "tariff W/0 speaker:abe",
        "=tariffs W/2 ALLCAPS(AD)",
        "text:and W/5 text:w/5",
    ]), @r#"
    steel W/5 tariff → steel W/5 tariff
    steel w/5 tariff → steel W/5 tariff
    steel NEAR/5 tariff ONEAR/3 quota → (steel W/5 tariff) PRE/3 quota
    steel PRE/3 tariff → steel PRE/3 tariff
    steel W/S tariff w/p quota → (steel W/S tariff) W/P quota
    steel PRE/S tariff → steel PRE/S tariff
    steel NOT W/5 tariff → steel NOT W/5 tariff
    steel not w/5 tariff → steel NOT W/5 tariff
    steel NOT PRE/1 tariff → steel NOT PRE/1 tariff
    NOT steel W/5 tariff → -(steel W/5 tariff)
    -steel W/5 tariff → -(steel W/5 tariff)
    (tariff OR dut*) W/5 (steel OR "aluminium products") → (tariff OR dut*) W/5 (steel OR "aluminium products")
    (tariff W/5 steel) PRE/10 (quota OR (import W/S ban)) → (tariff W/5 steel) PRE/10 (quota OR import W/S ban)
    tariff W/5 (steel W/2 mill) → tariff W/5 (steel W/2 mill)
    price steel W/5 tariff quota → price steel W/5 tariff quota
    steel W/5 tariff OR quota AND import W/S ban → steel W/5 tariff OR quota import W/S ban
    title:(steel W/3 tariff) → title:steel W/3 title:tariff
    title:steel W/3 title:tariff → title:steel W/3 title:tariff
    tariff W/8 person: → tariff W/8 person:*
    person: W/8 tariff → person:* W/8 tariff
    tariff W/8 (person: OR organization:) → tariff W/8 (person:* OR organization:*)
    (person:) NOT W/8 tariff → person:* NOT W/8 tariff
    retaliat* W/10 country:(china OR us) → retaliat* W/10 country:(china OR "United States")
    tariff W/8 speaker:* → tariff W/8 speaker:*
    tariff W/0 speaker:abe → tariff W/0 speaker:abe
    =tariffs W/2 ALLCAPS(AD) → =tariffs W/2 ALLCAPS(AD)
    text:and W/5 text:w/5 → text:and W/5 text:w/5
    "#);
}

#[test]
fn articles_as_a_whole() {
    assert_snapshot!(table(&[
        "article:(tariff soybeans)",
        "article:(tariff NOT soybeans) quota",
        "article:(article:(tariff))",
        "article:()  ",
        "article:2018/a",
        "(article:2018/a OR article:2018/b) tariff",
        "ATLEAST5(tariff)",
        "atleast 5 (tariff OR dut*)",
        "ATLEAST/3(person:trump W/5 tariff)",
        "at least 5 (tariff)",
        "lead:tariff",
        "lead:(steel W/5 tariff) quota",
        "lead:(steel OR tariff)",
        "person:* publisher:*",
    ]), @r#"
    article:(tariff soybeans) → article:(tariff soybeans)
    article:(tariff NOT soybeans) quota → article:(tariff -soybeans) quota
    article:(article:(tariff)) → article:(tariff)
    article:()   → error: nothing stands between these parentheses
      article:()
              ^^
    article:2018/a → article:2018/a
    (article:2018/a OR article:2018/b) tariff → (article:2018/a OR article:2018/b) tariff
    ATLEAST5(tariff) → ATLEAST5(tariff)
    atleast 5 (tariff OR dut*) → ATLEAST5(tariff OR dut*)
    ATLEAST/3(person:trump W/5 tariff) → ATLEAST3(person:trump W/5 tariff)
    at least 5 (tariff) → at least 5 tariff
    lead:tariff → lead:(tariff)
    lead:(steel W/5 tariff) quota → lead:(steel W/5 tariff) quota
    lead:(steel OR tariff) → lead:(steel OR tariff)
    person:* publisher:* → person:* publisher:*
    "#);
}

#[test]
fn fields() {
    assert_snapshot!(table(&[
        "title:tariff",
        "headline:tariff",
        "TITLE:\"trade war\"",
        "text:tariff",
        "title:(a OR \"b c\") d",
        "title:(a b)",
        "country:japan",
        "countries:USA",
        "country:\"united states\"",
        "country:(japan OR us)",
        "country:(japan us)",
        "country:japan OR country:us OR country:japan",
        "country:us OR steel OR country:japan",
        "country:korea tariff",
        "-country:korea",
        "country:(-japan)",
        "people:Abe said:Abe",
        "about:trade-remedies/section-232",
        "law:301(b)",
        "org:\"AND\"",
        "url:https://a.example/b_(c)?d=e|f&&g",
        "url:(https://a.example/b OR \"https://a.example/c d\")",
        "path:\"C:\\\\news\\a.txt\"",
        "article:-1",
        "country:(japan OR title:steel)",
        "title:([sic]) title:(>5) text:foo:bar text:w/5",
    ]), @r#"
    title:tariff → title:tariff
    headline:tariff → title:tariff
    TITLE:"trade war" → title:"trade war"
    text:tariff → tariff
    title:(a OR "b c") d → (title:a OR title:"b c") d
    title:(a b) → title:a title:b
    country:japan → country:Japan
    countries:USA → country:"United States"
    country:"united states" → country:"United States"
    country:(japan OR us) → country:(Japan OR "United States")
    country:(japan us) → country:Japan country:"United States"
    country:japan OR country:us OR country:japan → country:(Japan OR "United States")
    country:us OR steel OR country:japan → country:("United States" OR Japan) OR steel
    country:korea tariff → country:("South Korea" OR "North Korea") tariff
    -country:korea → -country:("South Korea" OR "North Korea")
    country:(-japan) → -country:Japan
    people:Abe said:Abe → person:Abe speaker:Abe
    about:trade-remedies/section-232 → topic:trade-remedies/section-232
    law:301(b) → instrument:"301(b)"
    org:"AND" → organization:"AND"
    url:https://a.example/b_(c)?d=e|f&&g → url:"https://a.example/b_(c)?d=e|f&&g"
    url:(https://a.example/b OR "https://a.example/c d") → url:("https://a.example/b" OR "https://a.example/c d")
    path:"C:\\news\a.txt" → path:"C:\\news\\a.txt"
    article:-1 → article:"-1"
    country:(japan OR title:steel) → country:Japan OR title:steel
    title:([sic]) title:(>5) text:foo:bar text:w/5 → title:([sic]) title:(>5) text:foo:bar text:w/5
    "#);
}

#[test]
fn dates_and_numbers() {
    assert_snapshot!(table(&[
        "published:2018",
        "date:2018-09",
        "published:2018-9-7",
        "published:\"2018-09-27\"",
        "published:>=2018-09",
        "published:>2018-09",
        "published:<=2018-09",
        "published:<2018-09",
        "published:[2018-01 TO 2018-09]",
        "published:[2018-01 to *]",
        "published:[* TO 2018]",
        "published:[* TO *]",
        "published:[2018 TO 2018]",
        "published:(2017 OR [2019-01 TO 2019-03])",
        "-published:2018",
        "published:2018–09",
        "ordinal:0",
        "ordinal:>2",
        "ordinal:<=2",
        "ordinal:[0 TO 2]",
        "ordinal:(1 OR 3)",
        "published:2018 country:japan \"section 232\" -steel",
    ]), @r#"
    published:2018 → published:2018
    date:2018-09 → published:2018-09
    published:2018-9-7 → published:2018-09-07
    published:"2018-09-27" → published:2018-09-27
    published:>=2018-09 → published:>=2018-09-01
    published:>2018-09 → published:>=2018-10-01
    published:<=2018-09 → published:<=2018-09-30
    published:<2018-09 → published:<=2018-08-31
    published:[2018-01 TO 2018-09] → published:[2018-01-01 TO 2018-09-30]
    published:[2018-01 to *] → published:>=2018-01-01
    published:[* TO 2018] → published:<=2018-12-31
    published:[* TO *] → published:[* TO *]
    published:[2018 TO 2018] → published:2018
    published:(2017 OR [2019-01 TO 2019-03]) → published:2017 OR published:[2019-01-01 TO 2019-03-31]
    -published:2018 → -published:2018
    published:2018–09 → published:2018-09
    ordinal:0 → ordinal:0
    ordinal:>2 → ordinal:>=3
    ordinal:<=2 → ordinal:<=2
    ordinal:[0 TO 2] → ordinal:[0 TO 2]
    ordinal:(1 OR 3) → ordinal:1 OR ordinal:3
    published:2018 country:japan "section 232" -steel → published:2018 country:Japan "section 232" -steel
    "#);
}

#[test]
fn missing_parts_are_errors() {
    assert_snapshot!(errors(&[
        "steel AND",
        "AND steel",
        "steel OR",
        "steel AND OR tariff",
        "steel OR || tariff",
        "steel NOT",
        "NOT AND steel",
        "(steel AND) tariff",
        "(OR steel)",
        "()",
        "steel ( ) tariff",
        "country:()",
        "(steel",
        "(",
        "steel)",
        ")",
        "((steel) tariff",
        "\"trade war",
        "steel “trade",
        "\"\"",
        "\" \"",
        "country:\"\"",
        "country:",
        "country: japan",
        "(country:)",
        "title:|x",
    ]), @r#"
    error: nothing stands after `AND`
      steel AND
            ^^^
    hint: the word itself is `"AND"`

    error: nothing stands before `AND`
      AND steel
      ^^^
    hint: the word itself is `"AND"`

    error: nothing stands after `OR`
      steel OR
            ^^
    hint: the word itself is `"OR"`

    error: nothing stands between `AND` and `OR`
      steel AND OR tariff
                ^^
    hint: the word itself is `"OR"`

    error: nothing stands between `OR` and `||`
      steel OR || tariff
               ^^
    hint: leave it out, or write what belongs there

    error: nothing stands after `NOT`
      steel NOT
            ^^^
    hint: the word itself is `"NOT"`

    error: nothing stands between `NOT` and `AND`
      NOT AND steel
          ^^^
    hint: the word itself is `"AND"`

    error: nothing stands after `AND`
      (steel AND) tariff
             ^^^
    hint: the word itself is `"AND"`

    error: nothing stands before `OR`
      (OR steel)
       ^^
    hint: the word itself is `"OR"`

    error: nothing stands between these parentheses
      ()
      ^^

    error: nothing stands between these parentheses
      steel ( ) tariff
            ^^^

    error: nothing stands between these parentheses
      country:()
              ^^

    error: this parenthesis is not closed
      (steel
      ^

    error: this parenthesis is not closed
      (
      ^

    error: this parenthesis was never opened
      steel)
           ^

    error: this parenthesis was never opened
      )
      ^

    error: this parenthesis is not closed
      ((steel) tariff
      ^

    error: this quotation mark is not closed
      "trade war
      ^
    hint: close it behind the last word of the phrase, or leave it out

    error: this quotation mark is not closed
      steel “trade
            ^
    hint: close it behind the last word of the phrase, or leave it out

    error: nothing stands between these quotation marks
      ""
      ^^

    error: nothing stands between these quotation marks
      " "
      ^^^

    error: nothing stands between these quotation marks
      country:""
              ^^

    error: no value stands after `country:`
      country:
      ^^^^^^^^
    hint: write it right behind the colon, as `country:…`; the word itself is `"country"`

    error: no value stands after `country:`
      country: japan
      ^^^^^^^^
    hint: write it right behind the colon, as `country:…`; the word itself is `"country"`

    error: no value stands after `country:`
      (country:)
       ^^^^^^^^
    hint: write it right behind the colon, as `country:…`; the word itself is `"country"`

    error: no value stands after `title:`
      title:|x
      ^^^^^^
    hint: write it right behind the colon, as `title:…`; the word itself is `"title"`
    "#);
}

#[test]
fn what_finds_nothing_or_means_nothing_is_an_error() {
    assert_snapshot!(errors(&[
        "steel % tariff",
        "steel — tariff",
        "steel & tariff",
        "steel - tariff",
        "\"— %\"",
        "*",
        "*:*",
        "t*",
        "*t*",
        "US-Chin*",
        "title:*",
        "country:jap*",
        "\"trade * war\"",
        "tariff~3",
        "tariff~0.8",
        "US-China~",
        "a~",
        "us~2",
        "\"steel tariff\"~5",
        "(steel tariff)^2",
        "tariff^2",
        "steel W/1001 tariff",
        "W/5 tariff",
        "steel W/5",
        "steel W/5 PRE/5 tariff",
        "steel W/5 (tariff OR quota import)",
        "steel W/5 -tariff",
        "steel W/5 NOT tariff",
        "-steel W/5 country:",
        "steel W/5 (NOT tariff)",
        "steel W/5 title:tariff",
        "steel W/5 published:2018",
        "steel W/5 publisher:AP",
        "steel W/5 lead:tariff",
        "steel W/5 article:(tariff)",
        "country: steel tariff",
        "ATLEAST0(tariff)",
        "ATLEAST99999999999(tariff)",
        "ATLEAST5(steel tariff)",
        "ATLEAST5(title:steel)",
        "ATLEAST5()",
        "ALLCAPS(country:us)",
        "/(/",
        "/.*/",
        "/[a-m].*/",
        "url:*",
        "--china",
        "–china",
        "\"Trans\"-Pacific",
        "country:-japan",
        "title:–steel",
        "title:+steel",
        "title:[a TO b]",
        "country:>japan",
    ]), @r#"
    error: nothing to search for in `%`
      steel % tariff
            ^

    error: nothing to search for in `—`
      steel — tariff
            ^
    hint: `-china` leaves a word out; a dash by itself goes between quotation marks, with the words around it

    error: nothing to search for in `&`
      steel & tariff
            ^
    hint: put a name in quotation marks (`"Smith & Sons"`); to ask for both, write `AND` or nothing

    error: nothing to search for in `-`
      steel - tariff
            ^
    hint: `-china` leaves a word out; a dash by itself goes between quotation marks, with the words around it

    error: nothing to search for in `— %`
      "— %"
      ^^^^^

    error: nothing to search for in `*`
      *
      ^
    hint: an empty query finds everything

    error: nothing to search for in `*:*`
      *:*
      ^^^
    hint: an empty query finds everything

    error: `t*` would find too many words
      t*
      ^^
    hint: write at least two characters beside `*` and `?`

    error: `*t*` would find too many words
      *t*
      ^^^
    hint: write at least two characters beside `*` and `?`

    error: wildcards and misspellings are of single words, not of `US-Chin*`
      US-Chin*
      ^^^^^^^^
    hint: write `"US Chin*"`

    error: nothing to search for in `*`
      title:*
            ^
    hint: an empty query finds everything

    error: `*` is for words of the text; `country` has whole values
      country:jap*
              ^^^^
    hint: to mean the character, put the value in quotation marks

    error: `*` stands for no word in a phrase
      "trade * war"
      ^^^^^^^^^^^^^
    hint: `trade PRE/2 war` finds both with a word between them at most

    error: one or two letters may differ, not `~3`
      tariff~3
      ^^^^^^^^
    hint: write `~1` or `~2`; `~` alone is `~1`

    error: one or two letters may differ, not `~0.8`
      tariff~0.8
      ^^^^^^^^^^
    hint: write `~1` or `~2`; `~` alone is `~1`

    error: wildcards and misspellings are of single words, not of `US-China~`
      US-China~
      ^^^^^^^^^
    hint: write `"US China~"`

    error: every letter of `a` could differ
      a~
      ^^
    hint: write a longer word before `~`

    error: every letter of `us` could differ
      us~2
      ^^^^
    hint: write a longer word before `~`

    error: `~` has no meaning behind a phrase or parenthesis
      "steel tariff"~5
                    ^^
    hint: a phrase is words next to each other; `steel W/5 tariff` lets others stand between

    error: `^` has no meaning behind a phrase or parenthesis
      (steel tariff)^2
                    ^^
    hint: a phrase is words next to each other; `steel W/5 tariff` lets others stand between

    error: words have no weights such as `^2`
      tariff^2
      ^^^^^^^^
    hint: leave it out; rare words count for more by themselves

    error: `W/1001` is too far: the most is 1000 words
      steel W/1001 tariff
            ^^^^^^
    hint: `W/P` finds both anywhere in one paragraph

    error: nothing stands before `W/5`
      W/5 tariff
      ^^^
    hint: the word itself is `"W/5"`

    error: nothing stands after `W/5`
      steel W/5
            ^^^
    hint: the word itself is `"W/5"`

    error: nothing stands between `W/5` and `PRE/5`
      steel W/5 PRE/5 tariff
                ^^^^^
    hint: the word itself is `"PRE/5"`

    error: `AND` cannot stand beside `W/5`
      steel W/5 (tariff OR quota import)
                ^^^^^^^^^^^^^^^^^^^^^^^^
    hint: two conditions side by side mean both; join words by `W/P` (both in the paragraph), or make them a phrase

    error: nothing can be left out behind `W/5`
      steel W/5 -tariff
                ^
    hint: `steel NOT W/5 tariff` finds steel where no tariff is near

    error: nothing can be left out behind `W/5`
      steel W/5 NOT tariff
                ^^^
    hint: `steel NOT W/5 tariff` finds steel where no tariff is near

    -(steel W/5 country:*)

    error: `NOT` cannot stand beside `W/5`
      steel W/5 (NOT tariff)
                ^^^^^^^^^^^^
    hint: `steel NOT W/5 tariff` finds steel where no tariff is near

    error: a word of `text` and one of `title` are never near each other
      steel W/5 title:tariff
      ^^^^^^^^^^^^^^^^^^^^^^

    error: `published:` cannot stand beside `W/5`
      steel W/5 published:2018
                ^^^^^^^^^^^^^^
    hint: join it by `AND`

    error: `publisher:` cannot stand beside `W/5`
      steel W/5 publisher:AP
                ^^^^^^^^^^^^
    hint: its values have no place in the text; join it by `AND`

    error: `lead:` cannot stand beside `W/5`
      steel W/5 lead:tariff
                ^^^^^^^^^^^
    hint: write it around: `lead:(steel W/5 tariff)`

    error: `article:(…)` cannot stand beside `W/5`
      steel W/5 article:(tariff)
                ^^^^^^^^^^^^^^^^
    hint: join it by `AND`

    error: no value stands after `country:`
      country: steel tariff
      ^^^^^^^^
    hint: write it right behind the colon, as `country:…`; the word itself is `"country"`

    error: `ATLEAST` takes a number from 1 to 10000
      ATLEAST0(tariff)
      ^^^^^^^^

    error: `ATLEAST` takes a number from 1 to 10000
      ATLEAST99999999999(tariff)
      ^^^^^^^^^^^^^^^^^^

    error: `AND` cannot stand within `ATLEAST5`
      ATLEAST5(steel tariff)
              ^^^^^^^^^^^^^^
    hint: two conditions side by side mean both; join words by `W/P` (both in the paragraph), or make them a phrase

    error: `ATLEAST` counts words of paragraphs, not of `title`
      ATLEAST5(title:steel)
              ^^^^^^^^^^^^^

    error: nothing stands between these parentheses
      ATLEAST5()
              ^^

    error: `ALLCAPS` takes words and phrases only
      ALLCAPS(country:us)
             ^^^^^^^^^^^^

    error: `(` is no regular expression: unclosed group
      /(/
      ^^^
    hint: it is matched with whole words in lower case; to search for the text, put it in quotation marks

    error: `/.*/` would find too many words
      /.*/
      ^^^^
    hint: write at least two letters that stand in every such word

    error: `/[a-m].*/` would find too many words
      /[a-m].*/
      ^^^^^^^^^
    hint: write at least two letters that stand in every such word

    error: `*` is for words of the text; `url` has whole values
      url:*
          ^
    hint: to mean the character, put the value in quotation marks

    error: `--` is no operator
      --china
      ^^
    hint: one `-` before a word leaves it out

    error: the dash `–` has no meaning before a word
      –china
      ^
    hint: to leave the word out, write the hyphen `-`; otherwise leave out the dash

    error: `-` needs a space before it to be an operator
      "Trans"-Pacific
             ^

    error: `-` has no meaning after `country:`
      country:-japan
              ^
    hint: to leave a value out, write `-country:…`

    error: `–` has no meaning after `title:`
      title:–steel
            ^
    hint: to leave a value out, write `-title:…`

    error: `+` has no meaning after `title:`
      title:+steel
            ^
    hint: leave it out: what is asked for is required

    error: `[` has no meaning here: the values of `title` have no order
      title:[a TO b]
            ^
    hint: to search it as it is, write `title:"…"`

    error: `>` has no meaning here: the values of `country` have no order
      country:>japan
              ^
    hint: to search it as it is, write `country:"…"`
    "#);
}

/// What other services write; as a word it would find nothing, and nobody would know why.
#[test]
fn operators_and_fields_of_others_are_errors() {
    assert_snapshot!(errors(&[
        "steel NEAR tariff",
        "steel W/ 5 tariff",
        "steel pre/ tariff",
        "steel near5 tariff",
        "steel ADJ3 tariff",
        "ATLEAST5 tariff",
        "hd=tariff",
        "steel title=tariff",
        "steel lead=tariff",
        "steel – tariff",
        "/a{1000}{1000}b/",
        "steel -n 5",
        "steel -o out.csv",
        "steel /s tariff",
        "steel /25 tariff",
        "retaliat! steel",
        "headline(steel)",
        "hlead(steel)",
        "steel w/seg tariff",
        "steel w/para tariff",
        "steel notw/5 tariff",
        "wc>500 steel",
        "published>2018",
        "steel but not tariff",
        "steel SAME tariff",
        "steel ADJ tariff quota",
        "steel +s tariff",
        "steel +5 \"tariff rate\"",
        "hlead=\"tariff war\"",
        "xyz=tariff",
        "TI(tariff) AND steel",
        "su(steel OR iron)",
    ]), @r#"
    error: `NEAR` stands without its number
      steel NEAR tariff
            ^^^^
    hint: write `NEAR/5`; the word itself is `"NEAR"`

    error: `W/` stands without its number
      steel W/ 5 tariff
            ^^
    hint: write `W/5`; the word itself is `"W/"`

    error: `pre/` stands without its number
      steel pre/ tariff
            ^^^^
    hint: write `pre/5`; the word itself is `"pre/"`

    error: `near5` is no operator
      steel near5 tariff
            ^^^^^
    hint: write `W/5`, or take `--syntax factiva`; the word itself is `"near5"`

    error: `ADJ3` is no operator
      steel ADJ3 tariff
            ^^^^
    hint: write `PRE/5`, or take `--syntax factiva`; the word itself is `"ADJ3"`

    error: no parenthesis stands behind `ATLEAST5`
      ATLEAST5 tariff
      ^^^^^^^^
    hint: write `ATLEAST5(tariff)`; the word itself is `"ATLEAST5"`

    error: `hd=` is no field here
      hd=tariff
      ^^^^^^^^^
    hint: take `--syntax factiva`; the word itself is `"hd=tariff"`

    error: `title=` is no field here
      steel title=tariff
            ^^^^^^^^^^^^
    hint: write `title:…`; the word itself is `"title=tariff"`

    error: `lead=` is no field here
      steel lead=tariff
            ^^^^^^^^^^^
    hint: write `lead:…`; the word itself is `"lead=tariff"`

    error: nothing to search for in `–`
      steel – tariff
            ^
    hint: `-china` leaves a word out; a dash by itself goes between quotation marks, with the words around it

    error: `a{1000}{1000}b` is no regular expression: it would be too large
      /a{1000}{1000}b/
      ^^^^^^^^^^^^^^^^
    hint: it is matched with whole words in lower case; to search for the text, put it in quotation marks

    error: `-n` is no flag of this command
      steel -n 5
            ^^
    hint: `--help` names the flags; to leave out the letter itself, write `NOT n`

    error: `-o` is no flag of this command
      steel -o out.csv
            ^^
    hint: `> FILE` behind the command writes the answer there; to leave out the letter itself, write `NOT o`

    error: `/s` is no operator here
      steel /s tariff
            ^^
    hint: write `W/S`, or take `--syntax lexis`; the word itself is `"/s"`

    error: `/25` is no operator here
      steel /25 tariff
            ^^^
    hint: write `W/25`, or take `--syntax lexis`; the word itself is `"/25"`

    error: `!` behind `retaliat` cuts no word off here
      retaliat! steel
      ^^^^^^^^^
    hint: write `retaliat*`, or take `--syntax lexis`

    error: `headline` stands without its colon
      headline(steel)
      ^^^^^^^^
    hint: write `title:(…)`, or take `--syntax lexis`

    error: `hlead(` is no field here
      hlead(steel)
      ^^^^^
    hint: take `--syntax lexis`, or put a space before the parenthesis to mean the word

    error: `w/seg` is no operator here
      steel w/seg tariff
            ^^^^^
    hint: write `article:(steel tariff)`, or take `--syntax lexis`; the word itself is `"w/seg"`

    error: `w/para` is no operator here
      steel w/para tariff
            ^^^^^^
    hint: write `W/P`, or take `--syntax lexis`; the word itself is `"w/para"`

    error: `notw/5` is no operator
      steel notw/5 tariff
            ^^^^^^
    hint: write `NOT W/5`; the word itself is `"notw/5"`

    error: `wc>` is no field here
      wc>500 steel
      ^^^^^^
    hint: take `--syntax factiva`; the word itself is `"wc>500"`

    error: `published>` is no field here
      published>2018
      ^^^^^^^^^^^^^^
    hint: write `published:>…`; the word itself is `"published>2018"`

    error: `but not` is no operator
      steel but not tariff
            ^^^^^^^
    hint: write `NOT` alone; the word itself is `"but"`

    error: `SAME` is no operator here
      steel SAME tariff
            ^^^^
    hint: write `W/P`; the word itself is `"SAME"`

    error: `ADJ` is no operator here
      steel ADJ tariff quota
            ^^^
    hint: write `PRE/1`; the word itself is `"ADJ"`

    error: `+s` is no operator here
      steel +s tariff
            ^^
    hint: write `PRE/S`, or take `--syntax lexis`; to demand the word, write `+"s"`

    error: `+5` is no operator here
      steel +5 "tariff rate"
            ^^
    hint: write `PRE/5`, or take `--syntax lexis`; to demand the word, write `+"5"`

    error: `hlead=` is no field here
      hlead="tariff war"
      ^^^^^^
    hint: take `--syntax lexis`; the word itself is `"hlead="`

    error: `xyz=` is no field here
      xyz=tariff
      ^^^^^^^^^^
    hint: a field and its value are written as `title:…`; the word itself is `"xyz=tariff"`

    error: `TI(` is no field here
      TI(tariff) AND steel
      ^^
    hint: write `title:(…)`, or put a space before the parenthesis to mean the word

    error: `su(` is no field here
      su(steel OR iron)
      ^^
    hint: write `topic:(…)`, or put a space before the parenthesis to mean the word
    "#);
    assert_snapshot!(table(&["text:near5 OR \"NEAR\"", "is china near a deal", "x=y", "a>b", "term(s) section (a)"]), @r#"
    text:near5 OR "NEAR" → text:near5 OR "NEAR"
    is china near a deal → is china near a deal
    x=y → x=y
    a>b → a>b
    term(s) section (a) → term(s) section a
    "#);
}

/// Found by fuzzing: what reads as a word must not be written as something else.
#[test]
fn words_that_look_like_operators_of_others_are_words() {
    assert_snapshot!(table(&[
        "but not steel",
        "who is for tariffs but not for quotas",
        "in the same week",
        "SAME STORY",
        "STEEL SAME TARIFF",
        "the same",
        "WITHIN Japan",
        "+steel +232 +tariffs",
        "tariff +232",
        "steel +2018 tariff",
        "ti (tariff)",
        "tariffs by(japan OR korea)",
        "E=mc2 energy",
        "text:SAME steel",
        "Norland rises to +32 points lead in the north",
        "Quillby did visit the “state” but not until the week after",
    ]), @r#"
    but not steel → but -steel
    who is for tariffs but not for quotas → who is for tariffs but text:not for quotas
    in the same week → in the same week
    SAME STORY → text:SAME STORY
    STEEL SAME TARIFF → STEEL text:SAME TARIFF
    the same → the same
    WITHIN Japan → text:WITHIN Japan
    +steel +232 +tariffs → steel 232 tariffs
    tariff +232 → tariff 232
    steel +2018 tariff → steel 2018 tariff
    ti (tariff) → ti tariff
    tariffs by(japan OR korea) → tariffs by (japan OR korea)
    E=mc2 energy → E=mc2 energy
    text:SAME steel → text:SAME steel
    Norland rises to +32 points lead in the north → Norland rises to 32 points lead in the north
    Quillby did visit the “state” but not until the week after → Quillby did visit the "state" but -until the week after
    "#);
}

#[test]
fn regular_expressions_end_where_words_do() {
    assert_snapshot!(table(&["/tarif+/\"trade war\"", "/tarif+/|steel", "/tarif+/(steel)", "/usr/bin", "/usr/b(a)"]), @r#"
    /tarif+/"trade war" → /tarif+/ "trade war"
    /tarif+/|steel → /tarif+/ OR steel
    /tarif+/(steel) → /tarif+/ steel
    /usr/bin → /usr/bin
    /usr/b(a) → /usr/b(a)
    "#);
}

#[test]
fn words_may_be_asked_of_headlines() {
    let of_headlines = |text: &str| {
        let query = crate::query::parse(text, crate::query::Syntax::default(), &|_, name| {
            Ok(vec![name.to_string()])
        });
        let query = query.unwrap().of_headlines();
        query.map(|query| query.to_string())
    };
    assert_eq!(
        of_headlines("steel \"trade war\" OR quota").as_deref(),
        Some("title:steel title:\"trade war\" OR title:quota")
    );
    assert_eq!(of_headlines("steel W/5 quota"), None);
    assert_eq!(of_headlines("steel country:japan"), None);
}

/// Lawyers write them. Texts are searched without them, but they say what a number is.
#[test]
fn signs_belong_to_their_numbers() {
    assert_snapshot!(table(&[
        "19 U.S.C. § 1862",
        "§ 232 steel",
        "§§ 701",
        "§232",
        "title:(§ 232)",
        "steel W/3 § 232",
        "¶ 7",
        "25 % steel",
        "title:(25 %)",
    ]), @r#"
    19 U.S.C. § 1862 → 19 U.S.C. 1862
    § 232 steel → §232 steel
    §§ 701 → §§701
    §232 → §232
    title:(§ 232) → title:§232
    steel W/3 § 232 → steel W/3 §232
    ¶ 7 → 7
    25 % steel → 25% steel
    title:(25 %) → title:25%
    "#);
    assert_snapshot!(errors(&["§", "steel §"]), @"
    error: nothing to search for in `§`
      §
      ^

    error: nothing to search for in `§`
      steel §
            ^
    ");
}

#[test]
fn unknown_names_are_errors() {
    assert_snapshot!(errors(&[
        "contry:fr steel",
        "steel re:china",
        "country:Jaapan",
        "steel country:(us OR jaapan)",
        "country:trinidad and tobago rum",
        "country:trinidad OR tobago",
        "country:empty",
    ]), @r#"
    error: no field is called `contry`
      contry:fr steel
      ^^^^^^
    hint: did you mean `country`?

    error: no field is called `re`
      steel re:china
            ^^
    hint: the fields are `text`, `title`, `byline`, `article`, `path`, `url`, `language`, `ordinal`, `published`, `publisher`, `country`, `person`, `speaker`, `topic`, `instrument`, `organization`; to search for the word, put it in quotation marks

    error: no country is called `Jaapan`
      country:Jaapan
              ^^^^^^
    hint: did you mean `Japan`?

    error: no country is called `jaapan`
      steel country:(us OR jaapan)
                           ^^^^^^
    hint: did you mean `Japan`?

    error: no country is called `trinidad`
      country:trinidad and tobago rum
              ^^^^^^^^
    hint: a name of several words needs quotation marks: `country:"trinidad and tobago"`

    error: no country is called `trinidad`
      country:trinidad OR tobago
              ^^^^^^^^

    error: no value of `country` is called `empty`
      country:empty
              ^^^^^
    "#);
}

#[test]
fn bad_dates_and_numbers_are_errors() {
    assert_snapshot!(errors(&[
        "published:tomorrow",
        "published:2018-13",
        "published:>=",
        "published:>= 2018",
        "published:>9999",
        "published:<0000",
        "published:[2018]",
        "published:[2018 TO",
        "published:{2018 TO 2019}",
        "published:[2019 TO 2018]",
        "published:[2018 TO soon]",
        "ordinal:first",
        "ordinal:1.5",
        "ordinal:<0",
        "ordinal:99999999999999999999",
        "ordinal:-1",
    ]), @r#"
    error: `tomorrow` is no day, month or year
      published:tomorrow
                ^^^^^^^^
    hint: write `2018`, `2018-09`, `2018-09-27`, `yesterday` or `last-30-days`

    error: there is no such month as `2018-13`
      published:2018-13
                ^^^^^^^
    hint: write `2018`, `2018-09`, `2018-09-27`, `yesterday` or `last-30-days`

    error: no value stands after `>=`
      published:>=
                ^^
    hint: write `2018`, `2018-09`, `2018-09-27`, `yesterday` or `last-30-days`

    error: no value stands after `>=`
      published:>= 2018
                ^^
    hint: write `2018`, `2018-09`, `2018-09-27`, `yesterday` or `last-30-days`

    error: nothing can be `>9999`
      published:>9999
                ^^^^^
    hint: write `2018`, `2018-09`, `2018-09-27`, `yesterday` or `last-30-days`

    error: nothing can be `<0000`
      published:<0000
                ^^^^^
    hint: write `2018`, `2018-09`, `2018-09-27`, `yesterday` or `last-30-days`

    error: `[2018]` is no range
      published:[2018]
                ^^^^^^
    hint: a range reads `[2018-01 TO 2018-09]`, and `*` is an open end

    error: this bracket is not closed
      published:[2018 TO
                ^
    hint: a range reads `[2018-01 TO 2018-09]`

    error: a range has square brackets, and both ends belong to it
      published:{2018 TO 2019}
                ^^^^^^^^^^^^^^
    hint: a range reads `[2018-01 TO 2018-09]`, and `*` is an open end

    error: the range `[2019 TO 2018]` ends before it begins
      published:[2019 TO 2018]
                ^^^^^^^^^^^^^^
    hint: swap its ends

    error: `soon` is no day, month or year
      published:[2018 TO soon]
                ^^^^^^^^^^^^^^
    hint: write `2018`, `2018-09`, `2018-09-27`, `yesterday` or `last-30-days`

    error: `first` is no whole number
      ordinal:first
              ^^^^^
    hint: write `5`, `>=5` or `[0 TO 5]`

    error: `1.5` is no whole number
      ordinal:1.5
              ^^^
    hint: write `5`, `>=5` or `[0 TO 5]`

    error: nothing can be `<0`
      ordinal:<0
              ^^
    hint: write `5`, `>=5` or `[0 TO 5]`

    error: `99999999999999999999` is too large a number
      ordinal:99999999999999999999
              ^^^^^^^^^^^^^^^^^^^^
    hint: write `5`, `>=5` or `[0 TO 5]`

    error: `-` has no meaning after `ordinal:`
      ordinal:-1
              ^
    hint: to leave a value out, write `-ordinal:…`
    "#);
}

#[test]
fn relaxing_keeps_what_is_no_text_and_what_is_one_reference() {
    let relaxed = |query: &str| match read(query).map(|query| query.relaxed()) {
        Ok(Some(query)) => query.to_string(),
        Ok(None) => "no change".to_string(),
        Err(error) => error.render(query),
    };
    for (query, expected) in [
        ("steel tariff", "steel OR tariff"),
        (
            "\"trade war\" tarif* steal~",
            "\"trade war\" OR tarif* OR steal~",
        ),
        ("steel title:tariff", "steel OR title:tariff"),
        (
            "steel tariff country:japan",
            "(steel OR tariff) country:Japan",
        ),
        (
            "country:japan steel published:2018 tariff -china",
            "country:Japan (steel OR tariff) published:2018 -china",
        ),
        (
            "steel (tariff OR quota wine)",
            "steel OR tariff OR quota OR wine",
        ),
        ("steel tariff OR wine", "steel OR tariff OR wine"),
        (
            "(steel tariff OR country:japan) wine",
            "(steel OR tariff OR country:Japan) wine",
        ),
        (
            "section 999 duties -china",
            "(section 999 OR duties) -china",
        ),
        ("title:section title:999", "no change"),
        ("section 999", "no change"),
        ("", "no change"),
        ("steel", "no change"),
        ("\"trade war\"", "no change"),
        ("steel OR tariff", "no change"),
        ("steel country:japan", "no change"),
        ("steel -china", "no change"),
        ("-(steel tariff)", "no change"),
        ("country:japan ordinal:0", "no change"),
    ] {
        assert_eq!(relaxed(query), expected, "{query}");
    }
}

#[test]
fn constructors_keep_the_tree_flat() {
    let word = |word: &str| read(word).unwrap();
    assert_eq!(Query::and(vec![]), Query::All);
    assert_eq!(Query::and(vec![Query::All, word("a")]), word("a"));
    assert_eq!(Query::and(vec![word("a b"), word("c")]), word("a b c"));
    assert_eq!(
        Query::or(vec![word("a OR b"), word("c")]),
        word("a OR b OR c")
    );
    assert_eq!(Query::or(vec![word("a"), Query::All]), Query::All);
    assert_eq!(Query::not(Query::not(word("a"))), word("a"));
}

#[test]
fn limits_hold_on_both_sides() {
    let message = |query: String| read(&query).map(|_| ()).map_err(|error| error.message);

    let words = "é ".repeat(MAX_BYTES);
    let long = |n_bytes: usize| " ".repeat(n_bytes - 1) + "a";
    assert_eq!(message(long(MAX_BYTES)), Ok(()));
    assert_eq!(
        message(long(MAX_BYTES + 1)),
        Err("the query has 65537 bytes; the most is 65536".into())
    );
    assert!(words.is_char_boundary(read(&words).unwrap_err().span.start));

    let deep = |n_levels: usize| format!("{}a{}", "(".repeat(n_levels), ")".repeat(n_levels));
    let denied = |n_levels: usize| format!("{}a", "NOT ".repeat(n_levels));
    let too_deep = || Err("the query is nested more than 64 levels deep".into());
    assert_eq!(message(deep(MAX_DEPTH)), Ok(()));
    assert_eq!(message(deep(MAX_DEPTH + 1)), too_deep());
    assert_eq!(message(denied(MAX_DEPTH)), Ok(()));
    assert_eq!(message(denied(MAX_DEPTH + 1)), too_deep());
    assert_eq!(message("(".repeat(MAX_BYTES)), too_deep());

    let many = |n_clauses: usize| "a OR ".repeat(n_clauses - 1) + "a";
    assert_eq!(message(many(MAX_CLAUSES)), Ok(()));
    assert_eq!(
        message(many(MAX_CLAUSES + 1)),
        Err("the query has more than 1024 clauses".into())
    );

    let compared = |n_words: usize| "ab~ ".repeat(n_words);
    assert_eq!(message(compared(MAX_COMPARED)), Ok(()));
    let too_many = message(compared(MAX_COMPARED + 1)).unwrap_err();
    assert!(too_many.starts_with("more than 32 words"));
    assert_eq!(message("ab* ".repeat(MAX_COMPARED + 1)), Ok(()));

    let near = |n_words: usize| format!("a W/{n_words} b");
    assert_eq!(message(near(MAX_REACH as usize)), Ok(()));
    let too_far = message(near(MAX_REACH as usize + 1)).unwrap_err();
    assert!(too_far.ends_with("the most is 1000 words"));
    let chain = |n_levels: usize| "a W/1 ".repeat(n_levels - 1) + "a";
    assert_eq!(message(chain(MAX_DEPTH)), Ok(()));
    assert_eq!(message(chain(MAX_DEPTH + 1)), too_deep());

    let times = |n_times: u32| format!("ATLEAST{n_times}(a)");
    assert_eq!(message(times(MAX_TIMES)), Ok(()));
    assert!(message(times(MAX_TIMES + 1)).is_err());

    let regex = |n_bytes: usize| format!("/{}/", "a".repeat(n_bytes));
    assert_eq!(message(regex(MAX_REGEX_BYTES)), Ok(()));
    assert!(message(regex(MAX_REGEX_BYTES + 1)).is_err());
    assert!(message("/aa(b{1000}){1000}/".into()).is_err());

    let misspelled = |n_chars: usize| message("é".repeat(n_chars) + "~2");
    assert_eq!(misspelled(MAX_FUZZY_CHARS), Ok(()));
    let too_long = misspelled(MAX_FUZZY_CHARS + 1).unwrap_err();
    assert!(too_long.ends_with("has more than 64 characters"));

    let word = |n_chars: usize| "é".repeat(n_chars);
    for sign in ["", "="] {
        let long = |n_chars: usize| message(format!("{sign}{}", word(n_chars)));
        assert_eq!(long(WORD_BYTES / 2), Ok(()));
        let too_long = long(WORD_BYTES / 2 + 1).unwrap_err();
        assert!(too_long.ends_with("has more than 64 bytes"), "{too_long}");
    }
    assert!(message(format!("\"code {} here\"", word(WORD_BYTES))).is_err());
    // Parts of a word are words, and what is no text is kept whole.
    assert_eq!(message(format!("{0}-{0}", word(WORD_BYTES / 2))), Ok(()));
    assert_eq!(message(format!("url:{}", word(WORD_BYTES))), Ok(()));
}

#[test]
fn days_back_from_today_are_dates() {
    for query in [
        "published:yesterday",
        "published:last-30-days",
        "published:\"last 30 days\"",
        "published:>=last-month",
        "published:[last-year TO today]",
    ] {
        assert!(matches!(read(query), Ok(Query::Dates { .. })), "{query}");
    }
}

/// Texts of what has a meaning in queries, so that most of them come far.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            " ", " ", " ", "(", ")", "\"", "“", "”", "«", "-", "–", "—", "+", "!", "&&", "||", "|", "*", "~", "~2", "^2", "?", ":",
            "\\", "[", "]", "{", "<", ">=", "[2018 TO 2019]", "AND ", "OR ", "NOT ", " and ", " or ", " not ", "title:",
            "country:", "url:", "published:", "ordinal:", "contry:", "text:", "a", "steel", "US-China", "2018-09", "7", "é",
            "日本", "e\u{301}", "\u{a0}", "\u{feff}", "’", "301(b)", "(c)", "W/5", " W/5 ", " PRE/3 ", " NOT W/S ", " w/p ", "W/9999",
            "ATLEAST5(", "ALLCAPS(", "caps(", "=", "/tar.*/", "/(/", "person:", "person:*", "lead:", "article:(", "wom?n", "tarif*", "\u{202e}", "\u{1b}", "\n", "%",
        ])
        .prop_map(str::to_string),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

fn any_word() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "and",
        "or",
        "not",
        "AND",
        "OR",
        "NOT",
        "Not",
        "w/5",
        "title:x",
        "url://x",
        "foo:bar",
        "https://a.example",
        "301(b)",
        "AT&T",
        "[sic]",
        ">5",
        "{x",
        "12:30",
        "'t",
        "x?",
        "a\\b",
        "日本",
        "e\u{301}",
        "warned:",
        "title:",
    ]);
    prop_oneof![
        special.prop_map(str::to_string),
        "[a-zé]{1,6}".prop_map(String::from)
    ]
}

fn any_case() -> impl Strategy<Value = Case> {
    prop::sample::select(vec![
        Case::Any,
        Case::Any,
        Case::AllCaps,
        Case::Caps,
        Case::NoCaps,
    ])
}

/// A word as the parser makes it.
fn any_plain_word() -> impl Strategy<Value = Word> {
    let form = prop_oneof![
        3 => any_word().prop_map(|text| (text, Form::Stem)),
        1 => "[a-zé]{1,6}".prop_map(|text| (text, Form::Exact)),
        1 => any_masked().prop_map(|text| (text, Form::Wildcard)),
        1 => ("[a-zé]{3,5}", 1u8..=2).prop_map(|(text, distance)| (text, Form::Fuzzy(distance))),
    ];
    form.prop_map(|(text, form)| Word {
        text,
        form,
        case: Case::Any,
    })
}

fn any_masked() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["tarif*", "wom?n", "*izat*", "t?r*f", "dut?es"])
        .prop_map(String::from)
}

fn extracted() -> impl Strategy<Value = &'static Field> {
    prop::sample::select(vec!["country", "person", "topic", "speaker"])
        .prop_map(|name| schema::field(name).unwrap())
}

/// What may stand beside `W/5`, in the text of paragraphs.
fn any_operand() -> impl Strategy<Value = Passage> {
    let mention = (
        extracted(),
        prop::collection::btree_set("V[a-z ]{0,3}x", 0..3),
    )
        .prop_map(|(field, values)| Passage::Mention {
            field,
            values: values.into_iter().collect(),
        });
    prop_oneof![3 => any_passage(), 1 => mention]
}

fn any_passage() -> impl Strategy<Value = Passage> {
    let words = (
        prop::collection::vec(any_plain_word(), 1..4),
        any_case(),
        any::<bool>(),
    )
        .prop_map(|(mut words, case, is_phrase)| {
            words
                .iter_mut()
                .for_each(|word| word.text = word.text.trim_end_matches('?').to_string());
            let passage = if is_phrase {
                Passage::Phrase(words)
            } else {
                Passage::Word(words.remove(0))
            };
            match case {
                Case::Any => passage,
                _ => passage.in_case(case),
            }
        });
    let regex = Just(Passage::Word(Word {
        text: r"tarif+s?".into(),
        form: Form::Regex,
        case: Case::Any,
    }));
    let reach = prop_oneof![
        (0u32..20).prop_map(Reach::Words),
        Just(Reach::Sentence),
        Just(Reach::Paragraph)
    ];
    let leaf = prop_oneof![9 => words, 1 => regex];
    leaf.prop_recursive(3, 12, 2, move |inner| {
        let proximity = (reach.clone(), any::<bool>(), any::<bool>());
        prop_oneof![
            (inner.clone(), inner.clone(), proximity).prop_map(
                |(left, right, (reach, ordered, negated))| Passage::Near {
                    left: Box::new(left),
                    right: Box::new(right),
                    proximity: Proximity {
                        reach,
                        ordered,
                        negated
                    },
                }
            ),
            prop::collection::vec(inner, 2..4).prop_map(Passage::or),
        ]
    })
}

fn any_query() -> impl Strategy<Value = Query> {
    let text = prop::sample::select(vec!["text", "title", "byline"])
        .prop_map(|name| schema::field(name).unwrap());
    let named = prop::sample::select(vec!["country", "topic", "url", "publisher"])
        .prop_map(|name| schema::field(name).unwrap());
    let day = (0i32..3_000_000)
        .prop_map(|days| date(1, 1, 1).saturating_add(jiff::Span::new().days(days)));
    let (published, ordinal) = (
        schema::field("published").unwrap(),
        schema::field("ordinal").unwrap(),
    );
    let leaf = prop_oneof![
        4 => (text, any_passage()).prop_map(|(field, passage)| match passage {
            // An *or* of passages is one of the query.
            Passage::Or(passages) => Query::Or(
                passages
                    .into_iter()
                    .map(|passage| Query::Text { field, passage })
                    .collect()
            ),
            _ => Query::Text { field, passage },
        }),
        1 => any_operand().prop_map(|passage| Query::AtLeast {
            n_times: 5,
            field: schema::field("text").unwrap(),
            passage,
        }),
        1 => extracted().prop_map(|field| Query::Any { field }),
        1 => (
            named,
            prop::collection::btree_set(
                prop_oneof![any_word(), "[a-z\"\\\\*():|&“ –-]{0,4}x"],
                1..4
            )
        )
            .prop_map(|(field, values)| Query::Values {
                field,
                values: values.iter().map(|value| format!("V{value}")).collect(),
            }),
        1 => (prop::option::of(day.clone()), prop::option::of(day)).prop_map(move |(a, b)| {
            let (from, to) = match (a, b) {
                (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
                open => open,
            };
            Query::Dates {
                field: published,
                from,
                to,
            }
        }),
        1 => (
            prop::option::of(any::<u64>()),
            prop::option::of(any::<u64>())
        )
            .prop_map(move |(a, b)| {
                let (from, to) = match (a, b) {
                    (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
                    open => open,
                };
                Query::Numbers {
                    field: ordinal,
                    from,
                    to,
                }
            }),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Query::and),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Query::or),
            inner.clone().prop_map(Query::not),
            inner.clone().prop_map(Query::article),
            inner.prop_map(|query| Query::Lead(Box::new(query))),
        ]
    })
}

#[test]
fn weights_are_refused_before_any_mark() {
    for text in ["steel^2", "steel^2,", "^2!", "steel^1.5?"] {
        let error = read(text).unwrap_err();
        assert!(error.message.contains("no weights"), "{text}: {error:?}");
    }
}

#[test]
fn operators_demand_all() {
    for text in [
        "steel AND tariff",
        "steel && tariff",
        "+steel tariff",
        "title:(a AND b)",
    ] {
        assert!(demands_all(text), "{text}");
    }
    for text in [
        "steel tariff",
        "steel and tariff",
        "\"steel AND tariff\"",
        "steel OR tariff",
        "\"open",
    ] {
        assert!(!demands_all(text), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_panics_and_every_place_is_on_character_boundaries(text in any_text()) {
        match read(&text) {
            Ok(query) => prop_assert_eq!(read(&query.to_string()), Ok(query)),
            Err(error) => {
                prop_assert!(error.span.start < error.span.end);
                prop_assert!(text.get(error.span.clone()).is_some());
                prop_assert!(error.render(&text).lines().count() <= 4);
            }
        }
    }

    #[test]
    fn a_query_reads_back_as_it_was(query in any_query()) {
        let text = query.to_string();
        prop_assert_eq!(read(&text), Ok(query), "{}", text);
    }

    #[test]
    fn relaxing_twice_is_relaxing_once(query in any_query()) {
        if let Some(relaxed) = query.relaxed() {
            prop_assert_eq!(relaxed.relaxed(), None);
        }
    }
}
