#!/usr/bin/env bash
# A duration of more than a day in an .ods, read by pandas 3.1.1 with odfpy 1.4.1, by
# python-calamine 0.9.1 and by pyexcel-ods3 0.6.1.
#
# Expected: office:time-value="PT36H30M00S", which is how OpenDocument stores [H]:MM, is 36.5 hours
#           as a timedelta, and PT08H30M00S beside it is of the same type.
# Seen:     pandas with odf reads no sheet at all: "hour must be in 0..23" for one such cell.
#           calamine gives the text 'PT36H30M00S', but a datetime.time for the 8.5 hours below it.
#           pyexcel-ods3 gives a timedelta, a time, and None for PT200H, which is the same form
#           without the parts that are zero.
# Matters:  hours of continuous operation (连续运行) are typed as [h]:mm; a gate of 500 hours hangs
#           on them. One column holds three types, and the long runs are those that get lost.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1 pyexcel-ods3==0.6.1
venv/bin/python -W ignore - <<'PY'
import datetime
import sys
import pandas
import pyexcel_ods3
import python_calamine
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

spans = {"36:30": "PT36H30M00S", "8:30": "PT08H30M00S", "200:00": "PT200H"}
book = OpenDocumentSpreadsheet()
table = Table(name="批次")
book.spreadsheet.addElement(table)
for shown, span in spans.items():
    row, cell = TableRow(), TableCell(valuetype="time", timevalue=span)
    cell.addElement(P(text=shown))
    row.addElement(cell)
    table.addElement(row)
book.save("batches.ods")

try:
    by_pandas = str(pandas.read_excel("batches.ods", header=None, engine="odf")[0].tolist())
except ValueError as error:
    by_pandas = f"{type(error).__name__}: {error}"
print("pandas with odf:", by_pandas)
sheet = python_calamine.CalamineWorkbook.from_path("batches.ods").get_sheet_by_index(0)
by_calamine = [row[0] for row in sheet.to_python()]
print("calamine:       ", by_calamine)
rows = pyexcel_ods3.get_data("batches.ods")["批次"]
by_pyexcel = [row[0] if row else None for row in rows]  # empty cells at the end are cut off
print("pyexcel-ods3:   ", by_pyexcel)

half_past_8 = datetime.time(8, 30)
if "hour must be in 0..23" not in by_pandas:
    sys.exit("changed: pandas reads a duration of more than a day now")
if by_calamine != ["PT36H30M00S", half_past_8, "PT200H"]:
    sys.exit("changed: calamine reads durations otherwise now")
if by_pyexcel != [datetime.timedelta(hours=36.5), half_past_8, None]:
    sys.exit("changed: pyexcel-ods3 reads durations otherwise now")
PY
