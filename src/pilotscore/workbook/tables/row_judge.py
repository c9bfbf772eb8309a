"""Says of a row below a header what it is: a result, a label, units, an explanation, a header."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from pilotscore.criteria import NUMERIC, Fact, Indicator
from pilotscore.criteria.names import normalise
from pilotscore.findings import Kind
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.row_labels import (
    TITLES,
    RowKind,
    RowLabel,
    Sureness,
    label_of,
)
from pilotscore.workbook.tables.row_texts import (
    NO_NAME,
    has_digit,
    has_own_name,
    is_count,
    is_name,
    is_serial,
    shown,
)
from pilotscore.workbook.tables.summed_rows import summed_as
from pilotscore.workbook.tables.unit_lines import UnitsRow, units_row
from pilotscore.workbook.values.cells import State, is_number, read_cell, tidy, words

_NUMERIC = NUMERIC | {"date"}
_EXPLAIN_WORDS = words(
    "说明|填写说明|填报说明|填表说明|指标说明|要求|填写要求|必填|选填|格式|备注"
    "|文本|字符|字符型|文本型|数值型|整数|text|string"
    "|explanation|explanations|note|notes|instructions|how to fill in|required"
)
_KINDS: Mapping[RowKind, Kind] = {
    RowKind.EXPLANATION: kinds.EXPLANATION_ROW,
    RowKind.EXAMPLE: kinds.EXAMPLE_ROW,
    RowKind.CLOSING: kinds.CLOSING_ROW,
}
_LONGEST_ID = 24
_NOTE = Text("注释", "a note")


class Passed(NamedTuple):
    """Why a row is passed over, with what its finding says; ``kind`` None where it is read."""

    kind: Kind | None
    values: Mapping[str, Any]
    finding: Kind | None = None


def _label(text: str) -> str:
    return tidy(text).casefold().strip(" :：()（）[]【】*")


@dataclass(frozen=True, slots=True)
class RowJudge:
    """Says of a row what it is; ``quantities`` has what each column holds."""

    columns: Columns
    quantities: dict[int, Indicator | Fact]
    names: HeaderNames
    used: list[int]

    @classmethod
    def of(cls, columns: Columns, names: HeaderNames) -> RowJudge:
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
            return plain(row[lead]) and (has_own_name(row[lead], row[title]) or plain(row[title]))

        return sure

    def passed_over(
        self, row: Sequence[Any], filled: list[int], *, near_top: bool
    ) -> Passed | None:
        """Return why a row is passed over, or what is to be said of one that is read."""
        values = {"text": shown(row[filled[0]])}
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
        return Passed(kinds.REPEATED_HEADER, {}) if self.repeats_header(row) else None

    def _labelled(self, row: Sequence[Any], filled: list[int]) -> Passed | None:
        """Return what the label of a row says: in its id, its title, or its first cell."""
        lead, title = self.names_of(row)
        first = str(row[filled[0]]).strip()
        if (label := label_of(lead)) is not None:
            own = self.columns.id is None if label.kind is RowKind.EXAMPLE else is_name(title)
            return self._of_label(label, lead, row, filled, own=own)
        if not has_own_name(lead, title) and (label := label_of(title)) is not None:
            own = lead not in NO_NAME and not is_serial(lead)
            return self._of_label(label, title, row, filled, own=own, named=lead not in NO_NAME)
        by_id = self.columns.id is not None
        named = title if by_id else lead  # 合计 | | 3: how many there are is no name
        nameless = (lead in NO_NAME or not by_id) and (named in NO_NAME or is_count(named))
        if filled[0] > min(self.used) or (label := label_of(first)) is None:
            return None
        if not nameless and label.kind not in (RowKind.EXAMPLE, RowKind.CLOSING):
            return None  # a kind of results, such as 标准, before their ids
        return self._of_label(label, first, row, filled, own=not nameless)

    def _numbers_alone(self, row: Sequence[Any], column: int) -> bool:
        """Say whether a running number is all that a row has: it was filled in beforehand."""
        return column == self.columns.id and is_number(row[column]) and is_serial(str(row[column]))

    def _is_id(self, text: str, column: int) -> bool:
        """Say whether a text alone in the column of ids is like one: short, with a digit in it."""
        name = text.strip()
        like_one = len(name) <= _LONGEST_ID and name.isascii() and " " not in name
        return column == self.columns.id and like_one and has_digit(name) and not is_serial(name)

    def names_of(self, row: Sequence[Any]) -> tuple[str, str]:
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
        values = {"text": shown(text), "what": TITLES[label.kind]}
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
        if any(name not in NO_NAME for name in self.names_of(row)):
            return None
        numeric = [c for c, q in self.quantities.items() if q.type in NUMERIC]
        kind = summed_as(sheet, number, kept, numeric)
        return None if kind is None else Passed(kinds.NAMELESS_TOTAL, {"what": TITLES[kind]})

    def has_content(self, filled: list[int]) -> bool:
        """Say whether a row has something in a column that is read."""
        named = (self.columns.id, self.columns.title)
        return any(c in self.quantities or c in named for c in filled)

    def units_row(
        self, row: Sequence[Any], filled: list[int], *, near_top: bool
    ) -> UnitsRow | None:
        """Return the units that a row states; None where it states something else."""
        label = label_of(next((x for x in self.names_of(row) if x), str(row[filled[0]])))
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
        strict = [c for c in filled if self.is_strict(c)]
        return len(strict) >= 2 and all(self.state(row, c) is State.FAULTY for c in strict)

    def _has_values(self, row: Sequence[Any], filled: list[int]) -> bool:
        return any(self.is_strict(c) and self.state(row, c) is State.VALUE for c in filled)

    def is_strict(self, column: int) -> bool:
        """Say whether a column takes certain entries only, so that any text is no value of it."""
        return column in self.quantities and self.quantities[column].type != "text"

    def state(self, row: Sequence[Any], column: int) -> State:
        """Return what state the value of a column is in."""
        return read_cell(row[column], self.quantities[column]).state

    def repeats_header(self, row: Sequence[Any]) -> bool:
        """Say whether a row is the header once more, as on printed pages."""
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
