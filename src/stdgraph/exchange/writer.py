"""What a table calls where it is to become a picture, a page or a workbook; it brings the libraries only then."""

from __future__ import annotations

from pathlib import Path

from stdgraph.model.results import Table


class Writer:
    """Writes tables; see `exchange.forms`."""

    def render(self, table: Table, form: str, chart: str = "", dark: bool = False) -> bytes:
        """Return a table in a form; what the user should know of it is a warning."""
        import warnings

        from stdgraph.exchange.forms import made

        data = table.origin() if table.origin else None
        found = made(table, form, chart=chart, dark=dark, lang=table.lang, data=data)
        for note in found.notes:
            warnings.warn(note, stacklevel=4)
        return found.data

    def save(self, table: Table, path: str | Path, chart: str = "", dark: bool = False) -> None:
        """Write a table into a file, in the form of its suffix, atomically."""
        from stdgraph.storage.writing import write_atomic

        write_atomic(Path(path), self.render(table, Path(path).suffix.lower().removeprefix("."), chart, dark))

    def picture(self, table: Table) -> str:
        """Return the table's own picture as SVG, "" where it has none or none can be drawn here."""
        from stdgraph.exchange.forms import drawn_for_page

        return drawn_for_page(table, lang=table.lang)
