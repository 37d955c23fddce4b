"""The Reconciliation Service API 0.2: its manifest, batches, suggestions, previews and extensions have the form it asks for.

The specification's own JSON schemas are not kept here; what they demand of an answer is written down in `FORMS`.
"""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from asking import Client


def _object(needed: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": needed, "properties": properties}


TEXT = {"type": "string"}
TYPE = _object(["id"], id=TEXT, name=TEXT)
RESULTS = _object(
    ["result"],
    result={
        "type": "array",
        "items": _object(
            ["id", "name", "score"],
            id=TEXT,
            name=TEXT,
            description=TEXT,
            score={"type": "number"},
            match={"type": "boolean"},
            type={"type": "array", "items": TYPE},
            features={
                "type": "array",
                "items": _object(["id", "value"], id=TEXT, value={"type": ["boolean", "number"]}),
            },
        ),
    },
)
SUGGESTED = _object(
    ["result"],
    result={
        "type": "array",
        "items": _object(
            ["id", "name"], id=TEXT, name=TEXT, description=TEXT, notable={"type": "array", "items": TYPE}
        ),
    },
)
PLACE = _object(
    ["service_url", "service_path"],
    service_url=TEXT,
    service_path=TEXT,
    flyout_service_path={"type": "string", "pattern": r"\$\{id\}"},
)
CELL = {
    "oneOf": [
        {
            "type": "object",
            "properties": dict(one),
            "required": [*one],
            "additionalProperties": False,
        }
        for one in (
            {"id": TEXT, "name": TEXT},
            {"str": TEXT},
            {"float": {"type": "number"}},
            {"int": {"type": "integer"}},
            {"date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"}},
        )
    ]
}
FORMS = {
    "manifest": _object(
        ["versions", "name", "identifierSpace", "schemaSpace"],
        versions={"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
        name=TEXT,
        identifierSpace=TEXT,
        schemaSpace=TEXT,
        serviceVersion=TEXT,
        defaultTypes={"type": "array", "uniqueItems": True, "items": _object(["id", "name"], id=TEXT, name=TEXT)},
        view=_object(["url"], url={"type": "string", "pattern": r"\{\{id\}\}"}),
        preview=_object(["url", "width", "height"], url={"type": "string", "pattern": r"\{\{id\}\}"}, width={"type": "integer"}, height={"type": "integer"}),
        suggest=_object(["entity", "property", "type"], entity=PLACE, property=PLACE, type=PLACE),
        extend=_object(["propose_properties"], propose_properties=_object(["service_url", "service_path"]), property_settings={"type": "array", "items": _object(["type", "label", "name"], type={"enum": ["number", "text", "checkbox", "select"]})}),
    ),
    "results": {"type": "object", "additionalProperties": RESULTS},
    "suggested": SUGGESTED,
    "extended": _object(
        ["rows", "meta"],
        meta={"type": "array", "items": _object(["id", "name"], id=TEXT, name=TEXT)},
        rows={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"type": "array", "items": CELL}}},
    ),
    "proposed": _object(["properties"], type=TEXT, limit={"type": "integer"}, properties={"type": "array", "items": _object(["id", "name"], id=TEXT, name=TEXT)}),
}  # fmt: skip


def held(form: str, value: Any) -> Any:
    """Return a value that has a form."""
    jsonschema.validate(value, FORMS[form])
    return value


def asked(client: Client, **queries: Any) -> Any:
    """Return the candidates of a batch, by POST; by GET they are the same."""
    field = ("queries", json.dumps(queries))
    got, by_get = client.form("/reconcile", field), client.get("/reconcile", field)
    assert (got.status, got.media) == (200, "application/json"), got.text
    assert by_get.body == got.body
    return {name: one["result"] for name, one in held("results", got.json()).items()}


def test_the_manifest(client: Client) -> None:
    told = held("manifest", client.get("/reconcile").json())
    assert told["identifierSpace"] == "https://w3id.org/stdgraph/id/"
    assert told["view"]["url"] == f"http://localhost:{client.port}/id/{{{{id}}}}"
    assert client.get("/reconcile", Accept_Language="zh").json()["defaultTypes"][1]["name"] == "国家"


def test_names_are_matched_as_by_the_command(client: Client, repository: Any) -> None:
    names = ["British Standard Institution", "國家標準化管理委員會", "Nobody at all anywhere"]
    found = asked(client, **{f"q{at}": {"query": name} for at, name in enumerate(names)})
    for at, row in enumerate(repository.reconcile(names)):
        assert [one["id"] for one in found[f"q{at}"]][:1] == ([row["id"]] if row["id"] else [])
        assert [one["match"] for one in found[f"q{at}"]][:1] == ([row["sure"] == "yes"] if row["id"] else [])
        assert all(0 <= one["score"] <= 100 for one in found[f"q{at}"])


def test_a_country_a_type_and_a_limit_narrow(client: Client) -> None:
    country = {"pid": "country", "v": "UK"}
    found = asked(
        client,
        plain={"query": "Standards Institution", "limit": 3},
        ours={"query": "Standards Institution", "properties": [country], "limit": 1},
        thing={"query": "Standards Institution", "properties": [{"pid": "country", "v": {"id": "country/GB", "name": "英国"}}], "limit": 1},
        kind={"query": "China", "type": "Country"},
        kinds={"query": "China", "type": ["Country", "Actor"], "type_strict": "all"},
        none={"query": "China", "type": ["Country", "Event"], "type_strict": "all"},
        should={"query": "China", "type": "Event", "type_strict": "should"},
    )  # fmt: skip
    assert len(found["plain"]) <= 3
    assert [one["id"] for one in found["ours"]] == [one["id"] for one in found["thing"]] == ["org/gb-bsi"]
    assert [one["id"] for one in found["kind"]][:1] == ["country/CN"]
    assert [one["id"] for one in found["kinds"]][:1] == ["country/CN"]
    assert found["none"] == []
    (unlike,) = [one for one in found["should"] if one["id"] == "country/CN"]
    assert (unlike["match"], unlike["score"] < 100) == (False, True)


