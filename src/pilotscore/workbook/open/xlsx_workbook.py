"""Reads the workbook part and the styles part of an .xlsx file (ECMA-376 part 1, 18.2, 18.8)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from pilotscore.records import dataclass
from pilotscore.workbook.open.number_format import NumberFormat, builtin, number_format
from pilotscore.workbook.open.package import SMALL_PART, Package
from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xml_parts import Attributes, elements

T = TypeVar("T")
_TRUE = ("1", "true", "on")
_NOT_WORKSHEETS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it; ``relation`` is the id of its relationship."""

    name: str
    visible: bool
    relation: str


@dataclass(frozen=True, slots=True)
class WorkbookPart:
    """What the workbook part says: its sheets, the year it counts from, how formulas stand.

    ``calculated_on_load`` is set by writers that do not calculate: what they store for a formula
    is no result. ``changed_since`` is set by those that keep results of another program and have
    changed other cells, as our own copies have: ``calcId="0"``.
    """

    sheets: tuple[SheetEntry, ...]
    epoch_1904: bool
    calculated_on_load: bool
    changed_since: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a workbook lie; None where there is no such part."""

    workbook: str
    sheets: dict[str, str]
    styles: str | None
    strings: str | None
    others: frozenset[str]


def places(package: Package) -> Places:
    """Return where the parts are, as the relationships have it.

    Raises
    ------
    PartError
        The relationships are not sound XML.
    """
    main = next(
        (r.target for r in package.relationships("") if r.kind == "officeDocument"),
        "xl/workbook.xml",
    )
    relations = package.relationships(main)
    at = {r.kind: r.target for r in reversed(relations)}
    return Places(
        main,
        {r.id: r.target for r in relations if r.kind == "worksheet"},
        at.get("styles"),
        at.get("sharedStrings"),
        frozenset(r.id for r in relations if r.kind in _NOT_WORKSHEETS),
    )


def _read_small(
    package: Package, part: str, read: Callable[[bytes], T], anew: Callable[[bytes], T]
) -> T:
    """Read a part; a small one is remembered by its content."""
    content = package.read(part)
    try:
        return read(content) if len(content) <= SMALL_PART else anew(content)
    except PartError as error:
        raise PartError(part, error.reason) from error


def workbook_part(package: Package, part: str) -> WorkbookPart:
    """Read the workbook part.

    Raises
    ------
    PartError
        It is not sound XML.
    KeyError
        There is none.
    """
    return _read_small(package, part, _known_workbook, _workbook)


def _workbook(content: bytes) -> WorkbookPart:
    sheets: list[SheetEntry] = []
    flags = {"date1904": False, "fullCalcOnLoad": False}
    calculators: list[str] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            visible = attributes.get("state", "visible") == "visible"
            sheets.append(SheetEntry(attributes.get("name", ""), visible, attributes.get("id", "")))
        elif tag in ("workbookPr", "calcPr"):
            for flag in flags:
                flags[flag] |= attributes.get(flag) in _TRUE
            calculators.append(attributes.get("calcId", ""))

    elements([content], start)
    changed_since = "0" in calculators
    return WorkbookPart(tuple(sheets), flags["date1904"], flags["fullCalcOnLoad"], changed_since)


_known_workbook = lru_cache(maxsize=32)(_workbook)


def cell_formats(package: Package, part: str) -> tuple[NumberFormat, ...]:
    """Return the number format of each style of cells, in their order.

    Raises
    ------
    PartError
        The part is not sound XML.
    """
    return _read_small(package, part, _known_formats, _formats)


def _formats(content: bytes) -> tuple[NumberFormat, ...]:
    codes: dict[str, str] = {}
    styles: list[str] = []
    path: list[str] = []

    def start(tag: str, attributes: Attributes) -> None:
        above = path[-1] if path else ""
        # Formats in dxfs are those of rules, not of cells, and stand under no numFmts.
        if tag == "numFmt" and above == "numFmts":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and above == "cellXfs":
            styles.append(attributes.get("numFmtId", "0"))
        path.append(tag)

    def end(_tag: str) -> None:
        path.pop()

    elements([content], start, on_end=end)
    return tuple(number_format(codes[s] if s in codes else _builtin(s)) for s in styles)


_known_formats = lru_cache(maxsize=32)(_formats)


def _builtin(number: str) -> str:
    return builtin(int(number)) if number.isdecimal() else "General"
