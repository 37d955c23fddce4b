"""Validation: the whole graph, and a new file inside it, alone and beside the ISO committees."""

from __future__ import annotations

from pathlib import Path

from bench.closure import REGISTER
from bench.measure import ROOT, Run, Sample, Side, Told, measure, met
from bench.setting import Row, Setting

WHOLE, NEW = 1.5, 1.0
"""Goals in seconds: of the whole graph, of a new file beside the committees."""
HEAD = """@base <https://w3id.org/stdgraph/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
@prefix stdgc: <https://w3id.org/stdgraph/concept/> .
"""
BLOCK = """
<agreement/2021-0{number}-example>
    a stdg:Agreement ;
    skos:prefLabel "Example of an agreement, number {number}"@en ;
    skos:prefLabel "示例协议第{number}号"@zh-Hans ;
    stdg:agreementType stdgc:agrtype-mou ;
    stdg:date "2021-0{number}" ;
    stdg:evidence <evidence/cn-uk-wg--intro-p1--{evidence}> ;
    stdg:hasParty <org/cn-sac> ;
    stdg:hasParty <org/gb-bsi> ;
.
"""


def validate(at: Setting) -> list[Row]:
    """Validate all, then a new file; against pySHACL alone on what rdflib parsed."""
    clean, faulty = _written(at.folder / "clean.ttl", "gb"), _written(at.folder / "faulty.ttl", "us")
    shapes = str(ROOT / "shapes")
    sides = [
        at.python('`python -c "import click"`', "-c", "import click"),
        at.obvious("rdflib parse, pySHACL", "validate.py", shapes, *at.files),
        at.obvious("rdflib parse, pySHACL, the new file too", "validate.py", shapes, *at.files, clean),
        _anew(at.tool("validate", fine=(0, 1)), at.cache),
        at.tool("validate", fine=(0, 1)),
        at.tool("validate", clean),
        at.tool("validate", faulty, fine=(1,)),
    ]
    click, all_, more, whole, again, new, wrong = measure(sides, at.repeat)
    rows = [
        _goal(Row("validate", whole, all_, "stdgraph also checks date bounds and derived links"), WHOLE),
        Row("validate", _named(again, "nothing changed since"), click),
        Row("validate", _named(new, "a new file of 50 lines"), more),
        Row("validate", _named(wrong, "the same with faults"), more),
        Row("validate", _named(new, "a new file of 50 lines"), click),
    ]
    return rows + (_beside_pack(at, clean, faulty) if REGISTER.exists() else [])


def _beside_pack(at: Setting, clean: str, faulty: str) -> list[Row]:
    """Validate the new file beside the ISO committees; against a process that imports click and nothing else."""
    cache = at.folder / "validate-pack"
    cache.mkdir(exist_ok=True)
    beside = Setting(at.folder / "validate-pack", at.repeat)
    Told("`pack add`", beside.cache, "bench.importing", "add", str(REGISTER)).side.once()
    sides = [
        beside.python('`python -c "import click"`', "-c", "import click"),
        beside.tool("--pack", "iso", "validate", clean),
        beside.tool("--pack", "iso", "validate", faulty, fine=(1,)),
    ]
    click, new, wrong = measure(sides, at.repeat)
    rows = Row("validate", _named(new, "a new file"), click), Row("validate", _named(wrong, "with faults"), click)
    return [_goal(row, NEW) for row in rows]


def _anew(side: Side, cache: Path) -> Side:
    """Return a side of which no verdict is kept."""

    def once() -> Run:
        (cache / "stamps" / "verdicts").unlink(missing_ok=True)
        return side.once()

    return Side(side.label, once)


def _written(path: Path, evidence: str) -> str:
    blocks = (BLOCK.format(number=number, evidence=evidence) for number in range(1, 5))
    path.write_text(HEAD + "".join(blocks), "utf-8")
    return str(path)


def _named(sample: Sample, what: str) -> Sample:
    return Sample(
        f"`validate`: {what}" if "--pack" not in sample.label else f"`--pack iso validate`: {what}", sample.runs
    )


def _goal(row: Row, seconds: float) -> Row:
    is_met = row.ours.seconds <= seconds
    note = f"goal {seconds:g} s: {met(is_met)}"
    return Row(row.group, row.ours, row.other, f"{row.note}; {note}" if row.note else note)
