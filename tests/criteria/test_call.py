from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from pilotscore.criteria import Policy, load_call, load_policy
from pilotscore.criteria.call import Call
from pilotscore.criteria.settings import with_setting
from pilotscore.errors import FaultyFileError, UsageError
from tests.conftest import built_in, to_yaml

GOOD: dict[str, Any] = {
    "id": "c",
    "version": "1",
    "title": "c",
    "criteria": "pilot-maturity",
    "unit": "万元",
    "budget": {"stages": [{"id": "2027", "amount": 600}, {"id": "2028", "amount": "400万元"}]},
    "eligible": [{"id": "owned", "title": "owned", "when": "ownership_status != disputed"}],
    "least_grade": "C",
    "floor": 40,
    "track": "track",
    "tracks": {"green": {"title": "green", "min": "20%", "max": 500, "min_awards": 1}},
    "caps": {"unit": {"title": "unit", "by": "institution", "max": "30%", "max_awards": 2}},
    "grant": {"min": 10, "max": 300, "cost_share": "50%"},
    "levels": [
        {"id": "part", "title": "part", "share": 0.6},
        {
            "id": "full",
            "title": "full",
            "milestones": [{"share": "40%", "stage": "2027"}, {"share": "60%", "stage": "2028"}],
        },
    ],
    "tie_breaks": [{"by": "index"}, {"by": "tech"}, {"by": "requested", "prefer": "low"}],
}


def written(tmp_path: Path, data: dict[str, Any]) -> Path:
    path = tmp_path / "call.yaml"
    path.write_text(to_yaml(data), encoding="utf-8")
    return path


@functools.cache
def shipped_policy() -> Policy:
    return load_policy("pilot-maturity", built_in()).policy


def loaded(tmp_path: Path, data: dict[str, Any], *settings: str) -> Call:
    return load_call(written(tmp_path, data), built_in(), shipped_policy(), settings).call


def faults(tmp_path: Path, **changes: Any) -> list[tuple[str, int | None]]:
    with pytest.raises(FaultyFileError) as error:
        loaded(tmp_path, {**GOOD, **changes})
    for finding in error.value.findings:
        for lang in ("zh", "en"):
            assert finding.sentence(lang)
            assert "{" not in finding.sentence(lang).replace("{zh", "")
    return [(f.code, f.place.line) for f in error.value.findings]


def test_amounts_are_in_fen_and_shares_of_the_budget(tmp_path: Path):
    call = loaded(tmp_path, GOOD)
    assert call.budget_fen == 1000 * 1_000_000
    track = call.tracks["green"]
    assert track.min is not None
    assert call.fen(track.min) == 200 * 1_000_000
    assert [level.id for level in call.funding_levels] == ["full", "part"]


def test_a_setting_changes_one_address(tmp_path: Path):
    call = loaded(
        tmp_path, GOOD, "tracks.green.min=10%", "budget.stages.2027.amount=700", "max_jump=5"
    )
    assert call.budget_fen == 1100 * 1_000_000
    track = call.tracks["green"]
    assert track.min is not None
    assert call.fen(track.min) == 110 * 1_000_000
    assert call.max_jump == 5
    assert GOOD["tracks"]["green"]["min"] == "20%"


@pytest.mark.parametrize(
    "setting",
    ["budget", "=5", "tracks.gren.min=10%", "budget.stages.2030.amount=1", "floor.x=1", "floor=[1"],
)
def test_a_setting_that_leads_nowhere_is_refused(setting: str):
    with pytest.raises(UsageError):
        with_setting(GOOD, setting)


