"""The tables beside the graph: mappings, countries and what is left out, row by row, and whether the ledger still has all stated numbers."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked
from stdgraph.model.vocabulary import BASE, RDF, SKOS, SRC, STDG, short
from stdgraph.services.validate.doubled import Doubled, doubled
from stdgraph.storage.files import GraphFile, content, read_text
from stdgraph.storage.judgements import expanded
from stdgraph.storage.lines import Place, shown

EMPTY = marked("This row of a mapping has no {column}: fill it in.")
UNFIT = marked("{value} cannot stand as {column} in a mapping: write such as {example}.")
PREFIX = marked("The head of this mapping does not declare the prefix {prefix}: add it to curie_map.")
LABEL = marked(
    "This mapping calls {thing} otherwise than the graph, which has '{label}': correct the label, or the id."
)
TWICE = marked("{subject} is mapped twice in this table: leave one row.")
GAP = marked("The years of {subject} do not follow each other: correct first_year or last_year.")
LEDGER = marked("The ledger does not have the numbers that the graph states: run `stdgraph ledger -f csv --sources -o data/ledger.csv`.")  # fmt: skip
COUNTRY = marked("This row does not fit the mappings and the graph, or lacks its Chinese name: see {other} of {thing}.")
LEFT_OUT = marked("A row of numbers that are left out has source, locator, number and reason, its source is described, and rows are sorted: correct it.")  # fmt: skip
CHECKS = (EMPTY, UNFIT, PREFIX, LABEL, TWICE, GAP, LEDGER, COUNTRY, LEFT_OUT)
OF_STATES = ("cow-states.sssom.tsv", "trade-states.sssom.tsv")
HAN = re.compile("[\u4e00-\u9fff]")
NEEDED = ("subject_id", "subject_label", "object_id", "object_label", "comment")
JUSTIFIED = ("semapv:ManualMappingCuration", "semapv:LexicalMatching")
DECLARED = re.compile(r"(?m)^#\s+([\w.]+): http")
COUNTS = ("statedActorCount", "statedItemCount")
Row = dict[str, str]
Fault = tuple[str, dict[str, str], Row, int]


def results(files: Sequence[GraphFile], store: ox.Store, *, lang: str = "en") -> list[Doubled]:
    """Return what is wrong with the tables of the packaged data, where that is the graph.

    Args:
        files: those of the graph.
        store: what they say.
        lang: language of messages.
    """
    data = content("data", "ttl")
    if not any(data in file.path.parents for file in files):
        return []
    paths = sorted(content("data", "mappings").glob("*.sssom.tsv"))
    mapped = [r for path in paths for r in mapping_faults(path, store, lang)]
    used = {
        row["object_id"].partition(":")[2]
        for path in paths
        if path.name in OF_STATES
        for row, _ in _rows(read_text(path))
    }
    beside = [
        *_told(content("data", "countries.tsv"), _countries(store, used), lang),
        *_told(content("data", "left-out.csv"), _left_out(store), lang),
    ]
    return [*mapped, *beside, *_ledger(store, lang)]


def mapping_faults(path: Path, store: ox.Store, lang: str = "en") -> Iterator[Doubled]:
    """Yield what is wrong with a table of mappings, at its lines."""
    text = read_text(path)
    head = {*DECLARED.findall(text)}
    numbered = _rows(text)
    labels = {name: row["en"] for name, row in countries().items()}
    faults = [f for row, at in numbered for f in (*_row(row, at, head), *_label(row, at, store, labels))]
    yield from _told(path, (*faults, *_together(numbered)), lang)


def _rows(text: str, delimiter: str = "\t") -> list[tuple[Row, int]]:
    """Return the rows of a table, each with its line."""
    lines = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")]
    rows = csv.DictReader((line for _, line in lines), delimiter=delimiter)
    return [(row, at) for row, (at, _) in zip(rows, lines[1:], strict=False)]


def _told(path: Path, faults: Iterable[Fault], lang: str) -> Iterator[Doubled]:
    for words, about, row, at in faults:
        name = row.get("object_id")
        node = ox.NamedNode(expanded(name) if name else f"urn:row:{at}")
        yield doubled(node, node, Phrase(words, **about), at=Place(shown(path), at), severity="Violation", lang=lang)


def _countries(store: ox.Store, used: set[str]) -> Iterator[Fault]:
    """Yield the rows of the table of countries that no mapping needs, without Chinese, or with another name than the graph."""
    for row, at in _rows(read_text(content("data", "countries.tsv"))):
        named = _english(store, ox.NamedNode(f"{BASE}country/{row['id']}")) or [row["en"]]
        if row["id"] not in used:
            yield COUNTRY, {"thing": row["id"], "other": "cow-states, trade-states"}, row, at
        elif not HAN.search(row["zh-Hans"]) or row["en"] not in named:
            yield COUNTRY, {"thing": row["id"], "other": named[0] if HAN.search(row["zh-Hans"]) else "zh-Hans"}, row, at


def _left_out(store: ox.Store) -> Iterator[Fault]:
    """Yield the rows of numbers left out on purpose that are not whole, in order, once, and of a source that we have."""
    last: list[str] = []
    for row, at in _rows(read_text(content("data", "left-out.csv")), ","):
        cells = [row[name] or "" for name in ("source", "locator", "number", "reason")]
        document = ox.NamedNode(SRC + cells[0]) if re.fullmatch(r"[\w.-]+", cells[0]) else None
        known = document and next(store.quads_for_pattern(document, ox.NamedNode(RDF + "type"), None), None)
        if not all(cell.strip() for cell in cells) or not known or cells <= last:
            yield LEFT_OUT, {}, row, at
        last = cells


def _row(row: Row, at: int, head: set[str]) -> Iterator[Fault]:
    for name in NEEDED:
        if not row.get(name):
            yield EMPTY, {"column": name}, row, at
    if row["mapping_justification"] not in JUSTIFIED:
        yield UNFIT, _unfit(row, "mapping_justification", JUSTIFIED[0]), row, at
    if not re.fullmatch(r"1(\.0+)?|0\.[5-9]\d*", row["confidence"]):
        yield UNFIT, _unfit(row, "confidence", "0.9"), row, at
    for prefix in sorted({row[name].partition(":")[0] for name in ("subject_id", "object_id", "predicate_id")} - head):
        yield PREFIX, {"prefix": prefix}, row, at


def _unfit(row: Row, column: str, example: str) -> dict[str, str]:
    return {"value": row[column] or "-", "column": column, "example": example}


def _label(row: Row, at: int, store: ox.Store, labels: dict[str, str]) -> Iterator[Fault]:
    """Yield what a mapping calls otherwise than the graph, or than the list of countries beside it."""
    if row.get("predicate_modifier") == "Not" or not row["object_id"]:
        return
    node = ox.NamedNode(expanded(row["object_id"]))
    known = _english(store, node) or [label for label in [labels.get(short(node.value).rpartition("/")[2])] if label]
    if row["object_label"] not in known:
        yield LABEL, {"thing": short(node.value), "label": (known or ["-"])[0]}, row, at


def _english(store: ox.Store, node: ox.NamedNode) -> list[str]:
    quads = store.quads_for_pattern(node, ox.NamedNode(SKOS + "prefLabel"), None)
    return [getattr(q.object, "value", "") for q in quads if getattr(q.object, "language", "") == "en"]


def _together(rows: Sequence[tuple[Row, int]]) -> Iterator[Fault]:
    """Yield what rows do not say together: a subject has one row, or rows whose years follow each other."""
    positive = [(row, at) for row, at in rows if row.get("predicate_modifier") != "Not"]
    many = Counter(row["subject_id"] for row, _ in positive)
    for subject in (name for name, number in many.items() if number > 1):
        found = [(row, at) for row, at in positive if row["subject_id"] == subject]
        if "first_year" not in found[0][0]:
            yield TWICE, {"subject": subject}, *found[1]
            continue
        found.sort(key=lambda pair: pair[0]["first_year"])
        ends = found[0][0]["first_year"] or found[-1][0]["last_year"]
        if ends or any(not _follows(a, b) for (a, _), (b, _) in pairwise(found)):
            yield GAP, {"subject": subject}, *found[-1]


def _follows(one: Row, other: Row) -> bool:
    years = one["last_year"], other["first_year"]
    return all(year.isdigit() for year in years) and int(years[0]) + 1 == int(years[1])


def countries() -> dict[str, Row]:
    """Return the rows of the table of countries by their codes."""
    return {row["id"]: row for row, _ in _rows(read_text(content("data", "countries.tsv")))}


def _ledger(store: ox.Store, lang: str) -> Iterator[Doubled]:
    """Yield one finding where the ledger has other numbers than the graph states."""
    path = content("data", "ledger.csv")
    rows = list(csv.DictReader(io.StringIO(read_text(path)))) if path.is_file() else []
    kept, stated = Counter(_number(re.sub(r"[^\d.eE+-]", "", row["stated"])) for row in rows), Counter(_stated(store))
    if None not in stated and kept != stated:  # what is no number is told of itself
        node = ox.NamedNode(STDG + "Figure")
        yield doubled(node, node, Phrase(LEDGER), at=Place(shown(path), 1), severity="Violation", lang=lang)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _stated(store: ox.Store) -> Iterator[float | None]:
    """Yield each number that a figure, or a record's count, states; None for what is none."""
    figures = {
        q.subject for q in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(STDG + "Figure"))
    }
    pairs: dict[tuple[Any, str], Any] = {}
    for name in ("value", *COUNTS):
        for q in store.quads_for_pattern(None, ox.NamedNode(STDG + name), None):
            if name != "value" or q.subject in figures:
                pairs.setdefault((q.subject, name), getattr(q.object, "value", ""))
    yield from map(_number, pairs.values())
