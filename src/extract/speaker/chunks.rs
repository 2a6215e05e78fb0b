//! A paragraph to chunks: names, nouns, verbs with their auxiliaries, quotations, and the words between them.
//!
//! No parser: words of closed classes, forms of cues and a few endings tell enough to say who is the subject of a verb.

use std::mem::discriminant;
use std::ops::Range;

use super::lexicon::{self, Class, Cue, Form, Role, Takes, Word};
use super::quotation::Quotation;
use crate::extract::known::marks;
use crate::extract::person::is_letters;
use crate::text::fold::{fold, hash};
use crate::text::tokens::{Case, Kind, Text, Token};
use crate::text::vocabulary::Marks;
use crate::text::words::one_of;

/// A name in the paragraph: its tokens and the number of the person.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) tokens: Range<usize>,
    pub(super) person: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    He,
    She,
    They,
    Other,
}

/// How the first word of a noun phrase tells which one is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Article {
    /// `the`, `this`, `that`
    Definite,
    /// `his`, `Japan's`
    Owned,
    /// `a`, `another`, `one`, and none at all
    Indefinite,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Noun {
    pub(super) head: u32,
    pub(super) article: Article,
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verb {
    /// What the verb takes if it reports speech.
    pub(super) cue: Option<Takes>,
    /// Whether a name after the verb is the one spoken to or of.
    pub(super) addresses: bool,
    pub(super) form: Form,
    pub(super) negated: bool,
    pub(super) modal: bool,
    pub(super) infinitive: bool,
    pub(super) passive: bool,
    /// The token that carries the meaning.
    pub(super) main: u32,
}

impl Verb {
    /// Whether the verb has a subject of its own before it.
    pub(super) fn finite(&self) -> bool {
        !self.infinitive && self.form != Form::Gerund
    }
}

#[derive(Debug, Clone, Copy, Eq)]
pub(super) enum What {
    /// The number of the name.
    Person(usize),
    Pronoun(Pronoun),
    Noun(Noun),
    Time,
    Verb(Verb),
    Preposition,
    /// `according to`
    According,
    Comma,
    Dash,
    Semicolon,
    Colon,
    Open,
    Close,
    And,
    Who,
    That,
    Subordinator,
    /// The number of the quotation.
    Quote(usize),
    /// The end of a sentence.
    Stop,
}

impl PartialEq for What {
    /// Inlined wherever it is asked: one side mostly is a mark, and then the kind alone tells.
    #[inline(always)]
    fn eq(&self, other: &What) -> bool {
        match (self, other) {
            (What::Person(one), What::Person(other)) => one == other,
            (What::Pronoun(one), What::Pronoun(other)) => one == other,
            (What::Noun(one), What::Noun(other)) => one == other,
            (What::Verb(one), What::Verb(other)) => one == other,
            (What::Quote(one), What::Quote(other)) => one == other,
            _ => discriminant(self) == discriminant(other),
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Chunk {
    pub(super) what: What,
    pub(super) tokens: Range<usize>,
}

/// The offices that the head of a noun phrase may stand for.
pub(super) fn roles(text: &Text, noun: Noun) -> &'static [Role] {
    lexicon::of(&text.tokens[noun.head as usize]).map_or(&[], |word| &word.roles)
}

/// The offices whose plural the head of a noun phrase is: `ministers`.
pub(super) fn plural_roles(text: &Text, noun: Noun) -> &'static [Role] {
    let word = text.word(noun.head as usize);
    word.strip_suffix('s')
        .and_then(|word| lexicon::of_fold(hash(fold(word).as_bytes())))
        .map_or(&[], |word| &word.roles)
}

/// Whether the head of a noun phrase is said of people of whom the text has not told it.
pub(super) fn familiar(text: &Text, noun: Noun) -> bool {
    lexicon::of(&text.tokens[noun.head as usize]).is_some_and(|word| word.familiar)
}

/// Whether the head of a noun phrase is a person of no office.
pub(super) fn unnamed(text: &Text, noun: Noun) -> bool {
    lexicon::of(&text.tokens[noun.head as usize]).is_some_and(|word| word.unnamed)
}

/// Whether the head of a noun phrase is something that somebody says or writes.
pub(super) fn words(text: &Text, noun: Noun) -> bool {
    lexicon::of(&text.tokens[noun.head as usize]).is_some_and(|word| word.words)
}

/// Whether a chunk is a verb that says what the noun before it is, which a preposition leads: `in a paper published last year`.
pub(super) fn is_reduced(chunks: &[Chunk], idx: usize) -> bool {
    let what = |distance: usize| idx.checked_sub(distance).map(|idx| chunks[idx].what);
    matches!(chunks[idx].what, What::Verb(verb) if verb.form == Form::Past)
        && chunks[idx].tokens.len() == 1
        && matches!(
            (what(2), what(1)),
            (Some(What::Preposition), Some(What::Noun(_)))
        )
}

/// Cuts a paragraph into chunks; `names` must be in order and apart, `start` is the token after the place line.
pub(super) fn chunks(
    text: &Text,
    quotations: &[Quotation],
    names: &[Name],
    start: usize,
) -> Vec<Chunk> {
    let mut chunker = Chunker {
        text,
        names,
        out: Vec::with_capacity(text.tokens.len() * 3 / 4 + 2),
        run: None,
        auxiliary: None,
        sentence_start: 0,
        capitals: is_in_capitals(text),
    };
    let mut next_quotation = 0;
    let mut next_name = 0;
    let mut next_sentence = 1;
    // Where the next sentence, quotation or name begins.
    let mut next_mark = 0;
    let mut token_idx = 0;
    while token_idx < text.tokens.len() {
        if token_idx >= next_mark {
            while next_sentence < text.sentences.len()
                && text.sentences[next_sentence].start < token_idx
            {
                next_sentence += 1;
            }
            let begins = text
                .sentences
                .get(next_sentence)
                .is_some_and(|sentence| sentence.start == token_idx);
            if begins || token_idx == start && start > 0 {
                chunker.flush();
                chunker.push(What::Stop, token_idx..token_idx);
                chunker.sentence_start = token_idx;
            }
            next_sentence += usize::from(begins);
            // A nickname in marks is part of the name.
            while quotations
                .get(next_quotation)
                .is_some_and(|quotation| quotation.tokens.start < token_idx)
            {
                next_quotation += 1;
            }
            if let Some(quotation) = quotations.get(next_quotation)
                && quotation.tokens.start == token_idx
            {
                chunker.flush();
                chunker.push(What::Quote(next_quotation), quotation.tokens.clone());
                token_idx = quotation.tokens.end;
                next_quotation += 1;
                continue;
            }
            while names
                .get(next_name)
                .is_some_and(|name| name.tokens.start < token_idx)
            {
                next_name += 1;
            }
            if let Some(name) = names.get(next_name)
                && name.tokens.start == token_idx
            {
                chunker.name(next_name);
                token_idx = name.tokens.end.max(token_idx + 1);
                continue;
            }
            let sentence = text.sentences.get(next_sentence);
            let marks = [
                sentence.map(|sentence| sentence.start),
                quotations.get(next_quotation).map(|next| next.tokens.start),
                names.get(next_name).map(|name| name.tokens.start),
                Some(start).filter(|&start| start > token_idx),
            ];
            next_mark = marks.into_iter().flatten().min().unwrap_or(usize::MAX);
        }
        token_idx = chunker.token(token_idx);
    }
    chunker.flush();
    chunker.out
}

/// Whether nearly all words of a text are in capitals.
fn is_in_capitals(text: &Text) -> bool {
    // Most texts have none.
    if text.next_marked(0, Marks::UPPER).is_none() {
        return false;
    }
    let (mut n_upper, mut n_other) = (0, 0);
    for token in &text.tokens {
        let is_word = token.kind == Kind::Word && token.end - token.start > 1;
        n_upper += usize::from(is_word && token.case == Case::Upper);
        n_other += usize::from(is_word && token.case != Case::Upper);
        // What no words that follow can change.
        if 6 * n_other >= text.tokens.len() {
            return false;
        }
    }
    n_upper >= 4 && n_upper > 6 * n_other
}

/// A noun phrase that is being read.
#[derive(Debug, Clone)]
struct Run {
    tokens: Range<usize>,
    /// The name that ends it.
    name: Option<usize>,
    article: Article,
    /// Whether the last token needs a noun after it.
    open: bool,
    time: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Auxiliary {
    start: usize,
    end: usize,
    negated: bool,
    modal: bool,
    be: bool,
    have: bool,
    does: bool,
    infinitive: bool,
}

struct Chunker<'a> {
    text: &'a Text<'a>,
    names: &'a [Name],
    out: Vec<Chunk>,
    run: Option<Run>,
    auxiliary: Option<Auxiliary>,
    sentence_start: usize,
    /// Whether the text is written in capitals, so that they tell nothing.
    capitals: bool,
}

impl Chunker<'_> {
    fn push(&mut self, what: What, tokens: Range<usize>) {
        self.out.push(Chunk { what, tokens });
    }

    /// The bytes of a token.
    fn letters(&self, token: &Token) -> &[u8] {
        &self.text.source.as_bytes()[token.start as usize..token.end as usize]
    }

    fn last(&self) -> Option<What> {
        self.out.last().map(|chunk| chunk.what)
    }

    #[inline]
    fn close_run(&mut self) {
        if self.run.is_some() {
            self.push_run();
        }
    }

    fn push_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        let what = match run.name {
            Some(name) => return self.push_named(run, name),
            None if run.time => What::Time,
            None => What::Noun(Noun {
                head: run.tokens.end as u32 - 1,
                article: run.article,
            }),
        };
        self.push(what, run.tokens);
    }

    fn push_named(&mut self, run: Run, name: usize) {
        let mut tokens = run.tokens;
        let is_small = |at: usize| {
            let token = self.text.tokens[at];
            token.case == Case::Lower && token.kind == Kind::Word
        };
        // `Minister of the Russian Federation John L. Smith`
        let state =
            run.article == Article::Definite && !(tokens.start + 1..tokens.end).any(is_small);
        // What may be joined to the name ends with a preposition, with `and` or with `named`.
        let joins = matches!(
            self.last(),
            Some(What::Preposition | What::And | What::Verb(_))
        );
        if joins && (run.article == Article::Indefinite || state) {
            self.take_posts(&mut tokens);
            self.take_portfolio(&mut tokens, name);
            self.take_body(&mut tokens, name);
        }
        if joins && run.article == Article::Indefinite {
            self.take_introduction(&mut tokens);
        }
        self.push(What::Person(name), tokens);
    }

    /// Joins `Secretary of` and `Commissioner for Trade and` to the name that follows, so that `Secretary of Commerce John Smith`
    /// is one phrase.
    fn take_portfolio(&mut self, tokens: &mut Range<usize>, name_idx: usize) {
        let is_capital = |at: usize| self.text.tokens[at].case != Case::Lower;
        // `Minister of State for Trade Smith`
        let (before, next) = match self.out.as_slice() {
            [before @ .., state, preposition]
                if self.text.is(state.tokens.start, "State")
                    && self.text.is(preposition.tokens.start, "for")
                    && state.tokens.len() == 1
                    && state.tokens.end == preposition.tokens.start
                    && preposition.tokens.end == tokens.start =>
            {
                (before, state.tokens.start)
            }
            // `Commissioner for Trade and Industry Smith`
            [before @ .., portfolio, and]
                if and.what == What::And
                    && matches!(portfolio.what, What::Noun(_))
                    && portfolio.tokens.end == and.tokens.start
                    && and.tokens.end == tokens.start
                    && portfolio.tokens.clone().all(is_capital)
                    && is_capital(tokens.start) =>
            {
                (before, portfolio.tokens.start)
            }
            all => (all, tokens.start),
        };
        let [
            others @ ..,
            Chunk {
                what: What::Noun(noun),
                tokens: title,
            },
            Chunk {
                what: What::Preposition,
                tokens: of,
            },
        ] = before
        else {
            return;
        };
        // A plan for Mary Smith is none of hers.
        let is_office_for = || {
            self.text.is(of.start, "for")
                && self
                    .names
                    .get(name_idx)
                    .is_some_and(|name| name.tokens.start > next)
                && is_capital(noun.head as usize)
                && is_capital(next)
        };
        let joins = (self.text.is(of.start, "of") || is_office_for())
            && of.end == next
            && title.end == of.start
            && noun.article == Article::Indefinite
            && !matches!(
                self.text.word(title.start),
                "a" | "an" | "A" | "An" | "another" | "Another" | "one" | "One"
            )
            && !roles(self.text, *noun).is_empty();
        if joins {
            tokens.start = title.start;
            let n_others = others.len();
            self.out.truncate(n_others);
        }
    }

    /// Joins `Director for Mines at` to `the Industry Ministry John Smith`: an office with a capital that opens a clause, and
    /// what it is for and where.
    fn take_posts(&mut self, tokens: &mut Range<usize>) {
        const MOST_PAIRS: usize = 2;
        let text = self.text;
        let (mut n_taken, mut next) = (0, tokens.start);
        let is_capital = |at: usize| text.tokens[at].case != Case::Lower;
        for n_pairs in 0..MOST_PAIRS {
            let [.., noun, preposition] = &self.out[..self.out.len() - n_taken] else {
                return;
            };
            let What::Noun(head) = noun.what else { return };
            let joins = preposition.what == What::Preposition
                && preposition.tokens.end == next
                && noun.tokens.end == preposition.tokens.start
                && is_capital(head.head as usize);
            if !joins {
                return;
            }
            n_taken += 2;
            next = noun.tokens.start;
            let is_office = head.article == Article::Indefinite
                && is_capital(next)
                && !roles(text, head).is_empty();
            let before = self.out[..self.out.len() - n_taken].last();
            let opens = before.is_none_or(|before| {
                matches!(
                    before.what,
                    What::Stop | What::Comma | What::Quote(_) | What::Verb(_) | What::That
                )
            });
            if is_office && n_pairs > 0 && opens {
                tokens.start = next;
                self.out.truncate(self.out.len() - n_taken);
                return;
            }
        }
    }

    /// Joins `Bank of` to `England Governor John Smith`, whose whole is the name, and `Commander in` to `Chief John Smith`.
    fn take_body(&mut self, tokens: &mut Range<usize>, name_idx: usize) {
        let [
            ..,
            Chunk {
                what: What::Noun(noun),
                tokens: body,
            },
            Chunk {
                what: What::Preposition,
                tokens: of,
            },
        ] = self.out.as_slice()
        else {
            return;
        };
        let text = self.text;
        if body.end != of.start || of.end != tokens.start {
            return;
        }
        let title = tokens.start..self.names[name_idx].tokens.start;
        let is_office = |at: usize| {
            let known = lexicon::of(&text.tokens[at]);
            known.is_some_and(|word| !word.roles.is_empty() || word.unnamed)
        };
        let is_capital = |at: &usize| text.tokens[*at].case != Case::Lower;
        // At the head of a sentence `Critics of House Speaker John Smith` have a capital, too.
        let head = noun.head as usize;
        let is_body = is_capital(&head)
            && (body.start > self.sentence_start
                || text.is_marked(head, marks::ORGANIZATION_CUE)
                || one_of!(text.fold(head), "city" | "government" | "house" | "state"));
        let is_whole = text.is(of.start, "of")
            && is_body
            && is_capital(&title.start)
            && (!is_office(title.start) || text.is(title.start, "Representatives"))
            && title.clone().skip(1).any(is_office);
        let is_rank = match text.word(head) {
            "Commander" => text.is(of.start, "in") && text.is(title.start, "Chief"),
            "Member" => text.is(of.start, "of") && text.is(title.start, "Parliament"),
            _ => false,
        };
        if is_whole || is_rank && title.len() == 1 {
            tokens.start = body.start;
            self.out.truncate(self.out.len() - 2);
        }
    }

    /// Joins `a midwife named` to the name that follows, which is what the noun says.
    fn take_introduction(&mut self, tokens: &mut Range<usize>) {
        let [
            ..,
            Chunk {
                what: What::Noun(_),
                tokens: noun,
            },
            Chunk {
                what: What::Verb(_),
                tokens: named,
            },
        ] = self.out.as_slice()
        else {
            return;
        };
        let introduces = one_of!(self.text.small(named.start), "called" | "named")
            && named.len() == 1
            && named.end == tokens.start
            && noun.end == named.start
            && one_of!(self.text.fold(noun.start), "a" | "an" | "another" | "one");
        // `A senator called Abe a liar`
        let next = self.text.tokens.get(tokens.end).and_then(lexicon::of);
        let judged = next.is_some_and(|next| next.class == Some(Class::Determiner));
        if introduces && !judged {
            tokens.start = noun.start;
            self.out.truncate(self.out.len() - 2);
        }
    }

    #[inline]
    fn close_auxiliary(&mut self) {
        if let Some(auxiliary) = self.auxiliary.take() {
            self.push_auxiliary(auxiliary);
        }
    }

    fn push_auxiliary(&mut self, auxiliary: Auxiliary) {
        if auxiliary.infinitive && auxiliary.end == auxiliary.start + 1 {
            self.push(What::Preposition, auxiliary.start..auxiliary.end);
            return;
        }
        let verb = Verb {
            cue: None,
            addresses: false,
            form: Form::Third,
            negated: auxiliary.negated,
            modal: auxiliary.modal,
            infinitive: auxiliary.infinitive,
            passive: false,
            main: auxiliary.end as u32 - 1,
        };
        self.push(What::Verb(verb), auxiliary.start..auxiliary.end);
    }

    #[inline]
    fn flush(&mut self) {
        self.close_run();
        self.close_auxiliary();
    }

    fn mark(&mut self, what: What, tokens: Range<usize>) {
        self.flush();
        self.push(what, tokens);
    }

    fn name(&mut self, name_idx: usize) {
        let tokens = self.names[name_idx].tokens.clone();
        self.close_auxiliary();
        if self.run.as_ref().is_some_and(|run| {
            run.name.is_some() || run.time || self.is_month(run) || self.is_setting(run)
        }) {
            self.close_run();
        }
        let run = self.run.get_or_insert(Run {
            tokens: tokens.clone(),
            name: None,
            article: Article::Indefinite,
            open: false,
            time: false,
        });
        run.tokens.end = tokens.end;
        run.name = Some(name_idx);
        run.open = false;
    }

    /// Adds a token to the noun phrase.
    #[inline]
    fn content(&mut self, token_idx: usize, open: bool) {
        match &mut self.run {
            Some(run) if self.auxiliary.is_none() => {
                run.tokens.end = token_idx + 1;
                run.name = None;
                run.open = open;
                run.time = false;
            }
            _ => self.begin_content(token_idx, open),
        }
    }

    fn begin_content(&mut self, token_idx: usize, open: bool) {
        self.close_auxiliary();
        match &mut self.run {
            Some(_) => self.content(token_idx, open),
            None => self.begin_run(token_idx, Article::Indefinite, open),
        }
    }

    fn begin_run(&mut self, token_idx: usize, article: Article, open: bool) {
        self.run = Some(Run {
            tokens: token_idx..token_idx + 1,
            name: None,
            article,
            open,
            time: false,
        });
    }

    /// Reads one token, or the words of a phrase, and returns the token after.
    fn token(&mut self, token_idx: usize) -> usize {
        let text = self.text;
        let token = &text.tokens[token_idx];
        match token.kind {
            Kind::Quote => token_idx + 1,
            Kind::Possessive => self.possessive(token_idx),
            Kind::Punct => self.punctuation(token_idx),
            Kind::Number => {
                if self.run.is_none()
                    && let Some(Chunk {
                        what: What::Time,
                        tokens,
                    }) = self.out.last_mut()
                    && tokens.end + 1 >= token_idx
                {
                    tokens.end = token_idx + 1;
                } else {
                    self.content(token_idx, false);
                }
                token_idx + 1
            }
            Kind::Word => self.word(token_idx, token),
        }
    }

    fn possessive(&mut self, token_idx: usize) -> usize {
        if let Some(run) = &mut self.run {
            run.tokens.end = token_idx + 1;
            run.name = None;
            run.open = true;
            run.article = Article::Owned;
        } else if matches!(self.last(), Some(What::Pronoun(_) | What::Who | What::That)) {
            self.auxiliary = Some(Auxiliary {
                start: token_idx,
                end: token_idx + 1,
                be: true,
                have: true,
                ..Auxiliary::default()
            });
        }
        token_idx + 1
    }

    fn punctuation(&mut self, token_idx: usize) -> usize {
        let text = self.text;
        let marks = |token_idx: usize| {
            text.tokens
                .get(token_idx)
                .is_some_and(|token| token.kind == Kind::Quote)
        };
        // `well-known`, `10:30`, not `”-Roe` or `Roe:“`
        let within = || {
            token_idx > 0
                && text.glued(token_idx - 1)
                && text.glued(token_idx)
                && !marks(token_idx - 1)
                && !marks(token_idx + 1)
        };
        let one = token_idx..token_idx + 1;
        match text.word(token_idx) {
            "," => self.mark(What::Comma, one),
            "." => {}
            ";" => self.mark(What::Semicolon, one),
            ":" if within() => self.content(token_idx, false),
            ":" => self.mark(What::Colon, one),
            "(" if self.run.is_some()
                && let Some(end) = retired(text, token_idx) =>
            {
                if let Some(run) = &mut self.run {
                    run.tokens.end = end;
                }
                return end;
            }
            "(" | "[" | "{" => self.mark(What::Open, one),
            ")" | "]" | "}" => self.mark(What::Close, one),
            "-" if text.glued(token_idx) && text.is(token_idx + 1, "-") => {
                self.mark(What::Dash, token_idx..token_idx + 2);
                return token_idx + 2;
            }
            "-" if within() => self.content(token_idx, true),
            "—" | "―" | "-" => self.mark(What::Dash, one),
            "–" if within() => self.content(token_idx, true),
            "–" => self.mark(What::Dash, one),
            "!" | "?" | "…" | "*" | "_" | "•" => {}
            _ => self.content(token_idx, true),
        }
        token_idx + 1
    }

    fn word(&mut self, token_idx: usize, token: &Token) -> usize {
        let text = self.text;
        // `editor-in-chief`
        if self.run.is_some()
            && token_idx > 1
            && text.glued(token_idx - 1)
            && text.glued(token_idx)
            && text.glued(token_idx + 1)
            && text.is(token_idx - 1, "-")
            && text.is(token_idx + 1, "-")
        {
            self.content(token_idx, true);
            return token_idx + 1;
        }
        // `Under Secretary Abe`
        if one_of!(token.fold, "under")
            && text.is(token_idx, "Under")
            && text.is(token_idx + 1, "Secretary")
        {
            self.content(token_idx, true);
            return token_idx + 1;
        }
        // `the adviser, retired Adm. Abe`
        if one_of!(token.fold, "retired")
            && token.case == Case::Lower
            && token_idx > 0
            && text.is(token_idx - 1, ",")
            && let Some(next) = text.tokens.get(token_idx + 1)
            && next.kind == Kind::Word
            && next.case != Case::Lower
        {
            self.content(token_idx, true);
            return token_idx + 1;
        }
        let entry = lexicon::of(token);
        let is_proper = match token.case {
            Case::Lower => false,
            Case::Capital => !self.opens(token_idx) && !closed_in_any_case(entry),
            Case::Upper => !self.capitals,
        };
        if is_proper {
            return self.proper(token_idx, token, entry);
        }
        let Some(word) = entry else {
            self.open_class(token_idx, token);
            return token_idx + 1;
        };
        if let Some(end) = self.according(token_idx, word) {
            self.mark(What::According, token_idx..end);
            return end;
        }
        if !word.cues.is_empty()
            && let Some(end) = self.cue(token_idx, word)
        {
            return end;
        }
        let one = token_idx..token_idx + 1;
        match word.class {
            Some(Class::Adverb) => self.adverb(token_idx),
            Some(Class::And) => self.mark(What::And, one),
            class @ Some(
                Class::Be
                | Class::BeNot
                | Class::Have
                | Class::HaveNot
                | Class::Do
                | Class::DoNot
                | Class::Modal
                | Class::ModalNot
                | Class::Not
                | Class::To,
            ) => self.helper(token_idx, class),
            Some(Class::Determiner) => {
                self.flush();
                self.begin_run(token_idx, article(self.letters(token)), true);
            }
            Some(Class::He) => self.mark(What::Pronoun(Pronoun::He), one),
            Some(Class::She) => self.mark(What::Pronoun(Pronoun::She), one),
            Some(Class::They) => self.mark(What::Pronoun(Pronoun::They), one),
            Some(Class::OtherPronoun) => self.mark(What::Pronoun(Pronoun::Other), one),
            // `this past week`
            Some(Class::Preposition)
                if one_of!(token.fold, "past")
                    && text.is(token_idx, "past")
                    && token_idx > 0
                    && matches!(text.word(token_idx - 1), "this" | "This" | "these") =>
            {
                self.content(token_idx, true);
            }
            Some(Class::Preposition) => self.mark(What::Preposition, one),
            Some(Class::Subordinator) => self.mark(What::Subordinator, one),
            Some(Class::That) => self.mark(What::That, one),
            Some(Class::Who) => self.mark(What::Who, one),
            Some(Class::Time) => self.time(token_idx),
            Some(Class::TimeNoun) => self.time_noun(token_idx),
            Some(Class::Past) if self.takes_verb(Form::Past, false) => {
                self.verb(token_idx, token_idx + 1, Form::Past, None)
            }
            Some(Class::Present) if self.takes_verb(Form::Third, true) => {
                self.verb(token_idx, token_idx + 1, Form::Third, None);
            }
            Some(Class::Noun | Class::Past | Class::Present) => self.noun_or_base(token_idx, true),
            None => self.open_class(token_idx, token),
        }
        token_idx + 1
    }

    /// Whether a capital may be only that of a sentence, or of what stands behind a mark.
    fn opens(&self, token_idx: usize) -> bool {
        token_idx == self.sentence_start
            || self.run.is_none()
                && matches!(
                    self.last(),
                    Some(What::Colon | What::Dash | What::Quote(_) | What::Open)
                )
    }

    /// Reads a word that is, or is part of, a name of something, and returns the token after.
    fn proper(&mut self, token_idx: usize, token: &Token, entry: Option<&Word>) -> usize {
        let text = self.text;
        let is_capital = token.case == Case::Capital;
        if is_capital
            && self.run.as_ref().is_some_and(|run| run.name.is_some())
            && let Some(word) = entry.filter(|word| !word.cues.is_empty())
            && let Some(end) = self.cue(token_idx, word)
        {
            return end;
        }
        if is_capital
            && self.run.is_some()
            && (self.opens_title(token_idx)
                || self.opens_address(token_idx)
                || self.opens_office(token_idx))
        {
            self.close_run();
        }
        if is_capital && entry.is_some_and(|word| word.class == Some(Class::Time))
            || month(text, token_idx)
        {
            self.time(token_idx);
        } else if let Some(run) = self.run.as_mut().filter(|run| run.name.is_some())
            && is_letters(text.word(token_idx))
        {
            run.tokens.end = token_idx + 1;
        } else {
            self.content(token_idx, false);
        }
        token_idx + 1
    }

    /// Whether a title begins here after a noun phrase of its own: `at the convention Sen. Elizabeth Warren said`.
    fn opens_title(&self, token_idx: usize) -> bool {
        let short = self.text.glued(token_idx) && self.text.is(token_idx + 1, ".");
        short
            && self.run.as_ref().is_some_and(|run| {
                let last = self.text.tokens[run.tokens.end - 1];
                run.article == Article::Definite
                    && !run.open
                    && last.case == Case::Lower
                    && lexicon::of(&last).is_none_or(|word| word.roles.is_empty())
            })
    }

    /// Whether `Mr.` begins here after a noun that is no title: `the reports Mr. Abe filed`.
    fn opens_address(&self, token_idx: usize) -> bool {
        one_of!(self.text.fold(token_idx), "mr" | "mrs" | "ms")
            && matches!(self.text.word(token_idx), "Mr" | "Mrs" | "Ms")
            && self.run.as_ref().is_some_and(|run| {
                let last = self.text.tokens[run.tokens.end - 1];
                !run.open
                    && last.case == Case::Lower
                    && last.kind == Kind::Word
                    && lexicon::of(&last).is_none_or(|word| word.roles.is_empty())
            })
    }

    /// Whether an office begins here after a noun phrase that opens the sentence: `In his absence Prime Minister Abe said`.
    fn opens_office(&self, token_idx: usize) -> bool {
        if self.last() != Some(What::Preposition) {
            return false;
        }
        let is_office = || {
            self.text.is_marked(token_idx, marks::OFFICE)
                || matches!(self.text.word(token_idx), "Acting" | "Deputy" | "Former")
                || lexicon::of(&self.text.tokens[token_idx])
                    .is_some_and(|word| !word.roles.is_empty())
        };
        is_office()
            && self.run.as_ref().is_some_and(|run| {
                self.is_setting(run)
                    && !matches!(
                        self.text.word(run.tokens.end - 1),
                        "former" | "late" | "new" | "then"
                    )
            })
    }

    /// Whether a phrase is nothing but a month that is a word as well: `In May Abe said`.
    fn is_month(&self, run: &Run) -> bool {
        run.tokens.len() == 1
            && matches!(self.text.word(run.tokens.start), "May" | "March")
            && self.last() == Some(What::Preposition)
    }

    /// Whether a noun phrase that opens a sentence after a preposition ends before a name: `In a radio interview Abe said`.
    fn is_setting(&self, run: &Run) -> bool {
        let last = self.text.tokens[run.tokens.end - 1];
        if self.last() != Some(What::Preposition) || last.case != Case::Lower {
            return false;
        }
        // `By eleven in the morning Abe had left`
        if one_of!(last.fold, "afternoon" | "evening" | "morning" | "night") {
            return true;
        }
        if run.open
            || run.tokens.len() < 2
            || lexicon::of(&last).is_some_and(|word| !word.roles.is_empty() || word.unnamed)
        {
            return false;
        }
        // `In a letter to the guild Abe said`
        const LONGEST: usize = 6;
        let sentence = self.out.iter().rev().take(LONGEST).take_while(|chunk| {
            matches!(chunk.what, What::Preposition | What::Noun(_) | What::Time)
        });
        let n_before = sentence.clone().count();
        let n_chunks = self.out.len();
        let opens = n_before == n_chunks || self.out[n_chunks - n_before - 1].what == What::Stop;
        opens
            && sentence
                .last()
                .is_some_and(|first| first.what == What::Preposition)
    }

    fn adverb(&mut self, token_idx: usize) {
        match &mut self.run {
            Some(run) if run.open => run.tokens.end = token_idx + 1,
            Some(_) => self.close_run(),
            None => {
                if let Some(auxiliary) = &mut self.auxiliary {
                    auxiliary.end = token_idx + 1;
                }
            }
        }
    }

    /// A word that no list has: its ending tells most verbs.
    fn open_class(&mut self, token_idx: usize, token: &Token) {
        let form = match self.letters(token) {
            [_, _, _, .., b'l', b'y'] => return self.adverb(token_idx),
            [_, _, .., b'e', b'd'] => Form::Past,
            [_, _, .., b'i', b'n', b'g'] if self.is_attribute(token_idx) => {
                return self.content(token_idx, true);
            }
            [_, _, .., b'i', b'n', b'g'] => Form::Gerund,
            _ => return self.noun_or_base(token_idx, false),
        };
        if token.case == Case::Lower && self.takes_verb(form, false)
            || form == Form::Gerund && token_idx == self.sentence_start
        {
            self.verb(token_idx, token_idx + 1, form, None);
        } else {
            self.content(token_idx, false);
        }
    }

    /// Whether a participle belongs to an office without an article, which can be nothing that somebody does it to:
    /// `said managing director Abe`, `Abe, founding partner of`, `governing-party lawmaker Abe`. Behind a preposition and behind
    /// a person it may be his deed: `after visiting minister Abe`.
    fn is_attribute(&self, token_idx: usize) -> bool {
        const LONGEST: usize = 4;
        let text = self.text;
        let is_joined = |at: usize| text.is(at, "-") && text.glued(at - 1) && text.glued(at);
        if is_joined(token_idx + 1) {
            return true;
        }
        // Most participles stand where they are verbs.
        let before = self.last().filter(|_| self.run.is_none());
        let may_be = match (&self.run, before) {
            (Some(run), _) => {
                run.name.is_none() && text.tokens[run.tokens.end - 1].case != Case::Lower
            }
            (None, Some(What::Verb(verb))) => verb.cue.is_some(),
            (None, before) => !matches!(
                before,
                Some(What::Preposition | What::Noun(_) | What::Person(_) | What::Pronoun(_))
            ),
        };
        if !may_be || self.auxiliary.is_some() {
            return false;
        }
        // Words and hyphens up to the office: `managing news editor`.
        let mut rest = token_idx + 1..text.tokens.len().min(token_idx + 1 + LONGEST);
        let is_office = |at: usize| {
            let known = lexicon::of(&text.tokens[at]);
            known.is_some_and(|word| !word.roles.is_empty() || word.unnamed && word.class.is_none())
        };
        let is_plain = |at: usize| {
            let token = &text.tokens[at];
            token.case == Case::Lower
                && token.kind == Kind::Word
                && lexicon::of(token)
                    .is_none_or(|word| word.class.is_none() && word.cues.is_empty())
        };
        let Some(office) = rest.find(|&at| is_office(at) || !is_plain(at) && !is_joined(at)) else {
            return false;
        };
        if !is_office(office) || text.tokens[office].case != Case::Lower {
            return false;
        }
        let name = self
            .names
            .partition_point(|name| name.tokens.start <= office);
        let name = self.names.get(name);
        let name = name.filter(|name| (office + 1..name.tokens.start).all(is_office));
        let behind = name.and_then(|name| text.tokens.get(name.tokens.end));
        let acts = behind
            .and_then(lexicon::of)
            .is_some_and(|word| !word.cues.is_empty());
        let is_next = office == token_idx + 1;
        match before {
            // `Orrin Bank managing director Abe`
            None if self.run.is_some() => is_next || acts,
            // `Abe, visiting minister Kishida, said`
            Some(What::Comma) => acts || is_next && name.is_none(),
            None | Some(What::Subordinator | What::And | What::Stop | What::Time) => acts,
            Some(What::According | What::Quote(_) | What::That | What::Verb(_)) => name.is_some(),
            _ => false,
        }
    }

    /// A noun, or after `to`, `will` and `did` any verb.
    #[inline]
    fn noun_or_base(&mut self, token_idx: usize, noun: bool) {
        let word = || self.text.word(token_idx);
        let form = match self.auxiliary {
            Some(auxiliary) => {
                let bare_to = auxiliary.infinitive && !auxiliary.modal;
                let takes_base = !auxiliary.be
                    && !auxiliary.have
                    && (auxiliary.modal
                        || auxiliary.does
                        || bare_to && !noun && !word().ends_with('s'));
                takes_base.then_some(Form::Base)
            }
            None => {
                // `Abe, who farms near Ames, said`
                let acts = self.run.is_none()
                    && self.last() == Some(What::Who)
                    && word().ends_with('s')
                    && !word().ends_with("ss");
                acts.then_some(Form::Third)
            }
        };
        match form.filter(|_| self.text.tokens[token_idx].case == Case::Lower) {
            Some(form) => self.verb(token_idx, token_idx + 1, form, None),
            None => self.content(token_idx, false),
        }
    }

    /// Where `according to`, or a phrase like it, ends that begins here.
    fn according(&self, token_idx: usize, word: &Word) -> Option<usize> {
        word.according.iter().find_map(|rest| {
            let end = token_idx + 1 + rest.len();
            let tokens = self.text.tokens.get(token_idx + 1..end)?;
            tokens
                .iter()
                .zip(rest)
                .all(|(token, fold)| token.fold == *fold)
                .then_some(end)
        })
    }

    /// Reads a cue that begins here if it can be a verb at this place.
    fn cue(&mut self, token_idx: usize, word: &Word) -> Option<usize> {
        let text = self.text;
        let noun_like = word.class == Some(Class::Noun);
        // `300 pledged votes`, but `in 2010 pledged`: a bare number says nothing.
        let counts = self.auxiliary.is_none()
            && self.run.as_ref().is_some_and(|run| {
                let number = text.tokens[run.tokens.start];
                run.tokens.len() == 1
                    && number.kind == Kind::Number
                    && number.end - number.start != YEAR
            });
        for cue in &word.cues {
            let end = token_idx + 1 + cue.rest.len();
            let Some(rest) = text.tokens.get(token_idx + 1..end) else {
                continue;
            };
            let same = rest
                .iter()
                .zip(&cue.rest)
                .all(|(token, fold)| token.fold == *fold);
            if same
                && !(counts && cue.form == Form::Past)
                && !self.is_hearsay(token_idx)
                && self.takes_verb(
                    cue.form,
                    noun_like && cue.rest.is_empty() && !self.leads_clause(end),
                )
            {
                self.verb(token_idx, end, cue.form, Some(cue));
                return Some(end);
            }
        }
        None
    }

    /// Whether the sentence that begins leads to a quotation behind a colon: `Answers the general amiably: “…”`.
    fn heads_quotation(&self) -> bool {
        const HEAD: usize = 16;
        let text = self.text;
        let mut ahead = self.sentence_start..text.tokens.len().min(self.sentence_start + HEAD);
        ahead.any(|at| {
            text.is(at, ":")
                && text
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.kind == Kind::Quote)
        })
    }

    /// `Abe of Quillby Estimates estimates that`: before `that`, after a name, the word is no noun.
    fn leads_clause(&self, end: usize) -> bool {
        let run = self.run.as_ref();
        // `the engineer claims that`
        let capital = run.is_some_and(|run| {
            let last = self.text.tokens[run.tokens.end - 1];
            last.case != Case::Lower && !self.capitals
                || lexicon::of(&last).is_some_and(|word| !word.roles.is_empty())
                    && !self.text.word(run.tokens.end - 1).ends_with('s')
        });
        capital && self.text.is(end, "that")
    }

    /// `Abe, said to be the richest grower`: others say it of him. `Abe said nothing`: nor does he say it.
    fn is_hearsay(&self, token_idx: usize) -> bool {
        let text = self.text;
        if !text.is(token_idx, "said") {
            return false;
        }
        let next = text.word(token_idx + 2);
        match text.word(token_idx + 1) {
            "to" if self.auxiliary.is_some() => false,
            "to" => matches!(next, "be" | "have"),
            "little" | "nothing" => {
                matches!(
                    next,
                    "" | "."
                        | ","
                        | "about"
                        | "as"
                        | "at"
                        | "before"
                        | "during"
                        | "further"
                        | "in"
                        | "more"
                        | "of"
                        | "on"
                        | "publicly"
                        | "since"
                        | "to"
                        | "until"
                        | "when"
                        | "yet"
                )
            }
            _ => false,
        }
    }

    /// Whether a verb of that form can stand after what has been read; `noun_like` where the form is a noun as well.
    fn takes_verb(&self, form: Form, noun_like: bool) -> bool {
        if let Some(auxiliary) = self.auxiliary {
            return match form {
                Form::Base => {
                    (auxiliary.modal || auxiliary.does || auxiliary.infinitive)
                        && !auxiliary.be
                        && !auxiliary.have
                }
                Form::Past | Form::Participle => {
                    auxiliary.have || auxiliary.be || auxiliary.only_not()
                }
                Form::Third => auxiliary.only_not(),
                Form::Gerund => auxiliary.be,
            };
        }
        if let Some(run) = &self.run {
            if run.open {
                return false;
            }
            return match form {
                Form::Past | Form::Gerund => true,
                Form::Participle => false,
                // `Abe claims`, not `22 Abe claims` and `the Abe claims`
                Form::Third => {
                    !noun_like
                        || run.name.is_some()
                            && run.article == Article::Indefinite
                            && self.text.tokens[run.tokens.start].kind != Kind::Number
                }
                Form::Base => !noun_like || run.name.is_some() && self.last() == Some(What::And),
            };
        }
        match self.last() {
            None
            | Some(
                What::Stop
                | What::Subordinator
                | What::That
                | What::Semicolon
                | What::Colon
                | What::Open,
            ) => {
                matches!(form, Form::Gerund | Form::Past)
                    || form == Form::Third && self.heads_quotation()
            }
            // `said retired general`: a participle before a name.
            Some(What::Verb(verb)) if verb.cue.is_some() => form == Form::Gerund,
            Some(What::Preposition | What::According) => form == Form::Gerund,
            Some(What::Pronoun(Pronoun::They | Pronoun::Other) | What::Who) => {
                form != Form::Participle
            }
            Some(What::Pronoun(_) | What::Person(_)) => {
                matches!(form, Form::Gerund | Form::Past | Form::Third)
            }
            _ => match form {
                Form::Past | Form::Gerund => true,
                Form::Third => {
                    !noun_like
                        || matches!(
                            self.last(),
                            Some(What::Comma | What::Quote(_) | What::Close)
                        )
                }
                Form::Base => !noun_like,
                Form::Participle => false,
            },
        }
    }

    fn verb(&mut self, start: usize, end: usize, form: Form, cue: Option<&Cue>) {
        self.close_run();
        let auxiliary = self.auxiliary.take();
        let known = auxiliary.unwrap_or_default();
        let passive = known.be
            && !known.have_and_be_unclear()
            && matches!(form, Form::Past | Form::Participle);
        let verb = Verb {
            cue: cue.map(|cue| cue.takes),
            addresses: cue.is_some_and(|cue| cue.addresses),
            form: if form == Form::Gerund && known.be {
                Form::Past
            } else {
                form
            },
            negated: known.negated,
            modal: known.modal,
            infinitive: known.infinitive
                || form == Form::Base && auxiliary.is_none() && self.joins_infinitive(),
            passive,
            main: start as u32,
        };
        let start = auxiliary.map_or(start, |auxiliary| auxiliary.start);
        self.push(What::Verb(verb), start..end);
    }

    /// Whether a verb that comes now is joined to an infinitive: `to raise her voice and say it louder`.
    fn joins_infinitive(&self) -> bool {
        const REACH: usize = 6;
        let Some((
            Chunk {
                what: What::And, ..
            },
            before,
        )) = self.out.split_last()
        else {
            return false;
        };
        let mut before = before.iter().rev().take(REACH).map(|chunk| chunk.what);
        let verb = before.find(|what| {
            !matches!(
                what,
                What::Noun(_) | What::Person(_) | What::Pronoun(_) | What::Preposition | What::Time
            )
        });
        matches!(verb, Some(What::Verb(verb)) if verb.infinitive)
    }

    fn helper(&mut self, token_idx: usize, class: Option<Class>) {
        self.close_run();
        if class == Some(Class::To) {
            self.close_auxiliary();
        }
        let auxiliary = self.auxiliary.get_or_insert(Auxiliary {
            start: token_idx,
            ..Auxiliary::default()
        });
        auxiliary.end = token_idx + 1;
        match class {
            Some(Class::Be | Class::BeNot) => auxiliary.be = true,
            Some(Class::Have | Class::HaveNot) => auxiliary.have = true,
            Some(Class::Do | Class::DoNot) => auxiliary.does = true,
            Some(Class::Modal | Class::ModalNot) => auxiliary.modal = true,
            Some(Class::To) => auxiliary.infinitive = true,
            _ => {}
        }
        auxiliary.negated |= matches!(
            class,
            Some(Class::Not | Class::BeNot | Class::HaveNot | Class::DoNot | Class::ModalNot)
        );
    }

    fn time(&mut self, token_idx: usize) {
        self.flush();
        if let Some(Chunk {
            what: What::Time,
            tokens,
        }) = self.out.last_mut()
        {
            tokens.end = token_idx + 1;
        } else {
            self.push(What::Time, token_idx..token_idx + 1);
        }
    }

    /// `week` is a time in `last week`, a noun in `the week`.
    fn time_noun(&mut self, token_idx: usize) {
        let text = self.text;
        let before = token_idx
            .checked_sub(1)
            .map_or("", |before| text.word(before));
        let time = matches!(
            before,
            "last"
                | "this"
                | "next"
                | "that"
                | "Last"
                | "This"
                | "earlier"
                | "each"
                | "every"
                | "late"
                | "early"
        ) || before == "past" && self.run.is_some()
            || self.run.is_none() && self.last() == Some(What::Time);
        if !time {
            return self.noun_or_base(token_idx, true);
        }
        match &mut self.run {
            Some(run) => {
                run.tokens.end = token_idx + 1;
                let n_before = token_idx - run.tokens.start - 1;
                let started = n_before == usize::from(before == "past");
                run.time = started && run.name.is_none();
                run.name = None;
                run.open = false;
                if run.time {
                    self.close_run();
                }
            }
            None => self.time(token_idx),
        }
    }
}

