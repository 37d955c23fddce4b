"""Pajek's .net: vertices with labels and their mode, arcs or edges with weights."""

from __future__ import annotations

from stdgraph.model import escape
from stdgraph.networks.formats.flat import arcs
from stdgraph.networks.network import Network, labelled


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network in Pajek's form, in UTF-8; of a two-mode network the left mode comes first, as Pajek asks."""
    at = {node: number for number, node in enumerate(found, start=1)}
    left = sum(about.get("side") == found.graph.get("left") for _, about in found.nodes(data=True))
    two = f" {left}" if found.graph.get("mode") == "two-mode" else ""
    lines = [f"% {name}: {value}" for name, value in found.graph.items() if isinstance(value, str) and value]
    lines.append(f"*Vertices {len(at)}{two}")
    lines += [f"{at[n]} {quoted(labelled(about, n, lang))}" for n, about in found.nodes(data=True)]
    lines.append("*Arcs" if found.is_directed() else "*Edges")
    lines += [f"{at[a]} {at[b]} {edge['weight']}" for a, b, edge in arcs(found)]
    return ("\n".join(lines) + "\n").encode()


def quoted(text: str) -> str:
    """Return a text in quotation marks, its own as apostrophes and its line breaks as blanks.

    >>> print(quoted('a "b"'))
    "a 'b'"
    """
    return '"' + " ".join(escape.line(text).replace('"', "'").split()) + '"'
