"""Patterns that are compiled when they are first used: compiling all that a program holds took a tenth of its start-up."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Later:
    """Becomes a pattern at its first use; each of its methods is looked up once."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


def later(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern as `re.compile` does, which is read when it is first used; so is what is wrong with it.

    >>> later("[0-9]+").findall("ISO 9001:2015")
    ['9001', '2015']
    """
    return cast("re.Pattern[AnyStr]", _Later(text, flags))
