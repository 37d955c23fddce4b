"""The one door to git: what a revision, the index and the working tree hold, read from the local repository alone.

Nothing is checked out, fetched or run. The user's own settings of git stay, since they say which repositories he trusts
(`safe.directory`); those of the repository may be a stranger's, and what in them names programs is switched off. Links and
submodules are not followed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from stdgraph.errors import FileError, RevisionError
from stdgraph.locale import Phrase
from stdgraph.storage.files import MAX_BYTES, MAX_TEXT

OFF = (
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat"),
    *("-c", "core.sshCommand=false", "-c", "protocol.allow=never", "-c", "core.untrackedCache=false"),
)
"""Settings of a repository that name programs, without effect."""
QUIET = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""Nothing comes from elsewhere, nobody is asked, nothing is written."""
FILES = ("100644", "100755")
"""Modes of files; links, submodules and folders have others."""
LONGEST = 1 << 27
"""So many bytes a list of files may have: a tree can name itself a thousand million times."""
BLOBS = 2000
"""So many blobs are read at once."""


class Blob(NamedTuple):
    """A file of a revision or of the index: its path from the root of the repository, its id, its size."""

    path: str
    oid: str
    size: int


@dataclass(frozen=True)
class Repository:
    """A git repository by the root of its working tree."""

    root: Path

    def tree(self, revision: str) -> tuple[str, str]:
        """Return the id of what a revision names, and whether that is a `tree` or a `blob`.

        Raises:
            RevisionError: there is nothing of that name.
        """
        if revision.startswith("-") or not revision.isprintable() or not revision:
            raise RevisionError(revision=revision, detail=Phrase("no revision has such a name"))
        done = _git(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision)
        oid = done.stdout.decode("ascii", "replace").strip()
        if done.returncode or not oid:
            raise RevisionError(revision=revision, detail=self._none())
        kind = _git(self.root, "cat-file", "-t", oid)
        if kind.returncode:  # git takes any forty digits for an id
            raise RevisionError(revision=revision, detail=self._none())
        if kind.stdout.strip() == b"blob":
            return oid, "blob"
        tree = _git(self.root, "rev-parse", "--verify", "--quiet", f"{oid}^{{tree}}")
        if tree.returncode:
            raise RevisionError(revision=revision, detail=Phrase("it names no files"))
        return tree.stdout.decode().strip(), "tree"

    def _none(self) -> Phrase:
        """Return that there is no such revision, and how to get it where the clone holds but the last commits."""
        if _git(self.root, "rev-parse", "--is-shallow-repository").stdout.strip() != b"true":
            return Phrase("there is no such revision")
        return Phrase(
            "there is no such revision in this clone, which holds only the last commits (`git fetch --depth 1 origin COMMIT` brings one, `git fetch --unshallow` all)"
        )

    def files(self, tree: str) -> list[Blob]:
        """Return the files of a tree, by path."""
        found = []
        for entry in _listed(self.root, "ls-tree", "-r", "-z", "-l", "--full-tree", tree):
            about, _, path = entry.partition(b"\t")
            mode, _, oid, size = about.decode().split()
            if mode in FILES:
                found.append(Blob(os.fsdecode(path), oid, int(size) if size.isdigit() else 0))
        return sorted(found)

    def blob(self, oid: str, name: str) -> list[Blob]:
        """Return a file by its id, under the path that `REVISION:PATH` names."""
        return [Blob(name.partition(":")[2] or name, oid, self._sizes([oid])[oid])]

    def staged(self) -> list[Blob]:
        """Return the files of the index, by path.

        Raises:
            RevisionError: a merge is not finished.
        """
        found = []
        for entry in _listed(self.root, "ls-files", "-s", "-z"):
            about, _, path = entry.partition(b"\t")
            mode, oid, stage = about.decode().split()
            if stage != "0":
                raise RevisionError(
                    revision=os.fsdecode(path), detail=Phrase("a merge is under way here; finish it first")
                )
            if mode in FILES:
                found.append((os.fsdecode(path), oid))
        sizes = self._sizes({oid for _, oid in found})
        return sorted(Blob(path, oid, sizes[oid]) for path, oid in found)

    def worktree(self) -> list[str]:
        """Return the paths of the files of the working tree, those that git ignores and links left out."""
        listed = _listed(self.root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
        paths = sorted({os.fsdecode(path) for path in listed})
        return [p for p in paths if (self.root / p).is_file() and not _is_linked(self.root, p)]

    def read(self, blobs: Sequence[Blob]) -> dict[str, bytes]:
        """Return the bytes of blobs by their ids.

        Raises:
            FileError: one is too large, or all together are, or one is not there.
        """
        wanted = {blob.oid: blob for blob in blobs}
        total = sum(blob.size for blob in wanted.values())
        for blob in wanted.values():
            if blob.size > MAX_TEXT or total > MAX_BYTES:
                size = (MAX_TEXT if blob.size > MAX_TEXT else MAX_BYTES) >> 20
                raise FileError(path=blob.path, detail=Phrase("larger than {size} MiB", size=size))
        oids = list(wanted)
        parts = (oids[at : at + BLOBS] for at in range(0, len(oids), BLOBS))
        return {oid: data for part in parts for oid, data in self._read(part, wanted)}

    def _read(self, oids: Sequence[str], wanted: dict[str, Blob]) -> Iterator[tuple[str, bytes]]:
        out, at = _asked(self.root, "cat-file", "--batch", stdin="".join(f"{oid}\n" for oid in oids)), 0
        for oid in oids:
            end = out.index(b"\n", at)
            about = out[at:end].decode("ascii", "replace").split()
            if about[1:2] != ["blob"]:
                raise FileError(path=wanted[oid].path, detail=Phrase("the repository does not have it"))
            at = end + 1 + int(about[2])
            yield oid, out[end + 1 : at]
            at += 1

    def _sizes(self, oids: Iterable[str]) -> dict[str, int]:
        out = _asked(self.root, "cat-file", "--batch-check", stdin="".join(f"{oid}\n" for oid in sorted(oids)))
        told = (line.split() for line in out.decode().splitlines())
        return {about[0]: int(about[2]) if about[1] == "blob" else 0 for about in told}


def repository(here: Path | None = None) -> Repository:
    """Return the repository in whose working tree a folder lies, by default the current one.

    Raises:
        RevisionError: there is none, git is not installed, or it refuses the repository.
    """
    folder = here or Path.cwd()
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace")
        if "dubious ownership" in told:
            detail = Phrase(
                "it belongs to somebody else; `git config --global --add safe.directory` tells git to trust it"
            )
        else:
            detail = Phrase("this is no working tree of a git repository")
        raise RevisionError(revision=str(folder), detail=detail)
    return Repository(Path(os.fsdecode(done.stdout.rstrip(b"\n"))))


def _is_linked(root: Path, path: str) -> bool:
    """Tell whether a file of the working tree is a link, or lies behind one."""
    here = root / path
    return any(part.is_symlink() for part in (here, *here.parents) if part != root and root in part.parents)


def _git(here: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if not program:
        raise RevisionError(revision="git", detail=Phrase("git is not installed"))
    command = [program, "--no-pager", *OFF, *arguments]
    return subprocess.run(
        command, input=stdin.encode(), capture_output=True, cwd=here, env=os.environ | QUIET, check=False
    )


def _asked(here: Path, *arguments: str, stdin: str = "") -> bytes:
    """Return what git answers; raises RevisionError where it fails."""
    done = _git(here, *arguments, stdin=stdin)
    if done.returncode:
        raise _failed(done.stderr)
    return done.stdout


def _failed(told: bytes) -> RevisionError:
    lines = told.decode("utf-8", "replace").strip().splitlines()
    said = lines[-1].removeprefix("fatal: ") if lines else "-"
    return RevisionError(revision="git", detail=Phrase("it failed ({detail})", detail=said))


def _listed(here: Path, *arguments: str) -> list[bytes]:
    """Return the entries of a list that git gives, each ended by a zero byte.

    Raises:
        RevisionError: it failed, or the list has no end.
    """
    program = shutil.which("git") or "git"
    command = [program, "--no-pager", *OFF, *arguments]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=here,
        env=os.environ | QUIET,
    ) as process:
        assert process.stdout
        assert process.stderr
        out = process.stdout.read(LONGEST + 1)
        if len(out) > LONGEST:
            process.kill()
            raise RevisionError(revision="git", detail=Phrase("the repository lists too many files"))
        told = process.stderr.read()
    if process.returncode:
        raise _failed(told)
    return out.split(b"\0")[:-1]
