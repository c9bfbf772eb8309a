"""A draw by lot that anyone can repeat: published pool, published algorithm, a public value.

Its record is lines of text that anyone can check, with or without this tool.

Source: RFC 3797, D. Eastlake, Publicly Verifiable Nominations Committee (NomCom) Random Selection,
2004. Its worked example (section 6) is the conformance test, with MD5; a draw is made with
SHA-256. The public value (a lottery's numbers, a closing index) is named before it is known, after
the pool has been published: whoever could choose the pool or the value last could steer the draw.

One place is drawn as ``hash mod remaining``. The first places of the pool are favoured by at most
``remaining / 2^256``: nothing, at 256 bits. What decides how even a draw can be is how many values
the public source may take (RFC 3797, section 3.3): two lottery numbers are not enough.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Literal

from pilotscore.criteria import Call
from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.ranking.order import natural_key
from pilotscore.records import dataclass

Algorithm = Literal["md5", "sha256"]
Source = str | Sequence[str]
# The counter of the RFC has two bytes.
MOST_STEPS = 1 << 16
_HOW = (
    "# 抽签记录 Record of a draw. RFC 3797; 第 i 签 lot i = HASH(i || key || i), i: 2 bytes, "
    "big-endian",
    "# 序位 place = lot mod 剩余数 remaining + 1, 在按编号自然排序的剩余名单中 among those left, "
    "by id",
    "# 自行验证 check: printf '\\x00\\x00%s\\x00\\x00' \"$key\" | sha256sum",
)
# What a record is a draw of: the call, the day, the public source, the zone and how it came about.
HEADER = ("call", "as-of", "source", "zone", "draws", "seed")
NO_HEADER: Mapping[str, str] = {}
_FIELDS = tuple(f"{word} " for word in (*HEADER, "algorithm", "key", "lots", "pool-sha256"))
_SEAL, _LEFT, _BACK, _JOINED = "record-sha256 ", "left ", "back ", "joined "
_AFTER = (
    "# 申诉之后：原抽签不变；left 已不在名单；back 回到名单，在其后抽出者之前",
    "# joined 新入名单，位置为 HASH(key || 编号) mod among + 1",
    "# after an appeal: the lots stand; left: no longer in the pool; joined: new in it, its place",
    "# is HASH(key || id) mod among + 1; back: in it again, before those that were drawn after it",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One lot: the ``counter``'s hash, mod ``remaining``, is ``place`` (from 1) of what is left."""

    counter: int
    digest: str
    remaining: int
    place: int
    drawn: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a pool after the draw: one left it, joined it, or came back into it.

    ``place`` is where it is put in the order, from 1. For one that joined it is the ``digest`` of
    its own lot, mod ``among``, the places that there were, plus 1.
    """

    kind: Literal["left", "joined", "back"]
    name: str
    place: int = 0
    among: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw: the pool in its canonical order, the key, and every lot of it.

    ``after`` has what became of the pool after appeals, in order: the lots of the others stand.
    """

    pool: tuple[str, ...]
    key: str
    algorithm: Algorithm
    steps: tuple[Step, ...]
    after: tuple[Moved, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """The ids in the order in which they were drawn."""
        order = [step.drawn for step in self.steps]
        for moved in self.after:
            if moved.kind == "left":
                order.remove(moved.name)
            else:
                order.insert(moved.place - 1, moved.name)
        return tuple(order)


def key_of(sources: Sequence[Source]) -> str:
    """Return the key of public values: ``9319./2.5.8.10.12./9.18.26.34.41.45./``.

    As RFC 3797, section 4, has it: each number is a decimal without needless zeros that ends with
    a period or has one before its fraction; several numbers of one source are sorted from the
    smallest; each source ends with a slash; sources stand in the order in which they were named.

    Parameters
    ----------
    sources
        A number, or numbers of which the order means nothing, for each source, as text (a float
        would not keep what was published). Negative numbers and letters are refused.

    Raises
    ------
    UsageError
        There is no source, or a value is no number.
    """
    if not sources:
        raise UsageError(
            Text(
                "抽签需要至少一个事先公布的公开数值",
                "a draw needs a public value, named beforehand",
            )
        )
    return "".join(_source(source) + "/" for source in sources)


def _source(source: Source) -> str:
    values = [source] if isinstance(source, str) else list(source)
    numbers = sorted(_number(value) for value in values)
    if not numbers:
        raise _no_number("")
    return "".join(_decimal(number) for number in numbers)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise _no_number(text) from None
    if not number.is_finite() or number.is_signed():
        raise _no_number(text)
    return number


def _decimal(number: Decimal) -> str:
    whole, _, fraction = f"{number:f}".partition(".")
    return f"{whole.lstrip('0') or '0'}.{fraction.rstrip('0')}"


def _no_number(text: str) -> UsageError:
    return UsageError(
        Text(
            f"公开数值“{text}”不是非负十进制数（十六进制值请先换算成十进制）",
            f"the public value {text!r} is no decimal number of at least 0 (convert hexadecimal "
            "first)",
        )
    )


def canonical_pool(ids: Iterable[str]) -> tuple[str, ...]:
    """Return a pool in natural order (P-2 before P-10), whatever the order of its rows.

    Raises
    ------
    UsageError
        An id is there twice: it would have two lots.
    """
    pool = sorted(ids, key=lambda name: (natural_key(name), name))
    for first, second in pairwise(pool):
        if first == second:
            raise UsageError(
                Text(f"抽签名单中 {first} 出现多次", f"{first} is in the pool more than once")
            )
    return tuple(pool)


def draw(
    ids: Iterable[str], key: str, number: int | None = None, algorithm: Algorithm = "sha256"
) -> Draw:
    """Draw ``number`` of a pool, one after the other, without putting back.

    Lot i (from 0) is the hash of ``i || key || i``, i as two bytes, big-endian; taken as a whole
    number, mod the number of ids left, plus 1, it is the place among those left. Source: RFC 3797,
    section 4.

    Parameters
    ----------
    ids
        The pool; it is put in natural order first.
    key
        See :func:`key_of`.
    number
        None draws them all.
    algorithm
        MD5 is what the RFC uses; it is here for its worked example.

    Raises
    ------
    UsageError
        More are to be drawn than there are, or than a counter of two bytes can number.
    """
    pool = canonical_pool(ids)
    wanted = len(pool) if number is None else number
    if not 0 <= wanted <= min(len(pool), MOST_STEPS):
        raise UsageError(
            Text(
                f"名单有 {len(pool)} 项，无法抽 {wanted} 项（一次最多 {MOST_STEPS} 项）",
                f"cannot draw {wanted} of a pool of {len(pool)} (at most {MOST_STEPS} in one draw)",
            )
        )
    left, steps = list(pool), []
    for counter in range(wanted):
        digest = lot(key, counter, algorithm)
        place = int(digest, 16) % len(left)
        steps.append(Step(counter, digest, len(left), place + 1, left.pop(place)))
    return Draw(pool, key, algorithm, tuple(steps))


def after_appeal(drawn: Draw, pool: Iterable[str]) -> Draw:
    """Return a draw of which the pool is another after an appeal; nobody in both is drawn anew.

    Who is no longer in the pool is taken out of the order. Who came into it gets a lot of its own
    from the same key, ``HASH(key || id)``, which as a whole number, mod the number of places, plus
    1, is its place in the order: every place is as likely, and the order of the others stays. Who
    was drawn, left and comes back stands before those that were drawn after it.
    """
    now, before = canonical_pool(pool), drawn.order
    here, there = set(now), set(before)
    gone = ((_LEFT, name) for name in before if name not in here)
    return _replayed(drawn, (*gone, *((_JOINED, name) for name in now if name not in there)))


def _replayed(drawn: Draw, moves: Iterable[tuple[str, str]]) -> Draw:
    """Return a draw after some more left or came, each by the word of its line."""
    lots = {step.drawn: k for k, step in enumerate(drawn.steps)}
    for word, name in moves:
        order = drawn.order
        if word == _LEFT:
            moved = Moved("left", name)
        elif name in lots:
            later = (k for k, other in enumerate(order) if lots.get(other, -1) > lots[name])
            moved = Moved("back", name, next(later, len(order)) + 1)
        else:
            digest = _hashed(drawn.key.encode() + name.encode(), drawn.algorithm)
            among = len(order) + 1
            moved = Moved("joined", name, int(digest, 16) % among + 1, among, digest)
        drawn = replace(drawn, after=(*drawn.after, moved))
    return drawn


def _line(moved: Moved) -> str:
    """Return the line of a record that says what became of the pool."""
    if moved.kind == "left":
        return f"{_LEFT}{moved.name}"
    if moved.kind == "back":
        return f"{_BACK}{moved.place} drawn {moved.name}"
    return f"{_JOINED}{moved.digest} among {moved.among} place {moved.place} drawn {moved.name}"


def _moves_in(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield who left and who came, by the lines of a record, in order."""
    for line in lines:
        if line.startswith(_LEFT):
            yield _LEFT, line[len(_LEFT) :]
        elif line.startswith(_BACK):
            yield _JOINED, line.split(" ", 3)[-1]
        elif line.startswith(_JOINED):
            yield _JOINED, line.split(" ", 7)[-1]


def lot(key: str, counter: int, algorithm: Algorithm = "sha256") -> str:
    """Return the hash of one lot as upper-case hexadecimal digits."""
    ends = counter.to_bytes(2, "big")
    return _hashed(ends + key.encode() + ends, algorithm)


def _hashed(text: bytes, algorithm: Algorithm) -> str:
    if algorithm == "md5":
        return hashlib.md5(text, usedforsecurity=False).hexdigest().upper()
    return hashlib.sha256(text).hexdigest().upper()


def pool_digest(pool: Sequence[str]) -> str:
    """Return the SHA-256 of a pool, one id a line: published before the public value is known."""
    return hashlib.sha256("".join(f"{name}\n" for name in pool).encode()).hexdigest().upper()


def record(drawn: Draw, of: Mapping[str, str] = NO_HEADER) -> tuple[str, ...]:
    """Return the lines of a draw's record.

    Parameters
    ----------
    drawn
        The draw.
    of
        What it is a draw of, by the words of :data:`HEADER`.
    """
    return (
        *_HOW,
        *(f"{word} {of[word]}" for word in HEADER if word in of),
        f"algorithm {drawn.algorithm}",
        f"key {drawn.key}",
        f"lots {len(drawn.steps)}",
        f"pool-sha256 {pool_digest(drawn.pool)}",
        *(f"pool {place} {name}" for place, name in enumerate(drawn.pool, start=1)),
        *(
            f"lot {s.counter} {s.digest} remaining {s.remaining} place {s.place} drawn {s.drawn}"
            for s in drawn.steps
        ),
        *(_AFTER if drawn.after else ()),
        *map(_line, drawn.after),
    )


def header_of_call(call: Call) -> dict[str, str]:
    """Return what the record of a draw must say of its call: the call, the source, the zone.

    Of a call that draws no lots, the call alone.
    """
    said = {"call": f"{call.id} {call.version}"}
    zone = call.line.discussion
    if zone is None or zone.lottery is None:
        return said
    source = zone.lottery.source
    names = dict.fromkeys((source.to("zh"), source.to("en")))
    said |= {
        "source": " ".join(" / ".join(names).split()),
        "zone": f"{zone.out:g} {zone.sure:g}",
        "seed": str(zone.seed),
    }
    return said


def sealed(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines with the SHA-256 of all of them, comments too, as the last one."""
    return (*lines, f"{_SEAL}{_digest(lines)}")


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest().upper()


def verify(
    lines: Iterable[str], of: Mapping[str, str] | None = None, *, everyone: bool = False
) -> Draw:
    """Draw again from the pool, key and algorithm of a record.

    A record that says how many lots there are must have them all; one that does not, of an earlier
    version, a lot for everyone in the pool. Where it is sealed, no line may have been changed.

    Parameters
    ----------
    of
        What it is to be a draw of: words of :data:`HEADER`, ``key`` and ``pool-sha256``, each with
        what the record must say. With it the record must be sealed.
    everyone
        Whether there must be a lot for everyone in the pool, whatever the record says.

    Raises
    ------
    UsageError
        A line differs from what the draw gives, or from what was asked for; or one is missing.
    """
    raw = [line.rstrip("\r\n") for line in lines]
    while raw and not raw[-1]:
        raw.pop()
    is_sealed = bool(raw) and raw[-1].startswith(_SEAL)
    if is_sealed:
        _same(f"{_SEAL}{_digest(raw[:-1])}", raw[-1])
    elif of is not None:
        raise UsageError(
            Text("记录没有封印行 record-sha256", "the record is not sealed: no record-sha256 line")
        )
    given = [line for line in raw[: len(raw) - is_sealed] if line and not line.startswith("#")]
    fields = dict(line.split(" ", 1) for line in given if line.startswith(_FIELDS) and " " in line)
    for word, wanted in (of or {}).items():
        _same(f"{word} {wanted}", f"{word} {fields.get(word, '')}")
    algorithm = fields.get("algorithm")
    if algorithm not in ("md5", "sha256") or "key" not in fields:
        raise UsageError(
            Text("记录中缺少 algorithm 或 key 行", "the record has no algorithm or no key")
        )
    chosen: Algorithm = "md5" if algorithm == "md5" else "sha256"
    pool = [line.split(" ", 2)[-1] for line in given if line.startswith("pool ")]
    stated = fields.get("lots", "")
    number = int(stated) if stated.isdecimal() and not everyone else len(pool)
    again = draw(pool, fields["key"], number, chosen)
    try:
        again = _replayed(again, _moves_in(given))
        order = again.order
    except ValueError:  # one left that was not there
        raise UsageError(_OTHERS) from None
    if len({*order}) < len(order):
        raise UsageError(_OTHERS)
    expected = [x for x in record(again, fields) if not x.startswith("#")]
    if not stated:
        expected = [x for x in expected if not x.startswith("lots ")]
    for place in range(max(len(given), len(expected))):
        got = given[place] if place < len(given) else ""
        due = expected[place] if place < len(expected) else ""
        _same(due, got)
    return again


_OTHERS = Text(
    "记录中 left 或 joined 行的编号与名单不符",
    "the record has ids in its left or joined lines that do not go with the pool",
)


def _same(due: str, got: str) -> None:
    """Refuse a line that is not what it is to be."""
    if got != due:
        raise UsageError(
            Text(
                f"抽签记录与复算不符：记录为“{got}”，复算为“{due}”",
                f"the record says {got!r}, drawing again gives {due!r}",
            )
        )
