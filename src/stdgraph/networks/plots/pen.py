"""The one door to matplotlib: how wide words are, and a page as SVG, PNG or PDF, the same bytes each time."""

from __future__ import annotations

import io
import logging
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from stdgraph.charts.engine import FOLDER
from stdgraph.charts.files import dark, palette
from stdgraph.charts.specs import FONTS
from stdgraph.charts.words import CHINESE, lines
from stdgraph.errors import ExtraError, ParameterError
from stdgraph.locale import Phrase
from stdgraph.networks.plots.marks import LEADING, SQUARE, Page, Words

FORMS = ("svg", "png", "pdf")
DOTS = 300
"""Dots of a PNG for an inch: sharp in print."""
ALWAYS = "DejaVu Sans"
"""The family that matplotlib brings with it."""
BOXES = "Last Resort"
"""Families of fonts that have a box for every character."""
SETTINGS: Mapping[str, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "stdgraph",
    "pdf.fonttype": 3,
    "pdf.compression": 6,
    "path.simplify": False,
    "text.usetex": False,
}


def wide(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is, in points."""
    return _of_hundred(text, bold) * size / 100


def broken(text: str, most: float, size: float, rows: int, *, bold: bool = False) -> list[str]:
    """Return a text in lines at most so wide, in points; the last of too many ends with `…`."""
    longest = max(int(most / size * 2.6), 8)
    for halves in range(longest, 4, -1):
        told = lines(text, halves, rows)
        if all(wide(line, size, bold=bold) <= most for line in told):
            return told
    return lines(text, 4, rows)


@cache
def _of_hundred(text: str, bold: bool) -> float:
    from matplotlib.textpath import TextToPath

    with _quiet():
        width, _, _ = TextToPath().get_text_width_height_descent(text, _letters(100, bold), ismath=False)
    return float(width)


def written(page: Page, form: str = "svg", *, night: bool = False, title: str = "") -> bytes:
    """Return a page in a form; `night` has the colours for a dark screen.

    Raises:
        ParameterError: there is no such form.
        ExtraError: matplotlib is not installed.
    """
    if form not in FORMS:
        detail = Phrase("'{form}' is no form; there are {forms}", form=form, forms=", ".join(FORMS))
        raise ParameterError(parameter="format", detail=detail)
    engine()
    from matplotlib import rc_context, rcParamsDefault

    usual: dict[Any, Any] = {name: value for name, value in rcParamsDefault.items() if not name.startswith("backend")}
    out = io.BytesIO()
    with _quiet(), rc_context(usual | dict(SETTINGS)):
        _figure(page, night).savefig(out, format=form, dpi=DOTS if form == "png" else 72, metadata=_told(form, title))
    return out.getvalue()


def _told(form: str, title: str) -> dict[str, Any]:
    """Return what a file says of itself: its title, and no day."""
    usual: dict[str, dict[str, Any]] = {
        "svg": {"Title": title, "Creator": "stdgraph", "Date": None},
        "png": {"Title": title, "Software": "stdgraph"},
        "pdf": {"Title": title, "Creator": "stdgraph", "Producer": "stdgraph", "CreationDate": None},
    }
    return usual[form]


def _figure(page: Page, night: bool) -> Any:
    from matplotlib.figure import Figure

    shades = dark() if night else {}
    figure = Figure(figsize=(page.wide / 72, page.high / 72), facecolor=_shade(palette()["paper"][0], shades))
    axes: Any = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, page.wide)
    axes.set_ylim(0, page.high)
    axes.set_axis_off()
    _draw_lines(axes, page, shades)
    _draw_dots(axes, page, shades)
    for words in page.words:
        _draw_words(axes, words, shades)
    return figure


def _shade(colour: str, shades: Mapping[str, str]) -> str:
    return shades.get(colour, colour)


def _draw_lines(axes: Any, page: Page, shades: Mapping[str, str]) -> None:
    from matplotlib.collections import LineCollection, PolyCollection
    from matplotlib.colors import to_rgba

    lines = LineCollection(
        [line.points for line in page.lines],
        linewidths=[line.width for line in page.lines],
        colors=[to_rgba(_shade(line.colour, shades), line.opacity) for line in page.lines],
        capstyle="round",
    )
    axes.add_collection(lines, autolim=False)
    heads = [(head.points, _shade(head.colour, shades)) for head in page.heads]
    axes.add_collection(
        PolyCollection([p for p, _ in heads], facecolors=[c for _, c in heads], linewidths=0), autolim=False
    )


def _draw_dots(axes: Any, page: Page, shades: Mapping[str, str]) -> None:
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Circle, Rectangle

    made = []
    for dot in page.dots:
        (x, y), r = dot.at, dot.radius
        made.append(Rectangle((x - r, y - r), 2 * r, 2 * r) if dot.shape == SQUARE else Circle((x, y), r))
    paper = _shade(palette()["paper"][0], shades)
    colours = [_shade(dot.colour, shades) for dot in page.dots]
    fills = [paper if dot.hollow else colour for dot, colour in zip(page.dots, colours, strict=True)]
    rims = [colour if dot.hollow else paper for dot, colour in zip(page.dots, colours, strict=True)]
    drawn = PatchCollection(made, facecolors=fills, edgecolors=rims, linewidths=0.5, zorder=3)
    axes.add_collection(drawn, autolim=False)


def _draw_words(axes: Any, words: Words, shades: Mapping[str, str]) -> None:
    from matplotlib.patheffects import withStroke

    paper = _shade(palette()["paper"][0], shades)
    around = [withStroke(linewidth=1.6, foreground=paper)] if words.halo else []
    for number, line in enumerate(words.lines):
        axes.text(
            words.at[0],
            words.at[1] - number * words.size * LEADING,
            line,
            fontproperties=_letters(words.size, words.bold),
            color=_shade(words.colour, shades),
            parse_math=False,
            path_effects=around,
            zorder=5 if words.halo else 4,
        )


def _letters(size: float, bold: bool) -> Any:
    engine()
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=list(families()), size=size, weight="bold" if bold else "normal")


@cache
def families() -> tuple[str, ...]:
    """Return the families of letters: that of matplotlib, the same everywhere, and behind it one that has Chinese, if any is here."""
    brought = _brought()
    known = {one.name for one in engine().font_manager.fontManager.ttflist if not one.name.startswith(BOXES)}
    ranked = [*brought, *(name for name in FONTS if name in known), *sorted(known)]
    return (ALWAYS, *[name for name in dict.fromkeys(ranked) if _holds(name, "中")][:1])


@cache
def _brought() -> tuple[str, ...]:
    """Return the families in the folder of fonts that STDGRAPH_FONTS names."""
    folder, manager = os.environ.get(FOLDER), engine().font_manager.fontManager
    before = {one.name for one in manager.ttflist}
    for path in sorted(Path(folder).rglob("*")) if folder else ():
        if path.suffix.lower() in (".ttf", ".otf", ".ttc"):
            manager.addfont(path)
    return tuple(sorted({one.name for one in manager.ttflist} - before))


@cache
def _holds(family: str, sign: str) -> bool:
    """Tell whether the fonts of a family have a character."""
    from matplotlib.font_manager import FontProperties, get_font

    manager = engine().font_manager.fontManager
    return bool(get_font(manager.findfont(FontProperties(family=[family]))).get_char_index(ord(sign)))


def lacks_chinese(texts: Iterable[str]) -> bool:
    """Tell whether there is Chinese among some texts, and no font here that has it."""
    signs = next((found[0] for text in texts if (found := CHINESE.search(text))), "")
    return bool(signs) and not any(_holds(name, signs) for name in families())


@cache
def engine() -> Any:
    """Return matplotlib; raises ExtraError."""
    try:
        with _quiet():
            import matplotlib as mpl
            import matplotlib.font_manager
    except ImportError:
        raise ExtraError(what=Phrase("Pictures of networks"), extra="plot") from None
    return mpl


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep matplotlib from telling of characters and weights that no font has; `lacks_chinese` does."""
    log = logging.getLogger("matplotlib.font_manager")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        log.setLevel(level)
