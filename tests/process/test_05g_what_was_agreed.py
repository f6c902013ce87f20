"""Each audit will be given to a lead in the agency to complete or allocate, within a defined time period.

What was agreed with an agency, more time or another auditor, is recorded by a form in the inbox as well as by a command.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from everywhere import places_with
from mini import CHILD, RETURNED, SESSION, Mini
from openpyxl import load_workbook

from audit_kit import process
from audit_kit.acts.agreed import form_of
from audit_kit.demo import agencies
from audit_kit.domain.progress import EventKind
from audit_kit.domain.references import AuditRef
from audit_kit.domain.retention import held_cases
from audit_kit.errors import UsageProblem

FORM, AGAIN = f"team/{SESSION}_agreed.xlsx", f"team/{SESSION}_agreed-again.xlsx"
AUDITOR = "Philippa Thistlewood"
MORE_TIME = {"case": "H1", "agency": "GP", "until": "2026-11-20", "why": "The auditor is ill."}


def dropped(mini: Mini, *rows: Mapping[str, str], name: str = "agreed.xlsx") -> list[str]:
    with mini.on(RETURNED) as kit:
        form = form_of(kit.session(SESSION))
    answers = {
        f"agreed.{number}.{field}": text for number, row in enumerate(rows, start=1) for field, text in row.items()
    }
    mini.drop(name, agencies.typed_into((mini.outbox / FORM).read_bytes(), form, answers))
    return mini.run().sentences


def test_more_time_is_recorded_once_with_its_reason(mini):
    said = dropped(mini, MORE_TIME)

    assert any(f"{SESSION}/H1/GP is now due on Friday 20 November 2026" in sentence for sentence in said)
    assert mini.progress("H1", "GP").due == date(2026, 11, 20)
    with mini.on(RETURNED) as kit:
        assert [
            line.why for line in process.history_of(kit, AuditRef(SESSION, "H1", "GP")) if line.what == "extended"
        ] == [MORE_TIME["why"]]
    dropped(mini, {**MORE_TIME, "why": "The auditor is still ill."}, name="again.xlsx")
    with mini.on(RETURNED) as kit:
        assert sum(event.kind is EventKind.EXTENDED for event in kit.journal.events(SESSION)) == 1


def test_who_does_the_audit_now_is_sealed(mini):
    dropped(
        mini, {"case": "H2", "agency": "HVSN", "auditor": AUDITOR, "role": "Named Nurse", "why": "Their lead rang."}
    )

    assert mini.progress("H2", "HVSN").allocated
    assert places_with(tuple(AUDITOR.split()), mini.folder) == []


def test_rows_that_can_not_be_recorded_are_given_back_and_the_others_hold(mini):
    said = dropped(
        mini,
        MORE_TIME,
        {"case": "H1", "agency": "GP", "until": "2026-11-20"},
        {"agency": "GP", "until": "2026-11-20", "why": f"{CHILD} was ill."},
        {"case": "H2", "agency": "GP", "until": "next week", "why": "They asked."},
        {"case": "C1", "agency": "GP", "why": "They asked."},
        {"case": "C1", "agency": "GP", "reopen": "Yes", "why": "They asked."},
    )

    assert mini.progress("H1", "GP").due == date(2026, 11, 20)
    for words in ("row 2: It has no reason", "row 3: It names no audit", "row 4: Its day is no whole date",
                  "row 5: It says nothing that was agreed", "row 6: "):  # fmt: skip
        assert any(words in sentence for sentence in said), words
    cells = [
        str(cell)
        for sheet in load_workbook(mini.outbox / AGAIN)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell
    ]
    assert any("Say why." in cell for cell in cells)
    assert places_with(tuple(CHILD.split()), mini.folder, ("restricted",)) == []


def test_a_form_that_the_kit_did_not_write_records_nothing(mini):
    with mini.on(RETURNED) as kit:
        form = form_of(kit.session(SESSION))
    forged = agencies.typed_into(
        (mini.outbox / FORM).read_bytes(), form, {f"agreed.1.{field}": text for field, text in MORE_TIME.items()}
    )
    book = load_workbook(__import__("io").BytesIO(forged))
    for one in book.custom_doc_props.props:
        if one.name == "audit_kit_code":
            one.value = "AAAA-AAAA-AAAA-AAAA"
    book.defined_names.pop("audit_kit_code", None)
    book.save(mini.inbox / "forged.xlsx")

    said = mini.run().sentences

    assert any("none that the kit wrote" in sentence for sentence in said)
    assert mini.progress("H1", "GP").due == date(2026, 11, 5)


def test_a_case_is_kept_past_its_time_and_let_go_again_as_by_hold(mini):
    case = f"{SESSION}/H1"
    said = dropped(mini, {"case": "H1", "keep": "Keep", "why": "A complaint is being looked into."})

    assert f"{case} is held: nothing of it is purged until that is lifted." in said
    with mini.on(RETURNED) as kit:
        assert held_cases(kit.journal.events()) == {case}
        with pytest.raises(UsageProblem, match="held already"):
            process.hold(kit, case, "again")
    dropped(mini, {"case": "H1", "keep": "Keep", "why": "It is still being looked into."}, name="again.xlsx")
    dropped(mini, {"case": "H1", "keep": "Let go again", "why": "It was settled."}, name="later.xlsx")
    with mini.on(RETURNED) as kit:
        kinds = [event.kind for event in kit.journal.events(SESSION)]
        assert held_cases(kit.journal.events()) == frozenset()
    assert (kinds.count(EventKind.HOLD_PLACED), kinds.count(EventKind.HOLD_LIFTED)) == (1, 1)


def test_a_case_is_not_kept_without_a_case_or_a_reason(mini):
    said = dropped(mini, {"keep": "Keep", "why": "A complaint."}, {"case": "H2", "keep": "Keep"})

    assert any("row 1: It names no case" in sentence for sentence in said)
    assert any("row 2: It has no reason" in sentence for sentence in said)
    with mini.on(RETURNED) as kit:
        assert held_cases(kit.journal.events()) == frozenset()
