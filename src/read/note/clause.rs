//! Terms that are clauses, and no names: *Pod를 관리*, *retrieve the schema*.

use crate::model::phrases::{fold, is_alphanumeric};
use crate::read::prose::{Lexicon, Markers, Role, is_unspaced};

/// Whether a term has what only a clause has: a word marked as subject or object before another, or an article behind its first word.
pub(super) fn is_clause(term: &str, lexicons: [&Lexicon; 2]) -> bool {
    let marked = lexicons
        .iter()
        .filter(|lexicon| lexicon.markers == Markers::After)
        .any(|lexicon| has_marked_word(term, lexicon));
    marked || has_inner_article(term, lexicons)
}

/// Whether a word in a term that is not its last has one of the language's particles hung on it.
fn has_marked_word(term: &str, lexicon: &Lexicon) -> bool {
    let mut particles = lexicon.subject.iter().chain(&lexicon.objects);
    // Behind letters of its own script a particle may be a part of the word.
    let foreign = particles.any(|particle| {
        term.match_indices(particle.as_str()).any(|(at, _)| {
            let (before, behind) = term.split_at(at);
            let behind = behind.get(particle.len()..).unwrap_or_default();
            before
                .chars()
                .next_back()
                .is_some_and(|last| is_alphanumeric(last) && !is_unspaced(last))
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

/// *Retrieve the schema*; but *Service A gateway* is a name.
fn has_inner_article(term: &str, lexicons: [&Lexicon; 2]) -> bool {
    let folded = fold(term);
    let mut words = folded.split(' ');
    let (first, second, third) = (words.next(), words.next(), words.next());
    let is = |word: Option<&str>, role| {
        word.is_some_and(|word| {
            lexicons.iter().any(|lexicon| {
                let mut entries = lexicon.phrases.exact(word);
                entries.any(|entry| entry.role == role)
            })
        })
    };
    let long = second.is_some_and(|second| second.chars().count() > 1);
    // *Service des paniers*: a marker and its article in one word.
    let article = is(second, Role::Article) && !is(second, Role::Preposition);
    third.is_some() && long && article && !is(first, Role::Preposition)
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
        assert!(is("en", "Retrieve the schema"));
        assert!(!is("ko", "주문 서비스"));
        assert!(!is("ko", "마을 서비스"));
        assert!(!is("ja", "Podの管理"));
        assert!(!is("en", "Service A gateway"));
        assert!(!is("fr", "Service des paniers"));
    }
}
