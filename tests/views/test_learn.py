"""What came of it as page, sheets and record: true of what was estimated, and said of whom."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pilotscore.document import Chart, Fact, Line, Table
from pilotscore.language import LANGS
from pilotscore.outcomes.reweighing import Refusal
from pilotscore.render.json import to_json
from pilotscore.render.markdown import to_markdown
from pilotscore.runs.learn import LearnReport, learn
from pilotscore.runs.learn_experts import experts_learned
from pilotscore.views.learn import phrases
from pilotscore.views.learn.document import document
from pilotscore.views.learn.page import page
from pilotscore.views.learn.record import record
from pilotscore.views.learn.sheets import sheets
from tests.runs.outcomes_store import store_of
from tests.runs.test_learn import score_sheet


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> LearnReport:
    store = store_of(tmp_path_factory.mktemp("s") / "r.db", (400, 400), losers=True)
    return learn(store, odds=(200, 800))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> LearnReport:
    return learn(store_of(tmp_path_factory.mktemp("s") / "few", (30,), followed=0.5))


def text(report: LearnReport, lang) -> str:
    lines = []
    for block in page(report):
        if isinstance(block, Line):
            lines.append("".join(x if isinstance(x, str) else x.to(lang) for x, _ in block.pieces))
        elif isinstance(block, Fact):
            lines.append(block.text if isinstance(block.text, str) else block.text.to(lang))
    return "\n".join(lines)


@pytest.mark.slow
def test_every_sheet_says_of_whom_it_is(report: LearnReport, few: LearnReport):
    for r in (report, few):
        for sheet in sheets(r):
            said = sheet.blocks[0].to("en")
            assert "Only funded results are seen" in said or "Of all" in said
    assert "156 others" in phrases.seen(report.followed).to("en")
    assert "others" not in phrases.seen(few.followed).to("en").replace("what the others", "")


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_the_page_has_no_gap_in_its_words(report: LearnReport, few: LearnReport, lang):
    for r in (report, few):
        said = text(r, lang)
        assert not re.search(r"[{}]|nan|None|inf\b", said)
        assert to_markdown(document(r), lang)


def test_few_outcomes_are_said_with_how_many_more(few: LearnReport):
    said = text(few, "en")
    assert (
        "6 events (the rarer of reached and not) cannot carry yet: shares by time (4 more)" in said
    )
    assert "Weighted by" not in said
    assert "Too few outcomes to judge single indicators" in said
    assert re.search(r"Weights stay: too few outcomes.*; about \d+ outcomes more", said)


@pytest.mark.parametrize("refusal", Refusal)
@pytest.mark.parametrize("lang", LANGS)
def test_each_refusal_has_its_sentence(report: LearnReport, refusal: Refusal, lang):
    found = replace(report.weights.reweighing, refusal=refusal, more=12)
    weights = replace(report.weights, reweighing=found, moves=())
    said = phrases.weights_said(weights).to(lang)
    assert "12" in said
    assert said.startswith("Weights stay" if lang == "en" else "权重不变")


def test_the_sheet_of_weights_sums_to_one(report: LearnReport):
    by_name = {s.name.to("en"): s for s in sheets(report)}
    (table,) = [b for b in by_name["Weights"].blocks if isinstance(b, Table)]
    columns = np.array([row[1:4] for row in table.rows], dtype=float)
    assert columns.sum(axis=0) == pytest.approx([1, 1, 0])
    moves = next(b for b in by_name["Moves"].blocks if isinstance(b, Table))
    assert len(moves.rows) == len(report.weights.moves)


def test_the_record_is_what_was_estimated(report: LearnReport):
    data = json.loads(to_json(record(report), "en"))
    assert data["followed"] == report.followed.reported
    assert data["index"]["auc"]["value"] == pytest.approx(report.index.area.value)
    assert data["index"]["isotonic"] is None
    assert sum(d["new"] for d in data["weights"]["dimensions"]) == pytest.approx(1)
    assert [m["id"] for m in data["weights"]["moves"]] == [m.id for m in report.weights.moves]
    assert data["criteria"]["id"] == "small"
    assert len(data["limits"]) == len(report.limits)


def test_the_record_of_few_has_no_figure_that_they_cannot_carry(few: LearnReport):
    index = json.loads(to_json(record(few), "zh"))["index"]
    assert {k for k, v in index.items() if v is not None} == {
        "reached",
        "not_reached",
        "events",
        "tools",
    }


def test_experts_are_said_to_be_for_the_secretary(report: LearnReport, tmp_path: Path):
    sheet = score_sheet(tmp_path / "scores.csv", report, 0, 1)
    with_experts = replace(report, experts=experts_learned(report.followed, [sheet], (0.0, 1.0)))
    for lang, said in (("en", "For the secretary"), ("zh", "只供评审秘书")):
        assert said in text(with_experts, lang)
    last = sheets(with_experts)[-1]
    assert "secretary" in last.blocks[1].to("en")
    data = json.loads(to_json(record(with_experts), "en"))["experts"]
    assert [e["expert"] for e in data["experts"]] == ["good", "dull", "bad"]
    assert data["chances"] == "stated"
    assert record(report)["experts"] is None


def test_the_decision_curve_and_the_shares_by_time(report: LearnReport, few: LearnReport):
    by_name = {s.name.to("en"): s for s in sheets(report)}
    net = next(b for b in by_name["Decision curve"].blocks if isinstance(b, Table))
    # With hardly any cost of a failure all are funded: both are worth the same.
    first, *_, last = net.rows
    assert first[1] == pytest.approx(first[2], abs=0.01)
    assert last[1] >= -0.02 > last[2]
    chart = next(b for b in by_name["Decision curve"].blocks if isinstance(b, Chart))
    assert {s.values for s in chart.series} <= {c.key for c in net.columns}
    time = next(b for b in by_name["By time"].blocks if isinstance(b, Table))
    of_a = [row for row in time.rows if row[0].to("en") == "A"]
    assert [row[1] for row in of_a] == sorted(row[1] for row in of_a)
    assert of_a[-1][4] == pytest.approx(report.reached[0].share.value)
    assert sum(row[3] for row in time.rows) == int(report.followed.happened.sum())
    assert not {"Decision curve", "By time"} & {s.name.to("en") for s in sheets(few)}
