"""What a person sees in the terminal: the ranking, a scorecard, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pilotscore.findings import SEVERITY_TITLES, Finding, Severity
from pilotscore.index import Status, contributions, dimension_weights, shortfalls
from pilotscore.language import Lang, Text
from pilotscore.runs.explained import interval_text, move_text
from pilotscore.runs.outcome import Outcome
from pilotscore.wording import figures, words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Rich

WIDE = 110
_GRADE_STYLES = ("bold green", "green", "yellow", "dark_orange3", "red")
_SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def fit(text: str, width: int) -> str:
    """Cut or pad a text to a width in terminal cells, where a wide character takes two."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return (
        set_cell_size(text, max(width - 1, 0)).rstrip()
        + "…"
        + " " * (width - 1 - cell_len(set_cell_size(text, max(width - 1, 0)).rstrip()))
    )


def right(text: str, width: int) -> str:
    """Pad a text on the left to a width in terminal cells."""
    from rich.cells import cell_len

    return " " * max(0, width - cell_len(text)) + text


def _grade_style(outcome: Outcome, i: int) -> str:
    place = int(outcome.assessment.grade[i])
    return _GRADE_STYLES[min(place, len(_GRADE_STYLES) - 1)] if place >= 0 else "dim"


def labelled(console: Console, label: str, text: str, indent: int, style: str = "") -> None:
    """Print a labelled text, wrapped under itself."""
    from rich.cells import cell_len
    from rich.text import Text as Rich

    gap = 2 if label else 0
    left = indent + cell_len(label) + gap
    lines = Rich(text, style=style).wrap(console, max(20, console.width - left))
    for number, line in enumerate(lines):
        line.rstrip()
        head = (" " * indent + label + " " * gap) if number == 0 else " " * left
        console.print(Rich.assemble((head, "dim"), line), soft_wrap=True)


def print_ranking(outcome: Outcome, console: Console, lang: Lang, top: int | None = None) -> None:
    """Print the ranking: a line of figures for each result, then what is recommended and why."""
    a = outcome.assessment
    shown = outcome.ranking.order[:top]
    wide = console.width >= WIDE
    layout = _Layout(outcome, console.width, lang, wide=wide)
    title = f"{a.criteria.title.to(lang)} {a.criteria.version}"
    results = Text(f"{len(a)} 项成果", f"{len(a)} result{'s' if len(a) != 1 else ''}").to(lang)
    console.print(line((f"{title} · {results} · {outcome.manifest.as_of}", "bold")))
    for note in outcome.notes():
        console.print(line((note.to(lang), "magenta")))
    console.print(layout.header(), soft_wrap=True)
    console.print(line(("─" * min(console.width, layout.width), "dim")), soft_wrap=True)
    for i in shown:
        console.print(layout.row(i), soft_wrap=True)
        if not wide:
            labelled(console, "", layout.dimension_line(i), 5, "cyan")
        _print_advice(outcome, console, lang, i)
    if len(shown) < len(a):
        rest = len(a) - len(shown)
        more = Text(f"…… 另有 {rest} 项未显示（--top）", f"... {rest} more not shown (--top)")
        console.print(line((more.to(lang), "dim")))
    console.print()
    _print_counts(outcome, console, lang)


def print_table(table: Table, console: Console, indent: int = 0) -> None:
    """Print a table; piped, without the blanks that pad its lines."""
    from rich.padding import Padding
    from rich.text import Text as Rich

    padded = Padding(table, (0, 0, 0, indent))
    if console.is_terminal:
        console.print(padded)
        return
    with console.capture() as capture:
        console.print(padded)
    for line in capture.get().splitlines():
        console.print(Rich(line.rstrip()), soft_wrap=True)


def line(*parts: tuple[str, str]) -> Rich:
    """Return a line of pieces, each with its style."""
    from rich.text import Text as Rich

    return Rich.assemble(*parts)


