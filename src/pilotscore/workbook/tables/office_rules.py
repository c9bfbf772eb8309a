"""What an office says once of all its workbooks, beside what its headers mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property

from pilotscore.criteria.formula import Formula
from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.records import dataclass
from pilotscore.workbook.values.evidence_words import GradeWords
from pilotscore.workbook.values.synonyms import Synonyms
from pilotscore.workbook.values.text_pattern import TextPattern
from pilotscore.workbook.values.written_levels import WrittenLevels


@dataclass(frozen=True, slots=True)
class DerivedField:
    """An indicator or fact that is worked out from other columns.

    Parameters
    ----------
    name
        What is derived.
    text, formula
        The formula as it is written, and parsed.
    columns
        The header that each name of the formula is of, but for the numbers of a pattern.
    units
        The units that are said of these names, where headers state none.
    source, patterns
        The header of a column of text, and the patterns by which it has numbers; '' for none.
    """

    name: str
    text: str
    formula: Formula
    columns: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    patterns: tuple[TextPattern, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that it is worked out from."""
        return (*self.columns.values(), *((self.source,) if self.source else ()))


@dataclass(frozen=True, slots=True)
class GradeDefault:
    """A grade of evidence where none is stated: its place, why, and of what it holds."""

    grade: int
    reason: str
    indicator: str | None = None
    result: str | None = None

    @property
    def narrowness(self) -> tuple[bool, bool]:
        """How much it is said of: one of a result goes before one of a column, and of the file."""
        return self.result is not None, self.indicator is not None


# Of a text that is evidence for the indicator to its left, as columns repeat it.
OF_THE_LEFT = ("<left>",)


@dataclass(frozen=True, slots=True)
class EvidenceRules:
    """How grades of evidence follow where no column of grades states them.

    ``defaults`` are in the order in which they are looked at, the narrowest first; ``texts`` has
    headers of columns of text, and the indicators that each is evidence for: ``OF_THE_LEFT`` for
    whichever stands before it.
    """

    defaults: tuple[GradeDefault, ...] = ()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: GradeWords = GradeWords({})


@dataclass(frozen=True, eq=False)
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
    derived
        What is worked out from other columns.
    evidence
        Which grades of evidence follow from texts or by default.
    """

    synonyms: Mapping[str, Synonyms] = field(default_factory=dict)
    levels: Mapping[str, WrittenLevels] = field(default_factory=dict)
    fixes: tuple[str, ...] = ()
    derived: tuple[DerivedField, ...] = ()
    evidence: EvidenceRules | None = None

    @cached_property
    def named(self) -> frozenset[str]:
        """The indicators and facts whose cells are read by them."""
        return frozenset((*self.synonyms, *self.levels))

    @cached_property
    def derives(self) -> frozenset[str]:
        """The indicators and facts that are derived."""
        return frozenset(d.name for d in self.derived)

    @cached_property
    def follow(self) -> bool:
        """Whether values or grades follow from what was read."""
        return bool(self.derived) or self.evidence is not None

    @cached_property
    def sources(self) -> frozenset[str]:
        """The headers, reduced, of columns that values or grades are worked out from."""
        texts = self.evidence.texts if self.evidence else ()
        headers = (*texts, *(h for d in self.derived for h in d.headers))
        return frozenset(
            form for h in headers for form in (normalise(h), normalise(without_brackets(h))) if form
        )


NO_RULES = OfficeRules()
