"""The limits and bonds of a call over the results of a batch, and what they are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from pilotscore.allocation.problem import Constraint, Counted, Dependency, Exclusive, Limit
from pilotscore.arrays import Bools, Ints
from pilotscore.criteria import Call, CriteriaSet, LoadedCall
from pilotscore.criteria.call import Cap
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Kind, Place
from pilotscore.funding import kinds
from pilotscore.index import Assessment
from pilotscore.language import LISTED, NOTHING, Text, Words, did_you_mean, join, same

BUDGET = Text("预算", "the budget")
JUMPS = Text("越过的分差上限", "the bound on jumps")
_OF_TRACK = {
    "min": Text("{title}赛道下限", "least amount of the track {title}"),
    "min_awards": Text("{title}赛道最少项数", "least awards of the track {title}"),
    "max": Text("{title}赛道上限", "greatest amount of the track {title}"),
    "max_awards": Text("{title}赛道最多项数", "most awards of the track {title}"),
}
_OF_GROUP = Text("{title}（{group}）", "{title} ({group})")
_OF_STAGE = Text("{stage}预算", "the budget of {stage}")
_ONE_OF = Text("互斥：{ids}", "only {most} of {ids}")
_ONLY_WITH = Text("{result} 须与 {needs} 同时资助", "{result} only with {needs}")
_AS_WRITTEN = Text("工作簿中的写法", "as the workbook has it")
Groups = Mapping[str, Sequence[int]]


class Bounds(NamedTuple):
    """What constraints were made of: them, and the findings on the way."""

    limits: list[Limit]
    findings: list[Finding]


def title_of(constraint: Constraint, call: Call, criteria: CriteriaSet) -> Words:
    """Return the words of a constraint of a call."""
    maker = _TITLES.get(constraint.kind)
    return same(str(constraint)) if maker is None else maker(constraint, call, criteria)


def _title_of_cap(constraint: Constraint, call: Call, criteria: CriteriaSet) -> Words:
    cap = call.caps[constraint.name]
    if not constraint.group:
        return cap.title
    shown = category_title(criteria, cap.by, constraint.group)
    return _OF_GROUP.of(title=cap.title, group=shown)


def _title_of_stage(constraint: Constraint, call: Call, _: CriteriaSet) -> Words:
    stage = next(s for s in call.budget.stages if s.id == constraint.name)
    return _OF_STAGE.of(stage=stage.title or stage.id)


def _title_of_exclusion(constraint: Constraint, call: Call, _: CriteriaSet) -> Words:
    group = call.exclusive[constraint.name]
    return group.title or _ONE_OF.of(ids=join(group.results, LISTED), most=group.most)


def _title_of_dependency(constraint: Constraint, call: Call, _: CriteriaSet) -> Words:
    bond = call.depends[int(constraint.name)]
    return _ONLY_WITH.of(result=bond.result, needs=bond.needs)


_TITLES: dict[str, Callable[[Constraint, Call, CriteriaSet], Words]] = {
    "budget": lambda *_: BUDGET,
    "max_jump": lambda *_: JUMPS,
    "stage": _title_of_stage,
    "track": lambda c, call, _: _OF_TRACK[c.bound].of(title=call.tracks[c.name].title),
    "cap": _title_of_cap,
    "exclusion": _title_of_exclusion,
    "dependency": _title_of_dependency,
}


def budget_limits(call: Call, n: int) -> list[Limit]:
    """Return the budget, or that of each stage."""
    everyone = np.ones(n, dtype=bool)
    if not call.budget.stages:
        return [Limit(Constraint("budget", bound="total"), everyone, most=call.budget_fen)]
    return [
        Limit(Constraint("stage", s.id, "amount"), everyone, most=call.fen(s.amount), stage=k)
        for k, s in enumerate(call.budget.stages)
    ]


def track_limits(call: Call, tracks: Ints) -> list[Limit]:
    """Return the quotas of the tracks, by their priority."""
    limits = []
    numbered = sorted(enumerate(call.tracks), key=lambda pair: call.tracks[pair[1]].priority)
    for number, name in numbered:
        for bound in ("min", "min_awards", "max", "max_awards"):
            written = getattr(call.tracks[name], bound)
            if written is None:
                continue
            counts: Counted = "awards" if isinstance(written, int) else "money"
            amount = written if isinstance(written, int) else call.fen(written)
            least = bound in ("min", "min_awards")
            limits.append(
                Limit(
                    Constraint("track", name, bound),
                    tracks == number,
                    counts,
                    amount if least else None,
                    None if least else amount,
                )
            )
    return limits


def cap_limits(a: Assessment, loaded: LoadedCall, amount: Ints, eligible: Bools) -> Bounds:
    """Return the caps that could bind, group by group.

    Parameters
    ----------
    amount, eligible
        Shape (n,): what each result could be given, in fen, and whether it may be.
    """
    limits: list[Limit] = []
    findings: list[Finding] = []
    for name, cap in loaded.call.caps.items():
        address = f"caps.{name}"
        words = words_of(a, cap.by)
        groups = groups_of(words)
        findings += without_group(a, cap.by, address, eligible)
        findings += nearly_alike(loaded, address, groups, words)
        if cap.names:
            groups, unknown = _named_groups(a, loaded, name, groups, words)
            findings += unknown
        for members in groups.values():
            # Of several spellings the first, whatever the order of the rows.
            word = min(words[i] for i in members)
            limits += _of_group(loaded.call, name, word, _mask(len(a), members), amount * eligible)
        if cap.min is not None:
            members = [i for group in groups.values() for i in group]
            least = loaded.call.fen(cap.min)
            limits.append(
                Limit(Constraint("cap", name, "min"), _mask(len(a), members), least=least)
            )
    return Bounds(limits, findings)


def _mask(n: int, members: Sequence[int]) -> Bools:
    mask = np.zeros(n, dtype=bool)
    mask[list(members)] = True
    return mask


def _of_group(call: Call, name: str, word: str, members: Bools, could: Ints) -> list[Limit]:
    """Return the greatest sum and number of a group, where it could be more."""
    cap = call.caps[name]
    limits = []
    if cap.max is not None and int(could[members].sum()) > call.fen(cap.max):
        constraint = Constraint("cap", name, "max", word)
        limits.append(Limit(constraint, members, most=call.fen(cap.max)))
    if cap.max_awards is not None and int((could[members] > 0).sum()) > cap.max_awards:
        constraint = Constraint("cap", name, "max_awards", word)
        limits.append(Limit(constraint, members, "awards", most=cap.max_awards))
    return limits


def _named_groups(
    a: Assessment, loaded: LoadedCall, name: str, groups: Groups, words: Sequence[str]
) -> tuple[dict[str, Sequence[int]], list[Finding]]:
    """Return the groups that a cap names, and findings on those that nobody is in."""
    cap: Cap = loaded.call.caps[name]
    named: dict[str, Sequence[int]] = {}
    findings = []
    for k, word in enumerate(cap.names):
        key = normalise(category_of(a.criteria, cap.by, word) or word)
        if key in groups:
            named[key] = groups[key]
            continue
        there = {words[members[0]] for members in groups.values()}
        address = f"caps.{name}.names.{k}"
        values = {
            "key": address,
            "name": word,
            "near": did_you_mean(word, there, _AS_WRITTEN, before=NOTHING),
        }
        findings.append(finding_at(loaded, kinds.UNKNOWN_GROUP, address, values))
    return named, findings


def exclusions(call: Call, places: Mapping[str, int]) -> list[Exclusive]:
    """Return which results exclude each other; those that have money already take places."""
    have = {entry.result for entry in call.funded}
    return [
        Exclusive(
            Constraint("exclusion", name),
            tuple(places[r] for r in group.results if r in places),
            max(group.most - len(have.intersection(group.results)), 0),
        )
        for name, group in call.exclusive.items()
    ]


def dependencies(call: Call, places: Mapping[str, int]) -> list[Dependency]:
    """Return which results need another one that has no money yet."""
    have = {entry.result for entry in call.funded}
    return [
        Dependency(Constraint("dependency", str(k)), places[bond.result], places[bond.needs])
        for k, bond in enumerate(call.depends)
        if bond.result in places and bond.needs in places and bond.needs not in have
    ]


def finding_at(loaded: LoadedCall, kind: Kind, address: str, values: dict[str, Any]) -> Finding:
    """Return a finding on the line of an address of the call file."""
    return Finding(kind, Place(loaded.source.name, line=loaded.line(address)), values)


def without_group(a: Assessment, fact: str, address: str, able: Bools) -> list[Finding]:
    """Return a finding on results that may be funded and state no group: no limit counts them."""
    here = [i for i, word in enumerate(words_of(a, fact)) if not word and able[i]]
    if not here:
        return []
    m = a.measurements
    title = next(q.title for q in a.criteria.quantities if q.id == fact)
    values = {"count": len(here), "fact": title, "key": address}
    return [Finding(kinds.NO_GROUP, m.place(here[0], fact), values, m.ids[here[0]])]


def nearly_alike(
    loaded: LoadedCall, address: str, groups: Groups, words: Sequence[str]
) -> list[Finding]:
    """Return findings on groups whose names begin alike: 江北 and 江北市 are one, as a rule."""
    findings = []
    for one, other in pairwise(sorted(groups)):
        rest = other[len(one) :]
        if len(one) >= 2 and other.startswith(one) and not rest[:1].isdecimal():
            first, second = (min(words[i] for i in groups[g]) for g in (one, other))
            values = {"key": address, "first": first, "second": second}
            findings.append(finding_at(loaded, kinds.NEARLY_ALIKE, address, values))
    return findings


def words_of(a: Assessment, fact: str) -> list[str]:
    """Return the word of each result for a fact, '' where it has none."""
    operand = a.names.get(fact)
    if operand is None:
        return [""] * len(a)
    values = operand.values.tolist()
    return [v if isinstance(v, str) else ("" if v != v else f"{v:g}") for v in values]


def groups_of(words: Sequence[str]) -> dict[str, Sequence[int]]:
    """Return the places of the results of each group, by its word; who states none is in none."""
    groups: dict[str, list[int]] = {}
    for i, word in enumerate(words):
        if word:
            groups.setdefault(normalise(word), []).append(i)
    return dict(sorted(groups.items()))


def category_of(criteria: CriteriaSet, fact: str, word: str) -> str | None:
    """Return the id of the category that a word means, if the fact has such."""
    wanted = normalise(word)
    for c in _categories(criteria, fact):
        if wanted in map(normalise, (c.id, c.title.zh, c.title.en, *c.aliases)):
            return str(c.id)
    return None


def category_title(criteria: CriteriaSet, fact: str, word: str) -> Text:
    """Return the title of a category; of any other word itself."""
    return next((c.title for c in _categories(criteria, fact) if c.id == word), same(word))


def _categories(criteria: CriteriaSet, fact: str) -> Sequence[Any]:
    return next((f.table or () for f in criteria.facts if f.id == fact), ())
