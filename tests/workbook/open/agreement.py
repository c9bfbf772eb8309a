"""Compares what we read of a workbook, cell by cell, with what independent readers do."""

from __future__ import annotations

import datetime
import math
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine
import xlsxwriter
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.formula import ArrayFormula

from pilotscore.workbook.open.number_format import number_format
from pilotscore.workbook.open.sheets import open_book

Spot = tuple[int, int]
# A cell as it is compared: what it is, and its value in one form.
Seen = tuple[str, Any]
BLANK: Seen = ("blank", "")
UNSAVED: Seen = ("unsaved", "")
# A formula whose stored result is an empty text.
EMPTY: Seen = ("empty result", "")
UNCALCULATED: Seen = ("uncalculated", "")


@dataclass(slots=True)
class SheetSeen:
    """What a reader sees of a sheet; None where it does not tell."""

    cells: dict[Spot, Seen] = field(default_factory=dict)
    formats: dict[Spot, str] | None = None
    merged: set[tuple[Spot, Spot]] | None = None
    hidden_rows: set[int] | None = None
    hidden_columns: set[int] | None = None
    comments: dict[Spot, str] | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two readers differ: in a cell, or in what is known beside its value."""

    reader: str
    what: str
    sheet: str
    spot: Spot | None
    ours: Any
    other: Any

    @property
    def kind(self) -> str:
        """What kind of difference it is, without the values."""
        if self.what != "cell":
            return f"{self.reader}: {self.what}"
        return f"{self.reader}: {self.ours[0]} / {self.other[0]}"


Sheets = dict[str, SheetSeen]
Reader = Callable[[Path], Sheets]


def _milliseconds(span: datetime.timedelta) -> int:
    return round(span / datetime.timedelta(milliseconds=1))


def seen(value: Any) -> Seen:
    """Return a value in the form in which it is compared: 15 digits, whole milliseconds."""
    if value is None or value == "":
        return BLANK
    if isinstance(value, bool):
        return "bool", value
    if isinstance(value, int | float):
        return "number", float(f"{value:.15g}")
    if isinstance(value, datetime.timedelta):
        return "duration", _milliseconds(value)
    if isinstance(value, datetime.time):
        value = datetime.datetime.combine(datetime.date(1900, 1, 1), value)
        return "time", _milliseconds(value - datetime.datetime(1900, 1, 1))
    if isinstance(value, datetime.date):
        whole = datetime.datetime(value.year, value.month, value.day)
        value = value if isinstance(value, datetime.datetime) else whole
        return "moment", _milliseconds(value.replace(tzinfo=None) - datetime.datetime(1900, 1, 1))
    return "text", str(value).replace("\r\n", "\n")


def ours(path: Path) -> Sheets:
    """Return what we see."""
    sheets = {}
    for sheet in open_book(path).sheets:
        notes = sheet.notes
        cells = {
            (r, c): seen(cell)
            for r, row in enumerate(sheet.rows)
            for c, cell in enumerate(row)
            if cell != "" and cell is not None
        }
        cells |= {spot: ("error", text) for spot, text in notes.error_cells.items()}
        cells |= dict.fromkeys(notes.unsaved_formulas, UNSAVED)
        cells |= dict.fromkeys(notes.uncalculated, UNCALCULATED)
        formats = {}
        for spot, (kind, _) in cells.items():
            form = notes.formats.at(*spot) if kind == "number" else None
            if form is not None:
                formats[spot] = form.code
        sheets[sheet.name] = SheetSeen(
            cells,
            formats,
            set(sheet.merged),
            set(notes.hidden_rows),
            set(notes.hidden_columns),
            dict(notes.comments),
        )
    return sheets


def by_openpyxl(path: Path) -> Sheets:
    """Return what openpyxl sees: values and formulas in two passes."""
    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    empty = _empty_results(path)
    sheets = {}
    for sheet in values.worksheets:
        other, out = formulas[sheet.title], SheetSeen(formats={}, comments={})
        for row in sheet.iter_rows():
            for cell in row:
                if not hasattr(cell, "data_type"):
                    continue
                spot = (cell.row - 1, cell.column - 1)
                seen_there = _of_openpyxl(spot, cell, other.cell(cell.row, cell.column))
                if seen_there == {spot: UNSAVED} and cell.coordinate in empty:
                    seen_there = {spot: EMPTY}
                out.cells |= seen_there
                if (
                    out.cells.get(spot, BLANK)[0] == "number"
                    and number_format(cell.number_format).matters
                ):
                    out.formats[spot] = cell.number_format
                if getattr(cell, "comment", None) is not None:
                    out.comments[spot] = cell.comment.text
        out.merged = {
            ((m.min_row - 1, m.min_col - 1), (m.max_row - 1, m.max_col - 1))
            for m in sheet.merged_cells.ranges
        }
        out.hidden_rows = {r - 1 for r, d in sheet.row_dimensions.items() if d.hidden}
        out.hidden_columns = {
            c - 1
            for d in sheet.column_dimensions.values()
            if d.hidden
            for c in range(d.min, d.max + 1)
        }
        sheets[sheet.title] = out
    return sheets


def _empty_results(path: Path) -> set[str]:
    """Return the cells, on whatever sheet, whose formula has an empty text as its stored result."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(n) for n in archive.namelist() if n.lower().endswith(".xml")]
    return {found.decode() for part in parts for found in _EMPTY_RESULT.findall(part)}


