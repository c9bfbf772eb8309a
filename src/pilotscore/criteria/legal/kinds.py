"""The kinds of fault that a calendar of holidays can have."""

from __future__ import annotations

from pilotscore.findings import error

OUTSIDE_YEAR = error(
    "L101",
    ("{day} 不在 {year} 年的安排之内", "{day} lies outside the arrangement of {year}"),
    expected=(
        "{year} 年的日期，或上一年 12 月最后几天",
        "a day of {year}, or of the last days of the December before",
    ),
    mend=("核对年份", "check the year"),
    why_zh="一个文件只写一年的放假安排；元旦假期可以从上一年 12 月 25 日之后开始。其他年份的"
    "日期多半是抄错了年。",
    why_en="A file has the arrangement of one year; the New Year holiday may begin after the "
    "25th of December before. A day of another year is mostly a slip.",
)
BACKWARDS_RANGE = error(
    "L102",
    ("假期从 {first} 到 {last}，先后颠倒", "a holiday from {first} to {last} runs backwards"),
    mend=("核对起止日期", "check both days"),
    why_zh="假期的最后一天早于第一天，起止日期抄反或抄错；读错会使期限顺延错误，因此整个文件不采用。",
    why_en="The last day of a holiday lies before its first: the days are a slip, and periods "
    "would be moved wrongly. The file as a whole is not taken.",
)
TWICE_A_HOLIDAY = error(
    "L103",
    ("{day} 属于两个假期", "{day} belongs to two holidays"),
    expected=("每天至多属于一个假期", "each day in one holiday at most"),
    mend=("合并的假期写成一段", "write holidays that are joined as one"),
    why_zh="两段假期重叠。国务院合并放假时（如国庆与中秋）是一段，应写成一段；否则有一处抄错。",
    why_en="Two holidays overlap. Holidays that are joined (National Day and Mid-autumn, say) "
    "are one stretch and are written as one; otherwise one of them is a slip.",
)
HOLIDAY_AND_WORKING = error(
    "L104",
    ("{day} 既放假又上班", "{day} is both a holiday and a working day"),
    mend=("对照通知，删去其一", "compare the notice and remove one"),
    why_zh="同一天既在放假范围内，又列为调休上班日，自相矛盾。",
    why_en="The same day lies in a holiday and among the make-up working days.",
)
WORKING_WEEKDAY = error(
    "L105",
    (
        "调休上班日 {day} 是{weekday}，本来就上班",
        "the make-up working day {day} is a {weekday}, a working day anyway",
    ),
    expected=("星期六或星期日", "a Saturday or a Sunday"),
    mend=("核对日期", "check the date"),
    why_zh="调休上班日总是星期六或星期日；写成平日，多半是日期抄错。",
    why_en="Make-up working days are Saturdays and Sundays; a weekday is mostly a slip.",
)
TWICE_WORKING = error(
    "L106",
    ("调休上班日 {day} 写了两次", "the make-up working day {day} is written twice"),
    mend=("删去其一", "remove one"),
    why_zh="同一个调休上班日写了两次，可能有一天抄错。",
    why_en="The same make-up working day is written twice: another may have been meant.",
)
NO_HOLIDAY = error(
    "L107",
    ("{year} 年没有写任何假期", "no holiday is written for {year}"),
    mend=("补上放假安排", "add the holidays"),
    why_zh="没有假期的一年不可能是公布的安排。未公布的年份不必写入：会标为未确认。",
    why_en="A year without holidays is no published arrangement. A year that is not published "
    "needs no file: it is marked unconfirmed.",
)
UNKNOWN_HOLIDAY = error(
    "L108",
    ("没有名为 {name} 的节日", "no holiday is called {name}"),
    expected=("{known}", "{known}"),
    why_zh="节日名称只能是文件 names 中的一个。",
    why_en="A holiday is called by one of the names of the file.",
)
UNREADABLE_DAYS = error(
    "L109",
    ("读不懂这一行的日期：{text}", "the days of this line are not understood: {text}"),
    expected=(
        "如“1月1日至3日”“1月4日（周日）”，或 2027-01-01",
        "days such as 1月1日至3日, 1月4日（周日） or 2027-01-01",
    ),
    why_zh="这一行应写明放假或上班的日期，没有读懂，因此整个文件不采用。",
    why_en="The line should say days off or working days and is not understood; so the file as "
    "a whole is not taken.",
)
WRONG_WEEKDAY = error(
    "L110",
    ("{day} 是{weekday}，写的是{said}", "{day} is a {weekday}; {said} is written"),
    mend=("对照通知核对日期与年份", "check the day and the year with the notice"),
    why_zh="括号里的星期与日期不符：日期或年份有一个抄错。",
    why_en="The weekday in brackets is not that of the date: the day or the year is a slip.",
)
WRONG_COUNT = error(
    "L111",
    ("写的是共 {said} 天，日期却是 {count} 天", "{said} days are written, the dates are {count}"),
    mend=("对照通知核对起止日期", "check both days with the notice"),
    why_zh="假期天数与起止日期不符：有一个抄错。",
    why_en="The number of days is not that of the dates: one of them is a slip.",
)
