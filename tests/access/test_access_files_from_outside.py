"""Files may be hostile, damaged or locked: the checker says so, and neither hangs nor follows anything."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest
from plain_files import a_document, a_picture, a_presentation, a_workbook, codes, saved, with_part

from audit_kit.access import Unreadable, check
from audit_kit.office.protect import protect

BODY = b"<w:body>"


def test_a_file_under_a_password_is_one_fault():
    (fault,) = check(protect(saved(a_document()), "correct horse"))

    assert (fault.code, fault.level) == ("access-restricted", "error")


def test_a_path_is_as_good_as_bytes(tmp_path):
    path = tmp_path / "minutes.docx"
    path.write_bytes(saved(a_document()))

    assert check(path) == check(str(path)) == check(path.read_bytes()) == ()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Dear all", a_picture().getvalue(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])  # fmt: skip
def test_what_is_no_office_file_is_unreadable(data):
    with pytest.raises(Unreadable):
        check(data)


def strict(xml: bytes) -> bytes:
    """A part as Office writes it in the form that it calls Strict Open XML."""
    return xml.replace(b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/")


@pytest.mark.parametrize(
    ("data", "part", "change", "said"),
    [
        (saved(a_workbook()), "xl/workbook.xml", strict, "strict form"),
        (saved(a_document()), "word/document.xml", strict, "strict form"),
        (saved(a_presentation()), "ppt/presentation.xml", strict, "strict form"),
        (saved(a_workbook()), "xl/workbook.xml", lambda xml: b"<workbook/>", "no sheet"),
        (saved(a_workbook()), "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"sheet1.xml", b"sheet7.xml"), "is missing"),
        (saved(a_document()), "word/document.xml", lambda xml: xml.replace(b"w:body", b"w:bodi"), "no text"),
    ],
)  # fmt: skip
def test_what_can_not_be_looked_at_is_never_called_faultless(data, part, change, said):
    with pytest.raises(Unreadable, match=said):
        check(with_part(data, part, change))


def test_a_document_type_is_refused_and_no_entity_is_ever_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    head = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()

    def with_entity(xml: bytes) -> bytes:
        start, rest = xml.split(b"?>", 1)
        return start + b"?>" + head + rest.replace(BODY, BODY + b"<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")

    with pytest.raises(Unreadable, match="document type"):
        check(with_part(saved(a_document()), "word/document.xml", with_entity))


def test_a_bomb_of_zeros_is_refused():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", b" " * (200 * 2**20))

    with pytest.raises(Unreadable, match="too large"):
        check(data.getvalue())


@pytest.mark.parametrize("flood", [b"<w:b/>" * 3_100_000, b'<w:p w:a="" ' + b'b=""' * 6_100_000 + b"/>"])
def test_a_flood_of_elements_or_attributes_is_refused_before_a_tree_is_built(flood):
    with pytest.raises(Unreadable, match="too large"):
        check(with_part(saved(a_document()), "word/document.xml", lambda xml: xml.replace(BODY, BODY + flood)))


def test_styles_that_are_based_on_each_other_in_a_circle_come_to_an_end():
    document = a_document()
    one, other = document.styles.add_style("One", 1), document.styles.add_style("Other", 1)
    one.base_style, other.base_style = other, one
    document.add_paragraph("Round and round", "One")

    assert codes(saved(document)) == set()


def test_deep_nesting_ends_in_a_sentence():
    deep = b"<w:sdt><w:sdtContent>" * 5_000 + b"</w:sdtContent></w:sdt>" * 5_000

    with pytest.raises(Unreadable):
        check(with_part(saved(a_document()), "word/document.xml", lambda xml: xml.replace(BODY, BODY + deep)))


@pytest.mark.parametrize("make", [a_workbook, a_document, a_presentation])
def test_a_damaged_file_gives_faults_or_is_unreadable_and_nothing_else(make):
    """Every attribute's number may be nonsense: 60 files with some of their letters changed."""
    whole, dice = saved(make()), random.Random(5)
    with zipfile.ZipFile(BytesIO(whole)) as package:
        parts = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]

    for _ in range(60):
        part = dice.choice(parts)

        def spoil(xml: bytes) -> bytes:
            spoilt = bytearray(xml)
            for _ in range(5):
                at = dice.randrange(len(spoilt))
                if spoilt[at : at + 1].isalnum():
                    spoilt[at] = dice.choice(b"0-.x9")
            return bytes(spoilt)

        try:
            check(with_part(whole, part, spoil))
        except Unreadable:
            continue
