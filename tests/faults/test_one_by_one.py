"""Faults of single files, each on the program as it is: two versions, one name for two files, gone or renamed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from mini import RETURNED, SESSION, Mini, a_copy_of
from mixed import in_the_store, sha_of

from audit_kit import process
from audit_kit.domain.progress import EventKind
from audit_kit.domain.states import AuditState


@pytest.fixture
def mini(mixed, scratch) -> Iterator[Mini]:
    """The same installation, with nothing in its inbox."""
    mini = a_copy_of(mixed.mini, scratch / "kit")
    for path in mini.inbox.glob("[!.]*"):
        path.unlink()
    yield mini


def kinds_of(mini: Mini, sha: str) -> list[EventKind]:
    with mini.on(RETURNED) as kit:
        return [event.kind for event in kit.journal.events() if event.item == sha]


def a_pass(mini: Mini, meanwhile: Callable[[], object]) -> None:
    """A run during which something happens between the two looks."""
    with mini.on(RETURNED) as kit:
        process.work_through_inbox(kit, lambda seconds: meanwhile())


def test_of_two_versions_in_one_look_both_are_kept_and_a_person_is_told(mini):
    evidence = mini.good("H1", "GP")["N3.evidence"]
    versions = [mini.returned("H1", "GP"), mini.returned("H1", "GP", {"N3.evidence": f"{evidence} Seen again."})]
    for number, data in enumerate(versions):
        mini.drop(f"{number}.xlsx", data)

    done = mini.run()

    assert {sha_of(data) for data in versions} <= in_the_store(mini.folder)
    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER
    assert sum("says something else" in sentence for sentence in done.sentences) == 1


def test_two_agencies_files_of_one_name_are_both_filed(mini):
    for agency in ("GP", "HVSN"):
        mini.drop("return.xlsx", mini.returned("H1", agency))
        mini.run()

    assert [mini.progress("H1", agency).state for agency in ("GP", "HVSN")] == [AuditState.WITH_REVIEWER] * 2


def test_a_file_that_is_taken_away_between_the_looks_leaves_no_trace(mini):
    data = mini.returned("H1", "GP")
    mini.drop("return.xlsx", data)

    a_pass(mini, (mini.inbox / "return.xlsx").unlink)

    assert kinds_of(mini, sha_of(data)) == []
    assert mini.progress("H1", "GP").state is AuditState.AWAITED


def test_a_file_that_is_renamed_between_the_looks_is_taken_once(mini):
    data = mini.returned("H1", "GP")
    mini.drop("return.xlsx", data)

    a_pass(mini, lambda: (mini.inbox / "return.xlsx").rename(mini.inbox / "H1 GP final.xlsx"))
    mini.run()
    mini.run()

    kinds = kinds_of(mini, sha_of(data))
    assert (kinds.count(EventKind.RECEIVED), kinds.count(EventKind.WITH_REVIEWER)) == (1, 1)


def test_a_file_that_is_replaced_between_the_looks_is_taken_as_it_is_then(mini):
    first, second = mini.returned("H1", "GP"), mini.returned("H2", "GP")
    mini.drop("return.xlsx", first)

    a_pass(mini, lambda: mini.drop("return.xlsx", second))
    mini.run()

    assert kinds_of(mini, sha_of(first)) == []
    assert kinds_of(mini, sha_of(second)).count(EventKind.RECEIVED) == 1


@pytest.mark.parametrize("name", ["../../outside.xlsx", "CON.xlsx", "a:b.xlsx", "ends with a dot.", "line\nbreak.xlsx"])
def test_what_a_file_was_called_names_nothing_that_is_written(mini, name):
    """Names are the kit's own: valid on Windows, too, whatever came."""
    mini.drop(name.replace("/", "_"), mini.returned("H1", "GP"))
    before = set(mini.in_outbox("**/*"))

    mini.run()

    written = set(mini.in_outbox("**/*")) - before
    assert any(path.endswith(f"{SESSION}_H1_GP_r1.xlsx") for path in written)
    assert not [path for path in written if set(path) & set(':*?"<>|\n') or path.endswith((".", " "))]
    assert not [path for path in written if "outside" in path or "CON" in path]
