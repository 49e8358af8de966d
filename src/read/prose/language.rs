//! The language of a text: by its script where that tells, else by its letters.

use super::fold::is_unspaced;
use super::lexicon::{parts, small};
use crate::model::phrases::{Phrases, fold, is_alphabetic};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use whatlang::{Detector, Lang};

/// Languages told apart by their letters, their codes, and the letters that English lacks.
const LETTERS: &[(Lang, &str, &str)] = &[
    (Lang::Eng, "en", ""),
    (Lang::Dan, "da", "æøå"),
    (Lang::Ita, "it", "àèéìòù"),
    (Lang::Deu, "de", "äöüß"),
    (Lang::Fra, "fr", "àâçéèêëîïôùûœ"),
    (Lang::Spa, "es", "áéíóúñü"),
    (Lang::Por, "pt", "áâãàçéêíóôõú"),
    (Lang::Nob, "no", "æøå"),
    (Lang::Swe, "sv", "åäö"),
    (Lang::Nld, "nl", "ëïé"),
    (Lang::Pol, "pl", "ąćęłńóśźż"),
    (Lang::Rus, "ru", ""),
    (Lang::Ukr, "uk", ""),
    (
        Lang::Vie,
        "vi",
        "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
    ),
];

/// Words below which letters tell nothing.
const FEW: usize = 12;

/// Words to each of which the letters weigh as much as one small word.
const WEIGHT: usize = 20;

/// Bytes of a text that are looked at: a picture in signs may take the first thousands.
const ENOUGH: usize = 100_000;

/// Bytes of words that are looked at: more do not change the verdict.
const WORDS: usize = 2000;

/// Bytes of words that settle most texts.
const START: usize = 500;

/// The code of the language that a text is most likely written in.
pub(crate) fn detect(text: &str) -> &'static str {
    let text = text.get(..text.floor_char_boundary(ENOUGH)).unwrap_or(text);
    by_script(text).unwrap_or_else(|| {
        let words = prose_words(text, (false, START));
        if let Some(clear) = by_start(&words) {
            return clear;
        }
        let words = prose_words(text, (false, WORDS));
        if words.split(' ').count() > FEW {
            by_words(&words, "")
        } else {
            // A few lines may have no other small words than those that sentences begin with, or only a heading that tells.
            let headings = text.lines().filter(|line| line.starts_with('#'));
            by_words(
                &prose_words(text, (true, WORDS)),
                &fold(&headings.collect::<String>()),
            )
        }
    })
}

/// The language of a text whose first words leave no doubt: one has three times the small words of any other.
fn by_start(words: &str) -> Option<&'static str> {
    let all: Vec<&str> = words.split(' ').collect();
    let scores = scores(&all);
    let best = (0..scores.len()).max_by_key(|at| scores[*at])?;
    let others = (0..scores.len()).filter(|at| *at != best);
    let second = others.map(|at| scores[at]).max().unwrap_or(0);
    // The words that Danish and Norwegian do not share are few.
    let code = LETTERS.get(best).map(|(_, code, _)| *code)?;
    let clear = words.len() >= START && scores[best] > 3 * second + all.len() / WEIGHT;
    (clear && !matches!(code, "da" | "no")).then_some(code)
}

/// How many words of a text are small words of each language, or have letters that only some have.
fn scores(words: &[&str]) -> Vec<usize> {
    let mut scores = vec![0; LETTERS.len()];
    // Prose says the same small words again and again.
    let mut all = words.to_vec();
    all.sort_unstable();
    for same in all.chunk_by(|one, other| one == other) {
        let word = same[0];
        for language in small_words().exact(word) {
            scores[*language] += same.len();
        }
        if !word.is_ascii() {
            for (score, (_, _, own)) in scores.iter_mut().zip(LETTERS) {
                let marked = word.contains(|letter| own.contains(letter));
                *score += usize::from(marked) * same.len();
            }
        }
    }
    scores
}

