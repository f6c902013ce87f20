"""Registered names with a slip of typing in them: "Adeymei", "lawale" with a letter lost at the front, "nyla" for Nayla.

Only asked about words that no list knows. A name known the world over is somebody else: Marta beside Maria.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from audit_kit.privacy.distances import slips_between
from audit_kit.privacy.forms import PARTICLE, Part
from audit_kit.privacy.gazetteer import is_first_name, is_somebody_else
from audit_kit.privacy.sounds import sound_of
from audit_kit.privacy.vocabulary import is_clipped, is_uncommon

AS_REGISTERED = frozenset(["register:name", "register:alias", "register:spelling"])
SLIP = "register:typing error"
#: a short name typed small with a slip: the same letters may be any word misspelt, so the sentence must say that it is a name
SMALL_SLIP = "register:typing error in a short name"
#: a slip in a name typed small tells by itself from this length on
_LONG_ENOUGH = 6
#: so many letters of a name are needed behind a lost or mistyped first one
_TAIL = 4
#: keys that lie beside each other: what a finger hits instead
_BESIDE = {
    "q": "wa", "w": "qeas", "e": "wrsd", "r": "etdf", "t": "ryfg", "y": "tugh", "u": "yihj", "i": "uojk", "o": "ipkl",
    "p": "ol", "a": "qwsz", "s": "adwezx", "d": "sferxc", "f": "dgrtcv", "g": "fhtyvb", "h": "gjyubn", "j": "hkuinm",
    "k": "jliom", "l": "kop", "z": "asx", "x": "zcsd", "c": "xvdf", "v": "cbfg", "b": "vngh", "n": "bmhj", "m": "njk",
}  # fmt: skip
#: what is left over of a word by which somebody joins names, or is called: "ayo and" typed as one
_STUCK_BEHIND = (
    "for",
    "was",
    "is",
    "has",
    "had",
    "and",
    "to",
    "said",
    "who",
    "on",
    "at",
    "in",
    "with",
    "did",
    "went",
    "says",
)
_STUCK_BEFORE = ("mum", "dad", "and", "with", "for", "that", "told", "said", "from", "by", "aunt", "uncle", "sister", "brother", "nan", "baby")  # fmt: skip


def errors_allowed(length: int) -> int:
    """How many typing errors a name of this length may have and still be taken for itself."""
    if length < 4:
        return 0
    return 1 if length < 8 else 2


def rated(parts: tuple[Part, ...], rule: str, score: float) -> tuple[Part, ...]:
    """The same people, found by this rule and no surer than this."""
    return tuple(Part(p.person, p.kind, rule, round(min(p.score, score), 2)) for p in parts)


#: a name, and whom it names
_Named = tuple[str, tuple[Part, ...]]


class Slips:
    """The names of one register, to be found with slips in them."""

    def __init__(self, names: Iterable[_Named], short: Iterable[_Named] = ()) -> None:
        """``names``: squeezed, of four letters and more, with whom they name; ``short``: those of three that are no words."""
        self._names, self._short = tuple(names), tuple(short)

    @cached_property
    def _by_letter(self) -> dict[str, list[_Named]]:
        by_letter: dict[str, list[_Named]] = {}
        for named in self._names:
            by_letter.setdefault(named[0][0], []).append(named)
        return by_letter

    @cached_property
    def _tails(self) -> dict[str, list[_Named]]:
        tails: dict[str, list[_Named]] = {}
        for form, parts in self._names:
            if len(form) > _TAIL and parts[0].rule in AS_REGISTERED:
                tails.setdefault(form[1:], []).append((form, parts))
        return tails

    def find(self, key: str, *, small: bool) -> tuple[Part, ...]:
        """Whom the squeezed word names but for its slips; ``small``: it is typed without a capital."""
        if len(key) < 4:
            return ()
        return self._by_distance(key, small=small) or self._by_tail(key, small=small)

    def _by_distance(self, key: str, *, small: bool) -> tuple[Part, ...]:
        between = slips_between()
        best: tuple[Part, ...] = ()
        best_distance, best_length = 3, 0
        typed = len(key)
        # the first letter is nearly always right, or swapped with the second
        swapped = (
            (form, parts)
            for form, parts in self._by_letter.get(key[1], ())
            if len(form) >= _LONG_ENOUGH and key[:2] == form[1::-1]
        )
        for form, parts in (*self._by_letter.get(key[0], ()), *swapped):
            length = len(form)
            if not -3 < length - typed < 3:
                continue
            allowed = errors_allowed(length)
            distance = between(form, key, score_cutoff=allowed)
            if distance > allowed or distance >= best_distance or (small and distance > 1 and form[0] != key[0]):
                continue
            if small and min(length, typed) < _LONG_ENOUGH and not (parts[0].rule in AS_REGISTERED and is_no_word(key)):
                continue
            # a real name of its own (Marta beside Maria) is somebody else
            known_name = not small and is_somebody_else(key)
            if known_name and not (parts[0].rule in AS_REGISTERED and sound_of(form) == sound_of(key)):
                continue
            best, best_distance, best_length = parts, distance, length
        if small and min(best_length, typed) < _LONG_ENOUGH:
            return rated(best, SMALL_SLIP, 0.7)
        return rated(best, SLIP, 1 - 0.1 * best_distance)

    def _by_tail(self, key: str, *, small: bool) -> tuple[Part, ...]:
        """A first letter lost, or the one beside it on the keyboard: "lawale" for Olawale, "Ksmina" for Jsmina."""
        if key in self._tails:
            found = self._tails[key]
        elif len(key) > _TAIL:
            found = [near for near in self._tails.get(key[1:], ()) if key[0] in _BESIDE.get(near[0][0], "")]
        else:
            return ()
        if not found or is_somebody_else(key):
            return ()
        short = small and len(key) < _LONG_ENOUGH
        return rated(found[0][1], SMALL_SLIP, 0.7) if short else rated(found[0][1], SLIP, 0.85)

    def stuck(self, key: str) -> tuple[Part, ...]:
        """Whom a squeezed word names that has a small word stuck to it: "amaraand", "mumyetunde"."""
        if len(key) < 6 or is_somebody_else(key):
            return ()
        for word in _STUCK_BEHIND:
            if key.endswith(word) and (parts := self._called(key[: -len(word)])):
                return tuple(p._replace(rule="register:stuck to a word", stuck=word, score=0.8) for p in parts)
        for word in _STUCK_BEFORE:
            if key.startswith(word) and (parts := self._called(key[len(word) :])):
                return tuple(p._replace(rule="register:stuck to a word", stuck=word, score=0.8) for p in parts)
        return ()

    @cached_property
    def _outright(self) -> dict[str, tuple[Part, ...]]:
        return {
            form: parts
            for form, parts in (*self._names, *self._short)
            if parts[0].rule in AS_REGISTERED and any(p.kind != PARTICLE for p in parts)
        }

    def _called(self, name: str) -> tuple[Part, ...]:
        return self._outright.get(name, ())


def is_no_word(key: str) -> bool:
    """Whether a short word typed small is nothing that notes hold: no clipped word, no first name that is known the world over."""
    return not (is_clipped(key) or is_uncommon(key) or (is_first_name(key) and is_somebody_else(key)))
