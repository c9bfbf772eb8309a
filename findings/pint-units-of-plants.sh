#!/usr/bin/env bash
# Pint 0.25.3 takes units of process plants for others, though their neighbours are right.
#
# Expected: as t and Mt are tonnes, kt is a kilotonne; what is not known is an error.
# Seen:     kt/a (千吨/年, a capacity) is a knot per year, an acceleration; Nm^3 (标准立方米, gas at
#           normal conditions) is one over a cubed mass, since N m is parsed as number_meter, a unit
#           of textiles; EU/mL (内毒素) is an exa-enzyme-unit, 1e18 units; pH is a picohenry. None
#           of them is refused.
# Matters:  conversion to the unit of an indicator would fail with a dimension that nobody wrote, or
#           be off by 1e18 within the right one (U/mL). The field's units have to be defined first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pint==0.25.3
venv/bin/python - <<'PY'
import sys
import pint

units = pint.UnitRegistry()
seen = {
    "t/a": "metric_ton / year",
    "Mt/a": "megametric_ton / year",
    "kt/a": "knot / year",
    "Nm^3": "number_meter ** 3",
    "EU/mL": "exaenzyme_unit / milliliter",
    "pH": "picohenry",
}
changed = []
for text, name in seen.items():
    unit = units.parse_units(text)
    print(f"{text:>6} is read as {unit}, {unit.dimensionality}")
    if str(unit) != name:
        changed.append(text)
factor = units.Quantity(1, "EU/mL").to("U/mL").magnitude
print(f"1 EU/mL is {factor:.0e} U/mL")
if changed or abs(factor / 1e18 - 1) > 1e-9:
    sys.exit(f"changed: Pint reads {changed or 'EU/mL'} otherwise now")
PY
