//! The term that a block introduces: what stands before a colon or dash, in bold, in the first cell, in a heading.

use super::structure::{Block, Kind};
use crate::model::LinkKind;
use crate::model::phrases::fold;
use crate::read::prose::{Lexicon, Role, draws, is_unspaced};
use std::ops::Range;

/// Words that a name may have.
const LONGEST: usize = 6;

/// A term, in the text of its block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// The term itself, without numbers, brackets and signs around it.
    pub range: Range<usize>,
    /// What stands in brackets behind it.
    pub also: Option<Range<usize>>,
    /// Where what is said of it starts.
    pub rest: usize,
    pub how: How,
}

impl Term {
    /// Whether it is the first name of a sentence that goes on.
    pub(super) fn is_of_sentence(&self) -> bool {
        self.how == How::Strong && self.rest <= self.range.start
    }
}

/// How a term is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It is a heading.
    Heading,
    /// It is emphasised, and something is said of it.
    Strong,
    /// A colon or dash stands behind it.
    Separated,
    /// It is the first cell of a row, or the title of a definition.
    Cell,
    /// It is all that the block says.
    Bare,
}

/// The term that `block` introduces: *A --> B* is none.
pub(super) fn term(block: &Block, lexicons: [&Lexicon; 2]) -> Option<Term> {
    let text = block.text.text.as_str();
    set_off(block, lexicons).filter(|term| !text.get(term.range.clone()).is_some_and(draws))
}

/// What is set off at the start of a block.
fn set_off(block: &Block, lexicons: [&Lexicon; 2]) -> Option<Term> {
    let text = block.text.text.as_str();
    let line = text.find(['\n', '\u{2028}']).unwrap_or(text.len());
    let how = match block.kind {
        Kind::Section(_) => How::Heading,
        Kind::Row | Kind::Definition => How::Cell,
        Kind::Item(_) | Kind::Paragraph => How::Bare,
        Kind::Root | Kind::Columns(_) | Kind::Code(_) | Kind::Comment => return None,
    };
    let start = skip_signs(text, 0..line);
    if let Some(run) = block.runs.first()
        && run.start <= start
        && run.end > start
        && how == How::Bare
        && let Some(term) = emphasised(block, text, start, run, line)
    {
        return Some(term);
    }
    if how == How::Bare
        && let Some(term) = behind_article(block, text, start..line, lexicons)
    {
        return Some(term);
    }
    if let Some(at) = separator(text, start..line) {
        let end = at.start;
        if words(text.get(start..end)?) <= LONGEST + 2 {
            let how = if how == How::Bare {
                How::Separated
            } else {
                how
            };
            return Some(cut(text, start..end, at.end, how));
        }
    }
    let whole = text.get(start..line)?.trim_end();
    let sentence = whole.ends_with(['.', '。', '!', ';', ',']) && !whole.ends_with("...");
    let longest = if how == How::Bare {
        LONGEST
    } else {
        LONGEST + 2
    };
    // *A (with B) and C do it*: what goes on behind its brackets is a sentence.
    let goes_on = how == How::Bare
        && (whole.contains('，')
            || whole.find([')', '）']).is_some_and(|close| {
                whole
                    .get(close..)
                    .is_some_and(|rest| rest.contains(char::is_alphanumeric))
            }));
    if whole.is_empty() || sentence || goes_on || words(whole) > longest {
        return None;
    }
    let rest = if how == How::Bare || how == How::Heading {
        line
    } else {
        text.len()
    };
    Some(cut(text, start..start + whole.len(), rest, how))
}

/// A term in the emphasised run at the start of a block.
fn emphasised(
    block: &Block,
    text: &str,
    start: usize,
    run: &Range<usize>,
    line: usize,
) -> Option<Term> {
    let inner = text.get(start..run.end)?.trim_end();
    let colon = inner.ends_with([':', '：', '–', '-']);
    let inner = inner.trim_end_matches([':', '：', '–', '-', ' ']);
    if inner.is_empty() || words(inner) > LONGEST + 2 {
        return None;
    }
    let after = text.get(run.end..line)?;
    let mut next = after.trim_start();
    let mut end = start + inner.len();
    // `**API server** (kube-apiserver): …`
    if next.starts_with(['(', '（'])
        && let Some(close) = next.find([')', '）'])
    {
        let closed = next
            .get(close..)?
            .chars()
            .next()
            .map_or(close, |sign| close + sign.len_utf8());
        end = run.end + (after.len() - next.len()) + closed;
        next = next.get(closed..)?.trim_start();
    }
    // ***A** → **B*** draws a link.
    let drawn = block.runs.get(1).map(|run| run.start);
    let drawn = drawn.filter(|run| text.get(end..*run).is_some_and(draws));
    let separated = next.starts_with([':', '：', '–', '—', '-', '=', '→']) && drawn.is_none();
    let rest_start = line - next.len();
    let item = matches!(block.kind, Kind::Item(_));
    if colon || separated {
        let skip = next.len()
            - next
                .trim_start_matches([':', '：', '–', '—', '-', '=', '>', '→', ' '])
                .len();
        Some(cut(text, start..end, rest_start + skip, How::Strong))
    } else if next.is_empty() && (text.len() == line || item) {
        let how = if block.kind == Kind::Paragraph {
            How::Heading
        } else {
            How::Strong
        };
        Some(cut(text, start..end, line, how))
    } else if item && next.starts_with(['(', ',']) {
        Some(cut(text, start..end, start, How::Strong))
    } else {
        // What is said of it has it as its subject: the term is part of the sentence.
        Some(cut(text, start..end, start, How::Strong))
    }
}

