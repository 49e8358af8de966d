//! Families for what the faces that ship lack: given by the user, or found on the machine by whoever stands above. Which one is taken depends on the
//! language and the names alone, never on the order in which they were found.

use super::about::About;
use super::faces::{Face, Loaded, Weight};
use super::prefer::{Region, rank};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Families that one picture takes: for each script that the faces that ship lack, one.
const MOST: usize = 8;

/// A font file that was read. It is read once a process, and needed until its end.
#[derive(Clone, Copy)]
pub struct File(&'static [u8]);

impl File {
    /// The file with these bytes; `None` where they are no font.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        let file = Self(bytes.leak());
        Face::own(file.0, 0, Weight::Regular).map(|_| file)
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({} bytes)", self.0.len())
    }
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

/// A family in two weights, which may be the same face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Its name.
    pub name: String,
    regular: Face,
    bold: Face,
}

impl Family {
    /// Those families of font files that a picture needs; and the characters that none of them draws.
    pub fn of(files: &[File], wanted: &Wanted<'_>) -> (Vec<Self>, BTreeSet<char>) {
        let mut faces = Vec::new();
        for (at, file) in files.iter().enumerate() {
            let told = About::of_bytes(file.0, wanted.letters);
            faces.extend(told.into_iter().map(|about| (about, at)));
        }
        let open = |(regular, bold): &(usize, usize)| {
            let (about, file) = faces.get(*regular)?;
            let (heavy, other) = faces.get(*bold)?;
            Self::new((about, *files.get(*file)?), (heavy, *files.get(*other)?))
        };
        chosen(candidates(&faces, |file| *file), wanted, open)
    }

    /// A family of a regular and a bold face, each with the file that holds it; `None` where they are no fonts.
    pub fn new((regular, bytes): (&About, File), (bold, heavy): (&About, File)) -> Option<Self> {
        let light = Face::own(bytes.0, regular.index, Weight::Regular)?;
        Some(Self {
            name: regular.family.clone(),
            regular: light,
            bold: Face::own(heavy.0, bold.index, Weight::Bold).unwrap_or(light),
        })
    }

    /// Its face of a weight.
    pub fn face(&self, weight: Weight) -> Face {
        match weight {
            Weight::Regular => self.regular,
            Weight::Bold => self.bold,
        }
    }

    /// Those of `letters` that it has an outline for: a font of coloured pictures has none.
    pub fn draws(&self, letters: &BTreeSet<char>) -> BTreeSet<char> {
        let Some(face) = Loaded::new(self.regular) else {
            return BTreeSet::new();
        };
        let drawn = letters.iter().copied().filter(|letter| face.draws(*letter));
        drawn.collect()
    }
}

/// The characters that a picture lacks, and the language of its words.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The characters.
    pub letters: &'a BTreeSet<char>,
    /// The language, as a code.
    pub language: Option<&'a str>,
}

/// Who looks for families on the machine: nobody, unless the roof says who.
#[derive(Clone, Copy)]
pub struct Finder(pub fn(&Wanted<'_>) -> Vec<Family>);

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Finder")
    }
}

impl PartialEq for Finder {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.0, other.0)
    }
}

/// A family that may be taken.
#[derive(Debug, Clone)]
pub struct Candidate<T> {
    /// Its name.
    pub name: String,
    /// Its place among the files that the user gave: the first come first.
    pub file: usize,
    /// The characters that it says it has.
    pub has: BTreeSet<char>,
    /// What it is opened by.
    pub key: T,
}

/// Those of `candidates` that a picture needs, the best for each script first; and the characters that none of them draws. Only what is taken is opened.
pub fn chosen<T>(
    mut candidates: Vec<Candidate<T>>,
    wanted: &Wanted<'_>,
    mut open: impl FnMut(&T) -> Option<Family>,
) -> (Vec<Family>, BTreeSet<char>) {
    let region = Region::of(wanted);
    let mut rest = wanted.letters.clone();
    let mut taken = Vec::new();
    for _ in 0..MOST {
        let useful = |candidate: &Candidate<T>| candidate.has.intersection(&rest).count();
        candidates.retain(|candidate| useful(candidate) > 0);
        let all = candidates.iter().enumerate();
        let best = all.min_by_key(|(_, one)| {
            let place = (one.file, rank(&one.name, region));
            (place, Reverse(useful(one)), one.name.clone())
        });
        let Some((at, _)) = best else {
            break;
        };
        let Some(family) = open(&candidates.remove(at).key) else {
            continue;
        };
        // A font of coloured pictures, for one, says that it has them, and has no outlines.
        let drawn = family.draws(&rest);
        if !drawn.is_empty() {
            rest.retain(|letter| !drawn.contains(letter));
            taken.push(family);
        }
    }
    (taken, rest)
}

