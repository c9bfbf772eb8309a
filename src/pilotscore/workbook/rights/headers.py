"""Finds what a sheet of rights is, its header, and which column is what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.rights.case_roles import (
    AMOUNT_COLUMNS,
    DISTRIBUTIONS,
    RIGHTS,
    SECRECY,
    STEPS,
)
from pilotscore.workbook.rights.case_words import AMOUNTS, MEASURES
from pilotscore.workbook.rights.case_words import STEPS as STEP_WORDS
from pilotscore.workbook.rights.records import AMOUNTS as AMOUNT_NAMES
from pilotscore.workbook.rights.records import CASE_FLAGS, IP_DATES
from pilotscore.workbook.rights.roles import IP, NOTICES, Role, SheetKind
from pilotscore.workbook.rights.vocabulary import Vocabulary
from pilotscore.workbook.rights.words import KINDS, PARTY_KINDS
from pilotscore.workbook.rights.words import NOTICES as NOTICE_WORDS
from pilotscore.workbook.tables.headers import IDS

SHEETS: Mapping[SheetKind, Mapping[str, Role]] = {
    "ip": IP,
    "notices": NOTICES,
    "rights": RIGHTS,
    "steps": STEPS,
    "distributions": DISTRIBUTIONS,
    "amounts": AMOUNT_COLUMNS,
    "secrecy": SECRECY,
}
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
    "rights": (
        "权属|权属情况|权属约定|权属信息|权属清单|权属主体|当事人|权属与转化|成果权属",
        "Rights|parties|ownership|rights and parties|ownership of rights|shares",
    ),
    "steps": (
        "权属进程|进程|转化进程|流程进程|步骤|办理进程|转化流程|权属流程|全流程",
        "Steps|progress|life cycle|procedure|history|rights steps",
    ),
    "distributions": (
        "收益分配|分配|收益分配明细|奖励分配|分配明细|收益分配情况|转化收益分配",
        "Distributions|distribution|income distribution|rewards|distribution of income",
    ),
    "secrecy": (
        "保密措施|商业秘密|保密措施清单|保密清单|商业秘密保护|保密检查",
        "Secrecy measures|secrecy|trade secrets|trade secret checklist|confidentiality",
    ),
}
# By which words a row of a sheet is known to state something.
_KEY_WORDS: Mapping[SheetKind, tuple[str, Vocabulary]] = {
    "ip": ("kind", KINDS),
    "notices": ("notice", NOTICE_WORDS),
    "rights": ("kind", PARTY_KINDS),
    "steps": ("step", STEP_WORDS),
    "distributions": ("item", AMOUNTS),
    "secrecy": ("measure", MEASURES),
}
_SEARCHED = 30  # rows in which a header is looked for
_LONGEST = 120
_DAY_ENDINGS = ("日期", "时间")
# Of a hundred: a character too many or another one, and hardly more.
_LEAST_LIKE = 75.0
_SIGNS = ("\n", "/", "／", "|")
# What tells IP rights from anything else: no table of results asks for these dates.
_OF_IP = frozenset(IP_DATES) - {"registered", "approved", "received", "licensed", "reward_paid"}
_OF_NOTICES = frozenset({"dispatched", "served", "service", "replied"})
_OF_PARTIES = frozenset({"share", "kind", "claim", "use_years", "consents"})
_OF_CASES = frozenset({"region", "mode", "payment", "amount", *CASE_FLAGS})
_FEWEST_OF_CASES = 4
_OF_STEPS = frozenset({"document", "actor", "end", "document_date", "objections"})
_OF_DISTRIBUTIONS = frozenset({"amount", "share"})
_FEWEST_MEASURES = 3
# So many rows are looked at for words that are known, and such a part of these has to be.
_ROWS_LOOKED_AT = 200
_LEAST_KNOWN = 0.5


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


def sheet_title(kind: SheetKind) -> Text:
    """Return how a kind of sheet is called in a template."""
    zh, en = SHEET_NAMES["distributions" if kind == "amounts" else kind]
    return Text(zh.split("|")[0], en.split("|")[0])


# Cells are looked at again for each kind of sheet, and most of a column says the same.
@lru_cache(maxsize=16_384)
def role_of(kind: SheetKind, header: str) -> str | None:
    """Return what a header means on a sheet of a kind; None where it is not known.

    It is compared as a whole, without what it has in brackets or a star, and in two languages.
    """
    if not header or len(header) > _LONGEST:
        return None
    forms = _by_form(kind)
    spelled, parted = _spellings(header)
    if role := next((forms[s] for s in spelled if s in forms), None):
        return role
    role = next((forms[s] for s in map(_as_day, spelled) if s in forms), None)
    if role is not None and SHEETS[kind][role].read == "date":
        return role
    for parts in parted:
        roles = {forms.get(part) for part in parts}
        if len(roles) == 1 and None not in roles:
            return roles.pop()
    return None if IDS.isdisjoint(spelled) else "result"


@lru_cache(maxsize=16_384)
def kinds_with(header: str) -> frozenset[SheetKind]:
    """Return the kinds of sheets on which a header is known; in most workbooks none."""
    return frozenset(kind for kind in SHEETS if role_of(kind, header) is not None)


@lru_cache(maxsize=4096)
def _spellings(header: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return a header as it is compared: as a whole, and in its parts by each sign between them."""
    header = header.rstrip("?？* ")
    whole = tuple(normalise(text) for text in (header, without_brackets(header)))
    split = ([p for p in header.split(sign) if p.strip()] for sign in _SIGNS)
    parted = [
        tuple(normalise(without_brackets(p)) for p in parts) for parts in split if len(parts) > 1
    ]
    return whole, tuple(parted)


