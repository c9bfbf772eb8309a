"""What a panel says on sufficiency indicators: how many yes, how many no, and why."""

from __future__ import annotations

from collections.abc import Mapping

from pilotscore.records import dataclass
from pilotscore.workbook.panels.records import PanelAnswer, PanelSubmission


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """The answers on one indicator for one result; it is no part of any value.

    ``noes`` are those who said no, each with the reason.
    """

    result: str
    indicator: str
    yes: int
    noes: tuple[PanelAnswer, ...]

    @property
    def sufficient(self) -> bool:
        """Whether nobody says no."""
        return not self.noes


def sufficiency_of(
    submission: PanelSubmission, weights: Mapping[str, float]
) -> tuple[Sufficiency, ...]:
    """Count the answers by indicator and result; an expert whose weight is 0 has none."""
    by_key: dict[tuple[str, str], list[PanelAnswer]] = {}
    for answer in submission.answers:
        if weights.get(answer.expert, 1.0) > 0:
            by_key.setdefault((answer.indicator, answer.result), []).append(answer)
    return tuple(
        Sufficiency(result, name, sum(a.yes for a in of), tuple(a for a in of if not a.yes))
        for (name, result), of in sorted(by_key.items())
    )
