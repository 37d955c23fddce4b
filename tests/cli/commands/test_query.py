"""`query`: its forms, a file, a limit of time, exact numbers."""

from __future__ import annotations

import json
from collections.abc import Callable

from click.testing import Result

from conftest import ROOT

Run = Callable[..., Result]


def test_query_forms(run_tiny: Run) -> None:
    assert run_tiny("query", "ASK { ?x a stdg:Country }").stdout == "true\n"
    srj = json.loads(run_tiny("query", "SELECT ?x WHERE { ?x a stdg:Alliance }", "-f", "srj").stdout)
    assert srj["results"]["bindings"][0]["x"]["type"] == "uri"
    ttl = run_tiny("query", "CONSTRUCT { ?x a stdg:Actor } WHERE { ?x a stdg:Country }").stdout
    assert ttl.count("a stdg:Actor") == 3
    assert run_tiny("query", "-", stdin="ASK { ?x a stdg:Nothing }").stdout == "false\n"


def test_a_query_from_a_file(run_tiny: Run) -> None:
    path = ROOT / "queries" / "questions" / "incomplete-lists.rq"
    assert "Alliance of standards cities" in run_tiny("query", "--file", path).stdout


def test_a_long_query_is_stopped(run_tiny: Run) -> None:
    slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    done = run_tiny("query", slow, "--timeout", "1")
    assert done.exit_code == 3
    assert "longer than 1 s" in done.stderr


def test_large_numbers_stay_exact(run_tiny: Run) -> None:
    query = 'SELECT (xsd:integer("99999999999999999") AS ?n) {}'
    assert "99999999999999999" in run_tiny("query", query, "-f", "csv").stdout
