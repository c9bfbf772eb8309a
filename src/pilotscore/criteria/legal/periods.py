"""Periods and terms of intellectual property rights as data: `rules/periods.yaml`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from pilotscore.criteria.checks import Fault
from pilotscore.criteria.checks.fault import unknown_reference
from pilotscore.criteria.files import Source
from pilotscore.criteria.legal.rule_files import Day, load_rules
from pilotscore.criteria.parts import Bilingual, Identifier, Part
from pilotscore.criteria.shipped import data_folder
from pilotscore.language import NOTHING, Text
from pilotscore.records import dataclass

Status = Literal["in force", "to verify"]
Kind = Literal[
    "invention",
    "utility_model",
    "design",
    "pct",
    "software",
    "ic_layout",
    "plant_variety",
    "trade_secret",
    "trademark",
]
Amount = Annotated[int, Field(ge=0)]


class Law(Part):
    """A law by its name, and the day on which it was read."""

    title: Bilingual
    as_of: Day


class Count(Part):
    """A length from the day of a role; ``year_end`` is the last day of the year it ends in."""

    role: str = Field(alias="from")
    years: Amount = 0
    months: Amount = 0
    days: Amount = 0
    year_end: bool = False


class Rule(Part):
    """What every rule says of itself; ``basis`` has the articles of each law that it stands on."""

    id: Identifier
    title: Bilingual
    actor: str
    document: Bilingual = NOTHING
    effect: Bilingual
    basis: dict[str, Bilingual] = Field(min_length=1)
    status: Status = "in force"
    pending: Bilingual | None = None


class Period(Rule):
    """A period or a term; the keys are explained at the head of the file."""

    kinds: tuple[Kind, ...] = Field(min_length=1)
    ends: tuple[Count, ...] = Field(min_length=1)
    of: Literal["later", "earlier"] = "later"
    moves: bool = True
    done: str | None = None
    proved_by: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    claims: bool | None = None
    late_by: tuple[Count, ...] = ()
    filed_from: Day | None = None
    filed_before: Day | None = None
    runs_from: Day | None = None
    runs_before: Day | None = None
    window: tuple[Count, ...] = ()
    restore: Amount = 0
    option: bool = False
    by_office: bool = False
    loses: bool = False
    recorded: bool = False
    shown_by_status: tuple[str, ...] = ()
    before_entry: bool = False
    amount: dict[Kind, float] = Field(default_factory=dict)


class NoticeRule(Rule):
    """What a notice asks an answer to, within so many months where it says none itself."""

    notice: str
    months: Amount


class Extension(Rule):
    """How far a designated period can be extended."""

    months: Amount


class AnnualFee(Rule):
    """Annual fees: the window after the due day and the surcharge of each of its months."""

    kinds: tuple[Kind, ...]
    window_months: Amount
    surcharge: tuple[float, ...]


class ServiceRules(Part):
    """When a notice counts as served."""

    basis: dict[str, Bilingual]
    presumed_days: Amount
    electronic_since: Day
    public_notice_months: Amount


class OpenLicence(Part):
    """What open licences stand on."""

    title: Bilingual
    basis: dict[str, Bilingual]


class Measure(Part):
    """One measure of confidentiality."""

    id: Identifier
    title: Bilingual


class TradeSecret(Part):
    """The checklist of a trade secret."""

    title: Bilingual
    basis: dict[str, Bilingual]
    measures: tuple[Measure, ...]


class PeriodFile(Part):
    """The file as a whole."""

    as_of: Day
    region: str
    laws: dict[str, Law]
    actors: dict[str, Bilingual]
    service: ServiceRules
    periods: tuple[Period, ...]
    notices: tuple[NoticeRule, ...]
    extension: Extension
    annual_fee: AnnualFee
    open_licence: OpenLicence
    trade_secret: TradeSecret

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that sets a day."""
        return (*self.periods, *self.notices, self.extension, self.annual_fee)


@dataclass(frozen=True, slots=True)
class LoadedPeriods:
    """The rules of periods, and the file that they were read from."""

    file: PeriodFile
    source: Source

    def basis(self, basis: Mapping[str, Text]) -> Text:
        """Return the laws and articles that a rule stands on, in both languages."""
        titles = {law: self.file.laws[law].title for law in basis}
        zh = "；".join(
            f"{titles[law].zh}{_chinese(articles.zh)}" for law, articles in basis.items()
        )
        en = "; ".join(
            f"{titles[law].en} {_english(articles.en)}" for law, articles in basis.items()
        )
        return Text(zh, en)

    def as_of(self, rule: Rule) -> datetime.date:
        """Return the day on which the oldest reading of a rule's laws was made."""
        return min(self.file.laws[law].as_of for law in rule.basis)


def load_periods(path: Path) -> LoadedPeriods:
    """Return the rules of a file.

    Raises
    ------
    UnreadableInputError, FaultyFileError
        It cannot be read, or has faults, each with its line.
    """
    return LoadedPeriods(*load_rules(path, PeriodFile, _faults))


@lru_cache(maxsize=1)
def shipped_periods() -> LoadedPeriods:
    """Return the rules that come with the program."""
    return load_periods(data_folder("rules") / "periods.yaml")


def _faults(file: PeriodFile) -> Iterator[Fault]:
    """Yield laws and actors that a rule names and the file does not have."""
    places = [(("periods", i), rule) for i, rule in enumerate(file.periods)]
    places += [(("notices", i), rule) for i, rule in enumerate(file.notices)]  # type: ignore[misc]
    places += [(("extension",), file.extension), (("annual_fee",), file.annual_fee)]  # type: ignore[list-item]
    for path, rule in places:
        for law in rule.basis:
            if law not in file.laws:
                known = ", ".join(file.laws)
                yield unknown_reference((*path, "basis", law), "basis", law, known)
        if rule.actor not in file.actors:
            known = ", ".join(file.actors)
            yield unknown_reference((*path, "actor"), "actor", rule.actor, known)


def _chinese(articles: str) -> str:
    if not articles[0].isdigit():
        return articles
    return "、".join(f"第{article}条" for article in articles.split(", "))


def _english(articles: str) -> str:
    if not articles[0].isdigit():
        return articles
    return f"{'arts.' if ',' in articles or '-' in articles else 'art.'} {articles}"
