//! Reads the sentences of every block, under the part that the block is about.

use super::command::silence;
use super::common::{act_for, shorten, uncover};
use super::introduce::one_line;
use super::structure::Kind;
use super::term::How;
use super::{Meaning, Note};
use crate::model::phrases::fold;
use crate::model::{Company, Evidence, LinkKind, Unread};
use crate::read::prose::{
    Acted, Context, Folded, FoundLink, Kind as TokenKind, Lexicon, Markers, Plain, Role, Said,
    Token, draws, sentence, tokens,
};
use std::collections::{BTreeMap, BTreeSet};

/// Tokens that a sentence may have: what is longer is a dump, and no prose.
const LONGEST: usize = 400;

/// What a sentence is about.
#[derive(Default)]
struct About {
    /// One entity.
    topic: Option<usize>,
    /// Or several.
    several: Vec<usize>,
    /// Who acts upon what, as it says last.
    link: Option<Acted>,
}

/// What a text was about last, and who acted upon what there: the next step of a list goes on with it.
type Passed = (Option<usize>, Option<Acted>);

impl Note<'_> {
    /// Reads all prose.
    pub(super) fn read_sentences(&mut self) {
        self.listen();
        let mut passed = (None, None);
        let mut list = 0;
        for at in 1..self.blocks.len() {
            let block = &self.blocks[at];
            let prose = match block.kind {
                // *Basics → Advanced* is a title.
                Kind::Section(_) => match &self.terms[at] {
                    Some(term) => term.rest < block.text.text.len(),
                    None => !draws(&block.text.text),
                },
                Kind::Item(_) => !self.is_reference(at),
                Kind::Paragraph | Kind::Definition => true,
                Kind::Row => draws(&block.text.text),
                Kind::Root | Kind::Columns(_) | Kind::Code(_) | Kind::Comment => false,
            };
            if !prose {
                passed = (None, None);
                continue;
            }
            // What one step of a list is about, the next may go on with.
            let continues = block.list != 0 && block.list == list;
            list = block.list;
            if !continues {
                passed = (None, None);
            }
            self.reading = at;
            passed = self.read_block(at, passed);
        }
    }

    /// Notes which of the names that the note introduces its prose uses.
    fn listen(&mut self) {
        if self.book.entities.len() == self.book.knowledge.parts.len() {
            return;
        }
        self.hear();
        self.kin = self.find_kin();
    }

    fn hear(&mut self) {
        for block in &self.blocks {
            if !matches!(block.kind, Kind::Item(_) | Kind::Paragraph) {
                continue;
            }
            let folded = Folded::new(&block.text.text);
            self.book
                .spoken(&folded, &block.text.text, &mut self.spoken);
        }
    }

    /// The blocks most of whose sections are headed by components that are known or spoken of.
    fn find_kin(&self) -> BTreeSet<usize> {
        let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for at in 1..self.blocks.len() {
            if !matches!(self.blocks[at].kind, Kind::Section(_)) {
                continue;
            }
            let (all, parts) = counts.entry(self.blocks[at].parent).or_default();
            *all += 1;
            if let Meaning::Part(entity) = self.meanings[at] {
                let own = &self.book.entities[entity];
                let part = own.live || self.spoken.contains(&entity);
                *parts += usize::from(part && !own.is_group && !self.book.is_object(entity));
            }
        }
        counts
            .into_iter()
            .filter(|(_, (all, parts))| *parts >= 2 && parts * 2 >= *all)
            .map(|(parent, _)| parent)
            .collect()
    }

    /// Whether a heading that nobody knows stands among components.
    fn is_kin(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        matches!(block.kind, Kind::Section(_))
            && self.kin.contains(&block.parent)
            && block.text.text.split_whitespace().count() <= 4
    }

    /// The part that the words of a block are about.
    pub(super) fn subject(&self, at: usize) -> Option<usize> {
        let mut block = at;
        while block != 0 {
            if !self.leads[block]
                && !self.begins_with_other(block)
                && let Meaning::Part(entity) = self.meanings[block]
            {
                // A heading that nobody knows is a part only where the prose speaks of it too.
                let heading = self.terms[block]
                    .as_ref()
                    .is_some_and(|term| term.how == How::Heading);
                let part = !heading
                    || self.is_kin(block)
                    || self.is_titled_by_kind(block)
                    || self.is_known(entity)
                    || self.book.entities[entity].live
                    || self.spoken.contains(&entity);
                return part.then_some(entity);
            }
            block = self.blocks[block].parent;
        }
        None
    }

    /// *`A` を通して …*: where particles mark, they tell that a sentence is not about the name that it begins with.
    fn begins_with_other(&self, at: usize) -> bool {
        let Some(term) = self.terms[at].as_ref().filter(|term| term.is_of_sentence()) else {
            return false;
        };
        let behind = self.blocks[at].text.text.get(term.range.end..);
        let behind = fold(behind.unwrap_or_default());
        let behind = behind.trim_start_matches(|sign: char| !sign.is_alphanumeric());
        let mut particles = self.lexicon.subject.iter();
        self.lexicon.markers == Markers::After
            && !particles.any(|particle| behind.starts_with(particle.as_str()))
    }

    /// Reads the sentences of one block; gives what the last one was about.
    fn read_block(&mut self, at: usize, (topic, link): Passed) -> Passed {
        let block = &self.blocks[at];
        let own = matches!(self.meanings[at], Meaning::Part(_));
        let start = match &self.terms[at] {
            Some(term)
                if self.meanings[at] != Meaning::None
                    && term.how != How::Bare
                    && !self.leads[at] =>
            {
                term.rest
            }
            _ => 0,
        };
        let plain = block.text.slice(start..block.text.text.len());
        let step = match block.kind {
            Kind::Item(number) => number.and_then(|number| u32::try_from(number).ok()),
            _ => None,
        };
        let definition = own && start > 0
            || block.first && matches!(self.meanings[block.parent], Meaning::Part(_));
        self.defining = own && start > 0 || self.blocks[block.parent].kind == Kind::Row;
        let context = Context {
            subject: self
                .subject(at)
                .filter(|subject| !self.book.is_object(*subject)),
            definition,
            topic,
            several: &[],
            link,
        };
        if let Some((lead, announced)) = self.announced_of(at) {
            let context = Context {
                subject: self
                    .subject(lead)
                    .filter(|subject| !self.book.is_object(*subject)),
                ..context
            };
            self.read_text(&announced, context, step);
        }
        if let Some(waited) = self.waited_for(at) {
            let read = |plain: &Plain| self.read_text(plain, context, step);
            return waited.iter().map(read).last().unwrap_or_default();
        }
        self.read_text(&plain, context, step)
    }

    /// Reads a text sentence by sentence.
    fn read_text(&mut self, plain: &Plain, context: Context<'_>, step: Option<u32>) -> Passed {
        let folded = Folded::new(&plain.text);
        let lexicon = self.lexicon;
        let mut all = tokens(&folded, &plain.text, lexicon, &self.book);
        silence(&mut all, &folded, &self.book);
        let texts = (&folded, plain.text.as_str());
        uncover(&mut all, texts, &self.book, context.subject);
        shorten(&mut all, texts, &self.book, context.subject);
        act_for(&mut all, &folded, (&self.book, lexicon), context.subject);
        let english = self.book.lexicons[1];
        let mut again: Option<Vec<Token>> = None;
        let mut context = context;
        let mut several: Vec<usize> = Vec::new();
        for range in sentences(&all) {
            let Some(own) = all.get(range).filter(|own| own.len() <= LONGEST) else {
                several = Vec::new();
                continue;
            };
            let spoken = several;
            let noun = begins_with_traffic(own, lexicon);
            let context_here = Context {
                several: &spoken,
                subject: context
                    .subject
                    .filter(|about| !noun || self.is_sure(*about)),
                ..context
            };
            let said = self.read_sentence(plain, &folded, own, lexicon, (context_here, step));
            let named = own.iter().any(|token| token.name().is_some());
            let mixed = || named && english.code != lexicon.code && acts(own, &folded, english);
            let about = match said {
                Err(other) if mixed() => {
                    // No word of the note's own language says anything: many notes mix in English.
                    let again = again.get_or_insert_with(|| {
                        let mut again = tokens(&folded, &plain.text, english, &self.book);
                        silence(&mut again, &folded, &self.book);
                        again
                    });
                    let (Some(first), Some(last)) = (own.first(), own.last()) else {
                        several = Vec::new();
                        continue;
                    };
                    let place = |byte| again.partition_point(|token| token.range.start < byte);
                    let (start, mut end) = (place(first.range.start), place(last.range.end));
                    while end > start && again[end - 1].range.end > last.range.end {
                        end -= 1;
                    }
                    let within = again.get(start..end).unwrap_or_default();
                    self.read_sentence(plain, &folded, within, english, (context_here, step))
                        .unwrap_or(other)
                }
                Ok(said) | Err(said) => said,
            };
            several = about.several;
            context.link = about.link;
            // *The daemon gets it*: about something that is no name.
            let other = begins_with_noun(own);
            let kept = context
                .topic
                .filter(|_| context.subject.is_none() && !other);
            context.topic = about.topic.or(kept);
            context.definition = false;
        }
        (context.topic, context.link)
    }

    /// Reads one sentence: `Err` where no word of the lexicon's said anything.
    #[expect(
        clippy::too_many_arguments,
        reason = "a sentence, and all that it stands in"
    )]
    fn read_sentence(
        &mut self,
        plain: &Plain,
        folded: &Folded,
        own: &[Token],
        lexicon: &Lexicon,
        (context, step): (Context<'_>, Option<u32>),
    ) -> Result<About, About> {
        let (Some(first), Some(last)) = (own.first(), own.last()) else {
            return Err(About::default());
        };
        let range = folded.plain(&(first.range.start..last.range.end));
        let words = || one_line(plain.text.get(range.clone()).unwrap_or_default());
        let span = self.sources.span(self.id, plain.source_range(&range));
        if self.is_told(context.subject, own, folded) {
            self.mentions(plain, folded, own);
            self.unread(
                own,
                span,
                &words,
                Some("the sentence tells the reader to do it"),
            );
            return Ok(About::default());
        }
        let book = &self.book;
        let may_link = |entity: usize, kind: LinkKind| {
            !book.is_object(entity) && (!book.entities[entity].is_group || talks(kind))
        };
        let found = sentence(folded, own, lexicon, context, &may_link);
        let evidence = |pattern: Option<String>| {
            let mut evidence = Evidence::written(span, words());
            evidence.pattern = pattern.map(Into::into);
            evidence
        };
        self.mentions(plain, folded, own);
        let (sources, id) = (self.sources, self.id);
        let group = |who: &usize| self.book.entities[*who].is_group;
        let about = context.topic.filter(group).or(context.subject);
        self.compose(own, about, &|token| {
            let range = folded.plain(&token.range);
            let words = plain.text.get(range.clone()).unwrap_or_default();
            Evidence::written(sources.span(id, plain.source_range(&range)), words)
        });
        let silent = found.links.is_empty() && found.rules.is_empty();
        if !found.why.is_some_and(|why| why.contains("denies")) {
            self.keep_company(own, about, silent);
        }
        if silent {
            self.unread(own, span, &words, found.why);
        }
        let spoke = !silent || found.why.is_some();
        let about = About {
            topic: found.topic,
            several: found.several,
            link: found
                .links
                .last()
                .map(|link| (link.from, link.to, link.kind)),
        };
        for link in found.links {
            let label = label(plain, folded, &link);
            let predicate = link.label.as_ref().filter(|_| link.said != Said::Written);
            let pattern =
                predicate.map(|label| format!("{}:{}", lexicon.code, folded.words(label)));
            self.links.push((link, step, label, evidence(pattern)));
        }
        for rule in found.rules {
            // *Controllers never talk to each other*: that says nothing of the part which they run in.
            let same = rule.subject.filter(|_| rule.subject == rule.object);
            if same.is_none_or(|part| self.book.within(part).is_empty()) {
                self.rules.push((rule, evidence(None)));
            }
        }
        if spoke { Ok(about) } else { Err(about) }
    }

    /// Notes which known parts a sentence speaks of.
    fn mentions(&mut self, plain: &Plain, folded: &Folded, own: &[Token]) {
        for token in own {
            let Some(mention) = token.name() else {
                continue;
            };
            let bare = token.range.start..token.range.start + mention.bare;
            let range = folded.plain(&bare);
            let span = self.sources.span(self.id, plain.source_range(&range));
            let words = plain.text.get(range).unwrap_or_default();
            let joins = self
                .book
                .knowledge
                .parts
                .get(mention.entity)
                .is_some_and(|part| part.joins);
            if self.is_known(mention.entity) {
                self.heard.push((mention.entity, self.reading));
            }
            let entity = &mut self.book.entities[mention.entity];
            entity.place = entity.place.min(span.start);
            entity.live |= joins;
            if !entity.introduced && entity.evidence.is_empty() {
                entity.evidence.push(Evidence::written(span, words));
            }
            if entity.label.is_none() {
                entity.label = Some(words.to_owned());
            } else if entity.label.as_deref() != Some(words) {
                super::introduce::add_alias(&mut entity.aliases, words);
            }
        }
    }

    /// Notes which parts a sentence speaks of, where they are several.
    fn keep_company(&mut self, own: &[Token], subject: Option<usize>, silent: bool) {
        let mut entities: Vec<usize> = subject.into_iter().collect();
        for mention in own.iter().filter_map(Token::name) {
            if !self.book.is_object(mention.entity) && !entities.contains(&mention.entity) {
                entities.push(mention.entity);
            }
        }
        if entities.len() >= 2 {
            let label = |entity: &usize| self.book.entities[*entity].label.clone();
            let parts = entities.iter().filter_map(label).collect();
            self.company.push(Company { parts, silent });
        }
    }

    fn unread(
        &mut self,
        own: &[Token],
        span: crate::model::Span,
        words: &dyn Fn() -> String,
        why: Option<&'static str>,
    ) {
        let mut names: Vec<String> = Vec::new();
        for token in own {
            if let Some(mention) = token.name()
                && !self.book.is_object(mention.entity)
                && let Some(label) = &self.book.entities[mention.entity].label
                && !names.contains(label)
            {
                names.push(label.clone());
            }
        }
        let told = self.unread.last().is_some_and(|last| last.span == span);
        if names.len() >= 2 && !told {
            self.unread.push(Unread {
                span,
                words: words(),
                why: why
                    .unwrap_or("no word that the lexicon knows says that they communicate")
                    .to_owned(),
                names,
            });
        }
    }
}

