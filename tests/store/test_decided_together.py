"""Decisions that are made one after the other are written and closed several at a time; none is lost or late by it."""

import pytest
from mini import RETURNED, an_installation

from audit_kit.domain.outputs import Output


@pytest.fixture
def mini(tmp_path):
    return an_installation(tmp_path / "kit")


def test_their_papers_are_in_their_places_and_they_are_closed_when_the_block_ends(mini):
    with mini.on(RETURNED) as kit:
        with kit.closing_together():
            kit.carry_out("first", [], [Output("team/first.txt", b"one")])
            kit.carry_out("second", [], [Output("team/second.txt", b"two")])
            assert (mini.in_outbox("team/*"), kit.journal.open_batches()) == ([], ("first", "second"))

        assert mini.in_outbox("team/*") == ["team/first.txt", "team/second.txt"]
        assert kit.journal.open_batches() == ()
        assert kit.vault.names("prepared") == ()


def test_an_urgent_notice_waits_for_no_other_decision(mini):
    with mini.on(RETURNED) as kit, kit.closing_together():
        kit.carry_out("ordinary", [], [Output("team/first.txt", b"one")])
        kit.carry_out("concern", [], [Output("urgent/notice.txt", b"now")])

        assert mini.in_outbox("*/*") == ["urgent/notice.txt"]
        assert kit.journal.open_batches() == ("ordinary",)


def test_no_more_than_a_few_wait_however_many_are_made(mini):
    with mini.on(RETURNED) as kit, kit.closing_together():
        for number in range(100):
            kit.carry_out(f"{number}", [], [Output(f"team/{number}.txt", b"one")])
            assert len(kit.journal.open_batches()) < 20


def test_a_paper_that_is_withdrawn_before_it_was_written_does_not_come_back(mini):
    with mini.on(RETURNED) as kit:
        with kit.closing_together():
            kit.carry_out("first", [], [Output("team/first.txt", b"one")])
            kit.withdraw("team/first.txt")

        assert mini.in_outbox("team/*") == []


def test_of_two_that_write_the_same_paper_the_later_one_counts(mini):
    with mini.on(RETURNED) as kit:
        with kit.closing_together():
            kit.carry_out("first", [], [Output("team/paper.txt", b"older")])
            kit.carry_out("second", [], [Output("team/paper.txt", b"newer")])

        assert (mini.outbox / "team" / "paper.txt").read_bytes() == b"newer"


def test_what_a_block_that_ended_by_an_error_had_decided_is_written_by_the_next_run(mini):
    with mini.on(RETURNED) as kit, pytest.raises(RuntimeError), kit.closing_together():
        kit.carry_out("first", [], [Output("team/first.txt", b"one")])
        raise RuntimeError
    assert mini.in_outbox("team/*") == []

    with mini.on(RETURNED) as kit:
        assert mini.in_outbox("team/*") == ["team/first.txt"]
        assert kit.journal.open_batches() == ()
