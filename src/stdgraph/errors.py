"""Every exception of stdgraph. Each keeps the offending values and tells the way out, in English and Chinese.

StdgraphError
├── InputError                  wrong use or unreadable input (exit code 2)
│   ├── FileError               a file or folder cannot be read, or holds nothing to read
│   │   └── PackFileError       a file of a register cannot be read
│   ├── TurtleSyntaxError       a file is not valid RDF; knows line and column
│   ├── FormatError             a file cannot be written in block form without losing something
│   ├── QuerySyntaxError        a SPARQL query does not parse
│   ├── QueryRefusedError       a query asks for what is not allowed: an update, SERVICE, too long, too deep
│   ├── QuestionError           a question file is not well formed
│   ├── UnknownQuestionError    there is no question of that name
│   ├── ParameterError          a parameter is missing, unknown or has a value of the wrong form
│   ├── UnknownNameError        no thing bears that name
│   ├── AmbiguousNameError      several things bear that name
│   ├── ConfigError             the settings file cannot be read, or says what is no setting
│   ├── PackError               there is no such pack or snapshot, or it is damaged
│   ├── PackFaultError          a file of a register has a fault, and --strict was given
│   ├── NestingError            an input is nested too deeply
│   └── OutputError             the result cannot be written there
│       └── PackPlaceError      the data directory cannot be written
└── EngineError                 the engine or the endpoint failed (exit code 3)
    ├── EndpointError           a remote endpoint refused, failed or answered nonsense
    ├── DownloadError           a file cannot be downloaded from its publisher
    ├── MemoryLimitError        there is not enough memory
    └── TimeLimitError          a query ran longer than allowed
"""

from __future__ import annotations

from typing import Any, ClassVar

LONGEST = {"name": 100, "lines": 1 << 20}
"""Characters that a message tells of a value: the beginning and the end of what is longer."""
LONG = 1000


class StdgraphError(Exception):
    """Base of all errors; `message(lang)` gives the text in English or Chinese, `str()` the English one."""

    exit_code: ClassVar[int] = 2
    en: ClassVar[str] = "{detail}"
    zh: ClassVar[str] = "{detail}"

    def __init__(self, **values: Any) -> None:
        self.values = values
        for name, value in values.items():
            setattr(self, name, value)
        super().__init__(self.message("en"))

    def __reduce__(self) -> Any:
        return _remake, (type(self), self.values)

    def message(self, lang: str = "en") -> str:
        """Return what was wrong, where, and what to do, in the language asked for; `zh_detail` is `detail` in Chinese."""
        values = dict(self.values)
        if lang.startswith("zh") and "detail" in values:
            from stdgraph.chinese import chinese

            values["detail"] = chinese(str(values.get("zh_detail", values["detail"])))
        return (self.zh if lang.startswith("zh") else self.en).format(
            **{n: _shortened(n, v) for n, v in values.items()}
        )


def _shortened(name: str, value: Any) -> Any:
    """Return a value as a message tells it: what somebody typed may be as long as a book."""
    text, longest = str(value), LONGEST.get(name, LONG)
    return value if len(text) <= longest else f"{text[: longest // 2]} … {text[-longest // 2 :]}"


def _remake(kind: type[StdgraphError], values: dict[str, Any]) -> StdgraphError:
    """Return an error as it was before it went through a pipe."""
    error = kind.__new__(kind)
    StdgraphError.__init__(error, **values)
    return error


class InputError(StdgraphError):
    """Wrong use or unreadable input."""


class FileError(InputError):
    """A file or folder cannot be read, or holds nothing to read."""

    en = "{path}: {detail}. Give a readable Turtle file or a folder that holds some."
    zh = "{path}：{detail}。请给出可读的 Turtle 文件或含有此类文件的文件夹。"


class PackFileError(FileError):
    """A file of a register cannot be read."""

    en = "{path}: {detail}. Give the file as its publisher offers it."
    zh = "{path}：{detail}。请给出发布者提供的原始文件。"


class TurtleSyntaxError(InputError):
    """A file is not valid RDF."""

    en = "{path}:{line}:{column}: {detail}. Mend this place and run again."
    zh = "{path}:{line}:{column}：{detail}。请修改此处后重试。"


class FormatError(InputError):
    """A file cannot be written in block form without losing something."""

    en = "{path}:{line}: {detail}"
    zh = "{path}:{line}：{detail}"


class QuerySyntaxError(InputError):
    """A SPARQL query does not parse."""

    en = "query:{line}:{column}: {detail}. See https://www.w3.org/TR/sparql11-query/ for the syntax."
    zh = "查询:{line}:{column}：{detail}。语法见 https://www.w3.org/TR/sparql11-query/。"


class QueryRefusedError(InputError):
    """A query asks for something that is not allowed."""

    en = "This query is refused: {detail}. Only read-only SPARQL 1.1 over the loaded graph runs here."
    zh = "拒绝执行该查询：{detail}。此处只执行针对已加载图的只读 SPARQL 1.1 查询。"


