// Counts the faults of finished pictures, as a reader's browser draws them: headless Chromium lays the SVG out, this takes boxes, words and
// routes from the page, and counts with the definitions and tolerances of `src/layout/verify.rs`. No packages: node and a browser are enough.
//
//   node measure/browser.mjs A.svg B.svg ...        a table, and exit status 1 where a picture has a fault
//   node measure/browser.mjs --json A.svg ...       the figures as JSON
//   node measure/browser.mjs --selftest             pictures with one known fault each: each counter must see exactly that
//   CHROMIUM=/path/to/chromium                      where it is not /usr/bin/chromium
//
// What a picture says of itself: `g.component[data-id]` and `g.group[data-id]` begin with their outline and hold their words;
// `g.link[data-from][data-to]` begins with its route, its texts are its label. Which group holds what is seen by geometry here, and known
// to `verify`: a box belongs to each group that its centre lies in.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

// ------------------------------------------------------------------------------------------------ inside the page

/** Takes a picture apart. Runs in the page, so it must stand alone. */
function take(svg) {
  const place = (element) => {
    const r = element.getBoundingClientRect();
    return [r.left, r.top, r.right, r.bottom];
  };
  const words = (item) =>
    [...item.querySelectorAll("text")].filter((text) => text.textContent.trim() !== "").map(place);
  const outline = (item) => item.querySelector("rect, path, circle, ellipse, polygon");
  const nodes = (kind) =>
    [...svg.querySelectorAll(`g.${kind}`)].map((item) => ({
      id: item.dataset.id,
      box: place(outline(item)),
      words: words(item),
    }));
  const route = (path) => {
    const matrix = path.getScreenCTM();
    const points = [];
    const add = (x, y) => points.push([x * matrix.a + y * matrix.c + matrix.e, x * matrix.b + y * matrix.d + matrix.f]);
    // Straight pieces as they are; a rounded corner as the corner that it rounds.
    let [x, y] = [0, 0];
    for (const [, command, rest] of path.getAttribute("d").matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
      const n = (rest.match(/-?\d*\.?\d+/g) ?? []).map(Number);
      if (command === "M" || command === "L") for (let at = 0; at + 1 < n.length; at += 2) add(([x, y] = [n[at], n[at + 1]])[0], y);
      else if (command === "H") for (x of n) add(x, y);
      else if (command === "V") for (y of n) add(x, y);
      else if (command === "Q") for (let at = 0; at + 3 < n.length; at += 4) {
        add(n[at], n[at + 1]);
        add(([x, y] = [n[at + 2], n[at + 3]])[0], y);
      } else if (command === "C") for (let at = 0; at + 5 < n.length; at += 6) {
        const [x0, y0] = [x, y];
        for (let step = 1; step <= 16; step++) {
          const t = step / 16, s = 1 - t;
          add(s ** 3 * x0 + 3 * s * s * t * n[at] + 3 * s * t * t * n[at + 2] + t ** 3 * n[at + 4],
            s ** 3 * y0 + 3 * s * s * t * n[at + 1] + 3 * s * t * t * n[at + 3] + t ** 3 * n[at + 5]);
        }
        [x, y] = [n[at + 4], n[at + 5]];
      } else throw new Error(`a route with the command ${command}`);
    }
    return points;
  };
  const links = [...svg.querySelectorAll("g.link")].map((item) => ({
    from: item.dataset.from,
    to: item.dataset.to,
    route: route(item.querySelector("path")),
    words: words(item),
  }));
  const all = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() !== "").map(place);
  return { canvas: place(svg), components: nodes("component"), groups: nodes("group"), links, words: all };
}

// ------------------------------------------------------------------------------------------------ geometry

