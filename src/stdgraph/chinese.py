"""English texts in Chinese, by the templates of `chinese.toml`, which is read only where Chinese is asked for.

In a template `{name}` stands for any text. What stands for `{detail}` has an entry of its own, `{metavar}` holds
placeholders such as NAME, and `{quoted}` (or `{quoted_…}`)
texts in English quotation marks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any


@dataclass(frozen=True)
class Template:
    """An English text with places for values, and the Chinese text that takes them."""

    literals: tuple[str, ...]
    pattern: str
    zh: str


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Return the sections of the catalogue."""
    return tomllib.loads(Path(__file__).with_name("chinese.toml").read_text("utf-8"))


def chinese(text: str) -> str:
    """Return a text in Chinese; one that has no entry stays as it is.

    >>> chinese("'2016-13' is not a day of the calendar"), chinese("BSI")
    ('“2016-13”不是有效的日历日期', 'BSI')
    """
    if (found := _texts().get(text)) is not None:
        return found
    for template in _templates():
        may_match = all(part in text for part in template.literals)
        if may_match and (match := re.fullmatch(template.pattern, text, re.DOTALL)):
            return template.zh.format(**{n: _value(n, v) for n, v in match.groupdict().items()})
    return text


def metavars(text: str) -> str:
    """Return a usage line with its placeholders in Chinese.

    >>> metavars("[OPTIONS] NAME")
    '[选项] 名称'
    """
    words = catalogue()["placeholders"]
    return re.sub(r"\b[A-Z]+(?: [A-Z]+)*\b", lambda found: str(words.get(found[0], found[0])), text)


def cell(column: str, text: str) -> str:
    """Return a code that stands in a column of a table, such as `possible`, in Chinese."""
    return str(catalogue()["cells"].get(column, {}).get(text, text))


def _value(name: str, value: str) -> str:
    change = SPECIAL.get(name.partition("_")[0])
    return change(value) if change else value


def _quoted(text: str) -> str:
    """Return texts in Chinese quotation marks.

    >>> _quoted("'a', 'b'")
    '“a”、“b”'
    """
    return re.sub(r"(['\"])(.*?)\1", r"“\2”", text).replace("”, “", "”、“")


SPECIAL: dict[str, Callable[[str], str]] = {"detail": chinese, "metavar": metavars, "quoted": _quoted}
"""Names of places whose values change too."""


@cache
def _texts() -> dict[str, str]:
    sections = (found for name, found in catalogue().items() if name not in ("placeholders", "cells"))
    return {en: zh for section in sections for en, zh in section.items()}


@cache
def _templates() -> tuple[Template, ...]:
    """Return the entries that take values, those with most letters of their own first."""
    found = [_template(en, zh) for en, zh in _texts().items() if "{" in en]
    return tuple(sorted(found, key=lambda t: -sum(map(len, t.literals))))


def _template(en: str, zh: str) -> Template:
    literals, pattern = [], ""
    for literal, name, _, _ in Formatter().parse(en):
        literals.append(literal)
        pattern += re.escape(literal)
        if name is not None:
            pattern += f"(?P={name})" if f"(?P<{name}>" in pattern else f"(?P<{name}>.*?)"
    return Template(tuple(filter(None, literals)), pattern, zh)
