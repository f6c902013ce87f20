"""The Multi-Agency Case Audit Process (Sept 2017), sentence by sentence, and the tests that show each.

Read this to find where a sentence is proved. A sentence that nothing shows yet says so.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent

#: sentence → the files of this folder that show it, by how their names begin
SHOWN = {
    # Approach
    "Proposed themes for audit work will be identified by the QA Sub Committee.": ("01_",),
    "Audits will be themed according to key lines of enquiry agreed by the Board.": ("01_",),
    "The focus will be on child in need, child protection and early help near the threshold for child in need.": ("01_",),
    "Two audit sessions will take place each year.": ("01c_",),
    "Each session will examine 5 cases within Hackney and 3 cases within the City.": ("01_",),
    "Agency leads will be asked to identify which of the children, young people, parents or carers can be engaged for feedback.": ("01b_",),
    "The CHSCB Team will be responsible for notifying agencies of cases to be audited.": ("02_",),
    "All agencies review their involvement with the case within a defined time period.": ("02_", "03_where", "03c_", "03d_"),
    "This should include scrutinizing files, talking to practitioners concerned and completing the audit tools.": ("05_", "05b_"),
    "Each audit will be given to a lead in the agency to complete or allocate.": ("02c_", "03_returns", "05g_"),
    "No audit should be completed by the case holder or the line manager with casework responsibility.": ("05_", "05c_", "05f_"),
    "On completion, the audits will be quality assured and returned if they are not sufficiently robust, or comprehensive.": ("03_returns", "05_", "05b_", "05d_", "05e_"),
    "Single-agency audits are securely stored on file for future access.": ("07_",),
    "Three cases are selected for deep-dive work.": ("08_",),
    "A report detailing systemic findings will be made available for the QA Sub Committee to confirm the lessons and actions required.": ("09_", "09b_"),
    "Case specific actions are progressed by single agencies.": ("07b_", "10_"),
    "Immediate risk to a child or vulnerable adult, or unsafe practice, is escalated to the respective agencies for a response and assurance.": ("04_", "04b_", "04c_"),
    "The findings will reflect a balance of good practice and areas of improvement.": ("08_", "09_"),
    "The findings will also be reported through to the Executive and Board.": ("01c_",),  # their dates; a page for them: not yet
    "Each audit will feed into the current action plan; with clearly identified outcomes and actions.": ("02b_", "10_"),
    # Confidentiality and consent
    "Information about the involvement of agencies 12 months prior to the review needs to be considered.": ("01_", "05_"),
    "Consent is not required for this activity.": ("02_",),
    "The audit work will be conducted by a service manager or clinician who has a duty of confidentiality.": ("05_",),
    "Names of the subject child and family members will be anonymised in all paperwork.": ("06_", "06b_", "06c_", "06d_", "06e_"),
    "The learning from audits will be fed back to staff members and clinicians.": ("07b_",),
    "There will be strict adherence to information sharing guidance and confidentiality requirements.": ("06_", "07_"),
    # Multi-agency case audit process
    "Agency leads undertake an audit if they have had involvement within the last 12 months.": ("05c_", "03_returns"),
    "A report and action plan is produced and presented at the next QA sub-group.": ("01c_", "10_", "12_"),
}  # fmt: skip

#: sentences that nothing here shows yet
NOT_YET = (
    "A multi-agency meeting is scheduled with agency leads and front-line staff.",  # its date stands in every calendar
    "This meeting will be independently chaired by a member of CHSCB.",
    "The QA Sub Committee will monitor progress of these plans.",
    "The outcomes of each audit will be disseminated through the website, briefing newsletters and lunch-time seminars.",
    "Themes and learning are embedded in multi- and single agency training.",
)

#: files that show how the kit behaves rather than a sentence of the process
OF_THE_KIT = ("00_", "03b_", "13_", "13b_", "14_")


def files() -> list[str]:
    return sorted(path.name.removeprefix("test_") for path in HERE.glob("test_*.py"))


def test_every_sentence_is_shown_by_a_file_that_is_there():
    there = files()

    missing = [
        (sentence, start)
        for sentence, starts in SHOWN.items()
        for start in starts
        if not any(name.startswith(start) for name in there)
    ]
    assert missing == []


def test_every_file_shows_a_sentence():
    starts = tuple(start for shown in SHOWN.values() for start in shown) + OF_THE_KIT

    assert [name for name in files() if not name.startswith(starts)] == []


def test_no_sentence_is_both_shown_and_not_yet_shown():
    assert set(SHOWN) & set(NOT_YET) == set()


def test_every_file_opens_with_what_it_shows():
    for path in HERE.glob("test_*.py"):
        assert path.read_text(encoding="utf-8").startswith('"""'), path.name
