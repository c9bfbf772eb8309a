"""Reads forms: the name of an item on the left, its value on the right, often in sections.

One form holds one result, over one sheet or several; a form with several columns of values holds a
result in each (a table that was turned on its side).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.workbook.open.sheets import Area
from pilotscore.workbook.tables.headers import HeaderNames, Target, evidence_of
from pilotscore.workbook.values.units import is_unit

MOST_ROWS = 2000
MOST_COLUMNS = 60
MOST_LAYOUTS = 4
_LONGEST = 120
_ITEM = frozenset(
    map(
        normalise,
        (
            "指标",
            "指标名称",
            "项目",
            "栏目",
            "内容",
            "填报项",
            "评价指标",
            "名称",
            "item",
            "items",
            "indicator",
        ),
    )
)
_VALUE = frozenset(
    map(
        normalise,
        (
            "填写值",
            "数值",
            "值",
            "填报值",
            "填写内容",
            "实测值",
            "填写",
            "填报内容",
            "指标值",
            "完成情况",
            "value",
            "values",
            "entry",
            "answer",
        ),
    )
)
_UNIT = frozenset(map(normalise, ("单位", "计量单位", "unit", "units")))
_EVIDENCE = frozenset(
    map(normalise, ("证据等级", "证据", "证据级别", "evidence", "evidence grade"))
)

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a form: the cell of its name and of its value, and the unit stated beside it."""

    name: str
    label: Spot
    value: Spot
    text: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """A form on one sheet: items by indicator, fact, ``<id>`` or ``<title>``, and evidence cells."""

    items: dict[str, Item] = field(default_factory=dict)
    evidence: dict[str, Spot] = field(default_factory=dict)
    repeated: list[tuple[Item, Item]] = field(default_factory=list)

    @property
    def known(self) -> int:
        """How many items are known."""
        return len(self.items) + len(self.evidence)

    @property
    def is_form(self) -> bool:
        """Whether there is enough of it to be a form with a result."""
        quantities = sum(not n.startswith("<") for n in self.items)
        return quantities >= 2 or (quantities == 1 and len(self.items) >= 2)


@dataclass(slots=True)
class _Titles:
    """What the columns of a form are said to hold, by a row of titles above."""

    value: int | None = None
    unit: int | None = None
    evidence: int | None = None


def find_forms(
    rows: Sequence[Sequence[Any]], names: HeaderNames, merged: Sequence[Area] = ()
) -> list[Form]:
    """Return the forms of a sheet: none, one, or one for each column of values."""
    if not any(rows):
        return []
    for known in names.layouts:
        if known.fits(rows, names, merged):
            return [known.form]
    ends = {(top, left): right for (top, left), (_, right) in merged}
    form, columns = _read(rows, names, ends)
    if not form.is_form:
        return []
    if len(columns) < 2:
        if layout := _layout(form, rows, names, merged):
            names.layouts[:] = [layout, *names.layouts[: MOST_LAYOUTS - 1]]
        return [form]
    return [_shifted(form, columns[0], column) for column in columns]


@dataclass(frozen=True, slots=True)
class Layout:
    """A form that was read, by which the next one with the same printed parts is known at once.

    A folder has thousands of one form, filled in differently: nothing but the cells of values may
    differ, and nothing in them may be a name, a title of a column, or newly blank where that counts.
    """

    form: Form
    rows: tuple[tuple[Any, ...], ...]
    free: tuple[frozenset[int], ...]
    head: Spot | None
    merged: tuple[Area, ...]

    def fits(
        self, rows: Sequence[Sequence[Any]], names: HeaderNames, merged: Sequence[Area]
    ) -> bool:
        """Say whether a sheet is the same form, filled in differently."""
        if len(rows) != len(self.rows) or tuple(merged) != self.merged:
            return False
        for row, kept, free in zip(rows, self.rows, self.free, strict=True):
            if len(row) != len(kept):
                return False
            for c, (cell, before) in enumerate(zip(row, kept, strict=True)):
                if cell != before and (c not in free or _says_more(cell, names)):
                    return False
        if self.head is None:
            return True
        cell, before = (r[self.head[0]][self.head[1]] for r in (rows, self.rows))
        return cell == before or not (cell == "" or before == "" or _is_evidence(cell, names))


