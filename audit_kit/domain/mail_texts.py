"""Which texts the mail drafts are made of, and which words each may fill in. The texts themselves are the team's.

They stand in ``templates/mail_drafts.txt``, each under its name. A text without a subject is a part of another, where
it stands for one of its words.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": "The CHSCB Team will be responsible for notifying
agencies of cases to be audited".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: what a word in curly brackets stands for, and an example
WORDS: Mapping[str, tuple[str, str]] = {
    "board": ("The Board's name", "City & Hackney Safeguarding Children Board"),
    "mailbox": ("The team's mailbox", "audit@board.example"),
    "urgent phone": ("Whom to ring about an immediate concern", "020 7946 0100"),
    "session": ("Reference of the audit session", "2026-A2-NEG"),
    "audit": ("Reference of the single-agency audit", "2026-A2-NEG/H3/MPS"),
    "case": ("Reference of the case", "H3"),
    "cases": ("References of the cases", "H3 and C1"),
    "agency": ("The agency's name", "Metropolitan Police, Central East"),
    "code": ("The agency's short code", "MPS"),
    "theme": ("The session's theme", "Neglect"),
    "due": ("By when, with the day of the week", "Thursday 12 November 2026"),
    "day": ("On which day", "Tuesday 15 December 2026"),
    "time": ("At what time", "12:30"),
    "form to return": ("The text notification: form, where a form goes with it; else nothing", ""),
    "things": ("How many things are asked for", "three things"),
    "with its actions": ("The text accepted: actions, where the agency set any; else nothing", ""),
    "with a note": ("The text accepted: note, where there is one; else nothing", ""),
    "asked by": ("The role of the person who invites the family", "health visitor"),
    "who": ("Who is invited, as a role", "the mother"),
    "which form": ("The text feedback: several forms, where there are several; else nothing", ""),
    "owed": ("What the agency owes: the text reminder: tool owed, round owed or form owed, a line each", ""),
    "nobody named": (
        "The text reminder: nobody named, where the agency has not said who does the audit; else nothing",
        "",
    ),
    "round": ("The number of the round", "2"),
    "answered": ("The text reminder: answered so far, a line for each case", ""),
    "have answered": ("How many agencies have answered about the case", "9"),
    "were asked": ("How many were asked about it", "12"),
    "reminded before": ("The text reminder: sent before, where there were any; else nothing", ""),
    "days": ("The days on which reminders went out", "5 November, 10 November"),
    "actions": ("The text action plan: open, or open, no day, a line for each of the agency's open actions", ""),
    "ref": ("The action's number", "A2"),
    "action": ("What is to be done", "Ask who the children are."),
    "situation": (
        "One of the texts concern raised: audit tool, involvement form, told, family, or concern unknown: not answered, not read",
        "",
    ),
    "called like": ("The text concern unknown: called like, where the file's name tells of an audit; else nothing", ""),
    "about": ("The audit that the concern is about, or the text concern about: not matched", "2026-A2-NEG/H3/MPS"),
    "reference": ("The audit, or not known", "2026-A2-NEG/H3/MPS"),
    "key": ("By which the concern is called in commands", "4f2a9c01"),
    "kind": ("The kind of concern", "Risk to the child"),
    "urgency": ("How urgent it is", "Same day"),
    "received": ("When it came", "Tuesday 3 November 2026, 10:42"),
    "child safe now": ("What the agency says", "Not known"),
    "acknowledge": ("By when it is to be acknowledged", "today"),
    "state": ("Where the concern stands", "acknowledged"),
    "awaited": ("One of the texts concern overdue: not acknowledged, no response, not decided, no answer", ""),
    "stands with": ("Who must act", "the head of the agency"),
    "next command": ("By which the team records the next step", "respond"),
    "events": ("How many events", "2 events"),
    "period": ("The review period", "1 October 2025 to 30 September 2026"),
    "teller": ("The agency whose chronology tells of contact", "Homerton Healthcare"),
    "teller code": ("Its short code", "HVSN"),
    "places": ("Where in the return, a line each", "  - question N6 (Plan and drift), evidence"),
    "reasons": ("Why independence is in question, a line each", "  - the auditor is named as line manager"),
    "what they say": ("The text independence: their answer, or independence: no answer", ""),
    "their words": ("What the agency says about it, names taken out", "The auditor moved teams in May."),
    "what next": ("One of the texts independence: sent back, to decide, allocated", ""),
    "release": ("The text briefing: before it goes out", ""),
}
#: which of them are texts of their own
PARTS: Mapping[str, str] = {
    "form to return": "notification: form", "with its actions": "accepted: actions", "with a note": "accepted: note",
    "which form": "feedback: several forms", "reminded before": "reminder: sent before",
    "nobody named": "reminder: nobody named", "owed": "reminder: tool owed", "answered": "reminder: answered so far",
    "awaited": "concern overdue: not acknowledged", "release": "briefing: before it goes out",
    "actions": "action plan: open", "situation": "concern raised: audit tool", "called like": "concern unknown: called like",
    "what they say": "independence: their answer", "what next": "independence: to decide",
}  # fmt: skip
EVERYWHERE = ("board", "mailbox", "urgent phone")  # may stand in any text


@dataclass(frozen=True)
class MailText:
    """One text: what it is for, its words, and those of them that it must print. ``is_part``: without a subject."""

    when: str
    words: tuple[str, ...]
    needed: tuple[str, ...] = ()
    is_part: bool = False

    @property
    def allowed(self) -> tuple[str, ...]:
        """Every word that may stand in it."""
        return (*self.words, *EVERYWHERE)


_URGENT = ("urgent phone",)

MAIL_TEXTS: Mapping[str, MailText] = {
    "notification": MailText("To the agency lead, with the notification letter", ("session", "code", "form to return")),
    "notification: form": MailText("Where the involvement form goes with it", ("due",), ("due",), is_part=True),
    "identity slip": MailText("To the agency lead, apart from everything else", ("session", "code")),
    "audit tool": MailText("To the agency lead, with the tool", ("audit", "case", "due"), ("case", "due", *_URGENT)),
    "sent back": MailText("To the agency lead, with the letter and the copy", ("audit", "due", "things"), ("due",)),
    "nothing filled in": MailText("To the agency lead, when an empty tool came back", ("audit", "case", "due"), ("due", *_URGENT)),
    "more time": MailText("To the agency lead, when a due date was moved", ("audit", "due"), ("due", *_URGENT)),
    "accepted": MailText("To the agency lead, with the receipt", ("audit", "with its actions", "with a note"), ("with its actions", "with a note")),
    "accepted: actions": MailText("Where the agency set actions", (), is_part=True),
    "accepted: note": MailText("Where there is a note for practitioners", (), is_part=True),
    "feedback": MailText("For whoever asks a family", ("audit", "case", "asked by", "who", "which form", "due"), ("asked by", "who", "due", *_URGENT)),
    "feedback: several forms": MailText("Where more than one form may fit", (), is_part=True),
    "reminder before the day": MailText("Before it is due", ("session", "code", "owed"), ("owed", *_URGENT)),
    "reminder on the day": MailText("On the day", ("session", "code", "owed"), ("owed", *_URGENT)),
    "reminder to the auditor": MailText("When it is late, through the lead", ("session", "code", "owed"), ("owed", *_URGENT)),
    "reminder to the lead": MailText("When it is late", ("session", "code", "owed"), ("owed", *_URGENT)),
    "reminder to the head": MailText(
        "When it is late, to the head of the agency", ("session", "code", "agency", "owed", "answered", "reminded before"), ("owed", "answered", *_URGENT)
    ),
    "reminder to the Executive": MailText(
        "When it is late, to the Executive or the independent chair",
        ("session", "code", "agency", "owed", "answered", "reminded before"), ("owed", "answered", *_URGENT),
    ),
    "reminder: form owed": MailText("A line for each involvement form that is owed", ("audit", "due"), ("audit", "due"), is_part=True),
    "reminder: tool owed": MailText("A line for each audit tool that is owed", ("audit", "due", "nobody named"), ("audit", "due"), is_part=True),
    "reminder: round owed": MailText("A line for each that was sent back", ("audit", "round", "due", "nobody named"), ("audit", "due"), is_part=True),
    "reminder: nobody named": MailText("Where the agency has not said who does it", (), is_part=True),
    "reminder: answered so far": MailText("A line for each case", ("case", "have answered", "were asked"), ("case", "have answered", "were asked"), is_part=True),
    "reminder: sent before": MailText("Where reminders went out before", ("days",), ("days",), is_part=True),
    "concern to the Board manager": MailText(
        "With the notice of a concern", ("situation", "about", "reference", "kind", "urgency", "received", "child safe now", "acknowledge"),
        ("situation", "reference", "urgency", "child safe now", "acknowledge", *_URGENT),
    ),
    "concern to the agency": MailText(
        "With the notice of a concern", ("situation", "about", "reference", "kind", "urgency", "received", "child safe now", "acknowledge"),
        ("situation", "reference", "urgency", "child safe now", "acknowledge", *_URGENT),
    ),
    "concern raised: audit tool": MailText("What happened, where a return says so", (), is_part=True),
    "concern raised: involvement form": MailText("Where an involvement form says so", (), is_part=True),
    "concern raised: told": MailText("Where it came by word of mouth", (), is_part=True),
    "concern raised: family": MailText("Where a family's feedback form says so", (), is_part=True),
    "concern unknown: not answered": MailText("Where the question about risk was not answered", (), is_part=True),
    "concern unknown: not read": MailText("Where a file could not be read", ("called like",), ("called like",), is_part=True),
    "concern unknown: called like": MailText("Where that file's name tells of an audit", ("audit",), ("audit",), is_part=True),
    "concern about: not matched": MailText("Where nobody knows yet whose file it came in", (), is_part=True),
    "concern: not safe": MailText("To the Board manager, when an answer says not safe, or not known", ("about", "key"), ("about", "key", *_URGENT)),
    "concern: form unfinished": MailText("To the agency, with its form marked", ("about", "state"), ("state", *_URGENT)),
    "concern: overdue": MailText(
        "To whoever must act, when the time for the next step is over",
        ("about", "kind", "urgency", "day", "time", "awaited", "stands with", "next command", "key"), ("about", "day", "time", "awaited", *_URGENT),
    ),
    "concern overdue: not acknowledged": MailText("Where nobody has acknowledged it", (), is_part=True),
    "concern overdue: no response": MailText("Where the agency has not said what it did", (), is_part=True),
    "concern overdue: not decided": MailText("Where the Board has not said whether it is assured", (), is_part=True),
    "concern overdue: no answer": MailText("Where it was passed up", (), is_part=True),
    "contact told: to who answered nil": MailText(
        "When another chronology tells of contact", ("audit", "case", "teller", "period", "events"), ("case", "teller", "events", *_URGENT)
    ),
    "contact told: to who tells of it": MailText("To the agency whose chronology tells of it", ("audit", "case", "agency", "events"), ("case", "agency", *_URGENT)),
    "contact told: to the team": MailText("For the Board's team", ("audit", "code", "teller code", "events"), ("audit", "teller code")),
    "words of risk": MailText("To the Board manager, when words of risk stand elsewhere in a return", ("audit", "places"), ("audit", "places")),
    "independence": MailText("To the Board manager, when an auditor may not be independent", ("audit", "reasons", "what they say", "what next"), ("reasons", "what they say", "what next")),
    "independence: their answer": MailText("Where the agency says something about it", ("their words",), ("their words",), is_part=True),
    "independence: no answer": MailText("Where it says nothing", (), is_part=True),
    "independence: sent back": MailText("Where the return went back", ("audit",), is_part=True),
    "independence: to decide": MailText("Where it is to be decided", ("audit",), is_part=True),
    "independence: allocated": MailText("Where the work was just given to somebody", ("audit",), is_part=True),
    "meeting: invitation": MailText("To the agency lead", ("session", "code", "cases", "day", "due"), ("cases", "day", "due")),
    "meeting: chair": MailText("For the independent chair", ("session", "day"), ("day",)),
    "action plan: how it goes on": MailText("To an agency with open actions", ("session", "code", "actions", "due"), ("actions", "due")),
    "action plan: open": MailText("A line for each open action", ("ref", "due", "action"), ("due", "action"), is_part=True),
    "action plan: open, no day": MailText("Where nobody has set a day", ("ref", "action"), ("action",), is_part=True),
    "briefing to release": MailText("To the Board manager", ("session", "theme", "release"), ("release",)),
    "briefing: before it goes out": MailText("What two people ask before anything goes out", (), is_part=True),
    "training": MailText("For those who plan training", ("session", "due"), ("due",)),
    "seminar": MailText("To each agency lead", ("theme", "day", "time"), ("day", "time")),
}  # fmt: skip
