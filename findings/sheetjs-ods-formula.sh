#!/usr/bin/env bash
# SheetJS (xlsx 0.18.5, the last on npm) writes an .ods in which a formula that nobody calculated
# has the result 0, and which python-calamine 0.9.1 does not open.
#
# Expected: a workbook saved as .xlsx and as .ods holds the same: a formula without a result has
#           none.
# Seen:     the .xlsx has the formula alone, which openpyxl reads as no value; the .ods has
#           office:value="0", which pandas with odfpy reads as a 0 like any other. calamine stops at
#           the white space that SheetJS puts between two cells, where OpenDocument allows it.
# Matters:  a total that was never calculated becomes a score of 0 or a cost of 0, by the choice of
#           the format alone, and a cost of 0 is the cheapest of a batch.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . xlsx@0.18.5
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    pandas==3.1.1 odfpy==1.4.1 openpyxl==3.1.5 python-calamine==0.9.1
cat > write.js <<'JS'
const XLSX = require("xlsx");
const sheet = XLSX.utils.aoa_to_sheet([["编号", "设备费", "试验费", "合计"], ["CG-1", 30, 12]]);
sheet.D2 = { t: "n", f: "B2+C2" };
sheet["!ref"] = "A1:D2";
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, sheet, "成果");
for (const type of ["xlsx", "ods"]) XLSX.writeFile(book, "costs." + type);
JS
node write.js
venv/bin/python -W ignore - <<'PY'
import sys
import pandas
import python_calamine

totals = {}
for name, engine in (("costs.xlsx", "openpyxl"), ("costs.ods", "odf")):
    totals[engine] = pandas.read_excel(name, engine=engine)["合计"][0]
    print(f"{name}, read with {engine}: the total is {totals[engine]}")
try:
    python_calamine.CalamineWorkbook.from_path("costs.ods").get_sheet_by_index(0).to_python()
    refusal = ""
except Exception as error:
    refusal = str(error)
print("costs.ods, read with calamine:", refusal or "it is read")
if not (pandas.isna(totals["openpyxl"]) and totals["odf"] == 0):
    sys.exit("changed: what SheetJS stores for a formula without a result")
if "table-cell" not in refusal:
    sys.exit("changed: calamine reads the .ods of SheetJS now")
PY
