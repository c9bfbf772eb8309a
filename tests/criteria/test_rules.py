"""Shapes, named scales, profiles, points, and what can never hold or be reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.criteria.scales import named_scales, with_points
from pilotscore.errors import FaultyFileError, UsageError
from tests.conftest import MINI


def loaded(folder: Path, *changes: tuple[str, str], more: str = ""):
    text = MINI
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / "set.yaml"
    path.write_text(text + more, encoding="utf-8")
    return load_criteria(path)


def codes(folder: Path, *changes: tuple[str, str], more: str = "") -> list[str]:
    with pytest.raises(FaultyFileError) as caught:
        loaded(folder, *changes, more=more)
    for f in caught.value.findings:
        assert f.sentence("zh")
        assert f.sentence("en")
    return [f.code for f in caught.value.findings]


YIELD = "points: [[50, 0], [100, 100]]"


def test_a_shape_stands_for_points(tmp_path: Path):
    shape = "shape: {kind: s_curve, from: [50, 0], to: [100, 100]}"
    indicator = loaded(tmp_path, (YIELD, shape)).criteria.indicators[1]
    assert indicator.points
    assert dict(indicator.points)[75] == 50  # smooth step: 3 t^2 - 2 t^3 at t = 1/2, 1/4
    assert dict(indicator.points)[62.5] == 15.625
    assert (indicator.points[0], indicator.points[-1]) == ((50, 0), (100, 100))
    log = "shape: {kind: log, from: [100, 100], to: [1, 0]}"
    hours = loaded(tmp_path, ("points: [[0, 0], [100, 100]]", log)).criteria.indicators[2]
    assert (hours.points, hours.axis) == (((1, 0), (100, 100)), "log")
    assert with_points({"shape": {"kind": "linear", "from": [1, 0], "to": [3, 90]}})["points"] == [
        [1.0, 0.0], [3.0, 90.0],
    ]  # fmt: skip


def test_faults_of_shapes(tmp_path: Path):
    both = YIELD + "\n        shape: {kind: linear, from: [50, 0], to: [100, 100]}"
    assert codes(tmp_path, (YIELD, both)) == ["C221"]
    assert "C104" in codes(tmp_path, (YIELD, "shape: {kind: cubic, from: [50, 0], to: [100, 100]}"))
    assert codes(tmp_path, (YIELD, "shape: {kind: linear, from: [50, 90], to: [100, 10]}")) == [
        "C202"
    ]
    log = "shape: {kind: log, from: [0, 0], to: [100, 100]}"
    assert codes(tmp_path, ("points: [[0, 0], [100, 100]]", log)) == ["C214"]


def test_several_needs_a_least_favourable_value(tmp_path: Path):
    several = "\n        several: true"
    for at in (YIELD, "type: level", "type: number"):
        assert loaded(tmp_path, (at, at + several)).criteria
    falls = "points: [[50, 100], [100, 0]]\n        direction: min"
    assert loaded(tmp_path, (YIELD, falls + several)).criteria.indicators[1].several
    for at in ("type: category", "type: yes_no"):
        assert codes(tmp_path, (at, at + several)) == ["C225"]
        assert loaded(tmp_path, (at, at + several.replace("true", "false"))).criteria
    both = "points: [[50, 0], [75, 100], [100, 0]]\n        direction: range"
    assert codes(tmp_path, (YIELD, both + several)) == ["C225"]


SCALE = "scale: [1, 9]\n"


def test_a_named_scale_gives_levels_and_wording(tmp_path: Path):
    name = "trl"
    trl = loaded(tmp_path, (SCALE, f"levels: {name}\n")).criteria.indicators[0]
    assert trl.scale == (1, 9)
    assert trl.wording
    assert set(trl.wording) == set(range(1, 10))
    assert codes(tmp_path, (SCALE, "levels: nonsense\n")) == ["C210"]


def test_every_named_scale_is_whole():
    for name, scale in named_scales().items():
        low, high = scale["scale"]
        assert {int(k) for k in scale["wording"]} == set(range(low, high + 1)), name
        for wording in scale["wording"].values():
            assert wording["zh"] and wording["en"]  # noqa: PT018 - one thing: both languages
        assert scale["source"]


PROFILES = """
profiles:
  - {id: lab, title: {zh: 实验室, en: Laboratory}, when: mode == batch, weights: {tech: 80, safety: 20}}
