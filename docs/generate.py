"""Writes what the pages repeat from the code: the findings, and each command with its options.

    python docs/generate.py            writes it anew
    python docs/generate.py --check    ends with 1 and names the pages that are stale

It stands between ``<!-- generated: WHAT -->`` and ``<!-- end -->``; all around it is kept by hand.
WHAT is one of::

    findings B H           the kinds of finding whose codes begin with these letters
    commands               every command, with what it does
    command criteria diff  what this command does, and how it is called
    options criteria diff  what it takes
    shared rule            options that many commands take: common, rule, reading or writing
    validation             the published cases that the tests hold, worked out anew
    coverage ppk           how often the bounds of Ppk hold, as benchmarks/coverage.py stored it
    coverage others        how often those of other measures do
    periods                the periods of IP rights, with the law that each stands on
    regions                the rules of the nation and its regions, with the law of each
    steps                  the steps between the states of a result: who acts, what proves it
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from pilotscore.cli import main
from pilotscore.cli.bilingual import Command, Group, Option, lang_option
from pilotscore.cli.opening import OpeningCommand
from pilotscore.cli.output import writing_options
from pilotscore.cli.reading import reading_options
from pilotscore.cli.shared import rules_options
from pilotscore.criteria.legal.periods import Count, shipped_periods
from pilotscore.criteria.legal.regions import BINDINGS, load_regulations
from pilotscore.criteria.legal.steps import Edge, load_steps
from pilotscore.findings import all_kinds
from pilotscore.language import Lang, Text
from pilotscore.rights.ip.checks import KIND_TITLES
from pilotscore.rights.ip.roles import ROLE_TITLES

HERE = Path(__file__).parent
Row = tuple[str, ...]
_HEAD = ("option", "meaning", "含义")
_PART = re.compile(r"(<!-- generated: (\w+) ?([^>]*?) -->\n).*?(<!-- end -->)", re.DOTALL)
_FILLED = re.compile(r"\{(\w+)[!:][^}]*\}")  # {text!r} reads as {text}


def _context(command: click.Command) -> click.Context:
    """Return a context as running the command makes it; click keeps the first help option."""
    return click.Context(command, **command.context_settings)


def table(head: Row, rows: Iterable[Row]) -> str:
    """Return a table of cells in Markdown."""
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(c.replace('|', chr(92) + '|') for c in r)} |\n" for r in lines)


def plain(text: str) -> str:
    """Return words in which nothing is Markdown, but options, which are set as code."""
    text = re.sub(r"([*<\[])", r"\\\1", text)
    return re.sub(r"(?<![\w-])(--?[a-z][\w-]*)", r"`\1`", text)


def findings(letters: str) -> str:
    """Return the kinds of finding whose codes begin with these letters."""
    begins = tuple(letters.split())
    kinds = [k for code, k in all_kinds().items() if code.startswith(begins)]
    words = [tuple(plain(_FILLED.sub(r"{\1}", x)) for x in (k.found.en, k.found.zh)) for k in kinds]
    rows = ((k.code, k.severity, *w) for k, w in zip(kinds, words, strict=True))
    return table(("code", "severity", "what was found", "发现"), rows)


def commands(group: click.Group = main, path: Row = ()) -> Iterator[tuple[str, Command | Group]]:
    """Yield every command by its full name, a group before what is in it."""
    for name, command in group.commands.items():
        if isinstance(command, Command | Group):
            yield " ".join((*path, name)), command
        if isinstance(command, Group):
            yield from commands(command, (*path, name))


def all_commands(_: str) -> str:
    """Return every command, with what it does in short."""
    rows = (
        (f"[`{name}`](#pilotscore-{name.replace(' ', '-')})", c.in_short("en"), c.in_short("zh"))
        for name, c in commands()
        if not isinstance(c, Group) or isinstance(c, OpeningCommand)
    )
    return table(("command", "what it does", "作用"), rows)


def one_command(name: str) -> str:
    """Return what a command does, and how it is called."""
    command = dict(commands())[name]
    call = " ".join(["pilotscore", name, *command.collect_usage_pieces(_context(command))])
    return f"{plain(command.text.en)}\n\n{plain(command.text.zh)}\n\n```text\n{call}\n```\n"


def options(name: str) -> str:
    """Return what a command takes: its own options, then those that it shares with others."""
    params = dict(commands())[name].params
    takes = [p for p in params if isinstance(p, Option) or isinstance(p.type, click.Choice)]
    own = [row_of(p) for p in takes]
    parts, also = [], []
    for what in SHARED:
        many = shared_options(what)
        if all(row_of(o) in own for o in many):
            own = [row for row in own if row not in [row_of(o) for o in many]]
            names = ", ".join(f"`{o.opts[-1]}`" for o in many)
            also += [] if what == "common" else [f"the [{what} options](#{what}-options) {names}"]
    if own:
        parts.append(table(_HEAD, own))
    if also:
        parts.append(f"And {'; '.join(also)}.\n")
    return "\n".join(parts) or "It takes no options of its own.\n"


SHARED: dict[str, Callable[[Callable[[], None]], object]] = {
    "rule": rules_options,
    "reading": reading_options,
    "writing": writing_options,
    "common": lang_option(),
}


def shared(what: str) -> str:
    """Return the options that many commands take."""
    return table(_HEAD, map(row_of, shared_options(what)))


def shared_options(what: str) -> list[Option]:
    """Return these options, as a command without others has them."""
    bare = SHARED[what](lambda: None)
    return list(reversed(bare.__click_params__))  # type: ignore[attr-defined]


def row_of(param: click.Parameter) -> Row:
    """Return a parameter: its names with what it takes, and its meaning in both languages."""
    if not isinstance(param, Option):  # an argument with a choice
        listed = ", ".join(f"`{choice}`" for choice in param.type.choices)  # type: ignore[attr-defined]
        return f"`{param.metavar}`", f"One of {listed}.", f"{listed.replace(', ', '、')} 之一。"
    names = [*param.opts, *param.secondary_opts]
    if not param.is_flag:
        names[-1] += " " + param.make_metavar(_NOWHERE).strip("[]")
    return ", ".join(f"`{n}`" for n in names), meaning(param, "en"), meaning(param, "zh")


def meaning(option: Option, lang: Lang) -> str:
    """Return what an option means, with what the code says of its values."""
    text = plain(option.text.to(lang))
    values = [v.to(lang) for v in values_of(option)]
    if not values:
        return text
    comma, opening, closing, stop = (
        ("；", "（", "）", "。") if lang == "zh" else ("; ", " (", ")", ".")
    )
    text = text.removesuffix(stop)
    text = text.removesuffix(closing) + comma if text.endswith(closing) else text + opening
    return text + comma.join(values) + closing + stop


def values_of(option: Option) -> Iterator[Text]:
    """Yield whether an option must be given, its default and bounds, but for counts from 0 or 1."""
    if option.required:
        yield Text("必填", "required")
    if option.show_default:
        yield Text(f"默认 `{option.default}`", f"default `{option.default}`")
    low, high = getattr(option.type, "min", None), getattr(option.type, "max", None)
    if high is not None:
        yield Text(f"{low} 至 {high}", f"{low} to {high:,}")


def validation(_: str) -> str:
    """Return every published case that the tests hold: source, printed, and what comes out here."""
    sys.path.append(str(HERE.parent))
    from tests.published.areas import AREAS, row

    head = ("what / 内容", "source / 出处", "printed / 原文", "here / 本工具")
    count = sum(len(cases) for _, cases in AREAS.values())
    parts = [f"{count} cases are held; 共 {count} 例。\n"]
    for title, cases in AREAS.values():
        parts.append(f"## {title.en} / {title.zh}\n\n{table(head, map(row, cases))}")
    return "\n".join(parts)


def coverage(which: str) -> str:
    """Return how often bounds hold by the stored figures of benchmarks/coverage.py, in percent."""
    stored = HERE.parent / "benchmarks" / "coverage.json"
    figures = json.loads(stored.read_text(encoding="utf-8"))
    if which == "others":
        rows = ((r["bound"], r["of"], f"{r['held']:.1%}") for r in figures["others"])
        return table(("bound", "of", "holds in"), rows)
    sizes = sorted({r["n"] for r in figures["ppk"]})
    parts = []
    for held, median in (("held", "median"), ("normal_form", "normal_median")):
        by_name: dict[str, list[str]] = {}
        for r in figures["ppk"]:
            rest = 1 - r["assessed"] if held == "held" else 0
            none = f" (none: {rest:.1%})" if rest >= 0.001 else ""
            cell = f"{100 * r[held]:.1f} · {r[median]:.2f}{none}"
            by_name.setdefault(r["distribution"], []).append(cell)
        rows = ((name, *cells) for name, cells in by_name.items())
        first = "the bound that counts" if held == "held" else "the normal formula alone"
        parts.append(table((first, *(f"n = {n}" for n in sizes)), rows))
    return "\n".join(parts)


def periods(_: str) -> str:
    """Return every period and term of IP rights: what it runs from, how long, by which law."""
    rules = shipped_periods()
    rows = []
    for rule in rules.file.periods:
        lengths = ", or ".join(length(count) for count in rule.ends)
        if len(rule.ends) > 1:
            lengths = f"the {rule.of} of {lengths.replace(', or ', ' and ')}"
        window = f"; window to {length(rule.window[0])}" if rule.window else ""
        restored = f"; restoration {rule.restore} months after" if rule.restore else ""
        fixed = "" if rule.moves else "; not moved"
        law, verify = rules.basis(rule.basis), "" if rule.status == "in force" else " (to verify)"
        what = f"{rule.title.en}{verify}<br>{rule.title.zh}"
        said = f"{lengths}{window}{restored}{fixed}"
        kinds = ", ".join(KIND_TITLES[kind].en for kind in rule.kinds)
        rows.append((what, kinds, said, f"{law.en}<br>{law.zh}"))
    return table(("what / 事项", "of", "runs", "law / 依据"), rows)


def length(count: Count) -> str:
    """Return a length and what it runs from: ``3 years from priority date, or filing``."""
    parts = ((count.years, "year"), (count.months, "month"), (count.days, "day"))
    said = " ".join(f"{n} {unit}{'s' if n > 1 else ''}" for n, unit in parts if n) or "the day"
    end = ", to the end of that year," if count.year_end else ""
    return f"{said}{end} {'from' if said != 'the day' else 'of'} {ROLE_TITLES[count.role].en}"


def regions(_: str) -> str:
    """Return every rule of the nation and its regions: how it binds, and where it stands."""
    loaded, rows = load_regulations(), []
    for rule in loaded.rules.values():
        law, verify = loaded.source(rule), "" if rule.status == "in force" else " (to verify)"
        what = f"{rule.title.en}{verify}<br>{rule.title.zh}"
        binds = BINDINGS[rule.binding].en
        basis = f"{law.to('en')}<br>{law.to('zh')}"
        region = loaded.region_of_rule[rule.id].title.en
        rows.append((rule.id, region, what, binds, basis, loaded.as_of(rule)))
    return table(("rule", "region", "what / 事项", "binds", "law / 依据", "read"), rows)


def steps(_: str) -> str:
    """Return the steps between the states of a result: for which, who acts, what proves it."""
    machine, rows = load_steps(), []
    for edge in machine.file.edges:
        to = machine.states[edge.to].title
        before = ", ".join(machine.states[s].title.en for s in edge.sources) or "nothing"
        if len(edge.sources) > 3:
            before = f"any from {machine.states[edge.sources[0]].title.en} on"
        actor, proof = machine.actor(edge), edge.document
        who, shown = f"{actor.en}<br>{actor.zh}", f"{proof.en}<br>{proof.zh}"
        rows.append((f"{to.en}<br>{to.zh}", before, concerned(edge), who, shown, edge.rule))
    return table(("state", "after", "for", "who acts", "what proves it", "rule"), rows)


def concerned(edge: Edge) -> str:
    """Say for which results a step is there, and whether it may be passed over."""
    words = (
        (edge.granted, "rights granted", "no rights granted"),
        (edge.use_right, "a right of use", "a share"),
        (edge.state, "state units", "other units"),
    )
    said = [yes if wanted else no for wanted, yes, no in words if wanted is not None]
    said += [" or ".join(m.replace("_", " ") for m in edge.modes)] if edge.modes else []
    return "; ".join(said + ["may be passed over"] * edge.optional) or "all"


_NOWHERE = _context(main)
_WRITERS = {
    "findings": findings,
    "commands": all_commands,
    "command": one_command,
    "options": options,
    "shared": shared,
    "validation": validation,
    "coverage": coverage,
    "periods": periods,
    "regions": regions,
    "steps": steps,
}


def renewed(page: Path) -> str:
    """Return the text of a page with its generated parts as the code has them now."""

    def part(found: re.Match[str]) -> str:
        return found[1] + _WRITERS[found[2]](found[3]) + found[4]

    return _PART.sub(part, page.read_text(encoding="utf-8"))


def stale() -> list[Path]:
    """Return the pages that say another thing than the code."""
    pages = sorted(HERE.glob("*.md"))
    return [page for page in pages if renewed(page) != page.read_text(encoding="utf-8")]


def run(args: list[str]) -> int:
    """Write the pages anew, or with ``--check`` say which are stale."""
    for page in (pages := stale()):
        if args == ["--check"]:
            click.echo(f"docs/{page.name} is stale: run python docs/generate.py", err=True)
        else:
            page.write_text(renewed(page), encoding="utf-8", newline="\n")
            click.echo(f"wrote docs/{page.name}")
    return 1 if pages and args == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
