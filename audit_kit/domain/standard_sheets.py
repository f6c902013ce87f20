"""The sheets that every audit tool has, whatever its theme, and how they make up one agency's tool.

Wording is ours and may be improved freely; references may not change while a session runs, because returns
are read by them.

Source: Multi-Agency Case Audit Process (Sept 2017), "Approach": agencies review their involvement by
"scrutinizing files, talking to practitioners concerned and completing the CHSCB multi-agency audit tools
that have been agreed for use in Hackney and in the City".
"""

from __future__ import annotations

from dataclasses import dataclass

from audit_kit.domain import scales
from audit_kit.domain.question_bank import Kloe, Theme
from audit_kit.domain.thresholds import STANDARD, Thresholds
from audit_kit.domain.tool import AuditTool, Field, Kind, Layout, Question, Sheet

CHRONOLOGY_ROWS = 60  # 10 to 40 are asked for; more than 60 is a pasted case file
PRACTITIONER_ROWS = 10
ACTION_ROWS = 6

_YES_NO = (scales.YES, scales.NO)
_YES_NO_UNKNOWN = (scales.YES, scales.NO, scales.NOT_KNOWN)
#: a fact that may not be on file, or not apply; a declaration, a grade and a question about risk are never that
_FACT = (scales.YES, scales.NO, *scales.WORDS_FOR_BLANK)

_FORM_FIELDS = (
    Field("answer", "Your answer", width=70),
    Field("blank", "Reason if left blank", width=30, hint="If you can't answer, say why. A blank with a reason is a valid answer."),
)  # fmt: skip

#: the declarations: what the auditor confirms, and which of them independence rests on
DECLARATIONS = (
    ("a", "I have never held this case, nor supervised its casework in the review period."),
    ("b", "I don't line-manage the allocated worker for this case."),
    ("c", "I am a service manager, named professional or clinician under a duty of confidentiality."),
    ("d", "I read the records listed and spoke to the practitioners listed, or gave the reason why not."),
    ("e", "I used roles, not names, outside the boxes that ask for a name, and attached nothing."),
    ("f", "I passed on any immediate concern at once and haven't waited for this return."),
    ("g", "My agency keeps its own copy of this audit securely."),
    ("h", "I will feed the learning back to the staff involved."),
)
INDEPENDENCE_DECLARATIONS = ("a", "b", "c")


@dataclass(frozen=True)
class Side:
    """One side of the balance of findings: the column of *Questions* and the questions of *Findings* that name it."""

    field: str
    findings: tuple[str, ...]


BALANCE = (
    Side("good", tuple(f"strength.{n}" for n in (1, 2, 3))),
    Side("improve", tuple(f"improvement.{n}" for n in (1, 2, 3))),
)

CONCERN = Sheet(
    "concern", "Immediate concern",
    "Read this first. If a child or an adult may be at risk now, ring before you write. "
    "This sheet is read before everything else in your return, however much is still missing.",
    Layout.FORM,
    (
        Question("concern.any", "1.1", "Does anything you read worry you today: immediate risk to a child or a vulnerable adult, or unsafe practice?", Kind.CHOICE, _YES_NO, "Choose No only if nothing worries you. A blank is followed up by telephone.", required=True),
        Question("concern.kind", "1.2", "What kind of concern is it?", Kind.CHOICE, scales.CONCERN_KINDS),
        Question("concern.urgency", "1.3", "How urgent is it?", Kind.CHOICE, scales.URGENCIES),
        Question("concern.what", "1.4", "What worries you? Use roles, not names", Kind.LONG, hint="What you read or heard, when, and who may be at risk. Roles, not names."),
        Question("concern.told", "1.5", "Whom have you told, and when?", Kind.LONG),
        Question("concern.done", "1.6", "What has been done already?", Kind.LONG),
        Question("concern.safe_now", "1.7", "Is the child safe now?", Kind.CHOICE, _YES_NO_UNKNOWN),
    ),
    _FORM_FIELDS,
)  # fmt: skip

