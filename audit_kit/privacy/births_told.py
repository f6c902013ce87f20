"""Where a text tells of a birth: a birthday near a day ("12/3, his birthday", "who'll be 72 on 3 May"), and wrong dates of
birth beside the right one: "DOB on the form is 3/4/12, wrong", "born 9 May 2013, their file says 5 Sept 2013".

The wrong one is the right one with a slip in it, or another child's; either way it leads to somebody.
"""

from __future__ import annotations

import re

from audit_kit.privacy.folding import holds_any

_AN_AGE = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|twenty)\b"
#: "who'll be 72 on", "is 5 next Tues (12/3)", "turns 9", "her 9th is on"; what begins with a digit is searched far faster
_AGE_TO_COME = (
    rf"turn(?:s|ed|ing)? {_AN_AGE}|(?:will|'ll|\bto) (?:only |just )?be {_AN_AGE}(?! (?:weeks?|days?|hours?|minutes?|months?|miles|sessions?|visits?))"
    rf"|\b(?:coming up to|nearly|almost|reach(?:es|ed|ing)?) {_AN_AGE}|\d(?:st|nd|rd|th) (?:is|was) (?:on|next|this)\b"
    r"|\d(?:(?<= is \d)|(?<= is \d\d)|(?<= be \d)|(?<= be \d\d)|(?<='s \d)|(?<='s \d\d)) (?:on|next|this|tomorrow)\b"
)
_WORDS_OF_BIRTH = r"birthday|birth ?date|of birth|\bborn\b|\bb[.:] ?(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\bb'?day\b|\bd\.?o\.?b\b"
_BIRTHDAY = re.compile(f"{_WORDS_OF_BIRTH}|{_AGE_TO_COME}", re.I)
#: the same in a text of small letters, each with that without one of which it needs no search
_BIRTH_TOLD, _AGE_TOLD = re.compile(_WORDS_OF_BIRTH), re.compile(_AGE_TO_COME)
_BIRTHS = ("birth", "born", "b.", "b:", "bday", "b'day", "dob", "d.o", "do.b")
_AGES = ("turn", "ll be ", "to be ", "coming up to ", "nearly ", "almost ", "reach")
_AGE_BEFORE = re.compile(r"\d(?:(?:st|nd|rd|th) (?:is|was))? (?:on|next|this|tomorrow)\b")

#: where a sentence ends or begins; the stops inside "3.4.12" and "d.o.b. 3" end none
_ENDS = re.compile(r"[.!?](?<!o\.b\.)(?=\s+[A-Z(])|[\n|]")
_LONGEST = 200
_BIRTH = re.compile(r"\b(?:d\.? ?o\.? ?b\b|(?:date|day) of birth|birth ?(?:date|day)|born|b'?day)", re.I)
#: "his birthday is in the autumn, and his sister's is 3 May": whose it is stands before, and the birthday in the same sentence
_ANOTHERS = re.compile(r"(?:'s|\bhers|\bhis|\btheirs|\bmine|\bours) (?:is|was)(?: on)?(?: the)?[ '\"]{1,3}$")
#: what is told of who was just born: "had Mary yesterday (15 Aug), 36+2, wt 2.4"
_DELIVERED = re.compile(
    r"\bgave birth|\bdelivered\b|\b(?:b\.? ?wt|bwt|birth ?weight|wt|weight|weighing|weighed) (?:of |was )?[1-5](?:\.\d|kg| kg)|\b[2-4]\d ?\+ ?[0-6]\b|\b(?:SVD|NVD|LSCS|EMCS|ELCS)\b|\b[Cc]-?section\b"
)
#: told right behind: "the DOB on their letter is", "another child's DOB in it ("
_TOLD_BEHIND = re.compile(
    r"\b(?:d\.? ?o\.? ?b\.?|date of birth|birth ?date)(?: (?:on|in|at|for|from|that|which)\b[^.,;:()\d\n]{1,40}?)?"
    r"(?: \((?:as )?| (?:is|was|as|says|said|reads|read|gives|shows) (?:(?:down|recorded|given|entered|typed|written|shown|put) )?(?:as )?)$",
    re.I,
)
_SAYS = "says?|said|as|has|have|had|shows?|showed|typed|entered|recorded|gives?|given|not|instead of|or|wrongly"
_SAID_TO_BE = re.compile(
    rf"\b(?:{_SAYS}|gave|put|reads?|(?:they|we|you)'(?:ve|d)|(?:one|another|other|entry|copy|record) with)[ :]{{1,2}}['\"]?$"
)
#: the same where something is said to be wrong or to be put right
_PUT_RIGHT = re.compile(r"\b(?:is|was|from|to|into|be|and|for|with|than)[ :]{1,2}['\"]?$|\bwrong, $")
_CORRECTED = re.compile(
    r"\b(?:wrong(?:ly)?|incorrect(?:ly)?|correct(?:ed|s|ing)?|mistake(?:n|nly)?|in error|misread|mis-?typed|should (?:be|say|read|have been)|changed|amended|altered|swapped|not the|(?:other|another) (?:child|girl|boy|baby|person|pupil|patient|family)'?s?)\b"
)
#: "the passport says ..., and the letter from the clinic (of May) ...": the verb stands once
_VERB_ONCE = re.compile(
    r"\b(?:says?|gives?|shows?|has)\b[^\d\n]{0,12}\d[^;\n]{3,60}? (?:and|but|while) (?:the|their|ours?|her|his) [^\d;\n]{3,60}$"
)
#: when something happened, and not who was born: "corrected on 3 May 2024"
_WHEN = re.compile(
    r"\b(?:on|since|by|until|before|after|dated|of|in|at|due|seen|visit|review)[ :]{1,2}$|\b(?:reviews?|visits?|meetings?|conference|appointments?|hearing|order|placement|referral)\b[^,;\d\n]{0,14}$|\bdate[ :]{1,2}$(?<!birth date )"
)
_TOLD_BY_A_FILE = re.compile(r"\b(?:says|shows|gives|typed|entered|recorded)(?: as| it as)? $")
_SAID_WRONG = re.compile(r"\b(?:wrong(?:ly)?|incorrect(?:ly)?|mistaken(?:ly)?|in error)\b")
_SAID_OR_JOINED = re.compile(rf"\b(?:{_SAYS}|is|was|and)[^\d\n]{{0,8}}$")
#: (year, month, day)
_Day = tuple[int, int, int]


