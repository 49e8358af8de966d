#!/usr/bin/env python3
"""Holds our own counters against a browser's, and our time against that of the layout programs that are installed.

    python3 measure/peers.py --agree      every example: `layout::verify` and `browser.mjs` must count the same, and no fault
    python3 measure/peers.py --time       whole processes side by side on generated graphs: a table of ratios
    python3 measure/peers.py --engines    what each of our engines draws of the same graphs, beside ELK where elkrs is installed
    python3 measure/peers.py --graphs DIR writes the generated graphs, in our form, as DOT, ELK JSON and D2

Without an option: the first two. Needs a build of PROFILE (release), in CARGO_TARGET_DIR where that is set; peers (dot, elkrs, d2) are found on PATH, or in the folders of PEERS (separated by colons).
"""
import argparse
import glob
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROFILE = os.environ.get("PROFILE", "release")
OURS = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), PROFILE, "k8sdiag")
# What both sides count, and by how much they may differ: a browser rounds to parts of a pixel, and rounds corners.
EXACT = ["nodeNode", "edgeNode", "edgeGroup", "edgeTitle", "labelHit", "labelStray", "loose"]
NEAR = {"shared": 3.0, "crossings": 0.0, "graze": 0.0, "labelBorder": 0.0}


def agree():
    """Whether both counters say the same of every example and built-in diagram."""
    inputs = sorted(glob.glob(os.path.join(ROOT, "diagrams", "*.yaml")))
    for ending in ("md", "yaml", "dot"):
        inputs += sorted(glob.glob(os.path.join(ROOT, "examples", "*." + ending)))
    inputs = [path for path in inputs if os.path.basename(path) != "README.md"]
    ours = json.loads(subprocess.check_output(["cargo", "run", "-q", "--profile", PROFILE, "--example", "measure", "--", *inputs], cwd=ROOT))
    with tempfile.TemporaryDirectory() as folder:
        pictures = []
        for at, path in enumerate(inputs):
            pictures.append(os.path.join(folder, f"{at}.svg"))
            subprocess.check_call([OURS, "render", path, "-o", pictures[-1]], stderr=subprocess.DEVNULL)
        told = subprocess.run(["node", os.path.join(ROOT, "measure", "browser.mjs"), "--json", *pictures], stdout=subprocess.PIPE, check=False)
        theirs = json.loads(told.stdout)
    fine = True
    print(f"{'input':40} {'faults':>7} {'browser':>8} {'crossings':>10} {'browser':>8}")
    for path, picture in zip(inputs, pictures):
        our, their = ours[path], theirs[picture]
        name = os.path.relpath(path, ROOT)
        print(f"{name:40} {our['faults']:7} {their['faults']:8} {our['crossings']:10} {their['crossings']:8}")
        differ = [key for key in EXACT if our[key] != their[key]]
        differ += [key for key, by in NEAR.items() if abs(our[key] - their[key]) > by]
        for key in differ:
            print(f"    {key}: we count {our[key]}, the browser {their[key]}")
        fine = fine and not differ and our["faults"] == 0 and their["faults"] == 0
    return fine


