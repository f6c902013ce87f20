"""Every agency and every reader can use what is written: nothing in any file keeps one of them out.

A small session is played to its end, then each Office file of the outbox is looked through, protected ones opened with
their passwords. Source: the rules of ``audit_kit.access``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document
from mini import CHILD, CODES, PLANNED, RETURNED, SESSION, Mini, a_copy_of, a_plan
from PIL import Image

from audit_kit import process
from audit_kit.access import check
from audit_kit.acts.passwords import all_passwords
from audit_kit.acts.planning import form_for as plan_form_for
from audit_kit.demo import agencies
from audit_kit.domain.references import AuditRef
from audit_kit.domain.states import AuditState
from audit_kit.office.protect import is_protected, unprotect

LATER = RETURNED.replace(day=27)


@pytest.fixture(scope="module")
def files(audited: Mini, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every Office file that lay in the outbox at some time of a session in which all happens that makes one."""
    mini = a_copy_of(audited, tmp_path_factory.mktemp("read") / "kit")
    plan_with_faults(mini)
    doubtful = mini.good("H2", "GP")["N1.evidence"] + " Perpetua Quillfeather was there."
    mini.drop("good.xlsx", mini.returned("H1", "GP"))
    mini.drop("doubtful.xlsx", mini.returned("H2", "GP", {"N1.evidence": doubtful}))
    mini.drop(
        "poor.xlsx",
        mini.returned("C1", "GP", {"N1.evidence": None, "N6.ours": None, "N7.evidence": f"{CHILD} was seen."}),
    )
    mini.drop(
        "urgent.xlsx", mini.returned("C1", "HVSN", {"concern.any.answer": "Yes", "concern.urgency.answer": "Now"})
    )
    mini.drop("photo.xlsx", a_photograph())
    mini.run()
    found = dict(office_files(mini))
    with mini.on(RETURNED) as kit:
        for progress in kit.progress(SESSION).values():
            if progress.state is AuditState.WITH_REVIEWER:
                process.accept(kit, progress.audit, "good enough to learn from")
        process.raise_concern(kit, AuditRef(SESSION, "H1", "GP"), "told on the telephone", "now", "child")
        process.anonymise_document(kit, minutes(mini), SESSION, "C1", "for the meeting")
        process.write_report(kit, SESSION)
    found |= dict(office_files(mini))
    with mini.on(RETURNED) as kit:
        process.sign_off(kit, SESSION, "QASC 14/01/2027, item 6", "confirmed as drafted")
    mini.run(LATER)  # what is late by then
    return {**found, **dict(office_files(mini))}


def plan_with_faults(mini: Mini) -> None:
    with mini.on(PLANNED) as kit:
        fresh, answers = a_plan(kit, "2027-A1-NEG")
        theme = kit.bank.theme("neglect")
        assert theme is not None
        wrong = {**answers, "dates.due.answer": "some day"}
        mini.drop("plan.xlsx", agencies.typed_into(fresh, plan_form_for(kit, theme), wrong))


def a_photograph() -> bytes:
    data = BytesIO()
    Image.new("RGB", (9, 9), "navy").save(data, "PNG")
    return data.getvalue()


def minutes(mini: Mini):
    document = Document()
    document.add_heading("Minutes of the meeting", 1)
    document.add_paragraph(f"{CHILD} was spoken of.")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Who", "What", "Board", "To ask"), strict=True
    ):
        cell.text = text
    path = mini.folder / "minutes.docx"
    document.save(str(path))
    return path


def office_files(mini: Mini) -> Iterator[tuple[str, bytes]]:
    """Every Office file of the outbox, protected ones opened."""
    with mini.on(LATER) as kit:
        passwords = all_passwords(kit)
    for path in sorted(mini.outbox.rglob("*")):
        if path.suffix in (".xlsx", ".docx", ".pptx"):
            data = path.read_bytes()
            if is_protected(data):
                data = next(opened for word in passwords if (opened := unprotect(data, word)))
            yield path.relative_to(mini.outbox).as_posix(), data


def test_nothing_keeps_anybody_from_reading_what_is_written(files):
    found = [
        f"{name}: {fault.place}: {fault.reason} ({fault.code})" for name, data in files.items() for fault in check(data)
    ]

    assert found == []


def test_a_file_of_every_kind_was_looked_at(files):
    assert {kind_of(name) for name in files} >= {
        "involvement.xlsx", "r1.xlsx", "r2.xlsx", "notification.docx", "identity-slip.docx", "letter.docx", "receipt.docx",
        "board-manager.docx", "head-of-agency.docx", "head-of-agency_form.xlsx", "new-concern.xlsx", "plan.xlsx",
        "concern-register.xlsx", "concern-register.docx", "plan-marked.xlsx", "review.xlsx", "tracker.xlsx", "qa.xlsx",
        "report_DRAFT.docx", "action-plan_DRAFT.docx", "action-plan_DRAFT.xlsx", "summary_DRAFT.docx",
        "sign-off.xlsx",
    }  # fmt: skip
    assert {name.partition("/")[0] for name in files} >= {"agencies", "urgent", "team", "on-file", "reports"}


def kind_of(name: str) -> str:
    """What kind of paper it is: its name without session, case, agency, concern."""
    of = rf"20\d\d-A\d-[A-Z]+_|[HC]\d_|(?:{'|'.join(CODES)})_|[0-9a-f]{{8}}_|r\d_(?=\D)|unknown_"
    return re.sub(rf"^(?:{of})*", "", name.rpartition("/")[2])
