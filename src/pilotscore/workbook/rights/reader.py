"""Reads the sheets of rights of workbooks, whatever else these hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding, in_order
from pilotscore.language import SEMICOLON, join
from pilotscore.workbook.open.folders import find_books
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Book, Sheet, UnreadableBookError, open_book
from pilotscore.workbook.rights.grid import Grid, table_below
from pilotscore.workbook.rights.headers import find_header
from pilotscore.workbook.rights.ip import read_ip
from pilotscore.workbook.rights.notices import notices_of, read_notices
from pilotscore.workbook.rights.records import RightsRead
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
    of_kind = {kind: [g for g in grids if g.kind == kind] for kind in ("ip", "notices")}
    ip = read_ip(of_kind["ip"])
    rights = ip[0] if ip is not None else None
    stacks = [ip[1:]] if ip is not None else []
    on_sheets = read_notices(of_kind["notices"], rights)
    stacks += [on_sheets] if on_sheets is not None else []
    notices = notices_of(stacks)
    told += [f for stack, _ in stacks for f in stack.findings]
    return RightsRead(ip=rights, notices=notices, findings=tuple(in_order(told)))
