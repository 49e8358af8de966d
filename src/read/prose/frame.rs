//! A sentence becomes links and rules: each predicate of the lexicon looks for who acts and who is acted upon, by their markers.

use super::fold::Folded;
use super::group::{Group, groups};
use super::lexicon::{Lexicon, Predicate, Role};
use super::subject::Subject;
use super::token::{Heads, Kind, Token};
use crate::model::{Arrow, LinkKind, RuleKind, Tier};
use std::ops::Range;

/// How many words of no known use a prepositional phrase between subject and verb may hold.
pub(super) const GAP: usize = 4;

/// What a sentence stands under and after.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context {
    /// The part whose heading, item or row the sentence stands in.
    pub subject: Option<usize>,
    /// Whether it is the first one after the term that it describes.
    pub definition: bool,
    /// What the sentences before were about.
    pub topic: Option<usize>,
}

/// A link in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct FoundLink {
    pub from: usize,
    pub to: usize,
    pub kind: LinkKind,
    pub arrow: Arrow,
    pub tier: Tier,
    /// The words of the predicate, in the folded text.
    pub label: Option<Range<usize>>,
}

/// A rule in a sentence; `None` stands for every other part.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FoundRule {
    pub kind: RuleKind,
    /// What it speaks of.
    pub verb: LinkKind,
    pub subject: Option<usize>,
    pub object: Option<usize>,
}

/// What a sentence says.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub links: Vec<FoundLink>,
    pub rules: Vec<FoundRule>,
    /// What it was about, for the sentences after it.
    pub topic: Option<usize>,
    /// Why a predicate gave nothing, where one did.
    pub why: Option<&'static str>,
}

/// A sentence, taken apart.
pub(super) struct Clauses<'a> {
    pub lexicon: &'a Lexicon,
    pub tokens: &'a [Token],
    pub groups: Vec<Group>,
    /// Whether a clause may begin behind a token.
    pub bounds: Vec<bool>,
    pub context: Context,
    /// Who acted last in this sentence.
    pub last: Option<Vec<usize>>,
}

/// Reads one sentence. `may_link` says which entities can be the end of a link.
pub(crate) fn sentence(
    folded: &Folded,
    tokens: &[Token],
    lexicon: &Lexicon,
    context: Context,
    may_link: &dyn Fn(usize, LinkKind) -> bool,
) -> Found {
    let whole = completed(folded, tokens, lexicon);
    let tokens = whole.as_deref().unwrap_or(tokens);
    let groups = groups(folded, tokens, lexicon);
    let mut clauses = Clauses {
        lexicon,
        tokens,
        bounds: bounds(tokens, &groups),
        groups,
        context,
        last: None,
    };
    let mut found = Found {
        topic: clauses.topic(),
        ..Found::default()
    };
    if tokens.iter().any(|token| token.kind == Kind::Question) {
        return found;
    }
    clauses.arrows(&mut found);
    for at in 0..tokens.len() {
        clauses.predicates_at(at, &mut found);
    }
    found.links.retain(|link| {
        link.from != link.to && may_link(link.from, link.kind) && may_link(link.to, link.kind)
    });
    found.rules.retain(|rule| {
        let fits = |end: Option<usize>| end.is_none_or(|end| may_link(end, rule.verb));
        rule.subject != rule.object && fits(rule.subject) && fits(rule.object)
    });
    found
}

/// The tokens without the uses whose second part is missing; `None` where none has one.
fn completed(folded: &Folded, tokens: &[Token], lexicon: &Lexicon) -> Option<Vec<Token>> {
    let parted = |token: &Token| token.rests.iter().any(Option::is_some);
    if !tokens.iter().any(parted) {
        return None;
    }
    let end = tokens.last().map_or(0, |last| last.range.end);
    let mut whole = tokens.to_vec();
    for at in 0..whole.len() {
        if !parted(&whole[at]) {
            continue;
        }
        let stop = whole
            .iter()
            .skip(at + 1)
            .find(|token| matches!(token.kind, Kind::Semicolon | Kind::Stop))
            .map_or(end, |token| token.range.start);
        let words = folded.words(&(whole[at].range.end..stop)).to_owned();
        let token = &mut whole[at];
        let kept: Vec<_> = token
            .roles
            .iter()
            .zip(&token.rests)
            .filter(|(_, rest)| {
                rest.as_ref()
                    .is_none_or(|rest| holds(&words, rest, lexicon))
            })
            .map(|(role, _)| *role)
            .collect();
        token.rests = vec![None; kept.len()];
        token.roles = kept;
    }
    Some(whole)
}

