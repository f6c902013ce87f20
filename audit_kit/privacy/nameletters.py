"""Letters beside a registered name that stand for more of it: "Connor B", "b. connor", "Adeyemi, F.", "A-M"."""

from __future__ import annotations

from audit_kit.privacy.forms import FAMILY, NamedPerson
from audit_kit.privacy.lexicon import LOWER, UPPER
from audit_kit.privacy.mention import Mention
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.wordlower import has_capitals

#: a, I, 's, with, and, you: no initials where they are typed small
_SMALL_WORDS = frozenset("aiswnux")
_BEHIND_NAME = frozenset(
    [
        "was",
        "is",
        "has",
        "had",
        "wasn't",
        "isn't",
        "will",
        "went",
        "came",
        "said",
        "says",
        "rang",
        "not",
        "in",
        "at",
        "to",
    ]
)


def is_initials(reading: Reading, j: int) -> bool:
    """Whether the word at ``j`` is one or two capitals, and not the end of a postcode."""
    text = reading.texts[j].removesuffix("'s")
    behind_digit = reading.text[max(0, reading.starts[j] - 1) : reading.starts[j]].isdigit()
    return text.isupper() and len(text) <= 2 and text.isalpha() and not behind_digit


def is_small_initial(reading: Reading, mention: Mention, j: int) -> bool:
    """Whether a small letter beside a name typed small is an initial: "r stone", "connor b"; "w" is "with"."""
    return (
        len(reading.texts[j]) == 1
        and reading.texts[j].islower()
        and (reading.texts[j] not in _SMALL_WORDS or _has_its_point(reading, mention, j) or _acts(reading, mention, j))
        and reading.words[mention.first].shape == LOWER
        and any(p.score >= 0.95 for k in mention.names for p in reading.words[k].parts)
    )


def _acts(reading: Reading, mention: Mention, j: int) -> bool:
    """Whether a letter that is a word by itself stands before what no article and no "with" stand before: "keisha w was late"."""
    following = "".join(reading.lowers[j + 1 : j + 2]) if reading.gap_after(j) == " " else ""
    return j > mention.first and reading.texts[j] != "i" and reading.gap_before(j) == " " and following in _BEHIND_NAME


def _has_its_point(reading: Reading, mention: Mention, j: int) -> bool:
    """Whether a letter that is a word by itself is an initial by its point inside a sentence: "amara a. was in"."""
    following = reading.word(j + 1)
    return (
        j > mention.first
        and reading.gap_after(j) == ". "
        and following is not None
        and following.shape == LOWER
        and has_capitals(reading)
    )


def initial_pair(reading: Reading, j: int) -> frozenset[str]:
    """The letters of "A-M" behind a first name: a double surname cut down."""
    if j + 1 >= len(reading.words) or reading.gap_before(j + 1) != "-":
        return frozenset()
    both = (reading.words[j], reading.words[j + 1])
    alike = both[0].capitalised == both[1].capitalised and (both[0].capitalised or reading.words[j - 1].shape == LOWER)
    return frozenset(w.key for w in both) if alike and all(len(w.key) == 1 for w in both) else frozenset()


def initials_fit(reading: Reading, mention: Mention, j: int, people: tuple[NamedPerson, ...], *, after: bool) -> bool:
    """Whether the letters begin the names of somebody whom the mention may mean; it means no others then.

    ``after``: they stand behind the name.
    """
    letters = reading.lowers[j].removesuffix("'s")
    in_brackets = reading.gap_before(j).startswith(")")
    # inside a sentence no article has a capital: "Josh A to be seen"; where all is in capitals it may
    article = letters == "a" and reading.words[mention.last].shape == UPPER and "," not in reading.gap_before(j)
    initial = len(reading.words[mention.first].key) == 1 or (j > 0 and reading.words[j - 1].shape == LOWER)
    if article and not after and not initial:
        return False  # "A PRECIOUS PIECE", but "A Q MIAH", and "the tenant A MIAH"
    if (
        letters in ("a", "i")
        and not after
        and reading.words[mention.first].shape == LOWER
        and reading.gaps[j + 1] == " "
    ):
        return False  # "A hope was found", "I hope"
    if (letters == "i" or article) and after and not (in_brackets or reading.gap_after(j)[:1] in (".", ")")):
        # behind a name they are words: "told Folake I would ring"
        return False
    fitting = {n for n in mention.people if set(letters) <= set(people[n].initials) | people[n].given_initials}
    if fitting:
        mention.people = fitting
    return bool(fitting)


def is_initial_of_nobody(reading: Reading, mention: Mention, j: int, gap: str) -> bool:
    """T. Zelwick, where no Zelwick begins with T: one of the family all the same, or a slip."""
    kinds = {p.kind for k in mention.names for p in reading.words[k].parts if p.person in mention.people}
    letter = reading.texts[j]
    alone = mention.first == mention.names[0] and not (mention.title or reading.words[mention.first].ordinary)
    return alone and kinds == {FAMILY} and gap in (". ", ".") and is_initials(reading, j) and len(letter) == 1


def initial_end(reading: Reading, j: int) -> int:
    """Where an initial ends with its point, which stays where it ends the text."""
    end = reading.name_end(j)
    if reading.words[j].possessive:
        return end  # "Zilan T's file"
    return end + 1 if reading.text[end : end + 1] == "." and reading.text[end + 1 : end + 2] != "" else end
