"""Work once through the inbox. Two walks: first every concern goes out, then each form to its place.

The order is keep, record, clear, act, close, every step repeatable: stopped anywhere, the next run takes up
what is left, and nothing is lost or done twice.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from audit_kit.acts import (
    agreed,
    concern_clock,
    concern_forms,
    concerns,
    disseminating,
    engagement_papers,
    feedback,
    following_up,
    involvement,
    meetings,
    overview,
    planning,
    qa_papers,
    quality_assurance,
    reminding,
    returned_reports,
    returns,
    review_papers,
    reviewing,
    signing_off,
)
from audit_kit.acts.receiving import receive_arrivals
from audit_kit.acts.reporting import SIGN_OFF_FORM
from audit_kit.acts.setting_aside import (
    DEADLY,
    goes_on,
    hold_up,
    set_aside,
    still_held_up,
    unreadable,
)
from audit_kit.acts.sweeping import swept_seldom
from audit_kit.domain.progress import EventKind
from audit_kit.errors import AuditKitError, HeldUp
from audit_kit.kit import Kit
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.ahead import Ahead
    from audit_kit.acts.reading import Readings
    from audit_kit.acts.workers import Workers
    from audit_kit.office.safe_read import Cleaned, Refused

_MOST_PLACES = 20  # that one event names
_LOOK_SECONDS = 1.0  # at the least, between two looks at the inbox while a pass runs
MOST_TRIES = 3  # a file that kills the kit itself is tried no more than this, across restarts


@dataclass
class Pass:
    """What one walk through the inbox did, for the console: sentences without names or file names."""

    sentences: list[str] = field(default_factory=list)
    for_a_person: int = 0
    handled: int = 0

    def say(self, sentence: str, *, for_a_person: bool = False) -> None:
        """Note one sentence; ``for_a_person`` when somebody must look at something."""
        self.sentences.append(sentence)
        self.for_a_person += for_a_person


def _never() -> bool:
    return False


def work_through_inbox(
    kit: Kit,
    wait: Callable[[float], None],
    stopping: Callable[[], bool] = _never,
    done: Pass | None = None,
    gives_way: Callable[[], bool] = _never,
) -> Pass:
    """Handle everything that has finished arriving, and whatever an earlier run left open.

    ``wait`` is called with seconds between the two looks that tell a finished file from one that is still
    being copied. One bad file never holds up the rest. ``stopping``, ``done`` and ``gives_way``: see ``one_pass``.
    """
    kit.inbox.settled(kit.clock.monotonic())
    wait(kit.config.watch.settle_seconds)
    done = one_pass(kit, stopping, done, gives_way)
    if left := kit.inbox.left_lying():  # a service tells of them when they lie there for long; a single run can't know
        done.say(
            f"{left} file{'s' if left != 1 else ''} in the inbox, empty or under a name of work in progress (.tmp, .part, "
            f".crdownload), {'were' if left != 1 else 'was'} left there. If nobody is saving there now, look at "
            f"{'them' if left != 1 else 'it'}.",
            for_a_person=True,
        )
    return done


@swept_seldom()
def one_pass(
    kit: Kit,
    stopping: Callable[[], bool] = _never,
    done: Pass | None = None,
    gives_way: Callable[[], bool] = _never,
) -> Pass:
    """Handle what has settled since earlier looks. The inbox remembers its looks, so a service calls this.

    ``stopping`` is asked between files: once it says yes, what was not begun is left to the next run. ``done`` is
    added to as the pass goes on, for a caller that must tell of it also when the disk refuses half-way (OSError).
    ``gives_way``: whether QA workbooks and overview are left to the next pass, since something came meanwhile.
    """
    from audit_kit.acts.reading import Readings
    from audit_kit.acts.workers import Workers

    done = done if done is not None else Pass()
    kit.openings.clear()  # each pass opens the register anew, and says so
    _tell_of_the_clock(kit, done)
    with Workers.up_to(kit.config.watch.workers) as workers:
        with Readings(kit, workers) as readings:
            receive_arrivals(kit, done, stopping, readings.expect)
            # a decided review workbook opens the returns that waited for it: they are read in the same pass
            while not stopping() and (items := _to_work_on(kit)):
                _work_on(kit, items, workers.if_worth_it(len(items)), readings, done, stopping)
        if stopping():
            return done
        review_papers.write_review_workbooks(kit, workers, done)
        qa_papers.write_qa_workbooks(kit, workers, done, gives_way)
    engagement_papers.write_engagement_forms(kit, done)
    chased = [concern_clock.chase(kit, done), reminding.chase(kit, done)]
    if done.handled or any(chased) or not overview.is_current(kit):
        overview.write(kit, done, gives_way)
    return done


def _to_work_on(kit: Kit) -> tuple[Item, ...]:
    """What is open, but for what waits for something on our side that is as it was."""
    return tuple(item for item in kit.journal.take_up() if not still_held_up(kit, item))


def _work_on(
    kit: Kit, items: tuple[Item, ...], workers: Workers, readings: Readings, done: Pass, stopping: Callable[[], bool]
) -> None:  # fmt: skip
    """Two walks over these items: what is urgent goes out from all of them before any is judged, and is judged first.

    What comes meanwhile is kept, and its concerns go out, between two files; it is judged in the walks that follow.
    """
    from audit_kit.acts.ahead import Ahead, in_turn

    with kit.closing_together():
        known = {item.sha for item in items}
        readings.expect([item.sha for item in items if item.tries < MOST_TRIES])
        for item in items:
            if stopping():
                return
            if readings.looked_at(item.sha):  # it came while an earlier walk was on its way: its concern is out
                continue
            _let_the_urgent_pass(kit, readings, known, done, stopping)
            _attend(kit, readings, item, done, partial(_escalate, kit, readings, item, done))
        numbered = in_turn(items, readings)
        held_before = {event.item for event in kit.journal.events() if event.kind is EventKind.HELD_UP}
        ahead = Ahead(kit, workers, readings, (item for _, item in numbered))
        for number, item in numbered:
            if stopping():
                return
            if not _is_open(kit, item) or still_held_up(kit, item):  # what went wrong in the first walk has settled it
                continue
            _let_the_urgent_pass(kit, readings, known, done, stopping)
            place = f"File {number} of {len(items)}, received {item.received.astimezone():%H:%M}"
            _attend(kit, readings, item, done, partial(_handle, kit, readings, ahead, item, place, done))
            if item.sha in held_before and not _is_open(kit, item):
                goes_on(kit, item)
            ahead.done_with(item.sha)
            readings.done_with(item.sha)
            done.handled += 1


def _let_the_urgent_pass(
    kit: Kit, readings: Readings, known: set[str], done: Pass, stopping: Callable[[], bool]
) -> None:  # fmt: skip
    """Keep what came since the last look and pass on its concerns, so that none waits for the end of a long pass.

    ``known``: what this pass has taken up, which grows.
    """
    if kit.clock.monotonic() - kit.inbox.looked_at < max(kit.config.watch.settle_seconds, _LOOK_SECONDS):
        return
    if receive_arrivals(kit, done, stopping):
        for item in kit.journal.take_up():
            if item.sha not in known:
                known.add(item.sha)
                _attend(kit, readings, item, done, partial(_escalate, kit, readings, item, done))


def _tell_of_the_clock(kit: Kit, done: Pass) -> None:
    """Say once, while it lasts, that the clock went back."""
    back = kit.clock_went_back()
    if back and not kit.told_clock:
        done.say(back, for_a_person=True)
    kit.told_clock = bool(back)


def _is_open(kit: Kit, item: Item) -> bool:
    now = kit.journal.item(item.sha)
    return now is not None and now.open


def _attend(kit: Kit, readings: Readings, item: Item, done: Pass, step: Callable[[], None]) -> None:
    """Do one step for one item, so that whatever goes wrong with it stays with it.

    What is wrong with the file sets it aside; what is wrong on our own side lets it wait, open. A fault of the kit
    itself is tried again by two more runs: then a person must look, and the file may be dropped again.
    """
    from audit_kit.office.gate_child import ReaderNotStarted

    try:
        with kit.at_hand.working_on(item.sha):
            step()
    except ReaderNotStarted:
        raise  # the machine, not the file: it is read by the next run
    except HeldUp as problem:
        hold_up(kit, item, problem, done, readings.audit_of(item.sha))
    except AuditKitError as problem:
        set_aside(kit, item, problem, done)
    except OSError:
        raise  # the disk, not the file: nothing is decided, and the next run takes it up
    except Exception:
        # a fault of the kit itself. The traceback may quote an answer, so it is kept sealed
        kit.vault.put_bytes(f"faults/{item.sha}", traceback.format_exc().encode())
        kit.journal.tried(item.sha)
        what = "audit-kit met a fault of its own with this file."
        next_step = "Tell those who look after audit-kit; the details are sealed in the store."
        if item.tries + 1 < MOST_TRIES:
            hold_up(kit, item, HeldUp(what, next_step=next_step), done, readings.audit_of(item.sha))
            return
        again = AuditKitError(
            f"{what} So it did in earlier runs.",
            not_happened="Nothing was concluded from it; the file is kept, and is not tried again by itself.",
            next_step=f"{next_step} When they have mended it, drop the file into the inbox again.",
        )
        set_aside(kit, item, again, done)


def _escalate(kit: Kit, readings: Readings, item: Item, done: Pass) -> None:
    """Pass on any concern in this item before anything about it is judged, also if it can't be read."""
    from audit_kit.office.safe_read import Refused

    if item.tries >= MOST_TRIES:
        concerns.tell_of_unreadable(kit, item, done)
        return
    try:
        if readings.look(item.sha).risk:
            concerns.escalate(kit, item, readings.book(item.sha), done)
    except Refused as refused:
        form, _ = _word_form(kit, item, refused)
        if form == "feedback":
            feedback.escalate_feedback(kit, item, kit.vault.staged(item.sha) or b"", done)
        elif not form:
            concerns.tell_of_unreadable(kit, item, done)


