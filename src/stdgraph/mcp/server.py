"""The protocol: the only module that knows the SDK of MCP. Handlers pass calls to the desk, which is asked in other threads."""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from importlib.metadata import version
from typing import Any, NoReturn, TypeVar

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from stdgraph.locale import Phrase, marked, translated
from stdgraph.mcp import resources
from stdgraph.mcp.desk import Desk
from stdgraph.mcp.replies import Reply
from stdgraph.mcp.tools import Tool
from stdgraph.storage.limited import Running

T = TypeVar("T")
QUERIES = 2
"""So many queries run at once; others wait."""
ABOUT = marked(
    "An open knowledge graph of standardization: bodies, committees, cooperation, agreements, standards, events, persons; "
    "each row has the documents and places in them that say so: cite these. Things are named by any name, in English or Chinese, "
    "or by id (org/gb-bsi). Begin with find, ask or profile; query is for what these do not answer."
)
"""What the server tells of itself."""


class Line:
    """Threads that do one piece of work after the other; they end with the program, whatever they are doing."""

    def __init__(self, hands: int) -> None:
        self.waiting: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = queue.SimpleQueue()
        for _ in range(hands):
            threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            future, work = self.waiting.get()
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except Exception as error:  # raised where it is waited for
                    future.set_exception(error)

    async def do(self, work: Callable[[], T]) -> T:
        """Return what some work gives; where the caller is cancelled, work that has not begun is left out."""
        future: Future[T] = Future()
        self.waiting.put((future, work))
        return await asyncio.wrap_future(future)


class Face:
    """Turns requests of the protocol into work of the desk, and its replies into results."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.reads, self.queries = Line(1), Line(QUERIES)

    def server(self) -> Server[Any]:
        """Return the server of the SDK."""
        return Server(
            "stdgraph",
            version=version("stdgraph"),
            instructions=self._said(ABOUT),
            on_list_tools=self.list_tools,
            on_call_tool=self.call_tool,
            on_list_resources=self.list_resources,
            on_list_resource_templates=self.list_templates,
            on_read_resource=self.read,
            on_completion=self.complete,
        )

    async def open(self) -> None:
        """Open the graph while the other side still says who it is; a fault is told there, and to the first call."""

        def opened() -> Reply:
            self.desk.graph()
            return Reply("")

        if (reply := await self.reads.do(lambda: self.desk.told(opened))).is_error:
            sys.stderr.write(f"stdgraph: {reply.text}\n")
            sys.stderr.flush()

    def _said(self, message: str) -> str:
        return str(translated(Phrase(message), self.desk.lang))

    async def list_tools(self, _: Any, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        """Return all tools."""
        return types.ListToolsResult(tools=[self._tool(tool) for tool in self.desk.tools.values()])

    def _tool(self, tool: Tool) -> types.Tool:
        return types.Tool(
            name=tool.name,
            description=self._said(tool.about),
            input_schema=tool.arguments.schema(self.desk.lang),
            output_schema=tool.answers,
            annotations=types.ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )

    async def call_tool(self, _: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        """Call a tool; where the caller gives up, its query is stopped."""
        if (tool := self.desk.tools.get(params.name)) is None:
            told = Phrase(
                "There is no tool '{name}'. There are {names}.",
                name=params.name[:100],
                names=", ".join(self.desk.tools),
            )
            raise MCPError(types.INVALID_PARAMS, str(translated(told, self.desk.lang)))
        running = Running()
        try:
            line = self.queries if tool.runs_long else self.reads
            reply = await line.do(lambda: self.desk.call(tool, params.arguments or {}, running))
        except asyncio.CancelledError:
            running.stop()
            raise
        return _result(reply)

    async def list_resources(self, _: Any, params: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        """Return the resources that have one address."""
        found = [one for one in resources.RESOURCES if not one.is_template]
        return types.ListResourcesResult(
            resources=[
                types.Resource(name=one.name, uri=one.address, description=self._said(one.about), mime_type=one.media)
                for one in found
            ]
        )

    async def list_templates(
        self, _: Any, params: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        """Return the templates of addresses."""
        found = [one for one in resources.RESOURCES if one.is_template]
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    name=one.name, uri_template=one.address, description=self._said(one.about), mime_type=one.media
                )
                for one in found
            ]
        )

    async def read(self, _: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        """Read a resource."""

        def read() -> Reply:
            text, media = resources.read(self.desk.graph(), params.uri)
            return Reply(text, {"media": media})

        reply = await self.reads.do(lambda: self.desk.told(read))
        if reply.is_error:
            raise MCPError(types.INVALID_PARAMS, reply.text)
        contents = types.TextResourceContents(uri=params.uri, mime_type=reply.told["media"], text=reply.text)
        return types.ReadResourceResult(contents=[contents])

    async def complete(self, _: Any, params: types.CompleteRequestParams) -> types.CompleteResult:
        """Complete an argument of a template."""
        ref, typed = params.ref, params.argument
        given = (params.context and params.context.arguments) or {}

        def complete() -> Reply:
            if not isinstance(ref, types.ResourceTemplateReference):
                return Reply("", {"values": []})
            found = resources.completed(self.desk.graph(), ref.uri, typed.name, typed.value[:1000], given)
            return Reply("", {"values": found})

        reply = await self.reads.do(lambda: self.desk.told(complete))
        return types.CompleteResult(completion=types.Completion(values=reply.told.get("values", [])))


def _result(reply: Reply) -> types.CallToolResult:
    content: list[types.ContentBlock] = [types.TextContent(type="text", text=reply.text)]
    if reply.is_error:
        return types.CallToolResult(content=content, is_error=True)
    return types.CallToolResult(content=content, structured_content=reply.told)


async def _serve(face: Face) -> None:
    server = face.server()
    async with stdio_server() as (incoming, outgoing):
        opening = asyncio.ensure_future(face.open())
        try:
            await server.run(incoming, outgoing, server.create_initialization_options())
        except asyncio.CancelledError:  # nobody reads any more; a thread still waits for input, and would wait on
            leave()
        opening.cancel()


def serve(desk: Desk) -> NoReturn:
    """Answer on standard input and output until the other side ends, and end the program."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a thread waits for input, and would not hear of it otherwise
    logging.getLogger("mcp").addHandler(logging.NullHandler())
    asyncio.run(_serve(Face(desk)))
    leave()


def leave() -> NoReturn:
    """End here and now, whatever a thread is still doing for nobody."""
    atexit._run_exitfuncs()
    sys.stderr.flush()
    os._exit(0)