def system(components, seed):
    """A system as people have them: teams in areas, services in teams, links mostly to neighbours, a few hubs that many talk to."""
    dice = random.Random(seed)
    areas = max(1, components // 40)
    teams = max(1, components // 7)
    groups = [{"id": f"area{at}", "label": f"Area {at}"} for at in range(areas)]
    groups += [{"id": f"team{at}", "label": f"Team {at}", "parent": f"area{dice.randrange(areas)}"} for at in range(teams)]
    parts = [{"id": f"s{at}", "label": f"service {at}", "group": f"team{at * teams // components}"} for at in range(components)]
    hubs = [dice.randrange(components) for _ in range(max(1, components // 30))]
    pairs = set()
    for at in range(1, components):
        for _ in range(dice.choice([1, 1, 1, 2])):
            near = dice.random()
            other = at - 1 - min(int(dice.expovariate(0.35)), at - 1) if near < 0.75 else dice.choice(hubs) if near < 0.92 else dice.randrange(components)
            if other != at:
                pairs.add((at, other) if dice.random() < 0.8 else (other, at))
    links = [{"from": f"s{a}", "to": f"s{b}"} | ({"label": dice.choice(["reads", "events", "gRPC", "SQL"])} if dice.random() < 0.2 else {}) for a, b in sorted(pairs)]
    return {"groups": groups, "components": parts, "links": links}


def tree(graph):
    """Groups and components by the group that they lie in."""
    inside = {}
    for group in graph["groups"]:
        inside.setdefault(group.get("parent"), []).append(("group", group))
    for part in graph["components"]:
        inside.setdefault(part["group"], []).append(("part", part))
    return inside


def dot(graph):
    inside, lines = tree(graph), ["digraph g {", "compound=true; node [shape=box, fontsize=13];"]

    def put(parent):
        for kind, item in inside.get(parent, []):
            if kind == "part":
                lines.append(f'{item["id"]} [label="{item["label"]}"];')
            else:
                lines.append(f'subgraph cluster_{item["id"]} {{ label="{item["label"]}";')
                put(item["id"])
                lines.append("}")

    put(None)
    for link in graph["links"]:
        label = f' [label="{link["label"]}"]' if "label" in link else ""
        lines.append(f'{link["from"]} -> {link["to"]}{label};')
    return "\n".join([*lines, "}"])


def elk(graph):
    inside = tree(graph)

    def nodes(parent):
        made = []
        for kind, item in inside.get(parent, []):
            node = {"id": item["id"], "labels": [{"text": item["label"], "width": 7 * len(item["label"]), "height": 16}]}
            if kind == "part":
                node |= {"width": 7 * len(item["label"]) + 30, "height": 40}
            else:
                node |= {"children": nodes(item["id"]), "layoutOptions": {"elk.padding": "[top=36,left=14,bottom=14,right=14]"}}
            made.append(node)
        return made

    edges = []
    for at, link in enumerate(graph["links"]):
        edges.append({"id": f"e{at}", "sources": [link["from"]], "targets": [link["to"]]})
        if "label" in link:
            edges[-1]["labels"] = [{"text": link["label"], "width": 6 * len(link["label"]), "height": 14}]
    options = {"elk.algorithm": "layered", "elk.hierarchyHandling": "INCLUDE_CHILDREN", "elk.direction": "DOWN", "elk.edgeRouting": "ORTHOGONAL"}
    return json.dumps({"id": "root", "layoutOptions": options, "children": nodes(None), "edges": edges})


def d2(graph):
    inside, path, lines = tree(graph), {}, []

    def put(parent, above):
        for kind, item in inside.get(parent, []):
            path[item["id"]] = above + item["id"]
            lines.append(f'{path[item["id"]]}: "{item["label"]}"')
            if kind == "group":
                put(item["id"], path[item["id"]] + ".")

    put(None, "")
    for link in graph["links"]:
        lines.append(f'{path[link["from"]]} -> {path[link["to"]]}' + (f': {link["label"]}' if "label" in link else ""))
    return "\n".join(lines) + "\n"


FORMS = {"json": json.dumps, "dot": dot, "elk.json": elk, "d2": d2}
# Each peer: its program, the form that it reads, and its arguments.
PEERS = {
    "elkrs": ("elkrs", "elk.json", ["{input}"]),
    "dot": ("dot", "dot", ["-Tsvg", "-o", "{output}", "{input}"]),
    "d2 with ELK": ("d2", "d2", ["--layout", "elk", "{input}", "{output}.svg"]),
}


def seconds(command, limit=120):
    """Processor time of a process and its children, or None where it fails or takes too long."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=limit, check=True)
    except (subprocess.SubprocessError, OSError):
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def write(folder, sizes, seed):
    for size in sizes:
        graph = system(size, seed)
        for ending, form in FORMS.items():
            with open(os.path.join(folder, f"{size}.{ending}"), "w", encoding="utf-8") as file:
                file.write(form(graph))


def compare(sizes, seed, runs):
    """Prints processor times of all that are installed, and how often longer than ours they are."""
    where = os.pathsep.join([os.environ.get("PEERS", ""), os.environ["PATH"]])
    peers = {name: (shutil.which(program, path=where), form, words) for name, (program, form, words) in PEERS.items()}
    for name in [name for name, (program, _, _) in peers.items() if program is None]:
        print(f"{name} is not installed: left out")
        del peers[name]
    with tempfile.TemporaryDirectory() as folder:
        write(folder, sizes, seed)
        print(f"\nprocessor seconds, the mean of {runs} or more; × is against ours\n")
        print("| components | k8sdiag |" + "".join(f" {name} |" for name in peers))
        print("|---|---|" + "---|" * len(peers))
        for size in sizes:
            def mean(program, form, words, size=size):
                made = os.path.join(folder, "out")
                filled = [word.format(input=os.path.join(folder, f"{size}.{form}"), output=made) for word in words]
                # Processor time is counted in steps of some milliseconds: small graphs need many runs.
                times = [seconds([program, *filled]) for _ in range(max(runs, 3000 // size))]
                return None if None in times else sum(times) / len(times)

            ours = mean(OURS, "json", ["render", "{input}", "--format", "svg", "-o", "{output}.svg"])
            row = f"| {size} | {'fails' if ours is None else f'{ours:.4f}'} |"
            for program, form, words in peers.values():
                theirs = mean(program, form, words)
                row += " fails |" if theirs is None or not ours else f" {theirs:.4f} (× {theirs / ours:.1f}) |"
            print(row, flush=True)


def drawn(graph):
    """What `layout::verify` calls crossings, length and density, of a graph that elkrs has laid out: the edges of a node are placed within it."""
    upright, level, boxes, lengths = [], [], [], []

    def walk(node, x, y):
        for child in node.get("children", []):
            walk(child, x + child["x"], y + child["y"])
        if not node.get("children"):
            boxes.append((node["width"], node["height"]))
        for edge in node.get("edges", []):
            for section in edge.get("sections", []):
                points = [section["startPoint"], *section.get("bendPoints", []), section["endPoint"]]
                points = [(x + point["x"], y + point["y"]) for point in points]
                lengths.append(sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in zip(points, points[1:])))
                for a, b in zip(points, points[1:]):
                    if abs(a[0] - b[0]) < 0.01:
                        upright.append((a[0], *sorted((a[1], b[1])), edge["id"]))
                    else:
                        level.append((a[1], *sorted((a[0], b[0])), edge["id"]))

    walk(graph, 0, 0)
    pairs = set()
    for x, top, bottom, one in upright:
        for y, left, right, other in level:
            if one != other and left < x < right and top < y < bottom:
                pairs.add((*sorted((one, other)), x, y))
    side = sum((width * height) ** 0.5 for width, height in boxes) / len(boxes)
    area = sum(width * height for width, height in boxes)
    return {"crossings": len(pairs), "length": sum(lengths) / max(1, len(lengths)) / side, "density": area / (graph["width"] * graph["height"])}


def engines(sizes, seed):
    """Prints what our engines and ELK make of the same graphs."""
    elkrs = shutil.which("elkrs", path=os.pathsep.join([os.environ.get("PEERS", ""), os.environ["PATH"]]))
    print("\n| components | engine | faults | crossings | length of a link | share of boxes |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        write(folder, sizes, seed)
        for size in sizes:
            path = os.path.join(folder, f"{size}.json")
            rows = {}
            for engine in ("layered", "layout-rs"):
                command = ["cargo", "run", "-q", "--profile", PROFILE, "--example", "measure", "--", "--engine", engine, path]
                rows[engine] = json.loads(subprocess.check_output(command, cwd=ROOT))[path]
            if elkrs:
                rows["ELK (elkrs)"] = drawn(json.loads(subprocess.check_output([elkrs, os.path.join(folder, f"{size}.elk.json")])))
            for engine, row in rows.items():
                print(f"| {size} | {engine} | {row.get('faults', '–')} | {row['crossings']} | {row['length']:.1f} | {row['density']:.3f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agree", action="store_true")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--engines", action="store_true")
    parser.add_argument("--graphs", metavar="DIR")
    parser.add_argument("--sizes", default="30,100,300,1000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3)
    chosen = parser.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",")]
    if chosen.graphs:
        os.makedirs(chosen.graphs, exist_ok=True)
        write(chosen.graphs, sizes, chosen.seed)
        return 0
    if chosen.engines:
        engines(sizes, chosen.seed)
        return 0
    fine = True
    if chosen.agree or not chosen.time:
        fine = agree()
    if chosen.time or not chosen.agree:
        compare(sizes, chosen.seed, chosen.runs)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
