"""Understands the tags of a row of a worksheet: strictly, every tag accounted for, or not at all.

The texts of a row are taken out before: a sign stands where each was. Cells that have the same
attributes and the same tags within them are understood once.
"""

from __future__ import annotations

from array import array
from typing import NamedTuple

from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import column_number
from pilotscore.workbook.open.xlsx_cells import TRIMMED, CellTypes, Reader, Remembered

# What stands for a text in the tags of a row, and for the row's number in a template.
TEXT, NUMBER = b"\x01", b"\x02"
_ATTRIBUTES = rb"((?:\s+[\w:.-]+=\"[^\"<>\x01]*\")*)"
_ROW = regex(rb"\s*<row" + _ATTRIBUTES + rb"\s*>")
_CELL = b'<c r="'
# What follows the reference of a cell.
_OF_CELL = regex(
    _ATTRIBUTES.replace(b"(", b"(?P<rest>", 1)
    + rb"\s*(?:/>|>(?P<f><f"
    + _ATTRIBUTES.replace(b"(", b"(?P<formula>", 1)
    + rb"\s*(?:/>|>(?P<ft>\x01?)</f>))?"
    rb"(?:(?P<v><v(?: xml:space=\"preserve\")?(?:/>|>(?P<vt>\x01?)</v>))"
    rb"|<is><t(?P<kept> xml:space=\"preserve\")?(?:/>|>(?P<it>\x01?)</t>)</is>)?</c>)"
)
_ATTRIBUTE = regex(rb"\s([\w:.-]+)=\"([^\"]*)\"")
_FLAT = regex(rb"0(?:\.0*)?")
_COLUMN = regex(rb"[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class CellTags:
    """What stands in a cell: how many texts, and which of them is the value; -1 for none."""

    texts: int
    value: int
    style: int
    type: str
    formula: bool
    reference: str
    reader: Reader


class ValueCell(NamedTuple):
    """A cell with a value: its column, the place of its text among those of the row, its tags."""

    column: int
    text: int
    tags: CellTags


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula: its column, the area that one of an array fills, the place of its value's text."""

    column: int
    reference: str
    text: int | None


@dataclass(frozen=True, slots=True)
class Template:
    """What the tags of a row say, whatever its number and its texts are.

    ``tags`` has the sign of a number wherever the number of the row stands; ``texts`` is how many
    there are; ``width`` reaches to the last value.
    """

    tags: bytes
    texts: int
    width: int
    values: tuple[ValueCell, ...]
    styles: array[int]
    hidden: bool
    errors: tuple[ValueCell, ...]
    formulas: tuple[FormulaCell, ...]


class RowGrammar:
    """Understands the tags of rows, with what is known of the cells seen before."""

    def __init__(self, types: CellTypes) -> None:
        self._types = types
        self._cells = Remembered(self._cell)
        self._columns = Remembered(_column)
        self.styled = any(form.matters for form in types.formats)

    def template(self, tags: bytes, number: bytes) -> Template | None:
        """Return what the tags of the row with a number say; None where one is not understood."""
        head, *cells = tags.split(_CELL)
        row = _ROW.fullmatch(head)
        if row is None:
            return None
        pieces = [head.replace(b' r="' + number + b'"', b' r="' + NUMBER + b'"', 1)]
        values: list[ValueCell] = []
        formulas: list[FormulaCell] = []
        texts, last, digits = 0, -1, len(number)
        for cell in cells:
            reference, _, rest = cell.partition(b'"')
            column = self._columns[reference[:-digits]]
            understood: CellTags | None = self._cells[rest]
            if understood is None or column <= last or not reference.endswith(number):
                return None
            last = column
            pieces.append(reference[:-digits] + NUMBER + b'"' + rest)
            place = None if understood.value < 0 else texts + understood.value
            if place is not None:
                values.append(ValueCell(column, place, understood))
            if understood.formula:
                formulas.append(FormulaCell(column, understood.reference, place))
            texts += understood.texts
        width = values[-1].column + 1 if values else 0
        return Template(
            _CELL.join(pieces),
            texts,
            width,
            tuple(values),
            self._styles(values, width),
            _is_hidden(row.group(1)),
            tuple(v for v in values if v.tags.type == "e"),
            tuple(formulas),
        )

    def _styles(self, values: list[ValueCell], width: int) -> array[int]:
        styles = array("H")
        if self.styled:
            styles.frombytes(bytes(2 * width))
            for value in values:
                styles[value.column] = value.tags.style
        return styles

    def _cell(self, rest: bytes) -> CellTags | None:
        cell = _OF_CELL.fullmatch(rest)
        if cell is None:
            return None
        attribute_of = dict(_ATTRIBUTE.findall(cell.group("rest")))
        type_ = attribute_of.get(b"t", b"n").decode("utf-8", "replace")
        formula = cell.group("f") is not None
        has_text = bool(cell.group("vt") or cell.group("it"))
        if formula and not has_text and type_ == "str" and cell.group("v") is not None:
            return None  # a saved blank, or none: its formula says which
        if cell.group("it") and not cell.group("kept"):
            type_ = TRIMMED
        number = attribute_of.get(b"s", b"0")
        style = int(number) if number.isdigit() else 0
        style = style if style < len(self._types.formats) else 0
        before = len(cell.group("ft") or b"")
        return CellTags(
            before + has_text,
            before if has_text else -1,
            style,
            type_,
            formula,
            _array_area(cell.group("formula") or b""),
            self._types.reader(style, type_),
        )


def _column(letters: bytes) -> int:
    """Return the column of its letters; -1 where they are none."""
    return column_number(letters.decode()) if _COLUMN.fullmatch(letters) else -1


def _is_hidden(attributes: bytes) -> bool:
    if b"hidden" not in attributes and b"ht" not in attributes:
        return False
    attribute_of = dict(_ATTRIBUTE.findall(attributes))
    if attribute_of.get(b"hidden") in (b"1", b"true"):
        return True
    return _FLAT.fullmatch(attribute_of.get(b"ht", b"1")) is not None


def _array_area(attributes: bytes) -> str:
    attribute_of: dict[bytes, bytes] = dict(_ATTRIBUTE.findall(attributes))
    if attribute_of.get(b"t") not in (b"array", b"dataTable"):
        return ""
    return attribute_of.get(b"ref", b"").decode("utf-8", "replace")
