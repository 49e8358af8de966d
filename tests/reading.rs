//! What is understood of notes, per language: every case is a note in `tests/reading`, with what a careful reader draws from it.
//!
//! A file holds one case or several; each is Markdown, followed by a fenced block `expect`. Front matter of the file counts for all of its cases.
//! One expectation a line:
//!
//! | line | holds when |
//! |---|---|
//! | `link A -> B` | there is this stated link; `A -- B`: either way round |
//! | `step N A -> B` | there is this link, as that step of a numbered flow |
//! | `rule KIND A -> B` | there is this rule; `*` is every other part |
//! | `part A`, `part A in G` | there is this component, in this group; `group G`, `group G in H` likewise |
//! | `maybe A -> B`, `maybe-rule KIND A -> B` | always: drawn or not, both are right |
//! | `refuse A -> B`, `refuse part A`, `refuse part A in G`, `refuse group G` | there is none, either way round; `refuse links`, `refuse parts`, `refuse rules`: none at all |
//! | `missing A -> B`, `missing-rule KIND A -> B` | the note states it and it is not understood yet: a failure once it is, so that the line becomes a `link` |
//!
//! A link or rule that no line names is a failure: a wrong link is worse than a missing one.
//!
//! `tests/sentences` says one thing in every language: `expect.txt` what is drawn, a file per language the words.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test reads its cases, and says loudly what is wrong with them"
)]

use k8sdiag::model::{Architecture, Basis, Name, PartId, Source, Sources};
use k8sdiag::{read, resolve};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// One note with its expectations.
struct Case {
    name: String,
    note: String,
    expect: Vec<String>,
}

/// What a case counts.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    wanted: usize,
    found: usize,
    wrong: usize,
    rules_wanted: usize,
    rules_found: usize,
    rules_wrong: usize,
}

