"""A saved round as a store takes it: its entry, and its columns where it has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotscore.criteria.amounts import unit_of
from pilotscore.language import LANGS, Text
from pilotscore.store.interface import KeptRound, RoundEntry, Version
from pilotscore.store.members import columns_of, has_columns
from pilotscore.store.rounds import Round


def kept_round(saved: Round, content: bytes) -> KeptRound:
    """Return a round as a store takes it.

    Parameters
    ----------
    saved, content
        The round, and the bytes of its file.
    """
    known = has_columns(saved.members)
    columns = columns_of(saved.members, saved.members.__getitem__) if known else None
    return KeptRound(entry_of(saved), columns, content, _criteria_text(saved))


def entry_of(saved: Round) -> RoundEntry:
    """Return the entry of a round in a list."""
    zh, en = saved.record("zh"), saved.record("en")
    manifest = saved.manifest
    call = manifest.get("call")
    said = (saved.work or {}).get("title") or dict.fromkeys(LANGS, manifest["criteria"]["id"])
    titles = [r["call"]["title"] for r in (zh, en)] if call else [said["zh"], said["en"]]
    rows = en["decisions"] if call else en["ranking"]
    awards = [_fen(row["award"], en["unit"]) for row in rows] if call else []
    return RoundEntry(
        key=saved.seal,
        kind="fund" if call else "rank",
        title=Text(*titles),
        as_of=manifest["as_of"],
        criteria=_version(manifest["criteria"]),
        policy=_version(manifest["policy"]) if manifest["policy"] else None,
        call=_version(call) if call else None,
        unit=en["unit"] if call else "",
        results=len(rows),
        funded=sum(award > 0 for award in awards),
        awarded_fen=sum(awards),
        parent=saved.appeals[-1]["parent"] if saved.appeals else "",
        has_scores=has_columns(saved.members),
    )


def _version(data: Mapping[str, Any]) -> Version:
    return Version(data["id"], data["version"], data["sha256"])


def _fen(amount: float | None, name: str) -> int:
    unit = unit_of(name)
    return 0 if unit is None or not amount else round(amount * unit.fen)


def _criteria_text(saved: Round) -> str:
    """Return the criteria set of a round as it was written; '' where the round has it not."""
    name = ((saved.work or {}).get("rules") or {}).get("criteria")
    content = saved.members.get(name, b"") if name else b""
    return content.decode("utf-8", "replace")
