"""The graph that an assistant asks: opened when it is needed, in both languages; each call ends with an answer."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from stdgraph.errors import InputError
from stdgraph.locale import Phrase, marked
from stdgraph.mcp.deeds import Call
from stdgraph.mcp.errors import refusal
from stdgraph.mcp.replies import MOST, Reply
from stdgraph.mcp.tools import Tool, tools
from stdgraph.model.spelling import HAN
from stdgraph.storage.limited import Running

if TYPE_CHECKING:
    from stdgraph.api import Graph
    from stdgraph.storage.worker import Limits


class Desk:
    """Answers the calls of an assistant.

    Args:
        open: opens the graph; it is called again where it failed.
        limits: what a query may use; its rows are the most that any call answers.
        lang: the language of calls that name none.
        traced: whether faults of the program itself are told on standard error.
    """

    def __init__(self, open: Callable[[], Graph], limits: Limits, lang: str = "en", *, traced: bool = False) -> None:  # noqa: A002 (it is what it does)
        self.opening = open
        self.limits = limits
        self.lang = lang
        self.traced = traced
        self.tools = tools(limits.rows)
        self.opened: dict[str, Graph] = {}
        self.lock = threading.Lock()

    def graph(self, lang: str = "") -> Graph:
        """Return the graph with labels in a language; raises as opening it does."""
        lang = lang or self.lang
        with self.lock:
            if self.lang not in self.opened:
                self.opened[self.lang] = self.opening().compiled()
            if lang not in self.opened:
                self.opened[lang] = self.opened[self.lang].speaking(lang)
            return self.opened[lang]

    def call(self, tool: Tool, arguments: Mapping[str, Any], running: Running) -> Reply:
        """Return what a tool answers, or what is wrong with the call."""
        lang = self._language(arguments)

        def answered() -> Reply:
            given = tool.arguments.read(arguments)
            reply = tool.run(Call(self.graph(lang), given, self.limits, running))
            if reply.size > MOST:
                told = marked("The answer is longer than {size} KiB. Ask for fewer rows, or for less in a row.")
                raise InputError(detail=Phrase(told, size=MOST >> 10))
            return reply

        return self.told(answered, lang)

    def told(self, work: Callable[[], Reply], lang: str = "") -> Reply:
        """Return what some work answers, or why it failed; no exception leaves the thread that has the graph."""
        try:
            return work()
        except Exception as error:  # told to the assistant, and with -vv in full
            if self.traced:
                traceback.print_exc(file=sys.stderr)
            opened = self.opened.get(self.lang)
            return refusal(error, lang or self.lang, opened.reads.url if opened else "")

    def _language(self, arguments: Mapping[str, Any]) -> str:
        """Return the language of a call: that which it names, Chinese for a question in Chinese, else the usual one."""
        named = arguments.get("lang")
        if named in ("en", "zh"):
            return str(named)
        text = arguments.get("question")
        return "zh" if isinstance(text, str) and HAN.search(text[:1000]) else self.lang
