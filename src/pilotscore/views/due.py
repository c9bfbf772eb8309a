"""What is due: rows of a listing, of tables and records, and the days of a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pilotscore.document import (
    Block,
    Fact,
    Gap,
    Line,
    Listing,
    Row,
    Slot,
    heading,
    more,
)
from pilotscore.language import (
    BLANK,
    NOTHING,
    SENTENCES,
    Text,
    Words,
    after,
    join,
    same,
)
from pilotscore.rights.due import Due, DueColumns, DueRule, DueState
from pilotscore.runs.ahead import Ahead
from pilotscore.wording import words
from pilotscore.wording.figures import number

NOT_ADVICE = Text(
    "不构成法律意见：各条规则都注明出处与所依据的日期，请由专业人员核对",
    "Not legal advice: each rule names its source and the day as of which it was read; have it "
    "checked by a professional",
)
TO_VERIFY = Text("规则待核对", "the rule is to be verified")
FEE = "annual_fee"  # the rule whose parts are patent years
# Beside a day that a holiday may still move.
UNCONFIRMED_MARK = "*"
NONE = "—"
STATE_STYLES = {
    DueState.DONE: "green",
    DueState.OPEN: "",
    DueState.PENDING: "dim",
    DueState.IN_GRACE: "yellow",
    DueState.UNPROVEN: "yellow",
    DueState.LAPSED: "red",
}
_FROM = Text("自{what} {day} 起算", "from {day}, {what}")
_RAW = Text("原为 {raw}，逢休息日顺延", "as counted {raw}, moved over days off")
_GRACE = Text("宽限期至 {day}", "window to {day}")
_SURCHARGE = Text("现加收 {share}% 滞纳金", "a surcharge of {share} % today")
_RESTORE = Text("{day} 前可请求恢复", "restoration may be asked by {day}")
_DONE = Text("{day} 已办", "done on {day}")
_YEAR = Text("第 {part} 年度", "year {part}")
_OPTION = Text("（可选）", "(an option)")
_AMOUNT = Text("{amount} {currency}", "{amount} {currency}")
ACTOR, DOCUMENT = Text("办理人", "Who acts"), Text("凭证", "What proves it")
_IF_MISSED = Text("逾期后果", "if missed")


def day(value: np.datetime64 | None) -> str | None:
    """Return a day in ISO form; None where there is none."""
    return None if value is None else str(value)


def title(due: Due) -> Words:
    """Return what is due: the title of its rule, with the patent year of a fee."""
    return title_of(due.rule, due.part)


def title_of(rule: DueRule, n: int) -> Words:
    """Return the title of a rule, with the patent year of a fee, or which of several notices."""
    part: Words = NOTHING
    if n and rule.id == FEE:
        part = _YEAR.of(part=n)
    elif n > 1:
        part = same(f"({n})")
    said = join((rule.title, part), BLANK)
    return join((said, _OPTION), SENTENCES) if rule.option else said


# ------------------------------------------------------------------------------------ the page

_SLOTS = (
    Slot(Text("期限", "due"), least=11, most=11),
    Slot(Text("状态", "state"), least=8, most=10),
    Slot(words.ID, most=14, narrow=10),
    Slot(Text("权利", "right"), most=20),
    Slot(Text("事项", "what"), rest=True, loose=4),
)
_OWN_SLOTS = (*_SLOTS[:2], _SLOTS[-1])


def page_ahead(ahead: Ahead, most: int) -> Iterator[Block]:
    """Yield the first rows of what is to come, then of what is past and unproven.

    The end of a term asks for no act: it is listed where a time ahead was asked for alone.
    """
    first = ahead.overdue
    coming: Sequence[int] = range(first, len(ahead))
    if ahead.until is None:
        term = np.array([rule.term for rule in ahead.due.rules], bool)
        coming = [i for i in coming if not term[ahead.due.rule[i]]]
    yield heading(_COMING if ahead.until is None else _COMING_BY.of(day=ahead.until), "bold cyan")
    yield from _some(ahead, coming, most)
    if first:
        yield Gap()
        yield heading(_PAST, "bold cyan")
        yield from _some(ahead, range(first)[::-1], most // 2)


def _some(ahead: Ahead, rows: Sequence[int], most: int) -> Iterator[Block]:
    if rows:
        listed = [_row_ahead(ahead, i) for i in rows[:most]]
        yield Listing(_SLOTS, listed, head_style="dim", wrap=True)
    else:
        yield Line(((_NOTHING, "dim"),))
    if len(rows) > most:
        yield more(len(rows) - most, _IN_FILES)


_COMING = Text("要办的（按最迟办理日）", "To be done, by the last day for it")
_COMING_BY = Text("{day} 前要办的（按最迟办理日）", "To be done by {day}, by the last day for it")
_PAST = Text("期限已过、未见办理证明", "Past their day, and nothing shows that they were done")
_NOTHING = Text("没有", "nothing")
_IN_FILES = Text("（-o 文件中有全部）", " (-o FILE has them all)")


def _row_ahead(ahead: Ahead, i: int) -> Row:
    due = ahead.due.row_of(i)
    state = (due.state_title, STATE_STYLES[due.state])
    cells = (
        (marked(str(ahead.act[i]), due.act_unconfirmed), "bold"),
        state,
        (due.result or NONE, ""),
        (due.right or NONE, ""),
    )
    return Row((*cells, (join((title(due), *_short(due))), "")))


def marked(said: str, unconfirmed: bool) -> str:
    """Return a day with a star where a holiday may still move it."""
    return said + UNCONFIRMED_MARK if unconfirmed else said


def _short(due: Due) -> Iterator[Words]:
    """Say in short what else a reader must know of a day."""
    if due.state == DueState.IN_GRACE and due.surcharge:
        yield _SURCHARGE.of(share=number(due.surcharge))
    if due.amount is not None:
        yield _AMOUNT.of(amount=f"{due.amount:,.10g}", currency=due.currency)


def listing_of(dues: DueColumns, *, of_result: bool = False) -> Listing:
    """Return the rows of one right: each with its day, its state and what is behind.

    With ``of_result``, those of all rights of a result, each with the number of its right.
    """
    rows = [_row(due, due.right if of_result else "") for due in dues]
    return Listing(_OWN_SLOTS, rows, head_style="dim", indent=2)


def _row(due: Due, right: str) -> Row:
    first = marked(day(due.due) or NONE, due.unconfirmed)
    state = (due.state_title, STATE_STYLES[due.state])
    behind = Fact("", join((right, *details(due))), indent=13, style="dim")
    return Row(((first, "bold"), state, (title(due), "")), (behind,))


def details(due: Due) -> Iterator[Words]:
    """Yield what stands behind the day of a row: how it was counted, its windows, its rule."""
    if due.waits != NOTHING:
        yield due.waits
    if due.done is not None:
        yield _DONE.of(day=day(due.done))
    if due.trigger is not None:
        yield _FROM.of(day=day(due.trigger), what=due.trigger_title)
    if not due.rule.term and due.raw is not None and due.raw != due.moved:
        yield _RAW.of(raw=day(due.raw))
    if due.state != DueState.DONE:
        yield from _windows(due)
    if due.note != NOTHING:
        yield due.note
    yield due.rule.source


def _windows(due: Due) -> Iterator[Words]:
    if due.grace is not None:
        yield _GRACE.of(day=marked(str(due.grace), due.grace_unconfirmed))
    yield from _short(due)
    if due.restorable is not None:
        yield _RESTORE.of(day=marked(str(due.restorable), due.restorable_unconfirmed))
    if due.rule.effect != NOTHING:
        yield due.rule.effect if due.rule.term else after(_IF_MISSED, due.rule.effect)
    if due.rule.status != "in force":
        yield TO_VERIFY
