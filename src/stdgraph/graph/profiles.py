"""The files of `queries/profiles/`: which things have which page, and its panels, each a question with its parameters."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from stdgraph.errors import ProfileError
from stdgraph.locale import Foreign, Phrase
from stdgraph.model.light import dataclass
from stdgraph.storage.files import content, read_text

FIRST = "$1"
"""The first thing of a page."""
EACH = "$*"
"""Each thing of a page on several; in two parameters of a panel each two of them."""
SHOW = 5
"""Rows of a panel that stand on the page, where its file does not say."""
MANY = 1 << 30
NUMBERS = {1: (1, 1), 2: (2, 2), "2+": (2, MANY)}
"""What `names` says, and how few and how many things that is."""
KEYS = {
    "name",
    "question",
    "parameters",
    "show",
    "sort",
    "columns",
    "chart",
    "pack",
    "compare",
    "title",
    "title_zh",
    "line",
    "by",
}
HEAD = {"title", "title_zh", "kinds", "names"}


@dataclass(frozen=True)
class Asked:
    """A panel as its file states it.

    `parameters` holds `$1`, `$2` for the first and second thing of the page, `$*` for each, else a constant. `show` is
    the number of rows on the page, `sort` and `columns` what they are sorted by and what of them is shown; nothing for
    what the question has. `pack` names a data pack without which there are no rows, beside those that
    the question needs. `line` names the columns of a list that stands in a line or two rather than in a table, `by` one whose
    values are counted there in place of its rows. `compare` says whether the number of its rows tells something where pages stand side by side.
    """

    name: str
    question: str
    title: Mapping[str, str]
    parameters: Mapping[str, str]
    show: int = SHOW
    sort: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    chart: str = ""
    pack: str = ""
    compare: bool = True
    line: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True)
class Plan:
    """A page as its file states it: for how many things, of which classes (by their local names, `*` for all), its panels."""

    name: str
    title: Mapping[str, str]
    kinds: tuple[str, ...]
    fewest: int
    most: int
    panels: tuple[Asked, ...]


def plan_names() -> list[str]:
    """Return the names of all profiles, sorted."""
    return sorted(path.stem for path in content("queries", "profiles").glob("*.toml"))


def plan(name: str) -> Plan:
    """Return a profile by the name of its file; raises ProfileError where that is not well formed.

    >>> plan("pair").fewest
    2
    """
    path = content("queries", "profiles", f"{name}.toml")
    return parse_plan(path, read_text(path))


def plan_heads() -> list[Plan]:
    """Return all profiles without their panels, which takes a fraction of the time; raises ProfileError."""
    paths = [content("queries", "profiles", f"{name}.toml") for name in plan_names()]
    return [parse_plan(path, read_text(path).partition("\n[[panel]]")[0]) for path in paths]


@lru_cache(maxsize=64)
def parse_plan(path: Path, text: str) -> Plan:
    """Return the profile in a file's text (TOML); raises ProfileError, which names the file and the place."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(path=path, detail=Phrase("is not TOML: {detail}", detail=Foreign(error))) from None
    try:
        _only(read, {*HEAD, "panel"})
        fewest, most = _number(read.get("names", 1))
        panels = tuple(_asked(at, given) for at, given in enumerate(read.get("panel", []), 1))
        if odd := [p.name for p in panels if [q.name for q in panels].count(p.name) > 1]:
            raise ValueError(Phrase("two panels are named {name}", name=odd[0]))
        kinds = tuple(_text(kind) for kind in read["kinds"])
        return Plan(path.stem, _titles(read), kinds, fewest, most, panels)
    except KeyError as error:
        raise ProfileError(path=path, detail=Phrase("lacks {name}", name=error.args[0])) from None
    except ValueError as error:
        raise ProfileError(path=path, detail=error.args[0]) from None


def _asked(at: int, given: Mapping[str, Any]) -> Asked:
    """Return the panel in a table of a file; raises ValueError, which names the panel."""
    try:
        _only(given, KEYS)
        show = given.get("show", SHOW)
        if not isinstance(show, int) or show < 1:
            raise ValueError(Phrase("{name} is not what it should be: {value}", name="show", value=repr(show)))
        compare = given.get("compare", True)
        if not isinstance(compare, bool):
            raise ValueError(Phrase("{name} is not what it should be: {value}", name="compare", value=repr(compare)))
        return Asked(
            name=_text(given["name"]),
            question=_text(given["question"]),
            title=_titles(given) if "title" in given else {},
            parameters={name: _text(value) for name, value in given.get("parameters", {}).items()},
            show=show,
            sort=_texts(given.get("sort", [])),
            columns=_texts(given.get("columns", [])),
            chart=_text(given.get("chart", "")),
            pack=_text(given.get("pack", "")),
            compare=compare,
            line=_texts(given.get("line", [])),
            by=_text(given.get("by", "")),
        )
    except KeyError as error:
        detail: Any = Phrase("lacks {name}", name=error.args[0])
    except ValueError as error:
        detail = error.args[0]
    raise ValueError(Phrase("panel {name}: {detail}", name=given.get("name", at), detail=detail))


def _only(given: Mapping[str, Any], known: set[str]) -> None:
    if odd := sorted(given.keys() - known):
        names = ", ".join(sorted(known))
        raise ValueError(Phrase("'{name}' is none of {names}", name=odd[0], names=names))


def _number(given: Any) -> tuple[int, int]:
    if given not in NUMBERS:
        raise ValueError(Phrase("{name} is not what it should be: {value}", name="names", value=repr(given)))
    return NUMBERS[given]


def _titles(given: Mapping[str, Any]) -> dict[str, str]:
    return {"en": _text(given["title"]), "zh": _text(given["title_zh"])}


def _texts(given: Any) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(_text(one) for one in given)


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise ValueError(Phrase("'{value}' is no text", value=given))
    return given
