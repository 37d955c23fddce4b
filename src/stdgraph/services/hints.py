"""What to tell of a free query that ran: terms that the graph does not know, and the pattern that found nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from stdgraph.errors import EngineError, InputError
from stdgraph.graph.advice import advice, on_blank
from stdgraph.graph.codes import meant
from stdgraph.graph.reads import Graph, select
from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import BASE, GRAPH, PREFIXES, SRC, STDGC, XSD, short
from stdgraph.storage.nearest import ids, nearest
from stdgraph.storage.patterns import Element, Taken, Unreadable
from stdgraph.storage.tokens import Token, place

OURS = "https://w3id.org/stdgraph/"
MOST_TERMS = 200
MOST_TOLD = 5
"""So many names of a query are looked up, and so many unknown ones told."""
MOST_PARTS = 200
SECONDS = 5.0
"""So many parts of a group are looked at, for so long, to find the one that found nothing."""

Asks = Callable[[str], bool]


def hints(graph: Graph, text: str, ask: Asks | None = None, blank: Iterable[str] = ()) -> list[Phrase]:
    """Return what to tell of a query that ran, each with line and column.

    Args:
        graph: an opened store or endpoint.
        text: the query.
        ask: asks an ASK query within limits, given where the answer was empty: then the pattern that found nothing
            is looked for.
        blank: variables that have no value in any row.
    """
    taken = Taken(text)
    if taken.form < 0:
        return []
    found = [*islice(unknown_terms(graph, taken), MOST_TOLD), *islice(unbound(taken), MOST_TOLD)]
    found += islice(without_value(taken, blank), MOST_TOLD)
    return found + (found_nothing(graph, taken, ask) if ask else [])


def _told(taken: Taken, at: int, detail: Phrase) -> Phrase:
    line, column = place(taken.text, at)
    return Phrase("query:{line}:{column}: {detail}.", line=line, column=column, detail=detail)


def unknown_terms(graph: Graph, taken: Taken) -> Iterator[Phrase]:
    """Yield a message for each name in a query that the graph does not know, with the nearest that it knows."""
    named: dict[str, Token] = {}
    for token, iri in islice(_named(taken), MOST_TERMS):
        named.setdefault(iri, token)
    try:
        known = {row["x"].value for row in select(graph, "in-use", named)}
    except EngineError:  # an endpoint that has answered does not answer this
        return
    for iri, token in named.items():
        if iri in known:
            continue
        near = ", ".join(
            _written(other, token) for other in _called(graph, iri) or _nearest(graph, iri, _stands_as(taken, token))
        )
        detail = Phrase("the graph does not know {term}", term=token.text[:200])
        if near:
            detail = Phrase("the graph does not know {term}; nearest: {names}", term=token.text[:200], names=near)
        yield _told(taken, token.start, detail)


def _named(taken: Taken) -> Iterator[tuple[Token, str]]:
    """Yield the names in a query that the graph could know, whole: none of functions, datatypes, other vocabularies."""
    spaces, base = dict(PREFIXES), BASE
    for at, token in enumerate(taken.tokens):
        before = taken.sign(at - 1)
        if token.kind == "iri" and before == "BASE":
            base = _whole(base, token.text[1:-1])
        elif token.kind == "iri" and taken.sign(at - 2) == "PREFIX":
            spaces[taken.tokens[at - 1].text.rstrip(":")] = _whole(base, token.text[1:-1])
        elif token.kind in ("iri", "name") and "PREFIX" != before != "^" and taken.sign(at + 1) != "(":
            prefix, _, local = token.text.partition(":")
            if token.kind == "iri":
                iri = _whole(base, token.text[1:-1])
            elif prefix in spaces:
                iri = spaces[prefix] + re.sub(r"\\(.)", r"\1", local)
            else:
                continue
            if not iri.startswith(XSD) and re.fullmatch(r"[^\s<>\"{}|^`\\]+", iri) and _space(iri):
                yield token, iri


def _whole(base: str, iri: str) -> str:
    """Return an IRI that may be relative to a base."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", iri):
        return iri
    from urllib.parse import urljoin

    return urljoin(base, iri)


def _space(iri: str) -> str:
    """Return the namespace of an IRI that the project knows, nothing for others."""
    if iri.startswith((BASE, GRAPH, SRC, STDGC)):
        return next(space for space in (BASE, GRAPH, SRC, STDGC) if iri.startswith(space))
    return next((space for space in PREFIXES.values() if iri.startswith(space)), OURS if iri.startswith(OURS) else "")


def _called(graph: Graph, iri: str) -> list[str]:
    """Return the codes that the name of an unknown one means: `stdgc:mou` is `stdgc:agrtype-mou`."""
    found = meant(graph, iri.removeprefix(STDGC)) if iri.startswith(STDGC) and len(iri) < MOST_TERMS else []
    return [code.iri for code in found if code.iri.startswith(STDGC)][:MOST_TOLD]


def _stands_as(taken: Taken, token: Token) -> Callable[[str], bool]:
    """Return what the local name of a term begins with where this one stands: a capital behind `a`, none in a verb's place."""
    at = taken.tokens.index(token)
    before, after = (taken.tokens[n].text if 0 <= n < len(taken.tokens) else "" for n in (at - 1, at + 1))
    if before in ("a", "rdf:type"):
        return str.isupper
    is_last = after in (".", ";", ",", "}", "]", ")", "")
    return str.islower if not is_last and before not in (".", "{", "") else str.isalpha


