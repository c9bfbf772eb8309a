"""Every built-in criteria set: its policy, its template, its example, and two indices by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilotscore import rank
from pilotscore.criteria import (
    CriteriaSet,
    built_in_names,
    data_folder,
    load_criteria,
    load_policy,
)
from pilotscore.criteria.condition import Operand, evaluate, parse
from pilotscore.index import Assessment, Status, assess, deciding_reasons, paths_up
from pilotscore.measures.measured import from_submission
from pilotscore.wording import figures
from pilotscore.workbook import FactColumn, State, Submission, read_workbooks
from pilotscore.workbook.results.submission import ResultTable
from pilotscore.workbook.templates.content import Wording
from pilotscore.workbook.templates.template import write_template
from tests.conftest import AS_OF, built_in, write_book
from tests.workbook.filling import fill, good_value

# By id: what each example result is meant to come to; see examples/sets/make_examples.py.
EXPECTED = {
    "pilot-readiness": ["Go", "Go", "Go", "Mature", "Stop", "Mature", "—"],
    "chemical": ["A", "A", "B", "C", "E", "C", "—"],
    "materials": ["A", "A", "B", "C", "E", "B", "—"],
    "biomedical": ["A", "A", "B", "C", "E", "B", "—"],
    "hardware": ["A", "A", "C", "C", "E", "B", "—"],
    "software": ["A", "A", "B", "C", "D", "B", "—"],
    "platform": ["A", "A", "B", "C", "D", "—", "—"],
}


def test_every_set_has_its_example():
    assert set(built_in_names()) == {*EXPECTED, "pilot-maturity"}


@pytest.mark.slow
@pytest.mark.parametrize("name", built_in_names())
def test_it_loads_with_its_policy(name: str):
    loaded = load_criteria(name)
    assert loaded.criteria.policy is not None
    policy = load_policy(loaded.criteria.policy, loaded).policy
    assert policy.placeholder_amounts
    for indicator in loaded.criteria.indicators:
        assert indicator.source, indicator.id


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EXPECTED))
@pytest.mark.parametrize("layout", ["rows", "form"])
def test_its_template_filled_in_reads_back_without_a_finding(
    tmp_path: Path, name: str, layout: Any
):
    loaded = built_in(name)
    lang: Any = "en" if name == "pilot-readiness" else "zh"
    write_template(tmp_path / "t.xlsx", loaded, lang, layout, 3)
    book = fill(tmp_path / "t.xlsx", tmp_path / "f.xlsx", loaded.criteria, lang)
    s = read_workbooks([book], loaded.criteria, sha256=loaded.source.fingerprint)
    assert [f.sentence("en") for f in s.findings] == []
    assert (s.states == State.VALUE).all()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_its_example_comes_to_what_is_meant(name: str):
    outcome = rank(data_folder("examples") / "sets" / f"{name}.xlsx", name, as_of=AS_OF)
    a = outcome.assessment
    order = sorted(range(len(a)), key=lambda i: a.measurements.ids[i])
    assert [figures.grade_id(a, i) for i in order] == EXPECTED[name]
    # Nothing but what was left out on purpose is a fault.
    assert {f.code for f in outcome.blocking} == {"I501"}
    assert {f.result for f in outcome.blocking} == {a.measurements.ids[order[6]]}
    assert a.gates.closed[order[5]].any()
    if name != "platform":
        for i in order[:5]:
            guidance = paths_up(a, i)
            assert guidance.target is None or guidance.cheapest is not None


@pytest.mark.parametrize("name", built_in_names())
def test_a_set_never_allows_more_than_it_bears(tmp_path: Path, name: str):
    """Whatever is 不适用 by the set's own conditions, a result of any process mode is assessable."""
    criteria = built_in(name).criteria
    quantities = [q for q in criteria.quantities if q.type != "text"]
    mode = next((f for f in criteria.facts if f.id == "process_mode"), None)
    rows: list[list[object]] = [["Id", *(q.id for q in quantities)]]
    for chosen in mode.categories if mode else (None,):
        row: list[object] = [f"X-{chosen.id if chosen else 1}"]
        for q in quantities:
            value = good_value(q, Wording("en"), 0)
            if chosen is not None and q.id == "process_mode":
                value = chosen.title.en
            rule = getattr(q, "not_applicable", False)
            if chosen is not None and isinstance(rule, str):
                (where,) = re.findall(r"process_mode (?:in \[(.*)\]|== .*)$", rule)
                value = "N/A: not of this mode" if chosen.id in where.split(", ") else value
            row.append(value)
        rows.append(row)
    submission = read_workbooks([write_book(tmp_path / "x.xlsx", {"S": rows})], criteria)
    a = assess(from_submission(submission, criteria, AS_OF), criteria, AS_OF)
    assert len(a) == len(rows) - 1
    assert [(f.code, f.result) for f in a.findings if f.severity == "error"] == []
    assert (a.status != Status.NOT_ASSESSABLE).all()


