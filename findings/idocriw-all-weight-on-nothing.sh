#!/usr/bin/env bash
# IDOCRIW of pymcdm 1.4.0 gives the whole weight to the one criterion on which nobody differs.
#
# Expected: IDOCRIW multiplies weights by entropy with those of CILOS so that a criterion without
#           spread counts for nothing: its entropy weight is 0.
# Seen:     the entropy weight is a residue of rounding, 1e-14 or so; CILOS gives 1 to that
#           criterion and 0 to all others; their product, made to sum to one, is [0, 0, 1] (0/0
#           where rounding leaves no residue). Nothing warns of it; a weighted sum then makes all
#           results equal.
# Matters:  criteria on which a batch agrees (all hold the licence, all at level 5) are common. The
#           one thing that cannot decide would decide alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pymcdm==1.4.0
venv/bin/python -W ignore - <<'PY'
import sys
import numpy
from pymcdm.methods import WSM
from pymcdm.weights import cilos_weights, entropy_weights, idocriw_weights

types = numpy.ones(3)
batch = numpy.array([[90.0, 80, 50], [85, 90, 40], [70, 95, 60]])
for level in (None, 50):
    if level:
        batch[:, 2] = level
    print(batch.tolist())
    print("  entropy", entropy_weights(batch))
    print("  CILOS  ", cilos_weights(batch, types))
    print("  IDOCRIW", idocriw_weights(batch, types))
weights = idocriw_weights(batch, types)
print("weighted sums:", WSM()(batch, weights, types))
alone = numpy.allclose(cilos_weights(batch, types), [0, 0, 1], atol=1e-9)
if not (alone and (numpy.allclose(weights, [0, 0, 1]) or numpy.isnan(weights).all())):
    sys.exit("changed: IDOCRIW weighs a criterion without spread otherwise now")
PY
