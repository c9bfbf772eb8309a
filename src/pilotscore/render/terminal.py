"""A page in the terminal: blocks wrapped and fitted to the width of the screen; piped, plain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.text import Text as Rich

from pilotscore.document import (
    NARROW,
    Block,
    Drawing,
    Fact,
    Gap,
    Grid,
    Line,
    Listing,
    Meter,
    Piece,
    Row,
    Said,
    Slot,
    Strip,
)
from pilotscore.language import Lang
from pilotscore.render.drawings import draw
from pilotscore.render.fitting import fit, meter, right, shown_text, shrunk
from pilotscore.render.table_cells import CellText
from pilotscore.render.wrapping import lines, without_joints

if TYPE_CHECKING:
    from rich.console import Console

_LEAST_WIDTH = 20
_TOO_LITTLE = 12  # a text has lines of its own where its label leaves less
_BELOW = 2  # further to the right than the label above it


def print_page(blocks: Iterable[Block], console: Console, lang: Lang) -> None:
    """Print blocks one below the other.

    Parameters
    ----------
    blocks
        The page of a document, or part of one.
    console
        Where to; its width decides what is fitted or wrapped.
    lang
        The language.
    """
    for block in blocks:
        _PRINT[type(block)](block, console, lang)


def _gap(block: Gap, console: Console, lang: Lang) -> None:  # noqa: ARG001 - one signature for all
    for _ in range(block.lines):
        console.print()


def _line(block: Line, console: Console, lang: Lang) -> None:
    text = pieces(block.pieces, lang)
    if block.hang is not None and not console.is_terminal:
        console.out((" " * block.indent + without_joints(text).plain).rstrip(), highlight=False)
    elif block.hang:
        for number, part in enumerate(lines(text, _room(console, block.hang))):
            lead = " " * (block.hang if number else block.indent)
            console.print(Rich.assemble(lead, part), soft_wrap=True)
    else:
        _print_text(text, console, wrap=block.wrap)


def _print_text(text: Rich, console: Console, *, wrap: bool) -> None:
    for part in lines(text, console.width) if wrap else (without_joints(text),):
        console.print(part, soft_wrap=True)


def _room(console: Console, left: int) -> int:
    """Return the cells beside what stands on the left; a long label leaves some all the same."""
    return max(_LEAST_WIDTH, console.width - left)


def pieces(parts: Sequence[Piece], lang: Lang) -> Rich:
    """Return pieces as one styled text."""
    return Rich.assemble(*((shown_text(text, lang), style) for text, style in parts))


def _fact(block: Fact, console: Console, lang: Lang) -> None:
    if block.narrower is not None and console.width >= block.narrower:
        return
    label = shown_text(block.label, lang)
    if block.label_width is not None:
        label = fit(label, block.label_width)
    if block.continues:
        label = " " * cell_len(label)
    gap = 2 if label else 0
    left = block.indent + cell_len(label) + gap
    text = Rich(shown_text(block.text, lang), style=block.style)
    if label and console.width - left < _TOO_LITTLE < console.width - block.indent - _BELOW:
        _fact_below(label, text, block.indent, console)
        return
    for number, part in enumerate(lines(text, _room(console, left))):
        head = " " * block.indent + label + " " * gap if number == 0 else " " * left
        console.print(Rich.assemble((head, "dim"), part), soft_wrap=True)


def _fact_below(label: str, text: Rich, indent: int, console: Console) -> None:
    """Print a label that leaves no room beside it, and its text in lines of their own."""
    for left, words in ((indent, Rich(label, style="dim")), (indent + _BELOW, text)):
        for part in lines(words, console.width - left):
            console.print(Rich.assemble(" " * left, part), soft_wrap=True)


def _strip(block: Strip, console: Console, lang: Lang) -> None:
    said = ((p, " ".join(shown_text(p.text, lang).split())) for p in block.parts)
    parts = [(p, text) for p, text in said if text]
    if not parts:
        return
    mark = shown_text(block.mark, lang)
    whole = max(1, console.width - block.indent)
    sizes = [cell_len(text) for _, text in parts]
    least, yields = [p.least for p, _ in parts], [p.yields for p, _ in parts]
    widths = shrunk(sizes, least, yields, whole - cell_len(mark) * (len(parts) - 1))
    cut = [fit(text, width).rstrip() for (_, text), width in zip(parts, widths, strict=True)]
    line = Rich(mark).join(Rich(text, p.style) for (p, _), text in zip(parts, cut, strict=True))
    line.truncate(whole, overflow="ellipsis")
    console.print(Rich.assemble(" " * block.indent, line), soft_wrap=True)


def _grid(block: Grid, console: Console, lang: Lang) -> None:
    for shown in _shown_at_a_time(block, console.width):
        _grid_of(block, shown, console, lang)


def _shown_at_a_time(block: Grid, width: int) -> Iterator[list[int]]:
    """Yield the columns that are shown together, for as many grids as it takes."""
    columns = [k for k, c in enumerate(block.columns) if width >= c.from_width]
    if block.banks is None:
        yield columns
        return
    banks = block.banks
    side = max(1, (width - banks.others) // banks.each)
    for start in range(banks.first, banks.last + 1, side):
        here = range(start, min(start + side, banks.last + 1))
        yield [k for k in columns if k in here or not banks.first <= k <= banks.last]


def _grid_of(block: Grid, shown: Sequence[int], console: Console, lang: Lang) -> None:
    from rich import box
    from rich.table import Table

    table = (
        Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold")
        if block.ruled
        else Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=block.headed)
    )
    for c in (block.columns[k] for k in shown):
        table.add_column(
            shown_text(c.heading, lang),
            justify="right" if c.right else "left",
            no_wrap=c.whole,
            overflow="fold" if c.fold else "ellipsis",
            ratio=c.ratio,
        )
    for row in block.rows:
        if row.ruled:
            table.add_section()
        cells = (
            CellText.assemble(pieces(cell, lang))
            if isinstance(cell, tuple)
            else CellText(shown_text(cell, lang))
            for cell in (row.cells[k] for k in shown)
        )
        table.add_row(*cells, style=row.style)
    _print_table(table, console, block.indent)


def _print_table(table: Any, console: Console, indent: int) -> None:
    """Print a table; piped, without the blanks that pad its lines."""
    from rich.padding import Padding

    padded = Padding(table, (0, 0, 0, indent))
    if console.is_terminal:
        console.print(padded)
        return
    with console.capture() as capture:
        console.print(padded)
    for line in capture.get().splitlines():
        console.print(Rich(line.rstrip()), soft_wrap=True)


def _listing(block: Listing, console: Console, lang: Lang) -> None:
    shown = [k for k, slot in enumerate(block.slots) if console.width >= slot.from_width]
    widths = slot_widths(block, shown, console.width, lang)
    if block.headed:
        heads = [(shown_text(block.slots[k].heading, lang), block.head_style) for k in shown]
        console.print(_row(heads, block.slots, shown, widths, " " * block.indent), soft_wrap=True)
    if block.ruled:
        whole = block.indent + sum(widths) + sum(block.slots[k].gap for k in shown[1:])
        console.print(Rich("─" * min(console.width, whole), style="dim"), soft_wrap=True)
    for row in block.rows:
        if len(row.cells) < len(block.slots):
            _spanning_row(row, widths, block.indent, console, lang)
        else:
            cells = [_cell(row, k, widths[n], lang) for n, k in enumerate(shown)]
            _print_row(cells, block, shown, widths, console)
        print_page(row.below, console, lang)


def _spanning_row(
    row: Row, widths: Sequence[int], indent: int, console: Console, lang: Lang
) -> None:
    """Print a row whose last piece takes the rest of the line."""
    *cells, (text, style) = (_cell(row, k, widths[k], lang) for k in range(len(row.cells)))
    label = " ".join(fit(x, widths[k]) for k, (x, _) in enumerate(cells)) + " "
    _fact(Fact(label, text, indent, style), console, lang)


def _print_row(
    cells: Sequence[tuple[str, str]],
    block: Listing,
    shown: Sequence[int],
    widths: Sequence[int],
    console: Console,
) -> None:
    """Print a row; a loose last piece that does not fit goes below."""
    line = _row(cells, block.slots, shown, widths, " " * block.indent)
    below = block.slots[shown[-1]].loose
    text, style = cells[-1]
    if below is None or cell_len(line.plain) <= console.width:
        _print_text(line, console, wrap=block.wrap)
        return
    line = line[: len(line.plain) - len(text)]
    line.rstrip()
    console.print(line, soft_wrap=True)
    _fact(Fact("", text, below, style), console, "en")


def _cell(row: Row, k: int, width: int, lang: Lang) -> tuple[str, str]:
    content, style = row.cells[k]
    if isinstance(content, Meter):
        return meter(content.share, width, whole=content.whole), style
    return shown_text(content, lang), style


def slot_widths(block: Listing, shown: Sequence[int], room: int, lang: Lang) -> list[int]:
    """Return the width of each slot that is shown; those that take the rest share it."""
    widths = {k: _natural_width(block, k, room, lang) for k in shown if not block.slots[k].rest}
    gaps = sum(block.slots[k].gap for k in shown[1:])
    left = room - block.indent - sum(widths.values()) - gaps
    resting = [k for k in shown if block.slots[k].rest]
    for k in resting:
        slot = block.slots[k]
        widths[k] = max(slot.least, min(slot.most, left // len(resting)))
    return [widths[k] for k in shown]


def _natural_width(block: Listing, k: int, room: int, lang: Lang) -> int:
    slot: Slot = block.slots[k]
    most = slot.narrow if slot.narrow is not None and room < NARROW else slot.most
    least = min(slot.least, most)
    if least == most:
        return least
    contents: list[Said | Meter] = [slot.heading] if block.headed else []
    contents += [*slot.sized_by] if slot.sized_by else [r.cells[k][0] for r in block.rows]
    sizes = (cell_len(shown_text(x, lang)) for x in contents if not isinstance(x, Meter))
    return min(most, max(least, *sizes, 0))


def _row(
    cells: Sequence[tuple[str, str]],
    slots: Sequence[Slot],
    shown: Sequence[int],
    widths: Sequence[int],
    lead: str,
) -> Rich:
    line = Rich(lead, no_wrap=True)
    for n, ((text, style), k, width) in enumerate(zip(cells, shown, widths, strict=True)):
        slot = slots[k]
        placed = right(text, width) if slot.right else fit(text, width)
        line.append(" " * slot.gap * bool(n) + (placed if slot.loose is None else text), style)
    if slots[shown[-1]].loose is None:
        line.rstrip()
    return line


def _drawing(block: Drawing, console: Console, lang: Lang) -> None:
    draw(block.data, console, lang)


_PRINT: dict[type, Callable[[Any, Console, Lang], None]] = {
    Gap: _gap,
    Line: _line,
    Fact: _fact,
    Strip: _strip,
    Grid: _grid,
    Listing: _listing,
    Drawing: _drawing,
}
