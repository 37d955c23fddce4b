"""Communities through time as a picture: a block for each community of each time, ribbons for those who go from one to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stdgraph.charts import engine
from stdgraph.charts.fields import Drawing
from stdgraph.charts.files import computed, palette
from stdgraph.charts.specs import Spec, filled, framed
from stdgraph.charts.words import lines
from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked, translated
from stdgraph.networks.flows.following import STABLE, Flows, Stage
from stdgraph.networks.flows.layout import BLOCK, FEW, REST, WIDE, Block, Layout, laid_out
from stdgraph.networks.flows.tables import caveats
from stdgraph.networks.network import labelled
from stdgraph.networks.told import made_of, options_of, title_of

MOST = 12
"""So many days or years stand in one picture."""
HEAD, LINE = 46.0, 12.0
"""Room above the blocks for the day and what is told of it; the height of a line of a label."""
HALF = 5.4
"""How wide half a Chinese character of a label is, or a Latin letter."""
NAMES, LEADING = 12, 3
"""So many actors can stand in a label, and in the legend."""
OTHERS = marked("others")
TITLE = marked("{view}: communities, {first} to {last}")
COUNTED = marked("{actors} actors, {communities} communities")
STEADY = marked("stability {value}")
HOW = marked(
    "Blocks and ribbons are as high as they have actors. Where a block has no ribbon, its actors were not there before, or are not later."
)
STABILITY = marked(
    "Stability: how far other seeds and orders of the edges give the same communities (adjusted Rand index), in red under {least}."
)
NOTHING = marked("Nothing to draw: no tie is as asked for.")
PARTS = ("width", "height", "encoding", "layer")
Fields = dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """A picture, and what the user should know of it."""

    data: bytes
    notes: tuple[Phrase, ...] = ()


def picture(found: Flows, form: str = "svg", *, dark: bool = False, lang: str = "en", bare: bool = False) -> Picture:
    """Return communities through time as `svg`, `png` or `pdf`; `dark` has the colours for a dark screen.

    `bare` leaves out the title, for a page that has one.

    Raises:
        ParameterError: there are too many times for one picture, or there is no such form.
        ExtraError: vl-convert is not installed.
    """
    if form not in engine.FORMS:
        detail = Phrase("'{form}' is no form; there are {forms}", form=form, forms=", ".join(engine.FORMS))
        raise ParameterError(parameter="format", detail=detail)
    told = spec(found, lang=lang, bare=bare)
    empty = Phrase(NOTHING) if not told["datasets"]["rows"] else None
    lacking = engine.lacking(told) if form != "svg" else None
    return Picture(engine.picture(told, form, night=dark), tuple(note for note in (empty, lacking) if note))


def spec(found: Flows, *, lang: str = "en", bare: bool = False) -> Spec:
    """Return communities through time as Vega-Lite, with all that it draws inside; raises ParameterError."""
    if len(found.stages) > MOST:
        many = marked(
            "{times} days or years are too many for one picture (at most {most}): give fewer, or --from and --to"
        )
        raise ParameterError(parameter="format", detail=Phrase(many, times=len(found.stages), most=MOST))
    layout, chart = laid_out(found), computed("alluvial")
    names = _names(found, layout, lang)
    drawn = Drawing([], _colours(layout, names))
    body = {name: filled(chart.spec[name], _places(layout), drawn) for name in PARTS}
    notes = _notes(found, lang)
    if not layout.blocks:
        notes.append(_said(Phrase(NOTHING), lang))
    below = [line for one in dict.fromkeys(made_of(s.network, lang) for s in found.stages) for line in lines(one, 112)]
    datasets = _datasets(found, layout, names, lang)
    return framed(chart, body, datasets, title=title(found, lang), notes=notes, below=below, bare=bare)


def _colours(layout: Layout, names: Mapping[int, str]) -> dict[str, str]:
    """Return the colour of each community by what it is called, those of most actors first."""
    colours = [pair[0] for pair in palette()["colours"].values()]
    found = {names[number]: colours[at] for at, number in enumerate(layout.shown)}
    rest = any(block.community == REST for block in layout.blocks)
    return found | ({names[REST]: palette()["other"][0]} if rest else {})


def _places(layout: Layout) -> dict[str, Any]:
    """Return what stands for the names in braces in the file of the chart."""
    high = layout.high + HEAD
    red = palette()["colours"]["red"][0]
    return {"{width}": WIDE, "{height}": high, "{across}": [0, WIDE], "{down}": [high, 0], "$red": red}


def title(found: Flows, lang: str) -> str:
    """Return the title of a picture of communities through time."""
    ends = {"first": found.stages[0].name, "last": found.stages[-1].name}
    return _said(Phrase(TITLE, view=title_of(found.stages[0].network, lang), **ends), lang)


def _said(phrase: Phrase, lang: str) -> str:
    return str(translated(phrase, lang))


def _notes(found: Flows, lang: str) -> list[str]:
    given = options_of(found.stages[0].network, leave_out=("as_of",))
    told = [_said(Phrase(HOW), lang), _said(Phrase(STABILITY, least=STABLE), lang)]
    return [*([" · ".join(given)] if given else []), *told, *(_said(one, lang) for one in caveats(found))]


def _datasets(found: Flows, layout: Layout, names: Mapping[int, str], lang: str) -> dict[str, list[Fields]]:
    few = len(found.stages) <= FEW
    heads = [_head(stage, at, layout.step, words=few, lang=lang) for at, stage in enumerate(found.stages)]
    return {
        "rows": [
            {"x": b.x, "x2": b.x + BLOCK, "y": _down(b.y), "y2": _down(b.y + b.high), "kind": names[b.community]}
            for b in layout.blocks
        ],
        "ribbons": _ribbons(layout, names),
        "labels": _labels(found, layout, lang) if few else [],
        "heads": [{"x": head["x"], "y": 0, "text": head["time"]} for head in heads],
        "under": [{"x": head["x"], "y": 15, "text": head["text"], "unstable": head["unstable"]} for head in heads],
    }


def _ribbons(layout: Layout, names: Mapping[int, str]) -> list[Fields]:
    return [
        {"ribbon": at, "x": x, "y": _down(y), "y2": _down(y2), "kind": names[ribbon.source.community]}
        for at, ribbon in enumerate(layout.ribbons)
        for x, y, y2 in ribbon.curve()
    ]


def _down(y: float) -> float:
    return round(HEAD + y, 2)


def _head(stage: Stage, at: int, step: float, *, words: bool, lang: str) -> Fields:
    """Return what stands above the blocks of a time: the day, how large it is, how stable its communities."""
    value = stage.stability
    steady = "–" if value is None else f"{value:.2f}"
    if words:
        counts = Phrase(COUNTED, actors=len(stage.of), communities=len(stage.members))
        text = f"{_said(counts, lang)}\n{_said(Phrase(STEADY, value=steady), lang)}"
    else:
        text = steady
    return {
        "x": round(at * step, 2),
        "time": stage.name,
        "text": text,
        "unstable": value is not None and value < STABLE,
    }


def _labels(found: Flows, layout: Layout, lang: str) -> list[Fields]:
    """Return how many actors each block has and the leading ones, where there is room: no label reaches into another."""
    room = int((layout.step - BLOCK - 14) / HALF)
    made: list[Fields] = []
    free: dict[int, float] = {}
    for block in layout.blocks:
        rows = max(int(block.high / LINE), 1)
        told = lines(_label(found.stages[block.stage], block, lang), room, rows)
        top = block.middle - len(told) * LINE / 2
        if top >= free.get(block.stage, top):
            free[block.stage] = top + len(told) * LINE
            made.append({"x": block.x + BLOCK + 5, "y": _down(top), "text": "\n".join(told)})
    return made


def _label(stage: Stage, block: Block, lang: str) -> str:
    """Return the number of a community, how many actors it has, and who they are, those of greatest strength first."""
    if block.community == REST:
        return f"{_said(Phrase(OTHERS), lang)} ({len(block.nodes)})"
    told = [labelled(stage.network.nodes[node], str(node), lang) for node in block.nodes[:NAMES]]
    more = "…" if len(block.nodes) > NAMES else ""
    return f"{block.community} ({len(block.nodes)}){_colon(lang)}{_comma(lang).join(told)}{more}"


def _names(found: Flows, layout: Layout, lang: str) -> dict[int, str]:
    """Return what each community is called in the legend: its number, and those of greatest strength over all times."""
    told = {REST: _said(Phrase(OTHERS), lang)}
    for number in layout.shown:
        strength: Counter[Any] = Counter()
        labels: dict[Any, str] = {}
        for stage in found.stages:
            for node in stage.members.get(number, []):
                strength[node] += stage.network.degree(node, weight="weight")
                labels[node] = labelled(stage.network.nodes[node], str(node), lang)
        first = sorted(strength, key=lambda node: (-strength[node], str(node)))
        more = "…" if len(first) > LEADING else ""
        text = f"{number}{_colon(lang)}{_comma(lang).join(labels[n] for n in first[:LEADING])}{more}"
        told[number] = "\n".join(lines(text, computed("alluvial").label, 2))
    return told


def _colon(lang: str) -> str:
    return "：" if lang.startswith("zh") else ": "


def _comma(lang: str) -> str:
    return "、" if lang.startswith("zh") else ", "
