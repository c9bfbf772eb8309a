"""What a panel says under keys that stay, for programs."""

from __future__ import annotations

from typing import Any

import numpy as np

from pilotscore.language import Words
from pilotscore.panels.intraclass import Coefficient
from pilotscore.panels.rule import PanelRule
from pilotscore.runs.panel import PanelReport
from pilotscore.runs.panel_judged import Judged, StageFigures
from pilotscore.views import findings
from pilotscore.views.panel import phrases, sufficiency
from pilotscore.wording.figures import rounded


def record(report: PanelReport, *, experts: bool = True) -> dict[str, Any]:
    """Return what a panel says as plain data; without ``experts`` it names none of them."""
    panel = report.panel
    judged = {j.name or "score": _indicator(report, j) for j in _indicators(report)}
    data: dict[str, Any] = {
        "experts_count": len(panel.experts),
        "results_count": len(panel.results),
        "scores_count": len(report.submission.scores),
        "rule": None if not report.judged else _rule(report.overall),
        "results": _results(report),
        "sufficiency": sufficiency.record(report, experts=experts),
        "indicators": judged,
        "agreement": None if not report.judged else _agreement(report.overall),
        "places": report.places,
        "funded_again": _again(report),
        "other_rules": [_order(report, n) for n in range(len(report.orders))],
        "scales": {k or "score": list(v) for k, v in sorted(report.submission.scales.items())},
        "inputs": [{"file": f, "sha256": h} for f, h in sorted(report.submission.files.items())],
    }
    if experts:
        data["experts"] = _experts(report)
        data["discuss"] = _discussed(report)
        data["recused"] = [
            {"expert": e, "result": r, "indicator": i} for e, r, i in report.submission.recused
        ]
        data["findings"] = [findings.record(f) for f in report.findings]
    return data


def _indicators(report: PanelReport) -> tuple[Judged, ...]:
    return report.judged[:-1] if len(report.judged) > 1 else report.judged


def _rule(judged: Judged) -> dict[str, Any]:
    rule: PanelRule = judged.rule
    return {
        "how": rule.how,
        "drop": rule.drop,
        "drop_from": rule.drop_from,
        "trim": rule.trim,
        "groups": dict(sorted(rule.group_weights.items())),
        "least": rule.least,
        "least_by_group": dict(sorted(rule.least_by_group.items())),
        "correction": rule.correction,
        "corrected": rule.correction != "none" and judged.refused is None,
        "not_corrected_because": judged.refused,
        "weighted": _weighted(judged),
        "stages": rule.first_share or "replace",
        "words": phrases.rule_words(rule),
    }


def _weighted(judged: Judged) -> bool:
    """Say whether the scores of experts count by different weights in the value."""
    weight = judged.used.weight
    if weight is None or judged.rule.how in ("median", "minimum"):
        return False
    return len(np.unique(weight)) > 1


def _results(report: PanelReport) -> list[dict[str, Any]]:
    overall, results = report.overall if report.judged else None, report.submission.results
    if overall is None:
        return []
    rows = []
    for r in _in_order(overall):
        name = report.panel.results[r]
        rows.append(
            {
                "id": name,
                "title": results[name].title if name in results else "",
                "rank": int(overall.rank[r]) or None,
                **_value(overall, r),
                "indicators": {j.name or "score": _value(j, r) for j in _indicators(report)},
            }
        )
    return rows


def _in_order(overall: Judged) -> list[int]:
    rank = np.where(overall.rank > 0, overall.rank, len(overall.rank) + 1)
    return [int(i) for i in np.argsort(rank, kind="stable")]


def _value(judged: Judged, r: int) -> dict[str, Any]:
    a, d = judged.aggregate, judged.disagreement
    return {
        "value": rounded(a.value[r]),
        "low": rounded(a.low[r]),
        "high": rounded(a.high[r]),
        "scores": int(a.count[r]),
        "used": int(a.used[r]),
        "incomplete": bool(a.incomplete[r]),
        **({} if a.effective is None else {"effective": rounded(a.effective[r])}),
        "absent_share": rounded(a.absent[r]),
        "span": rounded(d.span[r]),
        "discuss": bool(d.discuss[r]),
        **({} if judged.plain is None else {"uncorrected": rounded(judged.plain[r])}),
        **_stages(judged, r),
    }


def _stages(judged: Judged, r: int) -> dict[str, Any]:
    """Return what each stage came to, of a result that has two."""
    if judged.stages is None or not judged.stages.there[r]:
        return {}
    both = {"first": judged.stages.first, "second": judged.stages.second}
    return {
        "stages": {
            name: {
                "value": rounded(a.value[r]),
                "low": rounded(a.low[r]),
                "high": rounded(a.high[r]),
                "scores": int(a.count[r]),
                "span": rounded(figures.disagreement.span[r]),
                "discuss": bool(figures.disagreement.discuss[r]),
            }
            for (name, a), figures in zip(both.items(), judged.in_stages, strict=True)
        }
    }


