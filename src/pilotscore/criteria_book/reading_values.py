"""Reads what takes several rows for one indicator or fact: anchors, categories, levels."""

from __future__ import annotations

from typing import Any

from pilotscore.criteria.places import DataPath
from pilotscore.criteria_book.cells import (
    ABSENT,
    BILINGUAL,
    NUMBER,
    WrongCellError,
    alike,
    is_blank,
    number_in,
)
from pilotscore.criteria_book.draft import A_NUMBER, QUANTITIES, Draft, Entry, by_id
from pilotscore.criteria_book.layout import LEVELS, VALUES
from pilotscore.criteria_book.lines import Line
from pilotscore.criteria_book.rows import point_rows
from pilotscore.language import Text

_QUANTITY = Text("指标或事实", "indicator or fact")
_CATEGORY = Text("类别 id", "category id")
_LEVEL, _A_LEVEL = Text("等级", "Level"), Text("整数等级", "a level, a whole number")
_WORDING, _ITS_WORDING = Text("措辞", "Wording"), Text("措辞", "its wording")
_ITS_COLUMN = Text("补回该列", "its column, which is missing")
_FIELDS = {field.key: field for field in VALUES.fields}


def read_values(draft: Draft) -> None:
    """Read the anchors and categories."""
    for line in draft.lines(VALUES.sheet, VALUES.columns):
        entry = _quantity(draft, line)
        if entry is None:
            continue
        if _is_category(entry, line):
            _read_category(draft, entry, line)
        else:
            _read_anchor(draft, entry, line)


def _quantity(draft: Draft, line: Line) -> Entry | None:
    """Return the indicator or fact that a row belongs to."""
    name = draft.needed(line, "owner", _QUANTITY)
    if name is None:
        return None
    known = {n: e for t in QUANTITIES for n, e in draft.entries[t].items()}
    if name not in known:
        draft.unknown(line.places["owner"][0], name, _QUANTITY, known)
    return known.get(name)


def _is_category(entry: Entry, line: Line) -> bool:
    if entry.table.name == "facts" or entry.values.get("type") == "category":
        return True
    if not is_blank(line.cells["range"]):
        return True
    if not is_blank((*line.cells["title"], *line.cells["aliases"])):
        return True
    # no title is left, but it stood among the categories: no number to be missed
    raw = line.cells["raw"][0]
    return isinstance(raw, str) and raw in by_id(entry.before.get("table"))


def _read_anchor(draft: Draft, entry: Entry, line: Line) -> None:
    points = entry.values.setdefault("points", [])
    at: DataPath = ("points", len(points))
    raw, value = line.places["raw"][0], line.places["value"][0]
    entry.cells.setdefault(("points",), raw)
    entry.cells |= {at: raw, (*at, 0): raw, (*at, 1): value}
    pair: list[Any] = []
    for key, was in zip(("raw", "value"), _pair_before(entry, line), strict=True):
        heading = _FIELDS[key].heading
        if is_blank(line.cells[key]):
            draft.wrong(line, key, A_NUMBER, heading)
        else:
            pair.append(draft.value(NUMBER, line, key, was, heading))
    if len(pair) == 2 and ABSENT not in pair:
        points.append(pair)


def _pair_before(entry: Entry, line: Line) -> tuple[Any, Any]:
    """Return the anchor that the file had at a raw value."""
    before: Any = entry.before.get("points")
    for pair, shown in zip(before or (), point_rows(before) or (), strict=False):
        if alike(line.cells["raw"], shown["raw"]):
            return pair[0], pair[1]
    return ABSENT, ABSENT


def _read_category(draft: Draft, entry: Entry, line: Line) -> None:
    place = line.places["raw"][0]
    entry.cells.setdefault(("table",), place)
    name = draft.needed(line, "raw", _CATEGORY)
    if name is None:
        return
    same = next((c for c in entry.categories if c.name == name), None)
    if same is not None:
        draft.repeated(place, name, same.cells["id",])
        return
    category = Entry(VALUES, name, line.place, by_id(entry.before.get("table")).get(name, {}))
    draft.fill(category, line, (f for f in VALUES.fields if f.key != "raw"))
    category.values["id"], category.cells["id",] = name, place
    entry.categories.append(category)
    _check_lost(draft, category, line)


def _check_lost(draft: Draft, category: Entry, line: Line) -> None:
    """Tell what a category had in a column that is no longer there."""
    for key in category.before.keys() & _FIELDS.keys() - {"raw"}:
        place = line.places[key][0]
        if place.column is None and _FIELDS[key].later:
            draft.wrong(line, key, _ITS_COLUMN, _FIELDS[key].heading)


def read_levels(draft: Draft) -> None:
    """Read the wording of levels."""
    for line in draft.lines(LEVELS.sheet, LEVELS.columns):
        entry = _quantity(draft, line)
        level = None if entry is None else _level(draft, line)
        if entry is None or level is None:
            continue
        place = line.places["level"][0]
        wording = entry.values.setdefault("wording", {})
        entry.cells.setdefault(("wording",), place)
        if level in wording:
            draft.repeated(place, f"{entry.name} {level}", entry.cells["wording", level])
            continue
        entry.cells["wording", level] = place
        was = entry.before.get("wording")
        before = was.get(level, ABSENT) if isinstance(was, dict) else ABSENT
        wording[level] = draft.value(BILINGUAL, line, "wording", before, _WORDING)
        if wording[level] is ABSENT:
            draft.wrong(line, "wording", _ITS_WORDING, _WORDING)


def _level(draft: Draft, line: Line) -> str | None:
    try:
        level = number_in(line.cells["level"][0])
    except WrongCellError:
        level = None
    if isinstance(level, int):
        return str(level)
    draft.wrong(line, "level", _A_LEVEL, _LEVEL)
    return None
