"""The graph of hostile labels: `tests/cases/hostile/labels.toml` inside the tiny graph."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

from conftest import ROOT

CASES = tomllib.loads((ROOT / "tests/cases/hostile/labels.toml").read_text("utf-8"))["label"]
LABELS = {case["name"]: case for case in CASES}
ORGANIZATION = """
<org/zz-{name}> a stdg:Organization ;
  skos:prefLabel {text}@en ; skos:prefLabel "Twin of {name}"@de ; skos:altLabel "Twin"@en .
<agreement/zz-{name}> a stdg:Agreement ; skos:prefLabel {text}@en ; stdg:date "2019-05" ;
  stdg:agreementType stdgc:agrtype-mou ; stdg:hasParty <org/zz-{name}> , <org/aa-nsb> ;
  stdg:evidence <evidence/zz-{name}> .
<evidence/zz-{name}> a stdg:Evidence ; stdg:fromSource src:doc-a ; stdg:locator {text} ; stdg:confidence 0.9 .
"""


def write_labels(path: Path) -> None:
    """Write the tiny graph with an organization for each label, and an agreement and an evidence that hold it too."""
    tiny = (ROOT / "tests" / "cases" / "tiny.ttl").read_text("utf-8")
    parts = [ORGANIZATION.format(name=case["name"], text=_literal(case["text"])) for case in CASES]
    path.write_text(tiny + "".join(parts), "utf-8")


def _literal(text: str) -> str:
    """Return a literal of Turtle with all but ASCII letters spelt by number."""
    return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08X}" for c in text) + '"'


TEXTS = {f"org/zz-{name}": case["text"] for name, case in LABELS.items()}
SHOWN = {f"org/zz-{name}": case.get("shown", case["text"]) for name, case in LABELS.items()}


def steering(text: str, *, kept: str = "\n") -> list[str]:
    """Return what a terminal would obey; the categories are those of Unicode, asked of Python."""
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    bad = (
        c for c in text if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") or unicodedata.bidirectional(c) in bidi
    )
    return [c for c in bad if c not in kept]


def in_xml(text: str) -> str:
    """Return a text as a parser gives it back: line breaks are one kind, and what XML cannot hold is spelt."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]",
        lambda c: rf"\x{ord(c[0]):02x}" if c[0] < "\xff" else rf"\u{ord(c[0]):04x}",
        text,
    )


def by_id(rows: list[dict[str, str]], key: str, value: str) -> dict[str, str]:
    return {row[key]: row[value] for row in rows if row[key].startswith("org/zz-")}
