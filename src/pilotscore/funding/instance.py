"""A call applied to a ranking: the problem of allocation, and who is out of it and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from pilotscore.allocation.problem import Counted, Dependency, Exclusive, Limit, Problem
from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.criteria import CriteriaSet, LoadedCall
from pilotscore.criteria.names import normalise
from pilotscore.errors import FaultyFileError
from pilotscore.findings import Finding, Kind, Place
from pilotscore.funding import kinds
from pilotscore.funding.eligibility import Refusal, Refusals, refusals_by_rules
from pilotscore.funding.grants import Grants, grants
from pilotscore.funding.offers import by_stage, of_levels, worth
from pilotscore.funding.order import TieBroken, break_ties
from pilotscore.funding.recommendation import FundingPlan
from pilotscore.language import Text, nearest, same
from pilotscore.ranking import Ranking


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """A call applied to a ranking.

    ``problem`` is over all n results of the assessment; ``refusals`` has for each why it may not
    be funded, () where it may; ``ties`` says what decided between equal ranks; ``track_names`` the
    ids of the tracks, by their numbers in ``problem.tracks``.
    """

    loaded: LoadedCall
    ranking: Ranking
    plan: FundingPlan
    problem: Problem
    refusals: tuple[tuple[Refusal, ...], ...]
    grants: Grants
    ties: tuple[TieBroken, ...]
    track_names: tuple[str, ...]
    findings: tuple[Finding, ...]

    def __len__(self) -> int:
        return len(self.problem)

    @property
    def limit_titles(self) -> dict[str, Text]:
        """The words of every limit, exclusion and dependency, by its address."""
        p = self.problem
        titles = {limit.key: limit.title for limit in p.limits}
        titles |= {group.key: group.title for group in p.exclusive}
        return titles | {bond.key: bond.title for bond in p.dependencies}

    def value(self, index: Floats) -> Floats:
        """Return the worth of each offer for other scores, shape (n,), under the objective."""
        return worth(self.loaded, self.problem, self.grants, index)


def apply_call(ranking: Ranking, plan: FundingPlan, loaded: LoadedCall) -> Instance:
    """Apply a call to a ranking.

    Parameters
    ----------
    ranking, plan
        The results, and what the policy says of each.
    loaded
        The call.

    Raises
    ------
    FaultyFileError
        The call names results that are not there, demands what a gate forbids, or has a quota for
        a track in which nobody may be funded.
    """
    maker = _Applying(ranking, plan, loaded)
    return maker.instance()


class _Applying:
    def __init__(self, ranking: Ranking, plan: FundingPlan, loaded: LoadedCall) -> None:
        self.ranking, self.plan, self.loaded, self.call = ranking, plan, loaded, loaded.call
        self.a = ranking.assessment
        self.n = len(self.a)
        self.findings: list[Finding] = []
        self.places = {name: i for i, name in enumerate(self.a.measurements.ids)}

    def instance(self) -> Instance:
        refusals = refusals_by_rules(self.ranking, self.plan, self.loaded)
        self._already_funded(refusals)
        tracks, names, strange = self._tracks(refusals)
        found, told = grants(self.a, self.plan, self.loaded, refusals)
        self._tell_tracks(strange, tracks, refusals, names)
        self.findings += told
        self._tell_requests(found, refusals)
        self._tell_needs(refusals)
        eligible = np.array([not r for r in refusals], dtype=bool)
        required = self._required(refusals)
        order, ties = break_ties(self.ranking, self.call, found.asked)
        owner, level, cost = self._offers(found)
        problem = Problem(
            order=order,
            eligible=eligible,
            required=required,
            tracks=tracks,
            owner=owner,
            level=level,
            cost=cost,
            value=np.zeros(len(owner)),
            score=self.a.index,
            limits=tuple(self._limits(tracks, names, found, eligible)),
            exclusive=tuple(self._exclusive()),
            dependencies=tuple(self._dependencies()),
            max_jump=self.call.max_jump,
            names=tuple(self.a.measurements.ids),
        )
        if any(f.severity == "error" for f in self.findings):
            count = sum(f.severity == "error" for f in self.findings)
            text = Text(
                f"征集文件与这批成果不符，有 {count} 处",
                f"the call does not fit these results, in {count} place{'s' if count > 1 else ''}",
            )
            raise FaultyFileError(text, sorted(self.findings, key=lambda f: f.severity != "error"))
        from dataclasses import replace

        problem = replace(problem, value=worth(self.loaded, problem, found, self.a.index))
        return Instance(
            self.loaded, self.ranking, self.plan, problem, tuple(tuple(r) for r in refusals),
            found, ties, names, tuple(self.findings),
        )  # fmt: skip

    def _tell(self, kind: Kind, address: str, values: dict[str, Any]) -> None:
        place = Place(self.loaded.source.name, line=self.loaded.line(address))
        self.findings.append(Finding(kind, place, values))

    def _result(self, name: str, address: str) -> int | None:
        """Return the place of a result that the call names."""
        if name in self.places:
            return self.places[name]
        near = nearest(name, self.places)
        guess = Text(f"是否指 {near}？", f"did you mean {near}?") if near else Text("编号", "an id")
        self._tell(kinds.UNKNOWN_RESULT, address, {"key": address, "name": name, "near": guess})
        return None

    def _already_funded(self, refusals: Refusals) -> None:
        for k, entry in enumerate(self.call.funded):
            i = self._result(entry.result, f"funded.{k}.result")
            if i is not None:
                text = Text(f"已获资助：{entry.by.zh}", f"has its money already: {entry.by.en}")
                refusals[i].append(Refusal("funded", text, self.loaded.line(f"funded.{k}")))

    def _required(self, refusals: Refusals) -> Bools:
        required = np.zeros(self.n, dtype=bool)
        for k, name in enumerate(self.call.required):
            i = self._result(name, f"required.{k}")
            if i is None:
                continue
            if refusals[i]:
                values = {"name": name, "reason": refusals[i][0].text}
                self._tell(kinds.REQUIRED_REFUSED, f"required.{k}", values)
            else:
                required[i] = True
        return required

    def _words(self, fact: str) -> list[str]:
        """Return the word of each result for a fact, '' where it has none."""
        operand = self.a.names.get(fact)
        if operand is None:
            return [""] * self.n
        return [v if isinstance(v, str) else ("" if v != v else f"{v:g}") for v in operand.values.tolist()]  # fmt: skip

    def _tracks(self, refusals: Refusals) -> tuple[Ints, tuple[str, ...], Mapping[str, list[int]]]:
        """Return the track of each result, the names of the tracks, and words that are none."""
        call, names = self.call, tuple(self.call.tracks)
        numbers = np.full(self.n, -1, dtype=np.int64)
        if call.track is None or not names:
            return numbers, names, {}
        known: dict[str, int] = {}
        for k, (name, track) in enumerate(call.tracks.items()):
            for word in (name, track.title.zh, track.title.en, *track.names):
                known.setdefault(normalise(word), k)
                if (category := self._category(call.track, word)) is not None:
                    known.setdefault(normalise(category), k)
        strange: dict[str, list[int]] = {}
        for i, word in enumerate(self._words(call.track)):
            found = known.get(normalise(word)) if word else None
            if found is not None:
                numbers[i] = found
            elif word:
                strange.setdefault(word, []).append(i)
        if call.only_tracks:
            text = Text("不属于本次征集的赛道", "it is in no track of this call")
            for i in np.flatnonzero(numbers < 0).tolist():
                refusals[i].append(Refusal("only_tracks", text, self.loaded.line("only_tracks")))
        return numbers, names, strange

    def _category(self, fact: str, word: str) -> str | None:
        """Return the id of the category that a word means, if the fact has categories."""
        return _category_of(self.a.criteria, fact, word)

    def _tell_tracks(
        self, strange: Mapping[str, list[int]], numbers: Ints, refusals: Refusals, names: tuple[str, ...]
    ) -> None:  # fmt: skip
        if self.call.track is None or not names:
            return
        blank = [i for i, word in enumerate(self._words(self.call.track)) if not word]
        self._tell_blank(blank, self.call.track, "tracks", refusals)
        titles = [w for t in self.call.tracks.values() for w in (t.title.zh, t.title.en, *t.names)]
        m = self.a.measurements
        for word, results in strange.items():
            near = nearest(word, titles)
            listed = Text(
                f"是否指 {near}？" if near else "征集文件中的赛道",
                f"did you mean {near}?" if near else "a track of the call",
            )
            values = {"value": word, "count": len(results), "near": listed}
            place = m.place(results[0], self.call.track)
            self.findings.append(Finding(kinds.UNKNOWN_TRACK, place, values, m.ids[results[0]]))
        for k, name in enumerate(names):
            track = self.call.tracks[name]
            members = [i for i in range(self.n) if numbers[i] == k]
            quota = track.min is not None or bool(track.min_awards)
            if quota and not any(not refusals[i] for i in members):
                key = "min" if track.min is not None else "min_awards"
                address = f"tracks.{name}.{key}"
                why = Text("没有成果属于它", "no result belongs to it")
                if members:
                    first = refusals[members[0]][0].text
                    name = self.a.measurements.ids[members[0]]
                    why = Text(
                        f"{len(members)} 项，如 {name}：{first.zh}",
                        f"{len(members)}, such as {name}: {first.en}",
                    )
                values = {"name": track.title, "key": address, "why": why}
                self._tell(kinds.EMPTY_QUOTA, address, values)
            elif not members:
                self._tell(kinds.EMPTY_TRACK, f"tracks.{name}", {"name": track.title})

    def _tell_requests(self, found: Grants, refusals: Refusals) -> None:
        """Tell of requests above the whole budget: a slip of the unit, mostly."""
        m, unit, whole = self.a.measurements, self.call.money_unit, self.call.budget_fen
        fact = self.call.requested or self.plan.policy.requested
        for i in np.flatnonzero(found.asked > whole).tolist():
            if refusals[i] or not whole:
                continue
            values = {
                "name": m.titles[i] or m.ids[i],
                "value": f"{unit.shown(int(found.asked[i]))} {unit.name}",
                "what": Text("全部预算", "the whole budget"),
                "most": f"{unit.shown(whole)} {unit.name}",
            }
            self.findings.append(Finding(kinds.ASKS_TOO_MUCH, m.place(i, fact), values, m.ids[i]))

    def _tell_needs(self, refusals: Refusals) -> None:
        """Tell of results that need one which may not be funded: they never are."""
        for k, bond in enumerate(self.call.depends):
            i, j = self.places.get(bond.result), self.places.get(bond.needs)
            if i is None or j is None or refusals[i] or not refusals[j]:
                continue
            if any(f.result == bond.needs for f in self.call.funded):
                continue
            values = {"name": bond.result, "needs": bond.needs, "reason": refusals[j][0].text}
            self._tell(kinds.NEEDS_REFUSED, f"depends.{k}", values)

    def _tell_alike(self, key: str, groups: Mapping[str, list[int]], words: list[str]) -> None:
        """Tell of groups whose names begin alike: 江北 and 江北市 are one region, as a rule."""
        ordered = sorted(groups)
        for one, other in pairwise(ordered):
            rest = other[len(one) :]
            if len(one) >= 2 and other.startswith(one) and not rest[:1].isdecimal():
                shown = [min(words[i] for i in groups[g]) for g in (one, other)]
                values = {"key": key, "first": shown[0], "second": shown[1]}
                self._tell(kinds.NEARLY_ALIKE, key, values)

    def _tell_blank(
        self, blank: list[int], fact: str, key: str, refusals: Refusals | None, able: Bools | None = None
    ) -> None:  # fmt: skip
        """Tell of results that may be funded and state no group, so that a limit does not count them."""
        here = [i for i in blank if (able[i] if able is not None else not (refusals or [])[i])]
        if not here:
            return
        title = next(q.title for q in self.a.criteria.quantities if q.id == fact)
        m = self.a.measurements
        values = {"count": len(here), "fact": title, "key": key}
        self.findings.append(
            Finding(kinds.NO_GROUP, m.place(here[0], fact), values, m.ids[here[0]])
        )

    def _offers(self, found: Grants) -> tuple[Ints, Ints, Ints]:
        """Return owner, level and cost of every offer: the full one and the lesser levels."""
        call = self.call
        levels = call.funding_levels
        amounts = of_levels(call, found.amount)
        wanted = (amounts >= np.maximum(found.least, 1)[:, None]) & (found.amount > 0)[:, None]
        owner, level_of = np.nonzero(wanted)
        cost = np.zeros((len(owner), max(1, len(call.budget.stages))), dtype=np.int64)
        for k, level in enumerate(levels):
            here = level_of == k
            cost[here] = by_stage(call, amounts[owner[here], k], level)
        return owner.astype(np.int64), level_of.astype(np.int64), cost

    def _limits(
        self, tracks: Ints, names: tuple[str, ...], found: Grants, eligible: Bools
    ) -> list[Limit]:
        call, loaded = self.call, self.loaded
        everyone = np.ones(self.n, dtype=bool)
        limits = []
        if not call.budget.stages:
            title = Text("预算", "the budget")
            limits.append(
                Limit("budget.total", title, everyone, "money", most=call.budget_fen, line=loaded.line("budget.total"))
            )  # fmt: skip
        for k, stage in enumerate(call.budget.stages):
            shown = stage.title or same(stage.id)
            title = Text(f"{shown.zh}预算", f"the budget of {shown.en}")
            line = loaded.line(f"budget.stages.{k}.amount")
            limits.append(
                Limit(f"budget.stages.{stage.id}.amount", title, everyone, "money", most=call.fen(stage.amount), stage=k, line=line)
            )  # fmt: skip
        by_priority = sorted(
            names, key=lambda name: (call.tracks[name].priority, names.index(name))
        )
        for name in by_priority:
            limits += self._track_limits(name, tracks == names.index(name))
        limits += self._caps(found, eligible)
        return limits

    def _track_limits(self, name: str, members: Bools) -> list[Limit]:
        track, limits = self.call.tracks[name], []
        title = track.title
        bounds: Sequence[tuple[str, Any, Counted, Text]] = (
            ("min", track.min, "money", Text(f"{title.zh}赛道下限", f"least amount of the track {title.en}")),
            ("min_awards", track.min_awards, "awards", Text(f"{title.zh}赛道最少项数", f"least awards of the track {title.en}")),
            ("max", track.max, "money", Text(f"{title.zh}赛道上限", f"greatest amount of the track {title.en}")),
            ("max_awards", track.max_awards, "awards", Text(f"{title.zh}赛道最多项数", f"most awards of the track {title.en}")),
        )  # fmt: skip
        for key, written, counts, words in bounds:
            if written is None:
                continue
            amount = self.call.fen(written) if counts == "money" else written
            address = f"tracks.{name}.{key}"
            least = key.startswith("min")
            limits.append(
                Limit(
                    address, words, members, counts, amount if least else None,
                    None if least else amount, line=self.loaded.line(address),
                )
            )  # fmt: skip
        return limits

    def _caps(self, found: Grants, eligible: Bools) -> list[Limit]:
        limits = []
        for name, cap in self.call.caps.items():
            words = self._words(cap.by)
            groups: dict[str, list[int]] = {}
            for i, word in enumerate(words):
                if word:
                    groups.setdefault(normalise(word), []).append(i)
            blank = [i for i, word in enumerate(words) if not word]
            self._tell_blank(blank, cap.by, f"caps.{name}", None, eligible)
            self._tell_alike(f"caps.{name}", groups, words)
            wanted = self._named_groups(name, cap, groups) if cap.names else dict(sorted(groups.items()))  # fmt: skip
            for members in wanted.values():
                here = np.zeros(self.n, dtype=bool)
                here[members] = True
                word = min(
                    words[i] for i in members
                )  # of several spellings, whatever the row order
                title = self._group_title(cap, word)
                label = f"[{word}]"
                could = here & eligible
                if cap.max is not None and int(found.amount[could].sum()) > self.call.fen(cap.max):
                    limits.append(
                        Limit(f"caps.{name}.max{label}", title, here, "money", most=self.call.fen(cap.max), line=self.loaded.line(f"caps.{name}.max"))
                    )  # fmt: skip
                if cap.max_awards is not None and int(could.sum()) > cap.max_awards:
                    limits.append(
                        Limit(f"caps.{name}.max_awards{label}", title, here, "awards", most=cap.max_awards, line=self.loaded.line(f"caps.{name}.max_awards"))
                    )  # fmt: skip
            if cap.min is not None:
                here = np.zeros(self.n, dtype=bool)
                here[[i for members in wanted.values() for i in members]] = True
                limits.append(
                    Limit(f"caps.{name}.min", cap.title, here, "money", least=self.call.fen(cap.min), line=self.loaded.line(f"caps.{name}.min"))
                )  # fmt: skip
        return limits

    def _named_groups(
        self, name: str, cap: Any, groups: Mapping[str, list[int]]
    ) -> dict[str, list[int]]:
        found = {}
        for k, word in enumerate(cap.names):
            key = normalise(_category_of(self.a.criteria, cap.by, word) or word)
            if key in groups:
                found[key] = groups[key]
                continue
            near = nearest(word, {self._words(cap.by)[m[0]] for m in groups.values()})
            guess = Text(f"是否指 {near}？", f"did you mean {near}?") if near else Text("工作簿中的写法", "as the workbook has it")  # fmt: skip
            address = f"caps.{name}.names.{k}"
            self._tell(kinds.UNKNOWN_GROUP, address, {"key": address, "name": word, "near": guess})
        return found

    def _group_title(self, cap: Any, word: str) -> Text:
        shown = _category_title(self.a.criteria, cap.by, word)
        return Text(f"{cap.title.zh}（{shown.zh}）", f"{cap.title.en} ({shown.en})")

    def _exclusive(self) -> list[Exclusive]:
        found = []
        has_money = {f.result for f in self.call.funded}
        for name, group in self.call.exclusive.items():
            address = f"exclusive.{name}"
            members = [self._result(r, address) for r in group.results]
            title = group.title or Text(
                f"互斥：{'、'.join(group.results)}", f"only {group.most} of {', '.join(group.results)}"
            )  # fmt: skip
            places = tuple(i for i in members if i is not None)
            paid = sum(r in has_money for r in dict.fromkeys(group.results))
            most = max(group.most - paid, 0)
            found.append(Exclusive(address, title, places, most, self.loaded.line(address)))
        return found

    def _dependencies(self) -> list[Dependency]:
        found = []
        has_money = {f.result for f in self.call.funded}
        for k, bond in enumerate(self.call.depends):
            address = f"depends.{k}"
            result = self._result(bond.result, address)
            needs = self._result(bond.needs, address)
            if result is None or needs is None or bond.needs in has_money:
                continue
            title = Text(
                f"{bond.result} 须与 {bond.needs} 同时资助", f"{bond.result} only with {bond.needs}"
            )
            found.append(Dependency(address, title, result, needs, self.loaded.line(address)))
        return found


def _category_of(criteria: CriteriaSet, fact: str, word: str) -> str | None:
    wanted = normalise(word)
    for quantity in criteria.facts:
        if quantity.id == fact:
            for c in quantity.table or ():
                spellings = (c.id, c.title.zh, c.title.en, *c.aliases)
                if wanted in map(normalise, spellings):
                    return c.id
    return None


def _category_title(criteria: CriteriaSet, fact: str, word: str) -> Text:
    for quantity in criteria.facts:
        if quantity.id == fact:
            for c in quantity.table or ():
                if c.id == word:
                    return c.title
    return same(word)
