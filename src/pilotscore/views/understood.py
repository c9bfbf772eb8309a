"""What was understood of each table, form and sheet of batches: a page of it, a table, data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pilotscore.document import (
    NARROW,
    Block,
    Column,
    Fact,
    Gap,
    Line,
    Listing,
    Piece,
    Row,
    Said,
    Slot,
    Table,
    more,
)
from pilotscore.findings import Severity, column_letters
from pilotscore.language import BLANK, LISTED, NOTHING, Text, Words, join, number, same, unbroken
from pilotscore.runs.suspicious import SEVERITIES, ByKind
from pilotscore.views import given
from pilotscore.wording import words
from pilotscore.workbook import ColumnRead, MeasuredRead, PageRead

Suspicious = Sequence[Sequence[ByKind]]
# More pages than this are for files.
MOST_PAGES = 12
_MOST_KINDS = 4
_ROLES = {
    "id": words.ID,
    "title": words.TITLE,
    "evidence": words.EVIDENCE,
    "uncertainty": words.UNCERTAINTY,
    "indicator": words.INDICATOR,
    "fact": Text("其他情况", "Fact"),
    "batch": Text("批次数据", "Batch data"),
    "characteristic": Text("特性", "Characteristic"),
    "rights": Text("权属数据", "Rights"),
    "unread": Text("没有读", "Not read"),
}
_MATCHES = {
    "name": Text("名称", "name"),
    "alias": Text("别名", "alias"),
    "part": Text("部分", "parts"),
    "mapping": Text("映射", "map"),
    "near": Text("相近", "near"),
    "beside": Text("邻列", "beside"),
    "serial": Text("序号", "no."),
    "likely": Text("疑似", "like"),
    "repeated": Text("重复", "again"),
    "ignored": Text("不用", "unused"),
    "derived": Text("推算", "derived"),
    "source": Text("来源", "source"),
    "none": same("—"),
}
_BATCH_COLUMNS = {
    "id": words.ID,
    "batch": Text("批号", "batch"),
    "sample": Text("样品", "sample"),
    "begin": Text("开始", "begin"),
    "end": Text("结束", "end"),
    "hours": Text("运行小时", "hours"),
    "time": Text("时间", "time"),
    "months": Text("储存月数", "months stored"),
    "characteristic": Text("特性", "characteristic"),
    "value": Text("数值", "value"),
    "unit": Text("单位", "unit"),
    "lower": Text("下限", "lower limit"),
    "upper": Text("上限", "upper limit"),
    "target": Text("目标值", "target"),
    "limit": Text("限值", "limit"),
    "scale": Text("规模", "scale"),
    "judged": Text("判定", "verdict"),
    "remark": Text("备注", "remark"),
}


def _rights(zh: str, en: str) -> Text:
    return Text(f"{zh}，自第 {{row}} 行起，{{n}} 行", f"{en} from row {{row}}, rows: {{n}}")


_LAYOUTS = {
    "table": Text(
        "表格，表头在第 {row} 行，成果 {n} 项", "a table, header in row {row}, results: {n}"
    ),
    "form": Text("一份申报表", "a form"),
    "long": Text(
        "批次数据，一行一个值，表头在第 {row} 行，批次 {n} 个",
        "batch data, a value in each row, header in row {row}, batches: {n}",
    ),
    "wide": Text(
        "批次数据，表头在第 {row} 行，批次 {n} 个", "batch data, header in row {row}, batches: {n}"
    ),
    "series": Text("时间序列，表头在第 {row} 行", "a time series, header in row {row}"),
    "ip": _rights("知识产权", "IP rights"),
    "notices": _rights("通知书", "notices"),
    "rights": _rights("权属", "rights and parties"),
    "steps": _rights("权属进程", "steps"),
    "distributions": _rights("收益分配", "distributions"),
    "amounts": _rights("收益分配", "distributions"),
    "secrecy": _rights("保密措施", "measures of secrecy"),
}
_ALIKE = Text("，同样布局的共 {n} 份", ", {n} of this layout in all")
_OTHERS = Text("种布局的读入情况；-o 文件中有全部", " layouts; -o FILE has them all")
_NOT_READ, _LIKE = Text("未读", "not read"), Text("未读：{title}？", "not read: {title}?")
_SOURCE = Text("推算或证据的来源", "source of what follows")
_AGAIN = Text("未读，与“{title}”重复", "not read, “{title}” again")
_TIMES = same("{unit} ×{factor}")
_IN_UNIT = Text("单位 {unit}", "unit {unit}")
_MISFIT = Text("{unit}？", "{unit}?")
_GIVES = Text("计分取自此特性：{titles}", "scored from it: {titles}")
_KEY = Text("（关键）", "(key)")
_ONE = same("{code}×{count}")
_KIND = same("{code}×{count} {found}")
_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "info": "cyan"}


# ------------------------------------------------------------------------------- the page


def page(pages: Sequence[PageRead], suspicious: Suspicious) -> Iterator[Block]:
    """Say, column by column, what was understood of each page."""
    for read, by_column in list(zip(pages, suspicious, strict=True))[:MOST_PAGES]:
        yield from _page(read, by_column)
        yield Gap()
    if len(pages) > MOST_PAGES:
        yield more(len(pages) - MOST_PAGES, _OTHERS)
        yield Gap()


def _page(read: PageRead, by_column: Sequence[ByKind]) -> Iterator[Block]:
    first = read.places[0]
    place = f"{first.file} [{first.sheet}]" if first.sheet else first.file
    said: Words = _LAYOUTS[read.layout].of(row=(first.row or 0) + 1, n=read.results)
    if len(read.places) > 1:
        said = join((said, _ALIKE.of(n=len(read.places))), NOTHING)
    yield Line(((unbroken(place), "bold"), (": ", ""), (said, "")), hang=4)
    for note in given.notes(read.given):
        yield Line((("  ‡ ", ""), (note, "cyan")), hang=4)
    folded = {c.evidence for c in read.columns if c.evidence is not None}
    rows = [_row(read, k, by_column) for k in range(len(read.columns)) if k not in folded]
    yield Listing(_SLOTS, rows, head_style="dim", indent=2)


_SLOTS = (
    Slot("", most=6),
    Slot(Text("表头", "Header"), least=10, most=36, rest=True),
    Slot(Text("读作", "Taken for"), least=10, most=36, rest=True),
    Slot(Text("依据", "By"), most=6),
    Slot(Text("单位", "Unit"), most=10, from_width=NARROW),
    Slot(Text("填写", "Full"), right=True, least=4, most=4),
    Slot(Text("最小/中位/最大", "Min/median/max"), most=24, narrow=18),
    Slot(Text("原样一格", "A cell"), most=14, narrow=8),
    Slot(Text("证据", "Evid."), most=8, narrow=6),
)


def _row(read: PageRead, k: int, by_column: Sequence[ByKind]) -> Row:
    """Return the line of a column, with what is suspicious of it and its evidence below."""
    column = read.columns[k]
    style = "" if column.head.role != "unread" else "dim"
    if column.head.matched in ("likely", "repeated"):
        style = "magenta"
    sample = "" if column.sample is None else column.sample.text
    beside = None if column.evidence is None else read.columns[column.evidence]
    cells: tuple[Piece, ...] = (
        (cell_of(column), "dim"),
        (column.head.text, style),
        (_meaning(column), style),
        (_MATCHES[column.head.matched], "dim"),
        (_unit(column), "dim"),
        (_share(column), "" if column.filled == column.of else "yellow"),
        (_values(column), ""),
        (sample, "dim"),
        _beside(beside),
    )
    # Why a column is not read stands in its line.
    below = [] if column.head.role == "unread" else list(_suspicious(by_column[k]))
    if column.head.factor != 1:
        below.insert(0, Fact("", _IN_UNIT.of(unit=_unit(column)), 4, "dim", narrower=NARROW))
    if column.evidence is not None:
        below += _suspicious(by_column[column.evidence])
    if column.measured is not None and column.measured.gives:
        gives = _GIVES.of(titles=join(column.measured.gives, LISTED))
        below.insert(0, Fact("", gives, 4, "dim"))
    return Row(cells, tuple(below))


def _beside(evidence: ColumnRead | None) -> Piece:
    """Return where the evidence of an indicator stands, and how much of it is stated."""
    if evidence is None:
        return "", ""
    if evidence.filled == evidence.of:
        return cell_of(evidence), "dim"
    return f"{cell_of(evidence)} {_share(evidence)}", "dim"


def _suspicious(kinds: ByKind) -> Iterator[Fact]:
    """Say the errors and warnings on a column by kind; informations are for files."""
    grave = [(kind, n) for kind, n in kinds if kind.severity != "info"]
    for kind, n in grave[:_MOST_KINDS]:
        said = _KIND.of(code=kind.code, count=n, found=words.wording(kind.found))
        yield Fact("", said, 4, _STYLES[kind.severity])
    if len(grave) > _MOST_KINDS:
        rest = (_ONE.of(code=kind.code, count=n) for kind, n in grave[_MOST_KINDS:])
        yield Fact("", join(rest, LISTED), 4, "yellow")


def cell_of(column: ColumnRead) -> str:
    """Return where a column stands: its letters, or the cell of an item's value in a form."""
    head = column.head
    letters = column_letters(head.column)
    return letters if head.label is None and not _in_form(column) else f"{letters}{head.row + 1}"


