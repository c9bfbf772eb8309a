"""The ranking: an order of results with what is recommended for each and why."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pilotscore.document import (
    Block,
    Document,
    Fact,
    Gap,
    Lazily,
    Line,
    Listing,
    Piece,
    Row,
    Sheet,
    Slot,
    Strip,
    Table,
    heading,
    more,
)
from pilotscore.index import Assessment, Status
from pilotscore.language import (
    BLANK,
    COMMA,
    DOT,
    NOTHING,
    Text,
    Words,
    counted,
    join,
    same,
)
from pilotscore.runs.outcome import Outcome
from pilotscore.views import (
    findings,
    given,
    methods,
    origins,
    ranking_brief,
    ranking_table,
    rights_beside,
)
from pilotscore.wording import figures, words

if TYPE_CHECKING:
    from pilotscore.document.explored import Explored
    from pilotscore.runs.robustness import RobustnessReport

WIDE = 110  # cells from which on a screen shows every dimension in a column of its own
WIDEST = 140  # and from which there is room for means and completeness too
GRADE_STYLES = ("bold green", "green", "yellow", "dark_orange3", "red")
NOT_SHOWN = Text("未显示（--top）", " not shown (--top)")
_BESIDE = Text("{dimensions}  ({means})", "{dimensions}  ({means})")


def document(
    outcome: Outcome,
    top: int | None = None,
    *,
    tested: RobustnessReport | None = None,
    in_full: bool = False,
) -> Document:
    """Return a ranking as a document.

    Parameters
    ----------
    outcome
        The run.
    top
        How many of the first are on the page and in the record; all where None.
    tested
        The ranking put to the test, if it was.
    in_full
        Whether the page says all of each result below it, instead of a line.
    """
    table = cache(lambda: ranking_table.table(outcome))
    return Document(
        title=outcome.criteria.title,
        version=outcome.manifest.version,
        as_of=outcome.manifest.as_of,
        digest=outcome.manifest.digest,
        page=lambda: _page(outcome, top, tested, in_full=in_full),
        sheets=lambda: _sheets(outcome, table(), tested),
        record=lambda: _record(outcome, top, tested),
        table=table,
        explored=lambda: _explored(outcome, table(), tested),
    )


def _explored(outcome: Outcome, whole: Table, tested: RobustnessReport | None) -> Explored:
    from pilotscore.views import ranking_explored

    return ranking_explored.explored(outcome, whole, lambda: _beside(outcome, tested))


def grade_style(assessment: Assessment, i: int) -> str:
    """Return the style of a grade: from the best to the worst, and of none."""
    place = int(assessment.grade[i])
    return GRADE_STYLES[min(place, len(GRADE_STYLES) - 1)] if place >= 0 else "dim"


# ------------------------------------------------------------------------------- the page


def _page(
    outcome: Outcome, top: int | None, tested: RobustnessReport | None, *, in_full: bool
) -> Iterator[Block]:
    yield from list_page(outcome, top, in_full=in_full)
    if not in_full:
        yield ranking_brief.hint()
    yield from methods.page(outcome, top)
    if tested is not None:
        from pilotscore.views import robustness

        yield Gap()
        yield from robustness.page(tested, top)


def list_page(
    outcome: Outcome, top: int | None = None, *, in_full: bool = False
) -> Iterator[Block]:
    """Say the ranking alone: a line of figures for each result, what is recommended, and why."""
    a = outcome.assessment
    title = join((a.criteria.title, a.criteria.version), BLANK)
    results = counted(len(a), Text("项成果", "result"))
    yield heading(join((title, results, outcome.manifest.as_of), DOT))
    for said in outcome.notes():
        yield Line(((said, "magenta"),))
    yield from origins.of_call(outcome)
    shown = outcome.ranking.order[:top]
    brief = None if in_full else ranking_brief.Brief(outcome, shown)

    def below(i: int) -> tuple[Fact | Strip, ...]:
        return tuple(_below(outcome, i)) if brief is None else (brief.below(i),)

    rows = [_row(outcome, i, below(i)) for i in shown]
    yield Listing(_slots(outcome, in_full=in_full), rows, ruled=True)
    if len(shown) < len(a):
        yield more(len(a) - len(shown), NOT_SHOWN)
    if brief is not None:
        yield from brief.notes()
    yield Gap()
    yield from _counts(outcome)


def _slots(outcome: Outcome, *, in_full: bool) -> tuple[Slot, ...]:
    a = outcome.assessment
    grades = {int(g): figures.grade(a, i) for i, g in enumerate(a.grade) if g >= 0}
    states = {int(s): figures.grade(a, i) for i, s in enumerate(a.status) if a.grade[i] < 0}
    sized = (*grades.values(), *states.values())
    means = WIDE if in_full else WIDEST
    beside = ((words.COMPLETE_SHORT, 4), (words.GEOMETRIC_SHORT, 5), (words.LOWEST_SHORT, 5))
    return (
        Slot(words.RANK, right=True, least=4, most=4),
        Slot(words.ID, least=4, most=16, sized_by=a.measurements.ids),
        Slot(words.TITLE, least=12, most=44, rest=True),
        Slot(words.INDEX, right=True, least=6, most=6),
        Slot(words.INTERVAL, right=True, least=8, most=8),
        Slot(words.GRADE, most=14, sized_by=sized),
        *(Slot(h, right=True, least=w, most=w, from_width=means) for h, w in beside),
        *(
            Slot(d.heading, right=True, least=5, sized_by=(d.heading,), from_width=WIDE)
            for d in a.criteria.dimensions
        ),
    )


def _row(outcome: Outcome, i: int, below: tuple[Fact | Strip, ...]) -> Row:
    a, ranking = outcome.assessment, outcome.ranking
    rank = str(ranking.ranks[i]) if ranking.ranks[i] else "—"
    style = grade_style(a, i)
    assessable = not a.missing.not_assessable[i]
    no_interval = _withheld(a, i) or (assessable and a.high[i] - a.low[i] < 0.05)
    cells: tuple[Piece, ...] = (
        (f"={rank}" if ranking.tied[i] else rank, style),
        (a.measurements.ids[i], ""),
        (a.measurements.titles[i], "bold"),
        (figures.index(a, i), style),
        ("" if no_interval else f"{a.low[i]:.0f}-{a.high[i]:.0f}", "dim"),
        (figures.grade(a, i), style),
        (f"{a.completeness[i]:.0%}", "dim"),
        *((figures.score(mean), "dim") for mean in _means(a, i)),
        *((figures.score(x), "") for x in a.dimensions[i]),
    )
    return Row(cells, below)


def _means(a: Assessment, i: int) -> tuple[float, float]:
    """Return the index as a geometric mean and as the lowest dimension; nan where it has none."""
    shown = a.has_index(i)
    return (float(a.geometric[i]), float(a.lowest[i])) if shown else (math.nan, math.nan)


def _below(outcome: Outcome, i: int) -> Iterator[Fact]:
    """Say below a result its dimensions, on a narrow screen; what is recommended; what decided."""
    a, r = outcome.assessment, outcome.plan.recommendations[i]
    pairs = zip(a.criteria.dimensions, a.dimensions[i], strict=True)
    geometric, lowest = _means(a, i)
    figured = [
        (words.GEOMETRIC_SHORT, figures.score(geometric)),
        (words.LOWEST_SHORT, figures.score(lowest, 0)),
        (words.COMPLETE_SHORT, f"{a.completeness[i]:.0%}"),
    ]
    unstated = a.unstated_share[i]
    if unstated > 0:
        figured.append((words.EVIDENCE_NOT_STATED, figures.some_percent(unstated)))
    dimensions = _BESIDE.of(
        dimensions=join((_named(d.heading, figures.score(x, 0)) for d, x in pairs), _WIDELY),
        means=join((_named(title, figure) for title, figure in figured), _CLOSELY),
    )
    yield Fact("", dimensions, 5, "cyan", narrower=WIDE)
    yield from origins.below(outcome, i)
    yield from rights_beside.below(outcome.assessment, i)
    parts = (r.approval.title, figures.funding(r, outcome.policy), join(r.support))
    yield Fact(words.ADVICE, join(parts, DOT), 5)
    reason = figures.reason(a, i)
    if reason is not None:
        yield Fact(words.REASON, reason, 5, "yellow")


_WIDELY, _CLOSELY = same("  "), same(", ")


def _named(title: Words, figure: str) -> Words:
    return same("{title} {figure}").of(title=title, figure=figure)


def _counts(outcome: Outcome) -> Iterator[Block]:
    a = outcome.assessment
    grades = Counter(figures.grade_id(a, i) for i in range(len(a)) if a.grade[i] >= 0)
    parts: list[Words] = [same(f"{g.id} {grades.get(g.id, 0)}") for g in a.criteria.grades]
    for status in (Status.WITHHELD, Status.NOT_ASSESSABLE):
        count = int((a.status == status).sum())
        if count:
            parts.append(_named(words.STATUS_TITLES[status], str(count)))
    label = join((words.GRADES, "  "), NOTHING)
    yield Line(((label, "dim"), (join(parts, COMMA), "")))
    decisions = Counter(r.approval.title for r in outcome.plan.recommendations)
    listed = (_named(title, str(count)) for title, count in decisions.most_common())
    yield Fact(words.APPROVAL, join(listed, same(" | ")))


# ----------------------------------------------------------------------------- the tables


def _sheets(outcome: Outcome, whole: Table, tested: RobustnessReport | None) -> list[Sheet]:
    from pilotscore.views import ranking_paper

    printed = ranking_paper.printed(outcome.criteria)
    ranking = Sheet(words.SHEET_RANKING, (*outcome.notes(), whole), freeze=3, printed=printed)
    scores = Sheet(words.SHEET_SCORES, (ranking_table.scores_table(outcome),), freeze=3)
    charts = ranking_paper.charts(outcome)
    return [ranking, charts, *_comparisons(outcome, tested), scores, *_grounds(outcome)]


def _beside(outcome: Outcome, tested: RobustnessReport | None) -> list[Sheet]:
    """Return the sheets that say more than the ranking and its scores."""
    return [*_comparisons(outcome, tested), *_grounds(outcome)]


def _comparisons(outcome: Outcome, tested: RobustnessReport | None) -> list[Sheet]:
    if tested is None:
        return methods.sheets(outcome)
    from pilotscore.views import robustness

    return [*methods.sheets(outcome), *robustness.sheets(tested)]


def _grounds(outcome: Outcome) -> list[Sheet]:
    """Return what the ranking rests on."""
    from pilotscore.views import criteria

    return [
        *given.sheets(outcome),
        findings.sheet(outcome.findings),
        *criteria.sheets(outcome.criteria),
        findings.manifest_sheet(outcome.manifest),
    ]


def _withheld(a: Assessment, i: int) -> bool:
    """Whether a gate withholds index and interval; the interval of what lacks values stays."""
    return bool(a.status[i] == Status.WITHHELD)


# ----------------------------------------------------------------------------- the record


def _record(
    outcome: Outcome, top: int | None, tested: RobustnessReport | None
) -> Mapping[str, Any]:
    """Return notes, ranking, scores, findings and manifest."""
    extra: Mapping[str, Any] = {}
    if tested is not None:
        from pilotscore.views import robustness

        whole = robustness.record(tested)
        extra = {"robustness": {k: v for k, v in whole.items() if k != "manifest"}}
    return {
        "notes": outcome.notes(),
        "batch_relative": outcome.ranking.batch_relative,
        "ranking": _ranked(outcome, outcome.ranking.order[:top]),
        **methods.record(outcome),
        **extra,
        "findings": [findings.record(f) for f in outcome.findings],
        "manifest": outcome.manifest.to_dict(),
    }


def ranked(outcome: Outcome, i: int) -> dict[str, Any]:
    """Return what the ranking says of the i-th result, under its keys."""
    record: dict[str, Any] = _ranked(outcome, (i,))[0]
    return record


def _ranked(outcome: Outcome, places: Sequence[int]) -> Lazily:
    """Return results as the ranking has them, each with the scores of its indicators."""
    table = ranking_table.table(outcome, places)
    scores = ranking_table.scores_table(outcome, places)
    keys = [c.key for c in table.columns]
    ids = [i.id for i in outcome.criteria.indicators]

    def record(place: int) -> dict[str, Any]:
        of_each = dict(zip(ids, scores.rows[place][-len(ids) :], strict=True))
        return {**dict(zip(keys, table.rows[place], strict=True)), "scores": of_each}

    return Lazily(range(len(places)), record)
