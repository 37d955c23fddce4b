"""The question, rule and read files: complete in both languages, runnable as they stand, each example with sourced rows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import stdgraph
from conftest import ROOT
from stdgraph.graph.codes import ALL, class_named, code_named, codes
from stdgraph.graph.questions import CODED
from stdgraph.model.results import Entity, Term
from stdgraph.model.vocabulary import OWL, PREFIXES, STDG, STDGC, local
from stdgraph.packs.registers import registers
from stdgraph.reasoning.rules import LATE
from stdgraph.services.ask import Question, query_of, question, questions, resolve
from stdgraph.storage.front import front_matter

QUESTIONS = questions()
RULES = sorted((ROOT / "queries" / "rules").glob("*.rq"))
WITH_A_PACK = {
    *(
        "bridge",
        "field-seats",
        "igo-memberships",
        "liaisons",
        "membership-changes",
        "mirror-committees",
        "seats",
        "seats-by-field",
        "seats-in-fields",
        "secretariats-by-country",
        "shared-fields",
    ),
}
"""Questions whose facts none of the five documents holds: they answer once a register is imported."""


def ids(value: object) -> str:
    return value.name if isinstance(value, Question) else str(getattr(value, "stem", value))


@pytest.mark.parametrize("asked", QUESTIONS, ids=ids)
def test_titles_and_columns_are_told_in_both_languages(asked: Question) -> None:
    for text in (
        asked.title,
        asked.description,
        *(c.about for c in asked.columns),
        *(p.about for p in asked.parameters),
    ):
        assert re.search(r"[a-z]", text["en"])
        assert re.search(r"[一-鿿]", text["zh"])
    assert asked.competency


@pytest.mark.parametrize("asked", QUESTIONS, ids=ids)
def test_each_parameter_that_takes_a_code_names_its_list(asked: Question, repository: stdgraph.Graph) -> None:
    for parameter in asked.parameters:
        assert bool(parameter.schemes) == bool(set(parameter.types) & (CODED | {OWL + "Class"})), parameter.name
        assert all(codes(repository.reads, scheme) for scheme in parameter.schemes), parameter.name


SCHEMES = sorted({scheme for asked in QUESTIONS for parameter in asked.parameters for scheme in parameter.schemes})


@pytest.mark.parametrize("asked", [q for q in QUESTIONS if any(p.schemes for p in q.parameters)], ids=ids)
def test_a_parameter_takes_all_codes_of_the_column_of_its_name(asked: Question, repository: stdgraph.Graph) -> None:
    rows = repository.ask(asked.name, **{p.name: asked.example[p.name] for p in asked.parameters if not p.optional})
    for name in {p.name for p in asked.parameters if p.schemes} & set(rows.columns):
        for label in {
            str(cell) for row in rows for cell in (row[name] if isinstance(row[name], tuple) else (row[name],)) if cell
        }:
            assert resolve(repository.reads, asked, dict(asked.example) | {name: label})[name]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_one_question_prints_another_takes(lang: str) -> None:
    """Codes, kinds of tie and classes of every example's answer, as the table and as the JSON have them."""
    graph = stdgraph.open(lang=lang)
    lists = {code.iri: code.scheme for scheme in SCHEMES for code in codes(graph.reads, scheme) if scheme not in ALL}
    printed: set[tuple[str, str]] = set()
    for asked in (asked for asked in QUESTIONS if asked.name not in WITH_A_PACK):
        for row in graph.ask(asked.name, **asked.example):
            several = (c for cell in row.cells.values() for c in (cell if isinstance(cell, tuple) else (cell,)))
            found = [c for c in several if isinstance(c, Entity | Term)]
            printed |= {(c.iri, text) for c in found for text in (c.label, getattr(c, "name", c.label))}
    for iri, text in sorted(printed):
        if iri in lists:
            assert code_named(graph.reads, text, [lists[iri]], parameter="x", lang=lang).iri == iri
    kinds = {local(iri): text for iri, text in printed if iri.startswith(STDG) and local(iri)[0].isupper()}
    for name, text in kinds.items():
        assert class_named(graph.reads, text, lang) == name
    assert len(printed & {(iri, text) for iri, text in printed if iri in lists}) > 40
    assert len(kinds) > 10


