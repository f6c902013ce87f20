"""Fixtures that several folders share. That this file is here also lets every test import ``builders``."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import FixedClock, Installation, an_installation


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return an_installation(tmp_path / "kit")