def _coefficient(c: Coefficient | None) -> dict[str, float | None] | None:
    if c is None:
        return None
    return {"value": rounded(c.value), "low": rounded(c.low), "high": rounded(c.high)}


def _agreement(judged: Judged) -> dict[str, Any]:
    forms, w = judged.agreement.intraclass, judged.agreement.concordance
    sizes = (("1", forms.single), ("k", forms.mean)) if forms else ()
    icc = {
        f"ICC({n},{size})": _coefficient(form)
        for size, part in sizes
        for n, form in ((1, part.one_way), (2, part.absolute), (3, part.ranking))
    }
    return {
        "icc": icc or None,
        "k": rounded(forms.k) if forms else None,
        "by_model": forms.by_model if forms else None,
        "negative_variance": forms.negative if forms else None,
        "kendall_w": None
        if w is None
        else {"value": rounded(w.w), "p": rounded(w.p), "results": w.results, "experts": w.experts},
        "alpha": {m: _coefficient(c) for m, c in judged.agreement.alpha.items()},
        "design": {
            "parts": judged.design.parts,
            "efficiency": rounded(judged.design.efficiency),
            "comparable": judged.design.comparable,
        },
        "variances": None
        if judged.model is None
        else {
            "results": rounded(judged.model.of_results),
            "experts": rounded(judged.model.of_experts),
            "residual": rounded(judged.model.residual),
        },
        "words": phrases.agreement_words(judged),
    }


def _indicator(report: PanelReport, judged: Judged) -> dict[str, Any]:
    del report
    return {"title": judged.title, "scale": list(judged.rule.scale), **_agreement(judged)}


def _again(report: PanelReport) -> dict[str, Any] | None:
    if report.again is None:
        return None
    chance = report.again.chance
    return {
        "places": report.again.places,
        "again": rounded(report.again.again),
        "draws": report.again.draws,
        "chances": {name: rounded(chance[r]) for r, name in enumerate(report.panel.results)},
    }


def _order(report: PanelReport, n: int) -> dict[str, Any]:
    order = report.orders[n]
    names = report.panel.results
    known = (order.rank > 0) & (report.orders[0].rank > 0)
    moved = np.abs(order.moved[known])
    return {
        "how": order.rule.how,
        "own": n == 0,
        "most_moved": int(moved.max(initial=0)),
        "mean_moved": rounded(moved.mean()) if len(moved) else None,
        "crosses": [names[i] for i in np.flatnonzero(order.crosses).tolist()],
        "ranks": {name: int(order.rank[r]) or None for r, name in enumerate(names)},
    }


def _experts(report: PanelReport) -> list[dict[str, Any]]:
    if not report.judged:
        return []
    return [
        _expert(report, e, stage)
        for e in range(len(report.panel.experts))
        for stage in phrases.stages_of(report, e)
    ]


def _expert(report: PanelReport, e: int, stage: StageFigures) -> dict[str, Any]:
    name, f, stated = report.panel.experts[e], stage.experts, report.submission.experts
    remark: Words | None = phrases.expert_remarks(report.overall, f, e)
    return {
        "expert": name,
        "group": stated[name].group if name in stated else "",
        "role": stated[name].role if name in stated else "",
        "stage": stage.stage,
        **({"weight": report.weights[name]} if report.weights else {}),
        "scores": int(f.count[e]),
        "blank": int(report.submission.blanks.get(name, 0)),
        "mean": rounded(f.mean[e]),
        "severity": rounded(f.severity[e]),
        "severity_error": rounded(f.severity_error[e]),
        "spread": rounded(f.spread[e]),
        "correlation": rounded(f.correlation[e]),
        "drift": rounded(f.drift[e]),
        "drift_p": rounded(f.drift_p[e]),
        "far": int(f.far[e]),
        "constant": bool(f.constant[e]),
        "remark": remark,
    }


def _discussed(report: PanelReport) -> list[dict[str, Any]]:
    comments = phrases.comments_of(report)
    return [
        {
            "id": report.panel.results[one.result],
            "indicator": one.judged.name or None,
            "stage": one.stage,
            "span": rounded(one.span),
            "scores": [
                {"expert": name, "score": rounded(score), "comment": comment}
                for name, score, comment in phrases.score_lines(report, one, comments)
            ],
        }
        for one in phrases.discussed(report)
    ]
