"""Labels of `tests/cases/hostile/labels.toml` through every writer, read by somebody else: an XML parser, csv, json, networkx,
a terminal emulator, an HTML parser, bash."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pyte
import pytest
from click.testing import Result

import stdgraph
from conftest import ROOT, TINY
from hostile.labels import LABELS, SHOWN, TEXTS, steering
from stdgraph.cli import COMMANDS
from stdgraph.cli.render import TABLES
from stdgraph.mcp import resources
from stdgraph.mcp.desk import Desk
from stdgraph.model import escape
from stdgraph.storage.limited import Running
from stdgraph.storage.worker import Limits

Run = Callable[..., Result]
PATTERN = """{ ?x a stdg:Organization ; skos:prefLabel ?l
  FILTER(STRSTARTS(STR(?x), "https://w3id.org/stdgraph/id/org/zz-") && LANG(?l) = "en") }"""
QUERY = f"SELECT ?x ?l WHERE {PATTERN} ORDER BY ?x"
CONSTRUCT = f"CONSTRUCT {{ ?x skos:prefLabel ?l }} WHERE {PATTERN}"


def screen(text: str) -> pyte.Screen:
    """Show a text on a terminal that is wide and high enough."""
    found = pyte.Screen(400, text.count("\n") + 2)
    pyte.Stream(found).feed(text.replace("\n", "\r\n"))
    return found


def assert_shown(text: str) -> None:
    """A terminal shows the text line by line as it is, in its own colours, under its own title."""
    assert steering(text) == []
    found = screen(text)
    assert found.title == ""
    assert len(found.display) == text.count("\n") + 2
    plain = {(c.fg, c.bg, c.reverse) for line in found.buffer.values() for c in line.values()}
    assert plain <= {("default", "default", False)}


def read_json(text: str) -> None:
    assert steering(text) == []
    found = json.loads(text)
    assert {row["x"]["iri"].rpartition("id/")[2]: row["l"] for row in found} == TEXTS


def read_csv(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [row[1] for row in rows[1:]] == [TEXTS[i] for i in sorted(TEXTS)]


def read_tsv(text: str) -> None:
    rows = [line.split("\t") for line in text.split("\n")[:-1]]
    assert {len(row) for row in rows} == {2}
    assert len(rows) == 1 + len(TEXTS)


CELL = re.compile(r"(?<!\\)(?:\\\\)*\|")


def read_md(text: str) -> None:
    assert steering(text) == []
    lines = text.split("\n")[:-1]
    assert len(lines) == 2 + len(TEXTS)
    assert {len(CELL.findall(line)) for line in lines} == {3}
    assert not re.search(r"[<>]|&(?!(lt|gt|amp);)[#\w]+;|(?<!\\)(\\\\)*[\[\]`]", text)


def read_table(text: str) -> None:
    assert_shown(text)
    assert not re.search("^org/zz-forged", text, re.MULTILINE)


FORMS: dict[str, Callable[[str], None]] = {
    "json": read_json,
    "csv": read_csv,
    "tsv": read_tsv,
    "md": read_md,
    "table": read_table,
}


def test_every_form_of_a_table_has_a_reader() -> None:
    assert FORMS.keys() == set(TABLES)
    assert {arguments[0] for arguments in PRINTED} | SILENT == set(COMMANDS)


@pytest.mark.parametrize("form", FORMS)
def test_a_table_in_each_form(told: Callable[..., str], form: str) -> None:
    FORMS[form](told("query", QUERY, "-f", form))


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_excel_finds_no_formula(told: Callable[..., str], form: str) -> None:
    text = told("query", QUERY, "-f", form, "--excel")
    assert text.startswith("\ufeff")
    cells = csv.reader(io.StringIO(text[1:], newline=""), delimiter="," if form == "csv" else "\t")
    assert not [cell for row in cells for cell in row if cell[:1] and cell[0] in "=+-@\t\r＝＋－＠"]


PRINTED = [
    ("ask", "who-cooperates-with", "--actor", "org/aa-nsb"),
    ("ask", "who-cooperates-with", "--actor", "org/aa-nsb", "--why"),
    ("ask", "agreements", "--actor", "org/zz-colour"),
    ("show", "org/aa-nsb"),
    ("why", "org/aa-nsb", "org/zz-clear-screen"),
    ("why", "org/aa-nsb", "org/zz-line-break", "--proof"),
    ("path", "org/zz-window-title", "org/zz-line-separator"),
    ("profile", "org/aa-nsb"),
    ("profile", "org/aa-nsb", "org/zz-clear-screen"),
    ("timeline", "org/aa-nsb"),
    ("compare", "org/aa-nsb", "org/zz-colour"),
    ("sources", "org/aa-nsb"),
    ("find", "Office", "--limit", "1000"),
    ("query", QUERY),
    ("schema",),
    ("schema", "Actor"),
    ("schema", "hasParty", "-f", "mermaid"),
    ("sources", "about", "org/aa-nsb", "--excerpt"),
    ("validate",),
    ("network", "metrics"),
    ("network", "communities"),
    ("reconcile",),
    ("diff", str(TINY)),
    ("intake", str(ROOT / "tests/cases/intake/faults/offices.csv"), "--dry-run"),
    ("infer", "--explain", "org/zz-colour", "stdg:coPartyWith", "org/aa-nsb"),
]
SILENT = {"build", "format", "ledger", "mcp", "pack", "pull", "push", "serve", "site"}
"""Commands that print no label of the graph, or of a pack only, whose own test stands below; pages are tried in a browser."""


def test_no_label_forges_what_an_assistant_reads(hostile: Path) -> None:
    """Each label stays in its cell of the Markdown, and is whole in the values."""
    desk = Desk(lambda: stdgraph.open(data=[hostile]), Limits(60, 1 << 30, 200))
    reply = desk.call(desk.tools["query"], {"sparql": QUERY, "limit": 200}, Running())
    assert reply.told["count"] == len(TEXTS)
    assert {row["x"]["iri"].rpartition("id/")[2]: row["l"] for row in reply.told["rows"]} == TEXTS
    read_md(reply.text)
    for tool, arguments in (("why", {"a": "org/aa-nsb", "b": "org/zz-colour"}), ("profile", {"names": ["org/aa-nsb"]})):
        assert steering(desk.call(desk.tools[tool], arguments, Running()).text) == []
    for name in TEXTS:
        text, _ = resources.read(desk.graph(), f"stdgraph://things/{name}")
        assert steering(text) == []
        assert len(re.findall("(?m)^# ", text)) == 1


@pytest.mark.parametrize("arguments", PRINTED, ids=lambda a: " ".join(a)[:60])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_terminal_shows_what_is_printed(run: Run, hostile: Path, arguments: tuple[str, ...], lang: str) -> None:
    done = run("-q", "--data", hostile, "--lang", lang, *arguments)
    assert done.exit_code in (0, 1), done.output
    assert not done.exception or isinstance(done.exception, SystemExit)
    assert_shown(done.stdout_bytes.decode())
    assert_shown(done.stderr_bytes.decode())


@pytest.mark.parametrize("name", LABELS)
def test_a_label_is_shown_as_it_should(told: Callable[..., str], name: str) -> None:
    assert escape.line(LABELS[name]["text"]) == SHOWN[f"org/zz-{name}"]
    text = told("show", f"org/zz-{name}")
    assert text.startswith(f"{SHOWN[f'org/zz-{name}']}  (")
    assert_shown(text)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_error_shows_labels_and_what_was_typed(run: Run, hostile: Path, lang: str) -> None:
    several = run("-q", "--data", hostile, "--lang", lang, "show", "Twin")
    assert several.exit_code == 2
    assert len(several.stderr.splitlines()) == 1 + len(LABELS)
    assert_shown(several.stderr)
    for text in TEXTS.values():
        for arguments in (
            ("show", text + " x"),
            ("find", "x", "--kind", text),
            ("ask", text),
            (text,),
            ("show", "a", text),
        ):
            done = run("-q", "--data", hostile, "--lang", lang, *arguments)
            assert done.exit_code == 2 or (done.exit_code == 0 and arguments == ("ask", text)), (arguments, done.output)
            assert steering(done.stdout) == []
            assert steering(done.stderr) == []
            assert done.exception is None or isinstance(done.exception, SystemExit)


class Page(HTMLParser):
    """What a browser would find: the elements, and where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


