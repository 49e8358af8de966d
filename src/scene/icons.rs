//! Our own line glyphs, on a grid of 24 by 24, and which component has which.

use super::theme::Hue;
use crate::geom::{Affine, BezPath, Point, Rect};
use crate::model::{Component, Name, Part};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Side of the grid that glyphs are drawn on.
const GRID: f64 = 24.0;

/// A glyph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// Lines, as SVG path data without arcs (arcs need trigonometry, whose last digit differs between platforms).
    lines: &'static str,
    /// Circles: centre and radius.
    circles: &'static [(f64, f64, f64)],
    /// What it is about.
    pub(super) hue: Hue,
}

/// Which words mean which glyph: roles first, then names that everybody in the field knows.
const GLYPHS: &[(&[&str], Glyph)] = &[
    (
        &["api", "hub", "apiserver", "kubeapiserver"],
        Glyph {
            lines: "M9.5 4H8.5C6.8 4 6 4.9 6 6.5V9C6 10.7 5.2 12 3.5 12C5.2 12 6 13.3 6 15V17.5C6 19.1 6.8 20 8.5 20H9.5M14.5 4H15.5C17.2 4 18 4.9 18 6.5V9C18 10.7 18.8 12 20.5 12C18.8 12 18 13.3 18 15V17.5C18 19.1 17.2 20 15.5 20H14.5M12 11.6V12.4",
            circles: &[],
            hue: Hue::Control,
        },
    ),
    (
        &[
            "store", "database", "etcd", "cache", "db", "postgres", "mysql", "redis",
        ],
        Glyph {
            lines: "M5 6C5 4.3 8.1 3 12 3S19 4.3 19 6S15.9 9 12 9S5 7.7 5 6ZM5 6V18C5 19.7 8.1 21 12 21S19 19.7 19 18V6M5 12C5 13.7 8.1 15 12 15S19 13.7 19 12",
            circles: &[],
            hue: Hue::Store,
        },
    ),
    (
        &["scheduler", "kubescheduler"],
        Glyph {
            lines: "M12 7V12L15.5 14.5",
            circles: &[(12.0, 12.0, 9.0)],
            hue: Hue::Control,
        },
    ),
    (
        &[
            "controller",
            "kubecontrollermanager",
            "controllermanager",
            "operator",
        ],
        Glyph {
            lines: "M20 9.5C18.9 6 15.7 3.7 12 3.7C9 3.7 6.3 5.3 4.8 7.7M4.5 3.5V8H9M4 14.5C5.1 18 8.3 20.3 12 20.3C15 20.3 17.7 18.7 19.2 16.3M19.5 20.5V16H15",
            circles: &[],
            hue: Hue::Control,
        },
    ),
    (
        &["cloud", "cloudprovider", "cloudproviderapi"],
        Glyph {
            lines: "M7 18.5C4.6 18.5 3 16.8 3 14.6C3 12.5 4.5 10.9 6.5 10.7C7 7.6 9.4 5.5 12.3 5.5C15 5.5 17.2 7.2 18 9.7C20 10 21.2 11.8 21.2 14C21.2 16.5 19.4 18.5 17 18.5Z",
            circles: &[],
            hue: Hue::Outside,
        },
    ),
    (
        &["cloudcontroller", "cloudcontrollermanager"],
        Glyph {
            lines: "M7 16.5C4.6 16.5 3 14.9 3 12.8C3 10.8 4.5 9.3 6.5 9.1C7 6.2 9.4 4.2 12.3 4.2C15 4.2 17.2 5.8 18 8.2C20 8.5 21.2 10.2 21.2 12.2C21.2 14.6 19.4 16.5 17 16.5M12 20.5V13M9 16L12 13L15 16",
            circles: &[],
            hue: Hue::Control,
        },
    ),
    (
        &["agent", "kubelet"],
        Glyph {
            lines: "M5 4H19C19.6 4 20 4.4 20 5V19C20 19.6 19.6 20 19 20H5C4.4 20 4 19.6 4 19V5C4 4.4 4.4 4 5 4ZM8 12.2L10.8 15L16 9.2",
            circles: &[],
            hue: Hue::Node,
        },
    ),
    (
        &["proxy", "kubeproxy", "router", "network"],
        Glyph {
            lines: "M4 8.5H18M14.5 5L18 8.5L14.5 12M20 15.5H6M9.5 12L6 15.5L9.5 19",
            circles: &[],
            hue: Hue::Node,
        },
    ),
    (
        &[
            "runtime",
            "containerruntime",
            "containerd",
            "docker",
            "container",
            "crio",
        ],
        Glyph {
            lines: "M12 3L20 7.5V16.5L12 21L4 16.5V7.5ZM12 12L20 7.5M12 12V21M12 12L4 7.5",
            circles: &[],
            hue: Hue::Node,
        },
    ),
    (
        &["pod", "pods", "workload"],
        Glyph {
            lines: "M12 3L19.8 7.5V16.5L12 21L4.2 16.5V7.5Z",
            circles: &[(12.0, 12.0, 2.6)],
            hue: Hue::Node,
        },
    ),
    (
        &["node", "machine", "host", "server", "vm"],
        Glyph {
            lines: "M4 4.5H20V11H4ZM4 13H20V19.5H4ZM7.5 7.75H9M7.5 16.25H9M13 7.75H17M13 16.25H17",
            circles: &[],
            hue: Hue::Node,
        },
    ),
    (
        &["user", "person", "users", "client", "developer", "admin"],
        Glyph {
            lines: "M4.5 20.5C5.2 16.6 8.2 14.5 12 14.5S18.8 16.6 19.5 20.5",
            circles: &[(12.0, 8.0, 4.0)],
            hue: Hue::Outside,
        },
    ),
    (
        &["cli", "terminal", "kubectl"],
        Glyph {
            lines: "M4 5H20C20.6 5 21 5.4 21 6V18C21 18.6 20.6 19 20 19H4C3.4 19 3 18.6 3 18V6C3 5.4 3.4 5 4 5ZM7 9.5L10 12L7 14.5M12.5 15H17",
            circles: &[],
            hue: Hue::Outside,
        },
    ),
    (
        &["balancer", "loadbalancer"],
        Glyph {
            lines: "M12 7V12M12 12L6 16.5M12 12V16.5M12 12L18 16.5",
            circles: &[
                (12.0, 5.0, 2.2),
                (5.0, 18.5, 2.2),
                (12.0, 18.5, 2.2),
                (19.0, 18.5, 2.2),
            ],
            hue: Hue::Edge,
        },
    ),
    (
        &["queue", "broker", "topic", "kafka"],
        Glyph {
            lines: "M3 8H21V16H3ZM9 8V16M15 8V16",
            circles: &[],
            hue: Hue::Store,
        },
    ),
    (
        &["gateway", "ingress", "ingresscontroller"],
        Glyph {
            lines: "M5 20.5V10.5C5 6.4 8.1 3.5 12 3.5S19 6.4 19 10.5V20.5M3 20.5H21M12 20.5V11.5M9 14.5L12 11.5L15 14.5",
            circles: &[],
            hue: Hue::Edge,
        },
    ),
    (
        &[
            "monitor",
            "metrics",
            "prometheus",
            "grafana",
            "metricsserver",
        ],
        Glyph {
            lines: "M3.5 20H20.5M5 15.5L9.5 9.5L13.5 13L19.5 5",
            circles: &[],
            hue: Hue::Edge,
        },
    ),
    (
        &["service", "services", "svc", "backend", "bff"],
        Glyph {
            lines: "M3 12H7.5M16.5 12H21M18 9L21 12L18 15",
            circles: &[(12.0, 12.0, 4.5)],
            hue: Hue::Edge,
        },
    ),
    (
        &["dns", "coredns", "kubedns", "discovery"],
        Glyph {
            lines: "M3 12H21M12 3C14.6 5.6 16 8.7 16 12S14.6 18.4 12 21C9.4 18.4 8 15.3 8 12S9.4 5.6 12 3Z",
            circles: &[(12.0, 12.0, 9.0)],
            hue: Hue::Edge,
        },
    ),
    (
        &[
            "web",
            "browser",
            "dashboard",
            "frontend",
            "ui",
            "app",
            "site",
        ],
        Glyph {
            lines: "M4 4.5H20C20.6 4.5 21 4.9 21 5.5V18.5C21 19.1 20.6 19.5 20 19.5H4C3.4 19.5 3 19.1 3 18.5V5.5C3 4.9 3.4 4.5 4 4.5ZM3 9H21M6 6.8H6.5M8.5 6.8H9",
            circles: &[],
            hue: Hue::Edge,
        },
    ),
    (
        &["registry", "imageregistry", "images"],
        Glyph {
            lines: "M4 9L12 4.5L20 9L12 13.5ZM4 13L12 17.5L20 13M4 17L12 21.5L20 17",
            circles: &[],
            hue: Hue::Store,
        },
    ),
    (
        &[
            "job", "cronjob", "function", "lambda", "handler", "consumer",
        ],
        Glyph {
            lines: "M13 3L5.5 13.5H11.5L10.5 21L18.5 10H12.5Z",
            circles: &[],
            hue: Hue::Node,
        },
    ),
    (
        &[
            "mail",
            "smtp",
            "notifier",
            "notification",
            "notifications",
            "email",
        ],
        Glyph {
            lines: "M4 5.5H20C20.6 5.5 21 5.9 21 6.5V17.5C21 18.1 20.6 18.5 20 18.5H4C3.4 18.5 3 18.1 3 17.5V6.5C3 5.9 3.4 5.5 4 5.5ZM3.5 6.5L12 13L20.5 6.5",
            circles: &[],
            hue: Hue::Edge,
        },
    ),
    (
        &[
            "auth", "login", "identity", "iam", "oauth", "firewall", "security",
        ],
        Glyph {
            lines: "M12 3L19.5 6V11.5C19.5 16 16.4 19.6 12 21C7.6 19.6 4.5 16 4.5 11.5V6ZM8.8 12L11.2 14.4L15.4 9.8",
            circles: &[],
            hue: Hue::Edge,
        },
    ),
    (
        &[
            "bucket",
            "volume",
            "disk",
            "storage",
            "s3",
            "persistentvolume",
        ],
        Glyph {
            lines: "M4.5 6.5C4.5 5 7.9 4 12 4S19.5 5 19.5 6.5S16.1 9 12 9S4.5 8 4.5 6.5ZM4.5 6.5L6.3 18.3C6.6 19.6 9 20.5 12 20.5S17.4 19.6 17.7 18.3L19.5 6.5",
            circles: &[],
            hue: Hue::Store,
        },
    ),
    (
        &[
            "config",
            "configmap",
            "secret",
            "file",
            "manifest",
            "log",
            "logs",
            "object",
        ],
        Glyph {
            lines: "M7 3.5H14L18.5 8V19.5C18.5 20.1 18.1 20.5 17.5 20.5H7C6.4 20.5 6 20.1 6 19.5V4.5C6 3.9 6.4 3.5 7 3.5ZM14 3.5V8H18.5M9 12.5H15.5M9 16.5H15.5",
            circles: &[],
            hue: Hue::Store,
        },
    ),
    (
        &["search", "index", "elasticsearch", "indexer"],
        Glyph {
            lines: "M14.8 14.8L20.5 20.5",
            circles: &[(10.3, 10.3, 6.3)],
            hue: Hue::Store,
        },
    ),
    (
        &["group", "collapsed"],
        Glyph {
            lines: "M4 4H20V20H4ZM8 8H11V11H8ZM13.5 8H16.5V11H13.5ZM8 13.5H11V16.5H8ZM13.5 13.5H16.5V16.5H13.5Z",
            circles: &[],
            hue: Hue::Outside,
        },
    ),
    (
        &["deployment", "replicaset", "statefulset", "daemonset"],
        Glyph {
            lines: "M4 9H15V20H4ZM9 9V4H20V15H15",
            circles: &[],
            hue: Hue::Node,
        },
    ),
];

