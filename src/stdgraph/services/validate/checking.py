"""`validate`: the shapes over the graph, or over new files inside the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

import pyoxigraph as ox

from stdgraph.model.vocabulary import DERIVED_BOUNDS, DERIVED_LINKS, RDF, SH
from stdgraph.reasoning import rules
from stdgraph.reasoning.bounds import add_bounds
from stdgraph.services.validate import declared, doubles, forms, kept, repeats, shacl, tables, twins, usual
from stdgraph.services.validate.aside import aside, uncollected
from stdgraph.services.validate.branches import with_branches
from stdgraph.services.validate.change import Change, caused, first_named
from stdgraph.services.validate.checks import checked
from stdgraph.services.validate.doubled import Doubled
from stdgraph.services.validate.facts import Facts, Stored
from stdgraph.services.validate.folding import folded
from stdgraph.services.validate.made import Made, made, read
from stdgraph.services.validate.places import Places
from stdgraph.services.validate.plain import Plain
from stdgraph.services.validate.report import SEVERITIES, Report
from stdgraph.services.validate.screen import Screen
from stdgraph.services.validate.shacl import Result
from stdgraph.services.validate.standing import stand_ins
from stdgraph.services.validate.stored import Statements, filled
from stdgraph.services.validate.texts import is_no_number
from stdgraph.services.validate.touched import Touched
from stdgraph.services.validate.values import Written
from stdgraph.storage.files import GraphFile, content, once
from stdgraph.storage.lines import is_packed

DERIVED_SHAPES = "Derived"
PREFIXES = "General"
"""The file of shapes in which the prefixes of queries are declared."""
TYPE = ox.NamedNode(RDF + "type")


def validate(
    files: Sequence[GraphFile],
    new: Sequence[GraphFile] = (),
    *,
    shapes: Sequence[GraphFile] = (),
    on: date | None = None,
    lang: str = "en",
    say: Callable[[str], None] | None = None,
) -> Report:
    """Return what the shapes find in the asserted graph, or what is wrong once new files are merged into it.

    The shapes run on the asserted triples with the ontology's class hierarchy and computed date bounds, never after
    the closure; the shapes of `Derived.ttl` run on what is derived, in the whole graph alone. Unknown words and garbled
    texts, of which no shape can speak, are findings too; of what a pack's register prints or leaves out only violations of
    shapes are told.

    Args:
        files: ontology, data and added files.
        new: files to check inside that graph; one of its own files is checked as if it were new, and a changed copy of
            one stands in for it.
        shapes: files of other shapes, which then alone are run.
        on: the day of the check, after which nothing can have happened yet.
        lang: language of messages.
        say: told which file stands in for which.

    Raises:
        FileError, TurtleSyntaxError: a file cannot be read.
    """
    if new:
        new = once(new)
        others = once([*new, *files])[len(new) :]
        return judge(others, Change(new, stand_ins(new, others, say)), shapes=shapes, on=on, lang=lang)
    name = kept.name_of(files, shapes, lang)
    report = kept.recalled(name, on)
    if report is None:
        with uncollected():
            report = whole(files, shapes=shapes, on=on, lang=lang)
        if kept.name_of(files, shapes, lang) == name:  # nothing was written meanwhile
            kept.keep(name, on, report)
    return report


def whole(files: Sequence[GraphFile], *, shapes: Sequence[GraphFile], on: date | None, lang: str) -> Report:
    """Return what `validate` does of all files, judged anew."""
    ours, packed = (read(f for f in files if is_packed(f) == of_pack) for of_pack in (False, True))
    quads = [*ours, *packed]
    numberless = [q for q in quads if is_no_number(q.object)]
    odd = {*numberless}
    store = filled([q for q in quads if q not in odd] if odd else quads)

    def more() -> tuple[list[Doubled], list[Result]]:
        store.extend(numberless)
        twice = doubles.results(packed, ours, files, lang=lang)
        rules.reason(store, rules.chosen(store))  # but no bounds by reason: of these no shape speaks
        add_bounds(store)
        return twice, shacl.results(_derived(store), _derived_shapes(), lang=lang)

    rest = (lambda: ([], [])) if shapes else aside(more)
    screen = Screen(Facts(store, store), Facts(_shapes(shapes)))
    found = with_branches(shacl.judged(screen, screen.suspects(), lang=lang), screen, lang)
    store.extend(numberless)  # they have places too
    if not shapes:
        plain = Plain()
        found = checked(
            Statements(store, lambda: ours), None, _mendable(found, ours, packed), plain=plain, on=on, lang=lang
        )
        found += tables.results(files, store, lang=lang)
        formed = forms.results(files, store, plain=plain, lang=lang)
        formed += declared.results(files, store, plain=plain, lang=lang)
        plain.keep()
        twice, derived = rest()
        found = doubles.once([*found, *doubles.untold(twice, found), *formed, *derived])
    return _report(found, Places(store, files, ()), Written(quads))


def judge(
    files: Sequence[GraphFile],
    change: Change,
    *,
    shapes: Sequence[GraphFile] = (),
    on: date | None = None,
    lang: str = "en",
) -> Report:
    """Return the findings that a change of the graph causes, wherever their focus stands, and no other.

    Args:
        files: the graph as it was, with the files that are gone.
        change: what comes and what goes.
        shapes: files of other shapes, which then alone are run.
        on: the day of the check, after which nothing can have happened yet.
        lang: language of messages.

    Raises:
        FileError, TurtleSyntaxError: a file cannot be read.
    """
    if not change.new and not change.gone:
        return Report((), ())
    stay = [file for file in files if file not in change.gone]
    with uncollected(), made(files, change) as step:
        found = first_named(_caused(step, Facts(_shapes(shapes)), lang), step.after)
        if not shapes:
            old = Statements(step.after, lambda: read(stay), before=step.before, words=step.words)
            found = checked(old, step.added, found, bereft=_bereft(step), on=on, lang=lang)
            found += usual.results(old, step.added, found, lang=lang)
            held = read(repeats.related(stay, step.come, step.before))
            found += repeats.results(held, step.come, [*change.new, *stay], lang=lang)
            found = doubles.once([*found, *twins.within(step.after, step.added, step.marks, lang).results(found)])
        step.after.extend(q for q in step.come if is_no_number(q.object))  # they have places too
        found += () if shapes else _formed(step, change, lang)
        return _report(found, Places(step.after, stay, change.new, {*step.differing}), Written(step.come))


def _caused(step: Made, shapes: Facts, lang: str) -> list[Result]:
    """Return what the shapes find after a change, and did not find before it."""
    before, after = (Screen(Stored(store), shapes) for store in (step.before, step.after))
    suspects = after.suspects(Touched(after, step.differing).nodes())
    found = shacl.judged(after, suspects, lang=lang)
    return (
        with_branches(caused(shacl.judged(before, before.suspects(suspects), lang=lang), found), after, lang)
        if found
        else []
    )


def _formed(step: Made, change: Change, lang: str) -> list[Result]:
    """Return what is wrong with the form of new files, and was not so in those that they stand for."""
    was, found = (
        [result for check in (forms, declared) for result in check.results(files, store, lang=lang)]
        for files, store in ((change.gone, step.before), (change.new, step.after))
    )
    before = {(r.focus, r.value, r.finding.message) for r in was}
    return [r for r in found if (r.focus, r.value, r.finding.message) not in before]


def _mendable(found: list[Result], ours: list[ox.Quad], packed: list[ox.Quad]) -> list[Result]:
    """Return findings without those of what a register leaves out, such as Chinese names: nobody here can mend it."""
    foreign = {q.subject for q in packed} - {q.subject for q in ours}
    return [r for r in found if r.finding.severity == SEVERITIES[0] or r.focus not in foreign]


def _bereft(step: Made) -> list[ox.Quad]:
    """Return the statements that use a word whose declaration is gone."""
    lost = dict.fromkeys(t.subject for t in step.gone if t.predicate == TYPE and isinstance(t.subject, ox.NamedNode))
    return [
        q for term in lost for at in ((None, term, None), (None, None, term)) for q in step.after.quads_for_pattern(*at)
    ]


def _report(found: list[Result], places: Places, written: Written) -> Report:
    order = {name: at for at, name in enumerate(SEVERITIES)}
    found = sorted(found, key=lambda r: (order[r.finding.severity], r.finding))
    told = [written.of(r) for r in found]
    findings = [
        t.finding if t.finding.file else replace(t.finding, **places.of(r)) for r, t in zip(found, told, strict=True)
    ]
    return folded(forms.without_consequences(zip(findings, told, strict=True)))


def _derived(store: ox.Store) -> Iterable[ox.Triple]:
    """Yield the derived links and bounds, of which alone the derived shapes speak."""
    for graph in (DERIVED_LINKS, DERIVED_BOUNDS):
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            yield quad.triple


def _shapes(given: Sequence[GraphFile] = ()) -> list[ox.Triple]:
    """Return the triples of some shapes, of ours where none are given."""
    if given:
        return [quad.triple for quad in read(given)]
    paths = sorted(content("shapes").glob("*.ttl"))
    return [t for p in paths if p.stem != DERIVED_SHAPES for t in _triples(p.stem)]


def _derived_shapes() -> list[ox.Triple]:
    """Return the derived shapes, and of the shared file only the prefix declarations that they need."""
    declares = {SH + name for name in ("declare", "prefix", "namespace")}
    shared = [t for t in _triples(PREFIXES) if t.predicate.value in declares]
    return [*_triples(DERIVED_SHAPES), *shared]


def _triples(stem: str) -> list[ox.Triple]:
    return [q.triple for q in GraphFile(content("shapes", f"{stem}.ttl"), "urn:shapes").quads()]