/// *The **API server** takes …*: a term that begins the sentence behind its article.
fn behind_article(
    block: &Block,
    text: &str,
    line: Range<usize>,
    lexicons: [&Lexicon; 2],
) -> Option<Term> {
    let run = block.runs.first()?;
    let article = fold(text.get(line.start..run.start)?);
    let article = article.trim_end_matches([' ', '\'']);
    let is_article = !article.is_empty()
        && article.chars().count() < 4
        && lexicons.iter().any(|lexicon| {
            let is = |role| {
                lexicon
                    .phrases
                    .exact(article)
                    .any(|entry| entry.role == role)
            };
            is(Role::Light) && !is(Role::Preposition) && !is(Role::Pronoun) || is(Role::Article)
        });
    let inner = text.get(run.clone())?.trim();
    let end = run.start + text.get(run.clone())?.trim_end().len();
    // What stands alone behind the article is a term with a colon, not a sentence.
    let said = text.get(end..line.end)?.trim_start();
    let fits = is_article
        && run.end <= line.end
        && words(inner) <= LONGEST
        && said.starts_with(|next: char| next.is_alphabetic() || next == '(' || next == ',');
    fits.then(|| cut(text, run.start..end, line.start, How::Strong))
}

/// Splits off brackets, and trims signs.
fn cut(text: &str, range: Range<usize>, rest: usize, how: How) -> Term {
    let inner = text.get(range.clone()).unwrap_or_default();
    let (mut main, mut also) = (inner.len(), None);
    if let Some(open) = inner.find(['(', '（', '[', '【']).filter(|open| *open > 0) {
        let width = inner
            .get(open..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8);
        let close = inner
            .rfind([')', '）', ']', '】'])
            .filter(|close| *close > open)
            .unwrap_or(inner.len());
        main = open;
        also = Some(range.start + open + width..range.start + close);
    }
    let trimmed = inner
        .get(..main)
        .unwrap_or_default()
        .trim_end_matches(|character: char| {
            !character.is_alphanumeric() && !matches!(character, '+' | '#' | ')')
        });
    Term {
        range: range.start..range.start + trimmed.len(),
        also,
        rest,
        how,
    }
}

/// The first place in `range` that is no number, sign or symbol before a name.
fn skip_signs(text: &str, range: Range<usize>) -> usize {
    let mut start = range.start;
    loop {
        let rest = text.get(start..range.end).unwrap_or_default();
        let signs = rest.len()
            - rest
                .trim_start_matches(|character: char| {
                    // The letter-like sign for information is a sign here.
                    (!character.is_alphanumeric() || character == 'ℹ') && character != '\u{fffc}'
                })
                .len();
        let rest = rest.get(signs..).unwrap_or_default();
        start += signs;
        // `1.`, `2.3`, `4)`, `a)`, `a. `; but not `3scale`.
        let digits = rest.len()
            - rest
                .trim_start_matches(|character: char| {
                    character.is_ascii_digit() || character == '.'
                })
                .len();
        let after = rest.get(digits..).and_then(|rest| rest.chars().next());
        let numbered = digits > 0
            && (rest
                .get(..digits)
                .is_some_and(|number| number.ends_with('.'))
                || after
                    .is_some_and(|after| !after.is_ascii_alphabetic() && !after.is_alphanumeric()));
        let mut letters = rest.chars();
        let lettered = letters
            .next()
            .is_some_and(|letter| letter.is_ascii_alphabetic())
            && match letters.next() {
                Some('.') => letters.next() == Some(' '),
                sign => sign == Some(')'),
            };
        if numbered {
            start += digits;
        } else if lettered {
            start += 2;
        } else {
            return start;
        }
    }
}

