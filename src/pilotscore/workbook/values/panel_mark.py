"""The mark of a value that a panel of experts gave: 86（专家评审）, 86 (panel).

It stands in the cell itself, so that it goes wherever the value is sorted or copied to.
"""

from __future__ import annotations

import re

from pilotscore.language import Text

PANEL_MARK = Text("（专家评审）", " (panel)")
_MARKED = re.compile(
    r"(?P<value>.*\S)\s*[(（\[【]\s*"
    r"(?:(?:由)?(?:专家组?|评委|评审组)(?:评审|评分|打分|评判|评定|评议|给分)"
    r"|(?:by\s+(?:the\s+|a\s+)?)?(?:expert\s+)?panel(?:\s+(?:score|value|of\s+experts))?"
    r"|panel[- ]judged|judged(?:\s+by\s+(?:the\s+|a\s+)?(?:expert\s+)?(?:panel|experts))?)"
    r"\s*[)）\]】]\s*",
    re.IGNORECASE | re.DOTALL,
).fullmatch


def without_panel_mark(text: str) -> str | None:
    """Return what stands before the mark of a panel; None for a text without one."""
    if text.rstrip()[-1:] not in (")", "）", "]", "】"):
        return None
    marked = _MARKED(text)
    return None if marked is None else marked["value"]