INVOLVEMENT = Sheet(
    "involvement", "Involvement",
    "What your service had to do with this family in the review period shown on the Start sheet. "
    "If you had none, answer 2.1, give your name, role and agency lead on the Auditor sheet, and return the tool: that is a full answer.",
    Layout.FORM,
    (
        Question("involvement.known", "2.1", "Did your service know this family in the review period?", Kind.CHOICE, scales.INVOLVEMENT, required=True),
        Question("involvement.first", "2.2", "First contact in the review period", Kind.DATE, hint="A date such as 14 Mar 2026."),
        Question("involvement.last", "2.3", "Latest contact in the review period", Kind.DATE, hint="A date such as 14 Mar 2026."),
        Question("involvement.open", "2.4", "Is the case open to you now?", Kind.CHOICE, _FACT),
        Question("involvement.subjects", "2.5", "Whom in the family did you know? Roles only", Kind.TEXT, hint="For example: child, mother, sibling 1."),
        Question("involvement.services", "2.6", "What did you provide?", Kind.LONG),
        Question("involvement.siblings", "2.7", "How many children are in the sibling group?", Kind.NUMBER),
        Question("involvement.records", "2.8", "Which records did you read? System, type and period of each", Kind.LONG, hint="For example: case notes Jan-Oct 2026; supervision file; attendance register.", required=True),
        Question("involvement.records_missing", "2.9", "Which records did you ask for but not find?", Kind.LONG),
        Question("involvement.no_practitioner", "2.10", "If you spoke to no practitioner: why not?", Kind.LONG, hint="Leave blank if you name a practitioner on the sheet Practitioners."),
        Question("involvement.hours", "2.11", "About how many hours did this audit take?", Kind.NUMBER),
        Question("involvement.facts", "2.12", "Is anything not right that the Start sheet asks you to check? Say what", Kind.LONG),
    ),
    _FORM_FIELDS,
)  # fmt: skip

PRACTITIONERS = Sheet(
    "practitioners", "Practitioners",
    "Everyone you spoke to about this case. Names are asked for here because independence is proved from "
    "them; they are sealed on arrival and appear as roles in everything else.",
    Layout.TABLE,
    tuple(Question(f"practitioner.{n}", str(n)) for n in range(1, PRACTITIONER_ROWS + 1)),
    (
        Field("name", "Name", Kind.NAME, width=34),
        Field("role", "Role", width=40, hint="For example: health visitor, class teacher, officer in the case."),
        Field("date", "Date spoken to", Kind.DATE, width=18),
        Field("part", "Part in the case", width=60, hint="For example: allocated worker, supervisor, saw the child at home."),
    ),
)  # fmt: skip

AUDITOR = Sheet(
    "auditor", "Auditor",
    "No audit is completed by the case holder or by the line manager with casework responsibility. "
    "If your answer to 3.7, 3.8 or 3.9 is No, say why in 3.15: that goes to the Board manager.",
    Layout.FORM,
    (
        Question("auditor.name", "3.1", "Your name", Kind.NAME, required=True),
        Question("auditor.role", "3.2", "Your role", Kind.TEXT, required=True),
        Question("auditor.grade", "3.3", "Your grade", Kind.CHOICE, scales.AUDITOR_GRADES, required=True),
        Question("auditor.grade_reason", "3.4", "If your grade is Other: why were you chosen?", Kind.LONG),
        Question("case_holder.name", "3.5", "Who holds the case in your agency, or held it last?", Kind.NAME),
        Question("line_manager.name", "3.6", "Who is that worker's line manager for this case?", Kind.NAME),
        *(Question(f"declaration.{letter}", f"3.{position}", wording, Kind.CHOICE, _YES_NO, required=True)
          for position, (letter, wording) in enumerate(DECLARATIONS, start=7)),
        Question("conflict.what", "3.15", "If 3.7, 3.8 or 3.9 is No: what is the conflict, and how did you limit it?", Kind.LONG),
        Question("lead.name", "3.16", "Agency lead who accepts this as the agency's return", Kind.NAME, required=True),
        Question("lead.date", "3.17", "Date accepted by the agency lead", Kind.DATE, required=True),
    ),
    _FORM_FIELDS,
)  # fmt: skip

