"""The rounds of a store as a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.criteria.amounts import unit_of
from pilotscore.document import (
    Block,
    Column,
    Document,
    Fact,
    Lazily,
    Listing,
    Row,
    Sheet,
    Slot,
    Table,
    heading,
    note,
)
from pilotscore.language import DOT, Text, counted, join, same
from pilotscore.runs.kept_rounds import StoredRounds, short
from pilotscore.store import RoundEntry
from pilotscore.views.fund.phrases import AWARD
from pilotscore.views.one_round import CRITERIA, FUNDED, KEY

_ROUNDS = Text("轮次", "Rounds")
DAY = Text("日期", "Date")
TITLE = Text("名称", "Title")
_REPORTED = Text("已有随访", "Followed up")
_COUNT = Text("成果数", "Results")
_NOTHING_KEPT = Text("轮次库中还没有轮次", "the store has no rounds yet")
_REPLACED = Text("申诉后改为 {key}", "replaced upon an appeal by {key}")
_NO_SCORES = Text("无分数列（早期版本保存）", "without scores (an early version saved it)")


def document_of_list(rounds: StoredRounds, version: str) -> Document:
    """Return the rounds of a store as a document."""
    last = rounds.entries[-1].as_of if rounds.entries else ""
    return Document(
        same(rounds.store),
        version=version,
        as_of=last,
        page=lambda: _list_page(rounds),
        sheets=lambda: [Sheet(_ROUNDS, (_list_table(rounds),))],
        record=lambda: {"store": rounds.store, "rounds": _list_table(rounds)},
        table=lambda: _list_table(rounds),
    )


def _list_table(rounds: StoredRounds) -> Table:
    columns = (
        Column("key", KEY, width=16),
        Column("as_of", DAY, width=12),
        Column("kind", Text("类别", "Kind"), width=9),
        Column("title", TITLE, "wrap", 36),
        Column("call", Text("征集文件", "Call"), width=18),
        Column("criteria", CRITERIA, width=22),
        Column("results", _COUNT, "figure", 9),
        Column("funded", FUNDED, "figure", 9),
        Column("awarded", AWARD, "amount", 12),
        Column("unit", Text("单位", "Unit"), width=8),
        Column("followed_up", _REPORTED, "figure", 11),
        Column("replaced_by", Text("申诉后轮次", "Replaced by"), width=16),
    )

    def row(entry: RoundEntry) -> list[Any]:
        call, unit = entry.call, unit_of(entry.unit)
        return [
            entry.key,
            entry.as_of,
            _KINDS[entry.kind],
            entry.title,
            f"{call.id} {call.version}" if call else None,
            f"{entry.criteria.id} {entry.criteria.version}",
            entry.results,
            entry.funded if call else None,
            unit.number(entry.awarded_fen) if unit else None,
            entry.unit or None,
            rounds.reports.get(entry.key, 0),
            rounds.replaced_by(entry) or None,
        ]

    return Table(columns, Lazily(rounds.entries, row))


_KINDS = {"fund": Text("资助", "decided"), "rank": Text("排名", "ranked")}


def _list_page(rounds: StoredRounds) -> Iterator[Block]:
    count = counted(len(rounds.entries), Text("轮", "round"))
    yield heading(join((rounds.store, count), DOT))
    if not rounds.entries:
        yield note(_NOTHING_KEPT)
        return
    slots = (
        Slot(KEY, least=12, most=12),
        Slot(DAY, least=10, most=10),
        Slot(TITLE, least=12, most=44, rest=True),
        Slot(CRITERIA, most=22, from_width=100),
        Slot(_COUNT, right=True, least=6),
        Slot(FUNDED, right=True, least=6),
        Slot(_REPORTED, right=True, least=8),
    )
    yield Listing(slots, [_list_row(rounds, e) for e in rounds.entries], ruled=True)


def _list_row(rounds: StoredRounds, entry: RoundEntry) -> Row:
    funded = str(entry.funded) if entry.call else "—"
    cells = (
        (short(entry.key), "bold"),
        (entry.as_of, ""),
        (entry.title, ""),
        (f"{entry.criteria.id} {entry.criteria.version}", "dim"),
        (str(entry.results), ""),
        (funded, ""),
        (str(rounds.reports.get(entry.key, 0)), ""),
    )
    below: list[Fact] = []
    if (key := rounds.replaced_by(entry)) != "":
        below.append(Fact("", _REPLACED.of(key=short(key)), indent=13, style="dim"))
    if not entry.has_scores:
        below.append(Fact("", _NO_SCORES, indent=13, style="dim"))
    return Row(cells, tuple(below))
