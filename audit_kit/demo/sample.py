"""A small fictional session as values, to show a template with: what the demo's report says, and letters about it.

``sample_report.json`` holds what the report and the action plan of a played demo say. To take it anew from one:
``python -m audit_kit.demo.sample audit-kit-demo``.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import types
import typing
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from audit_kit.domain.actions import ActionPlan
from audit_kit.domain.report import ReportContent
from audit_kit.domain.summary import BoardSummary
from audit_kit.office.letters import TEMPLATES

_VALUES = Path(__file__).parent / "sample_report.json"
_ROWS = 12
_WRITTEN_UP = {"audit_report.docx": ReportContent, "action_plan.docx": ActionPlan, "board_summary.docx": BoardSummary}
_DAY = date(2026, 10, 8)
NO_HEAD = "none: an example"  # nothing that verify takes for a head, which would say that the journal was cut
_HEAD = {
    "board": "City & Hackney Safeguarding Children Board", "board_short": "CHSCB", "board_email": "audit@board.example",
    "urgent_phone": "020 7946 0100", "manager": "the Board manager", "legal_basis": "section 16H of the Children Act 2004",
    "written_on": _DAY, "chain_head": NO_HEAD,
}  # fmt: skip
_AUDIT, _LEAD = "2026-A2-NEG/H3/MPS", "Detective Inspector, Public Protection"


def sample_of(name: str) -> Any:
    """What fills this Word template in the fictional session. KeyError for a name that is no Word template."""
    if name in _WRITTEN_UP:
        return _built(_WRITTEN_UP[name], json.loads(_VALUES.read_text(encoding="utf-8"))[name])
    return _built(TEMPLATES[name].model, _LETTERS.get(name, {}))


#: what any letter may ask for
_USUAL: Mapping[str, Any] = {
    **_HEAD,
    "session": "2026-A2-NEG",
    "audit": _AUDIT,
    "case": "H3",
    "asked_by": "your health visitor",
}
_LEARNT = tuple(
    {"title": title, "good": good, "obstacle": obstacle, "ask": ask}
    for title, good, obstacle, ask in (
        ("Daily life and voice", "Views sought and recorded at key points.", "", "Do we know what a day in this child\u2019s life is like?"),
        ("Recognition", "Named in good time, kind and frequency recorded.", "", "Did we see and name neglect early?"),
        ("History and cumulative harm", "A chronology that is used at each decision.", "chronology and history, recording", "Was the family\u2019s history pulled together, and was it used?"),
        ("Plan and drift", "One plan with dates, reviewed on time.", "planning and drift", "Was there one plan, and did it change things in time?"),
    )
)  # fmt: skip
_LETTERS: Mapping[str, Mapping[str, Any]] = {
    "notification_letter.docx": {
        "head": _HEAD, "session": "2026-A2-NEG", "theme": "Neglect",
        "why_chosen": "a learning review found that neglect was named late in older children",
        "agency": "Metropolitan Police, Central East", "agency_code": "MPS", "lead": _LEAD,
        "cases": (
            {"ref": "H1", "area": "Hackney", "subjects": "the child, brothers and sisters"},
            {"ref": "H3", "area": "Hackney", "subjects": "the child, the parents or carers"},
            {"ref": "C1", "area": "the City of London", "subjects": "the child"},
        ),
        "window_start": date(2025, 10, 1), "window_end": date(2026, 9, 30), "involvement_due": date(2026, 10, 15),
        "due": date(2026, 11, 12), "involvement_check": True,
    },
    "identity_slip.docx": {
        "board": _HEAD["board"], "session": "2026-A2-NEG", "agency": "Metropolitan Police, Central East", "agency_code": "MPS",
        "number": "2026-A2-NEG/MPS/1", "destroy_after": date(2027, 3, 31), "urgent_phone": _HEAD["urgent_phone"],
        "chain_head": _HEAD["chain_head"],
        "cases": (
            {"ref": "H3", "people": (
                {"role": "Child", "name": "[the child's name]", "also_known_as": "[other names]", "born": "[date of birth]", "numbers": "[NHS number]", "address": "[address]", "school": "[school]"},
                {"role": "Mother", "name": "[the mother's name]", "also_known_as": "", "born": "[date of birth]", "numbers": "", "address": "[address]", "school": ""},
            )},
        ),
    },
    "send_back_letter.docx": {
        "head": _HEAD, "audit": _AUDIT, "case": "H3", "agency": "Metropolitan Police, Central East", "lead": _LEAD,
        "strong": ("Chronology", "Voice"),
        "requests": (
            {"request": "add where on file this is, and its date, in question N6 (Plan and drift), evidence", "reason": "the grade is Good, but the evidence names no plan or date"},
            {"request": "name an auditor who doesn't supervise the case", "reason": "your auditor is also named as supervisor"},
        ),
        "next_round": 2, "due": date(2026, 11, 26), "names_stood_in_it": True,
        "also_said": "The account of the second visit is vivid and will help others.",
    },
    "escalation_notice.docx": {
        "head": _HEAD, "reference": _AUDIT, "case": "H3", "agency": "Metropolitan Police, Central East", "addressed_to": "Head of agency",
        "kind": "Risk to a sibling or another child", "urgency": "Same day", "received": "8 October 2026, 10:42",
        "child_safe_now": "Not known", "situation": "A completed audit tool raises a concern", "acknowledge_by": "8 October 2026, 17:00",
    },
    "set_aside_note.docx": {
        "head": _HEAD, "reference": "not known", "item": "ab41c2f0", "received": "8 October 2026, 10:42",
        "what": "The file will not open as an Excel workbook. It may have a password.",
        "not_happened": "It was not taken as a return.", "next_step": "Ask the sender to save it as .xlsx without a password.",
        "passive": ("comments on sheet 3",),
    },
    "acceptance_receipt.docx": {
        "head": _HEAD, "audit": _AUDIT, "case": "H3", "agency": "Metropolitan Police, Central East", "lead": _LEAD, "round": 1,
        "accepted_on": date(2026, 11, 20), "item": "9d1f0c7a55e2b8641c03f7aa2be0d94e71fb6c8823a05d1794ce60f2a1b7d35c",
        "kept": "until Sunday 11 March 2029",
    },
    "agency_actions.docx": {
        "head": _HEAD, "audit": _AUDIT, "case": "H3", "agency": "Metropolitan Police, Central East", "lead": _LEAD,
        "accepted_on": date(2026, 11, 20),
        "actions": (
            {
                "number": 1, "what": "Ask at each attendance who the children are and see each of them",
                "outcome": "No child is missed when the call is about an adult", "owner": "Detective Inspector",
                "due": "31 January 2027", "measure": "From 4 to 9 of 10 sampled reports",
            },
        ),
    },
    "plan_review.docx": {
        "head": _HEAD, "session": "2026-A2-NEG", "theme": "Neglect",
        "counts": ({"label": "Actions on the plan", "value": "215"}, {"label": "Done and evidenced, or closed", "value": "40"}, {"label": "Past their day and not done", "value": "1"}),
        "overdue": ({"ref": "A7", "action": "Sample 20 plans each quarter for a dated outcome", "owner": "GP practices: Named GP", "due": "26 February 2027", "standing": "Amber \u2013 at risk"},),
        "at_risk": ({"ref": "A1", "action": "Agree one chronology format", "owner": "Head of Safeguarding", "due": "30 July 2027", "standing": "Amber \u2013 at risk"},),
        "to_close": ({"ref": "A3", "action": "Set up one circulation list for each plan", "owner": "Service Manager", "due": "31 March 2027", "standing": "Blue \u2013 done and evidenced"},),
        "undated": "A12, A31", "next_review": "July 2027",
    },
    "briefing.docx": {
        **{name: _HEAD[name] for name in ("board", "board_short", "board_email", "urgent_phone")},
        "theme": "Neglect", "cases": "eight cases", "period": "October 2025 to September 2026", "why_chosen": "Two learning reviews found neglect named late.",
        "strengths": _LEARNT[:2], "improvements": _LEARNT[2:],
        "actions": ({"action": "Agree one chronology format and bring it, current, to each conference and review.", "due": "July 2027"},),
    },
    "seminar_invitation.docx": {
        "head": _HEAD, "theme": "Neglect", "meets_on": date(2027, 2, 10), "begins": "12:30", "ends": "13:30", "place": "Online; the link follows",
        "strengths": ("Daily life and voice",), "improvements": ("History and cumulative harm", "Plan and drift"),
    },
    "training_note.docx": {
        "head": _HEAD, "session": "2026-A2-NEG", "theme": "Neglect", "answer_by": date(2027, 2, 11),
        "needs": (
            {"ref": "I1", "title": "History and cumulative harm", "obstacle": "chronology and history, recording", "audience": "Health, adult services and police", "good": "A chronology that is used at each decision."},
            {"ref": "I2", "title": "Plan and drift", "obstacle": "planning, drift", "audience": "All agencies", "good": "One plan with dates, reviewed on time."},
        ),
        "said": ({"text": "Registration staff to join safeguarding training at level 2.", "origin": "Health"},),
    },
    "meeting_invitation.docx": {
        "head": _HEAD, "session": "2026-A2-NEG", "theme": "Neglect", "agency": "Metropolitan Police, Central East", "lead": _LEAD,
        "meets_on": date(2026, 12, 3), "place": "Room 102, Town Hall", "chair": "Lay member of the Board",
        "slots": ({"case": "H3", "begins": "10:00", "ends": "11:30"}, {"case": "C1", "begins": "13:30", "ends": "15:00"}),
        "answer_by": date(2026, 11, 19),
    },
    "meeting_brief.docx": {
        "head": _HEAD, "session": "2026-A2-NEG", "theme": "Neglect", "meets_on": date(2026, 12, 3), "place": "Room 102, Town Hall",
        "chair": "Lay member of the Board",
        "cases": (
            {
                "case": "H3", "begins": "10:00", "ends": "11:30", "why": "Graded Inadequate twice and agencies date the same meeting differently",
                "invited": "Hackney Children & Families Service, Hackney Education and Metropolitan Police, Central East",
                "differs": ("N10 Supervision, oversight and challenge: education graded its own practice Outstanding; the middle of its partners\u2019 grades for working together is Requires improvement.",),
            },
        ),
    },
    "practitioner_note.docx": {
        "head": _HEAD, "audit": _AUDIT, "case": "H3", "agency": "Metropolitan Police, Central East", "lead": _LEAD,
        "theme": "Neglect", "strengths": ("Notifications carried the child\u2019s own words.",),
        "improvements": ("Incidents were looked at one by one.",),
        "actions": ("Ask at each attendance who the children are and see each of them.",),
    },
}  # fmt: skip


def _built(hint: Any, value: Any, name: str = "") -> Any:
    """A value of this type from what JSON holds; a field that came since says its own name."""
    inner = typing.get_args(hint)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return None if value is None else _built(next(each for each in inner if each is not type(None)), value, name)
    if typing.get_origin(hint) is tuple:
        each = [inner[0]] * len(value or ()) if inner[-1] is Ellipsis else inner
        return tuple(_built(one, item, name) for one, item in zip(each, value or (), strict=False))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints, known = typing.get_type_hints(hint), value or {}
        return hint(**{f.name: _built(hints[f.name], known.get(f.name), f.name) for f in dataclasses.fields(hint)})
    if hint is date:
        return date.fromisoformat(value) if isinstance(value, str) else value or _DAY
    return value if value is not None else _USUAL.get(name, {int: 1, bool: True}.get(hint, f"[{name}]"))


def take_from(folder: Path) -> None:
    """Take the values anew from a demo that was played in this folder."""
    from audit_kit.acts.reporting import draft_page, drawn
    from audit_kit.domain.clock import Clock
    from audit_kit.kit import opened

    with opened(folder / "config.yaml", Clock(date(2026, 12, 14)), "taking a sample") as kit:
        session = kit.sessions()[-1]
        new = drawn(kit, session)
    values = {
        "audit_report.docx": _fewer(dataclasses.asdict(new.content)),
        "action_plan.docx": _fewer(dataclasses.asdict(new.plan)),
        "board_summary.docx": dataclasses.asdict(draft_page(new.content, session, ())),
    }
    _VALUES.write_text(json.dumps(values, default=str, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _fewer(value: Any) -> Any:
    """The same with a dozen rows of each table at most, so that a template is shown at once."""
    if isinstance(value, dict):
        return {key: _fewer(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
        return [_fewer(inner) for inner in value[:_ROWS]]
    return value


if __name__ == "__main__":
    take_from(Path(sys.argv[1]))
