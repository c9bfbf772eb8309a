#!/usr/bin/env bash
# xlsx2csv 0.8.6 turns a number with a unit in its number format into the text of a date.
#
# Expected: 36 in a cell of the format 0.0" mg/L" comes out as 36, 36.0 or 36.0 mg/L.
# Seen:     it comes out as 0.0" 02g/l": letters inside the quotes count as month, day and hour, the
#           value is gone, and the exit code is 0. 0" d", 0" kg/h" and 0"批/d" go the same way, and
#           so does the escaped 0\d, while 0"天", which has no such letter, keeps its number.
# Matters:  units in number formats are how laboratories fill the sheets that are scored. A list
#           that went through this converter holds no measured values any more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5
venv/bin/python - <<'PY'
import csv
import io
import subprocess
import sys
import openpyxl

formats = ['0"天"', '0.0" mg/L"', '0" d"', '0.0" kg/h"', '0"批/d"', r"0\d"]
book = openpyxl.Workbook()
for row, code in enumerate(formats, 1):
    book.active.cell(row, 1, code)
    book.active.cell(row, 2, 36).number_format = code
book.save("batches.xlsx")
done = subprocess.run(
    ["venv/bin/xlsx2csv", "batches.xlsx"], capture_output=True, text=True, check=True
)
rows = list(csv.reader(io.StringIO(done.stdout)))
for code, text in rows:
    print(f"36 with the format {code} is written as {text}")
if rows[0][1] != "36":
    sys.exit('changed: 0"天" was the one that kept its value')
if kept := [code for code, text in rows[1:] if text.startswith("36")]:
    sys.exit(f"changed: xlsx2csv keeps the value of {kept} now")
PY
