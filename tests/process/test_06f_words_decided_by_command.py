"""A person decides the words in doubt: by the review workbook or by a command, once, with the same result.

Source: "Names of the subject child / family members will be anonymised in all paperwork."
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from mini import CHILD, RETURNED, SESSION, Mini, a_copy_of
from typer.testing import CliRunner

from audit_kit import process
from audit_kit.acts.passwords import TEAM, password_for
from audit_kit.cli import app
from audit_kit.demo import agencies
from audit_kit.domain.progress import EventKind
from audit_kit.domain.review_form import KEEP, REPLACE, review_form
from audit_kit.domain.states import AuditState
from audit_kit.errors import UsageProblem
from audit_kit.office.protect import unprotect

CASE = f"{SESSION}/H1"
DOUBTFUL = "Quendle Zorvath"  # alone on its line: nothing says whether it is a person
WHY = ("--reason", "a return waits")


@pytest.fixture(scope="module")
def waiting_once(audited: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    mini = a_copy_of(audited, tmp_path_factory.mktemp("waiting") / "kit")
    (mini.store / "models").unlink(missing_ok=True)
    said = mini.good("H1", "GP")["N6.evidence"]
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"N6.evidence": f"{said}\n\n{DOUBTFUL}"}))
    mini.run()
    assert mini.progress("H1", "GP").state is AuditState.SET_ASIDE
    return mini


@pytest.fixture
def waiting(waiting_once: Mini, tmp_path: Path) -> Mini:
    """A return that waits because of one word."""
    return a_copy_of(waiting_once, tmp_path / "kit")


def called(mini: Mini, *arguments: str):
    """The command as it is typed: its exit code and everything it said."""
    options = ["--config", str(mini.config), "--today", RETURNED.isoformat()]
    return CliRunner().invoke(app, [*options, "review", *arguments])


def the_code(mini: Mini) -> str:
    listed = called(mini, CASE, *WHY, "--json")
    assert listed.exit_code == 1
    (word,) = json.loads(listed.stdout)["words"]
    return word["row"]


def copy_for_the_reviewer(mini: Mini) -> Path:
    (path,) = mini.outbox.glob("team/with-reviewer/*H1_GP*.xlsx")
    return path


def answers_for_the_reviewer(mini: Mini) -> str:
    from openpyxl import load_workbook

    cells = [c.value for sheet in load_workbook(copy_for_the_reviewer(mini)) for row in sheet.iter_rows() for c in row]
    return "\n".join(str(value) for value in cells if value)


def by_workbook(mini: Mini, action: str, label: str = ""):
    with mini.on(RETURNED) as kit:
        data = unprotect(
            (mini.outbox / f"team/restricted/{SESSION}_H1_review.xlsx").read_bytes(), password_for(kit, SESSION, TEAM)
        )
    assert data is not None
    typed = {"doubt.1.action": action, "doubt.1.label": label}
    mini.drop("decided.xlsx", agencies.typed_into(data, review_form("H1", 1, ()), typed))
    return mini.run()


def events(mini: Mini, kind: EventKind):
    with mini.on(RETURNED) as kit:
        return [event for event in kit.journal.events(SESSION) if event.kind is kind]


def test_the_command_shows_what_the_workbook_shows_and_the_showing_is_journalled_without_the_word(waiting):
    shown = called(waiting, CASE, *WHY)

    assert shown.exit_code == 1
    assert DOUBTFUL in shown.stdout
    assert "Proposed: --row" in shown.stdout
    assert "As whom: Child H1; " in shown.stdout
    (event,) = events(waiting, EventKind.DOUBTS_SHOWN)
    assert dict(event.codes) == {"phrases": "1"}
    assert event.note
    with waiting.on(RETURNED) as kit:
        assert "doubtful words shown" in [access.what for access in process.access_log(kit, SESSION)]


def test_without_a_reason_nothing_is_shown(waiting):
    shown = called(waiting, CASE, "--reason", " ")

    assert (shown.exit_code, DOUBTFUL in shown.output) == (1, False)  # the exit code of a problem is main's to give
    assert isinstance(shown.exception, UsageProblem)
    assert "Nothing was shown." in str(shown.exception)
    assert events(waiting, EventKind.DOUBTS_SHOWN) == []


@pytest.mark.parametrize(
    ("option", "action", "label", "left"),
    [
        (("--replace-as", "Neighbour"), REPLACE, "Neighbour", "Neighbour"),
        (("--keep",), KEEP, "", DOUBTFUL),
    ],
)
def test_decided_by_command_or_by_workbook_the_return_goes_on_with_the_same_copy(
    waiting, tmp_path, option, action, label, left
):
    other = a_copy_of(waiting, tmp_path / "other")

    done = called(waiting, CASE, *WHY, "--row", the_code(waiting), *option)
    by_workbook(other, action, label)

    assert DOUBTFUL not in done.output
    assert "1 phrase decided. Read again: 1 return." in done.output
    assert answers_for_the_reviewer(waiting) == answers_for_the_reviewer(other)
    assert left in answers_for_the_reviewer(waiting)
    assert waiting.progress("H1", "GP").state is AuditState.WITH_REVIEWER
    assert not list(waiting.outbox.glob("team/restricted/*review*"))


def test_the_decision_stands_in_the_journal_with_a_sealed_reason(waiting):
    called(waiting, CASE, *WHY, "--row", the_code(waiting), "--keep")

    (event,) = events(waiting, EventKind.DOUBTS_DECIDED)
    assert (dict(event.codes), bool(event.note), event.item) == ({"decided": "1"}, True, "")


def test_it_is_decided_once(waiting):
    code = the_code(waiting)
    called(waiting, CASE, *WHY, "--row", code, "--replace-as", "Neighbour")

    again = called(waiting, CASE, *WHY, "--row", code, "--replace-as", "Neighbour")
    otherwise = called(waiting, CASE, *WHY, "--row", code, "--keep")

    assert "this word was decided so before. Nothing was changed." in again.output
    assert isinstance(otherwise.exception, UsageProblem)
    assert str(otherwise.exception) == (
        f"{CASE}: This word was decided before in another way, and a word is decided once. It stays as it was decided. "
        "Only a word that was kept can still be replaced, with --replace-as."
    )
    assert len(events(waiting, EventKind.DOUBTS_DECIDED)) == 1


def test_nor_does_a_workbook_that_comes_after_the_command_change_it(waiting):
    with waiting.on(RETURNED) as kit:
        password = password_for(kit, SESSION, TEAM)
    kept = unprotect((waiting.outbox / f"team/restricted/{SESSION}_H1_review.xlsx").read_bytes(), password)
    called(waiting, CASE, *WHY, "--row", the_code(waiting), "--replace-as", "Neighbour")

    waiting.drop("late.xlsx", agencies.typed_into(kept, review_form("H1", 1, ()), {"doubt.1.action": KEEP}))
    done = waiting.run()

    assert any("Decided before in another way, and left as it was: 1 phrase." in said for said in done.sentences)
    assert "Neighbour" in answers_for_the_reviewer(waiting)


def test_but_what_was_kept_by_mistake_can_still_be_replaced(waiting):
    code = the_code(waiting)
    called(waiting, CASE, *WHY, "--row", code, "--keep")

    replaced = called(waiting, CASE, *WHY, "--row", code, "--replace-as", "Neighbour")

    assert "1 phrase decided." in replaced.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--row", "zzzzz", "--keep"), "No word with this code is or was in doubt there."),
        (("--row", "{code}", "--replace-as", CHILD), "The label holds a name, or what may be one."),
        (("--row", "{code}"), "A word is decided by its code and in one way."),
        (("--keep",), "A word is decided by its code and in one way."),
        (("--row", "{code}", "--keep", "--replace-as", "Neighbour"), "A word is decided by its code and in one way."),
    ],
)
def test_what_can_not_be_decided_is_refused_whole(waiting, options, said):
    code = the_code(waiting)

    refused = called(waiting, CASE, *WHY, *(option.format(code=code) for option in options))

    assert isinstance(refused.exception, UsageProblem)
    assert said in str(refused.exception)
    assert "Nothing was decided." in str(refused.exception)
    assert CHILD not in str(refused.exception)
    assert events(waiting, EventKind.DOUBTS_DECIDED) == []
    assert waiting.progress("H1", "GP").state is AuditState.SET_ASIDE


def test_a_code_says_nothing_of_the_word_and_is_another_in_another_case(waiting):
    code = the_code(waiting)

    with waiting.on(RETURNED) as kit:
        from audit_kit.acts.words_in_doubt import _code

        assert re.fullmatch(r"[0-9a-f]{5}", code)
        assert _code(kit, f"{SESSION}/H2", DOUBTFUL) != code == _code(kit, CASE.lower(), DOUBTFUL.upper())


def test_a_case_that_does_not_stand_is_said_to_be_none(waiting):
    refused = called(waiting, f"{SESSION}/H9", *WHY)

    assert "That is no case that stands here." in str(refused.exception)
