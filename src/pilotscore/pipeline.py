"""The chain, once: paths and options in, the outcome out. Every command calls it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pilotscore.criteria import (
    LoadedCall,
    LoadedCriteria,
    LoadedPolicy,
    load_call,
    load_criteria,
    load_policy,
    locate,
)
from pilotscore.errors import FaultyFileError, UnreadableInputError, UsageError
from pilotscore.findings import Finding, in_order
from pilotscore.funding import recommend
from pilotscore.index import assess, other_profile
from pilotscore.language import Text
from pilotscore.measures import from_submission
from pilotscore.measures.stability import Stability
from pilotscore.ranking import Ranking, Tell, methods_asked, rank_results
from pilotscore.ranking.robustness.uncertainty import MissingRule, WeightRule
from pilotscore.ranking.weighting.combined import Rule
from pilotscore.ranking.weighting.derived import DerivedWeights, Pool
from pilotscore.report.call_explained import ExplainedDecision
from pilotscore.report.checked import Checked
from pilotscore.report.comparison import Comparison, Round, compare_rounds
from pilotscore.report.funded import FundReport
from pilotscore.report.outcome import Manifest, Outcome
from pilotscore.report.robustness import RobustnessReport
from pilotscore.report.scorecard import Scorecard, scorecard
from pilotscore.report.stability import StabilityReport, stability_report
from pilotscore.report.weights import METHODS, WeightsReport
from pilotscore.workbook import ReadingOptions, Submission, load_mapping, read_workbooks
from pilotscore.workbook.workers import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pilotscore.funding.funded import Chunks
    from pilotscore.index.paths import Guidance
    from pilotscore.workbook.decisions import DecisionFile

PathLike = str | os.PathLike[str]
DEFAULT_CRITERIA = "pilot-maturity"


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
    loaded, chosen = load_rules(criteria, policy, profile)
    asked = methods_asked(loaded.criteria, methods)
    options = reading_options(loaded, reading, sheet=sheet, mapping=mapping)
    submission = read(books, loaded, options, progress)
    if not len(submission):
        findings = in_order(submission.findings)
        raise UnreadableInputError(Text("没有读到任何成果", "no result was read"), findings)
    day = as_of or datetime.date.today()
    assessment = assess(from_submission(submission, loaded.criteria, day), loaded.criteria, day)
    ranking = rank_results(assessment, asked, tell)
    plan = recommend(ranking, chosen.policy)
    manifest = _manifest(loaded, chosen, submission, ranking, day, options)
    others = other_profile(assessment, loaded.profile) if loaded.profile else []
    found = in_order((*submission.findings, *assessment.findings, *others))
    return Outcome(submission, assessment, ranking, plan, manifest, tuple(found))


def fund(
    outcome: Outcome,
    call: PathLike,
    *,
    settings: Iterable[str] = (),
    decisions: PathLike | None = None,
    rules: tuple[LoadedCriteria, LoadedPolicy] | None = None,
    next_money: bool | None = False,
    ways: int = 0,
    cores: int | None = None,
    progress: Progress | None = None,
) -> FundReport:
    """Give out the money of a call: both rules, who gets what, and why.

    Parameters
    ----------
    outcome
        What :func:`rank` gave.
    call
        The path of the call file.
    settings
        What is set otherwise than in the file: ``tracks.new_energy.min=20%``.
    decisions
        A file of decisions that go on top of what is recommended.
    rules
        The criteria set and policy of the run, which the call is held against; its names of
        indicators and grades are not checked without.
    next_money
        Whether to try other budgets and the call without each of its rules; None does where it is
        little work (:data:`~pilotscore.funding.next_money.UNASKED`).
    ways
        For how many results without money, best first, the nearest way to a better grade is found.
    cores, progress
        Of the draws behind the chances at the line.

    Raises
    ------
    UsageError
        There is no such call, or a setting that is none.
    FaultyFileError
        The call or the decisions have faults, do not fit the results or the budget, or constraints
        cannot hold together.
    UnreadableInputError
        The file of decisions cannot be read.
    """
    from pilotscore.funding.applied import apply_call
    from pilotscore.funding.funded import decide
    from pilotscore.funding.next_money import is_quick
    from pilotscore.funding.next_money import next_money as try_next_money
    from pilotscore.funding.overrides import overrule
    from pilotscore.funding.prices import price

    against = rules[0] if rules else None
    loaded = load_call(os.fspath(call), against, outcome.policy, tuple(settings))
    applied = apply_call(outcome.ranking, outcome.plan, loaded)
    chunks = _draws(outcome, loaded, cores, progress) if loaded.call.line.discussion else None
    made = None if decisions is None else _decisions(decisions)
    funded = decide(applied, chunks)
    overruled = None if made is None else overrule(funded, made)
    overrides = overruled.overrides if overruled else ()
    funded = overruled.funded if overruled else funded
    tried = None
    some = len(funded.applied.problem.owner) > 0
    if some and (next_money or (next_money is None and is_quick(funded))):
        tried = try_next_money(funded, overrides, progress)
    told = (*applied.findings, *(made.findings if made else ()))
    report = FundReport(outcome, funded, told, overruled, tried, price(funded.applied.problem))
    return replace(report, ways=_ways(report, ways))


def _ways(report: FundReport, most: int) -> dict[int, Guidance]:
    """Return the nearest way to a better grade of the first results that get nothing."""
    from pilotscore.index import paths_up
    from pilotscore.report.ways import may_change

    a = report.outcome.assessment
    call = report.funded.applied.loaded.call
    least = None if call.least_grade is None else a.criteria.grade_position[call.least_grade]
    found: dict[int, Guidance] = {}
    for i in report.funded.applied.problem.order.tolist():
        if len(found) >= most:
            break
        if may_change(report, i):
            below = least is not None and int(a.grade[i]) > least
            found[i] = paths_up(a, i, least if below else None)
    return found


def explain_decision(report: FundReport, i: int) -> ExplainedDecision:
    """Explain the decision of a call on one result: why, and what would change it.

    Parameters
    ----------
    report, i
        What :func:`fund` gave, and the place of the result in it.
    """
    from pilotscore.funding.flip import flip, improved

    funded = report.funded
    nothing = int(funded.amount()[i]) == 0
    made = report.overruled.overrides if report.overruled else ()
    better = improved(funded, i, made) if nothing else ()
    return ExplainedDecision(report, i, flip(funded, i, made), better, report.prices)


def _decisions(path: PathLike) -> DecisionFile:
    from pilotscore.workbook.decisions import read_decisions
    from pilotscore.workbook.sheets import UnreadableBookError

    try:
        return read_decisions(Path(path))
    except UnreadableBookError as error:
        text = Text(f"决定文件 {path} 无法读取", f"the decisions {path} cannot be read")
        raise UnreadableInputError(text, [error.finding]) from error


def _draws(
    outcome: Outcome, loaded: LoadedCall, cores: int | None, progress: Progress | None
) -> Chunks | None:
    """Return what draws index and grade under uncertainty; None where too few have a grade."""
    from pilotscore.ranking.robustness import Effort, stated_by, try_ranking

    asked = loaded.call.line.discussion
    assert asked is not None
    if int((outcome.ranking.ranks > 0).sum()) < 2:
        return None
    effort = Effort(min(asked.draws, 100), most=min(asked.draws, 100), error=1, cores=cores)
    found = try_ranking(
        outcome.ranking, stated_by(outcome.criteria), seed=asked.seed, effort=effort, progress=progress
    )  # fmt: skip

    def chunks(draws: int) -> Iterator[tuple[NDArray[np.float64], NDArray[np.int64]]]:
        for index, grade in found.chunks(draws):
            yield index, grade.astype("int64")

    return chunks


def robustness(
    outcome: Outcome,
    *,
    weights: WeightRule | None = None,
    spread: float | None = None,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    exponent: tuple[float, float] | None = None,
    missing: MissingRule | None = None,
    value_functions: float | None = None,
    draws: int = 2000,
    error: float = 0.01,
    seed: int = 1,
    cores: int | None = None,
    top: int | None = None,
    sensitivity: bool = True,
    progress: Progress | None = None,
) -> RobustnessReport:
    """Put the ranking of a run to the test.

    Parameters
    ----------
    outcome
        What :func:`rank` gave.
    weights, spread, ranges, exponent, missing, value_functions
        What is drawn, see :class:`~pilotscore.ranking.robustness.Uncertainty`; as the criteria set
        has it where None.
    draws, error
        At least so many draws, and until the standard error of the chances is no more than this.
    seed
        Of the random numbers.
    cores
        Threads; all cores where None. The figures are the same.
    top
        How many first places matter.
    sensitivity
        Whether to say what the variance of the ranks comes from.
    progress
        Called with the draws done, of how many.

    Raises
    ------
    UsageError
        Fewer than two results with a grade, an unknown name in the ranges, or ranges that no
        weights satisfy.
    """
    from pilotscore.ranking.robustness import Effort, rank_sensitivity, stated_by, try_ranking
    from pilotscore.report.robustness import robustness_report

    stated = stated_by(outcome.criteria)
    asked = {
        "weights": weights or ("ranges" if ranges else None),
        "spread": spread,
        "ranges": {**stated.ranges, **ranges} if ranges else None,
        "exponent": exponent,
        "missing": missing,
        "value_functions": value_functions,
    }
    drawn = replace(stated, **{k: v for k, v in asked.items() if v is not None})  # type: ignore[arg-type]
    found = try_ranking(
        outcome.ranking,
        drawn,
        seed=seed,
        top=top,
        effort=Effort(draws, error=error, cores=cores),
        progress=progress,
    )
    told = rank_sensitivity(found.model, found.by) if sensitivity else None
    return robustness_report(outcome, found, told)


def judged_weights(
    books: Iterable[PathLike],
    criteria: PathLike,
    method: str,
    *,
    pool: Pool = "judgements",
    way: Literal["eigenvector", "geometric_mean"] = "eigenvector",
    combine: Rule | None = None,
    share: float = 0.5,
) -> WeightsReport:
    """Derive weights from workbooks of judgements.

    Parameters
    ----------
    books
        The workbooks, a sheet for each expert.
    criteria
        The set whose dimensions and indicators were judged.
    method
        ``ahp``, ``bwm``, ``swing`` or ``direct``.
    pool, way
        See :func:`~pilotscore.ranking.weighting.derived.derive_from_judgements`.
    combine, share
        How to combine with the stated weights; not at all where None.

    Raises
    ------
    UnreadableInputError
        A workbook cannot be read.
    FaultyFileError
        Judgements are missing or wrong; its findings say which.
    """
    from pilotscore.ranking.weighting.derived import derive_from_judgements
    from pilotscore.workbook.judgements import read_judgements
    from pilotscore.workbook.sheets import UnreadableBookError

    loaded = load_criteria(Path(criteria) if isinstance(criteria, os.PathLike) else criteria)
    found, faults, hashes = [], [], []
    for book in books:
        try:
            read_here, wrong, sha256 = read_judgements(Path(book), loaded.criteria, method)  # type: ignore[arg-type]
        except UnreadableBookError as error:
            text = Text(f"{book} 无法读取", f"{book} cannot be read")
            raise UnreadableInputError(text, [error.finding]) from error
        found += read_here
        faults += wrong
        hashes.append(f"{Path(book).name} {sha256[:12]}")
    if faults:
        count = len(faults)
        raise FaultyFileError(
            Text(f"判断中有 {count} 处问题，未求权重", f"{count} fault{'s' if count > 1 else ''} in the judgements; no weights were derived"),
            in_order(faults),
        )  # fmt: skip
    derived = derive_from_judgements(found, loaded.criteria, method, pool=pool, way=way)  # type: ignore[arg-type]
    experts = len(derived.experts)
    said = METHODS[method]
    origin = Text(
        f"{said.zh}，{experts} 位专家，{'、'.join(hashes)}",
        f"{said.en}, {experts} expert{'s' if experts != 1 else ''}, {', '.join(hashes)}",
    )
    return _weights_report(loaded, derived, origin, combine, share)


def found_weights(
    books: PathLike | Iterable[PathLike],
    criteria: PathLike,
    method: str,
    *,
    combine: Rule | None = None,
    share: float = 0.5,
    as_of: datetime.date | None = None,
    progress: Progress | None = None,
    **reading: Any,
) -> WeightsReport:
    """Derive weights from how the scores of a batch spread.

    Parameters
    ----------
    books, criteria, as_of, progress, reading
        As for :func:`rank`.
    method
        A key of :data:`~pilotscore.ranking.weighting.OBJECTIVE`.
    combine, share
        As for :func:`judged_weights`.

    Raises
    ------
    UsageError
        Too few results, or indicators whose scores are constant over the batch, besides what
        :func:`rank` raises.
    """
    from pilotscore.ranking.weighting.derived import derive_from_scores

    outcome = rank(books, criteria, as_of=as_of, progress=progress, **reading)
    loaded = load_criteria(Path(criteria) if isinstance(criteria, os.PathLike) else criteria)
    derived, count = derive_from_scores(outcome.assessment, method)
    said = METHODS[method]
    inputs = ", ".join(
        f"{Path(b.name).name} {(b.sha256 or '')[:12]}" for b in outcome.submission.books
    )
    origin = Text(
        f"{said.zh}，{count} 项成果的得分，{inputs}；依赖该批成果",
        f"{said.en}, scores of {count} results, {inputs}; depends on that batch",
    )
    return _weights_report(loaded, derived, origin, combine, share)


def _weights_report(
    loaded: LoadedCriteria, derived: DerivedWeights, origin: Text, combine: Rule | None, share: float
) -> WeightsReport:  # fmt: skip
    from pilotscore.index import dimension_weights, indicator_weights
    from pilotscore.ranking.weighting.derived import combined_with

    stated = dimension_weights(loaded.criteria), indicator_weights(loaded.criteria)
    if combine is not None:
        derived = combined_with(derived, loaded.criteria, combine, share)
        how = (
            Text("与原定权重相乘归一", "multiplied with the stated weights")
            if combine == "product"
            else Text(f"与原定权重平均（原定占 {share:.0%}）", f"averaged with the stated weights ({share:.0%} of them)")
        )  # fmt: skip
        origin = Text(f"{origin.zh}；{how.zh}", f"{origin.en}; {how.en}")
    return WeightsReport(
        loaded.criteria, derived, tuple(stated[0].tolist()), tuple(stated[1].tolist()), origin
    )


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
    loaded = load_criteria(Path(criteria) if isinstance(criteria, os.PathLike) else criteria)
    options = reading_options(loaded, reading, sheet=sheet, mapping=mapping)
    submission = read(books, loaded, options, progress)
    day = as_of or datetime.date.today()
    found = list(submission.findings)
    if len(submission):
        found += assess(
            from_submission(submission, loaded.criteria, day), loaded.criteria, day
        ).findings
    return Checked(tuple(in_order(found)), _manifest(loaded, None, submission, None, day, options))


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
    criteria: PathLike, policy: PathLike | None = None, profile: str | None = None
) -> tuple[LoadedCriteria, LoadedPolicy]:
    """Load a criteria set and the policy that goes with it.

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
    return loaded, load_policy(os.fspath(name), loaded, beside if policy is None else None)


