"""The ledger of the repository: every printed number is held or left out on purpose, and the snapshot is current."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

import stdgraph
from conftest import ROOT, SHARED
from stdgraph.model.vocabulary import PREFIXES, SRC
from stdgraph.services.ledger import Naming, claims, named_claims, namings

SEEDS = SHARED / "seeds"
DOCUMENTS = {
    "000": "cn-uk-wg",
    "001": "bri-10y",
    "002": "cn-annual-2020",
    "003": "china-standardization-2023-2",
    "004": "zj-intl-2020",
}
REPAIR = "run `stdgraph ledger -f csv --sources -o data/ledger.csv`, read the difference, and commit it"
NAMINGS = namings()
LEFT_OUT = ROOT / "data" / "left-out.csv"

NOISE = re.compile(r"\[bookmark[^\]]*\]|_(?:Hlk|Toc|Ref)\d+|https?://\S+|www\.\S+|\S+@\S+")
NUMBERING = re.compile(r"^\s*(?:[(\[（]?\d{1,2}(?:\.\d{1,2})*[)\]）]|\d{1,2}(?:\.\d{1,2})*[.、．](?!\d))\s*")
NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?) ?(?P<many>余?[万亿]|million\b|billion\b)?"
)
MANY = {"万": 1e4, "亿": 1e8, "million": 1e6, "billion": 1e9}

HELD = """SELECT DISTINCT ?text WHERE {{
  {{ ?x stdg:evidence ?e . ?e stdg:fromSource <{0}> }} UNION {{ ?e stdg:fromSource <{0}> BIND (?e AS ?x) }} UNION {{ BIND (<{0}> AS ?x) }}
  {{ ?x ?p ?text }} UNION {{ ?x stdg:value ?v ; stdg:unit ?u BIND (stdg:value AS ?p) BIND (CONCAT(STR(?v), " ", ?u) AS ?text) }}
  UNION {{ ?x ?q ?y . ?y ?p ?text FILTER (isIRI(?y) && ?q NOT IN (stdg:evidence, rdf:type)) }}
  UNION {{ ?y ?q ?x ; ?p ?text FILTER (?q IN (stdg:editionOf, stdg:partOf, stdg:inEvent)) }}
  FILTER (isLiteral(?text) && ?p NOT IN (stdg:locator, stdg:confidence, skos:note, skos:editorialNote, skos:scopeNote)) }}"""


STATED = """SELECT DISTINCT ?value WHERE {{ ?x stdg:evidence/stdg:fromSource <{0}> ;
  stdg:value|stdg:statedItemCount|stdg:statedActorCount|stdg:ordinal|stdg:listNumber|stdg:edition ?value }}"""
COUNTED = re.compile(
    r"\+?\s*[余多]?\s*(?:[项个家人份种场次国条部座套所批类名期位届%]|percent|years?\b"
    r"|standards|countries|members|experts|items|projects|bodies|enterprises|committees)"
)
"""What follows a number that counts something."""


def numbers(text: str) -> Iterator[tuple[float, str]]:
    """Yield each number of a text: its value, and as printed."""
    for found in NUMBER.finditer(NOISE.sub(" ", unicodedata.normalize("NFKC", text))):
        value = float(re.sub("[, ]", "", found["digits"])) * MANY.get((found["many"] or "").removeprefix("余"), 1)
        yield round(value, 4), found[0].strip()


def printed(path: Path) -> Iterator[tuple[int, str, float, str]]:
    """Yield each number of a document: line, the line's text, value, as printed."""
    for at, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        for value, shown in numbers(NUMBERING.sub("", line)):
            yield at, line, value, shown


def held(graph: stdgraph.Graph, source: str) -> set[float]:
    """Return the numbers in what the graph says from a source: values, dates, references, names, notes."""
    texts = {row["text"].value for row in graph.reads.select(HELD.format(SRC + source))}
    return {abs(value) for text in texts for value, _ in both(text)}


def both(text: str) -> Iterator[tuple[float, str]]:
    """Yield the numbers of a text, with and without the multiplier, and the parts of `2020-04-29` one by one."""
    yield from numbers(text)
    yield from numbers(re.sub("[-/:–—]", " ; ", text))


def left_out(source: str) -> set[float]:
    """Return the numbers of a source that are left out on purpose."""
    with LEFT_OUT.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["source"] == source]
    return {value for row in rows for value, _ in both(row["number"])}


