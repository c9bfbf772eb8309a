"""Reads the sheets of rights of workbooks, whatever else these hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding, in_order
from pilotscore.language import SEMICOLON, join
from pilotscore.workbook.open.folders import find_books
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Book, Sheet, UnreadableBookError, open_book
from pilotscore.workbook.rights.distributions import distributions_of, read_distributions
from pilotscore.workbook.rights.grid import Grid, table_below
from pilotscore.workbook.rights.headers import SHEETS, find_header
from pilotscore.workbook.rights.ip import read_ip
from pilotscore.workbook.rights.notices import notices_of, read_notices
from pilotscore.workbook.rights.parties import cases_of, parties_of, read_parties
from pilotscore.workbook.rights.records import CaseColumns, RightsRead
from pilotscore.workbook.rights.secrecy import measures_of, read_secrecy
from pilotscore.workbook.rights.stacking import Stack
from pilotscore.workbook.rights.steps import read_steps, steps_of
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
    found = find_books(paths, options.glob)
    findings = list(found.findings)
    books: list[Book] = []
    for path in found.paths:
        try:
            book = open_book(path, options.limits, options.password)
            books.append(with_written_errors(book))
        except UnreadableBookError as error:
            findings.append(error.finding)
    if not books:
        raise UnreadableInputError(join([f.message for f in findings], SEMICOLON))
    findings += [f for b in books for f in b.findings]
    grids = [g for b in books for s in b.sheets if s.visible for g in grids_of(s)]
    read = joined(grids, findings)
    return RightsFiles(read, {b.name: b.sha256 for b in books})


def grids_of(sheet: Sheet) -> list[Grid]:
    """Return the tables of rights on a sheet; none where it is something else."""
    header = find_header(sheet)
    return [] if header is None else [table_below(sheet, header)]


def joined(grids: Sequence[Grid], findings: Iterable[Finding] = ()) -> RightsRead:
    """Put together what the tables of rights of all files say.

    Parameters
    ----------
    grids
        The tables, in any order.
    findings
        What is to be told beside.
    """
    told = list(findings)
    of = {kind: [g for g in grids if g.kind == kind] for kind in SHEETS}
    ip = read_ip(of["ip"])
    rights = ip[0] if ip is not None else None
    rows = [] if ip is None else [ip[1:]]
    on_sheets = read_notices(of["notices"], rights)
    rows += [] if on_sheets is None else [on_sheets]
    notices = notices_of(rows)
    told += [f for stack, _ in rows for f in stack.findings]
    parties, steps = read_parties(of["rights"]), read_steps(of["steps"])
    distributed = read_distributions(of["distributions"], of["amounts"])
    secrecy = read_secrecy(of["secrecy"])
    stacks = [stack for stack in (parties, steps, distributed, secrecy) if stack is not None]
    read = RightsRead(
        ip=rights,
        notices=notices,
        cases=_cases(parties, steps, distributed),
        parties=None if parties is None else parties_of(parties),
        steps=None if steps is None else steps_of(steps),
        distributions=None if distributed is None else distributions_of(distributed),
        secrecy_measures={} if secrecy is None else measures_of(secrecy),
    )
    told += [f for stack in stacks for f in stack.findings]
    return replace(read, findings=tuple(in_order(told)))


def _cases(parties: Stack | None, *others: Stack | None) -> CaseColumns | None:
    """Return what holds for the results that sheets of parties, steps and amounts name."""
    named = [(s.columns["result"], s.at) for s in others if s is not None]
    return cases_of(parties, named) if parties is not None or named else None
