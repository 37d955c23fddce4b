"""Whether two graphs are the same but for the labels of their blank nodes."""

from __future__ import annotations

import pytest

from stdgraph.storage.blanks import difference, labels_needed, labels_of_all
from stdgraph.storage.turtle import parse_turtle

HEAD = "@prefix x: <http://x/> . "


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("x:a x:b [ x:c 1 ], [ x:c 1 ] .", "x:a x:b [ x:c 1 ] ."),
        ("x:a x:b [ x:c 1 ; x:d 2 ] .", "x:a x:b [ x:c 1 ], [ x:d 2 ] ."),
        ("x:a x:b ( 1 2 ) .", "x:a x:b ( 2 1 ) ."),
        ("[] x:a 1 . [] x:a 1 .", "[] x:a 1 ."),
        ("x:a x:b 1 .", "x:a x:b 01 ."),
        ("x:a x:b 'a'@ar--rtl .", "x:a x:b 'a'@ar ."),
        ("x:a x:b [] .", "x:a x:b x:c ."),
    ],
)
def test_what_differs_is_told(first: str, second: str) -> None:
    one, other = (parse_turtle(HEAD + text)[0] for text in (first, second))
    assert difference(one, other, {})
    assert difference(other, one, {})
    assert not difference(one, one[::-1], {})


def test_nodes_with_one_place_need_no_label() -> None:
    triples, _ = parse_turtle(HEAD + "x:a x:b ( 1 [ x:c _:one ] ) . [] x:d _:two . _:two x:c 3 .")
    assert labels_needed(triples) == {}
    assert len(labels_of_all(triples)) == 6


def test_a_long_list_is_compared_in_little_time() -> None:
    triples, _ = parse_turtle(HEAD + f"x:a x:b ( {' '.join(map(str, range(20_000)))} ) .")
    assert not difference(triples, triples[::-1], {})
