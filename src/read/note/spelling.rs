//! Names that stand otherwise than anybody knows them: two names of one part in a row, a slip of the pen, a number behind them.

use super::book::Book;
use crate::model::phrases::fold;
use crate::read::prose::{Folded, Role, Token, tokens};

/// Letters that a name must have, so that a slip in it still leaves no doubt.
const LONG: usize = 8;

impl Book<'_> {
    /// The known part that a term names as no other note does, where it introduces something.
    pub(super) fn meant(&self, term: &str) -> Option<usize> {
        self.twice(term).or_else(|| self.misspelt(&fold(term)))
    }

    /// *Master (Control Plane)*, *Master控制节点*: names of one and the same part, and nothing else.
    fn twice(&self, term: &str) -> Option<usize> {
        let folded = Folded::new(term);
        let own = tokens(&folded, term, self.lexicons[0], self);
        let idle = |token: &Token| {
            token.name().is_none()
                && !token.is(Role::Generic)
                && !token.is(Role::Group)
                && !token.is(Role::And)
                && folded
                    .words(&token.range)
                    .contains(|sign: char| sign.is_alphanumeric())
        };
        let mut named = own.iter().filter_map(Token::name);
        let first = named.next()?.entity;
        let mut rest = named.peekable();
        let several = rest.peek().is_some();
        (several && rest.all(|name| name.entity == first) && !own.iter().any(idle)).then_some(first)
    }

    /// *Kube-schedular*: the known part from one of whose names a folded term differs by one letter in its midst.
    fn misspelt(&self, term: &str) -> Option<usize> {
        if term.len() < LONG || !term.is_ascii() || term.bytes().any(|sign| sign.is_ascii_digit()) {
            return None;
        }
        let is_id = |name: &str, part: usize| fold(&self.knowledge.parts[part].id) == name;
        let names = self.knowledge.names().beginning(term.bytes().next()?);
        let mut meant = names
            .filter(|(name, known)| {
                name.len() >= LONG
                    && is_slip(term, name)
                    && (!known.common || self.is_of_field(known.part) || is_id(name, known.part))
                    && !self.is_object(known.part)
            })
            .map(|(_, known)| known.part);
        let part = meant.next()?;
        meant.all(|other| other == part).then_some(part)
    }

    /// *Broker*, where the note speaks of Kafka brokers: the one part with the name of its system before that word.
    pub(super) fn of_its_field(&self, term: &str) -> Option<usize> {
        let term = fold(term);
        if term.is_empty() || term.contains(' ') || self.lexicons[0].unspaced && !term.is_ascii() {
            return None;
        }
        let named = |(name, part): &(String, usize)| {
            let (system, rest) = name.split_once(' ')?;
            let of_kind = rest == term || rest.strip_suffix('s') == Some(&term);
            (of_kind && self.known(system).is_some() && !self.is_object(*part)).then_some(*part)
        };
        let mut parts = self.present.iter().filter_map(named);
        let first = parts.next()?;
        parts.all(|other| other == first).then_some(first)
    }

    /// *Worker node 2*, *kubelet 1*: one of several of a known part.
    pub(super) fn numbered(&self, name: &str) -> Option<usize> {
        let bare = name.trim_end_matches(|sign: char| sign.is_ascii_digit());
        let bare = bare.trim_end_matches([' ', '-', '#', '_']);
        if bare.len() == name.len() {
            return None;
        }
        self.known(bare)
    }
}

/// Whether one letter too many, too few, another one or two exchanged ones make the difference; neither the first nor the last, where words are inflected.
fn is_slip<'t>(one: &'t str, other: &'t str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    if same == 0 || same + 1 >= one.len().min(other.len()) || one == other {
        return false;
    }
    let ahead = |text: &'t [u8], by: usize| text.get(same + by..).unwrap_or_default();
    let swapped = || {
        let (a, b) = (one.get(same..same + 2), other.get(same..same + 2));
        matches!((a, b), (Some([a, b]), Some([c, d])) if (a, b) == (d, c))
            && ahead(one, 2) == ahead(other, 2)
    };
    match one.len().cmp(&other.len()) {
        std::cmp::Ordering::Less => ahead(one, 0) == ahead(other, 1),
        std::cmp::Ordering::Greater => ahead(one, 1) == ahead(other, 0),
        std::cmp::Ordering::Equal => ahead(one, 1) == ahead(other, 1) || swapped(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_in_the_midst_is_a_slip() {
        assert!(is_slip("kube schedular", "kube scheduler"));
        assert!(is_slip("promethues", "prometheus"));
        assert!(is_slip("contoller manager", "controller manager"));
        assert!(is_slip("controle plane", "control plane"));
        assert!(!is_slip("schedule", "scheduler"));
        assert!(!is_slip("scheduled", "scheduler"));
        assert!(!is_slip("scheduler", "scheduler"));
        assert!(!is_slip("dashboard", "scheduler"));
    }
}
