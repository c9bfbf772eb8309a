#!/usr/bin/env bash
# scikit-criteria 0.10: CRITIC over a criterion on which all agree, then VIKOR: everybody is first.
#
# Expected: a criterion without any spread gets the weight 0, as from EntropyWeighter, StdWeighter
#           and MEREC, or is refused; a decision method refuses weights that are no numbers.
# Seen:     CRITIC makes all weights NaN, those of the other criteria too. TOPSIS then raises an
#           error (on x86-64, about -9223372036854775808 not looking like a ranking); VIKOR and
#           ELECTRE2 return a valid ranking in which every result is 1, though one of them is better
#           in all that differs. With the weights of the other three both rank them 3, 1, 2.
# Matters:  in a batch where all have the same level of evidence in one criterion, a check by these
#           methods would seem to say that all are equal. Weights have to be finite before they are
#           used.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check scikit-criteria==0.10
venv/bin/python -W ignore - <<'PY'
import sys
import numpy
import skcriteria
from skcriteria.agg.electre import ELECTRE2
from skcriteria.agg.topsis import TOPSIS
from skcriteria.agg.vikor import VIKOR
from skcriteria.preprocessing.weighters import CRITIC, MEREC, EntropyWeighter, StdWeighter

batch = skcriteria.mkdm([[70, 80, 5], [90, 95, 5], [80, 85, 5]], [max] * 3)
for weighter in (EntropyWeighter, StdWeighter, MEREC):
    weights = weighter().transform(batch).weights.to_numpy()
    print(weighter.__name__, weights.round(3))
    if not 0 <= abs(weights[2]) < 1e-9:
        sys.exit(f"changed: {weighter.__name__} gives another weight to what does not differ")
weighed = CRITIC().transform(batch)
print("CRITIC", weighed.weights.to_numpy())
if not numpy.isnan(weighed.weights.to_numpy()).all():
    sys.exit("changed: CRITIC gives weights now")
for method in (VIKOR, ELECTRE2):
    usual = method().evaluate(MEREC().transform(batch)).rank_.tolist()
    ranks = method().evaluate(weighed).rank_.tolist()
    print(f"{method.__name__}: {usual} with MEREC, {ranks} with CRITIC")
    if (usual, ranks) != ([3, 1, 2], [1, 1, 1]):
        sys.exit(f"changed: {method.__name__} ranks otherwise now")
try:
    print("TOPSIS:", TOPSIS().evaluate(weighed).rank_.tolist(), "with CRITIC")
except ValueError as error:
    print("TOPSIS:", error)
PY
