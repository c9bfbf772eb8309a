#!/usr/bin/env bash
# pymannkendall 1.4.3: three of its tests say "no trend" of a yield that falls in every batch.
#
# Expected: 99, 98, ... 92 is the clearest trend that eight batches can show, and the original test
#           says so (decreasing, p = 0.0008). The modified ones allow for autocorrelation.
# Seen:     what is left once the trend is taken away does not vary, so its autocorrelation is 0/0.
#           The tests of Hamed and Rao and of Yue and Wang then return 'no trend' and h=False with p
#           NaN; the trend-free pre-whitening one 'no trend' with p = 1, since no two NaN are in any
#           order. Nothing is raised: the steadier a drift, the less it is seen.
# Matters:  "no trend" over the batches of a pilot trial reads as stable, and stability is scored. A
#           test that could not be worked out has to be told from one that found nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pymannkendall==1.4.3
venv/bin/python -W ignore - <<'PY'
import math
import sys
import pymannkendall

yields = list(range(99, 91, -1))
print("yields:", yields)
seen = {}
for name in (
    "original_test",
    "hamed_rao_modification_test",
    "yue_wang_modification_test",
    "trend_free_pre_whitening_modification_test",
):
    result = getattr(pymannkendall, name)(yields)
    seen[name] = (result.trend, float(result.p))
    print(f"{name}: {result.trend}, p = {result.p:.4f}")
original, *modified = seen.values()
if original[0] != "decreasing" or any(trend != "no trend" for trend, _ in modified):
    sys.exit("changed: the tests of pymannkendall find other trends now")
if not (math.isnan(modified[0][1]) and math.isnan(modified[1][1])):
    sys.exit("changed: the modified tests work out a p now")
PY
