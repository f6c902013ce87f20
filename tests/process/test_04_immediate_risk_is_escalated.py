"""If during the course of an audit there are any concerns about the immediate risk to a child/vulnerable
adult or unsafe practice is raised, this information is escalated to the respective agencies for a response
and assurance."""

import pytest

from audit_kit.domain.concern import ConcernAnswers
from audit_kit.stages.escalate import Risk, risk_of, urgency_of


@pytest.mark.parametrize(
    "answers",
    [
        ConcernAnswers(any="Yes"),
        ConcernAnswers(any="YES "),
        ConcernAnswers(any="maybe"),
        ConcernAnswers(any="No", what="Bruise to the face seen yesterday"),
        ConcernAnswers(any="No", safe_now="No"),
        ConcernAnswers(any="No", safe_now="Not known"),
        ConcernAnswers(kind="Unsafe practice"),
        ConcernAnswers(any="?"),
        ConcernAnswers(any="✓"),
        ConcernAnswers(any="No?"),
        ConcernAnswers(any="No", what="??"),
        ConcernAnswers(any="No", safe_now="?"),
        ConcernAnswers(any="No", elsewhere=("!",)),
        ConcernAnswers(any="No", elsewhere=("typed beside the boxes: child is with the perpetrator",)),
    ],
)
def test_anything_that_is_not_a_plain_no_is_a_concern(answers):
    assert risk_of(answers) is Risk.CONCERN


@pytest.mark.parametrize(
    "answers",
    [
        ConcernAnswers(any="No"),
        ConcernAnswers(any="no"),
        ConcernAnswers(any="No", what="No concerns."),
        ConcernAnswers(any="None", what="n/a", told="-", safe_now="Yes"),
        ConcernAnswers(any="No", what="none identified", safe_now="n/a"),
    ],
)
def test_saying_that_there_is_none_raises_none(answers):
    assert risk_of(answers) is Risk.NONE


@pytest.mark.parametrize(
    "answers",
    [
        ConcernAnswers(),
        ConcernAnswers(any="No", formulas=frozenset({"concern.any.answer"})),
        *(ConcernAnswers(any=stroke, what="-") for stroke in ("-", "–", "/", "...", " . ")),
    ],
)
def test_silence_a_dash_and_a_formula_are_never_a_no(answers):
    assert risk_of(answers) is Risk.UNANSWERED


def test_a_concern_without_an_urgency_is_taken_for_the_most_urgent():
    assert urgency_of(ConcernAnswers(any="Yes")) == "Now (999 or within the hour)"
