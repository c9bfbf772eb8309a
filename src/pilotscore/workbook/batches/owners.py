"""Whose the rows of batch data are, and which characteristics they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.criteria import BUILT_IN_CHARACTERISTICS, Characteristic
from pilotscore.criteria.measuring import Measuring
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding
from pilotscore.language import nearest, same
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.context import Joining, natural
from pilotscore.workbook.batches.sheet import BatchSheet

_MOST_LISTED = 200


def own_ids(sheets: Sequence[BatchSheet]) -> tuple[str, ...]:
    """Return the ids that the sheets of batch data name, where no table of results does."""
    named: set[str] = set()
    for sheet in sheets:
        named |= set(sheet.rows.results) if sheet.has_ids else {Path(sheet.book).stem}
    return tuple(sorted(named - {""}, key=natural))


def whose(j: Joining, sheet: BatchSheet) -> Ints:
    """Return the result of each row, -1 for none."""
    if not sheet.has_ids:
        return np.full(len(sheet), _owner(j, sheet), dtype=np.int64)
    place = {n: i for i, n in enumerate(j.ids)}
    by_name = {normalise(t): i for i, t in enumerate(j.known.titles) if t}
    by_name |= {normalise(n): i for n, i in place.items()}
    names = sheet.rows.results
    result_of = {n: place.get(n, by_name.get(normalise(n), -1)) for n in names}
    strange = Counter(n for n in names if result_of[n] < 0)
    for name in sorted(strange)[:_MOST_LISTED]:
        spot = sheet.place(int(sheet.rows.rows[names.index(name)]), sheet.columns.get("id"))
        near = nearest(name, j.ids) or next(iter(j.ids), "-")
        j.tell(kinds.OF_NO_RESULT, spot, -1, id=name or "-", count=strange[name], near=near)
    return np.array([result_of[n] for n in names], dtype=np.int64)


def _owner(j: Joining, sheet: BatchSheet) -> int:
    """Return the result of all rows of a sheet without ids, -1 where it is not known."""
    named = {normalise(i): k for k, i in enumerate(j.ids)}
    for text in (sheet.sheet, Path(sheet.book).stem):
        if normalise(text) in named:
            return named[normalise(text)]
    own = j.known.of_book.get(sheet.book, ())
    if len(own) == 1:
        return own[0]
    if len(j.ids) == 1:
        return 0
    j.findings.append(Finding(kinds.WHOSE_BATCHES, sheet.place(), {"count": len(j.ids)}))
    return -1


def named_characteristics(
    sheets: Sequence[BatchSheet], measuring: Measuring
) -> tuple[tuple[Characteristic, ...], list[Ints]]:
    """Return the characteristics that are named, and the place of each name of each sheet."""
    declared = (*measuring.characteristics, *BUILT_IN_CHARACTERISTICS)
    by_spelling = {s: c for c in reversed(declared) for s in c.spellings}
    written = sorted({n for s in sheets for n in s.names}, key=lambda n: (natural(n), n))
    characteristics: dict[str, Characteristic] = {}
    key_of: dict[str, str] = {}
    for name in written:
        form = normalise(name)
        characteristic = by_spelling.get(form)
        key_of[name] = key = f"id:{characteristic.id}" if characteristic else form
        if key not in characteristics:
            characteristics[key] = characteristic or Characteristic(
                id=f"own{len(characteristics)}", title=same(name)
            )
    place = {key: i for i, key in enumerate(characteristics)}
    of = [np.array([place[key_of[n]] for n in s.names], dtype=np.int64) for s in sheets]
    return tuple(characteristics.values()), of
