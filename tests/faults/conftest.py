"""A session that is being audited with a mixed inbox, made once in memory: these tests copy it hundreds of times."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from mini import a_session_being_audited
from mixed import Mixed, Outcome, a_mixed_inbox, outcome_of


@pytest.fixture(scope="session")
def in_memory() -> Iterator[Path]:
    """A folder in memory where there is one, which syncs at once."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def mixed(in_memory: Path) -> Mixed:
    return a_mixed_inbox(a_session_being_audited(in_memory / "mixed"))


@pytest.fixture(scope="session")
def unbroken(mixed: Mixed, in_memory: Path) -> Outcome:
    """What a run that nothing stops leaves behind."""
    mini = mixed.copied_to(in_memory / "unbroken")
    mini.run()
    return outcome_of(mini)


@pytest.fixture
def scratch(in_memory: Path) -> Iterator[Path]:
    """A folder for the copies of one test."""
    with tempfile.TemporaryDirectory(dir=in_memory) as folder:
        yield Path(folder)
