"""Schools, nurseries and surgeries that are not in the register, found by their head noun."""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.privacy import labels
from audit_kit.privacy.cues import (
    BEGINNINGS,
    CENTRES,
    INSTITUTIONS,
    NURSERIES,
    SCHOOL_ENDS,
    SCHOOL_LETTERS,
    SCHOOLS,
    SURGERIES,
    SURGERY_ENDS,
    SURGERY_LETTERS,
    WORSHIP,
)
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.lexicon import CAPITAL, LOWER, UPPER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import RECOGNISER, REGISTER_NAME, Span
from audit_kit.privacy.trade import OF_THE_TRADE
from audit_kit.privacy.wordlists import word_class

#: "Practice Review", "Practice Lead": what the trade does, and no doctor's
_NO_SURGERY = [[word] for word in sorted(word_class("institutions.after_practice"))]
_CENTRE_BEFORE = frozenset(["medical", "health"])
_CENTRES_FOR = frozenset(["contact", "family", "youth", "community"])
_NURSERY_CENTRE = frozenset(["childrens", "children", "children's"])

#: words that say what sort of place it is and never which one
_GENERIC = word_class("institutions.generic") | word_class("venues.faiths")
_NEVER_PART = word_class("institutions.never_part")
_LINKS = frozenset(["of", "and", "the", "de", "la", "en"])
#: what is done at one: "a Protection Medical", "her Immigration Medical"
_MEDICALS = word_class("institutions.medicals")
_TAIL = word_class("institutions.tail")
_ALSO_TELLING = BEGINNINGS | {"torah", "d", "al", "el"}
_NEVER_FIRST = word_class("institutions.never_first")
#: no one church: "Church of England", "Chapel of Rest"
_NO_ONE_CHURCH = frozenset(["rest", "england", "scotland", "ireland", "wales", "rome"])


def stronger_than_names(reading: Reading, keep: KeepWords, taken: list[bool]) -> Iterator[Span]:
    """Named with a capital and a word that is nobody's name by the register itself: "Lady Margaret Nursery"."""
    for span in institutions(reading, keep, taken):
        inside = [reading.words[i] for i in reading.between(span.start, span.end)]
        heard = [w for w in inside if w.parts]
        if heard and inside[-1].capitalised and all(p.score < 0.95 for w in heard for p in w.parts):
            yield span._replace(rank=REGISTER_NAME + 1)


def institutions(reading: Reading, keep: KeepWords, taken: list[bool]) -> Iterator[Span]:
    """Every named school, nursery and surgery of a text."""
    i = -1
    for head in reading.cues:
        if head <= i or reading.words[head].key not in INSTITUTIONS:
            continue
        i = head
        label = _kind_at(reading, i)
        if label and not taken[i]:
            first = _leftmost(reading, i, keep, taken)
            if first is None and _is_of_something(reading, i, keep):
                first = i
            if first is not None:
                last = _rightmost(reading, i)
                if _kind_at(reading, last):
                    label = _kind_at(reading, last) if label == labels.SCHOOL else label
                yield Span(
                    reading.starts[first], reading.name_end(last), label, "recogniser:" + label.strip("[]"), RECOGNISER
                )
                i = last
        elif reading.words[i].key in BEGINNINGS and not taken[i] and reading.words[i].capitalised:
            last = i
            while (
                last + 1 < len(reading.words)
                and last - i < 4
                and reading.gap_before(last + 1) in (" ", "-")
                and _tells(reading, last + 1)
            ):
                last += 1
            if last > i:
                yield Span(reading.starts[i], reading.name_end(last), labels.SCHOOL, "recogniser:school", RECOGNISER)
                i = last


def _tells(reading: Reading, i: int) -> bool:
    word = reading.words[i]
    return (word.capitalised and (not word.ordinary or word.key in _ALSO_TELLING)) or (
        word.key in ("d", "el", "al") and reading.gap_after(i)[:1] in "'-"
    )


