"""What a check found, as its renderers take it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from pilotscore.findings import Finding, Kind, Severity
from pilotscore.records import dataclass
from pilotscore.runs.outcome import Manifest
from pilotscore.runs.suspicious import SEVERITIES, ByKind, by_kind, findings_of_columns
from pilotscore.workbook import BookRead, PageRead


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings about workbooks, in the order of places, and what was held against what.

    ``pages`` says what was understood of each table, form and sheet of batches.
    """

    findings: tuple[Finding, ...]
    manifest: Manifest
    pages: tuple[PageRead, ...] = ()

    @property
    def suspicious(self) -> tuple[tuple[ByKind, ...], ...]:
        """Which findings there are on each column of each page, by kind, the gravest first."""
        return findings_of_columns(self.pages, self.findings)

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
        return list(by_kind(f.kind for f in self.findings))

    def at_least(self, severity: Severity) -> Checked:
        """Return it with the findings of this severity and graver ones only."""
        wanted = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return replace(self, findings=tuple(f for f in self.findings if f.severity in wanted))
