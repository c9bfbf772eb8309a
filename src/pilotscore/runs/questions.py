"""What is asked of one result: what is missing of it, one indicator at a time, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.criteria.condition import evaluate, parse
from pilotscore.index import dimension_weights
from pilotscore.language import Lang, Text, Words, printable
from pilotscore.runs.outcome import Outcome
from pilotscore.wording import figures
from pilotscore.workbook import State
from pilotscore.workbook.copies.answers import is_listed
from pilotscore.workbook.values.bounds import wanted_number

if TYPE_CHECKING:
    from rich.console import Console

COMMANDS = Text(
    "输入数值或文字；回车或 - 跳过，? 再看说明与出处，b 返回上一项，q 结束；没有数值时可写“不适用：原因”或“未测”",
    "Enter a value; Enter or - skips, ? shows the wording and source again, b goes back, q stops; where "
    "there is no value write “na: reason” or “not measured”",
)
GRADE_COMMANDS = Text(
    "证据等级（写代号；回车取 [ ] 中的）",
    "Grade of evidence (its id; Enter takes the one in [ ])",
)
_MOST_PRESENT = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: what to type for it ('' for its words), and its words."""

    key: str
    title: Text


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one indicator.

    ``gain`` is its share of the weight in points of the index; ``present`` what its cell says now,
    None where it is blank; ``refusal`` why it may not be marked as not applicable, None where it may.
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
    refusal: Text | None

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
    found: list[tuple[int, float, Question]] = []
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
            found.append((3 if group is None else group, -gain, question))
    return tuple(q for *_, q in sorted(found, key=lambda entry: entry[:2]))


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
    present = None
    if state is not State.BLANK:
        present = figures.raw_value(a, i, j)
    grade = int(a.measurements.evidence[i, j])
    return Question(
        indicator, j, dimension, wanted(indicator), choices(indicator), gain, state, present,
        grade if grade >= 0 else None, _refusal(outcome, i, indicator),
    )  # fmt: skip


def wanted(indicator: Indicator) -> Words:
    """Say what may be typed."""
    if is_listed(indicator):
        return Text("下列之一，写编号或名称", "one of these, by its number or name")
    if indicator.categories:
        return Text("下列之一", "one of these")
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
    said = sorted((indicator.wording or {}).items())
    return tuple(Choice(str(level), text) for level, text in said)


def grade_choices(criteria: CriteriaSet, *, required: bool) -> tuple[Choice, ...]:
    """Return the grades of evidence, each with the highest score that it lets an indicator have."""
    grades = criteria.evidence.grades if criteria.evidence else ()
    caps = [g.cap_required if required and g.cap_required is not None else g.cap for g in grades]
    return tuple(
        Choice(g.id, Text(f"{g.title.zh}（至多 {cap:g} 分）", f"{g.title.en} (at most {cap:g})"))
        for g, cap in zip(grades, caps, strict=True)
    )


def _refusal(outcome: Outcome, i: int, indicator: Indicator) -> Text | None:
    rule = indicator.not_applicable
    if rule is True:
        return None
    title = indicator.title
    if rule is False:
        return Text(f"“{title.zh}”不得写不适用", f"“{title.en}” may not be marked N/A")
    if evaluate(parse(rule), outcome.assessment.names).holds[i]:
        return None
    return Text(
        f"“{title.zh}”只在满足条件时可写不适用：{rule}",
        f"“{title.en}” may be marked N/A only where {rule}",
    )


def print_question(
    question: Question, console: Console, lang: Lang, *, number: int, of: int, full: bool = False
) -> None:
    """Print a question; ``full`` adds where the value function comes from."""
    indicator = question.indicator
    required = Text("（必填）", " (required)").to(lang) if indicator.required else ""
    title, unit = indicator.title.to(lang), indicator.unit.to(lang) if indicator.unit else ""
    if unit and unit not in title:
        title += f"（{unit}）" if lang == "zh" else f" ({unit})"
    console.print()
    head = f"[{number}/{of}] {question.dimension.to(lang)} · {title}{required}"
    _print(console, "", head, "bold", indent=0)
    for label, text in _labelled(question, lang, full=full):
        _print(console, label.to(lang), text)
        if label is _WANTED:
            print_choices(question.choices, console, lang)


def print_choices(listed: tuple[Choice, ...], console: Console, lang: Lang) -> None:
    """Print what can be chosen, a line each."""
    from rich.cells import cell_len

    width = max((cell_len(c.key) for c in listed), default=0)
    for choice in listed:
        _print(console, choice.key.rjust(width), choice.title.to(lang), indent=4)


_WANTED = Text("应填", "Wanted")
_EVIDENCE = Text("证据", "Evidence")
_GAIN = Text("可增加指数", "Adds to the index")
_PRESENT = Text("现为", "Present")
_SOURCE = Text("出处", "Source")


def _labelled(question: Question, lang: Lang, *, full: bool) -> Iterator[tuple[Text, str]]:
    indicator = question.indicator
    yield _WANTED, question.wanted.to(lang)
    if indicator.evidence is not None:
        yield _EVIDENCE, indicator.evidence.to(lang)
    yield _GAIN, Text(f"至多 {question.gain:.1f}", f"{question.gain:.1f} at most").to(lang)
    if question.present is not None:
        yield _PRESENT, printable(question.present.to(lang), _MOST_PRESENT)
    if full and indicator.source:
        yield _SOURCE, indicator.source


def _print(console: Console, label: str, text: str, style: str = "", indent: int = 2) -> None:
    """Print a labelled text, wrapped under itself."""
    from rich.cells import cell_len
    from rich.text import Text as Rich

    gap = 2 if label else 0
    left = indent + cell_len(label) + gap
    for number, line in enumerate(
        Rich(text, style=style).wrap(console, max(20, console.width - left))
    ):
        line.rstrip()
        head = (" " * indent + label + " " * gap) if number == 0 else " " * left
        console.print(Rich.assemble((head, "dim"), line), soft_wrap=True)
