"""What a second process does is what this one would do: its results, its errors, and nothing of it left behind."""

from __future__ import annotations

import gc
import os
import threading

import pyoxigraph as ox
import pytest

from stdgraph.locale import Phrase
from stdgraph.services.validate import aside
from stdgraph.services.validate.aside import uncollected


@pytest.fixture
def doubling(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("this system cannot double a process")
    monkeypatch.setattr(aside, "_may_double", lambda: True)


@pytest.mark.usefixtures("doubling")
def test_another_process_does_the_work_and_its_result_comes_back() -> None:
    said = Phrase("'{text}' is not a day of the calendar", text="2016-13")
    wait = aside.aside(lambda: (os.getpid(), [ox.Literal("标准", language="zh-hans")], said))
    pid, terms, phrase = wait()
    assert pid != os.getpid()
    assert terms == [ox.Literal("标准", language="zh-hans")]
    assert phrase.chinese() == said.chinese()


@pytest.mark.usefixtures("doubling")
def test_what_fails_there_fails_here_in_the_same_words() -> None:
    def work() -> None:
        raise ValueError("no such day")

    with pytest.raises(ValueError, match="no such day"):
        aside.aside(work)()


@pytest.mark.usefixtures("doubling")
def test_what_cannot_be_sent_is_done_here() -> None:
    assert aside.aside(lambda: threading.Lock())() is not None


@pytest.mark.usefixtures("doubling")
def test_what_the_other_process_changes_does_not_change_here() -> None:
    held: list[int] = []

    def work() -> int:
        held.append(1)
        return len(held)

    assert (aside.aside(work)(), held) == (1, [])


def test_a_process_with_threads_at_work_is_not_doubled() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert aside.aside(os.getpid)() == os.getpid()
    finally:
        stop.set()
        thread.join()


def test_garbage_is_looked_for_again_afterwards() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
