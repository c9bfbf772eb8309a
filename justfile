# The habits of the project; `just` alone lists them. `.ci/run` runs the same checks without it.

_default:
    @just --list

# What must hold before anything lands
check:
    .ci/check

# All tests
test *args:
    python -m pytest -n auto {{ args }}

# All tests but the slowest
fast *args:
    python -m pytest -n auto -m "not slow" {{ args }}

# Write what the pages repeat from the code anew
docs:
    python docs/generate.py

# Write the snapshots anew; look at what changed before it is committed
snapshots *args:
    python -m pytest -n auto --snapshot-update {{ args }}
    git diff --stat -- '*.ambr'

# All tests, and which lines none of them runs
coverage *args:
    python -m pytest -n auto --cov=pilotscore --cov-report=term-missing:skip-covered {{ args }}
