"""Reads a file of decisions: a row for each result that is decided otherwise than recommended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from pilotscore.criteria.amounts import Sum, read_sum, unit_of
from pilotscore.criteria.names import bracketed, normalise
from pilotscore.findings import Finding, Place, error, warning
from pilotscore.language import LISTED, Text, join, same
from pilotscore.records import dataclass
from pilotscore.workbook.filed import SEARCHED, FiledRows, HeaderKinds, by_spelling, columns_of
from pilotscore.workbook.open.changes import under_name
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Sheet, SheetFindings, open_book
from pilotscore.workbook.open.written_number import WrittenNumber
from pilotscore.workbook.values.error_texts import with_written_errors
from pilotscore.workbook.values.formatted import amount_seen, text_shown
from pilotscore.workbook.values.names import name_remark
from pilotscore.workbook.values.unread import unread_cells

NO_DECISIONS = error(
    "F721",
    ("没有找到决定表：缺少列 {columns}", "no table of decisions: no column {columns}"),
    expected=(
        "一行表头：编号、决定、金额（可空）、决定人、理由、日期",
        "a header row: id, decision, amount (may be empty), who, why, date",
    ),
    why_zh="决定文件是一张表：一行表头，每项决定一行。没有“编号”和“决定”两列，"
    "就无法知道决定了什么。",
    why_en="A file of decisions is a table: a header row, and a row for each decision. Without a "
    "column of ids and one of decisions nobody can tell what was decided.",
)
UNKNOWN_DECISION = error(
    "F722",
    ("“{text}”不是一种决定", "{text!r} is no decision"),
    expected=("资助、不予资助或转下一轮", "fund, decline or defer"),
    why_zh="每项决定只能是三种之一，写法见括号外的词或其英文；其他说法可能被误解，因此不猜。",
    why_en="A decision is one of three; any other word could mean several things, and is not "
    "guessed.",
)
NOT_SAID = error(
    "F723",
    ("{result}的决定没有写明{what}", "the decision on {result} does not say {what}"),
    mend=(
        "补填：没有决定人、理由和日期的决定不能留档",
        "enter it: a decision without who, why and when cannot be kept on record",
    ),
    why_zh="改变建议的决定须能留档备查：谁、为什么、何时。缺一项就不执行。",
    why_en="A decision against a recommendation goes on record with who made it, why and when; "
    "without one of them it is not carried out.",
)
NOT_A_DAY = error(
    "F724",
    ("“{text}”不是完整的日期", "{text!r} is no whole date"),
    expected=("年、月、日，如 2026-11-23", "year, month and day, such as 2026-11-23"),
    why_zh="日期是作出决定的那一天，写完整的年、月、日，如 2026-11-20；"
    "缺年份或无法识别的日期不猜。",
    why_en="The date is the day of the decision, with year, month and day, such as 2026-11-20; "
    "one without its year, or in no known form, is not guessed.",
)
NOT_AN_AMOUNT = error(
    "F725",
    ("“{text}”不是金额", "{text!r} is no amount"),
    expected=(
        "如 120万元；不写单位则用征集文件的单位",
        "such as 120万元; without a unit it is in that of the call",
    ),
    why_zh="金额是大于 0 的数，可带单位；单位须与征集文件为同一货币，且精确到分。",
    why_en="An amount is a number above 0, with or without a unit of the call's currency, and to "
    "the cent at the finest.",
)
DECIDED_TWICE = error(
    "F726",
    ("{result}在 {first} 已有决定", "{result} is decided already at {first}"),
    expected=("每项成果一个决定", "one decision for each result"),
    mend=("删去其中一行", "remove one of the rows"),
    why_zh="同一成果有两项决定，不知以哪项为准，因此都不执行。",
    why_en="Two decisions on one result: which of them holds cannot be known, so neither is "
    "carried out.",
)
AMOUNT_OF_NOTHING = error(
    "F727",
    (
        "{result}写了金额，而决定是“{decision}”",
        "{result} has an amount, and the decision is “{decision}”",
    ),
    expected=("只有资助才有金额", "an amount goes with funding alone"),
    mend=("清除金额，或改正决定", "clear the amount, or correct the decision"),
    why_zh="不予资助或转下一轮的成果没有金额；写了金额，说明两者之一填错了。",
    why_en="A result that is declined or deferred is given nothing; with an amount, one of the "
    "two is wrong.",
)
NOT_READ = warning(
    "F728",
    ("列“{header}”没有读取", "the column “{header}” is not read"),
    expected=("编号、决定、金额、决定人、理由、日期", "id, decision, amount, who, why, date"),
    mend=("若是其中之一，改用上述表头", "if it is one of these, head it so"),
    why_zh="决定表中认不出的列不读取；如果其中是金额，资助就会按全额计，所以逐列告知。",
    why_en="A column whose header is not known is not read; were it the amount, the full one "
    "would be given, so each such column is told.",
)
TWO_COLUMNS = error(
    "F729",
    ("列“{header}”与“{first}”意义相同", "the columns “{header}” and “{first}” mean the same"),
    expected=("各一列", "one of each"),
    mend=("删去其中一列", "remove one of them"),
    why_zh="同一含义的列有两列，不知以哪列为准。",
    why_en="Two columns mean the same, and which of them holds cannot be known.",
)
NOTHING_DECIDED = error(
    "F730",
    ("表头之下没有一项决定", "below the header there is no decision"),
    expected=("每项决定一行", "a row for each decision"),
    why_zh="找到了表头，而其下没有一项决定：可能选错了文件或工作表。",
    why_en="There is a header and no decision below it: the wrong file or sheet, perhaps.",
)

# What the columns may be called, the first Chinese and the last English name being ours.
_HEADERS = {
    "result": "编号|成果编号|项目编号|id|result|result id",
    "decision": "决定|决策|decision",
    "amount": "金额|资助金额|决定金额|资助额|批准金额|核定金额|拟资助金额|amount|award|grant",
    "who": "决定人|决策人|签批人|批准人|who|decided by|by",
    "why": "理由|原因|依据|决定理由|why|reason",
    "date": "日期|决定日期|批准日期|date|when",
}
_NEEDED: tuple[str, ...] = ("result", "decision")


class Decided(Enum):
    """What can be decided for a result."""

    FUND = "fund"
    DECLINE = "decline"
    DEFER = "defer"


DECISIONS = {
    Decided.FUND: Text("资助", "fund"),
    Decided.DECLINE: Text("不予资助", "decline"),
    Decided.DEFER: Text("转下一轮", "defer"),
}
_SPELLINGS = {
    Decided.FUND: "资助|予以资助|同意资助|同意|批准|通过|立项|是|fund|funded|approve|approved|yes",
    Decided.DECLINE: "不予资助|不资助|不同意|不批准|不通过|不立项|否决|否"
    "|decline|declined|not funded|reject|rejected|no",
    Decided.DEFER: "转下一轮|暂缓|缓议|defer|deferred|next round",
}


_COLUMN_OF = by_spelling(_HEADERS)
_DECISION_OF = by_spelling(_SPELLINGS)
_HEADER_KINDS = HeaderKinds(NOT_READ, TWO_COLUMNS)
_WHAT = {
    "result": Text("编号", "which result it is on"),
    "decision": Text("决定", "what is decided"),
    "who": Text("决定人", "who decided"),
    "why": Text("理由", "why"),
    "date": Text("日期", "when"),
}


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision on a result: what, who, why, when, and the cell it stands in.

    ``amount`` is None where the decision states none.
    """

    result: str
    decided: Decided
    amount: Sum | None
    who: str
    why: str
    day: str
    place: Place
    amount_place: Place


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """A file of decisions: its name, its SHA-256, the decisions, and what is wrong with it."""

    name: str
    sha256: str
    decisions: tuple[DecisionRow, ...]
    findings: tuple[Finding, ...]


