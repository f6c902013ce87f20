"""Where an audit stands is worked out from the journal's events, never stored."""

from datetime import UTC, date, datetime

import pytest

from audit_kit.domain.progress import Event, EventKind, audits, concerns
from audit_kit.domain.references import AuditRef
from audit_kit.domain.states import AuditState, ConcernState

AUDIT = AuditRef("2026-A2-NEG", "H3", "MPS")
FIRST, SECOND = "a" * 64, "b" * 64


def on(day: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, 9, 30, tzinfo=UTC)


def an_event(what: EventKind, at: datetime, /, *, round: int = 1, item: str = "", **codes: str) -> Event:
    return Event(what, at, *(AUDIT.session, AUDIT.case, AUDIT.agency), round, item, codes=tuple(codes.items()))


def stands(*events: Event):
    return audits(events)[AUDIT]


ASKED = an_event(EventKind.ASKED, on(1), due="2026-10-08")
ISSUED = an_event(EventKind.ISSUED, on(9), due="2026-11-06")


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (EventKind.ISSUED, "awaited"),
        (EventKind.NO_INVOLVEMENT, "no involvement"),
        (EventKind.SENT_BACK, "sent back"),
        (EventKind.SET_ASIDE, "set aside"),
        (EventKind.WITH_REVIEWER, "with the reviewer"),
        (EventKind.REOPENED, "with the reviewer"),
        (EventKind.ACCEPTED, "accepted"),
        (EventKind.EXTENDED, "asked"),
        (EventKind.INVOLVEMENT_YES, "asked"),
    ],
)
def test_each_event_leads_to_its_state(kind, state):
    assert stands(ASKED, an_event(kind, on(2))).state == state


@pytest.mark.parametrize(
    "kind",
    [
        EventKind.RECEIVED,
        EventKind.DUPLICATE,
        EventKind.EARLIER_VERSION,
        EventKind.UNMATCHED,
        EventKind.UNREADABLE,
        EventKind.CONCERN_RAISED,
        EventKind.CONCERN_UNKNOWN,
        EventKind.REGISTER_OPENED,
    ],
)
def test_what_only_happens_beside_an_audit_changes_nothing_about_it(kind):
    assert stands(ASKED, ISSUED, an_event(kind, on(20), item=FIRST)) == stands(ASKED, ISSUED)


def test_an_audit_that_was_never_asked_for_does_not_stand():
    assert audits([Event(EventKind.SESSION_PLANNED, on(1), AUDIT.session)]) == {}


def test_the_audits_come_in_the_order_of_asking():
    events = [Event(EventKind.ASKED, on(1), "2026-A2-NEG", case, "GP", 1) for case in ("H2", "C1", "H1")]

    assert [ref.case for ref in audits(events)] == ["H2", "C1", "H1"]


def test_a_return_that_is_sent_back_is_awaited_in_the_next_round_and_due_anew():
    sent_back = an_event(EventKind.SENT_BACK, on(9, 11), round=2, item=FIRST, due="2026-11-16", rules="V14 V15")

    found = stands(ASKED, ISSUED, sent_back)

    assert (found.round, found.due, found.sent_back_times) == (2, date(2026, 11, 16), 1)
    assert (found.item, found.rules, found.received_on) == (FIRST, ("V14", "V15"), date(2026, 11, 9))


def test_a_better_return_leaves_no_query_of_the_first_behind():
    found = stands(
        ASKED,
        ISSUED,
        an_event(EventKind.SENT_BACK, on(9, 11), round=2, item=FIRST, due="2026-11-16", rules="V14"),
        an_event(EventKind.WITH_REVIEWER, on(13, 11), round=2, item=SECOND, flags="V18"),
    )

    assert (found.state, found.item, found.rules, found.flags) == (AuditState.WITH_REVIEWER, SECOND, (), ("V18",))
    assert (found.sent_back_times, found.received_on) == (1, date(2026, 11, 13))


def test_a_return_has_arrived_once_however_often_it_is_decided_about():
    found = stands(
        ASKED,
        ISSUED,
        an_event(EventKind.SET_ASIDE, on(2, 11), item=FIRST, doubts="3"),
        an_event(EventKind.WITH_REVIEWER, on(4, 11), item=FIRST),
        an_event(EventKind.SENT_BACK, on(6, 11), round=2, item=FIRST, due="2026-11-13", rules="QA"),
    )

    assert (found.received_on, found.since, found.open_doubts) == (date(2026, 11, 2), on(6, 11), 0)


def test_an_event_of_another_kind_that_names_the_file_is_no_return():
    found = stands(ASKED, ISSUED, an_event(EventKind.NO_INVOLVEMENT, on(20), item=FIRST))

    assert (found.item, found.received_on) == ("", None)


def test_more_time_moves_the_due_date_and_nothing_else():
    found = stands(ASKED, ISSUED, an_event(EventKind.EXTENDED, on(5, 11), due="2026-11-20"))

    assert (found.state, found.due, found.since) == (AuditState.AWAITED, date(2026, 11, 20), on(9))


def test_a_reopened_audit_keeps_its_return_and_its_round():
    found = stands(
        ASKED,
        ISSUED,
        an_event(EventKind.WITH_REVIEWER, on(3, 11), round=2, item=FIRST),
        an_event(EventKind.ACCEPTED, on(4, 11), round=2, item=FIRST),
        an_event(EventKind.REOPENED, on(5, 11), round=2, item=FIRST),
    )

    assert (found.state, found.item, found.round) == (AuditState.WITH_REVIEWER, FIRST, 2)


def test_the_return_is_not_late_on_the_day_it_is_due():
    assert not stands(ASKED, ISSUED).is_late(date(2026, 11, 6))


def test_the_return_is_late_the_day_after():
    assert stands(ASKED, ISSUED).is_late(date(2026, 11, 7))


def test_a_late_return_that_was_sent_back_is_late_only_after_its_new_date():
    found = stands(ASKED, ISSUED, an_event(EventKind.SENT_BACK, on(9, 11), round=2, item=FIRST, due="2026-11-16"))

    assert [found.is_late(date(2026, 11, day)) for day in (10, 16, 17)] == [False, False, True]


@pytest.mark.parametrize(
    "kind", [EventKind.WITH_REVIEWER, EventKind.SET_ASIDE, EventKind.ACCEPTED, EventKind.NO_INVOLVEMENT]
)
def test_what_lies_with_the_board_or_is_done_is_never_late(kind):
    assert not stands(ASKED, ISSUED, an_event(kind, on(5, 11))).is_late(date(2027, 11, 5))


def test_an_agency_that_said_it_was_involved_is_not_late_while_it_waits_for_its_tool():
    answered = an_event(EventKind.INVOLVEMENT_YES, on(6))

    assert stands(ASKED).is_late(date(2026, 10, 12))
    assert not stands(ASKED, answered).is_late(date(2026, 10, 12))
    assert stands(ASKED, answered, ISSUED).is_late(date(2026, 11, 7))


def test_a_concern_stands_for_itself_whatever_its_audit_does():
    raised = an_event(EventKind.CONCERN_RAISED, on(2, 11), key="risk:ab", kind="Unsafe practice", urgency="Same day")

    (found,) = concerns([ASKED, ISSUED, raised, an_event(EventKind.ACCEPTED, on(4, 11), item=FIRST)])

    assert (found.key, found.case, found.agency) == ("risk:ab", "H3", "MPS")
    assert (found.state, found.kind, found.urgency) == (ConcernState.RAISED, "Unsafe practice", "Same day")
