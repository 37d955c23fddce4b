"""The forms that people fill in: one file of `data/templates/` a form, its columns with their words in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.model.spelling import key
from stdgraph.storage.files import content, read_text

PLACE = "evidence"
"""The form whose columns of the place in a document end every other form, too."""


@dataclass(frozen=True)
class Column:
    """A column of a form: its words, what it becomes in the graph, and what may stand in it.

    `kind` says how a cell is read (`values.py`), `property` what it states. `classes`, `below` and `scheme` bound what may
    be named, `language` tells the tag of a text.
    """

    name: str
    zh: str
    kind: str
    about: Mapping[str, str]
    property: str = ""
    classes: tuple[str, ...] = ()
    below: str = ""
    scheme: str = ""
    language: str = ""
    longest: int = 1000
    needed: bool = False
    many: bool = False
    place: bool = False

    def heading(self, lang: str = "en") -> str:
        """Return the word above the column."""
        return self.zh if lang.startswith("zh") else self.name


@dataclass(frozen=True)
class Template:
    """A form: what a row of it makes, in which file, and by which columns a record is known to be one that is there."""

    name: str
    cls: str
    file: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    columns: tuple[Column, ...]
    same: tuple[str, ...] = ()
    id: str = ""
    kinds: str = ""

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return next(column for column in self.columns if column.name == name)


@cache
def templates() -> dict[str, Template]:
    """Return all forms by name."""
    paths = sorted(content("data", "templates").glob("*.toml"))
    read = {path.stem: tomllib.loads(read_text(path)) for path in paths}
    places = tuple(_column(c, place=True) for c in read[PLACE]["place"])
    return {name: _template(name, found, places) for name, found in read.items()}


def template(name: str) -> Template:
    """Return a form by its name in either language; raises ParameterError."""
    named = {key(word): t for t in templates().values() for word in (t.name, *t.title.values())}
    if found := named.get(key(name)):
        return found
    detail = Phrase("there is no form '{name}'; there are {names}", name=name, names=", ".join(templates()))
    raise ParameterError(parameter="template", detail=detail)


def _template(name: str, found: Mapping[str, Any], places: tuple[Column, ...]) -> Template:
    columns = tuple(_column(c) for c in found.get("column", ()))
    about = {"title": found["title"], "about": found["about"], "columns": columns + places}
    more = {word: found[word] for word in ("id", "kinds") if word in found}
    return Template(name, found["class"], found.get("file", ""), **about, same=tuple(found.get("same", ())), **more)


def _column(found: Mapping[str, Any], *, place: bool = False) -> Column:
    return Column(**{**found, "classes": tuple(found.get("classes", ())), "place": place})