def read_decisions(path: Path, called: str | None = None) -> DecisionFile:
    """Read a file of decisions, in any format that workbooks may have.

    The first visible sheet with a header row that names results and decisions is read. Places in it
    are told by the name by which it is ``called``, its path by default.

    Raises
    ------
    UnreadableBookError
        The file cannot be read.
    """
    book = with_written_errors(open_book(path, Limits()))
    book = under_name(book, called or book.name)
    name, best = Path(book.name).name, _NEEDED
    for sheet in book.sheets:
        for r in range(min(SEARCHED, len(sheet.rows)) if sheet.visible else 0):
            findings = SheetFindings(sheet)
            columns = columns_of(sheet.rows[r], r, findings, _COLUMN_OF, _HEADER_KINDS)
            missing = tuple(column for column in _NEEDED if column not in columns)
            if missing:
                best = missing if len(missing) < len(best) else best
                continue
            decisions = _DecisionReader(sheet, columns, findings, _unit(sheet, r, columns)).read(r)
            if not decisions and not any(f.severity == "error" for f in findings.entries):
                findings.add(NOTHING_DECIDED, r, columns["decision"])
            return DecisionFile(name, book.sha256, decisions, tuple(findings.entries))
    named = (_HEADERS[column].split("|") for column in best)
    wanted = join((Text(names[0], names[-1]) for names in named), LISTED)
    finding = Finding(NO_DECISIONS, Place(book.name), {"columns": wanted})
    return DecisionFile(name, book.sha256, (), (finding,))


