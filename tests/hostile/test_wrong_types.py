"""What comes instead of a workbook gets its own sentence, by its content and never by its name."""

import re
import struct
from io import BytesIO

import msoffcrypto
import openpyxl
import pytest
from docx import Document
from grafting import a_form, packed, parts_of
from msoffcrypto.format.ooxml import OOXMLFile
from PIL import Image
from pptx import Presentation

from audit_kit.office.gate import Reason, Refused, inspect
from audit_kit.office.gate_child import Limits
from audit_kit.office.gate_reasons import OF_A_DOCUMENT, SENTENCES
from audit_kit.office.wrong_type import decrypt, recognise

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def saved(document):
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def picture(kind):
    stream = BytesIO()
    Image.new("RGB", (20, 20), "white").save(stream, kind)
    return stream.getvalue()


def protected(data, password):
    stream = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, stream)
    return stream.getvalue()


def ole_with(*names):
    """An OLE container as far as its directory: enough to be recognised, not enough to be opened."""
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in ("Root Entry", *names))
    return OLE + bytes(504) + entries


def open_document(kind):
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<a/>"}, 0)


KINDS = {
    "nothing": (b"", Reason.EMPTY),
    "zero bytes of a sync program": (bytes(4096), Reason.EMPTY),
    "an old workbook": (ole_with("Workbook"), Reason.OLD_EXCEL),
    "a very old workbook": (ole_with("Book"), Reason.OLD_EXCEL),
    "an old Word document": (ole_with("WordDocument", "1Table"), Reason.WORD),
    "a saved e-mail": (ole_with("__substg1.0_001A001F"), Reason.EMAIL),
    "an old presentation": (ole_with("PowerPoint Document"), Reason.POWERPOINT),
    "some other OLE file": (ole_with("Contents"), Reason.UNKNOWN),
    "an OLE header alone": (OLE, Reason.UNKNOWN),
    "a workbook with a password": (protected(a_form(), "agreed"), Reason.PASSWORD),
    "a workbook with managed rights": (
        ole_with("EncryptedPackage", "\x06DataSpaces", "DRMEncryptedDataSpace"),
        Reason.RIGHTS_MANAGED,
    ),
    "an OpenDocument sheet": (open_document("spreadsheet"), Reason.OPEN_DOCUMENT),
    "an OpenDocument text": (open_document("text"), Reason.OPEN_DOCUMENT),
    "a binary workbook": (
        packed({"[Content_Types].xml": "<a/>", "xl/workbook.bin": "x"}),
        Reason.BINARY_EXCEL,
    ),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Reason.PDF),
    "a Word document": (saved(Document()), Reason.WORD),
    "a rich text document": (b"{\\rtf1\\ansi Seen alone.}", Reason.WORD),
    "a presentation": (saved(Presentation()), Reason.POWERPOINT),
    "Apple Numbers": (packed({"Index/Document.iwa": "x", "Metadata/Properties.plist": "x"}), Reason.APPLE),
    "a message as mail programs save it": (
        b"Return-Path: <a@agency.example>\r\nReceived: from x\r\nSubject: return\r\nMIME-Version: 1.0\r\n\r\nhello",
        Reason.EMAIL,
    ),
    "a message with its sender first": (b"From: a@agency.example\nTo: team@board.example\nDate: x\n\nhello", Reason.EMAIL),
    "a text that begins like a message": (b"To: whom it may concern\nSeen alone.\n", Reason.TEXT),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c" + bytes(40), Reason.ZIP),
    "RAR": (b"Rar!\x1a\x07\x01\0" + bytes(40), Reason.ZIP),
    "CSV": (b"question,answer\r\n1,Seen alone\r\n", Reason.TEXT),
    "CSV as Excel's Unicode text": ("question\tanswer\r\n".encode("utf-16"), Reason.TEXT),
    "CSV in an old encoding": (b"question,answer\r\n1,\x93quite settled\x94\r\n", Reason.TEXT),
    "a web page": (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table></html>", Reason.WEB_PAGE),
    "XML of 2003": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', Reason.WEB_PAGE),
    "a PNG": (picture("PNG"), Reason.PICTURE),
    "a JPEG": (picture("JPEG"), Reason.PICTURE),
    "a GIF": (picture("GIF"), Reason.PICTURE),
    "a TIFF": (picture("TIFF"), Reason.PICTURE),
    "a photo from a telephone": (struct.pack(">I", 24) + b"ftypheic" + bytes(12), Reason.PICTURE),
    "a film from a telephone": (struct.pack(">I", 24) + b"ftypmp42" + bytes(12), Reason.UNKNOWN),
    "a zip of workbooks": (packed({"H3.xlsx": a_form(), "C1.xlsx": a_form()}), Reason.ZIP),
    "an empty zip": (packed({}), Reason.ZIP),
    "a zip cut short": (packed({"H3.xlsx": a_form()})[:5000], Reason.INCOMPLETE),
    "a tape archive": (bytes(257) + b"ustar\0" + bytes(250), Reason.ZIP),
    "a shortcut of Windows": (b"L\0\0\0\x01\x14\x02\0" + bytes(60), Reason.SHORTCUT),
    "a shortcut of a browser": (b"[InternetShortcut]\r\nURL=https://board.sharepoint.com/H3.xlsx\r\n", Reason.SHORTCUT),
    "a shortcut of Google Drive": (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', Reason.SHORTCUT),
    "a shortcut of a Mac": (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">'
        b'\n<plist version="1.0">\n<dict>\n<key>URL</key>\n<string>https://a.example</string>', Reason.SHORTCUT
    ),
    "a file under a label of any kind": (b".pfile\x03\0\x02\0" + bytes(60), Reason.RIGHTS_MANAGED),
    "a mail under a label": (b"\x76\xe8\x04\x60\xc4\x11\xe3\x86" + bytes(60), Reason.RIGHTS_MANAGED),
    "a sealed mail": (b"0\x82\x0a\x00\x06\x09*\x86H\x86\xf7\r\x01\x07\x03" + bytes(60), Reason.EMAIL),
    "a program": (b"MZ\x90\0\x03\0\0\0", Reason.UNKNOWN),
    "noise": (bytes(range(256)) * 4, Reason.UNKNOWN),
}  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), KINDS.values(), ids=KINDS)
def test_each_kind_is_recognised_by_its_content(data, reason):
    assert recognise(data) is reason
    with pytest.raises(Refused) as refusal:
        inspect(data)
    assert refusal.value.reason is reason
    assert refusal.value.reason is reason


