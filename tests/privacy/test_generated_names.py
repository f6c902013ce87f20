"""No known name survives, whatever its case, spacing, accents or typing errors."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from generated import FORMS, NAMES, families, mentions

from audit_kit.privacy import CaseAnonymiser, KeepWords

#: forms whose last two characters are a possessive that stays; the article of a plural stays too
_POSSESSIVE = ("possessive", "curly possessive")


def _masked_share(seed, count):
    rng = random.Random(seed)
    keep, missed, seen = KeepWords.standard(), [], 0
    for register, people in families(rng):
        anonymiser = CaseAnonymiser.for_case(register, keep)
        for mention in mentions(people, rng, count=100):
            end = mention.end - 2 if mention.form in _POSSESSIVE else mention.end
            start = mention.start + len("the ") if mention.form == "plural" else mention.start
            left = {i for i in range(start, end) if mention.text[i].isalnum()}
            for replacement in anonymiser.mask(mention.text).replacements:
                left -= set(range(replacement.start, replacement.end))
            seen += 1
            if left:
                missed.append((mention.form, mention.text))
        if seen >= count:
            return 1 - len(missed) / seen, missed
    raise AssertionError("the families end")


def test_names_come_from_twelve_origins_and_more():
    assert len(NAMES) >= 12
    assert len(FORMS) >= 24


def test_registered_names_are_masked_in_every_form():
    share, missed = _masked_share(seed=20261124, count=10_000)

    assert share >= 0.999, missed[:5]


@pytest.mark.proof
@pytest.mark.parametrize("seed", [101, 202, 303])
def test_a_hundred_thousand_mentions_are_masked(seed):
    share, missed = _masked_share(seed=seed, count=100_000)

    assert share >= 0.999, missed[:5]