def holds_decisions(rows: Sequence[Sequence[Any]]) -> bool:
    """Say whether a table has a column of ids and one of decisions."""
    for row in rows[:SEARCHED]:
        forms = {normalise(cell) for cell in row if isinstance(cell, str)}
        if {_COLUMN_OF.get(form) for form in forms} >= set(_NEEDED):
            return True
    return False


def _unit(sheet: Sheet, r: int, columns: Mapping[str, int]) -> str:
    """Return the unit that the header of the amounts states, '' where it states none."""
    unit = bracketed(str(sheet.cell(r, columns["amount"]))) if "amount" in columns else ""
    return unit if unit and unit_of(unit) is not None else ""


@dataclass(frozen=True, slots=True)
class _DecisionReader(FiledRows):
    """Reads the rows below a header; ``unit`` is that of amounts without their own."""

    unit: str

    def read(self, header: int) -> tuple[DecisionRow, ...]:
        """Return the decisions; rows with no result and no decision are skipped."""
        decisions: list[DecisionRow] = []
        first: dict[str, Place] = {}
        for r in range(header + 1, len(self.sheet.rows)):
            name, word = self.text(r, "result"), self.text(r, "decision")
            if broken := dict(unread_cells(self.sheet, r, self.columns.values())):
                for column, (kind, values) in broken.items():
                    self.findings.add(kind, r, column, **values)
                continue  # what it says is not known in full, and is not guessed
            if not any(self.text(r, column) for column in self.columns):
                continue
            remark = name_remark(self.cell(r, "result"), untyped=self.sheet.untyped)
            if remark is not None:
                self.tell(remark[0], r, "result", **remark[1])
            if not name:
                whose = word or self.text(r, "amount") or self.text(r, "why")
                self.tell(NOT_SAID, r, "result", result=whose, what=_WHAT["result"])
            elif name in first:
                self.tell(DECIDED_TWICE, r, "result", result=name, first=first[name].cell)
            else:
                first[name] = self.place(r, "result")
                decision = self._decision(r, name, word)
                decisions += [decision] if decision is not None else []
        return tuple(decisions)

    def _decision(self, r: int, name: str, word: str) -> DecisionRow | None:
        before = len(self.findings.entries)
        decided = _DECISION_OF.get(normalise(word)) if word else None
        if word and decided is None:
            self.tell(UNKNOWN_DECISION, r, "decision", text=word)
        for column in ("decision", "who", "why"):
            if not self.text(r, column):
                self.tell(NOT_SAID, r, column, result=name, what=_WHAT[column])
        day = self._day(r, name)
        amount = self._amount(r)
        if amount is not None and decided not in (None, Decided.FUND):
            self.tell(AMOUNT_OF_NOTHING, r, "amount", result=name, decision=same(word))
        if len(self.findings.entries) > before or decided is None:
            return None
        return DecisionRow(
            result=name,
            decided=decided,
            amount=amount,
            who=self.text(r, "who"),
            why=self.text(r, "why"),
            day=day,
            place=self.place(r, "result"),
            amount_place=self.place(r, "amount"),
        )

    def _day(self, r: int, name: str) -> str:
        day, wrong = self.day(r)
        if wrong == "missing":
            self.tell(NOT_SAID, r, "date", result=name, what=_WHAT["date"])
        elif wrong is not None:
            self.tell(NOT_A_DAY, r, "date", text=self.text(r, "date"))
        return day

    def _amount(self, r: int) -> Sum | None:
        cell = self.cell(r, "amount")
        if cell in ("", None):
            return None
        form = self.sheet.notes.formats.at(r, self.columns["amount"])
        number = float(cell) if isinstance(cell, WrittenNumber) else amount_seen(cell, form)
        stated = None if isinstance(cell, bool) else read_sum(number)
        if stated is None or stated.is_share or stated.number <= 0:
            text = text_shown(cell, form) if form else self.text(r, "amount")
            self.tell(NOT_AN_AMOUNT, r, "amount", text=text)
            return None
        return stated if stated.unit or not self.unit else Sum(stated.number, self.unit)
