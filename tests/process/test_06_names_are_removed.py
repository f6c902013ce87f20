"""Names of the subject child / family members will be anonymised in all paperwork.

The name test: an unmistakable name stands in every answer, comment, hidden sheet, sheet name, file name and
property of what comes in; after the whole run it is nowhere outside the store but in the restricted files,
and those are encrypted.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from everywhere import files_below, places_with
from mini import CASES, CHILD, CODES, RETURNED, SESSION, Mini, a_copy_of
from openpyxl import load_workbook
from openpyxl.comments import Comment

from audit_kit import process
from audit_kit.acts.passwords import TEAM, password_for
from audit_kit.demo import agencies
from audit_kit.domain.masked import Masked
from audit_kit.domain.references import AuditRef
from audit_kit.domain.review_form import KEEP, REPLACE, review_form
from audit_kit.domain.states import AuditState
from audit_kit.domain.tool import Kind
from audit_kit.office.forms import read_answers
from audit_kit.office.protect import is_protected, unprotect
from audit_kit.office.safe_read import read_safely
from audit_kit.privacy import CaseAnonymiser

FIRST, LAST = CHILD.split()
WORDS = (FIRST, LAST)


def named_everywhere(mini: Mini, case: str, agency: str) -> bytes:
    """A return with the child's name in every answer that takes text, and wherever else a name can hide."""
    tool, change = mini.tool(case, agency), {}
    for ref in mini.good(case, agency):
        place = tool.place(ref)
        if place is not None and place.kind in (Kind.LONG, Kind.TEXT) and place.sheet.id not in ("concern", "actions"):
            change[ref] = (
                f"{CHILD} was seen alone, case note of 14 March 2026. {LAST.upper()}, {FIRST} said little; {FIRST}'s sister "
                f"spoke for the {LAST}s. The record of 2 June 2026 says that Miss {LAST} slept at her aunt's home that week."
            )
    data = mini.returned(case, agency, change)
    book = load_workbook(BytesIO(data))
    book["Questions"]["B8"].comment = Comment(f"ask {CHILD}", FIRST)
    book["Chronology"].title = f"{FIRST} dates"
    hidden = book.create_sheet(f"{LAST} notes")
    hidden["C3"] = CHILD
    hidden.sheet_state = "veryHidden"
    book.properties.creator = book.properties.title = book.properties.description = CHILD
    book["Start"].oddHeader.center.text = CHILD
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def walk_through(mini: Mini) -> None:
    """Every return comes with the name in it, is reviewed, accepted or sent back, and written up."""
    for case in CASES:
        for agency in CODES:
            named = case == "H1"
            data = named_everywhere(mini, case, agency) if named else mini.returned(case, agency)
            mini.drop(f"{CHILD} {agency} {case}.xlsx", data)
    mini.drop(f"{FIRST}.jpg.xlsx", f"not a workbook: {CHILD}".encode() * 50)
    mini.run()
    decide_all(mini)
    with mini.on(RETURNED) as kit:
        for progress in kit.progress(SESSION).values():
            if progress.state is AuditState.WITH_REVIEWER:
                if progress.audit == AuditRef(SESSION, "H1", "HVSN"):
                    process.send_back(kit, progress.audit, f"Please say when {CHILD} was seen.")
                else:
                    process.accept(kit, progress.audit, f"fine, {CHILD} is safe")
        process.write_report(kit, SESSION)
        process.write_overview(kit)


def decide_all(mini: Mini) -> None:
    """The reviewer decides every word in doubt: the name is nobody's to keep."""
    with mini.on(RETURNED) as kit:
        password = password_for(kit, SESSION, TEAM)
    for path in sorted((mini.outbox / "team" / "restricted").glob("*_review.xlsx")):
        workbook = unprotect(path.read_bytes(), password)
        assert workbook is not None
        book = read_safely(workbook)
        form = review_form("H1", sum(name.startswith("ans_doubt_") for name in book.defined_names), ())
        read = read_answers(book, form).answers
        decisions = {}
        for number in range(1, len(form.sheets[0].questions) + 1):
            label = read.get(f"doubt.{number}.label", "")
            decisions |= {f"doubt.{number}.action": REPLACE if label else KEEP, f"doubt.{number}.label": label}
        mini.drop(path.name, agencies.typed_into(workbook, form, decisions))
    mini.run()


@pytest.fixture(scope="module")
def walked(audited, tmp_path_factory) -> Mini:
    mini = a_copy_of(audited, tmp_path_factory.mktemp("walked") / "kit")
    walk_through(mini)
    return mini


def test_a_name_that_stands_everywhere_in_returns_is_nowhere_outside_the_store(walked):
    assert walked.progress("H1", "GP").state is AuditState.ACCEPTED
    assert walked.progress("H1", "HVSN").state is AuditState.SENT_BACK
    assert places_with(WORDS, walked.outbox, leaving_out=("/restricted/",)) == []
    assert places_with(WORDS, walked.inbox) == []


def test_nor_is_it_readable_in_the_store_and_its_journal(walked):
    assert places_with(WORDS, walked.store) == []


def test_nor_is_it_said_on_the_console(walked):
    assert not any(word in sentence for sentence in walked.said for word in WORDS)


def test_restricted_files_are_encrypted_and_the_only_ones(walked):
    restricted = [(path, data) for path, data in files_below(walked.outbox) if "/restricted/" in path]
    kinds = {path.rpartition("_")[2] for path, _ in restricted}
    assert kinds <= {"identity-slip.docx", "identity-slip.eml", "review.xlsx", "plan-marked.xlsx"}
    assert [path for path, data in restricted if not path.endswith(".eml") and not is_protected(data)] == []
    assert places_with(WORDS, walked.outbox) == []  # what they hold can't be read without the password


def test_the_slip_names_the_child_to_those_who_have_the_password(mini):
    with mini.on(RETURNED) as kit:
        password = password_for(kit, SESSION, "GP")
    slip = (mini.outbox / "agencies/GP/restricted" / f"{SESSION}_GP_identity-slip.docx").read_bytes()

    opened = unprotect(slip, password)

    assert opened is not None
    (mini.folder / "slip").mkdir()
    (mini.folder / "slip" / "slip.docx").write_bytes(opened)
    assert places_with((CHILD,), mini.folder / "slip") != []


def _break_masking(monkeypatch, broken):
    mask = CaseAnonymiser.mask

    def leaky(self, text):
        masked = mask(self, text)
        return Masked(text) if broken == "mask" else Masked(masked.text.replace("[", f"{CHILD} ["))

    monkeypatch.setattr(CaseAnonymiser, "mask", leaky)


def test_where_masking_is_broken_the_second_look_holds_the_files_back(mini, monkeypatch):
    _break_masking(monkeypatch, "mask")
    mini.drop("return.xlsx", named_everywhere(mini, "H1", "GP"))
    mini.run()

    assert places_with(WORDS, mini.outbox, leaving_out=("/restricted/",)) == []


@pytest.mark.parametrize("broken", ["mask", "doubts"])
def test_the_name_test_fails_when_anonymising_is_broken(mini, monkeypatch, broken):
    _break_masking(monkeypatch, broken)
    monkeypatch.setattr(CaseAnonymiser, "registered_in", lambda self, text: [])
    mini.drop("return.xlsx", named_everywhere(mini, "H1", "GP"))
    mini.run()

    assert places_with(WORDS, mini.outbox, leaving_out=("/restricted/",)) != []
