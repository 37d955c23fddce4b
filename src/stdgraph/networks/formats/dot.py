"""DOT, which Graphviz draws."""

from __future__ import annotations

from stdgraph.model import escape
from stdgraph.networks.formats.flat import arcs
from stdgraph.networks.network import Network, labelled

SHAPES = {"left": "ellipse", "right": "box"}


def written(found: Network, lang: str = "en", excel: bool = False) -> bytes:
    """Return a network as DOT; of a two-mode network the right mode is drawn as boxes."""
    kind, arrow = ("digraph", "->") if found.is_directed() else ("graph", "--")
    right = found.graph.get("right")
    lines = [f"// {name}: {value}" for name, value in found.graph.items() if isinstance(value, str) and value]
    lines += [f"{kind} {{", "  node [shape=ellipse];"]
    for node, about in found.nodes(data=True):
        shape = ", shape=box" if right and about.get("side") == right else ""
        lines.append(f"  {_quoted(node)} [label={_quoted(labelled(about, node, lang))}{shape}];")
    lines += [f"  {_quoted(a)} {arrow} {_quoted(b)} [weight={edge['weight']}];" for a, b, edge in arcs(found)]
    return ("\n".join([*lines, "}"]) + "\n").encode()


def _quoted(text: str) -> str:
    return '"' + " ".join(escape.line(text).replace("\\", "\\\\").replace('"', '\\"').split()) + '"'
