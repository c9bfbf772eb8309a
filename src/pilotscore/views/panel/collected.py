"""What came back from the experts: who answered, how far, and what to look at."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from pilotscore.document import Block, Column, Document, Listing, Row, Sheet, Slot, Table, heading
from pilotscore.language import DOT, LISTED, Text, Words, join, same
from pilotscore.runs.panel_collect import ANSWERS, Answer, Answered, Collected
from pilotscore.views import findings
from pilotscore.wording.figures import rounded
from pilotscore.workbook.panels.moments import written
from pilotscore.workbook.panels.stages import FIRST

TITLE = Text("评分收回情况", "What came back")
_EXPERT, _ANSWER = Text("专家", "Expert"), Text("状态", "State")
_SCORES, _BLANKS = Text("分数", "Scores"), Text("空白", "Blank")
_MISSING = Text("还没有分数的成果", "Results without a score")
_COUNT = Text("{what} {count}", "{what} {count}")
_STYLES = {Answer.NONE: "red", Answer.BLANK: "red", Answer.PARTIAL: "yellow", Answer.WHOLE: "green"}
_NAMED = 6
_SHEETS = (Text("收回情况", "What came back"), Text("评分", "Scores"))


def document(collected: Collected, version: str = "") -> Document:
    """Return what came back as a document; its one table is the scores, to be read again."""
    return Document(
        TITLE,
        version,
        page=partial(page, collected),
        sheets=partial(sheets, collected),
        record=partial(record, collected),
        table=partial(_scores_table, collected),
    )


def page(collected: Collected) -> Iterator[Block]:
    """Say who answered and how far."""
    counts = Counter(a.answer for a in collected.answered)
    said = [_COUNT.of(what=ANSWERS[a], count=counts[a]) for a in Answer if counts[a]]
    yield heading(join((TITLE, *said), DOT))
    slots = (
        Slot(_EXPERT, least=6, most=20, sized_by=tuple(a.expert for a in collected.answered)),
        Slot(_ANSWER, least=8, most=16, sized_by=tuple(ANSWERS.values())),
        Slot(_SCORES, right=True, least=6, most=6),
        Slot(_BLANKS, right=True, least=5, most=5),
        Slot(_MISSING, least=12, rest=True),
    )
    yield Listing(slots, [_row(a) for a in collected.answered], ruled=True, wrap=True)


def _row(a: Answered) -> Row:
    missing: Words = join([same(r) for r in a.missing[:_NAMED]], LISTED)
    if len(a.missing) > _NAMED:
        missing = join((missing, Text("等 {n} 项", "{n} in all").of(n=len(a.missing))), LISTED)
    style = _STYLES[a.answer]
    return Row(
        (
            (a.expert, ""),
            (ANSWERS[a.answer], style),
            (str(a.scores), ""),
            (str(a.blanks), ""),
            (missing, ""),
        )
    )


def sheets(collected: Collected) -> list[Sheet]:
    """Return who answered, all scores, and what is to be told."""
    parts = [
        Sheet(_SHEETS[0], (_answers_table(collected),), freeze=1),
        Sheet(_SHEETS[1], (_scores_table(collected),), freeze=2),
    ]
    return [*parts, findings.sheet(collected.findings)] if collected.findings else parts


def _answers_table(collected: Collected) -> Table:
    columns = (
        Column("who", _EXPERT, width=16),
        Column("state", _ANSWER, width=14),
        Column("given", _SCORES, "rank", 9),
        Column("blank", _BLANKS, "rank", 9),
        Column("missing", _MISSING, "wrap", 60),
        Column("file", Text("文件", "File"), width=30),
    )
    rows = [
        [a.expert, ANSWERS[a.answer], a.scores, a.blanks, "、".join(a.missing), a.file]
        for a in collected.answered
    ]
    return Table(columns, rows)


_SAID = {True: Text("是", "yes"), False: Text("否", "no")}


def _scores_table(collected: Collected) -> Table:
    columns: tuple[Column, ...] = (
        Column("expert", _EXPERT, width=16),
        Column("id", Text("编号", "id"), width=14),
        Column("indicator", Text("指标", "indicator"), width=24),
        Column("score", Text("分数", "score"), "figure", 9),
        Column("scale", Text("评分范围", "scale"), width=10),
        Column("comment", Text("评语", "comment"), "wrap", 60),
    )
    s, answers = collected.submission.scores, collected.submission.answers
    two = any(stage > FIRST for stage in (*s.stage.tolist(), *(a.stage for a in answers)))
    columns += (Column("stage", Text("轮次", "stage"), "rank", 8),) if two else ()
    dated = not all(math.isnan(at) for at in s.at.tolist())
    columns += (Column("date", Text("日期", "date"), width=20),) if dated else ()
    order = sorted(range(len(s)), key=lambda i: (s.expert[i], s.result[i], s.indicator[i]))
    rows = [
        [
            *(s.expert[i], s.result[i], s.indicator[i]),
            *(float(s.score[i]), _scale(collected, s.indicator[i]), s.comment[i]),
            *([int(s.stage[i])] if two else []),
            *([_date(float(s.at[i]))] if dated else []),
        ]
        for i in order
    ]
    rows += [
        [
            a.expert,
            a.result,
            a.indicator,
            _SAID[a.yes],
            "",
            a.reason,
            *([a.stage] if two else []),
            *([""] if dated else []),
        ]
        for a in answers
    ]
    return Table(columns, rows)


def _date(at: float) -> str:
    return "" if math.isnan(at) else written(at)


def _scale(collected: Collected, indicator: str) -> str:
    least, most = collected.submission.scales[indicator]
    return f"{least:g}–{most:g}"


def record(collected: Collected) -> dict[str, Any]:
    """Return what came back as plain data."""
    s = collected.submission.scores
    return {
        "experts": [
            {
                "expert": a.expert,
                "answer": a.answer.value,
                "scores": a.scores,
                "blanks": a.blanks,
                "missing": list(a.missing),
                "file": a.file,
            }
            for a in collected.answered
        ],
        "scores": [
            {
                "expert": s.expert[i],
                "id": s.result[i],
                "indicator": s.indicator[i],
                "score": rounded(s.score[i]),
                "comment": s.comment[i],
                "stage": int(s.stage[i]),
            }
            for i in range(len(s))
        ],
        "answers": [
            {
                "expert": a.expert,
                "id": a.result,
                "indicator": a.indicator,
                "yes": a.yes,
                "reason": a.reason,
                "stage": a.stage,
            }
            for a in collected.submission.answers
        ],
        "findings": [findings.record(f) for f in collected.findings],
    }
