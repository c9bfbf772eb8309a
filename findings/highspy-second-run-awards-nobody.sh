#!/usr/bin/env bash
# highspy 1.15.1: once one solver ran in a process, another that asks for another number of threads
# gives a solution of zeros.
#
# Expected: `threads` is an option of one Highs object; a new object solves with its own, or raises.
# Seen:     run() returns kError, which in Python is a value like any other, and getSolution() gives
#           the right length, all zero. The same problem solves before and after with the first
#           number, and with the second one after Highs.resetGlobalScheduler(True), since the
#           scheduler is one for the process.
# Matters:  zero means not funded: a call decided after some other run in the same process (another
#           library's, too) would award nobody. The status and the model status have to be looked
#           at.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check highspy==1.15.1
venv/bin/python - <<'PY'
import sys
import highspy


def portfolio(threads):
    """Return what run() returns, and which of three offers a budget of 8 buys."""
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", threads)
    takes = [solver.addBinary(obj=points) for points in (4, 5, 6)]
    solver.addConstr(3 * takes[0] + 4 * takes[1] + 5 * takes[2] <= 8)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    return solver.run(), [round(value) for value in solver.getSolution().col_value]


seen = []
for threads in (1, 2, 1):
    seen.append(portfolio(threads))
    print(f"{threads} thread(s): {seen[-1]}")
highspy.Highs.resetGlobalScheduler(True)
seen.append(portfolio(2))
print(f"2 threads, after the scheduler was reset: {seen[-1]}")
solved = (highspy.HighsStatus.kOk, [1, 0, 1])
if seen != [solved, (highspy.HighsStatus.kError, [0, 0, 0]), solved, solved]:
    sys.exit("changed: a second number of threads has another effect now")
PY
