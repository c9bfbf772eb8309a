"""A call decided, as plain data for JSON."""

from __future__ import annotations

from typing import Any

from pilotscore.funding.decision import Decision
from pilotscore.funding.lottery import pool_digest, record
from pilotscore.language import Lang
from pilotscore.runs.fund import FundReport
from pilotscore.views.funded_tables import (
    as_number,
    decisions_table,
    figure,
    jumps_table,
    log_table,
    prices_table,
    reserve_table,
    rules_table,
)
from pilotscore.views.limits_used import limits_table
from pilotscore.views.overrides import (
    overrides_table,
)
from pilotscore.views.portfolio_view import views_table


def to_record(report: FundReport, lang: Lang) -> dict[str, Any]:
    """Return everything as plain data."""
    from pilotscore.views.plain import finding_record

    funded = report.funded
    loaded = funded.instance.loaded
    call = loaded.call
    rules = [{**row, "rule": row["rule"].to(lang)} for row in rules_table(report).records()]
    return {
        "call": {"id": call.id, "version": call.version, "title": call.title.to(lang)},
        "notes": [n.to(lang) for n in report.notes()],
        "budget": as_number(funded, call.budget_fen),
        "unit": call.money_unit.name,
        "rule": call.rule,
        "objective": call.objective,
        "floor": call.floor,
        "rules": rules,
        "lost_in_rank_order": figure(funded.lost_in_order),
        "decisions": decisions_table(report, lang).records(),
        "jumps": jumps_table(report, lang).records(),
        "reserve": reserve_table(report, lang).records(),
        "overrides": None
        if report.overruled is None
        else overrides_table(report.overruled, lang).records(),
        "line": _line_record(funded),
        "limits": limits_table(funded, lang).records(),
        "prices": None if (priced := prices_table(report, lang)) is None else priced.records(),
        "next_money": _next_record(report, lang),
        "portfolio_view": views_table(funded, lang).records(),
        "log": log_table(report, lang).records(),
        "findings": [finding_record(f, lang) for f in report.findings],
        "manifest": report.manifest(),
    }


def _next_record(report: FundReport, lang: Lang) -> dict[str, Any] | None:
    from pilotscore.views.next_money import budget_table, rules_table_without

    if report.sensitivity is None:
        return None
    return {
        "budget": budget_table(report.funded, report.sensitivity, lang).records(),
        "rules": rules_table_without(report.funded, report.sensitivity, lang).records(),
    }


def _line_record(funded: Decision) -> dict[str, Any] | None:
    line = funded.line
    if line is None:
        return None
    return {
        "draws": line.draws,
        "draws_core": line.core.scenarios if line.core else 0,
        "pool": list(line.pool),
        "pool_sha256": pool_digest(line.pool) if line.pool else None,
        "record": list(record(line.draw)) if line.draw else None,
    }
