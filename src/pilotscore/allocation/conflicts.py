"""Why a call cannot be met: a smallest set of constraints that cannot hold together.

A set is irreducible when it cannot hold and would if any one of it were left out. It is found by
halving (Junker, QuickXplain, AAAI 2004; from general knowledge): for m constraints and a conflict of
c of them about c log(m / c) questions to the solver, where the deletion filter (Chinneck and
Dravnieks 1991) asks m. There may be others, of fewer constraints.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from pilotscore.allocation.holding import MAX_JUMP, REQUIRED
from pilotscore.allocation.milp import build, solve
from pilotscore.allocation.problem import Dependency, Exclusive, Limit, Problem
from pilotscore.criteria import LoadedCall
from pilotscore.errors import FaultyFileError
from pilotscore.findings import Finding, Place, error
from pilotscore.language import Text

CLASHES = error(
    "F714",
    ("{title}（{key}）{how}", "{title} ({key}) {how}"),
    mend=(
        "放宽所列任何一条即可；没有金额、资格不符的成果见其他提示",
        "loosening any one of those listed is enough; results that may not be funded are told of "
        "besides",
    ),
    why_zh="求解器证明这些约束不能同时满足，且缺了其中任何一条就可以：它们是最小的冲突集合，"
    "放宽任何一条即可。",
    why_en="It is proved that these constraints cannot hold together and that without any one of "
    "them they can: a smallest conflict. Loosening one of them is enough.",
)

Side = Literal["least", "most", ""]


@dataclass(frozen=True, slots=True)
class Clash:
    """One constraint of a conflict.

    ``side`` says which bound of a limit; ``results`` the places of the results concerned (of
    ``required`` those that must be funded, with the ``name`` of the one).
    """

    key: str
    title: Text
    side: Side = ""
    line: int | None = None
    results: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Constraints that cannot hold together; ``irreducible`` says that none can be left out."""

    parts: tuple[Clash, ...]
    irreducible: bool

    @property
    def text(self) -> Text:
        """Name the constraints in a sentence."""
        zh = "、".join(f"{p.title.zh}（{_written(p)}）" for p in self.parts)
        en = "; ".join(f"{p.title.en} ({_written(p)})" for p in self.parts)
        if len(self.parts) == 1:
            return Text(f"这条约束不能满足：{zh}", f"this constraint cannot be met: {en}")
        return Text(f"以下约束不能同时满足：{zh}", f"these constraints cannot hold together: {en}")


class InfeasibleError(FaultyFileError):
    """A call whose constraints cannot hold together."""

    def __init__(self, conflict: Conflict, findings: Sequence[Finding] = ()) -> None:
        super().__init__(conflict.text, list(findings))
        self.conflict = conflict

    def told(self, loaded: LoadedCall, others: Sequence[Finding] = ()) -> InfeasibleError:
        """Return the same with a finding for each constraint, by its line in the call file."""
        file = loaded.source.name
        how = Text("与其他约束不能同时满足", "cannot hold together with the others")
        if len(self.conflict.parts) == 1:
            how = Text("不能满足", "cannot be met")
        findings = [
            Finding(
                CLASHES,
                Place(file, line=_line_of(part, loaded)),
                {"title": part.title, "key": _written(part), "how": how},
            )
            for part in self.conflict.parts
        ]
        return InfeasibleError(self.conflict, [*findings, *others])


def _line_of(part: Clash, loaded: LoadedCall) -> int | None:
    """Return the line of a constraint; of a result that must be funded, where its name stands."""
    if part.key == REQUIRED and part.name in loaded.call.required:
        return loaded.line(f"required.{loaded.call.required.index(part.name)}")
    return loaded.line(part.key) if part.line is None else part.line


_SIDES = ("min", "max", "min_awards", "max_awards", "total", "amount", "least", "most")


def _written(part: Clash) -> str:
    """Return the address of a constraint; of a limit with two bounds, the one that clashes."""
    last = part.key.partition("[")[0].rpartition(".")[2]
    return f"{part.key}.{part.side}" if part.side and last not in _SIDES else part.key


_Part = tuple[Literal["limit", "exclusive", "dependency", "required", "max_jump"], int, Side]


