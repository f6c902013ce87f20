"""Any concerns about the immediate risk to a child/vulnerable adult ... will be escalated: also one that may lie in a
file which nobody can read. It is told at once, from whom as far as it can be known, and the others are read all the same."""

from __future__ import annotations

import email
import os
import re
import signal
import subprocess
import sys
import zipfile
from email import policy
from io import BytesIO

import pytest
from docx import Document
from mini import RETURNED, SESSION, words_in_document
from openpyxl import load_workbook

from audit_kit.acts.passwords import password_for
from audit_kit.domain.progress import EventKind
from audit_kit.domain.states import AuditState
from audit_kit.office import gate_child, reader_child
from audit_kit.office.protect import protect
from audit_kit.store.inbox import LARGEST_BYTES

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def of_the_kind(kind: str, whole: bytes) -> bytes:
    """A file of this kind, as far as its first bytes and its directory say."""
    word = BytesIO()
    Document().save(word)
    odf, folder = BytesIO(), BytesIO()
    with zipfile.ZipFile(odf, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with zipfile.ZipFile(folder, "w") as package:
        package.writestr("return.xlsx", whole)
    return {
        "xls": OLE + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600),
        "ods": odf.getvalue(),
        "csv": b"No.,Question,Answer\n1.1,Is anybody at risk?,Yes\n",
        "pdf": b"%PDF-1.7\n" + bytes(600),
        "docx": word.getvalue(),
        "photo": b"\xff\xd8\xff\xe0" + bytes(600),
        "zip": folder.getvalue(),
        "protected": protect(whole, "nobody agreed on this"),
        "rights-managed": OLE + bytes(600) + "DRMEncryptedDataSpace".encode("utf-16-le") + bytes(600),
        "macros": with_part(whole, "xl/vbaProject.bin", OLE),
        "cut short": whole[:-900],
    }[kind]


