"""READ THIS FIRST. The audit, step by step, in the order of the written process.

Each step is one function; where it comes from says which module holds it. Everything that comes in arrives in
``inbox/``, everything that goes out leaves in ``outbox/``, and the journal between them knows what happened.

1. *Theme and cases.* ``new_plan`` writes the planning workbook. The team fills it in and drops it into the
   inbox; when it is right, the session stands and the identities are in the encrypted register.
2. *Agencies are notified.* ``notify`` writes letter, identity slip and involvement form, and the invitations to those of
   the families who can be asked for feedback; ``record_engagement`` says what came of it.
3. *Agencies audit.* ``issue`` writes the audit tool of each agency and case.
4. *Returns arrive.* ``work_through_inbox`` (once) or ``watch`` (as a service): keep, record, clear; then, for
   every return: escalate what is urgent, check, anonymise, and send back, set aside or pass to the reviewer.
   ``allocate`` records who does an audit, when the agency says so; ``decide_word`` settles a word in doubt.
5. *Quality assurance.* ``accept``, ``send_back``, ``reopen``, ``use_version``, ``extend`` record what a person decides. Every pass also
   writes the reminders that are due (``remind``) and chases the concerns whose clock has run out.
   ``write_meeting_form`` and ``arrange_meeting``: the three cases that go deep, and who is invited to talk about them.
6. *Report and action plan.* ``write_report`` writes the drafts for the QA Sub Committee; ``sign_off`` records that
   it confirmed the lessons and actions, and writes the final versions.

7. *Dissemination and training.* ``disseminate`` writes briefing, slides, the seminar's invitations and the note on training.

8. *Monitoring.* ``follow_up`` writes how the action plan stands, for the committee, and asks each agency about its own.

``overviews`` and ``write_overview`` show where every audit stands, at any time.

Source: Multi-Agency Case Audit Process (Sept 2017), "Multi-agency case audit process".
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit_kit.acts.after_a_command import qa_workbooks as write_qa_workbooks
    from audit_kit.acts.after_a_command import review_workbooks as write_review_workbooks
    from audit_kit.acts.allocating import allocate
    from audit_kit.acts.assurance import record as record_concern
    from audit_kit.acts.backing_up import back_up, restore
    from audit_kit.acts.concern_register import lines as concern_lines
    from audit_kit.acts.concerns import raise_by_hand as raise_concern
    from audit_kit.acts.deciding import accept, extend, reopen, send_back
    from audit_kit.acts.disseminating import disseminate
    from audit_kit.acts.doctor import examine
    from audit_kit.acts.documents import anonymise_document
    from audit_kit.acts.engagement_papers import write_engagement_forms
    from audit_kit.acts.engaging import engagement
    from audit_kit.acts.engaging import record as record_engagement
    from audit_kit.acts.following_up import follow_up
    from audit_kit.acts.history import history_of
    from audit_kit.acts.inbox import Pass, one_pass, work_through_inbox
    from audit_kit.acts.issuing import issue
    from audit_kit.acts.meetings import arrange_meeting, write_meeting_form
    from audit_kit.acts.name_models import add_models, list_models
    from audit_kit.acts.notifying import notify
    from audit_kit.acts.originals import access_log, look_throughs, open_original
    from audit_kit.acts.overview import overviews
    from audit_kit.acts.overview import write as write_overview
    from audit_kit.acts.passwords import show_password
    from audit_kit.acts.planning import new_plan
    from audit_kit.acts.previewing import ending_of as ending_of_preview
    from audit_kit.acts.previewing import field_guide, preview
    from audit_kit.acts.previewing import full_name as full_template_name
    from audit_kit.acts.purging import hold, of_no_case_past_their_time, past_their_time, purge, purge_of_no_case
    from audit_kit.acts.rebuilding import rebuild
    from audit_kit.acts.reminding import next_reminder, remind
    from audit_kit.acts.replaced import replaced_in
    from audit_kit.acts.reporting import write_report
    from audit_kit.acts.scanning_by_hand import scan
    from audit_kit.acts.signing_off import sign_off
    from audit_kit.acts.template_checks import check_templates, marked_copies
    from audit_kit.acts.template_checks import in_sentences as told_of_templates
    from audit_kit.acts.verifying import verify
    from audit_kit.acts.versions import use_version
    from audit_kit.acts.watching import Doorbell, watch
    from audit_kit.acts.words_in_doubt import decide_word, words_in_doubt

#: step → the act that holds it, and how it is called there if not the same
_STEPS = {
    "accept": "deciding",
    "access_log": "originals",
    "add_models": "name_models",
    "allocate": "allocating",
    "anonymise_document": "documents",
    "arrange_meeting": "meetings",
    "back_up": "backing_up",
    "check_templates": "template_checks",
    "concern_lines": "concern_register.lines",
    "decide_word": "words_in_doubt",
    "disseminate": "disseminating",
    "Doorbell": "watching",
    "ending_of_preview": "previewing.ending_of",
    "engagement": "engaging",
    "examine": "doctor",
    "extend": "deciding",
    "field_guide": "previewing",
    "follow_up": "following_up",
    "full_template_name": "previewing.full_name",
    "history_of": "history",
    "hold": "purging",
    "issue": "issuing",
    "list_models": "name_models",
    "look_throughs": "originals",
    "marked_copies": "template_checks",
    "new_plan": "planning",
    "next_reminder": "reminding",
    "notify": "notifying",
    "of_no_case_past_their_time": "purging",
    "one_pass": "inbox",
    "open_original": "originals",
    "overviews": "overview",
    "Pass": "inbox",
    "past_their_time": "purging",
    "preview": "previewing",
    "purge": "purging",
    "purge_of_no_case": "purging",
    "raise_concern": "concerns.raise_by_hand",
    "rebuild": "rebuilding",
    "record_concern": "assurance.record",
    "record_engagement": "engaging.record",
    "remind": "reminding",
    "reopen": "deciding",
    "replaced_in": "replaced",
    "restore": "backing_up",
    "scan": "scanning_by_hand",
    "send_back": "deciding",
    "show_password": "passwords",
    "sign_off": "signing_off",
    "told_of_templates": "template_checks.in_sentences",
    "use_version": "versions",
    "verify": "verifying",
    "watch": "watching",
    "words_in_doubt": "words_in_doubt",
    "work_through_inbox": "inbox",
    "write_engagement_forms": "engagement_papers",
    "write_meeting_form": "meetings",
    "write_overview": "overview.write",
    "write_qa_workbooks": "after_a_command.qa_workbooks",
    "write_report": "reporting",
    "write_review_workbooks": "after_a_command.review_workbooks",
}


def __getattr__(name: str) -> object:
    """A step. Its act is loaded, with all that this needs, when it is first asked for: no command needs every one."""
    if name not in _STEPS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    act, _, called = _STEPS[name].partition(".")
    step = globals()[name] = getattr(import_module(f"audit_kit.acts.{act}"), called or name)
    return step
