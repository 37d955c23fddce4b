"""What a picture of a network tells of it in words: its view, the options that were given, what it is made of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from stdgraph.locale import Phrase, marked, translated
from stdgraph.networks.network import Network
from stdgraph.networks.views import view

NAMES = {"kinds": "kind", "packs": "only-pack", "since": "from", "until": "to"}
"""What options are called on the command line, where that is another word."""
LICENSED = marked("CC-BY-4.0; data of registers as `stdgraph pack list` tells")


def title_of(found: Network, lang: str) -> str:
    """Return the title of the view that a network is of, "" for a network of one's own."""
    return view(found.graph["view"]).says("title", lang) if "view" in found.graph else ""


def options_of(found: Network, leave_out: Collection[str] = ()) -> list[str]:
    """Return the options that made a network what it is, as they are given."""
    options: dict[str, Any] = found.graph.get("options", {})
    return [_given(name, str(value)) for name, value in options.items() if name not in leave_out]


def _given(name: str, value: str) -> str:
    if name == "scope":
        return f"--{value}"
    option = NAMES.get(name, name.replace("_", "-"))
    return f"--{option}" if value == "True" else f"--{option} {value}"


def made_of(found: Network, lang: str) -> str:
    """Return what a network is made of; one's own has no licence of ours."""
    about = found.graph
    licence = str(translated(Phrase(LICENSED), lang)) if "licence" in about else ""
    registers = ", ".join(f"{name} {day}" for name, day in about.get("registers", {}).items())
    told = (
        f"stdgraph {about['stdgraph']}" if "stdgraph" in about else "stdgraph",
        registers,
        about.get("data", ""),
        licence,
    )
    return " · ".join(filter(None, told))
