"""Whether two graphs are the same but for the labels of their blank nodes."""

from __future__ import annotations

import pytest

from stdgraph.storage.blanks import difference, labels_needed, labels_of_all, named_by_content
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


SAME = [
    ("x:a x:b [ x:c 1 ; x:d [ x:e 2 ] ] .", "_:q x:e 2 . _:p x:d _:q ; x:c 1 . x:a x:b _:p ."),
    ("x:a x:b ( 1 1 1 ) .", "x:a x:b ( 1 1 1 ) ."),
    ("[] x:a 1 . [] x:a 1 .", "_:z x:a 1 . _:a x:a 1 ."),
    ("_:a x:p _:b . _:b x:p _:c . _:c x:p _:a .", "_:c x:p _:a . _:a x:p _:b . _:b x:p _:c ."),
    ("_:a x:p _:b . _:c x:p _:d .", "_:d x:p _:a . _:b x:p _:c ."),
    ("_:a x:p _:b . _:b x:p _:a . _:a x:q 1 .", "_:b x:p _:a . _:b x:q 1 . _:a x:p _:b ."),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_nodes_are_named_by_what_is_said_around_them(first: str, second: str) -> None:
    one, other = (set(named_by_content(parse_turtle(HEAD + text)[0])) for text in (first, second))
    assert one == other
    assert len(one) == len(parse_turtle(HEAD + first)[0])


@pytest.mark.parametrize(
    ("first", "second"), [("[] x:a 1 . [] x:a 1 .", "[] x:a 1 ."), ("x:a x:b ( 1 2 ) .", "x:a x:b ( 2 1 ) .")]
)
def test_nodes_that_say_something_else_have_other_names(first: str, second: str) -> None:
    one, other = (set(named_by_content(parse_turtle(HEAD + text)[0])) for text in (first, second))
    assert one != other


@pytest.mark.parametrize("text", ["x:a x:b ( {items} ) .", "{nodes}", "{chain}"])
def test_many_nodes_are_named_in_little_time(text: str) -> None:
    number = 5000
    parts = {
        "items": "1 " * number,
        "nodes": "[] x:a 1 . " * number,
        "chain": "".join(f"_:n{n} x:p _:n{n + 1} . " for n in range(number)),
    }
    triples, _ = parse_turtle(HEAD + text.format(**parts))
    assert len(set(named_by_content(triples))) == len(triples)
