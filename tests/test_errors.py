"""Errors tell callers in Python of arguments, and people at a command line of options."""

from __future__ import annotations

import pickle

import pytest

import stdgraph
from stdgraph.errors import ExtraError, ParameterError, StdgraphError

CASES = {
    "a day": ({"as_of": "x"}, "--as-of: 'x' is not YYYY"),
    "another argument in the text": ({"undated": True}, "--undated: goes with --as-of;"),
    "a word of Python's own": ({"with_": "BSI", "from_": "2019"}, "--from: agreements"),
}


@pytest.mark.parametrize(("arguments", "told"), CASES.values(), ids=CASES)
def test_a_wrong_argument_is_told_to_each_in_its_words(
    arguments: dict[str, str], told: str, repository: stdgraph.Graph
) -> None:
    with pytest.raises(ParameterError) as raised:
        repository.ask("agreements", **arguments)
    assert "--" not in str(raised.value)
    assert told in raised.value.message("en")
    assert "--" in raised.value.message("zh")
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


def test_an_argument_with_another_name_in_python(repository: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match=r"^start: '2019-13' is not"):
        repository.ask("agreements").between("2019-13")


def test_ids_with_dashes_stay_as_they_are() -> None:
    assert str(StdgraphError(detail="office/tian-shihong--cn-sac--head")) == "office/tian-shihong--cn-sac--head"


def test_a_missing_library_is_an_import_error_too() -> None:
    with pytest.raises(ImportError, match=r"stdgraph\[plot\]"):
        raise ExtraError(what="Pictures", extra="plot")


def test_at_a_command_line_options_are_named(run) -> None:
    result = run("ask", "agreements", "--as-of", "x")
    assert result.exit_code == 2
    assert "--as-of: 'x'" in result.stderr
