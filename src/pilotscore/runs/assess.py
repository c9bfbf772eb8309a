"""The chain, once: paths and options in, the outcome out."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pilotscore.criteria import (
    LoadedCriteria,
    LoadedPolicy,
    Policy,
    Profile,
    load_criteria,
    load_policy,
    locate,
)
from pilotscore.errors import FaultyFileError, UnreadableInputError, UsageError
from pilotscore.findings import in_order
from pilotscore.funding import recommend
from pilotscore.index import assess, other_profile
from pilotscore.language import LISTED, Text, Words, join, nearest_few
from pilotscore.measures import from_submission
from pilotscore.measures.derived import of_sheets
from pilotscore.ranking import Ranking, Tell, rank_results, select_methods
from pilotscore.records import dataclass
from pilotscore.runs.outcome import Manifest, Outcome
from pilotscore.runs.rights_outlook import due_soon
from pilotscore.workbook import ReadingOptions, Submission, load_mapping, read_workbooks
from pilotscore.workbook.results.implausible import beyond_cost
from pilotscore.workbook.results.workers import Progress

if TYPE_CHECKING:
    from pilotscore.runs.checked import Checked
    from pilotscore.runs.scorecard import Scorecard

PathLike = str | os.PathLike[str]
DEFAULT_CRITERIA = "pilot-maturity"


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What a run goes by, loaded once: the criteria set, the policy, and the date of assessment."""

    criteria: LoadedCriteria
    policy: LoadedPolicy
    as_of: datetime.date

    @property
    def profile(self) -> Profile | None:
        """The weight profile that was chosen."""
        return self.criteria.profile


def rank(
    books: PathLike | Iterable[PathLike],
    criteria: PathLike = DEFAULT_CRITERIA,
    policy: PathLike | None = None,
    *,
    profile: str | None = None,
    sheet: str | None = None,
    as_of: datetime.date | None = None,
    mapping: PathLike | None = None,
    reading: ReadingOptions | None = None,
    progress: Progress | None = None,
    methods: Iterable[str] = (),
    tell: Tell | None = None,
) -> Outcome:
    """Read workbooks, assess and rank every result, and recommend what follows.

    Parameters
    ----------
    books
        One workbook, several, or folders of them.
    criteria
        A built-in name or the path of a criteria file.
    policy
        A built-in name or the path of a policy file; the criteria set's own by default.
    profile
        The id of a weight profile of the set; its own weights by default.
    sheet
        Read this sheet alone.
    as_of
        The date of assessment, which conditions may compare with; today by default.
    mapping
        A mapping file, which says what headers mean.
    reading
        Further options of the reading: suggestions, limits, password, files of a folder.
    progress
        Called with how many workbooks were read, of how many.
    methods
        Names of decision methods to run beside those of the criteria set.
    tell
        Called with what is to be said before a method starts that takes much memory.

    Returns
    -------
    Outcome
        Submission, assessment, ranking, funding plan, findings and manifest.

    Raises
    ------
    UsageError
        An unknown criteria set, policy or method, or a method that cannot be computed.
    FaultyFileError
        A criteria or policy file with faults.
    UnreadableInputError
        No workbook could be read, or none has a result; its findings say why.
    """
    rules = load_rules(criteria, policy, profile, as_of)
    return rank_by(
        rules,
        books,
        sheet=sheet,
        mapping=mapping,
        reading=reading,
        progress=progress,
        methods=methods,
        tell=tell,
    )


def rank_by(
    rules: Rules,
    books: PathLike | Iterable[PathLike],
    *,
    sheet: str | None = None,
    mapping: PathLike | None = None,
    reading: ReadingOptions | None = None,
    progress: Progress | None = None,
    methods: Iterable[str] = (),
    tell: Tell | None = None,
) -> Outcome:
    """Do as :func:`rank`, by rules that are loaded already."""
    loaded, day = rules.criteria, rules.as_of
    wanted = select_methods(loaded.criteria, methods)
    options = reading_options(loaded, reading, sheet=sheet, mapping=mapping)
    submission = read(books, loaded, options, progress)
    if not len(submission):
        findings = in_order(submission.findings)
        raise UnreadableInputError(Text("没有读到任何成果", "no result was read"), findings)
    assessment = assess(from_submission(submission, loaded.criteria, day), loaded.criteria, day)
    ranking = rank_results(assessment, wanted, tell)
    plan = recommend(ranking, rules.policy.policy)
    manifest = manifest_of(loaded, rules.policy, submission, ranking, day, options)
    if (rights := assessment.measurements.rights) is not None:
        manifest = replace(manifest, rules=rights.rules)
    others = other_profile(assessment, loaded.profile) if loaded.profile else []
    policy = rules.policy.policy
    others += beyond_cost(submission, loaded.criteria, policy.requested, policy.cost)
    findings = in_order((*submission.findings, *assessment.findings, *others))
    return Outcome(submission, assessment, ranking, plan, manifest, tuple(findings))