def test_other_properties_weigh(client: Client) -> None:
    name = "Memorandum of understanding between the Standardization Administration of China and the British Standards Institution on graphene standardization cooperation"
    right, wrong = ({"pid": "hasParty", "v": value} for value in ("BSI", "DIN"))
    found = asked(client, right={"query": name, "properties": [right]}, wrong={"query": name, "properties": [wrong]}, own={"properties": [{"pid": "acronym", "v": "BSI"}]})  # fmt: skip
    first, second = found["right"][0], found["wrong"][0]
    assert first["features"][1] == {"id": "hasParty", "value": True}
    assert second["features"][1] == {"id": "hasParty", "value": False}
    assert first["score"] > second["score"]
    assert first["match"]
    assert not second["match"]
    assert found["own"][0]["id"] == "org/gb-bsi"


@pytest.mark.parametrize(
    ("what", "prefix", "first"),
    [("entity", "British Stand", "org/gb-bsi"), ("entity", "英国标准", "org/gb-bsi"), ("type", "country", "Country"), ("type", "国家", "Country"), ("property", "has party", "hasParty")],
)  # fmt: skip
def test_suggestions(what: str, prefix: str, first: str, client: Client) -> None:
    place = held("manifest", client.get("/reconcile").json())["suggest"][what]
    path = f"{place['service_url']}{place['service_path']}".partition(str(client.port))[2]
    told = held("suggested", client.get(path, ("prefix", prefix)).json())
    assert first in [one["id"] for one in told["result"]][:3]
    assert held("suggested", client.get(path, ("prefix", prefix), ("cursor", "1000")).json())["result"] == []
    assert client.get(path).status == 400


def test_a_preview(client: Client) -> None:
    got = client.get("/reconcile/preview?id=org/gb-bsi", Accept_Language="zh")
    assert (got.status, got.media) == (200, "text/html")
    assert "<h1>英国标准协会</h1>" in got.text
    assert "frame-ancestors 'self' http://127.0.0.1:*" in got.headers["content-security-policy"]
    flyout = client.get("/reconcile/flyout?id=org/gb-bsi").json()
    assert flyout["id"] == "org/gb-bsi"
    assert "British Standards Institution" in flyout["html"]
    assert client.get("/reconcile/preview?id=<script>").status == 404


def test_an_extension(client: Client) -> None:
    proposed = held("proposed", client.get("/reconcile/extend/propose?type=Agreement&limit=3").json())
    assert len(proposed["properties"]) == proposed["limit"] == 3
    assert "hasParty" in [one["id"] for one in proposed["properties"]]
    wanted = {
        "ids": ["org/gb-bsi", "agreement/2017-06-cn-gb-graphene-mou", "org/nobody"],
        "properties": [{"id": "country"}, {"id": "hasParty", "settings": {"limit": 1}}, {"id": "date"}, {"id": "nope"}],
    }
    got = client.form("/reconcile", ("extend", json.dumps(wanted)))
    told = held("extended", got.json())
    assert [one["id"] for one in told["meta"]] == ["country", "hasParty", "date", "nope"]
    assert told["rows"]["org/gb-bsi"]["country"] == [{"id": "country/GB", "name": "United Kingdom"}]
    assert told["rows"]["org/nobody"] == {"country": [], "hasParty": [], "date": [], "nope": []}
    agreement = told["rows"]["agreement/2017-06-cn-gb-graphene-mou"]
    assert len(agreement["hasParty"]) == 1
    assert agreement["date"] == [{"str": "2017-06"}]


WRONG = [
    ("queries", "no json"),
    ("queries", "[]"),
    ("queries", json.dumps({"q": []})),
    ("queries", json.dumps({"q": {}})),
    ("queries", json.dumps({"q": {"query": 1}})),
    ("queries", json.dumps({"q": {"query": "x", "type": 1}})),
    ("queries", json.dumps({"q": {"query": "x", "type": "NoSuchClass"}})),
    ("queries", json.dumps({"q": {"query": "x", "type_strict": "perhaps"}})),
    ("queries", json.dumps({"q": {"query": "x", "properties": [{"pid": "a"}]}})),
    ("queries", json.dumps({"q": {"query": "x" * 2000}})),
    ("queries", json.dumps({f"q{n}": {"query": "x"} for n in range(200)})),
    ("queries", "[" * 100_000),
    ("extend", json.dumps({"ids": "org/gb-bsi", "properties": []})),
    ("extend", json.dumps({"ids": [], "properties": [1]})),
]


@pytest.mark.parametrize(("field", "text"), WRONG, ids=[text[:30] for _, text in WRONG])
def test_what_is_wrong_is_told(field: str, text: str, client: Client) -> None:
    got = client.form("/reconcile", (field, text))
    assert (got.status, got.media) == (400, "application/problem+json")
    assert got.json()["detail"]


def test_a_batch_in_another_form_is_refused(client: Client) -> None:
    assert client.post("/reconcile", json.dumps({"queries": {}}), "application/json").status == 415
