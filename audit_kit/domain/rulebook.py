"""The rules of quality assurance as people read them: what each asks, why, and what would satisfy it.

One entry a code. Most act on a return in ``stages.check``; the others act earlier (before the return can be
matched, or read) and are named here so that every code in a letter, on the status page or in the tracker can
be looked up with ``audit-kit explain``. Codes V00 to V37 stay for ever: letters and the journal carry them.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach" and "Confidentiality and consent".
"""

from __future__ import annotations

from dataclasses import dataclass

from audit_kit.domain.queries import Level

_ROBUST = '"returned if they are not sufficiently robust, or comprehensive" (Approach)'
_INDEPENDENT = (
    '"No audit should be completed by the case holder or the line manager with casework responsibility" (Approach)'
)
_RISK = (
    '"any concerns about the immediate risk to a child/vulnerable adult or unsafe practice ... escalated" (Approach)'
)
_SCRUTINY = '"scrutinizing files, talking to practitioners concerned and completing the ... audit tools" (Approach)'
_INVOLVED = (
    '"an obligation on all agencies to review their involvement with the case within a defined time period" (Approach)'
)
_BALANCE = '"The findings will reflect a balance of good practice and areas of improvement" (Approach)'
_OUTCOMES = '"clearly identified outcomes and actions" (Approach)'
_WINDOW = '"12 months prior to the review need to be considered" (Confidentiality and consent)'
_NAMES = '"Names ... will be anonymised in all paperwork" (Confidentiality and consent)'
_FAMILY = '"the subject child, sibling group and parents/carers" (Confidentiality and consent)'
_ON_FILE = '"single-agency audits are securely stored on file for future access" (Approach)'

_CHECK, _SCREEN, _ARRIVAL = "when the return is checked", "before anything else is read", "when the file arrives"


@dataclass(frozen=True)
class RuleEntry:
    """One rule. ``acts``: when it is applied; ``in_sheet``: whether the tool's status column says it, too."""

    code: str
    title: str
    levels: tuple[Level, ...]
    reason: str
    satisfied_by: str
    source: str
    example: str
    acts: str = _CHECK
    in_sheet: bool = False
    threshold: str = ""  # the key of config.yaml under ``quality`` that says how much is enough


_R, _W, _B, _F = Level.RETURN, Level.WARNING, Level.BLOCKS, Level.FAST_LANE

