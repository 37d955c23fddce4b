"""The canvas: the same networks as the command line's, drawn, walked, grown, saved; no glyph cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import stdgraph
from stdgraph.networks.formats import export
from stdgraph.networks.measures.definitions import MEASURES
from stdgraph.networks.plots.ego import around
from stdgraph.networks.views import views

DRAWN = ".paper[data-state=drawn]"
CHOICES: dict[str, tuple[str, dict[str, str], dict[str, Any]]] = {
    **{name: (name, {}, {}) for name in views()},
    "countries of two": (
        "cooperation",
        {"level": "country", "bilateral": "1"},
        {"level": "country", "bilateral": True},
    ),
    "bodies of 2016": (
        "cooperation",
        {"level": "body", "from": "2016", "to": "2016"},
        {"level": "body", "since": "2016", "until": "2016"},
    ),
    "a kind, with the undated": (
        "cooperation",
        {"kind": "coPartyWith", "to": "2017", "undated": "1"},
        {"kinds": ["coPartyWith"], "until": "2017", "undated": True},
    ),
    "across borders, by records": (
        "cooperation",
        {"scope": "international", "weight": "records"},
        {"scope": "international", "weight": "records"},
    ),
    "countries in bodies": ("membership", {"level": "country"}, {"level": "country"}),
    "what held on a day": ("cooperation", {"as_of": "2016-12-31"}, {"as_of": "2016-12-31"}),
    "on a day, with the undated, rolled up": (
        "agreements",
        {"as_of": "2019", "undated": "1", "level": "country"},
        {"as_of": "2019", "undated": True, "level": "country"},
    ),
    "of the documents": ("cooperation", {"only-pack": "documents"}, {"packs": ["documents"]}),
    "countries that meet": (
        "co-membership",
        {"level": "country", "weight": "records"},
        {"level": "country", "weight": "records"},
    ),
}
"""A view, what the address says, what the library is asked."""


def told(page: Any, query: dict[str, str], form: str = "json", lang: str = "en") -> Any:
    return page.evaluate("([query, form, lang]) => stdgraph.network(query, form, lang)", [query, form, lang])


def by_ends(network: dict[str, Any]) -> dict[str, Any]:
    """Return node-link JSON so that it compares whatever the order, with numbers as they are."""
    nodes = {one["id"]: one for one in network["nodes"]}
    edges = {(one["source"], one["target"]): one for one in network["edges"]}
    return {**{name: network[name] for name in ("graph", "directed", "multigraph")}, "nodes": nodes, "edges": edges}


@pytest.fixture(scope="module")
def graph() -> stdgraph.Graph:
    return stdgraph.open()


@pytest.mark.parametrize("name", CHOICES)
def test_a_network_is_that_of_the_command_line(page: Any, graph: stdgraph.Graph, name: str) -> None:
    view, query, asked = CHOICES[name]
    wanted = json.loads(export(graph.network(view, **asked), "json"))
    assert by_ends(json.loads(told(page, {"view": view, **query}))) == by_ends(wanted)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["cooperation", "one-way", "membership", "countries of two", "countries that meet"])
def test_gexf_is_that_of_the_command_line(page: Any, graph: stdgraph.Graph, name: str, lang: str) -> None:
    view, query, asked = CHOICES[name]
    wanted = export(graph.network(view, **asked), "gexf", lang=lang).decode()
    assert told(page, {"view": view, **query}, "gexf", lang) == wanted


@pytest.mark.parametrize("view", ["cooperation", "one-way", "membership"])
def test_measures_are_those_of_the_command_line(page: Any, graph: stdgraph.Graph, view: str) -> None:
    found = told(page, {"view": view}, "measures")
    network = graph.network(view)
    for name, values in found.items():
        wanted = MEASURES[name].of(network)
        assert values == pytest.approx({node: float(value or 0) for node, value in wanted.items()}, rel=1e-9), name


@pytest.mark.parametrize(
    ("view", "correction"),
    [("cooperation", "bonferroni"), ("one-way", "none"), ("records", "benjamini-hochberg"), ("co-membership", "none")],
)
def test_a_backbone_is_that_of_the_command_line(page: Any, graph: stdgraph.Graph, view: str, correction: str) -> None:
    found = json.loads(told(page, {"view": view, "backbone": correction}))
    wanted = graph.backbone(view, correction=correction).network
    pairs = {(one["source"], one["target"]): one for one in found["edges"]}
    assert {tuple(sorted(pair)) for pair in pairs} == {tuple(sorted(pair)) for pair in wanted.edges}
    assert pairs or view == "one-way"
    for (a, b), edge in pairs.items():
        told_ = wanted.edges[a, b]
        assert edge["weight"] == pytest.approx(told_["weight"])
        assert edge["p"] == pytest.approx(told_["p"], rel=1e-6)
        assert edge["expected"] == pytest.approx(told_["expected"], rel=1e-6)


def test_what_is_around_a_thing_is_that_of_the_command_line(page: Any, graph: stdgraph.Graph) -> None:
    wanted = around(graph.network("cooperation"), graph.iri("KZ"))
    found = json.loads(told(page, {"view": "cooperation", "of": "country/KZ"}))
    assert {one["id"] for one in found["nodes"]} == set(wanted)
    assert len(found["edges"]) == wanted.number_of_edges()


def test_what_grows_leaves_the_others_where_they_stand(page: Any) -> None:
    one = told(page, {"view": "cooperation", "of": "country/KZ"}, "places")
    more = told(page, {"view": "cooperation", "of": "country/KZ org/cn-sac country/CN"}, "places")
    assert {id_: more[id_] for id_ in one} == one
    assert len(set(map(tuple, more.values()))) == len(more) > len(one)
    assert more == told(page, {"view": "cooperation", "of": "country/KZ org/cn-sac country/CN"}, "places")
    pinned = told(page, {"view": "cooperation", "of": "country/KZ", "pin": "country/CN@1.50@-2.00"}, "places")
    assert pinned["country/CN"] == [1.5, -2]


# the page


def go(page: Any, query: str, lang: str = "en") -> None:
    place = f"#/{lang}/network?{query}"
    page.evaluate("place => { location.hash = place }", place)
    page.wait_for_selector(f"html[data-place='{place}'] .network {DRAWN}")


def query_of(page: Any) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("Object.fromEntries(new URLSearchParams(location.hash.split('?')[1] ?? ''))")
    return found


def test_an_edge_leads_to_its_records_and_where_they_were_read(page: Any, graph: stdgraph.Graph) -> None:
    go(page, "view=cooperation&at=country%2FCN~country%2FGB")
    page.wait_for_selector(".looked .records li")
    edge = graph.network("cooperation")["country/CN"]["country/GB"]
    assert page.locator(".looked ol.records > li").count() == len(edge["records"])
    assert page.locator(".looked .places li").count() >= len(edge["records"])
    hrefs = page.evaluate("[...document.querySelectorAll('.looked ol > li > a')].map(one => one.getAttribute('href'))")
    assert sorted(hrefs) == sorted(f"#/en/of/{record}" for record in edge["records"])


def test_a_node_leads_to_its_page_and_the_network_grows_and_is_undone(page: Any) -> None:
    go(page, "view=cooperation&of=country/KZ")
    before = page.inner_text(".lists button[aria-pressed=true] small")
    page.click(".lists tbody button >> text=China")
    page.wait_for_selector(".looked h2 >> text=China")
    assert page.get_attribute(".looked h2 a", "href") == "#/en/of/country/CN"
    page.click(".looked button >> text=other neighbours")
    page.wait_for_selector("html[data-place*='KZ+country']")
    assert query_of(page)["of"] == "country/KZ country/CN"
    assert int(page.inner_text(".lists button[aria-pressed=true] small")) > int(before)
    page.click("button >> text=Undo")
    page.wait_for_selector("html:not([data-place*='KZ+country'])")
    assert page.inner_text(".lists button[aria-pressed=true] small") == before


def test_keys_walk_nodes_and_edges(page: Any) -> None:
    go(page, "view=cooperation&at=country/CN")
    page.focus(".paper")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("html:not([data-place*='at=country%2FCN'])")
    there = query_of(page)["at"]
    assert there in page.evaluate(
        "Object.values(document.querySelectorAll('.looked code')).map(one => one.textContent)"
    )
    page.keyboard.press(".")
    page.wait_for_selector("html[data-place*='%7E']")
    assert there in query_of(page)["at"].split("~")
    assert "weight" in page.inner_text(".said")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("html:not([data-place*='%7E'])")
    page.keyboard.press("Escape")
    page.wait_for_selector("html:not([data-place*='at='])")
    assert page.evaluate("document.activeElement.classList.contains('paper')"), "the keys stay with the picture"


def test_the_slider_plays_the_years(page: Any, graph: stdgraph.Graph) -> None:
    go(page, "view=cooperation&from=2016&to=2016")
    wanted = graph.network("cooperation", since="2016", until="2016")
    assert page.inner_text(".network > .notes").startswith(f"{len(wanted)} nodes, {wanted.number_of_edges()} edges")
    assert page.input_value("[name=year]") == "2016"
    page.click("button >> text=Play")
    page.wait_for_selector("html[data-place*='from=2017']")
    page.click("button >> text=Stop")
    page.select_option("[name=time]", "")
    page.wait_for_selector("html:not([data-place*='from='])")


def test_what_is_chosen_stands_in_the_address(page: Any) -> None:
    go(page, "view=cooperation")
    page.select_option("[name=level]", "country")
    page.select_option("[name=colour]", "region")
    page.select_option("[name=size]", "strength")
    page.click(".more summary")
    page.check("[name=bilateral]")
    page.wait_for_selector("html[data-place*='bilateral=1']")
    wanted = {"view": "cooperation", "level": "country", "colour": "region", "size": "strength", "bilateral": "1"}
    assert query_of(page) == wanted
    page.click(".language")
    page.wait_for_selector("html[data-place^='#/zh/network']")
    assert query_of(page) == wanted
    assert page.input_value("[name=level]") == "country"


@pytest.mark.parametrize("form", ["png", "svg", "gexf", "json"])
def test_the_network_is_saved(page: Any, graph: stdgraph.Graph, form: str) -> None:
    go(page, "view=one-way", "zh")
    with page.expect_download() as begun:
        page.click(f".exports button >> text={form.upper()}")
    assert begun.value.suggested_filename == f"one-way.{form}"
    saved = Path(begun.value.path()).read_bytes()
    network = graph.network("one-way")
    if form == "gexf":
        assert saved == export(network, "gexf", lang="zh")
    elif form == "json":
        assert by_ends(json.loads(saved)) == by_ends(json.loads(export(network, "json")))
    elif form == "svg":
        assert saved.count(b"<line ") == network.number_of_edges()
        assert "谁认可" in saved.decode()
    else:
        assert saved[:8] == b"\x89PNG\r\n\x1a\n"
        assert len(saved) > 20_000


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_a_phone_the_lists_come_first_and_nothing_is_wider(page: Any, lang: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    go(page, "view=membership&colour=community", lang)
    tops = [page.locator(one).bounding_box()["y"] for one in (".lists", ".paper")]
    assert tops[0] < tops[1]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_thing_without_ties_is_told(page: Any) -> None:
    go(page, "view=agreements&of=person/nobody")
    assert "no tie in this view" in page.inner_text(".network > .notes")


# glyphs

SIGNS = "".join(map(chr, range(0x4E00, 0x4E00 + 1200)))
"""More Chinese characters than a store of glyphs holds."""
DRAW = """async signs => {
  const box = document.createElement('div')
  Object.assign(box.style, { position: 'fixed', inset: '0', zIndex: '9', background: '#fff' })
  document.body.append(box)
  const { Drawing } = await stdgraph.drawing()
  const tones = { paper: '#ffffff', ink: '#000000', edge: '#999999', strong: '#555555', dim: '#dddddd', focus: '#bb5500' }
  const none = () => {}
  const drawn = new Drawing(box, false, tones, { node: none, twice: none, edge: none, nothing: none, moved: none })
  const labels = Array.from({ length: Math.ceil(signs.length / 20) }, (_, at) => signs.slice(20 * at, 20 * at + 20))
  const marks = labels.map((label, at) => ({ id: label, label, x: 7 * (at % 3), y: -Math.floor(at / 3), size: 4, colour: '#336699', isSquare: at % 2 === 1 }))
  drawn.draw(marks, [], null)
  const seen = drawn.written
  const canvas = drawn.labels
  const wanted = document.createElement('canvas')
  wanted.width = canvas.width
  wanted.height = canvas.height
  const context = wanted.getContext('2d')
  context.scale(devicePixelRatio, devicePixelRatio)
  context.font = canvas.getContext('2d').font
  context.lineWidth = 3
  context.lineJoin = 'round'
  context.strokeStyle = '#ffffff'
  for (const { text, x, y } of seen) {
    context.strokeText(text, x, y)
    context.fillText(text, x, y)
  }
  const [one, other] = [canvas, wanted].map(each => each.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data)
  let differing = 0
  let inked = 0
  for (let at = 0; at < one.length; at += 4) {
    if (one[at + 3]) inked++
    if (Math.abs(one[at] - other[at]) > 8 || Math.abs(one[at + 3] - other[at + 3]) > 8) differing++
  }
  drawn.end()
  box.remove()
  return { ratio: canvas.width / box.clientWidth || devicePixelRatio, signs: new Set(seen.map(one => one.text).join('')).size, differing, inked }
}"""


@pytest.fixture
def sharp(browser: Any, atlas: Path) -> Iterator[Any]:
    """Open the one page on a screen with a pixel ratio of 1.5."""
    page = browser.new_page(device_scale_factor=1.5, viewport={"width": 1280, "height": 900})
    page.goto(f"{atlas.as_uri()}#/en/ask")
    page.wait_for_selector("h1")
    yield page
    page.close()


def test_no_glyph_of_a_thousand_is_cut_or_swapped(sharp: Any) -> None:
    found = sharp.evaluate(DRAW, SIGNS)
    assert found["signs"] > 1000
    assert found["inked"] > 100_000
    assert found["differing"] == 0


def test_a_view_that_is_too_large_to_draw_has_its_lists(browser: Any, front: Path, tmp_path: Path) -> None:
    head = "@base <https://w3id.org/stdgraph/id/> . @prefix stdg: <https://w3id.org/stdgraph/ontology#> .\n"
    members = "".join(f"<org/m{n}> a stdg:Organization . <org/all> stdg:hasMember <org/m{n}> .\n" for n in range(1501))
    (tmp_path / "large.ttl").write_text(f"{head}<org/all> a stdg:Organization .\n{members}", "utf-8")
    stdgraph.open(data=[tmp_path / "large.ttl"]).site(tmp_path / "atlas.html", one_file=True)
    page = browser.new_page()
    page.goto(f"{(tmp_path / 'atlas.html').as_uri()}#/en/network?view=membership")
    page.wait_for_selector(f"{DRAWN} ~ .failure >> text=are too many for one picture")
    assert page.locator("main > .failure").count() == 0
    page.close()
