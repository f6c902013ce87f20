"""Root causes: the words they are recognised by, and what a committee might ask for because of each.

Recognising is a first draft: the author sees the extracts it rests on and decides. Assurance and action are
proposals in the words that a committee would start from, never decisions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """One root cause. ``signs`` are beginnings of words, or phrases, in lower case."""

    name: str
    signs: tuple[str, ...]
    assurance: str  # reads on after "assure the committee that"
    action: str
    measure: str

    def shows_in(self, text: str) -> bool:
        """Whether the text speaks of it."""
        return re.search(self._pattern, text.casefold()) is not None

    @property
    def _pattern(self) -> str:
        return r"\b(?:" + "|".join(re.escape(sign) for sign in self.signs) + ")"


CAUSES = (
    Cause(
        "drift",
        ("drift", "slipped", "stalled", "no change in", "repeated action", "same action", "rolled over", "overdue"),
        "a plan that has changed nothing in three months is stopped, reviewed and re-set",
        "Hold a stop-and-review, chaired outside the team, for each plan with no measurable change after three months",
        "Share of open plans over three months old with a recorded stop-and-review",
    ),
    Cause(
        "information sharing",
        ("not shared", "share", "was not told", "were not told", "not informed", "passed on", "minutes", "not invited", "did not receive", "not copied"),
        "what one agency knows reaches the others in time to change what they do, and that somebody checks that it was acted on",
        "Set up one circulation list for each plan at its start, with adult services and the GP on it, and check receipt of minutes",
        "Share of sampled core groups whose minutes reached every agency within five working days",
    ),
    Cause(
        "management oversight",
        ("supervision", "supervis", "management oversight", "manager", "oversight"),
        "supervision is regular, reflective and recorded, and shows why the course was kept or changed",
        "Sample supervision records each quarter for a recorded decision, its reason and the child's view",
        "Share of sampled records with a reasoned decision within the agency's own supervision interval",
    ),
    Cause(
        "engagement",
        ("disguised compliance", "apparent compliance", "engage", "avoid", "refus", "did not attend", "father", "fathers", "partner"),
        "fathers, partners and others who care for the child are known, seen and part of the plan",
        "Record in each assessment who cares for the child, who was seen and who was not, with the reason",
        "Share of sampled assessments that name and include each adult who cares for the child",
    ),
    Cause(
        "voice",
        ("voice", "seen alone", "child's view", "lived experience", "wishes and feelings", "own words", "spoken to alone"),
        "children are seen alone, heard in the way that suits them, and that plans show what changed because of it",
        "Add to each review the question what the child said and what changed because of it",
        "Share of sampled reviews that record the child's view and a change that followed from it",
    ),
    Cause(
        "chronology and history",
        ("chronolog", "history", "cumulative", "pattern", "previous referral", "earlier referral", "re-refer", "isolation"),
        "a multi-agency chronology is current at each decision and is used in it",
        "Agree one chronology format and bring it, current, to each conference and review",
        "Share of sampled conferences with a multi-agency chronology no older than a month",
    ),
    Cause(
        "recognition",
        ("recognis", "normalis", "softened", "struggling", "neglect was not", "not named", "early sign", "indicator"),
        "staff name what they see early and plainly, at every age",
        "Brief front-line teams on early signs at every age, with examples from this audit, and test it in supervision",
        "Share of sampled first contacts that name the concern, its kind and how often it was seen",
    ),
    Cause(
        "assessment",
        ("assess", "analysis", "descriptive", "genogram", "tool was not", "graded care"),
        "assessments cover the whole household, weigh risk and strength, and hold partners' views",
        "Introduce a one-page check of whole-household assessment, countersigned by a manager",
        "Share of sampled assessments that pass the check",
    ),
    Cause(
        "threshold",
        ("threshold", "stepped down", "step-down", "step down", "closed too", "no further action", "nfa", "bounced"),
        "help is at the right level and reasons for stepping down or closing are shared with all who work with the family",
        "Send the reason for each decision at the front door and each step-down to the referrer and the agencies involved",
        "Share of sampled referrals and step-downs with a reason sent to all within five working days",
    ),
    Cause(
        "planning",
        ("plan ", "plans", "planning", "contingency", "smart", "task list", "outcome", "core group"),
        "each child has one plan that says what must change, by when, and what happens if it does not",
        "Use one plan format that asks for the change wanted, the date, the measure and the contingency",
        "Share of sampled plans with a dated outcome and a contingency",
    ),
    Cause(
        "challenge and escalation",
        ("challenge", "escalat", "professional disagreement", "spoke up", "dispute"),
        "professional differences are voiced, escalated and settled in the child's time",
        "Re-issue the escalation policy with a named contact in each agency and log each use of it",
        "Number of escalations logged, and share settled within ten working days",
    ),
    Cause(
        "curiosity",
        ("curios", "taken at face value", "face value", "self-report", "not explored", "did not ask", "not asked", "assum"),
        "practitioners ask, look and check before they accept an explanation",
        "Build two questions on professional curiosity into supervision templates",
        "Share of sampled supervision records that show an explanation tested",
    ),
    Cause(
        "recording",
        ("record", "case note", "not documented", "undocumented", "on file"),
        "records show who was seen, what was said and why it was decided, on the day",
        "Sample records each quarter for who was seen, what was decided and why",
        "Share of sampled records complete within two working days",
    ),
    Cause(
        "capacity",
        ("capacity", "caseload", "vacanc", "waiting list", "staff turnover", "change of worker", "changes of worker", "agency staff"),
        "a change of worker or a waiting list leaves no child without somebody who knows and sees them",
        "Name a covering worker, known to the child, before each change of worker takes effect",
        "Share of sampled transfers with a joint visit or handover recorded",
    ),
    Cause(
        "training",
        ("training", "not trained", "unaware of", "lack of knowledge"),
        "staff who need it have had the training and use it",
        "Offer the training named in this audit and test its use in supervision after three months",
        "Share of the staff concerned who attended, and of sampled cases that show its use",
    ),
    Cause(
        "procedure",
        ("procedure", "policy", "protocol", "pathway", "guidance was"),
        "the procedure is known, current and followed",
        "Review the procedure with the practitioners who use it and re-issue it with one page of examples",
        "Date of re-issue, and share of sampled cases in which it was followed",
    ),
    Cause(
        "transition between areas or services",
        ("transfer", "transition", "handover", "moved to", "cross-border", "out of borough", "boundary"),
        "children who move between areas or services are handed over by people, not only by papers",
        "Agree a handover meeting for each move between areas or services, with the child's view on the agenda",
        "Share of sampled moves with a handover meeting within ten working days",
    ),
    Cause(
        "equality and identity",
        ("ethnic", "cultur", "identity", "language", "interpreter", "disab", "poverty", "adultif", "faith"),
        "practice takes account of who the child is, and poverty is told apart from neglect",
        "Ask in each assessment how identity and circumstances shape what the family needs and what help would fit",
        "Share of sampled assessments that answer it with evidence",
    ),
)  # fmt: skip

_BY_NAME = {cause.name: cause for cause in CAUSES}


def cause(name: str) -> Cause:
    """The cause of this name; KeyError when there is none."""
    return _BY_NAME[name]


def causes_in(text: str) -> tuple[str, ...]:
    """The names of all causes that the text speaks of."""
    return tuple(cause.name for cause in CAUSES if cause.shows_in(text))
