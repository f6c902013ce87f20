"""Faults of single files, each on the program as it is: two versions, one name for two files, gone or renamed meanwhile."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from mini import RETURNED, SESSION, Mini, a_copy_of
from mixed import in_the_store, sha_of
from test_stopped_at_any_change import Killed

from audit_kit import process
from audit_kit.acts.papers import layout_of, tool_cover, tool_words
from audit_kit.domain.progress import EventKind
from audit_kit.domain.queries import Query
from audit_kit.domain.references import AuditRef
from audit_kit.domain.returns import AnonymisedReturn
from audit_kit.domain.standard_sheets import tool_for
from audit_kit.domain.states import AuditState
from audit_kit.office.tool_compile import compile_tool
from audit_kit.store.disk import Disk
from audit_kit.team_templates import TOOL_LAYOUT


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


class KilledBeforeItIsRecorded(Disk):
    def about_to(self, step: str) -> None:
        if step == "record items":
            raise Killed


@pytest.mark.parametrize("instead", [None, "HVSN"])
def test_a_file_that_was_sealed_and_is_taken_away_before_the_next_run_is_worked_on(mini, instead):
    data = mini.returned("H1", "GP")
    mini.drop("return.xlsx", data)
    with contextlib.suppress(Killed):
        mini.run(disk=KilledBeforeItIsRecorded())
    (mini.inbox / "return.xlsx").unlink()
    if instead:
        mini.drop("return.xlsx", mini.returned("H1", instead))

    done = mini.run()

    assert kinds_of(mini, sha_of(data))[0] is EventKind.RECEIVED
    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER
    assert sum("left the inbox since" in sentence for sentence in done.sentences) == 1
    assert not any("left the inbox since" in sentence for sentence in mini.run().sentences)


def test_nothing_is_said_of_one_that_still_lies_in_the_inbox(mini):
    data = mini.returned("H1", "GP")
    mini.drop("return.xlsx", data)
    with contextlib.suppress(Killed):
        mini.run(disk=KilledBeforeItIsRecorded())

    assert not any("left the inbox since" in sentence for sentence in mini.run().sentences)
    assert kinds_of(mini, sha_of(data))[:1] == [EventKind.RECEIVED]
    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER


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


# --- made from another tool than the one that was issued -------------------------------------------------------------


def made_from(mini: Mini, theme_name: str, answers: dict[str, str]) -> bytes:
    """A return for H1 of the GPs, reference and check code as issued, in the tool of this theme as the bank has it now."""
    with mini.on(RETURNED) as kit:
        audit, session, theme = AuditRef(SESSION, "H1", "GP"), kit.session(SESSION), kit.bank.theme(theme_name)
        tool = tool_for(
            theme, "H", "GP", tuple(kloe.ref for kloe in theme.kloes), {"threshold document": "", "area": ""}
        )
        cover = tool_cover(kit, session, audit, 1, session.dates.due)
        typed = {ref: text for ref, text in answers.items() if tool.place(ref)}
        return compile_tool(layout_of(kit, TOOL_LAYOUT), tool, tool_words(kit, session, audit)).personalise(
            cover, typed
        )


def test_a_return_on_another_themes_tool_goes_to_a_person_and_its_concern_out(mini):
    answers = mini.good("H1", "GP") | {"concern.any.answer": "Yes"}
    mini.drop("return.xlsx", made_from(mini, "exploitation", answers))

    done = mini.run()

    assert "came back damaged" in " ".join(done.sentences)
    assert "fresh copy of the tool" in " ".join(done.sentences)
    assert mini.progress("H1", "GP").state is AuditState.AWAITED
    assert mini.in_outbox(f"urgent/{SESSION}_H1_GP*")


def test_a_return_made_before_the_team_changed_its_layout_is_read_as_it_was_issued(mini):
    """Another order of columns, other headings, another line above them: answers are found by their references."""
    old = mini.returned("H1", "GP")
    template = mini.folder / "templates" / TOOL_LAYOUT
    book = openpyxl.load_workbook(template)
    columns_in_another_order(book)
    book.save(template)
    mini.drop("return.xlsx", old)
    new = mini.returned("H1", "HVSN")
    mini.drop("another return.xlsx", new)

    mini.run()

    assert heading_row(old) != heading_row(new)
    assert [mini.progress("H1", agency).state for agency in ("GP", "HVSN")] == [AuditState.WITH_REVIEWER] * 2
    with mini.on(RETURNED) as kit:
        kept = kit.vault.get(f"returns/{SESSION}_H1_GP_r1", AnonymisedReturn)
        asked = kit.vault.get(f"queries/{SESSION}_H1_GP_r1", tuple[Query, ...])
    good = mini.good("H1", "GP")
    assert kept.answers["N3.ours"] == good["N3.ours"]
    assert kept.answers.keys() == {ref for ref, text in good.items() if text.strip()}
    assert not [query for query in asked if "outside" in query.request]


def columns_in_another_order(book: openpyxl.Workbook) -> None:
    questions = book["Questions"]
    questions["D1"] = "Say how good your practice was, and how you know."
    grades = questions["G4"].value
    questions["F4"], questions["G4"] = grades, "How good our practice was"
    book.defined_names["questions_ours"].attr_text, book.defined_names["questions_together"].attr_text = (
        book.defined_names["questions_together"].attr_text, book.defined_names["questions_ours"].attr_text,
    )  # fmt: skip


def heading_row(workbook: bytes) -> list[object]:
    return [cell.value for cell in openpyxl.load_workbook(BytesIO(workbook))["Questions"][4]]


# --- what a virus scanner takes away ----------------------------------------------------------------------------------


class Scanned(Disk):
    """A disk on which one freshly written file is gone before it has its name."""

    def __init__(self, takes: int) -> None:
        super().__init__()
        self.left, self._replace = takes, self._taken_away  # type: ignore[method-assign]

    def _taken_away(self, part: Path, path: Path) -> None:
        self.left -= 1
        if self.left == 0:
            part.unlink()
        part.replace(path)


@pytest.mark.parametrize("takes", [1, 4, 9])
def test_a_paper_that_a_virus_scanner_took_away_is_written_by_the_next_run(mini, takes):
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"concern.any.answer": "Yes"}))

    with pytest.raises(FileNotFoundError):
        mini.run(disk=Scanned(takes))
    mini.run()

    with mini.on(RETURNED) as kit:
        assert kit.journal.open_batches() == ()
        assert all((mini.outbox / paper.path).exists() for paper in kit.journal.outputs())
    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER
