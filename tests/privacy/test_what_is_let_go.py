"""What a session's or a case's names were compiled into goes when nobody needs it any more, without waiting to be swept up.

While thousands of returns are worked on Python hardly ever looks for values that only hold each other
(``acts/sweeping.py``): each session would leave megabytes behind.
"""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

from audit_kit.acts.kept_words import kept_words
from audit_kit.acts.name_search import NameSearch
from audit_kit.demo.cast import CASES, demo_case
from audit_kit.domain.register import CaseRegister
from audit_kit.privacy.words import WordBook


@contextmanager
def never_swept() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def register(case: str) -> CaseRegister:
    return CaseRegister(case, demo_case(case).people)


def test_the_search_of_a_session_goes_with_all_that_it_compiled():
    case = CASES[0]
    mention = f"{demo_case(case).people[0].name} was seen. Code: ABCDE-FGHIJ-KLMNO-PQRST".encode()

    with never_swept():
        search = NameSearch([register(case)], kept_words(()))
        assert search.in_file("letter.txt", mention, frozenset())
        compiled = weakref.ref(search), weakref.ref(search._all)
        del search

        assert [left() for left in compiled] == [None, None]


def test_the_words_of_a_case_go_with_its_return():
    with never_swept():
        book = WordBook(register(CASES[0]), kept_words(()))
        assert book["playground"]
        words = weakref.ref(book), weakref.ref(book._seen)
        del book

        assert [left() for left in words] == [None, None]
