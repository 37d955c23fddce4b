"""What a check finds: a fault, its place, and what mends it."""

from __future__ import annotations

from typing import Any

from stdgraph.model.light import dataclass


@dataclass(frozen=True, order=True)
class Edit:
    """A change of one place in a file: from line and column, counted from 1, up to the end, and the new text."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, order=True)
class Finding:
    """A fault that a check found: how bad, which rule in words, where, and what to do.

    `file`, `line` and `column` are the place to mend; `beside` are places in other files that it disagrees with.
    `check` names the rule where it is no shape, `constraints` what of a shape is broken; `id` stays from run to run.
    `because` says which branches of a rule failed and why; `follows` names what else is broken by the same fault, and
    would not be without it, each as `THING RULE`. `repair` is what should stand there instead, where that is sure, and
    `edit` the change of the text that does it.
    """

    severity: str
    focus: str
    path: str
    value: str
    shape: str
    message: str
    label: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    beside: tuple[str, ...] = ()
    check: str = ""
    constraints: tuple[str, ...] = ()
    id: str = ""
    repair: str = ""
    because: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    edit: Edit | None = None

    @property
    def rule(self) -> str:
        """The name of the rule: of a shape, or of a check."""
        return self.shape or self.check

    @property
    def place(self) -> str:
        """The place to mend, as editors read it: `FILE:LINE:COLUMN`."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def plain(self) -> dict[str, Any]:
        """Return the finding as plain values."""
        return {
            "severity": self.severity,
            "rule": self.message,
            "node": self.focus,
            "label": self.label,
            "path": self.path,
            "value": self.value,
            "shape": self.shape,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "beside": list(self.beside),
            "check": self.check,
            "constraints": list(self.constraints),
            "id": self.id,
            "repair": self.repair,
            "because": list(self.because),
            "follows": list(self.follows),
        }
