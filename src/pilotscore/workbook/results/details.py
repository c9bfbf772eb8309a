"""Sheets with several rows for each result: documents that prove values, critical technologies.

Such a sheet names the result in each row; it is known by a column that no table of results has: the
indicator that a document proves, or the technology that a level is of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pilotscore.criteria import Indicator
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Place
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.table_reader import text_of
from pilotscore.workbook.tables import kinds as table_kinds
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.values.cells import State, read_cell, read_date, read_evidence

_HEADER_ROWS = 20


def _forms(*names: str) -> frozenset[str]:
    return frozenset(map(normalise, names))


_INDICATOR = _forms("指标", "指标名称", "对应指标", "证明指标", "indicator", "proves", "criterion")
_TECHNOLOGY = _forms(
    "关键技术", "关键技术名称", "关键技术元素", "critical technology", "technology element", "CTE"
)
_COLUMNS = {
    "grade": _forms("证据等级", "证据类型", "等级", "证据", "类型", "evidence", "grade", "evidence grade", "type"),
    "document": _forms("文件", "文件名", "文件名称", "材料", "材料名称", "证明材料", "证明材料名称", "document", "file", "title"),
    "issued": _forms("日期", "出具日期", "发证日期", "签发日期", "date", "issued", "date of issue"),
    "issuer": _forms("出具单位", "发证单位", "发证机构", "出具机构", "检测机构", "issuer", "issued by"),
    "expiry": _forms("有效期至", "有效期", "到期日", "到期日期", "失效日期", "截止日期", "expiry", "expires", "valid until"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
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


@dataclass(frozen=True, slots=True)
class Details:
    """What stands in the detail sheets of a workbook."""

    documents: tuple[Document, ...] = ()
    technologies: tuple[Technology, ...] = ()

    def __len__(self) -> int:
        return len(self.documents) + len(self.technologies)


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    id: int
    indicator: int | None
    technology: int | None
    columns: dict[str, int] = field(default_factory=dict)
    levels: dict[int, Indicator] = field(default_factory=dict)


def read_details(
    sheet: Sheet, file: str, names: HeaderNames, findings: list[Finding], *, tell: bool = True
) -> Details | None:
    """Read a sheet of documents or of critical technologies; None where it is neither.

    ``tell`` is whether it was decided here what the sheet is, which is then told.
    """
    header = _header(sheet, names)
    if header is None:
        return None
    reader = _Reader(sheet, file, names, header, findings)
    documents = tuple(reader.documents()) if header.indicator is not None else ()
    technologies = tuple(reader.technologies()) if header.indicator is None else ()
    if tell:
        values = {"row": header.row + 1, "count": len(documents) or len(technologies)}
        kind = kinds.DOCUMENT_SHEET if header.indicator is not None else kinds.TECHNOLOGY_SHEET
        findings.append(Finding(kind, Place(file, sheet.name), values))
        findings.extend(_unused_columns(sheet, file, names, header))
    return Details(documents, technologies)


def _unused_columns(
    sheet: Sheet, file: str, names: HeaderNames, header: _Header
) -> Iterator[Finding]:
    """Yield each column with a header that is not read."""
    used = {
        header.id,
        header.indicator,
        header.technology,
        *header.columns.values(),
        *header.levels,
    }
    for c, cell in enumerate(sheet.rows[header.row]):
        text = str(cell).strip()
        if c not in used and text and normalise(text) not in names.serials:
            place = Place(file, sheet.name, header.row, c)
            yield Finding(table_kinds.UNKNOWN_COLUMN, place, {"header": text[:60]})


def _header(sheet: Sheet, names: HeaderNames) -> _Header | None:
    for r, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        forms = {
            c: {
                normalise(part) for part in (x, *x.split("\n"))
            }  # both languages, one below the other
            for c, x in enumerate(row)
            if isinstance(x, str) and 0 < len(x) < 60
        }
        id_column = _first(forms, names.ids)
        if id_column is None:
            continue
        indicator, technology = _first(forms, _INDICATOR), _first(forms, _TECHNOLOGY)
        taken = {id_column, indicator, technology}
        columns = {
            key: found
            for key, known in _COLUMNS.items()
            if (found := _first({c: f for c, f in forms.items() if c not in taken}, known))
            is not None
        }
        if (
            indicator is not None
            and names.criteria.evidence
            and {"grade", "expiry"} & columns.keys()
        ):
            return _Header(r, id_column, indicator, None, columns)
        levels = _several(row, names)
        if technology is not None and levels:
            return _Header(r, id_column, None, technology, columns, levels)
    return None


def _first(forms: dict[int, set[str]], known: frozenset[str]) -> int | None:
    return next((c for c, form in forms.items() if form & known), None)


def _several(row: Any, names: HeaderNames) -> dict[int, Indicator]:
    indicators = {i.id: i for i in names.criteria.indicators if i.several}
    found = {}
    for c, cell in enumerate(row):
        named = names.resolve(cell.strip()) if isinstance(cell, str) else None
        if named is not None and named.name in indicators:
            found[c] = indicators[named.name]
    return found


@dataclass(slots=True)
class _Reader:
    sheet: Sheet
    file: str
    names: HeaderNames
    header: _Header
    findings: list[Finding]

    def place(self, row: int, column: int | None) -> Place:
        return Place(self.file, self.sheet.name, row, column)

    def _rows(self) -> Iterator[tuple[int, Any, str]]:
        """Yield each row that names a result; a blank id repeats the one above (merged cells)."""
        last = ""
        for r in range(self.header.row + 1, len(self.sheet.rows)):
            row = self.sheet.rows[r]
            if not any(cell != "" for cell in row):
                continue
            last = text_of(row, self.header.id) or last
            if last:
                yield r, row, last

    def documents(self) -> Iterator[Document]:
        evidence = self.names.criteria.evidence
        columns, indicator_column = self.header.columns, self.header.indicator
        if evidence is None or indicator_column is None:
            return
        ids = set(self.names.criteria.indicator_position)
        for r, row, result in self._rows():
            said = text_of(row, indicator_column)
            if not said:
                continue
            named = self.names.resolve(said)
            if named is None or named.name not in ids:
                values = {"text": said}
                at = self.place(r, indicator_column)
                self.findings.append(Finding(kinds.DOCUMENT_OF_NOTHING, at, values, None))
                continue
            grade = self._grade(r, row, evidence)
            expiry = self._date(r, row, "expiry")
            if expiry is None:
                continue
            title, issuer, issued = (
                text_of(row, columns.get(key)) for key in ("document", "issuer", "issued")
            )
            at = self.place(r, columns.get("document", indicator_column))
            yield Document(result, named.name, grade, title, issuer, issued, expiry, at)

    def _grade(self, r: int, row: Any, evidence: Any) -> int:
        column = self.header.columns.get("grade")
        ids = [g.id for g in evidence.grades]
        if column is None or text_of(row, column) == "":
            return ids.index(evidence.threshold) if column is None else ids.index(evidence.default)
        grade, told = read_evidence(row[column], evidence)
        if told is not None:
            self.findings.append(Finding(told[0], self.place(r, column), told[1]))
            return ids.index(evidence.default)
        return grade

    def _date(self, r: int, row: Any, key: str) -> str | None:
        """Return a date, '' where there is none; None where it cannot be read, which is told."""
        column = self.header.columns.get(key)
        if column is None or text_of(row, column) in (
            "",
            "-",
            "—",
            "/",
            "长期",
            "永久",
            "long-term",
        ):
            return ""
        reading = read_date(row[column])
        for kind, values in reading.told:
            self.findings.append(Finding(kind, self.place(r, column), values))
        return reading.word if reading.state is State.VALUE else None

    def technologies(self) -> Iterator[Technology]:
        for r, row, result in self._rows():
            title = text_of(row, self.header.technology)
            for column, indicator in self.header.levels.items():
                cell = row[column] if column < len(row) else ""
                reading = read_cell(cell, indicator)
                for kind, values in reading.told:
                    self.findings.append(Finding(kind, self.place(r, column), values, result))
                if reading.state is State.VALUE:
                    at = self.place(r, column)
                    yield Technology(result, indicator.id, reading.value, title, at)