IDENTITY = Sheet(
    "identity", "Identity and equality",
    "Who this child is. What was known, and how practice took account of it.",
    Layout.FORM,
    (
        Question("identity.age_band", "4.1", "Age band of the child", Kind.CHOICE, ("Unborn", "0-1", "2-4", "5-10", "11-15", "16-17", scales.NOT_KNOWN, scales.NOT_RECORDED)),
        Question("identity.gender", "4.2", "Gender as recorded", Kind.TEXT),
        Question("identity.ethnicity", "4.3", "Ethnicity as recorded", Kind.TEXT),
        Question("identity.disability", "4.4", "Disability or special educational needs", Kind.CHOICE, _FACT),
        Question("identity.language", "4.5", "First language, and was an interpreter used?", Kind.TEXT),
        Question("identity.faith", "4.6", "Faith as recorded", Kind.TEXT),
        Question("identity.immigration", "4.7", "Was immigration status or recourse to public funds a factor?", Kind.CHOICE, _FACT),
        Question("identity.poverty", "4.8", "Were poverty, debt or housing a factor?", Kind.CHOICE, _FACT),
        Question("identity.account", "4.9", "How did practice take account of this child's identity and circumstances?", Kind.LONG),
    ),
    _FORM_FIELDS,
)  # fmt: skip

CHRONOLOGY = Sheet(
    "chronology", "Chronology",
    "The 10 to 40 events in the review period that mattered for this child, oldest first. Facts, in your own "
    "words, 60 words at most. Roles, not names.",
    Layout.TABLE,
    tuple(Question(f"chronology.{n}", str(n)) for n in range(1, CHRONOLOGY_ROWS + 1)),
    (
        Field("date", "Date", Kind.DATE, hint="A date such as 14 Mar 2026.", width=16),
        Field("end", "End date", Kind.DATE, hint="Only if it lasted longer than a day.", width=16),
        Field("type", "Type of event", Kind.CHOICE, scales.EVENT_TYPES, width=24),
        Field("source", "Source record", width=26),
        Field("seen", "Who was seen or spoken to (roles)", width=26),
        Field("event", "What happened", Kind.LONG, width=60),
        Field("child_seen", "Child seen? Alone?", Kind.CHOICE, ("Seen alone", "Seen with others", "Not seen", *scales.WORDS_FOR_BLANK), width=20),
        Field("child_words", "Child's words or presentation", Kind.LONG, width=40),
        Field("response", "Our response", Kind.LONG, width=40),
        Field("shared_with", "Shared with (agency types)", width=26),
        Field("shared_how", "Shared how and when", width=24),
        Field("received_from", "Received from", width=24),
        Field("significance", "Significance for the child", Kind.CHOICE, (*scales.SIGNIFICANCE, scales.NOT_KNOWN), width=18),
        Field("decision", "Decision and reason recorded?", Kind.CHOICE, _FACT, width=20),
        Field("in_window", "In the review period?", Kind.CHOICE, ("Yes", "No – marked context"), width=20),
        Field("comment", "Comment", Kind.LONG, width=40),
    ),
)  # fmt: skip

KLOE_FIELDS = (
    Field("ours", "Grade: our practice", Kind.CHOICE, scales.GRADES, "Your own agency's practice. The Guidance sheet says what each grade looks like.", 20),
    Field("together", "Grade: working together", Kind.CHOICE, scales.GRADES, "How the agencies worked together, as far as you could see.", 20),
    Field("evidence", "Evidence", Kind.LONG, hint="What you saw, where on file it is, and its date. Roles, not names.", width=100),
    Field("why", "Why this grade", Kind.LONG, hint="What makes it this grade and not the one above or below.", width=70),
    Field("good", "Good practice", Kind.LONG, width=60),
    Field("improve", "Area for improvement", Kind.LONG, width=60),
    Field("blank", "Reason if left blank", hint="If you can't answer, say why. A blank with a reason is a valid answer.", width=30),
)  # fmt: skip

VOICE = Sheet(
    "voice", "Voice",
    "What the child says or shows, and what changed because of it.",
    Layout.FORM,
    (
        Question("voice.child", "7.1", "What does the child say or show about their life?", Kind.LONG, required=True),
        Question("voice.how", "7.2", "How do we know?", Kind.LONG, required=True),
        Question("voice.changed", "7.3", "What changed because of it?", Kind.LONG, required=True),
        Question("voice.family", "7.4", "What do parents or carers say about the help they had?", Kind.LONG),
        Question("voice.engage", "7.5", "Can the child or family be asked for feedback on this audit?", Kind.CHOICE, (*scales.ENGAGEMENT, scales.NOT_KNOWN, scales.NOT_RECORDED)),
        Question("voice.engage_by", "7.6", "Who is best placed to ask them? Role only", Kind.TEXT),
    ),
    _FORM_FIELDS,
)  # fmt: skip

