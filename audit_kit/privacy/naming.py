"""Whether a run of words that may name a registered person does, and whose label stands there then."""

from __future__ import annotations

import re
from operator import attrgetter

from audit_kit.privacy.forms import FAMILY, GIVEN, MIDDLE, NICK, SHORT_WORD, NamedPerson
from audit_kit.privacy.kinship import start_with_kinship
from audit_kit.privacy.labels import FAMILY_NAME
from audit_kit.privacy.lexicon import CAPITAL, LOWER
from audit_kit.privacy.mention import FEMALE_TITLES, MALE_TITLES, Mention
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.slips import SMALL_SLIP
from audit_kit.privacy.spans import DOUBT, REGISTER_NAME, Span
from audit_kit.privacy.trade import BEFORE_PERSON, DOING, HOUSEHOLD, NAMING, RELATIONS, SPEECH
from audit_kit.privacy.wordlike import KEEP, MASK, evidence
from audit_kit.privacy.wordlists import word_class
from audit_kit.privacy.wordlower import has_capitals
from audit_kit.privacy.wordsure import AUXILIARY, OBJECTS, may_begin

_VERBS = word_class("wordlike.verbs")
#: what leads to a name, and to no verb
_LEADING = BEFORE_PERSON | RELATIONS | frozenset(["re", "case", "child", "name", "of", "on", "has", "had", "present"])
_USER_NUMBER = re.compile(r"_?\d{2,4}(?!\w)")
_CALLS = frozenset(["call", "calls", "called", "calling", "nicknamed", "christened", "named", "naming"])
_ARTICLES = word_class("wordlike.determiners")


def judged(reading: Reading, mention: Mention, people: tuple[NamedPerson, ...]) -> Span | None:
    """The mention with its label, a doubt, or None where the words are only words."""
    label = _label(reading, mention, people)
    parts = [p for k in mention.names for p in reading.words[k].parts if p.person in mention.people]
    best = max(parts, key=attrgetter("score"), default=None)
    rule, score = (best.rule, best.score) if best else ("register:name", 1.0)
    start, end = min(mention.start, start_with_kinship(reading, mention.first, label)), mention.end
    end += _digits_stuck_to(reading, mention)
    household = _household(reading, mention) if label == FAMILY_NAME else ""
    if household:
        # "the Aydın family" is one mention, and reads on as "the [family name] family"
        label, end = f"{label} {household}", reading.ends[mention.last + 1]
    if parts and parts[0].stuck and len(mention.names) == 1:
        label = _beside_its_word(reading, mention, label, parts[0].stuck)
    if rule == SMALL_SLIP:
        return _by_small_slip(reading, mention, label)
    if mention.sure or any(not reading.words[k].ordinary or _is_accented(reading, k) for k in mention.names):
        return Span(start, end, label, rule, REGISTER_NAME, score)
    if len(mention.names) > 1 and not has_capitals(reading) and _given_and_family(reading, mention):
        return Span(start, end, label, rule, REGISTER_NAME, score)  # "live with will price"
    if rule == SHORT_WORD:
        return _by_short_word(reading, mention, label)
    verdict = max((evidence(reading, k) for k in mention.names), key=lambda v: v.score)
    if verdict.says == MASK:
        start = min(start, _begin_of_whole_name(reading, mention))
        return Span(start, end, label, "register:name that is a word", REGISTER_NAME, verdict.share)
    if verdict.says == KEEP:
        whole = _end_of_whole_name(reading, mention)
        if not whole:
            return None
        end = whole  # "Mum has rich berry at home": both words of one name in their order are no accident
    word = reading.texts[mention.names[0]]
    return Span(
        start,
        end,
        label,
        "register:name that is a word",
        DOUBT,
        verdict.share,
        f"may be the name of {label}, or the word '{word.lower()}'",
    )


def _by_short_word(reading: Reading, mention: Mention, label: str) -> Span | None:
    """A first name cut down to a word: with a capital inside a sentence, and where people stand and act."""
    k = mention.names[0]
    word, gaps = reading.words[k], (reading.gap_before(k), reading.gap_after(k))
    if word.shape != CAPITAL or word.kept or gaps[0] != " " or may_begin(reading, k) or mention.first != mention.last:
        return None
    left = reading.lowers[k - 1]
    right = reading.lowers[k + 1] if k + 1 < len(reading.words) and gaps[1] == " " else ""
    if reading.words[k - 1].shape != LOWER or (right and reading.words[k + 1].shape != LOWER):
        return None  # a title
    stands, acts = left in BEFORE_PERSON or left in RELATIONS, right in SPEECH or right in DOING
    called = left in ("him", "her", "them") and k > 1 and reading.lowers[k - 2] in _CALLS
    stands, acts = stands or called, acts or called  # "they call him Bin"
    if left == "not" and not NAMING.isdisjoint(reading.lowers[max(0, k - 7) : k - 1]):
        stands = acts = True  # "to be called Temperance and not Temp"
    if not (stands or acts) or (left in _ARTICLES and not called):
        return None
    start, end = mention.start, mention.end
    if stands and acts:
        return Span(start, end, label, SHORT_WORD, REGISTER_NAME, 0.7)
    why = f"may be short for the name of {label}, or the word '{word.key}'"
    return Span(start, end, label, SHORT_WORD, DOUBT, 0.5, why)