impl Auxiliary {
    fn only_not(self) -> bool {
        self.negated && !(self.modal || self.be || self.have || self.does || self.infinitive)
    }

    /// `he's called`: nobody knows.
    fn have_and_be_unclear(self) -> bool {
        self.be && self.have && self.end == self.start + 1
    }
}

/// The length of a year in bytes.
const YEAR: u32 = 4;

/// The token after `(ret.)`, as it stands between a rank and a name or behind them.
fn retired(text: &Text, open: usize) -> Option<usize> {
    let word = matches!(
        text.word(open + 1),
        "ret" | "ret." | "retd" | "retd." | "rtd" | "Ret" | "Ret." | "Retd" | "Rtd" | "retired"
    );
    let close = open + 2 + usize::from(text.is(open + 2, "."));
    (word && text.is(close, ")")).then_some(close + 1)
}

/// Words that are the same thing with a capital in the middle of a sentence (`He`, `The`).
fn closed_in_any_case(entry: Option<&Word>) -> bool {
    matches!(
        entry.and_then(|word| word.class),
        Some(Class::He | Class::She | Class::They | Class::OtherPronoun | Class::Determiner)
    )
}

/// `May 3`, `March 12`: months that are words as well.
fn month(text: &Text, token_idx: usize) -> bool {
    one_of!(text.fold(token_idx), "march" | "may")
        && matches!(text.word(token_idx), "May" | "March")
        && text
            .tokens
            .get(token_idx + 1)
            .is_some_and(|next| next.kind == Kind::Number)
}

fn article(letters: &[u8]) -> Article {
    match letters {
        b"the" | b"The" | b"this" | b"This" | b"these" | b"These" | b"those" | b"Those" => {
            Article::Definite
        }
        b"his" | b"His" | b"her" | b"Her" | b"its" | b"Its" | b"their" | b"Their" | b"our"
        | b"my" | b"your" | b"Our" | b"My" | b"Your" => Article::Owned,
        _ => Article::Indefinite,
    }
}
