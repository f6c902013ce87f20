"""Ordinary words with a capital where none is due: "a friend called Marigold", "drinks at the Anchor", "Quarry Otters".

No list can hold every name that is a word. What is left of a sentence's capitals once names, jobs, papers, meetings and all
that is kept are told is little, so a person is asked about it. It is never masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.jobs import JobFinder
from audit_kit.privacy.labels import PLACE
from audit_kit.privacy.led_places import is_surely_led_to, leads_to_a_place
from audit_kit.privacy.lexicon import CAPITAL, LOWER, Word
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, RECOGNISER, Span
from audit_kit.privacy.surroundings import describes_a_thing, is_a_city, is_a_town, is_made_up, names_a_place
from audit_kit.privacy.trade import BEFORE_PERSON, BEFORE_PLACE, DOING, NAMING, OF_THE_TRADE, SPEECH
from audit_kit.privacy.vocabulary import is_clipped, is_like_a_word
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordnames import names_a_group

_DAYS = word_class("wordtimes.days") | word_class("wordtimes.months")
_DUE = OF_THE_TRADE | _DAYS
_ARTICLES = word_class("wordlike.determiners")
#: a pub or a shop comes next, also behind an article; "in the Bin" is none
_WHERE = frozenset(["at", "near", "outside", "opposite", "behind", "from", "by"])
_CALLED = NAMING | {"call", "calls"}
_JOINED_BY = (" ", "-", " & ")
_LINKS = frozenset(["of", "and", "in", "the", "to", "my", "from", "for"])
_GRAMMAR = word_class("lone_capitals.grammar") | SPEECH | DOING
_NOT_BEFORE_LETTERS = word_class("initials.not_before")
_LEADS_TO_PEOPLE = BEFORE_PERSON | {"and", "to", "cc"}
#: with a capital inside a sentence they begin a name: "Off The Record"
_SMALL_WORDS = frozenset(
    ["off", "up", "out", "over", "in", "on", "into", "our", "your", "beyond", "between", "with", "together"]
)
#: a letter alone on the last line, or behind how a letter ends: "Have a nice weekend, M"
_SIGNED = re.compile(
    r"(?:(?:\n|[.!?]) *\n *|\b(?:weekend|week|thanks|regards|wishes|soon|care|cheers|best|day|evening|love)[,.]? *\n? *)[A-Z]\.? *x{0,3}\s*\Z"
)
#: what has a letter of its own: "E Block", "B Wing"
_LETTERED = frozenset(["block", "ward", "wing", "level", "band", "street", "road", "star", "team"])
_ABSTRACT = word_class("wordlike.abstract")
_COLOURS = frozenset(["amber", "ruby", "jade", "rose", "violet", "olive", "ivory", "hazel"])
_NEVER_BEGIN = word_class("wordlike.verbs") | _DAYS | word_class("wordtimes.seasons") | {"rose", "max", "art"}
_DISTRICT = re.compile(r" (?:EC|WC|NW|SE|SW|[ENW])\d{1,2}(?![\w/]| ?\d)")
#: who gives so many words a capital means nothing by it
_ONE_IN = 40
_WHY = "has a capital where none is due: may be a name, or the name of a place"


def lone_capitals(reading: Reading, taken: list[bool], jobs: JobFinder) -> Iterator[Span]:
    """A doubt for each; ``taken`` per word: what is named, kept or masked already."""
    if reading.shouting:
        return
    if reading.small:
        yield from _among_small_letters(reading, taken)
        return
    yield from _behind_initials(reading, taken, jobs)
    yield from _by_small_words(reading, taken)
    last = len(reading.words) - 1
    if last > 5 and not taken[last] and len(reading.texts[last]) == 1 and _SIGNED.search(reading.text):
        start, end = reading.starts[last], reading.ends[last]
        yield Span(start, end, PLACE, "recogniser:lone capital", DOUBT, 0.4, "may be the initial of who wrote this")
    found = [
        i
        for i, word in enumerate(reading.words)
        if word.shape == CAPITAL and (_stands_out(reading, taken, jobs, i) or _begins_as_somebody(reading, taken, i))
    ]
    ordinary = {reading.words[i].key for i in found if not is_strong(reading.words[i])}
    capitals_say_nothing = len(ordinary) > max(4, len(reading.words) // _ONE_IN)
    for i in found:
        if capitals_say_nothing and not is_strong(reading.words[i]):
            continue
        first = _first_of_the_name(reading, taken, i)
        start, end = reading.starts[first], reading.name_end(i)
        if first < i and is_surely_led_to(reading, first, i):
            yield Span(start, end, PLACE, "recogniser:led to", RECOGNISER)  # "from Enfield Badgers"
        else:
            yield Span(start, end, PLACE, "recogniser:lone capital", DOUBT, 0.4, _WHY)


def _by_small_words(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Referred to Off The Record, rang Up Your Street: a small word with a capital that nothing gives it."""
    for i in reading.proper:
        if reading.lowers[i] not in _SMALL_WORDS or reading.gap_before(i) != " " or reading.words[i - 1].shape != LOWER:
            continue
        last = i
        while last + 1 < len(reading.words) and last - i < 4 and reading.gap_after(last) == " ":
            if reading.words[last + 1].shape != CAPITAL or taken[last + 1] or reading.words[last + 1].title:
                break
            last += 1
        if last > i and not taken[i] and not all(reading.words[k].kept for k in range(i + 1, last + 1)):
            start, end = reading.starts[i], reading.name_end(last)
            yield Span(start, end, PLACE, "recogniser:lone capital", DOUBT, 0.4, _WHY)


