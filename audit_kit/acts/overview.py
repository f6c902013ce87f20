"""The session at a glance: tracker workbook, status page and register of concerns, rewritten after each change.

They are worked out from the journal each time; when one can't be written (open in Excel), that is said and
the pass goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
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


@dataclass(frozen=True)
class _Paper:
    """Tracker, page or register: what makes it of what is shown, and, where another process does, what will come of that."""

    name: str
    work: Callable[..., bytes]
    shows: Callable[[], tuple[object, ...]]
    begun: Future[bytes] | None

    def made(self) -> bytes:
        """Its content, once it is ready. AuditKitError for a template that can't be used."""
        from audit_kit.acts.workers import NotDone

        with suppress(NotDone):  # what is wrong is met here, and told
            if self.begun is not None:
                return self.begun.result()
        return self.work(*self.shows())


@dataclass(frozen=True)
class InHand:
    """Tracker, page and registers while they are made. Where there are many audits another process makes them, and ends with it."""

    shown: bytes
    papers: tuple[_Paper, ...]
    helper: Workers

    def is_ready(self, seconds: float) -> bool:
        """Whether nothing has to be waited for any more, after so many seconds at most."""
        return not wait([one.begun for one in self.papers if one.begun], timeout=seconds).not_done


def write(kit: Kit, done: Pass | None = None, gives_way: Callable[[], bool] | None = None) -> None:
    """Write them anew. Which were open in another program, ``kit.not_up_to_date`` says.

    ``gives_way``: asked again and again whether something came that goes first. Then they stay as they are, and
    ``is_current`` says so; what another process has begun it goes on with, for the next call. A command for which nothing
    comes first has no use for one.
    """

    def go_on() -> None:
        if gives_way is not None and gives_way():
            raise _GivesWay

    with suppress(_GivesWay):
        beside = gives_way is not None
        if _written(kit, done, go_on, beside) != _shown_now(kit):  # it was begun before the newest happened
            go_on()
            _written(kit, done, go_on, beside)


def let_go(kit: Kit) -> None:
    """End the process that makes them, if there is one: they are made anew by the next run."""
    if kit.overview_in_hand is not None:
        with kit.overview_in_hand.helper:
            kit.overview_in_hand = None


def _written(kit: Kit, done: Pass | None, go_on: Callable[[], None], beside: bool) -> bytes:
    """Write what is in hand, or is begun now. As of when it shows everything."""
    from audit_kit.acts import agreed, calendars, concern_forms

    in_hand = kit.overview_in_hand = kit.overview_in_hand or _begun(kit, go_on, beside)
    while not in_hand.is_ready(_ASK_EACH_SECONDS):
        go_on()
    kit.overview_in_hand = None
    kit.not_up_to_date.clear()
    with in_hand.helper:
        for paper in in_hand.papers:
            _put(kit, paper.name, paper.made, done)
    calendar = ((calendars.TEAM_CALENDAR, partial(calendars.team_calendar, kit)),) if kit.sessions() else ()
    for name, make in (*calendar, *concern_forms.blank_maker(kit), *agreed.blank_makers(kit)):
        _put(kit, name, make, done)
    if not kit.not_up_to_date:
        kit.vault.put_bytes(_SHOWN, in_hand.shown)
    return in_hand.shown


def _begun(kit: Kit, go_on: Callable[[], None], beside: bool) -> InHand:
    """Tracker, page and registers as everything stands now, begun."""
    from audit_kit.acts import concern_register
    from audit_kit.acts.workers import Workers

    shown, seen = _shown_now(kit), list[Overview]()
    for session in kit.sessions():
        go_on()
        seen.append(_overview(kit, session))
    years, board = by_year(seen, kit.config.sessions_a_year), kit.config.board.name
    helper = Workers(1 if beside and sum(len(one.audits) for one in seen) >= _MANY_AUDITS else 0)

    def in_tracker() -> tuple[object, ...]:
        return _words(kit), years, board, rounds(kit.journal.events())

    def on_page() -> tuple[object, ...]:
        return kit.template("status.html").decode(), years, board, kit.clock.now()

    at_a_glance = ((TRACKER, _tracker, in_tracker), (PAGE, _page, on_page)) if seen else ()
    # a file that can't be read may raise a concern before any session stands
    of_concerns = ((name, work, partial(tuple, of)) for name, work, of in concern_register.papers(kit))
    papers = tuple(
        _Paper(name, work, shows, _begin(helper, work, shows)) for name, work, shows in (*at_a_glance, *of_concerns)
    )
    return InHand(shown, papers, helper)


def _begin(
    helper: Workers, work: Callable[..., bytes], shows: Callable[[], tuple[object, ...]]
) -> Future[bytes] | None:
    with suppress(AuditKitError):  # a template that is missing: that is met, and told, when the paper is written
        if helper.count:
            return helper.begin(work, *shows())
    return None


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


# --- here, or in a worker ---------------------------------------------------------------------------------------


def _tracker(
    words: TrackerWords, years: tuple[Year, ...], board: str, told: tuple[tuple[AuditRef, HistoryLine], ...]
) -> bytes:  # fmt: skip
    from audit_kit.office.tracker import write_tracker

    return write_tracker(words, years, board, told)


def _page(template: str, years: tuple[Year, ...], board: str, written: datetime) -> bytes:
    from audit_kit.office.status_page import write_status_page

    return write_status_page(template, years, board, written)
