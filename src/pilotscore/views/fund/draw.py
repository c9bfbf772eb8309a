"""A draw by lot: the pool to be published before it, and what it gave, with what repeats it."""

from __future__ import annotations

from collections.abc import Iterator

from pilotscore.document import Block, Fact, Gap, heading
from pilotscore.funding.decision import Decision
from pilotscore.funding.lottery import (
    canonical_pool,
    header_of_call,
    pool_digest,
    record,
    sealed,
)
from pilotscore.language import LISTED, Text, join

_HOW_TO = Text(
    "先公布名单与摘要，再等公开数值产生；随后写入 line.discussion.lottery 的 pool_sha256 与 "
    "values，再次运行",
    "publish the pool and its digest first; once the public value is known, write pool_sha256 and"
    " values into "
    "line.discussion.lottery and run again",
)
_REPEAT = Text(
    "任何人可复核：-o 记录.txt，再用 pilotscore call verify 记录.txt",
    "anyone can repeat it: -o record.txt, then pilotscore call verify record.txt",
)


def draw_page(decision: Decision) -> Iterator[Block]:
    """Show the pool of a draw that is due, or the lots of one that was made."""
    line, discussion = decision.line, decision.instance.call.line.discussion
    lottery = None if discussion is None else discussion.lottery
    if line is None or lottery is None or discussion is None or discussion.decide != "lottery":
        return
    if not line.pool and line.draw is None:
        return
    yield Gap()
    yield heading(Text("抽签（RFC 3797，SHA-256）", "Draw by lot (RFC 3797, SHA-256)"))
    yield Fact(Text("公开数值", "public value"), lottery.source, 2)
    if line.draw is None:
        pool = pool_of(decision)
        yield Fact(Text("名单", "pool"), join(pool, LISTED), 2)
        yield Fact("SHA-256", pool_digest(pool), 2)
        yield Fact("", _HOW_TO, 2, "magenta")
        return
    yield Fact(Text("密钥", "key"), line.draw.key, 2)
    yield Fact(Text("抽出次序", "drawn"), join(line.draw.order, LISTED), 2)
    yield Fact("", _REPEAT, 2, "dim")


def pool_of(decision: Decision) -> tuple[str, ...]:
    """Return the ids of the pool in the order in which they are numbered in the draw.

    After an appeal it is still the pool that was published, of which the lots were drawn.
    """
    assert decision.line is not None
    if decision.line.draw is not None:
        return decision.line.draw.pool
    return canonical_pool(decision.line.pool)


def draw_lines(decision: Decision) -> tuple[str, ...]:
    """Return the lines of a draw's record; before it, those of the pool, or that there is none."""
    if decision.line is None or not (decision.line.pool or decision.line.draw):
        return ("# 讨论区为空，无需抽签 The discussion zone is empty: there is nothing to draw",)
    head = _head(decision)
    if decision.line.draw is not None:
        return sealed((*head, *record(decision.line.draw, header_of(decision))))
    pool = pool_of(decision)
    numbered = (f"pool {place} {name}" for place, name in enumerate(pool, start=1))
    of = (f"{word} {value}" for word, value in header_of(decision).items())
    return sealed((*head, *of, "algorithm sha256", f"pool-sha256 {pool_digest(pool)}", *numbered))


def header_of(decision: Decision) -> dict[str, str]:
    """Return what a draw is of, by the words of its record."""
    drawn = decision.line.draws if decision.line else 0
    day = decision.instance.assessment.as_of.isoformat()
    return {**header_of_call(decision.instance.call), "as-of": day, "draws": str(drawn)}


def _head(decision: Decision) -> tuple[str, ...]:
    """Return what a published pool is of: call, zone, source, how the digest is made."""
    call = decision.instance.call
    zone = call.line.discussion
    assert zone is not None
    assert zone.lottery is not None
    title, source = (
        join((t.to("zh"), t.to("en")), _BOTH).to("en") for t in (call.title, zone.lottery.source)
    )
    day = decision.instance.assessment.as_of.isoformat()
    draws = decision.line.draws if decision.line else 0
    return (
        f"# 征集 Call: {call.id} {call.version} {title}; as of {day}",
        f"# 讨论区 Zone: 获资助概率 chance of funding > {zone.out:.0%}, < {zone.sure:.0%} "
        f"({draws} draws, seed {zone.seed})",
        f"# 公开数值 Public value: {source}",
        "# 名单摘要 pool-sha256: SHA-256 of the ids in this order, UTF-8, each ended by a line "
        "feed",
    )


_BOTH = Text(" / ", " / ")


def draw_record(decision: Decision) -> dict[str, object] | None:
    """Return the line of a call under keys: the draws, the pool, the record."""
    line = decision.line
    if line is None:
        return None
    pool = line.draw.pool if line.draw else line.pool
    return {
        "draws": line.draws,
        "draws_core": line.core.scenarios if line.core else 0,
        "pool": list(pool),
        "pool_sha256": pool_digest(pool) if pool else None,
        "record": list(record(line.draw, header_of(decision))) if line.draw else None,
    }
