"""A registered name that is nearly always a word, typed small: "will", "can", "bright". What no such word does tells it."""

from __future__ import annotations

from audit_kit.privacy.reading import Reading
from audit_kit.privacy.telling import KIN_CUT_SHORT, STATES, says_who
from audit_kit.privacy.trade import BEFORE_PERSON, DOING, RELATIONS, SPEECH
from audit_kit.privacy.wordhandled import is_before_somebody, is_called_something, is_under_a_heading
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordshown import is_shown_before
from audit_kit.privacy.wordsmall import NAME, OPEN, WORD, small_reading
from audit_kit.privacy.wordsure import AUXILIARY, PREPOSITIONS

_TOLD = word_class("wordsmall.told")
_DONE_TO_PEOPLE = word_class("wordlike.done_to_people")
_PAST = word_class("wordsmall.past")
_OF_CHILDREN = word_class("wordsmall.of_children")
_ADJECTIVES = word_class("wordmostly.adjectives")
#: "of the year", "a good word": nobody means the person by it when it is typed small
_NEVER = (
    word_class("wordlike.small_words") | word_class("wordsmall.mostly_words") | AUXILIARY | RELATIONS | KIN_CUT_SHORT
)
_AND_THAT = (["and"], ["that"], ["when"], ["but"], ["because"])
_WAS = frozenset(["was", "is", "wasn't", "isn't"])
#: "is bright", "very bright", "the bright": it tells how somebody or something is
_BEFORE_ADJECTIVES = (
    word_class("wordlike.determiners")
    | word_class("wordsmall.before_a_thing")
    | word_class("wordmostly.before_adjectives")
)
_HAVING = frozenset(["have", "has", "had"])
#: what is done to whoever stands behind: "took can to hospital"
_DONE_TO = (
    word_class("wordhandled.handled")
    | word_class("wordhandled.done_to_people")
    | frozenset(["want", "wants", "wanted", "loves", "loved", "see", "sees", "reported", "minds", "ask"])
    | _HAVING
)
_MODIFYING = frozenset(["present", "absent", "missing", "asleep", "awake", "upstairs", "downstairs", "away"])
_REACHED = frozenset(["with", "told", "asked", "saw", "met", "by"])
_BARE = frozenset(["embed", "shed", "shred", "wed", "bed"])
_BEFORE_NO_AUXILIARY = frozenset(
    ["with", "from", "saw", "told", "asked", "by", "w", "at", "about", "between", "re", "behind", "like", "without"]
)
#: behind these an auxiliary may stand, but none that nothing follows: "the plan we asked for will change"
_BEFORE_FEW_AUXILIARIES = frozenset(["for", "of", "to"])
_ASKING = frozenset(["does", "did", "let", "lets", "doesn't", "didn't"])
#: nor does one stand behind these: "speak to can"
_FITTING_NONE = _ASKING | {"to", "is", "was"}
_AUXILIARIES = word_class("wordmostly.auxiliaries")
_BEHIND_AN_OBJECT = word_class("wordhandled.afterwards")
#: "ran to him and bright would not", but "warm and bright was the day"
_AFTER_ANOTHER = frozenset(["and", "or", "but"])
#: words with which a clause begins
_BEFORE_A_CLAUSE = word_class("wordmostly.before_a_clause")


def auxiliary_reading(reading: Reading, i: int) -> str:
    """Whether "will", "may", "can" is the name, the word, or may be either: no auxiliary owns anything, stands before
    "said", "would" or "knows", nor behind "told" or "with"."""
    word, left, right = reading.words[i], _beside(reading, i, -1), _beside(reading, i, 1)
    if word.parts and says_who(reading, i) and not left:
        return NAME
    if word.parts and left in _AFTER_ANOTHER and right in _PAST:
        return NAME  # "Mum and will came"
    if not word.parts or (left and left not in _FITTING_NONE and is_shown_before(reading, i, left)):
        return WORD
    if word.possessive:
        return NAME if right else OPEN
    if says_who(reading, i):
        return NAME  # "met can (9)"
    if _no_auxiliary_stands_before(right) or (left in _TOLD and right in ("to", "that", "about", "off", "")):
        return NAME
    if is_under_a_heading(reading, i) or _is_one_of_several(reading, i) or is_called_something(reading, i, left, right):
        return OPEN
    if reading.starts_sentence(i) and reading.gap_after(i)[:1] == ":":
        return OPEN  # "may: a group on Wednesdays"
    if left in _ASKING or left in _BEFORE_NO_AUXILIARY or left in ("is", "was") or (not left and right in PREPOSITIONS):
        return OPEN
    ends = not right or right in _BEHIND_AN_OBJECT
    if left in _DONE_TO:
        return (
            OPEN
            if (ends and (right or left not in _HAVING))
            or right == "missing"
            or right == "and"
            or right.endswith("ing")
            else WORD
        )
    return OPEN if left in _BEFORE_FEW_AUXILIARIES and ends else WORD


