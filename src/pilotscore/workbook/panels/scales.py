"""Settles on which scale scores are: the set's, the one asked for, as sheets state it, or by them.

Sheets that state different scales are put on the widest; a statement that scores contradict, or
that is of the sum of a sheet's indicators, is not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pilotscore.findings import Finding
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.score_sheets import Score
from pilotscore.workbook.panels.stated_scales import Scale, StatedScale

_USUAL = (5.0, 10.0, 100.0)
_FEW_BEYOND = 0.1  # own: the share of scores that may be mistyped
_FEW_OF_MANY = 0.001  # own: the share beyond any usual scale that may be mistyped
_FEWEST_TO_JUDGE_BY = 4  # own: of fewer scores none is the odd one out
OVERALL = Text("分数", "the scores")
_Sheet = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class OnScale:
    """The scores that are on the scale of their indicator, and these scales."""

    scores: list[Score]
    scales: dict[str, Scale]
    findings: list[Finding]


def on_scale(
    scores: Sequence[Score],
    of_run: Scale | None,
    of_set: Mapping[str, Scale],
    stated: Sequence[StatedScale],
) -> OnScale:
    """Return the scores on the scale of their indicator; what is off it is told, and left out.

    Parameters
    ----------
    scores
        All of them; answers (yes and no) stay as they are.
    of_run
        The scale that a command asks for, of indicators without one in ``of_set``.
    of_set
        Those of a criteria set, by indicator.
    stated
        Those that sheets state.
    """
    numbers = [s for s in scores if not s.answer]
    findings: list[Finding] = []
    said = _Said(numbers, stated, findings)
    by_indicator: dict[str, list[Score]] = {}
    for score in numbers:
        by_indicator.setdefault(score.indicator, []).append(score)
    scales: dict[str, Scale] = {}
    own: dict[tuple[_Sheet, str], Scale] = {}
    for name, of in sorted(by_indicator.items()):
        known = of_set.get(name, of_run)
        statements = said.of(name, {_sheet_of(s) for s in of})
        if known is not None:
            findings += _otherwise(statements.values(), known)
            scales[name] = known
        elif statements:
            scales[name] = max((s.scale for s in statements.values()), key=lambda s: s[1] - s[0])
            own |= {(sheet, name): s.scale for sheet, s in statements.items()}
            findings += _converted(statements.values(), scales[name])
        else:
            scales[name] = _assumed(name, of, findings)
    kept = _kept(scores, scales, own, findings)
    return OnScale(kept, scales, _once_each(findings))


def _once_each(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings without those that a sheet's statement brings for each of its indicators."""
    return list({(f.code, f.place): f for f in reversed(findings)}.values())


def _sheet_of(score: Score) -> _Sheet:
    return score.place.file, score.place.sheet


def _where(one: StatedScale) -> _Sheet:
    return one.place.file, one.place.sheet


class _Said:
    """What sheets say of their scale, as far as their scores do not contradict it."""

    def __init__(
        self,
        scores: Sequence[Score],
        stated: Sequence[StatedScale],
        findings: list[Finding],
    ) -> None:
        self.findings = findings
        self.single: dict[tuple[_Sheet, str], StatedScale] = {}
        self.whole: dict[_Sheet, StatedScale] = {}
        if not stated:
            return
        by_sheet: dict[_Sheet, list[Score]] = {}
        for score in scores:
            by_sheet.setdefault(_sheet_of(score), []).append(score)
        own: dict[tuple[_Sheet, str], list[StatedScale]] = {}
        for one in stated:
            if one.indicator is not None:
                own.setdefault((_where(one), one.indicator), []).append(one)
        for (sheet, name), several in own.items():
            self._take(sheet, several, [s for s in by_sheet.get(sheet, []) if s.indicator == name])
        for one in stated:
            if one.indicator is None:
                sheet = _where(one)
                mine = [s for s in by_sheet.get(sheet, []) if (sheet, s.indicator) not in own]
                self._take_whole(sheet, one, mine)

    def _take(self, sheet: _Sheet, several: Sequence[StatedScale], scores: Sequence[Score]) -> None:
        """Take what a sheet says of one indicator."""
        first = several[0]
        name = first.indicator or ""
        if len({one.scale for one in several}) > 1:
            self.findings.append(_differing(name, several))
        elif _contradicted(first.scale, scores):
            self.findings.append(_beyond(first, scores))
        else:
            self.single[sheet, name] = first

    def _take_whole(self, sheet: _Sheet, one: StatedScale, scores: Sequence[Score]) -> None:
        """Take what a sheet says of all its indicators but those with a scale of their own."""
        if _contradicted(one.scale, scores):
            self.findings.append(_beyond(one, scores))
        elif _is_of_the_sum(one.scale, scores):
            self.findings.append(Finding(kinds.SCALE_OF_SUM, one.place, {"text": one.text}))
        else:
            self.whole[sheet] = one

    def of(self, name: str, sheets: Iterable[_Sheet]) -> dict[_Sheet, StatedScale]:
        """Return what is said of an indicator, by sheet."""
        if not self.single and not self.whole:
            return {}
        scales = {s: self.single.get((s, name), self.whole.get(s)) for s in sorted(sheets, key=str)}
        return {sheet: one for sheet, one in scales.items() if one is not None}


