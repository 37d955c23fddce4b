"""Finished texts of others: told in Chinese by the entries of a context, whose places stand for any text.

There are two contexts: `foreign` (what libraries and the system say) and `locator` (words for places in documents, which
are data). What stands for `{detail}` has an entry of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from string import Formatter

from stdgraph.locale.catalogue import catalogue


@dataclass(frozen=True)
class Template:
    """An English text with places for values, and the Chinese text that takes them."""

    literals: tuple[str, ...]
    pattern: re.Pattern[str]
    zh: str


def matched(context: str, text: str) -> str:
    """Return a text in Chinese by the entry of a context that fits, itself where none does.

    >>> matched("foreign", "[Errno 2] No such file or directory: 'a'")
    'a：没有该文件或文件夹'
    """
    if (found := catalogue().pgettext(context, text)) != text:
        return found
    for template in _templates(context):
        may_match = all(part in text for part in template.literals)
        if may_match and (match := template.pattern.fullmatch(text)):
            return template.zh.format(**{n: _value(context, n, v) for n, v in match.groupdict().items()})
    return text


def _value(context: str, name: str, value: str) -> str:
    return matched(context, value) if name == "detail" else value


@cache
def _templates(context: str) -> tuple[Template, ...]:
    """Return the entries of a context that take values, those with most letters of their own first."""
    found = [_template(en, zh) for en, zh in catalogue().within(context).items() if "{" in en]
    return tuple(sorted(found, key=lambda t: -sum(map(len, t.literals))))


def _template(en: str, zh: str) -> Template:
    literals, pattern = [], ""
    for literal, name, _, _ in Formatter().parse(en):
        literals.append(literal)
        pattern += re.escape(literal)
        if name is not None:
            pattern += f"(?P={name})" if f"(?P<{name}>" in pattern else f"(?P<{name}>.*?)"
    return Template(tuple(filter(None, literals)), re.compile(pattern, re.DOTALL), zh)