SENTENCE = {
    "xls": "an Excel workbook in the older .xls format",
    "ods": "an OpenDocument file",
    "csv": "a plain text or .csv file",
    "pdf": "a PDF, perhaps a print or a scan",
    "docx": "a Word document",
    "photo": "a picture, perhaps a photo",
    "zip": "a zip folder",
    "protected": "protected with a password that is not the one agreed",
    "rights-managed": "protected by a sensitivity label or rights management",
    "macros": "it contains macros",
    "cut short": "cut short or damaged",
}


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one more part, of macros or a picture."""
    kind = "image/png" if name.endswith("png") else "application/vnd.ms-office.vbaProject"
    ending = name.rpartition(".")[2]
    more = f'<Default Extension="{ending}" ContentType="{kind}"/></Types>'.encode()
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data.replace(b"</Types>", more) if part == "[Content_Types].xml" else data)
        new.writestr(name, content)
    return changed.getvalue()


def events(mini, *kinds):
    with mini.on(RETURNED) as kit:
        return [event for event in kit.journal.events() if event.kind in kinds]


def set_aside_note(mini) -> str:
    (note,) = (mini.outbox / "team").glob("set-aside_*.docx")
    return words_in_document(note)


def test_each_kind_of_file_gets_its_own_sentence_and_the_board_manager_is_told_of_each(mini, monkeypatch):
    monkeypatch.setattr("audit_kit.store.inbox.TORN_SECONDS", 0)
    whole = mini.returned("H2", "GP")
    for kind in SENTENCE:
        mini.drop(f"{kind}.xlsx", of_the_kind(kind, whole))
    mini.drop("good.xlsx", mini.returned("H1", "GP"))

    mini.run()

    notes = [words_in_document(path) for path in (mini.outbox / "team").glob("set-aside_*.docx")]
    for sentence in SENTENCE.values():
        assert sum(sentence in note for note in notes) == 1, sentence
    assert all("Tell the sender: " in note for note in notes)
    assert len(events(mini, EventKind.UNREADABLE)) == len(SENTENCE)
    assert len(mini.in_outbox("urgent/*board-manager.eml")) == len(SENTENCE)
    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER


def test_whose_an_unreadable_file_is_shows_by_its_check_code(mini):
    mini.drop("Zebedee.xlsx", with_part(mini.returned("H2", "GP"), "xl/vbaProject.bin", OLE))

    done = mini.run()

    (event,) = events(mini, EventKind.UNREADABLE)
    (notice,) = (mini.outbox / "urgent").glob("*board-manager.docx")
    assert (event.session, event.case, event.agency) == (SESSION, "H2", "GP")
    assert f"{SESSION}/H2/GP" in words_in_document(notice)
    assert any(f"by its check code it is the return of {SESSION}/H2/GP" in sentence for sentence in done.sentences)
    assert any("in outbox/urgent: send it now" in sentence for sentence in done.sentences)
    assert f"{SESSION}/H2/GP, by its check code" in set_aside_note(mini)
    assert mini.progress("H2", "GP").state is AuditState.AWAITED


def test_a_check_code_of_another_audit_proves_nothing(mini):
    forged = mini.returned("H2", "GP", code_of="H1")
    mini.drop("return.xlsx", with_part(forged, "xl/vbaProject.bin", OLE))

    mini.run()

    (event,) = events(mini, EventKind.UNREADABLE)
    assert (event.case, event.agency) == ("", "")


@pytest.mark.parametrize(
    ("name", "named"),
    [
        (f"Copy of {SESSION}_H2_GP_r1 (2).pdf", f"{SESSION}/H2/GP"),
        (f"{SESSION.lower()}_h2_gp_r1_signed.pdf", f"{SESSION}/H2/GP"),
        (f"{SESSION}_H9_GP_r1.pdf", ""),  # nobody was asked about such a case
        ("Zebedee Quill.pdf", ""),
    ],
)
def test_else_what_it_was_called_is_told_as_what_it_is(mini, name, named):
    mini.drop(name, b"%PDF-1.7 a scan")

    done = mini.run()

    (event,) = events(mini, EventKind.UNREADABLE)
    (notice,) = (mini.outbox / "urgent").glob("*board-manager.docx")
    assert (event.code("named"), event.case) == (named, "")
    assert ("which proves nothing" in words_in_document(notice)) is bool(named)
    assert (f"called like the return of {named}, which proves nothing" in set_aside_note(mini)) is bool(named)
    assert not any("Zebedee" in sentence for sentence in done.sentences)


def test_also_of_a_file_that_is_too_large_to_be_taken_the_board_manager_is_told_once(mini):
    large = mini.inbox / f"{SESSION}_H2_GP_r1 Zebedee Quill scanned.pdf"
    with large.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)

    done = mini.run()
    again = mini.run()

    (event,) = events(mini, EventKind.UNREADABLE)
    (notice,) = (mini.outbox / "urgent").glob("*board-manager.docx")
    assert (event.code("named"), event.item) == (f"{SESSION}/H2/GP", "")
    assert "which proves nothing" in words_in_document(notice)
    assert any("in outbox/urgent: send it now" in sentence for sentence in done.sentences)
    assert any("larger than 32 MB" in sentence for sentence in again.sentences)
    assert not any("Zebedee" in sentence for sentence in done.sentences)
    assert large.exists()


def test_a_folder_in_the_inbox_is_told_with_what_to_do(mini):
    (mini.inbox / "returns of Zebedee Quill").mkdir()

    done = mini.run()

    (told,) = (sentence for sentence in done.sentences if "a folder" in sentence)
    assert told == (
        "The inbox holds a folder. It was left there, and nothing in it was read. Move the files in it into the inbox itself."
    )


def test_with_the_password_that_was_agreed_a_protected_return_is_opened(mini):
    with mini.on(RETURNED) as kit:
        agreed = password_for(kit, SESSION, "GP")
    mini.drop("return.xlsx", protect(mini.returned("H1", "GP"), agreed))

    mini.run()

    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER


MARK = b'<f>IF(TRUE,"No",'


def test_a_formula_in_the_risk_cell_is_never_a_no(mini):
    book = load_workbook(BytesIO(mini.returned("H1", "GP")))
    cell = next(
        cell
        for row in book["Immediate concern"]
        for cell in row
        if str(cell.value) == "No" and not cell.protection.locked
    )
    cell.value = '=IF(TRUE,"No","Yes")'
    saved = BytesIO()
    book.save(saved)
    shown = re.sub(
        rb'(<c r="[A-Z]+[0-9]+" s="[0-9]+")>(<f>IF\(TRUE,"No","Yes"\)</f>)<v></v>',
        rb'\1 t="str">\2<v>No</v>',
        part_of(saved.getvalue(), MARK),
    )
    assert b"<v>No</v>" in shown
    mini.drop("return.xlsx", replaced(saved.getvalue(), MARK, shown))

    mini.run()

    assert len(events(mini, EventKind.CONCERN_UNKNOWN)) == 1
    assert mini.progress("H1", "GP").state is AuditState.SENT_BACK


def test_a_return_without_its_sheet_about_risk_is_no_no_either(mini):
    book = load_workbook(BytesIO(mini.returned("H1", "GP")))
    del book["Immediate concern"]
    saved = BytesIO()
    book.save(saved)
    mini.drop("return.xlsx", saved.getvalue())

    done = mini.run()

    (event,) = events(mini, EventKind.CONCERN_UNKNOWN)
    assert (event.session, event.case, event.agency) == (SESSION, "H1", "GP")
    assert any("risk question" in sentence and "send it now" in sentence for sentence in done.sentences)
    assert len(mini.in_outbox("urgent/*board-manager.eml")) == 1


def part_of(workbook: bytes, mark: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(workbook)) as package:
        return next(data for name in package.namelist() if mark in (data := package.read(name)))


def replaced(workbook: bytes, mark: bytes, content: bytes) -> bytes:
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if mark in old.read(name) else old.read(name))
    return changed.getvalue()


# --- poison ---------------------------------------------------------------------------------------------------


def test_a_file_that_hangs_its_reader_is_read_once_and_costs_the_others_its_time_limit_alone(
    mini, tmp_path, monkeypatch
):
    asked = tmp_path / "asked"
    script = tmp_path / "child.py"
    script.write_text(
        f"""
