"""A database server for the journal's tests: the one that AUDIT_KIT_TEST_DATABASE names, if any."""

from __future__ import annotations

import os

import sqlalchemy as sa

SERVER = os.environ.get("AUDIT_KIT_TEST_DATABASE", "")


def empty(url: str) -> None:
    """Drop every table there is."""
    engine = sa.create_engine(url)
    tables = sa.MetaData()
    tables.reflect(engine)
    tables.drop_all(engine)
    engine.dispose()