def _says_more(cell: Any, names: HeaderNames) -> bool:
    """Say whether a cell that should be a value could be taken for something printed."""
    return isinstance(cell, str) and (
        _is_label(cell, names) or (0 < len(cell) < 40 and _heads_values(cell))
    )


def _is_evidence(cell: Any, names: HeaderNames) -> bool:
    return isinstance(cell, str) and evidence_of(cell, "x", names) is not None


def _layout(
    form: Form, rows: Sequence[Sequence[Any]], names: HeaderNames, merged: Sequence[Area]
) -> Layout | None:
    """Return what a form is known by; None where what it is hangs on what was filled in."""
    if form.repeated or len(rows) > MOST_ROWS:
        return None
    first = form.items.get("<id>") or form.items.get("<title>")
    head = first.value if first else None
    if head is not None:
        row = rows[head[0]]
        beside = row[head[1] + 1] if head[1] + 1 < len(row) else ""
        if head[1] >= len(row) or not (beside == "" or _is_label(beside, names)):
            return None
    free: list[set[int]] = [set() for _ in rows]
    for row_number, column in (*(i.value for i in form.items.values()), *form.evidence.values()):
        free[row_number].add(column)
    return Layout(form, tuple(map(tuple, rows)), tuple(map(frozenset, free)), head, tuple(merged))


def _shifted(form: Form, first: int, column: int) -> Form:
    """Return the form whose values stand in another column."""
    step = column - first

    def moved(spot: Spot) -> Spot:
        return (spot[0], spot[1] + step)

    items = {
        n: Item(i.name, i.label, moved(i.value), i.text, i.unit) for n, i in form.items.items()
    }
    return Form(items, {n: moved(s) for n, s in form.evidence.items()}, form.repeated)


def _read(
    rows: Sequence[Sequence[Any]], names: HeaderNames, ends: dict[Spot, int]
) -> tuple[Form, list[int]]:
    form = Form()
    titles = _Titles()
    last: dict[int, str] = {}  # the indicator last named in each column of names
    for r, row in enumerate(rows[:MOST_ROWS]):
        if found := _titles(row):
            titles = found
            continue
        skip_to = -1
        left: str | None = None
        for c, cell in enumerate(row[:MOST_COLUMNS]):
            if c < skip_to or not isinstance(cell, str) or not cell or len(cell) > _LONGEST:
                continue
            right = ends.get((r, c), c) + 1
            name, unit = _name(cell.strip(), names)
            if name is None:
                owner = _evidence_owner(cell, left, last.get(c), names)
                if owner and c + 1 <= right < len(row) and not _is_label(row[right], names):
                    form.evidence.setdefault(owner, (r, right))
                    skip_to = right + 1
                continue
            value = titles.value if titles.value is not None and titles.value > c else right
            if value < len(row) and _is_label(row[value], names):
                continue  # a row of names is a table's header
            unit = _unit_beside(row, value, titles) or unit
            item = Item(name, (r, c), (r, value), " ".join(cell.split()), unit)
            if titles.value is not None and c < titles.value < right:
                continue  # a heading that runs across the values
            if name in form.items and _is_blank(rows, form.items[name].value):
                form.items[name] = item  # what came first was a heading
            elif name in form.items:
                form.repeated.append((item, form.items[name]))
            else:
                form.items[name] = item
            if name in names.criteria.indicator_position:
                left = last[c] = name
                if titles.evidence is not None and titles.evidence > value:
                    form.evidence.setdefault(name, (r, titles.evidence))
            if titles.value is not None:
                break  # beside it stand its unit and what explains it
            skip_to = value + 1
    return form, _value_columns(rows, form, names) if titles.value is None else []


def _is_blank(rows: Sequence[Sequence[Any]], spot: Spot) -> bool:
    row = rows[spot[0]] if spot[0] < len(rows) else ()
    return spot[1] >= len(row) or row[spot[1]] in ("", None)


def _name(text: str, names: HeaderNames) -> tuple[str | None, str | None]:
    target: Target | None = names.mapped.get(normalise(text)) if names.mapped else None
    if target is not None:
        if target.name in ("id", "title"):
            return f"<{target.name}>", None
        return (
            (None, None)
            if target.evidence or target.name in ("evidence", "ignore")
            else (target.name, target.unit)
        )
    found = names.resolve(text)
    if found is None or found.name == "<serial>":
        return None, None
    return found.name, found.unit


