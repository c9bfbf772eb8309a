"""What the nation and its regions ask of the transformation of results, as validated data.

``rules/regions.yaml`` has the laws, and for each region its rules: what a rule is about, whether it
must be kept, whom it binds, its figure, and where it stands. :func:`load_regulations` reads it;
:meth:`Regulations.in_force` gives the rules on one matter for a region, those of the nation among
them. Nothing here is legal advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from pilotscore.criteria.files import read_placed
from pilotscore.criteria.loader import validated
from pilotscore.criteria.parts import Bilingual, Identifier, Part, Strings, spellings
from pilotscore.criteria.shipped import data_folder
from pilotscore.language import Text, Words, nearest
from pilotscore.patterns import regex
from pilotscore.records import dataclass

NATION = "CN"
Binding = Literal["shall", "may", "default"]
Status = Literal["in force", "to verify"]
BINDINGS: dict[Binding, Text] = {
    "shall": Text("应当", "shall"),
    "may": Text("可以", "may"),
    "default": Text("未约定时适用", "where nothing is agreed"),
}
STATUSES: dict[Status, Text] = {
    "in force": Text("现行", "in force"),
    "to verify": Text("待核实", "to verify"),
}
Month = Annotated[int, Field(ge=1, le=12)]
Percent = Annotated[float, Field(gt=0, le=100)]
Count = Annotated[int, Field(ge=1)]
_ARTICLE = Text("{law}第{number}条{part}", "{law}, art. {number}{part}")
_NUMBER = regex(r"[\d-]+")
_ENDINGS = regex(
    r"(省|市|自治区|壮族自治区|回族自治区|维吾尔自治区|特别行政区|经济特区|\s+(province|municipality|city))$",
    re.IGNORECASE,
)
# What may follow the name of a region: a place in it (浙江省杭州市); not the name of another
# place that begins alike (海南藏族自治州 lies in Qinghai).
_PLACE_WITHIN = regex(r"^(省|市|自治区)?(?!.*族自治州)(\S{1,12}(市|区|县|新区|开发区|州|盟))?$")


class Law(Part):
    """A law or notice: its name, and the day as of which its text was read."""

    zh: str
    en: str
    as_of: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]

    @property
    def title(self) -> Text:
        """Its name in both languages."""
        return Text(self.zh, self.en)


class Rule(Part):
    """One rule of a region, or of the nation.

    ``share`` is in per cent of what ``of`` names; ``years`` the fewest and the most; ``months`` and
    ``days`` the length of a period, whose ``day_kind`` is blank where the rule does not say it.
    ``funded``: only for publicly funded results. ``use_right_too``: for holders of a right of use
    as for those of a share.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{2}-[a-z0-9-]+$")]
    item: Identifier
    title: Bilingual
    binding: Binding
    law: Identifier
    article: str = ""
    status: Status = "in force"
    kinds: Strings = ()
    modes: Strings = ()
    share: Percent | None = None
    of: str = ""
    amount: Annotated[int, Field(ge=1)] | None = None
    years: tuple[Count, Count] | None = None
    months: Count | None = None
    days: Count | None = None
    day_kind: Literal["calendar", "working", ""] = ""
    month: Month | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    since: str = ""
    deducts: Strings = ()
    public_money_is_cost: bool = True
    keeps_income: bool = False
    funded: bool = False
    use_right_too: bool = False
    note: Bilingual | None = None

    def holds_for(self, kind: str, mode: str) -> bool:
        """Say whether it concerns a kind of unit and a mode; an unknown one only a rule for all."""
        return (not self.kinds or kind in self.kinds) and (not self.modes or mode in self.modes)


class Region(Part):
    """A region, its names, and the rules that are its own."""

    id: Identifier
    title: Bilingual
    aliases: Strings = ()
    parent: Identifier | None = None
    rules: tuple[Rule, ...] = ()


class RegionsFile(Part):
    """The file of regions: laws by name, and the regions with their rules."""

    id: Identifier
    version: str
    laws: dict[str, Law]
    regions: tuple[Region, ...]

    @model_validator(mode="after")
    def _names_are_known(self) -> RegionsFile:
        rules = [rule for region in self.regions for rule in region.rules]
        ids = [rule.id for rule in rules]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        unknown = sorted({rule.law for rule in rules} - set(self.laws))
        regions = {region.id for region in self.regions}
        orphans = [r.id for r in self.regions if r.parent and r.parent not in regions]
        if twice or unknown or orphans or NATION not in regions:
            raise ValueError(f"twice {twice}, no such law {unknown}, no such parent {orphans}")
        return self


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """The region that a word means; None where it is none, with the nearest name there is.

    ``ruled`` says whether any rule of the region (or of one around it) is at hand.
    """

    written: str
    region: Region | None
    ruled: bool = False
    nearest: str | None = None

    @property
    def id(self) -> str:
        """The id of the region whose rules hold: the nation's, where no other is known."""
        return self.region.id if self.region is not None else NATION


