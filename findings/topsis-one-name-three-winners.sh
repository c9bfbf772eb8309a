#!/usr/bin/env bash
# pymcdm 1.4.0 and scikit-criteria 0.10: TOPSIS as it comes gives three results three winners.
#
# Expected: TOPSIS (C. L. Hwang, K. Yoon 1981) begins by dividing each criterion by its root sum of
#           squares; two libraries that offer it under that name agree on who is first.
# Seen:     pymcdm scales by min and max unless told otherwise, scikit-criteria scales nothing unless a
#           scaler was put before it, and takes the distances of per cent, hours and patents as they
#           are. Of three results with yields, hours of running and patents the first, the second or
#           the third is the best: by hours alone, by the book, by the range of this batch. With the
#           same scaling the two libraries agree to 1e-12. Nothing is warned of.
# Matters:  a ranking "by TOPSIS" says little without its scaling, and a unit decides where there is
#           none: in days instead of hours scikit-criteria puts another result first.
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
from pymcdm.methods import TOPSIS as Pymcdm
from pymcdm.normalizations import vector_normalization
from skcriteria.agg.topsis import TOPSIS
from skcriteria.preprocessing.scalers import VectorScaler

# yield in %, hours of running, patents
batch = numpy.array([[73, 900, 3], [82, 500, 8], [97, 250, 6]], dtype=float)
weights, benefits = numpy.array([0.4, 0.3, 0.3]), numpy.ones(3)


def as_it_comes(values):
    matrix = skcriteria.mkdm(values, [max] * 3, weights=weights)
    return TOPSIS().evaluate(matrix).e_.similarity


def by_the_book(values):
    matrix = skcriteria.mkdm(values, [max] * 3, weights=weights)
    return TOPSIS().evaluate(VectorScaler("matrix").transform(matrix)).e_.similarity


found = {
    "scikit-criteria as it comes": as_it_comes(batch),
    "Hwang and Yoon, vector scaling": by_the_book(batch),
    "pymcdm as it comes": Pymcdm()(batch, weights, benefits),
    "scikit-criteria as it comes, in days": as_it_comes(batch / [1, 24, 1]),
}
winners = []
for name, closeness in found.items():
    winners.append(int(closeness.argmax()) + 1)
    print(f"{name}: {closeness.round(3)}, first is result {winners[-1]}")
same = Pymcdm(normalization_function=vector_normalization)(batch, weights, benefits)
if abs(same - by_the_book(batch)).max() > 1e-12:
    sys.exit("changed: with vector scaling the two no longer agree")
if winners[:3] != [1, 2, 3] or winners[3] == 1:
    sys.exit("changed: other winners now")
PY
