"""Lists on paper: the public list of what is to be funded, and the sheet for the meeting."""

from __future__ import annotations

from collections.abc import Iterator

from pilotscore.language import Text, same
from pilotscore.runs.letters import Letters
from pilotscore.views.letters.base import Context, both, money
from pilotscore.views.letters.decision import FUNDED, TITLES

_TOTAL = Text("共 {n} 项，{money}", "{n} results, {money} in all")


def public(letters: Letters) -> Context:
    """Return the public list: name, unit, grade, instrument, amount of what gets money.

    Nothing else of the round gets onto it: no scores, no values, no experts, no one refused.
    """
    unit, rows = letters.records["en"]["unit"], list[Context]()
    for name, row in letters.rows.items():
        if letters.grounds[name]["decision"] in FUNDED and row["en"]["award"]:
            rows.append(
                {
                    "number": len(rows) + 1,
                    "title": same(str(row["en"]["title"] or "—")),
                    "institution": both(row, "institution") or "—",
                    "grade": row["en"]["grade"] or "—",
                    "instrument": both(row, "instrument") or "—",
                    "award": money(row["en"]["award"], unit),
                }
            )
    return {"rows": rows, "total": _total(letters, unit)}


def _total(letters: Letters, unit: str) -> object:
    awards = [
        row["en"]["award"]
        for name, row in letters.rows.items()
        if letters.grounds[name]["decision"] in FUNDED and row["en"]["award"]
    ]
    return _TOTAL.of(n=len(awards), money=money(sum(awards), unit))


def meeting(letters: Letters) -> Context:
    """Return the ranking for the meeting, a row a result, with room for an opinion and a name."""
    return {
        "rows": list(_ranking(letters)),
        "total": _total(letters, letters.records["en"]["unit"]),
    }


def _ranking(letters: Letters) -> Iterator[Context]:
    unit = letters.records["en"]["unit"]
    for name, row in letters.rows.items():
        en, key = row["en"], letters.grounds[name]["decision"]
        yield {
            "rank": en["rank"] or "—",
            "id": name,
            "title": same(str(en["title"] or "—")),
            "institution": both(row, "institution") or "—",
            "grade": en["grade"] or "—",
            "index": "—" if en["index"] is None else f"{en['index']:.1f}",
            "asked": money(en.get("asked"), unit),
            "decision": TITLES.get(key, both(row, "decision")),
            "award": money(en["award"], unit),
        }
