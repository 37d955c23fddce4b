"""Words, kinds of values and days, as cases: what is written, which rule tells it, and what should stand there."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

import stdgraph
from conftest import ROOT, TINY
from stdgraph.model.vocabulary import BASE, short
from stdgraph.services.validate.checks import checked
from stdgraph.services.validate.kinds import TAGS
from stdgraph.services.validate.repairs import repair_of
from stdgraph.services.validate.stored import Statements, in_memory
from stdgraph.storage.files import GraphFile, content, ontology_files, read_text

HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
"""
with (ROOT / "tests" / "cases" / "values.tsv").open(encoding="utf-8", newline="") as stream:
    CASES = [tuple(row.values()) for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)]


def known(old: list[ox.Quad], new: list[ox.Quad]) -> Statements:
    """Return what a graph states, with new statements in it."""
    return Statements(in_memory([*old, *new]), lambda: old, before=in_memory(old))


OLD = [quad for file in [*ontology_files(), GraphFile(TINY, "urn:tiny")] for quad in file.quads()]


def checks(text: str, on: date | None) -> list[tuple[str, str]]:
    """Return the checks that some new statements break, each with what should stand there."""
    new = list(ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE, base_iri=BASE))
    found = [(r.finding.check, repair_of(r)) for r in checked(known(OLD, new), new, [], on=on)]
    return [(check, short(term.value) if term else "") for check, term in found]


@pytest.mark.parametrize(("text", "rule", "repair"), CASES, ids=[case[0][:60] for case in CASES])
def test_a_value_is_told_with_its_repair(text: str, rule: str, repair: str) -> None:
    assert checks(text, date(2026, 11, 30)) == ([(rule, repair)] if rule else [])


@pytest.mark.parametrize(("on", "told"), [(date(2026, 12, 31), 1), (date(2027, 1, 1), 0), (None, 0)])
def test_what_is_not_yet_is_told_on_the_days_before(on: date | None, told: int) -> None:
    assert len(checks('<org/aa-nsb> stdg:asOf "2027-01" .', on)) == told


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('stdg:start "2016"', 'stdg:end "2014"', "stdg:end"),
        ('stdg:end "2014"', 'stdg:start "2016"', "stdg:start"),
        ("", 'stdg:start "2016" ; stdg:end "2014"', "stdg:end"),
    ],
)
def test_an_end_before_its_start_is_told_at_the_later_written(old: str, new: str, path: str, tmp_path: Path) -> None:
    files = [tmp_path / "old.ttl", tmp_path / "new.ttl"]
    for file, said in zip(files, (old, new), strict=True):
        file.write_text(HEAD + (f"<org/aa-nsb>\n  {said} .\n" if said else ""), "utf-8")
    graph = stdgraph.open(data=[TINY, files[0]])
    (finding,) = [f for f in graph.validate(files[1]).findings if f.shape == "stdgs:General-endNotBeforeStart"]
    assert (finding.path, Path(finding.file).name, finding.line) == (path, "new.ttl", 8)


def test_the_languages_of_names_are_those_of_the_shapes() -> None:
    lists = re.findall(r"sh:languageIn \(([^)]*)\)", "".join(map(read_text, sorted(content("shapes").glob("*.ttl")))))
    assert {tag for found in lists for tag in re.findall(r'"([^"]+)"', found)} == set(TAGS)
