"""Reads which results of two rounds are the same under other ids: a row for each pair."""

from __future__ import annotations

from pathlib import Path

from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Place, error, warning
from pilotscore.language import LISTED, Text, join
from pilotscore.records import dataclass
from pilotscore.workbook.filed import SEARCHED, FiledRows, HeaderKinds, by_spelling, columns_of
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Sheet, SheetFindings, open_book
from pilotscore.workbook.values.error_texts import with_written_errors
from pilotscore.workbook.values.texts import text_at

NO_PAIRS = error(
    "N831",
    ("没有找到对照表：缺少列 {columns}", "no table of pairs: no column {columns}"),
    expected=("一行表头：原编号、新编号、是否同一", "a header row: old id, new id, same"),
    why_zh="对照表写明两轮中编号不同的同一成果，每对一行。",
    why_en="The table says which results of two rounds are the same under other ids, a row for "
    "each pair.",
)
NOT_READ = warning(
    "N832",
    ("列“{header}”没有读取", "the column “{header}” is not read"),
    why_zh="只读原编号、新编号、是否同一三列。",
    why_en="Old id, new id and same are read, and nothing else.",
)
TWO_COLUMNS = error(
    "N833",
    ("列“{header}”与“{first}”意义相同", "the columns “{header}” and “{first}” mean the same"),
    mend=("删去其中一列", "remove one of them"),
    why_zh="同一含义的列有两列，不知以哪列为准。",
    why_en="Two columns mean the same, and which of them holds cannot be known.",
)
UNCLEAR = error(
    "N834",
    ("“{text}”不是是或否", "{text!r} is neither yes nor no"),
    expected=("是或否；留空为尚未确认", "yes or no; blank where nobody has confirmed it"),
    why_zh="是同一成果写是，不是写否；留空的不作为同一成果。",
    why_en="Yes where it is the same result, no where not; blank counts as not confirmed.",
)
TWICE = error(
    "N835",
    ("{result}已在 {first} 对应另一成果", "{result} is paired already at {first}"),
    expected=("一一对应", "one for one"),
    why_zh="一项成果只能对应另一轮的一项成果。",
    why_en="A result of one round is the same as one of the other, and no more.",
)
UNKNOWN = error(
    "N836",
    ("轮次 {round} 没有成果 {result}", "the round {round} has no result {result}"),
    why_zh="编号须与该轮一致，否则不知对应哪项成果。",
    why_en="Ids are those of the round; of any other nobody can tell which result is meant.",
)
_HEADERS = {
    "old": "原编号|前一轮编号|old id|old",
    "old_title": "原名称|old title",
    "new": "新编号|后一轮编号|new id|new",
    "new_title": "新名称|new title",
    "likeness": "相似度|likeness",
    "same": "是否同一|同一成果|确认|confirmed|same",
}
_COLUMN_OF = by_spelling(_HEADERS)
_SAID = by_spelling({True: "是|同一|√|y|yes|same|true", False: "否|不是|×|n|no|false"})
_NEEDED = ("old", "new", "same")


@dataclass(frozen=True, slots=True)
class Pair:
    """A result under its old and its new id, with the cells that say so."""

    old: str
    new: str
    old_place: Place
    new_place: Place


@dataclass(frozen=True, slots=True)
class SameResults:
    """The pairs that somebody confirmed, and what is wrong with the file."""

    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...]


def header(lang: str) -> list[str]:
    """Return the headers of such a table as it is written here."""
    spelled = [names.split("|") for names in _HEADERS.values()]
    return [names[0] if lang == "zh" else names[-1] for names in spelled]


def read_same_results(path: Path) -> SameResults:
    """Read a table of pairs, in any format that workbooks may have.

    Raises
    ------
    UnreadableBookError
        The file cannot be read.
    """
    book = with_written_errors(open_book(path, Limits(), reports=True))
    best: tuple[str, ...] = _NEEDED
    for sheet in book.sheets:
        for r in range(min(SEARCHED, len(sheet.rows)) if sheet.visible else 0):
            findings = SheetFindings(sheet)
            kinds = HeaderKinds(NOT_READ, TWO_COLUMNS)
            columns = columns_of(sheet.rows[r], r, findings, _COLUMN_OF, kinds)
            missing = tuple(column for column in _NEEDED if column not in columns)
            if not missing:
                pairs = _Rows(sheet, columns, findings).read(r)
                return SameResults(pairs, tuple(findings.entries))
            best = missing if len(missing) < len(best) else best
    names = (_HEADERS[column].split("|") for column in best)
    wanted = join((Text(n[0], n[-1]) for n in names), LISTED)
    return SameResults((), (Finding(NO_PAIRS, Place(book.name), {"columns": wanted}),))


@dataclass(frozen=True, slots=True)
class _Rows(FiledRows):
    def read(self, start: int) -> tuple[Pair, ...]:
        """Return the pairs that are confirmed."""
        pairs: list[Pair] = []
        seen: dict[tuple[str, str], Place] = {}
        for r in range(start + 1, len(self.sheet.rows)):
            said = self.text(r, "same")
            same = _SAID.get(normalise(said)) if said else False
            if same is None:
                self.tell(UNCLEAR, r, "same", text=said)
            if not same:
                continue
            pair = Pair(
                _id(self.sheet, r, self.columns["old"]),
                _id(self.sheet, r, self.columns["new"]),
                self.place(r, "old"),
                self.place(r, "new"),
            )
            sides = (("old", pair.old, pair.old_place), ("new", pair.new, pair.new_place))
            twice = [(side, name) for side, name, _ in sides if (side, name) in seen]
            for side, name in twice:
                self.tell(TWICE, r, side, result=name, first=seen[side, name].cell)
            if not twice:
                seen |= {(side, name): place for side, name, place in sides}
                pairs.append(pair)
        return tuple(pairs)


def _id(sheet: Sheet, row: int, column: int) -> str:
    return text_at(sheet, row, column)
