"""`validate --fix`: files with what is mechanical mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from stdgraph.errors import StdgraphError
from stdgraph.model.finding import Edit, Finding
from stdgraph.storage.files import read_bytes
from stdgraph.storage.spans import real_path
from stdgraph.storage.turtle import format_turtle


@dataclass(frozen=True)
class Mended:
    """A file as it is, and as it should be."""

    path: Path
    before: str
    after: str

    def diff(self) -> str:
        """Return the difference, as `diff -u` has it."""
        old, new = (text.replace("\r\n", "\n").splitlines(keepends=True) for text in (self.before, self.after))
        name = str(self.path)
        lines = (line if line.endswith("\n") else f"{line}\n" for line in unified_diff(old, new, name, name))
        return "".join(lines)


def mended_files(findings: Iterable[Finding], whole: Sequence[Path] = ()) -> list[Mended]:
    """Return the files that change when all sure repairs of some findings are made, in block form.

    Args:
        findings: those with an `edit` are mended.
        whole: files that are brought into block form, whether anything else is mended in them or not.
    """
    edits: dict[Path, set[Edit]] = {path.resolve(): set() for path in whole}
    names = {path.resolve(): path for path in whole}
    for f in findings:
        if f.edit and f.file:
            path = real_path(f.file)
            names.setdefault(path.resolve(), path)
            edits.setdefault(path.resolve(), set()).add(f.edit)
    found = []
    for path in sorted(edits):
        before = read_bytes(path).decode()  # it was read as UTF-8 when it was judged
        if (after := _formatted(edited(before, edits[path]), path)) != before:
            found.append(Mended(names[path], before, after))
    return found


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with some changes made; of two that overlap the first alone.

    >>> edited("a b c", [Edit(1, 3, 1, 4, "B"), Edit(1, 3, 1, 6, "x"), Edit(1, 5, 1, 6, "C")])
    'a B C'
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    starts = [0] + [at + 1 for at, char in enumerate(text) if char == "\n"]
    parts, done = [], 0
    for edit in sorted(edits):
        start = starts[edit.line - 1] + edit.column - 1
        end = starts[edit.end_line - 1] + edit.end_column - 1
        if done <= start <= end <= len(text):
            parts += [text[done:start], edit.text]
            done = end
    return mark + "".join([*parts, text[done:]])


def _formatted(text: str, path: Path) -> str:
    """Return a text in block form, as it is where that form would lose something or there is none."""
    if path.suffix.lower() != ".ttl":
        return text
    try:
        return format_turtle(text, str(path))
    except StdgraphError:
        return text
