//! The other languages from outside: strings and what they are in ours.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::Syntax;
use crate::limits::index::WORD_BYTES;
use crate::limits::query::{MAX_BYTES, MAX_CLAUSES, MAX_COMPARED, MAX_DEPTH};
use crate::query::tests::resolve;
use crate::query::{Query, QueryError, parse};

fn read(text: &str, syntax: Syntax) -> Result<Query, QueryError> {
    parse(text, syntax, &resolve)
}

/// The string in our language, or the error as a terminal shows it.
fn shown(text: &str, syntax: Syntax) -> String {
    match read(text, syntax) {
        Ok(query) => {
            let ours = query.to_string();
            assert_eq!(
                read(&ours, Syntax::Tradewire).as_ref(),
                Ok(&query),
                "{text} → {ours}"
            );
            ours
        }
        Err(error) => error.render(text),
    }
}

/// Each string with what it is in our language.
fn table(syntax: Syntax, strings: &[&str]) -> String {
    let rows = strings
        .iter()
        .map(|text| format!("{text} → {}\n", shown(text, syntax)));
    rows.collect()
}

/// Each string with its error.
fn errors(syntax: Syntax, strings: &[&str]) -> String {
    let rows = strings
        .iter()
        .map(|text| format!("{}\n\n", shown(text, syntax)));
    rows.collect()
}