RULEBOOK: tuple[RuleEntry, ...] = (
    RuleEntry("V00", "A concern about risk, or silence about it", (_F, _R),
              "Somebody may be at risk now, and silence must not read as no concern.",
              "An answer to question 1.1; for a concern, a response and assurance from the agency.", _RISK,
              "1.1 is left blank: the Board manager is told and the agency is asked.", _SCREEN, in_sheet=True),
    RuleEntry("V01", "The file belongs to no audit that can take it", (_B,),
              "A return filed under the wrong case would put one child's story into another's.",
              "The tool that was issued for this case and agency, in its newest round.", _ON_FILE,
              "Start names case H3, a property of the file names H4: a person looks.", _ARRIVAL),
    RuleEntry("V02", "The file can't be read", (_B,),
              "What can't be opened safely may hold a concern that nobody has seen.",
              "The tool saved as .xlsx, without a password or macros.", _RISK,
              "A photograph named like a workbook: the Board manager is told and it is set aside.", _ARRIVAL),
    RuleEntry("V03", "The same file, or the same answers, came before", (_W,),
              "A return that is counted twice would weigh twice.",
              "Nothing: it is kept and noted.", _ON_FILE,
              "A copy saved again by SharePoint holds the same answers.", _ARRIVAL),
    RuleEntry("V04", "A second return in the same round says something else", (_W,),
              "It is never decided by a file's date which of two is newer.",
              "The agency says which of the two counts.", _ON_FILE,
              "Two versions of round 1 arrive; both are kept, the second is set aside.", _ARRIVAL),
    RuleEntry("V05", "Involvement not said, or contradicted by the return itself", (_R,),
              "Whether the agency knew the family decides what else is asked.",
              "One of the three answers to question 2.1 that agrees with the rest of the return.", _INVOLVED,
              "2.1 says never known, but the Chronology has events of the review period.", in_sheet=True),
    RuleEntry("V06", "Involved, but no events or no grades", (_R,),
              "An agency that was involved has something to tell.",
              "Events of the review period on the Chronology sheet; grades on the Questions sheet.", _SCRUTINY,
              "2.1 says Yes and the Chronology is empty.", in_sheet=True),
    RuleEntry("V07", "No involvement, but another agency tells of contact", (_W,),
              "A nil return that others contradict leaves a hole in the child's story.",
              "The agency looks again: a return, or word that the contact was not with its service.", _INVOLVED,
              "Housing says never known; social care's chronology shares a visit with Housing in May."),
    RuleEntry("V08", "Records not named", (_R,), "An audit of a file says which file.",
              "System, type and period of each record read, in question 2.8, or why there is none.", _SCRUTINY,
              "2.8 is blank.", in_sheet=True),
    RuleEntry("V09", "No practitioner spoken to, and no reason", (_R,), "Files don't tell the whole story.",
              "A row on the Practitioners sheet, or the reason in question 2.10.", _SCRUTINY,
              "The Practitioners sheet is empty and 2.10 is blank.", in_sheet=True),
    RuleEntry("V10", "Declaration missing, or refused", (_R, _W),
              "The return is signed by the auditor and accepted by the agency lead.",
              "An answer to each of the questions 3.1 to 3.17 that are asked for.", _INDEPENDENT,
              "3.13 (own copy kept securely) is blank.", in_sheet=True),
    RuleEntry("V11", "The auditor had a part in the case", (_R, _W), "Nobody audits their own casework.",
              "Another auditor; or question 3.15 says why this is no conflict, or how it was limited: that goes to the "
              "Board manager.", _INDEPENDENT,
              "The auditor is named as line manager in another agency's return for the case."),
    RuleEntry("V12", "One auditor for many audits, or of a lower grade", (_W,),
              "The work is a service manager's or clinician's, and one pair of eyes sees the same things.",
              "An auditor of the grade asked for, or the reason in question 3.4; more than one auditor.",
              '"The audit work will be conducted by a service manager/ clinician" (Confidentiality and consent)',
              "The same named nurse audited four cases, or in five sessions.", threshold="audits_per_auditor"),
    RuleEntry("V13", "Question without a grade, or an answer that is not of the list", (_R,),
              "A grade between two grades can't be counted.", "One of the listed words in each grade cell.", _ROBUST,
              "Good/RI stands in the grade cell of N6.", in_sheet=True),
    RuleEntry("V14", "Grade without evidence", (_R, _W), "A grade stands on evidence.",
              "What was seen, where on file it is and when; or the reason for the blank.", _ROBUST,
              "N7 is graded Good and its evidence is blank.", in_sheet=True),
    RuleEntry("V15", "Thin evidence", (_R, _W), "Evidence can be found again by somebody else.",
              "At least the number of words asked for, with a source on file and a date; or the reason why not.", _ROBUST,
              "All good, plan in place. (No date, no source, too short)", in_sheet=True, threshold="evidence_words"),
    RuleEntry("V16", "No reason for the grade", (_R,), "What makes it this grade and not the one above or below.",
              "A sentence in Why this grade.", _ROBUST, "N6 has a grade and evidence, and its why is blank.", in_sheet=True),
    RuleEntry("V17", "Grade and words don't agree", (_W,), "The words are read by people, the grade is counted.",
              "A look by the reviewer: another grade, or other words.", _ROBUST,
              "Outstanding, with: no plan, visits missed, nothing recorded, drift for months.",
              threshold="contrary_words"),
    RuleEntry("V18", "All questions have one grade", (_W,), "Was each question asked of the file?",
              "A look by the reviewer.", _ROBUST, "Eight questions, eight times Good.", in_sheet=True),
    RuleEntry("V19", "Much that is not our role", (_W,), "An agency that was involved had a part in more than this.",
              "A look by the reviewer.", _ROBUST, "Five of eight questions are Not our role.",
              in_sheet=True, threshold="not_our_role_share"),
    RuleEntry("V20", "Copied text, or a placeholder", (_W,), "What fits every question answers none.",
              "Words of its own for each question and each case.", _ROBUST,
              "The evidence of N6 is that of N7 with two words changed.", threshold="alike_percent"),
    RuleEntry("V21", "A date that can't be right", (_R,), "A chronology is merged by its dates.",
              "Day, month and year; not in the future; no end before its start.", _WINDOW,
              "Row 4 of the Chronology says 31/02/2026."),
    RuleEntry("V22", "An event outside the review period, not marked so", (_W,), "Context is welcome, when it is marked.",
              "In the review period? answered with No.", _WINDOW, "An event of 2023 is marked Yes."),
    RuleEntry("V23", "A long gap while the case was open", (_W,), "Was there nothing, or is it missing?",
              "The events of these months, or a look by the reviewer.", _WINDOW,
              "No event from March to August while the case was open.", threshold="chronology_gap_days"),
    RuleEntry("V24", "The chronology is not in the order of dates", (_W,), "Oldest first reads as a story.",
              "Nothing: the merged chronology is put in order.", _WINDOW, "A row of May stands before a row of March."),
    RuleEntry("V25", "The child's voice is blank", (_R,), "What the child says or shows is why all this is done.",
              "An answer to 7.1, 7.2 and 7.3, or the reason why it can't be given.",
              '"the views of children, young people and their families" (Introduction)', "7.3 is blank.", in_sheet=True),
    RuleEntry("V26", "Siblings who are never mentioned", (_W,), "Siblings live in the same house.",
              "A word about each sibling's life, or a look by the reviewer.", _FAMILY,
              "2.7 says three children; the return speaks of one."),
    RuleEntry("V27", "One-sided findings", (_W,), "A balance of both helps everyone learn.",
              "One strength and one area for improvement, or in question 8.1 or 8.4 the reason why there is none.", _BALANCE,
              "Three improvements and no strength.", in_sheet=True),
    RuleEntry("V28", "A weak grade without an action", (_R,), "What is weak is answered by an action.",
              "A row on the Actions sheet that names the question.", _OUTCOMES,
              "N6 is Inadequate and no action names N6.", in_sheet=True),
    RuleEntry("V29", "An action that can't be followed up", (_W,), "An action is done by somebody, by a day, and can be seen.",
              "A verb of doing, one owner, a day within six months, how it will be known, what changes for children.",
              _OUTCOMES, "Consider reminding staff about thresholds. (No owner, no day, no measure)",
              threshold="action_months"),
    RuleEntry("V30", "A name stood in the return", (_W,), "Names never travel with the paperwork.",
              "Nothing: it is replaced, and the letter reminds the sender once.", _NAMES,
              "The mother's first name in an event.", "when names are taken out"),
    RuleEntry("V31", "Something besides answers was in the file", (_W,), "Hidden things have carried families' details to strangers.",
              "Nothing: it is left out, and the reviewer is told kind and place.", _NAMES, "A comment and a hidden sheet of notes."),
    RuleEntry("V32", "Late", (_W,), "All agencies answer within the time that was set.",
              "Nothing more: it is here now.", _INVOLVED, "Due on 5 November, received on 9 November."),
    RuleEntry("V33", "Hardly any time was spent", (_W,), "A year of a child's life isn't read in minutes.",
              "A look by the reviewer.", _SCRUTINY, "2.11 says 0.25 hours.", in_sheet=True, threshold="least_hours"),
    RuleEntry("V34", "Own grade and working together are far apart", (_W,),
              "One of the two pictures may be missing something: it is for moderation and the choice of deep dives.",
              "A look by the reviewer.", _ROBUST, "N7: our practice Outstanding, working together Requires improvement.", in_sheet=True, threshold="grades_apart"),
    RuleEntry("V35", "A formula where an answer belongs", (_R,), "What a formula shows may change after it was read.",
              "The answer, typed.", _ROBUST, '=IF(1=1,"No","") in question 1.1.'),
    RuleEntry("V36", "Nothing said about an action of last time", (_R,), "An action without an answer changes nothing.",
              "Did it change? answered on the sheet Last time.", _OUTCOMES, "11.2 is blank.", in_sheet=True),
    RuleEntry("V37", "What is on file is said to be wrong", (_W,), "A letter to the wrong lead, or a tier taken for granted, misleads.",
              "The team puts the agency lead right in config.yaml, and the reviewer weighs a changed tier.", _ON_FILE,
              "2.12 says that the lead left in May."),
)  # fmt: skip

_BY_CODE = {entry.code: entry for entry in RULEBOOK}


def entry_of(code: str) -> RuleEntry | None:
    """The rule of this code, in capitals or not; None when there is none."""
    return _BY_CODE.get(code.strip().upper())
