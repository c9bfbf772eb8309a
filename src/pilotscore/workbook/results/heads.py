"""Says what each column of a table, or item of a form, was taken for, with a cell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache

from pilotscore.arrays import Codes
from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results.form_parts import Form, Item
from pilotscore.workbook.results.likely_items import likely_items
from pilotscore.workbook.results.understood import Head, Match, Role, Sample, Understood
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.headers import IDS, SERIALS, TITLES, HeaderNames
from pilotscore.workbook.values.cells import State
from pilotscore.workbook.values.columns import as_written
from pilotscore.workbook.values.units import factor

_Matcher = Callable[[str, str, HeaderNames], Match]
_SPECIAL: Mapping[str, tuple[Role, str]] = {"<id>": ("id", "id"), "<title>": ("title", "title")}

# ---------------------------------------------------------------------------- of a table


@dataclass(frozen=True, slots=True, eq=False)
class TableValues:
    """What was read of a table: its rows, states by quantity, and what was not read as is.

    ``derived`` has the formula of what is derived alone, and a cell that it is derived from.
    """

    rows: Sequence[int]
    states: Mapping[str, Codes]
    written: Mapping[tuple[int, str], str]
    derived: Mapping[str, tuple[str, tuple[int, int]]] = field(default_factory=dict)


def understood_table(
    sheet: Sheet, header: int, columns: Columns, names: HeaderNames, read: TableValues
) -> Understood:
    """Return what the columns of a table were taken for.

    Parameters
    ----------
    sheet, header
        The sheet, with merged cells spread, and the lowest row of the header.
    columns
        The columns, with the units that hold for them.
    names
        What is looked for.
    read
        What was read below.
    """
    derived = [
        Head(0, header, spot[1], text, role_of(name, names), name, "derived")
        for name, (text, spot) in read.derived.items()
    ]
    heads = [*table_heads(header, columns, names), *derived]
    heads.sort(key=lambda h: h.column)
    odd: dict[str, int] = {}
    for i, name in read.written:
        # A cell that was read otherwise than written shows more than one that was not.
        if name not in odd and read.states[name][i] == State.VALUE:
            odd[name] = i
    rows = [sheet.rows[r] for r in read.rows]
    samples, filled = [], []
    for head in heads:
        states = read.states.get(head.name) if head.role in ("indicator", "fact") else None
        if states is None:
            c = head.column
            cells = [row[c] if c < len(row) else "" for row in rows]
            at = next((i for i, cell in enumerate(cells) if cell != ""), None)
            count = len(cells) - cells.count("")
        else:
            at, count = odd.get(head.name, _first(states)), None
            at = None if head.matched == "derived" else at
        samples.append(None if at is None else _sample(sheet, read.rows[at], head.column, at))
        filled.append(count)
    return Understood("table", (sheet.name,), tuple(heads), tuple(samples), tuple(filled))


def _first(states: Codes) -> int | None:
    """Return the first place with a value, or else with anything that is not blank."""
    for some in (states == State.VALUE, states != State.BLANK):
        if some.any():
            return int(some.argmax())
    return None


def _sample(sheet: Sheet, row: int, column: int, result: int) -> Sample:
    return Sample(row, column, written_at(sheet, row, column), result)


def written_at(sheet: Sheet, row: int, column: int) -> str:
    """Return a cell as it is written: a whole number without the .0 of how it is stored."""
    cell = sheet.cell(row, column)
    text = as_written(cell, sheet.notes.formats.at(row, column))
    return text.removesuffix(".0") if isinstance(cell, float) else text


def table_heads(header: int, columns: Columns, names: HeaderNames) -> list[Head]:
    """Return what each column of a table was taken for, from left to right."""
    return sorted(_heads(header, columns, names), key=lambda h: h.column)


def _heads(header: int, columns: Columns, names: HeaderNames) -> Iterator[Head]:
    texts = columns.texts

    def head(column: int, role: Role, name: str, matched: Match) -> Head:
        return Head(0, header, column, texts.get(column, ""), role, name, matched)

    def how(column: int, match: _Matcher, name: str) -> Match:
        return "mapping" if column in columns.mapped else match(texts[column], name, names)

    for special, column in (("<id>", columns.id), ("<title>", columns.title)):
        if column is not None:
            role, name = _SPECIAL[special]
            yield head(column, role, name, how(column, how_matched, special))
    for name, column in columns.quantities.items():
        near = column in columns.accepted
        matched = "near" if near else how(column, how_matched, name)
        unit, times = columns.units.get(name), columns.factors.get(name, 1.0)
        yield Head(
            0, header, column, texts[column], role_of(name, names), name, matched, unit, times
        )
    for name, column in columns.evidence.items():
        yield head(column, "evidence", name, how(column, evidence_matched, name))
    for (name, _), column in columns.spreads.items():
        yield head(column, "uncertainty", name, how(column, evidence_matched, name))
    yield from (
        head(column, "unread", name, matched) for column, name, matched in _unread(columns, names)
    )


def _unread(columns: Columns, names: HeaderNames) -> Iterator[tuple[int, str, Match]]:
    """Yield the columns that are not read, what they are like, and why they are not."""
    again = {c: n for c, n, _ in (*columns.repeated, *columns.near)}
    known = {*columns.used, *columns.unknown, *again}
    for column in columns.unknown:
        likely = columns.suggestions.get(column)
        yield (column, "", "none") if likely is None else (column, likely.name, "likely")
    for column, name in again.items():
        yield column, _SPECIAL[name][1] if name in _SPECIAL else name, "repeated"
    for column, text in columns.texts.items():
        if text and column not in known:
            matched: Match = "ignored" if column in columns.mapped else "none"
            yield column, "", "source" if names.is_source(text) else matched


# ----------------------------------------------------------------------------- of a form


def understood_form(
    parts: Sequence[tuple[Sheet, Form]],
    names: HeaderNames,
    loose: Sequence[Sequence[tuple[tuple[int, int], str]]],
    derived: Mapping[str, tuple[str, tuple[int, int]]] | None = None,
) -> Understood:
    """Return what the items of a form were taken for.

    Parameters
    ----------
    parts
        Sheets, and the forms on them.
    names
        What is looked for.
    loose
        For each of them, the texts that stand where names stand and are not known.
    derived
        The formula of what is derived alone, and a cell that it is derived from.
    """
    heads: list[Head] = []
    samples: list[Sample | None] = []
    for number, ((sheet, form), others) in enumerate(zip(parts, loose, strict=True)):
        here = list(form_heads(number, form, names))
        here += _loose_heads(number, form, others, names)
        heads += here
        samples += [_item_sample(sheet, head) for head in here]
    for name, (text, spot) in (derived or {}).items():
        heads.append(Head(0, *spot, text, role_of(name, names), name, "derived", label=spot))
        samples.append(None)
    filled = tuple(
        None
        if head.role in ("indicator", "fact")
        else int(sample is not None or head.role == "unread")  # which has something beside it
        for head, sample in zip(heads, samples, strict=True)
    )
    sheets = tuple(sheet.name for sheet, _ in parts)
    return Understood("form", sheets, tuple(heads), tuple(samples), filled)


def _loose_heads(
    number: int,
    form: Form,
    others: Sequence[tuple[tuple[int, int], str]],
    names: HeaderNames,
) -> Iterator[Head]:
    """Yield the names that are not known, each with what it is like."""
    likely = likely_items(tuple(text for _, text in others), frozenset(form.items), names)
    for (spot, text), suggestion in zip(others, likely, strict=True):
        name = suggestion.name if suggestion is not None else ""
        matched: Match = "likely" if name else "none"
        matched = "source" if names.is_source(text) else matched
        name = "" if matched == "source" else name
        yield Head(number, *spot, text, "unread", name, matched, label=spot)


def form_heads(number: int, form: Form, names: HeaderNames) -> Iterator[Head]:
    """Yield what each item of a form was taken for, and where its evidence stands."""
    for item in form.items.values():
        head = _item_head(number, item, names)
        yield replace(head, matched="near") if item.name in form.accepted else head
        if (spot := form.evidence.get(item.name)) is not None:
            yield Head(number, *spot, "", "evidence", item.name, "beside")


def _item_head(number: int, item: Item, names: HeaderNames) -> Head:
    if item.name in _SPECIAL:
        role, name = _SPECIAL[item.name]
        unit: str | None = None
        times: float | None = 1.0
    else:
        role, name = role_of(item.name, names), item.name
        unit = item.unit
        times = _times(unit, name, names) if unit else 1.0
    mapped = names.mapped_to(item.text) is not None
    matched: Match = "mapping" if mapped else how_matched(item.text, item.name, names)
    return Head(number, *item.value, item.text, role, name, matched, unit, times, item.label)


@lru_cache(maxsize=4096)
def _times(unit: str, name: str, names: HeaderNames) -> float | None:
    return factor(unit, names.quantities[name])


def _item_sample(sheet: Sheet, head: Head) -> Sample | None:
    if head.role == "unread" or sheet.cell(head.row, head.column) == "":
        return None  # of what is not known only the name stands there
    return _sample(sheet, head.row, head.column, 0)


# ------------------------------------------------------------------------ how it is known


def role_of(name: str, names: HeaderNames) -> Role:
    """Say whether a quantity is an indicator or a fact."""
    return "indicator" if name in names.criteria.indicator_position else "fact"


@lru_cache(maxsize=1 << 14)
def how_matched(text: str, name: str, names: HeaderNames) -> Match:
    """Say how a header is known to mean an indicator or fact, ``<id>`` or ``<title>``.

    By its name; by another name that the criteria set lists; or by parts of it (a number before it,
    a unit behind it, two rows).
    """
    form = normalise(text)
    compared = {form, normalise(without_brackets(text))} - {""}
    if name in _SPECIAL:
        if compared & (IDS | TITLES):
            return "name"
        return "serial" if compared & SERIALS else "part"
    quantity = names.quantities[name]
    zh, en = normalise(quantity.title.zh), normalise(quantity.title.en)
    if compared & {normalise(name), zh, en, zh + en, en + zh}:
        return "name"
    short = {normalise(without_brackets(x)) for x in (quantity.title.zh, quantity.title.en)}
    if compared & short:
        return "name"
    aliases = {normalise(a) for a in quantity.aliases}
    return "alias" if compared & aliases else "part"


def evidence_matched(text: str, name: str, names: HeaderNames) -> Match:
    """Say how a column of evidence is known to belong to an indicator."""
    form = normalise(text)
    spelled = any(s in form for s, owner in names.by_name.items() if owner == name)
    return "name" if spelled else "beside"
