"""A class or property, and its uses."""

from __future__ import annotations

import re
from typing import Any

from stdgraph.model.light import dataclass
from stdgraph.model.vocabulary import STDG, local, short


@dataclass(frozen=True)
class Use:
    """A property from things of a class to things of a class, or to literals of a datatype; `example` is the first one."""

    domain: str
    property: str
    range: str
    statements: int
    example: tuple[str, Any]


@dataclass(frozen=True)
class Known:
    """A class or property: what it is called and means in both languages, and how it is used.

    `used` counts things for a class and statements for a property.
    """

    iri: str
    kind: str
    label: dict[str, str]
    definition: dict[str, str]
    used: int = 0
    subjects: int = 0
    example: str = ""
    uses: tuple[Use, ...] = ()
    questions: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """Return the label in a language, else in the other, else the local name."""
        return self.label.get(lang) or self.label.get("en") or self.label.get("zh") or local(self.iri)


def name_of(iri: str) -> str:
    """Return a class as tables print it: our own without prefix."""
    return local(iri) if iri.startswith(STDG) else short(iri) if iri else "-"


def id_of(iri: str) -> str:
    """Return a term as part of an id: our own by its local name."""
    return re.sub(r"\W", "_", local(iri) if iri.startswith(STDG) else short(iri))
