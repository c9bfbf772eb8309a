from __future__ import annotations

import pytest

from pilotscore.language import nearest


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("清晰", ["不清晰", "有争议"], None),
        ("不清晰", ["清晰", "权属清晰"], None),
        ("approved", ["not approved", "aproved"], "aproved"),
        ("valid", ["invalid"], None),
        ("清淅晰", ["清晰"], "清晰"),
        ("trl_levl", ["trl_level", "crl_level"], "trl_level"),
    ],
)
def test_a_denial_is_never_the_word_that_was_meant(word: str, known: list[str], found: str | None):
    assert nearest(word, known) == found