def _as_day(form: str) -> str:
    """Return a header of a date as it is mostly written: 申请时间 is 申请日."""
    for ending in _DAY_ENDINGS:
        if form.endswith(ending):
            return form.removesuffix(ending) + "日"
    return form


@lru_cache(maxsize=4096)
def likely_role(kind: SheetKind, header: str) -> str | None:
    """Return the role that a header which is not known is most like; None where none is near."""
    from rapidfuzz import fuzz, process  # where it is needed: --help is not to wait for it

    if len(header) > _LONGEST:
        return None
    forms = _by_form(kind)
    spelled = _as_day(normalise(without_brackets(header)))
    best = process.extractOne(spelled, list(forms), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE)
    return None if best is None else forms[best[0]]


def roles_in(kind: SheetKind, texts: Mapping[int, str]) -> dict[str, int]:
    """Return the first column of each role among the texts of a header."""
    roles: dict[str, int] = {}
    for column, text in texts.items():
        role = role_of(kind, text)
        if role is not None:
            roles.setdefault(role, column)
    if "result" not in roles and "result_title" in roles:  # a result may be known by its title
        roles = {"result": roles["result_title"], **roles}
    return roles


def header_texts(sheet: Sheet, row: int) -> dict[int, str]:
    """Return the texts of a header by column: a cell that a merged one covers has its text.

    So has a blank one below a text, in a header of two rows whose cells nobody merged: where the
    column has something further down.
    """
    texts = {c: x.strip() for c, x in enumerate(sheet.rows[row]) if _is_text(x)}
    for (top, left), (bottom, right) in sheet.merged:
        if top < row <= bottom and left == right and _is_text(above := sheet.cell(top, left)):
            texts.setdefault(left, above.strip())
    over = sheet.rows[row - 1] if row else []
    for column, cell in enumerate(over):
        open_above = column not in texts and _is_text(cell) and _goes_on(sheet, row, column)
        if open_above and any(role_of(kind, cell.strip()) for kind in SHEETS):
            texts[column] = cell.strip()
    return dict(sorted(texts.items()))


