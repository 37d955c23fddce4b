"""What is measured: one function a group of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.checking import validate
from bench.editing import edit
from bench.measure import Side, Worker, measure, met, process
from bench.networks import networks
from bench.packs import packs, register
from bench.reasoning import reasoning
from bench.serving import serve
from bench.setting import Row, Setting
from bench.site import site

QUESTION = "who-cooperates-with"
EXAMPLE = (QUESTION, "--actor", "SAC")
GOAL = 2.2
"""A cold answer takes at most so many times the import of click."""
WARM, SLOWEST = 0.03, 10
"""Seconds that no warm answer should take; of so many questions the rows are shown."""


def startup(at: Setting) -> list[Row]:
    """Start-up: the interpreter, click, our help; against a command line that imports everything at the top."""
    sides = [
        at.python("`python -c pass`", "-c", "pass"),
        at.python('`python -c "import click"`', "-c", "import click"),
        at.tool("--help"),
        at.obvious("all libraries at the top, `--help`", "help.py", "--help"),
    ]
    *ours, heavy = measure(sides, at.repeat)
    return [Row("startup", sample, heavy) for sample in ours]


def cold(at: Setting) -> list[Row]:
    """Answer one question in a new process, the store being compiled; against parsing with rdflib and asking it."""
    query, derived = str(at.folder / "queries" / f"{QUESTION}.rq"), str(at.folder / "derived.nt")
    sides = [
        at.tool("ask", *EXAMPLE),
        at.python('`python -c "import click"`', "-c", "import click"),
        at.obvious("rdflib: parse Turtle and derived links, query", "ask.py", query, *at.files, derived),
        at.obvious("rdflib: parse all as one N-Triples file, query", "ask.py", query, str(at.folder / "union.nt")),
    ]
    ours, click, turtle, triples = measure(sides, at.repeat)
    times = ours.seconds / click.seconds
    note = f"{times:.1f} times the import of click; goal at most {GOAL:g}: {'met' if times <= GOAL else 'not met'}"
    return [Row("cold", ours, click, note), Row("cold", ours, turtle), Row("cold", ours, triples)]


def warm(at: Setting) -> list[Row]:
    """Answer one question with the store open; against rdflib with its graph kept."""
    with at.workers() as (ours, other):
        sides = [
            ours.side(f"`graph.ask('{QUESTION}')`", do="ask", name=QUESTION),
            other.side("`rdflib.Graph.query`, graph kept", do="query", name=QUESTION),
            other.side("the same, query prepared", do="prepared", name=QUESTION),
        ]
        asked, *queried = measure(sides, at.repeat)
    return [Row("warm", asked, sample) for sample in queried]


def answers(at: Setting) -> list[Row]:
    """Answer every question with its example, the store open; the slowest ones, beside their bare queries."""
    names = sorted(path.stem for path in (at.folder / "queries").glob("*.rq"))
    rows = []
    with at.workers() as (ours, _):
        for name in names:
            sides = [
                ours.side(f"`graph.ask('{name}')`", do="ask", name=name),
                ours.side("its query alone", do="query", name=name),
            ]
            rows.append(Row("answers", *measure(sides, at.repeat)))
    rows.sort(key=lambda row: row.ours.least, reverse=True)
    over = sum(row.ours.least > WARM for row in rows)
    goal = (
        f"{over} of {len(rows)} questions take more than {WARM * 1000:g} ms at their best; goal none: {met(not over)}"
    )
    return [replace(rows[0], note=goal), *rows[1:SLOWEST]]


def load(at: Setting) -> list[Row]:
    """Compile into an empty cache, open what is compiled; both against parsing all Turtle files with rdflib."""
    fresh = iter(range(1_000_000))

    def compile_once() -> Any:
        empty = at.folder / f"empty-{next(fresh)}"
        return process("first", ["-m", "stdgraph", "-q", "build"], empty).once()

    program = "import stdgraph; stdgraph.open().reads.select('SELECT * { ?s ?p ?o } LIMIT 1')"
    sides = [
        Side("first use: compile into an empty cache (process)", compile_once),
        at.python("reopen the store, first query (process)", "-c", program),
        at.obvious("rdflib: parse all Turtle files (process)", "parse.py", *at.files),
    ]
    first, again, parsed = measure(sides, at.repeat)
    with at.workers() as (ours, other):
        sides = [
            ours.side("reopen the store, first query (in process)", do="reopen"),
            other.side("rdflib: parse all Turtle files, first query (in process)", do="reopen"),
        ]
        opened, reparsed = measure(sides, at.repeat)
    return [Row("load", first, parsed), Row("load", again, parsed), Row("load", opened, reparsed)]


def questions(at: Setting) -> list[Row]:
    """Answer each question with its example, labels and sources included; against the bare query in rdflib."""
    paths = sorted((at.folder / "queries").glob("*.rq"))
    names = [path.stem for path in paths if "GRAPH ?" not in path.read_text("utf-8")]  # rdflib is given one graph
    with at.workers() as (ours, other):
        return [_question(at, ours, other, n) for n in names if not at.questions or n in at.questions]


def _question(at: Setting, ours: Worker, other: Worker, name: str) -> Row:
    sides = [
        ours.side(f"`ask {name}`", do="ask", name=name),
        ours.side("query alone", do="query", name=name),
        other.side("rdflib query", do="query", name=name),
    ]
    asked, bare, queried = measure(sides, at.repeat)
    alone = f"query alone {queried.seconds / bare.seconds:,.1f}×"
    verdict = "rows not compared" if queried.stopped else compare(_rows(ours, name), _rows(other, name))
    return Row("questions", asked, queried, f"{alone}; {verdict}")


def _rows(worker: Worker, name: str) -> list[str]:
    return [" ".join(map(_text, row)) for row in worker.request(do="rows", name=name)["rows"]]


def _text(term: list[str] | None) -> str:
    """Return a term for comparison: numbers by value, all else by its letters."""
    if term is None:
        return "-"
    kind, value, datatype, language = term
    if datatype.endswith(("#integer", "#decimal", "#double", "#float")):
        value = repr(float(value))
    return "_:" if kind == "blank" else f"{kind} {value!r} {datatype} {language}"


def compare(ours: list[str], other: list[str]) -> str:
    """Return a mark: the same rows, the same rows in another order, or how many only one side has."""
    if ours == other:
        return f"= {len(ours)} rows"
    if Counter(ours) == Counter(other):
        return f"= {len(ours)} rows, in another order"
    if set(ours) == set(other):
        return f"= {len(set(ours))} distinct rows, repeated {len(ours)} / {len(other)}"
    only, lacking = set(ours) - set(other), set(other) - set(ours)
    return f"**≠** only stdgraph {len(only)}, only rdflib {len(lacking)}"


def infer(at: Setting) -> list[Row]:
    """Infer all; against owlrl alone on what rdflib parsed."""
    sides = [at.tool("infer"), at.obvious("rdflib parse, owlrl", "infer.py", *at.files)]
    ours, other = measure(sides, at.repeat)
    return [Row("infer", ours, other, "time only; stdgraph also runs the cooperation rules")]


GROUPS: dict[str, Callable[[Setting], list[Row]]] = {
    "startup": startup,
    "cold": cold,
    "warm": warm,
    "answers": answers,
    "load": load,
    "edit": edit,
    "questions": questions,
    "validate": validate,
    "infer": infer,
    "reasoning": reasoning,
    "networks": networks,
    "packs": packs,
    "site": site,
    "serve": serve,
    "register": register,
}
LONG = {"register"}
"""Groups that run only when they are named."""


def prepare(folder: Path) -> None:
    """Compile the store and write what the obvious stack is given, outside all timing."""
    process("prepare", ["-m", "bench.worker", "prepare", str(folder)], folder / "cache").once()
