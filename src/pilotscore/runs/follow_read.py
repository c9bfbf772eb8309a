"""Workbooks that came back, held against the rounds that they report of."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding, in_order
from pilotscore.language import LISTED, Text, did_you_mean, join
from pilotscore.records import dataclass
from pilotscore.runs.follow import current
from pilotscore.runs.kept_rounds import StoredRound, holding_keys, short
from pilotscore.store import FollowUp, MilestoneReport, OutcomeReport, Store
from pilotscore.store.follow_ups import MatchReport
from pilotscore.workbook.follow import kinds
from pilotscore.workbook.follow.reader import FiledReport, FollowUpFile, read_follow_up
from pilotscore.workbook.open.sheets import UnreadableBookError

_AN_ID = Text("获资助成果的编号", "the id of a result that was funded")


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A workbook that came back: what it reports, None where that is nothing or has faults."""

    file: FollowUpFile
    follow_up: FollowUp | None
    findings: tuple[Finding, ...]

    @property
    def faulty(self) -> bool:
        """Whether it is not kept for its errors."""
        return any(f.severity == "error" for f in self.findings)


def read_back(store: Store, paths: Sequence[Path], today: datetime.date) -> list[ReadBack]:
    """Read workbooks that came back, and hold them against the rounds of a store.

    Nothing is written. A workbook with an error reports nothing: whoever mends it sends it again.

    Parameters
    ----------
    store
        With the rounds.
    paths
        The workbooks.
    today
        The day of reading.

    Raises
    ------
    UnreadableInputError
        A workbook cannot be read.
    """
    rounds, _ = current(store)
    funded = [kept for kept in rounds if kept.columns.decisions is not None]
    holds = holding_keys(store.rounds())
    return [_read(path, _Checker(funded, rounds, holds, today)) for path in paths]


def _read(path: Path, checker: _Checker) -> ReadBack:
    try:
        file = read_follow_up(path)
    except UnreadableBookError as error:
        text = Text("随访工作簿 {path} 无法读取", "the workbook {path} cannot be read")
        raise UnreadableInputError(text.of(path=str(path)), [error.finding]) from error
    reports = [checker.report(filed) for filed in file.reports]
    findings = tuple(in_order((*file.findings, *checker.findings)))
    faulty = any(f.severity == "error" for f in findings)
    if faulty or not file.reports:
        return ReadBack(file, None, findings)
    follow_up = FollowUp(
        checker.today.isoformat(),
        file.name,
        file.sha256,
        tuple(m for m in reports if isinstance(m, MilestoneReport)),
        tuple(m for m in reports if isinstance(m, OutcomeReport)),
        tuple(m for m in reports if isinstance(m, MatchReport)),
    )
    return ReadBack(file, follow_up, findings)


class _Checker:
    """Holds the rows of one workbook against the rounds, and collects what is wrong with them."""

    def __init__(
        self,
        funded: Sequence[StoredRound],
        rounds: Sequence[StoredRound],
        holds: Mapping[str, str],
        today: datetime.date,
    ) -> None:
        self.funded, self.rounds, self.holds, self.today = funded, rounds, holds, today
        self.findings: list[Finding] = []

    def report(self, filed: FiledReport) -> MilestoneReport | OutcomeReport | MatchReport | None:
        """Return a row as a report of a round; None where it is of none."""
        if filed.day > self.today.isoformat():
            values = {"day": filed.day, "today": self.today.isoformat()}
            self.findings.append(Finding(kinds.IN_FUTURE, filed.date_place, values, filed.result))
        place = str(filed.place)
        if filed.subject == "match":
            self._known(filed)
            said = (filed.about, filed.result, filed.state, filed.day, filed.document, place)
            return MatchReport(*said)
        kept = self._round(filed)
        name = None if kept is None else self._result(kept, filed)
        if kept is None or name is None:
            return None
        key = kept.entry.key
        self._after_decision(kept, filed)
        if filed.subject == "outcome":
            shown = (filed.about, filed.state, filed.figure, filed.day, filed.document, place)
            return OutcomeReport(key, name, *shown)
        number = int(filed.about)
        self._payment(kept, filed, name, number)
        stated = (filed.state, filed.text, filed.day, filed.document, place)
        return MilestoneReport(key, name, number, *stated)

    def _known(self, filed: FiledReport) -> None:
        """Tell of a match with a result that no round has."""
        known = {name for kept in self.rounds for name in kept.columns.ids}
        if filed.result not in known:
            near = did_you_mean(filed.result, known, _AN_ID, before=Text("", ""))
            values = {"result": filed.result, "wanted": near}
            finding = Finding(kinds.NO_ROUND_HAS_IT, filed.place, values, filed.result)
            self.findings.append(finding)

    def _round(self, filed: FiledReport) -> StoredRound | None:
        """Return the round that a row names by the start of its key; the only one with its id.

        Of a round that was replaced upon an appeal it is the one that holds now.
        """
        text = filed.round.casefold()
        keys = {now for key, now in self.holds.items() if text and key.startswith(text)}
        rounds = [kept for kept in self.funded if kept.entry.key in keys]
        if not text:
            rounds = [kept for kept in self.funded if filed.result in _funded(kept)]
        if len(rounds) == 1:
            return rounds[0]
        wanted = join((short(kept.entry.key) for kept in self.funded), LISTED)
        values = {"text": filed.round, "wanted": wanted}
        self.findings.append(Finding(kinds.UNKNOWN_ROUND, filed.round_place, values, filed.result))
        return None

    def _result(self, kept: StoredRound, filed: FiledReport) -> str | None:
        known = _funded(kept)
        if filed.result in known:
            return filed.result
        near = did_you_mean(filed.result, known, _AN_ID, before=Text("", ""))
        values = {"round": short(kept.entry.key), "result": filed.result, "wanted": near}
        self.findings.append(Finding(kinds.NOT_FUNDED, filed.place, values, filed.result))
        return None

    def _payment(self, kept: StoredRound, filed: FiledReport, name: str, number: int) -> None:
        place = kept.columns.ids.index(name)
        decisions = kept.columns.decisions
        assert decisions is not None  # only rounds that gave money are looked at
        parts = [m.number for m in decisions.milestones if m.place == place]
        values = {"result": name, "number": number, "most": max(parts, default=0)}
        if number not in parts:
            self.findings.append(Finding(kinds.NO_PAYMENT, filed.place, values, name))
        bare = filed.state == "met" and not filed.document
        if bare and kept.columns.head.follow.document:
            self.findings.append(Finding(kinds.NO_DOCUMENT, filed.place, values, name))

    def _after_decision(self, kept: StoredRound, filed: FiledReport) -> None:
        if filed.state in ("met", "reached") and filed.day < kept.entry.as_of:
            values = {"day": filed.day, "decided": kept.entry.as_of}
            finding = Finding(kinds.BEFORE_DECISION, filed.date_place, values, filed.result)
            self.findings.append(finding)


def _funded(kept: StoredRound) -> list[str]:
    decisions = kept.columns.decisions
    statuses = decisions.statuses if decisions is not None else ()
    return [name for name, s in zip(kept.columns.ids, statuses, strict=False) if s == "fund"]
