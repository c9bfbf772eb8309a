"""Whose the rows of batch data are, and which characteristics they name."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.criteria import BUILT_IN_CHARACTERISTICS, Characteristic
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Place
from pilotscore.language import Text, nearest
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.context import Joining, natural
from pilotscore.workbook.batches.sheet import BatchSheet

_MOST_LISTED = 200


def own_ids(j: Joining) -> tuple[str, ...]:
    """Return the ids that the sheets of batch data name, where no table of results does."""
    found = set()
    for sheet in j.sheets:
        found |= set(sheet.rows.results) if sheet.has_ids else {Path(sheet.book).stem}
    return tuple(sorted(found - {""}, key=natural))


def whose(j: Joining, sheet: BatchSheet) -> Ints:
    """Return the result of each row, -1 for none."""
    if not sheet.has_ids:
        return np.full(len(sheet), _owner(j, sheet), dtype=np.int64)
    by_name = {normalise(t): i for i, t in enumerate(j.known.titles) if t}
    by_name |= {normalise(t): i for i, t in enumerate(j.ids)}
    place = {n: i for i, n in enumerate(j.ids)}
    seen: dict[str, int] = {}
    for name in sheet.rows.results:
        if name not in seen:
            seen[name] = place.get(name, by_name.get(normalise(name), -1))
    for name in sorted(n for n, i in seen.items() if i < 0)[:_MOST_LISTED]:
        at = sheet.rows.results.index(name)
        values = {
            "id": name or "-",
            "count": sheet.rows.results.count(name),
            "near": nearest(name, j.ids) or next(iter(j.ids), "-"),
        }
        spot = j.place(sheet, int(sheet.rows.rows[at]), sheet.columns.get("id"))
        j.findings.append(Finding(kinds.OF_NO_RESULT, spot, values))
    return np.array([seen[n] for n in sheet.rows.results], dtype=np.int64)


def _owner(j: Joining, sheet: BatchSheet) -> int:
    named = {normalise(i): k for k, i in enumerate(j.ids)}
    for text in (sheet.sheet, Path(sheet.book).stem):
        if normalise(text) in named:
            return named[normalise(text)]
    own = j.known.of_book.get(sheet.book, ())
    if len(own) == 1:
        return own[0]
    if len(j.ids) == 1:
        return 0
    place = Place(sheet.book, sheet.sheet)
    j.findings.append(Finding(kinds.WHOSE_BATCHES, place, {"count": len(j.ids)}))
    return -1


def traits(j: Joining) -> list[list[int]]:
    """Return the characteristic that each name of each sheet means."""
    declared = (*j.measuring.characteristics, *BUILT_IN_CHARACTERISTICS)
    by_spelling = {s: c for c in reversed(declared) for s in c.spellings}
    written = sorted({n for s in j.sheets for n in s.names}, key=lambda n: (natural(n), n))
    place: dict[str, int] = {}
    found: dict[str, int] = {}
    for name in written:
        form = normalise(name)
        trait = by_spelling.get(form)
        key = f"id:{trait.id}" if trait else form
        if key not in place:
            place[key] = len(j.traits)
            j.traits.append(trait or _own_trait(name, len(j.traits)))
        found[name] = place[key]
    return [[found[n] for n in s.names] for s in j.sheets]


def _own_trait(name: str, n: int) -> Characteristic:
    """Return a characteristic that the workbook names and the criteria set does not."""
    return Characteristic(id=f"own{n}", title=Text(name, name))
