"""Compiles the Chinese messages where they stand; puts the explorer and a bill of materials (CycloneDX, PEP 770) into the wheel.

It is hatchling's build backend, too, with one thing more: a wheel needs Node where there is none, and what is installed to
be edited does not, since it is not built for it.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling import build as backend
from hatchling.build import *  # noqa: F403  # the other hooks of PEP 517 are hatchling's own
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
import web_build

LOCKED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)  # (?P<parents>.+)$", re.M)
AFTER_NAME = re.compile(r"[^A-Za-z0-9._-]")


def get_requires_for_build_wheel(config_settings: dict[str, Any] | None = None) -> list[str]:
    """Return what the build of a wheel needs beside what stands in `pyproject.toml`."""
    return [*backend.get_requires_for_build_wheel(config_settings), *web_build.needed()]


class Build(BuildHookInterface):
    """Writes `stdgraph.mo` beside `stdgraph.po`, and `stdgraph.cdx.json` for the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make both before the files of the wheel are collected."""
        for source in Path(self.root, "src", "stdgraph", "locale").rglob("*.po"):
            with source.open("rb") as read, source.with_suffix(".mo").open("wb") as write:
                write_mo(write, read_po(read))
        if version == "standard":
            self.folder = Path(tempfile.mkdtemp())
            with_explorer = self.explorer(build_data)
            bill = self.folder / "stdgraph.cdx.json"
            made = bill_of_materials(Path(self.root), with_explorer=with_explorer)
            bill.write_text(json.dumps(made, indent=2) + "\n", "utf-8")
            build_data["sbom_files"].append(str(bill))

    def explorer(self, build_data: dict[str, Any]) -> bool:
        """Build the explorer into the wheel, and tell whether it is there."""
        if web_build.WISH == "no":
            return False
        try:
            made = web_build.build(Path(self.root), self.folder)
        except (OSError, subprocess.SubprocessError) as error:
            if web_build.WISH == "must":
                raise
            self.app.display_warning(f"the explorer is not in this wheel: {error}")
            return False
        build_data["force_include"][str(made)] = "stdgraph/content/web/dist"
        return True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what only the wheel needs."""
        if version == "standard":
            shutil.rmtree(self.folder, ignore_errors=True)


def bill_of_materials(root: Path, *, with_explorer: bool = True) -> dict[str, Any]:
    """Return what the wheel needs when it runs, as it was tested (tests/lock.txt), and what the explorer brings inside."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    locked = {m["name"]: m for m in LOCKED.finditer((root / "tests" / "lock.txt").read_text("utf-8"))}
    direct = sorted(AFTER_NAME.split(text)[0].lower() for text in project["dependencies"])
    needs = {"stdgraph": direct}
    waiting = list(direct)
    while waiting:
        name = waiting.pop()
        if name not in needs:
            needs[name] = sorted(n for n, m in locked.items() if name in m["parents"].split(", "))
            waiting += needs[name]
    versions = {"stdgraph": project["version"]} | {name: locked[name]["version"] for name in needs if name in locked}
    reference = {name: f"pkg:pypi/{name}@{versions[name]}" for name in sorted(needs)}
    parts = {
        name: {
            "type": "library",
            "bom-ref": reference[name],
            "name": name,
            "version": versions[name],
            "purl": reference[name],
        }
        for name in sorted(needs)
    }
    inside = explorer_parts(root) if with_explorer else []
    own = parts.pop("stdgraph") | {"type": "application", "licenses": [{"expression": project["license"]}]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": [*parts.values(), *inside],
        "dependencies": [
            {"ref": reference[name], "dependsOn": [reference[n] for n in children]}
            for name, children in sorted(needs.items())
        ]
        + [{"ref": part["bom-ref"], "dependsOn": []} for part in inside],
    }


def explorer_parts(root: Path) -> list[dict[str, Any]]:
    """Return the packages that stand in the explorer, from its lock: those that are not for its build only."""
    locked = json.loads((root / "web" / "package-lock.json").read_text("utf-8"))["packages"]
    return [
        {
            "type": "library",
            "bom-ref": f"pkg:npm/{name}@{part['version']}",
            "name": name,
            "version": part["version"],
            "purl": f"pkg:npm/{name}@{part['version']}",
            "licenses": [{"expression": part["license"]}],
        }
        for place, part in sorted(locked.items())
        if (name := place.removeprefix("node_modules/")) and not part.get("dev")
    ]