def best_of(criteria: CriteriaSet, mode: str, not_applicable: Sequence[int]) -> Assessment:
    """Assess a result of a process mode that is at its best in all that applies to it."""
    best = [max(i.anchors, key=lambda anchor: anchor[1])[0] for i in criteria.indicators]
    values = np.array([best])
    states = np.zeros(values.shape, dtype=np.int8)
    values[0, list(not_applicable)] = np.nan
    states[0, list(not_applicable)] = State.NOT_APPLICABLE
    facts = {}
    for fact in criteria.facts:
        words = fact.type in ("yes_no", "category", "date", "text")
        column: Any = np.array([mode if fact.id == "process_mode" else "" if words else np.nan])
        blank = 0 if fact.id == "process_mode" else State.BLANK
        facts[fact.id] = FactColumn(column, np.full(1, blank, dtype=np.int8))
    proven = len(criteria.evidence.grades) - 1 if criteria.evidence else -1
    submission = Submission(
        ids=("X-1",),
        titles=("",),
        values=values,
        states=states,
        facts=facts,
        reasons={},
        written={},
        evidence=np.full(values.shape, proven, dtype=np.int8),
        findings=(),
        books=(),
        tables=(ResultTable("book.xlsx", "S", 0, {}, {}),),
        table_of=np.zeros(1, dtype=np.int64),
        row_of=np.arange(1),
    )
    return assess(from_submission(submission), criteria, AS_OF)


def allowed(criteria: CriteriaSet, mode: str) -> Iterator[list[int]]:
    """Yield what may be 不适用 in a process mode: by its conditions, with each that may be besides.

    At last with as many of these as the bound of each dimension bears.
    """
    known = {"process_mode": Operand(np.array([mode]), np.zeros(1, dtype=bool))}
    rules = [i.not_applicable for i in criteria.indicators]
    by_mode = [
        j
        for j, rule in enumerate(rules)
        if isinstance(rule, str) and evaluate(parse(rule), known).holds[0]
    ]
    free = [j for j, rule in enumerate(rules) if rule is True]
    yield by_mode
    yield from ([*by_mode, j] for j in free)
    weights = np.array([i.weight for i in criteria.indicators])
    most: list[int] = []
    for columns in criteria.dimension_slices:
        limit = criteria.missing.not_applicable_share * weights[columns].sum()
        for j in sorted(
            set(free) & set(range(columns.start, columns.stop)), key=weights.__getitem__
        ):
            own = [k for k in most if k >= columns.start]
            rest = (
                columns.stop
                - columns.start
                - len([k for k in by_mode if k in range(columns.start, columns.stop)])
            )
            if weights[[*own, j]].sum() <= limit and len(own) + 1 < rest:
                most.append(j)
    yield [*by_mode, *most]


MODES = [
    (name, mode.id if mode else "")
    for name in built_in_names()
    for mode in next(
        (f.categories for f in built_in(name).criteria.facts if f.id == "process_mode"), (None,)
    )
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "mode"), MODES)
def test_what_a_set_allows_never_keeps_a_result_from_its_best_grade(name: str, mode: str):
    """A gate, floor or bound that closes on what the set itself lets be 不适用 contradicts it."""
    criteria = built_in(name).criteria
    for columns in allowed(criteria, mode):
        a = best_of(criteria, mode, columns)
        said = (
            [criteria.indicators[j].id for j in columns],
            [r.text.to("en") for r in deciding_reasons(a, 0)],
        )
        assert (a.status[0], a.grade[0]) == (Status.GRADED, 0), said


