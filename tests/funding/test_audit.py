"""Random calls, decided and audited: what their JSON says is derived once more by another way."""

from __future__ import annotations

import copy
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from pilotscore.errors import FaultyFileError
from pilotscore.funding.fits import fit_of
from pilotscore.render.json import to_json
from pilotscore.runs import assess as assess_run
from pilotscore.runs.fund import explain_decision, fund
from pilotscore.views.fund.document import document
from tests.conftest import AS_OF, HEADERS, row, to_yaml, write_book

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from audit import faults

# Rounds whose least amounts nobody can meet; a round with limits that stop several; rounds of one
# budget in which somebody without an award would have one with more money.
UNMET, EDITED = frozenset({28, 33}), 23
CLOSE = (103, 112, 114, 122, 134, 144)
# Rounds in which a smaller request would be funded, and in which a better grade would bring money.
ASKING, BETTER = (103, 122, 134, 15, 20), (103, 134, 10, 24)
COLUMNS = {"trl": 2, "yield_rate": 4, "run_hours": 6}
MODES = ("连续", "间歇")
HEAD = [*HEADERS, "申请金额", "中试成本", "单位"]
FACT = "  - {id: institution, title: {zh: 单位, en: Institution}, type: text}\n"


def random_round(seed: int) -> tuple[list[list[Any]], dict[str, Any]]:
    """Return the rows of a workbook and a call with limits of every kind, some of them tight."""
    draw = random.Random(seed)
    rows = []
    for k in range(draw.randint(9, 15)):
        cells = row(
            id=f"P-{k + 1}",
            trl=draw.randint(3, 9),
            yield_rate=draw.choice([80, 90, 99]),
            mode=draw.choice(MODES),
            permit_end=draw.choice([None, None, "2020-01-01"]),
        )
        asked = draw.choice([None, 5, *(draw.randint(20, 120) for _ in range(6))])
        cost = draw.choice([None, *(draw.randint(60, 400) for _ in range(5))])
        rows.append([*cells, asked, cost, draw.choice(["甲所", "乙所", "丙所"])])
    budget: dict[str, Any] = {"total": draw.randint(120, 420)}
    levels: list[dict[str, Any]] = [
        {"id": "full", "title": "full"},
        {"id": "part", "title": "part", "share": "60%"},
    ]
    if draw.random() < 0.4:
        first = draw.randint(60, 250)
        budget = {"stages": [{"id": "a", "amount": first}, {"id": "b", "amount": 300 - first}]}
        levels[0]["milestones"] = [{"share": "60%", "stage": "a"}, {"share": "40%", "stage": "b"}]
    tracks = {
        "run": {
            "title": {"zh": "连续", "en": "run"},
            "names": ["连续"],
            **draw.choice([{}, {"min": 60}, {"max": "50%"}, {"max_awards": 2}]),
        },
        "batch": {
            "title": {"zh": "间歇", "en": "lots"},
            "names": ["间歇"],
            **draw.choice([{}, {"min_awards": 1}, {"max": 110}]),
        },
    }
    grant = {
        "policy_range": False,
        "min": 15,
        **draw.choice([{}, {"max": 90}]),
        **draw.choice([{}, {"cost_share": "40%", "round_to": 1}]),
    }
    call = {
        "id": "c",
        "version": "1",
        "title": "c",
        "criteria": "mini",
        "unit": "万元",
        "budget": budget,
        "grant": grant,
        "levels": draw.choice([[], levels]),
        "track": "mode",
        "tracks": tracks,
        "floor": draw.choice([0, 55]),
        "caps": draw.choice(
            [
                {},
                {"u": {"title": "u", "by": "institution", "max": 130}},
                {"u": {"title": "u", "by": "institution", "max_awards": 2}},
            ]
        ),
        "line": {"miss": draw.choice(["skip", "stop"]), "partial": draw.random() < 0.5},
        "rule": draw.choice(["rank_order", "rank_order", "portfolio"]),
        "reserve": 3,
        **draw.choice([{}, {"least_grade": "B"}]),
    }
    if "stages" in budget and not call["levels"]:
        call["levels"] = levels
    return rows, call


