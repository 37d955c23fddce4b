"""The JSON API gives what the commands print, keeps it, and tells what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest
from click.testing import Result

from asking import Client
from stdgraph.services.ask import question_names

Run = Callable[..., Result]
SAME = [
    ("ask", ["ask"]),
    ("ask/who-cooperates-with?actor=SAC", ["ask", "who-cooperates-with", "--actor", "SAC"]),
    ("ask/agreements?actor=China&with=UK&sort=-date&limit=2", ["ask", "agreements", "--actor", "China", "--with", "UK", "--sort", "-date", "--limit", "2"]),
    ("ask/agreements?actor=China&level=own&why=true&limit=1", ["ask", "agreements", "--actor", "China", "--level", "own", "--why", "--limit", "1"]),
    ("ask/events?actor=BSI&from=2015&to=2018&columns=event,date", ["ask", "events", "--actor", "BSI", "--from", "2015", "--to", "2018", "--columns", "event,date"]),
    ("ask/mechanisms?actor=China&as-of=2016&undated=true", ["ask", "mechanisms", "--actor", "China", "--as-of", "2016", "--undated"]),
    ("ask/who-cooperates-with?actor=BSI&group-by=kind", ["ask", "who-cooperates-with", "--actor", "BSI", "--group-by", "kind"]),
    ("ask/who-cooperates-with?actor=BSI&lang=zh&bilateral=true", ["ask", "who-cooperates-with", "--actor", "BSI", "--lang", "zh", "--bilateral"]),
    ("ask/Which agreements has China signed with Belarus?", ["ask", "Which agreements has China signed with Belarus?"]),
    ("profile?name=BSI", ["profile", "BSI"]),
    ("profile?name=China&name=Germany&all=true&lang=zh", ["profile", "China", "Germany", "--all", "--lang", "zh"]),
    ("profile?name=China&panel=agreements&as-of=2016", ["profile", "China", "--panel", "agreements", "--as-of", "2016"]),
    ("find?text=石墨烯", ["find", "石墨烯"]),
    ("find?text=BSI&kind=NationalStandardsBody&limit=3&lang=zh", ["find", "BSI", "--kind", "NationalStandardsBody", "--limit", "3", "--lang", "zh"]),
    ("why?a=SAC&b=BSI", ["why", "SAC", "BSI"]),
    ("why?a=China&b=UK&level=own&bilateral=true", ["why", "China", "UK", "--level", "own", "--bilateral"]),
    ("path?a=BSI&b=UNIDO&limit=1", ["path", "BSI", "UNIDO", "--limit", "1"]),
    ("sources", ["sources"]),
    ("sources?name=BSI&limit=3", ["sources", "BSI", "--limit", "3"]),
]  # fmt: skip
"""Paths below `/api`, and the commands that print the same."""


@pytest.mark.parametrize(("path", "command"), SAME, ids=[path for path, _ in SAME])
def test_it_gives_the_bytes_of_the_command(path: str, command: list[str], client: Client, run: Run) -> None:
    wanted = run("-q", *command, "-f", "json").stdout_bytes
    got = client.get(f"/api/{path.replace('Belarus?', 'Belarus%3F')}")
    assert got.status == 200, got.text
    assert got.media == "application/json"
    assert got.body == wanted


@pytest.fixture(scope="module")
def document(client: Client) -> Any:
    """The description of the API."""
    return client.get("/api/openapi.json").json()


def test_the_document_has_each_operation(document: Any) -> None:
    names = ["ask", "profile", "find", "why", "path", "sources", *(f"ask/{name}" for name in question_names())]
    assert sorted(document["paths"]) == sorted(f"/api/{name}" for name in names)
    assert document["openapi"] == "3.1.0"
    ids = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(set(ids)) == len(ids)


def test_each_schema_of_the_document_is_one(document: Any) -> None:
    for path in document["paths"].values():
        for parameter in path["get"]["parameters"]:
            jsonschema.Draft202012Validator.check_schema(parameter["schema"])
            if "example" in parameter:
                jsonschema.validate(parameter["example"], parameter["schema"])


@pytest.mark.parametrize("name", ["profile", "find", "why", "path", "sources", *(f"ask/{n}" for n in question_names())])
def test_an_example_runs(name: str, document: Any, client: Client) -> None:
    taken = document["paths"][f"/api/{name}"]["get"]["parameters"]
    pairs = [(p["name"], value) for p in taken if "example" in p for value in _several(p["example"])]
    got = client.get(f"/api/{name}", *pairs)
    if got.status == 400 and "Pack" in got.text:
        pytest.skip(f"{name} compares snapshots of a register")
    assert got.status == 200, got.text
    assert got.json()


def _several(value: Any) -> list[str]:
    return value if isinstance(value, list) else [str(value).lower() if isinstance(value, bool) else value]


def test_what_the_client_has_is_not_sent_again(client: Client) -> None:
    first = client.get("/api/find?text=BSI")
    again = client.get("/api/find?text=BSI", If_None_Match=first.headers["etag"])
    other = client.get("/api/find?text=SAC", If_None_Match=first.headers["etag"])
    chinese = client.get("/api/find?text=BSI", If_None_Match=first.headers["etag"], Accept_Language="zh")
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (other.status, chinese.status) == (200, 200)
    assert first.headers["vary"] == "Accept, Accept-Language"


def test_the_language_is_that_of_the_reader(client: Client) -> None:
    path = "/api/find?text=BSI&limit=1"
    assert client.get(path, Accept_Language="de, zh-CN;q=0.9, en;q=0.5").json()[0]["name"] == "英国标准协会"
    assert client.get(f"{path}&lang=en", Accept_Language="zh").json()[0]["name"] == "British Standards Institution"
    assert client.get(path).headers["content-language"] == "en"
    assert client.get(f"{path}&lang=fr").status == 400


WRONG = [
    ("/api/ask/nope", 404, "UnknownQuestion"),
    ("/api/ask/who-cooperates-with", 400, "Parameter"),
    ("/api/ask/who-cooperates-with?actor=Nobody at all", 404, "UnknownName"),
    ("/api/ask/who-cooperates-with?actor=SAC&colour=red", 400, "Parameter"),
    ("/api/ask/who-cooperates-with?actor=SAC&actor=BSI", 400, "Parameter"),
    ("/api/ask/who-cooperates-with?actor=SAC&sort=nope", 400, "UnknownColumn"),
    ("/api/ask/who-cooperates-with?actor=", 400, "Parameter"),
    ("/api/ask/mechanisms?as-of=yesterday", 400, "Parameter"),
    ("/api/find?text=BSI&limit=0", 400, "Parameter"),
    ("/api/find?text=BSI&limit=1e3", 400, "Parameter"),
    ("/api/find", 400, "Parameter"),
    ("/api/why?a=SAC&b=BSI&level=some", 400, "Parameter"),
    ("/api/why?a=SAC&b=BSI&proof=perhaps", 400, "Parameter"),
    ("/api/profile?name=ISO/TCX", 404, "UnknownName"),
    ("/api/nope", 404, "Request"),
    (f"/api/find?{urlencode({'text': 'x' * 2000})}", 400, "Parameter"),
    ("/api/find?text=%FF", 400, "Request"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "status", "kind"), WRONG, ids=[path[:60] for path, *_ in WRONG])
def test_what_is_wrong_is_told(path: str, status: int, kind: str, client: Client) -> None:
    got = client.get(path)
    told = got.json()
    assert (got.status, got.media) == (status, "application/problem+json")
    assert told["type"] == f"urn:stdgraph:error:{kind}"
    assert told["status"] == status
    assert told["detail"]
    assert "--" not in told["detail"]
    assert got.headers["cache-control"] == "no-store"


def test_what_several_things_are_called_is_told_with_them(client: Client) -> None:
    got = client.get("/api/profile?name=ISO/TC", Accept_Language="zh")
    assert (got.status, got.json()["type"]) == (409, "urn:stdgraph:error:AmbiguousName")
    assert len(got.json()["candidates"]) > 1
    assert not any(line != line.strip() for line in got.json()["candidates"])


def test_a_method_that_there_is_not(client: Client) -> None:
    got = client.call("DELETE", "/api/find?text=BSI")
    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD")
