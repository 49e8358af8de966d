//! A sentence becomes links and rules: each predicate of the lexicon looks for who acts and who is acted upon, by their markers.

use super::demand::Given;
use super::fold::Folded;
use super::group::{Group, groups};
use super::lexicon::{Lexicon, Markers, Predicate, VIA};
use super::prepare::{bounds, completed, strangers, without_attributes, without_nouns};
use super::relative::Aside;
use super::role::Role;
use super::subject::Subject;
use super::token::{Kind, Token};
use crate::model::{Arrow, LinkKind, RuleKind, Tier};
use std::ops::Range;

/// How many words of no known use a prepositional phrase between subject and verb may hold.
pub(super) const GAP: usize = 4;

/// Who acted upon what, and how.
pub(crate) type Acted = (usize, usize, LinkKind);

/// What a sentence stands under and after.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context<'t> {
    /// The part whose heading, item or row the sentence stands in.
    pub subject: Option<usize>,
    /// Whether it is the first one after the term that it describes.
    pub definition: bool,
    /// What the sentences before were about.
    pub topic: Option<usize>,
    /// The several that the sentence before was about.
    pub several: &'t [usize],
    /// Who acted upon what in the sentence before, and how.
    pub link: Option<Acted>,
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
    /// What the words lack as the label of an arrow: their second part, or the active verb in place of a passive.
    pub said: Said,
}

/// How the words of a predicate become the label of an arrow.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Said {
    /// As they are.
    #[default]
    Plain,
    /// With a second part that comes later: *leitet … weiter*.
    With(String),
    /// Behind a link that the note draws, and no predicate.
    Written,
    /// In other words, because the arrow runs the other way: *is read by*, *receives from*.
    Instead(String),
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
    /// The several that it was about.
    pub several: Vec<usize>,
    /// Why a predicate gave nothing, where one did.
    pub why: Option<&'static str>,
}

/// A sentence, taken apart.
pub(super) struct Clauses<'a> {
    pub folded: &'a Folded,
    pub lexicon: &'a Lexicon,
    pub tokens: &'a [Token],
    pub groups: Vec<Group>,
    /// Whether a group can be no end of a link.
    pub idle: Vec<bool>,
    /// Where particles mark: whether a token is a subject that is no name.
    pub strangers: Vec<bool>,
    /// Whether a clause may begin behind a token.
    pub bounds: Vec<bool>,
    pub context: Context<'a>,
    /// Who acted last in this sentence, and the predicate that says so.
    pub last: Option<(usize, Vec<usize>)>,
    /// The relative clause in which that one acts, where it has a subject of its own.
    pub aside: Option<Aside>,
    /// The group that was acted upon last.
    pub acted: Option<usize>,
    /// What one part asks for or sends, and another deals with.
    pub given: Vec<Given>,
    /// Up to which token a noun for what parts send each other has said all.
    pub settled: usize,
}

/// Reads one sentence. `may_link` says which entities can be the end of a link.
pub(crate) fn sentence(
    folded: &Folded,
    tokens: &[Token],
    lexicon: &Lexicon,
    context: Context<'_>,
    may_link: &dyn Fn(usize, LinkKind) -> bool,
) -> Found {
    // A sentence without names says something where it speaks of all alone: *nobody else may read it*.
    let speaks = |token: &Token| {
        token.name().is_some()
            || [Role::Everyone, Role::Nobody, Role::Except]
                .iter()
                .any(|role| token.is(*role))
    };
    if !tokens.iter().any(speaks) {
        return Found::default();
    }
    let whole = completed(folded, tokens, lexicon);
    let tokens = whole.as_deref().unwrap_or(tokens);
    let sure = without_nouns(folded, tokens, lexicon);
    let tokens = sure.as_deref().unwrap_or(tokens);
    let plain = without_attributes(folded, tokens, lexicon);
    let tokens = plain.as_deref().unwrap_or(tokens);
    let links = |entity: usize| may_link(entity, LinkKind::Communicates);
    let groups = groups(folded, tokens, lexicon, &links);
    let idle = groups
        .iter()
        .map(|group| !group.entities.iter().any(|entity| links(*entity)))
        .collect();
    let mut clauses = Clauses {
        folded,
        lexicon,
        tokens,
        bounds: bounds(tokens, &groups, lexicon),
        strangers: strangers(folded, tokens, lexicon),
        groups,
        idle,
        context,
        last: None,
        aside: None,
        acted: None,
        given: Vec::new(),
        settled: 0,
    };
    clauses.given = clauses.all_given();
    let mut found = Found {
        topic: clauses.topic(),
        several: clauses.several(),
        ..Found::default()
    };
    if tokens.iter().any(|token| token.kind == Kind::Question) {
        return found;
    }
    clauses.arrows(&mut found);
    for at in 0..tokens.len() {
        clauses.predicates_at(at, &mut found);
        clauses.by_way(at, &mut found);
        if lexicon.markers == Markers::Before {
            clauses.demanded(at, &mut found);
        }
    }
    // Where verbs stand last, they have said all now.
    if lexicon.markers == Markers::After {
        (0..tokens.len()).for_each(|at| clauses.demanded(at, &mut found));
    }
    found.links.retain(|link| {
        link.from != link.to && may_link(link.from, link.kind) && may_link(link.to, link.kind)
    });
    found.rules.retain(|rule| {
        let fits = |end: Option<usize>| end.is_none_or(|end| may_link(end, rule.verb));
        (rule.subject != rule.object || rule.kind == RuleKind::Never)
            && fits(rule.subject)
            && fits(rule.object)
    });
    found
}

