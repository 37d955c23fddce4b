"""What `validate` prints: the line to mend with carets, counts by rule, no more than asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, TINY, iso_files
from gitted import Gitted
from stdgraph.services.pack import add

HEAD = "@base <https://w3id.org/stdgraph/id/> .\n@prefix stdg: <https://w3id.org/stdgraph/ontology#> .\n"
PARTIES = "<arrangement/a> a stdg:Arrangement ; stdg:hasParty <org/x> , <org/y> , <org/z> .\n"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "new.ttl"
    path.write_text(HEAD + PARTIES, "utf-8")
    return path


def test_carets_stand_under_what_is_meant(run_tiny: Any, tmp_path: Path) -> None:
    path = tmp_path / "new.ttl"
    path.write_text(HEAD + "    <org/中国> stdg:hasPaty <org/国标> .\n", "utf-8")
    lines = run_tiny("validate", path).stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("      | ") and "hasPaty" in line)
    shown = lines[at]
    assert shown == "      | <org/中国> stdg:hasPaty <org/国标> ."
    assert lines[at + 1] == "      | " + " " * 11 + "^" * 12


def test_a_long_line_is_cut_around_the_place(run_tiny: Any, tmp_path: Path) -> None:
    path = tmp_path / "new.ttl"
    path.write_text(HEAD + PARTIES.rstrip(".\n") + "; stdg:hasPaty <org/aa-nsb>" + " " * 300 + ".\n", "utf-8")
    shown_lines = run_tiny("validate", path).stdout.splitlines()
    lines = [line for line in shown_lines if line.startswith("      | ") and not line.startswith("      | →")]
    assert lines
    for shown, carets in zip(lines[::2], lines[1::2], strict=True):
        assert len(shown) <= 110
        assert shown[carets.index("^") : carets.rindex("^") + 1] in {
            *(f"<org/{name}>" for name in ("x", "y", "z", "aa-nsb")),
            "stdg:Arrangement",
            "stdg:hasPaty",
        }


def test_max_tells_the_first_and_counts_all(run_tiny: Any, new: Path) -> None:
    lines = run_tiny("validate", new, "--max", "1").stdout.splitlines()
    whole = json.loads(run_tiny("validate", new, "-f", "json").stdout)
    assert f"and {len(whole['findings']) - 1} more findings" in "\n".join(lines)
    assert "     3  stdgs:General-hasParty" in lines
    told = json.loads(run_tiny("validate", new, "-f", "json", "--max", "1").stdout)
    assert len(told["findings"]) == 1
    assert told["counts"] == whole["counts"]


def test_fail_on_decides_the_exit_code(run_tiny: Any, tmp_path: Path) -> None:
    path = tmp_path / "new.ttl"
    path.write_text(HEAD + "<org/aa-nsb> <http://example.org/odd> 'x' .", "utf-8")
    assert run_tiny("validate", path).exit_code == 0
    assert run_tiny("validate", path, "--fail-on", "warning").exit_code == 1
    assert run_tiny("validate", path, "--fail-on", "警告", "--severity", "Violation").exit_code == 1


@pytest.mark.parametrize(("name", "begins"), [("a.sarif", "{"), ("a.xml", "<?xml"), ("a.html", "<!doctype")])
def test_the_suffix_tells_the_form(run_tiny: Any, new: Path, tmp_path: Path, name: str, begins: str) -> None:
    assert run_tiny("validate", new, "-o", tmp_path / name).exit_code == 1
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


@pytest.fixture
def gitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gitted:
    """A checkout of the tiny graph, in which the user stands."""
    made = Gitted(tmp_path / "checkout")
    made.commit(data__ttl__tiny=TINY.read_text("utf-8"))
    monkeypatch.chdir(made.root)
    return made


def test_what_is_staged_is_cited_from_the_index(run: Any, gitted: Gitted) -> None:
    gitted.put("data/ttl/new.ttl", HEAD + PARTIES)
    gitted.stage()
    gitted.put("data/ttl/new.ttl", "# something else\n")
    done = run("-q", "validate", "--staged", "-f", "json")
    assert (done.exit_code, {f["line"] for f in json.loads(done.stdout)["findings"] if f["shape"]}) == (1, {3})
    assert f"      | {PARTIES.strip()[:40]}" in run("-q", "validate", "--staged").stdout
    assert "arrangement/a" not in run("-q", "validate", "--base", "HEAD").stdout


def test_what_a_deletion_breaks_is_told_and_ends_with_1(run: Any, gitted: Gitted) -> None:
    text = TINY.read_text("utf-8")
    block = next(b for b in text.split("\n\n") if b.startswith("<evidence/doc-b--s1>"))
    gitted.put("data/ttl/tiny.ttl", text.replace(block, ""))
    done = run("-q", "validate", "--base", "HEAD", "-f", "json")
    found = json.loads(done.stdout)["findings"]
    assert (done.exit_code, "evidence/doc-b--s1" in {f["value"] for f in found}) == (1, True)
    assert all(f["line"] and f["file"].endswith("data/ttl/tiny.ttl") for f in found)


def test_no_revision_is_wrong_use(run: Any, gitted: Gitted) -> None:
    done = run("-q", "validate", "--base", "no-such")
    assert (done.exit_code, "no-such: there is no such revision" in done.stderr) == (2, True)


SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix stdg: <https://w3id.org/stdgraph/ontology#> .
<urn:shape/named> a sh:NodeShape ; sh:targetClass stdg:StandardsBody ; sh:property [ sh:path stdg:motto ; sh:minCount 1 ] .
"""


