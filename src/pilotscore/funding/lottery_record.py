"""The published record of a draw: lines of text that anyone can check, with or without this tool."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from pilotscore.errors import UsageError
from pilotscore.funding.lottery import Algorithm, Draw, draw
from pilotscore.language import Text

_HOW = (
    "# 抽签记录 Record of a draw. RFC 3797; 第 i 签 lot i = HASH(i || key || i), i: 2 bytes, big-endian",
    "# 序位 place = lot mod 剩余数 remaining + 1, 在按编号自然排序的剩余名单中 among those left, by id",
    "# 自行验证 check: printf '\\x00\\x00%s\\x00\\x00' \"$key\" | sha256sum",
)


def pool_digest(pool: Sequence[str]) -> str:
    """Return the SHA-256 of a pool, one id a line: published before the public value is known."""
    return hashlib.sha256("".join(f"{name}\n" for name in pool).encode()).hexdigest().upper()


def record(made: Draw) -> tuple[str, ...]:
    """Return the lines of a draw's record."""
    return (
        *_HOW,
        f"algorithm {made.algorithm}",
        f"key {made.key}",
        f"pool-sha256 {pool_digest(made.pool)}",
        *(f"pool {place} {name}" for place, name in enumerate(made.pool, start=1)),
        *(
            f"lot {s.counter} {s.digest} remaining {s.remaining} place {s.place} drawn {s.drawn}"
            for s in made.steps
        ),
    )


def verify(lines: Iterable[str]) -> Draw:
    """Draw again from the pool, key and algorithm of a record.

    Raises
    ------
    UsageError
        A line differs from what the draw gives, or one is missing.
    """
    given = [line.rstrip("\r\n") for line in lines]
    given = [line for line in given if line and not line.startswith("#")]
    fields = dict(line.split(" ", 1) for line in given if line.startswith(("algorithm ", "key ")))
    algorithm = fields.get("algorithm")
    if algorithm not in ("md5", "sha256") or "key" not in fields:
        raise UsageError(
            Text("记录中缺少 algorithm 或 key 行", "the record has no algorithm or no key")
        )
    chosen: Algorithm = "md5" if algorithm == "md5" else "sha256"
    pool = [line.split(" ", 2)[-1] for line in given if line.startswith("pool ")]
    number = sum(line.startswith("lot ") for line in given)
    again = draw(pool, fields["key"], number, chosen)
    expected = [line for line in record(again) if not line.startswith("#")]
    for place in range(max(len(given), len(expected))):
        got = given[place] if place < len(given) else ""
        due = expected[place] if place < len(expected) else ""
        if got != due:
            raise UsageError(
                Text(
                    f"抽签记录与复算不符：记录为“{got}”，复算为“{due}”",
                    f"the record says {got!r}, drawing again gives {due!r}",
                )
            )
    return again
