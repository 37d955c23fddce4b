"""Parameters of a request, as the options of commands: which there are, and how a value is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self
from urllib.parse import parse_qsl

from starlette.requests import Request

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, Text
from stdgraph.model.light import dataclass
from stdgraph.server.faults import RequestError

LONGEST = 1_000
"""Characters that a value may have."""
MOST = 100


class Both(Text):
    """A text that data have in both languages."""

    def __new__(cls, texts: Mapping[str, str]) -> Self:  # noqa: D102 (as the class says)
        both = super().__new__(cls, texts["en"])
        both.texts = dict(texts)
        return both

    texts: dict[str, str]

    def __getnewargs__(self) -> Any:
        return (self.texts,)

    def chinese(self) -> str:
        """Return it in Chinese."""
        return self.texts["zh"]


@dataclass(frozen=True)
class Option:
    """A parameter: `kind` is text, integer, flag or date; `repeatable` ones make a list."""

    name: str
    about: str
    kind: str = "text"
    example: str | None = None
    needed: bool = False
    repeatable: bool = False
    most: int = 10_000
    choices: tuple[str, ...] = ()

    def read(self, values: Sequence[str]) -> Any:
        """Return what was given; raises ParameterError."""
        if self.repeatable:
            return list(values)
        if len(values) > 1:
            raise self.wrong(Phrase("give it once"))
        text = values[0]
        if self.kind == "flag":
            if text.lower() not in ("true", "false", ""):
                raise self.wrong(Phrase("'{text}' is neither true nor false", text=text))
            return text.lower() != "false"
        if self.kind == "integer":
            if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= self.most):
                raise self.wrong(Phrase("give a whole number from 1 to {most}", most=self.most))
            return int(text)
        if self.choices and text not in self.choices:
            raise self.wrong(Phrase("'{value}' is none of {values}", value=text, values=", ".join(self.choices)))
        return text

    def wrong(self, detail: Phrase) -> ParameterError:
        """Return an error about a value."""
        return ParameterError(parameter=self.name, detail=detail)


def given(request: Request, options: Iterable[Option]) -> dict[str, Any]:
    """Return the parameters of a request by name; raises ParameterError for one that there is not, or is wrong, or lacks."""
    known = {option.name: option for option in options}
    found: dict[str, list[str]] = {}
    for name, value in fields(request):
        if name == "lang":
            continue
        if name not in known:
            detail = Phrase("there is no such parameter here; there are {names}", names=", ".join(known))
            raise ParameterError(parameter=name[:LONGEST], detail=detail)
        if not value.strip() and known[name].kind != "flag":
            raise known[name].wrong(Phrase("is empty"))
        if len(value) > LONGEST:
            raise known[name].wrong(Phrase("has more than {number} characters", number=LONGEST))
        found.setdefault(name, []).append(value)
    for option in known.values():
        if option.needed and option.name not in found:
            raise option.wrong(Phrase("needed: {about}", about=option.about))
    return {name: known[name].read(values) for name, values in found.items()}


def fields(request: Request) -> list[tuple[str, str]]:
    """Return names and values of the query of a URL; raises RequestError."""
    try:
        text = request.scope["query_string"].decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST)
    except ValueError:
        raise RequestError(400, Phrase("the fields of the request cannot be read")) from None


def apart(found: Mapping[str, Any], names: Iterable[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the parameters of some names, and the others."""
    names = set(names)
    return {n: v for n, v in found.items() if n in names}, {n: v for n, v in found.items() if n not in names}