_EMPTY_RESULT = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"(?=[^>]* t="str")[^>]*>(?:<f(?:[^>]*/>|[^>]*>[^<]*</f>))(?:<v\s*/>|<v></v>)</c>'
)


def _of_openpyxl(spot: Spot, cell: Any, formula: Any) -> dict[Spot, Seen]:
    if cell.value is None:
        is_formula = formula.data_type == "f" or isinstance(formula.value, ArrayFormula)
        return {spot: UNSAVED} if is_formula else {}
    if cell.data_type == "e":
        return {spot: ("error", cell.value)}
    return {spot: seen(cell.value)} if cell.value != "" else {}


def by_calamine_plus(path: Path) -> Sheets:
    """Return what python-calamine-plus sees in its rich mode (.xlsx and .xlsm alone)."""
    import python_calamine_plus

    book = python_calamine_plus.CalamineWorkbook.from_path(str(path))
    empty = _empty_results(path)
    sheets = {}
    for meta in book.sheets_metadata:
        if meta.typ is not python_calamine_plus.SheetTypeEnum.WorkSheet:
            continue
        stream, out = book.stream_sheet_by_name(meta.name, rich=True), SheetSeen(formats={})
        out.merged = set(stream.merged_cell_ranges or ())
        for row in stream:
            for cell in row:
                spot = (cell.row, cell.column)
                value = _of_calamine_plus(cell)
                value = EMPTY if value == UNSAVED and cell.coordinate in empty else value
                if value != BLANK:
                    out.cells[spot] = value
                code = (cell.style or {}).get("number_format") or "General"
                if value[0] == "number" and number_format(code).matters:
                    out.formats[spot] = code
        out.comments = {spot: c["text"] for spot, c in (stream.comments or {}).items()}
        out.hidden_rows = {r for r, d in (stream.row_dimensions or {}).items() if d["hidden"]}
        out.hidden_columns = {
            c
            for d in stream.column_dimensions or ()
            if d["hidden"]
            for c in range(d["min"], d["max"] + 1)
        }
        sheets[meta.name] = out
    return sheets


def _of_calamine_plus(cell: Any) -> Seen:
    if cell.data_type == "e":
        return "error", cell.value
    if cell.value == "":
        return UNSAVED if cell.formula else BLANK
    return seen(cell.value)