/// The ends that a predicate found.
pub(super) struct Ends {
    pub actors: Vec<usize>,
    pub targets: Vec<usize>,
    pub actor_group: Option<usize>,
    pub target_group: Option<usize>,
    pub derived: bool,
    pub everyone: bool,
    /// Whether *only* stands at what is acted upon, which is no name.
    pub target_only: bool,
}

impl Ends {
    /// Each that acts must not do it to any that is acted upon.
    fn never(&self, predicate: &Predicate, found: &mut Found) {
        for subject in &self.actors {
            found
                .rules
                .extend(
                    self.targets
                        .iter()
                        .filter(|object| *object != subject)
                        .map(|object| FoundRule {
                            kind: RuleKind::Never,
                            verb: predicate.kind,
                            subject: Some(*subject),
                            object: Some(*object),
                        }),
                );
        }
    }
}

impl Clauses<'_> {
    /// Everything that the predicates of one word say.
    fn predicates_at(&mut self, at: usize, found: &mut Found) {
        let token = &self.tokens[at];
        if token.name().is_some() || at < self.settled {
            return;
        }
        self.leave_relative(at);
        let uses = token.roles.iter().enumerate();
        let lexicon = self.lexicon;
        let mut rows: Vec<(&Predicate, bool)> = uses
            .filter_map(|(place, role)| match role {
                Role::Predicate(row) => {
                    let row = lexicon.predicates.get(usize::from(*row))?;
                    Some((row, token.rest(place).is_none()))
                }
                _ => None,
            })
            .collect();
        if rows.len() > 1 {
            // A row whose marker stands there goes before one that takes what follows, *legt … ab* before *legt*.
            rows.sort_by_cached_key(|(row, whole)| {
                let bare = self.marked_by_word(at, &row.object).is_none()
                    && self.marked_by_word(at, &row.actor).is_none();
                (bare, *whole)
            });
        }
        let predicates = || rows.iter().map(|(row, _)| *row);
        if predicates().any(|noun| self.flow(at, noun, found)) {
            self.settled = match lexicon.markers {
                Markers::After => self.hard_end(at),
                Markers::Before => self.clause_end(at),
            };
            return;
        }
        for predicate in predicates() {
            if self.predicate(at, predicate, found) {
                return;
            }
        }
    }

    /// The links and rules of one predicate; whether it gave any.
    fn predicate(&mut self, at: usize, predicate: &Predicate, found: &mut Found) -> bool {
        if predicate.reserves {
            return self.reserved(at, predicate, found);
        }
        if predicate.noun && self.moved_before(at) {
            return false;
        }
        let Some(mut ends) = self.ends(at, predicate) else {
            return self.between(at, predicate, found);
        };
        // *Everyone talks to A (B, C)*.
        if let Some(spelt) = self.spelt_behind(&ends) {
            (ends.actors, ends.everyone) = (spelt, false);
        }
        if !ends.everyone {
            let subject = if predicate.actor.is_empty() {
                &ends.actors
            } else {
                &ends.targets
            };
            let subject = subject.clone();
            self.enter_relative(at, ends.actor_group);
            self.last = Some((at, subject));
        }
        self.acted = ends.target_group.or(self.acted);
        if self.enabled(at) {
            found.why = Some("the sentence says who makes them communicate, not that they do");
            return false;
        }
        if self.taken_back(at) {
            found.why = Some("the sentence takes it back, or only supposes it");
            return false;
        }
        self.but_not(predicate, &ends, found);
        if let Some(instead) = self.contrast(at, &ends) {
            ends.never(predicate, found);
            ends.targets = instead;
            self.draw(at, predicate, &ends, found);
            return true;
        }
        let exception = self.exception(at, &ends);
        if exception.is_none()
            && let Some(rule) = self.nobody_else(at, predicate, &ends)
        {
            found.why = Some("the sentence denies it");
            found.rules.push(rule);
            return true;
        }
        if self.denied(at) && exception.is_none() && !self.excepted(at) {
            found.why = Some("the sentence denies it");
            if !self.is_left_out(at) && !self.supposes(at) {
                ends.never(predicate, found);
            }
            return true;
        }
        self.passed_over(at, predicate, &ends, found);
        let sole = exception.is_some();
        if let Some(actors) = exception {
            ends.actors = actors;
        }
        self.rule(at, predicate, &ends, sole, found);
        if ends.everyone && !sole {
            return true;
        }
        self.handed_over(at, predicate, &ends, found);
        self.draw(at, predicate, &ends, found);
        true
    }

    /// Links who acts with who is acted upon.
    fn draw(&self, at: usize, predicate: &Predicate, ends: &Ends, found: &mut Found) {
        for from in &ends.actors {
            found.links.extend(ends.targets.iter().map(|to| FoundLink {
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
                said: self.said(at, predicate),
            }));
        }
    }

    /// How the predicate at `at` is drawn.
    fn said(&self, at: usize, predicate: &Predicate) -> Said {
        if let Some(active) = &predicate.active {
            return Said::Instead(active.clone());
        }
        let token = &self.tokens[at];
        let is = |role: &Role| match role {
            Role::Predicate(row) => {
                self.lexicon.predicates.get(usize::from(*row)) == Some(predicate)
            }
            _ => false,
        };
        let mut roles = token.roles.iter().enumerate();
        let own = roles.find_map(|(place, role)| token.rest(place).filter(|_| is(role)));
        own.map_or(Said::Plain, |rest| Said::With(rest.to_owned()))
    }

    /// Who acts and who is acted upon.
    fn ends(&self, at: usize, predicate: &Predicate) -> Option<Ends> {
        let by_other = self.by_agent(at, predicate);
        let by_other = by_other.or_else(|| self.of_described(at, predicate));
        if let Some(ends) = by_other
            .or_else(|| self.by_means(at, predicate))
            .or_else(|| self.goes_on(at, predicate))
        {
            return Some(ends);
        }
        if predicate.moved {
            let way = self.via(at, None);
            let onward = || self.onward((at, predicate), way?, self.marked(at, &predicate.object)?);
            return self.moved(at, predicate).or_else(onward);
        }
        let marked_actor = self
            .marked(at, &predicate.actor)
            .filter(|actor| self.may_act(at, *actor));
        let via = self
            .via(at, marked_actor)
            .or_else(|| self.marked_by_word(at, &predicate.route));
        let marked_target = self
            .marked(at, &predicate.object)
            .or_else(|| self.provided(at, predicate));
        if predicate.actor.is_empty() && via.or(marked_target).is_some_and(|end| self.is_giver(end))
        {
            return None;
        }
        let target = match (via, marked_target) {
            (Some(via), marked)
                if predicate.actor.is_empty()
                    && (marked.is_none() || !self.is_of_next_verb(at, via)) =>
            {
                Some(via)
            }
            // *Started by A through B*.
            (Some(via), _) if predicate.object.iter().any(|marker| marker == VIA) => {
                Some(via).filter(|via| Some(*via) != marked_actor)
            }
            (_, target) => target.filter(|target| Some(*target) != marked_actor),
        };
        let group = |at: usize| self.groups[at].entities.clone();
        match (marked_actor, target) {
            (Some(actor), Some(target)) => Some(self.named_ends(actor, target)),
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
                    target_only: false,
                })
            }
            (None, Some(target)) if predicate.actor.is_empty() => {
                let Some((actors, actor_group, derived, everyone)) =
                    self.subject_ends(at, predicate, Some(target))
                else {
                    return self.onward((at, predicate), via?, marked_target?);
                };
                Some(Ends {
                    actors,
                    targets: self.parallel(at, target, predicate),
                    actor_group,
                    target_group: Some(target),
                    derived,
                    everyone,
                    target_only: false,
                })
            }
            (None, None) if predicate.actor.is_empty() => self.spoken_target(at, predicate),
            _ => None,
        }
    }

    /// The ends where both are named in the clause.
    pub(super) fn named_ends(&self, actor: usize, target: usize) -> Ends {
        Ends {
            actors: self.groups[actor].entities.clone(),
            targets: self.groups[target].entities.clone(),
            actor_group: Some(actor),
            target_group: Some(target),
            derived: false,
            everyone: false,
            target_only: false,
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
}
