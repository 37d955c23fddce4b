"""Codes of lists by any of their names; what is none, or one of another list, is told with the nearest."""

from __future__ import annotations

import pytest

import stdgraph
from stdgraph.errors import AmbiguousNameError, ParameterError
from stdgraph.graph.codes import ALL, COOPERATION, LINKS, TIES, Code, called, class_named, code_named, codes, meant
from stdgraph.graph.questions import list_iri


@pytest.mark.parametrize(
    ("scheme", "given", "name"),
    [
        ("role", "role-convenor", "convenor"),
        ("role", "convenor", "convenor"),
        ("role", "Convenor", "convenor"),
        ("role", "convener", "convenor"),
        ("role", "stdgc:role-convenor", "convenor"),
        ("role", "https://w3id.org/stdgraph/concept/role-convenor", "convenor"),
        ("role", "召集人", "convenor"),
        ("role", "chairman", "chair"),
        ("role", "Chairs", "chair"),
        ("role", "vice chair", "vice-chair"),
        ("role", "主任", "head"),
        ("role", "局长", "minister"),
        ("role", "會長", "president"),
        ("role", "P", "p-member"),
        ("agrtype", "MoU", "mou"),
        ("agrtype", "memorandum", "mou"),
        ("agrtype", "备忘录", "mou"),
        ("agrtype", "memoranda of understanding", ""),
        ("agrlevel", "ministries", "ministerial"),
        ("std", "GB/T", "gbt"),
        ("std", "团标", "association"),
        ("cmp", ">=", "at-least"),
        ("stage", "60.60", "6060"),
        ("mode", "in person", "onsite"),
        ("stdg:cooperatesWith", "coPartyWith", "coPartyWith"),
        ("stdg:cooperatesWith", "is co-party with", "coPartyWith"),
        ("stdg:cooperatesWith", "twinned", "twinnedWith"),
        ("stdg:cooperatesWith", "与……同为缔约方", "coPartyWith"),
    ],
)
def test_a_code_goes_by_any_of_its_names(repository: stdgraph.Graph, scheme: str, given: str, name: str) -> None:
    if not name:
        with pytest.raises(ParameterError, match="nearest: mou"):
            code_named(repository.reads, given, [list_iri(scheme)], parameter="type")
        return
    assert code_named(repository.reads, given, [list_iri(scheme)], parameter="x").name == name


def test_no_two_codes_of_a_list_share_a_name(repository: stdgraph.Graph) -> None:
    lists: dict[str, list[Code]] = {}
    for code in (code for code in codes(repository.reads) if code.scheme not in ALL):
        lists.setdefault(code.scheme, []).append(code)
    assert len(lists) > 20
    for known in lists.values():
        for code in known:
            for text in (code.iri, code.name, code.en, code.zh, *code.texts):
                assert called(known, text) == [code], text


@pytest.mark.parametrize("name", ["agrlevel", "agrtype", "doctype", "evt", "proj", "role", "std"])
def test_lists_that_people_ask_for_have_other_words_in_both_languages(repository: stdgraph.Graph, name: str) -> None:
    beside = [
        text
        for code in codes(repository.reads, list_iri(name))
        for text in code.texts
        if text not in (code.en, code.zh)
    ]
    assert sum(text.isascii() for text in beside) >= 4
    assert sum(not text.isascii() for text in beside) >= 4


def refusal(graph: stdgraph.Graph, given: str, *schemes: str, lang: str = "en") -> str:
    with pytest.raises(ParameterError) as told:
        code_named(graph.reads, given, schemes, parameter="role", lang=lang)
    return told.value.message(lang)


def test_an_unknown_code_is_told_with_the_nearest(repository: stdgraph.Graph) -> None:
    role = list_iri("role")
    assert (
        refusal(repository, "convenorr", role)
        == "--role: 'convenorr' is none of the roles; nearest: convenor (召集人)."
    )
    assert refusal(repository, "xyzzy", role).startswith("--role: 'xyzzy' is none of the roles; there are 99, such as ")
    assert (
        refusal(repository, "召急人", role, lang="zh")
        == "--role：“召急人”不在“角色”之列；相近的有：convenor（召集人）。"
    )
    assert "there are hybrid (" in refusal(repository, "xyzzy", list_iri("mode"))


def test_a_code_of_another_list_is_told_as_such(repository: stdgraph.Graph) -> None:
    assert refusal(repository, "MoU", list_iri("role")).startswith(
        "--role: 'MoU' (memorandum of understanding) is of another list, the agreement types; of the roles "
    )
    assert "the ties one way; of the ties both ways nearest: " in refusal(repository, "usesStandardsOf", COOPERATION)
    assert "另一代码表“双向联系”；“单向联系”中" in refusal(repository, "coPartyWith", LINKS, lang="zh")


def test_what_several_codes_are_called_is_asked_back(repository: stdgraph.Graph) -> None:
    with pytest.raises(AmbiguousNameError, match="  vice-chair  vice-chair\n"):
        code_named(repository.reads, "副", [list_iri("role")], parameter="role")


@pytest.mark.parametrize(
    ("given", "name"),
    [("Country", "Country"), ("country", "Country"), ("国家标准化机构", "NationalStandardsBody"), ("年份", "Year")],
)
def test_a_class_goes_by_its_labels(repository: stdgraph.Graph, given: str, name: str) -> None:
    assert class_named(repository.reads, given) == name


def test_a_text_may_mean_codes_of_several_lists(repository: stdgraph.Graph) -> None:
    found = [(code.scheme.rpartition("/")[2], code.name) for code in meant(repository.reads, "宣言")]
    assert found == [("agrtype", "declaration"), ("doctype", "declaration")]
    assert [code.name for code in meant(repository.reads, "coPartyWith")] == ["coPartyWith"]
    assert meant(repository.reads, "British Standards Institution") == []


def test_ties_are_in_one_of_two_lists(repository: stdgraph.Graph) -> None:
    from stdgraph.graph.ties import MUTUAL, kinds_of_ties

    ways = {code.iri: code.scheme for code in codes(repository.reads, *TIES)}
    assert ways == {
        iri: COOPERATION if way == MUTUAL else LINKS for iri, way in kinds_of_ties(repository.reads).items()
    }
