"""Strangers whose names are words, initials and small letters; and ordinary sentences of which nothing may go."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_places_by_name import REGISTER, left_of

from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

ORDINARY = [
    line
    for line in (Path(__file__).parent / "ordinary_phrases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def anonymiser():
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("She came with Willow, Chanel and Amber.", "Willow"),
        ("She came with Willow, Chanel and Amber.", "Amber"),
        ("Staff in the club, Jade and Summer, stayed late.", "Summer"),
        ("I said to Jade that she must ring.", "Jade"),
        ("Willow said that she heard it.", "Willow"),
        ("Girlfriend Poppy is expecting.", "Poppy"),
        ("The family support worker, Ebony, used pictures.", "Ebony"),
        ("A neighbour (Carol at the end) rang.", "Carol"),
        ("He keeps in touch with ex-carers Pat and Clive.", "Pat"),
        ("It was countersigned G. Nettles.", "G. Nettles"),
        ("The school and Ikram Sheikh-Nur agreed.", "Ikram Sheikh-Nur"),
        ("Football with Coach Bryn on Fridays.", "Coach Bryn"),
        ("Breakfast club is on. Logged LW.", "LW"),
        ("her teacher miss pickering rang. mum was out. i left a note. ok.", "miss pickering"),
        ("seen today. signed rn m castillo", "m castillo"),
        ("discussed with sw tendai mutasa. ok. mum came in. dad did not.", "tendai mutasa"),
        ("The co-defendant Paddy Hall (17) was there.", "Paddy Hall"),
        ("Contact was supervised by Winsome.", "Winsome"),
        ("Staff on shift were Mel and Big Dave.", "Big Dave"),
        ('With an unknown male n/n "Skeng" in the park.', "Skeng"),
        ("Seen with Tyrell MONCRIEFFE. Later MONCRIEFFE gave details.", "Tyrell MONCRIEFFE"),
        ("DR HOLLOWAY REPORTED THREE FRACTURES TODAY.", "DR HOLLOWAY"),
        ("HV ANNETTE FOX TO VISIT THE HOME.", "ANNETTE FOX"),
        ("HOSPITAL SW JUNE ADDO ATTENDED THE MEETING.", "JUNE ADDO"),
        ("curtis from young hackney came. mum rang. ok. fine.", "curtis"),
        ("James rang the school today.", "James"),
        ("It was agreed with Jared and Carly.", "Carly"),
        ("Her best friend, Amber, left in the holidays.", "Amber"),
        ("Her friend group: Saffron, Esme T and others.", "Saffron"),
        ("The advocate, Blessing, came. The worker asked Blessing whether she knew.", "Blessing"),
        ('With DENIZ KOCAK, "Trigz" and a girl.', "Trigz"),
        ("YJS: Curtley to see him.", "Curtley"),
        ("He stays with his mate Spud now.", "Spud"),
        ("Passports are held by Verity Lomas, solicitor.", "Verity Lomas"),
        ("yot worker dean fletcher on leave. mum rang. ok. fine.", "dean fletcher"),
        ("he wants to live with nanny pearl. mum rang. ok. fine.", "pearl"),
        ("turned up with big mikey. mum rang. ok. fine.", "big mikey"),
        ("midwife is dorcas. mum rang. ok. fine.", "dorcas"),
        ("plan is due, kofi to chair. mum rang. ok.", "kofi"),
        ("PRESENT: OWEN BRIGHT-WATTS (SW), NURSE TAYLOR, MUM.", "OWEN BRIGHT-WATTS"),
        ("seen by pc hobbs today. pc hobbs attended again. ok.", "pc hobbs"),
        ("seen w dylan frost. he ran off. she cried. ok.", "dylan frost"),
        ("lodging with julia and des crowther. all well. ok.", "des crowther"),
        ('seen with micah and "bones". no more. ok then.', "bones"),
        ("LEGAL: PATIENCE OKORO ADVISED. SERGEANT POTTER RAISED IT.", "PATIENCE OKORO"),
        ("LEGAL: PATIENCE OKORO ADVISED. SERGEANT POTTER RAISED IT.", "POTTER"),
        ("ADVICE FROM MR VAN DEN BERG ON THE BURN.", "MR VAN DEN BERG"),
        ("12/09 09:14 RHOLLOWAY: late again.", "RHOLLOWAY"),
        ("13/09 10:02 kdesai: rang home.", "kdesai"),
        ("Reached the tutor (b.castle3 on Teams).", "b.castle3"),
        ("Present: Martha Vint, Sid Omar. 1. MV: weight up. 2. SO: one call.", "SO"),
        ("The decision was explained by Willow Hart in plain words.", "Willow Hart"),
        ("Present: R. Osgood, Kim Doyle. Action: RO to check in.", "RO"),
        ("On the second call she got Faith, who took it.", "Faith"),
        ("She walks miles; Miles, her youth worker, found a pass.", "Miles"),
        ("Hi Mo, further to your call.", "Mo"),
        ("It came from the head, Dr Crispin\nVane, on Friday.", "Crispin\nVane"),
        ("letter signed m. whittaker hv. nobody rang. ok. she cried.", "m. whittaker"),
        ("then agency worker t. ravenscroft for six weeks. nobody rang. ok.", "t. ravenscroft"),
        ("there: fran dowsett (sw), mum. nobody rang. ok. fine.", "fran dowsett"),
        ("he wants to see ciocia ola, who lives near. nobody rang. ok.", "ola"),
        ("she told morah chani that it hurts. nobody rang. ok.", "morah chani"),
        ("Talked with her Portuguese interp Neuza by phone.", "Neuza"),
        ("MOVED TO THE WARD 0110, SISTER IN CHARGE GRAINNE. CHILD CALM.", "GRAINNE"),
        ("POLICE PRINT. INFT GODWIN TETTEH, CONCIERGE. MALE IN LOBBY.", "GODWIN TETTEH"),
    ],
)
def test_somebody_named_by_a_word_or_by_initials_is_masked(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


def test_two_mentions_of_which_each_says_little_are_masked_together(anonymiser):
    """At the start of a sentence a capital says nothing, and an unknown word inside one may be a thing."""
    said, capital = "Xorlani felt better.", "It was good, quite Xorlani."

    assert [anonymiser.mask(text).replacements for text in (said, capital)] == [(), ()]
    assert "Xorlani" not in anonymiser.mask(f"{said} {capital}").text


def test_a_stranger_is_met_again_without_an_apostrophe(anonymiser):
    assert "lorraine" not in anonymiser.mask("rang nan lorraine. he went to lorraines in leyton. ok. fine.").text


def test_a_stranger_named_by_a_word_is_masked_again(anonymiser):
    assert (
        "Blessing"
        not in anonymiser.mask("Her advocate Blessing came. The Chair asked Blessing whether it helped.").text
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "The landlord, Will Dunmore, came. Will also wrote in support.",
            "The landlord, {0}, came. {0} also wrote in support.",
        ),
        (
            "Her mentor, Grace Oduya, came. Grace also noted a bruise.",
            "Her mentor, {0}, came. {0} also noted a bruise.",
        ),
        (
            "health visitor comfort asante came. nobody else did. comfort's notes are good. ok.",
            "health visitor {0} came. nobody else did. {0}'s notes are good. ok.",
        ),
    ],
)
def test_a_stranger_met_by_the_full_name_keeps_the_label_where_only_the_word_stands(typed, shown):
    masked = CaseAnonymiser.for_case(REGISTER, KeepWords.standard()).mask(typed)

    assert masked.text == shown.format(masked.replacements[0].label)


@pytest.mark.parametrize(
    "typed",
    [
        "Will also write to the school. May also explained. Hope, her worker said, has gone.",
        "Dear Colleagues, Hi All, Hello Team, please note.",
        "comfort's sake aside, he eats. nobody rang. ok. she cried.",
        "he prefers e.g. kosher food. nobody rang. plan b. dinner came. ok.",
    ],
)
def test_a_greeting_an_auxiliary_and_a_list_are_nobody(typed):
    masked = CaseAnonymiser.for_case(REGISTER, KeepWords.standard()).mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


def test_a_stranger_masked_once_is_masked_before_as_well(anonymiser):
    assert "Quendra" not in anonymiser.mask("Quendra then. It was told to Ms Quendra.").text


def test_initials_of_nobody_met_that_are_given_a_task_are_asked_about(anonymiser):
    typed = "Actions: QF to safety plan; KR to chase."

    assert [typed[d.start : d.end] for d in anonymiser.mask(typed).doubts] == ["QF", "KR"]


@pytest.mark.parametrize(
    "typed",
    [
        "Willow class and Ruby ward are closed.",
        "It was rated Amber, not Red or Green.",
        "There is Hope in the plan. Hope expressed. Justice was served.",
        "From April to June; by Summer; May will tell.",
        "The Tree of Hope and Rich Tea were shared.",
        "Their Jars, Jams, Cars and Bars were marked, badly and sadly.",
        "An AFO visit was made; the TESS worker and SARA scores.",
        'He was described as "absent" and she as "supportive".',
        "The Herbert Protocol and a Child Abduction Warning Notice were used; HENRY was offered.",
        "THE SISTER IN CHARGE ASKED THE CHILD TO SIT DOWN.",
        "THE CHAIR SUMMARISED. HOUSING. NEXT MEETING IN JUNE.",
        "09:14 outcome: no reply. 10.30 update: seen.",
    ],
)
def test_words_that_could_be_names_stay_where_nobody_is_called_by_them(anonymiser, typed):
    masked = anonymiser.mask(typed)

    assert (masked.text, masked.doubts) == (typed, ())


def test_there_are_150_ordinary_sentences_of_the_trade_and_more():
    assert len(ORDINARY) >= 150


def test_nothing_of_ordinary_sentences_is_masked(anonymiser):
    assert [line for line in ORDINARY if anonymiser.mask(line).text != line] == []


def test_hardly_anything_of_ordinary_sentences_is_asked_about(anonymiser):
    asked = [line for line in ORDINARY if anonymiser.mask(line).doubts]

    assert len(asked) <= 0.03 * len(ORDINARY), asked


FAMILY = CaseRegister(
    "H2",
    (
        Person("subject_child", "Connor Blackwell"),
        Person("mother", "June Stone"),
        Person("father", "Declan Marsh"),
        Person("sibling", "Precious Amara Marsh"),
        Person("half_brother", "Jayden Marsh"),
    ),
)


@pytest.fixture(scope="module")
def of_the_family():
    return CaseAnonymiser.for_case(FAMILY, KeepWords.standard())


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("tc to con, hung up. mum rang. nobody came. ok.", "con"),
        ("spoke to dec. mum rang. nobody came. ok.", "dec"),
        ('Sharon rang and said: "jay ain\'t here".', "jay"),
        ("j stone not on the tenancy. mum rang. ok then.", "j stone"),
        ("connor b found ok. mum rang. nobody came.", "connor b"),
        ("PARENTS, THE MARSHES, SPOKEN TO.", "MARSHES"),
    ],
)
def test_a_registered_name_typed_small_or_as_a_plural_is_masked_or_asked_about(of_the_family, typed, named):
    masked = of_the_family.mask(typed)

    start = typed.index(named)
    left = set(range(start, start + len(named)))
    for found in (*masked.replacements, *masked.doubts):
        left -= set(range(found.start, found.end))
    assert not [i for i in left if typed[i].isalnum()], masked


@pytest.mark.parametrize(
    "typed",
    [
        "From June on the plan moved, but between May and July nobody visited.",
        "By May or June it was done.",
        "THIS IS A PRECIOUS PIECE OF EVIDENCE.",
        "they put a stone in the dec review. it was a con. i will mark it. ok.",
    ],
)
def test_months_and_words_stay_although_somebody_is_called_so(of_the_family, typed):
    assert of_the_family.mask(typed).text == typed


def test_a_day_of_the_week_stays_although_somebody_is_called_so():
    register = CaseRegister("H1", (Person("father", "Sunday Okoro"),))
    typed = "It was open on a Sunday and every Sunday. Since Sunday moved out she is calm."

    masked = CaseAnonymiser.for_case(register, KeepWords.standard()).mask(typed)

    assert masked.text == "It was open on a Sunday and every Sunday. Since Father moved out she is calm."


def test_a_word_in_capitals_is_nobodys_initials(anonymiser):
    masked = anonymiser.mask("CHILD SEEN. KETTLE PULLED BY DOG. MOTHER CALM. WARD QUIET.")

    assert masked.doubts == ()


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("His friend is Liban aka Scab, known to police.", "Scab"),
        ("To: Quansah, Efua\nHi all", "Quansah, Efua"),
        ("dear sue, sorry for this. mum rang. ok. dad left.", "sue"),
        ("thanks for this. he is well. thx, tunde (deputy mgr)", "tunde"),
        ("The rep was Ms Da Costa from the unit.", "Da Costa"),
        ("SEEN WITH MARLON ST-HILAIRE. ST-HILAIRE RAN OFF TODAY.", "MARLON ST-HILAIRE"),
        ("mum left. a row between kyle and simcha nolan. ok. he ran.", "simcha nolan"),
        ("Then Zgozika, a locum, took over.", "Zgozika"),
        ("mitko (surname radevski? bulgarian) rang. mum left. ok. she ran.", "radevski"),
        ("down as zikol petrova, dob same. mum rang. ok. she left.", "zikol petrova"),
        ("can u ask for the drawing. mum rang. ok. thanks sal", "sal"),
        ("On file is Jewel Tavares, an aunt.", "Jewel"),
        ("Mercy-Ann Tull took over in May.", "Mercy-Ann Tull"),
        ("Placed with Mr & Mrs Whitlow for now.", "Mr & Mrs Whitlow"),
        ("Seen by Helga Prior twice. Prior described the journey.", "Helga Prior"),
        ("mtg 3/3 pres rhiannon e, dion (sch), hv maggie, mum. ok. she left. he ran.", "dion"),
        ("gran said vinnie went home. mum left. ok. he ran.", "vinnie"),
        ("sw hazel zebley came. mum left. told hazel off. ok. hazel from the hub rang.", "hazel"),
        ("dad at work (umut zocakbasi). mum left. ok. he ran.", "umut zocakbasi"),
        ("On leave, Piers covered. Later Piers rang.", "Piers"),
        ("Seen by Dr Oni Banjo; Banjo has thought about it.", "Oni Banjo"),
        ("not at school, mr danvers confirms. mum left. ok. he ran.", "mr danvers"),
        ("tc to nerissa bright - agreed a visit. mum left. ok. he ran.", "nerissa bright"),
        ("Seen by Hilary Strand. Later Strand rang. Strand closed the case.", "Hilary Strand"),
        ("tc from dc orla finch re the phone. mum left. ok. he ran.", "orla finch"),
        ("present were mum and unc leroy. mum left. ok. he ran.", "leroy"),
        ("With student Zebele at the clinic.", "Zebele"),
        ("sw nurgulay rang. mum left. actions: nurg to visit by friday. ok.", "nurg"),
        ("SW Nurgulay Zeb rang. They met Nurg later.", "Nurg"),
    ],
)
def test_somebody_goes_by_an_alias_or_a_name_cut_down(anonymiser, typed, gone):
    assert left_of(anonymiser, typed, gone) == ""


def test_a_verb_before_a_registered_surname_is_no_name(anonymiser):
    left = anonymiser.mask("Will Tavares come? Hope Tavares is well.").text

    assert left == "Will Father come? Hope Father is well."


def test_a_surname_that_is_a_word_is_known_again_before_what_its_bearer_said(anonymiser):
    left = anonymiser.mask("Seen by Helga Prior. Prior described it. Prior to this, nobody had.").text

    assert left.count("Prior") == 1


def test_a_surname_behind_a_semicolon_has_a_capital_for_a_reason(anonymiser):
    left = anonymiser.mask("Seen by Dr Oni Banjo; Banjo has thought about it. A banjo was played.").text

    assert "Banjo" not in left
    assert "A banjo" in left
