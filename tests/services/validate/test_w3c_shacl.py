"""The W3C SHACL suite: the screen before pySHACL loses no result of it, and adds none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from conftest import SHARED
from stdgraph.errors import ShapesError
from stdgraph.model.vocabulary import SH
from stdgraph.services.validate import shacl
from stdgraph.services.validate.facts import Facts
from stdgraph.storage.bridge import term_of, to_rdflib

SUITE = SHARED / "data" / "w3c" / "shacl"
if not SUITE.is_dir():
    pytest.skip("../shared/data/w3c is absent: the W3C SHACL suite lies there", allow_module_level=True)

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
TOLD = ("focusNode", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape")
OTHERWISE = {
    "core/property/uniqueLang-002": 'pySHACL takes "1"^^xsd:boolean for true, the suite for no true',
}
"""Cases in which pySHACL itself finds something else than the suite expects, and why."""
REFUSED = {
    **{f"sparql/pre-binding/unsupported-sparql-{n:03}": "SHACL forbids it, and so does the suite" for n in range(1, 7)},
    "sparql/node/prefixes-001": "pySHACL does not follow owl:imports from one set of prefixes to another",
    "sparql/pre-binding/pre-binding-006": "SHACL forbids it, and so does the suite",
    "sparql/pre-binding/shapesGraph-001": "pySHACL does not bind $shapesGraph",
}
"""Cases in which pySHACL runs nothing, and why."""

Told = Counter[tuple[str, ...]]


@cache
def facts(path: Path) -> Facts:
    return Facts(triples(path))


@cache
def triples(path: Path) -> tuple[ox.Triple, ...]:
    quads = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri(), rename_blank_nodes=True)
    return tuple(quad.triple for quad in quads)


def manifests(path: Path) -> Iterator[Path]:
    yield path
    for include in facts(path).values(MF + "include"):
        yield from manifests(Path.from_uri(include.value) if hasattr(Path, "from_uri") else Path(include.value[7:]))


def entries() -> dict[str, tuple[Path, Any]]:
    """Return the file and the node of each case by its name."""
    found = {}
    for path in manifests(SUITE / "manifest.ttl"):
        for head in facts(path).values(MF + "entries"):
            for entry in facts(path).items(head):
                found[f"{path.parent.relative_to(SUITE)}/{path.stem}"] = path, entry
    return found


CASES = entries()


def graph(path: Path, entry: Any, role: str) -> tuple[ox.Triple, ...]:
    (action,) = facts(path).objects(entry, MF + "action")
    (file,) = facts(path).objects(action, SHT + role)
    return triples(Path(file.value.removeprefix("file://")))


def key(values: Any) -> tuple[str, ...]:
    """Return what identifies a result; nodes without a name are as good as any other."""
    return tuple("[]" if isinstance(v, ox.BlankNode) else str(_stored(v)) for v in values)


@cache
def _stored(term: Any) -> Any:
    store, node = ox.Store(), ox.NamedNode("urn:x")
    if term is not None:
        store.add(ox.Quad(node, node, term))
    return next((quad.object for quad in store), None)


def plainly(data: Any, shapes: Any) -> Told:
    import rdflib

    report = shacl.plain_report(to_rdflib(data), shapes)
    results = report.objects(None, rdflib.URIRef(SH + "result"))
    return Counter(key(term_of(report.value(r, rdflib.URIRef(SH + n))) for n in TOLD) for r in results)


def screened(data: Any, shapes: Any) -> Told:
    told = [{t.predicate.value.removeprefix(SH): t.object for t in r.triples} for r in shacl.results(data, shapes)]
    return Counter(key(one.get(name) for name in TOLD) for one in told)


def expected(path: Path, entry: Any) -> Told | None:
    (report,) = facts(path).objects(entry, MF + "result")
    if isinstance(report, ox.NamedNode):
        return None
    results = facts(path).objects(report, SH + "result")
    return Counter(key(next(iter(facts(path).objects(r, SH + n)), None) for n in TOLD) for r in results)


def test_the_suite_is_read_whole() -> None:
    assert sum(name.startswith("core/") for name in CASES) >= 90
    assert sum(name.startswith("sparql/") for name in CASES) >= 20


@pytest.mark.parametrize("name", CASES)
def test_results_are_those_of_pyshacl(name: str) -> None:
    path, entry = CASES[name]
    data, shapes = (graph(path, entry, role) for role in ("dataGraph", "shapesGraph"))
    if name in REFUSED:
        for run in (plainly, screened):
            with pytest.raises(ShapesError):
                run(data, shapes)
    else:
        assert screened(data, shapes) == plainly(data, shapes)


@pytest.mark.parametrize("name", [name for name in CASES if name not in REFUSED])
def test_results_are_those_that_the_suite_expects(name: str) -> None:
    path, entry = CASES[name]
    found = screened(*(graph(path, entry, role) for role in ("dataGraph", "shapesGraph")))
    assert (found == expected(path, entry)) == (name not in OTHERWISE), OTHERWISE.get(name)


def test_a_case_that_the_suite_wants_refused_is_refused() -> None:
    wanted = {name for name, (path, entry) in CASES.items() if expected(path, entry) is None}
    assert wanted <= REFUSED.keys()
