"""The lock of the tests: the versions with which they passed, `tests/lock.txt`.

    python tests/lock.py            names what differs from this environment; exit code 1 if anything does
    python tests/lock.py --write    writes it from this environment

`./test` installs by it; `LOCK= ./test` takes the newest of each that `pyproject.toml` allows, and
`tests/repository/test_dependencies.py` the oldest. What is at work on other systems only is not locked.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "tests" / "lock.txt"
HEAD = "# Made by `python tests/lock.py --write`: name, version, and what needs it.\n"


def name_of(text: str) -> str:
    """Return the name of a package in its one spelling."""
    return re.sub(r"[-_.]+", "-", text).lower()


def declared(*extras: str) -> list[Requirement]:
    """Return what the project asks for, with that of some extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    texts = [*project["dependencies"], *(t for extra in extras for t in project["optional-dependencies"][extra])]
    return [Requirement(text) for text in texts]


def needed() -> dict[str, tuple[str, set[str]]]:
    """Return the version of each package that the tests need here, and what needs it."""
    found: dict[str, tuple[str, set[str]]] = {}
    followed: set[tuple[str, str]] = set()
    waiting = [(requirement, "stdgraph") for requirement in declared("dev")]
    while waiting:
        requirement, parent = waiting.pop()
        name = name_of(requirement.name)
        extras = requirement.extras or {""}
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            raise SystemExit(f"{name} is not installed: run ./test first") from None
        found.setdefault(name, (package.version, set()))[1].add(parent)
        extras = {extra for extra in extras if (name, extra) not in followed}
        followed |= {(name, extra) for extra in extras}
        for text in package.requires or ():
            child = Requirement(text)
            if any(child.marker is None or child.marker.evaluate({"extra": extra}) for extra in extras):
                child.marker = None
                waiting.append((child, name))
    return found


def text() -> str:
    """Return the lock of this environment."""
    return HEAD + "".join(
        f"{name}=={version}  # {', '.join(sorted(parents))}\n" for name, (version, parents) in sorted(needed().items())
    )


if __name__ == "__main__":
    if "--write" in sys.argv:
        LOCK.write_text(text(), "utf-8")
    elif LOCK.read_text("utf-8") != text():
        old, new = (set(t.splitlines()) for t in (LOCK.read_text("utf-8"), text()))
        raise SystemExit("\n".join(sorted(f"- {x}" for x in old - new) + sorted(f"+ {x}" for x in new - old)))
