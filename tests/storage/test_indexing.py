"""What stands in the index of names beside what a graph prints."""

from __future__ import annotations

import pytest

import stdgraph
from stdgraph.model.spelling import words
from stdgraph.model.vocabulary import BASE
from stdgraph.storage.indexing import _initials


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("China Communications Standards Association", "CCSA"),
        ("Ministry of Industry and Information Technology (MIIT)", "MIIT"),
        ("People's Bank of China", "PBC"),
        ("Beland Office", ""),
        ("中国标准化研究院", ""),
        ("Notice on " + "very " * 9 + "long names", ""),
    ],
)
def test_initials_of_a_name(name: str, initials: str) -> None:
    assert _initials(name) == initials


def test_what_is_printed_goes_before_initials(repository: stdgraph.Graph) -> None:
    names = repository.reads.names
    made = {row[0] for row in names.rows("SELECT key FROM name WHERE rank = 4 AND key NOT LIKE 'ics%'")}
    printed = names.rows(
        "SELECT n.key, t.iri FROM name n JOIN thing t ON t.id = n.thing WHERE n.rank < 4 AND t.tier = 0"
    )
    both = [(name, iri) for name, iri in printed if name in made]
    assert both
    for name, _ in both:
        assert names.find(name)[0].iri in {iri for other, iri in both if other == name}


def test_a_person_goes_by_pinyin_where_no_latin_name_is_printed(tiny: stdgraph.Graph) -> None:
    named = tiny.reads.names.get(BASE + "person/bob-2")
    assert named
    assert (named.label("en"), named.label("zh")) == ("Bao Bo", "鲍勃")


def test_the_words_of_each_name_are_indexed(tiny: stdgraph.Graph) -> None:
    names = tiny.reads.names
    for number, text in names.rows("SELECT rowid, text FROM name"):
        held = names.rows("SELECT word FROM token WHERE name = ?", (number,))
        assert {row[0] for row in held} >= set(words(text))
    assert names.rows("SELECT word, number FROM vocabulary") == names.rows(
        "SELECT word, COUNT(*) FROM token GROUP BY word ORDER BY word"
    )
