"""What was understood: the page at two widths in two languages, the table, the data."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from pilotscore.language import Lang
from pilotscore.render.json import plain
from pilotscore.runs.assess import check
from pilotscore.runs.checked import Checked
from pilotscore.views.understood import MOST_PAGES, page, record, short, table
from tests.conftest import AS_OF, HEADERS, row, write_book
from tests.views.conftest import OnScreen


@pytest.fixture
def checked(tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    monkeypatch.chdir(tmp_path)  # so that places do not show where the test ran
    rows = [
        row(),
        row(id="P-2", trl="abc", run_hours="-", yield_rate="约95%"),
        row(id="P-3", trl=11, trl_evidence=""),
    ]
    batches = [["批号", "纯度(%)", "备注"], ["B1", 99.1, "返工"], ["B2", 98, ""]]
    headers = [*HEADERS, "一次性合格率测定", "备注说明"]
    write_book(Path("book.xlsx"), {"成果": [headers, *rows], "批次": batches})
    for k in (4, 8):
        form = [
            ["编号", f"F-{k}"],
            ["TRL", k],
            ["证据等级", "E2"],
            ["连续运行时间", "2天"],
            ["产地", "江东"],
        ]
        write_book(Path(f"form{k}.xlsx"), {"表": form})
    return check(["book.xlsx", "form4.xlsx", "form8.xlsx"], "mini.yaml", as_of=AS_OF)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_page(
    checked: Checked, snapshot: SnapshotAssertion, on_screen: OnScreen, width: int, lang: Lang
):
    shown = on_screen(page(checked.pages, checked.suspicious), width, lang)
    assert shown == snapshot
    assert max(map(cell_len, shown.splitlines())) <= width


def test_many_layouts_are_counted(checked: Checked, on_screen: OnScreen):
    pages = checked.pages * MOST_PAGES
    shown = on_screen(page(pages, checked.suspicious * MOST_PAGES), 120, "en")
    assert f"{len(pages) - MOST_PAGES} more layouts" in shown
    assert len(table(pages, checked.suspicious * MOST_PAGES).rows) == MOST_PAGES * sum(
        len(p.columns) for p in checked.pages
    )


def test_the_record_has_it_under_its_keys(checked: Checked):
    first, *_ = plain(record(checked.pages, checked.suspicious), "en")
    assert first["places"] == [{"file": "book.xlsx", "sheet": "成果", "header_row": 1}]
    trl = next(c for c in first["columns"] if c["name"] == "trl" and c["role"] == "indicator")
    assert (trl["cell"], trl["header"], trl["matched"], trl["evidence"]) == (
        "C",
        "TRL",
        "name",
        "D",
    )
    assert (trl["least"], trl["median"], trl["greatest"]) == (7, 7, 7)
    assert trl["counts"]["error"] == 2
    assert {f["code"] for f in trl["findings"]} >= {"V401", "V402"}
    rate = next(
        c for c in first["columns"] if c["name"] == "yield_rate" and c["role"] == "indicator"
    )
    assert rate["sample"] == {"cell": "E3", "written": "约95%", "read": 95}


@pytest.mark.parametrize(
    ("value", "text"),
    [(1240.0, "1240"), (0.123456, "0.1235"), (12345678.0, "12350000"), (-0.5, "-0.5")],
)
def test_short(value: float, text: str):
    assert short(value) == text
