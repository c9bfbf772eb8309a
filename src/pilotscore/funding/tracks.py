"""The track of each result, and what is amiss between tracks and the words of the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.criteria import LoadedCall
from pilotscore.criteria.call import Track
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding
from pilotscore.funding import kinds
from pilotscore.funding.constraints import (
    category_of,
    finding_at,
    without_group,
    words_of,
)
from pilotscore.funding.eligibility import Refusal, Refusals
from pilotscore.index import Assessment
from pilotscore.language import LISTED, NOTHING, Text, Words, did_you_mean, join

_A_TRACK = Text("征集文件中的赛道", "a track of the call")
_STATE_TRACK = Text(
    "若属于其中之一，写明赛道：{tracks}", "if it is of one of them, state the track: {tracks}"
)
Strange = Mapping[str, Sequence[int]]


def tracks_of(a: Assessment, loaded: LoadedCall, refusals: Refusals) -> tuple[Ints, Strange]:
    """Return the number of each result's track, -1 for none, and the words that mean no track.

    Where the call is for its tracks only, those in none are refused.
    """
    call = loaded.call
    numbers = np.full(len(a), -1, dtype=np.int64)
    if call.track is None or not call.tracks:
        return numbers, {}
    known: dict[str, int] = {}
    for k, (name, track) in enumerate(call.tracks.items()):
        for word in (name, *_spellings(track)):
            known.setdefault(normalise(word), k)
            if (category := category_of(a.criteria, call.track, word)) is not None:
                known.setdefault(normalise(category), k)
    strange: dict[str, list[int]] = {}
    for i, word in enumerate(words_of(a, call.track)):
        number = known.get(normalise(word)) if word else None
        if number is not None:
            numbers[i] = number
        elif word:
            strange.setdefault(word, []).append(i)
    if call.only_tracks:
        text = Text("不属于本次征集的赛道", "it is in no track of this call")
        titles = join((track.title for track in call.tracks.values()), LISTED)
        advice = _STATE_TRACK.of(tracks=titles)
        refusal = Refusal("only_tracks", text, loaded.line("only_tracks"), (advice,))
        for i in np.flatnonzero(numbers < 0).tolist():
            refusals[i].append(refusal)
    return numbers, strange


def _spellings(track: Track) -> tuple[str, ...]:
    return (track.title.zh, track.title.en, *track.names)


def track_findings(
    a: Assessment, loaded: LoadedCall, numbers: Ints, strange: Strange, refusals: Refusals
) -> list[Finding]:
    """Return findings on results without a track, on words that mean none, and on empty tracks."""
    call, m = loaded.call, a.measurements
    if call.track is None or not call.tracks:
        return []
    able = np.array([not r for r in refusals], dtype=bool)
    findings = without_group(a, call.track, "tracks", able)
    titles = [word for track in call.tracks.values() for word in _spellings(track)]
    for word, results in strange.items():
        near = did_you_mean(word, titles, _A_TRACK, before=NOTHING)
        values = {"value": word, "count": len(results), "near": near}
        place = m.place(results[0], call.track)
        findings.append(Finding(kinds.UNKNOWN_TRACK, place, values, m.ids[results[0]]))
    for k, (name, track) in enumerate(call.tracks.items()):
        members = np.flatnonzero(numbers == k).tolist()
        quota = track.min is not None or bool(track.min_awards)
        if quota and not able[members].any():
            address = f"tracks.{name}.{'min' if track.min is not None else 'min_awards'}"
            why = _why_empty(a, members, refusals)
            values = {"name": track.title, "key": address, "why": why}
            findings.append(finding_at(loaded, kinds.EMPTY_QUOTA, address, values))
        elif not members:
            values = {"name": track.title}
            findings.append(finding_at(loaded, kinds.EMPTY_TRACK, f"tracks.{name}", values))
    return findings


def _why_empty(a: Assessment, members: Sequence[int], refusals: Refusals) -> Words:
    """Say why nobody in a track may be funded."""
    if not members:
        return Text("没有成果属于它", "no result belongs to it")
    first = members[0]
    return Text("{count} 项，如 {name}：{why}", "{count}, such as {name}: {why}").of(
        count=len(members), name=a.measurements.ids[first], why=refusals[first][0].text
    )
