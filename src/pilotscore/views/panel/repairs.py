"""Why there is no assignment, and the smallest changes that would make one possible, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pilotscore.language import LISTED, NOTHING, Text, Words, counted, join
from pilotscore.panels.assignment.repair import Repair
from pilotscore.runs.panel_assign import AssignmentReport

_SUPPLY = Text(
    "共需 {needed} 人次，全部专家至多能承担 {able} 人次",
    "{needed} places are needed, and all experts together can take {able}",
)
_RESULT = Text(
    "{result} 需 {needed}，不回避的只有 {there} 位",
    "{result} needs {needed}, and {there} may score it",
)
_RESULT_OF = Text(
    "{result} 的“{group}”组需 {needed}，不回避的只有 {there} 位",
    "{result} needs {needed} of {group}, and {there} may score it",
)
_EXPERT = Text(
    "{expert} 至少要评 {needed} 项，不回避的只有 {there} 项",
    "{expert} is to take {needed} results at least, and may score {there}",
)
_UNDER_CAP = Text(
    "每对的概率至多 {cap}：n 个名额至少要有 n/{cap} 位可选的专家",
    "no pair has a probability above {cap}: n places need n/{cap} experts to draw from",
)
_EXPERTS = Text("位专家", "expert")
_MOST = 12
_REPAIRS = {
    "cap": Text("把概率上限提高到 {cap}", "raise the cap on probabilities to {cap}"),
    "least": Text(
        "降低最少评审数，共 {places}：{by}", "lower least loads, by {places} in all: {by}"
    ),
    "loads": Text(
        "提高评审上限，共 {places} 项：{by}", "raise greatest loads, by {places} in all: {by}"
    ),
    "units": Text(
        "允许同一单位多出 {places} 位：{by}",
        "allow {places} more of one institution: {by}",
    ),
    "groups": Text("少要 {places} 位组别专家：{by}", "ask for {places} fewer of a group: {by}"),
    "demand": Text("少评 {places} 人次：{by}", "have {places} fewer scores: {by}"),
    "experts": Text(
        "增加专家：{more}（共缺 {places} 人次）", "more experts: {more} (short of {places} places)"
    ),
    "conflicts": Text(
        "重新核对 {places} 对回避或待核对：{by}",
        "look again at {places} pairs in conflict or on hold: {by}",
    ),
}
_BY = Text("{name} {count}", "{name} {count}")
_PAIR = Text("{expert}与{result}", "{expert} and {result}")
_MORE = Text("{group} {count} 位", "{count} of {group}")
_ANY = Text("任一组", "any group")


def reasons(report: AssignmentReport) -> Iterator[Words]:
    """Say what is short, by counting."""
    short = report.shortage
    if short is None:
        return
    if report.wanted.cap < 1 and (short.results or short.groups or short.experts):
        yield _UNDER_CAP.of(cap=f"{report.wanted.cap:g}")
    if short.supply is not None:
        yield _SUPPLY.of(able=short.supply[0], needed=short.supply[1])
    for r, there, needed in short.results[:_MOST]:
        yield _RESULT.of(result=report.results[r].id, there=there, needed=counted(needed, _EXPERTS))
    for r, g, there, needed in short.groups[:_MOST]:
        result, group = report.results[r].id, report.groups[g]
        yield _RESULT_OF.of(
            result=result, group=group, there=there, needed=counted(needed, _EXPERTS)
        )
    for e, there, needed in short.experts[:_MOST]:
        yield _EXPERT.of(expert=report.experts[e].name, there=there, needed=needed)


def repair_words(report: AssignmentReport, repair: Repair) -> Words:
    """Say one change that makes an assignment possible."""
    shown: dict[str, Any] = {"places": repair.places}
    if repair.what == "cap":
        shown["cap"] = f"{repair.cap:g}"
    elif repair.what == "experts":
        more = [_MORE.of(group=report.groups[g] or _ANY, count=n) for g, n in repair.more.items()]
        shown["more"] = join(more, LISTED)
    elif repair.what == "conflicts":
        pairs = [
            _PAIR.of(expert=report.experts[e].name, result=report.results[r].id)
            for r, e in repair.pairs[:_MOST]
        ]
        shown["by"] = _cut(pairs, len(repair.pairs))
    else:
        name = _namer(report, repair)
        parts = [_BY.of(name=name(n), count=c) for n, c in list(repair.by.items())[:_MOST]]
        shown["by"] = _cut(parts, len(repair.by))
    return _REPAIRS[repair.what].of(**shown)


def _namer(report: AssignmentReport, repair: Repair) -> Callable[[int], str]:
    if repair.what in ("least", "loads"):
        return lambda n: report.experts[n].name
    if repair.what == "groups":
        return lambda n: report.groups[n]
    return lambda n: report.results[n].id


def _cut(parts: Iterable[Words], count: int) -> Words:
    listed = list(parts)
    rest = Text("等 {n} 处", ", {n} in all").of(n=count) if count > len(listed) else NOTHING
    return join((join(listed, LISTED), rest), NOTHING)


def record(report: AssignmentReport) -> dict[str, Any]:
    """Return both as plain data."""
    return {
        "reasons": list(reasons(report)),
        "repairs": [
            {
                "what": r.what,
                "places": r.places,
                "by": {_namer(report, r)(n): c for n, c in r.by.items()}
                if r.what not in ("experts", "conflicts", "cap")
                else {},
                "more_experts": {report.groups[g]: n for g, n in r.more.items()},
                "pairs": [[report.results[a].id, report.experts[b].name] for a, b in r.pairs],
                "cap": r.cap,
                "words": repair_words(report, r),
            }
            for r in report.repairs
        ],
    }
