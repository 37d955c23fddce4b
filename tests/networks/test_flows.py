"""Communities through time: numbers that stay, flows that add up, pictures that hold all of it, what to beware of."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stdgraph
from stdgraph.charts import engine
from stdgraph.charts.files import palette
from stdgraph.errors import ParameterError
from stdgraph.networks.flows import caveats, followed, picture, table
from stdgraph.networks.flows.alluvial import LINE, spec
from stdgraph.networks.flows.layout import BLOCK, HIGH, laid_out
from stdgraph.networks.measures.communities import communities


def net(*groups: str, kind: Any = nx.Graph, links: Sequence[Sequence[str]] = ()) -> Any:
    """Return a network of cliques, one for each word, whose nodes are its letters; `links` are pairs of letters beside."""
    found = kind(view="cooperation", mode="mutual", options={})
    for group in groups:
        found.add_nodes_from(group)
        found.add_edges_from((a, b, {"weight": 1.0}) for a in group for b in group if a < b)
    found.add_edges_from((a, b, {"weight": 1.0}) for a, b in links)
    for node in found:
        label = {"label_en": f"Actor {node}", "label_zh": f"主体{node}"}
        found.nodes[node].update(iri=f"https://w3id.org/stdgraph/id/org/{node}", kind="Country", country="CN", **label)
    return found


def groups(stage: Any) -> dict[int, str]:
    return {number: "".join(sorted(nodes)) for number, nodes in stage.members.items()}


def test_a_community_keeps_its_number_where_others_come_and_go() -> None:
    found = followed({"1": net("abcde", "pqrs"), "2": net("pqrst", "xyz", "abcd"), "3": net("xyz", "abce")})
    assert [groups(stage) for stage in found.stages] == [
        {1: "abcde", 2: "pqrs"},
        {1: "abcd", 2: "pqrst", 3: "xyz"},
        {1: "abce", 3: "xyz"},
    ]


def test_what_splits_goes_on_as_its_largest_part_and_what_comes_back_has_its_number() -> None:
    found = followed({"1": net("abcdef", "xyz"), "2": net("abcd", "ef"), "3": net("xyzw", "abcd", "ef")})
    assert [groups(stage) for stage in found.stages] == [
        {1: "abcdef", 2: "xyz"},
        {1: "abcd", 3: "ef"},
        {1: "abcd", 2: "wxyz", 3: "ef"},
    ]


def test_what_shares_too_little_is_another_community() -> None:
    found = followed({"1": net("abcdefgh"), "2": net("ab", "cd", "ef", "gh")})
    assert groups(found.stages[1]) == {2: "ab", 3: "cd", 4: "ef", 5: "gh"}


def test_each_actor_is_in_one_flow_with_whence_and_where_to(tiny: stdgraph.Graph) -> None:
    found = followed({"1": net("abcde", "pqrs"), "2": net("abcdq", "prs", "xyz")})
    told = {(f.community, f.next_community): "".join(sorted(f.members)) for f in found.flows}
    assert told == {(1, 1): "abcd", (1, None): "e", (2, 1): "q", (2, 2): "prs", (None, 3): "xyz"}
    rows = table(tiny.reads, found, "flows").to_dicts()
    assert [(r["community"], r["next_community"], r["size"]) for r in rows] == [
        *((1, 1, 4), (1, None, 1), (2, 1, 1), (2, 2, 3), (None, 3, 3)),
    ]
    assert {(r["day"], r["next_day"], r["countries"][0]) for r in rows} == {("1", "2", "CN")}
    listed = table(tiny.reads, found, "actors", lang="zh").to_dicts()
    assert [(r["node"]["label"], r["day"], r["community"]) for r in listed if r["node"]["label"] == "主体q"] == [
        ("主体q", "1", 2),
        ("主体q", "2", 1),
    ]
    sizes = table(tiny.reads, found, "communities").to_dicts()
    assert [(r["day"], r["community"], r["size"]) for r in sizes] == [
        *(("1", 1, 5), ("1", 2, 4), ("2", 1, 5), ("2", 2, 3), ("2", 3, 3)),
    ]


def test_times_tell_how_stable_they_are_and_how_like_the_one_before(tiny: stdgraph.Graph) -> None:
    found = followed({"1": net("abcde", "pqrs"), "2": net("abcde", "pqrs"), "3": net("vwxyz")})
    rows = table(tiny.reads, found, "times").to_dicts()
    assert [(r["nodes"], r["communities"], r["like_before"]) for r in rows] == [(9, 2, None), (9, 2, 1), (5, 1, None)]
    assert {r["stability_over_seeds"] for r in rows} == {1}
    assert caveats(found) == []


def test_a_division_that_is_not_stable_and_a_change_that_may_be_chance_are_told() -> None:
    """A ring has no communities, and Leiden finds some: each seed others."""

    ring = net(links=tuple((f"{n:02}", f"{(n + 1) % 40:02}") for n in range(40)))
    more = net(links=(*ring.edges, ("40", "41")))
    found = followed({"1": ring, "2": more})
    told = " ".join(map(str, caveats(found)))
    assert "1: other seeds or orders of the edges divide otherwise" in told
    assert "2: as like the division before" in told
    assert (found.stages[0].stability or 1) < 0.8


def test_one_time_is_refused_and_what_has_no_date_is_left_out() -> None:
    with pytest.raises(ParameterError, match="there is 2019"):
        followed({"2019": net("abc"), "undated": net("abc")}, unit="year")
    assert [s.name for s in followed({"1": net("ab"), "2": net("ab"), "undated": net("xy")}).stages] == ["1", "2"]


ODD = {
    "empty": net(),
    "one node": net("a"),
    "no edges": net("a", "b", "c"),
    "apart": net("ab", "cd", "e"),
    "loop": net("ab", links=("aa",)),
    "loop alone": net(links=("aa",)),
    "both ways": net(links=("ab", "ba", "cb"), kind=nx.DiGraph),
    "parallel": net(links=("ab", "ab", "bc"), kind=nx.MultiGraph),
    "parallel directed": net(links=("ab", "ab", "ba"), kind=nx.MultiDiGraph),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_networks_are_followed_and_drawn(case: str, tiny: stdgraph.Graph) -> None:
    found = followed({"1": ODD[case], "2": net("ab", "cd"), "3": ODD[case]})
    assert sum(len(flow.members) for flow in found.flows) == 2 * len(set(ODD[case]) | set("abcd"))
    assert len(table(tiny.reads, found, "times")) == 3
    pytest.importorskip("vl_convert", reason="pip install stdgraph[plot] brings what draws charts")
    root = ElementTree.fromstring(picture(found).data)
    assert {"1", "2", "3"} <= set(" ".join(root.itertext()).split())


def test_nothing_to_draw_is_told() -> None:
    pytest.importorskip("vl_convert", reason="pip install stdgraph[plot] brings what draws charts")
    drawn = picture(followed({"1": net(), "2": net()}))
    assert "Nothing to draw" in str(drawn.notes[0])
    assert b"Nothing to draw" in drawn.data


networks = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), min_size=1, max_size=40).map(
    lambda pairs: net(links=tuple((chr(97 + a), chr(97 + b)) for a, b in pairs))
)


@given(st.lists(networks, min_size=2, max_size=4))
@settings(max_examples=15)
def test_flows_and_places_add_up(found: list[Any]) -> None:
    through = followed({str(at): one for at, one in enumerate(found)})
    for one, two in pairwise(through.stages):
        between = [flow for flow in through.flows if flow.source is one]
        everyone = [node for flow in between for node in flow.members]
        assert sorted(everyone) == sorted(set(one.of) | set(two.of))
    layout = laid_out(through)
    assert layout.high <= HIGH + 1e-6
    for block in layout.blocks:
        over = [b for b in layout.blocks if b.stage == block.stage and b is not block]
        assert all(b.y >= block.y + block.high or b.y + b.high <= block.y for b in over)
        assert sum(r.high for r in layout.ribbons if r.source is block) <= block.high + 1e-6
        assert sum(r.high for r in layout.ribbons if r.target is block) <= block.high + 1e-6
        spans = sorted((r.y2, r.y2 + r.high) for r in layout.ribbons if r.target is block)
        assert all(low <= high + 1e-6 for (_, low), (high, _) in pairwise(spans))


def test_no_label_lies_on_another_or_runs_into_the_next_time() -> None:
    many = [chr(97 + n) * 1 + chr(65 + n) for n in range(18)]
    found = followed({"1": net("abcdefghijkl", *many[12:]), "2": net(*many[:14]), "3": net("abcdefghijklmnopqr")})
    drawn = spec(found)
    step = laid_out(found).step
    labels = drawn["datasets"]["labels"]
    assert len(labels) > 6
    boxes = [(one["x"], one["y"], one["y"] + LINE * len(one["text"].split("\n"))) for one in labels]
    for x, top, bottom in boxes:
        others = [(t, b) for at, t, b in boxes if at == x and (t, b) != (top, bottom)]
        assert all(b <= top or t >= bottom for t, b in others)
    assert max(len(line) for one in labels for line in one["text"].split("\n")) * 5 <= step - BLOCK


def test_what_is_not_shown_by_itself_stands_together_as_others() -> None:
    pairs = [chr(97 + n) + chr(65 + n) for n in range(12)]
    found = followed({"1": net(*pairs), "2": net(*pairs)})
    drawn = spec(found, lang="en")
    kinds = {row["kind"] for row in drawn["datasets"]["rows"]}
    assert len(kinds) == 8
    assert "others" in kinds
    assert any(one["text"] == "others (10)" for one in drawn["datasets"]["labels"])


def test_the_order_in_which_nodes_and_edges_come_changes_nothing() -> None:
    one, two = net("abcde", "pqrs", links=("ap",)), net("abcdq", "prs", "xyz")

    def shuffled(found: Any, seed: int) -> Any:
        nodes, edges = list(found.nodes(data=True)), list(found.edges(data=True))
        random.Random(seed).shuffle(nodes)
        random.Random(seed).shuffle(edges)
        copy: Any = nx.Graph(**found.graph)
        copy.add_nodes_from(nodes)
        copy.add_edges_from(edges)
        return copy

    wanted = spec(followed({"1": one, "2": two}))
    assert spec(followed({"1": shuffled(one, 1), "2": shuffled(two, 2)})) == wanted


def test_pictures_are_of_both_languages_and_of_the_dark() -> None:
    pytest.importorskip("vl_convert", reason="pip install stdgraph[plot] brings what draws charts")
    found = followed({"1": net("abcde", "pqrs"), "2": net("abcdq", "prs", "xyz")})
    told = " ".join(ElementTree.fromstring(picture(found, lang="zh").data).itertext())
    assert "谁与谁合作：1 至 2 的社群" in told
    assert "稳定性 1.00" in told
    assert "主体a、主体b" in told
    night = picture(found, dark=True).data.decode()
    assert palette()["paper"][1] in night
    assert not [pair for pair in palette()["colours"].values() if pair[0] in night]
    assert picture(found, "png").data[:4] == b"\x89PNG"
    if engine.has_glyph("中"):
        pypdf = pytest.importorskip("pypdf")
        (sheet,) = pypdf.PdfReader(io.BytesIO(picture(found, "pdf", lang="zh").data), strict=True).pages
        assert "社群" in sheet.extract_text()
    assert picture(found).data == picture(found).data


def test_too_many_times_and_unknown_forms_are_refused() -> None:
    found = followed({f"{n:02}": net("ab") for n in range(13)})
    with pytest.raises(ParameterError, match="at most 12"):
        picture(found)
    with pytest.raises(ParameterError, match="svg, png, pdf"):
        picture(found, "gif")


def test_days_of_a_graph_are_what_held_then(repository: stdgraph.Graph) -> None:
    found = repository.networks("cooperation", days=["2019", "2015"])
    assert list(found) == ["2015", "2019"]
    assert found["2019"].graph["options"] == {"as_of": "2019-12-31"}
    assert set(found["2015"].edges) == set(repository.network("cooperation", as_of="2015").edges)
    with pytest.raises(ParameterError, match="as_of"):
        repository.networks("cooperation", days=["2015", "2019"], as_of="2015")
    assert communities(found["2019"]).of.keys() == repository.flows(days=[2015, 2019]).stages[1].of.keys()
