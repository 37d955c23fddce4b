"""What a table becomes in the forms that are no plain text: pictures, a page, a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stdgraph.charts import engine, specs
from stdgraph.errors import ParameterError
from stdgraph.exchange.page import Section, page
from stdgraph.exchange.workbook import workbook
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.arranging import several
from stdgraph.model.cells import Cell, Entity, Term, text_of
from stdgraph.model.results import Answer, Table

PICTURES = engine.FORMS
FORMS = ("html", "xlsx", *PICTURES)
QUESTION, AS_OF, ROWS, DATA, VERSION = (
    marked("question"),
    marked("as of"),
    marked("rows"),
    marked("data"),
    marked("program"),
)


@dataclass(frozen=True)
class Made:
    """What was made, and what the user should know of it."""

    data: bytes
    notes: tuple[str, ...] = ()


def made(
    table: Table,
    form: str,
    *,
    chart: str = "",
    dark: bool = False,
    title: str = "",
    lang: str = "en",
    data: str | None = None,
) -> Made:
    """Return a table in a form.

    Args:
        table: rows with their sources.
        form: one of FORMS.
        chart: the picture to draw; by default the table's own. A page without one has none.
        dark: whether a picture has the colours for a dark screen only; an SVG follows its reader otherwise.
        title: what stands above; by default what an answer says of itself.
        lang: `en` or `zh`.
        data: a hash of the data, or the address of the endpoint.

    Raises:
        ParameterError: there is no such form or chart, or it does not fit.
        ExtraError: a library is not installed.
    """
    title = title or told_title(table) or "stdgraph"
    facts = facts_of(table, lang, data)
    query = getattr(table, "query", "")
    if form == "xlsx":
        return Made(workbook(table, title=title, lang=lang, facts=facts, query=query))
    if form not in FORMS:
        detail = Phrase("'{form}' is no form; there are {forms}", form=form, forms=", ".join(FORMS))
        raise ParameterError(parameter="format", detail=detail)
    if form in PICTURES:
        return picture(table, form, chart=chart, dark=dark, title=title, lang=lang)
    drawn = drawn_for_page(table, chart=chart, lang=lang)
    told = page([Section(table, picture=drawn)], title=title, lang=lang, facts=facts, query=query)
    return Made(told.encode("utf-8", "surrogateescape"))


def picture(table: Table, form: str, *, chart: str = "", dark: bool = False, title: str = "", lang: str = "en") -> Made:
    """Return a picture of a table; a note tells where there is nothing to draw, or no font for Chinese."""
    spec = specs.spec(table, chart, lang=lang, title=title)
    drawn = engine.picture(spec, form, night=dark)
    empty = None if spec["datasets"]["rows"] else specs.nothing(table, chart)
    lacking = engine.lacking(spec) if form != "svg" else None
    notes = [str(translated(note, lang)) for note in (empty, lacking) if note]
    return Made(drawn, tuple(notes))


def drawn_for_page(table: Table, *, chart: str = "", lang: str = "en") -> str:
    """Return the picture of a table as SVG for a page that has its title and sources; "" where it has none.

    Raises:
        ParameterError: a chart was asked for and does not fit.
        ExtraError: a chart was asked for, and the library is not installed.
    """
    if not chart and (not len(table) or not specs.has_own(table) or not engine.is_there()):
        return ""
    spec = specs.spec(table, chart, lang=lang, bare=True)
    return engine.picture(spec, "svg").decode().strip() if spec["datasets"]["rows"] else ""


FEWEST = 2
"""A list of fewer rows is read at once, and needs no picture."""


def whole(
    parts: Sequence[tuple[str, Table, Table]],
    *,
    title: str,
    lead: Sequence[str] = (),
    lang: str = "en",
    data: str | None = None,
) -> Made:
    """Return one page of several lists.

    Args:
        parts: for each list its title, the rows that stand on the page, and those that its picture draws.
        title: of the page.
        lead: what stands under it, a paragraph each.
        lang: `en` or `zh`.
        data: a hash of the data.
    """
    sections = [
        Section(shown, name, drawn_for_page(drawn, lang=lang) if len(drawn) >= FEWEST else "")
        for name, shown, drawn in parts
    ]
    facts = [fact for fact in facts_of(Table((), ()), lang, data) if fact[1] != "0"]
    return Made(page(sections, title=title, lead=lead, lang=lang, facts=facts).encode("utf-8", "surrogateescape"))


def told_title(table: Table) -> str:
    """Return the title of an answer with its parameters and day, "" for another table."""
    if not isinstance(table, Answer):
        return ""
    given = ", ".join(text_of(v) for v in table.parameters.values())
    return table.title + (f" ({given})" if given else "") + (f" [{table.as_of}]" if table.as_of else "")


def facts_of(table: Table, lang: str, data: str | None) -> Sequence[tuple[str, str]]:
    """Return how a table was computed: question, parameters with their ids, day, number of rows, data, program."""
    from importlib.metadata import version

    facts: list[tuple[str, str]] = []
    if isinstance(table, Answer):
        facts.append((QUESTION, f"{table.question}: {table.title}"))
        facts += [(name, _with_id(value)) for name, value in table.parameters.items()]
        facts += [(AS_OF, table.as_of)] if table.as_of else []
    facts.append((ROWS, str(len(table))))
    facts += [(DATA, data)] if data else []
    facts.append((VERSION, f"stdgraph {version('stdgraph')}"))
    fixed = {QUESTION, AS_OF, ROWS, DATA, VERSION}
    return [(str(translated(Phrase(n), lang)) if n in fixed else n, v) for n, v in facts]


def _with_id(value: Cell) -> str:
    told = [f"{v.label} <{v.iri}>" if isinstance(v, Entity | Term) else text_of(v) for v in several(value)]
    return "; ".join(told)