def _goes_on(sheet: Sheet, row: int, column: int) -> bool:
    """Say whether a column that is blank in a row has something right below it."""
    below = sheet.cell(row + 1, column)
    return sheet.cell(row, column) in ("", None) and below not in ("", None)


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def is_kind(kind: SheetKind, roles: Mapping[str, int], texts: int, *, named: bool) -> bool:
    """Say whether a header with some roles is one of a kind of sheet.

    Parameters
    ----------
    kind
        The kind.
    roles
        The roles that are known in the header.
    texts
        How many headers there are, known or not.
    named
        Whether the name of the sheet says that it is of the kind.
    """
    known = roles.keys()
    match kind:
        case "ip":
            names, dates = known & {"number", "kind"}, known & _OF_IP
            return bool(names and dates) or (named and len(names | dates) > 1)
        case "notices":
            return "notice" in known and bool(known & _OF_NOTICES) and not known & _OF_IP
        case "rights":
            cases = len(known & _OF_CASES)
            whole = cases >= _FEWEST_OF_CASES and 2 * cases >= texts
            return (
                ("party" in known and bool(known & _OF_PARTIES)) or whole or (named and cases > 0)
            )
        case "steps":
            dated = "start" in known or "document_date" in known
            return "step" in known and dated and (named or bool(known & _OF_STEPS))
        case "distributions":
            return "item" in known and bool(known & _OF_DISTRIBUTIONS)
        case "amounts":
            amounts = known & set(AMOUNT_NAMES)
            return "result" in known and "reward" in amounts and len(amounts) > 1
        case "secrecy":
            measures = known & MEASURES.titles.keys()
            return {"measure", "taken"} <= known or len(measures) >= _FEWEST_MEASURES


def find_header(sheet: Sheet) -> RightsHeader | None:
    """Return the header of a sheet of rights: the row, among the first, with most known roles."""
    named = named_kind(sheet.name)
    best: RightsHeader | None = None
    for row in _rows_with_names(sheet):
        if sum(map(_is_text, sheet.rows[row])) < 2:
            continue
        texts = header_texts(sheet, row)
        for header in _headers(row, texts, named):
            better = best is None or len(header.columns) > len(best.columns)
            if better and (header.kind == named or _has_words(sheet, header)):
                best = header
    return best


def _rows_with_names(sheet: Sheet) -> list[int]:
    """Return the first rows that have a known name, in them or reaching down from above."""
    rows = sheet.rows[:_SEARCHED]
    # Every sheet of every workbook is asked: by sets of cells, not cell by cell.
    names = {x for x in set().union(*rows) if isinstance(x, str) and kinds_with(x.strip())}
    if not names:
        return []
    known = [not names.isdisjoint(row) for row in rows]
    reached = {
        row
        for (top, _), (bottom, _) in sheet.merged
        if top < len(known) and known[top]
        for row in range(top, min(bottom + 1, len(rows)))
    }
    return [k for k in range(len(rows)) if known[k] or (k and known[k - 1]) or k in reached]


def _headers(row: int, texts: Mapping[int, str], named: SheetKind | None) -> Iterator[RightsHeader]:
    known: set[SheetKind] = set().union(*map(kinds_with, texts.values()))
    kinds: Sequence[SheetKind] = sorted(SHEETS, key=lambda k: k != named)
    for kind in (k for k in kinds if k in known):
        roles = roles_in(kind, texts)
        if len(roles) > 1 and is_kind(kind, roles, len(texts), named=kind == named):
            yield RightsHeader(kind, row, roles)


def _has_words(sheet: Sheet, header: RightsHeader) -> bool:
    """Say whether what stands below a header are words of its kind of sheet, at least half of them.

    项目 and 金额 head many a table that is of something else.
    """
    role, words = _KEY_WORDS.get(header.kind, ("", None))
    if words is None or role not in header.columns:
        return True
    column = header.columns[role]
    rows = sheet.rows[header.row + 1 : header.row + 1 + _ROWS_LOOKED_AT]
    texts = [x for r in rows if column < len(r) and _is_text(x := r[column])]
    known = sum(bool(words.meaning(text)) for text in texts)
    return known >= _LEAST_KNOWN * len(texts) or header.kind in ("ip", "rights")


def states_something(header: RightsHeader, cells: Sequence[Any]) -> bool:
    """Say whether a row below a header has a word by which it is known to state something."""
    return has_known_word(header.kind, header.columns, cells)


def has_known_word(kind: SheetKind, columns: Mapping[str, int], cells: Sequence[Any]) -> bool:
    """Say whether a row has a word by which it is known to state something."""
    role, words = _KEY_WORDS.get(kind, ("", None))
    column = columns.get(role)
    if words is None or column is None or column >= len(cells):
        return False
    return _is_text(cells[column]) and bool(words.meaning(cells[column]))
