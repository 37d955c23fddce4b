"""A finished page: what there is on a thing, as HTML that needs no script, with plain links to other pages and the explorer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from stdgraph.graph.page import Lacking, Panel, Profile
from stdgraph.graph.subjects import Subject
from stdgraph.locale import Phrase, in_words, located, marked, translated
from stdgraph.model import escape
from stdgraph.model.cells import Cell, Entity, Term, text_of
from stdgraph.model.later import later
from stdgraph.model.light import dataclass
from stdgraph.model.results import Answer, Row, Source
from stdgraph.model.vocabulary import BASE, SRC, short
from stdgraph.services.site.frame import Frame, framed
from stdgraph.services.site.places import explorer

ROWS = 40
"""Rows of a list that stand on a finished page; the explorer has all."""
FORMS = 3
"""Printed forms of a place that a page tells."""
DATE = later(r"[0-9]{3}[0-9X](-[0-9]{2}){0,2}[~?%]?(/[0-9]{4}(-[0-9]{2}){0,2}[~?%]?)?")
TYPES = {"country": "Country", "body": "Organization", "committee": "Organization", "document": "DigitalDocument"}
"""What a thing is to schema.org, by its profile; of others that is told which says least."""
ON_PAGE, SOURCES = marked("On this page"), marked("Sources")
SPANS = {
    0: marked("{records} records in {documents} documents."),
    1: marked("{records} records, {first}, in {documents} documents."),
    2: marked("{records} records from {first} to {last}, in {documents} documents."),
}


@dataclass(frozen=True)
class Notes:
    """The places in documents that a page names: their numbers, document by document as rows name them first."""

    numbers: Mapping[tuple[str, str], int]
    places: Mapping[str, Mapping[str, Source]]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Notes:
        """Return the notes of some rows."""
        places: dict[str, dict[str, Source]] = {}
        for source in (source for row in rows for source in row.sources):
            places.setdefault(source.source, {}).setdefault(source.locator, source)
        pairs = [(document, locator) for document, these in places.items() for locator in these]
        return cls({pair: at for at, pair in enumerate(pairs, 1)}, places)


def finished(page: Profile, frame: Frame) -> str:
    """Return the page on a thing.

    Args:
        page: what there is on it.
        frame: what all pages of the site have in common, in the page's language.
    """
    (of,) = page.of
    shown = [(panel, panel.answer.rows[:ROWS]) for panel in page.panels]
    notes = Notes.of(row for _, rows in shown for row in rows)
    here = frame.at(of.entity.iri)
    body = [f"<h1>{escape.html(of.entity.label)}</h1>", *_about(of, here), f"<p>{escape.html(_glance(page))}</p>"]
    if len(shown) > 1:
        links = (f'<a href="#{p.name}">{escape.html(p.title)} <small>{p.count}</small></a>' for p, _ in shown)
        body.append(f'<nav class="contents" aria-label="{here.said(ON_PAGE)}">{"".join(links)}</nav>')
    for panel, rows in shown:
        body += _section(panel, rows, notes, of.entity.iri, here)
    body += _missing(marked("Nothing known of"), page.nothing, here)
    body += _missing(marked("Asked with a day, or with a register"), page.lacking, here)
    body += _sources(notes, here)
    told = _described(of.entity.label, page)
    return framed(here, title=of.entity.label, description=told, body="\n".join(body), data=_linked(page, told, here))


def _about(of: Subject, here: Frame) -> Iterator[str]:
    """Yield the names, the kind, the country and the numbers of a thing."""
    names = [name for name in dict.fromkeys([*of.names.values(), *of.others]) if name != of.entity.label][:8]
    if names:
        yield f'<p class="lead">{escape.html(" · ".join(names))}</p>'
    home = f" · {_value(of.country, '', here)}" if of.country and of.country.iri != of.entity.iri else ""
    ids = "".join(f" · {escape.html(kind)}: {_id(text)}" for kind, text in of.ids)
    yield f'<p class="lead">{escape.html(of.kind)}{home} · <code>{escape.html(short(of.entity.iri))}</code>{ids}</p>'


def _id(text: str) -> str:
    """Return a number of others, or an address, which leads there."""
    told = escape.html(text)
    return f'<a href="{told}" rel="noopener">{told}</a>' if escape.WEB.match(text) else told


def _glance(page: Profile) -> str:
    told = page.glance.plain()
    days = [day for day in dict.fromkeys((told["first"], told["last"])) if day]
    return str(translated(Phrase(SPANS[len(days)], **told), page.lang))


def _described(label: str, page: Profile) -> str:
    """Return what search engines show of a page: its longest lists."""
    longest = sorted(page.panels, key=lambda panel: -panel.count)[:5]
    lists = [f"{panel.title} {panel.count}" for panel in page.panels if panel in longest]
    return " · ".join([label, page.of[0].kind, *lists, _glance(page)])


def _section(panel: Panel, rows: Sequence[Row], notes: Notes, of: str, here: Frame) -> Iterator[str]:
    names = [n for n in panel.columns or panel.answer.columns if any(text_of(row.cells[n]) for row in rows)]
    heads = [_heading(panel.answer, name, here.lang) for name in names]
    count = f" <small>{panel.count}</small>"
    yield f'<section class="panel" id="{panel.name}" aria-labelledby="h-{panel.name}"><h2 id="h-{panel.name}">{escape.html(panel.title)}{count}</h2>'
    yield f'<div class="wide" role="region" tabindex="0" aria-labelledby="h-{panel.name}"><table><thead><tr>'
    yield "".join(
        f'<th scope="col">{escape.html(head)}</th>' for head in [*heads, in_words("heading", "source", here.lang)]
    )
    yield "</tr></thead><tbody>"
    titled = [*zip(names, heads, strict=True)]
    for row in rows:
        cells = "".join(f'<td data-title="{escape.html(h)}">{_cell(row.cells[n], n, here)}</td>' for n, h in titled)
        yield f"<tr>{cells}{_marks(row, notes, here.lang)}</tr>"
    yield "</tbody></table></div>"
    shown = here.said(marked("{shown} of {rows} rows"), shown=len(rows), rows=panel.count)
    more = here.said(marked("All rows and columns, and how they were computed"))
    place = explorer(["ask", panel.answer.question], here.lang, here.root, _given(panel.answer, of))
    yield f'<p class="count">{f"{shown} · " if panel.count > len(rows) else ""}<a href="{escape.html(place)}">{more}</a></p></section>'


def _given(answer: Answer, of: str) -> dict[str, str]:
    """Return the arguments of a question as the explorer's addresses have them."""
    return {n: short(v.iri) if isinstance(v, Entity | Term) else text_of(v) for n, v in answer.parameters.items()}


