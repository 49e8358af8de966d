//! Which family is preferred for the characters that the faces that ship lack: by the language first, as the same ideograph is written differently in
//! Beijing, Taipei, Tokyo and Seoul; and then sans serif, as the rest of the picture.

use super::family::Wanted;

/// Whose forms of the ideographs are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    Simplified,
    Taiwan,
    HongKong,
    Japan,
    Korea,
}

/// The families of a region, the best first.
const FAMILIES: [(Region, &[&str]); 5] = [
    (
        Region::Simplified,
        &[
            "Noto Sans CJK SC",
            "Noto Sans SC",
            "Source Han Sans SC",
            "Source Han Sans CN",
            "PingFang SC",
            "Microsoft YaHei",
            "Hiragino Sans GB",
            "WenQuanYi Micro Hei",
            "WenQuanYi Zen Hei",
            "SimHei",
            "Droid Sans Fallback",
        ],
    ),
    (
        Region::Taiwan,
        &[
            "Noto Sans CJK TC",
            "Noto Sans TC",
            "Source Han Sans TC",
            "Source Han Sans TW",
            "PingFang TC",
            "Microsoft JhengHei",
        ],
    ),
    (
        Region::HongKong,
        &[
            "Noto Sans CJK HK",
            "Noto Sans HK",
            "Source Han Sans HC",
            "Source Han Sans HK",
            "PingFang HK",
        ],
    ),
    (
        Region::Japan,
        &[
            "Noto Sans CJK JP",
            "Noto Sans JP",
            "Source Han Sans",
            "Source Han Sans JP",
            "Hiragino Sans",
            "Hiragino Kaku Gothic ProN",
            "Yu Gothic",
            "Meiryo",
            "IPAexGothic",
            "IPAGothic",
            "MS Gothic",
        ],
    ),
    (
        Region::Korea,
        &[
            "Noto Sans CJK KR",
            "Noto Sans KR",
            "Source Han Sans K",
            "Source Han Sans KR",
            "Apple SD Gothic Neo",
            "Malgun Gothic",
            "NanumGothic",
            "UnDotum",
        ],
    ),
];

/// Good families of other scripts and of signs, beside those called Noto Sans.
const OTHERS: &[&str] = &[
    "Noto Emoji",
    "Segoe UI",
    "Segoe UI Emoji",
    "Segoe UI Symbol",
    "Leelawadee UI",
    "Nirmala UI",
    "Ebrima",
    "Apple Symbols",
    "Thonburi",
    "Kohinoor Devanagari",
    "Lohit Devanagari",
    "FreeSans",
    "Symbola",
];

/// Parts of the names of families that are taken last: of dots, of boxes with numbers, of one width, for handwriting.
const LAST: &[&str] = &[
    "Last Resort",
    "LastResort",
    "Unifont",
    "Adobe Blank",
    "Tofu",
];
const LATE: &[&str] = &[
    "Mono", "Serif", "Bitmap", "Script", "Ming", "Mincho", "Song", "Kai",
];

impl Region {
    /// The region of a picture: of its language, else of the letters that only one of them writes.
    pub(super) fn of(wanted: &Wanted<'_>) -> Self {
        let language = wanted.language.unwrap_or_default().to_lowercase();
        let mut parts = language.split(['-', '_']);
        match parts.next().unwrap_or_default() {
            "zh" => {
                let rest: Vec<&str> = parts.collect();
                if rest.iter().any(|part| matches!(*part, "hk" | "mo")) {
                    Self::HongKong
                } else if rest.iter().any(|part| matches!(*part, "tw" | "hant")) {
                    Self::Taiwan
                } else {
                    Self::Simplified
                }
            }
            "yue" => Self::HongKong,
            "ja" => Self::Japan,
            "ko" => Self::Korea,
            _ => Self::written(wanted),
        }
    }

    fn written(wanted: &Wanted<'_>) -> Self {
        let any = |letters: &[(char, char)]| {
            let among = |letter: &char| letters.iter().any(|(a, b)| (a..=b).contains(&letter));
            wanted.letters.iter().any(among)
        };
        if any(&[('\u{3041}', '\u{30ff}'), ('\u{31f0}', '\u{31ff}')]) {
            Self::Japan
        } else if any(&[('\u{ac00}', '\u{d7a3}'), ('\u{1100}', '\u{11ff}')]) {
            Self::Korea
        } else if any(&[('\u{3105}', '\u{312f}')]) {
            Self::Taiwan
        } else {
            Self::Simplified
        }
    }
}

/// The place of a family in the order of preference: the lower, the better.
pub(super) fn rank(name: &str, region: Region) -> usize {
    let own = FAMILIES.iter().filter(|(whose, _)| *whose == region);
    let foreign = FAMILIES.iter().filter(|(whose, _)| *whose != region);
    let known = own.chain(foreign).flat_map(|(_, names)| *names);
    let count: usize = FAMILIES.iter().map(|(_, names)| names.len()).sum();
    if let Some(place) = known.copied().position(|known| known == name) {
        return place;
    }
    let holds = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if let Some(place) = OTHERS.iter().position(|known| *known == name) {
        return count + 1 + place;
    }
    let after = count + 1 + OTHERS.len();
    match () {
        () if holds(LAST) => after + 3,
        () if holds(LATE) => after + 2,
        // Noto's faces of a script are made to stand beside the one that ships.
        () if name.starts_with("Noto Sans") => count,
        () => after + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn region(language: Option<&str>, letters: &str) -> Region {
        let letters: BTreeSet<char> = letters.chars().collect();
        Region::of(&Wanted {
            letters: &letters,
            language,
        })
    }

    #[test]
    fn the_language_decides_and_else_the_letters() {
        assert_eq!(region(Some("zh"), "控制"), Region::Simplified);
        assert_eq!(region(Some("zh-Hant-TW"), "控制"), Region::Taiwan);
        assert_eq!(region(Some("zh_HK"), "控制"), Region::HongKong);
        assert_eq!(region(Some("ja"), "制御"), Region::Japan);
        assert_eq!(region(Some("en"), "制御サーバー"), Region::Japan);
        assert_eq!(region(None, "컨트롤 플레인"), Region::Korea);
        assert_eq!(region(None, "控制"), Region::Simplified);
    }

    #[test]
    fn a_family_of_the_region_is_better_than_another_and_dots_are_worst() {
        let order = [
            "Noto Sans CJK JP",
            "Hiragino Sans",
            "Noto Sans CJK SC",
            "Noto Sans Thai",
            "Segoe UI Symbol",
            "Garuda",
            "Noto Sans Mono CJK JP",
            "Unifont Upper",
        ];
        let ranks: Vec<usize> = order.map(|name| rank(name, Region::Japan)).into();
        assert!(ranks.is_sorted(), "{ranks:?}");
    }
}