import os, runpy, struct, sys
child = runpy.run_path({reader_child.__file__!r})
read = child["LIBRARIES"][sys.argv[1]]()
given, told = sys.stdin.buffer, sys.stdout.buffer
told.write(child["READY"]); told.flush()
while head := given.read(8):
    data = given.read(struct.unpack(">Q", head)[0])
    if b"xl/media/poison.png" in data:
        with open({str(asked)!r}, "a") as log: log.write("x")
        while True: pass
    raw = read(data)
    told.write(struct.pack(">Q", len(raw)) + raw); told.flush()
"""
    )
    poison = with_part(mini.returned("H2", "GP"), "xl/media/poison.png", b"picture")
    good = {case: mini.returned(case, "HVSN") for case in ("H1", "H2", "C1")}
    monkeypatch.setattr(reader_child, "__file__", str(script))
    monkeypatch.setattr("audit_kit.office.safe_read.Limits", lambda: gate_child.Limits(wall_seconds=1.0))
    mini.drop("a poison.xlsx", poison)
    for case, data in good.items():
        mini.drop(f"b {case}.xlsx", data)

    mini.run()
    mini.drop("a poison again.xlsx", poison)
    mini.run()

    assert asked.read_text() == "x"
    assert len(events(mini, EventKind.UNREADABLE)) == 1
    assert {mini.progress(case, "HVSN").state for case in good} == {AuditState.WITH_REVIEWER}


@pytest.mark.skipif(os.name == "nt", reason="there is no such kill there")
def test_a_file_that_kills_the_kit_itself_is_tried_three_times_and_the_others_are_read(mini):
    poison = with_part(mini.returned("H2", "GP"), "xl/media/poison.png", b"picture")
    mini.drop("poison.xlsx", poison)
    mini.drop("good.xlsx", mini.returned("H1", "GP"))
    program = (
        "import os, signal, sys\n"
        "from audit_kit.office import safe_read\n"
        "read = safe_read.SafeReader.read\n"
        "def fatal(self, data):\n"
        "    if b'xl/media/poison.png' in data: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return read(self, data)\n"
        "safe_read.SafeReader.read = fatal\n"
        "from audit_kit.cli import main\n"
        "sys.argv = ['audit-kit', '--config', sys.argv[1], '--today', '2026-11-06', 'process']\n"
        "main()\n"
    )

    ended = [
        subprocess.run([sys.executable, "-c", program, str(mini.config)], check=False, capture_output=True)
        for _ in range(4)
    ]

    assert [run.returncode for run in ended] == [-signal.SIGKILL] * 3 + [1]
    assert mini.progress("H1", "GP").state is AuditState.WITH_REVIEWER
    assert any(
        "stopped audit-kit three times" in words_in_document(path)
        for path in (mini.outbox / "team").glob("set-aside_*")
    )
    assert len(events(mini, EventKind.UNREADABLE)) == 1


def test_the_notice_and_its_mail_say_it_in_the_teams_words(mini):
    path = mini.folder / "templates/mail_drafts.txt"
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace("A file came that could not be read,", "We could not open what came,")
        .replace("a file that is not matched to an audit", "a file of nobody we know"),
        encoding="utf-8",
    )
    mini.drop("scan.pdf", b"%PDF-1.7 a scan")

    mini.run()

    (notice,) = (mini.outbox / "urgent").glob("*board-manager.docx")
    (path,) = (mini.outbox / "urgent").glob("*board-manager.eml")
    draft = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert "We could not open what came, so nobody knows yet" in words_in_document(notice)
    assert "We could not open what came, so nobody knows yet" in draft.get_body().get_content()
    assert draft["Subject"] == "URGENT: a file of nobody we know"
