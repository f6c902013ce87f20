"""Schools, nurseries and surgeries of the register by initials: "OPA" of Oak Park Academy, "St W's", "Ada B"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit_kit.privacy.folding import fold
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.placeform import Form, Spelling, each_way, follow, lead
from audit_kit.privacy.placenames import GENERIC, NURSERY_END, SCHOOL_END, SURGERY_END, one_of, telling_words
from audit_kit.privacy.vocabulary import is_listed

#: behind capitals that stand for a name: "VGA's office"
_OWNED = r"(?:'s)?(?![\w&-])"


def initials_form(typed: str, kind: str, keep: KeepWords) -> Iterator[Form]:
    """OPA of Oak Park Academy: three letters and more, the last one of what kind of place it is."""
    words = re.findall(r"[A-Za-z]+", fold(typed).text.replace("'", ""))
    letters = "".join(word[0] for word in words if word.lower() not in ("the", "of", "and", "for", "at"))
    telling = "".join(word[0].upper() for word in telling_words(typed, kind) if word[0].isalpha())
    if len(telling) >= 4 and telling.lower() not in keep.words and not is_listed(telling.lower()):
        # OLOS of Our Lady of Sorrows
        yield _in_capitals(telling, _OWNED)
    if len(telling) >= 2 and telling.lower() not in keep.words:
        ends = {"school": SCHOOL_END, "nursery": NURSERY_END, "surgery": SURGERY_END}[kind]
        yield _in_capitals(telling, rf"(?i:{one_of(ends)}{{1,5}})(?![A-Za-z])")  # "OP Academy"
    known = letters.lower() in keep.words or is_listed(letters.lower())
    if len(letters) >= 3 and words[-1].lower() in GENERIC[kind] and not known:
        if words[0].lower() == "the":
            yield _in_capitals(f"T{letters.upper()}", r"(?![\w&-])")
        yield _in_capitals(letters.upper(), _OWNED)
        pointed = ".".join(letters.upper())
        yield Form((pointed.lower(),), Spelling.of(pointed), lead(r"(?<![\w.])"), follow(r"(?!\w)\.?"))


def _in_capitals(letters: str, behind: str) -> Form:
    return Form((letters.lower(),), Spelling.of(letters), lead(r"(?<![\w.&-])"), follow(behind), letters)


def saint_form(telling: list[str]) -> Iterator[Form]:
    """St W's of St Winifred's."""
    if len(telling) > 1 and telling[0].lower().rstrip(".") in ("st", "saint") and telling[1][0].isupper():
        letter, behind = telling[1][0], follow(r"(?:'?s)?\.?(?![\w-]|[ ][A-Z])")
        for saints in (("St", "ST"), ("St.", "ST."), ("Saint",)):
            ways = tuple(f"{saint} {letter}" for saint in saints)
            yield Form((ways[0].lower(),), Spelling.of(*ways), lead(r"(?<!\w)"), behind)


def initial_form(telling: list[str]) -> Iterator[Form]:
    """Ada B of Ada Beckwith School."""
    first = re.sub(r"'s$", "", telling[0]) if telling else ""
    if len(telling) == 2 and first.isalpha() and len(first) > 2 and telling[1][:1].isupper():
        second = (telling[1][0], "X") if telling[1].lower() == "cross" else (telling[1][0],)
        owned = ("'s", "s", "") if first != telling[0] else ("",)
        spelling = Spelling.of(*each_way((first.capitalize(),), owned, (" ",), second))
        yield Form((first.lower(),), spelling, lead(r"(?<![\w'-])"), follow(r"\.?(?![\w'-]|\.\w|[ ][A-Z])"))
