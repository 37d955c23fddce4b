"""stdgraph: an open knowledge graph of standardization actors and relations, and the tool that works on it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stdgraph.api import Graph, apply, diff, open  # noqa: A004 (the public name)
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
    "apply",
    "diff",
    "open",
]


HOMES = ("api", "errors", "model.results")
"""The modules in which the public names are, and of which the first two are public themselves."""


def __getattr__(name: str) -> Any:
    """Return a public name, imported when somebody asks for it: the command line does without most."""
    from importlib import import_module

    if name in HOMES:
        return import_module(f"stdgraph.{name}")
    if name in __all__:
        found = [
            vars(home)[name]
            for home in map(import_module, (f"stdgraph.{home}" for home in HOMES))
            if name in vars(home)
        ]
        return globals().setdefault(name, found[0])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