const [TOUCH, GRAZE, LOOSE, STRAY] = [1.5, 4, 14, 12];
const grow = ([a, b, c, d], by) => [a - by, b - by, c + by, d + by];
const real = ([a, b, c, d]) => c > a && d > b;
const meet = (r, s) => real(r) && real(s) && r[0] < s[2] && s[0] < r[2] && r[1] < s[3] && s[1] < r[3];
const holds = (outer, inner) => inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3];
const gap = (r, [x, y]) => Math.hypot(Math.max(r[0] - x, x - r[2], 0), Math.max(r[1] - y, y - r[3], 0));
const length = ([p, q]) => Math.hypot(q[0] - p[0], q[1] - p[1]);
const around = (rectangles) => rectangles.reduce((r, s) => [Math.min(r[0], s[0]), Math.min(r[1], s[1]), Math.max(r[2], s[2]), Math.max(r[3], s[3])]);

/** Whether a piece enters the open rectangle: the stretch of it that is inside, by halves of the plane. */
function cuts([p, q], r) {
  if (!real(r)) return false;
  let [from, to] = [0, 1];
  for (const axis of [0, 1]) {
    const [d, low, high] = [q[axis] - p[axis], r[axis] - p[axis], r[axis + 2] - p[axis]];
    if (d === 0) {
      if (low >= 0 || high <= 0) return false;
      continue;
    }
    from = Math.max(from, Math.min(low / d, high / d));
    to = Math.min(to, Math.max(low / d, high / d));
  }
  return from < to;
}

/** Where two pieces properly cross. */
function crossing([a, b], [c, d]) {
  const side = (p, q, r) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  const [s, t, u, v] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (!(s * t < 0 && u * v < 0)) return null;
  const k = s / (s - t);
  return [c[0] + k * (d[0] - c[0]), c[1] + k * (d[1] - c[1])];
}

/** How many px two pieces lie on top of each other. */
function shared(one, other) {
  const long = length(one);
  if (long < 3 || length(other) < 3) return 0;
  const [p, q] = one;
  const way = [(q[0] - p[0]) / long, (q[1] - p[1]) / long];
  const off = (r) => Math.abs(way[0] * (r[1] - p[1]) - way[1] * (r[0] - p[0]));
  const along = (r) => way[0] * (r[0] - p[0]) + way[1] * (r[1] - p[1]);
  if (other.some((end) => off(end) > TOUCH)) return 0;
  const [s, t] = other.map(along);
  const px = Math.min(long, Math.max(s, t)) - Math.max(0, Math.min(s, t));
  return px > 3 ? px : 0;
}

function distance(piece, r) {
  if (cuts(piece, r)) return 0;
  const [p, q] = piece;
  const square = length(piece) ** 2;
  const corners = [[r[0], r[1]], [r[2], r[1]], [r[0], r[3]], [r[2], r[3]]];
  const to = ([x, y]) => {
    const t = square ? Math.min(1, Math.max(0, ((x - p[0]) * (q[0] - p[0]) + (y - p[1]) * (q[1] - p[1])) / square)) : 0;
    return Math.hypot(x - p[0] - t * (q[0] - p[0]), y - p[1] - t * (q[1] - p[1]));
  };
  return Math.min(gap(r, p), gap(r, q), ...corners.map(to));
}

// ------------------------------------------------------------------------------------------------ the counters

