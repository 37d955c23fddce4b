"""Git is read and never obeyed: files of revisions and of the index, whatever their names, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from gitted import Gitted
from stdgraph.errors import FileError, RevisionError
from stdgraph.storage import revisions
from stdgraph.storage.revisions import Repository, repository

ODD = ["new\nline.ttl", "quo\"te'.ttl", "中文/文件.ttl", "-dash.ttl", " blank .ttl", ":(top)pathspec.ttl", "tab\t.ttl"]


@pytest.fixture
def gitted(tmp_path: Path) -> Gitted:
    return Gitted(tmp_path / "checkout")


def repo(gitted: Gitted) -> Repository:
    return repository(gitted.root)


def contents(gitted: Gitted, revision: str) -> dict[str, bytes]:
    found = repo(gitted)
    blobs = found.files(found.tree(revision)[0])
    data = found.read(blobs)
    return {blob.path: data[blob.oid] for blob in blobs}


def test_files_of_a_revision_are_read_as_they_were(gitted: Gitted) -> None:
    first = gitted.commit(a="one", data__b="two")
    gitted.commit(a="changed", data__b=None, c="three")
    assert contents(gitted, first) == {"a.ttl": b"one", "data/b.ttl": b"two"}
    assert contents(gitted, "HEAD~1") == contents(gitted, first) != contents(gitted, "HEAD")


def test_file_names_may_be_odd(gitted: Gitted) -> None:
    for name in ODD:
        gitted.put(name, name)
    gitted.commit()
    assert contents(gitted, "HEAD") == {name: name.encode() for name in ODD}
    assert [blob.path for blob in repo(gitted).staged()] == sorted(ODD) == repo(gitted).worktree()


def test_a_file_name_may_be_no_text(gitted: Gitted) -> None:
    name = os.fsdecode(b"\xff.ttl")
    gitted.put(name, "x")
    gitted.commit()
    assert contents(gitted, "HEAD") == {name: b"x"}


def test_the_index_is_read_and_not_the_disk(gitted: Gitted) -> None:
    gitted.commit(a="one")
    gitted.write(a="two")
    gitted.stage()
    gitted.write(a="three")
    found = repo(gitted)
    (blob,) = found.staged()
    assert (blob.size, found.read([blob])[blob.oid]) == (3, b"two")


def test_links_and_submodules_are_not_followed(gitted: Gitted, tmp_path: Path) -> None:
    (tmp_path / "secret.ttl").write_text("secret")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside.ttl").write_text("secret")
    gitted.commit(a="one")
    (gitted.root / "link.ttl").symlink_to(tmp_path / "secret.ttl")
    (gitted.root / "linked").symlink_to(tmp_path / "folder")
    gitted.stage()
    gitted.git("update-index", "--add", "--cacheinfo", f"160000,{gitted.git('rev-parse', 'HEAD')},module.ttl")
    gitted.git("commit", "--quiet", "-m", "links")
    assert contents(gitted, "HEAD") == {"a.ttl": b"one"}
    assert [blob.path for blob in repo(gitted).staged()] == repo(gitted).worktree() == ["a.ttl"]


def test_a_file_behind_a_linked_folder_is_not_of_the_working_tree(gitted: Gitted, tmp_path: Path) -> None:
    gitted.commit(sub__a="one")
    (gitted.root / "sub").rename(tmp_path / "elsewhere")
    (gitted.root / "sub").symlink_to(tmp_path / "elsewhere")
    assert repo(gitted).worktree() == []


@pytest.mark.parametrize(
    "name", ["--all", "-n1", "", "HEAD~99", "no/such", "HEAD\nHEAD", "HEAD HEAD", "HEAD..HEAD", "\0", "'"]
)
def test_what_is_no_revision_is_told(name: str, gitted: Gitted) -> None:
    gitted.commit(a="one")
    with pytest.raises(RevisionError):
        repo(gitted).tree(name)


@pytest.mark.parametrize("name", ["HEAD", "main", "HEAD^{tree}", "HEAD:data", "tagged", "HEAD^0", "@"])
def test_what_names_files_is_a_tree(name: str, gitted: Gitted) -> None:
    gitted.commit(data__a="one")
    gitted.git("tag", "-m", "a tag", "tagged")
    oid, kind = repo(gitted).tree(name)
    assert kind == "tree"
    assert repo(gitted).files(oid)


def test_a_file_of_a_revision_is_a_blob(gitted: Gitted) -> None:
    gitted.commit(data__a="one")
    oid, kind = repo(gitted).tree("HEAD:data/a.ttl")
    assert (kind, repo(gitted).blob(oid, "HEAD:data/a.ttl")) == ("blob", [revisions.Blob("data/a.ttl", oid, 3)])


@pytest.mark.parametrize("name", ["HEAD~1", "", "1" * 40])
def test_a_shallow_clone_tells_how_to_get_what_it_lacks(name: str, gitted: Gitted, tmp_path: Path) -> None:
    first = gitted.commit(a="one")
    gitted.commit(a="two")
    gitted.git("clone", "--quiet", "--depth", "1", gitted.root.as_uri(), str(tmp_path / "shallow"))
    shallow = repository(tmp_path / "shallow")
    assert shallow.tree("HEAD")[1] == "tree"
    with pytest.raises(RevisionError, match="only the last commits"):
        shallow.tree(name or first)
    with pytest.raises(RevisionError, match="there is no such revision"):
        repo(gitted).tree("1" * 40)


def test_outside_of_a_repository_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RevisionError, match="no working tree"):
        repository(tmp_path)


def test_a_machine_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionError, match="not installed"):
        repository(tmp_path)


def test_a_huge_blob_is_refused_before_it_is_read(gitted: Gitted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "MAX_TEXT", 2 << 20)
    gitted.commit(huge="x" * ((2 << 20) + 1))
    found = repo(gitted)
    with pytest.raises(FileError, match="larger than 2 MiB"):
        found.read(found.files(found.tree("HEAD")[0]))


def test_a_tree_that_lists_itself_over_and_over_has_an_end(gitted: Gitted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten levels of ten names for the same tree are ten thousand million files in eleven objects."""
    oid, mode = gitted.git("hash-object", "-w", "--stdin", stdin="x"), "100644 blob"
    for _ in range(10):
        listed = "".join(f"{mode} {oid}\tname{n}.ttl\n" for n in range(10))
        oid, mode = gitted.git("mktree", stdin=listed), "040000 tree"
    monkeypatch.setattr(revisions, "LONGEST", 1 << 20)
    with pytest.raises(RevisionError, match="too many files"):
        repo(gitted).files(oid)


