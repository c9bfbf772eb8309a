#!/usr/bin/env bash
# pymcdm 1.4.0 and scikit-criteria 0.10: min-max of a criterion on which all agree is 1, or it is 0.
#
# Expected: (x - min) / (max - min) of equal values is 0/0: refused, or left out, or at least the same
#           in two libraries.
# Seen:     pymcdm gives everybody full marks, as a benefit and as a cost; scikit-criteria (by
#           scikit-learn) gives everybody nothing. The same batch with the same weights comes to a
#           weighted sum of 1.00, 0.80 and 0.40 in one and of 0.60, 0.40 and 0.00 in the other. By
#           multiplication the second has nothing at all to rank: WeightedProductModel and WASPAS
#           refuse the zeros, of which that criterion has nothing else. A value that differs in the
#           ninth digit makes the first library spread the same criterion from 0 to 1.
# Matters:  a line such as "funded from 0.6" takes two of three, or one, by the library; and which of
#           the two holds depends on whether the last result of the batch differs a little.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pymcdm==1.4.0 scikit-criteria==0.10
venv/bin/python -W ignore - <<'PY'
import sys
import numpy
import skcriteria
from pymcdm.helpers import normalize_matrix
from pymcdm.normalizations import minmax_normalization
from skcriteria.agg.simple import WeightedProductModel, WeightedSumModel
from skcriteria.preprocessing.scalers import MinMaxScaler

# a score, and a level of evidence that all three have
batch = numpy.array([[90, 5], [80, 5], [60, 5]], dtype=float)
weights = numpy.array([0.6, 0.4])
one = normalize_matrix(batch, minmax_normalization, numpy.ones(2))
scaled = MinMaxScaler("matrix").transform(skcriteria.mkdm(batch, [max] * 2, weights=weights))
other = scaled.matrix.to_numpy()
sums = one @ weights, WeightedSumModel().evaluate(scaled).e_.score
print("pymcdm:          ", one[:, 1], "weighted sums", sums[0].round(2))
print("scikit-criteria: ", other[:, 1], "weighted sums", numpy.round(sums[1], 2))
if one[:, 1].tolist() != [1, 1, 1] or other[:, 1].tolist() != [0, 0, 0]:
    sys.exit("changed: equal values are scaled otherwise now")
if not numpy.allclose(sums[0] - sums[1], weights[1]):
    sys.exit("changed: other sums now")
if minmax_normalization(batch[:, 1], cost=True).tolist() != [1, 1, 1]:
    sys.exit("changed: as a cost they are not 1 any more")
try:
    WeightedProductModel().evaluate(scaled)
    sys.exit("changed: WeightedProductModel takes zeros now")
except ValueError as error:
    print("WeightedProductModel:", error)
nearly = minmax_normalization(numpy.array([5, 5, 5 + 1e-9]))
print("5, 5 and 5.000000001 in pymcdm:", nearly)
if nearly.tolist() != [0, 0, 1]:
    sys.exit("changed: values that nearly agree are scaled otherwise now")
PY
