"""Values and grades that no cell states as such: a mapping file says what they are, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from pilotscore.findings import Place
from pilotscore.language import Text, Words, same
from pilotscore.records import dataclass
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.cells import Remark
from pilotscore.workbook.values.written_levels import WrittenLevels

Manner = Literal["synonym", "levels", "derived", "words", "default"]
MANNERS: Mapping[Manner, Text] = {
    "synonym": Text("同义词", "synonym"),
    "levels": Text("级别换算", "levels converted"),
    "derived": Text("推算", "derived"),
    "words": Text("证据用语", "words of evidence"),
    "default": Text("默认证据", "evidence by default"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What a mapping file says of one value, or of its grade of evidence.

    Parameters
    ----------
    manner
        How it came about.
    rule
        What the mapping file says: 黄色 = 2, 单位成本 / 目标成本, a default with its reason.
    detail
        What that came to here: the numbers, the words; None where the rule says it all.
    cells
        The cells that it came from.
    """

    manner: Manner
    rule: Words
    detail: Words | None = None
    cells: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class AllGiven:
    """What a mapping file gives of some results: of values and of grades, by result and name."""

    values: Mapping[tuple[int, str], Given] = field(default_factory=dict)
    grades: Mapping[tuple[int, str], Given] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values or self.grades)

    def joined(self, other: AllGiven) -> AllGiven:
        """Return both together."""
        return AllGiven({**self.values, **other.values}, {**self.grades, **other.grades})

    def moved(self, by: int) -> AllGiven:
        """Return it for results that stand further down."""
        values, grades = (
            {(i + by, name): given for (i, name), given in of.items()}
            for of in (self.values, self.grades)
        )
        return AllGiven(values, grades)


NOTHING_GIVEN = AllGiven()
_EQUALS = same("{text} = {value}")
_BECOMES = same("{text} → {value}")


def given_by(remark: Remark, levels: WrittenLevels | None, cell: Place) -> Given | None:
    """Return what a mapping file says of a value, where that is what is told of it."""
    kind, shown = remark
    if kind is kinds.SYNONYM:
        rule = _EQUALS.of(text=shown["text"], value=shown["value"])
        return Given("synonym", rule, cells=(cell,))
    if kind is kinds.LEVEL_CONVERTED and levels is not None:
        detail = _BECOMES.of(text=shown["text"], value=shown["value"])
        return Given("levels", levels.pairs(), detail, (cell,))
    return None