@pytest.mark.parametrize("asked", QUESTIONS, ids=ids)
def test_the_registers_that_a_question_needs_are_registers(asked: Question) -> None:
    assert set(asked.needs) <= {register.name for register in registers()}
    assert asked.needs or asked.name not in WITH_A_PACK


@pytest.mark.parametrize("asked", QUESTIONS, ids=ids)
def test_the_query_runs_as_it_stands_and_is_ordered(asked: Question, repository: stdgraph.Graph) -> None:
    assert "ORDER BY" in asked.query
    assert "?record" in asked.query.split("WHERE")[0]
    declared = re.findall(r"^PREFIX (\w+): <(.*)>$", asked.query, re.MULTILINE)
    assert declared == sorted(declared)
    assert all(PREFIXES[name] == iri for name, iri in declared)
    body = asked.query.split("SELECT", 1)[1]
    assert {name for name, _ in declared} == {p for p in PREFIXES if re.search(rf"(?<![\w/]){p}:", body)}
    import pyoxigraph as ox

    store: ox.Store = repository.reads.store
    assert list(store.query(asked.query, use_default_graph_as_union=True)) is not None


@pytest.mark.parametrize("asked", QUESTIONS, ids=ids)
def test_the_example_answers_on_the_real_data_and_each_row_has_a_source(
    asked: Question, repository: stdgraph.Graph
) -> None:
    if asked.name in WITH_A_PACK:
        pytest.skip("the facts come with a register: stdgraph pack add iso")
    answer = repository.ask(asked.name, **asked.example)
    assert len(answer) > 0
    assert all(row.sources for row in answer)
    assert all(source.locator or row.sources for row in answer for source in row.sources)


@pytest.mark.parametrize("asked", QUESTIONS, ids=ids)
def test_every_row_without_optional_parameters_has_a_source(asked: Question, repository: stdgraph.Graph) -> None:
    needed = {p.name: asked.example[p.name] for p in asked.parameters if not p.optional}
    assert all(row.sources for row in repository.ask(asked.name, **needed))


@pytest.mark.parametrize("asked", [q for q in QUESTIONS if not any(p.name == "on" for p in q.parameters)], ids=ids)
def test_as_of_works_on_every_question(asked: Question, repository: stdgraph.Graph) -> None:
    needed = {p.name: asked.example[p.name] for p in asked.parameters if not p.optional}
    now = repository.ask(asked.name, **needed)
    then = repository.ask(asked.name, **needed, as_of="1850")
    assert set(then.columns) - set(now.columns) <= {"certainty"}
    assert all(row["certainty"] == "possible" for row in then)
    assert {row["certainty"] for row in repository.ask(asked.name, **needed, as_of="2024")} <= {"certain", "possible"}


@pytest.mark.parametrize("asked", QUESTIONS, ids=ids)
def test_labels_are_never_an_iri_alone(asked: Question) -> None:
    needed = {p.name: asked.example[p.name] for p in asked.parameters if not p.optional}
    for lang in ("en", "zh"):
        for row in stdgraph.open(lang=lang).ask(asked.name, **needed):
            cells = [c for cell in row.cells.values() for c in (cell if isinstance(cell, tuple) else (cell,))]
            assert all(not str(c).startswith("http") and "/id/" not in str(c) for c in cells)


@pytest.mark.parametrize("asked", [q for q in QUESTIONS if any(p.name == "text" for p in q.parameters)], ids=ids)
def test_a_text_narrows_what_is_found(asked: Question, repository: stdgraph.Graph) -> None:
    needed = {p.name: asked.example[p.name] for p in asked.parameters if not p.optional}
    every = repository.ask(asked.name, **needed)
    assert len(repository.ask(asked.name, **{**needed, "text": "no such words"})) == 0
    found = [repository.ask(asked.name, **{**needed, "text": word}) for word in ("标准", "cooperation", "SAC", "China")]
    assert all(len(some) <= len(every) for some in found)
    assert any(len(some) for some in found) or not every


