"""Names that are words (Will, Hope, Grace, May, Price): decided from what stands around them, or doubted."""

from __future__ import annotations

from dataclasses import dataclass

from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import BEFORE_PERSON, DOING, NAMING, PLACE_NOUNS, RELATIONS, SPEECH, TITLES
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.words import LOWER, UPPER

_GIVEN_OR_TOLD = word_class("wordlike.given_or_told")
_OBJECTS_OF_VERBS = word_class("wordlike.objects_of_verbs")
MASK, KEEP, DOUBTFUL = "mask", "keep", "doubtful"

_DETERMINERS = word_class("wordlike.determiners")
_OBJECTS = word_class("wordlike.objects")
_MONTHS = frozenset(["may", "june", "april", "august", "january", "mar", "jan", "june"])
_AUXILIARY = frozenset(["will", "may", "can", "might"])
_NOT_AFTER_NAME = word_class("wordlike.not_after_name")
_WITH_PEOPLE = word_class("wordlike.with_people")
_PREPOSITIONS = frozenset(["at", "in", "on", "with", "by", "and", "near", "from"])
_PASSIVE = word_class("wordlike.passive")
_STATES = frozenset(["is", "was", "has", "had"])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the points say: mask it, keep it, or ask."""

    says: str
    score: int

    @property
    def share(self) -> float:
        """The points as a score between 0 and 1."""
        return min(1.0, max(0.0, 0.5 + self.score / 10))


def evidence(reading: Reading, i: int) -> Verdict:
    """Whether the word at ``i`` is used as a name here: points for, points against."""
    word = reading.words[i]
    before, after = _neighbours(reading, i)
    score = _from_the_left(reading, i, before) + _from_the_right(reading, i, after)
    if word.shape == LOWER and word.key in _AUXILIARY:
        return Verdict(KEEP, -9)
    if word.shape == LOWER:
        score += _lower_case(reading, i, before, after)
        return Verdict(MASK if score >= (3 if _has_capitals(reading) else 1) else KEEP, score)
    if word.shape == UPPER and len(word.key) > 1 and _capitals_around(reading, i):
        score += _in_capitals(reading, i, before, after)
    elif not reading.starts_sentence(i):
        score += 3 if before not in _DETERMINERS else 1
    elif after == "" and reading.words[i].key not in _MONTHS:
        # alone in brackets, or before a comma: "Grace, as her aunts call her"
        score += 2 if reading.gap_after(i)[:1] == "," or reading.gap_before(i)[-1:] in ("(", '"') else 0
    if word.possessive:
        score += 2
    return Verdict(MASK if score >= 2 else KEEP if score <= -1 else DOUBTFUL, score)


def _neighbours(reading: Reading, i: int) -> tuple[str, str]:
    """The words before and after in the same sentence, lower case; "" at its ends."""
    before = reading.texts[i - 1].lower() if i and not reading.starts_sentence(i) else ""
    if i and reading.gap_before(i) == " (" and reading.texts[i - 1].lower() in RELATIONS:
        before = reading.texts[i - 1].lower()
    gap = reading.gap_after(i)
    after = (
        reading.texts[i + 1].lower() if i + 1 < len(reading.words) and not any(c in gap for c in ".,!?;:\n()") else ""
    )
    return before, after


def _from_the_left(reading: Reading, i: int, before: str) -> int:
    if not before:
        return 0
    if before in TITLES:
        return 5
    if before in RELATIONS or before in NAMING:
        return {" ": 3, ", ": 2, " (": 2}.get(reading.gap_before(i), 0)
    if before in _DETERMINERS:
        return -5 if reading.words[i].possessive else -3
    if before == "and" and i >= 2 and reading.words[i - 2].parts and not reading.words[i - 2].ordinary:
        return 3
    if before in (
        "in",
        "since",
        "until",
        "during",
        "by",
        "of",
        "mid",
        "early",
        "late",
        "last",
        "this",
        "next",
        "from",
        "to",
    ) and reading.words[i].key in _MONTHS | {"summer", "autumn"}:
        return -6
    return 2 if before in _WITH_PEOPLE else 1 if before in BEFORE_PERSON else 0


def _from_the_right(reading: Reading, i: int, after: str) -> int:
    gap, word = reading.gap_after(i), reading.words[i]
    stretch = reading.text[reading.ends[i] : reading.ends[i] + 8]
    if word.key in _MONTHS | {"summer", "autumn", "spring", "winter"} and stretch.lstrip(" ,'-/")[:1].isdigit():
        return -6
    if (
        word.key in _MONTHS
        and i + 0 >= 0
        and reading.text[max(0, reading.starts[i] - 4) : reading.starts[i]].strip(" -/.stndrh")[-1:].isdigit()
    ):
        return -6
    if stretch.startswith(" (") and stretch[2:3].isdigit():
        return 3  # an age: "Jade (4)"
    if not after or word.possessive:
        return 0
    if "-" in gap and reading.words[i + 1].ordinary and not reading.words[i + 1].parts:
        return -4
    if after in SPEECH:
        return 4
    if after in PLACE_NOUNS:
        return -5
    further = reading.word(i + 2)
    if (
        reading.words[i + 1].capitalised
        and further
        and further.capitalised
        and further.key in PLACE_NOUNS
        and reading.gap_before(i + 2) == " "
    ):
        return -5
    if word.key in _AUXILIARY and (
        after in _OBJECTS or (reading.words[i + 1].shape == LOWER and after not in DOING and after not in _PREPOSITIONS)
    ):
        return -4
    if word.key in _AUXILIARY and reading.words[i + 1].shape != LOWER and reading.starts_sentence(i):
        # "Will Mum come?" is a question; "Will and Mum came" is not
        return -4
    if (
        after == "been"
        and reading.gap_before(i) == " "
        and i
        and reading.texts[i - 1].lower() in ("has", "had", "have")
    ):
        return 2
    told = i > 0 and reading.gap_before(i) == " " and reading.lowers[i - 1] in _GIVEN_OR_TOLD
    if told and (after == "to" or after in _DETERMINERS):
        return 1  # "told Dawn to leave", "gave Gift a book"
    if after in _OBJECTS or after in _NOT_AFTER_NAME:
        return -4
    if (
        after in _STATES
        and i + 2 < len(reading.words)
        and reading.texts[i + 2].lower() in _PASSIVE
        and reading.starts_sentence(i)
    ):
        return 0
    if after in ("and", "or") and i + 2 < len(reading.words):
        follower = reading.words[i + 2]
        return (
            3
            if follower.parts and follower.shape == word.shape and follower.key not in _AUXILIARY
            else (-2 if follower.shape == LOWER and follower.ordinary and follower.key not in RELATIONS else 0)
        )
    if after in DOING or (after == "is" and gap == " "):
        return 3
    beyond = reading.lowers[i + 2] if i + 2 < len(reading.words) and reading.gap_before(i + 2) == " " else ""
    if after.endswith("s") and len(after) > 4 and beyond in _OBJECTS_OF_VERBS and reading.words[i + 1].shape == LOWER:
        return 3  # "Dawn locks the door"
    if after in _PREPOSITIONS or (after.endswith(("s", "ed")) and len(after) > 4):
        return 0
    return (
        -2
        if reading.starts_sentence(i) and reading.words[i + 1].shape == LOWER and reading.words[i + 1].ordinary
        else 0
    )


def _lower_case(reading: Reading, i: int, before: str, after: str) -> int:
    """A lower-case word needs much to be a name: somebody speaks, or a whole text without capitals."""
    score = -4 if _has_capitals(reading) else -2
    if after in SPEECH and before not in _DETERMINERS and reading.words[i].key not in _AUXILIARY | _MONTHS:
        score += 3
    if reading.words[i].possessive and before not in _DETERMINERS:
        score += 1
    if before in RELATIONS and before not in ("baby", "young", "family", "twin", "law"):
        score += 2
    if before in SPEECH and after in DOING:
        score += 4
    return score


def _has_capitals(reading: Reading) -> bool:
    return any(w.capitalised and len(w.key) > 1 for w in reading.words[:80])


def _capitals_around(reading: Reading, i: int) -> bool:
    near = [
        reading.texts[k]
        for k in range(max(0, i - 2), min(len(reading.words), i + 3))
        if k != i and len(reading.texts[k]) > 1
    ]
    return bool(near) and all(t.isupper() for t in near[:1] + near[-1:])


def _in_capitals(reading: Reading, i: int, before: str, after: str) -> int:
    """In a line of capitals the neighbours alone decide."""
    if before in ("and", "with") and i >= 2 and reading.words[i - 2].parts:
        return 1
    if after == "and" and i + 2 < len(reading.words) and reading.words[i + 2].parts:
        return 1
    return 0 if before or after else 1
