from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import stdgraph
from conftest import ROOT, TINY
from stdgraph.cli.render import as_csv
from stdgraph.errors import ParameterError, QuestionError, UnknownQuestionError
from stdgraph.model.vocabulary import BASE
from stdgraph.services.ask import bind, parse_question, question, question_names, resolve

CASES = ROOT / "tests" / "cases" / "queries"


@pytest.mark.parametrize("name", question_names())
def test_the_golden_answer_on_the_tiny_graph(tiny: stdgraph.Graph, name: str) -> None:
    given = json.loads((CASES / name / "arguments.json").read_text("utf-8"))
    expected = (CASES / name / "expected.csv").read_text("utf-8")
    if (more := CASES / name / "data.trig").exists():
        tiny = stdgraph.open(data=[TINY], extra=[more])
    assert as_csv(tiny.ask(name, **given), ",", sources=True).replace("\r\n", "\n") == expected
    assert len(list(csv.reader(expected.splitlines()))) > 1, "a golden answer without rows proves nothing"


def test_the_json_has_the_form_of_the_contract(tiny: stdgraph.Graph) -> None:
    answer = tiny.ask("who-cooperates-with", actor="BeSI", kind="coPartyWith").to_json()
    assert answer == {
        "question": "who-cooperates-with",
        "title": "With whom does an actor cooperate?",
        "parameters": {
            "actor": {"iri": BASE + "org/bb-nsb", "label": "Beland Standards Institution"},
            "kind": "coPartyWith",
        },
        "as_of": None,
        "columns": ["partner", "kind", "since", "records"],
        "rows": [
            {
                "partner": {"iri": BASE + "org/aa-nsb", "label": "Aland Standards Administration"},
                "kind": "coPartyWith",
                "since": "2017-06",
                "records": 1,
                "sources": [
                    {
                        "source": "https://w3id.org/stdgraph/source/doc-a",
                        "title": "Document A",
                        "locator": "1 / paragraph 2",
                        "confidence": 0.7,
                    }
                ],
            }
        ],
    }


AS_OF = [
    ("2014", []),
    ("2016", [("agreement/2015-11-aa-bb-mou", "certain")]),
    ("2018", [("agreement/2015-11-aa-bb-mou", "possible"), ("agreement/2017-06-tea-mou", "certain")]),
    ("2019-06-30", [("agreement/2015-11-aa-bb-mou", "possible"), ("agreement/2017-06-tea-mou", "possible")]),
    ("2020", [("agreement/2015-11-aa-bb-mou", "possible")]),
]


@pytest.mark.parametrize(("day", "expected"), AS_OF)
def test_as_of_tells_certain_from_possible(tiny: stdgraph.Graph, day: str, expected: list[tuple[str, str]]) -> None:
    answer = tiny.ask("agreements", actor="Aland", with_="Beland", as_of=day)
    found = [(str(r["agreement"].iri).removeprefix(BASE), r["certainty"]) for r in answer]
    assert found == expected
    assert answer.columns[-1] == "certainty"


def test_figures_as_of_a_day_are_the_newest_up_to_it(tiny: stdgraph.Graph) -> None:
    values = {
        day: [r["value"] for r in tiny.ask("figures", about="WSO", as_of=day)] for day in ("2017", "2019", "2023")
    }
    assert values == {"2017": [], "2019": [90], "2023": [97.5]}


def test_an_event_counts_from_the_day_it_was_held(tiny: stdgraph.Graph) -> None:
    assert len(tiny.ask("events", series="Tea forum", as_of="2021")) == 0
    assert [r["certainty"] for r in tiny.ask("events", series="Tea forum", as_of="2022-06")] == ["possible"]
    assert [r["certainty"] for r in tiny.ask("events", series="Tea forum", as_of="2022")] == ["certain"]


def test_a_derived_link_holds_as_its_records_do(tiny: stdgraph.Graph) -> None:
    answer = tiny.ask("who-cooperates-with", actor="BeSI", kind="twinnedWith", as_of="2022")
    assert [r["certainty"] for r in answer] == ["certain"]
    assert len(tiny.ask("who-cooperates-with", actor="BeSI", kind="twinnedWith", as_of="2024")) == 0


def test_a_year_may_be_a_number(tiny: stdgraph.Graph) -> None:
    asked = {"actor": "Aland", "with_": "Beland"}
    assert (
        tiny.ask("agreements", **asked, as_of=2018).to_json() == tiny.ask("agreements", **asked, as_of="2018").to_json()
    )
    assert tiny.why("ASA", "BeSI", as_of=2018) == tiny.why("ASA", "BeSI", as_of="2018")
    with pytest.raises(ParameterError, match="YYYY"):
        tiny.ask("agreements", **asked, as_of=20180101)


