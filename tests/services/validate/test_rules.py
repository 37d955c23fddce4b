"""Each rule is explained: a section of docs/shapes.md with problem, failing example, repair and why; the examples do fail."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

import rulepages
import stdgraph
from conftest import TINY
from stdgraph.errors import ParameterError
from stdgraph.model.rules import Rule
from stdgraph.services.validate import tables, usual
from stdgraph.services.validate.rules import SECTION, explained, rules
from stdgraph.services.validate.shacl import check_of

RULES = rules()
PAGE = (rulepages.ROOT / "docs" / "shapes.md").read_text("utf-8")
SECTIONS = dict(SECTION.findall(PAGE))
OF_TABLES = {
    "check:this-was-judged-the-same-as",
    "check:a-judgement-speaks-of-which-the-graph-does",
    *map(check_of, tables.CHECKS),
}
"""What they find stands in a table; `test_doubles.py` and `test_tables.py` judge their examples."""
OF_MANY = {check_of(words) for _, words in usual.TOLD}
"""What they find rests on many things that are otherwise; `test_usual.py` judges their examples."""
CHECKED = [rule.name for rule in RULES if rule.name.startswith("check:") and rule.name not in OF_TABLES | OF_MANY]
AS = re.compile(r"# as (\S+)\n")


def test_every_rule_has_its_section_and_no_other_thing_has() -> None:
    assert [rule.name for rule in RULES if rule.name not in SECTIONS] == []
    assert set(SECTIONS) == {rule.name for rule in RULES}


def asks(rule: Rule) -> bool:
    """Tell whether a rule reports by itself, and does not only join others."""
    return "which report apart" not in rulepages.asked_of(rule)[0] and rule.name != "stdgs:Standard-any"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_section_has_problem_example_repair_and_why_in_both_languages(rule: Rule) -> None:
    said = SECTIONS[rule.name]
    for words in ("**Problem** (", "**问题**（", "**Repair.** ", "**修正。** ", "**Why.** ", "**原因。** "):
        assert words in said
    assert "```" in said or not asks(rule), "add an example: tests/cases/checks/NAME.ttl, or a case of the shape"
    assert f"#{rule.section.partition('#')[2]}" == "#" + re.sub(r"[^a-z0-9-]", "", rule.name.lower())


def placed(name: str, folder: Path) -> Path:
    """Return the example of a check, put where a file of its kind lies."""
    source = rulepages.check_file(name)
    at = AS.match(source.read_text("utf-8"))
    path = folder / name.removeprefix("check:") / (at[1] if at else source.name)
    path.parent.mkdir(parents=True)
    shutil.copy(source, path)
    return path


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Return the checks that each example breaks, all judged at once."""
    folder = tmp_path_factory.mktemp("checks")
    paths = {str(placed(name, folder)): name for name in CHECKED}
    found = defaultdict(set)
    for f in stdgraph.open(data=[TINY]).validate(*paths, on="2026-01-01").findings:
        found[paths.get(f.file, "")].add(f.rule)
    return found


@pytest.mark.parametrize("name", CHECKED)
def test_the_example_of_a_check_fails_it(name: str, told: dict[str, set[str]]) -> None:
    assert name in told[name]


@pytest.mark.parametrize(
    ("lang", "words", "other"), [("en", "Repair. Name at least two", "请至少"), ("zh", "修正。 请至少写明", "Name")]
)
def test_a_rule_is_explained_in_the_wanted_language(lang: str, words: str, other: str) -> None:
    said = explained("Agreement-parties", lang)
    assert said == explained("stdgs:Agreement-parties", lang)
    assert said.startswith("stdgs:Agreement-parties\n\n")
    assert words in said
    assert "<agreement/invalid-closed-list>" in said
    assert not {"**", "```", other} & set(re.split(r"(\*\*|```)", said.partition("<agreement")[0]))


def test_of_an_unknown_rule_the_nearest_are_told() -> None:
    with pytest.raises(ParameterError, match="stdgs:Agreement-parties"):
        explained("stdgs:Agreement-party")


def test_every_rule_has_an_iri_of_its_own() -> None:
    assert len({rule.iri for rule in RULES}) == len(RULES)
    assert all(rule.iri.startswith("https://w3id.org/stdgraph/") for rule in RULES)
