"""Contradictions: the OWL 2 RL rules that conclude `false`, each as a query for the triples that clash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.vocabulary import OWL, RDF, short
from stdgraph.reasoning.axioms import TYPE, Pattern, Select
from stdgraph.storage.queries import bound, text_of


@dataclass(frozen=True, order=True)
class Clash:
    """Triples that cannot all hold, the rule of OWL 2 RL that says so, and why in words."""

    rule: str
    words: Phrase
    triples: tuple[Pattern, ...]

    def message(self, lang: str) -> str:
        """Return why the triples clash."""
        return str(translated(self.words, lang))


@dataclass(frozen=True)
class Check:
    """A query for axioms, one for what clashes with them, the triples that clash, and words for them."""

    axioms: str
    broken: str
    triples: tuple[Pattern, ...]
    words: str


def _listed(kind: str, one: str, two: str, predicate: str = f"<{OWL}members>") -> str:
    steps = f"({predicate})/<{RDF}rest>*/<{RDF}first>"
    return f"{{ ?l a <{OWL}{kind}> ; {steps} ?{one} , ?{two} FILTER (STR(?{one}) < STR(?{two})) }}"


S_P_O, O_P_S, S_Q_O = ("?s", "?p", "?o"), ("?o", "?p", "?s"), ("?s", "?q", "?o")
BOTH = (("?s", TYPE, "?c"), ("?s", TYPE, "?d"))
SAME, DIFFERENT = f"<{OWL}sameAs>", f"<{OWL}differentFrom>"
NAMED = f"<{OWL}members>|<{OWL}distinctMembers>"
CHECKS = {
    "cls-com": Check(
        f"?c <{OWL}complementOf> ?d",
        "?s a ?c . ?s a ?d",
        BOTH,
        marked("{s} is a {c} and a {d}, of which one is what the other is not"),
    ),
    "cls-nothing2": Check(
        f"VALUES ?c {{ <{OWL}Nothing> }}",
        "?s a ?c",
        BOTH[:1],
        marked("{s} is a member of the empty class"),
    ),
    "prp-irp": Check(
        f"?p a <{OWL}IrreflexiveProperty>",
        "?s ?p ?o FILTER (?s = ?o)",
        (S_P_O,),
        marked("{s} is joined by {p} to itself, which {p} excludes"),
    ),
    "prp-asyp": Check(
        f"?p a <{OWL}AsymmetricProperty>",
        "?s ?p ?o . ?o ?p ?s FILTER (STR(?s) <= STR(?o))",
        (S_P_O, O_P_S),
        marked("{p} goes one way only, but joins {s} and {o} both ways"),
    ),
    "prp-pdw": Check(
        f"{{ ?p <{OWL}propertyDisjointWith> ?q }} UNION {_listed('AllDisjointProperties', 'p', 'q')}",
        "?s ?p ?o . ?s ?q ?o",
        (S_P_O, S_Q_O),
        marked("{p} and {q} exclude each other, but both join {s} to {o}"),
    ),
    "eq-diff1": Check(
        f"{{ ?s {DIFFERENT} ?o }} UNION {_listed('AllDifferent', 's', 'o', NAMED)}",
        f"?s ({SAME}|^{SAME})+ ?o VALUES (?p ?q) {{ ({SAME} {DIFFERENT}) }}",
        (S_P_O, S_Q_O),
        marked("{s} and {o} are said to be the same and to be different"),
    ),
    "prp-npa1": Check(
        f"?n <{OWL}sourceIndividual> ?s ; <{OWL}assertionProperty> ?p ; <{OWL}targetIndividual>|<{OWL}targetValue> ?o",
        "?s ?p ?o",
        (S_P_O,),
        marked("{s} is joined by {p} to {o}, which is denied elsewhere"),
    ),
}
"""By the name of the rule in the OWL 2 RL profile."""

DISJOINT = Check("", "", BOTH, marked("{s} is a {c} and a {d}, and nothing can be both"))


def clashes(select: Select) -> list[Clash]:
    """Return the contradictions in a closed graph, sorted; none if it is consistent."""
    return sorted({*_disjoint(select), *(clash for rule in CHECKS for clash in _found(select, rule))})


def _disjoint(select: Select) -> Iterator[Clash]:
    """Yield what is of two classes that exclude each other; members of a class are looked at once a group."""
    groups: dict[str, set[str]] = {}
    for row in select(text_of("disjoint-groups")):
        groups.setdefault(str(row["l"]), set()).add(row["c"].value)
    pairs = [{row["c"].value, row["d"].value} for row in select(text_of("disjoint-classes"))]
    for classes in [*groups.values(), *pairs]:
        for row in select(bound(text_of("in-several-classes"), c=sorted(classes))):
            for c, d in combinations(sorted(row["in"].value.split()), 2):
                yield _clash("cax-dw", DISJOINT, {"s": str(row["s"]), "c": f"<{c}>", "d": f"<{d}>"})


def _found(select: Select, rule: str) -> Iterator[Clash]:
    check = CHECKS[rule]
    for axiom in select(f"SELECT DISTINCT * WHERE {{ {check.axioms} }}"):
        given = _values(axiom)
        query = re.sub(r"\?([spocdq])\b", lambda m, given=given: given.get(m[1], m[0]), check.broken)  # type: ignore[misc]
        for row in select(f"SELECT DISTINCT * WHERE {{ {query} }}"):
            yield _clash(rule, check, given | _values(row))


def _values(row: Any) -> dict[str, str]:
    return {name: str(row[name]) for name in "spocdq" if _bound(row, name)}


def _bound(row: Any, name: str) -> bool:
    try:
        return row[name] is not None
    except KeyError:
        return False


def _clash(rule: str, check: Check, values: dict[str, str]) -> Clash:
    shown = {name: short(value.strip("<>")) for name, value in values.items()}
    s_p_o = [tuple(values.get(part[1:], part) for part in pattern) for pattern in check.triples]
    triples = tuple((s, p, o) for s, p, o in s_p_o)
    return Clash(rule, Phrase(check.words, **shown), triples)
