"""The rule of a criteria set, with what a command asks for in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.errors import FaultyFileError
from pilotscore.runs.panel import panel_report
from pilotscore.runs.panel_rules import PanelRules, rules_of
from tests.conftest import MINI, from_yaml, write_book

RULE = {
    "how": "drop",
    "drop": 1,
    "drop_from": 4,
    "groups": {"企业": 0.6, "高校": 0.4},
    "least": 2,
    "least_by_group": {"企业": 1},
    "scale": [0, 100],
    "discuss_above": 30,
}


@pytest.fixture
def ours(mini: Path) -> Path:
    data = yaml.safe_load(mini.read_text(encoding="utf-8"))
    mini.write_text(yaml.safe_dump({**data, "panel": RULE}, allow_unicode=True), encoding="utf-8")
    return mini


def test_the_rule_of_the_set(ours: Path):
    rules = rules_of(str(ours), {})
    assert (rules.rule.how, rules.rule.drop_from, rules.rule.least) == ("drop", 4, 2)
    assert rules.rule.group_weights == {"企业": 0.6, "高校": 0.4}
    assert rules.rule.least_by_group == {"企业": 1}
    assert (rules.scale, rules.discuss) == ((0, 100), 30)
    assert rules.scales == {"技术就绪水平": (1, 9)}
    assert rules.indicator_of("Technology readiness level") == "技术就绪水平"
    assert rules.indicator_of("味道") is None


def test_what_is_asked_for_comes_first(ours: Path):
    asked = {"how": "median", "groups": {"用户": 1.0}, "least": 1, "scale": (0, 10), "drop": None}
    rules = rules_of(str(ours), asked)
    assert (rules.rule.how, rules.rule.least, rules.scale) == ("median", 1, (0, 10))
    assert rules.rule.group_weights == {"用户": 1.0}


def test_without_a_set_the_defaults():
    rules = rules_of(None, {"how": None})
    assert rules.rule == PanelRules().rule
    assert rules.discuss == 20


def test_more_left_out_takes_more_scores():
    assert rules_of(None, {"how": "drop", "drop": 3}).rule.drop_from == 7


@pytest.mark.parametrize(
    ("change", "key"),
    [({"drop": 2}, "drop_from"), ({"scale": [9, 1]}, "scale"), ({"how": "mode"}, "how")],
)
def test_faults_of_the_file_are_told(ours: Path, change: dict, key: str):
    data = yaml.safe_load(ours.read_text(encoding="utf-8"))
    data["panel"] |= change
    ours.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(FaultyFileError) as told:
        load_criteria(ours)
    assert any(key in f.sentence("en") for f in told.value.findings)


def test_indicators_go_by_the_names_ranges_and_weights_of_the_set(ours: Path, tmp_path: Path):
    rows = [
        [e, "P-1", name, score]
        for e in ("甲", "乙")
        for name, score in (("TRL", 7), ("trl", 7), ("一次合格率", 80), ("味道", 3))
        if not (name == "trl" and e == "甲") and not (name == "TRL" and e == "乙")
    ]
    head = ["专家", "编号", "指标", "分数"]
    book = write_book(tmp_path / "s.xlsx", {"s": [head, *rows]})
    made = panel_report([book], rules_of(str(ours), {"groups": {"": 1.0}, "least": 1}))
    by_name = {j.name: j for j in made.judged}
    assert "E911" in {f.code for f in made.findings}
    assert by_name["一次合格率"].rule.scale == (0, 100)


def test_indicators_in_bands_and_levels_are_read_by_their_words(tmp_path: Path):
    table = [
        {"id": "a", "title": "优", "range": [90, 100]},
        {"id": "b", "title": "良", "range": [0, 89]},
    ]
    data = from_yaml(MINI)
    data["dimensions"][1]["indicators"][0] |= {"type": "bands", "table": table}
    criteria = CriteriaSet.model_validate(data)
    title = criteria.indicators[criteria.indicator_position["hazard"]].title
    path = tmp_path / "bands.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    rules = rules_of(str(path), {})
    assert rules.quantity_of(title.to("en")).id == "hazard"
    assert rules.quantity_of("别的") is None
    rows = [["E1", "P-1", "hazard", "优 95"], ["E2", "P-1", title.to("zh"), "良(85)"]]
    sheets = {"s": [["专家", "编号", "指标", "分数"], *rows]}
    made = panel_report([write_book(tmp_path / "s.xlsx", sheets)], rules)
    assert made.overall.aggregate.value.tolist() == [90]


def test_without_a_set_no_name_is_unknown(tmp_path: Path):
    rows = [["甲", "P-1", "味道", 80], ["乙", "P-1", "味道", 70]]
    book = write_book(tmp_path / "s.xlsx", {"s": [["专家", "编号", "指标", "分数"], *rows]})
    made = panel_report([book], rules_of(None, {}))
    assert [f.code for f in made.findings] == ["E904"]
