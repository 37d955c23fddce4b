"""What tools answer: plain values equal to the JSON of the commands, and the same as Markdown; long answers in parts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from stdgraph.locale import Phrase, marked, translated
from stdgraph.mcp.markdown import Sources, grid
from stdgraph.mcp.wording import arguments
from stdgraph.model import escape
from stdgraph.model.light import dataclass, field
from stdgraph.model.results import Answer, Table, text_of

MOST = 1 << 20
"""Bytes that an answer may have; an assistant could not read more."""


@dataclass(frozen=True)
class Reply:
    """An answer of a tool: as plain values and as text; or what was wrong."""

    text: str
    told: dict[str, Any] = field(default_factory=dict)
    is_error: bool = False

    @property
    def size(self) -> int:
        """How many bytes it has on the wire, about."""
        return len(self.text.encode("utf-8", "replace")) + len(json.dumps(self.told, ensure_ascii=False).encode())


def rows(
    table: Table, *, offset: int = 0, limit: int, title: str = "", notes: Sequence[str] = (), lang: str = "en"
) -> Reply:
    """Return a part of a table, with how many rows there are and where the next part begins."""
    part, count = table[offset : offset + limit], len(table)
    told = part.to_json()
    told["count"] = count
    after = offset + len(part)
    said = []
    if after < count:
        told["next"] = after
        message = marked("Rows {first} to {last} of {number}; offset {last} brings the next.")
        said = [str(translated(Phrase(message, first=offset + 1, last=after, number=count), lang))]
    heard = [arguments(str(translated(note, lang))) for note in notes]
    if heard:
        told["notes"] = heard
    sources = Sources(lang)
    head = [f"**{escape.markdown(title)}**", ""] if title else []
    lines = [*head, *grid(part, sources), *paragraphs([*said, *heard]), *sources.lines()]
    return Reply("\n".join(lines) + "\n", told)


def paragraphs(texts: Sequence[str]) -> list[str]:
    """Return lines with an empty one before each text."""
    return [line for text in texts for line in ("", escape.lines(text))]


def titled(answer: Answer) -> str:
    """Return the title of an answer with what was given, and the day."""
    given = ", ".join(f"{name}: {text_of(value)}" for name, value in answer.parameters.items())
    return answer.title + (f" ({given})" if given else "") + (f" [{answer.as_of}]" if answer.as_of else "")
