"""An appeal: cells of a round corrected, and the round decided anew with nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pilotscore.criteria import load_call
from pilotscore.errors import FaultyFileError, UnreadableInputError
from pilotscore.findings import Finding
from pilotscore.funding.at_the_line import Standing, standing_of
from pilotscore.language import LANGS, Text, counted
from pilotscore.records import dataclass
from pilotscore.runs.assess import rank_by
from pilotscore.runs.fund import FundReport, decisions_of, fund_by
from pilotscore.runs.round_columns import columns_of
from pilotscore.runs.round_work import Work
from pilotscore.store.members import FOLDER as COLUMNS
from pilotscore.store.members import members_of
from pilotscore.store.rounds import HEAD, Held, Round, as_json, digest, record_name
from pilotscore.workbook.corrections import CorrectionFile, read_corrections
from pilotscore.workbook.open.changes import CellChange, under_name, with_changes
from pilotscore.workbook.open.sheets import Book, UnreadableBookError, open_book
from pilotscore.workbook.results.corrected import Correction, by_path, changes_of, held_against
from pilotscore.workbook.values.error_texts import with_written_errors

Changes = Mapping[str, tuple[CellChange, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A round as decided: by which corrections on top of the one before, and what came of it.

    ``changes`` has all cells that were corrected until then by the name of their workbook,
    ``standing`` the draw that stands from before.
    """

    report: FundReport
    corrections: tuple[Correction, ...] = ()
    changes: Changes | None = None
    standing: Standing | None = None
    findings: tuple[Finding, ...] = ()


def first_step(work: Work) -> Step:
    """Decide a round as it was before any appeal."""
    return Step(decided(work, {}))


def decided(
    work: Work,
    changes: Changes,
    standing: Standing | None = None,
    appeals: tuple[Mapping[str, Any], ...] = (),
) -> FundReport:
    """Decide a round with some cells corrected, by its own rules, settings and seeds."""
    rules = work.rules
    assert work.call is not None  # a ranking is not decided, and is refused before
    loaded = load_call(work.call, rules.criteria, rules.policy.policy, work.settings)
    options = replace(work.options, changes=by_path(changes, work.options.called))
    outcome = rank_by(rules, work.books, reading=options)
    decisions = work.decisions and decisions_of(work.decisions, work.decisions_called)
    report = fund_by(
        loaded,
        outcome,
        decisions=decisions,
        next_money=work.next_money,
        ways=work.ways,
        core=work.core,
        standing=standing,
    )
    return replace(report, appeals=appeals)


def upheld(work: Work, before: Step, path: Path, parent: str) -> Step:
    """Decide a round anew with the corrections of a file.

    Parameters
    ----------
    work
        The round taken out of its file.
    before
        As it was decided last.
    path
        The file of corrections.
    parent
        The seal of the round that is appealed.

    Raises
    ------
    UnreadableInputError, FaultyFileError
        The file cannot be read; or a correction has a fault, in a finding at its cell.
    """
    file = _read(path)
    outcome = before.report.outcome
    earlier = before.changes or {}
    paths = {name: path for path, name in work.options.called.items()}

    def opened(name: str) -> Book:
        book = open_book(Path(paths[name]), work.options.limits, work.options.password)
        return under_name(with_changes(with_written_errors(book), earlier.get(name, ())), name)

    books = {name: opened(name) for name in {t.book for t in outcome.submission.tables}}
    names = work.options.names(outcome.criteria)
    corrections, findings = held_against(file, outcome.submission, names, books.__getitem__)
    faults = sum(f.severity == "error" for f in findings)
    if faults:
        text = Text("更正文件 {file} 有 {places}", "the corrections {file} are wrong in {places}")
        places = counted(faults, Text("处", "place"))
        raise FaultyFileError(text.of(file=file.name, places=places), findings)
    changes = _joined(earlier, changes_of(corrections))
    standing = _standing(before, corrections)
    entry = {
        "parent": parent,
        "file": file.name,
        "sha256": file.sha256,
        "corrections": [c.to_dict() for c in corrections],
    }
    report = decided(work, changes, standing, (*before.report.appeals, entry))
    return Step(report, corrections, changes, standing, findings)


def _read(path: Path) -> CorrectionFile:
    try:
        return read_corrections(path)
    except UnreadableBookError as error:
        text = Text("更正文件 {path} 无法读取", "the corrections {path} cannot be read")
        raise UnreadableInputError(text.of(path=str(path)), [error.finding]) from error


def _joined(earlier: Changes, later: Changes) -> dict[str, tuple[CellChange, ...]]:
    """Return changes with later ones on top."""
    return {book: (*earlier.get(book, ()), *later.get(book, ())) for book in {**earlier, **later}}


def _standing(before: Step, corrections: Sequence[Correction]) -> Standing | None:
    """Return the draw that stands: the one that was made, whoever appeals."""
    decision = before.report.funded
    return standing_of(decision.instance, decision.line, (c.row.result for c in corrections))


def replayed(work: Work, saved: Round) -> Iterator[Step]:
    """Decide a saved round anew: as it was before any appeal, then after each."""
    step = first_step(work)
    yield step
    for path, appeal in zip(work.appeals, saved.appeals, strict=True):
        step = upheld(work, step, path, appeal["parent"])
        yield step


def held_after(saved: Round, path: Path, report: FundReport) -> Held:
    """Return what a round after an appeal holds: what the one before does, and its record.

    The columns are those of the round as it is decided now.
    """
    number = len(saved.appeals) + 1
    folder = f"appeals/{number}"
    content = path.read_bytes()
    kept = {f"{folder}/{HEAD}": as_json(saved.head)}
    kept |= {f"{folder}/{record_name(x)}": saved.members[record_name(x)] for x in LANGS}
    member = f"{folder}/corrections/{path.name}"
    kept[member] = content
    own = {record_name(lang) for lang in LANGS}
    members = {
        name: data
        for name, data in saved.members.items()
        if name not in own and not name.startswith(COLUMNS)
    }
    members |= members_of(columns_of(report.outcome, report))
    entry = {"parent": saved.seal, "file": path.name, "sha256": digest(content), "member": member}
    assert saved.work is not None
    return Held(saved.work, (*saved.appeals, entry), {**members, **kept})


def round_before(saved: Round, number: int) -> Round:
    """Return the round that an appeal (from 1) was against, as a later one has it."""
    import json

    folder = f"appeals/{number}/"
    head = json.loads(saved.members[folder + HEAD])
    return Round(head, {record_name(x): saved.members[folder + record_name(x)] for x in LANGS})
