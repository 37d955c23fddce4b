"""Packs: imports beside Oxigraph's own bulk load, and questions, counts and search beside millions of triples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import register as made_up
from bench.closure import REGISTER
from bench.measure import ROOT, Sample, Told, Worker, measure, met
from bench.setting import Row, Setting

IMPORTING = "bench.importing"
STANDARDS = ROOT.parent / "shared" / "data" / "iso-standards" / "iso_standards.jsonl.gz"
SECONDS, TIMES, MEGABYTES = 2.0, 1.5, 2000
"""Goals of an import: the committees in so many seconds, a large register in so many times a bulk load and in so many MB."""
ANSWER, COUNT, FIND = 0.1, 1.0, 0.05
"""Goals at 13 million triples: seconds of an answer, of a count over all standards, of a search."""

QUESTIONS: dict[str, dict[str, str]] = {
    "committee-members": {"committee": "ISO/TC 17"},
    "committee-tree": {"committee": "ISO/TC 17"},
    "shared-committees": {"actor": "org/iso-id-1500", "with": "org/iso-id-1501"},
    "liaisons": {"committee": "ISO/TC 17"},
    "secretariats": {"body": "org/iso-id-1500"},
    "standard-history": {"standard": "BS 1000"},
    "who-cooperates-with": {"actor": "SAC"},
    "bridge": {},
}
COUNTED = {
    "year": "SELECT ?v (COUNT(*) AS ?n) { ?s a stdg:StandardEdition ; stdg:date ?d BIND (SUBSTR(?d, 1, 4) AS ?v) } GROUP BY ?v",
    "committee": "SELECT ?v (COUNT(*) AS ?n) { ?s stdg:developedBy ?v } GROUP BY ?v",
    "field": "SELECT ?v (COUNT(DISTINCT ?s) AS ?n) { ?s a ?k ; stdg:ics ?i BIND (SUBSTR(STR(?i), 35, 2) AS ?v) } GROUP BY ?v",
}
SOUGHT = ("graphene", "tractor density", "石墨烯 术语", "钢", "BS 1000")
SCAN = "SELECT ?s {{ ?s dcterms:title|stdg:reference ?t FILTER ({}) }} LIMIT 20"


def packs(at: Setting) -> list[Row]:
    """Import the real register: the committees alone, then with 62,000 standards."""
    if not (REGISTER.exists() and STANDARDS.exists()):
        return []
    rows = _imported(at, at.folder / "committees-only", "the ISO committees", [REGISTER])
    rows[0] = _with_goal(rows[0], rows[0].ours.seconds <= SECONDS, f"goal {SECONDS:g} s")
    return rows + _imported(at, at.folder / "iso-standards", "ISO's standards", [REGISTER, STANDARDS])


def register(at: Setting) -> list[Row]:
    """Import a made-up register of 1.3 million standards, then ask, count and find beside it."""
    folder = at.folder / "register"
    folder.mkdir()
    files = made_up.write(folder)
    rows = _imported(at, folder, "1.3 million standards", list(files))
    added, _, both = rows
    within, small = added.ours.seconds <= TIMES * added.other.seconds, both.ours.megabytes <= MEGABYTES
    rows[0] = _with_goal(added, within, f"goal {TIMES:g}× a bulk load")
    rows[-1] = _with_goal(both, small, f"goal {MEGABYTES} MB")
    worker = Worker("packs", folder)
    try:
        return [*rows, *_asked(at, worker), *_counted(at, worker), *_found(at, worker)]
    finally:
        worker.close()


def _imported(at: Setting, folder: Path, name: str, files: list[Path]) -> list[Row]:
    """Return three rows: `pack add`, the compilation, and both together, each beside Oxigraph's bulk load."""
    folder.mkdir(exist_ok=True)
    cache, plain = folder / "cache", folder / "plain"
    plain.mkdir()
    told = [
        Told(f"`pack add`: {name}", cache, IMPORTING, "add", *map(str, files)),
        Told("compile it with the packaged graph, names and rules included", cache, IMPORTING, "compile"),
        Told("Oxigraph: bulk load of the pack's triples", cache, IMPORTING, "bulk", str(plain)),
    ]
    add, built, bulk = measure([one.side for one in told], at.repeat)
    size = f"{told[0].last['records']} records, {told[0].last['triples']} triples"
    both = Sample("both: ready to answer", [_sum(a, b) for a, b in zip(add.runs, built.runs, strict=False)])
    ordered = f"with `optimize`, which ours has, {bulk.seconds + told[2].last['ordering']:.1f} s"
    return [_row(add, bulk, size), _row(built, bulk, ""), _row(both, bulk, f"Oxigraph's {ordered}")]


def _sum(one: Any, two: Any) -> Any:
    return type(one)(one.seconds + two.seconds, max(one.megabytes, two.megabytes))


def _asked(at: Setting, worker: Worker) -> list[Row]:
    found = []
    for name, given in QUESTIONS.items():
        sides = [
            worker.side(f"`ask {name}` at this size", do="ask", name=name, parameters=given),
            worker.side("its query alone", do="query", name=name, parameters=given),
        ]
        ours, bare = measure(sides, at.repeat)
        found.append(_with_goal(_row(ours, bare, ""), ours.seconds <= ANSWER, f"goal {ANSWER * 1000:g} ms"))
    return found


def _counted(at: Setting, worker: Worker) -> list[Row]:
    found = []
    for by, query in COUNTED.items():
        sides = [
            worker.side(f"`pack counts --by {by}`", do="counts", by=by),
            worker.side("Oxigraph: the same in SPARQL", do="sparql", text=query),
        ]
        ours, other = measure(sides, at.repeat)
        found.append(_with_goal(_row(ours, other, ""), ours.seconds <= COUNT, f"goal {COUNT:g} s"))
    return found


def _found(at: Setting, worker: Worker) -> list[Row]:
    found = []
    for text in SOUGHT:
        scan = SCAN.format(" && ".join(f'CONTAINS(LCASE(STR(?t)), "{word.lower()}")' for word in text.split()))
        sides = [
            worker.side(f"`find {text}`", do="find", text=text),
            worker.side("Oxigraph: the first 20 of a scan with CONTAINS, unsorted", do="sparql", text=scan),
        ]
        ours, other = measure(sides, at.repeat)
        found.append(_with_goal(_row(ours, other, ""), ours.seconds <= FIND, f"goal {FIND * 1000:g} ms"))
    return found


def _row(ours: Sample, other: Sample, note: str) -> Row:
    return Row("packs", ours, other, note)


def _with_goal(row: Row, reached: bool, goal: str) -> Row:
    return replace(row, note="; ".join(filter(None, [row.note, f"{goal}: {met(reached)}"])))