/// Whether `rest` stands in `words` as words of its own.
fn holds(words: &str, rest: &str, lexicon: &Lexicon) -> bool {
    words.match_indices(rest).any(|(place, _)| {
        let after = words
            .get(place + rest.len()..)
            .and_then(|rest| rest.chars().next());
        let before = words
            .get(..place)
            .and_then(|words| words.chars().next_back());
        lexicon.unspaced
            || !after.is_some_and(char::is_alphanumeric)
                && !before.is_some_and(char::is_alphanumeric)
    })
}

fn bounds(tokens: &[Token], groups: &[Group]) -> Vec<bool> {
    let mut bounds: Vec<bool> = tokens
        .iter()
        .map(|token| match token.kind {
            Kind::Word => [Role::And, Role::Break, Role::Relative]
                .into_iter()
                .any(|role| token.is(role)),
            Kind::Name(_) | Kind::Arrow(_) => false,
            Kind::Comma
            | Kind::Semicolon
            | Kind::Open
            | Kind::Close
            | Kind::Stop
            | Kind::Question => true,
        })
        .collect();
    for group in groups {
        if let Some(inside) = bounds.get_mut(group.tokens.clone()) {
            inside.fill(false);
        }
    }
    bounds
}

/// The ends that a predicate found.
pub(super) struct Ends {
    pub actors: Vec<usize>,
    pub targets: Vec<usize>,
    pub actor_group: Option<usize>,
    pub target_group: Option<usize>,
    pub derived: bool,
    pub everyone: bool,
}