def _in_form(column: ColumnRead) -> bool:
    return column.head.role == "evidence" and not column.head.text


def _meaning(column: ColumnRead) -> Said:
    head = column.head
    if head.matched == "source":
        return _SOURCE
    if head.role == "unread":
        if column.title is None:
            return _NOT_READ
        return (_AGAIN if head.matched == "repeated" else _LIKE).of(title=column.title)
    if head.role in ("evidence", "uncertainty"):
        return join((_ROLES[head.role], column.title or head.name), BLANK)
    if head.role == "batch":
        return _BATCH_COLUMNS.get(head.name, same(head.name))
    if column.title is not None:
        return column.title
    if column.measured is not None:
        return _characteristic(head.name, column.measured)
    return _ROLES[head.role] if head.role in ("id", "title") else head.name


def _characteristic(name: str, measured: MeasuredRead) -> Words:
    """Name a characteristic with its limits, and say that it is key."""
    lower, upper = measured.lower, measured.upper
    if not math.isnan(lower) and not math.isnan(upper):
        limits = f"{short(lower)}–{short(upper)}"
    elif math.isnan(upper):
        limits = "" if math.isnan(lower) else f"≥ {short(lower)}"
    else:
        limits = f"≤ {short(upper)}"
    return join((name, *([limits] if limits else []), *([_KEY] if measured.key else [])), BLANK)


