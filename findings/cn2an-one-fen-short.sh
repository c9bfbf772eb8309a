#!/usr/bin/env bash
# cn2an 0.5.24 cuts off the amount in words (人民币大写) instead of rounding it.
#
# Expected: an amount that prints as 435.00 or 115.00 is 肆佰叁拾伍元整 or 壹佰壹拾伍元整 in words.
# Seen:     4.35 x 100 is 肆佰叁拾肆元玖角玖分 and 115 % of 100 is 壹佰壹拾肆元玖角玖分: digits
#           beyond the fen are dropped from the text of the float, so sums and products of floats
#           lose one fen. Even 19.999 is 壹拾玖元玖角玖分, which any format shows as 20.00.
# Matters:  a letter of award states the amount in figures and in words, and the two would
#           contradict each other. Amounts have to be whole fen, or Decimal, before they become
#           words.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check setuptools==80.9.0 cn2an==0.5.24
venv/bin/python - <<'PY'
import sys
import cn2an

seen = {
    4.35 * 100: "肆佰叁拾肆元玖角玖分",
    1.15 * 100: "壹佰壹拾肆元玖角玖分",
    0.1 + 0.7: "柒角玖分",
    19.999: "壹拾玖元玖角玖分",
}
changed = []
for amount, words in seen.items():
    result = cn2an.an2cn(amount, "rmb")
    print(f"{amount!r} prints as {amount:.2f} 元, and in words is {result}")
    if result != words:
        changed.append(f"{amount:.2f}")
if changed:
    sys.exit(f"changed: cn2an writes {changed} otherwise now")
PY
