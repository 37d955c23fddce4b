"""Pages: which things have which, what stands on them, and that each number is that of the question."""

from __future__ import annotations

import json

import pytest

import stdgraph
from stdgraph.errors import AmbiguousNameError, InputError, ParameterError, UnknownNameError
from stdgraph.graph.profiles import Asked, Plan
from stdgraph.services import profile as service


def planned(monkeypatch: pytest.MonkeyPatch, *panels: Asked, most: int = 1) -> None:
    """Let every page have these panels."""
    plan = Plan("made", {"en": "Made", "zh": "自制"}, ("*",), 1, most, panels)
    monkeypatch.setattr(service, "plan_of", lambda graph, iris: plan)


AGREEMENTS = Asked("agreements", "agreements", {"en": "Agreements", "zh": "协议"}, {"actor": "$1"}, show=1)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["China"], "country"),
        (["中国", "DE"], "pair"),
        (["SAC", "BSI"], "pair"),
        (["Hangzhou"], "thing"),
        (["year/2019"], None),
    ],
)
def test_the_classes_of_things_say_which_page_they_have(
    repository: stdgraph.Graph, names: list[str], kind: str | None
) -> None:
    found = repository.profile(*names)
    assert kind in (None, found.profile)
    assert [one.entity.iri for one in found.of] == [repository.thing(name) for name in names]


