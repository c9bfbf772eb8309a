from __future__ import annotations

from pathlib import Path

import pytest

import pilotscore
from tests.conftest import AS_OF, HEADERS, MakeBook, row


def test_every_public_name_is_there():
    for name in pilotscore.__all__:
        assert getattr(pilotscore, name)
    assert dir(pilotscore) == sorted(pilotscore.__all__)
    with pytest.raises(AttributeError):
        pilotscore.nothing  # noqa: B018


def test_rank(book: MakeBook, mini: Path):
    outcome = pilotscore.rank(str(book(row(), row(id="P-2", trl=6))), str(mini), as_of=AS_OF)
    assert len(outcome) == 2
    assert isinstance(outcome, pilotscore.Outcome)
    assert outcome.manifest.criteria[0] == "mini"


def test_score(book: MakeBook, mini: Path):
    card = pilotscore.score(
        book(row(), row(id="P-2", run_hours="不适用：间歇", mode="间歇", trl_evidence="")),
        "P-2",
        mini,
        as_of=AS_OF,
    )
    assert isinstance(card, pilotscore.Scorecard)
    assert (card.id, card.grade) == ("P-2", "A")
    assert sum(i.contribution for i in card.indicators) == pytest.approx(card.index, abs=1e-9)
    trl, _, run, *_ = card.indicators
    assert (
        trl.value,
        trl.evidence,
        trl.score,
        trl.score_uncapped,
        str(trl.place).endswith("!C3"),
    ) == (7, "E1", 60, 75, True)
    assert (run.value, run.score, run.weight, run.state.name) == (None, None, 0, "NOT_APPLICABLE")


def test_fund(book: MakeBook, mini: Path, tmp_path: Path):
    rows = [[*row(id=f"P-{k}", trl=9 - k), 60, 1000] for k in (1, 2)]
    headers = [*HEADERS, "申请金额", "中试成本"]
    outcome = pilotscore.rank(book(*rows, headers=headers), mini, as_of=AS_OF)
    call = tmp_path / "call.yaml"
    call.write_text(
        'id: c\nversion: "1"\ntitle: c\ncriteria: mini\nunit: 万元\nbudget: {total: 100}\n'
        "grant: {policy_range: false}\n",
        encoding="utf-8",
    )
    report = pilotscore.fund(outcome, call)
    assert isinstance(report, pilotscore.FundReport)
    assert report.funded.award().tolist() == [60 * 10**6, 0]


def test_errors_are_of_one_family(mini: Path):
    with pytest.raises(pilotscore.PilotscoreError):
        pilotscore.rank("absent.xlsx", mini)
    with pytest.raises(pilotscore.PilotscoreError):
        pilotscore.load_criteria("absent")