def test_an_unknown_track_in_a_setting_names_the_nearest():
    with pytest.raises(UsageError, match="green"):
        with_setting(GOOD, "tracks.gren.min=10%")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unit": None}, "F601"),
        ({"grant": {"max": "5 USD"}}, "F602"),
        ({"unit": "两"}, "F603"),
        ({"grant": {"min": -1}}, "F603"),
        ({"grant": {"min": "30%"}}, "F603"),
        ({"caps": {"u": {"title": "u", "by": "institution", "max": "130%"}}}, "F603"),
        ({"caps": {"u": {"title": "u", "by": "institution", "min": 1}}}, "F603"),
        ({"tracks": {"a": {"title": "a", "min": "60%"}, "b": {"title": "b", "min": 500}}}, "F604"),
        ({"grant": {"min": 2000}}, "F604"),
        ({"grant": {"min": 10, "max": 5}}, "F605"),
        ({"tracks": {"a": {"title": "a", "min_awards": 3, "max_awards": 2}}}, "F605"),
        ({"line": {"discussion": {"sure": "10%", "out": "20%"}}}, "F605"),
        ({"least_grade": "Z"}, "F606"),
        ({"track": "trak"}, "F606"),
        ({"instruments": ["post_subsdy"]}, "F606"),
        ({"tie_breaks": [{"by": "institution"}]}, "F606"),
        ({"budget": {"total": 900, "stages": [{"id": "a", "amount": 1000}]}, "levels": []}, "F607"),
        ({"levels": [{"id": "part", "title": "part", "share": 0.5}]}, "F607"),
        ({"required": ["P-1"], "funded": [{"result": "P-1", "by": "us"}]}, "F608"),
        ({"required": ["P-1", "P-2"], "exclusive": {"x": {"results": ["P-1", "P-2"]}}}, "F608"),
        ({"criteria": "techport"}, "F606"),
        ({"eligible": [{"id": "a", "title": "a", "when": "trl_levl > 4"}]}, "C207"),
        ({"requested": "institution"}, None),
        ({"budget": {}}, "C101"),
        ({"budgets": 1}, "C102"),
        ({"grant": {"max": "lots"}}, "C103"),
        ({"line": {"discussion": {"decide": "lottery"}}}, "C101"),
        ({"gates": ["fto_blockin"]}, "F606"),
        (
            {
                "depends": [
                    {"result": "a", "needs": "b"},
                    {"result": "b", "needs": "c"},
                    {"result": "c", "needs": "a"},
                ]
            },
            "F609",
        ),
        ({"depends": [{"result": "a", "needs": "a"}]}, "F609"),
        ({"exclusive": {"x": {"results": ["a", "a", "b"], "most": 2}}}, "F610"),
        (
            {
                "line": {
                    "discussion": {
                        "decide": "lottery",
                        "lottery": {"source": "s", "values": ["abc"]},
                    }
                }
            },
            "F611",
        ),
        (
            {
                "line": {
                    "discussion": {"decide": "lottery", "lottery": {"source": "s", "values": [[]]}}
                }
            },
            "F611",
        ),
        (
            {
                "line": {
                    "discussion": {
                        "decide": "lottery",
                        "lottery": {"source": "s", "values": ["1", ["2", "-3"]]},
                    }
                }
            },
            "F611",
        ),
        (
            {
                "line": {
                    "discussion": {"decide": "lottery", "lottery": {"source": "s", "values": [5.1]}}
                }
            },
            "F611",
        ),
        ({"line": {"discussion": {"seed": -1}}}, None),
        ({"grant": {"max": "12,34"}}, "C103"),
        ({"caps": {"unit": {"title": "unit", "by": "institution", "max": 5}}}, "F605"),
    ],
)
def test_each_fault_has_its_code_and_line(
    changes: dict[str, Any], code: str | None, tmp_path: Path
):
    found = faults(tmp_path, **changes)
    assert len(found) >= 1
    assert all(line for _, line in found)
    if code is not None:
        assert code in [c for c, _ in found], found


def test_all_faults_are_told_at_once(tmp_path: Path):
    found = faults(tmp_path, grant={"min": 10, "max": "5 USD"}, least_grade="Z", levls=[])
    assert {"F602", "F606", "C102"} <= {code for code, _ in found}


def test_dependencies_without_a_circle_are_no_fault(tmp_path: Path):
    bonds = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]
    call = loaded(tmp_path, {**GOOD, "depends": [{"result": r, "needs": n} for r, n in bonds]})
    assert len(call.depends) == 4


@pytest.mark.parametrize(
    ("written", "fen"), [("04000", 4000), ("1,234", 1234), ("1234", 1234), ("４０", 40)]
)
def test_numbers_mean_what_they_say(tmp_path: Path, written: str, fen: int):
    """YAML 1.1 would read 04000 as octal."""
    path = written_with(tmp_path, written)
    assert load_call(path).call.budget_fen == fen * 10**6


@pytest.mark.parametrize("amount", ["0x7d0", "33:20", "1_000", "1e3", "12,34", "20，5"])
def test_numbers_in_other_notations_are_no_amounts(tmp_path: Path, amount: str):
    with pytest.raises(FaultyFileError) as error:
        load_call(written_with(tmp_path, amount))
    assert [f.code for f in error.value.findings] == ["C103"]


def written_with(tmp_path: Path, total: str) -> Path:
    path = tmp_path / "plain.yaml"
    path.write_text(
        f'id: c\nversion: "1"\ntitle: c\ncriteria: mini\nunit: 万元\nbudget:\n  total: {total}\n',
        encoding="utf-8",
    )
    return path


def test_a_fault_of_a_setting_is_told_at_the_setting(tmp_path: Path):
    with pytest.raises(FaultyFileError) as error:
        loaded(tmp_path, GOOD, "budget.stages.2028.amount=abc", "floor=x")
    assert [str(f.place) for f in error.value.findings] == [
        "--set budget.stages.2028.amount=abc",
        "--set floor=x",
    ]


@pytest.mark.parametrize("key", ["policy", "criteria"])
def test_what_has_an_option_of_its_own_is_not_set(key: str):
    with pytest.raises(UsageError, match=key):
        with_setting(GOOD, f"{key}=other")


@pytest.mark.parametrize(
    ("milestones", "codes"),
    [
        ([{"shows": "a", "months": 6}, {"shows": "b", "months": 12}], []),
        ([{}, {"shows": "b", "months": 0}], []),
        ([{"shows": "a", "months": 12}, {"shows": "b", "months": 6}], ["F608"]),
        ([{"months": 6}, {"shows": "b", "months": 12}], ["F610"]),
    ],
)
def test_when_a_milestone_is_due_goes_with_what_it_shows_and_in_order(
    tmp_path: Path, milestones, codes
):
    parts = [{"share": "50%", **part} for part in milestones]
    levels = [{"id": "full", "title": "full", "milestones": parts}]
    if codes:
        assert [code for code, line in faults(tmp_path, levels=levels) if line] == codes
    else:
        assert (
            loaded(tmp_path, {**GOOD, "levels": levels}).levels[0].milestones[1].months is not None
        )


@pytest.mark.parametrize("follow", [{"overdue": "fine"}, {"grace": -1}, {"late": "hold"}])
def test_what_follows_is_to_hold_or_to_recall(tmp_path: Path, follow):
    assert faults(tmp_path, follow=follow)
