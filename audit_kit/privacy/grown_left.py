"""How far the name of a registered person reaches to the left: initials, titles, kinship, the rest of the name."""

from __future__ import annotations

from audit_kit.privacy.forms import FAMILY, KIN, NOT_STRIPPED, PARTICLE, PARTICLES, NamedPerson
from audit_kit.privacy.grown_right import is_no_name
from audit_kit.privacy.kinship import KIN_BEFORE_NAME, is_said_of_somebody
from audit_kit.privacy.lexicon import CAPITAL, LOWER
from audit_kit.privacy.mention import Mention
from audit_kit.privacy.nameletters import initials_fit, is_initial_of_nobody, is_initials, is_small_initial
from audit_kit.privacy.nearly import whose_cut_short, whose_double, whose_first, whose_rest
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.trade import RELATIONS
from audit_kit.privacy.wordtimes import DAYS

#: what is typed small and belongs to a name all the same
_LEAD = RELATIONS | KIN_BEFORE_NAME


def grow_left(reading: Reading, mention: Mention, people: tuple[NamedPerson, ...]) -> None:
    """Let the mention reach as far to the left as the words of its name, their initials and titles go."""
    while mention.first > 0:
        j = mention.first - 1
        gap, word = reading.gap_before(mention.first), reading.words[j]
        if gap == "' " and reading.texts[j] == "R":
            mention.first, mention.start, mention.title, mention.sure = j, reading.starts[j], "reb", True  # R' Naftoli
            return
        if gap == "-" and (double := whose_double(reading, j, mention, people)):
            mention.people, mention.sure = double, True
            mention.first, mention.start = j, reading.starts[j]
            continue
        if is_no_name(reading, word, _LEAD) or gap not in (" ", ". ", ".", "  ", "-", "\n") or word.possessive:
            return
        beside = {p.person for p in word.parts if p.kind == PARTICLE} & mention.people
        small = len(reading.texts[j]) == 1 and reading.gap_before(j)[-1:] in ("", " ", "\n")
        small = small and (gap in (". ", ".") or (gap == " " and is_small_initial(reading, mention, j)))
        if (beside and (word.key not in KIN or word.capitalised)) or (
            (is_initials(reading, j) or small) and initials_fit(reading, mention, j, people, after=False)
        ):
            mention.people = beside or mention.people
            mention.first, mention.start = j, reading.starts[j]
            mention.sure = True
            continue
        if is_initial_of_nobody(reading, mention, j, gap):
            mention.first, mention.start, mention.plural = j, reading.starts[j], True
            return
        rest = whose_rest(reading, mention, j, people) if gap in (" ", "-") else set()
        rest = rest or (whose_first(reading, mention, j, people) if gap == " " else set())
        rest = rest or (whose_cut_short(reading, mention, j, people) if gap == ". " else set())
        if rest:
            mention.people, mention.sure = rest, True
            mention.first, mention.start = j, reading.starts[j]
            continue
        if gap == " " and len(word.key) > 1 and _leads_to_family(reading, mention, j):
            mention.first, mention.start, mention.sure = j, reading.starts[j], True
            continue
        if is_said_of_somebody(reading, j) and not word.parts and gap == " ":
            mention.title = word.key if word.title else ""
            return
        if word.key in KIN_BEFORE_NAME and (word.capitalised or not word.ordinary) and not word.parts and gap == " ":
            mention.first, mention.start, mention.sure = j, reading.starts[j], mention.sure or _calls(reading, mention)
            return
        if word.title and not word.parts and not _is_no_title(reading, mention, j):
            mention.first, mention.start, mention.title = j, reading.starts[j], word.key
            if j >= 2 and reading.texts[j - 1].lower() == "and" and reading.words[j - 2].title:
                mention.first, mention.start, mention.plural = j - 2, reading.starts[j - 2], True
            elif j >= 1 and reading.words[j - 1].title and reading.gap_before(j).strip() in ("&", "+", "/"):
                mention.first, mention.start, mention.plural = j - 1, reading.starts[j - 1], True
            mention.sure = mention.sure or word.shape != LOWER or word.key in ("mr", "mrs", "ms")
        return


def _leads_to_family(reading: Reading, mention: Mention, j: int) -> bool:
    """Whether a particle that the register doesn't have stands before a family name: "Nic Bhreaslain" for Breslin."""
    word = reading.words[j]
    kinds = {p.kind for k in mention.names for p in reading.words[k].parts if p.person in mention.people}
    particle = word.key in PARTICLES and word.shape == CAPITAL and not (word.parts or word.title)
    return particle and FAMILY in kinds and not reading.starts_sentence(j)


def _calls(reading: Reading, mention: Mention) -> bool:
    """Whether "Mum" before the word makes it a name: "Mum Grace", and not "Mum will", "MUM WILL" or "rang Mum Monday"."""
    name = mention.names[0]
    return (
        reading.words[name].shape == CAPITAL
        and reading.words[name].key not in DAYS
        and not reading.starts_sentence(name)
    )


def _is_no_title(reading: Reading, mention: Mention, j: int) -> bool:
    """Whether a word that is sometimes a title stands before a lower-case word: "Father may", "Sister will"."""
    first = reading.words[mention.names[0]]
    return reading.words[j].key in NOT_STRIPPED and first.ordinary and first.shape == LOWER
