"""Makes the workbook in which experts judge what matters how much: a sheet for each."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pilotscore.criteria import LoadedCriteria
from pilotscore.language import Text
from pilotscore.workbook.judgements import Group, JudgedBy, groups_of
from pilotscore.workbook.templates.content import TemplateLang, Wording

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

EXPERT = Text("专家", "Expert")
_CHOICES: dict[str, list[str]] = {
    "ahp": [*(str(n) for n in range(9, 0, -1)), *(f"1/{n}" for n in range(2, 10))],
    "bwm": [str(n) for n in range(1, 10)],
}
_HEAD = {"bold": True, "bg_color": "#1F4E78", "font_color": "white", "border": 1}
_WRAPPED = {"text_wrap": True, "valign": "vcenter"}
_HELP: dict[str, Text] = {
    "ahp": Text(
        "填右上三角：左侧一项相对于上方一项的重要程度。1 同样重要，3 稍重要，5 明显重要，7 "
        "强烈重要，9 极端重要；反之填 1/3、1/5 等。",
        "Fill in the upper triangle: how important the item on the left is against the one above."
        " 1 equally, 3 "
        "moderately, 5 strongly, 7 very strongly, 9 extremely; the other way round 1/3, 1/5 and "
        "so on.",
    ),
    "bwm": Text(
        "先选出最重要和最不重要的一项。第一列：最重要的一项相对于该项（自身填 1）；第二列："
        "该项相对于最不重要的一项（自身填 1）。1 至 9。",
        "Choose the most and the least important. First column: the most important against this "
        "one (itself 1). Second: "
        "this one against the least important (itself 1). 1 to 9.",
    ),
    "swing": Text(
        "设想各项都处于最差值。最想先改善到最好的一项填 100，其余按相对重要程度填 0 至 100。",
        "Imagine all at their worst. Give 100 to the one you would first raise to its best, and 0"
        " to 100 to the others "
        "in proportion.",
    ),
    "direct": Text("按重要程度直接打分，0 或更大。", "Give points by importance, 0 or more."),
}
_HEADS: dict[str, tuple[Text, ...]] = {
    "bwm": (Text("最重要项 : 该项", "Best : this"), Text("该项 : 最不重要项", "This : worst")),
    "swing": (Text("分数（0–100）", "Points (0-100)"),),
    "direct": (Text("分数", "Points"),),
}


def write_judgement_template(
    path: Path, loaded: LoadedCriteria, method: JudgedBy, lang: TemplateLang, experts: int
) -> None:
    """Write the template.

    Parameters
    ----------
    path
        Where to.
    loaded
        Whose dimensions and indicators are to be judged.
    method
        How.
    lang
        Its language, or both.
    experts
        How many sheets: to be renamed after the experts.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    beside = {"tmpdir": str(path.parent)}  # where whoever writes a file aside clears up
    book = xlsxwriter.Workbook(str(path), options | beside)
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})
    words = Wording(lang)
    for n in range(1, experts + 1):
        sheet = book.add_worksheet(f"{words.of(EXPERT, ' ')} {n}")
        _Sheet(book, sheet, method, words).write(groups_of(loaded.criteria))
    book.close()


class _Sheet:
    """The sheet of one expert."""

    def __init__(self, book: Workbook, sheet: Worksheet, method: JudgedBy, words: Wording) -> None:
        self.sheet, self.method, self.words = sheet, method, words
        self.head: Format = book.add_format({**_HEAD, **_WRAPPED})
        self.name: Format = book.add_format({"border": 1, "text_wrap": True, "bg_color": "#DDEBF7"})
        centred = {"border": 1, "align": "center"}
        # As text: a spreadsheet would take 1/3 for a date.
        self.entry: Format = book.add_format({**centred, "num_format": "@", "locked": False})
        self.closed: Format = book.add_format({**centred, "bg_color": "#E7E6E6"})
        self.help: Format = book.add_format({"italic": True, "text_wrap": True, "valign": "top"})

    def write(self, groups: tuple[Group, ...]) -> None:
        """Write help and a block for each group."""
        self.sheet.merge_range(0, 0, 0, 8, self.words.of(_HELP[self.method]), self.help)
        self.sheet.set_row(0, 66)
        self.sheet.set_column(0, 0, 34)
        self.sheet.set_column(1, 40, 16)
        top = 2
        for group in groups:
            top = self._block(group, top) + 2
        self.sheet.protect("", {"format_columns": True, "format_rows": True})
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)

    def _block(self, group: Group, top: int) -> int:
        titles = [self.words.of(t) for t in group.titles]
        self.sheet.write_string(top, 0, f"[{self.words.of(group.title, ' / ')}]", self.head)
        heads = titles if self.method == "ahp" else [self.words.of(t) for t in _HEADS[self.method]]
        for c, text in enumerate(heads, start=1):
            self.sheet.write_string(top, c, text, self.head)
        self.sheet.set_row(top, 44)
        for n, title in enumerate(titles, start=1):
            self.sheet.write_string(top + n, 0, title, self.name)
            for c in range(1, len(heads) + 1):
                self._cell(top + n, c, closed=self.method == "ahp" and c <= n, same=c == n)
        return top + len(titles)

    def _cell(self, row: int, column: int, *, closed: bool, same: bool) -> None:
        """Write a cell to fill in; below the diagonal of pairs it is closed, and 1 on it."""
        if closed and same:
            self.sheet.write_number(row, column, 1, self.closed)
            return
        self.sheet.write_blank(row, column, None, self.closed if closed else self.entry)
        if not closed and (choices := _CHOICES.get(self.method)):
            rule = {"validate": "list", "source": choices}
            self.sheet.data_validation(row, column, row, column, rule)