def _print_advice(outcome: Outcome, console: Console, lang: Lang, i: int) -> None:
    r = outcome.plan.recommendations[i]
    offers = figures.funding(r, outcome.policy, lang)
    dot = " · "
    parts = [r.approval.title.to(lang), offers, figures.joined(r.support, lang)]
    labelled(console, words.ADVICE.to(lang), dot.join(p for p in parts if p), 5)
    reason = figures.reason(outcome.assessment, i, lang)
    if reason:
        labelled(console, words.REASON.to(lang), reason, 5, "yellow")


class _Layout:
    """The columns of the ranking for one width."""

    def __init__(self, outcome: Outcome, width: int, lang: Lang, *, wide: bool) -> None:
        from rich.cells import cell_len

        a = outcome.assessment
        self.outcome, self.lang, self.wide = outcome, lang, wide
        self.headings = [d.heading.to(lang) for d in a.criteria.dimensions]
        self.dims = [max(5, cell_len(h)) for h in self.headings] if wide else []
        ids = max((cell_len(x) for x in a.measurements.ids), default=2)
        self.id = min(max(ids, 4), 16)
        self.extra = (
            [
                (words.COMPLETE_SHORT.to(lang), 4),
                (words.GEOMETRIC_SHORT.to(lang), 5),
                (words.LOWEST_SHORT.to(lang), 5),
            ]
            if wide
            else []
        )
        grades = [self._grade(i) for i in range(len(a))]
        self.grade = min(14, max([cell_len(words.GRADE.to(lang)), *map(cell_len, grades)]))
        fixed = 4 + self.id + 6 + 8 + self.grade + sum(self.dims) + sum(w for _, w in self.extra)
        gaps = 5 + len(self.dims) + len(self.extra)
        self.title = max(12, min(44, width - fixed - gaps))
        self.width = fixed + gaps + self.title

    def _join(self, cells: Sequence[tuple[str, str]]) -> Rich:
        from rich.text import Text as Rich

        line = Rich(no_wrap=True)
        for n, (text, style) in enumerate(cells):
            line.append((" " if n else "") + text, style)
        line.rstrip()
        return line

    def _grade(self, i: int) -> str:
        a = self.outcome.assessment
        name, title = figures.grade_id(a, i), figures.grade_title(a, i).to(self.lang)
        return title if name == "—" else f"{name} {title}"

    def header(self) -> Rich:
        t = self.lang
        cells = [
            (right(words.RANK.to(t), 4), "bold"),
            (fit(words.ID.to(t), self.id), "bold"),
            (fit(words.TITLE.to(t), self.title), "bold"),
            (right(words.INDEX.to(t), 6), "bold"),
            (right(words.INTERVAL.to(t), 8), "bold"),
            (fit(words.GRADE.to(t), self.grade), "bold"),
            *((right(h, w), "bold") for h, w in self.extra),
            *((right(h, w), "bold") for h, w in zip(self.headings, self.dims, strict=False)),
        ]
        return self._join(cells)

    def row(self, i: int) -> Rich:
        a, ranking = self.outcome.assessment, self.outcome.ranking
        rank = str(ranking.ranks[i]) if ranking.ranks[i] else "—"
        rank = f"={rank}" if ranking.tied[i] else rank
        style = _grade_style(self.outcome, i)
        assessable = not a.missing.not_assessable[i]
        index = f"{a.index[i]:.1f}" if assessable else "—"
        same = assessable and a.high[i] - a.low[i] < 0.05
        interval = "" if same else f"{a.low[i]:.0f}-{a.high[i]:.0f}"
        cells = [
            (right(rank, 4), style),
            (fit(a.measurements.ids[i], self.id), ""),
            (fit(a.measurements.titles[i], self.title), "bold"),
            (right(index, 6), style),
            (right(interval, 8), "dim"),
            (fit(self._grade(i), self.grade), style),
        ]
        if self.wide:
            cells.append((right(f"{a.completeness[i]:.0%}", 4), "dim"))
            cells += [(right(f"{x[i]:.1f}", 5), "dim") for x in (a.geometric, a.lowest)]
            cells += [
                (right(_score(x), w), "") for x, w in zip(a.dimensions[i], self.dims, strict=True)
            ]
        return self._join(cells)

    def dimension_line(self, i: int) -> str:
        a = self.outcome.assessment
        pairs = zip(self.headings, a.dimensions[i], strict=True)
        dims = "  ".join(f"{h} {_score(x, 0)}" for h, x in pairs)
        geometric, lowest = words.GEOMETRIC_SHORT.to(self.lang), words.LOWEST_SHORT.to(self.lang)
        full = f"{words.COMPLETE_SHORT.to(self.lang)} {a.completeness[i]:.0%}"
        return f"{dims}  ({geometric} {a.geometric[i]:.1f}, {lowest} {a.lowest[i]:.0f}, {full})"


