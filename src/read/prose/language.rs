//! The language of a text: by its script where that tells, else by its letters.

use super::fold::is_unspaced;
use super::lexicon::{Role, lexicon};
use whatlang::{Detector, Lang};

/// Languages told apart by their letters alone, and their codes.
const LETTERS: &[(Lang, &str)] = &[
    (Lang::Eng, "en"),
    (Lang::Dan, "da"),
    (Lang::Ita, "it"),
    (Lang::Deu, "de"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Nob, "no"),
    (Lang::Swe, "sv"),
    (Lang::Nld, "nl"),
    (Lang::Pol, "pl"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Vie, "vi"),
];

/// Words below which letters tell nothing.
const FEW: usize = 12;

/// Bytes of a text that are looked at: more do not change the verdict.
const ENOUGH: usize = 4000;

/// The code of the language that a text is most likely written in.
pub(crate) fn detect(text: &str) -> &'static str {
    let text = text.get(..text.floor_char_boundary(ENOUGH)).unwrap_or(text);
    if let Some(code) = by_script(text) {
        return code;
    }
    let languages = LETTERS.iter().map(|(language, _)| *language).collect();
    let words = prose_words(text);
    if words.split(' ').count() <= FEW {
        return by_words(&words);
    }
    Detector::with_allowlist(languages)
        .detect_lang(&words)
        .and_then(|found| LETTERS.iter().find(|(language, _)| *language == found))
        .map_or("en", |(_, code)| match *code {
            "da" | "no" => danish_or_norwegian(&words),
            code => code,
        })
}

/// The language whose small words stand in a text too short for its letters to tell; English where no other has more of them.
fn by_words(words: &str) -> &'static str {
    let small = |code: &str| {
        let Some(lexicon) = lexicon(code) else {
            return 0;
        };
        words
            .split(' ')
            .filter(|word| {
                lexicon.phrases.exact(word).any(|entry| {
                    matches!(
                        entry.role,
                        Role::Light | Role::Preposition | Role::And | Role::Predicate(_)
                    )
                })
            })
            .count()
    };
    let mut best = ("en", small("en"));
    for (_, code) in LETTERS {
        let count = small(code);
        if count > best.1 {
            best = (code, count);
        }
    }
    match best.0 {
        "da" | "no" => danish_or_norwegian(words),
        code => code,
    }
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
    for character in text.chars().filter(|character| character.is_alphabetic()) {
        all += 1;
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

/// The words in lower case outside of code: capitalised ones are mostly names, and names are mostly English.
fn prose_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for word in line.split_whitespace() {
            let letters = word.trim_matches(|character: char| !character.is_alphabetic());
            let plain = letters
                .chars()
                .all(|character| character.is_lowercase() || character == '\'' || character == '’');
            if plain && !letters.is_empty() {
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
    }
}
