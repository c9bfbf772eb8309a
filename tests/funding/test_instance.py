from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pilotscore.criteria import load_call, load_criteria, load_policy
from pilotscore.errors import FaultyFileError
from pilotscore.funding.constraints import nearly_alike
from pilotscore.funding.instance import Instance, apply_call
from pilotscore.runs import assess as assess_run
from tests.conftest import AS_OF, HEADERS, row, to_yaml, write_book

CALL: dict[str, Any] = {
    "id": "c",
    "version": "1",
    "title": "c",
    "criteria": "mini",
    "unit": "万元",
    "budget": {"total": 1000},
    "grant": {"policy_range": False},
}
HEAD = [*HEADERS, "申请金额", "中试成本"]


@pytest.fixture
def instance(tmp_path, mini):
    def make(rows: list[list[Any]], **changes: Any) -> Instance:
        book = write_book(tmp_path / "book.xlsx", {"成果": [HEAD, *rows]})
        path = tmp_path / "call.yaml"
        path.write_text(
            to_yaml({**CALL, **changes}),
            encoding="utf-8",
        )
        outcome = assess_run.rank(book, mini, as_of=AS_OF)
        loaded = load_criteria(mini)
        policy = load_policy(mini.parent / "mini-policy.yaml", loaded).policy
        return apply_call(outcome.ranking, outcome.plan, load_call(path, loaded, policy))

    return make


def asks(amount: Any, cost: Any = 1000, **cells: Any) -> list[Any]:
    return [*row(**cells), amount, cost]


def test_money_is_in_fen_and_bounded(instance):
    found = instance(
        [asks(300), asks("2 亿元", id="P-2"), asks(33.3333, id="P-3")],
        grant={"policy_range": False, "max": 500, "cost_share": "40%", "round_to": 1},
    )
    by_id = dict(zip(["P-1", "P-2", "P-3"], found.grants.amount.tolist(), strict=True))
    assert by_id == {"P-1": 300_000_000, "P-2": 400_000_000, "P-3": 33_000_000}
    assert found.grants.limited_by[1].to("en") == "40% of the pilot's cost"
    assert found.problem.value[0] == pytest.approx(found.problem.score[0] * 300)


def test_gates_are_never_opened_by_a_call(instance):
    found = instance([asks(10, disputed="是"), asks(10, id="P-2", fraud="是"), asks(10, id="P-3")])
    assert found.problem.eligible.tolist() == [False, False, True]
    assert found.refusals[0][0].key == "gates.dispute"
    with pytest.raises(FaultyFileError) as error:
        instance([asks(10, disputed="是")], required=["P-1"])
    assert [f.code for f in error.value.findings] == ["F708"]


def test_requests_that_are_missing_zero_or_below_the_least(instance):
    found = instance(
        [asks(None), asks(0, id="P-2"), asks(5, id="P-3"), asks(50, id="P-4")],
        grant={"policy_range": False, "min": 10},
    )
    assert [f.code for f in found.findings] == ["F701", "F702", "F703"]
    assert [f.place.cell for f in found.findings] == ["Q2", "Q3", "Q4"]
    assert found.problem.eligible.tolist() == [False, False, False, True]
    for finding in found.findings:
        assert finding.sentence("zh")
        assert finding.sentence("en")


def test_conditions_floor_and_grade(instance):
    found = instance(
        [asks(10), asks(10, id="P-2", trl=2), asks(10, id="P-3", mode=None)],
        eligible=[{"id": "m", "title": "m", "when": "mode == continuous", "advice": "state it"}],
        floor=75,
        least_grade="B",
    )
    keys = [[r.key for r in refusals] for refusals in found.refusals]
    assert keys[0] == []
    assert "floor" in keys[1]
    assert "eligible.m" in keys[2]
    lenient = instance(
        [asks(10, mode=None)],
        eligible=[{"id": "m", "title": "m", "when": "mode == continuous", "unknown": "allow"}],
    )
    assert lenient.problem.eligible.tolist() == [True]


def test_the_policys_range_bounds_a_grant_and_names_its_instrument(instance):
    found = instance([asks(700), asks(20, id="P-2")], grant={})
    assert found.grants.instruments[0].id == "equity"
    assert found.refusals[1][0].key == "policy.instruments"
    plain = instance([asks(20)])
    assert plain.grants.amount.tolist() == [20_000_000]