def by_calamine(path: Path) -> Sheets:
    """Return what python-calamine sees: values alone; error cells and formulas look blank."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    sheets = {}
    for meta in book.sheets_metadata:
        if meta.typ is python_calamine.SheetTypeEnum.WorkSheet:
            rows = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
            cells = {
                (r, c): seen(x) for r, row in enumerate(rows) for c, x in enumerate(row) if x != ""
            }
            sheets[meta.name] = SheetSeen(cells)
    return sheets


def differences(reader: str, mine: Sheets, other: Sheets) -> Iterator[Difference]:
    """Yield where another reader sees something else than we."""
    for name in sorted(mine.keys() | other.keys()):
        if name not in mine or name not in other:
            held = [len(sheets[name].cells) if name in sheets else None for sheets in (mine, other)]
            yield Difference(reader, "sheet", name, None, *held)
            continue
        a, b = mine[name], other[name]
        for spot in sorted(a.cells.keys() | b.cells.keys()):
            x, y = a.cells.get(spot, BLANK), b.cells.get(spot, BLANK)
            if x != y:
                what = "covered cell" if _is_covered(spot, a.merged or ()) else "cell"
                yield Difference(reader, what, name, spot, x, y)
        # What is hidden beyond the last cell is told by some, and matters to none.
        last = [max((s[i] for s in a.cells), default=-1) for i in (0, 1)]
        for what in ("formats", "merged", "hidden_rows", "hidden_columns", "comments"):
            x, y = getattr(a, what), getattr(b, what)
            if x is None or y is None:
                continue
            if what.startswith("hidden"):
                most = last[what == "hidden_columns"]
                x, y = ({n for n in held if n <= most} for held in (x, y))
            if x != y:
                yield from _parts(reader, what, name, x, y)


def _is_covered(spot: Spot, merged: Iterable[tuple[Spot, Spot]]) -> bool:
    """Say whether a cell lies under merged ones, not at their top left."""
    return any(
        spot != (top, left) and top <= spot[0] <= bottom and left <= spot[1] <= right
        for (top, left), (bottom, right) in merged
    )


def _parts(reader: str, what: str, sheet: str, mine: Any, other: Any) -> Iterator[Difference]:
    """Yield each part of a set or mapping that only one has, or has otherwise."""
    if isinstance(mine, dict):
        for spot in sorted(mine.keys() | other.keys()):
            if mine.get(spot) != other.get(spot):
                yield Difference(reader, what, sheet, spot, mine.get(spot), other.get(spot))
        return
    for part in sorted(mine ^ other):
        spot = part if isinstance(part, tuple) and isinstance(part[0], int) else None
        yield Difference(reader, what, sheet, spot, part in mine, part in other)


def by_libreoffice(converted: Path) -> Sheets:
    """Return what LibreOffice saw of a workbook, by the .xlsx that it made of it."""
    sheets = by_openpyxl(converted)
    for sheet in sheets.values():
        sheet.formats = sheet.comments = None  # it writes codes and comments in words of its own
    return sheets


READERS: dict[str, tuple[Reader, tuple[str, ...]]] = {
    "openpyxl": (by_openpyxl, (".xlsx", ".xlsm")),
    "calamine-plus": (by_calamine_plus, (".xlsx", ".xlsm")),
    "calamine": (by_calamine, (".xls", ".ods")),
    "calamine, .xlsb": (by_calamine, (".xlsb",)),
}


def compared(path: Path, converted: Path | None = None) -> list[Difference]:
    """Return where other readers see something else in a workbook than we, or fail, or we do.

    ``converted`` is what LibreOffice made of it, as an .xlsx.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mine = _tried(ours, path)
        readers = {
            n: (reader, path)
            for n, (reader, endings) in READERS.items()
            if path.suffix.lower() in endings
        }
        if converted is not None:
            readers["LibreOffice"] = (by_libreoffice, converted)
        told = []
        for name, (reader, file) in readers.items():
            other = _tried(reader, file)
            if isinstance(mine, str) or isinstance(other, str):
                told.append(_failed(name, mine, other))
            else:
                told += differences(name, mine, other)
        return [d for d in told if d is not None]


def _failed(name: str, mine: Sheets | str, other: Sheets | str) -> Difference | None:
    """Return what is to be said where we or another reader do not open a file; None where both."""
    if isinstance(mine, str) and isinstance(other, str):
        return None
    who, why = ("ours fails", mine) if isinstance(mine, str) else ("it fails", other)
    return Difference(name, who, "", None, str(why)[:200], "")


def begin() -> Callable[[tuple[Path, Path | None]], list[Difference]]:
    """Return what compares a workbook, in the process that does."""
    return lambda question: compared(*question)


def _tried(reader: Reader, path: Path) -> Sheets | str:
    """Return what a reader sees; where it fails, how."""
    try:
        return reader(path)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # A panic in the Rust reader arrives as a BaseException of its own.
        return f"{type(error).__name__}: {error}"


@dataclass(frozen=True, slots=True)
class Explained:
    """A difference that is known: why it is, and that ours is right or as good."""

    why: str
    fits: Callable[[Difference], bool]


def _cell(reader: str, mine: str, other: str) -> Callable[[Difference], bool]:
    """Return what says of a difference that it is between these readers and these kinds of cell."""
    return lambda d: d.what == "cell" and (d.reader, d.ours[0], d.other[0]) == (reader, mine, other)


