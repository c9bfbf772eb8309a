"""What came of it as plain data, under keys that stay."""

from __future__ import annotations

import math
from typing import Any

from pilotscore.criteria.measuring import Bounded
from pilotscore.outcomes.indicators import Discrimination, Telling
from pilotscore.runs.learn import LearnReport
from pilotscore.runs.learn_figures import CURVE_AT, IndexFigures
from pilotscore.runs.learn_levels import outcome_title
from pilotscore.runs.learn_weights import WeightsLearned
from pilotscore.views.learn import experts, phrases
from pilotscore.wording.figures import rounded


def record(report: LearnReport) -> dict[str, Any]:
    """Return everything."""
    f = report.followed
    return {
        "outcome": f.outcome,
        "outcome_title": outcome_title(f.outcome),
        "within_months": None if math.isinf(f.window) else f.window,
        "seen": phrases.seen(f),
        "scored": f.scored,
        "funded": f.funded,
        "followed": f.reported,
        "before_decision": f.early,
        "reached": int(f.known.success.sum()),
        "not_reached": int(f.known.failure.sum()),
        "open": int(f.known.open.sum()),
        "rounds": [_entry(r.entry) for r in f.rounds],
        "left_out": [{**_entry(entry), "why": why} for entry, why in f.left_out],
        "outcomes": [
            {
                "outcome": c.outcome,
                "reached": c.reached,
                "failed": c.failed,
                "not_yet": c.not_yet,
                "lost": c.lost,
            }
            for c in f.others
        ],
        "grades": _grades(report),
        "index": _index(report.index),
        "unseen": _unseen(report),
        "indicators": [
            {
                "id": r.item.id,
                "title": r.item.title,
                "score": _discrimination(r.score),
                "evidence": _discrimination(r.evidence),
            }
            for r in report.indicators
        ],
        "limits": [
            {
                "kind": x.kind,
                "of": x.of,
                "title": x.title,
                "results": x.results,
                "failed": x.failed,
                "alone": x.alone,
                "use": x.use.value,
            }
            for x in report.limits
        ],
        "weights": _weights(report.weights),
        "experts": report.experts and experts.record(report.experts),
        "criteria": {
            "id": report.loaded.criteria.id,
            "version": report.loaded.criteria.version,
            "sha256": report.loaded.source.sha256,
        },
    }


def _entry(entry: Any) -> dict[str, Any]:
    return {"seal": entry.key, "title": entry.title, "as_of": entry.as_of}


def _grades(report: LearnReport) -> list[dict[str, Any]]:
    t = report.grades
    names = [*(g.id for g in report.followed.head.grades), None]
    return [
        {
            "grade": name,
            "reached": int(t.success[g]),
            "not_reached": int(t.failure[g]),
            "open": int(t.unknown[g]),
            "share": phrases.bounded(Bounded(*(float(x[g]) for x in (t.share, t.low, t.high)))),
            "by_time": phrases.bounded(reached.share) if reached else None,
            "by_month": rounded(reached.at) if reached else None,
            "half_by_month": rounded(reached.median) if reached else None,
        }
        for g, (name, reached) in enumerate(zip(names, report.reached, strict=True))
    ]


def _index(index: IndexFigures) -> dict[str, Any]:
    parts, curve, decided = index.held_out, index.curve, index.decided
    return {
        "reached": index.successes,
        "not_reached": index.failures,
        "events": index.events,
        "tools": sorted(t.value for t in index.tools),
        "rank_correlation": phrases.bounded(index.rank),
        "auc": phrases.bounded(index.area),
        "curve": curve
        and {
            "intercept": phrases.bounded(curve.intercept),
            "slope_of_10_points": phrases.bounded(curve.slope),
            "separated": curve.separated,
        },
        "held_out": parts
        and {
            "brier": rounded(parts.score),
            "uncertainty": rounded(parts.uncertainty),
            "resolution": rounded(parts.resolution),
            "reliability": rounded(parts.reliability),
            "within": rounded(parts.within),
            "bins": [
                {"count": int(n), "chance": rounded(p), "reached": rounded(y)}
                for n, p, y in zip(parts.count, parts.chance, parts.came, strict=True)
            ],
        },
        "isotonic": index.isotonic
        and {str(at): rounded(x) for at, x in zip(CURVE_AT, index.isotonic, strict=True)},
        "decision": decided
        and {
            "threshold": rounded(decided.threshold),
            "from_index": rounded(decided.from_index),
            "seen": decided.seen,
            "rule": rounded(decided.rule),
            "everyone": rounded(decided.everyone),
        },
    }


def _unseen(report: LearnReport) -> dict[str, Any]:
    s, a, d, z = report.span, report.applicants, report.drawn, report.zone
    return {
        "index": s
        and {"seen": list(s.seen), "scored": list(s.scored), "spread": rounded(s.spread)},
        "applicants": a
        and {
            "share": phrases.bounded(a.share),
            "known": a.known,
            "effective": rounded(a.effective),
            "heaviest": rounded(a.heaviest),
        },
        "draw": d
        and {"won": list(d.won), "lost": list(d.lost), "difference": phrases.bounded(d.difference)},
        "zone": z
        and {"zone": list(z[0]), "above": list(z[1]), "difference": phrases.bounded(z[2])},
    }


def _discrimination(d: Discrimination) -> dict[str, Any]:
    few = d.telling == Telling.FEW
    return {
        "auc": None if few else phrases.bounded(d.area),
        "count": d.count,
        "telling": d.telling.value,
    }


def _weights(w: WeightsLearned) -> dict[str, Any]:
    reweighing = w.reweighing
    data: dict[str, Any] = {
        "said": phrases.weights_said(w),
        "why_not": w.why_not and w.why_not.value,
        "refusal": reweighing and reweighing.refusal and reweighing.refusal.value,
        "more_outcomes": reweighing and reweighing.more,
        "gain": reweighing
        and reweighing.gain
        and {"mean": rounded(reweighing.gain.mean), "error": rounded(reweighing.gain.error)},
        "line": w.line,
    }
    if reweighing is not None:
        data[w.level] = [
            {
                "id": name,
                "old": rounded(reweighing.present[k]),
                "new": rounded(reweighing.proposed[k]),
                "change": rounded(reweighing.change[k]),
                "low": rounded(reweighing.low[k]),
                "high": rounded(reweighing.high[k]),
            }
            for k, (name, _) in enumerate(w.items)
        ]
    data["moves"] = [
        {
            "id": m.id,
            "old_rank": m.before,
            "new_rank": m.after,
            "old_grade": m.grade,
            "new_grade": m.new_grade,
            "crosses": m.crosses,
        }
        for m in w.moves
    ]
    return data
