"""What came back from the experts of an assignment: who answered, how far, and if as issued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path

from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Place, in_order
from pilotscore.language import LISTED, Text, join
from pilotscore.records import dataclass
from pilotscore.runs.panel_issue import by_expert, criteria_mark, number_of, read_assignment
from pilotscore.runs.panel_rules import read_scores, rules_of
from pilotscore.workbook.open.folders import find_books
from pilotscore.workbook.open.sheets import UnreadableBookError
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.assigned import Assigned
from pilotscore.workbook.panels.personal import Personal, read_personal
from pilotscore.workbook.panels.records import PanelSubmission


class Answer(Enum):
    """How far an expert has answered."""

    NONE = "none"
    BLANK = "blank"
    PARTIAL = "partial"
    WHOLE = "whole"


ANSWERS = {
    Answer.NONE: Text("未交回", "not back"),
    Answer.BLANK: Text("交回未填", "back and blank"),
    Answer.PARTIAL: Text("填了一部分", "half filled in"),
    Answer.WHOLE: Text("已填完", "filled in"),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back from one expert.

    Parameters
    ----------
    expert
        Who.
    answer
        How far.
    scores, blanks
        How many scores were given, and how many cells left blank.
    missing
        The results without any score.
    file
        The workbook; '' where none came back.
    """

    expert: str
    answer: Answer
    scores: int
    blanks: int
    missing: tuple[str, ...]
    file: str


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """All that came back."""

    answered: tuple[Answered, ...]
    submission: PanelSubmission
    findings: tuple[Finding, ...]


def collect(
    books: Iterable[Path | str],
    assignment: Path | str,
    *,
    codes: Mapping[str, str] | None = None,
    scale: tuple[float, float] | None = None,
    criteria: str | None = None,
) -> Collected:
    """Read what came back, and hold it against an assignment.

    Parameters
    ----------
    books
        The workbooks that came back, and folders of them.
    assignment
        The assignment that they were issued for.
    codes
        Who is behind each code, where the panel is blind.
    scale
        The least and greatest score; by the scores where None.
    criteria
        The set that is scored, by which bands are read and with which sheets were issued; sheets of
        different sets are told where None.

    Raises
    ------
    UnreadableInputError
        The assignment, or none of the workbooks, can be read.
    """
    paths = [Path(b) for b in books]
    pairs = read_assignment(assignment)
    rules = rules_of(criteria, {"scale": scale})
    submission = read_scores(paths, rules)
    personal = _personal(paths)
    names = {normalise(code): name for code, name in (codes or {}).items()}
    owners = {p.expert: names.get(normalise(p.expert), p.expert) for p in personal}
    findings = [
        *submission.findings,
        *_as_issued(personal, pairs, owners),
        *_of_other_criteria(personal, criteria),
    ]
    findings += _not_assigned(submission, pairs, names)
    came = _came_back(submission, personal, owners, names)
    answered = tuple(_answered(expert, own, came) for expert, own in by_expert(pairs).items())
    return Collected(answered, submission, tuple(in_order(findings)))


def _personal(paths: Sequence[Path]) -> list[Personal]:
    sheets = []
    for path in find_books(paths).paths:
        try:
            read = read_personal(path)
        except UnreadableBookError:
            continue  # told by whoever reads the scores
        if read is not None:
            sheets.append(read)
    return sheets


def _as_issued(
    personal: Sequence[Personal], pairs: Sequence[Assigned], owners: Mapping[str, str]
) -> list[Finding]:
    """Tell workbooks of another assignment, and those whose locked cells were changed."""
    findings = []
    numbers = {normalise(name): number_of(own) for name, own in by_expert(pairs).items()}
    for book in personal:
        values = {"expert": book.expert}
        number = numbers.get(normalise(owners[book.expert]))
        # Of a code whose name was not given, any sheet of the assignment will do.
        if book.round not in (numbers.values() if number is None else (number,)):
            findings.append(Finding(kinds.OTHER_ROUND, Place(book.file), values))
        elif not book.unchanged:
            findings.append(Finding(kinds.LOCKED_CHANGED, Place(book.file), values))
    return findings


