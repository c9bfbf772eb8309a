"""The number formats of an OpenDocument file, as codes such as Excel has (part 3, 16.29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pilotscore.records import dataclass
from pilotscore.workbook.open.number_format import NumberFormat, number_format
from pilotscore.workbook.open.odf_values import TABLE

STYLE = "style:"
NUMBER = "number:"

DATA_STYLES = frozenset(
    NUMBER + kind
    for kind in (
        *("number-style", "percentage-style", "currency-style", "date-style", "time-style"),
        *("boolean-style", "text-style"),
    )
)
# What Excel writes for the parts of dates and times, in their short and their long form.
_MOMENTS = {
    "year": ("yy", "yyyy"),
    "month": ("m", "mm"),
    "day": ("d", "dd"),
    "hours": ("h", "hh"),
    "minutes": ("mm", "mm"),
    "seconds": ("s", "ss"),
    "day-of-week": ("ddd", "dddd"),
    "am-pm": ("AM/PM", "AM/PM"),
}
_BETWEEN = frozenset(":-/ ")
_MOST_DIGITS = 30


@dataclass(slots=True)
class _DataStyle:
    """A number format while its elements come by."""

    kind: str
    elapsed: bool = False
    pieces: list[str] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _CellStyle:
    parent: str
    data: str


@dataclass(slots=True)
class Styles:
    """The styles of cells and tables, taken as the elements of a document come by."""

    cells: dict[str, _CellStyle] = field(default_factory=dict)
    data: dict[str, _DataStyle] = field(default_factory=dict)
    hidden_tables: set[str] = field(default_factory=set)
    _data: _DataStyle | None = None
    _table: str = ""
    _text: list[str] = field(default_factory=list)
    _embedded: list[tuple[int, str]] = field(default_factory=list)
    _number: dict[str, str] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if name in DATA_STYLES:
            elapsed = attributes.get(NUMBER + "truncate-on-overflow") == "false"
            self._data = _DataStyle(name.removeprefix(NUMBER), elapsed)
            self.data[attributes.get(STYLE + "name", "")] = self._data
        elif name == STYLE + "style":
            self._start_style(attributes)
        elif name == STYLE + "table-properties":
            if attributes.get(TABLE + "display") == "false":
                self.hidden_tables.add(self._table)
        elif self._data is not None:
            self._start_piece(self._data, name, attributes)

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get(STYLE + "name", "")
        family = attributes.get(STYLE + "family")
        if family == "table":
            self._table = name
        elif family == "table-cell":
            parent = attributes.get(STYLE + "parent-style-name", "")
            data = attributes.get(STYLE + "data-style-name", "")
            self.cells[name] = _CellStyle(parent, data)

    def _start_piece(self, data: _DataStyle, name: str, attributes: Mapping[str, str]) -> None:
        kind = name.removeprefix(NUMBER)
        self._text.clear()
        if name == STYLE + "map":
            condition = attributes.get(STYLE + "condition", "").replace("value()", "")
            condition = condition.replace("!=", "<>")
            data.sections.append((condition, attributes.get(STYLE + "apply-style-name", "")))
        elif kind == "number":
            self._number, self._embedded = dict(attributes), []
        elif kind == "scientific-number":
            data.pieces.append(_digits(attributes, []) + "E+00")
        elif kind == "fraction":
            data.pieces.append("# ?/?")
        elif kind == "text-content":
            data.pieces.append("@")
        elif kind in _MOMENTS:
            data.pieces.append(self._moment(data, kind, attributes))
        elif kind == "embedded-text":
            self._embedded.append((_whole(attributes, "position", 0), ""))

    def _moment(self, data: _DataStyle, kind: str, attributes: Mapping[str, str]) -> str:
        long = attributes.get(NUMBER + "style") == "long"
        code = _MOMENTS[kind][long]
        if data.elapsed and not any("[" in p for p in data.pieces):
            return f"[{code}]"
        return code

    def text(self, text: str) -> None:
        """Take some text."""
        self._text.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        data = self._data
        if data is None:
            return
        if name in DATA_STYLES:
            self._data = None
            return
        kind, text = name.removeprefix(NUMBER), "".join(self._text)
        if kind == "text":
            plain = data.kind in ("date-style", "time-style") and text in _BETWEEN
            percent = data.kind == "percentage-style"
            data.pieces.append(text if plain else _literal(text, percent=percent))
        elif kind == "currency-symbol":
            data.pieces.append(f"[${text}]")
        elif kind == "embedded-text" and self._embedded:
            self._embedded[-1] = (self._embedded[-1][0], text)
        elif kind == "number" and self._number is not None:
            data.pieces.append(_digits(self._number, self._embedded))
            self._number = None

    def format_of(self, style: str) -> NumberFormat | None:
        """Return the number format of a style of cells; None where it has none."""
        before: set[str] = set()
        while style in self.cells and style not in before:
            before.add(style)
            data = self.data.get(self.cells[style].data)
            if data is not None:
                return number_format(self._code(data))
            style = self.cells[style].parent
        return None

    def _code(self, data: _DataStyle) -> str:
        """Return the code of a format: that of its conditions first, then the rest."""
        sections = [
            f"[{condition}]{_own_code(self.data[name])}"
            for condition, name in data.sections
            if name in self.data
        ]
        return ";".join([*sections, _own_code(data)])


def _own_code(data: _DataStyle) -> str:
    code = "".join(data.pieces)
    if data.kind == "percentage-style" and "%" not in code:
        return code + "%"
    return code or "General"


def _literal(text: str, *, percent: bool) -> str:
    """Return a text in quotes, but for the sign that makes a percentage."""
    if percent and "%" in text:
        before, _, after = text.partition("%")
        return _literal(before, percent=False) + "%" + _literal(after, percent=False)
    quoted = text.replace('"', '"\\""')
    return f'"{quoted}"' if text else ""


def _whole(attributes: Mapping[str, str], name: str, default: int) -> int:
    text = attributes.get(NUMBER + name, "")
    return min(int(text), _MOST_DIGITS) if text.isdecimal() else default


def _digits(attributes: Mapping[str, str], embedded: list[tuple[int, str]]) -> str:
    """Return the digits of a number: how many, in groups, with texts among them, scaled."""
    least = _whole(attributes, "min-integer-digits", 1)
    most = max([least, 1, *(p + 1 for p, _ in embedded)])
    grouped = attributes.get(NUMBER + "grouping") == "true"
    whole = ("0" * least).rjust(4 if grouped and not embedded else most, "#")
    signs = list(whole)
    for position, text in sorted(embedded):  # from the right, so that no place shifts
        signs.insert(len(whole) - position, _literal(text, percent=False))
    code = "".join(signs)
    if grouped and not embedded:
        code = code[:-3] + "," + code[-3:]
    decimals = _whole(attributes, "decimal-places", 0)
    kept = min(_whole(attributes, "min-decimal-places", decimals), decimals)
    code += "." * (decimals > 0) + "0" * kept + "#" * (decimals - kept)
    return code + "," * _thousands(attributes.get(NUMBER + "display-factor", "1"))


def _thousands(factor: str) -> int:
    """Return by how many thousands a number is divided before it is shown."""
    count = 0
    try:
        left = float(factor)
    except ValueError:
        return 0
    while left >= 1000 and count < 5:
        left, count = left / 1000, count + 1
    return count
