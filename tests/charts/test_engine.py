"""Pictures: the same bytes in every process and time zone, read by others, nothing from the network, Chinese drawn."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import stdgraph
from stdgraph.charts import engine, specs
from stdgraph.charts.files import chart, names, palette
from stdgraph.errors import ExtraError

SVG = "{http://www.w3.org/2000/svg}"
CHINESE = pytest.mark.skipif(
    not engine.has_glyph("中"), reason="no Chinese font here: apt install fonts-wqy-microhei brings one"
)
ASKED = {
    "bars": ("who-cooperates-with", {"actor": "SAC"}),
    "grouped": ("incomplete-lists", {}),
    "heatmap": ("events", {}),
    "kinds": ("projects", {}),
    "lines": ("figures", {}),
    "map": ("country-cooperation", {"country": "China"}),
    "matrix": ("memberships", {"actor": "China"}),
    "sides": ("who-cooperates-with", {"actor": "SAC"}),
    "timeline": ("agreements", {"actor": "China"}),
    "years": ("agreements", {}),
}
"""An answer for each chart."""


def spec_of(graph: stdgraph.Graph, name: str, lang: str = "en") -> dict[str, Any]:
    question, arguments = ASKED[name]
    return specs.spec(graph.ask(question, **arguments), name, lang=lang, title="A title")


def texts(svg: bytes) -> str:
    return " ".join(ElementTree.fromstring(svg).itertext())


def test_every_chart_is_tried() -> None:
    assert list(ASKED) == names()


@pytest.mark.parametrize("name", ASKED)
def test_a_picture_has_title_source_and_its_reader_may_prefer_the_dark(name: str, repository: stdgraph.Graph) -> None:
    drawn = engine.picture(spec_of(repository, name))
    root = ElementTree.fromstring(drawn)
    assert root.tag == f"{SVG}svg"
    told = texts(drawn)
    assert told.count("A title") == 2  # in the picture, and for those who do not see it
    assert "Sources: " in told
    assert "Annual Report (2020)" in told
    assert f'[fill="{palette()["ink"][0]}"]{{fill:{palette()["ink"][1]}}}' in told
    assert "undefined" not in told
    assert "null" not in told
    assert "http" not in told.replace("http://www.w3.org", "")


def test_a_png_and_a_pdf_are_what_they_say(repository: stdgraph.Graph) -> None:
    spec = spec_of(repository, "years")
    root = ElementTree.fromstring(engine.picture(spec))
    size = tuple(int(root.attrib[side]) for side in ("width", "height"))
    png = engine.picture(spec, "png")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == tuple(int(side * engine.SCALE) for side in size)
    pypdf = pytest.importorskip("pypdf")
    (sheet,) = pypdf.PdfReader(io.BytesIO(engine.picture(spec, "pdf")), strict=True).pages
    assert (sheet.mediabox.width, sheet.mediabox.height) == size
    assert "between standards bodies" in sheet.extract_text()


def test_the_same_answer_gives_the_same_bytes_in_other_processes_and_time_zones(
    repository: stdgraph.Graph, tmp_path: Path
) -> None:
    here = {form: engine.picture(spec_of(repository, "timeline"), form) for form in engine.FORMS}
    code = (
        "import hashlib, stdgraph\nfrom stdgraph.charts import engine, specs\n"
        "found = stdgraph.open().ask('agreements', actor='China')\n"
        "for form in engine.FORMS:\n"
        "    made = engine.picture(specs.spec(found, 'timeline', title='A title'), form)\n"
        "    print(hashlib.sha256(made).hexdigest())\n"
    )
    for zone, seed in (("Asia/Shanghai", "1"), ("America/Los_Angeles", "2")):
        env = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LANG": "C"}
        told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout
        assert told.split() == [hashlib.sha256(made).hexdigest() for made in here.values()]


def test_a_dark_picture_has_no_colour_of_paper(repository: stdgraph.Graph) -> None:
    drawn = engine.picture(spec_of(repository, "bars"), "svg", night=True).decode()
    assert palette()["paper"][1] in drawn
    assert not [pair for pair in palette()["colours"].values() if pair[0] in drawn]
    assert "white" not in drawn


def test_nothing_is_fetched() -> None:
    spec = {
        "$schema": chart("bars").spec["$schema"],
        "data": {"url": "https://example.org/rows.json"},
        "mark": "bar",
        "encoding": {"x": {"field": "a"}},
    }
    with pytest.raises(ValueError, match=r"example\.org|not allowed|External"):
        engine.picture(spec)


def test_labels_steer_nothing(repository: stdgraph.Graph) -> None:
    from stdgraph.model.results import table

    rows = [{"kind": "<script>alert(1)</script>", "count": 2}, {"kind": 'a"b]]>\x1b[31m\nc', "count": 1}]
    drawn = engine.picture(specs.spec(table(("kind", "count"), rows), "kinds", title="<b>&amp;"))
    root = ElementTree.fromstring(drawn)
    assert not list(root.iter(f"{SVG}script"))
    assert "<script>alert(1)</script>" in texts(drawn)
    assert "\\x1b[31m" in texts(drawn)
    assert "<b>&amp;" in texts(drawn)


@CHINESE
def test_chinese_is_drawn_not_boxes(repository: stdgraph.Graph) -> None:
    chinese = stdgraph.open(lang="zh")
    spec = spec_of(chinese, "years", "zh")
    assert engine.lacking(spec) is None
    pypdf = pytest.importorskip("pypdf")
    (sheet,) = pypdf.PdfReader(io.BytesIO(engine.picture(spec, "pdf")), strict=True).pages
    assert "标准化机构间" in sheet.extract_text()
    assert "来源：" in sheet.extract_text().replace("\n", "")


def test_a_character_that_no_font_has_is_known() -> None:
    assert engine.has_glyph("A")
    assert not engine.has_glyph("\U000f1234")


def test_a_missing_chinese_font_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "has_glyph", lambda sign: False)
    assert "fonts-noto-cjk" in str(engine.lacking({"title": "中国"}))
    assert engine.lacking({"title": "China"}) is None


def test_without_the_library_a_line_tells_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    engine._engine.cache_clear()
    with pytest.raises(ExtraError, match=r"pip install 'stdgraph\[plot\]'"):
        engine.picture({})
    engine._engine.cache_clear()
