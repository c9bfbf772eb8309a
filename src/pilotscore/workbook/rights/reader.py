"""Reads the sheets of rights of workbooks, whatever else these hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path

from pilotscore.errors import nothing_read
from pilotscore.findings import Finding, in_order
from pilotscore.records import dataclass
from pilotscore.workbook.open.folders import find_books
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Book, UnreadableBookError, open_book
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.beside import result_ids
from pilotscore.workbook.rights.distributions import distributions_of, read_distributions
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.rights.headers import SHEETS
from pilotscore.workbook.rights.ip import read_ip
from pilotscore.workbook.rights.notices import notices_of, read_notices
from pilotscore.workbook.rights.parties import cases_of, parties_of, read_parties
from pilotscore.workbook.rights.records import CaseColumns, RightsRead
from pilotscore.workbook.rights.secrecy import measures_of, read_secrecy
from pilotscore.workbook.rights.stacking import Stack
from pilotscore.workbook.rights.steps import read_steps, steps_of
from pilotscore.workbook.rights.suggestions import Suggestions
from pilotscore.workbook.rights.tables import filled, grids_of, not_understood
from pilotscore.workbook.values.error_texts import with_written_errors


@dataclass(frozen=True, slots=True)
class RightsOptions:
    """How workbooks of rights are to be read.

    Parameters
    ----------
    limits
        The bounds of each file.
    password
        What opens an encrypted workbook.
    glob
        Which files of a folder are workbooks.
    """

    limits: Limits = field(default_factory=Limits)
    password: str | None = field(default=None, repr=False)
    glob: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RightsFiles:
    """What was read of rights, and the SHA-256 of each file by its name."""

    rights: RightsRead
    files: dict[str, str]


def read_rights(paths: Iterable[Path], options: RightsOptions | None = None) -> RightsFiles:
    """Read the sheets of rights of workbooks and folders.

    Parameters
    ----------
    paths
        Workbooks, with or without a table of results, and folders of them; the order does not
        matter.
    options
        How they are to be read.

    Raises
    ------
    UnreadableInputError
        No file can be read.
    """
    options = options or RightsOptions()
    files = find_books(paths, options.glob)
    findings = list(files.findings)
    books: list[Book] = []
    for path in files.paths:
        try:
            book = open_book(path, options.limits, options.password)
            books.append(with_written_errors(book))
        except UnreadableBookError as error:
            findings.append(error.finding)
    if not books:
        raise nothing_read(findings)
    findings += [f for b in books for f in b.findings]
    grids: list[Grid] = []
    known: set[str] = set()
    for book in books:
        for sheet in book.sheets:
            of_it = grids_of(sheet)
            if of_it and not sheet.visible:
                findings.append(Finding(kinds.HIDDEN_RIGHTS_SHEET, sheet.place()))
            elif sheet.visible and not of_it:
                findings += not_understood(sheet)
                known.update(result_ids(sheet))
            elif sheet.visible:
                grids += of_it if book.template is None else filled(of_it)
    read = joined(grids, findings, known, surely=False)
    return RightsFiles(read, {b.name: b.sha256 for b in books})


def joined(
    grids: Sequence[Grid],
    findings: Iterable[Finding] = (),
    known: Collection[str] = (),
    *,
    surely: bool = True,
) -> RightsRead:
    """Put together what the tables of rights of all files say.

    Parameters
    ----------
    grids
        The tables, in any order.
    findings
        What is to be told beside.
    known
        The ids of the results that were read.
    surely
        Whether these are ids for certain; else they count where sheets of rights name any of them.
    """
    aside = (g for g in grids if not len(g) or has_columns_of_one_kind(g))
    every_finding = [*findings, *(f for g in aside for f in g.findings)]
    grids = [g for g in grids if len(g)]
    of = {kind: [g for g in grids if g.kind == kind] for kind in SHEETS}
    ip = read_ip(of["ip"])
    rights = ip.rights if ip is not None else None
    notices = [(ip.rows, ip.right)] if ip is not None else []
    on_sheets = read_notices(of["notices"], rights)
    notices += [] if on_sheets is None else [on_sheets]
    parties, steps = read_parties(of["rights"]), read_steps(of["steps"])
    distributed = read_distributions(of["distributions"], of["amounts"])
    secrecy = read_secrecy(of["secrecy"])
    read = RightsRead(
        ip=rights,
        notices=notices_of(notices),
        cases=_cases(parties, steps, distributed),
        parties=None if parties is None else parties_of(parties),
        steps=None if steps is None else steps_of(steps),
        distributions=None if distributed is None else distributions_of(distributed),
        secrecy_measures={} if secrecy is None else measures_of(secrecy),
    )
    stacks = [stack for stack, _ in notices]
    stacks += [stack for stack in (parties, steps, distributed, secrecy) if stack is not None]
    every = [*stacks, *([ip.every] if ip is not None else [])]
    named = {result for stack in every for result in stack.columns["result"].tolist()}
    if known and (surely or not named.isdisjoint(known)):
        every_finding += [f for stack in every for f in of_no_result(stack, known)]
    every_finding += [f for stack in stacks for f in stack.findings]
    return replace(read, findings=tuple(in_order(once(every_finding))))


def has_columns_of_one_kind(grid: Grid) -> bool:
    """Say whether a table has a column for each amount or measure: it is read as many tables."""
    return grid.kind == "amounts" or (grid.kind == "secrecy" and "measure" not in grid.columns)


def once(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings without those that say the same of the same cell."""
    by_key = {(f.code, str(f.place), str(sorted(f.values.items()))): f for f in findings}
    return list(by_key.values())


def of_no_result(stack: Stack, known: Collection[str]) -> Iterator[Finding]:
    """Yield the ids that are none of the results, each where it stands first."""
    results = stack.columns["result"]
    places = {result: i for i, result in reversed(list(enumerate(results.tolist()))) if result}
    suggestions = Suggestions.among(sorted(known))
    for result in sorted(places.keys() - set(known)):
        place = stack.at.place(places[result], "result")
        values = {"result": result, "near": suggestions.of(result)}
        yield Finding(kinds.UNKNOWN_RIGHTS_RESULT, place, values, result)


def _cases(parties: Stack | None, *others: Stack | None) -> CaseColumns | None:
    """Return what holds for the results that sheets of parties, steps and amounts name."""
    named = [(s.columns["result"], s.at) for s in others if s is not None]
    return cases_of(parties, named) if parties is not None or named else None
