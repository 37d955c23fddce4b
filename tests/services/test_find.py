from __future__ import annotations

import pytest

import stdgraph
from stdgraph.errors import ParameterError
from stdgraph.services.find import find


def test_a_class_narrows(tiny: stdgraph.Graph) -> None:
    kinds = {named.kind for named in find(tiny.reads, "Aland")}
    assert len(kinds) > 1
    assert {named.kind for named in find(tiny.reads, "Aland", kind="Country")} == {"Country"}


@pytest.mark.parametrize("kind", ["Twinning", "Concept"])
def test_a_class_of_which_nothing_is_found_is_no_fault(tiny: stdgraph.Graph, kind: str) -> None:
    assert find(tiny.reads, "qwertyuiop", kind=kind) == []


@pytest.mark.parametrize(
    ("kind", "words"), [("country", "nearest: Country"), ("hasParty", "no class"), ("Nope", "no class")]
)
def test_an_unknown_class_is_refused(tiny: stdgraph.Graph, kind: str, words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        find(tiny.reads, "Aland", kind=kind)
