"""The checks that no shape can make, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pyoxigraph as ox

from stdgraph.services.validate import days, texts
from stdgraph.services.validate.agreeing import Agreeing
from stdgraph.services.validate.fitting import Fitting
from stdgraph.services.validate.kinds import Kinds
from stdgraph.services.validate.listed import Listed
from stdgraph.services.validate.plain import Plain
from stdgraph.services.validate.printed import Printed
from stdgraph.services.validate.shacl import Result
from stdgraph.services.validate.stated import grouped
from stdgraph.services.validate.stored import Statements
from stdgraph.services.validate.terms import Terms


def checked(
    old: Statements,
    new: Sequence[ox.Quad] | None,
    found: Sequence[Result],
    *,
    bereft: Sequence[ox.Quad] = (),
    plain: Plain | None = None,
    on: date | None = None,
    lang: str = "en",
) -> list[Result]:
    """Return the findings of the shapes, with the nearest names, and those of the checks.

    Args:
        old: the statements of the graph.
        new: the statements to check inside it; None for those of the graph.
        found: what the shapes found.
        bereft: statements of the graph that use a word whose declaration is gone.
        plain: knows texts with which nothing was wrong.
        on: the day of the check; without it no date is too late.
        lang: language of messages.
    """
    judged = grouped(old if new is None else new)
    words = Terms(old, grouped([*(new or ()), *bereft]) if bereft else judged, foreign=new is not None, lang=lang)
    told = words.results(days.pointed(found, old, new or ()))
    told = Kinds(old, words.kinds, lang=lang).results(judged, told)
    told += texts.results(judged, told, plain=plain, lang=lang)
    told += days.results(old, judged, on=on, lang=lang)
    told += Fitting(old, lang=lang).results(judged, told)
    told += Listed(old, lang=lang).results(judged, told)
    told += Printed(old, lang=lang).results(judged, told)
    return told + Agreeing(old, lang=lang).results(judged, told)
