"""The text of a criteria file that takes a set over with other weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotscore.criteria.model import CriteriaSet
from pilotscore.criteria.parts import both, per_language
from pilotscore.criteria.starter import VERSION
from pilotscore.criteria.yaml_text import yaml_text
from pilotscore.language import Text, Words

_DIGITS = 4
_TITLE = Text("{title}（另定权重）", "{title} (other weights)")


def reweighted_text(
    base: CriteriaSet,
    extends: str,
    name: str,
    dimensions: Sequence[float],
    indicators: Sequence[float],
    origin: Words,
    policy: str | None = None,
) -> str:
    """Return a variant of a set that differs in its weights alone.

    Parameters
    ----------
    base
        The set.
    extends
        Its built-in name, or its path from the new file.
    name
        The id of the new set.
    dimensions
        Shares of the whole, in the order of the set.
    indicators
        Shares within each dimension, in the order of the set.
    origin
        Where the weights come from: kept in the file as its ``source``.
    policy
        The policy's path from the new file, where the base names a file.
    """
    shares = iter(indicators)
    parts: list[dict[str, Any]] = []
    whole = exact(dimensions, base.weights_sum)
    for dimension, weight in zip(base.dimensions, whole, strict=True):
        own = [next(shares) for _ in dimension.indicators]
        points = exact(own, dimension.weights_sum)
        items = [
            {"id": i.id, "weight": p} for i, p in zip(dimension.indicators, points, strict=True)
        ]
        parts.append({"id": dimension.id, "weight": weight, "indicators": items})
    return yaml_text(
        {
            "extends": extends,
            "id": name,
            "version": VERSION,
            "title": per_language(_TITLE.of(title=base.title)),
            **({"policy": policy} if policy else {}),
            "source": both(origin, " / "),
            "dimensions": parts,
        }
    )


def exact(shares: Sequence[float], total: float) -> list[float]:
    """Round shares of a total to four digits that sum to it: the greatest takes the rest."""
    rounded = [round(s * total, _DIGITS) for s in shares]
    greatest = max(range(len(rounded)), key=lambda k: (rounded[k], -k))
    rest = total - sum(rounded)
    rounded[greatest] = round(rounded[greatest] + rest, _DIGITS)
    return rounded
