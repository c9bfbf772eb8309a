"""A year of holidays from a file: the printed notice, tables of it, and what is refused of them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pilotscore.criteria.legal.holidays import HolidayYear, load_year, shipped_holidays
from pilotscore.errors import FaultyFileError, UnreadableInputError, UsageError
from pilotscore.language import LANGS
from pilotscore.rights.calendar_file import holidays_with, kept_text, read_year
from tests.conftest import write_book
from tests.rights.printed_notices import NOTICES

# As the notices print it: of the year 2026, and the first lines of others.
OF_2026 = """\
国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2025年11月4日
"""
ROWS_2026 = [
    ["2026年部分节假日安排", "", "", ""],
    ["节日", "放假时间", "调休上班日期", "天数"],
    ["元旦", "1月1日至3日", "1月4日（周日）", "3天"],
    ["春节", "2月15日至23日", "2月14日、2月28日", 9],
    ["清明节", "4月4日至6日", "", "3天"],
    ["劳动节", "5月1日-5日", "5月9日", "5天"],
    ["端午节", "6月19日至6月21日", "无", "3天"],
    ["中秋节", "9月25日—27日", "", ""],
    ["国庆节", "10月1日至7日", "9月20日、10月10日", "7天"],
]
STRETCHES = [
    ["Holiday", "From", "To", "Working"],
    *([h.title.en, h.first, h.last, ""] for h in shipped_holidays().years[2026].holidays),
]


def days(*texts: str) -> tuple[datetime.date, ...]:
    return tuple(map(datetime.date.fromisoformat, texts))


def notice(folder: Path, text: str, name: str = "notice.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def stretches(path: Path, year: int | None = None) -> list[tuple[datetime.date, datetime.date]]:
    return [(h.first, h.last) for h in read_year(path, year).holidays]


def test_the_printed_notice_is_read_as_the_shipped_year_has_it(tmp_path: Path):
    read, shipped = read_year(notice(tmp_path, OF_2026)), shipped_holidays().years[2026]
    assert read.holidays == shipped.holidays
    assert read.working == shipped.working
    assert (read.number, read.issued) == (shipped.number, shipped.issued)


def off_and_worked(year: HolidayYear) -> tuple[set[datetime.date], tuple[datetime.date, ...]]:
    """Return the days off but for plain weekends, however they are named, and the make-up days."""
    one = datetime.timedelta(days=1)
    off = {h.first + n * one for h in year.holidays for n in range(h.days)}
    return {day for day in off if day.weekday() < 5}, year.working


@pytest.mark.parametrize("year", NOTICES)
def test_every_notice_that_was_compared_is_as_printed(tmp_path: Path, year: int):
    number, issued, lines = NOTICES[year]
    heading = f"国务院办公厅关于{year}年部分节假日安排的通知\n{number.partition('、')[0]}\n"
    read = read_year(notice(tmp_path, heading + lines))
    shipped = shipped_holidays().years[year]
    assert off_and_worked(read) == off_and_worked(shipped)
    assert (shipped.number, str(shipped.issued), shipped.checked) == (number, issued, "notice")


def test_what_was_not_compared_says_so():
    compared = {y for y, found in shipped_holidays().years.items() if found.checked == "notice"}
    assert compared == set(NOTICES)


def test_a_notice_pasted_into_one_line_reads_the_same(tmp_path: Path):
    pasted = notice(tmp_path, OF_2026.replace("\n", ""))
    assert read_year(pasted).holidays == shipped_holidays().years[2026].holidays


@pytest.mark.parametrize("name", ["year.xlsx", "year.csv"])
def test_a_table_of_holidays_is_read(tmp_path: Path, name: str):
    path = tmp_path / name
    if name.endswith(".xlsx"):
        write_book(path, {"放假安排": ROWS_2026})
    else:
        lines = (",".join(map(str, row)) for row in ROWS_2026)
        path.write_text("\n".join(lines), encoding="utf-8-sig")
    read, shipped = read_year(path, 2026), shipped_holidays().years[2026]
    assert [(h.first, h.last) for h in read.holidays] == [
        (h.first, h.last) for h in shipped.holidays
    ]
    assert read.working == shipped.working


def test_a_table_of_stretches_or_of_days_is_read(tmp_path: Path):
    path = write_book(tmp_path / "stretches.xlsx", {"a": STRETCHES})
    assert stretches(path) == [(h.first, h.last) for h in shipped_holidays().years[2026].holidays]
    by_day = "日期,类别,名称\n2027-01-01,放假,元旦\n2027-01-02,放假,元旦\n2027-01-03,上班,元旦\n"
    read = read_year(notice(tmp_path, by_day, "days.csv"))
    assert [(h.title.en, h.days) for h in read.holidays] == [("New Year's Day", 2)]
    assert read.working == days("2027-01-03")


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("元旦：1月1日放假，1月2日（星期五）补休。", "2026-01-01", "2026-01-02"),
        ("元旦：2025年12月30日至2026年1月1日放假调休，共3天。", "2025-12-30", "2026-01-01"),
        ("一、元旦：12月30日至次年1月1日放假，共3天。", "2025-12-30", "2026-01-01"),
        ("劳动节：5月1日放假，与周末连休。", "2026-05-01", "2026-05-01"),
        ("元旦: 1月1日(周四)放假1天,不调休。", "2026-01-01", "2026-01-01"),
        ("国庆节、中秋节：１０月１日至８日放假调休，共８天。", "2026-10-01", "2026-10-08"),
        ("国庆节：10月1日至7日放假，9月20日上班。", "2026-10-01", "2026-10-07"),
    ],
)
def test_lines_are_printed_in_many_ways(tmp_path: Path, line: str, first: str, last: str):
    assert stretches(notice(tmp_path, line), 2026) == [days(first, last)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("元旦：1月1日（周五）放假。", "L110"),  # it is a Thursday
        ("元旦：1月1日至3日放假，共4天。", "L111"),
        ("元旦：1月1日至3日放假。1月3日上班。", "L104"),
        ("元旦：1月1日至3日放假。1月5日上班。", "L105"),
        ("元旦：2月30日放假。", "L109"),
        ("元旦：1月1日至3日休闲。", "L109"),
        ("元旦：3日放假。", "L109"),  # of which month?
        ("元旦：1月3日至1日放假。", "L102"),
        ("国庆节：10月1日至7日放假。\n中秋节：10月7日至8日放假。", "L103"),
        ("国庆节：2027年10月1日放假。", "L101"),
        ("国庆节：10月1日放假。10月10日、10月10日上班。", "L106"),
        ("国庆节：10月10日上班。", "L107"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_line(tmp_path: Path, line: str, code: str):
    path = notice(tmp_path, "国务院办公厅关于2026年部分节假日安排的通知\n" + line)
    with pytest.raises(FaultyFileError) as error:
        read_year(path)
    assert code in {f.code for f in error.value.findings}
    for finding in error.value.findings:
        assert code == "L107" or finding.place.row is not None
        assert all("{" not in finding.sentence(lang) for lang in LANGS)


def test_all_faults_are_told_at_once(tmp_path: Path):
    lines = "元旦：1月1日（周五）放假。\n清明节：4月4日放假，共3天。\n国庆节：10月1日放假。10月12日上班。"
    with pytest.raises(FaultyFileError) as error:
        read_year(notice(tmp_path, lines), 2026)
    assert [f.code for f in error.value.findings] == ["L110", "L111", "L105"]
    assert [f.place.row for f in error.value.findings] == [0, 1, 2]


def test_a_file_that_does_not_say_its_year_asks_for_it(tmp_path: Path):
    path = notice(tmp_path, "元旦：1月1日至3日放假。")
    with pytest.raises(UsageError, match="--year"):
        read_year(path)
    assert stretches(path, 2027) == [days("2027-01-01", "2027-01-03")]
    with pytest.raises(UsageError, match="2026"):
        read_year(notice(tmp_path, OF_2026), 2027)


@pytest.mark.parametrize("text", ["nothing of the kind", "a,b\n1,2\n", "日期,备注\n2026-01-01,x\n"])
def test_a_file_that_is_no_calendar_is_refused(tmp_path: Path, text: str):
    with pytest.raises((UnreadableInputError, UsageError)):
        read_year(notice(tmp_path, text), 2026)


def test_what_is_kept_reads_back_as_it_was_read(tmp_path: Path):
    read = read_year(notice(tmp_path, OF_2026.replace("2026", "2026")))
    kept = notice(tmp_path, kept_text(read), "cn-2026.yaml")
    again = load_year(kept)
    assert (again.holidays, again.working, again.number, again.issued) == (
        read.holidays,
        read.working,
        read.number,
        read.issued,
    )


def test_a_file_of_any_kind_counts_for_one_run(tmp_path: Path):
    path = notice(tmp_path, "元旦：2027年1月1日至3日放假。")
    holidays = holidays_with([path])
    assert holidays.years[2027].holidays[0].days == 3
    assert [f.name for f in holidays.files] == ["cn.yaml", "notice.txt"]