def _escaped(d: Difference) -> bool:
    """Say whether a text differs by the escapes that openpyxl leaves."""
    if d.reader != "openpyxl":
        return False
    if d.what == "comments" and None not in (d.ours, d.other):
        return unescape(d.other) == d.ours
    texts = d.what == "cell" and d.ours[0] == d.other[0] == "text"
    return texts and unescape(d.other[1]) == d.ours[1]


def _rounded(d: Difference) -> bool:
    numbers = d.what == "cell" and d.ours[0] == d.other[0] == "number"
    return (
        numbers and d.reader == "LibreOffice" and math.isclose(d.ours[1], d.other[1], rel_tol=1e-14)
    )


def _first_days(d: Difference) -> bool:
    """Say whether it is a number of days below 61, which stand for other days in LibreOffice."""
    if d.reader != "LibreOffice" or d.what != "cell":
        return False
    days = [cell[1] for cell in (d.ours, d.other) if cell[0] in ("moment", "time", "duration")]
    return bool(days) and min(days) < 62 * 86_400_000


def _of(reader: str, fits: Callable[[Seen, Seen], bool]) -> Callable[[Difference], bool]:
    """Return what says of a difference in a cell that it is with a reader, and fits."""
    return lambda d: d.what == "cell" and d.reader == reader and fits(d.ours, d.other)


_DAY = 86_400_000
_1904 = round(
    (datetime.datetime(1904, 1, 1) - datetime.datetime(1900, 1, 1))
    / datetime.timedelta(milliseconds=1)
)


def _is_no_date(a: Seen, b: Seen) -> bool:
    """Say whether it is a number that no date stands for, in a cell with a format of dates."""
    if a[0] != "number" or b[0] not in ("moment", "time", "duration", "error"):
        return False
    return not 0 <= a[1] < 2_958_466 or int(a[1]) == 60  # 29 February 1900, which never was


def _rounding(a: Seen, b: Seen) -> bool:
    return a[0] == b[0] and a[0] in ("moment", "duration") and abs(a[1] - b[1]) == 1


def _wide(a: Seen, b: Seen) -> bool:
    read = a[1].encode("utf-16-le").decode("gb18030", "replace") if a[0] == b[0] == "text" else ""
    return bool(b[1]) and read[:2] == str(b[1])[:2]


def _before_all_years(a: Seen, b: Seen) -> bool:
    if a[0] != "text" or b[0] not in ("text", "error"):
        return False
    shown = a[1].startswith("-") or re.fullmatch(
        r"[0-9]+-[A-Z][a-z]{2}|[A-Z][a-z]{2}--[0-9]+", a[1]
    )
    return bool(shown) and (b[0] == "error" or b[1].startswith("-"))


def _beyond_1904(a: Seen, b: Seen) -> bool:
    return (a[0], b[0]) == ("moment", "time") and a[1] - _1904 == b[1]


def _spaces(a: Seen, b: Seen) -> bool:
    return {a[0], b[0]} <= {"text", "blank"} and a[1].strip() == b[1].strip()


def _is_link(a: Seen, b: Seen) -> bool:
    return a[0] in ("unsaved", "blank") and b[0] == "text" and ("!" in b[1] or "://" in b[1])


def _comment(d: Difference) -> bool:
    """Say whether a comment differs by spaces alone."""
    told = (d.ours, d.other)
    return (
        d.what == "comments"
        and None not in told
        and "".join(told[0].split()) == "".join(told[1].split())
    )


def _same_days(a: Seen, b: Seen) -> bool:
    return (a[0], b[0]) == ("duration", "moment") and a[1] - b[1] in (_DAY, 2 * _DAY, -_1904)


