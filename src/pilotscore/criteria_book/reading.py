"""Reads a criteria workbook that a committee has edited back into the plain data of a criteria file.

What still shows what the file said is taken from the file's own text, which a hidden sheet keeps, so
that it comes back exactly; what was edited is read from its cells. Every fault is told at once, with
its sheet and cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pilotscore.criteria.places import Path
from pilotscore.criteria_book import kinds
from pilotscore.criteria_book.cells import (
    ABSENT,
    BILINGUAL,
    NUMBER,
    YAML,
    Cells,
    Codec,
    WrongCellError,
    alike,
    as_text,
    fitted,
    in_order,
    is_blank,
    number_in,
)
from pilotscore.criteria_book.grid import (
    Faults,
    Grid,
    Line,
    Spot,
    find_sheet,
    lines_of,
    original_text,
)
from pilotscore.criteria_book.layout import (
    LEVELS,
    NESTED,
    OTHER_FIELDS,
    OTHER_SHEET,
    SET_COLUMNS,
    SET_SHEET,
    TOP_ORDER,
    VALUES,
    Table,
    all_tables,
    have_ids,
    items_of,
    set_fields,
    sheet_name,
    steps_of,
    tables,
)
from pilotscore.criteria_book.rows import point_rows
from pilotscore.findings import Finding
from pilotscore.language import Text, nearest

_ID = Text("编号", "id")
_QUANTITIES = ("indicators", "facts")


@dataclass(frozen=True, slots=True)
class EditedCriteria:
    """What a criteria workbook says: plain data, where each path of it stands, and what is wrong."""

    data: dict[str, Any]
    places: dict[Path, Spot]
    faults: tuple[Finding, ...]

    def spot(self, path: Path) -> tuple[Spot | None, Path]:
        """Return the cell of a path or of what is around it, and the part of the path that has one."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                return self.places[path[:end]], path[:end]
        return None, ()


@dataclass(slots=True)
class _Entry:
    """An entry that is being read: its values so far, what it was before, and its cells."""

    table: Table
    name: str
    spot: Spot
    found: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    spots: dict[Path, Spot] = field(default_factory=dict)
    categories: list[_Entry] = field(default_factory=list)
    owner: str = ""

    def finished(self) -> dict[str, Any]:
        """Return the entry with its keys in their order."""
        found = dict(self.found)
        if self.categories:
            found["table"] = [c.finished() for c in self.categories]
        return in_order(found, self.before, self.table.usual)

    def places(self, at: Path) -> dict[Path, Spot]:
        """Return where the parts of the entry stand, it being at a path."""
        found = {at: self.spot} | {(*at, *path): spot for path, spot in self.spots.items()}
        for n, category in enumerate(self.categories):
            found |= category.places((*at, "table", n))
        return found


def read_criteria_book(file: str, grids: Sequence[Grid]) -> EditedCriteria:
    """Read the sheets of a criteria workbook.

    Parameters
    ----------
    file
        The name of the workbook, for the places of faults.
    grids
        Its sheets.
    """
    faults = Faults(file)
    names = (SET_SHEET, *(t.sheet for t in all_tables()), OTHER_SHEET)
    found = {sheet_name(name): find_sheet(grids, name) for name in names}
    if not any(found.values()):
        faults.add(kinds.NOT_CRITERIA_BOOK, None)
        return EditedCriteria({}, {}, tuple(faults.found))
    for name, grid in found.items():
        if grid is None:
            faults.add(kinds.NO_SHEET, None, name=name)
    reader = _Reader(faults, found, _original(grids))
    reader.read()
    return EditedCriteria(reader.data(), reader.places, tuple(faults.found))


def _original(grids: Sequence[Grid]) -> dict[str, Any]:
    """Return the data of the file that the workbook was made from; nothing where it is not there."""
    import yaml

    from pilotscore.criteria.places import TooDeepError, read_yaml

    text = original_text(grids)
    try:
        data = None if text is None else read_yaml(text).data
    except (yaml.YAMLError, TooDeepError, RecursionError, ValueError, OverflowError):
        return {}
    return data if isinstance(data, dict) else {}