@pytest.mark.parametrize(("number", "source"), DOCUMENTS.items(), ids=DOCUMENTS.values())
def test_every_printed_number_is_held_or_left_out_with_a_reason(
    number: str, source: str, repository: stdgraph.Graph
) -> None:
    if not (found := sorted(SEEDS.glob(f"{number}_*.txt"))):
        pytest.skip(f"the documents are not part of the repository; put them into {SEEDS} to check their numbers")
    known = held(repository, source) | left_out(source)
    missing = [
        f"{source}:{at}: {shown}: {line.strip()[:80]}"
        for at, line, value, shown in printed(found[0])
        if value not in known
    ]
    assert not missing, "\n".join(["add to data/ttl, or with a reason to data/left-out.csv:", *missing])


@pytest.mark.parametrize(("number", "source"), DOCUMENTS.items(), ids=DOCUMENTS.values())
def test_every_number_that_counts_something_is_a_figure_or_a_stated_count(
    number: str, source: str, repository: stdgraph.Graph
) -> None:
    if not (found := sorted(SEEDS.glob(f"{number}_*.txt"))):
        pytest.skip(f"the documents are not part of the repository; put them into {SEEDS} to check their numbers")
    values = {abs(float(row["value"].value)) for row in repository.reads.select(STATED.format(SRC + source))}
    known = values | {value * 1e6 for value in values} | left_out(source)
    counted = [p for p in printed(found[0]) if p[2] not in known and is_counted(p[1], p[3])]
    assert not counted, "\n".join(f"{source}:{at}: {shown}: {line.strip()[:80]}" for at, line, _, shown in counted)


def is_counted(line: str, shown: str) -> bool:
    """Tell whether a number counts something, and is no part of a name such as G20 or ISO/TC 268."""
    line = unicodedata.normalize("NFKC", line)
    return any(
        COUNTED.match(line, at.end()) and not re.search(r"[A-Z/-] ?$", line[: at.start()])
        for at in re.finditer(rf"(?<![\d.,]){re.escape(shown)}", line)
    )


def test_what_is_left_out_has_a_source_a_place_and_a_reason(repository: stdgraph.Graph) -> None:
    head, *rows = csv.reader(LEFT_OUT.read_text("utf-8").splitlines())
    known = {row["source"].iri.removeprefix(SRC) for row in repository.sources()}
    assert head == ["source", "locator", "number", "reason"]
    assert rows == sorted(rows), "sort data/left-out.csv"
    assert len(set(map(tuple, rows))) == len(rows), "data/left-out.csv holds a row twice"
    assert all(len(row) == 4 and all(cell.strip() for cell in row) and row[0] in known for row in rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总设备价值7000余万元", [7e7]),
        ("1.35亿条、380,000 hours, 1 713 107项", [1.35e8, 380000, 1713107]),
        ("300 million people, 2020 100", [3e8, 2020, 100]),
        ("占14.05%，第36届 [bookmark: _Hlk45802623]", [14.05, 36]),
        ("GB/T 38961-2020；２０２０年", [38961, 2020, 2020]),
    ],
)
def test_numbers_are_read_as_printed(text: str, expected: list[float]) -> None:
    assert [value for value, _ in numbers(text)] == expected


def test_a_number_that_nobody_holds_is_seen(repository: stdgraph.Graph) -> None:
    for source in DOCUMENTS.values():
        assert 987654 not in held(repository, source) | left_out(source)
    assert {97, 54, 2252, 7e7} <= held(repository, "cn-annual-2020")
    assert not {108, 138} & held(repository, "zj-intl-2020")


def test_the_snapshot_is_current(run: Callable[..., Result], tmp_path: Path) -> None:
    fresh = tmp_path / "ledger.csv"
    assert run("ledger", "-q", "-f", "csv", "--sources", "-o", fresh).exit_code == 0
    kept = ROOT / "data" / "ledger.csv"
    assert kept.exists(), REPAIR
    assert kept.read_bytes() == fresh.read_bytes(), f"data/ledger.csv is stale: {REPAIR}"


