//! What a note says to its reader and of no part: orders, and titles of other texts.

use super::Note;
use crate::read::prose::{Folded, Kind, Lexicon, Role, Token};

impl Note<'_> {
    /// Whether an entry is a link to another text and nothing more: its words are a title.
    pub(super) fn is_reference(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        let [run] = block.runs.as_slice() else {
            return false;
        };
        let text = &block.text.text;
        let whole = text.get(run.clone()).map(str::trim) == Some(text.trim());
        let source = self.sources.get(self.id).text().as_bytes();
        let before = block.text.source(run.start).checked_sub(1);
        whole && before.and_then(|before| source.get(before)) == Some(&b'[')
    }

    /// *Use Redis*, under nothing or a heading that may be no part: whether a sentence tells the reader to do something.
    pub(super) fn is_told(&self, about: Option<usize>, own: &[Token], folded: &Folded) -> bool {
        let small = |token: &&Token| {
            token.is(Role::Light) && !token.is(Role::Pronoun) && !token.is(Role::Plural)
        };
        let mut words = own.iter().skip_while(small);
        let (Some(first), next) = (words.next(), words.next()) else {
            return false;
        };
        // *To store its state, A uses B*: who does it comes behind the comma.
        let purpose = own
            .iter()
            .take_while(small)
            .any(|token| token.is(Role::Preposition));
        let comma = |token: &&Token| token.kind != Kind::Comma;
        let mut main = own.iter().skip_while(comma).skip(1).skip_while(small);
        if purpose && main.next().is_some_and(|who| who.name().is_some()) {
            return false;
        }
        let order = |lexicon: &&Lexicon| {
            // *Direct connections*, *access to it*: a noun.
            let noun = [Some(first), next]
                .into_iter()
                .flatten()
                .any(|word| word.predicates(lexicon).any(|row| row.noun));
            first.name().is_none() && !noun && lexicon.orders.contains(folded.words(&first.range))
        };
        // *To read A is allowed to B alone* is a rule.
        let rule = || {
            let rules = [
                Role::Exclusive,
                Role::ExclusiveAfter,
                Role::Sole,
                Role::Negation,
                Role::Nobody,
            ];
            own.iter()
                .any(|token| rules.iter().any(|role| token.is(*role)))
        };
        // *Check it*, *run it*: no part does so; but *Executors: run tasks* says what several do.
        let word = folded.words(&first.range);
        let mut lexicons = self.book.lexicons.iter();
        let deed =
            !self.defining && lexicons.any(|lexicon| lexicon.deeds.iter().any(|deed| deed == word));
        about.map_or_else(|| !rule(), |about| deed || !self.is_sure(about))
            && self.book.lexicons.iter().any(order)
    }
}