def _of_other_criteria(personal: Sequence[Personal], criteria: str | None) -> list[Finding]:
    """Tell sheets that were issued for another criteria set, or another version of it."""
    marks = Counter(p.criteria for p in personal)
    if criteria is not None:
        wanted = criteria_mark(criteria)
    elif len(marks) > 1:
        wanted = max(sorted(marks), key=lambda mark: marks[mark])
    else:
        return []
    return [
        Finding(
            kinds.OTHER_CRITERIA,
            p.criteria_place,
            {"expert": p.expert, "mark": p.criteria or _NO_SET, "wanted": wanted or _NO_SET},
        )
        for p in personal
        if p.criteria != wanted
    ]


_NO_SET = Text("没有指标体系", "no criteria set")


def _not_assigned(
    submission: PanelSubmission, pairs: Sequence[Assigned], names: Mapping[str, str]
) -> list[Finding]:
    """Tell scores of results that the expert was not given."""
    known = {(normalise(p.expert), normalise(p.result), p.stage) for p in pairs}
    findings: list[Finding] = []
    reported: set[tuple[str, str, int]] = set()
    scores = submission.scores
    for i in range(len(scores)):
        expert = names.get(normalise(scores.expert[i]), scores.expert[i])
        key = normalise(expert), normalise(scores.result[i]), int(scores.stage[i])
        if key not in known and key not in reported:
            reported.add(key)
            values = {"expert": scores.expert[i], "result": scores.result[i]}
            findings.append(Finding(kinds.NOT_ASSIGNED, scores.place[i], values))
    return findings


@dataclass(frozen=True, slots=True)
class _CameBack:
    """What came back, by the name of the expert: results and their stages, blanks, workbook."""

    results: Mapping[str, Sequence[tuple[str, int]]]
    blanks: Mapping[str, int]
    files: Mapping[str, str]


def _came_back(
    submission: PanelSubmission,
    personal: Sequence[Personal],
    owners: Mapping[str, str],
    names: Mapping[str, str],
) -> _CameBack:
    def owner(name: str) -> str:
        return normalise(names.get(normalise(name), name))

    results: dict[str, list[tuple[str, int]]] = {}
    s = submission.scores
    for expert, result, stage in zip(s.expert, s.result, s.stage.tolist(), strict=True):
        results.setdefault(owner(expert), []).append((normalise(result), stage))
    for answer in submission.answers:
        given = normalise(answer.result), answer.stage
        results.setdefault(owner(answer.expert), []).append(given)
    blanks: dict[str, int] = {}
    for name, count in submission.blanks.items():
        blanks[owner(name)] = blanks.get(owner(name), 0) + count
    files: dict[str, str] = {}
    for book in personal:
        files.setdefault(normalise(owners[book.expert]), book.file)
    return _CameBack(results, blanks, files)


def _answered(expert: str, pairs: Sequence[Assigned], came: _CameBack) -> Answered:
    name = normalise(expert)
    stages = {p.stage for p in pairs}
    given = [pair for pair in came.results.get(name, ()) if pair[1] in stages]
    blanks, file = came.blanks.get(name, 0), came.files.get(name, "")
    mine = {(normalise(p.result), p.stage): p.result for p in pairs}
    missing = tuple(sorted({mine[form] for form in mine.keys() - set(given)}))
    if not given:
        answer = Answer.BLANK if file or blanks else Answer.NONE
    else:
        answer = Answer.PARTIAL if missing or blanks else Answer.WHOLE
    return Answered(expert, answer, len(given), blanks, missing, file)


def listed(names: Sequence[str], most: int = 6) -> object:
    """Return some names as a list, the rest marked."""
    shown = join(names[:most], LISTED)
    return shown if len(names) <= most else join((shown, "…"), LISTED)
