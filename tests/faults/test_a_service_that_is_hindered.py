"""What stands in the way of the service is told once, costs no file and no notice, and the work goes on when it is gone."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from mini import RETURNED, SESSION, Mini
from mixed import what_is_wrong_in_the_end
from test_stopped_at_any_change import DiskThatStops, refused

from audit_kit import process
from audit_kit.domain.progress import EventKind
from audit_kit.store.disk import Disk


class Looks(process.Doorbell):
    """A doorbell that does the next thing at each look, and stops after the last."""

    def __init__(self, *things: Callable[[], object]) -> None:
        super().__init__()
        self._things = list(things)

    def wait(self, seconds: float) -> None:
        if self._things:
            self._things.pop(0)()
        else:
            self.stop()


def nothing() -> None:
    """Another look."""


def watched(mini: Mini, disk: Disk, *things: Callable[[], object]) -> list[str]:
    """What the service says while these things happen between its looks."""
    said: list[str] = []
    with mini.on(RETURNED, disk) as kit:
        process.watch(kit, lambda done: said.extend(done.sentences), Looks(*things))
    return said


def test_a_full_disk_is_told_once_and_the_work_goes_on_when_space_returns(mixed, unbroken, scratch):
    mini, disk = mixed.copied_to(scratch / "kit"), DiskThatStops(how=refused(errno.ENOSPC), broken=True)

    def empty() -> None:
        disk.stop_at = 0

    disk.stop_at = 140
    said = watched(mini, disk, nothing, nothing, nothing, nothing, empty, nothing, nothing)

    assert sum("No space left" in sentence for sentence in said) == 1
    assert what_is_wrong_in_the_end(mini, unbroken) == []


class ShareThatGoesAway(Disk):
    """The outbox is away from the moment that a concern is decided until it is brought back."""

    def __init__(self, outbox: Path) -> None:
        super().__init__()
        self.outbox, self.elsewhere, self.times = outbox, outbox.with_name("the share"), 0

    def about_to(self, step: str) -> None:
        if step == "after: decide a batch":
            self.times += 1
            if self.times == 2:  # the first is of a file that came twice, and writes nothing
                self.outbox.rename(self.elsewhere)

    def bring_back(self) -> None:
        self.elsewhere.rename(self.outbox)


def test_no_notice_is_lost_while_the_outbox_is_away(mixed, unbroken, scratch):
    mini = mixed.copied_to(scratch / "kit")
    disk, seen = ShareThatGoesAway(mini.outbox), []

    def look_then_bring_back() -> None:
        seen.append(mini.outbox.exists())
        disk.bring_back()

    said = watched(mini, disk, nothing, nothing, nothing, look_then_bring_back, nothing, nothing)

    assert seen == [False]  # nothing was made in its place
    assert sum("no outbox folder" in sentence for sentence in said) == 1
    assert what_is_wrong_in_the_end(mini, unbroken) == []


def test_a_database_that_can_not_grow_blames_no_file(mixed, unbroken, scratch):
    mini = mixed.copied_to(scratch / "kit")
    with mini.on(RETURNED) as kit:
        with kit.journal._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        full = sa.event.listen(
            kit.journal._engine, "checkout", lambda raw, *_: raw.execute(f"PRAGMA max_page_count={pages}")
        )
        assert full is None
        with pytest.raises(OSError, match="No space left"):
            process.work_through_inbox(kit, lambda seconds: None)

    mini.run()

    with mini.on(RETURNED) as kit:
        assert not [event for event in kit.journal.events() if event.code("code") == "fault"]
        assert kit.vault.names("faults") == ()
    assert what_is_wrong_in_the_end(mini, unbroken) == []


@pytest.mark.parametrize("after", [1, 9])
def test_whoever_asks_it_to_stop_waits_for_one_file_at_most(mixed, unbroken, scratch, after):
    mini, asked = mixed.copied_to(scratch / "kit"), iter(range(1000))

    with mini.on(RETURNED) as kit:
        process.work_through_inbox(kit, lambda seconds: None, lambda: next(asked) >= after)
        events = kit.journal.events(SESSION)
    assert not [event for event in events if event.kind is EventKind.SENT_BACK]
    mini.run()

    assert what_is_wrong_in_the_end(mini, unbroken) == []


def test_what_was_said_before_the_disk_refused_is_said(mixed, scratch):
    mini, done = mixed.copied_to(scratch / "kit"), process.Pass()
    disk = DiskThatStops(how=refused(errno.ENOSPC), broken=True)

    def stops_later(step: str) -> None:
        DiskThatStops.about_to(disk, step)
        if done.sentences and "URGENT" in " ".join(done.sentences) and not disk.stop_at:
            disk.stop_at = disk.steps + 1

    disk.about_to = stops_later
    with pytest.raises(OSError, match="No space"), mini.on(RETURNED, disk) as kit:
        process.work_through_inbox(kit, lambda seconds: None, done=done)

    assert "URGENT" in " ".join(done.sentences)
