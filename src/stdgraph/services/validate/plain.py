"""The texts, and files, with which nothing was wrong, kept for the next check: most of a graph is as it was.

What is wrong with a text rests on its letters, its tag and its property alone, what is wrong with how a file is written on
its bytes and its place; and on the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from stdgraph.services.validate.program import program
from stdgraph.storage import quick
from stdgraph.storage.folders import cache_folder

MOST = 100_000
"""Of so many texts at most it is kept that they are plain: those of a large register would take longer to read than to judge."""
Fault = TypeVar("Fault")
Judge = Callable[[Any, str], Sequence[Fault]]


class Plain:
    """Tells what is wrong with texts, and remembers with which nothing is."""

    def __init__(self) -> None:
        self.name = program()
        found = quick.recall(_place())
        self.known: Mapping[str, frozenset[str]] = found[1] if _is_of(found, self.name) else {}
        self.seen: dict[str, set[str]] = {}

    def faults(self, verb: str, values: Iterable[Any], judge: Judge[Fault]) -> dict[Any, Sequence[Fault]]:
        """Return the values of a property with which something is wrong, and what.

        Args:
            verb: the property.
            values: literals.
            judge: tells what is wrong with one.
        """
        known, seen, wrong = self.known.get(verb, frozenset()), self._seen(verb), {}
        for value in values:
            text = str(value)
            if text not in known and (faults := judge(value, verb)):
                wrong[value] = faults
            else:
                seen.add(text)
        return wrong

    def is_known(self, kind: str, name: str) -> bool:
        """Tell whether it is known that nothing is wrong with something."""
        return name in self.known.get(kind, ())

    def note(self, kind: str, name: str) -> None:
        """Take note that nothing is wrong with something."""
        self._seen(kind).add(name)

    def _seen(self, kind: str) -> set[str]:
        return self.seen.setdefault(kind, set())

    def keep(self) -> None:
        """Keep what was plain now, where that is not what is kept already."""
        if self.seen != self.known and sum(map(len, self.seen.values())) <= MOST:
            quick.keep(_place(), (self.name, {verb: frozenset(texts) for verb, texts in self.seen.items()}))


def _is_of(found: Any, name: str) -> bool:
    return isinstance(found, tuple) and len(found) == 2 and found[0] == name and isinstance(found[1], dict)


def _place() -> Path:
    return cache_folder() / "stamps" / "plain-texts"
