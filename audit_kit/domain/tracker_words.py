"""What the tracker calls its sheets and columns: which words the team's file ``templates/tracker_words.txt`` holds."""

from __future__ import annotations

from collections.abc import Mapping

SHEET = "sheet"  # the word that names the sheet itself

#: part of the tracker → its words, in the order in which they are read
TRACKER_WORDS: Mapping[str, tuple[str, ...]] = {
    "at a glance": (
        SHEET, "title", "note", "session", "in", "where it stands", "next date", "no next date", "too little time",
        "concern", "concern state", "concern next", "concern command", "state", "how many", "meaning", "date", "day", "when",
    ),
    "agency by case": ("title", "colours", "agency", "in", "late", "all agencies", "concern open"),
    "audits": (
        SHEET, "title", "note", "audit", "agency", "auditor", "auditor known", "where it stands", "round", "due", "late",
        "sent back", "received", "reminded", "rules", "flags", "doubts", "who", "next",
    ),
    "to do": (SHEET, "title", "note", "session", "who", "what", "about", "due", "waiting", "command"),
    "concerns": (
        SHEET, "title", "note", "concern", "session", "case", "agency", "kind", "urgency", "state", "raised", "days open",
        "next", "command", "not known",
    ),
    "rounds": (SHEET, "title", "note", "audit", "when", "round", "what", "rules", "flags", "due", "reminded", "by"),
}  # fmt: skip