NARROWING = {"Actor": "China", "Country": "China", "Organization": "SAC", "Resource": "China", "gYear": "2017"}
"""What is given to an optional parameter, by what it takes."""


def narrowed(asked: Question) -> Iterator[dict[str, str]]:
    """Yield what a question needs with one optional argument more."""
    for parameter in asked.parameters:
        takes = () if parameter.schemes else (*parameter.kinds, local(parameter.datatype))
        if parameter.optional and (value := next((NARROWING[kind] for kind in takes if kind in NARROWING), "")):
            yield {p.name: asked.example[p.name] for p in asked.parameters if not p.optional} | {parameter.name: value}


@pytest.mark.parametrize("asked", [q for q in QUESTIONS if any(narrowed(q))], ids=ids)
def test_what_narrows_brings_no_record_that_the_whole_lacks(asked: Question, repository: stdgraph.Graph) -> None:
    def records(given: dict[str, str]) -> set[str]:
        return {record.iri for row in repository.ask(asked.name, **given, why=True) for record in row.records}

    whole = records({p.name: asked.example[p.name] for p in asked.parameters if not p.optional})
    assert all(records(given) <= whole for given in narrowed(asked))


@pytest.mark.parametrize(
    ("name", "given", "scheme", "elsewhere"),
    [
        ("what-happened", {"year": "1800/2100"}, "happening", {"first-tie"}),
        ("cooperation-by-year", {"actor": "China"}, "happening", {"awarded", "changed", "decided", "took-office"}),
        ("ended", {}, "ending", {"dissolved"}),
        ("gaps", {"thing": "China"}, "gap", set()),
    ],
)
def test_each_code_of_an_answer_is_met(
    repository: stdgraph.Graph, name: str, given: dict[str, str], scheme: str, elsewhere: set[str]
) -> None:
    column = {"happening": "what", "ending": "reason", "gap": "gap"}[scheme]
    met = {local(row[column].iri).removeprefix(f"{scheme}-") for row in repository.ask(name, **given)}
    known = {local(code.iri).removeprefix(f"{scheme}-") for code in codes(repository.reads, f"{STDGC}scheme/{scheme}")}
    assert met == known - elsewhere


@pytest.mark.parametrize("kind", ["Agreement", "agreement", "OfficeHolding"])
def test_what_ended_of_one_class_is_those_rows_of_all(repository: stdgraph.Graph, kind: str) -> None:
    label = {"OfficeHolding": "office holding"}.get(kind, "agreement")
    every = [row.cells for row in repository.ask("ended") if [str(one) for one in row["kind"]] == [label]]
    assert every
    assert [row.cells for row in repository.ask("ended", kind=kind)] == every


def test_a_post_is_held_for_its_side_or_the_country_asked(repository: stdgraph.Graph) -> None:
    asked = repository.ask("international-officers", country="China")
    assert {str(side) for row in asked for side in row["for"]} == {"China"}
    assert {"Shu Yinbiao", "Zhang Xiaogang"} <= {str(row["person"]) for row in asked}
    every = [row for row in repository.ask("international-officers") if str(row["person"]) == "Shu Yinbiao"]
    assert [row["for"] for row in every] == [()]


def test_a_text_that_is_searched_is_no_cell(repository: stdgraph.Graph) -> None:
    """A column that has the name of the parameter holds what the records say."""
    searched = {
        q.name: next(iter(both))
        for q in QUESTIONS
        if (both := {p.name for p in q.parameters if p.datatype.endswith("string")} & {c.name for c in q.columns})
    }
    assert searched == {"mechanisms": "text", "policy-links": "text"}
    for name, parameter in searched.items():
        every = [row.cells for row in repository.ask(name)]
        found = [row.cells for row in repository.ask(name, **{parameter: "smart"})]
        assert 0 < len(found) < len(every)
        assert all(cells in every for cells in found)


SEARCHED = [q for q in QUESTIONS if any(p.name == "text" for p in q.parameters)]


