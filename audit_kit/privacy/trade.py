"""Words that show where a person stands in a sentence: jobs, kinship, titles, and what people do."""

from __future__ import annotations

from functools import lru_cache

from audit_kit.privacy.cues import STREETS
from audit_kit.privacy.wordlists import lines_of, word_class

#: before a name, and always one
TITLES = word_class("trade.titles")  # fmt: skip
#: titles that are also words: only with a capital and before a capital
WORD_TITLES = word_class("trade.word_titles")
TITLE_JOBS = {
    "dr": "doctor", "doctor": "doctor", "prof": "doctor", "professor": "doctor", "nurse": "nurse", "matron": "nurse",
    "rev": "faith leader", "reverend": "faith leader", "pastor": "faith leader", "imam": "faith leader", "rabbi": "faith leader",
    "rebbetzin": "faith leader", "fr": "faith leader", "judge": "judge", "hhj": "judge", "cllr": "councillor", "councillor": "councillor",
}  # fmt: skip
RELATIONS = word_class("trade.relations")
#: words that announce a name
#: heads of a line behind which names stand: "Cc: Parveen"
FIELDS = word_class("trade.fields")
#: behind a surname, these say that it is one
HOUSEHOLD = word_class("trade.household")
GREETINGS = frozenset(["hi", "hello", "dear", "hiya", "morning"])
NAMING = frozenset(["called", "named", "aka", "nicknamed", "alias", "name", "names", "surname"])
SPEECH = word_class("trade.speech")
DOING = word_class("trade.doing")
#: joined here once: of so many words it would take longer than all that is asked of them
SAYING_OR_DOING = SPEECH | DOING
#: what somebody does; "and" and "or" stand behind a name too
ACTING = DOING - {"and", "or"}
#: before a name in the middle of a sentence
BEFORE_PERSON = word_class("trade.before_person")
#: the same without a capital: "Evelina ward", "Dalston Junction station"
LOWER_PLACE_NOUNS = word_class("trade.lower_place_nouns")
#: behind a word that is then no person
PLACE_NOUNS = word_class("trade.place_nouns")
#: before a place more often than before a person
BEFORE_PLACE = word_class("trade.before_place")

#: what the trade, forms and schools write with a capital: "the Chair", "an Alert", "likes Drama"
OF_THE_TRADE = (
    word_class("lone_capitals.of_the_trade")
    | word_class("lone_capitals.grammar")
    | word_class("unsure_places.papers")
    | word_class("unsure_places.occasions")
    | word_class("unsure_places.sentence_starts")
    | word_class("venues.generic")
    | word_class("venues.by_any_word")
    | word_class("institutions.generic")
    | word_class("institutions.trade")
    | word_class("wordlike.determiners")
    | STREETS
    | word_class("wordtimes.seasons")
    | RELATIONS
)


@lru_cache(maxsize=1)
def jobs() -> dict[str, tuple[tuple[tuple[str, ...], str, bool], ...]]:
    """First word of a job (lower case) → its phrases: (words, label, is it an abbreviation); the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for line in lines_of("roles.txt"):
        label, _, phrases = line.partition(":")
        for phrase in phrases.split(";"):
            typed = phrase.replace("/", " ").replace("&", " ").replace("-", " ").split()
            words = tuple(w.lower() for w in typed)
            table.setdefault(words[0], []).append(
                (words, label.strip(), phrase.strip().isupper() and len(phrase.strip()) <= 5)
            )
    return {first: tuple(sorted(found, key=lambda f: -len(f[0]))) for first, found in table.items()}


def job_labels() -> frozenset[str]:
    """Every job that a label can name."""
    return frozenset(label for phrases in jobs().values() for _, label, _ in phrases)