def _tell_of_cleaning(kit: Kit, item: Item, cleaned: tuple[Cleaned, ...], place: str, done: Pass) -> None:
    """Record, once, every text that is not as it stood in the file; say so where characters were taken out of it."""
    from audit_kit.office.safe_read import in_places

    if not cleaned:
        return
    taken_out = [one for one in cleaned if one.taken_out]
    codes = (
        ("texts", str(len(cleaned))),
        ("characters", str(sum(one.taken_out for one in taken_out))),
        ("places", "; ".join(one.place for one in cleaned[:_MOST_PLACES])),
    )
    kit.carry_out(f"cleaned:{item.sha}", [kit.event(EventKind.CLEANED, item=item.sha, codes=codes)])
    if taken_out:
        done.say(f"{place}: control characters that nobody can see were taken out of {in_places(taken_out)}.")


#: what each form is handled by; a form that is not here is set aside
_FORMS: dict[str, Callable[..., None]] = {
    "plan": planning.take_plan,
    "involvement": involvement.take_involvement,
    "tool": returns.take_return,
    "review": reviewing.take_review,
    "concern": concern_forms.take_concern,
    SIGN_OFF_FORM: signing_off.take_sign_off,
    "meeting": meetings.take_meeting,
    "learning": disseminating.take_learning,
    "actions": following_up.take_actions,
    "qa": quality_assurance.take_qa,
    "engagement": engagement_papers.take_engagement,
    "agreed": agreed.take_agreed,
}