/// A closed lock: a rule guards what bears it.
pub(super) const LOCK: Glyph = Glyph {
    lines: "M6 11H18C18.6 11 19 11.4 19 12V19C19 19.6 18.6 20 18 20H6C5.4 20 5 19.6 5 19V12C5 11.4 5.4 11 6 11ZM8 11V8C8 5.8 9.8 4 12 4S16 5.8 16 8V11M12 14.5V16.5",
    circles: &[],
    hue: Hue::Outside,
};

/// A barred circle: a rule forbids something.
pub(super) const BARRED: Glyph = Glyph {
    lines: "M6 6L18 18",
    circles: &[(12.0, 12.0, 8.5)],
    hue: Hue::Outside,
};

/// The glyph of a part: by what the knowledge calls it, by its role, by its id or name, or by the last word of its name (`orders-db`, `mail queue 2`).
pub(super) fn of(part: &Part, component: &Component) -> Option<Glyph> {
    let words = [
        component.known_as.as_deref(),
        component.role.as_deref(),
        Some(&*part.id),
        Some(&part.label),
    ];
    words
        .into_iter()
        .flatten()
        .find_map(|word| named(Name::of(word).as_str()))
        .or_else(|| named(&last_word(&part.label)))
}

fn named(word: &str) -> Option<Glyph> {
    static BY_WORD: LazyLock<BTreeMap<&str, Glyph>> = LazyLock::new(|| {
        let words = |(names, glyph): &(&'static [&'static str], Glyph)| {
            let glyph = *glyph;
            names.iter().map(move |name| (*name, glyph))
        };
        GLYPHS.iter().flat_map(words).collect()
    });
    BY_WORD.get(word).copied()
}

