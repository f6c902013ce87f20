"""Where the journal lies in these tests: SQLite, or an empty database of a server that AUDIT_KIT_TEST_DATABASE names."""

from __future__ import annotations

import os

import pytest
import sqlalchemy as sa

SERVER = os.environ.get("AUDIT_KIT_TEST_DATABASE", "")


@pytest.fixture
def database_url(tmp_path) -> str:
    if not SERVER:
        return f"sqlite:///{tmp_path / 'journal.sqlite'}"
    empty(SERVER)
    return SERVER


def empty(url: str) -> None:
    engine = sa.create_engine(url)
    tables = sa.MetaData()
    tables.reflect(engine)
    tables.drop_all(engine)
    engine.dispose()
