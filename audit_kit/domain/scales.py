"""The words that agencies choose from. Words, never codes: numbers exist for charts alone."""

from __future__ import annotations

from functools import lru_cache

OUTSTANDING = "Outstanding"
GOOD = "Good"
REQUIRES_IMPROVEMENT = "Requires improvement"
INADEQUATE = "Inadequate"
INSUFFICIENT_EVIDENCE = "Insufficient evidence on file"
NOT_OUR_ROLE = "Not our role"

#: in the order in which they are offered
GRADES = (OUTSTANDING, GOOD, REQUIRES_IMPROVEMENT, INADEQUATE, INSUFFICIENT_EVIDENCE, NOT_OUR_ROLE)
#: the grades that count when scores are compared; the other two leave the denominator
JUDGED = (OUTSTANDING, GOOD, REQUIRES_IMPROVEMENT, INADEQUATE)
#: where there is room for a few letters only, always beside a key
SHORT = {
    OUTSTANDING: "O", GOOD: "G", REQUIRES_IMPROVEMENT: "RI", INADEQUATE: "I",
    INSUFFICIENT_EVIDENCE: "IE", NOT_OUR_ROLE: "NA",
}  # fmt: skip
SCORE = {OUTSTANDING: 4, GOOD: 3, REQUIRES_IMPROVEMENT: 2, INADEQUATE: 1}

YES, NO, NOT_KNOWN, NOT_APPLICABLE, NOT_RECORDED = (
    "Yes", "No", "Not known", "Not applicable", "Not recorded",
)  # fmt: skip
WORDS_FOR_BLANK = (NOT_KNOWN, NOT_APPLICABLE, NOT_RECORDED)

INVOLVED = "Yes"
KNOWN_BEFORE_WINDOW = "No – known before the review period only"
NEVER_KNOWN = "No – never known to us"
INVOLVEMENT = (INVOLVED, KNOWN_BEFORE_WINDOW, NEVER_KNOWN)

TIERS = ("Early help near child in need", "Child in need", "Child protection", "Step-down")

CONCERN_KINDS = (
    "Risk to the child",
    "Risk to a sibling or another child",
    "Risk to a vulnerable adult",
    "Unsafe practice",
    "Allegation against a professional",
)
URGENCIES = ("Now (999 or within the hour)", "Same day", "Within three working days")
AUDITOR_GRADES = ("Service manager", "Named professional", "Clinician", "Other – reason given")
SIGNIFICANCE = ("High", "Medium", "Low")
CONFIDENCE = ("High", "Medium", "Low")
ENGAGEMENT = ("Yes", "No", "Not appropriate")

EVENT_TYPES = (
    "Contact", "Visit", "Missed or not brought", "Attendance or absence", "Injury or illness",
    "Incident (police)", "Referral in", "Referral out", "Strategy discussion", "Conference",
    "Core group or TAF", "Assessment", "Plan", "Review", "Supervision", "Management decision",
    "Escalation or challenge", "Legal", "Move or household change", "Birth", "Missing", "Exclusion",
    "Closure or step-down", "Transfer", "Other",
)  # fmt: skip

DIGITS = "0123456789"


def chosen(text: str, choices: tuple[str, ...]) -> str | None:
    """The choice that was meant, or None. Forgives case, spaces and the sort of dash, nothing else.

    "good " is Good; "Good/RI" is nobody's grade and is asked about.
    """
    return _by_their_folded(choices).get(_folded(text))


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit in it: "?", "-" and "…" say nothing.

    A letter is what is written large and small, a digit one of 0 to 9: that is what the audit tool's own formula can
    tell, and the two must agree.
    """
    return text.upper() != text.lower() or any(digit in text for digit in DIGITS)


@lru_cache(maxsize=256)  # every rule asks for the same few lists, thousands of times a return
def _by_their_folded(choices: tuple[str, ...]) -> dict[str, str]:
    return {_folded(choice): choice for choice in reversed(choices)}


def _folded(text: str) -> str:
    return " ".join(text.replace("–", "-").replace("—", "-").casefold().split())
