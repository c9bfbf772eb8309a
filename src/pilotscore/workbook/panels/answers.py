"""Sufficiency indicators: answered by yes and no, counted and not scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pilotscore.findings import Finding
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.records import PanelAnswer
from pilotscore.workbook.panels.score_sheets import Score


def as_answered(
    scores: Sequence[Score], unread: Mapping[str, int], findings: list[Finding]
) -> list[Score]:
    """Return the scores without answers on indicators that are scored, which are told.

    A yes is no score: where anybody gave an indicator a number, or more of its cells are words
    that mean neither yes nor no, an answer is as little a score as any other word.

    Parameters
    ----------
    scores
        All scores and answers, under the names that their indicators have in the end.
    unread
        How many cells of each indicator are other words.
    findings
        To which what is told is added.
    """
    numbers = {s.indicator for s in scores if not s.answer}
    answered = Counter(s.indicator for s in scores if s.answer)
    scored = numbers | {name for name, count in answered.items() if unread.get(name, 0) > count}
    kept = []
    for score in scores:
        if score.answer and score.indicator in scored:
            findings.append(Finding(kinds.NOT_A_SCORE, score.place, {"text": score.answer}))
        else:
            kept.append(score)
    return kept


def answers_of(scores: Sequence[Score]) -> tuple[PanelAnswer, ...]:
    """Return the answers among scores, in order of indicator, result and expert.

    Where a second stage answers for a result, its answers stand for those of the first.
    """
    last: dict[tuple[str, str], int] = {}
    for s in scores:
        if s.answer:
            key = s.indicator, s.result
            last[key] = max(s.stage, last.get(key, s.stage))
    answers = [
        PanelAnswer(s.expert, s.result, s.indicator, s.score == 1, s.comment, s.place, s.stage)
        for s in scores
        if s.answer and s.stage == last[s.indicator, s.result]
    ]
    return tuple(sorted(answers, key=lambda a: (a.indicator, a.result, a.expert)))
