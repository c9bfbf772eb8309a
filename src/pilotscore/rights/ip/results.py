"""What the rights of a result come to: core patents in force, and what gates ask of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria.legal.periods import LoadedPeriods
from pilotscore.records import dataclass
from pilotscore.rights.counting import add_months
from pilotscore.rights.due import DueColumns, DueState
from pilotscore.rights.ip.roles import FILING, FIRST, RightDays
from pilotscore.rights.ip.rows import Small
from pilotscore.rights.ip.states import IpState, IpStates, rows_of
from pilotscore.workbook.rights.records import Texts

YES, NO, UNKNOWN = 1, 0, -1
# Of an invention or utility model the review is needed before filing abroad.
_REVIEWED = ("invention", "utility_model")
_NOVEL = ("invention", "utility_model", "design", "pct")
_MONTHS_OF_REVIEW = 6  # four for the decision and two more: then one may file without it


@dataclass(frozen=True, slots=True, eq=False)
class IpResults:
    """Each result that has rights, in the order of their first one.

    ``of`` is the place in ``result`` of each right's result. Counts are nan where no right of the
    result is marked as core or not. ``facts`` are 1, 0, or -1 where nothing on record says it; they
    look at rights that are not marked as outside the core. ``measures`` is how many of the seven
    measures of a trade secret are stated, nan where none is asked about.
    """

    result: Texts
    of: Ints
    rights: Ints
    core_valid: Floats
    core_in_grace: Floats
    core_lapsed: Floats
    core_applied: Floats
    valid: Ints
    facts: Mapping[str, Codes]
    measures: Floats

    def __len__(self) -> int:
        """Return how many results there are."""
        return len(self.result)


def ip_results(
    rights: RightDays,
    due: DueColumns,
    right: Small,
    states: IpStates,
    as_of: np.datetime64,
    rules: LoadedPeriods,
    measures: Mapping[str, Mapping[str, bool]],
    doubtful: Bools,
) -> IpResults:
    """Return what rights come to for each result on a day."""
    # In the order in which they come; a dictionary does it as fast as pandas, which takes a third
    # of a second to import.
    place_of: dict[str, int] = {}
    places = [place_of.setdefault(x, len(place_of)) for x in rights.ip.result.tolist()]
    of, names = np.array(places, np.int64), np.array([*place_of], object)
    n = len(names)
    core = rights.ip.flags["core"]
    marked = np.bincount(of, core >= 0, n) > 0

    def count(rows: Bools) -> Floats:
        counted: Floats = np.where(marked, np.bincount(of, (core == 1) & rows, n), np.nan)
        return counted

    state = states.state
    lapsed = (state == IpState.LAPSED) | (state == IpState.EXPIRED)
    per_right = _facts(rights, due, right, as_of, doubtful)
    per_right["core_patent_lapsed"] = _of_core(core, lapsed, state == IpState.UNPROVEN)
    in_grace = state == IpState.IN_GRACE
    per_right["core_patent_in_grace"] = _of_core(core, in_grace, state == IpState.UNPROVEN)
    return IpResults(
        names,
        of,
        np.bincount(of, minlength=n),
        # a patent in its window is in force, and shown apart
        count((state == IpState.IN_FORCE) | in_grace),
        count(in_grace),
        count(lapsed),
        count(state == IpState.APPLIED),
        np.bincount(of, (state == IpState.IN_FORCE) | in_grace, n).astype(np.int64),
        {name: _of_results(n, of, values) for name, values in per_right.items()},
        _measures(names, rights, of, rules, measures),
    )


def _of_core(core: Codes, yes: Bools, unknown: Bools) -> Codes:
    """Return a fact about core rights: of one that is not marked it is not known."""
    of_marked = np.where(yes, YES, np.where(unknown, UNKNOWN, NO))
    return np.where(core == 1, of_marked, np.where(core == 0, NO, UNKNOWN)).astype(np.int8)


def _of_results(n: int, of: Ints, values: Codes) -> Codes:
    """Return yes where any right says it, else unknown where any is, else no."""
    some_yes = np.bincount(of, values == YES, n) > 0
    some_unknown = np.bincount(of, values == UNKNOWN, n) > 0
    return np.where(some_yes, YES, np.where(some_unknown, UNKNOWN, NO)).astype(np.int8)


def _facts(
    rights: RightDays, due: DueColumns, right: Small, as_of: np.datetime64, doubtful: Bools
) -> dict[str, Codes]:
    n = len(rights)
    concerned = rights.ip.flags["core"] != 0
    missed = {
        "examination_not_requested": ("examination",),
        "pct_entry_missed": ("pct_entry",),
        "licence_not_filed": ("licence_filing",),
        "reward_overdue": ("inventor_reward", "inventor_reward_before_2024"),
    }
    facts = {name: _missed(n, due, right, *rules) for name, rules in missed.items()}
    # What becomes of a request for restoration is not known before it is decided.
    restored = rights.days["restoration_requested"] <= as_of
    facts["examination_not_requested"][restored & (facts["examination_not_requested"] == YES)] = (
        UNKNOWN
    )
    # Nor what runs from a priority that cannot be.
    for name in ("examination_not_requested", "pct_entry_missed"):
        facts[name][doubtful & (facts[name] == YES)] = UNKNOWN
    early = _published_early(rights, as_of)
    early[doubtful & (rights.days["own_publication"] < rights.days[FILING]) & (early == NO)] = (
        UNKNOWN
    )
    facts["published_before_filing"] = early
    facts["filed_abroad_unreviewed"] = _unreviewed(rights, as_of)
    return {name: np.where(concerned, v, NO).astype(np.int8) for name, v in facts.items()}


def _missed(n: int, due: DueColumns, right: Small, *rules: str) -> Codes:
    rows = rows_of(due, *rules)
    fact = np.full(n, NO, np.int8)
    fact[right[rows & (due.state == DueState.UNPROVEN)]] = UNKNOWN
    fact[right[rows & (due.state == DueState.LAPSED)]] = YES
    return fact


def _published_early(rights: RightDays, as_of: np.datetime64) -> Codes:
    """Whether a result was published before its first filing, outside the four cases of grace.

    One of the cases counts for six months. Where nothing says which case it was, it is not known
    inside these; after them it is early whatever it was.
    """
    own, filed = rights.days["own_publication"], rights.days[FIRST]
    known = np.isin(rights.ip.kind.astype("U16"), _NOVEL) & (own <= as_of)
    # Not filed yet: the day of evaluation is the earliest filing there can be.
    early = known & (np.where(np.isnat(filed), as_of, filed) > own)
    late = early & (np.where(np.isnat(filed), as_of, filed) > add_months(own, 6))
    case = rights.ip.flags["grace_case"]
    inside = np.where(case == 1, NO, np.where(case == 0, YES, UNKNOWN))
    return np.where(late, YES, np.where(early, inside, NO)).astype(np.int8)


def _unreviewed(rights: RightDays, as_of: np.datetime64) -> Codes:
    """Whether it was filed abroad before the secrecy review was passed.

    A request whose answer is out for longer than the office may take leaves it open.
    """
    abroad, cleared = rights.days["foreign_filed"], rights.days["secrecy_cleared"]
    requested = rights.days["secrecy_requested"]
    of_kind = np.isin(rights.ip.kind.astype("U16"), _REVIEWED)
    filed = of_kind & (abroad <= as_of) & ~(cleared <= abroad)
    waited = abroad > add_months(requested, _MONTHS_OF_REVIEW)
    no_word = ~(rights.stated("secrecy_cleared") | rights.stated("secrecy_requested"))
    unknown = (waited & np.isnat(cleared)) | no_word
    return np.where(filed, np.where(unknown, UNKNOWN, YES), NO).astype(np.int8)


def _measures(
    names: Texts,
    rights: RightDays,
    of: Ints,
    rules: LoadedPeriods,
    measures: Mapping[str, Mapping[str, bool]],
) -> Floats:
    """Return how many of the seven measures of each result with a trade secret are stated."""
    known = [m.id for m in rules.file.trade_secret.measures]
    counts = np.full(len(names), np.nan)
    secret = set(of[rights.ip.kind == "trade_secret"].tolist())
    for i in sorted(secret):
        stated = measures.get(names[i])
        if stated is not None:
            counts[i] = sum(bool(stated.get(name)) for name in known)
    return counts
