"""An overview as programs read it: what ``audit-kit status --json`` prints."""

from __future__ import annotations

from typing import Any

from audit_kit.domain.overview import AuditLine, ConcernLine, NextStep, Overview, Tally


def as_json(overview: Overview) -> dict[str, Any]:
    """The overview as ``audit-kit status --json`` prints it. Keys are stable; dates are ISO, unknown is null."""
    return {
        "session": overview.session,
        "theme": overview.theme,
        "today": overview.today.isoformat(),
        "summary": overview.summary,
        "stage": overview.stage,
        "warnings": list(overview.warnings),
        "counts": {"states": dict(overview.states), **_tally(overview.whole)},
        "agencies": [{"code": one.ref, "name": one.name, **_tally(one)} for one in overview.agencies],
        "cases": [{"case": one.ref, **_tally(one)} for one in overview.cases],
        "audits": [_audit(line) for line in overview.audits],
        "concerns": [_concern(line) for line in overview.concerns],
        "dates": [
            {
                "what": one.what,
                "day": one.day.isoformat(),
                "days_ahead": one.days_ahead,
                "next": one.is_next,
                "came": one.came,
            }
            for one in overview.dates
        ],
        "to_do": [
            {
                "who": one.who.value,
                "agency": one.name,
                "what": one.what,
                "about": one.about,
                "urgency": one.tone.value,
                "command": one.command,
                "waiting_days": one.since_days,
                "due": one.due.isoformat() if one.due else None,
            }
            for one in overview.to_do
        ],
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "audits": tally.audits,
        "in": tally.is_in,
        "with_the_board": tally.ours,
        "sent_back": tally.sent_back,
        "late": tally.late,
        "done": tally.done,
    }


def _audit(line: AuditLine) -> dict[str, Any]:
    return {
        "audit": str(line.audit),
        "case": line.audit.case,
        "agency": line.audit.agency,
        "agency_name": line.agency,
        "state": line.state_name,
        "words": line.words,
        "round": line.round,
        "due": line.due.isoformat() if line.due else None,
        "late": line.late,
        "late_working_days": line.late_days,
        "waiting_working_days": line.waiting_days,
        "sent_back_times": line.sent_back_times,
        "rules": list(line.rules),
        "flags": list(line.flags),
        "open_doubts": line.open_doubts,
        "received_on": line.received_on.isoformat() if line.received_on else None,
        "concern_open": line.concern_open,
        "allocated": line.allocated,
        "reminded": [{"on": one.on.isoformat(), "to": one.rung.to, "days": one.rung.days} for one in line.chased],
        "next": _next(line.next),
    }


def _concern(line: ConcernLine) -> dict[str, Any]:
    return {
        "key": line.key,
        "short_key": line.short_key,
        "case": line.case,
        "agency": line.agency_code,
        "state": line.state.value,
        "open": line.is_open,
        "kind": line.kind,
        "urgency": line.urgency,
        "raised": line.raised.isoformat(),
        "days_open": line.days_open,
        "next": _next(line.next),
    }


def _next(step: NextStep) -> dict[str, str]:
    return {"who": step.who.value, "what": step.what, "command": step.command}