/// The last word that has a letter, in lower case.
fn last_word(label: &str) -> String {
    label
        .split(|character: char| !character.is_alphanumeric())
        .rev()
        .find(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
        .unwrap_or_default()
}

impl Glyph {
    /// Its lines within `place`.
    pub(super) fn path(self, place: Rect) -> BezPath {
        Outlines::default().path(self, place)
    }

    /// Its lines on the grid.
    fn outline(self) -> BezPath {
        // A glyph that cannot be read draws nothing; a test reads them all.
        let mut path = BezPath::from_svg(self.lines).unwrap_or_default();
        for (x, y, radius) in self.circles {
            circle(&mut path, Point::new(*x, *y), *radius);
        }
        path
    }
}

/// The glyphs that were drawn so far: a large picture has few, and each a hundred times.
#[derive(Default)]
pub(super) struct Outlines {
    drawn: BTreeMap<&'static str, BezPath>,
}

impl Outlines {
    /// The lines of a glyph within `place`.
    pub(super) fn path(&mut self, glyph: Glyph, place: Rect) -> BezPath {
        let outline = self.drawn.entry(glyph.lines);
        let outline = outline.or_insert_with(|| glyph.outline());
        let fit = Affine::translate(place.origin().to_vec2()) * Affine::scale(place.width() / GRID);
        fit * &*outline
    }
}

/// Adds a circle of four cubic curves, exact to three thousandths of its radius.
pub(super) fn circle(path: &mut BezPath, centre: Point, radius: f64) {
    /// Control length for a quarter circle: (4/3)(√2 − 1).
    const K: f64 = 0.552_284_749_8;
    let at = |x: f64, y: f64| Point::new(centre.x + x * radius, centre.y + y * radius);
    path.move_to(at(1.0, 0.0));
    path.curve_to(at(1.0, K), at(K, 1.0), at(0.0, 1.0));
    path.curve_to(at(-K, 1.0), at(-1.0, K), at(-1.0, 0.0));
    path.curve_to(at(-1.0, -K), at(-K, -1.0), at(0.0, -1.0));
    path.curve_to(at(K, -1.0), at(1.0, -K), at(1.0, 0.0));
    path.close_path();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Size;

    #[test]
    fn every_glyph_can_be_read_and_stays_on_its_grid() {
        let grid = Rect::from_origin_size((0.0, 0.0), Size::new(GRID, GRID));
        for (names, glyph) in GLYPHS {
            assert!(BezPath::from_svg(glyph.lines).is_ok(), "{names:?}");
            let path = glyph.path(grid);
            assert!(
                grid.contains_rect(path.control_box()),
                "{names:?} {:?}",
                path.control_box()
            );
        }
    }

    #[test]
    fn no_word_means_two_glyphs() {
        let mut words: Vec<&str> = GLYPHS
            .iter()
            .flat_map(|(names, _)| names.iter().copied())
            .collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
        assert!(words.iter().all(|word| Name::of(word).as_str() == *word));
    }
}
