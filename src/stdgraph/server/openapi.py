"""The API as an OpenAPI 3.1 document, made of the tables of its options and the front matter of the questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from stdgraph import __version__
from stdgraph.server.options import Option

KINDS = {"text": "string", "date": "string", "integer": "integer", "flag": "boolean"}
LANG: dict[str, Any] = {
    "name": "lang",
    "in": "query",
    "description": "language of labels and messages; else Accept-Language decides",
    "schema": {"type": "string", "enum": ["en", "zh"]},
}
FAULT: dict[str, Any] = {
    "description": "what is wrong (RFC 9457)",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "candidates": {"type": "array", "items": {"type": "string"}},
                },
            }
        }
    },
}


def document(operations: Mapping[str, Any], questions: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
    """Return the document.

    Args:
        operations: what each path below `/api` takes.
        questions: each canned question, and what its path takes.
    """
    paths = {f"/api/{name}": _path(name, str(one.about), one.takes) for name, one in operations.items()}
    for name, (asked, one) in questions.items():
        columns = ", ".join(f"{column.name} ({column.about['en']})" for column in asked.columns)
        told = f"{asked.description['en']} Columns: {columns}."
        paths[f"/api/ask/{name}"] = _path(f"ask-{name}", asked.title["en"], one.takes, told, asked.title["zh"])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "stdgraph",
            "version": __version__,
            "summary": "Who works with whom on standards: canned questions, pages, names, links, sources",
            "license": {"name": "Data: CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
    }


def _path(name: str, title: str, options: Iterable[Option], told: str = "", chinese: str = "") -> dict[str, Any]:
    answer = {"description": "what the command prints with `-f json`", "content": {"application/json": {}}}
    got: dict[str, Any] = {
        "operationId": name,
        "summary": title,
        "parameters": [*map(_parameter, options), LANG],
        "responses": {"200": answer, "304": {"description": "the client has it"}, "4XX": FAULT, "5XX": FAULT},
    }
    got |= {"description": told} if told else {}
    got |= {"x-title-zh": chinese} if chinese else {}
    return {"get": got}


def _parameter(option: Option) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": KINDS[option.kind]}
    if option.kind == "integer":
        kind |= {"minimum": 1, "maximum": option.most}
    if option.choices:
        kind |= {"enum": list(option.choices)}
    told: dict[str, Any] = {
        "name": option.name,
        "in": "query",
        "description": str(option.about),
        "required": option.needed,
        "schema": {"type": "array", "items": kind} if option.repeatable else kind,
    }
    if option.example is not None:
        one = option.example == "true" if option.kind == "flag" else option.example
        told["example"] = [one] if option.repeatable else one
    return told
