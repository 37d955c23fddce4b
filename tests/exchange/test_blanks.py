"""Empty forms: what is printed is read again, in either language and in each form."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import stdgraph
from stdgraph.exchange.blanks import as_csv, as_workbook
from stdgraph.services.intake import sheets, templates
from stdgraph.services.intake.headings import column_called, filled
from stdgraph.services.intake.sheet import is_comment

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads the workbook back")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(templates()))
def test_a_printed_form_is_read_as_that_form(name: str, lang: str, tiny: stdgraph.Graph) -> None:
    (blank,) = tiny.blanks(name)
    (sheet,) = sheets(Path("x.csv"), as_csv(blank, lang).encode())
    read = filled(sheet, templates()[name])
    assert not read.faults
    assert not read.lines
    (head,) = [cells for _, cells in sheet.rows if not is_comment(cells)]
    assert len(head) == len(templates()[name].columns)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_workbook_has_lists_to_choose_from_and_both_languages(lang: str, tiny: stdgraph.Graph) -> None:
    blanks = tiny.blanks("bodies", "offices")
    data = as_workbook(blanks, lang)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["bodies", "offices", "Codes" if lang == "en" else "代码"]
    for blank in blanks:
        sheet = book[blank.name]
        assert [cell.value for cell in sheet[1]] == [column.heading[lang] for column in blank.columns]
        other = {"en": "zh", "zh": "en"}[lang]
        assert [cell.value.removeprefix("# ") for cell in sheet[2]] == [c.heading[other] for c in blank.columns]
        assert all(
            column.about[lang] in cell.comment.text for cell, column in zip(sheet[1], blank.columns, strict=True)
        )
        lists = [d for d in sheet.data_validations.dataValidation if d.type == "list"]
        assert len(lists) == sum(bool(column.choices) for column in blank.columns)
    for rule in lists:
        sheet_name, _, cells = rule.formula1.partition("!")
        first, _, last = cells.replace("$", "").partition(":")
        listed = book[sheet_name.strip("'")][f"{first}:{last or first}"]
        assert all(row[0].value for row in listed)
    read = [filled(sheet) for sheet in sheets(Path("x.xlsx"), data)]
    assert [(one.lines, one.faults) for one in read] == [([], []), ([], [])]
    assert as_workbook(blanks, lang) == data


def test_what_a_form_offers_it_takes(tiny: stdgraph.Graph) -> None:
    from stdgraph.services.intake.things import Things
    from stdgraph.services.intake.values import Values

    values = Values(tiny.reads, Things(tiny.reads))
    offered = {
        column.choices: column_called(templates()[blank.name], column.heading["en"])
        for blank in tiny.blanks()
        for column in blank.columns
    }
    for choices, column in offered.items():
        for code, english, chinese in choices:
            assert column
            told = {str(values.of(column, text)) for text in (code, english, chinese) if text}
            assert len(told) == 1, (column.name, code, told)


def test_every_column_has_its_words_in_both_languages() -> None:
    for form in templates().values():
        headings = [word for column in form.columns for word in (column.name, column.zh)]
        assert len(set(headings)) == len(headings)
        assert all(column.about["en"] and column.about["zh"] for column in form.columns)
        assert set(form.same) <= {column.name for column in form.columns}


def test_every_column_states_what_the_ontology_declares(repository: stdgraph.Graph) -> None:
    terms = {column.property for form in templates().values() for column in form.columns} - {"", "a"}
    assert all(repository.query(f"ASK {{ {term} a ?kind }}") or term.startswith("skos:") for term in terms)
