"""The measures that keep a trade secret, as a checklist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pilotscore.criteria.legal.periods import TradeSecret
from pilotscore.document import Block, Column, Fact, Gap, Lazily, Table, heading
from pilotscore.language import Text, Words, join, same
from pilotscore.runs.ip import IpReport
from pilotscore.wording import words

_HEADING = Text("{title}：{stated}/{all} 项已采取", "{title}: {stated} of {all} taken")
_TAKEN: Mapping[bool | None, tuple[Words, str]] = {
    True: (Text("✔ 已采取", "✔ taken"), "green"),
    False: (Text("✖ 未采取", "✖ not taken"), "red"),
    None: (Text("? 未说明", "? not said"), "yellow"),
}
_NOTE = Text(
    "清单是可查的线索，不是结论：措施是否与秘密的价值相应，由法院判断",
    "A checklist shows what there is; whether measures match the value of the secret is for a "
    "court to say",
)


def checklist_of(report: IpReport, result: int) -> Mapping[str, bool | None] | None:
    """Return each measure with what is said of it; None where a result has no trade secret."""
    kinds = report.assessment.ip.kind[report.rights_of(result)]
    name = str(report.assessment.results.result[result])
    if "trade_secret" not in kinds and name not in report.measures:
        return None
    stated = report.measures.get(name, {})
    return {m.id: stated.get(m.id) for m in _rules(report).measures}


def _rules(report: IpReport) -> TradeSecret:
    return report.rules.periods.file.trade_secret


def checklist(report: IpReport, result: int) -> Iterator[Block]:
    """Yield the measures of a result; nothing where it has no trade secret."""
    stated = checklist_of(report, result)
    if stated is None:
        return
    rules = _rules(report)
    taken = sum(value is True for value in stated.values())
    said = _HEADING.of(title=rules.title, stated=taken, all=len(stated))
    yield Gap()
    yield heading(said, "bold cyan")
    for measure in rules.measures:
        mark, style = _TAKEN[stated[measure.id]]
        yield Fact(mark, measure.title, 2, style, label_width=12)
    basis = report.rules.periods.basis(rules.basis)
    yield Fact("", join((basis, _NOTE)), 2, "dim")


def secrets_table(report: IpReport) -> Table | None:
    """Return a row for each result with a trade secret and measure; None where there is none."""
    lists = {r: stated for r in _with_secrets(report) if (stated := checklist_of(report, r))}
    if not lists:
        return None
    measures = _rules(report).measures
    names = report.assessment.results.result
    pairs = [(r, m) for r in lists for m in measures]
    columns = (
        Column("result", words.ID, width=14),
        Column("measure", Text("措施", "measure"), "wrap", 50),
        Column("state", Text("状态", "state"), width=12),
        Column("id", same("id"), width=20),
    )

    def row(pair: tuple[int, Any]) -> list[Any]:
        result, measure = pair
        return [names[result], measure.title, _TAKEN[lists[result][measure.id]][0], measure.id]

    return Table(columns, Lazily(pairs, row))


def _with_secrets(report: IpReport) -> list[int]:
    """Return the places of the shown results that have a trade secret or a list of measures."""
    of, kinds = report.assessment.results.of, report.assessment.ip.kind
    with_kind = set(of[kinds == "trade_secret"].tolist())
    names = report.assessment.results.result
    listed = {i for i, name in enumerate(names) if name in report.measures}
    return sorted((with_kind | listed) & set(report.results))
