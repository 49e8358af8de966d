//! Terms that are clauses, and no names: *Pod를 관리*, *retrieve the schema*.

use crate::model::phrases::{fold, is_alphanumeric};
use crate::read::prose::{Lexicon, Markers, Role, is_unspaced};

/// Words that a name without a noun for parts may have.
const NAME: usize = 5;

/// Whether a term has what only a clause has: a word marked as subject or object before another, an article behind its first word, a verb
/// within it.
pub(super) fn is_clause(term: &str, lexicons: [&Lexicon; 2]) -> bool {
    let marked = lexicons
        .iter()
        .filter(|lexicon| lexicon.markers == Markers::After)
        .any(|lexicon| has_marked_word(term, lexicon));
    let folded = fold(term);
    let words = Words::of(&folded, lexicons);
    marked
        || words.has_inner_article()
        || words.has_inner_verb()
        || words.denies()
        || begins_with_marker(&folded, lexicons)
}

/// Whether a word in a term that is not its last has one of the language's particles hung on it.
fn has_marked_word(term: &str, lexicon: &Lexicon) -> bool {
    let mut particles = lexicon.subject.iter().chain(&lexicon.objects);
    // Behind letters of its own script a particle may be a part of the word.
    let foreign = particles.any(|particle| {
        term.match_indices(particle.as_str()).any(|(at, _)| {
            let (before, behind) = term.split_at(at);
            let behind = behind.get(particle.len()..).unwrap_or_default();
            let last = before.chars().next_back();
            // That of the object is none where no blanks part words.
            let object = lexicon.objects.contains(particle) && !particle.contains(is_hangul);
            last.is_some_and(|last| is_alphanumeric(last) && (object || !is_unspaced(last)))
                && behind.chars().next().is_some_and(|next| !is_hangul(next))
                && behind.contains(is_alphanumeric)
        })
    });
    // One of several syllables is none.
    let mut words = term.split(' ').rev().skip(1);
    foreign
        || words.any(|word| {
            let mut tails = word.char_indices().skip(1);
            tails.any(|(at, _)| {
                let tail = word.get(at..).unwrap_or_default();
                let mut particles = lexicon.particles.iter();
                tail.chars().count() > 1
                    && tail.chars().all(is_hangul)
                    && particles.any(|particle| particle == tail)
            })
        })
}

/// Whether a character is a syllable of the script that hangs particles on words between blanks.
fn is_hangul(character: char) -> bool {
    matches!(character, '\u{ac00}'..='\u{d7a3}')
}

/// *Topics and partitions*; but *search and payment services* is a name.
pub(super) fn joins_several(term: &str, lexicons: [&Lexicon; 2]) -> bool {
    let folded = fold(term);
    let words = Words::of(&folded, lexicons);
    let last = words.words.len().saturating_sub(1);
    (1..last).any(|at| words.is(at, &[Role::And])) && !words.is_part(last)
}

/// *Generates a stable identifier from the address*: whether there are many words, none of which is a noun for parts.
pub(super) fn describes(term: &str, lexicons: [&Lexicon; 2]) -> bool {
    let folded = fold(term);
    let words = Words::of(&folded, lexicons);
    let part = (0..words.words.len()).any(|at| words.is_part(at));
    term.split_whitespace().count() > NAME && !part
}

/// *通过服务做隔离*: where no blanks part words, whether a term begins with a marker of several characters.
fn begins_with_marker(folded: &str, lexicons: [&Lexicon; 2]) -> bool {
    let mut unspaced = lexicons
        .iter()
        .filter(|lexicon| lexicon.unspaced && lexicon.markers == Markers::Before);
    unspaced.any(|lexicon| {
        let first = lexicon.phrases.starting(folded).next();
        first.is_some_and(|(length, entry)| {
            let long = folded
                .get(..length)
                .is_some_and(|marker| marker.chars().count() > 1);
            long && length < folded.len() && matches!(entry.role, Role::Preposition | Role::Via)
        })
    })
}

/// The words of a folded term.
struct Words<'t> {
    words: Vec<&'t str>,
    lexicons: [&'t Lexicon; 2],
}