def _is_label(cell: Any, names: HeaderNames) -> bool:
    if not isinstance(cell, str) or not cell or len(cell) > _LONGEST:
        return False
    found = names.resolve(cell.strip())
    return found is not None and found.name != "<serial>"


def _evidence_owner(
    cell: str, left: str | None, above: str | None, names: HeaderNames
) -> str | None:
    return evidence_of(cell.strip(), left or above, names)


def _titles(row: Sequence[Any]) -> _Titles | None:
    """Return what a row of titles such as 指标 | 填写值 | 单位 | 证据等级 says; None for another row."""
    for cell in row:
        if isinstance(cell, str) and cell and len(cell) < 40 and _heads_values(cell):
            break
    else:
        return None
    forms = {
        c: {normalise(part) for part in (x, *x.split("\n"))}
        for c, x in enumerate(row[:MOST_COLUMNS])
        if isinstance(x, str) and 0 < len(x) < 40
    }
    places = {
        key: next((c for c, f in forms.items() if f & words), None)
        for key, words in (
            ("item", _ITEM),
            ("value", _VALUE),
            ("unit", _UNIT),
            ("evidence", _EVIDENCE),
        )
    }
    value = places["value"]
    if value is None or (places["item"] is None and places["unit"] is None):
        return None
    if places["item"] is not None and places["item"] > value:
        return None
    return _Titles(value, places["unit"], places["evidence"])


@lru_cache(maxsize=1 << 14)
def _heads_values(text: str) -> bool:
    return any(normalise(part) in _VALUE for part in text.split("\n"))


def _unit_beside(row: Sequence[Any], value: int, titles: _Titles) -> str | None:
    column = titles.unit if titles.unit is not None else value + 1
    cell = row[column] if column < len(row) else None
    if not isinstance(cell, str):
        return None
    return _unit_in(cell)


@lru_cache(maxsize=1 << 12)
def _unit_in(cell: str) -> str | None:
    text = cell.strip().strip("()（）").split("\n")[0].split(" / ")[0].strip()
    return text if is_unit(text) else None


def _value_columns(rows: Sequence[Sequence[Any]], form: Form, names: HeaderNames) -> list[int]:
    """Return the columns of values where a form has several, each with an id or title."""
    head = form.items.get("<id>") or form.items.get("<title>")
    if head is None:
        return []
    row = rows[head.value[0]]
    columns = []
    for c in range(head.value[1], len(row)):
        cell = row[c]
        if (
            cell == ""
            or _is_label(cell, names)
            or (isinstance(cell, str) and evidence_of(cell, "x", names))
        ):
            break
        columns.append(c)
    if len(columns) < 2:
        return []
    same = [i for i in form.items.values() if i.value[1] == head.value[1] and i is not head]
    filled = [
        c
        for c in columns
        if sum(c < len(rows[i.value[0]]) and rows[i.value[0]][c] != "" for i in same) * 2
        >= len(same)
    ]
    return columns if len(same) >= 2 and len(filled) >= 2 else []


def other_labels(
    rows: Sequence[Sequence[Any]], form: Form, names: HeaderNames
) -> list[tuple[Spot, str]]:
    """Return the texts that stand where the form's names stand, have a value beside, and are not known."""
    columns = {i.label[1] for i in form.items.values()}
    used = {i.label for i in form.items.values()} | {i.label for i, _ in form.repeated}
    taken = {i.value for i in form.items.values()} | set(form.evidence.values())
    step = {i.label[1]: i.value[1] for i in form.items.values()}
    found = []
    for r, row in enumerate(rows[:MOST_ROWS]):
        for c in columns:
            text = row[c] if c < len(row) else ""
            beside = row[step[c]] if step[c] < len(row) else ""
            if (r, c) in used or (r, c) in taken or not isinstance(text, str) or beside == "":
                continue
            if (
                not text.strip()
                or len(text) > _LONGEST
                or _titles(row)
                or evidence_of(text, "x", names)
            ):
                continue
            found.append(((r, c), " ".join(without_brackets(text).split())))
    return found
