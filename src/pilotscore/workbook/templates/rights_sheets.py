"""The sheets of rights of a template: parties, steps, distributions, IP rights, notices."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from pilotscore.criteria.legal.regions import NATION, load_regulations
from pilotscore.language import Text
from pilotscore.workbook.rights import case_words, words
from pilotscore.workbook.rights.headers import SHEETS, sheet_title
from pilotscore.workbook.rights.notices import NOTICE_ROLES
from pilotscore.workbook.rights.roles import Role, SheetKind
from pilotscore.workbook.templates.pen import PROTECTION, Pen, width_of

_ORDER: tuple[SheetKind, ...] = (*("rights", "steps", "distributions", "ip", "notices", "secrecy"),)
_LAST_ROW = 1_048_575
_YES, _NO = Text("是", "yes"), Text("否", "no")
# What a column is in, behind its title.
_UNITS: Mapping[str, Text] = {
    "share": Text("%", "%"),
    "amount": Text("万元", "10k CNY"),
    "claim": Text("万元", "10k CNY"),
    "use_years": Text("年", "years"),
    "months": Text("月", "months"),
}
_WITH_UNIT = Text("{title}（{unit}）", "{title} ({unit})")
_CHOICES: Mapping[tuple[SheetKind, str], Sequence[Text]] = {
    ("rights", "mode"): tuple(case_words.MODES.titles.values()),
    ("rights", "payment"): tuple(case_words.PAYMENTS.titles.values()),
    ("rights", "kind"): tuple(words.PARTY_KINDS.titles.values()),
    ("steps", "step"): tuple(case_words.STEPS.titles.values()),
    ("steps", "day_kind"): tuple(case_words.DAY_KINDS.titles.values()),
    ("distributions", "item"): tuple(case_words.AMOUNTS.titles.values()),
    ("distributions", "of"): tuple(case_words.AMOUNTS.titles.values()),
    ("distributions", "form"): tuple(case_words.FORMS.titles.values()),
    ("distributions", "agreed"): tuple(case_words.BASES.titles.values()),
    ("ip", "kind"): tuple(words.KINDS.titles.values()),
    ("notices", "notice"): tuple(words.NOTICES.titles.values()),
    ("notices", "service"): tuple(words.SERVICES.titles.values()),
    ("secrecy", "measure"): tuple(case_words.MEASURES.titles.values()),
}
# What a sheet of notices takes from the sheet of IP rights, and rights from that of notices.
_LEFT_OUT: Mapping[SheetKind, frozenset[str]] = {
    "ip": frozenset(NOTICE_ROLES),
    "notices": frozenset({"kind", "title"}),
    "secrecy": frozenset(case_words.MEASURES.titles),
}
_WANTED: Mapping[str, Text] = {
    "date": Text("日期，如 2026-12-31", "a date such as 2026-12-31"),
    "flag": Text("是或否；没有说明则留空", "yes or no; blank where nothing is said"),
    "word": Text("从下拉列表中选择", "choose from the list"),
    "number": Text("数字", "a number"),
    "share": Text("百分数，如 60", "a percentage such as 60"),
    "amount": Text(
        "金额，单位见表头；其他货币写在单元格中，如 10万美元",
        "an amount in the unit of the header; other currencies in the cell: 10k USD",
    ),
    "text": Text("文字", "text"),
    "skip": Text("可不填，不读取", "optional, not read"),
}
_NOTES: Mapping[tuple[SheetKind, str], Text] = {
    ("rights", "region"): Text(
        "省级地区；不写则只按国家法律", "the province; national law alone where it is blank"
    ),
    ("rights", "party"): Text(
        "每个当事人一行；成果整体的情况只写在第一行即可",
        "a row for each party; what holds for the result as a whole stands on the first",
    ),
    ("rights", "claim"): Text(
        "赋权加转让加约定收益时，单位所留的是债权而不是份额",
        "where ownership was sold for an agreed income, the unit keeps a claim and no share",
    ),
    ("steps", "document_date"): Text(
        "没有日期的凭证不能证明该步骤", "a document without a date proves nothing"
    ),
    ("steps", "end"): Text("一天办完的可不填", "blank for what takes one day"),
    ("ip", "number"): Text(
        "申请号或专利号；没有写类型时按号码第五位认定",
        "application or patent number; where no kind is stated, its fifth digit says it",
    ),
    ("ip", "fees_paid_to"): Text(
        "日期，或第几年度，如“第6年度”；不要只写年份",
        "a day, or the year of the patent such as “year 6”; not a year of the calendar alone",
    ),
    ("ip", "grant_notice"): Text(
        "送达日；电子送达为进入系统之日", "the day of service; electronically, when it was entered"
    ),
    ("notices", "number"): Text(
        "与知识产权表中的号码一致", "the number that the sheet of IP rights has"
    ),
    ("notices", "served"): Text(
        "电子送达为进入系统之日；邮寄未写的按发文日满 15 日推定",
        "electronically, when it was entered; a posted one is presumed 15 days after dispatch",
    ),
    ("notices", "months"): Text(
        "通知书指定的月数；不写则按规定", "as the notice designates; by rule where it is blank"
    ),
}
HELP = (
    Text("权属与知识产权", "Rights and IP"),
    (
        Text(
            "权属、权属进程、收益分配、知识产权、通知书、保密措施各一张工作表，可以不填；"
            "按成果编号归入各成果，一项成果可有多行。没有凭证的步骤是“未证明”，不等于“没有做”。",
            "Sheets for rights, steps, distributions, IP rights, notices and secrecy, all "
            "optional: rows belong to results by their ids, several to one. A step without a "
            "document is unproven, which is not the same as not done.",
        ),
        Text(
            "期限与规则的计算不是法律意见。",
            "What is worked out from periods and rules is no legal advice.",
        ),
    ),
)


def write_rights(book: Any, pen: Pen) -> None:
    """Write the sheets, each open to the last row."""
    for kind in _ORDER:
        sheet = book.add_worksheet(pen.words.of(sheet_title(kind), " "))
        left_out = _LEFT_OUT.get(kind, frozenset()) | {"serial", "result_title"}
        roles = {r: spec for r, spec in SHEETS[kind].items() if r not in left_out}
        ordered = sorted(roles, key=lambda role: role == "remark")
        for column, role in enumerate(ordered):
            _write_column(sheet, pen, column, (kind, role), roles[role])
        sheet.set_row(0, 34)
        sheet.freeze_panes(1, 1)
        sheet.protect("", PROTECTION)


def _write_column(
    sheet: Any, pen: Pen, column: int, which: tuple[SheetKind, str], spec: Role
) -> None:
    """Write one column: its header with a note, its format, its list or check."""
    title = spec.title
    unit = _UNITS.get(which[1]) if spec.read != "text" else None
    header = pen.words.of(title if unit is None else _titled(title, unit))
    sheet.write_string(0, column, header, pen.formats["header"])
    sheet.write_comment(0, column, pen.words.of(_NOTES.get(which, _WANTED[spec.read])))
    width = max(width_of(line) for line in header.split("\n"))
    style = {"date": "entry_date", "text": "entry_text"}.get(spec.read, "entry")
    sheet.set_column(column, column, min(max(width + 2, 12), 30), pen.formats[style])
    area = ((1, column), (_LAST_ROW, column))
    choices = [pen.words.choice(text) for text in _choices(which, spec)]
    if choices:
        pen.offer(sheet, area, choices, title=title, loose=which[1] == "region")
    elif (rule := _rule(which[1], spec)) is not None:
        titles = {"error_title": pen.words.choice(title)[:32]}
        said = {"error_message": pen.words.of(_WANTED[spec.read])[:255]}
        sheet.data_validation(1, column, _LAST_ROW, column, rule | titles | said)


def _titled(title: Text, unit: Text) -> Text:
    return Text(
        _WITH_UNIT.zh.format(title=title.zh, unit=unit.zh),
        _WITH_UNIT.en.format(title=title.en, unit=unit.en),
    )


def _choices(which: tuple[SheetKind, str], spec: Role) -> Sequence[Text]:
    if which == ("rights", "region"):
        regions = load_regulations().file.regions
        return [r.title for r in regions if r.id != NATION and r.parent is None]
    return (_YES, _NO) if spec.read == "flag" else _CHOICES.get(which, ())


def _rule(role: str, spec: Role) -> dict[str, Any] | None:
    """Return what is let in: days, numbers; None for anything."""
    if spec.read == "date" and role != "fees_paid_to":  # which may be a year of the patent
        first, last = datetime.date(1950, 1, 1), datetime.date(2150, 12, 31)
        return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
    if spec.read == "share":
        return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
    if spec.read == "number" and role != "days":  # which may say working days behind it
        return {"validate": "decimal", "criteria": ">=", "value": 0}
    return None
