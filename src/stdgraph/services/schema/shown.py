"""A schema as people and programs read it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.graph.codes import Code
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.light import dataclass, field
from stdgraph.model.results import Cell, Row, Table
from stdgraph.model.vocabulary import short
from stdgraph.services.schema import forms
from stdgraph.services.schema.terms import Known, Use, name_of

SHOWN, LONGEST, CODES = 3, 48, 20
"""A row names so many classes, and so many signs of an example; a head so many codes."""
BROADER, NARROWER = marked("Broader: {names}"), marked("Narrower: {names}")
USED = {"class": marked("class of {number} things"), "property": marked("property in {number} statements")}


@dataclass(frozen=True)
class Schema:
    """The classes and properties of a graph, or one of them (`term`) with all that it goes with."""

    known: dict[str, Known]
    words: dict[str, str]
    """Labels of the things in the examples, in the language asked for."""
    lang: str = "en"
    term: str = ""
    others: dict[str, Known] = field(default_factory=dict)
    """All terms, for their labels."""
    sides: dict[tuple[str, bool], int] = field(default_factory=dict)
    """Of one class: how many statements with a property go out from its things, and (False) come in."""
    tree: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """The classes just above the one class, and just below it."""
    below: frozenset[str] = frozenset()
    """The one class and all below it."""
    codes: tuple[Code, ...] = ()
    """The list that the values of the one property are taken from."""

    def __iter__(self) -> Iterator[Known]:
        return iter(self.known.values())

    @cached_property
    def uses(self) -> list[Use]:
        """Each use once, the most frequent first."""
        found = dict.fromkeys(use for known in self for use in known.uses)
        return sorted(found, key=lambda use: (-use.statements, use.domain, use.property, use.range))

    def table(self) -> Table:
        """Return a row for each class and property; of one term, a row for each of its uses."""
        return self._of_term() if self.term else self._of_all()

    def _of_all(self) -> Table:
        columns = ("term", "label", "kind", "used", "with", "example", "questions")
        rows = []
        for known in self:
            cells: dict[str, Cell] = {
                "term": short(known.iri),
                "label": known.name(self.lang),
                "kind": known.kind,
                "used": known.used,
                "with": self._with(known),
                "example": self._example(known),
                "questions": len(known.questions) or None,
            }
            rows.append(Row(cells))
        return Table(columns, tuple(rows))

    def _with(self, known: Known) -> str:
        """Return what a property leads from and to, or which properties a class has, the most frequent first."""
        if known.kind == "class":
            own = dict.fromkeys(short(use.property) for use in known.uses)
            return ", ".join(list(own)[:SHOWN]) + (" …" if len(own) > SHOWN else "")
        sides = (dict.fromkeys(side) for side in zip(*((u.domain, u.range) for u in known.uses), strict=True))
        return " → ".join(", ".join(map(name_of, list(s)[:SHOWN])) + (" …" if len(s) > SHOWN else "") for s in sides)

    def _example(self, known: Known) -> str:
        if known.kind == "class" or not known.uses:
            return self.told(ox.NamedNode(known.example)) if known.example else ""
        subject, value = known.uses[0].example
        return f"{self.told(ox.NamedNode(subject))} → {self.told(value)}"

    def told(self, value: Any) -> str:
        """Return a value of an example as people read it."""
        text = value.value if isinstance(value, ox.Literal) else self.words.get(value.value, short(value.value))
        return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0] or text[:LONGEST]} …"

    def _of_term(self) -> Table:
        rows = []
        for use in self.known[self.term].uses:
            cells: dict[str, Cell] = {
                "from": name_of(use.domain),
                "property": short(use.property),
                "to": name_of(use.range),
                "used": use.statements,
                "example": f"{self.told(ox.NamedNode(use.example[0]))} → {self.told(use.example[1])}",
            }
            rows.append(Row(cells))
        return Table(("from", "property", "to", "used", "example"), tuple(rows))

    def brief(self) -> Table:
        """Return what people read first: terms by their names; of a class each property once, those that lead to it with `^`."""
        if not self.term:
            return self.table().select("term", "label", "kind", "used", "questions")
        if self.known[self.term].kind != "class":
            return self._of_property()
        sides = sorted((side for side in self.sides if self.sides[side]), key=self._rank)
        return Table(("property", "to", "used", "example"), tuple(self._side(*side) for side in sides))

    def _side(self, prop: str, goes_out: bool) -> Row:
        """Return a row for what a property leads to from the one class, or from where it leads to it."""
        uses = [use for use in self.known[self.term].uses if use.property == prop and self._is_side(use, goes_out)]
        ends = list(dict.fromkeys(name_of(use.range if goes_out else use.domain) for use in uses))
        subject, value = uses[0].example
        cells: dict[str, Cell] = {
            "property": f"{'' if goes_out else '^'}{short(prop)}",
            "to": ", ".join(ends[:SHOWN]) + (" …" if len(ends) > SHOWN else ""),
            "used": self.sides[prop, goes_out],
            "example": self.told(value if goes_out else ox.NamedNode(subject)),
        }
        return Row(cells)

    def _of_property(self) -> Table:
        """Return the uses of the one property, each with the value of its example."""
        rows = []
        for use in self.known[self.term].uses:
            ends: dict[str, Cell] = {"from": name_of(use.domain), "to": name_of(use.range)}
            rows.append(Row(ends | {"used": use.statements, "example": self.told(use.example[1])}))
        return Table(("from", "to", "used", "example"), tuple(rows))

    def _rank(self, side: tuple[str, bool]) -> tuple[bool, int, str]:
        return not side[1], -self.sides[side], side[0]

    def _is_side(self, use: Use, goes_out: bool) -> bool:
        """Tell whether a use leads from things of the one class, or to them, by its ends."""
        return (use.domain if goes_out else use.range) in self.below

    def head(self) -> list[str]:
        """Return lines that say what the one term is, in both languages."""
        known = self.known[self.term]
        used = Phrase(USED[known.kind], number=known.used)
        lines = [f"{short(known.iri)}  ({translated(used, self.lang)})", known.iri]
        for lang in ("en", "zh"):
            if known.label.get(lang):
                lines.append(": ".join(filter(None, (known.label[lang], known.definition.get(lang)))))
        lines += self._around()
        if known.questions:
            lines.append(translated(Phrase("Questions: {names}", names=", ".join(known.questions)), self.lang))
        return lines

    def _around(self) -> list[str]:
        """Return lines with the classes above and below the one class, or the codes that the one property takes."""
        lines: list[str] = []
        for message, iris in zip((BROADER, NARROWER), self.tree, strict=True):
            if iris:
                lines.append(translated(Phrase(message, names=", ".join(map(name_of, iris))), self.lang))
        if self.codes:
            lines.append(translated(Phrase("Codes ({number}):", number=len(self.codes)), self.lang))
            wide = max(len(short(code.iri)) for code in self.codes[:CODES])
            lines += [f"  {short(code.iri):{wide}}  {code.label(self.lang)}" for code in self.codes[:CODES]]
            lines += ["  …"] * (len(self.codes) > CODES)
        return lines

    def to_json(self) -> Any:
        """Return plain values: a list of terms, or the one term."""
        told = [self._plain(known) for known in self]
        return told[0] if self.term else told

    def _plain(self, known: Known) -> dict[str, Any]:
        return {
            "term": short(known.iri),
            "iri": known.iri,
            "kind": known.kind,
            "label": known.label,
            "definition": known.definition,
            "used": known.used,
            "uses": [
                {
                    "from": use.domain or None,
                    "property": use.property,
                    "to": use.range or None,
                    "used": use.statements,
                    "example": [use.example[0], use.example[1].value],
                }
                for use in known.uses
            ],
            "questions": list(known.questions),
        }

    def triples(self) -> Iterator[ox.Triple]:
        """Yield a VoID description: a partition for each class and property, and for each property of a class."""
        return forms.triples(self.known, self.uses)

    def mermaid(self) -> str:
        """Return a class diagram for Mermaid: the ties that are used most, and of one class also its literals."""
        return forms.mermaid(self.known | self.others, self.uses, self.term, self.lang)
