"""Two saved rounds taken out of their files for ``compare`` and ``appeal``, and decided anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pilotscore import errors
from pilotscore.language import Text

if TYPE_CHECKING:
    from pilotscore.runs.round_comparison import Side
    from pilotscore.store.rounds import Round

STAGE = Text("逐项重新分配", "deciding anew with each change")
_DOES_NOT_HOLD = Text(
    "{name} 重新计算的结果与保存的不同（{first}），不能据以归因或申诉；请用 pilotscore verify 查看",
    "{name} decided anew is not what was saved ({first}), and nothing can rest on it; see "
    "pilotscore verify",
)


@contextmanager
def side(name: str, saved: Round, inputs: Sequence[str], password: str | None) -> Iterator[Side]:
    """Take a round out of its file and decide it anew, through its appeals.

    Raises
    ------
    UsageError
        It was ranked, and not decided.
    UnreadableInputError
        What comes of it is not what was saved.
    """
    from pilotscore.cli.rounds import records_of
    from pilotscore.runs.appeal import replayed
    from pilotscore.runs.round_check import not_as_saved
    from pilotscore.runs.round_comparison import Side
    from pilotscore.runs.round_work import taken_out
    from pilotscore.store.rounds import require_decided
    from pilotscore.views.fund.document import document

    require_decided(saved, Path(name).name)
    with taken_out(saved, inputs, password) as work:
        *_, last = replayed(replace(work, next_money=False, ways=0, core=False), saved)
        records = records_of(document(last.report))
        for words in not_as_saved(saved, records["en"]):
            text = _DOES_NOT_HOLD.of(name=Path(name).name, first=words)
            raise errors.UnreadableInputError(text, [])
        yield Side(Path(name).name, work, last)