/** Counts on what was taken from a picture. */
function count({ canvas, components, groups, links, words }) {
  const m = { components: components.length + groups.length, links: links.length, broken: 0, nodeNode: 0, textOut: 0, edgeNode: 0, edgeGroup: 0, edgeTitle: 0,
    labelHit: 0, labelStray: 0, loose: 0, shared: 0, labelBorder: 0, graze: 0, crossings: 0 };
  const box = new Map([...groups, ...components].map((node) => [node.id, node.box]));
  const centre = (r) => [(r[0] + r[2]) / 2, (r[1] + r[3]) / 2];
  const area = (r) => (r[2] - r[0]) * (r[3] - r[1]);
  const inside = (group, r) => gap(group.box, centre(r)) === 0 && area(group.box) > area(r);
  const kin = new Map(groups.map((group) => [group.id, new Set([...components, ...groups].filter((node) => node !== group && inside(group, node.box)).map((node) => node.id))]));
  const pieces = links.flatMap((link, at) => link.route.slice(1).map((end, k) => ({ at, piece: [link.route[k], end] }))).filter(({ piece }) => length(piece) > 1e-6);
  const title = groups.flatMap((group) => (group.words.length ? [{ group, place: grow(around(group.words), -TOUCH) }] : []));
  const sheet = grow(canvas, TOUCH);
  m.broken += [...box.values(), ...words].filter((r) => !holds(sheet, r)).length + links.filter((link) => link.route.some((p) => gap(sheet, p) > 0)).length;

  const each = (list, deed) => list.forEach((one, at) => list.slice(at + 1).forEach((other) => deed(one, other)));
  each(components, (one, other) => (m.nodeNode += meet(grow(one.box, -1), grow(other.box, -1))));
  each(groups, (one, other) => {
    const nested = kin.get(one.id).has(other.id) || kin.get(other.id).has(one.id);
    const whole = holds(grow(one.box, 1), other.box) || holds(grow(other.box, 1), one.box);
    m.nodeNode += nested ? !whole : meet(grow(one.box, -1), grow(other.box, -1));
  });
  for (const group of groups) for (const node of components) m.nodeNode += meet(grow(group.box, -1), grow(node.box, -1)) && !holds(grow(group.box, 1), node.box);
  for (const node of components) m.textOut += node.words.some((r) => !holds(grow(node.box, TOUCH), r));
  for (const group of groups) m.textOut += group.words.some((r) => r[2] - r[0] > group.box[2] - group.box[0] + TOUCH);

  links.forEach((link, at) => {
    const own = pieces.filter((piece) => piece.at === at).map(({ piece }) => piece);
    const ends = [link.from, link.to];
    for (const node of components.filter((node) => !ends.includes(node.id))) {
      const hit = own.some((piece) => cuts(piece, grow(node.box, -TOUCH)));
      m.edgeNode += hit;
      m.graze += !hit && own.some((piece) => cuts(piece, grow(node.box, GRAZE)));
    }
    for (const group of groups.filter((group) => !ends.some((end) => end === group.id || kin.get(group.id).has(end)))) m.edgeGroup += own.some((piece) => cuts(piece, grow(group.box, -TOUCH)));
    for (const { place } of title) m.edgeTitle += own.some((piece) => cuts(piece, place));
    m.loose += [[link.from, link.route[0]], [link.to, link.route.at(-1)]].filter(([id, end]) => !box.has(id) || gap(box.get(id), end) > LOOSE).length;
  });

  const leaf = new Set(components.map((node) => node.id));
  each(pieces, (one, other) => {
    if (one.at === other.at) return;
    const theirs = [links[other.at].from, links[other.at].to];
    const common = [links[one.at].from, links[one.at].to].filter((id) => leaf.has(id) && theirs.includes(id));
    const point = crossing(one.piece, other.piece);
    m.crossings += point !== null && !common.some((id) => gap(box.get(id), point) < 2);
    if (!common.length) m.shared += shared(one.piece, other.piece);
  });

  const labels = links.flatMap((link, at) => (link.words.length ? [{ at, place: around(link.words) }] : []));
  for (const label of labels) {
    const core = grow(label.place, -TOUCH);
    const foreign = pieces.filter((piece) => piece.at !== label.at).map(({ piece }) => piece);
    const own = pieces.filter((piece) => piece.at === label.at).map(({ piece }) => piece);
    m.labelHit += components.some((node) => meet(core, node.box)) || title.some(({ place }) => meet(core, place))
      || labels.some((other) => other !== label && meet(core, grow(other.place, -TOUCH))) || foreign.some((piece) => cuts(piece, core));
    m.labelBorder += groups.some((group) => meet(core, group.box) && !holds(group.box, core));
    const near = (list) => Math.min(Infinity, ...list.map((piece) => distance(piece, label.place)));
    m.labelStray += near(own) > STRAY || near(foreign) + 1 < near(own);
  }

  const boxes = components.reduce((sum, node) => sum + area(node.box), 0);
  const side = Math.sqrt(boxes / Math.max(1, components.length)) || 1;
  m.length = pieces.reduce((sum, { piece }) => sum + length(piece), 0) / side / Math.max(1, links.length);
  m.density = boxes / area(canvas);
  m.aspect = (canvas[2] - canvas[0]) / (canvas[3] - canvas[1]);
  for (const key of Object.keys(m)) m[key] = Number(m[key]);
  m.faults = m.broken + m.nodeNode + m.textOut + m.edgeNode + m.edgeGroup + m.edgeTitle + m.labelHit + m.labelStray + m.loose + (m.shared > 3);
  return m;
}