/// Each family among `faces`, to be opened by the places of its regular and its bold face there. Of faces that are alike the first is taken.
pub fn candidates<T>(
    faces: &[(About, T)],
    file: impl Fn(&T) -> usize,
) -> Vec<Candidate<(usize, usize)>> {
    let mut families: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (face, _)) in faces.iter().enumerate() {
        families.entry(&face.family).or_default().push(at);
    }
    let families = families.into_iter().filter_map(|(name, own)| {
        let about = |at: &usize| faces.get(*at).map(|(about, _)| about);
        let near = |at: &usize, weight: u32| {
            about(at).map(|face| (face.odd, face.weight.abs_diff(weight)))
        };
        let regular = *own.iter().min_by_key(|at| near(at, 400))?;
        let light = about(&regular)?;
        let heavy = own.iter().filter(|at| {
            about(at).is_some_and(|face| {
                face.weight >= 600 && face.odd <= light.odd && face.has.is_superset(&light.has)
            })
        });
        let bold = heavy.min_by_key(|at| near(at, 700));
        let bold = bold.filter(|_| !light.variable).unwrap_or(&regular);
        Some(Candidate {
            name: name.to_owned(),
            file: faces.get(regular).map_or(0, |(_, of)| file(of)),
            has: light.has.clone(),
            key: (regular, *bold),
        })
    });
    families.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(family: &str, weight: u32, odd: u32) -> About {
        About {
            family: family.to_owned(),
            index: 0,
            weight,
            odd,
            variable: false,
            has: BTreeSet::from(['控']),
        }
    }

    #[test]
    fn a_family_is_its_regular_and_its_bold_face() {
        let faces = [
            about("B", 900, 0),
            about("B", 300, 0),
            about("A", 400, 1000),
            about("A", 700, 0),
            about("B", 700, 0),
            about("A", 400, 0),
            about("C", 500, 0),
        ];
        let faces = faces.map(|face| (face, ()));
        let keys = candidates(&faces, |()| 0).into_iter().map(|one| one.key);
        assert_eq!(keys.collect::<Vec<_>>(), [(5, 3), (1, 4), (6, 6)]);
    }

    #[test]
    fn the_users_first_file_counts_before_the_better_name_and_what_nobody_has_is_left() {
        let letters: BTreeSet<char> = "ab控".chars().collect();
        let files = [Face::fallback(Weight::Regular), Face::main(Weight::Regular)];
        let wanted = Wanted {
            letters: &letters,
            language: None,
        };
        let (taken, rest) = Family::of(&files.map(|face| File(face.bytes)), &wanted);
        let names: Vec<&str> = taken.iter().map(|family| &*family.name).collect();
        assert_eq!(names, ["DejaVu Sans"]);
        assert_eq!(rest, BTreeSet::from(['控']));
    }

    #[test]
    fn the_region_decides_whatever_the_order_and_what_cannot_be_opened_is_passed_over() {
        let letters: BTreeSet<char> = "ab".chars().collect();
        let wanted = Wanted {
            letters: &letters,
            language: Some("ko"),
        };
        let file = File(Face::main(Weight::Regular).bytes);
        let told = About::of_bytes(file.0, &letters).remove(0);
        let mut candidates: Vec<Candidate<&str>> = [
            "Noto Sans CJK SC",
            "Noto Sans CJK KR",
            "Zebra",
            "Malgun Gothic",
        ]
        .map(|name| Candidate {
            name: name.to_owned(),
            file: 0,
            has: letters.clone(),
            key: name,
        })
        .into();
        for _ in 0..2 {
            let mut tried = Vec::new();
            let (taken, rest) = chosen(candidates.clone(), &wanted, |name| {
                tried.push(*name);
                let open = *name != "Noto Sans CJK KR";
                open.then(|| Family::new((&told, file), (&told, file)))?
            });
            assert_eq!(tried, ["Noto Sans CJK KR", "Malgun Gothic"]);
            assert_eq!((taken.len(), rest.len()), (1, 0));
            candidates.reverse();
        }
    }
}
