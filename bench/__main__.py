"""`python -m bench`: print one Markdown table of ratios, stdgraph beside the obvious stack, from one run."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.groups import GROUPS, LONG, prepare
from bench.measure import LIMIT, ROOT, Sample
from bench.setting import Row, Setting

HEAD = ("group", "stdgraph", "median", "MB", "obvious stack", "median", "MB", "ratio", "runs", "remark")


def time_text(sample: Sample) -> str:
    """Return the median in a unit that reads well."""
    if sample.stopped:
        return f"> {LIMIT:g} s"
    ms = sample.seconds * 1000
    return f"{ms / 1000:.1f} s" if ms >= 10_000 else f"{ms / 1000:.2f} s" if ms >= 1000 else f"{ms:.3g} ms"


def cells(row: Row) -> list[str]:
    """Return the cells of a row; the ratio says how many times longer the obvious stack takes."""
    ratio = (
        f"{'> ' if row.other.stopped else ''}{row.ratio:,.{0 if row.ratio >= 100 else 1 if row.ratio >= 1 else 2}f}×"
    )
    runs = f"{len(row.ours.runs)} / {len(row.other.runs) or 1}"
    sides = [[s.label, time_text(s), f"{s.megabytes:.0f}" if s.runs else "-"] for s in (row.ours, row.other)]
    return [row.group, *sides[0], *sides[1], ratio, runs, row.note]


def markdown(rows: Sequence[Row]) -> str:
    """Return a Markdown table."""
    lines = [list(HEAD), ["---"] * len(HEAD), *(cells(row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def plain(row: Row) -> dict[str, Any]:
    """Return a row with all its runs, for JSON."""
    sides = {
        name: {
            "label": s.label,
            "median": s.seconds,
            "stopped": s.stopped,
            "runs": [{"seconds": r.seconds, "megabytes": r.megabytes} for r in s.runs],
        }
        for name, s in (("stdgraph", row.ours), ("obvious", row.other))
    }
    return {"group": row.group, **sides, "ratio": row.ratio, "remark": row.note}


def arguments() -> argparse.Namespace:
    """Return the options of the call."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help=f"{', '.join(GROUPS)}, or a question; repeatable"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all runs there")
    parser.add_argument("--repeat", type=int, default=7, metavar="N", help="runs of each side (7)")
    given = parser.parse_args()
    known = {*GROUPS, *(path.stem for path in (ROOT / "queries" / "questions").glob("*.rq"))}
    if unknown := sorted(set(given.only) - known):
        parser.error(f"--only {unknown[0]}: choose {', '.join(GROUPS)}, or a question")
    if given.repeat < 1:
        parser.error("--repeat: at least 1")
    return given


def main() -> None:
    """Prepare, measure group by group, print the table."""
    given = arguments()
    asked = frozenset(given.only) - GROUPS.keys()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="stdgraph-bench-") as name:
        prepare(Path(name))
        for group, work in GROUPS.items():
            wanted = group in given.only or not (given.only or group in LONG)
            if wanted or (group == "questions" and asked):
                print(f"{group} …", file=sys.stderr, flush=True)
                rows += work(Setting(Path(name), given.repeat, frozenset() if wanted else asked))
    if given.json:
        given.json.write_text(json.dumps([plain(r) for r in rows], ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(markdown(rows), end="")


if __name__ == "__main__":
    main()
