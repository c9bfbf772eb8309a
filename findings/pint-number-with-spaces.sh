#!/usr/bin/env bash
# Pint 0.25.3 multiplies the groups of a number that is written with spaces.
#
# Expected: "12 500 t" is 12500 t (ISO 80000-1 groups digits by spaces), or else an error.
# Seen:     it is 12 x 500 t = 6000 t; "10 000 t" is 0 t; a no-break or thin space does the same. A
#           Chinese comma or a range of Chinese typing ("1，200 t", "5～10 t") is a product too, and
#           so is "3±0.1 g" where the package uncertainties is not installed: 0.3 g. Nothing is
#           raised and nothing is warned of.
# Matters:  capacities, outputs and budgets are typed like this in the sheets that are scored; a
#           plant of ten thousand tonnes would count as nothing. A number has to be parsed, and
#           refused, before its unit alone is handed to Pint.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pint==0.25.3
venv/bin/python -W error - <<'PY'
import sys
import pint

units = pint.UnitRegistry()
seen = {
    "12 500 t": 6000,
    "10 000 t": 0,
    "1\u00a0200 t": 200,
    "1\u2009200 t": 200,
    "1，200 t": 200,
    "5～10 t": 50,
    "3±0.1 g": 0.3,
}
changed = []
for text, magnitude in seen.items():
    quantity = units.Quantity(text)
    print(f"{text!r:>16} is read as {quantity}")
    if abs(quantity.magnitude - magnitude) > 1e-12:
        changed.append(text)
if changed:
    sys.exit(f"changed: Pint reads {changed} otherwise now")
PY
