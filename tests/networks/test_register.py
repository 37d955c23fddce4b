"""Networks with the real register of ISO: seats, roles, sides and days are those of the register."""

from __future__ import annotations

from collections import Counter

import networkx as nx

import stdgraph

DAY = "2025-06-12"


def seats(graph: stdgraph.Graph, **asked: object) -> nx.Graph:
    return graph.network("membership", packs=["iso"], **asked)  # type: ignore[arg-type]


def test_the_roles_of_seats_are_counted_as_the_register_has_them(with_register: stdgraph.Graph) -> None:
    roles = Counter(kind for *_, edge in seats(with_register).edges(data=True) for kind in edge["kinds"])
    assert (roles["p-member"], roles["o-member"], roles["secretariat"]) == (16663, 13954, 784)


def test_no_seat_is_dated_by_its_committee(with_register: stdgraph.Graph) -> None:
    edge = seats(with_register)["org/cn-sac"]["committee/iso-tc-1"]
    assert not {"first", "last", "first_year", "last_year"} & edge.keys()
    assert edge["attested"] == DAY
    kinds = [e for *_, e in seats(with_register, kinds=["P-member", "O-member"]).edges(data=True)]
    assert not any("first" in e for e in kinds)
    assert {e["attested"] for e in kinds} == {DAY}


def test_no_member_stands_on_the_side_of_the_bodies(with_register: stdgraph.Graph) -> None:
    found = seats(with_register)
    sides = nx.get_node_attributes(found, "side")
    assert {sides["org/cn-sac"], sides["org/de-din"]} == {"member"}
    assert all(n.startswith("committee/") for n, side in sides.items() if side == "body")
    assert {(sides[a], sides[b]) for a, b in found.edges} == {("member", "body")}


def test_seats_and_secretariats_are_those_that_policy_studies_print(with_register: stdgraph.Graph) -> None:
    for body, members, held in (("org/cn-sac", 778, 90), ("org/de-din", 721, 134), ("org/gb-bsi", 701, 76)):
        roles = Counter(kind for *_, e in seats(with_register).edges(body, data=True) for kind in e["kinds"])
        assert (roles["p-member"], roles["secretariat"]) == (members, held)


def test_recognition_goes_one_way_beside_the_register_too(with_register: stdgraph.Graph) -> None:
    found = with_register.network("one-way", kinds=["recognizes"])
    assert found.has_edge("org/eu", "org/etsi")
    assert not found.has_edge("org/etsi", "org/eu")


def test_liaisons_of_the_register_are_a_layer_of_their_own(with_register: stdgraph.Graph) -> None:
    every, listed = with_register.network(), with_register.network(packs=["iso"])
    assert {layer for *_, e in listed.edges(data=True) for layer in e["layers"]} == {"iso"}
    assert {kind for *_, e in listed.edges(data=True) for kind in e["kinds"]} == {"liaisesWith"}
    assert not any("first" in e for *_, e in listed.edges(data=True))
    own = {frozenset(e) for e in with_register.network(packs=["documents"]).edges}
    assert own | {frozenset(e) for e in listed.edges} == {frozenset(e) for e in every.edges}


def test_the_backbone_of_the_seats_is_as_the_issue_has_it(with_register: stdgraph.Graph) -> None:
    """Of 8,128 pairs 7,164 share a committee; 24 share more than their seats let expect (false discovery rate 0.05)."""
    asked = {"packs": ["iso"], "kinds": ["p-member"]}
    found = with_register.backbone("co-membership", correction="benjamini-hochberg", **asked)
    assert (found.tests, found.tied, found.kept) == (8128, 7164, 24)
    assert (found.pairs[0].a, found.pairs[0].b) == ("org/co-icontec", "org/cr-inteco")
    assert with_register.backbone("membership", **asked).kept == 5
    assert {edge["p"] <= 0.05 for *_, edge in found.network.edges(data=True)} == {True}
