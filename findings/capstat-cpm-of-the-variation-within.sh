#!/usr/bin/env bash
# capstat-core 0.4.3 gives a Cpm of the variation within, and a process that jumps about looks excellent.
#
# Expected: Cpm = (U - L) / 6 sqrt(s^2 + (mean - T)^2) with s of all values (NIST/SEMATECH e-Handbook
#           of Statistical Methods, 6.1.6).
# Seen:     two levels of ten values each, 16 and 24, target 20, limits 8 and 32: Cpm is 5.79, as the
#           moving ranges see next to nothing of the step, where that of all values is 0.97.
# Matters:  one name, two figures: a process that is off target half of the time reads as excellent,
#           and copied beside the figure of another program the two contradict each other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    numpy==2.2.6 scipy==1.15.3 capstat-core==0.4.3
venv/bin/python - <<'PY'
import sys
import warnings

import capstat_core
import numpy as np

warnings.simplefilter("ignore")
steps = np.tile([-0.2, 0.2], 5)
x = np.concatenate([16 + steps, 24 + steps])
cpm = capstat_core.capability(x, lsl=8, usl=32, target=20).cpm
whole = 24 / 6 / np.hypot(x.std(ddof=1), x.mean() - 20)
print(f"Cpm by capstat-core {cpm:.2f}; of all values {whole:.2f}")
if not cpm > 2 * whole:
    sys.exit("changed: Cpm is another one now")
PY