/// The language most of whose small words stand in a text; what its letters tell counts as some more of them. English where none has any.
/// A word for components tells as well, in `headings`.
fn by_words(words: &str, headings: &str) -> &'static str {
    let all: Vec<&str> = words.split(' ').collect();
    let count = all.len();
    let mut scores = scores(&all);
    for word in headings.split([' ', '#']).filter(|word| !word.is_empty()) {
        for language in part_words().exact(word) {
            scores[*language] += 2;
        }
    }
    let weight = 1 + count / WEIGHT;
    if count > FEW && !is_ahead(&scores, weight) {
        let languages = LETTERS.iter().map(|(language, ..)| *language).collect();
        let told = Detector::with_allowlist(languages).detect_lang(words);
        let place = LETTERS
            .iter()
            .position(|(language, ..)| told == Some(*language));
        if let Some(score) = place.and_then(|place| scores.get_mut(place)) {
            *score += weight;
        }
    }
    let mut best = ("en", 0);
    for ((_, code, _), score) in LETTERS.iter().zip(scores) {
        if score > best.1 {
            best = (code, score);
        }
    }
    match best.0 {
        "da" | "no" => danish_or_norwegian(words),
        code => code,
    }
}

/// Whether one score is so far ahead of all others that no other gets past it by `weight`.
fn is_ahead(scores: &[usize], weight: usize) -> bool {
    let (mut first, mut second) = (0, 0);
    for score in scores {
        if *score > first {
            (first, second) = (*score, first);
        } else if *score > second {
            second = *score;
        }
    }
    first > second + weight
}

/// The small words of all languages, which none lends to another, by the place of each language in [`LETTERS`].
fn small_words() -> &'static Phrases<usize> {
    static SMALL: OnceLock<Phrases<usize>> = OnceLock::new();
    SMALL.get_or_init(|| of_all(small))
}

/// Likewise their words for components.
fn part_words() -> &'static Phrases<usize> {
    static PARTS: OnceLock<Phrases<usize>> = OnceLock::new();
    PARTS.get_or_init(|| of_all(parts))
}

fn of_all(words: fn(&str) -> Vec<String>) -> Phrases<usize> {
    let languages = LETTERS.iter().enumerate();
    let words = languages.flat_map(|(at, (_, code, _))| {
        let words: BTreeSet<String> = words(code)
            .iter()
            .map(|word| fold(word).into_owned())
            .collect();
        words.into_iter().map(move |word| (word, at))
    });
    Phrases::of_folded(words)
}

/// Danish and Norwegian share nearly all letters in a row; a few short words tell them apart.
fn danish_or_norwegian(words: &str) -> &'static str {
    const DANISH: &[&str] = &[
        "af",
        "mellem",
        "efter",
        "nogle",
        "noget",
        "hvad",
        "der",
        "ud",
        "mod",
        "kun",
        "begge",
        "bliver",
        "blevet",
        "ad",
        "taler",
        "kører",
        "overvåger",
        "gemmer",
        "bruger",
        "nogen",
        "kommunikerer",
        "sker",
    ];
    const NORWEGIAN: &[&str] = &[
        "av",
        "mellom",
        "etter",
        "noen",
        "noe",
        "hva",
        "ut",
        "mot",
        "bare",
        "fra og med",
        "blir",
        "blitt",
        "hvor",
        "snakker",
        "kjører",
        "overvåker",
        "lagrer",
        "bruker",
        "finner",
        "kommuniserer",
        "skjer",
    ];
    let count = |list: &[&str]| words.split(' ').filter(|word| list.contains(word)).count();
    if count(NORWEGIAN) > count(DANISH) {
        "no"
    } else {
        "da"
    }
}