def _behind_initials(reading: Reading, taken: list[bool], jobs: JobFinder) -> Iterator[Span]:
    """P. Lamb, in a list N Ford too: an initial and a surname that is a word; but "hepatitis B. Rose"."""
    for i in reading.capitals:
        surname = reading.word(i + 1)
        if len(reading.texts[i]) != 1 or surname is None or taken[i] or taken[i + 1]:
            continue
        if not _is_an_initial(reading, i) or (i and reading.lowers[i - 1] in _NOT_BEFORE_LETTERS):
            continue
        kept = surname.kept and reading.gap_after(i + 1) != " (" and not jobs.after(i + 1)  # "T Green (SW)" is somebody
        if surname.shape == CAPITAL and surname.ordinary and surname.last_name and not kept:
            start, end = reading.starts[i], reading.name_end(i + 1)
            yield Span(start, end, PLACE, "recogniser:lone capital", DOUBT, 0.4, "may be an initial and a surname")


def _is_an_initial(reading: Reading, i: int) -> bool:
    """Whether a letter with its stop, in a list, behind "met" and "with", or before a name and a bracket may be one."""
    if reading.gap_after(i) == ". ":
        return True
    if reading.gap_after(i) != " " or reading.texts[i] in "AI" or reading.lowers[i + 1] in _LETTERED:
        return False
    led = reading.gap_before(i) == " " and reading.lowers[i - 1] in _LEADS_TO_PEOPLE
    return led or reading.gap_before(i) in (": ", ", ") or reading.gap_after(i + 1) == " ("


def _among_small_letters(reading: Reading, taken: list[bool]) -> Iterator[Span]:
    """Where hardly anybody types capitals, a word that no list knows has one: "pru offered (Crossfeld)"."""
    for i, word in enumerate(reading.words):
        if word.shape != CAPITAL or taken[i] or word.kept or word.title or len(word.key) < 4 or not is_strong(word):
            continue
        if not is_made_up(reading, i, i) and not is_like_a_word(word.key):
            yield Span(reading.starts[i], reading.name_end(i), PLACE, "recogniser:lone capital", DOUBT, 0.4, _WHY)


def _stands_out(reading: Reading, taken: list[bool], jobs: JobFinder, i: int) -> bool:
    """Whether this word has a capital inside a sentence, and no title, thing or heading makes it due."""
    word = reading.words[i]
    if word.kept or taken[i] or len(word.key) < 3 or word.title or is_a_city(reading, i):
        return False
    if is_strong(word):  # what no list knows, and no vote asked about: "the Kestertons", "Lynette of Bridgeways"
        plain = len(word.key) > 3 and not (reading.starts_sentence(i) or is_made_up(reading, i, i))
        thing = describes_a_thing(reading, i, i) and word.key[-1] != "s"
        return plain and not (thing or names_a_place(reading, i))
    if _DISTRICT.match(reading.text, reading.ends[i]) and not _is_due(word, called=False):
        return True  # "Larder E8"
    called = reading.lowers[i - 1] in _CALLED
    called = called or (is_a_town(reading, i - 1) and reading.gap_before(i) == " ")  # "the Clapton Star"
    if _is_due(word, called=called) or (
        (word.word_name or is_clipped(word.key) or names_a_group(reading, i)) and not called
    ):
        return False  # names that are words have evidence of their own
    if "'" in reading.texts[i] and not word.possessive:
        return False  # "I've", "NFA'd"
    if reading.starts_sentence(i) or any(c.isdigit() for c in reading.gap_before(i)) or jobs.ending_at(i):
        return False
    if reading.gap_after(i)[:1] in ("_", "@", "-", "/") or reading.gap_after(i).strip()[:1].isdigit():
        return False  # "plan_v3", "a Grade 2 murmur"
    led = reading.lowers[i - 1] in _WHERE and reading.gap_before(i) == " "
    if not led and (_is_in_a_list(reading, i - 1, i) or _is_in_a_list(reading, i + 1, i + 1)):
        return False
    town = is_a_town(reading, i - 1) and reading.gap_before(i) == " "
    sure = town or _goes_with_a_name(reading, taken, i) or _first_of_the_name(reading, taken, i) < i
    if _is_beside_a_capital(reading, taken, i + 1, i + 1) or not (
        sure or not _is_beside_a_capital(reading, taken, i - 1, i)
    ):
        return False  # "the Behaviour Policy"; two words and more are judged with the places
    if sure or called:
        return True
    before = reading.lowers[i - 1]
    if before in _ARTICLES and reading.gap_before(i) == " ":
        return i > 1 and reading.lowers[i - 2] in _WHERE and not _goes_on(reading, i)
    return not _goes_on(reading, i) or before in BEFORE_PLACE


