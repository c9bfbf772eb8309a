"""What a panel came to, in the workbook of results: index and interval follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotscore.errors import UsageError
from pilotscore.index import origin_shares
from pilotscore.runs.assess import rank
from pilotscore.runs.panel_fill import PanelFill, fill
from pilotscore.runs.panel_rules import rules_of
from tests.conftest import AS_OF, HEADERS, row, write_book

HEAD = ["专家", "编号", "指标", "分数"]


@pytest.fixture
def results(tmp_path: Path) -> Path:
    rows = [row(id="P-1", yield_rate=60), row(id="P-2", title="催化剂", yield_rate=60)]
    return write_book(tmp_path / "r.xlsx", {"成果": [HEADERS, *rows]})


def filled(tmp_path: Path, results: Path, mini: Path, rows: list[list[Any]]) -> PanelFill:
    scores = write_book(tmp_path / "s.xlsx", {"评分": [HEAD, *rows]})
    rules = rules_of(str(mini), {"scale": (0, 100)})
    return fill(results, [scores], str(mini), rules, tmp_path / "out.xlsx")


@pytest.mark.slow
def test_values_and_intervals_go_on_to_the_index(tmp_path: Path, results: Path, mini: Path):
    rows = [
        [e, r, "一次合格率", v]
        for r, of in (("P-1", (90, 96, 93)), ("P-2", (70, 70, 73)))
        for e, v in zip("甲乙丙", of, strict=True)
    ]
    made = filled(tmp_path, results, mini, rows)
    assert made.otherwise == ()
    assert made.written == {("P-1", "yield_rate"): 93, ("P-2", "yield_rate"): 71}
    before = rank(results, mini, as_of=AS_OF)
    after = rank(tmp_path / "out.xlsx", mini, as_of=AS_OF)
    j = after.criteria.indicator_position["yield_rate"]
    assert after.submission.values[:, j].tolist() == [93, 71]
    assert after.assessment.index[0] > before.assessment.index[0]
    assert after.submission.judged == {(0, "yield_rate"), (1, "yield_rate")}
    shares = origin_shares(after.assessment)
    assert shares.judged[:2] == pytest.approx([made.judged_share] * 2)
    spread = after.submission.spreads[0, "yield_rate"]
    assert spread.below == pytest.approx(spread.above)
    assert spread.below > 0
    measured = after.assessment.measured_high - after.assessment.measured_low
    assert measured[0] > 0
    assert (before.assessment.measured_high - before.assessment.measured_low)[0] == 0


def test_levels_are_rounded_down(tmp_path: Path, results: Path, mini: Path):
    rows = [[e, "P-1", "TRL", v] for e, v in zip("甲乙丙", (7, 7, 6), strict=True)]
    made = filled(tmp_path, results, mini, rows)
    assert made.written == {("P-1", "trl"): 6}
    assert made.judged_share == pytest.approx(0.6 * 0.5)
    assert made.otherwise == ()


def test_who_is_not_in_the_workbook_and_what_has_no_column(tmp_path: Path, mini: Path):
    book = write_book(tmp_path / "r.xlsx", {"s": [["编号", "成果名称", "TRL"], ["P-1", "x", 5]]})
    rows = [["甲", "P-1", "一次合格率", 90], ["甲", "P-9", "一次合格率", 90]]
    made = filled(tmp_path, book, mini, rows)
    assert made.unknown == ("P-9",)
    assert made.written == {}
    assert "E929" in [f.code for f in made.findings]


def test_nothing_that_takes_numbers_was_scored(tmp_path: Path, results: Path, mini: Path):
    with pytest.raises(UsageError):
        filled(tmp_path, results, mini, [["甲", "P-1", "味道", 9]])


def test_standard_scores_are_refused(tmp_path: Path, results: Path, mini: Path):
    rules = rules_of(str(mini), {"correction": "standardise"})
    with pytest.raises(UsageError):
        fill(results, [results], str(mini), rules, tmp_path / "o.xlsx")