@pytest.mark.parametrize("lang", ["fr", "", None, "english"])
def test_another_language_is_refused(lang: str) -> None:
    with pytest.raises(ParameterError, match="none of en, zh"):
        stdgraph.open(data=[TINY], lang=lang)


def test_a_longer_tag_is_its_language() -> None:
    assert stdgraph.open(data=[TINY], lang="zh-Hans").lang == "zh"


def test_as_of_does_not_go_with_a_questions_own_day(tiny: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match="leave out --as-of"):
        tiny.ask("agreements-in-force", on="2018", as_of="2018")


WRONG = [
    ({}, "needed"),
    ({"actor": "BeSI", "color": "red"}, "no such parameter"),
    ({"actor": "BeSI", "as_of": "last year"}, "YYYY"),
    ({"actor": "BeSI", "as_of": "２０１６"}, "YYYY"),
]


@pytest.mark.parametrize(("given", "words"), WRONG)
def test_wrong_parameters_are_refused(tiny: stdgraph.Graph, given: dict[str, str], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        tiny.ask("who-cooperates-with", **given)


def test_a_year_in_other_digits_is_no_year(tiny: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match="is no year"):
        tiny.ask("events", year="２０２２")


def test_a_misspelt_question_brings_the_nearest(tiny: stdgraph.Graph) -> None:
    with pytest.raises(UnknownQuestionError, match="who-cooperates-with"):
        tiny.ask("who-coperates")


HOSTILE = ['x" } INSERT', "}> <http://x", "'; DROP", "\\u0022", '2018-01-01" } SERVICE <http://x> {']


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_user_types_never_becomes_sparql(tiny: stdgraph.Graph, text: str) -> None:
    with pytest.raises((ParameterError, stdgraph.UnknownNameError)):
        tiny.ask("agreements-in-force", on=text)
    with pytest.raises(stdgraph.UnknownNameError):
        tiny.ask("who-cooperates-with", actor=text)


def test_an_optional_parameter_becomes_undef(tiny: stdgraph.Graph) -> None:
    asked = question("who-cooperates-with")
    query = bind(asked, resolve(tiny.reads, asked, {"actor": "BeSI"}))
    assert "VALUES ?kind { UNDEF }" in query
    assert f"VALUES ?actor {{ <{BASE}org/bb-nsb> }}" in query


def test_why_brings_the_records_behind_each_row(tiny: stdgraph.Graph) -> None:
    row = tiny.ask("who-cooperates-with", actor="BeSI", kind="coPartyWith", why=True).rows[0]
    assert [r.label for r in row.records] == ["Memorandum on tea standards"]
    assert row.plain()["why"][0]["date"] == "2017-06"


def test_chinese_labels_titles_and_fall_back() -> None:
    from conftest import TINY

    answer = stdgraph.open(data=[TINY], lang="zh").ask("posts", person="Ann Ash")
    assert answer.title == "某人担任或曾任哪些职务？"
    assert str(answer.parameters["person"]) == "Ann Ash"
    assert {str(r["body"]) for r in answer} == {"甲国标准化管理委员会", "甲乙茶叶工作组"}


BROKEN = [
    ("SELECT * WHERE { ?s ?p ?o }", "front matter"),
    (
        "#+ title: a\n#+ title_zh: a\n#+ description: a\n#+ description_zh: a\n#+ columns:\n#+   x: {about: a, take: odd}\nSELECT",
        "take is one of",
    ),
    (
        "#+ title: a\n#+ title_zh: a\n#+ description: a\n#+ description_zh: a\n#+ columns: {x: a}\n#+ parameters:\n#+   y: {type: stdg:Actor, about: a}\nSELECT",
        "needs a row VALUES",
    ),
]


@pytest.mark.parametrize(("text", "words"), BROKEN)
def test_a_broken_question_file_is_named(text: str, words: str) -> None:
    with pytest.raises(QuestionError, match=words):
        parse_question(Path("queries/questions/odd.rq"), text)


def test_answers_turn_into_frames_and_notebooks(tiny: stdgraph.Graph) -> None:
    answer = tiny.ask("recognized-bodies", by="ASA")
    assert "<td><a href=" in answer._repr_html_()
    pandas = pytest.importorskip("pandas", reason="pandas is an extra")
    frame = answer.to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert frame["body"].tolist() == ["World Standards Organization"]
