"""Criteria files that extend another."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore.criteria import load_criteria, load_policy
from pilotscore.errors import FaultyFileError, PilotscoreError
from tests.conftest import MINI, from_yaml, to_yaml

VARIANT = """
extends: mini.yaml
id: variant
version: "2.0"
title: {zh: 变体, en: Variant}
dimensions:
  - id: tech
    indicators:
      - {id: trl, weight: 60, points: [[1, 0], [9, 100]]}
      - {id: run_hours, remove: true}
      - {id: years_run, title: {zh: 运行年数, en: Years in service}, type: years, weight: 10, points: [[0, 0], [3, 100]]}
gates:
  - {id: unproven, remove: true}
  - {id: dispute, cap: null, advice: {zh: 解决权属, en: settle it}}
grades:
  - {id: A, levels: {trl: 8}}
"""


def write(folder: Path, text: str, name: str = "variant.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[tuple[str, int | None, str]]:
    with pytest.raises(FaultyFileError) as caught:
        load_criteria(path)
    return [(f.place.file, f.place.line, f.code) for f in caught.value.findings]


def test_what_it_says_goes_before_what_its_base_says(tmp_path: Path, mini: Path):
    loaded = load_criteria(write(tmp_path, VARIANT))
    c = loaded.criteria
    assert (c.id, c.version, c.title.zh) == ("variant", "2.0", "变体")
    assert [i.id for i in c.indicators] == ["trl", "yield_rate", "years_run", "hazard", "permit"]
    trl = c.indicators[0]
    assert (trl.weight, trl.points, trl.required) == (60, ((1, 0), (9, 100)), True)
    unit = c.indicators[2].unit
    assert unit is not None
    assert unit.en == "years"
    assert [g.id for g in c.gates] == ["fraud_gate", "dispute", "expired"]
    dispute = c.gates[1]
    assert (dispute.cap, dispute.funding, dispute.advice and dispute.advice.en) == (
        None,
        "hold",
        "settle it",
    )
    assert (c.grades[0].levels, c.grades[0].index) == ({"trl": 8}, 80)
    assert "extends" not in loaded.data
    assert loaded.lineage == ("variant", "mini")


def test_the_policy_of_the_base_serves_it(tmp_path: Path, mini: Path):
    loaded = load_criteria(write(tmp_path, VARIANT))
    assert load_policy("mini-policy.yaml", loaded, tmp_path).policy.id == "mini-policy"


def test_its_fingerprint_changes_with_either_file(tmp_path: Path, mini: Path):
    path = write(tmp_path, VARIANT)
    first = load_criteria(path).source
    assert [b.name for b in first.bases] == ["mini.yaml"]
    mini.write_text(MINI + "\n# a word more\n", encoding="utf-8")
    second = load_criteria(path).source
    assert first.sha256 == second.sha256
    assert first.fingerprint != second.fingerprint


def test_a_fault_is_told_in_the_file_where_it_stands(tmp_path: Path, mini: Path):
    mini.write_text(MINI.replace("weight: 20\n", "weight: twenty\n"), encoding="utf-8")
    path = write(
        tmp_path,
        VARIANT.replace("      - {id: run_hours, remove: true}\n", "").replace(
            "trl, weight: 60", "trl, weight: sixty"
        ),
    )
    assert ("mini.yaml", 32, "C103") in faults(path)
    assert ("variant.yaml", 9, "C103") in faults(path)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("{id: run_hours, remove: true}", "{id: run_hour, remove: true}"), (10, "C219")),
        (("{id: trl, weight: 60,", "{id: trll, label: 60,"), (9, "C219")),
        (("id: variant", "id: mini"), (3, "C218")),
        (("extends: mini.yaml", "extends: minni.yaml"), (2, "C216")),
        (("extends: mini.yaml", "extends: [mini]"), (2, "C103")),
        (("weight: 10, points", "weight: 15, points"), (8, "C201")),
        (("{id: dispute, cap: null", "{id: dispute, cap: null, cap: B"), (14, "C105")),
        (("levels: {trl: 8}", "levels: {run_hours: 8}"), (16, "C210")),
    ],
    ids=lambda x: str(x[-1]),
)
def test_each_fault_has_its_line(
    tmp_path: Path, mini: Path, change: tuple[str, str], place: tuple[int, str]
):
    found = faults(write(tmp_path, VARIANT.replace(*change)))
    assert ("variant.yaml", *place) in found


def test_a_circle_is_told_and_not_followed(tmp_path: Path, mini: Path):
    write(tmp_path, VARIANT.replace("mini.yaml", "b.yaml"), "a.yaml")
    b = write(
        tmp_path, VARIANT.replace("mini.yaml", "a.yaml").replace("id: variant", "id: b"), "b.yaml"
    )
    with pytest.raises(FaultyFileError) as caught:
        load_criteria(b)
    (finding,) = caught.value.findings
    assert finding.code == "C217"
    assert "b.yaml → a.yaml → b.yaml" in finding.sentence("en")


def test_a_chain_of_three(tmp_path: Path, mini: Path):
    write(tmp_path, VARIANT)
    third = write(
        tmp_path,
        "extends: variant.yaml\nid: third\nversion: '1'\ntitle: T\ndimensions:\n  - id: tech\n    weight: 50\n"
        "  - {id: safety, weight: 50}\n",
        "third.yaml",
    )
    loaded = load_criteria(third)
    assert loaded.lineage == ("third", "variant", "mini")
    assert [d.weight for d in loaded.criteria.dimensions] == [50, 50]
    assert [b.name for b in loaded.source.bases] == ["variant.yaml", "mini.yaml"]


def places_in(data: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    return ([at] if at else []) + [p for k in keys for p in places_in(data[k], (*at, k))]


PLAIN = from_yaml(VARIANT)
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1e308,
    float("nan"),
    "",
    "x",
    [],
    [1],
    {},
    {"a": 1},
    [None],
    [[1, 2], [3]],
    {"id": "x"},
    [{"id": "x"}],
    [{"id": "x", "remove": True}],
    [{"id": "trl", "remove": True}],
    "trl < 4",
    {"remove": True},
]


@pytest.mark.slow
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(places_in(PLAIN)), st.sampled_from(ODD))
def test_any_value_in_any_place_of_a_variant_loads_or_is_told(
    tmp_path: Path, mini: Path, place: tuple[Any, ...], value: Any
):
    data = copy.deepcopy(PLAIN)
    around = data
    for step in place[:-1]:
        around = around[step]
    around[place[-1]] = value
    path = write(tmp_path, to_yaml(data))
    try:
        load_criteria(path)
    except PilotscoreError as error:
        for finding in error.findings:
            assert finding.place.line is not None
            assert finding.place.file in ("variant.yaml", "mini.yaml")
            assert finding.sentence("zh")
            assert finding.sentence("en")


@pytest.mark.slow
def test_a_chain_without_end_is_refused(tmp_path: Path, mini: Path):
    for n in range(60):
        base = "mini.yaml" if n == 0 else f"v{n - 1}.yaml"
        write(tmp_path, f"extends: {base}\nid: v{n}\nversion: '1'\ntitle: T\n", f"v{n}.yaml")
    load_criteria(tmp_path / "v15.yaml")
    with pytest.raises(FaultyFileError) as caught:
        load_criteria(tmp_path / "v59.yaml")
    assert [f.code for f in caught.value.findings] == ["C002"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        # an item of the base out of order: the list that the file writes
        ("grades:\n  - {id: A, index: 40}\n", "C211", 4),
        # weights that no longer sum to what they should
        ("dimensions:\n  - {id: tech, weight: 90}\n", "C201", 4),
        # nothing of the base's place is written in the file: where it says what it extends
        ("evidence: null\n", None, 1),
    ],
)
def test_a_fault_is_never_blamed_on_a_built_in_set(
    tmp_path: Path, text: str, code: str | None, line: int
):
    path = tmp_path / "mine.yaml"
    path.write_text(f"extends: pilot-maturity\nid: mine\nversion: '1'\n{text}", encoding="utf-8")
    with pytest.raises(FaultyFileError) as caught:
        load_criteria(path)
    places = {(f.code, f.place.file, f.place.line) for f in caught.value.findings}
    assert {file for _, file, _ in places} == {"mine.yaml"}
    assert (code, "mine.yaml", line) in places or (
        code is None and line in {n for _, _, n in places}
    )