def _score(value: float, digits: int = 1) -> str:
    return "—" if value != value else f"{value:.{digits}f}"


def _print_counts(outcome: Outcome, console: Console, lang: Lang) -> None:
    a = outcome.assessment
    grades = Counter(figures.grade_id(a, i) for i in range(len(a)) if a.grade[i] >= 0)
    parts = [f"{g.id} {grades.get(g.id, 0)}" for g in a.criteria.grades]
    for status in (Status.WITHHELD, Status.NOT_ASSESSABLE):
        count = int((a.status == status).sum())
        if count:
            parts.append(f"{words.STATUS_TITLES[status].to(lang)} {count}")
    comma = "，" if lang == "zh" else ", "
    console.print(line((words.GRADES.to(lang) + "  ", "dim"), (comma.join(parts), "")))
    decisions = Counter(r.approval.title.to(lang) for r in outcome.plan.recommendations)
    listed = " | ".join(f"{title} {count}" for title, count in decisions.most_common())
    labelled(console, words.APPROVAL.to(lang), listed, 0)


def print_scorecard(outcome: Outcome, i: int, console: Console, lang: Lang) -> None:
    """Print the scorecard of one result: from raw values to index, grade and what decided it."""
    a = outcome.assessment
    m, ranking = a.measurements, outcome.ranking
    console.print(line((f"{m.ids[i]}  {m.titles[i]}", "bold")))
    console.print(line((str(m.place(i, None)), "dim")), soft_wrap=True)
    for note in outcome.notes():
        console.print(line((note.to(lang), "magenta")))
    console.print()
    _print_indicators(outcome, i, console, lang)
    _print_summary(outcome, i, console, lang)
    rank = int(ranking.ranks[i])
    if rank and len(a) > 1:
        text = Text(f"第 {rank} 名，共 {len(a)} 项", f"{rank} of {len(a)}").to(lang)
        labelled(console, words.RANK.to(lang), text, 0)
    console.print()
    _print_decision(outcome, i, console, lang)
    print_way_up(outcome, i, console, lang)


def _print_indicators(outcome: Outcome, i: int, console: Console, lang: Lang) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text as Rich

    a = outcome.assessment
    parts = contributions(a)[i]
    across = dimension_weights(a.criteria)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold")
    has_evidence = a.criteria.evidence is not None
    table.add_column(words.INDICATOR.to(lang), overflow="fold", ratio=3)
    table.add_column(words.VALUE.to(lang), overflow="fold", ratio=2)
    if has_evidence:
        table.add_column(words.EVIDENCE.to(lang), no_wrap=True)
    for heading in (words.SCORE, words.WEIGHT, words.CONTRIBUTION):
        table.add_column(heading.to(lang), justify="right", no_wrap=True)
    for k, (dimension, span) in enumerate(
        zip(a.criteria.dimensions, a.criteria.dimension_slices, strict=True)
    ):
        value = a.dimensions[i, k]
        cells = [Rich(dimension.title.to(lang)), Rich("")]
        cells += [Rich("")] if has_evidence else []
        cells += [Rich(_score(value)), Rich(f"{across[k]:.1%}"), Rich(f"{parts[span].sum():.2f}")]
        table.add_row(*cells, style="bold cyan")
        for j, indicator in zip(range(span.start, span.stop), dimension.indicators, strict=True):
            mark = "*" if indicator.required else ""
            score, uncapped = a.scores[i, j], a.scores_uncapped[i, j]
            shown = _score(score)
            if uncapped > score:
                shown = f"{uncapped:.0f}→{shown}"
            evidence = [figures.evidence_id(a, i, j)] if has_evidence else []
            cells = [
                Rich(t)
                for t in (
                    f"  {indicator.title.to(lang)}{mark}",
                    figures.raw_value(a, i, j, lang),
                    *evidence,
                    shown,
                    f"{a.weights[i, j]:.1%}",
                    f"{parts[j]:.2f}",
                )
            ]
            table.add_row(*cells, style="" if score == score else "dim")
    table.add_section()
    total = [Rich(words.INDEX.to(lang)), Rich("")] + ([Rich("")] if has_evidence else [])
    table.add_row(
        *total, Rich(f"{a.index[i]:.1f}"), Rich("100.0%"), Rich(f"{parts.sum():.2f}"), style="bold"
    )
    print_table(table, console)
    legend = [Text("* 必填", "* required")]
    if has_evidence:
        legend.append(Text("90→60 因证据不足而设上限", "90→60 capped by its evidence"))
        legend.append(Text("(E1) 未注明证据，按默认等级", "(E1) no evidence stated, the default"))
    console.print(line((figures.joined(legend, lang), "dim")))
    _print_bases(outcome, i, console, lang)


