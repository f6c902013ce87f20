"""Sixty sessions stand, and something happens in one: the papers of the others are as they were, and nobody looks at them."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from mini import RETURNED, SESSION, Mini, a_plan

from audit_kit import process
from audit_kit.acts.planning import form_for
from audit_kit.demo import agencies
from audit_kit.domain.progress import EventKind
from audit_kit.kit import Kit
from audit_kit.store.disk import NO_LINES, Disk

NEXT = "2027-A1-NEG"
QA, REVIEW = f"team/with-reviewer/{SESSION}_H1_qa.xlsx", f"team/restricted/{SESSION}_H2_review.xlsx"
DOUBT = "Quendle Zorvath"  # alone on its line: nothing says whether it is a person


@pytest.fixture
def two(mini: Mini) -> Mini:
    """A second session stands, and of the first one return is with the reviewer and one waits for a word in doubt."""
    mini.drop("a.xlsx", mini.returned("H1", "GP"))
    mini.drop("b.xlsx", mini.returned("H2", "GP", {"N3.evidence": f"{mini.good('H2', 'GP')['N3.evidence']}\n{DOUBT}"}))
    with mini.on(RETURNED) as kit:
        fresh, answers = a_plan(kit, NEXT)
        theme = kit.bank.theme("neglect")
        assert theme is not None
        mini.drop("plan.xlsx", agencies.typed_into(fresh, form_for(kit, theme), answers))
    mini.run()
    assert mini.in_outbox(QA) and mini.in_outbox(REVIEW)
    return mini


def until_quiet(kit: Kit) -> None:
    """Look until nothing more comes of it: the first look writes reminders, which happen to a session too."""
    before = ""
    while kit.journal.head() != before:
        before = kit.journal.head()
        process.one_pass(kit)


def in_the_next_session(kit: Kit, number: int) -> None:
    """Something happens there."""
    event = kit.event(EventKind.ISSUED, NEXT, "H1", "GP", round=number, codes=(("due", "2027-05-05"),))
    kit.carry_out(f"test:{number}", [event])


@contextmanager
def opening(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The sealed values that are opened meanwhile."""
    opened: list[str] = []
    vault_opens: Callable[..., bytes] = kit.vault._opened_as

    def noting(name: str, *more: object) -> bytes:
        opened.append(name)
        return vault_opens(name, *more)

    with monkeypatch.context() as patched:
        patched.setattr(kit.vault, "_opened_as", noting)
        yield opened


def test_nothing_of_a_session_to_which_nothing_happened_is_opened(two, monkeypatch):
    with two.on(RETURNED) as kit:
        until_quiet(kit)
        in_the_next_session(kit, 1)
        with opening(kit, monkeypatch) as opened:
            process.one_pass(kit)
        process.extend(kit, next(iter(kit.progress(SESSION))), RETURNED, "asked for")
        with opening(kit, monkeypatch) as opened_once_it_moved:
            process.one_pass(kit)

    assert [name for name in opened if SESSION in name] == []
    assert f"papers/{SESSION}/H1/qa" in opened_once_it_moved


@pytest.mark.parametrize("paper", [QA, REVIEW])
def test_a_paper_that_somebody_has_deleted_is_written_again(two, paper):
    with two.on(RETURNED) as kit:
        until_quiet(kit)
        (two.outbox / paper).unlink()
        process.one_pass(kit)

    assert two.in_outbox(paper)


class Refuses(Disk):
    """Has no room for the papers whose names end so, while it is told so."""

    ending = ""

    def write(self, path, data):
        if self.ending and path.name.endswith(self.ending):
            raise OSError(errno.ENOSPC, "No space left on device")
        super().write(path, data)

    def write_all(self, files, lines=NO_LINES):
        files = list(files)
        for path, _ in files:
            if self.ending and path.name.endswith(self.ending):
                raise OSError(errno.ENOSPC, "No space left on device")
        super().write_all(files, lines)


@pytest.mark.parametrize("paper", [QA, REVIEW])
def test_what_the_disk_had_no_room_for_is_written_at_the_next_look(two, paper):
    disk = Refuses()

    with two.on(RETURNED, disk) as kit:
        until_quiet(kit)
        (two.outbox / paper).unlink()
        disk.ending = paper[-8:]
        with pytest.raises(OSError, match="No space"):
            process.one_pass(kit)
        disk.ending = ""
        kit.finish_open_batches()
        process.one_pass(kit)

    assert two.in_outbox(paper)


def test_a_workbook_that_was_being_marked_is_written_once_its_marks_are_gone(two):
    third = two.returned("H1", "HVSN")

    with two.on(RETURNED) as kit:
        until_quiet(kit)
        written = (two.outbox / QA).read_bytes()
        (two.outbox / QA).write_bytes(written + b"marked")
        two.drop("c.xlsx", third)
        kit.inbox.settled(0)
        process.one_pass(kit)
        marked = (two.outbox / QA).read_bytes()
        (two.outbox / QA).write_bytes(written)
        process.one_pass(kit)
        now = (two.outbox / QA).read_bytes()

    assert marked == written + b"marked"
    assert now not in (written, marked)