@pytest.mark.parametrize("mode", ["continuous", "batch", "discrete"])
def test_stability_that_is_not_proven_still_caps_where_it_applies(mode: str):
    criteria = built_in().criteria
    columns = next(allowed(criteria, mode))
    stable = [
        criteria.indicator_position[x] for x in ("continuous_run_hours", "conforming_batches")
    ]
    a = best_of(criteria, mode, columns)
    m = a.measurements
    m.values[0, [j for j in stable if j not in columns]] = 0
    again = assess(m, criteria, AS_OF)
    assert criteria.grades[again.grade[0]].id == "C"


def scored(tmp_path: Path, name: str, cells: dict[str, object]) -> Any:
    criteria = built_in(name).criteria
    header: list[object] = ["Id"]
    row: list[object] = ["X-1"]
    for indicator in criteria.indicators:
        header.append(indicator.title.en + (" (%)" if indicator.type == "percent" else ""))
        row.append(cells[indicator.id])
        if criteria.evidence:
            header.append("Evidence")
            row.append("E3")
    return rank(write_book(tmp_path / "x.xlsx", {"S": [header, row]}), name, as_of=AS_OF).assessment


def test_pilot_readiness_by_hand(tmp_path: Path):
    a = scored(
        tmp_path,
        "pilot-readiness",
        {
            "trl": 7,
            "environment": "Relevant",
            "kpp_attainment": 0.9,
            "mrl_design": 8,
            "mrl_materials": 6,
            "mrl_process": 7,
            "mrl_quality": 8,
            "mrl_facilities": 8,
            "cri": 3,
            "cost_gap": 1,
            "offtake": 0.3,
            "arl_high_risks": 2,
            "permits": "Granted",
            "hazop_closed": 0.9,
            "iprl": 5,
            "fto": "Low risk",
            "tmrl": 7,
            "frl": 5,
        },
    )
    technology = 0.60 * 85 + 0.25 * 70 + 0.15 * 70
    manufacturing = 0.5 * 60 + 0.5 * (90 + 60 + 75 + 90 + 90) / 5  # half the least, half the mean
    commercial = 0.40 * 65 + 0.30 * 80 + 0.30 * 60
    adoption = 0.50 * 70 + 0.25 * 100 + 0.25 * 75
    ip = 0.60 * 55 + 0.40 * 100
    team = 0.50 * 80 + 0.50 * 55
    by_hand = [technology, manufacturing, commercial, adoption, ip, team]
    assert a.dimensions[0] == pytest.approx(by_hand)
    index = (
        0.25 * technology
        + 0.25 * manufacturing
        + 0.20 * commercial
        + 0.15 * adoption
        + 0.07 * ip
        + 0.08 * team
    )
    assert index == pytest.approx(73.2975)
    assert a.index[0] == pytest.approx(73.2975)
    assert figures.grade_id(a, 0) == "Conditional"


def test_platform_by_hand(tmp_path: Path):
    cells: dict[str, object] = {
        "equipment_value": 500,
        "floor_area": 1000,
        "full_time_staff": 10,
        "safety_permits": "complete and valid",
        "openness": 30,
        "risk_weighted_projects": 10,
        "upgraded_share": 30,
        "service_income": 200,
        "satisfaction": 80,
        "sme_share": 40,
        "safety_record": 0,
    }
    a = scored(tmp_path, "platform", cells)
    base = 10 * 0.5 + 8 * 0.5 + 8 * 0.5 + 10 * 1 + 8 * 0.6
    kpi = 15 * 0.6 + 15 * 0.6 + 10 * 0.5 + 10 * 0.6 + 5 * 0.7 + 5 * 1
    assert (base, kpi) == pytest.approx((27.8, 37.5))
    assert a.index[0] == pytest.approx(65.3)
    most = {"equipment_value": 2000, "floor_area": 5000, "full_time_staff": 30, "openness": 60}
    b = scored(tmp_path, "platform", cells | most)
    # 10 + 8 + 8 + 10 + 8 = 44 points, of which the part brings 40 at most
    assert b.index[0] == pytest.approx(40 + 37.5)
