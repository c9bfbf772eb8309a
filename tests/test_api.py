from __future__ import annotations

from pathlib import Path

import pytest

import pilotscore
from tests.conftest import AS_OF, MakeBook, row


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


def test_errors_are_of_one_family(mini: Path):
    with pytest.raises(pilotscore.PilotscoreError):
        pilotscore.rank("absent.xlsx", mini)
    with pytest.raises(pilotscore.PilotscoreError):
        pilotscore.load_criteria("absent")
