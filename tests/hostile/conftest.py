"""One reading child for each file of tests: starting it takes longer than what it is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from audit_kit.office.safe_read import SafeReader


@pytest.fixture(scope="module")
def reader() -> Iterator[SafeReader]:
    with SafeReader() as safe_reader:
        yield safe_reader
