"""The process that measures networks: `python -m bench.measuring ours|networkx|views|queries FILE|large|PACK`; it prints seconds as JSON.

FILE is a network as node-link JSON; `large` is a made-up one of 100,000 nodes and a million edges, of which few have many.
`views` takes each view out of the graph with a pack, `queries` runs the bare query of each. What takes networkx longer than
LIMIT seconds is stopped, and told as null.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx

from bench.closure import memory, timed
from bench.measure import LIMIT

NODES, DRAWN, SEED = 100_000, 1_030_000, 3
FEW, PIVOTS = 1, 32
"""networkx is given so few pivots, we take so many; both are told a pivot."""
VIEWS = ("cooperation", "one-way", "membership", "co-membership", "committees", "people", "standards", "records")


def large() -> Any:
    """Return the made-up network; degrees have a long tail, as those of real ones."""
    import numpy as np

    random = np.random.default_rng(SEED)
    weights = random.pareto(2.5, NODES) + 0.2
    ends = random.choice(NODES, (DRAWN, 2), p=weights / weights.sum()).tolist()
    found: Any = nx.Graph(mode="mutual")
    names = [f"n{number}" for number in range(NODES)]
    found.add_nodes_from(names)
    found.add_edges_from(((names[a], names[b]) for a, b in ends if a != b), weight=1)
    return found


def ours(found: Any, *, whole: bool) -> dict[str, Callable[[], Any]]:
    """Return what we measure."""
    from stdgraph.networks.measures import centrality, communities, sampled, two_mode

    shared = {
        "communities": lambda: communities.communities(found),
        "PageRank": lambda: centrality.pagerank(found),
    }
    if whole:
        return shared | {
            "betweenness": lambda: two_mode.betweenness(found),
            "closeness": lambda: two_mode.closeness(found),
            "harmonic": lambda: centrality.closeness(found),
            "eigenvector": lambda: centrality.eigenvector(found),
        }
    return shared | {
        "core": lambda: centrality.core(found),
        "betweenness": lambda: sampled.betweenness(found, PIVOTS),
    }


def networkx(found: Any, *, whole: bool) -> dict[str, Callable[[], Any]]:
    """Return what networkx measures, by itself."""
    shared = {
        "communities": lambda: nx.community.louvain_communities(found, seed=1),
        "PageRank": lambda: nx.pagerank(found, tol=1e-12 / len(found), max_iter=1000),
    }
    if whole:
        left = [node for node, side in found.nodes(data="side") if side == "member"]
        return shared | {
            "betweenness": lambda: nx.bipartite.betweenness_centrality(found, left),
            "closeness": lambda: nx.bipartite.closeness_centrality(found, left),
            "harmonic": lambda: nx.harmonic_centrality(found),
            "eigenvector": lambda: nx.eigenvector_centrality_numpy(found, weight="weight"),
        }
    return shared | {
        "core": lambda: nx.core_number(found),
        "betweenness": lambda: nx.betweenness_centrality(found, k=FEW, seed=1),
    }


def extracted(pack: str) -> dict[str, Callable[[], Any]]:
    """Return what takes each view out of the graph with a pack, its store open."""
    graph = opened(pack)
    return {view: partial(graph.network, view) for view in VIEWS}


def queries(pack: str) -> dict[str, Callable[[], Any]]:
    """Return what runs the bare query of each view on the same store."""
    from stdgraph.networks.views import view
    from stdgraph.storage.queries import text_of

    reads = opened(pack).reads
    texts = {name: text_of(view(name).query, "views") for name in VIEWS}
    return {name: partial(reads.select, text) for name, text in texts.items()}


def opened(pack: str) -> Any:
    """Return the graph with a pack; what is imported at first use is."""
    import stdgraph

    graph = stdgraph.open(pack=pack)
    graph.network("co-membership")
    return graph


def limited(work: Callable[[], Any]) -> float | None:
    """Return the seconds of some work; None if it was stopped after LIMIT."""

    def stop(*_: Any) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        return timed(work)[1]
    except TimeoutError:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def main(engine: str, what: str) -> None:
    """Print how long each measure takes, in seconds; betweenness of the large network a pivot."""
    if engine in ("views", "queries"):
        works = (extracted if engine == "views" else queries)(what)
    else:
        found = (
            large() if what == "large" else nx.node_link_graph(json.loads(Path(what).read_text("utf-8")), edges="edges")
        )
        found.graph["mode"] = "mutual" if what == "large" else "two-mode"
        works = (ours if engine == "ours" else networkx)(found, whole=what != "large")
    told = {name: limited(work) if engine == "networkx" else timed(work)[1] for name, work in works.items()}
    if what == "large" and (seconds := told["betweenness"]) is not None:
        told["betweenness"] = seconds / (PIVOTS if engine == "ours" else FEW)
    print(json.dumps({"told": told, "megabytes": memory()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
