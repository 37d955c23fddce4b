"""The graph of hostile labels: `tests/cases/hostile/labels.toml` inside the tiny graph."""

from __future__ import annotations

import tomllib
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
