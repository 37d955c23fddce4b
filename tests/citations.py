"""The citations of the packaged data, looked up in the texts of their documents beside the repository.

    python tests/citations.py           lists what is not where it is cited, with the line where it stands; exit code 1 if any

The texts are no part of the repository; they stand in `../shared/seeds`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stdgraph.model.passages import Cutting
    from stdgraph.services.verify import Held

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
FILES = {
    "bri-10y": "001_bce3c9489d38f6fd.txt",
    "china-standardization-2023-2": "003_78cabf5bba7f72e4.txt",
    "cn-annual-2020": "002_2faeb055c6a66480.txt",
    "cn-uk-wg": "000_4b8dcb897370685d.txt",
    "zj-intl-2020": "004_8bbd0b34eb2a55ba.txt",
}
LEAST = {
    "bri-10y": (22, 59),
    "china-standardization-2023-2": (202, 106),
    "cn-annual-2020": (52, 208),
    "cn-uk-wg": (35, 6),
    "zj-intl-2020": (101, 24),
}
"""So many printed forms and figures of each document must stand where they are cited; EVERY once all do."""
EVERY = True
"""Whether each citation must be found; then LEAST does not count."""


def texts() -> dict[str, str]:
    """Return the text of each document that is there."""
    found = {key: SEEDS / name for key, name in FILES.items()}
    return {key: path.read_text("utf-8") for key, path in found.items() if path.is_file()}


def told(one: Held, cut: Cutting) -> str:
    """Return a fault in words: what is cited where, and where it stands, with the lines of the text."""
    lines = sorted({cut.line(start) for _, (start, _) in cut.found(one.cited)}) if one.cited else []
    head = f"{one.iri.rpartition('/id/')[2]}: {one.result}: '{one.cited}' at '{one.locator}'"
    return head + (f"; it stands at '{one.where[0]}' (line {', '.join(map(str, lines[:4]))})" if one.where else "")


def main() -> int:
    """Print all faults and the sums; return the exit code."""
    import stdgraph
    from stdgraph.services.verify import text_of

    graph = stdgraph.open()
    for key in texts():
        graph.attach(key, SEEDS / FILES[key])
    found = graph.verify()
    cuts = {one.key: text_of(one.key) for one in found.sums}
    faults = [told(one, cuts[one.source.rpartition("/")[2]]) for one in found.faults]
    sys.stdout.write("".join(f"{line}\n" for line in [*faults, *(one.text() for one in found.sums)]))
    return 1 if faults else 0


if __name__ == "__main__":
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        os.environ["STDGRAPH_DATA"] = folder
        code = main()
    sys.exit(code)
