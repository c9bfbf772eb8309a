"""What fits on a sheet of a workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pilotscore.document import Chart, Column, Document, Gap, Series, Sheet, Table
from pilotscore.language import same
from pilotscore.render import xlsx_room
from pilotscore.render.xlsx import write_xlsx
from pilotscore.render.xlsx_room import rows_of, within


def table(rows: int) -> Table:
    return Table((Column("n", same("n"), "rank"),), [[n] for n in range(rows)])


def chart(at: tuple[int, int] | None) -> Chart:
    return Chart("bar", same("c"), (Series(same("n"), values="n", categories="n"),), at=at)


def test_blocks_stand_one_below_the_other():
    blocks = (same("a note"), table(3), chart((0, 4)), Gap(2), chart(None), table(1))
    rows = [row for row, _ in rows_of(Sheet(same("s"), blocks))]
    assert rows == [0, 1, 5, 5, 7, 7 + 17]


@pytest.mark.parametrize("rows", [0, 1, 9])
def test_what_fits_is_as_it_was(rows: int):
    sheets = [Sheet(same("s"), (table(rows),))]
    assert within(sheets, most=10) == (sheets, [])


@pytest.mark.parametrize(
    ("blocks", "written"),
    [
        ((table(10),), [9]),
        ((same("a note"), table(50)), [8]),
        ((table(3), Gap(1), table(50)), [3, 4]),
        ((table(50), same("below"), table(2)), [9]),
        ((table(8), Gap(1), table(2)), [8]),
        ((Gap(20), table(2)), []),
    ],
)
def test_rows_that_a_sheet_has_no_room_for_are_left_out_and_told(blocks, written: list[int]):
    (summary, sheet), (cut,) = within([Sheet(same("s"), blocks)], most=10)
    assert [len(b.rows) for b in sheet.blocks if isinstance(b, Table)] == written
    assert all(row <= 10 for row, _ in rows_of(sheet))
    count = sum(len(b.rows) for b in blocks if isinstance(b, Table))
    assert (cut.count, cut.written) == (count, sum(written))
    assert f"{sum(written)} of {count} rows" in cut.said.to("en")
    assert f"{count} 行中的前 {sum(written)} 行" in cut.said.to("zh")
    told = summary.blocks[-1]
    assert isinstance(told, Table)
    assert told.rows == [[sheet.name, count, cut.written, count - cut.written]]


def test_a_chart_beside_a_table_that_is_cut_stays():
    (_, sheet), _ = within([Sheet(same("s"), (table(50), chart((0, 4))))], most=10)
    assert len(sheet.blocks) == 2


def test_the_workbook_says_what_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xlsx_room.within, "__defaults__", (10,))
    whole = table(30)
    document = Document(same("t"), sheets=lambda: [Sheet(same("s"), (whole,))], table=lambda: whole)
    said = write_xlsx(document, tmp_path / "a.xlsx", "en")
    assert said is not None
    assert said.to("en").count("9 of 30 rows") == 2
    first, shown, data = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    assert first.title == "Left out"
    assert (shown.max_row, data.max_row) == (10, 10)
    assert shown.auto_filter.ref == "A1:A10"
    assert (
        write_xlsx(Document(same("t"), table=lambda: table(3)), tmp_path / "b.xlsx", "en") is None
    )
