"""Makes tables of results as offices have them: titles, heads on several levels, totals, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.workbook.offices.headers import header, language
from tests.workbook.offices.quantities import BY_NAME, Asked
from tests.workbook.offices.typed import Headed, OfficeBook, Page, State, Typed, Value, Written
from tests.workbook.offices.writing import awkward, plain, written

_BLANKS = {"zh": (None, None, "—", "/", "暂无"), "en": (None, None, "-", "n/a", "TBD")}
_NOT_MEASURED = {"zh": "未测", "en": "not measured"}
_GROUPS = {
    "zh": ("基本情况", "技术指标", "工艺与放大", "安全环保", "知识产权与市场", "资金"),
    "en": ("General", "Technology", "Process", "Safety", "IP and market", "Money"),
}
TOTALS = {
    "zh": (
        "合计",
        "合 计",
        "总计：",
        "合计（{n}项）",
        "本页合计",
        "累 计",
        "小计",
        "平均值",
        "平 均",
        "最高分",
        "最小值",
        "平均分",
        "合计数",
        "其中：重点项目",
        "中位数",
    ),
    "en": (
        "Total",
        "TOTAL:",
        "Subtotal",
        "Average",
        "Mean",
        "Max",
        "Minimum",
        "Grand total",
        "Avg.",
        "Std dev",
        "Median",
    ),
}
_OTHER = {
    "zh": ("备注", "联系人", "联系电话", "项目简介", "所在乡镇", "推荐意见"),
    "en": ("Comments", "Contact", "Short description", "Cohort", "Mentor"),
}
_FILL = {
    "zh": ("重点", "王工", "138××××0000", "详见附件", "城关镇", "同意推荐"),
    "en": ("see deck", "J. Doe", "spin-out", "2026A", "A. Smith"),
}
GRADES = ("E1", "E2", "E3", "E4")


@dataclass(slots=True)
class Column:
    """A column: what it holds, the text of its head, the unit that stands for it and where."""

    name: str | None
    text: str
    unit: str = ""
    unit_in: str = ""  # "head", "row", "line" or ''
    evidence_of: str | None = None


@dataclass(slots=True)
class Table:
    """A table on a page: its columns, the row of its header, where it begins."""

    page: Page
    columns: list[Column]
    left: int = 0
    header: int = 0
    rows: list[int] = field(default_factory=list)
    label: tuple[int, int] | None = None
    awkward: float = 0.0


def columns_of(
    rng: Random, style: str, names: Iterable[str], *, units: str = "head", evidence: int = 0
) -> list[Column]:
    """Return the columns for some quantities, ids and titles first, other columns among them."""
    lang = language(style)
    columns = [Column("id", header(style, "id")), Column("title", header(style, "title"))]
    graded = 0
    for name in names:
        asked = BY_NAME[name]
        column = Column(name, header(style, name))
        if asked.units:
            column.unit = rng.choice([u for u in asked.units if fits(u, lang)])
        elif asked.sort == "ratio" and not asked.counter and rng.random() < 0.35:
            column.unit = "%"
        if column.unit:
            column.unit_in = units
            if units == "line" and asked.sort != "money":
                column.unit_in = "head"
            if column.unit_in == "head":
                column.text += rng.choice(_BRACKETS[lang]).format(column.unit)
        columns.append(column)
        if graded < evidence and name in ("trl_level", "first_pass_yield", "mrl_level"):
            graded += 1
            columns.append(
                Column(None, "证据等级" if lang == "zh" else "Evidence", evidence_of=name)
            )
    for text in rng.sample(_OTHER[lang], 2):
        columns.insert(rng.randrange(3, len(columns)), Column(None, text)) if not evidence else (
            columns.append(Column(None, text))
        )
    return columns


_BRACKETS = {"zh": ("（{}）", "({})"), "en": (" ({})", ", {}")}


_ENGLISH = ("days", "pp", "10k CNY", "CNY", "kCNY")


def fits(unit: str, lang: str) -> bool:
    return unit.isascii() if lang == "en" else unit not in _ENGLISH


def decorated(rng: Random, text: str, number: int, lang: str) -> str:
    """Return a header as it is often typed: with a number, a star, blanks, a line break, a remark."""
    first, sign, rest = text.partition("（" if lang == "zh" else " (")
    ways = [
        f"{number}.{text}",
        f"{number}、{text}",
        f"*{text}",
        f"{text}*",
        f" {text} ",
        f"{first}\n{sign.strip()}{rest}" if sign else text,
    ]
    if lang == "zh":
        ways += [f"{text}（必填）", f"（{number}）{text}", " ".join(first) + sign + rest]
    else:
        ways += [f"{text} (required)", f"({number}) {text}", text.upper() if not sign else text]
    return rng.choice(ways)


def money_unit(lang: str) -> str:
    """Return the unit of money that an office writes in, where it says so once for a table."""
    return "万元" if lang == "zh" else "10k CNY"


def write_header(book: OfficeBook, table: Table, row: int, *, note: bool = True) -> None:
    """Write the lowest level of a header; ``note`` is whether it is to be matched."""
    table.header = row
    for c, column in enumerate(table.columns, table.left):
        table.page.put(row, c, column.text)
        if note:
            meaning = f"{column.evidence_of} evidence" if column.evidence_of else column.name
            book.heads.append(Headed(table.page.name, (row, c), column.text, meaning))


def write_groups(rng: Random, table: Table, row: int, lang: str) -> None:
    """Write merged groups over the header."""
    at, end = table.left, table.left + len(table.columns)
    for text in _GROUPS[lang]:
        if at >= end:
            break
        last = end - 1 if text == _GROUPS[lang][-1] else min(at + rng.randrange(2, 6), end - 1)
        table.page.merge(row, at, row, last, text)
        at = last + 1


def write_unit_row(table: Table, row: int) -> None:
    """Write a row of units below the header."""
    for c, column in enumerate(table.columns, table.left):
        if column.unit_in == "row":
            table.page.put(row, c, column.unit)


def add_result(
    rng: Random,
    book: OfficeBook,
    table: Table,
    style: str,
    row: int,
    result: str,
    title: str,
    *,
    blanks: float = 0.08,
) -> None:
    """Write a row of results, and note what was meant by each cell."""
    lang = language(style)
    book.results[result] = (table.page.name, row)
    table.rows.append(row)
    mode = str(rng.choice(("continuous", "batch", "discrete")))
    for c, column in enumerate(table.columns, table.left):
        if column.name in ("id", "title"):
            table.page.put(row, c, result if column.name == "id" else title)
        elif column.evidence_of is not None:
            grade = rng.choice(GRADES)
            table.page.put(row, c, grade)
            note(
                book,
                table,
                result,
                f"{column.evidence_of} evidence",
                (row, c),
                Written(grade),
                grade,
            )
        elif column.name is None:
            table.page.put(row, c, rng.choice((None, *_FILL[lang])))
        else:
            add_value(rng, book, table, (row, c), result, column, style, blanks=blanks, mode=mode)


def add_value(
    rng: Random,
    book: OfficeBook,
    table: Table,
    cell: tuple[int, int],
    result: str,
    column: Column,
    style: str,
    *,
    blanks: float,
    mode: str,
) -> None:
    """Write one value, or what people write where there is none."""
    lang, asked = language(style), BY_NAME[column.name or ""]
    value = mode if asked.name == "process_mode" else asked.draw(rng)
    chance = rng.random()
    state: State = "value"
    if asked.na and chance < 0.3:
        reason = asked.na[lang == "en"]
        text = f"不适用：{reason}" if lang == "zh" else f"N/A: {reason}"
        shown = Written(text)
        state = "not_applicable"
    elif chance < blanks and asked.name != "process_mode":
        dash = rng.choice(_BLANKS[lang])
        shown = Written(dash)
        state = "blank"
        if asked.sort in ("category", "yes_no", "text") or (
            dash == "n/a" and asked.sort in ("date", "money")
        ):
            shown = Written(None)
    elif chance < blanks * 1.3 and asked.sort == "percent":
        shown = Written(_NOT_MEASURED[lang])
        state = "not_measured"
    else:
        shown = written(rng, asked, value, lang, column.unit)
        if asked.sort != "text" and rng.random() < table.awkward:
            shown = awkward(rng, asked, value, lang, column.unit)
    table.page.put(*cell, shown)
    note(book, table, result, asked.name, cell, shown, value if state == "value" else None, state)


def note(
    book: OfficeBook,
    table: Table,
    result: str,
    name: str,
    cell: tuple[int, int],
    shown: Written,
    value: Value,
    state: State = "value",
) -> None:
    """Note what was meant by a cell; the header of a form's value stands left of it."""
    head = table.label or (table.header, cell[1])
    text = "" if shown.value is None else shown.text
    book.typed.append(Typed(result, name, table.page.name, cell, head, state, value, text))


