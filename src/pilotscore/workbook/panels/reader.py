"""Reads all that is known of a panel: scores in any of their forms, experts, results, conflicts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np

from pilotscore.criteria.names import normalise
from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding, Kind, Place, in_order
from pilotscore.language import NOTHING, SEMICOLON, Text, did_you_mean, join
from pilotscore.workbook.open.folders import find_books
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import (
    Book,
    Sheet,
    SheetFindings,
    UnreadableBookError,
    open_book,
)
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.answers import answers_of, as_answered
from pilotscore.workbook.panels.columns import header_in
from pilotscore.workbook.panels.conflicts import recusal
from pilotscore.workbook.panels.people import (
    is_conflict_sheet,
    is_expert_sheet,
    is_result_sheet,
    read_conflicts,
    read_experts,
    read_results,
)
from pilotscore.workbook.panels.records import Expert, PanelResult, PanelSubmission, ScoreColumns
from pilotscore.workbook.panels.score_sheets import (
    Context,
    QuantityOf,
    Score,
    is_score_sheet,
    no_quantity,
    read_score_sheet,
    scored_headers,
)
from pilotscore.workbook.panels.trimmed_means import tell_trimmed_means
from pilotscore.workbook.values.error_texts import with_written_errors

_SCALES = (5.0, 10.0, 100.0)
_FEW_BEYOND = 0.1  # own: the share of scores that may be mistyped
IndicatorOf = Callable[[str], str | None]


@dataclass(slots=True)
class _Gathered:
    """What the sheets of all files hold together."""

    scores: list[Score] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    blanks: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    experts: dict[str, Expert] = field(default_factory=dict)
    results: dict[str, PanelResult] = field(default_factory=dict)


def no_indicator(_: str) -> None:
    """Say of every name that it is no indicator: there is no criteria set."""


def read_panel(
    paths: Iterable[Path],
    *,
    indicator_of: IndicatorOf = no_indicator,
    scale: tuple[float, float] | None = None,
    scales: Mapping[str, tuple[float, float]] = MappingProxyType({}),
    quantity_of: QuantityOf = no_quantity,
) -> PanelSubmission:
    """Read a panel from workbooks and folders.

    Parameters
    ----------
    paths
        Workbooks with scores in any form, sheets of experts, of results, of conflicts, in any
        order and however spread over files; a folder with a workbook for each expert.
    indicator_of
        What a name means as an indicator of the criteria set; None where it is none.
    scale
        The least and greatest score; by the scores themselves where None.
    scales
        Those of single indicators, which come before it.
    quantity_of
        The indicator in bands or levels that a name means: a cell may hold its words.

    Raises
    ------
    UnreadableInputError
        No file can be read.
    """
    books, gathered = _opened(paths)
    _read_people(books, gathered)
    _read_scores(books, gathered, indicator_of, quantity_of)
    _name_indicators(gathered, indicator_of)
    return _joined(books, gathered, scale, scales)


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Experts and results as sheets list them, in order of name and id."""

    experts: tuple[Expert, ...]
    results: tuple[PanelResult, ...]
    findings: tuple[Finding, ...]
    files: Mapping[str, str]


def read_people(paths: Iterable[Path]) -> People:
    """Read the experts and the results of an assignment; a sheet of results may have any columns.

    Raises
    ------
    UnreadableInputError
        No file can be read.
    """
    books, gathered = _opened(paths)
    _read_people(books, gathered, all_results=True)
    _tell_empty_conflicts(gathered, set())
    for kind, there in ((kinds.NO_EXPERTS, gathered.experts), (kinds.NO_RESULTS, gathered.results)):
        if not there:
            gathered.findings.append(Finding(kind, Place(books[0].name)))
    return People(
        tuple(sorted(gathered.experts.values(), key=lambda e: e.name)),
        tuple(sorted(gathered.results.values(), key=lambda r: r.id)),
        tuple(in_order(gathered.findings)),
        {b.name: b.sha256 for b in books},
    )


