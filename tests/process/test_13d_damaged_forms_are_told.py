"""A form that comes back damaged is told like any other trouble: what is wrong with it, where, what has not happened and
what to do next; and nothing is taken from it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from mini import RETURNED, SESSION, Mini
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.acts.disseminating import blank_form
from audit_kit.acts.passwords import TEAM, password_for
from audit_kit.demo.agencies import typed_into
from audit_kit.domain.learning_form import REASON, learning_form
from audit_kit.domain.progress import EventKind
from audit_kit.domain.review_form import KEEP, review_form
from audit_kit.domain.sign_off_form import CONFIRMED, MINUTE, sign_off_form
from audit_kit.domain.sign_off_form import REASON as SIGNED_BECAUSE
from audit_kit.domain.states import AuditState
from audit_kit.office.protect import unprotect

AFTER = date(2027, 1, 18)


def there_twice(data: bytes, sheet: str) -> bytes:
    """The workbook after somebody copied a sheet to keep it, and worked on in one of the two."""
    book = load_workbook(BytesIO(data))
    book.copy_worksheet(book[sheet])
    return _saved(book)


def sorted_without_decisions(data: bytes, sheet: str) -> bytes:
    """The workbook after somebody sorted what they read, and left beside it what they had decided."""
    book = load_workbook(BytesIO(data))
    numbers = [cell for cell in book[sheet]["A"] if str(cell.value).isdigit()]
    rows = [cell.row for cell in numbers]
    for column in ("A", "B", "C", "D"):
        said = [book[sheet][f"{column}{row}"].value for row in rows]
        for row, value in zip(rows, reversed(said), strict=True):
            book[sheet][f"{column}{row}"].value = value
    return _saved(book)


def _saved(book) -> bytes:
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def told(mini: Mini, data: bytes, day: date = RETURNED) -> str:
    mini.drop("form.xlsx", data)
    done = mini.run(day)
    (sentence,) = (one for one in done.sentences if "came back" in one)
    assert "File 1 of 1, received " in sentence
    return sentence


def events(mini: Mini, kind: EventKind):
    with mini.on(AFTER) as kit:
        return [event for event in kit.journal.events(SESSION) if event.kind is kind]


def test_a_damaged_meeting_form_invites_nobody(drafted):
    with drafted.on(RETURNED) as kit:
        form = process.write_meeting_form(kit, SESSION).data

    sentence = told(drafted, there_twice(form, "Meeting"))

    assert "The meeting form came back damaged: The sheet Meeting is there 2 times. Nobody was invited." in sentence
    assert "audit-kit meeting 2026-A2-NEG writes it" in sentence
    assert events(drafted, EventKind.MEETING_ARRANGED) == []


def test_a_damaged_sign_off_form_signs_nothing_off(drafted):
    form = (drafted.outbox / "team" / f"{SESSION}_sign-off.xlsx").read_bytes()
    yes = {CONFIRMED: "Yes", MINUTE: "QASC 14/01/2027, item 6", SIGNED_BECAUSE: "confirmed"}

    sentence = told(drafted, there_twice(typed_into(form, sign_off_form(), yes), "Sign-off"))

    assert (
        "The sign-off form came back damaged: The sheet Sign-off is there 2 times. Nothing was signed off." in sentence
    )
    assert "audit-kit sign-off 2026-A2-NEG --minute REF --reason WHY" in sentence
    assert events(drafted, EventKind.SIGNED_OFF) == []


def test_a_formula_confirms_nothing(drafted):
    form = (drafted.outbox / "team" / f"{SESSION}_sign-off.xlsx").read_bytes()
    formula = {CONFIRMED: '="Yes"', MINUTE: "QASC 14/01/2027, item 6", SIGNED_BECAUSE: "confirmed"}

    assert "A formula stands where words are asked for. Nothing was signed off." in told(
        drafted, typed_into(form, sign_off_form(), formula)
    )


def test_a_damaged_form_passes_nothing_on(signed_off_anew):
    with signed_off_anew.on(AFTER) as kit:
        form = blank_form(kit, kit.session(SESSION)).data

    sentence = told(signed_off_anew, there_twice(typed_into(form, learning_form(), {REASON: "now"}), "Learning"), AFTER)

    assert "The form for passing lessons on came back damaged: The sheet Learning is there 2 times." in sentence
    assert "Nothing was written. Do it with: audit-kit disseminate 2026-A2-NEG" in sentence
    assert signed_off_anew.in_outbox("learning/*") == []


def test_a_form_that_nobody_filled_in_is_told_as_that(signed_off_anew):
    with signed_off_anew.on(AFTER) as kit:
        form = blank_form(kit, kit.session(SESSION)).data

    assert "The form for passing lessons on came back without an answer. Nothing was written." in told(
        signed_off_anew, form, AFTER
    )


def test_in_a_review_workbook_sorted_without_its_decisions_no_name_is_kept_by_mistake(mini):
    said = mini.good("H1", "GP")["N6.evidence"]
    mini.drop(
        "return.xlsx", mini.returned("H1", "GP", {"N6.evidence": f"{said}\n\nQuendle Zorvath\n\nYstrella Pombrick"})
    )
    mini.run()
    with mini.on(RETURNED) as kit:
        sealed = (mini.outbox / "team/restricted" / f"{SESSION}_H1_review.xlsx").read_bytes()
        data = unprotect(sealed, password_for(kit, SESSION, TEAM))
    assert data is not None
    (sheet,) = (name for name in load_workbook(BytesIO(data)).sheetnames if "doubt" in name.lower())
    decided = typed_into(data, review_form("H1", 2, ()), {"doubt.1.action": KEEP})

    sentence = told(mini, sorted_without_decisions(decided, sheet))

    assert "The review workbook of H1 came back damaged: " in sentence
    assert "the rows were sorted or moved without their hidden column" in sentence
    assert "No decision was taken from it; its returns still wait. Decide in the fresh one" in sentence
    assert mini.progress("H1", "GP").state is AuditState.SET_ASIDE
    assert events(mini, EventKind.DOUBTS_DECIDED) == []
