"""What letters say of the results of a saved round: its record, and the scores it was decided by.

A letter never works out a decision: what was decided is read from the record of the round, and the
scores that stand beside it are scored again from its own workbooks and rules. Where they are not
those that were decided on, there is no letter. Of a round that was ranked alone there are letters
too: all but those that say what was decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from pilotscore.errors import UsageError
from pilotscore.findings import Finding
from pilotscore.language import LANGS, Lang, Text, Words, join, same
from pilotscore.measures.stability import Stability
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.runs.appeal import replayed
from pilotscore.runs.assess import place_of, rank_by
from pilotscore.runs.letters_beside import Beside
from pilotscore.runs.outcome import Outcome
from pilotscore.runs.round_work import Work
from pilotscore.runs.stability import ResultStability, stability_of
from pilotscore.store.rounds import Round, edited_members
from pilotscore.wording import figures

Row = Mapping[str, Any]
_NEAR = 1e-6
_WHO = ("institution", "applicant_type", "region", "track")
_SHORT = 3  # signs: a shorter title or institution stands in words of all kinds
_EDITED = Text(
    "轮次文件已被改动，不能据以出具文书：{what}",
    "the round has been changed, and no letters are written from it: {what}",
)
_DIFFERS = Text(
    "重新计分与轮次记录不符（指数 {now}，记录为 {then}）",
    "scored again it is not as the round has it (index {now}, in the record {then})",
)


class NoLetterError(Exception):
    """There is nothing to write of a kind for a result; ``words`` says why."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.to("en"))
        self.words = words


class NotAsDecidedError(NoLetterError):
    """A result is not scored as it was when the round was decided: its letter cannot be written."""


