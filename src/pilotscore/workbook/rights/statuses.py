"""What the legal status of a right says: whether it is in force."""

from __future__ import annotations

from functools import lru_cache

from pilotscore.criteria.names import normalise
from pilotscore.patterns import regex

# What is over goes first: 专利权终止 has the word of a right as well.
_OVER = regex(
    r"失效|无效|终止|放弃|撤回|撤销|驳回|届满|期满|视撤|未缴年费|恢复期|注销"
    r"|lapsed?|expired?|withdrawn|refused|rejected|invalid|revoked|terminated|abandoned|ceased|dead"
)
_PENDING = regex(
    r"审查|实审|公开|公布|受理|申请中|在审|审中|初审|待|复审|未授权"
    r"|pending|filed|published|examination|examin|application|appeal"
)
_IN_FORCE = regex(
    r"^(?:有效|有权|维持|专利权维持|授权|已授权|授权有效|专利权有效|登记|已登记|权利有效|授予|有效专利)"
    r"|inforce|granted|active|maintained|alive|^valid|registered"
)
_NOT_OVER = regex(
    r"(?:未|没有|并未|not|un)(?:被)?(?:失效|终止|放弃|撤回|驳回|届满|期满|lapsed|expired|invalid)"
)


@lru_cache(maxsize=1 << 12)
def in_force_of(status: str) -> int:
    """Return 1 for a status of a right that is in force, 0 for one that is over, else -1."""
    form = normalise(status)
    if not form or _NOT_OVER.search(form):
        return -1
    if _OVER.search(form):
        return 0
    if _PENDING.search(form):
        return -1
    return 1 if _IN_FORCE.search(form) else -1
