"""Reads what enterprises look for (出题): a row for each need, with field, budget and date."""

from __future__ import annotations

from pathlib import Path

from pilotscore.criteria.amounts import Sum, read_sum, unit_of
from pilotscore.criteria.names import bracketed, normalise
from pilotscore.findings import Finding, Place, error, warning
from pilotscore.language import LISTED, Text, join
from pilotscore.records import dataclass
from pilotscore.workbook.filed import SEARCHED, FiledRows, HeaderKinds, by_spelling, columns_of
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Sheet, SheetFindings, open_book
from pilotscore.workbook.values.error_texts import with_written_errors
from pilotscore.workbook.values.formatted import amount_seen
from pilotscore.workbook.values.unread import unread_cells

NO_NEEDS = error(
    "N841",
    ("没有找到需求表：缺少列 {columns}", "no table of needs: no column {columns}"),
    expected=(
        "一行表头：需求编号、需求内容、技术领域（可空）、预算（可空）、截止日期（可空）",
        "a header row: need id, requirement, and field, budget, deadline (which may be empty)",
    ),
    why_zh="需求表每项需求一行；没有编号与内容就无法匹配，也无法回报结果。",
    why_en="A table of needs has a row for each; without id and requirement nothing can be "
    "matched, nor told what became of it.",
)
NOT_READ = warning(
    "N842",
    ("列“{header}”没有读取", "the column “{header}” is not read"),
    why_zh="认不出的列不读取，也不用于匹配。",
    why_en="A column whose header is not known is not matched by.",
)
TWO_COLUMNS = error(
    "N843",
    ("列“{header}”与“{first}”意义相同", "the columns “{header}” and “{first}” mean the same"),
    mend=("删去其中一列", "remove one of them"),
    why_zh="同一含义的列有两列，不知以哪列为准。",
    why_en="Two columns mean the same, and which of them holds cannot be known.",
)
NOT_SAID = error(
    "N844",
    ("这一行没有{what}", "the row has no {what}"),
    why_zh="每项需求须有编号与内容，否则无法匹配，也无法回报。",
    why_en="Every need has an id and a requirement: without them nothing can be matched or told.",
)
TWICE = error(
    "N845",
    ("需求 {need} 已在 {first}", "the need {need} stands already at {first}"),
    expected=("编号不重复", "an id of its own"),
    why_zh="同一编号有两项需求，回报结果时不知指哪项。",
    why_en="Two needs have one id: what became of it could not be told.",
)
NOT_AN_AMOUNT = warning(
    "N846",
    ("预算“{text}”不是金额", "the budget {text!r} is no amount"),
    expected=("如 300万元", "such as 300万元"),
    why_zh="读不出的预算不显示，不影响匹配。",
    why_en="A budget that cannot be read is left out; matches do not depend on it.",
)
NOT_A_DAY = warning(
    "N847",
    ("截止日期“{text}”不是完整的日期", "the deadline {text!r} is no whole date"),
    expected=("年、月、日，如 2027-06-30", "year, month and day, such as 2027-06-30"),
    why_zh="读不出的截止日期不用；该需求按没有截止日期匹配。",
    why_en="A deadline that cannot be read is left out: the need is matched as without one.",
)
_HEADERS = {
    "need": "需求编号|编号|序号|need id|id|no.",
    "requirement": "需求内容|技术需求|需求|需求名称|题目|难题|requirement|need|title",
    "field": "技术领域|领域|行业|所属领域|field|domain|sector",
    "enterprise": "企业|单位|需求方|企业名称|出题单位|enterprise|company",
    "budget": "预算|投入预算|悬赏金额|意向金额|金额|budget",
    "date": "截止日期|日期|期限|deadline|date",
}
_COLUMN_OF = by_spelling(_HEADERS)
_NEEDED = ("need", "requirement")
_WHAT = {"need": Text("需求编号", "id"), "requirement": Text("需求内容", "requirement")}


