"""The command that asks a question with some arguments, as one types it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping

from stdgraph.errors import AmbiguousNameError, UnknownNameError
from stdgraph.graph.questions import Parameter, Question
from stdgraph.graph.reads import Graph
from stdgraph.model.vocabulary import short
from stdgraph.services.words.language import language
from stdgraph.services.words.wording import Wording

PLAIN = re.compile(r"[\w./:@%+,-]+")


def command(graph: Graph, asked: Question, arguments: Mapping[str, str], lang: str, like: str = "") -> str:
    """Return the command, things by their labels where these mean nothing else; `like` are words that narrow its rows."""
    given = [
        f"--{p.name}" + ("" if _is_flag(p) else f" {_quoted(_said(graph, arguments[p.name], p.kinds, lang))}")
        for p in asked.parameters
        if p.name in arguments
    ]
    chinese = ["--lang zh"] if lang.startswith("zh") else []
    words = [f"--like {shlex.quote(like)}"] if like else []
    return " ".join(["stdgraph ask", asked.name, *given, *words, *chinese])


def other_command(graph: Graph, wording: Wording, lang: str) -> list[str]:
    """Return the command that words ask for that say only what it does, and name things; nothing where they ask more."""
    things = list(dict.fromkeys(s.thing.iri for s in wording.spotted if s.is_thing))
    for name, said in language().commands.items():
        if wording.asking and said.issuperset(wording.asking) and len(things) >= (2 if name == "compare" else 1):
            chinese = ["--lang zh"] if lang.startswith("zh") else []
            return [" ".join([f"stdgraph {name}", *(_quoted(_said(graph, iri, (), lang)) for iri in things), *chinese])]
    return []


def _said(graph: Graph, value: str, kinds: tuple[str, ...], lang: str) -> str:
    """Return how a thing is named on the command line: by its code or label if that names it alone, else by its id."""
    thing = graph.names.get(value)
    if thing is None:
        return short(value)
    for name in dict.fromkeys(filter(None, (thing.label(lang), thing.code))):
        try:
            if graph.names.resolve(name, () if "Resource" in kinds else kinds, lang).iri == value:
                return name
        except (AmbiguousNameError, UnknownNameError):
            continue
    return short(value)


def _is_flag(parameter: Parameter) -> bool:
    return parameter.datatype.endswith("boolean")


def _quoted(value: str) -> str:
    return value if PLAIN.fullmatch(value) else shlex.quote(value)