/// The language that a script belongs to alone: one letter of twenty tells, because technical notes are full of Latin names.
fn by_script(text: &str) -> Option<&'static str> {
    let (mut all, mut hangul, mut kana, mut han, mut cyrillic, mut ukrainian) =
        (0_usize, 0, 0, 0, 0, 0);
    for character in text.chars() {
        let letter = is_alphabetic(character);
        all += usize::from(letter);
        if character.is_ascii() || !letter {
            continue;
        }
        match character {
            '\u{ac00}'..='\u{d7af}' => hangul += 1,
            '\u{3040}'..='\u{30ff}' => kana += 1,
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => {
                ukrainian += 1;
                cyrillic += 1;
            }
            '\u{400}'..='\u{4ff}' => cyrillic += 1,
            other if is_unspaced(other) => han += 1,
            _ => {}
        }
    }
    let enough = |count: usize| count * 20 >= all && count > 0;
    if enough(hangul) {
        Some("ko")
    } else if enough(kana) {
        Some("ja")
    } else if enough(han) {
        Some("zh")
    } else if enough(cyrillic) {
        Some(if ukrainian * 50 >= cyrillic {
            "uk"
        } else {
            "ru"
        })
    } else {
        None
    }
}

/// The words in lower case outside of code: capitalised ones are mostly names, and names are mostly English. With `all`, those too. No more than
/// about `most` bytes of them.
fn prose_words(text: &str, (all, most): (bool, usize)) -> String {
    let mut words = String::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        if words.len() > most {
            break;
        }
        for word in line.split_whitespace() {
            let letters = word.trim_matches(|character: char| !is_alphabetic(character));
            let small = |character: char| match character {
                '\'' | '’' => true,
                _ if character.is_ascii() => character.is_ascii_lowercase(),
                _ => character.is_lowercase(),
            };
            let mut own = letters.chars();
            let first = all && own.next().is_some_and(char::is_uppercase);
            if first && own.clone().next().is_some() && own.all(small) {
                words.push_str(&letters.to_lowercase());
                words.push(' ');
            } else if !letters.is_empty() && letters.chars().all(small) {
                words.push_str(letters);
                words.push(' ');
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_letters_tell() {
        assert_eq!(detect("kubelet은 API 서버에 상태를 보고한다."), "ko");
        assert_eq!(detect("kubelet は API サーバーに状態を報告します。"), "ja");
        assert_eq!(detect("只有 API Server 能访问 etcd。"), "zh");
        assert_eq!(
            detect("Планувальник ніколи не звертається до etcd напряму."),
            "uk"
        );
        assert_eq!(
            detect("Планировщик никогда не обращается к etcd напрямую."),
            "ru"
        );
        assert_eq!(
            detect(
                "Komponenten, der gemmer alle data om klyngen, og som ingen andre må skrive til."
            ),
            "da"
        );
        assert_eq!(
            detect("The component that stores all data about the cluster."),
            "en"
        );
    }

    #[test]
    fn little_text_is_english_unless_its_words_tell() {
        let chart = "```mermaid\ngraph LR\nA[Zamówienia] --> B[Baza]\n```\n";
        assert_eq!(detect(chart), "en");
        assert_eq!(detect(&format!("# Overview\n\n{chart}")), "en");
        assert_eq!(detect("Serwer wysyła dane do bazy i do kolejki."), "pl");
        assert_eq!(detect("Serveren sender data til databasen og køen."), "da");
        assert_eq!(detect("The server sends data to the database."), "en");
        assert_eq!(detect("Der Server sendet Daten an die Datenbank."), "de");
        // Where sentences are so few that they only begin with small words.
        let short = "# Komponenten\n\n- **Shop:** Der Laden.\n- **Lager:** Das Lager.\n";
        assert_eq!(detect(short), "de");
        assert_eq!(
            detect("# Composants\n\n- **Boutique**\n- **Stock**\n"),
            "fr"
        );
        assert_eq!(detect("# Shop\n\n- **Cart:** The cart.\n- **API**\n"), "en");
        assert_eq!(detect("# Services\n\n- **Cart**\n- **Stock**\n"), "en");
    }
}
