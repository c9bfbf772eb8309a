"""The evaluation report of a result, and its scorecard on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from pilotscore.document import Block, Fact
from pilotscore.drawings import ControlChart
from pilotscore.language import BLANK, COLON, LANGS, NOTHING, Text, Words, join, same
from pilotscore.runs.explained import completeness_text
from pilotscore.runs.letters import Letters, own_books
from pilotscore.runs.outcome import Outcome
from pilotscore.runs.stability import CharacteristicStability, FigureRow, ResultStability
from pilotscore.views import origins, rights_beside
from pilotscore.views.letters.base import Context
from pilotscore.views.letters.beside import milestones, opinions
from pilotscore.views.letters.decision import decision
from pilotscore.views.letters.sheet import gates, radar, score_sheet, way_up
from pilotscore.wording import figures

MOST_CHARTS = 4
_FIGURE = Text("{value}（置信界 {low}–{high}）", "{value} (bounds {low}–{high})")
_OF_BATCHES = Text("批次与运行", "Batches and running")
_NOT_STATED = Text(
    "{share} 的权重未注明证据，按最低等级计", "of {share} of the weight no evidence is stated"
)
_MISSING = Text("缺项按 0 分计，占权重 {share}", "what is missing scores 0: {share} of the weight")
_OPEN_FINDINGS = Text("尚有 {n} 处待补正", "{n} places are still to be mended")
_NO_LIMITS = Text("没有缺项，没有待补正之处", "nothing is missing and nothing is to be mended")
_PANEL = Text("由专家评审给出的指标", "given by a panel of experts")
_SHARE = Text("占指数权重", "share of the weight of the index")
_CRITERIA, _POLICY = Text("指标体系", "criteria set"), Text("政策", "policy")
_YES_NO = {"yes": Text("是", "yes"), "no": Text("否", "no")}
_CELL = Text("{file}，{sheet} 表，{cell}", "{file}, sheet {sheet}, {cell}")


def context(letters: Letters, name: str) -> Context:
    """Return what an evaluation report says."""
    i, outcome = letters.place(name), letters.outcome
    stable = letters.stability.get(name)
    return {
        **decision(letters, name),
        **score_sheet(letters, i),
        **way_up(outcome, i),
        "radar": radar(outcome, i),
        "gates": gates(outcome, i),
        "facts": list(_facts(outcome, i)),
        "method": figures.aggregation(outcome.criteria),
        "stability": [] if stable is None else list(_stability(stable)),
        "charts": [] if stable is None else list(_charts(stable))[:MOST_CHARTS],
        "limits_of_report": _limits(letters, name, i),
        "panel": list(_panel(outcome, i)),
        "opinions": list(opinions(letters, name)),
        "milestones": list(milestones(letters, name)),
        "rights": list(_said(rights_beside.page(outcome.assessment, i))),
        "annexes": list(_annexes(letters, i)),
    }


def card(letters: Letters, name: str) -> Context:
    """Return what the scorecard on one page says."""
    i, outcome = letters.place(name), letters.outcome
    return {
        **decision(letters, name),
        **score_sheet(letters, i),
        **way_up(outcome, i),
        "radar": radar(outcome, i, small=True),
        "gates": [gate for gate in gates(outcome, i) if gate["closed"]],
        "completeness": completeness_text(outcome, i),
    }


def _facts(outcome: Outcome, i: int) -> Iterator[Context]:
    """Yield the facts that were stated of a result: its class, its field, its mode."""
    m = outcome.assessment.names
    for fact in outcome.criteria.facts:
        operand = m.get(fact.id)
        value = None if operand is None else operand.values.tolist()[i]
        if isinstance(value, str) and value:
            title = next((e.title for e in fact.table or () if e.id == value), same(value))
            title = _YES_NO.get(value, title) if fact.type == "yes_no" else title
            yield {"title": fact.title, "value": title}


def _stability(stable: ResultStability) -> Iterator[Context]:
    """Yield the measures from batch data, each with its bounds, or why there is none."""
    yield from (_measure(_OF_BATCHES, row) for row in stable.figures)
    for c in stable.characteristics:
        yield from (_measure(c.title, row) for row in c.figures)
        for note in c.notes:
            yield {"of": c.title, "title": "", "value": note, "verdict": ""}


def _measure(of: Words | str, row: FigureRow) -> Context:
    verdict: Words | str = row.verdict or ""
    said: Words | str = row.why if row.why is not None else _bounded(row)
    return {"of": of, "title": row.title, "value": said, "verdict": verdict}


def _bounded(row: FigureRow) -> Words | str:
    value, low, high = (figures.short(x) for x in (row.value, row.low, row.high))
    mark = NOTHING if row.unit.en.startswith("%") else BLANK
    of_unit = join((value, row.unit), mark) if row.unit.en else value
    return _FIGURE.of(value=of_unit, low=low, high=high) if row.low < row.high else of_unit


def _charts(stable: ResultStability) -> Iterator[ControlChart]:
    for c in sorted(stable.characteristics, key=lambda c: not c.key):
        if c.chart is not None:
            yield _chart(stable, c)


def _chart(stable: ResultStability, c: CharacteristicStability) -> ControlChart:
    chart = c.chart
    assert chart is not None  # those without were left out
    title = join((stable.id, c.title), same("  "))
    flags = tuple((n, ",".join(map(str, rules))) for n, rules in chart.signals)
    limits = (chart.lower, chart.upper)
    return ControlChart(title, chart.kind, chart.names, chart.points, chart.centre, *limits, flags)


def _limits(letters: Letters, name: str, i: int) -> list[Words]:
    """Return what the conclusion does not rest on."""
    a, said = letters.outcome.assessment, list[Words]()
    if (missing := 1.0 - float(a.completeness[i])) > 1e-9:
        said.append(_MISSING.of(share=figures.some_percent(missing)))
    if (unstated := float(a.unstated_share[i])) > 1e-9:
        said.append(_NOT_STATED.of(share=figures.some_percent(unstated)))
    if findings := letters.findings.get(name):
        said.append(_OPEN_FINDINGS.of(n=len(findings)))
    return said or [_NO_LIMITS]


def _panel(outcome: Outcome, i: int) -> Iterator[Context]:
    """Yield what a panel judged, without any name; nothing where it judged nothing."""
    judged = origins.record(outcome, i)
    if judged["judged"]:
        yield {"title": _PANEL, "value": origins.judged_indicators(outcome, i)}
        yield {"title": _SHARE, "value": figures.some_percent(judged["judged_share"])}


def _said(blocks: Iterable[Block]) -> Iterator[Context]:
    """Yield the facts among blocks, each with its label."""
    for block in blocks:
        if isinstance(block, Fact) and any(_text(block.text, lang) for lang in LANGS):
            yield {"title": block.label, "value": block.text}


def _text(words: Words | str, lang: str) -> str:
    return words if isinstance(words, str) else words.to("zh" if lang == "zh" else "en")


def _annexes(letters: Letters, i: int) -> Iterator[Context]:
    """Yield what a report rests on: the applicant's own workbook, the rules, the round."""
    place = letters.outcome.assessment.measurements.place(i, None)
    for file, sha256 in own_books(letters.outcome, i):
        named = PurePath(file.replace("\\", "/")).name
        where = _CELL.of(file=named, sheet=place.sheet or "—", cell=place.cell or "—")
        yield {"title": where, "sha256": sha256}
    for name, title in (("criteria", _CRITERIA), ("policy", _POLICY)):
        entry = letters.manifest[name]
        yield {"title": join((title, entry["file"]), COLON), "sha256": entry["sha256"]}
