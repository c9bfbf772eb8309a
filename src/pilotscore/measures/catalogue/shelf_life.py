"""How long a product keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pilotscore.criteria.measuring import (
    Measure,
    Quantity,
)
from pilotscore.language import Text
from pilotscore.measures import grouped
from pilotscore.measures.figures import Figure, Why, figure
from pilotscore.measures.grouped import exact

if TYPE_CHECKING:
    from pilotscore.measures.stability import Stability


def _shelf_life(s: Stability) -> Figure:
    g, months = s.stored, s.storage.supported
    blocked = s.blocked_groups(g, "values", "limits", "capability", "batches")
    reasons = [(Why.BAD_DATA, blocked), (Why.NO_STORAGE, np.isnan(months))]
    return figure((g.result, g.characteristic), exact(months), grouped.counts(g.starts), reasons)


MEASURES = (
    Measure(
        "shelf_life",
        Text("货架期", "shelf life"),
        Quantity(Text("月", "months"), ("number", "years")),
        _shelf_life,
        basis="characteristic",
        least=3,
        place=230,
    ),
)
