"""One round of a store: its results, grades and decisions, as a page and as tables."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pilotscore.criteria.amounts import unit_of
from pilotscore.criteria.outcomes import LEVELS
from pilotscore.document import (
    Block,
    Column,
    Document,
    Fact,
    Gap,
    Lazily,
    Listing,
    Row,
    Sheet,
    Slot,
    Table,
    heading,
    more,
)
from pilotscore.funding.decision import FundingStatus
from pilotscore.language import BLANK, DOT, NOTHING, Text, Words, counted, join, same
from pilotscore.runs.kept_rounds import StoredRound
from pilotscore.store import RoundEntry
from pilotscore.store.follow_ups import OUTCOME_STATES
from pilotscore.views.fund.phrases import AWARD, DECISION, STATUSES
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

RESULTS = Text("成果", "Results")
KEY = Text("轮次", "Round")
CRITERIA = Text("指标体系", "Criteria set")
FUNDED = Text("资助", "Funded")
_NOT_SHOWN = Text("未显示（--show）", " not shown (--show)")
_CHANCE = Text("获资助概率", "Chance")
_SHOWN = 30


def document_of_round(kept: StoredRound, version: str, shown: int | None = None) -> Document:
    """Return a round with its results as a document.

    Parameters
    ----------
    kept
        The round.
    version
        Of the program.
    shown
        How many results the page has at the most.
    """
    return Document(
        kept.entry.title,
        version=version,
        as_of=kept.entry.as_of,
        page=lambda: _round_page(kept, shown or _SHOWN),
        sheets=lambda: [Sheet(RESULTS, (results_table(kept),), freeze=3)],
        record=lambda: {
            "store": kept.store,
            "round": entry_record(kept.entry),
            "results": results_table(kept),
        },
        table=lambda: results_table(kept),
    )


def entry_record(entry: RoundEntry) -> dict[str, Any]:
    """Return which round it is, under keys that stay."""
    rules = {"criteria": entry.criteria, "policy": entry.policy, "call": entry.call}
    return {
        "key": entry.key,
        "kind": entry.kind,
        "title": entry.title,
        "as_of": entry.as_of,
        **{
            name: rule and {"id": rule.id, "version": rule.version, "sha256": rule.sha256}
            for name, rule in rules.items()
        },
        "parent": entry.parent or None,
    }


def _in_order(kept: StoredRound) -> list[int]:
    ranks = kept.columns.ranks
    return sorted(range(len(kept.columns)), key=lambda i: (int(ranks[i]) or len(ranks) + 1, i))


def results_table(kept: StoredRound) -> Table:
    """Return one row per result: scores, decision, what came of it, and each indicator's score."""
    c, d = kept.columns, kept.columns.decisions
    head, unit = c.head, unit_of(kept.entry.unit)
    money = [] if d is None else [*_DECIDED]
    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 28),
        Column("grade", words.GRADE, "centre", 7),
        Column("index", words.INDEX, "score", 8),
        Column("low", Text("下限", "Low"), "score", 8),
        Column("high", Text("上限", "High"), "score", 8),
        *money,
        *(Column(f"outcome_{o}", outcome_title(o), width=14) for o in kept.outcomes),
        *(Column(x.id, x.title, "score", 9) for x in (*head.dimensions, *head.indicators)),
    )
    outcomes = [dict(zip(o.places.tolist(), o.states, strict=True)) for o in kept.outcomes.values()]
    dimensions = [c.dimensions[x.id] for x in head.dimensions]
    scored = [*dimensions, *(c.indicators[x.id].scores for x in head.indicators)]

    def row(i: int) -> list[Any]:
        given: list[Any] = []
        if d is not None:
            award = int(d.award[i])
            given = [status_title(d.statuses[i]), unit.number(award) if unit else award]
            given += [d.levels[i] or None, rounded(float(d.chance[i]), 6)]
        return [
            int(c.ranks[i]) or None,
            c.ids[i],
            c.titles[i],
            grade_of(kept, i),
            *(rounded(float(x[i])) for x in (c.index, c.low, c.high)),
            *given,
            *(OUTCOME_STATES.get(o.get(i, "")) for o in outcomes),
            *(rounded(float(x[i]), 6) for x in scored),
        ]

    return Table(columns, Lazily(_in_order(kept), row))