@pytest.mark.parametrize("asked", SEARCHED, ids=lambda asked: asked.name)
def test_every_text_is_searched_in_one_way(asked: Question) -> None:
    assert asked.query.count(", ?pattern,") == asked.query.count(", ?last_word) && REGEX(") > 0
    assert asked.query.count('"", "s")) AS ?word )') == asked.query.count('"", "s")) AS ?last_word )') == 1


@pytest.mark.parametrize("name", ["projects", "standards", "agreements", "offices"])
@pytest.mark.parametrize(
    "words", ["standard", "CHINA", "standards cooperation", "smart  cities", "5G-", "标准", "of\nchina"]
)
def test_a_text_is_found_where_its_words_stand_in_this_order(repository: stdgraph.Graph, name: str, words: str) -> None:
    """What is looked at before the pattern only saves time."""
    query = query_of(repository.reads, question(name), {})
    plain = re.sub(r"CONTAINS\(.*?\?word\) && \( .*? && (REGEX\(.*?\)) \) \)", r"\1 )", query)
    assert plain.count("REGEX") == query.count("REGEX")
    assert "?last_word)" not in plain
    row = f'VALUES ?text {{ "{words}" }}'.replace("\n", "\\n")
    found, expected = (
        sorted(map(str, repository.reads.select(text.replace("VALUES ?text { UNDEF }", row))))
        for text in (query, plain)
    )
    assert found == expected


@pytest.mark.parametrize("path", RULES, ids=ids)
def test_a_rule_tells_itself_in_words_and_is_named_for_its_conclusion(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.search(r"^#\+ rule: \S", text, re.MULTILINE)
    assert re.search(r"^#\+ rule_zh: \S", text, re.MULTILINE)
    first, *rest = path.stem.split("-")
    assert f"stdg:{first}{''.join(w.title() for w in rest)} " in text


@pytest.mark.parametrize("path", RULES, ids=ids)
def test_rdflib_derives_the_same_links(path: Path, tiny: stdgraph.Graph) -> None:
    """A second engine as oracle: each rule on the tiny graph, in rdflib and in the embedded store."""
    import rdflib

    from stdgraph.model.vocabulary import DERIVED_LINKS
    from stdgraph.storage.bridge import to_rdflib

    store = tiny.reads.store
    late = path.stem in LATE
    graph = to_rdflib(q.triple for q in store if late or q.graph_name.value != DERIVED_LINKS)
    theirs = {(str(s), str(p), str(o)) for s, p, o in graph.query(path.read_text("utf-8"))}
    base = "".join(line for line in path.read_text("utf-8").splitlines(keepends=True))
    import pyoxigraph as ox

    ours_store = ox.Store()
    ours_store.extend(
        ox.Quad(q.subject, q.predicate, q.object) for q in store if late or q.graph_name.value != DERIVED_LINKS
    )
    ours = {(t.subject.value, t.predicate.value, t.object.value) for t in ours_store.query(base)}
    assert ours == theirs
    assert isinstance(graph, rdflib.Graph)


READS = sorted(path for folder in ("reads", "views") for path in (ROOT / "queries" / folder).glob("*.rq"))
FIND_NOTHING = {
    "disjoint-classes": "the ontology says it of groups of classes",
    "documents-of-packs": "only a register has standards",
    "registers-loaded": "only with a pack there is one",
    "source-of-file": "only a register's files have a source",
    "terms-left-out": "the rules cover what the ontology uses",
}
"""Reads that run and find nothing in the packaged graph."""


@pytest.mark.parametrize("path", READS, ids=ids)
def test_a_read_runs_as_it_stands_and_its_example_finds_something(path: Path, repository: stdgraph.Graph) -> None:
    import pyoxigraph as ox

    text = path.read_text("utf-8")
    assert re.search(r"^#\+ description: \S", text, re.MULTILINE)
    assert front_matter(text).keys() == {"description"}
    declared = re.findall(r"^PREFIX (\w+): <(.*)>$", text, re.MULTILINE)
    assert declared == sorted(declared)
    assert all(PREFIXES[name] == iri for name, iri in declared)
    body = text[text.rindex("PREFIX") :].partition("\n")[2] if declared else text
    assert {name for name, _ in declared} == {p for p in PREFIXES if re.search(rf"(?<![\w/]){p}:", body)}
    store: ox.Store = repository.reads.store
    found = next(iter(store.query(text, use_default_graph_as_union=True)), None)
    assert (found is None) == (path.stem in FIND_NOTHING)


def test_each_read_is_read() -> None:
    files = [*(ROOT / "src").rglob("*.py"), ROOT / "queries" / "views" / "views.toml"]
    code = "".join(path.read_text("utf-8") for path in files)
    assert [path.stem for path in READS if f'"{path.stem}"' not in code] == []


SPARQL = re.compile(r"\b((ASK|CONSTRUCT|SELECT|WHERE)\b[^;]*?(\{|[?$][A-Za-z])|DESCRIBE\s*[<?$])")
MADE_IN_CODE = {
    "reasoning/clashes.py": "made from axioms: what clashes with each of them",
    "reasoning/fixpoint.py": "made from axioms: a rule for each of them",
    "reasoning/prove.py": "made from axioms: what fulfils the body of a rule",
    "reasoning/rules.py": "made from a rule file: the records of which anything is new",
    "services/hints.py": "made from what a user asks: whether a part of it finds anything",
    "services/query.py": "a pattern that tells an update from a query",
    "storage/careful.py": "made from a query: its parts, for an engine that reads the whole in another way",
    "storage/dialect.py": "a question about constants, which tells how an engine reads, and pages of a user's query",
    "storage/engine.py": "about one graph of a remote store, by its name: what it holds, and how much",
    "storage/mistakes.py": "words of SPARQL, and messages that quote them",
    "storage/store.py": "a question about nothing, to see whether the engine answers",
}


def strings(path: Path) -> Iterator[str]:
    """Yield the strings of a module, docstrings apart; one that is put together without what is put in."""
    tree = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    told = {node.value for node in tree if isinstance(node, ast.Expr)}
    for node in tree:
        parts = node.values if isinstance(node, ast.JoinedStr) else [node] if node not in told else []
        yield "".join(p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str))


