"""The process that imports: `python -m bench.importing DO …`; it prints what was measured as one line of JSON.

add COMMITTEES [STANDARDS…]   `pack add iso`, in process
compile                       open the graph with the pack, with an empty cache: all that a first question waits for
bulk FOLDER                   Oxigraph's own bulk load of the same triples from plain files, made in FOLDER outside the timing
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.closure import memory, timed

DAY = "2025-06-12"


def add(committees: str, *standards: str) -> dict[str, Any]:
    """Import a register."""
    from stdgraph.services.pack import Inputs, add

    given = Inputs({"committees": [Path(committees)], "standards": [Path(name) for name in standards]}, DAY)
    added, seconds = timed(lambda: add("iso", given))
    counts = added.report.counts
    return {
        "seconds": seconds,
        "megabytes": memory(),
        "triples": added.snapshot.manifest["triples"],
        "records": counts.get("standards") or counts["committees"],
    }


def compile_all() -> dict[str, Any]:
    """Compile the packaged graph with the pack."""
    import stdgraph
    from stdgraph.storage.store import stores_folder

    shutil.rmtree(stores_folder(), ignore_errors=True)
    _, seconds = timed(lambda: stdgraph.open(pack="iso"))
    return {"seconds": seconds, "megabytes": memory()}


def bulk(folder: str) -> dict[str, Any]:
    """Load the pack's triples with Oxigraph alone, then bring its files in order as stdgraph does."""
    import pyoxigraph as ox

    from stdgraph.packs import snapshots

    place, parts = Path(folder), snapshots.snapshot("iso", DAY).parts
    for number, part in enumerate(parts):
        if not (place / f"{number}").exists():
            with part.stream() as packed, (place / f"{number}").open("wb") as plain:
                shutil.copyfileobj(packed, plain, 1 << 20)
    shutil.rmtree(place / "store", ignore_errors=True)
    store = ox.Store(str(place / "store"))

    def load() -> None:
        for number, part in enumerate(parts):
            home, path = ox.NamedNode(part.graph), str(place / f"{number}")
            if part.bulk:
                store.bulk_load(path=path, format=ox.RdfFormat.N_TRIPLES, to_graph=home)
            else:
                store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)

    _, seconds = timed(load)
    _, ordering = timed(store.optimize)
    return {"seconds": seconds, "megabytes": memory(), "ordering": ordering}


DEEDS: dict[str, Callable[..., dict[str, Any]]] = {"add": add, "compile": compile_all, "bulk": bulk}

if __name__ == "__main__":
    print(json.dumps(DEEDS[sys.argv[1]](*sys.argv[2:])))
