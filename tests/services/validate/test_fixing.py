"""`--fix`: what is sure is mended, nothing else changes, and twice is once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TINY
from stdgraph.model.vocabulary import BASE, SKOS
from stdgraph.services.validate.checks import checked
from stdgraph.services.validate.fixing import mended_files
from stdgraph.services.validate.folding import folded
from stdgraph.services.validate.places import Places
from stdgraph.services.validate.repairs import REPAIRS, repaired
from stdgraph.services.validate.report import Report
from stdgraph.services.validate.stored import Statements, in_memory
from stdgraph.storage.files import GraphFile, ontology_files


def known(old: list[ox.Quad], new: list[ox.Quad]) -> Statements:
    """Return what a graph states, with new statements in it."""
    return Statements(in_memory([*old, *new]), lambda: old, before=in_memory(old))


OLD = [quad for file in [*ontology_files(), GraphFile(TINY, "urn:tiny")] for quad in file.quads()]
HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> .

"""
FAULTY = """# what a steward wrote
<org/aa-nsb>
    skos:prefLable "Body\u00a0of  Aa "@en ;  # as printed
    skos:altLabel "ＡＡ &amp; co"@EN , "一"@zh-cn ;
    # the evidence
    stdg:evidnece <evidence/doc-a--s1> ;
    stdg:listNumber "１２" ;
    stdg:refersTo "org/bb-nsb" ;
    stdg:zzz "left as it is" ;
.
"""
MENDED = """# what a steward wrote
<org/aa-nsb>
    skos:prefLabel "Body of Aa"@en ;  # as printed
    skos:altLabel "AA & co"@en ;
    skos:altLabel "一"@zh-Hans ;
    # the evidence
    stdg:evidence <evidence/doc-a--s1> ;
    stdg:listNumber 12 ;
    stdg:refersTo <org/bb-nsb> ;
    stdg:zzz "left as it is" ;
.
"""


def report(path: Path) -> Report:
    """Return what the checks find in a new file; the shapes are not asked."""
    file = GraphFile(path, "urn:new")
    new = list(file.quads())
    store = ox.Store()
    store.extend([*OLD, *new])
    places = Places(store, [], [file])
    return folded([(replace(r.finding, **places.of(r)), r) for r in checked(known(OLD, new), new, [])])


def fix(path: Path) -> bool:
    changed = report(path).mended([path])
    for one in changed:
        one.path.write_text(one.after, "utf-8")
    return bool(changed)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "new.ttl"
    path.write_text(HEAD + FAULTY, "utf-8")
    return path


def test_what_is_sure_is_mended_and_comments_stay(new: Path) -> None:
    assert fix(new)
    assert new.read_text("utf-8").endswith(MENDED)
    assert [f.path for f in report(new).findings] == ["stdg:zzz"]


def test_fixing_twice_is_fixing_once(new: Path) -> None:
    fix(new)
    assert not fix(new)


def test_the_difference_shows_both_sides(new: Path) -> None:
    (one,) = report(new).mended()
    assert '-    skos:prefLable "Body' in one.diff()
    assert '+    skos:prefLabel "Body of Aa"@en' in one.diff()


@pytest.mark.parametrize("spoil", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_editors_do_not_hinder(new: Path, spoil: Any) -> None:
    new.write_bytes(spoil(new.read_text("utf-8")).encode())
    assert fix(new)
    assert [f.path for f in report(new).findings] == ["stdg:zzz"]


PARTS = ["a", "B", "é", "e\u0301", " ", "\u00a0", "\u200b", "Ｉ", "１", "&amp;", "&#65;", "&", "中"]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


@given(TEXTS)
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    for check in REPAIRS:
        assert repaired(check, repaired(check, text)) == repaired(check, text)


@settings(max_examples=15)
@given(st.lists(TEXTS.filter(lambda text: text.strip()), min_size=1, max_size=4, unique=True))
def test_no_triple_changes_beyond_its_repair(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.ttl"
        noted = ox.NamedNode(SKOS + "note")
        things = [ox.NamedNode(f"{BASE}org/aa-{at}") for at in range(len(texts))]
        stated = {ox.Triple(thing, noted, ox.Literal(t, language="en")) for thing, t in zip(things, texts, strict=True)}
        path.write_text(HEAD + "".join(f"{t.subject} {t.predicate} {t.object} .\n" for t in stated), "utf-8")
        told = {(f.focus, f.value): f.repair for f in report(path).findings if f.edit}
        mended_to = {
            ox.Triple(
                t.subject,
                noted,
                ox.Literal(told.get((t.subject.value[len(BASE) :], t.object.value), t.object.value), language="en"),
            )
            for t in stated
        }
        for one in mended_files(report(path).findings):
            path.write_text(one.after, "utf-8")
        assert {q.triple for q in GraphFile(path, "urn:new").quads()} == mended_to
