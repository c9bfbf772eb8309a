"""An audit of a decided round: everything that its JSON says is derived once more, in plain loops.

Nothing here is shared with the code that decides: sums, quotas and caps, the way down the list, what
was left of every limit at every turn, who was passed over. ``faults`` lists what does not agree. It
reads calls whose amounts are the call's own (``grant.policy_range: false``), without exclusions,
dependencies and results that must be funded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

FEN = 1_000_000  # in 万元
_NOTHING = ("refuse", "paid")


def fen(amount: Any) -> int:
    """Return an amount in 万元 in fen."""
    return int((Decimal(str(amount)) * FEN).to_integral_value())


def share_of(written: Any, whole: int) -> int:
    """Return a sum of a call, written in 万元 or as a share of the budget, in fen."""
    if isinstance(written, str) and written.endswith("%"):
        return int(Decimal(written[:-1]) / 100 * whole)
    return fen(written)


@dataclass
class Limit:
    """A limit: its address, whom it counts, and its bounds in fen or awards."""

    address: str
    counts: Callable[[dict[str, Any]], bool]
    awards: bool = False
    stage: int | None = None
    most: int | None = None
    least: int | None = None

    def takes(self, row: dict[str, Any], stages: list[int]) -> int:
        """Return what an award, by stages, takes of the limit."""
        if not self.counts(row):
            return 0
        if self.awards:
            return 1
        return sum(stages) if self.stage is None else stages[self.stage]


@dataclass
class Round:
    """A call and what was decided under it."""

    call: dict[str, Any]
    data: dict[str, Any]
    word: Callable[[str], str] = str.strip
    rows: list[dict[str, Any]] = field(init=False)
    grounds: dict[str, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = self.data["decisions"]
        self.grounds = {g["id"]: g for g in self.data["grounds"]}
        budget = self.call["budget"]
        stages = budget.get("stages") or [{"id": "", "amount": budget.get("total")}]
        self.stages = [fen(s["amount"]) for s in stages]
        self.stage_ids = [s["id"] for s in stages]
        self.whole = sum(self.stages)
        self.named = {
            t["title"][lang]: name for name, t in self.tracks.items() for lang in ("zh", "en")
        }
        line = self.call.get("line", {})
        self.miss, self.partial = line.get("miss", "stop"), bool(line.get("partial"))
        self.limits = list(self._limits(bool(budget.get("stages"))))
        able = [row for row in self.rows if self.able(row)]
        self.of = {r["id"]: [x for x in self.limits if x.counts(r)] for r in able}
        self.possible = {r["id"]: self.offers(r) for r in able}

    @property
    def tracks(self) -> dict[str, Any]:
        """The tracks of the call."""
        return self.call.get("tracks") or {}

    def track(self, row: dict[str, Any]) -> str | None:
        """Return the name of a result's track."""
        return self.named.get(row["track"]) if row["track"] else None

    def _limits(self, staged: bool) -> Iterator[Limit]:
        if staged:
            for k, (name, amount) in enumerate(zip(self.stage_ids, self.stages, strict=True)):
                yield Limit(f"budget.stages.{name}.amount", lambda _: True, stage=k, most=amount)
        else:
            yield Limit("budget.total", lambda _: True, most=self.whole)
        ordered = sorted(self.tracks.items(), key=lambda pair: pair[1].get("priority", 100))
        for name, track in ordered:
            for bound in ("min", "min_awards", "max", "max_awards"):
                if track.get(bound) is None:
                    continue
                awards = bound.endswith("awards")
                amount = track[bound] if awards else share_of(track[bound], self.whole)
                limit = Limit(
                    f"tracks.{name}.{bound}", lambda r, n=name: self.track(r) == n, awards
                )
                if bound.startswith("min"):
                    limit.least = amount
                else:
                    limit.most = amount
                yield limit
        for name, cap in (self.call.get("caps") or {}).items():
            words = sorted({self.word(r[cap["by"]]) for r in self.rows if r[cap["by"]]})
            for word in words:
                inside = self._group(cap["by"], word)
                for bound in ("max", "max_awards"):
                    if cap.get(bound) is not None:
                        awards = bound.endswith("awards")
                        amount = cap[bound] if awards else share_of(cap[bound], self.whole)
                        yield Limit(f"caps.{name}.{bound}[{word}]", inside, awards, most=amount)

    def _group(self, by: str, word: str) -> Callable[[dict[str, Any]], bool]:
        return lambda row: bool(row[by]) and self.word(row[by]) == word

    def offers(self, row: dict[str, Any]) -> list[tuple[str, list[int]]]:
        """Return what a result could be given at each level, the full one first, by stages."""
        grant = self.call["grant"]
        bounds = [fen(row["asked"])]
        if grant.get("max") is not None:
            bounds.append(fen(grant["max"]))
        if grant.get("cost_share") is not None:
            part = int(Decimal(grant["cost_share"][:-1]) * 10_000)
            bounds.append(fen(row["pilot_cost"]) * part // 1_000_000)
        step = fen(grant["round_to"]) if grant.get("round_to") else 1
        full = min(bounds) // step * step
        least = max(fen(grant["min"]) if grant.get("min") else 0, 1)
        levels = self.call.get("levels") or [{"id": "full", "share": "100%"}]
        listed = []
        for level in sorted(levels, key=lambda x: -Decimal(str(x.get("share", "100%")).strip("%"))):
            part = int(Decimal(str(level.get("share", "100%")).strip("%")) * 10_000)
            amount = full if part == 1_000_000 else full * part // 1_000_000 // step * step
            if amount >= least:
                listed.append((level["id"], self.by_stage(amount, level)))
        return listed

    def by_stage(self, amount: int, level: dict[str, Any]) -> list[int]:
        """Return an amount of a level by the stages that pay it."""
        if len(self.stages) < 2:
            return [amount]
        paid, left = [0] * len(self.stages), amount
        milestones = level.get("milestones") or []
        if any(m.get("stage") for m in milestones):
            for number, m in enumerate(milestones):
                part = amount * int(Decimal(m["share"][:-1]) * 100) // 10_000
                part = left if number == len(milestones) - 1 else part
                paid[self.stage_ids.index(m["stage"])] += part
                left -= part
            return paid
        for k, stage in enumerate(self.stages[:-1]):
            paid[k] = amount * (stage * 1_000_000 // self.whole) // 1_000_000
            left -= paid[k]
        paid[-1] = left
        return paid

    def able(self, row: dict[str, Any]) -> bool:
        """Whether a result is not refused."""
        return self.grounds[row["id"]]["decision"] not in _NOTHING


@dataclass
class Turn:
    """The last time that a result was looked at: what was left of each limit, and what closed it."""

    left: dict[str, int]
    closed: dict[str, str]


class Walk:
    """The way down a list, in plain loops."""

    def __init__(self, audited: Round, rows: list[dict[str, Any]]) -> None:
        self.round, self.rows = audited, rows
        self.by_id = {row["id"]: row for row in rows}
        self.left = {x.address: x.most for x in audited.limits if x.most is not None}
        self.given: dict[str, list[int]] = {}
        self.closed: dict[str, str] = {}
        self.turns: dict[str, Turn] = {}

    def go(self) -> Walk:
        """Serve the least amounts, then everyone."""
        for limit in self.round.limits:
            if limit.least:
                for row in self.rows:
                    if self.reached(limit) >= limit.least:
                        break
                    if limit.counts(row):
                        self.consider(row, listed=False)
        for row in self.rows:
            self.consider(row, listed=True)
        return self

    def reached(self, limit: Limit) -> int:
        """Return what has been given of a least amount."""
        return sum(limit.takes(self.by_id[name], stages) for name, stages in self.given.items())

    def over(self, row: dict[str, Any], stages: list[int]) -> list[Limit]:
        """Return the limits that an award would break, or that are closed."""
        return [
            x
            for x in self.round.of[row["id"]]
            if x.most is not None
            and (takes := x.takes(row, stages))
            and (takes > self.left[x.address] or x.address in self.closed)
        ]

    def consider(self, row: dict[str, Any], *, listed: bool) -> None:
        """Give a result what fits."""
        if row["id"] in self.given or row["id"] not in self.round.possible:
            return
        offers = self.round.possible[row["id"]]
        self.turns[row["id"]] = Turn(dict(self.left), dict(self.closed))
        full_over = self.over(row, offers[0][1])
        for _, stages in offers if self.round.partial else offers[:1]:
            if not self.over(row, stages):
                self.given[row["id"]] = stages
                for x in self.round.of[row["id"]]:
                    if x.most is not None:
                        self.left[x.address] -= x.takes(row, stages)
                break
        if self.round.miss == "stop" and listed:
            for x in full_over:
                self.closed.setdefault(x.address, row["id"])


def faults(
    call: dict[str, Any], data: dict[str, Any], word: Callable[[str], str] = str.strip
) -> list[str]:
    """Return everything in the JSON of a decided call that another derivation does not confirm."""
    audited = Round(call, data, word)
    walk = Walk(audited, audited.rows).go()
    found = [*_sums(audited), *_amounts(audited), *_orders(audited, walk), *_refused(audited)]
    if data["rule"] == "rank_order" and not (data["line"] or {}).get("record"):
        found += [*_stops(audited, walk), *_jumps(audited), *_places(audited)]
    return found


def _sums(audited: Round) -> Iterator[str]:
    """Every limit holds for what is awarded, and what the table of limits says is what is used."""
    said = {x["address"]: x for x in audited.data["limits"]}
    for limit in audited.limits:
        used = sum(limit.takes(r, _paid(audited, r)) for r in audited.rows if r["award"])
        if limit.most is not None and used > limit.most:
            yield f"{limit.address}: {used} of {limit.most}"
        if limit.address in said:
            shown = said[limit.address]["awarded"]
            if (shown if limit.awards else fen(shown)) != used:
                yield f"{limit.address}: {shown} is said to be used, {used} is"


def _paid(audited: Round, row: dict[str, Any]) -> list[int]:
    if audited.stage_ids == [""]:
        return [fen(row["award"])]
    return [fen(row[f"stage_{name}"]) for name in audited.stage_ids]


def _amounts(audited: Round) -> Iterator[str]:
    """Every award is one that the call has for the result."""
    for row in audited.rows:
        if row["award"] and _paid(audited, row) not in [s for _, s in audited.offers(row)]:
            yield f"{row['id']}: {row['award']} is no amount that it could be given"


def _orders(audited: Round, walk: Walk) -> Iterator[str]:
    """Rank order gives what going down the list in plain loops gives."""
    for row in audited.rows:
        gives = sum(walk.given.get(row["id"], [0]))
        if fen(row["rank_order"]) != gives:
            yield f"{row['id']}: rank order is said to give {row['rank_order']}, it gives {gives}"


def _refused(audited: Round) -> Iterator[str]:
    """Who lacks a sum, a cost, points or the least amount is refused for that; nobody else for it."""
    grant, floor = audited.call["grant"], audited.call.get("floor", 0)
    for row in audited.rows:
        keys = [r["key"] for r in audited.grounds[row["id"]]["refused_by"]]
        if ("floor" in keys) != (row["index"] is not None and row["index"] < floor):
            yield f"{row['id']}: floor {keys} at {row['index']}"
        if row["index"] is None and {"floor", "least_grade"} & set(keys):
            yield f"{row['id']}: refused by a grade that it does not have"
        earlier = [k for k in keys if k not in ("grant.cost_share", "grant.min", "requested")]
        asks = not earlier and grant.get("cost_share") and row["asked"] and row["asked"] > 0
        if asks and ("grant.cost_share" in keys) != (not row["pilot_cost"]):
            yield f"{row['id']}: cost {row['pilot_cost']}, {keys}"
        if not keys and not audited.offers(row):
            yield f"{row['id']}: nothing could be given, and nothing refuses it"


def _stops(audited: Round, walk: Walk) -> Iterator[str]:
    """What is said to have stopped a result did so, all of it, with what was left at its turn."""
    for row in audited.rows:
        ground = audited.grounds[row["id"]]
        if not audited.able(row) or row["id"] not in walk.turns or "stopped_by" not in ground:
            continue
        offers = dict(audited.offers(row))
        given = walk.given.get(row["id"])
        full = audited.offers(row)[0][1]
        if given == full:
            if ground["stopped_by"]:
                yield f"{row['id']}: given in full, and stopped"
            continue
        turn = walk.turns[row["id"]]
        last = audited.offers(row)[-1 if audited.partial else 0][1]
        stages = full if given else last
        due = {}
        for limit in audited.limits:
            takes = 0 if limit.most is None else limit.takes(row, stages)
            if takes and (takes > turn.left[limit.address] or limit.address in turn.closed):
                due[limit.address] = (
                    takes,
                    turn.left[limit.address],
                    turn.closed.get(limit.address),
                )
        said = {}
        for x in ground["stopped_by"]:
            units = (lambda a: a) if x["counts"] == "awards" else fen
            said[x["address"]] = (units(x["needs"]), units(x["left"]), x["closed_by"])
            short = max(units(x["needs"]) - units(x["left"]), 0)
            if units(x["enough"]) != units(x["most"]) + short:
                yield f"{row['id']}: {x['address']} would have to be {x['enough']}"
        if due != said:
            yield f"{row['id']}: stopped by {said}, by another derivation by {due}"
        if ground["stopped_at_level"] and offers[ground["stopped_at_level"]] != stages:
            yield f"{row['id']}: at level {ground['stopped_at_level']}"


def _jumps(audited: Round) -> Iterator[str]:
    """Passed over is who is better ranked than a funded result of its track, and who nobody waits for."""
    place = {row["id"]: k for k, row in enumerate(audited.rows)}
    rank = {row["id"]: row["rank"] for row in audited.rows}
    decided = {name: g["decision"] for name, g in audited.grounds.items()}
    for row in audited.rows:
        name = row["id"]
        passed = audited.grounds[name].get("passed_over")
        without = decided[name] in ("reserve", "defer", "decline")
        worse = [
            r["id"]
            for r in audited.rows
            if decided[r["id"]] == "fund"
            and place[r["id"]] > place[name]
            and (r["track"] or None) == (row["track"] or None)
            and rank[r["id"]] > (rank[name] or 0)
        ]
        if passed and not (without and worse):
            yield f"{name}: passed over by nobody, or undecided"
        if not passed and without and worse:
            yield f"{name}: passed over by {worse[-1]}, and it is not said"
        if passed and without and worse and passed["lowest"] != worse[-1]:
            yield f"{name}: the lowest is {worse[-1]}"
        if passed and not (audited.grounds[name]["stopped_by"] or audited.grounds[name]["bonds"]):
            yield f"{name}: passed over, and nothing stopped it"


def _places(audited: Round) -> Iterator[str]:
    """Placed before the result that is named it gets money; one place further down it does not."""
    for row in audited.rows:
        named = audited.grounds[row["id"]].get("placed_before")
        if named is None:
            continue
        rest = [r for r in audited.rows if r["id"] != row["id"]]
        at = next(k for k, r in enumerate(rest) if r["id"] == named)
        for place, due in ((at, True), (at + 1, False)):
            again = Walk(audited, [*rest[:place], row, *rest[place:]]).go()
            if (row["id"] in again.given) != due:
                yield f"{row['id']}: at place {place} given {row['id'] in again.given}"


def main() -> None:
    """Audit a round: ``python benchmarks/audit.py ROUND.json CALL.yaml`` (the JSON in English)."""
    import json
    import sys
    from pathlib import Path

    import yaml

    from pilotscore.criteria.names import normalise

    data = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    call = yaml.safe_load(Path(sys.argv[2]).read_text(encoding="utf-8"))
    found = faults(call, data, normalise)
    print("\n".join(found) or f"{len(data['decisions'])} results: nothing to fault")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
