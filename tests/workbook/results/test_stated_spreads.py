"""Uncertainty that values state: read from cells and columns, in the interval, never in the index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pilotscore
from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.measures import from_submission
from pilotscore.measures.measurements import Z95
from pilotscore.ranking.robustness import Effort, Uncertainty, simulate
from pilotscore.ranking.robustness.sensitivity import rank_sensitivity
from pilotscore.workbook import ReadingOptions, read_workbooks
from pilotscore.workbook.tables.mapping import load_mapping
from tests.cli.test_commands import run
from tests.conftest import AS_OF, MINI, from_yaml, row, write_book
from tests.conftest import HEADERS as GOOD_HEADERS

HEADERS = ["编号", "TRL", "一次合格率（%）", "连续运行时间", "安全评估", "环评批复"]


def result(name: str, yield_rate: Any, hours: Any = 80, *more: Any) -> list[Any]:
    return [name, 7, yield_rate, hours, "已完成", "是", *more]


def book(path: Path, *rows: list[Any], headers: list[str] | None = None) -> Path:
    return write_book(path / "b.xlsx", {"成果": [headers or HEADERS, *rows]})


def read(
    path: Path, *rows: list[Any], headers: list[str] | None = None, mini: Path, **options: Any
):
    criteria = load_criteria(mini).criteria
    return read_workbooks(
        [book(path, *rows, headers=headers)], criteria, ReadingOptions(**options)
    ), criteria


def uncertainties(submission, criteria: CriteriaSet) -> dict[tuple[int, str], tuple[float, float]]:
    found = {k: s.standard(criteria.uncertainty) for k, s in submission.spreads.items()}
    return {k: (round(a, 9), round(b, 9)) for k, (a, b) in found.items()}


def codes(submission) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for f in submission.findings:
        if f.code.startswith("V47"):
            found.setdefault(f.code, []).append(f.place.cell)
    return found


def test_in_the_cell(tmp_path: Path, mini: Path):
    s, criteria = read(
        tmp_path, result("P-1", "92.5±0.4", "80 h ± 5 %"), result("P-2", 90), mini=mini
    )
    assert s.values[:, 1].tolist() == [92.5, 90]
    assert uncertainties(s, criteria) == {(0, "yield_rate"): (0.2, 0.2), (0, "run_hours"): (2, 2)}
    assert codes(s) == {"V470": ["C2", "D2"]}


def test_in_a_column_beside(tmp_path: Path, mini: Path):
    headers = [
        "编号",
        "TRL",
        "一次合格率（%）",
        "不确定度",
        "连续运行时间（天）",
        "U(h)",
        "安全评估",
        "环评批复",
    ]
    rows = [
        ["P-1", 7, 92.5, 0.4, 5, 6, "已完成", "是"],
        ["P-2", 7, 90, "", 5, "很小", "已完成", "是"],
        ["P-3", 7, "90±1", 0.4, 5, -1, "已完成", "是"],
        ["P-4", 7, "", 0.4, 5, "#N/A", "已完成", "是"],
    ]
    s, criteria = read(tmp_path, *rows, headers=headers, mini=mini)
    assert uncertainties(s, criteria) == {
        (0, "yield_rate"): (0.4, 0.4),
        (0, "run_hours"): (3, 3),
        (2, "yield_rate"): (0.5, 0.5),
    }  # the cell's own goes before the column
    assert codes(s) == {"V470": ["C4"], "V471": ["F3", "F4", "F5"], "V474": ["D1", "F1"]}
    assert not [f for f in s.findings if f.severity == "error" and f.result in ("P-2", "P-3")]


def test_a_column_of_shares(tmp_path: Path, mini: Path):
    headers = [*HEADERS, "连续运行时间不确定度（%）"]
    s, criteria = read(tmp_path, result("P-1", 92.5, 80, 5), headers=headers, mini=mini)
    assert uncertainties(s, criteria) == {(0, "run_hours"): (4, 4)}


def test_percent_formats_in_both(tmp_path: Path, mini: Path):
    import openpyxl

    headers = ["编号", "TRL", "一次合格率", "不确定度", "连续运行时间", "安全评估", "环评批复"]
    path = book(tmp_path, ["P-1", 7, 0.925, 0.004, 80, "已完成", "是"], headers=headers)
    wb = openpyxl.load_workbook(path)
    wb.active["C2"].number_format = wb.active["D2"].number_format = "0.0%"
    wb.save(path)
    criteria = load_criteria(mini).criteria
    s = read_workbooks([path], criteria)
    assert s.values[0, 1] == 92.5
    assert uncertainties(s, criteria) == {(0, "yield_rate"): (0.4, 0.4)}


ENDS = ["编号", "TRL", "一次合格率（%）", "下限", "上限", "连续运行时间", "安全评估", "环评批复"]


def with_ends(*ends: tuple[Any, Any, Any]) -> list[list[Any]]:
    return [[f"P-{n}", 7, *three, 80, "已完成", "是"] for n, three in enumerate(ends)]


def test_both_ends_of_an_interval(tmp_path: Path, mini: Path):
    rows = with_ends((92.5, 90.54, 96.42), (90, 91, 95), (88, "", 95), (88, 88, 88))
    s, criteria = read(tmp_path, *rows, headers=ENDS, mini=mini)
    assert uncertainties(s, criteria) == {(0, "yield_rate"): (1, 2), (3, "yield_rate"): (0, 0)}
    assert codes(s) == {"V472": ["D3"], "V474": ["E1", "D1"]}


def test_limits_of_quality_are_no_interval(tmp_path: Path, mini: Path):
    rows = with_ends((92.5, 85, 100), (90, 85, 100))
    s, _ = read(tmp_path, *rows, headers=ENDS, mini=mini)
    assert not s.spreads
    assert codes(s) == {"V473": ["D1"], "V474": ["E1", "D1"]}


def test_in_a_form(tmp_path: Path, mini: Path):
    form = [
        ["成果编号", "P-1"],
        ["技术就绪水平", 7],
        ["一次合格率", "92.5±0.4 %"],
        ["连续运行时间", 80],
        ["安全评估", "已完成"],
        ["环评批复", "是"],
    ]
    criteria = load_criteria(mini).criteria
    s = read_workbooks([write_book(tmp_path / "f.xlsx", {"表": form})], criteria)
    assert uncertainties(s, criteria) == {(0, "yield_rate"): (0.2, 0.2)}


def test_the_page_of_what_was_understood_says_it(tmp_path: Path, mini: Path):
    s, _ = read(tmp_path, *with_ends((92.5, 91, 94)), headers=ENDS, mini=mini, understand=True)
    roles = [(c.head.text, c.head.role, c.head.name) for c in s.pages[0].columns]
    assert ("下限", "uncertainty", "yield_rate") in roles
    assert ("上限", "uncertainty", "yield_rate") in roles


def test_a_mapping_file_needs_to_say_nothing_of_it(tmp_path: Path, mini: Path):
    headers = [
        "编号",
        "TRL",
        "转化率",
        "转化率不确定度",
        "连续运行时间",
        "U",
        "安全评估",
        "环评批复",
    ]
    path = book(tmp_path, ["P-1", 7, 92.5, 0.4, 80, 6, "已完成", "是"], headers=headers)
    said = tmp_path / "map.yaml"
    said.write_text("headers: {转化率: {is: yield_rate, unit: '%'}}\n", encoding="utf-8")
    criteria = load_criteria(mini).criteria
    s = read_workbooks([path], criteria, ReadingOptions(mapping=load_mapping(said, criteria)))
    assert uncertainties(s, criteria) == {(0, "yield_rate"): (0.4, 0.4), (0, "run_hours"): (3, 3)}
    shown = run("map", str(path), "-c", str(mini), "--map", str(said)).stdout
    assert "不确定度" not in shown
    assert "left_over" not in shown


def test_bounds_of_the_value_are_one_sided_ones_of_95_percent(tmp_path: Path, mini: Path):
    s, criteria = read(tmp_path, result("P-1", "92.5±0.4"), mini=mini)
    m = from_submission(s, criteria, AS_OF)
    assert m.low[0, 1] == pytest.approx(92.5 - Z95 * 0.2)
    assert m.high[0, 1] == pytest.approx(92.5 + Z95 * 0.2)
    assert m.uncertain(slice(None)).tolist() == [[False, True, False, False, False]]


def proven(name: str, yield_rate: Any, hours: Any = 80) -> list[Any]:
    """Return a result whose evidence cuts no score down."""
    return row(id=name, yield_rate=yield_rate, run_hours=hours)


def ranked(path: Path, mini: Path, *rows: list[Any]) -> Any:
    return pilotscore.rank(book(path, *rows, headers=GOOD_HEADERS), mini, as_of=AS_OF)


def test_it_goes_into_the_interval_by_hand(tmp_path: Path, mini: Path):
    """The yield weighs 60 % x 30 %, two points of score for each of its own: 0.36 a point."""
    a = ranked(tmp_path, mini, proven("P-1", "92.5±4", "80±10")).assessment
    own = [0.36 * Z95 * 2, 0.12 * Z95 * 5]  # run hours: 60 % x 20 %, a point for each hour
    assert a.measured_high[0] - a.index[0] == pytest.approx(np.hypot(*own))
    assert a.index[0] - a.measured_low[0] == pytest.approx(np.hypot(*own))


def test_explain_says_how_far_each_takes_the_index(tmp_path: Path, mini: Path):
    from pilotscore.render.json import plain
    from pilotscore.render.plain_text import page_text
    from pilotscore.runs.explained import explain_result
    from pilotscore.views.explanation import document

    e = explain_result(ranked(tmp_path, mini, proven("P-1", "92.5±4", "80±10")), 0)
    assert [u.id for u in e.uncertain] == ["yield_rate", "run_hours"]
    reach = 0.36 * Z95 * 2
    assert (e.uncertain[0].below, e.uncertain[0].above) == pytest.approx((reach, reach))
    whole = np.hypot(*(u.above for u in e.uncertain))
    a = e.outcome.assessment
    assert a.measured_high[0] - a.index[0] == pytest.approx(whole)
    assert "First-pass yield  92.5% (u 2): -1.18 / +1.18" in page_text(document(e).page(), "en")
    (first, _) = plain(document(e).record(), "en")["uncertain"]
    assert first["low"] == pytest.approx(92.5 - 2 * Z95)
    nothing = explain_result(ranked(tmp_path, mini, proven("P-1", 92.5)), 0)
    assert nothing.uncertain == ()


def test_robustness_and_sensitivity_draw_it(tmp_path: Path, mini: Path):
    rows = [proven("P-1", "92.5±4"), proven("P-2", 92)]
    fixed = Uncertainty(weights="stated")
    r = simulate(ranked(tmp_path, mini, *rows).ranking, fixed, Effort(20_000, 20_000, seed=3))
    # the yields are a quarter of a standard uncertainty apart: Phi(0.25) = 0.5987
    assert r.first.max() == pytest.approx(0.5987, abs=0.01)
    found = rank_sensitivity(r.model, ("index",))
    assert found.factors == ("measurement",)
    assert found.total == pytest.approx([1], abs=0.05)
    off = Uncertainty(weights="stated", measurement=False)
    assert simulate(r.ranking, off, Effort(500, 500)).first.max() == 1


HALVES = st.lists(st.integers(0, 400).map(lambda k: k / 10), min_size=2, max_size=2)
VALUES = st.tuples(
    st.integers(0, 1000).map(lambda k: k / 10), st.integers(0, 1200).map(lambda k: k / 10)
)


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(VALUES, HALVES), min_size=1, max_size=4), st.sampled_from([1.0, 0.0, -2.0])
)
def test_it_never_moves_the_index_which_lies_in_its_interval(
    tmp_path: Path, mini: Path, drawn, exponent
):
    path = tmp_path / "set.yaml"
    path.write_text(f"{MINI}aggregation: {{exponent: {exponent}}}\n", encoding="utf-8")
    (tmp_path / "mini-policy.yaml").write_bytes((mini.parent / "mini-policy.yaml").read_bytes())
    plain = [proven(f"P-{n}", f"{y}%", h) for n, ((y, h), _) in enumerate(drawn)]
    stated = [
        proven(f"P-{n}", f"{y}%±{a}%", f"{h}±{b}") for n, ((y, h), (a, b)) in enumerate(drawn)
    ]
    bare, own = (ranked(tmp_path, path, *rows).assessment for rows in (plain, stated))
    assert own.index.tolist() == bare.index.tolist()
    assert own.grade.tolist() == bare.grade.tolist()
    assert (own.measured_low <= own.index).all()
    assert (own.index <= own.measured_high).all()
    assert (own.high >= bare.high).all()
    assert (bare.measured_low == bare.index).all()


def test_a_set_says_what_plus_minus_is(tmp_path: Path, mini: Path):
    plain = from_yaml(MINI) | {"uncertainty": {"plus_minus": 1}}
    criteria = CriteriaSet.model_validate(plain)
    s = read_workbooks([book(tmp_path, result("P-1", "92.5±0.4"))], criteria)
    assert uncertainties(s, criteria) == {(0, "yield_rate"): (0.4, 0.4)}
