from __future__ import annotations

from pathlib import Path

import pytest

import stdgraph
from stdgraph.errors import QuestionError
from stdgraph.services.ledger import COLUMNS, Claim, named_claims, namings, parse_naming, summary

QUERY = "SELECT ?figure ?thing WHERE { ?figure ?p ?thing }\n"

LEDGER = {
    ("adoption/cc--wso-1", "items"): ("3", None),
    ("agreementset/aa-nsb", "actors"): ("8", 1),
    ("agreementset/aa-nsb", "items"): ("11", 1),
    ("arrangement/aa-cc-recognition", "items"): ("252", None),
    ("document/2020-plan", "actors"): ("5", 2),
    ("figure/members-2018", "figure"): ("90", None),
    ("figure/members-2022", "figure"): ("97.5", None),
    ("figure/target", "figure"): ("≥40", 40),
    ("figure/target--alphaville", "figure"): ("40", None),
    ("org/alliance", "actors"): ("12", 3),
}
"""What the tiny graph states and names, by record and kind."""


def test_each_stated_number_stands_beside_what_is_named(tiny: stdgraph.Graph) -> None:
    found = {(c.iri.rsplit("/id/", 1)[1], c.kind): (c.stated, c.count) for c in named_claims(tiny.reads)}
    assert found == LEDGER


def test_a_row_tells_unit_time_and_sources(tiny: stdgraph.Graph) -> None:
    (row,) = (r for r in tiny.ledger() if r["of_stated"] == "40 of ≥40")
    assert str(row["claim"]) == "Standards to be led"
    assert (row["stated"], row["unit"], row["time"], row["named"]) == ("≥40", None, "2022-12-31", 40)
    assert [(s.title, s.locator) for s in row.sources] == [("Document A", "1 / paragraph 2")]
    assert tiny.ledger().columns == COLUMNS


def test_rows_stand_in_the_order_of_their_sources(tiny: stdgraph.Graph) -> None:
    order = [row.sources[0].source for row in tiny.ledger()]
    assert order == sorted(order)


def test_claims_about_a_thing(tiny: stdgraph.Graph) -> None:
    assert [row["of_stated"] for row in tiny.ledger("Alliance of standards cities")] == ["3 of 12"]
    assert {str(row["claim"]) for row in tiny.ledger("World Standards Organization")} == {"Members of WSO"}


def test_gaps_leave_out_what_is_complete_and_what_cannot_be_named(tiny: stdgraph.Graph) -> None:
    assert {row["of_stated"] for row in tiny.ledger(gaps=True)} == {"1 of 8", "1 of 11", "2 of 5", "3 of 12"}


def test_in_chinese(tiny: stdgraph.Graph) -> None:
    chinese = stdgraph.Graph(tiny.reads, lang="zh")
    (row,) = chinese.ledger("标准城市联盟")
    assert set(chinese.ledger().titles) == set(COLUMNS)
    assert (str(row["claim"]), row["unit"], row["of_stated"]) == ("标准城市联盟", "主体", "3/12")
    assert summary(chinese.ledger(), "zh") == "所述数字 10 个，有具名数的 5 个，其中列全的 1 个。"


def test_the_summary_counts_figures_named_and_complete(tiny: stdgraph.Graph) -> None:
    assert summary(tiny.ledger()) == "10 stated numbers, 5 with a named count, 1 of them complete"


@pytest.mark.parametrize(
    ("comparator", "value", "shown"),
    [
        ("equal", 54, "54"),
        ("", 14.05, "14.05"),
        ("more-than", 1700, ">1700"),
        ("about", 135000000, "~135000000"),
        ("at-most", 10, "≤10"),
        ("nearly", 3000, "≲3000"),
    ],
)
def test_a_stated_number_bears_its_sign(comparator: str, value: float, shown: str) -> None:
    assert Claim("x", "figure", value, comparator, None).stated == shown


def test_nothing_named_is_no_count_but_an_empty_one_is() -> None:
    assert Claim("x", "figure", 3, "", None).count is None
    assert Claim("x", "figure", 3, "", None, named={}).count == 0
    assert Claim("x", "figure", 3, "", None, named={"a": 1, "b": 1.5}).count == 2.5


@pytest.mark.parametrize(
    ("front", "word"),
    [
        ("", "front matter"),
        ("#+ title: what\n#+ title_zh: 什么\n", "give measures"),
        ("#+ title: what\n#+ measures: [x]\n", "title_zh"),
        ("#+ title: what\n#+ title_zh: 什么\n#+ stated: things\n", "actors or items"),
    ],
)
def test_a_query_without_its_front_matter_is_refused(front: str, word: str) -> None:
    with pytest.raises(QuestionError, match=word):
        parse_naming(Path("x.rq"), front + QUERY)


def test_every_query_says_what_it_names() -> None:
    assert len(namings()) >= 20
    assert all(n.measures or n.stated for n in namings())
