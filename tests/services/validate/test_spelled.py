"""In how many names a word stands is the same, counted in the whole store or from what changed; so are the slips it tells."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from stdgraph.model.vocabulary import SKOS
from stdgraph.services.validate.spelled import LEAST, OFTEN, TURNED, Spelled, slips_of, words_anew, words_in

names = st.lists(st.sampled_from(["meeting", "meeitng", "standard", "standards", "Body"]), max_size=3).map(" ".join)
statements = st.tuples(
    st.sampled_from("abc"), st.sampled_from(["prefLabel", "altLabel", "note"]), names, st.sampled_from(["en", "zh"])
)


def store_of(rows: set[tuple[str, str, str, str]]) -> ox.Store:
    store = ox.Store()
    for thing, verb, text, tag in rows:
        store.add(ox.Quad(ox.NamedNode(f"urn:{thing}"), ox.NamedNode(SKOS + verb), ox.Literal(text, language=tag)))
    return store


@given(st.sets(statements), st.sets(statements))
def test_words_are_counted_from_what_changed_as_from_all(
    old: set[tuple[str, str, str, str]], new: set[tuple[str, str, str, str]]
) -> None:
    before, after = store_of(old), store_of(new)
    things = {ox.NamedNode(f"urn:{row[0]}") for row in old ^ new}
    found = words_anew(words_in(before), before, after, things)
    assert {word: number for word, number in found.items() if number} == words_in(after)


@given(st.text("aeimnst", min_size=TURNED, max_size=LEAST + 2), st.text("aeimnst", min_size=TURNED, max_size=LEAST + 2))
def test_every_slip_of_a_word_is_found_and_none_of_two(one: str, other: str) -> None:
    spelled = Spelled(ox.Store(), lambda: {one: OFTEN, other: OFTEN})
    for slip in {*slips_of(one), *slips_of(other)} - {one, other}:
        meant = {word for word in (one, other) if slip in slips_of(word)}
        assert list(spelled.slips(slip)) == ([(slip, *meant)] if len(meant) == 1 else [])