_BOTH = ("openpyxl", "calamine-plus")
KNOWN = (
    Explained(
        "calamine takes the two bytes of a character in an .xls for text under its code page",
        _of("calamine", _wide),
    ),
    Explained(
        "the first day of 1904, which Excel shows with its time", _of("calamine", _beyond_1904)
    ),
    Explained(
        "LibreOffice reads each error that is stored in an .xls as #N/A",
        _of("LibreOffice", lambda a, b: a[0] == "error" and b == ("error", "#N/A")),
    ),
    Explained(
        "LibreOffice stores 0 in an .xls for a formula that it did not calculate, and calculates it when it reads it",
        _of(
            "LibreOffice", lambda a, b: a[1] in (0.0, _1904) and b[0] == "text" and b[1] in _RESULTS
        ),
    ),
    Explained(
        "calamine does not read short records of .xlsb",
        _of("calamine, .xlsb", lambda _, b: b == BLANK),
    ),
    Explained(
        "a file with two parts of one name, or without any content, is refused",
        lambda d: (
            d.what == "ours fails"
            and ("two parts of this name" in d.ours or "file is empty" in d.ours)
        ),
    ),
    *(
        Explained("a thousandth of a second", _of(r, _rounding))
        for r in (*_BOTH, "LibreOffice", "calamine")
    ),
    *(
        Explained(
            "a date before the year 1 in .ods: the text that is shown", _of(r, _before_all_years)
        )
        for r in ("LibreOffice", "calamine")
    ),
    *(
        Explained(
            "an empty text is the result of the formula, or stands where ExcelJS calculated nothing",
            _of(r, lambda a, b: b == EMPTY and a in (BLANK, UNSAVED)),
        )
        for r in _BOTH
    ),
    Explained(
        "calamine-plus does not find styles that lie elsewhere",
        lambda d: (d.reader, d.what, d.other) == ("calamine-plus", "formats", None),
    ),
    Explained(
        "calamine-plus gives a date with its zone as a text",
        _of(
            "calamine-plus", lambda a, b: (a[0], b[0]) == ("moment", "text") and b[1].endswith("Z")
        ),
    ),
    Explained(
        "a formula without a format is shown as what it refers to",
        _of(
            "LibreOffice",
            lambda a, b: (
                (a[0], b[0]) == ("number", "moment")
                and math.isclose(a[1] * _DAY, b[1] + 2 * _DAY, rel_tol=1e-9)
            ),
        ),
    ),
    *(
        Explained("a number that no date stands for: Excel shows ####", _of(r, _is_no_date))
        for r in (*_BOTH, "LibreOffice", "calamine")
    ),
    *(
        Explained("the first day of 1904, which Excel shows with its time", _of(r, _beyond_1904))
        for r in _BOTH
    ),
    *(Explained("spaces at the ends of a text", _of(r, _spaces)) for r in _BOTH),
    *(
        Explained(
            "a 0 that nobody calculated",
            _of(r, lambda a, b: a == UNCALCULATED and b == ("number", 0.0)),
        )
        for r in _BOTH
    ),
    *(
        Explained(
            "built-in formats of dates in East Asia, 27 to 36 and 50 to 58",
            lambda d, r=r: (
                d.what == "cell"
                and d.reader == r
                and (d.ours[0], d.other[0]) == ("moment", "number")
            ),
        )
        for r in _BOTH
    ),
    Explained(
        "openpyxl shows the target of a link where a cell has no value", _of("openpyxl", _is_link)
    ),
    Explained(
        "openpyxl has no sheets of strict OOXML",
        lambda d: (d.reader, d.what, d.other) == ("openpyxl", "sheet", None),
    ),
    Explained(
        "a sheet of dialogs or macros, which has no cells",
        lambda d: d.what == "sheet" and d.ours is None and d.other == 0,
    ),
    Explained(
        "what merged cells cover is not shown",
        lambda d: d.what == "covered cell" and d.ours == BLANK,
    ),
    Explained("spaces in a comment", _comment),
    Explained(
        "a span of time in .ods, which LibreOffice saves as a day", _of("LibreOffice", _same_days)
    ),
    Explained(
        "a date without a style in .ods",
        _of("LibreOffice", lambda a, b: (a[0], b[0]) == ("moment", "number")),
    ),
    Explained(
        "LibreOffice writes TRUE as the number 1 in .ods, and reads it as TRUE",
        _of("LibreOffice", lambda a, b: b[0] == "bool" and a == ("number", float(b[1]))),
    ),
    Explained(
        "an error of LibreOffice's own, such as Err:502, is another in Excel",
        _of("LibreOffice", lambda a, b: a[0] == b[0] == "error" and str(a[1]).startswith("Err:")),
    ),
    Explained(
        "a tab is lost",
        _of("LibreOffice", lambda a, b: a[0] == b[0] == "text" and a[1].replace("\t", "") == b[1]),
    ),
    Explained(
        "a tab is lost",
        _of("calamine", lambda a, b: a[0] == b[0] == "text" and a[1].replace("\t", "") == b[1]),
    ),
    Explained(
        "calamine gives the durations of .ods as text or time",
        _of("calamine", lambda a, b: a[0] == "duration" and b[0] in ("text", "time")),
    ),
    Explained(
        "a number beyond all dates with a format of dates: the text that LibreOffice shows",
        _of(
            "calamine",
            lambda a, b: a[0] == b[0] == "text" and b[1].lstrip("-").startswith(("PT", "000")),
        ),
    ),
    Explained("the first days of 1900 are others in LibreOffice", _first_days),
    Explained("LibreOffice rounds to 15 digits before we do", _rounded),
    Explained("LibreOffice writes a yes or no as a number", _cell("LibreOffice", "bool", "number")),
    Explained("another reader does not open the file", lambda d: d.what == "it fails"),
    Explained("openpyxl shows _x0041_ where Excel shows A", _escaped),
    Explained(
        "openpyxl gives an error cell for a number that is no date; Excel shows ####",
        _cell("openpyxl", "number", "error"),
    ),
    Explained(
        "openpyxl gives the day 0 where Excel shows a time alone",
        _cell("openpyxl", "time", "moment"),
    ),
    Explained(
        "LibreOffice calculates what has no stored value",
        lambda d: d.reader == "LibreOffice" and d.what == "cell" and d.ours == UNSAVED,
    ),
    Explained(
        "calamine gives a blank for an error cell, and for a formula without a stored value",
        lambda d: (
            d.reader == "calamine"
            and d.what == "cell"
            and d.ours[0] in ("error", "unsaved")
            and d.other == BLANK
        ),
    ),
)