def _kind_at(reading: Reading, i: int) -> str:
    key = reading.words[i].key
    if key == "practice" and (
        (
            reading.lowers[i + 1 : i + 2] in _NO_SURGERY
            and reading.gap_after(i) == " "
            and reading.lowers[i - 1 : i] not in (["medical"], ["group"], ["surgery"])
        )
        or (i and reading.lowers[i - 1] in ("in", "good"))
    ):
        return ""
    if key in NURSERIES:
        return labels.NURSERY
    if key in SCHOOLS:
        return labels.SCHOOL
    if key in SCHOOL_ENDS:
        return labels.SCHOOL if _ends_a_schools_name(reading, i) else ""
    if key in SURGERY_ENDS:
        return labels.SURGERY if _ends_a_surgerys_name(reading, i) else ""
    before = reading.words[i - 1].key if i else ""
    if key == "form" and before == "sixth":
        return labels.SCHOOL
    if key in SURGERY_LETTERS or key in SCHOOL_LETTERS:
        label = labels.SURGERY if key in SURGERY_LETTERS else labels.SCHOOL
        return label if reading.words[i].shape == UPPER else ""
    if key in SURGERIES or (key in CENTRES and before in _CENTRE_BEFORE):
        return labels.SURGERY
    if key in CENTRES and before in _NURSERY_CENTRE:
        return labels.NURSERY
    return labels.PLACE if key in WORSHIP or (key in CENTRES and before in _CENTRES_FOR) else ""


def _ends_a_schools_name(reading: Reading, i: int) -> bool:
    """Marsh Vale High, Quillcroft Grammar: no kind of school behind it, and a name or two words before."""
    following = reading.word(i + 1)
    goes_on = following is not None and reading.gap_after(i) in (" ", "-") and following.capitalised
    if reading.words[i].shape != CAPITAL or goes_on or i < 1 or reading.gap_before(i) != " ":
        return False
    before = [reading.words[k] for k in range(max(0, i - 2), i)]
    if before[-1].shape != CAPITAL or reading.starts_sentence(i - 1):
        return False
    named = not before[-1].ordinary or (len(before) > 1 and before[0].shape == CAPITAL)
    return named and OF_THE_TRADE.isdisjoint(word.key for word in before)  # "Overall Grade High"


def _ends_a_surgerys_name(reading: Reading, i: int) -> bool:
    """It says Trellin Medical; but "the Child Protection Medical", "a Medical" and "Trellin Medical Centre"."""
    before, following = reading.word(i - 1) if i else None, reading.word(i + 1)
    if before is None or reading.gap_before(i) != " " or reading.words[i].shape != CAPITAL or before.shape != CAPITAL:
        return False
    goes_on = following is not None and reading.gap_after(i) in (" ", "-") and following.capitalised
    plain = before.kept or before.key in OF_THE_TRADE or before.key in _MEDICALS or reading.starts_sentence(i - 1)
    return not (goes_on or plain)


def _leftmost(reading: Reading, head: int, keep: KeepWords, taken: list[bool]) -> int | None:
    """Where the name begins; None when nothing in front of the head noun says which place it is."""
    first = _furthest(reading, head, taken)
    while first < head and reading.words[first].key in _NEVER_PART:
        first += 1
    if first == head or tuple(reading.lowers[first : head + 1]) in keep.phrases:
        return None
    telling = [
        reading.words[n].key
        for n in range(first, head)
        if reading.words[n].key not in _GENERIC or _names_a_street(reading, n)
    ]
    if _only_trade(telling) and not _is_a_towns_college(reading, first, head):
        return None
    return first - 1 if _is_led_by_its_article_or_title(reading, first, taken) else first


def _furthest(reading: Reading, head: int, taken: list[bool]) -> int:
    """The leftmost word that belongs to the name; the head noun itself when none before it tells anything."""
    first, telling, j = head, False, head - 1
    while j >= 0 and head - j <= 6 and _is_joined(reading, j, taken):
        word = reading.words[j]
        if _is_a_link(reading, j, telling=telling) or _is_a_kind_typed_small(reading, j, head, telling=telling):
            j -= 1
            continue
        if not _has_its_capital(reading, j, head) or word.key in _NEVER_FIRST:
            break
        generic = word.key in _GENERIC and not _names_a_street(reading, j)
        if not generic and _is_a_word_of_the_sentence(reading, j, head, telling=telling):
            break
        if not generic or telling or word.shape == CAPITAL:
            first = j
        telling = telling or not generic
        j -= 1
    return first if telling else head


def _is_joined(reading: Reading, j: int, taken: list[bool]) -> bool:
    """Whether nothing parts the word from the next one: a stop only in "St. Monica's"."""
    gap = reading.gap_before(j + 1)
    return not taken[j] and (gap in (" ", "-", "  ", " & ") or (gap == ". " and reading.texts[j] in ("St", "ST")))


def _is_a_link(reading: Reading, j: int, *, telling: bool) -> bool:
    """Our Lady of Sorrows, Church of Christ."""
    linked = reading.words[j].key in _LINKS and reading.words[j].key != "the" and reading.texts[j].islower()
    return linked and telling and j > 0 and reading.texts[j - 1][0].isupper()


