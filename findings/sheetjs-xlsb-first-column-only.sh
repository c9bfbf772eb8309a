#!/usr/bin/env bash
# SheetJS (xlsx 0.18.5, the last on npm) writes .xlsb files of which python-calamine 0.9.1 reads the
# first column alone, and pyxlsb 1.0.10 not even that.
#
# Expected: two readers of .xlsb read a small table with texts, numbers and yes or no, or say why
#           not.
# Seen:     SheetJS gives a cell that follows another the short form of its record (BrtShortReal and
#           the like, without a column number). calamine passes over those records, so that the
#           sheet is one column wide; pyxlsb gives rows without any value. SheetJS itself reads its
#           file back in full. Neither of the two raises anything.
# Matters:  a batch exported by a web page would be a list of ids without evidence, all scored 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . xlsx@0.18.5
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-calamine==0.9.1 pyxlsb==1.0.10
cat > write.js <<'JS'
const XLSX = require("xlsx");
const rows = [["编号", "中试规模", "达标"], ["CG-1", 12.5, true], ["CG-2", 7, false]];
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), "成果");
XLSX.writeFile(book, "batch.xlsb");
const read = XLSX.readFile("batch.xlsb").Sheets["成果"];
const back = JSON.stringify(XLSX.utils.sheet_to_json(read, { header: 1 }));
console.log("SheetJS:  " + back);
if (back !== JSON.stringify(rows)) {
  console.error("changed: SheetJS does not read its own file back");
  process.exit(1);
}
JS
node write.js
venv/bin/python - <<'PY'
import sys
import python_calamine
import pyxlsb

sheet = python_calamine.CalamineWorkbook.from_path("batch.xlsb").get_sheet_by_index(0)
by_calamine = sheet.to_python()
print("calamine:", by_calamine)
with pyxlsb.open_workbook("batch.xlsb") as book, book.get_sheet(1) as sheet:
    by_pyxlsb = [[cell.v for cell in row] for row in sheet.rows()]
print("pyxlsb:  ", by_pyxlsb)
if by_calamine != [["编号"], ["CG-1"], ["CG-2"]]:
    sys.exit("changed: calamine reads short cell records otherwise now")
if any(value not in (None, "") for row in by_pyxlsb for value in row[1:]):
    sys.exit("changed: pyxlsb reads short cell records now")
PY
