from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore.criteria import load_criteria, load_policy
from pilotscore.criteria.places import read_yaml
from pilotscore.errors import FaultyFileError, PilotscoreError, UnreadableInputError, UsageError
from tests.conftest import MINI, POLICY, to_yaml


def faults_of(text: str, path: Path) -> list[tuple[int, str, str]]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyFileError) as caught:
        load_criteria(path)
    for finding in caught.value.findings:  # every fault can be said in both languages
        assert finding.sentence("zh")
    return [(f.place.line, f.code, f.sentence("en")) for f in caught.value.findings]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_small_set_is_valid(mini: Path):
    loaded = load_criteria(mini)
    assert [i.id for i in loaded.criteria.indicators] == [
        "trl",
        "yield_rate",
        "run_hours",
        "hazard",
        "permit",
    ]
    assert load_policy(mini.parent / "mini-policy.yaml", loaded).policy.placeholder_amounts


@pytest.mark.parametrize(
    ("old", "new", "code", "at", "said"),
    [
        ("    weight: 60", "    weight: 59", "C201", "dimensions:", "sum to 99"),
        (
            "weight: 30\n      - id: run",
            "weight: 31\n      - id: run",
            "C201",
            "    indicators:",
            "sum to 101",
        ),
        (
            "[5, 50], [9, 100]",
            "[5, 50], [9, 40]",
            "C202",
            "points: [[1, 0]",
            "against its direction",
        ),
        ("[[1, 0], [5, 50]", "[[5, 0], [5, 50]", "C203", "points: [[5, 0]", "does not come after"),
        ("id: yield_rate", "id: trl", "C204", "id: trl\n        title: {zh: 一次", "used on line"),
        ("aliases: [TRL]", "aliases: [TRL, 一次合格率]", "C205", "- id: yield_rate", "names both"),
        ("when: fraud == yes", "when: fraud = yes", "C206", "  - {id: fraud_gate", "column 7"),
        ("when: fraud == yes", "when: frod == yes", "C207", "  - {id: fraud_gate", "such as fraud"),
        (
            "mode == batch",
            "mode == batches",
            "C208",
            "        not_applicable: mode",
            "continuous, batch",
        ),
        (
            "when: fraud == yes",
            "when: fraud > 3",
            "C209",
            "  - {id: fraud_gate",
            "cannot be compared",
        ),
        ("permit_end < as_of", "permit_end < 5", "C209", "  - {id: expired", "a date"),
        ("evidence_share < 0.5", "evidence_share < batch", "C209", "  - {id: unproven", "a number"),
        ("cap: B", "cap: Z", "C210", "  - {id: dispute,", "one of A, B, C"),
        ("dimensions: {safety: 70}", "dimensions: {safty: 70}", "C210", "  - {id: A", "safety"),
        (
            "levels: {trl: 7}",
            "levels: {hazard: 1}",
            "C210",
            "  - {id: A",
            "one of trl, yield_rate, run_hours",
        ),
        ("[9, 100]]", "[.nan, 100]]", "C104", "        points: [[1, 0]", "a finite number"),
        ("weight: 20", "weight: .inf", "C104", "        weight: .inf", "a finite number"),
        ("id: yield_rate", "id: [yield_rate]", "C103", "      - id: [yield_rate]", "a text"),
        ("levels: {trl: 7}", "levels: {trk: 7}", "C210", "  - {id: A", "trl"),
        ("index: 60", "index: 85", "C211", "  - {id: B", "not less than"),
        ("en: early}}", "en: early}, index: 5}", "C212", "  - {id: C", "last grade"),
        (", cap: C}", "}", "C213", "  - {id: unproven", "no effect"),
        ("        scale: [1, 9]\n", "", "C214", "- id: trl", "no scale"),
        (
            "points: [[0, 0], [100, 100]]",
            "points: [[0, 0]]",
            "C214",
            "points: [[0, 0]]",
            "fewer than two",
        ),
        (
            "points: [[0, 0], [100, 100]]",
            "axis: log\n        points: [[0, 0], [100, 100]]",
            "C214",
            "points: [[0, 0]",
            "log axis",
        ),
        ("[9, 100]]", "[10, 100]]", "C214", "points: [[1, 0]", "outside the scale"),
        ("cap: 85", "cap: 55", "C215", "    - {id: E2", "lower than"),
        ("default: E1", "default: E9", "C210", "  default", "one of E0"),
        ('version: "1.0"\n', "", "C101", "id: mini", "version is missing"),
        (
            "        required: true\n        not_applicable: false\n        aliases",
            "        requird: true\n        aliases",
            "C102",
            "        requird",
            "required",
        ),
        ("type: percent", "type: percentage", "C104", "        type: percentage", "percent"),
        ("weight: 20", "weight: heavy", "C103", "        weight: heavy", "a number"),
        ("weight: 20", "weight: -20", "C104", "        weight: -20", "at least 0"),
        ('        unit: "%"', "        unit: {zh: 无}", "C101", "        unit:", "en is missing"),
        ('version: "1.0"', 'version: "1.0"\nversion: "2"', "C105", 'version: "2"', "written twice"),
    ],
)
def test_each_fault_has_its_code_line_and_mend(
    tmp_path: Path, old: str, new: str, code: str, at: str, said: str
):
    assert old in MINI
    text = MINI.replace(old, new, 1)
    found = faults_of(text, tmp_path / "faulty.yaml")
    assert [f for f in found if f[1] == code and f[0] == line_of(text, at) and said in f[2]], found


