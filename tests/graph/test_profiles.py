"""Files of profiles are read whole, and what is wrong in one is told with its file and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from stdgraph.errors import ProfileError
from stdgraph.graph.profiles import MANY, parse_plan, plan, plan_heads, plan_names

HEAD = 'title = "Pair"\ntitle_zh = "双方"\nkinds = ["Actor"]\n'
PANEL = '[[panel]]\nname = "agreements"\nquestion = "agreements"\n'


def read(text: str):
    return parse_plan(Path("queries/profiles/pair.toml"), text)


def test_all_of_a_file_is_read() -> None:
    found = read(
        f'{HEAD}names = 2\n{PANEL}title = "Agreements"\ntitle_zh = "协议"\nparameters = {{ actor = "$1", with = "$2" }}\n'
        'show = 3\nsort = "-date"\ncolumns = ["agreement"]\nchart = "timeline"\npack = "trade"\n'
    )
    assert (found.name, found.title, found.kinds) == ("pair", {"en": "Pair", "zh": "双方"}, ("Actor",))
    assert (found.fewest, found.most) == (2, 2)
    (panel,) = found.panels
    assert panel.parameters == {"actor": "$1", "with": "$2"}
    assert (panel.show, panel.sort, panel.columns) == (3, ("-date",), ("agreement",))
    assert (panel.chart, panel.pack, panel.title["zh"]) == ("timeline", "trade", "协议")


def test_what_is_left_out_has_a_usual_value() -> None:
    found = read(HEAD + PANEL)
    assert (found.fewest, found.most) == (1, 1)
    assert (found.panels[0].show, found.panels[0].title, found.panels[0].parameters) == (5, {}, {})
    assert read(f'{HEAD}names = "2+"\n').most == MANY


WRONG = {
    "no TOML": ("title = Pair", "is not TOML: Invalid value (at line 1"),
    "no title": ('kinds = ["Actor"]', "lacks title"),
    "no Chinese title": ('title = "A"\nkinds = ["Actor"]', "lacks title_zh"),
    "unknown key": (f'{HEAD}colour = "red"', "'colour' is none of"),
    "three things": (f"{HEAD}names = 3", "names is not what it should be: 3"),
    "panel without a question": (f'{HEAD}[[panel]]\nname = "a"', "panel a: lacks question"),
    "panel without a name": (f'{HEAD}[[panel]]\nquestion = "a"', "panel 1: lacks name"),
    "no yes or no": (f"{HEAD}{PANEL}compare = 1", "panel agreements: compare is not what it should be: 1"),
    "unknown key of a panel": (f"{HEAD}{PANEL}limit = 3", "panel agreements: 'limit' is none of"),
    "no rows": (f"{HEAD}{PANEL}show = 0", "panel agreements: show is not what it should be: 0"),
    "a number for a text": (f"{HEAD}{PANEL}chart = 3", "panel agreements: '3' is no text"),
    "two of one name": (f"{HEAD}{PANEL}{PANEL}", "two panels are named agreements"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_fault_names_file_and_place(case: str) -> None:
    text, told = WRONG[case]
    with pytest.raises(ProfileError) as error:
        read(text)
    assert str(error.value).startswith(f"queries/profiles/pair.toml: {told}")


def test_a_head_says_what_the_whole_file_says() -> None:
    for head, whole in zip(plan_heads(), map(plan, plan_names()), strict=True):
        assert (head.name, head.title, head.kinds, head.most) == (whole.name, whole.title, whole.kinds, whole.most)
        assert whole.panels
        assert not head.panels