// ------------------------------------------------------------------------------------------------ the browser

/** Shows one picture after another in a headless browser, and gives what was taken from each. */
function shown(pictures) {
  const folder = mkdtempSync(join(tmpdir(), "k8sdiag-measure-"));
  try {
    const page = `<!doctype html><meta charset="utf-8"><style>body{margin:0}svg{display:block;max-width:none}</style><div id="stage"></div><pre id="result"></pre>
<script type="module">
const pictures = ${JSON.stringify(pictures).replaceAll("<", "\\u003c")};
const take = ${take};
const results = [];
for (const picture of pictures) {
  const stage = document.getElementById("stage");
  stage.innerHTML = picture;
  const svg = stage.querySelector("svg");
  svg.getBoundingClientRect();
  await Promise.all([...document.fonts].map((font) => font.load().catch(() => null)));
  await document.fonts.ready;
  try { results.push(take(svg)); } catch (error) { results.push({ error: String(error) }); }
}
const text = JSON.stringify(results);
document.getElementById("stage").remove();
document.getElementById("result").textContent = "BEGIN" + btoa(unescape(encodeURIComponent(text))) + "END";
</script>`;
    const file = join(folder, "page.html");
    writeFileSync(file, page);
    const options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
      "--force-device-scale-factor=1", "--window-size=4000,3000", `--user-data-dir=${join(folder, "profile")}`, "--virtual-time-budget=600000", "--dump-dom", `file://${file}`];
    const dom = execFileSync(CHROMIUM, options, { encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"], timeout: 300_000 });
    const found = dom.match(/BEGIN([A-Za-z0-9+/=]*)END/);
    if (!found) throw new Error("the browser gave no result");
    return JSON.parse(Buffer.from(found[1], "base64").toString("utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Figures of pictures, in their order. */
function measure(pictures) {
  const bare = pictures.map((picture) => picture.slice(Math.max(0, picture.indexOf("<svg"))));
  return shown(bare).map((taken) => {
    if (taken.error) throw new Error(taken.error);
    return count(taken);
  });
}

// ------------------------------------------------------------------------------------------------ known faults

function selftest() {
  const box = (id, x, y, words = id) => `<g class="component" data-id="${id}"><rect x="${x}" y="${y}" width="90" height="40"/><text x="${x + 10}" y="${y + 25}" font-size="12">${words}</text></g>`;
  const frame = (id, x, y, w, h) => `<g class="group" data-id="${id}"><rect x="${x}" y="${y}" width="${w}" height="${h}"/><text x="${x + 8}" y="${y + 16}" font-size="12">${id}</text></g>`;
  const link = (from, to, route, label = "") => `<g class="link" data-from="${from}" data-to="${to}"><path d="${route}"/>${label}</g>`;
  const label = (x, y) => `<text x="${x}" y="${y}" font-size="10">says</text>`;
  // Two frames side by side with two boxes and one, and a box below.
  const good = {
    left: frame("left", 10, 10, 260, 240), right: frame("right", 320, 10, 160, 240), a: box("a", 90, 50), b: box("b", 90, 190), c: box("c", 350, 50), d: box("d", 350, 300),
    ab: link("a", "b", "M135 90V190", label(140, 140)), ac: link("a", "c", "M180 70H350"), bd: link("b", "d", "M135 230V320H350"),
  };
  const cases = {
    "a clean picture": [{}, {}],
    "a rounded corner": [{ bd: link("b", "d", "M135 230V312Q135 320 143 320H350") }, {}],
    "two boxes overlap": [{ b: box("b", 150, 70), ab: link("a", "b", "M120 90V100H150"), bd: link("b", "d", "M195 110V320H350"), ac: link("a", "c", "M180 55H350") }, { nodeNode: 1 }],
    "a box on a frame": [{ c: box("c", 290, 50), ac: link("a", "c", "M180 70H290") }, { nodeNode: 1 }],
    "words leave a box": [{ d: box("d", 350, 300, "words that are far too long") }, { textOut: 1 }],
    "a route through a box": [{ bd: link("b", "d", "M120 190V30H60V320H350") }, { edgeNode: 1 }],
    "a route through a frame": [{ bd: link("b", "d", "M135 230V245H400V300") }, { edgeGroup: 1 }],
    "a route through a title": [{ bd: link("b", "d", "M90 210H24V5H6V320H350") }, { edgeTitle: 1 }],
    "a label on a box": [{ ab: link("a", "b", "M135 90V190", label(140, 205)) }, { labelHit: 1 }],
    "a label far off": [{ ab: link("a", "b", "M135 90V190", label(210, 150)) }, { labelStray: 1 }],
    "a loose end": [{ bd: link("b", "d", "M135 230V320H320") }, { loose: 1 }],
    "a label on a frame": [{ ac: link("a", "c", "M180 70H350", label(262, 66)) }, { labelBorder: 1 }],
    "a route close to a box": [{ bd: link("b", "d", "M180 210H183V320H350"), ac: link("a", "c", "M180 70H350"), ab: link("a", "b", "M135 90V190", label(140, 140)) }, {}],
    "routes that cross": [{ ac: link("a", "c", "M90 70H60V280H300V70H350") }, { crossings: 1 }],
    "routes on each other": [{ e: box("e", 20, 300), f: box("f", 500, 300), ef: link("e", "f", "M110 320H345V350H520V340") }, { shared: 210 }],
    "off the canvas": [{ d: box("d", 560, 300), bd: link("b", "d", "M135 230V320H560") }, { broken: 1 }],
  };
  const draw = (changes) => `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="380" font-family="monospace" fill="none" stroke="#000">${Object.values({ ...good, ...changes }).join("")}</svg>`;
  const names = Object.keys(cases);
  const figures = measure(names.map((name) => draw(cases[name][0])));
  const counters = ["broken", "nodeNode", "textOut", "edgeNode", "edgeGroup", "edgeTitle", "labelHit", "labelStray", "loose", "shared", "labelBorder", "crossings"];
  let wrong = 0;
  names.forEach((name, at) => {
    const bad = counters.filter((key) => Math.abs(figures[at][key] - (cases[name][1][key] ?? 0)) > 0.5);
    wrong += bad.length > 0;
    console.log(bad.length ? "WRONG" : "ok   ", name, bad.map((key) => `${key} is ${figures[at][key]}, not ${cases[name][1][key] ?? 0}`).join(", "));
  });
  return wrong === 0;
}

// ------------------------------------------------------------------------------------------------ the program

const [first, ...rest] = process.argv.slice(2);
if (first === "--selftest") {
  process.exitCode = selftest() ? 0 : 1;
} else {
  const files = first === "--json" ? rest : [first, ...rest];
  const figures = measure(files.map((file) => readFileSync(file, "utf8")));
  const rows = Object.fromEntries(files.map((file, at) => [file, figures[at]]));
  if (first === "--json") console.log(JSON.stringify(rows, null, 1));
  else console.table(Object.fromEntries(Object.entries(rows).map(([file, row]) => [file, Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Math.round(value * 100) / 100]))])));
  const faulty = files.filter((_, at) => figures[at].faults > 0);
  if (faulty.length) {
    console.error(`faults in ${faulty.join(", ")}`);
    process.exitCode = 1;
  }
}