impl<'t> Words<'t> {
    fn of(folded: &'t str, lexicons: [&'t Lexicon; 2]) -> Self {
        Self {
            words: folded.split(' ').collect(),
            lexicons,
        }
    }

    /// Whether the word at a place has one of these uses.
    fn is(&self, at: usize, wanted: &[Role]) -> bool {
        self.words.get(at).is_some_and(|word| {
            self.lexicons.iter().any(|lexicon| {
                let mut entries = lexicon.phrases.exact(word);
                entries.any(|entry| wanted.contains(&entry.role))
            })
        })
    }

    /// *The API server has no state*: whether a word behind the first one denies something.
    fn denies(&self) -> bool {
        (1..self.words.len()).any(|at| self.is(at, &[Role::Negation]))
    }

    /// *Retrieve the schema*; but *Service A gateway* is a name.
    fn has_inner_article(&self) -> bool {
        let second = self.words.get(1);
        let long = second.is_some_and(|second| second.chars().count() > 1);
        // *Service des paniers*: a marker and its article in one word.
        let article = self.is(1, &[Role::Article]) && !self.is(1, &[Role::Preposition]);
        self.words.len() > 2 && long && article && !self.is(0, &[Role::Preposition])
    }

    /// *The agents connect to the API*: whether an article, a marker or *and* follows a word within it that is a verb and no noun for parts.
    fn has_inner_verb(&self) -> bool {
        let last = self.words.len().saturating_sub(1);
        (1..last).any(|at| {
            let next = [
                Role::Article,
                Role::Preposition,
                Role::Pronoun,
                Role::Light,
                Role::And,
            ];
            let noun = [
                Role::Kind,
                Role::Content,
                Role::Group,
                Role::Preposition,
                Role::And,
            ];
            self.is(at + 1, &next) && self.acts(at) && !self.is(at, &noun)
        })
    }

    /// Whether the word at a place is a noun for parts, with or without an ending.
    fn is_part(&self, at: usize) -> bool {
        let word = self.words.get(at).copied().unwrap_or_default();
        self.lexicons.iter().any(|lexicon| {
            let stems = lexicon
                .suffixes
                .iter()
                .filter_map(|end| word.strip_suffix(end.as_str()));
            let mut forms = std::iter::once(word).chain(stems);
            forms.any(|form| {
                let mut entries = lexicon.phrases.exact(form);
                entries.any(|entry| entry.role == Role::Kind)
            })
        })
    }

    /// Whether the word at a place is a verb, or one that tells a deed.
    fn acts(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else {
            return false;
        };
        self.lexicons.iter().any(|lexicon| {
            let verb = |role: Role| match role {
                Role::Predicate(row) => {
                    let row = lexicon.predicates.get(usize::from(row));
                    row.is_some_and(|row| !row.noun)
                }
                _ => false,
            };
            lexicon.deeds.iter().any(|deed| deed == word)
                || lexicon.phrases.exact(word).any(|entry| verb(entry.role))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::prose::lexicon;

    #[test]
    fn clauses_are_told_from_names() {
        let is = |code: &str, term: &str| {
            let (own, english) = (lexicon(code).unwrap(), lexicon("en").unwrap());
            is_clause(term, [own, english])
        };
        assert!(is("ko", "Pod를 관리"));
        assert!(is("ko", "Node 상에서 동작"));
        assert!(is("ja", "Podを管理"));
        assert!(is("ja", "コンテナをデプロイ"));
        assert!(is("en", "Retrieve the schema"));
        assert!(is("en", "Agents connect to the API"));
        assert!(is("es", "Cliente envía la orden"));
        assert!(is("zh", "通过服务做隔离"));
        assert!(!is("zh", "向量数据库"));
        assert!(!is("en", "Object store for images"));
        assert!(!is("ko", "주문 서비스"));
        assert!(!is("ko", "마을 서비스"));
        assert!(!is("ja", "Podの管理"));
        assert!(!is("en", "Service A gateway"));
        assert!(!is("fr", "Service des paniers"));
    }

    #[test]
    fn many_words_say_something() {
        let says = |term: &str| {
            let english = lexicon("en").unwrap();
            describes(term, [english, english])
        };
        assert!(says("Generates a stable identifier from addresses"));
        assert!(!says(
            "Internal customer order and payment processing service"
        ));
    }

    #[test]
    fn what_joins_several_is_none_of_them() {
        let joins = |code: &str, term: &str| {
            let (own, english) = (lexicon(code).unwrap(), lexicon("en").unwrap());
            joins_several(term, [own, english])
        };
        assert!(joins("es", "Topics y particiones"));
        assert!(!joins("en", "Search and payment services"));
        assert!(!joins("en", "Payment service"));
    }
}
