"""If during the course of an audit there are any concerns about the immediate risk to a child/vulnerable adult or
unsafe practice is raised, this information is escalated to the respective agencies.

On the real program: from whatever can be read, in the same pass, before anything else is decided, by reference only.
"""

from __future__ import annotations

import email
import io

import pytest
from everywhere import places_with
from mini import CHILD, RETURNED, SESSION, Mini
from openpyxl import Workbook, load_workbook

from audit_kit import process
from audit_kit.acts.inbox import Pass
from audit_kit.domain.clock import Clock
from audit_kit.domain.progress import EventKind, concerns
from audit_kit.domain.states import AuditState
from audit_kit.kit import opened

YES = {
    "concern.any.answer": "Yes",
    "concern.kind.answer": "Unsafe practice",
    "concern.what.answer": f"{CHILD} has a bruise",
}
MANAGER, HEAD = "urgent/*_board-manager.eml", "urgent/*_head-of-agency.eml"


def notices(mini: Mini) -> tuple[int, int]:
    """How many went to the Board manager, and to heads of agencies."""
    return len(mini.in_outbox(MANAGER)), len(mini.in_outbox(HEAD))


def changed(data: bytes, change) -> bytes:
    book = load_workbook(io.BytesIO(data))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_it_goes_to_the_agencys_head_and_to_the_board_manager_by_reference_only(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP", YES))
    mini.run()

    assert notices(mini) == (1, 1)
    assert places_with((*CHILD.split(), "bruise"), mini.outbox / "urgent") == []
    assert "bruise" not in (mini.outbox / "status.html").read_text(encoding="utf-8")
    drafts = [email.message_from_bytes((mini.outbox / path).read_bytes()) for path in mini.in_outbox("urgent/*.eml")]
    assert {draft["Subject"] for draft in drafts} == {f"URGENT: {SESSION} H1 GP"}


def test_every_concern_goes_out_before_any_return_is_judged(mini):
    mini.drop("a ordinary.xlsx", mini.returned("H2", "HVSN"))
    mini.drop("b urgent.xlsx", mini.returned("H1", "GP", YES))
    mini.run()

    with mini.on(RETURNED) as kit:
        kinds = [event.kind for event in kit.journal.events(SESSION)]
    judged = (EventKind.WITH_REVIEWER, EventKind.SENT_BACK, EventKind.SET_ASIDE)
    assert kinds.index(EventKind.CONCERN_RAISED) < min(kinds.index(kind) for kind in judged if kind in kinds)


def test_an_incomplete_return_raises_it_all_the_same(mini):
    nothing_else = dict.fromkeys(mini.good("H1", "GP")) | YES

    mini.drop("return.xlsx", mini.returned("H1", "GP", nothing_else))
    mini.run()

    assert notices(mini) == (1, 1)


def test_from_a_file_that_belongs_to_no_audit_the_board_manager_is_told(mini):
    def other_reference(book: Workbook) -> None:
        for row in book["Start"].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "H1/GP" in cell.value:
                    cell.value = cell.value.replace("H1/GP", "H2/GP")

    mini.drop("return.xlsx", changed(mini.returned("H1", "GP", YES), other_reference))
    mini.run()

    assert notices(mini) == (1, 0)


def test_so_it_is_from_a_workbook_into_which_somebody_copied_the_sheet(mini):
    def only_that_sheet(book: Workbook) -> None:
        for sheet in book.worksheets:
            if sheet.title != "Immediate concern":
                book.remove(sheet)
        book.custom_doc_props.props.clear()
        book.defined_names.clear()

    mini.drop("copied.xlsx", changed(mini.returned("H1", "GP", YES), only_that_sheet))
    mini.run()

    assert notices(mini) == (1, 0)


def test_the_same_file_again_raises_it_once(mini):
    data = mini.returned("H1", "GP", YES)
    for name in ("one.xlsx", "two.xlsx"):
        mini.drop(name, data)
        mini.run()

    with mini.on(RETURNED) as kit:
        assert len(concerns(kit.journal.events())) == 1


@pytest.mark.parametrize("words", ["none", "n/a", "No concerns.", "Nothing to report", "-"])
def test_words_that_say_there_is_none_raise_none(mini, words):
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"concern.any.answer": "No", "concern.what.answer": words}))
    mini.run()

    assert notices(mini) == (0, 0)


def test_a_blank_goes_to_a_person_and_never_to_the_agency(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"concern.any.answer": None}))
    mini.run()

    assert notices(mini) == (1, 0)


def test_a_notice_goes_without_its_template_rather_than_not_at_all(mini):
    (mini.folder / "templates/escalation_notice.docx").unlink()

    mini.drop("return.xlsx", mini.returned("H1", "GP", YES))
    done = mini.run()

    assert notices(mini) == (1, 1)
    assert any("written without its notice" in sentence for sentence in done.sentences)


def test_each_state_is_recorded_in_its_order_and_none_is_skipped(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP", YES))
    mini.run()
    key = mini.in_outbox(HEAD)[0].rsplit("_", 2)[1]

    with mini.on(RETURNED) as kit:
        said = [
            process.record_concern(kit, verb, key, "by telephone")
            for verb in ("acknowledge", "pass-up", "respond", "assure")
        ]
    assert [sentence.rpartition(": ")[2] for sentence in said] == [
        "acknowledged.", "passed up a level.", "response received.", "assurance accepted.",
    ]  # fmt: skip


def test_a_question_mark_for_an_answer_is_a_concern_and_is_asked_about(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"concern.any.answer": "?", "concern.safe_now.answer": "?"}))
    mini.run()

    assert notices(mini) == (1, 1)
    assert mini.progress("H1", "GP").state is AuditState.SENT_BACK


def test_nor_is_a_dash_taken_for_a_no(mini):
    mini.drop("return.xlsx", mini.returned("H1", "GP", {"concern.any.answer": "-"}))
    mini.run()

    assert notices(mini) == (1, 0)
    assert mini.progress("H1", "GP").state is AuditState.SENT_BACK


class Hurrying(Clock):
    """A clock whose seconds fly, so that each file of a pass seems to take long."""

    seconds = 0.0

    def monotonic(self) -> float:
        type(self).seconds += 10
        return self.seconds


@pytest.mark.parametrize("moment", ["with the reviewer", "URGENT: a concern"])
def test_one_that_comes_while_a_pass_runs_goes_out_between_two_files(mini, moment):
    """Whether returns are being judged by then, or concerns still passed on."""
    urgent = mini.returned("H1", "GP", YES)
    mini.drop("first.xlsx", mini.returned("H2", "GP", YES))
    for case in ("H1", "H2", "C1"):
        mini.drop(f"{case}.xlsx", mini.returned(case, "HVSN"))

    class Meddling(Pass):
        def say(self, sentence: str, *, for_a_person: bool = False) -> None:
            super().say(sentence, for_a_person=for_a_person)
            if moment in sentence and not (mini.store / "dropped").exists():
                (mini.store / "dropped").touch()
                mini.drop("urgent.xlsx", urgent)

    done = Meddling()
    with opened(mini.config, Hurrying(RETURNED), "test") as kit:
        process.work_through_inbox(kit, lambda seconds: None, done=done)

    (of_it,) = [n for n, one in enumerate(done.sentences) if "about 2026-A2-NEG/H1/GP" in one]
    judged = [n for n, one in enumerate(done.sentences) if "with the reviewer" in one]
    assert of_it < judged[-1]
    assert notices(mini) == (2, 2)
    assert mini.progress("H1", "GP").state is not AuditState.AWAITED
