"""What follows from a finding, in words."""

from __future__ import annotations

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.results import Finding

FOLLOWS, FEW = marked("follows from it ({number}): {names}"), 5


def following(finding: Finding, lang: str) -> list[str]:
    """Return a line on what follows from a finding, the first few by name; none where nothing does.

    >>> following(Finding("Info", "org/a", "", "", "stdgs:A", "Look.", follows=("org/b stdgs:B",)), "en")
    ['follows from it (1): org/b stdgs:B']
    """
    if not finding.follows:
        return []
    told = ", ".join(finding.follows[:FEW]) + (", …" if len(finding.follows) > FEW else "")
    return [translated(Phrase(FOLLOWS, number=len(finding.follows), names=told), lang)]
