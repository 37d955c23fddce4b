"""The one door to vl-convert, which draws Vega-Lite without a browser: as SVG, PNG or PDF, and nothing from the network."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from stdgraph.charts.files import dark, palette
from stdgraph.charts.portable import steady
from stdgraph.charts.specs import FONTS
from stdgraph.charts.words import CHINESE
from stdgraph.errors import ExtraError
from stdgraph.locale import Phrase, marked
from stdgraph.model import escape

if TYPE_CHECKING:
    import types

FORMS = ("svg", "png", "pdf")
VERSION = "6.1"
"""The version of Vega-Lite that draws, whatever else the library brings: the same bytes."""
SCALE = 2.0
"""Points of a PNG for each of the picture: sharp at the size of a page."""
FOLDER = "STDGRAPH_FONTS"
"""What names a folder of fonts that the system does not know."""
NO_FONT = marked(
    "No Chinese font was found, and Chinese will not be drawn: install one (Debian: apt install fonts-noto-cjk), or set STDGRAPH_FONTS to a folder that holds one."
)
COLOUR = re.compile(r"#[0-9a-f]{6}\b|\bwhite\b")


def picture(spec: dict[str, Any], form: str = "svg", *, night: bool = False) -> bytes:
    """Return a picture of a Vega-Lite specification in a form; `night` has the colours for a dark screen.

    An SVG has both: it follows what its reader prefers, unless `night` was asked for. Raises ExtraError.
    """
    engine = _engine()
    made = engine.vegalite_to_svg(_drawable(spec), vl_version=VERSION, allowed_base_urls=[])
    drawn = _named(made, str(spec.get("description", "")))
    if night:
        drawn = COLOUR.sub(lambda found: dark().get(_hex(found[0]), found[0]), drawn)
    if form == "svg":
        return (drawn if night else _following(drawn)).encode() + b"\n"
    if form == "png":
        return bytes(engine.svg_to_png(drawn, scale=SCALE))
    return steady(bytes(engine.svg_to_pdf(drawn)))


def _drawable(value: Any) -> Any:
    """Return a specification whose texts no renderer stumbles over: a character that XML has not ends the process."""
    if isinstance(value, str):
        return escape.xml(value)
    if isinstance(value, dict):
        return {name: _drawable(part) for name, part in value.items()}
    return [_drawable(part) for part in value] if isinstance(value, list) else value


def is_there() -> bool:
    """Tell whether pictures can be drawn here."""
    from importlib.util import find_spec

    return find_spec("vl_convert") is not None


def lacking(spec: dict[str, Any]) -> Phrase | None:
    """Return what to tell where a picture has Chinese and there is no font for it, None else."""
    found = CHINESE.search(str(spec))
    return Phrase(NO_FONT) if found and not has_glyph(found[0]) else None


@cache
def has_glyph(sign: str) -> bool:
    """Tell whether a font here has a character: whether it looks otherwise than one that no font has."""
    engine = _engine()
    drawn = [
        engine.svg_to_png(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text x="2" y="16" font-family="{", ".join(FONTS)}">{one}</text></svg>'
        )
        for one in (sign, "\U0010fffd", " ")
    ]
    return drawn[0] not in drawn[1:]


@cache
def _engine() -> types.ModuleType:
    try:
        import vl_convert
    except ImportError:
        raise ExtraError(what=Phrase("Pictures"), extra="plot") from None
    if folder := os.environ.get(FOLDER):
        vl_convert.register_font_directory(folder)
    return vl_convert


def _named(drawn: str, title: str) -> str:
    """Return an SVG that tells those who do not see it what it is; the table says the rest."""
    head, rest = drawn.split(">", 1)
    return f'{head} role="img"><title>{escape.html(title)}</title>{rest}'


def _hex(colour: str) -> str:
    return "#ffffff" if colour == "white" else colour


def _following(drawn: str) -> str:
    """Return an SVG with a style by which it turns dark where its reader prefers that."""
    used = {_hex(colour) for colour in COLOUR.findall(drawn)}
    pairs = [(day, night) for day, night in dark().items() if day in used]
    rules = "".join(f'[{part}="{day}"]{{{part}:{night}}}' for day, night in pairs for part in ("fill", "stroke"))
    paper = palette()["paper"][0]
    drawn = drawn.replace('fill="white"', f'fill="{paper}"')
    head, rest = drawn.split(">", 1)
    return f"{head}><style>@media screen and (prefers-color-scheme:dark){{{rules}}}</style>{rest}"