def add_total(
    rng: Random, book: OfficeBook, table: Table, row: int, lang: str, label: str | None = None
) -> None:
    """Write a row that sums up: its label in the id, the title, or the first column."""
    label = label or rng.choice(TOTALS[lang])
    label = label.format(n=len(table.rows))
    numbered = lang == "zh" and rng.random() < 0.3
    column = table.left if not numbered else table.left + 1
    if numbered:
        table.page.put(row, table.left, len(table.rows) + 1)
    table.page.put(row, column, label)
    for c, each in enumerate(table.columns, table.left):
        asked = BY_NAME.get(each.name or "")
        if asked is not None and asked.sort in ("money", "percent", "count") and rng.random() < 0.8:
            table.page.put(row, c, plain(_sum_of(table, c, asked)))


def _sum_of(table: Table, column: int, asked: Asked) -> float:
    cells = (table.page.cells.get((r, column)) for r in table.rows)
    numbers = [x.value for x in cells if x is not None and isinstance(x.value, int | float)]
    total = float(sum(numbers))
    return total if asked.sort != "percent" else total / max(len(numbers), 1)


def titles_of(count: int, lang: str) -> Sequence[str]:
    """Return names of results."""
    zh = (
        "生物基呋喃二甲酸连续氧化",
        "锂电池正极前驱体",
        "固态电解质薄膜",
        "大豆蛋白挤出成形",
        "气凝胶超临界干燥",
        "数控机床主轴",
        "膜法制氢",
        "样品前处理自动化装置",
        "平均粒径可控的氧化铝粉体",
        "标准化细胞培养工艺",
        "总磷在线监测仪",
        "极限承载桥梁支座",
    )
    en = (
        "Membrane reactor",
        "Solid electrolyte",
        "Bearing test cell",
        "Average-pore zeolite",
        "Sample return gripper",
        "Total organic carbon probe",
        "Max-flow nozzle",
        "Enzyme line",
        "Standard cell kit",
        "Unit dose filler",
        "Note-taking aid",
        "Mean-shift sensor",
    )
    return (zh if lang == "zh" else en)[:count]
