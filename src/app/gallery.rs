//! The diagrams that ship with the program.

/// Every built-in diagram: its name, and its file. The first is drawn where nobody names an input.
pub(super) const DIAGRAMS: &[(&str, &str)] = &[
    (
        "cluster-components",
        include_str!("../../diagrams/cluster-components.yaml"),
    ),
    (
        "ha-stacked-etcd",
        include_str!("../../diagrams/ha-stacked-etcd.yaml"),
    ),
    (
        "ha-external-etcd",
        include_str!("../../diagrams/ha-external-etcd.yaml"),
    ),
    (
        "pod-lifecycle",
        include_str!("../../diagrams/pod-lifecycle.yaml"),
    ),
    (
        "service-traffic",
        include_str!("../../diagrams/service-traffic.yaml"),
    ),
];

/// The diagram of that name.
pub(super) fn named(name: &str) -> Option<&'static str> {
    DIAGRAMS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}
