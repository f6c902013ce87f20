"""References name a session, a case, an agency and an audit without naming anyone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_kit.domain.references import (
    AuditRef,
    area_of,
    is_agency_code,
    is_case_ref,
    is_session_ref,
    names_a_device,
)

SESSIONS = st.from_regex(r"20[0-9]{2}-A[1-9]-[A-Z]{2,6}", fullmatch=True)
CASES = st.from_regex(r"[A-Z][1-9][0-9]?", fullmatch=True)
AGENCIES = st.from_regex(r"[A-Z][A-Z0-9]{0,5}(-[A-Z0-9]{1,4})?", fullmatch=True)


@pytest.mark.parametrize("text", ["2026-A2-NEG", "2017-A1-DA", "2030-A9-MISSIN"])
def test_a_session_is_year_number_and_theme(text):
    assert is_session_ref(text)


@pytest.mark.parametrize(
    "text",
    ["", "2026-2-NEG", "1999-A1-NEG", "2026-A0-NEG", "2026-A2-N", "2026-A2-NEGLECT", "2026-a2-neg", "2026-A2-NEG\n",
     "20٢٦-A2-NEG", "2026-A2-NEG/H3"],
)  # fmt: skip
def test_anything_else_is_no_session(text):
    assert not is_session_ref(text)


@pytest.mark.parametrize("text", ["H1", "H5", "C3", "H10", "Z99"])
def test_a_case_is_area_letter_and_number(text):
    assert is_case_ref(text)


@pytest.mark.parametrize("text", ["", "H", "H0", "H01", "H100", "h3", "3H", "HH3", "H3 ", "H1٢", "../H3"])
def test_anything_else_is_no_case(text):
    assert not is_case_ref(text)


@pytest.mark.parametrize("text", ["GP", "MPS", "CSC-H", "HVSN", "A", "ABCDEFGHIJKL"])
def test_an_agency_has_a_code_of_letters_digits_and_hyphen(text):
    assert is_agency_code(text)


@pytest.mark.parametrize(
    "text", ["", "csc-h", "-H", "CSC-", "CSC--H", "1GP", "CSC H", "CSC/H", "ABCDEFGHIJKLM", "..", "GP\n"]
)
def test_anything_else_is_no_code(text):
    assert not is_agency_code(text)


@pytest.mark.parametrize("code", ["CON", "PRN", "AUX", "NUL", "COM1", "LPT9"])
def test_windows_keeps_some_words_for_devices(code):
    assert names_a_device(code)


@pytest.mark.parametrize("code", ["CONN", "COM", "LPT", "NUL-H", "GP"])
def test_and_no_others(code):
    assert not names_a_device(code)


def test_the_area_is_the_letter_of_the_case():
    assert area_of("H3") == "H"


def test_an_audit_is_shown_as_session_case_and_agency():
    assert str(AuditRef("2026-A2-NEG", "H3", "MPS")) == "2026-A2-NEG/H3/MPS"


def test_its_files_carry_the_round_too():
    assert AuditRef("2026-A2-NEG", "C1", "CSC-C").file_stem(2) == "2026-A2-NEG_C1_CSC-C_r2"


def test_a_typed_reference_may_be_in_small_letters_and_between_spaces():
    assert AuditRef.parse(" 2026-a2-neg/h3/mps\n") == AuditRef("2026-A2-NEG", "H3", "MPS")


@pytest.mark.parametrize(
    "text",
    ["", "H3", "2026-A2-NEG/H3", "2026-A2-NEG/H3/MPS/r1", "2026-A2-NEG//MPS", "2026-A2-NEG/MPS/H3",
     "2026-A2-NEG\\H3\\MPS", "2026-A2-NEG/H3/../x"],
)  # fmt: skip
def test_what_is_no_reference_is_told_and_not_guessed(text):
    assert AuditRef.parse(text) is None


@given(SESSIONS, CASES, AGENCIES)
def test_every_reference_is_read_back_as_it_is_shown(session, case, agency):
    audit = AuditRef(session, case, agency)

    assert AuditRef.parse(str(audit)) == audit
    assert AuditRef.parse(str(audit).lower()) == audit


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_a_reference_that_is_safe_as_a_file_name_or_none(text):
    audit = AuditRef.parse(text)

    assert audit is None or set(audit.file_stem(1)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_r")
