"""Words of an office in place of values: 中试基地 for relevant, 黄色（2级） for 2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.cells import Remark, is_number, text_of

# What each word, reduced for comparison, stands for: a text or a number, as it would be typed.
Synonyms = Mapping[str, str | float]


def reduced(cell: Any) -> str:
    """Return a cell in the form in which words of an office are compared: 2.0 is 2.

    Spaces, case and width do not matter. Signs do: 1.5 is not 15, nor a dash nothing.
    """
    if not (isinstance(cell, str) or is_number(cell)):
        return ""
    return "".join(text_of((cell,), 0).casefold().split())


def substituted(
    cells: Sequence[Any], synonyms: Synonyms
) -> tuple[Sequence[Any], dict[int, Remark]]:
    """Return cells with the words of an office replaced, and what is to be told of each of them."""
    remarks: dict[int, Remark] = {}
    if not synonyms:
        return cells, remarks
    replaced = list(cells)
    known: dict[tuple[type, Any], str | float | None] = {}
    for i, cell in enumerate(cells):
        key = type(cell), cell
        if key not in known:
            known[key] = synonyms.get(reduced(cell)) if cell != "" else None
        meant = known[key]
        if meant is not None:
            replaced[i] = meant
            shown = f"{meant:.10g}" if is_number(meant) else meant
            remarks[i] = (kinds.SYNONYM, {"text": text_of((cell,), 0), "value": shown})
    return (replaced, remarks) if remarks else (cells, remarks)
