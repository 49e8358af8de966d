//! Links that a sentence draws: *A --> B*.

use super::frame::{Clauses, Found, FoundLink, Said};
use super::group::Group;
use super::role::Role;
use super::token::{Heads, Kind, Token};
use crate::model::{Arrow, LinkKind, Tier};
use std::ops::Range;

/// Words behind a drawn link that are its label.
const LABEL: usize = 4;

/// What a step of a chain of arrows says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// No more than a name.
    Name,
    /// What the name does, but not with what.
    Open,
    /// What one name does with another.
    Clause,
}

impl Clauses<'_> {
    /// Links drawn with arrows between names.
    pub(super) fn arrows(&self, found: &mut Found) {
        for (at, token) in self.tokens.iter().enumerate() {
            let Kind::Arrow(heads) = token.kind else {
                continue;
            };
            let end = self.before_aside(at);
            let before = self
                .groups
                .iter()
                .rev()
                .find(|group| group.tokens.end <= end);
            let after = self.groups.iter().find(|group| group.tokens.start > at);
            let (Some(before), Some(after)) = (before, after) else {
                continue;
            };
            if !self.close(before.tokens.end, at) || !self.close(at + 1, after.tokens.start) {
                continue;
            }
            // *A stores it in B --> C picks D*: steps that are clauses follow each other, and link nothing; but *A sends alerts --> B routes them* says to whom.
            let (first, second) = (
                self.step(before.tokens.start),
                self.step(after.tokens.start),
            );
            if first == Step::Clause || second == Step::Clause && first != Step::Open {
                continue;
            }
            let (from, to) = match heads {
                Heads::Backward => (after, before),
                Heads::Forward | Heads::Both => (before, after),
            };
            let arrow = if heads == Heads::Both {
                Arrow::Both
            } else {
                Arrow::Forward
            };
            let (first, last) = match heads {
                Heads::Backward => (Vec::new(), self.listed_before(before)),
                Heads::Forward | Heads::Both => (self.listed_before(before), Vec::new()),
            };
            let label = self.label_behind(after);
            for from in from.entities.iter().chain(&first) {
                for to in to.entities.iter().chain(&last) {
                    found.links.push(FoundLink {
                        from: *from,
                        to: *to,
                        kind: LinkKind::Communicates,
                        arrow,
                        tier: Tier::Plain,
                        label: label.clone(),
                        said: Said::Written,
                    });
                }
            }
        }
    }

    /// *A --> B: requests*: what few words behind the last name say.
    fn label_behind(&self, last: &Group) -> Option<Range<usize>> {
        let (colon, rest) = self.tokens.get(last.tokens.end..)?.split_first()?;
        let words = rest.split(|token| token.kind == Kind::Stop).next()?;
        let fits = colon.kind == Kind::Semicolon
            && (1..=LABEL).contains(&words.len())
            && words.iter().all(|token| token.kind == Kind::Word);
        fits.then(|| words[0].range.start..words[words.len() - 1].range.end)
    }

    /// *A (sends it to B) --> C*: where the brackets before the token at `at` open, or the token itself.
    fn before_aside(&self, at: usize) -> usize {
        let before = self.tokens.get(..at).unwrap_or_default();
        let closed = before.last().is_some_and(|last| last.kind == Kind::Close);
        let open = before.iter().rposition(|token| token.kind == Kind::Open);
        open.filter(|open| closed && *open > 0).unwrap_or(at)
    }

    /// *A, B --> C*: the names that a step lists before its last, where it says nothing else.
    fn listed_before(&self, group: &Group) -> Vec<usize> {
        let mut listed = Vec::new();
        let mut start = group.tokens.start;
        for other in self.groups.iter().rev() {
            let between = self.tokens.get(other.tokens.end..start);
            let comma = between.is_some_and(|between| {
                !between.is_empty() && between.iter().all(|token| token.kind == Kind::Comma)
            });
            if other.tokens.end <= start && comma {
                start = other.tokens.start;
                listed.extend(&other.entities);
            }
        }
        let before = start
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before));
        let whole = before.is_none_or(|before| matches!(before.kind, Kind::Stop | Kind::Semicolon));
        if whole { listed } else { Vec::new() }
    }

    /// What the step of a chain of arrows says in which a token stands.
    fn step(&self, at: usize) -> Step {
        let ends = |token: &Token| matches!(token.kind, Kind::Arrow(_) | Kind::Stop);
        let before = self.tokens.get(..at).unwrap_or_default();
        let start = before.iter().rposition(ends).map_or(0, |end| end + 1);
        let step = self.tokens.get(start..).unwrap_or_default().iter();
        let (mut named, mut step_so_far) = (false, Step::Name);
        let mut depth = 0_usize;
        for token in step.take_while(|token| !ends(token)) {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > 0 {
                continue;
            }
            if step_so_far == Step::Open && (token.name().is_some() || token.is(Role::Pronoun)) {
                return Step::Clause;
            }
            if token.name().is_some() {
                named = true;
            } else if named && token.predicates(self.lexicon).next().is_some() {
                step_so_far = Step::Open;
            }
        }
        step_so_far
    }

    /// Whether no more than a word or two and brackets stand between two tokens.
    fn close(&self, start: usize, end: usize) -> bool {
        let Some(between) = self.tokens.get(start..end) else {
            return false;
        };
        let mut depth = 0_usize;
        let mut words = 0;
        for token in between {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                Kind::Word if depth == 0 => words += 1,
                Kind::Arrow(_) | Kind::Stop | Kind::Semicolon => return false,
                _ => {}
            }
        }
        words <= 2
    }
}
