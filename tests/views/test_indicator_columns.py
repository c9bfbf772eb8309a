"""Columns of an indicator say what is said of each result by itself."""

from __future__ import annotations

from pilotscore.language import LANGS, NOTHING, in_lang, join, number
from pilotscore.runs.outcome import Outcome
from pilotscore.views.indicator_columns import evidence_of, unit_of, values_of, with_own_words
from pilotscore.wording import figures


def test_values_and_evidence_are_those_of_the_scorecard(outcome: Outcome):
    a = outcome.assessment
    own = with_own_words(a.measurements)
    assert {len(x) for x in own.values()} != {0}
    plain = 0
    for j, indicator in enumerate(a.criteria.indicators):
        values, evidence = values_of(a, j, own), evidence_of(a, j, own)
        for i in range(len(a)):
            assert evidence[i] == figures.evidence(a, i, j)
            value = values[i]
            if isinstance(value, float):
                plain += 1
                value = join((number(value), unit_of(indicator) or NOTHING), NOTHING)
            for lang in LANGS:
                said = in_lang(figures.raw_value(a, i, j), lang)
                assert in_lang(value, lang).replace(" ", "") == said.replace(" ", "")
    assert plain > len(a)
