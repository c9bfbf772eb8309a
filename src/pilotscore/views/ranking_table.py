"""The ranking as a table: a row for each result, best first, and one with the scores of all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import Any

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.document import Column, InBlocks, Marks, Shade, Table
from pilotscore.findings import Place
from pilotscore.funding import Recommendation
from pilotscore.index import Assessment, OriginShares, Status, origin_shares
from pilotscore.index.weights import sub_indexes
from pilotscore.language import LINES, Once, Text, Words, join
from pilotscore.ranking import MethodResult
from pilotscore.records import dataclass
from pilotscore.runs.outcome import Outcome
from pilotscore.views import origins, rights_beside
from pilotscore.wording import figures, words

_IN_UNIT = Text("{heading}（{unit}）", "{heading} ({unit})")
_RANK_BY = Text("{method} 名次", "{method} rank")
_GRADED, _WITHHELD = int(Status.GRADED), int(Status.WITHHELD)

Places = Sequence[int]
Cells = list[Any]


def table(outcome: Outcome, places: Places | None = None) -> Table:
    """Return one row per result: ranks, scores, grade, recommendation, reason.

    Parameters
    ----------
    outcome
        The run.
    places
        The places of the results in the assessment; all, best first, where None.
    """
    rows = InBlocks(outcome.ranking.order if places is None else places, _Rows(outcome).columns)
    return Table(tuple(_columns(outcome)), rows)


def scores_table(outcome: Outcome, places: Places | None = None) -> Table:
    """Return one row per result with the score of every indicator."""
    a = outcome.assessment
    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, width=30),
        Column("index", words.INDEX, "score", 8),
        *(Column(i.id, i.title, "score", 11) for i in a.criteria.indicators),
    )

    def some(of: Places) -> list[Cells]:
        scores = np.round(a.scores[list(of)], 9)
        return [*_named(outcome, of), _indexes(a, of), *map(_without_nan, scores.T)]

    return Table(columns, InBlocks(outcome.ranking.order if places is None else places, some))


@dataclass(frozen=True, slots=True)
class _Advice:
    """What is recommended for a result, as its row has it."""

    approval: Words
    funding: Words
    low: float | None
    high: float | None
    support: Words
    conditions: Words
    transfer: Words


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes columns of the results of a run; what many of them share it makes once."""

    outcome: Outcome
    lists: dict[tuple[Text, ...], Words] = field(default_factory=dict)

    def columns(self, of: Places) -> list[Cells]:
        """Return the columns of some results."""
        outcome, a = self.outcome, self.outcome.assessment
        advice = self._advice(of)
        reasons = [Once(r) if r is not None else "" for r in figures.reasons(a, of)]
        return [
            *_named(outcome, of),
            _indexes(a, of),
            *_grades(a, of),
            [x.approval for x in advice],
            [x.funding for x in advice],
            [x.low for x in advice],
            [x.high for x in advice],
            [x.support for x in advice],
            reasons,
            [x.conditions for x in advice],
            *map(_without_nan, _numbers(outcome, of)),
            origins.judged_by_panel(outcome, of),
            [x.transfer for x in advice],
            *(x for m in outcome.ranking.methods.values() for x in _by_method(m, outcome, of)),
            *map(list, zip(*(rights_beside.cells(a, i) for i in of), strict=True)),
            _sources(outcome, of),
        ]

    def _advice(self, of: Places) -> list[_Advice]:
        """Return what is recommended: once for all results for which that is the same."""
        recommended = [self.outcome.plan.recommendations[i] for i in of]
        each = {id(r): r for r in recommended}
        said = {key: self._of(r) for key, r in each.items()}
        return [said[id(r)] for r in recommended]

    def _of(self, r: Recommendation) -> _Advice:
        ranges = [(o.low, o.high) for o in r.open_offers]
        amounts = [x for x in ranges if x[0] is not None and x[1] is not None]
        return _Advice(
            approval=r.approval.title,
            funding=Once(figures.funding(r, self.outcome.policy)),
            low=min((low for low, _ in amounts if low is not None), default=None),
            high=max((high for _, high in amounts if high is not None), default=None),
            support=self._joined(r.support),
            conditions=Once(join((*r.conditions, *figures.closed_offers(r)), LINES)),
            transfer=self._joined(r.transfer),
        )

    def _joined(self, parts: tuple[Text, ...]) -> Words:
        """Return a list of a policy, which has few that many results share."""
        return self.lists.setdefault(parts, Once(join(parts)))


def _named(outcome: Outcome, of: Places) -> Iterator[Cells]:
    """Yield rank, id and title."""
    m = outcome.assessment.measurements
    yield _ranks(outcome.ranking.ranks[list(of)])
    yield [m.ids[i] for i in of]
    yield [m.titles[i] for i in of]


def _ranks(ranks: np.ndarray) -> Cells:
    return [rank or None for rank in ranks.tolist()]


def _indexes(a: Assessment, of: Places) -> Cells:
    """Return the index of each; None where it has none."""
    places = list(of)
    pairs = zip(a.index[places].tolist(), (a.status[places] == _GRADED).tolist(), strict=True)
    return [_figure(x) if graded else None for x, graded in pairs]


def _figure(number: float) -> float | None:
    return round(number, 9) if math.isfinite(number) else None


def _grades(a: Assessment, of: Places) -> tuple[Cells, Cells]:
    """Return the id of each grade and its title."""
    return [figures.grade_id(a, i) for i in of], [figures.grade_title(a, i) for i in of]


def _without_nan(column: Floats) -> Cells:
    numbers: Cells = column.tolist()
    return [x if x == x else None for x in numbers] if np.isnan(column).any() else numbers


