"""Lists on paper: the public list of what is to be funded, and the sheet for the meeting."""

from __future__ import annotations

from collections.abc import Iterator

from pilotscore.language import Text, Words, counted, same
from pilotscore.runs.letters import Letters
from pilotscore.views.letters.base import Context, both, money
from pilotscore.views.letters.decision import FUNDED, TITLES

_TOTAL = Text("共 {n} 项，{money}", "{n} results, {money} in all")
_RANKED = Text(
    "{results}，只作评价，未分配资金", "{results}, assessed only: no money was given out"
)
_RESULT = Text("项成果", "result")


def public(letters: Letters) -> Context:
    """Return the public list: name, unit, grade, instrument, amount of what gets money.

    Nothing else of the round gets onto it: no scores, no values, no experts, no one refused. Of a
    round that was ranked alone, it has what was graded, in order of rank, and no amounts.
    """
    listed = [name for name in letters.rows if _is_public(letters, name)]
    rows = [_public_row(letters, name, n) for n, name in enumerate(listed, start=1)]
    return {"rows": rows, "total": _total(letters)}


def _is_public(letters: Letters, name: str) -> bool:
    row = letters.rows[name]["en"]
    if not letters.is_decided:
        return bool(row["rank"] and row["grade"])
    return letters.grounds[name]["decision"] in FUNDED and bool(row["award"])


def _public_row(letters: Letters, name: str, number: int) -> Context:
    row = letters.rows[name]
    return {
        "number": number,
        "title": same(str(row["en"]["title"] or "—")),
        "institution": both(row, "institution") or "—",
        "grade": row["en"]["grade"] or "—",
        "instrument": both(row, "instrument") or "—",
        "award": money(row["en"].get("award"), letters.unit),
    }


def _total(letters: Letters) -> Words:
    rows = [row["en"] for name, row in letters.rows.items() if _is_public(letters, name)]
    if not letters.is_decided:
        return _RANKED.of(results=counted(len(rows), _RESULT))
    awards = [row["award"] for row in rows]
    return _TOTAL.of(n=len(awards), money=money(sum(awards), letters.unit))


def meeting(letters: Letters) -> Context:
    """Return the ranking for the meeting, a row a result, with room for an opinion and a name."""
    return {"rows": list(_ranking(letters)), "total": _total(letters)}


def _ranking(letters: Letters) -> Iterator[Context]:
    for name, row in letters.rows.items():
        en = row["en"]
        yield {
            "rank": en["rank"] or "—",
            "id": name,
            "title": same(str(en["title"] or "—")),
            "institution": both(row, "institution") or "—",
            "grade": en["grade"] or "—",
            "index": "—" if en["index"] is None else f"{en['index']:.1f}",
            "asked": money(en.get("asked"), letters.unit),
            "decision": _advice(letters, name),
            "award": money(en.get("award"), letters.unit),
        }


def _advice(letters: Letters, name: str) -> Words | str:
    row = letters.rows[name]
    if not letters.is_decided:
        return both(row, "approval")
    return TITLES.get(letters.grounds[name]["decision"], both(row, "decision"))