def test_no_string_in_the_code_holds_sparql() -> None:
    """SQL is none: it has no braces, and its variables have no names."""
    source = ROOT / "src" / "stdgraph"
    holding = [p for p in sorted(source.rglob("*.py")) if any(map(SPARQL.search, strings(p)))]
    assert [p for p in holding if not p.relative_to(source).as_posix().startswith(tuple(MADE_IN_CODE))] == []


@pytest.mark.parametrize(
    ("text", "is_sparql"),
    [
        ("SELECT ?x WHERE { ?x a ?c }", True),
        ("SELECT *\nWHERE {\n", True),
        ("ASK { }", True),
        ("DESCRIBE <>", True),
        ("SELECT iri FROM thing WHERE iri = ? AND kind IN ()", False),
        ("needs a row VALUES ? { … }", False),
    ],
)
def test_sparql_is_told_from_sql_and_words(text: str, is_sparql: bool) -> None:
    assert bool(SPARQL.search(text)) == is_sparql


def test_records_are_counted_as_the_rule_counts_their_links(repository: stdgraph.Graph) -> None:
    """What `why` and networks print of a record is what the rule file took the least of."""
    from stdgraph.graph.reads import select
    from stdgraph.graph.ties import parties

    rows = repository.reads.select(
        "PREFIX stdg: <https://w3id.org/stdgraph/ontology#> SELECT ?link ?rule ?x ?n WHERE {"
        " ?link stdg:producedByRule ?rule ; stdg:basis ?x ; stdg:partyCount ?n }"
    )
    links = {(row["link"].value, row["rule"].value, int(row["n"].value)) for row in rows}
    numbers = parties(repository.reads, {row["x"].value for row in rows})
    behind: dict[str, list[int]] = {}
    for row in select(repository.reads, "basis", {link for link, *_ in links}):
        behind.setdefault(row["x"].value, []).append(numbers[row["rule"].value, row["b"].value])
    assert links
    for link, rule, number in links:
        if not rule.endswith("cooperates-at-country-level-with"):
            assert min(behind[link]) == number, link
