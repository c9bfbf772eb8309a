"""What is asked of one result: what is missing of it, one indicator at a time, as plain data."""

from __future__ import annotations

from pilotscore.criteria import Category, CriteriaSet, Indicator
from pilotscore.criteria.condition import evaluate, parse
from pilotscore.index import dimension_weights
from pilotscore.language import BLANK, NOTHING, Text, Words, join
from pilotscore.records import dataclass
from pilotscore.runs.outcome import Outcome
from pilotscore.wording import figures
from pilotscore.workbook import State
from pilotscore.workbook.copies.answers import is_listed
from pilotscore.workbook.values.bounds import band_with_range, wanted_number

COMMANDS = Text(
    "输入数值或文字；回车或 - 跳过，? 再看说明与出处，b 返回上一项，q 结束；没有数值时可写“不适"
    "用：原因”或“未测”",
    "Enter a value; Enter or - skips, ? shows the wording and source again, b goes back, q stops;"
    " where "
    "there is no value write “na: reason” or “not measured”",
)
GRADE_COMMANDS = Text(
    "证据等级（写代号；回车取 [ ] 中的）",
    "Grade of evidence (its id; Enter takes the one in [ ])",
)
_GRADE = Text("{title}（至多 {cap} 分）", "{title} (at most {cap})")
_NEVER = Text("“{title}”不得写不适用", "“{title}” may not be marked N/A")
_ONLY_WHERE = Text(
    "“{title}”只在满足条件时可写不适用：{rule}", "“{title}” may be marked N/A only where {rule}"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: what to type for it ('' for its words), and its words."""

    key: str
    title: Words


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one indicator.

    ``gain`` is its share of the weight in points of the index; ``present`` what its cell says now,
    None where it is blank; ``refusal`` why it may not be marked as not applicable, None where it
    may.
    """

    indicator: Indicator
    column: int
    dimension: Text
    wanted: Words
    choices: tuple[Choice, ...]
    gain: float
    state: State
    present: Words | None
    grade: int | None
    refusal: Words | None

    @property
    def name(self) -> str:
        """The id of the indicator."""
        return self.indicator.id

    @property
    def has_value(self) -> bool:
        """Whether there is a value, which can be let stand."""
        return self.state is State.VALUE


def questions(outcome: Outcome, i: int, *, every: bool = False) -> tuple[Question, ...]:
    """Return what is to be asked of a result.

    Required indicators that are blank come first, then those that could not be read, then optional
    ones that are blank; in each group what weighs most comes first.

    Parameters
    ----------
    outcome
        What is known.
    i
        Which result.
    every
        Ask about every indicator, after these, and not only about what is missing.
    """
    a = outcome.assessment
    across = dimension_weights(a.criteria)
    ranked: list[tuple[int, float, Question]] = []
    for k, (dimension, span) in enumerate(
        zip(a.criteria.dimensions, a.criteria.dimension_slices, strict=True)
    ):
        for j, indicator in zip(range(span.start, span.stop), dimension.indicators, strict=True):
            gain = 100.0 * float(a.weights[i, j] * across[k])
            state = State(int(a.missing.states[i, j]))
            group = _group(state, required=indicator.required)
            if group is None and not every:
                continue
            question = _question(outcome, i, j, dimension.title, gain, state)
            ranked.append((3 if group is None else group, -gain, question))
    return tuple(q for *_, q in sorted(ranked, key=lambda entry: entry[:2]))


def _group(state: State, *, required: bool) -> int | None:
    if state is State.FAULTY:
        return 1
    if state is State.BLANK:
        return 0 if required else 2
    return None


def _question(
    outcome: Outcome, i: int, j: int, dimension: Text, gain: float, state: State
) -> Question:
    a = outcome.assessment
    indicator = a.criteria.indicators[j]
    present = None if state is State.BLANK else figures.raw_value(a, i, j)
    grade = int(a.measurements.evidence[i, j])
    return Question(
        indicator=indicator,
        column=j,
        dimension=dimension,
        wanted=wanted(indicator),
        choices=choices(indicator),
        gain=gain,
        state=state,
        present=present,
        grade=grade if grade >= 0 else None,
        refusal=_refusal(outcome, i, indicator),
    )


def wanted(indicator: Indicator) -> Words:
    """Say what may be typed."""
    if is_listed(indicator):
        return Text("下列之一，写编号或名称", "one of these, by its number or name")
    if indicator.categories:
        return Text("下列之一", "one of these")
    if indicator.bands:
        return Text("下列之一，或其分值，或两者", "one of these, points within one, or both")
    if indicator.type == "yes_no":
        return Text("是 或 否", "yes or no")
    return wanted_number(indicator)


def choices(indicator: Indicator) -> tuple[Choice, ...]:
    """Return the categories, numbered, or the levels with their wording."""
    if indicator.categories:
        numbered = is_listed(indicator)
        return tuple(
            Choice(str(number) if numbered else "", category.title)
            for number, category in enumerate(indicator.categories, start=1)
        )
    if indicator.bands:
        return tuple(Choice("", _band(band)) for band in indicator.bands)
    said = sorted((indicator.wording or {}).items())
    return tuple(Choice(str(level), text) for level, text in said)


def _band(band: Category) -> Words:
    """Say a band with its points and its wording."""
    return join((band_with_range(band), band.wording or NOTHING), BLANK)


def grade_choices(criteria: CriteriaSet, *, required: bool) -> tuple[Choice, ...]:
    """Return the grades of evidence, each with the highest score that it lets an indicator have."""
    grades = criteria.evidence.grades if criteria.evidence else ()
    caps = [g.cap_required if required and g.cap_required is not None else g.cap for g in grades]
    return tuple(
        Choice(g.id, _GRADE.of(title=g.title, cap=f"{cap:g}"))
        for g, cap in zip(grades, caps, strict=True)
    )


def _refusal(outcome: Outcome, i: int, indicator: Indicator) -> Words | None:
    rule = indicator.not_applicable
    if rule is True:
        return None
    if rule is False:
        return _NEVER.of(title=indicator.title)
    if evaluate(parse(rule), outcome.assessment.names).holds[i]:
        return None
    return _ONLY_WHERE.of(title=indicator.title, rule=rule)