#: the Board's forms in Word; any other Word file gets the wrong-type sentence
_WORD_FORMS = {"report": returned_reports.take_report, "feedback": feedback.take_feedback}


def _word_form(kit: Kit, item: Item, refused: Refused) -> tuple[str, Refused]:
    """Which of the Board's Word forms this file is, by its own mark and behind Word's gate; "" for none, and then why."""
    from audit_kit.office.gate_reasons import Reason, Refused
    from audit_kit.office.word_gate import inspect_word

    if refused.reason is not Reason.WORD:
        return "", refused
    try:
        form = inspect_word(kit.vault.staged(item.sha) or b"").form
    except Refused as of_a_document:
        return "", of_a_document
    return form if form in _WORD_FORMS else "", refused


def _handle(kit: Kit, readings: Readings, ahead: Ahead, item: Item, place: str, done: Pass) -> None:
    """Take one received file to its proper place. Running this twice on the same item does no harm."""
    from audit_kit.office.safe_read import Refused

    if item.tries >= MOST_TRIES:
        deadly = AuditKitError(
            "One file stopped audit-kit three times.",
            not_happened="It was not tried again.",
            next_step="Ask the sender to copy the answers into a fresh tool.",
        )
        set_aside(kit, item, deadly, done, code=DEADLY)
        return
    try:
        look = readings.look(item.sha)
    except Refused as refused:
        form, why = _word_form(kit, item, refused)
        handle_word = _WORD_FORMS.get(form)
        if handle_word is None:
            unreadable(kit, item, why, place, done)
        else:
            handle_word(kit, item, kit.vault.staged(item.sha) or b"", place, done)
        return
    _tell_of_cleaning(kit, item, look.cleaned, place, done)
    handle = _FORMS.get(look.form)
    if handle is None:
        raise AuditKitError(
            "It is a workbook, but none of the Board's forms.",
            where=place,
            not_happened="Nothing was read from it as an answer.",
            next_step="Ask the sender to type the answers into the tool they were sent, and to return that.",
        )
    is_return = handle is returns.take_return
    came = returns.Came(look.identity, readings, ahead) if is_return else readings.book(item.sha)
    handle(kit, item, came, place, done)
