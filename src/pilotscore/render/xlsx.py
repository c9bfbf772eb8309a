"""A document as a workbook: its sheets with tables, notes, shades and native charts.

Text is written as text, also where it starts with ``=``; nothing is a formula or a link. The file
holds no time of writing, so that the same inputs give the same bytes. Every sheet is laid out for
landscape A4 (:mod:`pilotscore.render.xlsx_paper`); the last one is the table of the document with
nothing but its values, to sort, filter and take elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.document import (
    Chart,
    Column,
    Document,
    Fact,
    Gap,
    Line,
    Marks,
    Shade,
    Sheet,
    Table,
    is_heading,
)
from pilotscore.language import BLANK, COLON, LINES, Lang, Text, Words, in_lang, join
from pilotscore.records import dataclass
from pilotscore.render.xlsx_charts import Placed, insert_chart
from pilotscore.render.xlsx_paper import (
    LINE,
    Paper,
    head_height,
    lines_of,
    on_one_page,
    paper,
    row_heights,
    unparted,
    widths,
)
from pilotscore.render.xlsx_room import rows_of, within
from pilotscore.render.xlsx_rows import Rows, RowsSheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_GREEN, _YELLOW, _ORANGE, _RED, _GREY = "#C6E7CE", "#FFF2B3", "#FAD7AC", "#F5C0BE", "#D9D9D9"
_STEPS = (_GREEN, "#DDEFC8", _YELLOW, _ORANGE, _RED)
_BLUE = "#1F4E78"
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "indent": 1},
    "centre": {"text_wrap": True, "align": "center"},
    "wrap": {"text_wrap": True, "indent": 1},
    "rank": {"num_format": "0", "align": "center"},
    "score": {"num_format": "0.0"},
    "share": {"num_format": "0.0%"},
    "amount": {"num_format": "#,##0.0#", "align": "right", "indent": 1},
    "amount_whole": {"num_format": "#,##0", "align": "right", "indent": 1},
    "figure": {"num_format": "0.000"},
}
_WRAPPED = frozenset({"text", "centre", "wrap"})
_HEAD = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "align": "center",
    "bg_color": _BLUE,
    "font_color": "white",
    "border": 1,
    "font_size": 10,
}
_CHARACTERS = 143  # across landscape A4, printed at 100 %
_LOOKED_AT = 300  # rows that tell whether all amounts are whole
_A4 = 9
_DATA = Text("数据", "Data")
_PAGES = "&P / &N"


def write_xlsx(document: Document, path: Path, lang: Lang) -> Words | None:
    """Write the sheets of a document, then its table as plain values; return what was left out."""
    from pilotscore.render.xlsx_book import new_book  # XlsxWriter, where it is needed

    book = new_book(document, path, lang)
    sheets = [_on_paper(s) for s in document.sheets()]
    flat = () if document.table is None else (_flat(document.table()),)
    fitted, cuts = within((*sheets, *flat))
    write_sheets(book, fitted, lang, _footer(document, lang))
    book.close()
    return join((c.said for c in cuts), LINES) if cuts else None


def write_sheets(book: Workbook, sheets: Sequence[Sheet], lang: Lang, footer: str = "") -> None:
    """Add sheets to a workbook; the table of a chart may stand on a later sheet."""
    styles = _Styles(book)
    placed = {name: x for s in sheets for name, x in _placed(s, lang)}
    for sheet in sheets:
        _Writer(book, styles, sheet, lang, footer).write(placed)


def _on_paper(sheet: Sheet) -> Sheet:
    """Return a sheet with those columns of its tables that are printed."""
    if not sheet.printed:
        return sheet
    blocks = (b.only(sheet.printed) if isinstance(b, Table) else b for b in sheet.blocks)
    return replace(sheet, blocks=tuple(blocks))


def _flat(table: Table) -> Sheet:
    """Return a sheet of values alone, under headings in both languages."""
    columns: list[Column] = []
    for column in table.columns:
        zh, en = (column.heading.to(lang) for lang in ("zh", "en"))
        both: Words = join(dict.fromkeys((zh, en)), BLANK)
        if any(both.to("en") == c.heading.to("en") for c in columns):
            both = join((both, column.key), BLANK)
        columns.append(replace(column, heading=both, paint=None))
    return Sheet(_DATA, (Table(tuple(columns), table.rows),), plain=True)


def _footer(document: Document, lang: Lang) -> str:
    """Return what stands at the foot of every page: which round, the page, the hash."""
    title = document.title.to(lang)[:60].replace("&", "&&")
    ends = (document.as_of, f"pilotscore {document.version}".strip(), document.digest[:16])
    right = " · ".join(x for x in ends if x)
    return f"&L&8 {title}&C&8 {_PAGES}&R&8 {right}"


def _placed(sheet: Sheet, lang: Lang) -> Iterator[tuple[str, Placed]]:
    """Yield the name of a sheet and where each of its tables stands."""
    name = sheet.name.to(lang)
    for row, block in rows_of(sheet):
        if isinstance(block, Table):
            yield name, Placed(name, row, block)


class _Styles:
    """The cell formats of one workbook; ``plain`` ones have neither borders nor wrapped text."""

    def __init__(self, book: Workbook) -> None:
        base = {"valign": "top", "font_size": 10, "bottom": 4, "bottom_color": "#BFBFBF"}
        self.cells: dict[str, Format] = {
            name: book.add_format(base | extra) for name, extra in _FORMATS.items()
        }
        numbers = {"num_format": "General"}
        self.plain: dict[str, Format] = {
            name: book.add_format({"num_format": extra["num_format"]})
            for name, extra in _FORMATS.items()
            if "num_format" in extra
        }
        self.bare = book.add_format(numbers)
        self.header = book.add_format(_HEAD)
        self.plain_header = book.add_format({"bold": True})
        self.heading = book.add_format({"bold": True})
        self.paragraph = book.add_format({"text_wrap": True, "valign": "top", "font_size": 10})
        self.note = book.add_format(
            {
                "italic": True,
                "font_color": "#9C0006",
                "font_size": 10,
                "text_wrap": True,
                "valign": "top",
            }
        )
        self.steps = [book.add_format({"bg_color": c}) for c in (*_STEPS, _GREY)]

    def of(self, sheet: Sheet, style: str) -> Format:
        """Return the format of cells of a style on a sheet."""
        return self.plain.get(style, self.bare) if sheet.plain else self.cells[style]


@dataclass(slots=True)
class _Writer:
    """One sheet as it is filled from the top down."""

    book: Workbook
    styles: _Styles
    sheet: Sheet
    lang: Lang
    footer: str
    widths: list[float] = field(default_factory=list)
    printed: Paper = Paper(100, ())

    def write(self, placed: Mapping[str, Placed]) -> None:
        """Add the sheet; ``placed`` says for charts where the tables of other sheets stand."""
        page = self.book.add_worksheet(self.sheet.name.to(self.lang), worksheet_class=RowsSheet)
        self.widths = widths(self.sheet, self.lang)
        self.printed = paper(self.widths[: self.sheet.print_columns], self.sheet.freeze or 0)
        tables: list[tuple[int, Table]] = []
        for row, block in rows_of(self.sheet):
            if isinstance(block, Table):
                tables.append((row, block))
                self._table(page, block, row)
            elif isinstance(block, Chart):
                if block.of_sheet:
                    here = placed[block.of_sheet.to(self.lang)]
                else:
                    here = Placed(page.get_name(), *tables[-1])
                insert_chart(self.book, page, block, here, row, self.lang)
            elif isinstance(block, Line):
                self._line(page, block, row)
            elif isinstance(block, Fact):
                said = in_lang(join((block.label, block.text), COLON), self.lang)
                self._paragraph(page, said, row, self.styles.paragraph)
            elif not isinstance(block, Gap):
                self._paragraph(page, block.to(self.lang), row, self.styles.note)
        self._finish(page, tables)

    def _line(self, page: RowsSheet, line: Line, row: int) -> None:
        """Write a heading over whatever is beside it, and any other line within the page."""
        said = "".join(in_lang(text, self.lang) for text, _ in line.pieces)
        if is_heading(line) or not self.widths:
            look = self.styles.heading if is_heading(line) else None
            page.write_string(row, self._lead, said, look)
        else:
            self._paragraph(page, said, row, self.styles.paragraph)

    def _paragraph(self, page: RowsSheet, text: str, row: int, look: Format) -> None:
        """Write a text over the columns of the first page, as high as it takes."""
        first, width = self._lead, 0.0
        end = first
        for size in self.widths[first : min(self.printed.breaks, default=None)]:
            if end > first and width + size > _CHARACTERS:
                break
            end, width = end + 1, width + size
        if end > first + 1:
            page.merge_range(row, first, row, end - 1, text, look)
        else:
            page.write_string(row, first, text, look)
        page.set_row(row, LINE * lines_of(text, width or _CHARACTERS) + 1.5)

    @property
    def _lead(self) -> int:
        """The column where text begins: behind those that further pages repeat."""
        return (self.sheet.freeze or 0) if self.printed.breaks else 0

    def _table(self, page: RowsSheet, table: Table, top: int) -> None:
        if table.headed:
            look = self.styles.plain_header if self.sheet.plain else self.styles.header
            for c, column in enumerate(table.columns):
                said = column.heading.to(self.lang)
                page.write_string(top, c, said if self.sheet.plain else unparted(said), look)
            if not self.sheet.plain:
                page.set_row(top, head_height(table, self.widths, self.lang))
        first = top + table.headed
        self._rows(page, table, first)
        last, c = first + len(table.rows) - 1, 0
        for paint, alike in groupby(table.columns, key=lambda column: column.paint):
            end = c + len(list(alike))
            if table.rows and paint is not None:
                self._paint(page, paint, (first, c, last, end - 1))
            c = end

    def _rows(self, page: RowsSheet, table: Table, top: int) -> None:
        looks = [self.styles.of(self.sheet, style) for style in _shown_styles(table)]
        rows = Rows(top, table.rows, looks, self.lang)
        if not self.sheet.plain:
            wrapped = [c for c, x in enumerate(table.columns) if x.style in _WRAPPED]
            rows = replace(rows, heights=partial(row_heights, wrapped=wrapped, widths=self.widths))
        page.add_rows(rows)

    def _paint(self, page: RowsSheet, paint: Marks | Shade, cells: tuple[int, ...]) -> None:
        if isinstance(paint, Shade):
            page.conditional_format(*cells, _shade(paint))
            return
        for value, step in paint.steps:
            place = len(_STEPS) if step is None else min(step, len(_STEPS) - 1)
            said = in_lang(value, self.lang)
            rule = {"type": "cell", "criteria": "==", "value": f'"{said}"'}
            page.conditional_format(*cells, {**rule, "format": self.styles.steps[place]})

    def _finish(self, page: RowsSheet, tables: list[tuple[int, Table]]) -> None:
        for c, width in enumerate(self.widths):
            page.set_column(c, c, width)
        self._set_paper(page)
        if not tables or not tables[0][1].headed:
            return
        top, table = tables[0]
        if self.sheet.freeze is not None:
            page.freeze_panes(top + 1, self.sheet.freeze)
        last = top + len(table.rows)
        if table.rows:
            page.autofilter(top, 0, last, len(table.columns) - 1)
        if self.sheet.print_columns is not None:
            page.print_area(0, 0, last, self.sheet.print_columns - 1)
        if len(tables) == 1:  # the head of the first is not that of others below it
            page.repeat_rows(top)

    def _set_paper(self, page: RowsSheet) -> None:
        """Set landscape A4: on one page across, or on several that each have the first columns."""
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        page.set_footer(self.footer, {"margin": 0.3})
        if not self.sheet.plain:
            page.hide_gridlines(2)
        printed, repeated = self.printed, self.sheet.freeze or 0
        charts = [b for b in self.sheet.blocks if isinstance(b, Chart)]
        if not printed.breaks:
            whole = on_one_page(charts, self.widths, page.dim_rowmax or 0)
            page.fit_to_pages(1, int(whole))
            return
        page.set_print_scale(max(10, printed.scale))
        page.set_v_pagebreaks(list(printed.breaks))
        if repeated:
            page.repeat_columns(0, repeated - 1)


def _shown_styles(table: Table) -> Iterator[str]:
    """Yield the style of each column; amounts that are all whole have no decimals."""
    seen = list(islice(table.rows, _LOOKED_AT))
    for c, column in enumerate(table.columns):
        numbers = [row[c] for row in seen if isinstance(row[c], int | float)]
        whole = column.style == "amount" and all(x == round(x, 0) for x in numbers)
        yield "amount_whole" if whole else column.style


def _shade(shade: Shade) -> dict[str, Any]:
    ends = {"min_type": "num", "max_type": "num", "min_value": shade.least, "max_value": shade.most}
    if shade.look == "bar":
        return {"type": "data_bar", **ends, "bar_color": "#9BC2E6", "bar_solid": True}
    if shade.look == "heat":
        return {"type": "2_color_scale", **ends, "min_color": "#FFFFFF", "max_color": _BLUE}
    middle = {
        "mid_type": "num",
        "mid_value": (shade.least + shade.most) / 2,
        "mid_color": "#FFFFFF",
    }
    return {"type": "3_color_scale", **ends, **middle, "min_color": _RED, "max_color": _GREEN}
