"""Puts the scores of all sheets together: known names, one score each, on scale, no conflict."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

import numpy as np

from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Kind, in_order
from pilotscore.language import NOTHING, did_you_mean
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Book
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.answers import answers_of, as_answered
from pilotscore.workbook.panels.conflicts import recusal
from pilotscore.workbook.panels.records import Expert, PanelResult, PanelSubmission, ScoreColumns
from pilotscore.workbook.panels.scales import on_scale
from pilotscore.workbook.panels.score_sheets import Score
from pilotscore.workbook.panels.stated_scales import StatedScale
from pilotscore.workbook.values.cells import half_width

IndicatorOf = Callable[[str], str | None]


@dataclass(slots=True)
class Gathered:
    """What the sheets of all files hold together."""

    scores: list[Score] = field(default_factory=list)
    scales: list[StatedScale] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    blanks: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    experts: dict[str, Expert] = field(default_factory=dict)
    results: dict[str, PanelResult] = field(default_factory=dict)


def no_indicator(_: str) -> None:
    """Say of every name that it is no indicator: there is no criteria set."""


def name_indicators(gathered: Gathered, indicator_of: IndicatorOf) -> None:
    """Put indicators under the names of the criteria set; one that is not in it is told."""
    if indicator_of is no_indicator:
        return
    reported: set[str] = set()
    gathered.scales = [
        replace(s, indicator=s.indicator and (indicator_of(s.indicator) or s.indicator))
        for s in gathered.scales
    ]
    for number, score in enumerate(gathered.scores):
        name = indicator_of(score.indicator)
        if name is not None:
            gathered.scores[number] = replace(score, indicator=name)
        elif score.indicator and score.indicator not in reported:
            reported.add(score.indicator)
            values = {"indicator": score.indicator, "near": NOTHING}
            gathered.findings.append(Finding(kinds.UNKNOWN_INDICATOR, score.place, values))


def joined(
    books: Sequence[Book],
    gathered: Gathered,
    scale: tuple[float, float] | None,
    stated: Mapping[str, tuple[float, float]],
) -> PanelSubmission:
    """Put the scores of all sheets together: known names, one score each, on the scale."""
    scores = _known(gathered)
    scores = as_answered(scores, gathered.unread, gathered.findings)
    # What is off the scale is no score: it does not contradict one that is on it.
    settled = on_scale(scores, scale, stated, gathered.scales)
    gathered.findings += settled.findings
    scores = _once(settled.scores, gathered.findings)
    scores, recused = _without_conflicts(scores, gathered)
    return PanelSubmission(
        _columns([s for s in scores if not s.answer]),
        tuple(recused),
        gathered.experts,
        gathered.results,
        settled.scales,
        gathered.blanks,
        tuple(in_order(gathered.findings)),
        {b.name: b.sha256 for b in books},
        answers_of(scores),
    )


def _columns(scores: Sequence[Score]) -> ScoreColumns:
    def texts(values: Iterable[str]) -> np.ndarray:
        column = np.empty(len(scores), dtype=object)
        column[:] = list(values)
        return column

    return ScoreColumns(
        texts(s.expert for s in scores),
        texts(s.result for s in scores),
        texts(s.indicator for s in scores),
        np.array([s.score for s in scores], dtype=float),
        np.array([s.at for s in scores], dtype=float),
        texts(s.comment for s in scores),
        tuple(s.place for s in scores),
        np.array([s.stage for s in scores], dtype=np.int64),
    )


def _known(gathered: Gathered) -> list[Score]:
    """Return the scores of known experts and results, under the names of their sheets."""
    _spell_alike(gathered)
    experts = {normalise(name): name for name in gathered.experts}
    spelled: dict[str, str] = dict(experts)
    forms = {name: normalise(name) for name in {s.expert for s in gathered.scores}}
    for name in sorted(forms):
        spelled.setdefault(forms[name], name)
    kept = []
    reported: set[tuple[str, str]] = set()
    for score in gathered.scores:
        expert = spelled[forms[score.expert]]
        if experts and forms[score.expert] not in experts:
            _tell_once(gathered, reported, kinds.UNKNOWN_EXPERT, score, "expert", gathered.experts)
        elif gathered.results and score.result not in gathered.results:
            _tell_once(gathered, reported, kinds.UNKNOWN_RESULT, score, "result", gathered.results)
        else:
            kept.append(score if score.expert == expert else replace(score, expert=expert))
    return kept


def _spell_alike(gathered: Gathered) -> None:
    """Give results and indicators one spelling, whatever the case, width and spaces of letters.

    It is that of the sheet of results; else the one that comes first in order.
    """
    results = _spelled({s.result for s in gathered.scores}, gathered.results)
    indicators = _spelled({s.indicator for s in gathered.scores}, ())
    if results or indicators:
        gathered.scores = [
            replace(
                s,
                result=results.get(s.result, s.result),
                indicator=indicators.get(s.indicator, s.indicator),
            )
            if s.result in results or s.indicator in indicators
            else s
            for s in gathered.scores
        ]
    gathered.scales = [
        replace(s, indicator=s.indicator and indicators.get(s.indicator, s.indicator))
        for s in gathered.scales
    ]


def _spelled(names: Iterable[str], listed: Iterable[str]) -> dict[str, str]:
    """Return the names that are spelled otherwise, with the one spelling of each."""
    known = {_alike(name): name for name in listed}
    every = sorted(names)
    for name in every:
        known.setdefault(_alike(name), name)
    return {name: known[_alike(name)] for name in every if known[_alike(name)] != name}


def _alike(name: str) -> str:
    """Return a name without case and spaces; signs stay, which tell 1-11 from 11-1."""
    return "".join(half_width(name).casefold().split())


def _tell_once(
    gathered: Gathered,
    reported: set[tuple[str, str]],
    kind: Kind,
    score: Score,
    what: str,
    known: Iterable[str],
) -> None:
    """Tell a name that is not known at the first cell where it stands."""
    name = getattr(score, what)
    if (what, name) not in reported:
        reported.add((what, name))
        near = did_you_mean(name, known)
        gathered.findings.append(Finding(kind, score.place, {what: name, "near": near}))


def _once(scores: Sequence[Score], findings: list[Finding]) -> list[Score]:
    """Return one score for each expert, result, indicator and stage; a second one is told."""
    by_key: dict[tuple[str, str, str, int], list[Score]] = {}
    for score in scores:
        key = score.expert, score.result, score.indicator, score.stage
        by_key.setdefault(key, []).append(score)
    kept = []
    for same in by_key.values():
        if len(same) == 1:
            kept.append(same[0])
            continue
        last = _last(same)
        first, other = sorted(same, key=lambda s: str(s.place))[:2]
        values = {"expert": other.expert, "result": other.result, "other": str(first.place)}
        if last is None:
            findings.append(Finding(kinds.SCORED_TWICE_UNDATED, other.place, values))
        else:
            findings.append(Finding(kinds.SCORED_TWICE, other.place, values))
            kept.append(last)
    return kept


def _last(same: Sequence[Score]) -> Score | None:
    """Return the score that counts of several; None where nothing says which."""
    latest = max((s.at for s in same if not math.isnan(s.at)), default=math.nan)
    among = [s for s in same if s.at == latest] if not math.isnan(latest) else list(same)
    if len({s.score for s in among}) > 1:
        return None
    return min(among, key=lambda s: str(s.place))


def _without_conflicts(
    scores: Sequence[Score], gathered: Gathered
) -> tuple[list[Score], list[tuple[str, str, str]]]:
    """Return the scores without those of experts who are to keep out, and these."""
    kept: list[Score] = []
    recused: list[tuple[str, str, str]] = []
    tell_empty_conflicts(gathered, {s.result for s in scores})
    for score in scores:
        expert = gathered.experts.get(score.expert)
        result = gathered.results.get(score.result, PanelResult(score.result))
        reason = recusal(expert, result) if expert is not None else None
        if reason is None:
            kept.append(score)
            continue
        recused.append((score.expert, score.result, score.indicator))
        values = {"expert": score.expert, "result": score.result, "reason": reason}
        gathered.findings.append(Finding(kinds.CONFLICT, score.place, values))
    return kept, recused


def tell_empty_conflicts(gathered: Gathered, scored: set[str]) -> None:
    """Tell conflicts that name no known result, institution or person."""
    known = {*scored, *gathered.results}
    for result in gathered.results.values():
        known |= {*result.units, *result.persons}
    if not known:
        return
    forms = {normalise(k) for k in known}
    for expert in gathered.experts.values():
        for text in expert.conflicts:
            if normalise(text) not in forms:
                near = did_you_mean(text, known, NOTHING)
                values = {"text": text, "near": near}
                gathered.findings.append(Finding(kinds.CONFLICT_OF_NOBODY, expert.place, values))
