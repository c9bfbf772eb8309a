"""Conditions over the values of a result: a small, safe language.

::

    trl_level < 4
    ownership_status == disputed
    process_mode in [batch, discrete] and not (eia_status is missing)
    pilot_permit_end < as_of

Operands are names of indicators and facts, numbers, quoted or bare words (categories; ``yes`` and
``no``), dates ``2026-11-23``. Operators: ``< <= > >= == !=``, ``in [..]``, ``between a and b``,
``is missing``, ``is not missing``, ``is not_applicable``, ``not``, ``and``, ``or``, brackets.

Three truth values (Kleene's strong logic: S. C. Kleene, Introduction to Metamathematics, 1952,
section 64): a comparison with a value that is blank, not measured or unreadable is *unknown*; with
one that does not apply it is false. A gate whose condition is unknown does not close; it is told.

A text is tokenised and parsed here; nothing is ever handed to Python's own evaluator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Floats
from pilotscore.language import Text, Words
from pilotscore.patterns import regex
from pilotscore.records import dataclass

Comparison = Literal["<", "<=", ">", ">=", "==", "!="]
State = Literal["missing", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Compare:
    """A name compared with a constant (number or word) or with another name."""

    name: str
    operator: Comparison
    other: float | str
    column: int


@dataclass(frozen=True, slots=True)
class Among:
    """A name among words or numbers."""

    name: str
    members: tuple[float | str, ...]
    column: int


@dataclass(frozen=True, slots=True)
class InState:
    """A name that has no value (``missing``: for whatever reason) or does not apply."""

    name: str
    state: State
    column: int


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    part: Condition


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


Condition = Compare | Among | InState | Not | AllOf | AnyOf


class ConditionSyntaxError(Exception):
    """A text that is no condition; ``column`` counts from 1."""

    def __init__(self, text: Words, column: int) -> None:
        super().__init__(text.to("en"))
        self.text = text
        self.column = column


_TOKEN = regex(
    r"\s*(?:(?P<date>\d{4}-\d{2}-\d{2})|(?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<quoted>\"[^\"]*\"|'[^']*')|(?P<word>[^\W\d]\w*)|(?P<op><=|>=|==|!=|<|>|[()\[\],]))"
)
_WORDS = frozenset({"and", "or", "not", "in", "is", "between", "missing", "not_applicable"})
MAX_DEPTH = 40
_UNEXPECTED = Text("无法识别的字符 {sign!r}", "unexpected character {sign!r}")
_EXPECTED = Text("应为{wanted}，实为 {found!r}", "expected {wanted}, found {found!r}")
_ENDS = Text("应为{wanted}，但已到末尾", "expected {wanted}, but it ends")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if not match:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise ConditionSyntaxError(_UNEXPECTED.of(sign=text[at]), at + 1)
        kind = match.lastgroup or ""
        value, column = match.group(kind), match.start(kind) + 1
        yield _Token("op" if kind == "word" and value in _WORDS else kind, value, column)
        at = match.end()
    yield _Token("end", "", end + 1)


class _Parser:
    """Recursive descent: or < and < not < comparison."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.at]

    def take(self, *texts: str) -> bool:
        if self.now.kind == "op" and self.now.text in texts:
            self.at += 1
            return True
        return False

    def fail(self, zh: str, en: str) -> ConditionSyntaxError:
        template = _EXPECTED if self.now.text else _ENDS
        text = template.of(wanted=Text(zh, en), found=self.now.text)
        return ConditionSyntaxError(text, self.now.column)

    def either(self) -> Condition:
        parts = [self.both()]
        while self.take("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def both(self) -> Condition:
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def negation(self) -> Condition:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ConditionSyntaxError(Text("嵌套过深", "nested too deeply"), self.now.column)
        try:
            if self.take("not"):
                return Not(self.negation())
            if self.take("("):
                inner = self.either()
                if not self.take(")"):
                    raise self.fail("右括号 )", "a closing bracket )")
                return inner
            return self.comparison()
        finally:
            self.depth -= 1

    def comparison(self) -> Condition:
        name = self.now
        if name.kind != "word":
            raise self.fail("指标或字段名", "the name of an indicator or fact")
        self.at += 1
        if self.take("is"):
            return self.state(name)
        if self.take("between"):
            return self.between(name)
        inverted = self.take("not")
        if self.take("in"):
            among = Among(name.text, self.members(), name.column)
            return Not(among) if inverted else among
        if inverted:
            raise self.fail("in", "in")
        operator = self.now.text
        if not self.take("<", "<=", ">", ">=", "==", "!="):
            raise self.fail(
                "比较符（< <= > >= == !=、in、between 或 is missing）",
                "a comparison (< <= > >= == !=, in, between or is missing)",
            )
        return Compare(name.text, operator, self.constant(), name.column)  # type: ignore[arg-type]  # take() checked it

    def state(self, name: _Token) -> Condition:
        inverted = self.take("not")
        states: tuple[State, ...] = ("missing", "not_applicable")
        for state in states:
            if self.take(state):
                is_in = InState(name.text, state, name.column)
                return Not(is_in) if inverted else is_in
        raise self.fail("missing 或 not_applicable", "missing or not_applicable")

    def between(self, name: _Token) -> Condition:
        low = self.constant()
        if not self.take("and"):
            raise self.fail("and", "and")
        least = Compare(name.text, ">=", low, name.column)
        return AllOf((least, Compare(name.text, "<=", self.constant(), name.column)))

    def members(self) -> tuple[float | str, ...]:
        if not self.take("["):
            raise self.fail("方括号列表，如 [batch, discrete]", "a list such as [batch, discrete]")
        constants = [self.constant()]
        while self.take(","):
            constants.append(self.constant())
        if not self.take("]"):
            raise self.fail("右方括号 ]", "a closing bracket ]")
        return tuple(constants)

    def constant(self) -> float | str:
        token = self.now
        if token.kind == "number":
            self.at += 1
            return float(token.text)
        if token.kind in ("word", "quoted", "date"):
            self.at += 1
            return token.text.strip("\"'") if token.kind == "quoted" else token.text
        raise self.fail("数值、日期或类别", "a number, a date or a category")


def parse(text: str) -> Condition:
    """Parse a condition.

    Raises
    ------
    ConditionSyntaxError
        With the column of the text, from 1, at which it stops being a condition.
    """
    parser = _Parser(text)
    condition = parser.either()
    if parser.now.kind != "end":
        raise parser.fail("and、or 或结尾", "and, or or the end")
    return condition


def comparisons(condition: Condition) -> Iterator[Compare | Among | InState]:
    """Yield the leaves of a condition in the order in which they are written."""
    match condition:
        case Not(part):
            yield from comparisons(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons(part)
        case _:
            yield condition


@dataclass(frozen=True, slots=True)
class Operand:
    """The values of one name for n results.

    ``values`` is an array of floats (nan: no value) or of words ('' : no value), shape (n,);
    ``not_applicable`` a boolean array, shape (n,).
    """

    values: Floats | NDArray[np.str_]
    not_applicable: Bools


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth of a condition for n results: holds, or unknown, else false. Shape (n,) each."""

    holds: Bools
    unknown: Bools


def evaluate(condition: Condition, operands: Mapping[str, Operand]) -> Truth:
    """Evaluate a condition for all results at once.

    Parameters
    ----------
    condition
        As :func:`parse` gives it.
    operands
        The values of each name in it.

    Returns
    -------
    Truth
        Kleene's strong three-valued logic (1952, section 64).
    """
    match condition:
        case Not(part):
            t = evaluate(part, operands)
            return Truth(~(t.holds | t.unknown), t.unknown)
        case AllOf(parts):
            truths = [evaluate(p, operands) for p in parts]
            holds = np.logical_and.reduce([t.holds for t in truths])
            may_hold = np.logical_and.reduce([t.holds | t.unknown for t in truths])
            return Truth(holds, may_hold & ~holds)
        case AnyOf(parts):
            truths = [evaluate(p, operands) for p in parts]
            holds = np.logical_or.reduce([t.holds for t in truths])
            may_hold = np.logical_or.reduce([t.holds | t.unknown for t in truths])
            return Truth(holds, may_hold & ~holds)
        case InState(name, "not_applicable"):
            marked = operands[name].not_applicable
            return Truth(marked, np.zeros_like(marked))
        case InState(name, _):
            missing = _no_value(operands[name])
            return Truth(missing, np.zeros_like(missing))
        case Compare(name, operator, other):
            return _known(
                operands[name], _compare(operands[name].values, operator, other, operands)
            )
        case Among(name, members):
            values = operands[name].values
            hits = [_compare(values, "==", m, operands) for m in members]
            return _known(operands[name], _either(hits))


def _either(truths: list[Truth]) -> Truth:
    return Truth(
        np.logical_or.reduce([t.holds for t in truths]),
        np.logical_or.reduce([t.unknown for t in truths]),
    )


def _no_value(operand: Operand) -> Bools:
    values: Any = operand.values
    empty: Bools = np.isnan(values) if values.dtype.kind == "f" else values == ""
    return empty


def _known(operand: Operand, compared: Truth) -> Truth:
    unknown = (_no_value(operand) | compared.unknown) & ~operand.not_applicable
    return Truth(compared.holds & ~unknown & ~operand.not_applicable, unknown)


def _compare(
    values: Floats | NDArray[np.str_],
    operator: Comparison,
    other: float | str,
    operands: Mapping[str, Operand],
) -> Truth:
    right: Any = other
    unknown = np.zeros(len(values), dtype=np.bool_)
    if isinstance(other, str) and other in operands:
        right = operands[other].values
        unknown = _no_value(operands[other])
    compare: Any = {
        "<": np.less,
        "<=": np.less_equal,
        ">": np.greater,
        ">=": np.greater_equal,
        "==": np.equal,
        "!=": np.not_equal,
    }[operator]
    holds: Bools = compare(values, right)
    return Truth(holds & ~unknown, unknown)
