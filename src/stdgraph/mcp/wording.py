"""Words for the command line, in terms of tools and their arguments."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

from stdgraph.errors import OPTION

OURS = {"pack", "endpoint", "data", "timeout", "memory", "config"}
"""Options of the command that started the server; others are arguments of calls."""


def arguments(text: str) -> str:
    """Return a message that speaks of arguments instead of options.

    >>> arguments("--as-of: goes with --pack iso")
    'as_of: goes with --pack iso'
    """
    return OPTION.sub(lambda found: found[0] if found[1] in OURS else found[1].replace("-", "_"), text)


def call(command: str) -> str:
    """Return the arguments of `ask` that ask the same as a command does.

    >>> call("stdgraph ask agreements --actor 'United Kingdom' --bilateral --lang zh")
    '{"question": "agreements", "parameters": {"actor": "United Kingdom", "bilateral": "true"}}'
    """
    words = shlex.split(command)[2:]
    if not command.startswith("stdgraph ask ") or not words:
        return command
    given: dict[str, str] = {}
    name = ""
    for word in words[1:]:
        if re.fullmatch(r"--[a-z-]+", word):
            name = word.removeprefix("--")
            given[name] = "true"
        elif name:
            given[name] = word
    told: dict[str, Any] = {"question": words[0]}
    if parameters := {key: value for key, value in given.items() if key not in ("like", "lang")}:
        told["parameters"] = parameters
    return json.dumps(told, ensure_ascii=False)