/// Whether a sentence begins with an article and a word that nobody knows.
fn begins_with_noun(own: &[Token]) -> bool {
    let mut words = own.iter();
    words.next().is_some_and(|first| first.is(Role::Article))
        && words.next().is_some_and(Token::is_unknown)
}

/// Whether a sentence has a word, or a sign, that says in a language what parts do.
fn acts(own: &[Token], folded: &Folded, lexicon: &Lexicon) -> bool {
    own.iter().any(|token| match token.kind {
        TokenKind::Word => {
            let mut known = lexicon.phrases.starting(folded.from(token.range.start));
            known.any(|(_, entry)| matches!(entry.role, Role::Predicate(_)))
        }
        kind => matches!(kind, TokenKind::Arrow(_)),
    })
}

/// *Integration with A*: whether a sentence begins with a noun for what parts do to each other.
fn begins_with_traffic(own: &[Token], lexicon: &Lexicon) -> bool {
    let mut words = own.iter().filter(|token| !token.is(Role::Light));
    words.next().is_some_and(|first| {
        let mut rows = first.predicates(lexicon).peekable();
        rows.peek().is_some() && rows.all(|row| row.noun)
    })
}

/// Whether a whole group can do it: groups talk, but nobody schedules onto a box of the picture.
fn talks(kind: LinkKind) -> bool {
    matches!(
        kind,
        LinkKind::Communicates
            | LinkKind::Connects
            | LinkKind::Sends
            | LinkKind::Notifies
            | LinkKind::Reads
            | LinkKind::Watches
            | LinkKind::Forwards
    )
}

/// The words of a predicate as the note writes them.
fn label(plain: &Plain, folded: &Folded, link: &FoundLink) -> Option<String> {
    let range = folded.plain(link.label.as_ref()?);
    let written = plain.text.get(range)?;
    let words = written.to_lowercase();
    Some(match &link.said {
        Said::Written => written.to_owned(),
        Said::Plain => words,
        Said::With(rest) => format!("{words} {rest}"),
        Said::Instead(other) => other.clone(),
    })
}

/// Where the sentences of a text are.
fn sentences(tokens: &[Token]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        if matches!(token.kind, TokenKind::Stop | TokenKind::Question) {
            found.push(start..at + 1);
            start = at + 1;
        }
    }
    found.push(start..tokens.len());
    found.retain(|range| !range.is_empty());
    found
}