def test_tracks_by_any_spelling_and_strange_ones_are_told(instance):
    tracks = {"run": {"title": "连续", "max": "50%"}, "none": {"title": "无人"}}
    found = instance([asks(10), asks(10, id="P-2", mode="间歇")], track="mode", tracks=tracks)
    assert found.problem.tracks.tolist() == [0, -1]
    assert [f.code for f in found.findings] == ["F704", "F705"]
    with pytest.raises(FaultyFileError) as error:
        instance([asks(10)], track="mode", tracks={"none": {"title": "无人", "min": 10}})
    assert [f.code for f in error.value.findings] == ["F706", "F704"]


def test_levels_and_stages_add_up_to_the_fen(instance):
    found = instance(
        [asks(99.9999)],
        budget={"stages": [{"id": "a", "amount": 500}, {"id": "b", "amount": 500}]},
        levels=[
            {
                "id": "full",
                "title": "full",
                "milestones": [{"share": "33%", "stage": "a"}, {"share": "67%", "stage": "b"}],
            },
            {"id": "part", "title": "part", "share": "60%"},
        ],
    )
    assert found.problem.cost.sum(axis=1).tolist() == [99_999_900, 59_999_940]
    assert (found.problem.cost[0] > 0).all()


def test_caps_per_institution_are_limits_of_their_own(instance):
    caps = {"mode": {"title": "cap", "by": "mode", "max": 15, "max_awards": 1}}
    found = instance([asks(10), asks(10, id="P-2"), asks(10, id="P-3", mode="间歇")], caps=caps)
    keys = [str(limit.id) for limit in found.problem.limits]
    assert keys == ["budget.total", "caps.mode.max[continuous]", "caps.mode.max_awards[continuous]"]
    assert found.title(found.problem.limits[1].id).to("en") == "cap (continuous)"


@pytest.mark.parametrize("allow", [False, True])
def test_a_rule_on_rights_names_what_no_sheet_says(instance, allow: bool):
    rule = {"id": "r", "title": "rights", "when": "core_patent_lapsed == no"}
    rule |= {"unknown": "allow"} if allow else {}
    found = instance([asks(10)], eligible=[rule])
    assert found.problem.eligible.tolist() == [allow]
    if not allow:
        assert "it looks at a core patent has lapsed" in found.refusals[0][0].text.to("en")


def test_unknown_results_and_groups_suggest_the_nearest(instance):
    with pytest.raises(FaultyFileError) as error:
        instance([asks(10)], required=["P-11"], depends=[{"result": "P-1", "needs": "Q"}])
    assert [f.code for f in error.value.findings] == ["F707", "F707"]
    assert "P-1" in error.value.findings[0].sentence("en")
    found = instance(
        [asks(10)], caps={"m": {"title": "m", "by": "mode", "names": ["bach"], "max": 5}}
    )
    assert [f.code for f in found.findings] == ["F709"]


def test_ties_are_broken_by_the_chain_and_logged(instance):
    rows = [asks(30), asks(10, id="P-2"), asks(20, id="P-3"), asks(10, id="P-4")]
    found = instance(rows, tie_breaks=[{"by": "index"}, {"by": "requested", "prefer": "low"}])
    assert found.problem.order.tolist() == [1, 3, 2, 0]
    assert [(t.first, t.second, t.by) for t in found.ties] == [
        (1, 3, "id"),
        (3, 2, "requested"),
        (2, 0, "requested"),
    ]


def test_rows_in_another_order_give_the_same_problem(instance):
    rows = [asks(30), asks(10, id="P-2", trl=6), asks(20, id="P-3", trl=5)]
    one, other = instance(rows), instance(rows[::-1])
    ids = ["P-1", "P-2", "P-3"]
    assert [ids[i] for i in one.problem.order] == [ids[2 - i] for i in other.problem.order]
    assert np.sort(one.grants.amount).tolist() == np.sort(other.grants.amount).tolist()


def test_a_call_may_want_more_gates_open_and_one_that_cannot_be_judged_is_not(instance):
    rows = [asks(10), asks(10, id="P-2", permit_end="2030-01-01"), asks(10, id="P-3", trl=2)]
    open_, wanted = instance(rows), instance(rows, gates=["unproven", "expired"])
    assert open_.problem.eligible.tolist() == [True, True, True]
    closed = wanted.ranking.assessment.gates.closed | wanted.ranking.assessment.gates.unknown
    names = [g.id for g in wanted.ranking.assessment.criteria.gates]
    for i, refusals in enumerate(wanted.refusals):
        told = {
            f"gates.{name}"
            for k, name in enumerate(names)
            if closed[i, k] and name in ("unproven", "expired")
        }
        assert {r.key for r in refusals} == told
        assert all(r.line is not None for r in refusals if r.key in told)


