"""What a mapping file gave is said wherever the value or grade is: on every page, in every file."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import pilotscore
from pilotscore.language import LANGS, Lang
from pilotscore.render.json import to_json
from pilotscore.runs import assess as assess_run
from pilotscore.runs.explained import explain_result
from pilotscore.runs.outcome import Outcome
from pilotscore.views import explanation, findings, given, ranking, scorecard
from tests.conftest import AS_OF, MINI, write_book
from tests.views.conftest import OnScreen
from tests.workbook.office_rules import names_by

RULES = """headers: {}
synonyms: {hazard: {基本完成: partial}}
levels: {trl: {1: 1, 2: 4, 3: 7, 4: 9}}
derived: {yield_rate: 合格数 / 总数}
evidence:
  defaults: [{grade: E2, reason: 县级抽查}]
  columns: {证明材料: [hazard]}
  words: {第三方检测报告: E3}
"""
ROWS = [
    ["编号", "TRL（四级制）", "合格数（件）", "总数（件）", "安全评估", "环评批复", "证明材料"],
    ["P-1", 3, 96, 100, "基本完成", "是", "第三方检测报告"],
    ["P-2", 1, 1, 2, "已完成", "否", ""],
]


@pytest.fixture
def ran(tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    monkeypatch.chdir(tmp_path)
    Path("m.yaml").write_text(RULES, encoding="utf-8")
    write_book(Path("b.xlsx"), {"表": ROWS})
    return pilotscore.rank("b.xlsx", "mini.yaml", as_of=AS_OF, mapping="m.yaml")


def plain(record: Any) -> Any:
    return json.loads(to_json(record, "zh"))


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_the_scorecard_and_the_explanation_say_it(ran: Outcome, on_screen: OnScreen, lang: Lang):
    explained = explain_result(ran, 0)
    for page in (scorecard.page(ran, 0), explanation.page(explained)):
        shown = on_screen(page, 160, lang)
        for part in (
            "E2: 县级抽查",
            "第三方检测报告 = E3",
            "合格数 / 总数",
            "(C2)",
            "基本完成 = partial",
            "1→1",
            "3 → 7",
        ):
            assert part in shown
    shown = on_screen(scorecard.page(ran, 0), 160, lang)
    for part in ("96% ‡", "7 ‡", "E3 ‡", "E2 ‡"):
        assert part in shown


@pytest.mark.slow
def test_the_data_say_it_with_cells(ran: Outcome):
    for record in (scorecard.record(ran, 0), explanation.record(explain_result(ran, 0))):
        listed = {(g["id"], g["of"]): g for g in plain(record)["given"]}
        assert {(k, g["manner"]) for k, g in listed.items()} == {
            (("trl", "value"), "levels"),
            (("trl", "evidence"), "default"),
            (("yield_rate", "value"), "derived"),
            (("yield_rate", "evidence"), "default"),
            (("hazard", "value"), "synonym"),
            (("hazard", "evidence"), "words"),
            (("permit", "evidence"), "default"),
        }
        assert [c.rpartition("!")[2] for c in listed["yield_rate", "value"]["cells"]] == [
            "C2",
            "D2",
        ]


def test_files_have_a_sheet_of_it_only_where_a_mapping_gave_something(ran: Outcome, mini: Path):
    sheets = ranking.document(ran).sheets()
    (sheet,) = [s for s in sheets if s.name in [x.name for x in given.sheets(ran)]]
    table = sheet.blocks[0]
    assert len(table.rows) == 12  # type: ignore[union-attr]  # it is the table
    none = pilotscore.rank("b.xlsx", "mini.yaml", as_of=AS_OF)
    assert not given.sheets(none)
    assert plain(scorecard.record(none, 0))["given"] == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", [True, False])
def test_check_says_it_of_each_rule(
    ran: Outcome, on_screen: OnScreen, mini: Path, lang: Lang, form: bool
):
    if form:
        write_book(Path("b.xlsx"), {"表": [list(pair) for pair in zip(*ROWS[:2], strict=True)]})
    checked = assess_run.check("b.xlsx", "mini.yaml", as_of=AS_OF, mapping="m.yaml")
    document = findings.document(checked)
    shown = on_screen(document.page(), 160, lang)
    for part in ("县级抽查", "第三方检测报告 = E3", "合格数 / 总数", "基本完成 = partial"):
        assert part in shown
    record = plain(document.record())
    (page,) = record["reading"]
    assert {g["manner"] for g in page["given"]} == {
        *("levels", "synonym", "derived", "default", "words")
    }
    heads = {c["name"]: c["matched"] for c in page["columns"] if c["name"]}
    assert heads["yield_rate"] == "derived"
    assert {
        c["matched"] for c in page["columns"] if c["header"].startswith(("合格", "总", "证明"))
    } <= {
        "source",
        "derived",
    }
    reading = document.sheets()[0]
    assert len(reading.blocks) == 3


def test_what_batch_data_measure_is_not_given_by_the_mapping(ran: Outcome):
    m = ran.assessment.measurements
    from pilotscore.measures.measurements import Basis

    basis = Basis("rsd", None, 5, 1.0, 1.0, 1.0, 1.0, 1.0)
    measured = replace(m, bases={(0, "trl"): basis})
    assert m.given_value(0, "trl") is not None
    assert measured.given_value(0, "trl") is None


def test_rules_go_to_other_processes(mini: Path):
    from pilotscore.criteria import CriteriaSet
    from tests.conftest import from_yaml

    criteria = CriteriaSet.model_validate(from_yaml(MINI))
    names = names_by(criteria, RULES.partition("\n")[2])
    again = pickle.loads(pickle.dumps(names))
    assert again.rules.derived[0].text == "合格数 / 总数"
    assert again.rules.evidence is not None
    assert again.is_source("证明材料")
