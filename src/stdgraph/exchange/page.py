"""One HTML page: title, pictures, tables, sources, how all was computed. It needs nothing from outside, nor leads there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from stdgraph.charts.words import heading
from stdgraph.locale import Phrase, in_words, located, marked, translated
from stdgraph.model import escape
from stdgraph.model.cells import Cell, Entity, Kind, Term, text_of
from stdgraph.model.results import Row, Source, Table
from stdgraph.storage.misfits import is_date

STYLE = """
:root{color-scheme:light dark;--ink:#1c2024;--faint:#59616a;--paper:#fff;--line:#d5d9de;--head:#f3f4f6}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e8eaed;--faint:#a8b0b9;--paper:#15181c;--line:#3a4149;--head:#20252b}}
body{max-width:72rem;margin:0 auto;padding:1.5rem;color:var(--ink);background:var(--paper);line-height:1.5;
font-family:"Liberation Sans",Arial,Helvetica,"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif}
h1{font-size:1.5rem;line-height:1.3}h2{font-size:1.15rem;margin-top:2.2rem}p,dt,.count{color:var(--faint)}
.wide{overflow-x:auto}svg{max-width:100%;height:auto}
table{border-collapse:collapse;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line)}
th{background:var(--head);position:sticky;top:0}td.n{text-align:right;font-variant-numeric:tabular-nums}
td.n,td.d,td.s{white-space:nowrap}a{color:inherit}li{margin:.15rem 0}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.8rem;padding:.8rem;background:var(--head)}
@media print{body{max-width:none;padding:0;font-size:9.5pt}.wide{overflow:visible}thead{display:table-header-group}tr,figure,li{break-inside:avoid}th{position:static}}
""".strip()
ONE_ROW, MORE_ROWS, NONE = marked("{rows} row"), marked("{rows} rows"), marked("(none)")
OF_ALL = marked("{rows} of {all} rows")
SOURCES, COMPUTED, QUERY, SOURCE = marked("Sources"), marked("How this was computed"), marked("Query"), "source"
PLACES = ("place", "where")
Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    """A table of a page, and its picture as SVG; `title` is "" where the page's own says enough."""

    table: Table
    title: str = ""
    picture: str = ""


@dataclass
class Notes:
    """The places in documents that a page names, each with its number, document by document."""

    numbers: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)

    @classmethod
    def of(cls, sections: Iterable[Section]) -> Notes:
        """Return the notes of all rows."""
        found = cls()
        for source in (s for section in sections for row in section.table for s in row.sources):
            found.numbers.setdefault(source.source, {})[source.title, source.locator] = 0
        places = [(document, place) for document, these in found.numbers.items() for place in these]
        for number, (document, place) in enumerate(places, 1):
            found.numbers[document][place] = number
        return found

    def marks(self, sources: Iterable[Source]) -> str:
        """Return the numbers of some sources, each a link to its note."""
        numbers = sorted({self.numbers[s.source][s.title, s.locator] for s in sources})
        return ", ".join(f'<a href="#s{number}">{number}</a>' for number in numbers)

    def html(self, lang: str) -> Iterator[str]:
        """Yield a list of places for each document, under its title and key."""
        for document, places in self.numbers.items():
            title, key = next(iter(places))[0], document.rstrip("/").rpartition("/")[2]
            yield f"<h3>{escape.html(title)} <span class=count>{escape.html(key)}</span></h3><ol>"
            for (_, locator), number in places.items():
                yield f'<li id="s{number}" value="{number}">{escape.html(located(locator, lang) or title)}</li>'
            yield "</ol>"


def page(
    sections: Sequence[Section],
    *,
    title: str,
    lead: Sequence[str] = (),
    lang: str = "en",
    facts: Facts = (),
    query: str = "",
) -> str:
    """Return a page as HTML.

    Args:
        sections: tables with their pictures, in order.
        title: of the whole page.
        lead: what stands under it, a paragraph each.
        lang: `en` or `zh`.
        facts: what the page says of how it was computed: names and values.
        query: the SPARQL behind it.

    >>> "<h1>A &lt;b&gt;</h1>" in page([], title="A <b>")
    True
    """
    notes = Notes.of(sections)
    body = [f"<h1>{escape.html(title)}</h1>", *(f"<p>{escape.html(text)}</p>" for text in lead)]
    for section in sections:
        body += _section(section, notes, lang)
    if notes.numbers:
        body += [f"<h2>{_said(SOURCES, lang)}</h2>", *notes.html(lang)]
    if facts or query:
        body.append(f"<h2>{_said(COMPUTED, lang)}</h2>")
        body += ["<dl>", *(f"<dt>{escape.html(n)}</dt><dd>{escape.html(v)}</dd>" for n, v in facts), "</dl>"]
    if query:
        body += [f"<h3>{_said(QUERY, lang)}</h3>", f"<pre><code>{_lines(query)}</code></pre>"]
    head = f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape.html(title)}</title>\n<style>\n{STYLE}\n</style>'
    told = "\n".join(body)
    return f'<!doctype html>\n<html lang="{"zh-Hans" if lang == "zh" else "en"}">\n<head>\n{head}\n</head>\n<body>\n{told}\n</body>\n</html>\n'


def _section(section: Section, notes: Notes, lang: str) -> Iterator[str]:
    table = section.table
    if section.title:
        yield f"<h2>{escape.html(section.title)}</h2>"
    if section.picture:
        yield f"<figure class=wide>{section.picture}</figure>"
    if not len(table):
        yield f"<p>{_said(NONE, lang)}</p>"
        return
    names = [n for n in table.columns if any(text_of(row.cells[n]) for row in table)] or list(table.columns[:1])
    heads = [heading(table, name, lang) for name in names]
    noted = any(row.sources for row in table)
    if noted:
        heads.append(in_words("heading", SOURCE, lang))
    yield "<div class=wide><table><thead><tr>" + "".join(f"<th>{escape.html(h)}</th>" for h in heads)
    yield "</tr></thead><tbody>"
    for row in table:
        last = f"<td class=s>{notes.marks(row.sources)}</td>" if noted else ""
        yield f"<tr>{''.join(_cell(row, n, lang) for n in names)}{last}</tr>"
    yield f"</tbody></table></div><p class=count>{_count(table, lang)}</p>"


def _cell(row: Row, column: str, lang: str) -> str:
    cell = row.cells[column]
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"<td class=n>{escape.html(text_of(cell))}</td>"
    kind = " class=d" if isinstance(cell, str) and is_date(cell) else ""
    return f"<td{kind}>{'; '.join(_value(one, column, lang) for one in (cell if isinstance(cell, tuple) else (cell,)))}</td>"


def _value(cell: Cell, column: str, lang: str) -> str:
    """Return a value as people read it; what a thing's identifier is shows where one points at it."""
    if isinstance(cell, Entity | Term):
        label = cell.label if lang == "zh" or not isinstance(cell, Kind) else text_of(cell)
        return f'<span title="{escape.html(cell.iri)}">{escape.html(label)}</span>'
    if column in PLACES:
        return escape.html(located(text_of(cell), lang))
    return escape.html(in_words(f"cell.{column}", text_of(cell), lang))


def _count(table: Table, lang: str) -> str:
    rows, whole = len(table), table.whole or 0
    message = OF_ALL if whole > rows else ONE_ROW if rows == 1 else MORE_ROWS
    return escape.html(translated(Phrase(message, rows=rows, all=whole), lang))


def _said(message: str, lang: str) -> str:
    return escape.html(translated(Phrase(message), lang))


def _lines(text: str) -> str:
    return "\n".join(escape.html(line) for line in text.splitlines())
