"""A header that is not known and what it may mean, as blocks of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len

from pilotscore.criteria import CriteriaSet
from pilotscore.document import Block, Fact, Gap
from pilotscore.language import LANGS, NOTHING, Text, Words, printable
from pilotscore.workbook.results.mapping_draft import Header
from pilotscore.workbook.values.units import with_unit

WORDS = {
    "id": Text("成果编号", "the id of the result"),
    "title": Text("成果名称", "the title of the result"),
    "evidence": Text("左侧指标的证据等级", "the evidence of the indicator to the left"),
    "ignore": Text("不用", "not used"),
}
_HEAD = Text("[{number}/{count}] {text}", "[{number}/{count}] {text}")
_PLACE, _SAMPLE = Text("位置", "Cell"), Text("内容如", "Such as")
_LIKE = Text("{title}（{name}）{likeness}%{suggested}", "{title} ({name}) {likeness}%{suggested}")
_SUGGESTED = Text(" ← 建议", " ← suggested")
_NOTHING_LIKE = Text(
    "没有相近的指标；按 l 从列表中选", "nothing is like it; press l to choose from the list"
)
_CHOICE = Text("{title}（{name}）", "{title} ({name})")


def header_page(
    header: Header, criteria: CriteriaSet, *, number: int, count: int
) -> Iterator[Block]:
    """Yield a header, which is one of so many, with what it may mean, each behind its key."""
    yield Gap()
    head = _HEAD.of(number=number, count=count, text=printable(header.text, 200))
    yield Fact("", head, style="bold")
    yield Fact(_PLACE, f"{printable(header.place.sheet or '')} {header.place.cell}".strip(), 2)
    if header.sample:
        yield Fact(_SAMPLE, printable(header.sample), 2)
    titles = titles_of(criteria)
    for place, likely in enumerate(header.likely):
        said = _LIKE.of(
            title=titles[likely.name],
            name=likely.name,
            likeness=f"{likely.likeness:.0f}",
            suggested=_SUGGESTED if header.suggested and place == 0 else NOTHING,
        )
        yield Fact(str(place + 1), said, 4)
    if not header.likely:
        yield Fact("", _NOTHING_LIKE, 4)


def list_page(names: Sequence[str], criteria: CriteriaSet) -> Iterator[Block]:
    """Yield what a header may mean at all, numbered."""
    titles = titles_of(criteria)
    width = cell_len(str(len(names)))
    for number, name in enumerate(names, 1):
        yield Fact(str(number).rjust(width), _CHOICE.of(title=titles[name], name=name), 2)


def titles_of(criteria: CriteriaSet) -> Mapping[str, Words]:
    """Return how each thing that a header may mean is called."""
    return {q.id: with_unit(q.title, q.unit) for q in criteria.quantities} | WORDS


def is_called(name: str, words: str, criteria: CriteriaSet) -> bool:
    """Say whether words are part of what a thing is called, in either language."""
    wanted = words.casefold()
    spelled = (name, *(titles_of(criteria)[name].to(lang) for lang in LANGS))
    return any(wanted in text.casefold() for text in spelled)