def _heading(answer: Answer, name: str, lang: str) -> str:
    if lang != "zh":
        return name.replace("_", " ")
    return answer.titles.get(name) or in_words("heading", name, lang)


def _cell(cell: Cell, column: str, here: Frame) -> str:
    return "; ".join(_value(one, column, here) for one in (cell if isinstance(cell, tuple) else (cell,)))


def _value(cell: Cell, column: str, here: Frame) -> str:
    """Return a value: a thing leads to its page, a code is said in words, a date is not broken."""
    if isinstance(cell, Entity) and cell.iri.startswith((BASE, SRC)):
        return f'<a href="{escape.html(here.link(cell.iri))}">{escape.html(cell.label)}</a>'
    if isinstance(cell, Entity | Term):
        return escape.html(cell.label)
    told = in_words(f"cell.{column}", text_of(cell), here.lang)
    is_short = (isinstance(cell, int | float) and not isinstance(cell, bool)) or DATE.fullmatch(told)
    return f'<span class="number">{escape.html(told)}</span>' if is_short else escape.html(told)


def _marks(row: Row, notes: Notes, lang: str) -> str:
    numbers = sorted({notes.numbers[source.source, source.locator] for source in row.sources})
    links = "".join(f'<a href="#s{number}">[{number}]</a>' for number in numbers)
    return f'<td class="notes" data-title="{escape.html(in_words("heading", "source", lang))}">{links}</td>'


def _missing(message: str, lists: Sequence[Lacking], here: Frame) -> Iterator[str]:
    told = [f"{one.title} ({one.pack})" if one.pack else one.title for one in lists]
    if told:
        yield f'<p class="missing"><strong>{here.said(message)}</strong> {escape.html(" · ".join(told))}</p>'


def _sources(notes: Notes, here: Frame) -> Iterator[str]:
    """Yield a list for each document, under its title, of the places that rows name, with what is printed there."""
    if notes.places:
        yield f'<section class="places"><h2 id="sources">{here.said(SOURCES)}</h2>'
    for document, places in notes.places.items():
        title = next(iter(places.values())).title
        yield f"<h3>{_value(Entity(document, title), '', here)}</h3><ol>"
        for locator, source in places.items():
            number = notes.numbers[document, locator]
            forms = f' <q class="form">{escape.html(" · ".join(source.forms[:FORMS]))}</q>' if source.forms else ""
            place = escape.html(located(locator, here.lang) or title)
            yield f'<li id="s{number}" value="{number}"><span class="place">{place}</span>{forms}</li>'
        yield "</ol>"
    if notes.places:
        yield "</section>"


def _linked(page: Profile, described: str, here: Frame) -> str:
    """Return the page as JSON-LD of schema.org."""
    (of,) = page.of
    names = [name for name in dict.fromkeys([*of.names.values(), *of.others]) if name != of.entity.label]
    about: dict[str, Any] = {"@type": TYPES.get(page.profile, "Thing"), "@id": of.entity.iri, "name": of.entity.label}
    about |= {"alternateName": names} if names else {}
    about |= {"identifier": [text for _, text in of.ids]} if of.ids else {}
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": of.entity.label,
        "description": described,
    }
    told |= {"inLanguage": here.tag, "about": about, "license": here.licence_url, "isPartOf": here.dataset()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