/// A colon or a dash between blanks that ends a term.
fn separator(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let line = text.get(range.clone())?;
    let mut depth = 0_usize;
    for (at, character) in line.char_indices() {
        let end = at + character.len_utf8();
        let blank_before = || line.get(..at).is_some_and(|before| before.ends_with(' '));
        let after = || line.get(end..).and_then(|after| after.chars().next());
        let blank_after = || after().is_none_or(|after| after == ' ');
        let unspaced_after = || at > 0 && after().is_some_and(is_unspaced);
        match character {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ':' if blank_after() || unspaced_after() => {
                return Some(range.start + at..range.start + end);
            }
            '：' => return Some(range.start + at..range.start + end),
            '–' | '—' | '-' | '=' if at > 0 && blank_before() && blank_after() => {
                return Some(range.start + at..range.start + end);
            }
            '.' | '。' | '?' | '!' if blank_after() => return None,
            _ => {}
        }
    }
    None
}

/// How many words stand outside of brackets at the end.
fn words(text: &str) -> usize {
    let text = text
        .find(['(', '（', '[', '【'])
        .filter(|open| *open > 0)
        .and_then(|open| text.get(..open))
        .unwrap_or(text);
    text.split_whitespace().count()
}

/// Whether every word of a term only labels what follows: *Role*, *Main components*, *What is it?*
pub(super) fn is_label(term: &str, lexicons: [&Lexicon; 2]) -> bool {
    let folded = fold(term);
    if folded.ends_with('?') || folded.is_empty() || term.contains('\u{fffc}') {
        return true;
    }
    let has = |text: &str, wanted: &[Role]| {
        lexicons.iter().any(|lexicon| {
            lexicon
                .phrases
                .exact(text)
                .any(|entry| wanted.contains(&entry.role))
        })
    };
    if has(&folded, &[Role::Label, Role::Generic, Role::Group]) {
        return true;
    }
    let says_nothing = [
        Role::Label,
        Role::Generic,
        Role::Group,
        Role::Light,
        Role::Preposition,
        Role::And,
        Role::Pronoun,
    ];
    // *Without the proxy*, *if the store is down*: the term says when; but *in-memory store* names something.
    let (head, tail) = term.split_once(' ').unwrap_or_default();
    let says_when = [Role::Without, Role::Via, Role::Break, Role::Negation];
    if !tail.is_empty() && !head.contains('-') && has(&fold(head), &says_when) {
        return true;
    }
    // *Task queue* ends with what it is; *steps of the start* begins with it.
    let last = folded.rsplit(' ').next().unwrap_or_default();
    let heads = |length: usize| {
        let mut ends = folded.match_indices(' ').map(|(at, _)| at);
        let head = ends.nth(length - 1).and_then(|end| folded.get(..end));
        head.is_some_and(|head| has(head, &[Role::Label]))
    };
    let asks = (1..=PHRASE).any(heads) && !has(last, &[Role::Kind]);
    // *Node = server*, *default: none* say something.
    if term.contains(" = ") || term.contains(": ") || is_deed(term, lexicons) {
        return true;
    }
    let unspaced = || {
        let mut lexicons = lexicons.iter().filter(|lexicon| lexicon.unspaced);
        lexicons.any(|lexicon| is_all_of(&folded, lexicon, &says_nothing))
    };
    asks || unspaced() || {
        let words: Vec<&str> = folded
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .collect();
        let mut rest = words.as_slice();
        let empty = |words: &[&str]| {
            let signs = words.iter().all(|word| !word.contains(char::is_alphabetic));
            signs || has(&words.join(" "), &says_nothing)
        };
        while let Some(length) = (1..=PHRASE).find(|length| rest.get(..*length).is_some_and(empty))
        {
            rest = rest.get(length..).unwrap_or_default();
        }
        rest.is_empty()
    }
}

/// Whether a term says what somebody does: *use a proxy*, *back up the database*; but *update service* is a name.
pub(super) fn is_deed(term: &str, lexicons: [&Lexicon; 2]) -> bool {
    let folded = fold(term);
    let words: Vec<&str> = folded.split(' ').collect();
    let has = |text: &str, wanted: &[Role]| {
        lexicons.iter().any(|lexicon| {
            let mut entries = lexicon.phrases.exact(text);
            entries.any(|entry| wanted.contains(&entry.role))
        })
    };
    let is_told = |words: &str| {
        let mut deeds = lexicons.iter().flat_map(|lexicon| &lexicon.deeds);
        deeds.any(|deed| deed == words)
    };
    let acts = |length: usize| {
        let first = words.get(..length).unwrap_or_default().join(" ");
        let second = words.get(length).copied().unwrap_or_default();
        let last = words.last().copied().unwrap_or_default();
        let told = [Role::Article, Role::Light, Role::Pronoun, Role::And];
        (is_told(&first) || has(&first, &[Role::Break]))
            && (has(second, &told) || !has(last, &[Role::Kind]))
    };
    (words.len() > 1 && acts(1)) || (words.len() > 2 && acts(2))
}