def _unit(column: ColumnRead) -> Said:
    """Write the unit that is stated, and what its numbers are multiplied with; or the own unit."""
    head = column.head
    if head.unit is None:
        return column.own or ""
    if head.factor is None:
        return _MISFIT.of(unit=head.unit)
    return head.unit if head.factor == 1 else _TIMES.of(unit=head.unit, factor=number(head.factor))


def _share(column: ColumnRead) -> str:
    if not column.of or not column.filled:
        return "0%"
    share = column.filled / column.of
    if column.filled == column.of:
        return "100%"
    return f"{min(max(share, 0.01), 0.99):.0%}"


def _values(column: ColumnRead) -> Said:
    """Write the least, the median and the greatest value, or the most frequent words."""
    if column.span is not None:
        low, middle, high = (x if isinstance(x, str) else short(x) for x in column.span)
        return low if low == high else f"{low}/{middle}/{high}"
    listed = (join((word, f" {count}"), NOTHING) for word, count in column.words)
    return join(listed, LISTED)


def short(value: float) -> str:
    """Write a number with four figures, and never with an exponent below a thousand billions."""
    return number(float(f"{value:.4g}"))


# --------------------------------------------------------------------- the table, the data


def table(pages: Sequence[PageRead], suspicious: Suspicious) -> Table:
    """Return a row for each column of each page."""
    columns = (
        Column("file", words.FILE, width=24),
        Column("sheet", words.SHEET, width=14),
        Column("alike", Text("同样布局的份数", "Of this layout"), "rank", 8),
        Column("cell", words.CELL, width=7),
        Column("header", Text("表头", "Header"), "wrap", 24),
        Column("meaning", Text("读作", "Taken for"), "wrap", 24),
        Column("name", Text("标识", "Name"), width=20),
        Column("matched", Text("依据", "Matched by"), width=9),
        Column("unit", Text("单位", "Unit"), width=10),
        Column("filled", Text("填写率", "Share filled"), "share", 9),
        Column("least", Text("最小", "Least"), "figure", 11),
        Column("median", Text("中位", "Median"), "figure", 11),
        Column("greatest", Text("最大", "Greatest"), "figure", 11),
        Column("words", Text("最常见", "Most frequent"), "wrap", 24),
        Column("sample", Text("原样一格", "A cell as written"), "wrap", 18),
        Column("read", Text("该格读作", "Read as"), width=12),
        Column("evidence", Text("证据列", "Evidence column"), width=9),
        Column("findings", Text("问题", "Findings"), "wrap", 24),
    )
    rows = [
        _cells(read, column, kinds)
        for read, by_column in zip(pages, suspicious, strict=True)
        for column, kinds in zip(read.columns, by_column, strict=True)
    ]
    return Table(columns, rows)


