from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import stdgraph
from conftest import ROOT, TINY
from stdgraph.cli.render import as_csv
from stdgraph.errors import ParameterError, QuestionError, UnknownQuestionError
from stdgraph.graph.questions import questions
from stdgraph.model.vocabulary import BASE
from stdgraph.services.ask import bind, headings, parse_question, question, question_names, resolve

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
        "columns": ["partner", "kind", "since", "records", "among", "body"],
        "rows": [
            {
                "partner": {"iri": BASE + "org/aa-nsb", "label": "Aland Standards Administration"},
                "kind": "coPartyWith",
                "since": "2017-06",
                "records": 1,
                "among": None,
                "body": None,
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
    ("2018", [("agreement/2017-06-tea-mou", "certain"), ("agreement/2015-11-aa-bb-mou", "possible")]),
    ("2019-06-30", [("agreement/2017-06-tea-mou", "possible"), ("agreement/2015-11-aa-bb-mou", "possible")]),
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
    with pytest.raises(ParameterError, match="leave out as_of"):
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
        "#+ title: a\n#+ title_zh: a\n#+ description: a\n#+ description_zh: a\n#+ columns:\n#+   x: {about: a, answers: odd}\nSELECT",
        "answers is one of",
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


def ends(answer: stdgraph.Answer, column: str) -> set[str]:
    return {str(row[column]) for row in answer if row[column] is not None}


def test_a_country_stands_for_its_bodies_and_a_row_says_which(tiny: stdgraph.Graph) -> None:
    rolled, own = (tiny.ask("who-cooperates-with", actor="Aland", **more) for more in ({}, {"level": "own"}))
    assert "Aland Standards Administration" in ends(rolled, "body")
    assert ends(own, "body") == set()
    assert {str(r["partner"]) for r in own} < {str(r["partner"]) for r in rolled}


def test_a_body_stands_for_itself_unless_told_otherwise(tiny: stdgraph.Graph) -> None:
    own, rolled = (tiny.ask("memberships", actor="ASA", **more) for more in ({}, {"level": "all"}))
    assert ends(own, "member") == set()
    assert len(own) <= len(rolled)


def test_nobody_is_a_partner_of_his_own_country(repository: stdgraph.Graph) -> None:
    partners = {row["partner"].iri for row in repository.ask("who-cooperates-with", actor="China")}  # type: ignore[union-attr]
    bodies = repository.query("SELECT ?b WHERE { ?b stdg:ofCountry <https://w3id.org/stdgraph/id/country/CN> }")
    assert not partners & {row["b"].iri for row in bodies}


def test_the_level_of_agreements_is_their_own_or_that_of_the_actors(tiny: stdgraph.Graph) -> None:
    both = tiny.ask("agreements", actor="Aland", with_="Beland")
    own = tiny.ask("agreements", actor="Aland", with_="Beland", level="own")
    level = tiny.ask("agreements", actor="Aland", with_="Beland", level="stdgc:agrlevel-intergovernmental")
    assert [str(r["agreement"]) for r in own] == [str(r["agreement"]) for r in level] == ["Memorandum on a commission"]
    assert len(both) == 2


def test_only_ties_of_two(tiny: stdgraph.Graph) -> None:
    every, two = (tiny.ask("who-cooperates-with", actor="ASA", bilateral=given) for given in (False, True))
    assert [r["among"] for r in every][-1] == 5
    assert {r["among"] for r in two} == {None}
    assert len(two) < len(every)
    with pytest.raises(ParameterError, match="'perhaps' is neither true nor false"):
        tiny.ask("who-cooperates-with", actor="ASA", bilateral="perhaps")


ONE_WAY = {"recognizes", "uses standards of", "adopts standards from", "assists"}


def test_what_goes_one_way_is_no_cooperation(repository: stdgraph.Graph) -> None:
    for name in ("Zhejiang Administration for Market Regulation", "China", "Lao PDR", "org/astm"):
        assert not ONE_WAY & ends(repository.ask("who-cooperates-with", actor=name), "kind")
        assert ends(repository.ask("one-way-ties", actor=name), "kind") <= ONE_WAY
    tied = repository.ask("one-way-ties", actor="org/astm")
    assert [(str(r["from"]), r["way"]) for r in tied] == [("Zhejiang Administration for Market Regulation", "→")]


NOT_ROLLED_UP = {"trade-agreements": "states and unions are parties themselves, never their bodies"}


@pytest.mark.parametrize("name", question_names())
def test_every_question_about_actors_rolls_them_up(name: str) -> None:
    asked = question(name)
    actors = {p.name for p in asked.parameters if "Actor" in p.kinds}
    countries = {p.name for p in asked.parameters if "Country" in p.kinds}
    assert set(asked.actors) - countries == (set() if name in NOT_ROLLED_UP else actors)


@pytest.mark.parametrize("with_", ["France", "Germany", "United Kingdom"])
def test_two_countries_have_the_same_records_however_asked(repository: stdgraph.Graph, with_: str) -> None:
    """Who cooperates with a country, pairs of countries, and why: one rule for a country or its bodies."""
    why = {r["record"].iri for r in repository.why("China", with_) if r["way"] == "↔"}  # type: ignore[union-attr]
    answer = repository.ask("who-cooperates-with", actor=with_, why=True)
    chinese = {f"{BASE}country/CN"} | {
        r["b"].iri
        for r in repository.query("SELECT ?b WHERE { ?b stdg:ofCountry <https://w3id.org/stdgraph/id/country/CN> }")
    }
    assert {record.iri for row in answer for record in row.records if row["partner"].iri in chinese} == why  # type: ignore[union-attr]
    (pair,) = [r for r in repository.ask("country-cooperation", country=with_) if str(r["partner"]) == "China"]
    assert pair["records"] == len(why)


MORE = CASES / "agreements-in-force" / "data.trig"


def test_what_nothing_places_is_left_out_and_counted() -> None:
    graph = stdgraph.open(data=[TINY], extra=[MORE])
    for day, shown, left in (("1950", 0, 1), ("2018", 2, 1), ("2020", 3, 0)):
        answer = graph.ask("agreements", actor="Aland", with_="Beland", as_of=day)
        held = [r for r in answer if str(r["agreement"]) == "Agreement on cups"]
        assert (len(answer) - len(held), answer.left_out) == (min(shown, len(answer) - len(held)), left)
        assert len(held) == (left == 0)


def test_undated_brings_it_and_never_as_possible() -> None:
    graph = stdgraph.open(data=[TINY], extra=[MORE])
    for answer in (
        graph.ask("agreements", actor="Aland", with_="Beland", as_of="1950", undated=True),
        graph.ask("agreements-in-force", on="1950", undated=True),
    ):
        assert [(str(r["agreement"]), r["certainty"]) for r in answer] == [("Agreement on cups", "undated")]
        assert answer.left_out == 0
    assert graph.ask("agreements-in-force", on="1950").left_out == 1
    assert graph.ask("agreements", actor="Aland").left_out is None


def test_undated_needs_a_day(tiny: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match="goes with as_of"):
        tiny.ask("agreements", undated=True)


def test_the_json_counts_what_was_left_out() -> None:
    graph = stdgraph.open(data=[TINY], extra=[MORE])
    assert graph.ask("agreements-in-force", on="1950").to_json()["undated_left_out"] == 1


def test_a_figure_without_a_day_counts_from_the_day_of_its_document() -> None:
    graph = stdgraph.open(data=[TINY], extra=[CASES / "figures" / "data.trig"])
    staff = {
        day: [r["value"] for r in graph.ask("figures", text="Staff", about="WSO", as_of=day)]
        for day in ("2022", "2023")
    }
    assert staff == {"2022": [], "2023": [7]}


def test_a_former_head_is_no_holder_after_the_document_that_calls_him_so() -> None:
    graph = stdgraph.open(data=[TINY], extra=[CASES / "post-holder" / "data.trig"])
    held = {
        day: {str(r["person"]) for r in graph.ask("post-holder", body="ASA", role="head", on=day)}
        for day in ("2020", "2021")
    }
    assert held == {"2020": {"Ann Ash", "Bob Birch"}, "2021": {"Ann Ash"}}


@pytest.mark.parametrize(
    ("year", "events"),
    [("2018-03", ["Talks of 2018"]), ("2017", 1), ("2018-03-01", ["Talks of 2018"]), ("2018-04", [])],
)
def test_a_year_may_be_a_month_or_a_day(tiny: stdgraph.Graph, year: str, events: list[str] | int) -> None:
    found = [str(row["event"]) for row in tiny.ask("events", year=year)]
    assert found == events or len(found) == events


def test_a_day_must_be_one_and_a_text_stays_text(tiny: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError):
        tiny.ask("events", year="2018-13")
    assert len(tiny.ask("events", text="2018-03-01")) == 0


def test_a_subject_is_a_topic_or_a_class_of_a_register() -> None:
    graph = stdgraph.open(data=[TINY], extra=[CASES / "seats-by-field" / "data.trig", CASES / "subjects" / "data.trig"])
    of_class = [str(row["what"]) for row in graph.ask("on-subject", subject="ics-67")]
    assert of_class == ["ISO/TC 901 Cups", "ISO/TC 902 Spoons"]
    assert [str(row["what"]) for row in graph.ask("on-subject", subject="tea", kind="Agreement")] == [
        "Memorandum on tea standards"
    ]
    with pytest.raises((ParameterError, stdgraph.UnknownNameError)):
        graph.ask("on-subject", subject="no such subject")


def test_what_came_of_an_event_stands_once(tiny: stdgraph.Graph) -> None:
    """`outcomes` lists it: `named-by` leaves it out, and names what else points to the event."""
    named = {str(row["what"]) for row in tiny.ask("named-by", thing="event/2017-06-tea-meeting")}
    assert not named & {str(row["outcome"]) for row in tiny.ask("outcomes", event="event/2017-06-tea-meeting")}


@pytest.mark.parametrize(("gap", "number"), [(None, 6), ("undated", 1), ("planned", 0)])
def test_gaps_between_two_are_of_one_kind_where_asked(tiny: stdgraph.Graph, gap: str | None, number: int) -> None:
    given = {"gap": gap} if gap else {}
    assert len(tiny.ask("gaps-between", actor="Aland", with_="Beland", **given)) == number


def test_chinese_headings_are_short_and_sort() -> None:
    answer = stdgraph.open(lang="zh").ask("partners", actor="China")
    assert [answer.titles[name] for name in ("records", "first", "among")] == ["记录数", "最早", "方数"]
    assert answer.sort("最早").rows == answer.sort("first").rows
    for asked in questions():
        titles = list(headings(asked, "zh").values())
        assert len(set(titles)) == len(titles), asked.name
