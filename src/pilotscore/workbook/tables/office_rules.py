"""What an office says once of all its workbooks, beside what its headers mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pilotscore.workbook.values.synonyms import Synonyms
from pilotscore.workbook.values.written_levels import WrittenLevels


@dataclass(frozen=True, slots=True, eq=False)
class OfficeRules:
    """What a mapping file says of values.

    Parameters
    ----------
    synonyms
        By indicator or fact: what words of the office stand for.
    levels
        By indicator or fact: the scale that its levels are written in.
    fixes
        What is said of whole columns, as ``--fix`` takes it.
    """

    synonyms: Mapping[str, Synonyms] = field(default_factory=dict)
    levels: Mapping[str, WrittenLevels] = field(default_factory=dict)
    fixes: tuple[str, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """The indicators and facts whose cells are read by them."""
        return frozenset((*self.synonyms, *self.levels))


NO_RULES = OfficeRules()
