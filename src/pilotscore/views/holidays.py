"""The calendar of holidays: which years are published, and the days of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pilotscore.criteria.legal.holidays import WEEKDAYS, Checked, Holiday, HolidayYear
from pilotscore.document import (
    Block,
    Column,
    Document,
    Fact,
    Gap,
    Line,
    Listing,
    Row,
    Sheet,
    Slot,
    Table,
    heading,
    note,
)
from pilotscore.language import BLANK, DOT, NOTHING, SEMICOLON, Text, Words, counted, join, same
from pilotscore.runs.holidays import CalendarReport

TITLE = Text("法定节假日与调休", "Public holidays and make-up working days")
_YEAR, _STATUS = Text("年份", "Year"), Text("状态", "Status")
_OFF, _MAKE_UP = Text("放假天数", "Days off"), Text("调休上班", "Make-up days")
_SOURCE, _KIND, _NAME = Text("依据", "Source"), Text("类别", "Kind"), Text("名称", "Name")
_FROM, _TO, _DAYS = Text("起", "From"), Text("止", "To"), Text("天数", "Days")
_COMPARED = Text("核对", "Checked against")
_FILE = Text("文件", "File")
_HOLIDAY, _WORKING = Text("放假", "holiday"), Text("上班", "working day")
_PUBLISHED, _UNCONFIRMED = Text("已公布", "published"), Text("未确认", "unconfirmed")
_CHECKED: dict[Checked, Text] = {
    "notice": Text("已与公布的通知核对", "compared with the printed notice"),
    "library": Text(
        "取自 chinesecalendar 1.11.0，未逐年与通知核对",
        "from chinesecalendar 1.11.0, not compared with the notice",
    ),
    "user": Text("由使用者加入", "added by the user"),
}
_BRIEFLY: dict[Checked, Text] = {
    "notice": Text("通知", "notice"),
    "library": Text("程序库", "library"),
    "user": Text("自行加入", "added"),
}
_LEGEND = Text(
    "通知：已与公布的通知核对；程序库：取自 chinesecalendar 1.11.0，未逐年与通知核对；"
    "自行加入：由使用者加入",
    "notice: compared with the printed notice; library: from chinesecalendar 1.11.0, not compared "
    "with the notice; added: by the user",
)
_NOT_PUBLISHED = Text(
    "没有 {year} 年的放假安排：国务院通常在上一年 10 至 12 月公布。该年内届满的期限只按周末顺延，"
    "并标为未确认；不作推测",
    "There is no arrangement of {year}: the State Council publishes it between October and "
    "December of the year before. Periods that end in it are moved over weekends alone and marked "
    "unconfirmed; nothing is guessed",
)
_HOW_TO_ADD = Text(
    "公布后：pilotscore ip calendar --add 文件（通知全文、表格或 YAML）",
    "Once published: pilotscore ip calendar --add FILE (the text of the notice, a table, or YAML)",
)
_LAST_DAYS = Text(
    "{year} 年 12 月 29 至 31 日可能被下一年的安排改动，同样标为未确认",
    "29 to 31 December {year} may still be moved by the arrangement of the year after, and are "
    "marked unconfirmed too",
)
_READ = Text("截至 {day}", "as of {day}")


def document(report: CalendarReport) -> Document:
    """Return the calendar as a document."""
    return Document(
        title=TITLE,
        as_of=report.day.isoformat(),
        page=lambda: _page(report),
        sheets=lambda: _sheets(report),
        record=lambda: record(report),
        table=lambda: _days_table(report),
    )


def record(report: CalendarReport) -> dict[str, Any]:
    """Return the calendar as plain data, days in ISO form."""
    return {
        "region": report.holidays.region,
        "as_of": report.holidays.as_of.isoformat(),
        "years": [_year_record(report, year) for year in report.shown],
        "files": [{"file": f.name, "sha256": f.sha256} for f in report.holidays.files],
    }


def _year_record(report: CalendarReport, year: int) -> dict[str, Any]:
    arrangement = report.published(year)
    if arrangement is None:
        return {"year": year, "status": "unconfirmed", "holidays": [], "working": []}
    return {
        "year": year,
        "status": "published",
        "source": arrangement.source,
        "number": arrangement.number or None,
        "issued": None if arrangement.issued is None else arrangement.issued.isoformat(),
        "checked": arrangement.checked,
        "holidays": [
            {"name": h.title, "from": str(h.first), "to": str(h.last), "days": h.days}
            for h in arrangement.holidays
        ],
        "working": [str(day) for day in arrangement.working],
        "file": arrangement.file.name,
    }


# ------------------------------------------------------------------------------------ the page


def _page(report: CalendarReport) -> Iterator[Block]:
    read = _READ.of(day=report.holidays.as_of)
    yield heading(join((TITLE, same(report.holidays.region), read), DOT), "bold cyan")
    if report.year is None:
        yield _years_listing(report)
        last = max(report.holidays.years)
        yield Gap()
        yield note(_LEGEND, "dim")
        yield note(_LAST_DAYS.of(year=last), "dim")
    else:
        yield from _one_year(report, report.year)
    missing = [year for year in report.shown if report.published(year) is None]
    if missing:
        yield Gap()
        yield note(_NOT_PUBLISHED.of(year=missing[0]), "yellow")
        yield note(_HOW_TO_ADD, "dim")


def _years_listing(report: CalendarReport) -> Listing:
    slots = (
        Slot(_YEAR, least=4),
        Slot(_STATUS, sized_by=(_PUBLISHED, _UNCONFIRMED)),
        Slot(_OFF, right=True, sized_by=(_OFF,)),
        Slot(_MAKE_UP, right=True, sized_by=(_MAKE_UP,)),
        Slot(_SOURCE, rest=True, gap=2),
    )
    rows = []
    for year in report.shown:
        arrangement = report.published(year)
        if arrangement is None:
            cells: tuple[Any, ...] = (
                (str(year), ""),
                (_UNCONFIRMED, "yellow"),
                ("—", ""),
                ("—", ""),
                ("", ""),
            )
        else:
            off, working = sum(h.days for h in arrangement.holidays), len(arrangement.working)
            source = join((_BRIEFLY[arrangement.checked], arrangement.number), BLANK)
            cells = (
                (str(year), ""),
                (_PUBLISHED, "green"),
                (str(off), ""),
                (str(working), ""),
                (source, "dim"),
            )
        rows.append(Row(cells))
    return Listing(slots, rows)


def _one_year(report: CalendarReport, year: int) -> Iterator[Block]:
    arrangement = report.published(year)
    if arrangement is None:
        return
    yield Fact(_SOURCE, _source(arrangement))
    yield Fact(_STATUS, join((_PUBLISHED, _CHECKED[arrangement.checked]), SEMICOLON))
    yield Gap()
    slots = (Slot(_NAME, most=30), Slot(_FROM, gap=2), Slot(_TO, gap=2), Slot(_DAYS, right=True))
    rows = [
        Row(((h.title, ""), (_day(h.first), ""), (_day(h.last), ""), (str(h.days), "")))
        for h in arrangement.holidays
    ]
    yield Listing(slots, rows)
    yield Gap()
    count = counted(len(arrangement.working), Text("天", "day"))
    yield Line(((join((_MAKE_UP, same("：")), NOTHING), "bold"), (count, "")))
    for day in arrangement.working:
        yield Line(((_day(day), ""),), indent=2)


def _source(arrangement: HolidayYear) -> Words:
    issued = None if arrangement.issued is None else str(arrangement.issued)
    return join(
        [part for part in (arrangement.source, arrangement.number, issued) if part], SEMICOLON
    )


def _day(day: Any) -> Words:
    return join((str(day), WEEKDAYS[day.weekday()]), same(" "))


# ---------------------------------------------------------------------------------- for files


def _sheets(report: CalendarReport) -> list[Sheet]:
    years = Sheet(_YEAR, (heading(TITLE), _years_table(report)), freeze=1)
    return [years, Sheet(_DAYS, (_days_table(report),))]


def _years_table(report: CalendarReport) -> Table:
    columns = (
        Column("year", _YEAR, "rank", 8),
        Column("status", _STATUS, width=12),
        Column("days_off", _OFF, "rank", 10),
        Column("working", _MAKE_UP, "rank", 14),
        Column("source", _SOURCE, width=60),
        Column("checked", _COMPARED, width=40),
        Column("file", _FILE, width=20),
    )
    rows: list[list[Any]] = []
    for year in report.shown:
        arrangement = report.published(year)
        if arrangement is None:
            rows.append([year, _UNCONFIRMED, None, None, None, None, None])
            continue
        off = sum(h.days for h in arrangement.holidays)
        checked, file = _CHECKED[arrangement.checked], arrangement.file.name
        rows.append(
            [year, _PUBLISHED, off, len(arrangement.working), _source(arrangement), checked, file]
        )
    return Table(columns, rows)


def _days_table(report: CalendarReport) -> Table:
    columns = (
        Column("year", _YEAR, "rank", 8),
        Column("status", _STATUS, width=12),
        Column("kind", _KIND, width=12),
        Column("name", _NAME, width=30),
        Column("from", _FROM, width=12),
        Column("to", _TO, width=12),
        Column("days", _DAYS, "rank", 8),
    )
    rows: list[Sequence[Any]] = []
    for year in report.shown:
        arrangement = report.published(year)
        if arrangement is None:
            rows.append([year, _UNCONFIRMED, None, None, None, None, None])
            continue
        rows += [_holiday_row(year, holiday) for holiday in arrangement.holidays]
        rows += [
            [year, _PUBLISHED, _WORKING, None, str(day), str(day), 1] for day in arrangement.working
        ]
    return Table(columns, rows)


def _holiday_row(year: int, h: Holiday) -> list[Any]:
    return [year, _PUBLISHED, _HOLIDAY, h.title, str(h.first), str(h.last), h.days]
