"""The workbook in which one expert scores: results down, indicators across, all else locked."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pilotscore.language import Text, Words
from pilotscore.records import dataclass
from pilotscore.workbook.panels.marks import MARK, MARK_SHEET, locked_hash
from pilotscore.workbook.panels.stages import FIRST
from pilotscore.workbook.templates.content import TemplateLang, Wording

_ID, _TITLE = Text("编号", "id"), Text("成果名称", "title")
_COMMENT, _STAGE = Text("评语", "comment"), Text("轮次", "stage")
_EXPERT = Text("专家：{name}", "expert: {name}")
_SHEET, _STANDARD = Text("评分", "Scores"), Text("评分标准", "Standard")
_HELP = Text(
    "只填白色单元格：每项成果每个指标一个分数，范围见“评分标准”；没有把握的留空并在评语中说明，"
    "不要填 0。",
    "Fill in the white cells alone: a score for each result and indicator, on the scale of the "
    "sheet “Standard”; leave blank what you cannot judge and say so in the comment, and do not "
    "enter 0.",
)
_SCALE = Text("{least} 至 {most}", "{least} to {most}")
_HEADS = (Text("指标", "Indicator"), Text("范围", "Scale"), Text("标准", "Standard"))
_WRONG = Text("应为 {least} 至 {most} 的数", "enter a number from {least} to {most}")
_BORDER = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter", "text_wrap": True}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "help": {"italic": True, "text_wrap": True, "valign": "top"},
    "head": {**_BORDER, "bold": True, "bg_color": "#DDEBF7", "align": "center"},
    "fixed": {**_BORDER, "bg_color": "#F2F2F2", "num_format": "@"},
    "entry": {**_BORDER, "locked": False, "align": "center"},
    "comment": {**_BORDER, "locked": False},
}


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """What is scored: its name in score sheets, its scale, and what its scores mean."""

    name: str
    scale: tuple[float, float]
    standard: tuple[Words, ...] = ()


class AssignedResult(NamedTuple):
    """A result that an expert scores: id, title, and in which stage of the review."""

    id: str
    title: str
    stage: int = FIRST


@dataclass(frozen=True, slots=True)
class PersonalSheet:
    """What one expert is given: a code in the place of the name where the panel is blind."""

    expert: str
    results: tuple[AssignedResult, ...]
    items: tuple[ScoreItem, ...]
    round: str
    criteria: str = ""

    @property
    def staged(self) -> bool:
        """Whether the sheet says the stage of its results: where any is of the second."""
        return any(r.stage != FIRST for r in self.results)


def locked_rows(personal: PersonalSheet, head: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the texts of what is locked, as they are written."""
    rows = [(r.id, r.title, *([str(r.stage)] if personal.staged else [])) for r in personal.results]
    return [tuple(head), *rows]


def write_personal_sheet(path: Path, personal: PersonalSheet, lang: TemplateLang) -> None:
    """Write the workbook of one expert, the same bytes every time."""
    import xlsxwriter

    words = Wording(lang)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        formats = {name: book.add_format(f) for name, f in _FORMATS.items()}
        head = _scores(book, formats, personal, words)
        _standard(book, formats, personal, words)
        marks = book.add_worksheet(MARK_SHEET)
        marks.hide()
        pairs = {
            MARK: "1",
            "expert": personal.expert,
            "round": personal.round,
            "criteria": personal.criteria,
            "locked": locked_hash(locked_rows(personal, head)),
        }
        for row, (key, value) in enumerate(pairs.items()):
            marks.write_string(row, 0, key)
            marks.write_string(row, 1, value)


def _scores(
    book: Any, formats: dict[str, Any], personal: PersonalSheet, words: Wording
) -> list[str]:
    """Write the sheet of scores, and return its header."""
    sheet = book.add_worksheet(words.of(_SHEET, " "))
    items = [f"{i.name} ({i.scale[0]:g}–{i.scale[1]:g})" for i in personal.items]
    fixed = [words.of(_ID), words.of(_TITLE), *([words.of(_STAGE)] if personal.staged else [])]
    head = [*fixed, *items, words.of(_COMMENT)]
    last, first = len(head) - 1, len(fixed)
    sheet.write_string(0, 0, words.of(_EXPERT.of(name=personal.expert), " / "), formats["title"])
    sheet.merge_range(1, 0, 1, last, words.of(_HELP), formats["help"])
    sheet.set_row(1, 34 if words.lang != "both" else 64)
    for column, text in enumerate(head):
        sheet.write_string(2, column, text, formats["head"])
    for row, cells in enumerate(locked_rows(personal, head)[1:], start=3):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, formats["fixed"])
        for column in range(first, last):
            sheet.write_blank(row, column, None, formats["entry"])
        sheet.write_blank(row, last, None, formats["comment"])
    end = 2 + len(personal.results)
    for column, item in enumerate(personal.items, start=first):
        _check(sheet, (3, column, end, column), item, words)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, last - 1, 14)
    if personal.staged:
        sheet.set_column(2, 2, 8)
    sheet.set_column(last, last, 44)
    sheet.freeze_panes(3, 2)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    return head


def _check(sheet: Any, area: tuple[int, int, int, int], item: ScoreItem, words: Wording) -> None:
    least, most = (f"{x:g}" for x in item.scale)
    sheet.data_validation(
        *area,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": item.scale[0],
            "maximum": item.scale[1],
            "input_title": item.name[:32],
            "input_message": words.of(_SCALE.of(least=least, most=most))[:255],
            "error_message": words.of(_WRONG.of(least=least, most=most))[:255],
        },
    )


def _standard(book: Any, formats: dict[str, Any], personal: PersonalSheet, words: Wording) -> None:
    """Write what the scores of each indicator mean."""
    sheet = book.add_worksheet(words.of(_STANDARD, " "))
    for column, text in enumerate(_HEADS):
        sheet.write_string(0, column, words.of(text), formats["head"])
    row = 1
    for item in personal.items:
        least, most = (f"{x:g}" for x in item.scale)
        for line, said in enumerate(item.standard or (Text("", ""),)):
            sheet.write_string(row, 0, item.name if line == 0 else "", formats["fixed"])
            scale = words.of(_SCALE.of(least=least, most=most)) if line == 0 else ""
            sheet.write_string(row, 1, scale, formats["fixed"])
            sheet.write_string(row, 2, words.of(said), formats["fixed"])
            row += 1
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 80)
    sheet.protect("")
    sheet.fit_to_pages(1, 0)