@dataclass(frozen=True)
class Regulations:
    """The rules of all regions, as they were read."""

    file: RegionsFile
    sha256: str

    @cached_property
    def regions(self) -> Mapping[str, Region]:
        """The regions by their id."""
        return {region.id: region for region in self.file.regions}

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Every rule by its id."""
        return {rule.id: rule for region in self.file.regions for rule in region.rules}

    @cached_property
    def region_of_rule(self) -> Mapping[str, Region]:
        """The region of each rule, by the rule's id."""
        return {rule.id: region for region in self.file.regions for rule in region.rules}

    @cached_property
    def _by_name(self) -> Mapping[str, Region]:
        return {
            name.casefold(): region for region in self.file.regions for name in spellings(region)
        }

    def source(self, rule: Rule) -> Words:
        """Say where a rule stands: its law, and the article where it was noted."""
        law, number = self.file.laws[rule.law], _NUMBER.match(rule.article)
        if number is None:
            return law.title
        part = rule.article[number.end() :]
        return _ARTICLE.of(law=law.title, number=number[0], part=part)

    def as_of(self, rule: Rule) -> str:
        """Return the day as of which the text of a rule was read."""
        return self.file.laws[rule.law].as_of

    def find(self, written: str) -> RegionMatch:
        """Return the region that is written: by any of its names, or a place within it."""
        name = written.strip().casefold()
        if not name:
            return RegionMatch(written, None)
        region = self._named(name) or self._around(name)
        if region is None:
            near = nearest(name, self._titles) or self._one_sign_off(_ENDINGS.sub("", name))
            return RegionMatch(written, None, nearest=near)
        return RegionMatch(written, region, any(r.rules for r in self.chain(region.id)[:-1]))

    def _named(self, name: str) -> Region | None:
        return self._by_name.get(name) or self._by_name.get(_ENDINGS.sub("", name).strip())

    def _around(self, name: str) -> Region | None:
        """Return the region with the longest name that the name of a place in it begins with."""
        names = (n for n in self._by_name if len(n) > 1 and not n.isascii() and name.startswith(n))
        within = [n for n in names if _PLACE_WITHIN.match(name[len(n) :])]
        return self._by_name[max(within, key=len)] if within else None

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        every = (name for region in self.file.regions for name in spellings(region)[1:])
        return tuple(name for name in every if len(name) > 1)

    def _one_sign_off(self, name: str) -> str | None:
        """Return the only Chinese name that differs in one sign: two signs are soon far apart."""
        titles = {region.title.zh for region in self.file.regions}
        off = [t for t in titles if len(t) == len(name) and _differences(t, name) == 1]
        return off[0] if len(off) == 1 else None

    def chain(self, region: str) -> tuple[Region, ...]:
        """Return a region and those around it, the nation last."""
        regions = [self.regions[region]]
        while regions[-1].parent:
            regions.append(self.regions[regions[-1].parent])
        return tuple(regions) if region == NATION else (*regions, self.regions[NATION])

    def in_force(
        self, item: str, region: str = NATION, kind: str = "", mode: str = ""
    ) -> tuple[Rule, ...]:
        """Return the rules on a matter that concern a region, a kind of unit and a mode.

        The nearest come first: those of the region itself, then of the one around it, then of the
        nation.
        """
        every = self._by_region[region]
        return tuple(r for r in every.get(item, ()) if r.holds_for(kind, mode))

    @cached_property
    def _by_region(self) -> Mapping[str, Mapping[str, tuple[Rule, ...]]]:
        return {
            region: _by_item(rule for around in self.chain(region) for rule in around.rules)
            for region in self.regions
        }

    def rule(self, item: str, region: str = NATION, kind: str = "", mode: str = "") -> Rule | None:
        """Return the rule on a matter that goes before all others: the nearest, binding first."""
        rules = self.in_force(item, region, kind, mode)
        return min(rules, key=lambda r: r.binding != "shall", default=None)


def _differences(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _by_item(rules: Iterable[Rule]) -> Mapping[str, tuple[Rule, ...]]:
    by_item: dict[str, list[Rule]] = {}
    for rule in rules:
        by_item.setdefault(rule.item, []).append(rule)
    return {item: tuple(members) for item, members in by_item.items()}


@cache
def load_regulations() -> Regulations:
    """Load the shipped rules of regions.

    Raises
    ------
    FaultyFileError
        The file has faults: all of them, each with its line.
    """
    path = data_folder("rules") / "regions.yaml"
    placed, source = read_placed(path)
    return Regulations(validated(path, RegionsFile, placed, ()), source.sha256)
