//! Where a shape is and what outline it has.

use super::emu;
use super::shape::Pen;
use crate::geom::{self, BezPath, PathEl, Point, Rect};

impl Pen<'_> {
    pub(super) fn place(&mut self, rect: Rect) {
        let (x, y) = (self.map.x(rect.x0), self.map.y(rect.y0));
        let (width, height) = (self.map.x(rect.x1) - x, self.map.y(rect.y1) - y);
        self.xml.start("a:xfrm", &[]);
        self.xml.leaf("a:off", &[("x", &x), ("y", &y)]);
        self.xml.leaf("a:ext", &[("cx", &width), ("cy", &height)]);
        self.xml.end();
    }

    /// A round rectangle with connection sites where its links end. The preset has four sites, in the middles of its sides:
    /// several links would meet there, and some programs move them there at once.
    pub(super) fn connectable(&mut self, rect: Rect, radius: f64, sites: &[Point]) {
        if sites.is_empty() {
            self.round(rect, radius);
            return;
        }
        self.xml.start("a:custGeom", &[]).raw("<a:avLst/>");
        self.xml.start("a:gdLst", &[]);
        for (at, site) in sites.iter().enumerate() {
            let share =
                |part: f64, whole: f64| emu(part / whole.max(1e-9) * 100_000.0).clamp(0, 100_000);
            let across = share(site.x - rect.x0, rect.width());
            let down = share(site.y - rect.y0, rect.height());
            for (name, formula) in [
                (format!("sx{at}"), format!("*/ w {across} 100000")),
                (format!("sy{at}"), format!("*/ h {down} 100000")),
            ] {
                self.xml
                    .leaf("a:gd", &[("name", &name), ("fmla", &formula)]);
            }
        }
        self.xml.end().raw("<a:ahLst/>");
        self.xml.start("a:cxnLst", &[]);
        for (at, site) in sites.iter().enumerate() {
            let angle = ["16200000", "10800000", "5400000", "0"]
                .get(super::connector::side(rect, *site))
                .copied();
            self.xml.start("a:cxn", &[("ang", &angle.unwrap_or("0"))]);
            let (x, y) = (format!("sx{at}"), format!("sy{at}"));
            self.xml.leaf("a:pos", &[("x", &x), ("y", &y)]).end();
        }
        self.xml.end();
        self.xml.raw("<a:rect l=\"l\" t=\"t\" r=\"r\" b=\"b\"/>");
        self.path(&geom::rounded(rect, radius), rect);
        self.xml.end();
    }

    pub(super) fn round(&mut self, rect: Rect, radius: f64) {
        let side = rect.width().min(rect.height()).max(1.0);
        let part = emu(radius / side * 100_000.0).clamp(0, 50_000);
        self.xml.start("a:prstGeom", &[("prst", &"roundRect")]);
        let formula = format!("val {part}");
        self.xml.start("a:avLst", &[]);
        self.xml
            .leaf("a:gd", &[("name", &"adj"), ("fmla", &formula)]);
        self.xml.end().end();
    }

    pub(super) fn free(&mut self, data: &BezPath, around: Rect) {
        self.xml.start("a:custGeom", &[]);
        self.xml.raw(
            "<a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/>",
        );
        self.path(data, around);
        self.xml.end();
    }

    /// The list with the one path of a geometry.
    fn path(&mut self, data: &BezPath, around: Rect) {
        let (width, height) = (
            self.map.long(around.width()),
            self.map.long(around.height()),
        );
        self.xml.start("a:pathLst", &[]);
        self.xml.start("a:path", &[("w", &width), ("h", &height)]);
        let map = self.map;
        let at = |point: Point| (map.long(point.x - around.x0), map.long(point.y - around.y0));
        for element in data.elements() {
            let (name, points): (_, Vec<Point>) = match *element {
                PathEl::MoveTo(to) => ("a:moveTo", vec![to]),
                PathEl::LineTo(to) => ("a:lnTo", vec![to]),
                PathEl::QuadTo(a, to) => ("a:quadBezTo", vec![a, to]),
                PathEl::CurveTo(a, b, to) => ("a:cubicBezTo", vec![a, b, to]),
                PathEl::ClosePath => {
                    self.xml.raw("<a:close/>");
                    continue;
                }
            };
            self.xml.start(name, &[]);
            for point in points {
                let (x, y) = at(point);
                self.xml.leaf("a:pt", &[("x", &x), ("y", &y)]);
            }
            self.xml.end();
        }
        self.xml.end().end();
    }
}
