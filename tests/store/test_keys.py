"""Who can open what: the service reads what it works on, never what it filed."""

import pytest

from audit_kit.errors import AuditKitError, UsageProblem
from audit_kit.store.disk import Disk
from audit_kit.store.keys import Keys, is_public_key, new_key_pair, open_keys, seal, unseal, write_private_key

BOARD, ESCROW, SERVICE, STRANGER = (new_key_pair() for _ in range(4))


@pytest.fixture
def service_file(tmp_path):
    write_private_key(tmp_path / "service.key", SERVICE.private)
    return tmp_path / "service.key"


@pytest.fixture
def keys(tmp_path, service_file) -> Keys:
    keys = open_keys(tmp_path / "store", BOARD.public, ESCROW.public, service_file)
    keys.make_case_key("2026-A2-NEG/H3", Disk())
    return keys


def test_the_service_reads_again_what_it_works_on(keys):
    sealed = keys.seal_for_service(b"a return")

    assert b"a return" not in sealed
    assert keys.open_for_service(sealed) == b"a return"


@pytest.mark.parametrize("pair", [BOARD, ESCROW], ids=["board", "escrow"])
def test_the_board_and_the_escrow_can_each_open_an_original(keys, pair):
    sealed = keys.seal_for_case("2026-A2-NEG/H3", b"an original")

    assert keys.open_with("2026-A2-NEG/H3", sealed, pair.private) == b"an original"


@pytest.mark.parametrize("pair", [SERVICE, STRANGER], ids=["service", "stranger"])
def test_the_service_and_strangers_cannot(keys, pair):
    sealed = keys.seal_for_case("2026-A2-NEG/H3", b"an original")

    with pytest.raises(UsageProblem, match="This key does not open what is sealed here"):
        keys.open_with("2026-A2-NEG/H3", sealed, pair.private)


def test_nor_does_any_key_open_it_without_the_keys_of_the_case(keys):
    sealed = keys.seal_for_case("2026-A2-NEG/H3", b"an original")

    for pair in (BOARD, ESCROW, SERVICE):
        with pytest.raises(UsageProblem):
            unseal(sealed, pair.private)


def test_no_private_key_of_the_case_lies_open_in_the_store(keys):
    files = [path.read_bytes() for path in keys.folder.rglob("*") if path.is_file()]

    assert len(files) == 2
    assert [data for data in files if b"AGE-SECRET-KEY" in data] == []


def test_a_case_keeps_its_key(keys):
    before = (keys.folder / "2026-A2-NEG" / "H3.pub").read_bytes()

    keys.make_case_key("2026-A2-NEG/H3", Disk())

    assert (keys.folder / "2026-A2-NEG" / "H3.pub").read_bytes() == before


def test_destroying_one_small_file_closes_the_case_for_good(keys):
    sealed = keys.seal_for_case("2026-A2-NEG/H3", b"an original")
    (keys.folder / "2026-A2-NEG" / "H3.key.age").unlink()

    with pytest.raises(FileNotFoundError):
        keys.open_with("2026-A2-NEG/H3", sealed, BOARD.private)


def test_and_nothing_more_is_filed_under_a_case_whose_key_is_gone(keys):
    (keys.folder / "2026-A2-NEG" / "H3.key.age").unlink()

    with pytest.raises(AuditKitError, match="could never be opened"):
        keys.make_case_key("2026-A2-NEG/H3", Disk())


def test_a_changed_byte_is_told_and_gives_no_content():
    sealed = bytearray(seal(b"an original", BOARD.public))
    sealed[-1] ^= 1

    with pytest.raises(UsageProblem):
        unseal(bytes(sealed), BOARD.private)


def test_every_missing_key_is_told_at_once(tmp_path):
    with pytest.raises(UsageProblem) as told:
        open_keys(tmp_path, "", "age1notakey", tmp_path / "none")

    assert told.value.sentence() == (
        "The store has no keys yet, or not all of them: the Board's public key (store → board_key), the escrow's public "
        "key (store → escrow_key), the service key file. Nothing was taken from the inbox and nothing was written. Run "
        "audit-kit set-up to make them, and keep the Board's and the escrow's private keys apart."
    )


def test_the_board_and_the_escrow_may_not_have_the_same_key(tmp_path, service_file):
    with pytest.raises(UsageProblem, match="The Board's key and the escrow's key are the same"):
        open_keys(tmp_path, BOARD.public, BOARD.public, service_file)


@pytest.mark.parametrize("pair", [BOARD, ESCROW], ids=["board", "escrow"])
def test_the_service_may_not_hold_either_private_key(tmp_path, pair):
    write_private_key(tmp_path / "held.key", pair.private)

    with pytest.raises(UsageProblem, match="it must not be able to open what is filed"):
        open_keys(tmp_path, BOARD.public, ESCROW.public, tmp_path / "held.key")


@pytest.mark.parametrize(
    "content",
    [b"", b"not a key", "Schlüssel".encode("latin-1"), BOARD.public.encode()],
    ids=["blank", "words", "umlauts", "a public key"],
)
def test_a_service_key_file_without_a_key_is_told(tmp_path, content):
    (tmp_path / "service.key").write_bytes(content)

    with pytest.raises(UsageProblem, match="does not hold an age key"):
        open_keys(tmp_path, BOARD.public, ESCROW.public, tmp_path / "service.key")


def test_a_private_key_is_written_for_its_owner_alone_and_never_over_another(tmp_path):
    write_private_key(tmp_path / "board.key", BOARD.private)

    assert (tmp_path / "board.key").stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        write_private_key(tmp_path / "board.key", ESCROW.private)


def test_a_private_key_is_not_taken_for_a_public_one():
    assert is_public_key(BOARD.public)
    assert not is_public_key(BOARD.private)