"""


def test_a_profile_changes_the_weights_of_the_dimensions_alone(tmp_path: Path):
    plain = loaded(tmp_path, more=PROFILES)
    changed = load_criteria(tmp_path / "set.yaml", "lab")
    assert [d.weight for d in plain.criteria.dimensions] == [60, 40]
    assert [d.weight for d in changed.criteria.dimensions] == [80, 20]
    assert changed.criteria.indicators == plain.criteria.indicators
    assert changed.profile is not None
    with pytest.raises(UsageError, match="lab"):
        load_criteria(tmp_path / "set.yaml", "nope")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("safety: 20", "safety: 21"), "C201"),
        (("safety: 20", "safe: 20"), "C210"),
        ((", safety: 20", ""), "C101"),
        (("mode == batch", "mode == bath"), "C208"),
    ],
)
def test_faults_of_profiles(tmp_path: Path, change: tuple[str, str], code: str):
    assert code in codes(tmp_path, more=PROFILES.replace(*change))


def test_points_may_be_had_for_more_than_the_cap_not_for_less(tmp_path: Path):
    method = "aggregation: {method: points}\n"
    assert loaded(tmp_path, more=method).criteria.aggregation.method == "points"
    assert codes(
        tmp_path,
        ("weight: 30\n      - id: run_hours", "weight: 3\n      - id: run_hours"),
        ("weight: 50\n", "weight: 5\n"),
        ("weight: 20\n", "weight: 2\n"),
        more=method,
    ) == ["C220"]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("trl < 1", "C222"),
        ("trl > 9", "C222"),
        ("trl == 5.5", "C222"),
        ("yield_rate > 100", "C222"),
        ("evidence_share > 1", "C222"),
        ("trl < 4 and trl > 6", "C222"),
        ("hazard == none and hazard == partial", "C222"),
        ("permit_end < as_of and permit_end > as_of", "C222"),
        ("run_hours < 0", "C222"),
        ("run_hours is missing or run_hours >= 0 or run_hours is not_applicable", "C223"),
        ("evidence_share >= 0", "C223"),
        ("trl < 4", None),
        ("trl <= 1", None),
        ("yield_rate > 99.99", None),
        ("not (hazard in [none, partial])", None),
        ("permit_end < as_of", None),
        ("permit_end == 2027-01-01", None),
        ("run_hours between 10 and 20 and trl != 3", None),
    ],
)
def test_gates_that_have_no_choice(tmp_path: Path, condition: str, code: str | None):
    change = ("when: evidence_share < 0.5", f'when: "{condition}"')
    if code is None:
        loaded(tmp_path, change)
    else:
        assert codes(tmp_path, change) == [code]


@pytest.mark.parametrize(
    "change",
    [
        ("points: [[1, 0], [5, 50], [9, 100]]", "points: [[1, 0], [9, 20]]"),
        ("levels: {trl: 7}", "levels: {trl: 10}"),
        ("value: 100}", "value: 50}"),
    ],
)
def test_grades_out_of_reach(tmp_path: Path, change: tuple[str, str]):
    assert set(codes(tmp_path, change)) == {"C224"}


def test_applies_when_is_checked_as_a_condition(tmp_path: Path):
    change = ("not_applicable: mode == batch", "applies_when: mode == continuos")
    assert codes(tmp_path, change) == ["C208"]


@pytest.mark.parametrize("scale", ["[1, 1000000000]", "[9, 1]", "[5, 5]"])
def test_a_scale_that_is_none(tmp_path: Path, scale: str):
    assert "C104" in codes(tmp_path, ("scale: [1, 9]", f"scale: {scale}"))
