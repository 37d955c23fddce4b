"""stdgraph: an open knowledge graph of standardization actors and relations, and the tool that works on it."""

from stdgraph.api import Graph, open  # noqa: A004 (the public name)
from stdgraph.errors import (
    AmbiguousNameError,
    EndpointError,
    EngineError,
    InputError,
    StdgraphError,
    UnknownNameError,
)
from stdgraph.model.results import Answer, Entity, Source, Table

__version__ = "0.1.0"

__all__ = [
    "AmbiguousNameError",
    "Answer",
    "EndpointError",
    "EngineError",
    "Entity",
    "Graph",
    "InputError",
    "Source",
    "StdgraphError",
    "Table",
    "UnknownNameError",
    "__version__",
    "open",
]
