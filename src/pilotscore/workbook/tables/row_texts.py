"""Texts of a row: what is shown of them, and which are ids, running numbers, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pilotscore.workbook.tables.row_labels import label_of, squeezed
from pilotscore.workbook.values.cells import words

NO_NAME = words(r"|-|--|—|——|–|/|\|.|…|*|nan")
# So many letters of a title beside a label are a name, not a remark such as 12 项.
_SHORTEST_TITLE = 3
# So many signs beside an id of its own are the title of a result, whatever words are in it.
_LONGEST_LABEL = 12
_COUNT = re.compile(r"共?\d{1,4}(?:\.0)? ?(?:项|个|件|条|家|items?|results?|rows?)?").fullmatch
# A longer number is an id.
_LONGEST_SERIAL = 4


def filled_in(row: Sequence[Any]) -> list[int]:
    """Return the columns of a row that are filled in."""
    return [c for c, x in enumerate(row) if x != "" and (not isinstance(x, str) or x.strip())]


def shown(cell: Any) -> str:
    """Return a cell as it is quoted in a message."""
    cell = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    text = " ".join(str(cell).split())
    return text if len(text) <= 40 else text[:39] + "…"


def has_digit(text: str) -> bool:
    """Say whether a text has a digit."""
    return any(x.isdigit() for x in text)


def is_serial(text: str) -> bool:
    """Say whether an id is a running number, which says which row it is and no more."""
    number = text.strip(" .、．()（）").removesuffix(".0")
    return number.isdecimal() and len(number) <= _LONGEST_SERIAL


def is_count(text: str) -> bool:
    """Say whether a text in the place of a name counts something: 3, 共 3 项, 12个."""
    return _COUNT(squeezed(text)) is not None


def has_own_name(lead: Any, title: Any) -> bool:
    """Say whether a title is too long for a label, beside an id that is no running number."""
    if not (isinstance(lead, str) and isinstance(title, str)) or len(title) <= _LONGEST_LABEL:
        return False
    return lead.strip() not in NO_NAME and not is_serial(lead)


def is_name(text: str) -> bool:
    """Say whether a text beside a label is the name of a result, and no remark or number."""
    letters = [x for x in squeezed(text) if x.isalpha()]
    return len(letters) >= _SHORTEST_TITLE and label_of(text) is None
