"""The files of profiles: their panels name questions, parameters, columns and charts that exist, in both languages."""

from __future__ import annotations

import re

import pytest

import stdgraph
from conftest import ROOT
from stdgraph.graph.profiles import EACH, Asked, Plan, plan, plan_names
from stdgraph.graph.questions import question, question_names
from stdgraph.graph.subjects import ANY
from stdgraph.model.vocabulary import STDG
from stdgraph.packs import registers
from stdgraph.storage.names import YEAR

PLANS = [plan(name) for name in plan_names()]
PANELS = [pytest.param(found, panel, id=f"{found.name}-{panel.name}") for found in PLANS for panel in found.panels]
CONCEPT = "Concept"
"""A class of SKOS: a topic has a page, too."""
BESIDE = {"of", "one", "other"}
"""Columns that a panel has beside those of its question, where it asks of each thing."""


@pytest.mark.parametrize(("found", "panel"), PANELS)
def test_a_panel_asks_a_question_that_exists(found: Plan, panel: Asked) -> None:
    assert panel.question in question_names()
    asked = question(panel.question)
    known = {parameter.name for parameter in asked.parameters}
    needed = {parameter.name for parameter in asked.parameters if not parameter.optional} - {"on"}
    assert panel.parameters.keys() <= known | {"level"}
    assert needed <= panel.parameters.keys()


@pytest.mark.parametrize(("found", "panel"), PANELS)
def test_a_panel_speaks_of_the_things_of_its_page(found: Plan, panel: Asked) -> None:
    things = [value for value in panel.parameters.values() if value.startswith("$")]
    allowed = {EACH} if found.most > 2 else {f"${at}" for at in range(1, found.most + 1)}
    assert things
    assert set(things) <= allowed
    assert things.count(EACH) <= 2


@pytest.mark.parametrize(("found", "panel"), PANELS)
def test_a_panel_names_columns_that_exist(found: Plan, panel: Asked) -> None:
    columns = {column.name for column in question(panel.question).columns} | BESIDE | {"certainty"}
    assert set(panel.columns) <= columns
    assert {name.removeprefix("-") for name in panel.sort} <= columns


@pytest.mark.parametrize(("found", "panel"), PANELS)
def test_a_panel_has_a_title_in_both_languages(found: Plan, panel: Asked) -> None:
    title = panel.title or question(panel.question).title
    assert re.search(r"[a-z]", title["en"])
    assert re.search(r"[一-鿿]", title["zh"])


@pytest.mark.parametrize(("found", "panel"), PANELS)
def test_a_panel_names_a_chart_and_a_pack_that_exist(found: Plan, panel: Asked) -> None:
    charts = {path.name.split(".")[0] for path in (ROOT / "queries" / "charts").glob("*.json")}
    assert not panel.chart or not charts or panel.chart in charts
    assert not panel.pack or panel.pack in registers.names()


@pytest.mark.parametrize("found", PLANS, ids=lambda found: found.name)
def test_a_profile_is_for_classes_that_exist(found: Plan, repository: stdgraph.Graph) -> None:
    assert found.kinds
    known = repository.reads.names.labels([STDG + kind for kind in found.kinds], "zh")
    assert {STDG + kind for kind in found.kinds} - known.keys() <= {STDG + ANY, STDG + YEAR, STDG + CONCEPT}


def test_everything_has_a_profile() -> None:
    assert [found.name for found in PLANS if ANY in found.kinds and found.fewest == 1] == ["thing"]


def things(found: Plan, graph: stdgraph.Graph) -> list[str]:
    """Return as many things of the classes of a profile as a page needs, nothing where no document speaks of any."""
    kinds = [kind for kind in found.kinds if kind != ANY] or ["City"]
    known = [named.iri for kind in kinds for named in graph.reads.names.of_kind(kind)]
    return known[: min(found.most, 3)] if len(known) >= found.fewest else []


@pytest.mark.parametrize("found", PLANS, ids=lambda found: found.name)
def test_a_page_can_be_made(found: Plan, repository: stdgraph.Graph) -> None:
    if not (names := things(found, repository)):
        pytest.skip("no document speaks of such things; a data pack would")
    page = repository.profile(*names)
    told = [panel.name for group in (page.panels, page.nothing, page.lacking) for panel in group]
    assert sorted(told) == sorted(panel.name for panel in plan(page.profile).panels)
    assert all(row.sources for panel in page.panels for row in panel.answer)
