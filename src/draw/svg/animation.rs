//! The steps of a picture light up one after the other: CSS on classes, so that a viewer without it shows the whole picture at once.
//!
//! The animation runs only for readers who have not asked for less motion, and stands still under the pointer.

use crate::scene::Scene;
use ::svg::node::element::Element;
use std::fmt::Write;

/// How long a step is alone in the light, in tenths of a second.
const STEP: usize = 16;
/// How long the whole picture is shown after the last step.
const WHOLE: usize = 40;

/// Which step adds each item, if any.
pub(super) fn stages(scene: &Scene, animate: bool) -> Vec<Option<usize>> {
    let mut stages = vec![None; scene.items.len()];
    if !animate {
        return stages;
    }
    for (step, adds) in scene.steps.iter().enumerate() {
        for item in &adds.items {
            if let Some(stage) = stages.get_mut(*item) {
                *stage = Some(step);
            }
        }
    }
    stages
}

/// `element` with the class of its step.
pub(super) fn staged(mut element: Element, stage: Option<usize>) -> Element {
    if let Some(stage) = stage {
        super::add_class(&mut element, "step");
        super::add_class(&mut element, &format!("step-{}", stage + 1));
    }
    element
}

/// The rules that light the steps up.
pub(super) fn style(scene: &Scene, id: &str) -> String {
    let steps = scene.steps.len();
    if steps == 0 {
        return String::new();
    }
    let total = steps * STEP + WHOLE;
    let percent = |tenths: usize| super::number(tenths as f64 * 100.0 / total as f64);
    let mut style = String::from("@media (prefers-reduced-motion:no-preference){");
    let _ = write!(
        style,
        "#{id} [class~=\"step\"]{{animation-duration:{}s;animation-iteration-count:infinite}}\
         #{id}:hover [class~=\"step\"]{{animation-play-state:paused}}",
        super::number(total as f64 / 10.0)
    );
    for step in 0..steps {
        let (from, to) = (step * STEP, (step + 1) * STEP);
        let _ = write!(
            style,
            "#{id} [class~=\"step-{n}\"]{{animation-name:{id}-{n}}}\
             @keyframes {id}-{n}{{0%{{opacity:{start}}}{before}%{{opacity:{start}}}{lit}%{{opacity:1}}{until}%{{opacity:1}}\
             {dim}%{{opacity:.55}}{last}%{{opacity:.55}}{all}%{{opacity:1}}100%{{opacity:1}}}}",
            n = step + 1,
            start = if step == 0 { "1" } else { ".12" },
            before = percent(from),
            lit = percent(from + 3),
            until = percent(to),
            dim = percent(to + 3),
            last = percent(steps * STEP + 3),
            all = percent(steps * STEP + 8),
        );
    }
    style.push('}');
    style
}
