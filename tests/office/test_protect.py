"""Files that must show a name leave protected with a password, many of them with one."""

import re
from io import BytesIO

import olefile
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from openpyxl import Workbook

from audit_kit.office.protect import protect, unprotect


def a_workbook(text: str) -> bytes:
    book, stream = Workbook(), BytesIO()
    book.active["A1"] = text
    book.save(stream)
    return stream.getvalue()


def hashed_so_far() -> int:
    return ECMA376Agile._derive_iterated_hash_from_password.cache_info().misses


def blocks_of(sealed: bytes) -> set[bytes]:
    """What is in a protected file, as it is ciphered: sixteen bytes at a time, behind the eight that say how many there are."""
    with olefile.OleFileIO(BytesIO(sealed)) as container:
        ciphered = container.openstream("EncryptedPackage").read()[8:]
    return {ciphered[at : at + 16] for at in range(0, len(ciphered), 16)}


def salt_of(sealed: bytes) -> bytes:
    """What the password of a protected file was mixed with."""
    with olefile.OleFileIO(BytesIO(sealed)) as container:
        described = container.openstream("EncryptionInfo").read()
    return re.findall(rb'saltValue="([^"]+)"', described.partition(b"<keyEncryptors")[2])[0]


def test_of_many_files_with_one_password_only_the_first_takes_the_hashing():
    files = [a_workbook(text) for text in ("H1", "H2", "H3")]
    before = hashed_so_far()

    sealed = [protect(file, "AAAAA-BBBBB-CCCCC") for file in files]

    assert hashed_so_far() == before + 1
    assert [unprotect(one, "AAAAA-BBBBB-CCCCC") for one in sealed] == files


def test_each_has_a_key_of_its_own_all_the_same():
    file = a_workbook("H1")

    first, second = (blocks_of(protect(file, "AAAAA-BBBBB-CCCCC")) for _ in range(2))

    assert len(first) > 200
    assert not first & second


def test_another_password_opens_nothing_and_has_a_salt_of_its_own():
    file = a_workbook("H1")

    one, other = (protect(file, password) for password in ("AAAAA-BBBBB-CCCCC", "DDDDD-EEEEE-FFFFF"))

    assert unprotect(other, "AAAAA-BBBBB-CCCCC") is None
    assert unprotect(other, "DDDDD-EEEEE-FFFFF") == file
    assert salt_of(one) != salt_of(other)
