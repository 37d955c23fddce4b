"""The text of SPARQL queries: what stands outside of their names, strings and comments."""

from __future__ import annotations

import re

SKIPPED = re.compile(
    r"<[^<>\"{}|^`\\\s]*>|#[^\n]*|"
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'|[?$]\w+|\w*:[\w.-]*",
    re.DOTALL,
)
FROM = re.compile(r"(?<![@\w-])FROM\b", re.IGNORECASE)


def bare(text: str) -> str:
    """Return a query without its IRIs, prefixed names, variables, strings and comments.

    >>> bare("ASK { ?s a <http://x/SERVICE> } # SERVICE").split()
    ['ASK', '{', 'a', '}']
    """
    return SKIPPED.sub(" ", text)


def has_dataset(text: str) -> bool:
    """Tell whether a query says itself which graphs it reads (FROM, FROM NAMED).

    >>> has_dataset("ASK FROM <http://x/g> { ?s ?p ?o }"), has_dataset("ASK { ?from ?p 'FROM' }")
    (True, False)
    """
    return FROM.search(text) is not None and FROM.search(bare(text)) is not None
