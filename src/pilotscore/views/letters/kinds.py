"""The kinds of letters and lists: what each is called, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.runs.letters import Letters
from pilotscore.views.letters import decision, evaluation, lists, notice
from pilotscore.views.letters.base import Context, of_result, of_round

KindName = Literal["decision", "return", "evaluation", "public", "meeting", "scorecard"]


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter or list.

    ``of_result`` says what stands in the letter of one result, ``of_round`` what stands in the one
    paper of the round; one of them is None.
    """

    name: KindName
    title: Text
    of_result: Callable[[Letters, str], Context] | None = None
    of_round: Callable[[Letters], Context] | None = None


KINDS: dict[str, LetterKind] = {
    kind.name: kind
    for kind in (
        LetterKind("decision", Text("资助决定书", "Decision letter"), decision.context),
        LetterKind("return", Text("补正通知书", "Return notice"), notice.context),
        LetterKind("evaluation", Text("评价报告", "Evaluation report"), evaluation.context),
        LetterKind("scorecard", Text("评分卡", "Scorecard"), evaluation.card),
        LetterKind("public", Text("公示表", "Public list"), of_round=lists.public),
        LetterKind(
            "meeting", Text("会议排名表", "Ranking for the meeting"), of_round=lists.meeting
        ),
    )
}


def context_of(letters: Letters, kind: LetterKind, name: str | None) -> Context:
    """Return all that a template of a kind can say, of a result or of the round.

    Raises
    ------
    NoLetterError
        There is no such letter for the result.
    """
    shared = of_round(letters)
    shared["title"] = kind.title
    if name is None:
        assert kind.of_round is not None  # else it is of a result
        return {**shared, **kind.of_round(letters)}
    assert kind.of_result is not None
    return {**shared, **of_result(letters, name), **kind.of_result(letters, name)}
