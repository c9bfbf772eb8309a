from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from pilotscore.workbook.open.calculated import is_uncalculated, with_results
from pilotscore.workbook.open.cell_formats import FormatsByColumn
from pilotscore.workbook.open.notes import SheetNotes, Spot
from pilotscore.workbook.open.number_format import number_format
from pilotscore.workbook.open.sheets import Book, Sheet


def book(rows: list[list[Any]], name: str = "a.xlsx", **notes: Any) -> Book:
    return Book(name, name, (Sheet(name, "S", True, rows, (), SheetNotes(**notes)),))


def holes(*spots: Spot) -> frozenset[Spot]:
    return frozenset(spots)


@pytest.mark.parametrize("noted", ["unsaved_formulas", "uncalculated"])
def test_results_are_laid_over_and_all_else_stays(noted: str):
    own = book(
        [["id", 1.0], ["a", 0.0]], **{noted: holes((1, 1), (3, 2))}, hidden_rows=frozenset({1})
    )
    copy = book(
        [["changed", 9.0], ["b", 7.5], [], ["", "", datetime.date(2030, 1, 1)]], "copy.xlsx"
    )
    assert is_uncalculated(own)
    done, count = with_results(own, copy)
    assert count == 2
    assert not is_uncalculated(done)
    (sheet,) = done.sheets
    assert sheet.rows == [["id", 1.0], ["a", 7.5], [], ["", "", datetime.date(2030, 1, 1)]]
    assert (done.name, done.sha256, sheet.book) == ("a.xlsx",) * 3
    assert sheet.notes.hidden_rows == {1}
    assert own.sheets[0].rows == [["id", 1.0], ["a", 0.0]]  # what was read is not changed


def test_an_error_is_an_error_and_an_unknown_function_no_result():
    own = book([["", "", "", ""]], unsaved_formulas=holes((0, 0), (0, 1), (0, 2), (0, 3)))
    errors = {(0, 0): "#DIV/0!", (0, 1): "#NAME?"}
    copy = book([["", "", "x", ""]], error_cells=errors, unsaved_formulas=holes((0, 3)))
    done, count = with_results(own, copy)
    assert count == 2
    notes = done.sheets[0].notes
    assert notes.error_cells == {(0, 0): "#DIV/0!"}
    assert notes.unsaved_formulas == {(0, 1), (0, 3)}
    assert done.sheets[0].rows == [["", "", "x", ""]]


def test_a_copy_without_the_sheet_gives_nothing():
    own = book([[""]], unsaved_formulas=holes((0, 0)))
    copy = book([["x"]])
    other = replace(copy, sheets=(replace(copy.sheets[0], name="T"),))
    assert with_results(own, other) == (own, 0)


def test_the_format_of_a_result_is_known():
    percent, other = number_format("0%"), number_format("0.0%")
    own = book(
        [["", ""]],
        unsaved_formulas=holes((0, 0), (0, 1)),
        formats=FormatsByColumn({1: {0: other, 5: other}}),
    )
    copy = book(
        [[0.5, 0.5]], formats=FormatsByColumn({0: {0: percent, 1: percent}, 1: {0: percent}})
    )
    formats = with_results(own, copy)[0].sheets[0].notes.formats
    assert formats
    assert [formats.at(0, 0), formats.at(0, 1), formats.at(1, 0)] == [percent, other, None]
    assert dict(formats.of_column(0)) == {0: percent}
    assert dict(formats.of_column(1)) == {0: other, 5: other}
