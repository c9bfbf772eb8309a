"""What stands in a report that is not in its round: opinions of experts, and payments."""

from __future__ import annotations

from collections.abc import Iterator

from pilotscore.criteria.amounts import unit_of
from pilotscore.language import LANGS, Text
from pilotscore.runs.letters import Letters
from pilotscore.runs.letters_beside import Opinion
from pilotscore.runs.payments import ACTIONS, STANDINGS
from pilotscore.views.letters.base import Context

_WHOLE = Text("总体", "overall")
_NOT_PASSED_ON = Text(
    "（{n} 条意见提到专家或其他申请单位，此处不列）",
    "(opinions that name an expert or another applicant, not shown: {n})",
)


def opinions(letters: Letters, name: str) -> Iterator[Context]:
    """Yield what experts wrote of a result; those that would name somebody are counted only."""
    written = letters.beside.opinions.get(name, ())
    shown = [opinion for opinion in written if not _names_somebody(letters, name, opinion)]
    for opinion in shown:
        yield {"indicator": opinion.indicator or _WHOLE, "comment": opinion.comment}
    if kept_back := len(written) - len(shown):
        yield {"indicator": "", "comment": _NOT_PASSED_ON.of(n=kept_back)}


def _names_somebody(letters: Letters, name: str, opinion: Opinion) -> bool:
    return opinion.names_expert or letters.names_others(name, opinion.comment)


def milestones(letters: Letters, name: str) -> Iterator[Context]:
    """Yield the payments of a grant: when each is due, what it hangs on, and where it stands."""
    unit = unit_of(letters.unit)
    for p in letters.beside.payments.get(name, ()):
        shows = p.milestone.shows
        yield {
            "number": p.milestone.number,
            "amount": "—" if unit is None else unit.said(p.milestone.fen),
            "due": p.due.isoformat() if p.due else "—",
            "shows": shows if any(shows.to(lang) for lang in LANGS) else "—",
            "standing": STANDINGS[p.standing],
            "action": ACTIONS[p.action],
            "why": p.why,
        }
