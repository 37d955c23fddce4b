"""How much of a query the engine would have to put in order: its planner takes the third power of the patterns of a group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from stdgraph.storage.tokens import Token

MOST_PATTERNS = 100
"""So many patterns of one group are planned in a second, twice as many in more than ten."""
MOST_CONDITIONS = 1000
"""So many filters and signs of operators are planned at once; four thousand are not, for each lies within the one before."""

CONDITIONS = ("FILTER", "BIND")
APART = ("UNION", "EXISTS", "MINUS")
"""Words before a group that is planned by itself; so is a subquery."""
SEPARATORS = frozenset(".;,/[")
OPERATORS = frozenset("|&+-*/!")
"""Signs by which conditions become long; `||` and `&&` are two of them."""


class _Counted:
    """What a query asks for, token by token."""

    def __init__(self) -> None:
        self.around: list[str] = []
        self.patterns = [0]
        self.most = 0
        self.conditions = 0
        self.begun = False

    def take(self, token: Token, before: str, after: str) -> None:
        """Count a token; `before` and `after` are the words beside it."""
        sign = token.text if token.kind == "sign" else ""
        inside = self.around[-1] if self.around else ""
        if token.upper in CONDITIONS:
            self.begun = True
            self.conditions += 1
        elif sign == "{":
            self._open(before, after)
        elif sign == "(":
            self.around.append(
                "rows" if inside == "rows" else "condition" if self.begun or inside == "condition" else "list"
            )
            self.begun = False
        elif sign in (")", "}", "]"):
            self._close()
        elif inside == "condition":
            self.conditions += sign in OPERATORS
        elif inside == "list" and (not sign or sign == "["):
            self._add(2)
        elif sign in SEPARATORS and inside != "rows":
            self._add(1)
        if sign == "[":
            self.around.append("node")

    def _open(self, before: str, after: str) -> None:
        apart = before in APART or after == "SELECT"
        self.around.append("rows" if before == "VALUES" else "apart" if apart else "group")
        self.begun = False
        if apart:
            self.patterns.append(0)
        else:
            self._add(1)

    def _close(self) -> None:
        if self.around and self.around.pop() == "apart":
            self.patterns.pop()

    def _add(self, number: int) -> None:
        self.patterns[-1] += number
        self.most = max(self.most, self.patterns[-1])


def counted(tokens: Sequence[Token]) -> tuple[int, int]:
    """Return the most patterns that are planned together, and the filters and operators, of a query; roughly, and fast.

    A group inside counts for the one around it, for they are joined; an item of a list is two patterns, and a step of a
    path is one.

    >>> from stdgraph.storage.tokens import tokens
    >>> counted(tokens("ASK { ?a ?b ?c , ?d . OPTIONAL { ?a ?e (1 2) } FILTER (?a != ?c && ?a != ?d) }"))
    (8, 5)
    """
    found, before = _Counted(), ""
    for token, after in zip_longest(tokens, tokens[1:]):
        found.take(token, before, after.upper if after else "")
        if token.kind != "var" and token.text not in ("(", ")"):
            before = token.upper
    return found.most, found.conditions
