"""Compiles the Chinese messages where they stand, and puts a bill of materials into the wheel (CycloneDX, PEP 770)."""

import json
import re
import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCKED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)  # (?P<parents>.+)$", re.M)
AFTER_NAME = re.compile(r"[^A-Za-z0-9._-]")


class Build(BuildHookInterface):
    """Writes `stdgraph.mo` beside `stdgraph.po`, and `stdgraph.cdx.json` for the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make both before the files of the wheel are collected."""
        for source in Path(self.root, "src", "stdgraph", "locale").rglob("*.po"):
            with source.open("rb") as read, source.with_suffix(".mo").open("wb") as write:
                write_mo(write, read_po(read))
        if version == "standard":
            self.folder = Path(tempfile.mkdtemp())
            bill = self.folder / "stdgraph.cdx.json"
            bill.write_text(json.dumps(bill_of_materials(Path(self.root)), indent=2) + "\n", "utf-8")
            build_data["sbom_files"].append(str(bill))

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what only the wheel needs."""
        if version == "standard":
            shutil.rmtree(self.folder, ignore_errors=True)


def bill_of_materials(root: Path) -> dict[str, Any]:
    """Return what the wheel needs when it runs, in the versions with which it was tested (tests/lock.txt)."""
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
    own = parts.pop("stdgraph") | {"type": "application", "licenses": [{"expression": project["license"]}]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": list(parts.values()),
        "dependencies": [
            {"ref": reference[name], "dependsOn": [reference[n] for n in children]}
            for name, children in sorted(needs.items())
        ],
    }
