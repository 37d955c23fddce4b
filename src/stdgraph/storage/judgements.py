"""Judgements: which two ids a person found to mean the same thing, or not the same; kept as an SSSOM table.

A row says that the thing of `subject_id` is the same as that of `object_id`, whose id is kept; with the modifier `Not`,
that they are two things. What is judged is not asked again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from functools import cached_property
from pathlib import Path

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import BASE, SCHEMA, SRC
from stdgraph.storage.files import content, read_text
from stdgraph.storage.folders import data_folder
from stdgraph.storage.writing import write_atomic

NAME = "judgements.sssom.tsv"
SAME, NOT = "schema:sameAs", "Not"
JUSTIFICATION = "semapv:ManualMappingCuration"
HEAD = (
    "#mapping_set_id: https://w3id.org/stdgraph/mappings/judgements",
    "#mapping_set_title: Pairs of things that a person judged to be the same, or not the same",
    "#mapping_set_description: Written by `stdgraph reconcile --same` and `--different`; the id of the object is kept",
    "#license: https://creativecommons.org/licenses/by/4.0/",
    "#curie_map:",
)
KNOWN = {"schema": SCHEMA, "semapv": "https://w3id.org/semapv/vocab/"}
SOURCE = "src"


@dataclass(frozen=True, order=True)
class Judgement:
    """A row of the table; ids are written as CURIEs, the kind of a thing as their prefix: `org:gb-bsi`."""

    subject_id: str
    subject_label: str
    predicate_modifier: str
    predicate_id: str
    object_id: str
    object_label: str
    mapping_justification: str = JUSTIFICATION
    confidence: str = "1.0"
    author_label: str = ""
    mapping_date: str = ""
    comment: str = ""

    @property
    def is_same(self) -> bool:
        """Whether the two are one thing."""
        return self.predicate_modifier != NOT

    @property
    def pair(self) -> frozenset[str]:
        """The IRIs of both."""
        return frozenset({expanded(self.subject_id), expanded(self.object_id)})


COLUMNS = tuple(field.name for field in fields(Judgement))


def curie(iri: str) -> str:
    """Return an id of ours as a CURIE, another IRI as it is.

    >>> curie("https://w3id.org/stdgraph/id/standard/gb-t-35273/ed/2020")
    'standard:gb-t-35273/ed/2020'
    """
    if iri.startswith(SRC):
        return f"{SOURCE}:{iri.removeprefix(SRC)}"
    return iri.removeprefix(BASE).replace("/", ":", 1) if iri.startswith(BASE) else iri


def expanded(text: str) -> str:
    """Return the IRI of a CURIE of ours.

    >>> expanded("org:gb-bsi")
    'https://w3id.org/stdgraph/id/org/gb-bsi'
    """
    if text.startswith(f"{SOURCE}:"):
        return SRC + text.partition(":")[2]
    return text if "://" in text else BASE + text.replace(":", "/", 1)


class Judgements:
    """What persons judged: pairs that are different, and ids that mean the same as another one."""

    def __init__(self, rows: Iterable[Judgement] = ()) -> None:
        self.rows = tuple(sorted(dict.fromkeys(rows)))

    @cached_property
    def _judged(self) -> Mapping[frozenset[str], Judgement]:
        return {row.pair: row for row in self.rows}

    @cached_property
    def _kept(self) -> dict[str, str]:
        return {expanded(row.subject_id): expanded(row.object_id) for row in self.rows if row.is_same}

    def of(self, one: str, other: str) -> Judgement | None:
        """Return the judgement on two things, None where nobody judged them."""
        return self._judged.get(frozenset({one, other}))

    def kept(self, iri: str) -> str:
        """Return the id that is kept for a thing: itself, unless it was judged the same as another one."""
        seen = {iri}
        while (found := self._kept.get(iri)) and found not in seen:
            seen.add(found)
            iri = found
        return iri

    def added(self, row: Judgement) -> Judgements:
        """Return these judgements with another one, in place of what was said of the same pair."""
        return Judgements([*(old for old in self.rows if old.pair != row.pair), row])


def judgement(one: str, other: str, *, same: bool, labels: Mapping[str, str], **about: str) -> Judgement:
    """Return a judgement on two things; of two that are different, the lesser id comes first.

    Args:
        one: an IRI.
        other: another, which is kept where they are the same.
        same: whether they are one thing.
        labels: what people call them.
        about: `author_label`, `mapping_date`, `comment`.

    Raises:
        ParameterError: it is one thing.
    """
    if one == other:
        raise ParameterError(parameter="same" if same else "different", detail=Phrase("both are {id}", id=curie(one)))
    first, second = (one, other) if same else sorted((one, other))
    told = [" ".join(labels.get(iri, "").split()) for iri in (first, second)]
    row = Judgement(curie(first), told[0], "" if same else NOT, SAME, curie(second), told[1])
    return replace(row, **{name: " ".join(value.split()) for name, value in about.items()})


def place() -> Path:
    """Return the file of judgements that is written: that of the checkout, else one in the user's data folder."""
    is_checkout = content("pyproject.toml").is_file()
    return content("data", "mappings", NAME) if is_checkout else data_folder() / NAME


def judgements(*paths: Path) -> Judgements:
    """Return the judgements of some files; if none are given those that come with the graph, and the user's own.

    Raises:
        FileError: a file cannot be read.
        ParameterError: a row is none of such a table.
    """
    found = paths or tuple(dict.fromkeys((content("data", "mappings", NAME), place())))
    return Judgements(row for path in found if path.is_file() for row in _rows(path))


def _rows(path: Path) -> list[Judgement]:
    lines = [line for line in read_text(path).splitlines() if not line.startswith("#")]
    found = []
    for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        if not (row.get("subject_id") and row.get("object_id")):
            detail = Phrase("{path}, row {number}: subject_id and object_id are needed", path=path, number=number)
            raise ParameterError(parameter="judgements", detail=detail)
        found.append(Judgement(*(row.get(name) or "" for name in COLUMNS)))
    return found


def line_of(path: Path, row: Judgement) -> int:
    """Return the line of a file on which a judgement stands, 0 where it does not."""
    start = f"{row.subject_id}\t"
    lines = read_text(path).splitlines() if path.is_file() else []
    return next((at for at, line in enumerate(lines, 1) if line.startswith(start) and row.object_id in line), 0)


def write(path: Path, found: Judgements) -> None:
    """Write judgements into a file, atomically; raises OutputError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, text_of(found).encode())


def text_of(found: Judgements) -> str:
    """Return judgements as an SSSOM table: head, columns, rows by id."""
    ids = {text for row in found.rows for text in (row.subject_id, row.object_id)}
    return sssom(HEAD, ids, COLUMNS, [astuple(row) for row in found.rows])


def sssom(head: Sequence[str], ids: Iterable[str], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return an SSSOM table (TSV), its prefixes declared: those of the ids, and of predicates and justifications."""
    prefixes = {text.partition(":")[0] for text in ids if "://" not in text and ":" in text}
    known = KNOWN | {name: SRC if name == SOURCE else f"{BASE}{name}/" for name in prefixes - KNOWN.keys()}
    out = io.StringIO()
    out.writelines(f"{line}\n" for line in head)
    out.writelines(f"#  {name}: {iri}\n" for name, iri in sorted(known.items()))
    for cells in (columns, *rows):
        out.write("\t".join(" ".join(cell.split()) for cell in cells) + "\n")
    return out.getvalue()
