"""A small session that is being audited, made once and copied for each test that walks through it."""

from __future__ import annotations

from pathlib import Path

import pytest
from mini import Mini, a_copy_of, a_session_being_audited


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Mini:
    return a_session_being_audited(tmp_path_factory.mktemp("audited") / "kit")


@pytest.fixture
def mini(audited: Mini, tmp_path: Path) -> Mini:
    return a_copy_of(audited, tmp_path / "kit")
