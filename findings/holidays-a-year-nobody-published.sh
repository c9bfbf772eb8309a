#!/usr/bin/env bash
# holidays 0.109 answers for a Chinese year whose arrangement nobody has published yet.
#
# Expected: working days of a year are those of the State Council's notice, which comes in the autumn
#           before; for a year without one a library says that it does not know, as chinesecalendar
#           1.11.0 (NotImplementedError) and workalendar 17.0.0 (CalendarError) do.
# Seen:     every year from 2008 to 2026 agrees with chinesecalendar on each single day, so that one
#           trusts it; 2027 and 2028 are answered alike, without a word: no make-up working day at
#           all (six in 2026), and the public holidays of the law in place of the days off.
# Matters:  a period of patent law that ends on a day off moves to the next working day. By this
#           calendar it moves to a day that looks official and was guessed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check holidays==0.109 chinesecalendar==1.11.0 workalendar==17.0.0
venv/bin/python -W ignore - <<'PY'
import datetime as dt
import sys

import chinese_calendar
import holidays
from workalendar.asia import China
from workalendar.exceptions import CalendarError


def days(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(k) for k in range((dt.date(year + 1, 1, 1) - first).days)]


def made_up(year: int) -> int:
    """Saturdays and Sundays on which people work."""
    calendar = holidays.country_holidays("CN", years=year)
    return sum(d.weekday() > 4 and calendar.is_working_day(d) for d in days(year))


differ = 0
for year in range(2008, 2027):
    calendar = holidays.country_holidays("CN", years=year)
    differ += sum(calendar.is_working_day(d) != chinese_calendar.is_workday(d) for d in days(year))
counts = {year: made_up(year) for year in (2025, 2026, 2027, 2028)}
print(f"2008 to 2026: {differ} days on which holidays and chinesecalendar differ")
print(f"make-up working days by holidays: {counts}")
refused = 0
for ask, error in (
    (lambda: chinese_calendar.is_workday(dt.date(2027, 2, 10)), NotImplementedError),
    (lambda: China().is_working_day(dt.date(2027, 2, 10)), CalendarError),
):
    try:
        ask()
    except error as told:
        refused += 1
        print(f"{type(told).__name__}: {told}")
if differ or counts != {2025: 5, 2026: 6, 2027: 0, 2028: 0} or refused != 2:
    sys.exit("changed: years without a notice are answered otherwise now")
PY
