"""HiGHS where it fails: an error with its status, never nothing."""

from __future__ import annotations

import highspy
import pytest

from pilotscore import highs
from pilotscore.errors import SolverError


def test_a_solver_that_fails_is_an_error_with_its_status_never_an_empty_answer(monkeypatch):
    monkeypatch.setattr(highspy.Highs, "run", lambda _: highspy.HighsStatus.kError)
    with pytest.raises(SolverError) as caught:
        highs.run(highspy.Highs())
    for lang in ("zh", "en"):
        assert "HiGHS" in caught.value.message(lang)
        assert "Not Set" in caught.value.message(lang)
