"""Wrong use: exit code 2, 3 where the engine fails, and a message that tells the way out; never a trace."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

Run = Callable[..., Result]

WRONG = {
    "unknown question": (["ask", "who-coperates"], "Nearest: who-cooperates-with"),
    "unknown command": (["aks"], "Nearest: ask"),
    "unknown option": (["ask", "posts", "--persn", "x"], "--person"),
    "missing parameter": (["ask", "posts"], "--person"),
    "unknown name": (["ask", "posts", "--person", "An Ashe"], "Ann Ash"),
    "ambiguous name": (["show", "CAC"], "org/codex  Codex Alimentarius Commission"),
    "odd date": (["ask", "posts", "--person", "Ann Ash", "--as-of", "yesterday"], "YYYY"),
    "two days": (["ask", "agreements-in-force", "--on", "2018", "--as-of", "2018"], "leave out --as-of"),
    "odd format": (["ask", "posts", "--person", "Ann Ash", "-f", "docx"], "choose table, csv"),
    "update": (["query", "DELETE WHERE { ?s ?p ?o }"], "DELETE is an update"),
    "service": (["query", "ASK { SERVICE <http://x> {} }"], "SERVICE"),
    "syntax": (["query", "SELECT ?x WHERE"], "query:1:"),
    "no query": (["query"], "either a query or --file"),
    "no such file": (["query", "--file", "/nonexistent.rq"], "/nonexistent.rq"),
    "endpoint for files": (["build", "--endpoint", "http://127.0.0.1:9/"], "leave --endpoint out"),
    "odd view": (["network", "metrics", "--view", "friends"], "cooperation, one-way, membership"),
    "no form": (["network", "export"], "graphml"),
    "form of build": (["build", "-f", "csv"], "choose nq, ttl"),
    "form of export": (["network", "export", "-f", "csv2"], "choose graphml, gexf, gml, json, csv"),
    "suffix": (["ask", "conflicts", "-o", "/nonexistent/x.ttl"], "choose table, csv, tsv, json, md"),
    "unknown class": (["find", "tea", "--kind", "Meetin"], "nearest: Meeting"),
    "no text": (["find", ""], "is empty"),
    "no data": (["find", "tea", "--data", ""], "is empty"),
    "no file to write": (["find", "tea", "-o", ""], "is empty"),
    "no value": (["ask", "posts", "--person", ""], "is empty"),
    "no file": (["validate", ""], "is empty"),
    "records in csv": (["ask", "conflicts", "--why", "-f", "csv"], "with --why; choose table, json"),
    "proofs in md": (["why", "ASA", "BeSI", "--proof", "-f", "md"], "with --proof; choose table, json"),
}


@pytest.mark.parametrize(("arguments", "words"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_told_clearly_and_ends_with_2(run_tiny: Run, arguments: list[str], words: str) -> None:
    done = run_tiny(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert "Traceback" not in done.output


LONG = "x" * 5000


@pytest.mark.parametrize(
    "words",
    [
        ["show", LONG],
        ["ask", LONG],
        ["ask", "问" * 200],
        [LONG],
        ["ask", "posts", "--person", LONG],
        ["ask", "agreements-in-force", "--on", LONG],
        ["find", "tea", "-f", LONG],
        ["find", "x", "--kind", LONG],
        ["network", "metrics", "--view", LONG],
    ],
    ids=lambda words: " ".join(w for w in words if w.isascii() and w != LONG) or "command",
)
def test_what_is_long_is_not_echoed_whole(run_tiny: Run, words: list[str]) -> None:
    done = run_tiny(*words)
    assert done.exit_code == 2
    assert len(done.stderr) < 2000


@pytest.mark.parametrize(("error", "code", "words"), [(MemoryError(), 3, "memory"), (RecursionError(), 2, "nested")])
def test_what_is_too_large_is_no_internal_fault(
    run_tiny: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, words: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("stdgraph.services.find.find", fail)
    monkeypatch.setattr("stdgraph.services.query.query", fail)
    for arguments in (["find", "tea"], ["query", "ASK {}"]):
        done = run_tiny(*arguments)
        assert (done.exit_code, words in done.stderr) == (code, True)
        assert "internal fault" not in done.stderr


def test_messages_in_chinese(run_tiny: Run) -> None:
    assert "没有名为“An Ashe”的事物" in run_tiny("--lang", "zh", "show", "An Ashe").stderr


def test_a_dead_endpoint_ends_with_3(run: Run) -> None:
    done = run("ask", "conflicts", "--endpoint", "http://127.0.0.1:9/sparql")
    assert done.exit_code == 3
    assert "cannot be reached" in done.stderr