def _contradicted(scale: Scale, scores: Sequence[Score]) -> bool:
    """Say whether more scores are off a stated scale than can be mistyped."""
    least, most = scale
    beyond = [s.score for s in scores if not least <= s.score <= most]
    return not _few(beyond, scores, _FEW_BEYOND)


def _is_of_the_sum(scale: Scale, scores: Sequence[Score]) -> bool:
    """Say whether full marks can be those of all indicators of a sheet together.

    They are taken to be where there are several, and nobody's scores of a result add up to more.
    """
    if len({s.indicator for s in scores}) < 2:
        return False
    sums: dict[tuple[str, str, int], float] = {}
    for s in scores:
        key = s.expert, s.result, s.stage
        sums[key] = sums.get(key, 0.0) + s.score
    return max(sums.values()) <= scale[1]


def _differing(name: str, several: Sequence[StatedScale]) -> Finding:
    """Tell that a sheet states two scales of one indicator."""
    first, other = several[0], next(o for o in several if o.scale != several[0].scale)
    values = {"indicator": name or OVERALL, "text": other.text, "other": first.text}
    return Finding(kinds.TWO_SCALES, other.place, {**values, "cell": first.place.cell})


def _beyond(one: StatedScale, scores: Sequence[Score]) -> Finding:
    least, most = one.scale
    off = [s for s in scores if not least <= s.score <= most]
    furthest = max(off, key=lambda s: (abs(s.score - most), str(s.place)))
    values = {
        "text": one.text,
        "least": f"{least:g}",
        "most": f"{most:g}",
        "count": len(off),
        "all": len(scores),
        "score": f"{furthest.score:g}",
        "cell": furthest.place.cell,
    }
    return Finding(kinds.BEYOND_STATED, one.place, values)


def _otherwise(statements: Iterable[StatedScale], known: Scale) -> Iterable[Finding]:
    """Tell sheets that state another scale than the one that counts."""
    for one in statements:
        if one.scale[1] != known[1]:
            values = {"text": one.text, "least": f"{known[0]:g}", "most": f"{known[1]:g}"}
            yield Finding(kinds.STATED_OTHERWISE, one.place, values)


def _converted(statements: Iterable[StatedScale], common: Scale) -> Iterable[Finding]:
    """Tell sheets whose scores are put on a wider scale."""
    for one in statements:
        if one.scale != common:
            values = {"text": one.text, "least": f"{common[0]:g}", "most": f"{common[1]:g}"}
            yield Finding(kinds.CONVERTED, one.place, values)


def _assumed(name: str, scores: Sequence[Score], findings: list[Finding]) -> Scale:
    """Return the scale of an indicator by its greatest score."""
    greatest = max(scores, key=lambda s: (s.score, str(s.place)))
    numbers = [s.score for s in scores]
    least = 0.0 if _few([x for x in numbers if x < 0], numbers, _FEW_OF_MANY) else min(numbers)
    most = _greatest_possible(numbers)
    values = {"greatest": f"{greatest.score:g}", "least": f"{least:g}", "most": f"{most:g}"}
    shown = {"indicator": name or OVERALL, **values}
    usual = least == 0 and most in _USUAL
    kind = kinds.SCALE_ASSUMED if usual else kinds.SCALE_UNUSUAL
    findings.append(Finding(kind, greatest.place, shown))
    return least, most


def _few(beyond: Sequence[float], scores: Sequence[object], share: float) -> bool:
    """Say whether so few scores lie beyond a scale that they are mistyped: one, or a share."""
    one = 1 if len(scores) >= _FEWEST_TO_JUDGE_BY else 0
    return len(beyond) <= max(one, share * len(scores))


def _greatest_possible(scores: Sequence[float]) -> float:
    """Return the end of the least usual scale that holds the scores but for mistyped ones.

    A score above twice the scale of nearly all others is mistyped (850 among 80 and 90), not the
    end of a longer scale.
    """
    for most in _USUAL:
        beyond = [s for s in scores if s > most]
        few = len(beyond) <= (_FEW_BEYOND if most < _USUAL[-1] else 0.5) * len(scores)
        if few and all(s > 2 * most for s in beyond):
            return most
    if _few([s for s in scores if s > _USUAL[-1]], scores, _FEW_OF_MANY):
        return _USUAL[-1]  # no usual scale is longer: 130 among others below 100
    return max(scores)


def _kept(
    scores: Sequence[Score],
    scales: Mapping[str, Scale],
    own: Mapping[tuple[_Sheet, str], Scale],
    findings: list[Finding],
) -> list[Score]:
    """Return the scores that are on the scale of their sheet, on that of their indicator."""
    kept = []
    for score in scores:
        if score.answer:
            kept.append(score)
            continue
        common = scales[score.indicator]
        least, most = own.get((_sheet_of(score), score.indicator), common) if own else common
        if not least <= score.score <= most:
            findings.append(_off(score, least, most))
        elif (least, most) == common:
            kept.append(score)
        else:
            share = (score.score - least) / (most - least)
            moved = round(common[0] + share * (common[1] - common[0]), 10)
            kept.append(replace(score, score=moved))
    return kept


def _off(score: Score, least: float, most: float) -> Finding:
    values = {
        "score": f"{score.score:g}",
        "indicator": score.indicator or OVERALL,
        "least": f"{least:g}",
        "most": f"{most:g}",
    }
    return Finding(kinds.OFF_THE_SCALE, score.place, values)
