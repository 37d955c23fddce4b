"""Each printed form and each figure stands in the text of its document where the locator says."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import citations
import stdgraph
from conftest import ROOT
from stdgraph.model.passages import Cutting
from stdgraph.model.plain import plain
from stdgraph.services.verify import Verification, text_of
from stdgraph.storage.descriptions import cutting

TEXTS = citations.texts()
pytestmark = pytest.mark.skipif(
    len(TEXTS) < len(citations.FILES),
    reason="the texts of the documents stand beside the repository (../shared/seeds), not in it",
)
CUTS = {key: cutting(key, text) for key, text in TEXTS.items()}


@pytest.fixture(scope="module")
def verified(repository: stdgraph.Graph, tmp_path_factory: pytest.TempPathFactory) -> Verification:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STDGRAPH_DATA", str(tmp_path_factory.mktemp("texts")))
        for key in TEXTS:
            told = repository.attach(key, citations.SEEDS / citations.FILES[key])
            assert told.rows[0]["same"] is True, f"{key}: not the text that the statements were read from"
        found = repository.verify()
        assert {one.key for one in found.sums} == citations.FILES.keys()
        assert all(isinstance(text_of(key), Cutting) for key in TEXTS)
        return found


def test_citations_stand_where_they_are_cited(verified: Verification) -> None:
    faults = [citations.told(one, CUTS[one.source.rpartition("/")[2]]) for one in verified.faults]
    found = {one.key: (one.found, one.numbers) for one in verified.sums}
    told = "\n".join([*faults, *(one.text() for one in verified.sums)])
    if citations.EVERY:
        assert not faults, told
    else:
        assert all(
            have >= least for key in found for have, least in zip(found[key], citations.LEAST[key], strict=True)
        ), told


def test_the_readme_tells_how_many_stand(verified: Verification) -> None:
    forms, figures = (sum(getattr(one, name) for one in verified.sums) for name in ("found", "numbers"))
    assert f"all {forms:,} printed forms and {figures} figures stand" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("key", citations.FILES)
def test_each_printed_character_has_a_locator_that_leads_back(key: str) -> None:
    cut = CUTS[key]
    for number, line in enumerate(TEXTS[key].split("\n"), 1):
        words = plain(line)
        for column in words.at:
            place = cut.find(cut.at(number, column))
            assert place is not None, (number, column)
            assert place[0] <= cut.offset(number, column) < place[1], (number, column, cut.at(number, column))
        assert bool(cut.at(number)) is bool(words.text), number


@pytest.mark.parametrize("key", citations.FILES)
def test_no_two_passages_have_one_locator(key: str) -> None:
    told = [passage.locator for passage in CUTS[key].passages if passage.kind != "skip"]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("key", citations.FILES)
def test_a_sentence_leads_to_itself(key: str) -> None:
    cut = CUTS[key]
    for passage in cut.passages:
        for locator, span in passage.pieces:
            place = passage.words.read(span)
            assert cut.find(locator) == place
            assert place in [found for _, found in cut.found(passage.words.text[slice(*span)], locator)], locator


@pytest.mark.parametrize("key", citations.FILES)
def test_word_gives_the_same_cutting(key: str, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    from stdgraph.storage.documents import document_text

    document = docx.Document()
    wrapped = key == "china-standardization-2023-2"
    for paragraph in TEXTS[key].split("\n\n") if wrapped else TEXTS[key].split("\n"):
        if plain(paragraph).text:
            document.add_paragraph(paragraph.strip("\n"))
    document.save(tmp_path / "text.docx")
    again = cutting(key, document_text(tmp_path / "text.docx"))
    assert [(p.locator, p.words.text) for p in again.passages] == [
        (p.locator, p.words.text) for p in CUTS[key].passages
    ]


EXAMPLES = {
    ("cn-uk-wg", 21, "叶郁（中方）"): "3、中英城市可持续发展标准化工作组 / paragraph 3 / item 2",
    ("cn-uk-wg", 7, "石墨烯标准化工作组"): "中英标准化工作组简介 / item 2",
    ("bri-10y", 82, "活动"): "一 / （二）标准化合作影响力不断提升 / paragraph 1 / sentence 2",
    ("bri-10y", 98, "2021年"): "主要成果一 / （二）中国—东盟标准化合作论坛 / item 2",
    ("bri-10y", 161, "蒙内铁路"): "主要成果四 / paragraph 1 / item 2",
    ("bri-10y", 163, "阿根廷核电项目"): "二 / （一）标准化助力交通能源等基础设施建设 / paragraph 2 / sentence 8",
    ("cn-annual-2020", 32, "图5"): "一 / （七）标准化试点示范 / figure 5",
    ("cn-annual-2020", 43, "重点工作"): "二、重点工作 / heading",
    ("cn-annual-2020", 167, "斯科特·斯蒂德曼"): "2020年度中国标准化大事记 / 8月17日 / item 2 / sentence 1",
    ("cn-annual-2020", 190, "373131"): "chart data / figure 4",
    ("zj-intl-2020", 35, "国际标准化技术组织"): "二、重点任务 / （二） / sentence 2",
    ("zj-intl-2020", 124, "ETSI"): "附件 1 / item 38",
    ("zj-intl-2020", 174, "40"): "附件 4 / 合计",
    (
        "china-standardization-2023-2",
        84,
        "Building No.51 Tiantong Zhongyuan, Changping District",
    ): "COPYRIGHT / Address / item 1",
    ("china-standardization-2023-2", 135, "80-136"): "COPYRIGHT / Postal Subscription Code / item 1",
    (
        "china-standardization-2023-2",
        702,
        "Policy Officer",
    ): "How cybersecurity standards support the EU legislation / speaker / item 4",
}


@pytest.mark.parametrize(("place", "locator"), EXAMPLES.items(), ids=lambda v: v if isinstance(v, str) else "")
def test_a_place_is_cited_by_the_rule(place: tuple[str, int, str], locator: str) -> None:
    key, line, form = place
    assert CUTS[key].cite(line, form) == locator


def test_the_data_tell_which_texts_were_read(repository: stdgraph.Graph) -> None:
    told = {row["source"].iri.rpartition("/")[2]: row for row in repository.sources()}  # type: ignore[union-attr]
    for key, text in TEXTS.items():
        assert told[key]["checksum"] == hashlib.sha256(text.encode()).hexdigest()
        assert told[key]["characters"] == len(text)
