"""What changed between two versions, for a pull request and for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import ExportError
from stdgraph.locale import Phrase, in_words, located, marked, translated
from stdgraph.model import escape
from stdgraph.model.cells import Entity, Scalar, text_of
from stdgraph.model.changes import Change, Changes, Value
from stdgraph.model.results import Source
from stdgraph.model.vocabulary import BASE, short
from stdgraph.storage.blanks import blank_nodes
from stdgraph.storage.export import statement

FOLDED = 10
"""A kind with more changes than this is folded in Markdown."""
MOST = 60_000
"""So many characters of Markdown: the text of a pull request may have 65,536."""
LEFT = (marked("… and {number} more change."), marked("… and {number} more changes."))
NONE = marked("nothing changed")
LONG = 300
"""Of a longer value the beginning is told."""


def markdown(changes: Changes, lang: str = "en") -> str:
    """Return changes as a pull request shows them: counts by kind, then each thing with its values and sources."""
    lines = [f"**{headline(changes, lang, escape.markdown)}**", ""]
    lines += _summary(changes, lang)
    size, told = sum(map(len, lines)), 0
    for kind, found in groupby(changes.records, key=lambda change: change.kind):
        block, number = _kind(kind, list(found), lang, MOST - size)
        lines += block
        size += sum(len(line) + 1 for line in block)
        told += number
    if left := len(changes) - told:
        lines += ["", translated(Phrase(LEFT[left != 1], number=left), lang)]
    return "\n".join(lines).strip() + "\n"


def headline(changes: Changes, lang: str, shown: Any = escape.line) -> str:
    """Return which versions are compared, and how many things were added, changed, renamed and removed."""
    versions = " → ".join(shown(str(translated(name, lang))) for name in (changes.first, changes.second))
    told = counted(changes.counts(), lang) or translated(Phrase(NONE), lang)
    return f"{versions}{translated(Phrase(': '), lang)}{told}"


def counted(counts: Mapping[str, int | None], lang: str) -> str:
    """Return how many things were added, changed, renamed and removed, in words."""
    said = [
        translated(Phrase("{number} {change}", number=number, change=in_words("cell.change", how, lang)), lang)
        for how, number in counts.items()
        if number
    ]
    return str(translated(Phrase(", "), lang).join(said))


def value_text(value: Value, lang: str, *, added: bool = False, removed: bool = False) -> str:
    """Return a value in words: `property: before → after`, or with a sign what was added or removed."""
    name = value.told()
    before, after = (cell_text(cell, lang) for cell in (value.before, value.after))
    colon = translated(Phrase(": "), lang)
    if value.before is not None and value.after is not None:
        return f"{name}{colon}{before} → {after}"
    if value.after is None:
        return f"{name}{colon}{'' if removed else '− '}{before}"
    return f"{name}{colon}{'' if added else '+ '}{after}"


def cell_text(cell: Scalar, lang: str) -> str:
    """Return a value as people read it; a thing that has no name by its id, a long text by its beginning."""
    text = short(cell.iri) if isinstance(cell, Entity) and cell.label == cell.iri else located(text_of(cell), lang)
    line = " ".join(text.split())
    return line if len(line) <= LONG else f"{line[:LONG]}…"


def read_in(sources: Iterable[Source], lang: str) -> str:
    """Return where a thing was read, "" where nothing says it."""
    told = "; ".join(source.text(lang) for source in sources)
    return str(translated(Phrase("read in: {places}", places=told), lang)) if told else ""


def told_lines(change: Change, lang: str) -> list[str]:
    """Return the lines under the heading of a change: its values, and where an added or removed thing was read."""
    sure = change.change in ("added", "removed")
    lines = [
        value_text(v, lang, added=change.change == "added", removed=change.change == "removed") for v in change.values
    ]
    if change.proves > 1:
        lines.append(str(translated(Phrase("proves {number} records", number=change.proves), lang)))
    return [*lines, *filter(None, [read_in(change.sources, lang) if sure else ""])]


def _summary(changes: Changes, lang: str) -> list[str]:
    table = changes.summary()
    if not len(table):
        return []
    head = [in_words("heading", c, lang) if c == "kind" else in_words("cell.change", c, lang) for c in table.columns]
    rows = [[escape.markdown(text_of(row[c])) for c in table.columns] for row in table]
    return [f"| {' | '.join(line)} |" for line in (head, ["---", *["---:"] * (len(head) - 1)], *rows)]


def _kind(kind: str, found: Sequence[Change], lang: str, room: int) -> tuple[list[str], int]:
    """Return the lines of the things of a kind, and of how many there is room for."""
    lines = ["", f"### {escape.markdown(kind or '-')}", ""]
    if folded := len(found) > FOLDED:
        lines = ["", "<details>", f"<summary><b>{escape.html(kind or '-')}</b> ({len(found)})</summary>", ""]
    size, number = sum(map(len, lines)) + len("</details>"), 0
    for change in found:
        block = _item(change, lang)
        size += sum(len(line) + 1 for line in block)
        if size > room:
            break
        lines += block
        number += 1
    return ([*lines, "", "</details>"] if folded else lines) if number else [], number


def _item(change: Change, lang: str) -> list[str]:
    how = in_words("cell.change", change.change, lang)
    was = f" ← {_code(short(change.was.iri))}" if change.was else ""
    head = f"- **{how}** {escape.markdown(cell_text(change.record, lang))} {_code(change.id)}{was}"
    return [head, *(f"  - {escape.markdown(line)}" for line in told_lines(change, lang))]


def _code(text: str) -> str:
    return f"`{escape.line(text).replace('`', '%60')}`"


def update(changes: Changes) -> str:
    """Return the SPARQL 1.1 Update that turns the first version into the second: statements to delete, then to insert.

    Raises:
        ExportError: a node that has no name changed, which no update can speak of.
    """
    parts = []
    for verb, triples in (("DELETE DATA", changes.removed), ("INSERT DATA", changes.added)):
        if unnamed := min((str(t) for t in triples if next(blank_nodes(t), None)), default=""):
            raise ExportError(statement=unnamed)
        if triples:
            parts.append(f"{verb} {{\n{''.join(f'{line} .' + chr(10) for line in sorted(map(statement, triples)))}}}\n")
    text = ";\n".join(parts)
    _check(text, changes)
    return text


def _check(text: str, changes: Changes) -> None:
    """Run an update on what it speaks of, before it is given out."""
    store = ox.Store()
    store.extend(ox.Quad(*t) for t in changes.removed)
    store.update(text, base_iri=BASE)
    meant = ox.Store()
    meant.extend(ox.Quad(*t) for t in changes.added)
    if differs := {*store} ^ {*meant}:
        raise ExportError(statement=min(map(str, differs)))


def as_json(changes: Changes) -> str:
    """Return changes as JSON: in words, and the statements as N-Triples."""
    found: dict[str, Any] = changes.to_json()
    for name, triples in (("removed", changes.removed), ("added", changes.added)):
        found[name] = sorted(f"{statement(t)} ." for t in triples)
    return escape.json(json.dumps(found, ensure_ascii=False, indent=2)) + "\n"
