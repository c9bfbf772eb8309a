"""Reads the sheet 其他 / Other: what has no column of its own, each value at its path."""

from __future__ import annotations

from typing import Any

from pilotscore.criteria_book import kinds
from pilotscore.criteria_book.addresses import steps_of
from pilotscore.criteria_book.cells import YAML, WrongCellError, as_text
from pilotscore.criteria_book.draft import QUANTITIES, Draft, Entry
from pilotscore.criteria_book.layout import OTHER_FIELDS, OTHER_SHEET, SET_SHEET, sheet_name, tables
from pilotscore.criteria_book.lines import Line, in_book
from pilotscore.findings import Place
from pilotscore.language import Text

_PATH, _VALUE = Text("路径", "path"), Text("值", "value")
_IN_YAML = Text("YAML 的值", "a value in YAML")


def read_other(draft: Draft) -> None:
    """Read what has no column."""
    for where, (text, line) in _texts(draft).items():
        try:
            value = YAML.read((text,)) if text.strip() else None
        except WrongCellError as error:
            draft.wrong(line, "value", error.wanted, _VALUE, error.part)
            continue
        if text.strip():
            _put(draft, where, value, line.places["path"][0])
        else:
            draft.wrong(line, "value", _IN_YAML, "value")


def _texts(draft: Draft) -> dict[str, tuple[str, Line]]:
    """Return the text of each path, its parts joined, and the row in which it begins."""
    texts: dict[str, tuple[str, Line]] = {}
    for line in draft.lines(OTHER_SHEET, OTHER_FIELDS):
        where = draft.needed(line, "path", _PATH)
        if where is None:
            continue
        # As it stands: blanks at the ends of a part belong to it.
        text = line.raw["value"][0]
        text = text if isinstance(text, str) else as_text(line.cells["value"][0] or "")
        part = line.cells["part"][0]
        if where not in texts:
            texts[where] = (text, line)
        elif isinstance(part, int) and part > 1:
            texts[where] = (texts[where][0] + text, texts[where][1])
        else:
            first = texts[where][1].places["path"][0]
            draft.repeated(line.places["path"][0], where, first)
    return texts


def _put(draft: Draft, where: str, value: Any, place: Place) -> None:
    """Put a value in its place."""
    path = steps_of(where)
    target, entry = _target(draft, path)
    if target is None:
        if len(path) == 3 and path[0] in draft.entries:  # its table is right and its id is not
            what = Text("{sheet}", "entry on the sheet {sheet}").of(sheet=tables()[path[0]].sheet)
            draft.unknown(place, path[1], what, draft.entries[path[0]])
        else:
            draft.faults.add(kinds.LEADS_NOWHERE, place, name=where)
        return
    there = _taken(draft, path, target) if entry is None else _taken_of(entry, path[-1])
    if there is not None:
        draft.faults.add(kinds.GIVEN_TWICE, place, name=where, place=in_book(there))
        return
    target[path[-1]] = value
    if entry is None:
        draft.places[tuple(path)] = place
    else:
        entry.cells[path[-1],] = place


def _target(draft: Draft, path: tuple[str, ...]) -> tuple[dict[str, Any] | None, Entry | None]:
    """Return what takes a path's value, and the entry that it is of, if of one."""
    entry = None
    match path:
        case (_,):
            return draft.top, None
        case (part, _):
            return draft.nested.get(part), None
        case (table, name, _) if table in draft.entries:
            entry = draft.entries[table].get(name)
        case ("categories", owner, name, _):
            owners = [draft.entries[t].get(owner) for t in QUANTITIES]
            listed = [c for owner in owners if owner for c in owner.categories]
            entry = next((c for c in listed if c.name == name), None)
    return (None, None) if entry is None else (entry.values, entry)


def _taken_of(entry: Entry, key: str) -> Place | None:
    """Return where an entry has a value for a key already."""
    taken = key in entry.values or (key == "table" and entry.categories)
    return entry.cells.get((key,), entry.place) if taken else None


def _taken(draft: Draft, path: tuple[str, ...], target: dict[str, Any]) -> Place | None:
    """Return where the value of a path of the set stands already."""

    def sheet(name: Text) -> Place:
        return Place(draft.faults.file, sheet_name(name))

    key = path[-1]
    if len(path) == 2 and path[0] in draft.top:
        return draft.places[path[0],]
    if key in target:
        return draft.places.get(tuple(path), sheet(OTHER_SHEET))
    name = "evidence" if path == ("evidence", "grades") else key if len(path) == 1 else ""
    if name != "indicators" and draft.entries.get(name):
        return sheet(tables()[name].sheet)
    if len(path) == 1 and draft.nested.get(key):
        return sheet(SET_SHEET)
    return None
