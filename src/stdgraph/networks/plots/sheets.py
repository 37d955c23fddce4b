"""A picture of a network as a whole page: its title, the network or one for each year, the legend, and what it is made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import networkx as nx

from stdgraph.charts.engine import NO_FONT
from stdgraph.charts.files import palette
from stdgraph.errors import ParameterError
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase, in_words, marked, translated
from stdgraph.networks.network import Network
from stdgraph.networks.plots import pen
from stdgraph.networks.plots.drawing import IN_COLUMNS, Frame, beside, drawn, in_columns, room
from stdgraph.networks.plots.ego import around, kept
from stdgraph.networks.plots.layout import LAYOUTS
from stdgraph.networks.plots.looks import Looks, looks
from stdgraph.networks.plots.marks import (
    HALF_HIGH,
    LEADING,
    MARGIN,
    MOST_HIGH,
    ROUND,
    SMALL,
    SQUARE,
    TEXT,
    TITLE,
    WIDTH,
    Dot,
    Page,
    Words,
)
from stdgraph.networks.slices import UNDATED, uneven
from stdgraph.networks.told import made_of, options_of, title_of
from stdgraph.storage.writing import write_atomic

NODES, EDGES = 1000, 4000
"""A larger network is no picture; it is refused, with ways to a smaller one."""
LARGE = marked(
    "{nodes} nodes and {edges} edges are too many for a picture (at most {most_nodes} and {most_edges}): take --ego NAME, --kind, --level country, --only-pack or a time, or export it for Gephi"
)
EMPTY = marked("Nothing to draw: no tie is as asked for.")
UNLABELLED = marked("{left_out} of {nodes} nodes have no label, for want of room")
A_PART = marked("--ego NAME draws the part around one actor, with more of its labels")
COLUMN_ROWS = 45
"""A mode of more nodes does not stand in one column."""
TINY_TEXT, SCALE = 5.5, 0.55
"""The size of letters in small pictures, and how large all else is."""
PANELS = 30


@dataclass(frozen=True)
class Asked:
    """How a network is to be drawn; each field is an option of the command line. `ego` is an IRI, `name` its label."""

    ego: str = ""
    name: str = ""
    depth: int = 1
    colour: str = "kind"
    size: str = "degree"
    layout: str = ""
    lang: str = "en"


@dataclass(frozen=True)
class Picture:
    """A page, its title, and what the user should know of it."""

    page: Page = field(repr=False)
    title: str
    notes: tuple[Phrase, ...] = ()

    def render(self, form: str = "svg", *, dark: bool = False) -> bytes:
        """Return the picture as `svg`, `png` or `pdf`; `dark` has the colours for a dark screen.

        Raises:
            ParameterError: there is no such form.
        """
        return pen.written(self.page, form, night=dark, title=self.title)

    def save(self, path: str | Path, *, dark: bool = False) -> None:
        """Write the picture into a file, in the form of its suffix, atomically."""
        write_atomic(Path(path), self.render(Path(path).suffix.lower().removeprefix("."), dark=dark))

    def _repr_png_(self) -> bytes:
        return self.render("png")


def sheet(graph: Graph, found: Network, asked: Asked) -> Picture:
    """Return a network as a page.

    Raises:
        ParameterError: the network is too large, the ego is not in it, or an option does not fit.
        ExtraError: matplotlib is not installed.
    """
    shown = _shown(found, asked)
    name = _layout(shown, asked)
    look = looks(graph, shown, colour=asked.colour, size=asked.size, lang=asked.lang)
    frame = Frame(WIDTH - 2 * MARGIN, MOST_HIGH - 110, asked.lang, bold=_bold(shown, asked))
    if name == "columns":
        frame = replace(frame, columns=shown.graph["right"])
        frame = replace(frame, beside=beside(shown, frame))
        look = replace(look, radii={n: min(r, IN_COLUMNS) for n, r in look.radii.items()})
        places, high = in_columns(LAYOUTS[name](shown), frame, frame.beside)
    else:
        places, high = room(LAYOUTS[name](shown), look, frame)
    body, left_out = drawn(shown, look, places, frame, max(high, 30))
    notes = [Phrase(UNLABELLED, left_out=left_out, nodes=len(shown))] if left_out else []
    made = _whole(shown, look, asked, body, notes)
    return replace(made, notes=(*made.notes, Phrase(A_PART))) if left_out and not asked.ego else made


def sheets(graph: Graph, found: Mapping[str, Network], asked: Asked) -> Picture:
    """Return a page of small pictures, one for each year, in which each node always stands in the same place.

    Raises:
        ParameterError: as of `sheet`, and there are too many years.
    """
    if len(found) > PANELS:
        detail = Phrase(
            "{years} years are too many for one page (at most {most}): give --from and --to",
            years=len(found),
            most=PANELS,
        )
        raise ParameterError(parameter="slices", detail=detail)
    every = _shown(_union(found.values()), asked)
    look = looks(graph, every, colour=asked.colour, size=asked.size, lang=asked.lang)
    look = replace(look, radii={n: max(r * SCALE, 1.3) for n, r in look.radii.items()})
    across = 1 if len(found) == 1 else 2 if len(found) <= 6 else 3
    wide = (WIDTH - 2 * MARGIN) / across
    frame = Frame(wide - 6, 190.0, asked.lang, text=TINY_TEXT, most=14, bold=_bold(every, asked), scale=SCALE)
    places, high = room(LAYOUTS[_layout(every, asked, small=True)](every), look, frame)
    rows = (len(found) + across - 1) // across
    body = Page(WIDTH - 2 * MARGIN, rows * (high + 14))
    for at, (year, one) in enumerate(found.items()):
        part = kept(one, set(every))
        panel, _ = drawn(part, look, places, frame, high)
        x, y = (at % across) * wide, body.high - (at // across + 1) * (high + 14)
        body.add(panel, x, y)
        body.words.append(
            Words((x, y + high + 4), (_panel_title(year, part, asked.lang),), TEXT, palette()["ink"][0], bold=True)
        )
    told = uneven(found) if all(_is_year(*one) for one in found.items()) else None
    made = _whole(every, look, asked, body, [told] if told else [])
    return replace(made, notes=tuple(note for note in made.notes if note is not told))  # who sliced was told already


def _is_year(name: str, one: Network) -> bool:
    """Tell whether a network is that of the records of a year, or of the undated ones, and not of what held on a day."""
    return "view" in one.graph and "as_of" not in one.graph["options"] and (name.isdigit() or name == UNDATED)


def _panel_title(year: str, part: Network, lang: str) -> str:
    told = year if year[:1].isdigit() else str(translated(Phrase("undated"), lang))
    return f"{told} · {_counts(part, lang)}"


def _union(found: Collection[Network]) -> Network:
    """Return the network of all years; an edge weighs as in the year in which it weighs most, whatever the years it stands in."""
    made: Network = nx.DiGraph() if any(one.is_directed() for one in found) else nx.Graph()
    for one in found:
        made.graph |= one.graph
        made.add_nodes_from(one.nodes(data=True))
        for a, b, weight in one.edges(data="weight", default=1):
            made.add_edge(a, b, weight=max(weight, made.get_edge_data(a, b, {"weight": 0})["weight"]))
    ordered: Network = made.__class__()
    ordered.graph |= made.graph
    ordered.add_nodes_from(sorted(made.nodes(data=True)))
    ordered.add_edges_from(made.edges(data=True))
    return ordered


def _shown(found: Network, asked: Asked) -> Network:
    """Return the part that is drawn, if it is not too large."""
    pen.engine()
    if asked.depth != 1 and not asked.ego:
        raise ParameterError(parameter="depth", detail=Phrase("goes with {forms}", forms="--ego"))
    shown = around(found, asked.ego, asked.depth) if asked.ego else found
    counts = {"nodes": len(shown), "edges": shown.number_of_edges(), "most_nodes": NODES, "most_edges": EDGES}
    if counts["nodes"] > NODES or counts["edges"] > EDGES:
        raise ParameterError(parameter="view", detail=Phrase(LARGE, **counts))
    return shown


def _bold(shown: Network, asked: Asked) -> frozenset[Any]:
    return frozenset(n for n, about in shown.nodes(data=True) if asked.ego and about.get("iri") == asked.ego)


def _layout(shown: Network, asked: Asked, *, small: bool = False) -> str:
    two_mode = shown.graph.get("mode") == "two-mode"
    if asked.layout and asked.layout not in LAYOUTS:
        detail = Phrase("'{given}' is none of {known}", given=asked.layout, known=", ".join(LAYOUTS))
        raise ParameterError(parameter="layout", detail=detail)
    if asked.layout == "columns" and (not two_mode or small):
        detail = Phrase("columns are for one picture of a view of two modes; choose {known}", known="stress, circle")
        raise ParameterError(parameter="layout", detail=detail)
    rights = sum(about.get("side") == shown.graph.get("right") for _, about in shown.nodes(data=True))
    few = 0 < max(rights, len(shown) - rights) <= COLUMN_ROWS
    return asked.layout or ("columns" if two_mode and few and not small else "stress")


def _counts(found: Network, lang: str) -> str:
    counts = {"nodes": len(found), "edges": found.number_of_edges()}
    return str(translated(Phrase("{nodes} nodes, {edges} edges", **counts), lang))


def _whole(shown: Network, look: Looks, asked: Asked, body: Page, notes: Sequence[Phrase]) -> Picture:
    """Return the page with title, legend and note about what is drawn."""
    title = _title(shown, asked)
    ink, faint = palette()["ink"][0], palette()["faint"][0]
    inner = WIDTH - 2 * MARGIN
    above = pen.broken(title, inner, TITLE, 2, bold=True)
    said = [*_under(shown, asked.lang), *(str(translated(note, asked.lang)) for note in notes)]
    said = [line for text in said for line in pen.broken(text, inner, TEXT, 2)]
    legend = _legend(shown, look, asked, inner)
    below = pen.broken(made_of(shown, asked.lang), inner, SMALL, 2)
    head = (len(above) * TITLE + len(said) * TEXT) * LEADING + 8
    foot = legend.high + len(below) * SMALL * LEADING + 10
    page = Page(WIDTH, 2 * MARGIN + head + body.high + foot)
    page.add(body, MARGIN, MARGIN + foot)
    page.add(legend, MARGIN, MARGIN + len(below) * SMALL * LEADING + 4)
    top = page.high - MARGIN - TITLE * 0.8
    page.words.append(Words((MARGIN, top), tuple(above), TITLE, ink, bold=True))
    page.words.append(Words((MARGIN, top - len(above) * TITLE * LEADING + 1), tuple(said), TEXT, faint))
    page.words.append(Words((MARGIN, MARGIN + (len(below) - 1) * SMALL * LEADING), tuple(below), SMALL, faint))
    if pen.lacks_chinese(text for words in page.words for text in words.lines):
        notes = [*notes, Phrase(NO_FONT)]
    return Picture(page, title, tuple([Phrase(EMPTY)] * (not len(shown)) + list(notes)))


def _title(shown: Network, asked: Asked) -> str:
    said = title_of(shown, asked.lang)
    return f"{said}{'：' if asked.lang == 'zh' else ': '}{asked.name}" if asked.name else said


def _under(shown: Network, lang: str) -> list[str]:
    """Return what stands under the title: how large the network is, and what was asked for."""
    empty = [] if len(shown) else [str(translated(Phrase(EMPTY), lang))]
    return [" · ".join([_counts(shown, lang), *options_of(shown)]), *empty]


def _legend(shown: Network, look: Looks, asked: Asked, wide: float) -> Page:
    """Return the legend: colours, shapes, and what sizes mean, in lines as wide as the page."""
    page = Page(wide, 0)
    faint, ink = palette()["faint"][0], palette()["ink"][0]
    entries = [(label, Dot((0, 0), 3.0, colour)) for label, colour in look.swatches]
    if shown.graph.get("right"):
        sides = (shown.graph["left"], ROUND), (shown.graph["right"], SQUARE)
        entries += [(_side(code, asked.lang), Dot((0, 0), 3.0, faint, shape)) for code, shape in sides]
    measure = in_words("heading", asked.size, asked.lang).replace("_", " ")
    sizes = [(f"{measure} {value}", Dot((0, 0), radius, faint, hollow=True)) for value, radius in _scale(look)]
    rows = [*_rows(entries, wide), *_rows(sizes, wide)] if len(shown) else []
    page.high = sum(_high(row) for row in rows)
    y = page.high
    for row in rows:
        x, y = 0.0, y - _high(row)
        for label, dot in row:
            page.dots.append(replace(dot, at=(round(x + dot.radius, 2), round(y + _high(row) / 2, 2))))
            base = round(y + _high(row) / 2 - TEXT * HALF_HIGH, 2)
            page.words.append(Words((round(x + 2 * dot.radius + 4, 2), base), (label,), TEXT, ink))
            x += _needs(label, dot)
    return page


Entry = tuple[str, Dot]


def _rows(entries: Sequence[Entry], wide: float) -> list[list[Entry]]:
    """Return entries of a legend in rows that are at most so wide."""
    rows: list[list[Entry]] = []
    x = wide
    for label, dot in entries:
        needs = _needs(label, dot)
        if x + needs > wide:
            rows.append([])
            x = 0.0
        rows[-1].append((label, dot))
        x += needs
    return rows


def _needs(label: str, dot: Dot) -> float:
    return 2 * dot.radius + 4 + pen.wide(label, TEXT) + 12


def _high(row: Sequence[Entry]) -> float:
    return max([dot.radius * 2 for _, dot in row] + [TEXT]) + 4


def _side(code: str, lang: str) -> str:
    from stdgraph.networks.plots.looks import WORDS

    return str(translated(Phrase(WORDS[code]), lang)) if code in WORDS else code


def _scale(look: Looks) -> list[tuple[str, float]]:
    """Return the least, a middling and the greatest value of the measure, with their radii."""
    values = sorted(set(look.values.values()))
    if len(values) < 2:
        return []
    middle = min(values, key=lambda value: (abs(value - values[-1] / 4), value))
    nodes = {value: node for node, value in look.values.items()}
    return [(f"{value:.4g}", look.radii[nodes[value]]) for value in sorted({values[0], middle, values[-1]})]
