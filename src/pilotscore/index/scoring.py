"""Raw values to scores, dimensions and index of many results, as fast as the arithmetic allows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.criteria import CriteriaSet
from pilotscore.index.intervals import ScoredRows, index_deviations
from pilotscore.index.value_functions import score_values
from pilotscore.index.weights import combine, dimension_weights, indicator_weights, is_linear
from pilotscore.measures import Measurements
from pilotscore.records import dataclass
from pilotscore.workbook import State

# Rows at a time, so that they and their scores stay in the processor's cache. Arrays are by column
# by column, as they are worked on.
CHUNK = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What the arithmetic gives for n results by m indicators in d dimensions.

    Attributes
    ----------
    scores, scores_uncapped
        Shape (n, m), 0-100: with and without the caps of the evidence; 0 where nothing is given,
        nan where it does not apply.
    weights
        Shape (n, m): the weight of each indicator in its dimension, summing to 1 over those that
        apply.
    dimensions, dimensions_uncapped
        Shape (n, d), 0-100; nan where nothing of a dimension applies.
    index, index_uncapped
        Shape (n,), 0-100.
    measured_low, measured_high
        Shape (n,): what measurement leaves uncertain of the index; equal to it where nothing was
        measured.
    high
        Shape (n,): the index if, besides, every missing value came in at 100, and every value whose
        evidence is not stated had the best.
    completeness
        Shape (n,), 0-1: share of the weight that has a value.
    evidence_share
        Shape (n,), 0-1: share of the weight with evidence at or above the threshold.
    unstated_share
        Shape (n,), 0-1: share of the weight that has a value of which no evidence is stated.
    unproven
        Shape (n,): how many required indicators are without such evidence.
    """

    scores: Floats
    scores_uncapped: Floats
    weights: Floats
    dimensions: Floats
    dimensions_uncapped: Floats
    index: Floats
    index_uncapped: Floats
    measured_low: Floats
    measured_high: Floats
    high: Floats
    completeness: Floats
    evidence_share: Floats
    unstated_share: Floats
    unproven: Floats

    @property
    def low(self) -> Floats:
        """The index if every missing value came in at 0, as scored: what measurement leaves."""
        return self.measured_low


def score_results(measurements: Measurements, criteria: CriteriaSet, states: Codes) -> Scores:
    """Score every result, by its own values alone.

    Parameters
    ----------
    measurements
        The raw values, shape (n, m).
    criteria
        The criteria set.
    states
        The state of each value, shape (n, m), as the rules on missing data leave it.
    """
    n, m, d = len(measurements), len(criteria.indicators), len(criteria.dimensions)
    wide = [np.empty((n, m), order="F") for _ in range(3)]
    middle = [np.empty((n, d), order="F") for _ in range(2)]
    narrow = [np.empty(n) for _ in range(9)]
    for start in range(0, n, CHUNK):
        rows = slice(start, start + CHUNK)
        part = _score_rows(measurements, criteria, states, rows)
        for whole, piece in zip((*wide, *middle, *narrow), part, strict=True):
            whole[rows] = piece
    return Scores(*wide, *middle, *narrow)


def deviations_by_value(
    measurements: Measurements, criteria: CriteriaSet, scored: Scores, i: int
) -> dict[int, tuple[float, float]]:
    """Return how far each uncertain value of a result may take its index down and up.

    By the column of the indicator, in points of the index; of a value that moves nothing (its score
    is cut down by its evidence, say) there is none.
    """
    rows = slice(i, i + 1)
    scores = np.nan_to_num(scored.scores[rows])
    caps, _ = _evidence(measurements.evidence[rows], criteria)
    deviations = {}
    for j in np.flatnonzero(measurements.uncertain(rows)[0]).tolist():
        alone = np.arange(scores.shape[1])[None, :] == j
        own = ScoredRows(rows, scores, caps, scored.weights[rows], alone)
        moved = index_deviations(measurements, criteria, own)
        if moved.below[0] > 0 or moved.above[0] > 0:
            deviations[j] = float(moved.below[0]), float(moved.above[0])
    return deviations