def _opened(paths: Iterable[Path]) -> tuple[list[Book], _Gathered]:
    found = find_books(paths)
    findings = list(found.findings)
    books: list[Book] = []
    by_name: dict[str, Path] = {}
    for path in found.paths:
        try:
            books.append(with_written_errors(open_book(path, Limits())))
            by_name[books[-1].name] = path
        except UnreadableBookError as e:
            findings.append(e.finding)
    if not books:
        raise UnreadableInputError(
            join([f.message for f in findings] or [kinds.NO_SCORES.found], SEMICOLON)
        )
    findings += [f for b in books for f in b.findings]
    return books, _Gathered(findings=findings, paths=by_name)


def _sheets(books: Sequence[Book]) -> Iterable[tuple[Sheet, int, dict[str, int]]]:
    for book in books:
        for sheet in book.sheets:
            header = header_in(sheet.rows) if sheet.visible else None
            if header is not None:
                yield sheet, *header


def _read_people(books: Sequence[Book], gathered: _Gathered, *, all_results: bool = False) -> None:
    """Read experts and results first: what a column of scores is may depend on them.

    With ``all_results`` a sheet of results may have columns of any other kind too.
    """
    sheets = list(_sheets(books))
    for sheet, header, roles in sheets:
        if is_expert_sheet(roles) and not is_conflict_sheet(roles):
            found = read_experts(sheet, header, roles, gathered.experts)
            gathered.findings += found.entries
        elif is_result_sheet(roles) and _is_listed(sheet, header, roles, all_results):
            found = read_results(sheet, header, roles, gathered.results)
            gathered.findings += found.entries
    for sheet, header, roles in sheets:
        if is_conflict_sheet(roles):
            if not gathered.experts:
                read_experts(sheet, header, {"expert": roles["expert"]}, gathered.experts)
            gathered.findings += read_conflicts(sheet, header, roles, gathered.experts).entries


def _is_listed(sheet: Sheet, header: int, roles: Mapping[str, int], all_results: bool) -> bool:
    if all_results:
        return "score" not in roles
    return not is_score_sheet(sheet.rows[header], roles)


def _read_scores(
    books: Sequence[Book],
    gathered: _Gathered,
    indicator_of: IndicatorOf,
    quantity_of: QuantityOf,
) -> None:
    known = {normalise(name): name for name in gathered.experts}
    of_scores = [
        (sheet, header, roles)
        for sheet, header, roles in _sheets(books)
        if is_score_sheet(sheet.rows[header], roles)
    ]
    names = _names_of([sheet for sheet, *_ in of_scores])
    scored = frozenset().union(*(scored_headers(*of, quantity_of) for of in of_scores))
    for (sheet, header, roles), name in zip(of_scores, names, strict=True):
        context = Context(known, indicator_of, name, scored, quantity_of)
        read = read_score_sheet(sheet, header, roles, context)
        gathered.scores += read.scores
        gathered.findings += read.findings
        trimmed = SheetFindings(sheet)
        tell_trimmed_means(gathered.paths[sheet.book], sheet, header, trimmed)
        gathered.findings += trimmed.entries
        for expert, count in read.blanks.items():
            gathered.blanks[expert] = gathered.blanks.get(expert, 0) + count
        for indicator, count in read.unread.items():
            own = indicator_of(indicator) or indicator
            gathered.unread[own] = gathered.unread.get(own, 0) + count
    if not gathered.scores and not any(f.severity == "error" for f in gathered.findings):
        kind = kinds.NOTHING_SCORED if of_scores else kinds.NO_SCORES
        gathered.findings.append(Finding(kind, Place(books[0].name)))


def _names_of(sheets: Sequence[Sheet]) -> list[tuple[str, bool] | None]:
    """Return the expert that a file or sheet is named after, where there are several of them."""
    files = {sheet.book for sheet in sheets}
    per_file = {book: sum(s.book == book for s in sheets) for book in files}
    if len(files) > 1 and all(count == 1 for count in per_file.values()):
        return [(Path(sheet.book).stem, True) for sheet in sheets]
    if len(sheets) > 1:
        return [(sheet.name.strip(), False) for sheet in sheets]
    return [None] * len(sheets)