def _numbers(outcome: Outcome, of: Places) -> Floats:
    """Return all figures of each result between its conditions and its origins; nan for none.

    A row for each figure, a column for each result.
    """
    a, rows = outcome.assessment, np.asarray(of)
    status = a.status[rows]
    graded, held = status == _GRADED, status == _WITHHELD

    def of_index(*columns: Floats) -> list[Floats]:
        return [np.where(graded, x[rows], np.nan) for x in columns]

    figured = (
        *(np.where(graded, x, np.nan) for x in sub_indexes(a.dimensions[rows], a.criteria).T),
        *a.dimensions[rows].T,
        *of_index(a.measured_low, a.measured_high),
        *(np.where(held, np.nan, x[rows]) for x in (a.low, a.high)),
        *of_index(a.geometric, a.lowest, a.index_uncapped),
        *(x[rows] for x in (a.completeness, a.evidence_share, a.unstated_share)),
        *_shares(origin_shares(a, rows), outcome),
    )
    whole = np.stack(figured)
    return np.where(np.isfinite(whole), np.round(whole, 9), np.nan)


def _shares(shares: OriginShares, outcome: Outcome) -> tuple[Floats, ...]:
    """Return the shares in the order of their columns."""
    derived = (shares.derived,) if outcome.has_rights else ()
    return shares.judged, shares.measured, *derived, shares.stated


def _by_method(result: MethodResult, outcome: Outcome, of: Places) -> tuple[Cells, Cells]:
    """Return what a method gives each result, its score or its grade, and its rank."""
    places, grades = list(of), outcome.criteria.grades
    ranks, scores = _ranks(result.ranks[places]), result.scores[places].tolist()
    given: Iterable[tuple[float, int | None]] = zip(scores, ranks, strict=True)
    if result.sorts:
        return [grades[int(x)].id if rank else _figure(float(x)) for x, rank in given], ranks
    return [_figure(float(x)) for x, _ in given], ranks


def _sources(outcome: Outcome, of: Places) -> list[str]:
    """Return the row that each result stands in; what is the same in a table is written once."""
    m = outcome.assessment.measurements
    heads: dict[tuple[str, str | None], str] = {}
    said = []
    for i in of:
        place = m.place(i, None)
        key = place.file, place.sheet
        if key not in heads:
            heads[key] = str(Place(place.file, place.sheet))
        said.append(f"{heads[key]}!{place.cell}" if place.sheet is not None else str(place))
    return said


def _columns(outcome: Outcome) -> Iterator[Column]:
    criteria_set = outcome.criteria
    grades = [(g.id, n) for n, g in enumerate(criteria_set.grades)]
    shade = Shade("good", 0, 100)
    yield Column("rank", words.RANK, "rank", 6)
    yield Column("id", words.ID, width=12)
    yield Column("title", words.TITLE, "wrap", 30)
    yield Column("index", words.INDEX, "score", 8)
    yield Column("grade", words.GRADE, "centre", 7, Marks((*grades, ("—", None))))
    yield Column("grade_title", words.GRADE_TITLE, width=12)
    yield Column("approval", words.APPROVAL, "wrap", 20)
    yield Column("funding", words.FUNDING, "wrap", 34)
    yield Column("amount_low", _in_unit(words.AMOUNT_LOW, outcome), "amount", 10)
    yield Column("amount_high", _in_unit(words.AMOUNT_HIGH, outcome), "amount", 10)
    yield Column("support", words.SUPPORT, "wrap", 34)
    yield Column("reason", words.REASON, "wrap", 40)
    yield Column("conditions", words.CONDITIONS, "wrap", 34)
    for s in criteria_set.sub_indexes:
        yield Column(s.id, s.heading, "score", 8, shade)
    for d in criteria_set.dimensions:
        yield Column(d.id, d.heading, "score", 8, shade)
    yield Column("measured_low", words.MEASURED_LOW, "score", 9)
    yield Column("measured_high", words.MEASURED_HIGH, "score", 9)
    yield Column("low", words.LOW, "score", 9)
    yield Column("high", words.HIGH, "score", 9)
    yield Column("geometric", words.GEOMETRIC, "score", 9)
    yield Column("lowest", words.LOWEST, "score", 9)
    yield Column("index_uncapped", words.UNCAPPED, "score", 11)
    yield Column("completeness", words.COMPLETENESS, "share", 9)
    yield Column("evidence_share", words.EVIDENCE_SHARE, "share", 10)
    yield Column("evidence_not_stated", words.EVIDENCE_NOT_STATED, "share", 10)
    yield Column("judged_share", words.JUDGED_SHARE, "share", 10)
    yield Column("measured_share", words.MEASURED_SHARE, "share", 9)
    if outcome.has_rights:
        yield Column("derived_share", words.DERIVED_SHARE, "share", 9)
    yield Column("stated_share", words.STATED_SHARE, "share", 9)
    yield Column("judged_indicators", words.JUDGED_INDICATORS, "wrap", 20)
    yield Column("transfer", words.TRANSFER, "wrap", 20)
    for m in outcome.ranking.methods.values():
        title = m.method.title
        yield Column(m.method.id, title, "centre" if m.sorts else "figure", 12)
        yield Column(f"{m.method.id}_rank", _RANK_BY.of(method=title), "rank", 12)
    yield from rights_beside.columns(outcome.assessment)
    yield Column("source", words.SOURCE, width=24)


def _in_unit(title: Text, outcome: Outcome) -> Words:
    unit = outcome.policy.unit
    return _IN_UNIT.of(heading=title, unit=unit) if unit else title