def test_a_workbook_is_recognised_whatever_else_lies_in_it():
    assert recognise(a_form()) is None
    assert recognise(packed(parts_of(a_form()) | {"xl/media/image1.png": saved(Document())}, 0)) is None


def test_every_reason_says_what_it_is_what_has_not_happened_and_what_to_do():
    assert set(SENTENCES) == set(Reason)
    for words in (*SENTENCES.values(), *OF_A_DOCUMENT.values()):
        text = f"{words.what} {words.not_happened} {words.next_step}"
        assert all(part.endswith(".") for part in (words.what, words.not_happened, words.next_step))
        assert not re.search(r"\b(invalid|failed|fatal|null|exception|pars(e|er|ing)|cell [A-Z]+\d)\b", text)
        assert "{" not in text
    assert len({words.what for words in SENTENCES.values()}) == len(Reason)


def test_a_protected_workbook_is_opened_with_the_agreed_password():
    opened = decrypt(protected(a_form(), "agreed"), "agreed")
    assert opened == a_form()
    assert inspect(opened).sheets[1].filled == 80


def test_a_protected_workbook_stays_closed_with_another_password():
    assert decrypt(protected(a_form(), "agreed"), "guessed") is None
    assert decrypt(protected(a_form(), "agreed"), "") is None


def test_a_workbook_that_excel_opens_without_asking_is_opened():
    assert decrypt(protected(a_form(), "VelvetSweatshop"), "agreed") == a_form()
    assert decrypt(protected(a_form(), "VelvetSweatshop"), "") == a_form()


@pytest.mark.parametrize("data", [b"", a_form(), OLE, ole_with("EncryptedPackage"), ole_with("Workbook"), b"PK"])
def test_what_is_not_a_protected_workbook_is_never_an_error(data):
    assert decrypt(data, "agreed") is None


def test_a_damaged_protected_workbook_is_never_an_error():
    whole = protected(a_form(), "agreed")
    for at in (600, len(whole) - 600):
        damaged = whole[:at] + bytes((whole[at] ^ 0x55,)) + whole[at + 1 :]
        opened = decrypt(damaged, "agreed")
        assert opened is None or isinstance(opened, bytes)


def test_a_file_that_asks_for_billions_of_rounds_of_hashing_costs_its_time_limit_and_no_more():
    rounds = protected(a_form(), "agreed").replace(b'spinCount="100000"', b'spinCount="999999"')
    assert b'spinCount="999999"' in rounds
    assert decrypt(rounds, "agreed", limits=Limits(wall_seconds=0.3)) is None


def test_the_library_writes_what_these_tests_rely_on():
    office = msoffcrypto.OfficeFile(BytesIO(protected(a_form(), "agreed")))
    assert office.is_encrypted()
    assert openpyxl.load_workbook(BytesIO(a_form())).sheetnames[0] == "Start"