def _first_of_the_name(reading: Reading, taken: list[bool], i: int) -> int:
    """Where a town or a kept name before the word begins that the place is called by: "Enfield Falcons", "Lea Bridge Salads"."""
    if is_a_town(reading, i - 1) and reading.gap_before(i) == " ":
        return i - 1
    first = i
    while (
        i - first < 3 and first > 0 and reading.gap_before(first) == " " and _is_a_kept_name(reading, taken, first - 1)
    ):
        first -= 1
    return first if first < i and leads_to_a_place(reading, first, i) else i


def _is_a_kept_name(reading: Reading, taken: list[bool], k: int) -> bool:
    word = reading.words[k]
    return (
        word.shape == CAPITAL
        and (word.kept or (taken[k] and word.ordinary))
        and word.key not in _DUE
        and not word.title
    )


def _begins_as_somebody(reading: Reading, taken: list[bool], i: int) -> bool:
    """Hazel from the hub came; Dot in the kitchen; Comfort collected him: a name that is a word, where a sentence begins."""
    word = reading.words[i]
    if not word.word_name or taken[i] or word.kept or word.key in _NEVER_BEGIN or not reading.starts_sentence(i):
        return False
    if reading.gap_before(i).endswith("(") and reading.gap_after(i).startswith(")"):
        return word.key not in _ABSTRACT and word.key not in _COLOURS  # "The play specialist (Honey)"
    near = reading.lowers[i + 1 : i + 3]
    if len(near) < 2 or reading.gap_after(i) != " " or reading.gap_before(i + 2) != " ":
        return False
    if word.key in _ABSTRACT:
        return near[0] in DOING and near[1] in ("him", "them", "me", "us")
    return near[0] in ("from", "in", "at", "on") and (
        near[1] in ("the", "her", "his", "our") or reading.words[i + 2].capitalised
    )


def _is_due(word: Word, *, called: bool) -> bool:
    if called:
        return word.key in OF_THE_TRADE  # "a lad they call Smalls"
    key, one = word.key, word.key.removesuffix("s")
    return not _DUE.isdisjoint((key, one, one.removesuffix("ie") + "y"))


def _goes_with_a_name(reading: Reading, taken: list[bool], i: int) -> bool:
    """Rafferty and Clover: joined to somebody whose name is masked already."""
    joined = (
        i > 1 and reading.lowers[i - 1] in ("and", "or") and reading.gap_before(i) == reading.gap_before(i - 1) == " "
    )
    return joined and taken[i - 2] and is_strong(reading.words[i - 2]) and reading.words[i - 2].shape == CAPITAL


def _is_in_a_list(reading: Reading, beside: int, gap: int) -> bool:
    """Whether a comma parts it from a capitalised word that is none of a name: "Drama, Art and Music"."""
    word = reading.word(beside)
    return word is not None and reading.gap_before(gap) == ", " and word.shape == CAPITAL and not is_strong(word)


def _is_beside_a_capital(reading: Reading, taken: list[bool], beside: int, gap: int) -> bool:
    """Whether the word beside has a capital that nobody is called by, also behind a link: "Head of Year", "Tree of Life"."""
    word = reading.word(beside)
    if word is None or reading.gap_before(gap) not in _JOINED_BY:
        return False
    if word.shape != LOWER:
        return not (taken[beside] and (word.parts or is_strong(word)) and not word.kept)
    if word.key not in _LINKS:
        return False
    beyond = reading.word(beside + (1 if beside == gap else -1))
    if beyond is None or beyond.shape != CAPITAL:
        return False
    if word.key == "in" and beyond.key in _DAYS:
        return False  # "excluded from Harbour in May"
    if word.key == "from" and beyond.key.endswith("ed"):
        return False  # "Moved from Harbour"
    return word.key not in ("from", "for") or not (beyond.parts or is_strong(beyond))  # "Keely from Bluebell"


def _goes_on(reading: Reading, i: int) -> bool:
    """Whether a thing follows of which the word says something: "Rock climbing", "the Sky box"."""
    following = reading.word(i + 1)
    return (
        following is not None
        and reading.gap_after(i) == " "
        and following.shape == LOWER
        and following.ordinary
        and not following.key.endswith("ly")
        and following.key not in _GRAMMAR
    )
