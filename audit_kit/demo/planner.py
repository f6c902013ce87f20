"""What the team types into the planning workbook of the fictional session."""

from __future__ import annotations

from audit_kit.demo import faults
from audit_kit.demo.cast import CASES, demo_case, role_word
from audit_kit.domain.plan_form import ASK

#: the lines of enquiry that this plan leaves in, and those that only some agencies are asked
KLOES = ("N1", "N2", "N3", "N6", "N7", "N10", *(f"N{number}" for number in range(21, 31)))


def plan_answers(codes: list[str]) -> dict[str, str]:
    """What the team types into the planning workbook; ``codes`` are the agencies that it offers."""
    answers = {
        "session.window_end.answer": "2026-09-30",
        "session.notified.answer": "2026-10-01",
        "session.involvement_due.answer": "2026-10-08",
        "session.issued.answer": "2026-10-08",
        "session.due.answer": "2026-11-05",
        "session.meeting.answer": "2026-12-03",
        "session.qa_committee.answer": "2027-01-14",
        "session.executive.answer": "2027-02-04",
        "session.board.answer": "2027-03-11",
        "theme.why.answer": "two learning reviews found neglect named late, and re-referrals for neglect rose for a third year",
        "theme.source.answer": "Learning review",
        "theme.approved_by.answer": "QA Sub Committee",
        "theme.approved_on.answer": "2026-09-10",
        "theme.minute.answer": "QASC 10/09/2026, item 6",
    }
    answers |= {f"kloe.N{number}.ask": "No" for number in (4, 5, 8, 9, 11, 12, 31, 32, 33, 34)}
    people = engagements = 0
    for ref in CASES:
        case = demo_case(ref)
        answers |= {
            f"case.{ref}.tier": case.tier,
            f"case.{ref}.mix": case.mix,
            f"case.{ref}.why": "Chosen for the mix of tiers and ages.",
        }
        answers |= {f"known.{ref}.{code}": ASK if code in asked_about(ref) else "" for code in codes}
        for person in case.people:
            people += 1
            row = {
                "case": ref, "role": role_word(person.role), "name": person.name, "aliases": "; ".join(person.aliases),
                "dob": person.dob, "nhs_number": person.nhs_number, "upn": person.upn, "ni_number": person.ni_number,
                "phones": "; ".join(person.phones), "emails": "; ".join(person.emails), "address": person.address,
                "postcode": person.postcode, "school": person.school, "nursery": person.nursery,
                "gp_practice": person.gp_practice, "others": "; ".join(person.other_identifiers),
            }  # fmt: skip
            answers |= {f"person.{people}.{field}": text for field, text in row.items() if text}
        for one in case.engagement:
            engagements += 1
            row = {
                "case": ref,
                "who": role_word(one["who"]),
                "decision": one["decision"],
                "reason": one["reason"],
                "asked_by": one["asked_by"],
            }
            answers |= {f"engagement.{engagements}.{field}": text for field, text in row.items()}
    return answers


def asked_about(case: str) -> tuple[str, ...]:
    """The agencies that are asked about a case: those who return an audit, and a few who never knew the family."""
    besides = (faults.NEVER_KNOWN, faults.NEVER_RETURNED, faults.NIL_AFTER_ALL)
    return (*demo_case(case).returns, *(code for group in besides for code in group.get(case, ())))
