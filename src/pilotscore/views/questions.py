"""A question about an indicator, and what can be chosen, as blocks of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from pilotscore.document import Block, Fact, Gap
from pilotscore.language import LANGS, NOTHING, Text, printable
from pilotscore.runs.questions import Choice, Question
from pilotscore.workbook.values.units import with_unit

_HEAD = Text(
    "[{number}/{count}] {dimension} · {title}{required}",
    "[{number}/{count}] {dimension} · {title}{required}",
)
_REQUIRED = Text("（必填）", " (required)")
_WANTED, _EVIDENCE = Text("应填", "Wanted"), Text("证据", "Evidence")
_GAIN, _AT_MOST = Text("可增加指数", "Adds to the index"), Text("至多 {gain}", "{gain} at most")
_PRESENT, _SOURCE = Text("现为", "Present"), Text("出处", "Source")
_MOST_PRESENT = 100


def question_page(
    question: Question, *, number: int, count: int, full: bool = False
) -> Iterator[Block]:
    """Yield a question, which is one of so many; ``full`` adds where the value function is from."""
    indicator = question.indicator
    yield Gap()
    head = _HEAD.of(
        number=number,
        count=count,
        dimension=question.dimension,
        title=with_unit(indicator.title, indicator.unit),
        required=_REQUIRED if indicator.required else NOTHING,
    )
    yield Fact("", head, style="bold")
    yield Fact(_WANTED, question.wanted, 2)
    yield from choices_page(question.choices)
    if indicator.evidence is not None:
        yield Fact(_EVIDENCE, indicator.evidence, 2)
    yield Fact(_GAIN, _AT_MOST.of(gain=f"{question.gain:.1f}"), 2)
    if question.present is not None:
        present = (printable(question.present.to(lang), _MOST_PRESENT) for lang in LANGS)
        yield Fact(_PRESENT, Text(*present), 2)
    if full and indicator.source:
        yield Fact(_SOURCE, indicator.source, 2)


def choices_page(choices: Sequence[Choice]) -> Iterator[Block]:
    """Yield what can be chosen, a line each."""
    width = max((cell_len(c.key) for c in choices), default=0)
    for choice in choices:
        yield Fact(choice.key.rjust(width), choice.title, 4)
