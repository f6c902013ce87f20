"""The table of moves, tried in every pair: what is not written here may not happen."""

from itertools import product

import pytest

from audit_kit.domain.states import AUDIT_MOVES, CONCERN_MOVES, AuditState, ConcernState, may_move

# a second, independent writing of the table: changing a move means changing it here too
AUDIT = {
    ("asked", "awaited"),
    ("asked", "no involvement"),
    ("awaited", "with the reviewer"),
    ("awaited", "sent back"),
    ("awaited", "set aside"),
    ("awaited", "no involvement"),
    ("sent back", "with the reviewer"),
    ("sent back", "sent back"),
    ("sent back", "set aside"),
    ("set aside", "with the reviewer"),
    ("set aside", "sent back"),
    ("set aside", "awaited"),
    ("with the reviewer", "accepted"),
    ("with the reviewer", "sent back"),
    ("with the reviewer", "set aside"),
    ("accepted", "with the reviewer"),
    ("accepted", "set aside"),
    ("no involvement", "with the reviewer"),
    ("no involvement", "awaited"),
    ("no involvement", "set aside"),
}
CONCERN = {
    ("raised", "acknowledged"),
    ("raised", "passed up a level"),
    ("acknowledged", "response received"),
    ("acknowledged", "passed up a level"),
    ("response received", "assurance accepted"),
    ("response received", "passed up a level"),
    ("passed up a level", "acknowledged"),
    ("passed up a level", "response received"),
    ("passed up a level", "assurance accepted"),
    ("passed up a level", "passed up a level"),
}


@pytest.mark.parametrize(("before", "after"), list(product(AuditState, repeat=2)))
def test_an_audit_moves_only_as_the_table_says(before, after):
    assert may_move(before, after) is ((before.value, after.value) in AUDIT)


@pytest.mark.parametrize(("before", "after"), list(product(ConcernState, repeat=2)))
def test_a_concern_moves_only_as_the_table_says(before, after):
    assert (after in CONCERN_MOVES[before]) is ((before.value, after.value) in CONCERN)


def test_there_are_seven_states_of_an_audit_and_five_of_a_concern():
    assert (len(AuditState), len(ConcernState)) == (7, 5)
    assert (set(AUDIT_MOVES), set(CONCERN_MOVES)) == (set(AuditState), set(ConcernState))


def test_late_is_no_state():
    assert "late" not in {state.value for state in AuditState}


def test_nothing_is_accepted_that_no_reviewer_had():
    assert {before for before in AuditState if may_move(before, AuditState.ACCEPTED)} == {AuditState.WITH_REVIEWER}


def test_what_was_sent_back_may_not_become_a_nil_return():
    assert not may_move(AuditState.SENT_BACK, AuditState.NO_INVOLVEMENT)


def test_every_audit_can_still_come_to_its_end():
    ends = {AuditState.ACCEPTED, AuditState.NO_INVOLVEMENT}
    for state in AuditState:
        seen, ahead = {state}, [state]
        while ahead:
            ahead = [after for before in ahead for after in AUDIT_MOVES[before] if after not in seen]
            seen.update(ahead)
        assert seen & ends, state


def test_a_concern_is_closed_by_assurance_alone():
    assert [state for state in ConcernState if not CONCERN_MOVES[state]] == [ConcernState.ASSURED]
