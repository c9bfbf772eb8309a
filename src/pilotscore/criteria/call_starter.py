"""The text of a new call file: everything it can say, with comments, ready to be edited."""

from __future__ import annotations

from collections.abc import Sequence

from pilotscore.criteria.model import CriteriaSet
from pilotscore.criteria.policy import Policy
from pilotscore.language import Lang, Text


def starter_call(
    criteria: CriteriaSet,
    policy: Policy,
    tracks: Sequence[str] = (),
    lang: Lang = "zh",
    policy_name: str | None = None,
) -> str:
    """Return a call file for a criteria set and its policy.

    Parameters
    ----------
    criteria, policy
        What the results are assessed by, and what follows from the grades.
    tracks
        The tracks that applicants name, if known: each gets an entry.
    lang
        The language of the comments.
    policy_name
        How the file names the policy: a path, for one that is not built in; its id without.
    """
    facts = {f.id: f.type for f in criteria.facts}
    track = "track" if "track" in facts else None
    institution = "institution" if "institution" in facts else None
    unit = policy.unit.to("zh") if policy.unit else "万元"
    instruments = dict.fromkeys(i.id for c in policy.grades.values() for i in c.instruments)

    def say(zh: str, en: str) -> str:
        return "# " + Text(zh, en).to(lang)

    lines = [
        say(
            "征集文件：有多少钱、给谁、按什么规则。用 pilotscore call check 检查。",
            "A call: how much money, for whom, by which rule. Check it with pilotscore call check.",
        ),
        say(
            "所有数字都是示例，必须换成本次征集的。",
            "All figures are examples; put in those of your call.",
        ),
        "id: my-call",
        'version: "1"',
        "title: {zh: 中试项目征集（示例）, en: Call for pilot projects (example)}",
        f"criteria: {criteria.id}",
        f"policy: {policy_name or policy.id}",
        say("没有写单位的金额用这个单位", "the unit of amounts that have none"),
        f"unit: {unit}",
        "",
        "budget:",
        "  total: 1000",
        say("  分年度时改用：", "  over several years instead:"),
        "  # stages:",
        '  #   - {id: "2027", amount: 600}',
        '  #   - {id: "2028", amount: 400}',
        "",
        say(
            "资格条件：写成指标或字段的条件；缺数据时 unknown: refuse（默认）或 allow",
            "who may be funded: conditions; where a value is missing, unknown: refuse (default) "
            "or allow",
        ),
        "# eligible:",
        '#   - {id: owned, title: {zh: 权属清晰, en: ownership clear}, when: "ownership_status '
        'in [institution_only, agreement_signed]"}',
        say(
            "按编号的规定：互斥、依赖、已获资助、必须资助；资金工具按偏好排列（用政策中的 id）",
            "rules by id: exclusive, dependent, already funded, required; instruments by "
            "preference (ids of the policy)",
        ),
        "# exclusive: {same_line: {results: [P-1, P-2], most: 1}}",
        "# depends: [{result: P-3, needs: P-4}]",
        "# funded: [{result: P-5, by: {zh: 国家专项, en: national programme}}]",
        "# required: [P-6]",
        f"# instruments: [{', '.join(instruments)}]",
        say("最低等级与最低指数", "the least grade, and the index below which nothing is funded"),
        f"least_grade: {_middle_grade(criteria)}",
        "floor: 40",
        "",
    ]
    if track:
        lines += [
            say(
                "赛道：priority 小者先保证下限；金额可写比例",
                "tracks: quotas of a smaller priority are served first; shares are allowed",
            ),
            f"track: {track}",
            "tracks:",
        ]
        for k, name in enumerate(tracks or ("示例赛道",), start=1):
            title = _quoted(name)
            lines.append(
                f"  track_{k}: {{title: {title}, names: [{title}], priority: {k}, max: 60%}}"
            )
        lines.append("")
    if institution:
        lines += [
            say("单位限额", "caps"),
            "caps:",
            f"  institution: {{title: {{zh: 单位限额, en: cap of an institution}}, by: "
            f"{institution}, max: 40%, max_awards: 2}}",
            "",
        ]
    lines += [
        say(
            "单项资助：下限、上限、占费用的最高比例",
            "one grant: least, greatest, greatest share of the cost",
        ),
        "grant: {min: 10, max: 500, cost_share: 60%, round_to: 1}",
        say(
            "资助档次：全额、部分、分期（凭里程碑拨付）",
            "levels: full, part, staged (paid by milestones)",
        ),
        "levels:",
        "  - {id: full, title: {zh: 全额, en: full}, share: 100%}",
        "  - {id: part, title: {zh: 部分, en: part}, share: 60%}",
        say(
            "  分期如 milestones: [{share: 60%}, {share: 40%, shows: 连续运行 30 天, months: 12}]",
            "  milestones: [{share: 60%}, {share: 40%, shows: a run of 30 days, months: 12}]",
        ),
        say(
            "里程碑未展示时（随访）：暂缓 hold 或追回 recall；grace 为宽限月数",
            "what comes of milestones not shown: hold or recall; grace in months",
        ),
        "follow: {grace: 3, not_met: hold, overdue: hold, lost: hold}",
        "",
        say(
            "分配规则：rank_order 按名次；portfolio 组合择优。输出总是并列两者",
            "the rule: rank_order or portfolio; every output shows both side by side",
        ),
        "rule: rank_order",
        say(
            "组合的目标：score_money（默认）、points_above、score",
            "what the portfolio maximises: score_money (default), points_above, score",
        ),
        "objective: score_money",
        say("名次相同时依次比较", "what decides between equal ranks, in this order"),
        "tie_breaks:",
        "  - {by: index}",
        "  - {by: requested, prefer: low}",
        "line:",
        say(
            "  stop：钱不够时到此为止；skip：越过，看下一项",
            "  stop: the line ends where the money does; skip: passes over",
        ),
        "  miss: stop",
        "  partial: true",
        "  discussion: {sure: 95%, out: 5%, decide: office}",
        say("候补名单的长度", "length of the reserve list"),
        "reserve: 5",
        "next_round: {title: {zh: 下一轮, en: next round}}",
    ]
    return "\n".join(lines) + "\n"


def _middle_grade(criteria: CriteriaSet) -> str:
    return criteria.grades[len(criteria.grades) // 2].id


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
