"""What goes wrong in the demo, on purpose: one entry a planted fault, with what must become of it."""

from __future__ import annotations

from dataclasses import dataclass

#: asked beyond those who return a full audit: who was never involved, and who never answers
NEVER_KNOWN = {"H1": ("CAMHS",), "H2": ("YOT",), "H5": ("DVA",), "C1": ("CAMHS",), "C3": ("HOU-C",)}
NEVER_RETURNED = {"H2": ("SMS",), "C2": ("MPS",)}
NIL_AFTER_ALL = {"H5": ("PROB",)}  # answers the involvement form with Yes and the tool with No


@dataclass(frozen=True)
class PlantedFault:
    """One planted fault: where, what was done, and what must happen to it."""

    audit: str  # case/agency, or what it is when it is no return
    fault: str
    expected: str


PLANTED = (
    PlantedFault("plan", "dropped in with faults", "comes back marked, cell by cell; no session"),
    PlantedFault(
        "H2/CAMHS", "incomplete: evidence, grade and voice missing", "sent back, every query at once; round 2 accepted"
    ),
    PlantedFault("H1/EDU-H", "the auditor line-manages the case", "sent back for independent scrutiny"),
    PlantedFault("H1/HOM", "the auditor declares a conflict and how it was limited", "the Board manager has a draft"),
    PlantedFault(
        "C1/HVSN",
        "an immediate risk, inside an incomplete return",
        "escalated, sent back; the agency answers, the Board is assured",
    ),
    PlantedFault(
        "C2/EH-C", "a formula where the risk is asked", "Board manager told, sent back; time runs out, passed up"
    ),
    PlantedFault("H4/GP", "another case's reference typed over its own", "set aside, filed under no case"),
    PlantedFault("H2/GP", "the same file twice", "noted, nothing done twice"),
    PlantedFault("H3/HOM", "the same answers, saved by another program", "noted, nothing done twice"),
    PlantedFault("H5/AMH", "names in a comment and on a hidden sheet", "reported by place, carried nowhere"),
    PlantedFault("H5/PROB", "nil return after all", "no involvement, no reviewer needed"),
    PlantedFault(
        "C3/HOU-C",
        "never known, says the involvement form; another chronology tells of contact",
        "no tool; both asked, team told",
    ),
    PlantedFault("H2/SMS", "never answers", "reminded up to the head of the agency, shown as late"),
    PlantedFault(
        "C2/MPS", "asks for more time, and gives the audit to somebody else", "extended, not late; the name is sealed"
    ),
    PlantedFault(
        "a picture", "a photograph named like a workbook", "Board manager told, set aside with how to send it"
    ),
)


def incomplete(answers: dict[str, str]) -> dict[str, str]:
    """A return finished in a hurry: evidence and grade missing, a placeholder, no voice, nobody spoken to."""
    left = {ref: text for ref, text in answers.items() if not ref.startswith(("practitioner.", "voice.changed"))}
    left.pop("N3.evidence", None)
    left.pop("N7.together", None)
    left["N2.evidence"] = "See above."
    return left


def by_the_line_manager(answers: dict[str, str]) -> dict[str, str]:
    """The line manager of the case did the audit."""
    return {
        **answers,
        "auditor.name.answer": answers.get("line_manager.name.answer", answers["case_holder.name.answer"]),
    }


def with_a_conflict(answers: dict[str, str]) -> dict[str, str]:
    """The auditor supervised the worker for a while, says so, and says what was done about it."""
    return {
        **answers,
        "declaration.b.answer": "No",
        "conflict.what.answer": "I line-managed the allocated worker until May 2026. The named doctor, who never did, read the "
        "same records and agreed each grade with me.",
    }


def telling_of_contact(answers: dict[str, str]) -> dict[str, str]:
    """A chronology in which a service stands that answered that it never knew the family."""
    return {**answers, "chronology.12.shared_with": f"{answers['chronology.12.shared_with']}, housing"}


def at_immediate_risk(answers: dict[str, str], child: str) -> dict[str, str]:
    """Unfinished, but it says that a child isn't safe."""
    left = {ref: text for ref, text in answers.items() if not ref.startswith(("N6.", "N10.", "overall."))}
    return {
        **left,
        "concern.any.answer": "Yes",
        "concern.kind.answer": "Risk to the child",
        "concern.urgency.answer": "Same day",
        "concern.what.answer": f"Reading the file today I saw that {child} has slept in the room where the ceiling came "
        "down since Friday; nobody has visited and the plan says the room is closed off.",
        "concern.told.answer": "Duty social worker, left a message at 16:20.",
        "concern.safe_now.answer": "Not known",
    }


def nil_return(answers: dict[str, str]) -> dict[str, str]:
    """A tool that says: we were not involved."""
    kept = ("auditor.name.answer", "auditor.role.answer", "lead.name.answer")
    return {
        "concern.any.answer": "No",
        "involvement.known.answer": "No – never known to us",
        **{ref: answers[ref] for ref in kept},
    }