def words_of(outcome: Outcome, fact: str) -> tuple[str, ...]:
    """Return the words that the results of a run have for a fact, each once, in order."""
    operand = outcome.assessment.names.get(fact)
    if operand is None:
        return ()
    return tuple(sorted({str(v) for v in operand.values.tolist() if isinstance(v, str) and v}))


def stability(
    books: PathLike | Iterable[PathLike],
    result: str | None = None,
    criteria: PathLike = DEFAULT_CRITERIA,
    *,
    sheet: str | None = None,
    mapping: PathLike | None = None,
    reading: ReadingOptions | None = None,
    progress: Progress | None = None,
) -> StabilityReport:
    """Read batch data and judge how stable each result is made, or one of them.

    Parameters
    ----------
    books
        Workbooks with batch data; a table of results is not needed.
    result
        The id of the result that is meant; all with batch data where None.
    criteria, sheet, mapping, reading, progress
        As for :func:`rank`; the criteria set says how batch data are read and judged.

    Raises
    ------
    UsageError
        There is no such result, besides what :func:`rank` raises.
    UnreadableInputError
        There are no batch data.
    """
    loaded = load_criteria(Path(criteria) if isinstance(criteria, os.PathLike) else criteria)
    options = reading_options(loaded, reading, sheet=sheet, mapping=mapping)
    submission = read(books, loaded, options, progress)
    findings = tuple(in_order(submission.findings))
    data = submission.batches
    if data is None or not (len(data.batches) or len(data.readings)):
        raise UnreadableInputError(
            Text(
                "没有读到批次数据（需要有批号列的工作表，见 pilotscore template）",
                "no batch data were read (a sheet with a column of batch numbers, see pilotscore template)",
            ),
            list(findings),
        )
    chosen = None if result is None else [_place_of(result, data.ids)]
    day = datetime.date.today()
    manifest = _manifest(loaded, None, submission, None, day, options)
    titles = dict(zip(submission.ids, submission.titles, strict=True))
    measures = Stability(data, loaded.criteria.measuring)
    return stability_report(measures, loaded, titles, findings, manifest, chosen)


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
    return _place_of(name, ids)


