from __future__ import annotations

import stdgraph


def test_a_list_of_codes_is_a_table(tiny: stdgraph.Graph) -> None:
    found = tiny.codes("mode")
    assert found.columns == ("code", "en", "zh", "also")
    assert [row["code"] for row in found] == ["hybrid", "online", "onsite"]
    assert found[1].plain()["also"] == ["by video", "video", "视频形式"]


def test_ties_and_classes_are_lists_too(tiny: stdgraph.Graph) -> None:
    ties = [row["code"] for row in tiny.codes("stdg:linkedInStandardizationWith")]
    assert ties == ["adoptsStandardsFrom", "assists", "recognizes", "usesStandardsOf"]
    assert {"Country", "JointWorkingGroup", "Year"} <= {row["code"] for row in tiny.codes("classes")}