#[test]
fn lexis_words_and_connectors() {
    assert_snapshot!(table(Syntax::Lexis, &[
        "",
        "tariff",
        "trade war",
        "\"trade war\"",
        "\"trade war\" tariff",
        "steel and tariff",
        "steel AND tariff",
        "steel & tariff",
        "AT&T and B&O railroad",
        "steel or aluminum",
        "steel and not china",
        "steel not china",
        "steel or aluminum and tariff or duty",
        "a and not b and c",
        "(a and b) or c",
        "steel and (tariff or (quota and not canada))",
        "u.s. steel, 25% and o'neill's",
        "section 232(b) or XX(g)",
        "anti-dumping and US-China",
    ]), @r#"
     → 
    tariff → tariff
    trade war → "trade war"
    "trade war" → "trade war"
    "trade war" tariff → "trade war tariff"
    steel and tariff → article:(steel tariff)
    steel AND tariff → article:(steel tariff)
    steel & tariff → article:(steel tariff)
    AT&T and B&O railroad → article:(AT&T "B&O railroad")
    steel or aluminum → steel OR aluminum
    steel and not china → article:(steel -china)
    steel not china → article:(steel -china)
    steel or aluminum and tariff or duty → article:((steel OR aluminum) (tariff OR duty))
    a and not b and c → article:(a -(b c))
    (a and b) or c → article:(a b) OR c
    steel and (tariff or (quota and not canada)) → article:(steel (tariff OR quota -canada))
    u.s. steel, 25% and o'neill's → article:("u.s. steel 25" o'neill's)
    section 232(b) or XX(g) → "section 232(b)" OR XX(g)
    anti-dumping and US-China → article:(anti-dumping US-China)
    "#);
}

#[test]
fn section_marks_are_words_but_behind_a_code() {
    assert_snapshot!(table(Syntax::Lexis, &[
        "§ 232",
        "§232 w/5 steel",
        "\"§ 232\" or §§ 301",
        "19 U.S.C. § 1862",
        "¶ 12",
        "ti(tariff) and da(aft 2018)",
    ]), @r#"
    § 232 → "Section 232"
    §232 w/5 steel → "Section 232" W/5 steel
    "§ 232" or §§ 301 → "Section 232" OR "Section 301"
    19 U.S.C. § 1862 → "19 U.S.C. 1862"
    ¶ 12 → 12
    ti(tariff) and da(aft 2018) → title:tariff published:>=2019-01-01
    "#);
    assert_snapshot!(table(Syntax::Factiva, &["§ 232"]), @r#"§ 232 → "=Section =232""#);
}

#[test]
fn lexis_nearness() {
    assert_snapshot!(table(Syntax::Lexis, &[
        "steel w/5 tariff",
        "steel /5 tariff",
        "steel W/5 trade war",
        "steel pre/3 tariff",
        "steel +3 tariff",
        "steel near/5 tariff onear/3 quota",
        "steel w/s tariff w/p quota",
        "steel /s tariff /p quota",
        "steel w/sent tariff w/para quota",
        "a w/10 b w/3 c",
        "a w/3 b w/3 c",
        "a w/s b w/10 c",
        "a w/5 b or c w/2 d",
        "bankrupt! w/25 discharg! and not student or college or education! w/5 loan",
        "steel not w/5 tariff",
        "steel not /5 tariff",
        "steel not/5 tariff",
        "steel w/seg tariff",
        "steel not w/seg tariff",
        "headline(steel w/seg tariff)",
        "(steel or alumin!) w/5 (tariff or trade barrier) and quota",
    ]), @r#"
    steel w/5 tariff → steel W/5 tariff
    steel /5 tariff → steel W/5 tariff
    steel W/5 trade war → steel W/5 "trade war"
    steel pre/3 tariff → steel PRE/3 tariff
    steel +3 tariff → steel PRE/3 tariff
    steel near/5 tariff onear/3 quota → steel W/5 (tariff PRE/3 quota)
    steel w/s tariff w/p quota → (steel W/S tariff) W/P quota
    steel /s tariff /p quota → (steel W/S tariff) W/P quota
    steel w/sent tariff w/para quota → (steel W/S tariff) W/P quota
    a w/10 b w/3 c → a W/10 (b W/3 c)
    a w/3 b w/3 c → (a W/3 b) W/3 c
    a w/s b w/10 c → a W/S (b W/10 c)
    a w/5 b or c w/2 d → a W/5 ((b OR c) W/2 d)
    bankrupt! w/25 discharg! and not student or college or education! w/5 loan → article:(bankrupt* W/25 discharg* -((student OR college OR education*) W/5 loan))
    steel not w/5 tariff → steel NOT W/5 tariff
    steel not /5 tariff → steel NOT W/5 tariff
    steel not/5 tariff → steel NOT W/5 tariff
    steel w/seg tariff → article:(steel tariff)
    steel not w/seg tariff → article:(steel -tariff)
    headline(steel w/seg tariff) → article:(title:steel title:tariff)
    (steel or alumin!) w/5 (tariff or trade barrier) and quota → article:((steel OR alumin*) W/5 (tariff OR "trade barrier") quota)
    "#);
}

#[test]
fn lexis_forms() {
    assert_snapshot!(table(Syntax::Lexis, &[
        "tarif!",
        "tarif! war",
        "wom*n",
        "bank*",
        "bank** w/3 loan",
        "l**berman",
        "wom*n!",
        "wom?n",
        "anti-dump!",
        "o'nei! bank*",
        "trade bank* war",
        "atleast5(tariff)",
        "atl5(tarif! or dut!)",
        "allcaps(AD)",
        "caps(aid) and nocaps(china)",
        "atleast5(caps(apple computer))",
        "allcaps(AD or CVD) w/5 order",
        "singular(tariff) or plural(tariffs)",
        "\"atleast5\" and (a or b)",
    ]), @r#"
    tarif! → tarif*
    tarif! war → "tarif* war"
    wom*n → wom?n
    bank* → /bank.?/
    bank** w/3 loan → /bank.{0,2}/ W/3 loan
    l**berman → l??berman
    wom*n! → wom?n*
    wom?n → wom?n
    anti-dump! → "anti dump*"
    o'nei! bank* → o'nei* PRE/1 /bank.?/
    trade bank* war → (trade PRE/1 /bank.?/) PRE/1 war
    atleast5(tariff) → ATLEAST5(tariff)
    atl5(tarif! or dut!) → ATLEAST5(tarif* OR dut*)
    allcaps(AD) → ALLCAPS(AD)
    caps(aid) and nocaps(china) → article:(CAPS(aid) NOCAPS(china))
    atleast5(caps(apple computer)) → ATLEAST5(CAPS("apple computer"))
    allcaps(AD or CVD) w/5 order → (ALLCAPS(AD) OR ALLCAPS(CVD)) W/5 order
    singular(tariff) or plural(tariffs) → =tariff OR =tariffs
    "atleast5" and (a or b) → article:("atleast5" (a OR b))
    "#);
}

#[test]
fn lexis_segments_and_dates() {
    assert_snapshot!(table(Syntax::Lexis, &[
        "headline(tariff)",
        "headline (trade war or tarif!)",
        "HEADLINE(tariff) and steel",
        "hlead(tariff)",
        "hlead(steel and tariff w/5 quota)",
        "lead(tariff)",
        "lead(steel and tariff)",
        "body(tariff) and text(steel)",
        "byline(smith) and title(steel w/3 tariff)",
        "publication(new york times or economist)",
        "geographic(japan) and tariff",
        "language(english) and tariff",
        "tariff and date > 2018",
        "tariff and date aft 2018",
        "tariff and date bef 9/27/2018",
        "tariff and date is 2018",
        "date(geq(1/1/2018) and leq(31/12/2018))",
        "date(geq(1/1/2018) and leq(12/31/2018)) and steel or aluminum",
        "date aft september 27, 2018 and date bef 3 jan 2019",
        "date >= 2018-09-27",
        "date(2018)",
        "release date of the book",
        "steel and tariff and date>9/2018",
    ]), @r#"
    headline(tariff) → title:tariff
    headline (trade war or tarif!) → title:"trade war" OR title:tarif*
    HEADLINE(tariff) and steel → article:(title:tariff steel)
    hlead(tariff) → title:tariff OR article:(lead:(tariff))
    hlead(steel and tariff w/5 quota) → (title:steel OR article:(lead:(steel))) (title:tariff W/5 title:quota OR article:(lead:(tariff W/5 quota)))
    lead(tariff) → lead:(tariff)
    lead(steel and tariff) → article:(lead:(steel) lead:(tariff))
    body(tariff) and text(steel) → article:(tariff steel)
    byline(smith) and title(steel w/3 tariff) → article:(byline:smith title:steel W/3 title:tariff)
    publication(new york times or economist) → publisher:("new york times" OR economist)
    geographic(japan) and tariff → article:(country:Japan tariff)
    language(english) and tariff → language:en tariff
    tariff and date > 2018 → tariff published:>=2019-01-01
    tariff and date aft 2018 → tariff published:>=2019-01-01
    tariff and date bef 9/27/2018 → tariff published:<=2018-09-26
    tariff and date is 2018 → tariff published:2018
    date(geq(1/1/2018) and leq(31/12/2018)) → published:>=2018-01-01 published:<=2018-12-31
    date(geq(1/1/2018) and leq(12/31/2018)) and steel or aluminum → published:>=2018-01-01 published:<=2018-12-31 (steel OR aluminum)
    date aft september 27, 2018 and date bef 3 jan 2019 → published:>=2018-09-28 published:<=2019-01-02
    date >= 2018-09-27 → published:>=2018-09-27
    date(2018) → published:2018
    release date of the book → "release date of the book"
    steel and tariff and date>9/2018 → article:(steel tariff published:>=2018-10-01)
    "#);
}

#[test]
fn lexis_errors() {
    assert_snapshot!(errors(Syntax::Lexis, &[
        "steel and",
        "and steel",
        "steel or or tariff",
        "(steel and tariff",
        "steel)",
        "()",
        "\"trade war",
        "[steel]",
        "trade (war or dispute)",
        "steel headline(tariff)",
        "steel w/5 (loan and scholarship)",
        "steel w/5 headline(tariff)",
        "steel w/2000 tariff",
        "steel w/0 tariff",
        "subject(trade)",
        "steel(tariff)",
        "length > 500",
        "hlead(atleast5(tariff))",
        "headline(lead(tariff))",
        "date > 1/2/2018",
        "date > soon",
        "date > 13/13/2018",
        "date(geq(2019)",
        "atleast0(tariff)",
        "allcaps(date > 2018)",
        "plural(child)",
        "ta!riff",
        "*teel",
        "a!",
        "what?",
        "steel = tariff",
        "% and steel",
        "atleast5 tariff",
        "steel w/doc tariff",
        "steel near5 tariff",
        "steel -china",
        "steel~2",
        "headline:tariff",
        "tariff and date last 30 days",
        "tariff but not steel",
        "tariff & !steel",
        "tariff w5 steel",
        "tariff w/ 5 steel",
        "atleast 3 tariff",
        "atleast(tariff)",
        "geographic(jaapan)",
        "geographic(jap!)",
    ]), @r#"
    error: nothing stands after `and`
      steel and
            ^^^
    hint: to search for the word itself, put it in quotation marks

    error: nothing stands before `and`
      and steel
      ^^^
    hint: to search for the word itself, put it in quotation marks

    error: nothing stands before `or`
      steel or or tariff
               ^^
    hint: to search for the word itself, put it in quotation marks

    error: this parenthesis is not closed
      (steel and tariff
      ^

    error: this parenthesis was never opened
      steel)
           ^

    error: nothing stands between these parentheses
      ()
      ^^

    error: this quotation mark is not closed
      "trade war
      ^
    hint: close it behind the last word of the phrase, or leave it out

    error: `[` has no meaning in this language
      [steel]
      ^
    hint: write parentheses

    error: no operator stands before `(`
      trade (war or dispute)
            ^
    hint: write `and`, `or` or `pre/1` before it

    error: no operator stands before `headline`
      steel headline(tariff)
            ^^^^^^^^
    hint: write `and`, `or` or `pre/1` before it; a word of a phrase goes between quotation marks

    error: `and` cannot stand with `w/5`
      steel w/5 (loan and scholarship)
                ^^^^^^^^^^^^^^^^^^^^^^
    hint: write both out: `a w/5 b and a w/5 c` instead of `a w/5 (b and c)`

    error: a field cannot stand with `w/5`
      steel w/5 headline(tariff)
                ^^^^^^^^^^^^^^^^
    hint: join it by `and`

    error: words are near each other from 1 to 1000 words
      steel w/2000 tariff
            ^^^^^^

    error: words are near each other from 1 to 1000 words
      steel w/0 tariff
            ^^^

    error: `subject` cannot be searched here
      subject(trade)
      ^^^^^^^
    hint: the terms of that index are not ours: take `--topic`, and `topic` of `tradewire facets` for its values

    error: no segment is called `steel`
      steel(tariff)
      ^^^^^
    hint: the segments are `headline`, `hlead`, `lead`, `body`, `byline`, `publication`, `language`, `geographic`, `person`, `organization`, `date`; write `and` between a word and a parenthesis

    error: `length` cannot be searched here
      length > 500
      ^^^^^^
    hint: leave it out: the length of articles is not kept

    error: `atleast` counts in the article as a whole, not in a part of it
      hlead(atleast5(tariff))
           ^^^^^^^^^^^^^^^^^^
    hint: write it outside, joined by `and`

    error: a field cannot stand within another
      headline(lead(tariff))
              ^^^^^^^^^^^^^^
    hint: write it outside, joined by `and`

    error: `1/2/2018` may be two days: the first number a month, or a day
      date > 1/2/2018
             ^^^^^^^^
    hint: write `2018`, `2018-09` or `2018-09-27`, or the month's name: `27 sep 2018`

    error: `soon` is no day, month or year
      date > soon
             ^^^^
    hint: write `2018`, `2018-09` or `2018-09-27`, or the month's name: `27 sep 2018`

    error: `13/13/2018` is no day, month or year
      date > 13/13/2018
             ^^^^^^^^^^
    hint: write `2018`, `2018-09` or `2018-09-27`, or the month's name: `27 sep 2018`

    error: this parenthesis is not closed
      date(geq(2019)
          ^

    error: `atleast` takes a number from 1 to 10000
      atleast0(tariff)
      ^^^^^^^^

    error: `allcaps` takes words and phrases only
      allcaps(date > 2018)
             ^^^^^^^^^^^^^

    error: `child` is not written as a plural
      plural(child)
             ^^^^^
    hint: write the word as it is to be found: `plural(jobs)`

    error: `!` must end a word
      ta!riff
      ^^^^^^^
    hint: `*` stands for one letter within it

    error: `*teel` does not begin with a letter
      *teel
      ^^^^^
    hint: write the first letters of the word

    error: `a!` would find too many words
      a!
      ^^
    hint: write at least two letters

    error: `?` does not end a word
      what?
      ^^^^^
    hint: `*` stands for one letter more at most, `!` for any

    error: no operator stands before `=`
      steel = tariff
            ^
    hint: write `and`, `or` or `pre/1` before it

    error: `%` stands for no word
      % and steel
      ^
    hint: leave it out, or write `and not` if it stands for that

    error: no parenthesis stands behind `atleast5`
      atleast5 tariff
      ^^^^^^^^
    hint: write `atleast5(tariff)`; to search for the word itself, put it in quotation marks

    error: `w/doc` is no operator
      steel w/doc tariff
            ^^^^^
    hint: the connectors are `w/5`, `pre/5`, `w/s`, `w/p`, `w/seg`; to search for the word itself, put it in quotation marks

    error: `near5` is no operator
      steel near5 tariff
            ^^^^^
    hint: the connectors are `w/5`, `pre/5`, `w/s`, `w/p`, `w/seg`; to search for the word itself, put it in quotation marks

    error: `-china` begins with a sign
      steel -china
            ^^^^^^
    hint: write `not` to leave a word out; what is joined by `and` is required

    error: `~` has no meaning in this language
      steel~2
      ^^^^^^^
    hint: leave it out, or write the operator that it stands for

    error: `headline:tariff` is no segment
      headline:tariff
      ^^^^^^^^^^^^^^^
    hint: write `headline(…)`; to search for the words themselves, put them in quotation marks

    error: `last` cannot stand behind `date`
      tariff and date last 30 days
                      ^^^^
    hint: write `date aft 9/27/2018 and date bef 3/31/2019`; the words themselves go between quotation marks

    error: `but not` is no operator
      tariff but not steel
             ^^^
    hint: write `and not`; to search for the word itself, put it in quotation marks

    error: `!` must end a word
      tariff & !steel
               ^^^^^^
    hint: `and not` leaves a word out

    error: `w5` is no operator
      tariff w5 steel
             ^^
    hint: the connectors are `w/5`, `pre/5`, `w/s`, `w/p`, `w/seg`; to search for the word itself, put it in quotation marks

    error: `w/` stands without its number
      tariff w/ 5 steel
             ^^
    hint: write `w/5` without a space

    error: no number stands right behind `atleast`
      atleast 3 tariff
      ^^^^^^^
    hint: write `atleast5(tariff)`; to search for the word itself, put it in quotation marks

    error: no number stands right behind `atleast`
      atleast(tariff)
      ^^^^^^^
    hint: write `atleast5(tariff)`

    error: no country is called `jaapan`
      geographic(jaapan)
                 ^^^^^^
    hint: did you mean `Japan`?

    error: `jap!` is no name of a country
      geographic(jap!)
                 ^^^^
    hint: write the whole name; several of them are joined by `or`
    "#);
}

#[test]
fn factiva_words_and_operators() {
    assert_snapshot!(table(Syntax::Factiva, &[
        "tariff",
        "trade war",
        "\"trade war\"",
        "bill clinton or gore and george bush",
        "steel and tariff",
        "steel not china",
        "steel not china and tariff",
        "steel and not china",
        "[steel or alumin*] and tariff",
        "world cup adj5 rugby",
        "president w/2 bush",
        "carrefour near5 retail sales",
        "boeing 747/N30/british airways",
        "boeing /n30/ airways",
        "a adj b near c",
        "vodafone same telecommunications",
        "trade (war or dispute)",
        "a near5 b near3 c",
        "atleast5 tariff",
        "atleast5 trade war and steel",
        "atleast2 (tarif* or dut*)",
        "tarif*",
        "wom?n",
        "cat?",
        "engineer$3",
        "engineer$3 union",
        "$5 bn",
        "\"peas and carrots\"",
        "bill clinton's 'economic plan'",
        "anti-dump* dut*",
    ]), @r#"
    tariff → =tariff
    trade war → "=trade =war"
    "trade war" → "=trade =war"
    bill clinton or gore and george bush → "=bill =clinton" OR article:(=gore "=george =bush")
    steel and tariff → article:(=steel =tariff)
    steel not china → article:(=steel -=china)
    steel not china and tariff → article:(=steel -=china =tariff)
    steel and not china → article:(=steel -=china)
    [steel or alumin*] and tariff → article:((=steel OR alumin*) =tariff)
    world cup adj5 rugby → "=world =cup" PRE/5 =rugby
    president w/2 bush → =president PRE/2 =bush
    carrefour near5 retail sales → =carrefour W/5 "=retail =sales"
    boeing 747/N30/british airways → "=boeing =747" W/30 "=british =airways"
    boeing /n30/ airways → =boeing W/30 =airways
    a adj b near c → (=a PRE/1 =b) W/1 =c
    vodafone same telecommunications → =vodafone W/P =telecommunications
    trade (war or dispute) → =trade PRE/1 (=war OR =dispute)
    a near5 b near3 c → (=a W/5 =b) W/3 =c
    atleast5 tariff → ATLEAST5(=tariff)
    atleast5 trade war and steel → ATLEAST5("=trade =war") =steel
    atleast2 (tarif* or dut*) → ATLEAST2(tarif* OR dut*)
    tarif* → tarif*
    wom?n → wom?n
    cat? → /cat./
    engineer$3 → /engineer.{0,3}/
    engineer$3 union → /engineer.{0,3}/ PRE/1 =union
    $5 bn → "=5 =bn"
    "peas and carrots" → "=peas =and =carrots"
    bill clinton's 'economic plan' → "=bill =clinton's =economic =plan"
    anti-dump* dut* → "=anti dump* dut*"
    "#);
}

#[test]
fn factiva_fields_and_dates() {
    assert_snapshot!(table(Syntax::Factiva, &[
        "hd=europe",
        "hd=(steel or tarif*)",
        "hl=trade war and steel",
        "hlp=(steel and tariff)",
        "lp=tariff",
        "tx=steel near5 tariff",
        "by=smith",
        "la=en and tariff",
        "la=(en or fr)",
        "sn=\"new york times\"",
        "re=usa and re=jap",
        "re=(usa or japan) and tariff",
        "tariff and date from 01/01/2018 to 31/12/2018",
        "tariff and date from 20180101 to 20181231",
        "tariff and date after 20180131",
        "tariff and date before 1/31/18",
        "pd=20180131",
        "date 20180131",
    ]), @r#"
    hd=europe → title:=europe
    hd=(steel or tarif*) → title:=steel OR title:tarif*
    hl=trade war and steel → article:(title:"=trade =war" =steel)
    hlp=(steel and tariff) → (title:=steel OR article:(lead:(=steel))) (title:=tariff OR article:(lead:(=tariff)))
    lp=tariff → lead:(=tariff)
    tx=steel near5 tariff → =steel W/5 =tariff
    by=smith → byline:=smith
    la=en and tariff → language:en =tariff
    la=(en or fr) → language:(en OR fr)
    sn="new york times" → publisher:"new york times"
    re=usa and re=jap → article:(country:"United States" country:Japan)
    re=(usa or japan) and tariff → article:(country:("United States" OR Japan) =tariff)
    tariff and date from 01/01/2018 to 31/12/2018 → =tariff published:2018
    tariff and date from 20180101 to 20181231 → =tariff published:2018
    tariff and date after 20180131 → =tariff published:>=2018-02-01
    tariff and date before 1/31/18 → =tariff published:<=2018-01-30
    pd=20180131 → published:2018-01-31
    date 20180131 → published:2018-01-31
    "#);
}

/// As the day of an alert's run tells it.
#[test]
fn factiva_days_before_today() {
    let from = |text: &str, syntax| match read(text, syntax) {
        Ok(Query::Dates { from, .. }) => from,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(
        from("date after -30", Syntax::Factiva),
        from("published:last-30-days", Syntax::Tradewire)
    );
    assert_eq!(
        from("date from -1 to -1", Syntax::Factiva),
        from("published:yesterday", Syntax::Tradewire)
    );
    assert!(read("date after -99999999999", Syntax::Factiva).is_err());
}

#[test]
fn factiva_errors() {
    assert_snapshot!(errors(Syntax::Factiva, &[
        "steel and",
        "or steel",
        "closing date and bids",
        "president % clinton",
        "toyota/F50/",
        "rst=nytf",
        "ns=mcat",
        "in=i1",
        "co=ibm and steel",
        "td=steel",
        "wc>500 and steel",
        "hd>steel",
        "xy=steel",
        "hd:steel",
        "hd=(atleast5 steel)",
        "re=jaapan",
        "steel hd=tariff",
        "steel near5 (a and b)",
        "steel near5 hd=tariff",
        "tariff and date after +30",
        "pd>20180131 and tariff",
        "atleast tariff",
        "tariff w5 steel",
        "tariff w/ 5 steel",
        "date from 01/02/2018 to 31/12/2018",
        "date from 2018",
        "date from 20190101 to 20180101",
        "date after 20181301",
        "engineer$ union",
        "en$3gine",
        "steel near/5 tariff",
        "steel -china",
        "[steel",
        "near5",
        "atleast5",
    ]), @r#"
    error: nothing stands after `and`
      steel and
            ^^^
    hint: to search for the word itself, put it in quotation marks

    error: nothing stands before `or`
      or steel
      ^^
    hint: to search for the word itself, put it in quotation marks

    error: no operator stands before `date`
      closing date and bids
              ^^^^
    hint: write `and`, `or` or `adj1` before it; a word of a phrase goes between quotation marks

    error: `%` stands for no word here
      president % clinton
                ^
    hint: `president w/2 clinton` lets one word at most stand between

    error: `/F50/` cannot be searched here
      toyota/F50/
            ^^^^^
    hint: `lp=…` asks for the first two paragraphs

    error: `rst` cannot be searched here
      rst=nytf
      ^^^
    hint: codes of sources are not ours: write the publisher's name, `sn="…"`

    error: `ns` cannot be searched here
      ns=mcat
      ^^
    hint: codes of subjects and industries are not ours: take `--topic`

    error: `in` cannot be searched here
      in=i1
      ^^
    hint: codes of subjects and industries are not ours: take `--topic`

    error: `co` cannot be searched here
      co=ibm and steel
      ^^
    hint: codes of companies are not ours: take `--organization`, or write the name

    error: `td` cannot be searched here
      td=steel
      ^^
    hint: it is the text behind the lead, which is not told apart: take `tx=`, which has the lead, too

    error: `wc` cannot be searched here
      wc>500 and steel
      ^^
    hint: leave it out: the length of articles is not kept

    error: `>` has no meaning here
      hd>steel
        ^
    hint: write `hd=…`

    error: no field is called `xy`
      xy=steel
      ^^
    hint: the fields are `hd`, `hl`, `hlp`, `lp`, `tx`, `by`, `la`, `sn`, `re`, `pd`, and `date from … to …`

    error: `hd:steel` is no field of a search statement
      hd:steel
      ^^^^^^^^
    hint: write `hd=…`

    error: `atleast` counts in the article as a whole, not in a part of it
      hd=(atleast5 steel)
         ^^^^^^^^^^^^^^^^
    hint: write it outside, joined by `and`

    error: no country is called `jaapan`
      re=jaapan
         ^^^^^^
    hint: of the codes of regions few are known: write the country's name, or take `--country`

    error: no operator stands before `hd`
      steel hd=tariff
            ^^
    hint: write `and`, `or` or `adj1` before it; a word of a phrase goes between quotation marks

    error: `and` cannot stand with `near5`
      steel near5 (a and b)
                  ^^^^^^^^^
    hint: write both out: `a w/5 b and a w/5 c` instead of `a w/5 (b and c)`

    error: nothing stands before `hd`
      steel near5 hd=tariff
                  ^^
    hint: to search for the word itself, put it in quotation marks

    error: `+30` is no day, month or year
      tariff and date after +30
                            ^^^
    hint: days are not counted from today here: take `--after last-30-days`

    error: `>` has no meaning here
      pd>20180131 and tariff
        ^
    hint: write `date after 20180131`

    error: no number stands right behind `atleast`
      atleast tariff
      ^^^^^^^
    hint: write `atleast5 tariff`; to search for the word itself, put it in quotation marks

    error: `w5` is no operator
      tariff w5 steel
             ^^
    hint: the operators are `near5`, `adj5`, `w/5`, `/n5/`, `same`; to search for the word itself, put it in quotation marks

    error: `w/` stands without its number
      tariff w/ 5 steel
             ^^
    hint: write `w/5` without a space

    error: `01/02/2018` may be two days: the first number a month, or a day
      date from 01/02/2018 to 31/12/2018
                ^^^^^^^^^^
    hint: write `2018`, `2018-09` or `2018-09-27`, or the month's name: `27 sep 2018`

    error: `to` and a day are missing here
      date from 2018
                ^^^^
    hint: a range reads `date from 20180101 to 20181231`

    error: the range `date from 20190101 to 20180101` ends before it begins
      date from 20190101 to 20180101
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: swap its ends

    error: there is no such month as `2018-13`
      date after 20181301
                 ^^^^^^^^
    hint: write `2018`, `2018-09` or `2018-09-27`, or the month's name: `27 sep 2018`

    error: `$` wants a number behind it, from 1 to 9
      engineer$ union
      ^^^^^^^^^
    hint: `engineer$3` takes three letters more at most, `engineer*` any

    error: `$3` must end a word
      en$3gine
      ^^^^^^^^
    hint: `engineer$3` takes three letters more at most

    error: `near/5` is no operator
      steel near/5 tariff
            ^^^^^^
    hint: the operators are `near5`, `adj5`, `w/5`, `/n5/`, `same`; to search for the word itself, put it in quotation marks

    error: `-china` begins with a sign
      steel -china
            ^^^^^^
    hint: write `not` to leave a word out; what is joined by `and` is required

    error: this parenthesis is not closed
      [steel
      ^

    error: nothing stands before `near5`
      near5
      ^^^^^
    hint: to search for the word itself, put it in quotation marks

    error: nothing stands after `atleast5`
      atleast5
      ^^^^^^^^
    hint: to search for the word itself, put it in quotation marks
    "#);
}

/// Found by fuzzing: an accent by itself counted as a letter, and the word that was left had one.
#[test]
fn accents_are_no_letters() {
    let refused = |text: &str, syntax| read(text, syntax).map_err(|error| error.message);
    for text in ["\u{5bb}b?", "\u{5bb}b*", "b\u{301}*"] {
        let message = format!("`{text}` would find too many words");
        assert_eq!(refused(text, Syntax::Factiva), Err(message));
    }
    let message = "`b\u{301}!` would find too many words".to_string();
    assert_eq!(refused("b\u{301}!", Syntax::Lexis), Err(message));
}

#[test]
fn words_that_are_slow_to_look_up_are_limited() {
    let read = |syntax: Syntax, word: &str, n_words: usize| {
        read(&vec![word; n_words].join(" or "), syntax).map_err(|error| error.message)
    };
    for (syntax, word) in [(Syntax::Lexis, "tarif*"), (Syntax::Factiva, "tarif$3")] {
        assert!(read(syntax, word, MAX_COMPARED).is_ok());
        let message = read(syntax, word, MAX_COMPARED + 1).unwrap_err();
        assert!(message.starts_with("more than 32 words"), "{message}");
    }
    assert!(read(Syntax::Lexis, "tarif!", MAX_COMPARED + 1).is_ok());
}

#[test]
fn limits_hold_in_all_languages() {
    for syntax in [Syntax::Lexis, Syntax::Factiva] {
        let message = |text: String| {
            read(&text, syntax)
                .map(|_| ())
                .map_err(|error| error.message)
        };
        let too_long = Err("the query has 65537 bytes; the most is 65536".into());
        assert_eq!(message(" ".repeat(MAX_BYTES) + "a"), too_long);
        let deep = |n_levels: usize| format!("{}a{}", "(".repeat(n_levels), ")".repeat(n_levels));
        let too_deep = || Err("the query is nested more than 64 levels deep".into());
        assert_eq!(message(deep(MAX_DEPTH)), Ok(()));
        assert_eq!(message(deep(MAX_DEPTH + 1)), too_deep());
        assert_eq!(message("(".repeat(MAX_BYTES)), too_deep());
        let many = |n_clauses: usize| "a or ".repeat(n_clauses - 1) + "a";
        assert_eq!(message(many(MAX_CLAUSES)), Ok(()));
        let too_many = || Err("the query has more than 1024 clauses".into());
        assert_eq!(message(many(MAX_CLAUSES + 1)), too_many());
        assert_eq!(message("é".repeat(WORD_BYTES / 2)), Ok(()));
        let too_long = message("é".repeat(WORD_BYTES / 2 + 1)).unwrap_err();
        assert!(too_long.ends_with("has more than 64 bytes"), "{too_long}");
    }
    let near = read(&("a near1 ".repeat(70) + "a"), Syntax::Factiva);
    assert!(near.is_err());
    let near = read(&("a w/1 ".repeat(70) + "a"), Syntax::Lexis);
    assert!(near.is_err());
    let twice = format!("hlead({}a)", "a or ".repeat(MAX_CLAUSES / 2));
    assert!(read(&twice, Syntax::Lexis).is_err());
}

/// Texts of what has a meaning in these languages, so that most of them come far.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            " ", " ", " ", " ", "(", ")", "(", ")", "[", "]", "\"", "“", "a", "steel", "tariff", "US-China", "'", "’s", "!", "*", "?", "$",
            "$3", "%", "&", "/", ":", "=", "<", ">=", "~", "^", "\\", "|", "+5", "-", " and ", " or ", " not ", " and not ",
            " w/5 ", " /s ", " pre/3 ", " not w/5 ", " w/seg ", " near5 ", " adj ", " same ", "/n5/", "/f5/", "atleast5", "atl2",
            "allcaps(", "caps(", "singular(", "plural(", "headline(", "hlead(", "lead(", "date", " date(", " aft ", " geq(", " from ",
            " to ", "publication(", "geographic(", "hd=", "hlp=", "lp=", "re=", "wc>", "jap", "japan", "1/31/2018", "2018", "20180131", "sep",
            "301", "(b)", "XX(g)", "é", "e\u{301}", "日本", "\u{a0}", "\u{feff}", "12:30", "title:x", "W/5", "AND", "U.S.",
        ])
        .prop_map(str::to_string),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

#[test]
fn days_from_one_to_another_in_digits() {
    let query = |text: &str| {
        let resolve = |_: &'static crate::field::Field, _: &str| Ok(Vec::new());
        crate::query::parse(text, crate::query::Syntax::Factiva, &resolve)
            .map_or_else(|error| error.message, |query| query.to_string())
    };
    assert_eq!(
        query("steel and pd=20250107-20251231"),
        "=steel published:[2025-01-07 TO 2025-12-31]"
    );
    assert_eq!(query("pd=20250101-20251231"), "published:2025");
    assert_eq!(
        query("pd=20251231-20250101"),
        "`20251231-20250101` ends before it begins"
    );
}

proptest! {
    #[test]
    fn no_text_panics_and_every_tree_reads_back_in_our_language(text in any_text()) {
        for syntax in [Syntax::Lexis, Syntax::Factiva] {
            match read(&text, syntax) {
                Ok(query) => {
                    let ours = query.to_string();
                    prop_assert_eq!(read(&ours, Syntax::Tradewire), Ok(query), "{} → {}", text, ours);
                }
                Err(error) => {
                    prop_assert!(error.span.start < error.span.end, "{}", error.message);
                    prop_assert!(text.get(error.span.clone()).is_some());
                    prop_assert!(error.render(&text).lines().count() <= 4);
                }
            }
        }
    }
}