FINDINGS = Sheet(
    "findings", "Findings",
    "Up to three strengths and up to three things to improve. A balance of both helps everyone learn.",
    Layout.FORM,
    (
        *(Question(f"strength.{n}", f"8.{n}", f"Strength {n}", Kind.LONG) for n in (1, 2, 3)),
        *(Question(f"improvement.{n}", f"8.{n + 3}", f"Area for improvement {n}", Kind.LONG) for n in (1, 2, 3)),
        Question("findings.learning", "8.7", "What should other agencies learn from this case?", Kind.LONG),
        Question("findings.training", "8.8", "Is there a training need?", Kind.LONG),
        Question("findings.policy", "8.9", "Is there a policy or procedure to change?", Kind.LONG),
    ),
    _FORM_FIELDS,
)  # fmt: skip

ACTIONS = Sheet(
    "actions", "Actions",
    "What your agency will do about what you found: one action a row, with one owner, a date within six "
    "months and how you'll know. Every grade of Requires improvement or Inadequate needs one.",
    Layout.TABLE,
    tuple(Question(f"action.{n}", str(n)) for n in range(1, ACTION_ROWS + 1)),
    (
        Field("question", "For question", width=16, hint="The number of the question it answers, such as N6. Several: N6, N10."),
        Field("what", "What will be done", Kind.LONG, width=60),
        Field("owner", "Owner (role)", width=30),
        Field("due", "By when", Kind.DATE, width=16),
        Field("measure", "How we'll know", Kind.LONG, width=50),
        Field("outcome", "What will be different for children", Kind.LONG, width=50),
    ),
)  # fmt: skip

OVERALL = Sheet(
    "overall", "Overall",
    "Your judgement as a whole.",
    Layout.FORM,
    (
        Question("overall.ours", "10.1", "Overall grade: our practice", Kind.CHOICE, scales.GRADES, required=True),
        Question("overall.together", "10.2", "Overall grade: working together", Kind.CHOICE, scales.GRADES, required=True),
        Question("overall.confidence", "10.3", "How confident are you in these grades?", Kind.CHOICE, scales.CONFIDENCE),
        Question("overall.difference", "10.4", "What would have made the difference for this child?", Kind.LONG),
    ),
    _FORM_FIELDS,
)  # fmt: skip


def tool_for(
    theme: Theme,
    area: str,
    agency: str,
    kloes: tuple[str, ...],
    words: dict[str, str],
    variant: str = "",
    thresholds: Thresholds = STANDARD,
) -> AuditTool:
    """The audit tool of one agency in one area, for the KLOEs that the session chose.

    ``words`` are the area's own (``{"threshold document": "City Thresholds of Need"}``); they fill the
    ``{...}`` of the bank's texts. Add-on KLOEs are asked only of the agencies that they name, and those of one
    variant ("city") only in that area's tool. ``thresholds``: by which its status column asks and warns.
    """
    asked = [kloe for kloe in theme.kloes if kloe.ref in kloes and kloe.is_asked_of(agency, variant)]
    questions = Sheet(
        "questions", "Questions",
        "Grade your own practice and how agencies worked together, and show the evidence. "
        "The Guidance sheet has prompts and says what each grade looks like.",
        Layout.GRID,
        tuple(_question(kloe, words) for kloe in asked),
        KLOE_FIELDS,
    )  # fmt: skip
    sheets = (
        CONCERN, INVOLVEMENT, PRACTITIONERS, AUDITOR, IDENTITY, CHRONOLOGY,
        questions, VOICE, FINDINGS, ACTIONS, OVERALL,
    )  # fmt: skip
    return AuditTool(theme.name, area, agency, sheets, thresholds)


def _question(kloe: Kloe, words: dict[str, str]) -> Question:
    prompts = "\n".join(f"• {prompt}" for prompt in kloe.prompts)
    grades = "\n".join(f"{grade}: {text}" for grade, text in kloe.descriptors)
    guidance = _filled(f"{kloe.question}\n\n{prompts}\n\n{grades}".strip(), words)
    return Question(
        kloe.ref,
        kloe.ref,
        kloe.title,
        hint=_filled(kloe.question, words)[:255],
        guidance=guidance,
        required=True,
    )


def _filled(text: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text