def _nearest(graph: Graph, iri: str, fits: Callable[[str], bool]) -> list[str]:
    """Return the IRIs of a namespace that come nearest to one that is not known and stand in the same places, best first."""
    space = _space(iri)
    candidates = _candidates(graph, space)
    if space not in (BASE, SRC, STDGC, GRAPH):
        candidates = [known for known in candidates if fits(known[len(space) :][:1])] or candidates
    return [candidates[at] for at in nearest(iri[len(space) :], [known[len(space) :] for known in candidates])]


def _candidates(graph: Graph, space: str) -> list[str]:
    if space in (BASE, SRC, STDGC):
        return ids(graph.names, space)
    query = "graphs" if space == GRAPH else "vocabulary"
    return sorted(iri for row in select(graph, query) if (iri := row["x"].value).startswith(space))


def _written(iri: str, token: Token) -> str:
    """Return an IRI as it goes into the query, in the manner of the one that it replaces."""
    if iri.startswith(BASE) and "://" not in token.text:
        return f"<{short(iri)}>"
    return short(iri) if token.kind == "name" and ":" in short(iri) else f"<{iri}>"


def unbound(taken: Taken) -> Iterator[Phrase]:
    """Yield a message for each variable that a SELECT names and no pattern does, with the nearest."""
    counted: dict[str, int] = {}
    for token in taken.tokens:
        if token.kind == "var":
            counted[token.text[1:]] = counted.get(token.text[1:], 0) + 1
    at = taken.form + 1
    opened, _ = taken.where(taken.form)
    if taken.sign(taken.form) == "ASK" or taken.sign(taken.form + 1) == "{" or opened < 0:
        return
    while at < opened:
        token = taken.tokens[at]
        if token.kind == "var" and counted[token.text[1:]] == 1:
            import difflib

            others = [name for name, number in counted.items() if name != token.text[1:]][:MOST_TERMS]
            near = ", ".join(
                f"?{name}" for name in difflib.get_close_matches(token.text[1:41], others, n=2, cutoff=0.5)
            )
            detail = Phrase("no pattern has the variable {term}", term=token.text[:100])
            if near:
                detail = Phrase(
                    "no pattern has the variable {term}; nearest: {names}", term=token.text[:100], names=near
                )
            yield _told(taken, token.start, detail)
        at = taken.closed.get(at, at) + 1


def without_value(taken: Taken, blank: Iterable[str]) -> Iterator[Phrase]:
    """Yield a message for each variable without any value, and why that may be; none for those that no pattern has."""
    for name in blank:
        found = [token for token in taken.tokens if token.kind == "var" and token.text[1:] == name]
        if len(found) > 1 or (found and taken.sign(taken.tokens.index(found[0]) - 1) == "AS"):
            detail = Phrase("{name} has no value in any row", name=found[0].text[:100])
            if cause := on_blank(taken):
                detail = Phrase("{told}: {cause}", told=detail, cause=cause)
            yield _told(taken, found[0].start, detail)


def found_nothing(graph: Graph, taken: Taken, ask: Asks) -> list[Phrase]:
    """Return which part of an empty query found nothing, and what to write: the first that leaves nothing of those before it.

    That is looked for by halves: each part narrows what the ones before it find. Filters come last.
    """
    opened, dataset = taken.where(taken.form)
    if opened < 0:
        return []
    until = time.monotonic() + SECONDS

    def finds(parts: Sequence[str]) -> bool:
        if time.monotonic() > until:
            raise TimeoutError
        body = "\n".join(parts)
        return ask(f"{taken.prologue}\nASK {dataset}WHERE {{\n{body}\n}}")

    try:
        return _guilty(graph, taken, opened, finds)
    except (EngineError, InputError, TimeoutError, Unreadable):
        return []


def _having(taken: Taken) -> list[Phrase]:
    """Return that HAVING left out what the patterns found, where there is one."""
    groups = [token for token in taken.tokens if token.upper == "HAVING"]
    return [_told(taken, token.start, Phrase("no group passes HAVING")) for token in groups[:1]]


def _guilty(graph: Graph, taken: Taken, opened: int, finds: Callable[[Sequence[str]], bool]) -> list[Phrase]:
    before: list[str] = []
    while True:
        parts = sorted(islice(taken.elements(opened), MOST_PARTS), key=lambda part: part.kind == "filter")
        texts = _texts(parts)
        if not before and finds(texts):
            return _having(taken)
        low, high = 0, len(texts)
        while high - low > 1:
            half = (low + high) // 2
            low, high = (half, high) if finds([*before, *texts[:half]]) else (low, half)
        if not texts:
            return []
        part = parts[high - 1]
        before += texts[: high - 1]
        if part.kind != "group":
            alone = not before or (part.kind == "triple" and not finds([texts[high - 1]]))
            right = advice(graph, taken, part)
            return [_told(taken, part.start, told) for told in (_said(part, alone=alone), right) if told]
        opened = part.opened


def _texts(parts: Iterable[Element]) -> list[str]:
    return [f"{part.text} ." if part.kind == "triple" else part.text for part in parts]


def _said(part: Element, *, alone: bool) -> Phrase:
    text = " ".join(part.text.split())
    pattern = text if len(text) <= 160 else f"{text[:160]} …"
    if part.kind == "filter":
        return Phrase("nothing that the patterns find passes {pattern}", pattern=pattern)
    if alone:
        return Phrase("nothing in the graph fits {pattern}", pattern=pattern)
    return Phrase("nothing fits {pattern} together with what stands before it", pattern=pattern)
