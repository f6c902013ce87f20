"""The session at a glance: tracker workbook, status page and register of concerns, rewritten after each change.

They are worked out from the journal each time; when one can't be written (open in Excel), that is said and
the pass goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from audit_kit.domain.history import rounds
from audit_kit.domain.overview import Overview, by_year
from audit_kit.domain.progress import concerns
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.stages.overview import overview
from audit_kit.stages.reached import reached
from audit_kit.store.folders import shipped

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.tracker_wording import TrackerWords

TRACKER, PAGE = "tracker.xlsx", "status.html"


def overviews(kit: Kit, session: str = "") -> tuple[Overview, ...]:
    """Where every audit of one session, or of all, stands today."""
    chosen = (kit.session(session),) if session else kit.sessions()
    # of every session: a concern whose sender isn't known may be about any of these children
    raised, days = concerns(kit.journal.events()), kit.config.calendar.step_days()
    return tuple(
        overview(one, kit.progress(one.ref), raised, kit.clock.today(), days, reached(kit.journal.events(one.ref)))
        for one in chosen
    )


def is_current(kit: Kit) -> bool:
    """Whether they show what the journal holds today, and are there: a stop may have come before, the team may delete one.

    What was open in another program counts, until something else changes or the kit is started again.
    """
    there = all((kit.folders.outbox / name).exists() for name in (TRACKER, PAGE))
    return there and (bool(kit.not_up_to_date) or kit.vault.get_bytes(_SHOWN) == _shown_now(kit))


_SHOWN = "shown/overview"  # what the overview that was written last shows


def _shown_now(kit: Kit) -> bytes:
    return f"{kit.journal.head()} {kit.clock.today()}".encode()


def _words(kit: Kit) -> TrackerWords:
    """The tracker's titles and headings; audit-kit's own where the team's are missing."""
    from audit_kit.office.tracker_wording import TEMPLATE, tracker_words

    own = (shipped("templates") / TEMPLATE).read_bytes()
    try:
        return tracker_words(kit.template(TEMPLATE), own)
    except AuditKitError:  # doctor says so
        return tracker_words(own, own)


class _GivesWay(Exception):
    """Something came that goes first."""


def _never() -> bool:
    return False


def write(kit: Kit, done: Pass | None = None, gives_way: Callable[[], bool] = _never) -> None:
    """Write them anew. Which were open in another program, ``kit.not_up_to_date`` says.

    ``gives_way``: asked again and again whether something came that goes first. Then they stay as they are, and
    ``is_current`` says so.
    """

    def go_on() -> None:
        if gives_way():
            raise _GivesWay

    with suppress(_GivesWay):
        _write(kit, done, go_on)


def _write(kit: Kit, done: Pass | None, go_on: Callable[[], None]) -> None:
    from audit_kit.acts import agreed, calendars, concern_forms, concern_register
    from audit_kit.office.status_page import write_status_page
    from audit_kit.office.tracker import write_tracker

    go_on()
    seen, board, shown = overviews(kit), kit.config.board.name, _shown_now(kit)
    years = by_year(seen, kit.config.sessions_a_year)
    kit.not_up_to_date.clear()
    at_a_glance: list[tuple[str, Callable[[], bytes]]] = [
        (TRACKER, lambda: write_tracker(_words(kit), years, board, rounds(kit.journal.events()), go_on)),
        (PAGE, lambda: write_status_page(kit.template("status.html").decode(), years, board, kit.clock.now())),
        (calendars.TEAM_CALENDAR, lambda: calendars.team_calendar(kit)),
    ]
    # a file that can't be read may raise a concern before any session stands
    for name, make in (
        *(at_a_glance if seen else ()),
        *concern_register.makers(kit),
        *concern_forms.blank_maker(kit),
        *agreed.blank_makers(kit),
    ):
        go_on()
        try:
            kit.disk.write(kit.folders.outbox / name, make())
        except PermissionError:  # open in Excel on Windows
            kit.not_up_to_date.add(name)
            problem = f"{name} is open in another program and was not brought up to date; the next run tries again."
        except AuditKitError as fault:  # of a template: it must not hold up the returns
            problem = fault.sentence()
        else:
            continue
        if done is not None:
            done.say(problem, for_a_person=True)
    if not kit.not_up_to_date:
        kit.vault.put_bytes(_SHOWN, shown)
