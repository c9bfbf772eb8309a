"""Reads what a mapping file says of evidence: defaults, columns of text, and words.

::

    evidence:
      defaults:             # where no grade is stated; each with its reason
        - {grade: E1, reason: 县级汇总表，均为自报}
        - {grade: E2, indicator: continuous_run_hours, reason: DCS 记录已抽查}
        - {grade: E3, result: CG-017, reason: 验收专家组现场核验}
      columns: {证明材料: all}
      words: {第三方检测报告: E3, CNAS: E3, 自评: E1}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotscore.criteria import CriteriaSet, Evidence
from pilotscore.criteria.names import normalise
from pilotscore.language import Text
from pilotscore.workbook.tables.mapping_faults import AN_INDICATOR, Faults, Path, plain
from pilotscore.workbook.tables.office_rules import OF_THE_LEFT, EvidenceRules, GradeDefault
from pilotscore.workbook.values.evidence_words import GradeWords, plain_text

ALL, LEFT = "all", "left"
_KEYS = ("defaults", "columns", "words")
_DEFAULT_KEYS = ("grade", "reason", "indicator", "result")
_NO_GRADES = Text("指标体系没有证据等级", "the criteria set has no grades of evidence")
_WITHOUT = Text("没有 evidence", "no key evidence")
_REMOVE = Text("删去 evidence", "remove evidence")
_NO_REASON = Text("没有理由", "there is no reason")
_REASON = Text(
    "reason：为什么可以按这一等级", "reason: why this grade may be taken where none is stated"
)
_SAY = Text("写明理由，它会印在评分单上", "say why; it is printed on the scorecard")
_TWICE = Text("同样范围的默认等级已有一个", "there is a default of the same scope already")
_ONE = Text("每个范围一个", "one for each scope")
_KEEP = Text("删去其一", "remove one")
_WORDLESS = Text(
    "没有 words，这些文字说明不了等级", "there are no words, by which texts have grades"
)
_WORDS = Text("words: {词: 等级}", "words: {WORD: GRADE}")
_MEANING = Text("“{word}”有两个等级", "“{word}” has two grades")


def evidence_rules(data: Any, criteria: CriteriaSet, faults: Faults) -> EvidenceRules | None:
    """Read what a mapping file says of evidence; None where it says nothing."""
    if data is None:
        return None
    grades = criteria.evidence
    if grades is None:
        faults.entry(("evidence",), _NO_GRADES, _WITHOUT, _REMOVE)
        return None
    example = "defaults: [{grade: E1, reason: 自报}]"
    parts = faults.mapping(("evidence",), data, example)
    faults.keys(("evidence",), parts, _KEYS)
    words = _words(parts.get("words", {}), grades, faults)
    texts = _columns(parts.get("columns", {}), criteria, faults)
    if texts and not words:
        faults.entry(("evidence", "columns"), _WORDLESS, _WORDS)
    defaults = _defaults(parts.get("defaults", []), criteria, grades, faults)
    return EvidenceRules(defaults, texts, GradeWords(words))


def _grade(path: Path, value: Any, grades: Evidence, faults: Faults) -> int | None:
    place = grades.grade_by_name.get(normalise(plain(value) or ""))
    if place is None:
        faults.unknown(path, plain(value) or "?", [g.id for g in grades.grades])
    return place


def _words(data: Any, grades: Evidence, faults: Faults) -> Mapping[str, int]:
    words: dict[str, int] = {}
    seen: dict[str, int] = {}
    path = ("evidence", "words")
    for word, value in faults.mapping(path, data, "{CNAS: E3}").items():
        form = "".join(plain_text(word).split())
        place = _grade((*path, word), value, grades, faults)
        if not form:
            faults.shape((*path, word), "{CNAS: E3}")
        elif place is not None and seen.setdefault(form, place) != place:
            faults.entry((*path, word), _MEANING.of(word=word), _ONE, _KEEP)
        elif place is not None:
            words[word] = place
    return words


def _columns(data: Any, criteria: CriteriaSet, faults: Faults) -> Mapping[str, tuple[str, ...]]:
    """Read which columns of text are evidence for which indicators."""
    path = ("evidence", "columns")
    known = tuple(criteria.indicator_position)
    columns: dict[str, tuple[str, ...]] = {}
    for header, value in faults.mapping(path, data, "{证明材料: all}").items():
        names = value if isinstance(value, list) else [value]
        if names == [ALL]:
            columns[header] = known
            continue
        if names == [LEFT]:
            columns[header] = OF_THE_LEFT
            continue
        names = [faults.quantity(str(plain(name))) for name in names]
        unknown = [name for name in names if name not in known]
        for name in unknown:
            faults.unknown((*path, header), name, [*known, ALL, LEFT], AN_INDICATOR)
        if not unknown:
            columns[header] = tuple(names)
    return columns


def _defaults(
    data: Any, criteria: CriteriaSet, grades: Evidence, faults: Faults
) -> tuple[GradeDefault, ...]:
    path = ("evidence", "defaults")
    read: dict[tuple[str | None, str | None], GradeDefault] = {}
    for k, entry in enumerate(faults.listed(path, data, "[{grade: E1, reason: 自报}]")):
        default = _default((*path, k), entry, criteria, grades, faults)
        if default is None:
            continue
        scope = default.indicator, default.result
        if scope in read:
            faults.entry((*path, k), _TWICE, _ONE, _KEEP)
        read[scope] = default
    return tuple(sorted(read.values(), key=lambda d: d.narrowness, reverse=True))


def _default(
    path: Path, data: Any, criteria: CriteriaSet, grades: Evidence, faults: Faults
) -> GradeDefault | None:
    entry = faults.mapping(path, data, "{grade: E1, reason: 自报}")
    if not entry:
        return None
    faults.keys(path, entry, _DEFAULT_KEYS)
    place = _grade((*path, "grade"), entry.get("grade"), grades, faults)
    reason = " ".join((plain(entry.get("reason")) or "").split())
    if not reason:
        faults.entry(path, _NO_REASON, _REASON, _SAY)
    indicator, result = entry.get("indicator"), entry.get("result")
    if indicator is not None:
        indicator = faults.quantity(str(plain(indicator)))
    if indicator is not None and indicator not in criteria.indicator_position:
        faults.unknown(
            (*path, "indicator"), str(indicator), [*criteria.indicator_position], AN_INDICATOR
        )
    if place is None:
        return None
    return GradeDefault(place, reason, indicator, None if result is None else plain(result))