def _cells(read: PageRead, column: ColumnRead, kinds: ByKind) -> list[Any]:
    first, head = read.places[0], column.head
    return [
        first.file,
        first.sheet,
        len(read.places),
        cell_of(column),
        head.text,
        _meaning(column),
        head.name or None,
        _MATCHES[head.matched],
        _unit(column) or None,
        column.filled / column.of if column.of else 0.0,
        *(column.span or (None, None, None)),
        None if column.span else _values(column) or None,
        None if column.sample is None else column.sample.text,
        column.read,
        None if column.evidence is None else cell_of(read.columns[column.evidence]),
        join((_ONE.of(code=kind.code, count=n) for kind, n in kinds), LISTED),
    ]


def record(pages: Sequence[PageRead], suspicious: Suspicious) -> list[dict[str, Any]]:
    """Return each page under its keys; rows and columns count from 1."""
    return [
        {
            "layout": read.layout,
            "places": [
                {"file": p.file, "sheet": p.sheet, "header_row": (p.row or 0) + 1}
                for p in read.places
            ],
            "results": read.results,
            "given": [
                {"manner": manner, "rule": rule, "count": count}
                for manner, rule, count in read.given
            ],
            "columns": [
                _column_record(read, column, kinds)
                for column, kinds in zip(read.columns, by_column, strict=True)
            ],
        }
        for read, by_column in zip(pages, suspicious, strict=True)
    ]


def _column_record(read: PageRead, column: ColumnRead, kinds: ByKind) -> Mapping[str, Any]:
    head, sample = column.head, column.sample
    least, median, greatest = column.span or (None, None, None)
    counts = {s: sum(n for kind, n in kinds if kind.severity == s) for s in SEVERITIES}
    return {
        "cell": cell_of(column),
        "column": head.column + 1,
        "header": head.text,
        "role": head.role,
        "name": head.name or None,
        "title": column.title,
        "matched": head.matched,
        "unit": head.unit,
        "own_unit": column.own,
        "factor": head.factor,
        "filled": column.filled,
        "of": column.of,
        "least": least,
        "median": median,
        "greatest": greatest,
        "words": [{"word": word, "count": count} for word, count in column.words],
        "sample": None
        if sample is None
        else {
            "cell": f"{column_letters(sample.column)}{sample.row + 1}",
            "written": sample.text,
            "read": column.read,
        },
        "evidence": None if column.evidence is None else cell_of(read.columns[column.evidence]),
        **_measured_record(column.measured),
        "counts": counts,
        "findings": [{"code": kind.code, "count": n} for kind, n in kinds],
    }


def _measured_record(measured: MeasuredRead | None) -> Mapping[str, Any]:
    if measured is None:
        return {}
    return {
        "lower": None if math.isnan(measured.lower) else measured.lower,
        "upper": None if math.isnan(measured.upper) else measured.upper,
        "key": measured.key,
        "gives": list(measured.gives),
    }
