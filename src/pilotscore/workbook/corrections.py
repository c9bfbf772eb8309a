"""Reads a file of corrections: a row for each cell of a round that an appeal says is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pilotscore.findings import Finding, Place, error, warning
from pilotscore.language import LISTED, Text, join
from pilotscore.records import dataclass
from pilotscore.workbook.filed import SEARCHED, FiledRows, HeaderKinds, by_spelling, columns_of
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.sheets import SheetFindings, open_book
from pilotscore.workbook.values.error_texts import with_written_errors
from pilotscore.workbook.values.unread import unread_cells

_ALL = (
    "编号、项目（指标、表头或单元格）、原值、新值、更正人、理由、日期",
    "id, item (indicator, header or cell), old, new, who, why, date",
)
NO_CORRECTIONS = error(
    "F741",
    ("没有找到更正表：缺少列 {columns}", "no table of corrections: no column {columns}"),
    expected=_ALL,
    why_zh="更正文件是一张表：一行表头，每处更正一行。缺少其中一列，就无法知道更正什么。",
    why_en="A file of corrections is a table: a header row, and a row for each correction. Without "
    "one of these columns nobody can tell what is corrected.",
)
NOT_SAID = error(
    "F742",
    ("{result}的更正没有写明{what}", "the correction of {result} does not say {what}"),
    mend=("补填", "enter it"),
    why_zh="更正要能留档备查：哪项成果、哪一格、谁、为什么、何时。缺一项就不执行。",
    why_en="A correction goes on record with what it is of, who made it, why and when; without "
    "one of them nothing is decided anew.",
)
NOT_A_DAY = error(
    "F743",
    ("“{text}”不是完整的日期", "{text!r} is no whole date"),
    expected=("年、月、日，如 2026-12-01", "year, month and day, such as 2026-12-01"),
    why_zh="日期写完整的年、月、日；缺年份或无法识别的日期不猜。",
    why_en="A date has year, month and day; one without its year, or in no known form, is not "
    "guessed.",
)
NOT_READ = warning(
    "F744",
    ("列“{header}”没有读取", "the column “{header}” is not read"),
    expected=_ALL,
    mend=("若是其中之一，改用上述表头", "if it is one of these, head it so"),
    why_zh="更正表中认不出的列不读取，逐列告知。",
    why_en="A column whose header is not known is not read, and each such column is told.",
)
TWO_COLUMNS = error(
    "F745",
    ("列“{header}”与“{first}”意义相同", "the columns “{header}” and “{first}” mean the same"),
    expected=("各一列", "one of each"),
    mend=("删去其中一列", "remove one of them"),
    why_zh="同一含义的列有两列，不知以哪列为准。",
    why_en="Two columns mean the same, and which of them holds cannot be known.",
)
NOTHING_CORRECTED = error(
    "F746",
    ("表头之下没有一处更正", "below the header there is no correction"),
    expected=("每处更正一行", "a row for each correction"),
    why_zh="找到了表头，而其下没有一处更正：可能选错了文件或工作表。",
    why_en="There is a header and no correction below it: the wrong file or sheet, perhaps.",
)
UNKNOWN_RESULT = error(
    "F747",
    ("这一轮没有编号为 {name} 的成果{near}", "the round has no result {name}{near}"),
    mend=("改正编号", "correct the id"),
    why_zh="更正只能针对这一轮中的成果，编号须与工作簿中的一致，且只有一项成果用它。",
    why_en="A correction is of a result of the round, by its id as the workbook has it, which no "
    "other result may have.",
)
UNKNOWN_ITEM = error(
    "F748",
    (
        "“{item}”既不是{result}的指标、事实或表头，也不是单元格",
        "{item!r} is no indicator, fact or header of {result}, and no cell",
    ),
    expected=(
        "指标名称、表头，或“工作表!D5”这样的单元格",
        "the name of an indicator, a header, or a cell such as Sheet1!D5",
    ),
    why_zh="更正的项目须能落到一个单元格上：指标或事实的名称（或 id）、工作簿中的表头、"
    "“指标 证据等级”，或单元格地址。",
    why_en="What is corrected must come to one cell: the name or id of an indicator or fact, a "
    "header of the workbook, “indicator evidence”, or the address of a cell.",
)
NO_CELL = error(
    "F749",
    ("{result}的表中没有“{item}”一格", "the table of {result} has no cell for {item}"),
    mend=(
        "请按单元格地址更正，或在补充后的工作簿上另起一轮",
        "correct it by the address of a cell, or decide a new round with the workbook completed",
    ),
    why_zh="该成果所在的表没有这一列（这一项），更正无处可写。",
    why_en="The table or form of this result has no such column, so there is no cell to correct.",
)
NOT_ITS_CELL = error(
    "F750",
    ("{cell} 不在{result}的那一行", "{cell} is not in the row of {result}"),
    expected=("第 {row} 行的单元格", "a cell of row {row}"),
    why_zh="表中每项成果占一行，更正的单元格须在该成果的行内。",
    why_en="In a table each result has its row, and a correction of it is in that row.",
)
OTHER_VALUE = error(
    "F751",
    (
        "原值写作“{old}”，而这一轮在 {cell} 有“{has}”",
        "the old value is given as {old!r}, and the round has {has!r} at {cell}",
    ),
    expected=("这一轮所用的值“{has}”", "the value that the round has, {has!r}"),
    mend=("改正原值，或确认更正的是否这一格", "correct it, or see whether this cell is meant"),
    why_zh="原值须与这一轮所用的完全一致，以免更正落到别的单元格或别的版本上。",
    why_en="The old value must be the one that the round has, lest a correction lands on another "
    "cell or another version.",
)
CORRECTED_TWICE = error(
    "F752",
    ("{cell} 在第 {first} 行已有更正", "{cell} is corrected already in row {first}"),
    mend=("删去其中一行", "remove one of the rows"),
    why_zh="同一单元格有两处更正，不知以哪处为准。",
    why_en="One cell is corrected twice, and which of them holds cannot be known.",
)
NO_CHANGE = error(
    "F753",
    ("{result}的更正前后相同：“{value}”", "the correction of {result} changes nothing: {value!r}"),
    mend=("改正新值，或删去此行", "correct the new value, or remove the row"),
    why_zh="新值与原值相同，这一行没有更正什么，多半填错了其中之一。",
    why_en="The new value is the old one, so the row corrects nothing: one of them is wrong, "
    "mostly.",
)
MERGED = error(
    "F754",
    (
        "{cell} 是合并单元格，也是其他成果的值，不能只为{result}更正",
        "{cell} is merged over rows of other results too, and cannot be corrected for {result}",
    ),
    mend=(
        "在取消合并的工作簿上另起一轮",
        "decide a new round with the workbook unmerged",
    ),
    why_zh="合并的单元格是几项成果共有的值，改一项就改了其他各项。",
    why_en="A merged cell is the value of several results; correcting it for one would change the "
    "others.",
)

# What the columns may be called, the first Chinese and the last English name being ours.
HEADERS = {
    "result": "编号|成果编号|项目编号|id|result|result id",
    "item": "项目|更正项目|指标|表头|单元格|字段|cell|header|indicator|field|item",
    "old": "原值|更正前|原|旧值|before|from|old value|old",
    "new": "新值|更正后|更正为|after|to|new value|new",
    "who": "更正人|申诉人|经办人|核准人|by|corrected by|who",
    "why": "理由|原因|依据|reason|why",
    "date": "日期|更正日期|when|date",
}
_COLUMN_OF = by_spelling(HEADERS)
_HEADER_KINDS = HeaderKinds(NOT_READ, TWO_COLUMNS)
_NEEDED: tuple[str, ...] = ("result", "item", "old", "new")
_WHAT = {
    "result": Text("编号", "which result it is of"),
    "item": Text("项目", "what is corrected"),
    "who": Text("更正人", "who corrected it"),
    "why": Text("理由", "why"),
    "date": Text("日期", "when"),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What a cell holds, with its number format where that matters."""

    value: Any
    form: NumberFormat | None = None


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction as it was filed: of which result and item, old and new, who, why, when."""

    result: str
    item: str
    old: Filled
    new: Filled
    who: str
    why: str
    day: str
    row: int
    place: Place
    item_place: Place
    old_place: Place
    new_place: Place


@dataclass(frozen=True, slots=True)
class CorrectionFile:
    """A file of corrections: its name, its SHA-256, its rows, and what is wrong with it."""

    name: str
    sha256: str
    rows: tuple[CorrectionRow, ...]
    findings: tuple[Finding, ...]


def read_corrections(path: Path) -> CorrectionFile:
    """Read a file of corrections, in any format that workbooks may have.

    The first visible sheet with a header row that has the columns needed is read.

    Raises
    ------
    UnreadableBookError
        The file cannot be read.
    """
    book = with_written_errors(open_book(path, Limits()))
    name, best = Path(book.name).name, _NEEDED
    for sheet in book.sheets:
        for r in range(min(SEARCHED, len(sheet.rows)) if sheet.visible else 0):
            findings = SheetFindings(sheet)
            columns = columns_of(sheet.rows[r], r, findings, _COLUMN_OF, _HEADER_KINDS)
            missing = tuple(column for column in _NEEDED if column not in columns)
            if missing:
                best = missing if len(missing) < len(best) else best
                continue
            rows = _CorrectionReader(sheet, columns, findings).read(r)
            if not rows and not any(f.severity == "error" for f in findings.entries):
                findings.add(NOTHING_CORRECTED, r, columns["result"])
            return CorrectionFile(name, book.sha256, rows, tuple(findings.entries))
    named = (HEADERS[column].split("|") for column in best)
    wanted = join((Text(names[0], names[-1]) for names in named), LISTED)
    finding = Finding(NO_CORRECTIONS, Place(book.name), {"columns": wanted})
    return CorrectionFile(name, book.sha256, (), (finding,))


@dataclass(frozen=True, slots=True)
class _CorrectionReader(FiledRows):
    """Reads the rows below a header."""

    def read(self, header: int) -> tuple[CorrectionRow, ...]:
        """Return the corrections; rows with nothing in them are skipped."""
        rows = []
        for r in range(header + 1, len(self.sheet.rows)):
            if broken := dict(unread_cells(self.sheet, r, self.columns.values())):
                for column, (kind, values) in broken.items():
                    self.findings.add(kind, r, column, **values)
            elif any(self.text(r, column) for column in self.columns):
                row = self._row(r)
                rows += [] if row is None else [row]
        return tuple(rows)

    def _row(self, r: int) -> CorrectionRow | None:
        before = len(self.findings.entries)
        name = self.text(r, "result")
        for column in ("result", "item", "who", "why"):
            if not self.text(r, column):
                whose = name or self.text(r, "item") or str(r + 1)
                self.tell(NOT_SAID, r, column, result=whose, what=_WHAT[column])
        day, wrong = self.day(r)
        if wrong == "missing":
            self.tell(NOT_SAID, r, "date", result=name, what=_WHAT["date"])
        elif wrong is not None:
            self.tell(NOT_A_DAY, r, "date", text=self.text(r, "date"))
        if len(self.findings.entries) > before:
            return None
        return CorrectionRow(
            result=name,
            item=self.text(r, "item"),
            old=self._filled(r, "old"),
            new=self._filled(r, "new"),
            who=self.text(r, "who"),
            why=self.text(r, "why"),
            day=day,
            row=r,
            place=self.place(r, "result"),
            item_place=self.place(r, "item"),
            old_place=self.place(r, "old"),
            new_place=self.place(r, "new"),
        )

    def _filled(self, r: int, column: str) -> Filled:
        form = self.sheet.notes.formats.at(r, self.columns[column])
        cell = self.cell(r, column)
        return Filled("" if cell is None else cell, form)
