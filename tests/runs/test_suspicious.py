"""Findings counted on the column where they stand."""

from __future__ import annotations

from pathlib import Path

from pilotscore.runs.assess import check
from pilotscore.runs.checked import Checked
from tests.conftest import AS_OF, HEADERS, MakeBook, row, write_book


def on(checked: Checked, page: int = 0) -> dict[str, dict[str, int]]:
    read, found = checked.pages[page], checked.suspicious[page]
    return {
        f"{c.head.role} {c.head.name}": {kind.code: n for kind, n in kinds}
        for c, kinds in zip(read.columns, found, strict=True)
        if kinds
    }


def test_each_column_has_its_own(book: MakeBook, mini: Path):
    rows = [row(trl="坏"), row(id="P-2", trl=11), row(id="P-3", trl="差", trl_evidence="好")]
    found = on(check(book(*rows), mini, as_of=AS_OF))
    assert found["indicator trl"]["V401"] == 2
    assert found["indicator trl"]["V402"] == 1
    assert list(found) == ["indicator trl", "evidence trl"]


def test_two_tables_of_one_sheet_do_not_share_theirs(mini: Path, tmp_path: Path):
    other = ["编号", "成果名称", "TRL"]
    sheet = [HEADERS, row(trl="坏"), [], [], other, ["Q-1", "甲", 5], ["Q-2", "乙", 6]]
    checked = check(write_book(tmp_path / "b.xlsx", {"S": sheet}), mini, as_of=AS_OF)
    counted = sum(
        on(checked, k).get("indicator trl", {}).get("V401", 0) for k in range(len(checked.pages))
    )
    assert on(checked)["indicator trl"]["V401"] == counted == 1


def test_the_cells_of_forms_are_counted_together(mini: Path, tmp_path: Path):
    for name, trl in (("a", "坏"), ("b", 7), ("c", "差")):
        sheet = [["编号", f"P-{name}"], ["TRL", trl], ["环评批复", "是"], ["连续运行时间", 20]]
        write_book(tmp_path / f"{name}.xlsx", {f"表{name}": sheet})
    checked = check(sorted(tmp_path.glob("*.xlsx")), mini, as_of=AS_OF)
    assert len(checked.pages) == 1
    assert on(checked)["indicator trl"]["V401"] == 2
