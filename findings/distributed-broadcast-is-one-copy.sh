#!/usr/bin/env bash
# distributed 2026.8.0: what was scattered to every worker is on one alone some seconds later.
#
# Expected: `scatter(data, broadcast=True)` sends data to all workers, so that the loss of one of them
#           loses no data.
# Seen:     both of two workers hold it at first; after some seconds one of them does. The active memory
#           manager, on by default, takes copies that no waiting task asks for as redundant.
# Matters:  criteria that every reading worker needs are gone with the one worker that kept them, and
#           whoever is stuck with its data can hand them to nobody: a second try elsewhere waits as well.
#           Send them with the question to a worker that says it has none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check distributed==2026.8.0
cat >look.py <<'PY'
import sys
import time

from distributed import Client, LocalCluster

if __name__ == "__main__":
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        data = client.scatter(b"criteria", broadcast=True, hash=False)
        counts = [len(client.who_has([data])[data.key])]
        until = time.monotonic() + 20
        while counts[-1] > 1 and time.monotonic() < until:
            time.sleep(0.5)
            counts.append(len(client.who_has([data])[data.key]))
    print(f"copies on 2 workers: {counts[0]} at first, {counts[-1]} after {len(counts) / 2:.0f} s")
    if (counts[0], counts[-1]) != (2, 1):
        sys.exit("changed: a broadcast stays where it was sent, or never came there")
PY
venv/bin/python look.py
