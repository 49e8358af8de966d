//! The steps of a picture light up one after the other: CSS on classes, so that a viewer without it shows the whole picture at once.
//!
//! The animation runs only for readers who have not asked for less motion, and stands still under the pointer.

use crate::scene::Scene;
use std::fmt::Write;

/// How long the whole picture is shown before the first step, in tenths of a second: a still of the animation is the picture.
const WHOLE: usize = 20;
/// How long a step is alone in the light.
const STEP: usize = 16;
/// How long the whole picture is shown after the last step.
const AFTER: usize = 20;

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

/// The rules that light the steps up.
pub(super) fn style(scene: &Scene, id: &str) -> String {
    let steps = scene.steps.len();
    if steps == 0 {
        return String::new();
    }
    let end = WHOLE + steps * STEP;
    let total = end + AFTER;
    let percent = |tenths: usize| super::number(tenths as f64 * 100.0 / total as f64);
    let mut style = String::from("@media (prefers-reduced-motion:no-preference){");
    let _ = write!(
        style,
        "#{id} [class~=\"step\"]{{animation-duration:{}s;animation-iteration-count:infinite}}\
         #{id}:hover [class~=\"step\"]{{animation-play-state:paused}}",
        super::number(total as f64 / 10.0)
    );
    for step in 0..steps {
        let (from, to) = (WHOLE + step * STEP, WHOLE + (step + 1) * STEP);
        // How much light there is at which time: what waits is dim, what has been is less so.
        let mut times = vec![(0, "1"), (WHOLE, "1")];
        if step > 0 {
            times.extend([(WHOLE + 3, ".2"), (from, ".2"), (from + 3, "1")]);
        }
        times.extend([(to, "1"), (to + 3, ".55"), (end + 3, ".55")]);
        times.extend([(end + 8, "1"), (total, "1")]);
        let n = step + 1;
        let _ = write!(
            style,
            "#{id} [class~=\"step-{n}\"]{{animation-name:{id}-{n}}}@keyframes {id}-{n}{{"
        );
        for (at, light) in times {
            let _ = write!(style, "{}%{{opacity:{light}}}", percent(at));
        }
        style.push('}');
    }
    style.push('}');
    style
}

#[cfg(test)]
mod tests {
    use crate::draw::Settings;
    use crate::draw::tests::{SHOP, drawn};

    #[test]
    fn steps_light_up_only_for_who_likes_motion_and_the_first_frame_is_the_whole_picture() {
        let animated = Settings {
            animate: true,
            ..Settings::default()
        };
        let moving = String::from_utf8(drawn("svg", SHOP, &animated)).unwrap();
        let still = String::from_utf8(drawn("svg", SHOP, &Settings::default())).unwrap();
        assert!(!still.contains("@keyframes"));
        assert_eq!(moving.matches("@keyframes").count(), 2);
        let before = moving.split("@keyframes").next().unwrap();
        assert!(before.contains("@media (prefers-reduced-motion:no-preference){"));
        assert_eq!(moving.matches("{0%{opacity:1}").count(), 2);
        assert!(moving.contains("step-1\"") && moving.contains("step-2\""));
    }
}
