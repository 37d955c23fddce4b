"""The colours: readable on paper and on a dark screen, told apart without colour vision, each with one counterpart."""

from __future__ import annotations

import math
import re
from itertools import combinations, pairwise

import pytest

from stdgraph.charts.files import SHADES, dark, palette

SIGHTS = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red (protanopia)": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green (deuteranopia)": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue (tritanopia)": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
"""What is left of linear RGB; source: Machado, Oliveira and Fernandes 2009, severity 1.0."""
FAR = 0.09
"""Distance in Oklab that two colours of neighbours need; a just noticeable one is some 0.02."""
Triple = tuple[float, float, float]


def linear(colour: str) -> Triple:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, 1.4.3)."""
    low, high = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (high + 0.05) / (low + 0.05)


def oklab(colour: str, sight: tuple[Triple, Triple, Triple]) -> Triple:
    r, g, b = (min(1.0, max(0.0, sum(map(lambda a, b: a * b, row, linear(colour))))) for row in sight)
    lo = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    me = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    sh = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * lo + 0.7936177850 * me - 0.0040720468 * sh,
        1.9779984951 * lo - 2.4285922050 * me + 0.4505937099 * sh,
        0.0259040371 * lo + 0.7827717662 * me - 0.8086757660 * sh,
    )


@pytest.mark.parametrize("night", [0, 1], ids=["paper", "dark screen"])
def test_colours_stand_out_and_words_can_be_read(night: int) -> None:
    paper = palette()["paper"][night]
    assert {name: contrast(pair[night], paper) >= 3 for name, pair in palette()["colours"].items()} == dict.fromkeys(
        palette()["colours"], True
    )
    assert contrast(palette()["other"][night], paper) >= 3
    assert all(contrast(palette()[name][night], paper) >= 4.5 for name in ("ink", "faint"))


@pytest.mark.parametrize("night", [0, 1], ids=["paper", "dark screen"])
def test_numbers_in_shaded_cells_can_be_read(night: int) -> None:
    ramp = [pair[night] for pair in palette()["ramp"]]
    assert all(contrast(shade, palette()["ink"][night]) >= 4.5 for shade in ramp[:3])
    assert all(contrast(shade, palette()["paper"][night]) >= 4.5 for shade in ramp[3:])


@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
@pytest.mark.parametrize("night", [0, 1], ids=["paper", "dark screen"])
def test_colours_are_told_apart_without_colour_vision(sight: tuple[Triple, Triple, Triple], night: int) -> None:
    colours = {name: oklab(pair[night], sight) for name, pair in palette()["colours"].items()}
    near = [(a, b) for a, b in combinations(colours, 2) if math.dist(colours[a], colours[b]) < FAR]
    assert near == []


@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
@pytest.mark.parametrize("night", [0, 1], ids=["paper", "dark screen"])
def test_shades_go_one_way(sight: tuple[Triple, Triple, Triple], night: int) -> None:
    light = [oklab(pair[night], sight)[0] for pair in palette()["ramp"]]
    steps = [b - a for a, b in pairwise(light)]
    assert all(abs(step) > 0.05 for step in steps)
    assert len({step > 0 for step in steps}) == 1


def test_each_colour_has_one_counterpart() -> None:
    told = palette()
    pairs = [*(told[name] for name in SHADES), *told["colours"].values(), *told["ramp"]]
    assert len({light for light, _ in pairs}) == len(pairs) == len(dark())
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for pair in pairs for colour in pair)


def test_kinds_have_colours_of_the_palette() -> None:
    assert set(palette()["kinds"].values()) <= palette()["colours"].keys()
