"""How workbooks are to be read, where a person says so."""

from __future__ import annotations

from collections.abc import Mapping as Keyed
from dataclasses import field
from pathlib import Path

from pilotscore.crew import Crew
from pilotscore.criteria import CriteriaSet
from pilotscore.records import dataclass
from pilotscore.workbook.open.changes import CellChange
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.office import Office
from pilotscore.workbook.tables.fixes import with_fixes
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.mapping import Mapping
from pilotscore.workbook.tables.office_rules import NO_RULES


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What a person may say of the reading.

    Parameters
    ----------
    sheet
        Read this sheet alone, hidden or not.
    header_row
        The lowest row of the header, as Excel counts, from 1.
    mapping
        What a mapping file says of the headers.
    accept_suggestions
        Take a likely column for the indicator that it is most like.
    fixes
        What is said of whole columns, such as ``percent:一次合格率``: their bare numbers are shares
        under a percentage, or percentages under a ratio.
    password
        What opens an encrypted workbook.
    limits
        The bounds of each file.
    glob
        Which files of a folder are workbooks; None for every ending that can be read.
    jobs
        How many processes read several workbooks; None for as many as there are processors.
    crew
        Who reads, where it is not processes of this machine.
    resume
        A folder that keeps what was read of each workbook, and of which it is taken again.
    office
        What calculates formulas whose results are not stored; None for nothing.
    understand
        Whether to say, of each column, what it was taken for and what its values come to.
    called
        By path, under which name a workbook is told where it is not its path.
    changes
        By path, cells that are read as if they had been filled in otherwise.
    """

    sheet: str | None = None
    header_row: int | None = None
    mapping: Mapping | None = None
    accept_suggestions: bool = False
    fixes: tuple[str, ...] = ()
    password: str | None = field(default=None, repr=False)
    limits: Limits = field(default_factory=Limits)
    glob: str | None = None
    jobs: int | None = None
    crew: Crew | None = None
    resume: Path | None = None
    office: Office | None = None
    understand: bool = False
    called: Keyed[str, str] = field(default_factory=dict)
    changes: Keyed[str, tuple[CellChange, ...]] = field(default_factory=dict)

    def names(self, criteria: CriteriaSet) -> HeaderNames:
        """Return what headers are understood by, with what is said of whole columns.

        Raises
        ------
        UsageError
            A fix that cannot be meant.
        """
        mapping = self.mapping
        targets, rules = (mapping.targets, mapping.rules) if mapping else (None, NO_RULES)
        names = HeaderNames.of(criteria, targets, accept=self.accept_suggestions, rules=rules)
        return with_fixes(names, (*rules.fixes, *self.fixes))

    def named(self) -> dict[str, str]:
        """Return what differs from the default, for the manifest; never the password."""
        given = {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "map": f"{self.mapping.name} {self.mapping.sha256}" if self.mapping else None,
            "accept_suggestions": "yes" if self.accept_suggestions else None,
            "fix": ", ".join(self.fixes) or None,
            "glob": self.glob,
            "recalculate": self.office.version if self.office else None,
        }
        default = Limits()
        limits = {
            f"limit {n}": getattr(self.limits, n)
            for n in default.__dataclass_fields__
            if getattr(self.limits, n) != getattr(default, n)
        }
        return {k: str(v) for k, v in {**given, **limits}.items() if v is not None}