MARKUP = {"h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "a", "p", "ol", "li", "b", "figure"}
DRAWN = {
    "svg",
    "g",
    "path",
    "rect",
    "line",
    "text",
    "tspan",
    "title",
    "style",
    "defs",
    "clippath",
    "lineargradient",
    "stop",
}
"""What a table is made of, and what a picture in it."""
ATTRIBUTES = set(
    "aria-hidden aria-label aria-roledescription class clip-path d display dy fill font-family font-size font-weight "  # noqa: SIM905
    "height id opacity pointer-events role stroke stroke-dasharray stroke-miterlimit stroke-opacity stroke-width "
    "text-anchor transform version viewbox width x x1 x2 xmlns xmlns:xlink y y1 y2".split()
)


def test_a_notebook_finds_neither_markup_nor_scripts(hostile: Path) -> None:
    graph = stdgraph.open(data=[hostile])
    tables = (
        graph.show("org/aa-nsb"),
        graph.show("org/zz-markup"),
        graph.ask("who-cooperates-with", actor="org/aa-nsb"),
        graph.profile("org/aa-nsb"),
        graph.compare("org/aa-nsb", "org/zz-markup"),
    )
    for found in tables:
        page = Page()
        page.feed(found._repr_html_())
        assert page.tags <= MARKUP | DRAWN
        assert page.attributes <= {"href"} | ATTRIBUTES
        assert not any(name.startswith("on") or name in ("src", "srcset") for name in page.attributes)
        assert all(link.startswith("https://") for link in page.links)
        assert steering(found._repr_html_()) == []


def test_a_link_that_is_none_of_the_web_is_a_text() -> None:
    from stdgraph.model.results import Entity, table

    for iri in ("javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"):
        page = Page()
        page.feed(table(("x",), [{"x": Entity(iri, "label")}])._repr_html_())
        assert page.links == []


def test_the_report_of_a_pack_is_shown(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    path = tmp_path / "committees.jsonl"
    lines = [json.dumps({"id": text, "reference": text, f"field {text}": text}) for text in TEXTS.values()]
    path.write_text("\n".join(lines), "utf-8")
    for form in ("table", "md", "json"):
        done = run("pack", "add", "iso", "--committees", path, "--snapshot", "2025-01-01", "-f", form)
        assert done.exit_code in (1, 2), done.output
        assert_shown(done.stdout_bytes.decode() + done.stderr_bytes.decode())


TOUCHES = re.compile(
    r"click\.echo(_via_pager)?\(|sys\.(stdout|stderr)\.(buffer|write)|def _repr_html_|csv\.writer\(|write_graphml|ET\.tostring"
)
WRITERS = {
    "cli/__init__.py": "help",
    "cli/infer.py": "a table of rules",
    "cli/options.py": "tell",
    "cli/pack.py": "help",
    "cli/pull.py": "names of graphs, escaped",
    "cli/render.py": "emit and as_csv",
    "cli/validate.py": "differences, in lines that are escaped",
    "exchange/blanks.py": "forms: codes of our own lists",
    "mcp/server.py": "faults, told as the command line does",
    "model/changes.py": "notebooks",
    "model/shown.py": "notebooks",
    "services/compare.py": "notebooks",
    "networks/formats/edge_list.py": "network files",
    "networks/formats/gexf.py": "network files",
    "networks/formats/graphml.py": "network files",
    "graph/page.py": "notebooks",
    "services/show.py": "notebooks",
}
"""Whatever reaches a reader leaves by one of these; a new one is entered here after its test stands above."""


def test_no_writer_is_forgotten() -> None:
    source = ROOT / "src" / "stdgraph"
    found = {p.relative_to(source).as_posix() for p in source.rglob("*.py") if TOUCHES.search(p.read_text("utf-8"))}
    assert found == WRITERS.keys()


UNHARMED = (
    "chinese",
    "emoji",
    "combining",
    "right-to-left",
    "right-to-left-with-marks",
    "zero-width",
    "tabs",
    "markup",
)


def test_validate_warns_of_what_steers(run: Run, hostile: Path) -> None:
    found = json.loads(run("-q", "--data", hostile, "validate", "-f", "json").stdout)["findings"]
    told = {f["node"] for f in found if "prefLabel" in f["path"] and ("steers" in f["rule"] or "lost" in f["rule"])}
    assert {"org/zz-vertical-tab", "org/zz-colour", "org/zz-line-separator", "org/zz-no-character"} <= told
    assert {"org/zz-isolates", "org/zz-next-line", "org/zz-delete"} <= told
    assert not told & {f"org/zz-{name}" for name in UNHARMED}


class Terminal(io.TextIOWrapper):
    """A standard output that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("form", ["csv", "tsv", "md", "json", "ttl", "nt"])
def test_no_form_steers_the_terminal_on_which_it_is_printed(
    hostile: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    from stdgraph.cli import cli

    data = io.BytesIO()
    terminal = Terminal(data, "utf-8", newline="")
    monkeypatch.setattr("sys.stdout", terminal)
    query = CONSTRUCT if form in ("ttl", "nt") else QUERY
    cli.main(["-q", "--data", str(hostile), "query", query, "-f", form], prog_name="stdgraph", standalone_mode=False)
    assert steering(data.getvalue().decode(), kept="\n\t") == []
