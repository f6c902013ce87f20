"""The Multi-Agency Case Audit Process (Sept 2017), sentence by sentence, and the tests that show each.

Read this to find where a sentence is proved. A sentence that nothing shows yet says so.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent

#: sentence → the files of this folder that show it, by what their names say after the number
SHOWN = {
    # Approach
    "Proposed themes for audit work will be identified by the QA Sub Committee.": ("themes_and_cases",),
    "Audits will be themed according to key lines of enquiry agreed by the Board.": ("themes_and_cases",),
    "The focus will be on child in need, child protection and early help near the threshold for child in need.": ("themes_and_cases",),
    "Two audit sessions will take place each year.": ("the_calendar_of_a_session",),
    "Each session will examine 5 cases within Hackney and 3 cases within the City.": ("themes_and_cases",),
    "Agency leads will be asked to identify which of the children, young people, parents or carers can be engaged for feedback.": ("families_are_asked",),
    "The CHSCB Team will be responsible for notifying agencies of cases to be audited.": ("tools_are_issued", "agencies_are_notified"),
    "All agencies review their involvement with the case within a defined time period.": ("tools_are_issued", "where_every_audit_stands", "agencies_are_chased", "deadlines_in_the_calendar"),
    "This should include scrutinizing files, talking to practitioners concerned and completing the audit tools.": ("quality_assurance", "robust_enough_to_argue_with"),
    "Each audit will be given to a lead in the agency to complete or allocate.": ("each_audit_is_given_to_a_lead", "returns_arrive", "what_was_agreed"),
    "No audit should be completed by the case holder or the line manager with casework responsibility.": ("quality_assurance", "what_returns_say_of_one_another", "the_same_eyes_again"),
    "On completion, the audits will be quality assured and returned if they are not sufficiently robust, or comprehensive.": ("returns_arrive", "quality_assurance", "robust_enough_to_argue_with", "the_copy_that_goes_back", "quality_assurance_by_a_person"),
    "Single-agency audits are securely stored on file for future access.": ("audits_are_kept_on_file",),
    "Three cases are selected for deep-dive work.": ("findings_and_deep_dives",),
    "A multi-agency meeting is scheduled with agency leads and front-line staff.": ("the_multi_agency_meeting",),
    "This meeting will be independently chaired by a member of CHSCB.": ("the_multi_agency_meeting",),
    "A report detailing systemic findings will be made available for the QA Sub Committee to confirm the lessons and actions required.": ("report", "sign_off"),
    "Case specific actions are progressed by single agencies.": ("what_goes_back_with_the_receipt", "action_plan"),
    "Immediate risk to a child or vulnerable adult, or unsafe practice, is escalated to the respective agencies for a response and assurance.": ("immediate_risk_is_escalated", "a_concern_that_waits", "the_concern_form"),
    "The findings will reflect a balance of good practice and areas of improvement.": ("findings_and_deep_dives", "report"),
    "The findings will also be reported through to the Executive and Board.": ("the_calendar_of_a_session", "the_page_for_the_board"),
    "The QA Sub Committee will monitor progress of these plans.": ("the_plan_is_followed_up",),
    "The outcomes of each audit will be disseminated through the website, briefing newsletters and lunch-time seminars.": ("learning_is_passed_on",),
    "Themes and learning are embedded in multi- and single agency training.": ("training_takes_it_up",),
    "Each audit will feed into the current action plan; with clearly identified outcomes and actions.": ("open_actions_come_forward", "action_plan"),
    # Confidentiality and consent
    "Information about the involvement of agencies 12 months prior to the review needs to be considered.": ("themes_and_cases", "quality_assurance"),
    "Consent is not required for this activity.": ("tools_are_issued",),
    "The audit work will be conducted by a service manager or clinician who has a duty of confidentiality.": ("quality_assurance",),
    "Names of the subject child and family members will be anonymised in all paperwork.": ("names_are_removed", "documents_and_reviews", "nothing_hidden_survives", "text_stays_text", "names_in_free_text"),
    "The learning from audits will be fed back to staff members and clinicians.": ("what_goes_back_with_the_receipt",),
    "There will be strict adherence to information sharing guidance and confidentiality requirements.": ("names_are_removed", "audits_are_kept_on_file"),
    # Multi-agency case audit process
    "Agency leads undertake an audit if they have had involvement within the last 12 months.": ("what_returns_say_of_one_another", "returns_arrive"),
    "A report and action plan is produced and presented at the next QA sub-group.": ("the_calendar_of_a_session", "action_plan", "the_demo"),
}  # fmt: skip

#: sentences that nothing here shows yet
NOT_YET: tuple[str, ...] = ()


def test_every_sentence_is_shown_by_a_file_that_is_there():
    there = {path.stem.removeprefix("test_").partition("_")[2] for path in HERE.glob("test_*.py")}

    assert [(sentence, name) for sentence, shown in SHOWN.items() for name in shown if name not in there] == []


def test_no_sentence_is_both_shown_and_not_yet_shown():
    assert set(SHOWN) & set(NOT_YET) == set()


def test_every_file_opens_with_what_it_shows():
    for path in HERE.glob("test_*.py"):
        assert path.read_text(encoding="utf-8").startswith('"""'), path.name
