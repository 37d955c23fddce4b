"""How a table shows itself: at a prompt, in a notebook, as DataFrames, as pictures and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    import pandas


class Writer(Protocol):
    """What makes pictures, pages and workbooks of tables; `stdgraph.exchange.writer` is."""

    def render(self, table: Any, form: str, chart: str = "", dark: bool = False) -> bytes:
        """Return a table in a form."""

    def save(self, table: Any, path: str | Path, chart: str = "", dark: bool = False) -> None:
        """Write a table into a file."""

    def picture(self, table: Any) -> str:
        """Return the own picture of a table as SVG, or nothing."""


class Shown:
    """What tables have in common that shows them; `columns`, `rows` and the rest are those of `results.Table`."""

    writer: ClassVar[Writer | None] = None
    columns: tuple[str, ...]
    rows: Any
    titles: dict[str, str]
    lang: str

    def to_frame(self, *, iris: bool = False) -> pandas.DataFrame:
        """Return a DataFrame with a column for each column: labels, numbers, dates as text.

        With `iris`, a column `NAME_iri` follows each column of things; `sources_frame` has where the rows were read.

        Raises:
            ExtraError: pandas is not installed (`pip install "stdgraph[pandas]"`).

        >>> import stdgraph
        >>> frame = stdgraph.open().ask("who-cooperates-with", actor="BSI").to_frame(iris=True)
        >>> list(frame.columns[:2]), str(frame.dtypes["records"])
        (['partner', 'partner_iri'], 'Int64')
        """
        from stdgraph.model.frames import frame

        return frame(self.columns, self.rows, iris=iris)

    def sources_frame(self) -> pandas.DataFrame:
        """Return a DataFrame of the places at which rows were read; its column `row` is the index of `to_frame()`."""
        from stdgraph.model.frames import sources

        return sources(self.rows)

    def render(self, form: str = "svg", *, chart: str = "", dark: bool = False) -> bytes:
        """Return the table as `svg`, `png` or `pdf` (a picture), `html` (a page) or `xlsx` (a workbook).

        Args:
            form: one of these.
            chart: the picture, by default the question's own; one that does not fit is refused with those that do.
            dark: whether the picture has colours for a dark screen; an SVG follows its reader anyway.

        Raises:
            ParameterError: there is no such form or chart, or it does not fit.
            ExtraError: what draws is not installed (`pip install "stdgraph[plot]"`, `"stdgraph[xlsx]"`).

        >>> import stdgraph
        >>> stdgraph.open().ask("agreements", actor="China").render("png")[:4]
        b'\x89PNG'
        """
        return self._writer().render(self, form, chart, dark)

    def save(self, path: str | Path, *, chart: str = "", dark: bool = False) -> None:
        """Write the table into a file, in the form that its suffix names; see `render`."""
        self._writer().save(self, path, chart, dark)

    def _writer(self) -> Writer:
        if self.writer is None:
            raise RuntimeError("import stdgraph first")
        return self.writer

    @property
    def _title(self) -> str:
        return ""

    def __str__(self) -> str:
        """Return the first rows, and how many there are."""
        from stdgraph.model.glance import text

        return text(self.columns, self.rows, title=self._title, lang=self.lang)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        from stdgraph.model.glance import html

        drawn = self.writer.picture(self) if self.writer else ""
        about: dict[str, Any] = {"titles": self.titles, "title": self._title, "lang": self.lang}
        return html(self.columns, self.rows, picture=drawn, **about)
