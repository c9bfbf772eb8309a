"""Reads scoring standards in bands: ``优 90-100 分：国际领先；良 80-89 分：国内领先``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pilotscore.patterns import regex
from pilotscore.records import dataclass

_NUMBER = r"\d+(?:\.\d+)?"
_MARK = r"(?P<mark>分|points?\b|pts?\b)?"
# Points and no other number: what follows is no unit, percent sign or further digit.
_ENDS_HERE = r"(?=$|[\s()\[\],，、:;。.]|分|为|得|评|以|及|[^\x00-\x7f]{2,4}(?:$|[\s:(]))"
_RANGES = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        # 80 ≤ x < 90, and 90 > x ≥ 80
        rf"(?P<low>{_NUMBER})\s*分?\s*(?:≤|<=|<)\s*[^\d≤<>≥]{{0,6}}(?:≤|<=|<)\s*(?P<high>{_NUMBER})"
        rf"\s*{_MARK}",
        rf"(?P<high>{_NUMBER})\s*分?\s*(?:≥|>=|>)\s*[^\d≤<>≥]{{0,6}}(?:≥|>=|>)\s*(?P<low>{_NUMBER})"
        rf"\s*{_MARK}",
        rf"[\[(]\s*(?P<low>{_NUMBER})\s*,\s*(?P<high>{_NUMBER})\s*[\])]\s*{_MARK}",
        rf"(?P<low>{_NUMBER})\s*分?\s*(?:[-~–—至到]|to)\s*(?P<high>{_NUMBER})\s*{_MARK}{_ENDS_HERE}",
        rf"(?:≥|>=|不低于|不少于)\s*(?P<low>{_NUMBER})\s*{_MARK}{_ENDS_HERE}(?:\s*(?:及?以上))?",
        rf"(?P<low>{_NUMBER})\s*{_MARK}\s*(?:\(含\))?(?:及?以上|or more|and above)",
        rf"(?:≤|<=|<|低于|不足|不满|不高于|below|under)\s*(?P<high>{_NUMBER})\s*{_MARK}{_ENDS_HERE}"
        r"(?:\s*(?:及?以下))?",
        rf"(?P<high>{_NUMBER})\s*{_MARK}\s*(?:\(不含\)|\(含\))?(?:及?以下|or less|and below)",
    )
)
_SINGLE = regex(rf"(?P<low>{_NUMBER})\s*(?P<mark>分|points?\b|pts?\b)", re.IGNORECASE)
_STRONG, _WEAK = (
    regex(r"[;\n。]"),
    regex(r"[;\n。,，、]|(?<=[分)])\s*/|(?<=[分)])\s+(?=\S)"),
)
_NUMBERING = regex(r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*|[①-⑳]\s*)")
_EDGE = " \t:：,，、()（）[]-–—=→"
_LINKS = regex(r"(?:得|计|为|评为?|给|打|赋|score[sd]?|is)$|^(?:为|是|属|评为?)")
_VARIABLE = regex(r"^[a-z]$|(?<![a-z])[xs]$", re.IGNORECASE)  # the X of X < 80
_LONGEST_TITLE = 16


@dataclass(frozen=True, slots=True)
class BandRead:
    """A band as a standard has it: ``high`` is infinite where it says 90 分以上."""

    title: str
    low: float
    high: float
    wording: str = ""

    @property
    def points(self) -> str:
        """Its points as a title: 90–100 分."""
        ends = dict.fromkeys(f"{x:g}" for x in (self.low, self.high))
        return "–".join(ends) + " 分"


def read_bands(plain: str) -> tuple[BandRead, ...] | None:
    """Read a standard as bands; None where it is not one of them.

    Parameters
    ----------
    plain
        The standard in half-width forms, its lines parted by ``;``.
    """
    for separators in (_STRONG, _WEAK):
        pieces = [p.strip() for p in separators.split(plain) if p.strip()]
        bands = _bands(pieces)
        if bands is not None:
            return bands
    return None


def closed(bands: Sequence[BandRead], weight: float) -> tuple[BandRead, ...]:
    """Return bands whose open end is the most points that there are: the weight, or 100."""
    stated = [x for b in bands for x in (b.low, b.high) if math.isfinite(x)]
    most = weight if max(stated) <= weight else 100.0
    return tuple(_titled(b if math.isfinite(b.high) else replace(b, high=most)) for b in bands)


def _titled(band: BandRead) -> BandRead:
    return band if band.title else replace(band, title=band.points)


def _bands(pieces: Sequence[str]) -> tuple[BandRead, ...] | None:
    bands: list[BandRead] = []
    ranges = marks = 0
    for piece in pieces:
        match = _points_in(piece)
        if match is None and bands and not re.search(r"\d", piece):
            said = "；".join(x for x in (bands[-1].wording, piece) if x)
            bands[-1] = replace(bands[-1], wording=said)
            continue
        if match is None:
            return None
        ranges += match.re.pattern != _SINGLE.pattern
        marks += match["mark"] is not None
        bands.append(_band(piece, match))
    most = max((b.high for b in bands if math.isfinite(b.high)), default=0.0)
    in_points = marks or most == 100 or any(math.isinf(b.high) for b in bands)
    return tuple(bands) if ranges and in_points and _apart(bands) else None


def _points_in(piece: str) -> re.Match[str] | None:
    """Return where the points of a band stand; None where a piece says none, or says two."""
    matches = list(_matches(piece))
    marked = [m for m in matches if m["mark"]]
    single = [m for m in _SINGLE.finditer(piece) if not any(_touch(m, x) for x in matches)]
    if single:  # 50-100 得 60 分: a range of raw values, and their score
        return single[-1] if len(single) == 1 and not matches else None
    candidates = marked or matches
    return candidates[-1] if candidates and len(candidates) == 1 else None


def _matches(piece: str) -> Iterator[re.Match[str]]:
    """Yield the ranges in a text, the wider pattern first where two begin in one another."""
    taken: list[re.Match[str]] = []
    for pattern in _RANGES:
        for match in pattern.finditer(piece):
            if not any(_touch(match, other) for other in taken):
                taken.append(match)
    yield from sorted(taken, key=lambda m: m.start())


def _touch(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _band(piece: str, match: re.Match[str]) -> BandRead:
    groups = match.groupdict()
    low = float(groups.get("low") or 0.0)
    high = low if match.re.pattern == _SINGLE.pattern else float(groups.get("high") or math.inf)
    low, high = sorted((low, high))  # 20-16 is 16-20
    before = _NUMBERING.sub("", piece[: match.start()]).strip(_EDGE)
    before = _VARIABLE.sub("", _LINKS.sub("", before)).strip(_EDGE)
    after = _LINKS.sub("", piece[match.end() :].strip(_EDGE)).strip(_EDGE)
    title, wording = _title(before, after)
    return BandRead(title, low, high, wording)


def _title(before: str, after: str) -> tuple[str, str]:
    """Return what a band is called and what it takes, from what stands around its points."""
    first, _, rest = re.sub("[：:]", ":", before or after).partition(":")
    if not before:  # 90-100 分(优秀): ...
        opened, _, said = re.sub("[（(）)]", ":", after).partition(":")
        first, rest = opened.strip(_EDGE), said
        after = ""
    first, rest = first.strip(_EDGE), rest.strip(_EDGE)
    wording = "；".join(x for x in (rest, after) if x)
    if len(first) > _LONGEST_TITLE:
        return "", "；".join(x for x in (first, wording) if x)
    return first, wording


def _apart(bands: Sequence[BandRead]) -> bool:
    """Say whether there are two bands at least, none of which overlaps or is called as another."""
    in_order = sorted(bands, key=lambda b: (b.low, b.high))
    titles = [b.title for b in bands if b.title]
    apart = all(
        a.high <= b.low and (a.low, a.high) != (b.low, b.high) for a, b in pairwise(in_order)
    )
    return len(bands) > 1 and apart and len(set(titles)) == len(titles)
