"""The decision on a result: how much and how it is paid, or every limit that stopped it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pilotscore.language import LANGS, Text, Words, same
from pilotscore.runs.letters import Letters, NoLetterError
from pilotscore.views.letters.base import Context, both, in_unit, lines, money
from pilotscore.views.letters.sheet import score_sheet

TITLES: dict[str, Text] = {
    "fund": Text("予以资助", "Funded"),
    "paid": Text("已获资助", "Funded already"),
    "reserve": Text("列入备选", "On the reserve list"),
    "defer": Text("本轮不予资助，转入下一轮", "Not funded in this round; goes to the next"),
    "decline": Text("不予资助", "Not funded"),
    "refuse": Text("不予资助（不符合条件）", "Not funded (not eligible)"),
    "discuss": Text("尚未决定（待会议议定）", "Not decided yet (to be discussed)"),
    "draw": Text("尚未决定（待抽签）", "Not decided yet (to be drawn)"),
}
OPEN = frozenset({"discuss", "draw"})
FUNDED = frozenset({"fund", "paid"})
ONLY_RANKED = Text(
    "这一轮只作排名（rank --save），没有资助决定，因此没有决定书；征集的一轮由 fund --save 保存",
    "the round was ranked (rank --save) and nothing was decided in it, so there is no decision "
    "letter; fund --save makes a round that has them",
)
_NONE_TAKEN = Text(
    "未作资助决定；按政策的建议：{advice}", "none was taken; the policy recommends: {advice}"
)
_UNDECIDED = Text("尚未决定，没有决定书", "it is not decided yet: there is no letter")
_RESERVE = Text("列备选第 {place} 位。", "Place {place} on the reserve list.")
_STOPPED = Text(
    "按次序轮到时，下表所列限制的余额不足。",
    "At its turn, the limits in the table below had not enough left.",
)
_STOPPED_BY_OTHERS = Text(
    "按征集文件的规则，资助额度已由排在前面的成果使用。",
    "Under the rules of the call the money went to results placed before it.",
)
_HIGHER = Text(
    "若名次升至第 {rank} 名之前，按规则即可获得资助。",
    "Placed before rank {rank}, the rule gives it money.",
)
_NOT_WORKED_OUT = Text(
    "本轮没有为这项成果推算最近的改变。",
    "The nearest change was not worked out for this result in this round.",
)


def context(letters: Letters, name: str) -> Context:
    """Return what a decision letter says.

    Raises
    ------
    NoLetterError
        Nothing is decided yet, or it is not scored as it was.
    """
    if not letters.is_decided:
        raise NoLetterError(ONLY_RANKED)
    if letters.grounds[name]["decision"] in OPEN:
        raise NoLetterError(_UNDECIDED)
    return {**decision(letters, name), **score_sheet(letters, letters.place(name))}


def decision(letters: Letters, name: str) -> Context:
    """Return what was decided of a result."""
    if not letters.is_decided:
        return {"decision": _recommended(letters, name)}
    rows, ground = letters.rows[name], letters.grounds[name]
    row, unit, key = rows["en"], letters.unit, ground["decision"]
    funded = key in FUNDED and bool(row["award"])
    limits = [] if funded else list(_limits(letters, ground))
    return {
        "decision": {
            "key": key,
            "title": TITLES.get(key, both(rows, "decision")),
            "funded": funded,
            "award": money(row["award"], unit),
            "level": both(rows, "level") or "—",
            "instrument": both(rows, "instrument") or "—",
            "reason": _reason(letters, name, limits),
            "conditions": _unnamed(letters, name, "conditions"),
            "limits": limits,
            "change": [] if funded else _change(letters, name, ground),
        }
    }


def _recommended(letters: Letters, name: str) -> Context:
    """Return what stands in place of a decision where a round was ranked alone."""
    row = letters.rows[name]
    bare = {"key": "", "funded": False, "award": "—", "level": "—", "instrument": "—"}
    lists: Context = {"reason": [], "conditions": [], "limits": [], "change": []}
    return {**bare, **lists, "title": _NONE_TAKEN.of(advice=both(row, "approval") or "—")}


def _limits(letters: Letters, ground: Mapping[str, Any]) -> Iterator[Context]:
    """Yield every limit that stopped a result: what was left at its turn, and what it needed."""
    for bind in ground.get("stopped_by") or ():
        named = letters.limits.get(bind["address"])
        unit = letters.unit if bind.get("counts") == "money" else ""
        yield {
            "title": bind["address"] if named is None else both(named, "limit"),
            "address": bind["address"],
            "left": _figure(bind.get("left"), unit),
            "needs": _figure(bind.get("needs"), unit),
            "most": _figure(bind.get("most"), unit),
            "enough": _figure(bind.get("enough"), unit),
        }


def _figure(value: Any, unit: str) -> Words | str:
    if value is None:
        return "—"
    return in_unit(value, unit) if unit else same(f"{value:,.10g}")


def _unnamed(letters: Letters, name: str, key: str) -> list[Words | str]:
    """Return what the record says line by line, without the lines that name another applicant."""
    said = lines(both(letters.rows[name], key))
    return [line for line in said if not _names(letters, name, line)]


def _names(letters: Letters, name: str, line: Words | str) -> bool:
    texts = [line] if isinstance(line, str) else [line.to(lang) for lang in LANGS]
    return any(letters.names_others(name, text) for text in texts)


def _reason(letters: Letters, name: str, limits: list[Context]) -> list[Words | str]:
    """Return the reason; where it names other applicants, the same from the grounds."""
    reason = lines(both(letters.rows[name], "reason"))
    if not any(_names(letters, name, line) for line in reason):
        return reason
    said: list[Words | str] = [_STOPPED if limits else _STOPPED_BY_OTHERS]
    if name in letters.reserve:
        said.append(_RESERVE.of(place=letters.reserve[name]))
    return said


def _change(letters: Letters, name: str, ground: Mapping[str, Any]) -> list[Words | str]:
    """Return the nearest changes: those of the record, and the rank in place of a name."""
    said = _unnamed(letters, name, "change")
    before = letters.rows.get(ground.get("placed_before") or "")
    if before is not None:
        said.insert(0, _HIGHER.of(rank=before["en"]["rank"]))
    return said or [_NOT_WORKED_OUT]
