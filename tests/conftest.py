"""Fixtures that several folders share. That this file is here also lets every test import ``builders``."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from builders import FixedClock, Installation, an_installation


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return an_installation(tmp_path / "kit")


def pytest_configure(config: pytest.Config) -> None:
    """Where office programs are required, as in CI, their absence fails the run: those tests must not skip."""
    if os.environ.get("AUDIT_KIT_OFFICE_TESTS") == "required" and shutil.which("soffice") is None:
        raise pytest.UsageError("LibreOffice (soffice) is required here and is not installed")
