"""Results for enterprises (推广): the best of a round that were released, and who needs them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from pilotscore.errors import FaultyFileError, UnreadableInputError, UsageError
from pilotscore.findings import Finding
from pilotscore.language import LANGS, LISTED, Text, counted, join, same
from pilotscore.records import dataclass
from pilotscore.runs.kept_rounds import StoredRound, short
from pilotscore.runs.matching import Match, Offered, matches
from pilotscore.store import Store
from pilotscore.store.follow_ups import MatchReport
from pilotscore.workbook.needs import Need, NeedFile, read_needs
from pilotscore.workbook.open.sheets import UnreadableBookError

RELEASE = "release"
FIELDS = ("domain", "track")
TEXTS = ("keywords",)
SHOWN = ("institution", "region", *FIELDS, *TEXTS)
_BEST = 2  # grades, where none is asked for
_NO_FACT = Text(
    "轮次 {key} 的成果没有“是否同意公开推广”（{name}）：没有同意就不公开；"
    "申报表加上这一列，或用 --release 指定另一个是否型事实",
    "the results of the round {key} do not say whether they may be shown ({name}): without consent "
    "nothing is; add the column to the workbook, or name another yes/no fact by --release",
)
_NO_GRADE = Text("没有等级 {name}；有：{all}", "there is no grade {name}; there are: {all}")
_FAULTS = Text("需求表有 {places}", "the table of needs has {places}")


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A need with the results that go with it; ``past`` where its deadline is over."""

    need: Need
    matches: tuple[Match, ...]
    past: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The results of a round that are shown, best first, and the needs matched to them.

    ``kept_back`` counts results of these grades that their owners did not release; ``before`` has
    what was reported of matches, by need and result.
    """

    kept: StoredRound
    places: tuple[int, ...]
    grades: tuple[str, ...]
    kept_back: int
    wanted: tuple[Wanted, ...] = ()
    before: Mapping[tuple[str, str], MatchReport] | None = None
    findings: tuple[Finding, ...] = ()

    def fact(self, name: str, i: int) -> Text | None:
        """Return what a fact says of a result, in words; None where it says nothing."""
        return fact_words(self.kept, name, i)

    def report(self, need: str, place: int) -> MatchReport | None:
        """Return what was reported of a match; None where nothing was."""
        key = (need, self.kept.columns.ids[place])
        return None if self.before is None else self.before.get(key)


def catalogue(
    store: Store,
    kept: StoredRound,
    today: datetime.date,
    *,
    grades: Sequence[str] = (),
    release: str = RELEASE,
    needs: Path | None = None,
    most: int = 5,
) -> Catalogue:
    """Return what of a round is shown to enterprises.

    Parameters
    ----------
    store, kept
        The store and the round.
    today
        The day: needs whose deadline is over are not matched.
    grades
        Which grades are shown; the two best by default.
    release
        The yes/no fact by which owners released their results.
    needs
        A table of needs, to be matched.
    most
        How many results are named for a need.

    Raises
    ------
    UsageError
        The round does not know who released what, or there is no such grade.
    UnreadableInputError, FaultyFileError
        The table of needs cannot be read, or has faults.
    """
    shown = _grades(kept, grades)
    columns = kept.columns
    if not _asks(kept, release):
        raise UsageError(_NO_FACT.of(key=short(kept.entry.key), name=release))
    consent = columns.facts[release]
    codes = [k for k, g in enumerate(columns.head.grades) if g.id in shown]
    good = np.isin(columns.grades, codes)
    released = [_is_yes(consent[i]) for i in range(len(columns))]
    places = [i for i in np.flatnonzero(good).tolist() if released[i]]
    places.sort(key=lambda i: (int(columns.ranks[i]) or len(columns) + 1, i))
    back = int(good.sum()) - len(places)
    file = NeedFile((), ()) if needs is None else _needs(needs)
    offered = [_offered(kept, i) for i in places]
    wanted = tuple(_wanted(need, offered, today, most) for need in file.needs)
    before = {(m.need, m.result): m for report in store.follow_ups() for m in report.matches}
    return Catalogue(kept, tuple(places), shown, back, wanted, before, file.findings)


def _grades(kept: StoredRound, wanted: Sequence[str]) -> tuple[str, ...]:
    known = {g.id.casefold(): g.id for g in kept.columns.head.grades}
    for name in wanted:
        if name.casefold() not in known:
            every = join(known.values(), LISTED)
            raise UsageError(_NO_GRADE.of(name=name, all=every))
    return tuple(known[name.casefold()] for name in wanted) or tuple(known.values())[:_BEST]


def _asks(kept: StoredRound, release: str) -> bool:
    """Whether anybody was asked: where all are blank nobody has refused."""
    answers = kept.columns.facts.get(release)
    return answers is not None and any(a not in ("", None) and a == a for a in answers)


def _is_yes(value: float | str) -> bool:
    return value in (1.0, "yes")


def _needs(path: Path) -> NeedFile:
    try:
        file = read_needs(path)
    except UnreadableBookError as error:
        text = Text("需求表 {path} 无法读取", "the table of needs {path} cannot be read")
        raise UnreadableInputError(text.of(path=str(path)), [error.finding]) from error
    faults = sum(f.severity == "error" for f in file.findings)
    if faults:
        places = counted(faults, Text("处问题", "fault"))
        raise FaultyFileError(_FAULTS.of(places=places), file.findings)
    return file


def _wanted(need: Need, offered: Sequence[Offered], today: datetime.date, most: int) -> Wanted:
    if need.deadline and need.deadline < today.isoformat():
        return Wanted(need, (), past=True)
    return Wanted(need, matches(need.requirement, need.field, offered, most))


def _offered(kept: StoredRound, i: int) -> Offered:
    said = [kept.columns.titles[i], *_all_words(kept, TEXTS, i)]
    return Offered(i, " ".join(said), tuple(_all_words(kept, FIELDS, i)))


def _all_words(kept: StoredRound, names: Sequence[str], i: int) -> list[str]:
    words = (fact_words(kept, name, i) for name in names)
    texts = [text.to(lang) for text in words if text is not None for lang in LANGS]
    return list(dict.fromkeys(texts))


def fact_words(kept: StoredRound, name: str, i: int) -> Text | None:
    """Return what a fact says of a result, in words; None where it says nothing."""
    if name not in kept.columns.facts:
        return None
    item = next(x for x in kept.columns.head.facts if x.id == name)
    value = kept.columns.facts[name][i]
    if not isinstance(value, str):
        return None if value != value else same(f"{value:g}")
    return dict(zip(item.keys, item.words, strict=True)).get(value, same(value)) if value else None
