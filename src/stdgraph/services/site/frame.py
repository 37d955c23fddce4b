"""What all finished pages have in common: head, navigation, foot; and the pages that list them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model import escape
from stdgraph.model.arranging import sort_key
from stdgraph.model.light import dataclass, replace
from stdgraph.model.vocabulary import short
from stdgraph.services.site.places import KINDS, LANGS, Places, explorer

POLICY = "base-uri 'none'; default-src 'none'; form-action 'none'; img-src data:; style-src 'self'"
"""A finished page runs nothing and asks for nothing but its style."""
TAGS = {"en": "en", "zh": "zh-Hans"}
CALLED = {"en": "English", "zh": "中文"}
LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}
TO_CONTENT, PAGES, OPEN = marked("To the content"), marked("Pages"), marked("Open in the explorer")
HOME = Phrase("stdgraph: who works with whom on standards")

COUNTED = {
    "SourceDocument": marked("documents"),
    "Actor": marked("actors"),
    "Agreement": marked("agreements"),
    "Event": marked("events"),
    "Standard": marked("standards"),
    "Country": marked("countries"),
}


@dataclass(frozen=True)
class Frame:
    """What a page knows of the site: in which language it is, where other pages are, whose data they are.

    `path` is that of the page itself without language and ending; `address` where the site will be, "" where that is not known.
    """

    lang: str
    places: Places
    data: str
    version: str
    licence: str
    address: str = ""
    path: str = "index"
    iri: str = ""

    @property
    def root(self) -> str:
        """The way from the page to the folder of the explorer."""
        return "../" * (self.path.count("/") + 1)

    @property
    def tag(self) -> str:
        """The language as HTML names it."""
        return TAGS[self.lang]

    @property
    def licence_url(self) -> str:
        """The licence of the data, by its address where there is one."""
        return LICENCES.get(self.licence, self.licence)

    def at(self, iri: str) -> Frame:
        """Return the frame of the page on a thing."""
        return replace(self, path=self.places.paths[iri], iri=iri)

    def said(self, message: str, **values: Any) -> str:
        """Return a message of ours as HTML."""
        return escape.html(translated(Phrase(message, **values), self.lang))

    def link(self, iri: str) -> str:
        """Return the address of a thing from here."""
        return self.places.link(iri, self.lang, self.root)

    def file(self, lang: str = "") -> str:
        """Return where this page stands, in this or another language."""
        return f"{lang or self.lang}/{self.path}.html"

    def dataset(self) -> dict[str, str]:
        """Return what the pages are made from, as schema.org has it."""
        told = {"@type": "Dataset", "name": "stdgraph", "version": self.version, "license": self.licence_url}
        return told | {"description": str(HOME)} | ({"url": self.address} if self.address else {})


def framed(here: Frame, *, title: str, description: str, body: str, data: str) -> str:
    """Return a whole page; `data` is what it says as JSON-LD."""
    base = here.address or here.root
    links = [f'<link rel="canonical" href="{escape.html(base + here.file())}">']
    links += [
        f'<link rel="alternate" hreflang="{tag}" href="{escape.html(base + here.file(lang))}">'
        for lang, tag in [*TAGS.items(), ("en", "x-default")]
    ]
    whole = title if here.path == "index" else f"{title} · stdgraph"
    return f"""<!doctype html>
<html lang="{here.tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{escape.html(whole)}</title>
<meta name="description" content="{escape.html(description)}">
{chr(10).join(links)}
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{here.root}style.css">
<script type="application/ld+json">{data.replace("<", chr(92) + "u003c")}</script>
</head>
<body>
{_head(here)}
<main id="main">
{body}
</main>
{_foot(here)}
</body>
</html>
"""


def _head(here: Frame) -> str:
    """Return the way to the lists, to the explorer's same place, and to the other language."""
    lists = "".join(
        f'<a href="{here.root}{here.lang}/{kind}.html"{_current(here, kind)}>{here.said(title)}</a>'
        for kind, title in KINDS.items()
        if here.places.kinds[kind]
    )
    (other,) = (lang for lang in LANGS if lang != here.lang)
    return f"""<a class="skip" href="#main">{here.said(TO_CONTENT)}</a>
<header class="top"><a class="name" href="{here.root}{here.lang}/index.html">stdgraph</a>
<nav aria-label="{here.said(PAGES)}">{lists}</nav>
<a class="language" lang="{TAGS[other]}" hreflang="{TAGS[other]}" href="{here.root}{here.file(other)}">{CALLED[other]}</a>
<a class="open" href="{escape.html(_place(here))}">{here.said(OPEN)}</a></header>"""


