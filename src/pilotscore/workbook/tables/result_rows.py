"""Says which rows of a table hold results, and what the rows between them are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pilotscore.criteria import NUMERIC, Fact, Indicator
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Kind
from pilotscore.language import Text
from pilotscore.workbook.open.notes import Area
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.finder import TableHeader
from pilotscore.workbook.tables.headers import HeaderNames, evidence_of
from pilotscore.workbook.tables.row_labels import (
    TITLES,
    RowKind,
    RowLabel,
    Sureness,
    label_of,
    squeezed,
)
from pilotscore.workbook.tables.summed_rows import numbers_columns, summed_as
from pilotscore.workbook.tables.unit_lines import UnitsRow, stated_units, units_row, units_written
from pilotscore.workbook.values.cells import State, is_number, read_cell, tidy, words
from pilotscore.workbook.values.unread import unread_cells

_NUMERIC = NUMERIC | {"date"}
_EXPLAIN_WORDS = words(
    "说明|填写说明|填报说明|填表说明|指标说明|要求|填写要求|必填|选填|格式|备注"
    "|文本|字符|字符型|文本型|数值型|整数|text|string"
    "|explanation|explanations|note|notes|instructions|how to fill in|required"
)
_NO_NAME = words(r"|-|--|—|——|–|/|\|.|…|*|nan")
_KINDS: Mapping[RowKind, Kind] = {
    RowKind.EXPLANATION: kinds.EXPLANATION_ROW,
    RowKind.EXAMPLE: kinds.EXAMPLE_ROW,
    RowKind.CLOSING: kinds.CLOSING_ROW,
}
# What a row is taken for of which one cell is filled.
_OF_ONE_CELL = (kinds.NOTE_ROW, kinds.EITHER_PASSED_OVER)
# So many letters of a title beside a label are a name, not a remark such as 12 项.
_SHORTEST_TITLE = 3
# So many signs beside an id of its own are the title of a result, whatever words are in it.
_LONGEST_LABEL = 12
_LONGEST_ID = 24
_NOTE = Text("注释", "a note")
_NO_RESULT = Text(
    "汇总、附注或另一张表的行（其他编号都有数字）", "a sum, a note or of another table"
)
# So many ids have numbers for one that has none, before that one is asked about.
_FEWEST_ALIKE = 3
# A longer number is an id.
_LONGEST_SERIAL = 4


class Passed(NamedTuple):
    """Why a row is passed over, with what its finding says; ``kind`` None where it is read."""

    kind: Kind | None
    values: Mapping[str, Any]
    told: Kind | None = None


@dataclass(frozen=True, slots=True)
class ResultRows:
    """Which rows hold results, the units that a row states by column, and what was passed over."""

    rows: list[int]
    units: dict[int, str]
    passed: list[int]


@dataclass(slots=True)
class _Reading:
    """What was seen so far of the rows below a header, from above."""

    findings: SheetFindings
    kept: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)
    beside: list[int] = field(default_factory=list)
    blank: int = 0
    within: int = 0
    broken: bool = False

    @property
    def ended(self) -> bool:
        """Whether what ends a table was the last to be seen: a total, a note, a signature."""
        return bool(self.kept) and bool(self.passed) and self.passed[-1] > self.kept[-1]

    def keep(self, number: int) -> None:
        """Note a row that holds a result."""
        self.within += self.blank if self.kept else 0
        self.blank = 0
        self.kept.append(number)

    def pass_over(self, number: int, kind: Kind, values: Mapping[str, Any]) -> None:
        """Note a row that holds none, and say why."""
        self.findings.add(kind, number, **values)
        self.passed.append(number)


def result_rows(
    sheet: Sheet,
    table: TableHeader,
    names: HeaderNames,
    first: int | None = None,
    areas: Sequence[Area] = (),
) -> tuple[ResultRows, list[Finding]]:
    """Return the rows that hold results, and what is to be said of those that are passed over.

    Passed over are blank rows, rows of units, explanations and examples below the header, headers
    that are repeated (as on printed pages), totals, notes and signatures. At the header of another
    table reading ends, with an error. ``first`` is the first row of results where it is known;
    ``areas`` are the merged areas whose values were given to each of their cells.
    """
    header = table.row or 0
    reading = _Reading(SheetFindings(sheet))
    findings = reading.findings
    judge = _Judge.of(table.columns, names)
    surely = judge.sure_of_result()
    again = _merged_again(areas, table.columns)
    _read_units_above(reading, judge, sheet, table.first - 1)
    for number in range(header + 1 if first is None else first, len(sheet.rows)):
        row = sheet.rows[number]
        if number in again and judge.adds_nothing(sheet, number, again[number], areas):
            continue
        if not reading.kept and number <= header + 3 and numbers_columns(row):
            reading.pass_over(number, kinds.NUMBERS_ROW, {})
            continue
        if surely(row):
            reading.keep(number)
            continue
        filled = _filled(row)
        if not filled:
            _read_blank_row(reading, judge, sheet, number)
        elif judge.is_other_header(sheet, number, filled, reading.kept, ended=reading.ended):
            left = sum(any(x != "" for x in r) for r in sheet.rows[number:])
            findings.add(kinds.SECOND_TABLE, number, row=number + 1, count=left)
            break
        else:
            near_top = first is None and not reading.kept and number <= header + 3
            _read_row(reading, judge, sheet, number, near_top=near_top)
    if reading.within:
        findings.add(kinds.BLANK_ROWS, header, count=reading.within)
    _tell_rows_beside(reading, sheet)
    _tell_unlike(reading, sheet, table.columns.id)
    _tell_merged(findings, again, reading.kept)
    return ResultRows(reading.kept, reading.units, reading.passed), findings.entries


def _read_blank_row(reading: _Reading, judge: _Judge, sheet: Sheet, number: int) -> None:
    """Keep a row whose name alone has no value; of other rows of formulas the first is told."""
    broken = dict(unread_cells(sheet, number, judge.used))
    if not broken.keys().isdisjoint({judge.columns.id, judge.columns.title}):
        reading.keep(number)
        return
    reading.blank += 1
    if broken and not reading.broken:
        reading.broken = True
        column, (kind, values) = next(iter(broken.items()))
        reading.findings.add(kind, number, column, **values)


def _read_units_above(reading: _Reading, judge: _Judge, sheet: Sheet, number: int) -> None:
    """Take the units of a row right above the header, which has two of them at least."""
    row = sheet.rows[number] if number >= 0 else []
    if any(isinstance(x, str) and stated_units(x) for x in row):
        return  # a unit that is said to hold for the table: 单位：元
    stated = judge.units_row(row, _filled(row), near_top=True) if _filled(row) else None
    if stated is not None and len(stated.units) > 1:
        reading.units.update(stated.units)
        reading.pass_over(number, kinds.UNITS_ROW, {})
        _tell_unknown_units(reading, judge, number, stated)


def _tell_unknown_units(reading: _Reading, judge: _Judge, number: int, stated: UnitsRow) -> None:
    for column, text in stated.unknown.items():
        title = judge.quantities[column].title
        reading.findings.add(kinds.UNKNOWN_UNIT, number, column, text=text, name=title)


def _tell_unlike(reading: _Reading, sheet: Sheet, column: int | None) -> None:
    """Tell ids that are words where nearly all others have numbers: 张三, or an unknown label."""
    if column is None or len(reading.kept) < _FEWEST_ALIKE:
        return
    texts = {n: r[column] if column < len(r := sheet.rows[n]) else "" for n in reading.kept}
    unlike = [n for n, x in texts.items() if isinstance(x, str) and x and not _has_digit(x)]
    if len(unlike) * _FEWEST_ALIKE > len(reading.kept) or len(unlike) == len(reading.kept):
        return
    for number in unlike:
        label = label_of(texts[number])
        if label is None or label.kind in (RowKind.CLOSING, RowKind.EXPLANATION):
            values = {"text": _shown(texts[number]), "what": _NO_RESULT}
            reading.findings.add(kinds.EITHER_READ, number, **values)


def _read_row(
    reading: _Reading, judge: _Judge, sheet: Sheet, number: int, *, near_top: bool
) -> None:
    """Say of a row that is not surely a result what it is."""
    row = sheet.rows[number]
    filled = _filled(row)
    stated = judge.units_row(row, filled, near_top=near_top)
    if stated is not None:
        reading.units.update(stated.units)
        reading.pass_over(number, kinds.UNITS_ROW, {})
        _tell_unknown_units(reading, judge, number, stated)
        return
    passed = judge.passed_over(row, filled, near_top=near_top)
    if passed is None:
        passed = judge.nameless_total(sheet, number, reading.kept)
    if passed is not None and len(filled) == 1 and passed.kind in _OF_ONE_CELL:
        # A name beside cells without a value is that of a result.
        passed = None if any(unread_cells(sheet, number, judge.used)) else passed
    if passed is not None and passed.told is not None:
        reading.findings.add(passed.told, number, **passed.values)
    if passed is not None and passed.kind is not None:
        reading.pass_over(number, passed.kind, passed.values)
        units = units_written(row, judge.quantities)
        if units and passed.kind is not kinds.NOTE_ROW:
            reading.findings.add(kinds.UNUSED_UNITS, number, units=", ".join(units))
    elif judge.has_content(filled):
        reading.keep(number)
    else:
        reading.beside.append(number)


def _filled(row: Sequence[Any]) -> list[int]:
    return [c for c, x in enumerate(row) if x != "" and (not isinstance(x, str) or x.strip())]


def _tell_rows_beside(reading: _Reading, sheet: Sheet) -> None:
    """Tell rows with nothing in the columns of the table."""
    if reading.beside:
        row = sheet.rows[reading.beside[0]]
        text = _shown(next(x for x in row if x != ""))
        reading.findings.add(
            kinds.ROWS_BESIDE, reading.beside[0], count=len(reading.beside), text=text
        )


def _merged_again(areas: Sequence[Area], columns: Columns) -> dict[int, Area]:
    """Return the rows that a merged id (or title, without ids) goes on over, with its area."""
    name = columns.id if columns.id is not None else columns.title
    return {
        row: area
        for area in areas
        if name is not None and area[0][1] <= name <= area[1][1] and area[1][0] > area[0][0]
        for row in range(area[0][0] + 1, area[1][0] + 1)
    }


def _tell_merged(findings: SheetFindings, again: Mapping[int, Area], kept: Sequence[int]) -> None:
    """Tell the results that stand in several merged rows and were read once."""
    read = set(kept)
    for area in dict.fromkeys(again.values()):
        (top, left), (bottom, _) = area
        if top in read and read.isdisjoint(range(top + 1, bottom + 1)):
            findings.add(kinds.MERGED_ROWS, top, left, count=bottom - top + 1)


def _shown(cell: Any) -> str:
    cell = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    text = " ".join(str(cell).split())
    return text if len(text) <= 40 else text[:39] + "…"


def _label(text: str) -> str:
    return tidy(text).casefold().strip(" :：()（）[]【】*")


def _is_serial(text: str) -> bool:
    """Say whether an id is a running number, which says which row it is and no more."""
    number = text.strip(" .、．()（）").removesuffix(".0")
    return number.isdecimal() and len(number) <= _LONGEST_SERIAL


def _has_own_name(lead: Any, title: Any) -> bool:
    """Say whether a title is too long for a label, beside an id that is no running number."""
    if not (isinstance(lead, str) and isinstance(title, str)) or len(title) <= _LONGEST_LABEL:
        return False
    return lead.strip() not in _NO_NAME and not _is_serial(lead)


def _is_name(text: str) -> bool:
    """Say whether a text beside a label is the name of a result, and no remark or number."""
    letters = [x for x in squeezed(text) if x.isalpha()]
    return len(letters) >= _SHORTEST_TITLE and label_of(text) is None


@dataclass(frozen=True, slots=True)
class _Judge:
    """Says of a row what it is; ``quantities`` has what each column holds."""

    columns: Columns
    quantities: dict[int, Indicator | Fact]
    names: HeaderNames
    used: list[int]

    @classmethod
    def of(cls, columns: Columns, names: HeaderNames) -> _Judge:
        """Return the judge of the rows below a header."""
        quantities = {c: names.quantities[n] for n, c in columns.quantities.items()}
        return cls(columns, quantities, names, columns.used)

    def sure_of_result(self) -> Callable[[Sequence[Any]], bool]:
        """Return what says quickly that a row is a result: named, a number, no label."""
        columns = self.columns
        lead = columns.id if columns.id is not None else columns.title
        numeric = [c for c, q in self.quantities.items() if q.type in _NUMERIC][:6]
        if lead is None or not numeric:
            return lambda _: False
        title = lead if columns.title is None else columns.title
        widest = max(lead, title, *numeric)
        before = range(lead)
        blank = ("", None)

        def plain(name: Any) -> bool:
            return not isinstance(name, str) or (name != "" and label_of(name) is None)

        def sure(row: Sequence[Any]) -> bool:
            if len(row) <= widest or row[lead] in blank:
                return False
            if not any(isinstance(row[c], float) or type(row[c]) is int for c in numeric):
                return False
            first = next((row[c] for c in before if row[c] not in blank), row[lead])
            if first is not row[lead] and isinstance(first, str) and label_of(first) is not None:
                return False
            return plain(row[lead]) and (_has_own_name(row[lead], row[title]) or plain(row[title]))

        return sure

    def passed_over(
        self, row: Sequence[Any], filled: list[int], *, near_top: bool
    ) -> Passed | None:
        """Return why a row is passed over, or what is to be said of one that is read."""
        values = {"text": _shown(row[filled[0]])}
        if near_top and self._explains(row, filled):
            return Passed(kinds.EXPLANATION_ROW, values)
        if len(filled) == 1 and len(self.used) > 2 and self._numbers_alone(row, filled[0]):
            return Passed(kinds.NOTE_ROW, values)
        if len(filled) == 1 and isinstance(row[filled[0]], str) and len(self.used) > 2:
            label = label_of(row[filled[0]])
            if label is None and self._is_id(row[filled[0]], filled[0]):
                return Passed(kinds.EITHER_PASSED_OVER, {**values, "what": _NOTE})
            if label is None or label.kind in (RowKind.CLOSING, RowKind.EXPLANATION):
                return Passed(kinds.NOTE_ROW, values)
        if (labelled := self._labelled(row, filled)) is not None:
            return labelled
        return Passed(kinds.REPEATED_HEADER, {}) if self._repeats_header(row) else None

    def _labelled(self, row: Sequence[Any], filled: list[int]) -> Passed | None:
        """Return what the label of a row says: in its id, its title, or its first cell."""
        lead, title = self._names_of(row)
        first = str(row[filled[0]]).strip()
        if (label := label_of(lead)) is not None:
            own = self.columns.id is None if label.kind is RowKind.EXAMPLE else _is_name(title)
            return self._of_label(label, lead, row, filled, own=own)
        if not _has_own_name(lead, title) and (label := label_of(title)) is not None:
            own = lead not in _NO_NAME and not _is_serial(lead)
            return self._of_label(label, title, row, filled, own=own, named=lead not in _NO_NAME)
        nameless = lead in _NO_NAME and title in _NO_NAME
        if filled[0] > min(self.used) or (label := label_of(first)) is None:
            return None
        if not nameless and label.kind not in (RowKind.EXAMPLE, RowKind.CLOSING):
            return None  # a kind of results, such as 标准, before their ids
        return self._of_label(label, first, row, filled, own=not nameless)

    def _numbers_alone(self, row: Sequence[Any], column: int) -> bool:
        """Say whether a running number is all that a row has: it was filled in beforehand."""
        return column == self.columns.id and is_number(row[column]) and _is_serial(str(row[column]))

    def _is_id(self, text: str, column: int) -> bool:
        """Say whether a text alone in the column of ids is like one: short, with a digit in it."""
        name = text.strip()
        like_one = len(name) <= _LONGEST_ID and name.isascii() and " " not in name
        return column == self.columns.id and like_one and _has_digit(name) and not _is_serial(name)

    def _names_of(self, row: Sequence[Any]) -> tuple[str, str]:
        """Return the id and the title of a row; without a column of ids the title goes first."""

        def text(column: int | None) -> str:
            cell = row[column] if column is not None and column < len(row) else ""
            return "" if cell is None else str(cell).strip()

        lead, title = text(self.columns.id), text(self.columns.title)
        return (title, "") if self.columns.id is None else (lead, title)

    def _of_label(
        self,
        label: RowLabel,
        text: str,
        row: Sequence[Any],
        filled: list[int],
        *,
        own: bool,
        named: bool = False,
    ) -> Passed | None:
        """Say what becomes of a row with a label; ``own`` is whether it has another name too.

        ``named`` is whether it has an id of any sort.
        """
        kind = _KINDS.get(label.kind, kinds.PASSED_OVER_ROW)
        values = {"text": _shown(text), "what": TITLES[label.kind]}
        if label.kind is RowKind.EXAMPLE:
            other = named or (own and self.columns.id is None)
            return Passed(kind, values) if label.sureness is Sureness.SURE or not other else None
        if label.kind in (RowKind.CLOSING, RowKind.EXPLANATION) and self._has_values(row, filled):
            return None
        if label.sureness is Sureness.HARDLY:
            return None if own or named else Passed(None, values, kinds.EITHER_READ)
        if label.sureness is Sureness.SURE and not own:
            return Passed(kind, values)
        if label.sureness is Sureness.PERHAPS and own:
            return Passed(None, values, kinds.EITHER_READ)
        return Passed(kinds.EITHER_PASSED_OVER, values)

    def nameless_total(self, sheet: Sheet, number: int, kept: Sequence[int]) -> Passed | None:
        """Return that a row without a name sums up those above it, where it does."""
        row = sheet.rows[number]
        if any(name not in _NO_NAME for name in self._names_of(row)):
            return None
        numeric = [c for c, q in self.quantities.items() if q.type in NUMERIC]
        kind = summed_as(sheet, number, kept, numeric)
        return None if kind is None else Passed(kinds.NAMELESS_TOTAL, {"what": TITLES[kind]})

    def adds_nothing(self, sheet: Sheet, number: int, area: Area, areas: Sequence[Area]) -> bool:
        """Say whether a row of a merged result has nothing of its own in a column that is read."""
        row = sheet.rows[number]
        top = area[0][0]
        for column in self.used:
            if column >= len(row) or row[column] == "":
                continue
            if not any(
                a[0][0] <= top and number <= a[1][0] and a[0][1] <= column <= a[1][1] for a in areas
            ):
                return False
        return True

    def has_content(self, filled: list[int]) -> bool:
        """Say whether a row has something in a column that is read."""
        named = (self.columns.id, self.columns.title)
        return any(c in self.quantities or c in named for c in filled)

    def units_row(
        self, row: Sequence[Any], filled: list[int], *, near_top: bool
    ) -> UnitsRow | None:
        """Return the units that a row states; None where it states something else."""
        label = label_of(next((x for x in self._names_of(row) if x), str(row[filled[0]])))
        labelled = label is not None and label.kind is RowKind.UNIT
        if not near_top and not labelled:
            return None
        names = {c for c in (self.columns.id, self.columns.title) if c is not None}
        return units_row(row, filled, self.quantities, names, labelled=labelled)

    def _explains(self, row: Sequence[Any], filled: list[int]) -> bool:
        """Say whether a row explains the columns: texts alone, and no value of its column."""
        if not all(isinstance(row[c], str) for c in filled):
            return False
        columns = self.columns
        named = [row[c] for c in (columns.id, columns.title) if c is not None and c in filled]
        if any(_label(x) in _EXPLAIN_WORDS for x in (*named, row[filled[0]])):
            return True
        if columns.id is not None and columns.id in filled and len(tidy(row[columns.id])) <= 12:
            return False  # it has something like an id: faulty values are faults, no explanations
        strict = [c for c in filled if self._is_strict(c)]
        return len(strict) >= 2 and all(self._state(row, c) is State.FAULTY for c in strict)

    def _has_values(self, row: Sequence[Any], filled: list[int]) -> bool:
        return any(self._is_strict(c) and self._state(row, c) is State.VALUE for c in filled)

    def _is_strict(self, column: int) -> bool:
        """Say whether a column takes certain entries only, so that any text is no value of it."""
        return column in self.quantities and self.quantities[column].type != "text"

    def _state(self, row: Sequence[Any], column: int) -> State:
        return read_cell(row[column], self.quantities[column]).state

    def _repeats_header(self, row: Sequence[Any]) -> bool:
        same = 0
        for column in self.used:
            text = row[column] if column < len(row) else ""
            if not isinstance(text, str) or not text.strip():
                continue
            written = normalise(self.columns.texts.get(column, ""))
            if not normalise(text) or not written.endswith(normalise(text)):
                return False
            same += 1
        return same * 2 > len(self.used)

    def is_other_header(
        self, sheet: Sheet, number: int, filled: list[int], kept: Sequence[int], *, ended: bool
    ) -> bool:
        """Say whether a row is the header of another table: by its names, or by what is below.

        ``kept`` are the rows of results above; ``ended`` is whether a total or a note stands
        between.
        """
        row = sheet.rows[number]
        if len(filled) < 2 or not all(isinstance(row[c], str) for c in filled):
            return False
        if self._repeats_header(row):
            return False
        if ended and self._begins_anew(sheet, number, filled, len(_filled(sheet.rows[kept[-1]]))):
            return True
        if len(filled) < 3:
            return False
        named = [self.names.resolve(row[c].strip()) for c in filled]
        known = sum(
            n is not None or evidence_of(row[c], "left", self.names) is not None
            for n, c in zip(named, filled, strict=True)
        )
        if known * 2 > len(filled) and known >= 3:
            return True
        special = any(n is not None and n.name.startswith("<") for n in named)
        return bool(kept) and self._heads_others(sheet, number, filled, special=special)

    def _begins_anew(self, sheet: Sheet, number: int, filled: list[int], usual: int) -> bool:
        """Say whether a row below the end of a table heads a smaller one: words, then a row.

        None of its words is a value of its column, and no result would have so few cells.
        """
        row, below = sheet.rows[number], sheet.rows[number + 1 : number + 2]
        texts = {squeezed(row[c]) for c in filled}
        if len(texts) < len(filled) or len(filled) * 2 > usual or any(map(_has_digit, texts)):
            return False
        if _filled(sheet.rows[number - 1]) or not below or len(_filled(below[0])) < 2:
            return False
        strict = (c for c in filled if self._is_strict(c))
        return label_of(row[filled[0]]) is None and all(
            self._state(row, c) is State.FAULTY for c in strict
        )

    def _heads_others(self, sheet: Sheet, number: int, filled: list[int], *, special: bool) -> bool:
        """Say whether a row of texts heads columns of other things than the table's own.

        Its texts differ and are no values of their columns, and there is a word for ids or titles
        among them; or it stands apart, and what is below is no result of this table, or has an id
        where it has none.
        """
        row = sheet.rows[number]
        strict = [c for c in filled if self._is_strict(c)]
        texts = {squeezed(row[c]) for c in filled}
        if len(strict) < 2 or len(texts) < len(filled) or any(map(_has_digit, texts)):
            return False
        if any(self._state(row, c) is not State.FAULTY for c in strict):
            return False
        if special:
            return True
        below = sheet.rows[number + 1] if number + 1 < len(sheet.rows) else []
        if not _stands_apart(sheet, number) or not _filled(below):
            return False
        if self._names_of(row)[0] in _NO_NAME:
            return any(c < len(below) and is_number(below[c]) for c in filled)
        return not self._is_sound(below)

    def _is_sound(self, row: Sequence[Any]) -> bool:
        """Say whether a row can be a result: some values, and nothing that cannot be read."""
        cells = (c for c in self.quantities if c < len(row) and self._is_strict(c))
        states = [self._state(row, c) for c in cells if row[c] != ""]
        return State.VALUE in states and State.FAULTY not in states


def _has_digit(text: str) -> bool:
    return any(x.isdigit() for x in text)


def _stands_apart(sheet: Sheet, number: int) -> bool:
    """Say whether the row above is blank, or holds a title alone."""
    return len(_filled(sheet.rows[number - 1])) <= 1
