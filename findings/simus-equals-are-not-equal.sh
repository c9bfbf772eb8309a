#!/usr/bin/env bash
# SIMUS of scikit-criteria 0.10 ranks results that are equal in everything apart, by their rows.
#
# Expected: results with the same values share a rank, as in the other methods of the package.
# Seen:     of three identical rows the first is 1 and the others 2. Two identical results have the
#           ranks 1 and 4 of four, with all others between them, whether the second one stands third
#           or last. Each stage is a linear programme with several optima, of which the solver
#           returns one.
# Matters:  shown as a check beside the index, it would set a result before its equal by where it
#           stands in the workbook, which no appeal would accept.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check scikit-criteria==0.10 pulp==3.3.2
cat > rank.py <<'PY'
import sys
import skcriteria
from skcriteria.agg.simus import SIMUS


def ranks(rows):
    matrix = skcriteria.mkdm(rows, [max] * 3, weights=[1, 1, 1])
    return SIMUS().evaluate(matrix).rank_.tolist()


same, second, third = [90, 80, 70], [70, 95, 60], [60, 99, 80]
seen = {
    "three times the same": ([same, same, same], [1, 2, 2]),
    "the same in rows 1 and 3": ([same, second, same, third], [1, 2, 4, 3]),
    "the same in rows 1 and 4": ([same, second, third, same], [1, 2, 3, 4]),
}
changed = []
for name, (rows, expected) in seen.items():
    result = ranks(rows)
    print(f"{name}: {rows} are ranked {result}", file=sys.stderr)
    if result != expected:
        changed.append(name)
if changed:
    sys.exit(f"changed: other ranks for {changed}")
PY
venv/bin/python -W ignore rank.py >solver.log # the solver's own lines go to stdout
