"""Rules of validation as people read them: a shape, or a check that no shape can make."""

from __future__ import annotations

from stdgraph.model.light import dataclass
from stdgraph.model.vocabulary import STDGS

HOMES = {"stdgs": STDGS, "check": "https://w3id.org/stdgraph/check/"}


@dataclass(frozen=True, order=True)
class Rule:
    """A rule: its name, how bad a breach is, what to do in both languages, and where it is explained and defined.

    >>> Rule("stdgs:Actor-slots", "Violation", "Name it.", "请命名。", "docs/shapes.md#actor").text("zh")
    '请命名。'
    """

    name: str
    severity: str
    english: str
    chinese: str
    section: str
    file: str = ""
    line: int = 0

    @property
    def iri(self) -> str:
        """The IRI of the rule, which stays; "" for a rule that is none of ours."""
        kind, _, name = self.name.partition(":")
        return f"{HOMES[kind]}{name}" if kind in HOMES else ""

    def text(self, lang: str) -> str:
        """Return what to do, in a language."""
        return self.chinese if lang.startswith("zh") else self.english

    @property
    def group(self) -> str:
        """The class that the rule speaks of; `check` for one that is no shape."""
        return self.name.partition(":")[2].partition("-")[0] if self.name.startswith("stdgs:") else "check"