class QuestionError(InputError):
    """A question file is not well formed."""

    en = "{path}: {detail}. Compare it with the other files in queries/questions/."
    zh = "{path}：{detail}。请参照 queries/questions/ 中的其他文件。"


class UnknownQuestionError(InputError):
    """There is no question of that name."""

    en = "There is no question '{name}'. Nearest: {nearest}. `stdgraph ask` lists them all."
    zh = "没有名为“{name}”的问题。最接近的有：{nearest}。运行 `stdgraph ask` 可列出全部问题。"


class ParameterError(InputError):
    """A parameter is missing, unknown or has a value of the wrong form."""

    en = "--{parameter}: {detail}."
    zh = "--{parameter}：{detail}。"


class UnknownNameError(InputError):
    """No thing bears that name; `nearest` holds the names that come closest."""

    en = "Nothing in the graph is named '{name}'{kind}. Nearest: {nearest}."
    zh = "图中没有名为“{name}”的事物{kind}。最接近的有：{nearest}。"

    def __init__(self, *, name: str, nearest: list[str], kind: str = "") -> None:
        super().__init__(name=name, nearest=", ".join(nearest) or "-", kind=f" ({kind})" if kind else "")


class AmbiguousNameError(InputError):
    """Several things bear that name; `candidates` holds a line for each: label, kind, country, id."""

    en = "'{name}' names {count} things. Give one of these ids instead:\n{lines}"
    zh = "“{name}”对应 {count} 个事物。请改用下列标识之一：\n{lines}"

    def __init__(self, *, name: str, candidates: list[str]) -> None:
        self.candidates = candidates
        super().__init__(name=name, count=len(candidates), lines="\n".join(f"  {c}" for c in candidates))


class ConfigError(InputError):
    """The settings file cannot be read, or says what is no setting."""

    en = "{place}: {detail}. Mend the settings file, or give another one with --config."
    zh = "{place}：{detail}。请修改设置文件，或用 --config 另选一个。"


class PackError(InputError):
    """There is no such pack or snapshot, or it is damaged."""

    en = "Pack {name}: {detail}. `stdgraph pack list` shows what is there."
    zh = "数据包 {name}：{detail}。运行 `stdgraph pack list` 可查看已有数据包。"


class PackFaultError(InputError):
    """A file of a register has a fault, and nothing may be left out."""

    exit_code = 1
    en = "{file}:{line}: {detail}. Nothing was imported; without --strict the rest would be."
    zh = "{file}:{line}：{detail}。未导入任何内容；去掉 --strict 则导入其余部分。"


class NestingError(InputError):
    """An input is nested too deeply."""

    en = "The input is nested too deeply. Give its inner parts names of their own."
    zh = "输入的嵌套过深。请为内层部分单独命名。"


class OutputError(InputError):
    """The result cannot be written there."""

    en = "{path}: cannot be written ({detail}). Choose another place with -o."
    zh = "{path}：无法写入（{detail}）。请用 -o 另选位置。"


class PackPlaceError(OutputError):
    """The data directory cannot be written."""

    en = "{path}: cannot be written ({detail}). Make room, or set STDGRAPH_DATA to another folder."
    zh = "{path}：无法写入（{detail}）。请腾出空间，或将 STDGRAPH_DATA 设为其他文件夹。"


class EngineError(StdgraphError):
    """The engine or the endpoint failed."""

    exit_code = 3


class EndpointError(EngineError):
    """A remote endpoint refused, failed or answered nonsense."""

    en = "The endpoint {url} {detail}. Check the address, or leave out --endpoint to use the embedded store."
    zh = "端点 {url} {detail}。请检查地址，或去掉 --endpoint 以使用内嵌存储。"


class DownloadError(EngineError):
    """A file cannot be downloaded from its publisher; `passing` tells that another try may do."""

    en = "{url} {detail}. Try again later, or download the file yourself and give it to `stdgraph pack add`."
    zh = "{url} {detail}。请稍后重试，或自行下载文件后用 `stdgraph pack add` 导入。"

    def __init__(self, *, url: str, detail: str, passing: bool = False) -> None:
        self.passing = passing
        super().__init__(url=url, detail=detail, passing=passing)


class MemoryLimitError(EngineError):
    """There is not enough memory."""

    en = "There is not enough memory for this. Give fewer or smaller files, or ask for less (LIMIT)."
    zh = "内存不足。请减少输入文件，或缩小查询范围（LIMIT）。"


class TimeLimitError(EngineError):
    """A query ran longer than allowed."""

    en = "The query ran longer than {seconds} s and was stopped. Make it more selective, or raise --timeout."
    zh = "查询超过 {seconds} 秒，已停止。请缩小查询范围，或增大 --timeout。"


def limit(error: MemoryError | RecursionError) -> StdgraphError:
    """Return what Python's own error means for a user."""
    return MemoryLimitError() if isinstance(error, MemoryError) else NestingError()
