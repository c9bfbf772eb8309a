"""What findings about sheets of judgements mean, in full."""

from __future__ import annotations

from pilotscore.language import Text

JUDGEMENTS = {
    "J701": Text(
        "判断只能是规定尺度上的数。成对比较填 1 至 9、其倒数（1/3）或相应小数；电子表格会把直接键入的 1/3 变成日期，因此模板的单元格为文本格式。",
        "A judgement is a number on the scale: 1 to 9 for pairs, a reciprocal such as 1/3, or its decimal. Spreadsheets "
        "turn a typed 1/3 into a date, which is why the cells of the template are text.",
    ),
    "J702": Text(
        "同一对比较填了两次，而且互相矛盾：若 A 对 B 为 3，则 B 对 A 应为 1/3。无法知道专家的本意，所以不求权重。",
        "The same pair was judged twice, and the two contradict each other: if A against B is 3, B against A is 1/3. What "
        "was meant cannot be known, so no weights are derived.",
    ),
    "J703": Text(
        "这位专家没有填完这一组。缺少的判断不会被猜测：请补填，或删去这位专家这一组的全部判断（该组就只用其他专家的判断）。",
        "This expert has not finished the group. What is missing is not guessed: fill it in, or clear all of this expert's "
        "judgements of the group, which then goes by the others.",
    ),
    "J704": Text(
        "每组判断的行名应是该指标体系的维度或指标名称（或 id），且整组齐全。请用 --template 制作模板，并确认 -c 与模板所用的指标体系相同。",
        "The rows of a group are named after dimensions or indicators of the set (or their ids), all of them. Make a template "
        "with --template, and name the same set with -c.",
    ),
    "J705": Text(
        "最优最差法从最重要与最不重要的两项出发：第一列中最重要的一项自身填 1，第二列中最不重要的一项自身填 1。",
        "The best-worst method starts from the most and the least important: the best has 1 in the first column, the worst 1 "
        "in the second.",
    ),
    "J706": Text(
        "判断之间不完全协调：权重仍然给出，但建议请专家复核所指的一处。“其余判断意味着”的值是去掉这一处后由其余判断推得、取最近刻度的值。",
        "The judgements do not quite fit each other. Weights are given all the same; ask the expert to look again at the one "
        "named. What “the others mean” is worked out without it and taken to the nearest mark of the scale.",
    ),
}
