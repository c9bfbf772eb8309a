"""Reads a criteria workbook that a committee has edited back into the data of a criteria file.

What still shows what the file said is taken from the file's own text, which a hidden sheet keeps,
so that it comes back exactly; what was edited is read from its cells. Every fault is told at once,
with its sheet and cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from pilotscore.criteria.places import DataPath, TooDeepError, read_yaml
from pilotscore.criteria_book import kinds
from pilotscore.criteria_book.addresses import steps_of
from pilotscore.criteria_book.cells import ABSENT, as_text, in_order, is_blank
from pilotscore.criteria_book.draft import QUANTITIES, Draft, EditedCriteria, Entry, entries_before
from pilotscore.criteria_book.layout import (
    NESTED,
    OTHER_SHEET,
    SET_COLUMNS,
    SET_SHEET,
    TOP_ORDER,
    BookField,
    EntryTable,
    all_tables,
    set_fields,
    sheet_name,
    tables,
)
from pilotscore.criteria_book.lines import Faults, Line, find_sheet, original_text
from pilotscore.criteria_book.reading_other import read_other
from pilotscore.criteria_book.reading_values import read_levels, read_values
from pilotscore.findings import Place
from pilotscore.language import LANGS, Text, nearest
from pilotscore.workbook.open.sheets import Sheet

_ID, _DIMENSION = Text("编号", "id"), Text("维度", "dimension")
_SETTING = Text("设置", "setting")
_NOTHING = Text("留空", "nothing there")


def read_criteria_book(file: str, sheets: Sequence[Sheet]) -> EditedCriteria:
    """Read the sheets of a criteria workbook.

    Parameters
    ----------
    file
        The name of the workbook, for the places of faults.
    sheets
        Its sheets.
    """
    faults = Faults(file)
    names = (SET_SHEET, *(t.sheet for t in all_tables()), OTHER_SHEET)
    known = {name: find_sheet(sheets, name) for name in names}
    if not any(known.values()):
        faults.add(kinds.NOT_CRITERIA_BOOK, None)
        return EditedCriteria({}, {}, tuple(faults.entries))
    for name, sheet in known.items():
        if sheet is None:
            faults.add(kinds.NO_SHEET, None, name=sheet_name(name))
    draft = Draft(faults, known, _original(sheets))
    _read_settings(draft)
    for table in tables().values():
        _read_entries(draft, table)
    read_values(draft)
    read_levels(draft)
    read_other(draft)
    return EditedCriteria(_data(draft), draft.places, tuple(faults.entries))


def _original(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return the data of the file that the workbook was made from; {} where it is not there."""
    text = original_text(sheets)
    try:
        data = None if text is None else read_yaml(text).data
    except (yaml.YAMLError, TooDeepError, RecursionError, ValueError, OverflowError):
        return {}
    return data if isinstance(data, dict) else {}


def _read_settings(draft: Draft) -> None:
    """Read the sheet 体系 / Set."""
    fields = {f.key: f for f in set_fields()}
    seen: dict[str, Place] = {}
    for line in draft.lines(SET_SHEET, SET_COLUMNS):
        cell, place = line.first("key")
        if cell is None and is_blank((*line.cells["value"], *line.cells["english"])):
            continue
        key = as_text(cell) if cell is not None else ""
        if key not in fields:
            near = nearest(key, fields) or ", ".join(fields)
            values = {"name": key or "—", "what": _SETTING, "near": near}
            draft.faults.add(kinds.UNKNOWN_IN_BOOK, place, **values)
        elif key in seen:
            draft.repeated(place, key, seen[key])
        else:
            seen[key] = place
            _read_setting(draft, line, fields[key])


def _read_setting(draft: Draft, line: Line, setting: BookField) -> None:
    single = len(setting.codec.parts) == 1
    columns = ("value",) if single else ("value", "english")
    if single and line.first("english")[0] is not None:
        draft.wrong(line, "english", _NOTHING, setting.heading)
    steps = steps_of(setting.key)
    at: DataPath = tuple(steps)
    places = tuple(line.places[c][0] for c in columns)
    draft.places[at] = places[0]
    if not single:
        draft.places |= {(*at, lang): p for lang, p in zip(LANGS, places, strict=True)}
    cells = {setting.key: tuple(line.cells[c][0] for c in columns)}
    joined = Line(line.place, cells, {}, {setting.key: places})
    before = _value_at(draft.original, steps)
    value = draft.value(setting.codec, joined, setting.key, before, setting.heading)
    if value is not ABSENT:
        (draft.nested[steps[0]] if len(steps) == 2 else draft.top)[steps[-1]] = value


def _value_at(data: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        if not isinstance(data, dict) or step not in data:
            return ABSENT
        data = data[step]
    return data


def _read_entries(draft: Draft, table: EntryTable) -> None:
    """Read a sheet with an entry per row."""
    known = entries_before(draft.original, table.name)
    among = QUANTITIES if table.name in QUANTITIES else (table.name,)
    for line in draft.lines(table.sheet, table.columns):
        name = draft.needed(line, "id", _ID)
        if name is None:
            continue
        same = next((draft.entries[t][name] for t in among if name in draft.entries[t]), None)
        if same is not None:
            draft.repeated(line.places["id"][0], name, same.cells["id",])
            continue
        before = known.get(name) or known.get(line.origin) or {}
        entry = Entry(table, name, line.place, before)
        draft.fill(entry, line, table.fields)
        entry.values["id"] = name
        draft.entries[table.name][name] = entry
        if table.owner is not None:
            _read_dimension(draft, entry, line, table.owner.key)


def _read_dimension(draft: Draft, entry: Entry, line: Line, key: str) -> None:
    """Note the dimension of an indicator."""
    name, known = draft.needed(line, key, _DIMENSION), draft.entries["dimensions"]
    if name in known:
        entry.owner = name
    elif name is not None:
        draft.unknown(line.places[key][0], name, _DIMENSION, known)


def _data(draft: Draft) -> dict[str, Any]:
    """Return the plain data, each thing in its order, and note where it stands."""
    top = dict(draft.top)
    for name in ("facts", "gates", "grades", "profiles", "methods"):
        _add_listed(draft, top, name, (name,))
    _add_listed(draft, draft.nested["evidence"], "evidence", ("evidence", "grades"))
    for name, usual in NESTED.items():
        if draft.nested[name]:
            top[name] = in_order(draft.nested[name], draft.original.get(name), usual)
    for entry in draft.entries["dimensions"].values():
        entry.values |= _indicators_of(draft, entry)
    _add_listed(draft, top, "dimensions", ("dimensions",))
    return in_order(top, draft.original, TOP_ORDER)


def _add_listed(draft: Draft, target: dict[str, Any], name: str, path: DataPath) -> None:
    sheet = sheet_name(tables()[name].sheet)
    draft.places.setdefault(path, Place(draft.faults.file, sheet))
    entries = list(draft.entries[name].values())
    for n, entry in enumerate(entries):
        draft.places |= entry.places((*path, n))
    if entries:
        target[str(path[-1])] = [e.finished() for e in entries]


def _indicators_of(draft: Draft, dimension: Entry) -> dict[str, Any]:
    """Return the indicators of a dimension, and note where they stand in it."""
    own = [i for i in draft.entries["indicators"].values() if i.owner == dimension.name]
    first = own[0].cells["weight",] if own else dimension.place
    dimension.cells.setdefault(("indicators",), first)
    for n, indicator in enumerate(own):
        dimension.cells |= indicator.places(("indicators", n))
    return {"indicators": [i.finished() for i in own]} if own else {}
