"""What a number format says of the number in its cell: that it is shown as a percentage."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format as the workbook has it."""

    code: str

    @property
    def percent(self) -> bool:
        """Say whether the number is shown a hundredfold, with a percent sign."""
        return "%" in self.code

    @property
    def matters(self) -> bool:
        """Say whether the number that is shown means another value than the one stored."""
        return self.percent


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """Return what a number format says."""
    return NumberFormat(code)


PERCENT = number_format("0%")
