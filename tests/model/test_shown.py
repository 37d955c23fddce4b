"""Tables at a prompt, in a notebook and as DataFrames."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import stdgraph
from stdgraph.charts import engine
from stdgraph.errors import ExtraError, ParameterError
from stdgraph.model.glance import wide
from stdgraph.model.results import Answer, Entity, Row, Source, Table, table


def test_an_answer_is_a_sequence(repository: stdgraph.Graph) -> None:
    answer = repository.ask("agreements", actor="China")
    assert isinstance(answer[2:5], Answer)
    assert [row["agreement"] for row in answer[2:5]] == [row["agreement"] for row in list(answer)[2:5]]
    assert answer[-1] in answer
    assert len(answer[:0]) == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_prints_as_its_table(lang: str) -> None:
    answer = stdgraph.open(lang=lang).ask("agreements", actor="China")
    told = str(answer)
    assert told == repr(answer)
    title, head, first, *_, last = told.splitlines()
    assert title == answer.title
    assert head.split()[0] == "agreement"
    assert first.startswith(str(answer[0]["agreement"])[:20])
    assert str(len(answer)) in last
    assert max(map(wide, told.splitlines()[:-1])) <= 110


def test_a_short_table_prints_whole() -> None:
    found = table(("name", "n"), [{"name": "国标", "n": 1}, {"name": "a\x1b[31m\nb", "n": 20}])
    assert str(found) == "name          n\n国标          1\na\\x1b[31m b  20\n2 rows, 2 columns"


def test_a_notebook_shows_picture_and_sources(repository: stdgraph.Graph) -> None:
    answer = repository.ask("agreements", actor="China", with_="UK")
    told = answer._repr_html_()
    assert "<svg" in told
    assert all(source.title in told for row in answer for source in row.sources)
    assert f'<a href="{answer[0]["agreement"].iri}">' in told


def test_without_what_draws_a_notebook_has_the_table(
    repository: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "is_there", lambda: False)
    assert "<svg" not in repository.ask("agreements")._repr_html_()


def test_a_notebook_obeys_no_text_of_the_data() -> None:
    hostile = "<script>alert(1)</script>"
    row = Row({"a": Entity("javascript:alert(1)", hostile)}, (Source(hostile, hostile, hostile),))
    told = Table(("a",), (row,), {"a": hostile})._repr_html_()
    assert "<script" not in told
    assert "javascript" not in told


def test_frames_keep_whole_numbers_ids_and_sources(repository: stdgraph.Graph) -> None:
    pytest.importorskip("pandas", reason="pandas is an extra")
    answer = repository.ask("agreements", actor="China")
    frame = answer.to_frame(iris=True)
    assert str(frame["stated"].dtype) == "Int64"
    assert str(frame["planned"].dtype) == "boolean"
    assert frame["stated"].dropna().tolist() == [row["stated"] for row in answer if row["stated"] is not None]
    assert frame["agreement_iri"].tolist() == [row["agreement"].iri for row in answer]
    read = answer.sources_frame().merge(frame, left_on="row", right_index=True)
    assert len(read) == sum(len(row.sources) for row in answer)
    assert read.loc[0, "title"] == answer[0].sources[0].title
    assert list(answer.to_frame().columns) == list(answer.columns)
    assert len(answer[:0].to_frame()) == 0


def test_without_pandas_a_line_tells_how_to_get_it(repository: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    for ask in (repository.ask("awards").to_frame, repository.ask("awards").sources_frame):
        with pytest.raises(ExtraError, match=r"^DataFrames need a library .* pip install 'stdgraph\[pandas\]'$"):
            ask()


def test_every_table_becomes_json(repository: stdgraph.Graph) -> None:
    found = repository.ask("agreements").group("year").to_json()
    assert found["columns"] == ["year", "count"]
    told = repository.find("BSI") and table(("a",), [{"a": 1}]).to_json()
    assert told == {"columns": ["a"], "rows": [{"a": 1, "sources": []}]}


def test_a_table_is_saved_in_the_form_of_the_suffix(repository: stdgraph.Graph, tmp_path: Path) -> None:
    answer = repository.ask("agreements", actor="China")
    starts = {"svg": b"<svg ", "png": b"\x89PNG", "pdf": b"%PDF-", "html": b"<!doctype html>", "xlsx": b"PK"}
    for form, start in starts.items():
        answer.save(tmp_path / f"a.{form}")
        assert (tmp_path / f"a.{form}").read_bytes().startswith(start)
    assert answer.render("svg", chart="timeline") != answer.render("svg")
    with pytest.raises(ParameterError, match=r"^format: 'gif' is no form; there are html, xlsx, svg, png, pdf"):
        answer.save(tmp_path / "a.gif")
    with pytest.raises(ParameterError, match=r"^chart: there is no chart 'time'. Nearest: timeline"):
        answer.render(chart="time")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".html", ".pdf", ".png", ".svg", ".xlsx"]


def test_an_empty_answer_is_told_and_drawn(repository: stdgraph.Graph) -> None:
    with pytest.warns(UserWarning, match="the answer has no rows"):
        assert repository.ask("agreements", year="1900").render("svg").startswith(b"<svg")
