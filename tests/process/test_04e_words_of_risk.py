"""If during the course of an audit there are any concerns about the immediate risk to a child/vulnerable adult is raised,
this information is escalated: wherever it is written.

Which words tell of danger in these days, and which only look like it. That nothing is found in the demo's good returns
is shown with every other rule in test_05b_robust_enough_to_argue_with.py.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies

from audit_kit.stages.words_of_risk import _IN_ANY_DAYS, _PERHAPS, _THESE_DAYS, _in_small_letters, words_of_risk

ORDINARY = Path(__file__).parents[1] / "privacy" / "ordinary_phrases.txt"


@pytest.mark.parametrize(
    "text",
    [
        "Child disclosed today that dad hits her",
        "he will be killed tonight",
        "Mum said tonight she will kill herself",
        "There is currently a knife in the house and he has threatened to use it",
        "Child is currently missing",
        "Baby has bruises today, no explanation",
        "at risk of significant harm now",
        "He is at risk today",
        "She is at risk at the moment",
        "They are at risk this week",
        "The home is unsafe now and nobody has been.",
        "He is in danger tonight.",
        "Today I read that she is not safe.",
        "She is still at significant risk.",
        "She is flying to Somalia tomorrow and may be cut",
        "FGM is planned: they travel to the Gambia this week",
        "She is to be married abroad next week",
        "He is being trafficked and is at an address in Kent right now",
        "Today he was beaten by his stepfather",
        "Last night she took an overdose",
        "She has been missing since yesterday",
        "Nobody has seen her since Monday",
        "The whereabouts of the family are unknown at present",
        "Mother's partner has a gun, she told me this morning",
        "He threatened her with a machete yesterday",
        "The baby was shaken last night",
        "There are marks on his neck today",
        "She says that she wants to die and has tablets with her now",
        "He's alone with the perpetrator tonight",
        "The children are home alone at the moment",
        "There's no food in the house this week",
        "Dad is hitting him now",
        "He isn't safe at home tonight",
        "Is being exploited by older males at this time",
        "She was taken abroad yesterday",
        "They are now missing",
        "The child’s not safe right now",
        "The father is back in the home now in breach of the order",
        "Mum is suicidal today",
        "He will stab him tomorrow, he says",
        "she fears for her life tonight",
        "Child is not at school today, missing from home",
        "There is a threat to kill the mother at the moment",
        "Step-dad is still hitting the kids",
        "boy ran away last night",
        "She's bleeding now",
        "Currently there's domestic violence in the home",
        "Mother says that he's going to kill them tonight",
        "The family leaves for Sudan tomorrow and I am worried about FGM",
        "Sibling has a burn to the arm today",
        "He has burns today",
        "Grandmother will cut her this weekend",
        "Nobody knows where he is tonight",
        "Mum has been drinking and is drunk in charge of the baby now",
        "He raped her last night",
        "Child is locked in her room at this moment",
        "She told me today her uncle touches her",
        "He currently carries a knife",
        "threats have been made to the family this week",
        "Her father knows where she lives and threatens to come tonight",
        "A man is outside the flat with a bat right now",
        "Stepfather punched him this morning",
        "Mother overdosed last night",
        "The baby is not breathing right since this morning",
        "I think she is about to be moved by the gang tonight",
        "Mum intends to take her life tonight",
        "Uncle is grooming her at the moment",
        'Child told her teacher this morning "my dad hurts me"',
        "He's been sleeping in a car and it's freezing tonight",
        "There is immediate danger today",
        "The child has disappeared today",
        "She did not come home last night",
        "He has gone missing again this week",
        "Child disclosed today. Dad hits her.",
        "Baby has bruises.\nSeen this morning.",
        "Not only was he hit today, he was locked in",
    ],
)
def test_danger_in_these_days_is_found(text):
    assert words_of_risk(text)


@pytest.mark.parametrize(
    "text",
    [
        "There is no immediate risk today.",
        "She was at significant risk then and now is well.",
        "He is no longer in danger now.",
        "The sofa is unsafe for visitors. It is now gone.",
        "Missing episodes are now recorded within the day",
        "Domestic abuse is now asked about at every booking",
        "The plan is still missing from the file",
        "Two pages are currently missing from the chronology",
        "The risk assessment is now on the file",
        "Today the home is safe and warm",
        "Her voice is still missing from the plan",
        "Knife crime is now taught in year 8",
        "There were no bruises today",
        "He was hit by his father in 2024 and now lives with his aunt",
        "Whether he is missing is now asked each week",
        "She was missing twice in May and is now back at school",
        "The exploitation pathway is now in use",
        "No evidence of self-harm at the moment",
        "The child isn't at risk today",
        "Signature still missing",
        "We were still hitting the target in June",
        "Contact is now supervised",
        "Mother is not suicidal at present",
        "The father was threatened with eviction and now pays rent by order",
        "Information about the father is still missing",
        "The chronology still lacks the police's entries",
        "He now tells his teacher when he is scared",
        "She still feels safe with her aunt",
        "The voice of the child is still missing in one report",
        "Parents who were violent in the past still see the worker",
        "A knife lay in a drawer in 2024. The flat is now let to others",
        "Self-harm training is now given to all staff",
        "The plan is still missing; no date",
    ],
)
def test_what_is_denied_or_past_or_the_works_own_language_is_not(text):
    assert not words_of_risk(text)


def test_nor_is_an_ordinary_phrase():
    assert [line for line in ORDINARY.read_text(encoding="utf-8").splitlines() if words_of_risk(line)] == []


def test_only_what_is_said_beside_it_tells_when():
    assert words_of_risk("Dad hits her. She told me today.")
    assert not words_of_risk("Dad hits her. She told me in May. He has been away for long. I read it today.")


@settings(max_examples=400, deadline=None)
@given(days=strategies.sampled_from((*_THESE_DAYS, *_PERHAPS)).flatmap(strategies.from_regex))
def test_no_words_of_these_days_are_passed_over_by_the_quick_look(days):
    assert any(word in _in_small_letters(days) for word in _IN_ANY_DAYS)
