"""The table of docs/robustness.md says of stdgraph what stdgraph does."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest

import robustness
from loopback import Listener

ROWS = re.findall(
    r"(?m)^\| (.+?) \| (.+?), \S+ s, \S+ MB \| (.+?), .*? \| (.+?), .*? \|$", robustness.PAGE.read_text("utf-8")
)
TOLD = {title: end for title, end, *_ in ROWS}


def test_the_table_has_a_row_for_each_payload() -> None:
    assert [row[0] for row in ROWS] == [attack["title"] for attack in robustness.attacks()]
    assert {end for row in ROWS for end in row[1:]} <= set(robustness.ENDS)


def test_no_payload_leads_stdgraph_astray() -> None:
    assert set(TOLD.values()) <= {"answered", "same graph", "refused", "limit told"}


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are those of Linux")
@pytest.mark.parametrize("attack", robustness.attacks(), ids=lambda attack: attack["title"])
def test_stdgraph_ends_as_the_table_says(attack: dict[str, Any]) -> None:
    listener = Listener()
    assert robustness.run("stdgraph", attack, listener).word == TOLD[attack["title"]]
    listener.socket.close()
