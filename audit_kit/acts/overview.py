"""The session at a glance: tracker workbook, status page and register of concerns, rewritten after each change.

They are worked out from the journal each time; when one can't be written (open in Excel), that is said and
the pass goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from audit_kit.domain.history import HistoryLine, rounds
from audit_kit.domain.overview import Overview, Year, by_year
from audit_kit.domain.references import AuditRef
from audit_kit.domain.session import AuditSession
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.stages.overview import overview
from audit_kit.stages.reached import reached
from audit_kit.store.folders import shipped

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.acts.workers import Workers
    from audit_kit.office.tracker_wording import TrackerWords

TRACKER, PAGE = "tracker.xlsx", "status.html"
_MANY_AUDITS = 500  # for so many it takes longer than a process takes to start
_ASK_EACH_SECONDS = 0.1  # whether something came that goes first, while another process makes them


def overviews(kit: Kit, session: str = "") -> tuple[Overview, ...]:
    """Where every audit of one session, or of all, stands today."""
    return tuple(_overview(kit, one) for one in ((kit.session(session),) if session else kit.sessions()))


def _overview(kit: Kit, session: AuditSession) -> Overview:
    # of every session: a concern whose sender isn't known may be about any of these children
    raised, days = kit.concerns(), kit.config.calendar.step_days()
    came_of_it = reached(kit.journal.events(session.ref))
    return overview(session, kit.progress(session.ref), raised, kit.clock.today(), days, came_of_it)


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
    from audit_kit.acts.workers import Workers

    seen, shown = [], _shown_now(kit)
    for session in kit.sessions():
        go_on()
        seen.append(_overview(kit, session))
    years = by_year(seen, kit.config.sessions_a_year)
    kit.not_up_to_date.clear()
    with Workers(1 if sum(len(one.audits) for one in seen) >= _MANY_AUDITS else 0) as helper:
        # a file that can't be read may raise a concern before any session stands
        for name, make in (
            *(((TRACKER, lambda: _made(helper, go_on, _tracker, *_shown_by_tracker(kit, years))),
               (PAGE, lambda: _made(helper, go_on, _page, *_shown_by_page(kit, years))),
               (calendars.TEAM_CALENDAR, lambda: calendars.team_calendar(kit))) if seen else ()),
            *concern_register.makers(kit),
            *concern_forms.blank_maker(kit),
            *agreed.blank_makers(kit),
        ):  # fmt: skip
            go_on()
            _put(kit, name, make, done)
    if not kit.not_up_to_date:
        kit.vault.put_bytes(_SHOWN, shown)


def _put(kit: Kit, name: str, make: Callable[[], bytes], done: Pass | None) -> None:
    """Write one of them, or say why it stays as it was."""
    try:
        kit.disk.write(kit.folders.outbox / name, make())
    except PermissionError:  # open in Excel on Windows
        kit.not_up_to_date.add(name)
        problem = f"{name} is open in another program and was not brought up to date; the next run tries again."
    except AuditKitError as fault:  # of a template: it must not hold up the returns
        problem = fault.sentence()
    else:
        return
    if done is not None:
        done.say(problem, for_a_person=True)


def _made(helper: Workers, go_on: Callable[[], None], work: Callable[..., bytes], *shown: object) -> bytes:
    """What this work makes of what is shown; where there is a helper, beside this process, which looks to the inbox meanwhile."""
    from audit_kit.acts.workers import NotDone

    if not helper.count:
        return work(*shown)
    begun = helper.begin(work, *shown)
    while True:
        try:
            return bytes(begun.result(_ASK_EACH_SECONDS))
        except TimeoutError:
            go_on()
        except NotDone:  # what is wrong is met here, and told
            return work(*shown)


def _shown_by_tracker(kit: Kit, years: tuple[Year, ...]) -> tuple[object, ...]:
    return _words(kit), years, kit.config.board.name, rounds(kit.journal.events())


def _shown_by_page(kit: Kit, years: tuple[Year, ...]) -> tuple[object, ...]:
    return kit.template("status.html").decode(), years, kit.config.board.name, kit.clock.now()


# --- here, or in a worker ---------------------------------------------------------------------------------------


def _tracker(
    words: TrackerWords, years: tuple[Year, ...], board: str, told: tuple[tuple[AuditRef, HistoryLine], ...]
) -> bytes:  # fmt: skip
    from audit_kit.office.tracker import write_tracker

    return write_tracker(words, years, board, told)


def _page(template: str, years: tuple[Year, ...], board: str, written: datetime) -> bytes:
    from audit_kit.office.status_page import write_status_page

    return write_status_page(template, years, board, written)
