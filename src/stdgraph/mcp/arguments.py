"""What a tool takes: its arguments, their JSON Schema, and what is told where a call does not keep to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.light import dataclass, field

LONG = 1000
"""Characters that a name, a question in words or a day may have."""
MANY = 50
"""Names that a list, and values that an object may hold."""
TAKES = {
    "string": marked("a text"),
    "integer": marked("a whole number"),
    "boolean": marked("true or false"),
    "array": marked("a list of texts"),
    "object": marked("an object of texts, such as {example}"),
}
"""The JSON types of arguments, in words."""
TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


@dataclass(frozen=True)
class Argument:
    """An argument of a tool: its JSON type, what it is for, whether a call must give it; texts are no longer than `most`.

    A number lies between `least` and `most`; a text is one of `among`, where that names some. Lists and objects hold texts.
    """

    name: str
    type: str = "string"
    about: str = ""
    needed: bool = False
    least: int = 0
    most: int = LONG
    among: Sequence[str] = ()
    default: Any = None

    def schema(self, lang: str) -> dict[str, Any]:
        """Return the JSON Schema of its values."""
        told: dict[str, Any] = {"enum": list(self.among)} if self.among else {"type": self.type}
        if self.type == "integer":
            told |= {"minimum": self.least, "maximum": self.most, "default": self.default}
        if self.type == "array":
            told |= {"items": {"type": "string"}, "minItems": 1}
        if self.type == "object":
            told |= {"additionalProperties": {"type": ["string", "integer", "boolean"]}}
        return told | ({"description": str(translated(Phrase(self.about), lang))} if self.about else {})

    def read(self, value: Any) -> Any:
        """Return a value as the tool takes it; raises ParameterError."""
        if type(value) is not TYPES[self.type]:
            raise self._wrong(Phrase(TAKES[self.type], example='{"actor": "BSI"}'))
        if isinstance(value, int) and self.type == "integer" and not self.least <= value <= self.most:
            raise self._wrong(Phrase("a whole number from {least} to {most}", least=self.least, most=self.most))
        if self.among and value not in self.among:
            raise self._wrong(Phrase("one of {values}", values=", ".join(self.among)))
        if self.type == "string":
            return self._text(value)
        if self.type in ("array", "object"):
            return self._several(value)
        return value

    def _text(self, value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if not isinstance(value, str | int):
            raise self._wrong(Phrase(TAKES[self.type], example='{"actor": "BSI"}'))
        text = str(value)
        if not text.strip():
            raise ParameterError(parameter=self.name, detail=Phrase("is empty"))
        if len(text) > self.most:
            raise ParameterError(
                parameter=self.name, detail=Phrase("is longer than {number} characters", number=self.most)
            )
        return text

    def _several(self, value: Any) -> Any:
        if len(value) > MANY or (self.needed and not value):
            raise self._wrong(Phrase("one to {number} texts", number=MANY))
        if self.type == "array":
            return [self._text(one) for one in value]
        return {str(name)[:LONG]: self._text(one) for name, one in value.items() if one is not None}

    def _wrong(self, wanted: str) -> ParameterError:
        return ParameterError(parameter=self.name, detail=Phrase("is to be {what}", what=wanted))


@dataclass(frozen=True)
class Arguments:
    """All that a tool takes."""

    of: tuple[Argument, ...] = field(default=())

    def schema(self, lang: str) -> dict[str, Any]:
        """Return the JSON Schema of a call's arguments."""
        told: dict[str, Any] = {"type": "object", "properties": {one.name: one.schema(lang) for one in self.of}}
        if needed := [one.name for one in self.of if one.needed]:
            told["required"] = needed
        return told | {"additionalProperties": False}

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments of a call, those that it leaves out by their defaults; raises ParameterError."""
        names = [one.name for one in self.of]
        for name in given:
            if name not in names:
                told = Phrase("there is no such argument; there are {names}", names=", ".join(names))
                raise ParameterError(parameter=str(name)[:LONG], detail=told)
        for one in self.of:
            if one.needed and given.get(one.name) is None:
                raise ParameterError(parameter=one.name, detail=Phrase("is needed"))
        return {one.name: one.default if given.get(one.name) is None else one.read(given[one.name]) for one in self.of}
