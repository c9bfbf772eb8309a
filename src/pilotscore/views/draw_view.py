"""A draw by lot: the pool to be published before it, and what it gave, with what repeats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotscore.funding.decision import Decision
from pilotscore.funding.lottery import pool_digest, record
from pilotscore.language import Lang, Text
from pilotscore.views.terminal import labelled, line

if TYPE_CHECKING:
    from rich.console import Console

_HOW_TO = Text(
    "先公布名单与摘要，再等公开数值产生；随后写入 line.discussion.lottery 的 pool_sha256 与 values，再次运行",
    "publish the pool and its digest first; once the public value is known, write pool_sha256 and values into "
    "line.discussion.lottery and run again",
)


def print_draw(funded: Decision, console: Console, lang: Lang) -> None:
    """Print the pool of a draw that is due, or the lots of one that was made."""
    at, discussion = funded.line, funded.instance.call.line.discussion
    lottery = None if discussion is None else discussion.lottery
    if at is None or lottery is None or discussion is None or discussion.decide != "lottery":
        return
    if not at.pool:
        return
    comma = "、" if lang == "zh" else ", "
    console.print()
    head = Text("抽签（RFC 3797，SHA-256）", "Draw by lot (RFC 3797, SHA-256)")
    console.print(line((head.to(lang), "bold")))
    source = Text("公开数值", "public value").to(lang)
    labelled(console, source, lottery.source.to(lang), 2)
    if at.draw is None:
        pool = Text("名单", "pool").to(lang)
        labelled(console, pool, comma.join(pool_of(funded)), 2)
        labelled(console, "SHA-256", pool_digest(pool_of(funded)), 2)
        labelled(console, "", _HOW_TO.to(lang), 2, "magenta")
        return
    labelled(console, Text("密钥", "key").to(lang), at.draw.key, 2)
    labelled(console, Text("抽出次序", "drawn").to(lang), comma.join(at.draw.order), 2)
    how = Text(
        "任何人可复核：-o 记录.txt，再用 pilotscore call verify 记录.txt",
        "anyone can repeat it: -o record.txt, then pilotscore call verify record.txt",
    )
    labelled(console, "", how.to(lang), 2, "dim")


def pool_of(funded: Decision) -> tuple[str, ...]:
    """Return the ids of the pool in the order in which they are numbered in the draw."""
    from pilotscore.funding.lottery import canonical_pool

    assert funded.line is not None
    return canonical_pool(funded.line.pool)


def draw_lines(funded: Decision) -> tuple[str, ...]:
    """Return the lines of a draw's record; before the draw, those of its pool, or that there is none."""
    if funded.line is None or not funded.line.pool:
        return ("# 讨论区为空，无需抽签 The discussion zone is empty: there is nothing to draw",)
    head = _head(funded)
    if funded.line.draw is not None:
        return (*head, *record(funded.line.draw))
    pool = pool_of(funded)
    numbered = (f"pool {place} {name}" for place, name in enumerate(pool, start=1))
    return (*head, "algorithm sha256", f"pool-sha256 {pool_digest(pool)}", *numbered)


def _head(funded: Decision) -> tuple[str, ...]:
    """Return what a published pool is of: the call, the zone, the source, how the digest is made."""
    call = funded.instance.call
    asked = call.line.discussion
    assert asked is not None
    assert asked.lottery is not None
    source, title = asked.lottery.source, call.title
    day = funded.instance.assessment.as_of.isoformat()
    return (
        f"# 征集 Call: {call.id} {call.version} {title.to('zh')} / {title.to('en')}; as of {day}",
        f"# 讨论区 Zone: 获资助概率 chance of funding > {asked.out:.0%}, < {asked.sure:.0%} ({funded.line.draws if funded.line else 0} draws, seed {asked.seed})",
        f"# 公开数值 Public value: {source.to('zh')} / {source.to('en')}",
        "# 名单摘要 pool-sha256: SHA-256 of the ids in this order, UTF-8, each ended by a line feed",
    )
