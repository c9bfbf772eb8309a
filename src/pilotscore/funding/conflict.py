"""A call that cannot be met, told in its own words: the lines of the file that clash."""

from __future__ import annotations

from collections.abc import Sequence

from pilotscore.allocation.conflicts import Clash, Conflict
from pilotscore.allocation.problem import MAX_JUMP, REQUIRED
from pilotscore.errors import FaultyFileError
from pilotscore.findings import Finding, Place, error
from pilotscore.funding.instance import Instance
from pilotscore.language import Text, Words, join

CLASHES = error(
    "F714",
    ("{title}（{key}）{how}", "{title} ({key}) {how}"),
    mend=(
        "放宽所列任何一条即可；没有金额、资格不符的成果见其他提示",
        "loosening any one of those listed is enough; results that may not be funded are told of "
        "besides",
    ),
    why_zh="求解器证明这些约束不能同时满足，且缺了其中任何一条就可以：它们是最小的冲突集合，放宽任"
    "何一条即可。",
    why_en="It is proved that these constraints cannot hold together and that without any one of "
    "them they can: a smallest conflict. Loosening one of them is enough.",
)
_ALONE = Text("这条约束不能满足：{parts}", "this constraint cannot be met: {parts}")
_TOGETHER = Text("以下约束不能同时满足：{parts}", "these constraints cannot hold together: {parts}")
_MUST = Text("成果 {name} 必须资助", "result {name} must be funded")
_JUMPS = Text("同赛道越过的最大分差", "the greatest jump within a track")


class ConflictError(FaultyFileError):
    """A call whose constraints cannot hold together; ``findings`` has the line of each."""

    def __init__(self, text: Words, conflict: Conflict, findings: Sequence[Finding]) -> None:
        super().__init__(text, findings)
        self.conflict = conflict


def conflict_error(
    conflict: Conflict, instance: Instance, others: Sequence[Finding] = ()
) -> ConflictError:
    """Return a conflict as an error in the words of the call; ``others`` follow its findings."""
    alone = len(conflict.parts) == 1
    how = Text("与其他约束不能同时满足", "cannot hold together with the others")
    if alone:
        how = Text("不能满足", "cannot be met")
    named = [(part, _title(part, instance), _written(part)) for part in conflict.parts]
    findings = [
        Finding(
            CLASHES,
            Place(instance.loaded.source.name, line=_line(part, instance)),
            {"title": title, "key": written, "how": how},
        )
        for part, title, written in named
    ]
    parts = [Text("{title}（{key}）", "{title} ({key})").of(title=t, key=k) for _, t, k in named]
    text = (_ALONE if alone else _TOGETHER).of(parts=join(parts, Text("、", "; ")))
    return ConflictError(text, conflict, [*findings, *others])


def _title(part: Clash, instance: Instance) -> Words:
    if part.constraint == REQUIRED:
        return _MUST.of(name=instance.ids[part.results[0]])
    return _JUMPS if part.constraint == MAX_JUMP else instance.title(part.constraint)


def _written(part: Clash) -> str:
    """Return the address of a constraint; of a limit that names no bound, with the side."""
    bare = part.side and not part.constraint.bound
    return f"{part.constraint}.{part.side}" if bare else str(part.constraint)


def _line(part: Clash, instance: Instance) -> int | None:
    """Return the line of a constraint; of a result that must be funded, where its name stands."""
    required = instance.call.required
    if part.constraint == REQUIRED and instance.ids[part.results[0]] in required:
        number = required.index(instance.ids[part.results[0]])
        return instance.loaded.line(f"required.{number}")
    return instance.line(part.constraint)
