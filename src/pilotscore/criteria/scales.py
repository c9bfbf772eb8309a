"""What a short form in a criteria file stands for: named scales such as TRL, and named shapes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pilotscore.criteria.places import read_yaml
from pilotscore.criteria.shipped import data_folder

SCALES_FILE = "scales.yaml"
SHAPES = ("linear", "s_curve", "log")
_STEPS = 8


@lru_cache(maxsize=1)
def named_scales() -> Mapping[str, Mapping[str, Any]]:
    """Return the shipped scales by name: ``title``, ``source``, ``scale`` and ``wording``."""
    path: Path = data_folder("criteria") / SCALES_FILE
    if not path.is_file():
        return {}
    data = read_yaml(path.read_text(encoding="utf-8")).data
    scales: Mapping[str, Mapping[str, Any]] = data["scales"]
    return scales


def with_scale(quantity: Any) -> Any:
    """Return the plain data of an indicator or fact with the scale and wording that it names."""
    if not isinstance(quantity, dict) or not isinstance(quantity.get("levels"), str):
        return quantity
    named = named_scales().get(quantity["levels"])
    if named is None:
        return quantity
    return {"scale": named["scale"], "wording": named["wording"], **quantity}


def with_points(indicator: Any) -> Any:
    """Return the plain data of an indicator with the points that its shape stands for.

    ``linear``: the two ends. ``log``: the two ends on a log axis. ``s_curve``: anchors at eighths
    of the smooth step ``3 t^2 - 2 t^3``, the cubic Hermite blending function, which rises from 0
    to 1 with a slope of 0 at both ends and is steepest in the middle.
    """
    if not isinstance(indicator, dict) or "points" in indicator:
        return indicator
    shape = indicator.get("shape")
    ends = _ends(shape)
    if ends is None or not isinstance(shape, dict):
        return indicator
    (x0, y0), (x1, y1) = sorted(ends)
    points = [[x0, y0], [x1, y1]]
    if shape["kind"] == "s_curve":
        steps = [k / _STEPS for k in range(_STEPS + 1)]
        points = [
            [round(x0 + (x1 - x0) * t, 10), round(y0 + (y1 - y0) * (3 - 2 * t) * t * t, 10)]
            for t in steps
        ]
    expanded = {**indicator, "points": points}
    if shape["kind"] == "log":
        expanded["axis"] = "log"
    return expanded


def _ends(shape: Any) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return both ends of a shape; None where it is not well formed, which is told elsewhere."""
    if not isinstance(shape, dict) or shape.get("kind") not in SHAPES:
        return None
    ends = []
    for key in ("from", "to"):
        pair = shape.get(key)
        if not isinstance(pair, list) or len(pair) != 2:
            return None
        if any(isinstance(v, bool) or not isinstance(v, int | float) for v in pair):
            return None
        ends.append((float(pair[0]), float(pair[1])))
    return ends[0], ends[1]
