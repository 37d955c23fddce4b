"""The settings file: what a user wants by default, and the endpoints that have a name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from stdgraph.errors import ConfigError, HomeError
from stdgraph.locale import Foreign, Phrase
from stdgraph.storage.folders import config_folder

REPEATABLE = {"data", "with", "pack"}
LANGUAGES = ("en", "zh")
FORMS = (
    *("csv", "tsv", "json", "md", "html", "xlsx", "svg", "png", "pdf"),
    *("ttl", "nt", "nq", "ru", "srj", "jsonld", "graphml", "gexf", "gml", "mermaid"),
    *("zip", "parquet", "neo4j", "cyjs", "cx2", "graphology", "pajek", "dl", "dot", "vosviewer"),
)
CONFIGURABLE = {"lang", "format", "endpoint", "endpoints", *REPEATABLE}
OF_ENDPOINTS = {"url", "user", "password"}
"""What the settings file says of an endpoint that it names: `[endpoints.institute]`."""
ALLOWED = {"lang": LANGUAGES, "format": ("table", *FORMS)}
"""Settings that have but a few values."""


def read_config(path: str | None) -> dict[str, Any]:
    """Return what the settings file says, repeatable settings as tuples; raises ConfigError."""
    try:
        place = Path(path) if path else config_folder() / "config.toml"
    except HomeError:
        return {}
    if not path and not place.is_file():
        return {}
    import tomllib

    try:
        text = place.read_text("utf-8-sig")
        found = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(place=place, detail=Foreign(error.strerror or error)) from None
    except UnicodeDecodeError as error:
        raise ConfigError(place=place, detail=Phrase("not UTF-8 at byte {number}", number=error.start)) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(place=place, detail=Phrase("is not TOML: {detail}", detail=Foreign(error))) from None
    except RecursionError:
        raise ConfigError(place=place, detail=Phrase("is nested too deeply")) from None
    return {name: _setting(name, value, f"{place}{_line(text, name)}") for name, value in found.items()}


def _endpoints(value: Any, place: str) -> dict[str, dict[str, str]]:
    """Return the endpoints that have a name, each with its address; raises ConfigError."""
    told = value.values() if isinstance(value, dict) else [value]
    for one in told:
        if (
            not isinstance(one, dict)
            or not {"url"} <= set(one) <= OF_ENDPOINTS
            or not all(isinstance(v, str) and v for v in one.values())
        ):
            detail = Phrase("'endpoints' are tables [endpoints.NAME] with the texts url, user and password")
            raise ConfigError(place=place, detail=detail)
    return dict(value)


def _setting(name: str, value: Any, place: str) -> Any:
    """Return the value of a setting; raises ConfigError for one that does not exist, or of the wrong kind."""
    if name not in CONFIGURABLE:
        names = ", ".join(sorted(CONFIGURABLE))
        raise ConfigError(
            place=place, detail=Phrase("'{name}' is no setting; there are {names}", name=name, names=names)
        )
    if name == "endpoints":
        return _endpoints(value, place)
    if name in REPEATABLE:
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(v, str) and v for v in values):
            detail = Phrase("'{name}' is a text in quotes, or a list of such texts", name=name)
            raise ConfigError(place=place, detail=detail)
        return tuple(values)
    if not isinstance(value, str) or not value:
        raise ConfigError(place=place, detail=Phrase("'{name}' is a text in quotes", name=name))
    if name in ALLOWED and value not in ALLOWED[name]:
        allowed = ", ".join(ALLOWED[name])
        detail = Phrase("'{name}' is one of {values}, not '{value}'", name=name, values=allowed, value=value)
        raise ConfigError(place=place, detail=detail)
    return value


def _line(text: str, name: str) -> str:
    """Return where a setting stands in the file, as `:LINE`; nothing where it is written in another way."""
    found = re.search(rf"^\s*\[*\s*[\"']?{re.escape(name)}\b", text, re.MULTILINE)
    return f":{text.count(chr(10), 0, found.end()) + 1}" if found else ""
