"""Registered people in a text: words that name them, joined into mentions, each with one label."""

from __future__ import annotations

from collections.abc import Iterator

from audit_kit.privacy.forms import PARTICLE, NamedPerson
from audit_kit.privacy.grown_left import grow_left
from audit_kit.privacy.grown_right import grow_right
from audit_kit.privacy.jobs import JobFinder
from audit_kit.privacy.labels import LabelBook
from audit_kit.privacy.mention import Mention
from audit_kit.privacy.namesakes import widened
from audit_kit.privacy.naming import judged
from audit_kit.privacy.reading import Reading
from audit_kit.privacy.spans import Span


def registered_mentions(
    reading: Reading, people: tuple[NamedPerson, ...], kept: list[bool], jobs: JobFinder, book: LabelBook
) -> Iterator[Span]:
    """Every stretch that names a registered person, and the doubtful ones.

    ``kept`` tells per word whether it stands in a phrase of the trade: "Hope House" is not Hope.
    """
    beyond = 0
    for i in [i for i, word in enumerate(reading.words) if word.parts]:
        if i < beyond or all(p.kind == PARTICLE for p in reading.words[i].parts):
            continue
        mention = _grown(reading, i, people)
        namesake = widened(reading, mention, people, jobs, book)
        span = namesake or judged(reading, mention, people)
        kept_whole = not mention.sure and all(kept[k] and reading.words[k].ordinary for k in mention.names)
        if span and (namesake or not kept_whole):
            yield span
        beyond = mention.last + 1


def _grown(reading: Reading, i: int, people: tuple[NamedPerson, ...]) -> Mention:
    """The whole of the name that the word at ``i`` belongs to."""
    word = reading.words[i]
    mention = Mention(
        i, i, reading.starts[i], reading.name_end(i), {p.person for p in word.parts}, [i], plural=word.plural
    )
    grow_right(reading, mention, people)
    grow_left(reading, mention, people)
    return mention
