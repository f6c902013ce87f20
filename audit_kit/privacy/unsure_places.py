"""Places that only their capitals give away: "Little Acorns", "dances with Rising Kings", "placed at Larkfield".

Every word of such a name may be an ordinary one, and an event, a law or a service stands there too ("Options Evening"); so
these are asked about, and masked only behind what leads to a place, without a word of the trade among them.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.privacy.announced import is_strong
from audit_kit.privacy.cues import APPOSED, STREETS, VENUES
from audit_kit.privacy.jobs import JobFinder
from audit_kit.privacy.labels import PLACE
from audit_kit.privacy.led_places import GROUNDS, is_beyond_the_trade, is_surely_led_to, leads_to_a_place
from audit_kit.privacy.lexicon import CAPITAL, LOWER
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import DOUBT, RECOGNISER, Span
from audit_kit.privacy.surroundings import is_a_town, is_made_up
from audit_kit.privacy.trade import OF_THE_TRADE, RELATIONS
from audit_kit.privacy.wordlists import word_class

#: what everybody is asked to, and what papers, laws and methods are called: "Core Group", "Behaviour Policy"
_PAPERS = word_class("unsure_places.papers")
_OF_THE_TRADE = _PAPERS | word_class("unsure_places.occasions") | word_class("venues.generic")
#: where a stop was forgotten: "at Zorvath Then all went home"
_BEGIN_A_SENTENCE = word_class("unsure_places.sentence_starts")
#: "Blue Lantern Youth"
_FOR_PEOPLE = word_class("venues.for_people")
_ALSO_NAMES = word_class("led_places.also_names")
_OFFERS = word_class("unsure_places.offers")
_SEVERAL = word_class("unsure_places.several")
_KINDS_AND_NUMBERS = OF_THE_TRADE | VENUES | word_class("led_places.begin_names")
_LEADS_TO = frozenset(["at", "from", "near", "outside", "opposite", "behind", "attends", "joined"])
_OF_PLACES = word_class("led_places.of_places")  # "the pastor of Fountain of Life"
_BUILDINGS = frozenset(["house", "lodge", "cottage", "tower", "towers", "mansions", "villa", "villas", "hostel"])
_LEFT = frozenset(["missing", "absconded", "discharged", "placed", "placement"])
_JOINED_BY = (" ", "-")
#: between the words of a name in other languages: "Los Tambores de Hackney"
_LINKS = frozenset(["de", "del", "da", "do", "du"])
#: "Mountain of Mercy Assembly"; but "the Tree of Life"
_OF_FAITH = word_class("institutions.worship") | {"assembly", "house", "fellowship", "congregation", "gathering"}
_WHY = "may be the name of a place where the family can be found"


def unsure_places(reading: Reading, taken: list[bool], jobs: JobFinder) -> Iterator[Span]:
    """A doubt for each; ``taken`` per word: what is named, kept or masked already."""
    last = -1
    for first in [i for i in reading.proper if not taken[i]]:
        if first <= last or not _may_be_part(reading, taken, jobs, first):
            continue
        last = _last_word(reading, taken, jobs, first)
        acts = _is_a_venue_that_acts(reading, first, last)
        named = (
            _is_bracketed(reading, jobs, first, last)
            or is_strong(reading.words[first])
            or _is_said_behind(reading, first)
            or _offers(reading, first, last)
            or acts
        )
        if reading.starts_sentence(first) and not named:
            first += 1
        first += first < last and reading.texts[first] == "The"
        town = is_a_town(reading, first - 1) and reading.gap_before(first) == " "  # "Enfield Lantern Project"
        sure = first <= last and (acts or is_surely_led_to(reading, first - town, last))
        told = first <= last and (_tells_which(reading, first, last) or _is_bracketed(reading, jobs, first, last))
        if sure or told:
            first -= _is_begun_by(reading, first) or _has_its_article(reading, first)
            start, end = reading.starts[first], reading.name_end(last)
            if sure:
                yield Span(start, end, PLACE, "recogniser:led to", RECOGNISER)
            else:
                yield Span(start, end, PLACE, "recogniser:unsure place", DOUBT, 0.5, _WHY)


def _is_said_behind(reading: Reading, first: int) -> bool:
    """Referral: Clemency Hoddle. A word and one that no list knows, behind a colon; any two behind a kind: "IFA: Bright Homes"."""
    second = reading.word(first + 1)
    if first and reading.gap_before(first) == ": " and reading.words[first - 1].key in APPOSED:
        return second is not None and second.shape == CAPITAL and reading.gap_after(first) == " "
    named = second is not None and is_strong(second) and second.shape == CAPITAL and not second.kept
    return named and reading.gap_before(first) == ": " and reading.words[first].key not in OF_THE_TRADE


def _is_bracketed(reading: Reading, jobs: JobFinder, first: int, last: int) -> bool:
    """Alcohol worker (Copper Yard): in brackets behind a job, two words and more that nobody is called by."""
    if last == first or reading.gap_before(first) != " (" or reading.gap_after(last)[:1] != ")" or not first:
        return False
    end = reading.words[last].key
    return bool(jobs.ending_at(first - 1)) and _may_end_a_name(end) and end not in STREETS


def _offers(reading: Reading, first: int, last: int) -> bool:
    """Gentle Palms to work with her: where a sentence begins, two words and what a charity does."""
    following = reading.lowers[last + 1] if last + 1 < len(reading.lowers) and reading.gap_after(last) == " " else ""
    return last > first and following in _OFFERS and is_beyond_the_trade(reading, first, last)


def _is_a_venue_that_acts(reading: Reading, first: int, last: int) -> bool:
    """Rising Bass Studio has a place: three words of which the last is a kind of place, and what it does."""
    following = reading.lowers[last + 1] if last + 1 < len(reading.words) and reading.gap_after(last) == " " else ""
    kind = reading.words[last].key in VENUES | APPOSED and not reading.words[last].possessive
    return kind and last - first > 1 and following in _OFFERS and is_beyond_the_trade(reading, first, last - 1)


def _last_word(reading: Reading, taken: list[bool], jobs: JobFinder, first: int) -> int:
    """Where the capitals that begin here end; "de" may stand between two of them, and a town or a colour end them."""
    last = first
    while last + 1 < len(reading.words):
        following = last + 1
        while following - last < 3 and reading.gap_before(following) == " " and _is_a_link(reading, first, following):
            following += 1
            if following == len(reading.words):
                return last
        if reading.gap_before(following) not in _JOINED_BY:
            return last
        if not _may_be_part(reading, taken, jobs, following):
            end = reading.words[following]
            ends_it = (end.kept and is_strong(reading.words[last])) or end.key in _FOR_PEOPLE
            ends_it = ends_it or (last > first and is_a_town(reading, following))  # "Quiet Voices Hackney"
            if not ends_it or end.shape != CAPITAL or taken[following]:
                return last
            if end.key not in _FOR_PEOPLE:
                return following
        last = following
    return last


def _is_a_link(reading: Reading, first: int, k: int) -> bool:
    if reading.lowers[k] in ("and", "of", "by") and k == first + 1 and _is_a_pair(reading, first):
        return True
    if reading.lowers[k] == "and":
        return False
    if reading.lowers[k] == "for":
        pair = (reading.words[first], reading.word(k + 1))
        return k == first + 1 and all(
            word is not None and word.key not in OF_THE_TRADE for word in pair
        )  # "Fight for Peace"
    if reading.lowers[k] != "of":
        return reading.lowers[k] in _LINKS
    if (
        k == first + 1
        and k + 1 < len(reading.words)
        and is_strong(reading.words[k + 1])
        and not reading.starts_sentence(first)
    ):
        return reading.words[first].key not in OF_THE_TRADE  # "Flavour of Quorvath"
    return any(word.key in _OF_FAITH and word.shape == CAPITAL for word in reading.words[first : k + 4])


def _is_a_pair(reading: Reading, first: int) -> bool:
    """Behind the Fox and Anchor, goes to Stay and Sing: two words behind what leads to a place, and neither is somebody."""
    pair, the = (reading.words[first], reading.word(first + 2)), first > 1 and reading.lowers[first - 1] == "the"
    of = reading.lowers[first + 1 : first + 2] == ["of"]  # "Rivers of Joy"
    led = first > 0 and reading.lowers[first - 1 - the] in _LEADS_TO | {"to", "in"}
    led = led or (first > 1 and reading.lowers[first - 1] == "of" and reading.lowers[first - 2] in _OF_PLACES)
    return led and all(
        word is not None
        and word.shape == CAPITAL
        and word.ordinary
        and not (word.kept or word.key in OF_THE_TRADE or (word.word_name and not (the or of)))
        for word in pair
    )


def _may_be_part(reading: Reading, taken: list[bool], jobs: JobFinder, k: int) -> bool:
    word = reading.words[k]
    return (
        word.shape == CAPITAL
        and len(word.key) > 1
        and word.key not in _BEGIN_A_SENTENCE
        and not (
            taken[k]
            or (word.kept and word.key not in STREETS)
            or (word.title and not _is_of_several(reading, k))
            or (word.key in RELATIONS and not _is_of_several(reading, k))
            or jobs.ending_at(k)
        )
    )


def _is_of_several(reading: Reading, k: int) -> bool:
    """Gentle Friends, Quorvath Parents: kin in the plural, behind another capital."""
    before = reading.word(k - 1) if k else None
    capital = before is not None and before.shape == CAPITAL and reading.gap_before(k) == " "
    return capital and reading.words[k].key in _SEVERAL and not reading.starts_sentence(k - 1)


def _tells_which(reading: Reading, first: int, last: int) -> bool:
    """Whether two words tell which place it is; behind "missing from" one that no list knows is enough."""
    words = [reading.words[k] for k in range(first, last + 1) if reading.words[k].shape != LOWER]
    telling = [word for word in words if word.key not in _OF_THE_TRADE or word.key in _ALSO_NAMES]
    if len(words) < 2:
        return bool(telling) and is_strong(telling[0]) and len(telling[0].key) > 3 and _was_left(reading, first)
    if words[-1].key in STREETS and (telling[0].ordinary or telling[0].first_name):
        return False  # "the Albert Road area": where a street tells something is decided with the streets
    if words[-1].key in _PAPERS or is_made_up(reading, first, last):
        return False
    if words[-1].key in _BUILDINGS and telling and telling[0].key not in OF_THE_TRADE:
        return True  # "and now Lavender Cottage"
    if telling and is_strong(telling[0]) and not (telling[0].first_name or reading.starts_sentence(first)):
        return True  # ", Ellesmere Unit."
    if _ends_as_places_do(reading, first, last):
        return True
    return len(telling) > 1 or (_is_led_to(reading, first) and any(word.key not in OF_THE_TRADE for word in telling))


def _ends_as_places_do(reading: Reading, first: int, last: int) -> bool:
    """A group at Family Yard, a mentor from Second Corner, "rang The Loft": where the trade's word stands before."""
    end = reading.words[last]
    return (
        _may_end_a_name(end.key)
        and not reading.starts_sentence(first)
        and (end.key in GROUNDS | _ALSO_NAMES or end.ordinary)
        and leads_to_a_place(reading, first, last)
    )