def _no_auxiliary_stands_before(right: str) -> bool:
    """Whether the verb behind has an ending, or is an auxiliary itself."""
    if right in _PAST or right in _AUXILIARIES or right in _OF_CHILDREN:
        return True
    if right.endswith("ed"):
        return len(right) > 4 and not right.endswith("eed") and right not in _BARE
    return right.endswith("s") and not right.endswith("ss") and (right in SPEECH or right in DOING)


def small_or_adjective(reading: Reading, i: int) -> str:
    """The same for any other registered name that is a word."""
    key = reading.words[i].key
    closes = {" (": ")", ", ": ","}.get(reading.gap_before(i), "-")
    mostly = key in _NEVER or key in _ADJECTIVES
    if mostly and reading.gap_after(i)[:1] == closes and reading.lowers[i - 1] in RELATIONS:
        return OPEN  # "mum (frank) and dad", "mum, frank, and dad"
    if key in _NEVER:
        if reading.gap_before(i) in (", ", "), ") and is_before_somebody(reading, i):
            return NAME  # "mum, long and Bich"
        return OPEN if _is_placed(reading, i) else WORD
    return (_adjective_reading if key in _ADJECTIVES else small_reading)(reading, i)


def _is_placed(reading: Reading, i: int) -> bool:
    """The police came and long was placed with a carer: what is done to people alone."""
    near, begins = reading.lowers[i + 1 : i + 3], reading.gap_before(i) != " " or reading.lowers[i - 1 : i] in _AND_THAT
    return begins and i > 0 and len(near) == 2 and near[0] in _WAS and near[1] in _DONE_TO_PEOPLE


def _adjective_reading(reading: Reading, i: int) -> str:
    """Bright, frank, bent: an adjective owns nothing, does nothing and is told nothing, and a thing stands behind it."""
    left, right = _beside(reading, i, -1), _beside(reading, i, 1)
    if (left in _BEFORE_ADJECTIVES and right != "who") or (left in _AFTER_ANOTHER and right not in _AUXILIARIES):
        return WORD
    if reading.words[i].possessive:
        return NAME if right else OPEN
    if says_who(reading, i):
        return NAME
    if left in _TOLD and right in ("to", "that", "about", "off", ""):
        return NAME
    if left in _REACHED and not right and reading.gap_after(i)[:1] in (".", ",", ";", ")"):
        return NAME  # "she came with bright."
    if is_under_a_heading(reading, i) or _is_one_of_several(reading, i) or is_called_something(reading, i, left, right):
        return OPEN
    acts = right in SPEECH or right in DOING or right in _OF_CHILDREN or _no_auxiliary_stands_before(right)
    acts = acts and right not in ("and", "or")
    if acts and (not left or left in _BEFORE_A_CLAUSE or left in RELATIONS):
        return OPEN
    if not left and (right in PREPOSITIONS or right in STATES or right in _MODIFYING):
        return OPEN  # "Bed shared. bright in care since May"
    led = left in BEFORE_PERSON or left in _DONE_TO or left in _ASKING
    behind = acts or not right or right in PREPOSITIONS or right in _BEHIND_AN_OBJECT or left in _ASKING
    return OPEN if led and behind else WORD


def _is_one_of_several(reading: Reading, i: int) -> bool:
    """Whether somebody registered stands beside it in a list: "can, Folake and the baby", "bright & Folake"."""
    gap, left = reading.gap_after(i), reading.lowers[i - 1] if i else ""
    if gap in (", ", " & ", " + ", "/"):
        return _is_somebody(reading, i + 1)
    joined = gap == " " and reading.lowers[i + 1 : i + 2] in (["and"], ["or"], ["nor"])
    if reading.gap_before(i) == " (" and joined:
        return _is_somebody(reading, i + 2) or any(word in RELATIONS for word in reading.lowers[i + 2 : i + 3])
    led = left in PREPOSITIONS or left in _DONE_TO or left in ("of", "neither", "either", "for", "both", "it")
    return joined and _is_somebody(reading, i + 2) and (led or reading.gap_before(i) in (", ", ": "))


def _is_somebody(reading: Reading, k: int) -> bool:
    beside = reading.word(k)
    return beside is not None and bool(beside.parts) and not beside.ordinary


def _beside(reading: Reading, i: int, step: int) -> str:
    """The word before or behind in small letters, where only a space parts them."""
    k = i + step
    return reading.lowers[k] if 0 <= k < len(reading.words) and reading.gap_before(max(i, k)) == " " else ""
