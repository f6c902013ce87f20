"""Was the audit done by somebody independent? Proved from what the return says, not from a tick.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "No audit should be completed by the case
holder or the line manager with casework responsibility, in order to maintain independent scrutiny."
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from audit_kit.domain.queries import Level, Query
from audit_kit.domain.returns import RosterEntry
from audit_kit.domain.scales import AUDITOR_GRADES, NO
from audit_kit.domain.standard_sheets import INDEPENDENCE_DECLARATIONS
from audit_kit.privacy.nicknames import other_forms
from audit_kit.stages.rules import Desk

_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "sir", "dame", "pc", "dc", "ds",
                     "di", "dci", "sgt", "insp", "inspector", "sister", "nurse"))  # fmt: skip
#: the parts of those who do the casework: none of them audits it
IN_THE_CASE = ("case holder", "line manager", "practitioner")
_TYPED_WRONG_FROM = 5  # letters: in a shorter name one letter makes another name (John, Joan)
_CASEWORK = re.compile(
    r"\b(allocated|case ?holder|held the case|holds the case|lead worker|case supervisor|supervis(es|ed|or of) (the|this) "
    r"(case|worker)|line manag(es|ed|er of) (the|this|allocated) (case|worker|social worker))\b",
    re.I,
)


def same_person(one: str, other: str) -> bool:
    """Whether two names as typed may well be the same person's, so that somebody is asked.

    Titles, order, case, accents, a left-out middle name, a pet form (Liz, Elizabeth) and one typing error don't
    matter; "J. Okafor" may be "Jane Okafor", and "Ms Okafor" may be too. Two blanks are nobody.
    """
    mine, theirs = sorted((_name_parts(one), _name_parts(other)), key=len)
    if not mine:
        return False
    if len(mine) == 1:
        return len(mine[0]) > 1 and mine[0] == theirs[-1]
    whole = [part for part in mine if part in theirs]
    if not any(len(part) > 1 for part in whole):  # one part must be there in full: "J. O." is nobody in particular
        return False
    left = [part for part in theirs if part not in whole]
    typed_wrong = 0
    for part in (part for part in mine if part not in whole):
        found = next((other for other in left if _is_initial(part, other)), None)
        if found is None:
            found = next((other for other in left if _is_pet_form(part, other)), None)
        if found is None:
            found = next((other for other in left if _is_typed_wrong(part, other)), None)
            typed_wrong += 1
        if found is None:
            return False
        left.remove(found)
    return typed_wrong <= 1


def _is_initial(one: str, other: str) -> bool:
    return 1 in (len(one), len(other)) and one[0] == other[0]


def _is_pet_form(one: str, other: str) -> bool:
    return other in other_forms(one) or one in other_forms(other)


def _is_typed_wrong(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    return min(len(one), len(other)) >= _TYPED_WRONG_FROM and OSA.distance(one, other, score_cutoff=1) <= 1


def auditor_held_or_supervised_the_case(desk: Desk) -> Iterator[Query]:
    """V11: the auditor is neither case holder, line manager nor anyone with a part in the casework."""
    auditor = desk.answer("auditor.name")
    parts = [("case_holder.name", "the case holder"), ("line_manager.name", "the line manager of the case")]
    found = [words for ref, words in parts if same_person(auditor, desk.answer(ref))]
    rows = [row for _, row in desk.rows("practitioners") if same_person(auditor, row["name"])]
    found += ["a practitioner who was spoken to about the case"] if rows else []
    found += [
        f"{entry.part} in another agency's return for this case"
        for entry in desk.roster
        if entry.part in IN_THE_CASE and same_person(auditor, entry.name)
    ][:1]
    if found and (desk.answer("conflict.what") or desk.explained("auditor.name")):
        yield desk.query(
            "V11", Level.WARNING, "auditor.name",
            f"the auditor is also named as {' and '.join(found)}, and the agency says why: the Board manager decides",
        )  # fmt: skip
    elif found:
        yield desk.query(
            "V11", Level.RETURN, "auditor.name",
            "ask somebody else to complete the audit, or say in question 3.15 if this is another person of the same name – "
            f"the auditor is also named as {' and '.join(found)}",
            "No audit is completed by the case holder or the line manager with casework responsibility.",
        )  # fmt: skip
    elif _CASEWORK.search(desk.answer("auditor.role")) and not desk.answer("conflict.what"):
        yield desk.query(
            "V11", Level.RETURN, "auditor.role",
            "confirm that the auditor had no part in the casework – the role given suggests it",
        )  # fmt: skip


def auditor_has_a_caseworkers_role(desk: Desk) -> Iterator[Query]:
    """V11: a worker of the case named by role alone may be the auditor: the role is the same."""
    role = " ".join(desk.answer("auditor.role").casefold().split())
    unnamed = (row for _, row in desk.rows("practitioners") if not row["name"] and _CASEWORK.search(row["part"]))
    if role and any(" ".join(row["role"].casefold().split()) == role for row in unnamed):
        yield desk.query(
            "V11", Level.WARNING, "auditor.role", "a worker of the case who is not named has the auditor's role"
        )  # fmt: skip


def auditors_now_named(
    roster: tuple[RosterEntry, ...], named_now: tuple[RosterEntry, ...]
) -> tuple[tuple[RosterEntry, str], ...]:
    """Auditors of other returns for the case whom a return names only now, with the part it gives them.

    Whichever return came first, the auditor's independence is in question.
    """
    parts = [entry for entry in named_now if entry.part in IN_THE_CASE]
    found = []
    for auditor in (entry for entry in roster if entry.part == "auditor"):
        part = next((e.part for e in parts if e.agency != auditor.agency and same_person(auditor.name, e.name)), "")
        if part:
            found.append((auditor, part))
    return tuple(found)


def conflict_declared(desk: Desk) -> Iterator[Query]:
    """V11: who can't declare independence says what the conflict is; the Board manager looks at it."""
    refused = [
        f"declaration.{letter}" for letter in INDEPENDENCE_DECLARATIONS if desk.choice(f"declaration.{letter}") == NO
    ]
    if not refused:
        return
    if not desk.answer("conflict.what"):
        yield desk.query(
            "V11", Level.RETURN, "conflict.what",
            "ask somebody independent to complete the audit, or say in question 3.15 what the conflict is and how you limited it "
            "– not all of 3.7, 3.8 and 3.9 are declared",
        )  # fmt: skip
    else:
        yield desk.query(
            "V11", Level.WARNING, refused[0], "the auditor declares a conflict; the Board manager decides",
        )  # fmt: skip


