"""The program is made new while it has work in hand: what an earlier version decided, kept or was sent, this one finishes.

``in_flight`` holds, for each version, what it left when it was killed: a concern was decided and its notice not written,
a return was kept and not read, another lies in the inbox. ``in_flight/make.py`` makes that of the version as it is.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from mini import RETURNED, Mini
from mixed import MARK, in_the_store, rows_rebuilt_from_the_sealed_store_alone, sha_of
from test_whatever_happens import DECIDES

from audit_kit.domain.progress import EventKind
from audit_kit.domain.states import AuditState
from audit_kit.store.folders import shipped

LEFT = sorted((Path(__file__).parent / "in_flight").glob("*.zip"))


@pytest.fixture(params=LEFT, ids=lambda path: path.stem)
def left(request, scratch) -> Mini:
    """The installation as the earlier version left it; the papers that it wrote before are left out."""
    mini = Mini(scratch / "kit")
    with zipfile.ZipFile(request.param) as kept:
        kept.extractall(mini.folder)
    mini.outbox.mkdir()
    shutil.copytree(shipped("templates"), mini.folder / "templates")
    return mini


def test_there_is_one_of_this_or_an_earlier_version():
    assert LEFT


def test_what_was_decided_is_written_and_what_was_kept_is_decided_once(left):
    came = sha_of((left.inbox / "c.xlsx").read_bytes())

    left.run()

    assert [path.name for path in left.inbox.iterdir()] == [MARK]
    assert left.in_outbox("urgent/*_board-manager.eml")
    states = [left.progress(*audit).state for audit in (("H1", "GP"), ("H2", "GP"), ("H1", "HVSN"))]
    assert states == [AuditState.WITH_REVIEWER, AuditState.SENT_BACK, AuditState.WITH_REVIEWER]
    with left.on(RETURNED) as kit:
        assert (kit.journal.open_batches(), kit.journal.open_items(), kit.journal.broken_at()) == ((), (), None)
        events = kit.journal.events()
    returns = [event.item for event in events if event.kind in DECIDES]
    assert len(returns) == len(set(returns)) == 3 and came in returns
    assert sum(event.kind is EventKind.CONCERN_RAISED for event in events) == 1
    assert set(returns) <= in_the_store(left.folder)


def test_the_journal_that_both_wrote_comes_back_from_the_sealed_store_alone(left):
    left.run()

    as_it_was, rebuilt = rows_rebuilt_from_the_sealed_store_alone(left)

    assert rebuilt == as_it_was
