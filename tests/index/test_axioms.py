"""What must hold of the index whatever the values and whatever the aggregation."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet
from pilotscore.index import Assessment, Status, assess, contributions
from pilotscore.measures import Measurements, from_submission
from pilotscore.ranking import rank_results
from pilotscore.workbook import FactColumn, State, Submission
from pilotscore.workbook.results.submission import ResultTable
from tests.conftest import AS_OF, MINI, from_yaml

AGGREGATIONS = (
    "exponent 1",
    "exponent 0",
    "exponent -2",
    "exponent -inf",
    "lowest share",
    "points",
)


@cache
def criteria_of(name: str) -> CriteriaSet:
    data = from_yaml(MINI)
    if name.startswith("exponent"):
        data["aggregation"] = {"exponent": float(name.split()[1])}
    elif name == "lowest share":
        for dimension in data["dimensions"]:
            dimension["lowest_share"] = 0.4
    else:
        data["aggregation"] = {"method": "points"}
    return CriteriaSet.model_validate(data)


def results(criteria: CriteriaSet, *rows: list[float], evidence: int = 3) -> Measurements:
    values = np.array(rows, dtype=float)
    n = len(rows)
    states = np.where(np.isnan(values), State.NOT_MEASURED, State.VALUE).astype(np.int8)
    facts = {}
    for fact in criteria.facts:
        words = fact.type in ("yes_no", "category", "date", "text")
        word = {"yes_no": "no", "category": "continuous", "date": "2030-01-01"}.get(fact.type, "")
        column: Any = np.full(n, word) if words else np.full(n, 1.0)
        facts[fact.id] = FactColumn(column, np.zeros(n, dtype=np.int8))
    submission = Submission(
        ids=tuple(f"P-{i}" for i in range(n)),
        titles=("",) * n,
        values=values,
        states=states,
        evidence=np.full(values.shape, evidence, dtype=np.int8),
        facts=facts,
        reasons={},
        written={},
        tables=(ResultTable("book.xlsx", "S", 0, {}, {}),),
        table_of=np.zeros(n, dtype=np.int64),
        row_of=np.arange(n),
        findings=(),
        books=(),
    )
    return from_submission(submission)


def assessed(criteria: CriteriaSet, *rows: list[float], evidence: int = 3) -> Assessment:
    return assess(results(criteria, *rows, evidence=evidence), criteria, AS_OF)


VALUES = st.tuples(
    st.integers(1, 9), st.floats(0, 100), st.floats(0, 200), st.integers(0, 2), st.integers(0, 1)
).map(lambda t: [float(x) for x in t])
SETS = st.sampled_from(AGGREGATIONS)
axiom = settings(max_examples=150, deadline=None)


@pytest.mark.slow
@axiom
@given(SETS, VALUES, VALUES, st.integers(0, 3))
def test_a_result_that_dominates_another_never_ranks_below_it(
    name: str, a: list[float], b: list[float], evidence: int
):
    criteria = criteria_of(name)  # every indicator of the small set is the better the more
    best = [max(x, y) for x, y in zip(a, b, strict=True)]
    found = assessed(criteria, a, best, evidence=evidence)
    ranks = rank_results(found).ranks
    assert found.index[1] >= found.index[0] - 1e-9
    assert ranks[1] <= ranks[0]


@pytest.mark.slow
@axiom
@given(SETS, VALUES, st.integers(0, 4), st.integers(0, 2))
def test_better_evidence_never_lowers_index_or_grade(
    name: str, values: list[float], j: int, grade: int
):
    criteria = criteria_of(name)
    worse = results(criteria, values, evidence=grade)
    evidence = worse.evidence.copy()
    evidence[0, j] += 1
    a, b = (assess(m, criteria, AS_OF) for m in (worse, replace(worse, evidence=evidence)))
    assert b.index[0] >= a.index[0] - 1e-9
    assert b.grade[0] <= a.grade[0]


@pytest.mark.slow
@axiom
@given(SETS, VALUES)
def test_contributions_add_up_to_the_index(name: str, values: list[float]):
    found = assessed(criteria_of(name), values)
    assert contributions(found).sum(axis=1) == pytest.approx(found.index, abs=1e-9)
    assert (contributions(found) >= -1e-12).all()


@pytest.mark.slow
@axiom
@given(SETS, VALUES, st.integers(0, 4))
def test_the_interval_holds_what_a_missing_value_could_bring(
    name: str, values: list[float], j: int
):
    criteria = criteria_of(name)
    missing = list(values)
    missing[j] = float("nan")
    a = assessed(criteria, missing, values)
    assert a.status.tolist() == [Status.GRADED, Status.GRADED]
    assert a.low[0] - 1e-9 <= a.index[1] <= a.high[0] + 1e-9


@pytest.mark.slow
@axiom
@given(st.sampled_from(["exponent 1", "exponent 0", "exponent -2", "exponent -inf"]), VALUES)
def test_a_weight_of_0_is_the_same_as_absence(name: str, values: list[float]):
    criteria = criteria_of(name)
    tech, safety = criteria.dimensions
    extra = tech.indicators[1].model_copy(update={"id": "extra", "weight": 0.0})
    wider = tech.model_copy(update={"indicators": (*tech.indicators, extra)})
    more = CriteriaSet.model_construct(**{**dict(criteria), "dimensions": (wider, safety)})
    a = assessed(criteria, values)
    b = assessed(more, [*values[:3], 3.0, *values[3:]])
    assert a.index[0] == b.index[0]
    assert a.dimensions.tolist() == b.dimensions.tolist()


@pytest.mark.slow
@axiom
@given(VALUES)
def test_exponents_run_from_the_mean_to_the_minimum(values: list[float]):
    found = {p: assessed(criteria_of(f"exponent {p}"), values) for p in ("1", "0", "-2", "-inf")}
    dims = found["1"].dimensions[0]
    assert found["1"].index[0] == pytest.approx(0.6 * dims[0] + 0.4 * dims[1])
    assert found["0"].index[0] == pytest.approx(dims[0] ** 0.6 * dims[1] ** 0.4)
    assert found["-inf"].index[0] == pytest.approx(dims.min())
    for greater, less in (("1", "0"), ("0", "-2"), ("-2", "-inf")):
        assert found[greater].index[0] >= found[less].index[0] - 1e-9
    near = [assessed(criteria_of(f"exponent {p}"), values).index[0] for p in (-1e-7, 1e-7)]
    assert near == pytest.approx([found["0"].index[0]] * 2, abs=1e-3)


@pytest.mark.slow
@axiom
@given(SETS, st.lists(VALUES, min_size=2, max_size=5))
def test_the_index_never_depends_on_the_other_results(name: str, rows: list[list[float]]):
    criteria = criteria_of(name)
    together = assessed(criteria, *rows)
    for i, values in enumerate(rows):
        alone = assessed(criteria, values)
        for field in ("index", "low", "high", "grade", "completeness", "evidence_share"):
            assert getattr(alone, field)[0] == getattr(together, field)[i], field


def test_a_batch_larger_than_a_chunk_scores_as_its_parts():
    from pilotscore.index.scoring import CHUNK

    criteria = criteria_of("exponent 1")
    random = np.random.default_rng(1)
    n = CHUNK + 7
    rows = np.column_stack(
        [random.integers(1, 10, n), random.uniform(0, 100, n), random.uniform(0, 200, n),
         random.integers(0, 3, n), random.integers(0, 2, n)]
    ).astype(float)  # fmt: skip
    whole = assess(results(criteria, *rows.tolist()), criteria, AS_OF, tell=False)
    for i in (0, CHUNK - 1, CHUNK, n - 1):
        alone = assessed(criteria, rows[i].tolist())
        assert alone.index[0] == whole.index[i]
        assert alone.weights[0].tolist() == whole.weights[i].tolist()
