"""What every letter says: the round, the call, the rules, the result, and how to check it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotscore.criteria.amounts import unit_of
from pilotscore.language import LANGS, Lang, Text, Words, same
from pilotscore.runs.letters import Letters

Context = dict[str, Any]
_CHECK = Text(
    "本件依据的轮次封印为 SHA-256 {seal}。取得轮次文件后运行：pilotscore verify 轮次.pilot --hash "
    "{short}，即由其中的工作簿与规则重新计算并逐项核对。",
    "The round behind this paper is known by its seal, SHA-256 {seal}. With the file of the round, "
    "run: pilotscore verify ROUND.pilot --hash {short}; all is computed anew from the workbooks "
    "and rules in it, and every place compared.",
)
_RANKED_ALONE = Text("评价排名（未按征集分配资金）", "Ranking (no call was decided)")
_APPLICANT = Text("申请单位", "the applicant")
SHORT = 16


def both(rows: Mapping[Lang, Mapping[str, Any]], key: str) -> Words | str:
    """Return what a record says under a key, in both languages; '' where it says nothing."""
    zh, en = (rows[lang].get(key) for lang in LANGS)
    return "" if zh is None and en is None else Text(str(zh or ""), str(en or ""))


def lines(words: Words | str) -> list[Words | str]:
    """Return words line by line, as many in each language."""
    if isinstance(words, str):
        return [same(line) for line in words.splitlines()]
    zh, en = (words.to(lang).splitlines() for lang in LANGS)
    if len(zh) != len(en):
        return [words] if zh or en else []
    return [Text(*pair) for pair in zip(zh, en, strict=True)]


def money(amount: Any, unit: str) -> Words | str:
    """Write an amount with its unit, in English in millions; '—' for none."""
    return in_unit(amount, unit) if amount else "—"


def in_unit(amount: float, unit: str) -> Words:
    """Write an amount that a record has in the unit of its call."""
    of = unit_of(unit)
    assert of is not None  # the call was read with it
    return of.said(round(amount * of.fen))


def of_round(letters: Letters) -> Context:
    """Return what a round says of itself."""
    m = letters.manifest
    outcome = letters.outcome
    check = _CHECK.of(seal=letters.seal, short=letters.seal[:SHORT])
    titles = {"criteria": outcome.criteria.title, "policy": outcome.policy.title}
    rules = {
        name: {"title": title, **{k: m[name][k] for k in ("id", "version", "file", "sha256")}}
        for name, title in titles.items()
    }
    return {
        "round": {
            "seal": letters.seal,
            "seal_short": letters.seal[:SHORT],
            "check": check,
            "as_of": m["as_of"],
            "program": m["pilotscore"],
            "results": len(letters.rows),
        },
        "call": _call(letters),
        **rules,
        "notes": list(outcome.notes()),
    }


def _call(letters: Letters) -> Context:
    """Return what was decided; of a round that was ranked alone, that no call was."""
    if not letters.is_decided:
        return {"id": "", "title": _RANKED_ALONE, "version": "", "unit": ""}
    call = {lang: letters.records[lang]["call"] for lang in LANGS}
    named = {"id": call["en"]["id"], "version": call["en"]["version"], "unit": letters.unit}
    return {**named, "title": both(call, "title")}


def of_result(letters: Letters, name: str) -> Context:
    """Return what is known of a result before any figure of its scorecard."""
    rows, unit = letters.rows[name], letters.unit
    row = rows["en"]
    index = row["index"]
    return {
        "result": {
            "id": name,
            "title": same(str(row["title"] or "—")),
            "institution": both(rows, "institution") or "—",
            "addressee": both(rows, "institution") or _APPLICANT,
            "applicant_type": both(rows, "applicant_type") or "—",
            "region": both(rows, "region") or "—",
            "track": both(rows, "track") or "—",
            "rank": row["rank"] or "—",
            "grade": row["grade"] or "—",
            "index": "—" if index is None else f"{index:.1f}",
            "asked": money(row.get("asked"), unit),
        }
    }