def _has_its_capital(reading: Reading, j: int, head: int) -> bool:
    """A capital, and no abbreviation: "CAMHS school" is none of that name."""
    word, text = reading.words[j], reading.texts[j]
    abbreviated = word.shape == UPPER and len(text) > 3 and (reading.words[head].shape != UPPER or word.ordinary)
    return text[0].isupper() and not abbreviated


def _is_a_kind_typed_small(reading: Reading, j: int, head: int, *, telling: bool) -> bool:
    """Between the name and its head noun: "Millfield primary school"."""
    word = reading.words[j]
    kind = word.key in _GENERIC and word.key not in ("in", "out", "of", "and")
    return kind and not (telling or word.capitalised or _has_its_capital(reading, j, head))


def _is_a_word_of_the_sentence(reading: Reading, j: int, head: int, *, telling: bool) -> bool:
    """Whether an ordinary word has its capital from the sentence, or stands before a head noun typed small."""
    word, begins = reading.words[j], reading.starts_sentence(j)
    if begins and word.ordinary and not telling:
        return True
    return (
        reading.words[head].shape == LOWER
        and (word.ordinary or word.kept)
        and (begins or not reading.texts[j + 1][0].isupper())
        and not (j > 0 and reading.texts[j - 1] in ("St", "Saint"))
        and not _is_a_nursery_by_any_word(reading, j, head)
    )


def _is_led_by_its_article_or_title(reading: Reading, first: int, taken: list[bool]) -> bool:
    """The Ferncliff Road Practice, Dr. Patel's surgery."""
    if first == 0 or taken[first - 1]:
        return False
    gap = reading.gap_before(first)
    return (reading.texts[first - 1] == "The" and gap == " ") or (reading.words[first - 1].title and gap in (" ", ". "))


def _is_a_nursery_by_any_word(reading: Reading, j: int, head: int) -> bool:
    """Bluebell nursery, Tiny Steps day nursery: hardly any is called by a word that is none."""
    word = reading.words[j]
    inside = word.shape == CAPITAL and not (word.kept or reading.starts_sentence(j))
    return inside and reading.words[head].key in NURSERIES


def _names_a_street(reading: Reading, j: int) -> bool:
    """Well Street Surgery: what stands before a street's kind says which street, whatever else it means."""
    behind = reading.word(j + 1)
    return (
        behind is not None
        and behind.shape == CAPITAL
        and behind.key in ("street", "road", "lane", "avenue")
        and reading.words[j].shape == CAPITAL
    )


def _is_a_towns_college(reading: Reading, first: int, head: int) -> bool:
    """New City College, Newham College: a name of its own, where "Hackney school" is any."""
    inside = range(first, head + 1)
    named = reading.words[head].key in ("college", "academy") and all(reading.words[k].shape == CAPITAL for k in inside)
    return named and not reading.starts_sentence(first) and head - first < 3


def _only_trade(keys: list[str]) -> bool:
    return all(k in _TRADE for k in keys)


_TRADE = word_class("institutions.trade")


def _is_of_something(reading: Reading, head: int, keep: KeepWords) -> bool:
    """Chapel of New Wine, Temple of Refuge; but "Church of England", "Chapel of Rest"."""
    if not _goes_on_with_of(reading, head) or reading.lowers[head + 2] in _NO_ONE_CHURCH:
        return False
    return tuple(reading.lowers[head : head + 3]) not in keep.phrases


def _goes_on_with_of(reading: Reading, head: int) -> bool:
    return reading.words[head].key in WORSHIP and _goes_on_with(reading, head)


def _goes_on_with(reading: Reading, head: int) -> bool:
    return (
        reading.lowers[head + 1 : head + 2] == ["of"]
        and head + 2 < len(reading.words)
        and reading.words[head + 2].shape == reading.words[head].shape != LOWER
        and reading.gap_after(head) == reading.gap_before(head + 2) == " "
    )


def _rightmost(reading: Reading, head: int) -> int:
    last = head
    if _goes_on_with_of(reading, head):
        last = head + 2  # "Celestial Church of Christ", "Chapel of New Wine"
        while (
            last + 1 < len(reading.words)
            and last - head < 4
            and reading.gap_before(last + 1) == " "
            and reading.words[last + 1].shape == reading.words[head].shape == CAPITAL
        ):
            last += 1
        return last
    if reading.words[head].key in ("academy", "college", "school") and _goes_on_with(reading, head):
        return head + 2  # "Quendle Academy of Dance"
    while (
        last + 1 < len(reading.words)
        and reading.words[last + 1].key in _TAIL
        and reading.gap_before(last + 1) == " "
        and reading.words[last + 1].shape == reading.words[head].shape
    ):
        last += 1
    return last
