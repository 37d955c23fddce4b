"""Pictures of networks: the same bytes each time, nothing on top of another, and every kind of graph drawn or refused in words."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stdgraph
from conftest import TINY
from stdgraph.charts.files import dark, palette
from stdgraph.errors import ExtraError, ParameterError
from stdgraph.locale import Phrase, translated
from stdgraph.networks.plots import layout, pen
from stdgraph.networks.plots.ego import around
from stdgraph.networks.plots.labels import Label, placed
from stdgraph.networks.plots.looks import WORDS, looks
from stdgraph.networks.plots.marks import MARGIN, SQUARE, WIDTH, Page
from stdgraph.networks.plots.sheets import Picture
from stdgraph.networks.views import views

pytest.importorskip("matplotlib", reason="pip install stdgraph[plot] brings what draws networks")
CHINESE = pytest.mark.skipif(
    pen.lacks_chinese(["中"]), reason="no Chinese font here: apt install fonts-wqy-microhei brings one"
)


def made(kind: Any = nx.Graph, edges: Any = (), nodes: Any = (), **about: Any) -> Any:
    """Return a network as views are, with labels that tell ids."""
    found = kind()
    found.graph |= {"view": "cooperation", "mode": "mutual", "options": {}, **about}
    found.add_nodes_from(nodes)
    found.add_edges_from(edges)
    for node in found:
        found.nodes[node].update(iri=f"https://w3id.org/stdgraph/id/{node}", label_en=str(node), kind="Country")
    return found


ODD = {
    "empty": made(),
    "one node": made(nodes=["a"]),
    "no edges": made(nodes=["a", "b", "c"]),
    "two": made(edges=[("a", "b")]),
    "apart": made(edges=[("a", "b"), ("c", "d"), ("d", "e")], nodes=["f"]),
    "loop": made(edges=[("a", "a"), ("a", "b")]),
    "loop alone": made(edges=[("a", "a")]),
    "directed loop": made(nx.DiGraph, edges=[("a", "a"), ("a", "b")]),
    "both ways": made(nx.DiGraph, edges=[("a", "b"), ("b", "a"), ("c", "b")]),
    "parallel": made(
        nx.MultiGraph, edges=[("a", "b", {"weight": 2}), ("a", "b", {"weight": 1}), ("b", "c", {"weight": 1})]
    ),
    "parallel directed": made(nx.MultiDiGraph, edges=[("a", "b"), ("a", "b"), ("b", "a")]),
    "no weight": made(edges=[("a", "b", {"weight": 0}), ("b", "c", {"weight": 3})]),
    "numbers": made(edges=[(1, 2), (2, 10)]),
    "a clique": made(edges=nx.complete_graph(12).edges()),
}


@pytest.mark.parametrize("case", ODD)
@pytest.mark.parametrize("way", ["stress", "circle"])
def test_odd_graphs_are_drawn(case: str, way: str, tiny: stdgraph.Graph) -> None:
    found = ODD[case]
    picture = tiny.draw_network(found, layout=way)
    root = ElementTree.fromstring(picture.render("svg"))
    assert float(root.attrib["width"].removesuffix("pt")) == pytest.approx(WIDTH)
    nodes = [dot for dot in picture.page.dots if not dot.hollow]
    assert len(nodes) == len(found) + (len(found) > 0)  # one is in the legend
    pairs = {(a, b) if found.is_directed() else frozenset((a, b)) for a, b in found.edges()}
    assert len(picture.page.lines) >= len(pairs)
    assert len(picture.page.heads) == (len(pairs) if found.is_directed() else 0)
    assert [str(note)[:15] for note in picture.notes] == (["Nothing to draw"] if case == "empty" else [])


def test_parallel_edges_are_as_thick_as_their_weights_together(tiny: stdgraph.Graph) -> None:
    widths = sorted(line.width for line in tiny.draw_network(ODD["parallel"]).page.lines)
    assert len(widths) == 2
    assert widths[1] > widths[0]


def told(picture: Picture) -> str:
    return " ".join(line for words in picture.page.words for line in words.lines)


def test_the_same_bytes_in_every_process(tiny: stdgraph.Graph) -> None:
    code = (
        "import hashlib, stdgraph\n"
        f"graph = stdgraph.open(data=[{str(TINY)!r}])\n"
        "found = graph.network('cooperation')\n"
        "for form in ('svg', 'png', 'pdf'):\n"
        "    print(hashlib.sha256(graph.draw_network(found, ego='BSI', depth=2, colour='community').render(form)).hexdigest())\n"
    )
    here = tiny.draw_network(tiny.network("cooperation"), ego="BSI", depth=2, colour="community")
    wanted = [hashlib.sha256(here.render(form)).hexdigest() for form in pen.FORMS]
    for zone, seed in (("Asia/Shanghai", "1"), ("America/Los_Angeles", "2")):
        env = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LANG": "C"}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        assert done.stdout.split() == wanted


def test_no_file_tells_a_day(tiny: stdgraph.Graph) -> None:
    picture = tiny.draw_network(tiny.network("cooperation"))
    assert b"<dc:date>" not in picture.render("svg")
    pypdf = pytest.importorskip("pypdf")
    read = pypdf.PdfReader(io.BytesIO(picture.render("pdf")), strict=True)
    assert not {"/CreationDate", "/ModDate"} & set(read.metadata)
    assert read.metadata["/Title"] == "Who cooperates with whom"


def test_a_picture_is_as_wide_as_a_page_and_sharp_in_print(tiny: stdgraph.Graph) -> None:
    png = tiny.draw_network(tiny.network("cooperation")).render("png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", png[16:20])[0] == pytest.approx(180 / 25.4 * pen.DOTS, abs=2)


def test_a_form_that_there_is_not_is_refused(tiny: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match="there are svg, png, pdf"):
        tiny.draw_network(ODD["two"]).render("jpg")


def test_a_dark_picture_has_no_colour_of_paper(tiny: stdgraph.Graph) -> None:
    svg = tiny.draw_network(tiny.network("cooperation")).render("svg", dark=True).decode()
    assert palette()["paper"][1] in svg
    assert not [day for day in dark() if f": {day};" in svg and day not in dark().values()]


def test_the_network_around_one_actor_is_that_of_networkx_in_our_order(repository: stdgraph.Graph) -> None:
    found = repository.network("one-way")
    iri = repository.iri("China")
    for depth in (1, 2):
        wanted = nx.ego_graph(found, "country/CN", radius=depth, undirected=True)
        part = around(found, iri, depth)
        assert set(part) == set(wanted)
        assert set(part.edges()) == set(wanted.edges())
        assert list(part) == [node for node in found if node in wanted]


def test_an_actor_without_ties_is_told(repository: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match=r"country/GB has no tie in this view"):
        repository.draw_network(repository.network("standards"), ego="UK")


def test_who_is_drawn_around_is_in_bold_and_in_the_title(tiny: stdgraph.Graph) -> None:
    picture = tiny.draw_network(tiny.network("cooperation"), ego="BSI")
    bold = [words for words in picture.page.words if words.bold]
    assert bold[-1].lines[0].startswith("Who cooperates")
    assert " ".join(bold[0].lines) == "Beland Standards Institution"


def test_who_is_drawn_around_has_a_label_however_many_are_near(tiny: stdgraph.Graph) -> None:
    found = made(edges=[("the hub of all", f"n{n:03}") for n in range(600)])
    found.nodes["the hub of all"]["iri"] = tiny.iri("BSI")
    bold = [words.lines for words in tiny.draw_network(found, ego="BSI").page.words if words.bold]
    assert ("the hub of all",) in bold


def test_what_is_too_large_is_refused_with_ways_out(tiny: stdgraph.Graph) -> None:
    for edges in (nx.path_graph(1002).edges(), nx.complete_graph(111).edges()):
        with pytest.raises(ParameterError, match="take ego NAME"):
            tiny.draw_network(made(edges=edges))


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"colour": "fame"}, "none of kind, country"),
        ({"size": "fame"}, "no measure of this network"),
        ({"size": "component"}, "no measure of this network"),
        ({"layout": "spiral"}, "none of stress, circle, columns"),
        ({"layout": "columns"}, "two modes"),
        ({"colour": "side"}, "two modes"),
        ({"depth": 2}, "goes with ego"),
    ],
)
def test_wrong_use_is_told(given_: dict[str, str], said: str, tiny: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match=said):
        tiny.draw_network(tiny.network("cooperation"), **given_)


@pytest.mark.parametrize("colour", ["kind", "country", "region", "level", "community"])
def test_the_legend_tells_what_colours_mean(colour: str, repository: stdgraph.Graph) -> None:
    found = repository.network("cooperation", bilateral=True)
    picture = repository.draw_network(found, colour=colour, size="strength")
    wanted = {
        "kind": "country or economy",
        "country": "China",
        "region": "Eastern Asia",
        "level": "body",
        "community": "community 1",
    }
    labels = [words.lines[0] for words in picture.page.words if not words.halo]
    assert wanted[colour] in labels
    assert any(label.startswith("strength ") for label in labels)
    assert len({dot.colour for dot in picture.page.dots}) <= 9


@pytest.mark.parametrize("view", ["cooperation", "agreements", "records"])
def test_colours_mean_the_same_in_both_languages(view: str, repository: stdgraph.Graph) -> None:
    found = repository.network(view, bilateral=view != "agreements")
    one, other = (looks(repository.reads, found, lang=lang) for lang in ("en", "zh"))
    assert one.colours == other.colours
    assert [hue for _, hue in one.swatches] == [hue for _, hue in other.swatches]


@pytest.mark.parametrize("view", [name for name, about in views().items() if about.two_mode])
def test_both_modes_have_a_word_in_both_languages(view: str) -> None:
    for side in (views()[view].left, views()[view].right):
        assert str(translated(Phrase(WORDS[side]), "zh")) != side


def test_small_pictures_tell_that_years_are_those_of_the_documents(repository: stdgraph.Graph) -> None:
    def says(**asked: Any) -> bool:
        page = repository.draw_network(repository.networks(bilateral=True, **asked)).page
        return any("of the dated edges are of 2020" in line for words in page.words for line in words.lines)

    assert says(since="2015", until="2022")
    assert not says(days=["2015", "2019"])


def test_a_small_view_of_two_modes_stands_in_columns(tiny: stdgraph.Graph) -> None:
    found = tiny.network("membership")
    picture = tiny.draw_network(found)
    dots = [dot for dot in picture.page.dots if not dot.hollow][: len(found)]
    sides = {dot.shape == SQUARE: {d.at[0] for d in dots if d.shape == dot.shape} for dot in dots}
    assert sides[False].isdisjoint(sides[True])
    assert max(sides[False]) < min(sides[True])


def test_in_small_pictures_a_node_stands_where_it_stands_in_all(repository: stdgraph.Graph) -> None:
    found = {year: one for year, one in repository.networks("cooperation").items() if year in ("2018", "2023")}
    picture = repository.draw_network(found)
    text = told(picture)
    assert f"2018 · {len(found['2018'])} nodes" in text
    assert f"2023 · {len(found['2023'])} nodes" in text
    half = (WIDTH - 2 * MARGIN) / 2
    both = sorted(dot.at for dot in picture.page.dots if not dot.hollow and dot.at[0] < WIDTH / 2)
    other = {(round(dot.at[0] - half, 1), round(dot.at[1], 1)) for dot in picture.page.dots if dot.at[0] > WIDTH / 2}
    inside = [at for at in both if at[1] > 80]
    assert len(inside) >= 20
    assert {(round(x, 1), round(y, 1)) for x, y in inside} <= other


def test_the_size_of_a_node_does_not_tell_for_how_many_years_its_ties_stand(tiny: stdgraph.Graph) -> None:
    years = {str(year): made(edges=[("a", "b", {"weight": 2})]) for year in range(2016, 2019)}
    years["2019"] = made(edges=[("c", "d", {"weight": 3})])
    assert {"strength 2", "strength 3"} <= {
        line for words in tiny.draw_network(years, size="strength").page.words for line in words.lines
    }


def test_a_picture_tells_the_licence_of_our_data_alone(tiny: stdgraph.Graph) -> None:
    assert "CC-BY-4.0; data of registers as" in told(tiny.draw_network(tiny.network("cooperation")))
    assert "CC-BY" not in told(tiny.draw_network(ODD["two"]))


@CHINESE
def test_chinese_is_drawn(repository: stdgraph.Graph) -> None:
    chinese = stdgraph.open(lang="zh")
    picture = chinese.draw_network(chinese.network(bilateral=True), ego="SAC")
    assert "谁与谁合作：国家标准化管理委员会" in told(picture)
    assert picture.notes == ()
    pypdf = pytest.importorskip("pypdf")
    text = pypdf.PdfReader(io.BytesIO(picture.render("pdf"))).pages[0].extract_text()
    assert "国家标准化机构" in text


def test_a_missing_chinese_font_is_told_with_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pen, "_holds", lambda family, sign: sign.isascii())
    chinese = stdgraph.open(lang="zh")
    assert "fonts-noto-cjk" in str(chinese.draw_network(chinese.network(bilateral=True), ego="SAC").notes[-1])


def test_without_the_library_a_line_tells_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tiny: stdgraph.Graph) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    pen.engine.cache_clear()
    with pytest.raises(ExtraError, match=r"pip install 'stdgraph\[plot\]'"):
        tiny.draw_network(ODD["two"])
    monkeypatch.undo()
    pen.engine.cache_clear()


def test_labels_steer_nothing(tiny: stdgraph.Graph) -> None:
    found = made(edges=[("a", "b")])
    found.nodes["a"]["label_en"] = "$\\frac{1}$ <script>\x1b[31m"
    ElementTree.fromstring(tiny.draw_network(found).render("svg"))


def boxes(page: Page) -> Iterator[tuple[float, float, float, float]]:
    """Yield the room that labels take."""
    for words in page.words:
        if words.halo:
            wide = max(pen.wide(line, words.size) for line in words.lines)
            low = words.at[1] - words.size * 1.2 * (len(words.lines) - 1)
            yield words.at[0], low, words.at[0] + wide, words.at[1] + words.size * 0.7


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("view", ["cooperation", "one-way", "people", "committees"])
def test_no_label_lies_on_another_or_on_a_node(view: str, repository: stdgraph.Graph) -> None:
    page = repository.draw_network(repository.network(view)).page
    found = list(boxes(page))
    assert len(found) > 20
    assert not [1 for n, one in enumerate(found) for other in found[:n] if meet(one, other)]
    dots = [
        (d.at[0] - d.radius * 0.6, d.at[1] - d.radius * 0.6, d.at[0] + d.radius * 0.6, d.at[1] + d.radius * 0.6)
        for d in page.dots
    ]
    assert not [1 for one in found for dot in dots if meet(one, dot)]
    assert all(box[0] >= 0 and box[2] <= page.wide and box[1] >= 0 and box[3] <= page.high for box in found)


points = st.tuples(st.integers(0, 300), st.integers(0, 300))


@settings(max_examples=40)
@given(st.lists(points, min_size=1, max_size=30), st.floats(1, 9))
def test_nodes_are_pushed_apart(at: list[tuple[int, int]], radius: float) -> None:
    places = {n: (float(x), float(y)) for n, (x, y) in enumerate(at)}
    apart = layout.spread(places, dict.fromkeys(places, radius))
    for a in apart:
        for b in range(a):
            (ax, ay), (bx, by) = apart[a], apart[b]
            assert ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 >= 2 * radius


@settings(max_examples=40)
@given(st.lists(points, min_size=1, max_size=25, unique=True), st.floats(10, 90))
def test_labels_have_room_or_are_left_out(at: list[tuple[int, int]], wide: float) -> None:
    places = {n: (float(x), float(y)) for n, (x, y) in enumerate(at)}
    wanted = [Label(n, ("a label",), wide, 7.0) for n in places]
    put = placed(wanted, places, dict.fromkeys(places, 2.0), [], (300.0, 300.0))
    assert not [1 for n, one in enumerate(put) for other in put[:n] if meet(one.box, other.box)]
    assert all(one.box[0] >= 0 and one.box[2] <= 300 and one.box[1] >= 0 and one.box[3] <= 300 for one in put)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30), st.randoms())
def test_places_do_not_hang_on_the_order_of_edges(edges: list[tuple[int, int]], random: Any) -> None:
    shuffled = edges.copy()
    random.shuffle(shuffled)
    assert layout.stress(made(edges=edges)) == layout.stress(made(edges=[(b, a) for a, b in shuffled]))


def test_a_path_is_laid_out_as_a_line() -> None:
    at = layout.stress(made(edges=nx.path_graph(6).edges()))
    xs = [at[n][0] for n in range(6)]
    assert xs in (sorted(xs), sorted(xs, reverse=True))
    assert max(y for _, y in at.values()) - min(y for _, y in at.values()) < 0.2 * (max(xs) - min(xs))
