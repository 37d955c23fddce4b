"""Which form a sheet is, and which of its columns stands where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stdgraph.errors import FormFileError
from stdgraph.locale import Phrase
from stdgraph.model.spelling import key
from stdgraph.services.intake.faults import Fault, Where
from stdgraph.services.intake.sheet import Sheet, is_comment
from stdgraph.services.intake.templates import Column, Template, templates
from stdgraph.storage.nearest import nearest


@dataclass(frozen=True)
class Line:
    """A row of a form: the texts of its cells by column, and where each stands; an empty cell has none."""

    template: Template
    at: Where
    texts: dict[str, str]
    columns: dict[str, int]
    head: Sequence[str] = ()
    is_sound: bool = True
    """Whether its form has all headings that it needs, and no others."""

    def where(self, column: str) -> Where:
        """Return where the cell of a column stands; the row where the form at hand has no such column."""
        return self.at._replace(column=self.columns.get(column, -1))

    def heading(self, column: str) -> str:
        """Return the heading of a column as the form at hand has it; the column's own name where it has none."""
        return self.head[self.columns[column]] if column in self.columns else column


@dataclass(frozen=True)
class Filled:
    """A filled-in form: its rows, and the faults of its headings and cells."""

    lines: Sequence[Line]
    faults: Sequence[Fault]


def filled(sheet: Sheet, form: Template | None = None) -> Filled:
    """Return the rows of a sheet by column.

    Args:
        sheet: what was read.
        form: the form that it is, where the user says so; else its name or its headings tell.

    Raises:
        FormFileError: it holds no headings, or they are those of no form, or of several.
    """
    rows = [(line, cells) for line, cells in sheet.rows if not is_comment(cells)]
    if not rows:
        raise FormFileError(path=sheet.name, detail=Phrase("holds no headings"))
    (line, head), *rest = rows
    form = form or _named(sheet.hint) or _with(sheet.name, head)
    faults = list(sheet.faults)
    places: dict[str, int] = {}
    for at, text in enumerate(head):
        where = Where(sheet.name, line, at)
        if found := column_called(form, text):
            faults += [Fault(where, text, Phrase("a second column of this name"))] if found.name in places else []
            places.setdefault(found.name, at)
        elif text or any(len(cells) > at and cells[at] for _, cells in rest):
            faults.append(Fault(where, text, _unknown(form, text), text))
    faults += _missing(form, places, Where(sheet.name, line), _language(form, head))
    faults = [_headed(fault, head) for fault in faults]
    lines = [_line(form, sheet.name, number, cells, places, head) for number, cells in rest]
    lines = [replace(one, is_sound=not any(fault.where.line == line for fault in faults)) for one in lines]
    return Filled(lines, faults + _beyond(sheet.name, rest, len(head)))


def column_called(form: Template, text: str) -> Column | None:
    """Return the column of a form that a heading means, in either language."""
    wanted = key(text)
    return next((c for c in form.columns if wanted and wanted in (key(c.name), key(c.zh))), None)


def _line(
    form: Template, name: str, number: int, cells: Sequence[str], places: dict[str, int], head: Sequence[str]
) -> Line:
    texts = {column: cells[at] for column, at in places.items() if at < len(cells) and cells[at]}
    return Line(form, Where(name, number), texts, places, head)


def _named(hint: str) -> Template | None:
    """Return the form that a file or sheet is named for: `offices.csv`, `2024-offices`, `任职`."""
    words = {key(word) for word in re.split(r"[\W_]+", hint)}
    found = [t for t in templates().values() if words & {key(t.name), *map(key, t.title.values())}]
    return found[0] if len(found) == 1 else None


def _with(name: str, head: Sequence[str]) -> Template:
    """Return the one form that has all headings and all of whose needed columns are there."""
    texts = [text for text in head if text]
    fits = [
        t
        for t in templates().values()
        if all(column_called(t, text) for text in texts)
        and {c.name for c in t.columns if c.needed} <= {c.name for text in texts if (c := column_called(t, text))}
    ]
    if len(fits) == 1:
        return fits[0]
    detail = Phrase("which form is it? Name the file for one, or say --template: {names}", names=", ".join(templates()))
    raise FormFileError(path=name, detail=detail)


def _unknown(form: Template, text: str) -> Phrase:
    names = [word for c in form.columns for word in (c.name, c.zh)]
    if not text:
        return Phrase("a column without a heading")
    near = ", ".join(names[at] for at in nearest(text, names, 2, cutoff=50)) or ", ".join(c.name for c in form.columns)
    return Phrase("the form {form} has no such column; nearest: {nearest}", form=form.name, nearest=near)


def _language(form: Template, head: Sequence[str]) -> str:
    """Return the language in which most of the headings are."""
    said = {key(text) for text in head if text}
    number = {lang: len(said & {key(c.heading(lang)) for c in form.columns}) for lang in ("en", "zh")}
    return max(number, key=lambda lang: (number[lang], lang == "en"))


def _missing(form: Template, places: dict[str, int], where: Where, lang: str) -> list[Fault]:
    """Return a fault for each needed column that is not there, named in the language of those that are."""
    return [
        Fault(where, column.heading(lang), Phrase("this column is needed"))
        for column in form.columns
        if column.needed and column.name not in places
    ]


def _beyond(name: str, rows: Sequence[tuple[int, Sequence[str]]], width: int) -> list[Fault]:
    """Return the faults of cells that stand under no heading: most often a comma that is not in quotation marks."""
    message = Phrase("a cell beyond the last heading; a text with a comma in it stands in quotation marks")
    return [Fault(Where(name, line, width), "", message) for line, cells in rows if any(cells[width:])]


def _headed(fault: Fault, head: Sequence[str]) -> Fault:
    at = fault.where.column
    if fault.heading or not 0 <= at < len(head):
        return fault
    return Fault(fault.where, head[at], fault.message, fault.value, fault.severity)