@dataclass(frozen=True, slots=True)
class Need:
    """What an enterprise looks for; ``budget`` is None and ``deadline`` '' where not stated."""

    id: str
    requirement: str
    field: str
    enterprise: str
    budget: Sum | None
    deadline: str
    place: Place


@dataclass(frozen=True, slots=True)
class NeedFile:
    """A table of needs, and what is wrong with it."""

    needs: tuple[Need, ...]
    findings: tuple[Finding, ...]


def read_needs(path: Path) -> NeedFile:
    """Read a table of needs, in any format that workbooks may have.

    Raises
    ------
    UnreadableBookError
        The file cannot be read.
    """
    book = with_written_errors(open_book(path, Limits()))
    best: tuple[str, ...] = _NEEDED
    for sheet in book.sheets:
        for r in range(min(SEARCHED, len(sheet.rows)) if sheet.visible else 0):
            named = {_COLUMN_OF.get(normalise(c)) for c in sheet.rows[r] if isinstance(c, str)}
            missing = tuple(column for column in _NEEDED if column not in named)
            if missing:
                best = missing if len(missing) < len(best) else best
                continue
            findings = SheetFindings(sheet)
            kinds = HeaderKinds(NOT_READ, TWO_COLUMNS)
            columns = columns_of(sheet.rows[r], r, findings, _COLUMN_OF, kinds)
            needs = _Rows(sheet, columns, findings, _unit(sheet, r, columns)).read(r)
            return NeedFile(needs, tuple(findings.entries))
    names = (_HEADERS[column].split("|") for column in best)
    wanted = join((Text(n[0], n[len(n) // 2]) for n in names), LISTED)
    return NeedFile((), (Finding(NO_NEEDS, Place(book.name), {"columns": wanted}),))


def _unit(sheet: Sheet, r: int, columns: dict[str, int]) -> str:
    """Return the unit that the header of the budgets states, '' where it states none."""
    unit = bracketed(str(sheet.cell(r, columns["budget"]))) if "budget" in columns else ""
    return unit if unit and unit_of(unit) is not None else ""


@dataclass(frozen=True, slots=True)
class _Rows(FiledRows):
    unit: str

    def read(self, start: int) -> tuple[Need, ...]:
        """Return the needs; rows that say nothing are skipped."""
        needs: list[Need] = []
        first: dict[str, Place] = {}
        for r in range(start + 1, len(self.sheet.rows)):
            if broken := dict(unread_cells(self.sheet, r, self.columns.values())):
                for c, (kind, values) in broken.items():
                    self.findings.add(kind, r, c, **values)
                continue
            if not any(self.text(r, column) for column in self.columns):
                continue
            missing = [column for column in _NEEDED if not self.text(r, column)]
            for column in missing:
                self.tell(NOT_SAID, r, column, what=_WHAT[column])
            name = self.text(r, "need")
            if name in first:
                self.tell(TWICE, r, "need", need=name, first=first[name].cell)
            elif not missing:
                first[name] = self.place(r, "need")
                needs.append(self._need(r, name))
        return tuple(needs)

    def _need(self, r: int, name: str) -> Need:
        day, wrong = self.day(r)
        if wrong == "no day":
            self.tell(NOT_A_DAY, r, "date", text=self.text(r, "date"))
        return Need(
            id=name,
            requirement=self.text(r, "requirement"),
            field=self.text(r, "field"),
            enterprise=self.text(r, "enterprise"),
            budget=self._budget(r),
            deadline=day,
            place=self.place(r, "need"),
        )

    def _budget(self, r: int) -> Sum | None:
        text = self.text(r, "budget")
        if not text:
            return None
        form = self.sheet.notes.formats.at(r, self.columns["budget"])
        stated = read_sum(amount_seen(self.cell(r, "budget"), form))
        if stated is None or stated.is_share:
            self.tell(NOT_AN_AMOUNT, r, "budget", text=text)
            return None
        return stated if stated.unit or not self.unit else Sum(stated.number, self.unit)