class Made:
    """A round in files, decided as often as wanted."""

    def __init__(
        self,
        folder: Path,
        mini: Path,
        seed: int,
        asked: dict[int, float] | None = None,
        cells: dict[int, dict[int, float]] | None = None,
    ) -> None:
        rows, self.call = random_round(seed)
        for i, amount in (asked or {}).items():
            rows[i][-3] = amount
        for i, changed in (cells or {}).items():
            for column, value in changed.items():
                rows[i][column] = value
        text = mini.read_text(encoding="utf-8")
        if FACT not in text:
            mini.write_text(
                text.replace("evidence:\n  default", f"{FACT}evidence:\n  default"),
                encoding="utf-8",
            )
        book = write_book(folder / "b.xlsx", {"成果": [HEAD, *rows]})
        self.path = folder / "call.yaml"
        self.path.write_text(to_yaml(self.call), encoding="utf-8")
        self.outcome = assess_run.rank(book, mini, as_of=AS_OF)

    def decided(self, *settings: str):
        return fund(self.outcome, self.path, settings=settings)


@pytest.fixture
def made(tmp_path: Path, mini: Path):
    return lambda seed, *changes: Made(tmp_path, mini, seed, *changes)


def json_of(report) -> dict[str, Any]:
    return json.loads(to_json(document(report).record(), "en"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [s for s in range(40) if s not in UNMET])
def test_what_a_round_says_is_confirmed_by_another_derivation(made, seed):
    this = made(seed)
    assert faults(this.call, json_of(this.decided())) == []


@pytest.mark.parametrize("seed", sorted(UNMET))
def test_a_call_that_cannot_be_met_decides_nothing(made, seed):
    with pytest.raises(FaultyFileError):
        made(seed).decided()


@pytest.mark.slow
@pytest.mark.parametrize("seed", CLOSE)
def test_what_would_change_a_decision_does_and_a_fen_less_does_not(made, seed):
    this = made(seed)
    report = this.decided()
    tried = 0
    decision = report.funded
    whole = decision.instance.call.budget_fen
    others = [
        i for i, r in enumerate(decision.instance.refusals) if not r and not decision.award()[i]
    ]
    for i in others[:2]:
        flip = explain_decision(report, i).counterfactual
        assert flip is not None
        if flip.money is None:
            continue
        for more, due in ((flip.money, True), (flip.money - 1, False)):
            again = this.decided(f"budget.total={(whole + more) / 10**6:.6f}万元")
            assert bool(again.funded.award()[i]) == due
            tried += 1
    assert tried


@pytest.mark.slow
@pytest.mark.parametrize("seed", ASKING)
def test_a_sum_that_would_be_given_is_when_it_is_asked_for_in_the_workbook(made, seed):
    report = made(seed).decided()
    decision = report.funded
    tried = 0
    for i in [k for k, r in enumerate(decision.instance.refusals) if not r][:12]:
        flip, fit = explain_decision(report, i).counterfactual, fit_of(decision, i)
        sums = [flip.amount if flip else None, fit.amount if fit else None]
        for amount in {x for x in sums if x is not None}:
            again = made(seed, {i: amount / 10**6}).decided().funded
            assert again.award()[i] > 0
            tried += 1
    assert tried


@pytest.mark.slow
@pytest.mark.parametrize("seed", BETTER)
def test_what_a_better_grade_brings_is_what_the_corrected_workbook_brings(made, seed):
    this = made(seed)
    report = fund(this.outcome, this.path, ways=30)
    told = [(i, w, w.guidance.nearest) for i, w in report.ways.items() if w.award]
    assert told
    for i, way, path in told[:2]:
        assert path is not None
        names = [report.outcome.criteria.indicators[m.indicator].id for m in path.moves]
        changed = {COLUMNS[n]: float(m.value or 0) for n, m in zip(names, path.moves, strict=True)}
        after = made(seed, None, {i: changed}).decided().funded
        assert after.award()[i] == way.award


def test_the_audit_itself_finds_what_was_edited(made):
    this = made(EDITED)
    data = json_of(this.decided())
    assert faults(this.call, data) == []
    funded = next(k for k, d in enumerate(data["decisions"]) if d["award"])
    stopped = next(
        k for k, g in enumerate(data["grounds"]) if g.get("stopped_by") and not g["level"]
    )
    edits = [
        lambda d: d["decisions"][funded].update(award=d["decisions"][funded]["award"] + 1),
        lambda d: d["decisions"][funded].update(rank_order=0),
        lambda d: d["grounds"][stopped]["stopped_by"].pop(),
        lambda d: d["grounds"][stopped]["stopped_by"][0].update(left=1),
        lambda d: d["grounds"][stopped]["stopped_by"][0].update(enough=1),
        lambda d: d["limits"][0].update(awarded=0),
    ]
    for edit in edits:
        changed = copy.deepcopy(data)
        edit(changed)
        assert faults(this.call, changed)
