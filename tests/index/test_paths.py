"""Paths up: proven by scoring again, and the least effort by trying everything."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.index import Assessment, Status, assess, paths, paths_up
from pilotscore.index.moves import Move, apply_moves, possible_moves
from pilotscore.index.paths import _Search
from pilotscore.index.scored_again import copies
from pilotscore.index.weights import adds_up
from pilotscore.measures import from_submission
from pilotscore.workbook import read_workbooks
from tests.conftest import AS_OF, HEADERS, MINI, MakeBook, row, write_book


def variant(folder: Path, *changes: tuple[str, str], more: str = "") -> CriteriaSet:
    text = MINI
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / "variant.yaml"
    path.write_text(text + more, encoding="utf-8")
    return load_criteria(path).criteria


def assessed(path: Path, criteria: CriteriaSet) -> Assessment:
    return assess(from_submission(read_workbooks([path], criteria)), criteria, AS_OF)


def described(moves: tuple[Move, ...], criteria: CriteriaSet) -> dict[str, object]:
    return {criteria.indicators[m.indicator].id: (m.value, m.evidence) for m in moves}


def by_trying_everything(a: Assessment, target: int) -> float | None:
    """Return the least effort of any set of moves, one for each indicator, that reaches a grade."""
    moves = possible_moves(a, 0)
    groups = [
        [None, *(m for m in moves if m.indicator == j)]
        for j in sorted({m.indicator for m in moves})
    ]
    sets = [tuple(m for m in chosen if m) for chosen in itertools.product(*groups)]
    scored = _Search(a, 0, target).score(sets)
    efforts = [
        sum(m.effort for m in s)
        for k, s in enumerate(sets)
        if scored.status[k] == Status.GRADED and scored.grade[k] <= target
    ]
    return min(efforts, default=None)


cells = st.fixed_dictionaries(
    {
        "trl": st.integers(1, 9),
        "yield_rate": st.one_of(st.integers(50, 100), st.just("")),
        "run_hours": st.integers(0, 100),
        "hazard": st.sampled_from(["未做", "部分完成", "已完成"]),
        "permit": st.sampled_from(["是", "否"]),
        "trl_evidence": st.sampled_from(["E1", "E2", "E3"]),
        "disputed": st.sampled_from(["是", "否"]),
    }
)
ANCHORS = (0, 1, 2, 50, 100, *range(1, 10))
SMALL = [
    ("points: [[1, 0], [5, 50], [9, 100]]", "points: [[1, 0], [9, 100]]"),
    ("scale: [1, 9]", "scale: [1, 9]\n        effort: 2"),
]


@pytest.mark.slow
@given(cells)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_cheapest_is_the_cheapest_of_all_and_reaches_the_grade(tmp_path: Path, base: dict):
    criteria = variant(tmp_path, *SMALL)
    a = assessed(write_book(tmp_path / "b.xlsx", {"S": [HEADERS, row(**base)]}), criteria)
    guidance = paths_up(a, 0)
    if guidance.target is None:
        assert a.grade[0] == 0
        return
    least = by_trying_everything(a, guidance.target)
    if least is None:
        assert guidance.cheapest is None
        assert guidance.blocked
        return
    assert guidance.cheapest is not None
    # Cut down from the least of all, it may take less, and never more.
    assert guidance.cheapest.effort <= least * (1 + 2e-3)
    if guidance.cheapest.effort < least * (1 - 2e-3):
        assert any(m.value not in (None, *ANCHORS) for m in guidance.cheapest.moves)
    for path in (*guidance.singles, *guidance.pairs, guidance.cheapest):
        values, states, evidence = apply_moves(a, 0, [path.moves])
        m = copies(a.measurements, 0, 1)
        from dataclasses import replace

        again = assess(
            replace(m, values=values, low=values, high=values, states=states, evidence=evidence),
            criteria,
            AS_OF,
        )
        assert again.grade[0] == path.grade <= guidance.target
        assert again.index[0] == pytest.approx(path.index, abs=1e-9)
        assert path.effort >= guidance.cheapest.effort - 1e-9


@pytest.mark.slow
@given(cells)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_programme_alone_finds_the_least_effort_of_all(tmp_path: Path, base: dict):
    criteria = variant(tmp_path, *SMALL)
    a = assessed(write_book(tmp_path / "b.xlsx", {"S": [HEADERS, row(**base)]}), criteria)
    if a.status[0] != Status.GRADED or a.grade[0] == 0:
        return
    target = int(a.grade[0]) - 1
    search = _Search(a, 0, target)
    found, proven, blocked = search._cheapest(search.score([(m,) for m in search.moves]))
    least = by_trying_everything(a, target)
    if least is None:
        assert found is None
        assert blocked
        return
    assert found is not None  # nothing of it is cut down yet
    assert found.effort == pytest.approx(least, rel=2e-3)
    assert proven
    assert found.grade <= target


def test_singles_before_pairs(book: MakeBook, tmp_path: Path):
    criteria = variant(tmp_path)
    near = assessed(book(row(trl=6)), criteria)  # only the level of grade A is missing
    g = paths_up(near, 0)
    assert described(g.singles[0].moves, criteria) == {"trl": (7.0, None)}
    assert g.pairs == ()
    far = assessed(book(row(trl=6, hazard="部分完成", permit="否")), criteria)
    g = paths_up(far, 0, 0)
    assert g.singles == ()
    assert g.pairs
    assert {"trl", "hazard"} == set(described(g.pairs[0].moves, criteria))


@pytest.mark.slow
@pytest.mark.parametrize("trl", [3, 5, 6])
@pytest.mark.parametrize("hazard", ["未做", "部分完成"])
@pytest.mark.parametrize("permit", ["是", "否"])
def test_pairs_left_out_for_what_they_add_up_to_would_not_reach_the_grade(
    book: MakeBook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trl: int,
    hazard: str,
    permit: str,
):
    criteria = variant(tmp_path)
    a = assessed(book(row(trl=trl, hazard=hazard, permit=permit, run_hours=40)), criteria)
    target = max(int(a.grade[0]) - 1, 0)
    fewer, kept = paths_up(a, 0, target), _Search(a, 0, target)
    left = len(kept._pairs(kept.score([(m,) for m in kept.moves])))
    monkeypatch.setattr(paths, "adds_up", lambda _: False)
    assert paths_up(a, 0, target) == fewer
    assert left <= len(kept._pairs(kept.score([(m,) for m in kept.moves])))


@pytest.mark.parametrize(
    ("change", "adds"),
    [
        (("weight: 60", "weight: 60"), True),
        (("not_applicable: mode == batch", "not_applicable: trl < 3"), False),
        (("    weight: 60", "    weight: 60\n    lowest_share: 0.3"), False),
    ],
)
def test_gains_add_up_in_a_weighted_sum_alone(tmp_path: Path, change: tuple[str, str], adds: bool):
    assert adds_up(variant(tmp_path, change)) is adds


def test_better_evidence_is_a_move(book: MakeBook, tmp_path: Path):
    criteria = variant(tmp_path)
    cells = row()
    for c in (3, 5, 7, 9, 11):
        cells[c] = "E1"
    a = assessed(book(cells), criteria)
    assert criteria.grades[a.grade[0]].id == "C"
    g = paths_up(a, 0)
    assert g.cheapest is not None
    assert all(m.value is None and m.evidence is not None for m in g.cheapest.moves)


def unstated(**changes: Any) -> list[Any]:
    cells = row(**changes)
    for c in (3, 5, 7, 9, 11):
        cells[c] = ""
    return cells


def test_to_state_evidence_is_the_first_path(book: MakeBook, tmp_path: Path):
    criteria = variant(tmp_path)
    g = paths_up(assessed(book(unstated()), criteria), 0)
    assert g.stating is not None
    assert g.stating_reaches
    assert all(m.value is None and m.evidence is not None for m in g.stating.moves)
    assert g.stating.index > 60
    assert paths_up(assessed(book(row(trl=6)), criteria), 0).stating is None  # all is stated


def test_stating_evidence_is_told_where_it_is_not_enough(book: MakeBook, tmp_path: Path):
    a = assessed(book(unstated(trl=4, disputed="是", hazard="部分完成")), variant(tmp_path))
    g = paths_up(a, 0, 0)
    assert g.stating is not None
    assert not g.stating_reaches
    assert g.stating.index > a.index[0]
    assert all(m.after > m.before for m in g.stating.moves)


def test_evidence_that_lifts_nothing_is_no_path(book: MakeBook, tmp_path: Path):
    low = unstated(trl=3, yield_rate=60, run_hours=10, hazard="部分完成", permit="否")
    g = paths_up(assessed(book(low), variant(tmp_path)), 0)
    assert g.target is not None
    assert g.stating is None


def test_a_gate_that_nothing_in_the_indicators_opens_blocks(book: MakeBook, tmp_path: Path):
    a = assessed(book(row(disputed="是")), variant(tmp_path))
    g = paths_up(a, 0)
    assert (g.singles, g.pairs, g.cheapest) == ((), (), None)
    assert "settle the ownership" in g.blocked[0].text.to("en")


def test_without_a_grade_it_says_why(book: MakeBook, tmp_path: Path):
    criteria = variant(tmp_path)
    a = assessed(book(row(fraud="是"), row(id="P-2", trl="")), criteria)
    assert [paths_up(a, i).target for i in (0, 1)] == [None, None]
    assert paths_up(a, 0).blocked[0].text.to("en") == "misconduct"
    assert "Technology readiness" in paths_up(a, 1).blocked[0].text.to("en")


def test_the_best_grade_has_nowhere_to_go(book: MakeBook, tmp_path: Path):
    g = paths_up(assessed(book(row(trl=9)), variant(tmp_path)), 0)
    assert (g.target, g.blocked, g.cheapest) == (None, (), None)


@pytest.mark.parametrize(
    "more",
    [
        "aggregation: {exponent: 0}\n",
        "aggregation: {exponent: -1}\n",
        "aggregation: {method: points}\n",
    ],
)
def test_other_aggregations_are_proven_by_scoring_again(book: MakeBook, tmp_path: Path, more: str):
    criteria = variant(tmp_path, more=more)
    a = assessed(
        book(row(trl=3, yield_rate=70, run_hours=10, hazard="部分完成", permit="否")), criteria
    )
    g = paths_up(a, 0)
    assert g.cheapest is not None
    assert g.cheapest.grade <= (g.target or 0)
    assert g.proven is False


def test_another_run_with_other_threads_in_the_process_takes_no_path_away(
    book: MakeBook, tmp_path: Path
):
    a = assessed(book(row(trl=6)), variant(tmp_path))
    alone = paths_up(a, 0)
    highspy.Highs.resetGlobalScheduler(True)
    other = highspy.Highs()
    other.setOptionValue("output_flag", False)
    other.setOptionValue("threads", 2)
    other.addVars(2, np.zeros(2), np.ones(2))
    for column in range(2):
        other.changeColCost(column, -1.0)
        other.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    other.addRow(-np.inf, 1.5, 2, np.arange(2, dtype=np.int32), np.ones(2))
    assert other.run() == highspy.HighsStatus.kOk
    assert alone.cheapest is not None
    assert paths_up(a, 0) == alone
    highspy.Highs.resetGlobalScheduler(True)


def test_the_solver_says_nothing(book: MakeBook, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    paths_up(assessed(book(row(trl=3, hazard="部分完成")), variant(tmp_path)), 0)
    assert capfd.readouterr() == ("", "")


def test_values_are_cut_down_to_what_it_takes(book: MakeBook, tmp_path: Path):
    change = ("points: [[0, 0], [100, 100]]", "points: [[0, 0], [1000000000, 100]]")
    for kind in ("number", "count"):
        criteria = variant(
            tmp_path,
            change,
            ("type: number", f"type: {kind}"),
            ("range: [0, 100000]", "range: [0, null]"),
            ("weight: 50\n", "weight: 10\n"),
            ("weight: 20\n", "weight: 60\n"),
        )
        a = assessed(book(row(run_hours=0)), criteria)
        best = next(
            p
            for p in paths_up(a, 0).singles
            if criteria.indicators[p.moves[0].indicator].id == "run_hours"
        )
        value = best.moves[0].value
        assert value is not None
        assert 0 < value < 1_000_000_000
        assert kind == "number" or value.is_integer()


@pytest.mark.parametrize(("now", "goal"), [(60, 75), (95, 85)])
def test_the_goal_of_a_range_is_its_nearer_end(tmp_path: Path, book: MakeBook, now: int, goal: int):
    """Both ends of a plateau score the same; nobody is sent to the far one."""
    points = "direction: range\n        points: [[50, 0], [75, 100], [85, 100], [100, 0]]"
    criteria = variant(tmp_path, ("points: [[50, 0], [100, 100]]", points))
    a = assessed(book(row(yield_rate=now)), criteria)
    best = {m.value for m in possible_moves(a, 0) if m.indicator == 1 and m.value is not None}
    assert goal in best
    assert ({75, 85} - {goal}).isdisjoint(best)