def test_the_narrowest_class_decides(repository: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    from stdgraph.graph import subjects

    heads = [
        Plan(name, {}, (kind,), 1, 1, ())
        for name, kind in (("a", "Actor"), ("b", "*"), ("c", "NationalStandardsBody"), ("d", "Organization"))
    ]
    monkeypatch.setattr(subjects, "plan_heads", lambda: heads)
    monkeypatch.setattr(subjects, "plan", lambda name: name)
    assert subjects.plan_of(repository.reads, [repository.iri("BSI")]) == "c"
    assert subjects.plan_of(repository.reads, [repository.iri("ISO/TC 34/SC 8")]) == "d"
    assert subjects.plan_of(repository.reads, [repository.iri("Keiran Millard")]) == "a"
    assert subjects.plan_of(repository.reads, [repository.iri("2019")]) == "b"


def test_a_count_is_that_of_the_question_and_the_best_rows_stand_first(
    tiny: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(monkeypatch, AGREEMENTS)
    page = tiny.profile("country/AA")
    answer = tiny.ask("agreements", actor="country/AA")
    (panel,) = page.panels
    assert panel.count == len(answer) > 1
    assert [row.cells["agreement"] for row in panel.best] == [answer[0]["agreement"]]
    assert panel.answer.rows == answer.rows


def test_rows_are_sorted_and_of_the_columns_that_the_panel_names(
    tiny: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(monkeypatch, Asked("a", "agreements", {}, {"actor": "$1"}, sort=("date",), columns=("date", "agreement")))
    (panel,) = tiny.profile("country/AA").panels
    assert panel.best.columns == ("date", "agreement")
    dates = [row["date"] for row in panel.answer if row["date"]]
    assert dates == sorted(dates)
    assert panel.title == tiny.ask("agreements", actor="country/AA").title


def test_a_column_that_only_repeats_what_the_page_is_about_is_left_out(
    tiny: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(monkeypatch, Asked("p", "country-cooperation", {}, {"country": "$1"}))
    (panel,) = tiny.profile("country/AA").panels
    assert "country" in panel.answer.columns
    assert "country" not in panel.best.columns


def test_absence_is_told(tiny: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    planned(
        monkeypatch,
        Asked("articles", "articles", {"en": "Articles", "zh": "文章"}, {"about": "$1"}),
        Asked("trade", "trade-agreements", {"en": "Trade", "zh": "贸易"}, {"country": "$1"}, pack="trade"),
        Asked("igo", "igo-memberships", {"en": "Organizations", "zh": "组织"}, {"country": "$1"}),
        Asked("in-force", "agreements-in-force", {"en": "In force", "zh": "有效"}, {"actor": "$1"}),
    )
    page = tiny.profile("country/CC")
    assert [one.name for one in page.nothing] == ["articles"]
    assert [(one.name, one.pack) for one in page.lacking] == [("trade", "trade"), ("igo", "igo"), ("in-force", "")]
    assert page.to_json()["nothing"] == ["articles"]


def test_a_day_holds_for_every_panel(tiny: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    in_force = Asked("in-force", "agreements-in-force", {}, {"actor": "$1"})
    planned(monkeypatch, AGREEMENTS, in_force)
    page = tiny.profile("country/AA", as_of=2016)
    assert page.as_of == "2016"
    assert page.panel("agreements").answer == tiny.ask("agreements", actor="country/AA", as_of=2016)
    assert page.panel("in-force").answer.rows == tiny.ask("agreements-in-force", actor="country/AA", on="2016").rows
    assert page.glance.records < tiny.profile("country/AA").glance.records


def test_each_thing_is_asked_about_and_each_pair(tiny: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    each = Asked("each", "agreements", {}, {"actor": "$*"})
    pairs = Asked("pairs", "agreements", {}, {"actor": "$*", "with": "$*"}, columns=("agreement",))
    planned(monkeypatch, each, pairs, most=9)
    things = ["country/AA", "country/BB", "country/CC"]
    page = tiny.profile(*things)
    told = page.panel("each").answer
    assert told.columns[0] == "of"
    assert [row["of"].iri for row in told] == [
        tiny.iri(thing) for thing in things for _ in tiny.ask("agreements", actor=thing)
    ]
    of_pairs = page.panel("pairs")
    assert of_pairs.best.columns == ("one", "other", "agreement")
    assert len(of_pairs.answer) == sum(
        len(tiny.ask("agreements", actor=a, **{"with": b})) for a, b in [things[:2], things[::2], things[1:]]
    )


def test_a_year_and_a_text_are_given_as_such(tiny: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    planned(monkeypatch, Asked("a", "agreements", {}, {"year": "$1"}), Asked("t", "agreements", {}, {"text": "$1"}))
    page = tiny.profile("2017")
    assert [row["date"][:4] for row in page.panel("a").answer] == ["2017"]
    assert [one.name for one in page.nothing] == ["t"]


def test_json_is_the_form_of_the_design(repository: stdgraph.Graph) -> None:
    told = json.loads(json.dumps(repository.profile("China", "DE").to_json()))
    assert list(told)[:7] == ["profile", "of", "as_of", "data", "glance", "panels", "nothing"]
    assert told["profile"] == "pair"
    assert [(one["iri"][-2:], one["label"]) for one in told["of"]] == [("CN", "China"), ("DE", "Germany")]
    assert told["of"][0]["names"] == {"en": "China", "zh": "中国"}
    assert told["data"].startswith("sha256:")
    assert told["glance"] == {"records": 5, "first": "2020", "last": "2023-02~", "documents": 3}
    for panel in told["panels"]:
        assert list(panel) == ["name", "title", "question", "parameters", "count", "rows", "chart"]
        assert 0 < len(panel["rows"]) <= panel["count"]
        assert all(row["sources"] for row in panel["rows"])
    assert not {panel["name"] for panel in told["panels"]} & set(told["nothing"])


def test_the_records_of_a_pair_are_those_of_why(repository: stdgraph.Graph) -> None:
    records = {row["record"].iri for row in repository.why("China", "United Kingdom")}
    assert repository.profile("China", "GB").glance.records == len(records)


def test_records_that_both_share_with_others_are_no_direct_ties(repository: stdgraph.Graph) -> None:
    from stdgraph.services.profile import glance_told

    page = repository.profile("France", "Germany")
    assert page.glance.records == 0
    assert page.panel("arrangements").count == 1
    assert glance_told(page) == "Records of direct ties: none. The lists hold what each shares with others."
    assert glance_told(repository.profile("China", "Germany")).startswith("Records of direct ties: 5 (2020")


def test_who_a_page_is_about_stands_at_its_head(repository: stdgraph.Graph) -> None:
    (one,) = repository.profile("BSI").of
    assert one.names == {"en": "British Standards Institution", "zh": "英国标准协会"}
    assert one.country.label == "United Kingdom"
    assert ("acronym", "BSI") in one.ids
    assert "BSI Group" in one.others


def test_same_data_same_hash(repository: stdgraph.Graph, tiny: stdgraph.Graph) -> None:
    assert repository.profile("2019").data == stdgraph.open().profile("2019").data != tiny.profile("2017").data


def test_only_the_panels_asked_for(repository: stdgraph.Graph) -> None:
    page = repository.profile("China", panels=["agreements"])
    assert [panel.name for panel in page.panels] == ["agreements"]
    with pytest.raises(ParameterError, match="'agrements' is no panel of this page; nearest: agreements"):
        repository.profile("China", panels=["agrements"])


def test_wrong_names_are_told(repository: stdgraph.Graph) -> None:
    with pytest.raises(UnknownNameError):
        repository.profile("Atlantis and Lemuria")
    with pytest.raises(AmbiguousNameError):
        repository.profile("ISO/TC")
    with pytest.raises(InputError, match="'CN' is the same as 'China'"):
        repository.profile("China", "CN")
    with pytest.raises(InputError, match="Name a thing"):
        repository.profile()
    with pytest.raises(InputError, match="There is no page on things of these kinds together"):
        repository.profile("2019", "2020")


def test_a_page_prints_and_shows_itself(repository: stdgraph.Graph) -> None:
    page = repository.profile("China", "DE")
    assert str(page).startswith("China · Germany\n")
    assert all(f"{panel.title} ({panel.count})" in str(page) for panel in page.panels)
    assert page._repr_html_().startswith("<h2>China · Germany</h2>")


def test_chinese(repository: stdgraph.Graph) -> None:
    page = stdgraph.open(lang="zh").profile("China", "DE")
    assert [one.entity.label for one in page.of] == ["中国", "德国"]
    assert page.panel("agreements").title == "协议"