_DECIDED = (
    Column("decision", DECISION, "centre", 11),
    Column("award", AWARD, "amount", 11),
    Column("level", Text("档次", "Level"), width=9),
    Column("chance", _CHANCE, "share", 9),
)


def grade_of(kept: StoredRound, i: int) -> str | None:
    """Return the grade of a result; None where it has none."""
    code = int(kept.columns.grades[i])
    return kept.columns.head.grades[code].id if code >= 0 else None


def status_title(status: str) -> Words:
    """Return what is decided for a result in words."""
    return STATUSES[FundingStatus(status)]


def outcome_title(outcome: str) -> Words:
    """Return the title of an outcome; its id where it is none that is known."""
    return LEVELS[outcome].title if outcome in LEVELS else same(outcome)


def _about(entry: RoundEntry) -> Iterator[Fact]:
    yield Fact(KEY, entry.key)
    rules = (entry.call, entry.criteria, entry.policy)
    for label, rule in zip(_RULES, rules, strict=True):
        if rule is not None:
            yield Fact(label, f"{rule.id} {rule.version}")
    unit = unit_of(entry.unit)
    if unit is not None:
        text = Text("{n}，{money}", "{n}, {money}")
        funded = counted(entry.funded, Text("项", "result"))
        yield Fact(FUNDED, text.of(n=funded, money=unit.said(entry.awarded_fen)))


_RULES = (Text("征集文件", "Call"), CRITERIA, Text("政策", "Policy"))


def _round_page(kept: StoredRound, shown: int) -> Iterator[Block]:
    entry, c = kept.entry, kept.columns
    count = counted(len(c), Text("项成果", "result"))
    yield heading(join((entry.title, count, entry.as_of), DOT))
    yield from _about(entry)
    yield Gap()
    slots = (
        Slot(words.RANK, right=True, least=4, most=4),
        Slot(words.ID, least=4, most=16, sized_by=tuple(c.ids[:shown])),
        Slot(words.TITLE, least=12, most=44, rest=True),
        Slot(words.GRADE, least=5, most=5),
        Slot(words.INDEX, right=True, least=6, most=6),
        Slot(NOTHING if c.decisions is None else DECISION, most=14),
        Slot(NOTHING if c.decisions is None else AWARD, right=True, most=14),
    )
    order = _in_order(kept)
    yield Listing(slots, [_round_row(kept, i) for i in order[:shown]], ruled=True)
    if len(order) > shown:
        yield more(len(order) - shown, _NOT_SHOWN)


def _round_row(kept: StoredRound, i: int) -> Row:
    c, d, unit = kept.columns, kept.columns.decisions, unit_of(kept.entry.unit)
    award = "" if d is None or unit is None or not d.award[i] else unit.said(int(d.award[i]))
    index = float(c.index[i])
    cells = (
        (str(c.ranks[i]) if c.ranks[i] else "—", ""),
        (c.ids[i], ""),
        (c.titles[i], "bold"),
        (grade_of(kept, i) or "—", ""),
        ("—" if math.isnan(index) else f"{index:.1f}", ""),
        (NOTHING if d is None else status_title(d.statuses[i]), ""),
        (award, ""),
    )
    below = []
    for outcome, o in kept.outcomes.items():
        for place, state, day in zip(o.places.tolist(), o.states, o.days, strict=True):
            if place == i:
                said = (
                    OUTCOME_STATES.get(state, same(state)),
                    "" if str(day) == "NaT" else str(day),
                )
                below.append(Fact(outcome_title(outcome), join(said, BLANK), indent=5))
    return Row(cells, tuple(below))
