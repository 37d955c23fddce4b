"""A git repository that a test makes: files are written, staged and committed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

WHO = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
WHEN = {f"GIT_{role}_DATE": "2030-01-01T00:00:00Z" for role in ("AUTHOR", "COMMITTER")}
PLAIN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **WHO, **WHEN}


class Gitted:
    """A repository below a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, stdin: str = "") -> str:
        """Return what git prints."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=os.environ | PLAIN,
            input=stdin,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def write(self, **files: str | None) -> None:
        """Write files by their names without suffix, `__` for a slash; None removes one."""
        for name, text in files.items():
            self.put(f"{name.replace('__', '/')}.ttl", text)

    def put(self, path: str, text: str | None) -> None:
        """Write a file, or remove it."""
        place = self.root / path
        if text is None:
            place.unlink()
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")

    def stage(self) -> None:
        """Put all that changed into the index."""
        self.git("add", "--all")

    def commit(self, **files: str | None) -> str:
        """Write files, commit all that changed, and return the revision."""
        self.write(**files)
        self.stage()
        self.git("commit", "--quiet", "--allow-empty", "--no-verify", "-m", "a change")
        return self.git("rev-parse", "HEAD")
