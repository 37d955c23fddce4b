"""What a second reader sees: a value that is not the printed one, two names that tell different numbers, a line or an id of another kind."""

from __future__ import annotations

import re
from random import Random

from corpus.blocks import Block, World
from corpus.kinds import Change, Kind, swap

FOREIGN = {
    "Evidence": ("OfficeHolding", "Participation", "Figure"),
    "Person": ("Agreement", "Figure", "Evidence"),
    "Figure": ("OfficeHolding", "Evidence"),
    "Participation": ("Evidence", "Figure"),
    "Country": ("Agreement", "Figure"),
}
"""Classes whose lines are put into a block of another."""
PRINTED = r'^(    stdg:printedForm ")([^"]+)("(?:@[\w-]+)? ;)$'
COMMON = ("evidence", "ownTranslation", "possiblySameAs", "start", "date", "end")


def _another_print(found: re.Match[str], rng: Random, world: World) -> str:
    """What is printed for another evidence."""
    lines = [line for block in rng.sample(world.things["Evidence"], 20) for line in block.lines]
    other = next(m for line in lines if (m := re.match(PRINTED, line)))
    return f"{found[1]}{other[2]}{found[3]}"


def _line_of_the_next(block: Block, rng: Random, world: World) -> Change | None:
    """A line that belongs into a block of another class."""
    others = [b for kind in FOREIGN[block.kind] for b in world.things[kind]]
    lines = [line for line in rng.choice(others).lines[2:-1] if line.startswith("    stdg:")]
    own = {line.split()[0] for b in world.things[block.kind] for line in b.lines}
    foreign = [line for line in lines if line.split()[0] not in own and line.split()[0][5:] not in COMMON]
    if not foreign:
        return None
    at = len(block.lines) - 1
    return Change([*block.lines[:at], rng.choice(foreign), "."], frozenset({at}))


def _printed(block: Block, world: World) -> str:
    """Return what is printed where a block was read."""
    evidence = [world.by_id[name] for name in block.named("evidence") if name in world.by_id]
    return " ".join(line for e in evidence for line in e.lines if "printedForm" in line)


def _turned(block: Block, rng: Random, world: World) -> Change | None:
    """Two digits of a printed value turned."""
    found = next((m for line in block.lines if (m := re.fullmatch(r"    stdg:value (\d{2,})(?:\.0)? ;", line))), None)
    if not found or found[1] not in re.sub(",", "", _printed(block, world)) or found[1][-1] == found[1][-2]:
        return None
    wrong = f"{found[1][:-2]}{found[1][-1]}{found[1][-2]}"
    return swap("", r"^(    stdg:value )\d+", rf"\g<1>{wrong}").spoilt(block, rng, world)


def _fraction(block: Block, rng: Random, world: World) -> Change | None:
    """A share of a hundred written as a share of one."""
    found = next((m for line in block.lines if (m := re.fullmatch(r"    stdg:value ([\d.]+) ;", line))), None)
    if not found or '    stdg:unit "percent" ;' not in block.lines or found[1].removesuffix(".0") not in _printed(block, world):  # fmt: skip
        return None
    return swap("", r"^(    stdg:value )[\d.]+", rf"\g<1>{float(found[1]) / 100:.5f}").spoilt(block, rng, world)


def _both(pattern: str, chinese: str, by: int) -> object:
    """Another number in the Chinese name than in the English one."""

    def make(block: Block, rng: Random, world: World) -> Change | None:
        english = next((m for line in block.lines if (m := re.match(rf'    skos:prefLabel "[^"]*{pattern}[^"]*"@en', line))), None)  # fmt: skip
        if not english:
            return None
        return swap("", rf'^(    skos:prefLabel "[^"]*?{chinese})({english[1]})([^"]*"@zh-Hans ;)$', lambda m, _r, _w: f"{m[1]}{int(m[2]) + by}{m[3]}", also=(-1,)).spoilt(block, rng, world)  # fmt: skip

    return make


def _paragraph(block: Block, rng: Random, world: World) -> Change | None:
    """Another paragraph than the one in the id of the evidence."""
    found = re.search(r"-p(\d+)(?:-|--|$)", block.id)
    if not found:
        return None
    return swap("", rf'^(    stdg:locator "[^"]*paragraph ){found[1]}\b', lambda m, _r, _w: f"{m[1]}{int(found[1]) + 3}").spoilt(block, rng, world)  # fmt: skip


def _old_evidence(block: Block, rng: Random, world: World) -> Change | None:
    """A block written over a neighbour's: all new but the evidence, which is named for the neighbour."""
    slug = block.id.partition("/")[2]
    others = [b for b in world.things[block.kind] if b.path == block.path and b.id != block.id]
    named = [e for b in others for e in b.named("evidence") if e.endswith(b.id.partition("/")[2])]
    named = [e for e in named if not {*e.split("--")[2:]} & {*slug.split("--")}]
    if not named:
        return None
    return swap("", r"^(    stdg:evidence )<[^>]+>", rf"\1<{rng.choice(named)}>").spoilt(block, rng, world)


def _other_kind(block: Block, rng: Random, world: World) -> Change:
    """An id that begins as those of another kind of thing do."""
    own = block.id.partition("/")[0]
    other = rng.choice([kind for kind in ("event", "agreement", "standard", "project") if kind != own])
    return Change([f"<{other}/{block.id.partition('/')[2]}>", *block.lines[1:]], frozenset({0, 1}))


def _name_of_a_country(block: Block, rng: Random, world: World) -> Change | None:
    """The name of another country in both names of an agreement of two."""
    names = {"United Kingdom": "英国", "Germany": "德国", "France": "法国", "Russia": "俄罗斯", "Mongolia": "蒙古"}
    text = "\n".join(block.lines)
    own = [n for n in names if re.search(rf'prefLabel "[^"]*\b{n}\b', text)]
    if not own or text.count("stdg:hasParty") < 2:
        return None
    other = rng.choice([n for n in names if n not in own])
    lines = [line.replace(own[0], other).replace(names[own[0]], names[other]) if "Label" in line else line for line in block.lines]  # fmt: skip
    return Change(lines, frozenset(n for n, (a, b) in enumerate(zip(lines, block.lines, strict=True)) if a != b))


KINDS: list[Kind] = [
    Kind("line-of-the-next-block", _line_of_the_next, of="|".join(FOREIGN)),
    Kind("value-with-digits-turned", _turned, of="Figure"),
    Kind("share-as-a-fraction", _fraction, of="Figure"),
    Kind("names-of-two-years", _both(r"\b((?:19|20)\d\d)\b", "", 1)),  # type: ignore[arg-type]
    Kind("names-of-two-numbers", _both(r"\b(\d{2,3}) [a-z]", "", 2)),  # type: ignore[arg-type]
    Kind("paragraph-that-the-id-does-not-tell", _paragraph, of="Evidence"),
    Kind("evidence-of-the-block-before", _old_evidence, of="OfficeHolding|Participation|Contribution|Membership|Recognition"),
    Kind("id-of-another-kind", _other_kind, of="Company|Association|City|Person|Figure|Evidence", changed=False),
    Kind("country-of-another-agreement", _name_of_a_country, of="Agreement|Arrangement"),
    swap("printed-form-of-the-next-line", PRINTED, _another_print, of="Evidence"),
]  # fmt: skip
