#!/usr/bin/env bash
# scikit-criteria 0.10: InvertMinimize makes the least cost the worst where it is below zero.
#
# Expected: of net costs of -1, 1 and 4 (one earns more than it takes) the first is the best; a
#           transformer that takes 1/x refuses what has no place there, as pymcdm does.
# Seen:     1/x of -1, 1 and 4 is -1, 1 and 0.25: the one that earns comes last, and nothing is said.
#           With the cost negated (NegateMinimize) the one that is best in both criteria is first, by
#           TOPSIS and by a weighted sum; with it inverted it is third by one and second by the other.
# Matters:  costs after subsidies, emissions after credits and changes of temperature are below zero in
#           ordinary tables, and the best of them is then turned down.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check scikit-criteria==0.10 pymcdm==1.4.0
venv/bin/python -W ignore - <<'PY'
import sys
import numpy
import skcriteria
from pymcdm.normalizations import sum_normalization
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.agg.topsis import TOPSIS
from skcriteria.preprocessing.invert_objectives import InvertMinimize, NegateMinimize
from skcriteria.preprocessing.scalers import MinMaxScaler, VectorScaler

# yield in %, and net cost; the first is the best in both
batch = skcriteria.mkdm([[92, -1], [91, 1], [90, 4]], [max, min], weights=[0.5, 0.5])
print("inverted:", InvertMinimize().transform(batch).matrix.to_numpy()[:, 1])
seen = {}
for before in (NegateMinimize, InvertMinimize):
    for scaler, method in ((VectorScaler, TOPSIS), (MinMaxScaler, WeightedSumModel)):
        ready = scaler("matrix").transform(before().transform(batch))
        seen[before.__name__, method.__name__] = method().evaluate(ready).rank_.tolist()
for (before, method), ranks in seen.items():
    print(f"{before}, {method}: {ranks}")
if list(seen.values()) != [[1, 2, 3], [1, 2, 3], [3, 1, 2], [2, 1, 3]]:
    sys.exit("changed: other ranks now")
try:
    sum_normalization(numpy.array([-1.0, 1, 4]), cost=True)
    sys.exit("changed: pymcdm takes costs below zero now")
except ValueError as error:
    print("pymcdm:", error)
PY
