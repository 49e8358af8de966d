//! Which groups hold the components that the blocks introduce.

use super::introduce::add_alias;
use super::structure::Kind;
use super::term::How;
use super::{Meaning, Note};
use crate::model::Evidence;
use crate::model::phrases::fold;
use crate::read::prose::{Folded, Nameless, Role, Token, tokens};

/// Headings that a heading is compared with.
const MOST_TWINS: usize = 40;

impl Note<'_> {
    /// *- **Registration:** it asks …* under *kubelet*: whether an entry says what a part does that has no parts of its own.
    pub(super) fn is_aspect(&self, at: usize) -> bool {
        let mut block = at;
        while block != 0 && !matches!(self.blocks[at].kind, Kind::Section(_)) {
            block = self.blocks[block].parent;
            if let Meaning::Part(entity) = self.meanings[block] {
                let part = self.book.knowledge.parts.get(entity);
                return part.is_some_and(|part| part.joins && !part.is_group);
            }
            if self.says_components(block) {
                return false;
            }
        }
        false
    }

    /// The nearest block above that may be a group: a known one, or a heading that nobody knows.
    pub(super) fn holder(&self, at: usize) -> Option<usize> {
        let mut above = self.blocks[at].parent;
        while above != 0 {
            match self.meanings[above] {
                Meaning::Part(entity) if self.book.entities[entity].is_group => return Some(above),
                Meaning::Part(entity) if self.book.entities[entity].live => return None,
                Meaning::Part(entity) if !self.is_known(entity) => return Some(above),
                Meaning::Part(_) => return None,
                Meaning::None | Meaning::Label => above = self.blocks[above].parent,
            }
        }
        None
    }

    /// Makes groups of the blocks that hold components.
    pub(super) fn group(&mut self) {
        let mut held: Vec<Vec<usize>> = vec![Vec::new(); self.blocks.len()];
        let named = (1..self.blocks.len()).filter_map(|at| match self.meanings[at] {
            Meaning::Part(entity) => Some((at, entity)),
            Meaning::None | Meaning::Label => None,
        });
        let named: Vec<(usize, usize)> = named.chain(self.shared.iter().copied()).collect();
        for (at, entity) in named {
            let part = &self.book.entities[entity];
            if (part.live && !part.is_group)
                && let Some(holder) = self.holder(at)
            {
                if self.leads[self.blocks[at].parent]
                    && self.says_components(self.blocks[at].parent)
                {
                    self.announced.insert(holder);
                }
                if !held[holder].contains(&entity) {
                    held[holder].push(entity);
                }
            }
        }
        let title = self.title_block();
        let full: Vec<(usize, String)> = (1..self.blocks.len())
            .filter(|at| held[*at].len() >= 2 && self.can_head(*at))
            .map(|at| (at, fold(&self.blocks[at].text.text).into_owned()))
            .collect();
        for (at, parts) in held.iter().enumerate() {
            let Meaning::Part(group) = self.meanings[at] else {
                continue;
            };
            let known = self.book.entities[group].is_group;
            let announced = parts.is_empty() || self.announced.contains(&at);
            let enough =
                (parts.len() >= 2 || announced || parts.len() == 1 && self.has_twin(at, &full))
                    && Some(at) != title
                    && self.can_head(at)
                    && !self.tells(at)
                    && !self.acts(at);
            if parts.is_empty() || !(known || enough) {
                continue;
            }
            // A list of what the sections before introduced is no group of its own.
            let elsewhere = parts.iter().filter(|part| {
                let parent = self.book.entities[**part].parent;
                parent.is_some_and(|parent| parent != group)
            });
            if !known && elsewhere.count() * 2 > parts.len() {
                continue;
            }
            for part in parts {
                let parent = &mut self.book.entities[*part].parent;
                if parent.is_none() && *part != group {
                    *parent = Some(group);
                }
            }
            self.make_group(at, group);
        }
        self.nest(&held);
    }

    /// *Request flow*: whether a heading's noun, its last word or its first, is one for what is told under it.
    fn tells(&self, at: usize) -> bool {
        let term = self.terms[at].as_ref();
        let name = term.and_then(|term| self.blocks[at].text.text.get(term.range.clone()));
        let name = fold(name.unwrap_or_default());
        let is = |word: Option<&str>, role| word.is_some_and(|word| self.has_role(word, role));
        let words: Vec<&str> = name.split(' ').collect();
        // *Memory usage in Spark*: what goes on behind a marker says of what.
        let marker = (1..words.len()).find(|at| is(Some(words[*at]), Role::Preposition));
        let head = words
            .get(..marker.unwrap_or(words.len()))
            .unwrap_or_default();
        let (first, last) = (head.first().copied(), head.last().copied());
        let [own, english] = self.book.lexicons;
        let first_counts = own.code != english.code;
        let first_tells = first_counts && (is(first, Role::Kind) || is(first, Role::Group));
        let last_tells = is(last, Role::Kind) || is(last, Role::Group);
        is(last, Role::Label) && !first_tells
            || first_counts && is(first, Role::Label) && !last_tells
    }

    /// *Netflix uses microservices*, *config.yml*: whether a heading says what somebody does, or has signs that no name of a group has.
    fn acts(&self, at: usize) -> bool {
        let text = &self.blocks[at].text.text;
        let term = self.terms[at].as_ref();
        let name = term.and_then(|term| text.get(term.range.clone()));
        let name = name.unwrap_or(text);
        let folded = Folded::new(name);
        let lexicon = self.lexicon;
        let words = tokens(&folded, name, lexicon, &Nameless);
        let verb = |word: &Token| {
            word.predicates(lexicon).any(|row| !row.noun)
                && !word.is(Role::Kind)
                && !word.is(Role::Content)
                && !word.is(Role::Light)
        };
        // *docker-compose.yml*, but not *Node.js*.
        let is_file = |word: &str| {
            let mut parts = word.split('.').skip(1);
            word.starts_with(char::is_lowercase)
                && parts.any(|end| end.starts_with(char::is_alphanumeric))
        };
        let file = name.split_whitespace().any(is_file);
        // *Control plane*, *message store*: beside others, a word that may be a verb is none at either end.
        let last = words.len().saturating_sub(1);
        let inside = words.iter().take(last).skip(1).any(verb);
        file || inside || name.contains(['#', '?', '=', '`', '→'])
    }

    /// *Data plane* beside *control plane*: whether one of the headings `full`, which hold several parts, stands beside this one and shares a word with it.
    fn has_twin(&self, at: usize, full: &[(usize, String)]) -> bool {
        let block = &self.blocks[at];
        let own = fold(&block.text.text);
        let shares = |other: &str| {
            let common = own
                .chars()
                .rev()
                .zip(other.chars().rev())
                .take_while(|(a, b)| a == b)
                .count();
            own.split(' ')
                .any(|word| word.chars().count() > 3 && other.split(' ').any(|other| other == word))
                || self.lexicon.unspaced && common >= 2
        };
        full.iter().take(MOST_TWINS).any(|(other, name)| {
            *other != at
                && self.blocks[*other].parent == block.parent
                && self.blocks[*other].kind == block.kind
                && shares(name)
        })
    }

    /// Whether a heading that nobody knows may name a group: it is a heading or announces its own list.
    pub(super) fn can_head(&self, at: usize) -> bool {
        matches!(self.blocks[at].kind, Kind::Section(_) | Kind::Item(_))
            || self.terms[at]
                .as_ref()
                .is_some_and(|term| term.how == How::Heading)
    }

    /// The block that is the title of the note: the only heading of the highest level, or one before all others, unless it names a part as they do.
    pub(super) fn title_block(&self) -> Option<usize> {
        let level = |block: usize| match self.blocks[block].kind {
            Kind::Section(level) => Some(level),
            _ => None,
        };
        let highest = (0..self.blocks.len()).filter_map(level).min()?;
        let mut top = (0..self.blocks.len()).filter(|block| level(*block) == Some(highest));
        let first = top.next()?;
        let names_part = |block: usize| {
            let text = &self.blocks[block].text.text;
            text.split_whitespace().count() <= 3 && self.ends_in_kind(text)
        };
        if names_part(first) && top.clone().any(names_part) {
            return None;
        }
        // A first heading with nothing under it heads all.
        let empty = matches!(self.blocks.get(first + 1), Some(next) if next.kind == self.blocks[first].kind);
        (highest == 1 || first == 1 && empty || top.next().is_none()).then_some(first)
    }

    pub(super) fn make_group(&mut self, at: usize, group: usize) {
        let block = &self.blocks[at];
        let range = match &self.terms[at] {
            Some(term) if !self.leads[at] => term.range.clone(),
            _ => self
                .mention_in(at, group)
                .unwrap_or(0..block.text.text.len()),
        };
        let name = block
            .text
            .text
            .get(range.clone())
            .unwrap_or_default()
            .to_owned();
        let span = self.sources.span(self.id, block.text.source_range(&range));
        let stripped = self.book.strip(&fold(&name));
        let own = &mut self.book.entities[group];
        own.is_group = true;
        own.live = true;
        own.introduced = true;
        own.place = own.place.min(span.start);
        let said = Evidence::written(span, name.as_str());
        if !own.evidence.contains(&said) {
            own.evidence.push(said);
        }
        match &own.label {
            None => {
                let lower = fold(&name);
                if !stripped.is_empty() && stripped != lower {
                    // `Control Plane Components` is called `Control Plane` too.
                    let kept = part_of(&name, &stripped).unwrap_or(stripped);
                    add_alias(&mut own.aliases, &kept);
                }
                own.label = Some(name);
            }
            Some(label) if *label != name => add_alias(&mut own.aliases, &name),
            Some(_) => {}
        }
    }

    /// Where the text of a block names an entity.
    pub(super) fn mention_in(&self, at: usize, entity: usize) -> Option<std::ops::Range<usize>> {
        let text = &self.blocks[at].text.text;
        let folded = Folded::new(text);
        tokens(&folded, text, self.lexicon, &self.book)
            .iter()
            .rfind(|token| token.name().is_some_and(|mention| mention.entity == entity))
            .map(|token| folded.plain(&token.range))
    }

    /// Puts groups whose headings stand under another group's into it.
    pub(super) fn nest(&mut self, held: &[Vec<usize>]) {
        let title = self.title_block();
        for (at, parts) in held.iter().enumerate().skip(1) {
            let Meaning::Part(group) = self.meanings[at] else {
                continue;
            };
            if !self.book.entities[group].is_group
                || !self.book.entities[group].live
                || parts.is_empty()
            {
                continue;
            }
            let Some(holder) = self.holder(at) else {
                continue;
            };
            let Meaning::Part(outer) = self.meanings[holder] else {
                continue;
            };
            let fits = outer != group
                && self.book.entities[outer].is_group
                && self.book.entities[group].parent.is_none()
                && !self.within(outer, group);
            if fits && Some(holder) != title {
                self.book.entities[group].parent = Some(outer);
                if !self.book.entities[outer].live {
                    self.make_group(holder, outer);
                }
            }
        }
    }

    /// Whether `inner` lies in `outer` already.
    pub(super) fn within(&self, inner: usize, outer: usize) -> bool {
        let mut at = Some(inner);
        for _ in 0..self.book.entities.len() {
            match at {
                Some(entity) if entity == outer => return true,
                Some(entity) => at = self.book.entities[entity].parent,
                None => return false,
            }
        }
        false
    }
}

/// The words of `name` that `folded` is the folded form of.
pub(super) fn part_of(name: &str, folded: &str) -> Option<String> {
    let text = Folded::new(name);
    let start = text.text.find(folded)?;
    name.get(text.plain(&(start..start + folded.len())))
        .map(str::to_owned)
}
