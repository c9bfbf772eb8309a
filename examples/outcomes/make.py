"""Writes forecasts.csv and findings.csv from the files of pooledmaRket, given their folder."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent


def write(source: Path) -> None:
    """Write both: a row for each forecast, and one for each finding with what came of it."""
    with (source / "forecasts.csv").open(encoding="utf-8") as stream:
        forecasts = list(csv.DictReader(stream))
    with (source / "findings.csv").open(encoding="utf-8") as stream:
        findings = list(csv.DictReader(stream))
    with (HERE / "forecasts.csv").open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["expert", "id", "score"])
        unnamed: Counter[str] = Counter()
        for f in forecasts:
            finding = f"{f['project']}-{f['finding_id']}"
            unnamed[finding] += not f["forecaster_id"]
            # Forecasters without a name are different people.
            name = f"{f['project']}-{f['forecaster_id'] or f'unnamed-{unnamed[finding]}'}"
            out.writerow([name, finding, f["response"]])
    with (HERE / "findings.csv").open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["id", "replicated", "last_price"])
        for f in findings:
            out.writerow([f"{f['project']}-{f['finding_id']}", f["replicated"], f["last_price"]])


if __name__ == "__main__":
    write(Path(sys.argv[1]))
