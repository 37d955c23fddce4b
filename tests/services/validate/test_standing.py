"""A changed copy of a file of the graph stands in for it, wherever it lies; a new file stands for itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stdgraph.services.validate import Report, validate
from stdgraph.services.validate.standing import stand_ins
from stdgraph.storage.files import GraphFile, data_files, given_files, ontology_files

FILES = data_files()
HEAD = "@base <https://w3id.org/stdgraph/id/> .\n@prefix stdg: <https://w3id.org/stdgraph/ontology#> .\n"


def of_graph(end: str) -> GraphFile:
    return next(file for file in FILES if file.path.as_posix().endswith(end))


OFFICES = of_graph("cn-uk-wg/offices.ttl")
TEXT = OFFICES.path.read_text("utf-8")
BLOCKS = TEXT.split("\n\n")


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[str, str], list[GraphFile]]:
    def write(name: str, text: str) -> list[GraphFile]:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
        return given_files([place])

    return write


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("offices.ttl", TEXT),
        ("elsewhere/offices.ttl", "\n\n".join(BLOCKS[:2])),  # most is gone: name and head
        ("new name.ttl", TEXT.replace("role-convenor", "role-convener")),  # head and subjects
        ("offices.ttl", "\n\n".join([BLOCKS[0], *BLOCKS[2:]])),  # no head: name and subjects
        ("other/data/ttl/cn-uk-wg/offices.ttl", HEAD),  # its path alone
    ],
)
def test_a_changed_copy_is_known(name: str, text: str, copied) -> None:
    said: list[str] = []
    assert stand_ins(copied(name, text), FILES, said.append) == [OFFICES]
    (message,) = said
    assert message.endswith(f"{Path(name).name} stands in for data/ttl/cn-uk-wg/offices.ttl.")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("offices.ttl", HEAD + "<office/new> a stdg:OfficeHolding ."),  # only the name
        ("new.ttl", "\n\n".join(BLOCKS[:2])),  # only the head
        ("offices.ttl", "\n\n".join([BLOCKS[0], BLOCKS[3]])),  # adds to one thing
        ("other/data/ttl/cn-uk-wg/new.ttl", HEAD + "<office/new> a stdg:OfficeHolding ."),
    ],
)
def test_a_new_file_is_none(name: str, text: str, copied) -> None:
    said: list[str] = []
    assert stand_ins(copied(name, text), FILES, said.append) == []
    assert said == []


def test_two_copies_stand_for_one(copied) -> None:
    assert stand_ins([*copied("offices.ttl", TEXT), *copied("b/offices.ttl", TEXT)], FILES) == [OFFICES]


@pytest.fixture(scope="module")
def graph() -> list[GraphFile]:
    return [*ontology_files(), *FILES]


def told(report: Report) -> set[tuple[str, str, str, int]]:
    return {(f.focus, f.rule, Path(f.file).name, f.line) for f in report.findings}


def test_a_clean_copy_has_no_finding(copied, graph) -> None:
    assert validate(graph, copied("offices.ttl", TEXT)).findings == ()


def test_what_a_copy_leaves_out_is_found_and_not_filled_by_the_original(copied, graph) -> None:
    bodies = of_graph("cn-uk-wg/mechanisms.ttl")
    text = bodies.path.read_text("utf-8")
    block = next(b for b in text.split("\n\n") if b.startswith("<mechanism/cn-gb-cities-group>"))
    report = validate(graph, copied("mechanisms.ttl", text.replace(block, "")))
    hanging = {(file, line) for focus, _, file, line in told(report) if focus.startswith("office/")}
    lines = TEXT.splitlines()
    assert hanging
    assert all(file == "offices.ttl" and "<mechanism/cn-gb-cities-group>" in lines[line - 1] for file, line in hanging)


def test_a_broken_copy_is_told_at_its_own_line(copied, graph) -> None:
    text = TEXT.replace("    stdg:inBody <mechanism/cn-gb-cities-group> ;\n", "", 1)
    (finding,) = [f for f in validate(graph, copied("copy/offices.ttl", text)).findings if f.severity == "Violation"]
    assert finding.focus == "office/john-devaney--cn-gb-cities--secretary"
    assert finding.file.endswith("copy/offices.ttl")