@dataclass(frozen=True)
class Letters:
    """A round as its letters take it.

    ``records`` is what was decided, or ranked alone, in each language; ``seal`` what the round is
    known by; ``outcome`` its results, scored again; ``beside`` what was given that is not in it.
    """

    records: Mapping[Lang, Row]
    manifest: Row
    seal: str
    outcome: Outcome
    beside: Beside = Beside()

    @property
    def is_decided(self) -> bool:
        """Whether a call was decided; a round may also be ranked alone."""
        return "decisions" in self.records["en"]

    @property
    def unit(self) -> str:
        """The unit of the amounts of the call; '' where there is none."""
        unit: str = self.records["en"].get("unit", "")
        return unit

    @cached_property
    def rows(self) -> Mapping[str, Mapping[Lang, Row]]:
        """What was decided of each result, or how it was ranked, in order of rank."""
        key = "decisions" if self.is_decided else "ranking"
        by_lang = {lang: self.records[lang][key] for lang in LANGS}
        ids = [row["id"] for row in by_lang[LANGS[0]]]
        rows = {name: {lang: by_lang[lang][n] for lang in LANGS} for n, name in enumerate(ids)}
        return rows if self.is_decided else {k: self._with_facts(k, v) for k, v in rows.items()}

    def _with_facts(self, name: str, row: Mapping[Lang, Row]) -> Mapping[Lang, Row]:
        """Add who a result is of, which the record of a ranking leaves out."""
        a, i = self.outcome.assessment, self.places.get(name)
        said = {f: figures.fact(a, f, i) for f in _WHO if i is not None and f in a.names}
        words = {f: same(x) if isinstance(x, str) else x for f, x in said.items()}
        return {
            lang: {**row[lang], **{f: x and x.to(lang) for f, x in words.items()}} for lang in LANGS
        }

    @cached_property
    def grounds(self) -> Mapping[str, Row]:
        """The grounds of each decision."""
        return {entry["id"]: entry for entry in self.records["en"].get("grounds", ())}

    @cached_property
    def reserve(self) -> Mapping[str, int]:
        """The place of each result on the reserve list."""
        entries = self.records["en"].get("reserve") or ()
        return {entry["id"]: entry["place"] for entry in entries}

    @cached_property
    def limits(self) -> Mapping[str, Mapping[Lang, Row]]:
        """The limits of the call by their addresses."""
        by_lang = {
            lang: {x["address"]: x for x in self.records[lang].get("limits", ())} for lang in LANGS
        }
        return {a: {lang: by_lang[lang][a] for lang in LANGS} for a in by_lang["en"]}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each result stands in what was scored."""
        return {name: i for i, name in enumerate(self.outcome.assessment.measurements.ids)}

    @cached_property
    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """What each applicant has to mend: what was found of its result, worst first.

        What was found of a workbook as a whole is the applicant's too where no other is in it.
        """
        of_book = self.outcome.assessment.measurements
        alone: dict[str, set[str]] = {}
        for i, name in enumerate(of_book.ids):
            alone.setdefault(of_book.place(i, None).file, set()).add(name)
        sorted_out: dict[str, list[Finding]] = {}
        for finding in self.outcome.findings:
            owner = finding.result
            in_book = alone.get(finding.place.file, set())
            if owner is None and len(in_book) == 1:
                (owner,) = in_book
            if owner is not None and finding.severity != "info":
                sorted_out.setdefault(owner, []).append(finding)
        return {k: tuple(sorted(v, key=lambda f: f.severity)) for k, v in sorted_out.items()}

    @cached_property
    def stability(self) -> Mapping[str, ResultStability]:
        """How stable each result with batch data is made."""
        data = self.outcome.submission.batches
        if data is None or not (len(data.batches) or len(data.readings)):
            return {}
        measures = Stability(data, self.outcome.criteria.measuring)
        titles = dict(zip(self.outcome.submission.ids, self.outcome.submission.titles, strict=True))
        places = range(len(data.ids))
        results = stability_of(measures, places, titles, self.outcome.criteria)
        return {r.id: r for r in results if r.characteristics or r.figures}

    @cached_property
    def _of_others(self) -> Others:
        return Others.of(self.rows)

    def names_others(self, name: str, text: str) -> bool:
        """Whether a text about a result names another one, its applicant or its title."""
        return self._of_others.named(name, self.rows[name][LANGS[0]], text)

    def place(self, name: str) -> int:
        """Return where a result stands in what was scored.

        Raises
        ------
        NotAsDecidedError
            It is not scored as it was when the round was decided.
        """
        i, row = self.places.get(name), self.rows[name]["en"]
        if i is None:
            text = Text(
                "重新读取时没有这项成果", "it is not there when the workbooks are read again"
            )
            raise NotAsDecidedError(text)
        a = self.outcome.assessment
        now = float(a.index[i]) if a.has_index(i) else None
        then = row["index"]
        if (now is None) != (then is None) or (now is not None and abs(now - then) > _NEAR):
            raise NotAsDecidedError(_DIFFERS.of(now=_said(now), then=_said(then)))
        return i


def _said(value: float | None) -> str:
    return "—" if value is None else f"{value:.4f}"


_WORD = regex(r"[0-9a-z_./#-]+")  # of an id, which Chinese may follow without a blank


@dataclass(frozen=True)
class Others:
    """What tells applicants: ids as words of their own, titles and institutions.

    ``odd`` are ids of other signs, looked for anywhere. An id that is a bare number tells nobody.
    """

    words: Mapping[str, str]
    odd: Mapping[str, str]
    phrases: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, rows: Mapping[str, Mapping[Lang, Row]]) -> Others:
        """Return what tells the results of a round."""
        phrases: dict[str, set[str]] = {}
        for name, row in rows.items():
            for text in (row["en"]["title"], row["en"].get("institution")):
                if text and len(str(text)) > _SHORT:
                    phrases.setdefault(str(text), set()).add(name)
        ids = {name.casefold(): name for name in rows if not name.isdigit()}
        plain = {word: name for word, name in ids.items() if _WORD.fullmatch(word)}
        odd = {word: name for word, name in ids.items() if word not in plain}
        return cls(plain, odd, {k: frozenset(v) for k, v in phrases.items()})

    def named(self, name: str, row: Row, text: str) -> bool:
        """Whether a text of a result names another."""
        own, folded = f"{row['title']}\n{row.get('institution')}", text.casefold()
        ids = {self.words.get(m[0].strip("./-"), name) for m in _WORD.finditer(folded)}
        ids |= {other for word, other in self.odd.items() if word in folded}
        return bool(ids - {name}) or any(
            phrase in text and name not in owners and phrase not in own
            for phrase, owners in self.phrases.items()
        )


def letters_of(saved: Round, work: Work) -> Letters:
    """Return a round as its letters take it.

    Parameters
    ----------
    saved
        The round.
    work
        What it was decided by and of, taken out of it.

    Raises
    ------
    UsageError
        Something in the round is not as it was saved.
    """
    changed = list(edited_members(saved))
    if changed:
        raise UsageError(_EDITED.of(what=join(changed)))
    records = {lang: saved.record(lang) for lang in LANGS}
    return Letters(records, saved.manifest, saved.seal, _scored(saved, work))


def _scored(saved: Round, work: Work) -> Outcome:
    """Return the results of a round as they were scored when it was decided, appeals and all."""
    if not saved.appeals:
        return rank_by(work.rules, work.books, reading=work.options, methods=work.methods)
    plain = replace(work, next_money=False, ways=0, core=False)
    *_, last = replayed(plain, saved)
    return last.report.outcome


def chosen(letters: Letters, names: Sequence[str]) -> tuple[str, ...]:
    """Return the results that are meant, in order of rank; all where none is named.

    Raises
    ------
    UsageError
        There is no such result; the nearest are named.
    """
    ids = tuple(letters.rows)
    if not names:
        return ids
    wanted = {name if name in letters.rows else ids[place_of(name, ids)] for name in names}
    return tuple(name for name in ids if name in wanted)


def own_books(outcome: Outcome, i: int) -> tuple[tuple[str, str], ...]:
    """Return the workbook in which a result stands, with its digest."""
    file = outcome.assessment.measurements.place(i, None).file
    return tuple((b.name, b.sha256 or "—") for b in outcome.submission.books if b.name == file)
