"""Sheets with several rows for each result: documents that prove values, critical technologies.

Such a sheet names the result in each row; it is known by a column that no table of results has: the
indicator that a document proves, or the technology that a level is of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Any

from pilotscore.criteria import Evidence, Indicator
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Place
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.results import kinds, office_kinds
from pilotscore.workbook.tables import kinds as table_kinds
from pilotscore.workbook.tables.headers import IDS, SERIALS, HeaderNames, both_languages, forms
from pilotscore.workbook.values.cells import (
    State,
    read_date,
    read_evidence,
    text_of,
    words,
)
from pilotscore.workbook.values.columns import read_one
from pilotscore.workbook.values.evidence_words import NOTHING_JUDGED
from pilotscore.workbook.values.merged_cells import spread_merged
from pilotscore.workbook.values.names import name_remarks
from pilotscore.workbook.values.texts import seen_at, text_at
from pilotscore.workbook.values.unread import is_unread, unread_cells

_HEADER_ROWS = 20
_INDICATOR = forms("指标|指标名称|对应指标|证明指标|indicator|proves|criterion")
_TECHNOLOGY = forms("关键技术|关键技术名称|关键技术元素|critical technology|technology element|CTE")
_COLUMNS = {
    "grade": forms("证据等级|证据类型|等级|证据|类型|evidence|grade|evidence grade|type"),
    "document": forms(
        "文件|文件名|文件名称|材料|材料名称|证明材料|证明材料名称|document|file|title"
    ),
    "issued": forms("日期|出具日期|发证日期|签发日期|date|issued|date of issue"),
    "issuer": forms("出具单位|发证单位|发证机构|出具机构|检测机构|issuer|issued by"),
    "expiry": forms("有效期至|有效期|到期日|到期日期|失效日期|截止日期|expiry|expires|valid until"),
}
_ENDLESS = words("|-|—|/|长期|永久|long-term")


@dataclass(frozen=True, slots=True)
class EvidenceDocument:
    """One document: which value of which result it proves, how well, and until when.

    ``grade`` is the place of its grade of evidence; ``expiry`` a date as YYYY-MM-DD, or ''.
    """

    result: str
    indicator: str
    grade: int
    title: str
    issuer: str
    issued: str
    expiry: str
    place: Place


@dataclass(frozen=True, slots=True)
class Technology:
    """The level of one critical technology of a result."""

    result: str
    indicator: str
    value: float
    title: str
    place: Place


Detail = EvidenceDocument | Technology


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    id: int
    indicator: int | None
    technology: int | None
    columns: dict[str, int] = field(default_factory=dict)
    levels: dict[int, Indicator] = field(default_factory=dict)

    @property
    def used(self) -> set[int | None]:
        named = (self.id, self.indicator, self.technology)
        return {*named, *self.columns.values(), *self.levels}


def read_details(
    sheet: Sheet, names: HeaderNames, *, tell: bool = True
) -> tuple[tuple[Detail, ...], list[Finding]] | None:
    """Read a sheet of documents or of critical technologies; None where it is neither.

    ``tell`` is whether it was decided here what the sheet is, which is then told.
    """
    header = _header(sheet, names)
    if header is None:
        return None
    used = sorted(c for c in header.used if c is not None)
    sheet, merged = spread_merged(sheet, header.row, used)
    findings = SheetFindings(sheet, list(merged.values()))
    reader = _DetailReader(sheet, names, header, findings)
    documents = header.indicator is not None
    details: tuple[Detail, ...] = tuple(reader.documents() if documents else reader.technologies())
    if tell:
        kind = kinds.DOCUMENT_SHEET if documents else kinds.TECHNOLOGY_SHEET
        reader.findings.add(kind, row=header.row + 1, count=len(details))
        for c, cell in enumerate(sheet.rows[header.row]):
            text = str(cell).strip()
            if c not in header.used and text and normalise(text) not in SERIALS:
                reader.findings.add(table_kinds.UNKNOWN_COLUMN, header.row, c, header=text[:60])
    return details, reader.findings.entries


def _header(sheet: Sheet, names: HeaderNames) -> _Header | None:
    for r, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        if not any(_is_id(x) for x in row if isinstance(x, str)):
            continue
        known = {
            c: both_languages(x)
            for c, x in enumerate(row)
            if isinstance(x, str) and 0 < len(x) < 60
        }
        id_column = _first(known, IDS)
        if id_column is None:
            continue
        indicator, technology = _first(known, _INDICATOR), _first(known, _TECHNOLOGY)
        for taken in (id_column, indicator, technology):
            known.pop(taken, None)  # type: ignore[arg-type]  # None is no column
        placed = {key: _first(known, titles) for key, titles in _COLUMNS.items()}
        columns = {key: c for key, c in placed.items() if c is not None}
        proves = names.criteria.evidence and {"grade", "expiry"} & columns.keys()
        if indicator is not None and proves:
            return _Header(r, id_column, indicator, None, columns)
        levels = _several(row, names)
        if technology is not None and levels:
            return _Header(r, id_column, None, technology, columns, levels)
    return None


@lru_cache(maxsize=1 << 14)
def _is_id(text: str) -> bool:
    return not IDS.isdisjoint(both_languages(text))


def _first(known: dict[int, set[str]], titles: frozenset[str]) -> int | None:
    return next((c for c, form in known.items() if form & titles), None)


def _several(row: Sequence[Any], names: HeaderNames) -> dict[int, Indicator]:
    """Return the columns of indicators of which a result may state several."""
    indicators = {i.id: i for i in names.criteria.indicators if i.several}
    resolved = {c: names.resolve(x.strip()) for c, x in enumerate(row) if isinstance(x, str)}
    return {c: indicators[n.name] for c, n in resolved.items() if n and n.name in indicators}


@dataclass(frozen=True, slots=True)
class _DetailReader:
    sheet: Sheet
    names: HeaderNames
    header: _Header
    findings: SheetFindings

    def _rows(self) -> Iterator[tuple[int, Sequence[Any], str]]:
        """Yield each row that names a result; a blank id repeats the one above (merged cells).

        Cells without a value are told here. A row whose id or subject is one is left out: what it
        is of cannot be known.
        """
        last, first = "", self.header.row + 1
        below = range(first, len(self.sheet.rows))
        for i, (kind, values) in name_remarks(self.sheet, below, self.header.id):
            self.findings.add(kind, first + i, self.header.id, **values)
        for r in below:
            row = self.sheet.rows[r]
            broken = self._broken(r, last)
            if not broken and not any(cell != "" for cell in row):
                continue
            if self.header.id in broken:
                last = ""
                continue
            last = text_at(self.sheet, r, self.header.id) or last
            if last and self.header.indicator not in broken:
                yield r, row, last

    def _broken(self, r: int, last: str) -> set[int]:
        """Return the cells of a row that have no value, which are told.

        What a technology is at may be less favourable than all that is known of its result, which
        is then not assessed; a document that cannot be read proves nothing.
        """
        cells = dict(unread_cells(self.sheet, r, self.header.used))
        whose = text_at(self.sheet, r, self.header.id) or last
        for column, (kind, values) in cells.items():
            counts = column in self.header.levels and self.header.id not in cells
            self.findings.add_of(whose if counts else None, kind, r, column, **values)
        return set(cells)

    def documents(self) -> Iterator[EvidenceDocument]:
        """Yield the documents; one whose indicator or date cannot be read is left out, and told."""
        evidence = self.names.criteria.evidence
        columns, proved = self.header.columns, self.header.indicator
        if evidence is None or proved is None:
            return
        for r, row, result in self._rows():
            text = text_at(self.sheet, r, proved)
            if not text:
                continue
            named = self.names.resolve(text)
            if named is None or named.name not in self.names.criteria.indicator_position:
                self.findings.add(kinds.DOCUMENT_OF_NOTHING, r, proved, text=text)
                continue
            grade = self._grade(r, row, evidence)
            expiry = self._expiry(r, row)
            if expiry is None:
                continue
            title, issuer, issued = (
                text_at(self.sheet, r, columns.get(key)) for key in ("document", "issuer", "issued")
            )
            place = self.sheet.place(r, columns.get("document", proved))
            yield EvidenceDocument(result, named.name, grade, title, issuer, issued, expiry, place)

    def _grade(self, r: int, row: Sequence[Any], evidence: Evidence) -> int:
        column = self.header.columns.get("grade")
        ids = [g.id for g in evidence.grades]
        if column is None:
            return ids.index(evidence.threshold)
        if text_of(row, column) == "":  # or it has no value, which is told
            return ids.index(evidence.default)
        grade, remark = read_evidence(seen_at(self.sheet, r, column), evidence)
        if remark is None:
            return grade
        rules = self.names.rules.evidence
        judged = rules.words.judge(remark[1]["text"]) if rules else NOTHING_JUDGED
        if judged.grade >= 0:
            values = {"text": remark[1]["text"], "word": judged.word, "grade": ids[judged.grade]}
            self.findings.add(office_kinds.GRADE_BY_WORDS, r, column, **values)
            return judged.grade
        self.findings.add(remark[0], r, column, **remark[1])
        return ids.index(evidence.default)

    def _expiry(self, r: int, row: Sequence[Any]) -> str | None:
        """Return a date, '' where there is none; None where it cannot be read, which is told."""
        column = self.header.columns.get("expiry")
        if is_unread(self.sheet, r, column):
            return None
        if column is None or text_of(row, column) in _ENDLESS:
            return ""
        read = read_date(row[column])
        for kind, values in read.remarks:
            self.findings.add(kind, r, column, **values)
        return read.word if read.state is State.VALUE else None

    def technologies(self) -> Iterator[Technology]:
        """Yield the level of each critical technology."""
        for r, _, result in self._rows():
            title = text_at(self.sheet, r, self.header.technology)
            for column, indicator in self.header.levels.items():
                form = self.sheet.notes.formats.at(r, column)
                quantity = self.names.quantities[indicator.id]
                read = read_one(self.sheet.cell(r, column), quantity, form=form)
                if (levels := self.names.rules.levels.get(indicator.id)) is not None:
                    read = levels.convert_cell(read)
                for kind, values in read.remarks:
                    self.findings.add_of(result, kind, r, column, **values)
                if read.state is State.VALUE:
                    place = self.sheet.place(r, column)
                    yield Technology(result, indicator.id, read.value, title, place)