def _name_indicators(gathered: _Gathered, indicator_of: IndicatorOf) -> None:
    """Put indicators under the names of the criteria set; one that is not in it is told."""
    if indicator_of is no_indicator:
        return
    told: set[str] = set()
    for number, score in enumerate(gathered.scores):
        name = indicator_of(score.indicator)
        if name is not None:
            gathered.scores[number] = replace(score, indicator=name)
        elif score.indicator and score.indicator not in told:
            told.add(score.indicator)
            values = {"indicator": score.indicator, "near": NOTHING}
            gathered.findings.append(Finding(kinds.UNKNOWN_INDICATOR, score.place, values))


def _joined(
    books: Sequence[Book],
    gathered: _Gathered,
    scale: tuple[float, float] | None,
    stated: Mapping[str, tuple[float, float]],
) -> PanelSubmission:
    """Put the scores of all sheets together: known names, one score each, on the scale."""
    scores = _known(gathered)
    scores = as_answered(scores, gathered.unread, gathered.findings)
    scores = _once(scores, gathered.findings)
    scales = _scales([s for s in scores if not s.answer], scale, stated, gathered.findings)
    scores = _on_scale(scores, scales, gathered.findings)
    scores, recused = _without_conflicts(scores, gathered)
    return PanelSubmission(
        _columns([s for s in scores if not s.answer]),
        tuple(recused),
        gathered.experts,
        gathered.results,
        scales,
        gathered.blanks,
        tuple(in_order(gathered.findings)),
        {b.name: b.sha256 for b in books},
        answers_of(scores),
    )


def _columns(scores: Sequence[Score]) -> ScoreColumns:
    def texts(values: Iterable[str]) -> np.ndarray:
        column = np.empty(len(scores), dtype=object)
        column[:] = list(values)
        return column

    return ScoreColumns(
        texts(s.expert for s in scores),
        texts(s.result for s in scores),
        texts(s.indicator for s in scores),
        np.array([s.score for s in scores], dtype=float),
        np.array([s.at for s in scores], dtype=float),
        texts(s.comment for s in scores),
        tuple(s.place for s in scores),
        np.array([s.stage for s in scores], dtype=np.int64),
    )


def _known(gathered: _Gathered) -> list[Score]:
    """Return the scores of known experts and results, under the names of their sheets."""
    experts = {normalise(name): name for name in gathered.experts}
    spelled: dict[str, str] = dict(experts)
    for score in sorted(gathered.scores, key=lambda s: s.expert):
        spelled.setdefault(normalise(score.expert), score.expert)
    kept = []
    told: set[tuple[str, str]] = set()
    for score in gathered.scores:
        expert = spelled[normalise(score.expert)]
        if experts and normalise(score.expert) not in experts:
            _tell_once(gathered, told, kinds.UNKNOWN_EXPERT, score, "expert", gathered.experts)
        elif gathered.results and score.result not in gathered.results:
            _tell_once(gathered, told, kinds.UNKNOWN_RESULT, score, "result", gathered.results)
        else:
            kept.append(replace(score, expert=expert))
    return kept


def _tell_once(
    gathered: _Gathered,
    told: set[tuple[str, str]],
    kind: Kind,
    score: Score,
    what: str,
    known: Iterable[str],
) -> None:
    """Tell a name that is not known at the first cell where it stands."""
    name = getattr(score, what)
    if (what, name) not in told:
        told.add((what, name))
        near = did_you_mean(name, known)
        gathered.findings.append(Finding(kind, score.place, {what: name, "near": near}))


def _once(scores: Sequence[Score], findings: list[Finding]) -> list[Score]:
    """Return one score for each expert, result, indicator and stage; a second one is told."""
    by_key: dict[tuple[str, str, str, int], list[Score]] = {}
    for score in scores:
        key = score.expert, score.result, score.indicator, score.stage
        by_key.setdefault(key, []).append(score)
    kept = []
    for same in by_key.values():
        if len(same) == 1:
            kept.append(same[0])
            continue
        last = _last(same)
        first, other = sorted(same, key=lambda s: str(s.place))[:2]
        values = {"expert": other.expert, "result": other.result, "other": str(first.place)}
        if last is None:
            findings.append(Finding(kinds.SCORED_TWICE_UNDATED, other.place, values))
        else:
            findings.append(Finding(kinds.SCORED_TWICE, other.place, values))
            kept.append(last)
    return kept