def test_an_object_that_is_not_there_is_told(gitted: Gitted) -> None:
    gitted.commit(a="one")
    oid = gitted.git("rev-parse", "HEAD:a.ttl")
    (gitted.root / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    found = repo(gitted)
    with pytest.raises((FileError, RevisionError)):
        found.read(found.files(found.tree("HEAD")[0]))


def test_no_program_that_a_repository_names_is_run(gitted: Gitted, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho ran >> {ran}\ncat\n")
    program.chmod(0o755)
    gitted.put(".gitattributes", "* filter=odd diff=odd\n")
    first = gitted.commit(a="one")
    for setting in (
        *("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "filter.odd.smudge", "filter.odd.clean"),
        *("diff.odd.textconv", "diff.external", "pager.ls-tree", "pager.cat-file", "alias.ls-tree"),
        *("core.alternateRefsCommand", "uploadpack.packObjectsHook", "core.askPass", "credential.helper"),
    ):
        gitted.git("config", setting, f"!{program}" if setting.startswith("alias") else str(program))
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "fsmonitor-watchman", "post-checkout", "reference-transaction"):
        (hooks / hook).symlink_to(program)
    gitted.git("config", "core.hooksPath", str(hooks))
    ran.unlink(missing_ok=True)
    assert contents(gitted, first)["a.ttl"] == b"one"
    assert [blob.path for blob in repo(gitted).staged()] == [".gitattributes", "a.ttl"] == repo(gitted).worktree()
    assert not ran.exists()


def test_nothing_is_fetched_from_elsewhere(gitted: Gitted, tmp_path: Path) -> None:
    """A partial clone would ask its remote for a blob that it lacks, by a program that the repository names."""
    gitted.commit(a="one")
    gitted.git("config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    gitted.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", f"file://{gitted.root}", str(partial))
    found = repository(partial)
    ran, program = tmp_path / "ran", tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho ran >> {ran}\nexit 1\n")
    program.chmod(0o755)
    with (partial / ".git" / "config").open("a") as config:
        config.write(f'[remote "origin"]\n\tuploadpack = {program}\n')
    with pytest.raises((FileError, RevisionError)):
        found.read(found.files(found.tree("HEAD")[0]))
    assert not ran.exists()


def test_a_merge_under_way_is_told(gitted: Gitted) -> None:
    gitted.commit(a="one")
    gitted.git("checkout", "--quiet", "-b", "other")
    gitted.commit(a="two")
    gitted.git("checkout", "--quiet", "main")
    gitted.commit(a="three")
    with pytest.raises(CalledProcessError):
        gitted.git("merge", "other")
    with pytest.raises(RevisionError, match="a merge is under way"):
        repo(gitted).staged()
