"""A chart as whole Vega-Lite: rows, title, colours, and below the sources, in the language asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stdgraph.charts.fields import Drawing, drawing
from stdgraph.charts.files import SHADES, Chart, chart, names, palette, shapes
from stdgraph.charts.roles import Roles
from stdgraph.charts.words import heading, lines
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.arranging import COUNT, YEAR
from stdgraph.model.glance import wide
from stdgraph.model.results import Table

FONTS = (
    "Liberation Sans", "Arial", "Helvetica", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC",
    "Hiragino Sans GB", "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "sans-serif",
)  # fmt: skip
"""Families by which a picture is set, Chinese ones last."""
TITLE, TEXT, SMALL = 15, 11, 10
LONG = 100
"""Halves of a Chinese character in a line of a title."""
NOTED = 112
PLACED = {"subtitlePadding": 5, "anchor": "start", "frame": "bounds", "offset": 14, "fontWeight": "bold"}
NUMBERS = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}
DOCUMENTS = 8
"""Source documents that are named below a picture at most."""
ROWS = marked("number")
SOURCES = marked("Sources: {titles}")
AND_MORE = marked("Sources: {titles}; and {number} more documents")
SHAPES = marked(
    "Shapes of countries: Natural Earth; its borders are drawn as they are there and say nothing of a status."
)
EMPTY = marked("Nothing to draw: {rows} rows, none of which has what a {chart} needs.")
NO_ROWS = marked("Nothing to draw: the answer has no rows.")
Spec = dict[str, Any]


def fitting(table: Table) -> list[str]:
    """Return the names of the charts that have something to draw of a table."""
    roles = Roles(table)
    return [name for name in names() if all(roles.has(need) for need in chart(name).needs)]


def chosen(table: Table, wanted: str = "") -> str:
    """Return the chart to draw: the one wanted, else the table's own, else of counted groups years or bars.

    Raises:
        ParameterError: there is no such chart, it does not fit, or the table has none; the message names those that fit.
    """
    own = table.chart or _of_groups(table)
    name = wanted or own
    if name and (not len(table) or name == own or name in fitting(table)):
        return chart(name).name
    if name:
        chart(name)
    raise _unfit(table, name)


def _unfit(table: Table, name: str) -> ParameterError:
    fit = ", ".join(fitting(table)) or "-"
    none = Phrase("this answer has no picture of its own; give one of {names}", names=fit)
    other = Phrase("'{name}' cannot be drawn of these columns; there are {names}", name=name, names=fit)
    return ParameterError(parameter="chart", detail=other if name else none)


def has_own(table: Table) -> bool:
    """Tell whether a table has a picture of its own."""
    return bool(table.chart or _of_groups(table))


def nothing(table: Table, name: str = "") -> Phrase:
    """Return what to tell where there is nothing to draw."""
    found = chart(chosen(table, name))
    return Phrase(EMPTY, rows=len(table), chart=found.name) if len(table) else Phrase(NO_ROWS)


def _of_groups(table: Table) -> str:
    if table.columns[-1:] != (COUNT,):
        return ""
    return "years" if table.columns[0] == YEAR else "bars" if len(table.columns) == 2 else ""


def spec(table: Table, name: str = "", *, lang: str = "en", title: str = "", bare: bool = False) -> Spec:
    """Return a picture of a table as Vega-Lite with all that it draws inside; colours are those for paper.

    Args:
        table: what is drawn.
        name: the chart; by default the table's own.
        lang: `en` or `zh`.
        title: what stands above.
        bare: without title and sources, for a page that has them.

    Raises:
        ParameterError: the chart does not fit the table.

    >>> import stdgraph
    >>> spec(stdgraph.open().ask("agreements", actor="China"), "years")["data"]
    {'name': 'rows'}
    """
    found = chart(chosen(table, name))
    drawn = drawing(table, found, lang)
    datasets: dict[str, Any] = {"rows": drawn.rows}
    if "country" in found.cells and drawn.rows:
        datasets["shapes"] = shapes()
    body = _body(table, found, drawn, lang)
    below = _below(table, found, lang, sources=not bare)
    return framed(found, body, datasets, title=title, notes=drawn.notes, below=below, bare=bare)


def framed(
    found: Chart,
    body: Spec,
    datasets: Mapping[str, Any],
    *,
    title: str,
    notes: Sequence[str] = (),
    below: Sequence[str] = (),
    bare: bool = False,
) -> Spec:
    """Return the body of a chart as whole Vega-Lite: title and notes above, lines below, sizes and colours of all pictures."""
    return {
        "$schema": found.spec["$schema"],
        "description": title,
        "data": {"name": "rows"},
        "datasets": dict(datasets),
        "vconcat": [body | _above(notes, "" if bare else title)],
        "title": _note(below, orient="bottom", offset=12),
        "config": _config(),
    }


def _above(notes: Sequence[str], title: str) -> Spec:
    """Return title and notes of a picture."""
    under = [line for text in notes for line in lines(text, LONG + 12, 6)]
    if not title:
        return {"title": _note(under)} if under else {}
    return {"title": {"text": lines(title, LONG, 3), **({"subtitle": under} if under else {})}}


def _note(text: Sequence[str], **more: Any) -> Spec:
    faint = palette()["faint"][0]
    return {
        "text": list(text) or [" "],
        "anchor": "start",
        "frame": "bounds",
        "fontSize": SMALL,
        "fontWeight": "normal",
        "color": faint,
    } | more


def _body(table: Table, found: Chart, drawn: Drawing, lang: str) -> Spec:
    if not drawn.rows:
        return _nothing(table, found, lang)
    words = _words(table, lang)
    body: Spec = {
        k: filled(v, words, drawn)
        for k, v in found.spec.items()
        if k not in ("$schema", "usermeta", "description", "data")
    }
    encoding = body.get("encoding", {})
    part = encoding.get("y", {}).get("field", "")
    high = max((str(row.get(part, "")).count("\n") + 1 for row in drawn.rows), default=1)
    if isinstance(body.get("height"), dict) and high > 1 and "yOffset" not in encoding:
        body["height"] = {"step": max(body["height"]["step"], 12 * high + 7)}
    return body


def _words(table: Table, lang: str) -> dict[str, str]:
    """Return what stands for the names in braces."""
    roles = Roles(table)
    rows = str(translated(Phrase(ROWS), lang))
    number, kind = roles.number, roles.kind
    return {
        "{rows}": rows,
        "{value}": heading(table, number, lang) if number and number != COUNT else rows,
        "{kind}": heading(table, kind, lang) if kind else "",
    }


def filled(value: Any, words: Mapping[str, Any], drawn: Drawing) -> Any:
    """Return a part of a chart file with words, colours and the order of kinds and years in their places."""
    if isinstance(value, list):
        return [filled(v, words, drawn) for v in value]
    if isinstance(value, str):
        return palette()[value[1:]][0] if value[:1] == "$" and value[1:] in SHADES else words.get(value, value)
    if not isinstance(value, dict):
        return value
    made = {k: filled(v, words, drawn) for k, v in value.items() if not _is_idle(k, v, drawn)}
    told = {"kind": drawn.kinds, "band": drawn.bands}.get(value.get("field", ""))
    if told and not {"axis", "header"} & value.keys():
        made |= {
            "type": "nominal",
            "scale": {"domain": list(told), "range": list(told.values())},
            "legend": legend(list(told)),
        }
    elif value.get("field") == "kind":
        made["sort"] = list(drawn.kinds)
    elif value.get("field") == YEAR:
        made["scale"] = {"domain": _years(drawn)}
    return made


def _is_idle(key: str, value: Any, drawn: Drawing) -> bool:
    """Tell whether a channel colours by kinds that there are not."""
    return (
        key in ("color", "order")
        and isinstance(value, dict)
        and value.get("field") in ("kind", "rank")
        and not drawn.kinds
    )


def _years(drawn: Drawing) -> list[str]:
    found = sorted(int(row[YEAR]) for row in drawn.rows if row.get(YEAR))
    return [f"{year:04}" for year in range(found[0], found[-1] + 1)] if found else []


def legend(labels: Sequence[str]) -> Spec:
    """Return how a legend stands: in as many columns as its labels leave room for."""
    widest = max(wide(line) for label in labels for line in label.split("\n"))
    columns = max(1, min(len(labels), 620 // (widest * 6 + 36)))
    return {
        "orient": "bottom",
        "columns": columns,
        "labelLimit": 0,
        "symbolType": "square",
        "symbolOpacity": 1,
        "labelExpr": "split(datum.label, '\\n')",
    }


def _nothing(table: Table, found: Chart, lang: str) -> Spec:
    told = lines(translated(nothing(table, found.name), lang), 80)
    mark = {"type": "text", "text": told, "x": 0, "align": "left", "fontSize": TEXT, "color": palette()["faint"][0]}
    return {"width": 480, "height": 40, "data": {"values": [{}]}, "mark": mark}


def _below(table: Table, found: Chart, lang: str, *, sources: bool) -> list[str]:
    """Return the lines below a picture: the titles of the documents behind it, and whose shapes countries have."""
    titles = list(dict.fromkeys(source.title for row in table for source in row.sources)) if sources else []
    told = []
    if titles:
        more = len(titles) - DOCUMENTS
        shown = "; ".join(titles[:DOCUMENTS])
        text = Phrase(AND_MORE, titles=shown, number=more) if more > 0 else Phrase(SOURCES, titles=shown)
        told += lines(translated(text, lang), NOTED, 20)
    if "country" in found.cells:
        told += lines(translated(Phrase(SHAPES), lang), NOTED)
    return told


def _config() -> Spec:
    """Return sizes, fonts and colours that all pictures share."""
    shade = {name: palette()[name][0] for name in SHADES}
    first = next(iter(palette()["colours"].values()))[0]
    words = {"labelColor": shade["ink"], "titleColor": shade["faint"], "labelFontSize": TEXT, "titleFontSize": TEXT}
    lines_of = {"gridColor": shade["grid"], "domainColor": shade["faint"], "tickColor": shade["faint"]}
    return {
        "font": ", ".join(FONTS),
        "background": shade["paper"],
        "aria": False,
        "padding": 16,
        "axis": {**words, **lines_of, "titleFontWeight": "normal", "labelLimit": 0},
        "legend": {**words, "titleFontWeight": "normal"},
        "header": words,
        "title": {
            "color": shade["ink"],
            "subtitleColor": shade["faint"],
            "fontSize": TITLE,
            "subtitleFontSize": TEXT,
            **PLACED,
        },
        "mark": {"color": first},
        "text": {"color": shade["ink"], "fontSize": TEXT},
        "bar": {"stroke": shade["paper"], "strokeWidth": 0.5},
        "rect": {"stroke": shade["paper"], "strokeWidth": 1},
        "view": {"stroke": None},
        "locale": {"number": NUMBERS},
    }