def _last(same: Sequence[Score]) -> Score | None:
    """Return the score that counts of several; None where nothing says which."""
    latest = max((s.at for s in same if not math.isnan(s.at)), default=math.nan)
    among = [s for s in same if s.at == latest] if not math.isnan(latest) else list(same)
    if len({s.score for s in among}) > 1:
        return None
    return min(among, key=lambda s: str(s.place))


def _scales(
    scores: Sequence[Score],
    stated: tuple[float, float] | None,
    of_indicator: Mapping[str, tuple[float, float]],
    findings: list[Finding],
) -> dict[str, tuple[float, float]]:
    """Return the scale of each indicator, as stated or by its greatest score."""
    by_indicator: dict[str, list[Score]] = {}
    for score in scores:
        by_indicator.setdefault(score.indicator, []).append(score)
    scales: dict[str, tuple[float, float]] = {}
    for name, of in sorted(by_indicator.items()):
        known = of_indicator.get(name, stated)
        if known is not None:
            scales[name] = known
            continue
        greatest = max(of, key=lambda s: (s.score, str(s.place)))
        least = min(0.0, min(s.score for s in of))
        most = _greatest_possible([s.score for s in of])
        scales[name] = (least, most)
        values = {"greatest": f"{greatest.score:g}", "least": f"{least:g}", "most": f"{most:g}"}
        shown = {"indicator": name or _OVERALL, **values}
        findings.append(Finding(kinds.SCALE_ASSUMED, greatest.place, shown))
    return scales


_OVERALL = Text("分数", "the scores")


def _greatest_possible(scores: Sequence[float]) -> float:
    """Return the end of the least usual scale that holds the scores but for mistyped ones.

    A score above twice the scale of nearly all others is mistyped (850 among 80 and 90), not the
    end of a longer scale.
    """
    for most in _SCALES:
        beyond = [s for s in scores if s > most]
        few = len(beyond) <= (_FEW_BEYOND if most < _SCALES[-1] else 0.5) * len(scores)
        if few and all(s > 2 * most for s in beyond):
            return most
    return max(scores)


def _on_scale(
    scores: Sequence[Score],
    scales: Mapping[str, tuple[float, float]],
    findings: list[Finding],
) -> list[Score]:
    kept = []
    for score in scores:
        if score.answer:
            kept.append(score)
            continue
        least, most = scales[score.indicator]
        if least <= score.score <= most:
            kept.append(score)
            continue
        values = {
            "score": f"{score.score:g}",
            "indicator": score.indicator or _OVERALL,
            "least": f"{least:g}",
            "most": f"{most:g}",
        }
        findings.append(Finding(kinds.OFF_THE_SCALE, score.place, values))
    return kept


def _without_conflicts(
    scores: Sequence[Score], gathered: _Gathered
) -> tuple[list[Score], list[tuple[str, str, str]]]:
    """Return the scores without those of experts who are to keep out, and these."""
    kept: list[Score] = []
    recused: list[tuple[str, str, str]] = []
    _tell_empty_conflicts(gathered, {s.result for s in scores})
    for score in scores:
        expert = gathered.experts.get(score.expert)
        result = gathered.results.get(score.result, PanelResult(score.result))
        reason = recusal(expert, result) if expert is not None else None
        if reason is None:
            kept.append(score)
            continue
        recused.append((score.expert, score.result, score.indicator))
        values = {"expert": score.expert, "result": score.result, "reason": reason}
        gathered.findings.append(Finding(kinds.CONFLICT, score.place, values))
    return kept, recused


def _tell_empty_conflicts(gathered: _Gathered, scored: set[str]) -> None:
    """Tell conflicts that name no known result, institution or person."""
    known = {*scored, *gathered.results}
    for result in gathered.results.values():
        known |= {*result.units, *result.persons}
    if not known:
        return
    forms = {normalise(k) for k in known}
    for expert in gathered.experts.values():
        for text in expert.conflicts:
            if normalise(text) not in forms:
                near = did_you_mean(text, known, NOTHING)
                values = {"text": text, "near": near}
                gathered.findings.append(Finding(kinds.CONFLICT_OF_NOBODY, expert.place, values))
