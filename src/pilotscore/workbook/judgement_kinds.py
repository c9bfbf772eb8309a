"""The kinds of finding about sheets of judgements, from which weights are derived."""

from __future__ import annotations

from pilotscore.workbook.kinds import kind

NOT_A_JUDGEMENT = kind(
    "J701",
    "error",
    ("“{text}”不是有效的判断", "{text!r} is no judgement"),
    ("{wanted}", "{wanted}"),
)
CONTRADICTS = kind(
    "J702",
    "error",
    (
        "{first} 对 {second} 为 {value}，而反向单元格 {other} 为 {back}，两者不互为倒数",
        "{first} against {second} is {value}, but the cell the other way round, {other}, is {back}: not its reciprocal",
    ),
    ("倒数 {wanted}", "the reciprocal, {wanted}"),
    ("只填右上三角即可", "it is enough to fill in the upper triangle"),
)
NOT_JUDGED = kind(
    "J703",
    "error",
    (
        "{expert} 未判断：{names}（共 {count} 处）",
        "{expert} has not judged: {names} ({count} in all)",
    ),
    ("每一处都有判断", "a judgement in each place"),
)
NO_JUDGEMENTS = kind(
    "J704",
    "error",
    ("没有找到判断：没有一组行名是该指标体系的维度或指标", "no judgements found: no rows named like dimensions or indicators of the set"),
    ("由 pilotscore weights {method} --template 生成的工作表", "a sheet made by pilotscore weights {method} --template"),
)  # fmt: skip
NO_BEST_OR_WORST = kind(
    "J705",
    "error",
    (
        "{expert} 在“{group}”中没有标明{what}（应填 1 的单元格）",
        "{expert} does not say which is the {what} of {group} (the one with 1)",
    ),
    ("恰有一项为 1", "1 for it"),
)
INCONSISTENT = kind(
    "J706",
    "warning",
    (
        "{expert} 对“{group}”的判断不一致：一致性比率 {ratio}；最不协调的是 {pair}：填的是 {given}，其余判断意味着约 {fitting}，改后为 {then}",
        "{expert}'s judgements of {group} are inconsistent: ratio {ratio}; {pair} fits least: {given} is given, the others "
        "mean about {fitting}, with which the ratio is {then}",
    ),
    ("一致性比率不超过 {most}", "a consistency ratio of {most} at most"),
)  # fmt: skip