def _digits_stuck_to(reading: Reading, mention: Mention) -> int:
    """How many characters end a user name typed small: "temi07", "temi_07"."""
    behind = _USER_NUMBER.match(reading.text, mention.end)
    return len(behind[0]) if behind and reading.words[mention.last].shape == LOWER else 0


def _beside_its_word(reading: Reading, mention: Mention, label: str, word: str) -> str:
    """The label with the small word that was typed as one with the name: "Sibling 1 for" of "amarafor"."""
    typed = reading.lowers[mention.names[0]]
    if word == "'s":
        return f"{label}'s"  # "temis bag"
    return f"{label} {word}" if typed.endswith(word) else f"{word} {label}"


def _by_small_slip(reading: Reading, mention: Mention, label: str) -> Span | None:
    """A short name typed small with a slip in it: taken for the name where people stand or act, else asked about."""
    k = mention.names[0]
    left = reading.lowers[k - 1] if k and reading.gap_before(k) == " " else ""
    right = reading.lowers[k + 1] if k + 1 < len(reading.words) and reading.gap_after(k) == " " else ""
    start, end = mention.start, mention.end
    if (
        mention.sure
        or left in BEFORE_PERSON
        or left in RELATIONS
        or right in SPEECH
        or right in DOING
        or right in ("himself", "herself")
    ):
        return Span(start, end, label, SMALL_SLIP, REGISTER_NAME, 0.7)
    if left in _ARTICLES:
        return None
    return Span(start, end, label, SMALL_SLIP, DOUBT, 0.5, f"may be the name of {label}, with a slip in it")


def _household(reading: Reading, mention: Mention) -> str:
    """The word behind a family's name that says it is one: family, children."""
    j = mention.last + 1
    behind = j < len(reading.words) and reading.gap_before(j) == " " and reading.lowers[j] in HOUSEHOLD
    owned = reading.words[mention.last].possessive or (behind and reading.words[j].possessive)
    return reading.texts[j] if behind and not owned else ""


def _end_of_whole_name(reading: Reading, mention: Mention) -> int:
    """Where the family name ends that stands, typed small too, right behind a first name that is a word; 0 where none does."""
    k, j = mention.names[-1], mention.last + 1
    if len(mention.names) > 1 and _given_and_family(reading, mention):
        return mention.end
    family = reading.word(j)
    if family is None or reading.gap_before(j) != " " or {reading.words[k].shape, family.shape} != {LOWER}:
        return 0
    left = reading.lowers[k - 1] if k and reading.gap_before(k) == " " else ""
    behind = "".join(reading.lowers[j + 1 : j + 2]) if reading.gap_after(j) == " " else ""
    given = {p.person for p in reading.words[k].parts if p.kind == GIVEN}
    named = {p.person for p in family.parts if p.kind == FAMILY} & given & mention.people
    a_phrase = left in _ARTICLES or behind in _ARTICLES or behind in OBJECTS  # "the rich page", "will grant them"
    does = reading.words[k].key in _VERBS and left not in _LEADING  # "they will grant access"
    return reading.name_end(j) if named and not (a_phrase or (left and does)) else 0


def _begin_of_whole_name(reading: Reading, mention: Mention) -> int:
    """Where the first name begins that stands, a word typed small, right before the family name: "rich berry did not"."""
    k = mention.first
    before = reading.words[k - 1] if k and reading.gap_before(k) == " " else None
    if before is None or before.shape != LOWER or reading.words[k].shape != LOWER or before.key in AUXILIARY:
        return mention.start
    named = {p.person for p in before.parts if p.kind == GIVEN} & mention.people
    family = any(p.kind == FAMILY and p.person in named for p in reading.words[k].parts)
    return min(mention.start, reading.starts[k - 1]) if family else mention.start


def _given_and_family(reading: Reading, mention: Mention) -> bool:
    kinds = [{p.kind for p in reading.words[k].parts if p.person in mention.people} for k in mention.names]
    return bool(kinds[0] & {GIVEN, NICK}) and FAMILY in kinds[-1]


def _is_accented(reading: Reading, k: int) -> bool:
    """Whether the word was typed with an accent: "dũng" is a name, whatever "dung" may be."""
    start, end = reading.folded.original_span(reading.starts[k], reading.name_end(k))
    return any(c.isalpha() and not c.isascii() for c in reading.folded.original[start:end])


def _label(reading: Reading, mention: Mention, people: tuple[NamedPerson, ...]) -> str:
    """Whose label stands there: the one person all words agree on, or the family's."""
    fitting = sorted(mention.people)
    if len(fitting) == 1 and not mention.plural:
        return people[fitting[0]].label
    kinds = {n: {p.kind for k in mention.names for p in reading.words[k].parts if p.person == n} for n in fitting}
    by_given = [n for n in fitting if kinds[n] & {GIVEN, NICK, MIDDLE}]
    best = [
        n
        for n in by_given
        if _best_score(reading, mention, n) == max(_best_score(reading, mention, m) for m in by_given)
    ]
    if best and not mention.plural:
        return people[best[0]].label
    gender = "f" if mention.title in FEMALE_TITLES else "m" if mention.title in MALE_TITLES else ""
    titled = [n for n in fitting if gender and people[n].gender == gender]
    return people[titled[0]].label if len(titled) == 1 else FAMILY_NAME


def _best_score(reading: Reading, mention: Mention, person: int) -> float:
    return max(
        (
            p.score + (0.001 if p.kind == GIVEN else 0)
            for k in mention.names
            for p in reading.words[k].parts
            if p.person == person
        ),
        default=0,
    )
