"""What the check code binds: each part of a reference and the round, under the Board's own secret."""

from __future__ import annotations

import pytest

from audit_kit.domain.check_code import check_code, is_genuine
from audit_kit.domain.references import AuditRef

SECRET, OTHER_SECRET = b"s" * 32, b"t" * 32
AUDIT = AuditRef("2026-A2-NEG", "H3", "MPS")


def test_the_code_names_nobody_and_can_be_read_out():
    code = check_code(SECRET, AUDIT, 1)

    assert [len(group) for group in code.split("-")] == [5, 5, 5, 5]
    assert code == check_code(SECRET, AUDIT, 1)


@pytest.mark.parametrize(
    ("secret", "audit", "round_number"),
    [
        (OTHER_SECRET, AUDIT, 1),
        (SECRET, AuditRef("2027-A1-NEG", "H3", "MPS"), 1),
        (SECRET, AuditRef("2026-A2-NEG", "H4", "MPS"), 1),
        (SECRET, AuditRef("2026-A2-NEG", "H3", "GP"), 1),
        (SECRET, AUDIT, 2),
    ],
)
def test_another_secret_session_case_agency_or_round_has_another_code(secret, audit, round_number):
    assert not is_genuine([check_code(secret, audit, round_number)], SECRET, AUDIT, 1)


def test_one_place_is_enough_but_none_may_hold_another_code():
    right, other = check_code(SECRET, AUDIT, 1), check_code(SECRET, AUDIT, 2)

    assert is_genuine([right.lower() + " ", ""], SECRET, AUDIT, 1)
    assert is_genuine([right, other], SECRET, AUDIT, 1) is False
    assert is_genuine(["", " "], SECRET, AUDIT, 1) is None


def test_a_short_secret_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        check_code(b"short", AUDIT, 1)