def _may_end_a_name(key: str) -> bool:
    """Corner, Yard, Table; but "Homework Club", "Band Six"."""
    return key in GROUNDS | _ALSO_NAMES or key not in _KINDS_AND_NUMBERS


def _is_begun_by(reading: Reading, first: int) -> bool:
    """Whether a town or a colour that is kept begins the name: "Hackney Vale High", "Blue Lantern Youth"."""
    before = reading.word(first - 1) if first else None
    if before is None or reading.gap_before(first) != " " or not (before.kept and before.shape == CAPITAL):
        return False
    return is_a_town(reading, first - 1) or (first > 1 and not reading.starts_sentence(first - 1))


def _has_its_article(reading: Reading, first: int) -> bool:
    """The Willow Rooms: the article goes with the name where it has a capital."""
    return first > 0 and reading.texts[first - 1] == "The" and reading.gap_before(first) == " "


def _is_led_to(reading: Reading, first: int) -> bool:
    """A mentor from Blue Lantern Youth; "From: Kofi Mensah, Blue Lantern Youth"."""
    if not first:
        return False
    if _is_begun_by(reading, first):
        first -= 1
    before = reading.words[first - 1]
    if reading.gap_before(first) == ", ":
        return before.shape == CAPITAL and (is_strong(before) or bool(before.parts))
    return reading.gap_before(first) == " " and before.key in _LEADS_TO


def _was_left(reading: Reading, first: int) -> bool:
    """Missing from, placed at: one word behind them may be a place."""
    return (
        first > 1
        and reading.lowers[first - 1] in ("from", "at")
        and reading.words[first - 2].key in _LEFT
        and reading.gap_before(first) == reading.gap_before(first - 1) == " "
    )
