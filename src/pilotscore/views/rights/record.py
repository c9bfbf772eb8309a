"""Rights of results as plain data: keys that stay, days in ISO form, amounts in yuan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotscore.criteria.legal.regions import Rule
from pilotscore.document import Lazily
from pilotscore.findings import Finding
from pilotscore.language import Words
from pilotscore.rights.ownership.case import Case, case_of
from pilotscore.rights.ownership.case_parts import (
    AmountRow,
    Claim,
    FloorRow,
    Party,
    PublicityRow,
    StateRow,
)
from pilotscore.rights.ownership.next_step import NextStep
from pilotscore.runs.rights import RightsReport
from pilotscore.views import due as view
from pilotscore.views.due import day
from pilotscore.views.due_table import records_of
from pilotscore.views.rights.words import region_of


def record(report: RightsReport) -> dict[str, Any]:
    """Return each result, what is due, and the manifest."""
    until = report.ahead.until

    def of(name: str) -> dict[str, Any]:
        return _case(report.case or case_of(report.owned, name))

    return {
        "as_of": report.manifest.as_of,
        "note": view.NOT_ADVICE,
        "results": Lazily(report.results, of),
        "due": records_of(report.ahead.due, report.ahead.act),
        "due_until": None if until is None else until.isoformat(),
        "manifest": report.manifest.to_dict(),
    }


def _case(case: Case) -> dict[str, Any]:
    region = case.region
    return {
        "id": case.result,
        "region": {
            "written": region.written or None,
            "id": region.id,
            "national_law_alone": not region.ruled,
            "said": region_of(region),
        },
        "unit": case.kind or None,
        "mode": case.mode or None,
        "payment": case.payment or None,
        "parties": [_party(p) for p in case.parties],
        "claims": [_claim(c) for c in case.claims],
        "state": case.stated or None,
        "proven": case.proven or None,
        "states": [_state(s) for s in case.states if s.stated or s.needed],
        "unproven": [s.id for s in case.unproven],
        "next": None if case.next is None else _next(case.next),
        "publicity": None if case.publicity is None else _publicity(case.publicity),
        "currency": case.currency,
        "net_income": _yuan(case.net_fen),
        "net_income_rule": None if case.net_rule is None else case.net_rule.id,
        "distribution": [_amount(row) for row in case.amounts],
        "clauses": dict(case.terms),
        "clauses_share": case.terms_share,
        "findings": [_finding(f) for f in case.findings],
    }


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / 100


def _party(party: Party) -> dict[str, Any]:
    return {
        "name": party.name,
        "kind": party.kind or None,
        "role": party.role or None,
        "share": party.share,
        "use_years": party.use_years,
        "cell": str(party.place),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "party": claim.party,
        "amount": claim.amount,
        "trigger": claim.trigger or None,
        "due": day(claim.due),
        "settled": day(claim.settled),
        "cell": str(claim.place),
    }


def _state(state: StateRow) -> dict[str, Any]:
    return {
        "id": state.id,
        "title": state.title,
        "stated": state.stated,
        "proven": state.proven,
        "needed": state.needed,
        "start": day(state.start),
        "end": day(state.end),
        "actor": state.actor or None,
        "document": state.document or None,
        "document_date": day(state.proof),
        "cell": None if state.place is None else str(state.place),
    }


def _next(step: NextStep) -> dict[str, Any]:
    return {
        "id": step.state,
        "title": step.title,
        "actor": step.actor,
        "document": step.document,
        "earliest": day(step.earliest),
        "latest": day(step.latest),
        "unconfirmed": step.unconfirmed,
        **_rule(step.rule, step.source),
    }


def _rule(rule: Rule | None, source: Words | None) -> dict[str, Any]:
    return {"rule": None if rule is None else rule.id, "source": source}


def _publicity(row: PublicityRow) -> dict[str, Any]:
    return {
        "start": day(row.start),
        "end": day(row.end),
        "calendar_days": row.lasted,
        "working_days": row.lasted_working,
        "stated_days": row.stated,
        "stated_kind": _kind(row.working) if row.said else None,
        "required_days": row.required,
        "required_kind": _kind(row.rule_working) if row.rule_said else None,
        "may_end": day(row.may_end),
        **_rule(row.rule, row.source),
    }


def _kind(working: bool) -> str:
    return "working" if working else "calendar"


def _amount(row: AmountRow) -> Mapping[str, Any]:
    return {
        "item": row.item,
        "title": row.title,
        "agreed": _yuan(row.agreed_fen),
        "agreed_percent": row.agreed_percent,
        "paid": _yuan(row.paid_fen),
        "paid_percent": row.paid_percent,
        "floors": [_floor(floor) for floor in row.floors],
    }


def _floor(floor: FloorRow) -> dict[str, Any]:
    return {
        "binding": floor.rule.binding,
        "percent": floor.percent,
        "amount": floor.amount,
        **_rule(floor.rule, floor.source),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "rule": finding.values.get("rule"),
        "said": finding.message,
        "cell": str(finding.place),
    }
