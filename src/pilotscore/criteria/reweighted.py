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
    whole, subs = _levels(base, dimensions)
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
            **({"sub_indexes": subs} if subs else {}),
            "dimensions": parts,
        }
    )


def _levels(base: CriteriaSet, shares: Sequence[float]) -> tuple[list[float], list[dict[str, Any]]]:
    """Return the weights of dimensions, and of sub-indexes where there are, from whole shares."""
    if not base.sub_indexes:
        return exact(shares, base.weights_sum), []
    of = dict(zip((d.id for d in base.dimensions), shares, strict=True))
    sums = [sum(of[name] for name in s.dimensions) for s in base.sub_indexes]
    weights: dict[str, float] = {}
    for sub, whole in zip(base.sub_indexes, sums, strict=True):
        within = [of[n] / whole if whole else 1 / len(sub.dimensions) for n in sub.dimensions]
        weights |= dict(zip(sub.dimensions, exact(within, sub.weights_sum), strict=True))
    points = exact(sums, base.weights_sum)
    subs = [{"id": s.id, "weight": p} for s, p in zip(base.sub_indexes, points, strict=True)]
    return [weights[d.id] for d in base.dimensions], subs


def exact(shares: Sequence[float], total: float) -> list[float]:
    """Round shares of a total to four digits that sum to it: the greatest takes the rest."""
    rounded = [round(s * total, _DIGITS) for s in shares]
    greatest = max(range(len(rounded)), key=lambda k: (rounded[k], -k))
    rest = total - sum(rounded)
    rounded[greatest] = round(rounded[greatest] + rest, _DIGITS)
    return rounded
