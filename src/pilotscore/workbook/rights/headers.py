"""Finds what a sheet of rights is, its header, and which column is what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.rights.records import IP_DATES
from pilotscore.workbook.rights.roles import IP, NOTICES, Role, SheetKind

SHEETS: Mapping[SheetKind, Mapping[str, Role]] = {"ip": IP, "notices": NOTICES}
# The first names are those of a template.
SHEET_NAMES: Mapping[SheetKind, tuple[str, str]] = {
    "ip": (
        "知识产权|专利|专利清单|知识产权清单|知识产权明细|专利台账|知识产权台账|知识产权情况|专利明细|专利情况",
        "IP rights|IP|patents|intellectual property|patent list|IP list|patent portfolio",
    ),
    "notices": (
        "通知书|通知|官方通知|审查通知|通知书台账|官文|通知书清单",
        "Notices|office notices|office actions|official notices|notifications",
    ),
}
_SEARCHED = 30  # rows in which a header is looked for
_LONGEST = 60
_SIGNS = ("\n", "/", "／", "|")
# What tells IP rights from anything else: no table of results asks for these dates.
_OF_IP = frozenset(IP_DATES) - {"registered", "approved", "received", "licensed"}
_OF_NOTICES = frozenset({"dispatched", "served", "service", "replied"})


@dataclass(frozen=True, slots=True)
class RightsHeader:
    """What a sheet is, the row of its header, and the column of each role."""

    kind: SheetKind
    row: int
    columns: Mapping[str, int]


@cache
def _by_form(kind: SheetKind) -> Mapping[str, str]:
    forms: dict[str, str] = {}
    for role, spec in SHEETS[kind].items():
        for name in (*spec.zh.split("|"), *spec.en.split("|")):
            forms.setdefault(normalise(name), role)
    return forms


@cache
def named_kind(name: str) -> SheetKind | None:
    """Return what a sheet is by its name; None where that says nothing."""
    form = normalise(without_brackets(name)).rstrip("0123456789表")
    for kind, both in SHEET_NAMES.items():
        if form in {normalise(x).rstrip("表") for listed in both for x in listed.split("|")}:
            return kind
    return None


def role_of(kind: SheetKind, header: str) -> str | None:
    """Return what a header means on a sheet of a kind; None where it is not known.

    It is compared as a whole, without what it has in brackets or a star, and in two languages.
    """
    if not header or len(header) > _LONGEST:
        return None
    forms = _by_form(kind)
    for text in (header, without_brackets(header)):
        if role := forms.get(normalise(text)):
            return role
    for sign in _SIGNS:
        parts = [p for p in header.split(sign) if p.strip()]
        roles = {forms.get(normalise(without_brackets(p))) for p in parts}
        if len(parts) > 1 and len(roles) == 1:
            return roles.pop()
    return None


def roles_in(kind: SheetKind, texts: Mapping[int, str]) -> dict[str, int]:
    """Return the first column of each role among the texts of a header."""
    roles: dict[str, int] = {}
    for column, text in texts.items():
        role = role_of(kind, text)
        if role is not None:
            roles.setdefault(role, column)
    return roles


def header_texts(sheet: Sheet, row: int) -> dict[int, str]:
    """Return the texts of a header by column: a cell that a merged one covers has its text."""
    texts = {c: x.strip() for c, x in enumerate(sheet.rows[row]) if _is_text(x)}
    for (top, left), (bottom, right) in sheet.merged:
        if top < row <= bottom and left == right and _is_text(above := sheet.cell(top, left)):
            texts.setdefault(left, above.strip())
    return dict(sorted(texts.items()))


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def is_kind(kind: SheetKind, roles: Mapping[str, int], *, named: bool) -> bool:
    """Say whether a header with some roles is one of a kind of sheet.

    Parameters
    ----------
    kind
        The kind.
    roles
        The roles that are known in the header.
    named
        Whether the name of the sheet says that it is of the kind.
    """
    if kind == "ip":
        dates = roles.keys() & _OF_IP
        names = roles.keys() & {"number", "kind"}
        return bool(names and dates) or (named and len(names | dates) > 1)
    by_date = roles.keys() & _OF_NOTICES
    return "notice" in roles and bool(by_date) and not roles.keys() & _OF_IP


def find_header(sheet: Sheet) -> RightsHeader | None:
    """Return the header of a sheet of rights: the row, among the first, with most known roles."""
    named = named_kind(sheet.name)
    best: RightsHeader | None = None
    for row in range(min(len(sheet.rows), _SEARCHED)):
        if sum(map(_is_text, sheet.rows[row])) < 2:
            continue
        texts = header_texts(sheet, row)
        for header in _headers(row, texts, named):
            if best is None or len(header.columns) > len(best.columns):
                best = header
    return best


def _headers(row: int, texts: Mapping[int, str], named: SheetKind | None) -> Iterator[RightsHeader]:
    kinds: Sequence[SheetKind] = sorted(SHEETS, key=lambda k: k != named)
    for kind in kinds:
        roles = roles_in(kind, texts)
        if len(roles) > 1 and is_kind(kind, roles, named=kind == named):
            yield RightsHeader(kind, row, roles)
