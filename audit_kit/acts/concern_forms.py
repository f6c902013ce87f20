"""The forms of urgent concerns: written beside each notice, and taken when they come back through the inbox.

They record the same steps as ``audit-kit concern``, by the same events. What was said is kept sealed and stands in
no paper, not even in a form that is given back.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": concerns are "escalated to the respective agencies
for a response and assurance".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from audit_kit.acts.assurance import STEPS, about, can_follow, step_event
from audit_kit.acts.damaged_forms import answers_of
from audit_kit.acts.mailing import mail_draft
from audit_kit.acts.papers import asked_agency
from audit_kit.acts.small_forms import CONCERN_ANSWER, CONCERN_STEPS, NEW_CONCERN, form_written
from audit_kit.domain import outputs
from audit_kit.domain.check_code import form_code, is_right
from audit_kit.domain.concern_form import AGENCY, BOARD, TOLD, Step, StepsRead, read_steps, steps_form, told_form
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import ConcernProgress, Event, EventKind
from audit_kit.domain.states import ConcernState
from audit_kit.domain.tool import Kind
from audit_kit.errors import AuditKitError
from audit_kit.kit import Kit
from audit_kit.store.journal import Item

if TYPE_CHECKING:
    from audit_kit.acts.inbox import Pass
    from audit_kit.office.laid_out_form import FormCover
    from audit_kit.office.safe_read import WorkbookText

BLANK = outputs.urgent("new-concern.xlsx")
_LAYOUTS = {AGENCY: CONCERN_ANSWER, BOARD: CONCERN_STEPS}
_MARK, _WHOSE, _CODE = "audit_kit_concern", "audit_kit_whose", "audit_kit_code"


def file_stem(concern: ConcernProgress) -> str:
    """How the names of a concern's papers begin, and end: its reference and its key."""
    return f"{concern.about.replace(' ', '_') or 'unknown'}_{concern.short_key}"


# --- written ----------------------------------------------------------------------------------------------------


def form_beside(kit: Kit, concern: ConcernProgress, whose: str) -> bytes:
    """The form that goes with a notice: to the agency, or to the Board manager."""
    return form_written(kit, _LAYOUTS[whose], steps_form(whose), _cover(kit, concern, whose))


def blank_maker(kit: Kit) -> list[tuple[str, Callable[[], bytes]]]:
    """The form by which a concern told by word of mouth is raised, unless it lies there: somebody may be writing in it."""
    if (kit.folders.outbox / BLANK).exists():
        return []
    return [(BLANK, lambda: _blank(kit))]


def _blank(kit: Kit) -> bytes:
    from audit_kit.office.laid_out_form import FormCover

    cover = FormCover(
        kind="concern",
        title="A concern that was told by word of mouth",
        board=kit.config.board.name,
        reference="New concern",
        marks={_WHOSE: TOLD},
    )
    return form_written(kit, NEW_CONCERN, told_form(), cover)


def _cover(kit: Kit, concern: ConcernProgress, whose: str) -> FormCover:
    from audit_kit.office.laid_out_form import FormCover

    return FormCover(
        kind="concern",
        title="Urgent concern: your answer" if whose == AGENCY else "Urgent concern: response and assurance",
        board=kit.config.board.name,
        reference=f"{about(kit, concern)}, key {concern.short_key}",
        marks={
            _MARK: concern.digest,
            _WHOSE: whose,
            _CODE: form_code(kit.tool_secret, "concern", concern.digest, whose),
        },
    )


# --- taken ------------------------------------------------------------------------------------------------------


def take_concern(kit: Kit, item: Item, book: WorkbookText, place: str, done: Pass) -> None:
    """A returned form of an urgent concern: its steps are recorded, each once; what is unfinished is given back.

    A concern told by word of mouth went out in the walk before this; here its form is only filed.
    """
    from audit_kit.office.forms import mark_of

    if mark_of(book, _WHOSE) == TOLD:
        _close(kit, item, None, [kit.event(EventKind.RECEIVED, item=item.sha)], [])
        return
    concern, whose = _concern_of(kit, book, place)
    read = _read(kit, book, whose, place)
    if read.not_safe:
        _tell_not_safe(kit, item, concern, done)
    events, already, asked = _events(kit, item, concern, read)
    if asked:
        _give_back(kit, item, book, concern, whose, asked, done)
        return
    repeat = () if events else (kit.event(EventKind.DUPLICATE, concern.session, item=item.sha),)
    _close(kit, item, concern, [*events, *repeat], [])
    which = f"The concern about {about(kit, concern)} ({concern.short_key})"
    if events:
        (now,) = (one for one in kit.concerns() if one.key == concern.key)
        done.say(
            f"{which} stands at: {now.state}, recorded from a form.", for_a_person=now.state is ConcernState.RESPONDED
        )
    if already:
        done.say(f"{which}: {'; '.join(already)}. Nothing was recorded twice.")


def _concern_of(kit: Kit, book: WorkbookText, place: str) -> tuple[ConcernProgress, str]:
    """The concern that a form is about and whose form it is. AuditKitError unless it is one that the kit wrote."""
    from audit_kit.office.forms import mark_of

    digest, whose, code = (mark_of(book, name) for name in (_MARK, _WHOSE, _CODE))
    found = [one for one in kit.concerns() if one.digest == digest]
    if len(found) != 1 or not is_right((code,), form_code(kit.tool_secret, "concern", digest, whose)):
        raise AuditKitError(
            "The form of an urgent concern does not say for certain which concern it is about.",
            where=place,
            not_happened="No step was recorded from it, and the concern's clock runs on.",
            next_step="Ring the sender now, and record what is said with audit-kit concern or in the form in outbox/urgent.",
        )
    return found[0], whose