def explanation(difference: Difference, known: Iterable[Explained] = KNOWN) -> str | None:
    """Return why two readers differ here; None where nobody knows."""
    return next((k.why for k in known if k.fits(difference)), None)


# Workbooks made up, with all kinds of cells.

FORMATS = (
    "General",
    "0",
    "0.00",
    "#,##0",
    "#,##0.00",
    "0%",
    "0.00%",
    "0.00E+00",
    "@",
    "yyyy-mm-dd",
    "yyyy/m/d h:mm",
    'yyyy"年"m"月"d"日"',
    "h:mm:ss",
    "[h]:mm",
    "mm:ss.0",
    "[$-804]yyyy/m/d;@",
    '0"天"',
    '0.0"亿元"',
    '0!.0,"万元"',
    "#,##0,",
    '0.0"%"',
    r"0.0\%",
    '"¥"#,##0.00',
    "0.0;[Red]-0.0",
    "0;-0%",
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    "# ?/?",
    "000000",
    '[>=10000]0!.0,"万";0',
    "d-mmm",
    "mmm-yy",
)
ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
# Formulas with the results that they have, so that nobody calculates something else.
FORMULAS = (
    ("=1+1", 2),
    ("=5/2", 2.5),
    ('="文"&"字<&"', "文字<&"),
    ('=IF(1>2,"a","b")', "b"),
    ("=1=1", True),
    ("=1/0", "#DIV/0!"),
    ("=NA()", "#N/A"),
    ("=SQRT(-1)", "#NUM!"),
    ('=1+"x"', "#VALUE!"),
)
_RESULTS = {result for _, result in FORMULAS}
TEXTS = (
    "a",
    " 两 端 空格 ",
    "第一行\n第二行",
    "＜5",
    "<a&b>\"'",
    "=1+1",
    "0.95",
    "007",
    "2026-05-01",
    "#N/A",
    "TRUE",
    "x" * 300,
    "𠮷野家😀",
    "e\u0301",
    "\u200b零宽",
    "_x0041_",
    "tab\there",
    "1e5",
    "-",
    "不适用：间歇工艺",
    "null",
)


def _number(r: random.Random) -> float | int:
    return r.choice(
        (0, 1, -1, 7, 2026, 12345, 0.95, 0.1 + 0.2, -3.5, 1e-7, 1.5e300, 99.999999999, 43831, 59, 61, 0.25, 1.75, 46000.75,
         123456789012345, 110105199001011234, r.randrange(10**6), r.uniform(-1e6, 1e6), round(r.uniform(0, 100), 2))
    )  # fmt: skip


