"""The explorer's files: the same bytes each time, a policy that connects to nothing, texts that stay texts."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import sys
import tomllib
from html import unescape
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stdgraph
from conftest import ROOT, TINY
from stdgraph.graph.questions import question_names
from stdgraph.services.site import Bundle, Front, bundle, folder, left_over, one_file
from stdgraph.services.site.bundle import _trig
from stdgraph.services.site.signs import AWAY, signs
from stdgraph.services.words import index_of
from stdgraph.services.words.told import told as answers_told
from stdgraph.storage.files import content

SCRIPT = "const text = '</script><!--'"
HOSTILE = "</script><script>alert(1)</script>&<!--"


@pytest.fixture
def front(tmp_path: Path) -> Front:
    """Return a front end that is built of little."""
    for name, text in {
        "index.html": (ROOT / "web" / "index.html").read_text("utf-8"),
        "messages.json": json.dumps(["Ask"]),
        "licences.txt": "none",
        "worker.js": SCRIPT,
        "seeker.js": SCRIPT,
        "one/app.js": SCRIPT,
        "one/loader.js": SCRIPT,
        "one/style.css": "p { color: red }",
        "site/app.js": SCRIPT,
        "site/style.css": "p { color: red }",
        "engine.wasm.gz": "engine",
    }.items():
        tmp_path.joinpath(name).parent.mkdir(exist_ok=True)
        tmp_path.joinpath(name).write_text(text, "utf-8")
    return Front(tmp_path)


@pytest.fixture
def hostile() -> Bundle:
    """Return data that would like to be markup."""
    return Bundle(*[HOSTILE.encode()] * 4)


def made(graph: stdgraph.Graph) -> Bundle:
    told = {"data": "sha256:0", "packs": [], "version": "0", "licence": "none", "cite": "none", "notices": "none"}
    return bundle(graph.reads, ["Ask"], answers_told(index_of(graph.reads)), schema={"terms": []}, **told)


def policy(page: str) -> dict[str, str]:
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert found
    return dict(part.split(" ", 1) for part in unescape(found[1]).split("; "))


def test_the_same_data_give_the_same_bytes(front: Front) -> None:
    one, other = (made(stdgraph.open(data=[TINY])) for _ in range(2))
    assert one.packed() == other.packed()
    assert one_file(one, front) == one_file(other, front)
    assert folder(one, front) == folder(other, front)


def test_the_graph_reads_back_as_it_was(tiny: stdgraph.Graph) -> None:
    read = set(ox.parse(made(tiny).graph, format=ox.RdfFormat.TRIG, lenient=True))
    assert set(map(named, read)) == set(map(named, tiny.reads.store))


def named(quad: ox.Quad) -> tuple[str, ...]:
    """Return the parts of a quad, blank nodes as such: two of which the same is said are one thing."""
    return tuple("_" if isinstance(part, ox.BlankNode) else str(part) for part in quad)


def test_blank_nodes_are_named_by_what_is_said_of_them() -> None:
    def quads(*labels: str) -> list[ox.Quad]:
        of = ox.NamedNode("https://example.org/p")
        return [ox.Quad(ox.BlankNode(label), of, ox.Literal(str(at))) for at, label in enumerate(labels)]

    assert _trig(quads("a", "b")) == _trig(quads("b", "a"))


def test_names_hold_all_that_is_named(tiny: stdgraph.Graph) -> None:
    names = json.loads(made(tiny).names)
    known = {row[0] for row in tiny.reads.names.rows("SELECT iri FROM thing")}
    assert len(names["things"]) == len(known)
    assert all(len(thing) == 9 and thing[7] < len(names["kinds"]) for thing in names["things"])


def test_what_the_page_says_comes_with_its_chinese(tiny: stdgraph.Graph) -> None:
    assert json.loads(made(tiny).app)["chinese"]["messages"] == {"Ask": "提问"}


def read(text: str) -> bytes:
    """Return the bytes that a text stands for, sign by sign, as the browser does."""
    found: list[int] = []
    for code in map(ord, text):
        which, rest = (code >> 7) - 1, code & 127
        found += [code] if code < 128 else [AWAY[which], rest] if which < len(AWAY) else [AWAY[rest]]
    bits = "".join(f"{sign:07b}" for sign in found)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))


@given(st.binary() | st.lists(st.sampled_from([0, 20, 26, 120, 255])).map(bytes))
def test_bytes_stand_in_a_page_as_text_that_nothing_changes(data: bytes) -> None:
    text = signs(data)
    assert read(text) == data
    assert not set(text) & set(AWAY.decode())
    assert len(text.encode()) <= len(data) * 8 / 7 + 2


def test_nothing_in_the_one_page_ends_its_script_or_begins_markup(hostile: Bundle, front: Front) -> None:
    page = one_file(hostile, front).decode()
    assert "alert" not in page
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 12
    assert page.count("</script>") == len(scripts)
    assert gzip.decompress(read(scripts[0])).decode() == HOSTILE


def test_the_one_page_may_run_its_own_script_only_and_connect_to_nothing(hostile: Bundle, front: Front) -> None:
    page = one_file(hostile, front).decode()
    allowed = policy(page)
    assert allowed["default-src"] == "'none'"
    assert not {"connect-src", "frame-src", "font-src"} & allowed.keys()
    loader = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)[0]
    packed = re.findall(r'id="app.js">(.*?)</script>', page)[0]
    program = gzip.decompress(base64.b64decode(packed))
    own = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in (loader.encode(), program)]
    assert program == front.read("one", "app.js")
    assert allowed["script-src"].split() == [*(f"'sha256-{one}'" for one in own), "'wasm-unsafe-eval'"]


def test_the_folder_may_read_its_own_files_only(hostile: Bundle, front: Front) -> None:
    files = folder(hostile, front)
    allowed = policy(files["index.html"].decode())
    assert allowed["connect-src"] == "'self'"
    assert all("http" not in value and "*" not in value for value in allowed.values())
    assert {"index.html", "app.js", "worker.js", "seeker.js", "style.css", "data/graph.trig.gz"} <= files.keys()


@pytest.mark.parametrize(
    ("there", "told"),
    [("web/build.mjs", "npm --prefix web ci && npm --prefix web run build"), ("web/else", "STDGRAPH_EXPLORER=must")],
)
def test_where_it_is_not_built_one_line_says_how(
    run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: str, told: str
) -> None:
    tmp_path.joinpath(there).parent.mkdir()
    tmp_path.joinpath(there).touch()
    monkeypatch.setattr(
        sys.modules["stdgraph.services.site.front"], "content", lambda *parts: tmp_path.joinpath(*parts)
    )
    done = run("--data", TINY, "site", "--one-file", "-o", tmp_path / "atlas.html")
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert told in done.stderr
    assert not (tmp_path / "atlas.html").exists()


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, front: Front) -> Front:
    """Let `stdgraph site` take the front end that is built of little."""

    def place(*parts: str) -> Path:
        return front.place if parts == ("web", "dist") else content(*parts)

    monkeypatch.setattr(sys.modules["stdgraph.services.site.front"], "content", place)
    return front


@pytest.mark.usefixtures("built")
def test_a_folder_is_written_whole(run, tmp_path: Path) -> None:
    told = run("--data", TINY, "site", "-o", tmp_path / "public")
    assert told.exit_code == 0, told.stderr
    assert (tmp_path / "public" / "data" / "names.json.gz").is_file()
    assert (tmp_path / "public" / "index.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_folder_keeps_what_is_not_the_explorers_and_loses_what_an_older_one_wrote(
    built: Front, tiny: stdgraph.Graph, tmp_path: Path
) -> None:
    public = tmp_path / "public"
    (built.place / "site" / "map-a1b2.js").write_text("old", "utf-8")
    tiny.site(public)
    (public / "ours.js").write_text("ours", "utf-8")
    (built.place / "site" / "map-a1b2.js").rename(built.place / "site" / "map-c3d4.js")
    tiny.site(public)
    assert {"map-c3d4.js", "ours.js", "app.js"} <= {path.name for path in public.iterdir()}
    assert not (public / "map-a1b2.js").exists()
    listed = (public / "files.txt").read_text("utf-8").splitlines()
    assert sorted([*listed, "ours.js"]) == sorted(p.relative_to(public).as_posix() for p in public.rglob("*.*"))


@pytest.mark.parametrize("name", ["../kept", "/etc/kept", "data/../../kept", ".kept", "", "data/"])
def test_a_list_of_files_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    (tmp_path / "files.txt").write_text(f"{name}\nold.js\n", "utf-8")
    assert left_over(tmp_path, ["index.html"]) == [tmp_path / "old.js"]


def test_the_page_that_names_the_others_is_written_last(hostile: Bundle, front: Front) -> None:
    assert list(folder(hostile, front))[-1] == "index.html"


def test_each_question_is_listed_under_one_topic() -> None:
    topics = tomllib.loads(content("queries", "topics.toml").read_text("utf-8"))["topic"]
    assert sorted(name for topic in topics for name in topic["questions"]) == question_names()


def test_the_licences_of_what_is_in_the_page_come_with_it(tiny: stdgraph.Graph) -> None:
    assert json.loads(made(tiny).app)["notices"] == "none"


def test_a_worker_has_the_policy_of_its_page(hostile: Bundle, front: Front) -> None:
    for page in (folder(hostile, front)["index.html"], one_file(hostile, front)):
        assert policy(page.decode())["worker-src"] == "blob:"
