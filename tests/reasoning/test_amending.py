"""A graph that was amended is the one that is compiled from scratch: the same statements in the same graphs, the same names."""

from __future__ import annotations

import contextlib
import gc
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from stdgraph.model.vocabulary import BASE, DCTERMS, SKOS, STDG
from stdgraph.reasoning import reasons, rules
from stdgraph.services import build
from stdgraph.storage import parts
from stdgraph.storage.files import GraphFile, given_files, ontology_files
from stdgraph.storage.store import Store

REAL = ("cn-uk-wg", "cn-annual-2020", "sources.ttl")
"""Folders and files of the real data that are edited."""
TRIES = int(os.environ.get("STDGRAPH_EDITS", "4"))
"""So many random edits are tried; set the variable to try more."""
Lines = dict[str, list[str]]


def real() -> Lines:
    """Return the statements of real files, one a line."""
    found = {}
    for given_ in REAL:
        for file in given_files([ROOT / "data" / "ttl" / given_]):
            name = f"{given_.removesuffix('.ttl')}-{file.path.stem}"
            found[name] = sorted({f"{quad.triple} ." for quad in file.quads()})
    return found


class Folder:
    """A copy of the data that is edited, with a cache of its own."""

    def __init__(self, folder: Path, lines: Lines) -> None:
        self.folder, self.lines = folder, lines
        folder.mkdir()

    def files(self) -> list[GraphFile]:
        for old in self.folder.glob("*.ttl"):
            old.unlink()
        for name, lines in self.lines.items():
            (self.folder / f"{name}.ttl").write_text("\n".join(lines), "utf-8")
        return [*ontology_files(), *given_files([self.folder])]

    def check(self) -> int:
        """Open the graph and compile it from scratch; both are the same. Return how often the opened one was amended."""
        files = self.files()
        opened, whole = build.open_store(files)[0], build.build(files, None)
        assert quads(opened) == quads(whole)
        assert opened.place
        with contextlib.closing(sqlite3.connect(opened.place / build.INDEX)) as db:
            assert indexed(db) == indexed(whole.names.db)
        note = opened.place / parts.NOTE  # there is none where a statement is left out
        return int(note.read_text("utf-8").split("\n")[1]) if note.exists() else 0