def _current(here: Frame, kind: str) -> str:
    return ' aria-current="page"' if here.path == kind else ""


def _place(here: Frame) -> str:
    """Return the same place in the explorer."""
    return explorer(["of", *short(here.iri).split("/")] if here.iri else [], here.lang, here.root)


def _foot(here: Frame) -> str:
    told = here.said(
        marked("stdgraph {version} · data {data} · {licence}"),
        version=here.version,
        data=here.data.replace("sha256:", "")[:12],
        licence=here.licence.replace("-", "\u2011"),
    )
    asks = here.said(marked("This page runs no script; the explorer asks no server, and nothing leaves it."))
    return f"<footer><p>{told}</p><p>{asks}</p></footer>"


def listed(here: Frame, kind: str, labels: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    """Return the page that lists the things of a kind, by name; `kinds` says in words of what class each is."""
    title = str(translated(KINDS[kind], here.lang))
    frame = replace(here, path=kind)
    things = sorted(here.places.kinds[kind], key=lambda iri: (sort_key(labels[iri], here.lang), iri))
    if kind == "year":
        things.reverse()
    rows = "".join(
        f'<li><a href="{escape.html(frame.link(iri))}">{escape.html(labels[iri])}</a>{_kind(kinds.get(iri, ""))}</li>\n'
        for iri in things
    )
    told = frame.said(marked("{number} pages"), number=len(things))
    body = f'<h1>{escape.html(title)}</h1>\n<p class="count">{told}</p>\n<ul class="list columns">\n{rows}</ul>'
    names = [{"@type": "ListItem", "position": at, "name": labels[iri]} for at, iri in enumerate(things, 1)]
    data = {"@context": "https://schema.org", "@type": "ItemList", "name": title, "itemListElement": names}
    return framed(frame, title=title, description=f"{title}: {told}", body=body, data=_json(data))


def _kind(told: str) -> str:
    return f" <small>{escape.html(told)}</small>" if told else ""


def first(here: Frame, counts: Mapping[str, int]) -> str:
    """Return the page that all others are reached from."""
    frame = replace(here, path="index")
    title = str(translated(HOME, here.lang))
    what = frame.said(
        marked(
            "An open graph of standards bodies, agreements, committees, people and events. Every row names the document and the place where it was read."
        )
    )
    numbers = "".join(
        f"<div><dt>{frame.said(title)}</dt><dd>{counts[name]:,}</dd></div>"
        for name, title in COUNTED.items()
        if name in counts
    )
    lists = "".join(
        f'<li><a href="{kind}.html">{frame.said(name)}</a> <small>{len(here.places.kinds[kind])}</small></li>'
        for kind, name in KINDS.items()
        if here.places.kinds[kind]
    )
    way = explorer([], here.lang, frame.root)
    more = frame.said(marked("Search, questions and networks: the explorer"))
    body = f"""<h1>{escape.html(title)}</h1>
<p class="lead">{what}</p>
<dl class="counts">{numbers}</dl>
<p><a class="button" href="{escape.html(way)}">{more}</a></p>
<ul class="list">{lists}</ul>"""
    data = {"@context": "https://schema.org", **frame.dataset(), "inLanguage": list(TAGS.values())}
    return framed(frame, title=title, description=what, body=body, data=_json(data))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def sitemap(paths: Sequence[str], address: str) -> str:
    """Return the map of a site for search engines: each page with its other language."""
    rows = []
    for path in paths:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{TAGS[lang]}" href="{escape.html(f"{address}{lang}/{path}.html")}"/>'
            for lang in LANGS
        )
        rows += [f"<url><loc>{escape.html(f'{address}{lang}/{path}.html')}</loc>{links}</url>" for lang in LANGS]
    head = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {head}>\n{chr(10).join(rows)}\n</urlset>\n'


__all__ = ["Frame", "first", "framed", "listed", "sitemap"]
