"""The rounds of a store: a list of them, one with its results, one result with its scores."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
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
    note,
)
from pilotscore.funding.decision import FundingStatus
from pilotscore.language import BLANK, DOT, LANGS, NOTHING, Text, Words, counted, join, same
from pilotscore.runs.follow import Seen
from pilotscore.runs.kept_rounds import StoredRound, StoredRounds, short
from pilotscore.store import RoundEntry
from pilotscore.store.follow_ups import OUTCOME_STATES
from pilotscore.views.fund.phrases import AWARD, DECISION, STATUSES
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

_ROUNDS, _RESULTS = Text("轮次", "Rounds"), Text("成果", "Results")
_KEY, _DAY, _TITLE = Text("轮次", "Round"), Text("日期", "Date"), Text("名称", "Title")
_CRITERIA, _FUNDED = Text("指标体系", "Criteria set"), Text("资助", "Funded")
_REPORTED = Text("已有随访", "Followed up")
_COUNT = Text("成果数", "Results")
_NOTHING_KEPT = Text("轮次库中还没有轮次", "the store has no rounds yet")
_REPLACED = Text("申诉后改为 {key}", "replaced upon an appeal by {key}")
_NOT_SHOWN = Text("未显示（--show）", " not shown (--show)")
_CHANCE = Text("获资助概率", "Chance")
_HISTORY = Text("各轮", "In other rounds")
_INDICATOR, _VALUE = Text("指标", "Indicator"), Text("数值", "Value")
_SCORE, _EVIDENCE = Text("得分", "Score"), Text("证据", "Evidence")
_NO_SCORES = Text("无分数列（早期版本保存）", "without scores (an early version saved it)")
_SHOWN = 30


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
        Column("key", _KEY, width=16),
        Column("as_of", _DAY, width=12),
        Column("kind", Text("类别", "Kind"), width=9),
        Column("title", _TITLE, "wrap", 36),
        Column("call", Text("征集文件", "Call"), width=18),
        Column("criteria", _CRITERIA, width=22),
        Column("results", _COUNT, "figure", 9),
        Column("funded", _FUNDED, "figure", 9),
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
        Slot(_KEY, least=12, most=12),
        Slot(_DAY, least=10, most=10),
        Slot(_TITLE, least=12, most=44, rest=True),
        Slot(_CRITERIA, most=22, from_width=100),
        Slot(_COUNT, right=True, least=6),
        Slot(_FUNDED, right=True, least=6),
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


# ------------------------------------------------------------------------------- one round


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
        sheets=lambda: [Sheet(_RESULTS, (results_table(kept),), freeze=3)],
        record=lambda: {
            "store": kept.store,
            "round": _entry_record(kept.entry),
            "results": results_table(kept),
        },
        table=lambda: results_table(kept),
    )


def _entry_record(entry: RoundEntry) -> dict[str, Any]:
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
    yield Fact(_KEY, entry.key)
    rules = (entry.call, entry.criteria, entry.policy)
    for label, rule in zip(_RULES, rules, strict=True):
        if rule is not None:
            yield Fact(label, f"{rule.id} {rule.version}")
    unit = unit_of(entry.unit)
    if unit is not None:
        text = Text("{n} 项，{money} {unit}", "{n} results, {money} {unit}")
        money = unit.shown(entry.awarded_fen)
        yield Fact(_FUNDED, text.of(n=entry.funded, money=money, unit=unit.name))


_RULES = (Text("征集文件", "Call"), _CRITERIA, Text("政策", "Policy"))


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
    award = "" if d is None or unit is None or not d.award[i] else unit.shown(int(d.award[i]))
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


# ------------------------------------------------------------------------------- one result


def document_of_result(
    kept: StoredRound, i: int, version: str, history: Sequence[Seen] = ()
) -> Document:
    """Return the scores of one result of a round as a document.

    Parameters
    ----------
    kept, i
        The round, and the place of the result in it.
    version
        Of the program.
    history
        The rounds of the store in which the result stands.
    """
    table = _indicators_table(kept, i)
    title = join((kept.columns.ids[i], kept.columns.titles[i]), BLANK)
    return Document(
        same(" / ".join(dict.fromkeys(title.to(lang) for lang in LANGS))),
        version=version,
        as_of=kept.entry.as_of,
        page=lambda: _result_page(kept, i, table, history),
        sheets=lambda: [
            Sheet(_RESULTS, (table,)),
            Sheet(_HISTORY, (_history_table(history),)),
        ],
        record=lambda: {
            "round": _entry_record(kept.entry),
            "result": _one(kept, i),
            "indicators": table,
            "history": _history_table(history),
        },
        table=lambda: table,
    )


def _one(kept: StoredRound, i: int) -> dict[str, Any]:
    table = results_table(kept)
    row = next(r for r in table.rows if r[1] == kept.columns.ids[i])
    return dict(zip((c.key for c in table.columns), row, strict=True))


def _indicators_table(kept: StoredRound, i: int) -> Table:
    columns = (
        Column("indicator", _INDICATOR, width=22),
        Column("title", _TITLE, width=28),
        Column("value", _VALUE, width=16),
        Column("score", _SCORE, "score", 8),
        Column("evidence", _EVIDENCE, width=16),
    )
    head = kept.columns.head
    rows: list[list[Any]] = []
    for item in head.indicators:
        column = kept.columns.indicators[item.id]
        value, code = float(column.values[i]), int(column.evidence[i])
        shown: Any = None if math.isnan(value) else value
        if shown is not None and item.words:
            shown = item.words[int(value)]
        evidence = head.evidence_grades[code].title if code >= 0 else None
        rows.append([item.id, item.title, shown, rounded(float(column.scores[i]), 6), evidence])
    return Table(columns, rows)


def _history_table(history: Sequence[Seen]) -> Table:
    columns = (
        Column("round", _KEY, width=16),
        Column("as_of", _DAY, width=12),
        Column("title", _TITLE, "wrap", 36),
        Column("grade", words.GRADE, "centre", 8),
        Column("index", words.INDEX, "score", 9),
        Column("decision", DECISION, "centre", 14),
    )
    rows = []
    for seen in history:
        entry, decisions = seen.kept.entry, seen.kept.columns.decisions
        decided = None if decisions is None else status_title(decisions.statuses[seen.place])
        index = rounded(float(seen.kept.columns.index[seen.place]))
        grade = grade_of(seen.kept, seen.place)
        rows.append([entry.key, entry.as_of, entry.title, grade, index, decided])
    return Table(columns, rows)


def _history_page(history: Sequence[Seen]) -> Iterator[Block]:
    """Show the rounds in which a result stands, where there are several."""
    if len(history) < 2:
        return
    yield Gap()
    yield heading(_HISTORY)
    slots = (
        Slot(_KEY, least=12, most=12),
        Slot(_DAY, least=10, most=10),
        Slot(_TITLE, least=12, rest=True),
        Slot(words.GRADE, least=5, most=5),
        Slot(words.INDEX, right=True, least=6, most=6),
        Slot(DECISION, most=14),
    )
    rows = []
    for key, day, title, grade, index, decided in _history_table(history).rows:
        scored = (grade or "—", "—" if index is None else f"{index:.1f}")
        cells = ((short(key), "dim"), (day, ""), (title, ""), *((x, "") for x in scored))
        rows.append(Row((*cells, (decided or NOTHING, ""))))
    yield Listing(slots, rows, ruled=True)


def _result_page(
    kept: StoredRound, i: int, table: Table, history: Sequence[Seen]
) -> Iterator[Block]:
    c, d = kept.columns, kept.columns.decisions
    yield heading(join((c.ids[i], c.titles[i], kept.entry.title, kept.entry.as_of), DOT))
    index = float(c.index[i])
    shown = "—" if math.isnan(index) else f"{index:.1f}"
    text = Text("{grade}，指数 {index}", "{grade}, index {index}")
    yield Fact(words.GRADE, text.of(grade=grade_of(kept, i) or "—", index=shown))
    unit = unit_of(kept.entry.unit)
    if d is not None and unit is not None:
        said = Text("{decision}（{award} {unit}）", "{decision} ({award} {unit})")
        award = unit.shown(int(d.award[i]))
        decided = said.of(decision=status_title(d.statuses[i]), award=award, unit=unit.name)
        yield Fact(DECISION, decided)
    yield Gap()
    slots = (
        Slot(_INDICATOR, least=12, most=44, rest=True),
        Slot(_VALUE, right=True, most=18),
        Slot(_SCORE, right=True, least=6, most=6),
        Slot(_EVIDENCE, most=24),
    )
    yield Listing(slots, [_indicator_row(row) for row in table.rows], ruled=True)
    yield from _history_page(history)


def _indicator_row(row: Any) -> Row:
    _, title, value, score, evidence = row
    shown = f"{value:.6g}" if isinstance(value, float) else value if value is not None else "—"
    points = "—" if score is None else f"{score:.1f}"
    return Row(((title, ""), (shown, ""), (points, ""), (evidence or "", "dim")))
