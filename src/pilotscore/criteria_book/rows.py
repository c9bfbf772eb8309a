"""Lays the plain data of a criteria file out in rows, and the rest as addresses with YAML."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from pilotscore.criteria.yaml_text import flow_text
from pilotscore.criteria_book.addresses import address, have_ids
from pilotscore.criteria_book.cells import BILINGUAL, NUMBER, Cells, fitted
from pilotscore.criteria_book.layout import LEVELS, NESTED, VALUES, EntryTable, set_fields, tables
from pilotscore.patterns import regex
from pilotscore.records import dataclass

# Keys of an indicator or fact that stand in several rows on a sheet of their own.
LONG = {"indicators": ("points", "table", "wording"), "facts": ("table", "wording")}
_TOP_TABLES = ("facts", "gates", "grades", "profiles", "methods")
_LEVEL = regex(r"0|-?[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells by the key of the field, and the id it is known again by."""

    cells: dict[str, Cells]
    origin: str = ""


@dataclass(slots=True)
class Laid:
    """A criteria file's data as it stands in a workbook."""

    settings: dict[str, Cells] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    other: list[tuple[str, str]] = field(default_factory=list)


def laid_out(data: dict[str, Any]) -> Laid:
    """Lay out the plain data of a criteria file: each value in exactly one place."""
    laid = Laid(rows={name: [] for name in (*tables(), VALUES.name, LEVELS.name)})
    settings = {f.key: f for f in set_fields()}
    for key, value in data.items():
        if key in NESTED and isinstance(value, dict) and value:
            for inner, part in value.items():
                _place(laid, settings, (key, inner), part)
        else:
            _place(laid, settings, (key,), value)
    return laid


def _place(laid: Laid, settings: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Put a value of the set into its row, its table, or among the rest."""
    name = path[0]
    if path == ("dimensions",) and _have_indicators(value):
        for dimension in value:
            _entry(laid, tables()["dimensions"], dimension)
            for indicator in dimension["indicators"]:
                _entry(laid, tables()["indicators"], indicator, dimension["id"])
        return
    if path == ("evidence", "grades") or (len(path) == 1 and name in _TOP_TABLES):
        if have_ids(value):
            for item in value:
                _entry(laid, tables()[name], item)
            return
    elif (setting := settings.get(address(*path))) is not None:
        shown = fitted(setting.codec, value)
        if shown is not None:
            laid.settings[setting.key] = shown
            return
    laid.other.append((address(*path), flow_text(value)))


def _have_indicators(dimensions: Any) -> bool:
    if not have_ids(dimensions):
        return False
    if not all(have_ids(d.get("indicators")) for d in dimensions):
        return False
    ids = [i["id"] for d in dimensions for i in d["indicators"]]
    return len(set(ids)) == len(ids)


def _entry(laid: Laid, table: EntryTable, item: dict[str, Any], owner: str = "") -> None:
    """Add the row of an entry, the rows that belong to it, and what has no column."""
    fields = {f.key: f for f in table.fields}
    cells: dict[str, Cells] = {table.owner.key: (owner,)} if table.owner else {}
    name = item["id"]
    for key, value in item.items():
        if table.name == "dimensions" and key == "indicators":
            continue
        shown = fitted(fields[key].codec, value) if key in fields else None
        if shown is not None:
            cells[key] = shown
        elif not (key in LONG.get(table.name, ()) and _long(laid, name, key, value)):
            laid.other.append((address(table.name, name, key), flow_text(value)))
    laid.rows[table.name].append(Row(cells, name))


def _long(laid: Laid, owner: str, key: str, value: Any) -> bool:
    """Add the rows of what takes several, and say whether it could be put in rows."""
    if key == "table":
        return _categories(laid, owner, value)
    rows = point_rows(value) if key == "points" else level_rows(value)
    if not rows:
        return False
    table = VALUES if key == "points" else LEVELS
    laid.rows[table.name] += [Row({"owner": (owner,), **cells}) for cells in rows]
    return True


def point_rows(points: Any) -> list[dict[str, Cells]] | None:
    """Return the cells of anchors, or None where they are not plain pairs of numbers."""
    if not isinstance(points, list):
        return None
    rows = []
    for pair in points:
        if not isinstance(pair, list) or len(pair) != 2:
            return None
        raw, score = (fitted(NUMBER, x) for x in pair)
        if raw is None or score is None or isinstance(raw[0], str) or isinstance(score[0], str):
            return None
        rows.append({"raw": raw, "value": score})
    return rows


def level_rows(wording: Any) -> list[dict[str, Cells]] | None:
    """Return the cells of the wording of levels, or None where a level is no whole number."""
    if not isinstance(wording, dict):
        return None
    rows = []
    for level, text in wording.items():
        shown = fitted(BILINGUAL, text)
        if not _LEVEL.fullmatch(level) or shown is None:
            return None
        rows.append({"level": (int(level),), "wording": shown})
    return rows


def _categories(laid: Laid, owner: str, categories: Any) -> bool:
    if not have_ids(categories):
        return False
    fields = {f.key: f for f in VALUES.fields if f.key != "raw"}
    for category in categories:
        cells: dict[str, Cells] = {"owner": (owner,), "raw": (category["id"],)}
        for key, value in category.items():
            if key == "id":
                continue
            shown = fitted(fields[key].codec, value) if key in fields else None
            if shown is not None:
                cells[key] = shown
            else:
                where = address("categories", owner, category["id"], key)
                laid.other.append((where, flow_text(value)))
        laid.rows[VALUES.name].append(Row(cells))
    return True