def test_foreign_shapes_are_run_in_place_of_ours(run_tiny: Any, tmp_path: Path, new: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(SHAPES, "utf-8")
    told = run_tiny("validate", "--shapes", shapes, "-f", "json")
    found = json.loads(told.stdout)["findings"]
    assert told.exit_code == 1
    assert {f["path"] for f in found} == {"stdg:motto"}
    assert "org/aa-nsb" in {f["node"] if "node" in f else f["focus"] for f in found}
    assert run_tiny("validate", "--shapes", shapes, new).exit_code == 0, (
        "what was wrong before is not caused by the file"
    )


def test_shapes_that_cannot_be_run_are_told_in_words(run_tiny: Any, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(SHAPES.replace("sh:minCount 1", "sh:minCount 1 , 2"), "utf-8")
    told = run_tiny("validate", "--shapes", shapes)
    assert told.exit_code == 2
    assert "The shapes cannot be run: " in told.stderr
    assert "Traceback" not in told.stderr


def test_validate_compiles_no_graph_for_questions(run_tiny: Any, new: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("compiled")

    monkeypatch.setattr("stdgraph.services.build.open_store", refuse)
    assert run_tiny("validate", new).exit_code == 1


def test_packs_are_validated_and_inferred_from(run_tiny: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path))
    add("iso", iso_files(ROOT / "tests/cases/pack/committees_2025-01-15.jsonl"))
    new = tmp_path / "new.ttl"
    new.write_text(HEAD + "<committee/iso-tc-1> stdg:hasPaty <org/aa-nsb> .\n", "utf-8")
    assert run_tiny("--pack", "iso", "validate").exit_code in (0, 1)
    assert "stdg:hasPaty is not declared" in run_tiny("--pack", "iso", "validate", new).stdout
    inferred = run_tiny("--pack", "iso", "infer", "-f", "nt")
    assert "id/committee/iso-tc" in inferred.stdout


MEND = HEAD + "\n<org/new>\n    a stdg:Company ;\n    stdg:acronym 'AA  B' ;\n.\n"


def fixed(path: Path, text: str = MEND) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_fix_shows_the_difference_then_writes_it_and_judges_what_is_left(run_tiny: Any, tmp_path: Path) -> None:
    new = fixed(tmp_path / "new.ttl")
    done = run_tiny("validate", new, "--fix")
    lines = done.stdout.splitlines()
    assert lines[0] == f"--- {new}"
    assert "-    stdg:acronym 'AA  B' ;" in lines
    assert '+    stdg:acronym "AA B" ;' in lines
    assert 'stdg:acronym "AA B"' in new.read_text("utf-8")
    assert "blank" not in done.stdout.partition("+    stdg")[2], "what is mended is no finding any more"
    assert done.exit_code == 1, "the body has no name yet"


def test_a_dry_run_shows_the_same_and_writes_nothing(run_tiny: Any, tmp_path: Path) -> None:
    new = fixed(tmp_path / "new.ttl")
    dry = run_tiny("validate", new, "--fix", "--dry-run")
    assert new.read_text("utf-8") == MEND
    assert dry.exit_code == 1
    shown = dry.stdout.partition("Violation")[0]
    assert shown == run_tiny("validate", new, "--fix").stdout.partition("Violation")[0]


def test_a_dry_run_without_fix_is_wrong_use(run_tiny: Any, new: Path) -> None:
    assert run_tiny("validate", new, "--dry-run").exit_code == 2


def test_with_nothing_to_fix_nothing_is_shown_or_written(run_tiny: Any, tmp_path: Path) -> None:
    new = fixed(tmp_path / "new.ttl")
    run_tiny("validate", new, "--fix")
    before, stamp = new.read_bytes(), new.stat().st_mtime_ns
    again = run_tiny("validate", new, "--fix")
    assert "--- " not in again.stdout
    assert (new.read_bytes(), new.stat().st_mtime_ns) == (before, stamp)


def test_other_forms_stay_whole_beside_the_difference(run_tiny: Any, tmp_path: Path) -> None:
    new = fixed(tmp_path / "new.ttl")
    done = run_tiny("validate", new, "--fix", "-f", "json")
    assert json.loads(done.stdout)["findings"]
    assert done.stderr.splitlines()[0] == f"--- {new}"


def test_a_word_of_another_vocabulary_is_never_put_in_place_of_one(run_tiny: Any, tmp_path: Path) -> None:
    text = HEAD + "\n<org/aa-nsb>\n    stdg:note 'x' ;\n.\n"
    new = fixed(tmp_path / "new.ttl", text)
    done = run_tiny("validate", new, "--fix")
    assert "Nearest: skos:note" in done.stdout
    assert "skos:note" not in new.read_text("utf-8")


def test_what_is_broken_is_left_as_it_is(run_tiny: Any, tmp_path: Path) -> None:
    new = fixed(tmp_path / "new.ttl", MEND.replace(" ;\n.", "\n"))
    before = new.read_bytes()
    assert run_tiny("validate", new, "--fix").exit_code == 2
    assert new.read_bytes() == before


def test_fix_mends_what_a_revision_lacks_in_the_working_tree(run: Any, gitted: Gitted) -> None:
    gitted.put("data/ttl/new.ttl", MEND)
    run("-q", "validate", "--base", "HEAD", "--fix")
    assert 'stdg:acronym "AA B"' in (gitted.root / "data/ttl/new.ttl").read_text("utf-8")


def test_what_is_staged_cannot_be_fixed_on_the_disk(run: Any, gitted: Gitted) -> None:
    gitted.put("data/ttl/new.ttl", MEND)
    gitted.stage()
    done = run("-q", "validate", "--staged", "--fix")
    assert (done.exit_code, "--fix" in done.stderr, "--staged" in done.stderr) == (2, True, True)
    assert (gitted.root / "data/ttl/new.ttl").read_text("utf-8") == MEND


def test_a_rule_is_explained(run: Any) -> None:
    done = run("validate", "--explain", "Agreement-parties")
    assert done.exit_code == 0
    assert done.stdout.startswith("stdgs:Agreement-parties\n\nProblem (Violation). Asked of every `stdg:Agreement`")
    assert "修正" in run("--lang", "zh", "validate", "--explain", "check:is-no-class").stdout
    wrong = run("validate", "--explain", "is-no-clas")
    assert (wrong.exit_code, "is-no-class" in wrong.stderr) == (2, True)


def test_validate_tells_faults_with_exit_code_1(run_tiny: Any, tmp_path: Path) -> None:
    new = tmp_path / "new.ttl"
    new.write_text(
        "<https://w3id.org/stdgraph/id/event/x> a <https://w3id.org/stdgraph/ontology#Meeting> ;"
        ' <https://w3id.org/stdgraph/ontology#date> "next week" .'
    )
    done = run_tiny("validate", new)
    assert done.exit_code == 1
    assert "event/x" in done.stdout
    assert "violation" in done.stdout.splitlines()[-1]
    found = json.loads(run_tiny("validate", new, "-f", "json").stdout)
    assert found["conforms"] is False
    assert {"severity", "rule", "node", "path", "value", "shape"} <= set(found["findings"][0])
    assert "sh:ValidationReport" in run_tiny("validate", new, "-f", "ttl").stdout


def test_a_severity_narrows_every_format(run_tiny: Any, tmp_path: Path) -> None:
    new = tmp_path / "new.ttl"
    new.write_text(
        "<https://w3id.org/stdgraph/id/org/x> a <https://w3id.org/stdgraph/ontology#Organization> ;"
        ' <http://www.w3.org/2004/02/skos/core#prefLabel> "X" .'
    )
    for form in ("table", "json", "ttl"):
        assert "Warning" in run_tiny("validate", new, "-f", form).stdout
        done = run_tiny("validate", new, "-f", form, "--severity", "Violation")
        assert done.exit_code == 1
        assert not {"Warning", "sh:Warning", '"Warning",'} & set(done.stdout.split())