impl Clauses<'_> {
    /// Links drawn with arrows between names.
    fn arrows(&self, found: &mut Found) {
        for (at, token) in self.tokens.iter().enumerate() {
            let Kind::Arrow(heads) = token.kind else {
                continue;
            };
            let before = self
                .groups
                .iter()
                .rev()
                .find(|group| group.tokens.end <= at);
            let after = self.groups.iter().find(|group| group.tokens.start > at);
            let (Some(before), Some(after)) = (before, after) else {
                continue;
            };
            if !self.close(before.tokens.end, at) || !self.close(at + 1, after.tokens.start) {
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
            for from in &from.entities {
                for to in &to.entities {
                    found.links.push(FoundLink {
                        from: *from,
                        to: *to,
                        kind: LinkKind::Communicates,
                        arrow,
                        tier: Tier::Plain,
                        label: None,
                    });
                }
            }
        }
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

    /// Everything that the predicates of one word say.
    fn predicates_at(&mut self, at: usize, found: &mut Found) {
        let token = &self.tokens[at];
        if token.name().is_some() {
            return;
        }
        let rows: Vec<u16> = token
            .roles
            .iter()
            .filter_map(|role| match role {
                Role::Predicate(row) => Some(*row),
                _ => None,
            })
            .collect();
        let lexicon = self.lexicon;
        for row in rows {
            if let Some(predicate) = lexicon.predicates.get(usize::from(row))
                && self.predicate(at, predicate, found)
            {
                return;
            }
        }
    }

    /// The links and rules of one predicate; whether it gave any.
    fn predicate(&mut self, at: usize, predicate: &Predicate, found: &mut Found) -> bool {
        let Some(ends) = self.ends(at, predicate) else {
            return self.between(at, predicate, found);
        };
        if self.enabled(at) {
            found.why = Some("the sentence says who makes them communicate, not that they do");
            return false;
        }
        if self.has(at, Role::Veto) {
            found.why = Some("the sentence takes it back, or only supposes it");
            return false;
        }
        if !ends.everyone {
            self.last = Some(if predicate.actor.is_empty() {
                ends.actors.clone()
            } else {
                ends.targets.clone()
            });
        }
        let exception = self.exception(at, &ends);
        if self.has(at, Role::Negation) && exception.is_none() && !self.excepted(at) {
            found.why = Some("the sentence denies it");
            if let ([subject], [object]) = (ends.actors.as_slice(), ends.targets.as_slice()) {
                found.rules.push(FoundRule {
                    kind: RuleKind::Never,
                    verb: predicate.kind,
                    subject: Some(*subject),
                    object: Some(*object),
                });
            }
            return true;
        }
        let (actors, sole) = match exception {
            Some(actors) => (actors, true),
            None => (ends.actors.clone(), false),
        };
        self.rule(at, predicate, &ends, &actors, sole, found);
        if ends.everyone && !sole {
            return true;
        }
        for from in &actors {
            for to in &ends.targets {
                found.links.push(FoundLink {
                    from: *from,
                    to: *to,
                    kind: predicate.kind,
                    arrow: Arrow::Forward,
                    tier: if ends.derived {
                        Tier::Derived
                    } else {
                        Tier::Plain
                    },
                    label: Some(self.tokens[at].range.clone()),
                });
            }
        }
        true
    }

    /// Who acts and who is acted upon.
    fn ends(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        let marked_actor = self.marked(at, &predicate.actor);
        let via = self.via(at);
        let marked_target = self.marked(at, &predicate.object);
        let target = match (via, marked_target) {
            (Some(via), _) if predicate.actor.is_empty() => Some(via),
            (_, target) => target.filter(|target| Some(*target) != marked_actor),
        };
        let group = |at: usize| self.groups[at].entities.clone();
        match (marked_actor, target) {
            (Some(actor), Some(target)) => Some(Ends {
                actors: group(actor),
                targets: group(target),
                actor_group: Some(actor),
                target_group: Some(target),
                derived: false,
                everyone: false,
            }),
            (Some(actor), None) if predicate.object.is_empty() => {
                let (targets, target_group, derived, _) =
                    self.subject_ends(at, predicate, Some(actor))?;
                Some(Ends {
                    actors: group(actor),
                    targets,
                    actor_group: Some(actor),
                    target_group,
                    derived,
                    everyone: false,
                })
            }
            (None, Some(target)) if predicate.actor.is_empty() => {
                let (actors, actor_group, derived, everyone) =
                    self.subject_ends(at, predicate, Some(target))?;
                Some(Ends {
                    actors,
                    targets: group(target),
                    actor_group,
                    target_group: Some(target),
                    derived,
                    everyone,
                })
            }
            _ => None,
        }
    }

    /// The subject's entities: those, their group, whether they were derived, whether they are everyone.
    fn subject_ends(
        &self,
        at: usize,
        predicate: &Predicate,
        other: Option<usize>,
    ) -> Option<(Vec<usize>, Option<usize>, bool, bool)> {
        match self.subject(at, predicate, other) {
            Subject::Group(group) => Some((
                self.groups[group].entities.clone(),
                Some(group),
                false,
                false,
            )),
            Subject::Derived(entities) => Some((entities, None, true, false)),
            Subject::Everyone => Some((Vec::new(), None, false, true)),
            Subject::Unknown => None,
        }
    }

    /// *Communication between A and B*, *A and B communicate*.
    fn between(&self, at: usize, predicate: &Predicate, found: &mut Found) -> bool {
        let marked = self.marked(at, &predicate.between);
        let group = match marked {
            Some(group) => Some(group),
            None if !predicate.noun
                && predicate.actor.is_empty()
                && matches!(predicate.kind, LinkKind::Communicates | LinkKind::Connects)
                && self.groups_after(at).next().is_none() =>
            {
                match self.subject(at, predicate, None) {
                    Subject::Group(group) => Some(group),
                    _ => None,
                }
            }
            None => None,
        };
        let Some(group) = group else {
            return false;
        };
        let [one, other] = self.groups[group].entities[..] else {
            return false;
        };
        if self.enabled(at) || self.has(at, Role::Veto) || self.has(at, Role::Negation) {
            found.why = Some("the sentence does not say that they communicate");
            return false;
        }
        found.links.push(FoundLink {
            from: one,
            to: other,
            kind: predicate.kind,
            arrow: Arrow::None,
            tier: Tier::Derived,
            label: Some(self.tokens[at].range.clone()),
        });
        true
    }
}
