"""Which characteristic counts: adding one never raises a score, leaving out a key one never does."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet, Indicator, load_criteria
from pilotscore.errors import FaultyFileError
from pilotscore.index.value_functions import score_values
from pilotscore.measures.choice import Chosen, choose
from pilotscore.measures.figures import Why
from pilotscore.measures.stability import Stability
from pilotscore.workbook.batches.context import KnownResults
from pilotscore.workbook.batches.header import batch_header
from pilotscore.workbook.batches.joining import join_batches
from pilotscore.workbook.batches.sheet_reader import read_batch_sheet
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.tables.headers import HeaderNames
from tests.conftest import MINI, from_yaml, to_yaml

ASSAY = {"id": "assay", "title": {"zh": "含量", "en": "Assay"}, "key": True}
WATER = {"id": "water", "title": {"zh": "水分", "en": "Water"}}
RULES = {
    "ppk": ("ratio", "max", [[0, 0], [2, 100]], {"at_least": 5}),
    "rsd": ("percent", "min", [[0, 100], [10, 0]], {"at_least": 5}),
    "drift": ("percent", "min", [[0, 100], [10, 0]], {}),
    "signal_rate": ("percent", "min", [[0, 100], [50, 0]], {}),
    "batches": ("count", "max", [[0, 0], [20, 100]], {}),
    "consecutive_batches": ("count", "max", [[0, 0], [20, 100]], {}),
    "qualified_rate": ("percent", "max", [[0, 0], [100, 100]], {}),
    "first_pass_rate": ("percent", "max", [[0, 0], [100, 100]], {}),
}


@cache
def criteria(*, keys: bool, of: str = "worst") -> CriteriaSet:
    data = from_yaml(MINI)
    data["measuring"] = {"characteristics": [ASSAY | {"key": keys}, WATER]}
    own: list[dict[str, Any]] = []
    for name, (type_, direction, points, more) in RULES.items():
        rule = {"measure": name, **more}
        if of != "worst" and name in ("ppk", "rsd", "drift", "signal_rate"):
            rule["of"] = of
        own.append(
            {
                "id": f"m_{name}",
                "title": name,
                "type": type_,
                "direction": direction,
                "points": points,
                "weight": 10,
                "measured": rule,
            }
        )
    data["dimensions"].append(
        {"id": "made", "title": "Made", "weight": 0, "weights_sum": 80, "indicators": own}
    )
    return CriteriaSet.model_validate(data)


Columns = dict[str, list[Any]]


def stability(columns: Columns, set_: CriteriaSet, verdicts: list[str]) -> Stability:
    """Return the measures of one result with a column for each characteristic, limits below."""
    heads = [(name, [*values]) for name, values in columns.items()]
    rows = [["批号", *(name for name, _ in heads), "判定"]]
    rows += [[f"B{n}", *(v[n] for _, v in heads), verdicts[n]] for n in range(len(verdicts))]
    rows += [["下限", *(v[-2] for _, v in heads), ""], ["上限", *(v[-1] for _, v in heads), ""]]
    sheet = Sheet("b.xlsx", "批次", visible=True, rows=rows)
    header, _ = batch_header(sheet, HeaderNames.of(set_))
    sheets = [] if header is None else [read_batch_sheet(sheet, header)[0]]
    return Stability(join_batches(sheets, KnownResults(("P-1",)), set_), set_.measuring)


def chosen(s: Stability, indicator: Indicator) -> Chosen:
    assert indicator.measured is not None
    return choose(s.figure(indicator.measured.measure), indicator.measured, indicator, s, 1)


def scores(s: Stability, set_: CriteriaSet) -> dict[str, float]:
    """Return what each measure scores, 0 where it is not judged."""
    found = {}
    for indicator in set_.dimensions[-1].indicators:
        c = chosen(s, indicator)
        value = c.scored[0] if c.place[0] >= 0 else np.nan
        found[indicator.id] = float(np.nan_to_num(score_values(np.array([value]), indicator)[0]))
    return found


def column(seed: int, count: int) -> list[Any]:
    """Return values of a characteristic, some missing or faulty, and its limits, perhaps none."""
    draw = random.Random(seed)
    spread, level = draw.choice([0.0, 0.1, 1.0, 5.0]), draw.choice([100.0, 100.0, 3.0])
    gaps = draw.choice([0.0, 0.0, 0.3, 0.8])
    values: list[Any] = [
        "" if draw.random() < gaps else round(draw.gauss(level, spread), 3) for _ in range(count)
    ]
    if draw.random() < 0.1:
        values[0] = "坏"
    limits = draw.choice([("", ""), (level - 3, level + 3), (level - 1, ""), ("", level + 8)])
    return [*values, *limits]


SEEDS = st.lists(st.integers(0, 10_000), min_size=1, max_size=4, unique=True)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(SEEDS, st.integers(0, 10_000), st.integers(4, 14), st.sampled_from(["worst", "key"]))
def test_adding_a_characteristic_never_raises_a_score_where_some_are_key(
    seeds: list[int], other: int, count: int, of: str
):
    set_ = criteria(keys=True, of=of)
    verdicts = [random.Random(other).choice(["合格", "不合格", ""]) for _ in range(count)]
    names = ["含量", "水分", "粒径", "色度"]
    columns = {n: column(s, count) for n, s in zip(names, seeds, strict=False)}
    before = scores(stability(columns, set_, verdicts), set_)
    after = scores(stability(columns | {"新增": column(other, count)}, set_, verdicts), set_)
    assert all(after[name] <= before[name] + 1e-9 for name in before), (before, after)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(SEEDS, st.integers(4, 14), st.sampled_from(["worst", "key", "assay"]), st.integers(0, 3))
def test_leaving_out_a_key_characteristic_never_raises_a_score(
    seeds: list[int], count: int, of: str, some: int
):
    """Whether its column goes, or values of some of its batches."""
    set_ = criteria(keys=True, of=of)
    verdicts = ["合格"] * count
    names = ["含量", "水分", "粒径", "色度"]
    columns = {n: column(s, count) for n, s in zip(names, seeds, strict=False)}
    before = scores(stability(columns, set_, verdicts), set_)
    rest = {n: v for n, v in columns.items() if n != "含量"}
    after = scores(stability(rest, set_, verdicts), set_)
    assert all(after[name] == 0 for name in before), after
    if "坏" in columns["含量"]:
        return  # a cell that cannot be read holds everything back until it is mended or removed
    fewer = [("" if n < some else x) for n, x in enumerate(columns["含量"])]
    counts = scores(stability(columns | {"含量": fewer}, set_, verdicts), set_)
    for name in ("m_consecutive_batches", "m_qualified_rate", "m_first_pass_rate"):
        assert counts[name] <= before[name] + 1e-9, name


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(SEEDS, st.integers(0, 10_000), st.integers(4, 14))
def test_adding_one_never_raises_what_is_judged_by_the_worst(
    seeds: list[int], other: int, count: int
):
    """Without key ones too: the worst counts, and a bad one is not hidden by a better one."""
    set_ = criteria(keys=False)
    names = ["含量", "水分", "粒径", "色度"]
    columns = {n: column(s, count) for n, s in zip(names, seeds, strict=False)}
    s = stability(columns, set_, [""] * count)
    before = scores(s, set_)
    after = scores(stability(columns | {"新增": column(other, count)}, set_, [""] * count), set_)
    for indicator in set_.dimensions[-1].indicators[:4]:
        if chosen(s, indicator).place[0] >= 0:
            assert after[indicator.id] <= before[indicator.id] + 1e-9


GOOD = [100.0, 100.1, 99.9, 100.2, 99.8, 100.0, 100.1, 99.9, 98, 102]


def test_a_missing_key_characteristic_is_named():
    set_ = criteria(keys=True)
    s = stability({"水分": GOOD}, set_, ["合格"] * 8)
    for indicator in set_.dimensions[-1].indicators:
        c = chosen(s, indicator)
        assert (c.place[0], c.why[0], c.held[0]) == (-1, Why.NO_KEY, True)
        assert [x.id for x in c.missing[0]] == ["assay"]


WORSE = [95.0, 105.0, 96.0, 104.0, 97.0, 103.0, 95.5, 104.5, 98, 102]


@pytest.mark.parametrize("keys", [False, True])
def test_one_of_several_named_characteristics_that_is_missing_is_not_passed_over(keys: bool):
    set_ = criteria(keys=keys)
    rsd = set_.dimensions[-1].indicators[1]
    assert rsd.measured is not None
    both = rsd.measured.model_copy(update={"of": ("assay", "water")})
    named = rsd.model_copy(update={"measured": both})
    verdicts = ["合格"] * 8
    assert chosen(stability({"含量": GOOD, "水分": WORSE}, set_, verdicts), named).place[0] >= 0
    alone = chosen(stability({"水分": GOOD}, set_, verdicts), named)
    assert (alone.place[0], alone.why[0], alone.held[0]) == (-1, Why.NO_KEY, keys)
    # One that has none of them states its value, where none of them is key.
    none = chosen(stability({"粒径": GOOD}, set_, verdicts), named)
    assert (none.place[0], none.why[0]) == (-1, Why.NO_KEY if keys else Why.NO_DATA)


@pytest.mark.parametrize(("of", "counts"), [("key", "含量"), ("worst", "水分")])
def test_of_key_only_those_count(of: str, counts: str):
    set_ = criteria(keys=True, of=of)
    s = stability({"含量": GOOD, "水分": WORSE}, set_, ["合格"] * 8)
    rsd = set_.dimensions[-1].indicators[1]
    place = int(s.figure("rsd").characteristic[chosen(s, rsd).place[0]])
    assert s.data.characteristics[place].title.zh == counts


def test_key_ones_have_to_be_declared(tmp_path: Any):
    data = from_yaml(MINI)
    data["dimensions"][0]["indicators"][1]["measured"] = {"measure": "rsd", "of": "key"}
    path = tmp_path / "set.yaml"
    path.write_text(to_yaml(data), encoding="utf-8")
    with pytest.raises(FaultyFileError) as caught:
        load_criteria(path)
    assert ["key: true" in f.sentence("en") for f in caught.value.findings] == [True]