class _Reader:
    def __init__(
        self, faults: Faults, grids: dict[str, Grid | None], original: dict[str, Any]
    ) -> None:
        self.faults, self.grids, self.original = faults, grids, original
        self.top: dict[str, Any] = {}
        self.nested: dict[str, dict[str, Any]] = {name: {} for name in NESTED}
        self.entries: dict[str, dict[str, _Entry]] = {name: {} for name in tables()}
        self.places: dict[Path, Spot] = {}
        self.before = _entries_before(original)

    def read(self) -> None:
        """Read every sheet."""
        self._settings()
        for table in tables().values():
            self._entries(table)
        self._values()
        self._levels()
        self._other()

    def _lines(self, name: Text, columns: Any) -> list[Line]:
        grid = self.grids[sheet_name(name)]
        return [] if grid is None else lines_of(grid, columns, self.faults)

    def _value(
        self, codec: Codec, line: Line, key: str, before: Any, name: Text | None = None
    ) -> Any:
        """Return the value of a field: that of before where its cells still show it."""
        cells = line.cells[key]
        if before is not ABSENT:
            shown = fitted(codec, before)
            if shown is not None and alike(cells, shown):
                return before
        if is_blank(cells):
            return ABSENT
        try:
            return codec.read(cells)
        except WrongCellError as error:
            self._wrong(line, key, error, name)
            return ABSENT

    def _wrong(self, line: Line, key: str, error: WrongCellError, name: Text | None) -> None:
        part = min(error.part, len(line.cells[key]) - 1)
        value, spot = line.cells[key][part], line.spots[key][part]
        shown = "—" if value is None else as_text(value)
        self.faults.add(kinds.WRONG_CELL, spot, name=name or key, value=shown, wanted=error.wanted)

    def _settings(self) -> None:
        """Read the sheet 体系 / Set."""
        fields = {f.key: f for f in set_fields()}
        seen: dict[str, Spot] = {}
        for line in self._lines(SET_SHEET, SET_COLUMNS):
            cell, spot = line.cells["key"][0], line.spots["key"][0]
            if cell is None and is_blank((*line.cells["value"], *line.cells["english"])):
                continue
            key = as_text(cell) if cell is not None else ""
            setting = fields.get(key)
            if setting is None:
                near = nearest(key, fields) or ", ".join(fields)
                what = Text("设置", "setting")
                self.faults.add(kinds.UNKNOWN_IN_BOOK, spot, name=key or "—", what=what, near=near)
                continue
            if key in seen:
                self.faults.add(kinds.REPEATED_IN_BOOK, spot, name=key, place=str(seen[key]))
                continue
            seen[key] = spot
            both: Cells = (line.cells["value"][0], line.cells["english"][0])
            single = len(setting.codec.parts) == 1
            if single and both[1] is not None:
                error = WrongCellError(0, Text("留空", "nothing there"))
                self._wrong(line, "english", error, setting.heading)
            path = steps_of(key)
            cells = {key: both[:1] if single else both}
            spots = {key: (line.spots["value"][0], line.spots["english"][0])}
            at: Path = tuple(path)
            self.places[at] = spots[key][0]
            if not single:
                self.places |= {
                    (*at, lang): s for lang, s in zip(("zh", "en"), spots[key], strict=True)
                }
            joined = Line(line.spot, cells, {}, spots)
            value = self._value(
                setting.codec, joined, key, _at(self.original, path), setting.heading
            )
            if value is not ABSENT:
                (self.nested[path[0]] if len(path) == 2 else self.top)[path[-1]] = value

    def _entries(self, table: Table) -> None:
        """Read a sheet with an entry per row."""
        for line in self._lines(table.sheet, table.columns):
            cell, spot = line.cells["id"][0], line.spots["id"][0]
            if cell is None:
                self.faults.add(kinds.NO_ID_IN_ROW, spot, name=_ID)
                continue
            name = as_text(cell)
            among = _QUANTITIES if table.name in _QUANTITIES else (table.name,)
            same = next((self.entries[t][name] for t in among if name in self.entries[t]), None)
            if same is not None:
                self.faults.add(
                    kinds.REPEATED_IN_BOOK, spot, name=name, place=str(same.spots["id",])
                )
                continue
            known = self.before[table.name]
            entry = _Entry(
                table, name, line.spot, before=known.get(name) or known.get(line.origin) or {}
            )
            for column in table.fields:
                self._field(entry, line, column.key, column.codec, column.heading)
            entry.found["id"] = name
            self.entries[table.name][name] = entry
            if table.owner is not None:
                self._belongs(entry, line, table.owner.key)

    def _field(self, entry: _Entry, line: Line, key: str, codec: Codec, heading: Text) -> None:
        entry.spots[key,] = line.spots[key][0]
        if codec is BILINGUAL:
            entry.spots |= {
                (key, lang): s for lang, s in zip(("zh", "en"), line.spots[key], strict=True)
            }
        if len(codec.parts) == 2 and codec is not BILINGUAL:
            entry.spots |= {(key, n): s for n, s in enumerate(line.spots[key])}
        value = self._value(codec, line, key, entry.before.get(key, ABSENT), heading)
        if value is not ABSENT:
            entry.found[key] = value

    def _belongs(self, entry: _Entry, line: Line, key: str) -> None:
        """Note the dimension of an indicator."""
        cell, spot = line.cells[key][0], line.spots[key][0]
        known = self.entries["dimensions"]
        if cell is None:
            self.faults.add(kinds.NO_ID_IN_ROW, spot, name=Text("维度", "dimension"))
        elif as_text(cell) not in known:
            self._unknown(spot, as_text(cell), Text("维度", "dimension"), known)
        else:
            entry.owner = as_text(cell)

    def _unknown(self, spot: Spot, name: str, what: Text, known: Iterable[str]) -> None:
        listed = list(known)
        near = nearest(name, listed) or ", ".join(listed[:8]) or "—"
        self.faults.add(kinds.UNKNOWN_IN_BOOK, spot, name=name, what=what, near=near)

    def _quantity(self, line: Line) -> _Entry | None:
        """Return the indicator or fact that a row belongs to."""
        cell, spot = line.cells["owner"][0], line.spots["owner"][0]
        what = Text("指标或事实", "indicator or fact")
        if cell is None:
            self.faults.add(kinds.NO_ID_IN_ROW, spot, name=what)
            return None
        name = as_text(cell)
        known = {n: e for t in _QUANTITIES for n, e in self.entries[t].items()}
        if name not in known:
            self._unknown(spot, name, what, known)
        return known.get(name)

    def _values(self) -> None:
        """Read the anchors and categories."""
        for line in self._lines(VALUES.sheet, VALUES.columns):
            entry = self._quantity(line)
            if entry is None:
                continue
            if self._is_category(entry, line):
                self._category(entry, line)
            else:
                self._anchor(entry, line)

    def _is_category(self, entry: _Entry, line: Line) -> bool:
        if entry.table.name == "facts" or entry.found.get("type") == "category":
            return True
        if not is_blank((*line.cells["title"], *line.cells["aliases"])):
            return True
        # no title is left, but it stood among the categories: no number to be missed
        raw = line.cells["raw"][0]
        return isinstance(raw, str) and raw in _by_id(entry.before.get("table"))

    def _anchor(self, entry: _Entry, line: Line) -> None:
        points = entry.found.setdefault("points", [])
        entry.spots.setdefault(("points",), line.spots["raw"][0])
        at: Path = ("points", len(points))
        spots = (line.spots["raw"][0], line.spots["value"][0])
        entry.spots |= {at: spots[0], (*at, 0): spots[0], (*at, 1): spots[1]}
        before: Any = entry.before.get("points")
        shown = point_rows(before) or []
        pair = next(
            (p for p, s in zip(before if shown else (), shown, strict=True) if alike(line.cells["raw"], s["raw"])),
            (ABSENT, ABSENT),
        )  # fmt: skip
        found: list[Any] = []
        for key, was in zip(("raw", "value"), pair, strict=True):
            if is_blank(line.cells[key]):
                wanted = Text("数值", "a number")
                self._wrong(line, key, WrongCellError(0, wanted), _heading(key))
            else:
                found.append(self._value(NUMBER, line, key, was, _heading(key)))
        if len(found) == 2 and ABSENT not in found:
            points.append(found)

    def _category(self, entry: _Entry, line: Line) -> None:
        entry.spots.setdefault(("table",), line.spots["raw"][0])
        cell, spot = line.cells["raw"][0], line.spots["raw"][0]
        if cell is None:
            self.faults.add(kinds.NO_ID_IN_ROW, spot, name=Text("类别 id", "category id"))
            return
        name = as_text(cell)
        same = next((c for c in entry.categories if c.name == name), None)
        if same is not None:
            self.faults.add(kinds.REPEATED_IN_BOOK, spot, name=name, place=str(same.spots["id",]))
            return
        before = entry.before.get("table")
        known = _by_id(before)
        category = _Entry(VALUES, name, line.spot, before=known.get(name, {}))
        for column in VALUES.fields:
            if column.key != "raw":
                self._field(category, line, column.key, column.codec, column.heading)
        category.found["id"], category.spots["id",] = name, spot
        entry.categories.append(category)

    def _levels(self) -> None:
        """Read the wording of levels."""
        for line in self._lines(LEVELS.sheet, LEVELS.columns):
            entry = self._quantity(line)
            if entry is None:
                continue
            wanted = Text("整数等级", "a level, a whole number")
            try:
                level = number_in(line.cells["level"][0])
                if not isinstance(level, int):
                    raise WrongCellError(0, wanted)
            except WrongCellError:
                self._wrong(line, "level", WrongCellError(0, wanted), Text("等级", "Level"))
                continue
            key, spot = str(level), line.spots["level"][0]
            wording = entry.found.setdefault("wording", {})
            entry.spots.setdefault(("wording",), spot)
            if key in wording:
                place = str(entry.spots["wording", key])
                self.faults.add(
                    kinds.REPEATED_IN_BOOK, spot, name=f"{entry.name} {key}", place=place
                )
                continue
            entry.spots["wording", key] = spot
            was = entry.before.get("wording")
            before = was.get(key, ABSENT) if isinstance(was, dict) else ABSENT
            text = self._value(BILINGUAL, line, "wording", before, Text("措辞", "Wording"))
            if text is ABSENT:
                error = WrongCellError(0, Text("措辞", "its wording"))
                self._wrong(line, "wording", error, Text("措辞", "Wording"))
            wording[key] = text

    def _other(self) -> None:
        """Read what has no column."""
        texts: dict[str, str] = {}
        spots: dict[str, tuple[Spot, Line]] = {}
        for line in self._lines(OTHER_SHEET, OTHER_FIELDS):
            cell, spot = line.cells["path"][0], line.spots["path"][0]
            if cell is None:
                self.faults.add(kinds.NO_ID_IN_ROW, spot, name=Text("路径", "path"))
                continue
            where = as_text(cell)
            text = line.raw["value"][0]
            part = line.cells["part"][0]
            if where in texts and not (isinstance(part, int) and part > 1):
                self.faults.add(
                    kinds.REPEATED_IN_BOOK, spot, name=where, place=str(spots[where][0])
                )
                continue
            # As it stands: blanks at the ends of a part belong to it.
            texts[where] = texts.get(where, "") + (
                text if isinstance(text, str) else as_text(line.cells["value"][0] or "")
            )
            spots.setdefault(where, (spot, line))
        for where, text in texts.items():
            spot, line = spots[where]
            if not text.strip():
                self._wrong(
                    line, "value", WrongCellError(0, Text("YAML 的值", "a value in YAML")), None
                )
                continue
            try:
                value = YAML.read((text,))
            except WrongCellError as error:
                self._wrong(line, "value", error, Text("值", "value"))
                continue
            self._set(steps_of(where), where, value, spot)

    def _set(self, path: tuple[str, ...], where: str, value: Any, spot: Spot) -> None:
        """Put a value of the sheet 其他 / Other in its place."""
        target, entry = self._target(path)
        if target is None:
            near = self._near(path)
            if near is None:
                self.faults.add(kinds.LEADS_NOWHERE, spot, name=where)
            else:
                self._unknown(spot, path[-2], *near)
            return
        there = self._there(path, target, entry)
        if there is not None:
            self.faults.add(kinds.GIVEN_TWICE, spot, name=where, place=there)
            return
        target[path[-1]] = value
        if entry is None:
            self.places[tuple(path)] = spot
        else:
            entry.spots[path[-1],] = spot

    def _target(self, path: tuple[str, ...]) -> tuple[dict[str, Any] | None, _Entry | None]:
        """Return what takes a path's value, and the entry that it is of, if of one."""
        if len(path) == 1:
            return self.top, None
        if len(path) == 2:
            return self.nested.get(path[0]), None
        entry = None
        if len(path) == 3 and path[0] in self.entries:
            entry = self.entries[path[0]].get(path[1])
        if len(path) == 4 and path[0] == "categories":
            owners = [self.entries[t].get(path[1]) for t in _QUANTITIES]
            listed = [c for owner in owners if owner for c in owner.categories]
            entry = next((c for c in listed if c.name == path[2]), None)
        return (None, None) if entry is None else (entry.found, entry)

    def _near(self, path: tuple[str, ...]) -> tuple[Text, list[str]] | None:
        """Return what a path may have meant where its table is right and its id is not."""
        if len(path) == 3 and path[0] in self.entries:
            sheet = tables()[path[0]].sheet
            what = Text(sheet.zh, f"entry on the sheet {sheet.en}")
            return what, list(self.entries[path[0]])
        return None

    def _there(
        self, path: tuple[str, ...], target: dict[str, Any], entry: _Entry | None
    ) -> str | None:
        """Say where the value of a path stands already, if it does."""
        key = path[-1]
        if entry is not None:
            taken = key in target or (key == "table" and entry.categories)
            spot = entry.spots.get((key,), entry.spot)
            return str(spot) if taken else None
        if len(path) == 2 and path[0] in self.top:
            return str(self.places[path[0],])
        if key in target:
            return str(self.places.get(tuple(path), Spot(sheet_name(OTHER_SHEET))))
        name = "evidence" if path == ("evidence", "grades") else key if len(path) == 1 else ""
        filled = self.entries.get(name)
        if filled and (name != "indicators"):
            return str(Spot(sheet_name(tables()[name].sheet)))
        if len(path) == 1 and self.nested.get(key):
            return str(Spot(sheet_name(SET_SHEET)))
        return None

    def data(self) -> dict[str, Any]:
        """Return the plain data, each thing in its order, and note where it stands."""
        top = dict(self.top)
        for name in ("facts", "gates", "grades", "profiles", "methods"):
            self._listed(top, name, (name,))
        self._listed(self.nested["evidence"], "evidence", ("evidence", "grades"))
        for name, usual in NESTED.items():
            if self.nested[name]:
                top[name] = in_order(self.nested[name], self.original.get(name), usual)
        self._dimensions(top)
        return in_order(top, self.original, TOP_ORDER)

    def _listed(self, target: dict[str, Any], name: str, path: Path) -> None:
        self.places.setdefault(path, Spot(sheet_name(tables()[name].sheet)))
        entries = list(self.entries[name].values())
        for n, entry in enumerate(entries):
            self.places |= entry.places((*path, n))
        if entries:
            target[str(path[-1])] = [e.finished() for e in entries]

    def _dimensions(self, top: dict[str, Any]) -> None:
        sheets = tables()
        self.places.setdefault(("dimensions",), Spot(sheet_name(sheets["dimensions"].sheet)))
        found = []
        for n, (name, entry) in enumerate(self.entries["dimensions"].items()):
            own = [i for i in self.entries["indicators"].values() if i.owner == name]
            at: Path = ("dimensions", n)
            self.places |= entry.places(at)
            first = own[0].spots["weight",] if own else entry.spot
            self.places.setdefault((*at, "indicators"), first)
            for m, indicator in enumerate(own):
                self.places |= indicator.places((*at, "indicators", m))
            if own:
                entry.found["indicators"] = [i.finished() for i in own]
            found.append(entry.finished())
        if found:
            top["dimensions"] = found


def _heading(key: str) -> Text:
    return next(f.heading for f in VALUES.fields if f.key == key)


def _at(data: Any, path: Sequence[str]) -> Any:
    for step in path:
        if not isinstance(data, dict) or step not in data:
            return ABSENT
        data = data[step]
    return data


def _entries_before(original: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the entries of the file that a workbook was made from, by table and id."""
    found: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in tables()}
    for name in tables():
        found[name] = _by_id(items_of(original, name))
    for dimension in found["dimensions"].values():
        found["indicators"] |= _by_id(dimension.get("indicators"))
    return found


def _by_id(items: Any) -> dict[str, dict[str, Any]]:
    return {x["id"]: x for x in items} if have_ids(items) else {}