@pytest.mark.parametrize("naming", NAMINGS, ids=lambda n: n.name)
def test_a_query_tells_what_it_names_and_runs_as_it_stands(naming: Naming, repository: stdgraph.Graph) -> None:
    import pyoxigraph as ox

    assert re.search(r"[a-z]", naming.title["en"])
    assert re.search(r"[一-鿿]", naming.title["zh"])
    declared = re.findall(r"^PREFIX (\w+): <(.*)>$", naming.query, re.MULTILINE)
    assert declared == sorted(declared)
    body = naming.query.split("SELECT", 1)[1]
    assert dict(declared) == {p: iri for p, iri in PREFIXES.items() if re.search(rf"(?<![\w/]){p}:", body)}
    assert naming.query.endswith("ORDER BY ?figure ?thing\n")
    store: ox.Store = repository.reads.store  # type: ignore[attr-defined]
    assert list(store.query(naming.query, use_default_graph_as_union=True)) is not None


@pytest.mark.parametrize("naming", NAMINGS, ids=lambda n: n.name)
def test_a_query_names_only_figures_of_its_measures_and_records_that_state_a_count(
    naming: Naming, repository: stdgraph.Graph
) -> None:
    rows = repository.reads.select(
        f"SELECT DISTINCT ?figure ?measure WHERE {{ {{ {select_of(naming)} }} OPTIONAL {{ ?figure stdg:measure ?measure }} }}"
    )
    measured = {row["measure"].value.rsplit("measure-", 1)[1] for row in rows if row["measure"] is not None}
    assert measured <= set(naming.measures)
    counted = {c.iri for c in claims(repository.reads) if c.kind == naming.stated}
    assert {row["figure"].value for row in rows if row["measure"] is None} <= counted


def select_of(naming: Naming) -> str:
    return "SELECT" + naming.query.split("SELECT", 1)[1].rsplit("ORDER BY", 1)[0]


def test_every_measure_of_a_query_has_a_figure(repository: stdgraph.Graph) -> None:
    rows = repository.reads.select("SELECT DISTINCT ?m WHERE { ?f stdg:measure ?m }")
    used = {row["m"].value.rsplit("measure-", 1)[1] for row in rows}
    assert {m for n in NAMINGS for m in n.measures} <= used


def test_no_claim_is_named_by_two_queries(repository: stdgraph.Graph) -> None:
    figures = {c.iri for c in claims(repository.reads) if c.kind == "figure"}
    by = {
        (row["figure"].value, None if row["figure"].value in figures else naming.stated, naming.name)
        for naming in NAMINGS
        for row in repository.reads.select(naming.query)
    }
    twice = [claim for claim, many in Counter((iri, kind) for iri, kind, _ in by).items() if many > 1]
    assert not twice, sorted(b for b in by if (b[0], b[1]) in twice)


def test_never_are_more_named_than_exactly_stated(repository: stdgraph.Graph) -> None:
    exact = [c for c in named_claims(repository.reads) if c.comparator in ("", "equal") and c.count is not None]
    assert [(c.iri, c.count, c.value) for c in exact if c.count > c.value] == []
    assert sum(1 for c in exact if c.is_complete) >= 30


EXPECTED = {
    "figure/cn--committees-founded--2020": "17 of 23",
    "figure/cn--committees-founded--2020-sc": "14 of 17",
    "figure/cn-sac-counterparts-head-of-government": "6 of 6",
    "figure/bri-forum-standardization-outcomes": "8 of 8",
    "figure/cn-railway-projects-8": "5 of 8",
    "figure/iso-tc-145-sc-1-wg-5-countries": "5 of 8",
    "figure/psns-partner-countries-4": "4 of 4",
    "figure/zj-listed-organizations": "39 of 39",
    "figure/zj-target-standards": "40 of ≥40",
    "figure/zj-tc-secretariats-2020": "1 of 1",
    "figure/cn-gb-graphene-projects": "5 of 5",
    "figure/cn-gb-smart-city-resolutions-2019-06": "5 of 8",
    "figure/cn-documents-2020": "1 of 97",
    "figure/translation-corpus-english": None,
    "figure/qingdao-2023-sessions": None,
}
"""Read against the documents by a person; `named` of others is in data/ledger.csv."""


def test_counts_read_by_a_person_stand(repository: stdgraph.Graph) -> None:
    rows = {row["claim"].iri.rsplit("/id/", 1)[1]: row["of_stated"] for row in repository.ledger()}
    assert {iri: rows[iri] for iri in EXPECTED} == EXPECTED