def find_conflict(problem: Problem, *, seconds: float = 30.0) -> Conflict:
    """Return a smallest set of constraints that cannot hold together.

    Parameters
    ----------
    problem
        One that cannot be met; of one that can, the conflict has no parts.
    seconds
        After which the set found so far is given, with ``irreducible`` False.
    """
    search = _Search(problem, time.monotonic() + seconds)
    parts = search.parts()
    if not search.fails(parts):
        return Conflict((), search.certain)
    # Those that people can change most easily go last, so that they are the first to be kept out:
    # what stays is said in terms of limits.
    needed = search.explain([], parts, changed=False)
    return Conflict(tuple(search.clash(p) for p in sorted(needed, key=parts.index)), search.certain)


class _Search:
    def __init__(self, problem: Problem, end: float) -> None:
        self.problem, self.end, self.certain = problem, end, True
        self.required = problem.required.nonzero()[0].tolist()

    def parts(self) -> list[_Part]:
        """Return every constraint; each result that must be funded is one of its own."""
        p = self.problem
        found: list[_Part] = []
        for j, limit in enumerate(p.limits):
            if limit.most is not None:
                found.append(("limit", j, "most"))
            if limit.least is not None:
                found.append(("limit", j, "least"))
        found += [("exclusive", j, "") for j in range(len(p.exclusive))]
        found += [("dependency", j, "") for j in range(len(p.dependencies))]
        found += [("required", i, "") for i in self.required]
        if p.max_jump is not None:
            found.append(("max_jump", 0, ""))
        return found

    def fails(self, parts: Sequence[_Part]) -> bool:
        """Say whether these constraints alone cannot hold; False where time ran out."""
        left = self.end - time.monotonic()
        if left <= 0:
            self.certain = False
            return False
        model = build(self._only(parts))
        solved = solve(replace(model, gain=model.gain * 0.0), gap=1.0, seconds=left)
        if solved.status == "stopped" and solved.columns is None:
            self.certain = False
        return solved.status == "infeasible"

    def _only(self, parts: Sequence[_Part]) -> Problem:
        p = self.problem
        kept = set(parts)
        limits: list[Limit] = []
        for j, limit in enumerate(p.limits):
            most = limit.most if ("limit", j, "most") in kept else None
            least = limit.least if ("limit", j, "least") in kept else None
            if most is not None or least is not None:
                limits.append(replace(limit, most=most, least=least))
        exclusive: list[Exclusive] = [
            e for j, e in enumerate(p.exclusive) if ("exclusive", j, "") in kept
        ]
        bonds: list[Dependency] = [
            d for j, d in enumerate(p.dependencies) if ("dependency", j, "") in kept
        ]
        required = np.zeros(len(p), dtype=bool)
        required[[i for kind, i, _ in parts if kind == "required"]] = True
        return replace(
            p,
            limits=tuple(limits),
            exclusive=tuple(exclusive),
            dependencies=tuple(bonds),
            required=required,
            max_jump=p.max_jump if ("max_jump", 0, "") in kept else None,
        )

    def explain(self, background: list[_Part], parts: list[_Part], *, changed: bool) -> list[_Part]:
        """Return a smallest part of ``parts`` that fails together with ``background``."""
        if changed and self.fails(background):
            return []
        if len(parts) == 1:
            return parts
        half = len(parts) // 2
        left, right = parts[:half], parts[half:]
        second = self.explain(background + left, right, changed=bool(left))
        first = self.explain(background + second, left, changed=bool(second))
        return first + second

    def clash(self, part: _Part) -> Clash:
        """Return a constraint in the words of the call."""
        kind, j, side = part
        p = self.problem
        if kind == "limit":
            limit = p.limits[j]
            return Clash(limit.key, limit.title, side, limit.line)
        if kind == "exclusive":
            group = p.exclusive[j]
            return Clash(group.key, group.title, "", group.line, tuple(group.members))
        if kind == "dependency":
            bond = p.dependencies[j]
            return Clash(bond.key, bond.title, "", bond.line, (bond.result, bond.needs))
        if kind == "required":
            name = p.names[j] if p.names else str(j + 1)
            text = Text(f"成果 {name} 必须资助", f"result {name} must be funded")
            return Clash(REQUIRED, text, results=(j,), name=name)
        text = Text("同赛道越过的最大分差", "the greatest jump within a track")
        return Clash(MAX_JUMP, text)
