"""Named level scales, such as TRL: levels with their wording, shared by criteria sets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

SCALES_FILE = "scales.yaml"


@lru_cache(maxsize=1)
def named_scales() -> Mapping[str, Mapping[str, Any]]:
    """Return the shipped scales by name: ``title``, ``source``, ``scale`` and ``wording``."""
    from pilotscore.criteria.places import read_yaml
    from pilotscore.criteria.shipped import data_folder

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
