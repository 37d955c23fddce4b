"""Where the finished pages stand: `en/country/CN.html`, the same in `zh/`; and where the explorer has the same place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, urlencode

from stdgraph.locale import Phrase
from stdgraph.model.later import later
from stdgraph.model.light import dataclass
from stdgraph.model.vocabulary import short

KINDS = {
    "country": Phrase("Countries"),
    "body": Phrase("Bodies"),
    "committee": Phrase("Committees and mechanisms"),
    "agreement": Phrase("Agreements and arrangements"),
    "document": Phrase("Documents"),
    "year": Phrase("Years"),
}
"""Profiles whose things have a finished page, and what the list of them is called."""
LANGS = ("en", "zh")
MOST = 1500
"""So many things of a kind have a finished page; the others are in the explorer, as all are."""
SAFE = later(r"[A-Za-z0-9][\w.-]{0,80}(/[A-Za-z0-9][\w.-]{0,80}){1,3}")
"""An id that is a path on any file server and disk."""


@dataclass(frozen=True)
class Places:
    """The things that have finished pages: their paths without language and ending, by IRI, and IRIs by kind."""

    paths: Mapping[str, str]
    kinds: Mapping[str, tuple[str, ...]]

    @property
    def profiles(self) -> Iterator[tuple[str, str]]:
        """Each thing with the name of its profile."""
        return ((iri, kind) for kind, things in self.kinds.items() for iri in things)

    def link(self, iri: str, lang: str, root: str) -> str:
        """Return the address of a thing from a page whose root is as many folders up: its page, or its place in the explorer."""
        path = self.paths.get(iri)
        return f"{root}{lang}/{path}.html" if path else explorer(["of", *short(iri).split("/")], lang, root)


def places(kinds: Mapping[str, str], most: int = MOST) -> Places:
    """Return where the pages of things stand, of whose profiles we know the names; no two in one place, whatever the disk."""
    paths: dict[str, str] = {}
    of_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    taken: set[str] = set()
    for iri, kind in kinds.items():
        path = short(iri).replace(":", "/", 1)
        if kind in of_kind and len(of_kind[kind]) < most and SAFE.fullmatch(path) and path.lower() not in taken:
            taken.add(path.lower())
            paths[iri] = path
            of_kind[kind].append(iri)
    return Places(paths, {kind: tuple(found) for kind, found in of_kind.items()})


def explorer(parts: Iterable[str], lang: str, root: str, given: Mapping[str, str] | None = None) -> str:
    """Return the address of a place in the explorer, as `web/src/shell/router.ts` reads it."""
    path = "/".join(quote(part, safe="") for part in (lang, *parts))
    return f"{root}index.html#/{path}{f'?{urlencode(given)}' if given else ''}"