def test_a_level_below_the_least_of_the_instrument_is_none(instance):
    levels = [{"id": "full", "title": "full"}, {"id": "part", "title": "part", "share": "60%"}]
    found = instance([asks(700), asks(2000, id="P-2")], grant={}, levels=levels)
    assert found.grants.least.tolist() == [500_000_000, 500_000_000]
    assert found.problem.owner.tolist() == [0, 1, 1]  # 60 % of 700 is below 500
    assert found.problem.total_cost.tolist() == [700_000_000, 2_000_000_000, 1_200_000_000]


def test_a_level_whose_milestones_name_no_stage_is_paid_by_all_stages(instance):
    stages = [{"id": "a", "amount": 600}, {"id": "b", "amount": 300}, {"id": "c", "amount": 100}]
    found = instance(
        [asks(33.3333), asks(9_999_999, id="P-2", cost=10**8)], budget={"stages": stages}
    )
    assert found.problem.cost[0].tolist() == [19_999_980, 9_999_990, 3_333_330]
    assert found.problem.total_cost.tolist() == [33_333_300, 9_999_999_000_000]
    assert found.problem.cost[1].tolist() == [5_999_999_400_000, 2_999_999_700_000, 999_999_900_000]


def test_results_that_have_their_money_take_places_of_an_exclusion(instance):
    rows = [asks(10), asks(10, id="P-2"), asks(10, id="P-3")]
    found = instance(
        rows,
        funded=[{"result": "P-1", "by": "us"}],
        exclusive={"x": {"results": ["P-1", "P-2", "P-3"], "most": 2}},
    )
    assert found.problem.exclusive[0].most == 1


def test_who_states_no_group_is_told_of_and_keys_do_not_hang_on_the_order_of_rows(instance):
    caps = {"mode": {"title": "cap", "by": "mode", "max": 15}}
    rows = [
        asks(10),
        asks(10, id="P-2"),
        asks(10, id="P-3", mode=None),
        asks(10, id="P-4", mode=None),
    ]
    found = instance(rows, caps=caps)
    (finding,) = found.findings
    assert finding.code == "F715"
    assert finding.place.row == 3
    assert "2; caps.mode does not count them" in finding.sentence("en")
    keys = [[x.id for x in instance(r, caps=caps).problem.limits] for r in (rows, rows[::-1])]
    assert keys[0] == keys[1]


def test_amounts_beyond_all_bounds_and_finer_than_a_fen_are_told(instance):
    found = instance(
        [asks(1e30), asks(12.3456789, id="P-2"), asks(10, id="P-3", cost=1e30)],
        grant={"policy_range": False, "cost_share": "50%"},
    )
    assert sorted(f.code for f in found.findings) == ["F713", "F713", "F716"]
    assert found.grants.requested.min() >= 0
    assert found.refusals[0][0].text.to("en") == "a sum beyond all bounds"
    assert found.problem.eligible.tolist() == [False, True, False]
    told = {f.code: f for f in found.findings}
    assert told["F716"].place.cell == "Q3"
    for finding in found.findings:
        assert "{" not in finding.sentence("zh")


def test_an_empty_quota_counts_those_that_ask_for_nothing(instance):
    with pytest.raises(FaultyFileError) as error:
        instance([asks(None)], track="mode", tracks={"run": {"title": "连续", "min": 10}})
    assert [f.code for f in error.value.findings] == ["F706", "F701"]


def test_slips_of_units_names_and_needs_are_told(instance):
    caps = {"title": {"title": "cap", "by": "mode", "max": 15}}
    found = instance(
        [asks(3_600_000), asks(10, id="P-2", disputed="是"), asks(10, id="P-3")],
        depends=[{"result": "P-3", "needs": "P-2"}],
        caps=caps,
    )
    assert [f.code for f in found.findings] == ["F717", "F719"]
    assert found.findings[0].place.cell == "Q2"
    assert "ownership in dispute" in found.findings[1].sentence("en")


def test_groups_whose_names_begin_alike_are_told(instance):
    words = ["江北", "江北市", "单位1", "单位10", "江州大学", "江州大学（材料学院）"]
    groups = {word: [i] for i, word in enumerate(words)}
    findings = nearly_alike(instance([asks(10)]).loaded, "caps.r", groups, words)
    assert [(f.code, f.values["first"], f.values["second"]) for f in findings] == [
        ("F718", "江北", "江北市"),
        ("F718", "江州大学", "江州大学（材料学院）"),
    ]
