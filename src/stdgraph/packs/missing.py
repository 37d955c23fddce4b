"""Which registers a question lacks, and how to add them."""

from __future__ import annotations

from collections.abc import Iterable

from stdgraph.graph.near import Option
from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase, marked
from stdgraph.model.vocabulary import GRAPH

BESIDE = marked("the register {pack} is imported, but was not asked: add {option}")
GET, GET_MORE = (
    marked("no register {pack}: import it (`{command}`), then add {option}"),
    marked("the register {pack} may bring more: import it (`{command}`), then add {option}"),
)
IMPORT = marked("no register {pack}: import it (`{command}`)")


def missing(graph: Graph, names: Iterable[str], *, more: bool, paired: bool = False) -> list[Phrase]:
    """Return what to tell of registers that a graph does not hold.

    Args:
        graph: an opened store or endpoint.
        names: the registers that a question needs.
        more: whether there are rows without them.
        paired: whether snapshots are taken from where they are imported, loaded or not.
    """
    from stdgraph.packs.registers import register
    from stdgraph.packs.snapshots import names as imported

    loaded = {
        row["x"].value.removeprefix(f"{GRAPH}pack/").partition("/")[0] for row in select(graph, "registers-loaded")
    }
    there = set(imported())
    found = []
    for name in names:
        option = Option(f"--pack {name}")
        command = f"stdgraph pack {'update' if 'downloads' in register(name).settings else 'add'} {name}"
        if name in loaded or (paired and name in there):
            continue
        if name in there:
            found.append(Phrase(BESIDE, pack=name, option=option))
        elif paired:
            found.append(Phrase(IMPORT, pack=name, command=command))
        else:
            found.append(Phrase(GET_MORE if more else GET, pack=name, command=command, option=option))
    return found
