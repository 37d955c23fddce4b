"""The notebooks of the documents run, and show what they give now."""

from __future__ import annotations

from pathlib import Path

import pytest

import notebooks

pytest.importorskip("pandas", reason="the notebooks show DataFrames")


@pytest.mark.parametrize("path", notebooks.notebooks(), ids=lambda path: path.stem)
def test_outputs_are_current(path: Path) -> None:
    if lacking := notebooks.lacking(notebooks.read(path)):
        pytest.skip(f"needs in ../shared/data the registers themselves: {', '.join(lacking)}")
    assert notebooks.stale(path) == [], notebooks.REPAIR


@pytest.mark.parametrize("path", notebooks.notebooks(), ids=lambda path: path.stem)
def test_a_notebook_is_one_that_jupyter_opens(path: Path) -> None:
    found = notebooks.read(path)
    assert (found["nbformat"], found["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in found["cells"]}) == len(found["cells"])
    for cell in found["cells"]:
        wanted = {"cell_type", "id", "metadata", "source"}
        if cell["cell_type"] == "code":
            wanted |= {"execution_count", "outputs"}
            assert cell["execution_count"]
        assert set(cell) == wanted


def test_a_stale_output_is_found(tmp_path: Path) -> None:
    path = next(path for path in notebooks.notebooks() if path.stem == "answers")
    copy = tmp_path / path.name
    copy.write_text(path.read_text("utf-8").replace("as_of: 'soon'", "as_of: 'late'"), "utf-8")
    assert len(notebooks.stale(copy)) == 1
