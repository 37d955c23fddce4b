"""Things that words name in one list: what is asked of one is asked of the others, too (`the heads of CEN, CENELEC and ETSI`)."""

from __future__ import annotations

import re

from stdgraph.graph.questions import question
from stdgraph.model.cells import Entity
from stdgraph.model.results import Answer
from stdgraph.services.words.filling import takes
from stdgraph.services.words.running import entities
from stdgraph.services.words.wording import Wording

MOST = 3
"""So many other things of a list are asked of."""
BETWEEN = re.compile(r", |\band\b|[、，和与及]")
"""What stands between two things of a list."""


def others(wording: Wording, answer: Answer) -> list[str]:
    """Return the things that stand in one list with the one that an answer was asked of, and of which its rows do not tell."""
    needed = [p for p in question(answer.question).parameters if not p.optional]
    given = answer.parameters.get(needed[0].name) if len(needed) == 1 and not needed[0].datatype else None
    things = {s.thing.iri: s for s in wording.spotted if s.is_thing}
    if not isinstance(given, Entity) or given.iri not in things:
        return []
    first, text = things[given.iri], wording.text.casefold()
    told = {given.iri, *(iri for row in answer for iri in entities(row, answer.columns))}
    return [
        iri
        for iri, other in things.items()
        if iri not in told
        and takes(needed[0], other)
        and ("Place" in other.kinds) == ("Place" in first.kinds)
        and _stand_together(text, first.said, other.said)
    ][:MOST]


def _stand_together(text: str, one: str, other: str) -> bool:
    first, last = sorted((text.find(one), text.find(other)))
    return first >= 0 and bool(BETWEEN.search(text[first:last]))
