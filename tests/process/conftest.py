"""A small session that is being audited, made once and copied for each test that walks through it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from mini import RETURNED, SESSION, Mini, a_copy_of, a_session_being_audited, with_two_accepted

from audit_kit import process


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Mini:
    return a_session_being_audited(tmp_path_factory.mktemp("audited") / "kit")


@pytest.fixture
def mini(audited: Mini, tmp_path: Path) -> Mini:
    return a_copy_of(audited, tmp_path / "kit")


@pytest.fixture(scope="session")
def drafted_once(audited: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """Two returns are accepted and the drafts are written. Only to be copied."""
    mini = with_two_accepted(audited, tmp_path_factory.mktemp("drafted") / "kit")
    with mini.on(RETURNED) as kit:
        process.write_report(kit, SESSION)
    return mini


@pytest.fixture
def drafted(drafted_once: Mini, tmp_path: Path) -> Mini:
    return a_copy_of(drafted_once, tmp_path / "kit")


@pytest.fixture(scope="module")
def signed_off(drafted_once: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """The committee has confirmed the lessons."""
    return _confirmed(a_copy_of(drafted_once, tmp_path_factory.mktemp("signed-off") / "kit"))


@pytest.fixture
def signed_off_anew(drafted: Mini) -> Mini:
    """The same, for a test that changes it."""
    return _confirmed(drafted)


def _confirmed(mini: Mini) -> Mini:
    with mini.on(date(2027, 1, 15)) as kit:
        process.sign_off(kit, SESSION, "QASC 14/01/2027, item 6", "confirmed as drafted")
    return mini