#[test]
fn every_note_is_read_as_its_author_means_it() {
    let mut failures = String::new();
    for path in documents(Path::new("tests/reading")) {
        let mut all = Count::default();
        for case in cases(&path) {
            let (complaints, count) = judge(&case);
            for complaint in complaints {
                let _ = writeln!(failures, "{}: {complaint}", case.name);
            }
            all.add(count);
        }
        eprintln!("figures {} {all:?}", path.display());
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// The note that every sentence of `tests/sentences` stands in.
const SHOP: &str = "# Shop\n\n- **Frontend**\n- **Backend**\n- **Gateway**\n- **Redis**\n- **Keycloak**\n- **Kafka**\n- **Postgres**\n- **Worker**\n- **Prometheus**\n\n# Text\n\n";

/// What a way of speaking begins with that is said in some languages alone.
const SOME: &str = "~ ";

#[test]
fn every_way_of_speaking_means_the_same_in_every_language() {
    let folder = Path::new("tests/sentences");
    let expect = fs::read_to_string(folder.join("expect.txt")).expect("it is text");
    let needed: Vec<&str> = ways(&expect)
        .map(|(way, _)| way)
        .filter(|way| !way.starts_with(SOME))
        .collect();
    let expect: BTreeMap<&str, Vec<String>> = ways(&expect)
        .map(|(way, lines)| (way.trim_start_matches(SOME), expectations(lines)))
        .collect();
    let mut failures = String::new();
    for code in read::languages() {
        let path = folder.join(format!("{code}.txt"));
        let text = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{code} has no sentences"));
        let said: BTreeMap<&str, &str> = ways(&text).collect();
        for (way, sentence) in &said {
            let case = Case {
                name: format!("{} ({way})", path.display()),
                note: format!("---\nlang: {code}\n---\n{SHOP}{sentence}\n"),
                expect: expect
                    .get(way)
                    .unwrap_or_else(|| panic!("{code}: nobody expects `{way}`"))
                    .clone(),
            };
            for complaint in judge(&case).0 {
                let _ = writeln!(failures, "{}: {complaint}", case.name);
            }
        }
        for way in &needed {
            assert!(said.contains_key(way), "{code} has no sentence for `{way}`");
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// The lines of a file of sentences: the way of speaking, and what stands behind the bar.
fn ways(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(" | ").expect("a bar parts a line"))
}

/// What is expected of a way of speaking, in the words of a case.
fn expectations(line: &str) -> Vec<String> {
    let parts = line.split(", ").filter(|part| *part != "nothing");
    parts
        .map(|part| {
            let (maybe, part) = match part.strip_prefix("maybe ") {
                Some(part) => (true, part),
                None => (false, part),
            };
            let rule = ["never ", "only-from ", "only-to "]
                .iter()
                .any(|kind| part.starts_with(kind));
            let word = match (maybe, rule) {
                (false, false) => "link",
                (false, true) => "rule",
                (true, false) => "maybe",
                (true, true) => "maybe-rule",
            };
            format!("{word} {part}")
        })
        .collect()
}

/// A language, and what it calls the groups and parts of a cluster.
type Usual = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    [&'static str; 4],
);

/// Per language: headings of the control plane, headings of the nodes, the API server, the scheduler, the controller manager, the container runtime.
const USUAL: &[Usual] = &[
    (
        "en",
        &["Control Plane Components", "The master node", "Head nodes"],
        &["Worker nodes", "The minions", "Slave node components"],
        [
            "API server",
            "scheduler",
            "controller manager",
            "container runtime",
        ],
    ),
    (
        "da",
        &["Kontrolplanet", "Hovednoden"],
        &["Arbejdsnoder", "Workernoder"],
        [
            "API-serveren",
            "planlæggeren",
            "controller-manageren",
            "containerkørselsmiljø",
        ],
    ),
    (
        "no",
        &["Kontrollplanet", "Hovednode"],
        &["Arbeidsnoder", "Worker-noder"],
        [
            "API-serveren",
            "planleggeren",
            "controller-manager",
            "containerkjøretid",
        ],
    ),
    (
        "sv",
        &["Kontrollplan", "Huvudnoden"],
        &["Arbetsnoder", "Arbetarnod"],
        [
            "API-servern",
            "schemaläggaren",
            "controller manager",
            "containerkörtid",
        ],
    ),
    (
        "de",
        &["Steuerungsebene", "Der Masterknoten"],
        &["Worker-Knoten", "Die Arbeitsknoten"],
        [
            "API-Server",
            "Scheduler",
            "Controller-Manager",
            "Container-Laufzeitumgebung",
        ],
    ),
    (
        "nl",
        &["Besturingslaag", "Hoofdnode"],
        &["Werknodes", "Werkknooppunten"],
        [
            "API-server",
            "planner",
            "controller manager",
            "containerruntime",
        ],
    ),
    (
        "fr",
        &[
            "Plan de contrôle",
            "Le nœud maître",
            "Composants du noeud master",
        ],
        &["Nœuds de travail", "Nœuds esclaves", "Les noeuds worker"],
        [
            "serveur d'API",
            "planificateur",
            "gestionnaire de contrôleurs",
            "moteur de conteneurs",
        ],
    ),
    (
        "it",
        &["Piano di controllo", "Il nodo master"],
        &["Nodi di lavoro", "I nodi worker"],
        [
            "server API",
            "scheduler",
            "gestore dei controller",
            "runtime dei container",
        ],
    ),
    (
        "es",
        &["Plano de control", "El nodo maestro"],
        &["Nodos de trabajo", "Los nodos trabajadores"],
        [
            "servidor de API",
            "planificador",
            "administrador de controladores",
            "motor de contenedores",
        ],
    ),
    (
        "pt",
        &[
            "Plano de controle",
            "O nó mestre",
            "Camada de gerenciamento",
        ],
        &[
            "Nós de trabalho",
            "Componentes do nó",
            "Os nós trabalhadores",
        ],
        [
            "servidor de API",
            "agendador",
            "gerenciador de controladores",
            "tempo de execução do contêiner",
        ],
    ),
    (
        "pl",
        &[
            "Płaszczyzna sterowania",
            "Węzeł główny",
            "Komponenty węzła głównego",
        ],
        &["Węzły robocze", "Komponenty węzła roboczego"],
        [
            "serwer API",
            "planista",
            "menedżer kontrolerów",
            "środowisko uruchomieniowe kontenerów",
        ],
    ),
    (
        "ru",
        &[
            "Плоскость управления",
            "Мастер-узел",
            "Компоненты управляющего узла",
        ],
        &["Рабочие узлы", "Компоненты рабочего узла", "Воркер-ноды"],
        [
            "API-сервер",
            "планировщик",
            "менеджер контроллеров",
            "среда выполнения контейнеров",
        ],
    ),
    (
        "uk",
        &["Площина керування", "Головний вузол"],
        &["Робочі вузли", "Компоненти робочого вузла"],
        [
            "API-сервер",
            "планувальник",
            "менеджер контролерів",
            "середовище виконання контейнерів",
        ],
    ),
    (
        "zh",
        &["控制平面", "主节点组件", "Master 节点", "管理节点"],
        &["工作节点", "Node 节点组件", "計算節點"],
        ["API 服务器", "调度器", "控制器管理器", "容器运行时"],
    ),
    (
        "ja",
        &["コントロールプレーン", "マスターノードのコンポーネント"],
        &["ワーカーノード", "ノードコンポーネント"],
        [
            "APIサーバー",
            "スケジューラー",
            "コントローラーマネージャー",
            "コンテナランタイム",
        ],
    ),
    (
        "ko",
        &["컨트롤 플레인 컴포넌트", "마스터 노드", "제어 평면"],
        &["워커 노드", "노드 컴포넌트", "작업자 노드"],
        ["API 서버", "스케줄러", "컨트롤러 매니저", "컨테이너 런타임"],
    ),
    (
        "vi",
        &["Mặt phẳng điều khiển", "Nút chủ", "Thành phần Master Node"],
        &["Nút làm việc", "Các thành phần của Worker Node"],
        [
            "máy chủ API",
            "bộ lập lịch",
            "trình quản lý controller",
            "môi trường chạy container",
        ],
    ),
];

#[test]
fn every_language_has_its_usual_names_of_the_parts_and_groups_of_a_cluster() {
    let ids = [
        "kube-apiserver",
        "kube-scheduler",
        "kube-controller-manager",
    ];
    let mut failures = String::new();
    for (code, masters, workers, [api, scheduler, manager, runtime]) in USUAL {
        for (master, worker) in masters
            .iter()
            .flat_map(|master| workers.iter().map(move |worker| (master, worker)))
        {
            let note = format!(
                "---\nlang: {code}\n---\n# Kubernetes\n\n## {master}\n\n- **{api}**: a\n- **{scheduler}**: b\n- **{manager}**: c\n\n## {worker}\n\n- **kubelet**: d\n- **{runtime}**: e\n"
            );
            let drawn = architecture(&[("note.md", &note)]);
            let holds = |part: &str, group: &str| {
                drawn.preorder().into_iter().any(|id| {
                    let parent = drawn.part(id).parent;
                    &*drawn.part(id).id == part
                        && parent.is_some_and(|parent| &*drawn.part(parent).id == group)
                })
            };
            let right = ids.iter().all(|part| holds(part, "control-plane"))
                && ["kubelet", "container-runtime"]
                    .iter()
                    .all(|part| holds(part, "worker-node"));
            if !right {
                let found: Vec<&str> = drawn
                    .preorder()
                    .into_iter()
                    .map(|id| &*drawn.part(id).id)
                    .collect();
                let _ = writeln!(failures, "{code}: {master}, {worker}: {found:?}");
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn translations_of_one_note_give_the_same_architecture() {
    let mut first: Option<(String, [Vec<String>; 3])> = None;
    for path in documents(Path::new("tests/reading")) {
        if !path.ends_with("translation.md") {
            continue;
        }
        let case = cases(&path).remove(0);
        let drawn = architecture(&[("note.md", &case.note)]);
        let id = |part: PartId| drawn.part(part).id.to_string();
        let end = |part: Option<PartId>| part.map_or("*".to_owned(), id);
        let mut parts: Vec<String> = drawn.preorder().into_iter().map(id).collect();
        let mut links: Vec<String> = drawn
            .links()
            .filter(|(_, _, _, link)| link.basis == Basis::Stated)
            .map(|(_, from, to, link)| format!("{} {} {}", id(from), link.arrow.name(), id(to)))
            .collect();
        let mut rules: Vec<String> = drawn
            .rules
            .iter()
            .map(|rule| {
                format!(
                    "{} {} {}",
                    rule.kind.name(),
                    end(rule.subject),
                    end(rule.object)
                )
            })
            .collect();
        for list in [&mut parts, &mut links, &mut rules] {
            list.sort();
            list.dedup();
        }
        let made = [parts, links, rules];
        match &first {
            None => first = Some((case.name, made)),
            Some((name, wanted)) => assert_eq!(&made, wanted, "{} and {name}", case.name),
        }
    }
    assert!(first.is_some());
}

#[test]
fn a_component_in_two_notes_is_one_with_both_descriptions() {
    let one = "# Nodes\n\n- **kubelet:** starts containers through the container runtime\n";
    let other = "# Reports\n\n- **Kubelet:** sends the status of its node to the kube-apiserver\n";
    let drawn = architecture(&[("one.md", one), ("other.md", other)]);
    let kubelets: Vec<_> = drawn
        .preorder()
        .into_iter()
        .filter(|id| called(&drawn, *id, "kubelet"))
        .map(|id| drawn.part(id))
        .collect();
    assert_eq!(kubelets.len(), 1);
    assert_eq!(kubelets[0].description.len(), 2);
    assert_eq!(links(&drawn).len(), 2);
}

#[test]
fn parts_are_called_without_their_articles() {
    let notes = [
        (
            "# Components\n\n- **The scheduler**: assigns Pods\n- THe message broker: keeps events\n\n| Part | Role |\n|---|---|\n| The gateway | takes requests |\n",
            ["scheduler", "message broker", "gateway"],
        ),
        (
            "# Componenti\n\n- **Il gateway**: riceve le richieste\n- **La coda**: tiene gli eventi\n- **Lo scheduler**: assegna i Pod\n",
            ["gateway", "coda", "scheduler"],
        ),
        (
            "# Komponenten\n\nDas System besteht aus diesen Komponenten:\n\n- **Der Scheduler**: verteilt Pods\n- **Die Warteschlange**: speichert Ereignisse\n- **Das Gateway**: nimmt Anfragen an\n",
            ["Scheduler", "Warteschlange", "Gateway"],
        ),
    ];
    for (note, names) in notes {
        let drawn = architecture(&[("note.md", note)]);
        let labels: Vec<&str> = drawn
            .preorder()
            .into_iter()
            .map(|id| drawn.part(id).label.as_str())
            .filter(|label| !label.is_empty())
            .collect();
        assert_eq!(labels, names);
    }
}

#[test]
fn what_stands_behind_a_drawn_link_is_its_label() {
    let note = "# Shop\n\n- **Web**: pages\n- **Cart**: baskets\n- **Bank**: money\n\n\
        ## Flows\n\n- Web → Cart: gRPC calls\n- Cart → Bank: what is said here is too long for a label\n";
    let drawn = architecture(&[("note.md", note)]);
    let labels: Vec<Option<&str>> = drawn
        .links()
        .map(|(_, _, _, link)| link.label.as_deref())
        .collect();
    assert_eq!(labels, [Some("gRPC calls"), None]);
}

#[test]
fn labels_of_links_are_short_and_start_and_end_with_a_word() {
    for path in documents(Path::new("tests/reading")) {
        for case in cases(&path) {
            let drawn = architecture(&[("note.md", &case.note)]);
            for (_, _, _, link) in drawn.links() {
                let label = link.label.as_deref().unwrap_or("x");
                let long = label.chars().count() > 40;
                let edge =
                    |character: Option<char>| character.is_none_or(|edge| !edge.is_alphanumeric());
                let dangling = edge(label.chars().next()) || edge(label.chars().next_back());
                assert!(!long && !dangling, "{}: {label:?}", case.name);
            }
        }
    }
}

#[test]
fn ten_times_the_text_takes_about_ten_times_as_long() {
    let case = cases(Path::new("tests/reading/en/web-shop.md")).remove(0);
    let time = |copies: usize| {
        let text = format!("{}\n\n", case.note).repeat(copies);
        let least = (0..3).map(|_| {
            let start = std::time::Instant::now();
            let drawn = architecture(&[("note.md", &text)]);
            assert!(drawn.part_count() > 0);
            start.elapsed()
        });
        least.min().expect("three runs")
    };
    let (short, long) = (time(20), time(200));
    // A search that goes back would take a hundred times as long; three times ten leaves room for a busy machine.
    assert!(long < short * 30, "{short:?} and {long:?}");
}

impl Count {
    fn add(&mut self, other: Self) {
        self.wanted += other.wanted;
        self.found += other.found;
        self.wrong += other.wrong;
        self.rules_wanted += other.rules_wanted;
        self.rules_found += other.rules_found;
        self.rules_wrong += other.rules_wrong;
    }
}

/// Every Markdown file below a folder, in the order of its path.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

/// The cases of a file.
fn cases(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).expect("it is text");
    let head = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(String::new(), |(head, _)| format!("---\n{head}\n---\n"));
    let mut cases = Vec::new();
    let mut rest = text.get(head.len()..).unwrap_or_default();
    while let Some((note, after)) = rest.split_once("```expect\n") {
        let (lines, after) = after.split_once("```").expect("the block ends");
        let title = note
            .lines()
            .find_map(|line| line.strip_prefix('#'))
            .unwrap_or_default()
            .trim_matches(['#', ' ']);
        cases.push(Case {
            name: format!("{} ({title})", path.display()),
            note: format!("{head}{}", note.trim_start()),
            expect: lines
                .lines()
                .map(|line| line.trim().to_owned())
                .filter(|line| !line.is_empty())
                .collect(),
        });
        rest = after;
    }
    assert!(!cases.is_empty(), "{}: no case", path.display());
    cases
}

fn architecture(notes: &[(&str, &str)]) -> Architecture {
    let mut sources = Sources::default();
    for (name, note) in notes {
        sources.add(Source::new(*name, *note));
    }
    let knowledge = resolve::knowledge::builtin();
    let readings = read::read(&sources, knowledge, &read::Limits::default());
    resolve::resolve(&sources, &readings, knowledge).architecture
}

/// A drawn link or rule in the words of an expectation.
struct Said {
    from: Option<PartId>,
    to: Option<PartId>,
    kind: String,
    words: String,
    named: bool,
}

/// What is wrong with the reading of a case, and what it counts.
fn judge(case: &Case) -> (Vec<String>, Count) {
    let drawn = architecture(&[("note.md", &case.note)]);
    let mut links = links(&drawn);
    let mut rules = rules(&drawn);
    let mut wrong = Vec::new();
    let mut count = Count::default();
    for line in &case.expect {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "link" | "maybe" | "missing" => {
                let (from, to, either) = ends(rest);
                let hit = mark(&drawn, &mut links, "", (from, to, either));
                count.wanted += usize::from(word != "maybe");
                count.found += usize::from(word != "maybe" && hit);
                if hit != (word == "link") && word != "maybe" {
                    wrong.push(format!("{} {line}", if hit { "now" } else { "no" }));
                }
            }
            "step" => {
                let (number, rest) = rest.split_once(' ').expect("a step has a number");
                let step = number.parse().ok();
                let (from, to, either) = ends(rest);
                let steps = drawn.links().any(|(_, one, other, link)| {
                    link.step == step && called(&drawn, one, from) && called(&drawn, other, to)
                });
                if !(mark(&drawn, &mut links, "", (from, to, either)) && steps) {
                    wrong.push(format!("no {line}"));
                }
            }
            "rule" | "maybe-rule" | "missing-rule" => {
                let (kind, rest) = rest.split_once(' ').expect("a rule has a kind");
                let hit = mark(&drawn, &mut rules, kind, ends(rest));
                count.rules_wanted += usize::from(word != "maybe-rule");
                count.rules_found += usize::from(word != "maybe-rule" && hit);
                if hit != (word == "rule") && word != "maybe-rule" {
                    wrong.push(format!("{} {line}", if hit { "now" } else { "no" }));
                }
            }
            "part" | "group" => {
                if !has_part(&drawn, word == "group", rest) {
                    wrong.push(format!("no {line}"));
                }
            }
            "refuse" => {
                let fails = match rest {
                    "links" => !links.is_empty(),
                    "rules" => !rules.is_empty(),
                    "parts" => drawn.part_count() > 0,
                    _ if rest.starts_with("group ") => {
                        has_part(&drawn, true, rest.trim_start_matches("group "))
                    }
                    _ if rest.starts_with("part ") && rest.contains(" in ") => {
                        has_part(&drawn, false, rest.trim_start_matches("part "))
                    }
                    _ if rest.starts_with("part ") => {
                        let name = rest.trim_start_matches("part ");
                        drawn.preorder().iter().any(|id| called(&drawn, *id, name))
                    }
                    _ => {
                        let (from, to, _) = ends(rest);
                        mark(&drawn, &mut links, "", (from, to, true))
                    }
                };
                if fails {
                    wrong.push(format!("against {line}"));
                }
            }
            _ => panic!("{}: `{line}` is no expectation", case.name),
        }
    }
    for link in links.iter().filter(|link| !link.named) {
        count.wrong += 1;
        wrong.push(format!("unexpected link {}", link.words));
    }
    for rule in rules.iter().filter(|rule| !rule.named) {
        count.rules_wrong += 1;
        wrong.push(format!("unexpected rule {} {}", rule.kind, rule.words));
    }
    (wrong, count)
}

/// The two names of `A -> B` or `A -- B`, and whether either way is right.
fn ends(text: &str) -> (&str, &str, bool) {
    if let Some((from, to)) = text.split_once(" -> ") {
        (from.trim(), to.trim(), false)
    } else {
        let (from, to) = text.split_once(" -- ").expect("a link has an arrow");
        (from.trim(), to.trim(), true)
    }
}

fn links(drawn: &Architecture) -> Vec<Said> {
    drawn
        .links()
        .filter(|(_, _, _, link)| link.basis == Basis::Stated)
        .map(|(_, from, to, link)| Said {
            from: Some(from),
            to: Some(to),
            kind: String::new(),
            words: format!(
                "{} -> {}: {}",
                drawn.part(from).label,
                drawn.part(to).label,
                link.evidence.first().map_or("", |evidence| &evidence.words)
            ),
            named: false,
        })
        .collect()
}

fn rules(drawn: &Architecture) -> Vec<Said> {
    let label = |part: Option<PartId>| part.map_or("*", |part| &drawn.part(part).label);
    drawn
        .rules
        .iter()
        .map(|rule| Said {
            from: rule.subject,
            to: rule.object,
            kind: rule.kind.name().to_owned(),
            words: format!("{} -> {}", label(rule.subject), label(rule.object)),
            named: false,
        })
        .collect()
}

/// Marks what an expectation speaks of; whether there is any.
fn mark(
    drawn: &Architecture,
    said: &mut [Said],
    kind: &str,
    (from, to, either): (&str, &str, bool),
) -> bool {
    let fits = |end: Option<PartId>, name: &str| match end {
        Some(part) => called(drawn, part, name),
        None => name == "*",
    };
    let mut hit = false;
    for one in said.iter_mut().filter(|one| one.kind == kind) {
        if fits(one.from, from) && fits(one.to, to)
            || either && fits(one.from, to) && fits(one.to, from)
        {
            one.named = true;
            hit = true;
        }
    }
    hit
}

/// Whether a part has that name.
fn called(drawn: &Architecture, id: PartId, name: &str) -> bool {
    let part = drawn.part(id);
    let wanted = Name::of(name);
    [&*part.id, part.label.as_str()]
        .into_iter()
        .chain(part.aliases.iter().map(String::as_str))
        .any(|own| Name::of(own) == wanted)
}

fn has_part(drawn: &Architecture, group: bool, rest: &str) -> bool {
    let (name, holder) = match rest.split_once(" in ") {
        Some((name, holder)) => (name, Some(holder)),
        None => (rest, None),
    };
    drawn.preorder().into_iter().any(|id| {
        let part = drawn.part(id);
        part.is_group() == group
            && called(drawn, id, name)
            && holder.is_none_or(|holder| {
                part.parent
                    .is_some_and(|parent| called(drawn, parent, holder))
            })
    })
}
