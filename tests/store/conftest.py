"""Where the journal lies in these tests: SQLite, or an empty database of a server."""

from __future__ import annotations

import pytest
from database_server import SERVER, empty


@pytest.fixture
def database_url(tmp_path) -> str:
    if not SERVER:
        return f"sqlite:///{tmp_path / 'journal.sqlite'}"
    empty(SERVER)
    return SERVER