def tells_of_a_birthday(small: str) -> bool:
    """Whether a text of small letters tells of a birthday anywhere."""
    if holds_any(small, _BIRTHS) and _BIRTH_TOLD.search(small):
        return True
    aged = holds_any(small, _AGES) or _AGE_BEFORE.search(small) is not None
    return aged and _AGE_TOLD.search(small) is not None


def is_near_a_birthday(text: str, start: int, end: int, *, before: int = 40, behind: int = 40) -> bool:
    """Whether a birthday, or an age to come, is told of so near a date: "14/02 - Dymphna's birthday"."""
    return _BIRTHDAY.search(text, max(0, start - before), end + behind) is not None


def is_told_of_a_birth(text: str, start: int, end: int) -> bool:
    """Whether a day without its year is somebody's birthday by its sentence, or by what a midwife writes beside it."""
    if _DELIVERED.search(text, max(0, start - 40), end + 40):
        return True
    begin, _ = _sentence(text, start, end)
    return _ANOTHERS.search(text, begin, start) is not None and _BIRTHDAY.search(text, begin, start) is not None


def is_told_as_a_birth(text: str, start: int, end: int, registered: list[tuple[int, int]]) -> bool:
    """Whether the date at ``start`` is told as a date of birth beside another, or as a wrong one.

    ``registered``: where the text has the registered dates of birth.
    """
    begin, until = _sentence(text, start, end)
    before = text[begin:start]
    if _TOLD_BEHIND.search(before):
        return True
    if _WHEN.search(before) or not _BIRTH.search(text, begin, until):
        return False
    beside = any(begin <= at and to <= until for at, to in registered)
    corrected = _CORRECTED.search(text, begin, until) is not None
    if beside and (_SAID_TO_BE.search(before) or _VERB_ONCE.search(before)):
        return True
    return corrected and bool(_SAID_TO_BE.search(before) or _PUT_RIGHT.search(before))


def is_told_as_wrong(text: str, start: int, end: int) -> bool:
    """Whether a sentence that tells of a birthday says that something in it is wrong."""
    begin, until = _sentence(text, start, end)
    return bool(_BIRTH.search(text, begin, until) and _CORRECTED.search(text, begin, until))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    furthest = max(0, start - _LONGEST)
    begin = max((m.end() for m in _ENDS.finditer(text, furthest, start)), default=furthest)
    stop = _ENDS.search(text, end, end + _LONGEST)
    return begin, stop.start() if stop else min(len(text), end + _LONGEST)


def is_told_with_a_slip(text: str, start: int, readings: frozenset[_Day], known: set[_Day]) -> bool:
    """Whether a date that is said to be something differs from a registered one in one part, or is called wrong."""
    before = text[max(0, start - 40) : start]
    if _SAID_OR_JOINED.search(before[-24:]) is None:
        return False
    told, wrong = _TOLD_BY_A_FILE.search(before[-24:]) is not None, _SAID_WRONG.search(before) is not None
    return any(
        _parts_changed(reading, day) == 1 or (reading != day and (wrong or (told and reading[0] == day[0])))
        for reading in readings
        if reading[0]
        for day in known
    )


def _parts_changed(one: _Day, other: _Day) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
