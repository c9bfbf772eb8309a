#!/usr/bin/env bash
# SSF 0.11.2 and SheetJS (xlsx 0.18.5), the last on npm, and numfmt 4.0.1 show 0!.0,"万元" with the
# point in another place than Excel.
#
# Expected: 123456 is 12.3万元. It is the usual way in Chinese workbooks to show 万 (1e4), which no
#           comma of a number format can: the comma divides by 1000, and a point that is a text
#           (after ! or \) stands before the last digit.
# Seen:     with ! all three show 123!.5万元: ! is printed, and the point taken for a decimal one.
#           With \ numfmt shows 12.3万元, but SSF and SheetJS 1.23万元: nothing looks wrong, and it
#           is a tenth of the amount.
# Matters:  costs and budgets are shown like this; what a web page shows of the same cell is ten
#           times as much or as little, and whoever copies the text copies that.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . ssf@0.11.2 xlsx@0.18.5 numfmt@4.0.1
cat > show.mjs <<'JS'
import SSF from "ssf";
import XLSX from "xlsx";
import { format } from "numfmt";

const readers = { SSF: SSF.format, SheetJS: XLSX.SSF.format, numfmt: format };
const seen = {
  '0!.0,"万元"': { SSF: "123!.5万元", SheetJS: "123!.5万元", numfmt: "123!.5万元" },
  '0\\.0,"万元"': { SSF: "1.23万元", SheetJS: "1.23万元", numfmt: "12.3万元" },
};
let changed = 0;
for (const [code, texts] of Object.entries(seen)) {
  for (const [name, show] of Object.entries(readers)) {
    const text = show(code, 123456);
    console.log(`${name}: 123456 with the format ${code} is shown as ${text}`);
    if (text !== texts[name]) {
      console.error(`changed: it was ${texts[name]}`);
      changed = 1;
    }
  }
}
process.exit(changed);
JS
node show.mjs
