"""Results for enterprises as a catalogue, and needs with the results that go with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.document import (
    Block,
    Column,
    Document,
    Fact,
    Gap,
    Listing,
    Row,
    Sheet,
    Slot,
    Table,
    heading,
    note,
)
from pilotscore.language import DOT, LISTED, Text, Words, counted, join, number, same
from pilotscore.runs.catalogue import SHOWN, Catalogue, Wanted
from pilotscore.runs.matching import Match
from pilotscore.views.one_round import grade_of
from pilotscore.wording import words
from pilotscore.workbook.follow.words import MATCH_STATES, ours
from pilotscore.workbook.needs import Need

_TITLE = Text("可转化成果目录", "Catalogue of results")
_CATALOGUE, _MATCHES = Text("目录", "Catalogue"), Text("需求匹配", "Matches")
_KEPT_BACK = Text(
    "另有 {n} 项同等级成果未同意公开，未列入",
    "{n} more of these grades were not released by their owners, and are left out",
)
_NOBODY = Text("没有同意公开的成果", "no result of these grades was released")
_NO_MATCH = Text("没有相配的成果", "no result goes with it")
_PAST = Text("已过截止日期，未匹配", "its deadline is over: it was not matched")
_SAME_FIELD = Text("同一领域：{field}", "same field: {field}")
_SAME_WORDS = Text("共同词：{words}", "words in common: {words}")
_BEFORE = Text("此前：{state} {day}", "before: {state} {day}")
_GRADES = Text("等级 {grades}", "grades {grades}")
_NAMED = 6


def document(catalogue: Catalogue, version: str) -> Document:
    """Return a catalogue, with the needs that were matched, as a document.

    Parameters
    ----------
    catalogue
        What :func:`~pilotscore.runs.catalogue.catalogue` gave.
    version
        Of the program.
    """
    sheets = [Sheet(_CATALOGUE, (*map(note, _notes(catalogue)), catalogue_table(catalogue)))]
    if catalogue.wanted:
        sheets.append(Sheet(_MATCHES, (matches_table(catalogue),)))
    return Document(
        join((_TITLE, catalogue.kept.entry.title), DOT),
        version=version,
        as_of=catalogue.kept.entry.as_of,
        page=lambda: _page(catalogue),
        sheets=lambda: sheets,
        record=lambda: {
            "round": catalogue.kept.entry.key,
            "grades": list(catalogue.grades),
            "kept_back": catalogue.kept_back,
            "results": catalogue_table(catalogue),
            "matches": matches_table(catalogue),
        },
        table=lambda: matches_table(catalogue) if catalogue.wanted else catalogue_table(catalogue),
    )


def _notes(catalogue: Catalogue) -> list[Words]:
    notes: list[Words] = [] if catalogue.places else [_NOBODY]
    if catalogue.kept_back:
        notes.append(_KEPT_BACK.of(n=catalogue.kept_back))
    return notes


def catalogue_table(catalogue: Catalogue) -> Table:
    """Return one row per result that is shown: nothing of it but what says what it is."""
    titles = {item.id: item.title for item in catalogue.kept.columns.head.facts}
    facts = [name for name in SHOWN if name in titles]
    columns = (
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 36),
        Column("grade", words.GRADE, "centre", 8),
        *(Column(name, titles[name], "wrap", 18) for name in facts),
    )
    c = catalogue.kept.columns
    rows = [
        [
            c.ids[i],
            c.titles[i],
            grade_of(catalogue.kept, i),
            *(catalogue.fact(name, i) for name in facts),
        ]
        for i in catalogue.places
    ]
    return Table(columns, rows)


def _ours(column: str) -> Text:
    return Text(ours(column, "zh"), ours(column, "en"))


def matches_table(catalogue: Catalogue) -> Table:
    """Return one row per match, with open columns for what became of it (``follow read``)."""
    columns = (
        Column("need", _ours("need"), width=12),
        Column("requirement", _ours("requirement"), "wrap", 36),
        Column("enterprise", _ours("enterprise"), width=16),
        Column("field", _ours("field"), width=14),
        Column("budget", _ours("budget"), width=12),
        Column("deadline", _ours("deadline"), width=12),
        Column("result", _ours("result"), width=12),
        Column("title", _ours("title"), "wrap", 32),
        Column("grade", _ours("grade"), "centre", 8),
        Column("score", _ours("score"), "score", 9),
        Column("why", _ours("why"), "wrap", 40),
        Column("before", _ours("before"), "wrap", 18),
        Column("state", _ours("state"), width=14),
        Column("date", _ours("date"), width=12),
        Column("document", _ours("document"), width=22),
    )
    rows = [_match_row(catalogue, w, m) for w in catalogue.wanted for m in w.matches]
    return Table(columns, rows)


def _match_row(catalogue: Catalogue, wanted: Wanted, match: Match) -> list[Any]:
    need, c = wanted.need, catalogue.kept.columns
    return [
        need.id,
        need.requirement,
        need.enterprise or None,
        need.field or None,
        _budget(need),
        need.deadline or None,
        c.ids[match.place],
        c.titles[match.place],
        grade_of(catalogue.kept, match.place),
        match.score,
        _why(match),
        _before(catalogue, wanted, match),
        None,
        None,
        None,
    ]


def _budget(need: Need) -> str | None:
    budget = need.budget
    return None if budget is None else f"{number(float(budget.number))}{budget.unit}"


def _why(match: Match) -> Words:
    said: list[Words] = []
    if match.field:
        said.append(_SAME_FIELD.of(field=match.field))
    if match.words:
        said.append(_SAME_WORDS.of(words=join(match.words[:_NAMED], LISTED)))
    return join(said)


def _before(catalogue: Catalogue, wanted: Wanted, match: Match) -> Words | None:
    report = catalogue.report(wanted.need.id, match.place)
    if report is None:
        return None
    state = MATCH_STATES.get(report.state, same(report.state))
    return _BEFORE.of(state=state, day=report.day)


# -------------------------------------------------------------------------------- the page


def _page(catalogue: Catalogue) -> Iterator[Block]:
    c = catalogue.kept.columns
    count = counted(len(catalogue.places), Text("项成果", "result"))
    grades = _GRADES.of(grades=join(catalogue.grades, LISTED))
    yield heading(join((_TITLE, catalogue.kept.entry.title, grades, count), DOT))
    for said in _notes(catalogue):
        yield note(said)
    ids = tuple(c.ids[i] for i in catalogue.places)
    slots = (
        Slot(words.ID, least=4, most=14, sized_by=ids),
        Slot(words.GRADE, least=5, most=5),
        Slot(words.TITLE, least=16, rest=True),
        Slot(Text("完成单位", "Institution"), most=24),
        Slot(Text("领域", "Field"), most=18),
    )
    if catalogue.places:
        yield Listing(slots, [_result_row(catalogue, i) for i in catalogue.places], ruled=True)
    for wanted in catalogue.wanted:
        yield Gap()
        yield from _need_page(catalogue, wanted)


def _result_row(catalogue: Catalogue, i: int) -> Row:
    c = catalogue.kept.columns
    field = catalogue.fact("domain", i) or catalogue.fact("track", i) or ""
    institution = catalogue.fact("institution", i) or ""
    grade = grade_of(catalogue.kept, i) or ""
    return Row(
        ((c.ids[i], "bold"), (grade, ""), (c.titles[i], ""), (institution, ""), (field, "dim"))
    )


def _need_page(catalogue: Catalogue, wanted: Wanted) -> Iterator[Block]:
    need = wanted.need
    about = (need.enterprise, need.field, _budget(need) or "", need.deadline)
    yield heading(join((need.id, need.requirement, *about), DOT))
    if wanted.past or not wanted.matches:
        yield note(_PAST if wanted.past else _NO_MATCH)
        return
    c = catalogue.kept.columns
    ids = tuple(c.ids[m.place] for m in wanted.matches)
    slots = (
        Slot(_ours("score"), right=True, least=6),
        Slot(words.ID, least=4, most=14, sized_by=ids),
        Slot(words.TITLE, least=14, rest=True),
        Slot(words.GRADE, least=5, most=5),
    )
    rows = []
    for m in wanted.matches:
        below = [Fact("", _why(m), indent=7, style="dim")]
        if (before := _before(catalogue, wanted, m)) is not None:
            below.append(Fact("", before, indent=7))
        grade = grade_of(catalogue.kept, m.place) or ""
        cells = (
            (f"{m.score:.0f}", ""),
            (c.ids[m.place], "bold"),
            (c.titles[m.place], ""),
            (grade, ""),
        )
        rows.append(Row(cells, tuple(below)))
    yield Listing(slots, rows)
