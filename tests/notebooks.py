"""Runs the notebooks of `docs/notebooks`, and writes their outputs.

    python tests/notebooks.py            names the cells whose outputs are stale; exit code 1 if there are any
    python tests/notebooks.py --write    rewrites them in place; with names, only these

A cell is run as Jupyter does it: what it prints, then the value of its last line as text, and as HTML where that has a form
of its own. No Jupyter is needed. Pictures are kept, and not compared: their shapes are those of the fonts here.
"""

from __future__ import annotations

import ast
import io
import json
import os
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PICTURE = re.compile(r"<figure>.*?</figure>", re.DOTALL)
REPAIR = "run `python tests/notebooks.py --write`, read the difference, and commit it"


def notebooks() -> list[Path]:
    """Return the notebooks."""
    return sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def read(path: Path) -> dict[str, Any]:
    """Return a notebook."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def lacking(notebook: dict[str, Any]) -> list[str]:
    """Return the files of registers that a notebook needs, as its metadata name them, and that are not in `../shared/data`."""
    needs = notebook["metadata"].get("stdgraph", {}).get("needs", ())
    return [name for name in needs if not (ROOT.parent / "shared" / "data" / name).exists()]


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook with the outputs that its code cells have now, run one after the other; the environment stays as it is."""
    kept = dict(os.environ)
    here = Path.cwd()
    try:
        os.chdir(ROOT / "docs" / "notebooks")
        return ran(notebook)
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(kept)


def ran(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook with the outputs that its code cells have here."""
    names: dict[str, Any] = {"__name__": "__main__"}
    number = 0
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            number += 1
            cell = cell | {"execution_count": number, "outputs": outputs("".join(cell["source"]), names, number)}
        cells.append(cell)
    return notebook | {"cells": cells}


def outputs(source: str, names: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """Return what a cell prints, and the value of its last line."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    out = io.StringIO()
    value = None
    with redirect_stdout(out):
        exec(compile(tree, "<cell>", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)
    told: list[dict[str, Any]] = []
    if out.getvalue():
        told.append({"name": "stdout", "output_type": "stream", "text": lines(out.getvalue())})
    if value is not None:
        data = {"text/plain": lines(repr(value))}
        if hasattr(value, "_repr_html_"):
            data = {"text/html": lines(value._repr_html_())} | data
        told.append({"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"})
    return told


def lines(text: str) -> list[str]:
    """Return a text as notebooks keep it."""
    return text.splitlines(keepends=True)


def compared(cell: dict[str, Any]) -> list[str]:
    """Return what is compared of a cell's outputs: all but pictures."""
    found = []
    for output in cell.get("outputs", ()):
        for text in (output.get("text", ()), *output.get("data", {}).values()):
            found.append(PICTURE.sub("<figure></figure>", "".join(text)))
    return found


def stale(path: Path) -> list[str]:
    """Return the code of each cell whose outputs are not those that it has now."""
    kept = read(path)
    cells = zip(kept["cells"], run(kept)["cells"], strict=True)
    return ["".join(old["source"]) for old, new in cells if compared(old) != compared(new)]


def write(path: Path) -> None:
    """Run a notebook and keep its outputs."""
    path.write_text(json.dumps(run(read(path)), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    wanted = [one for one in notebooks() if not lacking(read(one)) and (one.stem in sys.argv or len(sys.argv) < 3)]
    if "--write" in sys.argv:
        for one in wanted:
            write(one)
    elif found := [f"{one.name}: {cell}" for one in wanted for cell in stale(one)]:
        raise SystemExit("\n".join([*found, REPAIR]))
