"""Formulas over numbers: a small, safe language for derived fields.

::

    单位成本 / 目标成本
    IRR - 基准收益率
    100 * (合格批数 − 返工批数) / "总批数（批）"

Operands are numbers and names; a name with signs, spaces or a digit before it stands in quotes. Operators: ``+ - * /``, also
as they are typed in Chinese (``− × ÷``), and brackets. Amounts carry what they are amounts of: a sum needs the same on both
sides, a product or quotient multiplies or divides it.

A text is tokenised and parsed here; nothing is ever handed to Python's own evaluator.
"""  # noqa: E501 - the examples are wide

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria.condition import MAX_DEPTH, ConditionSyntaxError
from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.records import dataclass

Sign = Literal["+", "-", "*", "/"]
# What an amount is of: powers of base quantities, such as money and mass, in order of name.
Dimensions = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands in the formula."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name, and the column of the text, from 1, at which it stands."""

    name: str
    column: int


@dataclass(frozen=True, slots=True)
class Operation:
    """Two parts with a sign between them."""

    sign: Sign
    left: Formula
    right: Formula


Formula = Number | Name | Operation

_SIGNS: Mapping[str, Sign] = {
    **{"+": "+", "＋": "+"},
    **{"-": "-", "−": "-", "－": "-", "–": "-"},
    **{"*": "*", "×": "*", "＊": "*", "·": "*"},
    **{"/": "/", "÷": "/", "／": "/"},
}
_TOKEN = regex(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?%?)(?![^\W\d_])"
    r"|(?P<quoted>\"[^\"]+\"|'[^']+'|“[^”]+”|「[^」]+」)|(?P<word>[^\W\d]\w*)"
    r"|(?P<sign>[+＋\-−－–*×＊·/÷／])|(?P<bracket>[()（）]))"
)
_BRACKETS = {"（": "(", "）": ")"}
MAX_TOKENS = 200
_UNEXPECTED = Text("无法识别的字符 {sign!r}", "unexpected character {sign!r}")
_WANTED = Text("应为{wanted}，实为 {found!r}", "expected {wanted}, found {found!r}")
_ENDS = Text("应为{wanted}，但已到末尾", "expected {wanted}, but it ends")
_DEEP = Text("嵌套过深", "nested too deeply")
_LONG = Text("太长", "it is too long")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise ConditionSyntaxError(_UNEXPECTED.of(sign=text[at]), at + 1)
        kind = match.lastgroup or ""
        value = match.group(kind)
        value = _SIGNS.get(value, _BRACKETS.get(value, value))
        yield _Token(kind, value, match.start(kind) + 1)
        at = match.end()
    yield _Token("end", "", end + 1)


class _Parser:
    """Recursive descent: sum < product < sign < operand."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        if len(self.tokens) > MAX_TOKENS:
            raise ConditionSyntaxError(_LONG, self.tokens[MAX_TOKENS].column)
        self.at = self.depth = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.at]

    def take(self, kind: str, *texts: str) -> str | None:
        token = self.now
        if token.kind != kind or token.text not in texts:
            return None
        self.at += 1
        return token.text

    def fail(self, wanted: Text) -> ConditionSyntaxError:
        template = _WANTED if self.now.text else _ENDS
        return ConditionSyntaxError(
            template.of(wanted=wanted, found=self.now.text), self.now.column
        )

    def sum(self) -> Formula:
        left = self.product()
        while sign := self.take("sign", "+", "-"):
            left = Operation("+" if sign == "+" else "-", left, self.product())
        return left

    def product(self) -> Formula:
        left = self.signed()
        while sign := self.take("sign", "*", "/"):
            left = Operation("*" if sign == "*" else "/", left, self.signed())
        return left

    def signed(self) -> Formula:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ConditionSyntaxError(_DEEP, self.now.column)
        try:
            if self.take("sign", "-"):
                return Operation("*", Number(-1.0), self.signed())
            if self.take("bracket", "("):
                inner = self.sum()
                if not self.take("bracket", ")"):
                    raise self.fail(Text("右括号 )", "a closing bracket )"))
                return inner
            return self.operand()
        finally:
            self.depth -= 1

    def operand(self) -> Formula:
        token = self.now
        if token.kind == "number":
            self.at += 1
            share = token.text.endswith("%")
            return Number(float(token.text.rstrip("%")) / (100.0 if share else 1.0))
        if token.kind in ("word", "quoted"):
            self.at += 1
            text = token.text[1:-1].strip() if token.kind == "quoted" else token.text
            return Name(text, token.column)
        raise self.fail(
            Text(
                "列名或数值（列名含符号时加引号）",
                "the name of a column, quoted where it has signs, or a number",
            )
        )


def parse_formula(text: str) -> Formula:
    """Parse a formula.

    Raises
    ------
    ConditionSyntaxError
        With the column of the text, from 1, at which it stops being a formula.
    """
    parser = _Parser(text)
    formula = parser.sum()
    if parser.now.kind != "end":
        raise parser.fail(Text("运算符 + - * / 或结尾", "a sign + - * / or the end"))
    return formula


def names_in(formula: Formula) -> tuple[Name, ...]:
    """Return the names of a formula, each once, in the order in which they are written."""
    match formula:
        case Name():
            return (formula,)
        case Operation(_, left, right):
            first: dict[str, Name] = {}
            for name in (*names_in(left), *names_in(right)):
                first.setdefault(name.name, name)
            return tuple(first.values())
        case _:
            return ()


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """Amounts of n results, shape (n,): numbers in base units, nan for none, and what they are of.

    ``by_zero`` says which of them were divided by zero.
    """

    values: Floats
    of: Dimensions
    by_zero: Bools


class MixedUnitsError(Exception):
    """A sum or difference of amounts of different things."""

    def __init__(self, sign: Sign, left: Dimensions, right: Dimensions) -> None:
        super().__init__(sign)
        self.sides = left, right


def evaluate_formula(formula: Formula, operands: Mapping[str, Amounts], count: int) -> Amounts:
    """Evaluate a formula for all results at once; what has no value has none in the end.

    Raises
    ------
    MixedUnitsError
        A sum of amounts of different things.
    """
    match formula:
        case Number(value):
            return Amounts(np.full(count, value), (), np.zeros(count, dtype=bool))
        case Name(name):
            return operands[name]
        case Operation(sign, left, right):
            a = evaluate_formula(left, operands, count)
            b = evaluate_formula(right, operands, count)
            return _operate(sign, a, b)


def _operate(sign: Sign, a: Amounts, b: Amounts) -> Amounts:
    by_zero = a.by_zero | b.by_zero
    if sign in ("+", "-"):
        if a.of != b.of:
            raise MixedUnitsError(sign, a.of, b.of)
        values = a.values + b.values if sign == "+" else a.values - b.values
        return Amounts(values, a.of, by_zero)
    if sign == "*":
        return Amounts(a.values * b.values, combined(a.of, b.of, 1), by_zero)
    zero = b.values == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(zero, np.nan, a.values / b.values)
    return Amounts(values, combined(a.of, b.of, -1), by_zero | zero)


def combined(a: Dimensions, b: Dimensions, sign: int) -> Dimensions:
    """Return what a product (sign 1) or quotient (-1) of two amounts is of."""
    powers = dict(a)
    for name, power in b:
        powers[name] = powers.get(name, 0) + sign * power
    return tuple(sorted((name, power) for name, power in powers.items() if power))
