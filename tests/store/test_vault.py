"""What is sealed comes back as it was, and nothing of it can be read on the disk."""

from datetime import date

import pytest

from audit_kit.domain.references import AuditRef
from audit_kit.domain.register import CaseRegister, Person
from audit_kit.domain.returns import AnonymisedReturn, RosterEntry
from audit_kit.errors import AuditKitError
from audit_kit.store.disk import Disk
from audit_kit.store.keys import new_key_pair, open_keys, write_private_key
from audit_kit.store.vault import Vault

BOARD, ESCROW, SERVICE = (new_key_pair() for _ in range(3))


@pytest.fixture
def keys(tmp_path):
    write_private_key(tmp_path / "service.key", SERVICE.private)
    return open_keys(tmp_path / "store", BOARD.public, ESCROW.public, tmp_path / "service.key")


@pytest.fixture
def vault(tmp_path, keys) -> Vault:
    return Vault(tmp_path / "store", keys, Disk())


def test_a_received_content_is_known_by_its_sha_and_read_again(vault):
    (sha,) = vault.stage([b"a workbook"])

    assert sha == "37d8bc64479724f8d283b493733c59c932bd1ce4baae470e44a64dd4c1958c57"
    assert vault.staged(sha) == b"a workbook"


def test_a_content_that_comes_twice_is_kept_once(vault, tmp_path):
    vault.stage([b"a workbook", b"a workbook"])
    vault.stage([b"a workbook"])

    assert len(list((tmp_path / "store" / "work").iterdir())) == 1


def test_an_original_is_filed_for_the_board_and_gone_for_the_service(vault, keys):
    (sha,) = vault.stage([b"a workbook"])

    vault.file_original(sha, "2026-A2-NEG/H3")
    vault.unstage(sha)

    assert vault.staged(sha) is None
    sealed = vault.original(sha, "2026-A2-NEG/H3").read_bytes()
    assert keys.open_with("2026-A2-NEG/H3", sealed, ESCROW.private) == b"a workbook"


def test_filing_again_changes_nothing(vault):
    (sha,) = vault.stage([b"a workbook"])
    vault.file_original(sha)
    before = vault.original(sha).read_bytes()

    vault.file_original(sha)
    vault.unstage(sha)
    vault.file_original(sha)

    assert vault.original(sha).read_bytes() == before


def test_an_original_that_is_gone_is_never_taken_for_filed(vault):
    with pytest.raises(AuditKitError, match="Its original was not filed"):
        vault.file_original("ab" * 32)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (CaseRegister("H3", (Person("mother", "Sinéad", aliases=("Shin",), dob="1987-11-02"),)), CaseRegister),
        ((RosterEntry("MPS", "A. Name", "Sergeant", "auditor"),), tuple[RosterEntry, ...]),
        (AnonymisedReturn(AuditRef("2026-A2-NEG", "H3", "MPS"), 2, {"N6.evidence": "Mother said"}), AnonymisedReturn),
        ({"MPS": "kettle-harbour"}, dict[str, str]),
        (date(2026, 11, 6), date),
    ],
)
def test_a_value_comes_back_as_it_was(vault, value, kind):
    vault.put("register/2026-A2-NEG/H3", value, kind)

    assert vault.get("register/2026-A2-NEG/H3", kind) == value


def test_a_value_that_was_never_put_is_none(vault):
    assert vault.get("register/2026-A2-NEG/H9", CaseRegister) is None


def test_nothing_of_a_value_can_be_read_on_the_disk(vault, tmp_path):
    vault.put("register/2026-A2-NEG/H3", CaseRegister("H3", (Person("mother", "Zephyrine"),)), CaseRegister)
    vault.keep_note("Zephyrine rang")
    vault.file_original(*vault.stage([b"Zephyrine"]))

    files = [path for path in (tmp_path / "store").rglob("*") if path.is_file()]

    assert len(files) == 7  # one lists what the sealed original hashes to
    assert [path for path in files if b"Zephyrine" in path.read_bytes() or "Zephyrine" in str(path)] == []


def test_values_are_listed_by_folder_in_order(vault):
    for name in ("sessions/2026-A2-NEG", "sessions/2026-A1-CSE", "returns/x"):
        vault.put_bytes(name, b"")

    assert vault.names("sessions") == ("sessions/2026-A1-CSE", "sessions/2026-A2-NEG")
    assert vault.names("nothing") == ()


def test_a_removed_value_is_gone_and_may_be_removed_again(vault):
    vault.put_bytes("doubts/x", b"y")

    vault.remove("doubts/x")
    vault.remove("doubts/x")

    assert vault.get_bytes("doubts/x") is None


def test_a_note_is_known_by_the_sha_of_its_words(vault):
    sha = vault.keep_note("The worker was off sick – a child's name stood here.")

    assert len(sha) == 64
    assert vault.note(sha) == "The worker was off sick – a child's name stood here."


def test_no_words_are_no_note(vault):
    assert vault.keep_note("") == ""
    assert vault.note("") == ""


# --- several at once --------------------------------------------------------------------------------------


def test_what_is_sealed_together_is_read_before_it_is_written_and_there_when_the_block_ends(vault, tmp_path):
    with vault.together():
        vault.put_bytes("notes/a", b"one")
        vault.put_bytes("notes/b", b"two")
        assert vault.get_bytes("notes/a") == b"one"
        assert not (tmp_path / "store" / "notes").exists()

    assert (vault.get_bytes("notes/a"), vault.get_bytes("notes/b")) == (b"one", b"two")


def test_what_is_sealed_together_can_be_made_durable_before_the_block_ends(vault, tmp_path):
    with pytest.raises(OSError), vault.together():
        vault.put_bytes("notes/a", b"one")
        vault.make_durable()
        assert (tmp_path / "store" / "notes" / "a.age").exists()
        vault.put_bytes("notes/b", b"two")
        raise OSError

    assert (vault.get_bytes("notes/a"), vault.get_bytes("notes/b")) == (b"one", None)


def test_originals_that_are_filed_together_are_each_known_as_they_were_filed(vault):
    first, second = vault.stage([b"one", b"two"])

    with vault.together():
        vault.file_original(first)
        vault.file_original(second)

    assert sorted(vault.originals()) == sorted((first, second))
    assert vault.changed_originals() == ()


def test_of_what_is_sealed_together_nothing_is_kept_when_the_block_ends_by_an_error(vault):
    with pytest.raises(OSError), vault.together():
        vault.put_bytes("notes/a", b"one")
        raise OSError

    vault.put_bytes("notes/b", b"two")
    assert (vault.get_bytes("notes/a"), vault.get_bytes("notes/b")) == (None, b"two")


def test_what_was_read_of_a_content_comes_back_until_it_is_forgotten(vault):
    vault.keep_reading("a" * 64, b"what was read")

    assert (vault.reading("a" * 64), vault.reading("b" * 64)) == (b"what was read", None)
    vault.forget_reading("a" * 64)
    assert vault.reading("a" * 64) is None


def test_what_was_read_of_one_content_is_never_taken_for_anothers(vault, tmp_path):
    vault.keep_reading("a" * 64, b"what was read")
    (kept,) = (tmp_path / "store" / "readings").iterdir()
    kept.rename(kept.with_name(kept.name.replace("a" * 64, "b" * 64)))

    with pytest.raises(AuditKitError):
        vault.reading("b" * 64)


def test_what_was_read_is_taken_away_by_the_next_start(vault, tmp_path):
    vault.keep_reading("a" * 64, b"what was read")

    Disk().remove_parts(tmp_path / "store")

    assert vault.reading("a" * 64) is None
