"""Reads the holidays of one year that a person adds: YAML, the printed notice, or a table of it.

A table has a row for each holiday (节日, 放假时间, 调休上班日期, 天数), or one for each day (日期,
类别). Whatever it is, it is taken whole or not at all: days that overlap, contradict each other or
are not understood are refused, each with its line.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pilotscore.criteria.files import Source, refuse
from pilotscore.criteria.legal import kinds
from pilotscore.criteria.legal.holidays import (
    HolidayPart,
    Holidays,
    HolidayYear,
    YearFile,
    faults_of_year,
    load_holidays,
    load_year,
    with_year,
    year_of,
)
from pilotscore.criteria.yaml_text import yaml_text
from pilotscore.errors import UnreadableInputError, UsageError, nothing_read
from pilotscore.findings import Finding, Place
from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.rights.notice_text import NoticeText, Said, heading_of, plain, read_lines
from pilotscore.workbook.open.sheets import Sheet, UnreadableBookError, open_book
from pilotscore.workbook.values.cells import text_of

_YAML = (".yaml", ".yml")
# What a column of a table holds, by words of its header; the first that fits.
_HEADERS = {
    "name": ("节日", "节假日", "假期", "名称", "holiday", "name"),
    "working": ("上班", "补班", "调休", "make-up", "working"),
    "days": ("天数", "days"),
    "first": ("起", "开始", "from", "start"),
    "last": ("止", "结束", "to", "end"),
    "off": ("放假", "休假", "off"),
    "date": ("日期", "date"),
    "kind": ("类别", "类型", "kind", "type"),
}
_OFF_WORDS = ("放假", "休息", "休", "假", "holiday", "off")
_WORK_WORDS = ("上班", "补班", "班", "working", "workday", "make-up")
_SEARCHED = 20
_FULL_DATE = regex(r"(\d{4})(?=[-/年]\d{1,2}[-/月])")
_NO_YEAR = Text(
    "{path}：没有写明是哪一年的放假安排；请在文件中写明（如 2027年1月1日），"
    "或用 pilotscore ip calendar --add 加入并给出 --year",
    "{path} does not say of which year it is: write it into the file (2027年1月1日), or give "
    "--year with pilotscore ip calendar --add",
)
_OTHER_YEAR = Text(
    "{path} 是 {found} 年的放假安排，--year 却是 {year}",
    "{path} is the arrangement of {found}, and --year is {year}",
)
_NOTHING = Text(
    "{path}：没有读到放假安排（如“元旦：1月1日至3日放假，共3天”）",
    "{path}: no arrangement of holidays was read (such as 元旦：1月1日至3日放假，共3天)",
)


def read_year(path: Path, year: int | None = None) -> HolidayYear:
    """Return the arrangement of one year in a file of any kind.

    Parameters
    ----------
    path
        YAML, a text of the notice, or a workbook or CSV with a table of it.
    year
        The year, where the file does not say it.

    Raises
    ------
    UsageError
        The file does not say its year and none is given, or says another.
    UnreadableInputError, FaultyFileError
        It cannot be read, or contradicts itself: every fault with its line.
    """
    if path.suffix.lower() in _YAML:
        read = load_year(path)
        _same_year(path, read.year, year)
        return read
    try:
        book = open_book(path)
    except UnreadableBookError as error:
        raise nothing_read([error.finding]) from error
    notice = NoticeText()
    texts = [text for sheet in book.sheets if sheet.visible for text in _texts(sheet)]
    for text, _ in texts:
        heading_of(notice, text)
    if notice.year is not None:
        _same_year(path, notice.year, year)
    of = notice.year or year or _year_in(texts)
    if of is None:
        raise UsageError(_NO_YEAR.of(path=str(path)))
    read_lines(notice, texts, of)
    if not (notice.lines or notice.findings):
        raise UnreadableInputError(_NOTHING.of(path=str(path)))
    return _checked(path, notice, of, Source(path.name, book.sha256))


def holidays_with(paths: Iterable[Path]) -> Holidays:
    """Return the calendar with the years in the user's folder, and with files for this run."""
    holidays = load_holidays()
    for path in paths:
        holidays = with_year(holidays, read_year(path))
    return holidays


def kept_text(year: HolidayYear) -> str:
    """Return an arrangement as the YAML file in which it is kept."""
    data: dict[str, Any] = {"year": year.year, "source": year.source.to("zh")}
    data |= {"number": year.number} if year.number else {}
    data |= {"issued": str(year.issued)} if year.issued else {}
    data["holidays"] = [
        {"name": h.title.zh, "from": str(h.first), "to": str(h.last)} for h in year.holidays
    ]
    data["working"] = [str(day) for day in year.working]
    return yaml_text(data)


def _same_year(path: Path, stated: int, year: int | None) -> None:
    if year is not None and year != stated:
        raise UsageError(_OTHER_YEAR.of(path=str(path), found=stated, year=year))


