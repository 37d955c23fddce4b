"""Where a triple stands: the file and the line, found in the text of Turtle and N-Triples files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import BASE, RDF, XSD
from stdgraph.storage.files import GraphFile, content, read_text

TOKEN = re.compile(
    r'(?P<skip>\s+|\#[^\n]*)|(?P<text>"""(?:[^"\\]|\\.|"(?!""))*"""|'
    r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'(?:[^'\\\n]|\\.)*')(?P<kind>@[\w-]+|\^\^(?:<[^<>\s]*>|[\w.-]*:[\w.-]*))?"
    r"|(?P<iri><[^<>\s]*>)|(?P<number>[+-]?\d*\.?\d+(?:[eE][+-]?\d+)?)"
    r"|(?P<blank>_:[\w.-]*\w)|(?P<name>(?:[A-Za-z][\w-]*)?:(?:[\w%\\.:-]*[\w%\\:-])?)|(?P<word>@?\w+)|(?P<mark>.)",
    re.DOTALL,
)
PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
UNNAMED = "[]"
PACKED = ".gz"
NAMED = (".nq", ".trig")
NUMBERS = tuple(XSD + kind for kind in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file; the path is relative to the repository where the file belongs to it."""

    path: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def place_of(store: ox.Store, files: Sequence[GraphFile], triple: ox.Triple) -> Place | None:
    """Return where a triple stands, in the first of the files that state it; None if no file does.

    The parts of a pack are no files for people: what stands in them has no line.
    """
    if isinstance(triple.object, ox.BlankNode):
        homes = store.quads_for_pattern(triple.subject, triple.predicate, None)
    else:
        homes = store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
    graphs = {str(getattr(quad.graph_name, "value", "")) for quad in homes}
    for file in files:
        if file.path.suffix.lower() == PACKED:
            continue
        named = file.path.suffix.lower() in NAMED  # its graphs may have names of their own
        if (named or file.graph in graphs) and (spot := spot_of(file.path, triple)):
            return Place(shown(file.path), *spot)
    return None


def shown(path: Path) -> str:
    """Return a path as people know it: from the repository's root, else from the folder they are in, else whole."""
    full = path.resolve()
    for root in (content(), Path.cwd()):
        if full.is_relative_to(root):
            return full.relative_to(root).as_posix()
    return str(path)


def line_of(path: Path, triple: ox.Triple) -> int | None:
    """Return the line of a file that states a triple; where a node is unnamed, any unnamed one will do."""
    spot = spot_of(path, triple)
    return spot[0] if spot else None


def spot_of(path: Path, triple: ox.Triple) -> tuple[int, int] | None:
    """Return the line and column of a file where the object of a triple stands."""
    text, prefixes = _read(path, path.stat().st_mtime_ns)
    subject = UNNAMED if isinstance(triple.subject, ox.BlankNode) else str(getattr(triple.subject, "value", ""))
    wanted = (subject, triple.predicate.value, _key(triple.object))
    for start in _starts(path, prefixes, subject):
        for found, at in _statement(text, prefixes, start):
            if found == wanted:
                return _spot(text, at)
    at = _offsets(path, path.stat().st_mtime_ns).get(wanted, -1)
    return _spot(text, at) if at >= 0 else None


def _spot(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> tuple[str, dict[str, str]]:
    text = read_text(path)
    return text, dict(PREFIX.findall(text))


def _starts(path: Path, prefixes: dict[str, str], subject: str) -> Iterator[int]:
    """Yield where lines begin with a subject, in each way to write it."""
    forms = {f"<{subject}>"}
    if subject.startswith(BASE):
        forms.add(f"<{subject[len(BASE) :]}>")
    forms |= {f"{p}:{subject[len(iri) :]}" for p, iri in prefixes.items() if iri and subject.startswith(iri)}
    heads = _heads(path, path.stat().st_mtime_ns)
    for form in sorted(forms):
        yield from heads.get(form, [])


@lru_cache(maxsize=64)
def _heads(path: Path, changed: int) -> dict[str, list[int]]:
    """Return the first word of each line, with the places where it stands so."""
    text, _ = _read(path, changed)
    found: dict[str, list[int]] = {}
    for match in re.finditer(r"^\S+(?=\s)", text, re.MULTILINE):
        found.setdefault(match[0], []).append(match.start())
    return found


Said = tuple[str, str, Any]


@lru_cache(maxsize=64)
def _offsets(path: Path, changed: int) -> dict[Said, int]:
    """Return where each triple of a file stands first."""
    found: dict[Said, int] = {}
    for said, at in _all(*_read(path, changed)):
        found.setdefault(said, at)
    return found


def _all(text: str, prefixes: dict[str, str]) -> Iterator[tuple[Said, int]]:
    at = 0
    while at < len(text):
        end = at
        for found, place in _statement(text, prefixes, at):
            yield found, place
            end = place
        match = next((m for m in TOKEN.finditer(text, end) if m["mark"] == "."), None)
        at = match.end() if match else len(text)


def _statement(text: str, prefixes: dict[str, str], start: int) -> Iterator[tuple[Said, int]]:
    """Yield the triples of one statement with the offset of each object; what is inside brackets is passed over."""
    subject, verb, depth = "", "", 0
    for match in TOKEN.finditer(text, start):
        mark = match["mark"]
        if match["skip"]:
            continue
        if mark and mark in "[(":
            depth += 1
            if depth == 1 and verb:
                yield (subject, verb, None), match.start()
            continue
        if mark and mark in "])":
            depth -= 1
            subject = subject or UNNAMED
            continue
        if depth:
            continue
        if mark == ".":
            return
        if mark == ";":
            verb = ""
        elif mark == ",":
            continue
        elif not subject:
            subject = UNNAMED if match["blank"] else _value(match, prefixes)
        elif not verb:
            verb = _value(match, prefixes)
        else:
            yield (subject, verb, _term(match, prefixes)), match.start()


def _value(match: re.Match[str], prefixes: dict[str, str]) -> str:
    if match["iri"]:
        iri = match["iri"][1:-1]
        return iri if ":" in iri else BASE + iri
    if match["name"] is not None:
        prefix, _, rest = match["name"].partition(":")
        return prefixes.get(prefix, prefix + ":") + rest.replace("\\", "")
    return RDF + "type" if match["word"] == "a" else match[0]


def _term(match: re.Match[str], prefixes: dict[str, str]) -> Any:
    if match["text"] is None and match["number"] is None and match["word"] not in ("true", "false"):
        return None if match["blank"] else ("iri", _value(match, prefixes))
    head = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in prefixes.items())
    (quad,) = ox.parse(f"{head}<x:s> <x:p> {match[0]} .", format=ox.RdfFormat.TURTLE)
    return _key(quad.object)


def _key(term: Any) -> Any:
    """Return a term in a form that can be compared, numbers by value; None for an unnamed node."""
    if isinstance(term, ox.NamedNode):
        return "iri", term.value
    if isinstance(term, ox.BlankNode):
        return None
    datatype = term.datatype.value
    value = _number(term.value) if datatype in NUMBERS else term.value
    return value, (term.language or "").lower(), datatype


def _number(text: str) -> float | str:
    """Return a number by its value; a text that is none as it is."""
    try:
        return float(text)
    except ValueError:
        return text


def places(store: ox.Store, files: Sequence[GraphFile], triples: Iterable[ox.Triple]) -> dict[ox.Triple, Place]:
    """Return where each of some triples stands, as far as files state them."""
    found = {triple: place_of(store, files, triple) for triple in dict.fromkeys(triples)}
    return {triple: place for triple, place in found.items() if place}