def score(
    book: PathLike,
    result: str | None = None,
    criteria: PathLike = DEFAULT_CRITERIA,
    policy: PathLike | None = None,
    *,
    profile: str | None = None,
    sheet: str | None = None,
    as_of: datetime.date | None = None,
    mapping: PathLike | None = None,
    reading: ReadingOptions | None = None,
) -> Scorecard:
    """Return the scorecard of one result of a workbook.

    Parameters
    ----------
    book
        The workbook.
    result
        The id of the result; not needed where there is only one.
    criteria, policy, profile, sheet, as_of, mapping, reading
        As for :func:`rank`.

    Raises
    ------
    UsageError
        There is no such result, besides what :func:`rank` raises.
    """
    from pilotscore.runs.scorecard import scorecard

    outcome = rank(
        book,
        criteria,
        policy,
        profile=profile,
        sheet=sheet,
        as_of=as_of,
        mapping=mapping,
        reading=reading,
    )
    return scorecard(outcome, find_result(outcome, result))


def check(
    books: PathLike | Iterable[PathLike],
    criteria: PathLike = DEFAULT_CRITERIA,
    *,
    sheet: str | None = None,
    as_of: datetime.date | None = None,
    mapping: PathLike | None = None,
    reading: ReadingOptions | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Read workbooks and say all that a person should know about them; no policy is needed.

    Parameters
    ----------
    books, criteria, sheet, as_of, mapping, reading, progress
        As for :func:`rank`.

    Returns
    -------
    Checked
        Every finding of reading and of the assessment, also where nothing could be read.

    Raises
    ------
    UsageError, FaultyFileError
        The criteria set or the mapping file is not there, or has faults.
    """
    from pilotscore.runs.checked import Checked
    from pilotscore.runs.sources import with_sources

    loaded = load_criteria(Path(criteria) if isinstance(criteria, os.PathLike) else criteria)
    options = reading_options(loaded, reading, sheet=sheet, mapping=mapping)
    submission = read(books, loaded, replace(options, understand=True), progress)
    day = as_of or datetime.date.today()
    findings, pages = list(submission.findings), submission.pages
    if len(submission):
        measurements = from_submission(submission, loaded.criteria, day)
        assessment = assess(measurements, loaded.criteria, day)
        findings += assessment.findings
        findings += (*of_sheets(measurements, loaded.criteria), *due_soon(assessment))
        pages = with_sources(pages, measurements, loaded.criteria)
        if (policy := _own_policy(loaded, criteria)) is not None:
            findings += beyond_cost(submission, loaded.criteria, policy.requested, policy.cost)
    manifest = manifest_of(loaded, None, submission, None, day, options)
    return Checked(tuple(in_order(findings)), manifest, pages)


def _own_policy(loaded: LoadedCriteria, criteria: PathLike) -> Policy | None:
    """Return the policy that a set names; None where a check goes without: it needs none.

    What is wrong with a policy is said where one is needed.
    """
    if loaded.criteria.policy is None:
        return None
    beside = locate(os.fspath(criteria), "criteria").parent
    try:
        return load_policy(loaded.criteria.policy, loaded, beside).policy
    except (UsageError, UnreadableInputError, FaultyFileError):
        return None


def reading_options(
    loaded: LoadedCriteria,
    reading: ReadingOptions | None = None,
    *,
    sheet: str | None = None,
    mapping: PathLike | None = None,
) -> ReadingOptions:
    """Return the options of the reading, with the mapping file read.

    Raises
    ------
    UsageError, FaultyFileError
        The mapping file cannot be read, or has faults.
    """
    options = reading or ReadingOptions()
    if sheet is not None:
        options = replace(options, sheet=sheet)
    if mapping is not None:
        options = replace(options, mapping=load_mapping(Path(mapping), loaded.criteria))
    return options


def read(
    books: PathLike | Iterable[PathLike],
    loaded: LoadedCriteria,
    options: ReadingOptions,
    progress: Progress | None = None,
) -> Submission:
    """Read workbooks and folders of them for a criteria set."""
    paths = [Path(books)] if isinstance(books, str | os.PathLike) else [Path(b) for b in books]
    return read_workbooks(
        paths, loaded.criteria, options, sha256=loaded.source.fingerprint, progress=progress
    )


def load_rules(
    criteria: PathLike,
    policy: PathLike | None = None,
    profile: str | None = None,
    as_of: datetime.date | None = None,
) -> Rules:
    """Load a criteria set and the policy that goes with it; the date is today unless told.

    Raises
    ------
    UsageError
        There is no such set or policy, or the set names no policy and none was given.
    """
    wanted = Path(criteria) if isinstance(criteria, os.PathLike) else criteria
    loaded = load_criteria(wanted, profile)
    name = policy if policy is not None else loaded.criteria.policy
    if name is None:
        set_id = loaded.criteria.id
        raise UsageError(
            Text(
                f"指标体系 {set_id} 没有指定政策；请用 --policy 给出政策名称或文件",
                f"the criteria set {set_id} names no policy; give one with --policy",
            )
        )
    beside = locate(os.fspath(criteria), "criteria").parent
    chosen = load_policy(os.fspath(name), loaded, beside if policy is None else None)
    return Rules(loaded, chosen, as_of or datetime.date.today())


def find_result(outcome: Outcome, name: str | None) -> int:
    """Return the place of a result by its id, or of the only one.

    Raises
    ------
    UsageError
        There is no such id (the nearest is suggested), or several results and no id was given.
    """
    ids = outcome.assessment.measurements.ids
    if name is None:
        if len(ids) == 1:
            return 0
        shown = ", ".join(ids[i] for i in outcome.ranking.order[:12]) + (
            " ..." if len(ids) > 12 else ""
        )
        raise UsageError(
            Text(
                f"共有 {len(ids)} 项成果，请给出编号，如：{shown}",
                f"there are {len(ids)} results; name one by its id, such as: {shown}",
            )
        )
    return place_of(name, ids)


NEAR = 3  # ids that are named in place of one that is none


def place_of(name: str, ids: tuple[str, ...]) -> int:
    """Return the place of an id, in any case; the nearest are named where there is none."""
    if name in ids:
        return ids.index(name)
    folded = [i.casefold() for i in ids]
    if folded.count(name.strip().casefold()) == 1:
        return folded.index(name.strip().casefold())
    raise UsageError(_UNKNOWN.of(name=name, near=_near(name, ids)))


_UNKNOWN = Text("没有编号为 {name} 的成果；{near}", "no result has the id {name}; {near}")
_MEANT = Text("是否指 {near}？", "did you mean {near}?")
_SUCH_AS = Text("共 {count} 项，编号如 {near}", "there are {count}, with ids such as {near}")
_OR = Text(" 或 ", " or ")


def _near(name: str, ids: tuple[str, ...]) -> Words:
    """Return the ids most like one that is none; where none is, the first there are."""
    near = nearest_few(name, ids)
    if not near:
        return _SUCH_AS.of(count=len(ids), near=join(ids[:NEAR], LISTED))
    *first, last = near
    return _MEANT.of(near=join((join(first, LISTED), last), _OR) if first else last)


def words_of(outcome: Outcome, fact: str) -> tuple[str, ...]:
    """Return the words that the results of a run have for a fact, each once, in order."""
    operand = outcome.assessment.names.get(fact)
    if operand is None:
        return ()
    return tuple(sorted({str(v) for v in operand.values.tolist() if isinstance(v, str) and v}))


def manifest_of(
    loaded: LoadedCriteria,
    chosen: LoadedPolicy | None,
    submission: Submission,
    ranking: Ranking | None,
    day: datetime.date,
    options: ReadingOptions,
) -> Manifest:
    """Return what it takes to recompute a run."""
    import platform
    from importlib.metadata import version

    methods = ranking is not None and ranking.methods
    libraries = ["numpy", "xlrd", *(["scikit-criteria"] if methods else [])]
    criteria, policy = loaded.criteria, chosen.policy if chosen else None
    return Manifest(
        version=version("pilotscore"),
        as_of=day.isoformat(),
        criteria=(criteria.id, criteria.version, loaded.source),
        policy=(policy.id, policy.version, chosen.source) if chosen and policy else None,
        inputs=submission.books,
        options={
            **({"profile": loaded.profile.id} if loaded.profile else {}),
            **({"methods": ", ".join(added)} if (added := _added(loaded, ranking)) else {}),
            **options.named(),
        },
        libraries={"python": platform.python_version(), **{n: version(n) for n in libraries}},
    )


def _added(loaded: LoadedCriteria, ranking: Ranking | None) -> list[str]:
    """Return the names of the methods that the criteria file does not have."""
    own = {m.id for m in loaded.criteria.methods}
    return [name for name in (ranking.methods if ranking else ()) if name not in own]
