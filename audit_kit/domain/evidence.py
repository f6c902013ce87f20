"""Whether evidence can be found again by somebody else: how much was written, when it was, where on file it is.

Guessed from words, which no list holds whole. So that the workbook can say the same as the kit while somebody types,
both look in the same way: marks become spaces, and a word is looked for with the spaces around it. A word that may go
on ("minute", "minutes") has no space behind it, one that may stand inside another ("case record") none before it.
"""

from __future__ import annotations

#: read as a space
BLANKS = (
    "\n", "\t", "\u00a0", ",", ";", ":", "!", "?", "(", ")", "[", "]", '"', "'", "’", "‘", "“", "”", "–", "—", "&", "+",
    "*", "•", "…", "=", "#", "|", "\\", "<", ">", "{", "}", "`",
)  # fmt: skip
#: set apart from what they join: 3/4/26, 3.4.26, 3-4-26
JOINTS = ("/", ".", "-")

#: in small letters; "mar" and "dec" begin ordinary words (marked, decided), so each stands alone
MONTHS = (
    "jan", "january", "feb", "february", "mar", "march", "apr", "april", "jun", "june", "jul", "july", "aug", "august",
    "sep", "sept", "september", "oct", "october", "nov", "november", "dec", "december",
)  # fmt: skip
MAY = " May "  # with its capital, or every "may" would be a month
LAST_DAY, LAST_MONTH = 31, 12
NO_DAY = " 24 / 7 "
CENTURY = 2000
#: a whole date in numbers, each digit read as 0
WHOLE_DATES = tuple(
    f" {day} {joint} {month} {joint} {year} "
    for joint in JOINTS for day in ("0", "00") for month in ("0", "00") for year in ("00", "0000")
)  # fmt: skip

SOURCES = (
    "record", "note ", "notes ", "file", " minute", "log", " report", " letter", " plan ", " plans ", "assessment",
    " supervision ", " register", " referral", " entry ", " entries ", " form ", " forms ", " email", " e - mail",
    " system ", " database ", " summary ", " summaries ", " conference ", " review", "list ", "lists ", " diary ",
    " chart", " audit trail ", " mosaic ", " merlin ", " cris ", " cad ", " systmone ", " emis ", " rio ", " cpoms ",
    " myconcern ", " delius ", " oasys ", " asset ", " assets ", " document ", " documents ", " doc ", " docs ",
    " message", " correspondence ", " inspection", " survey ", " visit sheet ", " statement", " notification", " ppn ",
    " ppns ", " video ", " footage ", " timeline", " search", " code ", " codes ", " coded ", " section ", " page ",
    " in writing ",
)  # fmt: skip

_SPREAD = str.maketrans({**dict.fromkeys(BLANKS, " "), **{joint: f" {joint} " for joint in JOINTS}})
_DIGITS_AS_0 = str.maketrans("123456789", "000000000")


def has_date(text: str) -> bool:
    """Whether a day, a month or a year stands in the text: "3/4", "3.4.26", "Sept", "in May", "2026".

    No day is "24/7", no month "may". A number with one point ("3.4") is none.
    """
    spread = _spread(text)
    small, plain = spread.lower(), spread.replace(" 0", " ").replace(NO_DAY, " ")
    digits = spread.translate(_DIGITS_AS_0)
    return (
        MAY in spread
        or any(f" {month} " in small for month in MONTHS)
        or any(f" {year} " in spread for year in range(CENTURY, CENTURY + 100))
        or any(whole in digits for whole in WHOLE_DATES)
        or any(
            f" {day} / {month} " in plain
            for day in range(1, LAST_DAY + 1) for month in range(1, LAST_MONTH + 1) if " / " in plain
        )
    )  # fmt: skip


def names_source(text: str) -> bool:
    """Whether a word stands in the text that says where on file it is: "case notes", "minutes", "Merlin"."""
    small = _spread(text).lower()
    return any(source in small for source in SOURCES)


def word_count(text: str) -> int:
    """How many words were written."""
    return len(text.split())


def _spread(text: str) -> str:
    return f" {text.translate(_SPREAD)} "