def _moment(r: random.Random) -> datetime.datetime:
    start = datetime.datetime(1900, 3, 1)
    return start + datetime.timedelta(
        days=r.randrange(80_000), seconds=r.choice((0, 0, r.randrange(86_400)))
    )


def by_xlsxwriter(path: Path, r: random.Random) -> Path:
    """Write a workbook as XlsxWriter does, with shared texts or texts in their cells."""
    options = {
        "in_memory": True,
        "constant_memory": r.random() < 0.3,
        "date_1904": r.random() < 0.1,
    }
    book = xlsxwriter.Workbook(path, options)
    formats = [book.add_format({"num_format": f}) for f in r.sample(FORMATS, 8)]
    dates = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name in r.sample(["成果", "Sheet1", "a'b & <c>", "空"], r.randint(1, 3)):
        sheet = book.add_worksheet(name)
        merged = r.random() < 0.3 and not options["constant_memory"]
        for row, column in _spots(r):
            if merged and row >= 30:
                continue
            kind, form = r.randrange(9), r.choice((None, *formats))
            if kind <= 2:
                sheet.write_number(row, column, _number(r), form)
            elif kind <= 4:
                sheet.write_string(row, column, r.choice(TEXTS), form)
            elif kind == 5:
                sheet.write_boolean(row, column, r.random() < 0.5)
            elif kind == 6:
                moment = _moment(r)
                late = moment.year > 1904 or not options["date_1904"]
                sheet.write_datetime(
                    row, column, moment if late else datetime.datetime(2026, 1, 1), dates
                )
            elif kind == 7:
                formula, value = r.choice(FORMULAS)
                sheet.write_formula(row, column, formula, form, value)
            else:
                sheet.write_blank(row, column, None, form)
        if merged:
            sheet.merge_range(30, 0, 31, 2, "合并", r.choice(formats))
        if r.random() < 0.4:
            sheet.set_column(1, 2, None, None, {"hidden": True})
        if r.random() < 0.4 and not options["constant_memory"]:
            sheet.set_row(3, None, None, {"hidden": True})
            sheet.write_comment(r.randrange(9), 1, r.choice(TEXTS))
    book.close()
    return path


def _spots(r: random.Random) -> list[Spot]:
    """Return some cells, from above and from the left, with gaps."""
    rows, columns = r.randint(1, 40), r.randint(1, 12)
    gap = r.choice((0.0, 0.1, 0.6))
    return [(i, k) for i in range(rows) for k in range(columns) if r.random() >= gap]


def made_by_openpyxl(path: Path, r: random.Random) -> Path:
    """Write a workbook as openpyxl does: texts in their cells, formulas that nobody calculated."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in r.sample(["成果", "Sheet1", "a'b & <c>", "空"], r.randint(1, 3)):
        sheet = book.create_sheet(name)
        for row, column in _spots(r):
            cell = sheet.cell(row + 1, column + 1)
            kind = r.randrange(8)
            if kind <= 1:
                cell.value = _number(r)
                cell.number_format = r.choice(FORMATS)
            elif kind <= 3:
                cell.value = r.choice(TEXTS)
                cell.data_type = "s"
            elif kind == 4:
                cell.value = r.random() < 0.5
            elif kind == 5:
                cell.value = r.choice(
                    (
                        _moment(r),
                        _moment(r).date(),
                        datetime.time(8, 30),
                        datetime.timedelta(hours=30, minutes=15),
                    )
                )
            elif kind == 6:
                cell.value = r.choice(ERRORS)
            else:
                cell.value = r.choice(("=A1+1", '=IF(A1>1,"是","否")'))
        if r.random() < 0.3:
            sheet.merge_cells(start_row=35, end_row=36, start_column=1, end_column=3)
        if r.random() < 0.3:
            sheet.row_dimensions[3].hidden = True
            sheet.column_dimensions["B"].hidden = True
        if r.random() < 0.2:
            sheet.sheet_state = "hidden" if len(book.worksheets) > 1 else "visible"
    book.save(path)
    return path


MAKERS = (by_xlsxwriter, made_by_openpyxl)


def generated(folder: Path, count: int, seed: int = 0) -> Iterator[Path]:
    """Write workbooks that a seed makes up, and yield their paths."""
    for n in range(count):
        r = random.Random(f"{seed} {n}")
        yield MAKERS[n % len(MAKERS)](folder / f"{n:04d}.xlsx", r)