def test_the_exponent_may_be_minus_infinity_but_no_other_odd_number(tmp_path: Path):
    text = MINI + "aggregation: {exponent: -.inf}\n"
    (tmp_path / "least.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "mini-policy.yaml").write_text(POLICY, encoding="utf-8")
    assert load_criteria(tmp_path / "least.yaml").criteria.aggregation.exponent == float("-inf")
    for odd in (".nan", ".inf", "2"):
        found = faults_of(text.replace("-.inf", odd), tmp_path / "odd.yaml")
        assert [f[1] for f in found] == ["C104"]


def test_all_faults_are_told_at_once_in_line_order(tmp_path: Path):
    text = MINI.replace("weight: 60", "weight: 59").replace("type: percent", "type: percentage")
    text = text.replace("frau", "frou", 1).replace("cap: B", "cap: Z").replace("id: mini\n", "", 1)
    found = faults_of(text, tmp_path / "faulty.yaml")
    assert {"C101", "C104", "C201", "C210"} <= {code for _, code, _ in found}
    assert [line for line, _, _ in found] == sorted(line for line, _, _ in found)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id: [1, 2", "C001"),
        ("- a\n- b", "C003"),
        ("", "C003"),
        ("just words", "C003"),
        ("a: " + "[" * 60 + "]" * 60, "C002"),
        (
            "a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
            "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"
            "f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]",
            "C002",
        ),
    ],
)
def test_what_is_no_criteria_file_is_said_to_be_none(tmp_path: Path, text: str, code: str):
    assert faults_of(text, tmp_path / "none.yaml")[0][1] == code


def test_a_file_in_another_encoding_is_unreadable(tmp_path: Path):
    path = tmp_path / "gbk.yaml"
    path.write_bytes("id: x\ntitle: 指标".encode("gb18030"))
    with pytest.raises(UnreadableInputError, match="line 2"):
        load_criteria(path)


def test_an_unknown_name_suggests_the_nearest():
    with pytest.raises(UsageError, match="did you mean pilot-maturity"):
        load_criteria("pilot-matrity")
    with pytest.raises(UsageError, match=r"no criteria set file nowhere\.yaml"):
        load_criteria("nowhere.yaml")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  C:\n    approval", "  D:\n    approval", "P301"),
        ("range: [100, 500]", "range: [500, 100]", "P302"),
        ("criteria: mini", "criteria: other", "P303"),
        ("requested: requested", "requested: mode", "P304"),
        ("when: disputed == no", "when: disputd == no", "C207"),
        ("decision: hold", "decision: wait", "C104"),
    ],
)
def test_faults_of_a_policy(mini: Path, old: str, new: str, code: str):
    path = mini.parent / "faulty-policy.yaml"
    path.write_text(POLICY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultyFileError) as caught:
        load_policy(path, load_criteria(mini))
    assert code in [f.code for f in caught.value.findings]


LINES = MINI.splitlines()


@pytest.mark.slow
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None
)
@given(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(["drop", "twice", "blank", "junk", "swap"]),
    st.text(max_size=12),
)
def test_a_damaged_file_loads_or_says_what_is_wrong(tmp_path: Path, at: int, how: str, junk: str):
    lines = list(LINES)
    if how == "drop":
        del lines[at]
    elif how == "twice":
        lines.insert(at, lines[at])
    elif how == "blank":
        lines[at] = lines[at][: len(lines[at]) // 2]
    elif how == "junk":
        lines[at] = lines[at] + junk
    else:
        lines[at], lines[0] = lines[0], lines[at]
    path = tmp_path / "damaged.yaml"
    path.write_text("\n".join(lines), encoding="utf-8", errors="replace")
    try:
        load_criteria(path)
    except PilotscoreError as error:
        assert error.message("zh")
        assert error.message("en")
        for finding in error.findings:
            assert finding.place.line is not None
            assert finding.sentence("zh")
            assert finding.sentence("en")


ODD = [
    None,
    [],
    {},
    "",
    0,
    -1,
    1e308,
    True,
    [1, 2],
    {"zh": "a", "en": "b"},
    "{bad}",
    "trl < 4",
    10**20,
]


def paths_of(data: object, path: tuple = ()) -> list[tuple]:
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [p for key, value in inner for p in ((*path, key), *paths_of(value, (*path, key)))]


PLAIN = read_yaml(MINI).data


@pytest.mark.slow
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None
)
@given(st.sampled_from(paths_of(PLAIN)), st.sampled_from(ODD))
def test_any_value_in_any_place_loads_or_is_told(tmp_path: Path, path: tuple, value: object):
    data = copy.deepcopy(PLAIN)
    around = data
    for step in path[:-1]:
        around = around[step]
    around[path[-1]] = value
    file = tmp_path / "odd.yaml"
    file.write_text(to_yaml(data, sort_keys=True), encoding="utf-8")
    try:
        load_criteria(file)
    except PilotscoreError as error:
        for finding in error.findings:
            assert finding.sentence("zh")
            assert finding.sentence("en")
