#!/usr/bin/env bash
# openpyxl 3.1.5 reads the built-in date formats of East Asian Excel as plain numbers.
#
# Expected: a cell of the format 31 (yyyy年m月d日) or 57 (yyyy年m月) is a date, as one of the format
#           14 is. ECMA-376 (18.8.30) lists 27 to 36 and 50 to 58 as dates and times for Chinese,
#           Japanese and Korean.
# Seen:     openpyxl gives the integer 45000 and calls the format General, so pandas gives a column
#           of numbers; python-calamine 0.9.1 gives dates for the same file. Such a format stands in
#           the file as a number alone, so there is no code from which a reader could tell.
# Matters:  Chinese Excel writes them when a date is picked from its list. A date of a patent, a
#           trial or a licence counts as 45000, and a column of dates passes for one of money or
#           hours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    openpyxl==3.1.5 python-calamine==0.9.1 xlsxwriter==3.3.1
venv/bin/python - <<'PY'
import datetime
import sys
import openpyxl
import python_calamine
import xlsxwriter

ids = [14, *range(27, 37), *range(50, 59)]
book = xlsxwriter.Workbook("dates.xlsx")
sheet = book.add_worksheet()
for row, number in enumerate(ids):
    sheet.write_number(row, 0, 45000, book.add_format({"num_format": number}))
book.close()

cells = [row[0] for row in openpyxl.load_workbook("dates.xlsx").active.iter_rows()]
rows = python_calamine.CalamineWorkbook.from_path("dates.xlsx").get_sheet_by_index(0).to_python()
numbers, dates = [], []
for number, cell, (value,) in zip(ids, cells, rows, strict=True):
    print(f"{number}: openpyxl {cell.value} ({cell.number_format}), calamine {value!r}")
    numbers += [number] * (cell.value == 45000 and cell.number_format == "General")
    dates += [number] * isinstance(value, datetime.date)
if numbers != ids[1:]:
    sys.exit(f"changed: openpyxl reads {sorted(set(ids[1:]) - set(numbers))} otherwise now")
if dates != ids:
    sys.exit(f"changed: calamine reads {sorted(set(ids) - set(dates))} as no dates now")
PY
