"""Which thing a cell names: one of the graph by an exact name or id, or one that another row of the same files makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stdgraph.errors import AmbiguousNameError, UnknownNameError
from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase, translated
from stdgraph.model.later import later
from stdgraph.model.spelling import key
from stdgraph.model.vocabulary import BASE, SRC, expand, short
from stdgraph.services.intake.faults import CellError, LaterError
from stdgraph.storage.nearest import nearest as nearest_of

if TYPE_CHECKING:
    from stdgraph.matching.candidates import Matcher

FEW, LIKELY = 5, 3
WRITTEN = later(r"[A-Za-z0-9:/._~#-]+")
"""Of these characters the ids of the graph are made; others may be no IRI."""


@dataclass
class Things:
    """Looks names up.

    `made` holds what rows have made, by the keys of its names and by id, `countries` those of bodies among it; `ahead` the names of rows that are not read yet, and `broken`
    of those that cannot be: what names one of these is no fault of its own.
    """

    graph: Graph
    lang: str = "en"
    made: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    ahead: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    matcher: Matcher | None = None

    def add(self, iri: str, names: Sequence[str], kinds: set[str]) -> None:
        """Note what a row has made."""
        self.kinds[iri] = self.kinds.get(iri, set()) | kinds
        for name in (*names, short(iri)):
            known = self.made.setdefault(key(name), [])
            if iri not in known:
                known.append(iri)

    def named(self, text: str, classes: Sequence[str]) -> str:
        """Return the IRI of the one thing of some classes that a text names, "" where its row is at fault.

        Raises:
            CellError: nothing is named so, or several things are; the candidates or the nearest are told.
            LaterError: it is a row that is not read yet.
        """
        new = [iri for iri in self.made.get(key(text), ()) if self.kinds[iri] & set(classes)]
        old, fault = self._in_graph(text, classes)
        found = list(dict.fromkeys([*new, *old]))
        if len(found) == 1:
            return found[0]
        if found:
            raise CellError(_several(text, [short(iri) for iri in found]) if new else fault)
        if key(text) in self.broken:
            return ""
        if key(text) in self.ahead:
            raise LaterError
        raise CellError(fault)

    def known(self, text: str) -> str:
        """Return the IRI of any record or thing by its id, or of a thing by its name."""
        if iri := next(iter(self.made.get(key(text), ())), ""):
            return iri
        if "/" in text and " " not in text and self.is_there(iri := expand(text)):
            return iri
        return self.named(text, ())

    def is_there(self, iri: str) -> bool:
        """Tell whether the graph says anything of a thing."""
        return bool(list(select(self.graph, "known", [iri]))) if _is_iri(iri) else False

    def _in_graph(self, text: str, classes: Sequence[str]) -> tuple[list[str], str]:
        """Return what the graph has of that name or id, and what to tell where it is not one thing."""
        if "SourceDocument" in classes and self.is_there(SRC + text):
            return [SRC + text], ""
        names = self.graph.names
        try:
            found = names.resolve(text, classes, self.lang)
        except AmbiguousNameError as error:
            return self._exact(text, error.candidates), _several(text, error.candidates)
        except UnknownNameError as error:
            return [], self._unknown(text, error.values["nearest"], classes)
        if found.iri != expand(text) and found.iri not in names.keyed(text):
            return [], self._unknown(text, names.line(found, self.lang), classes)
        if classes and not self._is_of(found.iri, classes):
            detail = Phrase(
                "'{name}' is {thing}, of another kind than {kinds}",
                name=text,
                thing=names.line(found, self.lang),
                kinds=self._called(classes),
            )
            return [], detail
        return [found.iri], ""

    def _exact(self, text: str, candidates: Sequence[str]) -> list[str]:
        """Return which candidates bear a name as it is written, and do not only hold its words."""
        return [iri for iri in self.graph.names.keyed(text) if short(iri) in {c.split("  ")[0] for c in candidates}]

    def _is_of(self, iri: str, classes: Sequence[str]) -> bool:
        held = {row["o"].value.rpartition("#")[2] for row in select(self.graph, "classes-of", [iri])}
        return bool(held & set(classes))

    def _unknown(self, text: str, nearest: str, classes: Sequence[str]) -> Phrase:
        nearest = self._likely(text, classes) or nearest
        if not classes:
            return Phrase("nothing is named '{name}'; nearest: {nearest}", name=text, nearest=nearest or "-")
        kinds = self._called(classes)
        if "SourceDocument" in classes:
            nearest = ", ".join(self._keys_near(text)) or nearest
        return Phrase(
            "nothing is named '{name}' ({kinds}); nearest: {nearest}", name=text, kinds=kinds, nearest=nearest or "-"
        )

    def _likely(self, text: str, classes: Sequence[str]) -> str:
        """Return what a text may mean, with the scores of `reconcile`, the likeliest first; "" where nothing is near."""
        from stdgraph.matching.candidates import Asked, Matcher
        from stdgraph.storage.judgements import judgements

        self.matcher = self.matcher or Matcher(self.graph.names, judgements())
        found = self.matcher.candidates(Asked(text), classes, top=LIKELY)
        return ", ".join(f"{self.graph.names.line(c.thing, self.lang)} {c.score}" for c in found)

    def _keys_near(self, text: str) -> list[str]:
        keys = [thing.iri.removeprefix(SRC) for thing in self.graph.names.of_kind("SourceDocument")]
        return [keys[at] for at in nearest_of(text, keys)]

    def _called(self, classes: Sequence[str]) -> str:
        from stdgraph.graph.labels import kinds

        known = kinds(self.graph, set(classes), self.lang)
        return str(translated(Phrase(", "), self.lang)).join(known[name].label for name in classes)


def _several(text: str, candidates: Sequence[str]) -> Phrase:
    names = "; ".join(candidates[:FEW])
    return Phrase(
        "'{name}' names {count} things; give one of these ids: {names}", name=text, count=len(candidates), names=names
    )


def _is_iri(text: str) -> bool:
    return text.startswith((BASE, SRC)) and WRITTEN.fullmatch(text) is not None
