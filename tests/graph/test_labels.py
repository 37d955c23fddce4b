"""Labels in both languages, and literals as cells: as they were written, numbers in JSON only where they are exact."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stdgraph
from stdgraph.graph.labels import kinds, labels, literal
from stdgraph.model.results import Number, plain, table, text_of
from stdgraph.model.vocabulary import BASE, XSD

CASES = [
    ("decimal", "100000000000000000000.5", "100000000000000000000.5", "100000000000000000000.5"),
    ("decimal", "3.14159265358979323846", "3.14159265358979323846", "3.14159265358979323846"),
    ("decimal", "1.10", "1.10", 1.1),
    ("decimal", "5.0", "5.0", 5.0),
    ("decimal", "5", "5", 5),
    ("decimal", ".5", ".5", 0.5),
    ("decimal", "0.00001", "0.00001", 0.00001),
    ("decimal", "9007199254740993", "9007199254740993", "9007199254740993"),
    ("integer", "007", "007", 7),
    ("integer", "+5", "+5", 5),
    ("integer", "9007199254740993", "9007199254740993", "9007199254740993"),
    ("integer", "-9007199254740991", "-9007199254740991", -9007199254740991),
    ("integer", "1" * 5000, "1" * 5000, "1" * 5000),
    ("integer", "1.5", "1.5", "1.5"),
    ("double", "1" + "0" * 300, "1e300", 1e300),
    ("double", "1E300", "1E300", 1e300),
    ("double", "1e400", "1e400", "1e400"),
    ("double", "-0.0", "-0.0", -0.0),
    ("double", "-0", "-0", -0.0),
    ("double", "10000000000000000000000", "10000000000000000000000", 1e22),
    ("double", "INF", "INF", "INF"),
    ("float", "0." + "0" * 30 + "1", "1e-31", 1e-31),
    ("boolean", "true", "true", True),
    ("boolean", "True", "True", "True"),
]


@pytest.mark.parametrize(("kind", "text", "written", "value"), CASES, ids=lambda v: str(v)[:24])
def test_a_literal_is_written_as_it_was(kind: str, text: str, written: str, value: object) -> None:
    cell = literal(ox.Literal(text, datatype=ox.NamedNode(XSD + kind)))
    assert text_of(cell) == written
    told = json.loads(json.dumps(plain(cell), allow_nan=False))
    assert (told, str(told)) == (value, str(value))


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_no_decimal_changes(number: Decimal) -> None:
    text = f"{number:f}"
    cell = literal(ox.Literal(text, datatype=ox.NamedNode(XSD + "decimal")))
    assert text_of(cell) == text
    assert Decimal(str(json.loads(json.dumps(plain(cell))))) == number


def test_a_number_is_still_one() -> None:
    number = Number("1.10")
    assert number > 1
    assert (f"{number}", str(pickle.loads(pickle.dumps(number)))) == ("1.10", "1.10")
    rows = table(("x",), [{"x": number}, {"x": Number("100000000000000000000.5")}]).to_dicts()
    assert [row["x"] for row in rows] == [1.1, "100000000000000000000.5"]


@pytest.mark.parametrize(("lang", "label"), [("en", "Bao Bo"), ("zh", "鲍勃")])
def test_a_person_has_a_label_in_the_script_of_the_language(tiny: stdgraph.Graph, lang: str, label: str) -> None:
    assert labels(tiny.reads, [BASE + "person/bob-2"], lang) == {BASE + "person/bob-2": label}


@pytest.mark.parametrize(("lang", "label"), [("en", "Year"), ("zh", "年份")])
def test_a_year_has_a_kind_that_people_know(tiny: stdgraph.Graph, lang: str, label: str) -> None:
    assert kinds(tiny.reads, ["Year", ""], lang)["Year"].label == label