/// Words of a phrase that says nothing.
const PHRASE: usize = 3;

/// Letters of a term that is looked at phrase by phrase.
const SHORT: usize = 24;

/// In a script without blanks: whether a term is made of phrases with one of these uses alone.
fn is_all_of(term: &str, lexicon: &Lexicon, wanted: &[Role]) -> bool {
    let mut rest = term;
    if term.is_ascii() || term.chars().count() > SHORT {
        return false;
    }
    while !rest.is_empty() {
        let fits = lexicon
            .phrases
            .starting(rest)
            .filter(|(_, entry)| wanted.contains(&entry.role))
            .map(|(length, _)| length)
            .max();
        let blank = rest.starts_with(' ').then_some(1);
        match fits.or(blank).and_then(|length| rest.get(length..)) {
            Some(next) if next.len() < rest.len() => rest = next,
            _ => return false,
        }
    }
    true
}

/// In a script without blanks, where the last word says what is meant: whether a term ends with a label, as *the steps of the start* does.
pub(super) fn ends_in_label(term: &str, lexicons: [&Lexicon; 2]) -> bool {
    ends_in(term, lexicons, |_, role| role == Role::Label)
}

/// Likewise, whether it ends with what parts do to each other: *the reporting of states*.
pub(super) fn ends_in_deed(term: &str, lexicons: [&Lexicon; 2]) -> bool {
    ends_in(term, lexicons, |lexicon, role| match role {
        Role::Predicate(row) => lexicon.predicates.get(usize::from(row)).is_some_and(|row| {
            matches!(
                row.kind,
                LinkKind::Notifies
                    | LinkKind::Communicates
                    | LinkKind::Connects
                    | LinkKind::Sends
                    | LinkKind::Forwards
                    | LinkKind::Watches
                    | LinkKind::Scrapes
                    | LinkKind::Reads
            )
        }),
        _ => false,
    })
}

/// Whether a term in a script without blanks ends with a phrase of such a use, which is no noun for parts.
fn ends_in(term: &str, lexicons: [&Lexicon; 2], fits: impl Fn(&Lexicon, Role) -> bool) -> bool {
    let folded = fold(term);
    let mut unspaced = lexicons.iter().filter(|lexicon| lexicon.unspaced);
    unspaced.any(|lexicon| {
        let uses = |tail: &str, fits: &dyn Fn(Role) -> bool| {
            let mut entries = lexicon.phrases.exact(tail);
            entries.any(|entry| fits(entry.role))
        };
        let mut tails = folded
            .char_indices()
            .skip(1)
            .filter_map(|(at, _)| folded.get(at..))
            .filter(|tail| !tail.is_ascii() && (2..=SHORT).contains(&tail.chars().count()));
        tails.any(|tail| {
            uses(tail, &|role| fits(lexicon, role)) && !uses(tail, &|role| role == Role::Kind)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::note::structure::blocks;

    fn first(source: &str) -> Option<(String, String, How)> {
        let blocks = blocks(source, 0, 100);
        let block = blocks.get(1)?;
        let english = crate::read::prose::lexicon("en")?;
        let term = term(block, [english, english])?;
        let text = &block.text.text;
        Some((
            text.get(term.range)?.to_owned(),
            text.get(term.rest..)?.trim().to_owned(),
            term.how,
        ))
    }

    #[test]
    fn terms_are_found_in_all_their_clothes() {
        let of = |source: &str| first(source).map(|(term, rest, _)| (term, rest));
        let is = |source: &str, term: &str, rest: &str| {
            assert_eq!(
                of(source),
                Some((term.to_owned(), rest.to_owned())),
                "{source}"
            );
        };
        is("- **etcd:** a store", "etcd", "a store");
        is("- **etcd** : a store", "etcd", "a store");
        is(
            "- **API server** (kube-apiserver): door",
            "API server",
            "door",
        );
        is("- `etcd` - a store", "etcd", "a store");
        is("- 2.etcd: a store", "etcd", "a store");
        is("### 1. API Server (kube-apiserver)", "API Server", "");
        is("etcd – a store", "etcd", "a store");
        is("- etcd", "etcd", "");
        is("**2. etcd**", "etcd", "");
        is(
            "The **API server** is a door.",
            "API server",
            "The API server is a door.",
        );
        assert_eq!(
            of("In **2019** we moved everything to the cluster there."),
            None
        );
        assert_eq!(
            of("- It stores everything that there is to be stored."),
            None
        );
        assert_eq!(of("A sentence. With: a colon later on"), None);
    }
}
