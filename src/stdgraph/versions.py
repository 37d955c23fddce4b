"""What becomes of a graph: versions compared, changes applied, new and changed files judged."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked
from stdgraph.opened import Opened, day_of

if TYPE_CHECKING:
    from stdgraph.model.changes import Changes
    from stdgraph.services.validate import Report
    from stdgraph.storage.files import GraphFile
    from stdgraph.storage.versions import Known, Version

Meant = Any
"""A git revision, a file, a folder or a store by its name; an opened graph; triples of pyoxigraph."""
AT_HAND = marked("the graph at hand")


def diff(
    first: Meant,
    second: Meant = None,
    *,
    lang: str = "en",
    files: Sequence[GraphFile] | None = None,
    stored: bool = False,
) -> Changes:
    """Return what leads from one version of the graph to another: statements, and the same in words by record.

    Args:
        first: a git revision, a Turtle or N-Quads file, a folder, a compiled store; an opened graph; triples.
        second: the same; without it, a revision is compared with the working tree, anything else with the graph at hand.
        lang: language of labels, `en` or `zh`.
        files: the files of the graph at hand, which also tells names; by default that which comes with the package.
        stored: whether these were read of an engine, which writes numbers its own way.

    Raises:
        FileError, TurtleSyntaxError: a file cannot be read.
        RevisionError: there is no such revision, or no git.

    >>> import pyoxigraph as ox
    >>> BSI, NAME = (ox.NamedNode(f"https://w3id.org/stdgraph/{end}") for end in ("id/org/gb-bsi", "ontology#acronym"))
    >>> changes = diff([], [ox.Triple(BSI, NAME, ox.Literal("BSI"))])
    >>> [(change.change, change.id) for change in changes.records]
    [('added', 'org/gb-bsi')]
    """
    from stdgraph.services.build import input_files
    from stdgraph.services.diff import diff

    at_hand = input_files() if files is None else files
    known: Known = {}
    one = _version(first, known)
    other = _opposite(first, at_hand, known, stored=stored) if second is None else _version(second, known)
    return diff(one, other, at_hand, lang=lang)


def apply(changes: Changes, first: Meant) -> frozenset[Any]:
    """Return the triples of the second version, made of the first: `apply(diff(a, b), a)` is what `b` says.

    Unnamed nodes bear names made of what is said around them.
    """
    from stdgraph.services.diff import apply

    return apply(changes, _version(first, {}))


def _opposite(first: Meant, files: Sequence[GraphFile], known: Known, *, stored: bool) -> Version:
    """Return what a version is compared with where no other is named."""
    from stdgraph.storage.versions import of_files, working_tree

    is_revision = not stored and isinstance(first, str) and not os.path.lexists(first)
    return working_tree(known) if is_revision else of_files(Phrase(AT_HAND), files, known, stored=stored)


def _version(meant: Meant, known: Known) -> Version:
    from stdgraph.storage.blanks import named_by_content
    from stdgraph.storage.versions import Version, of_files, version

    if isinstance(meant, str | Path):
        return version(str(meant), known)
    if isinstance(meant, Opened):
        if not meant.files:
            detail = Phrase("`stdgraph {command}` works on files; leave --endpoint out", command="diff")
            raise ParameterError(parameter="endpoint", detail=detail)
        return of_files(Phrase(AT_HAND), meant.files, known)
    return meant if isinstance(meant, Version) else Version("-", frozenset(named_by_content(meant)))


class Checked(Opened):
    """An opened graph that is checked, alone or with what is to become part of it."""

    def validate(
        self,
        *files: str | Path,
        base: str | None = None,
        staged: bool = False,
        shapes: Sequence[str | Path] = (),
        on: str | None = None,
        say: Callable[[str], None] | None = None,
    ) -> Report:
        """Return the findings of the shapes over the graph, over new files inside it, or over what a revision has not yet.

        Args:
            files: new files to check inside the graph, or changed copies of its own; with `base` or `staged`, the files and
                folders whose changes alone count.
            base: a git revision: only what the working tree changes of it is judged, deletions included.
            staged: the same for what git's index changes of `base`, by default of the last commit.
            shapes: files of other shapes, which are run in place of ours.
            on: the day of the check, after which nothing can have happened yet; none is too late without it.
            say: told what is passed over in folders, and which file stands in for which.

        Raises:
            FileError, TurtleSyntaxError: a file cannot be read.
            RevisionError: there is no such revision, or no git.
        """
        from stdgraph.services.validate import judge, since, validate
        from stdgraph.storage.cited import hold
        from stdgraph.storage.files import given_files
        from stdgraph.storage.lines import shown

        hold({})
        asked, day = given_files(shapes, say), day_of(on, "on")
        if base is None and not staged:
            return validate(self.files, given_files(files, say), shapes=asked, on=day, lang=self.lang, say=say)
        before, change = since(base, self.files, files, staged=staged, say=say)
        if staged:
            hold({shown(file.path): file.read().decode("utf-8-sig", "replace") for file in (*before, *change.new)})
        return judge(before, change, shapes=asked, on=day, lang=self.lang)
