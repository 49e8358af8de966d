//! *If A does not reach B*, *components that do not talk to B*: clauses that only suppose or describe what they deny forbid nothing.

use super::frame::Clauses;
use super::lexicon::Markers;
use super::role::Role;

impl Clauses<'_> {
    /// Whether what the predicate at `at` denies is a condition, or says of whom something is said.
    pub(super) fn supposes(&self, at: usize) -> bool {
        match self.lexicon.markers {
            Markers::Before => self.begins_condition(at) || self.describes_behind(at),
            Markers::After => self.ends_in_condition(at) || self.describes_next(at),
        }
    }

    /// *When A does not …*: whether a word that begins a condition stands before the verb in its clause.
    fn begins_condition(&self, at: usize) -> bool {
        let first = self.hard_start(at);
        // Where it may be a pronoun or a marker too, it is one within the clause.
        let sure = |place: usize| {
            let others = [
                Role::Light,
                Role::Pronoun,
                Role::Preposition,
                Role::Relative,
            ];
            place <= first || !others.iter().any(|role| self.tokens[place].is(*role))
        };
        (first.saturating_sub(1)..at)
            .any(|place| self.tokens[place].is(Role::Condition) && sure(place))
    }

    /// *不访问 A 的组件*: whether what is denied describes what stands behind the name.
    fn describes_behind(&self, at: usize) -> bool {
        let clause = self.hard_start(at)..self.clause_end(at);
        let Some(no) = clause
            .clone()
            .find(|place| self.tokens[*place].is(Role::Negation))
        else {
            return false;
        };
        self.groups.iter().any(|group| {
            let end = group.tokens.end;
            let last = self.tokens.get(end - 1);
            let behind = last.map(|last| self.folded.from(last.range.end).trim_start());
            // *从 A 到 B 的连接*: the noun that is denied.
            let own = (end..end + 2).contains(&at);
            !own && no < group.start
                && end <= clause.end
                && behind.is_some_and(|behind| self.lexicon.begins_of(behind))
        })
    }

    /// *A に接続しない場合*: whether the word behind the verb makes a condition of it.
    fn ends_in_condition(&self, at: usize) -> bool {
        let end = self.hard_end(at);
        let rest = self
            .tokens
            .get(at..=end.min(self.tokens.len().saturating_sub(1)));
        rest.unwrap_or_default()
            .iter()
            .any(|token| token.is(Role::Condition))
    }

    /// *A가 할당되지 않은 Pod를 보낸다*: whether the name that ends at `end` belongs to a verb which, denied, describes what stands before
    /// the one at `at`.
    pub(super) fn is_described_by(&self, end: usize, at: usize) -> bool {
        let between = self.tokens.get(end..at).unwrap_or_default();
        let own = between.iter().take_while(|token| token.name().is_none());
        let denied = own
            .clone()
            .position(|token| token.is(Role::Negation) && token.is(Role::Condition));
        let next = denied.and_then(|denied| between.get(denied + 1));
        self.lexicon.markers == Markers::After
            && next.is_some_and(|next| next.name().is_some() || next.is_plain())
    }

    /// *A にアクセスしないコンポーネント*: whether the verb's negation describes the part behind it.
    fn describes_next(&self, at: usize) -> bool {
        let end = self.hard_end(at);
        let mut rest = self.tokens.get(at..end).unwrap_or_default().windows(2);
        rest.any(|pair| {
            let next = &pair[1];
            let part = next.name().is_some() || next.is(Role::Group) || next.is(Role::Kind);
            pair[0].is(Role::Negation) && part
        })
    }
}
