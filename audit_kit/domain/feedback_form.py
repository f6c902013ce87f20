"""What children, young people, parents and carers are asked, in three forms: few words and faces, plain words, plain prose.

The wording stands in the Word templates, which the team edits; here is what each box is called, so that an answer is
found again, and what it is called in papers for the team.

Source: Multi-Agency Case Audit Process (Sept 2017), "Introduction": "importantly, the views of children, young people
and their families"; "Multi-agency case audit process": "to be engaged as appropriate".
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

OLDER_FROM = 9  # years: younger children get the form with faces, and a grown-up who reads it with them


@dataclass(frozen=True)
class FeedbackQuestion:
    """One question. With ``choices`` it has a box to tick for each, called ``id.1`` to ``id.n``; else one box for words."""

    id: str
    asks: str  # as papers for the team call it
    choices: tuple[str, ...] = ()

    @property
    def boxes(self) -> tuple[str, ...]:
        """What the form's boxes for this question are called."""
        return tuple(f"{self.id}.{number}" for number in range(1, len(self.choices) + 1)) or (self.id,)


@dataclass(frozen=True)
class FeedbackForm:
    """One of the three forms."""

    kind: str
    name: str  # "Young child"
    template: str
    invitation: str  # the template of the words that go with it
    questions: tuple[FeedbackQuestion, ...]

    @property
    def boxes(self) -> frozenset[str]:
        """Every box that the template must have."""
        return frozenset(box for question in self.questions for box in question.boxes)


_LISTENED = ("Yes", "Sometimes", "No")
_SAFE = FeedbackQuestion("safe", "Feels safe now", ("Yes", "Not sure", "No"))
#: answers to ``safe`` that nobody may leave lying: somebody is told at once
NOT_SAFE = frozenset(_SAFE.boxes[1:])

YOUNG_CHILD = FeedbackForm(
    "young-child", "Young child", "feedback_young_child.docx", "invitation_child.docx",
    (
        FeedbackQuestion("felt", "How the help felt", ("Good", "In between", "Not good", "Would rather not say")),
        FeedbackQuestion("listened", "Grown-ups listened", _LISTENED),
        FeedbackQuestion("helped", "Something good"),
        FeedbackQuestion("change", "Something to change"),
        _SAFE,
        FeedbackQuestion("with", "Filled in together with (role)"),
    ),
)  # fmt: skip
OLDER_CHILD = FeedbackForm(
    "older-child", "Older child or young person", "feedback_older_child.docx", "invitation_child.docx",
    (
        FeedbackQuestion("helped", "What helped"),
        FeedbackQuestion("harder", "What did not help, or made things harder"),
        FeedbackQuestion("listened", "Workers listened and did something about it", _LISTENED),
        FeedbackQuestion("different", "What is different now"),
        FeedbackQuestion("change", "What workers should do differently"),
        _SAFE,
        FeedbackQuestion("with", "Filled in together with (role)"),
    ),
)  # fmt: skip
PARENT = FeedbackForm(
    "parent", "Parent or carer", "feedback_parent.docx", "invitation_parent.docx",
    (
        FeedbackQuestion("helped", "What helped the family"),
        FeedbackQuestion("harder", "What did not help, or made things harder"),
        FeedbackQuestion("listened", "Services listened and explained", _LISTENED),
        FeedbackQuestion("fair", "Whether help fitted who the family is"),
        FeedbackQuestion("different", "What is different for the children now"),
        FeedbackQuestion("change", "What services should do differently"),
        _SAFE,
        FeedbackQuestion("with", "Filled in together with (role)"),
    ),
)  # fmt: skip
FORMS = {form.kind: form for form in (YOUNG_CHILD, OLDER_CHILD, PARENT)}


def answers_in(form: FeedbackForm, typed: Mapping[str, str], ticked: Set[str]) -> tuple[tuple[str, str], ...]:
    """(question's id, answer) for all that was answered; what was ticked twice says so. ``typed``: box → words."""
    found = []
    for question in form.questions:
        if question.choices:
            chosen = [words for box, words in zip(question.boxes, question.choices, strict=True) if box in ticked]
            answer = " and ".join(chosen) if len(chosen) < 2 else f"{' and '.join(chosen)} (both ticked)"
        else:
            answer = typed.get(question.id, "").strip()
        if answer:
            found.append((question.id, answer))
    return tuple(found)