def _checked(path: Path, notice: NoticeText, year: int, source: Source) -> HolidayYear:
    """Return the arrangement that was read, if nothing of it contradicts itself."""
    holidays, places = _holidays(notice.lines)
    working = [(day, line.place) for line in notice.lines for day in line.working]
    file = YearFile(
        year=year,
        source=_title(notice, year, path),
        number=notice.number,
        issued=notice.issued,
        holidays=holidays,
        working=tuple(day for day, _ in working),
    )
    where = {"holidays": places, "working": [place for _, place in working]}
    findings = list(notice.findings)
    for fault in faults_of_year(file):
        if fault.kind is kinds.NO_HOLIDAY and notice.findings:
            continue  # there were some, and they are told
        part, *rest = fault.path
        at = where[str(part)]
        place = at[int(rest[0])] if rest and at else Place(str(path))
        findings.append(Finding(fault.kind, place, fault.values))
    if findings:
        refuse(path, findings)
    return year_of(file, source)


def _holidays(lines: Sequence[Said]) -> tuple[tuple[HolidayPart, ...], list[Place]]:
    """Return the stretches of days off; those of one holiday that follow each other are one."""
    parts: list[HolidayPart] = []
    places: list[Place] = []
    for line in sorted(lines, key=lambda said: said.days[:1]):
        for first, last in line.days:
            before = parts[-1] if parts else None
            follows = before is not None and before.last + datetime.timedelta(days=1) == first
            if before is not None and follows and before.name == line.name and first <= last:
                parts[-1] = _stretch(line.name, before.first, last)
            else:
                parts.append(_stretch(line.name, first, last))
                places.append(line.place)
    return tuple(parts), places


def _stretch(name: str, first: datetime.date, last: datetime.date) -> HolidayPart:
    return HolidayPart.model_validate({"name": name, "from": first, "to": last})


def _title(notice: NoticeText, year: int, path: Path) -> str:
    return f"国务院办公厅关于{year}年部分节假日安排的通知" if notice.number else path.name


# --------------------------------------------------------------------------------- rows of a file


def _texts(sheet: Sheet) -> list[tuple[str, Place]]:
    """Return the lines of a sheet as the notice would print them."""
    rows = [[_cell(c) for c in row] for row in sheet.rows]
    header = next((r for r, row in enumerate(rows[:_SEARCHED]) if _columns(row)), None)
    columns = {} if header is None else _columns(rows[header])
    texts = []
    for r, row in enumerate(rows):
        whole = ",".join(cell for cell in row if cell)
        if header is not None and r > header:
            whole = _sentence({role: row[c] for role, c in columns.items() if c < len(row)})
        texts.append((plain(whole), sheet.place(r)))
    return texts


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Return where each column of a table stands; none where the row is no header."""
    columns: dict[str, int] = {}
    for c, cell in enumerate(row):
        text = cell.casefold().strip()
        if not text or len(text) > 12 or any(sign.isdigit() for sign in text):
            continue
        role = next((r for r, words in _HEADERS.items() if any(w in text for w in words)), None)
        if role is not None:
            columns.setdefault(role, c)
    is_table = "off" in columns or {"first", "last"} <= columns.keys()
    return columns if is_table or {"date", "kind"} <= columns.keys() else {}


def _sentence(cells: dict[str, str]) -> str:
    """Return a row of a table as a line of the notice."""
    name = cells.get("name") or "节假日"
    off, kind = cells.get("off", ""), cells.get("kind", "").casefold()
    if cells.get("first"):
        off = f"{cells['first']}至{cells.get('last') or cells['first']}"
    parts = []
    if cells.get("date"):
        works, rests = (any(w in kind for w in words) for words in (_WORK_WORDS, _OFF_WORDS))
        word = "上班" if works else "放假" if rests else kind
        parts.append(f"{cells['date']}{word}")
    if off:
        days = cells.get("days", "").removesuffix("天").strip()
        parts.append(f"{off}{'' if '放假' in off else '放假'}" + (f",共{days}天" if days else ""))
    if (working := cells.get("working", "")) and any(sign.isdigit() for sign in working):
        parts.append(f"{working}{'' if '上班' in working else '上班'}")
    return f"{name}:" + "。".join(parts) if parts else ""


def _cell(cell: Any) -> str:
    if isinstance(cell, datetime.date):  # a date and time is one too
        return f"{cell.year}年{cell.month}月{cell.day}日"
    return text_of((cell,), 0)


def _year_in(texts: Iterable[tuple[str, Place]]) -> int | None:
    """Return the year of most full dates of a table; None where there is none."""
    years = Counter(year for text, _ in texts for year in _FULL_DATE.findall(text))
    return int(years.most_common(1)[0][0]) if years else None
