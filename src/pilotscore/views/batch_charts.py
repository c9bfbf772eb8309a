"""The control charts of the results of a ranking, from the batch data that came with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from typing import Any

from pilotscore.drawings import ControlChart
from pilotscore.measures.stability import Stability
from pilotscore.runs.outcome import Outcome
from pilotscore.runs.stability import stability_of
from pilotscore.views.stability import control_chart

# A page is to stay small: points of hundreds of results are many times what all else takes.
MOST_WITH_CHARTS = 200


def batch_charts(
    outcome: Outcome, order: Sequence[int] | Any
) -> Callable[[int], Sequence[ControlChart] | None]:
    """Return what gives the control charts of the result at a place of an order.

    Those of the first results that have batch data, at most :data:`MOST_WITH_CHARTS`; None for the
    others that have some.
    """
    data = outcome.submission.batches
    if data is None:
        return _none
    with_data = set(chain(data.batches.result.tolist(), data.readings.result.tolist()))
    having = [place for place, i in enumerate(order) if int(i) in with_data]
    drawn, left_out = having[:MOST_WITH_CHARTS], having[MOST_WITH_CHARTS:]
    measures = Stability(data, outcome.criteria.measuring)
    titles = dict(zip(outcome.submission.ids, outcome.submission.titles, strict=True))
    places = [int(order[place]) for place in drawn]
    results = stability_of(measures, places, titles, outcome.criteria)
    charts: dict[int, list[ControlChart] | None] = dict.fromkeys(left_out)
    charts |= {
        place: [
            control_chart(result, c, c.chart) for c in result.characteristics if c.chart is not None
        ]
        for place, result in zip(drawn, results, strict=True)
    }
    return partial(_of, charts)


def _none(_place: int) -> Sequence[ControlChart]:
    return ()


def _of(charts: dict[int, list[ControlChart] | None], place: int) -> Sequence[ControlChart] | None:
    return charts.get(place, ())