def _print_bases(outcome: Outcome, i: int, console: Console, lang: Lang) -> None:
    """Print what was worked out from batch data, and what could not be."""
    a = outcome.assessment
    found = [
        (indicator, basis)
        for indicator in a.criteria.indicators
        if (basis := a.measurements.bases.get((i, indicator.id))) is not None
    ]
    if not found:
        return
    console.print()
    title = Text("† 由批次数据计算", "† worked out from batch data").to(lang)
    console.print(line((title, "bold")))
    for indicator, basis in found:
        style = "yellow" if basis.why is not None else ""
        label = indicator.title.to(lang)
        labelled(console, label, figures.basis_text(basis, indicator, lang), 2, style)


def _print_summary(outcome: Outcome, i: int, console: Console, lang: Lang) -> None:
    from rich.cells import cell_len

    a = outcome.assessment
    console.print()
    whole = Text(f"；完整度 {a.completeness[i]:.0%}", f"; completeness {a.completeness[i]:.0%}")
    shown = interval_text(outcome, i).to(lang) + whole.to(lang)
    labelled(console, words.INDEX.to(lang), shown, 0, "bold")
    lowest = min(
        range(len(a.criteria.dimensions)),
        key=lambda k: a.dimensions[i, k] if a.dimensions[i, k] == a.dimensions[i, k] else 101.0,
    )
    title = a.criteria.dimensions[lowest].title
    beside = Text(
        f"几何平均 {a.geometric[i]:.1f}；最低维度 {a.lowest[i]:.1f}（{title.zh}）",
        f"geometric mean {a.geometric[i]:.1f}; lowest dimension {a.lowest[i]:.1f} ({title.en})",
    ).to(lang)
    if a.criteria.evidence is not None:
        caps = Text(
            f"；不计证据上限 {a.index_uncapped[i]:.1f}；证据达标率 {a.evidence_share[i]:.0%}",
            f"; without evidence caps {a.index_uncapped[i]:.1f}; evidence share {a.evidence_share[i]:.0%}",
        )
        beside += caps.to(lang)
    labelled(console, " " * cell_len(words.INDEX.to(lang)), beside, 0)


