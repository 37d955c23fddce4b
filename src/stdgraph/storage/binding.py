"""Variables of a stranger's query that are given a value: as a VALUES row in each group that speaks of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.storage.patterns import FORMS, Taken


def with_values(text: str, values: Mapping[str, str], *, partly: bool = False) -> str:
    """Return a query in which variables have values.

    Each group that names a variable gets a row `VALUES ?name { <…> }`, the outermost one too: so the value holds in
    subqueries, in each part of a UNION, inside OPTIONAL and MINUS, in templates and where rows are counted. Nothing
    is put into a query but IRIs.

    Args:
        text: a query that is right.
        values: name of the variable, without `?`, to an IRI.
        partly: a variable that the query does not name is passed over.

    Raises:
        ParameterError: the query does not name a variable, or gives it a value itself.

    >>> with_values("ASK { ?x a ?kind }", {"kind": "http://x/K"})
    'ASK { VALUES ?kind { <http://x/K> } ?x a ?kind }'
    """
    taken = Taken(text)
    rows: dict[int, str] = {}
    for name, iri in values.items():
        row = f" VALUES ?{name} {{ <{iri}> }}"
        for at in _places(taken, name, partly=partly):
            rows[at] = rows.get(at, "") + row
    parts, done = [], 0
    for at in sorted(rows):
        parts += [text[done:at], "\n" if at == len(text) else "", rows[at]]
        done = at
    return "".join(parts) + text[done:]


def _places(taken: Taken, name: str, *, partly: bool) -> list[int]:
    """Return the places in the text where a row of a variable goes."""
    named = [at for at, token in enumerate(taken.tokens) if token.kind == "var" and token.text[1:] == name]
    if not named:
        if partly:
            return []
        raise ParameterError(parameter="bind", detail=_absent(taken, name))
    for at in named:
        if taken.sign(at - 1) == "AS":
            detail = Phrase("the query itself gives ?{name} a value (AS ?{name}); name another variable", name=name)
            raise ParameterError(parameter="bind", detail=detail)
    outermost, _ = taken.where(taken.form)
    form = taken.sign(taken.form)
    if outermost < 0 or (form == "CONSTRUCT" and taken.sign(taken.form + 1) != "{"):
        return [len(taken.text)]
    return sorted(taken.tokens[at].end for at in {outermost, *_groups(taken, outermost, set(named))})


def _absent(taken: Taken, name: str) -> Phrase:
    known = ", ".join(sorted({t.text[:50] for t in taken.tokens if t.kind == "var"})[:20]) or "-"
    return Phrase("the query has no variable ?{name}; it has {names}", name=name, names=known)


def _groups(taken: Taken, outermost: int, named: set[int]) -> Iterator[int]:
    """Yield the brackets of the innermost groups around some variables.

    No groups are templates, the rows of VALUES, and the brackets around a subquery; nothing is yielded for its head.
    """
    around: list[int] = []
    rows = -1
    for at in range(outermost, len(taken.tokens)):
        sign = taken.sign(at)
        if sign == "VALUES":
            rows = (taken.closed[at + 1] if taken.sign(at + 1) == "(" else at + 1) + 1
        elif sign == "{":
            around.append(-1 if at == rows or taken.sign(at + 1) in FORMS else at)
        elif sign == "}":
            around.pop()
        elif at in named and around and around[-1] >= 0:
            yield around[-1]
