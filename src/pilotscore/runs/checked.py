"""What a check found, as its renderers take it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from pilotscore.findings import Finding, Kind, Severity
from pilotscore.runs.outcome import Manifest
from pilotscore.workbook import BookRead

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings about workbooks, in the order of places, and what was held against what."""

    findings: tuple[Finding, ...]
    manifest: Manifest

    @property
    def books(self) -> tuple[BookRead, ...]:
        """The workbooks that were asked for."""
        return self.manifest.inputs

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        counted = Counter(f.severity for f in self.findings)
        return {s: counted[s] for s in SEVERITIES}

    def by_kind(self) -> list[tuple[Kind, int]]:
        """Return each kind with its count: the gravest first, then the most frequent."""
        kinds = {f.code: f.kind for f in self.findings}
        counted = Counter(f.code for f in self.findings)

        def key(code: str) -> tuple[int, int, str]:
            return SEVERITIES.index(kinds[code].severity), -counted[code], code

        return [(kinds[code], counted[code]) for code in sorted(counted, key=key)]

    def at_least(self, severity: Severity) -> Checked:
        """Return it with the findings of this severity and graver ones only."""
        wanted = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return replace(self, findings=tuple(f for f in self.findings if f.severity in wanted))
