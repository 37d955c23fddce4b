"""Results as an assistant reads them: Markdown, each source once and numbered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stdgraph.locale import Phrase, translated
from stdgraph.model import escape
from stdgraph.model.results import Record, Source, Table, text_of

DEEP = 20
"""Lines of records and proofs below a row; of more only their number is told."""


class Sources:
    """The sources of a text: each has the number of its first mention."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.numbers: dict[str, int] = {}

    def marks(self, sources: Iterable[Source]) -> str:
        """Return the numbers of sources: `1, 2`."""
        told = dict.fromkeys(source.text(self.lang) for source in sources)
        return ", ".join(str(self.numbers.setdefault(text, len(self.numbers) + 1)) for text in told)

    def lines(self) -> list[str]:
        """Return the list of all sources that were mentioned, with its heading."""
        if not self.numbers:
            return []
        head = translated(Phrase("Sources:"), self.lang)
        return ["", str(head), *(f"{number}. {escape.markdown(text)}" for text, number in self.numbers.items())]


def grid(table: Table, sources: Sources) -> list[str]:
    """Return the lines of a table without its empty columns, the numbers of its sources in the last; under it the records of its rows."""
    if not len(table):
        return [str(translated(Phrase("(none)"), sources.lang))]
    noted = any(row.sources for row in table)
    columns = [name for name in table.columns if any(text_of(row.cells[name]) for row in table)] or table.columns
    heads = [*columns, *(["sources"] if noted else [])]
    lines = [_line(heads), _line(["---"] * len(heads))]
    for row in table:
        cells = [text_of(row.cells[name]) for name in columns]
        lines.append(_line([*cells, *([sources.marks(row.sources)] if noted else [])]))
    for number, row in enumerate(table, 1):
        lines += [line for record in row.records for line in _record(number, record, sources)]
    return lines


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(escape.markdown, cells))} |"


def _record(number: int, record: Record, sources: Sources) -> list[str]:
    """Return a record behind a row: its date, label and id, and the proofs of the links that rest on it."""
    head = f"- {number}: {record.date or '-'}  {record.label}  {record.iri}  [{sources.marks(record.sources)}]"
    proofs = [line for proof in record.proofs for line in proof.lines(sources.lang)]
    told = [f"  - {escape.line(line.strip())}" for line in proofs[:DEEP]]
    return [escape.line(head), *told, *(["  - …"] if len(proofs) > DEEP else [])]
