"""The text of SPARQL queries: what stands outside of their names, strings and comments, and their faults."""

from __future__ import annotations

import re

import pyoxigraph as ox

from stdgraph.errors import QuerySyntaxError
from stdgraph.locale import Foreign, Phrase
from stdgraph.model.vocabulary import BASE, PREFIXES

SKIPPED = re.compile(
    r"<[^<>\"{}|^`\\\s]*>|#[^\r\n]*|"
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'|[?$]\w+|(?P<prefix>[\w-]*):[\w.-]*",
    re.DOTALL,
)
FROM = re.compile(r"(?<![@\w-])FROM\b", re.IGNORECASE)


def bare(text: str) -> str:
    """Return a query without its IRIs, prefixed names, variables, strings and comments.

    A prefix is left: the engine reads `SERVICE:x` as the keyword and a name without prefix.

    >>> bare("ASK { ?s a <http://x/SERVICE> } # SERVICE").split()
    ['ASK', '{', 'a', '}']
    """
    return SKIPPED.sub(lambda found: f"{found['prefix'] or ''} ", text)


def has_dataset(text: str) -> bool:
    """Tell whether a query says itself which graphs it reads (FROM, FROM NAMED).

    >>> has_dataset("ASK FROM <http://x/g> { ?s ?p ?o }"), has_dataset("ASK { ?from ?p 'FROM' }")
    (True, False)
    """
    return FROM.search(text) is not None and FROM.search(bare(text)) is not None


def check_syntax(text: str) -> None:
    """Read a query without asking anything; raises QuerySyntaxError."""
    try:
        ox.Store().query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        raise syntax_error(error, text) from None


def syntax_error(error: SyntaxError, text: str) -> QuerySyntaxError:
    """Return our error for the engine's on a query, with line and column."""
    told = str(error.msg)
    place = re.match(r"error at ([0-9]+):([0-9]+): ", told)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    said = " ".join((told[place.end() :] if place else told).split())
    detail = _incomplete(text) or Foreign(said[:200] + ("…" if len(said) > 200 else ""))
    return QuerySyntaxError(line=line, column=column, detail=detail)


def _incomplete(text: str) -> Phrase | None:
    """Return what is wrong with the first name that is not a whole IRI; the engine only tells what it expected."""
    known = {"_", *PREFIXES, *re.findall(r"PREFIX\s+([\w.-]*):", text, re.IGNORECASE)}
    based = re.search(r"\bBASE\b", bare(text), re.IGNORECASE)
    for name in (match[0] for match in SKIPPED.finditer(text)):
        start, colon, _ = name.partition(":")
        if name[0] == "<" and not based and not re.fullmatch(r"<[A-Za-z][A-Za-z0-9+.-]*", start):
            return Phrase("{name} is not a whole IRI: begin it with {base}, say", name=name[:100], base=BASE)
        if colon and name[0] not in "<\"'#?$" and start not in known:
            return Phrase("the prefix {prefix}: is not declared", prefix=start[:100])
    return None
