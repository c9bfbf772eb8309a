"""Puts the batch data of several sheets together: one order, one unit, each thing named once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.criteria import BUILT_IN_CHARACTERISTICS, Characteristic, CriteriaSet, Fact
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Kind, Place, nearest
from pilotscore.language import Text
from pilotscore.workbook import batch_kinds as kinds
from pilotscore.workbook.batch_sheet import BatchSheet
from pilotscore.workbook.batch_words import Status
from pilotscore.workbook.batches import BatchData, Batches, Block, Readings, Values, What
from pilotscore.workbook.units import factor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

# Times of one batch that differ by no more are one time.
_SAME_TIME = 1 / 60
_MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class KnownResults:
    """The results that batch data can belong to: ids, titles, and those of each workbook."""

    ids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    of_book: Mapping[str, Sequence[int]] = field(default_factory=dict)


def join_batches(
    sheets: Sequence[BatchSheet], results: KnownResults, criteria: CriteriaSet
) -> BatchData:
    """Join what was read of the sheets of batch data.

    Parameters
    ----------
    sheets
        What was read, in any order.
    results
        The results of the tables of results; without any, the ids are those of the batch data.
    criteria
        What its characteristics are, and what becomes of discarded batches.
    """
    return _Joining(sheets, results, criteria).joined()


class _Joining:
    def __init__(
        self, sheets: Sequence[BatchSheet], results: KnownResults, criteria: CriteriaSet
    ) -> None:
        self.sheets = sorted(sheets, key=lambda s: (s.book, s.sheet))
        self.known, self.measuring = results, criteria.measuring
        self.findings: list[Finding] = []
        self.blocks: list[Block] = []
        self.ids = results.ids or self._own_ids()
        self.traits: list[Characteristic] = []
        self.trait_of = self._traits()

    def joined(self) -> BatchData:
        """Join the sheets."""
        import numpy as np

        whose = [self._whose(s) for s in self.sheets]
        batch_rows, batches = self._batches(whose)
        values, units = self._values(whose, batch_rows)
        readings, reading_units = self._readings(whose)
        if len(values):
            order = np.lexsort((values.batch, values.trait, values.result))
            values = _picked(values, order)
        self._check_limits(values)
        return BatchData(
            self.ids, tuple(self.traits), {**units, **reading_units}, batches, values, readings,
            tuple((s.book, s.sheet) for s in self.sheets), tuple(self.blocks), tuple(self.findings),
        )  # fmt: skip

    # Whose a row is.

    def _own_ids(self) -> tuple[str, ...]:
        found = set()
        for sheet in self.sheets:
            found |= set(sheet.rows.results) if sheet.has_ids else {Path(sheet.book).stem}
        return tuple(sorted(found - {""}, key=natural))

    def _whose(self, sheet: BatchSheet) -> Ints:
        """Return the result of each row, -1 for none."""
        import numpy as np

        if not sheet.has_ids:
            return np.full(len(sheet), self._owner(sheet), dtype=np.int64)
        by_name = {normalise(t): i for i, t in enumerate(self.known.titles) if t}
        by_name |= {normalise(t): i for i, t in enumerate(self.ids)}
        place = {n: i for i, n in enumerate(self.ids)}
        seen: dict[str, int] = {}
        for name in sheet.rows.results:
            if name not in seen:
                seen[name] = place.get(name, by_name.get(normalise(name), -1))
        for name in sorted(n for n, i in seen.items() if i < 0)[:_MOST_LISTED]:
            at = sheet.rows.results.index(name)
            values = {
                "id": name or "-",
                "count": sheet.rows.results.count(name),
                "near": nearest(name, self.ids) or next(iter(self.ids), "-"),
            }
            spot = self._place(sheet, int(sheet.rows.rows[at]), sheet.columns.get("id"))
            self.findings.append(Finding(kinds.OF_NO_RESULT, spot, values))
        return np.array([seen[n] for n in sheet.rows.results], dtype=np.int64)

    def _owner(self, sheet: BatchSheet) -> int:
        named = {normalise(i): k for k, i in enumerate(self.ids)}
        for text in (sheet.sheet, Path(sheet.book).stem):
            if normalise(text) in named:
                return named[normalise(text)]
        own = self.known.of_book.get(sheet.book, ())
        if len(own) == 1:
            return own[0]
        if len(self.ids) == 1:
            return 0
        place = Place(sheet.book, sheet.sheet)
        self.findings.append(Finding(kinds.WHOSE_BATCHES, place, {"count": len(self.ids)}))
        return -1

    @staticmethod
    def _place(sheet: BatchSheet, row: int, column: int | None) -> Place:
        return Place(sheet.book, sheet.sheet, row, column)

    def _tell(
        self, kind: Kind, place: Place, result: int, block: tuple[int, What] | None = None, **values: Any
    ) -> None:  # fmt: skip
        finding = Finding(kind, place, values, self.ids[result] if result >= 0 else None)
        self.findings.append(finding)
        if block is not None:
            self.blocks.append(Block(result, block[0], block[1], finding))

    # What is measured.

    def _traits(self) -> list[list[int]]:
        """Return the characteristic that each name of each sheet means."""
        declared = (*self.measuring.characteristics, *BUILT_IN_CHARACTERISTICS)
        by_spelling = {s: c for c in reversed(declared) for s in c.spellings}
        written = sorted({n for s in self.sheets for n in s.names}, key=lambda n: (natural(n), n))
        place: dict[str, int] = {}
        found: dict[str, int] = {}
        for name in written:
            form = normalise(name)
            trait = by_spelling.get(form)
            key = f"id:{trait.id}" if trait else form
            if key not in place:
                place[key] = len(self.traits)
                self.traits.append(trait or _own_trait(name, len(self.traits)))
            found[name] = place[key]
        return [[found[n] for n in s.names] for s in self.sheets]

    # Batches.

    def _batches(self, whose: list[Ints]) -> tuple[list[Ints], Batches]:
        """Return the batch of each row of each sheet (-1: none), and the batches."""
        import numpy as np

        kept = [(w >= 0) & (s.layout != "series") for w, s in zip(whose, self.sheets, strict=True)]
        rows = [s.rows for s in self.sheets]

        def column(name: str) -> Any:
            parts = [getattr(r, name)[k] for r, k in zip(rows, kept, strict=True)]
            return np.concatenate(parts) if parts else np.zeros(0)

        result = np.concatenate(
            [w[k] for w, k in zip(whose, kept, strict=True)] or [np.zeros(0, np.int64)]
        )
        names = [
            name
            for r, k in zip(rows, kept, strict=True)
            for name, keep in zip(r.batches, k.tolist(), strict=True)
            if keep
        ]
        reasons = [
            reason
            for r, k in zip(rows, kept, strict=True)
            for reason, keep in zip(r.reasons, k.tolist(), strict=True)
            if keep
        ]
        sheet = np.concatenate(
            [np.full(int(k.sum()), i) for i, k in enumerate(kept)] or [np.zeros(0, np.int64)]
        ).astype(np.int64)
        at, begin = column("rows").astype(np.int64), column("begin")
        scale = column("scale").astype(np.int64)
        ranks = {n: i for i, n in enumerate(sorted(set(names), key=lambda n: (natural(n), n)))}
        rank = np.array([ranks[n] for n in names], dtype=np.int64)
        alone = np.array([n == "" for n in names], dtype=bool)
        # A row without a batch number is a stop, or a run of its own.
        single = np.where(alone, np.arange(len(names)) + 1, 0)
        keys = np.stack([result, scale.astype(np.int64), rank, single], axis=1)
        _, first, of = np.unique(keys, axis=0, return_index=True, return_inverse=True)
        first, of = first.astype(np.int64), of.reshape(-1).astype(np.int64)
        count = len(first)

        def reduced(function: Any, values: Any, start: float) -> Any:
            out = np.full(count, start)
            function.at(out, of, np.where(np.isnan(values), start, values))
            return np.where(np.isinf(out), np.nan, out)

        earliest = reduced(np.minimum, begin, np.inf)
        latest = reduced(np.maximum, column("end"), -np.inf)
        hours = reduced(np.maximum, column("hours"), -np.inf)
        status = np.zeros(count, dtype=np.int8)
        np.maximum.at(status, of, column("status").astype(np.int8))
        said = column("judged").astype(np.int8)
        judged = np.full(count, 2, dtype=np.int8)
        np.minimum.at(judged, of, np.where(said < 0, 2, said).astype(np.int8))
        judged = np.where(judged == 2, -1, judged).astype(np.int8)
        reason = [""] * count
        for b, text in zip(of.tolist(), reasons, strict=True):
            reason[b] = reason[b] or text
        self._check_repeated(kept, of, result, begin, [names[i] for i in first])
        end = np.where(np.isnan(latest), earliest + hours, latest)
        name = [names[i] for i in first]
        backwards = end < earliest
        for b in np.flatnonzero(backwards).tolist():
            where = self.sheets[int(sheet[first[b]])]
            spot = self._place(where, int(at[first[b]]), where.columns.get("end"))
            self._tell(kinds.BACKWARDS, spot, int(result[first[b]]), (-1, "running"))
        order = self._in_time(
            result[first], scale[first], rank[first], earliest, np.array(name) == ""
        )
        batches = Batches(
            result[first][order], tuple(name[i] for i in order), scale[first][order].astype(np.int8),
            status[order], judged[order], earliest[order], end[order], hours[order],
            np.zeros(count, dtype=bool), np.zeros(count, dtype=bool), sheet[first][order], at[first][order],
        )  # fmt: skip
        self._discard(batches, [reason[i] for i in order])
        back = np.empty(count, dtype=np.int64)
        back[order] = np.arange(count)
        found = []
        start = 0
        for w, k in zip(whose, kept, strict=True):
            mine = np.full(len(w), -1, dtype=np.int64)
            size = int(k.sum())
            mine[k] = back[of[start : start + size]]
            start += size
            found.append(mine)
        return found, batches

    @staticmethod
    def _in_time(result: Ints, scale: Any, rank: Ints, begin: Floats, alone: Any) -> Ints:
        """Return the order of batches: by time where all of a result have one, else by number."""
        import numpy as np

        key = result * 4 + scale
        untimed = np.zeros(int(key.max()) + 1 if len(key) else 1, dtype=bool)
        np.logical_or.at(untimed, key, np.isnan(begin) & ~alone)
        time = np.where(untimed[key] | np.isnan(begin), 0.0, begin)
        return np.lexsort((rank, time, scale, result))

    def _check_repeated(
        self, kept: list[Bools], of: Ints, result: Ints, begin: Floats,
        names: list[str],
    ) -> None:  # fmt: skip
        """Tell batches of a wide sheet that stand in several rows: samples, or two batches."""
        import numpy as np

        start = 0
        for sheet, k in zip(self.sheets, kept, strict=True):
            size = int(k.sum())
            part, times, owners = (x[start : start + size] for x in (of, begin, result))
            start += size
            if sheet.layout != "wide" or not size:
                continue
            rows, months = sheet.rows.rows[k], sheet.rows.months[k]
            many, inverse, count = np.unique(part, return_inverse=True, return_counts=True)
            inverse = inverse.reshape(-1)
            low, high = np.full(len(many), np.inf), np.full(len(many), -np.inf)
            np.minimum.at(low, inverse, np.where(np.isnan(times), np.inf, times))
            np.maximum.at(high, inverse, np.where(np.isnan(times), -np.inf, times))
            stored = np.zeros(len(many), dtype=bool)
            np.logical_or.at(stored, inverse, ~np.isnan(months))
            for g in np.flatnonzero((count > 1) & ~stored).tolist():
                second = np.flatnonzero(inverse == g)[1]
                spot = self._place(sheet, int(rows[second]), sheet.columns.get("batch"))
                batch = names[int(many[g])]
                whose_batch = int(owners[second])
                if high[g] - low[g] > _SAME_TIME:
                    block: tuple[int, What] = (-1, "batches")
                    self._tell(kinds.TWO_BATCHES_ONE_NUMBER, spot, whose_batch, block, batch=batch)
                elif "sample" not in sheet.columns:
                    values = {"batch": batch, "count": int(count[g])}
                    self._tell(kinds.REPEATED_BATCH, spot, whose_batch, None, **values)

    def _discard(self, batches: Batches, reasons: list[str]) -> None:
        """Mark discarded batches as failed or left out, as the criteria set says, and tell each."""
        import numpy as np

        rules = self.measuring
        for b in np.flatnonzero(batches.status == Status.DISCARDED).tolist():
            reason = reasons[b]
            rule = rules.discarded_with_reason if reason else rules.discarded_without_reason
            (batches.failed if rule == "failed" else batches.left_out)[b] = True
            sheet = self.sheets[int(batches.sheet[b])]
            column = sheet.columns.get("remark", sheet.columns.get("batch"))
            place = self._place(sheet, int(batches.row[b]), column)
            values = {"batch": batches.name[b], "reason": reason}
            kind = kinds.DISCARDED_LEFT_OUT if rule == "left_out" else kinds.DISCARDED_UNEXPLAINED
            if reason and rule == "left_out":
                kind = kinds.DISCARDED_EXPLAINED
            elif reason:
                kind = kinds.DISCARDED_FAILED
            self._tell(kind, place, int(batches.result[b]), None, **values)
        batches.failed[batches.status == Status.FAILED] = True
        batches.failed[batches.judged == 0] = True

    # Values.

    def _values(
        self, whose: list[Ints], batch_rows: list[Ints]
    ) -> tuple[Values, dict[tuple[int, int], str]]:
        import numpy as np

        parts: list[list[Any]] = []
        units: list[str] = []
        for n, (sheet, owners, rows) in enumerate(zip(self.sheets, whose, batch_rows, strict=True)):
            v = sheet.values
            if sheet.layout == "series" or not len(v.value):
                continue
            keep = rows[v.row] >= 0
            traits = np.array(self.trait_of[n], dtype=np.int64)
            where = v.row[keep]
            base = len(units)
            units.extend(sheet.units)
            parts.append([
                owners[where], traits[v.name[keep]], rows[where], v.value[keep], v.lower[keep],
                v.upper[keep], v.target[keep], sheet.rows.months[where],
                np.full(len(where), n), sheet.rows.rows[where], v.column[keep],
                v.unit[keep] + base, v.faulty[keep], v.bad_limit[keep], v.open[keep],
            ])  # fmt: skip
        if not parts:
            none, places = np.zeros(0), np.zeros(0, dtype=np.int64)
            empty = (places, places, places, none, none, none, none, none, places, places, places)
            return Values(*empty), {}
        joined = [np.concatenate(c) for c in zip(*parts, strict=True)]
        *columns, unit, faulty, bad_limit, sides = joined
        values = Values(*columns)
        values, chosen = self._one_unit(values, unit, units)
        values = self._own_limits(values)
        self._check_values(values, faulty, bad_limit, sides)
        return _picked(values, np.flatnonzero(~faulty & ~np.isnan(values.value))), chosen

    def _one_unit(
        self, values: Values, unit: Ints, units: list[str]
    ) -> tuple[Values, dict[tuple[int, int], str]]:
        """Convert the values of each characteristic of a result to one unit."""
        import numpy as np

        codes = {u: i for i, u in enumerate(sorted(set(units)))}
        texts = sorted(codes)
        code = np.array([codes[u] for u in units], dtype=np.int64)[unit]
        keys = np.stack([values.result, values.trait, code], axis=1)
        found, first, inverse, count = np.unique(
            keys, axis=0, return_index=True, return_inverse=True, return_counts=True
        )
        inverse = inverse.reshape(-1)
        stated: dict[tuple[int, int], list[tuple[int, str, int]]] = {}
        for g, (r, t, c) in enumerate(found.tolist()):
            stated.setdefault((r, t), []).append((int(count[g]), texts[c], g))
        factors = np.ones(len(found))
        chosen: dict[tuple[int, int], str] = {}
        for (r, t), options in stated.items():
            declared = self.traits[t].unit
            named = [o for o in options if o[1]]
            base = (
                declared.en
                if declared
                else max(named, default=(0, "", 0), key=lambda o: (o[0], o[1]))[1]
            )
            shown = declared.zh if declared else base
            if base:
                chosen[r, t] = base
            for _, text, g in named:
                times = _factor(text, base, shown)
                spot = self._spot(values, int(first[g]))
                told = {"name": self.traits[t].title, "first": base, "second": text}
                if times is None:
                    self._tell(kinds.UNIT_CHANGES, spot, r, (t, "values"), **told)
                elif times != 1:
                    self._tell(kinds.UNIT_CONVERTED, spot, r, None, **told)
                    factors[g] = times
        if (factors != 1).any():
            times_of = factors[inverse]
            scaled = {
                k: getattr(values, k) * times_of for k in ("value", "lower", "upper", "target")
            }
            values = replace(values, **scaled)
        return values, chosen

    def _own_limits(self, values: Values) -> Values:
        """Take the limits of the criteria set where the workbook states none."""
        import numpy as np

        def limits(name: str, stated: Floats) -> Floats:
            own = np.array([getattr(t, name) for t in self.traits], dtype=float)
            return np.where(np.isnan(stated), own[values.trait], stated)

        neither = np.isnan(values.lower) & np.isnan(values.upper)
        return replace(
            values,
            lower=np.where(neither, limits("lower", values.lower), values.lower),
            upper=np.where(neither, limits("upper", values.upper), values.upper),
            target=limits("target", values.target),
        )

    def _spot(self, values: Values, i: int) -> Place:
        sheet = self.sheets[int(values.sheet[i])]
        return self._place(sheet, int(values.row[i]), int(values.column[i]))

    def _check_values(
        self, values: Values, faulty: Bools, bad_limit: Bools, sides: NDArray[np.int8]
    ) -> None:
        """Block what has a value that is no number, or a bound on the wrong side of a limit."""
        import numpy as np

        wrong = ((sides < 0) & ~np.isnan(values.lower)) | ((sides > 0) & ~np.isnan(values.upper))
        for i in np.flatnonzero(wrong).tolist():
            told = self._named(values, i, text=f"{'<' if sides[i] < 0 else '>'}{values.value[i]:g}")
            block: tuple[int, What] = (int(values.trait[i]), "values")
            self._tell(
                kinds.NOT_A_VALUE, self._spot(values, i), int(values.result[i]), block, **told
            )
        for i in np.flatnonzero(faulty).tolist():
            sheet = self.sheets[int(values.sheet[i])]
            cell = int(values.row[i]), int(values.column[i])
            told = self._named(values, i, text=sheet.values.texts.get(cell, "-"))
            self._tell(kinds.NOT_A_VALUE, self._spot(values, i), int(values.result[i]),
                       (int(values.trait[i]), "values"), **told)  # fmt: skip
        keys = np.stack([values.result, values.trait], axis=1)
        for i in _firsts(keys, np.flatnonzero(bad_limit)):
            sheet = self.sheets[int(values.sheet[i])]
            told = self._named(
                values, i, text=sheet.values.limit_texts.get(int(values.column[i]), "-")
            )
            self._tell(kinds.NOT_A_LIMIT, self._spot(values, i), int(values.result[i]),
                       (int(values.trait[i]), "limits"), **told)  # fmt: skip

    def _named(self, values: Values, i: int, **told: Any) -> dict[str, Any]:
        return {"name": self.traits[int(values.trait[i])].title, **told}

    def _check_limits(self, values: Values) -> None:
        """Tell limits the wrong way round, and limits that differ within a characteristic."""
        import numpy as np

        if not len(values):
            return
        reversed_ = np.flatnonzero(values.lower >= values.upper)
        keys = np.stack([values.result, values.trait], axis=1)
        for i in _firsts(keys, reversed_):
            r, t = int(values.result[i]), int(values.trait[i])
            told = self._named(
                values, i, lower=f"{values.lower[i]:g}", upper=f"{values.upper[i]:g}"
            )
            self._tell(kinds.LIMITS_REVERSED, self._spot(values, i), r, (t, "limits"), **told)
        pairs = np.stack([values.result, values.trait], axis=1)
        new = np.any(pairs[1:] != pairs[:-1], axis=1)
        same = ~new
        differ = same & ~(
            _equal(values.lower[1:], values.lower[:-1])
            & _equal(values.upper[1:], values.upper[:-1])
        )
        told_of = {(b.result, b.trait) for b in self.blocks if b.what == "limits"}
        for i in _firsts(keys, np.flatnonzero(differ) + 1):
            r, t = int(values.result[i]), int(values.trait[i])
            if (r, t) in told_of:
                continue
            first = _span(values.lower[i - 1], values.upper[i - 1])
            told = self._named(
                values, i, first=first, second=_span(values.lower[i], values.upper[i])
            )
            self._tell(kinds.LIMITS_DIFFER, self._spot(values, i), r, (t, "capability"), **told)

    # Readings.

    def _readings(self, whose: list[Ints]) -> tuple[Readings, dict[tuple[int, int], str]]:
        import numpy as np

        parts: list[list[Any]] = []
        units: dict[tuple[int, int], str] = {}
        for n, (sheet, owners) in enumerate(zip(self.sheets, whose, strict=True)):
            v = sheet.values
            if sheet.layout != "series" or not len(v.value):
                continue
            self._check_clock(sheet, owners)
            self._tell_bad_readings(sheet, owners)
            traits = np.array(self.trait_of[n], dtype=np.int64)
            time = sheet.rows.begin[v.row]
            keep = (owners[v.row] >= 0) & ~np.isnan(time) & ~v.faulty
            where = v.row[keep]
            parts.append([
                owners[where], traits[v.name[keep]], time[keep], v.value[keep], v.lower[keep], v.upper[keep],
            ])  # fmt: skip
            for k, unit in enumerate(sheet.units):
                for r in np.unique(owners[owners >= 0]).tolist():
                    if unit:
                        units[r, int(traits[k])] = unit
        if not parts:
            none, places = np.zeros(0), np.zeros(0, dtype=np.int64)
            return Readings(places, places, none, none, none, none), {}
        joined = [np.concatenate(c) for c in zip(*parts, strict=True)]
        order = np.lexsort((joined[3], joined[2], joined[1], joined[0]))
        return Readings(*(x[order] for x in joined)), units

    def _tell_bad_readings(self, sheet: BatchSheet, owners: Ints) -> None:
        """Tell readings that are no numbers, once for each tag: they are left out."""
        import numpy as np

        v = sheet.values
        bad = np.flatnonzero(v.faulty & (owners[v.row] >= 0))
        for i in _firsts(v.name[:, None], bad):
            cell = int(sheet.rows.rows[v.row[i]]), int(v.column[i])
            told: dict[str, Any] = {
                "name": sheet.names[int(v.name[i])],
                "count": int((v.name[bad] == v.name[i]).sum()),
                "text": v.texts.get(cell, "-"),
            }
            self._tell(kinds.BAD_READINGS, self._place(sheet, *cell), int(owners[v.row[i]]), **told)

    def _check_clock(self, sheet: BatchSheet, owners: Ints) -> None:
        """Tell times that run backwards; the readings are put in order of time all the same."""
        import numpy as np

        time = sheet.rows.begin
        some = np.flatnonzero(~np.isnan(time) & (owners >= 0))
        same_owner = owners[some][1:] == owners[some][:-1]
        back = np.flatnonzero(same_owner & (np.diff(time[some]) < 0))
        if not len(back):
            return
        at = int(some[back[0] + 1])
        before = int(some[back[0]])
        values = {
            "count": len(back),
            "before": _clock(float(time[before])),
            "after": _clock(float(time[at])),
        }
        spot = self._place(sheet, int(sheet.rows.rows[at]), sheet.columns.get("time"))
        self._tell(kinds.CLOCK_BACK, spot, int(owners[at]), None, **values)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key by which B2 comes before B10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in re.split(r"([0-9]+)", text)
        if part
    )


def _own_trait(name: str, n: int) -> Characteristic:
    """Return a characteristic that the workbook names and the criteria set does not."""
    return Characteristic(id=f"own{n}", title=Text(name, name))


def _factor(unit: str, base: str, shown: str) -> float | None:
    if unit in (base, shown):
        return 1.0
    quantity = Fact(id="value", title=Text("值", "value"), type="number", unit=Text(shown, base))
    return factor(unit, quantity)


def _picked(values: Values, places: Ints) -> Values:
    return Values(*(getattr(values, name)[places] for name in Values.__dataclass_fields__))


def _firsts(keys: Ints, places: Ints) -> list[int]:
    """Return the first of the places for each key."""
    seen: set[tuple[int, ...]] = set()
    found = []
    for i in places.tolist():
        key = tuple(keys[i].tolist())
        if key not in seen:
            seen.add(key)
            found.append(i)
    return found


def _equal(a: Floats, b: Floats) -> Bools:
    import numpy as np

    same: Bools = (a == b) | (np.isnan(a) & np.isnan(b))
    return same


def _span(lower: float, upper: float) -> str:
    low = "" if lower != lower else f"≥ {lower:g}"
    high = "" if upper != upper else f"≤ {upper:g}"
    return ", ".join(x for x in (low, high) if x) or "-"


def _clock(hours: float) -> str:
    import datetime

    if hours < 24 * 365:
        return f"{hours:g} h"
    return str(datetime.datetime(1970, 1, 1) + datetime.timedelta(hours=hours))[:19]
