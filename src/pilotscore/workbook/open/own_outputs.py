"""Knows what pilotscore wrote itself, which lies in the folders of those who use it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# With this begin the sheet that lists the findings of an annotated copy, and each comment in it.
COPY_MARK = "[pilotscore]"
# How the tables begin that are written as .csv, in each language: of a ranking, of a call or
# round, of what was understood, of a comparison.
_TABLES = frozenset(
    tuple(line.split("|"))
    for line in (
        "名次|编号|成果|指数|等级",
        "rank|id|result|index|grade",
        "名次|编号|成果|等级|指数",
        "rank|id|result|grade|index",
        "文件|工作表|同样布局的份数|单元格|表头",
        "file|sheet|of this layout|cell|header",
        "编号|名称|方向|原名次|新名次",
        "id|title|direction|old rank|new rank",
    )
)
_COLUMNS = 5


def is_own_table(rows: Sequence[Sequence[Any]]) -> bool:
    """Say whether delimited text is a table that pilotscore wrote."""
    first = rows[0][:_COLUMNS] if rows else ()
    return tuple(str(x).strip().casefold() for x in first) in _TABLES


def lists_findings(rows: Sequence[Sequence[Any]]) -> bool:
    """Say whether a sheet is the list of findings that is put first in an annotated copy."""
    first = rows[0][0] if rows and rows[0] else ""
    return isinstance(first, str) and first.startswith(COPY_MARK)