def _place_of(name: str, ids: tuple[str, ...]) -> int:
    """Return the place of an id, whatever its case; the nearest is suggested where there is none."""
    if name in ids:
        return ids.index(name)
    folded = [i.casefold() for i in ids]
    if folded.count(name.strip().casefold()) == 1:
        return folded.index(name.strip().casefold())
    from pilotscore.findings import nearest

    near = nearest(name, ids)
    guess = Text(f"；是否指 {near}？", f"; did you mean {near}?") if near else Text("", "")
    raise UsageError(
        Text(f"没有编号为 {name} 的成果{guess.zh}", f"no result has the id {name}{guess.en}")
    )


def _manifest(
    loaded: LoadedCriteria,
    chosen: LoadedPolicy | None,
    submission: Submission,
    ranking: Ranking | None,
    day: datetime.date,
    options: ReadingOptions,
) -> Manifest:
    import platform
    from importlib.metadata import version

    methods = ranking is not None and ranking.methods
    libraries = ["numpy", "python-calamine", *(["scikit-criteria"] if methods else [])]
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


def compare(
    old: PathLike | Iterable[PathLike],
    new: PathLike | Iterable[PathLike],
    criteria: PathLike = DEFAULT_CRITERIA,
    new_criteria: PathLike | None = None,
    *,
    profile: str | None = None,
    as_of: datetime.date | None = None,
    new_as_of: datetime.date | None = None,
    sheet: str | None = None,
    mapping: PathLike | None = None,
    reading: ReadingOptions | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Compare two rounds of assessment.

    Parameters
    ----------
    old, new
        The workbooks of each round, or folders of them.
    criteria
        The criteria of the old round, and of the new one unless ``new_criteria`` is given.
    new_criteria
        The criteria of the new round, where they changed.
    profile
        A weight profile, used for both.
    as_of, new_as_of
        The date of assessment of each round; today by default, and the new one's the old one's.
    sheet, mapping, reading, progress
        As for :func:`rank`, for both rounds.

    Raises
    ------
    UsageError, FaultyFileError, UnreadableInputError
        As :func:`rank`, for either round.
    """
    day = as_of or datetime.date.today()
    later = new_as_of or day

    def loaded_as(name: PathLike) -> LoadedCriteria:
        return load_criteria(Path(name) if isinstance(name, os.PathLike) else name, profile)

    def assessed(
        books: PathLike | Iterable[PathLike], loaded: LoadedCriteria, on: datetime.date
    ) -> tuple[Round, tuple[Finding, ...]]:
        options = reading_options(loaded, reading, sheet=sheet, mapping=mapping)
        submission = read(books, loaded, options, progress)
        if not len(submission):
            found = in_order(submission.findings)
            raise UnreadableInputError(Text("没有读到任何成果", "no result was read"), found)
        assessment = assess(from_submission(submission, loaded.criteria, on), loaded.criteria, on)
        ranking = rank_results(assessment)
        manifest = _manifest(loaded, None, submission, ranking, on, options)
        return Round(assessment, ranking, manifest), submission.findings

    before = loaded_as(criteria)
    after = before if new_criteria is None else loaded_as(new_criteria)
    first, told = assessed(old, before, day)
    last, more = assessed(new, after, later)
    same = after.source.fingerprint == before.source.fingerprint
    middle = last if same else assessed(new, before, later)[0]
    return compare_rounds(first, middle.assessment, last, in_order((*told, *more)))
