"""Weights from the batch and from judgements, and where they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.errors import FaultyFileError, UnreadableInputError
from pilotscore.runs.weights import METHODS, Combination, batch_weights, judged_weights
from pilotscore.workbook.templates.judgements import write_judgement_template
from tests.conftest import AS_OF, MakeBook, row


@pytest.fixture
def results(book: MakeBook) -> Path:
    rows = [row(id=f"P-{n}", trl=3 + n, run_hours=20 * n, yield_rate=60 + n) for n in range(1, 5)]
    return book(*rows)


def test_weights_of_a_batch_say_that_they_depend_on_it(results: Path, mini: Path):
    report = batch_weights(results, mini, "equal", as_of=AS_OF)
    assert sum(report.derived.dimensions) == pytest.approx(1)
    assert report.stated_dimensions == pytest.approx((0.6, 0.4))
    assert report.origin.to("en").startswith("equal weights, scores of 4 results, ")
    assert report.origin.to("zh").endswith("；依赖该批成果")


def test_combined_with_the_stated_ones(results: Path, mini: Path):
    product = batch_weights(results, mini, "std", as_of=AS_OF, combination=Combination("product"))
    assert product.origin.to("en").endswith("; multiplied with the stated weights")
    stated = batch_weights(results, mini, "std", as_of=AS_OF, combination=Combination("mean", 1.0))
    assert list(stated.derived.dimensions) == pytest.approx(list(stated.stated_dimensions))
    assert "averaged with the stated weights (100% of them)" in stated.origin.to("en")


def test_a_book_that_cannot_be_read_and_judgements_that_are_missing(tmp_path: Path, mini: Path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK no")
    with pytest.raises(UnreadableInputError, match="cannot be read"):
        judged_weights([broken], mini, "ahp")
    empty = tmp_path / "empty.xlsx"
    write_judgement_template(empty, load_criteria(mini), "direct", "zh", 1)
    with pytest.raises(FaultyFileError, match="in the judgements; no weights were derived"):
        judged_weights([empty], mini, "direct")


def test_every_method_has_its_name_in_both_languages():
    assert all(title.to("zh") and title.to("en") for title in METHODS.values())