def _print_decision(outcome: Outcome, i: int, console: Console, lang: Lang) -> None:
    a = outcome.assessment
    grade = figures.grade_id(a, i)
    title = figures.grade_title(a, i).to(lang)
    shown = title if grade == "—" else f"{grade} {title}"
    labelled(console, words.GRADE.to(lang), shown, 0, f"bold {_grade_style(outcome, i)}")
    reason = figures.reason(a, i, lang)
    if reason:
        labelled(console, words.REASON.to(lang), reason, 0, "yellow")
    place = int(a.grade[i])
    if place > 0 and a.gates.cap[i] == place:
        rest = figures.joined([r.text for r in shortfalls(a, i, place - 1)], lang)
        if rest and rest not in reason:
            also = Text("此外", "besides").to(lang)
            labelled(console, also, rest, 0)
    closed = [g for g, _ in enumerate(a.criteria.gates) if a.gates.closed[i, g]]
    for g in closed:
        gate = a.criteria.gates[g]
        effect = f"{gate.title.to(lang)}: {figures.gate_effect(gate, lang)}"
        labelled(console, words.GATES.to(lang), effect, 0, "red")
    r = outcome.plan.recommendations[i]
    labelled(console, words.APPROVAL.to(lang), r.approval.title.to(lang), 0, "bold")
    labelled(console, words.FUNDING.to(lang), figures.funding(r, outcome.policy, lang), 0)
    for closed_offer in figures.closed_offers(r, lang):
        labelled(console, " " * 4, "✗ " + closed_offer, 0, "dim")
    if r.support:
        labelled(console, words.SUPPORT.to(lang), figures.joined(r.support, lang), 0)
    if r.transfer:
        labelled(console, words.TRANSFER.to(lang), figures.joined(r.transfer, lang), 0)
    if r.conditions:
        labelled(console, words.CONDITIONS.to(lang), figures.joined(r.conditions, lang), 0)


def print_way_up(outcome: Outcome, i: int, console: Console, lang: Lang) -> None:
    """Print the least changes that lift a result a grade, in one line each; nothing where none does."""
    from pilotscore.index import paths_up

    guidance = paths_up(outcome.assessment, i)
    found = [*guidance.singles[:1], *guidance.pairs[:1]] or (
        [guidance.cheapest] if guidance.cheapest else []
    )
    if guidance.target is None or not found:
        return
    grade = outcome.criteria.grades[guidance.target].id
    label = Text(f"升到 {grade}", f"To reach {grade}").to(lang)
    moves = [move_text(outcome, i, m, lang) for m in found[0].moves]
    labelled(console, label, (" + ").join(moves), 0, "green")
    more = Text(
        "全部路径与做法：pilotscore explain", "all paths, and what to do: pilotscore explain"
    )
    labelled(console, "", more.to(lang), 2, "dim")


def print_findings(
    findings: Iterable[Finding], console: Console, lang: Lang, most: int | None = None
) -> None:
    """Print findings: place, code, what was found, what was expected, how to mend it.

    With ``most``, the first of each kind in a column stands for the others, which are counted;
    errors come first, and no more than that many lines are printed.
    """
    listed = list(findings)
    groups: dict[object, list[Finding]] = {}
    for number, f in enumerate(listed):
        alike = (f.code, f.place.file, f.place.sheet, f.place.column)
        stands_for = most is not None and f.place.column is not None
        groups.setdefault(alike if stands_for else number, []).append(f)
    ordered = sorted(groups.values(), key=lambda g: list(SEVERITY_TITLES).index(g[0].severity))
    for group in ordered[:most]:
        f = group[0]
        more = ""
        if len(group) > 1:
            count = len(group) - 1
            more = Text(f"（此列另有 {count} 处）", f" (and {count} more in this column)").to(lang)
        console.print(
            line(
                (f"{f.place}: ", "bold"),
                (f"{f.code} ", _SEVERITY_STYLES[f.severity]),
                (f.sentence(lang) + more, ""),
            ),
            soft_wrap=not console.is_terminal,
        )
    counts = Counter(f.severity for f in listed)
    if listed:
        comma = "，" if lang == "zh" else ", "
        parts = [f"{counts[s]} {_plural(s, counts[s], lang)}" for s in SEVERITY_TITLES if counts[s]]
        total = comma.join(parts)
        if most is not None and len(ordered) > most:
            left = Text("（未全部显示；-o 文件中有全部）", " (not all shown; -o FILE has them all)")
            total += left.to(lang)
        console.print(line((total, "dim")))


def _plural(severity: Severity, count: int, lang: Lang) -> str:
    title = SEVERITY_TITLES[severity].to(lang)
    if lang == "zh":
        return "处" + title
    return title if count == 1 or severity == "info" else title + "s"
