//! Which entities the blocks of a note introduce, and which groups hold them.

use super::clause::{describes, is_clause, joins_several};
use super::emphasis::{is_identifier, is_protocol};
use super::hold::part_of;
use super::lines::are_sentences;
use super::structure::Kind;
use super::term::{How, Term, ends_in_deed, ends_in_label, is_deed, is_label, term};
use super::{Meaning, Note};
use crate::model::Evidence;
use crate::model::phrases::fold;
use crate::read::prose::{Folded, Role, Token, first_tokens, tokens};

/// Words that the heading of a group may have.
const TITLE: usize = 6;

impl Note<'_> {
    /// Finds what the blocks introduce.
    pub(super) fn introduce(&mut self) {
        self.join_lines();
        for at in 0..self.blocks.len() {
            self.terms[at] = term(&self.blocks[at], self.book.lexicons);
        }
        self.bare_names();
        self.adopt();
        self.read_leads();
        self.find_deeds();
        let title = self.title_block();
        for at in 0..self.blocks.len() {
            if !self.leads[at] {
                self.meanings[at] = self.meaning(at, title == Some(at));
            }
        }
        self.share_headings();
        self.flatten();
        self.emphasised();
        self.enumerate();
        self.bare_kinds();
        self.name_again();
        self.book.close();
        self.accept();
        self.group();
    }

    /// A line may end within a sentence; in scripts without blanks, where the author ends sentences with full stops.
    fn join_lines(&mut self) {
        for block in &mut self.blocks {
            if matches!(block.kind, Kind::Code(_)) || !block.text.text.contains('\n') {
                continue;
            }
            let stopped = block.text.text.trim_end().ends_with(['。', '.', '！', '!']);
            let joins = if self.lexicon.unspaced {
                stopped
            } else {
                !are_sentences(&block.text.text)
            };
            if joins {
                block.text.text = block.text.text.replace('\n', " ");
            }
        }
    }

    /// What a block is about.
    fn meaning(&mut self, at: usize, is_title: bool) -> Meaning {
        let Some(term) = self.terms[at].clone() else {
            return Meaning::None;
        };
        let text = self.blocks[at].text.text.clone();
        let name = text.get(term.range.clone()).unwrap_or_default();
        let also = term.also.clone().and_then(|also| text.get(also));
        let section = matches!(self.blocks[at].kind, Kind::Section(_));
        let own = self.book.known(name);
        // *docker-shim (Docker)* is a part of its own.
        let also_known = also.filter(|_| !(is_identifier(name) && name.contains('-')));
        let known = own
            .or_else(|| also_known.and_then(|also| self.book.known(also)))
            .or_else(|| self.book.meant(name));
        let known = known.or_else(|| self.of_its_field(at, name));
        let waits = known.is_none() && !section && self.waits(name) && !self.is_among_names(at);
        let known = known.or_else(|| self.called(at, &term).filter(|_| !waits));
        let label = || {
            waits
                || is_label(name, self.book.lexicons)
                || section && ends_in_label(name, self.book.lexicons)
                || !section && ends_in_deed(name, self.book.lexicons)
                || is_protocol(name)
        };
        if known.is_none() && term.how != How::Bare && self.is_aspect(at) {
            return Meaning::Label;
        }
        // *Upgrade the kubelet on every node*, though it names one.
        let told = || own.is_none() && is_deed(name, self.book.lexicons);
        if known.is_none() && label() || told() {
            return Meaning::Label;
        }
        // A heading that joins several may still name the group of them.
        let clause = || {
            is_clause(name, self.book.lexicons)
                || !section
                    && (joins_several(name, self.book.lexicons)
                        || describes(name, self.book.lexicons))
        };
        if own.is_none() && clause() {
            return Meaning::None;
        }
        let bare = term.how == How::Bare;
        let item = matches!(self.blocks[at].kind, Kind::Item(_));
        if bare && !item && known.is_none_or(|known| self.book.entities[known].is_group) {
            return Meaning::None;
        }
        // A paragraph that goes on behind its first, emphasised words is a sentence about what is known.
        let sentence = self.blocks[at].kind == Kind::Paragraph && term.is_of_sentence();
        if sentence && known.is_none_or(|known| self.book.entities[known].is_group) {
            return Meaning::None;
        }
        let paragraph = self.blocks[at].kind == Kind::Paragraph && term.how == How::Separated;
        let entity = match known {
            // *Kafka architecture* is what the note is about, not a part of it.
            Some(known) if section && self.is_whole(known, name) => None,
            Some(known) if section && self.is_all(known, name) => None,
            Some(known) => Some(known),
            // The title names the whole, not a part of it.
            None if is_title => None,
            // A paragraph with a colon is more often a sentence than a name.
            None if paragraph && name.split_whitespace().count() > 3 => None,
            None if bare => self.listed(at, name),
            None if term.how == How::Heading && self.names_in(name) > 0 => None,
            // What needs so many words is a title, and what lists things names none of them.
            None if section && name.split_whitespace().count() > TITLE => None,
            None if section && name.contains([',', '，', '、']) => None,
            None if section && self.names_several(name) => None,
            // *Kafka architecture*, wherever it stands.
            None if section && self.ends_generic(name) => None,
            None => self.book.own(name),
        };
        let Some(entity) = entity else {
            return Meaning::None;
        };
        if let Some(also) =
            also.filter(|also| also.split_whitespace().count() <= 4 && !also.contains(','))
            && self.book.known(also).is_none_or(|other| other == entity)
            && !is_label(also, self.book.lexicons)
        {
            self.book.name(also, entity);
            let also = also.to_owned();
            add_alias(&mut self.book.entities[entity].aliases, &also);
        }
        Meaning::Part(entity)
    }

    /// *Broker*, where the note speaks of Kafka brokers: the part that a heading or entry introduces under the short form of its name.
    fn of_its_field(&mut self, at: usize, name: &str) -> Option<usize> {
        let bare = self.terms[at]
            .as_ref()
            .is_some_and(|term| term.how == How::Bare || term.is_of_sentence());
        let known = self.book.of_its_field(name).filter(|_| !bare)?;
        self.book.name(name, known);
        Some(known)
    }

    /// Whether a title that says more than the name of a known part means a whole system by it.
    fn is_whole(&self, known: usize, title: &str) -> bool {
        let part = self.book.knowledge.parts.get(known);
        part.is_some_and(|part| !part.joins && !part.is_group)
            && self.book.strip(&fold(title)) != fold(title)
    }

    /// *Cluster architecture*, *the components of the cluster*: whether a heading that says more than the name of a group means the one that holds all others.
    fn is_all(&self, known: usize, heading: &str) -> bool {
        let part = self.book.knowledge.parts.get(known);
        let holds_groups = part.is_some_and(|part| {
            let mut parts = self.book.knowledge.parts.iter();
            part.is_group
                && parts.any(|other| other.is_group && other.group.as_ref() == Some(&part.id))
        });
        holds_groups && self.book.strip(&fold(heading)) != fold(heading)
    }

    /// Whether the last word of a name says nothing of it: *the overview*, *the architecture*.
    fn ends_generic(&self, name: &str) -> bool {
        let folded = fold(name);
        let last = folded.rsplit(' ').next().unwrap_or_default();
        folded.contains(' ')
            && self.has_role(last, Role::Generic)
            && !self.has_role(last, Role::Kind)
    }

    /// *Node agent – kubelet*: the known part whose name is all that is said of an entry.
    fn called(&self, at: usize, term: &Term) -> Option<usize> {
        let block = &self.blocks[at];
        if term.how != How::Separated && term.how != How::Strong || term.is_of_sentence() {
            return None;
        }
        let said = block
            .text
            .text
            .get(term.rest..)?
            .trim()
            .trim_end_matches('.');
        if said.is_empty() || said.split_whitespace().count() > 3 {
            return None;
        }
        let known = self.book.known(said)?;
        let part = self.book.knowledge.parts.get(known)?;
        (part.joins && !part.is_group && fold(said) == self.book.strip(&fold(said)))
            .then_some(known)
    }

    /// What an item that is a name and nothing else introduces: in a list of components only.
    fn listed(&mut self, at: usize, name: &str) -> Option<usize> {
        let parent = self.blocks[at].parent;
        let in_group = match self.meanings[parent] {
            Meaning::Part(entity) => self.book.entities[entity].is_group,
            Meaning::Label | Meaning::None => self.says_components(parent),
        };
        let folded = Folded::new(name);
        let own = tokens(&folded, name, self.lexicon, &self.book);
        let mut known = own.iter().filter_map(Token::name);
        if let (true, Some(mention), None) = (in_group, known.next(), known.next())
            && !self.book.is_object(mention.entity)
            && !self.book.entities[mention.entity].is_group
        {
            // *The etcd store*: what is known is what is meant.
            return Some(mention.entity);
        }
        if self.deeds.contains(&(parent, self.blocks[at].list)) {
            return None;
        }
        let says = says_something(&own) && !self.is_kind_of(name);
        // Outside of lists of components a few words may be a name, if the prose uses them as one.
        let short = in_group || name.split_whitespace().count() <= 3;
        if says || !short {
            None
        } else {
            self.book.own(name)
        }
    }

    /// Finds the lists of deeds: *manages the cluster*, *plans Pods*. One verb tells what the other entries are.
    fn find_deeds(&mut self) {
        for at in 1..self.blocks.len() {
            let block = &self.blocks[at];
            let bare = self.terms[at]
                .as_ref()
                .is_none_or(|term| term.how == How::Bare);
            if !bare || !matches!(block.kind, Kind::Item(_)) {
                continue;
            }
            let text = &block.text.text;
            let folded = Folded::new(text);
            let own = first_tokens(1, &folded, text, self.lexicon, &self.book);
            let first = own.first().is_some_and(|first| first.name().is_none());
            if first && says_something(&own) && !self.is_kind_of(text) {
                self.deeds.insert((block.parent, block.list));
            }
        }
    }

    /// *Store gateway*: whether a word or two say what kind of a gateway it is, though the first may be a verb.
    fn is_kind_of(&self, name: &str) -> bool {
        let words = name.split_whitespace().count();
        (2..=3).contains(&words) && self.ends_in_kind(name) && !is_deed(name, self.book.lexicons)
    }

    /// How many known names stand in a text.
    fn names_in(&self, text: &str) -> usize {
        let folded = Folded::new(text);
        let tokens = tokens(&folded, text, self.lexicon, &self.book);
        let named: Vec<usize> = tokens
            .iter()
            .filter_map(Token::name)
            .map(|mention| mention.entity)
            .filter(|entity| !self.book.is_object(*entity))
            .collect();
        // *Kafka consumer* and *Redis cache* name parts of their own; *Kafka or Redis* does not.
        let joins = |entity: &&usize| {
            let part = self.book.knowledge.parts.get(**entity);
            part.is_none_or(|part| part.joins || part.is_group)
        };
        if named.len() > 1 {
            named.len()
        } else {
            named.iter().filter(joins).count()
        }
    }

    /// Where people give a group's heading and its parts' headings the same level, the parts follow the group.
    fn flatten(&mut self) {
        self.follow_home();
        let mut open: Option<(u8, usize, usize)> = None;
        for at in 1..self.blocks.len() {
            let Kind::Section(level) = self.blocks[at].kind else {
                continue;
            };
            let Meaning::Part(entity) = self.meanings[at] else {
                if open.is_some_and(|(open, ..)| level <= open) {
                    open = None;
                }
                continue;
            };
            let group = self.book.entities[entity].is_group;
            let parent = self.blocks[at].parent;
            if group {
                let next = self
                    .blocks
                    .get(at + 1)
                    .map(|next| (&next.kind, next.parent));
                let empty = matches!(next, Some((Kind::Section(below), above)) if *below == level && above == parent);
                open = empty.then_some((level, at, parent));
            } else if let Some((open_level, holder, above)) = open {
                if level == open_level && parent == above {
                    self.blocks[at].parent = holder;
                } else if level < open_level {
                    open = None;
                }
            }
        }
    }

    /// The same where text stands under the group's heading: the parts after it that are known to be its own belong to it.
    fn follow_home(&mut self) {
        let mut open: Option<(usize, usize)> = None;
        for at in 1..self.blocks.len() {
            let (Kind::Section(level), Meaning::Part(entity)) =
                (&self.blocks[at].kind, self.meanings[at])
            else {
                continue;
            };
            let beside = |head: usize| {
                self.blocks[head].kind == Kind::Section(*level)
                    && self.blocks[head].parent == self.blocks[at].parent
            };
            if self.book.entities[entity].is_group {
                open = Some((at, entity));
            } else if let Some((head, group)) = open
                && beside(head)
                && self.is_home(entity, group)
            {
                self.blocks[at].parent = head;
            }
        }
    }

    /// Whether a known part is known to be one of a known group's.
    fn is_home(&self, part: usize, group: usize) -> bool {
        let parts = &self.book.knowledge.parts;
        let home = parts.get(part).and_then(|part| part.group.as_ref());
        home.is_some() && home == parts.get(group).map(|group| &group.id)
    }

    /// Decides which introduced terms are components.
    fn accept(&mut self) {
        let company = self.company();
        self.titled = self.find_titled();
        let defined = self.find_defined();
        for at in 1..self.blocks.len() {
            let Meaning::Part(entity) = self.meanings[at] else {
                continue;
            };
            if self.leads[at] || self.book.entities[entity].is_group || self.book.is_object(entity)
            {
                continue;
            }
            let part = self.is_known(entity) || defined.contains(&at);
            let several = || {
                let name = &self.book.entities[entity].label;
                let name = name.as_deref().unwrap_or_default();
                !self.is_known(entity) && joins_several(name, self.book.lexicons)
            };
            if (part || self.in_company(at, &company)) && !several() {
                self.introduce_at(at, entity);
            }
        }
    }

    pub(super) fn is_known(&self, entity: usize) -> bool {
        entity < self.book.knowledge.parts.len()
    }

    /// Notes that the block at `at` introduces a component.
    pub(super) fn introduce_at(&mut self, at: usize, entity: usize) {
        let Some(term) = self.terms[at].clone() else {
            return;
        };
        let block = &self.blocks[at];
        let name = block
            .text
            .text
            .get(term.range.clone())
            .unwrap_or_default()
            .to_owned();
        let span = self
            .sources
            .span(self.id, block.text.source_range(&term.range));
        let said = block.text.text.get(term.rest..).unwrap_or_default();
        let mut description = one_line(said);
        // What is said of the first cell stands in the second.
        if let (true, Some(next)) = (
            description.is_empty() && term.how == How::Cell,
            self.blocks.get(at + 1).filter(|next| next.parent == at),
        ) {
            description = one_line(&next.text.text);
        }
        let evidence = Evidence::written(span, name.as_str());
        let name = self.without_generic(entity, name);
        let own = &mut self.book.entities[entity];
        own.introduced = true;
        own.live = true;
        own.place = own.place.min(span.start);
        match &own.label {
            None => own.label = Some(name),
            Some(label) if *label != name => add_alias(&mut own.aliases, &name),
            Some(_) => {}
        }
        if own.description.is_none() && !description.is_empty() {
            own.description = Some(description);
        }
        own.evidence.push(evidence);
    }

    /// *Scheduler internals*: the name of a known part without the words around it that say nothing of it.
    fn without_generic(&self, entity: usize, name: String) -> String {
        let folded = fold(&name);
        let stripped = self.book.strip(&folded);
        if stripped == folded
            || !self.is_known(entity)
            || self.book.known(&stripped) != Some(entity)
        {
            return name;
        }
        part_of(&name, &stripped).unwrap_or(name)
    }
}

/// Whether one of the words says that something is done, or stands for something.
fn says_something(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| {
        let says = token.roles.iter().any(|role| {
            matches!(
                role,
                Role::Predicate(_) | Role::Enabling | Role::Negation | Role::Pronoun
            )
        });
        says && !token.is(Role::Light)
    })
}

/// Adds a name that is not there yet.
pub(super) fn add_alias(aliases: &mut Vec<String>, name: &str) {
    if !name.is_empty() && !aliases.iter().any(|alias| alias == name) {
        aliases.push(name.to_owned());
    }
}

/// The last sentence of a text.
pub(super) fn last_sentence(text: &str) -> &str {
    let text = text.trim_end();
    let body = text.trim_end_matches([':', '：']);
    let start = body
        .rmatch_indices(['.', '。', '!', '?', '\u{2028}'])
        .map(|(at, sign)| at + sign.len())
        .find(|at| {
            text.get(*at..)
                .is_some_and(|rest| rest.starts_with(' ') || !rest.is_ascii())
        })
        .unwrap_or(0);
    text.get(start..).unwrap_or(text).trim_start()
}

/// A text on one line, without the blanks around it.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|character: char| character.is_whitespace() || character == '\u{fffc}')
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}