def _read(kit: Kit, book: WorkbookText, whose: str, place: str) -> StepsRead:
    form = steps_form(whose)
    read = answers_of(
        book,
        form,
        "The form of an urgent concern",
        place,
        not_happened="No step was recorded from it, and the concern's clock runs on.",
        next_step="Ring the sender now, and record what is said with audit-kit concern or in the form in outbox/urgent.",
        formulas_too=True,
    )
    return read_steps(read.answers, form, kit.clock.today())


def _events(
    kit: Kit, item: Item, concern: ConcernProgress, read: StepsRead
) -> tuple[list[Event], list[str], dict[str, str]]:
    """What a form records, what was recorded before, and what is asked. Nothing is recorded while anything is asked."""
    events: list[Event] = []
    already: list[str] = []
    asked = dict(read.asked)
    recorded = [event for event in kit.journal.events() if event.code("key") == concern.key]
    now = concern
    for step in read.steps:
        before = _recorded_before(kit, recorded, step, now)
        if before is not None:
            already.append(before)
            continue
        # whoever says what was done has the notice: an answer that comes first acknowledges as well
        verbs = ("acknowledge", step.verb) if _comes_first(now, step) else (step.verb,)
        for verb in verbs:
            if not can_follow(now, verb):
                asked.setdefault(
                    f"step.{step.verb}.done", f"this can't follow yet: the concern stands at “{now.state}”"
                )
                break
            events.append(step_event(kit, now, verb, step.said, item.sha))
            now = replace(now, state=STEPS[verb][1])
    return events, already, asked


def _comes_first(concern: ConcernProgress, step: Step) -> bool:
    return step.verb == "respond" and concern.state is ConcernState.RAISED


def _recorded_before(kit: Kit, recorded: list[Event], step: Step, concern: ConcernProgress) -> str | None:
    """That this step was recorded before, by whom and when; None when it was not, or may be taken again."""
    kind, after = STEPS[step.verb]
    earlier = [event for event in recorded if event.kind is kind]
    same = [event for event in earlier if kit.vault.note(event.note) == step.said]
    if not same and (not earlier or can_follow(concern, step.verb)):
        return None
    event = (same or earlier)[-1]
    return f"“{after}” was recorded already, on {event.at.astimezone():%d %B %Y at %H:%M}, by {event.by}"


def _tell_not_safe(kit: Kit, item: Item, concern: ConcernProgress, done: Pass) -> None:
    """Tell the Board manager at once when an answer says that somebody isn't safe, however unfinished the form is."""
    to = (kit.config.board.manager.email,)
    draft = mail_draft(kit, "concern: not safe", to, about=about(kit, concern), key=concern.short_key)
    event = kit.event(
        EventKind.CONCERN_NOT_SAFE, concern.session, concern.case, concern.agency, item=item.sha,
        codes=(("key", concern.key),),
    )  # fmt: skip
    output = Output(outputs.urgent(f"{file_stem(concern)}_not-safe_{item.sha[:8]}.eml"), draft)
    kit.carry_out(f"not safe:{item.sha}", [event], [output])
    done.say(
        f"URGENT: a form about {about(kit, concern)} says not safe, or not known. A draft is in outbox/urgent.",
        for_a_person=True,
    )


def _give_back(
    kit: Kit, item: Item, book: WorkbookText, concern: ConcernProgress, whose: str, asked: dict[str, str], done: Pass
) -> None:
    """Write the form again with the cells marked. What was written in words stays sealed, and is asked for again."""
    from audit_kit.office.forms import read_answers

    form = steps_form(whose)
    kept: dict[str, str] = {}
    for ref, text in read_answers(book, form).answers.items():
        where = form.place(ref)
        if where is not None and where.kind in (Kind.CHOICE, Kind.DATE):
            kept[ref] = text
        elif where is not None:
            asked.setdefault(ref, "please write this once more: your words were kept sealed and are repeated nowhere")
    data = form_written(kit, _LAYOUTS[whose], form, _cover(kit, concern, whose), answers=kept, asked=asked)
    name = f"{file_stem(concern)}_{whose}_form-marked_{item.sha[:8]}"
    files = [Output(outputs.urgent(f"{name}.xlsx"), data)]
    if whose == AGENCY:
        agency = asked_agency(kit.session(concern.session), concern.agency)
        draft = mail_draft(
            kit, "concern: form unfinished", ((agency.head or agency.lead).email,), ((f"{name}.xlsx", data),),
            about=about(kit, concern), state=str(concern.state),
        )  # fmt: skip
        files.append(Output(outputs.urgent(f"{name}.eml"), draft))
    event = kit.event(
        EventKind.CONCERN_FORM_RETURNED, concern.session, concern.case, concern.agency, item=item.sha,
        codes=(("key", concern.key), ("problems", str(len(asked)))),
    )  # fmt: skip
    _close(kit, item, concern, [event], files)
    done.say(
        f"URGENT: a form about the concern {about(kit, concern)} ({concern.short_key}) is unfinished. Nothing was recorded from it, and the "
        "clock runs on. The marked form is in outbox/urgent: ring first.",
        for_a_person=True,
    )


def _close(kit: Kit, item: Item, concern: ConcernProgress | None, events: list[Event], files: list[Output]) -> None:
    """File the form under its case's key, and record in one transaction what it decided."""
    if concern is not None and concern.case:
        kit.vault.file_original(item.sha, f"{concern.session}/{concern.case}")
    else:
        kit.vault.file_original(item.sha)
    kit.carry_out(f"item:{item.sha}:{item.turn}", events, files, closes_item=item.sha)
    kit.vault.unstage(item.sha)