def _score_rows(
    measurements: Measurements, criteria: CriteriaSet, states: Codes, rows: slice
) -> list[Floats]:
    here = np.asfortranarray(states[rows])
    has_value, applies = here == State.VALUE, here != State.NOT_APPLICABLE
    uncapped = np.zeros(here.shape, order="F")
    for j, indicator in enumerate(criteria.indicators):
        known = has_value[:, j]
        values = np.where(known, measurements.values[rows, j], np.nan)
        uncapped[:, j] = np.where(known, score_values(values, indicator), 0.0)
    caps, proven = _evidence(measurements.evidence[rows], criteria)
    capped = np.minimum(uncapped, caps)

    everything = bool(applies.all())
    base = indicator_weights(criteria)
    weights = base if everything else np.where(applies, base, 0.0)
    dims, index = combine(capped, weights, criteria)
    same = bool((capped == uncapped).all())
    dims_uncapped, index_uncapped = (dims, index) if same else combine(uncapped, weights, criteria)
    unstated = has_value & measurements.unstated(rows)
    best_caps = _best_caps(caps, unstated, criteria)
    best = np.where(has_value | ~applies, np.minimum(uncapped, best_caps), 100.0)
    own = ScoredRows(rows, capped, caps, weights, has_value)
    measured = index_deviations(measurements, criteria, own)
    measured_low, measured_high = measured.around(index)
    _, high = combine(best, weights, criteria)
    if measured.uncertain.any():
        upper = measured  # of a weighted sum whatever the missing scores are
        if best_caps is not caps or not is_linear(criteria):
            at_best = replace(own, scores=best, caps=best_caps)
            upper = index_deviations(measurements, criteria, at_best)
        high = np.maximum.reduce([high, upper.around(high)[1], measured_high])

    normal = _normalised(weights, criteria.dimension_slices, here.shape)
    sizes = [s.stop - s.start for s in criteria.dimension_slices]
    across = np.repeat(dimension_weights(criteria), sizes)
    given = has_value & proven
    unstated &= criteria.evidence is not None
    completeness, evidence_share, unstated_share, unproven = (np.zeros(len(here)) for _ in range(4))
    for j, indicator in enumerate(criteria.indicators):
        overall = normal[:, j] * across[j]
        completeness += overall * has_value[:, j]
        evidence_share += overall * given[:, j]
        unstated_share += overall * unstated[:, j]
        if indicator.required:
            unproven += applies[:, j] & ~given[:, j]
    scores, scores_uncapped = capped, uncapped
    if not everything:
        scores, scores_uncapped = (np.where(applies, x, np.nan) for x in (capped, uncapped))
    return [
        scores,
        scores_uncapped,
        normal,
        dims,
        dims_uncapped,
        index,
        index_uncapped,
        measured_low,
        measured_high,
        high,
        completeness,
        evidence_share,
        unstated_share,
        unproven,
    ]


def _evidence(stated: Codes, criteria: CriteriaSet) -> tuple[Floats, Bools]:
    """Return the cap of each value by its evidence, and whether that reaches the threshold."""
    rules = criteria.evidence
    if rules is None:
        return np.full(stated.shape, 100.0, order="F"), np.ones(stated.shape, dtype=bool, order="F")
    ids = [g.id for g in rules.grades]
    # The last place serves -1, where no grade is stated.
    places = [*range(len(ids)), ids.index(rules.default)]
    caps, strict = (
        np.array([rules.grades[k].cap_of(required=required) for k in places])
        for required in (False, True)
    )
    proves = np.array(places) >= ids.index(rules.threshold)
    cap = np.empty(stated.shape, order="F")
    proven = np.empty(stated.shape, dtype=bool, order="F")
    for j, indicator in enumerate(criteria.indicators):
        column = np.ascontiguousarray(stated[:, j])
        cap[:, j] = (strict if indicator.required else caps)[column]
        proven[:, j] = proves[column]
    return cap, proven


def _best_caps(caps: Floats, unstated: Bools, criteria: CriteriaSet) -> Floats:
    """Return the caps if evidence that is not stated were the best; the same where all is."""
    if criteria.evidence is None or not unstated.any():
        return caps
    best = np.array([criteria.evidence.best_cap(required=i.required) for i in criteria.indicators])
    return np.where(unstated, np.maximum(caps, best), caps)


def _normalised(weights: Floats, slices: tuple[slice, ...], shape: tuple[int, int]) -> Floats:
    """Return weights that sum to 1 over what applies in each dimension, 0 where nothing does."""
    normal = np.empty(shape, order="F")
    for columns in slices:
        part = weights[..., columns]
        total = part.sum(axis=-1, keepdims=True)
        normal[:, columns] = part / np.where(total > 0, total, 1.0)
    return normal