def indexed(db: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that an index of names says, things and names numbered by their order; its text indexes by their terms."""
    things, names = (
        {number: at for at, (number,) in enumerate(db.execute(f"SELECT {column} ORDER BY 1"))}
        for column in ("id FROM thing", "rowid FROM name")
    )
    found = {
        "thing": [(things[number], *of) for number, *of in db.execute("SELECT * FROM thing")],
        "kind": [(things[number], kind) for number, kind in db.execute("SELECT * FROM kind")],
        "name": [(names[at], things[of], *row) for at, of, *row in db.execute("SELECT rowid, * FROM name")],
        "token": [(word, names[at]) for word, at in db.execute("SELECT * FROM token")],
        "worded": [(names[at], words) for at, words in db.execute("SELECT * FROM worded")],
        "vocabulary": list(db.execute("SELECT * FROM vocabulary")),
    }
    for table in ("trigram", "pair"):
        db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_terms USING fts5vocab(main, {table}, instance)")
        rows = db.execute(f"SELECT term, doc, offset FROM {table}_terms")
        found[table] = [(term, names[at], offset) for term, at, offset in rows]
    return {table: sorted(rows, key=repr) for table, rows in found.items()}


def quads(store: Store) -> set[ox.Quad]:
    """Return what a store holds, but for the lists of the ontology, whose nodes bear other names each time."""
    return {q for q in store.store if not {type(q.subject), type(q.object)} & {ox.BlankNode}}


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STDGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))
        folder = Folder(tmp_path_factory.mktemp("edited") / "data", real())
        folder.check()
        yield folder


def taken_out(lines: Lines, chance: random.Random) -> None:
    file = lines[chance.choice(sorted(lines))]
    for _ in range(min(len(file), chance.randint(1, 4))):
        file.pop(chance.randrange(len(file)))


def exchanged(lines: Lines, chance: random.Random) -> None:
    """Let a thing have the value that another one has."""
    file = lines[chance.choice(sorted(lines))]
    if file:
        subject, predicate, _ = file[chance.randrange(len(file))].split(" ", 2)
        others = [
            line.split(" ", 2)[2] for found in lines.values() for line in found if line.split(" ")[1] == predicate
        ]
        file[chance.randrange(len(file))] = f"{subject} {predicate} {chance.choice(others)}"


def put_in(lines: Lines, chance: random.Random) -> None:
    """Let another thing, or a new one, be said to be what some thing is."""
    every = [line for found in lines.values() for line in found]
    source, target = (chance.choice(every).split(" ")[0] for _ in "ab")
    new = chance.choice([target, f"<{BASE}agreement/new-{chance.randrange(9)}>"])
    said = [line.replace(source, new, 1) for line in every if line.split(" ")[0] == source]
    lines[chance.choice(sorted(lines))] += sorted(set(said))


def called(lines: Lines, chance: random.Random) -> None:
    file = lines[chance.choice(sorted(lines))]
    thing = chance.choice([line for found in lines.values() for line in found]).split(" ")[0]
    file.append(f'{thing} <{SKOS}{chance.choice(["prefLabel", "altLabel"])}> "New {chance.randrange(99)} 名"@en .')


def dated(lines: Lines, chance: random.Random) -> None:
    for file in lines.values():
        for at in [n for n, line in enumerate(file) if f"<{STDG}date>" in line or f"<{STDG}start>" in line][:1]:
            thing, verb, _ = file[at].split(" ", 2)
            file[at] = f'{thing} {verb} "{chance.randint(1900, 2030)}" .'


def moved(lines: Lines, chance: random.Random) -> None:
    one, other = chance.choice(sorted(lines)), chance.choice(sorted(lines))
    file = lines[one]
    if file:
        lines[other].append(file.pop(chance.randrange(len(file))))


def renamed(lines: Lines, chance: random.Random) -> None:
    name = chance.choice(sorted(lines))
    lines[f"{name}-{chance.randrange(9)}"] = lines.pop(name)


EDITS: list[Callable[[Lines, random.Random], None]] = [
    taken_out,
    exchanged,
    put_in,
    called,
    dated,
    moved,
    renamed,
]


@settings(max_examples=TRIES, deadline=None, derandomize=True, database=None)
@given(st.lists(st.sampled_from(EDITS), min_size=1, max_size=3), st.integers(0, 1 << 32))
def test_whatever_is_edited_the_graph_is_as_compiled_from_scratch(
    edited: Folder, edits: list[Callable[[Lines, random.Random], None]], seed: int
) -> None:
    gc.collect()
    for edit in edits:
        edit(edited.lines, random.Random(seed))
    edited.check()


SMALL = {
    "a note": f'<{BASE}agreement/new> <{SKOS}editorialNote> "new"@en .',
    "an agreement": f"<{BASE}agreement/new> a <{STDG}Agreement> ; <{STDG}hasParty> <{BASE}org/cn-sac> , <{BASE}org/new> .",
    "a date": f'<{BASE}agreement/new> <{STDG}date> "1950" .',
    "a title": f'<{BASE}agreement/new> <{DCTERMS}title> "New"@en .',
}


@pytest.mark.parametrize("edit", SMALL)
def test_a_small_edit_is_an_amendment(edit: str, edited: Folder) -> None:
    """Put in and taken out again, it is made of the store before, and leaves no trace."""
    gc.collect()
    name = sorted(edited.lines)[0]
    before = edited.check()
    edited.lines[name].append(SMALL[edit])
    assert edited.check() > 0 or before + 1 > parts.OFTEN
    edited.lines[name].pop()
    edited.check()


@pytest.mark.parametrize(
    "line",
    [
        f"<{STDG}Agreement> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{STDG}New> .",
        f"[] a <{STDG}Agreement> .",
        f'<{BASE}agreement/new> <{STDG}hasParty> "no thing" .',
    ],
    ids=["an axiom", "a blank node", "what is left out"],
)
def test_what_reaches_far_is_compiled_from_scratch(line: str, edited: Folder) -> None:
    name = sorted(edited.lines)[0]
    edited.lines[name].append(line)
    files = edited.files()
    opened = build.open_store(files)[0]
    assert opened.place
    note = opened.place / parts.NOTE
    assert not note.exists() or note.read_text("utf-8").split("\n")[1] == "0"
    assert len(quads(opened)) == len(quads(build.build(files, None)))
    edited.lines[name].pop()


def test_no_rule_reads_whatever_is_said() -> None:
    """What a rule file reads is told by the terms in it: none stands at the place of a property but such."""
    for rule in (*rules.link_rules(), *reasons.reason_rules()):
        assert not [pattern for branch in rule.branches for pattern in branch if pattern[1][0] == "?"], rule.name


def test_a_reason_is_read_from_the_record_on() -> None:
    """So what reads something that changed is found by going back from it."""
    for rule in reasons.reason_rules():
        for branch in rule.branches:
            reached = {"?x"}
            for _ in branch:
                reached |= {value for subject, _, value in branch if subject in reached}
            assert {subject for subject, _, _ in branch} <= reached, rule.name
