"""What calamine does not tell of an .xls file: xlrd keeps error cells, formats and hidden rows."""

from __future__ import annotations

from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.notes import NotesTaken, SheetNotes
from pilotscore.workbook.open.number_format import PERCENT

_ERROR, _BLANK_TYPES = 5, (0, 6)
# What xlrd throws at a damaged file.
_DAMAGED = (
    *(AssertionError, LookupError, ValueError, TypeError),
    *(AttributeError, OverflowError, EOFError),
)


def inspect_xls(content: bytes, limits: Limits) -> dict[str, SheetNotes] | None:
    """Return the notes of the sheets of an .xls file by name; None where xlrd cannot read it.

    calamine gives an error cell of an .xls file as a blank; xlrd, which is slower, tells them
    apart.

    Raises
    ------
    BoundExceededError
        There are too many sheets.
    """
    import contextlib
    import io

    import xlrd

    try:
        with contextlib.redirect_stdout(io.StringIO()):
            book = xlrd.open_workbook(
                file_contents=content, formatting_info=True, logfile=io.StringIO()
            )
            limits.check("sheets", book.nsheets)
            return {sheet.name: _notes(book, sheet) for sheet in book.sheets()}
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError):
        return None
    except _DAMAGED:
        return None  # a damaged file: whatever calamine makes of it is told apart from this
    except Exception as error:
        if type(error).__module__ in ("struct", "zlib"):
            return None
        raise


def _notes(book, sheet) -> SheetNotes:  # type: ignore[no-untyped-def]  # noqa: ANN001 - xlrd has no types
    import xlrd

    percent = {
        i
        for i, xf in enumerate(book.xf_list)
        if "%"
        in (book.format_map[xf.format_key].format_str if xf.format_key in book.format_map else "")
    }
    taken = NotesTaken(filtered=bool(getattr(sheet, "filter_mode", False)))
    for row in range(sheet.nrows):
        for column, type_ in enumerate(sheet.row_types(row)):
            if type_ == _ERROR:
                code = sheet.cell_value(row, column)
                taken.error_cells[row, column] = xlrd.error_text_from_code.get(code, "#ERR")
            elif (
                percent
                and type_ not in _BLANK_TYPES
                and sheet.cell_xf_index(row, column) in percent
            ):
                taken.add_format(row, column, PERCENT)
    taken.hidden_rows.update(r for r, info in sheet.rowinfo_map.items() if info.hidden)
    taken.hidden_columns.update(c for c, info in sheet.colinfo_map.items() if info.hidden)
    return taken.notes()
