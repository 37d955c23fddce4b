"""Reasoning: the closure beside owlrl's, its growth, explanations, and what an added file costs."""

from __future__ import annotations

from bench.closure import ADDED, EXPLAINED, REGISTER
from bench.measure import Sample, Told, measure, met
from bench.setting import Row, Setting

CLOSURE = "bench.closure"
SMALL, LARGE = 16_000, 166_000
"""Made-up standards that bring the ISO committees to some 191,000 and 1,500,000 triples."""
FASTER, LINEAR, WARM = 100, 1.2, 0.1
"""Goals: so many times faster than owlrl; growth at most so many times linear; an explanation in so many seconds."""


def reasoning(at: Setting) -> list[Row]:
    """Closure against owlrl, growth, explanation, addition."""
    committees = at.folder / "committees.nt"
    rows = [_closure(at, "the packaged graph", "-")]
    if REGISTER.exists():
        Told("", at.cache, CLOSURE, "committees", str(committees)).once()
        rows += [_closure(at, "the ISO committees", str(committees)), _growth(at)]
    rows += [_explanation(at), _addition(at, "the packaged graph")]
    return [*rows, _addition(at, "it and the ISO committees", str(committees))] if REGISTER.exists() else rows


def _row(ours: Sample, other: Sample, note: str) -> Row:
    return Row("reasoning", ours, other, note)


def _closure(at: Setting, name: str, path: str) -> Row:
    outs = [at.folder / f"{engine}.nt" for engine in ("rules", "owlrl")]
    ours = Told(f"close {name}: rules", at.cache, CLOSURE, "rules", path, str(outs[0]))
    other = Told(f"close {name}: owlrl", at.cache, CLOSURE, "owlrl", path, str(outs[1]))
    mine, theirs = measure([ours.side, other.side], at.repeat)
    one, two = (set(out.read_text("utf-8").splitlines()) for out in outs)
    same = f"= {len(one)} derived" if one == two else f"**≠** only rules {len(one - two)}, only owlrl {len(two - one)}"
    times = theirs.seconds / mine.seconds
    goal = f"goal {FASTER}×: {met(times >= FASTER)}"
    return _row(mine, theirs, f"{ours.last['asserted']} triples; {same}; {goal}")


def _growth(at: Setting) -> Row:
    told = []
    for name, count in (("small", SMALL), ("large", LARGE)):
        path = at.folder / f"{name}.nt"
        Told("", at.cache, CLOSURE, "committees", str(path), str(count)).once()
        told.append(Told(f"close {name} graph, links included", at.cache, CLOSURE, "grow", str(path)))
    small, large = told
    less, more = measure([small.side, large.side], at.repeat)
    size, cost = large.last["asserted"] / small.last["asserted"], more.seconds / less.seconds
    text = f"{small.last['asserted']} → {large.last['asserted']} triples: {size:.2f}× as many take {cost:.2f}× as long"
    return _row(more, less, f"{text}; goal {size * LINEAR:.2f}×: {met(cost <= size * LINEAR)}")


def _explanation(at: Setting) -> Row:
    ours = Told(f"explain a random derived triple (median of {EXPLAINED})", at.cache, CLOSURE, "explain")
    other = Told("derive all anew", at.cache, CLOSURE, "anew")
    mine, theirs = measure([ours.side, other.side], at.repeat)
    slow, most = (ours.last[name] * 1000 for name in ("p99", "most"))
    note = f"99 of 100 under {slow:.0f} ms, most {most:.0f} ms; goal {WARM * 1000:.0f} ms: {met(mine.seconds <= WARM)}"
    return _row(mine, theirs, note)


def _addition(at: Setting, name: str, *beside: str) -> Row:
    ours = Told(f"add {ADDED}.ttl to {name}: what depends on it", at.cache, CLOSURE, "added", *beside)
    other = Told("derive all anew", at.cache, CLOSURE, "anew", *beside)
    mine, theirs = measure([ours.side, other.side], at.repeat)
    one, two = ours.last["derived"], other.last["derived"]
    return _row(mine, theirs, f"= {one} derived" if one == two else f"**≠** {one} / {two} derived")