def other_declaration_refused(desk: Desk) -> Iterator[Query]:
    """V10: a "No" to one of the other declarations is for the reviewer to weigh."""
    for letter in "defgh":
        if desk.choice(f"declaration.{letter}") == NO:
            yield desk.query("V10", Level.WARNING, f"declaration.{letter}", "the auditor can't make this declaration")


def auditor_of_lower_grade(desk: Desk) -> Iterator[Query]:
    """V12: "The audit work will be conducted by a service manager/ clinician"."""
    if desk.choice("auditor.grade") == AUDITOR_GRADES[-1] and not desk.answer("auditor.grade_reason"):
        yield desk.query(
            "V12",
            Level.WARNING,
            "auditor.grade",
            "the auditor is no service manager or clinician, and no reason is given",
        )


def one_auditor_for_many(desk: Desk) -> Iterator[Query]:
    """V12: one auditor for many cases, or session after session, sees them all with the same eyes."""
    if desk.audits_by_this_auditor > desk.thresholds.audits_per_auditor:
        yield desk.query(
            "V12", Level.WARNING, "auditor.name", f"the same auditor completed {desk.audits_by_this_auditor} audits"
        )
    if desk.sessions_of_this_auditor > desk.thresholds.sessions_per_auditor:
        yield desk.query(
            "V12", Level.WARNING, "auditor.name", f"the same auditor in {desk.sessions_of_this_auditor} sessions"
        )


@lru_cache(maxsize=4096)  # each is compared with all who audit or are named
def _name_parts(name: str) -> tuple[str, ...]:
    """The words of a name without titles, accents and apostrophes; a name of a title alone keeps it."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"[^\W\d_]+", re.sub(r"['’‘`]", "", plain))
    return tuple(word for word in words if word not in _TITLES) or tuple(words)
