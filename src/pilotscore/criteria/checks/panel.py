"""Faults of what a criteria file says of panels that concern several places at once."""

from __future__ import annotations

from collections.abc import Iterator

from pilotscore.criteria.checks.fault import Fault, out_of_bounds
from pilotscore.criteria.checks.outline import Outline, numeric, span, table
from pilotscore.language import Text

_ABOVE = Text(
    "大于两倍 drop（{twice:g}）的整数，否则不剩分数",
    "a whole number above twice drop ({twice:g}), or no score is left",
)
_RISING = Text("[最低分, 最高分]，从小到大", "[least, greatest], the least first")


def check_panel(parts: Outline) -> Iterator[Fault]:
    """Yield the faults of the part ``panel``."""
    panel = table(parts.data.get("panel"))
    drop, drop_from = numeric(panel.get("drop", 1)), numeric(panel.get("drop_from", 5))
    if panel.get("how") == "drop" and None not in (drop, drop_from):
        twice = 2 * float(drop or 0)
        if float(drop_from or 0) <= twice:
            path = ("panel", "drop_from" if "drop_from" in panel else "drop")
            yield out_of_bounds(path, panel[path[1]], _ABOVE.of(twice=twice))
    scale = span(panel.get("scale"))
    if scale is not None and not scale[0] < scale[1]:
        yield out_of_bounds(("panel", "scale"), panel["scale"], _RISING)
