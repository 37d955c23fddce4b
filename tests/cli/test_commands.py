"""The command line keeps its contract: options before and after, formats, exit codes, clear messages, nothing lost."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import ROOT, TINY

Run = Callable[..., Result]


@pytest.mark.parametrize(
    "words",
    [
        ["find", "BSI"],
        ["ask", "posts", "--person", "Ann Ash"],
        ["query", "ASK {}"],
        ["query", "CONSTRUCT WHERE { ?s ?p ?o }"],
        ["validate"],
        ["infer"],
        ["build"],
        ["ledger"],
        ["sources"],
        ["show", "Ann Ash"],
        ["pack", "list"],
        ["network", "metrics"],
        ["network", "export"],
        ["format", "-"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("name", ["x.docx", "x.sarf", "x.foo", "x.csv.gz", "x.2024"])
def test_a_suffix_that_no_form_has_is_refused(run_tiny: Run, tmp_path: Path, words: list[str], name: str) -> None:
    done = run_tiny(*words, "-o", tmp_path / name)
    assert done.exit_code == 2
    assert "is the suffix of no form; there are .txt, .csv, .tsv" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_table_goes_to_a_text_file_and_f_names_any_form(run_tiny: Run, tmp_path: Path) -> None:
    words = ["ask", "posts", "--person", "Ann Ash", "-q"]
    assert run_tiny(*words, "-o", tmp_path / "x.TXT").exit_code == 0
    assert (tmp_path / "x.TXT").read_text("utf-8") == run_tiny(*words).stdout
    assert run_tiny(*words, "-f", "csv", "-o", tmp_path / "x.dat").exit_code == 0


def test_without_arguments_the_help_is_shown(run: Run) -> None:
    done = run()
    assert done.exit_code == 0
    assert "stdgraph ask who-cooperates-with --actor SAC" in done.stdout


def test_version(run: Run) -> None:
    assert run("--version").stdout == "stdgraph 0.1.0\n"


def test_options_stand_before_or_after(run: Run) -> None:
    question = ["ask", "posts", "--person", "Ann Ash"]
    before = run("--data", TINY, "--lang", "zh", "-f", "csv", "-q", *question)
    after = run(*question, "--data", TINY, "--lang", "zh", "-f", "csv", "-q")
    between = run("ask", "--data", TINY, "--lang", "zh", "posts", "--person", "Ann Ash", "-q", "-f", "csv")
    assert before.stdout == after.stdout == between.stdout
    assert "甲国标准化管理委员会" in before.stdout


def test_a_question_keeps_its_own_with(run_tiny: Run, tmp_path: Path) -> None:
    asked = ("ask", "agreements", "--actor", "Aland", "--with", "Beland", "-f", "csv")
    assert "Memorandum on tea" in run_tiny(*asked).stdout
    extra = tmp_path / "extra.ttl"
    extra.write_text("<https://w3id.org/stdgraph/id/org/x> a <https://w3id.org/stdgraph/ontology#Company> .")
    done = run_tiny("--with", extra, *asked)
    assert "Memorandum on tea" in done.stdout


def test_ask_without_a_name_lists_the_questions(run: Run) -> None:
    done = run("ask", "-f", "csv")
    names = [row[0] for row in csv.reader(io.StringIO(done.stdout))][1:]
    assert names == sorted(names)
    assert "who-cooperates-with" in names


def test_the_terminal_table_has_a_numbered_source_list(run_tiny: Run) -> None:
    asked = ("ask", "officers", "--body", "Aland-Beland tea group")
    out = run_tiny(*asked).stdout
    assert "[1]\n" in out
    assert out.endswith("doc-a: Document A  [1] 1 ¶1\n2 rows, 1 document\n")
    assert run_tiny(*asked, "--sources").stdout.endswith("[1] Document A, 1 / paragraph 1\n2 rows, 1 document\n")


@pytest.mark.parametrize("form", ["csv", "tsv", "md"])
def test_other_forms_carry_the_same_columns(run_tiny: Run, form: str) -> None:
    asked = ("ask", "recognized-bodies", "--by", "ASA", "-f", form)
    bare, sourced = run_tiny(*asked).stdout, run_tiny(*asked, "--sources").stdout
    assert "World Standards Organization" in bare
    assert "Document A" not in bare
    assert "Document A, 1 / paragraph 2" in sourced


def test_json_of_ask(run_tiny: Run) -> None:
    answer = json.loads(run_tiny("ask", "recognized-bodies", "--by", "ASA", "-f", "json", "--as-of", "2021").stdout)
    assert list(answer) == ["question", "title", "parameters", "as_of", "columns", "rows", "undated_left_out"]
    assert answer["as_of"] == "2021"
    assert answer["rows"][0]["certainty"] == "possible"
    assert answer["rows"][0]["sources"]


def test_an_empty_answer_is_an_answer(run_tiny: Run) -> None:
    done = run_tiny("ask", "agreements", "--actor", "Celand", "--with", "Beland")
    assert (done.exit_code, "(none)" in done.stdout) == (0, True)


def test_show_query_prints_the_sparql_that_runs(run_tiny: Run) -> None:
    query = run_tiny("ask", "posts", "--person", "Ann Ash", "--show-query").stdout
    assert "VALUES ?person { <https://w3id.org/stdgraph/id/person/ann> }" in query
    rows = run_tiny("query", query, "-f", "csv").stdout.splitlines()
    assert len(rows) > 1


def test_why_adds_the_records(run_tiny: Run) -> None:
    out = run_tiny("ask", "who-cooperates-with", "--actor", "BeSI", "--kind", "coPartyWith", "--why").stdout
    assert "2017-06  Memorandum on tea standards  <https://w3id.org/stdgraph/id/agreement/2017-06-tea-mou>" in out


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
    "odd view": (["network", "metrics", "--view", "friends"], "cooperation, membership"),
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
        [LONG],
        ["ask", "posts", "--person", LONG],
        ["ask", "agreements-in-force", "--on", LONG],
        ["find", "tea", "-f", LONG],
        ["find", "x", "--kind", LONG],
        ["network", "metrics", "--view", LONG],
    ],
    ids=lambda words: " ".join(w for w in words if w != LONG) or "command",
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


@pytest.mark.parametrize("words", ["-h", "find -h", "find tea", "build -f nq", "ask"])
def test_a_reader_that_goes_away_is_no_fault(words: str, tiny: object) -> None:
    command = [sys.executable, "-m", "stdgraph", "-q", "--data", str(TINY), *words.split()]
    done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert done.stdout
    assert done.stderr
    done.stdout.close()
    assert done.stderr.read() == ""
    done.stderr.close()
    assert done.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(("to", "code"), [("&-", 0), ("/dev/full", 2)])
def test_an_output_that_is_closed_or_full(to: str, code: int, tiny: object) -> None:
    command = f"{sys.executable} -m stdgraph -q --data {TINY} find tea >{to}"
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, env=buffered)
    assert done.returncode == code
    assert "internal fault" not in done.stderr


def test_messages_in_chinese(run_tiny: Run) -> None:
    assert "没有名为“An Ashe”的事物" in run_tiny("--lang", "zh", "show", "An Ashe").stderr


def test_a_broken_file_names_the_place_and_loses_nothing(run: Run, tmp_path: Path) -> None:
    bad, out = tmp_path / "bad.ttl", tmp_path / "out.csv"
    bad.write_text("@prefix x: <http://x/> .\nx:a x:b y:c .\n")
    out.write_text("precious")
    done = run("--data", bad, "ask", "conflicts", "-f", "csv", "-o", out)
    assert done.exit_code == 2
    assert f"{bad}:2:9" in done.stderr
    assert out.read_text() == "precious"


def test_an_output_is_written_whole_or_not_at_all(run_tiny: Run, tmp_path: Path) -> None:
    out = tmp_path / "posts.csv"
    assert run_tiny("ask", "posts", "--person", "Ann Ash", "-f", "csv", "-o", out).exit_code == 0
    assert out.read_text("utf-8").startswith("body,")
    assert [p.name for p in tmp_path.iterdir()] == ["posts.csv"]
    done = run_tiny("ask", "posts", "--person", "Ann Ash", "-o", tmp_path / "missing" / "x")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_the_records_of_why_go_where_the_answer_goes(run_tiny: Run, tmp_path: Path) -> None:
    for name, words in (
        ("ask", ["who-cooperates-with", "--actor", "BeSI", "--why"]),
        ("why", ["ASA", "BeSI", "--proof"]),
    ):
        out = tmp_path / name
        done = run_tiny(name, *words, "-o", out)
        assert done.stdout == ""
        assert out.read_text("utf-8") == run_tiny(name, *words).stdout
        assert "<https://w3id.org/stdgraph/id/agreement/2017-06-tea-mou>" in out.read_text("utf-8")


SUFFIXES = {
    "ask": (["ask", "posts", "--person", "Ann Ash"], "x.csv", "body,"),
    "upper case": (["ask", "posts", "--person", "Ann Ash"], "x.JSON", "{"),
    "-f wins": (["find", "tea", "-f", "json"], "x.csv", "["),
    "query": (["query", "SELECT ?x WHERE { ?x a stdg:Country }"], "x.srj", '{"head"'),
    "construct": (["query", "CONSTRUCT WHERE { ?x a stdg:Country }"], "x.nt", "<https"),
    "show": (["show", "BeSI"], "x.ttl", "@base"),
    "infer": (["infer"], "x.nt", "<"),
    "network": (["network", "export"], "x.gexf", "<?xml"),
    "no form": (["find", "tea"], "x.txt", "id "),
}


@pytest.mark.parametrize(("words", "name", "begins"), SUFFIXES.values(), ids=SUFFIXES)
def test_the_suffix_of_the_file_chooses_the_form(
    run_tiny: Run, tmp_path: Path, words: list[str], name: str, begins: str
) -> None:
    assert run_tiny(*words, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_format_checks_and_writes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<https://w3id.org/stdgraph/id/org/b> a <http://x/C> , <http://x/B> .")
    check = run("format", "--check", path)
    assert (check.exit_code, "run `stdgraph format" in check.stdout) == (1, True)
    assert run("format", path).exit_code == 0
    assert run("format", "--check", path).exit_code == 0
    assert run("format", "-", stdin="<http://x/a> <http://x/b> 1 .").stdout.endswith("<http://x/b> 1 ;\n.\n")


def test_the_repository_is_formatted(run: Run) -> None:
    assert run("format", "--check").exit_code == 0


def test_build_writes_the_whole_graph(run_tiny: Run, tmp_path: Path) -> None:
    nq, ttl = tmp_path / "g.nq", tmp_path / "g.ttl"
    assert run_tiny("build", "-o", nq).exit_code == run_tiny("build", "-o", ttl).exit_code == 0
    text = nq.read_text("utf-8")
    assert text.splitlines() == sorted(text.splitlines())
    assert "graph/derived/links>" in text
    assert "graph/derived/bounds>" in text
    assert '"甲国"@zh-Hans' in text
    first = (nq.read_bytes(), ttl.read_bytes())
    assert run_tiny("build", "-o", nq).exit_code == run_tiny("build", "-o", ttl).exit_code == 0
    assert (nq.read_bytes(), ttl.read_bytes()) == first
    assert run_tiny("build", "-o", tmp_path / "g.xml").exit_code == 2


def test_the_built_graph_answers_in_its_turn(run: Run, run_tiny: Run, tmp_path: Path) -> None:
    nq = tmp_path / "g.nq"
    run_tiny("build", "-o", nq)
    asked = ("ask", "who-cooperates-with", "--actor", "ASA", "-f", "json")
    assert json.loads(run("--data", nq, "-q", *asked).stdout)["rows"] == json.loads(run_tiny(*asked).stdout)["rows"]


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


def test_validate_tells_faults_with_exit_code_1(run_tiny: Run, tmp_path: Path) -> None:
    new = tmp_path / "new.ttl"
    new.write_text(
        "<https://w3id.org/stdgraph/id/event/x> a <https://w3id.org/stdgraph/ontology#Meeting> ;"
        ' <https://w3id.org/stdgraph/ontology#date> "next week" .'
    )
    done = run_tiny("validate", new)
    assert done.exit_code == 1
    assert "event/x" in done.stdout
    assert "violation" in done.stdout.splitlines()[-1]
    found = json.loads(run_tiny("validate", new, "-f", "json").stdout)
    assert found["conforms"] is False
    assert {"severity", "rule", "node", "path", "value", "shape"} <= set(found["findings"][0])
    assert "sh:ValidationReport" in run_tiny("validate", new, "-f", "ttl").stdout


def test_a_severity_narrows_every_format(run_tiny: Run, tmp_path: Path) -> None:
    new = tmp_path / "new.ttl"
    new.write_text(
        "<https://w3id.org/stdgraph/id/org/x> a <https://w3id.org/stdgraph/ontology#Organization> ;"
        ' <http://www.w3.org/2004/02/skos/core#prefLabel> "X" .'
    )
    for form in ("table", "json", "ttl"):
        assert "Warning" in run_tiny("validate", new, "-f", form).stdout
        done = run_tiny("validate", new, "-f", form, "--severity", "Violation")
        assert done.exit_code == 1
        assert not {"Warning", "sh:Warning", '"Warning",'} & set(done.stdout.split())


def test_infer_prints_derived_triples_alone(run_tiny: Run) -> None:
    lines = run_tiny("infer", "-f", "nt").stdout.splitlines()
    assert lines == sorted(lines)
    assert any("coPartyWith" in line for line in lines)
    assert not any(line.startswith(('"', "_:")) for line in lines)


def test_network_exports_and_metrics(run_tiny: Run, tmp_path: Path) -> None:
    out = tmp_path / "net.graphml"
    assert run_tiny("network", "export", "--view", "cooperation", "-o", out).exit_code == 0
    assert "乙国标准协会" in out.read_text("utf-8")
    head = run_tiny("network", "metrics", "-f", "csv").stdout.splitlines()[0]
    assert head == "node,kind,country,degree,strength,betweenness,closeness,eigenvector,pagerank,core,community"


def test_a_dead_endpoint_ends_with_3(run: Run) -> None:
    done = run("ask", "conflicts", "--endpoint", "http://127.0.0.1:9/sparql")
    assert done.exit_code == 3
    assert "cannot be reached" in done.stderr


def test_help_lists_the_codes_of_the_right_list_in_both_languages(run: Run) -> None:
    english, chinese = (
        run("--data", TINY, "--lang", lang, "ask", "agreements", "--help").stdout for lang in ("en", "zh")
    )
    assert "--level:\n  own · all · committee (between technical bodies) 技术组织间 ·\n" in english
    assert "--level：\n  own · all · 技术组织间 committee (between technical bodies) ·\n" in chinese
    assert "--level CODE" in english
    assert "--level 代码" in chinese
    assert "memorandum" not in english
    assert "coPartyWith" in run("--data", TINY, "ask", "who-cooperates-with", "--help").stdout


def test_help_needs_no_graph(run: Run) -> None:
    told = run("--endpoint", "http://127.0.0.1:9/sparql", "ask", "agreements", "--help")
    assert told.exit_code == 0
    assert "--level CODE" in told.stdout


def test_a_code_is_taken_in_either_language_and_a_wrong_one_is_refused(run: Run) -> None:
    rows = [
        run("-q", "ask", "documents", "--type", name, "-f", "csv").stdout for name in ("doctype-law", "law", "法律")
    ]
    assert rows[0] == rows[1] == rows[2]
    refused = run("ask", "agreements", "--level", "MoU")
    assert refused.exit_code == 2
    assert "is of another list, the agreement types" in refused.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_questions_parameters_and_names(shell: str, repository: object) -> None:
    def complete(words: str) -> str:
        asked = {"_STDGRAPH_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()))}
        if words.endswith("甲") or not words.endswith(" "):
            asked["COMP_CWORD"] = str(len(words.split()) - 1)
        last = words.split()[-1]
        env = os.environ | asked | ({"COMP_CWORD": last} if shell == "fish" else {})
        code = "from stdgraph.cli import cli; cli(prog_name='stdgraph')"
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.stdout

    assert "who-cooperates-with" in complete("stdgraph ask who-c")
    assert "--actor" in complete("stdgraph ask who-cooperates-with --act")
    assert "British Standards Institution" in complete("stdgraph ask who-cooperates-with --actor British")
    assert "co-convenor" in complete("stdgraph ask post-holder --role co-c")
    assert "联合召集人" in complete("stdgraph ask post-holder --role 联合召")
    assert "ministerial" in complete("stdgraph ask agreements --level mini")
    assert "own" in complete("stdgraph ask agreements --level ow")
    assert "JointWorkingGroup" in complete("stdgraph find x --kind JointW")
    assert "coPartyWith" in complete("stdgraph path A B --kind coP")
    assert "Beland Standards Institution" in complete(f"stdgraph --data {TINY} show Beland")
    for words in ("ask no-such-question --act", "no-such-command --act", "--data /nonexistent show Beland"):
        assert complete(f"stdgraph {words}").strip() == ""


def commands() -> list[tuple[str, str]]:
    import click

    from stdgraph.cli import COMMANDS, cli

    found = []
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        example = (command.help or "").rpartition("Example: stdgraph ")[2].strip()
        found.append((name, " ".join(example.split())))
    return found


@pytest.mark.parametrize(("name", "example"), commands())
def test_the_example_of_each_help_text_runs(run: Run, name: str, example: str, tmp_path: Path) -> None:
    import shlex

    (tmp_path / "new-facts.ttl").write_text("<https://w3id.org/stdgraph/id/org/x> a <http://example.org/Odd> .\n")
    words = [str(tmp_path / w) if w.endswith((".ttl", ".nq", ".graphml")) else w for w in shlex.split(example)]
    if name in ("infer", "validate", "network") and "--explain" not in words:
        words += ["--data", str(TINY)]
    if name == "format":
        words = ["format", "--check", str(ROOT / "data" / "ttl")]
    assert run(*words).exit_code in (0, 1) if name == "validate" else run(*words).exit_code == 0


def test_show_takes_the_id_of_a_record(run_tiny: Run) -> None:
    assert "office holding: Ann Ash" in run_tiny("show", "office/ann--aa-nsb--head").stdout
    assert run_tiny("show", "office/nobody").exit_code == 2


def test_a_command_that_looks_at_no_day_says_so(run_tiny: Run) -> None:
    for words in (["find", "tea"], ["sources"], ["network", "metrics"], ["query", "ASK {}"]):
        done = run_tiny(*words, "--as-of", "2018")
        assert done.exit_code == 2
        assert "does not look at a day" in done.stderr


def test_one_actor_is_no_pair(run_tiny: Run) -> None:
    assert run_tiny("why", "ASA", "甲标委").exit_code == 2


def test_large_numbers_stay_exact(run_tiny: Run) -> None:
    query = 'SELECT (xsd:integer("99999999999999999") AS ?n) {}'
    assert "99999999999999999" in run_tiny("query", query, "-f", "csv").stdout


def test_the_messages_that_the_document_shows_are_those_of_the_command(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path))
    text = (ROOT / "docs" / "ask.md").read_text("utf-8")
    block = text.split("## Empty answers")[1].split("```text\n")[1].split("```")[0]
    shown = [part.splitlines() for part in block.split("$ stdgraph ")[1:]]
    for command, *lines in shown:
        done = run(*command.split())
        assert [*done.stdout.splitlines(), *done.stderr.splitlines()] == lines
    assert len(shown) == 3
