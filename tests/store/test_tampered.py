"""Securely stored on file for future access: whoever changes what is stored is found out, whatever they put right with it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from mini import RETURNED, SESSION, Mini, a_copy_of, a_session_being_audited

from audit_kit import process
from audit_kit.acts.verifying import Verified
from audit_kit.domain.outputs import Output
from audit_kit.domain.progress import EventKind
from audit_kit.errors import AuditKitError

YES = {"concern.any.answer": "Yes"}


@pytest.fixture(scope="module")
def received(tmp_path_factory) -> Mini:
    mini = a_session_being_audited(tmp_path_factory.mktemp("tampered") / "kit")
    mini.drop("a.xlsx", mini.returned("H1", "GP", YES))
    mini.drop("b.xlsx", mini.returned("H1", "HVSN"))
    mini.run()
    return mini


@pytest.fixture
def mini(received, tmp_path) -> Mini:
    return a_copy_of(received, tmp_path / "kit")


def verified(mini: Mini, head: str = "") -> Verified:
    with mini.on(RETURNED) as kit:
        return process.verify(kit, head)


def lines_of(mini: Mini) -> Path:
    return mini.store / "originals" / "events.jsonl"


def cut(mini: Mini, lines: int) -> None:
    """The end of the journal is gone, in the database and beside the originals: so many lines, and back to a decision
    that was closed, since one whose papers were never written would be told by every command."""
    kept = lines_of(mini).read_bytes().splitlines(keepends=True)[:-lines]
    while b'"closed":true' not in kept[-1]:
        kept.pop()
    lines_of(mini).write_bytes(b"".join(kept))
    for path in mini.store.glob("journal.sqlite*"):
        path.unlink()


def in_the_database(mini: Mini, change: str) -> None:
    with closing(sqlite3.connect(mini.store / "journal.sqlite")) as database:
        assert database.execute(change).rowcount > 0
        database.commit()


def test_nothing_is_wrong_with_a_store_that_nobody_touched(mini):
    found = verified(mini)

    assert (found.problems, found.notes) == ((), ())


def test_an_end_that_was_cut_off_everywhere_shows_by_the_papers_that_were_written_since(mini):
    cut(mini, 12)

    assert any("a head that is not in the journal: its end was cut off" in one for one in verified(mini).problems)


def test_so_does_a_whole_store_of_yesterday_that_was_put_back(received, mini, tmp_path):
    yesterday = a_copy_of(received, tmp_path / "yesterday")
    mini.drop("c.xlsx", mini.returned("H2", "GP", YES))
    mini.run()
    shutil.rmtree(mini.store)
    shutil.copytree(yesterday.store, mini.store)

    assert any("its end was cut off" in one for one in verified(mini).problems)


def test_a_shorter_end_shows_by_the_head_of_a_letter_that_was_sent(mini):
    with mini.on(RETURNED) as kit:
        head = kit.journal.head()[:12]
    cut(mini, 1)

    assert any("The head that you gave is not in the journal" in one for one in verified(mini, head).problems)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM events WHERE number > (SELECT max(number) - 3 FROM events)",
        "UPDATE events SET kind = 'accepted' WHERE kind = 'with the reviewer'",
        "UPDATE items SET open = 0, turn = 7",
        "DELETE FROM outputs WHERE path LIKE 'urgent/%'",
    ],
)
def test_a_row_that_was_changed_or_removed_is_told_and_comes_back_from_beside_the_originals(mini, change):
    with mini.on(RETURNED) as kit:
        before = kit.journal.rows()
    in_the_database(mini, change)

    assert any("The journal was put right" in one for one in verified(mini).problems)

    with mini.on(RETURNED) as kit:
        assert kit.journal.rows() == before


def test_two_sealed_originals_that_changed_places_are_both_told(mini):
    with mini.on(RETURNED) as kit:
        (_, one), (_, other) = [found for found in kit.vault.originals().values() if found[0] == f"{SESSION}/H1"]
    swapped(one, other)

    assert sum("was changed" in problem for problem in verified(mini).problems) == 2


def test_no_original_is_opened_in_place_of_another(mini):
    escrow = (mini.folder / "keys" / "for-the-escrow-holder" / "escrow.key").read_text().strip()
    with mini.on(RETURNED) as kit:
        found = {sha: path for sha, (case, path) in kit.vault.originals().items() if case == f"{SESSION}/H1"}
        swapped(*found.values())

        for sha in found:
            with pytest.raises(AuditKitError, match="not the one that belongs there"):
                kit.vault.open_original(sha, f"{SESSION}/H1", escrow)


def test_an_original_that_nobody_received_is_told(mini):
    (sealed,) = list((mini.store / "passwords").glob("*.age"))
    shutil.copy(sealed, mini.store / "originals" / SESSION / "H1" / f"{'7' * 64}.age")

    assert any("never received" in problem for problem in verified(mini).problems)


def test_a_paper_that_somebody_worked_in_is_named_and_one_that_went_is_counted(mini):
    notice, other = sorted((mini.outbox / "urgent").glob("*.docx"))[:2]
    notice.write_bytes(notice.read_bytes() + b" ")
    (mini.outbox / "agencies" / "GP" / f"{SESSION}_H1_GP_r1.xlsx").unlink()

    found = verified(mini)

    assert found.problems == ()
    assert f"somebody worked in it (urgent/{notice.name})" in " ".join(found.notes)
    assert other.name not in " ".join(found.notes)
    assert any(one.startswith("1 paper is no longer in the outbox") for one in found.notes)


def test_a_paper_that_several_decisions_wrote_is_as_the_last_of_them_wrote_it(mini):
    """Such as a calendar, anew whenever a date moves. Batches are not named in the order of what they decide."""
    with mini.on(RETURNED) as kit:
        for batch, text in (("z first", b"first"), ("a second", b"second")):
            kit.carry_out(batch, [kit.event(EventKind.EXTENDED, SESSION)], [Output("team/calendar.ics", text)])
        assert [one.sha for one in kit.journal.outputs() if one.path == "team/calendar.ics"] == [
            kit.vault.digest(text) for text in (b"first", b"second")
        ]

    assert verified(mini).notes == ()


def swapped(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


Change = Callable[[list[str]], list[str]]


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [*lines[:8], *lines[9:]],
        lambda lines: [*lines[:8], lines[9], lines[8], *lines[10:]],
        lambda lines: [*lines[:8], lines[8].replace('"kind":"', '"kind":"x'), *lines[9:]],
    ],
    ids=["one taken out", "two in another order", "one changed"],
)
def test_lines_beside_the_originals_that_were_changed_are_never_believed(mini, change):
    """While the database is there it is the other witness; without it nothing is rebuilt from them."""
    lines = lines_of(mini).read_text(encoding="ascii").splitlines(keepends=True)
    assert all(json.loads(line) for line in lines)
    lines_of(mini).write_text("".join(change(lines)), encoding="ascii")

    assert any("was put right" in one or "does not fit" in one for one in verified(mini).problems)


# --- sealed values that changed places: each opens with the same key ---------------------------------------------------


def test_sealed_values_that_changed_places_are_told_by_name(mini):
    returns = sorted((mini.store / "returns").glob("*.age"))
    swapped(*returns[:2])

    (told,) = verified(mini).problems

    assert "2 sealed values are damaged, or lie under another's name" in told
    assert all(f"returns/{path.stem}" in told for path in returns[:2])


def test_so_is_one_that_was_damaged(mini):
    (path,) = list((mini.store / "passwords").glob("*.age"))
    path.write_bytes(path.read_bytes()[:-1])

    assert any("1 sealed values are damaged" in one for one in verified(mini).problems)


def test_no_return_is_read_with_another_cases_register_and_its_concern_goes_out_all_the_same(mini):
    """Else the names of its own family would be left standing."""
    registers = mini.store / "register" / SESSION
    data = mini.returned("H2", "GP", YES)
    swapped(registers / "H1.age", registers / "H2.age")
    before = set(mini.in_outbox("**/*"))
    mini.drop("c.xlsx", data)

    with pytest.raises(AuditKitError, match="not the one that belongs there"):
        mini.run()

    written = set(mini.in_outbox("**/*")) - before
    assert any(path.startswith("urgent/") for path in written)
    assert not [path for path in written if not path.startswith("urgent/")]


def test_no_received_content_is_taken_for_another(mini):
    with mini.on(RETURNED) as kit:
        first, second = kit.vault.stage([b"one", b"two"])
    swapped(*((mini.store / "work" / f"{sha}.age") for sha in (first, second)))

    with mini.on(RETURNED) as kit, pytest.raises(AuditKitError, match="not the one that belongs there"):
        kit.vault.staged(first)


def test_a_value_that_an_earlier_version_sealed_without_its_name_can_be_read(mini):
    with mini.on(RETURNED) as kit:
        (mini.store / "passwords" / "old.age").write_bytes(kit.vault._keys.seal_for_service(b"a password"))

        assert kit.vault.get_bytes("passwords/old") == b"a password"
