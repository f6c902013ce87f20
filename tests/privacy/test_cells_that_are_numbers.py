"""A date of birth in a date cell, a telephone number without its nought: a sheet that holds them is not clean."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from audit_kit.acts.name_search import NameSearch
from audit_kit.domain.register import CaseRegister, Person
from audit_kit.privacy import CaseAnonymiser, KeepWords

REGISTER = CaseRegister(
    "H1",
    (
        Person("subject_child", "Temitope Adeyemi", dob="2014-05-17"),
        Person("mother", "Folake Adeyemi", phones=("07700 900311", "020 7946 0911")),
    ),
)


def sheet_with(value, *, since_1904=False):
    book = Workbook()
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    book.active["B2"] = value
    book.properties.creator = ""
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def rules_in(data):
    search = NameSearch([REGISTER], KeepWords.standard())
    by_hand = {(found.rule, found.certain) for found in search.by_hand("a.xlsx", data)}
    leaving = {(found.rule, found.certain) for found in search.in_file("a.xlsx", data, frozenset(["H1"]))}
    return by_hand, leaving


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (date(2014, 5, 17), "date of birth"),
        (7700900311, "phone"),
        (447700900311, "phone"),
        (2079460911, "phone"),
    ],
)
def test_what_excel_keeps_as_a_number_is_found(value, rule):
    assert rules_in(sheet_with(value)) == ({(rule, True)}, {(rule, True)})


def test_also_where_days_are_counted_from_1904():
    found = ({("date of birth", True)}, {("date of birth", True)})

    assert rules_in(sheet_with(date(2014, 5, 17), since_1904=True)) == found


def test_and_as_libreoffice_saves_them(tmp_path):
    for name, value in (("day", date(2014, 5, 17)), ("phone", 7700900311)):
        (tmp_path / f"{name}.xlsx").write_bytes(sheet_with(value))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    soffice = shutil.which("soffice") or pytest.skip("LibreOffice is not installed")
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), *map(str, tmp_path.glob("*.xlsx"))],
        check=True, capture_output=True,
    )  # fmt: skip

    assert rules_in((tmp_path / "out" / "day.xlsx").read_bytes())[1] == {("date of birth", True)}
    assert rules_in((tmp_path / "out" / "phone.xlsx").read_bytes())[1] == {("phone", True)}


def test_other_numbers_and_days_are_nobodys():
    for value in (date(2014, 5, 18), 7700900312, 41776.5 * 10, 12):
        assert rules_in(sheet_with(value)) == (set(), set())


def test_a_telephone_number_without_its_nought_is_masked_too():
    masked = CaseAnonymiser.for_case(REGISTER, KeepWords.standard()).mask("Rang 7700 900311 twice.")

    assert masked.text == "Rang [phone number] twice."


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Copied to t.adeyemi@example.com.", "register:name"),
        ("Letter of Adeyemi Solicitors.", "register:name"),
    ],
)
def test_the_second_look_looks_into_what_is_masked_whole(text, rule):
    from audit_kit.privacy import residual_names

    assert rule in {found.rule for found in residual_names(text, REGISTER, KeepWords.standard())}
